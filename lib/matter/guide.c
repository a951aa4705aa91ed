/* lib/matter/guide.c - the service guide (办事指南): a matter as it is for somebody's answers.
 *
 * Portal, terminal and hall get one and the same: nothing here asks who reads it.
 */
#include "matter/bundle.h"

#define MATTER_REQUEST_FIELDS(T, F)                                                                          \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, TEXT, code, "实施编码", .max = 50)                                                                  \
    F(T, TEXTS, answers, "情形选择", .max = 100, .count = offsetof(T, answer_count))
GS_RECORD(gs_record_matter_request, govsvc_matter_request, "matter_request", "事项与情形",
          MATTER_REQUEST_FIELDS)

#define GUIDE_FIELDS(T, F)                                                                                   \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, NAME, type, "事项类型", .names = gs_matter_type_names)                                              \
    F(T, INT, amount, "办结时限")                                                                            \
    F(T, NAME, unit, "办结时限单位", .names = gs_unit_names)                                                 \
    F(T, INT, visits, "到办事现场次数")                                                                      \
    F(T, FLAG, fee, "是否收费")                                                                              \
    F(T, INT, materials_needed, "必要材料数")                                                                \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, name, "事项名称", .max = 1000)                                                                \
    F(T, TEXT, organ_name, "实施主体")                                                                       \
    F(T, TEXT, text, "办事指南", .max = GS_JSON_SIZE_MAX, .lines = true)                                     \
    F(T, LIST, materials, "申请材料", .of = &gs_record_material, .max = 200,                                 \
      .count = offsetof(T, material_count))                                                                  \
    F(T, LIST, fields, "表单字段", .of = &gs_record_form_field, .max = 500,                                  \
      .count = offsetof(T, field_count))                                                                     \
    F(T, LIST, criteria, "受理条件与审查标准", .of = &gs_record_criterion, .max = 200,                       \
      .count = offsetof(T, criterion_count))                                                                 \
    F(T, LIST, fees, "收费项目", .of = &gs_record_fee_item, .max = 50, .count = offsetof(T, fee_count))      \
    F(T, LIST, situations, "待选情形", .of = &gs_record_situation, .max = 50,                                \
      .count = offsetof(T, situation_count))                                                                 \
    F(T, LIST, members, "成员事项", .of = &gs_record_member, .max = 50, .count = offsetof(T, member_count))
GS_RECORD(gs_record_guide, govsvc_guide, "guide", "办事指南", GUIDE_FIELDS)

/* ---- the matter in this situation --------------------------------------------------------------------- */

/* What the matter comes to, every list of it. */
static govsvc_status choose_lists(gs_call *call, gs_chosen *out)
{
    out->left = *out->whole;
    bool all = gs_select(call->work.arena, &gs_record_matter, &out->left, out->answers, true) &&
               gs_select_situations(call->work.arena, &out->left, out->answers);
    return all ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* Whether it asks for what its members ask for. */
static bool is_joint(const govsvc_matter *matter)
{
    return matter->type == GOVSVC_MATTER_BUNDLE && (!matter->field_count || !matter->material_count);
}

govsvc_status gs_matter_choose(gs_call *call, gs_chosen *out)
{
    const govsvc_matter_request *in = call->in;
    gs_bundle *bundle = NULL;
    out->answers = (gs_answers){in->answers, in->answer_count};
    govsvc_status status = gs_matter_asked(call, in->id, in->code, &out->whole);
    if (!status && is_joint(out->whole))
        status = gs_bundle_load(call, out->whole, out->answers, &bundle);
    if (bundle)
        out->whole = &bundle->whole;
    if (!status)
        status = gs_answers_check(call, out->whole, out->answers);
    if (!status)
        status = choose_lists(call, out);
    return !status && bundle ? gs_bundle_choose(call, bundle, out) : status;
}

/* ---- matter.guide ------------------------------------------------------------------------------------- */

static int64_t needed(const govsvc_matter *matter)
{
    int64_t count = 0;
    for (uint64_t i = 0; i < matter->material_count; i++)
        count += matter->materials[i]->need == GOVSVC_NEED_REQUIRED;
    return count;
}

static void fill(govsvc_guide *guide, const govsvc_matter *matter)
{
    bool promised = matter->promised_amount != GOVSVC_ABSENT;
    gs_record_init(&gs_record_guide, guide);
    gs_record_share(&gs_record_guide, guide, &gs_record_matter, matter);
    guide->amount = promised ? matter->promised_amount : matter->statutory_amount;
    guide->unit = promised ? matter->promised_unit : matter->statutory_unit;
    guide->materials_needed = needed(matter);
}

/* The text tells what may yet count with its situation; the lists hold what counts. */
static govsvc_status run_guide(gs_call *call)
{
    gs_chosen chosen;
    gs_buffer text = {.arena = call->work.arena};
    govsvc_guide *guide = gs_arena_alloc(call->work.arena, sizeof *guide);
    govsvc_status status = gs_matter_choose(call, &chosen);
    if (status)
        return status;
    gs_guide_write(&text, &chosen);
    gs_select(call->work.arena, &gs_record_matter, &chosen.left, chosen.answers, false);
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    fill(guide, &chosen.left);
    guide->text = text.text;
    call->out = guide;
    return GOVSVC_OK;
}

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.guide", .title = "办事指南", .in = &gs_record_matter_request, .out = &gs_record_guide,
     .kind = GS_RUN, .run = run_guide, .roles = GS_ROLE_ANY},
    {.name = "matter.form", .title = "申请表单", .in = &gs_record_matter_request, .out = &gs_record_form,
     .kind = GS_RUN, .run = gs_run_form, .roles = GS_ROLE_ANY},
    {.name = "matter.evaluate", .title = "核对条件", .in = &gs_record_evaluation_request, .out = &gs_record_evaluation,
     .kind = GS_RUN, .run = gs_run_evaluate, .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_guide = {.operations = operations};
