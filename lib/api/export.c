/* lib/api/export.c - records out of the store, as govsvc_import() takes them back.
 *
 * May use: record, flow, export_format. In the order of their natural keys, byte by byte, whatever the engine's
 * collation: one store's export is the next one's input and comes out of it unchanged.
 */
#include "api/transfer.h"

#include <stdlib.h>
#include <string.h>

/* Where a row stands. */
typedef struct place {
    const char *key;
    int64_t id;
} place;

typedef struct exporting {
    gs_call call; /* its arena is emptied with every row */
    const govsvc_export_request *in;
    const gs_export_format *format;
    gs_arena *places; /* of the table that is read */
    int64_t records;
    int64_t bytes;
} exporting;

/* ---- order ------------------------------------------------------------------------------------------- */

/* The values of the natural key, so that texts in their order are keys in theirs. */
static const char *key_of(const gs_row *row, gs_arena *arena)
{
    gs_buffer key = {.arena = arena};
    const gs_record *record = row->table->record;
    for (const char *at = record->key; at && *at; at += strspn(at, ", ")) {
        size_t size = strcspn(at, ", ");
        for (uint32_t i = 0; i < record->field_count; i++) {
            const gs_field *field = &record->fields[i];
            if (strlen(field->name) != size || strncmp(field->name, at, size) != 0)
                continue;
            if (field->kind == GS_TEXT || field->kind == GS_DATE)
                gs_buffer_text(&key, *gs_field_text(field, row->at) ? *gs_field_text(field, row->at) : "");
            else
                gs_buffer_print(&key, "%020lld", (long long)*gs_field_integer(field, row->at));
            gs_buffer_char(&key, '\1');
        }
        at += size;
    }
    return key.text;
}

static int by_key(const void *a, const void *b)
{
    const place *one = a, *other = b;
    int order = strcmp(one->key, other->key);
    return order ? order : (one->id > other->id) - (one->id < other->id);
}

/* A version that another one has replaced under the same number is history, not a draft. */
static bool is_replaced(const gs_row *row)
{
    const gs_field *field = gs_record_field(row->table->record, "replaced_at");
    return field && !gs_field_absent(field, row->at);
}

typedef struct places {
    place *items;
    size_t count, room;
} places;

static govsvc_status add_place(exporting *of, places *to, const gs_row *row)
{
    if (to->count == to->room) {
        size_t room = to->room ? to->room * 2 : 256;
        place *wider = gs_arena_array(of->places, room, sizeof *wider);
        if (!wider)
            return GOVSVC_NO_MEMORY;
        if (to->count)
            memcpy(wider, to->items, to->count * sizeof *wider);
        to->items = wider;
        to->room = room;
    }
    const char *key = key_of(row, of->places);
    if (gs_arena_failed(of->places))
        return GOVSVC_NO_MEMORY;
    to->items[to->count++] = (place){key, gs_row_head(row)->id};
    return GOVSVC_OK;
}

/* ---- pages ------------------------------------------------------------------------------------------- */

static govsvc_status find_places(exporting *of, const gs_table *table, places *to)
{
    int64_t ids[GS_PAGE], after = 0;
    size_t count = GS_PAGE;
    govsvc_status status = GOVSVC_OK;
    while (!status && count == GS_PAGE) {
        status = gs_table_page(&of->call.work, table, after, ids, &count);
        for (size_t i = 0; i < count && !status; i++) {
            gs_row *row;
            gs_arena_reset(of->call.work.arena);
            status = gs_row_load(&of->call.work, table, ids[i], &row);
            if (!status && !is_replaced(row))
                status = add_place(of, to, row);
        }
        after = count ? ids[count - 1] : after;
    }
    if (!status && to->count)
        qsort(to->items, to->count, sizeof *to->items, by_key);
    return status;
}

/* ---- rows -------------------------------------------------------------------------------------------- */

/* What was made in the call's arena. */
static govsvc_status give(exporting *of, const gs_buffer *out)
{
    if (gs_arena_failed(of->call.work.arena))
        return GOVSVC_NO_MEMORY;
    if (out->size && !of->in->write(of->in->write_context, out->text, out->size))
        return GOVSVC_CANCELLED;
    of->bytes += (int64_t)out->size;
    return GOVSVC_OK;
}

static bool tell(const exporting *of)
{
    return !of->in->progress || of->in->progress(of->in->progress_context, of->records, of->bytes);
}

/* Personal members, if a record that can be put ever has some, are not opened and so are left out. */
static govsvc_status export_row(exporting *of, const gs_table *table, const gs_operation *put, int64_t id)
{
    gs_row *row;
    gs_arena_reset(of->call.work.arena);
    govsvc_status status = gs_row_load(&of->call.work, table, id, &row);
    if (!status)
        status = gs_row_open(row, false);
    if (status)
        return status;
    void *draft = gs_arena_alloc(of->call.work.arena, put->in->size);
    if (!draft)
        return GOVSVC_NO_MEMORY;
    gs_record_init(put->in, draft);
    gs_record_share(put->in, draft, table->record, row->at);
    gs_buffer out = {.arena = of->call.work.arena};
    of->format->record(&out, table->record, put->in, draft);
    status = give(of, &out);
    of->records += !status;
    return status || of->records % GS_PROGRESS_EVERY || tell(of) ? status : GOVSVC_CANCELLED;
}

static govsvc_status export_table(exporting *of, const gs_table *table, const gs_operation *put)
{
    places found = {.count = 0};
    gs_arena_reset(of->places);
    govsvc_status status = find_places(of, table, &found);
    for (size_t i = 0; i < found.count && !status; i++)
        status = export_row(of, table, put, found.items[i].id);
    return status;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static govsvc_status begin_document(exporting *of)
{
    const gs_operation *put = of->in->record ? gs_put_of(of->call.host, of->in->record) : NULL;
    gs_buffer out = {.arena = of->call.work.arena};
    if (of->format->begin)
        of->format->begin(&out, put ? put->out : NULL, put ? put->in : NULL);
    return give(of, &out);
}

static govsvc_status end_document(exporting *of)
{
    gs_buffer out = {.arena = of->call.work.arena};
    gs_arena_reset(of->call.work.arena);
    if (of->format->end)
        of->format->end(&out);
    govsvc_status status = give(of, &out);
    return status || tell(of) ? status : GOVSVC_CANCELLED;
}

static govsvc_status export_tables(exporting *of)
{
    govsvc_status status = begin_document(of);
    for (const gs_table *const *table = of->call.host->tables; *table && !status; table++) {
        const char *name = (*table)->record->name;
        const gs_operation *put = gs_put_of(of->call.host, name);
        if (put && (!of->in->record || strcmp(of->in->record, name) == 0))
            status = export_table(of, *table, put);
    }
    return status ? status : end_document(of);
}

/* One reading transaction: the store as it is at one moment. In a batch it is that of the batch. */
static govsvc_status run(govsvc_session *session, exporting *of)
{
    gs_connection *connection = session->batch;
    govsvc_status status = connection ? GOVSVC_OK : gs_store_acquire(session->gs->store, &connection);
    if (status) {
        gs_tell_store(session, status, NULL);
        return status;
    }
    gs_arena *rows = gs_arena_new(&session->gs->allocator, 0);
    of->places = gs_arena_new(&session->gs->allocator, 0);
    gs_call_init(&of->call, session, connection, rows);
    status = rows && of->places ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    if (!status && !session->batch)
        status = gs_begin(connection, false);
    if (!status)
        status = export_tables(of);
    gs_tell_store(session, status, connection);
    gs_arena_free(of->places);
    gs_arena_free(rows);
    if (!session->batch)
        gs_store_release(connection);
    return status;
}

static govsvc_status check_request(govsvc_session *session, const govsvc_export_request *in,
                                   const gs_export_format *format)
{
    if (!format)
        gs_problem_add(session->problems, &(govsvc_problem){.field = "/format",
                                                            .rule = "choice",
                                                            .expected = "json_lines, xml, csv",
                                                            .got = "another number"});
    if (format && format->one_kind && !in->record)
        gs_problem_add(session->problems, &(govsvc_problem){.field = "/record", .rule = "required"});
    gs_check_kind(session, in->record);
    return gs_problems_status(session->problems);
}

govsvc_status govsvc_export(govsvc_session *session, const govsvc_export_request *in)
{
    enum { READERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR };
    govsvc_status status = gs_session_begin(session);
    if (status)
        return status;
    if (!in || in->struct_size < sizeof *in || !in->write)
        return GOVSVC_MISUSE;
    if (!gs_roles_within(&session->actor, READERS, NULL, NULL))
        return gs_denied(session->problems, READERS, false);
    exporting of = {.in = in, .format = gs_export_format_of(in->format)};
    status = check_request(session, in, of.format);
    return status ? status : run(session, &of);
}
