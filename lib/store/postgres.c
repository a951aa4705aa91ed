/* store/postgres.c - the driver for PostgreSQL and what speaks its protocol.
 *
 * Uses libpq and the driver contract, nothing else of the library. Built without GS_HAVE_POSTGRES there
 * is no such driver.
 *
 *  Address    a connection URI, "postgresql://..."; several hosts, TLS and timeouts are said there.
 *  Tables     in the schema "govsvc", which is made at the first opening.
 *  Failures   PostgreSQL refuses everything after a failed statement until the transaction or the
 *             savepoint is undone. So without a savepoint a failure takes the transaction with it: it is
 *             rolled back here, at once, and the failure says GOVSVC_STORE_GONE.
 *  Words      terse: the details that PostgreSQL adds to a message repeat the values of the row.
 */
#include "govsvc/store.h"

#ifndef GS_HAVE_POSTGRES

const govsvc_driver *govsvc_driver_postgres(void)
{
    return NULL;
}

#else

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/message.h"

#define SCHEMA "govsvc"

enum { BINARY = 1, NAME_SIZE = 24, SQL_SIZE = 256, VALUES_MAX = 65535, PATIENCE_MAX_MS = 2147483647 };

/* The object identifiers of the types that come out: fixed by PostgreSQL's catalog. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_NAME = 19,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_UNKNOWN = 705,
    TYPE_BPCHAR = 1042,
    TYPE_VARCHAR = 1043
};

struct govsvc_store_connection {
    PGconn *pg;
    bool transaction;
    bool savepoint;
    uint64_t prepared; /* statements so far: the next one's name */
    char message[GS_MESSAGE_SIZE];
};

struct govsvc_store_statement {
    govsvc_store_connection *connection;
    PGresult *rows;
    int next_row;
    char name[NAME_SIZE];
};

/* Failures */

/* Of an SQLSTATE that begins so; the first that fits. */
static const struct {
    const char *state;
    int class;
} classes[] = {
    {"23505", GOVSVC_STORE_CONSTRAINT}, /* unique_violation */
    {"40001", GOVSVC_STORE_RETRY},      /* serialization_failure */
    {"40P01", GOVSVC_STORE_RETRY},      /* deadlock_detected */
    {"40003", GOVSVC_STORE_LOST},       /* statement_completion_unknown */
    {"55P03", GOVSVC_STORE_BUSY},       /* lock_not_available: lock_timeout */
    {"53100", GOVSVC_STORE_FULL},       /* disk_full */
    {"53200", GOVSVC_STORE_NO_MEMORY},  /* out_of_memory */
    {"53", GOVSVC_STORE_LOST},          /* too_many_connections and other lacks of the server */
    {"57P0", GOVSVC_STORE_LOST},        /* the server stops, crashed, or is not up yet */
    {"25P03", GOVSVC_STORE_LOST},       /* idle_in_transaction_session_timeout */
    {"08P01", GOVSVC_STORE_ERROR},      /* protocol_violation: a wrong number of values, too */
    {"08", GOVSVC_STORE_LOST},          /* connection exceptions */
    {"25006", GOVSVC_STORE_READ_ONLY},  /* read_only_sql_transaction */
    {"XX001", GOVSVC_STORE_CORRUPT},    /* data_corrupted */
    {"XX002", GOVSVC_STORE_CORRUPT},    /* index_corrupted */
};

static int class_of(const PGconn *pg, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (PQstatus(pg) == CONNECTION_BAD)
        return GOVSVC_STORE_LOST;
    if (!state)
        return result ? GOVSVC_STORE_ERROR : GOVSVC_STORE_NO_MEMORY;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strncmp(state, classes[i].state, strlen(classes[i].state)) == 0)
            return classes[i].class;
    return GOVSVC_STORE_ERROR;
}

/* A failure in this driver's own words; nothing was sent. */
static int refused(govsvc_store_connection *c, int class, const char *words)
{
    gs_message_keep(c->message, words);
    return class;
}

static void rollback(govsvc_store_connection *c)
{
    if (c->transaction) {
        c->transaction = c->savepoint = false;
        PQclear(PQexec(c->pg, "ROLLBACK"));
    }
}

/* A failure in PostgreSQL's words. Clears the result. */
static int failed(govsvc_store_connection *c, PGresult *result)
{
    int class = class_of(c->pg, result);
    const char *words = PQresultErrorMessage(result);
    gs_message_keep(c->message, *words ? words : PQerrorMessage(c->pg));
    PQclear(result);
    bool doomed = class == GOVSVC_STORE_LOST || class == GOVSVC_STORE_RETRY || !c->savepoint;
    if (c->transaction && doomed) {
        rollback(c);
        class |= GOVSVC_STORE_GONE;
    }
    return class;
}

static bool worked(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static int run(govsvc_store_connection *c, const char *sql)
{
    PGresult *result = PQexec(c->pg, sql);
    if (!worked(result))
        return failed(c, result);
    PQclear(result);
    return GOVSVC_STORE_OK;
}

/* Transactions */

static int begin(govsvc_store_connection *c, int64_t write)
{
    if (c->transaction) /* PostgreSQL would only warn */
        return refused(c, GOVSVC_STORE_ERROR, "a transaction is open already");
    int class = run(c, write == GOVSVC_YES ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    c->transaction = class == GOVSVC_STORE_OK;
    return class;
}

static int commit(govsvc_store_connection *c)
{
    if (!c->transaction)
        return refused(c, GOVSVC_STORE_ERROR, "no transaction is open");
    c->transaction = c->savepoint = false;
    PGresult *result = PQexec(c->pg, "COMMIT");
    if (worked(result)) { /* PostgreSQL answers the COMMIT of a failed transaction with "ROLLBACK" */
        bool committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
        PQclear(result);
        return committed ? GOVSVC_STORE_OK
                         : refused(c, GOVSVC_STORE_ERROR, "a failed transaction was rolled back");
    }
    bool worded = PQresultErrorField(result, PG_DIAG_SQLSTATE) != NULL;
    int class = failed(c, result);
    return worded ? class : GOVSVC_STORE_LOST; /* the server did not say that it failed */
}

static int savepoint(govsvc_store_connection *c)
{
    int class = run(c, "SAVEPOINT gs_member");
    if (class == GOVSVC_STORE_OK)
        c->savepoint = true;
    return class;
}

static int release(govsvc_store_connection *c)
{
    int class = run(c, "RELEASE SAVEPOINT gs_member");
    if (class == GOVSVC_STORE_OK)
        c->savepoint = false;
    return class;
}

static int rollback_to(govsvc_store_connection *c)
{
    c->savepoint = false;
    return run(c, "ROLLBACK TO SAVEPOINT gs_member; RELEASE SAVEPOINT gs_member");
}

/* Opening and closing */

static void say_nothing(void *context, const char *notice)
{
    (void)context;
    (void)notice;
}

static int has_schema(govsvc_store_connection *c, bool *out)
{
    PGresult *result = PQexec(c->pg, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = '" SCHEMA "'");
    if (!worked(result))
        return failed(c, result);
    *out = PQntuples(result) > 0;
    PQclear(result);
    return GOVSVC_STORE_OK;
}

/* The schema is looked for first: even IF NOT EXISTS wants the right to make it. Somebody else may make
 * it at the same moment, so a failure counts only if the schema is still missing. */
static int find_schema(govsvc_store_connection *c, const govsvc_store_options *options)
{
    bool there = false;
    int class = has_schema(c, &there);
    if (class != GOVSVC_STORE_OK || there)
        return class;
    if (options->create == GOVSVC_NO || options->read_only == GOVSVC_YES)
        return refused(c, GOVSVC_STORE_ERROR, "there is no schema " SCHEMA " in this database");
    int making = run(c, "CREATE SCHEMA IF NOT EXISTS " SCHEMA);
    if (making != GOVSVC_STORE_OK && has_schema(c, &there) == GOVSVC_STORE_OK && there)
        making = GOVSVC_STORE_OK;
    return making;
}

static int settle(govsvc_store_connection *c, const govsvc_store_options *options)
{
    int64_t wait = options->busy_timeout_ms;
    wait = wait < 1 ? 1 : wait > PATIENCE_MAX_MS ? PATIENCE_MAX_MS : wait; /* 0 would wait for ever */
    char sql[SQL_SIZE];
    snprintf(sql, sizeof sql, "SET standard_conforming_strings TO on; SET lock_timeout TO %" PRId64 "%s%s",
             wait, options->synchronous == GOVSVC_NO ? "; SET synchronous_commit TO off" : "",
             options->read_only == GOVSVC_YES ? "; SET default_transaction_read_only TO on" : "");
    return run(c, sql);
}

static int open_store(const char *address, const govsvc_store_options *options, govsvc_store_connection **out)
{
    static const char *const keywords[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
    const char *const values[] = {address, "UTF8", "govsvc", NULL};
    govsvc_store_connection *c = calloc(1, sizeof *c);
    if (!c)
        return GOVSVC_STORE_NO_MEMORY;
    *out = c;
    c->pg = PQconnectdbParams(keywords, values, 1);
    if (!c->pg)
        return refused(c, GOVSVC_STORE_NO_MEMORY, "out of memory");
    if (PQstatus(c->pg) != CONNECTION_OK)
        return refused(c, GOVSVC_STORE_LOST, PQerrorMessage(c->pg));
    PQsetNoticeProcessor(c->pg, say_nothing, NULL);
    PQsetErrorVerbosity(c->pg, PQERRORS_TERSE);
    int class = settle(c, options);
    return class == GOVSVC_STORE_OK ? find_schema(c, options) : class;
}

static void close_store(govsvc_store_connection *c)
{
    if (c) {
        PQfinish(c->pg);
        free(c);
    }
}

static const char *message(govsvc_store_connection *c)
{
    return c->message;
}

/* table is "schema.name". */
static int columns(govsvc_store_connection *c, const char *table,
                   void (*found)(void *context, const char *column), void *context)
{
    PGresult *result = PQexecParams(c->pg,
                                    "SELECT a.attname FROM pg_catalog.pg_namespace n"
                                    " JOIN pg_catalog.pg_class r ON r.relnamespace = n.oid"
                                    " JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid"
                                    " WHERE n.nspname = split_part($1::text, '.', 1)"
                                    " AND r.relname = split_part($1::text, '.', 2)"
                                    " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
                                    1, NULL, &table, NULL, NULL, 0);
    if (!worked(result))
        return failed(c, result);
    for (int i = 0; i < PQntuples(result); i++)
        found(context, PQgetvalue(result, i, 0));
    PQclear(result);
    return GOVSVC_STORE_OK;
}

/* Prepared statements */

static int prepare(govsvc_store_connection *c, const char *sql, govsvc_store_statement **out)
{
    govsvc_store_statement *s = calloc(1, sizeof *s);
    if (!s)
        return refused(c, GOVSVC_STORE_NO_MEMORY, "out of memory");
    s->connection = c;
    snprintf(s->name, sizeof s->name, "gs%" PRIu64, ++c->prepared);
    PGresult *result = PQprepare(c->pg, s->name, sql, 0, NULL);
    if (!worked(result)) {
        free(s);
        return failed(c, result);
    }
    PQclear(result);
    *out = s;
    return GOVSVC_STORE_OK;
}

static void done(govsvc_store_statement *s)
{
    PQclear(s->rows);
    s->rows = NULL;
    s->next_row = 0;
}

/* In a failed transaction the server keeps the statement until the connection ends; names are not used
 * twice, so that does no harm. */
static void finalize(govsvc_store_statement *s)
{
    if (!s)
        return;
    char sql[NAME_SIZE + sizeof "DEALLOCATE "];
    snprintf(sql, sizeof sql, "DEALLOCATE %s", s->name);
    if (PQtransactionStatus(s->connection->pg) <= PQTRANS_INTRANS)
        PQclear(PQexec(s->connection->pg, sql));
    done(s);
    free(s);
}

/* What libpq wants to know of the parameters, in one block. Text has to end with NUL for libpq, bytes
 * are sent as they are, integers as digits: those are right whichever width the server expects. */
struct parameters {
    const char **values;
    int *sizes;
    int *formats;
    char *text;
};

static size_t text_size(const govsvc_value *value)
{
    return value->kind == GOVSVC_VALUE_TEXT      ? (size_t)value->size + 1
           : value->kind == GOVSVC_VALUE_INTEGER ? NAME_SIZE
                                                 : 0;
}

/* p->values is the block to be freed. */
static bool make_room(struct parameters *p, const govsvc_value *values, uint64_t count)
{
    size_t size = (size_t)count * (sizeof *p->values + sizeof *p->sizes + sizeof *p->formats) + 1;
    for (uint64_t i = 0; i < count; i++)
        size += text_size(&values[i]);
    p->values = malloc(size);
    if (!p->values)
        return false;
    p->sizes = (int *)(p->values + count);
    p->formats = p->sizes + count;
    p->text = (char *)(p->formats + count);
    return true;
}

static void fill(struct parameters *p, const govsvc_value *values, uint64_t count)
{
    char *text = p->text;
    for (uint64_t i = 0; i < count; i++) {
        const govsvc_value *value = &values[i];
        p->formats[i] = value->kind == GOVSVC_VALUE_BYTES ? BINARY : 0;
        p->sizes[i] = (int)value->size;
        p->values[i] = text;
        if (value->kind == GOVSVC_VALUE_INTEGER) {
            snprintf(text, NAME_SIZE, "%" PRId64, value->as.integer);
        } else if (value->kind == GOVSVC_VALUE_TEXT) {
            if (value->size > 0)
                memcpy(text, value->as.bytes, value->size);
            text[value->size] = '\0';
        } else if (value->kind == GOVSVC_VALUE_BYTES) {
            p->values[i] = value->size > 0 ? value->as.bytes : "";
        } else {
            p->values[i] = NULL;
        }
        text += text_size(value);
    }
}

/* Text with a NUL inside would be cut silently, and PostgreSQL has none. */
static const char *unfit(const govsvc_value *values, uint64_t count)
{
    if (count > VALUES_MAX)
        return "there are more values than PostgreSQL takes";
    for (uint64_t i = 0; i < count; i++) {
        if (values[i].size > INT32_MAX)
            return "a value is larger than PostgreSQL takes";
        if (values[i].kind == GOVSVC_VALUE_TEXT && values[i].size > 0 &&
            memchr(values[i].as.bytes, '\0', values[i].size))
            return "a text has a NUL character inside";
    }
    return NULL;
}

/* *out is the result where the class is OK. */
static int send(govsvc_store_statement *s, const govsvc_value *values, uint64_t count, PGresult **out)
{
    const char *why = unfit(values, count);
    if (why)
        return refused(s->connection, GOVSVC_STORE_ERROR, why);
    struct parameters p;
    if (!make_room(&p, values, count))
        return refused(s->connection, GOVSVC_STORE_NO_MEMORY, "out of memory");
    fill(&p, values, count);
    PGresult *result =
        PQexecPrepared(s->connection->pg, s->name, (int)count, p.values, p.sizes, p.formats, BINARY);
    free(p.values);
    if (!worked(result))
        return failed(s->connection, result);
    *out = result;
    return GOVSVC_STORE_OK;
}

static int execute(govsvc_store_statement *s, const govsvc_value *values, uint64_t value_count,
                   int64_t *changed)
{
    PGresult *result = NULL;
    int class = send(s, values, value_count, &result);
    if (class != GOVSVC_STORE_OK)
        return class;
    if (changed)
        *changed = strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return GOVSVC_STORE_OK;
}

static int query(govsvc_store_statement *s, const govsvc_value *values, uint64_t value_count)
{
    done(s);
    return send(s, values, value_count, &s->rows);
}

/* A signed integer of some bytes, most significant first. */
static int64_t integer_of(const char *bytes, int size)
{
    uint64_t number = size > 0 && (signed char)bytes[0] < 0 ? UINT64_MAX : 0;
    for (int i = 0; i < size; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return (int64_t)number;
}

static bool take(const PGresult *rows, int row, int column, govsvc_value *out)
{
    *out = (govsvc_value){.kind = GOVSVC_VALUE_NULL};
    if (PQgetisnull(rows, row, column))
        return true;
    const char *bytes = PQgetvalue(rows, row, column); /* libpq adds a NUL to every value */
    out->size = (uint32_t)PQgetlength(rows, row, column);
    switch (PQftype(rows, column)) {
    case TYPE_INT8:
    case TYPE_INT4:
    case TYPE_INT2:
    case TYPE_BOOL:
        *out = (govsvc_value){.kind = GOVSVC_VALUE_INTEGER, .as.integer = integer_of(bytes, (int)out->size)};
        return true;
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_BPCHAR:
    case TYPE_NAME:
    case TYPE_UNKNOWN:
        out->kind = GOVSVC_VALUE_TEXT;
        out->as.bytes = bytes;
        return true;
    case TYPE_BYTEA:
        out->kind = GOVSVC_VALUE_BYTES;
        out->as.bytes = bytes;
        return true;
    default:
        return false;
    }
}

static int next(govsvc_store_statement *s, govsvc_value *row, uint64_t column_count)
{
    if (s->next_row >= PQntuples(s->rows))
        return GOVSVC_STORE_OK;
    if (column_count != (uint64_t)PQnfields(s->rows))
        return refused(s->connection, GOVSVC_STORE_ERROR, "the row has another number of columns");
    for (int i = 0; i < (int)column_count; i++)
        if (!take(s->rows, s->next_row, i, &row[i]))
            return refused(s->connection, GOVSVC_STORE_ERROR, "a column is of a type that is not read here");
    s->next_row++;
    return GOVSVC_STORE_ROW;
}

/* The server checks its own pages. */
static int check(govsvc_store_connection *c, void (*found)(void *context, const char *complaint),
                 void *context)
{
    (void)c;
    (void)found;
    (void)context;
    return GOVSVC_STORE_OK;
}

static const govsvc_driver postgres_driver = {
    .struct_size = sizeof(govsvc_driver),
    .version = GOVSVC_DRIVER_VERSION,
    .scheme = "postgresql",
    .table_prefix = SCHEMA ".",
    .type_integer = "BIGINT",
    .type_text = "TEXT COLLATE \"C\"", /* in the order of bytes, as pages, ranges and digests have it */
    .type_bytes = "BYTEA",
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
    .check = check,
};

const govsvc_driver *govsvc_driver_postgres(void)
{
    return &postgres_driver;
}

#endif
