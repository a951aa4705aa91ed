/* lib/appraisal/appraisal.c - what is particular to appraisals: bad ones are put right, or judged by others.
 *
 * May use: appraisal.h, alert.
 */
#include "appraisal/appraisal.h"

#include <string.h>

#include "alert/alert.h"

static const char overdue_rule[] = "appraisal.overdue";

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* ---- small things -------------------------------------------------------------------------------------- */

/* What every answer of staff says. */
static govsvc_status keep_opinion(gs_call *call, gs_row *row, const char *member)
{
    const govsvc_step *in = call->in;
    if (!in->opinion)
        return gs_refuse(call, "/opinion", "required", NULL, NULL);
    return gs_row_set_text(row, member, in->opinion);
}

static bool is_rated(const gs_call *call, const govsvc_appraisal *appraisal)
{
    return appraisal->object == GOVSVC_OBJECT_PERSON && same(appraisal->which, call->actor->id);
}

static govsvc_status refuse_partial(gs_call *call)
{
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.status = GOVSVC_DENIED,
                          .field = "",
                          .rule = "impartial",
                          .text_zh = "被评价者、申诉人、承办人及被评价机关的人员不得审定或回访",
                          .text_en = "not by who is rated, contested it or handled the case, "
                                     "nor by the rated organ"});
}

/* ---- given, and not given ------------------------------------------------------------------------------ */

/* What is sent in passes application.appraise; a system's own call has no grade to give. */
static govsvc_status give(gs_call *call, gs_row *row)
{
    const govsvc_appraisal *appraisal = row->at;
    return appraisal->grade ? GOVSVC_OK : gs_refuse(call, "/grade", "required", NULL, NULL);
}

static govsvc_status fall_to_default(gs_call *call, gs_row *row)
{
    (void)call;
    ((govsvc_appraisal *)row->at)->defaulted = GOVSVC_YES;
    return GOVSVC_OK;
}

/* ---- rectification ------------------------------------------------------------------------------------- */

static govsvc_status fall_overdue(gs_call *call, gs_row *row)
{
    govsvc_appraisal *appraisal = row->at;
    appraisal->overdue = GOVSVC_YES;
    const govsvc_alert what = {.struct_size = sizeof what,
                               .severity = GOVSVC_SEVERITY_WARNING,
                               .subject = appraisal->id,
                               .rule = overdue_rule,
                               .subject_kind = "appraisal",
                               .organ = appraisal->organ,
                               .division = appraisal->division,
                               .text = "差评逾期未整改",
                               .basis = "政务服务“好差评”地方实施办法"};
    return gs_alert_raise(call, &what);
}

static govsvc_status rectify(gs_call *call, gs_row *row)
{
    const govsvc_appraisal *appraisal = row->at;
    govsvc_status status = keep_opinion(call, row, "rectification");
    if (!status && appraisal->overdue == GOVSVC_YES)
        status = gs_alert_resolve(call, overdue_rule, appraisal->id, appraisal->division);
    return status;
}

static bool is_satisfied(const gs_call *call, const gs_row *row)
{
    const govsvc_appraisal_confirmation *in = call->in;
    (void)row;
    return in->satisfied == GOVSVC_YES;
}

static bool was_reopened(const gs_call *call, const gs_row *row)
{
    (void)call;
    return ((const govsvc_appraisal *)row->at)->reopened == GOVSVC_YES;
}

static govsvc_status confirm(gs_call *call, gs_row *row)
{
    const govsvc_appraisal_confirmation *in = call->in;
    govsvc_appraisal *appraisal = row->at;
    if (is_rated(call, appraisal))
        return refuse_partial(call);
    appraisal->satisfied = in->satisfied;
    if (in->satisfied == GOVSVC_NO)
        appraisal->reopened = GOVSVC_YES;
    return gs_row_set_text(row, "call_back", in->opinion);
}

/* ---- contest and judgement ----------------------------------------------------------------------------- */

static bool is_first_contest(const gs_call *call, const gs_row *row)
{
    (void)call;
    return ((const govsvc_appraisal *)row->at)->contested_at == GOVSVC_ABSENT;
}

/* An organ that had let its time pass would win more of it by contesting. */
static govsvc_status check_in_time(gs_call *call, const gs_row *row)
{
    gs_row *clock;
    govsvc_status status = gs_clock_load(call, row, "rectification", &clock);
    if (status != GOVSVC_NOT_FOUND)
        return status;
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.status = GOVSVC_STATE,
                                            .field = "",
                                            .rule = "contest_late",
                                            .text_zh = "整改期限已过，不能再申诉",
                                            .text_en = "the rectification's time is over"});
}

static govsvc_status contest(gs_call *call, gs_row *row)
{
    govsvc_appraisal *appraisal = row->at;
    bool head = gs_roles_within(call->actor, GS_ROLE_ORGAN_HEAD, &gs_record_appraisal, appraisal);
    if (!head && !is_rated(call, appraisal))
        return gs_problem_add(
            call->work.problems,
            &(govsvc_problem){.status = GOVSVC_DENIED,
                              .field = "",
                              .rule = "rated",
                              .text_zh = "仅被评价的工作人员或其机关负责人可以申诉",
                              .text_en = "only by the person who is rated or the organ's head"});
    govsvc_status status = check_in_time(call, row);
    if (!status)
        status = keep_opinion(call, row, "contest_reason");
    appraisal->contested_by = call->actor->id;
    call->ground = "差评申诉";
    return status;
}

static bool is_unfounded(const gs_call *call, const gs_row *row)
{
    const govsvc_appraisal_judgement *in = call->in;
    (void)row;
    return in->verdict == GOVSVC_VERDICT_UNFOUNDED;
}

/* Did the actor have a hand in the case? Its number is sealed with the appraisal. */
static govsvc_status has_handled(gs_call *call, gs_row *row, bool *out)
{
    const govsvc_appraisal *appraisal = row->at;
    int64_t application;
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_application)),
                             gs_text(appraisal->number)};
    const gs_table *table = gs_table_of(call->host, &gs_record_application);
    status = gs_query_integer(call->work.connection, table->number_sql, values, 2, &application);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_CORRUPT : status;
    return gs_case_step_taken(call, application, NULL, call->actor->id, NULL, out);
}

static govsvc_status judge(gs_call *call, gs_row *row)
{
    const govsvc_appraisal_judgement *in = call->in;
    govsvc_appraisal *appraisal = row->at;
    bool handled;
    if (is_rated(call, appraisal) || same(appraisal->contested_by, call->actor->id) ||
        same(appraisal->organ, call->actor->organ))
        return refuse_partial(call);
    govsvc_status status = has_handled(call, row, &handled);
    if (status || handled)
        return status ? status : refuse_partial(call);
    appraisal->verdict = in->verdict;
    appraisal->judge = call->actor->id;
    return keep_opinion(call, row, "verdict_reason");
}

/* ---- the flow ------------------------------------------------------------------------------------------ */

static bool is_bad(const gs_call *call, const gs_row *row)
{
    (void)call;
    return gs_grade_is_bad(((const govsvc_appraisal *)row->at)->grade);
}

enum { INVITATION, RECTIFICATION };

/* The national rules (国办发〔2019〕51号; GB/T 39734-2020) leave the lengths to the places: these are theirs. */
/* clang-format off */
static const gs_clock_spec clocks[] = {
    [INVITATION] = {"invitation", "评价邀请期限", {3, GOVSVC_UNIT_NATURAL_DAYS, "政务服务“好差评”地方实施办法：办结后3日内邀请评价"},
                    NULL, "appraisal.default"},
    [RECTIFICATION] = {"rectification", "差评整改期限", {15, GOVSVC_UNIT_WORKING_DAYS, "政务服务“好差评”地方实施办法：差评15个工作日内整改"},
                       NULL, "appraisal.overdue"},
    {.kind = NULL},
};

#define AT(member) offsetof(govsvc_appraisal, member)
#define TO(name) GOVSVC_APPRAISAL_##name
enum {
    ORGAN = GS_ROLE_REVIEWER | GS_ROLE_ACCEPTOR | GS_ROLE_HANDLER | GS_ROLE_ORGAN_HEAD,
    JUDGES = GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_AUDITOR
};

static const gs_transition transitions[] = {
    {0, "invite", TO(INVITED), GS_ROLE_SYSTEM, AT(invited_at), .clocks = {{GS_START, INVITATION, 0}}},
    {0, "give", TO(RECTIFYING), GS_ROLE_SYSTEM, AT(given_at), .clocks = {{GS_START, RECTIFICATION, 0}}, .when = is_bad},
    {0, "give", TO(GIVEN), GS_ROLE_SYSTEM, AT(given_at), .when = NULL},
    {TO(INVITED), "give", TO(RECTIFYING), GS_ROLE_SYSTEM, AT(given_at),
     .clocks = {{GS_STOP, INVITATION, 0}, {GS_START, RECTIFICATION, 0}}, .when = is_bad},
    {TO(INVITED), "give", TO(GIVEN), GS_ROLE_SYSTEM, AT(given_at), .clocks = {{GS_STOP, INVITATION, 0}}},
    {TO(INVITED), "default", TO(DEFAULTED), GS_ROLE_SYSTEM, AT(counted_at), .clocks = {{GS_STOP, INVITATION, 0}}},
    {TO(RECTIFYING), "overdue", 0, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, RECTIFICATION, 0}}},
    {TO(RECTIFYING), "rectify", TO(RECTIFIED), ORGAN, AT(rectified_at), .clocks = {{GS_STOP, RECTIFICATION, 0}}},
    {TO(RECTIFYING), "contest", TO(CONTESTED), ORGAN | GS_ROLE_WINDOW_CLERK, AT(contested_at),
     .clocks = {{GS_PAUSE, RECTIFICATION, 0}}, .when = is_first_contest},
    {TO(CONTESTED), "judge", TO(VOID), JUDGES, AT(judged_at), .clocks = {{GS_STOP, RECTIFICATION, 0}}, .when = is_unfounded},
    {TO(CONTESTED), "judge", TO(RECTIFYING), JUDGES, AT(judged_at), .clocks = {{GS_RESUME, RECTIFICATION, 0}}},
    {TO(RECTIFIED), "confirm", TO(CLOSED), GS_ROLE_CENTRE_SUPERVISOR, AT(confirmed_at), .when = is_satisfied},
    {TO(RECTIFIED), "confirm", TO(CLOSED), GS_ROLE_CENTRE_SUPERVISOR, AT(confirmed_at), .when = was_reopened},
    {TO(RECTIFIED), "confirm", TO(RECTIFYING), GS_ROLE_CENTRE_SUPERVISOR, AT(confirmed_at),
     .clocks = {{GS_START, RECTIFICATION, 0}}},
    {.action = NULL},
};
/* clang-format on */

static const gs_flow flow = {.record = &gs_record_appraisal, .transitions = transitions, .clocks = clocks};

/* ---- the service --------------------------------------------------------------------------------------- */

/* clang-format off */
#define STEP(action, label, input, function)                                                                 \
    {.name = "appraisal." action, .title = label, .in = &input, .out = &gs_record_appraisal,                 \
     .kind = GS_STEP, .flow = &flow, .substance = function}

static const gs_operation operations[] = {
    {.name = "application.appraise", .title = "评价", .in = &gs_record_appraisal_draft, .out = &gs_record_appraisal,
     .kind = GS_RUN, .run = gs_run_appraise, .roles = GS_ROLE_APPLICANT | GS_ROLE_AGENT, .write = true},
    STEP("invite", "邀请评价", gs_record_step, NULL),
    STEP("give", "作出评价", gs_record_step, give),
    STEP("default", "默认好评", gs_record_step, fall_to_default),
    STEP("overdue", "整改逾期", gs_record_step, fall_overdue),
    STEP("rectify", "整改差评", gs_record_step, rectify),
    STEP("confirm", "回访", gs_record_appraisal_confirmation, confirm),
    STEP("contest", "申诉", gs_record_step, contest),
    STEP("judge", "审定申诉", gs_record_appraisal_judgement, judge),
    {.name = "appraisal.get", .title = "查询评价", .in = &gs_record_get_request, .out = &gs_record_appraisal,
     .kind = GS_RUN, .run = gs_run_appraisal_get, .roles = GS_ROLE_ANY, .discloses = true},
    {.name = "appraisal.deadline", .title = "查询评价时限", .in = &gs_record_deadline_request, .out = &gs_record_deadline,
     .kind = GS_RUN, .flow = &flow, .run = gs_run_appraisal_deadline, .roles = GS_ROLE_ANY},
    {.name = "appraisal.find", .title = "查找评价", .in = &gs_record_appraisal_query, .out = &gs_record_appraisal_page,
     .kind = GS_RUN, .run = gs_run_appraisal_find, .roles = GS_ROLE_ANY},
    {.name = "appraisal.counts", .title = "评价统计", .in = &gs_record_appraisal_counts_request,
     .out = &gs_record_appraisal_totals, .kind = GS_RUN, .run = gs_run_appraisal_counts, .roles = GS_ROLE_STAFF},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_appraisal, NULL};
static const gs_flow *const flows[] = {&flow, NULL};
static const gs_follower followers[] = {
    {.name = "appraisals", .kind = "application", .follow = gs_follow_closing}, {.name = NULL}};

const gs_service gs_service_appraisal = {
    .records = records, .flows = flows, .operations = operations, .followers = followers};
