/* lib/api/check.c - is the store whole? The engine's own check, every row against the hash its journal entry
 * has, every entry that made a row against the table, and the sequence of positions. */
#include "api/upkeep.h"

#include <jansson.h>
#include <string.h>

enum { COMPLAINTS_MAX = 1000 };

typedef struct checking {
    gs_call *call;
    govsvc_store_report *report;
    const char **complaints;
} checking;

static void complain(checking *to, const char *format, ...)
{
    if (to->report->complaint_count >= COMPLAINTS_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    to->complaints[to->report->complaint_count++] = gs_arena_vprint(to->call->work.arena, format, arguments);
    va_end(arguments);
}

static void engine_complains(void *context, const char *complaint)
{
    complain(context, "%s", complaint);
}

/* The hash that the journal has for this revision of a row; NOT_FOUND. */
static govsvc_status journalled_hash(const gs_head *head, gs_work *page, const char **out)
{
    govsvc_value values[] = {gs_integer(head->tenant), gs_integer(head->id), gs_integer(head->revision)}, row;
    gs_rows rows;
    govsvc_status status =
        gs_query(page->connection,
                 "SELECT row_hash FROM {journal_entry} WHERE tenant = $1 AND subject = $2 AND "
                 "revision = $3 AND row_hash IS NOT NULL",
                 values, 3, &rows);
    if (!status)
        status = gs_rows_next(&rows, &row, 1);
    if (!status && !(*out = gs_arena_copy(page->arena, row.as.bytes, row.size)))
        status = GOVSVC_NO_MEMORY;
    gs_rows_done(&rows);
    return status;
}

/* A part's hash stands in the entries of its case. */
static const char *hash_in_payload(const char *payload, const char *part, int64_t revision, gs_arena *arena)
{
    json_t *json = json_loads(payload ? payload : "{}", 0, NULL);
    json_t *entry = json_object_get(json_object_get(json, "also"), part);
    bool found = entry && json_integer_value(json_object_get(entry, "revision")) == revision;
    const char *hash = found ? gs_arena_text(arena, json_string_value(json_object_get(entry, "hash"))) : NULL;
    json_decref(json);
    return hash;
}

static govsvc_status part_hash(const gs_row *row, gs_work *page, const char **out)
{
    const gs_record *record = row->table->record;
    const gs_head *head = gs_row_head(row);
    int64_t subject = *(int64_t *)((char *)row->at + record->subject);
    const char *part = gs_arena_print(page->arena, "%s:%lld", record->name, (long long)head->id);
    gs_entries entries;
    govsvc_status status = gs_journal_read_subject(page, head->tenant, subject, 0, 1000, false, &entries);
    *out = NULL;
    for (size_t i = 0; !status && i < entries.count && !*out; i++)
        *out = hash_in_payload(entries.items[i]->payload, part, head->revision, page->arena);
    return status ? status : *out ? GOVSVC_OK : GOVSVC_NOT_FOUND;
}

static govsvc_status check_row(checking *to, const gs_table *table, gs_work *page, int64_t id)
{
    gs_row *row;
    char hash[2 * GS_SM3_SIZE + 1];
    const char *known = NULL;
    const char *name = table->record->name;
    to->report->rows++;
    govsvc_status status = gs_row_load(page, table, id, &row);
    if (status == GOVSVC_CORRUPT)
        complain(to, "%s %lld: a column holds what it cannot", name, (long long)id);
    if (status)
        return status == GOVSVC_CORRUPT ? GOVSVC_OK : status;
    const char *wrong;
    status = gs_row_check_sealed(row, &wrong);
    if (!status && wrong)
        complain(to, "%s %lld: the sealed value of %s is not what its mark stands for", name, (long long)id,
                 wrong);
    if (!status)
        status = gs_row_hash(row, hash);
    if (!status)
        status = table->record->subject ? part_hash(row, page, &known)
                                        : journalled_hash(gs_row_head(row), page, &known);
    if (status == GOVSVC_NOT_FOUND)
        complain(to, "%s %lld: the journal does not know revision %lld", name, (long long)id,
                 (long long)gs_row_head(row)->revision);
    else if (!status && strcmp(known, hash) != 0)
        complain(to, "%s %lld: the row is not what the journal has for revision %lld", name, (long long)id,
                 (long long)gs_row_head(row)->revision);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status check_tenant(checking *to, const gs_table *table, int64_t tenant)
{
    gs_work page = to->call->work;
    page.tenant = tenant;
    page.arena = gs_arena_new(&gs_handle_of(to->call)->allocator, 0);
    if (!page.arena)
        return GOVSVC_NO_MEMORY;
    int64_t ids[GS_PAGE], after = 0;
    size_t count = GS_PAGE;
    govsvc_status status = GOVSVC_OK;
    while (!status && count == GS_PAGE) {
        gs_arena_reset(page.arena);
        status = gs_table_page(&page, table, after, ids, &count);
        for (size_t i = 0; i < count && !status; i++)
            status = check_row(to, table, &page, ids[i]);
        after = count ? ids[count - 1] : after;
    }
    gs_arena_free(page.arena);
    return status;
}

/* A part stands under the tenant of what it is a part of. */
static govsvc_status check_own(checking *to, const gs_table *table)
{
    int64_t tenants[2];
    size_t count = gs_tenants(&to->call->work, tenants);
    govsvc_status status = check_tenant(to, table, tenants[0]);
    if (!status && count > 1 && table->record->subject)
        status = check_tenant(to, table, tenants[1]);
    return status;
}

/* An embedded store is checked whole; on a server each tenant checks its own rows and those it shares. */
static govsvc_status check_table(checking *to, const gs_table *table)
{
    const gs_work *work = &to->call->work;
    if (!gs_driver_embedded(gs_connection_driver(work->connection)))
        return check_own(to, table);
    int64_t tenant = 0;
    govsvc_status status = GOVSVC_OK;
    while (!status) {
        govsvc_value after = gs_integer(tenant);
        status = gs_query_integer(work->connection, table->tenant_sql, &after, 1, &tenant);
        if (!status)
            status = check_tenant(to, table, tenant);
    }
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* What the journal says came to be must still be there. */
static govsvc_status check_presence(checking *to, gs_work *page, const govsvc_journal_entry *entry)
{
    const gs_record *record = gs_record_of_kind(to->call->host, entry->kind);
    if (!record || entry->revision != 1 || !entry->row_hash)
        return GOVSVC_OK;
    gs_row *row;
    page->tenant = entry->tenant;
    govsvc_status status = gs_row_load(page, gs_table_of(to->call->host, record), entry->subject, &row);
    if (status == GOVSVC_NOT_FOUND)
        complain(to, "%s %lld: the journal has it (entry %lld), the table does not", entry->kind,
                 (long long)entry->subject, (long long)entry->position);
    return status == GOVSVC_NOT_FOUND || status == GOVSVC_CORRUPT ? GOVSVC_OK : status;
}

static govsvc_status check_entries(checking *to, int64_t tenant)
{
    gs_work page = to->call->work;
    page.arena = gs_arena_new(&gs_handle_of(to->call)->allocator, 0);
    if (!page.arena)
        return GOVSVC_NO_MEMORY;
    gs_entries entries = {.count = GS_PAGE};
    int64_t after = 0;
    govsvc_status status = GOVSVC_OK;
    while (!status && entries.count == GS_PAGE) {
        gs_arena_reset(page.arena);
        status = gs_journal_read(&page, tenant, after, GS_PAGE, &entries);
        for (size_t i = 0; !status && i < entries.count; i++) {
            if (entries.items[i]->position != after + 1)
                complain(to, "journal: entries %lld to %lld are missing", (long long)after + 1,
                         (long long)entries.items[i]->position - 1);
            after = entries.items[i]->position;
            to->report->entries++;
            status = check_presence(to, &page, entries.items[i]);
        }
    }
    gs_arena_free(page.arena);
    return status;
}

static govsvc_status check_all(checking *to)
{
    gs_connection *connection = to->call->work.connection;
    const govsvc_driver *driver = gs_connection_driver(connection);
    govsvc_status status =
        gs_settle(connection, driver->check(gs_connection_raw(connection), engine_complains, to));
    for (const gs_table *const *table = to->call->host->tables; *table && !status; table++)
        if (!(*table)->record->sequence && !(*table)->record->internal)
            status = check_table(to, *table);
    if (!status)
        status = check_entries(to, gs_driver_embedded(driver) ? GOVSVC_ABSENT : to->call->work.tenant);
    return status;
}

govsvc_status gs_run_store_check(gs_call *call)
{
    checking to = {.call = call,
                   .report = gs_arena_alloc(call->work.arena, sizeof(govsvc_store_report)),
                   .complaints = gs_arena_array(call->work.arena, COMPLAINTS_MAX, sizeof(char *))};
    govsvc_status status = gs_allowed(call);
    if (status || !to.complaints)
        return status ? status : GOVSVC_NO_MEMORY;
    *to.report = (govsvc_store_report){
        .struct_size = sizeof *to.report, .added = GOVSVC_ABSENT, .complaints = to.complaints};
    status = check_all(&to);
    if (status == GOVSVC_CORRUPT &&
        to.report->complaint_count) /* too damaged to go on; what was found is told */
        status = GOVSVC_OK;
    call->out = to.report;
    return status ? status : gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}
