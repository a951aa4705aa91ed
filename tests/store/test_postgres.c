/* tests/store/test_postgres.c - what only the PostgreSQL driver has: servers that go, deadlocks, roles.
 * Wants GOVSVC_TEST_POSTGRES (tests/support/with-postgres), with the rights of a superuser; is skipped
 * without. The contract itself is held in test_driver.c. */
#define _GNU_SOURCE
#include "drive.h"

#include <pthread.h>

static const char *server;

static void use(const char *uri)
{
    snprintf(address, sizeof address, "%s", uri);
}

/* The server ends the process behind victim. */
static void kill_backend(connection *victim)
{
    use(server);
    connection *killer = open_plain();
    execute(killer, "SELECT pg_terminate_backend($1::int4)", 1, ask(victim, "SELECT pg_backend_pid()"), 0,
            NULL);
    driver->close(killer);
    usleep(100000);
}

static void a_server_that_cannot_be_reached_is_lost(void)
{
    govsvc_store_options options = plain_options();
    use("postgresql:///postgres?host=/nonexistent");
    CHECK_INT(try_open(&options), GOVSVC_STORE_LOST);
    CHECK(*open_message);
    use("postgresql://[broken");
    CHECK(try_open(&options) != GOVSVC_STORE_OK);
    CHECK(*open_message);
}

static void a_killed_connection_is_lost(void)
{
    use(server);
    connection *c = open_things();
    statement *put = prepared(c, "INSERT INTO {p}thing (id) VALUES ($1)");
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    kill_backend(c);
    govsvc_value one = integer(1);
    CHECK_INT(driver->execute(put, &one, 1, NULL), GOVSVC_STORE_LOST | GOVSVC_STORE_GONE);
    CHECK(*driver->message(c));
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_LOST); /* it does not come back by itself */
    driver->finalize(put);
    driver->close(c);
}

static void a_commit_without_an_answer_is_lost(void)
{
    use(server);
    connection *c = open_things();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 1, 1), GOVSVC_STORE_OK);
    kill_backend(c);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_LOST);
    driver->close(c);
}

struct hug {
    connection *c;
    int64_t second;
    int class;
};

static void *touch_second(void *argument)
{
    struct hug *hug = argument;
    hug->class = execute(hug->c, "UPDATE {p}thing SET number = 1 WHERE id = $1", 1, hug->second, 0, NULL);
    if (hug->class)
        driver->rollback(hug->c);
    return NULL;
}

static void one_of_a_deadlock_may_repeat(void)
{
    govsvc_store_options options = plain_options();
    options.busy_timeout_ms = 20000;
    use(server);
    connection *c = open_with(&options);
    make_things(c);
    struct hug hugs[2] = {{.c = c, .second = 2}, {.c = open_with(&options), .second = 1}};
    CHECK_INT(insert(c, 1, 0), GOVSVC_STORE_OK);
    CHECK_INT(insert(c, 2, 0), GOVSVC_STORE_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(driver->begin(hugs[i].c, GOVSVC_YES), GOVSVC_STORE_OK);
        CHECK_INT(execute(hugs[i].c, "UPDATE {p}thing SET number = 1 WHERE id = $1", 1, i + 1, 0, NULL), 0);
    }
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, touch_second, &hugs[0]), 0);
    touch_second(&hugs[1]);
    pthread_join(thread, NULL);
    int victim = hugs[0].class ? 0 : 1;
    CHECK_INT(hugs[victim].class, GOVSVC_STORE_RETRY | GOVSVC_STORE_GONE);
    CHECK_INT(hugs[!victim].class, GOVSVC_STORE_OK);
    driver->close(hugs[0].c);
    driver->close(hugs[1].c);
}

static void text_with_nul_is_refused_unsent(void)
{
    use(server);
    connection *c = open_things();
    statement *put = prepared(c, "INSERT INTO {p}thing (id, name) VALUES (1, $1)");
    govsvc_value value = {.kind = GOVSVC_VALUE_TEXT, .size = 3, .as.bytes = "a\0b"};
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(driver->execute(put, &value, 1, NULL), GOVSVC_STORE_ERROR);
    CHECK(*driver->message(c));
    value = text_value("ab");
    CHECK_INT(driver->execute(put, &value, 1, NULL), GOVSVC_STORE_OK);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_OK);
    driver->finalize(put);
    driver->close(c);
}

static void columns_of_other_types_are_told(void)
{
    use(server);
    connection *c = open_plain();
    CHECK_INT(ask(c, "SELECT 7::int4"), 7);
    CHECK_INT(ask(c, "SELECT (-7)::int2"), -7);
    CHECK_INT(ask(c, "SELECT true"), 1);
    CHECK_INT(ask(c, "SELECT 1.5::numeric"), NO_ANSWER);
    CHECK(*driver->message(c));
    driver->close(c);
}

/* The schema is made when it is missing and may be; a role without that right works once it is there. */
static void the_schema_is_made_or_found(void)
{
    govsvc_store_options options = plain_options();
    char as_clerk[512];
    snprintf(as_clerk, sizeof as_clerk, "%s&options=-c%%20role%%3Dclerk", server);
    use(server);
    connection *c = open_plain();
    must_run(c, "DROP ROLE IF EXISTS clerk");
    must_run(c, "CREATE ROLE clerk LOGIN");
    must_run(c, "DROP SCHEMA IF EXISTS govsvc CASCADE");
    options.create = GOVSVC_NO;
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR);
    CHECK(strstr(open_message, "schema"));
    options.create = GOVSVC_UNSET;
    use(as_clerk);
    CHECK_INT(try_open(&options), GOVSVC_STORE_ERROR); /* may not make it */
    use(server);
    CHECK_INT(try_open(&options), GOVSVC_STORE_OK);
    must_run(c, "GRANT USAGE ON SCHEMA govsvc TO clerk");
    use(as_clerk);
    CHECK_INT(try_open(&options), GOVSVC_STORE_OK);
    must_run(c, "DROP OWNED BY clerk");
    must_run(c, "DROP ROLE clerk");
    driver->close(c);
}

static void settings_are_as_asked(void)
{
    govsvc_store_options options = plain_options();
    options.synchronous = GOVSVC_NO;
    options.busy_timeout_ms = 0;
    use(server);
    connection *c = open_with(&options);
    CHECK_INT(ask(c, "SELECT (current_setting('synchronous_commit') = 'off')"), 1);
    CHECK_INT(ask(c, "SELECT (current_setting('lock_timeout') = '1ms')"), 1);
    CHECK_INT(ask(c, "SELECT (current_setting('client_encoding') = 'UTF8')"), 1);
    driver->close(c);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(a_server_that_cannot_be_reached_is_lost),
        TEST(a_killed_connection_is_lost),
        TEST(a_commit_without_an_answer_is_lost),
        TEST(one_of_a_deadlock_may_repeat),
        TEST(text_with_nul_is_refused_unsent),
        TEST(columns_of_other_types_are_told),
        TEST(the_schema_is_made_or_found),
        TEST(settings_are_as_asked),
    };
    driver = govsvc_driver_postgres();
    server = getenv("GOVSVC_TEST_POSTGRES");
    if (!driver || !server) {
        printf("skipped: no PostgreSQL\n");
        return 77;
    }
    return test_main(cases, TEST_COUNT(cases));
}
