/* lib/matter/held.c - matter.materials: which materials another organ already holds, and what to do about each.
 *
 * May use: held.h.
 */
#include "matter/held.h"

#include <stdio.h>
#include <string.h>

#include "govsvc/codes.h"

/* ---- records ----------------------------------------------------------------------------------------- */

enum { LIMIT_MAX = 100, PLACE_SIZE = 64, TOLD_MAX = 5, HOLDERS_MAX = 20 };

static const gs_name reasons[] = {{GOVSVC_HOLDER_SOURCE, "source", "由政府部门核发"},
                                  {GOVSVC_HOLDER_ISSUER, "issuer", "是其事项的审批结果"},
                                  {GOVSVC_HOLDER_COLLECTOR, "collector", "其事项也要求提供"},
                                  {0, NULL, NULL}};

static const gs_name proposals[] = {{GOVSVC_PROPOSAL_SHARE, "share", "共享获取"},
                                    {GOVSVC_PROPOSAL_MERGE, "merge", "合并"},
                                    {GOVSVC_PROPOSAL_CUT, "cut", "取消"},
                                    {GOVSVC_PROPOSAL_KEEP, "keep", "保留"},
                                    {0, NULL, NULL}};

#define REQUEST_FIELDS(T, F)                                                                                 \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, limit, "每页事项数", .least = 1, .most = LIMIT_MAX)                                            \
    F(T, FLAG, held, "仅列其他机关已有的材料")                                                               \
    F(T, TEXT, code, "实施编码", .code = GOVSVC_CODE_MATTER)                                                 \
    F(T, TEXT, organ, "实施主体编码", .code = GOVSVC_CODE_USCC)                                              \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, after, "上一页所给的位置", .max = PLACE_SIZE - 1)
GS_RECORD(gs_record_held_request, govsvc_held_request, "held_request", "材料核对条件", REQUEST_FIELDS)

#define HOLDER_FIELDS(T, F)                                                                                  \
    F(T, NAME, reason, "原因", .names = reasons)                                                             \
    F(T, TEXT, organ, "机关编码")                                                                            \
    F(T, TEXT, organ_name, "机关", .max = 500)                                                               \
    F(T, TEXT, matter, "事项编码")                                                                           \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_material_holder, govsvc_material_holder, "material_holder", "已有该材料的机关",
          HOLDER_FIELDS)

#define HELD_FIELDS(T, F)                                                                                    \
    F(T, ID, matter_id, "事项版本标识")                                                                      \
    F(T, FLAG, from_government, "由政府部门核发")                                                            \
    F(T, FLAG, own, "本机关已有")                                                                            \
    F(T, INT, asked, "另有多少事项要求")                                                                     \
    F(T, NAME, proposal, "建议", .names = proposals)                                                         \
    F(T, TEXT, matter, "实施编码")                                                                           \
    F(T, TEXT, organ, "实施主体编码")                                                                        \
    F(T, TEXT, code, "材料代码")                                                                             \
    F(T, TEXT, name, "材料名称", .max = 500)                                                                 \
    F(T, TEXT, canonical, "材料目录代码")                                                                    \
    F(T, TEXT, certificate_type, "电子证照类型代码")                                                         \
    F(T, TEXTS, asked_by, "其他要求的事项", .max = TOLD_MAX, .count = offsetof(T, asked_by_count))           \
    F(T, LIST, holders, "已有该材料的机关", .of = &gs_record_material_holder,                                \
      .count = offsetof(T, holder_count))
GS_RECORD(gs_record_held_material, govsvc_held_material, "held_material", "材料核对", HELD_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, LIST, materials, "材料", .of = &gs_record_held_material, .max = LIMIT_MAX * 200,                    \
      .count = offsetof(T, material_count))                                                                  \
    F(T, TEXT, next, "下一页位置")
GS_RECORD(gs_record_held_page, govsvc_held_page, "held_page", "材料核对", PAGE_FIELDS)

/* ---- one material -------------------------------------------------------------------------------------- */

typedef struct holding {
    gs_call *call;
    const govsvc_matter *matter;
    const govsvc_material *material;
    govsvc_held_material *out;
    const govsvc_material_holder *holders[HOLDERS_MAX + TOLD_MAX + 1];
    bool issued; /* by another organ */
} holding;

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static void add_holder(holding *of, int64_t reason, const char *organ, const char *organ_name,
                       const char *matter)
{
    govsvc_material_holder *holder = gs_arena_alloc(of->call->work.arena, sizeof *holder);
    if (!holder)
        return;
    *holder = (govsvc_material_holder){.struct_size = sizeof *holder,
                                       .reason = reason,
                                       .organ = organ,
                                       .organ_name = organ_name,
                                       .matter = matter};
    of->holders[of->out->holder_count++] = holder;
}

static bool is_holder(const holding *of, const char *organ)
{
    bool found = false;
    for (uint64_t i = 0; i < of->out->holder_count && !found; i++)
        found = same(of->holders[i]->organ, organ);
    return found;
}

static govsvc_status count_own(holding *of, int64_t *count)
{
    gs_call *call = of->call;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                             gs_text(of->material->certificate_type), gs_text(of->matter->organ)};
    return gs_query_integer(call->work.connection,
                            "SELECT count(*) FROM {matter} WHERE tenant = $1 AND "
                            "result_certificate_type = $2 AND state = 'effective' AND organ = $3",
                            values, 3, count);
}

/* The organs whose matters end in it. */
static govsvc_status add_issuers(holding *of)
{
    gs_call *call = of->call;
    int64_t own = 0;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                             gs_text(of->material->certificate_type)},
                 row[3];
    gs_rows rows;
    if (!of->material->certificate_type)
        return GOVSVC_OK;
    govsvc_status status = count_own(of, &own);
    if (status)
        return status;
    bool itself = same(of->matter->result_certificate_type, of->material->certificate_type);
    of->out->own = own || itself ? GOVSVC_YES : GOVSVC_NO;
    status = gs_query(call->work.connection,
                      "SELECT organ, min(organ_name), min(code) FROM {matter} WHERE tenant = $1 AND "
                      "result_certificate_type = $2 AND state = 'effective' GROUP BY organ ORDER BY organ "
                      "LIMIT 21",
                      values, 2, &rows);
    while (!status && of->out->holder_count < HOLDERS_MAX && !(status = gs_rows_next(&rows, row, 3))) {
        const char *organ = gs_asked_text(call, &row[0]);
        if (!same(organ, of->matter->organ))
            add_holder(of, GOVSVC_HOLDER_ISSUER, organ, gs_asked_text(call, &row[1]),
                       gs_asked_text(call, &row[2]));
    }
    gs_rows_done(&rows);
    of->issued = of->out->holder_count > 0;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status add_collectors(holding *of)
{
    gs_call *call = of->call;
    gs_arena *arena = call->work.arena;
    gs_askers *found = gs_arena_alloc(arena, sizeof *found);
    const char **told = gs_arena_array(arena, TOLD_MAX, sizeof *told);
    if (!found || !told)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = gs_askers_find(call, of->matter, of->material, found);
    size_t collectors = 0;
    for (size_t i = 0; i < found->count && !status; i++) {
        const gs_asker *at = &found->items[i];
        if (i < TOLD_MAX)
            told[of->out->asked_by_count++] = at->code;
        if (collectors == TOLD_MAX || same(at->organ, of->matter->organ) || is_holder(of, at->organ))
            continue;
        add_holder(of, GOVSVC_HOLDER_COLLECTOR, at->organ, at->organ_name, at->code);
        collectors++;
    }
    of->out->asked = (int64_t)found->count;
    of->out->asked_by = told;
    return status;
}

/* A government body that nobody names but the list itself. */
static void add_source(holding *of)
{
    int64_t source = of->material->source;
    bool government = source == GOVSVC_SOURCE_GOVERNMENT || source == GOVSVC_SOURCE_CERTIFICATE;
    of->out->from_government = government ? GOVSVC_YES : GOVSVC_NO;
    if (government && !of->issued && of->out->own != GOVSVC_YES)
        add_holder(of, GOVSVC_HOLDER_SOURCE, NULL, of->material->source_explain, NULL);
}

/* What an organ holds itself it does not ask for; what another issues is shared; what is asked for twice is
 * asked for once. */
static int64_t proposal_of(const holding *of)
{
    if (of->out->own == GOVSVC_YES)
        return GOVSVC_PROPOSAL_CUT;
    if (of->issued || of->out->from_government == GOVSVC_YES)
        return GOVSVC_PROPOSAL_SHARE;
    return of->out->asked ? GOVSVC_PROPOSAL_MERGE : GOVSVC_PROPOSAL_KEEP;
}

static govsvc_status look_at(gs_call *call, const govsvc_matter *matter, const govsvc_material *material,
                             govsvc_held_material **out)
{
    govsvc_held_material *held = gs_arena_alloc(call->work.arena, sizeof *held);
    if (!held)
        return GOVSVC_NO_MEMORY;
    holding of = {.call = call, .matter = matter, .material = material, .out = held};
    *held = (govsvc_held_material){.struct_size = sizeof *held,
                                   .matter_id = matter->id,
                                   .own = GOVSVC_NO,
                                   .matter = matter->code,
                                   .organ = matter->organ,
                                   .code = material->code,
                                   .name = material->name,
                                   .canonical = material->canonical,
                                   .certificate_type = material->certificate_type};
    govsvc_status status = add_issuers(&of);
    if (!status)
        status = add_collectors(&of);
    add_source(&of);
    held->proposal = proposal_of(&of);
    const govsvc_material_holder **holders =
        gs_arena_array(call->work.arena, held->holder_count + 1, sizeof *holders);
    if (!status && gs_arena_failed(call->work.arena))
        status = GOVSVC_NO_MEMORY;
    if (!status)
        memcpy(holders, of.holders, held->holder_count * sizeof *holders);
    held->holders = holders;
    *out = held;
    return status;
}

/* ---- the operation ------------------------------------------------------------------------------------- */

enum {
    READERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR | GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_ORGAN_HEAD |
              GS_ROLE_REVIEWER
};

typedef struct listing {
    gs_call *call;
    const govsvc_held_request *in;
    govsvc_held_page *page;
    const govsvc_held_material **materials;
    size_t room;
} listing;

static bool grow(listing *of, size_t more)
{
    size_t count = of->page->material_count;
    if (count + more <= of->room)
        return true;
    size_t room = 2 * (count + more);
    const govsvc_held_material **longer = gs_arena_array(of->call->work.arena, room, sizeof *longer);
    if (!longer)
        return false;
    if (count)
        memcpy(longer, of->materials, count * sizeof *longer);
    of->materials = longer;
    of->room = room;
    return true;
}

static govsvc_status list_one(listing *of, const govsvc_matter *matter)
{
    govsvc_status status = grow(of, matter->material_count) ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < matter->material_count && !status; i++) {
        govsvc_held_material *held;
        status = look_at(of->call, matter, matter->materials[i], &held);
        if (!status && (of->in->held != GOVSVC_YES || held->holder_count))
            of->materials[of->page->material_count++] = held;
    }
    return status;
}

/* Where a page ends: "DIVISION.CODE". */
typedef struct place {
    char division[16];
    char code[40];
} place;

static bool read_place(const char *text, place *out)
{
    char end;
    *out = (place){.division = ""};
    return !text || sscanf(text, "%15[0-9].%39[0-9A-Z]%c", out->division, out->code, &end) == 2;
}

#define PAGE "SELECT id FROM {matter} WHERE tenant = $1 AND "
#define BEHIND                                                                                               \
    " AND state = 'effective' AND (division, code) > ($3, $4) AND division >= $5 AND division <= $6 AND "    \
    "type <> 'bundle' ORDER BY division, code LIMIT 101"
static const char of_organ[] = PAGE "organ = $2" BEHIND;
static const char of_all[] = PAGE "$2 = ''" BEHIND;

static govsvc_status page_ids(listing *of, const place *after, int64_t *ids, size_t room, size_t *count)
{
    gs_call *call = of->call;
    const char *organ = of->in->organ;
    gs_division_span within;
    gs_division_span_of(of->in->division, &within);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                             gs_text(organ ? organ : ""),
                             gs_text(after->division),
                             gs_text(after->code),
                             gs_text(within.from),
                             gs_text(within.to)};
    return gs_query_integers(call->work.connection, organ ? of_organ : of_all, values, 6, ids, room, count);
}

/* One more than was asked for says that there is a next page. */
static govsvc_status list_page(listing *of, const place *after)
{
    int64_t ids[LIMIT_MAX + 1];
    size_t limit = of->in->limit == GOVSVC_ABSENT ? 20 : (size_t)of->in->limit, count = 0;
    gs_row *row = NULL;
    govsvc_status status = page_ids(of, after, ids, limit + 1, &count);
    for (size_t i = 0; i < count && i < limit && !status; i++) {
        status = gs_matter_read(of->call, ids[i], &row);
        if (!status)
            status = list_one(of, row->at);
    }
    if (status || count <= limit)
        return status;
    const govsvc_matter *last = row->at;
    of->page->next = gs_arena_print(of->call->work.arena, "%s.%s", last->division, last->code);
    return of->page->next ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status list_asked(listing *of)
{
    const govsvc_held_request *in = of->in;
    const govsvc_matter *matter;
    place after;
    if (in->id || in->code) {
        govsvc_status status = gs_matter_asked(of->call, in->id, in->code, &matter);
        return status ? status : list_one(of, matter);
    }
    return read_place(in->after, &after) ? list_page(of, &after)
                                         : gs_refuse(of->call, "/after", "format", NULL, in->after);
}

static govsvc_status run_materials(gs_call *call)
{
    govsvc_held_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    listing of = {.call = call, .in = call->in, .page = page};
    if (!(call->actor->roles & READERS))
        return gs_denied(call->work.problems, READERS, false);
    if (!page)
        return GOVSVC_NO_MEMORY;
    page->struct_size = sizeof *page;
    govsvc_status status = list_asked(&of);
    page->materials = of.materials;
    call->out = page;
    return status;
}

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.materials", .title = "材料核对", .in = &gs_record_held_request, .out = &gs_record_held_page,
     .kind = GS_RUN, .run = run_materials, .roles = READERS},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_asked_material, NULL};

const gs_service gs_service_held = {.records = records, .operations = operations};
