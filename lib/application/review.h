/* lib/application/review.h - reviews by stages from the inside.
 *
 * May use: application.
 */
#ifndef GS_APPLICATION_REVIEW_H
#define GS_APPLICATION_REVIEW_H

#include "application/application.h"
#include "govsvc/review.h"

extern const gs_record gs_record_review, gs_record_review_step, gs_record_review_change,
    gs_record_review_list, gs_record_queue_request, gs_record_queue, gs_record_next;

/* The reviews of a case that count, and its matter. What is changed or made here is saved with the step. */
typedef struct gs_reviews {
    gs_call *call;
    gs_row *row; /* the application's */
    const govsvc_matter *matter;
    gs_row **items;
    size_t count;
    size_t elsewhere; /* of those that were open when they were read, reviews of another organ */
} gs_reviews;

/* ---- stages.c ----------------------------------------------------------------------------------------- */

/* Reads them; void ones are left out. */
govsvc_status gs_reviews_load(gs_call *call, gs_row *row, gs_reviews *out);
static inline govsvc_review *gs_review_at(const gs_reviews *of, size_t at)
{
    return of->items[at]->at;
}
/* A review to be saved with the step. */
govsvc_status gs_review_change(gs_reviews *of, size_t at);
/* NULL: the matter has no such stage of review. */
const govsvc_stage *gs_review_stage(const govsvc_matter *matter, const char *code);
/* Opens a review of a stage for a person, or for anybody of its post. */
govsvc_status gs_review_open(gs_reviews *of, const govsvc_stage *stage, const char *assignee,
                             const char *reason);
typedef enum gs_stage_end { GS_STAGE_CLOSED, GS_STAGE_OPEN, GS_STAGE_AGREED, GS_STAGE_OPPOSED } gs_stage_end;
/* How a stage stands by its reviews; CLOSED: it was not opened yet. */
gs_stage_end gs_stage_end_of(const gs_reviews *of, const govsvc_stage *stage);
/* Does one stage follow from another, directly or not? */
bool gs_stage_follows(const govsvc_matter *matter, const govsvc_stage *later, const govsvc_stage *earlier);
/* After a change: what a stage that is over no longer needs is void, stages whose predecessors are over are opened,
 * and the application says how many are open, and whose. */
govsvc_status gs_reviews_settle(gs_reviews *of);
/* Who acts on their own application. */
govsvc_status gs_check_recusal(gs_call *call, const gs_row *row);

/* ---- reviews.c: steps -------------------------------------------------------------------------------- */

/* Opens the first stages; for whatever accepts an application. */
govsvc_status gs_reviews_begin(gs_call *call, gs_row *row);
govsvc_status gs_application_do_review(gs_call *call, gs_row *row);
govsvc_status gs_application_assign(gs_call *call, gs_row *row);
govsvc_status gs_application_add_reviewer(gs_call *call, gs_row *row);
govsvc_status gs_application_remove_reviewer(gs_call *call, gs_row *row);
govsvc_status gs_application_send_back(gs_call *call, gs_row *row);
govsvc_status gs_application_recall(gs_call *call, gs_row *row);
govsvc_status gs_application_reviews(gs_call *call);
/* May the actor do this open review? */
bool gs_review_is_mine(const gs_actor *actor, const govsvc_review *review);

/* ---- queue.c ------------------------------------------------------------------------------------------ */

govsvc_status gs_application_queue(gs_call *call);
govsvc_status gs_application_next(gs_call *call);

#endif
