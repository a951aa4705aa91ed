/* lib/api/operate.c - the write path, the same for every operation:
 *
 *   shape of the input -> begin -> request key -> load -> revision -> state -> role and scope ->
 *   substance -> rows and journal entry -> commit
 *
 * The answer is made before the commit, so that what was committed is always answered.
 */
#include "api/upkeep.h"

#include <string.h>
#include <unistd.h>

#include "reference/reference.h"

govsvc_status gs_session_begin(govsvc_session *session)
{
    if (!session || session->gs->process != getpid() || !session->gs->usable)
        return GOVSVC_MISUSE;
    gs_problems_clear(session->problems);
    gs_arena_reset(session->scratch);
    gs_memo_refresh(&session->memo);
    return GOVSVC_OK;
}

/* ---- the calendar ------------------------------------------------------------------------------------ */

/* How long a notice that another process put may go unseen. */
static const int64_t CALENDAR_CHECK_MS = 1000;

void gs_calendar_give(govsvc *gs, gs_shared_calendar *shared)
{
    if (!shared)
        return;
    pthread_mutex_lock(&gs->mutex);
    bool last = --shared->users == 0;
    pthread_mutex_unlock(&gs->mutex);
    if (!last)
        return;
    govsvc_calendar_free(shared->calendar);
    gs->allocator.release(gs->allocator.context, shared);
}

static gs_shared_calendar *share_current(govsvc *gs, int64_t now)
{
    pthread_mutex_lock(&gs->mutex);
    gs_shared_calendar *current = gs->calendar;
    bool fresh = current && now >= current->checked_at && now - current->checked_at < CALENDAR_CHECK_MS;
    if (fresh)
        current->users++;
    pthread_mutex_unlock(&gs->mutex);
    return fresh ? current : NULL;
}

static govsvc_status load_calendar(gs_call *call, govsvc *gs, int64_t edition, bool share,
                                   gs_shared_calendar **out)
{
    gs_shared_calendar *made = gs->allocator.allocate(gs->allocator.context, sizeof *made);
    if (!made)
        return GOVSVC_NO_MEMORY;
    *made = (gs_shared_calendar){.users = share ? 2 : 1, .edition = edition, .checked_at = call->work.now};
    govsvc_status status = gs->host.calendar_as_of(call, GOVSVC_ABSENT, &made->calendar);
    if (status) {
        gs->allocator.release(gs->allocator.context, made);
        return status;
    }
    *out = made;
    if (!share)
        return GOVSVC_OK;
    pthread_mutex_lock(&gs->mutex);
    gs_shared_calendar *before = gs->calendar;
    gs->calendar = made;
    pthread_mutex_unlock(&gs->mutex);
    gs_calendar_give(gs, before);
    return GOVSVC_OK;
}

govsvc_status gs_calendar_take(gs_call *call, gs_shared_calendar **out)
{
    const govsvc_session *session = call->session;
    govsvc *gs = session->gs;
    if (session->batch_notices) /* what this batch put nobody else may see yet */
        return load_calendar(call, gs, 0, false, out);
    *out = share_current(gs, call->work.now);
    if (*out)
        return GOVSVC_OK;
    int64_t edition;
    govsvc_status status = gs_calendar_edition(&call->work, &edition);
    if (status)
        return status;
    pthread_mutex_lock(&gs->mutex);
    gs_shared_calendar *current = gs->calendar;
    if (current && current->edition == edition) {
        current->checked_at = call->work.now;
        current->users++;
        *out = current;
    }
    pthread_mutex_unlock(&gs->mutex);
    return *out ? GOVSVC_OK : load_calendar(call, gs, edition, true, out);
}

void gs_calendar_forget(govsvc *gs)
{
    pthread_mutex_lock(&gs->mutex);
    gs_shared_calendar *before = gs->calendar;
    gs->calendar = NULL;
    pthread_mutex_unlock(&gs->mutex);
    gs_calendar_give(gs, before);
}

/* ---- request keys ------------------------------------------------------------------------------------ */

static const char *request_key_of(const gs_operation *operation, const void *in)
{
    const gs_field *field = gs_record_field(operation->in, "request_key");
    return field ? *gs_field_text(field, in) : NULL;
}

static govsvc_status body_digest(gs_call *call, char hex[2 * GS_SM3_SIZE + 1])
{
    gs_buffer body = {.arena = call->work.arena};
    unsigned char digest[GS_SM3_SIZE];
    gs_json_write(&body, call->operation->in, call->in);
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    if (!gs_find_digest(gs_connection_crypto(call->work.connection), "request", call->operation->name,
                        body.text, body.size, digest))
        return GOVSVC_INTERNAL;
    gs_hex(digest, sizeof digest, hex);
    return GOVSVC_OK;
}

/* Was this key used before? Then *subject is what it made; the same body it must be. */
static govsvc_status look_up_key(gs_call *call, const char *digest, int64_t *subject)
{
    govsvc_value key[] = {gs_integer(call->work.tenant), gs_text(call->actor->id),
                          gs_text(call->request_key)},
                 row[2];
    gs_rows rows;
    *subject = 0;
    govsvc_status status = gs_query(
        call->work.connection,
        "SELECT digest, subject FROM {request} WHERE tenant = $1 AND actor = $2 AND request_key = $3", key, 3,
        &rows);
    if (!status)
        status = gs_rows_next(&rows, row, 2);
    govsvc_value sent = gs_text(digest);
    bool same = !status && gs_value_equal(&row[0], &sent);
    if (!status)
        *subject = row[1].as.integer;
    gs_rows_done(&rows);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    if (same)
        return GOVSVC_OK;
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.status = GOVSVC_KEY_REUSED, .field = "/request_key", .rule = "request_key"});
}

static govsvc_status keep_key(gs_call *call, const char *digest)
{
    govsvc_value values[] = {gs_integer(call->work.next_id(call->work.id_context)),
                             gs_integer(call->work.tenant),
                             gs_text(call->actor->id),
                             gs_text(call->request_key),
                             gs_text(call->operation->name),
                             gs_text(digest),
                             gs_integer(call->subject),
                             gs_integer(call->work.now)};
    return gs_execute(
        call->work.connection,
        "INSERT INTO {request} (id, tenant, actor, request_key, operation, digest, subject, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values, 8, NULL);
}

/* ---- one call ---------------------------------------------------------------------------------------- */

static govsvc_status dispatch(gs_call *call)
{
    switch (call->operation->kind) {
    case GS_CREATE:
        return gs_create(call);
    case GS_STEP:
        return gs_step(call);
    case GS_PUT:
        return gs_put(call);
    case GS_GET:
        return gs_get(call);
    case GS_DEADLINE:
        return gs_deadline(call);
    case GS_RUN:
        return call->operation->run(call);
    }
    return GOVSVC_INTERNAL;
}

static govsvc_status run_keyed(gs_call *call)
{
    char digest[2 * GS_SM3_SIZE + 1];
    int64_t subject;
    govsvc_status status = body_digest(call, digest);
    if (!status)
        status = look_up_key(call, digest, &subject);
    if (status)
        return status;
    if (subject) {
        call->outcome = GS_UNCHANGED;
        return gs_answer_again(call, subject);
    }
    status = dispatch(call);
    return status || !call->subject ? status : keep_key(call, digest);
}

static govsvc_status make_answer(gs_call *call, gs_answer *answer)
{
    const gs_record *record = call->operation->out;
    govsvc *gs = ((govsvc_session *)call->session)->gs;
    answer->outcome = call->outcome;
    if (!answer->json) {
        answer->result = gs_record_result(record, call->out, &gs->allocator);
        return answer->result ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    }
    gs_buffer json = {.arena = call->work.arena};
    gs_json_write(&json, record, call->out);
    gs_arena *arena = gs_arena_failed(call->work.arena) ? NULL : gs_arena_new(&gs->allocator, json.size + 1);
    if (!arena)
        return GOVSVC_NO_MEMORY;
    memcpy(gs_arena_root(arena), json.text, json.size + 1);
    answer->result = gs_arena_root(arena);
    return GOVSVC_OK;
}

static govsvc_status run_call(gs_call *call, gs_answer *answer)
{
    gs_shared_calendar *calendar = NULL;
    govsvc *gs = ((govsvc_session *)call->session)->gs;
    govsvc_status status = gs_calendar_take(call, &calendar);
    if (!status) {
        call->calendar = calendar->calendar;
        status = call->request_key ? run_keyed(call) : dispatch(call);
        gs_calendar_give(gs, calendar);
    }
    return status ? status : make_answer(call, answer);
}

void gs_call_init(gs_call *call, govsvc_session *session, gs_connection *connection, gs_arena *arena)
{
    govsvc *gs = session->gs;
    *call = (gs_call){.work = {.connection = connection,
                               .arena = arena,
                               .problems = session->problems,
                               .now = gs_now(gs),
                               .tenant = gs->tenant,
                               .next_id = gs_next_id,
                               .id_context = gs,
                               .random = gs_random,
                               .random_context = gs},
                      .host = &gs->host,
                      .actor = &session->actor,
                      .memo = &session->memo,
                      .session = session};
    call->occurred_at = call->work.now;
}

static bool writes(const gs_operation *operation, const gs_actor *actor)
{
    if (operation->discloses || (operation->kind == GS_GET && operation->out->table))
        return actor->purpose != NULL; /* reading personal data in the clear goes on record */
    return operation->kind == GS_RUN ? operation->write : operation->kind != GS_DEADLINE;
}

static void tell_store(govsvc_session *session, govsvc_status status, const char *message)
{
    if (status == GOVSVC_OK || gs_problems_count(session->problems))
        return;
    gs_problem_add(session->problems, &(govsvc_problem){.status = status,
                                                        .field = "",
                                                        .rule = "store",
                                                        .got = *message ? message : NULL,
                                                        .text_zh = govsvc_status_text(status, "zh"),
                                                        .text_en = govsvc_status_text(status, "en")});
}

void gs_tell_store(govsvc_session *session, govsvc_status status, const gs_connection *connection)
{
    tell_store(session, status, connection ? gs_connection_message(connection) : "");
}

/* What a refusal has to undo. An operation writes when nothing more can be refused, and then that is nothing: a
 * savepoint around each would cost an eighth of the whole. Those that write earlier guard themselves where the
 * transaction holds the work of others (batched); on a server all do, because there one failed statement ends
 * the transaction. Where the store or the memory fails after all, in the middle of the writing, the whole
 * transaction is lost: nothing of it was acknowledged. */
static govsvc_status run_or_undo(gs_call *call, gs_answer *answer)
{
    gs_connection *connection = call->work.connection;
    int64_t before = gs_writes(connection);
    bool early = call->operation->write || !gs_driver_embedded(gs_connection_driver(connection));
    govsvc_status status = early ? gs_guard(call) : GOVSVC_OK;
    if (!status)
        status = run_call(call, answer);
    if (!status && call->guarded)
        status = gs_savepoint_keep(connection);
    if (!status)
        return GOVSVC_OK;
    if (call->guarded)
        gs_savepoint_undo(connection);
    else if (gs_writes(connection) != before)
        gs_rollback(connection);
    return status;
}

static govsvc_status in_batch(gs_call *call, gs_answer *answer)
{
    govsvc_session *session = call->session;
    call->work.connection = session->batch;
    call->batched = true;
    if (!gs_in_transaction(session->batch))
        return gs_problem_add(call->work.problems,
                              &(govsvc_problem){.status = GOVSVC_UNAVAILABLE, .rule = "batch_lost"});
    govsvc_status status = run_or_undo(call, answer);
    if (!status && call->calendar_changed)
        session->batch_notices = true;
    gs_tell_store(session, status, session->batch);
    return status;
}

/* It takes connections and transactions as it needs them. */
static govsvc_status run_alone(gs_call *call, gs_answer *answer)
{
    govsvc_status status = call->operation->run(call);
    if (!status)
        status = make_answer(call, answer);
    gs_tell_store(call->session, status, NULL);
    return status;
}

/* What waited for its turn happens after what went before it. */
static void take_time(gs_call *call)
{
    bool now = call->occurred_at == call->work.now;
    call->work.now = gs_now(gs_handle_of(call));
    if (now)
        call->occurred_at = call->work.now;
}

/* In a transaction of its own. */
static govsvc_status in_transaction(gs_call *call, gs_answer *answer, bool write)
{
    govsvc *gs = gs_handle_of(call);
    gs_connection *connection = NULL;
    govsvc_status status = gs_store_acquire(gs->store, &connection);
    if (!status && write)
        status = gs_ids_lease(gs, connection);
    if (!status)
        status = gs_begin(connection, write);
    if (!status) {
        call->work.connection = connection;
        take_time(call);
        status = run_call(call, answer);
    }
    if (!status && (status = gs_commit(connection)))
        gs_memo_free(call->memo); /* it may have learnt what is not so */
    gs_tell_store(call->session, status, connection);
    gs_store_release(connection);
    return status;
}

static govsvc_status have_lease(govsvc_session *session)
{
    gs_connection *connection = NULL;
    if (gs_ids_leased(session->gs))
        return GOVSVC_OK;
    govsvc_status status = gs_store_acquire(session->gs->store, &connection);
    if (!status)
        status = gs_ids_lease(session->gs, connection);
    gs_tell_store(session, status, connection);
    gs_store_release(connection);
    return status;
}

/* Together with other threads, under one commit. Nobody may follow a notice in its transaction: the calendar
 * that all share has only what is committed. */
static govsvc_status in_group(gs_call *call, gs_answer *answer, bool *undone)
{
    govsvc_session *session = call->session;
    gs_member member = {.joins = true};
    govsvc_status status = have_lease(session);
    if (status)
        return status;
    status = gs_group_join(session->gs->store, &member);
    if (!status) {
        call->work.connection = member.connection;
        call->batched = member.follows;
        take_time(call);
        status = run_or_undo(call, answer);
        status = gs_group_leave(&member, status, call->calendar_changed);
    }
    *undone = member.undone;
    if (member.result) /* what was refused rested on what is lost */
        gs_problems_clear(session->problems);
    if (member.result || (status && member.follows))
        gs_memo_free(&session->memo);
    tell_store(session, status, member.message);
    return status;
}

static void drop_answer(gs_answer *answer)
{
    govsvc_free(answer->result);
    answer->result = NULL;
}

static void begin_call(gs_call *call, govsvc_session *session, const gs_operation *operation, const void *in,
                       int64_t occurred_at)
{
    gs_call_init(call, session, NULL, session->scratch);
    call->operation = operation;
    call->in = in;
    call->request_key = request_key_of(operation, in);
    call->by_timer = occurred_at != GOVSVC_ABSENT;
    if (call->by_timer)
        call->occurred_at = occurred_at;
}

static govsvc_status attempt(govsvc_session *session, const gs_operation *operation, const void *in,
                             int64_t occurred_at, gs_answer *answer)
{
    gs_call call;
    begin_call(&call, session, operation, in, occurred_at);
    bool write = writes(operation, call.actor), undone = false;
    govsvc_status status;
    if (operation->alone && session->batch)
        return gs_problem_add(session->problems,
                              &(govsvc_problem){.status = GOVSVC_MISUSE, .field = "", .rule = "batch"});
    if (operation->alone)
        status = run_alone(&call, answer);
    else if (session->batch)
        status = in_batch(&call, answer);
    else if (write && gs_store_groups(session->gs->store))
        status = in_group(&call, answer, &undone);
    else
        status = in_transaction(&call, answer, write);
    if (undone) {
        drop_answer(answer);
        gs_problems_clear(session->problems);
        begin_call(&call, session, operation, in, occurred_at);
        status = in_transaction(&call, answer, write);
    }
    if (status)
        drop_answer(answer);
    else if (call.calendar_changed && !session->batch)
        gs_calendar_forget(session->gs);
    return status;
}

/* The caller did not say which revision they saw, so that losing a race is nothing they need to know. */
static bool any_revision(const gs_operation *operation, const void *in)
{
    const gs_field *field = gs_record_field(operation->in, "revision");
    return !field || *gs_field_integer(field, in) == GOVSVC_ABSENT;
}

/* A server may refuse a transaction that would succeed when repeated: another one wrote the same rows, or
 * used the same unique value, at the same moment. */
govsvc_status gs_operate_made(govsvc_session *session, const gs_operation *operation, const void *in,
                              int64_t occurred_at, gs_answer *answer)
{
    enum { ATTEMPTS = 3 };
    bool server = !gs_driver_embedded(gs_store_driver(session->gs->store)) && !session->batch;
    govsvc_status status = GOVSVC_OK;
    for (int i = 0; i < ATTEMPTS; i++) {
        status = attempt(session, operation, in, occurred_at, answer);
        bool raced = status == GOVSVC_BUSY || status == GOVSVC_EXISTS ||
                     (status == GOVSVC_CONFLICT && any_revision(operation, in));
        if (!server || !raced || i == ATTEMPTS - 1)
            break;
        gs_problems_clear(session->problems);
    }
    return status;
}

govsvc_status gs_operate(govsvc_session *session, const gs_operation *operation, const void *in,
                         int64_t occurred_at, gs_answer *answer)
{
    gs_record_check(operation->in, in, "", session->problems);
    govsvc_status status = gs_problems_status(session->problems);
    return status ? status : gs_operate_made(session, operation, in, occurred_at, answer);
}

govsvc_status gs_operate_named(govsvc_session *session, const char *name, const void *in, const void **out)
{
    govsvc_status status = gs_session_begin(session);
    if (status)
        return status;
    const gs_operation *operation = gs_operation_find(&session->gs->host, name);
    void *taken;
    if (!operation || !in)
        return gs_problem_add(session->problems,
                              &(govsvc_problem){.status = operation ? GOVSVC_MISUSE : GOVSVC_UNSUPPORTED,
                                                .field = "",
                                                .rule = "required"});
    status = gs_record_take(operation->in, in, session->scratch, &taken, session->problems);
    gs_answer answer = {.result = NULL};
    if (!status)
        status = gs_operate(session, operation, taken, GOVSVC_ABSENT, &answer);
    if (!status && out)
        *out = answer.result;
    else
        govsvc_free(answer.result);
    return status;
}
