/* govsvc/application.h - applications (办件): from submission to delivery, with lawful clocks.
 *
 *   submitted -> received ----------------> accepted -> in_review -> decided -> closed -> delivered
 *                  | \-> correcting -> supplied -/   \-> special_procedure -/
 *                  \-> not_accepted           until the decision: -> withdrawn, terminated
 *
 * Clocks (行政许可法; limits are working days, 82):
 *
 *   examination          5 from receipt; a licence application that nobody spoke to by then is accepted as of
 *                        the day of receipt (32)
 *   decision             the matter's statutory limit from acceptance, or from the full supply after a
 *                        correction; once up to 10 more by the organ's head, before it is over (42)
 *   promised             the matter's promised limit beside it; what is handled at once (即办件): the same day
 *   delivery             10 from the decision (44)
 *   renewal              until the licence expires: a renewal applied for 30 days before and not decided by
 *                        then is granted (50)
 *   hearing_request      5 from being told of the right to a hearing; hearing: 20 from the request (47)
 *   inspection           5 from acceptance to send two or more of the staff, where the matter lists an
 *                        inspection, test or quarantine (55)
 *   preliminary          20 for another organ that examines a licence first, while its reviews are open (43)
 *   completion           what was accepted without (容缺受理), until the day that was set
 *   special_...          each special procedure's own published limit (45)
 *
 * A correction comes once, names everything, and ends the examination clock; it is not a pause. Only the special
 * procedures that the matter lists stop the decision clock, from the moment on at which the applicant was told in
 * writing, overlapping ones once; beyond its own limit a procedure stops nothing any more (45). Clocks on the
 * organ raise an alert at their end, the promised one also a working day before.
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
    GOVSVC_APPLICATION_SUPPLIED = 10,         /* "supplied" 已补正 */
    GOVSVC_APPLICATION_WAITING = 11,          /* "waiting" 待前置事项: of a bundle, until its predecessors are decided */
    GOVSVC_APPLICATION_NOT_ACCEPTED = 12,     /* "not_accepted" 不予受理 */
    GOVSVC_APPLICATION_WITHDRAWN = 13,        /* "withdrawn" 已撤回 */
    GOVSVC_APPLICATION_TERMINATED = 14,       /* "terminated" 已终止 */
    GOVSVC_APPLICATION_ANNULLED = 15          /* "annulled" 已撤销: what was granted is taken back */
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

enum { GOVSVC_OUTCOME_GRANTED = 1 /* "granted" 准予 */, GOVSVC_OUTCOME_REFUSED = 2 /* "refused" 不予 */, GOVSVC_OUTCOME_PARTLY = 3 /* "partly" */ };

/* Why an application ended without a decision. */
enum {
    GOVSVC_END_WITHDRAWN = 1,      /* "withdrawn": by who applied */
    GOVSVC_END_DEATH = 2,          /* "death" 申请人死亡或者丧失行为能力 */
    GOVSVC_END_DISSOLVED = 3,      /* "dissolved" 法人或者其他组织终止 */
    GOVSVC_END_ABANDONED = 4,      /* "abandoned" 逾期未补正等，视为放弃 */
    GOVSVC_END_CANCELLED_POWER = 5, /* "cancelled_power" 事项取消 */
    GOVSVC_END_PREDECESSOR = 6     /* "predecessor": of a bundle, what it depends on came to nothing */
};

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
    const char *renews;     /* number of the licence that is to be renewed (延续) */
    const char *expires_on; /* its last day; required with renews */
    const govsvc_supplied *const *materials;
    const char *const *answers; /* to the matter's situations: "situation=choice" */
    const char *const *without; /* of a bundle: optional members that are left out, by code */
    const void *reserved;
    uint64_t material_count;
    uint64_t answer_count;
    uint64_t without_count;
} govsvc_application_draft;
#define GOVSVC_APPLICATION_DRAFT_INIT                                                              \
    {sizeof(govsvc_application_draft), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0}

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
    int64_t told_at;  /* when the applicant was told in writing; absent: not yet, its time counts */
    int64_t ended_at;
    int64_t overrun;  /* GOVSVC_YES: it is over its own limit, its time counts since */
    const char *reason;
    const char *result;
    const char *notice; /* the written notice: its number, or where it is kept */
    const char *const *staff; /* who was sent */
    uint64_t staff_count;
} govsvc_procedure_held;

/* An inspection on the spot (核查), by two or more of the staff (行政许可法 34, 55). */
typedef struct govsvc_inspection_held {
    uint64_t struct_size;
    int64_t held_at;
    const char *place;
    const char *findings;
    const char *const *staff;
    const void *reserved;
    uint64_t staff_count;
} govsvc_inspection_held;

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
    int64_t conditional; /* GOVSVC_YES: accepted though something is still to come (容缺受理) */
    int64_t extended;  /* GOVSVC_YES: its decision clock was extended */
    int64_t in_time;   /* a renewal: GOVSVC_YES where it was applied for 30 days before expiry (行政许可法 50) */
    int64_t bundle;    /* GOVSVC_YES: it is for a bundle; its members are children of it */
    int64_t unified;   /* GOVSVC_YES: of a bundle that is handled as one (行政许可法 26): one decision clock */
    int64_t parent;    /* the bundle's application; 0: it is one of its own */
    int64_t detached;  /* GOVSVC_YES: it goes on by itself, its bundle was split */
    int64_t end_kind;  /* GOVSVC_END_... */
    int64_t holding;   /* special procedures that hold the clock just now */
    int64_t open_parts; /* reviews that are not done (see review.h); of a bundle: its members */
    int64_t due_at;    /* when what it waits for is due; absent: there is no limit */
    int64_t submitted_at;
    int64_t received_at;
    int64_t correction_requested_at;
    int64_t supplied_at;
    int64_t accepted_at;
    int64_t split_offered_at; /* of a bundle: when it was left to the applicant to split it */
    int64_t refused_at; /* not accepted */
    int64_t ended_at;   /* withdrawn or terminated */
    int64_t hearing_offered_at;
    int64_t hearing_requested_at;
    int64_t hearing_at; /* when the hearing is to be */
    int64_t decided_at;
    int64_t closed_at;
    int64_t delivered_at;
    int64_t annulled_at;
    int64_t barred_until; /* the applicant cannot apply for this again before (行政许可法 78, 79) */
    const char *number; /* 办件编号: division, day, 13 characters and a check character */
    const char *matter;
    const char *matter_name;
    const char *title;
    const char *organ;    /* that handles it */
    const char *division;
    const char *reception; /* division of the window that took it in, where somebody did */
    const char *owner;
    const char *renews;
    const char *expires_on;
    const char *member;  /* of a bundle: its code there */
    const char *end_reason; /* personal */
    const char *waits;   /* the step it waits for: "accept"; NULL: for none, or for its reviews */
    const char *guests;  /* other organs that review it, ",CODE,CODE," */
    const char *external_number; /* in the department's own system */
    const char *remedy;          /* what can be done against a refusal, and where */
    const char *decision_reason; /* also of a refusal to accept */
    const char *annulment_reason;
    const char *applicant_name;
    const char *applicant_id;
    const char *contact_name;
    const char *phone;
    const char *address;
    const char *form;
    const govsvc_supplied *const *materials;
    const govsvc_correction_item *const *corrections;
    const govsvc_correction_item *const *outstanding; /* of a conditional acceptance: what is still to come */
    const govsvc_procedure_held *const *procedures;
    const govsvc_inspection_held *const *inspections;
    const char *const *answers;
    const govsvc_verdict *const *verdicts; /* what the matter's conditions came to: of acceptance when the form was
                                              handed in last, of review at the first review */
    const char *const *missing; /* fields that were required and left empty when it was handed in last */
    uint64_t material_count;
    uint64_t correction_count;
    uint64_t outstanding_count;
    uint64_t procedure_count;
    uint64_t inspection_count;
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

/* 不予受理: why, and what can be done against it (行政许可法 32). */
typedef struct govsvc_refusal {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* the reason; required */
    const char *remedy;  /* 救济途径: how and where to have it reviewed, or which organ is competent; required */
    const void *reserved;
} govsvc_refusal;
#define GOVSVC_REFUSAL_INIT {sizeof(govsvc_refusal), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL}

/* 容缺受理: what is still to come, and until when. */
typedef struct govsvc_conditional_acceptance {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    const char *due_date; /* last day on which it can be handed in; required; not before today */
    const govsvc_correction_item *const *items; /* materials of need "later"; required */
    uint64_t item_count;
} govsvc_conditional_acceptance;
#define GOVSVC_CONDITIONAL_ACCEPTANCE_INIT \
    {sizeof(govsvc_conditional_acceptance), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_special_procedure_step {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* begin: why; end: with what result */
    int64_t kind;        /* GOVSVC_SPECIAL_...; required; one of those the matter lists */
    const char *notice;  /* the written notice to the applicant: its number, or where it is kept; NULL: they are
                            not told yet, and the time counts */
    const char *const *staff; /* who is sent: two or more for an inspection, test or quarantine (行政许可法 55) */
    uint64_t staff_count;
} govsvc_special_procedure_step;
#define GOVSVC_SPECIAL_PROCEDURE_STEP_INIT \
    {sizeof(govsvc_special_procedure_step), 0, GOVSVC_ABSENT, NULL, NULL, 0, NULL, NULL, 0}

typedef struct govsvc_inspection {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* the findings; required */
    const char *place;
    const char *const *staff; /* two or more (行政许可法 34); required */
    uint64_t staff_count;
} govsvc_inspection;
#define GOVSVC_INSPECTION_INIT {sizeof(govsvc_inspection), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0}

/* 延长期限 (行政许可法 42). */
typedef struct govsvc_extension_step {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* the reason, which the applicant is told; required */
    int64_t amount;      /* working days, 1 to 10; unified handling: 1 to 15; required */
    const char *notice;  /* the written notice to the applicant: its number, or where it is kept; required */
    const void *reserved;
} govsvc_extension_step;
#define GOVSVC_EXTENSION_STEP_INIT {sizeof(govsvc_extension_step), 0, GOVSVC_ABSENT, NULL, NULL, GOVSVC_ABSENT, NULL, NULL}

/* When and where the hearing will be (行政许可法 48). */
typedef struct govsvc_hearing_notice {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    int64_t held_at;    /* at least 7 working days ahead; required */
    const char *place;  /* required */
    const char *notice; /* the written notice; required */
} govsvc_hearing_notice;
#define GOVSVC_HEARING_NOTICE_INIT {sizeof(govsvc_hearing_notice), 0, GOVSVC_ABSENT, NULL, NULL, GOVSVC_ABSENT, NULL, NULL}

typedef struct govsvc_decision {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* required unless granted: the reasons (行政许可法 38) */
    int64_t outcome;     /* GOVSVC_OUTCOME_...; required */
    int64_t false_materials; /* GOVSVC_YES: refused for hidden facts or false materials (行政许可法 78) */
    const char *remedy;  /* required unless granted: review and litigation, where and until when (38) */
    const void *reserved;
} govsvc_decision;
#define GOVSVC_DECISION_INIT {sizeof(govsvc_decision), 0, GOVSVC_ABSENT, NULL, NULL, 0, 0, NULL, NULL}

/* 撤销 (行政许可法 69). */
typedef struct govsvc_annulment {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* the reasons; required */
    int64_t deceit;      /* GOVSVC_YES: it was obtained by deceit, bribery or other improper means (79) */
    const char *remedy;  /* required */
    const void *reserved;
} govsvc_annulment;
#define GOVSVC_ANNULMENT_INIT {sizeof(govsvc_annulment), 0, GOVSVC_ABSENT, NULL, NULL, 0, NULL, NULL}

/* 更正: what was recorded wrongly; NULL: it stays. */
typedef struct govsvc_record_correction {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* what was wrong, and how one knows; required */
    const char *title;
    const char *applicant_name;
    const char *applicant_id;
    const char *contact_name;
    const char *phone;
    const char *address;
} govsvc_record_correction;
#define GOVSVC_RECORD_CORRECTION_INIT \
    {sizeof(govsvc_record_correction), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

/* 终止办理 */
typedef struct govsvc_termination {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* in words; required */
    int64_t kind;        /* GOVSVC_END_DEATH, _DISSOLVED, _ABANDONED or _CANCELLED_POWER; required */
} govsvc_termination;
#define GOVSVC_TERMINATION_INIT {sizeof(govsvc_termination), 0, GOVSVC_ABSENT, NULL, NULL, 0}

/* A step that a department's own system took, as it reports it. */
typedef struct govsvc_step_report {
    uint64_t struct_size;
    int64_t id;          /* the application; or number */
    int64_t occurred_at; /* when it happened there: not in the future, nor before what is on record; required */
    const char *number;
    const char *request_key;     /* that system's own number of the event: reported again, nothing changes; required */
    const char *external_number; /* that system's own number of the case; kept */
    const char *action;          /* the step: "accept"; required */
    const char *step;            /* JSON object: the step's input but for id, revision and request_key; NULL: {} */
    const void *reserved;
} govsvc_step_report;
#define GOVSVC_STEP_REPORT_INIT \
    {sizeof(govsvc_step_report), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, NULL, NULL}

/* ---- before it is submitted: what is known about the applicant already ---------------------------------- */

typedef struct govsvc_prepare_request {
    uint64_t struct_size;
    const char *code;  /* of the matter; required */
    const char *owner; /* the applicant's account, where a clerk prepares for them */
    const char *const *answers; /* to the matter's situations: "situation=choice" */
    const void *reserved;
    uint64_t answer_count;
} govsvc_prepare_request;
#define GOVSVC_PREPARE_REQUEST_INIT {sizeof(govsvc_prepare_request), NULL, NULL, NULL, NULL, 0}

/* A value of the draft, and where it comes from. */
typedef struct govsvc_known_value {
    uint64_t struct_size;
    int64_t known_at;   /* when it was handed in there */
    const char *field;  /* JSON Pointer into the draft: "/phone", "/form/area" */
    const char *source; /* number of the application it was handed in with */
} govsvc_known_value;

/* A material that was handed in before and can be used again. */
typedef struct govsvc_known_material {
    uint64_t struct_size;
    int64_t known_at;
    const char *code; /* in this matter */
    const char *name;
    const char *digest;
    const char *place;
    const char *source; /* number of the application it was handed in with */
    const void *reserved;
} govsvc_known_material;

/* A draft as far as it can be filled in. */
typedef struct govsvc_prepared {
    uint64_t struct_size;
    int64_t id;      /* the matter's version */
    int64_t version;
    int64_t applicant_kind;
    const char *code;
    const char *name;
    const char *applicant_name;
    const char *applicant_id;
    const char *contact_name;
    const char *phone;
    const char *address;
    const char *form; /* JSON object */
    const govsvc_known_value *const *values; /* a source for everything that is filled in */
    const govsvc_known_material *const *materials;
    const char *const *missing; /* required fields that are left */
    const void *reserved;
    uint64_t value_count;
    uint64_t material_count;
    uint64_t missing_count;
} govsvc_prepared;

/* "application.prepare": what the applicant handed in with their last 20 applications fills in the draft of
 * another: their own particulars, fields of the same data element (or, with the same matter, of the same name)
 * whose value can still be taken, materials of the same canonical code. Changes nothing. What somebody else
 * reads of it in the clear needs a purpose and goes on record. Roles: applicant, agent, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_prepare(govsvc_session *session, const govsvc_prepare_request *in,
                                                    const govsvc_prepared **out);

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
/* "application.refuse": 不予受理. Roles: acceptor, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_refuse(govsvc_session *session, const govsvc_refusal *in,
                                                   const govsvc_application **out);
/* "application.accept_conditionally": 容缺受理; as accept, while materials of need "later" are still to come. It
 * is decided when they are there. INVALID: also another material, or one that was handed in. Roles: acceptor,
 * window_clerk. */
GOVSVC_API govsvc_status govsvc_application_accept_conditionally(govsvc_session *session,
                                                                 const govsvc_conditional_acceptance *in,
                                                                 const govsvc_application **out);
/* "application.complete": everything that was still to come, at once. Roles: applicant, agent, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_complete(govsvc_session *session, const govsvc_supply *in,
                                                     const govsvc_application **out);
/* "application.begin_special_procedure" and "application.end_special_procedure": the clock stands still
 * between, if the applicant was told in writing; from application.tell_special_procedure on where they were told
 * later. Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_begin_special_procedure(govsvc_session *session,
                                                                    const govsvc_special_procedure_step *in,
                                                                    const govsvc_application **out);
GOVSVC_API govsvc_status govsvc_application_end_special_procedure(govsvc_session *session,
                                                                  const govsvc_special_procedure_step *in,
                                                                  const govsvc_application **out);
GOVSVC_API govsvc_status govsvc_application_tell_special_procedure(govsvc_session *session,
                                                                   const govsvc_special_procedure_step *in,
                                                                   const govsvc_application **out);
/* "application.inspect": an inspection on the spot. INVALID: also fewer than two of the staff. Roles: reviewer,
 * organ_head. */
GOVSVC_API govsvc_status govsvc_application_inspect(govsvc_session *session, const govsvc_inspection *in,
                                                    const govsvc_application **out);
/* "application.extend": once, while the decision clock is not over; the promise goes with it. INVALID: also more
 * than the law allows, what is handled at once, and a limit that is not the law of licensing's own. Of a bundle
 * that is handled as one: government_head. Roles: organ_head, government_head. */
GOVSVC_API govsvc_status govsvc_application_extend(govsvc_session *session, const govsvc_extension_step *in,
                                                   const govsvc_application **out);
/* "application.offer_hearing": the applicant is told of the right to a hearing and has 5 working days to ask for
 * it (行政许可法 47). Nothing is decided meanwhile. Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_offer_hearing(govsvc_session *session, const govsvc_step *in,
                                                          const govsvc_application **out);
/* "application.request_hearing": in time; the hearing is within 20 working days. Nothing is decided before it was
 * held as a special procedure. Roles: applicant, agent, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_request_hearing(govsvc_session *session, const govsvc_step *in,
                                                            const govsvc_application **out);
/* "application.schedule_hearing": at least 7 working days before it (行政许可法 48). Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_schedule_hearing(govsvc_session *session, const govsvc_hearing_notice *in,
                                                             const govsvc_application **out);
/* "application.decide": the decision clock stops, the delivery clock starts. INVALID: also a refusal without its
 * reasons and remedy; a grant while something is outstanding, or out of turn where the matter is limited in number
 * (行政许可法 57). STATE: while a review is open (rule reviews), or a hearing was offered or asked for and not
 * held. NOT_COMPETENT: somebody of another organ. Roles: organ_head. */
GOVSVC_API govsvc_status govsvc_application_decide(govsvc_session *session, const govsvc_decision *in,
                                                   const govsvc_application **out);
/* "application.close". Roles: reviewer, organ_head, acceptor, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_close(govsvc_session *session, const govsvc_step *in,
                                                  const govsvc_application **out);
/* "application.deliver": the delivery clock stops. Roles: window_clerk, acceptor. */
GOVSVC_API govsvc_status govsvc_application_deliver(govsvc_session *session, const govsvc_step *in,
                                                    const govsvc_application **out);
/* "application.withdraw" 撤回申请: until the decision. Of a bundle: its children that are not decided. Roles:
 * applicant, agent, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_withdraw(govsvc_session *session, const govsvc_step *in,
                                                     const govsvc_application **out);
/* "application.terminate" 终止办理: until the decision. Roles: acceptor, reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_terminate(govsvc_session *session, const govsvc_termination *in,
                                                      const govsvc_application **out);

/* ---- bundles -------------------------------------------------------------------------------------------- */

/* An application for a bundle (一件事) is made once: with the members' fields and materials as matter.compose and
 * matter.form unite them. It has a child for every member that counts for the answers and is not left out, each an
 * application of its own with a number, an organ and clocks. Receiving and accepting the bundle receives and
 * accepts them; one whose predecessors are not decided waits for them. A correction is asked for by a member's own
 * organ, and holds up what depends on it, nothing else. What depends on one that is refused ends; what else becomes
 * of the others the bundle's refused_rule says. The bundle is not reviewed or decided itself: it closes when its
 * last child has. Its decision clock runs only where unified handling is on record; else it has its promise. */

typedef struct govsvc_children {
    uint64_t struct_size;
    int64_t id; /* the bundle's application */
    const govsvc_application *const *children; /* in the order of the members, without lists and personal members;
                                                  those that were split off too */
    const void *reserved;
    uint64_t child_count;
} govsvc_children;

/* "application.children": of a bundle's application; of another one none. Roles: every one, within their scope. */
GOVSVC_API govsvc_status govsvc_application_children(govsvc_session *session, const govsvc_get_request *in,
                                                     const govsvc_children **out);
/* "application.split" 拆分办理: where a member was refused and the bundle's rule leaves it to the applicant: those
 * that are left go on by themselves. Roles: applicant, agent, window_clerk. */
GOVSVC_API govsvc_status govsvc_application_split(govsvc_session *session, const govsvc_step *in,
                                                  const govsvc_application **out);

/* "application.annul": what was granted is taken back. INVALID: also where nothing was. Roles: organ_head. */
GOVSVC_API govsvc_status govsvc_application_annul(govsvc_session *session, const govsvc_annulment *in,
                                                  const govsvc_application **out);
/* "application.correct": what was recorded wrongly of the applicant is put right; the journal keeps that it was
 * changed, and why. Roles: acceptor, reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_correct(govsvc_session *session, const govsvc_record_correction *in,
                                                    const govsvc_application **out);
/* "application.report": takes the step as of the time when it happened there. Who reports must be allowed the
 * step. What the law did of itself before it was reported stays. A report that comes after the end of a limit
 * it says was kept raises an alert. INVALID: also an unknown action, a step that is not its input, a time that
 * cannot be. */
GOVSVC_API govsvc_status govsvc_application_report(govsvc_session *session, const govsvc_step_report *in,
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
