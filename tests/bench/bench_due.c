/* tests/bench/bench_due.c - how many due dates a second: 20 working days with two pauses.
 *
 *     bench-due [thousands]
 *
 * The starts are spread over 2015 to 2026 and over three divisions, in random order. Told are gs_reckon_due(), as the
 * engine uses it; govsvc_reckon() with its explanation, which is freed again; and a walk from day to day over a table of
 * working days, as one writes it by hand. All three must agree about every request. One thread, by the time of the
 * processor that it had; the fastest of five rounds, in which the three take turns.
 */
#include <time.h>

#include "calendar/ask.h"

enum {
    REQUESTS = 20000,
    ROUNDS = 5,
    WAYS = 3,
    DIVISIONS = 3,
    FIRST_YEAR = 2015,
    LAST_YEAR = 2027,
    DAYS = 13 * 366
};

static const char *const divisions[DIVISIONS] = {NULL, "450103", "330100"};
static govsvc_calendar *calendar;
static ask requests[REQUESTS];
static uint8_t of[REQUESTS];
static int64_t answers[WAYS][REQUESTS];

/* ---- by hand ------------------------------------------------------------------------------------------ */

static bool working[DIVISIONS][DAYS];
static int64_t base;

static void make_table(void)
{
    base = gs_days_of(FIRST_YEAR, 1, 1);
    for (int d = 0; d < DIVISIONS; d++)
        for (int64_t day = base; day <= gs_days_of(LAST_YEAR, 12, 31); day++) {
            char date[GS_DATE_SIZE];
            working[d][day - base] = !ask_off(calendar, divisions[d], gs_date_format(day, date));
        }
}

static int64_t beijing_day(int64_t at)
{
    return (at + 8 * GS_HOUR_MS) / GS_DAY_MS;
}

static int64_t walk(const ask *a, const bool *days)
{
    int64_t day = beijing_day(a->in.start_at), left = a->in.amount;
    while (left > 0) {
        bool paused = false;
        day++;
        for (uint64_t i = 0; i < a->in.pause_count; i++)
            paused |=
                day > beijing_day(a->in.pauses[i]->began_at) && day <= beijing_day(a->in.pauses[i]->ended_at);
        left -= days[day - base] && !paused;
    }
    return (day + 1) * GS_DAY_MS - 8 * GS_HOUR_MS;
}

/* ---- the three ways ----------------------------------------------------------------------------------- */

static int64_t by_hand(const ask *a, int division)
{
    return walk(a, working[division]);
}

static int64_t quick(const ask *a, int division)
{
    int64_t due_at = 0;
    (void)division;
    gs_reckon_due(calendar, &a->in, &due_at, NULL);
    return due_at;
}

static int64_t explained(const ask *a, int division)
{
    const govsvc_reckoning *out = NULL;
    (void)division;
    if (govsvc_reckon(calendar, &a->in, &out, NULL))
        return 0;
    int64_t due_at = out->due_at;
    govsvc_free(out);
    return due_at;
}

static const struct way {
    const char *name;
    int64_t (*due)(const ask *a, int division);
    int share; /* of the requests asked, one in so many */
} ways[WAYS] = {{"by hand, day by day", by_hand, 1},
                {"gs_reckon_due", quick, 1},
                {"govsvc_reckon, freed", explained, 10}};

static void invent(void)
{
    srandom(20260302);
    for (int i = 0; i < REQUESTS; i++) {
        ask *a = &requests[i];
        ask_begin(a, "2020-01-01", 20, GOVSVC_UNIT_WORKING_DAYS);
        of[i] = (uint8_t)(random() % DIVISIONS);
        a->in.division = divisions[of[i]];
        a->in.start_at = gs_day_start(base + random() % (12 * 365)) + random() % GS_DAY_MS;
        for (int k = 0; k < 2; k++) {
            int64_t began = a->in.start_at + (1 + random() % 20) * GS_DAY_MS;
            ask_pause(a, began, began + random() % (8 * GS_DAY_MS));
        }
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double time_one(int way, int64_t count)
{
    double begun = seconds();
    for (int64_t i = 0; i < count; i++)
        answers[way][i % REQUESTS] = ways[way].due(&requests[i % REQUESTS], of[i % REQUESTS]);
    return (double)count / (seconds() - begun);
}

int main(int argc, char **argv)
{
    int64_t count = (argc > 1 ? atoll(argv[1]) : 1000) * 1000;
    double best[WAYS] = {0};
    (void)test_main;
    CHECK_INT(govsvc_calendar_new(true, NULL, 0, NULL, 0, &calendar, NULL), GOVSVC_OK);
    make_table();
    invent();
    for (int round = 0; round < ROUNDS; round++)
        for (int way = 0; way < WAYS; way++) {
            int64_t share = count / ways[way].share;
            double speed = time_one(way, share > REQUESTS ? share : REQUESTS);
            best[way] = speed > best[way] ? speed : best[way];
        }
    for (int i = 0; i < REQUESTS; i++) {
        CHECK_INT(answers[1][i], answers[0][i]);
        CHECK_INT(answers[2][i], answers[0][i]);
    }
    for (int way = 0; way < WAYS; way++)
        printf("%-22s %10.0f a second, %6.2f of by hand\n", ways[way].name, best[way], best[way] / best[0]);
    govsvc_calendar_free(calendar);
    return test_failed_checks ? 1 : 0;
}
