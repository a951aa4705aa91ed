/* tests/calendar/reckon_test.c - limits of every unit, and how they are explained. */
#include "calendar/ask.h"
#include "support/fault.h"

static govsvc_calendar *shipped;

static void working_days_due(void)
{
    static const struct {
        const char *start, *due[4];
    } known[] = {
        {"2024-02-05", {"2024-02-06", "2024-02-18", "2024-02-23", "2024-03-08"}},
        {"2024-09-13", {"2024-09-14", "2024-09-23", "2024-09-29", "2024-10-17"}},
        {"2024-09-29", {"2024-09-30", "2024-10-11", "2024-10-17", "2024-10-31"}},
        {"2025-01-24", {"2025-01-26", "2025-02-07", "2025-02-13", "2025-02-27"}},
        {"2025-04-25", {"2025-04-27", "2025-05-06", "2025-05-13", "2025-05-27"}},
        {"2025-09-26", {"2025-09-28", "2025-10-10", "2025-10-16", "2025-10-30"}},
        {"2026-02-13", {"2026-02-14", "2026-02-27", "2026-03-05", "2026-03-19"}},
        {"2026-09-18", {"2026-09-20", "2026-09-24", "2026-10-09", "2026-10-22"}},
        {"2025-12-31", {"2026-01-04", "2026-01-08", "2026-01-15", "2026-01-29"}},
    };
    static const int64_t amounts[] = {1, 5, 10, 20};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (size_t k = 0; k < 4; k++) {
            ask a;
            ask_begin(&a, known[i].start, amounts[k], GOVSVC_UNIT_WORKING_DAYS);
            ask_due(shipped, &a, known[i].due[k]);
        }
}

static void due_at_is_the_end_of_the_day(void)
{
    ask a;
    ask_begin(&a, "2026-02-13", 20, GOVSVC_UNIT_WORKING_DAYS);
    for (int minute = 0; minute < 24 * 60; minute += 1439) {
        a.in.start_at = ask_time("2026-02-13", minute);
        const govsvc_reckoning *out = ask_both(shipped, &a);
        CHECK_INT(out->due_at, ask_time("2026-03-20", 0));
        CHECK_INT(out->counted, 20);
        CHECK_TEXT(out->start_date, "2026-02-13");
        CHECK_INT(out->provisional, GOVSVC_NO);
        govsvc_free(out);
    }
    /* From a day off it is counted as from any day. */
    ask_begin(&a, "2026-02-18", 1, GOVSVC_UNIT_WORKING_DAYS);
    ask_due(shipped, &a, "2026-02-24");
}

static void in_guangxi(void)
{
    ask a;
    ask_begin(&a, "2023-04-20", 1, GOVSVC_UNIT_WORKING_DAYS);
    ask_due(shipped, &a, "2023-04-21");
    a.in.division = "450102";
    ask_due(shipped, &a, "2023-04-24"); /* 21 off, 23 off though made up nationally */
    ask_begin(&a, "2017-03-29", 3, GOVSVC_UNIT_WORKING_DAYS);
    a.in.division = "450100";
    ask_due(shipped, &a, "2017-04-07"); /* 3-30 to 4-4 off */
    a.in.amount = 4;
    ask_due(shipped, &a, "2017-04-08"); /* a Saturday that Guangxi works */
    ask_begin(&a, "2026-04-17", 1, GOVSVC_UNIT_WORKING_DAYS);
    a.in.division = "450000";
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_TEXT(out->due_date, "2026-04-22");
    CHECK_INT(out->provisional, GOVSVC_YES);
    govsvc_free(out);
    ask_begin(&a, "2026-04-22", 1, GOVSVC_UNIT_WORKING_DAYS);
    a.in.division = "450000";
    out = ask_both(shipped, &a);
    CHECK_INT(out->provisional, GOVSVC_NO);
    govsvc_free(out);
}

static void backwards(void)
{
    ask a;
    ask_begin(&a, "2026-03-19", 20, GOVSVC_UNIT_WORKING_DAYS);
    a.in.backwards = GOVSVC_YES;
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_TEXT(out->due_date, "2026-02-13");
    CHECK_INT(out->due_at, ask_time("2026-02-13", 0));
    govsvc_free(out);
    /* No rolling: thirty days before expiry may be a Sunday. */
    ask_begin(&a, "2026-03-31", 30, GOVSVC_UNIT_NATURAL_DAYS);
    a.in.backwards = GOVSVC_YES;
    ask_due(shipped, &a, "2026-03-01");
    ask_begin(&a, "2026-03-31", 1, GOVSVC_UNIT_MONTHS);
    a.in.backwards = GOVSVC_YES;
    ask_due(shipped, &a, "2026-02-28");
    ask_begin(&a, "2024-02-29", 1, GOVSVC_UNIT_YEARS);
    a.in.backwards = GOVSVC_YES;
    ask_due(shipped, &a, "2023-02-28");
    /* A pause lengthens the way back: March 9 to 11 are not counted. */
    ask_begin(&a, "2026-03-19", 10, GOVSVC_UNIT_WORKING_DAYS);
    a.in.backwards = GOVSVC_YES;
    ask_due(shipped, &a, "2026-03-05");
    ask_pause(&a, ask_time("2026-03-08", 600), ask_time("2026-03-11", 600));
    ask_due(shipped, &a, "2026-03-02");
    ask_begin(&a, "2026-03-19", 30, GOVSVC_UNIT_HOURS);
    a.in.backwards = GOVSVC_YES;
    out = ask_both(shipped, &a);
    CHECK_INT(out->due_at, ask_time("2026-03-18", 180));
    govsvc_free(out);
}

/* 行政许可法 50, and the warnings of electronic supervision. */
static void so_long_before_a_limit_ends(void)
{
    static const struct {
        const char *last_day;
        int64_t amount, unit;
        const char *day;
    } known[] = {
        {"2026-03-16", 1, GOVSVC_UNIT_WORKING_DAYS, "2026-03-13"}, /* over a weekend */
        {"2026-03-16", 2, GOVSVC_UNIT_WORKING_DAYS, "2026-03-12"},
        {"2026-02-24", 1, GOVSVC_UNIT_WORKING_DAYS, "2026-02-14"}, /* to a Saturday that is worked */
        {"2026-02-24", 2, GOVSVC_UNIT_WORKING_DAYS, "2026-02-13"},
        {"2026-01-04", 1, GOVSVC_UNIT_WORKING_DAYS, "2025-12-31"}, /* a Sunday that is worked */
        {"2026-03-31", 30, GOVSVC_UNIT_NATURAL_DAYS, "2026-03-01"}, /* a Sunday: it does not roll */
        {"2026-03-01", 30, GOVSVC_UNIT_NATURAL_DAYS, "2026-01-30"},
        {"2024-03-01", 30, GOVSVC_UNIT_NATURAL_DAYS, "2024-01-31"},
        {"2026-02-28", 30, GOVSVC_UNIT_NATURAL_DAYS, "2026-01-29"},
        {"2024-02-29", 30, GOVSVC_UNIT_NATURAL_DAYS, "2024-01-30"},
        {"2026-01-30", 30, GOVSVC_UNIT_NATURAL_DAYS, "2025-12-31"},
        {"2026-01-01", 30, GOVSVC_UNIT_NATURAL_DAYS, "2025-12-02"},
        {"2025-12-31", 30, GOVSVC_UNIT_NATURAL_DAYS, "2025-12-01"},
        {"2026-05-31", 3, GOVSVC_UNIT_MONTHS, "2026-02-28"},
        {"2024-02-29", 1, GOVSVC_UNIT_YEARS, "2023-02-28"},
    };
    int64_t at = 42;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int64_t due_at = ask_time(known[i].last_day, 24 * 60);
        CHECK_INT(gs_reckon_back(shipped, NULL, due_at, known[i].amount, known[i].unit, &at), GOVSVC_OK);
        CHECK_INT(at, ask_time(known[i].day, 0));
    }
    CHECK_INT(gs_reckon_back(shipped, NULL, ask_time("2026-03-10", 1020), 24, GOVSVC_UNIT_HOURS, &at), GOVSVC_OK);
    CHECK_INT(at, ask_time("2026-03-09", 1020));
    CHECK_INT(gs_reckon_back(shipped, NULL, ask_time("2026-03-09", 1020), 8, GOVSVC_UNIT_OFFICE_HOURS, &at),
              GOVSVC_OK);
    CHECK_INT(at, ask_time("2026-03-06", 960));
    CHECK_INT(gs_reckon_back(shipped, "450103", ask_time("2023-04-25", 0), 1, GOVSVC_UNIT_WORKING_DAYS, &at),
              GOVSVC_OK);
    CHECK_INT(at, ask_time("2023-04-20", 0)); /* Guangxi is off from the 21st to the 23rd */
    CHECK_INT(gs_reckon_back(shipped, NULL, at, 0, GOVSVC_UNIT_HOURS, &at), GOVSVC_INVALID);
    CHECK_INT(gs_reckon_back(shipped, NULL, GOVSVC_ABSENT, 1, GOVSVC_UNIT_NATURAL_DAYS, &at), GOVSVC_INVALID);
}

static void natural_days_months_years(void)
{
    static const struct {
        const char *start;
        int64_t amount, unit;
        const char *due;
    } known[] = {
        {"2026-03-02", 8, GOVSVC_UNIT_NATURAL_DAYS, "2026-03-10"},
        {"2026-03-02", 5, GOVSVC_UNIT_NATURAL_DAYS, "2026-03-09"},  /* a Saturday rolls */
        {"2026-02-10", 10, GOVSVC_UNIT_NATURAL_DAYS, "2026-02-24"}, /* into the holiday */
        {"2026-02-13", 15, GOVSVC_UNIT_NATURAL_DAYS, "2026-02-28"}, /* a make-up Saturday is worked */
        {"2026-01-31", 1, GOVSVC_UNIT_MONTHS, "2026-02-28"},
        {"2024-01-31", 1, GOVSVC_UNIT_MONTHS, "2024-02-29"},
        {"2024-01-30", 13, GOVSVC_UNIT_MONTHS, "2025-02-28"},
        {"2025-03-31", 3, GOVSVC_UNIT_MONTHS, "2025-06-30"},
        {"2025-11-30", 1, GOVSVC_UNIT_MONTHS, "2025-12-30"},
        {"2024-02-29", 1, GOVSVC_UNIT_YEARS, "2025-02-28"},
        {"2020-02-29", 4, GOVSVC_UNIT_YEARS, "2024-02-29"},
        {"2023-05-01", 1, GOVSVC_UNIT_YEARS, "2024-05-06"}, /* rolls over the holiday */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ask a;
        ask_begin(&a, known[i].start, known[i].amount, known[i].unit);
        ask_due(shipped, &a, known[i].due);
    }
}

static void pauses_are_united(void)
{
    ask a;
    ask_begin(&a, "2026-03-02", 10, GOVSVC_UNIT_WORKING_DAYS);
    ask_due(shipped, &a, "2026-03-16");
    ask_pause(&a, ask_time("2026-03-04", 600), ask_time("2026-03-06", 600)); /* takes out 5, 6 */
    ask_due(shipped, &a, "2026-03-18");
    ask_pause(&a, ask_time("2026-03-05", 0), ask_time("2026-03-09", 0)); /* 6 (shared), 7, 8, 9 */
    ask_due(shipped, &a, "2026-03-19");
    ask_pause(&a, ask_time("2026-03-12", 60), ask_time("2026-03-12", 1200)); /* within a day: nothing */
    ask_due(shipped, &a, "2026-03-19");
    ask_pause(&a, ask_time("2026-02-01", 0), ask_time("2026-03-03", 0)); /* begun before: takes out 3 */
    ask_due(shipped, &a, "2026-03-20");
    ask_pause(&a, ask_time("2026-03-20", 0),
              ask_time("2026-04-03", 0)); /* begun on the last day: too late */
    ask_due(shipped, &a, "2026-03-20");
    const govsvc_reckoning *out = ask_both(shipped, &a);
    int64_t taken = 0;
    for (uint64_t i = 0; i < out->step_count; i++)
        taken += out->steps[i]->kind == GOVSVC_STEP_PAUSE ? out->steps[i]->days : 0;
    CHECK_INT(taken, 4);
    CHECK_INT(out->counted, 10);
    govsvc_free(out);
}

static void an_open_pause_lasts_until_now(void)
{
    ask a;
    ask_begin(&a, "2026-03-02", 10, GOVSVC_UNIT_WORKING_DAYS);
    ask_pause(&a, ask_time("2026-03-04", 600), GOVSVC_ABSENT);
    a.in.now = ask_time("2026-03-06", 600);
    ask_due(shipped, &a, "2026-03-18");
    a.in.now = ask_time("2026-03-10", 600);
    ask_due(shipped, &a, "2026-03-20");
    a.in.now = ask_time("2026-03-03", 600); /* it has not even begun */
    ask_due(shipped, &a, "2026-03-16");
}

static void natural_units_are_lengthened_by_pauses(void)
{
    ask a;
    ask_begin(&a, "2026-03-02", 10, GOVSVC_UNIT_NATURAL_DAYS);
    ask_due(shipped, &a, "2026-03-12");
    ask_pause(&a, ask_time("2026-03-05", 0), ask_time("2026-03-08", 0)); /* 6, 7, 8 */
    ask_pause(&a, ask_time("2026-03-12", 0), ask_time("2026-03-13", 0)); /* within what was gained: 13 */
    ask_due(shipped, &a, "2026-03-16");
    ask_begin(&a, "2026-01-31", 1, GOVSVC_UNIT_MONTHS);
    ask_pause(&a, ask_time("2026-02-02", 0), ask_time("2026-02-05", 0));
    ask_due(shipped, &a, "2026-03-03");
    /* A pause that begins once the last day is over, but before it has rolled: the roll goes past it. */
    ask_begin(&a, "2026-03-02", 5, GOVSVC_UNIT_NATURAL_DAYS);
    ask_pause(&a, ask_time("2026-03-08", 0), ask_time("2026-03-10", 0));
    ask_due(shipped, &a, "2026-03-11");
}

static void extensions_add(void)
{
    ask a;
    ask_begin(&a, "2026-02-13", 20, GOVSVC_UNIT_WORKING_DAYS);
    ask_extension(&a, 6, "2026-03-03");
    ask_extension(&a, 4, "2026-03-10");
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_TEXT(out->due_date, "2026-04-02");
    CHECK_INT(out->counted, 30);
    govsvc_free(out);
    ask_begin(&a, "2026-01-31", 1, GOVSVC_UNIT_MONTHS);
    ask_extension(&a, 1, "2026-02-10"); /* to the same day, not to the clipped one's */
    ask_due(shipped, &a, "2026-03-31");
}

static void hours_run_round_the_clock(void)
{
    ask a;
    ask_begin(&a, "2026-02-14", 48, GOVSVC_UNIT_HOURS);
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_INT(out->due_at, ask_time("2026-02-16", 540));
    govsvc_free(out);
    ask_pause(&a, ask_time("2026-02-15", 0), ask_time("2026-02-15", 90));
    ask_pause(&a, ask_time("2026-02-15", 60), ask_time("2026-02-15", 120));
    out = ask_both(shipped, &a);
    CHECK_INT(out->due_at, ask_time("2026-02-16", 660));
    CHECK_TEXT(out->due_date, "2026-02-16");
    govsvc_free(out);
    ask_begin(&a, "2026-02-14", 15, GOVSVC_UNIT_HOURS); /* ends at midnight: the 14th is the last day */
    ask_due(shipped, &a, "2026-02-14");
}

static void check_office(const govsvc_calendar *calendar, const ask *a, const char *date, int minutes)
{
    const govsvc_reckoning *out = ask_both(calendar, a);
    CHECK_INT(out->due_at, ask_time(date, minutes));
    CHECK_TEXT(out->due_date, date);
    govsvc_free(out);
}

static void office_hours(void)
{
    ask a;
    ask_begin(&a, "2026-03-05", 3, GOVSVC_UNIT_OFFICE_HOURS);
    check_office(shipped, &a, "2026-03-05", 12 * 60); /* by noon */
    a.in.amount = 4;
    check_office(shipped, &a, "2026-03-05", 14 * 60); /* over lunch */
    a.in.start_at = ask_time("2026-03-05", 12 * 60 + 30);
    check_office(shipped, &a, "2026-03-05", 17 * 60);
    a.in.start_at = ask_time("2026-03-06", 16 * 60 + 30); /* over the weekend */
    check_office(shipped, &a, "2026-03-09", 13 * 60 + 30);
    a.in.start_at = ask_time("2026-03-07", 0);
    a.in.amount = 7;
    check_office(shipped, &a, "2026-03-09", 17 * 60);
    ask_pause(&a, ask_time("2026-03-09", 11 * 60),
              ask_time("2026-03-09", 14 * 60)); /* two of them office */
    check_office(shipped, &a, "2026-03-10", 11 * 60);
    ask_begin(&a, "2026-03-09", 5, GOVSVC_UNIT_OFFICE_HOURS);
    a.in.start_at = ask_time("2026-03-09", 10 * 60);
    a.in.backwards = GOVSVC_YES; /* an hour of Monday, four of Friday */
    check_office(shipped, &a, "2026-03-06", 13 * 60);
}

static void office_hours_of_a_division(void)
{
    govsvc_office_hours all = GOVSVC_OFFICE_HOURS_INIT, city = GOVSVC_OFFICE_HOURS_INIT;
    const govsvc_office_hours *hours[] = {&city, &all};
    govsvc_notice_day half = GOVSVC_NOTICE_DAY_INIT, saturday = GOVSVC_NOTICE_DAY_INIT;
    const govsvc_notice_day *days[] = {&half, &saturday};
    govsvc_holiday_notice notice = GOVSVC_HOLIDAY_NOTICE_INIT;
    const govsvc_holiday_notice *notices[] = {&notice};
    govsvc_calendar *calendar = NULL;
    all.morning_from = 8 * 60;
    city.division = "450100";
    city.afternoon_from = 15 * 60;
    city.afternoon_to = 18 * 60;
    half.date = "2026-03-09";
    half.effect = GOVSVC_DAY_AFTERNOON_OFF;
    saturday.date = "2026-03-10";
    saturday.effect = GOVSVC_DAY_MORNING_OFF;
    notice.days = days;
    notice.day_count = 2;
    CHECK_INT(govsvc_calendar_new(true, notices, 1, hours, 2, &calendar, NULL), GOVSVC_OK);
    ask a;
    ask_begin(&a, "2026-03-06", 6, GOVSVC_UNIT_OFFICE_HOURS);
    a.in.division = "450102";
    check_office(calendar, &a, "2026-03-06", 18 * 60);
    a.in.division = "450200";
    check_office(calendar, &a, "2026-03-06", 16 * 60);
    /* Monday's afternoon and Tuesday's morning are off, yet both are working days. */
    a.in.start_at = ask_time("2026-03-09", 0);
    a.in.division = NULL;
    check_office(calendar, &a, "2026-03-10", 15 * 60);
    const govsvc_reckoning *out = ask_both(calendar, &a);
    CHECK_INT(out->step_count, 4);
    CHECK_INT(out->steps[1]->kind, GOVSVC_STEP_NOT_COUNTED);
    CHECK_TEXT(out->steps[1]->text_zh, "2026-03-09 下午放假，该半日不计算");
    govsvc_free(out);
    a.in.unit = GOVSVC_UNIT_WORKING_DAYS;
    a.in.amount = 1;
    ask_due(calendar, &a, "2026-03-10");
    govsvc_calendar_free(calendar);
}

static void provisional_years(void)
{
    ask a;
    /* 2027: New Year's Eve is February 5, a Friday; 6 and 7 are made up on 9 and 10. */
    ask_begin(&a, "2027-02-04", 1, GOVSVC_UNIT_WORKING_DAYS);
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_TEXT(out->due_date, "2027-02-11");
    CHECK_INT(out->provisional, GOVSVC_YES);
    CHECK_INT(out->step_count, 4);
    CHECK_TEXT(out->steps[1]->text_zh, "2027-02-05 至 2027-02-08 春节放假，不计算（尚无放假通知，按"
                                       "《全国年节及纪念日放假办法》推算，暂定）");
    CHECK_TEXT(out->steps[2]->text_zh, "2027-02-09 至 2027-02-10 春节补假，不计算（尚无放假通知，按"
                                       "《全国年节及纪念日放假办法》推算，暂定）");
    govsvc_free(out);
    ask_begin(&a, "2030-01-31", 1, GOVSVC_UNIT_WORKING_DAYS); /* 2030: Eve is Saturday, February 2 */
    ask_due(shipped, &a, "2030-02-01");
    a.in.amount = 2;
    ask_due(shipped, &a, "2030-02-08");
    ask_begin(&a, "2026-12-30", 1, GOVSVC_UNIT_WORKING_DAYS);
    out = ask_both(shipped, &a);
    CHECK_INT(out->provisional, GOVSVC_NO);
    govsvc_free(out);
    /* Natural days rest on the calendar only where they end. */
    ask_begin(&a, "2026-12-20", 30, GOVSVC_UNIT_NATURAL_DAYS);
    out = ask_both(shipped, &a);
    CHECK_INT(out->provisional, GOVSVC_YES);
    govsvc_free(out);
    ask_begin(&a, "2027-02-20", 60, GOVSVC_UNIT_NATURAL_DAYS);
    a.in.backwards = GOVSVC_YES;
    out = ask_both(shipped, &a);
    CHECK_INT(out->provisional, GOVSVC_NO);
    govsvc_free(out);
}

static void as_of_a_corrected_notice(void)
{
    govsvc_notice_day off = GOVSVC_NOTICE_DAY_INIT;
    const govsvc_notice_day *days[] = {&off};
    govsvc_holiday_notice notice = GOVSVC_HOLIDAY_NOTICE_INIT;
    const govsvc_holiday_notice *notices[] = {&notice};
    govsvc_calendar *calendar = NULL;
    off.date = "2026-03-10";
    off.effect = GOVSVC_DAY_OFF;
    off.name = "台风停工";
    notice.days = days;
    notice.day_count = 1;
    notice.division = "450000";
    notice.number = "桂政办电〔2026〕9号";
    notice.recorded_at = ask_time("2026-03-09", 900);
    CHECK_INT(govsvc_calendar_new(true, notices, 1, NULL, 0, &calendar, NULL), GOVSVC_OK);
    ask a;
    ask_begin(&a, "2026-03-06", 3, GOVSVC_UNIT_WORKING_DAYS);
    ask_due(calendar, &a, "2026-03-11");
    a.in.division = "450100";
    ask_due(calendar, &a, "2026-03-12");
    a.in.as_of = ask_time("2026-03-08", 0);
    ask_due(calendar, &a, "2026-03-11");
    a.in.as_of = notice.recorded_at;
    ask_due(calendar, &a, "2026-03-12");
    const govsvc_reckoning *out = ask_both(calendar, &a);
    CHECK_TEXT(out->steps[2]->text_zh, "2026-03-10 台风停工放假，不计算（桂政办电〔2026〕9号）");
    CHECK_TEXT(out->steps[2]->source, "桂政办电〔2026〕9号");
    govsvc_free(out);
    a.in.as_of = ask_time("2026-03-08", 0);
    a.in.amount = 600; /* over years that must be worked out for this question alone */
    int64_t early, late;
    CHECK_INT(gs_reckon_due(calendar, &a.in, &early, NULL), GOVSVC_OK);
    CHECK_INT(gs_reckon_due(shipped, &a.in, &late, NULL), GOVSVC_OK);
    CHECK_INT(early, late);
    govsvc_calendar_free(calendar);
}

static void steps_can_be_followed(void)
{
    static const struct {
        int64_t kind, days;
        const char *from, *to, *zh;
    } want[] = {
        {GOVSVC_STEP_START, GOVSVC_ABSENT, "2026-02-13", "2026-02-13",
         "自 2026-02-13 起算，当日不计入，期限 6 个工作日"},
        {GOVSVC_STEP_MAKE_UP, 1, "2026-02-14", "2026-02-14",
         "2026-02-14（周六）春节调休上班，计算在内（www.gov.cn/zhengce/zhengceku/202511/"
         "content_7047091.htm）"},
        {GOVSVC_STEP_NOT_COUNTED, 9, "2026-02-15", "2026-02-23",
         "2026-02-15 至 2026-02-23 "
         "春节放假，不计算（www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm）"},
        {GOVSVC_STEP_PAUSE, 2, "2026-02-26", "2026-02-27",
         "2026-02-25 起中止（组织听证；《行政许可法》第四十五条），2026-02-27 恢复，扣除 2026-02-26 至 "
         "2026-02-27 "
         "的 2 个工作日"},
        {GOVSVC_STEP_EXTENSION, 4, "2026-02-27", "2026-02-27", "2026-02-27 延长 4 个工作日（经批准）"},
        {GOVSVC_STEP_MAKE_UP, 1, "2026-02-28", "2026-02-28",
         "2026-02-28（周六）春节调休上班，计算在内（www.gov.cn/zhengce/zhengceku/202511/"
         "content_7047091.htm）"},
        {GOVSVC_STEP_NOT_COUNTED, 1, "2026-03-01", "2026-03-01", "2026-03-01 周日，不计算"},
        {GOVSVC_STEP_NOT_COUNTED, 2, "2026-03-07", "2026-03-08",
         "2026-03-07 至 2026-03-08 周六、周日，不计算"},
        {GOVSVC_STEP_END, 10, "2026-03-09", "2026-03-09",
         "最后一日为 2026-03-09（周一），共计 10 个工作日（含延长）"},
    };
    ask a;
    ask_begin(&a, "2026-02-13", 6, GOVSVC_UNIT_WORKING_DAYS);
    ask_pause(&a, ask_time("2026-02-25", 600), ask_time("2026-02-27", 600));
    a.pauses[0].reason = "组织听证";
    a.pauses[0].basis = "《行政许可法》第四十五条";
    ask_extension(&a, 4, "2026-02-27");
    a.extensions[0].reason = "经批准";
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_INT(out->step_count, sizeof want / sizeof *want);
    for (uint64_t i = 0; i < out->step_count && i < sizeof want / sizeof *want; i++) {
        CHECK_INT(out->steps[i]->kind, want[i].kind);
        CHECK_INT(out->steps[i]->days, want[i].days);
        CHECK_TEXT(out->steps[i]->from, want[i].from);
        CHECK_TEXT(out->steps[i]->to, want[i].to);
        CHECK_TEXT(out->steps[i]->text_zh, want[i].zh);
        CHECK(out->steps[i]->text_en && *out->steps[i]->text_en);
        CHECK_INT(out->steps[i]->provisional, GOVSVC_NO);
    }
    govsvc_free(out);
}

static void other_steps(void)
{
    ask a;
    ask_begin(&a, "2026-09-24", 7, GOVSVC_UNIT_NATURAL_DAYS);
    const govsvc_reckoning *out = ask_both(shipped, &a);
    CHECK_INT(out->step_count, 3);
    CHECK_INT(out->steps[1]->kind, GOVSVC_STEP_ROLL);
    CHECK_INT(out->steps[1]->days, 7);
    CHECK_TEXT(out->steps[1]->text_zh,
               "最后一日 2026-10-01 "
               "是国庆节放假（www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm），顺延至其后"
               "第一个工作日 2026-10-08（《民法典》第二百零三条）");
    govsvc_free(out);
    ask_begin(&a, "2026-03-09", 5, GOVSVC_UNIT_WORKING_DAYS);
    a.in.backwards = GOVSVC_YES;
    out = ask_both(shipped, &a);
    CHECK_INT(out->step_count, 3);
    CHECK_TEXT(out->steps[0]->text_zh, "自 2026-03-09 起向前推算，当日不计入，期限 5 个工作日");
    CHECK_TEXT(out->steps[1]->from, "2026-03-07");
    CHECK_TEXT(out->steps[2]->text_zh, "推算至 2026-03-02（周一），共计 5 个工作日");
    govsvc_free(out);
    ask_begin(&a, "2026-03-06", 10, GOVSVC_UNIT_OFFICE_HOURS);
    ask_pause(&a, ask_time("2026-03-06", 960), ask_time("2026-03-09", 570));
    out = ask_both(shipped, &a);
    CHECK_TEXT(out->steps[1]->text_zh, "2026-03-06 16:00 起中止，2026-03-09 09:30 恢复，扣除 1 小时 30 分");
    CHECK_TEXT(out->steps[3]->text_zh, "届满于 2026-03-09 14:30，共计 10 小时（办公时间）");
    govsvc_free(out);
}

/* ---- refusals ---------------------------------------------------------------------------------------- */

static void check_refused(const ask *a, const char *field, const char *rule)
{
    const govsvc_reckoning *out = NULL;
    const govsvc_problem_list *list = NULL;
    int64_t due_at = 42;
    CHECK_INT(govsvc_reckon(shipped, &a->in, &out, &list), GOVSVC_INVALID);
    CHECK_INT(gs_reckon_due(shipped, &a->in, &due_at, NULL), GOVSVC_INVALID);
    CHECK_INT(due_at, 42);
    CHECK(out == NULL && list != NULL);
    if (list) {
        CHECK_TEXT(list->problems[0]->field, field);
        CHECK_TEXT(list->problems[0]->rule, rule);
    }
    govsvc_free(list);
}

static void amounts_and_years_are_bounded(void)
{
    static const int64_t amounts[] = {0, -1, GOVSVC_LIMIT_MAX + 1, INT64_MAX, INT64_MIN + 1};
    ask a;
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        ask_begin(&a, "2026-03-02", amounts[i], GOVSVC_UNIT_WORKING_DAYS);
        check_refused(&a, "/amount", "range");
    }
    ask_begin(&a, "2026-03-02", GOVSVC_ABSENT, GOVSVC_UNIT_WORKING_DAYS);
    check_refused(&a, "/amount", "required");
    ask_begin(&a, "2026-03-02", 1, GOVSVC_UNIT_WORKING_DAYS);
    a.in.start_at = ask_time("1979-12-31", 0);
    check_refused(&a, "/start_at", "range");
    a.in.start_at = GOVSVC_ABSENT;
    check_refused(&a, "/start_at", "required");
    for (int64_t unit = GOVSVC_UNIT_WORKING_DAYS; unit <= GOVSVC_UNIT_YEARS; unit++) {
        ask_begin(&a, "2199-12-31", 1, unit);
        a.in.start_at += 15 * GS_HOUR_MS - 1;
        check_refused(&a, "/amount", "range");
        ask_begin(&a, "1980-01-01", 1, unit);
        a.in.start_at -= 9 * GS_HOUR_MS;
        a.in.backwards = GOVSVC_YES;
        check_refused(&a, "/amount", "range");
        ask_begin(&a, "2100-06-01", GOVSVC_LIMIT_MAX, unit);
        if (unit != GOVSVC_UNIT_HOURS && unit != GOVSVC_UNIT_OFFICE_HOURS)
            check_refused(&a, "/amount", "range");
        else
            govsvc_free(ask_both(shipped, &a));
    }
}

static void the_rest_is_checked(void)
{
    ask a;
    ask_begin(&a, "2026-03-02", 1, 7);
    check_refused(&a, "/unit", "choice");
    ask_begin(&a, "2026-03-02", 1, 1);
    a.in.backwards = 3;
    check_refused(&a, "/backwards", "choice");
    ask_begin(&a, "2026-03-02", 1, 1);
    a.in.division = "4501";
    check_refused(&a, "/division", "division");
    ask_begin(&a, "2026-03-02", 1, 1);
    ask_pause(&a, ask_time("2026-03-03", 0), GOVSVC_ABSENT);
    check_refused(&a, "/pauses/0/ended_at", "required");
    a.pauses[0].ended_at = ask_time("2026-03-02", 0);
    check_refused(&a, "/pauses/0/ended_at", "order");
    a.pauses[0].began_at = GOVSVC_ABSENT;
    check_refused(&a, "/pauses/0/began_at", "required");
    ask_begin(&a, "2026-03-02", 1, 1);
    ask_extension(&a, 0, "2026-03-03");
    check_refused(&a, "/extensions/0/amount", "range");
    ask_begin(&a, "2026-03-02", 1, 1);
    a.in.pause_count = 1001;
    a.in.pauses = NULL;
    int64_t due_at;
    CHECK_INT(gs_reckon_due(shipped, &a.in, &due_at, NULL), GOVSVC_MISUSE);
    CHECK_INT(gs_reckon_due(NULL, &a.in, &due_at, NULL), GOVSVC_MISUSE);
    a.in.struct_size = 16;
    CHECK_INT(gs_reckon_due(shipped, &a.in, &due_at, NULL), GOVSVC_MISUSE);
}

/* All problems are told at once, in order. */
static void all_problems_at_once(void)
{
    ask a;
    const govsvc_problem_list *list = NULL;
    const govsvc_reckoning *out = NULL;
    ask_begin(&a, "2026-03-02", 0, 0);
    a.in.division = "x";
    a.in.start_at = GOVSVC_ABSENT;
    CHECK_INT(govsvc_reckon(shipped, &a.in, &out, &list), GOVSVC_INVALID);
    CHECK_INT(list ? list->problem_count : 0, 4);
    govsvc_free(list);
    CHECK_INT(govsvc_reckon(shipped, &a.in, &out, NULL), GOVSVC_INVALID);
    CHECK_INT(govsvc_reckon(shipped, &a.in, NULL, NULL), GOVSVC_MISUSE);
}

/* ---- memory ------------------------------------------------------------------------------------------ */

static govsvc_status whole_life(const govsvc_allocator *allocator)
{
    govsvc_calendar *calendar = NULL;
    const govsvc_reckoning *out = NULL;
    const govsvc_problem_list *list = NULL;
    ask a, wrong;
    ask_begin(&a, "2026-12-13", 30, GOVSVC_UNIT_WORKING_DAYS);
    a.in.division = "450100";
    ask_pause(&a, ask_time("2026-12-15", 0), ask_time("2026-12-18", 0));
    govsvc_status status = gs_calendar_new(allocator, true, NULL, 0, NULL, 0, &calendar, NULL);
    if (!status)
        status = govsvc_reckon(calendar, &a.in, &out, NULL);
    CHECK((status == GOVSVC_OK) == (out != NULL));
    ask_begin(&wrong, "2026-12-13", 0, GOVSVC_UNIT_WORKING_DAYS);
    if (!status && govsvc_reckon(calendar, &wrong.in, &out, &list) == GOVSVC_NO_MEMORY)
        status = GOVSVC_NO_MEMORY;
    govsvc_free(list);
    govsvc_free(out);
    govsvc_calendar_free(calendar);
    return status;
}

static void every_allocation_may_fail(void)
{
    static fault_plan plan;
    govsvc_allocator allocator = fault_allocator(&plan);
    int64_t failures = 0;
    for (int64_t n = 1; n < 10000; n++) {
        fault_plan_clear(&plan);
        plan.allocation_at = n;
        govsvc_status status = whole_life(&allocator);
        CHECK_INT(plan.live, 0);
        if (fault_plan_spent(&plan) == 0) {
            CHECK_INT(status, GOVSVC_OK);
            break;
        }
        CHECK_INT(status, GOVSVC_NO_MEMORY);
        failures++;
    }
    CHECK(failures >= 5);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(working_days_due),
        TEST(due_at_is_the_end_of_the_day),
        TEST(in_guangxi),
        TEST(backwards),
        TEST(so_long_before_a_limit_ends),
        TEST(natural_days_months_years),
        TEST(pauses_are_united),
        TEST(an_open_pause_lasts_until_now),
        TEST(natural_units_are_lengthened_by_pauses),
        TEST(extensions_add),
        TEST(hours_run_round_the_clock),
        TEST(office_hours),
        TEST(office_hours_of_a_division),
        TEST(provisional_years),
        TEST(as_of_a_corrected_notice),
        TEST(steps_can_be_followed),
        TEST(other_steps),
        TEST(amounts_and_years_are_bounded),
        TEST(the_rest_is_checked),
        TEST(all_problems_at_once),
        TEST(every_allocation_may_fail),
    };
    govsvc_status status = govsvc_calendar_new(true, NULL, 0, NULL, 0, &shipped, NULL);
    int failed = status ? 1 : test_main(cases, TEST_COUNT(cases));
    govsvc_calendar_free(shipped);
    return failed;
}
