/* lib/application/decision.c - until the decision, the decision, and what may come of it later. Articles are of
 * 行政许可法 (2019). */
#include "application/bundle.h"

#include "codes/codes.h"

static govsvc_application *application_of(const gs_row *row)
{
    return row->at;
}

/* ---- extension (42): once, before the limit is over ---------------------------------------------------- */

/* By the organ's head; of what is handled as one, by the government's (42, second paragraph). */
enum { EXTENSION_MOST = 10, EXTENSION_UNIFIED_MOST = 15 };

static govsvc_status refuse_extension(gs_call *call, const char *rule, const char *text_zh,
                                      const char *text_en)
{
    return gs_refuse_in_words(call, "", rule, text_zh, text_en, "行政许可法 第四十二条");
}

/* While it stands still it is not over. */
static void check_clock(gs_call *call, const gs_row *row)
{
    const govsvc_clock *clock = row ? row->at : NULL;
    if (!clock || (clock->state == GOVSVC_CLOCK_RUNNING && clock->due_at <= call->occurred_at))
        refuse_extension(call, "expired", "期限已经届满，不能延长",
                         "the limit is over and cannot be extended");
    else if (clock->unit != GOVSVC_UNIT_WORKING_DAYS)
        refuse_extension(call, "other_limit", "该时限依照其他法律、法规的规定，不适用本条延长",
                         "the limit is another law's, and so is what could extend it");
}

govsvc_status gs_application_extend(gs_call *call, gs_row *row)
{
    const govsvc_extension_step *in = call->in;
    govsvc_application *application = application_of(row);
    const govsvc_matter *matter;
    gs_row *clock;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status)
        status = gs_application_clock(call, row, GS_CLOCK_DECISION, &clock);
    if (status)
        return status;
    if (application->extended == GOVSVC_YES)
        refuse_extension(call, "once", "期限只能延长一次", "a limit is extended only once");
    if (matter->project_type == GOVSVC_PROJECT_AT_ONCE)
        refuse_extension(call, "at_once", "即办件不能延长期限", "what is handled at once is not extended");
    bool unified = gs_application_is_unified(call, row);
    if (in->amount > (unified ? EXTENSION_UNIFIED_MOST : EXTENSION_MOST))
        gs_refuse(call, "/amount", "range", unified ? "1-15" : "1-10",
                  gs_calendar_got(call->work.problems, in->amount));
    gs_application_need(call, in->opinion, "/opinion", "/opinion：应将延长期限的理由告知申请人",
                        "/opinion: the applicant must be told why", "行政许可法 第四十二条");
    check_clock(call, clock);
    application->extended = GOVSVC_YES;
    call->extend_by = in->amount;
    call->ground = in->opinion;
    call->ground_basis = "行政许可法 第四十二条";
    return GOVSVC_OK;
}

/* ---- decision (38) -------------------------------------------------------------------------------------- */

static govsvc_status in_state(gs_call *call, const char *rule, const char *text_zh, const char *text_en,
                              const char *basis)
{
    return gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_STATE,
                                                                 .field = "",
                                                                 .rule = rule,
                                                                 .text_zh = text_zh,
                                                                 .text_en = text_en,
                                                                 .basis = basis});
}

/* A hearing that was offered can still be asked for; one that was asked for is held first (47). */
static govsvc_status check_hearing(gs_call *call, const gs_row *row)
{
    gs_row *clock;
    if (application_of(row)->hearing_offered_at == GOVSVC_ABSENT)
        return GOVSVC_OK;
    govsvc_status status = gs_application_clock(call, row, GS_CLOCK_HEARING_REQUEST, &clock);
    if (!status && clock)
        return in_state(call, "hearing_request", "申请听证的期限未满", "a hearing can still be asked for",
                        "行政许可法 第四十七条");
    if (!status)
        status = gs_application_clock(call, row, GS_CLOCK_HEARING, &clock);
    if (!status && clock)
        return in_state(call, "hearing", "申请人要求的听证尚未举行",
                        "the hearing that was asked for is not held yet", "行政许可法 第四十七条");
    return status;
}

/* Of several for a limited number who came first is decided on first (57). */
static govsvc_status check_turn(gs_call *call, const gs_row *row, const govsvc_matter *matter)
{
    const govsvc_application *application = application_of(row);
    int64_t before = 0;
    if (!matter->quantity_limit)
        return GOVSVC_OK;
    govsvc_value values[] = {gs_integer(application->tenant), gs_text(application->matter),
                             gs_integer(application->accepted_at), gs_integer(application->id)};
    govsvc_status status = gs_query_integer(
        call->work.connection,
        "SELECT id FROM {application} WHERE tenant = $1 AND matter = $2 AND closed_at IS NULL AND "
        "decided_at IS NULL AND (accepted_at < $3 OR (accepted_at = $3 AND id < $4)) AND "
        "(state = 'accepted' OR state = 'in_review' OR state = 'special_procedure') LIMIT 1",
        values, 4, &before);
    if (status == GOVSVC_NOT_FOUND)
        return GOVSVC_OK;
    if (!status)
        gs_refuse_in_words(call, "/outcome", "turn",
                           "/outcome：有数量限制的许可按受理先后作出决定，尚有先受理的申请未决定",
                           "/outcome: limited in number, and one that was accepted earlier is not decided",
                           "行政许可法 第五十七条");
    return status;
}

static govsvc_status check_grant(gs_call *call, const gs_row *row, const govsvc_matter *matter)
{
    const govsvc_application *application = application_of(row);
    gs_row *clock = NULL;
    govsvc_status status = application->conditional == GOVSVC_YES
                               ? gs_application_clock(call, row, GS_CLOCK_COMPLETION, &clock)
                               : GOVSVC_OK;
    if (!status && clock)
        gs_refuse_in_words(call, "/outcome", "outstanding", "/outcome：容缺材料尚未补齐，不能准予",
                           "/outcome: not before what is outstanding is there", "事项实施清单 容缺后补材料");
    return status ? status : check_turn(call, row, matter);
}

static void check_refusal(gs_call *call, const govsvc_decision *in)
{
    gs_application_need(call, in->opinion, "/opinion", "/opinion：不予许可应当说明理由",
                        "/opinion: a refusal must give its reasons", "行政许可法 第三十八条");
    gs_application_need(
        call, in->remedy, "/remedy", "/remedy：不予许可应当告知申请行政复议或者提起行政诉讼的权利",
        "/remedy: a refusal must say how it can be reviewed or brought to court", "行政许可法 第三十八条");
}

/* False materials: refused, and for what concerns safety not to be asked for again for a year (78). */
static govsvc_status check_false_materials(gs_call *call, gs_row *row, const govsvc_matter *matter)
{
    const govsvc_decision *in = call->in;
    if (in->false_materials != GOVSVC_YES)
        return GOVSVC_OK;
    if (in->outcome != GOVSVC_OUTCOME_REFUSED)
        return gs_refuse_in_words(
            call, "/false_materials", "refused", "/false_materials：提供虚假材料的，不予行政许可",
            "/false_materials: what rests on false materials is refused", "行政许可法 第七十八条");
    return gs_bar_raise(call, row, matter, 1, "行政许可法 第七十八条");
}

govsvc_status gs_application_decide(gs_call *call, gs_row *row)
{
    const govsvc_decision *in = call->in;
    govsvc_application *application = application_of(row);
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status)
        status = gs_check_recusal(call, row);
    if (!status && application->open_parts > 0)
        status = in_state(call, "reviews", "尚有未完成的审查", "reviews are not done yet", NULL);
    if (!status)
        status = check_hearing(call, row);
    if (!status && in->outcome != GOVSVC_OUTCOME_REFUSED)
        status = check_grant(call, row, matter);
    if (status)
        return status;
    if (in->outcome != GOVSVC_OUTCOME_GRANTED)
        check_refusal(call, in);
    application->outcome = in->outcome;
    application->remedy = in->remedy;
    status = gs_row_set_text(row, "decision_reason", in->opinion);
    if (!status)
        status = gs_bundle_guard(call, row);
    return status ? status : check_false_materials(call, row, matter);
}

/* Nobody decided before the licence expired (50). */
govsvc_status gs_application_deem_renewed(gs_call *call, gs_row *row)
{
    (void)call;
    application_of(row)->outcome = GOVSVC_OUTCOME_GRANTED;
    return gs_row_set_text(row, "decision_reason",
                           "有效期届满前未作决定，视为准予延续（行政许可法 第五十条）");
}

/* ---- afterwards ----------------------------------------------------------------------------------------- */

/* 撤销 (69); what was obtained by deceit cannot be asked for again for three years (79). */
govsvc_status gs_application_annul(gs_call *call, gs_row *row)
{
    const govsvc_annulment *in = call->in;
    govsvc_application *application = application_of(row);
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (status)
        return status;
    if (application->outcome == GOVSVC_OUTCOME_REFUSED)
        gs_refuse_in_words(call, "", "granted", "没有准予的决定可以撤销",
                           "nothing was granted that could be annulled", "行政许可法 第六十九条");
    gs_application_need(call, in->opinion, "/opinion", "/opinion：撤销应当说明理由",
                        "/opinion: an annulment must give its reasons", "行政许可法 第六十九条");
    gs_application_need(call, in->remedy, "/remedy", "/remedy：撤销应当告知救济途径",
                        "/remedy: an annulment must say how it can be reviewed", "行政许可法 第六十九条");
    application->remedy = in->remedy;
    status = gs_row_set_text(row, "annulment_reason", in->opinion);
    if (status || in->deceit != GOVSVC_YES)
        return status;
    return gs_bar_raise(call, row, matter, 3, "行政许可法 第七十九条");
}

/* 更正: what is sent replaces what was recorded. */
govsvc_status gs_application_correct(gs_call *call, gs_row *row)
{
    const govsvc_record_correction *in = call->in;
    govsvc_application *application = application_of(row);
    gs_application_need(call, in->opinion, "/opinion", "/opinion：应说明更正的内容和依据",
                        "/opinion: say what was wrong, and how one knows", NULL);
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    if (in->applicant_id)
        gs_code_check(application->applicant_kind == GOVSVC_APPLICANT_NATURAL_PERSON ? GOVSVC_CODE_CITIZEN_ID
                                                                                     : GOVSVC_CODE_USCC,
                      in->applicant_id, call->work.problems, "/applicant_id");
    for (uint32_t i = 0; i < gs_record_record_correction.field_count; i++) {
        const gs_field *sent = &gs_record_record_correction.fields[i];
        const gs_field *kept =
            gs_field_personal(sent) ? gs_record_field(&gs_record_application, sent->name) : NULL;
        if (kept && !gs_field_absent(sent, in))
            gs_field_share(kept, application, sent, in);
    }
    return GOVSVC_OK;
}
