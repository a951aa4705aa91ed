/* lib/api/upkeep.h - operations of the library itself: what happens of itself, what happened, and keeping
 * the store. Their rows stand in upkeep.c; each has a file of its own.
 */
#ifndef GS_API_UPKEEP_H
#define GS_API_UPKEEP_H

#include "api/handle.h"

extern const gs_service gs_service_upkeep;
extern const gs_record gs_record_tick_request, gs_record_tick_report, gs_record_store_request,
    gs_record_store_report;

govsvc_status gs_run_tick(gs_call *call);        /* tick.c */
govsvc_status gs_run_feed(gs_call *call);        /* feed.c */
govsvc_status gs_run_history(gs_call *call);     /* feed.c */
govsvc_status gs_run_store_check(gs_call *call); /* check.c */

static inline govsvc *gs_handle_of(const gs_call *call)
{
    return ((govsvc_session *)call->session)->gs;
}
/* DENIED unless the actor has one of the operation's roles. */
govsvc_status gs_allowed(gs_call *call);
/* The stored record of a kind; NULL. */
const gs_record *gs_record_of_kind(const gs_host *host, const char *kind);

#endif
