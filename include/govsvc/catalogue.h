/* govsvc/catalogue.h - what the library of matters answers: finding, guide, form, conditions, bundles,
 * standardisation, and the same-source publication of it.
 *
 * Nothing here changes anything. Who may read what is published: anybody.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_CATALOGUE_H
#define GOVSVC_CATALOGUE_H

#include "matter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- finding: "matter.find" ----------------------------------------------------------------------- */

typedef struct govsvc_matter_query {
    uint64_t struct_size;
    int64_t type;  /* GOVSVC_MATTER_LICENCE ...; 0: any */
    int64_t level; /* GOVSVC_LEVEL_...; 0: any */
    int64_t limit; /* 1 to 100; absent: 20 */
    const char *text;     /* names and keywords: Chinese, pinyin ("yinhang", every reading of a character counts),
                             initials ("yh"), several words; at most 100 characters; NULL: all */
    const char *division; /* this one and those within it: "450100" */
    const char *organ;
    const char *subject;  /* 服务对象 */
    const char *after;    /* what the page before gave as next */
    const void *reserved;
} govsvc_matter_query;
#define GOVSVC_MATTER_QUERY_INIT                                                                   \
    {sizeof(govsvc_matter_query), 0, 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, NULL, NULL}

typedef struct govsvc_matter_found {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    int64_t type;
    int64_t level;
    int64_t rank; /* of its name: smaller is better; 0 where no text was asked for */
    const char *code;
    const char *name;
    const char *organ;
    const char *organ_name;
    const char *division;
    const void *reserved;
} govsvc_matter_found;

typedef struct govsvc_matter_page {
    uint64_t struct_size;
    int64_t cut; /* GOVSVC_YES: so many names match that only the first were ranked; more words tell more */
    const govsvc_matter_found *const *matters;
    const char *next; /* NULL: there are no more */
    uint64_t matter_count;
} govsvc_matter_page;

/* Effective matters, the best names first: found by their characters, then by pinyin, then by initials; in each the
 * name itself, names that begin with the words, that contain them; then the shorter name, then by division and code.
 * A version that waits for its day is found from the govsvc_tick() on that takes it into force. Anybody. INVALID:
 * also an after that no page gave. */
GOVSVC_API govsvc_status govsvc_matter_find(govsvc_session *session, const govsvc_matter_query *in,
                                            const govsvc_matter_page **out);

/* ---- one matter in somebody's situation ----------------------------------------------------------- */

/* Which matter, and what has been answered to its situations. */
typedef struct govsvc_matter_request {
    uint64_t struct_size;
    int64_t id;       /* a version; or code */
    const char *code; /* its effective version */
    const char *const *answers; /* "situation=choice"; what is not answered is open */
    uint64_t answer_count;
} govsvc_matter_request;
#define GOVSVC_MATTER_REQUEST_INIT {sizeof(govsvc_matter_request), 0, NULL, NULL, 0}

/* The service guide (办事指南) for the given answers: what counts in this situation and nothing else.
 * INVALID: an answer to no situation, or that is none of its choices, or two where one is asked for. */
typedef struct govsvc_guide {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    int64_t type;
    int64_t amount; /* how long it takes at most: the promised limit, else the statutory */
    int64_t unit;
    int64_t visits;
    int64_t fee;
    int64_t materials_needed; /* required ones among the materials */
    const char *code;
    const char *name;
    const char *organ_name;
    const char *text; /* the whole guide in Chinese, every element that is known, as Markdown; what depends on a
                         situation that is not answered stands there with it, and in none of the lists */
    const govsvc_material *const *materials;
    const govsvc_form_field *const *fields;
    const govsvc_criterion *const *criteria;
    const govsvc_fee_item *const *fees;
    const govsvc_situation *const *situations; /* still to be answered */
    const govsvc_member *const *members;       /* bundles: the matters it comes to */
    uint64_t material_count;
    uint64_t field_count;
    uint64_t criterion_count;
    uint64_t fee_count;
    uint64_t situation_count;
    uint64_t member_count;
} govsvc_guide;

GOVSVC_API govsvc_status govsvc_matter_guide(govsvc_session *session, const govsvc_matter_request *in,
                                             const govsvc_guide **out);

typedef struct govsvc_form {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    const char *code;
    const char *schema; /* JSON Schema 2020-12 of the form's object; x-kind, x-element, x-level, x-source of what
                           a dataset or a certificate can supply, and x-when of what depends on a situation that
                           is not answered */
} govsvc_form;

/* "matter.form" */
GOVSVC_API govsvc_status govsvc_matter_form(govsvc_session *session, const govsvc_matter_request *in,
                                            const govsvc_form **out);

/* What a condition came to. */
enum {
    GOVSVC_VERDICT_MET = 1,     /* "met" */
    GOVSVC_VERDICT_NOT_MET = 2, /* "not_met" */
    GOVSVC_VERDICT_PERSON = 3   /* "person": somebody must look; also where the field was left empty */
};

typedef struct govsvc_verdict {
    uint64_t struct_size;
    int64_t purpose; /* GOVSVC_CRITERION_... */
    int64_t verdict; /* GOVSVC_VERDICT_... */
    const char *code;
    const char *field;
    const char *message;
    const char *basis;
} govsvc_verdict;

typedef struct govsvc_evaluation_request {
    uint64_t struct_size;
    int64_t id;      /* a version; or code */
    int64_t purpose; /* GOVSVC_CRITERION_...; 0: both */
    const char *code;
    const char *form; /* JSON object of the matter's form; at most 64 KB. It is not kept */
    const char *const *answers;
    const void *reserved;
    uint64_t answer_count;
} govsvc_evaluation_request;
#define GOVSVC_EVALUATION_REQUEST_INIT {sizeof(govsvc_evaluation_request), 0, 0, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_evaluation {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    int64_t verdict; /* not_met if any is; else person if any is; else met */
    const govsvc_verdict *const *verdicts;
    const char *const *missing; /* required fields that were left empty, by name */
    uint64_t verdict_count;
    uint64_t missing_count;
} govsvc_evaluation;

/* "matter.evaluate": the conditions for a form that is not submitted yet. INVALID: a field the form does not
 * have, or a value its field cannot take. What is asked at application.submit and review is the same. */
GOVSVC_API govsvc_status govsvc_matter_evaluate(govsvc_session *session,
                                                const govsvc_evaluation_request *in,
                                                const govsvc_evaluation **out);

/* ---- bundles: "matter.compose" -------------------------------------------------------------------- */

/* Two members that ask for one data element in ways that cannot both be met. */
typedef struct govsvc_conflict {
    uint64_t struct_size;
    const char *element;
    const char *what; /* "type", "range", "choices", "pattern" */
    const char *one;  /* "member: value"; its value stays in the union */
    const char *other;
} govsvc_conflict;

/* What a bundle comes to for the given answers (四减): everything handled separately, and as one. */
typedef struct govsvc_composition {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    int64_t steps_before; /* stages */
    int64_t steps_after;
    int64_t materials_before;
    int64_t materials_after;
    int64_t days_before; /* working days: one after another; natural days count five to seven */
    int64_t days_after;  /* the longest path, or what is promised where that is less; absent: there is a circle */
    int64_t visits_before;
    int64_t visits_after;
    int64_t fields_before;
    int64_t fields_after;
    const govsvc_member *const *members;     /* those that count */
    const govsvc_form_field *const *fields;  /* each data element once */
    const govsvc_material *const *materials; /* each canonical material once */
    const govsvc_conflict *const *conflicts;
    const char *const *circle;   /* members in a circle: each waits for the next, the last for the first */
    const char *const *critical; /* the longest path, in the order in which it is gone */
    uint64_t member_count;
    uint64_t field_count;
    uint64_t material_count;
    uint64_t conflict_count;
    uint64_t circle_count;
    uint64_t critical_count;
} govsvc_composition;

/* INVALID: it is no bundle; a member that counts is not in force, or is a bundle itself. Conflicts (the first
 * 1,000) and circles are told in the answer here, and refused in matter.publish. Anybody. */
GOVSVC_API govsvc_status govsvc_matter_compose(govsvc_session *session, const govsvc_matter_request *in,
                                               const govsvc_composition **out);

/* ---- whom a version touches: "matter.impact" ------------------------------------------------------- */

typedef struct govsvc_matter_change {
    uint64_t struct_size;
    const char *element; /* one of the eight unified elements, or "other" */
    const char *field;   /* member name */
    const char *before;  /* JSON; NULL: absent */
    const char *after;
} govsvc_matter_change;

/* A matter that is touched. */
typedef struct govsvc_matter_touched {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    const char *code;
    const char *name;
    const char *organ_name;
    const char *division;
} govsvc_matter_touched;

typedef struct govsvc_impact {
    uint64_t struct_size;
    int64_t id;
    int64_t version;
    int64_t before;       /* the version in force; absent: there is none */
    int64_t applications; /* of this store, begun with an earlier version and not yet closed: they keep it */
    int64_t claims;       /* how many follow */
    int64_t bundles;      /* how many have it as a member */
    const govsvc_matter_change *const *changes;
    const govsvc_matter_touched *const *claimed; /* the first 200 */
    const govsvc_matter_touched *const *bundled;
    const void *reserved;
    uint64_t change_count;
    uint64_t claimed_count;
    uint64_t bundled_count;
} govsvc_impact;

/* id names the version, as a rule one that is not published yet; answers mean nothing here. Roles: administrator,
 * organ_head, reviewer, auditor. */
GOVSVC_API govsvc_status govsvc_matter_impact(govsvc_session *session, const govsvc_matter_request *in,
                                              const govsvc_impact **out);

/* ---- standardisation: "matter.audit" --------------------------------------------------------------- */

typedef struct govsvc_audit_request {
    uint64_t struct_size;
    int64_t limit; /* differences told at most, 0 to 1000; absent: 100 */
    const char *division;   /* bodies within it; NULL: all */
    const char *basic_code; /* one matter; NULL: all */
} govsvc_audit_request;
#define GOVSVC_AUDIT_REQUEST_INIT {sizeof(govsvc_audit_request), GOVSVC_ABSENT, NULL, NULL}

/* One of the eight unified elements: name, code, basis, materials, procedure, workflow, limits, form. */
typedef struct govsvc_audit_element {
    uint64_t struct_size;
    int64_t equal;
    int64_t narrower; /* within what a claim may narrow */
    int64_t wider;    /* anything else that differs */
    const char *element;
    const char *title;
} govsvc_audit_element;

typedef struct govsvc_audit_difference {
    uint64_t struct_size;
    int64_t version;
    int64_t narrower; /* GOVSVC_YES */
    const char *code;
    const char *element;
    const char *field;
    const char *source; /* what its source has, JSON; NULL: absent */
    const char *own;
    const void *reserved;
} govsvc_audit_difference;

/* Each effective list of a body is compared with the one it was claimed from, or, where it was not claimed,
 * with the effective one of the same basic code at the next higher level whose division contains its own. */
typedef struct govsvc_audit {
    uint64_t struct_size;
    int64_t lists;    /* compared */
    int64_t standard; /* all eight elements equal: the standardisation rate is standard / lists */
    int64_t alone;    /* not compared: there is no higher one */
    int64_t claimed;  /* of those compared, claims */
    const govsvc_audit_element *const *elements;
    const govsvc_audit_difference *const *differences;
    uint64_t element_count;
    uint64_t difference_count;
} govsvc_audit;

/* Roles: administrator, auditor, centre_supervisor, organ_head. */
GOVSVC_API govsvc_status govsvc_matter_audit(govsvc_session *session, const govsvc_audit_request *in,
                                             const govsvc_audit **out);

/* ---- materials that another organ holds: "matter.materials" ------------------------------------------ */

/* Why an organ holds a material already. */
enum {
    GOVSVC_HOLDER_SOURCE = 1,   /* "source": a government body issues it, as the list itself says */
    GOVSVC_HOLDER_ISSUER = 2,   /* "issuer": a matter of the organ ends in it */
    GOVSVC_HOLDER_COLLECTOR = 3 /* "collector": another matter, of the organ, asks for it too */
};

/* What to do about it. */
enum {
    GOVSVC_PROPOSAL_SHARE = 1, /* "share": a government body issues it, so it can be had from there */
    GOVSVC_PROPOSAL_MERGE = 2, /* "merge": other matters ask for the same */
    GOVSVC_PROPOSAL_CUT = 3,   /* "cut": the organ issues it itself */
    GOVSVC_PROPOSAL_KEEP = 4   /* "keep" */
};

typedef struct govsvc_held_request {
    uint64_t struct_size;
    int64_t id;       /* one version; or */
    int64_t limit;    /* matters a page, 1 to 100; absent: 20 */
    int64_t held;     /* GOVSVC_YES: only materials that another organ holds; unset: all */
    const char *code; /* the effective version of a code; or */
    const char *organ;    /* every matter in force of an organ, */
    const char *division; /* of a division and those within it; neither: all, by division and code */
    const char *after;    /* what the page before gave as next */
} govsvc_held_request;
#define GOVSVC_HELD_REQUEST_INIT                                                                   \
    {sizeof(govsvc_held_request), 0, GOVSVC_ABSENT, 0, NULL, NULL, NULL, NULL}

typedef struct govsvc_material_holder {
    uint64_t struct_size;
    int64_t reason;         /* GOVSVC_HOLDER_... */
    const char *organ;      /* NULL: the list does not name it */
    const char *organ_name; /* source: the list's own words (source_explain) */
    const char *matter;     /* by which it holds it */
    const void *reserved;
} govsvc_material_holder;

typedef struct govsvc_held_material {
    uint64_t struct_size;
    int64_t matter_id;
    int64_t from_government; /* GOVSVC_YES: its source is a government body or the library of certificates */
    int64_t own;             /* GOVSVC_YES: a matter of the same organ ends in it */
    int64_t asked;    /* how many other matters in force ask for it, by canonical code or certificate type; a
                         matter of many bodies is one, by its basic code; by each code 100 are looked at */
    int64_t proposal; /* GOVSVC_PROPOSAL_... */
    const char *matter;
    const char *organ;
    const char *code;
    const char *name;
    const char *canonical;
    const char *certificate_type;
    const char *const *asked_by; /* codes of the first five of them */
    const govsvc_material_holder *const *holders; /* other organs: at most 20 issuers and five collectors */
    uint64_t asked_by_count;
    uint64_t holder_count;
} govsvc_held_material;

typedef struct govsvc_held_page {
    uint64_t struct_size;
    const govsvc_held_material *const *materials;
    const char *next; /* to be sent as after; NULL: it was the last page */
    uint64_t material_count;
} govsvc_held_page;

/* Of each material of the matters in force: which other organs already hold it, and why; who else asks for it; what
 * to do about it (优化营商环境条例 35: fewer materials; 44: what one organ proves no other asks for again). Roles:
 * administrator, auditor, centre_supervisor, organ_head, reviewer. */
GOVSVC_API govsvc_status govsvc_matter_materials(govsvc_session *session, const govsvc_held_request *in,
                                                 const govsvc_held_page **out);

/* ---- same-source publication ------------------------------------------------------------------------ */

/* A version as every view (portal, terminal, hall) gets it. content is the JSON of the draft without its
 * request_key, byte for byte what digest is the SM3 of. */
typedef struct govsvc_publication {
    uint64_t struct_size;
    int64_t position; /* matter.feed: where in the journal it changed last; else absent */
    int64_t id;
    int64_t version;
    int64_t state; /* what is repealed or replaced is to be taken away */
    int64_t published_at;
    int64_t ended_at;
    const char *code;
    const char *name;
    const char *digest;
    const char *content;
} govsvc_publication;

typedef struct govsvc_publication_request {
    uint64_t struct_size;
    int64_t after_position; /* matter.feed: positions greater than this; absent: from the beginning */
    int64_t limit;          /* 1 to 1000; absent: 100 */
    const char *after;      /* matter.snapshot: what the page before gave as next */
    const void *reserved;
} govsvc_publication_request;
#define GOVSVC_PUBLICATION_REQUEST_INIT \
    {sizeof(govsvc_publication_request), GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL}

typedef struct govsvc_publication_page {
    uint64_t struct_size;
    int64_t position; /* matter.feed: to be sent as after_position next; matter.snapshot: the journal's end when
                         the page was read: the feed from the first page's position on is the tail */
    int64_t more;     /* GOVSVC_YES */
    const govsvc_publication *const *publications;
    const char *next; /* matter.snapshot: to be sent as after; NULL: it was the last page */
    uint64_t publication_count;
} govsvc_publication_page;

/* "matter.feed": every version that was ever published, as it stands now, in the order of its last change up
 * to where the page ends: applied in order, twice or once, it gives the same copy. */
GOVSVC_API govsvc_status govsvc_matter_feed(govsvc_session *session, const govsvc_publication_request *in,
                                            const govsvc_publication_page **out);
/* "matter.snapshot": published, effective and suspended versions in the order of code and version. */
GOVSVC_API govsvc_status govsvc_matter_snapshot(govsvc_session *session,
                                                const govsvc_publication_request *in,
                                                const govsvc_publication_page **out);

typedef struct govsvc_digest_request {
    uint64_t struct_size;
    int64_t parts;  /* 1 to 256; absent: 16 */
    int64_t stored; /* GOVSVC_YES: from the digests kept at publication; else from the content as it stands */
    const char *above; /* codes greater than this; NULL: from the first */
    const char *to;    /* up to this one; NULL: to the last */
} govsvc_digest_request;
#define GOVSVC_DIGEST_REQUEST_INIT {sizeof(govsvc_digest_request), GOVSVC_ABSENT, 0, NULL, NULL}

typedef struct govsvc_digest_part {
    uint64_t struct_size;
    int64_t count;
    const char *above;
    const char *to;
    const char *digest;
    const void *reserved;
} govsvc_digest_part;

/* A digest over a range is the SM3 of its lines "code TAB version TAB state TAB digest LF", in the order of code
 * (byte by byte) and version, digests and states as in matter.snapshot. */
typedef struct govsvc_digest {
    uint64_t struct_size;
    int64_t count;
    const char *digest;
    const void *reserved;
    const govsvc_digest_part *const *parts; /* of about equal counts */
    const void *reserved_list;
    uint64_t part_count;
} govsvc_digest;

/* "matter.digest": a consumer whose copy gives the same digest has the same; else one of the parts differs, and
 * its range asked for again narrows it down. */
GOVSVC_API govsvc_status govsvc_matter_digest(govsvc_session *session, const govsvc_digest_request *in,
                                              const govsvc_digest **out);

/* One matter of a consumer's copy. */
typedef struct govsvc_copy {
    uint64_t struct_size;
    int64_t version; /* required */
    int64_t state;   /* required */
    const char *code;   /* required */
    const char *digest; /* SM3 of the content the consumer holds; required */
} govsvc_copy;
#define GOVSVC_COPY_INIT {sizeof(govsvc_copy), GOVSVC_ABSENT, 0, NULL, NULL}

typedef struct govsvc_compare_request {
    uint64_t struct_size;
    const char *above; /* the range the copies are all of */
    const char *to;
    const govsvc_copy *const *copies; /* at most 10,000 */
    const void *reserved;
    uint64_t copy_count;
} govsvc_compare_request;
#define GOVSVC_COMPARE_REQUEST_INIT {sizeof(govsvc_compare_request), NULL, NULL, NULL, NULL, 0}

/* How a copy differs. */
enum {
    GOVSVC_DRIFT_MISSING = 1, /* "missing" in the copy */
    GOVSVC_DRIFT_EXTRA = 2,   /* "extra": it is not, or no longer, published */
    GOVSVC_DRIFT_STATE = 3,   /* "state" */
    GOVSVC_DRIFT_CONTENT = 4  /* "content" */
};

typedef struct govsvc_drift {
    uint64_t struct_size;
    int64_t kind; /* GOVSVC_DRIFT_... */
    int64_t version;
    const char *code;
    const char *digest; /* as it should be */
} govsvc_drift;

typedef struct govsvc_comparison {
    uint64_t struct_size;
    int64_t equal; /* how many are */
    int64_t cut;   /* GOVSVC_YES: there are more than 10,000 differences */
    const govsvc_drift *const *drifts;
    const void *reserved;
    uint64_t drift_count;
} govsvc_comparison;

/* "matter.compare": which matters of a consumer's copy differ, by name. */
GOVSVC_API govsvc_status govsvc_matter_compare(govsvc_session *session, const govsvc_compare_request *in,
                                               const govsvc_comparison **out);

#ifdef __cplusplus
}
#endif
#endif
