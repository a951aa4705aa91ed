/* tests/api/test_refusals.c - what is refused though the input is in order: a request key that was used, a
 * clock that went back, a revision that is past, a file that is no store, a store that cannot be written,
 * is full, or belongs to another process. */
#include "story.h"
#include "test.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

static story s;

static const char *rule_of(const govsvc_session *session)
{
    const govsvc_problem *problem = story_problem(session);
    return *problem->text_zh && *problem->text_en ? problem->rule : "";
}

static const char *field_of(const govsvc_session *session)
{
    return story_problem(session)->field;
}

/* ---- request keys ------------------------------------------------------------------------------------ */

static void a_repeated_request_is_done_once(void)
{
    story_trace before, after;
    int64_t first = 0, second = 0;
    story_open(&s, story_store());
    CHECK_INT(story_submit(s.as[APPLICANT], "k1", &first), GOVSVC_OK);
    story_look(&s, &before);
    CHECK_INT(story_submit(s.as[APPLICANT], "k1", &second), GOVSVC_OK);
    story_look(&s, &after);
    CHECK_INT(second, first);
    CHECK(story_same(&before, &after));
    CHECK_INT(story_submit(s.as[WINDOW_CLERK], "k1", &second), GOVSVC_OK); /* another actor's own key */
    CHECK(second != first);
    story_close(&s);
}

static void a_key_is_for_one_body(void)
{
    story_trace before, after;
    story_drafts drafts;
    int64_t id = 0;
    story_open(&s, story_store());
    CHECK_INT(story_submit(s.as[APPLICANT], "k1", &id), GOVSVC_OK);
    story_look(&s, &before);
    story_drafts_init(&drafts);
    drafts.application.request_key = "k1";
    drafts.application.phone = "13800138001";
    CHECK_INT(govsvc_application_submit(s.as[APPLICANT], &drafts.application, NULL), GOVSVC_KEY_REUSED);
    CHECK_TEXT(field_of(s.as[APPLICANT]), "/request_key");
    CHECK_TEXT(rule_of(s.as[APPLICANT]), "request_key");
    CHECK_INT(story_act(s.as[APPLICANT], "supply", id, "k1"), GOVSVC_KEY_REUSED); /* another operation */
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    story_close(&s);
}

/* A step that was done answers again, though it would not be possible now; a failed one keeps no key. */
static void a_repeated_step_answers_again(void)
{
    story_trace before, after;
    story_open(&s, story_store());
    int64_t id = story_application(&s, "submitted");
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, "k2"), GOVSVC_STATE);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, "k1"), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, "k2"), GOVSVC_OK);
    story_look(&s, &before);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, "k1"), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_STATE);
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, "k2"), GOVSVC_OK);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    story_close(&s);
}

/* Who has lost the role, or sight of the case, gets no answer by an old key. */
static void a_repeated_step_is_authorised_again(void)
{
    story_open(&s, story_store());
    int64_t id = story_application(&s, "submitted");
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, "k1"), GOVSVC_OK);
    govsvc_session *auditor = story_session(s.gs, "acceptor", "auditor", false, NULL);
    govsvc_session *elsewhere = story_session(s.gs, "acceptor", "acceptor", true, NULL);
    CHECK_INT(story_act(auditor, "receive", id, "k1"), GOVSVC_DENIED);
    CHECK_INT(story_act(elsewhere, "receive", id, "k1"), GOVSVC_NOT_FOUND);
    govsvc_session_close(auditor);
    govsvc_session_close(elsewhere);
    story_close(&s);
}

/* ---- time and revisions ------------------------------------------------------------------------------ */

static void a_clock_that_goes_back(void)
{
    story_trace before, after;
    const govsvc_application *out = NULL;
    story_open(&s, story_store());
    int64_t id = story_application(&s, "submitted"), then = s.now;
    s.now -= 11 * STORY_SECOND;
    story_look(&s, &before);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_CLOCK);
    CHECK_TEXT(rule_of(s.as[ACCEPTOR]), "clock");
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    s.now = then - 9 * STORY_SECOND; /* a little is another machine's clock */
    govsvc_step step = {sizeof step, id, GOVSVC_ABSENT, NULL, NULL};
    CHECK_INT(story_step(s.as[ACCEPTOR], "receive", &step, &out), GOVSVC_OK);
    CHECK_INT(out ? out->received_at : 0, then); /* and the case's own time does not go back */
    CHECK_INT(out ? out->updated_at : 0, then);
    govsvc_free(out);
    story_close(&s);
}

static void identifiers_never_go_back(void)
{
    story_open(&s, story_store());
    int64_t last = 0, id = 0;
    for (int i = 0; i < 20; i++, last = id) {
        s.now -= STORY_HOUR;
        CHECK_INT(story_submit(s.as[APPLICANT], NULL, &id), GOVSVC_OK);
        CHECK(id > last);
    }
    story_close(&s);
}

/* Not across openings either, whatever the clock says by then. */
static void identifiers_never_go_back_in_a_file(void)
{
    int64_t last = 0, id = 0;
    const char *file = story_file("ids.db");
    story_open(&s, file);
    CHECK_INT(story_submit(s.as[APPLICANT], NULL, &last), GOVSVC_OK);
    story_close(&s);
    govsvc_config config = story_config(&s, file);
    s.now -= 100 * (int64_t)STORY_DAY;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(story_submit(s.as[APPLICANT], NULL, &id), GOVSVC_OK);
    CHECK(id > last);
    story_close(&s);
}

static void a_past_revision_is_a_conflict(void)
{
    static const int64_t wrong[] = {0, 1, 3, INT64_MAX / 1024};
    story_trace before, after;
    story_open(&s, story_store());
    int64_t id = story_application(&s, "received"); /* revision 2 */
    story_look(&s, &before);
    for (size_t i = 0; i < TEST_COUNT(wrong); i++) {
        govsvc_step step = {sizeof step, id, wrong[i], NULL, NULL};
        CHECK_INT(story_step(s.as[ACCEPTOR], "accept", &step, NULL), GOVSVC_CONFLICT);
        CHECK_TEXT(field_of(s.as[ACCEPTOR]), "/revision");
        CHECK_TEXT(story_problem(s.as[ACCEPTOR])->expected, "2");
    }
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    govsvc_step step = {sizeof step, id, 2, NULL, NULL};
    CHECK_INT(story_step(s.as[ACCEPTOR], "accept", &step, NULL), GOVSVC_OK);
    story_close(&s);
}

/* ---- files that are no store ------------------------------------------------------------------------- */

static const char *path_of(const char *store)
{
    return store + strlen("sqlite:");
}

static void write_file(const char *store, const void *bytes, size_t size)
{
    FILE *file = fopen(path_of(store), "wb");
    CHECK(file && fwrite(bytes, 1, size, file) == size);
    if (file)
        fclose(file);
}

static void run_sql(const char *store, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(path_of(store), &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* It does not open, and says why. */
static void does_not_open(const govsvc_config *config, govsvc_status want)
{
    govsvc *gs = NULL;
    govsvc_session *session = NULL;
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    CHECK_INT(govsvc_open(config, &gs), want);
    const govsvc_problem *problem = govsvc_open_problem(gs);
    CHECK(problem && problem->status == want && *problem->field && *problem->text_zh && *problem->text_en);
    CHECK_INT(govsvc_session_open(gs, &actor, &session, NULL), GOVSVC_MISUSE);
    govsvc_close(gs);
}

static void files_that_are_none(void)
{
    char noise[8192];
    const char *file = story_file("none.db");
    govsvc_config config = story_config(&s, file);
    memset(noise, 'x', sizeof noise);
    write_file(file, noise, sizeof noise);
    does_not_open(&config, GOVSVC_FOREIGN);
    write_file(file, "SQLite format 3", 15);
    does_not_open(&config, GOVSVC_FOREIGN);
    memcpy(noise, "SQLite format 3", 16);
    write_file(file, noise, sizeof noise);
    does_not_open(&config, GOVSVC_FOREIGN);
    config.store = "sqlite:/nonexistent/directory/x.db";
    does_not_open(&config, GOVSVC_UNAVAILABLE);
    config.store = "sqlite:/";
    does_not_open(&config, GOVSVC_UNAVAILABLE);
    config.store = "nonesuch:x";
    does_not_open(&config, GOVSVC_UNSUPPORTED);
    config.store = story_file("absent.db");
    config.create = GOVSVC_NO;
    does_not_open(&config, GOVSVC_UNAVAILABLE);
    CHECK(access(path_of(config.store), F_OK) != 0);
}

/* A file with somebody else's tables alone is not taken for a store, and stays as it was; their tables may
 * come to stand beside ours. Tables that only bear our names are not worked with. */
static void a_vendors_database(void)
{
    static const char theirs[] = "CREATE TABLE vendor (id INTEGER PRIMARY KEY, name TEXT)";
    const char *file = story_file("vendor.db");
    run_sql(file, theirs);
    govsvc_config config = story_config(&s, file);
    does_not_open(&config, GOVSVC_FOREIGN);
    run_sql(file, "CREATE TABLE gs_setting (a INTEGER)"); /* there was none of ours */
    file = story_file("beside.db");
    story_open(&s, file);
    run_sql(file, theirs);
    story_application(&s, "accepted");
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
    run_sql(file, "INSERT INTO vendor VALUES (1, 'kept')");
    config = story_config(&s, file);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_close(&s);
    file = story_file("alike.db");
    run_sql(file, "CREATE TABLE gs_setting (a INTEGER, b TEXT)");
    config.store = file;
    govsvc *gs = NULL;
    CHECK(govsvc_open(&config, &gs) != GOVSVC_OK);
    CHECK(govsvc_open_problem(gs) != NULL);
    govsvc_close(gs);
    file = story_file("strange-setting.db");
    run_sql(file, "CREATE TABLE gs_setting (id INTEGER PRIMARY KEY, tenant INTEGER, revision INTEGER, "
                  "created_at INTEGER, "
                  "updated_at INTEGER, name TEXT, value TEXT); INSERT INTO gs_setting VALUES (1, 4500, 1, 0, "
                  "0, 'a', 'b')");
    config.store = file;
    does_not_open(&config, GOVSVC_FOREIGN);
}

static void a_newer_store_says_so(void)
{
    const char *file = story_file("newer.db");
    story_open(&s, file);
    story_close(&s);
    run_sql(file, "UPDATE gs_setting SET value = '2' WHERE name = 'write_format'");
    govsvc_config config = story_config(&s, file);
    does_not_open(&config, GOVSVC_FORMAT);
    config.read_only = GOVSVC_YES; /* it can still be read */
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_close(&s);
    run_sql(file, "UPDATE gs_setting SET value = '2' WHERE name = 'read_format'");
    config.clock_context = &s;
    does_not_open(&config, GOVSVC_FORMAT);
}

/* ---- stores that cannot be written ------------------------------------------------------------------- */

static void a_read_only_store(void)
{
    const char *file = story_file("read.db");
    story_trace before, after;
    story_open(&s, file);
    int64_t id = story_application(&s, "submitted"), other = 0;
    story_close(&s);
    govsvc_config config = story_config(&s, file);
    config.read_only = GOVSVC_YES;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    const govsvc_get_request get = {sizeof get, id, NULL, NULL};
    const govsvc_tick_request tick = GOVSVC_TICK_REQUEST_INIT;
    story_look(&s, &before);
    CHECK_INT(govsvc_application_get(s.as[APPLICANT], &get, NULL), GOVSVC_OK);
    CHECK_INT(story_complaints(&s), 0);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_READ_ONLY);
    CHECK(*rule_of(s.as[ACCEPTOR]));
    CHECK_INT(story_submit(s.as[APPLICANT], "k", &other), GOVSVC_READ_ONLY);
    CHECK_INT(story_put_matter(s.as[ADMINISTRATOR], 2, NULL, &other), GOVSVC_READ_ONLY);
    CHECK_INT(govsvc_tick(s.as[SYSTEM], &tick, NULL), GOVSVC_READ_ONLY);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    story_close(&s);
}

/* A driver whose files may have so many pages. */
static int64_t pages = 1 << 20;

static int open_limited(const char *address, const govsvc_store_options *options,
                        govsvc_store_connection **out)
{
    char sql[64];
    int class = govsvc_driver_sqlite()->open(address, options, out);
    snprintf(sql, sizeof sql, "PRAGMA max_page_count=%lld", (long long)pages);
    return class ? class : govsvc_driver_sqlite()->run(*out, sql);
}

static void a_full_disk(void)
{
    govsvc_driver driver = *govsvc_driver_sqlite();
    govsvc_config config = story_config(&s, story_file("full.db"));
    govsvc_status status = GOVSVC_OK;
    char key[32] = "";
    int64_t id = 0, done = 0;
    driver.open = open_limited;
    config.driver = &driver;
    pages = 120;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_publish(&s);
    for (; !status && done < 10000; done += !status) {
        snprintf(key, sizeof key, "k%lld", (long long)done);
        status = story_submit(s.as[APPLICANT], key, &id);
    }
    CHECK_INT(status, GOVSVC_FULL);
    CHECK(*rule_of(s.as[APPLICANT]));
    CHECK(done > 10);
    CHECK_INT(story_rows(&s, "application"), done);
    CHECK_INT(story_complaints(&s), 0);
    CHECK_INT(story_submit(s.as[APPLICANT], key, &id), GOVSVC_FULL);
    story_close(&s);
    pages = 1 << 20; /* room again */
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(story_submit(s.as[APPLICANT], key, &id), GOVSVC_OK);
    CHECK_INT(story_rows(&s, "application"), done + 1);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* ---- other processes --------------------------------------------------------------------------------- */

enum { SUBMISSIONS = 200, PROCESSES = 2 };

/* In a process of its own: how many submissions went well. */
static int submit_many(const char *file, int process)
{
    char key[32];
    int64_t id;
    int done = 0;
    govsvc_config config = story_config(&s, file);
    config.busy_timeout_ms = 60000;
    if (story_begin(&s, &config))
        return 0;
    for (int i = 0; i < SUBMISSIONS; i++) {
        snprintf(key, sizeof key, "p%d-%d", process, i);
        done += story_submit(s.as[APPLICANT], key, &id) == GOVSVC_OK;
    }
    story_close(&s);
    return done;
}

static void two_processes_on_one_file(void)
{
    static const char entries[] =
        "SELECT count(*) FROM {journal_entry} WHERE kind = 'application' AND request_key = $1";
    pid_t children[PROCESSES];
    char key[32];
    const char *file = story_file("shared.db");
    story_open(&s, file);
    story_close(&s);
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        if (children[i] == 0)
            _exit(submit_many(file, i) == SUBMISSIONS ? 0 : 1);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = -1;
        CHECK(waitpid(children[i], &status, 0) == children[i] && status == 0);
    }
    govsvc_config config = story_config(&s, file);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(story_rows(&s, "application"), PROCESSES * SUBMISSIONS);
    for (int i = 0; i < PROCESSES * SUBMISSIONS; i++) {
        snprintf(key, sizeof key, "p%d-%d", i / SUBMISSIONS, i % SUBMISSIONS);
        CHECK_INT(story_count(&s, entries, key), 1);
    }
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* What a child does with its parent's handles is refused, and harms nobody. */
static int misused_after_fork(int64_t id)
{
    govsvc_session *session = NULL;
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    const char *out = NULL;
    const char *role = "system";
    actor.id = "x";
    actor.roles = &role;
    actor.role_count = 1;
    return story_act(s.as[ACCEPTOR], "receive", id, NULL) == GOVSVC_MISUSE &&
           govsvc_call(s.anyone, "tick", "{}", &out) == GOVSVC_MISUSE &&
           govsvc_batch_begin(s.anyone) == GOVSVC_MISUSE &&
           govsvc_session_open(s.gs, &actor, &session, NULL) == GOVSVC_MISUSE && !session && !out;
}

static void handles_are_not_for_children(void)
{
    int status = -1;
    story_open(&s, story_file("fork.db"));
    int64_t id = story_application(&s, "submitted");
    pid_t child = fork();
    if (child == 0)
        _exit(misused_after_fork(id) ? 0 : 1);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_OK);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(a_repeated_request_is_done_once),
        TEST(a_key_is_for_one_body),
        TEST(a_repeated_step_answers_again),
        TEST(a_repeated_step_is_authorised_again),
        TEST(a_clock_that_goes_back),
        TEST(identifiers_never_go_back),
        TEST(identifiers_never_go_back_in_a_file),
        TEST(a_past_revision_is_a_conflict),
        TEST(files_that_are_none),
        TEST(a_vendors_database),
        TEST(a_newer_store_says_so),
        TEST(a_read_only_store),
        TEST(a_full_disk),
        TEST(two_processes_on_one_file),
        TEST(handles_are_not_for_children),
    };
    int failed = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return failed;
}
