/* tests/store/test_driver.c - the driver contract, held against every driver that is built in: SQLite, and
 * PostgreSQL where GOVSVC_TEST_POSTGRES names a database (tests/support/with-postgres gives one). */
#define _GNU_SOURCE
#include "drive.h"

#include <pthread.h>
#include <time.h>

/* A case that is run on every driver. */
#define ON_EVERY_DRIVER(name)                                                                                \
    static void name##_on_one(void);                                                                         \
    static void name(void)                                                                                   \
    {                                                                                                        \
        on_every_driver(name##_on_one);                                                                      \
    }                                                                                                        \
    static void name##_on_one(void)

static void on_every_driver(void (*body)(void))
{
    const char *postgres = getenv("GOVSVC_TEST_POSTGRES");
    driver = govsvc_driver_sqlite();
    snprintf(address, sizeof address, "%s", scratch("driver.db"));
    body();
    driver = postgres ? govsvc_driver_postgres() : NULL;
    if (driver) {
        int failed_before = test_failed_checks;
        snprintf(address, sizeof address, "%s", postgres);
        body();
        if (test_failed_checks > failed_before)
            fprintf(stderr, "(on PostgreSQL)\n");
    }
}

ON_EVERY_DRIVER(table_is_complete)
{
    CHECK_INT(driver->struct_size, sizeof *driver);
    CHECK_INT(driver->version, GOVSVC_DRIVER_VERSION);
    CHECK(driver->scheme && driver->table_prefix && driver->type_integer && driver->type_text &&
          driver->type_bytes);
    CHECK(driver->open && driver->close && driver->run && driver->columns && driver->prepare &&
          driver->finalize && driver->execute && driver->query && driver->next && driver->done);
    CHECK(driver->begin && driver->commit && driver->rollback && driver->savepoint && driver->release &&
          driver->rollback_to && driver->message && driver->check);
    CHECK_INT(driver->backup != NULL, (driver->capabilities & GOVSVC_DRIVER_BACKUP) != 0);
    driver->close(NULL);
    driver->finalize(NULL);
}

static bool same(const govsvc_value *a, const govsvc_value *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == GOVSVC_VALUE_NULL)
        return true;
    if (a->kind == GOVSVC_VALUE_INTEGER)
        return a->as.integer == b->as.integer;
    return a->size == b->size && (a->size == 0 || memcmp(a->as.bytes, b->as.bytes, a->size) == 0);
}

ON_EVERY_DRIVER(values_come_back)
{
    enum { LARGE = 1 << 20 };
    static char large[LARGE];
    for (size_t i = 0; i < LARGE; i++)
        large[i] = (char)(i * 31 >> 3);
    const char *unended = "截断处不算";
    const govsvc_value null = {.kind = GOVSVC_VALUE_NULL};
    const govsvc_value rows[][3] = {
        {integer(0), text_value(""), bytes_value("", 0)},
        {integer(INT64_MAX), text_value("南宁市 𠮷 𡈽"), bytes_value("\0\1\377", 3)},
        {integer(INT64_MIN), text_value("'; --"), bytes_value(large, LARGE)},
        {integer(-1), text_value("$1 ? :a @b"), bytes_value("text", 4)},
        {null, null, null},
        {integer(1), {.kind = GOVSVC_VALUE_TEXT, .size = 6, .as.bytes = unended}, bytes_value(NULL, 0)},
        {integer(2), {.kind = GOVSVC_VALUE_TEXT}, null},
    };
    enum { COUNT = sizeof rows / sizeof *rows };
    connection *c = open_things();
    statement *put = prepared(c, "INSERT INTO {p}thing (id, number, name, body) VALUES ($1, $2, $3, $4)");
    for (int i = 0; i < COUNT; i++) {
        govsvc_value values[4] = {integer(i), rows[i][0], rows[i][1], rows[i][2]};
        int64_t changed = 0;
        CHECK_INT(driver->execute(put, values, 4, &changed), GOVSVC_STORE_OK);
        CHECK_INT(changed, 1);
    }
    driver->finalize(put);
    statement *get = prepared(c, "SELECT number, name, body FROM {p}thing ORDER BY id");
    govsvc_value row[3];
    CHECK_INT(driver->query(get, NULL, 0), GOVSVC_STORE_OK);
    for (int i = 0; i < COUNT; i++) {
        CHECK_INT(driver->next(get, row, 3), GOVSVC_STORE_ROW);
        for (int k = 0; k < 3; k++) {
            CHECK(same(&rows[i][k], &row[k]));
            CHECK(row[k].kind < GOVSVC_VALUE_TEXT || row[k].as.bytes); /* empty is not absent */
        }
    }
    CHECK_INT(driver->next(get, row, 3), GOVSVC_STORE_OK);
    driver->done(get);
    driver->finalize(get);
    driver->close(c);
}

/* The caller's values may go as soon as query has returned. */
ON_EVERY_DRIVER(query_keeps_its_values)
{
    connection *c = open_things();
    must_run(c, "INSERT INTO {p}thing (id, name) VALUES (1, '甲')");
    must_run(c, "INSERT INTO {p}thing (id, name) VALUES (2, '甲')");
    statement *get = prepared(c, "SELECT id FROM {p}thing WHERE name = $1 AND id > $2 ORDER BY id");
    for (int64_t from = 0; from < 2; from++) { /* twice: a statement can be used again */
        char *name = malloc(3);
        if (!name)
            abort();
        memcpy(name, "甲", 3);
        govsvc_value values[2] = {{.kind = GOVSVC_VALUE_TEXT, .size = 3, .as.bytes = name}, integer(from)};
        govsvc_value row;
        CHECK_INT(driver->query(get, values, 2), GOVSVC_STORE_OK);
        memset(name, '#', 3);
        free(name);
        values[1] = integer(99);
        for (int64_t id = from + 1; id <= 2; id++) {
            CHECK_INT(driver->next(get, &row, 1), GOVSVC_STORE_ROW);
            CHECK_INT(row.as.integer, id);
        }
        CHECK_INT(driver->next(get, &row, 1), GOVSVC_STORE_OK);
        driver->done(get);
    }
    driver->finalize(get);
    driver->close(c);
}

ON_EVERY_DRIVER(functions_of_the_subset_answer_integers)
{
    connection *c = open_things();
    CHECK_INT(ask(c, "SELECT count(*) FROM {p}thing"), 0);
    CHECK_INT(ask(c, "SELECT coalesce(max(number), -7) FROM {p}thing"), -7);
    CHECK_INT(ask(c, "SELECT max(number) FROM {p}thing"), NO_ANSWER); /* a row with null */
    CHECK_INT(ask(c, "SELECT number FROM {p}thing"), NO_ROW);
    CHECK_INT(insert(c, 1, 41), 0);
    CHECK_INT(insert(c, 2, 42), 0);
    CHECK_INT(ask(c, "SELECT count(*) FROM {p}thing WHERE id IN (1, 2, 3)"), 2);
    CHECK_INT(ask(c, "SELECT max(number) FROM {p}thing"), 42);
    CHECK_INT(ask(c, "SELECT number FROM {p}thing ORDER BY number DESC LIMIT 1"), 42);
    driver->close(c);
}

ON_EVERY_DRIVER(wrong_counts_are_refused)
{
    connection *c = open_things();
    CHECK_INT(insert(c, 1, 1), 0);
    statement *s = prepared(c, "SELECT id, number FROM {p}thing WHERE id = $1");
    govsvc_value values[2] = {integer(1), integer(1)}, row[3];
    CHECK_INT(driver->query(s, values, 2), GOVSVC_STORE_ERROR);
    CHECK(*driver->message(c));
    driver->done(s);
    CHECK_INT(driver->query(s, values, 0), GOVSVC_STORE_ERROR);
    driver->done(s);
    CHECK_INT(driver->query(s, values, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->next(s, row, 3), GOVSVC_STORE_ERROR);
    driver->done(s);
    driver->finalize(s);
    driver->close(c);
}

ON_EVERY_DRIVER(changed_counts_rows)
{
    connection *c = open_things();
    int64_t changed = -1;
    for (int64_t id = 1; id <= 5; id++)
        CHECK_INT(insert(c, id, id % 2), GOVSVC_STORE_OK);
    CHECK_INT(execute(c, "UPDATE {p}thing SET number = $1 WHERE number = $2", 2, 7, 1, &changed), 0);
    CHECK_INT(changed, 3);
    CHECK_INT(execute(c, "UPDATE {p}thing SET number = $1 WHERE number = $2", 2, 7, 1, &changed), 0);
    CHECK_INT(changed, 0);
    CHECK_INT(execute(c, "DELETE FROM {p}thing WHERE number = $1", 1, 7, 0, &changed), 0);
    CHECK_INT(changed, 3);
    driver->close(c);
}

ON_EVERY_DRIVER(unique_keys_are_a_class_of_their_own)
{
    connection *c = open_things();
    CHECK_TEXT(driver->message(c), "");
    must_run(c, "CREATE UNIQUE INDEX IF NOT EXISTS thing_name ON {p}thing (name)");
    must_run(c, "INSERT INTO {p}thing (id, name) VALUES (1, '甲')");
    CHECK_INT(insert(c, 1, 0), GOVSVC_STORE_CONSTRAINT);
    CHECK(*driver->message(c));
    CHECK_INT(run(c, "INSERT INTO {p}thing (id, name) VALUES (2, '甲')"), GOVSVC_STORE_CONSTRAINT);
    CHECK(!strstr(driver->message(c), "甲")); /* what a row holds is nobody's message */
    CHECK_INT(run(c, "INSERT INTO {p}nothing (id) VALUES (2)"), GOVSVC_STORE_ERROR);
    CHECK_INT(count_things(c), 1);
    driver->close(c);
}

ON_EVERY_DRIVER(null_where_none_is_allowed_is_an_error)
{
    connection *c = open_plain();
    must_run(c, "DROP TABLE IF EXISTS {p}strict");
    must_run(c, "CREATE TABLE {p}strict (id {i} PRIMARY KEY, name {t} NOT NULL)");
    CHECK_INT(run(c, "INSERT INTO {p}strict (id) VALUES (1)"), GOVSVC_STORE_ERROR);
    driver->close(c);
}

ON_EVERY_DRIVER(preparing_nonsense_fails)
{
    connection *c = open_things();
    statement *s = NULL;
    CHECK_INT(driver->prepare(c, "SELEKT 1", &s), GOVSVC_STORE_ERROR);
    CHECK(!s);
    CHECK(*driver->message(c));
    CHECK_INT(count_things(c), 0);
    driver->close(c);
}

ON_EVERY_DRIVER(transactions_end_both_ways)
{
    connection *c = open_things();
    driver->rollback(c); /* without a transaction: nothing */
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    driver->rollback(c);
    CHECK_INT(count_things(c), 0);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    driver->rollback(c);
    CHECK_INT(count_things(c), 1);
    CHECK_INT(driver->begin(c, GOVSVC_NO), GOVSVC_STORE_OK);
    CHECK_INT(count_things(c), 1);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    driver->close(c);
}

ON_EVERY_DRIVER(transactions_do_not_nest)
{
    connection *c = open_things();
    CHECK_INT(driver->commit(c), GOVSVC_STORE_ERROR);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_ERROR);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK); /* the first one is still there */
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    CHECK_INT(count_things(c), 1);
    driver->close(c);
}

ON_EVERY_DRIVER(closing_undoes_what_is_open)
{
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    driver->close(c);
    c = open_plain();
    CHECK_INT(count_things(c), 0);
    driver->close(c);
}

ON_EVERY_DRIVER(savepoints_undo_a_part)
{
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    for (int64_t member = 2; member <= 4; member++) {
        CHECK_INT(driver->savepoint(c), GOVSVC_STORE_OK);
        CHECK_INT(insert(c, member, 1), GOVSVC_STORE_OK);
        CHECK_INT(member == 3 ? driver->rollback_to(c) : driver->release(c), GOVSVC_STORE_OK);
    }
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    CHECK_INT(count_things(c), 3);
    CHECK_INT(ask(c, "SELECT count(*) FROM {p}thing WHERE id = 3"), 0);
    driver->close(c);
}

ON_EVERY_DRIVER(a_failure_in_a_savepoint_can_be_undone)
{
    connection *c = open_things();
    statement *put = prepared(c, "INSERT INTO {p}thing (id) VALUES ($1)");
    govsvc_value one = integer(1), two = integer(2);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(driver->execute(put, &one, 1, NULL), GOVSVC_STORE_OK);
    CHECK_INT(driver->savepoint(c), GOVSVC_STORE_OK);
    int64_t changed = 0;
    CHECK_INT(driver->execute(put, &one, 1, &changed), GOVSVC_STORE_CONSTRAINT); /* and not GONE */
    CHECK_INT(driver->rollback_to(c), GOVSVC_STORE_OK);
    CHECK_INT(driver->savepoint(c), GOVSVC_STORE_OK);
    CHECK_INT(driver->execute(put, &two, 1, &changed), GOVSVC_STORE_OK);
    CHECK_INT(driver->release(c), GOVSVC_STORE_OK);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    CHECK_INT(count_things(c), 2);
    driver->finalize(put);
    driver->close(c);
}

/* Without a savepoint an engine may take the whole transaction, but then it has to say so. */
ON_EVERY_DRIVER(a_failure_tells_whether_the_transaction_is_gone)
{
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    int class = insert(c, 1, 1);
    CHECK_INT(class & GOVSVC_STORE_CLASS, GOVSVC_STORE_CONSTRAINT);
    bool gone = (class & GOVSVC_STORE_GONE) != 0;
    CHECK_INT(driver->commit(c), gone ? GOVSVC_STORE_ERROR : GOVSVC_STORE_OK);
    CHECK_INT(count_things(c), gone ? 0 : 1);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK); /* usable again */
    CHECK_INT(insert(c, 2, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    driver->close(c);
}

/* Nobody undid the savepoint: the engines differ in what a commit then does, but it says which. */
ON_EVERY_DRIVER(a_commit_after_a_failure_answers_truly)
{
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->savepoint(c), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_CONSTRAINT);
    int class = driver->commit(c);
    CHECK(class == GOVSVC_STORE_OK || class == GOVSVC_STORE_ERROR);
    CHECK_INT(count_things(c), class == GOVSVC_STORE_OK ? 1 : 0);
    CHECK_INT(insert(c, 2, 1), GOVSVC_STORE_OK); /* and no transaction is open */
    driver->rollback(c);
    CHECK_INT(ask(c, "SELECT count(*) FROM {p}thing WHERE id = 2"), 1);
    driver->close(c);
}

static void append_name(void *context, const char *name)
{
    char *names = context;
    strcat(strcat(names, name), " ");
}

ON_EVERY_DRIVER(columns_are_told)
{
    connection *c = open_things();
    char sql[SQL_MAX], names[256] = "";
    CHECK_INT(driver->columns(c, sql_of("{p}thing", sql), append_name, names), GOVSVC_STORE_OK);
    CHECK_TEXT(names, "id number name body ");
    must_run(c, "ALTER TABLE {p}thing ADD COLUMN later {i}");
    *names = '\0';
    CHECK_INT(driver->columns(c, sql_of("{p}thing", sql), append_name, names), GOVSVC_STORE_OK);
    CHECK_TEXT(names, "id number name body later ");
    *names = '\0';
    CHECK_INT(driver->columns(c, sql_of("{p}nothing", sql), append_name, names), GOVSVC_STORE_OK);
    CHECK_TEXT(names, "");
    driver->close(c);
}

ON_EVERY_DRIVER(a_prepared_statement_survives_a_new_column)
{
    connection *c = open_things();
    statement *put = prepared(c, "INSERT INTO {p}thing (id) VALUES ($1)");
    must_run(c, "ALTER TABLE {p}thing ADD COLUMN later {i}");
    govsvc_value one = integer(1);
    CHECK_INT(driver->execute(put, &one, 1, NULL), GOVSVC_STORE_OK);
    driver->finalize(put);
    CHECK_INT(count_things(c), 1);
    driver->close(c);
}

ON_EVERY_DRIVER(what_was_committed_is_there_after_reopening)
{
    connection *c = open_things();
    CHECK_INT(insert(c, 9, 9), GOVSVC_STORE_OK);
    driver->close(c);
    govsvc_store_options options = plain_options();
    options.create = GOVSVC_NO;
    c = open_with(&options);
    CHECK_INT(ask(c, "SELECT number FROM {p}thing WHERE id = 9"), 9);
    driver->close(c);
}

ON_EVERY_DRIVER(read_only_does_not_write)
{
    driver->close(open_things());
    govsvc_store_options options = plain_options();
    options.read_only = GOVSVC_YES;
    connection *c = open_with(&options);
    CHECK_INT(count_things(c), 0);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_READ_ONLY);
    CHECK(*driver->message(c));
    if (driver->begin(c, GOVSVC_YES) == GOVSVC_STORE_OK) {
        CHECK_INT(insert(c, 1, 1) & GOVSVC_STORE_CLASS, GOVSVC_STORE_READ_ONLY);
        driver->rollback(c);
    }
    driver->close(c);
}

ON_EVERY_DRIVER(unflushed_commits_are_commits)
{
    govsvc_store_options options = plain_options();
    options.synchronous = GOVSVC_NO;
    connection *c = open_with(&options);
    make_things(c);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    connection *other = open_plain();
    CHECK_INT(count_things(other), 1);
    driver->close(other);
    driver->close(c);
}

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Two writers of one row: the second waits as long as it was told, and not longer. */
ON_EVERY_DRIVER(a_blocked_writer_is_busy_in_time)
{
    connection *first = open_things(), *second = open_plain();
    CHECK_INT(insert(first, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->begin(first, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(execute(first, "UPDATE {p}thing SET number = $1 WHERE id = $2", 2, 2, 1, NULL), 0);
    int64_t start = milliseconds();
    int class = driver->begin(second, GOVSVC_YES);
    if (class == GOVSVC_STORE_OK)
        class = execute(second, "UPDATE {p}thing SET number = $1 WHERE id = $2", 2, 3, 1, NULL);
    int64_t waited = milliseconds() - start;
    CHECK_INT(class & GOVSVC_STORE_CLASS, GOVSVC_STORE_BUSY);
    CHECK(waited >= PATIENCE_MS / 2 && waited < PATIENCE_MS * 40);
    driver->rollback(second);
    CHECK_INT(driver->commit(first), GOVSVC_STORE_OK);
    CHECK_INT(execute(second, "UPDATE {p}thing SET number = $1 WHERE id = $2", 2, 3, 1, NULL), 0);
    driver->close(first);
    driver->close(second);
}

/* A reader is not disturbed by a writer, and sees one state from its first look on. */
ON_EVERY_DRIVER(a_reader_sees_one_state)
{
    connection *writer = open_things(), *reader = open_plain();
    CHECK_INT(insert(writer, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(driver->begin(reader, GOVSVC_NO), GOVSVC_STORE_OK);
    CHECK_INT(count_things(reader), 1);
    CHECK_INT(driver->begin(writer, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(writer, 2, 2), GOVSVC_STORE_OK);
    CHECK_INT(count_things(reader), 1);
    CHECK_INT(driver->commit(writer), GOVSVC_STORE_OK);
    CHECK_INT(count_things(reader), 1);
    CHECK_INT(driver->commit(reader), GOVSVC_STORE_OK);
    CHECK_INT(count_things(reader), 2);
    driver->close(reader);
    driver->close(writer);
}

/* A statement that is written in the middle of a query does not end the query. */
ON_EVERY_DRIVER(rows_can_be_read_while_others_are_written)
{
    connection *c = open_things();
    for (int64_t id = 1; id <= 3; id++)
        CHECK_INT(insert(c, id, 0), GOVSVC_STORE_OK);
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    statement *get = prepared(c, "SELECT id FROM {p}thing WHERE id < 100 ORDER BY id");
    govsvc_value row;
    CHECK_INT(driver->query(get, NULL, 0), GOVSVC_STORE_OK);
    int64_t seen = 0;
    while (driver->next(get, &row, 1) == GOVSVC_STORE_ROW) {
        int64_t id = row.as.integer;
        seen++;
        CHECK_INT(execute(c, "UPDATE {p}thing SET number = $1 WHERE id = $2", 2, id * 10, id, NULL), 0);
    }
    driver->done(get);
    driver->finalize(get);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    CHECK_INT(seen, 3);
    CHECK_INT(ask(c, "SELECT number FROM {p}thing WHERE id = 3"), 30);
    driver->close(c);
}

static void *use_connection(void *argument)
{
    connection *c = argument;
    CHECK_INT(insert(c, 2, 2), GOVSVC_STORE_OK);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    return NULL;
}

/* One thread at a time, but not always the same one. */
ON_EVERY_DRIVER(a_connection_moves_between_threads)
{
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, use_connection, c), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(count_things(c), 2);
    driver->close(c);
}

static void count_complaint(void *context, const char *complaint)
{
    fprintf(stderr, "complaint: %s\n", complaint);
    ++*(int *)context;
}

ON_EVERY_DRIVER(a_sound_store_has_no_complaints)
{
    connection *c = open_things();
    int complaints = 0;
    CHECK_INT(driver->check(c, count_complaint, &complaints), GOVSVC_STORE_OK);
    CHECK_INT(complaints, 0);
    driver->close(c);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(table_is_complete),
        TEST(values_come_back),
        TEST(query_keeps_its_values),
        TEST(functions_of_the_subset_answer_integers),
        TEST(wrong_counts_are_refused),
        TEST(changed_counts_rows),
        TEST(unique_keys_are_a_class_of_their_own),
        TEST(null_where_none_is_allowed_is_an_error),
        TEST(preparing_nonsense_fails),
        TEST(transactions_end_both_ways),
        TEST(transactions_do_not_nest),
        TEST(closing_undoes_what_is_open),
        TEST(savepoints_undo_a_part),
        TEST(a_failure_in_a_savepoint_can_be_undone),
        TEST(a_failure_tells_whether_the_transaction_is_gone),
        TEST(a_commit_after_a_failure_answers_truly),
        TEST(columns_are_told),
        TEST(a_prepared_statement_survives_a_new_column),
        TEST(what_was_committed_is_there_after_reopening),
        TEST(read_only_does_not_write),
        TEST(unflushed_commits_are_commits),
        TEST(a_blocked_writer_is_busy_in_time),
        TEST(a_reader_sees_one_state),
        TEST(rows_can_be_read_while_others_are_written),
        TEST(a_connection_moves_between_threads),
        TEST(a_sound_store_has_no_complaints),
    };
    int status = test_main(cases, TEST_COUNT(cases));
    remove_scratch();
    return status;
}
