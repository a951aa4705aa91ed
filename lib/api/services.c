/* lib/api/services.c - the catalogue: every service of the library, and what can be asked about it. */
#include "api/handle.h"

#include <string.h>

#include "api/transfer.h"
#include "api/upkeep.h"
#include "alert/alert.h"
#include "application/application.h"
#include "handover/handover.h"
#include "mandate/mandate.h"
#include "hardcase/hardcase.h"
#include "appraisal/appraisal.h"
#include "matter/claim.h"
#include "matter/held.h"
#include "record/xsd.h"
#include "reference/reference.h"

const gs_service *const gs_services[] = {
    &gs_service_keeping,
    &gs_service_upkeep,
    &gs_service_reference,
    &gs_service_alert,
    &gs_service_mandate,
    &gs_service_matter,
    &gs_service_claim,
    &gs_service_claim_followers,
    &gs_service_finding,
    &gs_service_impact,
    &gs_service_audit,
    &gs_service_held,
    &gs_service_guide,
    &gs_service_bundle,
    &gs_service_publication,
    &gs_service_application,
    &gs_service_hard_case,
    &gs_service_appraisal,
    &gs_service_handover,
    NULL,
};

/* ---- looking up -------------------------------------------------------------------------------------- */

static const gs_record *within(const gs_record *record, const char *name)
{
    if (strcmp(record->name, name) == 0)
        return record;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_record *found = record->fields[i].of ? within(record->fields[i].of, name) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static const gs_record *in_service(const gs_service *service, const char *name)
{
    const gs_record *found = NULL;
    for (const gs_record *const *at = service->records; at && *at && !found; at++)
        found = within(*at, name);
    for (const gs_operation *at = service->operations; at && at->name && !found; at++) {
        found = within(at->in, name);
        if (!found)
            found = within(at->out, name);
    }
    return found;
}

static const gs_record *record_by_name(const char *name)
{
    const gs_record *found = name ? within(&gs_record_actor, name) : NULL;
    for (const gs_service *const *at = gs_services; name && *at && !found; at++)
        found = in_service(*at, name);
    return found;
}

bool govsvc_feature(const char *name)
{
    const gs_host host = {.services = gs_services};
    if (!name)
        return false;
    if (strcmp(name, "store.sqlite") == 0)
        return govsvc_driver_sqlite() != NULL;
    if (strcmp(name, "store.postgres") == 0)
        return govsvc_driver_postgres() != NULL;
    return gs_operation_find(&host, name) || record_by_name(name);
}

govsvc_status govsvc_init(const char *name, void *out, size_t size)
{
    const gs_record *record = record_by_name(name);
    if (!record)
        return GOVSVC_UNSUPPORTED;
    if (!out || size < record->size)
        return GOVSVC_MISUSE;
    gs_record_init(record, out);
    return GOVSVC_OK;
}

/* ---- telling ----------------------------------------------------------------------------------------- */

static govsvc_status give_text(gs_arena *arena, const gs_buffer *text, const char **out)
{
    gs_arena *result = gs_arena_failed(arena) ? NULL : gs_arena_new(&gs_allocator_default, text->size + 1);
    if (result) {
        memcpy(gs_arena_root(result), text->text, text->size + 1);
        *out = gs_arena_root(result);
    }
    gs_arena_free(arena);
    return result ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

govsvc_status govsvc_describe(const char *name, const char **json)
{
    const gs_record *record = record_by_name(name);
    if (!record || !json)
        return record ? GOVSVC_MISUSE : GOVSVC_UNSUPPORTED;
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    if (!arena)
        return GOVSVC_NO_MEMORY;
    gs_buffer text = {.arena = arena};
    gs_record_describe(&text, record);
    return give_text(arena, &text, json);
}

govsvc_status govsvc_schema(const char *name, const char **xsd)
{
    const gs_host host = {.services = gs_services};
    const gs_operation *put = name ? gs_put_of(&host, name) : NULL;
    if (!put || !xsd)
        return put ? GOVSVC_MISUSE : GOVSVC_UNSUPPORTED;
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    if (!arena)
        return GOVSVC_NO_MEMORY;
    gs_buffer text = {.arena = arena};
    gs_record_schema(&text, put->out->name, put->in);
    return give_text(arena, &text, xsd);
}

static uint32_t roles_of(const gs_operation *operation)
{
    uint32_t roles = operation->roles;
    const char *action = strchr(operation->name, '.');
    for (const gs_transition *at = operation->flow ? operation->flow->transitions : NULL; at && at->action;
         at++)
        if (action && strcmp(at->action, action + 1) == 0)
            roles |= at->roles;
    return roles ? roles : GS_ROLE_ANY;
}

static void tell_operation(gs_buffer *json, const gs_operation *operation)
{
    const char *members[][2] = {{"name", operation->name},
                                {"title", operation->title},
                                {"input", operation->in->name},
                                {"output", operation->out->name},
                                {"roles", gs_role_names(roles_of(operation), json->arena)}};
    gs_buffer_text(json, json->size > 1 ? ",\n{" : "{");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (i)
            gs_buffer_char(json, ',');
        gs_json_text(json, members[i][0]);
        gs_buffer_char(json, ':');
        gs_json_text(json, members[i][1]);
    }
    gs_buffer_char(json, '}');
}

govsvc_status govsvc_operations(const char **json)
{
    gs_arena *arena = json ? gs_arena_new(&gs_allocator_default, 0) : NULL;
    if (!arena)
        return json ? GOVSVC_NO_MEMORY : GOVSVC_MISUSE;
    gs_buffer text = {.arena = arena};
    gs_buffer_char(&text, '[');
    for (const gs_service *const *service = gs_services; *service; service++)
        for (const gs_operation *at = (*service)->operations; at && at->name; at++)
            tell_operation(&text, at);
    gs_buffer_text(&text, "]\n");
    return give_text(arena, &text, json);
}
