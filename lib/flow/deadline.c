/* lib/flow/deadline.c - the clocks of a case, and how each explains its end. */
#include "flow/flow.h"

#include <string.h>

static const char *title_of(const gs_flow *flow, const char *kind)
{
    for (const gs_clock_spec *spec = flow->clocks; spec && spec->kind; spec++)
        if (strcmp(spec->kind, kind) == 0)
            return spec->title;
    return kind;
}

static int64_t remaining_days(const gs_call *call, const govsvc_clock *clock)
{
    int64_t today = gs_day_of(call->work.now), due = gs_day_of(clock->due_at - 1), days = 0;
    char from[GS_DATE_SIZE], to[GS_DATE_SIZE];
    if (clock->stopped_at != GOVSVC_ABSENT)
        return GOVSVC_ABSENT;
    gs_date_format(today < due ? today : due, from);
    gs_date_format(today < due ? due : today, to);
    if (govsvc_working_days_between(call->calendar, clock->division, from, to, &days, NULL))
        return GOVSVC_ABSENT;
    return today <= due ? days : -days;
}

static govsvc_status explain_length(gs_call *call, const govsvc_calendar *calendar, const govsvc_clock *clock,
                                    govsvc_reckoning *out)
{
    govsvc_reckoning_request request = gs_clock_request(call, clock);
    const govsvc_reckoning *reckoning;
    govsvc_status status = govsvc_reckon(calendar, &request, &reckoning, NULL);
    if (status)
        return status;
    bool copied = gs_record_copy(&gs_record_reckoning, out, reckoning, call->work.arena);
    govsvc_free(reckoning);
    return copied ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* Nothing was reckoned: the date is all there is to say. */
static govsvc_status explain_date(gs_call *call, const govsvc_clock *clock, govsvc_reckoning *out)
{
    gs_arena *arena = call->work.arena;
    const char *at = gs_time_text(arena, clock->due_at, true);
    govsvc_reckoning_step *step = gs_arena_alloc(arena, sizeof *step);
    const govsvc_reckoning_step **steps = gs_arena_array(arena, 1, sizeof *steps);
    if (!at || !step || !steps)
        return GOVSVC_NO_MEMORY;
    *step = (govsvc_reckoning_step){.struct_size = sizeof *step,
                                    .kind = GOVSVC_STEP_END,
                                    .days = GOVSVC_ABSENT,
                                    .provisional = GOVSVC_NO,
                                    .from = clock->due_date,
                                    .to = clock->due_date,
                                    .text_zh = gs_arena_print(arena, "至 %s 止", at),
                                    .text_en = gs_arena_print(arena, "until %s", at)};
    steps[0] = step;
    *out = (govsvc_reckoning){.struct_size = sizeof *out,
                              .due_at = clock->due_at,
                              .provisional = GOVSVC_NO,
                              .due_date = clock->due_date,
                              .steps = steps,
                              .step_count = 1};
    return gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

static govsvc_status explain(gs_call *call, const govsvc_calendar *calendar, const gs_flow *flow, gs_row *row,
                             govsvc_clock_reckoning *out)
{
    const govsvc_clock *clock = row->at;
    govsvc_reckoning end;
    govsvc_status status = gs_row_open(row, false);
    if (!status)
        status = clock->unit ? explain_length(call, calendar, clock, &end) : explain_date(call, clock, &end);
    if (status)
        return status;
    *out = (govsvc_clock_reckoning){.struct_size = sizeof *out,
                                    .due_at = end.due_at,
                                    .provisional = end.provisional,
                                    .state = clock->state,
                                    .remaining = remaining_days(call, clock),
                                    .stopped_at = clock->stopped_at,
                                    .kind = clock->kind,
                                    .title = title_of(flow, clock->kind),
                                    .due_date = end.due_date,
                                    .basis = clock->basis,
                                    .steps = end.steps,
                                    .step_count = end.step_count,
                                    .told = clock->told,
                                    .told_count = clock->told_count};
    return GOVSVC_OK;
}

enum { CLOCKS_MAX = 100 };

static govsvc_status clock_ids(gs_call *call, const gs_head *subject, int64_t ids[CLOCKS_MAX], size_t *count)
{
    govsvc_value values[] = {gs_integer(subject->tenant), gs_integer(subject->id)};
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {clock} WHERE tenant = $1 AND subject = $2 ORDER BY id LIMIT 100", values, 2, ids,
        CLOCKS_MAX, count);
}

govsvc_status gs_deadline(gs_call *call)
{
    const govsvc_deadline_request *in = call->in;
    const gs_flow *flow = call->operation->flow;
    const gs_table *table = gs_table_of(call->host, &gs_record_clock);
    gs_row *row, *clock;
    int64_t ids[CLOCKS_MAX];
    size_t count = 0;
    govsvc_calendar *then = NULL;
    govsvc_status status = gs_load_readable(call, flow->record, in->id, &row);
    if (!status)
        status = clock_ids(call, gs_row_head(row), ids, &count);
    if (!status && in->as_of != GOVSVC_ABSENT)
        status = call->host->calendar_as_of(call, in->as_of, &then);
    govsvc_deadline *out = gs_arena_alloc(call->work.arena, sizeof *out);
    const govsvc_clock_reckoning **clocks = gs_arena_array(call->work.arena, count + 1, sizeof *clocks);
    if (!status && !clocks)
        status = GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++) {
        govsvc_clock_reckoning *one = gs_arena_alloc(call->work.arena, sizeof *one);
        status = one ? gs_row_load_under(&call->work, table, gs_row_head(row)->tenant, ids[i], &clock)
                     : GOVSVC_NO_MEMORY;
        if (!status)
            status = explain(call, then ? then : call->calendar, flow, clock, one);
        clocks[i] = one;
    }
    govsvc_calendar_free(then);
    if (status)
        return status;
    *out = (govsvc_deadline){.struct_size = sizeof *out,
                             .id = in->id,
                             .as_of = in->as_of,
                             .critical_at = GOVSVC_ABSENT,
                             .clocks = clocks,
                             .clock_count = count};
    call->out = out;
    return flow->explain ? flow->explain(call, row, out) : GOVSVC_OK;
}
