/* JSON into records: every member that is wrong is told, with where it is. */
#include "record/json_parse.h"
#include "record/record.h"
#include "record/value.h"

/* Where the values go, and how strict: what is stored may come from a newer library, whose members this
 * one does not know. */
typedef struct reading {
    gs_arena *arena;
    gs_problems *problems;
    bool stored;
    govsvc_status status; /* the worst so far: NO_MEMORY over INVALID */
} reading;

static void note(reading *of, govsvc_status status)
{
    if (status == GOVSVC_NO_MEMORY || of->status == GOVSVC_OK)
        of->status = status;
}

static void wrong_type(reading *of, const gs_path *path, const char *expected, const json_t *value)
{
    note(of, gs_path_tell(path, of->problems, "type", expected, gs_value_type(value)));
}

static void read_integer(reading *of, const gs_field *field, const json_t *value, void *at,
                         const gs_path *path)
{
    if (!json_is_integer(value)) {
        wrong_type(of, path, "integer", value);
        return;
    }
    note(of, gs_value_integer(field, json_integer_value(value), at, path, of->problems));
}

static void read_flag(reading *of, const gs_field *field, const json_t *value, void *at, const gs_path *path)
{
    if (json_is_boolean(value))
        *gs_field_integer(field, at) = json_is_true(value) ? GOVSVC_YES : GOVSVC_NO;
    else
        wrong_type(of, path, "true, false", value);
}

static void read_text(reading *of, const gs_field *field, const json_t *value, void *at, const gs_path *path)
{
    if (!json_is_string(value)) {
        wrong_type(of, path, field->kind == GS_ID ? "string of digits" : "string", value);
        return;
    }
    note(of, gs_value_read(field, json_string_value(value), json_string_length(value), at, of->arena, path,
                           of->problems));
}

static void read_object(reading *of, const gs_record *record, const json_t *tree, void *out,
                        const gs_path *path, bool *sent);

static const void *read_item(reading *of, const gs_field *field, const json_t *value, const gs_path *path)
{
    bool text = field->kind == GS_TEXTS;
    if (text ? !json_is_string(value) : !json_is_object(value)) {
        wrong_type(of, path, text ? "string" : "object", value);
        return NULL;
    }
    void *item = text ? gs_arena_text(of->arena, json_string_value(value))
                      : gs_arena_alloc(of->arena, field->of->size);
    if (!item) {
        note(of, GOVSVC_NO_MEMORY);
    } else if (!text) {
        gs_record_init(field->of, item);
        read_object(of, field->of, value, item, path, NULL);
    }
    return item;
}

static void read_list(reading *of, const gs_field *field, const json_t *value, void *at, const gs_path *path)
{
    if (!json_is_array(value)) {
        wrong_type(of, path, "array", value);
        return;
    }
    size_t count = json_array_size(value);
    const void **items = gs_arena_array(of->arena, count, sizeof *items);
    if (!items) {
        note(of, GOVSVC_NO_MEMORY);
        return;
    }
    bool whole = true;
    for (size_t i = 0; i < count; i++) {
        gs_path place = {path, NULL, i};
        items[i] = read_item(of, field, json_array_get(value, i), &place);
        whole = whole && items[i];
    }
    /* A list with a hole was told already; it is not put where a check would tell the hole again. */
    if (!whole)
        return;
    *gs_field_items(field, at) = items;
    *gs_field_count(field, at) = count;
}

static void read_field(reading *of, const gs_field *field, const json_t *value, void *at, const gs_path *path)
{
    if (json_is_null(value)) {
        gs_value_clear(field, at);
        return;
    }
    switch (field->kind) {
    case GS_INT:
        read_integer(of, field, value, at, path);
        break;
    case GS_FLAG:
        read_flag(of, field, value, at, path);
        break;
    case GS_JSON:
        note(of, gs_value_form(field, value, at, of->arena, path, of->problems));
        break;
    case GS_TEXTS:
    case GS_LIST:
        read_list(of, field, value, at, path);
        break;
    default:
        read_text(of, field, value, at, path);
    }
}

static void read_object(reading *of, const gs_record *record, const json_t *tree, void *out,
                        const gs_path *path, bool *sent)
{
    const char *name;
    json_t *value;
    uint32_t near = 0;
    json_object_foreach((json_t *)tree, name, value)
    {
        gs_path place = {path, name, 0};
        const gs_field *field = gs_record_field_near(record, name, &near);
        if (field) {
            read_field(of, field, value, out, &place);
            if (sent)
                sent[field - record->fields] = true;
        } else if (!of->stored) {
            note(of, gs_path_tell(&place, of->problems, "unknown_field", NULL, NULL));
        }
    }
}

govsvc_status gs_json_read(const gs_record *record, const char *text, size_t size, void *out, gs_arena *arena,
                           gs_problems *problems, bool *sent)
{
    reading of = {.arena = arena, .problems = problems};
    gs_path root = {NULL, "", 0};
    json_t *tree = NULL;
    of.status = gs_json_parse(text, size, &root, arena, problems, &tree);
    if (tree && json_is_object(tree))
        read_object(&of, record, tree, out, &root, sent);
    else if (tree)
        wrong_type(&of, &root, "object", tree);
    json_decref(tree);
    return of.status;
}

govsvc_status gs_json_read_field(const gs_field *field, const char *text, size_t size, void *out,
                                 gs_arena *arena, const gs_path *path, gs_problems *problems)
{
    reading of = {.arena = arena, .problems = problems};
    json_t *tree = NULL;
    of.status = gs_json_parse(text, size, path, arena, problems, &tree);
    if (tree)
        read_field(&of, field, tree, out, path);
    json_decref(tree);
    return of.status;
}

govsvc_status gs_json_read_list(const gs_field *field, const char *text, size_t size, void *out,
                                gs_arena *arena)
{
    reading of = {.arena = arena, .stored = true};
    gs_path root = {NULL, "", 0};
    json_t *tree = NULL;
    of.status = gs_json_parse(text, size, &root, arena, NULL, &tree);
    if (of.status == GOVSVC_OK)
        read_list(&of, field, tree, out, &root);
    json_decref(tree);
    return of.status == GOVSVC_OK || of.status == GOVSVC_NO_MEMORY ? of.status : GOVSVC_CORRUPT;
}
