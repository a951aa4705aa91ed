/* tests/store/drive.h - what the tests of the drivers share: stores to open, and statements in one line. */
#ifndef TESTS_STORE_DRIVE_H
#define TESTS_STORE_DRIVE_H

#include <stdarg.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "govsvc/store.h"
#include "test.h"

typedef govsvc_store_connection connection;
typedef govsvc_store_statement statement;

enum { PATIENCE_MS = 50, SQL_MAX = 1024 };

static const govsvc_driver *driver; /* the one under test */
static char address[512];           /* and its store */

/* A path in a directory of this process's own, which goes at the end of the test. */
static inline const char *scratch(const char *name)
{
    static char directory[] = "/tmp/govsvc-test-XXXXXX";
    static char path[128];
    static bool made;
    if (!made && !mkdtemp(directory)) {
        perror(directory);
        exit(1);
    }
    made = true;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static inline void remove_scratch(void)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch(""));
    CHECK_INT(system(command), 0);
}

static inline govsvc_store_options plain_options(void)
{
    govsvc_store_options options = {.struct_size = sizeof options, .busy_timeout_ms = PATIENCE_MS};
    return options;
}

static inline connection *open_with(const govsvc_store_options *options)
{
    connection *c = NULL;
    int class = driver->open(address, options, &c);
    CHECK_INT(class, GOVSVC_STORE_OK);
    if (class) {
        fprintf(stderr, "%s: %s\n", address, c ? driver->message(c) : "");
        exit(1); /* nothing else could be tested */
    }
    return c;
}

static inline connection *open_plain(void)
{
    govsvc_store_options options = plain_options();
    return open_with(&options);
}

/* What opening comes to, where it is not expected to work; its words are kept. */
static char open_message[512];
static inline int try_open(const govsvc_store_options *options)
{
    connection *c = NULL;
    int class = driver->open(address, options, &c);
    snprintf(open_message, sizeof open_message, "%s", c ? driver->message(c) : "");
    driver->close(c);
    return class;
}

/* SQL with {p} for the table prefix, {i}, {t}, {b} for the types. */
static inline const char *sql_of(const char *text, char sql[SQL_MAX])
{
    const char *const words[] = {driver->table_prefix, driver->type_integer, driver->type_text,
                                 driver->type_bytes};
    size_t used = 0;
    while (*text && used < SQL_MAX - 32) {
        const char *which = *text == '{' ? strchr("pitb", text[1]) : NULL;
        if (which) {
            used += (size_t)snprintf(sql + used, 32, "%s", words[which - "pitb"]);
            text += 3;
        } else {
            sql[used++] = *text++;
        }
    }
    sql[used] = '\0';
    return sql;
}

static inline int run(connection *c, const char *text)
{
    char sql[SQL_MAX];
    return driver->run(c, sql_of(text, sql));
}

static inline void must_run(connection *c, const char *text)
{
    int class = run(c, text);
    CHECK_INT(class, GOVSVC_STORE_OK);
    if (class) {
        fprintf(stderr, "%s: %s\n", text, driver->message(c));
    }
}

static inline statement *prepared(connection *c, const char *text)
{
    char sql[SQL_MAX];
    statement *s = NULL;
    int class = driver->prepare(c, sql_of(text, sql), &s);
    CHECK_INT(class, GOVSVC_STORE_OK);
    if (class) {
        fprintf(stderr, "%s: %s\n", text, driver->message(c));
        exit(1);
    }
    return s;
}

static inline govsvc_value integer(int64_t number)
{
    return (govsvc_value){.kind = GOVSVC_VALUE_INTEGER, .as.integer = number};
}

static inline govsvc_value text_value(const char *text)
{
    return (govsvc_value){.kind = GOVSVC_VALUE_TEXT, .size = (uint32_t)strlen(text), .as.bytes = text};
}

static inline govsvc_value bytes_value(const void *bytes, size_t size)
{
    return (govsvc_value){.kind = GOVSVC_VALUE_BYTES, .size = (uint32_t)size, .as.bytes = bytes};
}

/* Executes a statement of up to two integer parameters once. */
static inline int execute(connection *c, const char *text, size_t count, int64_t first, int64_t second,
                          int64_t *changed)
{
    govsvc_value values[] = {integer(first), integer(second)};
    statement *s = prepared(c, text);
    int class = driver->execute(s, values, count, changed);
    driver->finalize(s);
    return class;
}

static inline int insert(connection *c, int64_t id, int64_t number)
{
    return execute(c, "INSERT INTO {p}thing (id, number) VALUES ($1, $2)", 2, id, number, NULL);
}

enum { NO_ROW = -1, NO_ANSWER = -2 };

/* The one integer that a statement answers. */
static inline int64_t ask(connection *c, const char *text)
{
    govsvc_value row = {0};
    int64_t answer = NO_ANSWER;
    statement *s = prepared(c, text);
    if (driver->query(s, NULL, 0) == GOVSVC_STORE_OK) {
        int class = driver->next(s, &row, 1);
        if (class == GOVSVC_STORE_ROW && row.kind == GOVSVC_VALUE_INTEGER) {
            answer = row.as.integer;
        } else if (class == GOVSVC_STORE_OK) {
            answer = NO_ROW;
        }
    }
    driver->done(s);
    driver->finalize(s);
    return answer;
}

static inline int64_t count_things(connection *c)
{
    return ask(c, "SELECT count(*) FROM {p}thing");
}

/* The table that most tests use, empty. */
static inline void make_things(connection *c)
{
    must_run(c, "DROP TABLE IF EXISTS {p}thing");
    must_run(c, "CREATE TABLE IF NOT EXISTS {p}thing (id {i} PRIMARY KEY, number {i}, name {t}, body {b})");
}

static inline connection *open_things(void)
{
    connection *c = open_plain();
    make_things(c);
    return c;
}

#endif
