/* lib/api/feed.c - what happened: the tenant's entries in order, and one subject's. */
#include "api/upkeep.h"

static govsvc_status give_page(gs_call *call, const gs_entries *entries, int64_t after)
{
    govsvc_journal_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    if (!page)
        return GOVSVC_NO_MEMORY;
    *page = (govsvc_journal_page){.struct_size = sizeof *page, .next = after, .entries = entries->items,
                                  .entry_count = entries->count};
    if (entries->count)
        page->next = entries->items[entries->count - 1]->position;
    call->out = page;
    return GOVSVC_OK;
}

govsvc_status gs_run_feed(gs_call *call)
{
    const govsvc_journal_request *in = call->in;
    int64_t after = in->after == GOVSVC_ABSENT ? 0 : in->after;
    bool embedded = gs_driver_embedded(gs_connection_driver(call->work.connection));
    int64_t tenant = in->tenant == GOVSVC_ABSENT && !embedded ? call->work.tenant : in->tenant;
    gs_entries entries;
    govsvc_status status = gs_allowed(call);
    if (!status)
        status = gs_journal_read(&call->work, gs_table_of(call->host, &gs_record_journal_entry), tenant, after,
                                 in->limit == GOVSVC_ABSENT ? 100 : in->limit, &entries);
    return status ? status : give_page(call, &entries, after);
}

govsvc_status gs_run_history(gs_call *call)
{
    const govsvc_journal_request *in = call->in;
    const gs_table *journal = gs_table_of(call->host, &gs_record_journal_entry);
    int64_t after = in->after == GOVSVC_ABSENT ? 0 : in->after;
    int64_t limit = in->limit == GOVSVC_ABSENT ? 100 : in->limit;
    int64_t tenants[] = {call->work.tenant, call->work.tenant / 100 * 100};
    gs_entries entries = {.count = 0};
    if (!in->subject)
        return gs_refuse(call, "/subject", "required", NULL, NULL);
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < 2 && !status && !entries.count; i++)
        status = gs_journal_read_subject(&call->work, journal, tenants[i], in->subject, after, limit, &entries);
    if (status)
        return status;
    const gs_record *record = entries.count ? gs_record_of_kind(call->host, entries.items[0]->kind) : NULL;
    gs_row *row;
    if (!record && after == 0)
        return gs_problem_add(call->work.problems,
                              &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = "/subject", .rule = "exists"});
    if (record)
        status = gs_load_readable(call, record, in->subject, &row);
    return status ? status : give_page(call, &entries, after);
}
