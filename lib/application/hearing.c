/* lib/application/hearing.c - the right to a hearing: told, asked for in time, announced in time (行政许可法 47, 48).
 * Held it is as a special procedure. */
#include "application/application.h"

static govsvc_application *application_of(const gs_row *row)
{
    return row->at;
}

govsvc_status gs_application_offer_hearing(gs_call *call, gs_row *row)
{
    const govsvc_application *application = application_of(row);
    if (application->hearing_offered_at != GOVSVC_ABSENT)
        return gs_refuse_in_words(call, "", "once", "已告知过听证权利",
                                  "the right to a hearing was told already", "行政许可法 第四十七条");
    return GOVSVC_OK;
}

govsvc_status gs_application_request_hearing(gs_call *call, gs_row *row)
{
    gs_row *clock;
    govsvc_status status = gs_application_clock(call, row, GS_CLOCK_HEARING_REQUEST, &clock);
    if (status || clock)
        return status;
    return gs_refuse_in_words(call, "", "hearing_request", "未被告知听证权利，或者五日的申请期限已过",
                              "no hearing was offered, or the five days to ask for it are over",
                              "行政许可法 第四十七条");
}

/* The first day on which a hearing that is announced now can be held: seven working days lie between. */
static govsvc_status earliest(gs_call *call, const char *division, int64_t *at)
{
    govsvc_reckoning_request request = GOVSVC_RECKONING_REQUEST_INIT;
    bool provisional;
    request.start_at = call->occurred_at;
    request.amount = 7;
    request.unit = GOVSVC_UNIT_WORKING_DAYS;
    request.division = division;
    return gs_reckon_due(call->calendar, &request, at, &provisional);
}

govsvc_status gs_application_schedule_hearing(gs_call *call, gs_row *row)
{
    const govsvc_hearing_notice *in = call->in;
    govsvc_application *application = application_of(row);
    gs_row *clock;
    int64_t first;
    govsvc_status status = gs_application_clock(call, row, GS_CLOCK_HEARING, &clock);
    if (!status)
        status = earliest(call, application->division, &first);
    if (status)
        return status;
    if (in->held_at < first)
        gs_refuse_in_words(call, "/held_at", "hearing_notice", "/held_at：应在举行听证的七日前通知",
                           "/held_at: notice of a hearing is given seven days before it",
                           "行政许可法 第四十八条");
    if (clock && in->held_at >= ((const govsvc_clock *)clock->at)->due_at)
        gs_refuse_in_words(call, "/held_at", "hearing_limit", "/held_at：应在申请听证之日起二十日内组织听证",
                           "/held_at: the hearing is held within twenty days of the request",
                           "行政许可法 第四十七条");
    application->hearing_at = in->held_at;
    return GOVSVC_OK;
}
