/* tests/store/test_sqlite.c - what only the SQLite driver has: files of all kinds, copies, the check, a
 * full disk, several processes. The contract itself is held in test_driver.c. */
#define _GNU_SOURCE
#include "drive.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>

static void use_file(const char *name)
{
    driver = govsvc_driver_sqlite();
    snprintf(address, sizeof address, "%s", scratch(name));
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    CHECK(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Files */

static void other_files_are_foreign(void)
{
    static const char *const contents[] = {"hello", "PK\3\4", "SQLite format 3", "not a database at all, "};
    char page[4096];
    govsvc_store_options options = plain_options();
    for (size_t i = 0; i < TEST_COUNT(contents); i++) {
        use_file("foreign.db");
        write_file(address, contents[i], strlen(contents[i]));
        CHECK_INT(try_open(&options), GOVSVC_STORE_FOREIGN);
        CHECK(*open_message);
    }
    memset(page, 0x5a, sizeof page); /* as an encrypted database looks */
    write_file(address, page, sizeof page);
    CHECK_INT(try_open(&options), GOVSVC_STORE_FOREIGN);
    options.read_only = GOVSVC_YES;
    CHECK_INT(try_open(&options), GOVSVC_STORE_FOREIGN);
    struct stat state;
    CHECK(stat(address, &state) == 0 && state.st_size == sizeof page); /* and was not touched */
}

static void missing_files_are_made_only_when_asked(void)
{
    use_file("missing.db");
    govsvc_store_options options = plain_options();
    options.create = GOVSVC_NO;
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR);
    CHECK(*open_message);
    CHECK(!is_there(address));
    options.create = GOVSVC_UNSET;
    options.read_only = GOVSVC_YES;
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR);
    CHECK(!is_there(address));
    options.read_only = GOVSVC_UNSET;
    CHECK_INT(try_open(&options), GOVSVC_STORE_OK);
    CHECK(is_there(address));
    use_file("no/such/directory.db");
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR);
    *address = '\0';
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR);
    CHECK(*open_message);
}

static int64_t application_id(void)
{
    connection *c = open_plain();
    int64_t id = ask(c, "PRAGMA application_id");
    driver->close(c);
    return id;
}

static void only_new_files_are_marked(void)
{
    use_file("new.db");
    CHECK_INT(application_id(), 0x47535643);
    use_file("vendor.db");
    sqlite3 *vendor = NULL;
    CHECK_INT(sqlite3_open(address, &vendor), SQLITE_OK);
    CHECK_INT(sqlite3_exec(vendor, "CREATE TABLE approvals (id INTEGER PRIMARY KEY)", NULL, NULL, NULL), 0);
    sqlite3_close(vendor);
    govsvc_store_options options = plain_options();
    CHECK_INT(try_open(&options), GOVSVC_STORE_FOREIGN); /* not without being told */
    options.create = GOVSVC_YES;
    connection *c = open_with(&options); /* our tables beside the vendor's */
    CHECK_INT(ask(c, "PRAGMA application_id"), 0);
    CHECK_INT(driver->run(c, "CREATE TABLE gs_thing (id INTEGER PRIMARY KEY)"), GOVSVC_STORE_OK);
    CHECK_INT(ask(c, "SELECT count(*) FROM approvals"), 0);
    driver->close(c);
    CHECK_INT(application_id(), 0); /* and now it is one of ours */
}

static void flushing_is_as_asked(void)
{
    use_file("flush.db");
    govsvc_store_options options = plain_options();
    connection *c = open_with(&options);
    CHECK_INT(ask(c, "PRAGMA synchronous"), 2); /* FULL */
    driver->close(c);
    options.synchronous = GOVSVC_NO;
    c = open_with(&options);
    CHECK_INT(ask(c, "PRAGMA synchronous"), 1); /* NORMAL */
    CHECK_INT(ask(c, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
    driver->close(c);
}

static void memory_is_a_store(void)
{
    driver = govsvc_driver_sqlite();
    snprintf(address, sizeof address, ":memory:");
    connection *first = open_things(), *second = open_things();
    CHECK_INT(insert(first, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(count_things(first), 1);
    CHECK_INT(count_things(second), 0);
    driver->close(first);
    driver->close(second);
}

static void the_context_names_a_vfs(void)
{
    use_file("vfs.db");
    govsvc_store_options options = plain_options();
    options.context = "no such vfs";
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR);
    options.context = "unix-none";
    CHECK_INT(try_open(&options), GOVSVC_STORE_OK);
}

/* In a process of its own; root may write everywhere, so the process becomes nobody first. */
static void without_rights(void (*body)(void))
{
    pid_t child = fork();
    if (child == 0) {
        test_failed_checks = 0;
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(2);
        body();
        _exit(test_failed_checks ? 1 : 0);
    }
    int status = -1;
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK_INT(status, 0);
}

static void open_without_rights(void)
{
    govsvc_store_options options = plain_options();
    CHECK_INT(try_open(&options), GOVSVC_STORE_READ_ONLY);
    CHECK(*open_message);
}

static void open_new_without_rights(void)
{
    use_file("locked/new.db");
    open_without_rights();
}

static void unwritable_places_are_read_only(void)
{
    CHECK_INT(chmod(scratch(""), 0755), 0);
    CHECK_INT(mkdir(scratch("locked"), 0755), 0);
    use_file("locked/there.db");
    driver->close(open_things());
    CHECK_INT(chmod(address, 0444), 0);
    without_rights(open_without_rights);
    CHECK_INT(chmod(address, 0666), 0);
    CHECK_INT(chmod(scratch("locked"), 0555), 0);
    without_rights(open_without_rights); /* the file may be written, its directory not: no log */
    without_rights(open_new_without_rights);
    CHECK_INT(chmod(scratch("locked"), 0755), 0);
}

/* No room */

static void a_full_disk_is_told(void)
{
    use_file("full.db");
    connection *c = open_things();
    must_run(c, "PRAGMA max_page_count=8");
    statement *put = prepared(c, "INSERT INTO {p}thing (id, body) VALUES ($1, $2)");
    static const char body[40000];
    govsvc_value values[2] = {integer(2), bytes_value(body, sizeof body)};
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->savepoint(c), GOVSVC_STORE_OK);
    int class = driver->execute(put, values, 2, NULL);
    CHECK_INT(class & GOVSVC_STORE_CLASS, GOVSVC_STORE_FULL);
    CHECK(*driver->message(c));
    if (class & GOVSVC_STORE_GONE) {
        CHECK(driver->rollback_to(c) != GOVSVC_STORE_OK);
        CHECK(driver->commit(c) != GOVSVC_STORE_OK);
        CHECK_INT(count_things(c), 0);
    } else {
        CHECK_INT(driver->rollback_to(c), GOVSVC_STORE_OK);
        CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
        CHECK_INT(count_things(c), 1);
    }
    driver->finalize(put);
    driver->close(c);
}

/* Copies */

struct watch {
    int64_t calls, done, all, stop_at;
};

static int watch_progress(void *context, int64_t done, int64_t all)
{
    struct watch *watch = context;
    CHECK(done >= watch->done && done <= all);
    watch->calls++;
    watch->done = done;
    watch->all = all;
    return watch->calls == watch->stop_at;
}

static connection *open_large(const char *name)
{
    use_file(name);
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    statement *put = prepared(c, "INSERT INTO {p}thing (id, body) VALUES ($1, $2)");
    static const char body[3000] = "部分内容";
    for (int64_t id = 1; id <= 1000; id++) {
        govsvc_value values[2] = {integer(id), bytes_value(body, sizeof body)};
        CHECK_INT(driver->execute(put, values, 2, NULL), GOVSVC_STORE_OK);
    }
    driver->finalize(put);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    return c;
}

static void a_copy_is_complete(void)
{
    char copy[128];
    struct watch watch = {0};
    connection *c = open_large("large.db"), *writer = open_plain();
    snprintf(copy, sizeof copy, "%s", scratch("copy.db"));
    CHECK_INT(insert(writer, 1001, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->backup(c, copy, watch_progress, &watch), GOVSVC_STORE_OK);
    CHECK(watch.calls > 1 && watch.done == watch.all && watch.all > 700);
    CHECK_INT(insert(writer, 1002, 1), GOVSVC_STORE_OK);                     /* nothing stays locked */
    CHECK_INT(driver->backup(c, copy, NULL, NULL), GOVSVC_STORE_CONSTRAINT); /* the file exists */
    CHECK(*driver->message(c));
    driver->close(writer);
    driver->close(c);
    use_file("copy.db");
    c = open_plain();
    CHECK_INT(count_things(c), 1001);
    CHECK_INT(ask(c, "PRAGMA application_id"), 0x47535643);
    driver->close(c);
}

struct writing {
    connection *writer;
    int64_t id;
};

static int write_meanwhile(void *context, int64_t done, int64_t all)
{
    struct writing *writing = context;
    CHECK_INT(insert(writing->writer, writing->id++, 1), GOVSVC_STORE_OK);
    (void)done;
    (void)all;
    return writing->id > 2100; /* a copy that starts again with every write never ends */
}

static void a_copy_is_of_one_moment(void)
{
    char copy[128];
    connection *c = open_large("busy.db");
    struct writing writing = {open_plain(), 2000};
    snprintf(copy, sizeof copy, "%s", scratch("moment.db"));
    CHECK_INT(driver->backup(c, copy, write_meanwhile, &writing), GOVSVC_STORE_OK);
    CHECK(writing.id > 2001);
    driver->close(writing.writer);
    driver->close(c);
    use_file("moment.db");
    c = open_plain();
    CHECK_INT(count_things(c), 1000);
    driver->close(c);
}

static void a_stopped_copy_leaves_nothing(void)
{
    char copy[128];
    struct watch watch = {.stop_at = 2};
    connection *c = open_large("stopped.db");
    snprintf(copy, sizeof copy, "%s", scratch("half.db"));
    CHECK_INT(driver->backup(c, copy, watch_progress, &watch), GOVSVC_STORE_ERROR);
    CHECK_INT(watch.calls, 2);
    CHECK(!is_there(copy));
    CHECK_INT(driver->backup(c, scratch("no/where.db"), NULL, NULL), GOVSVC_STORE_ERROR);
    CHECK(*driver->message(c));
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    driver->rollback(c);
    CHECK_INT(driver->backup(c, copy, NULL, NULL), GOVSVC_STORE_OK);
    driver->close(c);
}

/* Damage */

static void count_complaint(void *context, const char *complaint)
{
    CHECK(*complaint);
    ++*(int *)context;
}

static int complaints_of(connection *c)
{
    int complaints = 0;
    CHECK_INT(driver->check(c, count_complaint, &complaints), GOVSVC_STORE_OK);
    return complaints;
}

static void damage_is_complained_of(void)
{
    connection *c = open_large("damaged.db");
    CHECK_INT(complaints_of(c), 0);
    driver->close(c); /* the log is now in the file */
    int file = open(address, O_RDWR);
    char zeros[4096] = {0};
    for (off_t page = 20; page < 40; page++)
        CHECK_INT(pwrite(file, zeros, sizeof zeros, page * 4096), sizeof zeros);
    close(file);
    c = open_plain();
    CHECK(complaints_of(c) > 0);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    int class = run(c, "UPDATE {p}thing SET number = 1");
    CHECK_INT(class & GOVSVC_STORE_CLASS, GOVSVC_STORE_CORRUPT);
    driver->rollback(c);
    driver->close(c);
}

static void a_damaged_schema_is_complained_of(void)
{
    use_file("schema.db");
    connection *c = open_things();
    must_run(c, "PRAGMA writable_schema=ON");
    must_run(c, "UPDATE sqlite_master SET rootpage = 9999 WHERE name = 'gs_thing'");
    driver->close(c);
    connection *damaged = NULL;
    govsvc_store_options options = plain_options();
    int class = driver->open(address, &options, &damaged);
    CHECK(class == GOVSVC_STORE_CORRUPT || (class == GOVSVC_STORE_OK && complaints_of(damaged) > 0));
    driver->close(damaged);
}

/* Several processes */

enum { INCREMENTS = 500 };

static int increment(void)
{
    govsvc_store_options options = plain_options();
    options.busy_timeout_ms = 20000;
    options.synchronous = GOVSVC_NO;
    connection *c = open_with(&options);
    int class = GOVSVC_STORE_OK;
    for (int i = 0; i < INCREMENTS && class == GOVSVC_STORE_OK; i++) {
        class = driver->begin(c, GOVSVC_YES);
        if (class == GOVSVC_STORE_OK) {
            int64_t now = ask(c, "SELECT number FROM {p}thing WHERE id = 1");
            class = execute(c, "UPDATE {p}thing SET number = $1 WHERE id = $2", 2, now + 1, 1, NULL);
        }
        if (class == GOVSVC_STORE_OK)
            class = driver->commit(c);
    }
    driver->close(c);
    return class;
}

static void two_processes_count_together(void)
{
    use_file("shared.db");
    connection *c = open_things();
    CHECK_INT(insert(c, 1, 0), GOVSVC_STORE_OK);
    driver->close(c);
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0)
            _exit(increment());
    }
    for (int i = 0; i < 2; i++) {
        int status = -1;
        CHECK_INT(waitpid(children[i], &status, 0), children[i]);
        CHECK_INT(status, 0);
    }
    c = open_plain();
    CHECK_INT(ask(c, "SELECT number FROM {p}thing WHERE id = 1"), 2 * INCREMENTS);
    driver->close(c);
}

/* Several processes make the same new store: all come to a working connection. */
static void processes_open_a_new_file_together(void)
{
    enum { PROCESSES = 4, ROUNDS = 100 };
    for (int round = 0; round < ROUNDS; round++) {
        use_file("together.db");
        unlink(address);
        pid_t children[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            children[i] = fork();
            if (children[i] == 0) {
                govsvc_store_options options = plain_options();
                options.busy_timeout_ms = 20000;
                int class = try_open(&options);
                if (class)
                    fprintf(stderr, "process %d: %s\n", i, open_message);
                _exit(class);
            }
        }
        for (int i = 0; i < PROCESSES; i++) {
            int status = -1;
            CHECK_INT(waitpid(children[i], &status, 0), children[i]);
            CHECK_INT(WEXITSTATUS(status), 0);
        }
    }
}

int main(void)
{
    static const test_case cases[] = {
        TEST(other_files_are_foreign),
        TEST(missing_files_are_made_only_when_asked),
        TEST(only_new_files_are_marked),
        TEST(flushing_is_as_asked),
        TEST(memory_is_a_store),
        TEST(the_context_names_a_vfs),
        TEST(unwritable_places_are_read_only),
        TEST(a_full_disk_is_told),
        TEST(a_copy_is_complete),
        TEST(a_copy_is_of_one_moment),
        TEST(a_stopped_copy_leaves_nothing),
        TEST(damage_is_complained_of),
        TEST(a_damaged_schema_is_complained_of),
        TEST(two_processes_count_together),
        TEST(processes_open_a_new_file_together),
    };
    int status = test_main(cases, TEST_COUNT(cases));
    remove_scratch();
    return status;
}
