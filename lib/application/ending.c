/* lib/application/ending.c - what ends without a decision: withdrawn by who applied, terminated for a reason. */
#include "application/bundle.h"

/* Of a bundle that has something decided the rest ends, not the whole. */
static govsvc_status has_decided(gs_call *call, gs_row *row, bool *decided)
{
    gs_family family;
    *decided = false;
    if (!gs_is_bundle(row->at))
        return GOVSVC_OK;
    govsvc_status status = gs_family_lock(call, row, &family);
    for (size_t i = 0; !status && i < family.count; i++)
        *decided = *decided || gs_is_decided(gs_child(&family, i));
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

govsvc_status gs_reviews_void(gs_call *call, gs_row *row)
{
    gs_reviews reviews;
    govsvc_application *application = row->at;
    if (gs_is_bundle(application) || application->open_parts <= 0)
        return GOVSVC_OK;
    govsvc_status status = gs_reviews_load(call, row, &reviews);
    for (size_t i = 0; !status && i < reviews.count; i++) {
        if (gs_review_at(&reviews, i)->state != GOVSVC_REVIEW_OPEN)
            continue;
        gs_review_at(&reviews, i)->state = GOVSVC_REVIEW_VOID;
        status = gs_review_change(&reviews, i);
    }
    application->open_parts = 0;
    return status;
}

static govsvc_status end(gs_call *call, gs_row *row, int64_t kind, const char *words)
{
    govsvc_application *application = row->at;
    bool decided;
    govsvc_status status = gs_bundle_guard(call, row);
    if (!status)
        status = gs_reviews_void(call, row);
    if (!status)
        status = has_decided(call, row, &decided);
    if (status)
        return status;
    application->end_kind = kind;
    application->ended_at = call->occurred_at;
    if (!decided)
        application->state =
            kind == GOVSVC_END_WITHDRAWN ? GOVSVC_APPLICATION_WITHDRAWN : GOVSVC_APPLICATION_TERMINATED;
    return gs_row_set_text(row, "end_reason", words);
}

govsvc_status gs_application_withdraw(gs_call *call, gs_row *row)
{
    return end(call, row, GOVSVC_END_WITHDRAWN, ((const govsvc_step *)call->in)->opinion);
}

govsvc_status gs_application_terminate(gs_call *call, gs_row *row)
{
    const govsvc_termination *in = call->in;
    gs_application_need(call, in->opinion, "/opinion", "/opinion：应说明终止办理的理由",
                        "/opinion: say why it ends", NULL);
    if (in->kind == GOVSVC_END_WITHDRAWN || in->kind == GOVSVC_END_PREDECESSOR)
        gs_refuse(call, "/kind", "choice", "death, dissolved, abandoned, cancelled_power", "-");
    return end(call, row, in->kind, in->opinion);
}

/* The reason stands in the row before the step is taken, which has no input of its own. */
govsvc_status gs_application_end(gs_call *call, gs_row *row, int64_t kind, const char *words)
{
    govsvc_application *application = row->at;
    application->end_kind = kind;
    govsvc_status status = gs_row_set_text(row, "end_reason", words);
    return status ? status : gs_take_step(call, row, "application.end", NULL);
}

govsvc_status gs_application_end_itself(gs_call *call, gs_row *row)
{
    const govsvc_application *application = row->at;
    return end(call, row, application->end_kind, application->end_reason);
}
