/* lib/application/application.h - applications from the inside.
 *
 * May use: matter, flow and below.
 */
#ifndef GS_APPLICATION_APPLICATION_H
#define GS_APPLICATION_APPLICATION_H

#include "flow/flow.h"
#include "govsvc/application.h"
#include "matter/matter.h"

extern const gs_service gs_service_application;
extern const gs_record gs_record_application, gs_record_application_draft, gs_record_supplied,
    gs_record_correction_item, gs_record_procedure_held, gs_record_correction_request, gs_record_supply,
    gs_record_special_procedure_step, gs_record_decision;

/* conditions.c: the conditions of acceptance, for a form that is handed in (NULL: none). INVALID: it is not the
 * matter's, told at /form and /answers. */
govsvc_status gs_application_evaluate(gs_call *call, govsvc_application *application,
                                      const govsvc_matter *matter, const char *form);
/* application.review's substance: the conditions of review, when they are first asked. */
govsvc_status gs_application_review(gs_call *call, gs_row *row);

#endif
