/* govsvc/hardcase.h - hard cases (办不成事): what somebody could not get done is taken up by somebody else.
 *
 *   registered -> assigned -------------> resolved  -> closed
 *                   |  \-> escalated -/   explained -/
 *
 * A hard case is about something that was refused: an application that was not accepted, refused, sent for
 * correction, withdrawn, terminated or is overdue, or a refusal without an application, told by the matter,
 * what was refused and where. Without such a link there is none. It is assigned on the day it was registered,
 * answered within five working days of that (a local rule, in the flow's table), and closed by a call-back; who
 * is not satisfied has it opened again, once. What is not done in time raises an alert: "hard_case.assignment.overdue",
 * "hard_case.reply.due_soon" one working day before, "hard_case.reply.overdue". A second call-back that finds
 * nobody satisfied raises "hard_case.unsatisfied".
 *
 * The organ complained of may answer what is assigned to it, but neither assigns nor closes it.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_HARDCASE_H
#define GOVSVC_HARDCASE_H

#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GOVSVC_HARD_CASE_REGISTERED = 1, /* "registered" 已登记 */
    GOVSVC_HARD_CASE_ASSIGNED = 2,   /* "assigned" 已交办 */
    GOVSVC_HARD_CASE_ESCALATED = 3,  /* "escalated" 已提级: with the government's head or the centre */
    GOVSVC_HARD_CASE_RESOLVED = 4,   /* "resolved" 已解决, to be called back */
    GOVSVC_HARD_CASE_EXPLAINED = 5,  /* "explained" 已说明: it cannot be done; to be called back */
    GOVSVC_HARD_CASE_CLOSED = 6      /* "closed" 已了结 */
};

/* Why it could not be done; told with the reply. */
enum {
    GOVSVC_CAUSE_LEGAL_GAP = 1,        /* "legal_gap" 法规空白 */
    GOVSVC_CAUSE_MATERIAL_DISPUTE = 2, /* "material_dispute" 材料争议 */
    GOVSVC_CAUSE_SYSTEM_FAULT = 3,     /* "system_fault" 系统故障 */
    GOVSVC_CAUSE_SHIRKING = 4,         /* "shirking" 推诿 */
    GOVSVC_CAUSE_OTHER = 9             /* "other" 其他 */
};

enum {
    GOVSVC_HARD_CASE_REPLY_RESOLVED = 1, /* "resolved" */
    GOVSVC_HARD_CASE_REPLY_EXPLAINED = 2 /* "explained" */
};

/* A joint meeting (联席会议). */
typedef struct govsvc_hard_case_meeting {
    uint64_t struct_size;
    int64_t held_at;
    const char *conclusion;
    const char *const *organs; /* unified social credit codes */
    uint64_t organ_count;
} govsvc_hard_case_meeting;

typedef struct govsvc_hard_case_draft {
    uint64_t struct_size;
    int64_t application; /* the application it is about; or application_number */
    const char *request_key;
    const char *application_number;
    const char *matter; /* without an application: code of a matter in force, */
    const char *organ;  /* who is complained of; NULL: the organ of the application or matter */
    const char *division; /* where it was refused, within that of the application or matter; NULL: that one */
    const char *owner;  /* host's id of the reporter's account, where a clerk registers for them */
    const char *reporter_name; /* required; personal */
    const char *phone;         /* required; personal */
    const char *text;          /* what could not be done; required; personal, at most 4000 characters */
    const char *refused_what;  /* and, with the matter, what was refused; personal */
    const char *refused_where; /* at which window, site or office; personal */
    const void *reserved;
} govsvc_hard_case_draft;
#define GOVSVC_HARD_CASE_DRAFT_INIT                                                                \
    {sizeof(govsvc_hard_case_draft), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

typedef struct govsvc_hard_case {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;       /* GOVSVC_HARD_CASE_... */
    int64_t application; /* 0: a refusal without one */
    int64_t cause;       /* GOVSVC_CAUSE_... */
    int64_t answer;      /* GOVSVC_HARD_CASE_REPLY_...: what was answered last */
    int64_t satisfied;   /* at the last call-back: GOVSVC_YES or GOVSVC_NO */
    int64_t reopened;    /* GOVSVC_YES: it was opened again */
    int64_t registered_at;
    int64_t assigned_at;
    int64_t escalated_at;
    int64_t replied_at;
    int64_t called_back_at;
    int64_t closed_at;
    const char *number; /* "BBC", division, day, 13 characters and a check character */
    const char *application_number;
    const char *matter;
    const char *matter_name;
    const char *organ; /* complained of */
    const char *division;
    const char *owner;          /* who complains */
    const char *assigned_organ; /* who answers */
    const char *assigned_to;    /* the host's id of a person there */
    const char *basis;          /* the law by which it cannot be done */
    const char *reporter_name;  /* personal, like the rest */
    const char *phone;
    const char *text;
    const char *refused_what;
    const char *refused_where;
    const char *reply;
    const char *proposal_matter; /* matter whose change is proposed; not personal */
    const char *proposal;        /* what is to be changed in it */
    const govsvc_hard_case_meeting *const *meetings;
    const void *reserved;
    uint64_t meeting_count;
} govsvc_hard_case;

/* Each begins as govsvc_step does. */
typedef struct govsvc_hard_case_assignment {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    const char *organ;  /* who is to answer; required */
    const char *person; /* host's id of a person there */
} govsvc_hard_case_assignment;
#define GOVSVC_HARD_CASE_ASSIGNMENT_INIT {sizeof(govsvc_hard_case_assignment), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL}

typedef struct govsvc_hard_case_met {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    int64_t held_at;           /* not later than now; required */
    const char *conclusion;    /* required */
    const char *const *organs; /* unified social credit codes, at least two; required */
    uint64_t organ_count;
} govsvc_hard_case_met;
#define GOVSVC_HARD_CASE_MET_INIT                                                                  \
    {sizeof(govsvc_hard_case_met), 0, GOVSVC_ABSENT, NULL, NULL, GOVSVC_ABSENT, NULL, NULL, 0}

typedef struct govsvc_hard_case_reply {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    int64_t cause;     /* GOVSVC_CAUSE_...; required */
    const char *reply; /* what was done, or why it cannot be; required */
    const char *basis; /* hard_case.explain: the law; required there */
    /* A change of a matter that would have spared the case; both or none. The matter is the case's where its
     * code is absent. */
    const char *proposal_matter;
    const char *proposal;
} govsvc_hard_case_reply;
#define GOVSVC_HARD_CASE_REPLY_INIT                                                                \
    {sizeof(govsvc_hard_case_reply), 0, GOVSVC_ABSENT, NULL, NULL, 0, NULL, NULL, NULL, NULL}

typedef struct govsvc_hard_case_confirmation {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion; /* required where nobody is satisfied: with what */
    int64_t satisfied;   /* GOVSVC_YES or GOVSVC_NO; required */
} govsvc_hard_case_confirmation;
#define GOVSVC_HARD_CASE_CONFIRMATION_INIT {sizeof(govsvc_hard_case_confirmation), 0, GOVSVC_ABSENT, NULL, NULL, 0}

/* "hard_case.open". Roles: applicant, agent, window_clerk. INVALID, rule link: nothing was refused that it could be
 * about. */
GOVSVC_API govsvc_status govsvc_hard_case_open(govsvc_session *session, const govsvc_hard_case_draft *in,
                                               const govsvc_hard_case **out);
/* "hard_case.assign": to an organ; the reply clock starts, once. Roles: window_clerk, centre_supervisor,
 * government_head; once it is assigned the last two, who may give it to another. DENIED, rule complained_of: the
 * actor is of the organ complained of. */
GOVSVC_API govsvc_status govsvc_hard_case_assign(govsvc_session *session, const govsvc_hard_case_assignment *in,
                                                 const govsvc_hard_case **out);
/* "hard_case.escalate": to the government's head or the centre; opinion required. Roles: window_clerk,
 * centre_supervisor; handler and organ_head of the assigned organ. */
GOVSVC_API govsvc_status govsvc_hard_case_escalate(govsvc_session *session, const govsvc_step *in,
                                                   const govsvc_hard_case **out);
/* "hard_case.meet": a joint meeting was held, at most 20 of a case. Roles: centre_supervisor, government_head;
 * organ_head of the assigned organ. */
GOVSVC_API govsvc_status govsvc_hard_case_meet(govsvc_session *session, const govsvc_hard_case_met *in,
                                               const govsvc_hard_case **out);
/* "hard_case.resolve" and "hard_case.explain": with cause and reply; explain says that it cannot be done, and by
 * which law. Roles: handler and organ_head of the assigned organ, centre_supervisor; once it is escalated
 * centre_supervisor and government_head. */
GOVSVC_API govsvc_status govsvc_hard_case_resolve(govsvc_session *session, const govsvc_hard_case_reply *in,
                                                  const govsvc_hard_case **out);
GOVSVC_API govsvc_status govsvc_hard_case_explain(govsvc_session *session, const govsvc_hard_case_reply *in,
                                                  const govsvc_hard_case **out);
/* "hard_case.confirm": the call-back; closes it. Who is not satisfied has it back among the registered, once.
 * Roles: applicant and agent, of their own; window_clerk, centre_supervisor, but none of the organ complained
 * of (DENIED, rule complained_of). */
GOVSVC_API govsvc_status govsvc_hard_case_confirm(govsvc_session *session,
                                                  const govsvc_hard_case_confirmation *in,
                                                  const govsvc_hard_case **out);
/* "hard_case.get": for who complains, the assigned organ, and the division's staff. */
GOVSVC_API govsvc_status govsvc_hard_case_get(govsvc_session *session, const govsvc_get_request *in,
                                              const govsvc_hard_case **out);
/* "hard_case.deadline": the clocks assignment and reply. */
GOVSVC_API govsvc_status govsvc_hard_case_deadline(govsvc_session *session, const govsvc_deadline_request *in,
                                                   const govsvc_deadline **out);

typedef struct govsvc_hard_case_query {
    uint64_t struct_size;
    int64_t state; /* GOVSVC_HARD_CASE_...; 0: any */
    int64_t cause; /* GOVSVC_CAUSE_...; 0: any */
    int64_t after; /* what the page before gave as next; 0: from the first */
    int64_t limit; /* 1 to 200; absent: 50 */
    const char *organ; /* complained of */
    const char *matter;
    const char *division; /* this one and those within it */
    const void *reserved;
} govsvc_hard_case_query;
#define GOVSVC_HARD_CASE_QUERY_INIT                                                                \
    {sizeof(govsvc_hard_case_query), 0, 0, 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL}

typedef struct govsvc_hard_case_page {
    uint64_t struct_size;
    int64_t next; /* to be sent as after; 0: there are no more */
    const govsvc_hard_case *const *cases;
    const void *reserved;
    uint64_t case_count;
} govsvc_hard_case_page;

/* "hard_case.find": one's own, the assigned organ's, or the division's, oldest first, without what is personal. */
GOVSVC_API govsvc_status govsvc_hard_case_find(govsvc_session *session, const govsvc_hard_case_query *in,
                                               const govsvc_hard_case_page **out);

typedef struct govsvc_hard_case_causes_request {
    uint64_t struct_size;
    int64_t from;  /* registered from this time on; absent: from the first */
    int64_t until; /* and before this one; absent: to the last */
    int64_t least; /* pairs that came up so often or more; absent: 1. From 2 on they are repeat causes */
    const char *division; /* this one and those within it */
    const void *reserved;
} govsvc_hard_case_causes_request;
#define GOVSVC_HARD_CASE_CAUSES_REQUEST_INIT                                                       \
    {sizeof(govsvc_hard_case_causes_request), GOVSVC_ABSENT, GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL}

/* How often one cause came up with one matter. */
typedef struct govsvc_hard_case_cause {
    uint64_t struct_size;
    int64_t cause;     /* GOVSVC_CAUSE_... */
    int64_t cases;
    int64_t resolved;  /* of those, answered by a solution; the others were explained */
    int64_t reopened;
    int64_t proposals; /* with a proposal to change a matter */
    const char *matter;
    const char *matter_name;
} govsvc_hard_case_cause;

typedef struct govsvc_hard_case_tally {
    uint64_t struct_size;
    int64_t more; /* GOVSVC_YES: only the first 1000 pairs, by cause and matter, are told */
    const govsvc_hard_case_cause *const *causes;
    const void *reserved;
    uint64_t cause_count;
} govsvc_hard_case_tally;

/* "hard_case.causes": of the cases that were answered, by cause and matter. Roles: centre_supervisor,
 * government_head, auditor of the division; organ_head, for what was assigned to the organ; administrator. */
GOVSVC_API govsvc_status govsvc_hard_case_causes(govsvc_session *session,
                                                 const govsvc_hard_case_causes_request *in,
                                                 const govsvc_hard_case_tally **out);

#ifdef __cplusplus
}
#endif
#endif
