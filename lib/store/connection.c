#include "store/connection_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { STATEMENTS_MAX = 400, POOL_MAX = 64 };

typedef struct gs_statement {
    struct gs_statement *next;
    gs_statement_key key;
    govsvc_store_statement *prepared;
} statement;

/* ---- classes ----------------------------------------------------------------------------------------- */

govsvc_status gs_class_status(int class)
{
    static const govsvc_status statuses[] = {
        [GOVSVC_STORE_OK] = GOVSVC_OK,
        [GOVSVC_STORE_ROW] = GOVSVC_OK,
        [GOVSVC_STORE_CONSTRAINT] = GOVSVC_EXISTS,
        [GOVSVC_STORE_BUSY] = GOVSVC_BUSY,
        [GOVSVC_STORE_RETRY] = GOVSVC_BUSY,
        [GOVSVC_STORE_FULL] = GOVSVC_FULL,
        [GOVSVC_STORE_LOST] = GOVSVC_UNAVAILABLE,
        [GOVSVC_STORE_READ_ONLY] = GOVSVC_READ_ONLY,
        [GOVSVC_STORE_CORRUPT] = GOVSVC_CORRUPT,
        [GOVSVC_STORE_FOREIGN] = GOVSVC_FOREIGN,
        [GOVSVC_STORE_NO_MEMORY] = GOVSVC_NO_MEMORY,
        [GOVSVC_STORE_ERROR] = GOVSVC_UNAVAILABLE,
    };
    int plain = class & GOVSVC_STORE_CLASS;
    return (size_t)plain < sizeof statuses / sizeof *statuses ? statuses[plain] : GOVSVC_INTERNAL;
}

govsvc_status gs_settle(gs_connection *connection, int class)
{
    bool lost = (class & GOVSVC_STORE_CLASS) == GOVSVC_STORE_LOST;
    if (lost || class & GOVSVC_STORE_GONE) {
        connection->store->driver->rollback(connection->raw);
        connection->transaction = false;
    }
    if (lost)
        connection->broken = true;
    return gs_class_status(class);
}

/* ---- opening ----------------------------------------------------------------------------------------- */

static const char *missing_member(const govsvc_driver *driver)
{
    if (!driver->scheme || !driver->table_prefix || !driver->type_integer || !driver->type_text ||
        !driver->type_bytes)
        return "scheme, table_prefix or a type name";
    if (!driver->open || !driver->close || !driver->run || !driver->columns)
        return "open, close, run or columns";
    if (!driver->prepare || !driver->finalize || !driver->execute || !driver->query || !driver->next ||
        !driver->done)
        return "prepare, finalize, execute, query, next or done";
    if (!driver->begin || !driver->commit || !driver->rollback || !driver->savepoint || !driver->release ||
        !driver->rollback_to)
        return "begin, commit, rollback, savepoint, release or rollback_to";
    if (!driver->message || !driver->check)
        return "message or check";
    return (driver->capabilities & GOVSVC_DRIVER_BACKUP) && !driver->backup ? "backup" : NULL;
}

static govsvc_status check_driver(const govsvc_driver *driver, char *message, size_t size)
{
    if (driver->struct_size < sizeof *driver || driver->version != GOVSVC_DRIVER_VERSION) {
        snprintf(message, size, "the driver is of contract version %d, this library knows %d",
                 (int)driver->version, GOVSVC_DRIVER_VERSION);
        return GOVSVC_UNSUPPORTED;
    }
    const char *missing = missing_member(driver);
    if (missing)
        snprintf(message, size, "the driver lacks %s", missing);
    return missing ? GOVSVC_MISUSE : GOVSVC_OK;
}

static void *allocate(gs_store *store, size_t size)
{
    void *memory = store->allocator.allocate(store->allocator.context, size);
    return memory ? memset(memory, 0, size) : NULL;
}

static void release(gs_store *store, void *memory)
{
    store->allocator.release(store->allocator.context, memory);
}

static void forget_statements(gs_connection *connection)
{
    for (size_t i = 0; i < GS_BUCKETS; i++) {
        for (statement *at = connection->buckets[i], *next; at; at = next) {
            next = at->next;
            connection->store->driver->finalize(at->prepared);
            release(connection->store, at);
        }
        connection->buckets[i] = NULL;
    }
    connection->statements = 0;
}

static void connection_close(gs_connection *connection)
{
    if (!connection)
        return;
    forget_statements(connection);
    if (connection->raw)
        connection->store->driver->close(connection->raw);
    gs_crypto_free(connection->crypto);
    release(connection->store, connection);
}

static govsvc_status connection_open(gs_store *store, gs_connection **out, char *message, size_t size)
{
    gs_connection *made = allocate(store, sizeof *made);
    if (!made)
        return GOVSVC_NO_MEMORY;
    made->store = store;
    made->crypto = gs_crypto_new(&store->allocator, &store->keys);
    int class = made->crypto ? store->driver->open(store->address, &store->options, &made->raw)
                             : GOVSVC_STORE_NO_MEMORY;
    if (class != GOVSVC_STORE_OK) {
        if (message && made->raw)
            snprintf(message, size, "%s", store->driver->message(made->raw));
        connection_close(made);
        return gs_class_status(class);
    }
    *out = made;
    return GOVSVC_OK;
}

govsvc_status gs_store_open(const gs_store_config *config, gs_store **out, char *message, size_t size)
{
    govsvc_status status = check_driver(config->driver, message, size);
    if (status)
        return status;
    size_t address = strlen(config->address) + 1;
    gs_store *store = config->allocator->allocate(config->allocator->context, sizeof *store + address);
    if (!store)
        return GOVSVC_NO_MEMORY;
    *store = (gs_store){.driver = config->driver,
                        .allocator = *config->allocator,
                        .options = config->options,
                        .keys = config->keys,
                        .address = (char *)(store + 1),
                        .limit = strcmp(config->address, ":memory:") == 0 ? 1 : POOL_MAX};
    memcpy(store->address, config->address, address);
    store->last_waiting = &store->waiting;
    pthread_mutex_init(&store->mutex, NULL);
    pthread_cond_init(&store->changed, NULL);
    status = connection_open(store, &store->idle, message, size);
    if (status)
        gs_store_close(store);
    else
        *out = store;
    return status;
}

void gs_store_close(gs_store *store)
{
    if (!store)
        return;
    for (gs_connection *at = store->idle, *next; at; at = next) {
        next = at->next;
        connection_close(at);
    }
    pthread_cond_destroy(&store->changed);
    pthread_mutex_destroy(&store->mutex);
    release(store, store);
}

const govsvc_driver *gs_store_driver(const gs_store *store)
{
    return store->driver;
}

/* ---- the pool ---------------------------------------------------------------------------------------- */

struct timespec gs_store_patience(const gs_store *store)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += store->options.busy_timeout_ms / 1000;
    until.tv_nsec += store->options.busy_timeout_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    return until;
}

/* An idle connection, or the right to open one (*taken NULL). */
static govsvc_status take_place(gs_store *store, gs_connection **taken)
{
    struct timespec until = gs_store_patience(store);
    govsvc_status status = GOVSVC_OK;
    pthread_mutex_lock(&store->mutex);
    while (!store->idle && store->lent >= store->limit && !status)
        if (pthread_cond_timedwait(&store->changed, &store->mutex, &until) == ETIMEDOUT)
            status = GOVSVC_BUSY;
    if (!status) {
        *taken = store->idle;
        if (store->idle)
            store->idle = store->idle->next;
        store->lent++;
    }
    pthread_mutex_unlock(&store->mutex);
    return status;
}

static void give_place(gs_store *store, gs_connection *back)
{
    pthread_mutex_lock(&store->mutex);
    store->lent--;
    if (back) {
        back->next = store->idle;
        store->idle = back;
    }
    pthread_cond_broadcast(&store->changed);
    pthread_mutex_unlock(&store->mutex);
}

govsvc_status gs_store_acquire(gs_store *store, gs_connection **out)
{
    gs_connection *connection = NULL;
    govsvc_status status = take_place(store, &connection);
    if (status)
        return status;
    if (!connection)
        status = connection_open(store, &connection, NULL, 0);
    if (status)
        give_place(store, NULL);
    else
        *out = connection;
    return status;
}

void gs_store_release(gs_connection *connection)
{
    if (!connection)
        return;
    gs_rollback(connection);
    gs_store *store = connection->store;
    if (connection->broken) {
        connection_close(connection);
        connection = NULL;
    }
    give_place(store, connection);
}

govsvc_status gs_spare_take(gs_store *store, gs_connection **out, char message[GS_MESSAGE_SIZE])
{
    pthread_mutex_lock(&store->mutex);
    *out = store->idle;
    if (*out)
        store->idle = (*out)->next;
    pthread_mutex_unlock(&store->mutex);
    return *out ? GOVSVC_OK : connection_open(store, out, message, GS_MESSAGE_SIZE);
}

void gs_spare_give(gs_connection *connection)
{
    gs_store *store = connection->store;
    if (connection->broken) {
        connection_close(connection);
        return;
    }
    pthread_mutex_lock(&store->mutex);
    connection->next = store->idle;
    store->idle = connection;
    pthread_cond_broadcast(&store->changed);
    pthread_mutex_unlock(&store->mutex);
}

const govsvc_driver *gs_connection_driver(const gs_connection *connection)
{
    return connection->store->driver;
}

govsvc_store_connection *gs_connection_raw(const gs_connection *connection)
{
    return connection->raw;
}

gs_crypto *gs_connection_crypto(const gs_connection *connection)
{
    return connection->crypto;
}

const char *gs_connection_message(const gs_connection *connection)
{
    return connection->store->driver->message(connection->raw);
}

/* ---- transactions ------------------------------------------------------------------------------------ */

govsvc_status gs_begin_now(gs_connection *connection, bool write)
{
    govsvc_status status = gs_settle(
        connection, connection->store->driver->begin(connection->raw, write ? GOVSVC_YES : GOVSVC_NO));
    connection->transaction = !status;
    return status;
}

static govsvc_status take_turn(gs_connection *connection)
{
    gs_member alone = {.joins = false};
    govsvc_status status = gs_turn_take(connection->store, &alone);
    sem_destroy(&alone.woken);
    connection->writing = !status;
    return status;
}

static void give_turn(gs_connection *connection)
{
    if (connection->writing)
        gs_turn_give(connection->store);
    connection->writing = false;
}

govsvc_status gs_begin(gs_connection *connection, bool write)
{
    govsvc_status status = GOVSVC_OK;
    if (write && gs_driver_embedded(connection->store->driver))
        status = take_turn(connection);
    if (status)
        return status;
    status = gs_begin_now(connection, write);
    if (status)
        give_turn(connection);
    return status;
}

govsvc_status gs_commit(gs_connection *connection)
{
    if (!connection->transaction)
        return GOVSVC_UNAVAILABLE;
    int class = connection->store->driver->commit(connection->raw);
    connection->transaction = false;
    govsvc_status status = gs_settle(connection, class);
    give_turn(connection);
    return status == GOVSVC_UNAVAILABLE && connection->broken ? GOVSVC_UNKNOWN : status;
}

void gs_rollback(gs_connection *connection)
{
    if (connection->transaction)
        connection->store->driver->rollback(connection->raw);
    connection->transaction = false;
    give_turn(connection);
}

bool gs_in_transaction(const gs_connection *connection)
{
    return connection->transaction;
}

int64_t gs_writes(const gs_connection *connection)
{
    return connection->writes;
}

govsvc_status gs_savepoint(gs_connection *connection)
{
    return gs_settle(connection, connection->store->driver->savepoint(connection->raw));
}

govsvc_status gs_savepoint_keep(gs_connection *connection)
{
    return gs_settle(connection, connection->store->driver->release(connection->raw));
}

govsvc_status gs_savepoint_undo(gs_connection *connection)
{
    if (!connection->transaction)
        return GOVSVC_UNAVAILABLE;
    govsvc_status status = gs_settle(connection, connection->store->driver->rollback_to(connection->raw));
    if (status)
        gs_rollback(connection);
    return status;
}

/* ---- statements -------------------------------------------------------------------------------------- */

/* {name} becomes the prefix and the name. */
static const char *with_prefix(gs_connection *connection, const char *sql, gs_arena *arena)
{
    gs_buffer text = {.arena = arena};
    for (const char *at = sql; *at; at++) {
        if (*at == '{')
            gs_buffer_text(&text, connection->store->driver->table_prefix);
        else if (*at != '}')
            gs_buffer_char(&text, *at);
    }
    return gs_arena_failed(arena) ? NULL : text.text;
}

static statement **bucket_of(gs_connection *connection, const gs_statement_key *key)
{
    uint64_t hash = ((uintptr_t)key->owner >> 3) * 0x9e3779b97f4a7c15u ^ key->mask[0] * 0xff51afd7ed558ccdu ^
                    key->mask[1];
    return &connection->buckets[(hash ^ hash >> 29 ^ hash >> 47) % GS_BUCKETS];
}

static const char *text_itself(const void *owner, const uint64_t mask[2], gs_arena *arena)
{
    (void)mask;
    (void)arena;
    return owner;
}

static govsvc_status prepare(gs_connection *connection, const gs_statement_key *key, gs_sql_maker maker,
                             statement **out)
{
    gs_arena *arena = gs_arena_new(&connection->store->allocator, 0);
    if (!arena)
        return GOVSVC_NO_MEMORY;
    const char *made = maker(key->owner, key->mask, arena);
    const char *sql = made ? with_prefix(connection, made, arena) : NULL;
    statement *fresh = sql ? allocate(connection->store, sizeof *fresh) : NULL;
    govsvc_status status =
        fresh ? gs_settle(connection,
                          connection->store->driver->prepare(connection->raw, sql, &fresh->prepared))
              : GOVSVC_NO_MEMORY;
    gs_arena_free(arena);
    if (status) {
        if (fresh)
            release(connection->store, fresh);
        return status;
    }
    fresh->key = *key;
    *out = fresh;
    return GOVSVC_OK;
}

static govsvc_status find(gs_connection *connection, const gs_statement_key *key, gs_sql_maker maker,
                          govsvc_store_statement **out)
{
    statement **bucket = bucket_of(connection, key);
    for (statement *at = *bucket; at; at = at->next)
        if (at->key.owner == key->owner && at->key.mask[0] == key->mask[0] &&
            at->key.mask[1] == key->mask[1]) {
            *out = at->prepared;
            return GOVSVC_OK;
        }
    statement *fresh = NULL;
    govsvc_status status = prepare(connection, key, maker, &fresh);
    if (status)
        return status;
    fresh->next = *bucket;
    *bucket = fresh;
    connection->statements++;
    *out = fresh->prepared;
    return GOVSVC_OK;
}

govsvc_status gs_execute_made(gs_connection *connection, const gs_statement_key *key, gs_sql_maker maker,
                              const govsvc_value *values, size_t count, int64_t *changed)
{
    if (connection->statements >= STATEMENTS_MAX)
        forget_statements(connection);
    govsvc_store_statement *prepared = NULL;
    govsvc_status status = find(connection, key, maker, &prepared);
    if (!status)
        status = gs_settle(connection, connection->store->driver->execute(prepared, values, count, changed));
    connection->writes += !status;
    return status;
}

govsvc_status gs_execute(gs_connection *connection, const char *sql, const govsvc_value *values, size_t count,
                         int64_t *changed)
{
    gs_statement_key key = {.owner = sql};
    return gs_execute_made(connection, &key, text_itself, values, count, changed);
}

govsvc_status gs_query_made(gs_connection *connection, const gs_statement_key *key, gs_sql_maker maker,
                            const govsvc_value *values, size_t count, gs_rows *out)
{
    *out = (gs_rows){.connection = connection};
    govsvc_store_statement *prepared = NULL;
    govsvc_status status = find(connection, key, maker, &prepared);
    if (status)
        return status;
    status = gs_settle(connection, connection->store->driver->query(prepared, values, count));
    if (!status)
        out->statement = prepared;
    return status;
}

govsvc_status gs_query(gs_connection *connection, const char *sql, const govsvc_value *values, size_t count,
                       gs_rows *out)
{
    gs_statement_key key = {.owner = sql};
    return gs_query_made(connection, &key, text_itself, values, count, out);
}

govsvc_status gs_rows_next(gs_rows *rows, govsvc_value *row, size_t columns)
{
    if (!rows->statement)
        return GOVSVC_NOT_FOUND;
    int class = rows->connection->store->driver->next(rows->statement, row, columns);
    if (class == GOVSVC_STORE_OK)
        return GOVSVC_NOT_FOUND;
    return gs_settle(rows->connection, class);
}

void gs_rows_done(gs_rows *rows)
{
    if (rows->statement)
        rows->connection->store->driver->done(rows->statement);
    rows->statement = NULL;
}

govsvc_status gs_query_integer(gs_connection *connection, const char *sql, const govsvc_value *values,
                               size_t count, int64_t *out)
{
    gs_rows rows;
    govsvc_value value;
    govsvc_status status = gs_query(connection, sql, values, count, &rows);
    if (!status)
        status = gs_rows_next(&rows, &value, 1);
    if (!status && value.kind != GOVSVC_VALUE_INTEGER)
        status = GOVSVC_NOT_FOUND;
    if (!status)
        *out = value.as.integer;
    gs_rows_done(&rows);
    return status;
}

govsvc_status gs_query_integers(gs_connection *connection, const char *sql, const govsvc_value *values,
                                size_t count, int64_t *out, size_t room, size_t *found)
{
    gs_rows rows;
    govsvc_value value;
    *found = 0;
    govsvc_status status = gs_query(connection, sql, values, count, &rows);
    while (!status && *found < room && !(status = gs_rows_next(&rows, &value, 1)))
        out[(*found)++] = value.as.integer;
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

govsvc_status gs_run(gs_connection *connection, const char *sql)
{
    gs_arena *arena = gs_arena_new(&connection->store->allocator, 0);
    const char *text = arena ? with_prefix(connection, sql, arena) : NULL;
    govsvc_status status = text ? gs_settle(connection, connection->store->driver->run(connection->raw, text))
                                : GOVSVC_NO_MEMORY;
    gs_arena_free(arena);
    return status;
}

govsvc_value gs_text(const char *text)
{
    if (!text)
        return gs_null();
    return (govsvc_value){.kind = GOVSVC_VALUE_TEXT, .size = (uint32_t)strlen(text), .as.bytes = text};
}
