#include "record/json_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "record/record.h"

/* Numbers beyond 64 bits that are told one by one before the rest of a text is given up. */
enum { TOLD_NUMBERS_MAX = 32 };

typedef struct parsing {
    const char *text;
    size_t size;
    const gs_path *path;
    gs_arena *arena;
    gs_problems *problems;
} parsing;

static govsvc_status tell(const parsing *of, int64_t status, const char *rule, size_t offset,
                          const char *expected, const char *got)
{
    govsvc_problem problem = {.status = status, .rule = rule, .expected = expected, .got = got};
    if (!of->problems)
        return status ? (govsvc_status)status : GOVSVC_INVALID;
    problem.field = gs_json_locate(of->text, offset, of->path, of->arena);
    return gs_problem_add(of->problems, &problem);
}

/* Size and depth, before anything is built. */
static govsvc_status within_limits(const parsing *of)
{
    if (of->size > GS_JSON_SIZE_MAX)
        return tell(of, GOVSVC_TOO_LARGE, "too_large", 0, gs_arena_print(of->arena, "%d", GS_JSON_SIZE_MAX),
                    gs_arena_print(of->arena, "%zu", of->size));
    if (gs_json_depth(of->text, of->size) > GS_JSON_DEPTH_MAX)
        return tell(of, GOVSVC_TOO_LARGE, "too_deep", 0, gs_arena_print(of->arena, "%d", GS_JSON_DEPTH_MAX),
                    NULL);
    return GOVSVC_OK;
}

/* jansson's words up to where they begin to repeat the text, which may be personal; and where. */
static const char *words_of(const parsing *of, const json_error_t *error)
{
    const char *near = strstr(error->text, " near ");
    int size = near ? (int)(near - error->text) : (int)strlen(error->text);
    return gs_arena_print(of->arena, "%.*s (line %d, column %d)", size, error->text, error->line,
                          error->column);
}

static govsvc_status refuse(const parsing *of, const json_error_t *error)
{
    size_t offset = error->position > 0 ? (size_t)error->position : 0;
    if (offset > of->size)
        offset = of->size;
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return GOVSVC_NO_MEMORY;
    case json_error_invalid_utf8:
        return tell(of, 0, "utf8", offset, NULL, NULL);
    case json_error_duplicate_key:
        return tell(of, 0, "duplicate", offset, NULL, NULL);
    case json_error_stack_overflow:
        return tell(of, GOVSVC_TOO_LARGE, "too_deep", 0, NULL, NULL);
    default:
        return tell(of, 0, "json", offset, NULL, words_of(of, error));
    }
}

/* Puts null in place of the number that ends at the error; false where there is no such number. */
static bool blank_number(char *text, const json_error_t *error)
{
    size_t behind = error->position > 0 ? (size_t)error->position : 0, from = behind;
    while (from && strchr("0123456789+-.eE", text[from - 1]))
        from--;
    if (behind - from < 4)
        return false;
    memset(text + from, ' ', behind - from);
    memcpy(text + from, "null", 4);
    return true;
}

static json_t *load(const parsing *of, json_error_t *error)
{
    return json_loadb(of->text, of->size, JSON_REJECT_DUPLICATES, error);
}

/* jansson gives a whole text up for one number beyond 64 bits. Each is told, blanked, and the rest read
 * again. */
static govsvc_status load_beside_numbers(parsing *of, json_error_t *error, json_t **out)
{
    char *text = gs_arena_copy(of->arena, of->text, of->size);
    json_t *tree = NULL;
    if (!text)
        return GOVSVC_NO_MEMORY;
    of->text = text;
    for (int told = 0; !tree && json_error_code(error) == json_error_numeric_overflow; told++) {
        tell(of, 0, "range", (size_t)error->position, "-2^53..2^53", "> 2^63");
        if (told == TOLD_NUMBERS_MAX || !blank_number(text, error))
            return GOVSVC_INVALID;
        tree = load(of, error);
    }
    if (!tree)
        return refuse(of, error);
    *out = tree;
    return GOVSVC_INVALID;
}

govsvc_status gs_json_parse(const char *text, size_t size, const gs_path *path, gs_arena *arena,
                            gs_problems *problems, json_t **out)
{
    parsing of = {text, size, path, arena, problems};
    json_error_t error;
    govsvc_status status = within_limits(&of);
    if (status != GOVSVC_OK)
        return status;
    json_t *tree = load(&of, &error);
    if (!tree && json_error_code(&error) == json_error_numeric_overflow)
        return load_beside_numbers(&of, &error, out);
    if (!tree)
        return refuse(&of, &error);
    *out = tree;
    return GOVSVC_OK;
}

/* ---- trees ------------------------------------------------------------------------------------------- */

/* As many digits as bring the same number back, with a point whatever the locale has. */
static void real(gs_buffer *out, double value)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    for (char *at = text; *at; at++)
        if (!strchr("0123456789+-e", *at))
            *at = '.';
    gs_buffer_text(out, text);
    if (!strpbrk(text, ".e"))
        gs_buffer_text(out, ".0");
}

static void object(gs_buffer *out, const json_t *tree)
{
    const char *name, *separator = "{";
    json_t *value;
    json_object_foreach((json_t *)tree, name, value)
    {
        gs_buffer_text(out, separator);
        gs_json_text(out, name);
        gs_buffer_char(out, ':');
        gs_json_tree(out, value);
        separator = ",";
    }
    gs_buffer_text(out, *separator == '{' ? "{}" : "}");
}

static void array(gs_buffer *out, const json_t *tree)
{
    gs_buffer_char(out, '[');
    for (size_t i = 0; i < json_array_size(tree); i++) {
        if (i)
            gs_buffer_char(out, ',');
        gs_json_tree(out, json_array_get(tree, i));
    }
    gs_buffer_char(out, ']');
}

void gs_json_tree(gs_buffer *out, const json_t *tree)
{
    switch (json_typeof(tree)) {
    case JSON_OBJECT:
        object(out, tree);
        break;
    case JSON_ARRAY:
        array(out, tree);
        break;
    case JSON_STRING:
        gs_json_text(out, json_string_value(tree));
        break;
    case JSON_INTEGER:
        gs_json_integer(out, json_integer_value(tree));
        break;
    case JSON_REAL:
        real(out, json_real_value(tree));
        break;
    case JSON_TRUE:
        gs_buffer_text(out, "true");
        break;
    case JSON_FALSE:
        gs_buffer_text(out, "false");
        break;
    default:
        gs_buffer_text(out, "null");
    }
}

static int32_t refused_in(const char *text)
{
    return gs_text_look(text, true).character;
}

int32_t gs_json_tree_refused(const json_t *tree)
{
    const char *name;
    json_t *value;
    int32_t found = json_is_string(tree) ? refused_in(json_string_value(tree)) : 0;
    if (json_is_object(tree)) {
        json_object_foreach((json_t *)tree, name, value)
        {
            if (!found)
                found = refused_in(name);
            if (!found)
                found = gs_json_tree_refused(value);
        }
    }
    for (size_t i = 0; !found && i < json_array_size(tree); i++)
        found = gs_json_tree_refused(json_array_get(tree, i));
    return found;
}
