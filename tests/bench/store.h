/* tests/bench/store.h - a store to measure, opened as a host does it; what fails ends the program.
 *
 * May use: the public headers.
 */
#ifndef TESTS_BENCH_STORE_H
#define TESTS_BENCH_STORE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "govsvc.h"

static inline double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static inline govsvc *open_store(const char *path)
{
    char address[400];
    govsvc *gs = NULL;
    govsvc_config config = GOVSVC_CONFIG_INIT;
    snprintf(address, sizeof address, "sqlite:%s", path);
    config.store = address;
    config.division = "450100";
    must(govsvc_open(&config, &gs) == GOVSVC_OK, "the store does not open");
    return gs;
}

static inline govsvc_session *open_session(govsvc *gs)
{
    static const char *const roles[] = {"administrator"};
    govsvc_session *session = NULL;
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    actor.id = "bench", actor.roles = roles, actor.role_count = 1;
    must(govsvc_session_open(gs, &actor, &session, NULL) == GOVSVC_OK, "no session");
    return session;
}

static inline void remove_store(const char *path)
{
    static const char *const also[] = {"", "-wal", "-shm"};
    char name[400];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, also[i]);
        unlink(name);
    }
}

#endif
