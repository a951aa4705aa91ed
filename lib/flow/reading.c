/* lib/flow/reading.c - what is shown: a record within the reader's scope, masked or on record. */
#include "flow/flow.h"

#include <string.h>

#include "record/json_parse.h"

static govsvc_status not_found(gs_call *call, const char *field)
{
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = field, .rule = "exists"});
}

/* ---- acting for somebody else ------------------------------------------------------------------------- */

static const char *text_of(const gs_row *row, const char *member)
{
    const gs_field *field = gs_record_field(row->table->record, member);
    return field ? *gs_field_text(field, row->at) : NULL;
}

static govsvc_status no_mandate(gs_call *call)
{
    const char *principal = call->actor->principal ? call->actor->principal : "-";
    return gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_NO_MANDATE,
                                                                 .field = "",
                                                                 .rule = "mandate",
                                                                 .expected = principal,
                                                                 .basis = "行政许可法 第二十九条"});
}

govsvc_status gs_act_for(gs_call *call, uint32_t roles, const gs_row *row, const char *action,
                         const gs_mandate **out)
{
    const gs_record *record = row->table->record;
    *out = NULL;
    if (!record->owner || call->actor->roles == GS_ROLE_SYSTEM)
        return GOVSVC_OK;
    bool agent = gs_roles_within(call->actor, roles, record, row->at) == GS_ROLE_AGENT;
    if (!call->actor->principal)
        return agent ? no_mandate(call) : GOVSVC_OK;
    const char *owner = gs_text_at(row->at, record->owner);
    govsvc_status status = GOVSVC_OK;
    if (owner && strcmp(owner, call->actor->principal) == 0)
        status = call->host->mandate_in_force(call, text_of(row, "matter"), action, out);
    return status || *out ? status : no_mandate(call);
}

/* To read, the mandate covers the matter; whose case it is otherwise decides the scope of their roles. */
static govsvc_status check_reader(gs_call *call, const gs_row *row, const gs_mandate **mandate)
{
    *mandate = NULL;
    const gs_record *record = row->table->record;
    bool own = gs_roles_within(call->actor, GS_ROLE_APPLICANT | GS_ROLE_AGENT, record, row->at) != 0;
    if (!call->actor->principal || !record->owner || !own)
        return GOVSVC_OK;
    govsvc_status status = call->host->mandate_in_force(call, text_of(row, "matter"), NULL, mandate);
    return status || *mandate ? status : not_found(call, "/id");
}

static govsvc_status load_readable(gs_call *call, const gs_record *record, int64_t id, gs_row **out,
                                   const gs_mandate **mandate)
{
    gs_row *row;
    govsvc_status status = gs_row_load(&call->work, gs_table_of(call->host, record), id, &row);
    if (status == GOVSVC_NOT_FOUND)
        return not_found(call, "/id");
    if (status)
        return status;
    if (!gs_roles_within(call->actor, record->readers ? record->readers : GS_ROLE_ANY, record, row->at) &&
        !gs_is_guest(call->actor, record, row->at))
        return not_found(call, "/id");
    *out = row;
    return check_reader(call, row, mandate);
}

govsvc_status gs_load_readable(gs_call *call, const gs_record *record, int64_t id, gs_row **out)
{
    const gs_mandate *mandate;
    return load_readable(call, record, id, out, &mandate);
}

/* ---- answers ----------------------------------------------------------------------------------------- */

govsvc_status gs_answer_brief(gs_call *call, gs_row *row)
{
    const gs_record *record = row->table->record;
    void *out = gs_arena_alloc(call->work.arena, record->size);
    if (!out)
        return GOVSVC_NO_MEMORY;
    gs_record_init(record, out);
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (!gs_field_personal(field) && field->kind != GS_LIST && field->kind != GS_TEXTS &&
            field->kind != GS_NONE)
            memcpy((char *)out + field->offset, (char *)row->at + field->offset,
                   field->kind <= GS_NAME ? sizeof(int64_t) : sizeof(char *));
    }
    call->out = out;
    return GOVSVC_OK;
}

govsvc_status gs_answer_list(gs_call *call, const gs_record *record, const int64_t *ids, size_t count,
                             const void *const **out)
{
    const void **all = gs_arena_array(call->work.arena, count + 1, sizeof *all);
    govsvc_status status = all ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++) {
        gs_row *row;
        status = gs_row_load(&call->work, gs_table_of(call->host, record), ids[i], &row);
        if (!status)
            status = gs_answer_brief(call, row);
        all[i] = call->out;
    }
    *out = (const void *const *)all;
    return status;
}

govsvc_status gs_find_page(gs_call *call, const gs_record *record, uint32_t roles, int64_t limit,
                           gs_finder find, gs_found *out)
{
    int64_t ids[GS_PAGE];
    size_t room = limit == GOVSVC_ABSENT ? 50 : (size_t)limit;
    *out = (gs_found){.next = 0};
    if (!(call->actor->roles & roles))
        return gs_denied(call->work.problems, roles, false);
    govsvc_status status = find(call, room, ids, &out->count);
    if (!status)
        status = gs_answer_list(call, record, ids, out->count, &out->items);
    if (!status && out->count == room)
        out->next = ids[room - 1];
    return status;
}

static govsvc_status mask_personal(gs_call *call, gs_row *row)
{
    const gs_record *record = row->table->record;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (!gs_field_personal(field) || gs_field_absent(field, row->at))
            continue;
        if (field->kind == GS_TEXT || field->kind == GS_DATE || field->kind == GS_JSON)
            *gs_field_text(field, row->at) =
                field->kind == GS_JSON
                    ? NULL
                    : gs_mask_text(field, *gs_field_text(field, row->at), call->work.arena);
        else if (field->kind == GS_LIST || field->kind == GS_TEXTS)
            *gs_field_count(field, row->at) = 0;
        else
            *gs_field_integer(field, row->at) =
                field->kind == GS_NAME || field->kind == GS_ID || field->kind == GS_FLAG ? 0 : GOVSVC_ABSENT;
    }
    return gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* ---- what an agent sees ------------------------------------------------------------------------------- */

static bool is_named(const gs_mandate *mandate, const char *prefix, const char *name)
{
    size_t size = strlen(prefix);
    bool found = mandate->field_count == 0;
    for (uint64_t i = 0; i < mandate->field_count && !found; i++)
        found =
            strncmp(mandate->fields[i], prefix, size) == 0 && strcmp(mandate->fields[i] + size, name) == 0;
    return found;
}

/* The members of a form that the mandate names. */
static govsvc_status veil_form(gs_call *call, const gs_mandate *mandate, const char **form)
{
    static const gs_path path = {NULL, "", 0};
    json_t *tree = NULL, *value;
    const char *name;
    void *next;
    gs_buffer left = {.arena = call->work.arena};
    govsvc_status status = gs_json_parse(*form, strlen(*form), &path, call->work.arena, NULL, &tree);
    json_object_foreach_safe(tree, next, name, value)
    {
        if (!is_named(mandate, "/form/", name))
            json_object_del(tree, name);
    }
    if (!status)
        gs_json_tree(&left, tree);
    json_decref(tree);
    *form = status ? NULL : left.text;
    return gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* Personal members that the mandate does not name are left out. */
static govsvc_status veil(gs_call *call, gs_row *row, const gs_mandate *mandate)
{
    const gs_record *record = row->table->record;
    govsvc_status status = GOVSVC_OK;
    for (uint32_t i = 0; i < record->field_count && !status; i++) {
        const gs_field *field = &record->fields[i];
        if (!gs_field_personal(field) || gs_field_absent(field, row->at) ||
            is_named(mandate, "", field->name))
            continue;
        if (field->kind == GS_JSON)
            status = veil_form(call, mandate, gs_field_text(field, row->at));
        else if (field->kind == GS_LIST || field->kind == GS_TEXTS)
            *gs_field_count(field, row->at) = 0;
        else if (field->kind == GS_TEXT || field->kind == GS_DATE)
            *gs_field_text(field, row->at) = NULL;
    }
    return status;
}

static govsvc_status find_id(gs_call *call, const gs_record *record, const govsvc_get_request *in,
                             int64_t *id)
{
    *id = in->id;
    if (in->id)
        return GOVSVC_OK;
    if (!in->number || !record->number)
        return gs_refuse(call, "/id", "required", NULL, NULL);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, record)), gs_text(in->number)};
    govsvc_status status =
        gs_query_integer(call->work.connection, gs_table_of(call->host, record)->number_sql, values, 2, id);
    return status == GOVSVC_NOT_FOUND ? not_found(call, "/number") : status;
}

govsvc_status gs_get(gs_call *call)
{
    const gs_record *record = call->operation->out;
    int64_t id;
    gs_row *row;
    const gs_mandate *mandate = NULL;
    govsvc_status status = find_id(call, record, call->in, &id);
    if (!status)
        status = load_readable(call, record, id, &row, &mandate);
    if (!status)
        status = gs_row_open(row, true);
    if (!status && mandate)
        status = veil(call, row, mandate);
    if (status)
        return status;
    call->out = row->at;
    if (!row->table->personal)
        return GOVSVC_OK;
    if (!gs_may_read_clear(call->actor, record, row->at))
        return mask_personal(call, row);
    return gs_journal_reading(call, row);
}
