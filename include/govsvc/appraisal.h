/* govsvc/appraisal.h - appraisals (好差评): what a case, a window, a person or the platform was like to those they serve.
 *
 *   invited -> given                                          good: that is all
 *          \-> defaulted                                      nobody answered; no grade was given
 *          \-> rectifying -> rectified -> closed              bad: put right, and the person called back
 *                 |  ^ \-> contested -> void                  unfounded: it does not count
 *                 |  \--------/ (upheld)
 *                 \ (called back and not satisfied: once more)
 *
 * Grades are kept by their meaning, never by a digit: published standards count in opposite directions.
 *
 * Whoever closes an application brings about one invitation, made by govsvc_tick(). Its clock "invitation" of 3
 * natural days ends in state defaulted, which has no grade: silence is not satisfaction, and is counted apart.
 * The two lowest grades open a rectification with its clock "rectification", 15 working days; when it is over
 * an alert "appraisal.overdue" goes to the organ. While a contest is judged, that clock stands still.
 *
 * An appraisal says to the staff whom it rates neither whose it is nor of which case, unless the person gave it in
 * their own name. Owner and number are sealed; the journal's entry of giving is the system's. The centre's hotline
 * seats, unless they are of the rated organ, read them for a stated purpose, to call back.
 *
 * Since 0.2.
 */
#ifndef GOVSVC_APPRAISAL_H
#define GOVSVC_APPRAISAL_H

#include "application.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Grades. None of the numbers is a digit, so that a digit sent by mistake is refused, not misread. */
enum {
    GOVSVC_GRADE_VERY_SATISFIED = 11,      /* "very_satisfied" 非常满意 */
    GOVSVC_GRADE_SATISFIED = 12,           /* "satisfied" 满意 */
    GOVSVC_GRADE_BASICALLY_SATISFIED = 13, /* "basically_satisfied" 基本满意 */
    GOVSVC_GRADE_DISSATISFIED = 14,        /* "dissatisfied" 不满意: bad */
    GOVSVC_GRADE_VERY_DISSATISFIED = 15    /* "very_dissatisfied" 非常不满意: bad */
};

/* Ways to write a grade as one digit. */
enum {
    GOVSVC_GRADING_GBT39046 = 1, /* GB/T 39046-2020, A.8: 1 is 非常满意, 5 is 非常不满意 */
    GOVSVC_GRADING_STARS = 2     /* stars, as 好差评 data are exchanged: 5 is 非常满意, 1 is 非常不满意 */
};

/* A digit's grade, and a grade's digit; 0: there is none, or no such grading. Pure. */
GOVSVC_API int64_t govsvc_grade_of_digit(int64_t grading, int64_t digit);
GOVSVC_API int64_t govsvc_grade_digit(int64_t grading, int64_t grade);

enum {
    GOVSVC_APPRAISAL_INVITED = 1,    /* "invited" 已邀请 */
    GOVSVC_APPRAISAL_GIVEN = 2,      /* "given" 已评价 */
    GOVSVC_APPRAISAL_DEFAULTED = 3,  /* "defaulted" 默认好评 */
    GOVSVC_APPRAISAL_RECTIFYING = 4, /* "rectifying" 整改中 */
    GOVSVC_APPRAISAL_RECTIFIED = 5,  /* "rectified" 已整改 */
    GOVSVC_APPRAISAL_CLOSED = 6,     /* "closed" 已回访办结 */
    GOVSVC_APPRAISAL_CONTESTED = 7,  /* "contested" 申诉中 */
    GOVSVC_APPRAISAL_VOID = 8        /* "void" 申诉成立，评价无效 */
};

/* What is rated. */
enum {
    GOVSVC_OBJECT_CASE = 1,    /* "case" 办件 */
    GOVSVC_OBJECT_WINDOW = 2,  /* "window" 窗口 */
    GOVSVC_OBJECT_PERSON = 3,  /* "person" 工作人员 */
    GOVSVC_OBJECT_PLATFORM = 4 /* "platform" 平台 */
};

/* Where it was given: the channels of GB/T 39046-2020, table 9. */
enum {
    GOVSVC_APPRAISED_WEB = 1,           /* "web" PC 端 */
    GOVSVC_APPRAISED_MOBILE = 2,        /* "mobile" 移动端 */
    GOVSVC_APPRAISED_QR_CODE = 3,       /* "qr_code" 二维码 */
    GOVSVC_APPRAISED_HALL_TABLET = 4,   /* "hall_tablet" 政务大厅平板电脑 */
    GOVSVC_APPRAISED_HALL_TERMINAL = 5, /* "hall_terminal" 政务大厅其他终端 */
    GOVSVC_APPRAISED_PHONE = 6,         /* "phone" 电话 */
    GOVSVC_APPRAISED_SMS = 7            /* "sms" 短信 */
};

enum {
    GOVSVC_VERDICT_UPHELD = 1,   /* "upheld": the appraisal stays, its rectification goes on */
    GOVSVC_VERDICT_UNFOUNDED = 2 /* "unfounded": it is void */
};

typedef struct govsvc_appraisal {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;        /* GOVSVC_APPRAISAL_... */
    int64_t grade;        /* GOVSVC_GRADE_...; unset while none was given */
    int64_t object;       /* GOVSVC_OBJECT_... */
    int64_t channel;      /* GOVSVC_APPRAISED_... */
    int64_t anonymous;    /* GOVSVC_YES until somebody gives it in their own name */
    int64_t defaulted;    /* GOVSVC_YES: nobody answered the invitation */
    int64_t overdue;      /* GOVSVC_YES: a rectification was not done in time */
    int64_t reopened;     /* GOVSVC_YES: it had to be rectified once more */
    int64_t satisfied;    /* what was said when called back last: GOVSVC_YES or GOVSVC_NO */
    int64_t verdict;      /* GOVSVC_VERDICT_... on the contest */
    int64_t invited_at;   /* absent for an appraisal of a step, which nobody is invited to */
    int64_t given_at;     /* absent while it is not given, or defaulted */
    int64_t counted_at;   /* given, or defaulted: in which period it counts */
    int64_t rectified_at; /* the last time */
    int64_t contested_at;
    int64_t judged_at;
    int64_t confirmed_at; /* called back, the last time */
    const char *token;    /* keyed digest of the case, the object and the step: there is one appraisal of each */
    const char *request;  /* keyed digest of the call that gave it, where it had a request key */
    const char *matter;
    const char *organ; /* that handled the case */
    const char *division;
    const char *which;  /* a person's actor id, a window's name */
    const char *step;   /* the action that is rated; "close": the case as a whole */
    const char *owner;  /* actor id of whose it is; personal */
    const char *number; /* of the application; personal, since it leads to whose it is */
    const char *text;   /* personal, as all free text below */
    const char *rectification; /* what was done; it is the reply to the person */
    const char *call_back;     /* what they said to it */
    const char *contest_reason;
    const char *contested_by; /* actor id */
    const char *verdict_reason;
    const char *judge; /* actor id */
    const char *const *tags;
    const void *reserved;
    uint64_t tag_count;
} govsvc_appraisal;

typedef struct govsvc_appraisal_draft {
    uint64_t struct_size;
    int64_t application; /* of the actor's own; required */
    int64_t grade;       /* GOVSVC_GRADE_...; required */
    int64_t object;      /* GOVSVC_OBJECT_...; unset: the case */
    int64_t channel;     /* GOVSVC_APPRAISED_...; required */
    int64_t anonymous;   /* GOVSVC_YES, GOVSVC_NO; unset: it is anonymous */
    const char *request_key; /* with the same key and content it is answered again */
    const char *which;       /* person: the actor id in the case's history; window: its name; else NULL */
    const char *step;        /* an action of the case's history, "accept"; NULL: at close */
    const char *text;        /* at most 2000 characters */
    const char *const *tags; /* the host's codes: letters, digits, "_", "-"; at most 20 */
    const void *reserved;
    uint64_t tag_count;
} govsvc_appraisal_draft;
#define GOVSVC_APPRAISAL_DRAFT_INIT \
    {sizeof(govsvc_appraisal_draft), 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0}

/* "application.appraise": answers the invitation, or, of another object or of a step, makes an appraisal of its own;
 * once for each object and step. Roles: applicant, agent, of their own case. NOT_FOUND: it is somebody else's.
 * INVALID: nothing was done at that step, or not by that person; what the person did themselves can be rated of the
 * platform alone. STATE: it was appraised, or the invitation is over (rules "appraised", "invitation_over"). */
GOVSVC_API govsvc_status govsvc_application_appraise(govsvc_session *session, const govsvc_appraisal_draft *in,
                                                     const govsvc_appraisal **out);

/* "appraisal.rectify": opinion, required, says what was done, and is the reply. Roles: reviewer, acceptor, handler,
 * organ_head of the organ. */
GOVSVC_API govsvc_status govsvc_appraisal_rectify(govsvc_session *session, const govsvc_step *in,
                                                  const govsvc_appraisal **out);

typedef struct govsvc_appraisal_confirmation {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* what the person said */
    int64_t satisfied;   /* GOVSVC_YES, GOVSVC_NO; required */
} govsvc_appraisal_confirmation;
#define GOVSVC_APPRAISAL_CONFIRMATION_INIT \
    {sizeof(govsvc_appraisal_confirmation), 0, GOVSVC_ABSENT, NULL, NULL, 0}

/* "appraisal.confirm": the person was called back. Not satisfied: the rectification begins again, once. Role:
 * centre_supervisor; DENIED (rule "impartial") also for the rated person. */
GOVSVC_API govsvc_status govsvc_appraisal_confirm(govsvc_session *session, const govsvc_appraisal_confirmation *in,
                                                  const govsvc_appraisal **out);

/* "appraisal.contest": opinion, required, says why it is unfounded; once, while the rectification is in time. Roles:
 * organ_head of the organ; the person who is rated, as window_clerk, acceptor, reviewer or handler. */
GOVSVC_API govsvc_status govsvc_appraisal_contest(govsvc_session *session, const govsvc_step *in,
                                                  const govsvc_appraisal **out);

typedef struct govsvc_appraisal_judgement {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* the reason; required */
    int64_t verdict;     /* GOVSVC_VERDICT_...; required */
} govsvc_appraisal_judgement;
#define GOVSVC_APPRAISAL_JUDGEMENT_INIT {sizeof(govsvc_appraisal_judgement), 0, GOVSVC_ABSENT, NULL, NULL, 0}

/* "appraisal.judge". Roles: centre_supervisor, auditor. DENIED (rule "impartial") for who is rated, contested it,
 * handled the case, or is of the rated organ. */
GOVSVC_API govsvc_status govsvc_appraisal_judge(govsvc_session *session, const govsvc_appraisal_judgement *in,
                                                const govsvc_appraisal **out);

/* "appraisal.get": by identifier, for whose it is and for staff within their scope. Staff read texts with a role and a
 * purpose that allow it, which is journalled; whose it is, see above. */
GOVSVC_API govsvc_status govsvc_appraisal_get(govsvc_session *session, const govsvc_get_request *in,
                                              const govsvc_appraisal **out);
/* "appraisal.deadline": the clocks of an appraisal; for the same readers. */
GOVSVC_API govsvc_status govsvc_appraisal_deadline(govsvc_session *session, const govsvc_deadline_request *in,
                                                   const govsvc_deadline **out);

typedef struct govsvc_appraisal_query {
    uint64_t struct_size;
    int64_t state; /* GOVSVC_APPRAISAL_...; 0: any */
    int64_t grade; /* GOVSVC_GRADE_...; 0: any */
    int64_t own;   /* GOVSVC_YES: the actor's own, with their numbers; so for who is no staff */
    int64_t after; /* what the page before gave as next; 0: from the first */
    int64_t limit; /* 1 to 200; absent: 50 */
    const char *organ;
    const char *division; /* this one and those within it */
} govsvc_appraisal_query;
#define GOVSVC_APPRAISAL_QUERY_INIT \
    {sizeof(govsvc_appraisal_query), 0, 0, 0, 0, GOVSVC_ABSENT, NULL, NULL}

typedef struct govsvc_appraisal_page {
    uint64_t struct_size;
    int64_t next; /* to be sent as after; 0: there are no more */
    const govsvc_appraisal *const *appraisals;
    const void *reserved;
    uint64_t appraisal_count;
} govsvc_appraisal_page;

/* "appraisal.find": those within the actor's scope, oldest first; to staff without what is personal. Organ and division
 * narrow what staff find, and are not looked at among one's own. */
GOVSVC_API govsvc_status govsvc_appraisal_find(govsvc_session *session, const govsvc_appraisal_query *in,
                                               const govsvc_appraisal_page **out);

typedef struct govsvc_appraisal_counts_request {
    uint64_t struct_size;
    int64_t from; /* counted at or after; required */
    int64_t to;   /* and before; required */
    const char *organ;
    const char *division; /* this one and those within it */
} govsvc_appraisal_counts_request;
#define GOVSVC_APPRAISAL_COUNTS_REQUEST_INIT \
    {sizeof(govsvc_appraisal_counts_request), GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL}

/* Satisfaction is (very_satisfied + satisfied + basically_satisfied) / given, participation (invited - defaulted) /
 * invited, rectification rectified / bad, on time rectified_in_time / bad. Void ones are in voided alone. */
typedef struct govsvc_appraisal_totals {
    uint64_t struct_size;
    int64_t very_satisfied;
    int64_t satisfied;
    int64_t basically_satisfied;
    int64_t dissatisfied;
    int64_t very_dissatisfied;
    int64_t given;     /* the five together */
    int64_t defaulted; /* no grade, and in none of the above */
    int64_t invited;   /* given at close, or defaulted */
    int64_t anonymous; /* of the given */
    int64_t voided;
    int64_t bad;               /* dissatisfied or very dissatisfied */
    int64_t rectified;         /* of them; called back or not */
    int64_t rectified_in_time; /* of those, without having been overdue */
    int64_t called_back;       /* closed */
    int64_t satisfied_after;   /* of those, who were satisfied then */
} govsvc_appraisal_totals;

/* "appraisal.counts": of what lies within the actor's scope. Roles: any but applicant and agent. */
GOVSVC_API govsvc_status govsvc_appraisal_counts(govsvc_session *session, const govsvc_appraisal_counts_request *in,
                                                    const govsvc_appraisal_totals **out);

#ifdef __cplusplus
}
#endif
#endif
