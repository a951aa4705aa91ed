/* lib/api/upkeep.c - what happens by itself (tick), what happened (feed, history), and keeping the store. */
#include "api/handle.h"

#include <jansson.h>
#include <string.h>

/* ---- records ---------------------------------------------------------------------------------------------------- */

#define TICK_REQUEST_FIELDS(T, F) F(T, INT, limit, "步数上限", .least = 1, .most = 10000)
GS_RECORD(gs_record_tick_request, govsvc_tick_request, "tick_request", "推进", TICK_REQUEST_FIELDS)

#define TICK_REPORT_FIELDS(T, F)                                                                             \
    F(T, INT, timers, "触发的定时处理")                                                                      \
    F(T, INT, entries, "跟随的日志")                                                                         \
    F(T, FLAG, more, "还有")
GS_RECORD(gs_record_tick_report, govsvc_tick_report, "tick_report", "推进结果", TICK_REPORT_FIELDS)

#define STORE_REQUEST_FIELDS(T, F)                                                                           \
    F(T, TEXT, path, "路径", .max = 4000)                                                                    \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_store_request, govsvc_store_request, "store_request", "存储", STORE_REQUEST_FIELDS)

#define STORE_REPORT_FIELDS(T, F)                                                                            \
    F(T, INT, rows, "核对的行")                                                                              \
    F(T, INT, entries, "读过的日志")                                                                         \
    F(T, INT, added, "补建的表和列")                                                                         \
    F(T, TEXTS, complaints, "异常", .max = 1000, .count = offsetof(T, complaint_count))                      \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_store_report, govsvc_store_report, "store_report", "存储报告", STORE_REPORT_FIELDS)

static govsvc *handle_of(const gs_call *call)
{
    return ((govsvc_session *)call->session)->gs;
}

static govsvc_status allowed(gs_call *call)
{
    uint32_t roles = call->operation->roles;
    return call->actor->roles & roles ? GOVSVC_OK : gs_denied(call->work.problems, roles, false);
}

/* ---- tick: timers -------------------------------------------------------------------------------------------------- */

typedef struct due_timer {
    int64_t clock;
    int64_t subject;
    int64_t at;
    const gs_operation *operation;
} due_timer;

static const gs_flow *flow_of(const gs_host *host, const char *record)
{
    for (const gs_service *const *service = host->services; *service; service++)
        for (const gs_flow *const *flow = (*service)->flows; flow && *flow; flow++)
            if (strcmp((*flow)->record->name, record) == 0)
                return *flow;
    return NULL;
}

static const gs_operation *timer_operation(const gs_host *host, const char *record, const char *kind)
{
    const gs_flow *flow = flow_of(host, record);
    for (const gs_clock_spec *spec = flow ? flow->clocks : NULL; spec && spec->kind; spec++)
        if (strcmp(spec->kind, kind) == 0 && spec->timer)
            return gs_operation_find(host, spec->timer);
    return NULL;
}

static govsvc_status due_timers(gs_call *call, int64_t limit, due_timer *due, size_t *count)
{
    govsvc_value values[] = {gs_integer(call->work.tenant), gs_integer(call->work.now), gs_integer(limit)}, row[5];
    gs_rows rows;
    govsvc_status status = gs_query(call->work.connection,
                                    "SELECT id, subject, timer_at, subject_kind, kind FROM {clock} WHERE tenant = $1 AND "
                                    "timer_at <= $2 ORDER BY timer_at LIMIT $3",
                                    values, 3, &rows);
    *count = 0;
    while (!status && *count < (size_t)limit && !(status = gs_rows_next(&rows, row, 5)))
        due[(*count)++] = (due_timer){row[0].as.integer, row[1].as.integer, row[2].as.integer,
                                      timer_operation(call->host, row[3].as.bytes, row[4].as.bytes)};
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* What a transaction of its own needs: a connection, and a place for its memory. */
static govsvc_status begin_own(gs_call *own, govsvc_session *session, bool write)
{
    gs_connection *connection;
    govsvc_status status = gs_session_begin(session);
    if (!status)
        status = gs_store_acquire(session->gs->store, &connection);
    if (status)
        return status;
    gs_call_init(own, session, connection, session->scratch);
    if (write)
        status = gs_ids_lease(session->gs, connection);
    if (!status)
        status = gs_begin(connection, write);
    if (status)
        gs_store_release(connection);
    return status;
}

static govsvc_status end_own(gs_call *own, govsvc_status status)
{
    if (!status)
        status = gs_commit(own->work.connection);
    gs_store_release(own->work.connection);
    return status;
}

static bool refused(govsvc_status status)
{
    return status == GOVSVC_INVALID || status == GOVSVC_NOT_FOUND || status == GOVSVC_DENIED || status == GOVSVC_STATE;
}

/* A timer whose step is refused would be due for ever. */
static govsvc_status disarm(govsvc_session *session, int64_t clock)
{
    gs_call own;
    govsvc_status status = begin_own(&own, session, true);
    if (status)
        return status;
    gs_row *row;
    status = gs_row_load(&own.work, gs_table_of(own.host, &gs_record_clock), clock, &row);
    if (!status)
        status = gs_clock_disarm(&own, row);
    return end_own(&own, status);
}

static govsvc_status fire(govsvc_session *session, const due_timer *timer)
{
    govsvc_status status = gs_session_begin(session);
    govsvc_step step = {sizeof step, timer->subject, GOVSVC_ABSENT, NULL, NULL};
    gs_answer answer = {.result = NULL};
    if (!status)
        status = timer->operation ? gs_operate_made(session, timer->operation, &step, timer->at, &answer)
                                  : GOVSVC_STATE;
    govsvc_free(answer.result);
    if (refused(status)) {
        gs_log(session->gs, GOVSVC_LOG_WARNING, "a timer's step was refused; the timer is off");
        status = disarm(session, timer->clock);
    }
    return status;
}

static govsvc_status fire_timers(gs_call *call, govsvc_session *session, int64_t limit, govsvc_tick_report *report)
{
    due_timer *due = gs_arena_array(call->work.arena, (size_t)limit, sizeof *due);
    size_t count = 0;
    gs_call own;
    govsvc_status status = due ? begin_own(&own, session, false) : GOVSVC_NO_MEMORY;
    if (!status)
        status = end_own(&own, due_timers(&own, limit, due, &count));
    for (size_t i = 0; i < count && !status; i++) {
        status = fire(session, &due[i]);
        report->timers += !status;
    }
    if (count == (size_t)limit)
        report->more = GOVSVC_YES;
    return status;
}

/* ---- tick: sequence and followers ------------------------------------------------------------------------------------ */

typedef struct place {
    int64_t position;
    int64_t mark;
} place;

static govsvc_status read_place(gs_call *call, const char *name, place *out)
{
    govsvc_value values[] = {gs_integer(call->work.tenant), gs_text(name)}, row[2];
    gs_rows rows;
    *out = (place){0, 0};
    govsvc_status status = gs_query(call->work.connection, "SELECT place, mark FROM {follower} WHERE tenant = $1 AND name = $2",
                                    values, 2, &rows);
    if (!status)
        status = gs_rows_next(&rows, row, 2);
    if (!status)
        *out = (place){row[0].as.integer, row[1].as.integer};
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status write_place(gs_call *call, const char *name, const place *at)
{
    int64_t changed = 0;
    govsvc_value values[] = {gs_integer(at->position), gs_integer(at->mark), gs_integer(call->work.tenant), gs_text(name)};
    govsvc_status status = gs_execute(call->work.connection,
                                      "UPDATE {follower} SET place = $1, mark = $2 WHERE tenant = $3 AND name = $4", values,
                                      4, &changed);
    if (status || changed)
        return status;
    govsvc_value fresh[] = {gs_integer(gs_next_id(handle_of(call))), gs_integer(call->work.tenant), gs_text(name),
                            gs_integer(at->position), gs_integer(at->mark)};
    return gs_execute(call->work.connection,
                      "INSERT INTO {follower} (id, tenant, name, place, mark) VALUES ($1, $2, $3, $4, $5)", fresh, 5, NULL);
}

static govsvc_status follow_entries(gs_call *call, const gs_follower *follower, int64_t tenant, int64_t limit, place *at,
                                    int64_t *done)
{
    gs_entries entries;
    bool again = false;
    govsvc_status status = gs_journal_read(&call->work, gs_table_of(call->host, &gs_record_journal_entry), tenant,
                                           at->position, limit, &entries);
    for (size_t i = 0; !status && i < entries.count && !again; i++) {
        const govsvc_journal_entry *entry = entries.items[i];
        if (strcmp(entry->kind, follower->kind) == 0)
            status = follower->follow(call, entry, &at->mark, &again);
        if (!again)
            *at = (place){entry->position, 0};
        ++*done;
    }
    return status;
}

/* One slice of one follower, its place kept in the same transaction. */
static govsvc_status follow(govsvc_session *session, const gs_follower *follower, int64_t tenant, int64_t limit,
                            govsvc_tick_report *report)
{
    gs_call own;
    gs_shared_calendar *calendar = NULL;
    place at;
    int64_t done = 0;
    govsvc_status status = begin_own(&own, session, true);
    if (status)
        return status;
    const char *name = tenant == GOVSVC_ABSENT ? follower->name
                                               : gs_arena_print(own.work.arena, "%s:%d", follower->name, (int)tenant);
    status = name ? gs_calendar_take(&own, &calendar) : GOVSVC_NO_MEMORY;
    if (!status) {
        own.calendar = calendar->calendar;
        status = read_place(&own, name, &at);
    }
    if (!status)
        status = follow_entries(&own, follower, tenant, limit, &at, &done);
    if (!status && done)
        status = write_place(&own, name, &at);
    gs_calendar_give(session->gs, calendar);
    status = end_own(&own, status);
    if (!status)
        report->entries += done;
    if (done >= limit)
        report->more = GOVSVC_YES;
    return status;
}

static govsvc_status sequence(govsvc_session *session, int64_t tenant, int64_t limit, govsvc_tick_report *report)
{
    gs_call own;
    int64_t given = 0;
    govsvc_status status = begin_own(&own, session, true);
    if (!status)
        status = end_own(&own, gs_journal_sequence(&own.work, tenant, limit, &given));
    if (given >= limit)
        report->more = GOVSVC_YES;
    return status;
}

static govsvc_status run_followers(govsvc_session *session, int64_t tenant, int64_t limit, govsvc_tick_report *report)
{
    govsvc_status status = GOVSVC_OK;
    for (const gs_service *const *service = session->gs->host.services; *service && !status; service++)
        for (const gs_follower *at = (*service)->followers; at && at->name && !status; at++)
            status = follow(session, at, tenant, limit, report);
    return status;
}

/* An embedded store is read whole; on a server each tenant's journal has its own positions, and the
 * region's holds what its tenants share. */
static govsvc_status catch_up(govsvc_session *session, int64_t limit, govsvc_tick_report *report)
{
    govsvc *gs = session->gs;
    if (gs_driver_embedded(gs_store_driver(gs->store)))
        return run_followers(session, GOVSVC_ABSENT, limit, report);
    int64_t tenants[] = {gs->tenant, gs->tenant / 100 * 100};
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < (tenants[0] == tenants[1] ? 1 : 2) && !status; i++) {
        status = sequence(session, tenants[i], limit, report);
        if (!status)
            status = run_followers(session, tenants[i], limit, report);
    }
    return status;
}

static govsvc_status tick(gs_call *call)
{
    static const char *const roles[] = {"system"};
    const govsvc_actor actor = {sizeof actor, "system", NULL, NULL, NULL, roles, NULL, 1};
    const govsvc_tick_request *in = call->in;
    int64_t limit = in->limit == GOVSVC_ABSENT ? 1000 : in->limit;
    govsvc_tick_report *report = gs_arena_alloc(call->work.arena, sizeof *report);
    govsvc_session *session = NULL;
    govsvc_status status = allowed(call);
    if (!status)
        status = report ? govsvc_session_open(handle_of(call), &actor, &session, NULL) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *report = (govsvc_tick_report){.struct_size = sizeof *report, .more = GOVSVC_NO};
    status = fire_timers(call, session, limit, report);
    if (!status)
        status = catch_up(session, limit, report);
    for (uint64_t i = 0; status && i < govsvc_problem_count(session); i++)
        gs_problem_add(call->work.problems, govsvc_problem_at(session, i));
    govsvc_session_close(session);
    call->out = report;
    return status;
}

/* ---- feed and history ---------------------------------------------------------------------------------------------------- */

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

static govsvc_status feed(gs_call *call)
{
    const govsvc_journal_request *in = call->in;
    int64_t after = in->after == GOVSVC_ABSENT ? 0 : in->after;
    bool embedded = gs_driver_embedded(gs_connection_driver(call->work.connection));
    int64_t tenant = in->tenant == GOVSVC_ABSENT && !embedded ? call->work.tenant : in->tenant;
    gs_entries entries;
    govsvc_status status = allowed(call);
    if (!status)
        status = gs_journal_read(&call->work, gs_table_of(call->host, &gs_record_journal_entry), tenant, after,
                                 in->limit == GOVSVC_ABSENT ? 100 : in->limit, &entries);
    return status ? status : give_page(call, &entries, after);
}

static const gs_record *record_of_kind(const gs_host *host, const char *kind)
{
    for (const gs_table *const *table = host->tables; *table; table++)
        if (strcmp((*table)->record->name, kind) == 0)
            return (*table)->record;
    return NULL;
}

static govsvc_status history(gs_call *call)
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
    const gs_record *record = entries.count ? record_of_kind(call->host, entries.items[0]->kind) : NULL;
    gs_row *row;
    if (!record && after == 0)
        return gs_problem_add(call->work.problems,
                              &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = "/subject", .rule = "exists"});
    if (record)
        status = gs_load_readable(call, record, in->subject, &row);
    return status ? status : give_page(call, &entries, after);
}

/* ---- check --------------------------------------------------------------------------------------------------------------------- */

enum { COMPLAINTS_MAX = 1000, PAGE = 200 };

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
static govsvc_status journalled_hash(checking *to, const gs_head *head, gs_work *page, const char **out)
{
    govsvc_value values[] = {gs_integer(head->tenant), gs_integer(head->id), gs_integer(head->revision)}, row;
    gs_rows rows;
    govsvc_status status = gs_query(page->connection,
                                    "SELECT row_hash FROM {journal_entry} WHERE tenant = $1 AND subject = $2 AND "
                                    "revision = $3 AND row_hash IS NOT NULL",
                                    values, 3, &rows);
    if (!status)
        status = gs_rows_next(&rows, &row, 1);
    if (!status && !(*out = gs_arena_copy(page->arena, row.as.bytes, row.size)))
        status = GOVSVC_NO_MEMORY;
    gs_rows_done(&rows);
    (void)to;
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

static govsvc_status part_hash(checking *to, const gs_row *row, gs_work *page, const char **out)
{
    const gs_record *record = row->table->record;
    const gs_head *head = gs_row_head(row);
    int64_t subject = *(int64_t *)((char *)row->at + record->subject);
    const char *part = gs_arena_print(page->arena, "%s:%lld", record->name, (long long)head->id);
    gs_entries entries;
    govsvc_status status = gs_journal_read_subject(page, gs_table_of(to->call->host, &gs_record_journal_entry), head->tenant,
                                                   subject, 0, 1000, &entries);
    *out = NULL;
    for (size_t i = 0; !status && i < entries.count && !*out; i++)
        *out = hash_in_payload(entries.items[i]->payload, part, head->revision, page->arena);
    return status ? status : *out ? GOVSVC_OK : GOVSVC_NOT_FOUND;
}

static govsvc_status check_row(checking *to, const gs_table *table, gs_work *page, int64_t id)
{
    gs_row *row;
    char hash[2 * GS_SM3_SIZE + 1];
    const char *known;
    const char *name = table->record->name;
    to->report->rows++;
    govsvc_status status = gs_row_load(page, table, id, &row);
    if (status == GOVSVC_CORRUPT)
        complain(to, "%s %lld: a column holds what it cannot", name, (long long)id);
    if (status)
        return status == GOVSVC_CORRUPT ? GOVSVC_OK : status;
    status = gs_row_hash(row, hash);
    if (!status)
        status = table->record->subject ? part_hash(to, row, page, &known)
                                        : journalled_hash(to, gs_row_head(row), page, &known);
    if (status == GOVSVC_NOT_FOUND)
        complain(to, "%s %lld: the journal does not know revision %lld", name, (long long)id,
                 (long long)gs_row_head(row)->revision);
    else if (!status && strcmp(known, hash) != 0)
        complain(to, "%s %lld: the row is not what the journal has for revision %lld", name, (long long)id,
                 (long long)gs_row_head(row)->revision);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* The identifiers of a page of a table. */
static govsvc_status page_ids(gs_work *page, const gs_table *table, int64_t after, int64_t ids[PAGE], size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(page, table->record)), gs_integer(after)}, row;
    gs_rows rows;
    govsvc_status status = gs_query(page->connection, table->page_sql, values, 2, &rows);
    *count = 0;
    while (!status && *count < PAGE && !(status = gs_rows_next(&rows, &row, 1)))
        ids[(*count)++] = row.as.integer;
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status check_table(checking *to, const gs_table *table)
{
    gs_work page = to->call->work;
    page.arena = gs_arena_new(&handle_of(to->call)->allocator, 0);
    if (!page.arena)
        return GOVSVC_NO_MEMORY;
    int64_t ids[PAGE], after = 0;
    size_t count = PAGE;
    govsvc_status status = GOVSVC_OK;
    while (!status && count == PAGE) {
        gs_arena_reset(page.arena);
        status = page_ids(&page, table, after, ids, &count);
        for (size_t i = 0; i < count && !status; i++)
            status = check_row(to, table, &page, ids[i]);
        after = count ? ids[count - 1] : after;
    }
    gs_arena_free(page.arena);
    return status;
}

/* What the journal says came to be must still be there. */
static govsvc_status check_presence(checking *to, gs_work *page, const govsvc_journal_entry *entry)
{
    const gs_record *record = record_of_kind(to->call->host, entry->kind);
    if (!record || entry->revision != 1 || !entry->row_hash)
        return GOVSVC_OK;
    gs_row *row;
    govsvc_status status = gs_row_load(page, gs_table_of(to->call->host, record), entry->subject, &row);
    if (status == GOVSVC_NOT_FOUND)
        complain(to, "%s %lld: the journal has it (entry %lld), the table does not", entry->kind, (long long)entry->subject,
                 (long long)entry->position);
    return status == GOVSVC_NOT_FOUND || status == GOVSVC_CORRUPT ? GOVSVC_OK : status;
}

static govsvc_status check_entries(checking *to, int64_t tenant)
{
    gs_work page = to->call->work;
    page.arena = gs_arena_new(&handle_of(to->call)->allocator, 0);
    if (!page.arena)
        return GOVSVC_NO_MEMORY;
    gs_entries entries = {.count = PAGE};
    int64_t after = 0;
    govsvc_status status = GOVSVC_OK;
    while (!status && entries.count == PAGE) {
        gs_arena_reset(page.arena);
        status = gs_journal_read(&page, gs_table_of(to->call->host, &gs_record_journal_entry), tenant, after, PAGE, &entries);
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
    const govsvc_driver *driver = gs_connection_driver(to->call->work.connection);
    govsvc_status status = gs_class_status(driver->check(gs_connection_raw(to->call->work.connection), engine_complains, to));
    for (const gs_table *const *table = to->call->host->tables; *table && !status; table++)
        if (!(*table)->record->sequence && !(*table)->record->internal)
            status = check_table(to, *table);
    if (!status)
        status = check_entries(to, gs_driver_embedded(driver) ? GOVSVC_ABSENT : to->call->work.tenant);
    return status;
}

static govsvc_status store_check(gs_call *call)
{
    checking to = {.call = call, .report = gs_arena_alloc(call->work.arena, sizeof(govsvc_store_report)),
                   .complaints = gs_arena_array(call->work.arena, COMPLAINTS_MAX, sizeof(char *))};
    govsvc_status status = allowed(call);
    if (status || !to.complaints)
        return status ? status : GOVSVC_NO_MEMORY;
    *to.report = (govsvc_store_report){.struct_size = sizeof *to.report, .added = GOVSVC_ABSENT, .complaints = to.complaints};
    status = check_all(&to);
    if (status == GOVSVC_CORRUPT && to.report->complaint_count) /* too damaged to go on; what was found is told */
        status = GOVSVC_OK;
    call->out = to.report;
    return status ? status : gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* ---- backup and migration ------------------------------------------------------------------------------------------------------- */

static govsvc_status give_report(gs_call *call, int64_t added)
{
    govsvc_store_report *report = gs_arena_alloc(call->work.arena, sizeof *report);
    if (!report)
        return GOVSVC_NO_MEMORY;
    gs_record_init(&gs_record_store_report, report);
    report->added = added;
    call->out = report;
    return GOVSVC_OK;
}

static govsvc_status store_backup(gs_call *call)
{
    const govsvc_store_request *in = call->in;
    const govsvc_driver *driver = gs_store_driver(handle_of(call)->store);
    govsvc_status status = allowed(call);
    if (status)
        return status;
    if (!(driver->capabilities & GOVSVC_DRIVER_BACKUP))
        return gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_UNSUPPORTED, .field = "", .rule = "backup"});
    if (!in->path)
        return gs_refuse(call, "/path", "required", NULL, NULL);
    gs_connection *connection;
    status = gs_store_acquire(handle_of(call)->store, &connection);
    if (status)
        return status;
    status = gs_class_status(driver->backup(gs_connection_raw(connection), in->path, NULL, NULL));
    if (status)
        gs_problem_add(call->work.problems, &(govsvc_problem){.status = status, .field = "/path", .rule = "store",
                                                              .got = gs_connection_message(connection)});
    gs_store_release(connection);
    return status ? status : give_report(call, GOVSVC_ABSENT);
}

static govsvc_status store_migrate(gs_call *call)
{
    govsvc *gs = handle_of(call);
    int64_t added = 0;
    gs_connection *connection;
    govsvc_status status = allowed(call);
    if (!status)
        status = gs_store_acquire(gs->store, &connection);
    if (status)
        return status;
    status = gs_complete(gs, connection, call->work.arena, &added);
    gs_store_release(connection);
    return status ? status : give_report(call, added);
}

/* ---- the service -------------------------------------------------------------------------------------------------------------------- */

enum { READERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR | GS_ROLE_SYSTEM };

static const gs_operation operations[] = {
    {.name = "tick", .title = "推进", .in = &gs_record_tick_request, .out = &gs_record_tick_report, .kind = GS_RUN,
     .run = tick, .roles = GS_ROLE_ADMINISTRATOR | GS_ROLE_SYSTEM, .alone = true},
    {.name = "journal.feed", .title = "日志流", .in = &gs_record_journal_request, .out = &gs_record_journal_page,
     .kind = GS_RUN, .run = feed, .roles = READERS},
    {.name = "journal.history", .title = "办理过程", .in = &gs_record_journal_request, .out = &gs_record_journal_page,
     .kind = GS_RUN, .run = history, .roles = GS_ROLE_ANY},
    {.name = "store.check", .title = "核对存储", .in = &gs_record_store_request, .out = &gs_record_store_report,
     .kind = GS_RUN, .run = store_check, .roles = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR},
    {.name = "store.backup", .title = "备份", .in = &gs_record_store_request, .out = &gs_record_store_report,
     .kind = GS_RUN, .run = store_backup, .roles = GS_ROLE_ADMINISTRATOR, .alone = true},
    {.name = "store.migrate", .title = "补建表和列", .in = &gs_record_store_request, .out = &gs_record_store_report,
     .kind = GS_RUN, .run = store_migrate, .roles = GS_ROLE_ADMINISTRATOR, .alone = true},
    {.name = NULL},
};

const gs_service gs_service_upkeep = {.operations = operations};
