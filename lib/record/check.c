/* Everything that is wrong with an input, at once. Nothing is allocated where nothing is wrong. */
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "codes/codes.h"
#include "record/json_parse.h"
#include "record/record.h"
#include "record/value.h"

enum { TEXT_DEFAULT = 200, JSON_DEFAULT = 65536, ITEMS_DEFAULT = 100 };

static const char *number_text(gs_problems *problems, int64_t number)
{
    return problems ? gs_arena_print(gs_problems_arena(problems), "%lld", (long long)number) : NULL;
}

static const char *range_text(gs_problems *problems, int64_t least, int64_t most)
{
    return problems
               ? gs_arena_print(gs_problems_arena(problems), "%lld..%lld", (long long)least, (long long)most)
               : NULL;
}

static const char *code_point_text(gs_problems *problems, int32_t character)
{
    return problems ? gs_arena_print(gs_problems_arena(problems), "U+%04X", (unsigned)character) : NULL;
}

/* ---- texts ------------------------------------------------------------------------------------------- */

static bool text_right(const char *text, size_t max, bool lines, const gs_path *path, gs_problems *problems)
{
    gs_text_facts facts = gs_text_look(text, lines);
    if (!max)
        max = TEXT_DEFAULT;
    if (facts.rule)
        gs_path_tell(path, problems, facts.rule, NULL,
                     facts.character ? code_point_text(problems, facts.character) : NULL);
    if (facts.length > max)
        gs_path_tell(path, problems, "too_long", number_text(problems, (int64_t)max),
                     number_text(problems, (int64_t)facts.length));
    return !facts.rule && facts.length <= max;
}

void gs_text_check(const char *text, size_t max, bool lines, const char *at, gs_problems *problems)
{
    gs_path path = {NULL, at, 0};
    text_right(text, max, lines, &path, problems);
}

static void check_text(const gs_field *field, const char *text, const gs_path *path, gs_problems *problems)
{
    if (!text_right(text, field->max, field->lines, path, problems) || !field->code || !*text)
        return;
    /* Looked at without a path first: most values are right, and a path costs memory. */
    if (problems && gs_code_check(field->code, text, NULL, NULL) != GOVSVC_OK)
        gs_code_check(field->code, text, problems, gs_path_text(path, gs_problems_arena(problems)));
}

static void check_date(const gs_field *field, const char *text, const gs_path *path, gs_problems *problems)
{
    int64_t days, first = gs_days_of(1800, 1, 1), last = gs_days_of(2199, 12, 31);
    if (!gs_date_read(text, strlen(text), &days) || days < first || days > last)
        gs_path_tell(path, problems, "date", "1800-01-01..2199-12-31", gs_value_shown(field, text));
}

static void json_wrong(const gs_path *path, gs_problems *problems, const char *expected, const char *got)
{
    gs_path_tell(path, problems, "json", expected, got);
}

static void check_json(const gs_field *field, const char *text, const gs_path *path, gs_problems *problems)
{
    size_t size = strlen(text), max = field->max ? field->max : JSON_DEFAULT;
    if (!problems)
        return;
    gs_arena *arena = gs_problems_arena(problems);
    if (size > max) {
        json_wrong(path, problems, gs_arena_print(arena, "at most %zu bytes", max),
                   gs_arena_print(arena, "%zu bytes", size));
        return;
    }
    json_t *tree = NULL;
    govsvc_status status = gs_json_parse(text, size, path, arena, problems, &tree);
    int32_t refused = tree ? gs_json_tree_refused(tree) : 0;
    if (status == GOVSVC_OK && !json_is_object(tree) && !json_is_array(tree))
        json_wrong(path, problems, "object, array", "a value that is neither object nor array");
    if (refused)
        gs_path_tell(path, problems, "character", NULL, code_point_text(problems, refused));
    json_decref(tree);
}

/* ---- integers ---------------------------------------------------------------------------------------- */

static void check_range(const gs_field *field, int64_t value, int64_t least, int64_t most,
                        const gs_path *path, gs_problems *problems)
{
    if (value >= least && value <= most)
        return;
    gs_path_tell(path, problems, "range", range_text(problems, least, most),
                 gs_field_personal(field) ? NULL : number_text(problems, value));
}

static void check_time(const gs_field *field, int64_t value, const gs_path *path, gs_problems *problems)
{
    char text[GS_MOMENT_SIZE + 1];
    if (value >= GS_MOMENT_LEAST && value <= GS_MOMENT_MOST)
        return;
    text[gs_moment_write(value, text)] = '\0';
    gs_path_tell(path, problems, "range", "1980..2199", gs_field_personal(field) ? NULL : text);
}

static void check_choice(const gs_field *field, int64_t value, const gs_path *path, gs_problems *problems)
{
    if (gs_name_of(field->names, value) || !problems)
        return;
    gs_path_tell(path, problems, "choice", gs_names_text(field->names, gs_problems_arena(problems)),
                 gs_field_personal(field) ? NULL : number_text(problems, value));
}

static void check_integer(const gs_field *field, int64_t value, const gs_path *path, gs_problems *problems)
{
    bool any = field->least == 0 && field->most == 0;
    switch (field->kind) {
    case GS_ID:
        check_range(field, value, 1, INT64_MAX, path, problems);
        break;
    case GS_INT:
        check_range(field, value, field->least, any ? GS_JSON_INTEGER_MOST : field->most, path, problems);
        break;
    case GS_TIME:
        check_time(field, value, path, problems);
        break;
    case GS_FLAG:
        check_range(field, value, GOVSVC_YES, GOVSVC_NO, path, problems);
        break;
    default:
        check_choice(field, value, path, problems);
    }
}

/* ---- lists and records ------------------------------------------------------------------------------- */

static void check_record(const gs_record *record, const void *in, const gs_path *path, gs_problems *problems);

static void check_text_item(const gs_field *field, const char *item, const gs_path *path,
                            gs_problems *problems)
{
    bool right = text_right(item, 0, field->lines, path, problems);
    if (right && field->names && !gs_name_value(field->names, item) && problems)
        gs_path_tell(path, problems, "choice", gs_names_text(field->names, gs_problems_arena(problems)),
                     item);
}

static void check_item(const gs_field *field, const void *item, const gs_path *path, gs_problems *problems)
{
    bool text = field->kind == GS_TEXTS;
    if (!item)
        gs_path_tell(path, problems, "type", text ? "string" : "object", "null");
    else if (text)
        check_text_item(field, item, path, problems);
    else
        check_record(field->of, item, path, problems);
}

static void check_list(const gs_field *field, const void *in, const gs_path *path, gs_problems *problems)
{
    const void *const *items = *gs_field_items(field, in);
    uint64_t count = *gs_field_count(field, in), max = field->max ? field->max : ITEMS_DEFAULT;
    if (!items) {
        gs_path_tell(path, problems, "type", "array", "null");
        return;
    }
    if (count > max) {
        gs_path_tell(path, problems, "too_many", number_text(problems, (int64_t)max),
                     number_text(problems, count > INT64_MAX ? INT64_MAX : (int64_t)count));
        return;
    }
    for (uint64_t i = 0; i < count; i++) {
        gs_path place = {path, NULL, i};
        check_item(field, items[i], &place, problems);
    }
}

static bool missing(const gs_field *field, const void *in)
{
    if (gs_field_absent(field, in))
        return true;
    bool text = field->kind == GS_TEXT || field->kind == GS_DATE || field->kind == GS_JSON;
    return text && **gs_field_text(field, in) == '\0';
}

static void check_field(const gs_field *field, const void *in, const gs_path *path, gs_problems *problems)
{
    if (missing(field, in) && field->need) {
        gs_path_tell(path, problems, "required", NULL, NULL);
        return;
    }
    if (gs_field_absent(field, in))
        return;
    switch (field->kind) {
    case GS_TEXT:
        check_text(field, *gs_field_text(field, in), path, problems);
        break;
    case GS_DATE:
        check_date(field, *gs_field_text(field, in), path, problems);
        break;
    case GS_JSON:
        check_json(field, *gs_field_text(field, in), path, problems);
        break;
    case GS_TEXTS:
    case GS_LIST:
        check_list(field, in, path, problems);
        break;
    default:
        check_integer(field, *gs_field_integer(field, in), path, problems);
    }
}

static void check_record(const gs_record *record, const void *in, const gs_path *path, gs_problems *problems)
{
    for (uint32_t i = 0; i < record->field_count; i++) {
        gs_path place = {path, record->fields[i].name, 0};
        check_field(&record->fields[i], in, &place, problems);
    }
}

void gs_record_check(const gs_record *record, const void *in, const char *at, gs_problems *problems)
{
    gs_path root = {NULL, at, 0};
    check_record(record, in, &root, problems);
}

/* ---- masking ----------------------------------------------------------------------------------------- */

/* A text with the characters between head and tail replaced, one star each. */
static const char *starred(const char *text, size_t length, size_t head, size_t tail, gs_arena *arena)
{
    gs_buffer out = {.arena = arena};
    for (size_t i = 0; i < length; i++) {
        const char *from = text;
        gs_utf8_next(&text);
        if (i < head || i >= length - tail)
            gs_buffer_add(&out, from, (size_t)(text - from));
        else
            gs_buffer_char(&out, '*');
    }
    return out.text;
}

const char *gs_mask_text(const gs_field *field, const char *text, gs_arena *arena)
{
    gs_text_facts facts = text ? gs_text_look(text, true) : (gs_text_facts){NULL, 0, 0};
    if (!text || !*text)
        return text;
    bool readable = !facts.rule || facts.character;
    if (field->mask == GS_MASK_NAME && readable && facts.length > 1)
        return starred(text, facts.length, 1, 0, arena);
    if (field->mask == GS_MASK_NUMBER && readable && facts.length > 10)
        return starred(text, facts.length, 3, 4, arena);
    if (field->mask == GS_MASK_NUMBER && readable && facts.length > 2)
        return starred(text, facts.length, 1, 1, arena);
    return gs_arena_text(arena, "***");
}
