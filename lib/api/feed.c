/* lib/api/feed.c - what happened: the tenant's entries in order, and one subject's. */
#include "api/upkeep.h"

static govsvc_status give_page(gs_call *call, const gs_entries *entries, int64_t after)
{
    govsvc_journal_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    if (!page)
        return GOVSVC_NO_MEMORY;
    *page = (govsvc_journal_page){
        .struct_size = sizeof *page, .next = after, .entries = entries->items, .entry_count = entries->count};
    for (size_t i = 0; i < entries->count && entries->items[i]->position != GOVSVC_ABSENT; i++)
        page->next = entries->items[i]->position;
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
        status = gs_journal_read(&call->work, tenant, after, in->limit == GOVSVC_ABSENT ? 100 : in->limit,
                                 &entries);
    return status ? status : give_page(call, &entries, after);
}

/* Whose entries they are: the subject's own record, which says who may read them. The entries of what all
 * tenants share are the region's. */
static govsvc_status subject_of(gs_call *call, int64_t subject, gs_row **out, int64_t *tenant)
{
    int64_t tenants[2];
    size_t count = gs_tenants(&call->work, tenants);
    gs_entries first = {.count = 0};
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < count && !status && !first.count; i++) {
        *tenant = tenants[i];
        status = gs_journal_read_subject(&call->work, tenants[i], subject, 0, 1, false, &first);
    }
    const gs_record *record = first.count ? gs_record_of_kind(call->host, first.items[0]->kind) : NULL;
    if (!status && !record)
        return gs_problem_add(
            call->work.problems,
            &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = "/subject", .rule = "exists"});
    return status ? status : gs_load_readable(call, record, subject, out);
}

govsvc_status gs_run_history(gs_call *call)
{
    const govsvc_journal_request *in = call->in;
    int64_t after = in->after == GOVSVC_ABSENT ? 0 : in->after, tenant = 0;
    gs_entries entries;
    gs_row *row;
    if (!in->subject)
        return gs_refuse(call, "/subject", "required", NULL, NULL);
    govsvc_status status = subject_of(call, in->subject, &row, &tenant);
    if (status)
        return status;
    bool clear = gs_may_read_clear(call->actor, row->table->record, row->at);
    status = gs_journal_read_subject(&call->work, tenant, in->subject, after,
                                     in->limit == GOVSVC_ABSENT ? 100 : in->limit, clear, &entries);
    if (!status && clear && row->table->personal)
        status = gs_journal_reading(call, row);
    return status ? status : give_page(call, &entries, after);
}
