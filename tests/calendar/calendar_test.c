/* tests/calendar/calendar_test.c - dates, and which layer decides a day. */
#include "calendar/ask.h"

/* ---- dates ------------------------------------------------------------------------------------------- */

static void dates_are_strict(void)
{
    static const char *const good[] = {"1980-01-01", "2000-02-29", "2024-02-29", "2199-12-31",
                                       "0001-01-01"};
    static const char *const bad[] = {"2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01",  "2024-00-01",
                                      "2024-01-00", "2024-1-01",  "20240101",   "2024-01-011", "2024-04-31",
                                      "0000-01-01", "",           "2024-01-0x", " 2024-01-01"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t at;
        char back[11];
        CHECK(govsvc_date_start(good[i], &at));
        CHECK(govsvc_date_of(at, back));
        CHECK_TEXT(back, good[i]);
        CHECK(govsvc_date_of(at + GS_DAY_MS - 1, back));
        CHECK_TEXT(back, good[i]);
        CHECK(!govsvc_date_of(at - 1, back) || strcmp(back, good[i]) < 0);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t at = 42;
        CHECK(!govsvc_date_start(bad[i], &at));
        CHECK_INT(at, 42);
    }
    int64_t at = 42;
    char out[11] = "untouched";
    CHECK(!govsvc_date_start(NULL, &at));
    CHECK(!govsvc_date_of(INT64_MIN, out));
    CHECK(!govsvc_date_of(INT64_MAX, out));
    CHECK_TEXT(out, "untouched");
}

static void a_legal_day_is_beijings(void)
{
    int64_t at;
    char out[11];
    CHECK(govsvc_date_start("1970-01-01", &at));
    CHECK_INT(at, -8 * GS_HOUR_MS);
    CHECK(govsvc_date_of(INT64_C(1704038400000) - 1, out)); /* 2023-12-31T16:00Z */
    CHECK_TEXT(out, "2023-12-31");
    CHECK(govsvc_date_of(INT64_C(1704038400000), out));
    CHECK_TEXT(out, "2024-01-01");
    CHECK(govsvc_date_start("1988-07-01", &at)); /* in the years of summer time as well */
    CHECK_INT(at % GS_DAY_MS, 16 * GS_HOUR_MS);
}

static void every_day_follows_the_one_before(void)
{
    int64_t day = gs_days_of(1979, 12, 31);
    int weekday = gs_weekday(day);
    gs_civil last = gs_civil_from_days(day);
    CHECK_INT(weekday, 1); /* 1979-12-31 was a Monday */
    for (day++; day <= gs_days_of(2199, 12, 31); day++) {
        gs_civil civil = gs_civil_from_days(day);
        bool next_day = civil.day == last.day + 1 && civil.month == last.month && civil.year == last.year;
        bool next_month = civil.day == 1 && last.day >= 28 &&
                          civil.year * 12 + civil.month == last.year * 12 + last.month + 1;
        if (!next_day && !next_month)
            CHECK_INT(day, -1);
        if (gs_weekday(day) != weekday % 7 + 1)
            CHECK_INT(day, -2);
        weekday = gs_weekday(day);
        last = civil;
    }
    CHECK_INT(gs_weekday(gs_days_of(2026, 11, 23)), 1);
    CHECK_INT(gs_weekday(-4), 7);
}

/* ---- the national notices ---------------------------------------------------------------------------- */

static void working_days_of_months(void)
{
    static const struct {
        int year, all, months[12];
    } known[] = {
        {2024, 251, {22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22}},
        {2025, 248, {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23}},
        {2026, 248, {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}},
    };
    govsvc_calendar *calendar = ask_shipped();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int64_t days, sum = 0;
        for (int month = 1; month <= 12; month++) {
            char from[GS_DATE_SIZE], to[GS_DATE_SIZE];
            gs_date_format(gs_days_of(known[i].year, month, 1) - 1, from);
            gs_date_format(gs_add_months(gs_days_of(known[i].year, month, 1), 1) - 1, to);
            CHECK_INT(govsvc_working_days_between(calendar, NULL, from, to, &days, NULL), GOVSVC_OK);
            CHECK_INT(days, known[i].months[month - 1]);
            sum += days;
        }
        CHECK_INT(sum, known[i].all);
    }
    govsvc_calendar_free(calendar);
}

static void notices_of_each_year(void)
{
    /* one day off on a weekday and one make-up day of each notice; days of a year that stand in the
     * next year's notice */
    static const char *const off[] = {
        "2007-10-05", "2007-12-31", "2008-09-29", "2009-10-08", "2010-02-19", "2011-02-08", "2012-01-03",
        "2013-06-12", "2014-02-06", "2015-09-03", "2016-06-10", "2017-10-06", "2018-12-31", "2019-05-03",
        "2020-01-31", "2021-02-17", "2022-05-04", "2023-10-06", "2024-02-16", "2025-10-08", "2026-02-23"};
    static const char *const work[] = {
        "2006-12-30", "2007-12-29", "2008-09-27", "2009-05-31", "2010-09-19", "2011-12-31", "2012-04-01",
        "2013-01-05", "2014-05-04", "2015-09-06", "2016-09-18", "2017-04-01", "2018-12-29", "2019-04-28",
        "2020-01-19", "2021-09-26", "2022-10-09", "2023-10-07", "2024-09-14", "2025-02-08", "2026-02-28"};
    govsvc_calendar *calendar = ask_shipped();
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        int64_t provisional;
        CHECK_INT(ask_day(calendar, NULL, off[i], GOVSVC_ABSENT, &provisional), GOVSVC_STEP_NOT_COUNTED);
        CHECK_INT(provisional, GOVSVC_NO);
        CHECK_INT(ask_day(calendar, "", work[i], GOVSVC_ABSENT, &provisional), GOVSVC_STEP_MAKE_UP);
        CHECK_INT(provisional, GOVSVC_NO);
    }
    CHECK_INT(ask_day(calendar, NULL, "2020-02-03", GOVSVC_ABSENT, NULL), GOVSVC_STEP_END);
    govsvc_calendar_free(calendar);
}

/* An amendment counts from its publication, as a limit was told before. */
static void amendments_as_of(void)
{
    govsvc_calendar *calendar = ask_shipped();
    int64_t before = ask_time("2019-03-21", 0), after = ask_time("2019-03-22", 0);
    CHECK_INT(ask_day(calendar, NULL, "2019-05-02", before, NULL), GOVSVC_STEP_END);
    CHECK_INT(ask_day(calendar, NULL, "2019-05-01", before, NULL), GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(ask_day(calendar, NULL, "2019-05-05", before, NULL), GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(ask_day(calendar, NULL, "2019-05-02", after, NULL), GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(ask_day(calendar, NULL, "2019-05-05", after, NULL), GOVSVC_STEP_MAKE_UP);
    CHECK_INT(ask_day(calendar, NULL, "2020-02-01", after, NULL), GOVSVC_STEP_MAKE_UP);
    CHECK_INT(ask_day(calendar, NULL, "2020-02-01", ask_time("2020-01-27", 0), NULL),
              GOVSVC_STEP_NOT_COUNTED);
    govsvc_calendar_free(calendar);
}

/* ---- rules ------------------------------------------------------------------------------------------- */

/* 春节 and 清明 as the published calendars have them; new moons of 2027 and 2030 fall near midnight. */
static void feasts_are_right(void)
{
    static const struct {
        const char *spring;
        int qingming;
    } known[] = {
        {"2000-02-05", 4}, {"2001-01-24", 5}, {"2002-02-12", 5}, {"2003-02-01", 5}, {"2004-01-22", 4},
        {"2005-02-09", 5}, {"2006-01-29", 5}, {"2007-02-18", 5}, {"2008-02-07", 4}, {"2009-01-26", 4},
        {"2010-02-14", 5}, {"2011-02-03", 5}, {"2012-01-23", 4}, {"2013-02-10", 4}, {"2014-01-31", 5},
        {"2015-02-19", 5}, {"2016-02-08", 4}, {"2017-01-28", 4}, {"2018-02-16", 5}, {"2019-02-05", 5},
        {"2020-01-25", 4}, {"2021-02-12", 4}, {"2022-02-01", 5}, {"2023-01-22", 5}, {"2024-02-10", 4},
        {"2025-01-29", 4}, {"2026-02-17", 5}, {"2027-02-06", 5}, {"2028-01-26", 4}, {"2029-02-13", 4},
        {"2030-02-03", 5}, {"2031-01-23", 5}, {"2032-02-11", 4}, {"2033-01-31", 4}, {"2034-02-19", 5}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int year = 2000 + (int)i;
        char spring[GS_DATE_SIZE];
        const int16_t *feasts = gs_feasts[year - GOVSVC_YEAR_MIN];
        CHECK_TEXT(gs_date_format(gs_days_of(year, 1, 1) + feasts[0], spring), known[i].spring);
        CHECK_INT(gs_days_of(year, 1, 1) + feasts[4], gs_days_of(year, 4, known[i].qingming));
    }
}

/* Whatever the year: whole months of 29 or 30 days lie between the lunar feasts, and 清明 is April 4 or 5.
 */
static void feasts_keep_their_distance(void)
{
    for (int year = GOVSVC_YEAR_MIN; year <= GOVSVC_YEAR_MAX; year++) {
        const int16_t *feasts = gs_feasts[year - GOVSVC_YEAR_MIN];
        int64_t first = gs_days_of(year, 1, 1), qingming = first + feasts[4];
        int to_third = feasts[1] - feasts[0] - 2, to_fifth = feasts[2] - feasts[0] - 4;
        int to_eighth = feasts[3] - feasts[0] - 14;
        CHECK(feasts[0] >= 19 && feasts[0] <= 51);
        CHECK((to_third >= 58 && to_third <= 60) || (to_third >= 87 && to_third <= 90));
        CHECK((to_fifth >= 117 && to_fifth <= 119) || (to_fifth >= 146 && to_fifth <= 149));
        CHECK((to_eighth >= 205 && to_eighth <= 208) || (to_eighth >= 235 && to_eighth <= 238));
        CHECK(qingming == gs_days_of(year, 4, 4) || qingming == gs_days_of(year, 4, 5));
    }
}

/* The rule's own days, in years whose lunar dates are known from the notices. */
static void rules_find_the_feasts(void)
{
    static const char *const off[] = {"2024-02-12", "2024-04-04", "2024-06-10", "2024-09-17", "2024-10-03",
                                      "2025-01-28", "2025-01-31", "2025-05-02", "2025-10-06", "2026-02-16",
                                      "2026-06-19", "2026-09-25", "2026-01-01", "2010-02-15", "2013-02-11",
                                      "2007-05-03", "2007-02-20", "1998-10-02", "1990-05-01", "2033-01-31"};
    static const char *const working[] = {"2024-02-09", "2024-02-15", "2024-02-16", "2024-05-02",
                                          "2023-04-04", "2026-02-20", "2026-02-24", "2007-04-05",
                                          "2007-06-19", "1998-05-04", "1990-10-03", "2033-02-04"};
    govsvc_calendar *calendar = NULL;
    int64_t provisional;
    CHECK_INT(govsvc_calendar_new(false, NULL, 0, NULL, 0, &calendar, NULL), GOVSVC_OK);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        CHECK_INT(ask_day(calendar, NULL, off[i], GOVSVC_ABSENT, &provisional), GOVSVC_STEP_NOT_COUNTED);
        CHECK_INT(provisional, GOVSVC_YES);
    }
    for (size_t i = 0; i < sizeof working / sizeof *working; i++) {
        if (ask_day(calendar, NULL, working[i], GOVSVC_ABSENT, &provisional) != GOVSVC_STEP_END)
            CHECK_TEXT(working[i], "a working day");
        CHECK_INT(provisional, GOVSVC_YES);
    }
    govsvc_calendar_free(calendar);
}

/* Where the law's days alone count, a year has 11 (before 2025) or 13 of them, each on a weekday or
 * made up: working days are weekdays less that many. */
static void each_rule_day_is_made_up(void)
{
    govsvc_calendar *calendar = NULL;
    CHECK_INT(govsvc_calendar_new(false, NULL, 0, NULL, 0, &calendar, NULL), GOVSVC_OK);
    for (int year = GOVSVC_YEAR_MIN + 1; year <= GOVSVC_YEAR_MAX; year++) {
        int64_t weekdays = 0, days, first = gs_days_of(year, 1, 1), end = gs_days_of(year + 1, 1, 1);
        int holidays = year >= 2025 ? 13 : year >= 2008 ? 11 : year >= 2000 ? 10 : year == 1999 ? 8 : 7;
        char from[GS_DATE_SIZE], to[GS_DATE_SIZE];
        for (int64_t day = first; day < end; day++)
            weekdays += gs_weekday(day) < 6;
        gs_date_format(first - 1, from);
        gs_date_format(end - 1, to);
        CHECK_INT(govsvc_working_days_between(calendar, NULL, from, to, &days, NULL), GOVSVC_OK);
        CHECK_INT(weekdays - days, holidays);
        if (year >= 2014) {
            CHECK_INT(govsvc_working_days_between(calendar, "450000", from, to, &days, NULL), GOVSVC_OK);
            CHECK_INT(weekdays - days, holidays + 2);
        }
    }
    govsvc_calendar_free(calendar);
}

/* In the years that have both, rule and notice agree on how many working days there are, but for a
 * weekend that was moved over New Year (2011, 2012) and what was given on top (2015, 2020). */
static void rules_agree_with_notices(void)
{
    govsvc_calendar *by_rule = NULL, *by_notice = ask_shipped();
    CHECK_INT(govsvc_calendar_new(false, NULL, 0, NULL, 0, &by_rule, NULL), GOVSVC_OK);
    for (int year = 2008; year <= 2026; year++) {
        int64_t rule, notice,
            more = year == 2011                   ? -1
                   : year == 2012 || year == 2015 ? 1
                   : year == 2020                 ? 2
                                                  : 0;
        char from[GS_DATE_SIZE], to[GS_DATE_SIZE];
        gs_date_format(gs_days_of(year - 1, 12, 31), from);
        gs_date_format(gs_days_of(year, 12, 31), to);
        govsvc_working_days_between(by_rule, NULL, from, to, &rule, NULL);
        govsvc_working_days_between(by_notice, NULL, from, to, &notice, NULL);
        CHECK_INT(rule - notice, more);
    }
    govsvc_calendar_free(by_rule);
    govsvc_calendar_free(by_notice);
}

/* ---- regions ----------------------------------------------------------------------------------------- */

static void guangxi_overrides_the_nation(void)
{
    static const char *const off[] = {"2016-04-08", "2016-04-11", "2017-03-30", "2017-03-31",
                                      "2017-04-01", "2021-04-14", "2021-04-15", "2021-04-16",
                                      "2022-04-02", "2022-04-06", "2023-04-21", "2023-04-23"};
    govsvc_calendar *calendar = ask_shipped();
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        int64_t provisional;
        CHECK_INT(ask_day(calendar, "450102", off[i], GOVSVC_ABSENT, &provisional),
                  GOVSVC_STEP_NOT_COUNTED);
        CHECK_INT(provisional, GOVSVC_NO);
        CHECK(!ask_off(calendar, "440100", off[i]));
        CHECK(!ask_off(calendar, NULL, off[i]));
    }
    CHECK_INT(ask_day(calendar, NULL, "2017-04-01", GOVSVC_ABSENT, NULL), GOVSVC_STEP_MAKE_UP);
    CHECK_INT(ask_day(calendar, "450000", "2017-04-08", GOVSVC_ABSENT, NULL), GOVSVC_STEP_MAKE_UP);
    CHECK_INT(ask_day(calendar, "450000", "2021-04-18", GOVSVC_ABSENT, NULL), GOVSVC_STEP_MAKE_UP);
    CHECK(ask_off(calendar, NULL, "2017-04-08"));
    CHECK(ask_off(calendar, "450102001002", "2023-04-21"));
    CHECK(ask_off(calendar, "450000000000", "2023-04-21"));
    CHECK(!ask_off(calendar, "150000", "2023-04-21"));
    govsvc_calendar_free(calendar);
}

static void guangxi_by_rule(void)
{
    govsvc_calendar *calendar = ask_shipped();
    int64_t provisional;
    /* 2024: lunar 3/3 is April 11, a Thursday */
    CHECK_INT(ask_day(calendar, "450100", "2024-04-11", GOVSVC_ABSENT, &provisional),
              GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(provisional, GOVSVC_YES);
    CHECK(ask_off(calendar, "450100", "2024-04-12"));
    CHECK(!ask_off(calendar, "450100", "2024-04-15"));
    CHECK_INT(ask_day(calendar, "450100", "2024-04-10", GOVSVC_ABSENT, &provisional), GOVSVC_STEP_END);
    CHECK_INT(provisional, GOVSVC_NO);
    CHECK(!ask_off(calendar, NULL, "2024-04-11"));
    /* 2025: Monday, March 31; 2026: Sunday, April 19, made up on Tuesday */
    CHECK(ask_off(calendar, "450100", "2025-03-31") && ask_off(calendar, "450100", "2025-04-01"));
    CHECK(ask_off(calendar, "450100", "2026-04-20") && ask_off(calendar, "450100", "2026-04-21"));
    CHECK(!ask_off(calendar, "450100", "2026-04-22"));
    /* 2013: before the decree; lunar 3/3 was April 12 */
    CHECK(!ask_off(calendar, "450100", "2013-04-12"));
    CHECK(ask_off(calendar, "450100", "2014-04-02"));
    /* 2020: Thursday, March 26; 2023 has a notice, which alone counts: April 24 is worked */
    CHECK(ask_off(calendar, "450100", "2020-03-26") && ask_off(calendar, "450100", "2020-03-27"));
    CHECK(!ask_off(calendar, "450100", "2023-04-24"));
    govsvc_calendar_free(calendar);
}

/* ---- notices of a host ------------------------------------------------------------------------------- */

typedef struct given {
    govsvc_notice_day days[4];
    const govsvc_notice_day *row[4];
    govsvc_holiday_notice notice;
} given;

static const govsvc_holiday_notice *give(given *g, const char *division, int64_t recorded_at)
{
    const govsvc_holiday_notice notice = GOVSVC_HOLIDAY_NOTICE_INIT;
    g->notice = notice;
    g->notice.division = division;
    g->notice.recorded_at = recorded_at;
    g->notice.days = g->row;
    g->notice.number = "桂政办电〔2027〕1号";
    return &g->notice;
}

static void give_day(given *g, const char *date, int64_t effect, const char *name)
{
    const govsvc_notice_day day = GOVSVC_NOTICE_DAY_INIT;
    uint64_t i = g->notice.day_count++;
    g->days[i] = day;
    g->days[i].date = date;
    g->days[i].effect = effect;
    g->days[i].name = name;
    g->row[i] = &g->days[i];
}

static void the_narrowest_notice_wins(void)
{
    given region, city, county;
    const govsvc_holiday_notice *notices[] = {give(&region, "450000", GOVSVC_ABSENT),
                                              give(&city, "450100", GOVSVC_ABSENT),
                                              give(&county, "450102", GOVSVC_ABSENT)};
    give_day(&region, "2026-03-10", GOVSVC_DAY_OFF, "甲");
    give_day(&region, "2026-10-01", GOVSVC_DAY_WORK, NULL);
    give_day(&city, "2026-03-10", GOVSVC_DAY_WORK, "乙");
    give_day(&county, "2026-03-10", GOVSVC_DAY_OFF, "丙");
    govsvc_calendar *calendar = NULL;
    CHECK_INT(govsvc_calendar_new(true, notices, 3, NULL, 0, &calendar, NULL), GOVSVC_OK);
    CHECK(!ask_off(calendar, NULL, "2026-03-10") && !ask_off(calendar, "440000", "2026-03-10"));
    CHECK(ask_off(calendar, "450000", "2026-03-10") && ask_off(calendar, "450200", "2026-03-10"));
    CHECK(!ask_off(calendar, "450100", "2026-03-10") && !ask_off(calendar, "450103", "2026-03-10"));
    CHECK(ask_off(calendar, "450102", "2026-03-10") && ask_off(calendar, "450102003", "2026-03-10"));
    CHECK(!ask_off(calendar, "450102", "2026-10-01") && ask_off(calendar, "430000", "2026-10-01"));
    /* They only name days: the rule of 三月三 still stands. */
    CHECK(ask_off(calendar, "450102", "2026-04-20"));
    govsvc_calendar_free(calendar);
}

static void a_notice_in_full_ends_the_rule(void)
{
    given nation, region;
    const govsvc_holiday_notice *notices[] = {give(&nation, NULL, ask_time("2026-11-20", 0)),
                                              give(&region, "450000", ask_time("2027-03-01", 0))};
    nation.notice.year = 2027;
    region.notice.year = 2027;
    give_day(&nation, "2027-01-01", GOVSVC_DAY_OFF, "元旦");
    give_day(&region, "2027-04-08", GOVSVC_DAY_OFF, "壮族三月三");
    govsvc_calendar *calendar = NULL;
    int64_t provisional, early = ask_time("2026-12-01", 0);
    CHECK_INT(govsvc_calendar_new(true, notices, 2, NULL, 0, &calendar, NULL), GOVSVC_OK);
    CHECK_INT(ask_day(calendar, NULL, "2027-02-08", GOVSVC_ABSENT, &provisional), GOVSVC_STEP_END);
    CHECK_INT(provisional, GOVSVC_NO);
    CHECK(ask_off(calendar, "450000", "2027-04-08"));
    CHECK(!ask_off(calendar, "450000", "2027-04-09"));
    /* As it was known before: first neither notice, then the nation's alone. */
    CHECK_INT(ask_day(calendar, "450000", "2027-02-08", ask_time("2026-11-19", 0), &provisional),
              GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(provisional, GOVSVC_YES);
    CHECK_INT(ask_day(calendar, "450000", "2027-04-09", early, &provisional), GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(provisional, GOVSVC_YES);
    CHECK_INT(ask_day(calendar, "450000", "2027-04-08", early, &provisional), GOVSVC_STEP_END);
    CHECK_INT(provisional, GOVSVC_NO);
    govsvc_calendar_free(calendar);
}

static void a_region_in_full_keeps_the_national_rule(void)
{
    given region;
    const govsvc_holiday_notice *notices[] = {give(&region, "450000", GOVSVC_ABSENT)};
    region.notice.year = 2027;
    govsvc_calendar *calendar = NULL;
    CHECK_INT(govsvc_calendar_new(true, notices, 1, NULL, 0, &calendar, NULL), GOVSVC_OK);
    CHECK(ask_off(calendar, "450000", "2027-02-08"));
    CHECK(!ask_off(calendar, "450000", "2027-04-09"));
    govsvc_calendar_free(calendar);
}

static void the_later_record_wins(void)
{
    given first, second;
    const govsvc_holiday_notice *notices[] = {give(&second, NULL, ask_time("2026-06-10", 0)),
                                              give(&first, NULL, ask_time("2026-06-01", 0))};
    give_day(&first, "2026-07-01", GOVSVC_DAY_OFF, "先");
    give_day(&second, "2026-07-01", GOVSVC_DAY_WORK, "后");
    govsvc_calendar *calendar = NULL;
    CHECK_INT(govsvc_calendar_new(true, notices, 2, NULL, 0, &calendar, NULL), GOVSVC_OK);
    CHECK_INT(ask_day(calendar, NULL, "2026-07-01", GOVSVC_ABSENT, NULL), GOVSVC_STEP_MAKE_UP);
    CHECK_INT(ask_day(calendar, NULL, "2026-07-01", ask_time("2026-06-10", 0), NULL), GOVSVC_STEP_MAKE_UP);
    CHECK_INT(ask_day(calendar, NULL, "2026-07-01", ask_time("2026-06-05", 0), NULL),
              GOVSVC_STEP_NOT_COUNTED);
    CHECK_INT(ask_day(calendar, NULL, "2026-07-01", ask_time("2026-05-05", 0), NULL), GOVSVC_STEP_END);
    govsvc_calendar_free(calendar);
}

/* ---- what a calendar refuses ------------------------------------------------------------------------- */

static void check_problem(const govsvc_problem_list *list, uint64_t index, const char *field,
                          const char *rule)
{
    CHECK(list && index < list->problem_count);
    if (!list || index >= list->problem_count)
        return;
    CHECK_TEXT(list->problems[index]->field, field);
    CHECK_TEXT(list->problems[index]->rule, rule);
    CHECK(list->problems[index]->text_zh && list->problems[index]->text_en);
}

static void a_calendar_refuses(void)
{
    given bad;
    govsvc_office_hours hours = GOVSVC_OFFICE_HOURS_INIT;
    const govsvc_office_hours *hours_row[] = {&hours};
    const govsvc_holiday_notice *notices[] = {give(&bad, "45", GOVSVC_ABSENT)};
    bad.notice.year = 1979;
    give_day(&bad, "2024-02-30", GOVSVC_DAY_OFF, NULL);
    give_day(&bad, "2024-03-01", 9, NULL);
    give_day(&bad, "2024-03-01", GOVSVC_DAY_OFF, NULL);
    give_day(&bad, "2200-01-01", GOVSVC_DAY_OFF, NULL);
    hours.morning_to = 800;
    govsvc_calendar *calendar = NULL;
    const govsvc_problem_list *list = NULL;
    CHECK_INT(govsvc_calendar_new(true, notices, 1, hours_row, 1, &calendar, &list), GOVSVC_INVALID);
    CHECK(calendar == NULL);
    CHECK_INT(list ? list->problem_count : 0, 7);
    check_problem(list, 0, "/notices/0/year", "range");
    check_problem(list, 1, "/notices/0/division", "division");
    check_problem(list, 2, "/notices/0/days/0/date", "date");
    check_problem(list, 3, "/notices/0/days/1/effect", "choice");
    check_problem(list, 4, "/notices/0/days/2/date", "duplicate");
    check_problem(list, 5, "/notices/0/days/3/date", "range");
    check_problem(list, 6, "/hours/0", "order");
    govsvc_free(list);
    bad.notice.day_count = 401;
    CHECK_INT(govsvc_calendar_new(true, notices, 1, NULL, 0, &calendar, NULL), GOVSVC_INVALID);
    bad.notice.struct_size = 8;
    CHECK_INT(govsvc_calendar_new(true, notices, 1, NULL, 0, &calendar, NULL), GOVSVC_MISUSE);
    CHECK_INT(govsvc_calendar_new(true, NULL, 1, NULL, 0, &calendar, NULL), GOVSVC_MISUSE);
    CHECK_INT(govsvc_calendar_new(true, NULL, 0, NULL, 0, NULL, NULL), GOVSVC_MISUSE);
    govsvc_calendar_free(NULL);
}

static void counting_refuses(void)
{
    govsvc_calendar *calendar = ask_shipped();
    const govsvc_problem_list *list = NULL;
    int64_t days = 42;
    CHECK_INT(govsvc_working_days_between(calendar, NULL, "2024-02-30", "2024-13-01", &days, &list),
              GOVSVC_INVALID);
    check_problem(list, 0, "/from", "date");
    check_problem(list, 1, "/to", "date");
    govsvc_free(list);
    CHECK_INT(govsvc_working_days_between(calendar, NULL, "2024-03-02", "2024-03-01", &days, &list),
              GOVSVC_INVALID);
    check_problem(list, 0, "/to", "order");
    govsvc_free(list);
    CHECK_INT(govsvc_working_days_between(calendar, "4501x2", "1979-12-31", "2024-03-01", &days, &list),
              GOVSVC_INVALID);
    check_problem(list, 0, "/from", "range");
    check_problem(list, 1, "/division", "division");
    govsvc_free(list);
    CHECK_INT(days, 42);
    CHECK_INT(govsvc_working_days_between(calendar, NULL, "2024-03-01", "2024-03-01", &days, NULL),
              GOVSVC_OK);
    CHECK_INT(days, 0);
    const govsvc_reckoning_step *step = NULL;
    CHECK_INT(govsvc_day(calendar, NULL, NULL, GOVSVC_ABSENT, &step, &list), GOVSVC_INVALID);
    check_problem(list, 0, "/date", "required");
    govsvc_free(list);
    CHECK(step == NULL);
    govsvc_calendar_free(calendar);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(dates_are_strict),
        TEST(a_legal_day_is_beijings),
        TEST(every_day_follows_the_one_before),
        TEST(working_days_of_months),
        TEST(notices_of_each_year),
        TEST(amendments_as_of),
        TEST(feasts_are_right),
        TEST(feasts_keep_their_distance),
        TEST(rules_find_the_feasts),
        TEST(each_rule_day_is_made_up),
        TEST(rules_agree_with_notices),
        TEST(guangxi_overrides_the_nation),
        TEST(guangxi_by_rule),
        TEST(the_narrowest_notice_wins),
        TEST(a_notice_in_full_ends_the_rule),
        TEST(a_region_in_full_keeps_the_national_rule),
        TEST(the_later_record_wins),
        TEST(a_calendar_refuses),
        TEST(counting_refuses),
    };
    return test_main(cases, TEST_COUNT(cases));
}
