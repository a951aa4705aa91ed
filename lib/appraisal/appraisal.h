/* lib/appraisal/appraisal.h - appraisals from the inside.
 *
 * May use: application, alert, flow and below.
 */
#ifndef GS_APPRAISAL_APPRAISAL_H
#define GS_APPRAISAL_APPRAISAL_H

#include "application/application.h"
#include "govsvc/appraisal.h"

extern const gs_service gs_service_appraisal;
extern const gs_record gs_record_appraisal, gs_record_appraisal_draft, gs_record_appraisal_confirmation,
    gs_record_appraisal_judgement, gs_record_appraisal_query, gs_record_appraisal_page,
    gs_record_appraisal_counts_request, gs_record_appraisal_totals;
extern const gs_name gs_grade_names[];

static inline bool gs_grade_is_bad(int64_t grade)
{
    return grade == GOVSVC_GRADE_DISSATISFIED || grade == GOVSVC_GRADE_VERY_DISSATISFIED;
}

/* ---- appraise.c -------------------------------------------------------------------------------------- */

/* Of what is invited to and given: the action that closes a case rates the whole of it. */
extern const char gs_appraised_at_close[];
/* application.appraise */
govsvc_status gs_run_appraise(gs_call *call);
/* The follower: who closes a case brings about its invitation. */
govsvc_status gs_follow_closing(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark, bool *again);
/* Did somebody take this step (NULL: any) of an application? actor: who; or, unless NULL, not except. */
govsvc_status gs_case_step_taken(gs_call *call, int64_t application, const char *step, const char *actor,
                                 const char *except, bool *out);

/* ---- reading.c --------------------------------------------------------------------------------------- */

govsvc_status gs_run_appraisal_get(gs_call *call);
govsvc_status gs_run_appraisal_deadline(gs_call *call);
govsvc_status gs_run_appraisal_find(gs_call *call);
govsvc_status gs_run_appraisal_counts(gs_call *call);

#endif
