/* lib/matter/matter.h - matters for other services: the version an application begins with.
 *
 * May use: flow, reference and below.
 */
#ifndef GS_MATTER_MATTER_H
#define GS_MATTER_MATTER_H

#include "flow/flow.h"
#include "govsvc/matter.h"

extern const gs_service gs_service_matter;
extern const gs_record gs_record_matter;
extern const gs_name gs_special_procedure_names[];

/* The published version of a code; NOT_FOUND. */
govsvc_status gs_matter_published(gs_call *call, const char *code, const govsvc_matter **out);
/* A version by identifier. Once it is published its content cannot change, and the session keeps it: state
 * and revision are those of its first reading. */
govsvc_status gs_matter_load(gs_call *call, int64_t id, const govsvc_matter **out);

#endif
