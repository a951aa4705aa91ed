/* lib/api/keeping.c - the mechanism's own tables: settings, leases, cursors, request keys; and migration. */
#include "api/handle.h"

#include <stdio.h>
#include <string.h>

#define SETTING_FIELDS(T, F)                                                                                 \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, TEXT, name, "名称")                                                                                 \
    F(T, TEXT, value, "值", .max = 4000)
typedef struct setting {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    const char *name;
    const char *value;
} setting;
GS_RECORD(gs_record_setting, setting, "setting", "设置", SETTING_FIELDS, .table = true, .internal = true,
          .key = "name")

#define LEASE_FIELDS(T, F)                                                                                   \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, TEXT, name, "名称")                                                                                 \
    F(T, TEXT, holder, "持有者")                                                                             \
    F(T, INT, fence, "栅号")                                                                                 \
    F(T, TIME, held_at, "持有至")
typedef struct lease {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    const char *name;
    const char *holder;
    int64_t fence;
    int64_t held_at;
} lease;
GS_RECORD(gs_record_lease, lease, "lease", "租约", LEASE_FIELDS, .table = true, .internal = true,
          .key = "name")

#define CURSOR_FIELDS(T, F)                                                                                  \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, TEXT, name, "名称")                                                                                 \
    F(T, NONE, reserved, "")                                                                                 \
    F(T, INT, place, "位置")                                                                                 \
    F(T, INT, mark, "条内位置")
typedef struct cursor {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    const char *name;
    const void *reserved;
    int64_t place;
    int64_t mark;
} cursor;
GS_RECORD(gs_record_cursor, cursor, "follower", "跟随者位置", CURSOR_FIELDS, .table = true, .internal = true,
          .key = "name")

#define REQUEST_FIELDS(T, F)                                                                                 \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, TEXT, actor, "操作人")                                                                              \
    F(T, TEXT, request_key, "请求键")                                                                        \
    F(T, TEXT, operation, "操作")                                                                            \
    F(T, TEXT, digest, "内容摘要")                                                                           \
    F(T, ID, subject, "对象")
typedef struct request {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    const char *actor;
    const char *request_key;
    const char *operation;
    const char *digest;
    int64_t subject;
} request;
GS_RECORD(gs_record_request, request, "request", "请求键", REQUEST_FIELDS, .table = true, .internal = true,
          .key = "actor, request_key")

static const gs_record *const records[] = {&gs_record_setting, &gs_record_journal_entry, &gs_record_request,
                                           &gs_record_lease,   &gs_record_cursor,        NULL};

const gs_service gs_service_keeping = {.records = records};

/* ---- settings ---------------------------------------------------------------------------------------- */

govsvc_status gs_setting_get(gs_work *work, const char *name, const char **value)
{
    govsvc_value key[] = {gs_integer(work->tenant / 100 * 100), gs_text(name)}, row;
    gs_rows rows;
    govsvc_status status = gs_query(
        work->connection, "SELECT value FROM {setting} WHERE tenant = $1 AND name = $2", key, 2, &rows);
    if (!status)
        status = gs_rows_next(&rows, &row, 1);
    const char *copy = NULL;
    if (!status)
        copy = row.kind == GOVSVC_VALUE_TEXT ? gs_arena_copy(work->arena, row.as.bytes, row.size) : NULL;
    gs_rows_done(&rows);
    if (!status && !copy)
        status = GOVSVC_NO_MEMORY;
    if (!status)
        *value = copy;
    return status;
}

govsvc_status gs_setting_put(gs_work *work, const char *name, const char *value)
{
    int64_t changed = 0;
    govsvc_value now[] = {gs_text(value), gs_integer(work->now), gs_integer(work->tenant / 100 * 100),
                          gs_text(name)};
    govsvc_status status = gs_execute(
        work->connection, "UPDATE {setting} SET value = $1, updated_at = $2 WHERE tenant = $3 AND name = $4",
        now, 4, &changed);
    if (status || changed)
        return status;
    govsvc_value fresh[] = {gs_integer(work->next_id(work->id_context)), gs_integer(work->tenant / 100 * 100),
                            gs_text(name), gs_text(value), gs_integer(work->now)};
    return gs_execute(
        work->connection,
        "INSERT INTO {setting} (id, tenant, name, value, created_at) VALUES ($1, $2, $3, $4, $5)", fresh, 5,
        NULL);
}

/* ---- migration --------------------------------------------------------------------------------------- */

govsvc_status gs_migrate(govsvc *gs, gs_connection *connection, int64_t *added)
{
    gs_arena *arena = gs_arena_new(&gs->allocator, 0);
    if (!arena)
        return GOVSVC_NO_MEMORY;
    *added = 0;
    govsvc_status status = gs_begin(connection, true);
    for (const gs_table *const *table = gs->host.tables; *table && !status; table++)
        status = gs_table_migrate(*table, connection, arena, added);
    if (!status)
        status = gs_commit(connection);
    gs_rollback(connection);
    gs_arena_free(arena);
    return status;
}
