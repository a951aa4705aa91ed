/* lib/hardcase/hardcase.h - hard cases (办不成事) from the inside.
 *
 * May use: application, alert, matter, flow and below.
 */
#ifndef GS_HARDCASE_HARDCASE_H
#define GS_HARDCASE_HARDCASE_H

#include "flow/flow.h"
#include "govsvc/hardcase.h"

extern const gs_service gs_service_hard_case;
extern const gs_record gs_record_hard_case, gs_record_hard_case_draft, gs_record_hard_case_assignment,
    gs_record_hard_case_met, gs_record_hard_case_reply, gs_record_hard_case_confirmation,
    gs_record_hard_case_query, gs_record_hard_case_page, gs_record_hard_case_causes_request,
    gs_record_hard_case_tally, gs_record_hard_case_cause;
extern const gs_name gs_hard_case_state_names[], gs_cause_names[];

/* A case's joint meetings at most. */
enum { GS_MEETINGS_MAX = 20 };
/* Pairs of cause and matter that hard_case.causes tells at most. */
enum { GS_CAUSES_MAX = 1000 };

/* ---- link.c: what it is about -------------------------------------------------------------------------- */

/* Fills in application or matter, organ and division; INVALID, rule link: nothing was refused. */
govsvc_status gs_hard_case_link(gs_call *call, const govsvc_hard_case_draft *in, govsvc_hard_case *out);

/* ---- find.c --------------------------------------------------------------------------------------------- */

govsvc_status gs_hard_case_find(gs_call *call);
enum {
    GS_CAUSES_READERS = GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_GOVERNMENT_HEAD | GS_ROLE_ORGAN_HEAD |
                        GS_ROLE_AUDITOR | GS_ROLE_ADMINISTRATOR
};
govsvc_status gs_hard_case_causes(gs_call *call);

#endif
