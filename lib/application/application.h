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

#endif
