/* lib/hardcase/find.c - hard cases within the reader's scope, and what keeps coming up.
 *
 * Whose cases are only their own, or only their organ's, are found by that; the others in order of identifier.
 */
#include "hardcase/hardcase.h"

#include <string.h>

/* ---- within the scope ----------------------------------------------------------------------------------- */

enum { PERSON = GS_ROLE_APPLICANT | GS_ROLE_AGENT };

/* What an actor reaches: beside the scopes of their roles in office, their own. */
typedef struct reach {
    gs_reach office;
    const char *owner; /* "": nobody's */
} reach;

static reach reach_of(const gs_actor *actor, uint32_t roles)
{
    reach out = {.owner = actor->roles & roles & PERSON ? gs_own_account(actor) : ""};
    gs_reach_of(actor, roles, &out.office);
    return out;
}

static bool in_division(const reach *of)
{
    return of->office.all || *of->office.division.to;
}

/* ---- finding -------------------------------------------------------------------------------------------- */

#define FIND "SELECT id FROM {hard_case} WHERE tenant = $1 AND "
#define REST(after, from, to, state, cause, organ, matter)                                                   \
    " AND id > $" #after " AND division >= $" #from " AND division <= $" #to " AND (state = $" #state        \
    " OR $" #state " = '') AND (cause = $" #cause " OR $" #cause " = '') AND (organ = $" #organ              \
    " OR $" #organ " = '') AND (matter = $" #matter " OR $" #matter " = '') ORDER BY id LIMIT 200"
static const char of_owner[] = FIND "owner = $2" REST(3, 4, 5, 6, 7, 8, 9);
static const char of_organ[] = FIND "assigned_organ = $2" REST(3, 4, 5, 6, 7, 8, 9);
static const char of_all[] = FIND "(owner = $2 OR (division >= $3 AND division <= $4) OR assigned_organ = $5 "
                                  "OR $6 = 1)" REST(7, 8, 9, 10, 11, 12, 13);

enum { VALUES_MAX = 16 };

/* What comes before the conditions of the query; answers how many. */
static size_t scope_values(gs_call *call, const reach *of, const char **sql, govsvc_value *values)
{
    bool wide = in_division(of) || (*of->owner && *of->office.organ);
    values[0] = gs_integer(call->work.tenant);
    values[1] = gs_text(*of->owner || wide ? of->owner : of->office.organ);
    *sql = wide ? of_all : *of->owner ? of_owner : of_organ;
    if (!wide)
        return 2;
    values[2] = gs_text(of->office.division.from);
    values[3] = gs_text(of->office.division.to);
    values[4] = gs_text(of->office.organ);
    values[5] = gs_integer(of->office.all);
    return 6;
}

static govsvc_status find_ids(gs_call *call, size_t limit, int64_t *ids, size_t *count)
{
    const govsvc_hard_case_query *in = call->in;
    const reach of = reach_of(call->actor, gs_record_hard_case.readers);
    gs_division_span within;
    const char *sql;
    govsvc_value values[VALUES_MAX];
    size_t at = scope_values(call, &of, &sql, values);
    gs_division_span_of(in->division, &within);
    values[at++] = gs_integer(in->after);
    values[at++] = gs_text(within.from);
    values[at++] = gs_text(within.to);
    values[at++] = gs_text(in->state ? gs_name_of(gs_hard_case_state_names, in->state) : "");
    values[at++] = gs_text(in->cause ? gs_name_of(gs_cause_names, in->cause) : "");
    values[at++] = gs_text(in->organ ? in->organ : "");
    values[at++] = gs_text(in->matter ? in->matter : "");
    return gs_query_integers(call->work.connection, sql, values, at, ids, limit, count);
}

govsvc_status gs_hard_case_find(gs_call *call)
{
    const govsvc_hard_case_query *in = call->in;
    govsvc_hard_case_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    gs_found found;
    const gs_record *record = &gs_record_hard_case;
    govsvc_status status =
        page ? gs_find_page(call, record, record->readers, in->limit, find_ids, &found) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *page = (govsvc_hard_case_page){.struct_size = sizeof *page,
                                    .next = found.next,
                                    .cases = (const govsvc_hard_case *const *)found.items,
                                    .case_count = found.count};
    call->out = page;
    return GOVSVC_OK;
}

/* ---- causes --------------------------------------------------------------------------------------------- */

/* The columns are those of govsvc_hard_case_cause, in order. */
static const char count_causes[] =
    "SELECT cause, count(*), sum(CASE WHEN answer = 'resolved' THEN 1 ELSE 0 END), "
    "sum(CASE WHEN reopened = 1 THEN 1 ELSE 0 END), "
    "sum(CASE WHEN proposal_matter IS NOT NULL THEN 1 ELSE 0 END), matter, min(matter_name) "
    "FROM {hard_case} WHERE tenant = $1 AND cause IS NOT NULL AND "
    "((division >= $2 AND division <= $3) OR assigned_organ = $4 OR $5 = 1) AND division >= $6 AND "
    "division <= $7 AND registered_at >= $8 AND registered_at < $9 GROUP BY cause, matter "
    "HAVING count(*) >= $10 ORDER BY cause, matter LIMIT 1001";

static govsvc_status query_causes(gs_call *call, gs_rows *rows)
{
    const govsvc_hard_case_causes_request *in = call->in;
    gs_reach office;
    gs_division_span within;
    gs_reach_of(call->actor, GS_CAUSES_READERS, &office);
    gs_division_span_of(in->division, &within);
    govsvc_value values[] = {gs_integer(call->work.tenant),
                             gs_text(office.division.from),
                             gs_text(office.division.to),
                             gs_text(office.organ),
                             gs_integer(office.all),
                             gs_text(within.from),
                             gs_text(within.to),
                             gs_integer(in->from),
                             gs_integer(in->until == GOVSVC_ABSENT ? INT64_MAX : in->until),
                             gs_integer(in->least == GOVSVC_ABSENT ? 1 : in->least)};
    return gs_query(call->work.connection, count_causes, values, sizeof values / sizeof *values, rows);
}

govsvc_status gs_hard_case_causes(gs_call *call)
{
    enum { COLUMNS = 7 };
    gs_arena *arena = call->work.arena;
    govsvc_hard_case_tally *out = gs_arena_alloc(arena, sizeof *out);
    const govsvc_hard_case_cause **causes = gs_arena_array(arena, GS_CAUSES_MAX, sizeof *causes);
    govsvc_value row[COLUMNS];
    gs_rows rows;
    if (!out || !causes)
        return GOVSVC_NO_MEMORY;
    if (!(call->actor->roles & GS_CAUSES_READERS))
        return gs_denied(call->work.problems, GS_CAUSES_READERS, false);
    *out = (govsvc_hard_case_tally){.struct_size = sizeof *out, .more = GOVSVC_NO, .causes = causes};
    govsvc_status status = query_causes(call, &rows);
    while (!status && out->more == GOVSVC_NO && !(status = gs_rows_next(&rows, row, COLUMNS))) {
        govsvc_hard_case_cause *cause =
            out->cause_count < GS_CAUSES_MAX ? gs_arena_alloc(arena, sizeof *cause) : NULL;
        out->more = out->cause_count == GS_CAUSES_MAX ? GOVSVC_YES : GOVSVC_NO;
        if (out->more == GOVSVC_YES)
            break;
        status = cause ? gs_record_decode(&gs_record_hard_case_cause, row, cause, arena) : GOVSVC_NO_MEMORY;
        causes[out->cause_count++] = cause;
    }
    gs_rows_done(&rows);
    call->out = out;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}
