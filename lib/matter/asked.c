/* lib/matter/asked.c - which matters ask for one and the same material.
 *
 * May use: held.h. What a published version asks for by a code that means the same elsewhere (its material's
 * canonical code, its certificate type) stands in a table of its own, so that nobody reads every list to learn who
 * else asks for it.
 */
#include "matter/held.h"

#include <string.h>

/* ---- the record ---------------------------------------------------------------------------------------- */

/* item: "m:" and a canonical code, or "c:" and a certificate type. family: a matter is one and the same at every
 * body, by its basic code. */
typedef struct asked_row {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    int64_t matter;
    const char *item;
    const char *family;
    const char *code;
    const void *reserved;
} asked_row;

#define ASKED_FIELDS(T, F)                                                                                   \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, ID, matter, "事项版本标识")                                                                         \
    F(T, TEXT, item, "材料")                                                                                 \
    F(T, TEXT, family, "事项")                                                                               \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, NONE, reserved, "")
static const gs_index asked_indexes[] = {{"item, family, code", false}, {NULL, false}};
GS_RECORD(gs_record_asked_material, asked_row, "asked_material", "事项要求的材料", ASKED_FIELDS,
          .table = true, .internal = true, .reference = true, .indexes = asked_indexes)

/* ---- what is asked for, kept when a version is published ----------------------------------------------- */

static const char *family_of(const govsvc_matter *matter)
{
    return matter->basic_code ? matter->basic_code : matter->code;
}

static const char *item_of(gs_arena *arena, const char *kind, const char *code)
{
    return code ? gs_arena_print(arena, "%s:%s", kind, code) : NULL;
}

static govsvc_status keep_item(gs_call *call, const govsvc_matter *matter, const char *kind, const char *code)
{
    if (!code)
        return GOVSVC_OK;
    const char *item = item_of(call->work.arena, kind, code);
    govsvc_value values[] = {gs_integer(call->work.next_id(call->work.id_context)),
                             gs_integer(gs_tenant_of(&call->work, &gs_record_asked_material)),
                             gs_integer(matter->id),
                             gs_text(item),
                             gs_text(family_of(matter)),
                             gs_text(matter->code)};
    govsvc_status status = item ? gs_guard(call) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    return gs_execute(call->work.connection,
                      "INSERT INTO {asked_material} (id, tenant, matter, item, family, code) VALUES "
                      "($1, $2, $3, $4, $5, $6)",
                      values, 6, NULL);
}

govsvc_status gs_held_keep(gs_call *call, govsvc_matter *matter)
{
    govsvc_status status = GOVSVC_OK;
    for (uint64_t i = 0; i < matter->material_count && !status; i++) {
        status = keep_item(call, matter, "m", matter->materials[i]->canonical);
        if (!status)
            status = keep_item(call, matter, "c", matter->materials[i]->certificate_type);
    }
    return status;
}

/* ---- who else asks for it ------------------------------------------------------------------------------ */

const char *gs_asked_text(gs_call *call, const govsvc_value *value)
{
    bool text = value->kind == GOVSVC_VALUE_TEXT;
    return text ? gs_arena_copy(call->work.arena, value->as.bytes, value->size) : NULL;
}

/* The first matter in force behind a family; a seek each, however many bodies have it. */
static govsvc_status next_asker(gs_call *call, const char *item, const char *after, gs_asker *out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_asked_material)), gs_text(item),
                             gs_text(after)},
                 row[4];
    gs_rows rows;
    govsvc_status status = gs_query(
        call->work.connection,
        "SELECT u.family, u.code, m.organ, m.organ_name FROM {asked_material} u JOIN {matter} m ON "
        "m.tenant = u.tenant AND m.id = u.matter WHERE u.tenant = $1 AND u.item = $2 AND u.family > $3 AND "
        "m.state = 'effective' ORDER BY u.family, u.code LIMIT 1",
        values, 3, &rows);
    if (!status)
        status = gs_rows_next(&rows, row, 4);
    if (!status)
        *out = (gs_asker){gs_asked_text(call, &row[0]), gs_asked_text(call, &row[1]),
                          gs_asked_text(call, &row[2]), gs_asked_text(call, &row[3])};
    gs_rows_done(&rows);
    return !status && gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : status;
}

static bool has_family(const gs_askers *of, const char *family)
{
    bool found = false;
    for (size_t i = 0; i < of->count && !found; i++)
        found = strcmp(of->items[i].family, family) == 0;
    return found;
}

/* Other matters than this one. */
static govsvc_status add_askers(gs_call *call, const govsvc_matter *matter, const char *item, gs_askers *out)
{
    const char *after = "";
    govsvc_status status = GOVSVC_OK;
    for (size_t seen = 0; item && seen < GS_ASKED_MAX && !status; seen++) {
        gs_asker next;
        status = next_asker(call, item, after, &next);
        if (status)
            break;
        after = next.family;
        if (strcmp(next.family, family_of(matter)) != 0 && !has_family(out, next.family))
            out->items[out->count++] = next;
    }
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

govsvc_status gs_askers_find(gs_call *call, const govsvc_matter *matter, const govsvc_material *material,
                             gs_askers *out)
{
    gs_arena *arena = call->work.arena;
    govsvc_status status = add_askers(call, matter, item_of(arena, "m", material->canonical), out);
    return status ? status : add_askers(call, matter, item_of(arena, "c", material->certificate_type), out);
}
