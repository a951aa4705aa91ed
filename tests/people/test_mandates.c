/* tests/people/test_mandates.c - who acts for whom: only with a mandate in force, on record with both names, and
 * seeing no more than it says (measure 6); and one case through several channels (measure 8). */
#include "application/act.h"

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

/* Somebody at work for u-1001. */
static govsvc_session *acting(const char *agent, const char *role, int64_t channel, int64_t level)
{
    const char *roles[] = {role};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = agent;
    actor.principal = strcmp(role, "agent") == 0 ? "u-1001" : NULL;
    actor.roles = roles;
    actor.role_count = 1;
    actor.organ = STORY_ORGAN;
    actor.division = "450100";
    actor.channel = channel;
    actor.identity_level = level;
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

#define SUBMIT                                                                                               \
    "{\"applicant_kind\":\"natural_person\",\"channel\":\"assisted\",\"matter\":\"" STORY_MATTER             \
    "\",\"applicant_name\":\"张三丰\",\"applicant_id\":\"" STORY_CITIZEN                                     \
    "\",\"phone\":\"13800138000\",\"address\":\"民族大道1号\",\"form\":{\"area\":80,\"income\":9000},"  \
    "\"materials\":[{\"code\":\"M1\"}]}"
#define GRANT(agent, more) "{\"agent\":\"" agent "\",\"until_date\":\"2026-03-10\"" more "}"

static void test_without_a_mandate_in_force_every_write_on_behalf_fails(void)
{
    open_story();
    int64_t id = story_application(&s, "correcting");
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_ASSISTED, GOVSVC_ABSENT);
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE);
    CHECK_TEXT(story_problem(agent)->rule, "mandate");
    CHECK_TEXT(story_problem(agent)->expected, "u-1001");
    CHECK_INT(ask_as(agent, "application.get", "{\"id\":\"%lld\"}", (long long)id), GOVSVC_NOT_FOUND);
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ",\"actions\":[\"supply\"]"));
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE); /* not this step */
    CHECK_INT(ask_as(agent, "application.get", "{\"id\":\"%lld\"}", (long long)id), GOVSVC_OK);
    CHECK_INT(ask_as(agent, "application.supply", "{\"id\":\"%lld\",\"materials\":[{\"code\":\"M1\"}]}",
                     (long long)id),
              GOVSVC_OK);
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ",\"matters\":[\"11440232MB2D06811W4000117051999\"]"));
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE); /* not this matter */
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ",\"matters\":[\"" STORY_MATTER "\"]"));
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    SAYS("\"owner\":\"u-1001\"");
    govsvc_session_close(agent);
    close_story();
}

static void test_an_agent_who_names_no_principal_writes_nothing(void)
{
    open_story();
    govsvc_session *agent = story_session(s.gs, "u-1001", "agent", false, NULL);
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE);
    govsvc_session_close(agent);
    close_story();
}

static void test_every_event_shows_actor_and_principal(void)
{
    open_story();
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_ASSISTED, GOVSVC_ABSENT);
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ""));
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    int64_t id = said_id();
    DONE(APPLICANT, "journal.history", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"channel\":\"assisted\"");
    SAYS("\"actor\":\"a-7\"");
    SAYS("\"principal\":\"u-1001\"");
    govsvc_session_close(agent);
    close_story();
}

static void test_expiry_at_midnight_is_exact(void)
{
    open_story();
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_WEB, GOVSVC_ABSENT);
    DONE(APPLICANT, "mandate.grant",
         "{\"agent\":\"a-7\",\"from_date\":\"2026-03-04\",\"until_date\":\"2026-03-10\"}");
    at("2026-03-03 23:59");
    s.now += 59999;
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE);
    s.now += 1;
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    at("2026-03-10 23:59");
    s.now += 59999;
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    s.now += 1;
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE);
    govsvc_session_close(agent);
    close_story();
}

/* The clock goes on while a call runs: it is asked once, and what it said then decides. */
static int64_t running_clock(void *context)
{
    story *of = context;
    of->now += 1;
    return of->now;
}

static void test_a_mandate_that_ends_during_the_call(void)
{
    story_drafts drafts;
    govsvc_config config = story_config(&s, "sqlite::memory:");
    config.clock = running_clock;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_publish(&s);
    story_drafts_init(&drafts);
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_WEB, GOVSVC_ABSENT);
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ""));
    int done = 0, refused = 0;
    for (int64_t before = 1; before <= 8;
         before++) { /* milliseconds before midnight at which the call begins */
        at("2026-03-10 23:59");
        s.now += 60000 - before - 1;
        govsvc_status status = ask_as(agent, "application.submit", SUBMIT);
        CHECK(status == GOVSVC_OK || status == GOVSVC_NO_MANDATE);
        done += status == GOVSVC_OK;
        refused += status == GOVSVC_NO_MANDATE;
    }
    CHECK(done > 0);
    CHECK(refused > 0);
    CHECK_INT(story_rows(&s, "application"), done); /* what was refused is not there, what was done is */
    govsvc_session_close(agent);
    close_story();
}

static void test_the_principal_revokes_and_the_next_call_fails(void)
{
    open_story();
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_WEB, GOVSVC_ABSENT);
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ""));
    int64_t mandate = said_id();
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    CHECK_INT(ask_as(s.outside[APPLICANT], "mandate.revoke", "{\"id\":\"%lld\"}", (long long)mandate),
              GOVSVC_NOT_FOUND);
    CHECK_INT(ask_as(agent, "mandate.find", "{}"), GOVSVC_OK);
    SAYS("\"principal\":\"u-1001\"");
    DONE(APPLICANT, "mandate.revoke", "{\"id\":\"%lld\"}", (long long)mandate);
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_NO_MANDATE);
    govsvc_session_close(agent);
    close_story();
}

static void publish_with_level(int64_t level)
{
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.identity_level = level;
    publish_next(&drafts, 2);
}

static void test_remote_session_without_identity_proof_cannot_submit(void)
{
    open_story();
    publish_with_level(3);
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ""));
    int64_t levels[] = {GOVSVC_ABSENT, 2, 3};
    for (size_t i = 0; i < TEST_COUNT(levels); i++) {
        govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_ASSISTED, levels[i]);
        CHECK_INT(ask_as(agent, "application.submit", SUBMIT), levels[i] == 3 ? GOVSVC_OK : GOVSVC_DENIED);
        CHECK_TEXT(story_problem(agent)->rule, levels[i] == 3 ? "" : "identity_level");
        govsvc_session_close(agent);
    }
    close_story();
}

static void test_companion_sees_no_field_outside_scope(void)
{
    open_story();
    DONE(APPLICANT, "mandate.grant", GRANT("a-7", ",\"fields\":[\"applicant_name\",\"/form/area\"]"));
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_ASSISTED, GOVSVC_ABSENT);
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    int64_t id = said_id();
    CHECK_INT(ask_as(agent, "application.get", "{\"id\":\"%lld\"}", (long long)id), GOVSVC_OK);
    SAYS("张三丰");
    SAYS("\"area\":80");
    SAYS_NOT("income");
    SAYS_NOT("13800138000");
    SAYS_NOT("民族大道");
    SAYS_NOT(STORY_CITIZEN);
    DONE(APPLICANT, "application.get", "{\"id\":\"%lld\"}", (long long)id);
    SAYS("13800138000");
    SAYS("\"income\":9000");
    govsvc_session_close(agent);
    close_story();
}

static void test_a_clerk_grants_on_paper_only_with_the_paper(void)
{
    open_story();
    REFUSED(GOVSVC_INVALID, "/evidence", "required", WINDOW_CLERK, "mandate.grant",
            "{\"agent\":\"a-7\",\"principal\":\"u-1001\",\"until_date\":\"2026-03-10\"}");
    REFUSED(GOVSVC_INVALID, "/until_date", "order", APPLICANT, "mandate.grant",
            "{\"agent\":\"a-7\",\"from_date\":\"2026-03-11\",\"until_date\":\"2026-03-10\"}");
    REFUSED(GOVSVC_INVALID, "/agent", "self", APPLICANT, "mandate.grant", GRANT("u-1001", ""));
    REFUSED(GOVSVC_INVALID, "/actions/0", "exists", APPLICANT, "mandate.grant",
            GRANT("a-7", ",\"actions\":[\"fly\"]"));
    DONE(WINDOW_CLERK, "mandate.grant",
         "{\"agent\":\"a-7\",\"principal\":\"u-1001\",\"until_date\":\"2026-03-10\",\"evidence\":\"files/"
         "poa-1.pdf\"}");
    DONE(WINDOW_CLERK, "mandate.get", "{\"id\":\"%lld\"}", (long long)said_id());
    govsvc_session *agent = acting("a-7", "agent", GOVSVC_CHANNEL_WEB, GOVSVC_ABSENT);
    REFUSED(GOVSVC_DENIED, "", "role", REVIEWER, "mandate.grant", GRANT("a-8", ""));
    CHECK_INT(ask_as(agent, "application.submit", SUBMIT), GOVSVC_OK);
    govsvc_session_close(agent);
    close_story();
}

/* ---- measure 8 ------------------------------------------------------------------------------------------- */

static void test_one_case_through_three_channels_keeps_one_number_and_one_clock(void)
{
    open_story();
    char number[64] = "", again[64] = "";
    govsvc_session *web = acting("u-1001", "applicant", GOVSVC_CHANNEL_WEB, 3);
    govsvc_session *window = acting("clerk", "window_clerk", GOVSVC_CHANNEL_WINDOW, GOVSVC_ABSENT);
    govsvc_session *terminal = acting("u-1001", "applicant", GOVSVC_CHANNEL_TERMINAL, 3);
    CHECK_INT(ask_as(web, "application.submit",
                     "{\"applicant_kind\":\"natural_person\",\"channel\":\"web\",\"matter\":\"" STORY_MATTER
                     "\",\"applicant_name\":\"张三丰\",\"applicant_id\":\"" STORY_CITIZEN "\"}"),
              GOVSVC_OK);
    int64_t id = said_id();
    sscanf(strstr(said, "\"number\":\""), "\"number\":\"%63[^\"]", number);
    CHECK_INT(ask_as(window, "application.receive", "{\"id\":\"%lld\"}", (long long)id), GOVSVC_OK);
    CHECK_INT(ask_as(window, "application.request_correction",
                     "{\"id\":\"%lld\",\"items\":[{\"code\":\"M1\",\"requirement\":\"补交\"}]}",
                     (long long)id),
              GOVSVC_OK);
    CHECK_INT(ask_as(terminal, "application.supply", "{\"id\":\"%lld\",\"materials\":[{\"code\":\"M1\"}]}",
                     (long long)id),
              GOVSVC_OK);
    sscanf(strstr(said, "\"number\":\""), "\"number\":\"%63[^\"]", again);
    CHECK_TEXT(again, number);
    SAYS("\"channel\":\"web\"");
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {clock} WHERE kind = $1", "decision"), 1);
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {clock} WHERE kind = $1", "examination"), 1);
    DONE(ADMINISTRATOR, "journal.history", "{\"subject\":\"%lld\"}", (long long)id);
    SAYS("\"channel\":\"web\"");
    SAYS("\"channel\":\"window\"");
    SAYS("\"channel\":\"terminal\"");
    govsvc_session_close(web);
    govsvc_session_close(window);
    govsvc_session_close(terminal);
    close_story();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(test_without_a_mandate_in_force_every_write_on_behalf_fails),
        TEST(test_an_agent_who_names_no_principal_writes_nothing),
        TEST(test_every_event_shows_actor_and_principal),
        TEST(test_expiry_at_midnight_is_exact),
        TEST(test_a_mandate_that_ends_during_the_call),
        TEST(test_the_principal_revokes_and_the_next_call_fails),
        TEST(test_remote_session_without_identity_proof_cannot_submit),
        TEST(test_companion_sees_no_field_outside_scope),
        TEST(test_a_clerk_grants_on_paper_only_with_the_paper),
        TEST(test_one_case_through_three_channels_keeps_one_number_and_one_clock),
    };
    return test_main(cases, TEST_COUNT(cases));
}
