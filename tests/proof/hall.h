/* tests/proof/hall.h - a service hall of Nanning (450100) for made-up services: its store, time and people.
 *
 * May use: the library's insides.
 */
#ifndef TESTS_PROOF_HALL_H
#define TESTS_PROOF_HALL_H

#include <unistd.h>

#include "api/handle.h"
#include "test.h"

static const char *store; /* on SQLite; where GOVSVC_TEST_POSTGRES names one, there */
static int64_t now;

static inline int64_t clock_of_test(void *context)
{
    (void)context;
    return now;
}

static inline void set_time(const char *date, int hour)
{
    CHECK(govsvc_date_start(date, &now));
    now += hour * INT64_C(3600000);
}

static inline govsvc *open_store(const gs_service *const *services)
{
    govsvc_config config = GOVSVC_CONFIG_INIT;
    config.store = store;
    config.division = "450100";
    config.clock = clock_of_test;
    govsvc *gs = NULL;
    govsvc_status status = gs_open_with(&config, services, &gs);
    CHECK_INT(status, GOVSVC_OK);
    if (status && govsvc_open_problem(gs))
        fprintf(stderr, "%s\n", govsvc_open_problem(gs)->text_en);
    return gs;
}

static inline govsvc_session *session_as(govsvc *gs, const char *role, const char *division)
{
    const char *const roles[] = {role};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = role;
    actor.division = division;
    actor.roles = roles;
    actor.role_count = 1;
    CHECK_INT(govsvc_session_open(gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

/* Calls, and answers the JSON (freed by the caller) where the status is the one that is wanted. */
static inline const char *call(govsvc_session *session, const char *operation, const char *in,
                               govsvc_status want)
{
    const char *out = NULL;
    govsvc_status status = govsvc_call(session, operation, in, &out);
    CHECK_INT(status, want);
    if (status != want && govsvc_problem_count(session))
        fprintf(stderr, "%s: %s\n", operation, govsvc_problem_at(session, 0)->text_en);
    return out;
}

static inline bool holds(const char *text, const char *part)
{
    return text && strstr(text, part) != NULL;
}

static inline void id_in(const char *json, char out[32])
{
    *out = '\0';
    CHECK(json && sscanf(json, "{\"id\":\"%31[0-9]", out) == 1);
}

/* An input with an id and more members; until the next call. */
static inline const char *with_id(const char *id, const char *rest)
{
    static char text[300];
    snprintf(text, sizeof text, "{\"id\":\"%s\"%s}", id, rest);
    return text;
}

/* test_main() with a store. */
static inline int hall_main(const test_case *cases, size_t count)
{
    char path[] = "/tmp/govsvc-hall-XXXXXX", address[100];
    const char *server = getenv("GOVSVC_TEST_POSTGRES");
    int made = mkstemp(path);
    if (made < 0)
        return 1;
    close(made);
    snprintf(address, sizeof address, "sqlite:%s", path);
    store = server ? server : address;
    int result = test_main(cases, count);
    unlink(path);
    return result;
}

#endif
