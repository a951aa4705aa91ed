/* The data dictionary: a record's field table as JSON Schema 2020-12. */
#include "base/text.h"
#include "record/json_parse.h"
#include "codes/codes.h"
#include "record/record.h"

enum { TEXT_DEFAULT = 200, JSON_DEFAULT = 65536, ITEMS_DEFAULT = 100 };

/* The kinds, as the schema calls them. */
static const struct {
    const char *kind;
    const char *type; /* JSON text */
    const char *format;
} kinds[] = {
    [GS_ID] = {"id", "\"string\"", NULL},
    [GS_INT] = {"integer", "\"integer\"", NULL},
    [GS_TIME] = {"time", "\"string\"", "date-time"},
    [GS_FLAG] = {"flag", "\"boolean\"", NULL},
    [GS_NAME] = {"name", "\"string\"", NULL},
    [GS_TEXT] = {"text", "\"string\"", NULL},
    [GS_DATE] = {"date", "\"string\"", "date"},
    [GS_JSON] = {"json", "[\"object\",\"array\"]", NULL},
    [GS_TEXTS] = {"texts", "\"array\"", NULL},
    [GS_LIST] = {"list", "\"array\"", NULL},
};

/* ,"enum":["a","b"],"x-titles":["甲","乙"] */
static void names_member(gs_buffer *out, const char *name, const gs_name *names, bool titles)
{
    gs_json_member(out, name);
    gs_buffer_char(out, '[');
    for (const gs_name *row = names; row->name; row++) {
        if (row != names)
            gs_buffer_char(out, ',');
        gs_json_text(out, titles && row->title ? row->title : row->name);
    }
    gs_buffer_char(out, ']');
}

static void choices(gs_buffer *out, const gs_name *names)
{
    names_member(out, "enum", names, false);
    names_member(out, "x-titles", names, true);
}

static void object(gs_buffer *out, const gs_record *record);

static void limits(gs_buffer *out, const gs_field *field)
{
    bool any = field->least == 0 && field->most == 0;
    switch (field->kind) {
    case GS_ID:
        gs_json_text_member(out, "pattern", "^[1-9][0-9]{0,18}$");
        break;
    case GS_INT:
        gs_json_integer_member(out, "minimum", field->least);
        gs_json_integer_member(out, "maximum", any ? GS_JSON_INTEGER_MOST : field->most);
        break;
    case GS_NAME:
        choices(out, field->names);
        break;
    case GS_TEXT:
        gs_json_integer_member(out, "maxLength", field->max ? field->max : TEXT_DEFAULT);
        if (field->code)
            gs_json_text_member(out, "x-code", govsvc_code_kind_name(field->code));
        break;
    case GS_JSON:
        gs_json_integer_member(out, "x-max-bytes", field->max ? field->max : JSON_DEFAULT);
        break;
    default:
        break;
    }
}

static void items(gs_buffer *out, const gs_field *field)
{
    gs_json_integer_member(out, "maxItems", field->max ? field->max : ITEMS_DEFAULT);
    gs_buffer_text(out, ",\"items\":{\"type\":");
    if (field->kind == GS_TEXTS) {
        gs_buffer_text(out, "\"string\"");
        gs_json_integer_member(out, "maxLength", TEXT_DEFAULT);
        if (field->names)
            choices(out, field->names);
    } else {
        gs_buffer_text(out, "\"object\"");
        object(out, field->of);
    }
    gs_buffer_char(out, '}');
}

static void property(gs_buffer *out, const gs_field *field)
{
    gs_json_text(out, field->name);
    gs_buffer_text(out, ":{\"type\":");
    gs_buffer_text(out, kinds[field->kind].type);
    gs_json_text_member(out, "title", field->title);
    gs_json_text_member(out, "format", kinds[field->kind].format);
    limits(out, field);
    if (field->kind == GS_TEXTS || field->kind == GS_LIST)
        items(out, field);
    gs_json_text_member(out, "x-kind", kinds[field->kind].kind);
    gs_json_integer_member(out, "x-level", field->level ? field->level : 1);
    if (field->system)
        gs_buffer_text(out, ",\"readOnly\":true");
    gs_buffer_char(out, '}');
}

/* ,"required":["a","b"]; nothing where nothing is. */
static void required(gs_buffer *out, const gs_record *record)
{
    bool some = false;
    for (uint32_t i = 0; i < record->field_count; i++) {
        if (!record->fields[i].need)
            continue;
        gs_buffer_text(out, some ? "," : ",\"required\":[");
        gs_json_text(out, record->fields[i].name);
        some = true;
    }
    if (some)
        gs_buffer_char(out, ']');
}

/* The members of an object's schema behind its type. */
static void object(gs_buffer *out, const gs_record *record)
{
    bool some = false;
    gs_json_text_member(out, "title", record->title);
    gs_json_text_member(out, "x-record", record->name);
    gs_buffer_text(out, ",\"properties\":{");
    for (uint32_t i = 0; i < record->field_count; i++) {
        if (record->fields[i].kind == GS_NONE)
            continue;
        if (some)
            gs_buffer_char(out, ',');
        property(out, &record->fields[i]);
        some = true;
    }
    gs_buffer_char(out, '}');
    required(out, record);
    gs_buffer_text(out, ",\"additionalProperties\":false");
}

void gs_record_describe(gs_buffer *out, const gs_record *record)
{
    gs_buffer_text(out, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\"");
    object(out, record);
    gs_buffer_char(out, '}');
}
