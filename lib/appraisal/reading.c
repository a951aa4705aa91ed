/* lib/appraisal/reading.c - what is shown of appraisals, and to whom: one, a list, numbers.
 *
 * May use: appraisal.h. Whose an appraisal is stands sealed in its row; so who asks for their own is found by a keyed
 * digest, and the mechanism's own scope knows staff alone.
 */
#include "appraisal/appraisal.h"

#include <string.h>

static const gs_table *table_of(const gs_call *call)
{
    return gs_table_of(call->host, &gs_record_appraisal);
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* ---- one ----------------------------------------------------------------------------------------------- */

/* Opened; *own: it is the actor's. NOT_FOUND outside their scope. */
static govsvc_status load(gs_call *call, int64_t id, gs_row **out, bool *own)
{
    enum { PERSON = GS_ROLE_APPLICANT | GS_ROLE_AGENT };
    govsvc_status status = gs_row_load(&call->work, table_of(call), id, out);
    if (!status)
        status = gs_row_open(*out, true);
    if (status && status != GOVSVC_NOT_FOUND)
        return status;
    *own = !status && gs_roles_within(call->actor, PERSON, &gs_record_appraisal, (*out)->at);
    if (!status && (*own || gs_roles_within(call->actor, GS_ROLE_STAFF, &gs_record_appraisal, (*out)->at)))
        return GOVSVC_OK;
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = "/id", .rule = "exists"});
}

static bool tells_whose(const gs_field *field)
{
    return strcmp(field->name, "owner") == 0 || strcmp(field->name, "number") == 0;
}

static void hide(gs_call *call, govsvc_appraisal *appraisal, bool clear, bool whose)
{
    for (uint32_t i = 0; i < gs_record_appraisal.field_count; i++) {
        const gs_field *field = &gs_record_appraisal.fields[i];
        if (!gs_field_personal(field) || gs_field_absent(field, appraisal))
            continue;
        const char **text = gs_field_text(field, appraisal);
        if (tells_whose(field) && !whose)
            *text = NULL;
        else if (!clear)
            *text = gs_mask_text(field, *text, call->work.arena);
    }
}

/* The centre calls back whoever rated it, unless the centre is what they rated. */
static bool may_know_whose(const gs_call *call, const govsvc_appraisal *appraisal)
{
    bool centre = gs_roles_within(call->actor, GS_ROLE_HOTLINE_SEAT, &gs_record_appraisal, appraisal);
    return appraisal->anonymous == GOVSVC_NO || (centre && !same(call->actor->organ, appraisal->organ));
}

govsvc_status gs_run_appraisal_get(gs_call *call)
{
    const govsvc_get_request *in = call->in;
    gs_row *row;
    bool own;
    if (!in->id)
        return gs_refuse(call, "/id", "required", NULL, NULL);
    govsvc_status status = load(call, in->id, &row, &own);
    if (status)
        return status;
    call->out = row->at;
    if (own)
        return GOVSVC_OK;
    bool clear = gs_may_read_clear(call->actor, &gs_record_appraisal, row->at);
    hide(call, row->at, clear, may_know_whose(call, row->at));
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    return clear ? gs_journal_reading(call, row) : GOVSVC_OK;
}

govsvc_status gs_run_appraisal_deadline(gs_call *call)
{
    static const gs_actor reader = {.id = "system", .roles = GS_ROLE_SYSTEM};
    const govsvc_deadline_request *in = call->in;
    gs_call own_call = *call;
    gs_row *row;
    bool own;
    govsvc_status status = load(call, in->id, &row, &own);
    own_call.actor = &reader; /* the actor may read it: that was seen */
    if (!status)
        status = gs_deadline(&own_call);
    call->out = own_call.out;
    return status;
}

/* ---- lists --------------------------------------------------------------------------------------------- */

enum { MOST = 200 };

typedef struct page {
    int64_t ids[MOST];
    size_t count, limit;
    bool own;
} page;

static const char *state_name(int64_t state)
{
    return state ? gs_name_of(gs_record_field(&gs_record_appraisal, "state")->names, state) : "";
}

static const char *grade_name(int64_t grade)
{
    return grade ? gs_name_of(gs_grade_names, grade) : "";
}

static govsvc_status find_own(gs_call *call, page *out)
{
    const govsvc_appraisal_query *in = call->in;
    unsigned char digest[GS_SM3_SIZE];
    const char *id = gs_own_account(call->actor);
    if (!gs_find_digest(gs_connection_crypto(call->work.connection), "appraisal", "owner", id, strlen(id),
                        digest))
        return GOVSVC_INTERNAL;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_appraisal)),
                             gs_bytes(digest, sizeof digest),
                             gs_integer(in->after),
                             gs_text(state_name(in->state)),
                             gs_text(grade_name(in->grade)),
                             gs_integer((int64_t)out->limit)};
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {appraisal} WHERE tenant = $1 AND owner_find = $2 AND id > $3 AND "
        "(state = $4 OR $4 = '') AND (grade = $5 OR $5 = '') ORDER BY id LIMIT $6",
        values, 6, out->ids, out->limit, &out->count);
}

/* What an actor reaches with an organ's role alone is the organ's, and an index of the organ finds it. */
static const char *organ_of(const gs_reach *reach, const char *asked)
{
    bool organ_alone = !reach->all && !*reach->division.to;
    return asked ? asked : organ_alone ? reach->organ : "";
}

/* One range of an index each: of an organ and a state, of either, or of the tenant. */
#define LIST(organ, state)                                                                                   \
    "SELECT id FROM {appraisal} WHERE tenant = $1 AND id > $2 AND " organ " AND " state " AND "              \
    "($5 = 1 OR (division >= $6 AND division <= $7) OR organ = $8) AND division >= $9 AND "                  \
    "division <= $10 AND (grade = $11 OR $11 = '') ORDER BY id LIMIT $12"
#define EITHER(column, parameter) "(" column " = " parameter " OR " parameter " = '')"

static govsvc_status find_of_staff(gs_call *call, page *out)
{
    static const char *const sql[2][2] = {
        {LIST(EITHER("organ", "$3"), EITHER("state", "$4")), LIST(EITHER("organ", "$3"), "state = $4")},
        {LIST("organ = $3", EITHER("state", "$4")), LIST("organ = $3", "state = $4")}};
    const govsvc_appraisal_query *in = call->in;
    gs_reach reach;
    gs_division_span within;
    gs_reach_of(call->actor, GS_ROLE_STAFF, &reach);
    gs_division_span_of(in->division, &within);
    const char *organ = organ_of(&reach, in->organ);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_appraisal)),
                             gs_integer(in->after),
                             gs_text(organ),
                             gs_text(state_name(in->state)),
                             gs_integer(reach.all),
                             gs_text(reach.division.from),
                             gs_text(reach.division.to),
                             gs_text(reach.organ),
                             gs_text(within.from),
                             gs_text(within.to),
                             gs_text(grade_name(in->grade)),
                             gs_integer((int64_t)out->limit)};
    return gs_query_integers(call->work.connection, sql[*organ != '\0'][in->state != 0], values, 12, out->ids,
                             out->limit, &out->count);
}

/* To the owner it says of which case it is, to staff nothing that is personal. */
static govsvc_status show(gs_call *call, int64_t id, bool own, const govsvc_appraisal **out)
{
    gs_row *row;
    govsvc_status status = gs_row_load(&call->work, table_of(call), id, &row);
    if (!status && own) {
        status = gs_row_open(row, true);
        *out = row->at;
        return status;
    }
    if (!status)
        status = gs_answer_brief(call, row);
    *out = call->out;
    return status;
}

static govsvc_status answer(gs_call *call, const page *found)
{
    govsvc_appraisal_page *out = gs_arena_alloc(call->work.arena, sizeof *out);
    const govsvc_appraisal **all = gs_arena_array(call->work.arena, found->limit, sizeof *all);
    govsvc_status status = out && all ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < found->count && !status; i++)
        status = show(call, found->ids[i], found->own, &all[i]);
    if (status)
        return status;
    *out = (govsvc_appraisal_page){.struct_size = sizeof *out,
                                   .next = found->count == found->limit ? found->ids[found->count - 1] : 0,
                                   .appraisals = all,
                                   .appraisal_count = found->count};
    call->out = out;
    return GOVSVC_OK;
}

govsvc_status gs_run_appraisal_find(gs_call *call)
{
    const govsvc_appraisal_query *in = call->in;
    bool staff = call->actor->roles & GS_ROLE_STAFF;
    page found = {.limit = in->limit == GOVSVC_ABSENT ? 50 : (size_t)in->limit,
                  .own = in->own == GOVSVC_YES || !staff};
    govsvc_status status = found.own ? find_own(call, &found) : find_of_staff(call, &found);
    return status ? status : answer(call, &found);
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

#define COUNT(condition) "CAST(coalesce(sum(CASE WHEN " condition " THEN 1 ELSE 0 END), 0) AS BIGINT)"
#define GRADE(name) COUNT("state <> 'void' AND grade = '" name "'")
#define BAD "state <> 'void' AND (grade = 'dissatisfied' OR grade = 'very_dissatisfied')"
#define PUT_RIGHT "(state = 'rectified' OR state = 'closed')"

/* In the order of govsvc_appraisal_totals. $4: no bound on the organ where it is empty. */
/* clang-format off */
#define TOTALS(organ)                                                                                        \
    "SELECT "                                                                                                \
    GRADE("very_satisfied") ", "                                                                             \
    GRADE("satisfied") ", "                                                                                  \
    GRADE("basically_satisfied") ", "                                                                        \
    GRADE("dissatisfied") ", "                                                                               \
    GRADE("very_dissatisfied") ", "                                                                          \
    COUNT("state <> 'void' AND grade IS NOT NULL") ", "                                                      \
    COUNT("state = 'defaulted'") ", "                                                                        \
    COUNT("state <> 'void' AND invited_at IS NOT NULL") ", "                                                 \
    COUNT("state <> 'void' AND grade IS NOT NULL AND anonymous = 1") ", "                                    \
    COUNT("state = 'void'") ", "                                                                             \
    COUNT(BAD) ", "                                                                                          \
    COUNT(PUT_RIGHT) ", "                                                                                    \
    COUNT(PUT_RIGHT " AND overdue IS NULL") ", "                                                             \
    COUNT("state = 'closed'") ", "                                                                           \
    COUNT("state = 'closed' AND satisfied = 1") " "                                                          \
    "FROM {appraisal} WHERE tenant = $1 AND counted_at >= $2 AND counted_at < $3 AND " organ " AND "         \
    "($5 = 1 OR (division >= $6 AND division <= $7) OR organ = $8) AND division >= $9 AND division <= $10"
/* clang-format on */

govsvc_status gs_run_appraisal_counts(gs_call *call)
{
    static const char *const sql[2] = {TOTALS(EITHER("organ", "$4")), TOTALS("organ = $4")};
    const govsvc_appraisal_counts_request *in = call->in;
    govsvc_appraisal_totals *out = gs_arena_alloc(call->work.arena, sizeof *out);
    govsvc_value row[sizeof *out / sizeof(int64_t) - 1];
    gs_reach reach;
    gs_division_span within;
    gs_rows rows;
    if (!out)
        return GOVSVC_NO_MEMORY;
    if (!(call->actor->roles & GS_ROLE_STAFF))
        return gs_denied(call->work.problems, GS_ROLE_STAFF, false);
    gs_reach_of(call->actor, GS_ROLE_STAFF, &reach);
    gs_division_span_of(in->division, &within);
    const char *organ = organ_of(&reach, in->organ);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_appraisal)),
                             gs_integer(in->from),
                             gs_integer(in->to),
                             gs_text(organ),
                             gs_integer(reach.all),
                             gs_text(reach.division.from),
                             gs_text(reach.division.to),
                             gs_text(reach.organ),
                             gs_text(within.from),
                             gs_text(within.to)};
    govsvc_status status = gs_query(call->work.connection, sql[*organ != '\0'], values, 10, &rows);
    if (!status)
        status = gs_rows_next(&rows, row, sizeof row / sizeof *row);
    if (!status)
        status = gs_record_decode(&gs_record_appraisal_totals, row, out, call->work.arena);
    gs_rows_done(&rows);
    call->out = out;
    return status;
}
