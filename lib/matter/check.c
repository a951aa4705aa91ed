/* lib/matter/check.c - the rules that a draft must keep (业务规范校验). */
#include "matter/check.h"

#include <stdarg.h>
#include <string.h>

#include "matter/claim.h"

const gs_words_of_rule gs_words_required = {"required", NULL, NULL, NULL};

void gs_draft_refuse(gs_call *call, const gs_words_of_rule *words, const char *got, const char *field, ...)
{
    gs_arena *arena = call->work.arena;
    govsvc_problem problem = {.rule = words->rule, .got = got, .basis = words->basis};
    va_list arguments;
    va_start(arguments, field);
    problem.field = gs_arena_vprint(arena, field, arguments);
    va_end(arguments);
    if (words->zh && problem.field) {
        problem.text_zh = gs_arena_print(arena, "%s：%s", problem.field, words->zh);
        problem.text_en = gs_arena_print(arena, "%s: %s", problem.field, words->en);
    }
    gs_problem_add(call->work.problems, &problem);
}

bool gs_text_listed(const char *text, const char *const *items, uint64_t count)
{
    bool found = false;
    for (uint64_t i = 0; i < count && !found; i++)
        found = strcmp(items[i], text) == 0;
    return found;
}

bool gs_is_unverified(const govsvc_matter *matter, const char *element)
{
    return gs_text_listed(element, matter->unverified, matter->unverified_item_count);
}

/* ---- limits and codes -------------------------------------------------------------------------------- */

int64_t gs_limit_in_days(int64_t amount, int64_t unit)
{
    switch (unit) {
    case GOVSVC_UNIT_WORKING_DAYS:
        return (amount * 7 + 4) / 5;
    case GOVSVC_UNIT_MONTHS:
        return amount * 31;
    case GOVSVC_UNIT_YEARS:
        return amount * 366;
    case GOVSVC_UNIT_HOURS:
    case GOVSVC_UNIT_OFFICE_HOURS:
        return (amount + 23) / 24;
    default:
        return amount;
    }
}

bool gs_limit_longer(int64_t amount, int64_t unit, int64_t than, int64_t than_unit)
{
    return unit == than_unit ? amount > than
                             : gs_limit_in_days(amount, unit) > gs_limit_in_days(than, than_unit);
}

static void check_limits(gs_call *call, const govsvc_matter *matter)
{
    if (matter->promised_amount == GOVSVC_ABSENT || !matter->promised_unit)
        return;
    if (gs_limit_longer(matter->promised_amount, matter->promised_unit, matter->statutory_amount,
                        matter->statutory_unit))
        gs_refuse_in_words(call, "/promised_amount", "promise",
                           "/promised_amount：承诺办结时限不得超过法定办结时限",
                           "/promised_amount: the promised limit must not be longer than the statutory one",
                           "优化营商环境条例 第三十五条");
}

/* An implementation code holds its organ and its level (31 characters; 33 with the item's sequence). */
static void check_code(gs_call *call, const govsvc_matter *matter)
{
    if (strlen(matter->code) < 31) {
        gs_refuse(call, "/code", "length", "31, 33", "12");
        return;
    }
    if (strncmp(matter->code, matter->organ, 18) != 0)
        gs_refuse_in_words(call, "/code", "part", "/code：前 18 位应为实施主体的统一社会信用代码",
                           "/code: the first 18 characters must be the organ's code", "ZWFW C 0109");
    if (matter->code[18] - '0' != matter->level)
        gs_refuse_in_words(call, "/code", "part", "/code：第 19 位应与行使层级一致",
                           "/code: character 19 must be the level", "ZWFW C 0109");
    if (matter->basic_code && strncmp(matter->code + 19, matter->basic_code, 12) != 0)
        gs_refuse_in_words(call, "/code", "part", "/code：第 20 至 31 位应为基本编码",
                           "/code: characters 20 to 31 must be the basic code", "ZWFW C 0109");
}

/* ---- sources: what is not known is said not to be ---------------------------------------------------- */

static void check_sources(gs_call *call, const govsvc_matter *matter)
{
    static const gs_words_of_rule article = {"source", "应有条款，或者在 unverified 中列明 bases 未核实",
                                             "names its article, or bases is listed in unverified", NULL},
                                  fee = {"source", "应有收费依据，或者在 unverified 中列明 fees 未核实",
                                         "names its basis, or fees is listed in unverified", NULL};
    for (uint64_t i = 0; i < matter->basis_count && !gs_is_unverified(matter, "bases"); i++)
        if (!matter->bases[i]->article)
            gs_draft_refuse(call, &article, NULL, "/bases/%d/article", (int)i);
    for (uint64_t i = 0; i < matter->fee_item_count && !gs_is_unverified(matter, "fees"); i++)
        if (!matter->fees[i]->basis)
            gs_draft_refuse(call, &fee, NULL, "/fees/%d/basis", (int)i);
}

static void check_unverified(gs_call *call, const govsvc_matter *matter)
{
    static const gs_words_of_rule none = {"listed", "没有此要素", "there is no such element", NULL};
    for (uint64_t i = 0; i < matter->unverified_item_count; i++) {
        const gs_field *field = gs_record_field(&gs_record_matter_draft, matter->unverified[i]);
        if (!field || field->kind == GS_NONE || strcmp(field->name, "request_key") == 0)
            gs_draft_refuse(call, &none, matter->unverified[i], "/unverified/%d", (int)i);
    }
}

/* ---- all of it --------------------------------------------------------------------------------------- */

govsvc_status gs_matter_check(gs_call *call, gs_row *row)
{
    govsvc_matter *matter = row->at;
    if (!matter->state)
        matter->state = GOVSVC_MATTER_DRAFTED;
    if (matter->state != GOVSVC_MATTER_DRAFTED && gs_row_differs(row))
        return gs_problem_add(
            call->work.problems,
            &(govsvc_problem){.status = GOVSVC_STATE,
                              .field = "/version",
                              .rule = "state",
                              .expected = "drafted",
                              .got = "published",
                              .text_zh = "/version：该版本已发布，不能再改；请录入新版本",
                              .text_en = "/version: this version is published; put a new one"});
    check_limits(call, matter);
    check_code(call, matter);
    gs_check_elements(call, matter);
    check_sources(call, matter);
    check_unverified(call, matter);
    gs_check_lists(call, matter);
    gs_check_form(call, matter);
    govsvc_status status = matter->state == GOVSVC_MATTER_DRAFTED ? gs_claim_check(call, matter) : GOVSVC_OK;
    if (status)
        return status;
    return gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}
