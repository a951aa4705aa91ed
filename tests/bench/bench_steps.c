/* tests/bench/bench_steps.c - does a step take longer the more applications there are?
 *
 *     bench-steps [directory [applications [keep]]]
 *
 * The same steps (receive, accept, review, decide) are taken turn by turn in a store with 10,000 applications and in one
 * with many: each by itself and flushed, then in batches of 1,000 operations a commit. Tells the time of a step in both,
 * and the median of the rounds' ratios. How the stores are loaded stands in fill.h.
 */
#include "fill.h"

enum { RECEIVE, ACCEPT, REVIEW, DECIDE, STEPS, SMALL = 10000, ROUNDS = 15, ALONE = 20, BATCHED = 1000 };
static const char *const names[STEPS] = {"receive", "accept", "review", "decide"};

typedef struct side {
    filled store;
    govsvc_session *session;
    double took[STEPS][ROUNDS]; /* a step, in seconds */
} side;

static void review(side *of, int64_t id)
{
    govsvc_review_step in = GOVSVC_REVIEW_STEP_INIT;
    in.id = id;
    in.verdict = GOVSVC_VERDICT_AGREE;
    of->store.now++;
    must(govsvc_application_review(of->session, &in, NULL) == GOVSVC_OK, "not reviewed");
}

static void decide(side *of, int64_t id)
{
    govsvc_decision in = GOVSVC_DECISION_INIT;
    in.id = id;
    in.outcome = GOVSVC_OUTCOME_GRANTED;
    of->store.now++;
    must(govsvc_application_decide(of->session, &in, NULL) == GOVSVC_OK, "not decided");
}

static void take(side *of, int step, int64_t id)
{
    if (step == REVIEW)
        review(of, id);
    else if (step == DECIDE)
        decide(of, id);
    else
        fill_step(&of->store, of->session, id,
                  step == RECEIVE ? govsvc_application_receive : govsvc_application_accept);
}

static void run_round(side *of, int round, int count, bool batch)
{
    static int64_t ids[BATCHED];
    fill_batch(of->session, true);
    for (int i = 0; i < count; i++)
        ids[i] = fill_submit(&of->store, of->session, false, 0);
    fill_batch(of->session, false);
    for (int step = 0; step < STEPS; step++) {
        double begun = seconds();
        if (batch)
            fill_batch(of->session, true);
        for (int i = 0; i < count; i++)
            take(of, step, ids[i]);
        if (batch)
            fill_batch(of->session, false);
        of->took[step][round] = (seconds() - begun) / count;
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, compare_doubles);
    return values[ROUNDS / 2];
}

static void measure(side *small, side *large, const char *how, int count, bool batch)
{
    for (int round = 0; round < ROUNDS; round++) {
        run_round(round % 2 ? small : large, round, count, batch);
        run_round(round % 2 ? large : small, round, count, batch);
    }
    printf("\n%s\n%-10s %14s %14s %8s\n", how, "", "10,000", "many", "ratio");
    for (int step = 0; step < STEPS; step++) {
        double ratios[ROUNDS];
        for (int i = 0; i < ROUNDS; i++)
            ratios[i] = large->took[step][i] / small->took[step][i];
        printf("%-10s %11.1f us %11.1f us %8.2f\n", names[step], median(small->took[step]) * 1e6,
               median(large->took[step]) * 1e6, median(ratios));
    }
}

static void begin(side *of, const char *directory, long count)
{
    fill_make(&of->store, directory, count);
    fill_open(&of->store, true);
    of->session = fill_worker(&of->store, ONE_ORGAN);
}

static void end(side *of, bool keep)
{
    govsvc_session_close(of->session);
    govsvc_close(of->store.gs);
    if (!keep)
        remove_store(of->store.path);
}

int main(int argc, char **argv)
{
    static side small, large;
    const char *directory = argc > 1 ? argv[1] : ".";
    long count = argc > 2 ? atol(argv[2]) : 1000000;
    setvbuf(stdout, NULL, _IOLBF, 0);
    begin(&small, directory, SMALL);
    begin(&large, directory, count);
    measure(&small, &large, "each step by itself, flushed", ALONE, false);
    measure(&small, &large, "1,000 steps a commit, flushed", BATCHED, true);
    end(&small, argc > 3);
    end(&large, argc > 3);
    return 0;
}
