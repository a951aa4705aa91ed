#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "record/xml.h"

static void write_text(gs_buffer *out, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "&<>");
        gs_buffer_add(out, text, plain);
        text += plain;
        if (!*text)
            return;
        gs_buffer_text(out, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
        text++;
    }
}

static void tag(gs_buffer *out, const char *before, const char *name)
{
    gs_buffer_text(out, before);
    gs_buffer_text(out, name);
    gs_buffer_char(out, '>');
}

static void line(gs_buffer *out, int indent)
{
    for (int i = 0; i < indent; i++)
        gs_buffer_text(out, "  ");
}

static void write_value(gs_buffer *out, const gs_field *field, const void *at)
{
    char text[GS_MOMENT_SIZE];
    const char *name;
    switch (field->kind) {
    case GS_ID:
    case GS_INT:
        gs_buffer_add(out, text, gs_integer_write(*gs_field_integer(field, at), text));
        break;
    case GS_TIME:
        gs_buffer_add(out, text, gs_moment_write(*gs_field_integer(field, at), text));
        break;
    case GS_FLAG:
        gs_buffer_text(out, *gs_field_integer(field, at) == GOVSVC_YES ? "true" : "false");
        break;
    case GS_NAME:
        name = gs_name_of(field->names, *gs_field_integer(field, at));
        gs_buffer_text(out, name ? name : "");
        break;
    default:
        write_text(out, *gs_field_text(field, at));
    }
}

static void write_items(gs_buffer *out, const gs_field *field, const void *at, int indent)
{
    const void *const *items = *gs_field_items(field, at);
    uint64_t count = items ? *gs_field_count(field, at) : 0;
    gs_buffer_char(out, '\n');
    for (uint64_t i = 0; i < count; i++) {
        if (field->kind == GS_LIST) {
            gs_xml_write(out, field->of, items[i], indent + 1);
            continue;
        }
        line(out, indent + 1);
        tag(out, "<", "item");
        write_text(out, items[i]);
        tag(out, "</", "item");
        gs_buffer_char(out, '\n');
    }
    line(out, indent);
}

void gs_xml_write(gs_buffer *out, const gs_record *record, const void *at, int indent)
{
    line(out, indent);
    tag(out, "<", record->name);
    gs_buffer_char(out, '\n');
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (gs_field_absent(field, at))
            continue;
        line(out, indent + 1);
        tag(out, "<", field->name);
        if (field->kind == GS_TEXTS || field->kind == GS_LIST)
            write_items(out, field, at, indent + 1);
        else
            write_value(out, field, at);
        tag(out, "</", field->name);
        gs_buffer_char(out, '\n');
    }
    line(out, indent);
    tag(out, "</", record->name);
    gs_buffer_char(out, '\n');
}
