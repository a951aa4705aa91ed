/* Records as JSON. Written by hand, run by run: this stands on the way of every result. */
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "record/record.h"

/* Characters of a string that cannot stand as they are: what follows the backslash, 'u' for a number. */
static const char escapes[256] = {
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',         'u',
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', ['"'] = '"', ['\\'] = '\\',
};

static void escape(gs_buffer *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char text[6] = {'\\', escapes[c], '0', '0', hex[c >> 4], hex[c & 15]};
    gs_buffer_add(out, text, text[1] == 'u' ? 6 : 2);
}

void gs_json_text(gs_buffer *out, const char *text)
{
    gs_buffer_char(out, '"');
    for (;;) {
        const char *from = text;
        while (!escapes[(unsigned char)*text])
            text++;
        gs_buffer_add(out, from, (size_t)(text - from));
        if (!*text)
            break;
        escape(out, (unsigned char)*text++);
    }
    gs_buffer_char(out, '"');
}

void gs_json_integer(gs_buffer *out, int64_t number)
{
    char digits[GS_INTEGER_SIZE];
    gs_buffer_add(out, digits, gs_integer_write(number, digits));
}

void gs_json_time(gs_buffer *out, int64_t at)
{
    char text[GS_MOMENT_SIZE + 2] = {'"'};
    size_t size = gs_moment_write(at, text + 1);
    text[size + 1] = '"';
    gs_buffer_add(out, text, size + 2);
}

void gs_json_id(gs_buffer *out, int64_t id)
{
    gs_buffer_char(out, '"');
    gs_json_integer(out, id);
    gs_buffer_char(out, '"');
}

void gs_json_member(gs_buffer *out, const char *name)
{
    gs_buffer_char(out, ',');
    gs_json_text(out, name);
    gs_buffer_char(out, ':');
}

void gs_json_text_member(gs_buffer *out, const char *name, const char *value)
{
    if (!value)
        return;
    gs_json_member(out, name);
    gs_json_text(out, value);
}

void gs_json_integer_member(gs_buffer *out, const char *name, int64_t value)
{
    gs_json_member(out, name);
    gs_json_integer(out, value);
}

/* A value that has no name here was written by a newer library: its number is better than nothing. */
static void write_name(gs_buffer *out, const gs_field *field, int64_t value)
{
    const char *name = gs_name_of(field->names, value);
    if (name)
        gs_json_text(out, name);
    else
        gs_json_integer(out, value);
}

void gs_json_write_value(gs_buffer *out, const gs_field *field, const void *at)
{
    switch (field->kind) {
    case GS_ID:
        gs_json_id(out, *gs_field_integer(field, at));
        break;
    case GS_INT:
        gs_json_integer(out, *gs_field_integer(field, at));
        break;
    case GS_TIME:
        gs_json_time(out, *gs_field_integer(field, at));
        break;
    case GS_FLAG:
        gs_buffer_text(out, *gs_field_integer(field, at) == GOVSVC_YES ? "true" : "false");
        break;
    case GS_NAME:
        write_name(out, field, *gs_field_integer(field, at));
        break;
    case GS_JSON:
        gs_buffer_text(out, *gs_field_text(field, at));
        break;
    case GS_TEXTS:
    case GS_LIST:
        gs_json_write_list(out, field, at);
        break;
    default:
        gs_json_text(out, *gs_field_text(field, at));
    }
}

void gs_json_write_list(gs_buffer *out, const gs_field *field, const void *at)
{
    const void *const *items = *gs_field_items(field, at);
    uint64_t count = items ? *gs_field_count(field, at) : 0;
    gs_buffer_char(out, '[');
    for (uint64_t i = 0; i < count; i++) {
        if (i)
            gs_buffer_char(out, ',');
        if (!items[i])
            gs_buffer_text(out, "null");
        else if (field->kind == GS_TEXTS)
            gs_json_text(out, items[i]);
        else
            gs_json_write(out, field->of, items[i]);
    }
    gs_buffer_char(out, ']');
}

void gs_json_write(gs_buffer *out, const gs_record *record, const void *at)
{
    char before = '{';
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (gs_field_absent(field, at))
            continue;
        const char open[] = {before, '"'};
        gs_buffer_add(out, open, 2);
        gs_buffer_text(out, field->name);
        gs_buffer_add(out, "\":", 2);
        gs_json_write_value(out, field, at);
        before = ',';
    }
    gs_buffer_text(out, before == '{' ? "{}" : "}");
}
