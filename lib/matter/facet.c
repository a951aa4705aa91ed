/* lib/matter/facet.c - two fields of one data element: what of both can be met together, and what cannot. */
#include "matter/bundle.h"

#include <string.h>

typedef govsvc_form_field field;

static bool same_type(const field *a, const field *b)
{
    return a->type == b->type;
}

static void write_type(gs_buffer *out, const field *of)
{
    const char *name = gs_name_of(gs_record_field(&gs_record_form_field, "type")->names, of->type);
    gs_buffer_text(out, name ? name : "");
}

/* An absent number is less than any other, as an open end at the bottom is. */
static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return b == GOVSVC_ABSENT || (a != GOVSVC_ABSENT && a < b) ? a : b;
}

static bool ranges_meet(const field *a, const field *b)
{
    int64_t most = sooner(a->most, b->most);
    return most == GOVSVC_ABSENT || later(a->least, b->least) <= most;
}

static void join_range(gs_arena *arena, field *into, const field *from)
{
    (void)arena;
    into->least = later(into->least, from->least);
    into->most = sooner(into->most, from->most);
}

static void write_range(gs_buffer *out, const field *of)
{
    if (of->least != GOVSVC_ABSENT)
        gs_json_integer(out, of->least);
    gs_buffer_text(out, "..");
    if (of->most != GOVSVC_ABSENT)
        gs_json_integer(out, of->most);
}

/* near: where to look first; lists of the same choices mostly have them in the same order. */
static bool has_choice(const field *of, const char *value, uint64_t *near)
{
    for (uint64_t i = 0; i < of->choice_count; i++) {
        uint64_t at = (*near + i) % of->choice_count;
        if (strcmp(of->choices[at]->value, value) != 0)
            continue;
        *near = at + 1;
        return true;
    }
    return false;
}

static bool choices_meet(const field *a, const field *b)
{
    uint64_t near = 0;
    bool some = !a->choice_count || !b->choice_count;
    for (uint64_t i = 0; !some && i < a->choice_count; i++)
        some = has_choice(b, a->choices[i]->value, &near);
    return some;
}

static void join_choices(gs_arena *arena, field *into, const field *from)
{
    uint64_t near = 0, kept = 0;
    const govsvc_choice **left = gs_arena_array(arena, into->choice_count + 1, sizeof *left);
    for (uint64_t i = 0; left && i < into->choice_count; i++)
        if (!from->choice_count || has_choice(from, into->choices[i]->value, &near))
            left[kept++] = into->choices[i];
    into->choices = into->choice_count ? left : from->choices;
    into->choice_count = into->choice_count ? kept : from->choice_count;
}

enum { CHOICES_SHOWN = 5 };

static void write_choices(gs_buffer *out, const field *of)
{
    for (uint64_t i = 0; i < of->choice_count && i < CHOICES_SHOWN; i++) {
        gs_buffer_text(out, i ? ", " : "");
        gs_buffer_text(out, of->choices[i]->value);
    }
    if (of->choice_count > CHOICES_SHOWN)
        gs_buffer_text(out, ", ...");
}

static bool patterns_meet(const field *a, const field *b)
{
    return !a->pattern || !b->pattern || strcmp(a->pattern, b->pattern) == 0;
}

static void join_pattern(gs_arena *arena, field *into, const field *from)
{
    (void)arena;
    if (!into->pattern)
        into->pattern = from->pattern;
}

static void write_pattern(gs_buffer *out, const field *of)
{
    gs_buffer_text(out, of->pattern);
}

const gs_facet gs_facets[] = {
    {"type", same_type, NULL, write_type},
    {"range", ranges_meet, join_range, write_range},
    {"choices", choices_meet, join_choices, write_choices},
    {"pattern", patterns_meet, join_pattern, write_pattern},
    {NULL, NULL, NULL, NULL},
};

void gs_facets_rest(field *into, const field *from)
{
    if (from->required == GOVSVC_YES)
        into->required = GOVSVC_YES;
    if (into->length != GOVSVC_ABSENT || from->length != GOVSVC_ABSENT)
        into->length = sooner(into->length == GOVSVC_ABSENT ? GS_LENGTH_DEFAULT : into->length,
                              from->length == GOVSVC_ABSENT ? GS_LENGTH_DEFAULT : from->length);
    if (into->level != GOVSVC_ABSENT || from->level != GOVSVC_ABSENT)
        into->level = later(into->level == GOVSVC_ABSENT ? GS_LEVEL_DEFAULT : into->level,
                            from->level == GOVSVC_ABSENT ? GS_LEVEL_DEFAULT : from->level);
    if (!into->dataset)
        into->dataset = from->dataset;
    if (!into->certificate_type) {
        into->certificate_type = from->certificate_type;
        into->certificate_field = from->certificate_field;
    }
}
