/* lib/application/application.h - applications from the inside, and what the files of this room share.
 *
 * May use: matter, alert, flow and below.
 */
#ifndef GS_APPLICATION_APPLICATION_H
#define GS_APPLICATION_APPLICATION_H

#include "alert/alert.h"
#include "flow/flow.h"
#include "govsvc/application.h"
#include "matter/matter.h"

extern const gs_service gs_service_application;

/* ---- records.c --------------------------------------------------------------------------------------- */

extern const gs_record gs_record_application, gs_record_application_draft, gs_record_supplied,
    gs_record_correction_item, gs_record_procedure_held, gs_record_correction_request, gs_record_supply,
    gs_record_refusal, gs_record_conditional_acceptance, gs_record_special_procedure_step,
    gs_record_inspection, gs_record_extension_step, gs_record_hearing_notice, gs_record_decision,
    gs_record_annulment, gs_record_record_correction, gs_record_step_report, gs_record_prepare_request,
    gs_record_prepared, gs_record_bar;

/* ---- application.c ----------------------------------------------------------------------------------- */

/* The clocks, by their place in the flow's table; a special procedure's own is SPECIAL and its kind. */
enum {
    GS_CLOCK_EXAMINATION,
    GS_CLOCK_DECISION,
    GS_CLOCK_PROMISED,
    GS_CLOCK_DELIVERY,
    GS_CLOCK_RENEWAL,
    GS_CLOCK_HEARING_REQUEST,
    GS_CLOCK_HEARING,
    GS_CLOCK_INSPECTION,
    GS_CLOCK_PRELIMINARY,
    GS_CLOCK_COMPLETION,
    GS_CLOCK_SPECIAL = GS_CLOCK_COMPLETION /* kinds are counted from 1 */
};
extern const gs_flow gs_flow_application;

/* The version of the matter that the application began with. */
govsvc_status gs_application_matter(gs_call *call, const gs_row *row, const govsvc_matter **out);
/* submit.c: which version of which matter it is for, who handles it, and under which number. */
govsvc_status gs_application_place(gs_call *call, govsvc_application *application, const govsvc_matter *matter);
/* Refuses where a text that the law demands is not there. */
void gs_application_need(gs_call *call, const char *text, const char *field, const char *text_zh,
                         const char *text_en, const char *basis);
/* Is this clock of the case running or standing still? *out: the clock; NULL: it is not. */
govsvc_status gs_application_clock(gs_call *call, const gs_row *row, int clock, gs_row **out);

/* ---- the substances of the steps ---------------------------------------------------------------------- */

govsvc_status gs_application_submit(gs_call *call, gs_row *row);  /* submit.c */
govsvc_status gs_application_receive(gs_call *call, gs_row *row); /* acceptance.c */
govsvc_status gs_application_request_correction(gs_call *call, gs_row *row);
govsvc_status gs_application_supply(gs_call *call, gs_row *row);
govsvc_status gs_application_deem_accepted(gs_call *call, gs_row *row);
govsvc_status gs_application_accept_conditionally(gs_call *call, gs_row *row);
govsvc_status gs_application_complete(gs_call *call, gs_row *row);
govsvc_status gs_application_refuse(gs_call *call, gs_row *row);
govsvc_status gs_application_begin_special(gs_call *call, gs_row *row); /* special.c */
govsvc_status gs_application_tell_special(gs_call *call, gs_row *row);
govsvc_status gs_application_end_special(gs_call *call, gs_row *row);
govsvc_status gs_application_overrun_special(gs_call *call, gs_row *row);
govsvc_status gs_application_tell_overrun(gs_call *call, gs_row *row); /* what comes of it */
govsvc_status gs_application_inspect(gs_call *call, gs_row *row);
govsvc_status gs_application_offer_hearing(gs_call *call, gs_row *row); /* hearing.c */
govsvc_status gs_application_request_hearing(gs_call *call, gs_row *row);
govsvc_status gs_application_schedule_hearing(gs_call *call, gs_row *row);
govsvc_status gs_application_extend(gs_call *call, gs_row *row); /* decision.c */
govsvc_status gs_application_decide(gs_call *call, gs_row *row);
govsvc_status gs_application_deem_renewed(gs_call *call, gs_row *row);
govsvc_status gs_application_annul(gs_call *call, gs_row *row);
govsvc_status gs_application_correct(gs_call *call, gs_row *row);
govsvc_status gs_application_prepare(gs_call *call);                         /* prepare.c */
govsvc_status gs_application_report(gs_call *call); /* report.c */

/* ---- limits.c ----------------------------------------------------------------------------------------- */

govsvc_status gs_limit_examination(gs_call *call, gs_row *row, gs_limit *limit);
govsvc_status gs_limit_decision(gs_call *call, gs_row *row, gs_limit *limit);
govsvc_status gs_limit_promised(gs_call *call, gs_row *row, gs_limit *limit);
govsvc_status gs_limit_renewal(gs_call *call, gs_row *row, gs_limit *limit);
govsvc_status gs_limit_inspection(gs_call *call, gs_row *row, gs_limit *limit);
govsvc_status gs_limit_completion(gs_call *call, gs_row *row, gs_limit *limit);
govsvc_status gs_limit_special(gs_call *call, gs_row *row, gs_limit *limit);

/* ---- bar.c: who may not apply again for a while (78, 79) ----------------------------------------------- */

typedef struct gs_bar {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t application; /* what it came of */
    int64_t until_at;
    const char *licence;
    const char *basis;
    const char *applicant_id;
    const void *reserved;
} gs_bar;
/* The applicant is barred for so many years from what the application was for, if it concerns safety. */
govsvc_status gs_bar_raise(gs_call *call, gs_row *row, const govsvc_matter *matter, int years,
                           const char *basis);
/* Refuses an applicant who is barred from the matter. */
govsvc_status gs_bar_check(gs_call *call, const char *applicant_id, const govsvc_matter *matter);

/* ---- conditions.c -------------------------------------------------------------------------------------- */

/* The conditions of acceptance, for a form that is handed in (NULL: none). INVALID: it is not the matter's, told
 * at /form and /answers. */
govsvc_status gs_application_evaluate(gs_call *call, govsvc_application *application,
                                      const govsvc_matter *matter, const char *form);
/* application.review's substance: the conditions of review, when they are first asked. */
govsvc_status gs_application_review(gs_call *call, gs_row *row);

#endif
