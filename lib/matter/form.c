/* lib/matter/form.c - the form of a matter as JSON Schema 2020-12, for whoever shows or fills it in. */
#include "matter/matter.h"

#define FORM_FIELDS(T, F)                                                                                    \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, JSON, schema, "表单结构", .max = GS_JSON_SIZE_MAX)
GS_RECORD(gs_record_form, govsvc_form, "form", "申请表单", FORM_FIELDS)

/* The types of field, as a schema has them. */
static const struct {
    const char *type;
    const char *format;
    const char *pattern;
    bool length;
} types[] = {
    [GOVSVC_FIELD_TEXT] = {"string", NULL, NULL, true},
    [GOVSVC_FIELD_INTEGER] = {"integer", NULL, NULL, false},
    [GOVSVC_FIELD_DECIMAL] = {"number", NULL, NULL, false},
    [GOVSVC_FIELD_DATE] = {"string", "date", NULL, false},
    [GOVSVC_FIELD_FLAG] = {"boolean", NULL, NULL, false},
    [GOVSVC_FIELD_CHOICE] = {"string", NULL, NULL, false},
    [GOVSVC_FIELD_CHOICES] = {"array", NULL, NULL, false},
    [GOVSVC_FIELD_CITIZEN_ID] = {"string", NULL, "^(?:[0-9]{17}[0-9X]|[0-9]{15})$", false},
    [GOVSVC_FIELD_USCC] = {"string", NULL, "^[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}$", false},
    [GOVSVC_FIELD_PHONE] = {"string", NULL, "^(?:" GS_FORM_PHONE ")$", true},
};

/* ---- a field ------------------------------------------------------------------------------------------ */

/* "oneOf": [{"const": value, "title": label}] */
static void write_choices(gs_buffer *out, const govsvc_form_field *field)
{
    gs_buffer_text(out, "\"oneOf\":[");
    for (uint64_t i = 0; i < field->choice_count; i++) {
        gs_buffer_text(out, i ? ",{\"const\":" : "{\"const\":");
        gs_json_text(out, field->choices[i]->value);
        gs_json_text_member(out, "title", field->choices[i]->label);
        gs_buffer_char(out, '}');
    }
    gs_buffer_char(out, ']');
}

static void write_values(gs_buffer *out, const govsvc_form_field *field)
{
    if (!field->choice_count)
        return;
    if (field->type == GOVSVC_FIELD_CHOICES) {
        gs_json_member(out, "uniqueItems");
        gs_buffer_text(out, "true,\"items\":{");
        write_choices(out, field);
        gs_buffer_char(out, '}');
    } else if (field->type == GOVSVC_FIELD_CHOICE) {
        gs_buffer_char(out, ',');
        write_choices(out, field);
    }
}

static void write_limits(gs_buffer *out, const govsvc_form_field *field)
{
    if (field->least != GOVSVC_ABSENT)
        gs_json_integer_member(out, "minimum", field->least);
    if (field->most != GOVSVC_ABSENT)
        gs_json_integer_member(out, "maximum", field->most);
    if (types[field->type].length)
        gs_json_integer_member(out, "maxLength",
                               field->length == GOVSVC_ABSENT ? GS_LENGTH_DEFAULT : field->length);
    gs_json_text_member(out, "pattern",
                        field->pattern ? gs_arena_print(out->arena, "^(?:%s)$", field->pattern)
                                       : types[field->type].pattern);
    gs_json_text_member(out, "format", types[field->type].format);
}

/* "x-source": {"dataset": ..., "certificate_type": ..., "certificate_field": ...}, what there is of them */
static void write_source(gs_buffer *out, const govsvc_form_field *field)
{
    gs_buffer members = {.arena = out->arena};
    gs_json_text_member(&members, "dataset", field->dataset);
    gs_json_text_member(&members, "certificate_type", field->certificate_type);
    gs_json_text_member(&members, "certificate_field", field->certificate_field);
    if (!members.size)
        return;
    gs_json_member(out, "x-source");
    gs_buffer_char(out, '{');
    gs_buffer_add(out, members.text + 1, members.size - 1); /* but for the first comma */
    gs_buffer_char(out, '}');
}

static void write_list(gs_buffer *out, const char *name, const char *member, const govsvc_form_field *field)
{
    gs_json_member(out, name);
    gs_json_write_list(out, gs_record_field(&gs_record_form_field, member), field);
}

static bool is_open(const govsvc_form_field *field, gs_answers answers)
{
    return gs_counts(field->when, field->when_count, answers) == GS_COUNTS_OPEN;
}

static void write_field(gs_buffer *out, const govsvc_form_field *field, gs_answers answers)
{
    gs_json_text(out, field->name);
    gs_buffer_text(out, ":{\"type\":");
    gs_json_text(out, types[field->type].type);
    gs_json_text_member(out, "title", field->label);
    gs_json_text_member(out, "description", field->hint);
    write_values(out, field);
    write_limits(out, field);
    gs_json_text_member(out, "x-kind",
                        gs_name_of(gs_record_field(&gs_record_form_field, "type")->names, field->type));
    gs_json_text_member(out, "x-element", field->element);
    gs_json_integer_member(out, "x-level", field->level == GOVSVC_ABSENT ? GS_LEVEL_DEFAULT : field->level);
    write_source(out, field);
    if (is_open(field, answers))
        write_list(out, "x-when", "when", field);
    if (field->asked_by_count)
        write_list(out, "x-asked-by", "asked_by", field);
    gs_buffer_char(out, '}');
}

/* ---- the form ----------------------------------------------------------------------------------------- */

static void write_fields(gs_buffer *out, const govsvc_matter *matter, gs_answers answers)
{
    gs_json_member(out, "properties");
    gs_buffer_char(out, '{');
    for (uint64_t i = 0; i < matter->field_count; i++) {
        if (i)
            gs_buffer_char(out, ',');
        write_field(out, matter->fields[i], answers);
    }
    gs_buffer_char(out, '}');
}

/* What may yet count is not required: nobody knows of it yet. */
static void write_required(gs_buffer *out, const govsvc_matter *matter, gs_answers answers)
{
    bool some = false;
    gs_json_member(out, "required");
    gs_buffer_char(out, '[');
    for (uint64_t i = 0; i < matter->field_count; i++) {
        if (matter->fields[i]->required != GOVSVC_YES || is_open(matter->fields[i], answers))
            continue;
        if (some)
            gs_buffer_char(out, ',');
        gs_json_text(out, matter->fields[i]->name);
        some = true;
    }
    gs_buffer_char(out, ']');
}

static const char *schema_of(gs_arena *arena, const govsvc_matter *matter, gs_answers answers)
{
    gs_buffer out = {.arena = arena};
    gs_buffer_print(&out,
                    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                    "\"$id\":\"urn:govsvc:form:%s:%lld\"",
                    matter->code, (long long)matter->version);
    gs_json_text_member(&out, "title", matter->name);
    gs_json_text_member(&out, "type", "object");
    write_fields(&out, matter, answers);
    write_required(&out, matter, answers);
    gs_buffer_text(&out, ",\"additionalProperties\":false}");
    return out.text;
}

govsvc_status gs_run_form(gs_call *call)
{
    gs_chosen chosen;
    govsvc_form *form = gs_arena_alloc(call->work.arena, sizeof *form);
    govsvc_status status = gs_matter_choose(call, &chosen);
    if (status)
        return status;
    const char *schema = schema_of(call->work.arena, &chosen.left, chosen.answers);
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    *form = (govsvc_form){sizeof *form, chosen.left.id, chosen.left.version, chosen.left.code, schema};
    call->out = form;
    return GOVSVC_OK;
}
