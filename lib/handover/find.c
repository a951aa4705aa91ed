/* lib/handover/find.c - handover.find: papers that are on their way, to or from the actor's organ or division. */
#include "handover/handover.h"

static govsvc_status find_ids(gs_call *call, size_t limit, int64_t *ids, size_t *count)
{
    const govsvc_handover_query *in = call->in;
    const gs_record *record = &gs_record_handover;
    gs_reach reach;
    gs_reach_of(call->actor, record->readers, &reach);
    govsvc_value values[] = {
        gs_integer(gs_tenant_of(&call->work, record)),
        gs_integer(in->after),
        gs_integer(reach.all),
        gs_text(reach.division.from),
        gs_text(reach.division.to),
        gs_text(reach.organ),
        gs_text(in->direction ? gs_name_of(gs_record_field(record, "direction")->names, in->direction) : ""),
        gs_integer((int64_t)limit),
    };
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {handover} WHERE tenant = $1 AND received_at IS NULL AND id > $2 "
        "AND ($3 = 1 OR (division >= $4 AND division <= $5) OR organ = $6) AND "
        "(direction = $7 OR $7 = '') ORDER BY id LIMIT $8",
        values, sizeof values / sizeof *values, ids, limit, count);
}

govsvc_status gs_handover_find(gs_call *call)
{
    const govsvc_handover_query *in = call->in;
    govsvc_handover_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    gs_found found;
    const gs_record *record = &gs_record_handover;
    govsvc_status status =
        page ? gs_find_page(call, record, record->readers, in->limit, find_ids, &found) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *page = (govsvc_handover_page){.struct_size = sizeof *page,
                                   .next = found.next,
                                   .handovers = (const govsvc_handover *const *)found.items,
                                   .handover_count = found.count};
    call->out = page;
    return GOVSVC_OK;
}
