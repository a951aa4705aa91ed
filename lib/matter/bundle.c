/* lib/matter/bundle.c - the members of a bundle as they are in force: for its guide and form, and what
 * publication asks of it.
 */
#include "matter/bundle.h"

#include <string.h>

/* A problem of a member. */
static void refuse_member(gs_call *call, size_t member, const char *part, const char *rule, const char *got,
                          const char *text_zh, const char *text_en)
{
    gs_arena *arena = call->work.arena;
    govsvc_problem problem = {.rule = rule, .got = got};
    problem.field = gs_arena_print(arena, "/members/%d/%s", (int)member, part);
    problem.text_zh = gs_arena_print(arena, "/members/%d/%s：%s", (int)member, part, text_zh);
    problem.text_en = gs_arena_print(arena, "/members/%d/%s: %s", (int)member, part, text_en);
    if (!gs_arena_failed(arena))
        gs_problem_add(call->work.problems, &problem);
}

/* ---- loading ----------------------------------------------------------------------------------------- */

/* The date from which a version can be applied for, today at the earliest. */
static const char *first_day(gs_call *call, const char *in_force_date)
{
    const char *today = gs_today(call);
    return today && in_force_date && strcmp(in_force_date, today) > 0 ? in_force_date : today;
}

static void refuse_absent(gs_call *call, size_t at, const govsvc_member *member, const char *date)
{
    gs_arena *arena = call->work.arena;
    refuse_member(
        call, at, "matter", "in_force", member->matter,
        gs_arena_print(arena, "成员 %s 的事项 %s 在 %s 没有在用版本", member->code, member->matter, date),
        gs_arena_print(arena, "no version of %s, member %s, is in force on %s", member->matter, member->code,
                       date));
}

/* needed: it counts. One that does not may be out of force. */
static govsvc_status load_member(gs_call *call, size_t at, const govsvc_member *member, const char *date,
                                 bool needed, const govsvc_matter **out)
{
    govsvc_status status = gs_matter_effective_on(call, member->matter, date, out);
    if (status == GOVSVC_NOT_FOUND) {
        *out = NULL;
        if (needed)
            refuse_absent(call, at, member, date);
        return GOVSVC_OK;
    }
    if (status || (*out)->type != GOVSVC_MATTER_BUNDLE)
        return status;
    *out = NULL;
    refuse_member(call, at, "matter", "nested", member->matter, "一件事不能作为另一件事的成员",
                  "a bundle cannot be a member of a bundle");
    return GOVSVC_OK;
}

/* The bundle's own question is asked where a member has one of the same code. */
static govsvc_status add_situations(gs_call *call, gs_bundle *bundle)
{
    govsvc_matter *whole = &bundle->whole;
    uint64_t total = whole->situation_count;
    for (uint64_t i = 0; i < whole->member_count; i++)
        total += bundle->matters[i] ? bundle->matters[i]->situation_count : 0;
    const govsvc_situation **list = gs_arena_array(call->work.arena, total + 1, sizeof *list);
    if (!list)
        return GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < whole->situation_count; i++)
        list[i] = whole->situations[i];
    whole->situations = list;
    for (uint64_t i = 0; i < whole->member_count; i++)
        for (uint64_t j = 0; bundle->matters[i] && j < bundle->matters[i]->situation_count; j++)
            if (!gs_situation_of(whole, bundle->matters[i]->situations[j]->code))
                list[whole->situation_count++] = bundle->matters[i]->situations[j];
    return GOVSVC_OK;
}

/* answers NULL: every member is needed. */
static govsvc_status load(gs_call *call, const govsvc_matter *matter, const char *date,
                          const gs_answers *answers, gs_bundle **out)
{
    gs_bundle *bundle = gs_arena_alloc(call->work.arena, sizeof *bundle);
    govsvc_status status = bundle && date ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; !status && i < matter->member_count && i < GS_MEMBERS_MAX; i++) {
        const govsvc_member *member = matter->members[i];
        bool needed = !answers || gs_counts(member->when, member->when_count, *answers) == GS_COUNTS;
        status = load_member(call, i, member, date, needed, &bundle->matters[i]);
    }
    if (status)
        return status;
    bundle->whole = *matter;
    *out = bundle;
    return add_situations(call, bundle);
}

govsvc_status gs_bundle_load(gs_call *call, const govsvc_matter *matter, gs_answers answers, gs_bundle **out)
{
    return load(call, matter, first_day(call, NULL), &answers, out);
}

/* ---- guide and form ---------------------------------------------------------------------------------- */

/* Adds the situations on which something depends that a counting member asks for. */
static bool add_open(gs_arena *arena, const gs_bundle *bundle, gs_answers answers, govsvc_matter *left)
{
    const govsvc_situation **list = gs_arena_array(arena, bundle->whole.situation_count + 1, sizeof *list);
    for (uint64_t i = 0; list && i < left->situation_count; i++)
        list[i] = left->situations[i];
    left->situations = list;
    for (uint64_t i = 0; list && i < bundle->whole.member_count; i++) {
        const govsvc_member *member = bundle->whole.members[i];
        if (!bundle->matters[i] || gs_counts(member->when, member->when_count, answers) != GS_COUNTS)
            continue;
        govsvc_matter matter = *bundle->matters[i];
        if (!gs_select(arena, &gs_record_matter, &matter, answers, true) ||
            !gs_select_situations(arena, &matter, answers))
            return false;
        for (uint64_t j = 0; j < matter.situation_count; j++)
            if (!gs_situation_of(left, matter.situations[j]->code))
                list[left->situation_count++] = gs_situation_of(&bundle->whole, matter.situations[j]->code);
    }
    return list != NULL;
}

govsvc_status gs_bundle_choose(gs_call *call, const gs_bundle *bundle, gs_chosen *out)
{
    gs_arena *arena = call->work.arena;
    govsvc_composition composition;
    if (!gs_compose(arena, &bundle->whole, bundle->matters, out->answers, &composition) ||
        !add_open(arena, bundle, out->answers, &out->left))
        return GOVSVC_NO_MEMORY;
    if (!bundle->whole.field_count) {
        out->left.fields = composition.fields;
        out->left.field_count = composition.field_count;
    }
    if (!bundle->whole.material_count) {
        out->left.materials = composition.materials;
        out->left.material_count = composition.material_count;
    }
    return GOVSVC_OK;
}

/* ---- publication ------------------------------------------------------------------------------------- */

static void refuse_circle(gs_call *call, const govsvc_matter *matter, const size_t *circle, size_t count)
{
    gs_arena *arena = call->work.arena;
    gs_buffer names = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        gs_buffer_print(&names, "%s -> ", matter->members[circle[i]]->code);
    gs_buffer_text(&names, matter->members[circle[0]]->code);
    refuse_member(call, circle[0], "after", "circle", names.text,
                  gs_arena_print(arena, "成员互为前置，无法办理：%s", names.text),
                  gs_arena_print(arena, "members wait for each other in a circle: %s", names.text));
}

/* Of members that all wait for each other one circle is told. */
static void check_circles(gs_call *call, const govsvc_matter *matter)
{
    gs_graph graph;
    gs_members told = 0;
    size_t circle[GS_MEMBERS_MAX];
    gs_graph_of(matter->members, matter->member_count, &graph);
    for (size_t i = 0; i < graph.count; i++) {
        size_t count = told >> i & 1 ? 0 : gs_graph_circle(&graph, i, circle);
        if (!count)
            continue;
        refuse_circle(call, matter, circle, count);
        for (size_t j = 0; j < graph.count; j++)
            if (graph.earlier[i] >> j & 1 && graph.earlier[j] >> i & 1)
                told |= UINT64_C(1) << j;
    }
}

static void refuse_conflict(gs_call *call, size_t member, const govsvc_conflict *conflict)
{
    gs_arena *arena = call->work.arena;
    refuse_member(call, member, "matter", "conflict", conflict->element,
                  gs_arena_print(arena, "数据元 %s 的要求互相冲突（%s）：%s；%s", conflict->element,
                                 conflict->what, conflict->one, conflict->other),
                  gs_arena_print(arena, "data element %s cannot be met (%s): %s; %s", conflict->element,
                                 conflict->what, conflict->one, conflict->other));
}

/* Of all fields, whatever will be answered. */
static govsvc_status check_conflicts(gs_call *call, const gs_bundle *bundle)
{
    gs_arena *arena = call->work.arena;
    gs_part parts[GS_MEMBERS_MAX];
    size_t places[GS_MEMBERS_MAX], count = 0;
    govsvc_composition composition = {.struct_size = sizeof composition};
    gs_conflicts conflicts;
    for (size_t i = 0; i < bundle->whole.member_count && i < GS_MEMBERS_MAX; i++) {
        if (!bundle->matters[i])
            continue;
        places[count] = i;
        parts[count++] = (gs_part){bundle->whole.members[i], bundle->matters[i]};
    }
    if (!gs_union_fields(arena, parts, count, &bundle->whole, &composition, &conflicts))
        return GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < conflicts.count; i++)
        refuse_conflict(call, places[conflicts.members[i]], conflicts.items[i]);
    return gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

govsvc_status gs_bundle_check(gs_call *call, govsvc_matter *matter)
{
    gs_bundle *bundle;
    if (matter->type != GOVSVC_MATTER_BUNDLE)
        return GOVSVC_OK;
    govsvc_status status = load(call, matter, first_day(call, matter->in_force_date), NULL, &bundle);
    if (status)
        return status;
    check_circles(call, matter);
    status = check_conflicts(call, bundle);
    return status ? status : gs_problems_status(call->work.problems);
}
