/* lib/hardcase/hardcase.c - what is particular to hard cases: who may not touch them, what a reply must say, and
 * that who is not satisfied is heard once more. */
#include "hardcase/hardcase.h"

#include <string.h>

#include "alert/alert.h"
#include "codes/codes.h"

static govsvc_hard_case *case_of(const gs_row *row)
{
    return row->at;
}

/* Nobody judges what they are complained of themselves. */
static govsvc_status check_impartial(gs_call *call, const govsvc_hard_case *hard)
{
    if (!call->actor->organ || !hard->organ || strcmp(call->actor->organ, hard->organ) != 0)
        return GOVSVC_OK;
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.status = GOVSVC_DENIED,
                          .field = "",
                          .rule = "complained_of",
                          .text_zh = "被反映机关不得交办或者了结该办不成事",
                          .text_en = "the organ complained of neither assigns nor closes the case"});
}

/* ---- registration --------------------------------------------------------------------------------------- */

/* "BBC" before the number of a case. */
static const char *make_number(gs_call *call, const char *division, int64_t id)
{
    const char *number = gs_case_number(call, division, id);
    return number ? gs_arena_print(call->work.arena, "BBC%s", number) : NULL;
}

/* Who registers for somebody else at a window names their account; who complains themselves is it. */
static govsvc_status open_case(gs_call *call, gs_row *row)
{
    govsvc_hard_case *hard = case_of(row);
    govsvc_status status = gs_hard_case_link(call, call->in, hard);
    if (status)
        return status;
    if (call->actor->roles & (GS_ROLE_APPLICANT | GS_ROLE_AGENT))
        hard->owner = gs_own_account(call->actor);
    hard->number = make_number(call, hard->division, hard->id);
    return hard->number ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* ---- assignment ----------------------------------------------------------------------------------------- */

static govsvc_status assign(gs_call *call, gs_row *row)
{
    const govsvc_hard_case_assignment *in = call->in;
    govsvc_hard_case *hard = case_of(row);
    govsvc_status status = check_impartial(call, hard);
    hard->assigned_organ = in->organ;
    hard->assigned_to = in->person;
    return status;
}

static govsvc_status escalate(gs_call *call, gs_row *row)
{
    const govsvc_step *in = call->in;
    (void)row;
    return in->opinion ? GOVSVC_OK : gs_refuse(call, "/opinion", "required", NULL, NULL);
}

/* ---- joint meetings ------------------------------------------------------------------------------------- */

static void check_meeting(gs_call *call, const govsvc_hard_case_met *in)
{
    enum { JOINT = 2 };
    for (uint64_t i = 0; i < in->organ_count; i++)
        gs_code_check(GOVSVC_CODE_USCC, in->organs[i], call->work.problems,
                      gs_arena_print(call->work.arena, "/organs/%llu", (unsigned long long)i));
    if (in->organ_count < JOINT)
        gs_refuse_in_words(call, "/organs", "range", "/organs：联席会议至少两个机关参加",
                           "/organs: a joint meeting is one of two organs at least", NULL);
    if (in->held_at > call->work.now)
        gs_refuse_in_words(call, "/held_at", "order", "/held_at：会议尚未召开",
                           "/held_at: it was not held yet", NULL);
}

static govsvc_status meet(gs_call *call, gs_row *row)
{
    const govsvc_hard_case_met *in = call->in;
    govsvc_hard_case *hard = case_of(row);
    check_meeting(call, in);
    govsvc_status status = gs_row_open(row, true);
    if (!status && hard->meeting_count >= GS_MEETINGS_MAX)
        return gs_refuse(call, "", "too_many", "20", "21");
    govsvc_hard_case_meeting *meeting = gs_arena_alloc(call->work.arena, sizeof *meeting);
    const govsvc_hard_case_meeting **all =
        gs_arena_array(call->work.arena, hard->meeting_count + 1, sizeof *all);
    if (status || !all || !meeting)
        return status ? status : GOVSVC_NO_MEMORY;
    *meeting = (govsvc_hard_case_meeting){.struct_size = sizeof *meeting,
                                          .held_at = in->held_at,
                                          .conclusion = in->conclusion,
                                          .organs = in->organs,
                                          .organ_count = in->organ_count};
    for (uint64_t i = 0; i < hard->meeting_count; i++)
        all[i] = hard->meetings[i];
    all[hard->meeting_count++] = meeting;
    hard->meetings = all;
    return GOVSVC_OK;
}

/* ---- the reply ------------------------------------------------------------------------------------------ */

static govsvc_status keep_reply(gs_call *call, gs_row *row, int64_t answer)
{
    const govsvc_hard_case_reply *in = call->in;
    govsvc_hard_case *hard = case_of(row);
    if (in->proposal_matter && !in->proposal)
        return gs_refuse(call, "/proposal", "required", NULL, NULL);
    hard->cause = in->cause;
    hard->answer = answer;
    hard->basis = in->basis;
    hard->proposal_matter = in->proposal && !in->proposal_matter ? hard->matter : in->proposal_matter;
    govsvc_status status = gs_row_set_text(row, "reply", in->reply);
    return status ? status : gs_row_set_text(row, "proposal", in->proposal);
}

static govsvc_status resolve(gs_call *call, gs_row *row)
{
    return keep_reply(call, row, GOVSVC_HARD_CASE_REPLY_RESOLVED);
}

static govsvc_status explain(gs_call *call, gs_row *row)
{
    const govsvc_hard_case_reply *in = call->in;
    if (!in->basis)
        return gs_refuse_in_words(call, "/basis", "required", "/basis：不能办理的，应说明法律依据",
                                  "/basis: what cannot be done needs the law by which it cannot", NULL);
    return keep_reply(call, row, GOVSVC_HARD_CASE_REPLY_EXPLAINED);
}

/* ---- the call-back -------------------------------------------------------------------------------------- */

/* It is opened again once. */
static bool ends(const gs_call *call, const gs_row *row)
{
    const govsvc_hard_case_confirmation *in = call->in;
    return in->satisfied == GOVSVC_YES || case_of(row)->reopened == GOVSVC_YES;
}

/* Who complains says whether they are satisfied, wherever they work. */
static bool is_own(const gs_call *call, const govsvc_hard_case *hard)
{
    return call->actor->roles & (GS_ROLE_APPLICANT | GS_ROLE_AGENT) && hard->owner &&
           strcmp(hard->owner, gs_own_account(call->actor)) == 0;
}

static govsvc_status confirm(gs_call *call, gs_row *row)
{
    const govsvc_hard_case_confirmation *in = call->in;
    govsvc_hard_case *hard = case_of(row);
    govsvc_status status = is_own(call, hard) ? GOVSVC_OK : check_impartial(call, hard);
    if (!status && in->satisfied == GOVSVC_NO && !in->opinion)
        status = gs_refuse(call, "/opinion", "required", NULL, NULL);
    if (status)
        return status;
    hard->satisfied = in->satisfied;
    hard->called_back_at = call->occurred_at;
    if (ends(call, row))
        return in->satisfied == GOVSVC_YES ? GOVSVC_OK : gs_guard(call);
    hard->reopened = GOVSVC_YES;
    hard->assigned_organ = hard->assigned_to = NULL;
    return GOVSVC_OK;
}

/* Nothing more will be tried: a supervisor learns of it. */
static govsvc_status tell_unsatisfied(gs_call *call, gs_row *row)
{
    const govsvc_hard_case *hard = case_of(row);
    if (hard->state != GOVSVC_HARD_CASE_CLOSED || hard->satisfied == GOVSVC_YES)
        return GOVSVC_OK;
    const govsvc_alert what = {.struct_size = sizeof what,
                               .severity = GOVSVC_SEVERITY_YELLOW,
                               .subject = hard->id,
                               .rule = "hard_case.unsatisfied",
                               .subject_kind = "hard_case",
                               .organ = hard->assigned_organ,
                               .division = hard->division,
                               .text = "办不成事重办后回访仍不满意"};
    return gs_alert_raise(call, &what);
}

/* ---- the flow ------------------------------------------------------------------------------------------- */

/* The end of the Beijing day on which it was registered. */
static govsvc_status assignment_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    (void)row;
    limit->until = gs_day_start(gs_day_of(call->occurred_at) + 1);
    return GOVSVC_OK;
}

enum { ASSIGNMENT, REPLY };
#define LOCAL_RULE "“办不成事”反映窗口工作规则（地方规定）"

/* clang-format off */
static const gs_clock_spec clocks[] = {
    [ASSIGNMENT] = {.kind = "assignment", .title = "交办期限", .limit = {GOVSVC_ABSENT, 0, LOCAL_RULE},
                    .limit_of = assignment_limit, .alert = "hard_case.assignment"},
    [REPLY] = {.kind = "reply", .title = "答复期限", .limit = {5, GOVSVC_UNIT_WORKING_DAYS, LOCAL_RULE},
               .alert = "hard_case.reply", .ahead = 1},
    {.kind = NULL},
};
/* clang-format on */

#define AT(member) offsetof(govsvc_hard_case, member)
#define TO(name) GOVSVC_HARD_CASE_##name
enum {
    PERSON = GS_ROLE_APPLICANT | GS_ROLE_AGENT,
    ABOVE = GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_GOVERNMENT_HEAD,
    CALLERS = PERSON | GS_ROLE_WINDOW_CLERK | GS_ROLE_CENTRE_SUPERVISOR,
    ANSWERING = GS_ROLE_HANDLER | GS_ROLE_ORGAN_HEAD | GS_ROLE_CENTRE_SUPERVISOR
};

/* clang-format off */
static const gs_transition transitions[] = {
    {0, "open", TO(REGISTERED), PERSON | GS_ROLE_WINDOW_CLERK, AT(registered_at), .clocks = {{GS_START, ASSIGNMENT, 0}}},
    {TO(REGISTERED), "assign", TO(ASSIGNED), GS_ROLE_WINDOW_CLERK | ABOVE, AT(assigned_at),
     .clocks = {{GS_STOP, ASSIGNMENT, 0}, {GS_START, REPLY, 0}}},
    {TO(ASSIGNED), "assign", TO(ASSIGNED), ABOVE, .stamp = 0},
    {TO(ESCALATED), "assign", TO(ASSIGNED), ABOVE, .stamp = 0},
    {TO(ASSIGNED), "escalate", TO(ESCALATED), ANSWERING | GS_ROLE_WINDOW_CLERK, .stamp = AT(escalated_at)},
    {TO(ASSIGNED), "meet", 0, ABOVE | GS_ROLE_ORGAN_HEAD, .stamp = 0},
    {TO(ESCALATED), "meet", 0, ABOVE | GS_ROLE_ORGAN_HEAD, .stamp = 0},
    {TO(ASSIGNED), "resolve", TO(RESOLVED), ANSWERING, AT(replied_at), .clocks = {{GS_STOP, REPLY, 0}}},
    {TO(ESCALATED), "resolve", TO(RESOLVED), ABOVE, AT(replied_at), .clocks = {{GS_STOP, REPLY, 0}}},
    {TO(ASSIGNED), "explain", TO(EXPLAINED), ANSWERING, AT(replied_at), .clocks = {{GS_STOP, REPLY, 0}}},
    {TO(ESCALATED), "explain", TO(EXPLAINED), ABOVE, AT(replied_at), .clocks = {{GS_STOP, REPLY, 0}}},
    {TO(RESOLVED), "confirm", TO(CLOSED), CALLERS, AT(closed_at), .when = ends},
    {TO(RESOLVED), "confirm", TO(REGISTERED), CALLERS, 0, .clocks = {{GS_START, ASSIGNMENT, 0}}},
    {TO(EXPLAINED), "confirm", TO(CLOSED), CALLERS, AT(closed_at), .when = ends},
    {TO(EXPLAINED), "confirm", TO(REGISTERED), CALLERS, 0, .clocks = {{GS_START, ASSIGNMENT, 0}}},
    {.action = NULL},
};
static const gs_flow flow = {.record = &gs_record_hard_case, .transitions = transitions, .clocks = clocks};

/* ---- the service ---------------------------------------------------------------------------------------- */

#define STEP(action, label, input, function)                                                                 \
    {.name = "hard_case." action, .title = label, .in = &input, .out = &gs_record_hard_case,                 \
     .kind = GS_STEP, .flow = &flow, .substance = function}

static const gs_operation operations[] = {
    {.name = "hard_case.open", .title = "登记办不成事", .in = &gs_record_hard_case_draft, .out = &gs_record_hard_case,
     .kind = GS_CREATE, .flow = &flow, .substance = open_case},
    STEP("assign", "交办办不成事", gs_record_hard_case_assignment, assign),
    STEP("escalate", "提级办不成事", gs_record_step, escalate),
    STEP("meet", "记录联席会议", gs_record_hard_case_met, meet),
    STEP("resolve", "解决办不成事", gs_record_hard_case_reply, resolve),
    STEP("explain", "说明不能办理", gs_record_hard_case_reply, explain),
    {.name = "hard_case.confirm", .title = "回访办不成事", .in = &gs_record_hard_case_confirmation, .out = &gs_record_hard_case,
     .kind = GS_STEP, .flow = &flow, .substance = confirm, .after = tell_unsatisfied},
    {.name = "hard_case.get", .title = "查询办不成事", .in = &gs_record_get_request, .out = &gs_record_hard_case, .kind = GS_GET},
    {.name = "hard_case.find", .title = "查找办不成事", .in = &gs_record_hard_case_query, .out = &gs_record_hard_case_page,
     .kind = GS_RUN, .run = gs_hard_case_find},
    {.name = "hard_case.deadline", .title = "查询办不成事时限", .in = &gs_record_deadline_request, .out = &gs_record_deadline,
     .kind = GS_DEADLINE, .flow = &flow},
    {.name = "hard_case.causes", .title = "办不成事原因统计", .in = &gs_record_hard_case_causes_request,
     .out = &gs_record_hard_case_tally, .kind = GS_RUN, .run = gs_hard_case_causes, .roles = GS_CAUSES_READERS},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_hard_case, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_hard_case = {.records = records, .flows = flows, .operations = operations};
