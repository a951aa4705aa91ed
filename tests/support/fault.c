/* tests/support/fault.c - a failed call leaves the store as a real failure would: the statement that failed
 * did nothing; with GOVSVC_STORE_GONE its transaction is rolled back; with GOVSVC_STORE_LOST the connection
 * is dead from then on. */
#include "fault.h"

#include <stdlib.h>

struct govsvc_store_connection {
    govsvc_store_connection *inner; /* NULL: it was not opened */
    bool dead;
    bool faulted; /* the last failure was made here */
};

struct govsvc_store_statement {
    govsvc_store_connection *connection;
    govsvc_store_statement *inner;
};

static const govsvc_driver *inner;
static fault_plan *plan;

/* Is it the turn of this call or allocation? */
static bool due(fault_plan *which, int64_t count, int64_t at, bool onwards)
{
    bool now = at > 0 && (count == at || (onwards && count > at));
    if (now)
        which->failures++;
    return now;
}

/* Counts a call: OK, or the class with which it has to fail. */
static int decide(govsvc_store_connection *c, bool commit)
{
    if (c->dead)
        return GOVSVC_STORE_LOST;
    if (plan->commits_only && !commit)
        return GOVSVC_STORE_OK;
    c->faulted = due(plan, ++plan->calls, plan->call_at, plan->call_onwards);
    if (!c->faulted)
        return GOVSVC_STORE_OK;
    c->dead = (plan->class & GOVSVC_STORE_CLASS) == GOVSVC_STORE_LOST;
    return plan->class;
}

static int fault(govsvc_store_connection *c)
{
    int class = decide(c, false);
    if (c->inner && (c->dead || class & GOVSVC_STORE_GONE))
        inner->rollback(c->inner);
    return class;
}

static int fault_open(const char *address, const govsvc_store_options *options, govsvc_store_connection **out)
{
    govsvc_store_connection *c = calloc(1, sizeof *c);
    if (!c)
        return GOVSVC_STORE_NO_MEMORY;
    *out = c;
    int class = fault(c);
    return class ? class & GOVSVC_STORE_CLASS : inner->open(address, options, &c->inner);
}

static void fault_close(govsvc_store_connection *c)
{
    if (c) {
        inner->close(c->inner);
        free(c);
    }
}

static int fault_run(govsvc_store_connection *c, const char *sql)
{
    int class = fault(c);
    return class ? class : inner->run(c->inner, sql);
}

static int fault_columns(govsvc_store_connection *c, const char *table,
                         void (*found)(void *context, const char *column), void *context)
{
    int class = fault(c);
    return class ? class : inner->columns(c->inner, table, found, context);
}

static int fault_prepare(govsvc_store_connection *c, const char *sql, govsvc_store_statement **out)
{
    int class = fault(c);
    if (class)
        return class;
    govsvc_store_statement *s = calloc(1, sizeof *s);
    if (!s)
        return GOVSVC_STORE_NO_MEMORY;
    s->connection = c;
    class = inner->prepare(c->inner, sql, &s->inner);
    if (class) {
        free(s);
        return class;
    }
    *out = s;
    return GOVSVC_STORE_OK;
}

static void fault_finalize(govsvc_store_statement *s)
{
    if (s) {
        inner->finalize(s->inner);
        free(s);
    }
}

static int fault_execute(govsvc_store_statement *s, const govsvc_value *values, uint64_t value_count,
                         int64_t *changed)
{
    int class = fault(s->connection);
    return class ? class : inner->execute(s->inner, values, value_count, changed);
}

static int fault_query(govsvc_store_statement *s, const govsvc_value *values, uint64_t value_count)
{
    int class = fault(s->connection);
    return class ? class : inner->query(s->inner, values, value_count);
}

static int fault_next(govsvc_store_statement *s, govsvc_value *row, uint64_t column_count)
{
    int class = fault(s->connection);
    return class ? class : inner->next(s->inner, row, column_count);
}

static void fault_done(govsvc_store_statement *s)
{
    inner->done(s->inner);
}

static int fault_begin(govsvc_store_connection *c, int64_t write)
{
    int class = fault(c);
    return class ? class & GOVSVC_STORE_CLASS : inner->begin(c->inner, write);
}

static int fault_commit(govsvc_store_connection *c)
{
    bool was_dead = c->dead;
    int class = decide(c, true);
    if (class && (was_dead || !plan->commit_passes)) {
        inner->rollback(c->inner);
        return class & GOVSVC_STORE_CLASS;
    }
    int real = inner->commit(c->inner);
    return real ? real : class & GOVSVC_STORE_CLASS;
}

static void fault_rollback(govsvc_store_connection *c)
{
    inner->rollback(c->inner);
}

static int fault_savepoint(govsvc_store_connection *c)
{
    int class = fault(c);
    return class ? class : inner->savepoint(c->inner);
}

static int fault_release(govsvc_store_connection *c)
{
    int class = fault(c);
    return class ? class : inner->release(c->inner);
}

static int fault_rollback_to(govsvc_store_connection *c)
{
    int class = fault(c);
    return class ? class : inner->rollback_to(c->inner);
}

static const char *fault_message(govsvc_store_connection *c)
{
    return c->dead || c->faulted || !c->inner ? "a failure was asked for" : inner->message(c->inner);
}

static int fault_backup(govsvc_store_connection *c, const char *path,
                        int (*progress)(void *context, int64_t done, int64_t all), void *context)
{
    int class = fault(c);
    return class ? class & GOVSVC_STORE_CLASS : inner->backup(c->inner, path, progress, context);
}

static int fault_check(govsvc_store_connection *c, void (*found)(void *context, const char *complaint),
                       void *context)
{
    int class = fault(c);
    return class ? class : inner->check(c->inner, found, context);
}

const govsvc_driver *fault_driver(const govsvc_driver *inner_driver, fault_plan *new_plan)
{
    static govsvc_driver driver;
    inner = inner_driver;
    plan = new_plan;
    driver = *inner_driver;
    driver.open = fault_open;
    driver.close = fault_close;
    driver.run = fault_run;
    driver.columns = fault_columns;
    driver.prepare = fault_prepare;
    driver.finalize = fault_finalize;
    driver.execute = fault_execute;
    driver.query = fault_query;
    driver.next = fault_next;
    driver.done = fault_done;
    driver.begin = fault_begin;
    driver.commit = fault_commit;
    driver.rollback = fault_rollback;
    driver.savepoint = fault_savepoint;
    driver.release = fault_release;
    driver.rollback_to = fault_rollback_to;
    driver.message = fault_message;
    driver.backup = inner_driver->backup ? fault_backup : NULL;
    driver.check = fault_check;
    return &driver;
}

void fault_plan_clear(fault_plan *which)
{
    which->call_at = which->allocation_at = 0;
    which->call_onwards = which->allocation_onwards = which->commit_passes = which->commits_only = false;
    which->class = GOVSVC_STORE_ERROR;
    which->calls = which->allocations = which->failures = 0;
}

int64_t fault_plan_spent(fault_plan *which)
{
    return which->failures;
}

/* The allocator */

static bool allocation_fails(fault_plan *which)
{
    return due(which, ++which->allocations, which->allocation_at, which->allocation_onwards);
}

static void *allocate(void *context, size_t size)
{
    fault_plan *which = context;
    void *memory = allocation_fails(which) ? NULL : malloc(size ? size : 1);
    if (memory)
        which->live++;
    return memory;
}

static void *reallocate(void *context, void *memory, size_t size)
{
    fault_plan *which = context;
    if (allocation_fails(which))
        return NULL;
    void *larger = realloc(memory, size ? size : 1);
    if (larger && !memory)
        which->live++;
    return larger;
}

static void release(void *context, void *memory)
{
    fault_plan *which = context;
    if (memory) {
        which->live--;
        free(memory);
    }
}

govsvc_allocator fault_allocator(fault_plan *which)
{
    return (govsvc_allocator){allocate, reallocate, release, which};
}
