/* tests/api/test_threads.c - four threads at work on one handle, each with sessions of its own: everything
 * that was acknowledged is there, once, and nothing else; and a handle that was closed lives as long as its
 * last session. Meant for ThreadSanitizer. */
#include "story.h"
#include "test.h"

#include "fault.h"

#include <pthread.h>

enum { THREADS = 4, STEPS = 500, SHARED = 16, OWN_MAX = 2 * STEPS };

static story s;
static atomic_int_least64_t now;
static int64_t shared[SHARED]; /* cases that all threads work on */

static int64_t tell_time(void *context)
{
    (void)context;
    return now;
}

static bool on_server(void)
{
    return getenv("GOVSVC_TEST_POSTGRES") != NULL;
}

/* ---- one thread's work ---------------------------------------------------------------------------------------- */

typedef struct worker {
    pthread_t thread;
    int number;
    uint64_t random;
    govsvc_session *as[STORY_ROLES];
    int64_t own[OWN_MAX];
    int64_t own_count;
    int64_t submitted;
    int64_t wrong;
} worker;

static uint64_t random_below(worker *w, uint64_t limit)
{
    w->random = w->random * 6364136223846793005u + 1442695040888963407u;
    return (w->random >> 33) % limit;
}

/* Was the answer one of those that may come of it? */
static void expect(worker *w, const govsvc_session *by, const char *what, govsvc_status status,
                   bool may_be_refused)
{
    const govsvc_problem *problem = govsvc_problem_at(by, 0);
    bool goes_on = status == GOVSVC_INVALID && problem && strcmp(problem->rule, "open") == 0; /* one is enough */
    bool refused = status == GOVSVC_STATE || status == GOVSVC_CONFLICT || status == GOVSVC_TAKEN || goes_on;
    if (!status || (may_be_refused && refused))
        return;
    fprintf(stderr, "thread %d, %s: %s\n", w->number, what, govsvc_status_name(status));
    for (uint64_t i = 0; i < govsvc_problem_count(by); i++)
        fprintf(stderr, "    %s %s\n", govsvc_problem_at(by, i)->rule, govsvc_problem_at(by, i)->text_en);
    w->wrong++;
}

static void submit(worker *w)
{
    char key[32];
    int64_t id = 0;
    snprintf(key, sizeof key, "t%d-%lld", w->number, (long long)w->submitted);
    govsvc_status status = story_submit(w->as[APPLICANT], key, &id);
    expect(w, w->as[APPLICANT], "submit", status, false);
    w->submitted += !status;
    w->own[w->own_count++] = id;
}

static int64_t any_case(worker *w, bool of_all)
{
    return of_all || !w->own_count ? shared[random_below(w, SHARED)]
                                   : w->own[random_below(w, (uint64_t)w->own_count)];
}

/* Some step of some case: it may not be possible there, or another thread may have been first. */
static void act(worker *w)
{
    static const char *const states[] = {"received", "correcting", "supplied",
                                         "accepted", "in_review",  "special_procedure",
                                         "decided",  "closed",     "delivered"};
    const story_way *way = story_way_to(states[random_below(w, TEST_COUNT(states))]);
    int64_t id = any_case(w, random_below(w, 2));
    expect(w, w->as[way->role], way->action, story_act(w->as[way->role], way->action, id, NULL), true);
}

static void read_case(worker *w)
{
    const govsvc_get_request get = {sizeof get, any_case(w, true), NULL, NULL};
    const govsvc_deadline_request deadline = {sizeof deadline, get.id, GOVSVC_ABSENT};
    const govsvc_application *application = NULL;
    const govsvc_deadline *clocks = NULL;
    expect(w, w->as[AUDITOR], "get", govsvc_application_get(w->as[AUDITOR], &get, &application), false);
    expect(w, w->as[APPLICANT], "deadline", govsvc_application_deadline(w->as[APPLICANT], &deadline, &clocks),
           false);
    govsvc_free(application);
    govsvc_free(clocks);
}

static void read_journal(worker *w)
{
    govsvc_journal_request in = GOVSVC_JOURNAL_REQUEST_INIT;
    const govsvc_journal_page *page = NULL;
    in.after = (int64_t)random_below(w, 200);
    expect(w, w->as[ADMINISTRATOR], "feed", govsvc_journal_feed(w->as[ADMINISTRATOR], &in, &page), false);
    for (uint64_t i = 1; page && i < page->entry_count; i++)
        w->wrong += page->entries[i]->position != page->entries[i - 1]->position + 1;
    govsvc_free(page);
    in.after = GOVSVC_ABSENT;
    in.subject = any_case(w, true);
    expect(w, w->as[APPLICANT], "history", govsvc_journal_history(w->as[APPLICANT], &in, NULL), false);
}

static void tick(worker *w)
{
    govsvc_tick_request in = GOVSVC_TICK_REQUEST_INIT;
    in.limit = 50;
    now += STORY_HOUR;
    /* On a server two ticks may meet at one clock: the second goes on the next time. */
    expect(w, w->as[SYSTEM], "tick", govsvc_tick(w->as[SYSTEM], &in, NULL), on_server());
}

static void put_notice(worker *w)
{
    char date[11];
    CHECK(govsvc_date_of(now + (int64_t)random_below(w, 40) * STORY_DAY, date));
    const govsvc_notice_day day = {sizeof day, GOVSVC_DAY_OFF, date, "停电检修"};
    const govsvc_notice_day *const days[] = {&day};
    govsvc_notice_draft draft = GOVSVC_NOTICE_DRAFT_INIT;
    draft.number = "南府办〔2026〕9号";
    draft.days = days;
    draft.day_count = 1;
    expect(w, w->as[ADMINISTRATOR], "notice.put", govsvc_notice_put(w->as[ADMINISTRATOR], &draft, NULL),
           false);
}

static void submit_in_a_batch(worker *w)
{
    int64_t before = w->submitted;
    govsvc_status status = govsvc_batch_begin(w->as[APPLICANT]);
    expect(w, w->as[APPLICANT], "batch", status, false);
    if (status)
        return;
    submit(w);
    submit(w);
    if (random_below(w, 2)) {
        expect(w, w->as[APPLICANT], "commit", govsvc_batch_commit(w->as[APPLICANT]), false);
    } else {
        govsvc_batch_rollback(w->as[APPLICANT]);
        w->own_count -= w->submitted - before;
        w->submitted = before;
    }
}

static void *work(void *argument)
{
    static void (*const kinds[])(worker * w) = {
        submit, act, act, act, act, act, read_case, read_case, read_journal, tick, submit_in_a_batch};
    worker *w = argument;
    for (int i = 0; i < STEPS; i++) {
        if (i % 100 == 50)
            put_notice(w);
        kinds[random_below(w, TEST_COUNT(kinds))](w);
    }
    return NULL;
}

static bool open_worker(worker *w, int number)
{
    bool all = true;
    *w = (worker){.number = number, .random = 77 + (uint64_t)number};
    for (int i = 0; i < STORY_ROLES; i++) {
        const char *role = story_role_names[i];
        w->as[i] = story_session(s.gs, i == APPLICANT || i == AGENT ? "u-1001" : role, role, false, NULL);
        all = all && w->as[i];
    }
    return all;
}

static void close_worker(worker *w)
{
    for (int i = 0; i < STORY_ROLES; i++)
        govsvc_session_close(w->as[i]);
}

/* ---- together ---------------------------------------------------------------------------------------------------- */

static void open_shared(const char *store, const govsvc_allocator *allocator)
{
    govsvc_config config = story_config(&s, store);
    now = s.now;
    config.clock = tell_time;
    config.busy_timeout_ms = 120000;
    config.allocator = allocator;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_publish(&s);
    for (int i = 0; i < SHARED; i++)
        shared[i] = story_application(&s, "submitted");
}

static void four_threads_on_one_handle(void)
{
    static worker workers[THREADS];
    int64_t submitted = SHARED;
    const char *store = on_server() ? story_store() : story_file("threads.db");
    open_shared(store, NULL);
    for (int i = 0; i < THREADS; i++)
        CHECK(open_worker(&workers[i], i));
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(workers[i].thread, NULL), 0);
        CHECK_INT(workers[i].wrong, 0);
        submitted += workers[i].submitted;
        close_worker(&workers[i]);
    }
    CHECK(submitted > SHARED + THREADS * 20);
    CHECK_INT(story_rows(&s, "application"), submitted);
    CHECK_INT(story_rows(&s, "request"), submitted - SHARED);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* The host closes its handle while sessions are still at work: the last of them takes it along. */
/* ---- what a handle makes when it is first needed -------------------------------------------------------- */

static void *find(void *argument)
{
    worker *w = argument;
    for (int i = 0; i < 20; i++) {
        const govsvc_matter_page *page = NULL;
        govsvc_matter_query in = GOVSVC_MATTER_QUERY_INIT;
        in.text = i % 2 ? "shipin xuke" : "许可";
        expect(w, w->as[APPLICANT], "find", govsvc_matter_find(w->as[APPLICANT], &in, &page), false);
        w->wrong += !page || page->matter_count != 1;
        govsvc_free(page);
    }
    return NULL;
}

/* The readings of characters, by all threads at once. */
static void the_first_to_find_may_be_several(void)
{
    static worker workers[THREADS];
    static fault_plan plan;
    const govsvc_allocator allocator = fault_allocator(&plan);
    const char *store = on_server() ? story_store() : story_file("find.db");
    story_open(&s, store);
    story_close(&s);
    govsvc_config config = story_config(&s, store);
    config.allocator = &allocator;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    for (int i = 0; i < THREADS; i++)
        CHECK(open_worker(&workers[i], i));
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&workers[i].thread, NULL, find, &workers[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        CHECK_INT(workers[i].wrong, 0);
        close_worker(&workers[i]);
    }
    story_close(&s);
    CHECK_INT(plan.live, 0);
}

static void *go_on(void *argument)
{
    worker *w = argument;
    for (int i = 0; i < 20; i++) {
        submit(w);
        read_case(w);
    }
    close_worker(w);
    return NULL;
}

static void sessions_outlive_their_handle(void)
{
    static worker workers[THREADS];
    static fault_plan plan;
    const govsvc_allocator allocator = fault_allocator(&plan);
    open_shared(story_file("closing.db"), &allocator);
    for (int i = 0; i < THREADS; i++)
        CHECK(open_worker(&workers[i], i));
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&workers[i].thread, NULL, go_on, &workers[i]), 0);
    story_close(&s);
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(workers[i].thread, NULL), 0);
        CHECK_INT(workers[i].wrong, 0);
        CHECK_INT(workers[i].submitted, 20);
    }
    CHECK_INT(plan.live, 0);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(four_threads_on_one_handle),
        TEST(the_first_to_find_may_be_several),
        TEST(sessions_outlive_their_handle),
    };
    int failed = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return failed;
}
