/* govsvc/store.h - the driver contract: where a store is kept.
 *
 * The library writes SQL in a small subset that the engines share; a driver runs it. SQLite and
 * PostgreSQL go through this table like any vendor's own driver. A driver keeps no state outside the
 * connections it opens, prints nothing, and never retries by itself.
 *
 * The SQL a driver gets
 *  - CREATE TABLE / CREATE [UNIQUE] INDEX ... IF NOT EXISTS, ALTER TABLE ... ADD COLUMN,
 *    INSERT ... VALUES, UPDATE, DELETE, SELECT with joins by key, WHERE with comparison operators,
 *    AND / OR / IN / IS [NOT] NULL, ORDER BY, LIMIT, count(*), max(), coalesce().
 *    No upserts, RETURNING, JSON or text-search operators.
 *  - Parameters are $1, $2, ... in the order in which they first stand in the text.
 *  - Table names already carry the driver's table_prefix; types are the driver's type names.
 *
 * Threads: a connection is used by one thread at a time, but not always by the same one.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_STORE_H
#define GOVSVC_STORE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define GOVSVC_DRIVER_VERSION 1

/* A connection and a prepared statement: the driver's own structures. */
typedef struct govsvc_store_connection govsvc_store_connection;
typedef struct govsvc_store_statement govsvc_store_statement;

/* What a driver function came to. GOVSVC_STORE_GONE may be or-ed to any failure but commit's: the whole
 * transaction is gone, not only the statement (a full disk inside a savepoint takes all with it), and
 * none is open any more. */
enum {
    GOVSVC_STORE_OK = 0,
    GOVSVC_STORE_ROW = 1,        /* next: there is a row */
    GOVSVC_STORE_CONSTRAINT = 2, /* a unique or primary key was violated */
    GOVSVC_STORE_BUSY = 3,       /* locked by somebody else, after the driver's own patience */
    GOVSVC_STORE_RETRY = 4,      /* serialization failure or deadlock: the transaction may be repeated */
    GOVSVC_STORE_FULL = 5,       /* no room */
    GOVSVC_STORE_LOST = 6,       /* the connection is gone; from commit: the fate is unknown */
    GOVSVC_STORE_READ_ONLY = 7,
    GOVSVC_STORE_CORRUPT = 8,
    GOVSVC_STORE_FOREIGN = 9,    /* not a database, or encrypted by somebody else */
    GOVSVC_STORE_NO_MEMORY = 10,
    GOVSVC_STORE_ERROR = 11,     /* anything else */
    GOVSVC_STORE_CLASS = 0xff,   /* mask of the above */
    GOVSVC_STORE_GONE = 0x100
};

/* A value that goes in or comes out. A value that comes out lives until the next call on its
 * statement; one that goes in must live until the call returns. */
enum { GOVSVC_VALUE_NULL = 0, GOVSVC_VALUE_INTEGER = 1, GOVSVC_VALUE_TEXT = 2, GOVSVC_VALUE_BYTES = 3 };
typedef struct govsvc_value {
    int32_t kind;     /* GOVSVC_VALUE_... */
    uint32_t size;    /* bytes of text (without its NUL) or bytes */
    union {
        int64_t integer;
        const void *bytes; /* text need not be NUL-terminated, going in or coming out */
    } as;
} govsvc_value;

/* What a driver can do (capabilities). */
enum {
    GOVSVC_DRIVER_EMBEDDED = 1, /* one writer at a time, in this process or on this machine: the
                                   writer gives the journal its positions, the id alone is the key,
                                   and tables are migrated when the store is opened */
    GOVSVC_DRIVER_BACKUP = 2    /* backup is there */
};

typedef struct govsvc_store_options {
    uint64_t struct_size;
    int64_t create;          /* unset: where there is a store or nothing yet; GOVSVC_YES: also beside the
                                tables of others (else FOREIGN); GOVSVC_NO: only where there is a store */
    int64_t read_only;       /* GOVSVC_YES: never write */
    int64_t synchronous;     /* GOVSVC_NO: a commit need not be flushed (bulk loads, tests) */
    int64_t busy_timeout_ms; /* how long to wait for a lock */
    const void *context;     /* config.driver_context: the driver's own, e.g. a VFS name */
    const void *reserved;
} govsvc_store_options;

/* Every function returns a GOVSVC_STORE_... class unless it says otherwise. */
typedef struct govsvc_driver {
    uint64_t struct_size;
    int64_t version;          /* GOVSVC_DRIVER_VERSION */
    int64_t capabilities;     /* GOVSVC_DRIVER_... */
    const char *scheme;       /* "sqlite": what stands before ':' in config.store */
    const char *table_prefix; /* "gs_" or "govsvc." */
    const char *type_integer; /* "INTEGER", "BIGINT" */
    const char *type_text;
    const char *type_bytes;
    const void *reserved;

    /* Opens a connection to what follows "scheme:" (the whole string for "postgresql://..."). On
     * failure *out may still be set: it is then good for message and close. Statements are finalized
     * before their connection is closed. */
    int (*open)(const char *address, const govsvc_store_options *options, govsvc_store_connection **out);
    void (*close)(govsvc_store_connection *connection);
    /* Runs statements without parameters or rows (DDL). */
    int (*run)(govsvc_store_connection *connection, const char *sql);
    /* Calls found once for each column of a table (name with prefix); no table, no calls. */
    int (*columns)(govsvc_store_connection *connection, const char *table,
                   void (*found)(void *context, const char *column), void *context);

    int (*prepare)(govsvc_store_connection *connection, const char *sql, govsvc_store_statement **out);
    void (*finalize)(govsvc_store_statement *statement);
    /* Runs a statement that yields no rows. changed, unless NULL, is how many rows it touched; where
     * it is NULL a driver may queue the statement, and its failure then comes from a later call, at
     * the latest from commit. */
    int (*execute)(govsvc_store_statement *statement, const govsvc_value *values, uint64_t value_count,
                   int64_t *changed);
    /* Starts a statement that yields rows; then next until it is not ROW, then done (always). */
    int (*query)(govsvc_store_statement *statement, const govsvc_value *values, uint64_t value_count);
    int (*next)(govsvc_store_statement *statement, govsvc_value *row, uint64_t column_count);
    void (*done)(govsvc_store_statement *statement);

    /* write: GOVSVC_YES takes the write lock at once where there is one. A commit that fails leaves
     * no open transaction. rollback without a transaction does nothing. */
    int (*begin)(govsvc_store_connection *connection, int64_t write);
    int (*commit)(govsvc_store_connection *connection);
    void (*rollback)(govsvc_store_connection *connection);
    /* One level of savepoint inside a transaction; release and rollback_to both end it. */
    int (*savepoint)(govsvc_store_connection *connection);
    int (*release)(govsvc_store_connection *connection);
    int (*rollback_to)(govsvc_store_connection *connection);

    /* The connection's last failure in the engine's words; "" where there is none. */
    const char *(*message)(govsvc_store_connection *connection);
    /* A consistent copy of the whole store into a new file; only with GOVSVC_DRIVER_BACKUP. CONSTRAINT:
     * there is a file of that name. progress
     * is called with pages done and in all; non-zero stops it (GOVSVC_STORE_ERROR). */
    int (*backup)(govsvc_store_connection *connection, const char *path,
                  int (*progress)(void *context, int64_t done, int64_t all), void *context);
    /* The engine's own integrity check; found is called once for each complaint. Damage that was found
     * is a complaint, not a failure. */
    int (*check)(govsvc_store_connection *connection,
                 void (*found)(void *context, const char *complaint), void *context);
} govsvc_driver;

/* The drivers that come with the library; NULL where it was built without. Static storage. */
GOVSVC_API const govsvc_driver *govsvc_driver_sqlite(void);
GOVSVC_API const govsvc_driver *govsvc_driver_postgres(void);

#ifdef __cplusplus
}
#endif
#endif
