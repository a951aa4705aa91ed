/* lib/application/prepare.c - a draft filled in with what the applicant handed in before, each value with its
 * source. Nothing is invented: what their earlier applications do not hold stays empty. */
#include "application/application.h"

#include <string.h>

#include "matter/form_value.h"

enum { LOOKED_AT = 20 };

typedef struct preparing {
    gs_call *call;
    const gs_chosen *chosen;
    govsvc_prepared *out;
    json_t *form;
    gs_problems *trial; /* what is wrong with a value that is tried */
} preparing;

/* ---- sources ------------------------------------------------------------------------------------------- */

static bool add_value(preparing *p, const char *field, const govsvc_application *from)
{
    govsvc_known_value *made = gs_arena_alloc(p->call->work.arena, sizeof *made);
    if (!made)
        return false;
    *made = (govsvc_known_value){
        .struct_size = sizeof *made, .known_at = from->submitted_at, .field = field, .source = from->number};
    const void *const *all = gs_arena_append(p->call->work.arena, p->out->values, p->out->value_count, made);
    p->out->values = (const govsvc_known_value *const *)all;
    p->out->value_count += all != NULL;
    return all != NULL;
}

/* ---- the applicant's particulars ----------------------------------------------------------------------- */

static bool fill_person(preparing *p, const govsvc_application *from)
{
    static const char *const members[] = {"applicant_name", "applicant_id", "contact_name", "phone",
                                          "address"};
    bool done = true;
    if (!p->out->applicant_kind)
        p->out->applicant_kind = from->applicant_kind;
    for (size_t i = 0; i < sizeof members / sizeof *members && done; i++) {
        const gs_field *to = gs_record_field(&gs_record_prepared, members[i]);
        const gs_field *of = gs_record_field(&gs_record_application, members[i]);
        if (!gs_field_absent(to, p->out) || gs_field_absent(of, from))
            continue;
        gs_field_share(to, p->out, of, from);
        done = add_value(p, gs_arena_print(p->call->work.arena, "/%s", members[i]), from);
    }
    return done;
}

/* ---- the form ------------------------------------------------------------------------------------------- */

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* The field of the earlier form that says the same: of the same data element, or the same one. */
static const char *name_there(const preparing *p, const govsvc_form_field *field,
                              const govsvc_application *from, const govsvc_matter *matter)
{
    if (is_same(from->matter, p->chosen->whole->code))
        return field->name;
    for (uint64_t i = 0; i < matter->field_count; i++)
        if (is_same(matter->fields[i]->element, field->element))
            return matter->fields[i]->name;
    return NULL;
}

static bool can_be_taken(preparing *p, const govsvc_form_field *field, const json_t *value)
{
    const gs_path path = {NULL, field->name, 0};
    gs_problems_clear(p->trial);
    gs_form_value_check(field, value, &path, p->trial);
    return gs_problems_count(p->trial) == 0;
}

static bool fill_field(preparing *p, const govsvc_form_field *field, const govsvc_application *from,
                       const govsvc_matter *matter, const json_t *there)
{
    const char *name = json_object_get(p->form, field->name) ? NULL : name_there(p, field, from, matter);
    json_t *value = name ? json_object_get(there, name) : NULL;
    if (!value || gs_form_empty(value) || !can_be_taken(p, field, value))
        return true;
    return json_object_set(p->form, field->name, value) == 0 &&
           add_value(p, gs_arena_print(p->call->work.arena, "/form/%s", field->name), from);
}

static govsvc_status fill_form(preparing *p, const govsvc_application *from, const govsvc_matter *matter)
{
    json_t *there = NULL;
    const gs_path path = {NULL, "", 0};
    if (!from->form)
        return GOVSVC_OK;
    govsvc_status status =
        gs_json_parse(from->form, strlen(from->form), &path, p->call->work.arena, NULL, &there);
    bool done = true;
    for (uint64_t i = 0; !status && done && i < p->chosen->left.field_count; i++)
        done = fill_field(p, p->chosen->left.fields[i], from, matter, there);
    json_decref(there);
    return status == GOVSVC_NO_MEMORY || !done ? GOVSVC_NO_MEMORY
                                               : GOVSVC_OK; /* what cannot be read is not known */
}

/* ---- materials ------------------------------------------------------------------------------------------ */

static const govsvc_supplied *supplied_there(const govsvc_material *material, const govsvc_application *from,
                                             const govsvc_matter *matter, bool same_matter)
{
    for (uint64_t i = 0; i < from->material_count; i++)
        for (uint64_t j = 0; j < matter->material_count; j++) {
            const govsvc_material *there = matter->materials[j];
            bool says_same = (same_matter && is_same(there->code, material->code)) ||
                             is_same(there->canonical, material->canonical);
            if (says_same && is_same(there->code, from->materials[i]->code) && from->materials[i]->digest)
                return from->materials[i];
        }
    return NULL;
}

static bool is_known(const preparing *p, const char *code)
{
    bool found = false;
    for (uint64_t i = 0; i < p->out->material_count && !found; i++)
        found = is_same(p->out->materials[i]->code, code);
    return found;
}

static bool fill_materials(preparing *p, const govsvc_application *from, const govsvc_matter *matter)
{
    gs_arena *arena = p->call->work.arena;
    bool same_matter = is_same(from->matter, p->chosen->whole->code);
    for (uint64_t i = 0; i < p->chosen->left.material_count; i++) {
        const govsvc_material *material = p->chosen->left.materials[i];
        const govsvc_supplied *supplied =
            is_known(p, material->code) ? NULL : supplied_there(material, from, matter, same_matter);
        govsvc_known_material *made = supplied ? gs_arena_alloc(arena, sizeof *made) : NULL;
        if (!supplied)
            continue;
        if (!made)
            return false;
        *made = (govsvc_known_material){.struct_size = sizeof *made,
                                        .known_at = from->submitted_at,
                                        .code = material->code,
                                        .name = supplied->name,
                                        .digest = supplied->digest,
                                        .place = supplied->place,
                                        .source = from->number};
        const void *const *all = gs_arena_append(arena, p->out->materials, p->out->material_count, made);
        if (!all)
            return false;
        p->out->materials = (const govsvc_known_material *const *)all;
        p->out->material_count++;
    }
    return true;
}

/* ---- earlier applications ------------------------------------------------------------------------------- */

static govsvc_status earlier(gs_call *call, const char *owner, int64_t ids[LOOKED_AT], size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_application)), gs_text(owner)};
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {application} WHERE tenant = $1 AND owner = $2 ORDER BY id DESC LIMIT 20", values, 2,
        ids, LOOKED_AT, count);
}

/* Only what the actor may read in the clear; that they did goes on record. */
static govsvc_status look_at(preparing *p, int64_t id)
{
    gs_call *call = p->call;
    const govsvc_matter *matter;
    gs_row *row;
    govsvc_status status =
        gs_row_load(&call->work, gs_table_of(call->host, &gs_record_application), id, &row);
    if (status || !gs_may_read_clear(call->actor, &gs_record_application, row->at))
        return status;
    status = gs_row_open(row, true);
    if (!status)
        status = gs_application_matter(call, row, &matter);
    if (status)
        return status;
    uint64_t before = p->out->value_count + p->out->material_count;
    if (!fill_person(p, row->at) || !fill_materials(p, row->at, matter))
        return GOVSVC_NO_MEMORY;
    status = fill_form(p, row->at, matter);
    bool used = p->out->value_count + p->out->material_count > before;
    return status || !used ? status : gs_journal_reading(call, row);
}

/* ---- the draft ------------------------------------------------------------------------------------------ */

static bool finish(preparing *p)
{
    gs_arena *arena = p->call->work.arena;
    const govsvc_matter *left = &p->chosen->left;
    gs_buffer json = {.arena = arena};
    const char **missing = gs_arena_array(arena, left->field_count + 1, sizeof *missing);
    for (uint64_t i = 0; missing && i < left->field_count; i++)
        if (left->fields[i]->required == GOVSVC_YES && !json_object_get(p->form, left->fields[i]->name))
            missing[p->out->missing_count++] = left->fields[i]->name;
    gs_json_tree(&json, p->form);
    p->out->missing = missing;
    p->out->form = json.text;
    return missing && !gs_arena_failed(arena);
}

static govsvc_status prepare(preparing *p, const char *owner)
{
    int64_t ids[LOOKED_AT];
    size_t count = 0;
    p->form = json_object();
    p->trial = gs_problems_new(p->call->host->allocator);
    govsvc_status status = p->form && p->trial ? earlier(p->call, owner, ids, &count) : GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++)
        status = look_at(p, ids[i]);
    if (!status && !finish(p))
        status = GOVSVC_NO_MEMORY;
    json_decref(p->form);
    gs_problems_free(p->trial);
    return status;
}

govsvc_status gs_application_prepare(gs_call *call)
{
    const govsvc_prepare_request *in = call->in;
    const govsvc_matter_request request = {.struct_size = sizeof request,
                                           .code = in->code,
                                           .answers = in->answers,
                                           .answer_count = in->answer_count};
    bool for_themselves = call->actor->roles & (GS_ROLE_APPLICANT | GS_ROLE_AGENT);
    const char *owner = for_themselves ? gs_own_account(call->actor) : in->owner;
    gs_chosen chosen;
    gs_call asked = *call;
    if (!gs_roles_within(call->actor, call->operation->roles, &gs_record_application, NULL))
        return gs_denied(call->work.problems, call->operation->roles, false);
    if (!owner)
        return gs_refuse(call, "/owner", "required", NULL, NULL);
    asked.in = &request;
    govsvc_status status = gs_matter_choose(&asked, &chosen);
    govsvc_prepared *out = status ? NULL : gs_arena_alloc(call->work.arena, sizeof *out);
    if (!out)
        return status ? status : GOVSVC_NO_MEMORY;
    gs_record_init(&gs_record_prepared, out);
    out->id = chosen.whole->id;
    out->version = chosen.whole->version;
    out->code = chosen.whole->code;
    out->name = chosen.whole->name;
    preparing p = {.call = call, .chosen = &chosen, .out = out};
    call->out = out;
    return prepare(&p, owner);
}
