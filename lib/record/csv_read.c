/* Rows into records: which member a column is, and what its cells say. */
#include <string.h>

#include "base/text.h"
#include "record/csv.h"
#include "record/value.h"

static const gs_path root = {NULL, "", 0};

static bool garbled(const char *cell)
{
    const char *rule = gs_text_look(cell, true).rule;
    return rule && strcmp(rule, "utf8") == 0;
}

/* What the tokens were wrong in; the member is named where its column is known. */
static govsvc_status tell_row(const gs_csv_columns *of, const gs_csv_row *row, gs_problems *problems)
{
    gs_arena *arena = gs_problems_arena(problems);
    gs_path member = {&root, row->wrong < of->count ? of->fields[row->wrong]->name : "", 0};
    const gs_path *path = row->wrong < of->count ? &member : &root;
    long long line = (long long)row->wrong_line;
    if (strcmp(row->rule, "too_large") == 0)
        return gs_path_tell(path, problems, row->rule, gs_arena_print(arena, "%d", GS_CSV_ROW_MAX), "more");
    if (strcmp(row->rule, "character") == 0)
        return gs_path_tell(path, problems, row->rule, NULL, "U+0000");
    return gs_path_tell(path, problems, row->rule, NULL,
                        strcmp(row->rule, "quote") == 0
                            ? gs_arena_print(arena, "%lld", line)
                            : gs_arena_print(arena, "%lld..%lld", (long long)row->line, line));
}

/* ---- columns ----------------------------------------------------------------------------------------- */

/* By its title, where only one has it. */
static const gs_field *field_titled(const gs_record *record, const char *title)
{
    const gs_field *found = NULL;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (field->kind == GS_NONE || strcmp(field->title, title) != 0)
            continue;
        if (found)
            return NULL;
        found = field;
    }
    return found;
}

static bool stands_already(const gs_csv_columns *of, const gs_field *field)
{
    for (size_t i = 0; i < of->count; i++)
        if (of->fields[i] == field)
            return true;
    return false;
}

static void tell_column(const gs_csv_columns *of, const char *cell, const char *rule, gs_problems *problems)
{
    const gs_path path = {&root, cell, 0};
    if (garbled(cell))
        gs_path_tell(&path, problems, "encoding", of->encoding, NULL);
    else
        gs_path_tell(&path, problems, rule, NULL, NULL);
}

govsvc_status gs_csv_read_columns(gs_csv_columns *of, const gs_csv_row *row, gs_problems *problems)
{
    const char *cell = row->text;
    of->count = 0;
    if (row->rule)
        return tell_row(of, row, problems);
    for (size_t i = 0; i < row->cells; i++, cell += strlen(cell) + 1) {
        const gs_field *field = gs_record_field(of->record, cell);
        if (!field)
            field = field_titled(of->record, cell);
        if (field && !stands_already(of, field))
            of->fields[of->count++] = field;
        else
            tell_column(of, cell, field ? "duplicate" : "unknown_field", problems);
    }
    return gs_problems_status(problems);
}

/* ---- rows -------------------------------------------------------------------------------------------- */

static govsvc_status read_cell(const gs_csv_columns *of, const gs_field *field, char *cell, void *out,
                               gs_arena *arena, gs_problems *problems)
{
    const gs_path path = {&root, field->name, 0};
    size_t size = strlen(cell);
    if (size == 0)
        return GOVSVC_OK;
    if (garbled(cell))
        return gs_path_tell(&path, problems, "encoding", of->encoding, NULL);
    if (field->kind == GS_TEXTS || field->kind == GS_LIST)
        return gs_json_read_field(field, cell, size, out, arena, &path, problems);
    return gs_value_parse(field, cell, size, out, arena, &path, problems);
}

govsvc_status gs_csv_read(const gs_csv_columns *of, const gs_csv_row *row, void *out, gs_arena *arena,
                          gs_problems *problems)
{
    char *cell = row->text;
    if (row->rule)
        return tell_row(of, row, problems);
    if (row->cells != of->count)
        return gs_path_tell(&root, problems, "columns",
                            gs_arena_print(gs_problems_arena(problems), "%zu", of->count),
                            gs_arena_print(gs_problems_arena(problems), "%zu", row->cells));
    for (size_t i = 0; i < of->count; i++) {
        char *next = cell + strlen(cell) + 1;
        if (read_cell(of, of->fields[i], cell, out, arena, problems) == GOVSVC_NO_MEMORY)
            return GOVSVC_NO_MEMORY;
        cell = next;
    }
    return gs_problems_status(problems);
}
