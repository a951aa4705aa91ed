/* lib/matter/records.c - the field tables and code lists of govsvc/matter.h. */
#include "matter/matter.h"

#include "govsvc/codes.h"

static const gs_name matter_types[] = {
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
    {0, NULL, NULL},
};

static const gs_name levels[] = {
    {GOVSVC_LEVEL_NATION, "nation", "国家级"},
    {GOVSVC_LEVEL_REGION, "region", "省级"},
    {GOVSVC_LEVEL_PREFECTURE, "prefecture", "市级"},
    {GOVSVC_LEVEL_COUNTY, "county", "县级"},
    {GOVSVC_LEVEL_TOWN, "town", "镇（乡、街道）级"},
    {GOVSVC_LEVEL_VILLAGE, "village", "村（社区）级"},
    {0, NULL, NULL},
};

static const gs_name project_types[] = {{GOVSVC_PROJECT_AT_ONCE, "at_once", "即办件"},
                                        {GOVSVC_PROJECT_PROMISED, "promised", "承诺件"},
                                        {0, NULL, NULL}};

static const gs_name states[] = {
    {GOVSVC_MATTER_DRAFTED, "drafted", "草稿"},
    {GOVSVC_MATTER_PUBLISHED, "published", "已发布"},
    {GOVSVC_MATTER_SUSPENDED, "suspended", "暂停"},
    {GOVSVC_MATTER_REPEALED, "repealed", "取消"},
    {0, NULL, NULL},
};

static const gs_name needs[] = {{GOVSVC_NEED_REQUIRED, "required", "必要"},
                                {GOVSVC_NEED_OPTIONAL, "optional", "非必要"},
                                {GOVSVC_NEED_LATER, "later", "容缺后补"},
                                {0, NULL, NULL}};

static const gs_name sources[] = {{GOVSVC_SOURCE_APPLICANT, "applicant", "申请人自备"},
                                  {GOVSVC_SOURCE_GOVERNMENT, "government", "政府部门核发"},
                                  {GOVSVC_SOURCE_CERTIFICATE, "certificate", "调取电子证照库"},
                                  {GOVSVC_SOURCE_OTHER, "other", "其他"},
                                  {0, NULL, NULL}};

static const gs_name forms[] = {{GOVSVC_FORM_PAPER, "paper", "纸质"},
                                {GOVSVC_FORM_ELECTRONIC, "electronic", "电子"},
                                {GOVSVC_FORM_EITHER, "either", "纸质/电子"},
                                {0, NULL, NULL}};

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

#define LEGAL_BASIS_FIELDS(T, F)                                                                             \
    F(T, TEXT, law, "法律法规", .need = true, .max = 300)                                                    \
    F(T, TEXT, article, "条款", .max = 200)
GS_RECORD(gs_record_legal_basis, govsvc_legal_basis, "legal_basis", "设定依据", LEGAL_BASIS_FIELDS)

#define MATERIAL_FIELDS(T, F)                                                                                \
    F(T, NAME, need, "必要性", .need = true, .names = needs)                                                 \
    F(T, NAME, source, "来源渠道", .names = sources)                                                         \
    F(T, NAME, form, "材料形式", .names = forms)                                                             \
    F(T, INT, copies, "份数", .most = 100)                                                                   \
    F(T, TEXT, code, "材料代码", .need = true, .max = 50)                                                    \
    F(T, TEXT, name, "材料名称", .need = true, .max = 500)                                                   \
    F(T, TEXT, certificate_type, "电子证照类型代码", .max = 21)                                              \
    F(T, TEXT, basis, "要求提供材料的依据", .max = 500)
GS_RECORD(gs_record_material, govsvc_material, "material", "申请材料", MATERIAL_FIELDS)

#define SPECIAL_PROCEDURE_FIELDS(T, F)                                                                       \
    F(T, NAME, kind, "种类", .need = true, .names = gs_special_procedure_names)                              \
    F(T, INT, amount, "时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                                          \
    F(T, NAME, unit, "时限单位", .names = gs_unit_names)                                                     \
    F(T, TEXT, name, "名称", .max = 200)                                                                     \
    F(T, TEXT, basis, "依据", .max = 500)
GS_RECORD(gs_record_special_procedure, govsvc_special_procedure, "special_procedure", "特别程序",
          SPECIAL_PROCEDURE_FIELDS)

/* What a draft and a version have in common, in the order of both structs. */
#define MATTER_NUMBERS(T, F)                                                                                 \
    F(T, INT, version, "版本", .need = true, .least = 1, .most = 1000000)                                    \
    F(T, NAME, type, "事项类型", .need = true, .names = matter_types)                                        \
    F(T, NAME, level, "行使层级", .need = true, .names = levels)                                             \
    F(T, NAME, project_type, "办件类型", .need = true, .names = project_types)                               \
    F(T, INT, statutory_amount, "法定办结时限", .need = true, .least = 1, .most = GOVSVC_LIMIT_MAX)          \
    F(T, NAME, statutory_unit, "法定办结时限单位", .need = true, .names = gs_unit_names)                     \
    F(T, INT, promised_amount, "承诺办结时限", .least = 1, .most = GOVSVC_LIMIT_MAX)                         \
    F(T, NAME, promised_unit, "承诺办结时限单位", .names = gs_unit_names)                                    \
    F(T, INT, visits, "到办事现场次数", .most = 100)                                                         \
    F(T, FLAG, fee, "是否收费")                                                                              \
    F(T, FLAG, online, "是否网办")
#define MATTER_TEXTS(T, F)                                                                                   \
    F(T, TEXT, code, "实施编码", .need = true, .code = GOVSVC_CODE_MATTER)                                   \
    F(T, TEXT, basic_code, "基本编码", .code = GOVSVC_CODE_MATTER)                                           \
    F(T, TEXT, name, "事项名称", .need = true, .max = 1000)                                                  \
    F(T, TEXT, organ, "实施主体编码", .need = true, .code = GOVSVC_CODE_USCC)                                \
    F(T, TEXT, organ_name, "实施主体", .need = true)                                                         \
    F(T, TEXT, division, "行使区划", .need = true, .code = GOVSVC_CODE_DIVISION)                             \
    F(T, TEXT, conditions, "受理条件", .max = 10000, .lines = true)                                          \
    F(T, TEXT, procedure, "办理流程", .max = 10000, .lines = true)                                           \
    F(T, TEXT, fee_basis, "收费依据", .max = 1000, .lines = true)                                            \
    F(T, TEXT, place, "办理地点", .max = 1000, .lines = true)                                                \
    F(T, TEXT, hours, "办理时间", .max = 1000, .lines = true)                                                \
    F(T, TEXT, consult, "咨询方式", .max = 1000, .lines = true)                                              \
    F(T, TEXT, complain, "监督投诉方式", .max = 1000, .lines = true)                                         \
    F(T, TEXT, result_name, "审批结果名称", .max = 500)                                                      \
    F(T, TEXT, deemed_basis, "视为受理的依据", .max = 500)                                                   \
    F(T, TEXT, unified_basis, "统一、联合或集中办理的依据", .max = 500)                                      \
    F(T, TEXT, remark, "备注", .max = 2000, .lines = true)
#define MATTER_LISTS(T, F)                                                                                   \
    F(T, TEXTS, subjects, "服务对象", .max = 10, .count = offsetof(T, subject_count))                        \
    F(T, LIST, bases, "设定依据", .need = true, .of = &gs_record_legal_basis,                                \
      .count = offsetof(T, basis_count))                                                                     \
    F(T, LIST, materials, "申请材料", .of = &gs_record_material, .max = 200,                                 \
      .count = offsetof(T, material_count))                                                                  \
    F(T, LIST, special_procedures, "特别程序", .of = &gs_record_special_procedure, .max = 20,                \
      .count = offsetof(T, special_procedure_count))

#define MATTER_DRAFT_FIELDS(T, F)                                                                            \
    MATTER_NUMBERS(T, F)                                                                                     \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    MATTER_TEXTS(T, F)                                                                                       \
    MATTER_LISTS(T, F)
GS_RECORD(gs_record_matter_draft, govsvc_matter_draft, "matter_draft", "事项", MATTER_DRAFT_FIELDS)

#define MATTER_FIELDS(T, F)                                                                                  \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "事项状态", .names = states)                                                           \
    F(T, TIME, published_at, "发布时间")                                                                     \
    MATTER_NUMBERS(T, F)                                                                                     \
    MATTER_TEXTS(T, F)                                                                                       \
    MATTER_LISTS(T, F)                                                                                       \
    F(T, NONE, reserved, "")
static const gs_index indexes[] = {{"code, state", false}, {"organ, state", false}, {NULL, false}};
/* Anybody may read a matter: it has no scope of organ or division. */
GS_RECORD(gs_record_matter, govsvc_matter, "matter", "事项", MATTER_FIELDS, .table = true, .reference = true,
          .state = offsetof(govsvc_matter, state), .key = "code, version", .number = "code",
          .indexes = indexes)
