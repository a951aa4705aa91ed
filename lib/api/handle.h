/* lib/api/handle.h - the handles: an open store, an actor at work, and the write path through them.
 *
 * May use: everything below. Only this room knows what is behind govsvc and govsvc_session.
 */
#ifndef GS_API_HANDLE_H
#define GS_API_HANDLE_H

#include <pthread.h>
#include <sys/types.h>

#include "flow/flow.h"
#include "govsvc.h"
#include "journal/journal.h"

/* A calendar and those who use it; replaced when a notice is put. */
typedef struct gs_shared_calendar {
    govsvc_calendar *calendar;
    size_t users; /* the handle itself is one */
    int64_t edition;
    int64_t checked_at;
} gs_shared_calendar;

/* Identifiers: 41 bits of milliseconds since 2020, 10 of node, 12 of sequence. */
typedef struct gs_ids {
    int64_t last_ms; /* since 2020 */
    int64_t sequence;
    int64_t node; /* -1: none leased yet */
    int64_t renew_at;
    char holder[33];
} gs_ids;

struct govsvc {
    gs_host host;
    gs_arena *arena; /* tables and texts that live as long as the handle */
    govsvc_allocator allocator;
    govsvc_config config; /* its texts are the arena's */
    gs_store *store;
    pthread_mutex_t mutex; /* for what follows */
    gs_ids ids;
    gs_shared_calendar *calendar;
    size_t sessions;
    bool closing;
    bool usable;
    pid_t process;
    int64_t tenant;
    gs_problems *problems;
    unsigned char own_key[GS_KEY_SIZE]; /* where the host has none */
    bool has_own_key;
};

struct govsvc_session {
    govsvc *gs;
    gs_actor actor;
    gs_arena *arena;   /* the actor */
    gs_arena *scratch; /* a call's */
    gs_problems *problems;
    gs_connection *batch;
    gs_memo memo;
    bool batch_notices; /* the batch put a holiday notice */
};

/* Records of the mechanism's own tables (keeping.c). */
extern const gs_service gs_service_keeping;
extern const gs_record gs_record_request, gs_record_setting, gs_record_lease, gs_record_cursor;

/* For tests: services besides the built-in ones. */
govsvc_status gs_open_with(const govsvc_config *config, const gs_service *const *more, govsvc **out);
extern const gs_service *const gs_services[];

void gs_handle_destroy(govsvc *gs);
int64_t gs_now(const govsvc *gs);
int64_t gs_next_id(void *gs);
bool gs_random(void *gs, void *out, size_t size);
void gs_log(const govsvc *gs, int severity, const char *message);

/* ---- the write path (operate.c) ---------------------------------------------------------------------- */

typedef struct gs_answer {
    bool json;          /* wanted: JSON text instead of a struct */
    const void *result; /* freed by govsvc_free() */
    int outcome;        /* GS_ADDED, ... */
} gs_answer;

/* Runs an operation for a session. occurred_at: when the timer was due that brings it; ABSENT: none, now. */
govsvc_status gs_operate(govsvc_session *session, const gs_operation *operation, const void *in,
                         int64_t occurred_at, gs_answer *answer);
/* The same for a struct that was checked, or made by the library itself; it must outlive the call. */
govsvc_status gs_operate_made(govsvc_session *session, const gs_operation *operation, const void *in,
                              int64_t occurred_at, gs_answer *answer);
/* By name, from a typed function. */
govsvc_status gs_operate_named(govsvc_session *session, const char *name, const void *in, const void **out);
/* Begins a call: MISUSE for a handle that cannot be used, else problems and scratch are empty. */
govsvc_status gs_session_begin(govsvc_session *session);
/* Where nothing was told yet: the status, with what the engine said; the input is not to blame for it. */
void gs_tell_store(govsvc_session *session, govsvc_status status, const gs_connection *connection);
/* A work context on a connection. */
void gs_call_init(gs_call *call, govsvc_session *session, gs_connection *connection, gs_arena *arena);
/* The calendar for a call; give it back. */
govsvc_status gs_calendar_take(gs_call *call, gs_shared_calendar **out);
void gs_calendar_give(govsvc *gs, gs_shared_calendar *shared);
/* The next call looks at the notices again. */
void gs_calendar_forget(govsvc *gs);

/* ---- identifiers (ids.c) ----------------------------------------------------------------------------- */

/* Makes sure this handle has a node number; outside any transaction of the connection. */
govsvc_status gs_ids_lease(govsvc *gs, gs_connection *connection);
bool gs_ids_leased(govsvc *gs); /* it has one */
govsvc_status gs_ids_seed(govsvc *gs, gs_connection *connection);

/* ---- the store's own settings (keeping.c) ------------------------------------------------------------ */

govsvc_status gs_setting_get(gs_work *work, const char *name, const char **value); /* NOT_FOUND */
govsvc_status gs_setting_put(gs_work *work, const char *name, const char *value);
/* Creates or completes the tables; *added counts what was missing. */
govsvc_status gs_migrate(govsvc *gs, gs_connection *connection, int64_t *added);
/* The same, and the settings that say so (open.c). */
govsvc_status gs_complete(govsvc *gs, gs_connection *connection, gs_arena *arena, int64_t *added);

#endif
