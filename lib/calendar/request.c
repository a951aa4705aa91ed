/* lib/calendar/request.c - checking a request: everything that is wrong with it, at once.
 *
 * May use: dates. A request that passes is counted by reckon.c, which finds out alone whether the answer
 * lies within the years that reckonings know.
 */
#include "calendar/calendar.h"

#include <inttypes.h>
#include <stdio.h>

const gs_name gs_unit_names[] = {
    {GOVSVC_UNIT_WORKING_DAYS, "working_days", "工作日"},
    {GOVSVC_UNIT_NATURAL_DAYS, "natural_days", "自然日"},
    {GOVSVC_UNIT_HOURS, "hours", "小时"},
    {GOVSVC_UNIT_OFFICE_HOURS, "office_hours", "办公时间（小时）"},
    {GOVSVC_UNIT_MONTHS, "months", "月"},
    {GOVSVC_UNIT_YEARS, "years", "年"},
    {0, NULL, NULL},
};

typedef struct checker {
    gs_problems *problems;
    const govsvc_reckoning_request *in;
    govsvc_status status; /* the first that was not OK */
} checker;

static void found(checker *check, govsvc_status status)
{
    if (!check->status)
        check->status = status;
}

static void check_count(checker *check, uint64_t count, const void *items, uint64_t most, const char *field)
{
    if (count && !items)
        found(check, GOVSVC_MISUSE);
    if (count > most)
        found(check,
              gs_calendar_refuse(check->problems, "too_many", gs_calendar_got(check->problems, (int64_t)most),
                                 gs_calendar_got(check->problems, (int64_t)count), "%s", field));
}

/* One member of the request, or of an item of one of its lists ("" where it is the request's own). */
typedef struct member_place {
    const char *list;
    uint64_t index;
    const char *member;
} member_place;

static void check_fits(checker *check, int64_t value, bool fits, const char *expected, member_place at)
{
    char item[40] = "";
    if (fits)
        return;
    if (*at.list)
        snprintf(item, sizeof item, "%s/%" PRIu64, at.list, at.index);
    bool absent = value == GOVSVC_ABSENT;
    found(check, gs_calendar_refuse(check->problems, absent ? "required" : "range", expected,
                                    absent ? NULL : gs_calendar_got(check->problems, value), "%s/%s", item,
                                    at.member));
}

static void check_amount(checker *check, int64_t amount, member_place at)
{
    check_fits(check, amount, amount >= 1 && amount <= GOVSVC_LIMIT_MAX, "1 .. 100000", at);
}

static void check_time(checker *check, int64_t time, member_place at)
{
    check_fits(check, time, gs_time_in_range(time), gs_calendar_range, at);
}

/* What is to begin only later has taken nothing yet. */
int64_t gs_pause_end(const govsvc_reckoning_request *in, const govsvc_pause *pause)
{
    if (pause->ended_at != GOVSVC_ABSENT || in->now == GOVSVC_ABSENT)
        return pause->ended_at;
    return in->now > pause->began_at ? in->now : pause->began_at;
}

static void check_pause(checker *check, uint64_t index, const govsvc_pause *pause)
{
    if (!pause || pause->struct_size < sizeof *pause) {
        found(check, GOVSVC_MISUSE);
        return;
    }
    int64_t end = gs_pause_end(check->in, pause);
    check_time(check, pause->began_at, (member_place){"/pauses", index, "began_at"});
    check_time(check, end, (member_place){"/pauses", index, "ended_at"});
    if (end < pause->began_at && end != GOVSVC_ABSENT && pause->began_at != GOVSVC_ABSENT)
        found(check, gs_calendar_refuse(
                         check->problems, "order", gs_calendar_got(check->problems, pause->began_at),
                         gs_calendar_got(check->problems, end), "/pauses/%" PRIu64 "/ended_at", index));
}

static void check_extension(checker *check, uint64_t index, const govsvc_extension *extension)
{
    if (!extension || extension->struct_size < sizeof *extension) {
        found(check, GOVSVC_MISUSE);
        return;
    }
    check_amount(check, extension->amount, (member_place){"/extensions", index, "amount"});
    if (extension->granted_at != GOVSVC_ABSENT)
        check_time(check, extension->granted_at, (member_place){"/extensions", index, "granted_at"});
}

static void check_lists(checker *check)
{
    const govsvc_reckoning_request *in = check->in;
    check_count(check, in->pause_count, in->pauses, GS_PAUSES_MAX, "/pauses");
    check_count(check, in->extension_count, in->extensions, GS_EXTENSIONS_MAX, "/extensions");
    for (uint64_t i = 0; in->pauses && i < in->pause_count && i < GS_PAUSES_MAX; i++)
        check_pause(check, i, in->pauses[i]);
    for (uint64_t i = 0; in->extensions && i < in->extension_count && i < GS_EXTENSIONS_MAX; i++)
        check_extension(check, i, in->extensions[i]);
}

govsvc_status gs_request_check(const govsvc_reckoning_request *in, gs_problems *problems, gs_prefix *division)
{
    checker check = {problems, in, GOVSVC_OK};
    if (!in || in->struct_size < sizeof *in)
        return GOVSVC_MISUSE;
    check_time(&check, in->start_at, (member_place){"", 0, "start_at"});
    check_amount(&check, in->amount, (member_place){"", 0, "amount"});
    if (in->unit < GOVSVC_UNIT_WORKING_DAYS || in->unit > GOVSVC_UNIT_YEARS)
        found(&check, gs_calendar_refuse(problems, "choice",
                                         "working_days, natural_days, hours, office_hours, months, years",
                                         gs_calendar_got(problems, in->unit), "/unit"));
    if (in->backwards < GOVSVC_UNSET || in->backwards > GOVSVC_NO)
        found(&check, gs_calendar_refuse(problems, "choice", "true, false",
                                         gs_calendar_got(problems, in->backwards), "/backwards"));
    if (!gs_prefix_parse(in->division, division))
        found(&check, gs_calendar_refuse(problems, "division", NULL, in->division, "/division"));
    check_lists(&check);
    return check.status;
}
