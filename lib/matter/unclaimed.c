/* lib/matter/unclaimed.c - a matter that is to be claimed within a limit, and the divisions that have not.
 *
 * May use: claim.h, alert, reference.
 */
#include "matter/claim.h"

#include <string.h>

#include "alert/alert.h"
#include "reference/reference.h"

static const char rule[] = "matter.unclaimed";

govsvc_status gs_claiming_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter = row->at;
    (void)call;
    limit->amount = matter->claim_amount;
    limit->unit = matter->claim_unit;
    return GOVSVC_OK;
}

/* ---- alerts ------------------------------------------------------------------------------------------ */

typedef struct division {
    const char *code;
    const char *name;
} division;

enum { DIVISIONS_MAX = 20000 };

/* Divisions of a level, below the matter's own, in which nobody has it in force: by its basic code, so that a claim
 * of a claim counts. */
static govsvc_status find_unclaimed(gs_call *call, const govsvc_matter *matter, int64_t level, division *out,
                                    size_t *count)
{
    gs_division_span within;
    gs_division_span_of(matter->division, &within);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_division)), gs_integer(level),
                             gs_text(within.from), gs_text(within.to),
                             gs_text(matter->basic_code ? matter->basic_code : "")},
                 row[2];
    gs_rows rows;
    govsvc_status status = gs_query(
        call->work.connection,
        "SELECT code, name FROM {division} d WHERE tenant = $1 AND level = $2 AND code >= $3 AND code <= $4 "
        "AND NOT EXISTS (SELECT 1 FROM {matter} m WHERE m.tenant = d.tenant AND m.basic_code = $5 AND "
        "m.state = 'effective' AND m.division = d.code) AND NOT EXISTS (SELECT 1 FROM {matter} m WHERE "
        "m.tenant = d.tenant AND m.basic_code = $5 AND m.state = 'published' AND m.division = d.code) "
        "ORDER BY code",
        values, 5, &rows);
    while (!status && *count < DIVISIONS_MAX && !(status = gs_rows_next(&rows, row, 2)))
        out[(*count)++] = (division){gs_arena_copy(call->work.arena, row[0].as.bytes, row[0].size),
                                     gs_arena_copy(call->work.arena, row[1].as.bytes, row[1].size)};
    gs_rows_done(&rows);
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* Alerts about any version of a matter with this basic code. */
static govsvc_status find_alerts(gs_call *call, const char *basic_code, const char *where, int64_t *subjects,
                                 size_t room, size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_alert)), gs_text(where),
                             gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                             gs_text(basic_code ? basic_code : "")};
    return gs_query_integers(
        call->work.connection,
        "SELECT a.subject FROM {alert} a JOIN {matter} m ON m.id = a.subject WHERE a.tenant = $1 "
        "AND a.division = $2 AND a.rule = 'matter.unclaimed' AND a.closed_at IS NULL AND "
        "a.state IN ('raised', 'acknowledged', 'explained') AND m.tenant = $3 AND "
        "m.basic_code = $4",
        values, 4, subjects, room, count);
}

/* A version before it may have warned already. */
static govsvc_status warn(gs_call *call, const govsvc_matter *matter, const division *of)
{
    int64_t open;
    size_t count = 0;
    govsvc_status status = find_alerts(call, matter->basic_code, of->code, &open, 1, &count);
    if (status || count)
        return status;
    const char *text = gs_arena_print(call->work.arena, "%s（%s）在认领时限内尚未认领“%s”", of->name,
                                      of->code, matter->name);
    const govsvc_alert what = {.struct_size = sizeof what,
                               .severity = GOVSVC_SEVERITY_WARNING,
                               .subject = matter->id,
                               .rule = rule,
                               .subject_kind = "matter",
                               .division = of->code,
                               .text = text};
    return text ? gs_alert_raise(call, &what) : GOVSVC_NO_MEMORY;
}

/* The levels of divisions begin with the region's, those of matters with the nation's. */
static int64_t division_level(const char *claim_level)
{
    return gs_name_value(gs_level_names, claim_level) - 1;
}

govsvc_status gs_matter_remind(gs_call *call, gs_row *row)
{
    const govsvc_matter *matter = row->at;
    division *divisions = gs_arena_array(call->work.arena, DIVISIONS_MAX, sizeof *divisions);
    size_t count = 0;
    govsvc_status status = divisions ? gs_row_open(row, false) : GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < matter->claim_level_count && !status; i++)
        status = find_unclaimed(call, matter, division_level(matter->claim_levels[i]), divisions, &count);
    if (!status)
        status = gs_guard(call);
    for (size_t i = 0; i < count && !status; i++)
        status = warn(call, matter, &divisions[i]);
    return status;
}

/* ---- and their end ----------------------------------------------------------------------------------- */

govsvc_status gs_claim_resolve_alerts(gs_call *call, govsvc_matter *matter)
{
    int64_t subjects[20];
    size_t count = 0;
    if (!matter->source)
        return GOVSVC_OK;
    govsvc_status status = find_alerts(call, matter->basic_code, matter->division, subjects,
                                       sizeof subjects / sizeof *subjects, &count);
    if (!status && count)
        status = gs_guard(call);
    for (size_t i = 0; i < count && !status; i++)
        status = gs_alert_resolve(call, rule, subjects[i], matter->division);
    return status;
}

typedef struct warned {
    int64_t subject;
    const char *division;
} warned;

/* Open alerts about any version of a code. */
static govsvc_status find_warned(gs_call *call, const char *code, warned *out, size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(code),
                             gs_integer(gs_tenant_of(&call->work, &gs_record_alert))},
                 row[2];
    gs_rows rows;
    govsvc_status status =
        gs_query(call->work.connection,
                 "SELECT a.subject, a.division FROM {matter} m JOIN {alert} a ON a.subject = m.id WHERE "
                 "m.tenant = $1 AND m.code = $2 AND a.tenant = $3 AND a.rule = 'matter.unclaimed' AND "
                 "a.closed_at IS NULL",
                 values, 3, &rows);
    while (!status && *count < DIVISIONS_MAX && !(status = gs_rows_next(&rows, row, 2)))
        out[(*count)++] =
            (warned){row[0].as.integer, gs_arena_copy(call->work.arena, row[1].as.bytes, row[1].size)};
    gs_rows_done(&rows);
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

govsvc_status gs_matter_repeal(gs_call *call, gs_row *row)
{
    const govsvc_matter *matter = row->at;
    warned *alerts = gs_arena_array(call->work.arena, DIVISIONS_MAX, sizeof *alerts);
    size_t count = 0;
    govsvc_status status = alerts ? gs_matter_may(call, matter->organ) : GOVSVC_NO_MEMORY;
    if (!status)
        status = find_warned(call, matter->code, alerts, &count);
    if (!status && count)
        status = gs_guard(call);
    for (size_t i = 0; i < count && !status; i++)
        status = gs_alert_resolve(call, rule, alerts[i].subject, alerts[i].division);
    return status;
}
