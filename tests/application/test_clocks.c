/* tests/application/test_clocks.c - every clock of an application as the statute has it: a case for each row of the
 * law's limits, with the day on which it ends and what it says of itself. Articles are of 行政许可法 (2019).
 * 2026-03-02 is a Monday; 2026-04-06 is a holiday, and in Guangxi the 20th and 21st of April too. */
#include "act.h"

static int64_t begun(const char *state)
{
    at("2026-03-02 09:00");
    return story_application(&s, state);
}

static void open_story(void)
{
    story_open(&s, story_store());
}

static void close_story(void)
{
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* ---- 32: five working days, else accepted as of the day of receipt -------------------------------------- */

static void test_no_notice_by_day_five_is_acceptance_as_of_receipt(void)
{
    open_story();
    int64_t id = begun("received");
    CLOCK(id, "examination", "running", "2026-03-09");
    at("2026-03-09 23:59");
    tick();
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"state\":\"received\"");
    at("2026-03-10 00:00");
    tick();
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"state\":\"accepted\"");
    SAYS("\"deemed\":true");
    SAYS("\"accepted_at\":\"2026-03-02T09:00:00+08:00\"");
    CLOCK(id, "examination", "lapsed", "2026-03-09");
    CLOCK(id, "decision", "running", "2026-03-30"); /* back-dated */
    CHECK(explained(id, "行政许可法 第三十二条") > 0);
    DONE(APPLICANT, "journal.history", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"action\":\"deem_accepted\"");
    close_story();
}

static void test_a_correction_ends_the_examination_and_the_full_supply_starts_the_decision(void)
{
    open_story();
    int64_t id = begun("correcting");
    CLOCK(id, "examination", "met", "2026-03-09");
    CHECK_TEXT(clock_member(id, "decision", "state"), "");
    at("2026-03-20 10:00");
    tick();
    CHECK_INT(story_act(s.as[APPLICANT], "supply", id, NULL), GOVSVC_OK);
    CLOCK(id, "decision", "running", "2026-04-22");
    at("2026-03-23 10:00");
    STEP(ACCEPTOR, "accept", id);
    CLOCK(id, "decision", "running", "2026-04-22");
    close_story();
}

/* ---- 42: twenty, and once ten more ---------------------------------------------------------------------- */

#define EXTEND(id, days)                                                                                     \
    "{\"id\":\"%lld\",\"amount\":%d,\"opinion\":\"案情复杂\",\"notice\":\"延期告知书1号\"}",                 \
        (long long)(id), days

static void test_decision_twenty_and_ten_by_the_head_before_expiry(void)
{
    open_story();
    int64_t id = begun("accepted");
    CLOCK(id, "decision", "running", "2026-03-30");
    CLOCK(id, "promised", "running", "2026-03-16");
    at("2026-03-30 23:59");
    REFUSED(GOVSVC_DENIED, "", "role", REVIEWER, "application.extend", EXTEND(id, 10));
    REFUSED(GOVSVC_INVALID, "/amount", "range", ORGAN_HEAD, "application.extend", EXTEND(id, 11));
    REFUSED(GOVSVC_INVALID, "/opinion", "required", ORGAN_HEAD, "application.extend",
            "{\"id\":\"%lld\",\"amount\":10,\"notice\":\"延期告知书1号\"}", (long long)id);
    REFUSED(GOVSVC_INVALID, "/notice", "required", ORGAN_HEAD, "application.extend",
            "{\"id\":\"%lld\",\"amount\":10,\"opinion\":\"案情复杂\"}", (long long)id);
    DONE(ORGAN_HEAD, "application.extend", EXTEND(id, 10));
    CLOCK(id, "decision", "running", "2026-04-14");
    CLOCK(id, "promised", "running", "2026-03-30");
    CHECK_INT(explained(id, "\"occasion\":\"extend\""), 2);
    CHECK(explained(id, "案情复杂") > 0);
    REFUSED(GOVSVC_INVALID, "", "once", ORGAN_HEAD, "application.extend", EXTEND(id, 1));
    close_story();
}

static void test_no_extension_after_expiry(void)
{
    open_story();
    int64_t id = begun("in_review");
    at("2026-03-31 00:00");
    REFUSED(GOVSVC_INVALID, "", "expired", ORGAN_HEAD, "application.extend", EXTEND(id, 10));
    close_story();
}

/* ---- 44: ten to deliver ---------------------------------------------------------------------------------- */

static void test_delivery_ten_from_the_decision(void)
{
    open_story();
    int64_t id = begun("in_review");
    at("2026-03-05 16:00");
    CHECK_INT(story_act(s.as[ORGAN_HEAD], "decide", id, NULL), GOVSVC_OK);
    CLOCK(id, "decision", "met", "2026-03-30");
    CLOCK(id, "delivery", "running", "2026-03-19");
    STEP(REVIEWER, "close", id);
    at("2026-03-19 17:00");
    STEP(WINDOW_CLERK, "deliver", id);
    CLOCK(id, "delivery", "met", "2026-03-19");
    close_story();
}

/* ---- 45: special procedures ------------------------------------------------------------------------------ */

/* A hearing of at most ten working days, an inspection of at most five, an expert review of at most three. */
static void publish_with_procedures(void)
{
    static const govsvc_special_procedure listed[] = {
        {sizeof *listed, GOVSVC_SPECIAL_HEARING, 10, GOVSVC_UNIT_WORKING_DAYS, NULL, NULL},
        {sizeof *listed, GOVSVC_SPECIAL_TEST, 5, GOVSVC_UNIT_WORKING_DAYS, NULL, NULL},
        {sizeof *listed, GOVSVC_SPECIAL_EXPERT_REVIEW, 3, GOVSVC_UNIT_WORKING_DAYS, NULL, NULL}};
    static const govsvc_special_procedure *const procedures[] = {&listed[0], &listed[1], &listed[2]};
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.special_procedures = procedures;
    drafts.matter.special_procedure_count = 3;
    publish_next(&drafts, 2);
}

#define BEGIN(id, kind)                                                                                      \
    "{\"id\":\"%lld\",\"kind\":\"" kind                                                                      \
    "\",\"opinion\":\"需要\",\"notice\":\"告知书1号\",\"staff\":[\"a\",\"b\"]}",                             \
        (long long)(id)
#define BEGIN_UNTOLD(id, kind)                                                                               \
    "{\"id\":\"%lld\",\"kind\":\"" kind "\",\"opinion\":\"需要\",\"staff\":[\"a\",\"b\"]}", (long long)(id)
#define END(id, kind) "{\"id\":\"%lld\",\"kind\":\"" kind "\",\"opinion\":\"完毕\"}", (long long)(id)

static void test_unlisted_procedure_cannot_stop_the_clock(void)
{
    open_story();
    int64_t id = begun("accepted");
    REFUSED(GOVSVC_INVALID, "/kind", "listed", REVIEWER, "application.begin_special_procedure",
            BEGIN(id, "auction"));
    CLOCK(id, "decision", "running", "2026-03-30");
    close_story();
}

static void test_missing_written_notice_and_the_time_counts(void)
{
    open_story();
    publish_with_procedures();
    int64_t id = begun("accepted");
    at("2026-03-03 10:00");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN_UNTOLD(id, "hearing"));
    SAYS("\"state\":\"in_review\"");
    CLOCK(id, "decision", "running", "2026-03-30");
    at("2026-03-05 10:00"); /* told late: from now on it does not count */
    DONE(REVIEWER, "application.tell_special_procedure", BEGIN(id, "hearing"));
    SAYS("\"state\":\"special_procedure\"");
    CHECK_TEXT(clock_member(id, "decision", "state"), "paused");
    REFUSED(GOVSVC_INVALID, "/kind", "told", REVIEWER, "application.tell_special_procedure",
            BEGIN(id, "hearing"));
    at("2026-03-09 10:00");
    DONE(REVIEWER, "application.end_special_procedure", END(id, "hearing"));
    SAYS("\"state\":\"in_review\"");
    CLOCK(id, "decision", "running", "2026-04-01"); /* two working days: the 6th and the 9th */
    close_story();
}

static void test_two_overlapping_procedures_deduct_their_union(void)
{
    open_story();
    publish_with_procedures();
    int64_t id = begun("accepted");
    at("2026-03-03 10:00");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "hearing"));
    at("2026-03-05 10:00");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "test"));
    SAYS("\"holding\":2");
    at("2026-03-06 10:00");
    DONE(REVIEWER, "application.end_special_procedure", END(id, "hearing"));
    SAYS("\"state\":\"special_procedure\"");
    at("2026-03-10 10:00");
    DONE(REVIEWER, "application.end_special_procedure", END(id, "test"));
    SAYS("\"state\":\"in_review\"");
    CLOCK(id, "decision", "running",
          "2026-04-07"); /* the 4th to the 10th: five working days, not three and three */
    close_story();
}

static void test_over_its_own_limit_an_alert_and_the_main_clock_resumes(void)
{
    open_story();
    publish_with_procedures();
    int64_t id = begun("accepted");
    at("2026-03-03 10:00");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "expert_review"));
    CLOCK(id, "special_expert_review", "running", "2026-03-06");
    at("2026-03-12 10:00");
    tick();
    CLOCK(id, "special_expert_review", "lapsed", "2026-03-06");
    CLOCK(id, "decision", "running", "2026-04-02"); /* the 4th, 5th and 6th; no more */
    DONE(CENTRE_SUPERVISOR, "alert.find", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"rule\":\"application.special_overrun\"");
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"state\":\"in_review\"");
    SAYS("\"overrun\":true");
    DONE(REVIEWER, "application.end_special_procedure",
         END(id, "expert_review")); /* its result still comes */
    CLOCK(id, "decision", "running", "2026-04-02");
    close_story();
}

/* What ends beside one that holds takes nothing from it. */
static void test_an_untold_procedure_ends_while_another_holds(void)
{
    open_story();
    publish_with_procedures();
    int64_t id = begun("accepted");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "hearing"));
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN_UNTOLD(id, "test"));
    SAYS("\"state\":\"special_procedure\"");
    DONE(REVIEWER, "application.end_special_procedure", END(id, "test"));
    SAYS("\"state\":\"special_procedure\"");
    CHECK_TEXT(clock_member(id, "decision", "state"), "paused");
    DONE(REVIEWER, "application.end_special_procedure", END(id, "hearing"));
    CLOCK(id, "decision", "running", "2026-03-30");
    close_story();
}

/* ---- 34, 55: two or more --------------------------------------------------------------------------------- */

static void test_inspection_is_assigned_within_five_days_to_two_or_more(void)
{
    open_story();
    int64_t id = begun("accepted");
    CLOCK(id, "inspection", "running", "2026-03-09");
    static const char *const alone[] = {"[\"a\"]", "[\"a\",\"a\"]", "[]"};
    for (size_t i = 0; i < TEST_COUNT(alone); i++) {
        CHECK_INT(ASK(REVIEWER, "application.begin_special_procedure",
                      "{\"id\":\"%lld\",\"kind\":\"inspection\",\"opinion\":\"检验\",\"staff\":%s}",
                      (long long)id, alone[i]),
                  GOVSVC_INVALID);
        CHECK_TEXT(story_problem(s.as[REVIEWER])->rule, "two");
        CHECK_INT(ASK(REVIEWER, "application.inspect", "{\"id\":\"%lld\",\"opinion\":\"核查\",\"staff\":%s}",
                      (long long)id, alone[i]),
                  GOVSVC_INVALID);
    }
    at("2026-03-06 10:00");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "inspection"));
    CLOCK(id, "inspection", "met", "2026-03-09");
    close_story();
}

static void test_nobody_assigned_by_day_five_raises_an_alert(void)
{
    open_story();
    int64_t id = begun("accepted");
    at("2026-03-10 08:00");
    tick();
    DONE(CENTRE_SUPERVISOR, "alert.find", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"rule\":\"application.inspection.overdue\"");
    close_story();
}

/* ---- 47, 48: hearings ------------------------------------------------------------------------------------ */

#define HEARING_ON(id, day)                                                                                  \
    "{\"id\":\"%lld\",\"held_at\":\"" day                                                                    \
    "T10:00:00+08:00\",\"place\":\"第一会议室\",\"notice\":\"听证通知书1号\"}",                              \
        (long long)(id)
#define GRANT(id) "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)(id)

static void test_hearing_five_to_ask_twenty_to_hold_seven_before_it(void)
{
    open_story();
    publish_with_procedures();
    int64_t id = begun("in_review");
    STEP(REVIEWER, "offer_hearing", id);
    CLOCK(id, "hearing_request", "running", "2026-03-09");
    REFUSED(GOVSVC_STATE, "", "hearing_request", ORGAN_HEAD, "application.decide", GRANT(id));
    at("2026-03-09 18:00");
    STEP(APPLICANT, "request_hearing", id);
    CLOCK(id, "hearing_request", "met", "2026-03-09");
    CLOCK(id, "hearing", "running", "2026-04-07");
    REFUSED(GOVSVC_STATE, "", "hearing", ORGAN_HEAD, "application.decide", GRANT(id));
    at("2026-03-10 09:00");
    REFUSED(GOVSVC_INVALID, "/held_at", "hearing_notice", REVIEWER, "application.schedule_hearing",
            HEARING_ON(id, "2026-03-19"));
    REFUSED(GOVSVC_INVALID, "/held_at", "hearing_limit", REVIEWER, "application.schedule_hearing",
            HEARING_ON(id, "2026-04-08"));
    DONE(REVIEWER, "application.schedule_hearing", HEARING_ON(id, "2026-03-20"));
    at("2026-03-20 10:00");
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "hearing"));
    CLOCK(id, "hearing", "met", "2026-04-07");
    DONE(REVIEWER, "application.end_special_procedure", END(id, "hearing"));
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    close_story();
}

static void test_hearing_not_asked_for_in_time_lapses(void)
{
    open_story();
    int64_t id = begun("in_review");
    STEP(REVIEWER, "offer_hearing", id);
    at("2026-03-10 00:00"); /* nobody ticked: the law's own step comes first all the same */
    REFUSED(GOVSVC_INVALID, "", "hearing_request", APPLICANT, "application.request_hearing",
            "{\"id\":\"%lld\"}", (long long)id);
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    CLOCK(id, "hearing_request", "lapsed", "2026-03-09");
    close_story();
}

/* ---- 50: renewal ----------------------------------------------------------------------------------------- */

#define RENEW(day)                                                                                           \
    "{\"applicant_kind\":\"natural_person\",\"channel\":\"web\",\"matter\":\"" STORY_MATTER                  \
    "\",\"applicant_name\":\"张三丰\",\"applicant_id\":\"" STORY_CITIZEN                                     \
    "\",\"renews\":\"JY14501030000001\",\"expires_on\":\"" day "\",\"materials\":[{\"code\":\"M1\"}]}"

static int64_t renewal(const char *body)
{
    DONE(APPLICANT, "application.submit", body);
    int64_t id = said_id();
    STEP(ACCEPTOR, "receive", id);
    STEP(ACCEPTOR, "accept", id);
    return id;
}

static void test_renewal_in_time_and_undecided_is_granted_from_expiry(void)
{
    open_story();
    at("2026-03-02 09:00");
    int64_t id = renewal(RENEW("2026-04-01")); /* thirty days before */
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"in_time\":true");
    at("2026-04-01 23:59");
    tick();
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"state\":\"accepted\"");
    at("2026-04-02 00:00");
    tick();
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"state\":\"decided\"");
    SAYS("\"outcome\":\"granted\"");
    SAYS("\"decided_at\":\"2026-04-02T00:00:00+08:00\"");
    CLOCK(id, "renewal", "lapsed", "2026-04-01");
    close_story();
}

static void test_renewal_too_late_is_not_deemed_granted(void)
{
    open_story();
    at("2026-03-02 09:00");
    int64_t id = renewal(RENEW("2026-03-31")); /* twenty-nine days before */
    at("2026-04-02 00:00");
    tick();
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("\"in_time\":false");
    SAYS("\"state\":\"accepted\"");
    REFUSED(GOVSVC_INVALID, "/expires_on", "expired", APPLICANT, "application.submit", RENEW("2026-04-01"));
    close_story();
}

/* 45: what a hearing takes is not counted, even where it still goes on when the clock ends. */
static void test_what_is_decided_while_its_clock_stands_still_is_in_time(void)
{
    open_story();
    publish_with_procedures();
    at("2026-03-02 09:00");
    int64_t id = renewal(RENEW("2026-04-01"));
    at("2026-03-27 10:00"); /* the nineteenth of twenty days */
    DONE(REVIEWER, "application.begin_special_procedure", BEGIN(id, "hearing"));
    CLOCK(id, "decision", "paused", "2026-03-30");
    at("2026-04-02 00:00");
    tick();
    CLOCK(id, "decision", "met", "2026-04-03");
    CLOCK(id, "promised", "lapsed", "2026-03-16");
    close_story();
}

/* ---- at once, and promises ------------------------------------------------------------------------------- */

static void publish_at_once(void)
{
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.project_type = GOVSVC_PROJECT_AT_ONCE;
    publish_next(&drafts, 2);
}

static void test_what_is_handled_at_once_is_done_the_same_day(void)
{
    open_story();
    publish_at_once();
    at("2026-03-02 16:50");
    int64_t id = story_application(&s, "accepted");
    CLOCK(id, "promised", "running", "2026-03-02");
    REFUSED(GOVSVC_INVALID, "", "at_once", ORGAN_HEAD, "application.extend", EXTEND(id, 5));
    at("2026-03-03 00:00");
    tick();
    DONE(CENTRE_SUPERVISOR, "alert.find", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"rule\":\"application.promised.overdue\"");
    close_story();
}

static void test_promised_limit_never_exceeds_the_legal_one(void)
{
    story_drafts drafts;
    open_story();
    story_drafts_init(&drafts);
    drafts.matter.version = 2;
    drafts.matter.promised_amount = 21;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, NULL), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[ADMINISTRATOR])->rule, "promise");
    drafts.matter.promised_amount = GOVSVC_ABSENT;
    drafts.matter.promised_unit = 0;
    publish_next(&drafts, 2);
    int64_t id = begun("accepted");
    CLOCK(id, "promised", "running", "2026-03-30"); /* none is promised: the legal one */
    close_story();
}

/* ---- electronic supervision: a working day before, and at the breach -------------------------------------- */

static int alerts_of(int64_t id, const char *words)
{
    int count = 0;
    DONE(CENTRE_SUPERVISOR, "alert.find", "{\"subject\":\"%lld\"}", (long long)id);
    for (const char *found = said; (found = strstr(found, words)); found += strlen(words))
        count++;
    return count;
}

static void test_a_yellow_card_a_working_day_before_the_promise_and_a_red_one_at_its_breach(void)
{
    open_story();
    int64_t id = begun("accepted");
    DONE(REVIEWER, "application.inspect", "{\"id\":\"%lld\",\"opinion\":\"核查\",\"staff\":[\"a\",\"b\"]}",
         (long long)id);
    CLOCK(id, "promised", "running", "2026-03-16"); /* a Monday; the working day before is Friday, the 13th */
    at("2026-03-12 23:59");
    tick();
    CHECK_INT(alerts_of(id, "\"rule\""), 0);
    at("2026-03-13 00:00");
    tick();
    tick();
    CHECK_INT(alerts_of(id, "\"severity\":\"yellow\""), 1);
    CHECK_INT(alerts_of(id, "\"rule\":\"application.promised.due_soon\""), 1);
    at("2026-03-17 00:00");
    tick();
    tick();
    CHECK_INT(alerts_of(id, "\"severity\":\"red\""), 1);
    CHECK_INT(alerts_of(id, "\"rule\""), 2);
    at("2026-03-31 00:00");
    tick();
    CHECK_INT(alerts_of(id, "\"rule\":\"application.decision.overdue\""), 1);
    close_story();
}

static void test_what_was_decided_in_time_raises_nothing(void)
{
    open_story();
    int64_t id = begun("in_review");
    DONE(REVIEWER, "application.inspect", "{\"id\":\"%lld\",\"opinion\":\"核查\",\"staff\":[\"a\",\"b\"]}",
         (long long)id);
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    STEP(REVIEWER, "close", id);
    STEP(ACCEPTOR, "deliver", id);
    at("2026-06-01 09:00");
    tick();
    CHECK_INT(alerts_of(id, "\"rule\""), 0);
    close_story();
}

/* ---- 57: in the order of acceptance ----------------------------------------------------------------------- */

static void test_of_several_for_a_limited_number_the_first_accepted_comes_first(void)
{
    story_drafts drafts;
    open_story();
    story_drafts_init(&drafts);
    drafts.matter.quantity_limit = "全县共 3 个";
    publish_next(&drafts, 2);
    int64_t first = begun("in_review");
    at("2026-03-02 10:00");
    int64_t second = story_application(&s, "in_review");
    REFUSED(GOVSVC_INVALID, "/outcome", "turn", ORGAN_HEAD, "application.decide", GRANT(second));
    DONE(ORGAN_HEAD, "application.decide", GRANT(first));
    DONE(ORGAN_HEAD, "application.decide", GRANT(second));
    close_story();
}

/* ---- 43: a lower organ examines first --------------------------------------------------------------------- */

static void test_lower_level_review_has_twenty_days(void)
{
    static const struct {
        const char *code;
        int64_t kind;
        const char *organ;
    } rows[] = {{"受理", GOVSVC_STAGE_ACCEPT, NULL}, {"初审", GOVSVC_STAGE_REVIEW, STORY_OTHER_ORGAN},
                {"复审", GOVSVC_STAGE_REVIEW, NULL}, {"决定", GOVSVC_STAGE_DECIDE, NULL},
                {"办结", GOVSVC_STAGE_CLOSE, NULL},  {"送达", GOVSVC_STAGE_DELIVER, NULL}};
    govsvc_stage stages[TEST_COUNT(rows)];
    const govsvc_stage *list[TEST_COUNT(rows)];
    story_drafts drafts;
    open_story();
    story_drafts_init(&drafts);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        stages[i] = (govsvc_stage)GOVSVC_STAGE_INIT;
        stages[i].code = stages[i].name = rows[i].code;
        stages[i].kind = rows[i].kind;
        stages[i].organ = rows[i].organ;
        list[i] = &stages[i];
    }
    drafts.matter.stages = list;
    drafts.matter.stage_count = TEST_COUNT(rows);
    publish_next(&drafts, 2);
    int64_t id = begun("accepted");
    CLOCK(id, "preliminary", "running", "2026-03-30");
    at("2026-03-06 10:00");
    CHECK_INT(ask_as(s.outside[REVIEWER], "application.review", "{\"id\":\"%lld\",\"opinion\":\"初审合格\"}",
                     (long long)id),
              GOVSVC_OK);
    CLOCK(id, "preliminary", "met", "2026-03-30");
    close_story();
}

/* ---- 78, 79: bars ------------------------------------------------------------------------------------------ */

static void publish_safety(void)
{
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.safety = GOVSVC_YES;
    publish_next(&drafts, 2);
}

static govsvc_status try_again(const char *when)
{
    int64_t id;
    at(when);
    return story_submit(s.as[APPLICANT], NULL, &id);
}

static void test_false_materials_bar_for_a_year(void)
{
    open_story();
    publish_safety();
    int64_t id = begun("in_review");
    at("2026-03-05 10:00");
    REFUSED(GOVSVC_INVALID, "/false_materials", "refused", ORGAN_HEAD, "application.decide",
            "{\"id\":\"%lld\",\"outcome\":\"granted\",\"false_materials\":true}", (long long)id);
    DONE(ORGAN_HEAD, "application.decide",
         "{\"id\":\"%lld\",\"outcome\":\"refused\",\"false_materials\":true,\"opinion\":\"材料虚假\","
         "\"remedy\":\"六十日内可申请行政复议\"}",
         (long long)id);
    CHECK_INT(try_again("2027-03-04 23:59"), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->rule, "barred");
    CHECK_TEXT(story_problem(s.as[APPLICANT])->expected, "2027-03-05");
    CHECK_INT(try_again("2027-03-05 00:00"), GOVSVC_OK);
    close_story();
}

static void test_deceit_bars_for_three_years(void)
{
    open_story();
    publish_safety();
    int64_t id = begun("delivered");
    at("2028-02-29 10:00");
    DONE(ORGAN_HEAD, "application.annul",
         "{\"id\":\"%lld\",\"deceit\":true,\"opinion\":\"以欺骗手段取得\",\"remedy\":"
         "\"六十日内可申请行政复议\"}",
         (long long)id);
    SAYS("\"state\":\"annulled\"");
    CHECK_INT(try_again("2031-02-27 23:59"), GOVSVC_INVALID);
    CHECK_INT(try_again("2031-02-28 00:00"), GOVSVC_OK);
    close_story();
}

static void test_where_it_is_no_matter_of_safety_nobody_is_barred(void)
{
    open_story();
    int64_t id = begun("in_review");
    DONE(ORGAN_HEAD, "application.decide",
         "{\"id\":\"%lld\",\"outcome\":\"refused\",\"false_materials\":true,\"opinion\":\"材料虚假\","
         "\"remedy\":\"可申请行政复议\"}",
         (long long)id);
    CHECK_INT(try_again("2026-03-06 09:00"), GOVSVC_OK);
    close_story();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(test_no_notice_by_day_five_is_acceptance_as_of_receipt),
        TEST(test_a_correction_ends_the_examination_and_the_full_supply_starts_the_decision),
        TEST(test_decision_twenty_and_ten_by_the_head_before_expiry),
        TEST(test_no_extension_after_expiry),
        TEST(test_delivery_ten_from_the_decision),
        TEST(test_unlisted_procedure_cannot_stop_the_clock),
        TEST(test_missing_written_notice_and_the_time_counts),
        TEST(test_two_overlapping_procedures_deduct_their_union),
        TEST(test_over_its_own_limit_an_alert_and_the_main_clock_resumes),
        TEST(test_an_untold_procedure_ends_while_another_holds),
        TEST(test_inspection_is_assigned_within_five_days_to_two_or_more),
        TEST(test_nobody_assigned_by_day_five_raises_an_alert),
        TEST(test_hearing_five_to_ask_twenty_to_hold_seven_before_it),
        TEST(test_hearing_not_asked_for_in_time_lapses),
        TEST(test_renewal_in_time_and_undecided_is_granted_from_expiry),
        TEST(test_renewal_too_late_is_not_deemed_granted),
        TEST(test_what_is_decided_while_its_clock_stands_still_is_in_time),
        TEST(test_what_is_handled_at_once_is_done_the_same_day),
        TEST(test_promised_limit_never_exceeds_the_legal_one),
        TEST(test_a_yellow_card_a_working_day_before_the_promise_and_a_red_one_at_its_breach),
        TEST(test_what_was_decided_in_time_raises_nothing),
        TEST(test_of_several_for_a_limited_number_the_first_accepted_comes_first),
        TEST(test_lower_level_review_has_twenty_days),
        TEST(test_false_materials_bar_for_a_year),
        TEST(test_deceit_bars_for_three_years),
        TEST(test_where_it_is_no_matter_of_safety_nobody_is_barred),
    };
    return test_main(cases, TEST_COUNT(cases));
}
