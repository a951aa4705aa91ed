/* lib/flow/reading.c - what is shown: a record within the reader's scope, masked or on record. */
#include "flow/flow.h"

#include <string.h>

static govsvc_status not_found(gs_call *call, const char *field)
{
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = field, .rule = "exists"});
}

govsvc_status gs_load_readable(gs_call *call, const gs_record *record, int64_t id, gs_row **out)
{
    gs_row *row;
    govsvc_status status = gs_row_load(&call->work, gs_table_of(call->host, record), id, &row);
    if (status == GOVSVC_NOT_FOUND)
        return not_found(call, "/id");
    if (status)
        return status;
    if (!gs_roles_within(call->actor, record->readers ? record->readers : GS_ROLE_ANY, record, row->at))
        return not_found(call, "/id");
    *out = row;
    return GOVSVC_OK;
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
    govsvc_status status = find_id(call, record, call->in, &id);
    if (!status)
        status = gs_load_readable(call, record, id, &row);
    if (!status)
        status = gs_row_open(row, true);
    if (status)
        return status;
    call->out = row->at;
    if (!row->table->personal)
        return GOVSVC_OK;
    if (!gs_may_read_clear(call->actor, record, row->at))
        return mask_personal(call, row);
    return gs_journal_reading(call, row);
}
