/* tests/store/test_fault.c - the failing driver and allocator of tests/support/fault.h do what they say. */
#define _GNU_SOURCE
#include "drive.h"
#include "support/fault.h"

static fault_plan plan;

static connection *open_faulty(void)
{
    fault_plan_clear(&plan);
    driver = fault_driver(govsvc_driver_sqlite(), &plan);
    snprintf(address, sizeof address, ":memory:");
    return open_things();
}

/* Adds a thing in a transaction; the class of the first failure. */
static int add(connection *c, statement *put, int64_t id)
{
    govsvc_value value = integer(id);
    int class = driver->begin(c, GOVSVC_YES);
    if (!class) {
        class = driver->savepoint(c);
        class = class ? class : driver->execute(put, &value, 1, NULL);
        class = class ? class : driver->release(c);
        class = class ? class : driver->commit(c);
        driver->rollback(c);
    }
    return class;
}

static void nothing_fails_unasked(void)
{
    connection *c = open_faulty();
    statement *put = prepared(c, "INSERT INTO {p}thing (id) VALUES ($1)");
    CHECK_INT(add(c, put, 1), GOVSVC_STORE_OK);
    CHECK_INT(fault_plan_spent(&plan), 0);
    CHECK_INT(plan.calls, 1 + 2 + 1 + 5); /* open, two runs, prepare, and the five of add */
    driver->finalize(put);
    driver->close(c);
}

/* Every call in turn: what failed left nothing, what passed is there. */
static void every_call_fails_once(void)
{
    static const int classes[] = {GOVSVC_STORE_ERROR, GOVSVC_STORE_FULL | GOVSVC_STORE_GONE,
                                  GOVSVC_STORE_BUSY};
    for (size_t i = 0; i < TEST_COUNT(classes); i++) {
        connection *c = open_faulty();
        statement *put = prepared(c, "INSERT INTO {p}thing (id) VALUES ($1)");
        int64_t n = 1, spent = 1;
        for (; spent; n++) {
            fault_plan_clear(&plan);
            plan.call_at = n;
            plan.class = classes[i];
            int class = add(c, put, n);
            spent = fault_plan_spent(&plan);
            fault_plan_clear(&plan);
            CHECK_INT(class & GOVSVC_STORE_CLASS, spent ? classes[i] & GOVSVC_STORE_CLASS : 0);
            CHECK_INT(count_things(c), spent ? 0 : 1);
        }
        CHECK_INT(n, 5 + 2);
        driver->finalize(put);
        driver->close(c);
    }
}

static void failures_can_go_on(void)
{
    connection *c = open_faulty();
    plan.call_at = plan.calls + 2;
    plan.call_onwards = true;
    plan.class = GOVSVC_STORE_FULL;
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(driver->savepoint(c), GOVSVC_STORE_FULL);
    CHECK_INT(run(c, "DELETE FROM {p}thing"), GOVSVC_STORE_FULL);
    CHECK(*driver->message(c));
    CHECK_INT(driver->commit(c), GOVSVC_STORE_FULL);
    CHECK_INT(fault_plan_spent(&plan), 3);
    driver->close(c);
}

static void a_lost_connection_stays_lost(void)
{
    connection *c = open_faulty();
    CHECK_INT(driver->begin(c, GOVSVC_YES), GOVSVC_STORE_OK);
    plan.call_at = plan.calls + 1;
    plan.class = GOVSVC_STORE_LOST;
    CHECK_INT(run(c, "DELETE FROM {p}thing"), GOVSVC_STORE_LOST);
    fault_plan_clear(&plan);
    CHECK_INT(run(c, "DELETE FROM {p}thing"), GOVSVC_STORE_LOST);
    CHECK_INT(driver->commit(c), GOVSVC_STORE_LOST);
    driver->close(c);
}

/* An open that fails leaves a connection that can still be asked why. */
static void opening_fails(void)
{
    driver->close(open_faulty());
    fault_plan_clear(&plan);
    plan.call_at = 1;
    plan.class = GOVSVC_STORE_LOST;
    govsvc_store_options options = plain_options();
    CHECK_INT(try_open(&options), GOVSVC_STORE_LOST);
    CHECK(*open_message);
}

/* The commit's answer is lost, with the commit and without. */
static void the_fate_of_a_commit_can_be_unknown(void)
{
    for (int passes = 0; passes < 2; passes++) {
        driver->close(open_faulty());
        snprintf(address, sizeof address, "%s", scratch(passes ? "passes.db" : "fails.db"));
        connection *c = open_things();
        statement *put = prepared(c, "INSERT INTO {p}thing (id) VALUES ($1)");
        plan.call_at = plan.calls + 5;
        plan.class = GOVSVC_STORE_LOST;
        plan.commit_passes = passes;
        CHECK_INT(add(c, put, 1), GOVSVC_STORE_LOST);
        driver->finalize(put);
        driver->close(c);
        fault_plan_clear(&plan);
        c = open_plain();
        CHECK_INT(count_things(c), passes);
        driver->close(c);
    }
}

static void allocations_fail_and_are_counted(void)
{
    fault_plan_clear(&plan);
    govsvc_allocator memory = fault_allocator(&plan);
    plan.allocation_at = 3;
    char *first = memory.allocate(memory.context, 10);
    char *second = memory.reallocate(memory.context, NULL, 10);
    CHECK(first && second);
    CHECK_INT(plan.live, 2);
    CHECK(!memory.reallocate(memory.context, first, 100));
    CHECK_INT(fault_plan_spent(&plan), 1);
    first = memory.reallocate(memory.context, first, 100);
    CHECK(first);
    plan.allocation_at = 5;
    plan.allocation_onwards = true;
    CHECK(!memory.allocate(memory.context, 1) && !memory.allocate(memory.context, 1));
    memory.release(memory.context, NULL);
    CHECK_INT(plan.live, 2);
    memory.release(memory.context, first);
    memory.release(memory.context, second);
    CHECK_INT(plan.live, 0);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(nothing_fails_unasked),
        TEST(every_call_fails_once),
        TEST(failures_can_go_on),
        TEST(a_lost_connection_stays_lost),
        TEST(opening_fails),
        TEST(the_fate_of_a_commit_can_be_unknown),
        TEST(allocations_fail_and_are_counted),
    };
    int status = test_main(cases, TEST_COUNT(cases));
    remove_scratch();
    return status;
}
