/* lib/application/bar.c - who may not apply again for a while for what concerns safety: one year after false
 * materials, three after deceit (行政许可法 78, 79). The bar is on the applicant and on what they applied for,
 * whichever body handles it. */
#include "application/application.h"

#include <stdlib.h>
#include <string.h>

/* 79 and 78 speak of "该行政许可": one and the same licence at every body has one basic code. */
static const char *licence_of(const govsvc_matter *matter)
{
    return matter->basic_code ? matter->basic_code : matter->code;
}

static const char *years_later(gs_call *call, int64_t at, int years)
{
    char date[GS_DATE_SIZE];
    int64_t last;
    govsvc_date_of(at, date);
    const char *same = gs_arena_print(call->work.arena, "%04d%s", atoi(date) + years, date + 4);
    if (same && !govsvc_date_start(same, &last)) /* 29 February */
        same = gs_arena_print(call->work.arena, "%04d-02-28", atoi(date) + years);
    return same;
}

govsvc_status gs_bar_raise(gs_call *call, gs_row *row, const govsvc_matter *matter, int years,
                           const char *basis)
{
    govsvc_application *application = row->at;
    int64_t last;
    if (matter->safety != GOVSVC_YES)
        return GOVSVC_OK;
    govsvc_status status = gs_row_open(row, true);
    gs_row *made = status ? NULL : gs_row_new(&call->work, gs_table_of(call->host, &gs_record_bar));
    const char *until = years_later(call, call->occurred_at, years);
    if (status || !made || !until || !govsvc_date_start(until, &last))
        return status ? status : GOVSVC_NO_MEMORY;
    application->barred_until = last;
    status = gs_problems_status(call->work.problems);
    if (!status)
        status = gs_guard(call);
    gs_bar *bar = made->at;
    bar->application = application->id;
    bar->until_at = last;
    bar->licence = licence_of(matter);
    bar->basis = basis;
    bar->applicant_id = application->applicant_id;
    return status ? status : gs_save(call, made, "raise");
}

govsvc_status gs_bar_check(gs_call *call, const char *applicant_id, const govsvc_matter *matter)
{
    unsigned char digest[GS_SM3_SIZE];
    int64_t until;
    if (matter->safety != GOVSVC_YES)
        return GOVSVC_OK;
    if (!gs_find_digest(gs_connection_crypto(call->work.connection), gs_record_bar.name, "applicant_id",
                        applicant_id, strlen(applicant_id), digest))
        return GOVSVC_INTERNAL;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_bar)),
                             gs_bytes(digest, sizeof digest), gs_text(licence_of(matter)),
                             gs_integer(call->occurred_at)};
    govsvc_status status =
        gs_query_integer(call->work.connection,
                         "SELECT until_at FROM {bar} WHERE tenant = $1 AND applicant_id_find = $2 AND "
                         "licence = $3 AND until_at > $4 ORDER BY until_at DESC LIMIT 1",
                         values, 4, &until);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    char date[GS_DATE_SIZE];
    govsvc_date_of(until, date);
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.field = "/applicant_id",
                          .rule = "barred",
                          .expected = gs_arena_text(call->work.arena, date),
                          .text_zh = gs_arena_print(call->work.arena,
                                                    "/applicant_id：在 %s 前不得再次申请该行政许可", date),
                          .text_en = gs_arena_print(
                              call->work.arena, "/applicant_id: cannot apply for this again before %s", date),
                          .basis = "行政许可法 第七十八条、第七十九条"});
}
