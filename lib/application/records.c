/* lib/application/records.c - the field tables of govsvc/application.h. */
#include "application/application.h"

#include "application/bundle.h"
#include "govsvc/codes.h"
#include "journal/journal.h"

static const gs_name states[] = {
    {GOVSVC_APPLICATION_SUBMITTED, "submitted", "已提交"},
    {GOVSVC_APPLICATION_RECEIVED, "received", "已收件"},
    {GOVSVC_APPLICATION_CORRECTING, "correcting", "待补正"},
    {GOVSVC_APPLICATION_ACCEPTED, "accepted", "已受理"},
    {GOVSVC_APPLICATION_IN_REVIEW, "in_review", "审查中"},
    {GOVSVC_APPLICATION_SPECIAL_PROCEDURE, "special_procedure", "特别程序"},
    {GOVSVC_APPLICATION_DECIDED, "decided", "已决定"},
    {GOVSVC_APPLICATION_CLOSED, "closed", "已办结"},
    {GOVSVC_APPLICATION_DELIVERED, "delivered", "已送达"},
    {GOVSVC_APPLICATION_SUPPLIED, "supplied", "已补正"},
    {GOVSVC_APPLICATION_WAITING, "waiting", "待前置事项"},
    {GOVSVC_APPLICATION_NOT_ACCEPTED, "not_accepted", "不予受理"},
    {GOVSVC_APPLICATION_WITHDRAWN, "withdrawn", "已撤回"},
    {GOVSVC_APPLICATION_TERMINATED, "terminated", "已终止"},
    {GOVSVC_APPLICATION_ANNULLED, "annulled", "已撤销"},
    {0, NULL, NULL},
};

static const gs_name end_kinds[] = {
    {GOVSVC_END_WITHDRAWN, "withdrawn", "撤回"},
    {GOVSVC_END_DEATH, "death", "申请人死亡或者丧失行为能力"},
    {GOVSVC_END_DISSOLVED, "dissolved", "法人或者其他组织终止"},
    {GOVSVC_END_ABANDONED, "abandoned", "视为放弃"},
    {GOVSVC_END_CANCELLED_POWER, "cancelled_power", "事项取消"},
    {GOVSVC_END_PREDECESSOR, "predecessor", "前置事项未成"},
    {0, NULL, NULL},
};

static const gs_name applicant_kinds[] = {
    {GOVSVC_APPLICANT_NATURAL_PERSON, "natural_person", "自然人"},
    {GOVSVC_APPLICANT_ENTERPRISE, "enterprise", "企业法人"},
    {GOVSVC_APPLICANT_INSTITUTION, "institution", "事业法人"},
    {GOVSVC_APPLICANT_SOCIAL_BODY, "social_body", "社会组织法人"},
    {GOVSVC_APPLICANT_UNINCORPORATED, "unincorporated", "非法人企业"},
    {GOVSVC_APPLICANT_ORGAN, "organ", "行政机关"},
    {GOVSVC_APPLICANT_OTHER, "other", "其他组织"},
    {0, NULL, NULL},
};

static const gs_name outcomes[] = {{GOVSVC_OUTCOME_GRANTED, "granted", "准予"},
                                   {GOVSVC_OUTCOME_REFUSED, "refused", "不予"},
                                   {GOVSVC_OUTCOME_PARTLY, "partly", "部分准予"},
                                   {0, NULL, NULL}};

#define SUPPLIED_FIELDS(T, F)                                                                                \
    F(T, INT, copies, "份数", .most = 100)                                                                   \
    F(T, TEXT, code, "材料代码", .need = true, .max = 50)                                                    \
    F(T, TEXT, name, "名称", .max = 300)                                                                     \
    F(T, TEXT, digest, "文件摘要", .max = 64)                                                                \
    F(T, TEXT, place, "存放位置", .max = 500)
GS_RECORD(gs_record_supplied, govsvc_supplied, "supplied", "已交材料", SUPPLIED_FIELDS)

#define CORRECTION_ITEM_FIELDS(T, F)                                                                         \
    F(T, TEXT, code, "材料代码或表单字段", .need = true, .max = 50)                                          \
    F(T, TEXT, requirement, "补正要求", .need = true, .max = 1000, .lines = true)
GS_RECORD(gs_record_correction_item, govsvc_correction_item, "correction_item", "补正内容",
          CORRECTION_ITEM_FIELDS)

#define PROCEDURE_HELD_FIELDS(T, F)                                                                          \
    F(T, NAME, kind, "种类", .need = true, .names = gs_special_procedure_names)                              \
    F(T, TIME, began_at, "开始时间")                                                                         \
    F(T, TIME, told_at, "书面告知时间")                                                                      \
    F(T, TIME, ended_at, "结束时间")                                                                         \
    F(T, FLAG, overrun, "超出自身时限")                                                                      \
    F(T, TEXT, reason, "事由", .max = 2000, .lines = true)                                                   \
    F(T, TEXT, result, "结果", .max = 2000, .lines = true)                                                   \
    F(T, TEXT, notice, "书面告知文书", .max = 500)                                                           \
    F(T, TEXTS, staff, "指派人员", .count = offsetof(T, staff_count))
GS_RECORD(gs_record_procedure_held, govsvc_procedure_held, "procedure_held", "特别程序",
          PROCEDURE_HELD_FIELDS)

#define INSPECTION_HELD_FIELDS(T, F)                                                                         \
    F(T, TIME, held_at, "核查时间")                                                                          \
    F(T, TEXT, place, "地点", .max = 500)                                                                    \
    F(T, TEXT, findings, "核查情况", .max = 2000, .lines = true)                                             \
    F(T, TEXTS, staff, "核查人员", .count = offsetof(T, staff_count))                                        \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_inspection_held, govsvc_inspection_held, "inspection_held", "实地核查",
          INSPECTION_HELD_FIELDS)

/* Who applies, and with what; all of it but the materials is personal. Free text counts as personal. */
#define PERSON_FIELDS(T, F)                                                                                  \
    F(T, TEXT, applicant_name, "申请人", .need = true, .level = 3, .mask = GS_MASK_NAME)                     \
    F(T, TEXT, applicant_id, "申请人证件号码", .need = true, .max = 50, .level = 3, .mask = GS_MASK_NUMBER,  \
      .find = true)                                                                                          \
    F(T, TEXT, contact_name, "联系人", .max = 100, .level = 3, .mask = GS_MASK_NAME)                         \
    F(T, TEXT, phone, "联系电话", .max = 30, .level = 3, .mask = GS_MASK_NUMBER)                             \
    F(T, TEXT, address, "地址", .max = 500, .level = 3)                                                      \
    F(T, JSON, form, "表单", .level = 3)
#define MATERIALS_FIELD(T, F)                                                                                \
    F(T, LIST, materials, "材料", .of = &gs_record_supplied, .max = 200, .count = offsetof(T, material_count))
#define ANSWERS_FIELD(T, F) F(T, TEXTS, answers, "情形选择", .max = 100, .count = offsetof(T, answer_count))

#define RENEWAL_FIELDS(T, F)                                                                                 \
    F(T, TEXT, renews, "延续的许可证件编号", .max = 100)                                                     \
    F(T, DATE, expires_on, "许可有效期届满日")

#define DRAFT_FIELDS(T, F)                                                                                   \
    F(T, NAME, applicant_kind, "申请人类型", .need = true, .names = applicant_kinds)                         \
    F(T, NAME, channel, "申请渠道", .need = true, .names = gs_channel_names)                                 \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, matter, "事项编码", .need = true, .max = 33)                                                  \
    F(T, TEXT, owner, "申请人账号", .max = 100)                                                              \
    F(T, TEXT, title, "办件摘要", .max = 500, .level = 3)                                                    \
    PERSON_FIELDS(T, F)                                                                                      \
    RENEWAL_FIELDS(T, F)                                                                                     \
    MATERIALS_FIELD(T, F)                                                                                    \
    ANSWERS_FIELD(T, F)                                                                                      \
    F(T, TEXTS, without, "不办的成员事项", .max = 50, .count = offsetof(T, without_count))                   \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_application_draft, govsvc_application_draft, "application_draft", "申请", DRAFT_FIELDS)

#define APPLICATION_FIELDS(T, F)                                                                             \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, ID, matter_id, "事项标识")                                                                          \
    F(T, INT, matter_version, "事项版本")                                                                    \
    F(T, NAME, applicant_kind, "申请人类型", .names = applicant_kinds)                                       \
    F(T, NAME, channel, "申请渠道", .names = gs_channel_names)                                               \
    F(T, NAME, outcome, "决定结果", .names = outcomes)                                                       \
    F(T, FLAG, deemed, "视为受理")                                                                           \
    F(T, FLAG, corrected, "已要求补正")                                                                      \
    F(T, FLAG, conditional, "容缺受理")                                                                      \
    F(T, FLAG, extended, "已延长期限")                                                                       \
    F(T, FLAG, in_time, "按期申请延续")                                                                      \
    F(T, FLAG, bundle, "一件事")                                                                             \
    F(T, FLAG, unified, "统一办理")                                                                          \
    F(T, ID, parent, "一件事办件")                                                                           \
    F(T, FLAG, detached, "已拆分")                                                                           \
    F(T, NAME, end_kind, "结束原因", .names = end_kinds)                                                     \
    F(T, INT, holding, "中止期限的特别程序数")                                                               \
    F(T, INT, open_parts, "未完成的审查或者成员数")                                                          \
    F(T, TIME, due_at, "待办到期时间")                                                                       \
    F(T, TIME, submitted_at, "提交时间")                                                                     \
    F(T, TIME, received_at, "收件时间")                                                                      \
    F(T, TIME, correction_requested_at, "告知补正时间")                                                      \
    F(T, TIME, supplied_at, "补正时间")                                                                      \
    F(T, TIME, accepted_at, "受理时间")                                                                      \
    F(T, TIME, split_offered_at, "可拆分时间")                                                               \
    F(T, TIME, refused_at, "不予受理时间")                                                                   \
    F(T, TIME, ended_at, "撤回或者终止时间")                                                                 \
    F(T, TIME, hearing_offered_at, "告知听证权利时间")                                                       \
    F(T, TIME, hearing_requested_at, "要求听证时间")                                                         \
    F(T, TIME, hearing_at, "听证时间")                                                                       \
    F(T, TIME, decided_at, "决定时间")                                                                       \
    F(T, TIME, closed_at, "办结时间")                                                                        \
    F(T, TIME, delivered_at, "送达时间")                                                                     \
    F(T, TIME, annulled_at, "撤销时间")                                                                      \
    F(T, TIME, barred_until, "不得再次申请至")                                                               \
    F(T, TEXT, number, "办件编号")                                                                           \
    F(T, TEXT, matter, "事项编码")                                                                           \
    F(T, TEXT, matter_name, "事项名称", .max = 1000)                                                         \
    F(T, TEXT, title, "办件摘要", .max = 500, .level = 3)                                                    \
    F(T, TEXT, organ, "办理机关")                                                                            \
    F(T, TEXT, division, "行政区划")                                                                         \
    F(T, TEXT, reception, "收件窗口所在区划")                                                                \
    F(T, TEXT, owner, "申请人账号")                                                                          \
    RENEWAL_FIELDS(T, F)                                                                                     \
    F(T, TEXT, member, "成员事项代码", .max = 50)                                                            \
    F(T, TEXT, end_reason, "结束理由", .max = 2000, .lines = true, .level = 3)                               \
    F(T, TEXT, waits, "待办环节")                                                                            \
    F(T, TEXT, guests, "参与审查的其他机关", .max = 2000)                                                    \
    F(T, TEXT, external_number, "部门系统办件编号", .max = 100)                                              \
    F(T, TEXT, remedy, "救济途径", .max = 2000, .lines = true)                                               \
    F(T, TEXT, decision_reason, "决定理由", .max = 2000, .lines = true, .level = 3)                          \
    F(T, TEXT, annulment_reason, "撤销理由", .max = 2000, .lines = true, .level = 3)                         \
    PERSON_FIELDS(T, F)                                                                                      \
    MATERIALS_FIELD(T, F)                                                                                    \
    F(T, LIST, corrections, "补正内容", .of = &gs_record_correction_item, .level = 3,                        \
      .count = offsetof(T, correction_count))                                                                \
    F(T, LIST, outstanding, "容缺待补材料", .of = &gs_record_correction_item, .level = 3,                    \
      .count = offsetof(T, outstanding_count))                                                               \
    F(T, LIST, procedures, "特别程序", .of = &gs_record_procedure_held, .level = 3,                          \
      .count = offsetof(T, procedure_count))                                                                 \
    F(T, LIST, inspections, "实地核查", .of = &gs_record_inspection_held, .level = 3,                        \
      .count = offsetof(T, inspection_count))                                                                \
    ANSWERS_FIELD(T, F)                                                                                      \
    F(T, LIST, verdicts, "条件结论", .of = &gs_record_verdict, .max = 200,                                   \
      .count = offsetof(T, verdict_count))                                                                   \
    F(T, TEXTS, missing, "未填的必填字段", .max = 500, .count = offsetof(T, missing_count))
static const gs_index indexes[] = {{"organ, waits, due_at, id", false},
                                   {"division, waits, due_at, id", false},
                                   {"owner, waits, due_at, id", false},
                                   {"matter, closed_at", false},
                                   {"parent", false},
                                   {NULL, false}};
GS_RECORD(gs_record_application, govsvc_application, "application", "办件", APPLICATION_FIELDS, .table = true,
          .state = offsetof(govsvc_application, state), .owner = offsetof(govsvc_application, owner),
          .organ = offsetof(govsvc_application, organ), .division = offsetof(govsvc_application, division),
          .reception = offsetof(govsvc_application, reception), .waits = offsetof(govsvc_application, waits),
          .due = offsetof(govsvc_application, due_at), .busy = offsetof(govsvc_application, open_parts),
          .guests = offsetof(govsvc_application, guests), .key = "number", .number = "number",
          .indexes = indexes)

#define CORRECTION_REQUEST_FIELDS(T, F)                                                                      \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, LIST, items, "补正内容", .need = true, .of = &gs_record_correction_item,                            \
      .count = offsetof(T, item_count))                                                                      \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_correction_request, govsvc_correction_request, "correction_request", "告知补正",
          CORRECTION_REQUEST_FIELDS)

#define SUPPLY_FIELDS(T, F)                                                                                  \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, LIST, materials, "材料", .need = true, .of = &gs_record_supplied, .max = 200,                       \
      .count = offsetof(T, material_count))                                                                  \
    F(T, JSON, form, "表单", .level = 3)
GS_RECORD(gs_record_supply, govsvc_supply, "supply", "补正", SUPPLY_FIELDS)

#define REFUSAL_FIELDS(T, F)                                                                                 \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, TEXT, remedy, "救济途径", .max = 2000, .lines = true)                                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_refusal, govsvc_refusal, "refusal", "不予受理", REFUSAL_FIELDS)

#define CONDITIONAL_FIELDS(T, F)                                                                             \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, DATE, due_date, "补齐期限", .need = true)                                                           \
    F(T, LIST, items, "容缺材料", .need = true, .of = &gs_record_correction_item,                            \
      .count = offsetof(T, item_count))
GS_RECORD(gs_record_conditional_acceptance, govsvc_conditional_acceptance, "conditional_acceptance",
          "容缺受理", CONDITIONAL_FIELDS)

#define SPECIAL_STEP_FIELDS(T, F)                                                                            \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, NAME, kind, "种类", .need = true, .names = gs_special_procedure_names)                              \
    F(T, TEXT, notice, "书面告知文书", .max = 500)                                                           \
    F(T, TEXTS, staff, "指派人员", .count = offsetof(T, staff_count))
GS_RECORD(gs_record_special_procedure_step, govsvc_special_procedure_step, "special_procedure_step",
          "特别程序", SPECIAL_STEP_FIELDS)

#define INSPECTION_FIELDS(T, F)                                                                              \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, TEXT, place, "地点", .max = 500)                                                                    \
    F(T, TEXTS, staff, "核查人员", .need = true, .count = offsetof(T, staff_count))
GS_RECORD(gs_record_inspection, govsvc_inspection, "inspection", "实地核查", INSPECTION_FIELDS)

#define EXTENSION_STEP_FIELDS(T, F)                                                                          \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, INT, amount, "延长工作日数", .need = true, .least = 1, .most = 15)                                  \
    F(T, TEXT, notice, "书面告知文书", .need = true, .max = 500)                                             \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_extension_step, govsvc_extension_step, "extension_step", "延长期限",
          EXTENSION_STEP_FIELDS)

#define HEARING_NOTICE_FIELDS(T, F)                                                                          \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, TIME, held_at, "听证时间", .need = true)                                                            \
    F(T, TEXT, place, "听证地点", .need = true, .max = 500)                                                  \
    F(T, TEXT, notice, "听证通知书", .need = true, .max = 500)
GS_RECORD(gs_record_hearing_notice, govsvc_hearing_notice, "hearing_notice", "听证通知",
          HEARING_NOTICE_FIELDS)

#define DECISION_FIELDS(T, F)                                                                                \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, NAME, outcome, "决定结果", .need = true, .names = outcomes)                                         \
    F(T, FLAG, false_materials, "隐瞒有关情况或提供虚假材料")                                                \
    F(T, TEXT, remedy, "救济途径", .max = 2000, .lines = true)                                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_decision, govsvc_decision, "decision", "决定", DECISION_FIELDS)

#define ANNULMENT_FIELDS(T, F)                                                                               \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, FLAG, deceit, "以欺骗、贿赂等不正当手段取得")                                                       \
    F(T, TEXT, remedy, "救济途径", .max = 2000, .lines = true)                                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_annulment, govsvc_annulment, "annulment", "撤销", ANNULMENT_FIELDS)

#define RECORD_CORRECTION_FIELDS(T, F)                                                                       \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, TEXT, title, "办件摘要", .max = 500, .level = 3)                                                    \
    F(T, TEXT, applicant_name, "申请人", .level = 3)                                                         \
    F(T, TEXT, applicant_id, "申请人证件号码", .max = 50, .level = 3)                                        \
    F(T, TEXT, contact_name, "联系人", .max = 100, .level = 3)                                               \
    F(T, TEXT, phone, "联系电话", .max = 30, .level = 3)                                                     \
    F(T, TEXT, address, "地址", .max = 500, .level = 3)
GS_RECORD(gs_record_record_correction, govsvc_record_correction, "record_correction", "更正",
          RECORD_CORRECTION_FIELDS)

#define TERMINATION_FIELDS(T, F)                                                                             \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, NAME, kind, "原因", .need = true, .names = end_kinds)
GS_RECORD(gs_record_termination, govsvc_termination, "termination", "终止办理", TERMINATION_FIELDS)

#define CHILDREN_FIELDS(T, F)                                                                                \
    F(T, ID, id, "一件事办件")                                                                               \
    F(T, LIST, children, "成员办件", .of = &gs_record_application, .max = 50,                                \
      .count = offsetof(T, child_count))                                                                     \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_children, govsvc_children, "children", "成员办件", CHILDREN_FIELDS)

#define REPORT_FIELDS(T, F)                                                                                  \
    F(T, ID, id, "标识")                                                                                     \
    F(T, TIME, occurred_at, "发生时间", .need = true)                                                        \
    F(T, TEXT, number, "办件编号", .max = 50)                                                                \
    F(T, TEXT, request_key, "部门系统事件编号", .need = true, .max = 100)                                    \
    F(T, TEXT, external_number, "部门系统办件编号", .max = 100)                                              \
    F(T, TEXT, action, "环节", .need = true, .max = 50)                                                      \
    F(T, JSON, step, "环节内容", .level = 3)                                                                 \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_step_report, govsvc_step_report, "step_report", "环节报送", REPORT_FIELDS)

#define PREPARE_REQUEST_FIELDS(T, F)                                                                         \
    F(T, TEXT, code, "实施编码", .need = true, .max = 33)                                                    \
    F(T, TEXT, owner, "申请人账号", .max = 100)                                                              \
    F(T, TEXTS, answers, "情形选择", .max = 100, .count = offsetof(T, answer_count))                         \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_prepare_request, govsvc_prepare_request, "prepare_request", "预填请求",
          PREPARE_REQUEST_FIELDS)

#define KNOWN_VALUE_FIELDS(T, F)                                                                             \
    F(T, TIME, known_at, "提交时间")                                                                         \
    F(T, TEXT, field, "字段")                                                                                \
    F(T, TEXT, source, "来源办件编号")
GS_RECORD(gs_record_known_value, govsvc_known_value, "known_value", "预填来源", KNOWN_VALUE_FIELDS)

#define KNOWN_MATERIAL_FIELDS(T, F)                                                                          \
    F(T, TIME, known_at, "提交时间")                                                                         \
    F(T, TEXT, code, "材料代码", .max = 50)                                                                  \
    F(T, TEXT, name, "名称", .max = 300)                                                                     \
    F(T, TEXT, digest, "文件摘要", .max = 64)                                                                \
    F(T, TEXT, place, "存放位置", .max = 500)                                                                \
    F(T, TEXT, source, "来源办件编号")                                                                       \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_known_material, govsvc_known_material, "known_material", "已有材料",
          KNOWN_MATERIAL_FIELDS)

#define PREPARED_FIELDS(T, F)                                                                                \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, NAME, applicant_kind, "申请人类型", .names = applicant_kinds)                                       \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, name, "事项名称", .max = 1000)                                                                \
    PERSON_FIELDS(T, F)                                                                                      \
    F(T, LIST, values, "预填来源", .of = &gs_record_known_value, .max = 600,                                 \
      .count = offsetof(T, value_count))                                                                     \
    F(T, LIST, materials, "已有材料", .of = &gs_record_known_material, .max = 200,                           \
      .count = offsetof(T, material_count))                                                                  \
    F(T, TEXTS, missing, "未填的必填字段", .max = 500, .count = offsetof(T, missing_count))                  \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_prepared, govsvc_prepared, "prepared", "预填", PREPARED_FIELDS)

#define BAR_FIELDS(T, F)                                                                                     \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, ID, application, "所涉办件")                                                                        \
    F(T, TIME, until_at, "至")                                                                               \
    F(T, TEXT, licence, "许可", .max = 50)                                                                   \
    F(T, TEXT, basis, "依据", .max = 500)                                                                    \
    F(T, TEXT, applicant_id, "申请人证件号码", .max = 50, .level = 3, .mask = GS_MASK_NUMBER, .find = true)  \
    F(T, NONE, reserved, "")
static const gs_index bar_indexes[] = {{"applicant_id_find, licence", false}, {NULL, false}};
GS_RECORD(gs_record_bar, gs_bar, "bar", "不得再次申请", BAR_FIELDS, .table = true, .indexes = bar_indexes,
          .readers = GS_ROLE_STAFF)

/* ---- reviews and work lists --------------------------------------------------------------------------- */

static const gs_name review_states[] = {{GOVSVC_REVIEW_OPEN, "open", "待审查"},
                                        {GOVSVC_REVIEW_AGREED, "agreed", "同意"},
                                        {GOVSVC_REVIEW_OPPOSED, "opposed", "不同意"},
                                        {GOVSVC_REVIEW_VOID, "void", "不再有效"},
                                        {0, NULL, NULL}};
static const gs_name review_verdicts[] = {
    {GOVSVC_VERDICT_AGREE, "agree", "同意"}, {GOVSVC_VERDICT_OPPOSE, "oppose", "不同意"}, {0, NULL, NULL}};

#define REVIEW_FIELDS(T, F)                                                                                  \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = review_states)                                                        \
    F(T, ID, application, "办件")                                                                            \
    F(T, INT, round, "轮次")                                                                                 \
    F(T, FLAG, added, "加签")                                                                                \
    F(T, TIME, due_at, "到期时间")                                                                           \
    F(T, TIME, done_at, "完成时间")                                                                          \
    F(T, TEXT, stage, "环节代码", .max = 50)                                                                 \
    F(T, TEXT, stage_name, "环节名称")                                                                       \
    F(T, TEXT, post, "岗位")                                                                                 \
    F(T, TEXT, organ, "审查机关")                                                                            \
    F(T, TEXT, assignee, "指定审查人", .max = 100)                                                           \
    F(T, TEXT, reviewer, "审查人", .max = 100)                                                               \
    F(T, TEXT, desk, "待办台", .max = 300)                                                                   \
    F(T, TEXT, opinion, "审查意见", .max = 2000, .lines = true, .level = 3)                                  \
    F(T, TEXT, reason, "事由", .max = 2000, .lines = true, .level = 3)                                       \
    F(T, NONE, reserved, "")
static const gs_index review_indexes[] = {{"application", false}, {"desk, due_at, id", false}, {NULL, false}};
GS_RECORD(gs_record_review, govsvc_review, "review", "审查", REVIEW_FIELDS, .table = true,
          .subject = offsetof(govsvc_review, application), .state = offsetof(govsvc_review, state),
          .organ = offsetof(govsvc_review, organ), .indexes = review_indexes, .readers = GS_ROLE_STAFF)

#define REVIEW_STEP_FIELDS(T, F)                                                                             \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, NAME, verdict, "意见", .names = review_verdicts)                                                    \
    F(T, ID, review, "审查")                                                                                 \
    F(T, TEXT, stage, "环节代码", .max = 50)                                                                 \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_review_step, govsvc_review_step, "review_step", "审查意见", REVIEW_STEP_FIELDS)

#define REVIEW_CHANGE_FIELDS(T, F)                                                                           \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, ID, review, "审查")                                                                                 \
    F(T, TEXT, stage, "环节代码", .max = 50)                                                                 \
    F(T, TEXT, post, "岗位")                                                                                 \
    F(T, TEXT, assignee, "审查人", .max = 100)                                                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_review_change, govsvc_review_change, "review_change", "审查调整", REVIEW_CHANGE_FIELDS)

#define REVIEW_LIST_FIELDS(T, F)                                                                             \
    F(T, ID, id, "办件")                                                                                     \
    F(T, LIST, reviews, "审查", .of = &gs_record_review, .max = 200, .count = offsetof(T, review_count))     \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_review_list, govsvc_review_list, "review_list", "审查", REVIEW_LIST_FIELDS)

#define QUEUE_REQUEST_FIELDS(T, F)                                                                           \
    F(T, INT, limit, "条数", .least = 1, .most = 200)                                                        \
    F(T, FLAG, count, "计数")                                                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, post, "岗位")                                                                                 \
    F(T, TEXT, action, "待办环节", .max = 50)                                                                \
    F(T, TEXT, matter, "事项编码", .max = 33)                                                                \
    F(T, TEXT, after, "从此之后", .max = 60)                                                                 \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_queue_request, govsvc_queue_request, "queue_request", "待办查询", QUEUE_REQUEST_FIELDS)

#define QUEUE_ITEM_FIELDS(T, F)                                                                              \
    F(T, ID, id, "办件")                                                                                     \
    F(T, ID, review, "审查")                                                                                 \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, TIME, due_at, "到期时间")                                                                           \
    F(T, FLAG, overdue, "已逾期")                                                                            \
    F(T, TEXT, number, "办件编号")                                                                           \
    F(T, TEXT, action, "待办环节")                                                                           \
    F(T, TEXT, matter, "事项编码")                                                                           \
    F(T, TEXT, matter_name, "事项名称", .max = 1000)                                                         \
    F(T, TEXT, organ, "机关")                                                                                \
    F(T, TEXT, division, "行政区划")                                                                         \
    F(T, TEXT, stage, "环节代码")                                                                            \
    F(T, TEXT, stage_name, "环节名称")
GS_RECORD(gs_record_queue_item, govsvc_queue_item, "queue_item", "待办事项", QUEUE_ITEM_FIELDS)

#define QUEUE_FIELDS(T, F)                                                                                   \
    F(T, INT, total, "总数")                                                                                 \
    F(T, TEXT, next, "下一页")                                                                               \
    F(T, LIST, items, "待办", .of = &gs_record_queue_item, .max = 200, .count = offsetof(T, item_count))
GS_RECORD(gs_record_queue, govsvc_queue, "queue", "待办", QUEUE_FIELDS)

#define NEXT_ACTION_FIELDS(T, F)                                                                             \
    F(T, FLAG, awaited, "待办")                                                                              \
    F(T, TEXT, action, "环节")                                                                               \
    F(T, TEXT, title, "名称")
GS_RECORD(gs_record_next_action, govsvc_next_action, "next_action", "可办环节", NEXT_ACTION_FIELDS)

#define NEXT_FIELDS(T, F)                                                                                    \
    F(T, ID, id, "办件")                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, TIME, due_at, "到期时间")                                                                           \
    F(T, LIST, actions, "可办环节", .of = &gs_record_next_action, .max = 100,                                \
      .count = offsetof(T, action_count))                                                                    \
    F(T, LIST, reviews, "待办审查", .of = &gs_record_review, .max = 200, .count = offsetof(T, review_count))
GS_RECORD(gs_record_next, govsvc_next, "next", "可办环节", NEXT_FIELDS)
