/* lib/reference/reference.h - holiday notices and divisions, and the calendar that the notices make.
 *
 * May use: flow and below.
 */
#ifndef GS_REFERENCE_REFERENCE_H
#define GS_REFERENCE_REFERENCE_H

#include "flow/flow.h"
#include "govsvc/reference.h"

extern const gs_service gs_service_reference;
extern const gs_record gs_record_notice, gs_record_division;

/* 1 region, 2 prefecture, 3 county, 4 town, 5 village, as the form of a code tells. */
int64_t gs_division_level(const char *code);

/* The shipped calendar with the notices that the store knew at a time (ABSENT: knows now). */
govsvc_status gs_calendar_load(gs_call *call, int64_t as_of, govsvc_calendar **out);
/* Changes whenever a notice is put: a number that is cheap to ask for. */
govsvc_status gs_calendar_edition(gs_work *work, int64_t *out);

#endif
