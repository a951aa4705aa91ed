#include "journal/journal.h"

#include <string.h>

const gs_name gs_channel_names[] = {
    {GOVSVC_CHANNEL_WINDOW, "window", "窗口"},         {GOVSVC_CHANNEL_WEB, "web", "网页"},
    {GOVSVC_CHANNEL_MOBILE, "mobile", "移动端"},       {GOVSVC_CHANNEL_TERMINAL, "terminal", "自助终端"},
    {GOVSVC_CHANNEL_POST, "post", "邮寄"},             {GOVSVC_CHANNEL_ASSISTED, "assisted", "帮办代办"},
    {0, NULL, NULL},
};

#define ENTRY_FIELDS(T, F)                                                                                   \
    F(T, INT, position, "序号")                                                                              \
    F(T, ID, id, "标识")                                                                                     \
    F(T, INT, tenant, "租户")                                                                                \
    F(T, TIME, occurred_at, "发生时间")                                                                      \
    F(T, TIME, recorded_at, "记录时间")                                                                      \
    F(T, ID, subject, "对象")                                                                                \
    F(T, INT, revision, "版本号")                                                                            \
    F(T, NAME, channel, "渠道", .names = gs_channel_names)                                                   \
    F(T, TEXT, kind, "对象类型")                                                                             \
    F(T, TEXT, action, "动作")                                                                               \
    F(T, TEXT, from_state, "原状态")                                                                         \
    F(T, TEXT, to_state, "新状态")                                                                           \
    F(T, TEXT, actor, "操作人")                                                                              \
    F(T, TEXT, principal, "被代理人")                                                                        \
    F(T, JSON, payload, "内容")                                                                              \
    F(T, TEXT, row_hash, "行摘要")                                                                           \
    F(T, TEXT, request_key, "请求键")                                                                        \
    F(T, TEXT, origin, "来源")                                                                               \
    F(T, TEXT, opinion, "意见", .max = 2000, .lines = true, .level = 3)                                      \
    F(T, NONE, reserved, "")
static const gs_index entry_indexes[] = {{"subject", false}, {NULL, false}};
GS_RECORD(gs_record_journal_entry, govsvc_journal_entry, "journal_entry", "日志", ENTRY_FIELDS, .table = true,
          .sequence = true, .indexes = entry_indexes)

#define REQUEST_FIELDS(T, F)                                                                                 \
    F(T, INT, after, "从该序号之后")                                                                         \
    F(T, INT, limit, "条数", .least = 1, .most = 1000)                                                       \
    F(T, ID, subject, "对象")                                                                                \
    F(T, INT, tenant, "租户")
GS_RECORD(gs_record_journal_request, govsvc_journal_request, "journal_request", "日志查询", REQUEST_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, INT, next, "下一页起点")                                                                            \
    F(T, LIST, entries, "日志", .of = &gs_record_journal_entry, .count = offsetof(T, entry_count),           \
      .max = 1000)                                                                                           \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_journal_page, govsvc_journal_page, "journal_page", "日志页", PAGE_FIELDS)

/* ---- appending --------------------------------------------------------------------------------------- */

/* Free text counts as personal: the entry has its mark, the text is sealed beside it and can be erased. */
typedef struct sealed_opinion {
    govsvc_value sealed, mark, salt;
} sealed_opinion;

static gs_place place_of(const govsvc_journal_entry *entry)
{
    return (gs_place){.tenant = entry->tenant, .id = entry->id, .table = "journal_entry", .field = "opinion"};
}

static govsvc_status seal_opinion(gs_work *work, const govsvc_journal_entry *entry, sealed_opinion *out)
{
    *out = (sealed_opinion){gs_null(), gs_null(), gs_null()};
    if (!entry->opinion)
        return GOVSVC_OK;
    unsigned char *bytes = gs_arena_alloc(work->arena, GS_SALT_SIZE + GS_SM3_SIZE), nonce[16];
    if (!bytes)
        return GOVSVC_NO_MEMORY;
    if (!work->random(work->random_context, bytes, GS_SALT_SIZE) ||
        !work->random(work->random_context, nonce, sizeof nonce))
        return GOVSVC_INTERNAL;
    gs_crypto *crypto = gs_connection_crypto(work->connection);
    gs_place place = place_of(entry);
    size_t size = strlen(entry->opinion), sealed_size;
    const unsigned char *sealed;
    if (!gs_mark(crypto, &place, bytes, entry->opinion, size, bytes + GS_SALT_SIZE))
        return GOVSVC_INTERNAL;
    govsvc_status status =
        gs_seal(crypto, &place, nonce, entry->opinion, size, work->arena, &sealed, &sealed_size);
    if (!status)
        *out = (sealed_opinion){gs_bytes(sealed, sealed_size), gs_bytes(bytes + GS_SALT_SIZE, GS_SM3_SIZE),
                                gs_bytes(bytes, GS_SALT_SIZE)};
    return status;
}

static govsvc_value value_of(const gs_table *journal, uint32_t column, const govsvc_journal_entry *entry,
                             const sealed_opinion *opinion, gs_arena *arena)
{
    switch ((gs_column_role)journal->columns[column].role) {
    case GS_SEALED:
        return opinion->sealed;
    case GS_MARK:
        return opinion->mark;
    case GS_SALT:
        return opinion->salt;
    case GS_PLAIN:
    case GS_FIND:
        break;
    }
    return gs_field_encode(&journal->record->fields[journal->columns[column].field], entry, arena);
}

govsvc_status gs_journal_append(gs_work *work, const gs_table *journal, const govsvc_journal_entry *entry)
{
    govsvc_journal_entry full = *entry;
    full.position = GOVSVC_ABSENT;
    full.id = work->next_id(work->id_context);
    full.recorded_at = work->now;
    sealed_opinion opinion;
    govsvc_value values[GS_COLUMNS_MAX];
    govsvc_status status = seal_opinion(work, &full, &opinion);
    if (status)
        return status;
    for (uint32_t i = 0; i < journal->column_count; i++)
        values[i] = value_of(journal, i, &full, &opinion, work->arena);
    return gs_execute(work->connection, journal->insert_sql, values, journal->column_count, NULL);
}

/* ---- reading ----------------------------------------------------------------------------------------- */

/* The columns in the order of the record's fields; the sealed opinion is the last. */
enum { COLUMN_COUNT = 19 };
#define COLUMNS                                                                                              \
    "SELECT position, id, tenant, occurred_at, recorded_at, subject, revision, channel, kind, action, "      \
    "from_state, to_state, actor, principal, payload, row_hash, request_key, origin, opinion FROM {journal_entry} "

static govsvc_status unseal_opinion(gs_work *work, const govsvc_value *sealed, govsvc_journal_entry *entry)
{
    gs_place place = place_of(entry);
    size_t size;
    if (sealed->kind == GOVSVC_VALUE_NULL)
        return GOVSVC_OK;
    return gs_unseal(gs_connection_crypto(work->connection), &place, sealed->as.bytes, sealed->size,
                     work->arena, &entry->opinion, &size);
}

static govsvc_status take(gs_work *work, const govsvc_value *values, bool opinions,
                          const govsvc_journal_entry **out)
{
    govsvc_journal_entry *entry = gs_arena_alloc(work->arena, sizeof *entry);
    if (!entry)
        return GOVSVC_NO_MEMORY;
    gs_record_init(&gs_record_journal_entry, entry);
    govsvc_status status = GOVSVC_OK;
    for (uint32_t i = 0; i < COLUMN_COUNT - 1 && !status; i++) {
        govsvc_value value = gs_value_copy(&values[i], work->arena);
        status = gs_arena_failed(work->arena)
                     ? GOVSVC_NO_MEMORY
                     : gs_field_decode(&gs_record_journal_entry.fields[i], &value, entry, work->arena);
    }
    if (!status && opinions)
        status = unseal_opinion(work, &values[COLUMN_COUNT - 1], entry);
    *out = entry;
    return status;
}

static govsvc_status read_all(gs_work *work, const char *sql, const govsvc_value *values, size_t count,
                              int64_t limit, bool opinions, gs_entries *out)
{
    out->count = 0;
    out->items = gs_arena_array(work->arena, (size_t)limit, sizeof *out->items);
    govsvc_value row[COLUMN_COUNT];
    gs_rows rows;
    govsvc_status status =
        out->items ? gs_query(work->connection, sql, values, count, &rows) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    while (out->count < (size_t)limit && !(status = gs_rows_next(&rows, row, COLUMN_COUNT)) &&
           !(status = take(work, row, opinions, &out->items[out->count])))
        out->count++;
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

govsvc_status gs_journal_read(gs_work *work, int64_t tenant, int64_t after, int64_t limit, gs_entries *out)
{
    govsvc_value all[] = {gs_integer(after), gs_integer(limit)};
    govsvc_value one[] = {gs_integer(tenant), gs_integer(after), gs_integer(limit)};
    if (tenant == GOVSVC_ABSENT)
        return read_all(work, COLUMNS "WHERE position > $1 ORDER BY position LIMIT $2", all, 2, limit, false,
                        out);
    return read_all(work, COLUMNS "WHERE tenant = $1 AND position > $2 ORDER BY position LIMIT $3", one, 3,
                    limit, false, out);
}

/* On a server an entry has no position until it is sequenced; till then it comes after all that have one. */
#define PLACE "coalesce(position, 9223372036854775807)"

govsvc_status gs_journal_read_subject(gs_work *work, int64_t tenant, int64_t subject, int64_t after,
                                      int64_t limit, bool opinions, gs_entries *out)
{
    govsvc_value values[] = {gs_integer(tenant), gs_integer(subject), gs_integer(after), gs_integer(limit)};
    return read_all(
        work, COLUMNS "WHERE tenant = $1 AND subject = $2 AND " PLACE " > $3 ORDER BY " PLACE ", id LIMIT $4",
        values, 4, limit, opinions, out);
}

govsvc_status gs_journal_end(gs_work *work, int64_t tenant, int64_t *end)
{
    govsvc_value values[] = {gs_integer(tenant)};
    if (gs_driver_embedded(gs_connection_driver(work->connection)))
        return gs_query_integer(work->connection, "SELECT coalesce(max(position), 0) FROM {journal_entry}",
                                NULL, 0, end);
    return gs_query_integer(work->connection,
                            "SELECT coalesce(max(position), 0) FROM {journal_entry} WHERE tenant = $1",
                            values, 1, end);
}

/* ---- the sequencer of a server ----------------------------------------------------------------------- */

enum { SEQUENCE_SLICE = 1000 };

/* Writing the lease's row holds off every other sequencer of the tenant until commit. */
static govsvc_status take_lease(gs_work *work, int64_t tenant)
{
    govsvc_value values[] = {gs_integer(work->now), gs_integer(tenant)};
    int64_t changed = 0;
    govsvc_status status =
        gs_execute(work->connection,
                   "UPDATE {lease} SET fence = fence + 1, held_at = $1 WHERE tenant = $2 AND "
                   "name = 'sequencer'",
                   values, 2, &changed);
    if (status || changed)
        return status;
    govsvc_value fresh[] = {gs_integer(work->next_id(work->id_context)), gs_integer(tenant),
                            gs_integer(work->now)};
    return gs_execute(
        work->connection,
        "INSERT INTO {lease} (id, tenant, name, fence, held_at) VALUES ($1, $2, 'sequencer', 1, $3)", fresh,
        3, NULL);
}

govsvc_status gs_journal_sequence(gs_work *work, int64_t tenant, int64_t limit, int64_t *given)
{
    *given = 0;
    if (gs_driver_embedded(gs_connection_driver(work->connection)))
        return GOVSVC_OK;
    govsvc_status status = take_lease(work, tenant);
    int64_t last = 0;
    govsvc_value values[] = {gs_integer(tenant), gs_integer(limit < SEQUENCE_SLICE ? limit : SEQUENCE_SLICE)};
    if (!status)
        status = gs_journal_end(work, tenant, &last);
    int64_t pending[SEQUENCE_SLICE];
    size_t count = 0;
    if (!status)
        status = gs_query_integers(
            work->connection,
            "SELECT id FROM {journal_entry} WHERE tenant = $1 AND position IS NULL ORDER BY id LIMIT $2",
            values, 2, pending, SEQUENCE_SLICE, &count);
    for (size_t i = 0; i < count && !status; i++) {
        govsvc_value place[] = {gs_integer(last + (int64_t)i + 1), gs_integer(tenant),
                                gs_integer(pending[i])};
        status = gs_execute(work->connection,
                            "UPDATE {journal_entry} SET position = $1 WHERE tenant = $2 AND id = $3", place,
                            3, NULL);
    }
    if (!status)
        *given = (int64_t)count;
    return status;
}
