/* govsvc/matter.h - matters (政务服务事项): what may be applied for, under which conditions and limits.
 *
 * A matter is known by its implementation code and version. A draft is put, as often as it takes, and
 * then published; a published version is never changed: the next version is a draft of its own, and an
 * application keeps the version it began with. Elements follow the national exchange's 实施清单.
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
    GOVSVC_MATTER_INTERMEDIARY = 103      /* "intermediary" 中介服务 */
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

/* 办件类型 */
enum { GOVSVC_PROJECT_AT_ONCE = 1 /* "at_once" 即办件 */, GOVSVC_PROJECT_PROMISED = 2 /* "promised" 承诺件 */ };

/* States of a version. */
enum {
    GOVSVC_MATTER_DRAFTED = 1,   /* "drafted" */
    GOVSVC_MATTER_PUBLISHED = 3, /* "published": it can be applied for */
    GOVSVC_MATTER_SUSPENDED = 5, /* "suspended" */
    GOVSVC_MATTER_REPEALED = 6   /* "repealed" */
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

typedef struct govsvc_legal_basis {
    uint64_t struct_size;
    const char *law;     /* 《中华人民共和国行政许可法》; required */
    const char *article; /* 第三十二条; NULL: not known exactly */
} govsvc_legal_basis;
#define GOVSVC_LEGAL_BASIS_INIT {sizeof(govsvc_legal_basis), NULL, NULL}

typedef struct govsvc_material {
    uint64_t struct_size;
    int64_t need;    /* GOVSVC_NEED_...; required */
    int64_t source;  /* GOVSVC_SOURCE_... */
    int64_t form;    /* GOVSVC_FORM_... */
    int64_t copies;  /* absent: not said */
    const char *code; /* unique within the matter: "M1"; required */
    const char *name; /* required */
    const char *certificate_type; /* 21 characters: an electronic certificate that takes its place */
    const char *basis;
} govsvc_material;
#define GOVSVC_MATERIAL_INIT {sizeof(govsvc_material), 0, 0, 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL}

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

/* What is put. Members beyond those marked required may be absent: absent means unknown. */
typedef struct govsvc_matter_draft {
    uint64_t struct_size;
    int64_t version;          /* from 1; required */
    int64_t type;             /* GOVSVC_MATTER_...; required */
    int64_t level;            /* GOVSVC_LEVEL_...; required */
    int64_t project_type;     /* GOVSVC_PROJECT_...; required */
    int64_t statutory_amount; /* 法定办结时限; required */
    int64_t statutory_unit;   /* GOVSVC_UNIT_...; required */
    int64_t promised_amount;  /* 承诺办结时限; never longer than the statutory; absent: none */
    int64_t promised_unit;    /* GOVSVC_UNIT_... */
    int64_t visits;           /* 到办事现场次数 */
    int64_t fee;              /* GOVSVC_YES: 收费 */
    int64_t online;           /* GOVSVC_YES: 网办 */
    const char *request_key;
    const char *code;         /* 实施编码, 31 characters, or 业务办理项编码, 33; required */
    const char *basic_code;   /* 基本编码, 12 characters */
    const char *name;         /* required, at most 1000 characters */
    const char *organ;        /* 实施主体, unified social credit code; required */
    const char *organ_name;   /* required */
    const char *division;     /* where it is exercised; required */
    const char *conditions;   /* 受理条件 */
    const char *procedure;    /* 办理流程 */
    const char *fee_basis;    /* required where fee is yes */
    const char *place;        /* 办理地点 */
    const char *hours;        /* 办理时间 */
    const char *consult;      /* 咨询方式 */
    const char *complain;     /* 监督投诉方式 */
    const char *result_name;  /* 审批结果名称 */
    const char *deemed_basis; /* what makes silence acceptance where the matter is no licence */
    const char *unified_basis; /* the decision on unified, joint or centralised handling (行政许可法 26) */
    const char *remark;
    const char *const *subjects;                             /* 服务对象: natural_person, enterprise, ... */
    const govsvc_legal_basis *const *bases;                  /* 设定依据; at least one */
    const govsvc_material *const *materials;
    const govsvc_special_procedure *const *special_procedures; /* only these can stop its clock */
    uint64_t subject_count;
    uint64_t basis_count;
    uint64_t material_count;
    uint64_t special_procedure_count;
} govsvc_matter_draft;
#define GOVSVC_MATTER_DRAFT_INIT                                                                   \
    {sizeof(govsvc_matter_draft), GOVSVC_ABSENT, 0, 0, 0, GOVSVC_ABSENT, 0, GOVSVC_ABSENT, 0,      \
     GOVSVC_ABSENT, 0, 0,                                                                          \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,                             \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0}

typedef struct govsvc_matter {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state; /* GOVSVC_MATTER_DRAFTED ... */
    int64_t published_at;
    int64_t version;
    int64_t type;
    int64_t level;
    int64_t project_type;
    int64_t statutory_amount;
    int64_t statutory_unit;
    int64_t promised_amount;
    int64_t promised_unit;
    int64_t visits;
    int64_t fee;
    int64_t online;
    const char *code;
    const char *basic_code;
    const char *name;
    const char *organ;
    const char *organ_name;
    const char *division;
    const char *conditions;
    const char *procedure;
    const char *fee_basis;
    const char *place;
    const char *hours;
    const char *consult;
    const char *complain;
    const char *result_name;
    const char *deemed_basis;
    const char *unified_basis;
    const char *remark;
    const char *const *subjects;
    const govsvc_legal_basis *const *bases;
    const govsvc_material *const *materials;
    const govsvc_special_procedure *const *special_procedures;
    const void *reserved;
    uint64_t subject_count;
    uint64_t basis_count;
    uint64_t material_count;
    uint64_t special_procedure_count;
} govsvc_matter;

/* "matter.put": adds a draft, or changes it while it is one; its key is code and version. Role:
 * administrator. INVALID: also where the promised limit is longer than the statutory, the code does not
 * belong to the organ, type or level, a fee has no basis. STATE: that version is published. */
GOVSVC_API govsvc_status govsvc_matter_put(govsvc_session *session, const govsvc_matter_draft *in,
                                           const govsvc_matter **out);
/* "matter.publish": from now on it can be applied for; an older published version is suspended for new
 * applications. Roles: administrator, organ_head. */
GOVSVC_API govsvc_status govsvc_matter_publish(govsvc_session *session, const govsvc_step *in,
                                               const govsvc_matter **out);
/* "matter.get": by identifier, or the newest version of a code. Anybody. */
GOVSVC_API govsvc_status govsvc_matter_get(govsvc_session *session, const govsvc_get_request *in,
                                           const govsvc_matter **out);

#ifdef __cplusplus
}
#endif
#endif
