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
    enum { MOST = 200 };
    const govsvc_handover_query *in = call->in;
    size_t limit = in->limit == GOVSVC_ABSENT ? 50 : (size_t)in->limit, count = 0;
    int64_t ids[MOST];
    govsvc_handover_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    const void *const *handovers;
    if (!page)
        return GOVSVC_NO_MEMORY;
    if (!(call->actor->roles & gs_record_handover.readers))
        return gs_denied(call->work.problems, gs_record_handover.readers, false);
    govsvc_status status = find_ids(call, limit, ids, &count);
    if (!status)
        status = gs_answer_list(call, &gs_record_handover, ids, count, &handovers);
    if (status)
        return status;
    *page = (govsvc_handover_page){.struct_size = sizeof *page,
                                   .next = count == limit ? ids[count - 1] : 0,
                                   .handovers = (const govsvc_handover *const *)handovers,
                                   .handover_count = count};
    call->out = page;
    return status;
}
