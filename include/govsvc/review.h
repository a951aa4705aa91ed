/* govsvc/review.h - reviews by the matter's own stages, and work lists: what waits for whom.
 *
 * A matter's stages of kind "review" say which posts examine an application, in which order or side by side, and
 * whose word decides: the first of those asked (或签), every one (会签), a share of them (票签). At acceptance the
 * first stages are opened, a review for each reviewer asked; when a stage is over, those whose predecessors are all
 * over are opened in the same step. A stage that was opposed is over too: only the organ's head decides
 * (行政许可法 38), and not before every review is done. A matter without such stages is reviewed by any reviewer.
 *
 * Who reviews: a reviewer of the stage's organ who has its post; where the session names no posts, any reviewer of
 * the organ. Nobody reviews or decides on their own application (DENIED, rule "recusal").
 *
 * Since 0.2.
 */
#ifndef GOVSVC_REVIEW_H
#define GOVSVC_REVIEW_H

#include "application.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GOVSVC_REVIEW_OPEN = 1,    /* "open" 待审查 */
    GOVSVC_REVIEW_AGREED = 2,  /* "agreed" 同意 */
    GOVSVC_REVIEW_OPPOSED = 3, /* "opposed" 不同意 */
    GOVSVC_REVIEW_VOID = 4     /* "void": it does not count (any more) */
};

enum { GOVSVC_VERDICT_AGREE = 1 /* "agree" 同意 */, GOVSVC_VERDICT_OPPOSE = 2 /* "oppose" 不同意 */ };

/* One reviewer's part of a stage. */
typedef struct govsvc_review {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;       /* GOVSVC_REVIEW_... */
    int64_t application;
    int64_t round;       /* from 1; one more each time the stage was opened anew */
    int64_t added;       /* GOVSVC_YES: somebody asked for it beside those of the matter (加签) */
    int64_t due_at;      /* by the stage's own limit; absent: it has none */
    int64_t done_at;
    const char *stage;
    const char *stage_name;
    const char *post;
    const char *organ;   /* whose review it is */
    const char *assignee; /* who alone may do it; NULL: anybody of the post */
    const char *reviewer; /* who did it */
    const char *desk;     /* the library's own: on whose work list it stands */
    const char *opinion;  /* personal */
    const char *reason;   /* why it was added, handed over, or opened anew; personal */
    const void *reserved;
} govsvc_review;

typedef struct govsvc_review_step {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    int64_t verdict;   /* GOVSVC_VERDICT_AGREE, the default, or _OPPOSE */
    int64_t review;    /* which one; 0: the one of the stage, or the only one, that the actor may do */
    const char *stage;
    const void *reserved;
} govsvc_review_step;
#define GOVSVC_REVIEW_STEP_INIT {sizeof(govsvc_review_step), 0, GOVSVC_ABSENT, NULL, NULL, 0, 0, NULL, NULL}

/* What else may happen to reviews. */
typedef struct govsvc_review_change {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;  /* why; required */
    int64_t review;       /* assign, remove_reviewer, recall: which one */
    const char *stage;    /* add_reviewer, send_back: which stage */
    const char *post;     /* assign: the post it goes to */
    const char *assignee; /* assign, add_reviewer: the person it goes to */
    const void *reserved;
} govsvc_review_change;
#define GOVSVC_REVIEW_CHANGE_INIT \
    {sizeof(govsvc_review_change), 0, GOVSVC_ABSENT, NULL, NULL, 0, NULL, NULL, NULL, NULL}

typedef struct govsvc_review_list {
    uint64_t struct_size;
    int64_t id; /* the application */
    const govsvc_review *const *reviews; /* oldest first */
    const void *reserved;
    uint64_t review_count;
} govsvc_review_list;

/* "application.review": the first review also evaluates the conditions of review. INVALID: also no review of the
 * actor's is open, or several are and neither review nor stage says which; the same person twice in a stage.
 * TAKEN: somebody else did it. Roles: reviewer. */
GOVSVC_API govsvc_status govsvc_application_review(govsvc_session *session, const govsvc_review_step *in,
                                                   const govsvc_application **out);
/* "application.assign" 转办: an open review goes to another person or post of its organ. Roles: reviewer (theirs),
 * organ_head. */
GOVSVC_API govsvc_status govsvc_application_assign(govsvc_session *session, const govsvc_review_change *in,
                                                   const govsvc_application **out);
/* "application.add_reviewer" 加签: one more is asked in a stage that is open. Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_add_reviewer(govsvc_session *session, const govsvc_review_change *in,
                                                         const govsvc_application **out);
/* "application.remove_reviewer" 减签: not the last one of a stage. Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_remove_reviewer(govsvc_session *session, const govsvc_review_change *in,
                                                            const govsvc_application **out);
/* "application.send_back" 退回: a stage that is over is opened anew; whatever follows from it does not count any
 * more, what goes on beside it stays. Roles: reviewer, organ_head. */
GOVSVC_API govsvc_status govsvc_application_send_back(govsvc_session *session, const govsvc_review_change *in,
                                                      const govsvc_application **out);
/* "application.recall" 取回: one's own review, while nothing that followed from it is done. Roles: reviewer. */
GOVSVC_API govsvc_status govsvc_application_recall(govsvc_session *session, const govsvc_review_change *in,
                                                   const govsvc_application **out);
/* "application.reviews": every review of an application. What was said is shown to who may read the case in the
 * clear. Roles: every one, within their scope. */
GOVSVC_API govsvc_status govsvc_application_reviews(govsvc_session *session, const govsvc_get_request *in,
                                                    const govsvc_review_list **out);

/* ---- work lists ------------------------------------------------------------------------------------------ */

typedef struct govsvc_queue_request {
    uint64_t struct_size;
    int64_t limit; /* 1 to 200; absent: 50 */
    int64_t count; /* GOVSVC_YES: count them all, too, up to 10,000 */
    const char *division; /* a window's: one within the actor's own, instead of it */
    const char *post;     /* one of the actor's alone */
    const char *action;   /* what waits for this step alone: "accept" */
    const char *matter;   /* of this matter alone */
    const char *after;    /* what the page before gave as next; NULL: from the first */
    const void *reserved;
} govsvc_queue_request;
#define GOVSVC_QUEUE_REQUEST_INIT {sizeof(govsvc_queue_request), GOVSVC_ABSENT, 0, NULL, NULL, NULL, NULL, NULL, NULL}

typedef struct govsvc_queue_item {
    uint64_t struct_size;
    int64_t id;     /* the application */
    int64_t review; /* the review that waits; 0: the application itself does */
    int64_t state;  /* GOVSVC_APPLICATION_... */
    int64_t due_at; /* absent: there is no limit */
    int64_t overdue; /* GOVSVC_YES */
    const char *number;
    const char *action; /* what it waits for: "accept" */
    const char *matter;
    const char *matter_name;
    const char *organ;
    const char *division;
    const char *stage; /* of a review */
    const char *stage_name;
} govsvc_queue_item;

typedef struct govsvc_queue {
    uint64_t struct_size;
    int64_t total;    /* where it was asked for; else absent */
    const char *next; /* to be sent as after; NULL: there are no more */
    const govsvc_queue_item *const *items;
    uint64_t item_count;
} govsvc_queue;

/* "application.queue": what waits for the actor: for their posts and roles in their organ, for their division's
 * windows, for themselves as an applicant. By deadline, what has none last. Nothing personal is shown. */
GOVSVC_API govsvc_status govsvc_application_queue(govsvc_session *session, const govsvc_queue_request *in,
                                                  const govsvc_queue **out);

typedef struct govsvc_next_action {
    uint64_t struct_size;
    int64_t awaited;    /* GOVSVC_YES: it is what the case waits for */
    const char *action; /* "accept" */
    const char *title;  /* "受理" */
} govsvc_next_action;

typedef struct govsvc_next {
    uint64_t struct_size;
    int64_t id;
    int64_t state;
    int64_t due_at;
    const govsvc_next_action *const *actions; /* what the actor may do now, by state, role and scope */
    const govsvc_review *const *reviews;      /* those of it that are open to them */
    uint64_t action_count;
    uint64_t review_count;
} govsvc_next;

/* "application.next": what this actor may do with this application now. */
GOVSVC_API govsvc_status govsvc_application_next(govsvc_session *session, const govsvc_get_request *in,
                                                 const govsvc_next **out);

#ifdef __cplusplus
}
#endif
#endif
