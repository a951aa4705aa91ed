/* lib/application/report.c - steps that a department's own system took, as it reports them. */
#include "application/application.h"

#include <string.h>

/* ---- what is reported ---------------------------------------------------------------------------------- */

static govsvc_status find_application(gs_call *call, const govsvc_step_report *in, gs_row **out)
{
    int64_t id = in->id;
    const gs_table *table = gs_table_of(call->host, &gs_record_application);
    if (!id && !in->number)
        return gs_refuse(call, "/id", "required", NULL, NULL);
    if (!id) {
        govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_application)),
                                 gs_text(in->number)};
        govsvc_status status = gs_query_integer(call->work.connection, table->number_sql, values, 2, &id);
        if (status == GOVSVC_NOT_FOUND)
            return gs_problem_add(
                call->work.problems,
                &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = "/number", .rule = "exists"});
        if (status)
            return status;
    }
    return gs_load_readable(call, &gs_record_application, id, out);
}

/* A step of an application that somebody takes: what the law does of itself is nobody's to report. */
static const gs_operation *step_named(gs_call *call, const char *action)
{
    const char *name = gs_arena_print(call->work.arena, "application.%s", action);
    const gs_operation *found = name ? gs_operation_find(call->host, name) : NULL;
    if (!found || found->kind != GS_STEP || found->flow != &gs_flow_application)
        return NULL;
    uint32_t roles = 0;
    for (const gs_transition *at = found->flow->transitions; at->action; at++)
        roles |= strcmp(at->action, action) == 0 ? at->roles : 0;
    return roles == GS_ROLE_SYSTEM ? NULL : found;
}

static govsvc_status read_step(gs_call *call, const gs_operation *operation, int64_t id, void **out)
{
    const govsvc_step_report *in = call->in;
    const char *text = in->step ? in->step : "{}";
    void *step = gs_arena_alloc(call->work.arena, operation->in->size);
    if (!step)
        return GOVSVC_NO_MEMORY;
    gs_record_init(operation->in, step);
    govsvc_status status =
        gs_json_read(operation->in, text, strlen(text), step, call->work.arena, call->work.problems, NULL);
    if (status)
        return status;
    ((govsvc_step *)step)->id = id;
    ((govsvc_step *)step)->revision = GOVSVC_ABSENT;
    ((govsvc_step *)step)->request_key = NULL;
    gs_record_check(operation->in, step, "/step", call->work.problems);
    *out = step;
    return gs_problems_status(call->work.problems);
}

/* ---- when it happened ---------------------------------------------------------------------------------- */

static govsvc_status last_event(gs_call *call, const gs_row *row, int64_t *at)
{
    govsvc_value values[] = {gs_integer(gs_row_head(row)->tenant), gs_integer(gs_row_head(row)->id)};
    return gs_query_integer(call->work.connection,
                            "SELECT max(occurred_at) FROM {journal_entry} WHERE tenant = $1 AND subject = $2 "
                            "AND action <> 'read'",
                            values, 2, at);
}

static const char *time_text(gs_call *call, int64_t at)
{
    gs_buffer text = {.arena = call->work.arena};
    gs_json_time(&text, at);
    return text.text;
}

/* Not in the future, and not before what is on record: a case's own time never goes back. */
static govsvc_status check_time(gs_call *call, const gs_row *row)
{
    const govsvc_step_report *in = call->in;
    int64_t last;
    govsvc_status status = last_event(call, row, &last);
    if (status)
        return status;
    if (in->occurred_at <= call->work.now && in->occurred_at >= last)
        return GOVSVC_OK;
    bool future = in->occurred_at > call->work.now;
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.field = "/occurred_at",
                                            .rule = future ? "future" : "order",
                                            .expected = time_text(call, future ? call->work.now : last),
                                            .got = time_text(call, in->occurred_at)});
}

/* What is said to have been in time, but said only after the end: somebody is to look at it. */
static govsvc_status look_out(gs_call *call, const gs_row *row)
{
    const govsvc_step_report *in = call->in;
    const govsvc_application *application = row->at;
    int64_t late;
    govsvc_value values[] = {gs_integer(application->tenant), gs_integer(application->id),
                             gs_integer(in->occurred_at), gs_integer(call->work.now)};
    govsvc_status status =
        gs_query_integer(call->work.connection,
                         "SELECT id FROM {clock} WHERE tenant = $1 AND subject = $2 AND stopped_at = $3 AND "
                         "due_at <= $4 AND state = 'met' LIMIT 1",
                         values, 4, &late);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    const govsvc_alert what = {.struct_size = sizeof what,
                               .severity = GOVSVC_SEVERITY_WARNING,
                               .subject = application->id,
                               .rule = "application.reported_late",
                               .subject_kind = "application",
                               .organ = application->organ,
                               .division = application->division,
                               .text = "环节在期限届满后报送，而报送的发生时间在期限之内"};
    return gs_alert_raise(call, &what);
}

/* ---- the report ---------------------------------------------------------------------------------------- */

static govsvc_status keep_number(gs_call *call, const govsvc_step_report *in, gs_row *row)
{
    govsvc_application *application = row->at;
    if (!in->external_number ||
        (application->external_number && strcmp(application->external_number, in->external_number) == 0))
        return GOVSVC_OK;
    application->external_number = in->external_number;
    return gs_save(call, row, "link");
}

govsvc_status gs_application_report(gs_call *call)
{
    const govsvc_step_report *in = call->in;
    gs_row *row;
    void *step;
    govsvc_status status = find_application(call, in, &row);
    const gs_operation *operation = status ? NULL : step_named(call, in->action);
    if (!status && !operation)
        status = gs_refuse(call, "/action", "exists", NULL, in->action);
    if (!status)
        status = read_step(call, operation, gs_row_head(row)->id, &step);
    if (!status)
        status = check_time(call, row);
    if (status)
        return status;
    gs_call own = *call;
    own.operation = operation;
    own.in = step;
    own.occurred_at = in->occurred_at;
    status = keep_number(&own, in, row);
    if (!status)
        status = gs_step(&own);
    call->out = own.out;
    call->subject = own.subject;
    call->outcome = own.outcome;
    call->guarded = own.guarded;
    return status ? status : look_out(call, row);
}
