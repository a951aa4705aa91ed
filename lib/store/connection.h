/* lib/store/connection.h - a store as the library uses it: pooled connections, prepared statements.
 *
 * May use: base, crypto, the driver contract. A connection is lent to one session at a time and keeps its
 * statements prepared; an embedded store has one writer at a time, which waits here rather than in the
 * engine (group.c).
 */
#ifndef GS_STORE_CONNECTION_H
#define GS_STORE_CONNECTION_H

#include <semaphore.h>

#include "base/arena.h"
#include "crypto/crypto.h"
#include "govsvc/store.h"
#include "store/message.h"

typedef struct gs_store gs_store;
typedef struct gs_connection gs_connection;

typedef struct gs_store_config {
    const govsvc_driver *driver;
    const char *address;
    govsvc_store_options options;
    const govsvc_allocator *allocator;
    gs_keys keys;
} gs_store_config;

/* Checks the driver's table and opens a first connection. message gets the engine's words on failure. */
govsvc_status gs_store_open(const gs_store_config *config, gs_store **out, char *message, size_t size);
void gs_store_close(gs_store *store);
const govsvc_driver *gs_store_driver(const gs_store *store);
static inline bool gs_driver_embedded(const govsvc_driver *driver)
{
    return (driver->capabilities & GOVSVC_DRIVER_EMBEDDED) != 0;
}

/* A connection of the pool; BUSY if none comes free in time. */
govsvc_status gs_store_acquire(gs_store *store, gs_connection **out);
/* Gives it back; an open transaction is rolled back. NULL is allowed. */
void gs_store_release(gs_connection *connection);

const govsvc_driver *gs_connection_driver(const gs_connection *connection);
govsvc_store_connection *gs_connection_raw(const gs_connection *connection);
gs_crypto *gs_connection_crypto(const gs_connection *connection);
const char *gs_connection_message(const gs_connection *connection);

govsvc_status gs_begin(gs_connection *connection, bool write);
/* UNKNOWN where the commit's fate is not known. After a failure there is no transaction. */
govsvc_status gs_commit(gs_connection *connection);
void gs_rollback(gs_connection *connection);
bool gs_in_transaction(const gs_connection *connection);
/* How many statements have written since the connection was opened: two equal answers, and nothing was
 * written between them. */
int64_t gs_writes(const gs_connection *connection);
govsvc_status gs_savepoint(gs_connection *connection);
govsvc_status gs_savepoint_keep(gs_connection *connection);
/* Undoes what came since the savepoint; where the engine lost the whole transaction, that is what the
 * status says and gs_in_transaction() answers false. */
govsvc_status gs_savepoint_undo(gs_connection *connection);

/* ---- sharing a commit (group.c) ---------------------------------------------------------------------- */

/* One who writes. It lives on its thread's stack. */
typedef struct gs_member {
    struct gs_member *next; /* in the queue for the turn, or among those who wait for the commit */
    sem_t woken;
    bool joins;                /* takes over an open transaction; else it writes alone */
    gs_connection *connection; /* between join and leave */
    bool follows;              /* others wrote in this transaction: undo what is one's own alone */
    govsvc_status result;      /* what the commit came to */
    bool undone; /* another one's failure took the work of this one with it: it is to be done again */
    char message[GS_MESSAGE_SIZE]; /* of what failed, the engine's words */
} gs_member;

/* Does this store share commits? */
bool gs_store_groups(const gs_store *store);
/* Waits for the turn to write, and is in a transaction then, with member->connection. BUSY: not in time. */
govsvc_status gs_group_join(gs_store *store, gs_member *member);
/* Gives the transaction on and comes back when it was committed: the caller's own status, or, where something
 * was to be committed, what became of that (member->result). last: nobody may follow in this transaction. A
 * caller that failed has undone its own work, or rolled back everything. */
govsvc_status gs_group_leave(gs_member *member, govsvc_status status, bool last);

/* SQL whose text lives as long as the program: {name} stands for a table with the driver's prefix. It is
 * prepared once a connection, found again by its address. $1, $2, ... first appear in this order: one engine counts
 * them so. */
govsvc_status gs_execute(gs_connection *connection, const char *sql, const govsvc_value *values, size_t count,
                         int64_t *changed);

typedef struct gs_rows {
    gs_connection *connection;
    govsvc_store_statement *statement;
} gs_rows;

/* OK, then gs_rows_next() until it answers NOT_FOUND or fails, then gs_rows_done() in every case. */
govsvc_status gs_query(gs_connection *connection, const char *sql, const govsvc_value *values, size_t count,
                       gs_rows *out);
govsvc_status gs_rows_next(gs_rows *rows, govsvc_value *row, size_t columns);
void gs_rows_done(gs_rows *rows);
/* One row of one integer; NOT_FOUND where there is none or it is null. */
govsvc_status gs_query_integer(gs_connection *connection, const char *sql, const govsvc_value *values,
                               size_t count, int64_t *out);

/* The first column of up to room rows, all integers; none is OK too. */
govsvc_status gs_query_integers(gs_connection *connection, const char *sql, const govsvc_value *values,
                                size_t count, int64_t *out, size_t room, size_t *found);

/* SQL that is made when it is first needed, and found again by its key. */
typedef struct gs_statement_key {
    const void *owner;
    uint64_t mask[2];
} gs_statement_key;
typedef const char *(*gs_sql_maker)(const void *owner, const uint64_t mask[2], gs_arena *arena);
govsvc_status gs_execute_made(gs_connection *connection, const gs_statement_key *key, gs_sql_maker maker,
                              const govsvc_value *values, size_t count, int64_t *changed);
govsvc_status gs_query_made(gs_connection *connection, const gs_statement_key *key, gs_sql_maker maker,
                            const govsvc_value *values, size_t count, gs_rows *out);
/* SQL run once, as it is (DDL). */
govsvc_status gs_run(gs_connection *connection, const char *sql);

/* Values to bind. */
static inline govsvc_value gs_integer(int64_t integer)
{
    return (govsvc_value){.kind = GOVSVC_VALUE_INTEGER, .as.integer = integer};
}
govsvc_value gs_text(const char *text); /* null for NULL */
static inline govsvc_value gs_bytes(const void *bytes, size_t size)
{
    return (govsvc_value){.kind = GOVSVC_VALUE_BYTES, .size = (uint32_t)size, .as.bytes = bytes};
}
static inline govsvc_value gs_null(void)
{
    return (govsvc_value){.kind = GOVSVC_VALUE_NULL};
}

/* What a driver's class means to a caller. */
govsvc_status gs_class_status(int class);
/* The same for an answer of this connection's driver, which may say that the transaction or the connection
 * is gone: every one comes through here. */
govsvc_status gs_settle(gs_connection *connection, int class);

#endif
