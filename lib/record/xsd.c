#include "record/xsd.h"

#include <string.h>

#include "govsvc/codes.h"
#include "record/json_parse.h"
#include "record/xml.h"

/* The kinds, as types of XML Schema: what each is derived from, and the form within it that is read. */
static const struct {
    const char *base;
    const char *pattern;
} kinds[] = {
    [GS_ID] = {"xs:token", "[1-9][0-9]{0,18}"},
    [GS_INT] = {"xs:long", "0|-?[1-9][0-9]*"},
    [GS_TIME] = {"xs:dateTime", ".*(Z|[+\\-][0-9]{2}:[0-9]{2})"},
    [GS_FLAG] = {"xs:boolean", "true|false"},
    [GS_NAME] = {"xs:token", NULL},
    [GS_TEXT] = {"xs:string", NULL},
    [GS_DATE] = {"xs:date", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
    [GS_JSON] = {"xs:string", NULL},
};

/* The shape of a checked number; its check characters no pattern can tell. */
static const char *const code_patterns[] = {
    [GOVSVC_CODE_CITIZEN_ID] = "[0-9]{17}[0-9X]|[0-9]{15}",
    [GOVSVC_CODE_USCC] = "[0-9A-HJ-NP-RTUWXY]{18}",
    [GOVSVC_CODE_ORG_CODE] = "[0-9A-Z]{8}-?[0-9A-Z]",
    [GOVSVC_CODE_DIVISION] = "[0-9]{6}([0-9]{3}){0,2}",
    [GOVSVC_CODE_MATTER] = "[0-9A-Z]{12}|[0-9A-Z]{31}([0-9]{2})?",
    [GOVSVC_CODE_CERTIFICATE_ID] = "[0-9A-Z.]+",
};

/* ---- lines ------------------------------------------------------------------------------------------- */

static void begin_line(gs_buffer *out, int indent)
{
    for (int i = 0; i < indent; i++)
        gs_buffer_text(out, "  ");
}

static void line(gs_buffer *out, int indent, const char *text)
{
    begin_line(out, indent);
    gs_buffer_text(out, text);
    gs_buffer_char(out, '\n');
}

/* <xs:NAME value="..."/> */
static void facet(gs_buffer *out, int indent, const char *name, const char *value)
{
    begin_line(out, indent);
    gs_buffer_print(out, "<xs:%s value=\"%s\"/>\n", name, value);
}

static void limit(gs_buffer *out, int indent, const char *name, int64_t value)
{
    begin_line(out, indent);
    gs_buffer_print(out, "<xs:%s value=\"%lld\"/>\n", name, (long long)value);
}

static void title(gs_buffer *out, int indent, const char *text)
{
    begin_line(out, indent);
    gs_buffer_text(out, "<xs:annotation><xs:documentation xml:lang=\"zh\">");
    gs_xml_text(out, text);
    gs_buffer_text(out, "</xs:documentation></xs:annotation>\n");
}

/* ---- values ------------------------------------------------------------------------------------------ */

static void names(gs_buffer *out, int indent, const gs_name *rows)
{
    for (const gs_name *row = rows; row->name; row++) {
        begin_line(out, indent);
        gs_buffer_print(out, "<xs:enumeration value=\"%s\">\n", row->name);
        if (row->title)
            title(out, indent + 1, row->title);
        line(out, indent, "</xs:enumeration>");
    }
}

/* A text that may be absent may be empty as well. */
static void text_facets(gs_buffer *out, int indent, const gs_field *field)
{
    if (field->code) {
        begin_line(out, indent);
        gs_buffer_print(out, "<xs:pattern value=\"(%s)%s\"/>\n", code_patterns[field->code],
                        field->need ? "" : "?");
    }
    if (field->need)
        limit(out, indent, "minLength", 1);
    limit(out, indent, "maxLength", gs_field_most(field));
}

static void facets(gs_buffer *out, int indent, const gs_field *field)
{
    bool any = field->least == 0 && field->most == 0;
    if (kinds[field->kind].pattern)
        facet(out, indent, "pattern", kinds[field->kind].pattern);
    if (field->kind == GS_INT) {
        limit(out, indent, "minInclusive", field->least);
        limit(out, indent, "maxInclusive", any ? GS_JSON_INTEGER_MOST : field->most);
    }
    if (field->kind == GS_NAME)
        names(out, indent, field->names);
    if (field->kind == GS_TEXT)
        text_facets(out, indent, field);
}

static void simple_type(gs_buffer *out, int indent, const gs_field *field)
{
    line(out, indent, "<xs:simpleType>");
    begin_line(out, indent + 1);
    gs_buffer_print(out, "<xs:restriction base=\"%s\">\n", kinds[field->kind].base);
    facets(out, indent + 2, field);
    line(out, indent + 1, "</xs:restriction>");
    line(out, indent, "</xs:simpleType>");
}

/* ---- lists and records ------------------------------------------------------------------------------- */

static void members(gs_buffer *out, int indent, const gs_record *record);

static void item(gs_buffer *out, int indent, const gs_field *field)
{
    static const gs_field text = {.kind = GS_TEXT};
    bool record = field->kind == GS_LIST;
    begin_line(out, indent);
    gs_buffer_print(out, "<xs:element name=\"%s\" minOccurs=\"%d\" maxOccurs=\"%u\">\n",
                    record ? field->of->name : "item", field->need, gs_field_most(field));
    if (record) {
        line(out, indent + 1, "<xs:complexType>");
        members(out, indent + 2, field->of);
        line(out, indent + 1, "</xs:complexType>");
    } else {
        simple_type(out, indent + 1, &text);
    }
    line(out, indent, "</xs:element>");
}

static void list_type(gs_buffer *out, int indent, const gs_field *field)
{
    line(out, indent, "<xs:complexType>");
    line(out, indent + 1, "<xs:sequence>");
    item(out, indent + 2, field);
    line(out, indent + 1, "</xs:sequence>");
    line(out, indent, "</xs:complexType>");
}

static void member(gs_buffer *out, int indent, const gs_field *field)
{
    begin_line(out, indent);
    gs_buffer_print(out, "<xs:element name=\"%s\" minOccurs=\"%d\">\n", field->name, field->need);
    title(out, indent + 1, field->title);
    if (field->kind == GS_TEXTS || field->kind == GS_LIST)
        list_type(out, indent + 1, field);
    else
        simple_type(out, indent + 1, field);
    line(out, indent, "</xs:element>");
}

static void members(gs_buffer *out, int indent, const gs_record *record)
{
    line(out, indent, "<xs:all>");
    for (uint32_t i = 0; i < record->field_count; i++)
        if (record->fields[i].kind != GS_NONE)
            member(out, indent + 1, &record->fields[i]);
    line(out, indent, "</xs:all>");
}

void gs_record_schema(gs_buffer *out, const char *name, const gs_record *record)
{
    gs_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n"
                        "  <xs:element name=\"records\" type=\"records\"/>\n");
    gs_buffer_print(out,
                    "  <xs:element name=\"%ss\" type=\"records\"/>\n"
                    "  <xs:complexType name=\"records\">\n"
                    "    <xs:sequence>\n"
                    "      <xs:element name=\"%s\" type=\"%s\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n"
                    "    </xs:sequence>\n"
                    "  </xs:complexType>\n"
                    "  <xs:complexType name=\"%s\">\n",
                    name, name, name, name);
    title(out, 2, record->title);
    members(out, 2, record);
    gs_buffer_text(out, "  </xs:complexType>\n</xs:schema>\n");
}
