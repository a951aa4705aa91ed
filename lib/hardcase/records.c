/* lib/hardcase/records.c - the field tables and code lists of govsvc/hardcase.h. */
#include "hardcase/hardcase.h"

#include "govsvc/codes.h"

const gs_name gs_hard_case_state_names[] = {
    {GOVSVC_HARD_CASE_REGISTERED, "registered", "已登记"},
    {GOVSVC_HARD_CASE_ASSIGNED, "assigned", "已交办"},
    {GOVSVC_HARD_CASE_ESCALATED, "escalated", "已提级"},
    {GOVSVC_HARD_CASE_RESOLVED, "resolved", "已解决"},
    {GOVSVC_HARD_CASE_EXPLAINED, "explained", "已说明"},
    {GOVSVC_HARD_CASE_CLOSED, "closed", "已了结"},
    {0, NULL, NULL},
};

const gs_name gs_cause_names[] = {
    {GOVSVC_CAUSE_LEGAL_GAP, "legal_gap", "法规空白"},
    {GOVSVC_CAUSE_MATERIAL_DISPUTE, "material_dispute", "材料争议"},
    {GOVSVC_CAUSE_SYSTEM_FAULT, "system_fault", "系统故障"},
    {GOVSVC_CAUSE_SHIRKING, "shirking", "推诿"},
    {GOVSVC_CAUSE_OTHER, "other", "其他"},
    {0, NULL, NULL},
};

static const gs_name answers[] = {
    {GOVSVC_HARD_CASE_REPLY_RESOLVED, "resolved", "已解决"},
    {GOVSVC_HARD_CASE_REPLY_EXPLAINED, "explained", "已说明"},
    {0, NULL, NULL},
};

#define ORGANS_FIELD(T, F)                                                                                   \
    F(T, TEXTS, organs, "参会机关", .need = true, .max = 50, .count = offsetof(T, organ_count))
#define MEETING_FIELDS(T, F)                                                                                 \
    F(T, TIME, held_at, "召开时间", .need = true)                                                            \
    F(T, TEXT, conclusion, "会议结论", .need = true, .max = 4000, .lines = true)                             \
    ORGANS_FIELD(T, F)
GS_RECORD(gs_record_hard_case_meeting, govsvc_hard_case_meeting, "hard_case_meeting", "联席会议",
          MEETING_FIELDS)

/* What is told when it is registered; free text counts as personal. */
#define TOLD_FIELDS(T, F)                                                                                    \
    F(T, TEXT, reporter_name, "反映人", .need = true, .max = 100, .level = 3, .mask = GS_MASK_NAME)          \
    F(T, TEXT, phone, "联系电话", .need = true, .max = 30, .level = 3, .mask = GS_MASK_NUMBER)               \
    F(T, TEXT, text, "反映内容", .need = true, .max = 4000, .lines = true, .level = 3)                       \
    F(T, TEXT, refused_what, "被拒绝的事情", .max = 1000, .lines = true, .level = 3)                         \
    F(T, TEXT, refused_where, "被拒绝的地点", .max = 500, .level = 3)

#define DRAFT_FIELDS(T, F)                                                                                   \
    F(T, ID, application, "办件标识")                                                                        \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, application_number, "办件编号", .max = 50)                                                    \
    F(T, TEXT, matter, "事项编码", .max = 33)                                                                \
    F(T, TEXT, organ, "被反映机关", .code = GOVSVC_CODE_USCC)                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, owner, "反映人账号", .max = 100)                                                              \
    TOLD_FIELDS(T, F)                                                                                        \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_hard_case_draft, govsvc_hard_case_draft, "hard_case_draft", "办不成事登记", DRAFT_FIELDS)

#define CASE_FIELDS(T, F)                                                                                    \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = gs_hard_case_state_names)                                             \
    F(T, ID, application, "办件标识")                                                                        \
    F(T, NAME, cause, "原因", .names = gs_cause_names)                                                       \
    F(T, NAME, answer, "答复结果", .names = answers)                                                         \
    F(T, FLAG, satisfied, "回访是否满意")                                                                    \
    F(T, FLAG, reopened, "已重办")                                                                           \
    F(T, TIME, registered_at, "登记时间")                                                                    \
    F(T, TIME, assigned_at, "交办时间")                                                                      \
    F(T, TIME, escalated_at, "提级时间")                                                                     \
    F(T, TIME, replied_at, "答复时间")                                                                       \
    F(T, TIME, called_back_at, "回访时间")                                                                   \
    F(T, TIME, closed_at, "了结时间")                                                                        \
    F(T, TEXT, number, "编号")                                                                               \
    F(T, TEXT, application_number, "办件编号")                                                               \
    F(T, TEXT, matter, "事项编码")                                                                           \
    F(T, TEXT, matter_name, "事项名称", .max = 1000)                                                         \
    F(T, TEXT, organ, "被反映机关")                                                                          \
    F(T, TEXT, division, "行政区划")                                                                         \
    F(T, TEXT, owner, "反映人账号")                                                                          \
    F(T, TEXT, assigned_organ, "承办机关")                                                                   \
    F(T, TEXT, assigned_to, "承办人")                                                                        \
    F(T, TEXT, basis, "不能办理的依据", .max = 500)                                                          \
    TOLD_FIELDS(T, F)                                                                                        \
    F(T, TEXT, reply, "答复", .max = 4000, .lines = true, .level = 3)                                        \
    F(T, TEXT, proposal_matter, "建议修改的事项")                                                            \
    F(T, TEXT, proposal, "事项修改建议", .max = 4000, .lines = true, .level = 3)                             \
    F(T, LIST, meetings, "联席会议", .of = &gs_record_hard_case_meeting, .level = 3, .max = GS_MEETINGS_MAX, \
      .count = offsetof(T, meeting_count))                                                                   \
    F(T, NONE, reserved, "")
static const gs_index indexes[] = {{"id", false},
                                   {"owner, id", false},
                                   {"assigned_organ, id", false},
                                   {"cause, matter", false},
                                   {NULL, false}};
GS_RECORD(gs_record_hard_case, govsvc_hard_case, "hard_case", "办不成事", CASE_FIELDS, .table = true,
          .readers = GS_ROLE_APPLICANT | GS_ROLE_AGENT | GS_ROLE_WINDOW_CLERK | GS_ROLE_HANDLER |
                     GS_ROLE_ORGAN_HEAD | GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_GOVERNMENT_HEAD |
                     GS_ROLE_AUDITOR | GS_ROLE_ADMINISTRATOR | GS_ROLE_SYSTEM,
          .state = offsetof(govsvc_hard_case, state), .owner = offsetof(govsvc_hard_case, owner),
          .organ = offsetof(govsvc_hard_case, assigned_organ),
          .division = offsetof(govsvc_hard_case, division), .key = "number", .number = "number",
          .indexes = indexes)

#define ASSIGNMENT_FIELDS(T, F)                                                                              \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, TEXT, organ, "承办机关", .need = true, .code = GOVSVC_CODE_USCC)                                    \
    F(T, TEXT, person, "承办人", .max = 100)
GS_RECORD(gs_record_hard_case_assignment, govsvc_hard_case_assignment, "hard_case_assignment", "交办",
          ASSIGNMENT_FIELDS)

#define MET_FIELDS(T, F)                                                                                     \
    GS_STEP_FIELDS(T, F)                                                                                     \
    MEETING_FIELDS(T, F)
GS_RECORD(gs_record_hard_case_met, govsvc_hard_case_met, "hard_case_met", "联席会议记录", MET_FIELDS)

#define REPLY_FIELDS(T, F)                                                                                   \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, NAME, cause, "原因", .need = true, .names = gs_cause_names)                                         \
    F(T, TEXT, reply, "答复", .need = true, .max = 4000, .lines = true)                                      \
    F(T, TEXT, basis, "不能办理的依据", .max = 500)                                                          \
    F(T, TEXT, proposal_matter, "建议修改的事项", .code = GOVSVC_CODE_MATTER)                                \
    F(T, TEXT, proposal, "事项修改建议", .max = 4000, .lines = true)
GS_RECORD(gs_record_hard_case_reply, govsvc_hard_case_reply, "hard_case_reply", "办不成事答复", REPLY_FIELDS)

#define CONFIRMATION_FIELDS(T, F)                                                                            \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, FLAG, satisfied, "是否满意", .need = true)
GS_RECORD(gs_record_hard_case_confirmation, govsvc_hard_case_confirmation, "hard_case_confirmation", "回访",
          CONFIRMATION_FIELDS)

#define QUERY_FIELDS(T, F)                                                                                   \
    F(T, NAME, state, "状态", .names = gs_hard_case_state_names)                                             \
    F(T, NAME, cause, "原因", .names = gs_cause_names)                                                       \
    F(T, ID, after, "从该标识之后")                                                                          \
    F(T, INT, limit, "条数", .least = 1, .most = 200)                                                        \
    F(T, TEXT, organ, "被反映机关", .code = GOVSVC_CODE_USCC)                                                \
    F(T, TEXT, matter, "事项编码", .max = 33)                                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_hard_case_query, govsvc_hard_case_query, "hard_case_query", "办不成事查询", QUERY_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, ID, next, "下一页")                                                                                 \
    F(T, LIST, cases, "办不成事", .of = &gs_record_hard_case, .max = 200, .count = offsetof(T, case_count))  \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_hard_case_page, govsvc_hard_case_page, "hard_case_page", "办不成事", PAGE_FIELDS)

#define CAUSES_REQUEST_FIELDS(T, F)                                                                          \
    F(T, TIME, from, "登记不早于")                                                                           \
    F(T, TIME, until, "登记早于")                                                                            \
    F(T, INT, least, "至少次数", .least = 1, .most = 1000000)                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_hard_case_causes_request, govsvc_hard_case_causes_request, "hard_case_causes_request",
          "原因统计条件", CAUSES_REQUEST_FIELDS)

#define CAUSE_FIELDS(T, F)                                                                                   \
    F(T, NAME, cause, "原因", .names = gs_cause_names)                                                       \
    F(T, INT, cases, "件数")                                                                                 \
    F(T, INT, resolved, "已解决件数")                                                                        \
    F(T, INT, reopened, "重办件数")                                                                          \
    F(T, INT, proposals, "提出修改建议件数")                                                                 \
    F(T, TEXT, matter, "事项编码")                                                                           \
    F(T, TEXT, matter_name, "事项名称", .max = 1000)
GS_RECORD(gs_record_hard_case_cause, govsvc_hard_case_cause, "hard_case_cause", "原因", CAUSE_FIELDS)

#define TALLY_FIELDS(T, F)                                                                                   \
    F(T, FLAG, more, "未全部列出")                                                                           \
    F(T, LIST, causes, "原因", .of = &gs_record_hard_case_cause, .max = GS_CAUSES_MAX,                       \
      .count = offsetof(T, cause_count))                                                                     \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_hard_case_tally, govsvc_hard_case_tally, "hard_case_tally", "原因统计", TALLY_FIELDS)
