/* lib/application/conditions.c - what the matter's conditions come to for an application: kept with it and shown
 * to whoever accepts and reviews. They decide (行政许可法 32, 34); nothing here refuses but a form that is none. */
#include "application/application.h"

static gs_answers answers_of(const govsvc_application *application)
{
    return (gs_answers){application->answers, application->answer_count};
}

/* A matter that asks nothing costs nothing. */
static bool asks(const govsvc_matter *matter, const govsvc_application *application)
{
    return matter->field_count || matter->criterion_count || application->answer_count;
}

govsvc_status gs_application_evaluate(gs_call *call, govsvc_application *application,
                                      const govsvc_matter *matter, const char *form)
{
    govsvc_evaluation found;
    if (!asks(matter, application))
        return GOVSVC_OK;
    if (gs_answers_check(call, matter, answers_of(application)) == GOVSVC_NO_MEMORY)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = gs_matter_evaluate(call, matter, GOVSVC_CRITERION_ACCEPTANCE, form,
                                              answers_of(application), "/form", &found);
    if (status)
        return status;
    application->verdicts = found.verdicts;
    application->verdict_count = found.verdict_count;
    application->missing = found.missing;
    application->missing_count = found.missing_count;
    return GOVSVC_OK;
}

static govsvc_status add_verdicts(gs_call *call, govsvc_application *application,
                                  const govsvc_evaluation *found)
{
    uint64_t kept = application->verdict_count, count = kept + found->verdict_count;
    const govsvc_verdict **all = gs_arena_array(call->work.arena, count + 1, sizeof *all);
    if (!all)
        return GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < count; i++)
        all[i] = i < kept ? application->verdicts[i] : found->verdicts[i - kept];
    application->verdicts = all;
    application->verdict_count = count;
    return GOVSVC_OK;
}

static bool has_criteria(const govsvc_matter *matter)
{
    bool found = false;
    for (uint64_t i = 0; i < matter->criterion_count && !found; i++)
        found = matter->criteria[i]->purpose == GOVSVC_CRITERION_REVIEW;
    return found;
}

static bool is_evaluated(const govsvc_application *application)
{
    bool found = false;
    for (uint64_t i = 0; i < application->verdict_count && !found; i++)
        found = application->verdicts[i]->purpose == GOVSVC_CRITERION_REVIEW;
    return found;
}

govsvc_status gs_application_review(gs_call *call, gs_row *row)
{
    govsvc_application *application = row->at;
    const govsvc_matter *matter;
    govsvc_evaluation found;
    govsvc_status status = gs_matter_load(call, application->matter_id, &matter);
    if (status || !has_criteria(matter))
        return status;
    status = gs_row_open(row, true);
    if (status || is_evaluated(application))
        return status;
    status = gs_matter_evaluate(call, matter, GOVSVC_CRITERION_REVIEW, application->form,
                                answers_of(application), NULL, &found);
    return status ? status : add_verdicts(call, application, &found);
}
