/* tests/calendar/ask.h - asking a calendar in one line. */
#ifndef TESTS_CALENDAR_ASK_H
#define TESTS_CALENDAR_ASK_H

#include "calendar/calendar.h"
#include "test.h"

#define ASK_MAX 8

/* A request with room for what it points to. Times in arguments are "YYYY-MM-DD" and minutes. */
typedef struct ask {
    govsvc_reckoning_request in;
    govsvc_pause pauses[ASK_MAX];
    govsvc_extension extensions[ASK_MAX];
    const govsvc_pause *pause_row[ASK_MAX];
    const govsvc_extension *extension_row[ASK_MAX];
} ask;

static inline int64_t ask_time(const char *date, int minutes)
{
    int64_t at = 0;
    CHECK(govsvc_date_start(date, &at));
    return at + minutes * GS_MINUTE_MS;
}

/* From nine in the morning of a day. */
static inline void ask_begin(ask *a, const char *start, int64_t amount, int64_t unit)
{
    const govsvc_reckoning_request in = GOVSVC_RECKONING_REQUEST_INIT;
    a->in = in;
    a->in.start_at = ask_time(start, 9 * 60);
    a->in.amount = amount;
    a->in.unit = unit;
    a->in.pauses = a->pause_row;
    a->in.extensions = a->extension_row;
}

static inline void ask_pause(ask *a, int64_t began_at, int64_t ended_at)
{
    const govsvc_pause pause = GOVSVC_PAUSE_INIT;
    uint64_t i = a->in.pause_count++;
    a->pauses[i] = pause;
    a->pauses[i].began_at = began_at;
    a->pauses[i].ended_at = ended_at;
    a->pause_row[i] = &a->pauses[i];
}

static inline void ask_extension(ask *a, int64_t amount, const char *granted)
{
    const govsvc_extension extension = GOVSVC_EXTENSION_INIT;
    uint64_t i = a->in.extension_count++;
    a->extensions[i] = extension;
    a->extensions[i].amount = amount;
    a->extensions[i].granted_at = ask_time(granted, 9 * 60);
    a->extension_row[i] = &a->extensions[i];
}

/* Reckons both ways, which must agree. NULL on failure. */
static inline const govsvc_reckoning *ask_both(const govsvc_calendar *calendar, const ask *a)
{
    const govsvc_reckoning *out = NULL;
    int64_t due_at = 0;
    bool provisional = false;
    CHECK_INT(govsvc_reckon(calendar, &a->in, &out, NULL), GOVSVC_OK);
    CHECK_INT(gs_reckon_due(calendar, &a->in, &due_at, &provisional), GOVSVC_OK);
    if (out) {
        CHECK_INT(due_at, out->due_at);
        CHECK_INT(out->provisional, provisional ? GOVSVC_YES : GOVSVC_NO);
    }
    return out;
}

static inline void ask_due(const govsvc_calendar *calendar, const ask *a, const char *want)
{
    const govsvc_reckoning *out = ask_both(calendar, a);
    if (out)
        CHECK_TEXT(out->due_date, want);
    govsvc_free(out);
}

/* The kind of step that a day is, and whether it is provisional. */
static inline int64_t ask_day(const govsvc_calendar *calendar, const char *division, const char *date,
                              int64_t as_of, int64_t *provisional)
{
    const govsvc_reckoning_step *step = NULL;
    CHECK_INT(govsvc_day(calendar, division, date, as_of, &step, NULL), GOVSVC_OK);
    int64_t kind = step ? step->kind : 0;
    if (provisional)
        *provisional = step ? step->provisional : 0;
    govsvc_free(step);
    return kind;
}

static inline bool ask_off(const govsvc_calendar *calendar, const char *division, const char *date)
{
    return ask_day(calendar, division, date, GOVSVC_ABSENT, NULL) == GOVSVC_STEP_NOT_COUNTED;
}

static inline govsvc_calendar *ask_shipped(void)
{
    govsvc_calendar *calendar = NULL;
    CHECK_INT(govsvc_calendar_new(true, NULL, 0, NULL, 0, &calendar, NULL), GOVSVC_OK);
    return calendar;
}

#endif
