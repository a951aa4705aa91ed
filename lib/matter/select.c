/* lib/matter/select.c - lists whose items say when they count: what is left of them in a situation. */
#include "matter/matter.h"

/* NULL: its items count always. */
static const gs_field *when_of(const gs_field *list)
{
    return list->kind == GS_LIST ? gs_record_field(list->of, "when") : NULL;
}

static gs_counting counts(const gs_field *when, const void *item, gs_answers answers)
{
    return gs_counts((const char *const *)*gs_field_items(when, item), *gs_field_count(when, item), answers);
}

bool gs_select_list(gs_arena *arena, const gs_field *list, void *at, gs_answers answers, bool open)
{
    const gs_field *when = when_of(list);
    const void *const *items = *gs_field_items(list, at);
    uint64_t count = *gs_field_count(list, at), kept = 0;
    const void **left = gs_arena_array(arena, count + 1, sizeof *left);
    for (uint64_t i = 0; left && i < count; i++) {
        gs_counting counting = when ? counts(when, items[i], answers) : GS_COUNTS;
        if (counting == GS_COUNTS || (open && counting == GS_COUNTS_OPEN))
            left[kept++] = items[i];
    }
    *gs_field_items(list, at) = left;
    *gs_field_count(list, at) = kept;
    return left != NULL;
}

bool gs_select(gs_arena *arena, const gs_record *record, void *at, gs_answers answers, bool open)
{
    bool all = true;
    for (uint32_t i = 0; all && i < record->field_count; i++)
        if (when_of(&record->fields[i]))
            all = gs_select_list(arena, &record->fields[i], at, answers, open);
    return all;
}

/* Marks the situations that an item waits for. */
static void mark(const gs_field *when, const void *item, const govsvc_matter *matter, gs_answers answers,
                 bool *marks)
{
    const char *const *names = (const char *const *)*gs_field_items(when, item);
    for (uint64_t i = 0; i < *gs_field_count(when, item); i++) {
        if (gs_counts(&names[i], 1, answers) != GS_COUNTS_OPEN)
            continue;
        const govsvc_situation *situation = gs_situation_of(matter, names[i]);
        for (uint64_t j = 0; j < matter->situation_count; j++)
            marks[j] |= matter->situations[j] == situation;
    }
}

static void mark_all(const govsvc_matter *matter, gs_answers answers, bool *marks)
{
    for (uint32_t i = 0; i < gs_record_matter.field_count; i++) {
        const gs_field *list = &gs_record_matter.fields[i], *when = when_of(list);
        for (uint64_t j = 0; when && j < *gs_field_count(list, matter); j++)
            mark(when, (*gs_field_items(list, matter))[j], matter, answers, marks);
    }
}

bool gs_select_situations(gs_arena *arena, govsvc_matter *matter, gs_answers answers)
{
    uint64_t count = matter->situation_count, kept = 0;
    const govsvc_situation **left = gs_arena_array(arena, count + 1, sizeof *left);
    bool *marks = gs_arena_array(arena, count + 1, sizeof *marks);
    if (!left || !marks)
        return false;
    mark_all(matter, answers, marks);
    for (uint64_t i = 0; i < count; i++)
        if (marks[i])
            left[kept++] = matter->situations[i];
    matter->situations = left;
    matter->situation_count = kept;
    return true;
}
