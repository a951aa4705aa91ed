/* lib/matter/matter.c - versions of a matter: a draft that may still change, review, publication, and what
 * is in force on a day. */
#include "matter/matter.h"

#include <string.h>

#include "matter/claim.h"
#include "matter/held.h"

/* ---- what is in force -------------------------------------------------------------------------------- */

const char *gs_today(gs_call *call)
{
    char date[GS_DATE_SIZE];
    govsvc_date_of(call->occurred_at, date);
    return gs_arena_text(call->work.arena, date);
}

static govsvc_status effective_id(gs_call *call, const char *code, const char *day, int64_t *id)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(code),
                             gs_text(day)};
    if (!day)
        return GOVSVC_NO_MEMORY;
    return gs_query_integer(call->work.connection,
                            "SELECT id FROM {matter} WHERE tenant = $1 AND code = $2 AND "
                            "(state = 'effective' OR state = 'published') AND in_force_date <= $3 AND "
                            "(expiry_date IS NULL OR expiry_date >= $3) ORDER BY version DESC LIMIT 1",
                            values, 3, id);
}

static bool may_change(const govsvc_matter *matter)
{
    return matter->state == GOVSVC_MATTER_DRAFTED || matter->state == GOVSVC_MATTER_REVIEWED;
}

govsvc_status gs_matter_read(gs_call *call, int64_t id, gs_row **out)
{
    govsvc_status status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_matter), id, out);
    return status ? status : gs_row_open(*out, false);
}

govsvc_status gs_matter_load(gs_call *call, int64_t id, const govsvc_matter **out)
{
    gs_row *row;
    const govsvc_matter *known = gs_memo_find(call->memo, id);
    if (known) {
        *out = known;
        return GOVSVC_OK;
    }
    govsvc_status status = gs_matter_read(call, id, &row);
    if (status)
        return status;
    *out = row->at;
    if (!may_change(row->at))
        gs_memo_keep(call->memo, call->host->allocator, &gs_record_matter, row->at);
    return GOVSVC_OK;
}

govsvc_status gs_matter_effective_on(gs_call *call, const char *code, const char *date,
                                     const govsvc_matter **out)
{
    int64_t id;
    govsvc_status status = effective_id(call, code, date, &id);
    return status ? status : gs_matter_load(call, id, out);
}

govsvc_status gs_matter_effective(gs_call *call, const char *code, const govsvc_matter **out)
{
    return gs_matter_effective_on(call, code, gs_today(call), out);
}

govsvc_status gs_matter_asked(gs_call *call, int64_t id, const char *code, const govsvc_matter **out)
{
    if (!id && !code)
        return gs_refuse(call, "/code", "required", NULL, NULL);
    govsvc_status status = id ? gs_matter_load(call, id, out) : gs_matter_effective(call, code, out);
    if (status != GOVSVC_NOT_FOUND)
        return status;
    return gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_NOT_FOUND,
                                                                 .field = id ? "/id" : "/code",
                                                                 .rule = "exists",
                                                                 .got = code});
}

govsvc_status gs_matter_content(gs_call *call, const govsvc_matter *matter, gs_buffer *json,
                                char digest[2 * GS_SM3_SIZE + 1])
{
    unsigned char sm3[GS_SM3_SIZE];
    govsvc_matter_draft draft;
    gs_record_init(&gs_record_matter_draft, &draft);
    gs_record_share(&gs_record_matter_draft, &draft, &gs_record_matter, matter);
    gs_json_write(json, &gs_record_matter_draft, &draft);
    if (gs_arena_failed(json->arena))
        return GOVSVC_NO_MEMORY;
    if (!gs_sm3(gs_connection_crypto(call->work.connection), json->text, json->size, sm3))
        return GOVSVC_INTERNAL;
    gs_hex(sm3, sizeof sm3, digest);
    return GOVSVC_OK;
}

/* ---- publication ------------------------------------------------------------------------------------- */

enum { PUBLISHERS = GS_ROLE_ADMINISTRATOR | GS_ROLE_ORGAN_HEAD };

/* Anybody may read a matter, but a head decides on those of their own organ alone. */
govsvc_status gs_matter_may(gs_call *call, const char *organ)
{
    uint32_t roles = call->actor->roles;
    bool own = call->actor->organ && strcmp(call->actor->organ, organ) == 0;
    bool any = roles & (GS_ROLE_ADMINISTRATOR | GS_ROLE_SYSTEM);
    if (any || (own && roles & (PUBLISHERS | GS_ROLE_REVIEWER)))
        return GOVSVC_OK;
    return gs_denied(call->work.problems, PUBLISHERS, (roles & PUBLISHERS) != 0);
}

static govsvc_status check_publisher(gs_call *call, gs_row *row)
{
    return gs_matter_may(call, ((const govsvc_matter *)row->at)->organ);
}

/* Of one code one version is in force: the newest. */
static govsvc_status replace_before(gs_call *call, gs_row *row)
{
    const govsvc_matter *matter = row->at;
    gs_row *before;
    govsvc_value values[] = {gs_integer(gs_row_head(row)->tenant), gs_text(matter->code),
                             gs_integer(matter->id)};
    govsvc_status status = gs_row_find(&call->work, row->table,
                                       "tenant = $1 AND code = $2 AND id <> $3 AND "
                                       "(state = 'effective' OR state = 'suspended')",
                                       values, 3, &before);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    if (((const govsvc_matter *)before->at)->version > matter->version)
        return gs_refuse_in_words(call, "/id", "version", "已有更新的版本发布",
                                  "a newer version is published", NULL);
    return gs_take_step(call, before, "matter.replace", NULL);
}

static govsvc_status set_digest(gs_call *call, govsvc_matter *matter)
{
    gs_buffer json = {.arena = call->work.arena};
    char digest[2 * GS_SM3_SIZE + 1];
    govsvc_status status = gs_matter_content(call, matter, &json, digest);
    matter->digest = status ? NULL : gs_arena_text(call->work.arena, digest);
    return status || matter->digest ? status : GOVSVC_NO_MEMORY;
}

/* A date is in force from its first instant, 0 o'clock in Beijing. */
static int64_t instant_of(const char *date, int64_t plus_days)
{
    int64_t day;
    return date && gs_date_parse(date, &day) ? gs_day_start(day + plus_days) : 0;
}

static bool is_due(const gs_call *call, const gs_row *row)
{
    const govsvc_matter *matter = row->at;
    return instant_of(matter->effective_date, 0) <= call->occurred_at;
}

static govsvc_status check_expiry(gs_call *call, govsvc_matter *matter)
{
    if (!matter->expiry_date || instant_of(matter->expiry_date, 1) > call->occurred_at)
        return GOVSVC_OK;
    return gs_refuse_in_words(call, "/id", "expired", "该版本的失效日期已过，不能发布",
                              "the version's expiry date is past", NULL);
}

static govsvc_status set_in_force_date(gs_call *call, govsvc_matter *matter)
{
    matter->in_force_date = matter->effective_date ? matter->effective_date : gs_today(call);
    return matter->in_force_date ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* What a publication asks and sets, in order; the lists are open. */
static govsvc_status (*const publishing[])(gs_call *call, govsvc_matter *matter) = {
    check_expiry,
    gs_claim_check_published,
    set_in_force_date,
    gs_bundle_check,
    set_digest,
    gs_title_set,
    gs_held_keep,
    gs_claim_resolve_alerts,
};

static govsvc_status publish(gs_call *call, gs_row *row)
{
    govsvc_status status = check_publisher(call, row);
    if (!status)
        status = gs_row_open(row, false);
    for (size_t i = 0; i < sizeof publishing / sizeof *publishing && !status; i++)
        status = publishing[i](call, row->at);
    return status || !is_due(call, row) ? status : replace_before(call, row);
}

static govsvc_status give_back(gs_call *call, gs_row *row)
{
    const govsvc_step *in = call->in;
    if (!in->opinion)
        return gs_refuse(call, "/opinion", "required", NULL, NULL);
    return check_publisher(call, row);
}

/* ---- clocks of a version ------------------------------------------------------------------------------- */

static govsvc_status effect_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter = row->at;
    (void)call;
    limit->until = instant_of(matter->effective_date, 0);
    return GOVSVC_OK;
}

/* A version without an expiry date is in force until somebody says otherwise. */
static govsvc_status expiry_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const govsvc_matter *matter = row->at;
    (void)call;
    limit->until = instant_of(matter->expiry_date, 1);
    return GOVSVC_OK;
}

enum { EFFECT, EXPIRY, CLAIMING };

/* clang-format off */
static const gs_clock_spec clocks[] = {
    [EFFECT] = {"effect", "生效日期", {.amount = GOVSVC_ABSENT}, effect_limit, "matter.take_effect"},
    [EXPIRY] = {"expiry", "失效日期", {.amount = GOVSVC_ABSENT}, expiry_limit, "matter.expire"},
    [CLAIMING] = {"claiming", "认领时限", {.amount = GOVSVC_ABSENT}, gs_claiming_limit, "matter.remind"},
    {.kind = NULL},
};
/* clang-format on */

/* ---- the service ------------------------------------------------------------------------------------- */

#define AT(member) offsetof(govsvc_matter, member)
#define TO(name) GOVSVC_MATTER_##name

/* clang-format off */
static const gs_transition transitions[] = {
    {TO(DRAFTED), "review", TO(REVIEWED), PUBLISHERS | GS_ROLE_REVIEWER, .stamp = AT(reviewed_at)},
    {TO(REVIEWED), "return", TO(DRAFTED), PUBLISHERS | GS_ROLE_REVIEWER, .stamp = 0},
    {TO(REVIEWED), "publish", TO(EFFECTIVE), PUBLISHERS, .stamp = AT(published_at), .clocks = {{GS_START, EXPIRY, 0}, {GS_START, CLAIMING, 0}}, .when = is_due},
    {TO(REVIEWED), "publish", TO(PUBLISHED), PUBLISHERS, .stamp = AT(published_at), .clocks = {{GS_START, EFFECT, 0}, {GS_START, CLAIMING, 0}}},
    {TO(PUBLISHED), "take_effect", TO(EFFECTIVE), GS_ROLE_SYSTEM, .clocks = {{GS_STOP, EFFECT, 0}, {GS_START, EXPIRY, 0}}},
    {TO(EFFECTIVE), "suspend", TO(SUSPENDED), PUBLISHERS, .stamp = 0},
    {TO(SUSPENDED), "restore", TO(EFFECTIVE), PUBLISHERS, .stamp = 0},
    {TO(PUBLISHED), "repeal", TO(REPEALED), PUBLISHERS, .stamp = AT(ended_at), .clocks = {{GS_STOP, EFFECT, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(EFFECTIVE), "repeal", TO(REPEALED), PUBLISHERS, .stamp = AT(ended_at), .clocks = {{GS_STOP, EXPIRY, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(SUSPENDED), "repeal", TO(REPEALED), PUBLISHERS, .stamp = AT(ended_at), .clocks = {{GS_STOP, EXPIRY, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(EFFECTIVE), "replace", TO(REPLACED), GS_ROLE_SYSTEM, .stamp = AT(ended_at), .clocks = {{GS_STOP, EXPIRY, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(SUSPENDED), "replace", TO(REPLACED), GS_ROLE_SYSTEM, .stamp = AT(ended_at), .clocks = {{GS_STOP, EXPIRY, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(EFFECTIVE), "expire", TO(REPEALED), GS_ROLE_SYSTEM, .stamp = AT(ended_at), .clocks = {{GS_STOP, EXPIRY, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(SUSPENDED), "expire", TO(REPEALED), GS_ROLE_SYSTEM, .stamp = AT(ended_at), .clocks = {{GS_STOP, EXPIRY, 0}, {GS_STOP, CLAIMING, 0}}},
    {TO(PUBLISHED), "remind", 0, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, CLAIMING, 0}}},
    {TO(EFFECTIVE), "remind", 0, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, CLAIMING, 0}}},
    {TO(SUSPENDED), "remind", 0, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, CLAIMING, 0}}},
    {.action = NULL},
};
static const gs_flow flow = {.record = &gs_record_matter, .transitions = transitions, .clocks = clocks};

#define STEP(action, label, function)                                                                        \
    {.name = "matter." action, .title = label, .in = &gs_record_step, .out = &gs_record_matter,              \
     .kind = GS_STEP, .flow = &flow, .substance = function}

static const gs_operation operations[] = {
    {.name = "matter.put", .title = "录入事项", .in = &gs_record_matter_draft, .out = &gs_record_matter, .kind = GS_PUT,
     .substance = gs_matter_check, .roles = GS_ROLE_ADMINISTRATOR},
    STEP("review", "审核事项", check_publisher),
    STEP("return", "退回事项", give_back),
    STEP("publish", "发布事项", publish),
    STEP("take_effect", "事项生效", replace_before),
    STEP("replace", "事项被新版本取代", NULL),
    STEP("expire", "事项失效", NULL),
    STEP("remind", "提醒认领", gs_matter_remind),
    STEP("suspend", "暂停事项", check_publisher),
    STEP("restore", "恢复事项", check_publisher),
    STEP("repeal", "取消事项", gs_matter_repeal),
    {.name = "matter.deadline", .title = "查询事项时限", .in = &gs_record_deadline_request, .out = &gs_record_deadline,
     .kind = GS_DEADLINE, .flow = &flow, .roles = GS_ROLE_ANY},
    {.name = "matter.get", .title = "查询事项", .in = &gs_record_get_request, .out = &gs_record_matter, .kind = GS_GET,
     .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_matter, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_matter = {.records = records, .flows = flows, .operations = operations};
