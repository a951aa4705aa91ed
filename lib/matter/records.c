/* lib/matter/records.c - the field tables and code lists of govsvc/matter.h. */
#include "matter/matter.h"

#include "govsvc/codes.h"

/* ---- code lists -------------------------------------------------------------------------------------- */

const gs_name gs_matter_type_names[] = {
    {GOVSVC_MATTER_LICENCE, "licence", "行政许可"},
    {GOVSVC_MATTER_PENALTY, "penalty", "行政处罚"},
    {GOVSVC_MATTER_COERCION, "coercion", "行政强制"},
    {GOVSVC_MATTER_COLLECTION, "collection", "行政征收"},
    {GOVSVC_MATTER_BENEFIT, "benefit", "行政给付"},
    {GOVSVC_MATTER_INSPECTION, "inspection", "行政检查"},
    {GOVSVC_MATTER_CONFIRMATION, "confirmation", "行政确认"},
    {GOVSVC_MATTER_REWARD, "reward", "行政奖励"},
    {GOVSVC_MATTER_ADJUDICATION, "adjudication", "行政裁决"},
    {GOVSVC_MATTER_OTHER, "other", "其他行政权力"},
    {GOVSVC_MATTER_PUBLIC_SERVICE, "public_service", "公共服务"},
    {GOVSVC_MATTER_FILING, "filing", "行政备案"},
    {GOVSVC_MATTER_INTER_DEPARTMENT, "inter_department", "部门间办事"},
    {GOVSVC_MATTER_INTERMEDIARY, "intermediary", "中介服务"},
    {GOVSVC_MATTER_BUNDLE, "bundle", "一件事"},
    {0, NULL, NULL},
};

const gs_name gs_level_names[] = {
    {GOVSVC_LEVEL_NATION, "nation", "国家级"},
    {GOVSVC_LEVEL_REGION, "region", "省级"},
    {GOVSVC_LEVEL_PREFECTURE, "prefecture", "市级"},
    {GOVSVC_LEVEL_COUNTY, "county", "县级"},
    {GOVSVC_LEVEL_TOWN, "town", "镇（乡、街道）级"},
    {GOVSVC_LEVEL_VILLAGE, "village", "村（社区）级"},
    {0, NULL, NULL},
};

const gs_name gs_matter_state_names[] = {
    {GOVSVC_MATTER_DRAFTED, "drafted", "草稿"},
    {GOVSVC_MATTER_REVIEWED, "reviewed", "已审核"},
    {GOVSVC_MATTER_PUBLISHED, "published", "已发布"},
    {GOVSVC_MATTER_EFFECTIVE, "effective", "在用"},
    {GOVSVC_MATTER_SUSPENDED, "suspended", "暂停"},
    {GOVSVC_MATTER_REPEALED, "repealed", "取消"},
    {GOVSVC_MATTER_REPLACED, "replaced", "已被新版本取代"},
    {0, NULL, NULL},
};

static const gs_name project_types[] = {
    {GOVSVC_PROJECT_AT_ONCE, "at_once", "即办件"},
    {GOVSVC_PROJECT_PROMISED, "promised", "承诺件"},
    {0, NULL, NULL},
};

static const gs_name review_kinds[] = {
    {GOVSVC_REVIEW_AT_ONCE, "at_once", "即审即办"},
    {GOVSVC_REVIEW_LATER, "later", "前审后批"},
    {0, NULL, NULL},
};

static const gs_name power_sources[] = {
    {GOVSVC_POWER_OWN, "own", "法定本级行使"},
    {GOVSVC_POWER_HANDED_DOWN, "handed_down", "上级下放"},
    {GOVSVC_POWER_AUTHORISED_ABOVE, "authorised_above", "上级授权"},
    {GOVSVC_POWER_AUTHORISED_PEER, "authorised_peer", "同级授权"},
    {GOVSVC_POWER_ENTRUSTED_ABOVE, "entrusted_above", "上级委托"},
    {GOVSVC_POWER_ENTRUSTED_PEER, "entrusted_peer", "同级委托"},
    {0, NULL, NULL},
};

static const gs_name organ_kinds[] = {
    {GOVSVC_ORGAN_STATUTORY, "statutory", "法定机关"},
    {GOVSVC_ORGAN_AUTHORISED, "authorised", "授权组织"},
    {GOVSVC_ORGAN_ENTRUSTED, "entrusted", "受委托组织"},
    {GOVSVC_ORGAN_OTHER, "other", "其他"},
    {0, NULL, NULL},
};

static const gs_name scopes[] = {
    {GOVSVC_SCOPE_NATION, "nation", "全国通办"},
    {GOVSVC_SCOPE_REGION, "region", "跨省或全省通办"},
    {GOVSVC_SCOPE_PREFECTURE, "prefecture", "跨市或全市通办"},
    {GOVSVC_SCOPE_COUNTY, "county", "跨县或全县通办"},
    {GOVSVC_SCOPE_TOWN, "town", "全镇（乡、街道）通办"},
    {GOVSVC_SCOPE_VILLAGE, "village", "跨村或全村（社区）通办"},
    {0, NULL, NULL},
};

static const gs_name depths[] = {
    {GOVSVC_DEPTH_1, "1", "Ⅰ级"},
    {GOVSVC_DEPTH_2, "2", "Ⅱ级"},
    {GOVSVC_DEPTH_3, "3", "Ⅲ级"},
    {GOVSVC_DEPTH_4, "4", "Ⅳ级（全程网办）"},
    {0, NULL, NULL},
};

static const gs_name result_kinds[] = {
    {GOVSVC_RESULT_CERTIFICATE, "certificate", "证照"},
    {GOVSVC_RESULT_DOCUMENT, "document", "批文"},
    {GOVSVC_RESULT_OTHER, "other", "其他"},
    {GOVSVC_RESULT_NONE, "none", "无"},
    {GOVSVC_RESULT_APPROVAL, "approval", "批复"},
    {0, NULL, NULL},
};

static const gs_name needs[] = {
    {GOVSVC_NEED_REQUIRED, "required", "必要"},
    {GOVSVC_NEED_OPTIONAL, "optional", "非必要"},
    {GOVSVC_NEED_LATER, "later", "容缺后补"},
    {0, NULL, NULL},
};

static const gs_name sources[] = {
    {GOVSVC_SOURCE_APPLICANT, "applicant", "申请人自备"},
    {GOVSVC_SOURCE_GOVERNMENT, "government", "政府部门核发"},
    {GOVSVC_SOURCE_CERTIFICATE, "certificate", "调取电子证照库"},
    {GOVSVC_SOURCE_OTHER, "other", "其他"},
    {0, NULL, NULL},
};

static const gs_name forms[] = {
    {GOVSVC_FORM_PAPER, "paper", "纸质"},
    {GOVSVC_FORM_ELECTRONIC, "electronic", "电子"},
    {GOVSVC_FORM_EITHER, "either", "纸质/电子"},
    {0, NULL, NULL},
};

static const gs_name kinds[] = {
    {GOVSVC_ORIGINAL, "original", "原件"},
    {GOVSVC_COPY, "copy", "复印件"},
    {GOVSVC_ORIGINAL_AND_COPY, "original_and_copy", "原件和复印件"},
    {GOVSVC_ORIGINAL_OR_COPY, "original_or_copy", "原件或复印件"},
    {0, NULL, NULL},
};

static const gs_name field_types[] = {
    {GOVSVC_FIELD_TEXT, "text", "文本"},
    {GOVSVC_FIELD_INTEGER, "integer", "整数"},
    {GOVSVC_FIELD_DECIMAL, "decimal", "小数"},
    {GOVSVC_FIELD_DATE, "date", "日期"},
    {GOVSVC_FIELD_FLAG, "flag", "是否"},
    {GOVSVC_FIELD_CHOICE, "choice", "单选"},
    {GOVSVC_FIELD_CHOICES, "choices", "多选"},
    {GOVSVC_FIELD_CITIZEN_ID, "citizen_id", "公民身份号码"},
    {GOVSVC_FIELD_USCC, "uscc", "统一社会信用代码"},
    {GOVSVC_FIELD_PHONE, "phone", "电话"},
    {0, NULL, NULL},
};

const gs_name gs_criterion_purpose_names[] = {
    {GOVSVC_CRITERION_ACCEPTANCE, "acceptance", "受理条件"},
    {GOVSVC_CRITERION_REVIEW, "review", "审查标准"},
    {0, NULL, NULL},
};

static const gs_name operators[] = {
    {GOVSVC_OPERATOR_PERSON, "person", "由人判断"},
    {GOVSVC_OPERATOR_PRESENT, "present", "已填"},
    {GOVSVC_OPERATOR_ABSENT, "absent", "未填"},
    {GOVSVC_OPERATOR_IN, "in", "属于"},
    {GOVSVC_OPERATOR_NOT_IN, "not_in", "不属于"},
    {GOVSVC_OPERATOR_LESS, "less", "小于"},
    {GOVSVC_OPERATOR_AT_MOST, "at_most", "不超过"},
    {GOVSVC_OPERATOR_GREATER, "greater", "大于"},
    {GOVSVC_OPERATOR_AT_LEAST, "at_least", "不少于"},
    {GOVSVC_OPERATOR_BEGINS, "begins", "以之开头"},
    {0, NULL, NULL},
};

const gs_name gs_stage_kind_names[] = {
    {GOVSVC_STAGE_ACCEPT, "accept", "受理"},
    {GOVSVC_STAGE_REVIEW, "review", "审查"},
    {GOVSVC_STAGE_DECIDE, "decide", "决定"},
    {GOVSVC_STAGE_CLOSE, "close", "办结"},
    {GOVSVC_STAGE_DELIVER, "deliver", "送达"},
    {GOVSVC_STAGE_OTHER, "other", "其他"},
    {0, NULL, NULL},
};

static const gs_name refused_rules[] = {
    {GOVSVC_REFUSED_CONTINUE, "continue", "其余继续办理"},
    {GOVSVC_REFUSED_STOP, "stop", "整体终止"},
    {GOVSVC_REFUSED_SPLIT, "split", "征求申请人意见后拆分"},
    {0, NULL, NULL},
};

const gs_name gs_special_procedure_names[] = {
    {GOVSVC_SPECIAL_HEARING, "hearing", "听证"},
    {GOVSVC_SPECIAL_TENDER, "tender", "招标"},
    {GOVSVC_SPECIAL_AUCTION, "auction", "拍卖"},
    {GOVSVC_SPECIAL_INSPECTION, "inspection", "检验"},
    {GOVSVC_SPECIAL_TEST, "test", "检测"},
    {GOVSVC_SPECIAL_QUARANTINE, "quarantine", "检疫"},
    {GOVSVC_SPECIAL_APPRAISAL, "appraisal", "鉴定"},
    {GOVSVC_SPECIAL_EXPERT_REVIEW, "expert_review", "专家评审"},
    {0, NULL, NULL},
};

/* Lists of names are texts; the numbers stand for nothing. */
const gs_name gs_subject_names[] = {
    {1, "natural_person", "自然人"},
    {2, "enterprise", "企业法人"},
    {3, "institution", "事业法人"},
    {4, "social_organisation", "社会组织法人"},
    {5, "unincorporated", "非法人企业"},
    {6, "government", "行政机关"},
    {7, "other", "其他组织"},
    {0, NULL, NULL},
};

static const gs_name handle_forms[] = {
    {1, "window", "窗口办理"},  {2, "online", "网上办理"}, {3, "mobile", "移动端办理"},
    {4, "express", "快递申请"}, {5, "other", "其他"},      {0, NULL, NULL},
};

static const gs_name online_steps[] = {
    {1, "consult", "互联网咨询"}, {2, "receive", "收件"},    {3, "precheck", "预审"}, {4, "accept", "受理"},
    {5, "handle", "办理"},        {6, "result", "结果反馈"}, {7, "other", "其他"},    {0, NULL, NULL},
};

static const gs_name delivery_ways[] = {
    {1, "window", "窗口领取"},
    {2, "self_pickup", "自助领取"},
    {3, "express", "邮政快递"},
    {4, "announcement", "公告送达"},
    {5, "message", "短信通知"},
    {6, "download", "网上下载"},
    {0, NULL, NULL},
};

static const gs_name claim_levels[] = {
    {1, "prefecture", "市级"},      {2, "county", "县级"}, {3, "town", "镇（乡、街道）级"},
    {4, "village", "村（社区）级"}, {0, NULL, NULL},
};

/* ---- records ----------------------------------------------------------------------------------------- */

#define LEGAL_BASIS_FIELDS(T, F)                                                                             \
    F(T, TEXT, law, "法律法规", .max = 300, .need = true)                                                    \
    F(T, TEXT, article, "条款")                                                                              \
    F(T, TEXT, number, "文号")                                                                               \
    F(T, TEXT, text, "条款内容", .max = 2000, .lines = true)
GS_RECORD(gs_record_legal_basis, govsvc_legal_basis, "legal_basis", "设定依据", LEGAL_BASIS_FIELDS)

#define MATERIAL_FIELDS(T, F)                                                                                \
    F(T, NAME, need, "必要性", .need = true, .names = needs)                                                 \
    F(T, NAME, source, "来源渠道", .names = sources)                                                         \
    F(T, NAME, form, "材料形式", .names = forms)                                                             \
    F(T, NAME, kind, "材料类型", .names = kinds)                                                             \
    F(T, INT, copies, "份数", .most = 100)                                                                   \
    F(T, FLAG, pledge, "可以告知承诺")                                                                       \
    F(T, TEXT, code, "材料代码", .max = 50, .need = true)                                                    \
    F(T, TEXT, name, "材料名称", .max = 500, .need = true)                                                   \
    F(T, TEXT, canonical, "材料目录代码", .max = 50)                                                         \
    F(T, TEXT, certificate_type, "电子证照类型代码", .max = 21)                                              \
    F(T, TEXT, basis, "要求提供材料的依据", .max = 500)                                                      \
    F(T, TEXT, source_explain, "来源渠道说明", .max = 500)                                                   \
    F(T, TEXT, page_format, "规格")                                                                          \
    F(T, TEXT, fill_explain, "填报须知", .max = 2000, .lines = true)                                         \
    F(T, TEXT, accept_standard, "受理标准", .max = 2000, .lines = true)                                      \
    F(T, TEXT, blank, "空白表格", .max = 500)                                                                \
    F(T, TEXT, example, "示例样表", .max = 500)                                                              \
    F(T, TEXT, remark, "备注", .max = 1000, .lines = true)                                                   \
    F(T, TEXTS, when, "适用情形", .max = 50, .count = offsetof(T, when_count))                               \
    F(T, TEXTS, asked_by, "提出要求的成员事项", .max = 50, .count = offsetof(T, asked_by_count),             \
      .system = true)
GS_RECORD(gs_record_material, govsvc_material, "material", "申请材料", MATERIAL_FIELDS)

#define CHOICE_FIELDS(T, F)                                                                                  \
    F(T, TEXT, value, "取值", .max = 100, .need = true)                                                      \
    F(T, TEXT, label, "名称", .need = true)
GS_RECORD(gs_record_choice, govsvc_choice, "choice", "选项", CHOICE_FIELDS)

#define FORM_FIELD_FIELDS(T, F)                                                                              \
    F(T, NAME, type, "类型", .need = true, .names = field_types)                                             \
    F(T, FLAG, required, "必填")                                                                             \
    F(T, INT, least, "最小值", .least = -GOVSVC_NUMBER_MAX, .most = GOVSVC_NUMBER_MAX)                       \
    F(T, INT, most, "最大值", .least = -GOVSVC_NUMBER_MAX, .most = GOVSVC_NUMBER_MAX)                        \
    F(T, INT, length, "最大长度", .least = 1, .most = 10000)                                                 \
    F(T, INT, level, "数据级别", .least = 1, .most = 4)                                                      \
    F(T, TEXT, name, "字段", .max = 60, .need = true)                                                        \
    F(T, TEXT, label, "名称", .need = true)                                                                  \
    F(T, TEXT, element, "数据元", .max = 60)                                                                 \
    F(T, TEXT, pattern, "格式")                                                                              \
    F(T, TEXT, hint, "填写说明", .max = 500)                                                                 \
    F(T, TEXT, dataset, "数据来源", .max = 100)                                                              \
    F(T, TEXT, certificate_type, "电子证照类型代码", .max = 21)                                              \
    F(T, TEXT, certificate_field, "电子证照字段", .max = 100)                                                \
    F(T, TEXTS, when, "适用情形", .max = 50, .count = offsetof(T, when_count))                               \
    F(T, TEXTS, asked_by, "提出要求的成员事项", .max = 50, .count = offsetof(T, asked_by_count),             \
      .system = true)                                                                                        \
    F(T, LIST, choices, "可选值", .of = &gs_record_choice, .max = 500, .count = offsetof(T, choice_count))   \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_form_field, govsvc_form_field, "form_field", "表单字段", FORM_FIELD_FIELDS)

#define CRITERION_FIELDS(T, F)                                                                               \
    F(T, NAME, purpose, "用途", .need = true, .names = gs_criterion_purpose_names)                           \
    F(T, NAME, operation, "比较", .need = true, .names = operators)                                          \
    F(T, TEXT, code, "条件代码", .max = 50, .need = true)                                                    \
    F(T, TEXT, field, "字段", .max = 60)                                                                     \
    F(T, TEXT, message, "条件内容", .max = 1000, .need = true, .lines = true)                                \
    F(T, TEXT, basis, "依据", .max = 500)                                                                    \
    F(T, TEXTS, values, "取值", .max = 500, .count = offsetof(T, value_count))                               \
    F(T, TEXTS, when, "适用情形", .max = 50, .count = offsetof(T, when_count))
GS_RECORD(gs_record_criterion, govsvc_criterion, "criterion", "条件", CRITERION_FIELDS)

static const gs_name passes[] = {{GOVSVC_PASSES_ONE, "one", "或签"},
                                 {GOVSVC_PASSES_ALL, "all", "会签"},
                                 {GOVSVC_PASSES_SHARE, "share", "票签"},
                                 {0, NULL, NULL}};

#define STAGE_FIELDS(T, F)                                                                                   \
    F(T, NAME, kind, "环节", .need = true, .names = gs_stage_kind_names)                                     \
    F(T, INT, amount, "时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                                          \
    F(T, NAME, unit, "时限单位", .names = gs_unit_names)                                                     \
    F(T, NAME, passes, "会签方式", .names = passes)                                                          \
    F(T, INT, share, "同意比例", .least = 1, .most = 100)                                                    \
    F(T, INT, reviewers, "审查人数", .least = 1, .most = 50)                                                 \
    F(T, TEXT, code, "环节代码", .max = 50, .need = true)                                                    \
    F(T, TEXT, name, "环节名称", .need = true)                                                               \
    F(T, TEXT, post, "岗位")                                                                                 \
    F(T, TEXT, organ, "审查机关", .code = GOVSVC_CODE_USCC)                                                  \
    F(T, TEXT, task, "审查内容与标准", .max = 2000, .lines = true)                                           \
    F(T, TEXT, result, "环节结果")                                                                           \
    F(T, TEXTS, after, "前置环节", .max = 50, .count = offsetof(T, after_count))                             \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_stage, govsvc_stage, "stage", "办理环节", STAGE_FIELDS)

#define SITUATION_FIELDS(T, F)                                                                               \
    F(T, FLAG, multiple, "可多选")                                                                           \
    F(T, TEXT, code, "情形代码", .max = 50, .need = true)                                                    \
    F(T, TEXT, question, "情形", .max = 500, .need = true)                                                   \
    F(T, LIST, choices, "选项", .of = &gs_record_choice, .max = 100, .count = offsetof(T, choice_count),     \
      .need = true)                                                                                          \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_situation, govsvc_situation, "situation", "情形", SITUATION_FIELDS)

#define FEE_ITEM_FIELDS(T, F)                                                                                \
    F(T, FLAG, reducible, "允许减免")                                                                        \
    F(T, NAME, stage, "收费环节", .names = gs_stage_kind_names)                                              \
    F(T, TEXT, name, "收费项目名称", .need = true)                                                           \
    F(T, TEXT, standard, "收费标准", .max = 1000, .need = true, .lines = true)                               \
    F(T, TEXT, reduction_basis, "减免依据", .max = 500)                                                      \
    F(T, TEXT, basis, "收费依据", .max = 500)                                                                \
    F(T, TEXTS, when, "适用情形", .max = 50, .count = offsetof(T, when_count))                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_fee_item, govsvc_fee_item, "fee_item", "收费项目", FEE_ITEM_FIELDS)

#define QUESTION_FIELDS(T, F)                                                                                \
    F(T, TEXT, question, "问题", .max = 1000, .need = true, .lines = true)                                   \
    F(T, TEXT, answer, "解答", .max = 5000, .need = true, .lines = true)
GS_RECORD(gs_record_question, govsvc_question, "question", "常见问题", QUESTION_FIELDS)

#define SPECIAL_PROCEDURE_FIELDS(T, F)                                                                       \
    F(T, NAME, kind, "种类", .need = true, .names = gs_special_procedure_names)                              \
    F(T, INT, amount, "时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                                          \
    F(T, NAME, unit, "时限单位", .names = gs_unit_names)                                                     \
    F(T, TEXT, name, "名称", .max = 200)                                                                     \
    F(T, TEXT, basis, "依据", .max = 500)
GS_RECORD(gs_record_special_procedure, govsvc_special_procedure, "special_procedure", "特别程序",
          SPECIAL_PROCEDURE_FIELDS)

#define MEMBER_FIELDS(T, F)                                                                                  \
    F(T, FLAG, optional, "可以不办")                                                                         \
    F(T, TEXT, code, "成员代码", .max = 50, .need = true)                                                    \
    F(T, TEXT, matter, "事项", .need = true, .code = GOVSVC_CODE_MATTER)                                     \
    F(T, TEXTS, when, "适用情形", .max = 50, .count = offsetof(T, when_count))                               \
    F(T, TEXTS, after, "前置成员", .max = 50, .count = offsetof(T, after_count))
GS_RECORD(gs_record_member, govsvc_member, "member", "成员事项", MEMBER_FIELDS)

/* What a draft and a version have in common, in the order of both structs. */
#define MATTER_NUMBERS(T, F)                                                                                 \
    F(T, INT, version, "版本", .need = true, .least = 1, .most = 1000000)                                    \
    F(T, NAME, type, "事项类型", .need = true, .names = gs_matter_type_names)                                \
    F(T, NAME, level, "行使层级", .need = true, .names = gs_level_names)                                     \
    F(T, NAME, project_type, "办件类型", .need = true, .names = project_types)                               \
    F(T, NAME, review_kind, "审查类型", .names = review_kinds)                                               \
    F(T, INT, statutory_amount, "法定办结时限", .need = true, .least = 1, .most = GOVSVC_LIMIT_MAX)          \
    F(T, NAME, statutory_unit, "法定办结时限单位", .need = true, .names = gs_unit_names)                     \
    F(T, INT, promised_amount, "承诺办结时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                         \
    F(T, NAME, promised_unit, "承诺办结时限单位", .names = gs_unit_names)                                    \
    F(T, INT, visits, "到办事现场次数", .most = 100)                                                         \
    F(T, FLAG, fee, "是否收费")                                                                              \
    F(T, FLAG, online, "是否网办")                                                                           \
    F(T, NAME, online_depth, "网办深度", .names = depths)                                                    \
    F(T, NAME, power_source, "权力来源", .names = power_sources)                                             \
    F(T, NAME, organ_kind, "实施主体性质", .names = organ_kinds)                                             \
    F(T, NAME, scope, "通办范围", .names = scopes)                                                           \
    F(T, NAME, result_kind, "审批结果类型", .names = result_kinds)                                           \
    F(T, FLAG, in_hall, "是否进驻政务大厅")                                                                  \
    F(T, FLAG, one_window, "是否一窗受理")                                                                   \
    F(T, FLAG, booking, "是否支持预约办理")                                                                  \
    F(T, FLAG, pay_online, "是否支持网上支付")                                                               \
    F(T, FLAG, express, "是否支持物流快递")                                                                  \
    F(T, FLAG, terminals, "是否支持自助终端办理")                                                            \
    F(T, FLAG, single_sign_on, "电脑端单点登录")                                                             \
    F(T, FLAG, mobile_sign_on, "移动端单点登录")                                                             \
    F(T, FLAG, reducible, "征收是否允许减免")                                                                \
    F(T, INT, identity_level, "身份核验等级", .least = 1, .most = 4)                                         \
    F(T, FLAG, safety, "直接关系公共安全、人身健康、生命财产安全")                                           \
    F(T, INT, claim_amount, "认领时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                                \
    F(T, NAME, claim_unit, "认领时限单位", .names = gs_unit_names)                                           \
    F(T, NAME, refused_rule, "成员不予许可时", .names = refused_rules)
#define MATTER_TEXTS(T, F)                                                                                   \
    F(T, TEXT, code, "实施编码", .need = true, .code = GOVSVC_CODE_MATTER)                                   \
    F(T, TEXT, basic_code, "基本编码", .code = GOVSVC_CODE_MATTER)                                           \
    F(T, TEXT, local_code, "地方编码", .max = 50)                                                            \
    F(T, TEXT, name, "事项名称", .max = 1000, .need = true)                                                  \
    F(T, TEXT, organ, "实施主体编码", .need = true, .code = GOVSVC_CODE_USCC)                                \
    F(T, TEXT, organ_name, "实施主体", .need = true)                                                         \
    F(T, TEXT, division, "行使区划", .need = true, .code = GOVSVC_CODE_DIVISION)                             \
    F(T, TEXT, entrusting_organ, "委托部门")                                                                 \
    F(T, TEXT, source, "认领自", .code = GOVSVC_CODE_MATTER)                                                 \
    F(T, DATE, effective_date, "生效日期")                                                                   \
    F(T, DATE, expiry_date, "失效日期")                                                                      \
    F(T, TEXT, statutory_basis, "法定办结时限依据", .max = 500)                                              \
    F(T, TEXT, statutory_explain, "法定办结时限说明", .max = 1000, .lines = true)                            \
    F(T, TEXT, promised_explain, "承诺办结时限说明", .max = 1000, .lines = true)                             \
    F(T, TEXT, conditions, "受理条件", .max = 10000, .lines = true)                                          \
    F(T, TEXT, procedure, "办理流程", .max = 10000, .lines = true)                                           \
    F(T, TEXT, quantity_limit, "数量限制", .max = 1000, .lines = true)                                       \
    F(T, TEXT, fee_basis, "收费依据", .max = 1000, .lines = true)                                            \
    F(T, TEXT, place, "办理地点", .max = 1000, .lines = true)                                                \
    F(T, TEXT, hours, "办理时间", .max = 1000, .lines = true)                                                \
    F(T, TEXT, consult, "咨询方式", .max = 1000, .lines = true)                                              \
    F(T, TEXT, complain, "监督投诉方式", .max = 1000, .lines = true)                                         \
    F(T, TEXT, online_url, "在线办理地址", .max = 1000)                                                      \
    F(T, TEXT, mobile_url, "移动端办理地址", .max = 1000)                                                    \
    F(T, TEXT, visits_reason, "必须现场办理原因说明", .max = 1000, .lines = true)                            \
    F(T, TEXT, result_name, "审批结果名称", .max = 500)                                                      \
    F(T, TEXT, result_certificate_type, "审批结果电子证照类型代码", .max = 21)                               \
    F(T, TEXT, result_sample, "审批结果样本", .max = 500)                                                    \
    F(T, TEXT, intermediary, "中介服务", .max = 1000, .lines = true)                                         \
    F(T, TEXT, measures, "处罚的行为、种类、幅度", .max = 5000, .lines = true)                               \
    F(T, TEXT, collection_kind, "征收种类")                                                                  \
    F(T, TEXT, deemed_basis, "视为受理的依据", .max = 500)                                                   \
    F(T, TEXT, unified_basis, "统一、联合或集中办理的依据", .max = 500)                                      \
    F(T, TEXT, remark, "备注", .max = 2000, .lines = true)
#define MATTER_LISTS(T, F)                                                                                   \
    F(T, TEXTS, subjects, "服务对象", .max = 10, .count = offsetof(T, subject_count),                        \
      .names = gs_subject_names)                                                                             \
    F(T, TEXTS, keywords, "别名与关键词", .max = 20, .count = offsetof(T, keyword_count))                    \
    F(T, TEXTS, handle_forms, "办理形式", .max = 10, .count = offsetof(T, handle_form_count),                \
      .names = handle_forms)                                                                                 \
    F(T, TEXTS, online_steps, "网上办理深度", .max = 10, .count = offsetof(T, online_step_count),            \
      .names = online_steps)                                                                                 \
    F(T, TEXTS, person_topics, "自然人主题分类", .max = 20, .count = offsetof(T, person_topic_count))        \
    F(T, TEXTS, corporate_topics, "法人主题分类", .max = 20, .count = offsetof(T, corporate_topic_count))    \
    F(T, TEXTS, delivery_ways, "结果送达方式", .max = 10, .count = offsetof(T, delivery_way_count),          \
      .names = delivery_ways)                                                                                \
    F(T, TEXTS, joint_organs, "联办机构", .max = 50, .count = offsetof(T, joint_organ_count))                \
    F(T, TEXTS, claim_levels, "应当认领的层级", .max = 5, .count = offsetof(T, claim_level_count),           \
      .names = claim_levels)                                                                                 \
    F(T, TEXTS, unverified, "来源未核实的要素", .max = 50, .count = offsetof(T, unverified_item_count))      \
    F(T, LIST, bases, "设定依据", .of = &gs_record_legal_basis, .max = 100,                                  \
      .count = offsetof(T, basis_count), .need = true)                                                       \
    F(T, LIST, materials, "申请材料", .of = &gs_record_material, .max = 200,                                 \
      .count = offsetof(T, material_count))                                                                  \
    F(T, LIST, fields, "表单字段", .of = &gs_record_form_field, .max = 500,                                  \
      .count = offsetof(T, field_count))                                                                     \
    F(T, LIST, criteria, "受理条件与审查标准", .of = &gs_record_criterion, .max = 200,                       \
      .count = offsetof(T, criterion_count))                                                                 \
    F(T, LIST, stages, "办理环节", .of = &gs_record_stage, .max = 50, .count = offsetof(T, stage_count))     \
    F(T, LIST, situations, "情形", .of = &gs_record_situation, .max = 50,                                    \
      .count = offsetof(T, situation_count))                                                                 \
    F(T, LIST, fees, "收费项目", .of = &gs_record_fee_item, .max = 50, .count = offsetof(T, fee_item_count)) \
    F(T, LIST, questions, "常见问题", .of = &gs_record_question, .max = 100,                                 \
      .count = offsetof(T, question_count))                                                                  \
    F(T, LIST, special_procedures, "特别程序", .of = &gs_record_special_procedure, .max = 20,                \
      .count = offsetof(T, special_procedure_count))                                                         \
    F(T, LIST, members, "成员事项", .of = &gs_record_member, .max = 50, .count = offsetof(T, member_count))

#define MATTER_DRAFT_FIELDS(T, F)                                                                            \
    MATTER_NUMBERS(T, F)                                                                                     \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    MATTER_TEXTS(T, F)                                                                                       \
    MATTER_LISTS(T, F)                                                                                       \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_matter_draft, govsvc_matter_draft, "matter_draft", "事项", MATTER_DRAFT_FIELDS)

#define MATTER_FIELDS(T, F)                                                                                  \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "事项状态", .names = gs_matter_state_names)                                            \
    F(T, TIME, reviewed_at, "审核时间")                                                                      \
    F(T, TIME, published_at, "发布时间")                                                                     \
    F(T, TIME, ended_at, "停用时间")                                                                         \
    F(T, ID, source_id, "认领自版本标识", .system = true)                                                    \
    F(T, INT, source_version, "认领自版本", .system = true)                                                  \
    F(T, ID, title, "检索名", .system = true)                                                                \
    MATTER_NUMBERS(T, F)                                                                                     \
    MATTER_TEXTS(T, F)                                                                                       \
    F(T, DATE, in_force_date, "施行日期", .system = true)                                                    \
    F(T, TEXT, digest, "内容摘要", .max = 64, .system = true)                                                \
    MATTER_LISTS(T, F)
static const gs_index indexes[] = {{"code, state", false},
                                   {"title, state, division, code", false},
                                   {"state, division, code", false},
                                   {"organ, state, division, code", false},
                                   {"basic_code, state, division", false},
                                   {"source, state", false},
                                   {"type, state", false},
                                   {"result_certificate_type, state, organ", false},
                                   {NULL, false}};
/* Anybody may read a matter: it has no scope of organ or division. */
GS_RECORD(gs_record_matter, govsvc_matter, "matter", "事项", MATTER_FIELDS, .table = true, .reference = true,
          .state = offsetof(govsvc_matter, state), .key = "code, version", .number = "code",
          .indexes = indexes)

#define CLAIM_FIELDS(T, F)                                                                                   \
    F(T, NAME, level, "行使层级", .names = gs_level_names)                                                   \
    F(T, INT, promised_amount, "承诺办结时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                         \
    F(T, NAME, promised_unit, "承诺办结时限单位", .names = gs_unit_names)                                    \
    F(T, INT, visits, "到办事现场次数", .most = 100)                                                         \
    F(T, FLAG, fee, "是否收费")                                                                              \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, source, "认领自", .need = true, .code = GOVSVC_CODE_MATTER)                                   \
    F(T, TEXT, code, "实施编码", .code = GOVSVC_CODE_MATTER)                                                 \
    F(T, TEXT, organ, "实施主体编码", .need = true, .code = GOVSVC_CODE_USCC)                                \
    F(T, TEXT, organ_name, "实施主体", .need = true)                                                         \
    F(T, TEXT, division, "行使区划", .need = true, .code = GOVSVC_CODE_DIVISION)                             \
    F(T, TEXT, promised_explain, "承诺办结时限说明", .max = 1000, .lines = true)                             \
    F(T, TEXT, place, "办理地点", .max = 1000, .lines = true)                                                \
    F(T, TEXT, hours, "办理时间", .max = 1000, .lines = true)                                                \
    F(T, TEXT, consult, "咨询方式", .max = 1000, .lines = true)                                              \
    F(T, TEXT, complain, "监督投诉方式", .max = 1000, .lines = true)                                         \
    F(T, TEXT, online_url, "在线办理地址", .max = 1000)                                                      \
    F(T, TEXT, mobile_url, "移动端办理地址", .max = 1000)                                                    \
    F(T, TEXT, remark, "备注", .max = 2000, .lines = true)                                                   \
    F(T, TEXTS, without, "不再要求的材料", .max = 200, .count = offsetof(T, without_count))                  \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_claim, govsvc_claim, "claim", "认领", CLAIM_FIELDS)
