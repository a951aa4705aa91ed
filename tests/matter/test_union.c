/* Bundles without a store: a thousand at random against an oracle, the graph, and a large one. */
#include "matter/bundle.h"
#include "test.h"

/* "a,b" of a list of texts. */
static const char *joined(const char *const *items, uint64_t count)
{
    static char text[4096];
    size_t size = 0;
    *text = '\0';
    for (uint64_t i = 0; i < count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, i ? ",%s" : "%s", items[i]);
    return text;
}

/* ---- bundles at random ------------------------------------------------------------------------------- */

enum { POOL = 12, MEMBERS = 8, ITEMS = 6 };

static uint64_t seed = 20260302;
static gs_arena *arena;

static unsigned below(unsigned most)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % most;
}

/* The first choice all have: nothing contradicts. */
static const govsvc_choice *const *some_choices(uint64_t *count)
{
    const govsvc_choice **list = gs_arena_array(arena, 8, sizeof *list);
    for (unsigned i = 0; i < 8; i++) {
        govsvc_choice *choice = gs_arena_alloc(arena, sizeof *choice);
        *choice = (govsvc_choice){sizeof *choice, gs_arena_print(arena, "c%u", i), "选项"};
        if (i == 0 || below(2))
            list[(*count)++] = choice;
    }
    return list;
}

static const char *const *some_when(uint64_t *count)
{
    static const char *const items[] = {"q=a", "q=b"};
    *count = below(4) == 0;
    return &items[below(2)];
}

static const govsvc_form_field *some_field(void)
{
    static const int64_t types[] = {GOVSVC_FIELD_INTEGER, GOVSVC_FIELD_CHOICE, GOVSVC_FIELD_TEXT};
    govsvc_form_field *field = gs_arena_alloc(arena, sizeof *field);
    unsigned of = below(POOL);
    gs_record_init(&gs_record_form_field, field);
    field->type = types[of % 3];
    field->name = gs_arena_print(arena, "n%u", below(POOL));
    field->label = field->name;
    if (below(4))
        field->element = gs_arena_print(arena, "DE%u", of);
    field->required = below(2) ? GOVSVC_YES : GOVSVC_NO;
    field->level = below(2) ? GOVSVC_ABSENT : 1 + (int64_t)below(4);
    if (of % 3 == 0 && below(2))
        field->least = below(50);
    if (of % 3 == 0 && below(2))
        field->most = 50 + below(50);
    if (of % 3 == 1)
        field->choices = some_choices(&field->choice_count);
    if (of % 3 == 2 && below(2))
        field->length = 1 + below(400);
    field->when = some_when(&field->when_count);
    return field;
}

static const govsvc_material *some_material(void)
{
    govsvc_material *material = gs_arena_alloc(arena, sizeof *material);
    unsigned of = below(POOL);
    gs_record_init(&gs_record_material, material);
    material->code = gs_arena_print(arena, "M%u", below(ITEMS));
    material->name = gs_arena_print(arena, "material %u", below(1000));
    material->need = 1 + below(3);
    material->copies = below(2) ? GOVSVC_ABSENT : below(4);
    material->pledge = below(4) ? GOVSVC_YES : GOVSVC_NO;
    if (of < 4)
        material->canonical = gs_arena_print(arena, "C%u", of);
    else if (of < 9)
        material->certificate_type = gs_arena_print(arena, "T%u", of);
    material->when = some_when(&material->when_count);
    return material;
}

static const govsvc_matter *some_matter(void)
{
    govsvc_matter *matter = gs_arena_alloc(arena, sizeof *matter);
    const govsvc_form_field **fields = gs_arena_array(arena, ITEMS, sizeof *fields);
    const govsvc_material **materials = gs_arena_array(arena, ITEMS, sizeof *materials);
    gs_record_init(&gs_record_matter, matter);
    matter->statutory_amount = 1 + below(30);
    matter->statutory_unit = GOVSVC_UNIT_WORKING_DAYS;
    matter->field_count = below(ITEMS + 1);
    matter->material_count = below(ITEMS + 1);
    for (uint64_t i = 0; i < matter->field_count; i++)
        fields[i] = some_field();
    for (uint64_t i = 0; i < matter->material_count; i++)
        materials[i] = some_material();
    matter->fields = fields;
    matter->materials = materials;
    if (below(2))
        matter->result_certificate_type = gs_arena_print(arena, "T%u", 4 + below(5));
    return matter;
}

/* It waits for some of those before it. */
static const govsvc_member *some_member(size_t at)
{
    govsvc_member *member = gs_arena_alloc(arena, sizeof *member);
    const char **after = gs_arena_array(arena, MEMBERS, sizeof *after);
    gs_record_init(&gs_record_member, member);
    member->code = gs_arena_print(arena, "m%zu", at);
    for (size_t i = 0; i < at; i++)
        if (below(4) == 0)
            after[member->after_count++] = gs_arena_print(arena, "m%zu", i);
    member->after = after;
    member->when = some_when(&member->when_count);
    return member;
}

typedef struct random_bundle {
    govsvc_matter bundle;
    const govsvc_member *members[MEMBERS];
    const govsvc_matter *matters[MEMBERS];
    const char *answer; /* NULL: none */
} random_bundle;

/* ---- the oracle: slow, and of another make ----------------------------------------------------------- */

static bool o_counts(const random_bundle *of, const char *const *when, uint64_t count)
{
    return count == 0 || (of->answer && strcmp(when[0], of->answer) == 0);
}

static bool o_member_counts(const random_bundle *of, size_t at)
{
    return o_counts(of, of->members[at]->when, of->members[at]->when_count);
}

static size_t o_find(const random_bundle *of, const char *code)
{
    size_t at = 0;
    while (strcmp(of->members[at]->code, code) != 0)
        at++;
    return at;
}

/* Does a member's way lead over one that yields this type? */
static bool o_yields_before(const random_bundle *of, size_t at, const char *type)
{
    for (uint64_t i = 0; i < of->members[at]->after_count; i++) {
        size_t before = o_find(of, of->members[at]->after[i]);
        const char *yields = of->matters[before]->result_certificate_type;
        if (!o_member_counts(of, before))
            continue;
        if ((yields && strcmp(yields, type) == 0) || o_yields_before(of, before, type))
            return true;
    }
    return false;
}

static int64_t o_decided(const random_bundle *of, size_t at)
{
    int64_t last = 0;
    for (uint64_t i = 0; i < of->members[at]->after_count; i++) {
        size_t before = o_find(of, of->members[at]->after[i]);
        int64_t day = o_member_counts(of, before) ? o_decided(of, before) : 0;
        last = day > last ? day : last;
    }
    return last + of->matters[at]->statutory_amount;
}

static void o_ask(char *asked_by, const char *code)
{
    size_t size = strlen(asked_by), length = strlen(code);
    if (size >= length && strcmp(asked_by + size - length, code) == 0)
        return;
    snprintf(asked_by + size, 100 - size, size ? ",%s" : "%s", code);
}

typedef struct o_field {
    const govsvc_form_field *first;
    const char *name;
    char asked_by[100];
    bool required, some_length, some_level;
    int64_t least, most, length, level;
    unsigned choices;
} o_field;

static unsigned o_choices(const govsvc_form_field *field)
{
    unsigned bits = 0;
    for (uint64_t i = 0; i < field->choice_count; i++)
        bits |= 1u << (field->choices[i]->value[1] - '0');
    return field->choice_count ? bits : ~0u;
}

static const char *o_name(const o_field *list, size_t count, const char *name, const char *member)
{
    const char *made = name;
    for (size_t i = 0, n = 1; i < count; i++) {
        if (strcmp(list[i].name, made) != 0)
            continue;
        made = n == 1 ? gs_arena_print(arena, "%s.%s", member, name)
                      : gs_arena_print(arena, "%s.%s-%zu", member, name, n);
        n++;
        i = (size_t)-1; /* from the beginning */
    }
    return made;
}

static o_field *o_field_of(o_field *list, size_t *count, const govsvc_form_field *field, const char *member)
{
    for (size_t i = 0; i < *count; i++)
        if (field->element && list[i].first->element && strcmp(field->element, list[i].first->element) == 0)
            return &list[i];
    o_field *made = &list[*count];
    *made = (o_field){.first = field,
                      .name = o_name(list, *count, field->name, member),
                      .least = -1,
                      .most = 1000,
                      .length = 10000,
                      .choices = ~0u};
    ++*count;
    return made;
}

static void o_add_field(o_field *to, const govsvc_form_field *field, const char *member)
{
    int64_t length = field->length == GOVSVC_ABSENT ? 200 : field->length;
    int64_t level = field->level == GOVSVC_ABSENT ? 2 : field->level;
    o_ask(to->asked_by, member);
    to->required |= field->required == GOVSVC_YES;
    to->least = field->least > to->least ? field->least : to->least;
    to->most = field->most != GOVSVC_ABSENT && field->most < to->most ? field->most : to->most;
    to->length = length < to->length ? length : to->length;
    to->level = level > to->level ? level : to->level;
    to->some_length |= field->length != GOVSVC_ABSENT;
    to->some_level |= field->level != GOVSVC_ABSENT;
    to->choices &= o_choices(field);
}

typedef struct o_material {
    const govsvc_material *first;
    char asked_by[100];
    int64_t rank, copies;
    bool asked;     /* somebody does not get it from those before */
    bool unpledged; /* somebody takes no pledge for it */
} o_material;

static bool o_same_material(const govsvc_material *a, const govsvc_material *b)
{
    if (a->canonical || b->canonical)
        return a->canonical && b->canonical && strcmp(a->canonical, b->canonical) == 0;
    return a->certificate_type && b->certificate_type &&
           strcmp(a->certificate_type, b->certificate_type) == 0;
}

static int64_t o_rank(int64_t need)
{
    return need == GOVSVC_NEED_REQUIRED ? 3 : need == GOVSVC_NEED_LATER ? 2 : 1;
}

static void o_add_material(const random_bundle *of, o_material *list, size_t *count,
                           const govsvc_material *material, size_t member)
{
    size_t at = 0;
    while (at < *count && !o_same_material(material, list[at].first))
        at++;
    o_material *to = &list[at];
    if (at == *count) {
        *to = (o_material){.first = material, .copies = -1};
        ++*count;
    }
    o_ask(to->asked_by, of->members[member]->code);
    to->rank = o_rank(material->need) > to->rank ? o_rank(material->need) : to->rank;
    to->copies = material->copies > to->copies ? material->copies : to->copies;
    to->unpledged |= material->pledge != GOVSVC_YES;
    to->asked |= !material->certificate_type || !o_yields_before(of, member, material->certificate_type);
}

/* ---- both compared ----------------------------------------------------------------------------------- */

static size_t o_fields(const random_bundle *of, o_field *list, int64_t *before)
{
    size_t count = 0;
    for (size_t i = 0; i < of->bundle.member_count; i++)
        for (uint64_t j = 0; o_member_counts(of, i) && j < of->matters[i]->field_count; j++) {
            const govsvc_form_field *field = of->matters[i]->fields[j];
            const char *member = of->members[i]->code;
            if (!o_counts(of, field->when, field->when_count))
                continue;
            o_add_field(o_field_of(list, &count, field, member), field, member);
            ++*before;
        }
    return count;
}

static void compare_fields(const random_bundle *of, const govsvc_composition *out)
{
    o_field list[MEMBERS * ITEMS];
    int64_t before = 0;
    size_t count = o_fields(of, list, &before);
    CHECK_INT(out->field_count, count);
    CHECK_INT(out->fields_after, count);
    CHECK_INT(out->fields_before, before);
    for (size_t i = 0; i < count && i < out->field_count; i++) {
        const govsvc_form_field *field = out->fields[i];
        CHECK_TEXT(field->name, list[i].name);
        CHECK_TEXT(field->element, list[i].first->element);
        CHECK_TEXT(joined(field->asked_by, field->asked_by_count), list[i].asked_by);
        CHECK_INT(field->required == GOVSVC_YES, list[i].required);
        CHECK_INT(field->least == GOVSVC_ABSENT ? -1 : field->least, list[i].least);
        CHECK_INT(field->most == GOVSVC_ABSENT ? 1000 : field->most, list[i].most);
        CHECK_INT(field->length, list[i].some_length ? list[i].length : GOVSVC_ABSENT);
        CHECK_INT(field->level, list[i].some_level ? list[i].level : GOVSVC_ABSENT);
        CHECK_INT(o_choices(field), list[i].choices);
        CHECK_INT(field->when_count, 0);
    }
}

static size_t o_materials(const random_bundle *of, o_material *list, int64_t *before)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < of->bundle.member_count; i++)
        for (uint64_t j = 0; o_member_counts(of, i) && j < of->matters[i]->material_count; j++) {
            const govsvc_material *material = of->matters[i]->materials[j];
            if (!o_counts(of, material->when, material->when_count))
                continue;
            o_add_material(of, list, &count, material, i);
            ++*before;
        }
    for (size_t i = 0; i < count; i++)
        if (list[i].asked)
            list[kept++] = list[i];
    return kept;
}

static void compare_materials(const random_bundle *of, const govsvc_composition *out)
{
    o_material list[MEMBERS * ITEMS];
    int64_t before = 0;
    size_t count = o_materials(of, list, &before);
    CHECK_INT(out->material_count, count);
    CHECK_INT(out->materials_after, count);
    CHECK_INT(out->materials_before, before);
    for (size_t i = 0; i < count && i < out->material_count; i++) {
        const govsvc_material *material = out->materials[i];
        CHECK_TEXT(material->name, list[i].first->name);
        CHECK_TEXT(joined(material->asked_by, material->asked_by_count), list[i].asked_by);
        CHECK_INT(o_rank(material->need), list[i].rank);
        CHECK_INT(material->pledge != GOVSVC_YES, list[i].unpledged);
        CHECK_INT(material->copies == GOVSVC_ABSENT ? -1 : material->copies, list[i].copies);
    }
}

static void compare_days(const random_bundle *of, const govsvc_composition *out)
{
    int64_t sum = 0, last = 0, path = 0;
    for (size_t i = 0; i < of->bundle.member_count; i++) {
        if (!o_member_counts(of, i))
            continue;
        sum += of->matters[i]->statutory_amount;
        last = o_decided(of, i) > last ? o_decided(of, i) : last;
    }
    for (uint64_t i = 0; i < out->critical_count; i++)
        path += of->matters[o_find(of, out->critical[i])]->statutory_amount;
    CHECK_INT(out->days_before, sum);
    CHECK_INT(out->days_after, last);
    CHECK_INT(path, last);
    CHECK_INT(out->circle_count, 0);
}

/* Nothing stands twice, whatever the oracle says. */
static void check_no_duplicate(const govsvc_composition *out)
{
    for (uint64_t i = 0; i < out->field_count; i++)
        for (uint64_t j = 0; j < i; j++) {
            const govsvc_form_field *a = out->fields[i], *b = out->fields[j];
            CHECK(strcmp(a->name, b->name) != 0);
            CHECK(!a->element || !b->element || strcmp(a->element, b->element) != 0);
        }
    for (uint64_t i = 0; i < out->material_count; i++)
        for (uint64_t j = 0; j < i; j++) {
            CHECK(strcmp(out->materials[i]->code, out->materials[j]->code) != 0);
            CHECK(!o_same_material(out->materials[i], out->materials[j]));
        }
}

static void measure_1_b_adding_a_member_never_adds_a_duplicate(void)
{
    static const char *const answers[] = {NULL, "q=a", "q=b"};
    for (int round = 0; round < 1000; round++) {
        random_bundle of = {.answer = answers[below(3)]};
        size_t most = 1 + below(MEMBERS);
        arena = gs_arena_new(&gs_allocator_default, 0);
        gs_record_init(&gs_record_matter, &of.bundle);
        of.bundle.members = of.members;
        for (size_t count = 0; count < most; count++) {
            govsvc_composition out;
            of.members[count] = some_member(count);
            of.matters[count] = some_matter();
            of.bundle.member_count = count + 1;
            const gs_answers given = {&of.answer, of.answer != NULL};
            CHECK(gs_compose(arena, &of.bundle, of.matters, given, &out));
            CHECK_INT(out.conflict_count, 0);
            check_no_duplicate(&out);
            compare_fields(&of, &out);
            compare_materials(&of, &out);
            compare_days(&of, &out);
        }
        gs_arena_free(arena);
    }
}

/* ---- the graph --------------------------------------------------------------------------------------- */

/* Members a, b, c ...: after[i] has the letters of those that one waits for. */
static void graph_of(const char *const *after, size_t count, gs_graph *out)
{
    char letters[26][2] = {{0}};
    const char *names[8][8];
    govsvc_member list[8];
    const govsvc_member *members[8];
    for (size_t i = 0; i < 26; i++)
        letters[i][0] = (char)('a' + i);
    for (size_t i = 0; i < count; i++) {
        list[i] = (govsvc_member)GOVSVC_MEMBER_INIT;
        list[i].code = letters[i];
        for (const char *c = after[i]; *c; c++)
            names[i][list[i].after_count++] = letters[*c - 'a'];
        list[i].after = names[i];
        members[i] = &list[i];
    }
    gs_graph_of(members, count, out);
}

static void check_list(const size_t *list, size_t count, const char *want)
{
    char got[GS_MEMBERS_MAX + 1] = "";
    for (size_t i = 0; i < count; i++)
        got[i] = (char)('a' + list[i]);
    CHECK_TEXT(got, want);
}

static void the_critical_path_is_the_longest(void)
{
    static const struct {
        size_t count;
        const char *after[5];
        int64_t days[5];
        const char *path;
        int64_t total;
    } rows[] = {
        {0, {NULL}, {0}, "", 0},
        {1, {""}, {4}, "a", 4},
        {3, {"", "", ""}, {4, 9, 9}, "b", 9},
        {5, {"", "a", "b", "a", "cd"}, {1, 2, 2, 9, 1}, "ade", 11}, /* fewer members, more days */
        {3, {"b", "c", ""}, {1, 1, 1}, "cba", 3},                   /* named the other way round */
        {4, {"", "a", "a", "bc"}, {1, 2, 2, 1}, "abd", 4},          /* both are as long */
        {2, {"z", "a"}, {1, 2}, "ab", 3},                           /* z is no member */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gs_graph graph;
        size_t list[GS_MEMBERS_MAX], count;
        graph_of(rows[i].after, rows[i].count, &graph);
        CHECK_INT(gs_graph_longest(&graph, rows[i].days, list, &count), rows[i].total);
        check_list(list, count, rows[i].path);
    }
}

static void circles_are_found_and_named_in_order(void)
{
    static const struct {
        size_t count;
        const char *after[4];
        size_t from;
        const char *circle;
    } rows[] = {
        {2, {"", "a"}, 1, ""},
        {1, {"a"}, 0, "a"},
        {2, {"b", "a"}, 0, "ab"},
        {3, {"c", "a", "b"}, 0, "acb"},
        {4, {"bd", "c", "a", "a"}, 0, "ad"}, /* the shortest */
        {3, {"b", "c", "b"}, 0, ""},         /* it only waits for one */
        {3, {"b", "c", "b"}, 1, "bc"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gs_graph graph;
        size_t list[GS_MEMBERS_MAX];
        graph_of(rows[i].after, rows[i].count, &graph);
        check_list(list, gs_graph_circle(&graph, rows[i].from, list), rows[i].circle);
    }
}

/* ---- large ------------------------------------------------------------------------------------------- */

enum { LARGE = 50, LARGE_FIELDS = 500 };

/* Every second element all have, the others are its own. */
static const govsvc_matter *large_matter(size_t at)
{
    govsvc_matter *matter = gs_arena_alloc(arena, sizeof *matter);
    const govsvc_form_field **fields = gs_arena_array(arena, LARGE_FIELDS, sizeof *fields);
    gs_record_init(&gs_record_matter, matter);
    matter->statutory_amount = 2;
    matter->statutory_unit = GOVSVC_UNIT_WORKING_DAYS;
    for (size_t i = 0; i < LARGE_FIELDS; i++) {
        govsvc_form_field *field = gs_arena_alloc(arena, sizeof *field);
        gs_record_init(&gs_record_form_field, field);
        field->type = GOVSVC_FIELD_TEXT;
        field->name = gs_arena_print(arena, "f%zu", i);
        field->element = gs_arena_print(arena, "DE%zu-%zu", i, i % 2 ? LARGE : at);
        fields[i] = field;
    }
    matter->fields = fields;
    matter->field_count = LARGE_FIELDS;
    return matter;
}

/* It waits for all before it. */
static const govsvc_member *large_member(const govsvc_member *const *members, size_t at)
{
    govsvc_member *member = gs_arena_alloc(arena, sizeof *member);
    const char **after = gs_arena_array(arena, LARGE, sizeof *after);
    gs_record_init(&gs_record_member, member);
    member->code = gs_arena_print(arena, "m%zu", at);
    for (size_t i = 0; i < at; i++)
        after[member->after_count++] = members[i]->code;
    member->after = after;
    return member;
}

static void a_large_bundle_is_composed(void)
{
    govsvc_composition out;
    govsvc_matter bundle;
    const govsvc_member *members[LARGE];
    const govsvc_matter *matters[LARGE];
    arena = gs_arena_new(&gs_allocator_default, 0);
    gs_record_init(&gs_record_matter, &bundle);
    for (size_t i = 0; i < LARGE; i++) {
        members[i] = large_member(members, i);
        matters[i] = large_matter(i);
    }
    bundle.members = members;
    bundle.member_count = LARGE;
    CHECK(gs_compose(arena, &bundle, matters, (gs_answers){NULL, 0}, &out));
    CHECK_INT(out.field_count, LARGE_FIELDS / 2 + LARGE * LARGE_FIELDS / 2);
    CHECK_INT(out.fields[1]->asked_by_count, LARGE);
    CHECK_TEXT(out.fields[out.field_count - 1]->name, "m49.f498");
    CHECK_INT(out.critical_count, LARGE);
    CHECK_INT(out.days_after, 2 * LARGE);
    gs_arena_free(arena);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(measure_1_b_adding_a_member_never_adds_a_duplicate),
        TEST(the_critical_path_is_the_longest),
        TEST(circles_are_found_and_named_in_order),
        TEST(a_large_bundle_is_composed),
    };
    return test_main(cases, TEST_COUNT(cases));
}
