/* lib/mandate/mandate.h - who may act for whom.
 *
 * May use: flow and below. The mechanism asks through gs_host.
 */
#ifndef GS_MANDATE_MANDATE_H
#define GS_MANDATE_MANDATE_H

#include "flow/flow.h"
#include "govsvc/mandate.h"

extern const gs_service gs_service_mandate;
/* gs_host's own question: the mandate in force by which the call's actor acts on a case; NULL: there is none. */
govsvc_status gs_mandate_in_force(gs_call *call, const char *matter, const char *action,
                                  const gs_mandate **out);

#endif
