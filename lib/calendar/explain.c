/* lib/calendar/explain.c - how a limit was reckoned, step by step, in words an official can follow.
 *
 * May use: dates, years, reckon, words. A reckoning is one arena; its steps are written into a row that
 * grows, put in order of the walk, and handed over.
 */
#include "calendar/calendar.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const gs_name gs_step_kind_names[] = {
    {GOVSVC_STEP_START, "start", "起算"},
    {GOVSVC_STEP_NOT_COUNTED, "not_counted", "不计算"},
    {GOVSVC_STEP_MAKE_UP, "make_up", "调休上班"},
    {GOVSVC_STEP_PAUSE, "pause", "中止"},
    {GOVSVC_STEP_EXTENSION, "extension", "延长"},
    {GOVSVC_STEP_ROLL, "roll", "顺延"},
    {GOVSVC_STEP_END, "end", "届满"},
    {0, NULL, NULL},
};

/* What follows the number where an amount is said. */
static const struct {
    const char *zh;
    const char *en;
} unit_words[] = {
    [GOVSVC_UNIT_WORKING_DAYS] = {"个工作日", "working day(s)"},
    [GOVSVC_UNIT_NATURAL_DAYS] = {"日", "day(s)"},
    [GOVSVC_UNIT_HOURS] = {"小时", "hour(s)"},
    [GOVSVC_UNIT_OFFICE_HOURS] = {"小时（办公时间）", "office hour(s)"},
    [GOVSVC_UNIT_MONTHS] = {"个月", "month(s)"},
    [GOVSVC_UNIT_YEARS] = {"年", "year(s)"},
};

/* A step with its place in the order: what is handed over points to the step in it. */
typedef struct draft {
    govsvc_reckoning_step step; /* first */
    int64_t place;
    uint64_t number;
} draft;

typedef struct book {
    gs_arena *arena;
    gs_words words; /* in the same arena */
    gs_reckoner *r;
    draft **drafts;
    uint64_t count;
    uint64_t room;
} book;

/* ---- steps ------------------------------------------------------------------------------------------- */

static bool grow(book *b)
{
    if (b->count < b->room)
        return true;
    uint64_t room = b->room ? b->room * 2 : 16;
    draft **wider = gs_arena_array(b->arena, room, sizeof *wider);
    if (!wider)
        return false;
    if (b->count)
        memcpy(wider, b->drafts, b->count * sizeof *wider);
    b->drafts = wider;
    b->room = room;
    return true;
}

/* Where a step stands: first the start, last the end, the others as they are met on the way. */
static int64_t place_of(const book *b, const govsvc_reckoning_step *step, int64_t from, int64_t to)
{
    if (step->kind == GOVSVC_STEP_START)
        return INT64_MIN;
    if (step->kind == GOVSVC_STEP_END)
        return INT64_MAX;
    return b->r->backwards ? -to : from;
}

/* Adds a step that speaks of the days from and to; its other members are set. */
static void add(book *b, govsvc_reckoning_step step, int64_t from, int64_t to)
{
    draft *made = gs_arena_alloc(b->arena, sizeof *made);
    if (!made || !grow(b))
        return;
    step.struct_size = sizeof step;
    step.from = gs_date_text(&b->words, from);
    step.to = from == to ? step.from : gs_date_text(&b->words, to);
    step.provisional = step.provisional ? GOVSVC_YES : GOVSVC_NO;
    *made = (draft){step, place_of(b, &step, from, to), b->count};
    b->drafts[b->count++] = made;
}

/* Pauses of working days swallow the days in them; those of hours do not. */
static bool passed_over(const book *b, int64_t day)
{
    return b->r->in->unit == GOVSVC_UNIT_WORKING_DAYS && gs_reckoner_paused(b->r, day);
}

/* Finds the last day, at most end, that does not count for the same reason as the day from. */
static govsvc_status run_end(book *b, const gs_day *first, int64_t from, int64_t end, int64_t *to)
{
    govsvc_status status = GOVSVC_OK;
    for (*to = from; *to < end && !passed_over(b, *to + 1); ++*to) {
        gs_day next;
        status = gs_view_day(&b->r->view, *to + 1, &next);
        if (status || !gs_same_reason(&b->words, first, &next))
            break;
    }
    return status;
}

static govsvc_status add_days(book *b)
{
    const gs_reckoner *r = b->r;
    bool office = r->in->unit == GOVSVC_UNIT_OFFICE_HOURS;
    int64_t low = r->backwards ? r->due : r->start + !office,
            high = r->backwards ? r->start - !office : r->due;
    for (int64_t day = low, to; day <= high; day = to + 1) {
        gs_day of;
        to = day;
        if (passed_over(b, day))
            continue;
        govsvc_status status = gs_view_day(&b->r->view, day, &of);
        if (!status && !of.working)
            status = run_end(b, &of, day, high, &to);
        if (status)
            return status;
        if (!of.working || (office && gs_is_half(&of)))
            add(b, gs_off_step(&b->words, &of, day, to), day, to);
        else if (of.effect == GOVSVC_DAY_WORK)
            add(b, gs_make_up_step(&b->words, &of, day), day, day);
    }
    return GOVSVC_OK;
}

/* ---- pauses and extensions --------------------------------------------------------------------------- */

/* "（reason；basis）", or "" where neither is there. */
static const char *grounds_text(gs_arena *arena, const char *reason, const char *basis, bool zh)
{
    bool first = reason && *reason, second = basis && *basis;
    if (!first && !second)
        return "";
    return gs_arena_print(arena, zh ? "（%s%s%s）" : " (%s%s%s)", first ? reason : "",
                          first && second ? (zh ? "；" : "; ") : "", second ? basis : "");
}

/* The part of the time line that the limit ran over, in the measure of its spans. */
static gs_span window(const gs_reckoner *r)
{
    if (gs_unit_is_time(r->in->unit))
        return r->backwards ? (gs_span){r->due_at, r->in->start_at} : (gs_span){r->in->start_at, r->due_at};
    return r->backwards ? (gs_span){r->due - 1, r->start - 1} : (gs_span){r->start, r->nominal};
}

static gs_span span_of(const gs_reckoner *r, uint64_t index)
{
    const govsvc_pause *pause = r->in->pauses[index];
    gs_span span = {pause->began_at, gs_pause_end(r->in, pause)};
    return gs_unit_is_time(r->in->unit) ? span : (gs_span){gs_day_of(span.from), gs_day_of(span.to)};
}

/* What a pause takes out that no pause which began before it took out already. */
static gs_span own_part(const gs_reckoner *r, uint64_t index)
{
    gs_span own = span_of(r, index), all = window(r);
    int64_t begin = own.from;
    for (uint64_t i = 0; i < r->in->pause_count; i++) {
        gs_span other = span_of(r, i);
        bool earlier = other.from < begin || (other.from == begin && i < index);
        if (earlier && other.to > own.from)
            own.from = other.to;
    }
    own.from = own.from > all.from ? own.from : all.from;
    own.to = own.to < all.to ? own.to : all.to;
    own.to = own.to > own.from ? own.to : own.from;
    return own;
}

static govsvc_status taken_out(book *b, gs_span part, int64_t *sum)
{
    int64_t provisional;
    *sum = part.to - part.from;
    if (b->r->in->unit == GOVSVC_UNIT_WORKING_DAYS)
        return gs_tally(&b->r->view, part.from, part.to, sum, &provisional);
    if (b->r->in->unit == GOVSVC_UNIT_OFFICE_HOURS)
        return gs_reckoner_office_time(b->r, part, sum);
    return GOVSVC_OK;
}

/* "6 小时 30 分": hours always, minutes and seconds where there are any. */
static const char *duration_text(gs_arena *arena, int64_t ms, bool zh)
{
    int64_t minutes = ms / GS_MINUTE_MS % 60, seconds = ms / 1000 % 60;
    gs_buffer text = {.arena = arena};
    gs_buffer_print(&text, zh ? "%" PRId64 " 小时" : "%" PRId64 " h", ms / GS_HOUR_MS);
    if (minutes)
        gs_buffer_print(&text, zh ? " %" PRId64 " 分" : " %" PRId64 " min", minutes);
    if (seconds)
        gs_buffer_print(&text, zh ? " %" PRId64 " 秒" : " %" PRId64 " s", seconds);
    return text.text;
}

/* What a pause took out of the limit: which days, and how many of them count; or how long. */
static const char *taken_text(book *b, gs_span part, int64_t sum, bool zh)
{
    gs_arena *arena = b->arena;
    int64_t unit =
        b->r->in->unit == GOVSVC_UNIT_WORKING_DAYS ? GOVSVC_UNIT_WORKING_DAYS : GOVSVC_UNIT_NATURAL_DAYS;
    if (sum == 0)
        return zh ? "不占用期限" : "takes nothing out";
    if (gs_unit_is_time(b->r->in->unit))
        return gs_arena_print(arena, zh ? "扣除 %s" : "takes out %s", duration_text(arena, sum, zh));
    if (zh)
        return gs_arena_print(arena, "扣除 %s 的 %" PRId64 " %s",
                              gs_span_text(&b->words, part.from + 1, part.to, "至"), sum,
                              unit_words[unit].zh);
    return gs_arena_print(arena, "takes out %" PRId64 " %s of %s", sum, unit_words[unit].en,
                          gs_span_text(&b->words, part.from + 1, part.to, "to"));
}

static govsvc_status add_pause(book *b, uint64_t index)
{
    gs_arena *arena = b->arena;
    const govsvc_pause *pause = b->r->in->pauses[index];
    bool clock = gs_unit_is_time(b->r->in->unit), open = pause->ended_at == GOVSVC_ABSENT;
    int64_t began = gs_day_of(pause->began_at), end_at = gs_pause_end(b->r->in, pause),
            end = gs_day_of(end_at), sum;
    gs_span part = own_part(b->r, index);
    govsvc_status status = taken_out(b, part, &sum);
    if (status)
        return status;
    const char *from = gs_time_text(arena, pause->began_at, clock), *to = gs_time_text(arena, end_at, clock);
    int64_t first = clock || began == end ? began : began + 1;
    add(b,
        (govsvc_reckoning_step){
            .kind = GOVSVC_STEP_PAUSE,
            .days = clock ? sum / GS_HOUR_MS : sum,
            .text_zh = gs_arena_print(
                arena, open ? "%s 起中止%s，尚未恢复，暂计至 %s，%s" : "%s 起中止%s，%s 恢复，%s", from,
                grounds_text(arena, pause->reason, pause->basis, true), to, taken_text(b, part, sum, true)),
            .text_en = gs_arena_print(arena,
                                      open ? "paused from %s%s, not resumed yet, reckoned to %s, %s"
                                           : "paused from %s%s, resumed %s, %s",
                                      from, grounds_text(arena, pause->reason, pause->basis, false), to,
                                      taken_text(b, part, sum, false)),
            .source = gs_arena_text(arena, pause->basis)},
        first, end);
    return GOVSVC_OK;
}

static void add_extension(book *b, const govsvc_extension *extension)
{
    gs_arena *arena = b->arena;
    int64_t unit = b->r->in->unit, amount = extension->amount;
    bool dated = extension->granted_at != GOVSVC_ABSENT;
    int64_t day = dated ? gs_day_of(extension->granted_at) : b->r->start;
    const char *date = dated ? gs_date_text(&b->words, day) : "";
    add(b,
        (govsvc_reckoning_step){
            .kind = GOVSVC_STEP_EXTENSION,
            .days = amount,
            .text_zh = gs_arena_print(arena, "%s%s延长 %" PRId64 " %s%s", date, dated ? " " : "", amount,
                                      unit_words[unit].zh,
                                      grounds_text(arena, extension->reason, extension->basis, true)),
            .text_en = gs_arena_print(arena, "%s%sextended by %" PRId64 " %s%s", date, dated ? " " : "",
                                      amount, unit_words[unit].en,
                                      grounds_text(arena, extension->reason, extension->basis, false)),
            .source = gs_arena_text(arena, extension->basis)},
        day, day);
}

/* ---- start, roll, end -------------------------------------------------------------------------------- */

static void add_start(book *b)
{
    const gs_reckoner *r = b->r;
    bool clock = gs_unit_is_time(r->in->unit);
    const char *at = gs_time_text(b->arena, r->in->start_at, clock);
    add(b,
        (govsvc_reckoning_step){
            .kind = GOVSVC_STEP_START,
            .days = GOVSVC_ABSENT,
            .text_zh = gs_arena_print(b->arena, "自 %s 起%s%s，期限 %" PRId64 " %s", at,
                                      r->backwards ? "向前推算" : "算", clock ? "" : "，当日不计入",
                                      r->in->amount, unit_words[r->in->unit].zh),
            .text_en = gs_arena_print(
                b->arena, "reckoned %s from %s%s: %" PRId64 " %s", r->backwards ? "backwards" : "onwards", at,
                clock ? "" : ", that day not counted", r->in->amount, unit_words[r->in->unit].en)},
        r->start, r->start);
}

static govsvc_status add_roll(book *b)
{
    const gs_reckoner *r = b->r;
    gs_day day;
    govsvc_status status = gs_view_day(&b->r->view, r->nominal, &day);
    if (status)
        return status;
    gs_arena *arena = b->arena;
    const char *from = gs_date_text(&b->words, r->nominal), *to = gs_date_text(&b->words, r->due);
    add(b,
        (govsvc_reckoning_step){
            .kind = GOVSVC_STEP_ROLL,
            .days = r->due - r->nominal,
            .provisional = r->provisional,
            .text_zh = gs_arena_print(
                arena, "最后一日 %s 是%s%s，顺延至其后第一个工作日 %s（《民法典》第二百零三条）", from,
                gs_reason(&b->words, &day, r->nominal, r->nominal, true), gs_remark(&b->words, &day, true),
                to),
            .text_en = gs_arena_print(arena,
                                      "the last day %s is %s%s: carried to the next working day, %s "
                                      "(Civil Code art 203)",
                                      from, gs_reason(&b->words, &day, r->nominal, r->nominal, false),
                                      gs_remark(&b->words, &day, false), to),
            .source = gs_source_of(&b->words, &day)},
        r->nominal, r->due - 1);
    return GOVSVC_OK;
}

static void add_end(book *b)
{
    const gs_reckoner *r = b->r;
    gs_arena *arena = b->arena;
    bool clock = gs_unit_is_time(r->in->unit);
    int weekday = gs_weekday(r->due);
    const char *at = clock ? gs_time_text(arena, r->due_at, true) : gs_date_text(&b->words, r->due);
    const char *on_zh = clock ? "" : gs_arena_print(arena, "（%s）", gs_weekdays_zh[weekday]);
    const char *on_en = clock ? "" : gs_arena_print(arena, " (%s)", gs_weekdays_en[weekday]);
    const char *extended_zh = r->in->extension_count ? "（含延长）" : "";
    const char *extended_en = r->in->extension_count ? " with extensions" : "";
    add(b,
        (govsvc_reckoning_step){
            .kind = GOVSVC_STEP_END,
            .days = r->counted,
            .provisional = r->provisional,
            .text_zh = gs_arena_print(arena, "%s %s%s，共计 %" PRId64 " %s%s%s",
                                      r->backwards ? "推算至"
                                      : clock      ? "届满于"
                                                   : "最后一日为",
                                      at, on_zh, r->total, unit_words[r->in->unit].zh, extended_zh,
                                      r->provisional ? "（所涉日期尚无放假通知，暂定）" : ""),
            .text_en =
                gs_arena_print(arena, "%s %s%s: %" PRId64 " %s%s%s",
                               r->backwards ? "reaches back to"
                               : clock      ? "ends at"
                                            : "the last day is",
                               at, on_en, r->total, unit_words[r->in->unit].en, extended_en,
                               r->provisional ? " (no notice yet for days it rests on, provisional)" : "")},
        r->due, r->due);
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static int compare_drafts(const void *left, const void *right)
{
    const draft *a = *(draft *const *)left, *b = *(draft *const *)right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static govsvc_status add_steps(book *b)
{
    const gs_reckoner *r = b->r;
    bool by_days = r->in->unit == GOVSVC_UNIT_WORKING_DAYS || r->in->unit == GOVSVC_UNIT_OFFICE_HOURS;
    add_start(b);
    govsvc_status status = by_days ? add_days(b) : GOVSVC_OK;
    for (uint64_t i = 0; i < r->in->pause_count && !status; i++)
        status = add_pause(b, i);
    for (uint64_t i = 0; i < r->in->extension_count; i++)
        add_extension(b, r->in->extensions[i]);
    if (!status && r->due != r->nominal)
        status = add_roll(b);
    add_end(b);
    return status;
}

static govsvc_status write_down(book *b, govsvc_reckoning *out)
{
    const gs_reckoner *r = b->r;
    govsvc_status status = add_steps(b);
    *out = (govsvc_reckoning){.struct_size = sizeof *out,
                              .due_at = r->due_at,
                              .provisional = r->provisional ? GOVSVC_YES : GOVSVC_NO,
                              .counted = r->counted,
                              .start_date = gs_date_text(&b->words, r->start),
                              .due_date = gs_date_text(&b->words, r->due),
                              .steps = (const govsvc_reckoning_step *const *)b->drafts,
                              .step_count = b->count};
    if (status || gs_arena_failed(b->arena))
        return status ? status : GOVSVC_NO_MEMORY;
    qsort(b->drafts, b->count, sizeof *b->drafts, compare_drafts);
    return GOVSVC_OK;
}

/* The request once more, this time to tell what is wrong with it. */
static govsvc_status refusal(gs_reckoner *r, const govsvc_calendar *calendar,
                             const govsvc_reckoning_request *in, const govsvc_problem_list **problems)
{
    gs_problems *list = gs_problems_new(&calendar->allocator);
    if (!list)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = gs_reckoner_run(r, calendar, in, list);
    if (status == GOVSVC_INVALID)
        return gs_problems_give(list, problems);
    gs_problems_free(list);
    return status;
}

govsvc_status govsvc_reckon(const govsvc_calendar *calendar, const govsvc_reckoning_request *in,
                            const govsvc_reckoning **out, const govsvc_problem_list **problems)
{
    gs_reckoner r;
    govsvc_status status = out ? gs_reckoner_run(&r, calendar, in, NULL) : GOVSVC_MISUSE;
    if (status == GOVSVC_INVALID)
        return refusal(&r, calendar, in, problems);
    if (status)
        return status;
    gs_arena *arena = gs_arena_new(&calendar->allocator, sizeof(govsvc_reckoning));
    if (!arena)
        return GOVSVC_NO_MEMORY;
    book b = {.arena = arena, .words = {.arena = arena, .calendar = calendar}, .r = &r};
    status = write_down(&b, gs_arena_root(arena));
    if (status)
        gs_arena_free(arena);
    else
        *out = gs_arena_root(arena);
    return status;
}
