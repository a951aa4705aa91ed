#include "record/value.h"

#include <string.h>

#include "base/moment.h"
#include "base/text.h"

const char *gs_names_text(const gs_name *names, gs_arena *arena)
{
    gs_buffer out = {.arena = arena};
    for (const gs_name *row = names; row->name; row++) {
        if (row != names)
            gs_buffer_text(&out, ", ");
        gs_buffer_text(&out, row->name);
    }
    return out.text;
}

const char *gs_value_shown(const gs_field *field, const char *text)
{
    enum { LONGEST = 64 };
    bool shown = !gs_field_personal(field) && strlen(text) <= LONGEST && !gs_text_look(text, false).rule;
    return shown ? text : NULL;
}

static govsvc_status read_id(const gs_field *field, const char *text, size_t size, int64_t *out,
                             const gs_path *path, gs_problems *problems)
{
    int64_t value;
    if (!gs_integer_read(text, size, &value) || value <= 0)
        return gs_path_tell(path, problems, "type", "1..9223372036854775807", gs_value_shown(field, text));
    *out = value;
    return GOVSVC_OK;
}

static govsvc_status read_time(const gs_field *field, const char *text, size_t size, int64_t *out,
                               const gs_path *path, gs_problems *problems)
{
    int64_t value;
    if (!gs_moment_read(text, size, &value))
        return gs_path_tell(path, problems, "time", "2026-03-02T09:00:00+08:00", gs_value_shown(field, text));
    *out = value;
    return GOVSVC_OK;
}

static govsvc_status read_name(const gs_field *field, const char *text, int64_t *out, const gs_path *path,
                               gs_problems *problems)
{
    int64_t value = gs_name_value(field->names, text);
    if (value == 0 && problems)
        return gs_path_tell(path, problems, "choice",
                            gs_names_text(field->names, gs_problems_arena(problems)),
                            gs_value_shown(field, text));
    if (value == 0)
        return GOVSVC_INVALID;
    *out = value;
    return GOVSVC_OK;
}

govsvc_status gs_value_read(const gs_field *field, const char *text, size_t size, void *at, gs_arena *arena,
                            const gs_path *path, gs_problems *problems)
{
    const char *copy;
    switch (field->kind) {
    case GS_ID:
        return read_id(field, text, size, gs_field_integer(field, at), path, problems);
    case GS_TIME:
        return read_time(field, text, size, gs_field_integer(field, at), path, problems);
    case GS_NAME:
        return read_name(field, text, gs_field_integer(field, at), path, problems);
    default:
        copy = gs_arena_copy(arena, text, size);
        if (!copy)
            return GOVSVC_NO_MEMORY;
        *gs_field_text(field, at) = copy;
        return GOVSVC_OK;
    }
}

const char *gs_value_type(const json_t *tree)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "object",   [JSON_ARRAY] = "array",   [JSON_STRING] = "string",
        [JSON_INTEGER] = "integer", [JSON_REAL] = "fraction", [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",     [JSON_NULL] = "null",
    };
    return names[json_typeof(tree)];
}

govsvc_status gs_value_integer(const gs_field *field, int64_t number, void *at, const gs_path *path,
                               gs_problems *problems)
{
    char got[GS_INTEGER_SIZE + 1];
    if (number >= -GS_JSON_INTEGER_MOST && number <= GS_JSON_INTEGER_MOST) {
        *gs_field_integer(field, at) = number;
        return GOVSVC_OK;
    }
    got[gs_integer_write(number, got)] = '\0';
    return gs_path_tell(path, problems, "range", "-2^53..2^53", gs_field_personal(field) ? NULL : got);
}

govsvc_status gs_value_form(const gs_field *field, const json_t *tree, void *at, gs_arena *arena,
                            const gs_path *path, gs_problems *problems)
{
    gs_buffer out = {.arena = arena};
    if (!json_is_object(tree) && !json_is_array(tree))
        return gs_path_tell(path, problems, "type", "object, array", gs_value_type(tree));
    gs_json_tree(&out, tree);
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    *gs_field_text(field, at) = out.text;
    return GOVSVC_OK;
}

void gs_value_clear(const gs_field *field, void *at)
{
    switch (field->kind) {
    case GS_INT:
    case GS_TIME:
        *gs_field_integer(field, at) = GOVSVC_ABSENT;
        break;
    case GS_TEXT:
    case GS_DATE:
    case GS_JSON:
        *gs_field_text(field, at) = NULL;
        break;
    case GS_TEXTS:
    case GS_LIST:
        *gs_field_items(field, at) = NULL;
        *gs_field_count(field, at) = 0;
        break;
    case GS_NONE:
        break;
    default:
        *gs_field_integer(field, at) = 0;
    }
}

/* ---- the text of an element or a cell ---------------------------------------------------------------- */

static govsvc_status parse_flag(const gs_field *field, const char *text, void *at, const gs_path *path,
                                gs_problems *problems)
{
    bool yes = strcmp(text, "true") == 0, no = strcmp(text, "false") == 0;
    if (!yes && !no)
        return gs_path_tell(path, problems, "type", "true, false", gs_value_shown(field, text));
    *gs_field_integer(field, at) = yes ? GOVSVC_YES : GOVSVC_NO;
    return GOVSVC_OK;
}

static govsvc_status parse_integer(const gs_field *field, const char *text, size_t size, void *at,
                                   const gs_path *path, gs_problems *problems)
{
    int64_t number;
    if (!gs_integer_read(text, size, &number))
        return gs_path_tell(path, problems, "type", "integer", gs_value_shown(field, text));
    return gs_value_integer(field, number, at, path, problems);
}

static govsvc_status parse_form(const gs_field *field, const char *text, size_t size, void *at,
                                gs_arena *arena, const gs_path *path, gs_problems *problems)
{
    json_t *tree = NULL;
    govsvc_status status = gs_json_parse(text, size, path, arena, problems, &tree);
    if (status == GOVSVC_OK)
        status = gs_value_form(field, tree, at, arena, path, problems);
    json_decref(tree);
    return status;
}

govsvc_status gs_value_parse(const gs_field *field, char *text, size_t size, void *at, gs_arena *arena,
                             const gs_path *path, gs_problems *problems)
{
    if (field->kind != GS_TEXT) {
        for (; size && strchr(" \t\r\n", text[size - 1]); size--)
            text[size - 1] = '\0';
        for (; size && strchr(" \t\r\n", *text); size--)
            text++;
    }
    if (size == 0 && field->kind != GS_TEXT) {
        gs_value_clear(field, at);
        return GOVSVC_OK;
    }
    switch (field->kind) {
    case GS_FLAG:
        return parse_flag(field, text, at, path, problems);
    case GS_INT:
        return parse_integer(field, text, size, at, path, problems);
    case GS_JSON:
        return parse_form(field, text, size, at, arena, path, problems);
    default:
        return gs_value_read(field, text, size, at, arena, path, problems);
    }
}

const char *gs_value_text(const gs_field *field, const void *at, char room[GS_VALUE_SIZE])
{
    const char *name;
    switch (field->kind) {
    case GS_ID:
    case GS_INT:
        room[gs_integer_write(*gs_field_integer(field, at), room)] = '\0';
        return room;
    case GS_TIME:
        room[gs_moment_write(*gs_field_integer(field, at), room)] = '\0';
        return room;
    case GS_FLAG:
        return *gs_field_integer(field, at) == GOVSVC_YES ? "true" : "false";
    case GS_NAME:
        name = gs_name_of(field->names, *gs_field_integer(field, at));
        return name ? name : "";
    default:
        return *gs_field_text(field, at);
    }
}
