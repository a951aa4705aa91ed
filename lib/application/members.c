/* lib/application/members.c - an application for a bundle becomes one for each of its members: each complete by
 * itself, with what its own matter asks for out of what was handed in once. */
#include "application/bundle.h"

#include <string.h>

#include "record/json_parse.h"

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* ---- what the members ask for together ------------------------------------------------------------------ */

static govsvc_status choose(gs_call *call, const govsvc_application *application, gs_chosen *out)
{
    const govsvc_matter_request request = {.struct_size = sizeof request,
                                           .code = application->matter,
                                           .answers = application->answers,
                                           .answer_count = application->answer_count};
    gs_call asked = *call;
    asked.in = &request;
    return gs_matter_choose(&asked, out);
}

govsvc_status gs_bundle_view(gs_call *call, const govsvc_application *application,
                             const govsvc_matter *matter, const govsvc_matter **out)
{
    gs_chosen chosen;
    *out = matter;
    if (matter->type != GOVSVC_MATTER_BUNDLE)
        return GOVSVC_OK;
    govsvc_status status = choose(call, application, &chosen);
    govsvc_matter *view = status ? NULL : gs_arena_alloc(call->work.arena, sizeof *view);
    if (!view)
        return status ? status : GOVSVC_NO_MEMORY;
    *view = chosen.left;
    view->situations = chosen.whole->situations;
    view->situation_count = chosen.whole->situation_count;
    *out = view;
    return GOVSVC_OK;
}

/* ---- one member's share --------------------------------------------------------------------------------- */

typedef struct dividing {
    gs_call *call;
    const govsvc_application *parent;
    const govsvc_matter *joint; /* with asked_by in what is asked for together */
    json_t *form;               /* the parent's; NULL: none */
    const govsvc_member *member;
    const govsvc_matter *matter;
} dividing;

static bool is_asked_by(const char *const *codes, uint64_t count, const char *member)
{
    bool found = count == 0;
    for (uint64_t i = 0; i < count && !found; i++)
        found = strcmp(codes[i], member) == 0;
    return found;
}

/* A name in the union is the member's own, or has its code before it where two had the same. */
static bool is_name_of(const char *joint, const char *member, const char *own)
{
    size_t size = strlen(member);
    return strcmp(joint, own) == 0 || (strncmp(joint, member, size) == 0 && joint[size] == '.' &&
                                       strncmp(joint + size + 1, own, strlen(own)) == 0);
}

static const char *joint_field_of(const dividing *of, const govsvc_form_field *field)
{
    for (uint64_t i = 0; i < of->joint->field_count; i++) {
        const govsvc_form_field *joint = of->joint->fields[i];
        if (!is_asked_by(joint->asked_by, joint->asked_by_count, of->member->code))
            continue;
        if (field->element ? same(joint->element, field->element)
                           : !joint->element && is_name_of(joint->name, of->member->code, field->name))
            return joint->name;
    }
    return NULL;
}

static govsvc_status divide_form(const dividing *of, govsvc_application *child)
{
    json_t *own = json_object();
    gs_buffer text = {.arena = of->call->work.arena};
    bool done = own != NULL;
    for (uint64_t i = 0; of->form && done && i < of->matter->field_count; i++) {
        const char *name = joint_field_of(of, of->matter->fields[i]);
        json_t *value = name ? json_object_get(of->form, name) : NULL;
        done = !value || json_object_set(own, of->matter->fields[i]->name, value) == 0;
    }
    if (done && json_object_size(own)) {
        gs_json_tree(&text, own);
        child->form = text.text;
    }
    json_decref(own);
    return done && !gs_arena_failed(of->call->work.arena) ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* What takes its place in the union: of one canonical code, else one type of certificate, else the same code. */
static const char *joint_material_of(const dividing *of, const govsvc_material *material)
{
    for (uint64_t i = 0; i < of->joint->material_count; i++) {
        const govsvc_material *joint = of->joint->materials[i];
        if (!is_asked_by(joint->asked_by, joint->asked_by_count, of->member->code))
            continue;
        if (material->canonical          ? same(joint->canonical, material->canonical)
            : material->certificate_type ? same(joint->certificate_type, material->certificate_type)
                                         : is_name_of(joint->code, of->member->code, material->code))
            return joint->code;
    }
    return NULL;
}

static bool take_material(const dividing *of, const govsvc_material *material, govsvc_application *child)
{
    const char *code = joint_material_of(of, material);
    for (uint64_t i = 0; code && i < of->parent->material_count; i++) {
        if (!same(of->parent->materials[i]->code, code))
            continue;
        govsvc_supplied *own = gs_arena_alloc(of->call->work.arena, sizeof *own);
        if (!own)
            return false;
        *own = *of->parent->materials[i];
        own->code = material->code;
        const void *const *all =
            gs_arena_append(of->call->work.arena, child->materials, child->material_count, own);
        child->materials = (const govsvc_supplied *const *)all;
        child->material_count += all != NULL;
        return all != NULL;
    }
    return true;
}

static govsvc_status divide_materials(const dividing *of, govsvc_application *child)
{
    child->materials = NULL;
    child->material_count = 0;
    for (uint64_t i = 0; i < of->matter->material_count; i++)
        if (!take_material(of, of->matter->materials[i], child))
            return GOVSVC_NO_MEMORY;
    return GOVSVC_OK;
}

/* Answers to the member's own situations. */
static govsvc_status divide_answers(const dividing *of, govsvc_application *child)
{
    const char **own = gs_arena_array(of->call->work.arena, of->parent->answer_count + 1, sizeof *own);
    if (!own)
        return GOVSVC_NO_MEMORY;
    child->answer_count = 0;
    for (uint64_t i = 0; i < of->parent->answer_count; i++)
        if (gs_situation_of(of->matter, of->parent->answers[i]))
            own[child->answer_count++] = of->parent->answers[i];
    child->answers = own;
    return GOVSVC_OK;
}

/* ---- the children --------------------------------------------------------------------------------------- */

/* Who applies is the same. */
static void share_person(const govsvc_application *parent, govsvc_application *child)
{
    static const char *const members[] = {"applicant_kind", "channel",      "title", "applicant_name",
                                          "applicant_id",   "contact_name", "phone", "address",
                                          "owner",          "reception"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const gs_field *field = gs_record_field(&gs_record_application, members[i]);
        gs_field_share(field, child, field, parent);
    }
}

static govsvc_status make_child(const dividing *of, bool waits)
{
    gs_call *call = of->call;
    gs_row *row = gs_row_new(&call->work, gs_table_of(call->host, &gs_record_application));
    if (!row)
        return GOVSVC_NO_MEMORY;
    govsvc_application *child = row->at;
    share_person(of->parent, child);
    child->parent = of->parent->id;
    child->member = of->member->code;
    child->unified = of->parent->unified;
    govsvc_status status = divide_form(of, child);
    if (!status)
        status = divide_materials(of, child);
    if (!status)
        status = divide_answers(of, child);
    if (!status)
        status = gs_application_place(call, child, of->matter);
    if (!status)
        status = gs_application_evaluate(call, child, of->matter, child->form);
    return status ? status : gs_take_step(call, row, waits ? "application.await" : "application.join", NULL);
}

static bool is_left_out(const gs_call *call, const govsvc_member *member)
{
    const govsvc_application_draft *in = call->in;
    bool found = false;
    for (uint64_t i = 0; i < in->without_count && !found; i++)
        found = strcmp(in->without[i], member->code) == 0;
    return found;
}

/* Only what may be left out, and what there is. */
static void check_left_out(gs_call *call, const govsvc_matter *matter)
{
    const govsvc_application_draft *in = call->in;
    for (uint64_t i = 0; i < in->without_count; i++) {
        bool may = false;
        for (uint64_t j = 0; j < matter->member_count && !may; j++)
            may =
                same(matter->members[j]->code, in->without[i]) && matter->members[j]->optional == GOVSVC_YES;
        if (!may)
            gs_refuse_in_words(call, gs_arena_print(call->work.arena, "/without/%d", (int)i), "optional",
                               "不是可以不办的成员事项", "this is no member that may be left out", NULL);
    }
}

static gs_members counted(const gs_call *call, const govsvc_matter *matter, gs_answers answers)
{
    gs_members set = 0;
    for (uint64_t i = 0; i < matter->member_count && i < GS_MEMBERS_MAX; i++) {
        const govsvc_member *member = matter->members[i];
        if (gs_counts(member->when, member->when_count, answers) == GS_COUNTS && !is_left_out(call, member))
            set |= UINT64_C(1) << i;
    }
    return set;
}

static govsvc_status make_children(gs_call *call, const govsvc_application *parent, const gs_bundle *bundle,
                                   dividing *of)
{
    gs_graph graph;
    const govsvc_matter *matter = &bundle->whole;
    gs_members set = counted(call, matter, (gs_answers){parent->answers, parent->answer_count});
    govsvc_status status = GOVSVC_OK;
    gs_graph_of(matter->members, matter->member_count, &graph);
    for (size_t i = 0; i < graph.count && !status; i++) {
        if (!(set >> i & 1) || !bundle->matters[i])
            continue;
        of->member = matter->members[i];
        of->matter = bundle->matters[i];
        status = make_child(of, (graph.earlier[i] & set) != 0);
    }
    return status;
}

static govsvc_status read_form(gs_call *call, const govsvc_application *parent, json_t **form)
{
    static const gs_path path = {NULL, "/form", 0};
    if (!parent->form)
        return GOVSVC_OK;
    return gs_json_parse(parent->form, strlen(parent->form), &path, call->work.arena, NULL, form);
}

govsvc_status gs_bundle_submitted(gs_call *call, gs_row *row)
{
    const govsvc_application *parent = row->at;
    const govsvc_matter *matter;
    gs_bundle *bundle;
    dividing of = {.call = call, .parent = parent};
    if (!gs_is_bundle(parent))
        return GOVSVC_OK;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status)
        status = gs_bundle_view(call, parent, matter, &of.joint);
    if (!status)
        status = gs_bundle_load(call, matter, (gs_answers){parent->answers, parent->answer_count}, &bundle);
    if (!status)
        check_left_out(call, matter);
    if (!status)
        status = gs_problems_status(call->work.problems);
    if (!status)
        status = read_form(call, parent, &of.form);
    if (!status)
        status = make_children(call, parent, bundle, &of);
    json_decref(of.form);
    return status;
}
