/* lib/matter/union.c - what the members of a bundle ask for, each field and each material once.
 *
 * What is one and the same is told by its key: a field's data element; a material's code in a catalogue, else
 * the type of the certificate that takes its place. What has no key stays its member's own.
 */
#include "matter/bundle.h"

#include <string.h>

/* ---- finding by key ---------------------------------------------------------------------------------- */

typedef struct slot {
    const char *key; /* NULL: it is free */
    size_t item;
} slot;

typedef struct table {
    slot *slots;
    size_t mask;
} table;

static bool table_init(table *of, gs_arena *arena, size_t items)
{
    size_t size = 16;
    while (size < 2 * items)
        size *= 2;
    *of = (table){gs_arena_array(arena, size, sizeof *of->slots), size - 1};
    return of->slots != NULL;
}

/* The slot of a key, or the free one where it belongs. */
static slot *find(const table *of, const char *key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = key; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    size_t at = (size_t)(hash ^ hash >> 32) & of->mask;
    while (of->slots[at].key && strcmp(of->slots[at].key, key) != 0)
        at = (at + 1) & of->mask;
    return &of->slots[at];
}

/* The item of a key; next, and true, where it is the first of it or has none. */
static bool is_first(table *of, const char *key, size_t next, size_t *item)
{
    slot *found = key && *key ? find(of, key) : NULL;
    *item = found && found->key ? found->item : next;
    if (found && !found->key)
        *found = (slot){key, next};
    return *item == next;
}

/* A name nobody has in the union: its own, or with the member's code before it. NULL: no memory. */
static const char *free_name(gs_arena *arena, table *taken, const char *member, const char *name)
{
    const char *made = name;
    for (int n = 1; made && find(taken, made)->key; n++)
        made = n == 1 ? gs_arena_print(arena, "%s.%s", member, name)
                      : gs_arena_print(arena, "%s.%s-%d", member, name, n);
    if (made)
        find(taken, made)->key = made;
    return made;
}

static gs_members set_of(size_t member)
{
    return UINT64_C(1) << member;
}

/* Codes of the members in a set, in their order. */
static const char *const *codes_of(gs_arena *arena, const gs_part *parts, gs_members set, uint64_t *count)
{
    const char **codes = gs_arena_array(arena, GS_MEMBERS_MAX, sizeof *codes);
    *count = 0;
    for (size_t i = 0; codes && i < GS_MEMBERS_MAX; i++)
        if (set >> i & 1)
            codes[(*count)++] = parts[i].member->code;
    return codes;
}

/* ---- fields ------------------------------------------------------------------------------------------ */

typedef govsvc_form_field field;

/* A field as one member asks for it. */
typedef struct asked {
    const field *field;
    const struct asked *before; /* the one before it that asks for the same */
    const char *const *when;    /* the member's and the field's, of situations that allow one choice */
    uint64_t when_count;
    size_t part;
} asked;

typedef struct joint_field {
    field field;
    const asked *last;
    gs_members members;
    size_t part;      /* the first member that asks for it */
    bool conditional; /* some ask for it in some situations alone, */
    bool parted;      /* and some of these never together */
} joint_field;

typedef struct uniting {
    gs_arena *arena;
    const gs_part *parts;
    const govsvc_matter *whole;
    gs_conflicts *conflicts;
} uniting;

/* "member: value" */
static const char *said(const uniting *of, const gs_facet *facet, gs_members members, const field *value)
{
    uint64_t count;
    gs_buffer text = {.arena = of->arena};
    const char *const *codes = codes_of(of->arena, of->parts, members, &count);
    for (uint64_t i = 0; i < count; i++)
        gs_buffer_print(&text, i ? ", %s" : "%s", codes[i]);
    gs_buffer_text(&text, ": ");
    facet->write(&text, value);
    return text.text;
}

/* one is a field as a member has it, or what those before came to. */
static void contradict(uniting *of, const gs_facet *facet, gs_members members, const field *one,
                       const asked *other)
{
    gs_conflicts *conflicts = of->conflicts;
    govsvc_conflict *made =
        conflicts->count < GS_CONFLICTS_MAX ? gs_arena_alloc(of->arena, sizeof *made) : NULL;
    if (!made)
        return;
    *made = (govsvc_conflict){sizeof *made, other->field->element, facet->what, said(of, facet, members, one),
                              said(of, facet, set_of(other->part), other->field)};
    conflicts->members[conflicts->count] = other->part;
    conflicts->items[conflicts->count++] = made;
}

/* Whether no answers let both count: one situation, and no choice in common. */
static bool apart(const asked *a, const asked *b)
{
    return gs_counts(a->when, a->when_count, (gs_answers){b->when, b->when_count}) == GS_COUNTS_NOT;
}

static bool count_together(const joint_field *joint, const asked *fresh)
{
    bool never = joint->conditional && fresh->when_count;
    for (const asked *at = joint->last; never && at; at = at->before)
        if (apart(at, fresh))
            return false;
    return true;
}

/* Does it go with what those before came to? If not, the first that contradicts it is named; three lists of
 * choices may have something in common two by two, and nothing all together. false: it cannot be met. */
static bool agree(uniting *of, const gs_facet *facet, const joint_field *joint, const asked *fresh,
                  bool together)
{
    const asked *against = NULL;
    bool met = facet->meet(&joint->field, fresh->field);
    if (together && !joint->parted && met)
        return true;
    for (const asked *at = joint->last; at && of->conflicts->count < GS_CONFLICTS_MAX; at = at->before)
        if (!facet->meet(at->field, fresh->field) && !apart(at, fresh))
            against = at;
    if (against)
        contradict(of, facet, set_of(against->part), against->field, fresh);
    else if (together && !met)
        contradict(of, facet, joint->members, &joint->field, fresh);
    else
        return true;
    return false;
}

static void join(uniting *of, joint_field *joint, asked *fresh)
{
    bool together = count_together(joint, fresh), same = true;
    for (const gs_facet *facet = gs_facets; same && facet->what; facet++) {
        bool agreed = agree(of, facet, joint, fresh, together);
        if (agreed && together && facet->join)
            facet->join(of->arena, &joint->field, fresh->field);
        same = agreed || facet->join; /* of another type nothing else can be compared */
    }
    gs_facets_rest(&joint->field, fresh->field);
    fresh->before = joint->last;
    joint->last = fresh;
    joint->conditional |= fresh->when_count > 0;
    joint->parted |= !together;
    joint->members |= set_of(fresh->part);
}

static void add_when(const uniting *of, const char **out, asked *to, const char *const *when, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        const govsvc_situation *situation = gs_situation_of(of->whole, when[i]);
        if (situation && situation->multiple != GOVSVC_YES)
            out[to->when_count++] = when[i];
    }
}

static asked *ask(const uniting *of, size_t part, const field *at)
{
    const govsvc_member *member = of->parts[part].member;
    asked *made = gs_arena_alloc(of->arena, sizeof *made);
    if (!made)
        return NULL;
    *made = (asked){.field = at, .part = part};
    if (!of->whole || (!member->when_count && !at->when_count))
        return made;
    const char **when = gs_arena_array(of->arena, member->when_count + at->when_count, sizeof *when);
    if (!when)
        return NULL;
    add_when(of, when, made, member->when, member->when_count);
    add_when(of, when, made, at->when, at->when_count);
    made->when = when;
    return made;
}

static void begin(joint_field *joint, const asked *first)
{
    *joint = (joint_field){.field = *first->field,
                           .last = first,
                           .members = set_of(first->part),
                           .part = first->part,
                           .conditional = first->when_count > 0};
    joint->field.when = NULL;
    joint->field.when_count = 0;
}

/* Gives the joint fields their names and askers. */
static bool tell_fields(uniting *of, joint_field *joint, size_t count, govsvc_composition *out)
{
    table names;
    const field **list = gs_arena_array(of->arena, count + 1, sizeof *list);
    if (!list || !table_init(&names, of->arena, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        field *at = &joint[i].field;
        at->name = free_name(of->arena, &names, of->parts[joint[i].part].member->code, at->name);
        at->asked_by = codes_of(of->arena, of->parts, joint[i].members, &at->asked_by_count);
        if (!at->name || !at->asked_by)
            return false;
        list[i] = at;
    }
    out->fields = list;
    out->field_count = count;
    return true;
}

bool gs_union_fields(gs_arena *arena, const gs_part *parts, size_t count, const govsvc_matter *whole,
                     govsvc_composition *out, gs_conflicts *conflicts)
{
    uniting of = {arena, parts, whole, conflicts};
    table elements;
    size_t total = 0, made = 0, at;
    for (size_t i = 0; i < count; i++)
        total += parts[i].matter->field_count;
    joint_field *joint = gs_arena_array(arena, total + 1, sizeof *joint);
    *conflicts = (gs_conflicts){gs_arena_array(arena, GS_CONFLICTS_MAX, sizeof *conflicts->items),
                                gs_arena_array(arena, GS_CONFLICTS_MAX, sizeof *conflicts->members), 0};
    if (!joint || !table_init(&elements, arena, total) || !conflicts->items || !conflicts->members)
        return false;
    for (size_t i = 0; i < count; i++)
        for (uint64_t j = 0; j < parts[i].matter->field_count; j++) {
            asked *fresh = ask(&of, i, parts[i].matter->fields[j]);
            if (!fresh)
                return false;
            if (is_first(&elements, fresh->field->element, made, &at))
                begin(&joint[made++], fresh);
            else
                join(&of, &joint[at], fresh);
        }
    return tell_fields(&of, joint, made, out) && !gs_arena_failed(arena);
}

/* ---- materials --------------------------------------------------------------------------------------- */

typedef struct joint_material {
    govsvc_material material;
    gs_members members;
    size_t part;
} joint_material;

static void join_material(govsvc_material *into, const govsvc_material *from)
{
    static const int strict[] = {
        [GOVSVC_NEED_OPTIONAL] = 1, [GOVSVC_NEED_LATER] = 2, [GOVSVC_NEED_REQUIRED] = 3};
    if (strict[from->need] > strict[into->need])
        into->need = from->need;
    if (from->copies > into->copies) /* absent is less than any */
        into->copies = from->copies;
    if (from->pledge != GOVSVC_YES) /* a pledge will do where it does for all */
        into->pledge = from->pledge;
    if (!into->certificate_type)
        into->certificate_type = from->certificate_type;
}

/* Whether every member that asks for it gets it from one that is decided before. */
static bool is_yielded(const joint_material *joint, const gs_part *parts, const gs_graph *graph)
{
    const char *type = joint->material.certificate_type;
    bool all = type != NULL;
    for (size_t i = 0; all && i < graph->count; i++) {
        if (!(joint->members >> i & 1))
            continue;
        all = false;
        for (size_t j = 0; j < graph->count && !all; j++) {
            const char *yields = parts[j].matter->result_certificate_type;
            all = j != i && graph->earlier[i] >> j & 1 && yields && strcmp(yields, type) == 0;
        }
    }
    return all;
}

static bool tell_materials(gs_arena *arena, const gs_part *parts, const gs_graph *graph,
                           joint_material *joint, size_t count, govsvc_composition *out)
{
    table codes;
    const govsvc_material **list = gs_arena_array(arena, count + 1, sizeof *list);
    if (!list || !table_init(&codes, arena, count))
        return false;
    out->materials = list;
    for (size_t i = 0; i < count; i++) {
        govsvc_material *at = &joint[i].material;
        if (is_yielded(&joint[i], parts, graph))
            continue;
        at->code = free_name(arena, &codes, parts[joint[i].part].member->code, at->code);
        at->asked_by = codes_of(arena, parts, joint[i].members, &at->asked_by_count);
        if (!at->code || !at->asked_by)
            return false;
        list[out->material_count++] = at;
    }
    return true;
}

bool gs_union_materials(gs_arena *arena, const gs_part *parts, const gs_graph *graph, govsvc_composition *out)
{
    table canonical, certificates;
    size_t total = 0, made = 0, at;
    for (size_t i = 0; i < graph->count; i++)
        total += parts[i].matter->material_count;
    joint_material *joint = gs_arena_array(arena, total + 1, sizeof *joint);
    if (!joint || !table_init(&canonical, arena, total) || !table_init(&certificates, arena, total))
        return false;
    for (size_t i = 0; i < graph->count; i++)
        for (uint64_t j = 0; j < parts[i].matter->material_count; j++) {
            const govsvc_material *from = parts[i].matter->materials[j];
            bool listed = from->canonical && *from->canonical;
            if (is_first(listed ? &canonical : &certificates,
                         listed ? from->canonical : from->certificate_type, made, &at)) {
                joint[made] = (joint_material){*from, set_of(i), i};
                joint[made].material.when = NULL;
                joint[made++].material.when_count = 0;
                continue;
            }
            join_material(&joint[at].material, from);
            joint[at].members |= set_of(i);
        }
    return tell_materials(arena, parts, graph, joint, made, out);
}
