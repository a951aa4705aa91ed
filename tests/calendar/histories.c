/* tests/calendar/histories.c - prints random histories and what the library answers, for oracle.py to be compared.
 *
 *     histories SEED COUNT
 *
 * First the facts of days, then COUNT lines "question = answer"; oracle.py says what stands in them. Where the
 * library has several ways to one answer they must agree here already: the quick reckoning and the explained one,
 * and that of a year worked out for one question alone.
 */
#include "histories.h"

enum { FIRST_YEAR = 1980, LAST_YEAR = 2099 };

const char *const history_divisions[HISTORY_DIVISIONS] = {"", "450102", "330100", "450300"};
static govsvc_calendar *calendar;
static uint64_t seed;

/* ---- chance ------------------------------------------------------------------------------------------ */

int64_t pick(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)((seed >> 11) % (uint64_t)count);
}

int64_t pick_unit(void)
{
    int64_t of = pick(20);
    return of < 10   ? GOVSVC_UNIT_WORKING_DAYS
           : of < 14 ? GOVSVC_UNIT_NATURAL_DAYS
           : of < 17 ? GOVSVC_UNIT_MONTHS
           : of < 18 ? GOVSVC_UNIT_YEARS
           : of < 19 ? GOVSVC_UNIT_HOURS
                     : GOVSVC_UNIT_OFFICE_HOURS;
}

int64_t pick_amount(int64_t unit)
{
    static const int64_t usual[] = {0, 30, 60, 24, 12, 6, 2}, most[] = {0, 260, 400, 60, 24, 24, 4};
    return 1 + pick(pick(8) ? usual[unit] : most[unit]);
}

int64_t pick_tick(int64_t unit, int64_t *amount)
{
    if (!gs_unit_is_time(unit) || pick(16))
        return GS_MINUTE_MS;
    *amount = 1;
    return 1000;
}

/* A day near one on which something changes. */
static int64_t pick_day(void)
{
    static const struct {
        int month, day, days; /* from then on */
    } hot[] = {{1, 1, 8}, {12, 20, 12}, {1, 20, 45}, {2, 26, 4}, {4, 1, 25}, {4, 27, 14}, {9, 10, 35}};
    int64_t year = 1997 + pick(pick(2) ? 60 : 34), of = pick(12);
    if (of < 6)
        return gs_days_of(year, 1, 1) + pick(366);
    if (of < 8)
        return gs_add_months(gs_days_of(year, 1, 31), pick(12)) - pick(3);
    size_t i = (size_t)pick(sizeof hot / sizeof *hot);
    return gs_days_of(year, hot[i].month, hot[i].day) + pick(hot[i].days);
}

int64_t pick_time(int64_t unit, int64_t tick)
{
    int64_t start = gs_day_start(pick_day()), of = pick(6);
    if (gs_unit_is_time(unit))
        return start + (of ? pick(GS_DAY_MS / tick) * tick : 0);
    return start + (of == 0 ? 0 : of == 1 ? GS_DAY_MS - 1 : pick(GS_DAY_MS));
}

int64_t pick_step(int64_t unit, int64_t tick)
{
    int64_t reach = !gs_unit_is_time(unit) ? 40 * GS_DAY_MS : tick < GS_MINUTE_MS ? GS_HOUR_MS : GS_DAY_MS;
    int64_t of = pick(8);
    if (of == 0)
        return 0;
    if (of < 4 && !gs_unit_is_time(unit))
        reach = 3 * GS_DAY_MS;
    return gs_unit_is_time(unit) ? pick(reach / tick) * tick : pick(reach);
}

/* ---- the calendar, and its days one by one ----------------------------------------------------------- */

static const struct {
    const char *division, *date;
    int64_t effect;
    char letter;
} local_days[] = {
    {"330100", "2024-03-11", GOVSVC_DAY_AFTERNOON_OFF, 'a'},
    {"330100", "2024-03-12", GOVSVC_DAY_MORNING_OFF, 'm'},
    {"330100", "2024-03-15", GOVSVC_DAY_OFF, 'o'},
    {"330100", "2024-03-17", GOVSVC_DAY_WORK, 'w'},
    {"330100", "2019-12-31", GOVSVC_DAY_AFTERNOON_OFF, 'a'},
    {"330100", "2031-01-02", GOVSVC_DAY_MORNING_OFF, 'm'},
    {"450000", "2022-09-30", GOVSVC_DAY_OFF, 'o'},
};

static void make_calendar(void)
{
    enum { DAYS = sizeof local_days / sizeof *local_days };
    govsvc_notice_day days[DAYS];
    const govsvc_notice_day *rows[DAYS];
    govsvc_holiday_notice notices[DAYS];
    const govsvc_holiday_notice *list[DAYS];
    govsvc_office_hours city = GOVSVC_OFFICE_HOURS_INIT;
    const govsvc_office_hours *hours[] = {&city};
    for (size_t i = 0; i < DAYS; i++) {
        days[i] = (govsvc_notice_day){sizeof days[i], local_days[i].effect, local_days[i].date, NULL};
        rows[i] = &days[i];
        notices[i] = (govsvc_holiday_notice)GOVSVC_HOLIDAY_NOTICE_INIT;
        notices[i].division = local_days[i].division;
        notices[i].days = &rows[i];
        notices[i].day_count = 1;
        list[i] = &notices[i];
    }
    city.division = "450100";
    city.morning_from = 8 * 60;
    city.afternoon_from = 15 * 60;
    city.afternoon_to = 18 * 60 - 15;
    CHECK_INT(govsvc_calendar_new(true, list, DAYS, hours, 1, &calendar, NULL), GOVSVC_OK);
}

/* govsvc_day() does not tell half days apart. */
static char letter_of(const char *division, const char *date)
{
    int64_t provisional;
    char letter = 'w';
    if (ask_day(calendar, division, date, GOVSVC_ABSENT, &provisional) == GOVSVC_STEP_NOT_COUNTED)
        letter = 'o';
    for (size_t i = 0; i < sizeof local_days / sizeof *local_days; i++)
        if (strcmp(local_days[i].date, date) == 0 && strncmp(local_days[i].division, division, 2) == 0)
            letter = local_days[i].letter;
    return provisional == GOVSVC_YES ? (char)(letter - 'a' + 'A') : letter;
}

static void tell_facts(void)
{
    int64_t last = gs_days_of(LAST_YEAR, 12, 31);
    for (int i = 0; i < HISTORY_DIVISIONS; i++) {
        printf("facts %d %s ", i, i == 1 ? "480 720 900 1065" : "540 720 780 1020");
        for (int64_t day = gs_days_of(FIRST_YEAR, 1, 1); day <= last; day++) {
            char date[GS_DATE_SIZE];
            putchar(letter_of(history_divisions[i], gs_date_format(day, date)));
        }
        putchar('\n');
    }
}

/* ---- limits ------------------------------------------------------------------------------------------ */

/* Apart from the others, within one, over the end of one, at the end of one; at times not over yet, or about to
 * begin; before the start as well as after the end. */
static void invent_pause(ask *a, int64_t tick)
{
    int64_t unit = a->in.unit, way = a->in.backwards == GOVSVC_YES ? -1 : 1;
    int64_t began = a->in.start_at + way * pick_step(unit, tick), ended;
    if (pick(8) == 0)
        began -= way * pick_step(unit, tick);
    if (a->in.pause_count && pick(2)) {
        const govsvc_pause *other = &a->pauses[pick((int64_t)a->in.pause_count)];
        int64_t end = other->ended_at == GOVSVC_ABSENT ? a->in.now : other->ended_at, of = pick(3);
        began = of == 0 ? other->began_at : of == 1 && end > other->began_at ? end : began;
    }
    ended = began + pick_step(unit, tick);
    ask_pause(a, began, pick(12) ? ended : GOVSVC_ABSENT);
}

static void invent(ask *a, int *division, int64_t *tick)
{
    int64_t unit = pick_unit(), amount = pick_amount(unit);
    *tick = pick_tick(unit, &amount);
    ask_begin(a, "2020-01-01", amount, unit);
    a->in.start_at = pick_time(unit, *tick);
    a->in.backwards = pick(5) == 0 ? GOVSVC_YES : pick(2) ? GOVSVC_NO : GOVSVC_UNSET;
    a->in.now = a->in.start_at + pick_step(unit, *tick) + pick_step(unit, *tick);
    *division = (int)pick(HISTORY_DIVISIONS);
    a->in.division = history_divisions[*division];
    for (int64_t n = pick(2) ? pick(3) : pick(ASK_MAX); n > 0; n--)
        invent_pause(a, *tick);
    for (int64_t n = pick(3); n > 0; n--)
        ask_extension(a, 1 + pick(*tick < GS_MINUTE_MS || unit == GOVSVC_UNIT_YEARS ? 1 : 5), "2020-01-01");
}

static void tell_limit(const ask *a, int division, int64_t tick)
{
    const govsvc_reckoning_request *in = &a->in;
    printf("limit %d %" PRId64 " %" PRId64 " %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRIu64, division,
           in->unit, in->amount, in->backwards == GOVSVC_YES, in->start_at, in->now, tick, in->pause_count);
    for (uint64_t i = 0; i < in->pause_count; i++) {
        printf(" %" PRId64, a->pauses[i].began_at);
        if (a->pauses[i].ended_at == GOVSVC_ABSENT)
            fputs(" -", stdout);
        else
            printf(" %" PRId64, a->pauses[i].ended_at);
    }
    printf(" %" PRIu64, in->extension_count);
    for (uint64_t i = 0; i < in->extension_count; i++)
        printf(" %" PRId64, a->extensions[i].amount);
}

/* As of long ago every year is worked out for the question alone; from 2023 on no amendment is in reach. */
static void check_slow_way(const ask *a, int64_t due_at)
{
    ask early = *a;
    int64_t at = 0;
    if (gs_civil_from_days(gs_day_of(a->in.start_at)).year < 2023 || a->in.backwards == GOVSVC_YES ||
        pick(30))
        return;
    early.in.as_of = 0;
    CHECK_INT(gs_reckon_due(calendar, &early.in, &at, NULL), GOVSVC_OK);
    CHECK_INT(at, due_at);
}

static void history_limit(void)
{
    ask a;
    int division;
    int64_t tick, taken = 0;
    invent(&a, &division, &tick);
    const govsvc_reckoning *out = ask_both(calendar, &a);
    if (!out)
        return;
    for (uint64_t i = 0; !gs_unit_is_time(a.in.unit) && i < out->step_count; i++)
        taken += out->steps[i]->kind == GOVSVC_STEP_PAUSE ? out->steps[i]->days : 0;
    CHECK_INT(out->steps[0]->kind, GOVSVC_STEP_START);
    CHECK_INT(out->steps[out->step_count - 1]->kind, GOVSVC_STEP_END);
    check_slow_way(&a, out->due_at);
    tell_limit(&a, division, tick);
    printf(" = %" PRId64 " %s %d %" PRId64 " %" PRId64 "\n", out->due_at, out->due_date,
           out->provisional == GOVSVC_YES, out->counted, taken);
    govsvc_free(out);
}

/* ---- ahead of a limit's end, and what remains of it --------------------------------------------------- */

static void history_ahead(void)
{
    int64_t unit = pick_unit(), amount = pick_amount(unit), tick = pick_tick(unit, &amount), at = 0;
    int64_t due = gs_unit_is_time(unit) ? pick_time(unit, tick) : gs_day_start(pick_day());
    int division = (int)pick(HISTORY_DIVISIONS);
    char date[GS_DATE_SIZE];
    CHECK_INT(gs_reckon_back(calendar, history_divisions[division], due, amount, unit, &at), GOVSVC_OK);
    govsvc_date_of(at, date);
    printf("ahead %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " = %" PRId64 " %s\n", division, unit,
           amount, due, tick, at, date);
}

static void history_between(void)
{
    int division = (int)pick(HISTORY_DIVISIONS);
    int64_t from = pick_day(), to = from + pick(pick(4) ? 60 : 2000), count = -1;
    char dates[2][GS_DATE_SIZE];
    gs_date_format(from, dates[0]);
    gs_date_format(to, dates[1]);
    CHECK_INT(
        govsvc_working_days_between(calendar, history_divisions[division], dates[0], dates[1], &count, NULL),
        GOVSVC_OK);
    printf("between %d %" PRId64 " %" PRId64 " = %" PRId64 "\n", division, gs_day_start(from),
           gs_day_start(to), count);
}

int main(int argc, char **argv)
{
    (void)test_main;
    if (argc != 3)
        return 2;
    seed = strtoull(argv[1], NULL, 10) * 0x9e3779b97f4a7c15;
    make_calendar();
    tell_facts();
    history_clocks_open(calendar);
    bool good = true;
    for (int64_t left = strtoll(argv[2], NULL, 10); left > 0 && good; left--) {
        int64_t of = pick(20);
        if (of < 11)
            history_limit();
        else if (of < 18)
            good = history_clock();
        else if (of < 19)
            history_ahead();
        else
            history_between();
        good = good && !test_failed_checks;
    }
    history_clocks_close();
    govsvc_calendar_free(calendar);
    return good ? 0 : 1;
}
