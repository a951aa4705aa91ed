/* lib/alert/alert.c - what is particular to alerts: one at a time for one thing, and what answers it. */
#include "alert/alert.h"

#include <string.h>

/* ---- raising and resolving ---------------------------------------------------------------------------- */

static govsvc_status find_open(gs_call *call, const char *rule, int64_t subject, const char *division,
                               const char *organ, gs_row **out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_alert)), gs_text(rule),
                             gs_integer(subject), gs_text(division), gs_text(organ ? organ : "")};
    return gs_row_find(&call->work, gs_table_of(call->host, &gs_record_alert),
                       "tenant = $1 AND rule = $2 AND subject = $3 AND division = $4 AND "
                       "(organ = $5 OR ($5 = '' AND organ IS NULL)) AND closed_at IS NULL",
                       values, 5, out);
}

govsvc_status gs_alert_raise(gs_call *call, const govsvc_alert *what)
{
    gs_row *row;
    govsvc_status status = find_open(call, what->rule, what->subject, what->division, what->organ, &row);
    if (status != GOVSVC_NOT_FOUND)
        return status;
    row = gs_row_new(&call->work, gs_table_of(call->host, &gs_record_alert));
    if (!row)
        return GOVSVC_NO_MEMORY;
    govsvc_alert *alert = row->at;
    alert->severity = what->severity;
    alert->subject = what->subject;
    alert->rule = what->rule;
    alert->subject_kind = what->subject_kind;
    alert->organ = what->organ;
    alert->division = what->division;
    alert->text = what->text;
    alert->basis = what->basis;
    return gs_take_step(call, row, "alert.raise", NULL);
}

govsvc_status gs_alert_resolve(gs_call *call, const char *rule, int64_t subject, const char *division)
{
    gs_row *row;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_alert)), gs_text(rule),
                             gs_integer(subject), gs_text(division)};
    govsvc_status status =
        gs_row_find(&call->work, gs_table_of(call->host, &gs_record_alert),
                    "tenant = $1 AND rule = $2 AND subject = $3 AND division = $4 AND closed_at IS NULL",
                    values, 4, &row);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    return gs_take_step(call, row, "alert.resolve", NULL);
}

/* ---- answering ---------------------------------------------------------------------------------------- */

static govsvc_status keep_opinion(gs_call *call, gs_row *row, const char *member)
{
    const govsvc_step *in = call->in;
    if (!in->opinion)
        return gs_refuse(call, "/opinion", "required", NULL, NULL);
    return gs_row_set_text(row, member, in->opinion);
}

static govsvc_status explain(gs_call *call, gs_row *row)
{
    return keep_opinion(call, row, "explanation");
}

static govsvc_status conclude(gs_call *call, gs_row *row)
{
    return keep_opinion(call, row, "finding");
}

/* ---- finding ------------------------------------------------------------------------------------------ */

static govsvc_status find_ids(gs_call *call, size_t limit, int64_t *ids, size_t *count)
{
    const govsvc_alert_query *in = call->in;
    const gs_record *record = &gs_record_alert;
    gs_reach reach;
    gs_division_span within;
    gs_reach_of(call->actor, record->readers, &reach);
    gs_division_span_of(in->division, &within);
    govsvc_value values[] = {
        gs_integer(gs_tenant_of(&call->work, record)),
        gs_integer(in->after),
        gs_integer(reach.all),
        gs_text(reach.division.from),
        gs_text(reach.division.to),
        gs_text(reach.organ),
        gs_text(within.from),
        gs_text(within.to),
        gs_text(in->rule ? in->rule : ""),
        gs_text(in->state ? gs_name_of(gs_record_field(record, "state")->names, in->state) : ""),
        gs_integer(in->severity),
        gs_integer(in->subject),
        gs_integer((int64_t)limit),
    };
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {alert} WHERE tenant = $1 AND id > $2 AND "
        "($3 = 1 OR (division >= $4 AND division <= $5) OR organ = $6) AND "
        "division >= $7 AND division <= $8 AND (rule = $9 OR $9 = '') AND (state = $10 OR $10 = '') AND "
        "(severity <> 'notice' OR $11 < 2) AND (severity <> 'warning' OR $11 < 3) AND "
        "(severity <> 'yellow' OR $11 < 4) AND (subject = $12 OR $12 = 0) ORDER BY id LIMIT $13",
        values, sizeof values / sizeof *values, ids, limit, count);
}

static govsvc_status find(gs_call *call)
{
    const govsvc_alert_query *in = call->in;
    govsvc_alert_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    gs_found found;
    const gs_record *record = &gs_record_alert;
    govsvc_status status =
        page ? gs_find_page(call, record, record->readers, in->limit, find_ids, &found) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *page = (govsvc_alert_page){.struct_size = sizeof *page,
                                .next = found.next,
                                .alerts = (const govsvc_alert *const *)found.items,
                                .alert_count = found.count};
    call->out = page;
    return GOVSVC_OK;
}

/* ---- the service -------------------------------------------------------------------------------------- */

#define AT(member) offsetof(govsvc_alert, member)
#define TO(name) GOVSVC_ALERT_##name
enum {
    ANSWERING = GS_ROLE_HANDLER | GS_ROLE_ACCEPTOR | GS_ROLE_REVIEWER | GS_ROLE_ORGAN_HEAD |
                GS_ROLE_CENTRE_SUPERVISOR,
    SUPERVISING = GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_GOVERNMENT_HEAD
};

/* clang-format off */
static const gs_transition transitions[] = {
    {0, "raise", TO(RAISED), GS_ROLE_SYSTEM, .stamp = AT(raised_at)},
    {TO(RAISED), "acknowledge", TO(ACKNOWLEDGED), ANSWERING, .stamp = AT(acknowledged_at)},
    {TO(RAISED), "explain", TO(EXPLAINED), ANSWERING, .stamp = AT(explained_at)},
    {TO(ACKNOWLEDGED), "explain", TO(EXPLAINED), ANSWERING, .stamp = AT(explained_at)},
    {TO(RAISED), "uphold", TO(UPHELD), SUPERVISING, .stamp = AT(closed_at)},
    {TO(ACKNOWLEDGED), "uphold", TO(UPHELD), SUPERVISING, .stamp = AT(closed_at)},
    {TO(EXPLAINED), "uphold", TO(UPHELD), SUPERVISING, .stamp = AT(closed_at)},
    {TO(RAISED), "dismiss", TO(DISMISSED), SUPERVISING, .stamp = AT(closed_at)},
    {TO(ACKNOWLEDGED), "dismiss", TO(DISMISSED), SUPERVISING, .stamp = AT(closed_at)},
    {TO(EXPLAINED), "dismiss", TO(DISMISSED), SUPERVISING, .stamp = AT(closed_at)},
    {TO(RAISED), "resolve", TO(RESOLVED), GS_ROLE_SYSTEM, .stamp = AT(closed_at)},
    {TO(ACKNOWLEDGED), "resolve", TO(RESOLVED), GS_ROLE_SYSTEM, .stamp = AT(closed_at)},
    {TO(EXPLAINED), "resolve", TO(RESOLVED), GS_ROLE_SYSTEM, .stamp = AT(closed_at)},
    {.action = NULL},
};
static const gs_flow flow = {.record = &gs_record_alert, .transitions = transitions};

#define STEP(action, label, function)                                                                        \
    {.name = "alert." action, .title = label, .in = &gs_record_step, .out = &gs_record_alert,                \
     .kind = GS_STEP, .flow = &flow, .substance = function}

static const gs_operation operations[] = {
    STEP("raise", "发出预警", NULL),
    STEP("resolve", "消除预警", NULL),
    STEP("acknowledge", "签收预警", NULL),
    STEP("explain", "说明预警", explain),
    STEP("uphold", "认定预警", conclude),
    STEP("dismiss", "排除预警", conclude),
    {.name = "alert.get", .title = "查询预警", .in = &gs_record_get_request, .out = &gs_record_alert, .kind = GS_GET,
     .roles = GS_ROLE_STAFF},
    {.name = "alert.find", .title = "查找预警", .in = &gs_record_alert_query, .out = &gs_record_alert_page, .kind = GS_RUN,
     .run = find, .roles = GS_ROLE_STAFF},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_alert, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_alert = {.records = records, .flows = flows, .operations = operations};
