/* lib/matter/audit.c - matter.audit: how far the lists of all bodies are one (八统一).
 *
 * May use: elements.h. Lists are gone through by division and code in slices whose memory is given back.
 */
#include "matter/elements.h"

#include <stdio.h>
#include <string.h>

#include "govsvc/codes.h"

/* ---- records ----------------------------------------------------------------------------------------- */

enum { DIFFERENCES_MAX = 1000, SLICE = 100 };

#define AUDIT_REQUEST_FIELDS(T, F)                                                                           \
    F(T, INT, limit, "列出的差异数", .most = DIFFERENCES_MAX)                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, basic_code, "基本编码", .code = GOVSVC_CODE_MATTER)
GS_RECORD(gs_record_audit_request, govsvc_audit_request, "audit_request", "统一性核对条件",
          AUDIT_REQUEST_FIELDS)

#define AUDIT_ELEMENT_FIELDS(T, F)                                                                           \
    F(T, INT, equal, "一致")                                                                                 \
    F(T, INT, narrower, "收窄")                                                                              \
    F(T, INT, wider, "不一致")                                                                               \
    F(T, TEXT, element, "要素")                                                                              \
    F(T, TEXT, title, "名称")
GS_RECORD(gs_record_audit_element, govsvc_audit_element, "audit_element", "要素统一情况",
          AUDIT_ELEMENT_FIELDS)

#define AUDIT_DIFFERENCE_FIELDS(T, F)                                                                        \
    F(T, INT, version, "版本")                                                                               \
    F(T, FLAG, narrower, "属于收窄")                                                                         \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, element, "要素")                                                                              \
    F(T, TEXT, field, "字段")                                                                                \
    F(T, TEXT, source, "上级清单为", .max = GS_JSON_SIZE_MAX, .lines = true)                                 \
    F(T, TEXT, own, "本级清单为", .max = GS_JSON_SIZE_MAX, .lines = true)                                    \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_audit_difference, govsvc_audit_difference, "audit_difference", "差异",
          AUDIT_DIFFERENCE_FIELDS)

#define AUDIT_FIELDS(T, F)                                                                                   \
    F(T, INT, lists, "核对的清单数")                                                                         \
    F(T, INT, standard, "完全一致的清单数")                                                                  \
    F(T, INT, alone, "没有上级清单的清单数")                                                                 \
    F(T, INT, claimed, "认领的清单数")                                                                       \
    F(T, LIST, elements, "要素", .of = &gs_record_audit_element, .count = offsetof(T, element_count))        \
    F(T, LIST, differences, "差异", .of = &gs_record_audit_difference, .max = DIFFERENCES_MAX,               \
      .count = offsetof(T, difference_count))
GS_RECORD(gs_record_audit, govsvc_audit, "audit", "统一性核对", AUDIT_FIELDS)

/* ---- the list of a higher body ------------------------------------------------------------------------- */

static govsvc_status effective_of_code(gs_call *call, const char *code, int64_t *id)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(code)};
    return gs_query_integer(call->work.connection,
                            "SELECT id FROM {matter} WHERE tenant = $1 AND code = $2 AND state = 'effective'",
                            values, 2, id);
}

/* The code of the division of a level that one lies in: "450103001" in a county is "450103". */
static void containing(const char *division, int64_t level, char out[16])
{
    static const int digits[] = {
        [GOVSVC_LEVEL_NATION] = 0, [GOVSVC_LEVEL_REGION] = 2, [GOVSVC_LEVEL_PREFECTURE] = 4,
        [GOVSVC_LEVEL_COUNTY] = 6, [GOVSVC_LEVEL_TOWN] = 9,   [GOVSVC_LEVEL_VILLAGE] = 12};
    int kept = digits[level];
    snprintf(out, 16, "%.*s%.*s", kept, division, kept < 6 ? 6 - kept : 0, "000000");
}

static govsvc_status effective_above(gs_call *call, const govsvc_matter *own, int64_t *id)
{
    govsvc_status status = GOVSVC_NOT_FOUND;
    char division[16];
    for (int64_t level = own->level - 1; own->basic_code && level > 0 && status == GOVSVC_NOT_FOUND;
         level--) {
        containing(own->division, level, division);
        govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                                 gs_text(own->basic_code), gs_text(division),
                                 gs_text(gs_name_of(gs_level_names, level))};
        status = gs_query_integer(call->work.connection,
                                  "SELECT min(id) FROM {matter} WHERE tenant = $1 AND basic_code = $2 AND "
                                  "state = 'effective' AND division = $3 AND level = $4",
                                  values, 4, id);
    }
    return status;
}

/* NULL: there is none. */
static govsvc_status find_source(gs_call *call, const govsvc_matter *own, const govsvc_matter **out)
{
    int64_t id;
    *out = NULL;
    govsvc_status status =
        own->source ? effective_of_code(call, own->source, &id) : effective_above(call, own, &id);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    gs_row *row;
    status = gs_matter_read(call, id, &row);
    if (!status)
        *out = row->at;
    return status;
}

/* ---- comparing ----------------------------------------------------------------------------------------- */

typedef struct auditing {
    gs_call *call; /* whose arena the answer lives in */
    govsvc_audit *out;
    govsvc_audit_element *elements[GS_UNIFIED];
    const govsvc_audit_difference **differences;
    uint64_t limit;
} auditing;

static const char *copy(const auditing *of, const char *text)
{
    return text ? gs_arena_text(of->call->work.arena, text) : NULL;
}

static void note(auditing *of, gs_call *own, const gs_element_row *row, const govsvc_matter *source,
                 const govsvc_matter *list, gs_compared compared)
{
    if (of->out->difference_count == of->limit)
        return;
    govsvc_audit_difference *difference = gs_arena_alloc(of->call->work.arena, sizeof *difference);
    if (!difference)
        return;
    *difference = (govsvc_audit_difference){.struct_size = sizeof *difference,
                                            .version = list->version,
                                            .narrower = compared == GS_NARROWER ? GOVSVC_YES : GOVSVC_NO,
                                            .code = copy(of, list->code),
                                            .element = gs_element_name(row->element),
                                            .field = row->field,
                                            .source = copy(of, gs_element_json(own->work.arena, row, source)),
                                            .own = copy(of, gs_element_json(own->work.arena, row, list))};
    of->differences[of->out->difference_count++] = difference;
}

/* An element is as its worst field is. */
static void compare(auditing *of, gs_call *own, const govsvc_matter *source, const govsvc_matter *list)
{
    gs_compared worst[GS_UNIFIED] = {GS_EQUAL};
    uint64_t item;
    bool standard = true;
    for (size_t i = 0; i < gs_element_row_count; i++) {
        const gs_element_row *row = &gs_element_rows[i];
        if (row->element == GS_ELEMENT_OTHER)
            continue;
        gs_compared compared = gs_element_compare(own->work.arena, row, source, list, &item);
        if (compared > worst[row->element])
            worst[row->element] = compared;
        if (compared != GS_EQUAL)
            note(of, own, row, source, list, compared);
    }
    for (size_t i = 0; i < GS_UNIFIED; i++) {
        of->elements[i]->equal += worst[i] == GS_EQUAL;
        of->elements[i]->narrower += worst[i] == GS_NARROWER;
        of->elements[i]->wider += worst[i] == GS_WIDER;
        standard = standard && worst[i] == GS_EQUAL;
    }
    of->out->standard += standard;
}

static govsvc_status audit_one(auditing *of, gs_call *own, int64_t id, char division[16], char code[40])
{
    const govsvc_matter *list, *source;
    gs_row *row;
    govsvc_status status = gs_matter_read(own, id, &row);
    if (status)
        return status;
    list = row->at;
    snprintf(division, 16, "%s", list->division);
    snprintf(code, 40, "%s", list->code);
    status = find_source(own, list, &source);
    if (status)
        return status;
    of->out->alone += !source;
    if (!source)
        return GOVSVC_OK;
    of->out->lists++;
    of->out->claimed += list->source != NULL;
    compare(of, own, source, list);
    return gs_arena_failed(own->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* ---- going through ------------------------------------------------------------------------------------- */

static govsvc_status next_slice(gs_call *own, const gs_division_span *within, const char *division,
                                const char *code, int64_t ids[SLICE], size_t *count)
{
    const govsvc_audit_request *in = own->in;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&own->work, &gs_record_matter)),
                             gs_text(division),
                             gs_text(code),
                             gs_text(within->from),
                             gs_text(within->to),
                             gs_text(in->basic_code ? in->basic_code : ""),
                             gs_integer(SLICE)};
    return gs_query_integers(own->work.connection,
                             "SELECT id FROM {matter} WHERE tenant = $1 AND state = 'effective' AND "
                             "(division, code) > ($2, $3) AND division >= $4 AND division <= $5 AND "
                             "type <> 'bundle' AND (basic_code = $6 OR $6 = '') "
                             "ORDER BY division, code LIMIT $7",
                             values, 7, ids, SLICE, count);
}

static govsvc_status audit_all(auditing *of)
{
    const govsvc_audit_request *in = of->call->in;
    gs_call own = *of->call; /* the same transaction, with memory of its own */
    gs_division_span within;
    int64_t ids[SLICE];
    size_t count = SLICE;
    char division[16] = "", code[40] = "";
    gs_division_span_of(in->division, &within);
    own.work.arena = gs_arena_new(of->call->host->allocator, 0);
    govsvc_status status = own.work.arena ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    while (!status && count == SLICE) {
        status = next_slice(&own, &within, division, code, ids, &count);
        for (size_t i = 0; i < count && !status; i++) {
            status = audit_one(of, &own, ids[i], division, code);
            gs_arena_reset(own.work.arena);
        }
    }
    gs_arena_free(own.work.arena);
    return status;
}

/* ---- the operation ------------------------------------------------------------------------------------- */

enum { READERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_AUDITOR | GS_ROLE_CENTRE_SUPERVISOR | GS_ROLE_ORGAN_HEAD };

static bool prepare(auditing *of)
{
    gs_arena *arena = of->call->work.arena;
    const govsvc_audit_element **elements = gs_arena_array(arena, GS_UNIFIED, sizeof *elements);
    for (size_t i = 0; elements && i < GS_UNIFIED; i++) {
        of->elements[i] = gs_arena_alloc(arena, sizeof **of->elements);
        if (!of->elements[i])
            return false;
        *of->elements[i] = (govsvc_audit_element){.struct_size = sizeof **of->elements,
                                                  .element = gs_element_name((gs_element)i),
                                                  .title = gs_title_of(gs_element_names, (int64_t)i + 1)};
        elements[i] = of->elements[i];
    }
    of->differences = gs_arena_array(arena, of->limit + 1, sizeof *of->differences);
    of->out = gs_arena_alloc(arena, sizeof *of->out);
    if (gs_arena_failed(arena))
        return false;
    *of->out = (govsvc_audit){.struct_size = sizeof *of->out,
                              .elements = elements,
                              .element_count = GS_UNIFIED,
                              .differences = of->differences};
    return true;
}

static govsvc_status run_audit(gs_call *call)
{
    const govsvc_audit_request *in = call->in;
    auditing of = {.call = call, .limit = in->limit == GOVSVC_ABSENT ? 100 : (uint64_t)in->limit};
    if (!(call->actor->roles & READERS))
        return gs_denied(call->work.problems, READERS, false);
    if (!prepare(&of))
        return GOVSVC_NO_MEMORY;
    govsvc_status status = audit_all(&of);
    call->out = of.out;
    return !status && gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : status;
}

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.audit", .title = "统一性核对", .in = &gs_record_audit_request, .out = &gs_record_audit, .kind = GS_RUN,
     .run = run_audit, .roles = READERS},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_audit = {.operations = operations};
