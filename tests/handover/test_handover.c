/* tests/handover/test_handover.c - papers go from the window to the organ and back, and both sides count the same. */
#include "api/story.h"
#include "test.h"

enum { MOST = 4 };

static story s;
static const char *numbers[MOST]; /* of the applications at hand */

typedef struct list {
    govsvc_handover_item items[MOST];
    const govsvc_handover_item *at[MOST];
    uint64_t count;
} list;

static void add(list *to, const char *number, const char *material, int64_t copies)
{
    govsvc_handover_item *item = &to->items[to->count];
    *item = (govsvc_handover_item)GOVSVC_HANDOVER_ITEM_INIT;
    item->number = number;
    item->material = material;
    item->copies = copies;
    to->at[to->count++] = item;
}

/* In place: a list points into itself. */
static void add_two(list *to)
{
    add(to, numbers[0], "M1", 2);
    add(to, numbers[1], "M1", 1);
}

static void begin(void)
{
    story_open(&s, story_store());
    for (int i = 0; i < 2; i++) {
        const govsvc_get_request in = {sizeof in, story_application(&s, "received"), NULL, NULL};
        const govsvc_application *out = NULL;
        CHECK_INT(govsvc_application_get(s.as[WINDOW_CLERK], &in, &out), GOVSVC_OK);
        numbers[i] = out ? strdup(out->number) : NULL;
        govsvc_free(out);
    }
}

static void end(void)
{
    CHECK_INT(story_complaints(&s), 0);
    for (int i = 0; i < 2; i++)
        free((void *)numbers[i]);
    story_close(&s);
}

static govsvc_status try_send(govsvc_session *session, const char *organ, const list *papers, int64_t *id)
{
    govsvc_handover_draft in = GOVSVC_HANDOVER_DRAFT_INIT;
    const govsvc_handover *out = NULL;
    in.organ = organ;
    in.window_name = "综合窗口 3";
    in.items = papers->at;
    in.item_count = papers->count;
    govsvc_status status = govsvc_handover_send(session, &in, &out);
    if (out && id)
        *id = out->id;
    govsvc_free(out);
    return status;
}

static int64_t send_papers(const list *papers)
{
    int64_t id = 0;
    CHECK_INT(try_send(s.as[WINDOW_CLERK], STORY_ORGAN, papers, &id), GOVSVC_OK);
    return id;
}

static govsvc_handover_count count_of(int64_t id, const list *papers)
{
    govsvc_handover_count in = GOVSVC_HANDOVER_COUNT_INIT;
    in.id = id;
    in.items = papers->at;
    in.item_count = papers->count;
    return in;
}

static govsvc_status receive(govsvc_session *session, int64_t id, const list *papers)
{
    const govsvc_handover_count in = count_of(id, papers);
    return govsvc_handover_receive(session, &in, NULL);
}

static govsvc_status amend(govsvc_session *session, int64_t id, const list *papers)
{
    const govsvc_handover_count in = count_of(id, papers);
    return govsvc_handover_amend(session, &in, NULL);
}

static govsvc_status give_back(govsvc_session *session, int64_t original, const list *papers, int64_t *id)
{
    govsvc_handover_return_draft in = GOVSVC_HANDOVER_RETURN_DRAFT_INIT;
    const govsvc_handover *out = NULL;
    in.original = original;
    in.items = papers->at;
    in.item_count = papers->count;
    govsvc_status status = govsvc_handover_return(session, &in, &out);
    if (out)
        *id = out->id;
    govsvc_free(out);
    return status;
}

static const govsvc_handover *get(int64_t id)
{
    const govsvc_get_request in = {sizeof in, id, NULL, NULL};
    const govsvc_handover *out = NULL;
    CHECK_INT(govsvc_handover_get(s.as[WINDOW_CLERK], &in, &out), GOVSVC_OK);
    return out;
}

static bool told(govsvc_session *session, const char *field, const char *rule, const char *got)
{
    bool found = false;
    for (uint64_t i = 0; i < govsvc_problem_count(session) && !found; i++) {
        const govsvc_problem *problem = govsvc_problem_at(session, i);
        found = strcmp(problem->field, field) == 0 && strcmp(problem->rule, rule) == 0 &&
                (!got || (problem->got && strcmp(problem->got, got) == 0));
    }
    return found;
}

static uint64_t open_ones(govsvc_session *session, int64_t direction)
{
    govsvc_handover_query in = GOVSVC_HANDOVER_QUERY_INIT;
    const govsvc_handover_page *page = NULL;
    in.direction = direction;
    CHECK_INT(govsvc_handover_find(session, &in, &page), GOVSVC_OK);
    uint64_t count = page ? page->handover_count : 0;
    govsvc_free(page);
    return count;
}

/* ---- counts ------------------------------------------------------------------------------------------- */

static void test_handover_closes_with_equal_counts(void)
{
    story_trace before, after;
    begin();
    list sent = {.count = 0};
    add_two(&sent);
    int64_t id = send_papers(&sent);
    list counted = {.count = 0};
    add(&counted, numbers[1], "M1", 1);
    add(&counted, numbers[0], "M1", 2); /* in any order */
    list fewer = {.count = 0}, other = {.count = 0}, twice = {.count = 0};
    add_two(&twice);
    add(&fewer, numbers[0], "M1", 1);
    add(&other, numbers[0], "M1", 2);
    add(&other, numbers[1], "M1", 1);
    add(&other, numbers[1], "M2", 3);
    add(&twice, numbers[1], "M1", 1);
    story_look(&s, &before);
    /* Every difference is told: one copy too few, and one paper missing. */
    CHECK_INT(receive(s.as[ACCEPTOR], id, &fewer), GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[ACCEPTOR]), 2);
    CHECK(told(s.as[ACCEPTOR], "/items/0/copies", "count", "1"));
    CHECK(told(s.as[ACCEPTOR], "/items", "count", "0"));
    CHECK_INT(receive(s.as[ACCEPTOR], id, &other), GOVSVC_INVALID);
    CHECK(told(s.as[ACCEPTOR], "/items/2/copies", "count", "3"));
    CHECK_INT(receive(s.as[ACCEPTOR], id, &twice), GOVSVC_INVALID);
    CHECK(told(s.as[ACCEPTOR], "/items/2", "duplicate", NULL));
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    CHECK_INT(open_ones(s.as[ACCEPTOR], 0), 1);
    CHECK_INT(receive(s.as[ACCEPTOR], id, &counted), GOVSVC_OK);
    CHECK_INT(open_ones(s.as[ACCEPTOR], 0), 0);
    const govsvc_handover *closed = get(id);
    CHECK_INT(closed->state, GOVSVC_HANDOVER_CLOSED);
    CHECK_TEXT(closed->sent_by, "window_clerk");
    CHECK_TEXT(closed->received_by, "acceptor");
    CHECK_INT(closed->received_at, s.now);
    CHECK_TEXT(closed->items[0]->name, "申请书");
    CHECK_INT(strlen(closed->number), 28);
    govsvc_free(closed);
    CHECK_INT(receive(s.as[ACCEPTOR], id, &counted), GOVSVC_STATE);
    CHECK_INT(amend(s.as[WINDOW_CLERK], id, &counted), GOVSVC_STATE);
    end();
}

static void the_sender_amends_the_list(void)
{
    begin();
    list sent = {.count = 0};
    add_two(&sent);
    int64_t id = send_papers(&sent);
    list right = {.count = 0}, wrong = {.count = 0};
    add(&right, numbers[0], "M1", 3);
    add(&wrong, numbers[0], "M9", 3);
    CHECK_INT(receive(s.as[ACCEPTOR], id, &right), GOVSVC_INVALID);
    CHECK_INT(amend(s.as[ACCEPTOR], id, &right), GOVSVC_DENIED);
    CHECK_INT(amend(s.as[WINDOW_CLERK], id, &wrong), GOVSVC_INVALID);
    CHECK_INT(amend(s.as[WINDOW_CLERK], id, &right), GOVSVC_OK);
    CHECK_INT(receive(s.as[ACCEPTOR], id, &sent), GOVSVC_INVALID);
    CHECK_INT(receive(s.as[ACCEPTOR], id, &right), GOVSVC_OK);
    govsvc_journal_request in = GOVSVC_JOURNAL_REQUEST_INIT;
    const govsvc_journal_page *page = NULL;
    in.subject = id;
    CHECK_INT(govsvc_journal_history(s.as[WINDOW_CLERK], &in, &page), GOVSVC_OK);
    CHECK_INT(page->entry_count, 3);
    CHECK_TEXT(page->entries[1]->action, "amend");
    CHECK(strstr(page->entries[0]->payload, "\"copies\":2") != NULL);
    CHECK(strstr(page->entries[1]->payload, "\"copies\":3") != NULL);
    govsvc_free(page);
    end();
}

static void papers_go_back_the_same_way(void)
{
    begin();
    list sent = {.count = 0};
    add_two(&sent);
    int64_t id = send_papers(&sent), back = 0, rest = 0;
    list one = {.count = 0}, two = {.count = 0}, three = {.count = 0};
    add(&one, numbers[0], "M1", 1);
    add(&two, numbers[0], "M1", 2);
    add(&three, numbers[0], "M1", 3);
    CHECK_INT(give_back(s.as[HANDLER], id, &one, &back), GOVSVC_INVALID); /* nothing came yet */
    CHECK(told(s.as[HANDLER], "/original", "exists", NULL));
    CHECK_INT(receive(s.as[HANDLER], id, &sent), GOVSVC_OK);
    CHECK_INT(give_back(s.outside[HANDLER], id, &one, &back), GOVSVC_INVALID);
    CHECK_INT(give_back(s.as[WINDOW_CLERK], id, &one, &back), GOVSVC_DENIED);
    CHECK_INT(give_back(s.as[HANDLER], id, &three, &back), GOVSVC_INVALID);
    CHECK(told(s.as[HANDLER], "/items/0/copies", "count", "3"));
    CHECK_INT(give_back(s.as[HANDLER], id, &one, &back), GOVSVC_OK);
    CHECK_INT(give_back(s.as[HANDLER], id, &two, &rest), GOVSVC_INVALID); /* one is left */
    CHECK_INT(give_back(s.as[HANDLER], back, &one, &rest), GOVSVC_INVALID);
    CHECK_INT(open_ones(s.as[WINDOW_CLERK], GOVSVC_HANDOVER_TO_WINDOW), 1);
    CHECK_INT(open_ones(s.as[WINDOW_CLERK], GOVSVC_HANDOVER_TO_ORGAN), 0);
    CHECK_INT(receive(s.as[ACCEPTOR], back, &one), GOVSVC_DENIED);
    CHECK_INT(receive(s.as[WINDOW_CLERK], back, &two), GOVSVC_INVALID);
    CHECK_INT(amend(s.as[WINDOW_CLERK], back, &two), GOVSVC_DENIED);
    CHECK_INT(amend(s.as[HANDLER], back, &three), GOVSVC_INVALID);
    CHECK_INT(amend(s.as[HANDLER], back, &two), GOVSVC_OK);
    CHECK_INT(receive(s.as[WINDOW_CLERK], back, &two), GOVSVC_OK);
    const govsvc_handover *returned = get(back);
    CHECK_INT(returned->state, GOVSVC_HANDOVER_CLOSED);
    CHECK_INT(returned->original, id);
    CHECK_TEXT(returned->window_name, "综合窗口 3");
    CHECK_TEXT(returned->items[0]->name, "申请书");
    govsvc_free(returned);
    CHECK_INT(give_back(s.as[HANDLER], id, &one, &rest), GOVSVC_INVALID);
    end();
}

/* ---- whose papers they are ---------------------------------------------------------------------------- */

static void only_papers_of_the_organs_applications_go_to_it(void)
{
    begin();
    list papers = {.count = 0}, unknown = {.count = 0}, unlisted = {.count = 0}, twice = {.count = 0};
    add_two(&papers);
    add_two(&twice);
    add(&unknown, "45010320260302AAAAAAAAAAAAAA", "M1", 1);
    add(&unlisted, numbers[0], "M9", 1);
    add(&unlisted, numbers[1], "M8", 1);
    add(&twice, numbers[1], "M1", 4);
    CHECK_INT(try_send(s.as[WINDOW_CLERK], STORY_OTHER_ORGAN, &papers, NULL), GOVSVC_INVALID);
    CHECK(told(s.as[WINDOW_CLERK], "/items/0/number", "organ", NULL));
    CHECK_INT(try_send(s.as[WINDOW_CLERK], STORY_ORGAN, &unknown, NULL), GOVSVC_INVALID);
    CHECK(told(s.as[WINDOW_CLERK], "/items/0/number", "exists", NULL));
    CHECK_INT(try_send(s.as[WINDOW_CLERK], STORY_ORGAN, &unlisted, NULL), GOVSVC_INVALID);
    CHECK(told(s.as[WINDOW_CLERK], "/items/0/material", "listed", NULL));
    CHECK(told(s.as[WINDOW_CLERK], "/items/1/material", "listed", NULL));
    CHECK_INT(try_send(s.as[WINDOW_CLERK], STORY_ORGAN, &twice, NULL), GOVSVC_INVALID);
    CHECK(told(s.as[WINDOW_CLERK], "/items/2", "duplicate", NULL));
    /* A clerk elsewhere may not read the applications, so that they are not there. */
    CHECK_INT(try_send(s.outside[WINDOW_CLERK], STORY_ORGAN, &papers, NULL), GOVSVC_INVALID);
    CHECK(told(s.outside[WINDOW_CLERK], "/items/0/number", "exists", NULL));
    CHECK_INT(try_send(s.as[APPLICANT], STORY_ORGAN, &papers, NULL), GOVSVC_DENIED);
    end();
}

static void two_people_sign(void)
{
    begin();
    list papers = {.count = 0};
    add_two(&papers);
    int64_t id = 0;
    CHECK_INT(try_send(s.anyone, STORY_ORGAN, &papers, &id), GOVSVC_OK);
    CHECK_INT(receive(s.anyone, id, &papers), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.anyone)->rule, "other");
    CHECK_INT(receive(s.outside[ACCEPTOR], id, &papers), GOVSVC_NOT_FOUND);
    CHECK_INT(receive(s.as[WINDOW_CLERK], id, &papers), GOVSVC_DENIED);
    CHECK_INT(open_ones(s.outside[ACCEPTOR], 0), 0);
    CHECK_INT(open_ones(s.outside[WINDOW_CLERK], 0), 0);
    CHECK_INT(open_ones(s.as[WINDOW_CLERK], 0), 1);
    CHECK_INT(receive(s.as[HANDLER], id, &papers), GOVSVC_OK);
    end();
}

int main(void)
{
    static const test_case cases[] = {TEST(test_handover_closes_with_equal_counts),
                                      TEST(the_sender_amends_the_list), TEST(papers_go_back_the_same_way),
                                      TEST(only_papers_of_the_organs_applications_go_to_it),
                                      TEST(two_people_sign)};
    return test_main(cases, TEST_COUNT(cases));
}
