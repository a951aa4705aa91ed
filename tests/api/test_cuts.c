/* tests/api/test_cuts.c [CUTS] - the power is cut under the whole library, at any write of any step, of one thread
 * or of many that share their commits. After reopening, every step that was acknowledged is there, once; the store
 * is whole; and the step the cut met is done once when it is repeated with its key. */
#include "story.h"
#include "test.h"

#include "crash_vfs.h"

#include <pthread.h>

enum { CUTS_A_FILE = 10, OPERATIONS_MAX = 160, CASES_MAX = 4000, KEYS_MAX = 8000, KEY_SIZE = 24, CUTS = 50 };

static int64_t cuts = CUTS;
static story s;
static uint64_t random_state = 20260302;

static uint64_t random_below(uint64_t limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (random_state >> 33) % limit;
}

/* ---- what was acknowledged ---------------------------------------------------------------------------------- */

typedef struct one_case {
    int64_t id;
    const char *state;
} one_case;

static one_case cases_of[CASES_MAX];
static size_t case_count;
static char keys[KEYS_MAX][KEY_SIZE]; /* of the steps that were acknowledged */
static size_t key_count;

/* The step that is on its way. */
typedef struct step {
    char key[KEY_SIZE];
    size_t which; /* case_count: a new one */
    const story_way *way;
} step;

static const char *const states[] = {"submitted", "received",          "correcting", "supplied", "accepted",
                                     "in_review", "special_procedure", "decided",    "closed",   "delivered"};

/* A lawful step from this state, one of those that there are; NULL: it is at its end. */
static const story_way *any_way_from(const char *state)
{
    const story_way *found[TEST_COUNT(states)];
    size_t count = 0;
    for (size_t i = 0; i < TEST_COUNT(states); i++) {
        const story_way *way = story_way_to(states[i]);
        if (way->before && strcmp(way->before, state) == 0)
            found[count++] = way;
    }
    return count ? found[random_below(count)] : NULL;
}

static step any_step(void)
{
    static int64_t number;
    step next = {.which = case_count, .way = story_way_to("submitted")};
    snprintf(next.key, sizeof next.key, "k%lld", (long long)++number);
    if (case_count && random_below(4)) {
        size_t which = random_below(case_count);
        const story_way *way = any_way_from(cases_of[which].state);
        if (way) {
            next.which = which;
            next.way = way;
        }
    }
    return next;
}

static govsvc_status take_step(const step *of, int64_t *id)
{
    govsvc_session *session = s.as[of->way->role];
    if (of->which == case_count)
        return story_submit(session, of->key, id);
    *id = cases_of[of->which].id;
    return story_act(session, of->way->action, *id, of->key);
}

static void acknowledge(const step *of, int64_t id)
{
    cases_of[of->which] = (one_case){id, of->way->state};
    case_count += of->which == case_count;
    memcpy(keys[key_count++], of->key, KEY_SIZE);
}

/* ---- the cut ---------------------------------------------------------------------------------------------------- */

static void open_again(int64_t now)
{
    govsvc_config config = story_config(&s, "sqlite:cuts.db");
    config.driver_context = crash_vfs_install();
    config.synchronous = GOVSVC_UNSET; /* every commit is flushed */
    s.now = now;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
}

/* Steps until the power goes; the last is the one that was not acknowledged. */
static step step_until_cut(void)
{
    for (;;) {
        int64_t id = 0;
        step next = any_step();
        s.now += STORY_SECOND + (int64_t)random_below(STORY_HOUR);
        govsvc_status status = take_step(&next, &id);
        if (status) {
            CHECK(crash_vfs_is_cut());
            CHECK(govsvc_problem_count(s.as[next.way->role]) > 0);
            return next;
        }
        acknowledge(&next, id);
    }
}

static bool stands(const one_case *one)
{
    char in[64], want[64];
    const char *out = NULL;
    snprintf(in, sizeof in, "{\"id\":\"%lld\"}", (long long)one->id);
    snprintf(want, sizeof want, "\"state\":\"%s\"", one->state);
    bool so = govsvc_call(s.as[ADMINISTRATOR], "application.get", in, &out) == GOVSVC_OK && strstr(out, want);
    govsvc_free(out);
    return so;
}

static bool done_once(const char *key)
{
    return story_count(&s, "SELECT count(*) FROM {journal_entry} WHERE request_key = $1", key) == 1 &&
           story_count(&s, "SELECT count(*) FROM {request} WHERE request_key = $1", key) == 1;
}

/* Everything that was acknowledged is there; of the case the cut met, where is not known yet. */
static bool all_there(const step *open)
{
    bool so = story_complaints(&s) == 0;
    for (size_t i = 0; so && i < key_count; i++)
        so = done_once(keys[i]);
    for (size_t i = 0; so && i < case_count; i++)
        so = i == open->which || stands(&cases_of[i]);
    return so;
}

static bool one_cut(void)
{
    crash_vfs_cut_at(1 + (int64_t)random_below(OPERATIONS_MAX), random_below(UINT32_MAX));
    step open = step_until_cut();
    int64_t now = s.now, id = 0;
    story_close(&s);
    crash_vfs_reopen();
    open_again(now);
    bool so = all_there(&open);
    so =
        so && take_step(&open, &id) == GOVSVC_OK && take_step(&open, &id) == GOVSVC_OK && done_once(open.key);
    if (so)
        acknowledge(&open, id);
    return so && (int64_t)case_count == story_rows(&s, "application") && stands(&cases_of[open.which]);
}

/* How many of so many cuts under one file went well. */
static int64_t cut_one_file(int64_t rounds)
{
    int64_t good = 0;
    crash_vfs_forget();
    case_count = key_count = 0;
    open_again(s.now);
    story_publish(&s);
    while (good < rounds && one_cut())
        good++;
    story_close(&s);
    return good;
}

static void what_was_acknowledged_outlives_cuts(void)
{
    int64_t good = 0;
    story_config(&s, "");
    for (int64_t done = 0; done < cuts; done += CUTS_A_FILE)
        good += cut_one_file(CUTS_A_FILE);
    CHECK_INT(good, cuts);
    CHECK(crash_vfs_lost() > cuts); /* and the cuts took something */
    crash_vfs_forget();
}

/* ---- many threads ----------------------------------------------------------------------------------------------- */

enum { THREADS = 8, TOLD_MAX = 200 };

/* One thread's steps until the cut: submissions, and each received. */
typedef struct worker {
    pthread_t thread;
    govsvc_session *session;
    char told[TOLD_MAX][KEY_SIZE]; /* keys of what was acknowledged */
    size_t count;
    char open[KEY_SIZE]; /* of the step the cut met */
    bool receives;       /* that step; else it submits */
    int64_t id;
    bool wrong;
} worker;

static void *work_until_cut(void *argument)
{
    worker *w = argument;
    govsvc_status status = GOVSVC_OK;
    for (w->receives = true; !status && w->count < TOLD_MAX;) {
        w->receives = !w->receives;
        snprintf(w->open, sizeof w->open, "%p-%zu", (void *)w, w->count);
        status = w->receives ? story_act(w->session, "receive", w->id, w->open)
                             : story_submit(w->session, w->open, &w->id);
        if (!status)
            memcpy(w->told[w->count++], w->open, KEY_SIZE);
    }
    w->wrong = !status || !crash_vfs_is_cut() || govsvc_problem_count(w->session) == 0;
    return NULL;
}

static bool again_is_once(worker *w)
{
    bool good = true;
    for (int i = 0; i < 2 && good; i++)
        good = (w->receives ? story_act(s.anyone, "receive", w->id, w->open)
                            : story_submit(s.anyone, w->open, &w->id)) == GOVSVC_OK;
    return good && done_once(w->open);
}

static bool all_told_are_there(const worker *w)
{
    bool so = true;
    for (size_t i = 0; i < w->count && so; i++)
        so = done_once(w->told[i]);
    return so;
}

static bool one_cut_under_threads(int64_t at)
{
    static worker workers[THREADS];
    memset(workers, 0, sizeof workers);
    for (int i = 0; i < THREADS; i++)
        workers[i].session = story_session(s.gs, "u-1001", NULL, false, NULL);
    crash_vfs_cut_at(at, random_below(UINT32_MAX));
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&workers[i].thread, NULL, work_until_cut, &workers[i]), 0);
    bool so = true;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        govsvc_session_close(workers[i].session);
        so = so && !workers[i].wrong;
    }
    int64_t now = s.now;
    story_close(&s);
    crash_vfs_reopen();
    open_again(now);
    so = so && story_complaints(&s) == 0;
    for (int i = 0; i < THREADS && so; i++)
        so = all_told_are_there(&workers[i]);
    for (int i = 0; i < THREADS && so; i++)
        so = again_is_once(&workers[i]);
    return so && story_complaints(&s) == 0;
}

static void what_threads_were_told_outlives_cuts(void)
{
    int64_t good = 0, lost = crash_vfs_lost();
    story_config(&s, "");
    for (int64_t done = 0; done < cuts; done++) {
        crash_vfs_forget();
        open_again(s.now);
        story_publish(&s);
        good += one_cut_under_threads(1 + (int64_t)random_below(OPERATIONS_MAX));
        story_close(&s);
    }
    CHECK_INT(good, cuts);
    CHECK(crash_vfs_lost() > lost + cuts);
    crash_vfs_forget();
}

/* ---- opening ------------------------------------------------------------------------------------------------------ */

/* The first opening breaks off at every write it makes: the next one opens. */
static void opening_outlives_cuts(void)
{
    int64_t now = s.now, at = 1;
    for (bool cut = true; cut && at < 2000; at++) {
        govsvc *gs = NULL;
        crash_vfs_forget();
        govsvc_config config = story_config(&s, "sqlite:cuts.db");
        config.driver_context = crash_vfs_install();
        config.synchronous = GOVSVC_UNSET;
        crash_vfs_cut_at(at, (uint64_t)at);
        govsvc_status status = govsvc_open(&config, &gs);
        cut = crash_vfs_is_cut();
        CHECK(status == GOVSVC_OK || cut);
        govsvc_close(gs);
        crash_vfs_cut_at(0, 0);
        crash_vfs_reopen();
        open_again(now);
        story_publish(&s);
        story_application(&s, "received");
        CHECK_INT(story_complaints(&s), 0);
        story_close(&s);
    }
    CHECK(at > 10);
    crash_vfs_forget();
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        TEST(what_was_acknowledged_outlives_cuts),
        TEST(what_threads_were_told_outlives_cuts),
        TEST(opening_outlives_cuts),
    };
    cuts = argc > 1 ? strtoll(argv[1], NULL, 10) : CUTS;
    return test_main(cases, TEST_COUNT(cases));
}
