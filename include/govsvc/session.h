/* govsvc/session.h - opening a store, an actor at work, and the one call that reaches every operation.
 *
 * A program opens a store once (govsvc), and a session for each actor at work. The library has no
 * threads: it works when it is called, and what follows from the journal or from the passing of time
 * is done in govsvc_tick().
 *
 * Since 0.1.
 */
#ifndef GOVSVC_SESSION_H
#define GOVSVC_SESSION_H

#include "base.h"
#include "store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct govsvc govsvc;
typedef struct govsvc_session govsvc_session;

/* Severities of the log callback. */
enum { GOVSVC_LOG_DEBUG = 1, GOVSVC_LOG_INFO = 2, GOVSVC_LOG_WARNING = 3, GOVSVC_LOG_ERROR = 4 };

/* Callbacks are called from whichever thread works in the library, and must not call it back. */
typedef struct govsvc_config {
    uint64_t struct_size;
    int64_t read_only;       /* GOVSVC_YES: nothing is ever written */
    int64_t create;          /* unset: a store is made where there is nothing yet; GOVSVC_YES: also in a
                                database that holds the tables of others; GOVSVC_NO: never */
    int64_t synchronous;     /* GOVSVC_NO: a commit is not flushed (bulk loads, tests); unset: it is */
    int64_t busy_timeout_ms; /* how long to wait for another process; absent: 5000 */
    int64_t node;            /* 0 to 1023; absent: leased in the store */
    const char *store;       /* "sqlite:nanning.db", "sqlite::memory:", "postgresql://..." */
    const char *division;    /* GB/T 2260, 6 digits: where cases are registered, e.g. "450100". Its
                                prefecture (4501) is the tenant; a region's own is 4500. NULL: the
                                one that an embedded store was made with */
    const govsvc_driver *driver; /* a driver of the host's own; NULL: by the store's scheme */
    const void *driver_context;  /* handed to the driver (SQLite: the name of a VFS) */
    /* The time; NULL: the machine's clock. */
    int64_t (*clock)(void *context);
    void *clock_context;
    /* size random bytes; answers false if there are none. NULL: libcrypto's. */
    bool (*random)(void *context, void *out, size_t size);
    void *random_context;
    /* The master key of key_id (1 is the first), 32 bytes; answers false if it has none. NULL: a key
     * is made and kept in the store, which protects against nothing but a stray look: production
     * hosts set this. The newest key is the highest id for which it answers true. */
    bool (*key)(void *context, int64_t key_id, unsigned char out[32]);
    void *key_context;
    /* NULL: nothing is logged. message is one line without personal data. */
    void (*log)(void *context, int severity, const char *message);
    void *log_context;
    const govsvc_allocator *allocator; /* copied; NULL: malloc */
    const void *reserved;
} govsvc_config;
#define GOVSVC_CONFIG_INIT                                                                         \
    {sizeof(govsvc_config), 0,    0,    0,    GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, \
     NULL,                  NULL, NULL, NULL, NULL,          NULL,          NULL, NULL, NULL, NULL}

/* Opens or creates a store; tables and columns that are missing are added (on a server: by
 * store.migrate). On failure *out may still be set: it is then good for govsvc_open_problem() and
 * govsvc_close(), nothing else. INVALID: a config member (see the problem). FOREIGN, FORMAT, BUSY,
 * READ_ONLY, UNAVAILABLE, NO_MEMORY. */
GOVSVC_API govsvc_status govsvc_open(const govsvc_config *config, govsvc **out);
/* What was wrong; NULL where nothing was. It lives until govsvc_close(). */
GOVSVC_API const govsvc_problem *govsvc_open_problem(const govsvc *gs);
/* Frees the handle once its last session is closed. NULL is allowed. */
GOVSVC_API void govsvc_close(govsvc *gs);

/* Who is at work. The host has authenticated them; the library decides what they may do.
 * Roles: applicant, agent, window_clerk, acceptor, reviewer, organ_head, government_head,
 * hotline_seat, centre_supervisor, handler, grid_worker, auditor, administrator, system. */
/* Through which channel somebody acts (办理渠道). */
enum {
    GOVSVC_CHANNEL_WINDOW = 1,   /* "window" 窗口 */
    GOVSVC_CHANNEL_WEB = 2,      /* "web" 网页 */
    GOVSVC_CHANNEL_MOBILE = 3,   /* "mobile" 移动端 */
    GOVSVC_CHANNEL_TERMINAL = 4, /* "terminal" 自助终端 */
    GOVSVC_CHANNEL_POST = 5,     /* "post" 邮寄 */
    GOVSVC_CHANNEL_ASSISTED = 6  /* "assisted" 帮办代办 */
};

typedef struct govsvc_actor {
    uint64_t struct_size;
    int64_t channel;        /* GOVSVC_CHANNEL_...; stands in every entry of the session; unset: not said */
    int64_t identity_level; /* how surely the person is who they say (身份核验等级), 1 to 4; absent: not looked at */
    const char *id;       /* the host's identifier of the person; required */
    const char *name;     /* for the host's own use: what is kept of an actor is the id */
    const char *organ;    /* unified social credit code of their organ; needed for an organ's scope */
    const char *division; /* where they work; needed for a division's scope */
    const char *principal; /* id of the person for whom the actor acts in this session: every write then needs a
                              mandate of theirs in force (see mandate.h); NULL: for themselves */
    const char *purpose;   /* why personal data are read unmasked in this session; NULL: they are not */
    const char *const *roles;
    const char *const *posts; /* 岗位, as the stages of matters name them: what waits for these is in the queue */
    uint64_t role_count; /* at most 16 */
    uint64_t post_count; /* at most 64 */
} govsvc_actor;
#define GOVSVC_ACTOR_INIT \
    {sizeof(govsvc_actor), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0}

/* A session; the actor is copied. INVALID with problems in *problems (may be NULL): an unknown role,
 * a malformed organ or division. Close it before its thread ends; NULL is allowed in close. */
GOVSVC_API govsvc_status govsvc_session_open(govsvc *gs, const govsvc_actor *actor, govsvc_session **out,
                                             const govsvc_problem_list **problems);
GOVSVC_API void govsvc_session_close(govsvc_session *session);

/* What was wrong with the last call of this session; valid until its next call. */
GOVSVC_API uint64_t govsvc_problem_count(const govsvc_session *session);
GOVSVC_API const govsvc_problem *govsvc_problem_at(const govsvc_session *session, uint64_t index);

/* Calls any operation by name with a JSON object (NULL is "{}"). *out is the result as JSON, freed by
 * govsvc_free(). UNSUPPORTED: no such operation. Identifiers are strings and enumerations are names;
 * times are RFC 3339 with their zone. Documents up to 16 MB and 64 levels. */
GOVSVC_API govsvc_status govsvc_call(govsvc_session *session, const char *operation, const char *in,
                                     const char **out);

/* Many operations under one commit: between begin and commit every operation of this session that
 * succeeds is kept or lost together with the others. One that is refused leaves no trace and does not end
 * the batch; where the store or the memory fails while one is being written, the batch is lost whole, and
 * every further call and the commit answer UNAVAILABLE. Nothing is acknowledged before commit answers OK.
 * Other sessions' writes wait meanwhile. (Without a batch threads that write to an embedded store at the same
 * moment share a commit by themselves; each call is still refused or kept alone, and answered once it is kept.) */
GOVSVC_API govsvc_status govsvc_batch_begin(govsvc_session *session);
GOVSVC_API govsvc_status govsvc_batch_commit(govsvc_session *session);
GOVSVC_API void govsvc_batch_rollback(govsvc_session *session);

/* ---- what happens by itself: operation "tick" ---------------------------------------------------- */

typedef struct govsvc_tick_request {
    uint64_t struct_size;
    int64_t limit; /* steps to do at most, 1 to 10000; absent: 1000 */
} govsvc_tick_request;
#define GOVSVC_TICK_REQUEST_INIT {sizeof(govsvc_tick_request), GOVSVC_ABSENT}

typedef struct govsvc_tick_report {
    uint64_t struct_size;
    int64_t timers;   /* timers that fired */
    int64_t entries;  /* journal entries that followers took in, summed over the followers */
    int64_t more;     /* GOVSVC_YES: the limit ended it; call again */
} govsvc_tick_report;

/* Fires due timers and lets followers catch up. Role: system or administrator. Resumable: call it from
 * wherever you like, as often as you like. */
GOVSVC_API govsvc_status govsvc_tick(govsvc_session *session, const govsvc_tick_request *in,
                                     const govsvc_tick_report **out);

/* ---- what happened: operations "journal.feed" and "journal.history" ------------------------------ */

/* One entry. Personal values, free text among them, stand in payload as salted digests. */
typedef struct govsvc_journal_entry {
    uint64_t struct_size;
    int64_t position; /* from 1, without gaps: on a server in its tenant, else in the store */
    int64_t id;
    int64_t tenant;
    int64_t occurred_at;
    int64_t recorded_at;
    int64_t subject;    /* identifier of what changed */
    int64_t revision;   /* its revision after the change */
    int64_t channel;    /* GOVSVC_CHANNEL_...: through which the actor came; 0: not said */
    const char *kind;   /* record of the subject: "application" */
    const char *action; /* "submit" */
    const char *from_state;
    const char *to_state;
    const char *actor;     /* the actor's id */
    const char *principal; /* for whom, where one acts for another */
    const char *payload;   /* JSON object: the columns that changed */
    const char *row_hash;  /* SM3 of the row after the change, hexadecimal */
    const char *request_key;
    const char *origin; /* of the device where it was first recorded; NULL: this store */
    const char *opinion; /* what was said with a step; kept sealed, and shown only in journal.history to who
                            may read the case's personal data */
    const void *reserved;
} govsvc_journal_entry;

typedef struct govsvc_journal_request {
    uint64_t struct_size;
    int64_t after;   /* positions greater than this; absent: from the beginning */
    int64_t limit;   /* 1 to 1000; absent: 100 */
    int64_t subject; /* journal.history: whose; journal.feed: 0 */
    int64_t tenant;  /* journal.feed: whose; absent: on a server the store's own tenant, in an embedded
                        store all that are in it */
} govsvc_journal_request;
#define GOVSVC_JOURNAL_REQUEST_INIT                                                                \
    {sizeof(govsvc_journal_request), GOVSVC_ABSENT, GOVSVC_ABSENT, 0, GOVSVC_ABSENT}

typedef struct govsvc_journal_page {
    uint64_t struct_size;
    int64_t next; /* what to send as after for the next page */
    const govsvc_journal_entry *const *entries;
    const void *reserved;
    uint64_t entry_count;
} govsvc_journal_page;

/* The tenant's entries in order; nothing is skipped or seen twice. Role: administrator, auditor, system. */
GOVSVC_API govsvc_status govsvc_journal_feed(govsvc_session *session, const govsvc_journal_request *in,
                                             const govsvc_journal_page **out);
/* One subject's entries, for who may read the subject. */
GOVSVC_API govsvc_status govsvc_journal_history(govsvc_session *session, const govsvc_journal_request *in,
                                                const govsvc_journal_page **out);

/* ---- keeping: operations "store.check", "store.backup", "store.migrate" --------------------------- */

typedef struct govsvc_store_request {
    uint64_t struct_size;
    const char *path; /* store.backup: the new file */
    const void *reserved;
} govsvc_store_request;
#define GOVSVC_STORE_REQUEST_INIT {sizeof(govsvc_store_request), NULL, NULL}

typedef struct govsvc_store_report {
    uint64_t struct_size;
    int64_t rows;    /* store.check: rows compared with the journal */
    int64_t entries; /* journal entries read */
    int64_t added;   /* store.migrate: tables and columns added */
    const char *const *complaints; /* what is not as it should be; none: the store is whole */
    const void *reserved;
    uint64_t complaint_count;
} govsvc_store_report;

/* The engine's integrity check, then every row against the hash of its last journal entry. Role:
 * administrator or auditor. A damaged store is reported, not refused. */
GOVSVC_API govsvc_status govsvc_store_check(govsvc_session *session, const govsvc_store_request *in,
                                            const govsvc_store_report **out);
/* A consistent copy into a new file, while others work. EXISTS: there is a file of that name.
 * UNSUPPORTED where the driver cannot (on a server: use its own tools). */
GOVSVC_API govsvc_status govsvc_store_backup(govsvc_session *session, const govsvc_store_request *in,
                                             const govsvc_store_report **out);
/* Adds the tables and columns that are missing. */
GOVSVC_API govsvc_status govsvc_store_migrate(govsvc_session *session, const govsvc_store_request *in,
                                              const govsvc_store_report **out);

/* ---- streams -------------------------------------------------------------------------------------- */

/* Bytes in: fills at most size bytes and answers how many, 0 at the end, below 0 on failure. */
typedef int64_t (*govsvc_read_fn)(void *context, void *bytes, size_t size);
/* Bytes out: answers false on failure. */
typedef bool (*govsvc_write_fn)(void *context, const void *bytes, size_t size);
/* done records so far, bytes bytes so far; answers false to cancel. NULL: no one is told. */
typedef bool (*govsvc_progress_fn)(void *context, int64_t done, int64_t bytes);
/* One record that was not taken in: where (line in the source, or number of the record) and why. */
typedef void (*govsvc_reject_fn)(void *context, int64_t line, const govsvc_problem_list *problems);

typedef struct govsvc_import_request {
    uint64_t struct_size;
    int64_t dry_run;      /* GOVSVC_YES: everything is checked, nothing is kept */
    const char *record;   /* CSV: the kind of its rows, "matter"; the other formats name it themselves */
    const char *encoding; /* CSV: "UTF-8" or "GB18030"; NULL, or a byte order mark: it is found out. XML
                             declares its own, JSON Lines are UTF-8 */
    govsvc_read_fn read;
    void *read_context;
    govsvc_progress_fn progress;
    void *progress_context;
    govsvc_reject_fn reject;
    void *reject_context;
} govsvc_import_request;
#define GOVSVC_IMPORT_REQUEST_INIT                                                                 \
    {sizeof(govsvc_import_request), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

typedef struct govsvc_import_report {
    uint64_t struct_size;
    int64_t added;
    int64_t changed;
    int64_t unchanged;
    int64_t rejected;
    const char *record; /* the kind that was recognised; the last one, where there were several */
    const void *reserved;
} govsvc_import_report;

/* Reads records of any importable kind (matter, division, notice), and says which it was, from XML
 * (<matters><matter>..., see govsvc_schema()), JSON Lines ({"matter": {...}} a line) or CSV. A record that is
 * wrong is reported and does not stop the others; commits go by groups of 1,000, so that what was reported as
 * done before a failure is kept. A second import of the same changes nothing. Memory does not grow with the
 * document.
 *
 * CSV is RFC 4180, below a row that names its columns in any order, by member (code) or Chinese title; a
 * member may have no column. A cell is what the member's element is in XML; a list is a JSON array; an empty
 * cell, or an empty text, is an absent member. A row of other than so many cells is rejected (rule columns)
 * with the line on which it begins. A row has at most 16 MB.
 *
 * Role: administrator. INVALID: the document itself is broken, where what stood before it is kept; a column
 * that is unknown or stands twice; neither of the formats, or CSV without record; an unknown record or
 * encoding. */
GOVSVC_API govsvc_status govsvc_import(govsvc_session *session, const govsvc_import_request *in,
                                       const govsvc_import_report **out);

/* Formats of an export. */
enum {
    GOVSVC_FORMAT_JSON_LINES = 1, /* every kind of record, a line each */
    GOVSVC_FORMAT_XML = 2,        /* every kind of record, an element each below <records> */
    GOVSVC_FORMAT_CSV = 3         /* one kind; UTF-8 with a byte order mark, lines end with CR LF */
};

typedef struct govsvc_export_request {
    uint64_t struct_size;
    int64_t format;     /* GOVSVC_FORMAT_...; unset: JSON Lines */
    const char *record; /* "matter"; NULL: every importable kind; required for CSV */
    const void *reserved;
    govsvc_write_fn write;
    void *write_context;
    govsvc_progress_fn progress;
    void *progress_context;
} govsvc_export_request;
#define GOVSVC_EXPORT_REQUEST_INIT {sizeof(govsvc_export_request), 0, NULL, NULL, NULL, NULL, NULL, NULL}

/* Writes records as govsvc_import() takes them back, in the order of their natural keys: taken into an empty
 * store and written again they are the same bytes. Role: administrator or auditor. INVALID: no such record or
 * format. */
GOVSVC_API govsvc_status govsvc_export(govsvc_session *session, const govsvc_export_request *in);

#ifdef __cplusplus
}
#endif
#endif
