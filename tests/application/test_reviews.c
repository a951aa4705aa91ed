/* tests/application/test_reviews.c - reviews by stages, whose they are, and what waits for whom. */
#include "act.h"

static govsvc_stage stages[6];
static const govsvc_stage *listed[6];

static govsvc_stage *add_stage(story_drafts *d, const char *code, int64_t kind, const char *post)
{
    govsvc_stage *made = &stages[d->matter.stage_count];
    *made = (govsvc_stage)GOVSVC_STAGE_INIT;
    made->code = made->name = code;
    made->kind = kind;
    made->post = post;
    listed[d->matter.stage_count++] = made;
    d->matter.stages = listed;
    return made;
}

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

/* A confirmation whose stages of review the test sets; a licence would need the others too. */
static void begin_matter(story_drafts *d)
{
    open_story();
    story_drafts_init(d);
    d->matter.type = GOVSVC_MATTER_CONFIRMATION;
}

static govsvc_session *reviewer(const char *id, const char *post, const char *organ)
{
    const char *roles[] = {"reviewer"}, *posts[] = {post};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = id;
    actor.organ = organ;
    actor.roles = roles;
    actor.role_count = 1;
    actor.posts = posts;
    actor.post_count = post ? 1 : 0;
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

#define ID(id) "{\"id\":\"%lld\"}", (long long)(id)
#define GRANT(id) "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)(id)
#define SAY(id, verdict) "{\"id\":\"%lld\",\"verdict\":\"" verdict "\",\"opinion\":\"已核\"}", (long long)(id)

/* Behind what the list says of the application itself. */
static const char *first_review(void)
{
    const char *list = strstr(said, "\"reviews\":[");
    return list ? strstr(list, "{\"id\":\"") : NULL;
}

/* The identifier of the open review of a stage; the n-th one. */
static long long review_of(int64_t id, const char *stage, int nth)
{
    char name[80];
    CHECK_INT(ASK(ADMINISTRATOR, "application.reviews", ID(id)), GOVSVC_OK);
    snprintf(name, sizeof name, "\"stage\":\"%s\"", stage);
    for (const char *found = first_review(); found; found = strstr(found + 1, "{\"id\":\"")) {
        const char *end = strstr(found, "}"), *of = strstr(found, name),
                   *open = strstr(found, "\"state\":\"open\"");
        if (of && of < end && open && open < end && nth-- == 0)
            return atoll(found + 7);
    }
    CHECK(!"no such review");
    return 0;
}

static int open_reviews(int64_t id, const char *stage)
{
    int count = 0;
    char name[120];
    CHECK_INT(ASK(ADMINISTRATOR, "application.reviews", ID(id)), GOVSVC_OK);
    snprintf(name, sizeof name, "\"stage\":\"%s\"", stage);
    for (const char *found = first_review(); found; found = strstr(found + 1, "{\"id\":\"")) {
        const char *end = strstr(found, "}"), *of = strstr(found, name),
                   *open = strstr(found, "\"state\":\"open\"");
        count += of && of < end && open && open < end;
    }
    return count;
}

/* ---- in order -------------------------------------------------------------------------------------------- */

static void test_stages_in_order_and_the_decision_after_all(void)
{
    story_drafts d;
    begin_matter(&d);
    add_stage(&d, "初审", GOVSVC_STAGE_REVIEW, "初审岗");
    add_stage(&d, "复核", GOVSVC_STAGE_REVIEW, "复核岗");
    publish_next(&d, 2);
    int64_t id = story_application(&s, "accepted");
    govsvc_session *first = reviewer("r-1", "初审岗", STORY_ORGAN),
                   *second = reviewer("r-2", "复核岗", STORY_ORGAN);
    CHECK_INT(open_reviews(id, "初审"), 1);
    CHECK_INT(open_reviews(id, "复核"), 0);
    CHECK_INT(ask_as(second, "application.review", SAY(id, "agree")), GOVSVC_INVALID); /* not theirs yet */
    CHECK_INT(ask_as(second, "application.review", "{\"id\":\"%lld\",\"review\":\"%lld\"}", (long long)id,
                     review_of(id, "初审", 0)),
              GOVSVC_DENIED); /* another post's */
    CHECK_TEXT(story_problem(second)->rule, "post");
    CHECK_INT(ask_as(first, "application.review", SAY(id, "oppose")), GOVSVC_OK);
    REFUSED(GOVSVC_STATE, "", "reviews", ORGAN_HEAD, "application.decide", GRANT(id));
    CHECK_INT(open_reviews(id, "复核"), 1); /* who opposes does not end it: the head decides */
    CHECK_INT(ask_as(second, "application.review", SAY(id, "agree")), GOVSVC_OK);
    SAYS("\"waits\":\"decide\"");
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    govsvc_session_close(first);
    govsvc_session_close(second);
    close_story();
}

/* ---- one, all, a share ------------------------------------------------------------------------------------- */

static int64_t begin_with(int64_t passes, int64_t share, int64_t reviewers)
{
    story_drafts d;
    begin_matter(&d);
    govsvc_stage *stage = add_stage(&d, "会审", GOVSVC_STAGE_REVIEW, NULL);
    stage->passes = passes;
    stage->share = share;
    stage->reviewers = reviewers;
    publish_next(&d, 2);
    return story_application(&s, "accepted");
}

static void test_one_of_several_decides(void)
{
    int64_t id = begin_with(GOVSVC_PASSES_ONE, GOVSVC_ABSENT, 3);
    CHECK_INT(open_reviews(id, "会审"), 3);
    DONE(REVIEWER, "application.review", SAY(id, "agree"));
    CHECK_INT(open_reviews(id, "会审"), 0);
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    close_story();
}

static void test_every_one_must_agree(void)
{
    int64_t id = begin_with(GOVSVC_PASSES_ALL, GOVSVC_ABSENT, 2);
    govsvc_session *other = reviewer("r-2", NULL, STORY_ORGAN);
    DONE(REVIEWER, "application.review", SAY(id, "agree"));
    REFUSED(GOVSVC_INVALID, "/review", "twice", REVIEWER, "application.review", SAY(id, "agree"));
    REFUSED(GOVSVC_STATE, "", "reviews", ORGAN_HEAD, "application.decide", GRANT(id));
    CHECK_INT(ask_as(other, "application.review", SAY(id, "agree")), GOVSVC_OK);
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    govsvc_session_close(other);
    close_story();
}

static void test_a_share_that_cannot_be_reached_any_more_ends_it(void)
{
    int64_t id = begin_with(GOVSVC_PASSES_SHARE, 67, 3);
    govsvc_session *other = reviewer("r-2", NULL, STORY_ORGAN), *third = reviewer("r-3", NULL, STORY_ORGAN);
    DONE(REVIEWER, "application.review", SAY(id, "agree"));
    CHECK_INT(open_reviews(id, "会审"), 2);
    CHECK_INT(ask_as(other, "application.review", SAY(id, "oppose")), GOVSVC_OK);
    CHECK_INT(open_reviews(id, "会审"), 0); /* two of three are not two thirds of a hundred any more */
    CHECK_INT(ask_as(third, "application.review", SAY(id, "agree")), GOVSVC_TAKEN);
    govsvc_session_close(other);
    govsvc_session_close(third);
    close_story();
}

/* ---- side by side, back and forth ---------------------------------------------------------------------------- */

/* 初审, then 消防 and 环保 side by side, then 汇总. */
static int64_t begin_diamond(void)
{
    static const char *const after_first[] = {"初审"}, *const after_both[] = {"消防", "环保"};
    story_drafts d;
    begin_matter(&d);
    add_stage(&d, "初审", GOVSVC_STAGE_REVIEW, NULL);
    govsvc_stage *fire = add_stage(&d, "消防", GOVSVC_STAGE_REVIEW, NULL);
    govsvc_stage *air = add_stage(&d, "环保", GOVSVC_STAGE_REVIEW, NULL);
    govsvc_stage *sum = add_stage(&d, "汇总", GOVSVC_STAGE_REVIEW, NULL);
    fire->after = air->after = after_first;
    fire->after_count = air->after_count = 1;
    sum->after = after_both;
    sum->after_count = 2;
    publish_next(&d, 2);
    return story_application(&s, "accepted");
}

#define AT_STAGE(id, stage) "{\"id\":\"%lld\",\"stage\":\"" stage "\"}", (long long)(id)
#define BACK_TO(id, stage)                                                                                   \
    "{\"id\":\"%lld\",\"stage\":\"" stage "\",\"opinion\":\"材料有疑点\"}", (long long)(id)
#define OF(id, review)                                                                                       \
    "{\"id\":\"%lld\",\"review\":\"%lld\",\"opinion\":\"有误\"}", (long long)(id), (long long)(review)

static void test_side_by_side_and_sent_back(void)
{
    int64_t id = begin_diamond();
    DONE(REVIEWER, "application.review", AT_STAGE(id, "初审"));
    CHECK_INT(open_reviews(id, "消防") + open_reviews(id, "环保"), 2);
    REFUSED(GOVSVC_INVALID, "/stage", "several", REVIEWER, "application.review", ID(id));
    REFUSED(GOVSVC_INVALID, "/stage", "over", REVIEWER, "application.send_back", BACK_TO(id, "汇总"));
    DONE(REVIEWER, "application.review", AT_STAGE(id, "消防"));
    CHECK_INT(open_reviews(id, "汇总"), 0);
    /* from 环保 back to 消防: its twin stays */
    DONE(REVIEWER, "application.send_back", BACK_TO(id, "消防"));
    CHECK_INT(open_reviews(id, "消防"), 1);
    CHECK_INT(open_reviews(id, "环保"), 1);
    /* all the way: both branches end */
    DONE(ORGAN_HEAD, "application.send_back", BACK_TO(id, "初审"));
    CHECK_INT(open_reviews(id, "初审"), 1);
    CHECK_INT(open_reviews(id, "消防") + open_reviews(id, "环保"), 0);
    SAYS("\"round\":2");
    DONE(REVIEWER, "application.review", AT_STAGE(id, "初审"));
    DONE(REVIEWER, "application.review", AT_STAGE(id, "消防"));
    DONE(REVIEWER, "application.review", AT_STAGE(id, "环保"));
    DONE(REVIEWER, "application.review", AT_STAGE(id, "汇总"));
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    REFUSED(GOVSVC_STATE, "", "state", ORGAN_HEAD, "application.send_back", BACK_TO(id, "初审"));
    close_story();
}

/* Whoever comes second hears of it, whichever of the two it is. */
static void test_a_stage_sent_back_while_its_twin_decides(void)
{
    int64_t id = begin_diamond();
    DONE(REVIEWER, "application.review", AT_STAGE(id, "初审"));
    govsvc_session *fire = reviewer("r-fire", NULL, STORY_ORGAN), *air = reviewer("r-air", NULL, STORY_ORGAN);
    long long twin = review_of(id, "环保", 0);
    CHECK_INT(ask_as(fire, "application.send_back", BACK_TO(id, "初审")), GOVSVC_OK);
    CHECK_INT(ask_as(air, "application.review", OF(id, twin)),
              GOVSVC_INVALID); /* it does not count any more */
    CHECK_TEXT(story_problem(air)->rule, "exists");
    DONE(REVIEWER, "application.review", AT_STAGE(id, "初审"));
    CHECK_INT(ask_as(air, "application.review", AT_STAGE(id, "环保")), GOVSVC_OK);
    CHECK_INT(ask_as(fire, "application.send_back", BACK_TO(id, "初审")),
              GOVSVC_OK); /* what the twin said is void, too */
    CHECK_INT(open_reviews(id, "环保"), 0);
    govsvc_session_close(fire);
    govsvc_session_close(air);
    close_story();
}

static void test_recalled_until_what_follows_is_done(void)
{
    int64_t id = begin_diamond();
    long long first = review_of(id, "初审", 0);
    govsvc_session *other = reviewer("r-2", NULL, STORY_ORGAN);
    DONE(REVIEWER, "application.review", AT_STAGE(id, "初审"));
    CHECK_INT(ask_as(other, "application.recall", OF(id, first)), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(other)->rule, "own");
    DONE(REVIEWER, "application.recall", OF(id, first));
    CHECK_INT(open_reviews(id, "初审"), 1);
    CHECK_INT(open_reviews(id, "消防") + open_reviews(id, "环保"), 0);
    DONE(REVIEWER, "application.review", AT_STAGE(id, "初审"));
    CHECK_INT(ask_as(other, "application.review", AT_STAGE(id, "环保")), GOVSVC_OK);
    REFUSED(GOVSVC_INVALID, "/review", "went_on", REVIEWER, "application.recall", OF(id, first));
    govsvc_session_close(other);
    close_story();
}

/* ---- who else --------------------------------------------------------------------------------------------- */

static void test_handed_over_added_and_removed(void)
{
    int64_t id = begin_with(GOVSVC_PASSES_ALL, GOVSVC_ABSENT, 1);
    long long only = review_of(id, "会审", 0);
    REFUSED(GOVSVC_INVALID, "/opinion", "required", ORGAN_HEAD, "application.assign",
            "{\"id\":\"%lld\",\"review\":\"%lld\",\"assignee\":\"r-9\"}", (long long)id, only);
    DONE(ORGAN_HEAD, "application.assign",
         "{\"id\":\"%lld\",\"review\":\"%lld\",\"assignee\":\"r-9\",\"opinion\":\"休假\"}", (long long)id,
         only);
    REFUSED(GOVSVC_DENIED, "/review", "post", REVIEWER, "application.review", OF(id, only));
    REFUSED(GOVSVC_INVALID, "/review", "last", ORGAN_HEAD, "application.remove_reviewer", OF(id, only));
    DONE(ORGAN_HEAD, "application.add_reviewer",
         "{\"id\":\"%lld\",\"stage\":\"会审\",\"assignee\":\"r-10\",\"opinion\":\"需专家\"}", (long long)id);
    REFUSED(GOVSVC_INVALID, "/assignee", "twice", ORGAN_HEAD, "application.add_reviewer",
            "{\"id\":\"%lld\",\"stage\":\"会审\",\"assignee\":\"r-10\",\"opinion\":\"需专家\"}",
            (long long)id);
    CHECK_INT(open_reviews(id, "会审"), 2);
    govsvc_session *nine = reviewer("r-9", NULL, STORY_ORGAN);
    CHECK_INT(ask_as(nine, "application.queue", "{}"), GOVSVC_OK);
    SAYS("\"stage\":\"会审\"");
    CHECK_INT(ask_as(nine, "application.review", SAY(id, "agree")), GOVSVC_OK);
    REFUSED(GOVSVC_STATE, "", "reviews", ORGAN_HEAD, "application.decide", GRANT(id));
    DONE(ORGAN_HEAD, "application.remove_reviewer", OF(id, review_of(id, "会审", 0)));
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    govsvc_session_close(nine);
    close_story();
}

static void test_another_organ_reviews_and_sees_no_more_than_that_case(void)
{
    story_drafts d;
    begin_matter(&d);
    add_stage(&d, "征求意见", GOVSVC_STAGE_REVIEW, NULL)->organ = STORY_OTHER_ORGAN;
    publish_next(&d, 2);
    int64_t id = story_application(&s, "accepted"), none = story_application(&s, "submitted");
    govsvc_session *guest = reviewer("r-guest", NULL, STORY_OTHER_ORGAN);
    CHECK_INT(ask_as(guest, "application.get", ID(none)), GOVSVC_NOT_FOUND);
    CHECK_INT(ask_as(guest, "application.get", ID(id)), GOVSVC_OK);
    CHECK_INT(ask_as(guest, "application.queue", "{}"), GOVSVC_OK);
    SAYS("\"stage\":\"征求意见\"");
    CHECK_INT(ask_as(guest, "application.send_back", BACK_TO(id, "征求意见")), GOVSVC_NOT_COMPETENT);
    CHECK_INT(ask_as(guest, "application.review", SAY(id, "agree")), GOVSVC_OK);
    DONE(ORGAN_HEAD, "application.decide", GRANT(id));
    govsvc_session_close(guest);
    close_story();
}

static void test_nobody_reviews_or_decides_their_own_application(void)
{
    open_story();
    govsvc_session *own = reviewer("u-1001", NULL, STORY_ORGAN);
    int64_t id = story_application(&s, "accepted");
    CHECK_INT(ask_as(own, "application.review", SAY(id, "agree")), GOVSVC_DENIED);
    CHECK_TEXT(story_problem(own)->rule, "recusal");
    govsvc_session_close(own);
    close_story();
}

/* ---- two at once --------------------------------------------------------------------------------------------- */

static void test_of_two_who_act_at_once_the_second_hears_who_was_first(void)
{
    open_story();
    int64_t id = story_application(&s, "received");
    STEP(WINDOW_CLERK, "accept", id);
    REFUSED(GOVSVC_TAKEN, "", "taken", ACCEPTOR, "application.accept", ID(id));
    CHECK_TEXT(story_problem(s.as[ACCEPTOR])->got, "window_clerk");
    REFUSED(GOVSVC_TAKEN, "", "taken", ACCEPTOR, "application.accept", "{\"id\":\"%lld\",\"revision\":2}",
            (long long)id);
    REFUSED(GOVSVC_STATE, "", "state", WINDOW_CLERK, "application.accept", ID(id)); /* their own */
    story_close(&s);
    int64_t staged = begin_with(GOVSVC_PASSES_ONE, GOVSVC_ABSENT, 1);
    govsvc_session *other = reviewer("r-2", NULL, STORY_ORGAN);
    long long only = review_of(staged, "会审", 0);
    DONE(REVIEWER, "application.review", OF(staged, only));
    CHECK_INT(ask_as(other, "application.review", OF(staged, only)), GOVSVC_TAKEN);
    CHECK_TEXT(story_problem(other)->got, "reviewer");
    CHECK_INT(ask_as(other, "application.review", ID(staged)), GOVSVC_TAKEN);
    govsvc_session_close(other);
    close_story();
}

/* ---- work lists ---------------------------------------------------------------------------------------------- */

static int items(const char *what)
{
    int count = 0;
    for (const char *found = said; (found = strstr(found, what)); found += strlen(what))
        count++;
    return count;
}

static void test_what_waits_is_found_by_whom_it_waits_for(void)
{
    open_story();
    static const char *const states[] = {"submitted", "received", "correcting", "accepted",
                                         "in_review", "decided",  "closed",     "delivered"};
    static const struct {
        story_role role;
        const char *actions;
    } waits[] = {{WINDOW_CLERK, ""},         {ACCEPTOR, "receive accept close deliver"},
                 {REVIEWER, "review close"}, {ORGAN_HEAD, "decide close"},
                 {APPLICANT, "supply"},      {AUDITOR, ""}};
    for (size_t i = 0; i < TEST_COUNT(states); i++)
        story_application(&s, states[i]);
    for (size_t i = 0; i < TEST_COUNT(waits); i++) {
        char all[200], *at_word;
        int count = 0;
        DONE(waits[i].role, "application.queue", "{\"count\":true}");
        snprintf(all, sizeof all, "%s", waits[i].actions);
        for (at_word = strtok(all, " "); at_word; at_word = strtok(NULL, " ")) {
            char name[60];
            snprintf(name, sizeof name, "\"action\":\"%s\"", at_word);
            CHECK_INT(items(name), 1);
            count++;
        }
        CHECK_INT(items("\"number\""), count);
        char total[40];
        snprintf(total, sizeof total, "\"total\":%d", count);
        SAYS(total);
    }
    DONE(WINDOW_CLERK, "application.queue",
         "{\"division\":\"450103\"}"); /* the windows of a division below */
    CHECK_INT(items("\"number\""), 5);
    CHECK_INT(ask_as(s.outside[WINDOW_CLERK], "application.queue", "{\"division\":\"450103\"}"),
              GOVSVC_DENIED);
    CHECK_INT(ask_as(s.outside[ACCEPTOR], "application.queue", "{}"), GOVSVC_OK);
    CHECK_INT(items("\"number\""), 0);
    close_story();
}

/* By deadline, what is due at one moment by identifier; a page at a time nothing is seen twice or lost. */
static void test_pages_by_deadline_lose_nothing(void)
{
    enum { MANY = 23 };
    open_story();
    for (int i = 0; i < MANY; i++) {
        at(i % 3 == 0 ? "2026-03-02 09:00" : i % 3 == 1 ? "2026-03-03 09:00" : "2026-03-04 09:00");
        story_application(&s, i % 2 ? "received" : "submitted");
    }
    char next[80] = "", seen[MANY][32];
    int count = 0;
    long long last = 0;
    do {
        if (*next)
            DONE(ACCEPTOR, "application.queue", "{\"limit\":3,\"after\":\"%s\"}", next);
        else
            DONE(ACCEPTOR, "application.queue", "{\"limit\":3}");
        for (const char *found = strstr(said, "{\"id\":\""); found && count < MANY;
             found = strstr(found + 1, "{\"id\":\"")) {
            sscanf(found, "{\"id\":\"%31[0-9]", seen[count]);
            const char *end = strstr(found, "}"), *due = strstr(found, "\"due_at\":\"2026-03-");
            long long day = due && due < end ? atoll(due + 18) : 99;
            CHECK(day >= last);
            last = day;
            for (int i = 0; i < count; i++)
                CHECK(strcmp(seen[i], seen[count]) != 0);
            count++;
        }
        const char *more = strstr(said, "\"next\":\"");
        next[0] = '\0';
        if (more)
            sscanf(more, "\"next\":\"%79[^\"]", next);
    } while (*next);
    CHECK_INT(count, MANY);
    REFUSED(GOVSVC_INVALID, "/after", "next", ACCEPTOR, "application.queue", "{\"after\":\"yesterday\"}");
    close_story();
}

static void test_what_may_be_done_now(void)
{
    open_story();
    int64_t id = story_application(&s, "received");
    DONE(ACCEPTOR, "application.next", ID(id));
    SAYS("{\"awaited\":true,\"action\":\"accept\",\"title\":\"受理\"}");
    SAYS("\"action\":\"refuse\"");
    SAYS("\"action\":\"request_correction\"");
    SAYS_NOT("\"action\":\"decide\"");
    SAYS_NOT("deem_accepted");
    DONE(APPLICANT, "application.next", ID(id));
    SAYS_NOT("\"action\":\"accept\"");
    CHECK_INT(ask_as(s.outside[ACCEPTOR], "application.next", ID(id)), GOVSVC_NOT_FOUND);
    close_story();
}

/* A notice moves the end of the clock, and the place on the work list with it. */
static void test_a_notice_moves_the_place_on_the_list(void)
{
    open_story();
    story_application(&s, "received");
    DONE(ACCEPTOR, "application.queue", "{}");
    SAYS("\"due_at\":\"2026-03-10T00:00:00+08:00\"");
    DONE(ADMINISTRATOR, "notice.put",
         "{\"number\":\"试验〔2026〕1号\",\"division\":\"450000\","
         "\"days\":[{\"date\":\"2026-03-05\",\"effect\":\"off\",\"name\":\"试验假\"}]}");
    tick();
    DONE(ACCEPTOR, "application.queue", "{}");
    SAYS("\"due_at\":\"2026-03-11T00:00:00+08:00\"");
    close_story();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(test_stages_in_order_and_the_decision_after_all),
        TEST(test_one_of_several_decides),
        TEST(test_every_one_must_agree),
        TEST(test_a_share_that_cannot_be_reached_any_more_ends_it),
        TEST(test_side_by_side_and_sent_back),
        TEST(test_a_stage_sent_back_while_its_twin_decides),
        TEST(test_recalled_until_what_follows_is_done),
        TEST(test_handed_over_added_and_removed),
        TEST(test_another_organ_reviews_and_sees_no_more_than_that_case),
        TEST(test_nobody_reviews_or_decides_their_own_application),
        TEST(test_of_two_who_act_at_once_the_second_hears_who_was_first),
        TEST(test_what_waits_is_found_by_whom_it_waits_for),
        TEST(test_pages_by_deadline_lose_nothing),
        TEST(test_what_may_be_done_now),
        TEST(test_a_notice_moves_the_place_on_the_list),
    };
    return test_main(cases, TEST_COUNT(cases));
}
