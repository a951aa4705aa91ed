/* tests/application/test_verbs.c - what may be done to an application beside its plain way: refused, accepted with
 * something still to come, reported by a department, corrected, prepared; and what may not. */
#include "act.h"

static void open_story(void)
{
    story_open(&s, story_store());
    at("2026-03-02 09:00");
}

static void close_story(void)
{
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

#define ID(id) "{\"id\":\"%lld\"}", (long long)(id)

/* ---- refusal ---------------------------------------------------------------------------------------------- */

static void test_every_refusal_without_reason_or_remedy_is_rejected(void)
{
    open_story();
    int64_t received = story_application(&s, "received"), review = story_application(&s, "in_review");
    REFUSED(GOVSVC_INVALID, "/opinion", "required", ACCEPTOR, "application.refuse",
            "{\"id\":\"%lld\",\"remedy\":\"可申请行政复议\"}", (long long)received);
    REFUSED(GOVSVC_INVALID, "/remedy", "required", ACCEPTOR, "application.refuse",
            "{\"id\":\"%lld\",\"opinion\":\"不属于本机关职权\"}", (long long)received);
    REFUSED(GOVSVC_INVALID, "/opinion", "required", ACCEPTOR, "application.refuse",
            "{\"id\":\"%lld\",\"opinion\":\"  \",\"remedy\":\"可申请行政复议\"}", (long long)received);
    REFUSED(GOVSVC_INVALID, "/opinion", "required", ORGAN_HEAD, "application.decide",
            "{\"id\":\"%lld\",\"outcome\":\"refused\",\"remedy\":\"可申请行政复议\"}", (long long)review);
    REFUSED(GOVSVC_INVALID, "/remedy", "required", ORGAN_HEAD, "application.decide",
            "{\"id\":\"%lld\",\"outcome\":\"partly\",\"opinion\":\"部分不符合条件\"}", (long long)review);
    DONE(ACCEPTOR, "application.refuse",
         "{\"id\":\"%lld\",\"opinion\":\"不属于本机关职权\",\"remedy\":\"向县住建局申请\"}",
         (long long)received);
    SAYS("\"state\":\"not_accepted\"");
    SAYS("\"remedy\":\"向县住建局申请\"");
    CLOCK(received, "examination", "met", "2026-03-09");
    REFUSED(GOVSVC_STATE, "", "state", ACCEPTOR, "application.accept", ID(received));
    close_story();
}

/* ---- conditional acceptance --------------------------------------------------------------------------------- */

static void publish_with_later(void)
{
    static const govsvc_material needed = {sizeof needed, GOVSVC_NEED_REQUIRED, .copies = GOVSVC_ABSENT,
                                           .code = "M1", .name = "申请书"};
    static const govsvc_material later = {sizeof later, GOVSVC_NEED_LATER, .copies = GOVSVC_ABSENT,
                                          .code = "M2", .name = "平面图"};
    static const govsvc_material *const materials[] = {&needed, &later};
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.materials = materials;
    drafts.matter.material_count = 2;
    publish_next(&drafts, 2);
}

#define LACKING(id, code, day)                                                                               \
    "{\"id\":\"%lld\",\"due_date\":\"" day "\",\"items\":[{\"code\":\"" code                                 \
    "\",\"requirement\":\"补交\"}]}",                                                                        \
        (long long)(id)

static void test_conditional_acceptance_is_decided_when_everything_is_there(void)
{
    open_story();
    publish_with_later();
    int64_t id = story_application(&s, "received");
    REFUSED(GOVSVC_INVALID, "/items/0/code", "later", ACCEPTOR, "application.accept_conditionally",
            LACKING(id, "M1", "2026-03-06"));
    REFUSED(GOVSVC_INVALID, "/due_date", "order", ACCEPTOR, "application.accept_conditionally",
            LACKING(id, "M2", "2026-03-01"));
    DONE(ACCEPTOR, "application.accept_conditionally", LACKING(id, "M2", "2026-03-06"));
    SAYS("\"state\":\"accepted\"");
    SAYS("\"conditional\":true");
    CLOCK(id, "completion", "running", "2026-03-06");
    CLOCK(id, "decision", "running", "2026-03-30"); /* it does not stop for that */
    STEP(REVIEWER, "review", id);
    REFUSED(GOVSVC_INVALID, "/outcome", "outstanding", ORGAN_HEAD, "application.decide",
            "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)id);
    at("2026-03-07 08:00");
    tick();
    DONE(CENTRE_SUPERVISOR, "alert.find", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"rule\":\"application.completion.overdue\"");
    REFUSED(GOVSVC_INVALID, "/materials", "complete", APPLICANT, "application.complete",
            "{\"id\":\"%lld\",\"materials\":[{\"code\":\"M1\"}]}", (long long)id);
    DONE(APPLICANT, "application.complete", "{\"id\":\"%lld\",\"materials\":[{\"code\":\"M2\"}]}",
         (long long)id);
    REFUSED(GOVSVC_INVALID, "", "outstanding", APPLICANT, "application.complete",
            "{\"id\":\"%lld\",\"materials\":[{\"code\":\"M2\"}]}", (long long)id);
    DONE(ORGAN_HEAD, "application.decide", "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)id);
    close_story();
}

/* ---- who is competent ------------------------------------------------------------------------------------ */

/* A clerk of the hall, which is an organ of its own. */
static govsvc_session *hall_clerk(const char *division, const char *role)
{
    const char *roles[] = {role};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = "clerk-of-the-hall";
    actor.organ = STORY_OTHER_ORGAN;
    actor.division = division;
    actor.roles = roles;
    actor.role_count = 1;
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

static void test_window_clerk_receives_for_another_organ_but_cannot_decide(void)
{
    open_story();
    govsvc_session *clerk = hall_clerk("450100", "window_clerk");
    int64_t id = story_application(&s, "submitted");
    CHECK_INT(ask_as(clerk, "application.receive", ID(id)), GOVSVC_OK);
    SAYS("\"organ\":\"" STORY_ORGAN "\"");
    CHECK_INT(ask_as(clerk, "application.accept", ID(id)), GOVSVC_OK);
    STEP(REVIEWER, "review", id);
    CHECK_INT(ask_as(clerk, "application.decide", "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)id),
              GOVSVC_NOT_COMPETENT);
    CHECK_TEXT(story_problem(clerk)->rule, "competent");
    CHECK_TEXT(story_problem(clerk)->expected, STORY_ORGAN);
    govsvc_session_close(clerk);
    close_story();
}

#define SUBMIT_AT_WINDOW                                                                                     \
    "{\"applicant_kind\":\"natural_person\",\"channel\":\"window\",\"matter\":\"" STORY_MATTER               \
    "\",\"owner\":\"u-1001\",\"applicant_name\":\"张三丰\",\"applicant_id\":\"" STORY_CITIZEN                \
    "\",\"materials\":[{\"code\":\"M1\"}]}"

/* A counter that several bodies share takes in what may be applied for from there, and goes on seeing it. */
static void test_a_shared_counter_takes_in_what_its_scope_allows(void)
{
    story_drafts drafts;
    open_story();
    govsvc_session *clerk = hall_clerk("450200", "window_clerk"); /* another prefecture */
    CHECK_INT(ask_as(clerk, "application.submit", SUBMIT_AT_WINDOW), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(clerk)->rule, "reception");
    story_drafts_init(&drafts);
    drafts.matter.scope = GOVSVC_SCOPE_REGION;
    publish_next(&drafts, 2);
    CHECK_INT(ask_as(clerk, "application.submit", SUBMIT_AT_WINDOW), GOVSVC_OK);
    int64_t id = said_id();
    SAYS("\"reception\":\"450200\"");
    SAYS("\"division\":\"450103\"");
    CHECK_INT(ask_as(clerk, "application.receive", ID(id)), GOVSVC_OK);
    govsvc_session_close(clerk);
    clerk = hall_clerk("450300", "window_clerk");
    CHECK_INT(ask_as(clerk, "application.get", ID(id)), GOVSVC_NOT_FOUND);
    govsvc_session_close(clerk);
    close_story();
}

/* ---- reports ----------------------------------------------------------------------------------------------- */

#define REPORT(id, key, when, action, step)                                                                  \
    "{\"id\":\"%lld\",\"request_key\":\"" key "\",\"external_number\":\"GA-2026-7\",\"occurred_at\":\"" when \
    "+08:00\",\"action\":\"" action "\",\"step\":" step "}",                                                 \
        (long long)(id)

static void test_a_department_reports_its_steps_once_with_their_own_time(void)
{
    open_story();
    int64_t id = story_application(&s, "received");
    at("2026-03-06 15:00");
    DONE(ACCEPTOR, "application.report",
         REPORT(id, "E-1", "2026-03-04T10:00:00", "accept", "{\"opinion\":\"齐全\"}"));
    SAYS("\"state\":\"accepted\"");
    SAYS("\"accepted_at\":\"2026-03-04T10:00:00+08:00\"");
    SAYS("\"external_number\":\"GA-2026-7\"");
    CLOCK(id, "decision", "running", "2026-04-01");
    story_trace before, after;
    story_look(&s, &before);
    DONE(ACCEPTOR, "application.report",
         REPORT(id, "E-1", "2026-03-04T10:00:00", "accept", "{\"opinion\":\"齐全\"}"));
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    REFUSED(GOVSVC_KEY_REUSED, "/request_key", "request_key", ACCEPTOR, "application.report",
            REPORT(id, "E-1", "2026-03-05T10:00:00", "accept", "{\"opinion\":\"齐全\"}"));
    DONE(REVIEWER, "application.report", REPORT(id, "E-2", "2026-03-05T09:00:00", "review", "{}"));
    DONE(ACCEPTOR, "journal.history", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"occurred_at\":\"2026-03-05T09:00:00+08:00\",\"recorded_at\":\"2026-03-06T15:00:00+08:00\"");
    close_story();
}

static void test_a_forged_time_of_occurrence_is_refused(void)
{
    open_story();
    int64_t id = story_application(&s, "received");
    at("2026-03-06 15:00");
    REFUSED(GOVSVC_INVALID, "/occurred_at", "future", ACCEPTOR, "application.report",
            REPORT(id, "E-1", "2026-03-06T15:00:01", "accept", "{}"));
    REFUSED(GOVSVC_INVALID, "/occurred_at", "order", ACCEPTOR, "application.report",
            REPORT(id, "E-1", "2026-03-02T08:59:59", "accept", "{}"));
    REFUSED(GOVSVC_INVALID, "/action", "exists", ACCEPTOR, "application.report",
            REPORT(id, "E-1", "2026-03-06T10:00:00", "deem_accepted", "{}"));
    REFUSED(GOVSVC_INVALID, "/action", "exists", ACCEPTOR, "application.report",
            REPORT(id, "E-1", "2026-03-06T10:00:00", "no_such_step", "{}"));
    REFUSED(GOVSVC_DENIED, "", "role", REVIEWER, "application.report",
            REPORT(id, "E-1", "2026-03-06T10:00:00", "accept", "{}"));
    at("2026-03-12 10:00"); /* the law did its part at the end of the 9th; what is said now comes too late */
    REFUSED(GOVSVC_INVALID, "/occurred_at", "order", ACCEPTOR, "application.report",
            "{\"id\":\"%lld\",\"request_key\":\"E-1\",\"occurred_at\":\"2026-03-01T10:00:00+08:00\","
            "\"action\":\"accept\"}",
            (long long)id);
    tick();
    REFUSED(GOVSVC_INVALID, "/occurred_at", "order", ACCEPTOR, "application.report",
            REPORT(id, "E-1", "2026-03-05T10:00:00", "accept", "{}"));
    close_story();
}

static void test_a_report_that_says_too_late_that_it_was_in_time_is_looked_at(void)
{
    open_story();
    int64_t id = story_application(&s, "in_review");
    at("2026-04-02 10:00"); /* the decision was due on 30 March */
    DONE(ORGAN_HEAD, "application.report",
         REPORT(id, "E-9", "2026-03-27T10:00:00", "decide", "{\"outcome\":\"granted\"}"));
    SAYS("\"decided_at\":\"2026-03-27T10:00:00+08:00\"");
    DONE(CENTRE_SUPERVISOR, "alert.find", "{\"subject\":\"%lld\",\"rule\":\"application.reported_late\"}",
         (long long)id);
    SAYS("\"severity\":\"warning\"");
    close_story();
}

/* ---- correction of a record -------------------------------------------------------------------------------- */

static void test_a_record_is_corrected_with_its_reason_and_keeps_what_it_was(void)
{
    open_story();
    int64_t id = story_application(&s, "delivered");
    REFUSED(GOVSVC_INVALID, "/opinion", "required", REVIEWER, "application.correct",
            "{\"id\":\"%lld\",\"applicant_name\":\"阿依夏木·买买提江\"}", (long long)id);
    REFUSED(GOVSVC_INVALID, "/applicant_id", "check_character", REVIEWER, "application.correct",
            "{\"id\":\"%lld\",\"applicant_id\":\"110105194912310021\",\"opinion\":\"笔误\"}", (long long)id);
    DONE(REVIEWER, "application.correct",
         "{\"id\":\"%lld\",\"applicant_name\":\"阿依夏木·买买提江\",\"opinion\":\"姓名漏字，据身份证\"}",
         (long long)id);
    DONE(APPLICANT, "application.get", ID(id));
    SAYS("\"applicant_name\":\"阿依夏木·买买提江\"");
    SAYS("\"phone\":\"13800138000\"");
    DONE(APPLICANT, "journal.history", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"action\":\"correct\"");
    SAYS("姓名漏字，据身份证");
    close_story();
}

/* ---- a power that is cancelled (measure 11) ------------------------------------------------------------------ */

static void test_cancelled_power_takes_no_new_application_and_old_ones_end_by_rule(void)
{
    open_story();
    int64_t goes_on = story_application(&s, "in_review"), ends = story_application(&s, "accepted"), id;
    at("2026-03-04 09:00");
    DONE(ADMINISTRATOR, "matter.repeal", "{\"id\":\"%lld\",\"opinion\":\"事项取消\"}", (long long)s.matter);
    CHECK_INT(story_submit(s.as[APPLICANT], NULL, &id), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->field, "/matter");
    DONE(ORGAN_HEAD, "application.decide", "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)goes_on);
    DONE(ACCEPTOR, "application.terminate",
         "{\"id\":\"%lld\",\"kind\":\"cancelled_power\",\"opinion\":\"事项已取消，不再需要许可\"}",
         (long long)ends);
    SAYS("\"state\":\"terminated\"");
    CLOCK(ends, "decision", "void", "2026-03-30");
    close_story();
}

/* ---- prepare ------------------------------------------------------------------------------------------------ */

static void publish_with_form(int64_t version)
{
    static const govsvc_form_field area = {
        sizeof area,    .type = GOVSVC_FIELD_INTEGER, .required = GOVSVC_YES, .least = 1,
        .most = 500,    .length = GOVSVC_ABSENT,      .level = GOVSVC_ABSENT, .name = "area",
        .label = "面积"};
    static const govsvc_form_field use = {sizeof use,
                                          .type = GOVSVC_FIELD_TEXT,
                                          .required = GOVSVC_YES,
                                          .least = GOVSVC_ABSENT,
                                          .most = GOVSVC_ABSENT,
                                          .length = GOVSVC_ABSENT,
                                          .level = GOVSVC_ABSENT,
                                          .name = "use",
                                          .label = "用途"};
    static const govsvc_form_field *const fields[] = {&area, &use};
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.fields = fields;
    drafts.matter.field_count = 2;
    publish_next(&drafts, version);
}

#define SUBMIT(owner, area)                                                                                  \
    "{\"applicant_kind\":\"natural_person\",\"channel\":\"web\",\"matter\":\"" STORY_MATTER                  \
    "\",\"owner\":\"" owner "\",\"applicant_name\":\"张三丰\",\"applicant_id\":\"" STORY_CITIZEN             \
    "\",\"phone\":\"13800138000\",\"form\":{\"area\":" area                                                  \
    "},\"materials\":[{\"code\":\"M1\",\"name\":\"申请书.pdf\","                                          \
    "\"digest\":\"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0\"}]}"

static void test_prepare_fills_in_what_is_known_each_value_with_its_source(void)
{
    open_story();
    publish_with_form(2);
    DONE(APPLICANT, "application.prepare", "{\"code\":\"" STORY_MATTER "\"}");
    SAYS("\"form\":{}");
    SAYS("\"missing\":[\"area\",\"use\"]");
    DONE(APPLICANT, "application.submit", SUBMIT("u-1001", "80"));
    char number[40] = "";
    sscanf(strstr(said, "\"number\":\""), "\"number\":\"%39[^\"]", number);
    DONE(APPLICANT, "application.prepare", "{\"code\":\"" STORY_MATTER "\"}");
    SAYS("\"form\":{\"area\":80}");
    SAYS("\"phone\":\"13800138000\"");
    SAYS("\"field\":\"/form/area\"");
    SAYS("\"missing\":[\"use\"]");
    SAYS(number);
    SAYS("\"materials\":[{\"known_at\"");
    DONE(APPLICANT, "application.submit", SUBMIT("u-1001", "90")); /* the newest counts */
    DONE(APPLICANT, "application.prepare", "{\"code\":\"" STORY_MATTER "\"}");
    SAYS("\"form\":{\"area\":90}");
    close_story();
}

static void test_prepare_shows_nobody_what_is_not_theirs(void)
{
    open_story();
    publish_with_form(2);
    DONE(APPLICANT, "application.submit", SUBMIT("u-1001", "80"));
    CHECK_INT(ask_as(s.outside[APPLICANT], "application.prepare",
                     "{\"code\":\"" STORY_MATTER "\",\"owner\":\"u-1001\"}"),
              GOVSVC_OK);
    SAYS_NOT("13800138000");
    DONE(WINDOW_CLERK, "application.prepare", "{\"code\":\"" STORY_MATTER "\",\"owner\":\"u-1001\"}");
    SAYS_NOT("13800138000"); /* no purpose was stated */
    REFUSED(GOVSVC_INVALID, "/owner", "required", WINDOW_CLERK, "application.prepare",
            "{\"code\":\"" STORY_MATTER "\"}");
    REFUSED(GOVSVC_DENIED, "", "role", REVIEWER, "application.prepare",
            "{\"code\":\"" STORY_MATTER "\",\"owner\":\"u-1001\"}");
    govsvc_session *clerk = story_session(s.gs, "clerk", "window_clerk", false, "帮办预填");
    CHECK_INT(ask_as(clerk, "application.prepare", "{\"code\":\"" STORY_MATTER "\",\"owner\":\"u-1001\"}"),
              GOVSVC_OK);
    SAYS("13800138000");
    tick(); /* on a server it gives the positions */
    CHECK_INT(ask_as(s.as[AUDITOR], "journal.feed", "{\"limit\":1000}"), GOVSVC_OK);
    SAYS("\"purpose\":\"帮办预填\"");
    govsvc_session_close(clerk);
    close_story();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(test_every_refusal_without_reason_or_remedy_is_rejected),
        TEST(test_conditional_acceptance_is_decided_when_everything_is_there),
        TEST(test_window_clerk_receives_for_another_organ_but_cannot_decide),
        TEST(test_a_shared_counter_takes_in_what_its_scope_allows),
        TEST(test_a_department_reports_its_steps_once_with_their_own_time),
        TEST(test_a_forged_time_of_occurrence_is_refused),
        TEST(test_a_report_that_says_too_late_that_it_was_in_time_is_looked_at),
        TEST(test_a_record_is_corrected_with_its_reason_and_keeps_what_it_was),
        TEST(test_cancelled_power_takes_no_new_application_and_old_ones_end_by_rule),
        TEST(test_prepare_fills_in_what_is_known_each_value_with_its_source),
        TEST(test_prepare_shows_nobody_what_is_not_theirs),
    };
    return test_main(cases, TEST_COUNT(cases));
}
