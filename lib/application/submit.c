/* lib/application/submit.c - what is handed in first: by whom, for which matter, and whether it may be. Articles
 * are of 行政许可法 (2019). */
#include "application/bundle.h"

#include <string.h>

#include "codes/codes.h"

/* ---- submission -------------------------------------------------------------------------------------- */

static void check_applicant(gs_call *call, const govsvc_application *application)
{
    int64_t kind = application->applicant_kind == GOVSVC_APPLICANT_NATURAL_PERSON ? GOVSVC_CODE_CITIZEN_ID
                                                                                  : GOVSVC_CODE_USCC;
    gs_code_check(kind, application->applicant_id, call->work.problems, "/applicant_id");
}

static const char *pointer(gs_call *call, const char *list, uint64_t index, const char *member)
{
    return gs_arena_print(call->work.arena, "/%s/%llu/%s", list, (unsigned long long)index, member);
}

static void check_materials(gs_call *call, const govsvc_application *application, const govsvc_matter *matter)
{
    for (uint64_t i = 0; i < application->material_count; i++) {
        bool listed = false;
        for (uint64_t j = 0; j < matter->material_count && !listed; j++)
            listed = strcmp(matter->materials[j]->code, application->materials[i]->code) == 0;
        if (!listed)
            gs_refuse_in_words(call, pointer(call, "materials", i, "code"), "listed", "该事项不要求此材料",
                               "the matter does not ask for this material", "行政许可法 第三十一条");
    }
}

/* Who submits on somebody's behalf at a window names their account; who submits for themselves is it. */
static const char *owner_of(const gs_call *call, const govsvc_application *application)
{
    bool for_themselves = call->actor->roles & (GS_ROLE_APPLICANT | GS_ROLE_AGENT);
    return for_themselves ? gs_own_account(call->actor) : application->owner;
}

/* A licence is renewed on its holder's request 30 days before it expires: natural days, the holder's own (50). */
static void check_renewal(gs_call *call, govsvc_application *application)
{
    enum { DAYS_BEFORE = 30 };
    int64_t last;
    if (application->renews && !application->expires_on)
        gs_refuse(call, "/expires_on", "required", NULL, NULL);
    if (!application->renews && application->expires_on)
        gs_refuse(call, "/renews", "required", NULL, NULL);
    if (!application->expires_on || !govsvc_date_start(application->expires_on, &last))
        return;
    int64_t today = gs_day_of(call->occurred_at), end = gs_day_of(last);
    if (today > end)
        gs_refuse_in_words(call, "/expires_on", "expired", "/expires_on：许可有效期已经届满，不能延续",
                           "/expires_on: the licence has expired and cannot be renewed",
                           "行政许可法 第五十条");
    application->in_time = today <= end - DAYS_BEFORE ? GOVSVC_YES : GOVSVC_NO;
}

/* Who is not at a window shows who they are as surely as the matter asks. */
static govsvc_status check_identity(gs_call *call, const govsvc_application *application,
                                    const govsvc_matter *matter)
{
    int64_t shown = call->actor->identity_level;
    if (matter->identity_level == GOVSVC_ABSENT || application->channel == GOVSVC_CHANNEL_WINDOW ||
        (shown != GOVSVC_ABSENT && shown >= matter->identity_level))
        return GOVSVC_OK;
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.status = GOVSVC_DENIED,
                          .field = "",
                          .rule = "identity_level",
                          .expected = gs_calendar_got(call->work.problems, matter->identity_level),
                          .got = shown == GOVSVC_ABSENT ? "-" : gs_calendar_got(call->work.problems, shown),
                          .basis = "国务院关于在线政务服务的若干规定 第五条"});
}

/* A window takes in what is handled in its own division, and elsewhere what may be applied for from there
 * (通办范围). */
static void check_reception(gs_call *call, govsvc_application *application, const govsvc_matter *matter)
{
    static const size_t digits[] = {
        [GOVSVC_SCOPE_NATION] = 0, [GOVSVC_SCOPE_REGION] = 2, [GOVSVC_SCOPE_PREFECTURE] = 4,
        [GOVSVC_SCOPE_COUNTY] = 6, [GOVSVC_SCOPE_TOWN] = 9,   [GOVSVC_SCOPE_VILLAGE] = 12};
    const char *here = call->actor->division;
    if (!(call->actor->roles & GS_ROLE_WINDOW_CLERK) || !here)
        return;
    application->reception = here;
    if (gs_division_within(matter->division, here))
        return;
    if (!matter->scope || strncmp(matter->division, here, digits[matter->scope]) != 0)
        gs_refuse_in_words(call, "/matter", "reception", "/matter：该事项不能在此窗口申请",
                           "/matter: this cannot be applied for at this window", "事项实施清单 通办范围");
}

govsvc_status gs_application_place(gs_call *call, govsvc_application *application,
                                   const govsvc_matter *matter)
{
    application->matter = matter->code;
    application->matter_id = matter->id;
    application->matter_version = matter->version;
    application->matter_name = matter->name;
    application->organ = matter->organ;
    application->division = matter->division;
    application->number = gs_case_number(call, matter->division, application->id);
    return application->number ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

govsvc_status gs_application_submit(gs_call *call, gs_row *row)
{
    govsvc_application *application = row->at;
    const govsvc_matter *matter;
    check_applicant(call, application);
    govsvc_status status = gs_matter_effective(call, application->matter, &matter);
    if (status == GOVSVC_NOT_FOUND)
        return gs_refuse(call, "/matter", "exists", NULL, application->matter);
    if (status)
        return status;
    status = check_identity(call, application, matter);
    if (status)
        return status;
    const govsvc_matter *view;
    status = gs_bundle_view(call, application, matter, &view);
    if (status)
        return status;
    check_materials(call, application, view);
    check_renewal(call, application);
    check_reception(call, application, matter);
    status = gs_bar_check(call, application->applicant_id, matter);
    if (!status || status == GOVSVC_INVALID)
        status = gs_application_evaluate(call, application, view, application->form);
    if (status)
        return status;
    application->owner = owner_of(call, application);
    if (matter->type == GOVSVC_MATTER_BUNDLE) {
        application->bundle = GOVSVC_YES;
        application->unified = matter->unified_basis ? GOVSVC_YES : GOVSVC_NO;
        status = gs_guard(call);
    }
    return status ? status : gs_application_place(call, application, matter);
}
