/* lib/flow/clock.c - what transitions do to clocks, and how a clock explains itself. */
#include "flow/flow.h"

#include <string.h>

static const gs_table *clock_table(const gs_call *call)
{
    return gs_table_of(call->host, &gs_record_clock);
}

/* ---- reckoning --------------------------------------------------------------------------------------- */

/* Now; but another machine's clock may be a little ahead, and a pause it began is not in the future. */
static int64_t present(const gs_call *call, const govsvc_clock *clock)
{
    return call->work.now > clock->updated_at ? call->work.now : clock->updated_at;
}

static govsvc_reckoning_request request_of(const gs_call *call, const govsvc_clock *clock)
{
    return (govsvc_reckoning_request){
        .struct_size = sizeof(govsvc_reckoning_request),
        .start_at = clock->started_at,
        .amount = clock->amount,
        .unit = clock->unit,
        .as_of = GOVSVC_ABSENT,
        .now = clock->stopped_at == GOVSVC_ABSENT ? present(call, clock) : clock->stopped_at,
        .division = clock->division,
        .pauses = clock->pauses,
        .extensions = clock->extensions,
        .pause_count = clock->pause_count,
        .extension_count = clock->extension_count,
    };
}

/* The quick reckoning has no words; the explained one does. */
static void tell_why(gs_call *call, const govsvc_reckoning_request *request)
{
    const govsvc_reckoning *reckoning = NULL;
    const govsvc_problem_list *problems = NULL;
    govsvc_reckon(call->calendar, request, &reckoning, &problems);
    for (uint64_t i = 0; problems && i < problems->problem_count; i++)
        gs_problem_add(call->work.problems, problems->problems[i]);
    govsvc_free(reckoning);
    govsvc_free(problems);
}

static govsvc_status reckon(gs_call *call, govsvc_clock *clock)
{
    govsvc_reckoning_request request = request_of(call, clock);
    bool provisional;
    int64_t due;
    govsvc_status status = gs_reckon_due(call->calendar, &request, &due, &provisional);
    if (status == GOVSVC_INVALID)
        tell_why(call, &request);
    if (status)
        return status;
    char date[GS_DATE_SIZE];
    govsvc_date_of(due - 1, date);
    clock->due_at = due;
    clock->due_date = gs_arena_text(call->work.arena, date);
    return clock->due_date ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* ---- lists in a clock's row -------------------------------------------------------------------------- */

static const void *const *appended(gs_arena *arena, const void *items, uint64_t count, const void *item)
{
    const void **longer = gs_arena_array(arena, count + 1, sizeof *longer);
    if (!longer)
        return NULL;
    if (count)
        memcpy(longer, items, count * sizeof *longer);
    longer[count] = item;
    return (const void *const *)longer;
}

static govsvc_status tell(gs_call *call, govsvc_clock *clock, const char *occasion)
{
    govsvc_told *told = gs_arena_alloc(call->work.arena, sizeof *told);
    if (!told)
        return GOVSVC_NO_MEMORY;
    *told = (govsvc_told){.struct_size = sizeof *told,
                          .told_at = call->work.now,
                          .due_at = clock->due_at,
                          .due_date = clock->due_date,
                          .occasion = occasion};
    const void *const *items = appended(call->work.arena, clock->told, clock->told_count, told);
    if (!items)
        return GOVSVC_NO_MEMORY;
    clock->told = (const govsvc_told *const *)items;
    clock->told_count++;
    return GOVSVC_OK;
}

static govsvc_status begin_pause(gs_call *call, govsvc_clock *clock)
{
    govsvc_pause *pause = gs_arena_alloc(call->work.arena, sizeof *pause);
    if (!pause)
        return GOVSVC_NO_MEMORY;
    *pause = (govsvc_pause){.struct_size = sizeof *pause,
                            .began_at = call->occurred_at,
                            .ended_at = GOVSVC_ABSENT,
                            .reason = call->ground,
                            .basis = call->ground_basis};
    const void *const *items = appended(call->work.arena, clock->pauses, clock->pause_count, pause);
    if (!items)
        return GOVSVC_NO_MEMORY;
    clock->pauses = (const govsvc_pause *const *)items;
    clock->pause_count++;
    return GOVSVC_OK;
}

static bool same_ground(const char *a, const char *b)
{
    return !a || !b || strcmp(a, b) == 0;
}

/* Ends the pause that is open (of this ground, where one is named); *still_open counts the others. */
static govsvc_status end_pause(gs_call *call, govsvc_clock *clock, size_t *still_open)
{
    const govsvc_pause **pauses = gs_arena_array(call->work.arena, clock->pause_count, sizeof *pauses);
    if (!pauses)
        return GOVSVC_NO_MEMORY;
    bool ended = false;
    *still_open = 0;
    for (uint64_t i = 0; i < clock->pause_count; i++) {
        pauses[i] = clock->pauses[i];
        if (pauses[i]->ended_at != GOVSVC_ABSENT)
            continue;
        if (ended || !same_ground(call->ground, pauses[i]->reason)) {
            ++*still_open;
            continue;
        }
        govsvc_pause *over = gs_arena_alloc(call->work.arena, sizeof *over);
        if (!over)
            return GOVSVC_NO_MEMORY;
        *over = *pauses[i];
        over->ended_at = call->occurred_at > over->began_at ? call->occurred_at : over->began_at;
        pauses[i] = over;
        ended = true;
    }
    clock->pauses = pauses;
    return GOVSVC_OK;
}

static govsvc_status add_extension(gs_call *call, govsvc_clock *clock)
{
    govsvc_extension *extension = gs_arena_alloc(call->work.arena, sizeof *extension);
    if (!extension)
        return GOVSVC_NO_MEMORY;
    *extension = (govsvc_extension){.struct_size = sizeof *extension,
                                    .amount = call->extend_by,
                                    .granted_at = call->occurred_at,
                                    .reason = call->ground,
                                    .basis = call->ground_basis};
    const void *const *items =
        appended(call->work.arena, clock->extensions, clock->extension_count, extension);
    if (!items)
        return GOVSVC_NO_MEMORY;
    clock->extensions = (const govsvc_extension *const *)items;
    clock->extension_count++;
    return GOVSVC_OK;
}

/* ---- effects ----------------------------------------------------------------------------------------- */

static const char *division_of(const gs_call *call, const gs_row *row)
{
    uint16_t offset = row->table->record->division;
    const char *division = offset ? *(const char **)((char *)row->at + offset) : NULL;
    return division ? division : call->host->division;
}

static govsvc_status start(gs_call *call, gs_row *row, const gs_clock_spec *spec,
                           const gs_clock_effect *effect, gs_row **out)
{
    gs_limit limit = spec->limit;
    limit.timer = spec->timer != NULL;
    govsvc_status status = spec->limit_of ? spec->limit_of(call, row, &limit) : GOVSVC_OK;
    gs_row *made = status ? NULL : gs_row_new(&call->work, clock_table(call));
    if (!made)
        return status ? status : GOVSVC_NO_MEMORY;
    govsvc_clock *clock = made->at;
    clock->tenant = gs_row_head(row)->tenant;
    clock->subject = gs_row_head(row)->id;
    clock->subject_kind = row->table->record->name;
    clock->kind = spec->kind;
    clock->division = division_of(call, row);
    clock->state = GOVSVC_CLOCK_RUNNING;
    clock->unit = limit.unit;
    clock->amount = limit.amount;
    clock->basis = limit.basis;
    clock->started_at = effect->from ? *(int64_t *)((char *)row->at + effect->from) : call->occurred_at;
    status = reckon(call, clock);
    if (limit.timer)
        clock->timer_at = clock->due_at;
    *out = made;
    return status;
}

static void stop(const gs_call *call, govsvc_clock *clock)
{
    clock->stopped_at = call->occurred_at;
    clock->timer_at = GOVSVC_ABSENT;
    bool by_itself = call->actor->roles == GS_ROLE_SYSTEM && call->occurred_at >= clock->due_at;
    clock->state = by_itself                           ? GOVSVC_CLOCK_LAPSED
                   : call->occurred_at < clock->due_at ? GOVSVC_CLOCK_MET
                                                       : GOVSVC_CLOCK_LATE;
}

static govsvc_status resume(gs_call *call, govsvc_clock *clock, const gs_clock_spec *spec)
{
    size_t still_open;
    govsvc_status status = end_pause(call, clock, &still_open);
    if (status || still_open)
        return status;
    clock->state = GOVSVC_CLOCK_RUNNING;
    status = reckon(call, clock);
    if (spec->timer && clock->timer_at != GOVSVC_ABSENT)
        clock->timer_at = clock->due_at;
    return status;
}

static govsvc_status change(gs_call *call, gs_row *row, const gs_clock_spec *spec, gs_effect effect)
{
    govsvc_clock *clock = row->at;
    if (effect == GS_STOP) {
        stop(call, clock);
        return GOVSVC_OK;
    }
    govsvc_status status = gs_row_open(row, false);
    if (status)
        return status;
    if (effect == GS_PAUSE) {
        clock->state = GOVSVC_CLOCK_PAUSED;
        return begin_pause(call, clock);
    }
    if (effect == GS_RESUME)
        return resume(call, clock, spec);
    status = add_extension(call, clock);
    return status ? status : reckon(call, clock);
}

govsvc_status gs_clock_load(gs_call *call, int64_t subject, const char *kind, gs_row **out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_clock)), gs_integer(subject),
                             gs_text(kind)};
    return gs_row_find(&call->work, clock_table(call),
                       "tenant = $1 AND subject = $2 AND kind = $3 AND stopped_at IS NULL", values, 3, out);
}

/* The clock's part of the case's journal entry. */
static void note(gs_also *also, const govsvc_clock *clock, const char *hash)
{
    gs_buffer *json = &also->json;
    gs_buffer_text(json, json->size ? ",\"clock:" : "\"clock:");
    gs_json_integer(json, clock->id);
    gs_buffer_text(json, "\":{\"kind\":");
    gs_json_text(json, clock->kind);
    gs_buffer_text(json, ",\"state\":");
    gs_json_text(json, gs_name_of(gs_clock_state_names, clock->state));
    gs_buffer_text(json, ",\"due_date\":");
    gs_json_text(json, clock->due_date);
    gs_buffer_text(json, ",\"revision\":");
    gs_json_integer(json, clock->revision);
    gs_buffer_text(json, ",\"hash\":");
    gs_json_text(json, hash);
    gs_buffer_char(json, '}');
}

static govsvc_status save_clock(gs_row *row, gs_also *also)
{
    char hash[2 * GS_SM3_SIZE + 1];
    const char *changes;
    govsvc_status status = gs_row_save(row, &changes, hash);
    if (!status && changes)
        note(also, row->at, hash);
    return status;
}

/* *out is NULL where the clock was not running: there is nothing to stop. */
static govsvc_status prepare(gs_call *call, gs_row *row, const gs_flow *flow, const gs_transition *transition,
                             const gs_clock_effect *effect, gs_row **out)
{
    const gs_clock_spec *spec = &flow->clocks[effect->clock];
    gs_row *clock = NULL;
    govsvc_status status;
    *out = NULL;
    if (effect->effect == GS_START)
        status = start(call, row, spec, effect, &clock);
    else
        status = gs_clock_load(call, gs_row_head(row)->id, spec->kind, &clock);
    if (status == GOVSVC_NOT_FOUND)
        return GOVSVC_OK;
    if (!status && effect->effect != GS_START)
        status = change(call, clock, spec, effect->effect);
    if (!status && ((govsvc_clock *)clock->at)->state == GOVSVC_CLOCK_RUNNING)
        status = tell(call, clock->at, transition->action);
    *out = clock;
    return status;
}

govsvc_status gs_clocks_prepare(gs_call *call, gs_row *row, const gs_flow *flow,
                                const gs_transition *transition, gs_clock_changes *out)
{
    govsvc_status status = GOVSVC_OK;
    out->count = 0;
    for (size_t i = 0; i < GS_EFFECTS_MAX && transition->clocks[i].effect && !status; i++) {
        status = prepare(call, row, flow, transition, &transition->clocks[i], &out->rows[out->count]);
        out->count += out->rows[out->count] != NULL;
    }
    return status;
}

govsvc_status gs_clocks_save(const gs_clock_changes *changes, gs_also *also)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < changes->count && !status; i++)
        status = save_clock(changes->rows[i], also);
    return status;
}

/* ---- the deadline and its explanation ---------------------------------------------------------------- */

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

static govsvc_status explain(gs_call *call, const govsvc_calendar *calendar, const gs_flow *flow, gs_row *row,
                             govsvc_clock_reckoning *out)
{
    govsvc_status status = gs_row_open(row, false);
    if (status)
        return status;
    const govsvc_clock *clock = row->at;
    govsvc_reckoning_request request = request_of(call, clock);
    const govsvc_reckoning *reckoning;
    status = govsvc_reckon(calendar, &request, &reckoning, NULL);
    if (status)
        return status;
    govsvc_reckoning copy;
    bool copied = gs_record_copy(&gs_record_reckoning, &copy, reckoning, call->work.arena);
    govsvc_free(reckoning);
    if (!copied)
        return GOVSVC_NO_MEMORY;
    *out = (govsvc_clock_reckoning){.struct_size = sizeof *out,
                                    .due_at = copy.due_at,
                                    .provisional = copy.provisional,
                                    .state = clock->state,
                                    .remaining = remaining_days(call, clock),
                                    .stopped_at = clock->stopped_at,
                                    .kind = clock->kind,
                                    .title = title_of(flow, clock->kind),
                                    .due_date = copy.due_date,
                                    .basis = clock->basis,
                                    .steps = copy.steps,
                                    .step_count = copy.step_count,
                                    .told = clock->told,
                                    .told_count = clock->told_count};
    return GOVSVC_OK;
}

enum { CLOCKS_MAX = 100 };

static govsvc_status clock_ids(gs_call *call, int64_t subject, int64_t ids[CLOCKS_MAX], size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_clock)), gs_integer(subject)};
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {clock} WHERE tenant = $1 AND subject = $2 ORDER BY id LIMIT 100", values, 2, ids,
        CLOCKS_MAX, count);
}

govsvc_status gs_deadline(gs_call *call)
{
    const govsvc_deadline_request *in = call->in;
    const gs_flow *flow = call->operation->flow;
    gs_row *row;
    int64_t ids[CLOCKS_MAX];
    size_t count = 0;
    govsvc_calendar *then = NULL;
    govsvc_status status = gs_load_readable(call, flow->record, in->id, &row);
    if (!status)
        status = clock_ids(call, in->id, ids, &count);
    if (!status && in->as_of != GOVSVC_ABSENT)
        status = call->host->calendar_as_of(call, in->as_of, &then);
    govsvc_deadline *out = gs_arena_alloc(call->work.arena, sizeof *out);
    const govsvc_clock_reckoning **clocks = gs_arena_array(call->work.arena, count + 1, sizeof *clocks);
    if (!status && !clocks)
        status = GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++) {
        govsvc_clock_reckoning *one = gs_arena_alloc(call->work.arena, sizeof *one);
        status = one ? gs_row_load(&call->work, clock_table(call), ids[i], &row) : GOVSVC_NO_MEMORY;
        if (!status)
            status = explain(call, then ? then : call->calendar, flow, row, one);
        clocks[i] = one;
    }
    govsvc_calendar_free(then);
    if (status)
        return status;
    *out = (govsvc_deadline){
        .struct_size = sizeof *out, .id = in->id, .as_of = in->as_of, .clocks = clocks, .clock_count = count};
    call->out = out;
    return GOVSVC_OK;
}

/* ---- a notice was corrected -------------------------------------------------------------------------- */

enum { RECKON_SLICE = 200 };

/* A clock that changes while its case does not. */
static govsvc_status save_alone(gs_call *call, gs_row *row, const char *action)
{
    const govsvc_clock *clock = row->at;
    gs_also also = {.json.arena = call->work.arena};
    govsvc_status status = save_clock(row, &also);
    return status ? status : gs_journal_also(call, clock->subject_kind, clock->subject, action, &also);
}

govsvc_status gs_clock_disarm(gs_call *call, gs_row *row)
{
    ((govsvc_clock *)row->at)->timer_at = GOVSVC_ABSENT;
    return save_alone(call, row, "disarm");
}

static govsvc_status running_ids(gs_call *call, int64_t after, int64_t ids[RECKON_SLICE], size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_clock)), gs_integer(after)};
    return gs_query_integers(call->work.connection,
                             "SELECT id FROM {clock} WHERE tenant = $1 AND stopped_at IS NULL AND id > $2 "
                             "ORDER BY id LIMIT 200",
                             values, 2, ids, RECKON_SLICE, count);
}

static govsvc_status reckon_anew(gs_call *call, int64_t id)
{
    gs_row *row;
    govsvc_status status = gs_row_load(&call->work, clock_table(call), id, &row);
    if (!status)
        status = gs_row_open(row, false);
    if (status)
        return status;
    govsvc_clock *clock = row->at;
    int64_t due = clock->due_at;
    status = reckon(call, clock);
    if (status || clock->due_at == due)
        return status;
    if (clock->timer_at != GOVSVC_ABSENT)
        clock->timer_at = clock->due_at;
    return save_alone(call, row, "reckon");
}

govsvc_status gs_clocks_follow_notice(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark,
                                      bool *again)
{
    int64_t ids[RECKON_SLICE];
    size_t count;
    (void)entry;
    govsvc_status status = running_ids(call, *mark, ids, &count);
    for (size_t i = 0; i < count && !status; i++) {
        status = reckon_anew(call, ids[i]);
        *mark = ids[i];
    }
    *again = count == RECKON_SLICE;
    return status;
}
