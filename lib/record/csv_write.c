#include "record/csv.h"

#include <string.h>

#include "record/value.h"

/* A quote where a reader could take the text for something else. */
static void write_cell(gs_buffer *out, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")] && *text != ' ') {
        gs_buffer_text(out, text);
        return;
    }
    gs_buffer_char(out, '"');
    for (;;) {
        size_t plain = strcspn(text, "\"");
        gs_buffer_add(out, text, plain);
        text += plain;
        if (!*text)
            break;
        gs_buffer_text(out, "\"\"");
        text++;
    }
    gs_buffer_char(out, '"');
}

static void write_value(gs_buffer *out, const gs_field *field, const void *at)
{
    char room[GS_VALUE_SIZE];
    gs_buffer list = {.arena = out->arena};
    if (gs_field_absent(field, at))
        return;
    if (field->kind != GS_TEXTS && field->kind != GS_LIST) {
        write_cell(out, gs_value_text(field, at, room));
        return;
    }
    gs_json_write_list(&list, field, at);
    if (list.text)
        write_cell(out, list.text);
}

/* The header where at is NULL. */
static void write_row(gs_buffer *out, const gs_record *record, const gs_record *stored, const void *at)
{
    bool some = false;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (field->kind == GS_NONE || !gs_record_field(stored, field->name))
            continue;
        if (some)
            gs_buffer_char(out, ',');
        if (at)
            write_value(out, field, at);
        else
            write_cell(out, field->name);
        some = true;
    }
    gs_buffer_text(out, "\r\n");
}

void gs_csv_write_columns(gs_buffer *out, const gs_record *record, const gs_record *stored)
{
    gs_buffer_text(out, "\xef\xbb\xbf");
    write_row(out, record, stored, NULL);
}

void gs_csv_write(gs_buffer *out, const gs_record *record, const gs_record *stored, const void *at)
{
    write_row(out, record, stored, at);
}
