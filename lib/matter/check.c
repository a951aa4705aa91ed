/* lib/matter/check.c - the rules that a draft must keep (业务规范校验). */
#include "matter/matter.h"

#include <string.h>

/* Longest possible length in days, to compare limits of different units. */
static int64_t in_days(int64_t amount, int64_t unit)
{
    static const int64_t days[] = {[GOVSVC_UNIT_WORKING_DAYS] = 1,
                                   [GOVSVC_UNIT_NATURAL_DAYS] = 1,
                                   [GOVSVC_UNIT_MONTHS] = 31,
                                   [GOVSVC_UNIT_YEARS] = 366};
    if (unit == GOVSVC_UNIT_HOURS || unit == GOVSVC_UNIT_OFFICE_HOURS)
        return (amount + 23) / 24;
    return amount * days[unit];
}

static void check_limits(gs_call *call, const govsvc_matter *matter)
{
    if (matter->promised_amount == GOVSVC_ABSENT)
        return;
    if (!matter->promised_unit) {
        gs_refuse(call, "/promised_unit", "required", NULL, NULL);
        return;
    }
    if (in_days(matter->promised_amount, matter->promised_unit) >
        in_days(matter->statutory_amount, matter->statutory_unit))
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

static void check_materials(gs_call *call, const govsvc_matter *matter)
{
    for (uint64_t i = 0; i < matter->material_count; i++)
        for (uint64_t j = 0; j < i; j++)
            if (strcmp(matter->materials[i]->code, matter->materials[j]->code) == 0)
                gs_refuse(call, gs_arena_print(call->work.arena, "/materials/%d/code", (int)i), "duplicate",
                          NULL, matter->materials[i]->code);
}

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
    check_materials(call, matter);
    if (matter->fee == GOVSVC_YES && !matter->fee_basis)
        gs_refuse(call, "/fee_basis", "required", NULL, NULL);
    return GOVSVC_OK;
}
