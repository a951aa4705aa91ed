/* lib/api/upkeep.c - the rows of the library's own operations; backup and migration. */
#include "api/upkeep.h"

#include <string.h>

/* ---- records ----------------------------------------------------------------------------------------- */

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

govsvc_status gs_allowed(gs_call *call)
{
    uint32_t roles = call->operation->roles;
    return call->actor->roles & roles ? GOVSVC_OK : gs_denied(call->work.problems, roles, false);
}

const gs_record *gs_record_of_kind(const gs_host *host, const char *kind)
{
    for (const gs_table *const *table = host->tables; *table; table++)
        if (strcmp((*table)->record->name, kind) == 0)
            return (*table)->record;
    return NULL;
}

/* ---- backup and migration ---------------------------------------------------------------------------- */

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
    const govsvc_driver *driver = gs_store_driver(gs_handle_of(call)->store);
    govsvc_status status = gs_allowed(call);
    if (status)
        return status;
    if (!(driver->capabilities & GOVSVC_DRIVER_BACKUP))
        return gs_problem_add(call->work.problems,
                              &(govsvc_problem){.status = GOVSVC_UNSUPPORTED, .field = "", .rule = "backup"});
    if (!in->path)
        return gs_refuse(call, "/path", "required", NULL, NULL);
    gs_connection *connection;
    status = gs_store_acquire(gs_handle_of(call)->store, &connection);
    if (status)
        return status;
    status = gs_settle(connection, driver->backup(gs_connection_raw(connection), in->path, NULL, NULL));
    if (status)
        gs_problem_add(call->work.problems, &(govsvc_problem){.status = status,
                                                              .field = "/path",
                                                              .rule = "store",
                                                              .got = gs_connection_message(connection)});
    gs_store_release(connection);
    return status ? status : give_report(call, GOVSVC_ABSENT);
}

static govsvc_status store_migrate(gs_call *call)
{
    govsvc *gs = gs_handle_of(call);
    int64_t added = 0;
    gs_connection *connection;
    govsvc_status status = gs_allowed(call);
    if (!status)
        status = gs_store_acquire(gs->store, &connection);
    if (status)
        return status;
    status = gs_complete(gs, connection, call->work.arena, &added);
    gs_store_release(connection);
    return status ? status : give_report(call, added);
}

/* ---- the service ------------------------------------------------------------------------------------- */

enum { READERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR | GS_ROLE_SYSTEM };

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "tick", .title = "推进", .in = &gs_record_tick_request, .out = &gs_record_tick_report, .kind = GS_RUN,
     .run = gs_run_tick, .roles = GS_ROLE_ADMINISTRATOR | GS_ROLE_SYSTEM, .alone = true},
    {.name = "journal.feed", .title = "日志流", .in = &gs_record_journal_request, .out = &gs_record_journal_page,
     .kind = GS_RUN, .run = gs_run_feed, .roles = READERS},
    {.name = "journal.history", .title = "办理过程", .in = &gs_record_journal_request, .out = &gs_record_journal_page,
     .kind = GS_RUN, .run = gs_run_history, .roles = GS_ROLE_ANY, .discloses = true},
    {.name = "store.check", .title = "核对存储", .in = &gs_record_store_request, .out = &gs_record_store_report,
     .kind = GS_RUN, .run = gs_run_store_check, .roles = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR},
    {.name = "store.backup", .title = "备份", .in = &gs_record_store_request, .out = &gs_record_store_report,
     .kind = GS_RUN, .run = store_backup, .roles = GS_ROLE_ADMINISTRATOR, .alone = true},
    {.name = "store.migrate", .title = "补建表和列", .in = &gs_record_store_request, .out = &gs_record_store_report,
     .kind = GS_RUN, .run = store_migrate, .roles = GS_ROLE_ADMINISTRATOR, .alone = true},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_upkeep = {.operations = operations};
