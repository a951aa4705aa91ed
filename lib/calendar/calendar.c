/* lib/calendar/calendar.c - making a calendar: what a host gives is checked whole, then laid in order.
 *
 * May use: dates, years, the shipped notices. After this file is done with it a calendar is only read
 * (years.c keeps what it works out, which no caller can tell).
 */
#include "calendar/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTICE_DAYS_MAX = 400, DAY_MINUTES = 24 * 60 };

const gs_name gs_day_effect_names[] = {
    {GOVSVC_DAY_OFF, "off", "放假"},
    {GOVSVC_DAY_WORK, "work", "调休上班"},
    {GOVSVC_DAY_MORNING_OFF, "morning_off", "上午放假"},
    {GOVSVC_DAY_AFTERNOON_OFF, "afternoon_off", "下午放假"},
    {0, NULL, NULL},
};

const char gs_calendar_range[] = "1980-01-01 .. 2199-12-31";

/* ---- saying what is wrong ---------------------------------------------------------------------------- */

govsvc_status gs_calendar_refuse(gs_problems *problems, const char *rule, const char *expected,
                                 const char *got, const char *field, ...)
{
    if (!problems)
        return GOVSVC_INVALID;
    gs_arena *arena = gs_problems_arena(problems);
    va_list arguments;
    va_start(arguments, field);
    govsvc_problem problem = {.rule = rule, .expected = expected, .got = got};
    problem.field = gs_arena_vprint(arena, field, arguments);
    va_end(arguments);
    if (problem.field && strcmp(rule, "division") == 0) {
        const char *shown = got ? got : "";
        problem.expected = "6-12 digits";
        problem.text_zh = gs_arena_print(arena, "%s：不是行政区划代码：%s", problem.field, shown);
        problem.text_en = gs_arena_print(arena, "%s: not the code of a division: %s", problem.field, shown);
    }
    return gs_problem_add(problems, &problem);
}

const char *gs_calendar_got(gs_problems *problems, int64_t value)
{
    return problems ? gs_arena_print(gs_problems_arena(problems), "%" PRId64, value) : NULL;
}

govsvc_status gs_calendar_check_date(gs_problems *problems, const char *date, const char *field, int64_t *day)
{
    if (!gs_date_parse(date, day))
        return gs_calendar_refuse(problems, date ? "date" : "required", NULL, date, "%s", field);
    if (!gs_day_in_range(*day))
        return gs_calendar_refuse(problems, "range", gs_calendar_range, date, "%s", field);
    return GOVSVC_OK;
}

/* ---- checking ---------------------------------------------------------------------------------------- */

enum { FIELD_SIZE = 80 };

static const char *day_field(char field[FIELD_SIZE], uint64_t notice, uint64_t day, const char *member)
{
    snprintf(field, FIELD_SIZE, "/notices/%" PRIu64 "/days/%" PRIu64 "/%s", notice, day, member);
    return field;
}

static bool stands_in(const int64_t *numbers, uint64_t count, int64_t number)
{
    for (uint64_t i = 0; i < count; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

static govsvc_status check_days(gs_problems *problems, uint64_t index, const govsvc_holiday_notice *notice)
{
    int64_t numbers[NOTICE_DAYS_MAX];
    char field[FIELD_SIZE];
    for (uint64_t i = 0, count = 0; i < notice->day_count; i++) {
        const govsvc_notice_day *day = notice->days[i];
        if (!day || day->struct_size < sizeof *day)
            return GOVSVC_MISUSE;
        day_field(field, index, i, "date");
        bool good = gs_calendar_check_date(problems, day->date, field, &numbers[count]) == GOVSVC_OK;
        if (good && stands_in(numbers, count, numbers[count]))
            gs_calendar_refuse(problems, "duplicate", NULL, day->date, "%s", field);
        count += good;
        if (!gs_name_of(gs_day_effect_names, day->effect))
            gs_calendar_refuse(problems, "choice", "off, work, morning_off, afternoon_off",
                               gs_calendar_got(problems, day->effect), "%s",
                               day_field(field, index, i, "effect"));
    }
    return GOVSVC_OK;
}

static bool names_year(const govsvc_holiday_notice *notice)
{
    return notice->year != GOVSVC_ABSENT && notice->year != 0;
}

static govsvc_status check_notice(gs_problems *problems, uint64_t index, const govsvc_holiday_notice *notice)
{
    gs_prefix prefix;
    if (!notice || notice->struct_size < sizeof *notice || (notice->day_count && !notice->days))
        return GOVSVC_MISUSE;
    if (names_year(notice) && (notice->year < GOVSVC_YEAR_MIN || notice->year > GOVSVC_YEAR_MAX))
        gs_calendar_refuse(problems, "range", "1980 .. 2199", gs_calendar_got(problems, notice->year),
                           "/notices/%" PRIu64 "/year", index);
    if (!gs_prefix_parse(notice->division, &prefix))
        gs_calendar_refuse(problems, "division", NULL, notice->division, "/notices/%" PRIu64 "/division",
                           index);
    if (notice->day_count <= NOTICE_DAYS_MAX)
        return check_days(problems, index, notice);
    gs_calendar_refuse(problems, "too_many", "400", gs_calendar_got(problems, (int64_t)notice->day_count),
                       "/notices/%" PRIu64 "/days", index);
    return GOVSVC_OK;
}

/* Times of a day that are in order, of which at least a minute is left to work in. */
static bool in_order(const govsvc_office_hours *hours)
{
    return 0 <= hours->morning_from && hours->morning_from <= hours->morning_to &&
           hours->morning_to <= hours->afternoon_from && hours->afternoon_from <= hours->afternoon_to &&
           hours->afternoon_to <= DAY_MINUTES &&
           hours->morning_to - hours->morning_from + hours->afternoon_to - hours->afternoon_from > 0;
}

static govsvc_status check_hours(gs_problems *problems, uint64_t index, const govsvc_office_hours *hours)
{
    gs_prefix prefix;
    if (!hours || hours->struct_size < sizeof *hours)
        return GOVSVC_MISUSE;
    if (!in_order(hours))
        gs_calendar_refuse(problems, "order",
                           "morning_from, morning_to, afternoon_from, afternoon_to (0 .. 1440)", NULL,
                           "/hours/%" PRIu64, index);
    if (!gs_prefix_parse(hours->division, &prefix))
        gs_calendar_refuse(problems, "division", NULL, hours->division, "/hours/%" PRIu64 "/division", index);
    return GOVSVC_OK;
}

/* ---- laying out -------------------------------------------------------------------------------------- */

/* What a calendar is made of. */
typedef struct ingredients {
    const govsvc_holiday_notice *const *notices;
    uint64_t notice_count;
    const govsvc_office_hours *const *hours;
    uint64_t hours_count;
    size_t shipped; /* how many of the shipped notices */
} ingredients;

static govsvc_status check(gs_problems *problems, const ingredients *in)
{
    govsvc_status status = GOVSVC_OK;
    if ((in->notice_count && !in->notices) || (in->hours_count && !in->hours))
        return GOVSVC_MISUSE;
    for (uint64_t i = 0; i < in->notice_count && !status; i++)
        status = check_notice(problems, i, in->notices[i]);
    for (uint64_t i = 0; i < in->hours_count && !status; i++)
        status = check_hours(problems, i, in->hours[i]);
    return status;
}

static int64_t day_of_number(int32_t number)
{
    return gs_days_of(number / 10000, number / 100 % 100, number % 100);
}

static bool allocate(govsvc_calendar *calendar, const ingredients *in)
{
    gs_arena *arena = calendar->arena;
    uint64_t notices = in->shipped + in->notice_count, entries = 0;
    for (size_t i = 0; i < in->shipped; i++)
        for (size_t k = 0; k < gs_shipped_notices[i].run_count; k++) {
            const gs_shipped_run *run = &gs_shipped_notices[i].runs[k];
            entries += (uint64_t)(day_of_number(run->to) - day_of_number(run->from) + 1);
        }
    for (uint64_t i = 0; i < in->notice_count; i++)
        entries += in->notices[i]->day_count;
    if (entries >= UINT32_MAX || notices + gs_rule_count >= UINT32_MAX)
        return false;
    calendar->regions = gs_arena_array(arena, notices + gs_rule_count + 1, sizeof *calendar->regions);
    calendar->notices = gs_arena_array(arena, notices + 1, sizeof *calendar->notices);
    calendar->entries = gs_arena_array(arena, entries + 1, sizeof *calendar->entries);
    calendar->hours = gs_arena_array(arena, in->hours_count + 1, sizeof *calendar->hours);
    return !gs_arena_failed(arena);
}

/* Regions are kept in order: shorter prefix first, then by digits. */
static int compare_prefixes(const gs_prefix *a, const gs_prefix *b)
{
    return a->length != b->length ? a->length - b->length : memcmp(a->digits, b->digits, a->length);
}

static int compare_regions(const void *a, const void *b)
{
    return compare_prefixes(&((const gs_region *)a)->prefix, &((const gs_region *)b)->prefix);
}

static uint32_t region_of(const govsvc_calendar *calendar, const gs_prefix *prefix)
{
    gs_region key = {.prefix = *prefix};
    const gs_region *found =
        bsearch(&key, calendar->regions, calendar->region_count, sizeof key, compare_regions);
    return (uint32_t)(found - calendar->regions);
}

/* Every division that has a rule or a notice, once each. */
static void lay_regions(govsvc_calendar *calendar, const ingredients *in)
{
    uint32_t all = 0, kept = 0;
    gs_region *regions = calendar->regions;
    for (size_t i = 0; i < gs_rule_count; i++) {
        gs_prefix *prefix = &regions[all++].prefix;
        prefix->length = (uint8_t)strlen(gs_rules[i].division);
        memcpy(prefix->digits, gs_rules[i].division, prefix->length);
    }
    for (size_t i = 0; i < in->shipped; i++)
        gs_prefix_parse(gs_shipped_notices[i].division, &regions[all++].prefix);
    for (uint64_t i = 0; i < in->notice_count; i++)
        gs_prefix_parse(in->notices[i]->division, &regions[all++].prefix);
    qsort(regions, all, sizeof *regions, compare_regions);
    for (uint32_t i = 0; i < all; i++)
        if (i == 0 || compare_prefixes(&regions[i].prefix, &regions[kept - 1].prefix) != 0)
            regions[kept++] = regions[i];
    calendar->region_count = kept;
    for (uint32_t i = 0; i < kept; i++)
        regions[i].years = gs_arena_array(calendar->arena, GS_YEARS, sizeof *regions[i].years);
}

static void add_notice(govsvc_calendar *calendar, const char *division, gs_notice notice)
{
    gs_prefix prefix;
    gs_prefix_parse(division, &prefix);
    notice.region = region_of(calendar, &prefix);
    if (notice.recorded_at > calendar->last_recorded)
        calendar->last_recorded = notice.recorded_at;
    calendar->notices[calendar->notice_count++] = notice;
}

/* A day of the notice that was added last. */
static void add_entry(govsvc_calendar *calendar, int64_t day, int64_t effect, const char *name)
{
    uint32_t index = calendar->notice_count - 1, order = calendar->entry_count++;
    const gs_notice *notice = &calendar->notices[index];
    calendar->entries[order] =
        (gs_entry){day, effect, notice->recorded_at, order, index, notice->region, name};
}

static void add_shipped(govsvc_calendar *calendar, const gs_shipped_notice *shipped)
{
    int64_t recorded = shipped->recorded ? gs_day_start(day_of_number(shipped->recorded)) : GOVSVC_ABSENT;
    add_notice(calendar, shipped->division, (gs_notice){shipped->year, recorded, shipped->number, 0});
    for (size_t i = 0; i < shipped->run_count; i++) {
        const gs_shipped_run *run = &shipped->runs[i];
        for (int64_t day = day_of_number(run->from); day <= day_of_number(run->to); day++)
            add_entry(calendar, day, run->effect, run->name);
    }
}

static void add_given(govsvc_calendar *calendar, const govsvc_holiday_notice *given)
{
    const char *number =
        given->number && *given->number ? gs_arena_text(calendar->arena, given->number) : NULL;
    add_notice(calendar, given->division,
               (gs_notice){names_year(given) ? given->year : 0, given->recorded_at, number, 0});
    for (uint64_t i = 0; i < given->day_count; i++) {
        int64_t day = 0;
        gs_date_parse(given->days[i]->date, &day);
        add_entry(calendar, day, given->days[i]->effect,
                  gs_arena_text(calendar->arena, given->days[i]->name));
    }
}

/* By region, day, time of recording, order of making. */
static int compare_entries(const void *left, const void *right)
{
    const gs_entry *a = left, *b = right;
    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->recorded_at != b->recorded_at)
        return a->recorded_at < b->recorded_at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void sort_entries(govsvc_calendar *calendar)
{
    qsort(calendar->entries, calendar->entry_count, sizeof *calendar->entries, compare_entries);
    for (uint32_t i = 0; i < calendar->entry_count; i++) {
        gs_region *region = &calendar->regions[calendar->entries[i].region];
        if (region->entry_count++ == 0)
            region->first_entry = i;
    }
}

static void add_hours(govsvc_calendar *calendar, const govsvc_office_hours *given)
{
    gs_hours *hours = &calendar->hours[calendar->hours_count++];
    *hours = (gs_hours){.morning_from = given->morning_from,
                        .morning_to = given->morning_to,
                        .afternoon_from = given->afternoon_from,
                        .afternoon_to = given->afternoon_to};
    gs_prefix_parse(given->division, &hours->prefix);
}

static bool lay_out(govsvc_calendar *calendar, const ingredients *in)
{
    calendar->last_recorded = GOVSVC_ABSENT;
    if (!allocate(calendar, in))
        return false;
    lay_regions(calendar, in);
    for (size_t i = 0; i < in->shipped; i++)
        add_shipped(calendar, &gs_shipped_notices[i]);
    for (uint64_t i = 0; i < in->notice_count; i++)
        add_given(calendar, in->notices[i]);
    for (uint64_t i = 0; i < in->hours_count; i++)
        add_hours(calendar, in->hours[i]);
    sort_entries(calendar);
    return !gs_arena_failed(calendar->arena);
}

static govsvc_status make(const govsvc_allocator *allocator, const ingredients *in, govsvc_calendar **out)
{
    gs_arena *arena = gs_arena_new(allocator, sizeof(govsvc_calendar));
    if (!arena)
        return GOVSVC_NO_MEMORY;
    govsvc_calendar *calendar = gs_arena_root(arena);
    calendar->arena = arena;
    calendar->allocator = *allocator;
    if (!lay_out(calendar, in)) {
        gs_arena_free(arena);
        return GOVSVC_NO_MEMORY;
    }
    *out = calendar;
    return GOVSVC_OK;
}

govsvc_status gs_calendar_new(const govsvc_allocator *allocator, bool include_shipped,
                              const govsvc_holiday_notice *const *notices, uint64_t notice_count,
                              const govsvc_office_hours *const *hours, uint64_t hours_count,
                              govsvc_calendar **out, const govsvc_problem_list **problems)
{
    ingredients in = {notices, notice_count, hours, hours_count,
                      include_shipped ? gs_shipped_notice_count : 0};
    if (!out)
        return GOVSVC_MISUSE;
    gs_problems *found = gs_problems_new(allocator);
    if (!found)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = check(found, &in);
    if (status) {
        gs_problems_free(found);
        return status;
    }
    status = gs_problems_give(found, problems);
    return status ? status : make(allocator, &in, out);
}

govsvc_status govsvc_calendar_new(bool include_shipped, const govsvc_holiday_notice *const *notices,
                                  uint64_t notice_count, const govsvc_office_hours *const *hours,
                                  uint64_t hours_count, govsvc_calendar **out,
                                  const govsvc_problem_list **problems)
{
    return gs_calendar_new(&gs_allocator_default, include_shipped, notices, notice_count, hours, hours_count,
                           out, problems);
}

void govsvc_calendar_free(govsvc_calendar *calendar)
{
    if (!calendar)
        return;
    const govsvc_allocator *allocator = &calendar->allocator;
    for (uint32_t i = 0; i < calendar->region_count; i++)
        for (int64_t k = 0; k < GS_YEARS; k++)
            if (calendar->regions[i].years[k])
                allocator->release(allocator->context, calendar->regions[i].years[k]);
    gs_arena_free(calendar->arena);
}
