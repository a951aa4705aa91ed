/* lib/hardcase/link.c - what a hard case is about: something that was refused, and nothing else. */
#include "hardcase/hardcase.h"

#include <string.h>

#include "application/application.h"

static govsvc_status refuse_link(gs_call *call, const char *field, const char *text_zh, const char *text_en)
{
    return gs_refuse_in_words(call, field, "link", text_zh, text_en, NULL);
}

/* ---- the application ----------------------------------------------------------------------------------- */

/* States in which an application has failed, by name: not every flow of applications has them all. */
static const char *const failed_states[] = {"not_accepted", "withdrawn", "terminated"};

static bool in_failed_state(const govsvc_application *application)
{
    const gs_name *names = gs_record_field(&gs_record_application, "state")->names;
    bool found = false;
    for (size_t i = 0; i < sizeof failed_states / sizeof *failed_states && !found; i++)
        found = gs_name_value(names, failed_states[i]) == application->state;
    return found;
}

/* What was sent for correction and then granted was done after all. */
static bool was_refused(const govsvc_application *application)
{
    return in_failed_state(application) || application->outcome == GOVSVC_OUTCOME_REFUSED ||
           application->outcome == GOVSVC_OUTCOME_PARTLY ||
           (!application->outcome && application->corrected == GOVSVC_YES);
}

/* A clock of it runs beyond its end. */
static govsvc_status count_overdue(gs_call *call, const govsvc_application *application, int64_t *count)
{
    govsvc_value values[] = {gs_integer(application->tenant), gs_integer(application->id),
                             gs_integer(call->work.now)};
    return gs_query_integer(call->work.connection,
                            "SELECT count(*) FROM {clock} WHERE tenant = $1 AND subject = $2 AND "
                            "stopped_at IS NULL AND state = 'running' AND due_at <= $3",
                            values, 3, count);
}

static govsvc_status application_id(gs_call *call, const govsvc_hard_case_draft *in, int64_t *id)
{
    const gs_table *table = gs_table_of(call->host, &gs_record_application);
    *id = in->application;
    if (*id)
        return GOVSVC_OK;
    govsvc_value values[] = {gs_integer(call->work.tenant), gs_text(in->application_number)};
    return gs_query_integer(call->work.connection, table->number_sql, values, 2, id);
}

/* One that the actor may see: nobody complains of what is none of their business. */
static govsvc_status find_application(gs_call *call, const govsvc_hard_case_draft *in, gs_row **out)
{
    int64_t id;
    govsvc_status status = application_id(call, in, &id);
    if (!status)
        status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_application), id, out);
    if (!status && !gs_roles_within(call->actor, GS_ROLE_ANY, &gs_record_application, (*out)->at))
        status = GOVSVC_NOT_FOUND;
    const char *field = in->application ? "/application" : "/application_number";
    return status == GOVSVC_NOT_FOUND ? gs_refuse(call, field, "exists", NULL, NULL) : status;
}

static govsvc_status link_application(gs_call *call, const govsvc_hard_case_draft *in, govsvc_hard_case *out)
{
    gs_row *row;
    int64_t overdue = 0;
    govsvc_status status = find_application(call, in, &row);
    if (status)
        return status;
    const govsvc_application *application = row->at;
    if (!was_refused(application))
        status = count_overdue(call, application, &overdue);
    if (status)
        return status;
    if (!was_refused(application) && !overdue)
        return refuse_link(call, "/application",
                           "该办件未被不予受理、不予许可、要求补正，未撤回、终止，也未逾期",
                           "the application was not refused, sent for correction, withdrawn or terminated, "
                           "and is not overdue");
    out->application = application->id;
    out->application_number = application->number;
    out->matter = application->matter;
    out->matter_name = application->matter_name;
    out->organ = in->organ ? in->organ : application->organ;
    out->division = application->division;
    return GOVSVC_OK;
}

/* ---- a refusal without one ------------------------------------------------------------------------------ */

static govsvc_status link_refusal(gs_call *call, const govsvc_hard_case_draft *in, govsvc_hard_case *out)
{
    const govsvc_matter *matter;
    if (!in->matter)
        return refuse_link(call, "/application", "应关联一个办件，或者说明是哪个事项、什么、在哪里被拒绝",
                           "it must be linked to an application, or say which matter was refused, what, and "
                           "where");
    if (!in->refused_what)
        refuse_link(call, "/refused_what", "没有办件的，应说明什么被拒绝",
                    "without an application: what was refused must be told");
    if (!in->refused_where)
        refuse_link(call, "/refused_where", "没有办件的，应说明在哪里被拒绝",
                    "without an application: where it was refused must be told");
    govsvc_status status = gs_matter_effective(call, in->matter, &matter);
    if (status == GOVSVC_NOT_FOUND)
        return gs_refuse(call, "/matter", "exists", NULL, in->matter);
    if (status)
        return status;
    out->matter_name = matter->name;
    out->organ = in->organ ? in->organ : matter->organ;
    out->division = matter->division;
    return gs_problems_status(call->work.problems);
}

govsvc_status gs_hard_case_link(gs_call *call, const govsvc_hard_case_draft *in, govsvc_hard_case *out)
{
    bool applied = in->application || in->application_number;
    govsvc_status status = applied ? link_application(call, in, out) : link_refusal(call, in, out);
    if (status || !in->division)
        return status;
    if (!gs_division_within(in->division, out->division))
        return gs_refuse(call, "/division", "scope", NULL, in->division);
    out->division = in->division;
    return GOVSVC_OK;
}
