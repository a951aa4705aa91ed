#include <string.h>

#include "record/value.h"
#include "record/xml.h"

void gs_xml_text(gs_buffer *out, const char *text)
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

static void write_items(gs_buffer *out, const gs_field *field, const void *at, int indent)
{
    const void *const *items = *gs_field_items(field, at);
    uint64_t count = items ? *gs_field_count(field, at) : 0;
    gs_buffer_char(out, '\n');
    for (uint64_t i = 0; i < count; i++) {
        if (field->kind == GS_LIST) {
            gs_xml_write(out, field->of->name, field->of, items[i], indent + 1);
            continue;
        }
        line(out, indent + 1);
        tag(out, "<", "item");
        gs_xml_text(out, items[i]);
        tag(out, "</", "item");
        gs_buffer_char(out, '\n');
    }
    line(out, indent);
}

void gs_xml_write(gs_buffer *out, const char *name, const gs_record *record, const void *at, int indent)
{
    char room[GS_VALUE_SIZE];
    line(out, indent);
    tag(out, "<", name);
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
            gs_xml_text(out, gs_value_text(field, at, room));
        tag(out, "</", field->name);
        gs_buffer_char(out, '\n');
    }
    line(out, indent);
    tag(out, "</", name);
    gs_buffer_char(out, '\n');
}
