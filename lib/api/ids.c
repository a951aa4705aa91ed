/* lib/api/ids.c - identifiers: time-ordered, made without asking the store, never going back. */
#include "api/handle.h"

#include <string.h>

static const int64_t EPOCH_2020 = INT64_C(1577836800000);
static const int64_t LEASE_MS = 3600000;
enum { NODES = 1024, SEQUENCES = 4096 };

int64_t gs_next_id(void *context)
{
    govsvc *gs = context;
    int64_t now = gs_now(gs) - EPOCH_2020;
    pthread_mutex_lock(&gs->mutex);
    gs_ids *ids = &gs->ids;
    if (now > ids->last_ms) {
        ids->last_ms = now;
        ids->sequence = 0;
    } else if (++ids->sequence == SEQUENCES) {
        ids->last_ms++;
        ids->sequence = 0;
    }
    int64_t id = ids->last_ms << 22 | ids->node << 12 | ids->sequence;
    pthread_mutex_unlock(&gs->mutex);
    return id;
}

/* Not before what is on record, whatever the clock says. */
govsvc_status gs_ids_seed(govsvc *gs, gs_connection *connection)
{
    int64_t last = 0;
    bool embedded = gs_driver_embedded(gs_connection_driver(connection));
    govsvc_status status =
        embedded
            ? gs_query_integer(connection, "SELECT id FROM {journal_entry} ORDER BY position DESC LIMIT 1",
                               NULL, 0, &last)
            : gs_query_integer(connection, "SELECT coalesce(max(id), 0) FROM {journal_entry}", NULL, 0,
                               &last);
    if (status && status != GOVSVC_NOT_FOUND)
        return status;
    pthread_mutex_lock(&gs->mutex);
    if (last >> 22 >= gs->ids.last_ms) {
        gs->ids.last_ms = (last >> 22) + 1;
        gs->ids.sequence = 0;
    }
    pthread_mutex_unlock(&gs->mutex);
    return GOVSVC_OK;
}

/* ---- the node number --------------------------------------------------------------------------------- */

static govsvc_status try_node(govsvc *gs, gs_connection *connection, int64_t node, bool *taken)
{
    char name[32] = "node:";
    for (int64_t rest = node, place = 1000, at = 5; place; rest %= place, place /= 10)
        name[at++] = (char)('0' + rest / place);
    int64_t now = gs_now(gs), changed = 0, there = 0;
    govsvc_value take[] = {gs_text(gs->ids.holder), gs_integer(now + LEASE_MS),
                           gs_integer(gs->tenant),  gs_text(name),
                           gs_integer(now),         gs_text(gs->ids.holder)};
    govsvc_status status =
        gs_execute(connection,
                   "UPDATE {lease} SET holder = $1, held_at = $2 WHERE tenant = $3 AND name = $4 AND "
                   "(held_at < $5 OR holder = $6)",
                   take, 6, &changed);
    *taken = changed > 0;
    if (status || changed)
        return status;
    govsvc_value look[] = {gs_integer(gs->tenant), gs_text(name)};
    status = gs_query_integer(connection, "SELECT count(*) FROM {lease} WHERE tenant = $1 AND name = $2",
                              look, 2, &there);
    if (status || there)
        return status;
    govsvc_value fresh[] = {gs_integer(node + 1), gs_integer(gs->tenant), gs_text(name),
                            gs_text(gs->ids.holder), gs_integer(now + LEASE_MS)};
    status = gs_execute(connection,
                        "INSERT INTO {lease} (id, tenant, name, holder, held_at) VALUES ($1, $2, $3, $4, $5)",
                        fresh, 5, NULL);
    *taken = !status;
    return status;
}

/* The node that this handle has already (own), or any that is free. */
static govsvc_status take_any_node(govsvc *gs, gs_connection *connection, int64_t own, int64_t *node)
{
    uint16_t first;
    if (!gs_random(gs, &first, sizeof first))
        return GOVSVC_INTERNAL;
    for (int64_t i = 0; i < NODES; i++) {
        bool taken;
        *node = own >= 0 ? own : (first + i) % NODES;
        govsvc_status status = try_node(gs, connection, *node, &taken);
        if (status || taken)
            return status;
    }
    return GOVSVC_BUSY;
}

static govsvc_status make_holder(govsvc *gs)
{
    unsigned char bytes[16];
    if (gs->ids.holder[0])
        return GOVSVC_OK;
    if (!gs_random(gs, bytes, sizeof bytes))
        return GOVSVC_INTERNAL;
    gs_hex(bytes, sizeof bytes, gs->ids.holder);
    return GOVSVC_OK;
}

bool gs_ids_leased(govsvc *gs)
{
    pthread_mutex_lock(&gs->mutex);
    bool held = gs->config.node != GOVSVC_ABSENT || (gs->ids.node >= 0 && gs_now(gs) < gs->ids.renew_at);
    pthread_mutex_unlock(&gs->mutex);
    return held;
}

govsvc_status gs_ids_lease(govsvc *gs, gs_connection *connection)
{
    if (gs_ids_leased(gs))
        return GOVSVC_OK;
    int64_t node = 0;
    govsvc_status status = gs_begin(connection, true);
    if (!status && gs_ids_leased(gs)) { /* another thread was first */
        gs_rollback(connection);
        return GOVSVC_OK;
    }
    pthread_mutex_lock(&gs->mutex);
    int64_t own = gs->ids.node;
    if (!status)
        status = make_holder(gs);
    pthread_mutex_unlock(&gs->mutex);
    if (!status)
        status = take_any_node(gs, connection, own, &node);
    if (!status)
        status = gs_commit(connection);
    gs_rollback(connection);
    if (status)
        return status;
    pthread_mutex_lock(&gs->mutex);
    gs->ids.node = node;
    gs->ids.renew_at = gs_now(gs) + LEASE_MS / 2;
    pthread_mutex_unlock(&gs->mutex);
    return GOVSVC_OK;
}
