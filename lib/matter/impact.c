/* lib/matter/impact.c - matter.impact: what a version would change, and whom it touches.
 *
 * May use: elements.h. Cases are counted in their own store's table alone: a case keeps the version it began with.
 */
#include "matter/elements.h"

#include <string.h>

#include "matter/claim.h"

/* ---- records ----------------------------------------------------------------------------------------- */

enum { TOLD_MAX = 200 };

#define CHANGE_FIELDS(T, F)                                                                                  \
    F(T, TEXT, element, "要素")                                                                              \
    F(T, TEXT, field, "字段")                                                                                \
    F(T, TEXT, before, "原为", .max = GS_JSON_SIZE_MAX, .lines = true)                                       \
    F(T, TEXT, after, "改为", .max = GS_JSON_SIZE_MAX, .lines = true)
GS_RECORD(gs_record_matter_change, govsvc_matter_change, "matter_change", "变化", CHANGE_FIELDS)

#define TOUCHED_FIELDS(T, F)                                                                                 \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, name, "事项名称", .max = 1000)                                                                \
    F(T, TEXT, organ_name, "实施主体")                                                                       \
    F(T, TEXT, division, "行使区划")
GS_RECORD(gs_record_matter_touched, govsvc_matter_touched, "matter_touched", "受影响的事项", TOUCHED_FIELDS)

#define IMPACT_FIELDS(T, F)                                                                                  \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, INT, before, "现行版本")                                                                            \
    F(T, INT, applications, "在办办件数")                                                                    \
    F(T, INT, claims, "认领数")                                                                              \
    F(T, INT, bundles, "一件事数")                                                                           \
    F(T, LIST, changes, "变化", .of = &gs_record_matter_change, .max = 200,                                  \
      .count = offsetof(T, change_count))                                                                    \
    F(T, LIST, claimed, "随之更新的认领事项", .of = &gs_record_matter_touched, .max = TOLD_MAX,              \
      .count = offsetof(T, claimed_count))                                                                   \
    F(T, LIST, bundled, "含有它的一件事", .of = &gs_record_matter_touched, .max = TOLD_MAX,                  \
      .count = offsetof(T, bundled_count))                                                                   \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_impact, govsvc_impact, "impact", "影响", IMPACT_FIELDS)

/* ---- changes ----------------------------------------------------------------------------------------- */

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static govsvc_status add_changes(gs_call *call, const govsvc_matter *before, const govsvc_matter *after,
                                 govsvc_impact *out)
{
    gs_arena *arena = call->work.arena;
    const govsvc_matter_change **changes = gs_arena_array(arena, gs_element_row_count, sizeof *changes);
    for (size_t i = 0; changes && i < gs_element_row_count; i++) {
        const gs_element_row *row = &gs_element_rows[i];
        const char *old = before ? gs_element_json(arena, row, before) : NULL;
        const char *new = gs_element_json(arena, row, after);
        govsvc_matter_change *change = is_same(old, new) ? NULL : gs_arena_alloc(arena, sizeof *change);
        if (!change)
            continue;
        *change = (govsvc_matter_change){sizeof *change, gs_element_name(row->element), row->field, old, new};
        changes[out->change_count++] = change;
    }
    out->changes = changes;
    return gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* ---- whom it touches --------------------------------------------------------------------------------- */

static govsvc_status read_touched(gs_call *call, const govsvc_value *row, const govsvc_matter_touched **out)
{
    govsvc_matter_touched *touched = gs_arena_alloc(call->work.arena, sizeof *touched);
    *out = touched;
    return touched ? gs_record_decode(&gs_record_matter_touched, row, touched, call->work.arena)
                   : GOVSVC_NO_MEMORY;
}

/* What stands in the store now of those that a condition names. */
typedef struct list {
    const char *count_sql, *list_sql;
    int64_t count;
    const govsvc_matter_touched **items;
    uint64_t told;
} list;

#define NOW "state IN ('published', 'effective', 'suspended')"
#define CLAIMS "FROM {matter} WHERE tenant = $1 AND source = $2 AND " NOW
#define BUNDLES "FROM {matter} WHERE tenant = $1 AND type = 'bundle' AND members LIKE $2 AND " NOW
#define TOLD "SELECT id, version, code, name, organ_name, division "
#define FIRST " ORDER BY id LIMIT 200" /* any other order would tempt an engine past the index */

static govsvc_status fill(gs_call *call, const char *value, list *out)
{
    enum { COLUMNS = 6 };
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(value)},
                 row[COLUMNS];
    gs_rows rows;
    out->items = gs_arena_array(call->work.arena, TOLD_MAX, sizeof *out->items);
    if (!out->items)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = gs_query_integer(call->work.connection, out->count_sql, values, 2, &out->count);
    if (status)
        return status;
    status = gs_query(call->work.connection, out->list_sql, values, 2, &rows);
    while (!status && out->told < TOLD_MAX && !(status = gs_rows_next(&rows, row, COLUMNS)))
        status = read_touched(call, row, &out->items[out->told++]);
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status count_applications(gs_call *call, const char *code, int64_t *count)
{
    govsvc_value values[] = {gs_integer(call->work.tenant), gs_text(code)};
    return gs_query_integer(call->work.connection,
                            "SELECT count(*) FROM {application} WHERE tenant = $1 AND matter = $2 AND "
                            "closed_at IS NULL",
                            values, 2, count);
}

static govsvc_status add_touched(gs_call *call, const govsvc_matter *matter, govsvc_impact *out)
{
    list claims = {.count_sql = "SELECT count(*) " CLAIMS, .list_sql = TOLD CLAIMS FIRST};
    list bundles = {.count_sql = "SELECT count(*) " BUNDLES, .list_sql = TOLD BUNDLES FIRST};
    const char *like = gs_arena_print(call->work.arena, "%%\"matter\":\"%s\"%%", matter->code);
    govsvc_status status =
        like ? count_applications(call, matter->code, &out->applications) : GOVSVC_NO_MEMORY;
    if (!status)
        status = fill(call, matter->code, &claims);
    if (!status)
        status = fill(call, like, &bundles);
    out->claims = claims.count;
    out->claimed = claims.items;
    out->claimed_count = claims.told;
    out->bundles = bundles.count;
    out->bundled = bundles.items;
    out->bundled_count = bundles.told;
    return status;
}

/* ---- the operation ----------------------------------------------------------------------------------- */

enum { READERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_ORGAN_HEAD | GS_ROLE_REVIEWER | GS_ROLE_AUDITOR };

/* The version in force, unless that is the one that is asked about. */
static govsvc_status find_before(gs_call *call, const govsvc_matter *matter, const govsvc_matter **out)
{
    *out = NULL;
    govsvc_status status = gs_matter_effective(call, matter->code, out);
    if (!status && (*out)->id == matter->id)
        *out = NULL;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status run_impact(gs_call *call)
{
    const govsvc_matter_request *in = call->in;
    const govsvc_matter *matter, *before;
    govsvc_impact *out = gs_arena_alloc(call->work.arena, sizeof *out);
    if (!(call->actor->roles & READERS))
        return gs_denied(call->work.problems, READERS, false);
    govsvc_status status = out ? gs_matter_asked(call, in->id, in->code, &matter) : GOVSVC_NO_MEMORY;
    if (!status)
        status = find_before(call, matter, &before);
    if (status)
        return status;
    gs_record_init(&gs_record_impact, out);
    out->id = matter->id;
    out->version = matter->version;
    out->before = before ? before->version : GOVSVC_ABSENT;
    status = add_changes(call, before, matter, out);
    if (!status)
        status = add_touched(call, matter, out);
    call->out = out;
    return status;
}

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.impact", .title = "发布影响", .in = &gs_record_matter_request, .out = &gs_record_impact, .kind = GS_RUN,
     .run = run_impact, .roles = READERS},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_impact = {.operations = operations};
