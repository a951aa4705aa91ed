/* lib/api/tick.c - what happens of itself: due timers, the sequence of a server's journal, followers. */
#include "api/upkeep.h"

#include <string.h>

#include "alert/alert.h"
#include "reference/reference.h"

/* ---- tick: timers ------------------------------------------------------------------------------------ */

typedef struct due_timer {
    int64_t tenant;
    int64_t clock;
    int64_t subject;
    int64_t at;
    const gs_flow *flow;
    const gs_clock_spec *spec;
} due_timer;

typedef struct due_timers {
    due_timer *items;
    size_t count, room;
} due_timers;

static const gs_clock_spec *spec_of(const gs_flow *flow, const govsvc_value *kind)
{
    for (const gs_clock_spec *spec = flow->clocks; spec->kind; spec++) {
        govsvc_value own = gs_text(spec->kind);
        if (gs_value_equal(&own, kind))
            return spec;
    }
    return NULL;
}

/* The clocks of a flow stand under the tenant of its record: the region's where tenants share it. */
static govsvc_status find_due(gs_call *call, const gs_flow *flow, due_timers *due)
{
    int64_t tenant = gs_tenant_of(&call->work, flow->record);
    govsvc_value values[] = {gs_integer(tenant), gs_integer(call->work.now), gs_text(flow->record->name),
                             gs_integer((int64_t)(due->room - due->count))},
                 row[4];
    gs_rows rows;
    govsvc_status status =
        gs_query(call->work.connection,
                 "SELECT id, subject, timer_at, kind FROM {clock} WHERE tenant = $1 AND timer_at <= $2 AND "
                 "subject_kind = $3 AND (state = 'running' OR unit IS NULL) ORDER BY timer_at LIMIT $4",
                 values, 4, &rows);
    while (!status && due->count < due->room && !(status = gs_rows_next(&rows, row, 4)))
        due->items[due->count++] = (due_timer){
            tenant, row[0].as.integer, row[1].as.integer, row[2].as.integer, flow, spec_of(flow, &row[3])};
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status find_all_due(gs_call *call, due_timers *due)
{
    govsvc_status status = GOVSVC_OK;
    for (const gs_service *const *service = call->host->services; *service; service++)
        for (const gs_flow *const *flow = (*service)->flows; flow && *flow && !status; flow++)
            if ((*flow)->clocks && due->count < due->room)
                status = find_due(call, *flow, due);
    return status;
}

/* What a transaction of its own needs: a connection, and a place for its memory. */
static govsvc_status begin_own(gs_call *own, govsvc_session *session, bool write)
{
    gs_connection *connection;
    govsvc_status status = gs_session_begin(session);
    if (!status)
        status = gs_store_acquire(session->gs->store, &connection);
    if (status)
        return status;
    if (write)
        status = gs_ids_lease(session->gs, connection);
    if (!status)
        status = gs_begin(connection, write);
    if (status)
        gs_store_release(connection);
    else
        gs_call_init(own, session, connection, session->scratch);
    return status;
}

static govsvc_status end_own(gs_call *own, govsvc_status status)
{
    if (!status)
        status = gs_commit(own->work.connection);
    gs_store_release(own->work.connection);
    return status;
}

static bool refused(govsvc_status status)
{
    return status == GOVSVC_INVALID || status == GOVSVC_NOT_FOUND || status == GOVSVC_DENIED ||
           status == GOVSVC_STATE;
}

/* A timer whose step is refused would be due for ever. */
static govsvc_status disarm(govsvc_session *session, const due_timer *timer)
{
    gs_call own;
    govsvc_status status = begin_own(&own, session, true);
    if (status)
        return status;
    status = gs_clock_disarm(&own, timer->tenant, timer->clock, timer->at);
    status = end_own(&own, status);
    if (!status && own.outcome == GS_CHANGED)
        gs_log(session->gs, GOVSVC_LOG_WARNING, "a timer's step was refused; the timer is off");
    return status;
}

/* What the flow does of itself. */
static govsvc_status step(govsvc_session *session, const due_timer *timer)
{
    govsvc_status status = gs_session_begin(session);
    const gs_operation *operation = NULL;
    if (timer->spec && timer->spec->timer)
        operation = gs_operation_find(&session->gs->host, timer->spec->timer);
    govsvc_step in = {sizeof in, timer->subject, GOVSVC_ABSENT, NULL, NULL};
    gs_answer answer = {.result = NULL};
    if (!status)
        status = operation ? gs_operate_made(session, operation, &in, timer->at, &answer) : GOVSVC_STATE;
    govsvc_free(answer.result);
    return refused(status) ? disarm(session, timer) : status;
}

/* Who is answerable for the case is told: before its end a warning, at its end a red card. */
static govsvc_status raise(gs_call *call, const due_timer *timer, const govsvc_clock *clock)
{
    const gs_record *record = timer->flow->record;
    const gs_table *table = gs_table_of(call->host, record);
    bool over = clock->timer_at == GOVSVC_ABSENT;
    gs_row *row;
    govsvc_status status = gs_row_load_under(&call->work, table, timer->tenant, timer->subject, &row);
    if (status)
        return status;
    const govsvc_alert what = {
        .struct_size = sizeof what,
        .severity = over ? GOVSVC_SEVERITY_RED : GOVSVC_SEVERITY_YELLOW,
        .subject = timer->subject,
        .rule = gs_arena_print(call->work.arena, "%s.%s", timer->spec->alert, over ? "overdue" : "due_soon"),
        .subject_kind = record->name,
        .organ = gs_text_at(row->at, record->organ),
        .division = clock->division,
        .text = gs_arena_print(call->work.arena, over ? "%s已于 %s 届满" : "%s将于 %s 届满",
                               timer->spec->title, clock->due_date),
        .basis = clock->basis};
    return what.rule && what.text ? gs_alert_raise(call, &what) : GOVSVC_NO_MEMORY;
}

static govsvc_status ring(govsvc_session *session, const due_timer *timer)
{
    gs_call own;
    const govsvc_clock *clock;
    govsvc_status status = begin_own(&own, session, true);
    if (status)
        return status;
    status = gs_clock_ring(&own, timer->tenant, timer->clock, timer->at, &clock);
    if (!status && clock)
        status = raise(&own, timer, clock);
    return end_own(&own, status);
}

static govsvc_status fire(govsvc_session *session, const due_timer *timer)
{
    return timer->spec && timer->spec->alert ? ring(session, timer) : step(session, timer);
}

/* On a server another tick may be at the same work: it goes on there, and here the next time. */
static govsvc_status give_way(const govsvc *gs, govsvc_status status, govsvc_tick_report *report)
{
    bool met = status == GOVSVC_EXISTS || status == GOVSVC_CONFLICT || status == GOVSVC_BUSY;
    if (!met || gs_driver_embedded(gs_store_driver(gs->store)))
        return status;
    report->more = GOVSVC_YES;
    return GOVSVC_OK;
}

static govsvc_status find_now(govsvc_session *session, due_timers *due)
{
    gs_call own;
    govsvc_status status = begin_own(&own, session, false);
    due->count = 0;
    return status ? status : end_own(&own, find_all_due(&own, due));
}

static govsvc_status fire_all(govsvc_session *session, const due_timers *due, govsvc_tick_report *report)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < due->count && !status; i++) {
        status = fire(session, &due->items[i]);
        report->timers += !status;
        status = give_way(session->gs, status, report);
    }
    return status;
}

/* What one timer brings about may be due by now, too. */
static govsvc_status fire_timers(gs_call *call, govsvc_session *session, int64_t limit,
                                 govsvc_tick_report *report)
{
    due_timers due = {gs_arena_array(call->work.arena, (size_t)limit, sizeof *due.items), 0, (size_t)limit};
    govsvc_status status = due.items ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    for (bool again = true; again && !status;) {
        int64_t before = report->timers;
        due.room = (size_t)(limit - before);
        status = find_now(session, &due);
        if (!status)
            status = fire_all(session, &due, report);
        again = report->timers > before && report->timers < limit;
    }
    if (report->timers >= limit)
        report->more = GOVSVC_YES;
    return status;
}

/* ---- tick: sequence and followers -------------------------------------------------------------------- */

typedef struct place {
    int64_t position;
    int64_t mark;
} place;

static govsvc_status read_place(gs_call *call, const char *name, place *out)
{
    govsvc_value values[] = {gs_integer(call->work.tenant), gs_text(name)}, row[2];
    gs_rows rows;
    *out = (place){0, 0};
    govsvc_status status =
        gs_query(call->work.connection, "SELECT place, mark FROM {follower} WHERE tenant = $1 AND name = $2",
                 values, 2, &rows);
    if (!status)
        status = gs_rows_next(&rows, row, 2);
    if (!status)
        *out = (place){row[0].as.integer, row[1].as.integer};
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status write_place(gs_call *call, const char *name, const place *at)
{
    int64_t changed = 0;
    govsvc_value values[] = {gs_integer(at->position), gs_integer(at->mark), gs_integer(call->work.tenant),
                             gs_text(name)};
    govsvc_status status = gs_execute(
        call->work.connection, "UPDATE {follower} SET place = $1, mark = $2 WHERE tenant = $3 AND name = $4",
        values, 4, &changed);
    if (status || changed)
        return status;
    govsvc_value fresh[] = {gs_integer(gs_next_id(gs_handle_of(call))), gs_integer(call->work.tenant),
                            gs_text(name), gs_integer(at->position), gs_integer(at->mark)};
    return gs_execute(call->work.connection,
                      "INSERT INTO {follower} (id, tenant, name, place, mark) VALUES ($1, $2, $3, $4, $5)",
                      fresh, 5, NULL);
}

static govsvc_status follow_entries(gs_call *call, const gs_follower *follower, int64_t tenant, int64_t limit,
                                    place *at, int64_t *done)
{
    gs_entries entries;
    bool again = false;
    govsvc_status status = gs_journal_read(&call->work, tenant, at->position, limit, &entries);
    for (size_t i = 0; !status && i < entries.count && !again; i++) {
        const govsvc_journal_entry *entry = entries.items[i];
        if (strcmp(entry->kind, follower->kind) == 0)
            status = follower->follow(call, entry, &at->mark, &again);
        if (!again)
            *at = (place){entry->position, 0};
        ++*done;
    }
    return status;
}

/* One slice of one follower, its place kept in the same transaction. */
static govsvc_status follow(govsvc_session *session, const gs_follower *follower, int64_t tenant,
                            int64_t limit, govsvc_tick_report *report)
{
    gs_call own;
    gs_shared_calendar *calendar = NULL;
    place at;
    int64_t done = 0;
    govsvc_status status = begin_own(&own, session, true);
    if (status)
        return status;
    const char *name = tenant == GOVSVC_ABSENT
                           ? follower->name
                           : gs_arena_print(own.work.arena, "%s:%d", follower->name, (int)tenant);
    status = name ? gs_calendar_take(&own, &calendar) : GOVSVC_NO_MEMORY;
    if (!status) {
        own.calendar = calendar->calendar;
        status = read_place(&own, name, &at);
    }
    int64_t before = gs_writes(own.work.connection);
    if (!status)
        status = follow_entries(&own, follower, tenant, limit, &at, &done);
    if (follower->chain && gs_writes(own.work.connection) != before)
        report->more = GOVSVC_YES;
    if (!status && done)
        status = write_place(&own, name, &at);
    gs_calendar_give(session->gs, calendar);
    status = end_own(&own, status);
    if (!status)
        report->entries += done;
    if (done >= limit || (!status && at.mark)) /* or it is within an entry still */
        report->more = GOVSVC_YES;
    return status;
}

static govsvc_status sequence(govsvc_session *session, int64_t tenant, int64_t limit,
                              govsvc_tick_report *report)
{
    gs_call own;
    int64_t given = 0;
    govsvc_status status = begin_own(&own, session, true);
    if (!status)
        status = end_own(&own, gs_journal_sequence(&own.work, tenant, limit, &given));
    if (given >= limit)
        report->more = GOVSVC_YES;
    return status;
}

static govsvc_status run_followers(govsvc_session *session, int64_t tenant, int64_t limit,
                                   govsvc_tick_report *report)
{
    govsvc_status status = GOVSVC_OK;
    for (const gs_service *const *service = session->gs->host.services; *service && !status; service++)
        for (const gs_follower *at = (*service)->followers; at && at->name && !status; at++)
            status = give_way(session->gs, follow(session, at, tenant, limit, report), report);
    return status;
}

/* An embedded store is read whole; on a server each tenant's journal has its own positions, and the
 * region's holds what its tenants share. */
static govsvc_status catch_up(gs_call *call, govsvc_session *session, int64_t limit,
                              govsvc_tick_report *report)
{
    govsvc *gs = session->gs;
    if (gs_driver_embedded(gs_store_driver(gs->store)))
        return run_followers(session, GOVSVC_ABSENT, limit, report);
    int64_t tenants[2];
    size_t count = gs_tenants(&call->work, tenants);
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < count && !status; i++) {
        status = give_way(gs, sequence(session, tenants[i], limit, report), report);
        if (!status)
            status = run_followers(session, tenants[i], limit, report);
    }
    return status;
}

govsvc_status gs_run_tick(gs_call *call)
{
    static const char *const roles[] = {"system"};
    const govsvc_actor actor = {.struct_size = sizeof actor,
                                .identity_level = GOVSVC_ABSENT,
                                .id = "system",
                                .roles = roles,
                                .role_count = 1};
    const govsvc_tick_request *in = call->in;
    int64_t limit = in->limit == GOVSVC_ABSENT ? 1000 : in->limit;
    govsvc_tick_report *report = gs_arena_alloc(call->work.arena, sizeof *report);
    govsvc_session *session = NULL;
    govsvc_status status = gs_allowed(call);
    if (!status)
        status = report ? govsvc_session_open(gs_handle_of(call), &actor, &session, NULL) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *report = (govsvc_tick_report){.struct_size = sizeof *report, .more = GOVSVC_NO};
    status = fire_timers(call, session, limit, report);
    if (!status)
        status = catch_up(call, session, limit, report);
    for (uint64_t i = 0; status && i < govsvc_problem_count(session); i++)
        gs_problem_add(call->work.problems, govsvc_problem_at(session, i));
    govsvc_session_close(session);
    call->out = report;
    return status;
}
