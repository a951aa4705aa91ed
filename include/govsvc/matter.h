/* govsvc/matter.h - matters (政务服务事项): what may be applied for, under which conditions and limits.
 *
 * One library holds them all: the ten kinds of power, public services, filings, matters between
 * departments, intermediary services, and bundles (一件事) of them. A matter is known by its implementation
 * code and version. A draft is put, as often as it takes, reviewed and published; a published version is
 * never changed: the next version is a draft of its own, and an application keeps the version it began with.
 * A body of a lower level claims (认领) a matter instead of writing it again, and may only narrow it.
 * Elements follow the national exchange's 实施清单; what a version means to somebody (finding it, guide,
 * form, conditions) is in catalogue.h.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_MATTER_H
#define GOVSVC_MATTER_H

#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Types of matter (GB/T 39046 A.1); the numbers are the standard's plus one, since 0 is "unset". */
enum {
    GOVSVC_MATTER_LICENCE = 2,        /* "licence" 行政许可 */
    GOVSVC_MATTER_PENALTY = 3,        /* "penalty" 行政处罚 */
    GOVSVC_MATTER_COERCION = 4,       /* "coercion" 行政强制 */
    GOVSVC_MATTER_COLLECTION = 5,     /* "collection" 行政征收 */
    GOVSVC_MATTER_BENEFIT = 6,        /* "benefit" 行政给付 */
    GOVSVC_MATTER_INSPECTION = 7,     /* "inspection" 行政检查 */
    GOVSVC_MATTER_CONFIRMATION = 8,   /* "confirmation" 行政确认 */
    GOVSVC_MATTER_REWARD = 9,         /* "reward" 行政奖励 */
    GOVSVC_MATTER_ADJUDICATION = 10,  /* "adjudication" 行政裁决 */
    GOVSVC_MATTER_OTHER = 11,         /* "other" 其他行政权力 */
    GOVSVC_MATTER_PUBLIC_SERVICE = 21, /* "public_service" 公共服务 */
    GOVSVC_MATTER_FILING = 101,        /* "filing" 行政备案 (no national code of its own) */
    GOVSVC_MATTER_INTER_DEPARTMENT = 102, /* "inter_department" 部门间办事 */
    GOVSVC_MATTER_INTERMEDIARY = 103, /* "intermediary" 中介服务 */
    GOVSVC_MATTER_BUNDLE = 104        /* "bundle" 一件事: it has members */
};

/* Level at which it is exercised (GB/T 39046 A.2). */
enum {
    GOVSVC_LEVEL_NATION = 1,     /* "nation" */
    GOVSVC_LEVEL_REGION = 2,     /* "region": 省级 */
    GOVSVC_LEVEL_PREFECTURE = 3, /* "prefecture": 市级 */
    GOVSVC_LEVEL_COUNTY = 4,     /* "county" */
    GOVSVC_LEVEL_TOWN = 5,       /* "town" */
    GOVSVC_LEVEL_VILLAGE = 6     /* "village" */
};

/* States of a version. */
enum {
    GOVSVC_MATTER_DRAFTED = 1,   /* "drafted": it can still be changed */
    GOVSVC_MATTER_REVIEWED = 2,  /* "reviewed" */
    GOVSVC_MATTER_PUBLISHED = 3, /* "published": its effective date lies ahead */
    GOVSVC_MATTER_EFFECTIVE = 4, /* "effective": it can be applied for */
    GOVSVC_MATTER_SUSPENDED = 5, /* "suspended": for the time being it cannot */
    GOVSVC_MATTER_REPEALED = 6,  /* "repealed": for good, by a decision or by its expiry date */
    GOVSVC_MATTER_REPLACED = 7   /* "replaced": a newer version took effect */
};

/* 办件类型 */
enum { GOVSVC_PROJECT_AT_ONCE = 1 /* "at_once" 即办件 */, GOVSVC_PROJECT_PROMISED = 2 /* "promised" 承诺件 */ };

/* 审查类型 */
enum {
    GOVSVC_REVIEW_AT_ONCE = 1, /* "at_once" 即审即办 */
    GOVSVC_REVIEW_LATER = 2    /* "later" 前审后批 */
};

/* 权力来源 */
enum {
    GOVSVC_POWER_OWN = 1,             /* "own" 法定本级行使 */
    GOVSVC_POWER_HANDED_DOWN = 2,     /* "handed_down" 上级下放 */
    GOVSVC_POWER_AUTHORISED_ABOVE = 3, /* "authorised_above" 上级授权 */
    GOVSVC_POWER_AUTHORISED_PEER = 4, /* "authorised_peer" 同级授权 */
    GOVSVC_POWER_ENTRUSTED_ABOVE = 5, /* "entrusted_above" 上级委托 */
    GOVSVC_POWER_ENTRUSTED_PEER = 6   /* "entrusted_peer" 同级委托 */
};

/* 实施主体性质 */
enum {
    GOVSVC_ORGAN_STATUTORY = 1,  /* "statutory" 法定机关 */
    GOVSVC_ORGAN_AUTHORISED = 2, /* "authorised" 授权组织 */
    GOVSVC_ORGAN_ENTRUSTED = 3,  /* "entrusted" 受委托组织 */
    GOVSVC_ORGAN_OTHER = 9       /* "other" */
};

/* 通办范围 */
enum {
    GOVSVC_SCOPE_NATION = 1,     /* "nation" 全国通办 */
    GOVSVC_SCOPE_REGION = 2,     /* "region" 跨省或全省 */
    GOVSVC_SCOPE_PREFECTURE = 3, /* "prefecture" 跨市或全市 */
    GOVSVC_SCOPE_COUNTY = 4,     /* "county" 跨县或全县 */
    GOVSVC_SCOPE_TOWN = 5,       /* "town" 全镇（乡、街道） */
    GOVSVC_SCOPE_VILLAGE = 6     /* "village" 跨村或全村（社区） */
};

/* 网办深度 */
enum {
    GOVSVC_DEPTH_1 = 1, /* "1": the guide is online */
    GOVSVC_DEPTH_2 = 2, /* "2": forms, booking */
    GOVSVC_DEPTH_3 = 3, /* "3": applied for online, one visit */
    GOVSVC_DEPTH_4 = 4  /* "4" 全程网办: no visit */
};

/* 审批结果类型 */
enum {
    GOVSVC_RESULT_CERTIFICATE = 1, /* "certificate" 证照: 出证办结 */
    GOVSVC_RESULT_DOCUMENT = 2,    /* "document" 批文: 出文办结 */
    GOVSVC_RESULT_OTHER = 3,       /* "other" 其他 */
    GOVSVC_RESULT_NONE = 4,        /* "none" 无 */
    GOVSVC_RESULT_APPROVAL = 5     /* "approval" 批复: 审批办结 */
};

/* Is a material needed? (材料必要性) */
enum {
    GOVSVC_NEED_REQUIRED = 1, /* "required" 必要 */
    GOVSVC_NEED_OPTIONAL = 2, /* "optional" 非必要 */
    GOVSVC_NEED_LATER = 3     /* "later" 容缺后补 */
};

/* Where a material comes from (来源渠道). */
enum {
    GOVSVC_SOURCE_APPLICANT = 1,   /* "applicant" 申请人自备 */
    GOVSVC_SOURCE_GOVERNMENT = 2,  /* "government" 政府部门核发 */
    GOVSVC_SOURCE_CERTIFICATE = 3, /* "certificate" 调取电子证照库 */
    GOVSVC_SOURCE_OTHER = 4        /* "other" */
};

/* Form of a material (材料形式). */
enum { GOVSVC_FORM_PAPER = 1 /* "paper" */, GOVSVC_FORM_ELECTRONIC = 2 /* "electronic" */, GOVSVC_FORM_EITHER = 3 /* "either" */ };

/* Original or copy (材料类型). */
enum {
    GOVSVC_ORIGINAL = 1,         /* "original" 原件 */
    GOVSVC_COPY = 2,             /* "copy" 复印件 */
    GOVSVC_ORIGINAL_AND_COPY = 3, /* "original_and_copy" 原件和复印件 */
    GOVSVC_ORIGINAL_OR_COPY = 4  /* "original_or_copy" 原件或复印件 */
};

/* Largest number in a field's range. */
#define GOVSVC_NUMBER_MAX INT64_C(1000000000000)

/* Types of a form's field. */
enum {
    GOVSVC_FIELD_TEXT = 1,    /* "text" */
    GOVSVC_FIELD_INTEGER = 2, /* "integer" */
    GOVSVC_FIELD_DECIMAL = 3, /* "decimal": a number */
    GOVSVC_FIELD_DATE = 4,    /* "date": "YYYY-MM-DD" */
    GOVSVC_FIELD_FLAG = 5,    /* "flag": true or false */
    GOVSVC_FIELD_CHOICE = 6,  /* "choice": one of its choices */
    GOVSVC_FIELD_CHOICES = 7, /* "choices": an array of its choices */
    GOVSVC_FIELD_CITIZEN_ID = 8, /* "citizen_id" 公民身份号码 */
    GOVSVC_FIELD_USCC = 9,    /* "uscc" 统一社会信用代码 */
    GOVSVC_FIELD_PHONE = 10   /* "phone" */
};

/* What a condition is asked for. */
enum {
    GOVSVC_CRITERION_ACCEPTANCE = 1, /* "acceptance" 受理条件 */
    GOVSVC_CRITERION_REVIEW = 2      /* "review" 审查标准 */
};

/* How a condition compares a field with its values. Numbers compare as numbers, dates as dates; a date among
 * the values may be reckoned from the day of asking: "today", "today-18y", "today+3m", "today-30d". */
enum {
    GOVSVC_OPERATOR_PERSON = 1,    /* "person": somebody must look; it has no values */
    GOVSVC_OPERATOR_PRESENT = 2,   /* "present" */
    GOVSVC_OPERATOR_ABSENT = 3,    /* "absent" */
    GOVSVC_OPERATOR_IN = 4,        /* "in": equal to one of the values */
    GOVSVC_OPERATOR_NOT_IN = 5,    /* "not_in" */
    GOVSVC_OPERATOR_LESS = 6,      /* "less": than its one value */
    GOVSVC_OPERATOR_AT_MOST = 7,   /* "at_most" */
    GOVSVC_OPERATOR_GREATER = 8,   /* "greater" */
    GOVSVC_OPERATOR_AT_LEAST = 9,  /* "at_least" */
    GOVSVC_OPERATOR_BEGINS = 10    /* "begins": with one of the values: an industry, a division */
};

/* Kinds of stage (办理环节). */
enum {
    GOVSVC_STAGE_ACCEPT = 1,  /* "accept" 受理 */
    GOVSVC_STAGE_REVIEW = 2,  /* "review" 审查 */
    GOVSVC_STAGE_DECIDE = 3,  /* "decide" 决定 */
    GOVSVC_STAGE_CLOSE = 4,   /* "close" 办结 */
    GOVSVC_STAGE_DELIVER = 5, /* "deliver" 送达 */
    GOVSVC_STAGE_OTHER = 9    /* "other" */
};

/* Of several who are asked to review: whose word decides. */
enum {
    GOVSVC_PASSES_ONE = 1,  /* "one" 或签: the first who reviews */
    GOVSVC_PASSES_ALL = 2,  /* "all" 会签: every one must agree */
    GOVSVC_PASSES_SHARE = 3 /* "share" 票签: a share of them must */
};

/* What happens to a bundle when one of its members is refused. */
enum {
    GOVSVC_REFUSED_CONTINUE = 1, /* "continue": the others go on */
    GOVSVC_REFUSED_STOP = 2,     /* "stop": what is not decided ends */
    GOVSVC_REFUSED_SPLIT = 3     /* "split": the applicant is asked */
};

/* A basis: never an article whose text was not read. */
typedef struct govsvc_legal_basis {
    uint64_t struct_size;
    const char *law;     /* 《中华人民共和国行政许可法》; required */
    const char *article; /* 第三十二条; NULL: not known exactly, and bases is listed in unverified */
    const char *number;  /* 文号 */
    const char *text;    /* 条款内容 */
} govsvc_legal_basis;
#define GOVSVC_LEGAL_BASIS_INIT {sizeof(govsvc_legal_basis), NULL, NULL, NULL, NULL}

/* `when` in a material, a field, a condition, a fee or a member says in which situations it counts: items
 * "situation=choice"; of those with one situation any must be chosen, and one for each situation named.
 * Nothing: always. */

typedef struct govsvc_material {
    uint64_t struct_size;
    int64_t need;    /* GOVSVC_NEED_...; required */
    int64_t source;  /* GOVSVC_SOURCE_... */
    int64_t form;    /* GOVSVC_FORM_... */
    int64_t kind;    /* GOVSVC_ORIGINAL ... */
    int64_t copies;  /* absent: not said */
    int64_t pledge;  /* GOVSVC_YES: a pledge (告知承诺) may stand in for it */
    const char *code; /* unique within the matter: "M1"; required */
    const char *name; /* required */
    const char *canonical; /* its code in a catalogue of materials: one and the same material in several matters */
    const char *certificate_type; /* 21 characters: an electronic certificate that takes its place */
    const char *basis;          /* 要求提供材料的依据 */
    const char *source_explain; /* 来源渠道说明 */
    const char *page_format;    /* 规格 */
    const char *fill_explain;   /* 填报须知 */
    const char *accept_standard; /* 受理标准 */
    const char *blank;          /* 空白表格: where the host keeps it */
    const char *example;        /* 示例样表 */
    const char *remark;
    const char *const *when;
    const char *const *asked_by; /* in a bundle: the members that ask for it */
    uint64_t when_count;
    uint64_t asked_by_count;
} govsvc_material;
#define GOVSVC_MATERIAL_INIT                                                                       \
    {sizeof(govsvc_material), 0, 0, 0, 0, GOVSVC_ABSENT, 0, NULL, NULL, NULL, NULL, NULL, NULL,     \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0}

typedef struct govsvc_choice {
    uint64_t struct_size;
    const char *value; /* required */
    const char *label; /* required */
} govsvc_choice;
#define GOVSVC_CHOICE_INIT {sizeof(govsvc_choice), NULL, NULL}

/* A field of the form (要素). */
typedef struct govsvc_form_field {
    uint64_t struct_size;
    int64_t type;     /* GOVSVC_FIELD_...; required */
    int64_t required; /* GOVSVC_YES */
    int64_t least;    /* numbers: the range; absent: open */
    int64_t most;
    int64_t length;   /* characters at most; absent: 200 */
    int64_t level;    /* data level 1 to 4; absent: 2. From 3 on it is personal */
    const char *name;    /* its key in the form; required */
    const char *label;   /* required */
    const char *element; /* its data element: fields of one element in several matters are one and the same */
    const char *pattern; /* characters it is made of: see docs/catalogue.md */
    const char *hint;
    const char *dataset;           /* code of the dataset that can supply it */
    const char *certificate_type;  /* type of the certificate that can, */
    const char *certificate_field; /* and its field there */
    const char *const *when;
    const char *const *asked_by; /* in a bundle: the members that ask for it */
    const govsvc_choice *const *choices; /* allowed values */
    const void *reserved;
    uint64_t when_count;
    uint64_t asked_by_count;
    uint64_t choice_count;
} govsvc_form_field;
#define GOVSVC_FORM_FIELD_INIT                                                                     \
    {sizeof(govsvc_form_field), 0, 0, GOVSVC_ABSENT, GOVSVC_ABSENT, GOVSVC_ABSENT, GOVSVC_ABSENT,   \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0}

/* A condition of acceptance or a standard of review, as data. It is met, not met, or needs a person. */
typedef struct govsvc_criterion {
    uint64_t struct_size;
    int64_t purpose;  /* GOVSVC_CRITERION_...; required */
    int64_t operation; /* GOVSVC_OPERATOR_...; required */
    const char *code;    /* unique within the matter; required */
    const char *field;   /* name of a field; required unless somebody must look */
    const char *message; /* what it demands, in words; required */
    const char *basis;
    const char *const *values;
    const char *const *when;
    uint64_t value_count;
    uint64_t when_count;
} govsvc_criterion;
#define GOVSVC_CRITERION_INIT {sizeof(govsvc_criterion), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0}

/* A stage of the matter's own (业务经办流程) inside the lawful outer states. */
typedef struct govsvc_stage {
    uint64_t struct_size;
    int64_t kind;   /* GOVSVC_STAGE_...; required */
    int64_t amount; /* within how long; absent: not said */
    int64_t unit;   /* GOVSVC_UNIT_... */
    int64_t passes; /* a review: GOVSVC_PASSES_...; unset: one */
    int64_t share;  /* percent of those asked that must agree, 1 to 100; required where a share decides */
    int64_t reviewers; /* how many of the post are asked; absent: one */
    const char *code; /* unique within the matter; required */
    const char *name; /* required */
    const char *post; /* 岗位 */
    const char *organ; /* a review by another organ than the matter's: unified social credit code */
    const char *task; /* what is examined, and by what standard */
    const char *result;
    const char *const *after; /* stages that must be over; none: the one before it in the list */
    const void *reserved;
    uint64_t after_count;
} govsvc_stage;
#define GOVSVC_STAGE_INIT                                                                          \
    {sizeof(govsvc_stage), 0, GOVSVC_ABSENT, 0, 0, GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL, NULL,  \
     NULL, NULL, NULL, NULL, NULL, 0}

/* A question whose answer decides which materials, fields, conditions and members count (情形). */
typedef struct govsvc_situation {
    uint64_t struct_size;
    int64_t multiple; /* GOVSVC_YES: several choices may hold at once */
    const char *code;     /* unique within the matter; required */
    const char *question; /* required */
    const govsvc_choice *const *choices; /* required */
    const void *reserved;
    uint64_t choice_count;
} govsvc_situation;
#define GOVSVC_SITUATION_INIT {sizeof(govsvc_situation), 0, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_fee_item {
    uint64_t struct_size;
    int64_t reducible; /* GOVSVC_YES: 允许减免 */
    int64_t stage;     /* 收费环节: GOVSVC_STAGE_... */
    const char *name;     /* required */
    const char *standard; /* 收费标准; required */
    const char *reduction_basis;
    const char *basis;
    const char *const *when;
    const void *reserved;
    uint64_t when_count;
} govsvc_fee_item;
#define GOVSVC_FEE_ITEM_INIT {sizeof(govsvc_fee_item), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_question {
    uint64_t struct_size;
    const char *question; /* required */
    const char *answer;   /* required */
} govsvc_question;
#define GOVSVC_QUESTION_INIT {sizeof(govsvc_question), NULL, NULL}

/* A procedure whose time does not count (行政许可法 45), with its own limit as published. */
typedef struct govsvc_special_procedure {
    uint64_t struct_size;
    int64_t kind;   /* GOVSVC_SPECIAL_...; required */
    int64_t amount; /* its own limit; absent: none was published */
    int64_t unit;   /* GOVSVC_UNIT_... */
    const char *name;
    const char *basis;
} govsvc_special_procedure;
#define GOVSVC_SPECIAL_PROCEDURE_INIT {sizeof(govsvc_special_procedure), 0, GOVSVC_ABSENT, 0, NULL, NULL}

/* 行政许可法 45 names these and no others. */
enum {
    GOVSVC_SPECIAL_HEARING = 1,       /* "hearing" 听证 */
    GOVSVC_SPECIAL_TENDER = 2,        /* "tender" 招标 */
    GOVSVC_SPECIAL_AUCTION = 3,       /* "auction" 拍卖 */
    GOVSVC_SPECIAL_INSPECTION = 4,    /* "inspection" 检验 */
    GOVSVC_SPECIAL_TEST = 5,          /* "test" 检测 */
    GOVSVC_SPECIAL_QUARANTINE = 6,    /* "quarantine" 检疫 */
    GOVSVC_SPECIAL_APPRAISAL = 7,     /* "appraisal" 鉴定 */
    GOVSVC_SPECIAL_EXPERT_REVIEW = 8  /* "expert_review" 专家评审 */
};

/* A matter within a bundle. */
typedef struct govsvc_member {
    uint64_t struct_size;
    int64_t optional; /* GOVSVC_YES: the applicant may leave it out */
    const char *code;   /* unique within the bundle: "licence"; required */
    const char *matter; /* code of the matter; required */
    const char *const *when;  /* conditional: it belongs to these situations alone */
    const char *const *after; /* serial: members that must be decided first; none: it begins at once */
    uint64_t when_count;
    uint64_t after_count;
} govsvc_member;
#define GOVSVC_MEMBER_INIT {sizeof(govsvc_member), 0, NULL, NULL, NULL, NULL, 0, 0}

/* What is put. Members beyond those marked required may be absent: absent means unknown. */
typedef struct govsvc_matter_draft {
    uint64_t struct_size;
    int64_t version; /* from 1; required */
    int64_t type; /* GOVSVC_MATTER_...; required */
    int64_t level; /* GOVSVC_LEVEL_...; required */
    int64_t project_type; /* GOVSVC_PROJECT_...; required */
    int64_t review_kind; /* 审查类型: GOVSVC_REVIEW_... */
    int64_t statutory_amount; /* 法定办结时限; required */
    int64_t statutory_unit; /* GOVSVC_UNIT_...; required */
    int64_t promised_amount; /* 承诺办结时限; never longer than the statutory; absent: none */
    int64_t promised_unit; /* GOVSVC_UNIT_... */
    int64_t visits; /* 到办事现场次数 */
    int64_t fee; /* GOVSVC_YES: 收费 */
    int64_t online; /* GOVSVC_YES: 网办 */
    int64_t online_depth; /* 网办深度: GOVSVC_DEPTH_... */
    int64_t power_source; /* 权力来源: GOVSVC_POWER_... */
    int64_t organ_kind; /* 实施主体性质: GOVSVC_ORGAN_... */
    int64_t scope; /* 通办范围: GOVSVC_SCOPE_... */
    int64_t result_kind; /* 审批结果类型: GOVSVC_RESULT_... */
    int64_t in_hall; /* GOVSVC_YES: 进驻政务大厅 */
    int64_t one_window; /* GOVSVC_YES: 一窗受理 */
    int64_t booking; /* GOVSVC_YES: 支持预约办理 */
    int64_t pay_online; /* GOVSVC_YES: 支持网上支付 */
    int64_t express; /* GOVSVC_YES: 支持物流快递 */
    int64_t terminals; /* GOVSVC_YES: 支持自助终端 */
    int64_t single_sign_on; /* GOVSVC_YES: 单点登录（电脑端） */
    int64_t mobile_sign_on; /* GOVSVC_YES: 单点登录（移动端） */
    int64_t reducible; /* GOVSVC_YES: 征收可以减免 */
    int64_t identity_level; /* how surely who applies elsewhere than at a window is identified, 1 to 4; absent: not asked */
    int64_t safety; /* GOVSVC_YES: 直接关系公共安全、人身健康、生命财产安全 (行政许可法 78, 79) */
    int64_t claim_amount; /* within how long after publication it is to be claimed; absent: there is no limit */
    int64_t claim_unit; /* GOVSVC_UNIT_... */
    int64_t refused_rule; /* bundles: GOVSVC_REFUSED_... */
    const char *request_key;
    const char *code; /* 实施编码, 31 characters, or 业务办理项编码, 33; required */
    const char *basic_code; /* 基本编码, 12 characters */
    const char *local_code; /* 地方编码 */
    const char *name; /* required, at most 1000 characters */
    const char *organ; /* 实施主体, unified social credit code; required */
    const char *organ_name; /* required */
    const char *division; /* where it is exercised; required */
    const char *entrusting_organ; /* 委托部门 */
    const char *source; /* code of the matter it is claimed from; NULL: it is the body's own */
    const char *effective_date; /* first day on which it can be applied for; NULL: the day of publication */
    const char *expiry_date; /* last day; NULL: until it is repealed */
    const char *statutory_basis; /* the law that sets the statutory limit; required, or listed in unverified */
    const char *statutory_explain; /* 法定办结时限说明 */
    const char *promised_explain; /* 承诺办结时限说明 */
    const char *conditions; /* 受理条件, in words */
    const char *procedure; /* 办理流程, in words */
    const char *quantity_limit; /* 数量限制 */
    const char *fee_basis; /* 收费依据; required where fee is yes, or listed in unverified */
    const char *place; /* 办理地点 */
    const char *hours; /* 办理时间 */
    const char *consult; /* 咨询方式 */
    const char *complain; /* 监督投诉方式; another one than consult */
    const char *online_url; /* 在线办理地址 */
    const char *mobile_url; /* 移动端办理地址 */
    const char *visits_reason; /* 必须现场办理原因说明; required where visits is not 0 */
    const char *result_name; /* 审批结果名称 */
    const char *result_certificate_type; /* 21 characters: type of the electronic certificate it ends in */
    const char *result_sample; /* 审批结果样本 */
    const char *intermediary; /* 中介服务 */
    const char *measures; /* penalties: 行为、种类、幅度 */
    const char *collection_kind; /* 征收种类 */
    const char *deemed_basis; /* what makes silence acceptance where the matter is no licence */
    const char *unified_basis; /* the decision on unified, joint or centralised handling (行政许可法 26) */
    const char *remark;
    /* 服务对象: natural_person, enterprise, institution, social_organisation, unincorporated, government, other */
    const char *const *subjects;
    const char *const *keywords; /* other names by which people look for it */
    const char *const *handle_forms; /* 办理形式: window, online, mobile, express, other */
    const char *const *online_steps; /* 网上办理深度: consult, receive, precheck, accept, handle, result, other */
    const char *const *person_topics; /* 自然人主题分类 */
    const char *const *corporate_topics; /* 法人主题分类 */
    /* 结果送达方式: window, self_pickup, express, announcement, message, download */
    const char *const *delivery_ways;
    const char *const *joint_organs; /* 联办机构 */
    const char *const *claim_levels; /* levels whose bodies are to claim it: prefecture, county, town, village */
    /* elements whose source is not known, by member name: an element without basis that is not named here is refused */
    const char *const *unverified;
    const govsvc_legal_basis *const *bases; /* 设定依据; at least one */
    const govsvc_material *const *materials;
    const govsvc_form_field *const *fields; /* the form */
    const govsvc_criterion *const *criteria; /* conditions as data */
    const govsvc_stage *const *stages;
    const govsvc_situation *const *situations; /* what is asked first */
    const govsvc_fee_item *const *fees; /* required where fee is yes */
    const govsvc_question *const *questions; /* 常见问题 */
    const govsvc_special_procedure *const *special_procedures; /* only these can stop its clock */
    const govsvc_member *const *members; /* bundles: the matters in it */
    const void *reserved;
    uint64_t subject_count;
    uint64_t keyword_count;
    uint64_t handle_form_count;
    uint64_t online_step_count;
    uint64_t person_topic_count;
    uint64_t corporate_topic_count;
    uint64_t delivery_way_count;
    uint64_t joint_organ_count;
    uint64_t claim_level_count;
    uint64_t unverified_item_count;
    uint64_t basis_count;
    uint64_t material_count;
    uint64_t field_count;
    uint64_t criterion_count;
    uint64_t stage_count;
    uint64_t situation_count;
    uint64_t fee_item_count;
    uint64_t question_count;
    uint64_t special_procedure_count;
    uint64_t member_count;
} govsvc_matter_draft;
#define GOVSVC_MATTER_DRAFT_INIT                                                                   \
    {sizeof(govsvc_matter_draft), GOVSVC_ABSENT, 0, 0, 0, 0, GOVSVC_ABSENT, 0, GOVSVC_ABSENT,      \
     0, GOVSVC_ABSENT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, GOVSVC_ABSENT, 0,          \
     GOVSVC_ABSENT, 0, 0,                                                                          \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,     \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,     \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,     \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0,     \
     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/* A version of a matter. */
typedef struct govsvc_matter {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;          /* GOVSVC_MATTER_DRAFTED ... */
    int64_t reviewed_at;
    int64_t published_at;
    int64_t ended_at;       /* when it was repealed or replaced */
    int64_t source_id;      /* the version it was claimed from; 0: it is the body's own */
    int64_t source_version;
    int64_t title;          /* the library's own: by which words it is found */
    int64_t version;
    int64_t type;
    int64_t level;
    int64_t project_type;
    int64_t review_kind;
    int64_t statutory_amount;
    int64_t statutory_unit;
    int64_t promised_amount;
    int64_t promised_unit;
    int64_t visits;
    int64_t fee;
    int64_t online;
    int64_t online_depth;
    int64_t power_source;
    int64_t organ_kind;
    int64_t scope;
    int64_t result_kind;
    int64_t in_hall;
    int64_t one_window;
    int64_t booking;
    int64_t pay_online;
    int64_t express;
    int64_t terminals;
    int64_t single_sign_on;
    int64_t mobile_sign_on;
    int64_t reducible;
    int64_t identity_level;
    int64_t safety;
    int64_t claim_amount;
    int64_t claim_unit;
    int64_t refused_rule;
    const char *code;
    const char *basic_code;
    const char *local_code;
    const char *name;
    const char *organ;
    const char *organ_name;
    const char *division;
    const char *entrusting_organ;
    const char *source;
    const char *effective_date;
    const char *expiry_date;
    const char *statutory_basis;
    const char *statutory_explain;
    const char *promised_explain;
    const char *conditions;
    const char *procedure;
    const char *quantity_limit;
    const char *fee_basis;
    const char *place;
    const char *hours;
    const char *consult;
    const char *complain;
    const char *online_url;
    const char *mobile_url;
    const char *visits_reason;
    const char *result_name;
    const char *result_certificate_type;
    const char *result_sample;
    const char *intermediary;
    const char *measures;
    const char *collection_kind;
    const char *deemed_basis;
    const char *unified_basis;
    const char *remark;
    const char *in_force_date; /* first day on which this version could be applied for */
    const char *digest; /* SM3 of its content as published, 64 hexadecimal digits: see matter.feed */
    const char *const *subjects;
    const char *const *keywords;
    const char *const *handle_forms;
    const char *const *online_steps;
    const char *const *person_topics;
    const char *const *corporate_topics;
    const char *const *delivery_ways;
    const char *const *joint_organs;
    const char *const *claim_levels;
    const char *const *unverified;
    const govsvc_legal_basis *const *bases;
    const govsvc_material *const *materials;
    const govsvc_form_field *const *fields;
    const govsvc_criterion *const *criteria;
    const govsvc_stage *const *stages;
    const govsvc_situation *const *situations;
    const govsvc_fee_item *const *fees;
    const govsvc_question *const *questions;
    const govsvc_special_procedure *const *special_procedures;
    const govsvc_member *const *members;
    uint64_t subject_count;
    uint64_t keyword_count;
    uint64_t handle_form_count;
    uint64_t online_step_count;
    uint64_t person_topic_count;
    uint64_t corporate_topic_count;
    uint64_t delivery_way_count;
    uint64_t joint_organ_count;
    uint64_t claim_level_count;
    uint64_t unverified_item_count;
    uint64_t basis_count;
    uint64_t material_count;
    uint64_t field_count;
    uint64_t criterion_count;
    uint64_t stage_count;
    uint64_t situation_count;
    uint64_t fee_item_count;
    uint64_t question_count;
    uint64_t special_procedure_count;
    uint64_t member_count;
} govsvc_matter;

/* A claim (认领): the body takes the matter over as its source has it, and says what it narrows. What is absent
 * is the source's. The implementation code is made from organ, level and basic code where it is absent, the
 * version is the next one. Claimed versions follow their source: when that changes, govsvc_tick() publishes the
 * claim's next version with the same effective date, narrowed as before. What may be narrowed: docs/catalogue.md. */
typedef struct govsvc_claim {
    uint64_t struct_size;
    int64_t level;           /* lower than the source's; absent (0): told by the division */
    int64_t promised_amount; /* shorter */
    int64_t promised_unit;
    int64_t visits;          /* fewer */
    int64_t fee;             /* GOVSVC_NO where the source takes one */
    const char *request_key;
    const char *source;      /* code of the matter that is claimed; required */
    const char *code;
    const char *organ;       /* required */
    const char *organ_name;  /* required */
    const char *division;    /* within the source's; required */
    const char *promised_explain;
    const char *place;
    const char *hours;
    const char *consult;
    const char *complain;
    const char *online_url;
    const char *mobile_url;
    const char *remark;
    const char *const *without; /* codes of the source's materials that are not asked for */
    const void *reserved;
    uint64_t without_count;
} govsvc_claim;
#define GOVSVC_CLAIM_INIT                                                                   \
    {sizeof(govsvc_claim), 0, GOVSVC_ABSENT, 0, GOVSVC_ABSENT, 0, NULL, NULL, NULL, NULL,    \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0}

/* "matter.put": adds a draft, or changes it while it is one; its key is code and version. Role:
 * administrator. INVALID: also what the rules of the 实施清单 refuse (docs/catalogue.md lists them), and where it
 * names a source that is there already, every element that widens what that has. STATE: that version is no draft
 * any more. */
GOVSVC_API govsvc_status govsvc_matter_put(govsvc_session *session, const govsvc_matter_draft *in,
                                           const govsvc_matter **out);
/* "matter.claim": a draft of a body of a lower level from a source that was published; while that draft stands,
 * claiming again changes it. Roles: administrator, and organ_head for their own organ. INVALID: also a source that is
 * not there or is over, a level that is not lower, a division outside the source's, an element that widens. */
GOVSVC_API govsvc_status govsvc_matter_claim(govsvc_session *session, const govsvc_claim *in,
                                             const govsvc_matter **out);
/* The steps of a version. Roles: administrator, organ_head (of the matter's organ); review also reviewer.
 * "matter.review": drafted to reviewed; "matter.return": back to drafted (opinion required). */
GOVSVC_API govsvc_status govsvc_matter_review(govsvc_session *session, const govsvc_step *in,
                                              const govsvc_matter **out);
GOVSVC_API govsvc_status govsvc_matter_return(govsvc_session *session, const govsvc_step *in,
                                              const govsvc_matter **out);
/* "matter.publish": reviewed to effective, or to published where its effective date lies ahead: it takes
 * effect at the first instant of that day, and the version before it is replaced. matter.impact shows before
 * whom it touches. INVALID: its expiry date is past; in a claim, what widens its source as that is now, or a source
 * that is not published; in a bundle, members that wait for each other in a circle, that are not in force, or whose
 * fields contradict each other. */
GOVSVC_API govsvc_status govsvc_matter_publish(govsvc_session *session, const govsvc_step *in,
                                               const govsvc_matter **out);
/* "matter.suspend", "matter.restore", "matter.repeal": an effective version cannot be applied for any more, for
 * the time being or for good; running applications go on. */
GOVSVC_API govsvc_status govsvc_matter_suspend(govsvc_session *session, const govsvc_step *in,
                                               const govsvc_matter **out);
GOVSVC_API govsvc_status govsvc_matter_restore(govsvc_session *session, const govsvc_step *in,
                                               const govsvc_matter **out);
GOVSVC_API govsvc_status govsvc_matter_repeal(govsvc_session *session, const govsvc_step *in,
                                              const govsvc_matter **out);
/* "matter.deadline": when it takes effect, expires, is to be claimed. Anybody. */
GOVSVC_API govsvc_status govsvc_matter_deadline(govsvc_session *session, const govsvc_deadline_request *in,
                                                const govsvc_deadline **out);
/* "matter.get": by identifier, or the newest version of a code. Anybody. */
GOVSVC_API govsvc_status govsvc_matter_get(govsvc_session *session, const govsvc_get_request *in,
                                           const govsvc_matter **out);

#ifdef __cplusplus
}
#endif
#endif
