/* lib/matter/elements.c - the table of elements, and how two matters compare in one of them. */
#include "matter/elements.h"

#include <string.h>

const gs_name gs_element_names[] = {
    {GS_ELEMENT_NAME + 1, "name", "名称"},
    {GS_ELEMENT_CODE + 1, "code", "编码"},
    {GS_ELEMENT_BASIS + 1, "basis", "依据"},
    {GS_ELEMENT_MATERIALS + 1, "materials", "申请材料"},
    {GS_ELEMENT_PROCEDURE + 1, "procedure", "办事流程"},
    {GS_ELEMENT_WORKFLOW + 1, "workflow", "业务经办流程"},
    {GS_ELEMENT_LIMITS + 1, "limits", "办理时限"},
    {GS_ELEMENT_FORM + 1, "form", "表单内容"},
    {GS_ELEMENT_OTHER + 1, "other", "其他"},
    {0, NULL, NULL},
};

const char *gs_element_name(gs_element element)
{
    return gs_name_of(gs_element_names, (int64_t)element + 1);
}

/* clang-format off */
#define E(name) GS_ELEMENT_##name
const gs_element_row gs_element_rows[] = {
    {"name", E(NAME), GS_SAME, NULL},
    {"basic_code", E(CODE), GS_SAME, NULL},
    {"bases", E(BASIS), GS_SAME, NULL},
    {"materials", E(MATERIALS), GS_SUBSET, "code"},
    {"procedure", E(PROCEDURE), GS_SAME, NULL},
    {"stages", E(WORKFLOW), GS_SAME, NULL},
    {"statutory_amount", E(LIMITS), GS_SAME, NULL},
    {"statutory_unit", E(LIMITS), GS_SAME, NULL},
    {"statutory_basis", E(LIMITS), GS_SAME, NULL},
    {"statutory_explain", E(LIMITS), GS_SAME, NULL},
    {"promised_amount", E(LIMITS), GS_SHORTER, NULL},
    {"promised_unit", E(LIMITS), GS_SHORTER, NULL},
    {"project_type", E(LIMITS), GS_LESS, NULL},
    {"fields", E(FORM), GS_SAME, NULL},
    {"type", E(OTHER), GS_SAME, NULL},
    {"review_kind", E(OTHER), GS_LESS, NULL},
    {"visits", E(OTHER), GS_LESS, NULL},
    {"fee", E(OTHER), GS_NO_MORE, NULL},
    {"fee_basis", E(OTHER), GS_NO_MORE, NULL},
    {"fees", E(OTHER), GS_SUBSET, "name"},
    {"online", E(OTHER), GS_AT_LEAST, NULL},
    {"online_depth", E(OTHER), GS_AT_LEAST, NULL},
    {"result_kind", E(OTHER), GS_SAME, NULL},
    {"result_name", E(OTHER), GS_SAME, NULL},
    {"result_certificate_type", E(OTHER), GS_SAME, NULL},
    {"conditions", E(OTHER), GS_SAME, NULL},
    {"criteria", E(OTHER), GS_SAME, NULL},
    {"situations", E(OTHER), GS_SAME, NULL},
    {"subjects", E(OTHER), GS_SAME, NULL},
    {"quantity_limit", E(OTHER), GS_NO_MORE, NULL},
    {"intermediary", E(OTHER), GS_NO_MORE, NULL},
    {"special_procedures", E(OTHER), GS_SUBSET, "kind"},
    {"measures", E(OTHER), GS_SAME, NULL},
    {"collection_kind", E(OTHER), GS_SAME, NULL},
    {"reducible", E(OTHER), GS_AT_LEAST, NULL},
    {"identity_level", E(OTHER), GS_SAME, NULL},
    {"safety", E(OTHER), GS_SAME, NULL},
    {"deemed_basis", E(OTHER), GS_SAME, NULL},
    {"unified_basis", E(OTHER), GS_SAME, NULL},
    {"members", E(OTHER), GS_SAME, NULL},
    {"refused_rule", E(OTHER), GS_SAME, NULL},
    {"handle_forms", E(OTHER), GS_SUPERSET, NULL},
    {"online_steps", E(OTHER), GS_SUPERSET, NULL},
    {"delivery_ways", E(OTHER), GS_SUPERSET, NULL},
    {"visits_reason", E(OTHER), GS_OWN, NULL},
    {"power_source", E(OTHER), GS_OWN, NULL},
    {"organ_kind", E(OTHER), GS_OWN, NULL},
    {"scope", E(OTHER), GS_OWN, NULL},
    {"in_hall", E(OTHER), GS_OWN, NULL},
    {"one_window", E(OTHER), GS_OWN, NULL},
    {"booking", E(OTHER), GS_OWN, NULL},
    {"pay_online", E(OTHER), GS_OWN, NULL},
    {"express", E(OTHER), GS_OWN, NULL},
    {"terminals", E(OTHER), GS_OWN, NULL},
    {"single_sign_on", E(OTHER), GS_OWN, NULL},
    {"mobile_sign_on", E(OTHER), GS_OWN, NULL},
    {"local_code", E(OTHER), GS_OWN, NULL},
    {"entrusting_organ", E(OTHER), GS_OWN, NULL},
    {"promised_explain", E(OTHER), GS_OWN, NULL},
    {"place", E(OTHER), GS_OWN, NULL},
    {"hours", E(OTHER), GS_OWN, NULL},
    {"consult", E(OTHER), GS_OWN, NULL},
    {"complain", E(OTHER), GS_OWN, NULL},
    {"online_url", E(OTHER), GS_OWN, NULL},
    {"mobile_url", E(OTHER), GS_OWN, NULL},
    {"result_sample", E(OTHER), GS_OWN, NULL},
    {"remark", E(OTHER), GS_OWN, NULL},
    {"keywords", E(OTHER), GS_OWN, NULL},
    {"person_topics", E(OTHER), GS_OWN, NULL},
    {"corporate_topics", E(OTHER), GS_OWN, NULL},
    {"joint_organs", E(OTHER), GS_OWN, NULL},
    {"questions", E(OTHER), GS_OWN, NULL},
    {"unverified", E(OTHER), GS_OWN, NULL},
    {"claim_amount", E(OTHER), GS_OWN, NULL},
    {"claim_unit", E(OTHER), GS_OWN, NULL},
    {"claim_levels", E(OTHER), GS_OWN, NULL},
};
/* clang-format on */
const size_t gs_element_row_count = sizeof gs_element_rows / sizeof *gs_element_rows;

const gs_field *gs_element_field(const gs_element_row *row)
{
    return gs_record_field(&gs_record_matter, row->field);
}

const char *gs_element_json(gs_arena *arena, const gs_element_row *row, const govsvc_matter *matter)
{
    const gs_field *field = gs_element_field(row);
    gs_buffer json = {.arena = arena};
    if (gs_field_absent(field, matter))
        return NULL;
    gs_json_write_value(&json, field, matter);
    return gs_arena_failed(arena) ? NULL : json.text;
}

/* ---- comparing --------------------------------------------------------------------------------------- */

static bool is_equal(gs_arena *arena, const gs_field *field, const govsvc_matter *source,
                     const govsvc_matter *own)
{
    govsvc_value a = gs_field_encode(field, source, arena), b = gs_field_encode(field, own, arena);
    return gs_value_equal(&a, &b);
}

/* A limit that was not set is longer than any. */
static gs_compared compare_limits(const govsvc_matter *source, const govsvc_matter *own)
{
    bool had = source->promised_amount != GOVSVC_ABSENT && source->promised_unit;
    bool has = own->promised_amount != GOVSVC_ABSENT && own->promised_unit;
    if (!had || !has)
        return has || !had ? GS_NARROWER : GS_WIDER;
    bool longer = gs_limit_longer(own->promised_amount, own->promised_unit, source->promised_amount,
                                  source->promised_unit);
    return longer ? GS_WIDER : GS_NARROWER;
}

static const char *item_text(gs_arena *arena, const gs_field *list, const void *item)
{
    gs_buffer json = {.arena = arena};
    if (list->kind == GS_TEXTS)
        return item;
    gs_json_write(&json, list->of, item);
    return json.text ? json.text : "";
}

/* The first item of one list that the other has not; the count: it has all. */
static uint64_t first_without(gs_arena *arena, const gs_field *list, const govsvc_matter *of,
                              const govsvc_matter *in)
{
    const void *const *items = *gs_field_items(list, of), *const *others = *gs_field_items(list, in);
    uint64_t count = *gs_field_count(list, of), other_count = *gs_field_count(list, in), i;
    for (i = 0; i < count; i++) {
        const char *text = item_text(arena, list, items[i]);
        uint64_t j = 0;
        while (j < other_count && strcmp(text, item_text(arena, list, others[j])) != 0)
            j++;
        if (j == other_count)
            break;
    }
    return i;
}

static bool is_within(const gs_field *field, gs_narrowing narrowing, const govsvc_matter *source,
                      const govsvc_matter *own)
{
    bool had = !gs_field_absent(field, source), has = !gs_field_absent(field, own);
    if (field->kind == GS_TEXT)
        return !has;
    if (narrowing == GS_AT_LEAST && field->kind == GS_FLAG)
        return *gs_field_integer(field, source) != GOVSVC_YES;
    if (field->kind == GS_FLAG)
        return *gs_field_integer(field, own) != GOVSVC_YES;
    if (!had || !has)
        return has;
    int64_t before = *gs_field_integer(field, source), after = *gs_field_integer(field, own);
    return narrowing == GS_AT_LEAST ? after >= before : after <= before;
}

gs_compared gs_element_compare(gs_arena *arena, const gs_element_row *row, const govsvc_matter *source,
                               const govsvc_matter *own, uint64_t *item)
{
    const gs_field *field = gs_element_field(row);
    *item = 0;
    if (is_equal(arena, field, source, own))
        return GS_EQUAL;
    switch ((gs_narrowing)row->narrowing) {
    case GS_SAME:
        return GS_WIDER;
    case GS_OWN:
        return GS_NARROWER;
    case GS_SHORTER:
        return compare_limits(source, own);
    case GS_SUBSET:
        *item = first_without(arena, field, own, source);
        return *item == *gs_field_count(field, own) ? GS_NARROWER : GS_WIDER;
    case GS_SUPERSET:
        return first_without(arena, field, source, own) == *gs_field_count(field, source) ? GS_NARROWER
                                                                                          : GS_WIDER;
    default:
        return is_within(field, row->narrowing, source, own) ? GS_NARROWER : GS_WIDER;
    }
}
