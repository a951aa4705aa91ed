/* lib/calendar/words.c - why a day is what it is, said so that an official can follow it.
 *
 * May use: dates, years. Texts live in the arena of whatever they explain.
 */
#include "calendar/calendar.h"

#include <inttypes.h>
#include <string.h>

const char *const gs_weekdays_zh[] = {"", "周一", "周二", "周三", "周四", "周五", "周六", "周日"};
const char *const gs_weekdays_en[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                      "Thursday", "Friday", "Saturday", "Sunday"};

/* ---- small words ------------------------------------------------------------------------------------- */

const char *gs_date_text(gs_words *words, int64_t day)
{
    char text[GS_DATE_SIZE];
    int slot = day & 1;
    if (!words->recent[slot].text || words->recent[slot].day != day) {
        words->recent[slot].day = day;
        words->recent[slot].text = gs_arena_copy(words->arena, gs_date_format(day, text), GS_DATE_SIZE - 1);
    }
    return words->recent[slot].text;
}

/* "2026-02-13", and with the clock "2026-02-13 09:30" (seconds only where there are any). */
const char *gs_time_text(gs_arena *arena, int64_t at, bool clock)
{
    char date[GS_DATE_SIZE];
    int64_t day = gs_day_of(at), seconds = (at - gs_day_start(day)) / 1000;
    gs_date_format(day, date);
    if (!clock)
        return gs_arena_text(arena, date);
    int hour = (int)(seconds / 3600), minute = (int)(seconds / 60 % 60), second = (int)(seconds % 60);
    if (second)
        return gs_arena_print(arena, "%s %02d:%02d:%02d", date, hour, minute, second);
    return gs_arena_print(arena, "%s %02d:%02d", date, hour, minute);
}

const char *gs_span_text(gs_words *words, int64_t from, int64_t to, const char *word)
{
    const char *first = gs_date_text(words, from);
    if (from == to)
        return first;
    return gs_arena_print(words->arena, "%s %s %s", first, word, gs_date_text(words, to));
}

/* ---- why a day is what it is ------------------------------------------------------------------------- */

/* By GOVSVC_DAY_... */
static const char *const effects_zh[] = {"", "放假", "调休上班", "上午放假", "下午放假"};
static const char *const effects_en[] = {"", "holiday", "make-up working day", "morning off",
                                         "afternoon off"};

static const char *name_of(const gs_words *words, const gs_day *day)
{
    const char *name =
        day->layer == GS_LAYER_NOTICE ? words->calendar->entries[day->which].name : gs_rules[day->which].name;
    return name ? name : "";
}

/* "春节放假", "春节补假", "周六". A run of two weekend days is named by both. */
const char *gs_reason(const gs_words *words, const gs_day *day, int64_t from, int64_t to, bool zh)
{
    if (day->layer == GS_LAYER_WEEKDAY && from != to)
        return zh ? "周六、周日" : "Saturday and Sunday";
    if (day->layer == GS_LAYER_WEEKDAY)
        return zh ? gs_weekdays_zh[gs_weekday(from)] : gs_weekdays_en[gs_weekday(from)];
    const char *name = name_of(words, day);
    if (day->layer == GS_LAYER_SUBSTITUTE)
        return gs_arena_print(words->arena, zh ? "%s补假" : "day in lieu of %s", name);
    if (zh)
        return gs_arena_print(words->arena, "%s%s", name, effects_zh[day->effect]);
    return gs_arena_print(words->arena, "%s%s%s", effects_en[day->effect], *name ? " " : "", name);
}

/* The notice or rule behind a day; NULL for a mere weekday. */
const char *gs_source_of(const gs_words *words, const gs_day *day)
{
    if (day->layer == GS_LAYER_NOTICE)
        return words->calendar->notices[words->calendar->entries[day->which].notice].number;
    return day->layer == GS_LAYER_WEEKDAY ? NULL : gs_rules[day->which].source;
}

/* The source in brackets, or why it cannot be relied on yet. */
const char *gs_remark(const gs_words *words, const gs_day *day, bool zh)
{
    const char *source = gs_source_of(words, day);
    if (day->provisional && source)
        return gs_arena_print(
            words->arena, zh ? "（尚无放假通知，按%s推算，暂定）" : " (no notice yet; by %s, provisional)",
            source);
    if (day->provisional)
        return zh ? "（尚无放假通知，暂定）" : " (no notice yet, provisional)";
    return source ? gs_arena_print(words->arena, zh ? "（%s）" : " (%s)", source) : "";
}

/* Do two neighbouring days not count for one and the same reason? */
bool gs_same_reason(const gs_words *words, const gs_day *x, const gs_day *y)
{
    if (x->layer != y->layer || x->effect != y->effect || x->provisional != y->provisional || y->working)
        return false;
    if (x->layer != GS_LAYER_NOTICE)
        return x->which == y->which;
    const gs_entry *first = &words->calendar->entries[x->which],
                   *second = &words->calendar->entries[y->which];
    return first->notice == second->notice && strcmp(name_of(words, x), name_of(words, y)) == 0;
}

/* ---- steps of days ----------------------------------------------------------------------------------- */

/* A run of days that do not count (a half day counts in half). */
govsvc_reckoning_step gs_off_step(gs_words *words, const gs_day *day, int64_t from, int64_t to)
{
    gs_arena *arena = words->arena;
    return (govsvc_reckoning_step){
        .kind = GOVSVC_STEP_NOT_COUNTED,
        .days = day->working ? GOVSVC_ABSENT : to - from + 1,
        .provisional = day->provisional,
        .text_zh = gs_arena_print(arena, "%s %s，%s不计算%s", gs_span_text(words, from, to, "至"),
                                  gs_reason(words, day, from, to, true), day->working ? "该半日" : "",
                                  gs_remark(words, day, true)),
        .text_en = gs_arena_print(arena, "%s: %s, %snot counted%s", gs_span_text(words, from, to, "to"),
                                  gs_reason(words, day, from, to, false),
                                  day->working ? "that half day is " : "", gs_remark(words, day, false)),
        .source = gs_source_of(words, day)};
}

govsvc_reckoning_step gs_make_up_step(gs_words *words, const gs_day *day, int64_t at)
{
    gs_arena *arena = words->arena;
    const char *date = gs_date_text(words, at);
    return (govsvc_reckoning_step){
        .kind = GOVSVC_STEP_MAKE_UP,
        .days = 1,
        .provisional = day->provisional,
        .text_zh = gs_arena_print(arena, "%s（%s）%s，计算在内%s", date, gs_weekdays_zh[gs_weekday(at)],
                                  gs_reason(words, day, at, at, true), gs_remark(words, day, true)),
        .text_en = gs_arena_print(arena, "%s (%s): %s, counted%s", date, gs_weekdays_en[gs_weekday(at)],
                                  gs_reason(words, day, at, at, false), gs_remark(words, day, false)),
        .source = gs_source_of(words, day)};
}

bool gs_is_half(const gs_day *day)
{
    return day->effect == GOVSVC_DAY_MORNING_OFF || day->effect == GOVSVC_DAY_AFTERNOON_OFF;
}

/* ---- one day ----------------------------------------------------------------------------------------- */

static govsvc_reckoning_step plain_step(gs_words *words, const gs_day *day, int64_t at)
{
    gs_arena *arena = words->arena;
    bool half = gs_is_half(day);
    const char *date = gs_date_text(words, at);
    return (govsvc_reckoning_step){
        .kind = GOVSVC_STEP_END,
        .days = 1,
        .provisional = day->provisional,
        .text_zh = gs_arena_print(arena, "%s（%s）是工作日%s%s%s", date, gs_weekdays_zh[gs_weekday(at)],
                                  half ? "，" : "", half ? gs_reason(words, day, at, at, true) : "",
                                  gs_remark(words, day, true)),
        .text_en = gs_arena_print(arena, "%s (%s): working day%s%s%s", date, gs_weekdays_en[gs_weekday(at)],
                                  half ? ", " : "", half ? gs_reason(words, day, at, at, false) : "",
                                  gs_remark(words, day, false)),
        .source = gs_source_of(words, day)};
}

static govsvc_status describe_day(const govsvc_calendar *calendar, const gs_day *day, int64_t at,
                                  const govsvc_reckoning_step **out)
{
    gs_arena *arena = gs_arena_new(&calendar->allocator, sizeof(govsvc_reckoning_step));
    if (!arena)
        return GOVSVC_NO_MEMORY;
    gs_words words = {.arena = arena, .calendar = calendar};
    govsvc_reckoning_step *step = gs_arena_root(arena);
    if (!day->working)
        *step = gs_off_step(&words, day, at, at);
    else
        *step =
            day->effect == GOVSVC_DAY_WORK ? gs_make_up_step(&words, day, at) : plain_step(&words, day, at);
    step->struct_size = sizeof *step;
    step->provisional = day->provisional ? GOVSVC_YES : GOVSVC_NO;
    step->from = step->to = gs_date_text(&words, at);
    if (gs_arena_failed(arena)) {
        gs_arena_free(arena);
        return GOVSVC_NO_MEMORY;
    }
    *out = step;
    return GOVSVC_OK;
}

static govsvc_status check_day(gs_problems *problems, const char *division, const char *date,
                               gs_prefix *prefix, int64_t *day)
{
    govsvc_status status = gs_calendar_check_date(problems, date, "/date", day);
    if (!gs_prefix_parse(division, prefix))
        status = gs_calendar_refuse(problems, "division", NULL, division, "/division");
    return status;
}

govsvc_status govsvc_day(const govsvc_calendar *calendar, const char *division, const char *date,
                         int64_t as_of, const govsvc_reckoning_step **out,
                         const govsvc_problem_list **problems)
{
    gs_prefix prefix;
    gs_view view;
    gs_day day;
    int64_t at;
    if (!calendar || !out)
        return GOVSVC_MISUSE;
    govsvc_status status = check_day(NULL, division, date, &prefix, &at);
    if (status) {
        gs_problems *list = gs_problems_new(&calendar->allocator);
        if (!list)
            return GOVSVC_NO_MEMORY;
        check_day(list, division, date, &prefix, &at);
        return gs_problems_give(list, problems);
    }
    gs_view_open(&view, calendar, &prefix, as_of);
    status = gs_view_day(&view, at, &day);
    return status ? status : describe_day(calendar, &day, at, out);
}
