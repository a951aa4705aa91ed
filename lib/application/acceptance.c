/* lib/application/acceptance.c - from receipt to acceptance: the one correction, refusal, and what is accepted
 * though something is still to come. Articles are of 行政许可法 (2019). */
#include "application/bundle.h"

#include <string.h>

static govsvc_application *application_of(const gs_row *row)
{
    return row->at;
}

static bool handed_in(const govsvc_supplied *const *materials, uint64_t count, const char *code)
{
    for (uint64_t i = 0; i < count; i++)
        if (strcmp(materials[i]->code, code) == 0)
            return true;
    return false;
}

/* ---- receipt ------------------------------------------------------------------------------------------ */

/* A renewal's last day is the licence's, whatever becomes of it. */
govsvc_status gs_application_receive(gs_call *call, gs_row *row)
{
    if (application_of(row)->expires_on)
        gs_add_effect(call, GS_START, GS_CLOCK_RENEWAL);
    return gs_bundle_guard(call, row);
}

/* ---- correction: once (no row of the flow leads back to it), everything, and then it is complete (32) --- */

static const govsvc_material *material_of(const govsvc_matter *matter, const char *code)
{
    for (uint64_t i = 0; i < matter->material_count; i++)
        if (strcmp(matter->materials[i]->code, code) == 0)
            return matter->materials[i];
    return NULL;
}

static const char *pointer(gs_call *call, uint64_t index)
{
    return gs_arena_print(call->work.arena, "/items/%llu/code", (unsigned long long)index);
}

/* A material of the matter, or "/" and a field of its form; one that says nothing of its form takes any. */
static bool is_asked_for(const govsvc_matter *matter, const char *code)
{
    bool found = material_of(matter, code) || (*code == '/' && !matter->field_count);
    for (uint64_t i = 0; i < matter->field_count && *code == '/' && !found; i++)
        found = strcmp(matter->fields[i]->name, code + 1) == 0;
    return found;
}

/* Nothing that the matter does not ask of everybody may be asked of one. */
static govsvc_status check_demand(gs_call *call, const gs_row *row, const govsvc_correction_request *in)
{
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    for (uint64_t i = 0; i < in->item_count && !status; i++)
        if (!is_asked_for(matter, in->items[i]->code))
            gs_refuse_in_words(call, pointer(call, i), "listed", "该事项不要求此材料或者表单字段，不得要求补正",
                               "the matter asks for no such material or field, so it cannot be demanded",
                               "行政许可法 第三十一条");
    return status ? status : gs_problems_status(call->work.problems);
}

govsvc_status gs_application_request_correction(gs_call *call, gs_row *row)
{
    const govsvc_correction_request *in = call->in;
    govsvc_application *application = application_of(row);
    govsvc_status status = check_demand(call, row, in);
    if (!status)
        status = gs_row_open(row, true);
    if (status)
        return status;
    application->corrected = GOVSVC_YES;
    application->corrections = in->items;
    application->correction_count = in->item_count;
    return status;
}

/* Is everything there that was asked for? */
static void check_complete(gs_call *call, const govsvc_correction_item *const *items, uint64_t count,
                           const govsvc_supply *in)
{
    for (uint64_t i = 0; i < count; i++) {
        const char *code = items[i]->code;
        bool of_form = in->form && *code == '/';
        if (!of_form && !handed_in(in->materials, in->material_count, code))
            gs_problem_add(
                call->work.problems,
                &(govsvc_problem){
                    .field = "/materials",
                    .rule = "complete",
                    .expected = code,
                    .text_zh = gs_arena_print(call->work.arena, "/materials：尚缺补正材料 %s", code),
                    .text_en = gs_arena_print(call->work.arena, "/materials: %s is still missing", code),
                    .basis = "行政许可法 第三十二条第五项"});
    }
}

/* A corrected form is one that is handed in. */
static govsvc_status supply_form(gs_call *call, gs_row *row, const char *form)
{
    const govsvc_matter *matter;
    if (!form)
        return GOVSVC_OK;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status)
        status = gs_application_evaluate(call, application_of(row), matter, form);
    return status ? status : gs_row_set_text(row, "form", form);
}

static govsvc_status add_materials(gs_call *call, govsvc_application *application, const govsvc_supply *in)
{
    for (uint64_t i = 0; i < in->material_count; i++) {
        const void *const *all = gs_arena_append(call->work.arena, application->materials,
                                                 application->material_count, in->materials[i]);
        if (!all)
            return GOVSVC_NO_MEMORY;
        application->materials = (const govsvc_supplied *const *)all;
        application->material_count++;
    }
    return GOVSVC_OK;
}

govsvc_status gs_application_supply(gs_call *call, gs_row *row)
{
    const govsvc_supply *in = call->in;
    govsvc_application *application = application_of(row);
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    check_complete(call, application->corrections, application->correction_count, in);
    status = supply_form(call, row, in->form);
    return status ? status : add_materials(call, application, in);
}

/* ---- acceptance --------------------------------------------------------------------------------------- */

/* Silence for five working days: accepted as of the day of receipt. */
govsvc_status gs_application_deem_accepted(gs_call *call, gs_row *row)
{
    govsvc_application *application = application_of(row);
    application->deemed = GOVSVC_YES;
    application->accepted_at = application->received_at;
    return gs_reviews_begin(call, row);
}

/* Only what the matter lets come later, and what is not there. */
static void check_outstanding(gs_call *call, const govsvc_application *application,
                              const govsvc_matter *matter)
{
    const govsvc_conditional_acceptance *in = call->in;
    for (uint64_t i = 0; i < in->item_count; i++) {
        const govsvc_material *material = material_of(matter, in->items[i]->code);
        if (!material || material->need != GOVSVC_NEED_LATER)
            gs_refuse_in_words(call, pointer(call, i), "later", "该材料不在可容缺后补之列",
                               "this material cannot come later", "事项实施清单 容缺后补材料");
        else if (handed_in(application->materials, application->material_count, in->items[i]->code))
            gs_refuse_in_words(call, pointer(call, i), "handed_in", "该材料已经提交",
                               "this material was handed in", NULL);
    }
    if (strcmp(in->due_date, gs_today(call)) < 0)
        gs_refuse(call, "/due_date", "order", gs_today(call), in->due_date);
}

govsvc_status gs_application_accept_conditionally(gs_call *call, gs_row *row)
{
    const govsvc_conditional_acceptance *in = call->in;
    govsvc_application *application = application_of(row);
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status)
        status = gs_row_open(row, true);
    if (status)
        return status;
    check_outstanding(call, application, matter);
    application->conditional = GOVSVC_YES;
    application->outstanding = in->items;
    application->outstanding_count = in->item_count;
    gs_add_effect(call, GS_START, GS_CLOCK_COMPLETION);
    return gs_reviews_begin(call, row);
}

/* What was still to come is there, all of it. */
govsvc_status gs_application_complete(gs_call *call, gs_row *row)
{
    const govsvc_supply *in = call->in;
    govsvc_application *application = application_of(row);
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    if (!application->outstanding_count)
        return gs_refuse_in_words(call, "", "outstanding", "没有待补的容缺材料", "nothing is outstanding",
                                  NULL);
    check_complete(call, application->outstanding, application->outstanding_count, in);
    application->outstanding_count = 0;
    status = supply_form(call, row, in->form);
    return status ? status : add_materials(call, application, in);
}

/* ---- refusal ------------------------------------------------------------------------------------------ */

govsvc_status gs_application_refuse(gs_call *call, gs_row *row)
{
    const govsvc_refusal *in = call->in;
    gs_application_need(call, in->opinion, "/opinion", "/opinion：不予受理应当说明理由",
                        "/opinion: a refusal must give its reasons", "行政许可法 第三十二条");
    gs_application_need(
        call, in->remedy, "/remedy", "/remedy：不予受理应当告知救济途径或者有权机关",
        "/remedy: a refusal must say what can be done against it, or which organ is competent",
        "行政许可法 第三十二条");
    application_of(row)->remedy = in->remedy;
    govsvc_status status = gs_bundle_guard(call, row);
    return status ? status : gs_row_set_text(row, "decision_reason", in->opinion);
}
