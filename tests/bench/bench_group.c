/* tests/bench/bench_group.c - many threads, each with one flushed operation at a time, beside a program written by
 * hand whose only thread does the same in groups.
 *
 *     bench-group [directory [rounds [lifecycles [threads]]]]
 *
 * The work is that of bench.c: whole lifecycles of eight steps. Every thread has a session of its own and takes its
 * cases through their steps, one call, one answer, and the next; no answer comes before its flush. By hand as many
 * cases as there are threads go through the same steps side by side: each step of all of them is one flushed
 * transaction. A third turn is the library with one thread alone. The flushes are counted.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "work.h"

enum { THREADS = 32, THREADS_MAX = 256 };
enum { HAND, GROUP, ALONE, SIDES };
static const char *const side_names[SIDES] = {"by hand, in groups", "calls, all threads", "calls, one thread"};

/* One of the programs with its store. */
typedef struct program {
    char path[300];
    bench_side side;
    atomic_int_least64_t now;
    hand *hand;
    govsvc *gs;
    govsvc_session *sessions[THREADS_MAX];
    double speeds[WORK_VALUES_MAX]; /* operations a second */
    int64_t operations, flushes;
    double busy; /* seconds of processors */
} program;

static int threads = THREADS;

/* ---- the library --------------------------------------------------------------------------------- */

static int64_t next_moment(void *context)
{
    return ++((program *)context)->now;
}

typedef struct worker {
    pthread_t thread;
    govsvc_session *session;
    int64_t cases;
} worker;

static void *take_cases_through(void *argument)
{
    const worker *w = argument;
    for (int64_t i = 0; i < w->cases; i++) {
        int64_t id = 0;
        for (int step = 0; step < WORK_STEPS; step++)
            work_typed(w->session, step, &id);
    }
    return NULL;
}

static void by_threads(program *p, int count, int64_t cases_each)
{
    worker workers[THREADS_MAX];
    for (int i = 0; i < count; i++) {
        workers[i] = (worker){.session = p->sessions[i], .cases = cases_each};
        MUST(pthread_create(&workers[i].thread, NULL, take_cases_through, &workers[i]) == 0);
    }
    for (int i = 0; i < count; i++)
        MUST(pthread_join(workers[i].thread, NULL) == 0);
}

/* ---- by hand ------------------------------------------------------------------------------------------- */

static void in_groups(program *p, int64_t cases_each)
{
    int64_t ids[THREADS_MAX];
    for (int64_t round = 0; round < cases_each; round++)
        for (int step = 0; step < WORK_STEPS; step++) {
            MUST(hand_begin(p->hand));
            for (int i = 0; i < threads; i++) {
                p->side.now++;
                work_by_hand(p->hand, step, &ids[i]);
            }
            MUST(hand_commit(p->hand));
        }
}

/* ---- rounds -------------------------------------------------------------------------------------------- */

static void open_program(program *p, int which, const char *directory)
{
    *p = (program){.side = {.random = work_random}};
    snprintf(p->path, sizeof p->path, "%s/group-%d.db", directory, which);
    for (size_t i = 0; i < sizeof p->side.key; i++)
        p->side.key[i] = 7;
    MUST(govsvc_date_start("2026-03-02", &p->side.now));
    p->now = p->side.now += 9 * 3600000;
    p->gs = work_open(p->path, &p->side, next_moment, p);
    for (int i = 0; i < threads; i++)
        p->sessions[i] = work_session(p->gs);
    int64_t unused = 0;
    work_publish(p->sessions[0], &unused);
}

static void close_library(program *p)
{
    for (int i = 0; i < threads; i++)
        govsvc_session_close(p->sessions[i]);
    govsvc_close(p->gs);
}

static void open_by_hand(program *p)
{
    close_library(p);
    p->side.now = p->now;
    MUST((p->hand = hand_open(p->path, work_matter, &p->side)) != NULL);
    MUST(hand_synchronous(p->hand) == 2);
}

static double processor_seconds(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static void one_turn(program *p, int which, int round, int64_t cases_each)
{
    int64_t flushed = work_flushes();
    int64_t operations = cases_each * WORK_STEPS * (which == ALONE ? 1 : threads);
    double start = work_seconds(), busy = processor_seconds();
    if (which == HAND)
        in_groups(p, cases_each);
    else
        by_threads(p, which == ALONE ? 1 : threads, cases_each);
    p->speeds[round] = (double)operations / (work_seconds() - start);
    p->busy += processor_seconds() - busy;
    p->operations += operations;
    p->flushes += work_flushes() - flushed;
}

static void tell(const program programs[SIDES], int rounds)
{
    printf("%-20s %14s %8s %10s %20s %16s\n", "", "operations/s", "ratio", "flushes", "operations a flush",
           "µs busy each");
    for (int i = 0; i < SIDES; i++) {
        const program *p = &programs[i];
        double ratios[WORK_VALUES_MAX];
        for (int round = 0; round < rounds; round++)
            ratios[round] = p->speeds[round] / programs[HAND].speeds[round];
        printf("%-20s %14.0f %8.2f %10lld %20.1f %15.1f\n", side_names[i], work_median(p->speeds, rounds),
               work_median(ratios, rounds), (long long)p->flushes, (double)p->operations / (double)p->flushes,
               p->busy / (double)p->operations * 1e6);
    }
}

int main(int count, char **arguments)
{
    const char *directory = count > 1 ? arguments[1] : ".";
    int rounds = count > 2 ? atoi(arguments[2]) : 7, each = count > 3 ? atoi(arguments[3]) : 2000;
    threads = count > 4 ? atoi(arguments[4]) : THREADS;
    MUST(rounds > 0 && rounds <= WORK_VALUES_MAX && threads > 0 && threads <= THREADS_MAX && each >= threads);
    static program programs[SIDES];
    work_prepare();
    for (int i = 0; i < SIDES; i++)
        open_program(&programs[i], i, directory);
    open_by_hand(&programs[HAND]);
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < SIDES; i++)
            one_turn(&programs[i], i, round, each / threads);
    printf("%d threads, %d rounds, %d steps of %d cases a round; one thread alone: %d cases\n", threads, rounds, WORK_STEPS,
           each / threads * threads, each / threads);
    tell(programs, rounds);
    MUST(compare_stores(programs[HAND].path, programs[GROUP].path, false) > 0);
    MUST(programs[ALONE].flushes >= programs[ALONE].operations);
    hand_close(programs[HAND].hand);
    for (int i = 0; i < SIDES; i++) {
        if (i != HAND)
            close_library(&programs[i]);
        work_remove(programs[i].path);
    }
    return 0;
}
