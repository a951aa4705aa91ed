/* lib/api/session.c - an actor at work, and many operations under one commit. */
#include "api/handle.h"

#include <unistd.h>

/* ---- sessions ---------------------------------------------------------------------------------------- */

static govsvc_status take_actor(govsvc_session *session, const govsvc_actor *actor, gs_problems *problems)
{
    govsvc_actor *own = gs_arena_root(session->arena);
    void *taken;
    govsvc_status status = gs_record_take(&gs_record_actor, actor, session->arena, &taken, problems);
    if (status)
        return status;
    gs_record_check(&gs_record_actor, taken, "", problems);
    if ((status = gs_problems_status(problems)))
        return status;
    if (!gs_record_copy(&gs_record_actor, own, taken, session->arena))
        return GOVSVC_NO_MEMORY;
    session->actor = (gs_actor){.id = own->id,
                                .name = own->name,
                                .organ = own->organ,
                                .division = own->division,
                                .purpose = own->purpose,
                                .principal = own->principal,
                                .channel = own->channel,
                                .identity_level = own->identity_level,
                                .posts = own->posts,
                                .post_count = own->post_count};
    for (uint64_t i = 0; i < own->role_count; i++) {
        uint32_t bit = gs_role_bit(own->roles[i]);
        if (!bit)
            gs_problem_add(problems,
                           &(govsvc_problem){.field = gs_arena_print(session->arena, "/roles/%d", (int)i),
                                             .rule = "choice",
                                             .got = own->roles[i],
                                             .expected = gs_role_names(GS_ROLE_ANY, session->arena)});
        session->actor.roles |= bit;
    }
    return gs_problems_status(problems);
}

static void session_free(govsvc_session *session)
{
    gs_problems_free(session->problems);
    gs_memo_free(&session->memo);
    gs_arena_free(session->scratch);
    gs_arena_free(session->arena);
    session->gs->allocator.release(session->gs->allocator.context, session);
}

static govsvc_session *session_new(govsvc *gs)
{
    govsvc_session *session = gs->allocator.allocate(gs->allocator.context, sizeof *session);
    if (!session)
        return NULL;
    *session = (govsvc_session){.gs = gs};
    session->arena = gs_arena_new(&gs->allocator, sizeof(govsvc_actor));
    session->scratch = gs_arena_new(&gs->allocator, 0);
    session->problems = gs_problems_new(&gs->allocator);
    if (session->arena && session->scratch && session->problems)
        return session;
    session_free(session);
    return NULL;
}

govsvc_status govsvc_session_open(govsvc *gs, const govsvc_actor *actor, govsvc_session **out,
                                  const govsvc_problem_list **problems)
{
    if (!gs || !actor || !out || !gs->usable || gs->process != getpid())
        return GOVSVC_MISUSE;
    govsvc_session *session = session_new(gs);
    if (!session)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = take_actor(session, actor, session->problems);
    if (status) {
        gs_problems *told = session->problems;
        session->problems = gs_problems_new(&gs->allocator);
        gs_problems_give(told, problems);
        session_free(session);
        return status;
    }
    pthread_mutex_lock(&gs->mutex);
    gs->sessions++;
    pthread_mutex_unlock(&gs->mutex);
    *out = session;
    return GOVSVC_OK;
}

void govsvc_session_close(govsvc_session *session)
{
    if (!session)
        return;
    govsvc *gs = session->gs;
    gs_store_release(session->batch);
    session_free(session);
    pthread_mutex_lock(&gs->mutex);
    bool last = --gs->sessions == 0 && gs->closing;
    pthread_mutex_unlock(&gs->mutex);
    if (last)
        gs_handle_destroy(gs);
}

uint64_t govsvc_problem_count(const govsvc_session *session)
{
    return session ? gs_problems_count(session->problems) : 0;
}

const govsvc_problem *govsvc_problem_at(const govsvc_session *session, uint64_t index)
{
    return session ? gs_problems_at(session->problems, index) : NULL;
}

/* ---- batches ----------------------------------------------------------------------------------------- */

govsvc_status govsvc_batch_begin(govsvc_session *session)
{
    govsvc_status status = gs_session_begin(session);
    if (status)
        return status;
    if (session->batch)
        return GOVSVC_MISUSE;
    gs_connection *connection = NULL;
    status = gs_store_acquire(session->gs->store, &connection);
    if (!status)
        status = gs_ids_lease(session->gs, connection);
    if (!status)
        status = gs_begin(connection, true);
    if (!status)
        session->batch = connection;
    else
        gs_tell_store(session, status, connection);
    if (status)
        gs_store_release(connection);
    return status;
}

static void end_batch(govsvc_session *session, bool kept)
{
    gs_store_release(session->batch);
    session->batch = NULL;
    if (!kept)
        gs_memo_free(&session->memo); /* it may have learnt what is not so */
    if (session->batch_notices)
        gs_calendar_forget(session->gs);
    session->batch_notices = false;
}

govsvc_status govsvc_batch_commit(govsvc_session *session)
{
    govsvc_status status = gs_session_begin(session);
    if (status)
        return status;
    if (!session->batch)
        return GOVSVC_MISUSE;
    status = gs_commit(session->batch);
    gs_tell_store(session, status, session->batch);
    end_batch(session, !status);
    return status;
}

void govsvc_batch_rollback(govsvc_session *session)
{
    if (session && session->batch)
        end_batch(session, false);
}
