/* tests/calendar/threads_test.c - one calendar, asked by four threads for years nobody has asked for. */
#include <pthread.h>

#include "calendar/ask.h"

enum { THREADS = 4, FROM = 1990, TO = 2190 };

typedef struct worker {
    pthread_t thread;
    const govsvc_calendar *calendar;
    int64_t due[TO - FROM];
    int failures;
} worker;

static void *ask_years(void *argument)
{
    worker *w = argument;
    for (int i = 0; i < TO - FROM; i++) {
        govsvc_reckoning_request in = GOVSVC_RECKONING_REQUEST_INIT;
        in.start_at = gs_day_start(gs_days_of(FROM + i, 12, 20));
        in.amount = 30;
        in.unit = GOVSVC_UNIT_WORKING_DAYS;
        in.division = i % 2 ? "450102" : NULL;
        w->failures += gs_reckon_due(w->calendar, &in, &w->due[i], NULL) != GOVSVC_OK;
    }
    return NULL;
}

static void four_threads_agree(void)
{
    static worker workers[THREADS];
    govsvc_calendar *calendar = ask_shipped();
    for (int i = 0; i < THREADS; i++) {
        workers[i].calendar = calendar;
        CHECK_INT(pthread_create(&workers[i].thread, NULL, ask_years, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        CHECK_INT(workers[i].failures, 0);
        CHECK(memcmp(workers[i].due, workers[0].due, sizeof workers[0].due) == 0);
    }
    govsvc_calendar_free(calendar);
}

int main(void)
{
    static const test_case cases[] = {TEST(four_threads_agree)};
    return test_main(cases, TEST_COUNT(cases));
}
