/* lib/flow/clock.c - what transitions and notices do to clocks. */
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

govsvc_reckoning_request gs_clock_request(const gs_call *call, const govsvc_clock *clock)
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

static govsvc_status set_end(gs_call *call, govsvc_clock *clock, int64_t due)
{
    char date[GS_DATE_SIZE];
    if (!govsvc_date_of(due - 1, date))
        return GOVSVC_INTERNAL;
    clock->due_at = due;
    clock->due_date = gs_arena_text(call->work.arena, date);
    return clock->due_date ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* So many working days before the clock's last day, from the morning on. */
static govsvc_status moment_ahead(gs_call *call, const govsvc_clock *clock, int64_t days, int64_t *out)
{
    govsvc_reckoning_request request = GOVSVC_RECKONING_REQUEST_INIT;
    bool provisional;
    request.start_at = clock->due_at - 1;
    request.amount = days;
    request.unit = GOVSVC_UNIT_WORKING_DAYS;
    request.backwards = GOVSVC_YES;
    request.division = clock->division;
    return gs_reckon_due(call->calendar, &request, out, &provisional);
}

/* A timer goes with the end; what warns comes first, where that is not over yet. */
static govsvc_status set_timer(gs_call *call, const gs_clock_spec *spec, govsvc_clock *clock)
{
    int64_t first;
    clock->timer_at = clock->due_at;
    if (spec->timer || !spec->ahead)
        return GOVSVC_OK;
    govsvc_status status = moment_ahead(call, clock, spec->ahead, &first);
    if (!status && first > call->occurred_at)
        clock->timer_at = first;
    return status;
}

static govsvc_status reckon_timer(gs_call *call, const gs_clock_spec *spec, govsvc_clock *clock)
{
    return clock->timer_at == GOVSVC_ABSENT ? GOVSVC_OK : set_timer(call, spec, clock);
}

/* A clock that runs to a date keeps it. */
static govsvc_status reckon(gs_call *call, govsvc_clock *clock)
{
    if (!clock->unit)
        return GOVSVC_OK;
    govsvc_reckoning_request request = gs_clock_request(call, clock);
    bool provisional;
    int64_t due;
    govsvc_status status = gs_reckon_due(call->calendar, &request, &due, &provisional);
    if (status == GOVSVC_INVALID)
        tell_why(call, &request);
    if (status)
        return status;
    return set_end(call, clock, due);
}

static govsvc_status reckon_first(gs_call *call, govsvc_clock *clock, const gs_limit *limit)
{
    if (!limit->until) {
        clock->unit = limit->unit;
        clock->amount = limit->amount;
        return reckon(call, clock);
    }
    if (gs_time_in_range(limit->until))
        return set_end(call, clock, limit->until);
    if (limit->until == GOVSVC_ABSENT)
        return gs_refuse(call, "", "required", NULL, NULL);
    return gs_refuse(call, "", "range", gs_calendar_range,
                     gs_calendar_got(call->work.problems, limit->until));
}

/* ---- lists in a clock's row -------------------------------------------------------------------------- */

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
    const void *const *items = gs_arena_append(call->work.arena, clock->told, clock->told_count, told);
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
    const void *const *items = gs_arena_append(call->work.arena, clock->pauses, clock->pause_count, pause);
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
        gs_arena_append(call->work.arena, clock->extensions, clock->extension_count, extension);
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
    limit.timer = spec->timer || spec->alert;
    govsvc_status status = spec->limit_of ? spec->limit_of(call, row, &limit) : GOVSVC_OK;
    if (!status && limit.amount == GOVSVC_ABSENT && !limit.until)
        return GOVSVC_NOT_FOUND; /* there is no such limit for this case, and so no clock */
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
    clock->basis = limit.basis;
    clock->started_at = effect->from ? *(int64_t *)((char *)row->at + effect->from) : call->occurred_at;
    status = reckon_first(call, clock, &limit);
    if (!status && limit.timer)
        status = set_timer(call, spec, clock);
    if (limit.until && limit.until < call->occurred_at && limit.timer)
        clock->timer_at = call->occurred_at;
    *out = made;
    return status;
}

/* What still holds the clock held it until now: the time it took is not counted against anybody. */
static govsvc_status stop(gs_call *call, gs_row *row)
{
    govsvc_clock *clock = row->at;
    bool paused = clock->state == GOVSVC_CLOCK_PAUSED;
    govsvc_status status = paused ? gs_row_open(row, false) : GOVSVC_OK;
    clock->stopped_at = call->occurred_at;
    clock->timer_at = GOVSVC_ABSENT;
    if (!status && paused)
        status = reckon(call, clock);
    bool by_itself = call->actor->roles == GS_ROLE_SYSTEM && call->occurred_at >= clock->due_at;
    clock->state = by_itself                           ? GOVSVC_CLOCK_LAPSED
                   : call->occurred_at < clock->due_at ? GOVSVC_CLOCK_MET
                                                       : GOVSVC_CLOCK_LATE;
    return status;
}

static govsvc_status resume(gs_call *call, const gs_clock_spec *spec, govsvc_clock *clock)
{
    size_t still_open;
    govsvc_status status = end_pause(call, clock, &still_open);
    if (status || still_open)
        return status;
    clock->state = GOVSVC_CLOCK_RUNNING;
    status = reckon(call, clock);
    return status ? status : reckon_timer(call, spec, clock);
}

/* There is nothing to add to a date. */
static govsvc_status extend(gs_call *call, const gs_clock_spec *spec, govsvc_clock *clock)
{
    if (!clock->unit)
        return GOVSVC_OK;
    govsvc_status status = add_extension(call, clock);
    if (!status)
        status = reckon(call, clock);
    return status ? status : reckon_timer(call, spec, clock);
}

static govsvc_status change(gs_call *call, const gs_clock_spec *spec, gs_row *row, gs_effect effect)
{
    govsvc_clock *clock = row->at;
    if (effect == GS_STOP)
        return stop(call, row);
    govsvc_status status = gs_row_open(row, false);
    if (status)
        return status;
    if (effect == GS_PAUSE) {
        clock->state = GOVSVC_CLOCK_PAUSED;
        return begin_pause(call, clock);
    }
    return effect == GS_RESUME ? resume(call, spec, clock) : extend(call, spec, clock);
}

govsvc_status gs_clock_load(gs_call *call, const gs_row *subject, const char *kind, gs_row **out)
{
    const gs_head *head = gs_row_head(subject);
    govsvc_value values[] = {gs_integer(head->tenant), gs_integer(head->id), gs_text(kind)};
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

/* *out is NULL where the clock was not running, so that there is nothing to stop, and where this case has no
 * such limit. */
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
        status = gs_clock_load(call, row, spec->kind, &clock);
    if (status == GOVSVC_NOT_FOUND)
        return GOVSVC_OK;
    if (!status && effect->effect != GS_START)
        status = change(call, spec, clock, effect->effect);
    if (!status && ((govsvc_clock *)clock->at)->state == GOVSVC_CLOCK_RUNNING)
        status = tell(call, clock->at, transition->action);
    *out = clock;
    return status;
}

static govsvc_status running_of_case(gs_call *call, const gs_row *subject, int64_t ids[GS_CLOCKS_MAX],
                                     size_t *count)
{
    const gs_head *head = gs_row_head(subject);
    govsvc_value values[] = {gs_integer(head->tenant), gs_integer(head->id)};
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {clock} WHERE tenant = $1 AND subject = $2 AND stopped_at IS NULL LIMIT 32", values,
        2, ids, GS_CLOCKS_MAX, count);
}

/* To nothing where it was not over yet: nobody was in time or late with what was not to be done any more. */
static void make_void(govsvc_clock *clock)
{
    if (clock->state == GOVSVC_CLOCK_MET)
        clock->state = GOVSVC_CLOCK_VOID;
}

static govsvc_status stop_all(gs_call *call, const gs_row *subject, bool to_nothing, gs_clock_changes *out)
{
    int64_t ids[GS_CLOCKS_MAX];
    size_t count;
    govsvc_status status = running_of_case(call, subject, ids, &count);
    for (size_t i = 0; i < count && !status; i++) {
        gs_row *clock;
        status =
            gs_row_load_under(&call->work, clock_table(call), gs_row_head(subject)->tenant, ids[i], &clock);
        if (!status)
            status = stop(call, clock);
        if (status)
            break;
        if (to_nothing)
            make_void(clock->at);
        out->rows[out->count++] = clock;
    }
    return status;
}

static govsvc_status apply(gs_call *call, gs_row *row, const gs_flow *flow, const gs_transition *transition,
                           const gs_clock_effect *effect, gs_clock_changes *out)
{
    if (effect->effect == GS_STOP_ALL)
        return stop_all(call, row, false, out);
    if (effect->effect == GS_VOID_ALL)
        return stop_all(call, row, true, out);
    govsvc_status status = prepare(call, row, flow, transition, effect, &out->rows[out->count]);
    out->count += out->rows[out->count] != NULL;
    return status;
}

govsvc_status gs_clocks_prepare(gs_call *call, gs_row *row, const gs_flow *flow,
                                const gs_transition *transition, gs_clock_changes *out)
{
    govsvc_status status = GOVSVC_OK;
    out->count = 0;
    for (size_t i = 0; i < GS_EFFECTS_MAX && transition->clocks[i].effect && !status; i++)
        status = apply(call, row, flow, transition, &transition->clocks[i], out);
    for (size_t i = 0; i < call->effect_count && !status; i++)
        status = apply(call, row, flow, transition, &call->effects[i], out);
    return status;
}

govsvc_status gs_clocks_save(const gs_clock_changes *changes, gs_also *also)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < changes->count && !status; i++)
        status = save_clock(changes->rows[i], also);
    return status;
}

/* ---- a notice was corrected -------------------------------------------------------------------------- */

enum { RECKON_SLICE = 200 };

/* A clock that changes while its case does not. */
static govsvc_status save_alone(gs_call *call, gs_row *row, const char *action)
{
    const govsvc_clock *clock = row->at;
    gs_also also = {.json.arena = call->work.arena};
    govsvc_status status = save_clock(row, &also);
    if (!status)
        status = gs_journal_also(call, clock->tenant, clock->subject_kind, clock->subject, action, &also);
    return status;
}

/* The end of a length that stands still is not known: its timer waits. */
static bool is_due(const govsvc_clock *clock, int64_t timer_at)
{
    bool waits = clock->unit && clock->state == GOVSVC_CLOCK_PAUSED;
    return !waits && clock->timer_at != GOVSVC_ABSENT && clock->timer_at == timer_at;
}

govsvc_status gs_clock_disarm(gs_call *call, int64_t tenant, int64_t clock, int64_t timer_at)
{
    gs_row *row;
    govsvc_status status = gs_row_load_under(&call->work, clock_table(call), tenant, clock, &row);
    call->outcome = GS_UNCHANGED;
    if (status)
        return status;
    govsvc_clock *found = row->at;
    if (!is_due(found, timer_at))
        return GOVSVC_OK;
    found->timer_at = GOVSVC_ABSENT;
    call->outcome = GS_CHANGED;
    return save_alone(call, row, "disarm");
}

govsvc_status gs_clock_ring(gs_call *call, int64_t tenant, int64_t clock, int64_t timer_at,
                            const govsvc_clock **out)
{
    gs_row *row;
    *out = NULL;
    govsvc_status status = gs_row_load_under(&call->work, clock_table(call), tenant, clock, &row);
    if (status)
        return status;
    govsvc_clock *found = row->at;
    if (!is_due(found, timer_at))
        return GOVSVC_OK;
    bool first = timer_at < found->due_at;
    found->timer_at = first ? found->due_at : GOVSVC_ABSENT;
    *out = found;
    return save_alone(call, row, first ? "due_soon" : "overdue");
}

static govsvc_status running_ids(gs_call *call, int64_t tenant, int64_t after, int64_t ids[RECKON_SLICE],
                                 size_t *count)
{
    govsvc_value values[] = {gs_integer(tenant), gs_integer(after)};
    return gs_query_integers(call->work.connection,
                             "SELECT id FROM {clock} WHERE tenant = $1 AND stopped_at IS NULL AND id > $2 "
                             "ORDER BY id LIMIT 200",
                             values, 2, ids, RECKON_SLICE, count);
}

/* The row of the flow's table that the clock was started by. */
static const gs_clock_spec *spec_of(const gs_host *host, const govsvc_clock *clock)
{
    static const gs_clock_spec none = {.timer = ""};
    const gs_flow *flow = gs_flow_of(host, clock->subject_kind);
    for (const gs_clock_spec *spec = flow ? flow->clocks : NULL; spec && spec->kind; spec++)
        if (strcmp(spec->kind, clock->kind) == 0)
            return spec;
    return &none;
}

/* The case's own due date goes with the end of the clock that leads it. */
static govsvc_status move_wait(gs_call *call, gs_row *clock_row)
{
    const govsvc_clock *clock = clock_row->at;
    const gs_flow *flow = gs_flow_of(call->host, clock->subject_kind);
    gs_row *row;
    if (!flow || !flow->waits)
        return GOVSVC_OK;
    govsvc_status status = gs_row_load_under(&call->work, gs_table_of(call->host, flow->record),
                                             clock->tenant, clock->subject, &row);
    if (status)
        return status;
    const gs_row *const moved[] = {clock_row};
    gs_set_wait(flow, row, *(int64_t *)((char *)row->at + flow->record->state), moved, 1);
    return gs_save(call, row, "reckon");
}

static govsvc_status reckon_anew(gs_call *call, int64_t tenant, int64_t id)
{
    gs_row *row;
    govsvc_status status = gs_row_load_under(&call->work, clock_table(call), tenant, id, &row);
    if (!status)
        status = gs_row_open(row, false);
    if (status)
        return status;
    govsvc_clock *clock = row->at;
    int64_t due = clock->due_at;
    status = reckon(call, clock);
    if (status || clock->due_at == due)
        return status;
    status = reckon_timer(call, spec_of(call->host, clock), clock);
    if (!status)
        status = save_alone(call, row, "reckon");
    return status ? status : move_wait(call, row);
}

/* A slice of every tenant's clocks, as far as the shortest of them reaches. */
govsvc_status gs_clocks_follow_notice(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark,
                                      bool *again)
{
    int64_t ids[2][RECKON_SLICE], tenants[2], last = INT64_MAX;
    size_t counts[2], tenant_count = gs_tenants(&call->work, tenants);
    govsvc_status status = GOVSVC_OK;
    (void)entry;
    for (size_t t = 0; t < tenant_count && !status; t++) {
        status = running_ids(call, tenants[t], *mark, ids[t], &counts[t]);
        if (!status && counts[t] == RECKON_SLICE && ids[t][RECKON_SLICE - 1] < last)
            last = ids[t][RECKON_SLICE - 1];
    }
    for (size_t t = 0; t < tenant_count && !status; t++)
        for (size_t i = 0; i < counts[t] && ids[t][i] <= last && !status; i++)
            status = reckon_anew(call, tenants[t], ids[t][i]);
    *mark = last;
    *again = last != INT64_MAX;
    return status;
}
