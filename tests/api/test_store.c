/* tests/api/test_store.c - a store over the years: migration, formats, tampering that is found and named,
 * keys that are rotated, backups. On a SQLite file, whose insides are reached with SQLite itself. */
#include "story.h"
#include "test.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <unistd.h>

static const char *path_of(const char *address)
{
    return address + strlen("sqlite:");
}

static void alter(const char *address, const char *format, ...)
{
    char sql[500], *error = NULL;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(path_of(address), &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, &error), SQLITE_OK);
    if (error)
        fprintf(stderr, "%s: %s\n", sql, error);
    sqlite3_free(error);
    sqlite3_close(db);
}

/* How many complaints store.check has, and whether one of them says this. */
static uint64_t complaints(story *s, const char *says)
{
    const govsvc_store_request request = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_store_report *report = NULL;
    CHECK_INT(govsvc_store_check(s->as[ADMINISTRATOR], &request, &report), GOVSVC_OK);
    uint64_t count = report ? report->complaint_count : 0;
    bool said = !says;
    for (uint64_t i = 0; i < count; i++)
        said = said || strstr(report->complaints[i], says);
    CHECK(said);
    for (uint64_t i = 0; i < count && !said; i++)
        fprintf(stderr, "complaint: %s\n", report->complaints[i]);
    govsvc_free(report);
    return count;
}

static void missing_columns_are_added(void)
{
    story s;
    const char *file = story_file("old.db");
    story_open(&s, file);
    int64_t id = story_application(&s, "received");
    story_close(&s);
    alter(file,
          "ALTER TABLE gs_application DROP COLUMN decision_reason; ALTER TABLE gs_application DROP COLUMN "
          "decision_reason_mark; DROP TABLE gs_follower; UPDATE gs_setting SET value = 'of an older library' "
          "WHERE name = 'schema'");
    govsvc_config config = story_config(&s, file);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    const govsvc_step step = {sizeof step, id, GOVSVC_ABSENT, NULL, NULL};
    const govsvc_application *out = NULL;
    CHECK_INT(govsvc_application_accept(s.as[ACCEPTOR], &step, &out), GOVSVC_OK);
    govsvc_free(out);
    CHECK_INT(complaints(&s, NULL), 0);
    story_close(&s);
}

/* A store with a key of its own: what is sealed after a migration opens when the store is opened again. */
static void a_migration_keeps_the_key(void)
{
    story s;
    const char *file = story_file("key.db");
    govsvc_config config = story_config(&s, file);
    config.key = NULL;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    const govsvc_store_request request = GOVSVC_STORE_REQUEST_INIT;
    CHECK_INT(govsvc_store_migrate(s.as[ADMINISTRATOR], &request, NULL), GOVSVC_OK);
    story_publish(&s);
    story_application(&s, "received");
    story_close(&s);
    config = story_config(&s, file);
    config.key = NULL;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(complaints(&s, NULL), 0);
    story_close(&s);
}

/* A newer library has added a column and a table: this one works beside them. */
static void unknown_columns_do_no_harm(void)
{
    story s;
    const char *file = story_file("new.db");
    story_open(&s, file);
    story_close(&s);
    alter(file, "ALTER TABLE gs_application ADD COLUMN of_the_future TEXT; CREATE TABLE gs_of_the_future (id "
                "INTEGER)");
    govsvc_config config = story_config(&s, file);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK(story_application(&s, "accepted") != 0);
    CHECK_INT(complaints(&s, NULL), 0);
    story_close(&s);
}

static govsvc_status opens(story *s, const char *file, bool read_only)
{
    govsvc_config config = story_config(s, file);
    config.read_only = read_only ? GOVSVC_YES : GOVSVC_UNSET;
    govsvc *gs = NULL;
    govsvc_status status = govsvc_open(&config, &gs);
    if (status == GOVSVC_FORMAT)
        CHECK(strstr(govsvc_open_problem(gs)->text_en, "this library is the older side") != NULL);
    govsvc_close(gs);
    return status;
}

static void raised_formats_are_refused(void)
{
    story s;
    const char *file = story_file("format.db");
    story_open(&s, file);
    story_close(&s);
    alter(file, "UPDATE gs_setting SET value = '2' WHERE name = 'write_format'");
    CHECK_INT(opens(&s, file, false), GOVSVC_FORMAT);
    CHECK_INT(opens(&s, file, true), GOVSVC_OK); /* it can still be read */
    alter(file, "UPDATE gs_setting SET value = '2' WHERE name = 'read_format'");
    CHECK_INT(opens(&s, file, true), GOVSVC_FORMAT);
    alter(file, "DELETE FROM gs_setting WHERE name = 'read_format'");
    CHECK_INT(opens(&s, file, false), GOVSVC_FOREIGN);
}

static void tampering_is_found_and_named(void)
{
    static const struct {
        const char *sql; /* %lld: the application */
        const char *says;
    } deeds[] = {
        {"UPDATE gs_application SET outcome = 'granted' WHERE id = %lld", "is not what the journal has"},
        {"UPDATE gs_application SET applicant_name_mark = x'00' WHERE id = %lld",
         "is not what the journal has"},
        {"UPDATE gs_application SET phone = zeroblob(90) WHERE id = %lld", "the sealed value of phone"},
        {"UPDATE gs_application SET applicant_id = NULL WHERE id = %lld", "the sealed value of applicant_id"},
        {"UPDATE gs_application SET revision = revision + 1 WHERE id = %lld",
         "the journal does not know revision"},
        {"DELETE FROM gs_application WHERE id = %lld", "the table does not"},
        {"UPDATE gs_clock SET due_at = due_at + 86400000 WHERE subject = %lld", "clock"},
        {"DELETE FROM gs_journal_entry WHERE subject = %lld AND action = 'receive'", "are missing"},
    };
    for (size_t i = 0; i < TEST_COUNT(deeds); i++) {
        story s;
        const char *file = story_file("tampered.db");
        unlink(path_of(file));
        story_open(&s, file);
        int64_t id = story_application(&s, "accepted");
        CHECK(story_application(&s, "received") != 0);
        CHECK_INT(complaints(&s, NULL), 0);
        alter(file, deeds[i].sql, (long long)id);
        CHECK(complaints(&s, deeds[i].says) > 0);
        story_close(&s);
        unlink(path_of(file));
    }
}

/* Taking away ciphertext and salt erases a person, and leaves everything that is proved true. */
static void erasure_leaves_the_store_whole(void)
{
    story s;
    const char *file = story_file("erased.db");
    story_open(&s, file);
    int64_t id = story_application(&s, "delivered");
    alter(file,
          "UPDATE gs_application SET salt = NULL, applicant_name = NULL, applicant_id = NULL, "
          "applicant_id_find = NULL, "
          "contact_name = NULL, phone = NULL, address = NULL, form = NULL, title = NULL, decision_reason = "
          "NULL, "
          "corrections = NULL, procedures = NULL WHERE id = %lld",
          (long long)id);
    CHECK_INT(complaints(&s, NULL), 0);
    story_close(&s);
}

/* The store is checked whole, whichever of its divisions it was opened with. */
static void every_tenant_is_checked(void)
{
    story s;
    const char *file = story_file("tenants.db");
    story_open(&s, file);
    int64_t id = story_application(&s, "accepted");
    story_close(&s);
    govsvc_config config = story_config(&s, file);
    config.division = "450200";
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(complaints(&s, NULL), 0);
    alter(file, "UPDATE gs_application SET outcome = 'granted' WHERE id = %lld", (long long)id);
    CHECK(complaints(&s, "is not what the journal has") > 0);
    story_close(&s);
}

/* Who opens it without saying where they are is where the store was made. */
static void a_store_knows_its_division(void)
{
    story s;
    const char *file = story_file("division.db");
    govsvc_config config = story_config(&s, file);
    govsvc *gs = NULL;
    config.division = NULL;
    CHECK_INT(govsvc_open(&config, &gs), GOVSVC_INVALID); /* there is nothing yet that could know */
    CHECK_TEXT(govsvc_open_problem(gs)->field, "/division");
    govsvc_close(gs);
    story_open(&s, file);
    int64_t id = story_application(&s, "received");
    story_close(&s);
    config = story_config(&s, file);
    config.division = NULL;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, NULL), GOVSVC_OK);
    story_close(&s);
    alter(file, "DELETE FROM gs_setting WHERE name = 'division'");
    gs = NULL;
    CHECK_INT(govsvc_open(&config, &gs), GOVSVC_INVALID);
    govsvc_close(gs);
}

/* A sealed value that was moved to another row opens nowhere. */
static void moved_values_are_corrupt(void)
{
    story s;
    const char *file = story_file("moved.db");
    story_open(&s, file);
    int64_t from = story_application(&s, "received"), to = story_application(&s, "received");
    alter(file,
          "UPDATE gs_application SET applicant_name = (SELECT applicant_name FROM gs_application WHERE id = "
          "%lld) "
          "WHERE id = %lld",
          (long long)from, (long long)to);
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    const govsvc_application *out = NULL;
    get.id = to;
    CHECK_INT(govsvc_application_get(s.as[ACCEPTOR], &get, &out), GOVSVC_CORRUPT);
    CHECK(out == NULL);
    story_close(&s);
}

static int64_t newest_key;

static bool host_key(void *context, int64_t key_id, unsigned char out[32])
{
    (void)context;
    memset(out, (int)key_id, 32);
    return key_id >= 1 && key_id <= newest_key;
}

/* What is sealed under an older key is still read when a newer one has come. */
static void keys_are_rotated(void)
{
    story s;
    const char *file = story_file("keys.db");
    govsvc_config config = story_config(&s, file);
    config.key = host_key;
    newest_key = 1;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_publish(&s);
    int64_t old = story_application(&s, "received");
    newest_key = 2;
    int64_t fresh = story_application(&s, "received");
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    for (int i = 0; i < 2; i++) {
        const govsvc_application *out = NULL;
        get.id = i ? fresh : old;
        CHECK_INT(govsvc_application_get(s.as[APPLICANT], &get, &out), GOVSVC_OK);
        CHECK(out && strcmp(out->applicant_id, STORY_CITIZEN) == 0);
        govsvc_free(out);
    }
    CHECK_INT(complaints(&s, NULL), 0);
    story_close(&s);
}

static void backups_are_whole(void)
{
    story s;
    char copy[300];
    story_open(&s, story_file("busy.db"));
    int64_t id = story_application(&s, "decided");
    const char *to = story_file("copy.db");
    snprintf(copy, sizeof copy, "%s", path_of(to));
    const govsvc_store_request request = {sizeof request, copy, NULL};
    const govsvc_store_report *report = NULL;
    CHECK_INT(govsvc_store_backup(s.as[ADMINISTRATOR], &request, &report), GOVSVC_OK);
    govsvc_free(report);
    report = NULL;
    CHECK_INT(govsvc_store_backup(s.as[ADMINISTRATOR], &request, &report),
              GOVSVC_EXISTS); /* never over something */
    CHECK(report == NULL);
    story_close(&s);
    char address[310];
    snprintf(address, sizeof address, "sqlite:%s", copy);
    govsvc_config config = story_config(&s, address);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    CHECK_INT(complaints(&s, NULL), 0);
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    const govsvc_application *out = NULL;
    get.id = id;
    CHECK_INT(govsvc_application_get(s.as[APPLICANT], &get, &out), GOVSVC_OK);
    govsvc_free(out);
    story_close(&s);
}

/* Identifiers do not go back when the clock does. */
static void identifiers_never_go_back(void)
{
    story s;
    const char *file = story_file("clock.db");
    story_open(&s, file);
    int64_t first = story_application(&s, "submitted");
    story_close(&s);
    govsvc_config config = story_config(&s, file);
    s.now -= 30 * (int64_t)STORY_DAY;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    int64_t second = story_application(&s, "submitted");
    CHECK(second > first);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {TEST(missing_columns_are_added),
                                      TEST(a_migration_keeps_the_key),
                                      TEST(unknown_columns_do_no_harm),
                                      TEST(raised_formats_are_refused),
                                      TEST(tampering_is_found_and_named),
                                      TEST(erasure_leaves_the_store_whole),
                                      TEST(every_tenant_is_checked),
                                      TEST(a_store_knows_its_division),
                                      TEST(moved_values_are_corrupt),
                                      TEST(keys_are_rotated),
                                      TEST(backups_are_whole),
                                      TEST(identifiers_never_go_back)};
    int result = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return result;
}
