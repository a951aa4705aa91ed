/* govsvc/application.h - applications (办件): from submission to delivery, with lawful clocks.
 *
 *   submitted -> received ----------------> accepted -> in_review -> decided -> closed -> delivered
 *                   \-> correcting -> supplied -/   \-> special_procedure -/
 *
 * Clocks (行政许可法): examination, 5 working days from receipt, after which a licence application that
 * nobody spoke to is accepted as of the day of receipt (32); decision, the matter's statutory limit from
 * acceptance, or from the full supply after a correction (42); promised, the matter's promised limit
 * beside it; delivery, 10 working days from the decision (44). A correction comes once, names
 * everything, and ends the examination clock; it is not a pause. Only the special procedures that the
 * matter lists stop the decision clock (45).
 *
 * Since 0.1.
 */
#ifndef GOVSVC_APPLICATION_H
#define GOVSVC_APPLICATION_H

#include "catalogue.h"
#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GOVSVC_APPLICATION_SUBMITTED = 1,         /* "submitted" 已提交 */
    GOVSVC_APPLICATION_RECEIVED = 2,          /* "received" 已收件 */
    GOVSVC_APPLICATION_CORRECTING = 3,        /* "correcting" 待补正 */
    GOVSVC_APPLICATION_ACCEPTED = 4,          /* "accepted" 已受理 */
    GOVSVC_APPLICATION_IN_REVIEW = 5,         /* "in_review" 审查中 */
    GOVSVC_APPLICATION_SPECIAL_PROCEDURE = 6, /* "special_procedure" 特别程序 */
    GOVSVC_APPLICATION_DECIDED = 7,           /* "decided" 已决定 */
    GOVSVC_APPLICATION_CLOSED = 8,            /* "closed" 已办结 */
    GOVSVC_APPLICATION_DELIVERED = 9,         /* "delivered" 已送达 */
    GOVSVC_APPLICATION_SUPPLIED = 10          /* "supplied" 已补正 */
};

enum {
    GOVSVC_APPLICANT_NATURAL_PERSON = 1, /* "natural_person" 自然人 */
    GOVSVC_APPLICANT_ENTERPRISE = 2,     /* "enterprise" 企业法人 */
    GOVSVC_APPLICANT_INSTITUTION = 3,    /* "institution" 事业法人 */
    GOVSVC_APPLICANT_SOCIAL_BODY = 4,    /* "social_body" 社会组织法人 */
    GOVSVC_APPLICANT_UNINCORPORATED = 5, /* "unincorporated" 非法人企业 */
    GOVSVC_APPLICANT_ORGAN = 6,          /* "organ" 行政机关 */
    GOVSVC_APPLICANT_OTHER = 7           /* "other" 其他组织 */
};

enum {
    GOVSVC_CHANNEL_WINDOW = 1,   /* "window" */
    GOVSVC_CHANNEL_WEB = 2,      /* "web" */
    GOVSVC_CHANNEL_MOBILE = 3,   /* "mobile" */
    GOVSVC_CHANNEL_TERMINAL = 4, /* "terminal" 自助终端 */
    GOVSVC_CHANNEL_POST = 5      /* "post" */
};

enum { GOVSVC_OUTCOME_GRANTED = 1 /* "granted" 准予 */, GOVSVC_OUTCOME_REFUSED = 2 /* "refused" 不予 */, GOVSVC_OUTCOME_PARTLY = 3 /* "partly" */ };

/* A material that was handed in. */
typedef struct govsvc_supplied {
    uint64_t struct_size;
    int64_t copies;
    const char *code;   /* the matter's code for it; required */
    const char *name;   /* of the file or paper */
    const char *digest; /* SM3 of the file, 64 hexadecimal digits, where it is one */
    const char *place;  /* where the host keeps it */
} govsvc_supplied;
#define GOVSVC_SUPPLIED_INIT {sizeof(govsvc_supplied), GOVSVC_ABSENT, NULL, NULL, NULL, NULL}

typedef struct govsvc_application_draft {
    uint64_t struct_size;
    int64_t applicant_kind; /* GOVSVC_APPLICANT_...; required */
    int64_t channel;        /* GOVSVC_CHANNEL_...; required */
    const char *request_key;
    const char *matter;         /* code of a published matter; required */
    const char *owner;          /* host's id of the applicant's account, where a clerk submits for them */
    const char *title;          /* 办件摘要 */
    const char *applicant_name; /* required; personal */
    const char *applicant_id;   /* citizen id or unified social credit code; required; personal */
    const char *contact_name;   /* personal */
    const char *phone;          /* personal */
    const char *address;        /* personal */
    const char *form;           /* JSON object of the matter's form; at most 64 KB; personal */
    const govsvc_supplied *const *materials;
    const char *const *answers; /* to the matter's situations: "situation=choice" */
    uint64_t material_count;
    uint64_t answer_count;
} govsvc_application_draft;
#define GOVSVC_APPLICATION_DRAFT_INIT                                                              \
    {sizeof(govsvc_application_draft), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
     NULL, NULL, NULL, 0, 0}

/* What must be corrected; everything at once (行政许可法 32). */
typedef struct govsvc_correction_item {
    uint64_t struct_size;
    const char *code;        /* the code of a material that the matter asks for, or "/" and the name of a field of
                                its form; required */
    const char *requirement; /* what is missing or wrong, and how it is put right; required */
} govsvc_correction_item;
#define GOVSVC_CORRECTION_ITEM_INIT {sizeof(govsvc_correction_item), NULL, NULL}

/* A special procedure as it was held. */
typedef struct govsvc_procedure_held {
    uint64_t struct_size;
    int64_t kind; /* GOVSVC_SPECIAL_... */
    int64_t began_at;
    int64_t ended_at;
    const char *reason;
    const char *result;
} govsvc_procedure_held;

typedef struct govsvc_application {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;     /* GOVSVC_APPLICATION_... */
    int64_t matter_id; /* the version it began with */
    int64_t matter_version;
    int64_t applicant_kind;
    int64_t channel;
    int64_t outcome;
    int64_t deemed;    /* GOVSVC_YES: accepted because nobody spoke in time (行政许可法 32) */
    int64_t corrected; /* GOVSVC_YES: its one correction was requested */
    int64_t submitted_at;
    int64_t received_at;
    int64_t correction_requested_at;
    int64_t supplied_at;
    int64_t accepted_at;
    int64_t decided_at;
    int64_t closed_at;
    int64_t delivered_at;
    const char *number; /* 办件编号: division, day, 13 characters and a check character */
    const char *matter;
    const char *matter_name;
    const char *title;
    const char *organ;    /* that handles it */
    const char *division;
    const char *owner;
    const char *decision_reason;
    const char *applicant_name;
    const char *applicant_id;
    const char *contact_name;
    const char *phone;
    const char *address;
    const char *form;
    const govsvc_supplied *const *materials;
    const govsvc_correction_item *const *corrections;
    const govsvc_procedure_held *const *procedures;
    const char *const *answers;
    const govsvc_verdict *const *verdicts; /* what the matter's conditions came to: of acceptance when the form was
                                              handed in last, of review at the first review */
    const char *const *missing; /* fields that were required and left empty when it was handed in last */
    uint64_t material_count;
    uint64_t correction_count;
    uint64_t procedure_count;
    uint64_t answer_count;
    uint64_t verdict_count;
    uint64_t missing_count;
} govsvc_application;

/* The steps' own inputs; each begins as govsvc_step does. */
typedef struct govsvc_correction_request {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    const govsvc_correction_item *const *items; /* required */
    const void *reserved;
    uint64_t item_count;
} govsvc_correction_request;
#define GOVSVC_CORRECTION_REQUEST_INIT {sizeof(govsvc_correction_request), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_supply {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    const govsvc_supplied *const *materials; /* one for every item of the correction; required */
    const char *form;                        /* the corrected form; NULL: as it was */
    uint64_t material_count;
} govsvc_supply;
#define GOVSVC_SUPPLY_INIT {sizeof(govsvc_supply), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_special_procedure_step {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* begin: why; end: with what result */
    int64_t kind;        /* GOVSVC_SPECIAL_...; required; one of those the matter lists */
} govsvc_special_procedure_step;
#define GOVSVC_SPECIAL_PROCEDURE_STEP_INIT {sizeof(govsvc_special_procedure_step), 0, GOVSVC_ABSENT, NULL, NULL, 0}

typedef struct govsvc_decision {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* required unless granted: the reasons (行政许可法 38) */
    int64_t outcome;     /* GOVSVC_OUTCOME_...; required */
} govsvc_decision;
#define GOVSVC_DECISION_INIT {sizeof(govsvc_decision), 0, GOVSVC_ABSENT, NULL, NULL, 0}

/* Every step answers the application as it then stands, without its lists and personal members: those
 * are govsvc_application_get()'s. Common failures: INVALID, NOT_FOUND, DENIED, STATE, CONFLICT,
 * KEY_REUSED, CLOCK, and the store's. */

/* "application.submit". Roles: applicant, agent, window_clerk. INVALID: also where the matter is not
 * published, or a material is none that it asks for, or a value of the form is none that its field can take, or
 * the form has no such field. What is missing does not stand in the way, nor a condition that is not met: it is
 * shown in missing and verdicts, and told once, by request_correction (行政许可法 32). */
GOVSVC_API govsvc_status govsvc_application_submit(govsvc_session *session, const govsvc_application_draft *in,
                                                   const govsvc_application **out);
/* "application.receive": the examination clock starts. Roles: window_clerk, acceptor. */
GOVSVC_API govsvc_status govsvc_application_receive(govsvc_session *session, const govsvc_step *in,
                                                    const govsvc_application **out);
/* "application.request_correction": once, and everything at once. Roles: window_clerk, acceptor. INVALID, rule
 * listed, at /items/N/code: the matter does not ask for that (行政许可法 31, 优化营商环境条例 35). */
GOVSVC_API govsvc_status govsvc_application_request_correction(govsvc_session *session,
                                                               const govsvc_correction_request *in,
                                                               const govsvc_application **out);
/* "application.supply": all that was asked for; the decision clock starts. INVALID: also a form that is none of
 * the matter's. Roles: applicant, agent, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_supply(govsvc_session *session, const govsvc_supply *in,
                                                   const govsvc_application **out);
/* "application.accept": the decision clock starts, unless a full supply has started it. Roles: acceptor,
 * window_clerk. */
GOVSVC_API govsvc_status govsvc_application_accept(govsvc_session *session, const govsvc_step *in,
                                                   const govsvc_application **out);
/* "application.review": the first time the conditions of review are evaluated. Roles: reviewer. */
GOVSVC_API govsvc_status govsvc_application_review(govsvc_session *session, const govsvc_step *in,
                                                   const govsvc_application **out);
/* "application.begin_special_procedure" and "application.end_special_procedure": the clock stands still
 * between. Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_begin_special_procedure(govsvc_session *session,
                                                                    const govsvc_special_procedure_step *in,
                                                                    const govsvc_application **out);
GOVSVC_API govsvc_status govsvc_application_end_special_procedure(govsvc_session *session,
                                                                  const govsvc_special_procedure_step *in,
                                                                  const govsvc_application **out);
/* "application.decide": the decision clock stops, the delivery clock starts. Roles: organ_head. */
GOVSVC_API govsvc_status govsvc_application_decide(govsvc_session *session, const govsvc_decision *in,
                                                   const govsvc_application **out);
/* "application.close". Roles: reviewer, organ_head, acceptor, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_close(govsvc_session *session, const govsvc_step *in,
                                                  const govsvc_application **out);
/* "application.deliver": the delivery clock stops. Roles: window_clerk, acceptor. */
GOVSVC_API govsvc_status govsvc_application_deliver(govsvc_session *session, const govsvc_step *in,
                                                    const govsvc_application **out);
/* "application.get": by identifier or number. Personal members are masked, unless it is the reader's own
 * case, or their role allows it and the session states a purpose: that reading is journalled. */
GOVSVC_API govsvc_status govsvc_application_get(govsvc_session *session, const govsvc_get_request *in,
                                                const govsvc_application **out);
/* "application.deadline": every clock, reckoned day by day, and what was told to the applicant. */
GOVSVC_API govsvc_status govsvc_application_deadline(govsvc_session *session, const govsvc_deadline_request *in,
                                                     const govsvc_deadline **out);

#ifdef __cplusplus
}
#endif
#endif
