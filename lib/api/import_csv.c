/* CSV into an import: a row a record of the kind that the host named. */
#include "api/import.h"

#include "record/csv.h"
#include "text/decode.h"

/* Lives in an arena: it is too wide for a stack. */
typedef struct table {
    gs_decoder *decoder;
    gs_csv_columns columns;
    gs_csv_row row;
    gs_csv csv;
} table;

/* Spreadsheets leave rows of commas behind. */
static bool is_blank(const gs_csv_row *row)
{
    return row->cells && row->size == row->cells && !row->rule;
}

/* One in which something stands. */
static govsvc_status next_row(gs_importing *of, table *from)
{
    govsvc_status status;
    do {
        gs_arena_reset(of->arena);
        gs_problems_clear(of->problems);
        status = gs_csv_next(&from->csv, of->arena, &from->row);
    } while (!status && is_blank(&from->row));
    from->columns.encoding = gs_decoder_encoding(from->decoder);
    return status;
}

static govsvc_status take_row(gs_importing *of, const table *from)
{
    void *draft = gs_import_draft(of);
    govsvc_status status =
        draft ? gs_csv_read(&from->columns, &from->row, draft, of->arena, of->problems) : GOVSVC_NO_MEMORY;
    if (status == GOVSVC_NO_MEMORY)
        return status;
    bool read = !from->row.rule && from->row.cells == from->columns.count;
    return gs_import_take_read(of, read ? draft : NULL, from->row.line);
}

static govsvc_status read_rows(gs_importing *of, table *from)
{
    from->columns.record = of->operation->in;
    govsvc_status status = next_row(of, from);
    if (!status && from->row.cells)
        status = gs_csv_read_columns(&from->columns, &from->row, of->of_document);
    while (!status && from->row.cells) {
        status = next_row(of, from);
        if (!status && from->row.cells)
            status = take_row(of, from);
    }
    return status;
}

govsvc_status gs_import_csv(gs_importing *of)
{
    const govsvc_allocator *allocator = &of->session->gs->allocator;
    const char *encoding = of->from.marked ? "UTF-8" : of->in->encoding;
    gs_arena *whole = gs_arena_new(allocator, sizeof(table));
    table *from = whole ? gs_arena_root(whole) : NULL;
    govsvc_status status = GOVSVC_NO_MEMORY;
    if (from)
        from->decoder = gs_decoder_new(encoding, gs_import_read, &of->from, allocator);
    if (from && from->decoder) {
        of->operation = gs_put_of(&of->session->gs->host, of->in->record);
        gs_csv_init(&from->csv, gs_decoder_read, from->decoder);
        status = read_rows(of, from);
        gs_decoder_free(from->decoder);
    }
    gs_arena_free(whole);
    return status;
}
