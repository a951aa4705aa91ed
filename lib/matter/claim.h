/* lib/matter/claim.h - claims (认领) for the other files of the room.
 *
 * May use: elements.h.
 */
#ifndef GS_MATTER_CLAIM_H
#define GS_MATTER_CLAIM_H

#include "matter/elements.h"

/* Tells everything by which a draft that names a source widens it, and keeps which version of the source it was.
 * The source may be a draft still, or not be there yet, as in a file that holds both. */
govsvc_status gs_claim_check(gs_call *call, govsvc_matter *matter);
/* The same for a publication: the source must be in force. */
govsvc_status gs_claim_check_published(gs_call *call, govsvc_matter *matter);
/* The newest version of a code, whatever its state; NOT_FOUND. */
govsvc_status gs_matter_newest(gs_call *call, const char *code, gs_row **out);
/* A claim of a version, in row, which is fresh: the source's content as its own. */
void gs_claim_take_over(govsvc_matter *claim, const govsvc_matter *source);
/* Has the actor a say in an organ's matters? DENIED. (matter.c) */
govsvc_status gs_matter_may(gs_call *call, const char *organ);

/* ---- unclaimed.c ------------------------------------------------------------------------------------- */

/* Within how long a published version is to be claimed. */
govsvc_status gs_claiming_limit(gs_call *call, gs_row *row, gs_limit *limit);
/* "matter.remind": an alert for each division that has not claimed it. */
govsvc_status gs_matter_remind(gs_call *call, gs_row *row);
/* A claim that is published ends its division's alerts. */
govsvc_status gs_claim_resolve_alerts(gs_call *call, govsvc_matter *matter);
/* "matter.repeal": what is repealed nobody is to claim any more. */
govsvc_status gs_matter_repeal(gs_call *call, gs_row *row);

extern const gs_service gs_service_claim, gs_service_claim_followers;

#endif
