/* tests/bench/bench.c - how fast the library is beside a program written by hand for the same work.
 *
 *     bench [directory [rounds [lifecycles]]]
 *
 * A lifecycle is eight steps of an application: submit, receive, accept, two reviews, decide, close,
 * deliver. It is done by hand (by_hand.h), by typed calls and by JSON calls, turn by turn in one run, each on a store of its
 * own in the directory (the current one, on a disk: commits are flushed). A fourth turn is by hand with a
 * savepoint around each operation, as the library has in a batch. First some lifecycles are done with the
 * same clock and the same random bytes by all of them, and their stores are compared byte by byte.
 * The work itself stands in work.h. Uses the public headers alone, and SQLite.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

enum { BATCH = 1000, FLUSHED = 1200, OPENINGS = 50, STEPS = WORK_STEPS };
enum { HAND, TYPED, JSON, CAREFUL, SIDES }; /* CAREFUL: by hand, and a savepoint around each operation */
static const char *const side_names[SIDES] = {"by hand", "typed calls", "JSON calls", "by hand, s."};

/* One of the three programs with its store. */
typedef struct program {
    int kind;
    char path[300];
    bench_side side;
    uint64_t sequence; /* random bytes of the comparison */
    hand *hand;
    govsvc *gs;
    govsvc_session *session;
    int64_t operations;
    double speeds[WORK_VALUES_MAX];
    int64_t flushes;
} program;

/* ---- the work ---------------------------------------------------------------------------------------- */

static bool by_hand(const program *p)
{
    return p->kind == HAND || p->kind == CAREFUL;
}

static void begin(program *p)
{
    MUST(by_hand(p) ? hand_begin(p->hand) : govsvc_batch_begin(p->session) == GOVSVC_OK);
}

static void commit(program *p)
{
    MUST(by_hand(p) ? hand_commit(p->hand) : govsvc_batch_commit(p->session) == GOVSVC_OK);
}

/* One operation; every one has a millisecond of its own. */
static void operate(program *p, int step, int64_t *id)
{
    p->side.now++;
    MUST(p->kind != CAREFUL || hand_savepoint(p->hand));
    if (by_hand(p))
        work_by_hand(p->hand, step, id);
    else if (p->kind == TYPED)
        work_typed(p->session, step, id);
    else
        work_json(p->session, step, id);
    MUST(p->kind != CAREFUL || hand_release(p->hand));
    p->operations++;
}

/* Lifecycles in batches of so many operations a commit; 0: each operation by itself, as a host would. */
static double lifecycles(program *p, int count, int batch)
{
    double start = work_seconds();
    int64_t flushed = work_flushes(), in_batch = 0, id = 0;
    for (int i = 0; i < count * STEPS; i++) {
        bool alone = batch == 0 && by_hand(p);
        if (alone || (batch && in_batch == 0))
            begin(p);
        operate(p, i % STEPS, &id);
        in_batch++;
        if (alone || (batch && (in_batch == batch || i == count * STEPS - 1))) {
            commit(p);
            in_batch = 0;
        }
    }
    p->flushes += work_flushes() - flushed;
    return count / (work_seconds() - start);
}

/* ---- opening ----------------------------------------------------------------------------------------- */

static bool same_bytes(void *context, void *out, size_t size)
{
    uint64_t *sequence = context;
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)out)[i] = (unsigned char)((*sequence = *sequence * 6364136223846793005u + 1442695040888963407u) >> 56);
    return true;
}

static void open_library(program *p)
{
    p->gs = work_open(p->path, &p->side, work_time, &p->side);
    p->session = work_session(p->gs);
}

static void close_library(program *p)
{
    govsvc_session_close(p->session);
    govsvc_close(p->gs);
    p->session = NULL;
    p->gs = NULL;
}

/* A store with its tables and one matter; the library makes it for the program by hand too. */
static void open_program(program *p, int kind, const char *directory, const char *name, bool same)
{
    *p = (program){.kind = kind, .side = {.random = same ? same_bytes : work_random}};
    snprintf(p->path, sizeof p->path, "%s/%s-%d.db", directory, name, kind);
    work_remove(p->path); /* of a run that ended early */
    p->side.random_context = &p->sequence;
    memset(p->side.key, 7, sizeof p->side.key);
    MUST(govsvc_date_start("2026-03-02", &p->side.now));
    p->side.now += 9 * 3600000;
    open_library(p);
    work_publish(p->session, &p->side.now);
    if (!by_hand(p))
        return;
    close_library(p);
    MUST((p->hand = hand_open(p->path, work_matter, &p->side)) != NULL);
    MUST(hand_synchronous(p->hand) == 2);
}

static void close_program(program *p)
{
    close_library(p);
    hand_close(p->hand);
    p->hand = NULL;
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

/* The same clock, identifiers, keys and random bytes: then every byte must be the same. */
static void prove_same(const char *directory)
{
    program programs[SIDES];
    for (int i = 0; i < SIDES; i++) {
        open_program(&programs[i], i, directory, "same", true);
        programs[i].sequence = 1;
        lifecycles(&programs[i], 20, 100);
    }
    int64_t rows = 0;
    for (int i = 1; i < SIDES; i++)
        rows = compare_stores(programs[HAND].path, programs[i].path, true);
    for (int i = 0; i < SIDES; i++) {
        close_program(&programs[i]);
        work_remove(programs[i].path);
    }
    printf("same work: 20 lifecycles leave the same %lld rows, byte by byte, in all four stores\n", (long long)rows);
}

/* ---- what is told ------------------------------------------------------------------------------------ */

/* Of the rounds' ratios: what disturbs the machine for a while disturbs both of a round. */
static double median_ratio(const program *p, const program *to, int rounds)
{
    double ratios[WORK_VALUES_MAX];
    for (int i = 0; i < rounds; i++)
        ratios[i] = p->speeds[i] / to->speeds[i];
    return work_median(ratios, rounds);
}

static void bulk(program programs[SIDES], int rounds, int count)
{
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < SIDES; i++)
            programs[i].speeds[round] = lifecycles(&programs[i], count, BATCH);
    printf("\nbulk: %d rounds of %d lifecycles of %d steps, %d operations a commit\n", rounds, count, STEPS, BATCH);
    printf("%-12s %14s %14s %8s %8s\n", "", "lifecycles/s", "operations/s", "ratio", "flushes");
    for (int i = 0; i < SIDES; i++) {
        double speed = work_median(programs[i].speeds, rounds);
        printf("%-12s %14.0f %14.0f %8.2f %8lld\n", side_names[i], speed, speed * STEPS,
               median_ratio(&programs[i], &programs[HAND], rounds), (long long)programs[i].flushes);
        MUST(programs[i].flushes >= (int64_t)rounds * count * STEPS / BATCH);
    }
}

static void one_by_one(program programs[SIDES])
{
    enum { ROUNDS = 5 };
    printf("\none operation a commit, each flushed: %d lifecycles\n", FLUSHED / STEPS);
    printf("%-12s %14s %8s %8s\n", "", "operations/s", "ratio", "flushes");
    for (int i = 0; i < SIDES; i++)
        programs[i].flushes = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < SIDES; i++)
            programs[i].speeds[round] = lifecycles(&programs[i], FLUSHED / STEPS / ROUNDS, 0);
    for (int i = 0; i < SIDES; i++) {
        printf("%-12s %14.0f %8.2f %8lld\n", side_names[i], work_median(programs[i].speeds, ROUNDS) * STEPS,
               median_ratio(&programs[i], &programs[HAND], ROUNDS), (long long)programs[i].flushes);
        MUST(programs[i].flushes >= FLUSHED);
    }
}

static void opening(program *p)
{
    double times[OPENINGS];
    close_library(p);
    for (int i = 0; i < OPENINGS; i++) {
        double start = work_seconds();
        open_library(p);
        times[i] = (work_seconds() - start) * 1000;
        close_library(p);
    }
    open_library(p);
    printf("\nopening a store that is there, with a session: %.2f ms (median of %d)\n", work_median(times, OPENINGS), OPENINGS);
}

int main(int count, char **arguments)
{
    const char *directory = count > 1 ? arguments[1] : ".";
    int rounds = count > 2 ? atoi(arguments[2]) : 9, each = count > 3 ? atoi(arguments[3]) : 2000;
    program programs[SIDES];
    MUST(rounds > 0 && rounds <= WORK_VALUES_MAX && each > 0);
    work_prepare();
    printf("SQLite %s, write-ahead log, synchronous FULL\n", sqlite3_libversion());
    prove_same(directory);
    for (int i = 0; i < SIDES; i++)
        open_program(&programs[i], i, directory, "bench", false);
    bulk(programs, rounds, each);
    one_by_one(programs);
    opening(&programs[TYPED]);
    for (int i = 1; i < SIDES; i++)
        compare_stores(programs[HAND].path, programs[i].path, false);
    printf("at the end every table of the four stores has the same number of rows\n");
    for (int i = 0; i < SIDES; i++) {
        close_program(&programs[i]);
        work_remove(programs[i].path);
    }
    return 0;
}
