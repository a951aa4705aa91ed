/* lib/application/application.c - applications as tables: their clocks, their flow, their operations. Articles are
 * of 行政许可法 (2019) unless another law is named. */
#include "application/bundle.h"

#include <string.h>

/* ---- what the steps share ------------------------------------------------------------------------------- */

govsvc_status gs_application_matter(gs_call *call, const gs_row *row, const govsvc_matter **out)
{
    return gs_matter_load(call, ((const govsvc_application *)row->at)->matter_id, out);
}

void gs_application_need(gs_call *call, const char *text, const char *field, const char *text_zh,
                         const char *text_en, const char *basis)
{
    if (!text || !text[strspn(text, " \t\r\n")])
        gs_refuse_in_words(call, field, "required", text_zh, text_en, basis);
}

govsvc_status gs_application_clock(gs_call *call, const gs_row *row, int clock, gs_row **out)
{
    govsvc_status status = gs_clock_load(call, row, gs_flow_application.clocks[clock].kind, out);
    if (status == GOVSVC_NOT_FOUND)
        *out = NULL;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* ---- the flow ---------------------------------------------------------------------------------------- */

/* clang-format off */
#define WORKING(days, law) {days, GOVSVC_UNIT_WORKING_DAYS, law}
#define SPECIAL(name, code, label)                                                                           \
    [GS_CLOCK_SPECIAL + GOVSVC_SPECIAL_##name] = {"special_" code, label "期限", {GOVSVC_ABSENT, 0, "行政许可法 第四十五条"}, \
                                                  gs_limit_special, "application.overrun_special_procedure"}

static const gs_clock_spec clocks[] = {
    [GS_CLOCK_EXAMINATION] = {"examination", "收件审查期限", WORKING(5, "行政许可法 第三十二条"), gs_limit_examination,
                              "application.deem_accepted"},
    [GS_CLOCK_DECISION] = {"decision", "审查决定期限", WORKING(20, "行政许可法 第四十二条"), gs_limit_decision,
                           .alert = "application.decision"},
    [GS_CLOCK_PROMISED] = {"promised", "承诺办结期限", WORKING(20, "优化营商环境条例 第三十五条"), gs_limit_promised,
                           .alert = "application.promised", .ahead = 1},
    [GS_CLOCK_DELIVERY] = {"delivery", "颁发送达期限", WORKING(10, "行政许可法 第四十四条"), .alert = "application.delivery"},
    [GS_CLOCK_RENEWAL] = {"renewal", "延续决定期限", WORKING(0, "行政许可法 第五十条"), gs_limit_renewal,
                          "application.deem_renewed"},
    [GS_CLOCK_HEARING_REQUEST] = {"hearing_request", "申请听证期限", WORKING(5, "行政许可法 第四十七条"), NULL,
                                  "application.lapse_hearing"},
    [GS_CLOCK_HEARING] = {"hearing", "组织听证期限", WORKING(20, "行政许可法 第四十七条"), .alert = "application.hearing"},
    [GS_CLOCK_INSPECTION] = {"inspection", "指派检验检测检疫人员期限", WORKING(5, "行政许可法 第五十五条"), gs_limit_inspection,
                             .alert = "application.inspection"},
    [GS_CLOCK_PRELIMINARY] = {"preliminary", "下级机关审查期限", WORKING(20, "行政许可法 第四十三条"),
                              .alert = "application.preliminary"},
    [GS_CLOCK_COMPLETION] = {"completion", "容缺材料补齐期限", WORKING(0, "事项实施清单 容缺后补材料"), gs_limit_completion,
                             .alert = "application.completion"},
    SPECIAL(HEARING, "hearing", "听证"),
    SPECIAL(TENDER, "tender", "招标"),
    SPECIAL(AUCTION, "auction", "拍卖"),
    SPECIAL(INSPECTION, "inspection", "检验"),
    SPECIAL(TEST, "test", "检测"),
    SPECIAL(QUARANTINE, "quarantine", "检疫"),
    SPECIAL(APPRAISAL, "appraisal", "鉴定"),
    SPECIAL(EXPERT_REVIEW, "expert_review", "专家评审"),
    {.kind = NULL},
};

#define AT(member) offsetof(govsvc_application, member)
#define TO(name) GOVSVC_APPLICATION_##name
enum {
    FRONT = GS_ROLE_WINDOW_CLERK | GS_ROLE_ACCEPTOR,
    PERSON = GS_ROLE_APPLICANT | GS_ROLE_AGENT,
    PERSON_OR_WINDOW = PERSON | GS_ROLE_WINDOW_CLERK,
    BACK = GS_ROLE_REVIEWER | GS_ROLE_ORGAN_HEAD,
    OF_ORGAN = GS_ROLE_ACCEPTOR | BACK
};

#define BEGIN_AT(time) {{GS_STOP, GS_CLOCK_EXAMINATION, 0}, {GS_START, GS_CLOCK_DECISION, time},             \
                        {GS_START, GS_CLOCK_PROMISED, time}, {GS_START, GS_CLOCK_INSPECTION, time}}
#define PAUSE {{GS_PAUSE, GS_CLOCK_DECISION, 0}, {GS_PAUSE, GS_CLOCK_PROMISED, 0}}
#define RESUME {{GS_RESUME, GS_CLOCK_DECISION, 0}, {GS_RESUME, GS_CLOCK_PROMISED, 0}}
#define STOP_ALL {{GS_STOP_ALL, 0, 0}}
#define VOID_ALL {{GS_VOID_ALL, 0, 0}}
#define DECIDE {{GS_STOP_ALL, 0, 0}, {GS_START, GS_CLOCK_DELIVERY, 0}}

/* What may happen from acceptance to the decision, whether or not a special procedure goes on: special procedures
 * themselves say by what holds the clock which of the two it is. */
#define SINGLE .when = gs_application_is_single
#define WHOLE .when = gs_application_is_whole
#define UNDER_WAY(state)                                                                                     \
    {TO(state), "begin_special_procedure", 0, BACK, SINGLE},                                                         \
    {TO(state), "tell_special_procedure", 0, BACK, .clocks = PAUSE},                                         \
    {TO(state), "end_special_procedure", 0, BACK, .clocks = RESUME},                                         \
    {TO(state), "overrun_special_procedure", 0, GS_ROLE_SYSTEM, .clocks = RESUME},                           \
    {TO(state), "inspect", 0, BACK, .clocks = {{GS_STOP, GS_CLOCK_INSPECTION, 0}}, SINGLE},                          \
    {TO(state), "complete", 0, PERSON_OR_WINDOW, .clocks = {{GS_STOP, GS_CLOCK_COMPLETION, 0}}},             \
    {TO(state), "extend", 0, GS_ROLE_ORGAN_HEAD,                                                             \
     .clocks = {{GS_EXTEND, GS_CLOCK_DECISION, 0}, {GS_EXTEND, GS_CLOCK_PROMISED, 0}}, SINGLE},                      \
    {TO(state), "offer_hearing", 0, BACK, .stamp = AT(hearing_offered_at), .clocks = {{GS_START, GS_CLOCK_HEARING_REQUEST, 0}}, SINGLE}, \
    {TO(state), "lapse_hearing", 0, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, GS_CLOCK_HEARING_REQUEST, 0}}},     \
    {TO(state), "request_hearing", 0, PERSON_OR_WINDOW, .stamp = AT(hearing_requested_at),                            \
     .clocks = {{GS_STOP, GS_CLOCK_HEARING_REQUEST, 0}, {GS_START, GS_CLOCK_HEARING, 0}}},                             \
    {TO(state), "schedule_hearing", 0, BACK, .stamp = 0},                                                                \
    {TO(state), "deem_renewed", TO(DECIDED), GS_ROLE_SYSTEM, .stamp = AT(decided_at), .clocks = DECIDE}

/* What else happens to reviews. */
#define REVIEWED(state)                                                                                      \
    {TO(state), "assign", 0, BACK, .guests = true}, {TO(state), "add_reviewer", 0, BACK, .guests = true},    \
    {TO(state), "remove_reviewer", 0, BACK, .guests = true}, {TO(state), "send_back", TO(IN_REVIEW), BACK, .guests = false},  \
    {TO(state), "recall", 0, GS_ROLE_REVIEWER, .guests = true}

#define CAN_BE_CORRECTED(state) {TO(state), "correct", 0, OF_ORGAN, .stamp = 0}

/* Without a decision; what is left of a bundle may stay. */
#define CAN_END(state)                                                                                       \
    {TO(state), "withdraw", 0, PERSON_OR_WINDOW, .clocks = VOID_ALL},                                        \
    {TO(state), "terminate", 0, OF_ORGAN, .clocks = VOID_ALL},                                               \
    {TO(state), "end", 0, GS_ROLE_SYSTEM, .clocks = VOID_ALL}

/* It goes on by itself: of what was handled as one, with a decision clock of its own from when it was accepted. */
#define CAN_DETACH(state) {TO(state), "detach", 0, GS_ROLE_SYSTEM, .stamp = 0}
#define CAN_DETACH_FROM(state, time)                                                                         \
    {TO(state), "detach", 0, GS_ROLE_SYSTEM, .clocks = {{GS_START, GS_CLOCK_DECISION, AT(time)}},            \
     .when = gs_application_was_unified}, CAN_DETACH(state)

static const gs_transition transitions[] = {
    {0, "submit", TO(SUBMITTED), PERSON_OR_WINDOW, .stamp = AT(submitted_at)},
    /* a member of a bundle: at once, or when its predecessors are decided */
    {0, "join", TO(SUBMITTED), GS_ROLE_SYSTEM, .stamp = AT(submitted_at)},
    {0, "await", TO(WAITING), GS_ROLE_SYSTEM, .stamp = AT(submitted_at)},
    {TO(WAITING), "start", TO(ACCEPTED), GS_ROLE_SYSTEM, .stamp = AT(accepted_at), .clocks = BEGIN_AT(0)},
    /* a bundle */
    {TO(ACCEPTED), "complete_members", 0, GS_ROLE_SYSTEM, .stamp = AT(decided_at), .clocks = {{GS_STOP, GS_CLOCK_DECISION, 0}}},
    {TO(ACCEPTED), "close", TO(CLOSED), GS_ROLE_SYSTEM, .stamp = AT(closed_at), .clocks = STOP_ALL, WHOLE},
    {TO(ACCEPTED), "split", TO(CLOSED), PERSON_OR_WINDOW, .stamp = AT(closed_at), .clocks = STOP_ALL, WHOLE},
    {TO(ACCEPTED), "extend", 0, GS_ROLE_GOVERNMENT_HEAD,
     .clocks = {{GS_EXTEND, GS_CLOCK_DECISION, 0}, {GS_EXTEND, GS_CLOCK_PROMISED, 0}}, .when = gs_application_is_unified},
    {TO(SUBMITTED), "receive", TO(RECEIVED), FRONT, .stamp = AT(received_at), .clocks = {{GS_START, GS_CLOCK_EXAMINATION, 0}}},
    {TO(RECEIVED), "request_correction", TO(CORRECTING), FRONT, .stamp = AT(correction_requested_at), .clocks = {{GS_STOP, GS_CLOCK_EXAMINATION, 0}}, SINGLE},
    {TO(CORRECTING), "supply", TO(SUPPLIED), PERSON_OR_WINDOW, .stamp = AT(supplied_at), .clocks = BEGIN_AT(0)},
    {TO(RECEIVED), "accept", TO(ACCEPTED), FRONT, .stamp = AT(accepted_at), .clocks = BEGIN_AT(0)},
    {TO(SUPPLIED), "accept", TO(ACCEPTED), FRONT, .stamp = AT(accepted_at)},
    {TO(RECEIVED), "accept_conditionally", TO(ACCEPTED), FRONT, .stamp = AT(accepted_at), .clocks = BEGIN_AT(0)},
    {TO(RECEIVED), "deem_accepted", TO(ACCEPTED), GS_ROLE_SYSTEM, .clocks = BEGIN_AT(AT(received_at))},
    {TO(RECEIVED), "refuse", TO(NOT_ACCEPTED), FRONT, .stamp = AT(refused_at), .clocks = STOP_ALL},
    {TO(SUPPLIED), "refuse", TO(NOT_ACCEPTED), FRONT, .stamp = AT(refused_at), .clocks = STOP_ALL},
    {TO(SUPPLIED), "deem_renewed", TO(DECIDED), GS_ROLE_SYSTEM, .stamp = AT(decided_at), .clocks = DECIDE},
    UNDER_WAY(ACCEPTED),
    UNDER_WAY(IN_REVIEW),
    {TO(ACCEPTED), "review", TO(IN_REVIEW), GS_ROLE_REVIEWER, .guests = true, SINGLE},
    {TO(IN_REVIEW), "review", TO(IN_REVIEW), GS_ROLE_REVIEWER, .guests = true},
    REVIEWED(ACCEPTED), REVIEWED(IN_REVIEW),
    UNDER_WAY(SPECIAL_PROCEDURE),
    {TO(IN_REVIEW), "decide", TO(DECIDED), GS_ROLE_ORGAN_HEAD, .stamp = AT(decided_at), .clocks = DECIDE},
    {TO(DECIDED), "close", TO(CLOSED), FRONT | BACK, .stamp = AT(closed_at)},
    {TO(CLOSED), "deliver", TO(DELIVERED), FRONT, .stamp = AT(delivered_at), .clocks = {{GS_STOP, GS_CLOCK_DELIVERY, 0}}},
    {TO(DECIDED), "annul", TO(ANNULLED), GS_ROLE_ORGAN_HEAD, .stamp = AT(annulled_at), .clocks = STOP_ALL},
    {TO(CLOSED), "annul", TO(ANNULLED), GS_ROLE_ORGAN_HEAD, .stamp = AT(annulled_at), .clocks = STOP_ALL},
    {TO(DELIVERED), "annul", TO(ANNULLED), GS_ROLE_ORGAN_HEAD, .stamp = AT(annulled_at), .clocks = STOP_ALL},
    CAN_END(SUBMITTED), CAN_END(RECEIVED), CAN_END(CORRECTING), CAN_END(SUPPLIED), CAN_END(WAITING), CAN_END(ACCEPTED),
    CAN_END(IN_REVIEW), CAN_END(SPECIAL_PROCEDURE),
    CAN_DETACH(SUBMITTED), CAN_DETACH(RECEIVED), CAN_DETACH(CORRECTING), CAN_DETACH(WAITING),
    CAN_DETACH_FROM(SUPPLIED, supplied_at), CAN_DETACH_FROM(ACCEPTED, accepted_at),
    CAN_DETACH_FROM(IN_REVIEW, accepted_at), CAN_DETACH_FROM(SPECIAL_PROCEDURE, accepted_at),
    CAN_BE_CORRECTED(WAITING),
    CAN_BE_CORRECTED(SUBMITTED), CAN_BE_CORRECTED(RECEIVED), CAN_BE_CORRECTED(CORRECTING), CAN_BE_CORRECTED(SUPPLIED),
    CAN_BE_CORRECTED(ACCEPTED), CAN_BE_CORRECTED(IN_REVIEW), CAN_BE_CORRECTED(SPECIAL_PROCEDURE),
    CAN_BE_CORRECTED(DECIDED), CAN_BE_CORRECTED(CLOSED), CAN_BE_CORRECTED(DELIVERED),
    {.action = NULL},
};
/* clang-format on */

/* clang-format off */
static const gs_wait waits[] = {
    {TO(SUBMITTED), "receive", -1},
    {TO(RECEIVED), "accept", GS_CLOCK_EXAMINATION},
    {TO(CORRECTING), "supply", -1},
    {TO(SUPPLIED), "accept", GS_CLOCK_PROMISED},
    {TO(ACCEPTED), "review", GS_CLOCK_PROMISED},
    {TO(IN_REVIEW), "decide", GS_CLOCK_PROMISED},
    {TO(SPECIAL_PROCEDURE), "end_special_procedure", GS_CLOCK_PROMISED},
    {TO(DECIDED), "close", GS_CLOCK_DELIVERY},
    {TO(CLOSED), "deliver", GS_CLOCK_DELIVERY},
    {.action = NULL},
};
/* clang-format on */

const gs_flow gs_flow_application = {
    .record = &gs_record_application, .transitions = transitions, .clocks = clocks, .waits = waits, .explain = gs_bundle_explain};

/* ---- the service ------------------------------------------------------------------------------------- */

/* clang-format off */
#define STEP_AFTER(action, label, input, function, brings)                                                   \
    {.name = "application." action, .title = label, .in = &gs_record_##input, .out = &gs_record_application, \
     .kind = GS_STEP, .flow = &gs_flow_application, .substance = function, .after = brings}
#define STEP(action, label, input, function)                                                                 \
    {.name = "application." action, .title = label, .in = &gs_record_##input, .out = &gs_record_application, \
     .kind = GS_STEP, .flow = &gs_flow_application, .substance = function}

static const gs_operation operations[] = {
    {.name = "application.prepare", .title = "预填申请", .in = &gs_record_prepare_request, .out = &gs_record_prepared,
     .kind = GS_RUN, .run = gs_application_prepare, .roles = PERSON_OR_WINDOW, .discloses = true},
    {.name = "application.submit", .title = "提交申请", .in = &gs_record_application_draft,
     .out = &gs_record_application, .kind = GS_CREATE, .flow = &gs_flow_application, .substance = gs_application_submit,
     .after = gs_bundle_submitted},
    STEP("join", "成员事项提交", step, NULL),
    STEP("await", "成员事项待前置事项", step, NULL),
    STEP("start", "成员事项受理", step, gs_reviews_begin),
    STEP("detach", "单独办理", step, gs_application_detach),
    STEP("complete_members", "成员事项全部决定", step, NULL),
    STEP_AFTER("split", "拆分办理", step, gs_application_split, gs_bundle_split),
    STEP_AFTER("withdraw", "撤回申请", step, gs_application_withdraw, gs_bundle_ended),
    STEP_AFTER("terminate", "终止办理", termination, gs_application_terminate, gs_bundle_ended),
    STEP("end", "结束办理", step, gs_application_end_itself),
    {.name = "application.children", .title = "查询成员办件", .in = &gs_record_get_request, .out = &gs_record_children,
     .kind = GS_RUN, .run = gs_application_children, .roles = GS_ROLE_ANY},
    STEP_AFTER("receive", "收件", step, gs_application_receive, gs_bundle_received),
    STEP("request_correction", "一次性告知补正", correction_request, gs_application_request_correction),
    STEP("supply", "补正", supply, gs_application_supply),
    STEP_AFTER("accept", "受理", step, gs_reviews_begin, gs_bundle_accepted),
    STEP_AFTER("accept_conditionally", "容缺受理", conditional_acceptance, gs_application_accept_conditionally, gs_bundle_accepted),
    STEP("complete", "补齐容缺材料", supply, gs_application_complete),
    STEP_AFTER("deem_accepted", "视为受理", step, gs_application_deem_accepted, gs_bundle_deemed),
    STEP_AFTER("refuse", "不予受理", refusal, gs_application_refuse, gs_bundle_ended),
    STEP("review", "审查", review_step, gs_application_do_review),
    STEP("assign", "转办", review_change, gs_application_assign),
    STEP("add_reviewer", "加签", review_change, gs_application_add_reviewer),
    STEP("remove_reviewer", "减签", review_change, gs_application_remove_reviewer),
    STEP("send_back", "退回", review_change, gs_application_send_back),
    STEP("recall", "取回", review_change, gs_application_recall),
    {.name = "application.reviews", .title = "查询审查", .in = &gs_record_get_request, .out = &gs_record_review_list,
     .kind = GS_RUN, .run = gs_application_reviews, .roles = GS_ROLE_ANY, .discloses = true},
    {.name = "application.queue", .title = "待办", .in = &gs_record_queue_request, .out = &gs_record_queue,
     .kind = GS_RUN, .run = gs_application_queue, .roles = GS_ROLE_ANY},
    {.name = "application.next", .title = "可办环节", .in = &gs_record_get_request, .out = &gs_record_next,
     .kind = GS_RUN, .run = gs_application_next, .roles = GS_ROLE_ANY},
    STEP("begin_special_procedure", "启动特别程序", special_procedure_step, gs_application_begin_special),
    STEP("tell_special_procedure", "书面告知特别程序", special_procedure_step, gs_application_tell_special),
    STEP("end_special_procedure", "结束特别程序", special_procedure_step, gs_application_end_special),
    {.name = "application.overrun_special_procedure", .title = "特别程序超出自身时限", .in = &gs_record_step,
     .out = &gs_record_application, .kind = GS_STEP, .flow = &gs_flow_application,
     .substance = gs_application_overrun_special, .after = gs_application_tell_overrun},
    STEP("inspect", "实地核查", inspection, gs_application_inspect),
    STEP("extend", "延长期限", extension_step, gs_application_extend),
    STEP("offer_hearing", "告知听证权利", step, gs_application_offer_hearing),
    STEP("request_hearing", "申请听证", step, gs_application_request_hearing),
    STEP("lapse_hearing", "逾期未申请听证", step, NULL),
    STEP("schedule_hearing", "通知听证", hearing_notice, gs_application_schedule_hearing),
    STEP_AFTER("decide", "作出决定", decision, gs_application_decide, gs_bundle_decided),
    STEP_AFTER("deem_renewed", "视为准予延续", step, gs_application_deem_renewed, gs_bundle_decided),
    STEP_AFTER("close", "办结", step, gs_bundle_guard, gs_bundle_closed),
    STEP("deliver", "送达", step, NULL),
    STEP("annul", "撤销", annulment, gs_application_annul),
    STEP("correct", "更正", record_correction, gs_application_correct),
    {.name = "application.report", .title = "报送环节", .in = &gs_record_step_report, .out = &gs_record_application,
     .kind = GS_RUN, .run = gs_application_report, .roles = GS_ROLE_STAFF, .write = true},
    {.name = "application.get", .title = "查询办件", .in = &gs_record_get_request, .out = &gs_record_application,
     .kind = GS_GET, .roles = GS_ROLE_ANY},
    {.name = "application.deadline", .title = "查询时限", .in = &gs_record_deadline_request, .out = &gs_record_deadline,
     .kind = GS_DEADLINE, .flow = &gs_flow_application},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_application, &gs_record_clock, &gs_record_bar, &gs_record_review, NULL};
static const gs_flow *const flows[] = {&gs_flow_application, NULL};

const gs_service gs_service_application = {.records = records, .flows = flows, .operations = operations};
