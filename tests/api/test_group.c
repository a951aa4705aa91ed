/* tests/api/test_group.c - threads that share a commit: one flush for all of them; a refusal leaves no trace and
 * the others stand; a commit that fails fails everybody; a transaction that is lost takes only its culprit with
 * it. Who comes in which order is not left to chance: the first one holds the turn, within its random callback,
 * until the others have queued up behind it.
 */
#include "story.h"
#include "test.h"

#include "crash_vfs.h"
#include "fault.h"
#include "store/connection_parts.h"

#include <pthread.h>
#include <unistd.h>

enum { MEMBERS = 24, THREADS = 32, STEPS = 25 };

static story s;
static fault_plan plan;

/* ---- one thread's call ---------------------------------------------------------------------------------- */

typedef struct member member;
struct member {
    pthread_t thread;
    govsvc_session *session;
    void (*run)(member *m);
    const char *action; /* a step of the case; NULL: a submission */
    int64_t id;
    bool holds;       /* the turn, until it is let go */
    int64_t fails_at; /* from within its turn: the driver's n-th call from there fails; 0: none */
    int class;
    bool onwards;
    govsvc_status status;
    atomic_bool done;
};

static _Thread_local member *self; /* a member's own, while it is in its call */
static atomic_bool held;
static atomic_int let_go; /* how many that hold may go on */

static void pause_a_little(void)
{
    usleep(200);
}

/* The host's random bytes are asked for within the turn, before a submission is written. */
static bool random_bytes(void *context, void *out, size_t size)
{
    member *m = self;
    (void)context;
    self = NULL;
    if (m && m->holds) {
        held = true;
        while (let_go <= 0)
            pause_a_little();
        let_go--;
    }
    if (m && m->fails_at) {
        fault_plan_clear(&plan);
        plan.class = m->class;
        plan.call_onwards = m->onwards;
        plan.call_at = m->fails_at;
    }
    return gs_random_default(NULL, out, size);
}

static void submit_or_act(member *m)
{
    m->status =
        m->action ? story_act(m->session, m->action, m->id, NULL) : story_submit(m->session, NULL, &m->id);
}

static void *work(void *argument)
{
    member *m = argument;
    self = m;
    m->run(m);
    m->done = true;
    return NULL;
}

static void start(member *m)
{
    if (!m->run)
        m->run = submit_or_act;
    m->session = story_session(s.gs, "u-1001", NULL, false, NULL);
    CHECK(m->session != NULL);
    CHECK_INT(pthread_create(&m->thread, NULL, work, m), 0);
}

static void join(member *m)
{
    CHECK_INT(pthread_join(m->thread, NULL), 0);
}

static void leave(member *m)
{
    govsvc_session_close(m->session);
}

static size_t how_many_wait(void)
{
    gs_store *store = s.gs->store;
    size_t count = 0;
    pthread_mutex_lock(&store->mutex);
    for (const gs_member *at = store->waiting; at; at = at->next)
        count++;
    pthread_mutex_unlock(&store->mutex);
    return count;
}

/* The first takes the turn and keeps it, the others queue up behind it in their order. */
static void queue_up(member *members, size_t count)
{
    held = false;
    let_go = 0;
    members[0].holds = true;
    start(&members[0]);
    while (!held)
        pause_a_little();
    for (size_t i = 1; i < count; i++) {
        start(&members[i]);
        while (how_many_wait() < i)
            pause_a_little();
    }
}

static void let_all_go(member *members, size_t count)
{
    let_go = 1;
    for (size_t i = 0; i < count; i++)
        join(&members[i]);
}

static void all_together(member *members, size_t count)
{
    queue_up(members, count);
    let_all_go(members, count);
}

static void all_leave(member *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        leave(&members[i]);
}

/* ---- stores --------------------------------------------------------------------------------------------- */

static void begin(const char *store, bool faults, int64_t patience)
{
    govsvc_config config = story_config(&s, store);
    crash_vfs_forget();
    fault_plan_clear(&plan);
    config.random = random_bytes;
    config.synchronous = GOVSVC_UNSET; /* every commit is flushed */
    config.busy_timeout_ms = patience;
    if (strcmp(store, "sqlite::memory:") != 0)
        config.driver_context = crash_vfs_install();
    if (faults)
        config.driver = fault_driver(govsvc_driver_sqlite(), &plan);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_publish(&s);
}

static void end(void)
{
    fault_plan_clear(&plan);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
    crash_vfs_forget();
}

enum { LONG = 600000 };
static const char file[] = "sqlite:group.db";

static bool stands_as(int64_t id, const char *state)
{
    char in[64], want[64];
    const char *out = NULL;
    snprintf(in, sizeof in, "{\"id\":\"%lld\"}", (long long)id);
    snprintf(want, sizeof want, "\"state\":\"%s\"", state);
    bool so = govsvc_call(s.as[ADMINISTRATOR], "application.get", in, &out) == GOVSVC_OK && strstr(out, want);
    govsvc_free(out);
    return so;
}

/* ---- sharing -------------------------------------------------------------------------------------------- */

static void one_flush_serves_all(void)
{
    member members[MEMBERS] = {{.run = NULL}}, alone[2] = {{.run = NULL}};
    begin(file, false, LONG);
    int64_t before = crash_vfs_flushes();
    all_together(alone, 1);
    int64_t for_one = crash_vfs_flushes() - before;
    before = crash_vfs_flushes();
    all_together(members, MEMBERS);
    CHECK(for_one > 0);
    CHECK_INT(crash_vfs_flushes() - before, for_one);
    for (size_t i = 0; i < MEMBERS; i++) {
        CHECK_INT(members[i].status, GOVSVC_OK);
        CHECK(stands_as(members[i].id, "submitted"));
    }
    CHECK_INT(story_rows(&s, "application"), MEMBERS + 1);
    all_leave(members, MEMBERS);
    all_leave(alone, 1);
    end();
}

/* What nobody has to wait for any more is not waited for: a full group is committed, and the next one begins. */
static void a_full_group_is_committed(void)
{
    enum { MANY = 70, FULL = 64 };
    static member members[MANY];
    memset(members, 0, sizeof members);
    begin(file, false, LONG);
    int64_t before = crash_vfs_flushes();
    all_together(members, MANY);
    CHECK_INT(crash_vfs_flushes() - before, 2);
    for (size_t i = 0; i < MANY; i++)
        CHECK_INT(members[i].status, GOVSVC_OK);
    CHECK(MANY > FULL);
    all_leave(members, MANY);
    end();
}

/* The third holds the turn while the first two have done their work: nobody sees it, and nobody was answered. */
static void nobody_is_answered_before_the_commit(void)
{
    member members[3] = {{.action = NULL}, {.action = NULL}, {.holds = true}};
    begin(file, false, LONG);
    queue_up(members, 3);
    held = false;
    let_go = 1;
    while (!held)
        pause_a_little();
    CHECK(!members[0].done && !members[1].done);
    CHECK_INT(story_rows(&s, "application"), 0);
    let_all_go(members, 3);
    CHECK_INT(story_rows(&s, "application"), 3);
    all_leave(members, 3);
    end();
}

static void *steps(void *argument)
{
    member *m = argument;
    for (int i = 0; i < STEPS && !m->status; i++) {
        m->status = story_submit(m->session, NULL, &m->id);
        if (!m->status)
            m->status = story_act(m->session, "receive", m->id, NULL);
        if (!m->status && story_act(m->session, "decide", m->id, NULL) != GOVSVC_STATE)
            m->status = GOVSVC_INTERNAL;
    }
    return NULL;
}

static void many_threads(const char *store, int threads)
{
    static member members[THREADS];
    memset(members, 0, sizeof members);
    begin(store, false, LONG);
    for (int i = 0; i < threads; i++) {
        members[i].session = story_session(s.gs, "u-1001", NULL, false, NULL);
        CHECK_INT(pthread_create(&members[i].thread, NULL, steps, &members[i]), 0);
    }
    for (int i = 0; i < threads; i++) {
        join(&members[i]);
        CHECK_INT(members[i].status, GOVSVC_OK);
        CHECK(stands_as(members[i].id, "received"));
    }
    CHECK_INT(story_rows(&s, "application"), threads * STEPS);
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {journal_entry} WHERE kind = $1", "application"),
              2 * threads * STEPS);
    all_leave(members, (size_t)threads);
    end();
}

static void what_many_threads_did_is_on_record(void)
{
    many_threads(file, THREADS);
}

static void a_store_in_memory_takes_them_one_by_one(void)
{
    many_threads("sqlite::memory:", 8);
}

/* ---- refusals ------------------------------------------------------------------------------------------- */

/* Within one transaction: what went before is seen, what is refused leaves nothing, what comes after stands. */
static void a_refused_member_leaves_no_trace(void)
{
    begin(file, false, LONG);
    int64_t first = story_application(&s, "submitted"), late = story_application(&s, "received"),
            other = story_application(&s, "received");
    s.now += 30 * (int64_t)STORY_DAY;   /* the law accepted the received ones in the meantime */
    story_application(&s, "submitted"); /* renews the lease of the node number, by a commit of its own */
    int64_t before = story_rows(&s, "journal_entry");
    member members[] = {
        {.action = NULL},
        {.action = "decide", .id = first},
        {.action = "receive", .id = first},
        {.action = "receive", .id = first},
        {.action = "accept", .id = late},  /* writes what the law did, and is refused: that is undone */
        {.action = "inspect", .id = other}, /* the same, and stands: two entries */
        {.action = "receive", .id = first + 1},
        {.action = NULL},
    };
    static const govsvc_status want[] = {GOVSVC_OK,    GOVSVC_STATE, GOVSVC_OK,        GOVSVC_STATE,
                                         GOVSVC_STATE, GOVSVC_OK,    GOVSVC_NOT_FOUND, GOVSVC_OK};
    int64_t flushes = crash_vfs_flushes();
    all_together(members, TEST_COUNT(members));
    CHECK_INT(crash_vfs_flushes() - flushes, 1);
    for (size_t i = 0; i < TEST_COUNT(members); i++) {
        CHECK_INT(members[i].status, want[i]);
        CHECK_INT(govsvc_problem_count(members[i].session) > 0, want[i] != GOVSVC_OK);
    }
    CHECK_INT(story_rows(&s, "journal_entry"), before + 5);
    CHECK(stands_as(first, "received") && stands_as(late, "received") && stands_as(other, "accepted"));
    all_leave(members, TEST_COUNT(members));
    end();
}

/* The first of a group has nobody to spare: its refusal costs the others nothing. */
static void a_refused_first_member_is_answered(void)
{
    begin(file, false, LONG);
    int64_t before = story_rows(&s, "application");
    int64_t late = story_application(&s, "received");
    s.now += 30 * (int64_t)STORY_DAY;
    member members[] = {{.action = NULL}, {.action = "accept", .id = late}, {.action = NULL}};
    CHECK_INT(story_act(s.anyone, "accept", late, NULL), GOVSVC_STATE); /* alone */
    all_together(members, TEST_COUNT(members));
    CHECK_INT(members[1].status, GOVSVC_STATE);
    CHECK_INT(story_rows(&s, "application"), before + 3);
    CHECK(stands_as(late, "received"));
    all_leave(members, TEST_COUNT(members));
    end();
}

/* ---- failures ------------------------------------------------------------------------------------------- */

static bool told_of_the_store(const member *m)
{
    return govsvc_problem_count(m->session) == 1 &&
           strcmp(govsvc_problem_at(m->session, 0)->rule, "store") == 0;
}

static bool told_in_its_words(const member *m)
{
    const char *got = govsvc_problem_count(m->session) ? govsvc_problem_at(m->session, 0)->got : NULL;
    return told_of_the_store(m) && got && strcmp(got, "a failure was asked for") == 0;
}

/* Whoever was refused on the grounds of what is lost now was not refused either. */
static void a_failed_commit_fails_every_member(void)
{
    static const struct {
        int class;
        govsvc_status status;
    } failures[] = {{GOVSVC_STORE_FULL, GOVSVC_FULL},
                    {GOVSVC_STORE_BUSY, GOVSVC_BUSY},
                    {GOVSVC_STORE_ERROR, GOVSVC_UNAVAILABLE},
                    {GOVSVC_STORE_LOST, GOVSVC_UNKNOWN}};
    for (size_t i = 0; i < TEST_COUNT(failures); i++) {
        story_trace before, after;
        begin(file, true, LONG);
        int64_t id = story_application(&s, "submitted");
        member members[] = {{.action = NULL},
                            {.action = "receive", .id = id},
                            {.action = "receive", .id = id},
                            {.action = NULL}};
        story_look(&s, &before);
        queue_up(members, TEST_COUNT(members));
        plan.class = failures[i].class;
        plan.commits_only = true;
        plan.call_at = plan.calls + 1;
        let_all_go(members, TEST_COUNT(members));
        fault_plan_clear(&plan);
        for (size_t j = 0; j < TEST_COUNT(members); j++) {
            CHECK_INT(members[j].status, failures[i].status);
            CHECK(told_in_its_words(&members[j]));
        }
        story_look(&s, &after);
        CHECK(story_same(&before, &after));
        CHECK_INT(story_act(members[1].session, "receive", id, NULL), GOVSVC_OK); /* and it goes on */
        all_leave(members, TEST_COUNT(members));
        end();
    }
}

/* The driver's calls from the random bytes on, without the commit. */
static int64_t calls_of_a_submission(void)
{
    member alone = {.fails_at = INT32_MAX};
    story_application(&s, "received"); /* from now on the statements are there */
    start(&alone);
    join(&alone);
    leave(&alone);
    CHECK_INT(alone.status, GOVSVC_OK);
    int64_t calls = plan.calls - 1;
    fault_plan_clear(&plan);
    return calls;
}

static void one_culprit(int64_t call, int class, govsvc_status status)
{
    enum { CULPRIT = 2, COUNT = 5 };
    int64_t id = story_application(&s, "submitted"), before = story_rows(&s, "application");
    member members[COUNT] = {{.action = NULL},
                             {.action = "receive", .id = id},
                             {.fails_at = call, .class = class},
                             {.action = NULL},
                             {.action = "receive", .id = s.matter}};
    all_together(members, COUNT);
    CHECK_INT(fault_plan_spent(&plan), 1);
    fault_plan_clear(&plan);
    CHECK_INT(members[CULPRIT].status, status);
    CHECK(told_in_its_words(&members[CULPRIT]));
    for (int i = 0; i < COUNT; i++)
        CHECK(i == CULPRIT || members[i].status == (i == COUNT - 1 ? GOVSVC_NOT_FOUND : GOVSVC_OK));
    CHECK_INT(story_rows(&s, "application"), before + 2);
    CHECK(stands_as(id, "received"));
    all_leave(members, COUNT);
}

/* Whichever call of the third member fails, and however: it alone is told so, and leaves nothing; the others'
 * work is there, once. */
static void a_lost_transaction_takes_only_its_culprit(void)
{
    static const struct {
        int class;
        govsvc_status status;
    } failures[] = {{GOVSVC_STORE_FULL | GOVSVC_STORE_GONE, GOVSVC_FULL},
                    {GOVSVC_STORE_ERROR, GOVSVC_UNAVAILABLE},
                    {GOVSVC_STORE_NO_MEMORY, GOVSVC_NO_MEMORY},
                    {GOVSVC_STORE_LOST, GOVSVC_UNAVAILABLE}};
    for (size_t i = 0; i < TEST_COUNT(failures); i++)
        for (int64_t n = 1, calls = 1; n <= calls; n++) {
            begin(file, true, LONG);
            calls = calls_of_a_submission();
            one_culprit(n, failures[i].class, failures[i].status);
            end();
        }
}

/* The disk is full, and stays so: nobody is told that something was done. */
static void a_full_disk_is_told_to_everybody(void)
{
    story_trace before, after;
    begin(file, true, LONG);
    member members[] = {{.action = NULL},
                        {.action = NULL},
                        {.fails_at = 1, .onwards = true, .class = GOVSVC_STORE_FULL | GOVSVC_STORE_GONE},
                        {.action = NULL}};
    story_look(&s, &before);
    all_together(members, TEST_COUNT(members));
    fault_plan_clear(&plan);
    for (size_t i = 0; i < TEST_COUNT(members); i++) {
        CHECK_INT(members[i].status, GOVSVC_FULL);
        CHECK(told_of_the_store(&members[i]));
    }
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    all_leave(members, TEST_COUNT(members));
    end();
}

/* ---- who writes alone ------------------------------------------------------------------------------------ */

static member *after_batch; /* the one in the queue behind it */

static void take_a_batch(member *m)
{
    int64_t id = 0;
    m->status = govsvc_batch_begin(m->session);
    CHECK(!after_batch->done);
    CHECK_INT(story_rows(&s, "application"), 2);
    for (int i = 0; i < 3 && !m->status; i++)
        m->status = story_submit(m->session, NULL, &id);
    CHECK(!after_batch->done);
    if (!m->status)
        m->status = govsvc_batch_commit(m->session);
}

static void a_batch_and_a_group_exclude_each_other(void)
{
    member members[] = {{.action = NULL}, {.action = NULL}, {.run = take_a_batch}, {.action = NULL}};
    begin(file, false, LONG);
    after_batch = &members[3];
    int64_t flushes = crash_vfs_flushes();
    all_together(members, TEST_COUNT(members));
    for (size_t i = 0; i < TEST_COUNT(members); i++)
        CHECK_INT(members[i].status, GOVSVC_OK);
    CHECK_INT(crash_vfs_flushes() - flushes, 3);
    CHECK_INT(story_rows(&s, "application"), 6);
    all_leave(members, TEST_COUNT(members));
    end();
}

static void put_a_notice(member *m)
{
    static const govsvc_notice_day day = {sizeof day, GOVSVC_DAY_OFF, "2026-03-10", "停电检修"};
    static const govsvc_notice_day *const days[] = {&day};
    govsvc_notice_draft draft = GOVSVC_NOTICE_DRAFT_INIT;
    draft.number = "南府办〔2026〕9号";
    draft.days = days;
    draft.day_count = 1;
    m->status = govsvc_notice_put(m->session, &draft, NULL);
}

/* What follows a notice reckons with it: it is committed before. */
static void a_notice_ends_its_group(void)
{
    member members[] = {{.action = NULL}, {.run = put_a_notice}, {.action = NULL}};
    begin(file, false, LONG);
    int64_t flushes = crash_vfs_flushes();
    all_together(members, TEST_COUNT(members));
    for (size_t i = 0; i < TEST_COUNT(members); i++)
        CHECK_INT(members[i].status, GOVSVC_OK);
    CHECK_INT(crash_vfs_flushes() - flushes, 2);
    all_leave(members, TEST_COUNT(members));
    end();
}

static void who_waits_too_long_is_told(void)
{
    enum { SHORT = 20 };
    member members[] = {{.action = NULL}, {.action = NULL}, {.action = NULL}}, last = {.action = NULL};
    begin(file, false, SHORT);
    held = false;
    let_go = 0;
    members[0].holds = true;
    start(&members[0]);
    while (!held)
        pause_a_little();
    start(&members[1]);
    start(&members[2]);
    join(&members[1]);
    join(&members[2]);
    CHECK_INT(how_many_wait(), 0);
    for (int i = 1; i < 3; i++) {
        CHECK_INT(members[i].status, GOVSVC_BUSY);
        CHECK_INT(govsvc_problem_count(members[i].session), 1);
    }
    let_go = 1;
    join(&members[0]);
    start(&last);
    join(&last);
    CHECK_INT(members[0].status, GOVSVC_OK);
    CHECK_INT(last.status, GOVSVC_OK);
    CHECK_INT(story_rows(&s, "application"), 2);
    all_leave(members, TEST_COUNT(members));
    leave(&last);
    end();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(one_flush_serves_all),
        TEST(a_full_group_is_committed),
        TEST(nobody_is_answered_before_the_commit),
        TEST(what_many_threads_did_is_on_record),
        TEST(a_store_in_memory_takes_them_one_by_one),
        TEST(a_refused_member_leaves_no_trace),
        TEST(a_refused_first_member_is_answered),
        TEST(a_failed_commit_fails_every_member),
        TEST(a_lost_transaction_takes_only_its_culprit),
        TEST(a_full_disk_is_told_to_everybody),
        TEST(a_batch_and_a_group_exclude_each_other),
        TEST(a_notice_ends_its_group),
        TEST(who_waits_too_long_is_told),
    };
    return test_main(cases, TEST_COUNT(cases));
}
