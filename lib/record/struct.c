/* Structs by their field tables: preparing, widening what an older caller sent, copying. */
#include <string.h>

#include "record/path.h"
#include "record/record.h"

/* No record is larger; a size beyond it is not one. */
enum { STRUCT_SIZE_MAX = 1 << 20, ITEMS_DEFAULT = 100 };

void gs_record_init(const gs_record *record, void *out)
{
    memset(out, 0, record->size);
    *(uint64_t *)out = record->size;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (field->kind == GS_INT || field->kind == GS_TIME)
            *gs_field_integer(field, out) = GOVSVC_ABSENT;
    }
}

const gs_field *gs_record_field_near(const gs_record *record, const char *name, uint32_t *near)
{
    for (uint32_t tried = 0, i = *near; tried < record->field_count; tried++, i++) {
        if (i >= record->field_count)
            i = 0;
        const gs_field *field = &record->fields[i];
        if (*field->name != *name || field->kind == GS_NONE || strcmp(field->name, name) != 0)
            continue;
        *near = i + 1;
        return field;
    }
    return NULL;
}

const gs_field *gs_record_field(const gs_record *record, const char *name)
{
    uint32_t near = 0;
    return gs_record_field_near(record, name, &near);
}

bool gs_field_absent(const gs_field *field, const void *at)
{
    switch (field->kind) {
    case GS_ID:
    case GS_FLAG:
    case GS_NAME:
        return *gs_field_integer(field, at) == 0;
    case GS_INT:
    case GS_TIME:
        return *gs_field_integer(field, at) == GOVSVC_ABSENT;
    case GS_TEXT:
    case GS_DATE:
    case GS_JSON:
        return *gs_field_text(field, at) == NULL;
    case GS_TEXTS:
    case GS_LIST:
        return *gs_field_count(field, at) == 0;
    default:
        return true;
    }
}

/* ---- taking ------------------------------------------------------------------------------------------ */

typedef struct taking {
    gs_arena *arena;
    gs_problems *problems;
} taking;

/* A newer caller may have members that this library does not know, if it left them absent. */
static bool rest_is_absent(const char *from, const char *end)
{
    for (; from < end; from += sizeof(int64_t)) {
        int64_t word;
        memcpy(&word, from, sizeof word);
        if (word != 0 && word != GOVSVC_ABSENT)
            return false;
    }
    return true;
}

static govsvc_status wrong_size(const taking *to, const gs_path *path, const gs_record *record, uint64_t size,
                                bool newer)
{
    if (!to->problems)
        return GOVSVC_MISUSE;
    gs_arena *arena = gs_problems_arena(to->problems);
    unsigned long long least = record->first_size ? record->first_size : record->size;
    govsvc_problem problem = {.status = GOVSVC_MISUSE, .rule = "struct_size"};
    problem.field = gs_path_text(path, arena);
    problem.expected = gs_arena_print(arena, "%llu..%llu", least, (unsigned long long)record->size);
    problem.got = gs_arena_print(arena, "%llu", (unsigned long long)size);
    problem.text_zh =
        gs_arena_print(arena,
                       newer ? "%s：调用方比本库新（struct_size 为 %s），且设置了本库不认识的成员"
                             : "%s：struct_size 为 %s，不是该结构的大小",
                       record->name, problem.got ? problem.got : "");
    problem.text_en = gs_arena_print(arena,
                                     newer ? "%s: the caller is newer than this library (struct_size %s) "
                                             "and has set members it does not know"
                                           : "%s: struct_size %s is no size of this struct",
                                     record->name, problem.got ? problem.got : "");
    return gs_problem_add(to->problems, &problem);
}

static govsvc_status take(const taking *to, const gs_path *path, const gs_record *record, const void *in,
                          void **out);

/* The items of a list of records, each widened by its own size. A list that is longer than it may be
 * stays as it is: gs_record_check() refuses it and looks at none of its items. */
static govsvc_status take_list(const taking *to, const gs_path *path, const gs_field *field, void *at)
{
    const void *const *items = *gs_field_items(field, at);
    uint64_t count = *gs_field_count(field, at);
    gs_path member = {path, field->name, 0};
    if (!items || count == 0 || count > (field->max ? field->max : ITEMS_DEFAULT))
        return GOVSVC_OK;
    const void **wide = gs_arena_array(to->arena, count, sizeof *wide);
    for (uint64_t i = 0; wide && i < count; i++) {
        gs_path place = {&member, NULL, i};
        void *item = NULL;
        govsvc_status status = items[i] ? take(to, &place, field->of, items[i], &item) : GOVSVC_OK;
        if (status != GOVSVC_OK)
            return status;
        wide[i] = item;
    }
    *gs_field_items(field, at) = wide;
    return wide ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status take(const taking *to, const gs_path *path, const gs_record *record, const void *in,
                          void **out)
{
    uint64_t size, least = record->first_size ? record->first_size : record->size;
    memcpy(&size, in, sizeof size);
    if (size % 8 != 0 || size < least || size > STRUCT_SIZE_MAX)
        return wrong_size(to, path, record, size, false);
    if (size > record->size && !rest_is_absent((const char *)in + record->size, (const char *)in + size))
        return wrong_size(to, path, record, size, true);
    void *made = gs_arena_alloc(to->arena, record->size);
    if (!made)
        return GOVSVC_NO_MEMORY;
    gs_record_init(record, made);
    memcpy(made, in, size < record->size ? size : record->size);
    *(uint64_t *)made = record->size;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        govsvc_status status = field->kind == GS_LIST ? take_list(to, path, field, made) : GOVSVC_OK;
        if (status != GOVSVC_OK)
            return status;
    }
    *out = made;
    return GOVSVC_OK;
}

govsvc_status gs_record_take(const gs_record *record, const void *in, gs_arena *arena, void **out,
                             gs_problems *problems)
{
    taking to = {arena, problems};
    gs_path root = {NULL, "", 0};
    return take(&to, &root, record, in, out);
}

/* ---- copying ----------------------------------------------------------------------------------------- */

void gs_field_share(const gs_field *to_field, void *to, const gs_field *field, const void *from)
{
    switch (field->kind) {
    case GS_TEXT:
    case GS_DATE:
    case GS_JSON:
        *gs_field_text(to_field, to) = *gs_field_text(field, from);
        break;
    case GS_TEXTS:
    case GS_LIST:
        *gs_field_items(to_field, to) = *gs_field_items(field, from);
        *gs_field_count(to_field, to) = *gs_field_count(field, from);
        break;
    case GS_NONE:
        break;
    default:
        *gs_field_integer(to_field, to) = *gs_field_integer(field, from);
    }
}

void gs_record_share(const gs_record *to_record, void *to, const gs_record *from_record, const void *from)
{
    uint32_t near = 0;
    for (uint32_t i = 0; i < from_record->field_count; i++) {
        const gs_field *field = &from_record->fields[i];
        const gs_field *same =
            field->kind == GS_NONE ? NULL : gs_record_field_near(to_record, field->name, &near);
        if (same && same->kind == field->kind)
            gs_field_share(same, to, field, from);
    }
}

static bool copy_items(const gs_field *field, void *to, gs_arena *arena)
{
    const void *const *items = *gs_field_items(field, to);
    uint64_t count = items ? *gs_field_count(field, to) : 0;
    const void **copies = count ? gs_arena_array(arena, count, sizeof *copies) : NULL;
    for (uint64_t i = 0; copies && i < count; i++) {
        if (!items[i])
            continue;
        if (field->kind == GS_TEXTS) {
            copies[i] = gs_arena_text(arena, items[i]);
            continue;
        }
        void *item = gs_arena_alloc(arena, field->of->size);
        if (!item || !gs_record_copy(field->of, item, items[i], arena))
            return false;
        copies[i] = item;
    }
    *gs_field_items(field, to) = copies;
    *gs_field_count(field, to) = count;
    return !gs_arena_failed(arena);
}

bool gs_record_copy(const gs_record *record, void *to, const void *from, gs_arena *arena)
{
    memcpy(to, from, record->size);
    *(uint64_t *)to = record->size;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (field->kind == GS_TEXTS || field->kind == GS_LIST) {
            if (!copy_items(field, to, arena))
                return false;
        } else if (field->kind == GS_TEXT || field->kind == GS_DATE || field->kind == GS_JSON) {
            *gs_field_text(field, to) = gs_arena_text(arena, *gs_field_text(field, to));
        }
    }
    return !gs_arena_failed(arena);
}

const void *gs_record_result(const gs_record *record, const void *from, const govsvc_allocator *allocator)
{
    gs_arena *arena = gs_arena_new(allocator, record->size);
    if (arena && gs_record_copy(record, gs_arena_root(arena), from, arena))
        return gs_arena_root(arena);
    gs_arena_free(arena);
    return NULL;
}
