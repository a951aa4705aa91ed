/* tests/calendar/oracle_test.c - fifty thousand random limits against counting on one's fingers.
 *
 * The oracle walks day by day, or minute by minute, over a table of days that was asked for one by one;
 * it shares no counting with the library.
 */
#include "calendar/ask.h"

enum { CASES = 50000, FIRST_YEAR = 1990, LAST_YEAR = 2056, DAYS = (LAST_YEAR - FIRST_YEAR + 1) * 366 };

typedef struct day_fact {
    bool working;
    bool provisional;
} day_fact;

static const char *const divisions[] = {NULL, "450102", "330100"};
static day_fact facts[3][DAYS];
static int64_t base; /* the day number of facts[.][0] */
static uint64_t seed = 20260302;

static int64_t pick(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static void learn(const govsvc_calendar *calendar)
{
    base = gs_days_of(FIRST_YEAR, 1, 1);
    for (int d = 0; d < 3; d++)
        for (int64_t i = 0; i < gs_days_of(LAST_YEAR, 12, 31) - base; i++) {
            char date[GS_DATE_SIZE];
            int64_t provisional;
            gs_date_format(base + i, date);
            int64_t kind = ask_day(calendar, divisions[d], date, GOVSVC_ABSENT, &provisional);
            facts[d][i] = (day_fact){kind != GOVSVC_STEP_NOT_COUNTED, provisional == GOVSVC_YES};
        }
}

static int64_t beijing_minute(int64_t at)
{
    return at / GS_MINUTE_MS + 8 * 60;
}

static bool day_paused(const ask *a, int64_t day)
{
    for (uint64_t i = 0; i < a->in.pause_count; i++)
        if (day > beijing_minute(a->pauses[i].began_at) / 1440 &&
            day <= beijing_minute(a->pauses[i].ended_at) / 1440)
            return true;
    return false;
}

static bool minute_paused(const ask *a, int64_t minute)
{
    for (uint64_t i = 0; i < a->in.pause_count; i++)
        if (minute >= beijing_minute(a->pauses[i].began_at) &&
            minute < beijing_minute(a->pauses[i].ended_at))
            return true;
    return false;
}

typedef struct verdict {
    int64_t due_at;
    bool provisional;
} verdict;

static int64_t end_of(int64_t day, bool backwards)
{
    return ((backwards ? day : day + 1) * 1440 - 8 * 60) * GS_MINUTE_MS;
}

/* Steps through the minutes: minute m is counted where it is free. */
static verdict walk_minutes(const ask *a, const day_fact *days, int64_t total)
{
    bool office = a->in.unit == GOVSVC_UNIT_OFFICE_HOURS, back = a->in.backwards == GOVSVC_YES;
    int64_t left = total * 60, minute = beijing_minute(a->in.start_at), start = minute / 1440;
    while (left > 0) {
        int64_t now = back ? minute - 1 : minute, of_day = now % 1440;
        bool open = (of_day >= 540 && of_day < 720) || (of_day >= 780 && of_day < 1020);
        if (!minute_paused(a, now) && (!office || (open && days[now / 1440 - base].working)))
            left--;
        minute += back ? -1 : 1;
    }
    verdict out = {(minute - 8 * 60) * GS_MINUTE_MS, false};
    int64_t last = back ? minute / 1440 : (minute - 1) / 1440;
    for (int64_t day = back ? last : start; office && day <= (back ? start : last); day++)
        out.provisional |= days[day - base].provisional;
    return out;
}

static verdict walk_working(const ask *a, const day_fact *days, int64_t total)
{
    bool back = a->in.backwards == GOVSVC_YES;
    int64_t day = beijing_minute(a->in.start_at) / 1440;
    verdict out = {0, false};
    while (total > 0) {
        day += back ? -1 : 1;
        out.provisional |= days[day - base].provisional;
        total -= days[day - base].working && !day_paused(a, day);
    }
    out.due_at = end_of(day, back);
    return out;
}

/* Month by month, to the day or the last there is. */
static int64_t months_on(int64_t day, int64_t months)
{
    gs_civil civil = gs_civil_from_days(day);
    for (; months != 0; months += months > 0 ? -1 : 1) {
        civil.month += months > 0 ? 1 : -1;
        if (civil.month == 13 || civil.month == 0) {
            civil.year += months > 0 ? 1 : -1;
            civil.month = months > 0 ? 1 : 12;
        }
    }
    int64_t found = gs_days_of(civil.year, civil.month, 1);
    for (int64_t i = 1; i < civil.day && gs_civil_from_days(found + 1).month == civil.month; i++)
        found++;
    return found;
}

static verdict walk_natural(const ask *a, const day_fact *days, int64_t total)
{
    bool back = a->in.backwards == GOVSVC_YES;
    int64_t day = beijing_minute(a->in.start_at) / 1440,
            months = a->in.unit == GOVSVC_UNIT_YEARS ? 12 * total : total;
    verdict out = {0, false};
    if (a->in.unit != GOVSVC_UNIT_NATURAL_DAYS) {
        int64_t end = months_on(day, back ? -months : months);
        total = back ? day - end : end - day;
    }
    while (total > 0) {
        day += back ? -1 : 1;
        total -= !day_paused(a, day);
    }
    if (!back) {
        out.provisional = days[day - base].provisional;
        while (!days[day - base].working || day_paused(a, day))
            out.provisional |= days[++day - base].provisional;
    }
    out.due_at = end_of(day, back);
    return out;
}

static verdict ask_oracle(const ask *a, const day_fact *days)
{
    int64_t total = a->in.amount;
    for (uint64_t i = 0; i < a->in.extension_count; i++)
        total += a->extensions[i].amount;
    if (a->in.unit == GOVSVC_UNIT_HOURS || a->in.unit == GOVSVC_UNIT_OFFICE_HOURS)
        return walk_minutes(a, days, total);
    if (a->in.unit == GOVSVC_UNIT_WORKING_DAYS)
        return walk_working(a, days, total);
    return walk_natural(a, days, total);
}

static void invent(ask *a, int *division)
{
    static const int64_t most[] = {0, 260, 400, 90, 16, 24, 4};
    int64_t unit = pick(10) < 4 ? GOVSVC_UNIT_WORKING_DAYS : 1 + pick(6);
    int64_t start = gs_days_of(2010, 1, 1) + pick(365 * 28);
    ask_begin(a, "2020-01-01", 1 + pick(most[unit]), unit);
    a->in.start_at = end_of(start, true) + pick(1440) * GS_MINUTE_MS;
    a->in.backwards = pick(5) == 0 ? GOVSVC_YES : pick(2) ? GOVSVC_NO : GOVSVC_UNSET;
    *division = (int)pick(3);
    a->in.division = divisions[*division];
    int64_t reach = unit == GOVSVC_UNIT_HOURS || unit == GOVSVC_UNIT_OFFICE_HOURS ? 8 : 120;
    for (int64_t n = pick(4); n > 0; n--) {
        int64_t began = a->in.start_at + (pick(2 * reach * 1440) - reach * 1440) * GS_MINUTE_MS;
        ask_pause(a, began, began + pick(reach * 720) * GS_MINUTE_MS);
    }
    for (int64_t n = pick(3); n > 0; n--)
        ask_extension(a, 1 + pick(5), "2020-01-01");
}

/* Working days of the whole way are those counted and those that the pauses took. */
static void check_sums(const govsvc_calendar *calendar, const ask *a, const govsvc_reckoning *out)
{
    int64_t taken = 0, all;
    for (uint64_t i = 0; i < out->step_count; i++)
        taken += out->steps[i]->kind == GOVSVC_STEP_PAUSE ? out->steps[i]->days : 0;
    if (a->in.unit != GOVSVC_UNIT_WORKING_DAYS || a->in.backwards == GOVSVC_YES)
        return;
    CHECK_INT(
        govsvc_working_days_between(calendar, a->in.division, out->start_date, out->due_date, &all, NULL),
        GOVSVC_OK);
    CHECK_INT(all, out->counted + taken);
}

static void random_limits(void)
{
    govsvc_calendar *calendar = ask_shipped();
    learn(calendar);
    for (int i = 0; i < CASES && !test_failed_checks; i++) {
        ask a;
        int division;
        invent(&a, &division);
        verdict want = ask_oracle(&a, facts[division]);
        const govsvc_reckoning *out = ask_both(calendar, &a);
        CHECK_INT(out->due_at, want.due_at);
        CHECK_INT(out->provisional == GOVSVC_YES, want.provisional);
        CHECK_INT(out->steps[0]->kind, GOVSVC_STEP_START);
        CHECK_INT(out->steps[out->step_count - 1]->kind, GOVSVC_STEP_END);
        check_sums(calendar, &a, out);
        if (test_failed_checks)
            fprintf(stderr, "case %d: unit %d amount %d backwards %d pauses %d\n", i, (int)a.in.unit,
                    (int)a.in.amount, (int)a.in.backwards, (int)a.in.pause_count);
        govsvc_free(out);
    }
    govsvc_calendar_free(calendar);
}

/* As of long ago every year is worked out for the question alone: the same answers as from a calendar
 * that never knew of more. */
static void the_slow_way_agrees(void)
{
    govsvc_calendar *calendar = ask_shipped();
    for (int i = 0; i < 2000; i++) {
        ask a;
        int division;
        int64_t kept = 0, worked_out = 0;
        invent(&a, &division);
        if (gs_civil_from_days(gs_day_of(a.in.start_at)).year <= 2022)
            continue; /* amendments of 2015 to 2020 may be in reach */
        CHECK_INT(gs_reckon_due(calendar, &a.in, &kept, NULL), GOVSVC_OK);
        a.in.as_of = 0;
        if (gs_reckon_due(calendar, &a.in, &worked_out, NULL) != GOVSVC_OK)
            CHECK(!"reckoned");
        CHECK_INT(kept, worked_out);
    }
    govsvc_calendar_free(calendar);
}

int main(void)
{
    static const test_case cases[] = {TEST(random_limits), TEST(the_slow_way_agrees)};
    return test_main(cases, TEST_COUNT(cases));
}
