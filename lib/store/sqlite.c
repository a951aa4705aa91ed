/* store/sqlite.c - the driver for SQLite: a store in one file, or in memory.
 *
 * Uses SQLite and the driver contract, nothing else of the library; sqlite_parts.h names its other files.
 * Process-wide hooks of SQLite belong to the host and are not touched.
 *
 *  Address    a path, or ":memory:" (then every connection is a store of its own).
 *  Context    the name of a SQLite VFS; NULL is the default one.
 *  Flushing   write-ahead log, synchronous FULL. Where options->synchronous is GOVSVC_NO it is NORMAL,
 *             not OFF: a power failure may take the last commits, but never damages the file.
 *  Files      any SQLite database will do, also one with tables of others; only a file that is no
 *             database (or is encrypted) is foreign. A new file is marked with our application id.
 */
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

#include "store/sqlite_parts.h"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)
#define APPLICATION_ID 0x47535643 /* "GSVC" */
#define NOT_WRITABLE "the database file or its directory cannot be written"

enum { OPEN_PAUSE_MS = 10 };

/* The statements around every transaction: prepared when the connection is opened, because they are
 * run so often and because ending a transaction must not need memory. */
enum control { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, CONTROL_COUNT };
static const char *const control_sql[CONTROL_COUNT] = {
    [BEGIN_READ] = "BEGIN",
    [BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [SAVEPOINT] = "SAVEPOINT gs_member",
    [RELEASE] = "RELEASE gs_member",
    [ROLLBACK_TO] = "ROLLBACK TO gs_member",
};

struct govsvc_store_connection {
    sqlite3 *db;
    sqlite3_stmt *control[CONTROL_COUNT];
    bool transaction; /* begun here, and its end not yet known here */
    char message[GS_MESSAGE_SIZE];
};

struct govsvc_store_statement {
    govsvc_store_connection *connection;
    sqlite3_stmt *sqlite;
};

/* Failures */

/* A failure in this driver's own words. */
static int refused(govsvc_store_connection *c, int class, const char *words)
{
    gs_message_keep(c->message, words);
    return class;
}

/* A failure in SQLite's words, of the connection's last call. Some failures (a full disk, an I/O error)
 * make SQLite roll the whole transaction back by itself: the caller has to know. */
static int failed(govsvc_store_connection *c, int code)
{
    int class = gs_sqlite_class(c->db, code);
    gs_message_keep(c->message, sqlite3_errmsg(c->db));
    if (class == GOVSVC_STORE_READ_ONLY && (code & 0xff) == SQLITE_CANTOPEN)
        gs_message_keep(c->message, NOT_WRITABLE);
    if (c->transaction && sqlite3_get_autocommit(c->db)) {
        c->transaction = false;
        class |= GOVSVC_STORE_GONE;
    }
    return class;
}

/* Transactions */

static int control(govsvc_store_connection *c, enum control which)
{
    int code = sqlite3_step(c->control[which]);
    int class = code == SQLITE_DONE ? GOVSVC_STORE_OK : failed(c, code);
    sqlite3_reset(c->control[which]);
    return class;
}

static int begin(govsvc_store_connection *c, int64_t write)
{
    int class = control(c, write == GOVSVC_YES ? BEGIN_WRITE : BEGIN_READ);
    if (class == GOVSVC_STORE_OK)
        c->transaction = true;
    return class;
}

static void rollback(govsvc_store_connection *c)
{
    if (c->transaction && !sqlite3_get_autocommit(c->db))
        control(c, ROLLBACK);
    c->transaction = false;
}

static int commit(govsvc_store_connection *c)
{
    int class = control(c, COMMIT);
    if (class != GOVSVC_STORE_OK) {
        /* After an I/O error the log may hold the commit on disk although it is undone here: a crash
         * before the next write would bring it back. */
        bool unknown = (sqlite3_extended_errcode(c->db) & 0xff) == SQLITE_IOERR;
        class = unknown ? GOVSVC_STORE_LOST : class & GOVSVC_STORE_CLASS;
        rollback(c);
    }
    c->transaction = false;
    return class;
}

static int savepoint(govsvc_store_connection *c)
{
    return control(c, SAVEPOINT);
}

static int release(govsvc_store_connection *c)
{
    return control(c, RELEASE);
}

static int rollback_to(govsvc_store_connection *c)
{
    int class = control(c, ROLLBACK_TO);
    return class == GOVSVC_STORE_OK ? control(c, RELEASE) : class;
}

/* Statements without parameters */

static int run(govsvc_store_connection *c, const char *sql)
{
    int code = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? GOVSVC_STORE_OK : failed(c, code);
}

/* The first column of the first row. */
static int number(govsvc_store_connection *c, const char *sql, int64_t *out)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(c->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    int class = GOVSVC_STORE_OK;
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    else
        class = failed(c, code);
    sqlite3_finalize(stmt);
    return class;
}

/* Calls found with the text in the first column of each row; value, unless NULL, is ?1. */
static int texts(govsvc_store_connection *c, const char *sql, const char *value,
                 void (*found)(void *context, const char *text), void *context)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(c->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK && value)
        code = sqlite3_bind_text(stmt, 1, value, -1, SQLITE_STATIC);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(stmt);
        const char *text = code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : "";
        if (!text)
            code = SQLITE_NOMEM;
        else if (code == SQLITE_ROW)
            found(context, text);
    }
    int class = code == SQLITE_DONE ? GOVSVC_STORE_OK : failed(c, code);
    sqlite3_finalize(stmt);
    return class;
}

static int columns(govsvc_store_connection *c, const char *table,
                   void (*found)(void *context, const char *column), void *context)
{
    return texts(c, "SELECT name FROM pragma_table_info(?1)", table, found, context);
}

/* Opening and closing */

static int patience(const govsvc_store_options *options)
{
    int64_t wait = options->busy_timeout_ms;
    return wait < 0 ? 0 : wait > INT_MAX ? INT_MAX : (int)wait;
}

static int open_flags(const govsvc_store_options *options)
{
    int flags = SQLITE_OPEN_NOMUTEX; /* one thread at a time is the contract */
    if (options->read_only == GOVSVC_YES)
        return flags | SQLITE_OPEN_READONLY;
    return flags | SQLITE_OPEN_READWRITE | (options->create == GOVSVC_NO ? 0 : SQLITE_OPEN_CREATE);
}

/* Where a VFS cannot share memory the mode stays what it was: slower, but no less safe. SQLite does not
 * call its busy handler while it changes the mode, so the patience is here. */
static int use_log(govsvc_store_connection *c, int wait)
{
    for (int waited = 0;; waited += OPEN_PAUSE_MS) {
        int class = run(c, "PRAGMA journal_mode=WAL");
        if (class != GOVSVC_STORE_BUSY || waited >= wait)
            return class;
        sqlite3_sleep(OPEN_PAUSE_MS);
    }
}

static int is_new(govsvc_store_connection *c, bool *out)
{
    int64_t id = 0, tables = 0;
    int class = number(c, "PRAGMA application_id", &id);
    if (class == GOVSVC_STORE_OK)
        class = number(c, "SELECT count(*) FROM sqlite_master", &tables);
    *out = id == 0 && tables == 0;
    return class;
}

/* Marks a file that nobody has used yet. It is looked at twice, so that opening a store that is in use
 * takes no lock, and a file that somebody else just began to use is not marked. */
static int mark_new(govsvc_store_connection *c)
{
    bool fresh = false;
    int class = is_new(c, &fresh);
    if (class != GOVSVC_STORE_OK || !fresh)
        return class;
    class = begin(c, GOVSVC_YES);
    if (class == GOVSVC_STORE_OK)
        class = is_new(c, &fresh);
    if (class == GOVSVC_STORE_OK && fresh)
        class = run(c, "PRAGMA application_id=" TEXT(APPLICATION_ID));
    if (class == GOVSVC_STORE_OK)
        return commit(c);
    rollback(c);
    return class & GOVSVC_STORE_CLASS;
}

/* A database of somebody else's stays as it is, its journal mode included, unless the host wants our
 * tables beside theirs. */
static int check_owner(govsvc_store_connection *c, const govsvc_store_options *options)
{
    int64_t strangers = 0;
    if (options->create == GOVSVC_YES)
        return GOVSVC_STORE_OK;
    int class =
        number(c,
               "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
               "ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name LIKE "
               "'gs\\_%' ESCAPE '\\')",
               &strangers);
    if (class != GOVSVC_STORE_OK || strangers == 0)
        return class;
    return refused(c, GOVSVC_STORE_FOREIGN, "this database holds other tables and none of ours");
}

static int prepare_controls(govsvc_store_connection *c)
{
    int code = SQLITE_OK;
    for (int i = 0; code == SQLITE_OK && i < CONTROL_COUNT; i++)
        code = sqlite3_prepare_v3(c->db, control_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &c->control[i], NULL);
    return code == SQLITE_OK ? GOVSVC_STORE_OK : failed(c, code);
}

static int look_and_set(govsvc_store_connection *c, const govsvc_store_options *options)
{
    if (options->read_only == GOVSVC_YES) {
        int64_t tables = 0; /* the first look into the file tells whether it is a database */
        return number(c, "SELECT count(*) FROM sqlite_master", &tables);
    }
    if (sqlite3_db_readonly(c->db, "main") == 1)
        return refused(c, GOVSVC_STORE_READ_ONLY, NOT_WRITABLE);
    int class = check_owner(c, options);
    if (class == GOVSVC_STORE_OK)
        class = use_log(c, patience(options));
    /* What a savepoint may have to bring back is kept in memory, not in a file. A batch of a thousand records
     * fits into the cache, and the log takes several before their pages are copied into the database. */
    if (class == GOVSVC_STORE_OK)
        class = run(c, "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=4000");
    if (class == GOVSVC_STORE_OK) {
        class = run(c, options->synchronous == GOVSVC_NO ? "PRAGMA synchronous=NORMAL"
                                                         : "PRAGMA synchronous=FULL");
    }
    if (class == GOVSVC_STORE_OK && options->create != GOVSVC_NO)
        class = mark_new(c);
    return class;
}

/* While several processes make the same file, or are the last to leave it, its journal and log come and go
 * under each other's eyes: an I/O error may be of that moment. */
static int make_ready(govsvc_store_connection *c, const govsvc_store_options *options)
{
    enum { LOOKS = 10 };
    int class = prepare_controls(c);
    for (int look = 0; class == GOVSVC_STORE_OK && look < LOOKS; look++) {
        class = look_and_set(c, options);
        if (class != GOVSVC_STORE_ERROR || (sqlite3_extended_errcode(c->db) & 0xff) != SQLITE_IOERR)
            return class;
        sqlite3_sleep(OPEN_PAUSE_MS);
        class = look + 1 < LOOKS ? GOVSVC_STORE_OK : class;
    }
    return class;
}

/* Is path in a directory that is there but cannot be written? Of a file that could not be made SQLite
 * says only that it could not be opened. */
static bool cannot_be_made(const char *path, const char *vfs_name)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(vfs_name);
    const char *slash = strrchr(path, '/');
    char *directory = slash ? sqlite3_mprintf("%.*s/", (int)(slash - path), path) : sqlite3_mprintf("./");
    int there = 0, writable = 1;
    if (vfs && directory) {
        vfs->xAccess(vfs, directory, SQLITE_ACCESS_EXISTS, &there);
        vfs->xAccess(vfs, directory, SQLITE_ACCESS_READWRITE, &writable);
    }
    sqlite3_free(directory);
    return there && !writable;
}

static int open_store(const char *address, const govsvc_store_options *options, govsvc_store_connection **out)
{
    govsvc_store_connection *c = calloc(1, sizeof *c);
    if (!c)
        return GOVSVC_STORE_NO_MEMORY;
    *out = c;
    if (!*address) /* SQLite would make a temporary file of it */
        return refused(c, GOVSVC_STORE_ERROR, "the path of the database file is missing");
    if (!sqlite3_threadsafe())
        return refused(c, GOVSVC_STORE_ERROR, "this SQLite was built without threads");
    int flags = open_flags(options);
    int code = sqlite3_open_v2(address, &c->db, flags, options->context);
    if (code == SQLITE_CANTOPEN && (flags & SQLITE_OPEN_CREATE) && cannot_be_made(address, options->context))
        return refused(c, GOVSVC_STORE_READ_ONLY, NOT_WRITABLE);
    if (code != SQLITE_OK)
        return failed(c, code);
    sqlite3_extended_result_codes(c->db, 1);
    sqlite3_busy_timeout(c->db, patience(options));
    return make_ready(c, options);
}

static void close_store(govsvc_store_connection *c)
{
    if (!c)
        return;
    for (int i = 0; i < CONTROL_COUNT; i++)
        sqlite3_finalize(c->control[i]);
    sqlite3_close_v2(c->db);
    free(c);
}

static const char *message(govsvc_store_connection *c)
{
    return c->message;
}

/* Prepared statements */

static int prepare(govsvc_store_connection *c, const char *sql, govsvc_store_statement **out)
{
    govsvc_store_statement *s = calloc(1, sizeof *s);
    if (!s)
        return refused(c, GOVSVC_STORE_NO_MEMORY, "out of memory");
    s->connection = c;
    int code = sqlite3_prepare_v3(c->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->sqlite, NULL);
    if (code != SQLITE_OK) {
        free(s);
        return failed(c, code);
    }
    *out = s;
    return GOVSVC_STORE_OK;
}

static void finalize(govsvc_store_statement *s)
{
    if (s) {
        sqlite3_finalize(s->sqlite);
        free(s);
    }
}

static int bind_value(sqlite3_stmt *stmt, int at, const govsvc_value *value, sqlite3_destructor_type lifetime)
{
    const void *bytes = value->size > 0 ? value->as.bytes : ""; /* a null pointer would bind NULL */
    switch (value->kind) {
    case GOVSVC_VALUE_INTEGER:
        return sqlite3_bind_int64(stmt, at, value->as.integer);
    case GOVSVC_VALUE_TEXT:
        return sqlite3_bind_text64(stmt, at, bytes, value->size, lifetime, SQLITE_UTF8);
    case GOVSVC_VALUE_BYTES:
        return sqlite3_bind_blob64(stmt, at, bytes, value->size, lifetime);
    default:
        return sqlite3_bind_null(stmt, at);
    }
}

static int bind(govsvc_store_statement *s, const govsvc_value *values, uint64_t count,
                sqlite3_destructor_type lifetime)
{
    if (count != (uint64_t)sqlite3_bind_parameter_count(s->sqlite))
        return refused(s->connection, GOVSVC_STORE_ERROR, "there are not as many values as parameters");
    for (uint64_t i = 0; i < count; i++) {
        bool null = values[i].kind == GOVSVC_VALUE_NULL; /* it is null: done() clears all of them */
        int code = null ? SQLITE_OK : bind_value(s->sqlite, (int)i + 1, &values[i], lifetime);
        if (code != SQLITE_OK)
            return failed(s->connection, code);
    }
    return GOVSVC_STORE_OK;
}

static void done(govsvc_store_statement *s)
{
    sqlite3_reset(s->sqlite);
    sqlite3_clear_bindings(s->sqlite);
}

static int execute(govsvc_store_statement *s, const govsvc_value *values, uint64_t value_count,
                   int64_t *changed)
{
    int class = bind(s, values, value_count, SQLITE_STATIC);
    if (class == GOVSVC_STORE_OK) {
        int code = sqlite3_step(s->sqlite);
        if (code != SQLITE_DONE && code != SQLITE_ROW)
            class = failed(s->connection, code);
        else if (changed)
            *changed = sqlite3_changes(s->connection->db);
    }
    done(s);
    return class;
}

/* The values are copied: SQLite reads parameters until the last row, the caller's live until we return. */
static int query(govsvc_store_statement *s, const govsvc_value *values, uint64_t value_count)
{
    int class = bind(s, values, value_count, SQLITE_TRANSIENT);
    if (class != GOVSVC_STORE_OK)
        done(s);
    return class;
}

/* SQLITE_NOMEM: the text could not be converted. */
static int take(sqlite3_stmt *stmt, int at, govsvc_value *out)
{
    sqlite3_value *value =
        sqlite3_column_value(stmt, at); /* unprotected, which one thread at a time allows */
    *out = (govsvc_value){.kind = GOVSVC_VALUE_NULL};
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return SQLITE_OK;
    case SQLITE_INTEGER:
        out->kind = GOVSVC_VALUE_INTEGER;
        out->as.integer = sqlite3_value_int64(value);
        return SQLITE_OK;
    case SQLITE_BLOB:
        out->kind = GOVSVC_VALUE_BYTES;
        break;
    default:
        out->kind = GOVSVC_VALUE_TEXT;
    }
    /* The size first: it makes UTF-8 of a text. Asked for as bytes, the text is not copied for a NUL. */
    out->size = (uint32_t)sqlite3_value_bytes(value);
    out->as.bytes = sqlite3_value_blob(value);
    if (!out->as.bytes && sqlite3_errcode(sqlite3_db_handle(stmt)) == SQLITE_NOMEM)
        return SQLITE_NOMEM;
    if (out->size == 0)
        out->as.bytes = "";
    return SQLITE_OK;
}

static int next(govsvc_store_statement *s, govsvc_value *row, uint64_t column_count)
{
    int code = sqlite3_step(s->sqlite);
    if (code == SQLITE_DONE)
        return GOVSVC_STORE_OK;
    if (code != SQLITE_ROW)
        return failed(s->connection, code);
    if (column_count != (uint64_t)sqlite3_column_count(s->sqlite))
        return refused(s->connection, GOVSVC_STORE_ERROR, "the row has another number of columns");
    for (uint64_t i = 0; i < column_count; i++)
        if (take(s->sqlite, (int)i, &row[i]) != SQLITE_OK)
            return failed(s->connection, SQLITE_NOMEM);
    return GOVSVC_STORE_ROW;
}

/* Copying and checking */

/* The copy is read in one read transaction, so that writers never make it start again. */
static int backup(govsvc_store_connection *c, const char *path,
                  int (*progress)(void *context, int64_t done, int64_t all), void *context)
{
    int class = begin(c, GOVSVC_NO);
    if (class != GOVSVC_STORE_OK)
        return class;
    int64_t tables = 0; /* the first look into the file begins the reading */
    class = number(c, "SELECT count(*) FROM sqlite_master", &tables);
    if (class == GOVSVC_STORE_OK)
        class = gs_sqlite_copy(c->db, path, progress, context, c->message);
    rollback(c);
    return class & GOVSVC_STORE_CLASS;
}

struct complaints {
    void (*found)(void *context, const char *complaint);
    void *context;
};

static void complain(void *context, const char *text)
{
    const struct complaints *to = context;
    if (strcmp(text, "ok") != 0)
        to->found(to->context, text);
}

static int check(govsvc_store_connection *c, void (*found)(void *context, const char *complaint),
                 void *context)
{
    struct complaints to = {found, context};
    int class = texts(c, "PRAGMA integrity_check", NULL, complain, &to);
    if ((class & GOVSVC_STORE_CLASS) == GOVSVC_STORE_CORRUPT) { /* damaged beyond being checked */
        found(context, c->message);
        class = GOVSVC_STORE_OK;
    }
    return class;
}

static const govsvc_driver sqlite_driver = {
    .struct_size = sizeof(govsvc_driver),
    .version = GOVSVC_DRIVER_VERSION,
    .capabilities = GOVSVC_DRIVER_EMBEDDED | GOVSVC_DRIVER_BACKUP,
    .scheme = "sqlite",
    .table_prefix = "gs_",
    .type_integer = "INTEGER",
    .type_text = "TEXT",
    .type_bytes = "BLOB",
    .open = open_store,
    .close = close_store,
    .run = run,
    .columns = columns,
    .prepare = prepare,
    .finalize = finalize,
    .execute = execute,
    .query = query,
    .next = next,
    .done = done,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .savepoint = savepoint,
    .release = release,
    .rollback_to = rollback_to,
    .message = message,
    .backup = backup,
    .check = check,
};

const govsvc_driver *govsvc_driver_sqlite(void)
{
    return &sqlite_driver;
}
