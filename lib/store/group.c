/* lib/store/group.c - whose turn it is to write in an embedded store; threads that share a commit and its flush.
 *
 * All who write wait in one queue, first come first served. Who joins finds the transaction that the one before
 * left open, or opens it, does its work in it, and leaves:
 *
 *  - While the next in the queue joins too and the group is not full, the transaction is handed on to that one,
 *    and who leaves sleeps until the commit.
 *  - Otherwise who leaves commits for all, hands the turn on, and wakes the sleepers with what came of it.
 *  - Where the store gave up the whole transaction, the sleepers are woken to do their work again, alone.
 *
 * Who writes alone (a batch, a slice of a tick, a migration) ends the group before it. Only who has the turn
 * touches the group. Members live on their threads' stacks: whom somebody woke nobody touches any more.
 */
#include "store/connection_parts.h"

#include <errno.h>
#include <sched.h>

/* ---- the turn ---------------------------------------------------------------------------------------- */

static void sleep_until_woken(gs_member *member)
{
    while (sem_wait(&member->woken) != 0)
        continue; /* a signal came */
}

/* Whose turn it is next; NULL: nobody waits. Under the mutex. */
static gs_member *take_next(gs_store *store)
{
    gs_member *next = store->waiting;
    if (next)
        store->waiting = next->next;
    if (!store->waiting)
        store->last_waiting = &store->waiting;
    store->writer = next != NULL;
    return next;
}

static void queue_up(gs_store *store, gs_member *member)
{
    member->next = NULL;
    *store->last_waiting = member;
    store->last_waiting = &member->next;
}

/* false: it is not in the queue any more, the turn was given to it at this moment. */
static bool withdraw(gs_store *store, gs_member *member)
{
    pthread_mutex_lock(&store->mutex);
    gs_member **at = &store->waiting;
    while (*at && *at != member)
        at = &(*at)->next;
    bool found = *at != NULL;
    if (found)
        *at = member->next;
    if (found && !member->next)
        store->last_waiting = at;
    pthread_mutex_unlock(&store->mutex);
    return found;
}

static govsvc_status wait_for_turn(gs_store *store, gs_member *member)
{
    struct timespec until = gs_store_patience(store);
    while (sem_timedwait(&member->woken, &until) != 0) {
        if (errno == EINTR)
            continue;
        if (withdraw(store, member))
            return GOVSVC_BUSY;
        sleep_until_woken(member);
        break;
    }
    return GOVSVC_OK;
}

govsvc_status gs_turn_take(gs_store *store, gs_member *member)
{
    sem_init(&member->woken, 0, 0);
    pthread_mutex_lock(&store->mutex);
    bool at_once = !store->writer;
    if (at_once)
        store->writer = true;
    else
        queue_up(store, member);
    pthread_mutex_unlock(&store->mutex);
    return at_once ? GOVSVC_OK : wait_for_turn(store, member);
}

void gs_turn_give(gs_store *store)
{
    pthread_mutex_lock(&store->mutex);
    gs_member *next = take_next(store);
    pthread_mutex_unlock(&store->mutex);
    if (next)
        sem_post(&next->woken);
}

/* ---- the group --------------------------------------------------------------------------------------- */

enum { MEMBERS_MAX = 64, YIELDS = 3 };

bool gs_store_groups(const gs_store *store)
{
    return gs_driver_embedded(store->driver) && store->limit > 1;
}

static govsvc_status open_group(gs_store *store, gs_member *member)
{
    gs_connection *connection;
    govsvc_status status = gs_spare_take(store, &connection, member->message);
    if (status)
        return status;
    status = gs_begin_now(connection, true);
    if (status) {
        gs_message_keep(member->message, gs_connection_message(connection));
        gs_spare_give(connection);
        return status;
    }
    store->group = (gs_group){.connection = connection, .writes = connection->writes};
    store->group.last = &store->group.first;
    return GOVSVC_OK;
}

govsvc_status gs_group_join(gs_store *store, gs_member *member)
{
    *member = (gs_member){.joins = true};
    govsvc_status status = gs_turn_take(store, member);
    if (!status && !store->group.connection) {
        status = open_group(store, member);
        if (status)
            gs_turn_give(store);
    }
    if (status) {
        sem_destroy(&member->woken);
        return status;
    }
    member->connection = store->group.connection;
    member->follows = member->connection->writes != store->group.writes;
    return GOVSVC_OK;
}

static bool somebody_waits(gs_store *store)
{
    pthread_mutex_lock(&store->mutex);
    bool waits = store->waiting != NULL;
    pthread_mutex_unlock(&store->mutex);
    return waits;
}

/* Those whom the last commit woke are on their way back, and each flush that they need not wait for is one saved:
 * they get a moment to queue up. Who writes alone loses none. */
static void let_others_come(gs_store *store)
{
    for (int i = 0; i < YIELDS && store->group.count + 1 < store->group_before && !somebody_waits(store); i++)
        sched_yield();
}

/* Lets the next one have the open transaction, if one is there that joins; what is left then is to sleep. */
static bool hand_on(gs_store *store, gs_member *member, bool sleeps)
{
    gs_group *group = &store->group;
    if (group->count + 1 >= MEMBERS_MAX)
        return false;
    let_others_come(store);
    pthread_mutex_lock(&store->mutex);
    gs_member *next = store->waiting && store->waiting->joins ? take_next(store) : NULL;
    if (next && sleeps) {
        member->next = NULL;
        *group->last = member;
        group->last = &member->next;
        group->count++;
    }
    pthread_mutex_unlock(&store->mutex);
    if (next)
        sem_post(&next->woken);
    return next != NULL;
}

/* The end of the group: the turn goes on, and then everybody learns what came of it. */
static void end_group(gs_store *store, const gs_member *by, govsvc_status result, bool undone)
{
    gs_group group = store->group;
    store->group.connection = NULL;
    store->group_before = group.count + 1;
    gs_spare_give(group.connection);
    gs_turn_give(store);
    for (gs_member *at = group.first, *next; at; at = next) {
        next = at->next;
        at->result = result;
        at->undone = undone;
        if (result)
            gs_message_keep(at->message, by->message);
        sem_post(&at->woken);
    }
}

static govsvc_status finish(gs_store *store, gs_member *member, bool commit)
{
    gs_connection *connection = member->connection;
    govsvc_status result = GOVSVC_OK;
    if (commit)
        result = gs_commit(connection);
    else
        gs_rollback(connection);
    if (result)
        gs_message_keep(member->message, gs_connection_message(connection));
    end_group(store, member, result, false);
    return result;
}

/* A refusal that rests on what others wrote is one only when that is kept. */
govsvc_status gs_group_leave(gs_member *member, govsvc_status status, bool last)
{
    gs_connection *connection = member->connection;
    gs_store *store = connection->store;
    bool bound = !status || member->follows, lost = !gs_in_transaction(connection);
    if (status || lost)
        gs_message_keep(member->message, gs_connection_message(connection));
    if (lost) {
        status = status ? status : GOVSVC_UNAVAILABLE;
        end_group(store, member, status, true);
    } else if (last || !hand_on(store, member, bound)) {
        member->result = finish(store, member, bound);
    } else if (bound) {
        sleep_until_woken(member);
    }
    sem_destroy(&member->woken);
    return member->result ? member->result : status;
}
