/* lib/application/bundle.h - applications for bundles (一件事) at work.
 *
 * May use: application, matter/bundle.
 */
#ifndef GS_APPLICATION_BUNDLE_H
#define GS_APPLICATION_BUNDLE_H

#include "application/review.h"
#include "matter/bundle.h"

extern const gs_record gs_record_children, gs_record_termination;

static inline bool gs_is_bundle(const govsvc_application *application)
{
    return application->bundle == GOVSVC_YES;
}
static inline bool gs_in_bundle(const govsvc_application *application)
{
    return gs_is_bundle(application) || application->parent;
}

/* ---- members.c: one application becomes several -------------------------------------------------------- */

/* The bundle's matter as its draft is checked against it: with what its members ask for together. */
govsvc_status gs_bundle_view(gs_call *call, const govsvc_application *application,
                             const govsvc_matter *matter, const govsvc_matter **out);
/* Makes a child of every member that counts and is not left out. */
govsvc_status gs_bundle_submitted(gs_call *call, gs_row *row);

/* ---- at_work.c: what a step of one brings about in the others ------------------------------------------- */

enum { GS_CHILDREN_MAX = GS_MEMBERS_MAX };
typedef struct gs_family {
    gs_row *parent;
    const govsvc_matter *matter; /* the bundle's */
    gs_row *children[GS_CHILDREN_MAX];
    size_t member[GS_CHILDREN_MAX]; /* of each child its place among the members */
    size_t count;
    gs_graph graph; /* of the bundle's members */
} gs_family;
/* The family that an application is of; of no bundle: NOT_FOUND. */
govsvc_status gs_family_load(gs_call *call, gs_row *row, gs_family *out);
/* The same for whoever writes: nobody else moves the family meanwhile. */
govsvc_status gs_family_lock(gs_call *call, gs_row *row, gs_family *out);
static inline govsvc_application *gs_child(const gs_family *of, size_t at)
{
    return of->children[at]->at;
}
/* Its place among the children; count: the member has none. */
size_t gs_child_of_member(const gs_family *of, size_t member);
bool gs_is_decided(const govsvc_application *application);
bool gs_has_ended(const govsvc_application *application); /* with or without a decision: nothing more comes */

/* What comes of each step; they do nothing for an application of its own. */
govsvc_status gs_bundle_received(gs_call *call, gs_row *row);
govsvc_status gs_bundle_accepted(gs_call *call, gs_row *row);
govsvc_status gs_bundle_deemed(gs_call *call, gs_row *row);
govsvc_status gs_bundle_decided(gs_call *call, gs_row *row);
govsvc_status gs_bundle_closed(gs_call *call, gs_row *row);
govsvc_status gs_bundle_ended(gs_call *call, gs_row *row);
govsvc_status gs_bundle_split(gs_call *call, gs_row *row);
/* Before a step that may do so. */
govsvc_status gs_bundle_guard(gs_call *call, gs_row *row);

/* ---- ending.c: withdrawn, terminated --------------------------------------------------------------------- */

govsvc_status gs_application_withdraw(gs_call *call, gs_row *row);
govsvc_status gs_application_terminate(gs_call *call, gs_row *row);
/* The system ends it, for a reason. */
govsvc_status gs_application_end(gs_call *call, gs_row *row, int64_t kind, const char *words);
govsvc_status gs_application_end_itself(gs_call *call, gs_row *row);
/* Reviews that are open wait for nobody any more. */
govsvc_status gs_reviews_void(gs_call *call, gs_row *row);

/* ---- critical.c -------------------------------------------------------------------------------------------- */

/* application.deadline of a bundle: which child is last, and why. */
govsvc_status gs_bundle_explain(gs_call *call, gs_row *row, govsvc_deadline *out);

govsvc_status gs_application_children(gs_call *call);
govsvc_status gs_application_split(gs_call *call, gs_row *row);
govsvc_status gs_application_detach(gs_call *call, gs_row *row);

bool gs_application_is_single(const gs_call *call, const gs_row *row);
bool gs_application_is_whole(const gs_call *call, const gs_row *row);
bool gs_application_is_unified(const gs_call *call, const gs_row *row);
bool gs_application_was_unified(const gs_call *call, const gs_row *row);

#endif
