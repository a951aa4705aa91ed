/* lib/application/limits.c - how long each clock of an application runs. Articles are of 行政许可法 (2019). */
#include "application/application.h"

/* The law deems only licence applications accepted; another matter must name what makes it so. A bundle goes with
 * those of its members that are. */
govsvc_status gs_limit_examination(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (status)
        return status;
    limit->timer =
        matter->type == GOVSVC_MATTER_LICENCE || matter->type == GOVSVC_MATTER_BUNDLE || matter->deemed_basis;
    if (matter->type != GOVSVC_MATTER_LICENCE && matter->deemed_basis)
        limit->basis = matter->deemed_basis;
    return GOVSVC_OK;
}

/* Handled as one, a bundle has 45 days, and its children none of their own; else they have theirs, and it none
 * (26, 42). */
static govsvc_status unified_limit(const govsvc_application *application, gs_limit *limit)
{
    bool one = application->bundle == GOVSVC_YES && application->unified == GOVSVC_YES;
    limit->amount = one ? 45 : GOVSVC_ABSENT;
    limit->unit = GOVSVC_UNIT_WORKING_DAYS;
    limit->basis = "行政许可法 第四十二条第二款";
    return GOVSVC_OK;
}

govsvc_status gs_limit_decision(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (status)
        return status;
    const govsvc_application *application = row->at;
    if (application->unified == GOVSVC_YES || application->bundle == GOVSVC_YES)
        return unified_limit(application, limit);
    limit->amount = matter->statutory_amount;
    limit->unit = matter->statutory_unit;
    if (matter->type != GOVSVC_MATTER_LICENCE)
        limit->basis = "事项法定办结时限";
    return GOVSVC_OK;
}

/* What is handled at once is done the same day; a matter without a promise promises its statutory limit. */
govsvc_status gs_limit_promised(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (status)
        return status;
    if (matter->project_type == GOVSVC_PROJECT_AT_ONCE) {
        limit->until = gs_day_start(gs_day_of(call->occurred_at) + 1);
        limit->basis = "即办件当日办结";
        return GOVSVC_OK;
    }
    bool promised = matter->promised_amount != GOVSVC_ABSENT;
    limit->amount = promised ? matter->promised_amount : matter->statutory_amount;
    limit->unit = promised ? matter->promised_unit : matter->statutory_unit;
    return GOVSVC_OK;
}

/* Until the licence expires. It renews itself only where that is the law's consequence, and where it was applied
 * for in time. */
govsvc_status gs_limit_renewal(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_application *application = row->at;
    const govsvc_matter *matter;
    int64_t last;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (status)
        return status;
    if (!govsvc_date_start(application->expires_on, &last))
        return GOVSVC_INTERNAL;
    limit->until = gs_day_start(gs_day_of(last) + 1);
    limit->timer = matter->type == GOVSVC_MATTER_LICENCE && application->in_time == GOVSVC_YES;
    return GOVSVC_OK;
}

static const govsvc_special_procedure *listed(const govsvc_matter *matter, int64_t kind)
{
    for (uint64_t i = 0; i < matter->special_procedure_count; i++)
        if (matter->special_procedures[i]->kind == kind)
            return matter->special_procedures[i];
    return NULL;
}

/* Where the matter lists an inspection, test or quarantine. */
govsvc_status gs_limit_inspection(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status && !listed(matter, GOVSVC_SPECIAL_INSPECTION) && !listed(matter, GOVSVC_SPECIAL_TEST) &&
        !listed(matter, GOVSVC_SPECIAL_QUARANTINE))
        limit->amount = GOVSVC_ABSENT;
    return status;
}

govsvc_status gs_limit_completion(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_conditional_acceptance *in = call->in;
    int64_t last;
    (void)row;
    if (!govsvc_date_start(in->due_date, &last))
        return GOVSVC_INTERNAL;
    limit->until = gs_day_start(gs_day_of(last) + 1);
    return GOVSVC_OK;
}

/* The procedure's own, as the matter lists it. */
govsvc_status gs_limit_special(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_special_procedure_step *in = call->in;
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    const govsvc_special_procedure *procedure = status ? NULL : listed(matter, in->kind);
    if (!procedure)
        return status;
    limit->amount = procedure->amount;
    limit->unit = procedure->unit;
    if (procedure->basis)
        limit->basis = procedure->basis;
    return GOVSVC_OK;
}
