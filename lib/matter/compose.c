/* lib/matter/compose.c - a bundle as one: what its members ask for together, how long it takes, and what is
 * saved against handling them one by one (四减).
 */
#include "matter/bundle.h"

#define CONFLICT_FIELDS(T, F)                                                                                \
    F(T, TEXT, element, "数据元", .max = 60)                                                                 \
    F(T, TEXT, what, "冲突内容")                                                                             \
    F(T, TEXT, one, "先提出的要求", .max = 1000)                                                             \
    F(T, TEXT, other, "与之冲突的要求", .max = 1000)
GS_RECORD(gs_record_conflict, govsvc_conflict, "conflict", "要求冲突", CONFLICT_FIELDS)

#define COMPOSITION_FIELDS(T, F)                                                                             \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, INT, steps_before, "分别办理的环节数")                                                              \
    F(T, INT, steps_after, "合并办理的环节数")                                                               \
    F(T, INT, materials_before, "分别办理的材料数")                                                          \
    F(T, INT, materials_after, "合并办理的材料数")                                                           \
    F(T, INT, days_before, "分别办理的工作日")                                                               \
    F(T, INT, days_after, "合并办理的工作日")                                                                \
    F(T, INT, visits_before, "分别办理的到现场次数")                                                         \
    F(T, INT, visits_after, "合并办理的到现场次数")                                                          \
    F(T, INT, fields_before, "分别办理的填写项数")                                                           \
    F(T, INT, fields_after, "合并办理的填写项数")                                                            \
    F(T, LIST, members, "成员事项", .of = &gs_record_member, .max = GS_MEMBERS_MAX,                          \
      .count = offsetof(T, member_count))                                                                    \
    F(T, LIST, fields, "表单字段", .of = &gs_record_form_field, .max = 25000,                                \
      .count = offsetof(T, field_count))                                                                     \
    F(T, LIST, materials, "申请材料", .of = &gs_record_material, .max = 10000,                               \
      .count = offsetof(T, material_count))                                                                  \
    F(T, LIST, conflicts, "要求冲突", .of = &gs_record_conflict, .max = GS_CONFLICTS_MAX,                    \
      .count = offsetof(T, conflict_count))                                                                  \
    F(T, TEXTS, circle, "互为前置的成员", .max = GS_MEMBERS_MAX, .count = offsetof(T, circle_count))         \
    F(T, TEXTS, critical, "最长路径", .max = GS_MEMBERS_MAX, .count = offsetof(T, critical_count))
GS_RECORD(gs_record_composition, govsvc_composition, "composition", "一件事组合", COMPOSITION_FIELDS)

/* ---- the members that count -------------------------------------------------------------------------- */

typedef struct joint {
    gs_arena *arena;
    const govsvc_matter *bundle; /* its lists have what counts */
    gs_part parts[GS_MEMBERS_MAX];
    const govsvc_member *members[GS_MEMBERS_MAX];
    gs_graph graph;
    govsvc_composition *out;
} joint;

static const govsvc_matter *what_counts(gs_arena *arena, const govsvc_matter *whole, gs_answers answers)
{
    govsvc_matter *left = gs_arena_alloc(arena, sizeof *left);
    if (!left)
        return NULL;
    *left = *whole;
    return gs_select(arena, &gs_record_matter, left, answers, false) ? left : NULL;
}

static bool take_members(joint *of, const govsvc_matter *bundle, const govsvc_matter *const *matters,
                         gs_answers answers)
{
    size_t count = 0;
    for (uint64_t i = 0; i < bundle->member_count && i < GS_MEMBERS_MAX; i++) {
        const govsvc_member *member = bundle->members[i];
        if (!matters[i] || gs_counts(member->when, member->when_count, answers) != GS_COUNTS)
            continue;
        const govsvc_matter *matter = what_counts(of->arena, matters[i], answers);
        if (!matter)
            return false;
        of->parts[count] = (gs_part){member, matter};
        of->members[count++] = member;
    }
    const govsvc_member **members = gs_arena_array(of->arena, count + 1, sizeof *members);
    for (size_t i = 0; members && i < count; i++)
        members[i] = of->members[i];
    of->out->members = members;
    of->out->member_count = count;
    gs_graph_of(of->members, count, &of->graph);
    return members != NULL;
}

/* ---- stages and visits ------------------------------------------------------------------------------- */

/* What is done once for all members together. */
static bool is_shared(int64_t kind)
{
    return kind == GOVSVC_STAGE_ACCEPT || kind == GOVSVC_STAGE_CLOSE || kind == GOVSVC_STAGE_DELIVER;
}

static void reckon_steps(joint *of)
{
    uint64_t shared = 0, own = of->bundle->stage_count;
    govsvc_composition *out = of->out;
    for (size_t i = 0; i < of->graph.count; i++) {
        const govsvc_matter *matter = of->parts[i].matter;
        out->steps_before += (int64_t)matter->stage_count;
        for (uint64_t j = 0; j < matter->stage_count; j++) {
            int64_t kind = matter->stages[j]->kind;
            bool again = is_shared(kind) && shared >> kind & 1;
            out->steps_after += !again;
            shared |= UINT64_C(1) << kind;
        }
    }
    if (own)
        out->steps_after = (int64_t)own;
}

/* Where a matter does not say how many visits it takes, none is counted. */
static void reckon_visits(joint *of)
{
    govsvc_composition *out = of->out;
    for (size_t i = 0; i < of->graph.count; i++) {
        int64_t visits = of->parts[i].matter->visits;
        if (visits == GOVSVC_ABSENT)
            continue;
        out->visits_before += visits;
        out->visits_after = visits > out->visits_after ? visits : out->visits_after;
    }
    if (of->bundle->visits != GOVSVC_ABSENT)
        out->visits_after = of->bundle->visits;
}

/* ---- days -------------------------------------------------------------------------------------------- */

/* Office hours of a day, as they usually are. */
enum { OFFICE_HOURS = 7 };

/* A limit at its longest, in working days: seven natural days have five. */
static int64_t working_days(int64_t amount, int64_t unit)
{
    if (unit == GOVSVC_UNIT_WORKING_DAYS)
        return amount;
    if (unit == GOVSVC_UNIT_OFFICE_HOURS)
        return (amount + OFFICE_HOURS - 1) / OFFICE_HOURS;
    return (gs_limit_in_days(amount, unit) * 5 + 6) / 7;
}

static bool is_promised(const govsvc_matter *matter)
{
    return matter->promised_amount != GOVSVC_ABSENT;
}

static int64_t days_of(const govsvc_matter *matter)
{
    if (is_promised(matter))
        return working_days(matter->promised_amount, matter->promised_unit);
    return matter->statutory_amount == GOVSVC_ABSENT
               ? 0
               : working_days(matter->statutory_amount, matter->statutory_unit);
}

static bool name_members(const joint *of, const size_t *list, size_t count, const char *const **out,
                         uint64_t *out_count)
{
    const char **codes = gs_arena_array(of->arena, count + 1, sizeof *codes);
    for (size_t i = 0; codes && i < count; i++)
        codes[i] = of->members[list[i]]->code;
    *out = codes;
    *out_count = codes ? count : 0;
    return codes != NULL;
}

static bool reckon_days(joint *of)
{
    govsvc_composition *out = of->out;
    int64_t days[GS_MEMBERS_MAX] = {0};
    size_t list[GS_MEMBERS_MAX] = {0}, count = 0;
    for (size_t i = 0; i < of->graph.count; i++) {
        days[i] = days_of(of->parts[i].matter);
        out->days_before += days[i];
    }
    for (size_t i = 0; i < of->graph.count && !count; i++)
        count = gs_graph_circle(&of->graph, i, list);
    if (count) { /* it never ends */
        out->days_after = GOVSVC_ABSENT;
        return name_members(of, list, count, &out->circle, &out->circle_count);
    }
    out->days_after = gs_graph_longest(&of->graph, days, list, &count);
    int64_t promised = is_promised(of->bundle) ? days_of(of->bundle) : out->days_after;
    if (promised <
        out->days_after) /* with members left out the path may be shorter than what was promised for all */
        out->days_after = promised;
    return name_members(of, list, count, &out->critical, &out->critical_count);
}

/* ---- fields and materials ---------------------------------------------------------------------------- */

/* A bundle that has a form or materials of its own asks for these. */
static void count_asked(joint *of)
{
    govsvc_composition *out = of->out;
    for (size_t i = 0; i < of->graph.count; i++) {
        out->fields_before += (int64_t)of->parts[i].matter->field_count;
        out->materials_before += (int64_t)of->parts[i].matter->material_count;
    }
    out->fields_after = (int64_t)(of->bundle->field_count ? of->bundle->field_count : out->field_count);
    out->materials_after =
        (int64_t)(of->bundle->material_count ? of->bundle->material_count : out->material_count);
}

bool gs_compose(gs_arena *arena, const govsvc_matter *bundle, const govsvc_matter *const *matters,
                gs_answers answers, govsvc_composition *out)
{
    joint of = {.arena = arena, .bundle = what_counts(arena, bundle, answers), .out = out};
    gs_conflicts conflicts;
    *out = (govsvc_composition){.struct_size = sizeof *out, .id = bundle->id, .version = bundle->version};
    if (!of.bundle || !take_members(&of, bundle, matters, answers) || !reckon_days(&of) ||
        !gs_union_fields(arena, of.parts, of.graph.count, NULL, out, &conflicts) ||
        !gs_union_materials(arena, of.parts, &of.graph, out))
        return false;
    out->conflicts = conflicts.items;
    out->conflict_count = conflicts.count;
    reckon_steps(&of);
    reckon_visits(&of);
    count_asked(&of);
    return true;
}

/* ---- matter.compose ---------------------------------------------------------------------------------- */

static govsvc_status load(gs_call *call, gs_bundle **out)
{
    const govsvc_matter_request *in = call->in;
    const gs_answers answers = {in->answers, in->answer_count};
    const govsvc_matter *matter;
    govsvc_status status = gs_matter_asked(call, in->id, in->code, &matter);
    if (status)
        return status;
    if (matter->type != GOVSVC_MATTER_BUNDLE)
        return in->id ? gs_refuse_in_words(call, "/id", "bundle", "/id：该事项不是一件事",
                                           "/id: the matter is no bundle", NULL)
                      : gs_refuse_in_words(call, "/code", "bundle", "/code：该事项不是一件事",
                                           "/code: the matter is no bundle", NULL);
    status = gs_bundle_load(call, matter, answers, out);
    return status ? status : gs_answers_check(call, &(*out)->whole, answers);
}

static govsvc_status run_compose(gs_call *call)
{
    const govsvc_matter_request *in = call->in;
    const gs_answers answers = {in->answers, in->answer_count};
    govsvc_composition *out = gs_arena_alloc(call->work.arena, sizeof *out);
    gs_bundle *bundle;
    govsvc_status status = load(call, &bundle);
    if (status)
        return status;
    if (!out || !gs_compose(call->work.arena, &bundle->whole, bundle->matters, answers, out))
        return GOVSVC_NO_MEMORY;
    call->out = out;
    return GOVSVC_OK;
}

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.compose", .title = "一件事组合", .in = &gs_record_matter_request, .out = &gs_record_composition,
     .kind = GS_RUN, .run = run_compose, .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_bundle = {.operations = operations};
