/* lib/matter/matter.c - what is particular to matters: a draft that may still change, and publication. */
#include "matter/matter.h"

#include <string.h>

extern const gs_record gs_record_matter_draft;

/* ---- checks of a draft ------------------------------------------------------------------------------- */

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

static govsvc_status check_draft(gs_call *call, gs_row *row)
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

/* ---- publication ------------------------------------------------------------------------------------- */

static govsvc_status published_id(gs_call *call, const char *code, int64_t *id)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(code)};
    return gs_query_integer(call->work.connection,
                            "SELECT id FROM {matter} WHERE tenant = $1 AND code = $2 AND state = 'published'",
                            values, 2, id);
}

/* Anybody may read a matter, but a head publishes those of their own organ alone. */
static govsvc_status check_publisher(gs_call *call, const govsvc_matter *matter)
{
    enum { PUBLISHERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_ORGAN_HEAD };
    bool own = call->actor->organ && strcmp(call->actor->organ, matter->organ) == 0;
    bool may = own || call->actor->roles & GS_ROLE_ADMINISTRATOR;
    return may ? GOVSVC_OK : gs_denied(call->work.problems, PUBLISHERS, true);
}

/* Of one code one version can be applied for: the newest published. */
static govsvc_status suspend_before(gs_call *call, gs_row *row)
{
    const govsvc_matter *matter = row->at;
    int64_t id;
    gs_row *before;
    govsvc_status status = check_publisher(call, matter);
    if (status)
        return status;
    status = published_id(call, matter->code, &id);
    if (status == GOVSVC_NOT_FOUND)
        return GOVSVC_OK;
    if (!status)
        status = gs_row_load(&call->work, row->table, id, &before);
    if (status)
        return status;
    govsvc_matter *old = before->at;
    if (old->version > matter->version)
        return gs_refuse_in_words(call, "/id", "version", "已有更新的版本发布",
                                  "a newer version is published", NULL);
    old->state = GOVSVC_MATTER_SUSPENDED;
    status = gs_guard(call);
    return status ? status : gs_save(call, before, "suspend");
}

govsvc_status gs_matter_load(gs_call *call, int64_t id, const govsvc_matter **out)
{
    gs_row *row;
    const govsvc_matter *known = gs_memo_find(call->memo, id);
    if (known) {
        *out = known;
        return GOVSVC_OK;
    }
    govsvc_status status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_matter), id, &row);
    if (!status)
        status = gs_row_open(row, false);
    if (status)
        return status;
    *out = row->at;
    if (((govsvc_matter *)row->at)->state != GOVSVC_MATTER_DRAFTED)
        gs_memo_keep(call->memo, call->host->allocator, &gs_record_matter, row->at);
    return GOVSVC_OK;
}

govsvc_status gs_matter_published(gs_call *call, const char *code, const govsvc_matter **out)
{
    int64_t id;
    govsvc_status status = published_id(call, code, &id);
    return status ? status : gs_matter_load(call, id, out);
}

/* ---- the service ------------------------------------------------------------------------------------- */

/* clang-format off */
static const gs_transition transitions[] = {
    {GOVSVC_MATTER_DRAFTED, "publish", GOVSVC_MATTER_PUBLISHED, GS_ROLE_ADMINISTRATOR | GS_ROLE_ORGAN_HEAD,
     .stamp = offsetof(govsvc_matter, published_at)},
    {.action = NULL},
};
/* clang-format on */
static const gs_flow flow = {.record = &gs_record_matter, .transitions = transitions};

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.put", .title = "录入事项", .in = &gs_record_matter_draft, .out = &gs_record_matter, .kind = GS_PUT,
     .substance = check_draft, .roles = GS_ROLE_ADMINISTRATOR},
    {.name = "matter.publish", .title = "发布事项", .in = &gs_record_step, .out = &gs_record_matter, .kind = GS_STEP,
     .flow = &flow, .substance = suspend_before},
    {.name = "matter.get", .title = "查询事项", .in = &gs_record_get_request, .out = &gs_record_matter, .kind = GS_GET,
     .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_matter, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_matter = {.records = records, .flows = flows, .operations = operations};
