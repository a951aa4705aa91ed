/* tests/hardcase/test_hard_case.c - hard cases: what they must be about, their way, their limits, who may touch
 * them, and what keeps coming up. On SQLite, and on PostgreSQL where GOVSVC_TEST_POSTGRES names one. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/story.h"
#include "test.h"

static story s;
static govsvc_session *clerk, *centre, *head, *handler, *boss, *own;

static govsvc_session *officer(const char *role, const char *organ, const char *division)
{
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = role;
    actor.organ = organ;
    actor.division = division;
    actor.roles = &role;
    actor.role_count = 1;
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

/* Everybody but the organ complained of, which is the story's. */
static void begin(void)
{
    story_open(&s, story_store());
    clerk = officer("window_clerk", NULL, "450100");
    centre = officer("centre_supervisor", NULL, "450100");
    head = officer("government_head", NULL, "450103");
    handler = officer("handler", STORY_OTHER_ORGAN, "450103");
    boss = officer("organ_head", STORY_OTHER_ORGAN, "450103");
    own = s.as[APPLICANT];
}

static void end(void)
{
    govsvc_session *all[] = {clerk, centre, head, handler, boss};
    CHECK_INT(story_complaints(&s), 0);
    for (size_t i = 0; i < TEST_COUNT(all); i++)
        govsvc_session_close(all[i]);
    story_close(&s);
}

/* Calls; the answer is good until the next call. */
static const char *call(govsvc_session *session, govsvc_status want, const char *operation,
                        const char *format, ...)
{
    static const char *out;
    char in[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(in, sizeof in, format, arguments);
    va_end(arguments);
    govsvc_free(out);
    out = NULL;
    govsvc_status status = govsvc_call(session, operation, in, &out);
    CHECK_INT(status, want);
    if (status != want)
        fprintf(stderr, "%s %s: %s\n", operation, in, story_problem(session)->text_en);
    return out ? out : "";
}

static bool holds(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static int count(const char *text, const char *part)
{
    int found = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        found++;
    return found;
}

static long long id_in(const char *json)
{
    long long id = 0;
    CHECK(sscanf(json, "{\"id\":\"%lld", &id) == 1);
    return id;
}

#define TOLD "\"reporter_name\":\"王小明\",\"phone\":\"13900001111\",\"text\":\"跑了三趟都没办成\""
#define BARE "\"refused_what\":\"不收申请\",\"refused_where\":\"三楼五号窗口\""

static long long open_bare(govsvc_session *session)
{
    return id_in(call(session, GOVSVC_OK, "hard_case.open",
                      "{\"matter\":\"" STORY_MATTER "\"," BARE ",\"owner\":\"u-1001\"," TOLD "}"));
}

static void assign(long long id)
{
    call(clerk, GOVSVC_OK, "hard_case.assign",
         "{\"id\":\"%lld\",\"organ\":\"" STORY_OTHER_ORGAN "\",\"person\":\"li\"}", id);
}

static void reply(long long id, const char *cause)
{
    call(handler, GOVSVC_OK, "hard_case.resolve", "{\"id\":\"%lld\",\"cause\":\"%s\",\"reply\":\"已受理\"}",
         id, cause);
}

static int alerts(const char *rule)
{
    return count(call(s.as[AUDITOR], GOVSVC_OK, "alert.find", "{\"rule\":\"%s\"}", rule), "\"rule\":");
}

static void tick_at(const char *date, int hour)
{
    CHECK(govsvc_date_start(date, &s.now));
    s.now += hour * STORY_HOUR;
    call(s.as[SYSTEM], GOVSVC_OK, "tick", "{}");
}

/* ---- the link ------------------------------------------------------------------------------------------- */

static long long refused_application(void)
{
    long long id = story_application(&s, "in_review");
    call(s.as[ORGAN_HEAD], GOVSVC_OK, "application.decide",
         "{\"id\":\"%lld\",\"outcome\":\"refused\",\"opinion\":\"不符合条件\",\"remedy\":\"可申请行政复议\"}", id);
    return id;
}

static void refused_link(const char *members, const char *field, const char *rule)
{
    call(own, GOVSVC_INVALID, "hard_case.open", "{%s%s" TOLD "}", members, *members ? "," : "");
    CHECK_TEXT(story_problem(own)->field, field);
    CHECK_TEXT(story_problem(own)->rule, rule);
}

static void test_hard_case_without_link_is_refused(void)
{
    char members[200];
    story_trace before, after;
    begin();
    long long accepted = story_application(&s, "accepted"), granted = story_application(&s, "decided");
    story_look(&s, &before);
    refused_link("", "/application", "link");
    refused_link(BARE, "/application", "link"); /* of which matter? */
    refused_link("\"matter\":\"" STORY_MATTER "\"", "/refused_what", "link");
    refused_link("\"matter\":\"" STORY_MATTER "\",\"refused_what\":\"不收\"", "/refused_where", "link");
    refused_link("\"matter\":\"" STORY_ORGAN "4000117059000\"," BARE, "/matter", "exists");
    refused_link("\"application\":\"7\"", "/application", "exists");
    refused_link("\"application_number\":\"7\"", "/application_number", "exists");
    snprintf(members, sizeof members, "\"application\":\"%lld\"", accepted);
    refused_link(members, "/application", "link"); /* it goes its way, and in time */
    snprintf(members, sizeof members, "\"application\":\"%lld\"", granted);
    refused_link(members, "/application", "link");
    call(s.outside[APPLICANT], GOVSVC_INVALID, "hard_case.open", "{%s," TOLD "}", members);
    CHECK_TEXT(story_problem(s.outside[APPLICANT])->rule, "exists"); /* what others apply for is not told */
    refused_link("\"matter\":\"" STORY_MATTER "\",\"division\":\"310000\"," BARE, "/division", "scope");
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    CHECK_INT(story_rows(&s, "hard_case"), 0);
    end();
}

static void what_was_refused_is_a_link(void)
{
    begin();
    long long refused = refused_application(), correcting = story_application(&s, "correcting");
    const char *out = call(own, GOVSVC_OK, "hard_case.open", "{\"application\":\"%lld\"," TOLD "}", refused);
    CHECK(holds(out, "\"state\":\"registered\"") && holds(out, "\"organ\":\"" STORY_ORGAN "\""));
    CHECK(holds(out, "\"matter\":\"" STORY_MATTER "\"") && holds(out, "\"division\":\"450103\""));
    CHECK(holds(out, "\"number\":\"BBC45010320260302") && holds(out, "\"owner\":\"u-1001\""));
    CHECK(!holds(out, "王小明")); /* an answer is brief */
    call(own, GOVSVC_OK, "hard_case.open", "{\"application\":\"%lld\"," TOLD "}", correcting);
    open_bare(clerk);
    end();
}

static void what_is_overdue_is_a_link(void)
{
    char number[40] = "";
    begin();
    long long id = story_application(&s, "accepted");
    const char *at =
        strstr(call(own, GOVSVC_OK, "application.get", "{\"id\":\"%lld\"}", id), "\"number\":\"");
    CHECK(at && sscanf(at, "\"number\":\"%39[0-9A-Z]", number) == 1);
    CHECK(govsvc_date_start("2026-03-10", &s.now)); /* five working days to send somebody to inspect it */
    s.now -= 1;
    call(own, GOVSVC_INVALID, "hard_case.open", "{\"application_number\":\"%s\"," TOLD "}", number);
    s.now += 1;
    const char *out =
        call(own, GOVSVC_OK, "hard_case.open", "{\"application_number\":\"%s\"," TOLD "}", number);
    CHECK(holds(out, number));
    end();
}

/* ---- its way -------------------------------------------------------------------------------------------- */

static void it_is_assigned_answered_and_called_back(void)
{
    begin();
    long long id = open_bare(clerk);
    call(handler, GOVSVC_NOT_FOUND, "hard_case.get", "{\"id\":\"%lld\"}", id); /* not theirs yet */
    call(own, GOVSVC_DENIED, "hard_case.assign", "{\"id\":\"%lld\",\"organ\":\"" STORY_OTHER_ORGAN "\"}", id);
    assign(id);
    CHECK(holds(call(own, GOVSVC_OK, "hard_case.deadline", "{\"id\":\"%lld\"}", id),
                "\"due_date\":\"2026-03-09\""));
    call(handler, GOVSVC_INVALID, "hard_case.resolve", "{\"id\":\"%lld\",\"reply\":\"已受理\"}", id);
    CHECK_TEXT(story_problem(handler)->field, "/cause");
    call(handler, GOVSVC_INVALID, "hard_case.resolve",
         "{\"id\":\"%lld\",\"cause\":\"other\",\"reply\":\"x\",\"proposal_matter\":\"" STORY_MATTER "\"}",
         id);
    CHECK_TEXT(story_problem(handler)->field, "/proposal");
    const char *out = call(handler, GOVSVC_OK, "hard_case.resolve",
                           "{\"id\":\"%lld\",\"cause\":\"material_dispute\",\"reply\":\"已受理，李某跟进\","
                           "\"proposal\":\"删去租赁合同原件\"}",
                           id);
    CHECK(holds(out, "\"state\":\"resolved\"") && holds(out, "\"proposal_matter\":\"" STORY_MATTER "\""));
    call(handler, GOVSVC_DENIED, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":true}", id);
    CHECK(holds(call(clerk, GOVSVC_OK, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":true}", id),
                "\"state\":\"closed\""));
    call(clerk, GOVSVC_STATE, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":true}", id);
    out = call(own, GOVSVC_OK, "hard_case.get", "{\"id\":\"%lld\"}", id);
    CHECK(holds(out, "王小明") && holds(out, "已受理，李某跟进") && holds(out, "三楼五号窗口"));
    out = call(centre, GOVSVC_OK, "hard_case.get", "{\"id\":\"%lld\"}", id);
    CHECK(!holds(out, "王小明") && !holds(out, "李某") && !holds(out, "13900001111"));
    tick_at("2026-04-01", 9);
    out = call(s.as[ADMINISTRATOR], GOVSVC_OK, "journal.feed", "{\"limit\":1000}");
    CHECK(holds(out, "hard_case") && !holds(out, "王小明") && !holds(out, "李某") && !holds(out, "租赁合同"));
    CHECK_INT(alerts("hard_case.reply.overdue"), 0);
    CHECK_INT(alerts("hard_case.assignment.overdue"), 0);
    end();
}

static void what_cannot_be_done_names_the_law(void)
{
    begin();
    long long id = open_bare(own);
    assign(id);
    call(boss, GOVSVC_INVALID, "hard_case.explain",
         "{\"id\":\"%lld\",\"cause\":\"legal_gap\",\"reply\":\"尚无规定\"}", id);
    CHECK_TEXT(story_problem(boss)->field, "/basis");
    const char *out = call(boss, GOVSVC_OK, "hard_case.explain",
                           "{\"id\":\"%lld\",\"cause\":\"legal_gap\",\"reply\":\"尚无规定\","
                           "\"basis\":\"行政许可法 第四条\"}",
                           id);
    CHECK(holds(out, "\"state\":\"explained\"") && holds(out, "\"answer\":\"explained\""));
    CHECK(holds(call(own, GOVSVC_OK, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":true}", id),
                "\"state\":\"closed\""));
    end();
}

#define ORGANS "\"organs\":[\"" STORY_ORGAN "\",\"" STORY_OTHER_ORGAN "\"]"

static void it_is_escalated_and_met_about(void)
{
    begin();
    long long id = open_bare(clerk);
    call(centre, GOVSVC_STATE, "hard_case.escalate", "{\"id\":\"%lld\",\"opinion\":\"久拖不决\"}", id);
    assign(id);
    call(handler, GOVSVC_INVALID, "hard_case.escalate", "{\"id\":\"%lld\"}", id);
    CHECK(holds(
        call(handler, GOVSVC_OK, "hard_case.escalate", "{\"id\":\"%lld\",\"opinion\":\"两局意见不一\"}", id),
        "\"state\":\"escalated\""));
    call(handler, GOVSVC_DENIED, "hard_case.resolve",
         "{\"id\":\"%lld\",\"cause\":\"shirking\",\"reply\":\"x\"}", id);
    call(
        head, GOVSVC_INVALID, "hard_case.meet",
        "{\"id\":\"%lld\",\"held_at\":\"2026-03-02T15:00:00+08:00\",\"conclusion\":\"x\",\"organs\":[\"1\"]}",
        id);
    CHECK_INT(govsvc_problem_count(head), 3); /* no such organ, no joint meeting, not yet */
    s.now += 8 * STORY_HOUR;
    call(head, GOVSVC_OK, "hard_case.meet",
         "{\"id\":\"%lld\",\"held_at\":\"2026-03-02T15:00:00+08:00\",\"conclusion\":\"由某局牵头\"," ORGANS
         "}",
         id);
    CHECK(holds(
        call(head, GOVSVC_OK, "hard_case.meet",
             "{\"id\":\"%lld\",\"held_at\":\"2026-03-02T16:00:00+08:00\",\"conclusion\":\"定了\"," ORGANS "}",
             id),
        "\"state\":\"escalated\""));
    const char *out = call(own, GOVSVC_OK, "hard_case.get", "{\"id\":\"%lld\"}", id);
    CHECK_INT(count(out, "\"held_at\""), 2);
    CHECK(holds(out, "由某局牵头") && holds(out, "定了"));
    call(head, GOVSVC_OK, "hard_case.assign", "{\"id\":\"%lld\",\"organ\":\"" STORY_OTHER_ORGAN "\"}", id);
    reply(id, "shirking");
    out = call(own, GOVSVC_OK, "hard_case.deadline", "{\"id\":\"%lld\"}", id);
    CHECK_INT(count(out, "\"kind\":\"reply\""), 1); /* a second assignment gains no time */
    end();
}

static void the_organ_complained_of_neither_assigns_nor_closes(void)
{
    begin();
    govsvc_session *theirs[] = {officer("window_clerk", STORY_ORGAN, "450100"),
                                officer("centre_supervisor", STORY_ORGAN, "450100")};
    long long id = open_bare(clerk);
    for (size_t i = 0; i < TEST_COUNT(theirs); i++) {
        call(theirs[i], GOVSVC_DENIED, "hard_case.assign",
             "{\"id\":\"%lld\",\"organ\":\"" STORY_OTHER_ORGAN "\"}", id);
        CHECK_TEXT(story_problem(theirs[i])->rule, "complained_of");
    }
    call(clerk, GOVSVC_OK, "hard_case.assign", "{\"id\":\"%lld\",\"organ\":\"" STORY_ORGAN "\"}", id);
    call(s.as[HANDLER], GOVSVC_OK, "hard_case.resolve",
         "{\"id\":\"%lld\",\"cause\":\"shirking\",\"reply\":\"已办\"}", id); /* but it may put it right */
    for (size_t i = 0; i < TEST_COUNT(theirs); i++) {
        call(theirs[i], GOVSVC_DENIED, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":true}", id);
        CHECK_TEXT(story_problem(theirs[i])->rule, "complained_of");
        govsvc_session_close(theirs[i]);
    }
    call(centre, GOVSVC_OK, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":true}", id);
    end();
}

static void who_is_not_satisfied_is_heard_once_more(void)
{
    begin();
    long long id = open_bare(own);
    assign(id);
    reply(id, "other");
    call(own, GOVSVC_INVALID, "hard_case.confirm", "{\"id\":\"%lld\",\"satisfied\":false}", id);
    CHECK_TEXT(story_problem(own)->field, "/opinion");
    const char *out = call(own, GOVSVC_OK, "hard_case.confirm",
                           "{\"id\":\"%lld\",\"satisfied\":false,\"opinion\":\"还是没办\"}", id);
    CHECK(holds(out, "\"state\":\"registered\"") && holds(out, "\"reopened\":true"));
    CHECK(!holds(out, "\"assigned_organ\"") && !holds(out, "\"closed_at\""));
    CHECK_INT(alerts("hard_case.unsatisfied"), 0);
    assign(id);
    reply(id, "other");
    out = call(own, GOVSVC_OK, "hard_case.confirm",
               "{\"id\":\"%lld\",\"satisfied\":false,\"opinion\":\"还是没办\"}", id);
    CHECK(holds(out, "\"state\":\"closed\"") && holds(out, "\"satisfied\":false"));
    CHECK_INT(alerts("hard_case.unsatisfied"), 1);
    out = call(own, GOVSVC_OK, "hard_case.deadline", "{\"id\":\"%lld\"}", id);
    CHECK_INT(count(out, "\"kind\":\"assignment\""), 2);
    CHECK_INT(count(out, "\"state\":\"met\""), 4);
    end();
}

/* ---- limits --------------------------------------------------------------------------------------------- */

static void what_is_not_assigned_the_same_day_is_told(void)
{
    begin();
    open_bare(own);
    CHECK(govsvc_date_start("2026-03-03", &s.now));
    s.now -= 1;
    call(s.as[SYSTEM], GOVSVC_OK, "tick", "{}");
    CHECK_INT(alerts("hard_case.assignment.overdue"), 0);
    tick_at("2026-03-03", 0);
    tick_at("2026-03-04", 9);
    CHECK_INT(alerts("hard_case.assignment.overdue"), 1);
    end();
}

static void what_is_not_answered_in_five_working_days_is_told(void)
{
    begin();
    long long late = open_bare(own), prompt = open_bare(own);
    assign(late);
    assign(prompt);
    tick_at("2026-03-05", 23);
    CHECK_INT(alerts("hard_case.reply.due_soon"), 0);
    reply(prompt, "other");
    tick_at("2026-03-06", 9);
    CHECK_INT(alerts("hard_case.reply.due_soon"), 1);
    tick_at("2026-03-09", 23);
    CHECK_INT(alerts("hard_case.reply.overdue"), 0);
    tick_at("2026-03-10", 0);
    const char *out = call(handler, GOVSVC_OK, "alert.find", "{\"rule\":\"hard_case.reply.overdue\"}");
    CHECK_INT(count(out, "\"rule\":"), 1);
    CHECK(holds(out, "\"severity\":\"red\"") && holds(out, "2026-03-09"));
    end();
}

/* ---- lists ---------------------------------------------------------------------------------------------- */

static int found(govsvc_session *session, const char *query)
{
    return count(call(session, GOVSVC_OK, "hard_case.find", "%s", query), "\"number\":\"BBC");
}

static void lists_hold_what_their_reader_may_see(void)
{
    begin();
    govsvc_session *elsewhere = officer("centre_supervisor", NULL, "450300");
    long long first = open_bare(own);
    open_bare(own);
    open_bare(clerk);
    assign(first);
    CHECK_INT(found(own, "{}"), 3);
    CHECK_INT(found(s.outside[APPLICANT], "{}"), 0);
    CHECK_INT(found(handler, "{}"), 1);
    CHECK_INT(found(s.as[HANDLER], "{}"), 0); /* the organ complained of */
    CHECK_INT(found(centre, "{}"), 3);
    CHECK_INT(found(elsewhere, "{}"), 0);
    CHECK_INT(found(s.as[ADMINISTRATOR], "{}"), 3);
    CHECK_INT(found(centre, "{\"state\":\"registered\"}"), 2);
    CHECK_INT(found(centre, "{\"organ\":\"" STORY_ORGAN "\",\"matter\":\"" STORY_MATTER "\"}"), 3);
    CHECK_INT(found(centre, "{\"organ\":\"" STORY_OTHER_ORGAN "\"}"), 0);
    CHECK_INT(found(centre, "{\"division\":\"450300\"}"), 0);
    CHECK_INT(found(centre, "{\"cause\":\"shirking\"}"), 0);
    CHECK(!holds(call(own, GOVSVC_OK, "hard_case.find", "{}"), "王小明"));
    call(s.as[GRID_WORKER], GOVSVC_DENIED, "hard_case.find", "{}");
    govsvc_session_close(elsewhere);
    end();
}

static void pages_are_cut_by_key(void)
{
    enum { CASES = 25, LIMIT = 7 };
    char query[100] = "{\"limit\":7}", next[32];
    int seen = 0, pages = 0;
    begin();
    for (int i = 0; i < CASES; i++)
        open_bare(own);
    for (bool more = true; more && pages < CASES; pages++) {
        const char *out = call(own, GOVSVC_OK, "hard_case.find", "%s", query);
        const char *at = strstr(out, "\"next\":\"");
        seen += count(out, "\"number\":\"BBC");
        more = at && sscanf(at, "\"next\":\"%31[0-9]", next) == 1;
        snprintf(query, sizeof query, "{\"limit\":7,\"after\":\"%s\"}", next);
    }
    CHECK_INT(seen, CASES);
    CHECK_INT(pages, 4);
    end();
}

static void causes_are_counted(void)
{
    static const char *const causes[] = {"shirking", "shirking", "legal_gap", "shirking"};
    begin();
    for (size_t i = 0; i < TEST_COUNT(causes); i++) {
        long long id = open_bare(own);
        assign(id);
        if (i == 3)
            call(
                handler, GOVSVC_OK, "hard_case.explain",
                "{\"id\":\"%lld\",\"cause\":\"shirking\",\"reply\":\"x\",\"basis\":\"y\",\"proposal\":\"z\"}",
                id);
        else
            reply(id, causes[i]);
    }
    open_bare(own); /* not answered yet */
    const char *out = call(centre, GOVSVC_OK, "hard_case.causes", "{}");
    CHECK_INT(count(out, "\"matter\":\"" STORY_MATTER "\""), 2);
    CHECK(holds(out, "\"cause\":\"shirking\",\"cases\":3,\"resolved\":2,\"reopened\":0,\"proposals\":1"));
    CHECK(holds(out, "\"cause\":\"legal_gap\",\"cases\":1,\"resolved\":1,\"reopened\":0,\"proposals\":0"));
    out = call(centre, GOVSVC_OK, "hard_case.causes", "{\"least\":2}");
    CHECK(holds(out, "shirking") && !holds(out, "legal_gap"));
    CHECK(holds(call(boss, GOVSVC_OK, "hard_case.causes", "{\"least\":3}"), "\"cases\":3"));
    CHECK(!holds(call(s.as[ORGAN_HEAD], GOVSVC_OK, "hard_case.causes", "{}"), "cases"));
    CHECK(!holds(call(centre, GOVSVC_OK, "hard_case.causes", "{\"division\":\"450300\"}"), "cases"));
    CHECK(!holds(call(centre, GOVSVC_OK, "hard_case.causes", "{\"until\":\"2026-03-02T09:00:00+08:00\"}"),
                 "cases"));
    call(own, GOVSVC_DENIED, "hard_case.causes", "{}");
    end();
}

int main(void)
{
    static const test_case cases[] = {TEST(test_hard_case_without_link_is_refused),
                                      TEST(what_was_refused_is_a_link),
                                      TEST(what_is_overdue_is_a_link),
                                      TEST(it_is_assigned_answered_and_called_back),
                                      TEST(what_cannot_be_done_names_the_law),
                                      TEST(it_is_escalated_and_met_about),
                                      TEST(the_organ_complained_of_neither_assigns_nor_closes),
                                      TEST(who_is_not_satisfied_is_heard_once_more),
                                      TEST(what_is_not_assigned_the_same_day_is_told),
                                      TEST(what_is_not_answered_in_five_working_days_is_told),
                                      TEST(lists_hold_what_their_reader_may_see),
                                      TEST(pages_are_cut_by_key),
                                      TEST(causes_are_counted)};
    return test_main(cases, TEST_COUNT(cases));
}
