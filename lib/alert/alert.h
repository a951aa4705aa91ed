/* lib/alert/alert.h - alerts for other services: raised once, resolved when what they warned of is put right.
 *
 * May use: flow and below.
 */
#ifndef GS_ALERT_ALERT_H
#define GS_ALERT_ALERT_H

#include "flow/flow.h"
#include "govsvc/alert.h"

extern const gs_service gs_service_alert;
extern const gs_record gs_record_alert, gs_record_alert_query, gs_record_alert_page;

/* Raises what: rule, severity, subject, subject_kind, division and text are set. While one of the same rule,
 * subject, division and organ is open, nothing changes. By the system, within the call's transaction. */
govsvc_status gs_alert_raise(gs_call *call, const govsvc_alert *what);
/* Resolves the open one of a rule, subject and division, if there is one. */
govsvc_status gs_alert_resolve(gs_call *call, const char *rule, int64_t subject, const char *division);

#endif
