/* lib/application/application.c - what is particular to applications: the law of licensing, as tables and
 * a few functions. Articles are of 行政许可法 (2019) unless another law is named. */
#include "application/application.h"

#include <string.h>

#include "codes/codes.h"

/* ---- small things ------------------------------------------------------------------------------------ */

static govsvc_application *application_of(const gs_row *row)
{
    return row->at;
}

static govsvc_status matter_of(gs_call *call, gs_row *row, const govsvc_matter **out)
{
    return gs_matter_load(call, application_of(row)->matter_id, out);
}

static const char *pointer(gs_call *call, const char *list, uint64_t index, const char *member)
{
    return gs_arena_print(call->work.arena, "/%s/%llu/%s", list, (unsigned long long)index, member);
}

static bool handed_in(const govsvc_supplied *const *materials, uint64_t count, const char *code)
{
    for (uint64_t i = 0; i < count; i++)
        if (strcmp(materials[i]->code, code) == 0)
            return true;
    return false;
}

/* 办件编号: division, day of submission, the identifier in base 36, and a check character over all of it
 * (ISO/IEC 7064, MOD 37,36): unique without a counter. */
static const char *make_number(gs_call *call, const char *division, int64_t id)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char date[GS_DATE_SIZE], tail[14];
    govsvc_date_of(call->work.now, date);
    for (int i = 12; i >= 0; i--, id /= 36)
        tail[i] = digits[id % 36];
    tail[13] = '\0';
    char *number =
        gs_arena_print(call->work.arena, "%.6s%.4s%.2s%.2s%s?", division, date, date + 5, date + 8, tail);
    if (number)
        number[27] = gs_iso7064_mod37_36(number, 27);
    return number;
}

/* ---- submission -------------------------------------------------------------------------------------- */

static void check_applicant(gs_call *call, const govsvc_application *application)
{
    int64_t kind = application->applicant_kind == GOVSVC_APPLICANT_NATURAL_PERSON ? GOVSVC_CODE_CITIZEN_ID
                                                                                  : GOVSVC_CODE_USCC;
    gs_code_check(kind, application->applicant_id, call->work.problems, "/applicant_id");
}

static void check_materials(gs_call *call, const govsvc_application *application, const govsvc_matter *matter)
{
    for (uint64_t i = 0; i < application->material_count; i++) {
        bool listed = false;
        for (uint64_t j = 0; j < matter->material_count && !listed; j++)
            listed = strcmp(matter->materials[j]->code, application->materials[i]->code) == 0;
        if (!listed)
            gs_refuse_in_words(call, pointer(call, "materials", i, "code"), "listed", "该事项不要求此材料",
                               "the matter does not ask for this material", "行政许可法 第三十一条");
    }
}

/* Who submits on somebody's behalf at a window names their account; who submits for themselves is it. */
static const char *owner_of(const gs_call *call, const govsvc_application *application)
{
    bool for_themselves = call->actor->roles & (GS_ROLE_APPLICANT | GS_ROLE_AGENT);
    return for_themselves ? call->actor->id : application->owner;
}

static govsvc_status submit(gs_call *call, gs_row *row)
{
    govsvc_application *application = application_of(row);
    const govsvc_matter *matter;
    check_applicant(call, application);
    govsvc_status status = gs_matter_effective(call, application->matter, &matter);
    if (status == GOVSVC_NOT_FOUND)
        return gs_refuse(call, "/matter", "exists", NULL, application->matter);
    if (status)
        return status;
    check_materials(call, application, matter);
    status = gs_application_evaluate(call, application, matter, application->form);
    if (status)
        return status;
    application->owner = owner_of(call, application);
    application->matter_id = matter->id;
    application->matter_version = matter->version;
    application->matter_name = matter->name;
    application->organ = matter->organ;
    application->division = matter->division;
    application->number = make_number(call, matter->division, application->id);
    return application->number ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* ---- correction: once (no row of the flow leads back to it), everything, and then it is complete (art 32(4), (5)) ---- */

/* A material of the matter, or "/" and a field of its form. */
static bool asked_for(const govsvc_matter *matter, const char *code)
{
    bool found = false;
    for (uint64_t i = 0; i < matter->material_count && !found; i++)
        found = strcmp(matter->materials[i]->code, code) == 0;
    for (uint64_t i = 0; i < matter->field_count && *code == '/' && !found; i++)
        found = strcmp(matter->fields[i]->name, code + 1) == 0;
    return found;
}

/* Nothing that the matter does not ask of everybody may be asked of one. */
static govsvc_status check_demand(gs_call *call, gs_row *row, const govsvc_correction_request *in)
{
    const govsvc_matter *matter;
    govsvc_status status = matter_of(call, row, &matter);
    for (uint64_t i = 0; i < in->item_count && !status; i++)
        if (!asked_for(matter, in->items[i]->code))
            gs_refuse_in_words(call, pointer(call, "items", i, "code"), "listed",
                               "该事项不要求此材料或表单字段，不得要求补正",
                               "the matter asks for no such material or field, so it cannot be demanded",
                               "行政许可法 第三十一条；优化营商环境条例 第三十五条");
    return status ? status : gs_problems_status(call->work.problems);
}

static govsvc_status request_correction(gs_call *call, gs_row *row)
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
    return GOVSVC_OK;
}

static void check_complete(gs_call *call, const govsvc_application *application, const govsvc_supply *in)
{
    for (uint64_t i = 0; i < application->correction_count; i++) {
        const char *code = application->corrections[i]->code;
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
    govsvc_status status = matter_of(call, row, &matter);
    if (!status)
        status = gs_application_evaluate(call, application_of(row), matter, form);
    return status ? status : gs_row_set_text(row, "form", form);
}

static govsvc_status supply(gs_call *call, gs_row *row)
{
    const govsvc_supply *in = call->in;
    govsvc_application *application = application_of(row);
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    check_complete(call, application, in);
    status = supply_form(call, row, in->form);
    if (status)
        return status;
    uint64_t count = application->material_count + in->material_count;
    const govsvc_supplied **all = gs_arena_array(call->work.arena, count + 1, sizeof *all);
    if (!all)
        return GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < count; i++)
        all[i] = i < application->material_count ? application->materials[i]
                                                 : in->materials[i - application->material_count];
    application->materials = all;
    application->material_count = count;
    return GOVSVC_OK;
}

/* ---- acceptance -------------------------------------------------------------------------------------- */

/* Silence for five working days: accepted as of the day of receipt. */
static govsvc_status deem_accepted(gs_call *call, gs_row *row)
{
    govsvc_application *application = application_of(row);
    (void)call;
    application->deemed = GOVSVC_YES;
    application->accepted_at = application->received_at;
    return GOVSVC_OK;
}

/* The law deems only licence applications accepted; another matter must name what makes it so. */
static govsvc_status examination_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = matter_of(call, row, &matter);
    if (status)
        return status;
    limit->timer = matter->type == GOVSVC_MATTER_LICENCE || matter->deemed_basis;
    if (matter->type != GOVSVC_MATTER_LICENCE && matter->deemed_basis)
        limit->basis = matter->deemed_basis;
    return GOVSVC_OK;
}

static govsvc_status decision_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = matter_of(call, row, &matter);
    if (status)
        return status;
    limit->amount = matter->statutory_amount;
    limit->unit = matter->statutory_unit;
    if (matter->type != GOVSVC_MATTER_LICENCE)
        limit->basis = "事项法定办结时限";
    return GOVSVC_OK;
}

/* A matter without a promise promises its statutory limit. */
static govsvc_status promised_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter;
    govsvc_status status = matter_of(call, row, &matter);
    if (status)
        return status;
    bool promised = matter->promised_amount != GOVSVC_ABSENT;
    limit->amount = promised ? matter->promised_amount : matter->statutory_amount;
    limit->unit = promised ? matter->promised_unit : matter->statutory_unit;
    return GOVSVC_OK;
}

/* ---- special procedures (art 45): only those the matter lists, and told in writing ------------------- */

static const govsvc_special_procedure *listed(const govsvc_matter *matter, int64_t kind)
{
    for (uint64_t i = 0; i < matter->special_procedure_count; i++)
        if (matter->special_procedures[i]->kind == kind)
            return matter->special_procedures[i];
    return NULL;
}

static govsvc_status keep_procedure(gs_call *call, gs_row *row, const govsvc_procedure_held *held,
                                    uint64_t at)
{
    govsvc_application *application = application_of(row);
    uint64_t count = at < application->procedure_count ? application->procedure_count : at + 1;
    const govsvc_procedure_held **all = gs_arena_array(call->work.arena, count, sizeof *all);
    if (!all)
        return GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < application->procedure_count; i++)
        all[i] = application->procedures[i];
    all[at] = held;
    application->procedures = all;
    application->procedure_count = count;
    return GOVSVC_OK;
}

static govsvc_status begin_special_procedure(gs_call *call, gs_row *row)
{
    const govsvc_special_procedure_step *in = call->in;
    const govsvc_matter *matter;
    govsvc_status status = matter_of(call, row, &matter);
    if (status)
        return status;
    if (!listed(matter, in->kind))
        return gs_refuse_in_words(
            call, "/kind", "listed", "/kind：该事项未列此特别程序，不能中止期限",
            "/kind: the matter does not list this procedure, so it cannot stop the clock",
            "行政许可法 第四十五条");
    if (!in->opinion)
        return gs_refuse_in_words(call, "/opinion", "required", "/opinion：应书面告知所需时间和事由",
                                  "/opinion: the applicant must be told in writing, and why",
                                  "行政许可法 第四十五条");
    status = gs_row_open(row, true);
    govsvc_procedure_held *held = gs_arena_alloc(call->work.arena, sizeof *held);
    if (status || !held)
        return status ? status : GOVSVC_NO_MEMORY;
    *held = (govsvc_procedure_held){.struct_size = sizeof *held,
                                    .kind = in->kind,
                                    .began_at = call->occurred_at,
                                    .ended_at = GOVSVC_ABSENT,
                                    .reason = in->opinion};
    call->ground = gs_title_of(gs_special_procedure_names, in->kind);
    call->ground_basis = "行政许可法 第四十五条";
    return keep_procedure(call, row, held, application_of(row)->procedure_count);
}

static govsvc_status end_special_procedure(gs_call *call, gs_row *row)
{
    const govsvc_special_procedure_step *in = call->in;
    const govsvc_application *application = application_of(row);
    govsvc_status status = gs_row_open(row, true);
    uint64_t at = 0;
    while (!status && at < application->procedure_count &&
           (application->procedures[at]->kind != in->kind ||
            application->procedures[at]->ended_at != GOVSVC_ABSENT))
        at++;
    if (status)
        return status;
    if (at == application->procedure_count)
        return gs_refuse_in_words(call, "/kind", "open", "/kind：没有进行中的此特别程序",
                                  "/kind: no such procedure is going on", NULL);
    govsvc_procedure_held *held = gs_arena_alloc(call->work.arena, sizeof *held);
    if (!held)
        return GOVSVC_NO_MEMORY;
    *held = *application->procedures[at];
    held->ended_at = call->occurred_at;
    held->result = in->opinion;
    call->ground = gs_title_of(gs_special_procedure_names, in->kind);
    return keep_procedure(call, row, held, at);
}

/* ---- decision (art 38) ------------------------------------------------------------------------------- */

static govsvc_status decide(gs_call *call, gs_row *row)
{
    const govsvc_decision *in = call->in;
    govsvc_application *application = application_of(row);
    if (in->outcome != GOVSVC_OUTCOME_GRANTED && !in->opinion)
        return gs_refuse_in_words(call, "/opinion", "required", "/opinion：不予许可应当说明理由",
                                  "/opinion: a refusal must give its reasons", "行政许可法 第三十八条");
    application->outcome = in->outcome;
    return gs_row_set_text(row, "decision_reason", in->opinion);
}

/* ---- the flow ---------------------------------------------------------------------------------------- */

enum { EXAMINATION, DECISION, PROMISED, DELIVERY };

/* clang-format off */
static const gs_clock_spec clocks[] = {
    [EXAMINATION] = {"examination", "收件审查期限", {5, GOVSVC_UNIT_WORKING_DAYS, "行政许可法 第三十二条"},
                     examination_limit, "application.deem_accepted"},
    [DECISION] = {"decision", "审查决定期限", {20, GOVSVC_UNIT_WORKING_DAYS, "行政许可法 第四十二条"}, decision_limit, NULL},
    [PROMISED] = {"promised", "承诺办结期限", {20, GOVSVC_UNIT_WORKING_DAYS, "优化营商环境条例 第三十五条"},
                  promised_limit, NULL},
    [DELIVERY] = {"delivery", "颁发送达期限", {10, GOVSVC_UNIT_WORKING_DAYS, "行政许可法 第四十四条"}, NULL, NULL},
    {.kind = NULL},
};
/* clang-format on */

#define AT(member) offsetof(govsvc_application, member)
#define TO(name) GOVSVC_APPLICATION_##name
enum {
    FRONT = GS_ROLE_WINDOW_CLERK | GS_ROLE_ACCEPTOR,
    PERSON = GS_ROLE_APPLICANT | GS_ROLE_AGENT,
    BACK = GS_ROLE_REVIEWER | GS_ROLE_ORGAN_HEAD
};

/* clang-format off */
static const gs_transition transitions[] = {
    {0, "submit", TO(SUBMITTED), PERSON | GS_ROLE_WINDOW_CLERK, .stamp = AT(submitted_at)},
    {TO(SUBMITTED), "receive", TO(RECEIVED), FRONT, AT(received_at), .clocks = {{GS_START, EXAMINATION, 0}}},
    {TO(RECEIVED), "request_correction", TO(CORRECTING), FRONT, AT(correction_requested_at), .clocks = {{GS_STOP, EXAMINATION, 0}}},
    {TO(CORRECTING), "supply", TO(SUPPLIED), PERSON | GS_ROLE_WINDOW_CLERK, AT(supplied_at),
     .clocks = {{GS_START, DECISION, 0}, {GS_START, PROMISED, 0}}},
    {TO(RECEIVED), "accept", TO(ACCEPTED), FRONT, AT(accepted_at),
     .clocks = {{GS_STOP, EXAMINATION, 0}, {GS_START, DECISION, 0}, {GS_START, PROMISED, 0}}},
    {TO(SUPPLIED), "accept", TO(ACCEPTED), FRONT, .stamp = AT(accepted_at)},
    {TO(RECEIVED), "deem_accepted", TO(ACCEPTED), GS_ROLE_SYSTEM, 0,
     .clocks = {{GS_STOP, EXAMINATION, 0}, {GS_START, DECISION, AT(received_at)}, {GS_START, PROMISED, AT(received_at)}}},
    {TO(ACCEPTED), "review", TO(IN_REVIEW), GS_ROLE_REVIEWER, .stamp = 0},
    {TO(IN_REVIEW), "review", TO(IN_REVIEW), GS_ROLE_REVIEWER, .stamp = 0},
    {TO(ACCEPTED), "begin_special_procedure", TO(SPECIAL_PROCEDURE), BACK, .clocks = {{GS_PAUSE, DECISION, 0}, {GS_PAUSE, PROMISED, 0}}},
    {TO(IN_REVIEW), "begin_special_procedure", TO(SPECIAL_PROCEDURE), BACK, .clocks = {{GS_PAUSE, DECISION, 0}, {GS_PAUSE, PROMISED, 0}}},
    {TO(SPECIAL_PROCEDURE), "end_special_procedure", TO(IN_REVIEW), BACK, .clocks = {{GS_RESUME, DECISION, 0}, {GS_RESUME, PROMISED, 0}}},
    {TO(IN_REVIEW), "decide", TO(DECIDED), GS_ROLE_ORGAN_HEAD, AT(decided_at),
     .clocks = {{GS_STOP, DECISION, 0}, {GS_STOP, PROMISED, 0}, {GS_START, DELIVERY, 0}}},
    {TO(DECIDED), "close", TO(CLOSED), FRONT | BACK, .stamp = AT(closed_at)},
    {TO(CLOSED), "deliver", TO(DELIVERED), FRONT, AT(delivered_at), .clocks = {{GS_STOP, DELIVERY, 0}}},
    {.action = NULL},
};
/* clang-format on */

static const gs_flow flow = {.record = &gs_record_application, .transitions = transitions, .clocks = clocks};

/* ---- the service ------------------------------------------------------------------------------------- */

/* clang-format off */
#define STEP(action, label, input, function)                                                                 \
    {.name = "application." action, .title = label, .in = &input, .out = &gs_record_application,             \
     .kind = GS_STEP, .flow = &flow, .substance = function}

static const gs_operation operations[] = {
    {.name = "application.submit", .title = "提交申请", .in = &gs_record_application_draft,
     .out = &gs_record_application, .kind = GS_CREATE, .flow = &flow, .substance = submit},
    STEP("receive", "收件", gs_record_step, NULL),
    STEP("request_correction", "一次性告知补正", gs_record_correction_request, request_correction),
    STEP("supply", "补正", gs_record_supply, supply),
    STEP("accept", "受理", gs_record_step, NULL),
    STEP("deem_accepted", "视为受理", gs_record_step, deem_accepted),
    STEP("review", "审查", gs_record_step, gs_application_review),
    STEP("begin_special_procedure", "启动特别程序", gs_record_special_procedure_step, begin_special_procedure),
    STEP("end_special_procedure", "结束特别程序", gs_record_special_procedure_step, end_special_procedure),
    STEP("decide", "作出决定", gs_record_decision, decide),
    STEP("close", "办结", gs_record_step, NULL),
    STEP("deliver", "送达", gs_record_step, NULL),
    {.name = "application.get", .title = "查询办件", .in = &gs_record_get_request, .out = &gs_record_application,
     .kind = GS_GET, .roles = GS_ROLE_ANY},
    {.name = "application.deadline", .title = "查询时限", .in = &gs_record_deadline_request, .out = &gs_record_deadline,
     .kind = GS_DEADLINE, .flow = &flow},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_application, &gs_record_clock, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_application = {.records = records, .flows = flows, .operations = operations};
