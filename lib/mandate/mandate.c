/* lib/mandate/mandate.c - what is particular to mandates: who grants them, and whether one is in force. */
#include "mandate/mandate.h"

#include <string.h>

#include "govsvc/codes.h"

static const gs_name states[] = {{GOVSVC_MANDATE_GRANTED, "granted", "有效"},
                                 {GOVSVC_MANDATE_REVOKED, "revoked", "已撤回"},
                                 {0, NULL, NULL}};

/* What a draft and a mandate have in common. */
#define TERMS(T, F)                                                                                          \
    F(T, TEXT, principal, "被代理人账号", .max = 100)                                                        \
    F(T, TEXT, principal_name, "被代理人", .max = 100, .level = 3, .mask = GS_MASK_NAME)                     \
    F(T, TEXT, agent, "代理人账号", .need = true, .max = 100)                                                \
    F(T, TEXT, agent_name, "代理人", .max = 100, .level = 3, .mask = GS_MASK_NAME)                           \
    F(T, DATE, from_date, "起始日")                                                                          \
    F(T, DATE, until_date, "截止日", .need = true)                                                           \
    F(T, TEXT, evidence, "授权委托书", .max = 500)                                                           \
    F(T, TEXT, evidence_digest, "授权委托书摘要", .max = 64)                                                 \
    F(T, TEXT, division, "授权地", .code = GOVSVC_CODE_DIVISION)                                             \
    F(T, NONE, reserved, "")                                                                                 \
    F(T, TEXTS, matters, "事项范围", .max = 200, .count = offsetof(T, matter_count))                         \
    F(T, TEXTS, actions, "环节范围", .max = 50, .count = offsetof(T, action_count))                          \
    F(T, TEXTS, fields, "可见字段", .max = 200, .count = offsetof(T, field_count))

#define DRAFT_FIELDS(T, F)                                                                                   \
    F(T, INT, identity_level, "身份核验等级", .least = 1, .most = 4)                                         \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    TERMS(T, F)
GS_RECORD(gs_record_mandate_draft, govsvc_mandate_draft, "mandate_draft", "授权委托", DRAFT_FIELDS)

#define MANDATE_FIELDS(T, F)                                                                                 \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, INT, identity_level, "身份核验等级", .least = 1, .most = 4)                                         \
    F(T, TIME, granted_at, "授权时间")                                                                       \
    F(T, TIME, revoked_at, "撤回时间")                                                                       \
    TERMS(T, F)                                                                                              \
    F(T, NONE, reserved_list, "")
static const gs_index indexes[] = {{"agent, principal", false}, {"principal", false}, {NULL, false}};
GS_RECORD(gs_record_mandate, govsvc_mandate, "mandate", "授权委托", MANDATE_FIELDS, .table = true,
          .state = offsetof(govsvc_mandate, state), .owner = offsetof(govsvc_mandate, principal),
          .division = offsetof(govsvc_mandate, division), .indexes = indexes,
          .readers = GS_ROLE_APPLICANT | GS_ROLE_WINDOW_CLERK | GS_ROLE_AUDITOR | GS_ROLE_ADMINISTRATOR |
                     GS_ROLE_SYSTEM)

#define QUERY_FIELDS(T, F)                                                                                   \
    F(T, FLAG, given, "本人授出")                                                                            \
    F(T, ID, after, "从该标识之后")                                                                          \
    F(T, INT, limit, "条数", .least = 1, .most = 200)
GS_RECORD(gs_record_mandate_query, govsvc_mandate_query, "mandate_query", "授权查询", QUERY_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, ID, next, "下一页")                                                                                 \
    F(T, LIST, mandates, "授权", .of = &gs_record_mandate, .max = 200, .count = offsetof(T, mandate_count))  \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_mandate_page, govsvc_mandate_page, "mandate_page", "授权", PAGE_FIELDS)

/* ---- granting ----------------------------------------------------------------------------------------- */

static const char *today(gs_call *call)
{
    char date[GS_DATE_SIZE];
    govsvc_date_of(call->occurred_at, date);
    return gs_arena_text(call->work.arena, date);
}

static void check_actions(gs_call *call, const govsvc_mandate *mandate)
{
    for (uint64_t i = 0; i < mandate->action_count; i++) {
        const char *name = gs_arena_print(call->work.arena, "application.%s", mandate->actions[i]);
        if (name && !gs_operation_find(call->host, name))
            gs_refuse(call, gs_arena_print(call->work.arena, "/actions/%d", (int)i), "exists", NULL,
                      mandate->actions[i]);
    }
}

/* Who grants for themselves is the principal; a clerk names them, and keeps what shows it. */
static void check_parties(gs_call *call, govsvc_mandate *mandate)
{
    bool clerk = !(call->actor->roles & GS_ROLE_APPLICANT);
    if (!clerk)
        mandate->principal = call->actor->id;
    else if (!mandate->principal)
        gs_refuse(call, "/principal", "required", NULL, NULL);
    if (clerk && !mandate->evidence)
        gs_refuse_in_words(call, "/evidence", "required", "/evidence：应留存授权委托书",
                           "/evidence: the power of attorney is needed", "民法典 第一百六十五条");
    if (mandate->principal && strcmp(mandate->principal, mandate->agent) == 0)
        gs_refuse_in_words(call, "/agent", "self", "/agent：不能委托自己",
                           "/agent: nobody is their own agent", NULL);
}

static govsvc_status grant(gs_call *call, gs_row *row)
{
    govsvc_mandate *mandate = row->at;
    if (call->actor->principal)
        return gs_refuse_in_words(call, "", "self", "代理人不能转委托", "an agent does not grant on",
                                  "民法典 第一百六十九条");
    check_parties(call, mandate);
    check_actions(call, mandate);
    if (!mandate->from_date)
        mandate->from_date = today(call);
    if (mandate->from_date && strcmp(mandate->until_date, mandate->from_date) < 0)
        gs_refuse(call, "/until_date", "order", mandate->from_date, mandate->until_date);
    if (!mandate->division)
        mandate->division = call->actor->division ? call->actor->division : call->host->division;
    return mandate->from_date ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* ---- is one in force? --------------------------------------------------------------------------------- */

static bool covers(const char *const *items, uint64_t count, const char *what)
{
    bool found = count == 0 || !what;
    for (uint64_t i = 0; i < count && !found; i++)
        found = strcmp(items[i], what) == 0;
    return found;
}

static govsvc_status candidates(gs_call *call, int64_t ids[GS_PAGE], size_t *count)
{
    const char *day = today(call);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_mandate)),
                             gs_text(call->actor->id), gs_text(call->actor->principal), gs_text(day)};
    if (!day)
        return GOVSVC_NO_MEMORY;
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {mandate} WHERE tenant = $1 AND agent = $2 AND principal = $3 AND "
        "state = 'granted' AND from_date <= $4 AND until_date >= $4 LIMIT 200",
        values, 4, ids, GS_PAGE, count);
}

govsvc_status gs_mandate_in_force(gs_call *call, const char *matter, const char *action,
                                  const gs_mandate **out)
{
    int64_t ids[GS_PAGE];
    size_t count = 0;
    *out = NULL;
    govsvc_status status = call->actor->principal ? candidates(call, ids, &count) : GOVSVC_OK;
    for (size_t i = 0; i < count && !status && !*out; i++) {
        gs_row *row;
        status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_mandate), ids[i], &row);
        if (!status)
            status = gs_row_open(row, false);
        const govsvc_mandate *mandate = status ? NULL : row->at;
        if (!mandate || !covers(mandate->matters, mandate->matter_count, matter) ||
            !covers(mandate->actions, mandate->action_count, action))
            continue;
        gs_mandate *found = gs_arena_alloc(call->work.arena, sizeof *found);
        if (!found)
            return GOVSVC_NO_MEMORY;
        *found = (gs_mandate){mandate->fields, mandate->field_count, mandate->identity_level};
        *out = found;
    }
    return status;
}

/* ---- finding ------------------------------------------------------------------------------------------ */

static govsvc_status find_ids(gs_call *call, size_t limit, int64_t *ids, size_t *count)
{
    const govsvc_mandate_query *in = call->in;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_mandate)),
                             gs_text(call->actor->id), gs_integer(in->after), gs_integer((int64_t)limit)};
    const char *sql = in->given == GOVSVC_YES
                          ? "SELECT id FROM {mandate} WHERE tenant = $1 AND principal = $2 "
                            "AND id > $3 ORDER BY id LIMIT $4"
                          : "SELECT id FROM {mandate} WHERE tenant = $1 AND agent = $2 AND "
                            "id > $3 ORDER BY id LIMIT $4";
    return gs_query_integers(call->work.connection, sql, values, 4, ids, limit, count);
}

static govsvc_status find(gs_call *call)
{
    const govsvc_mandate_query *in = call->in;
    govsvc_mandate_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    gs_found found;
    const gs_record *record = &gs_record_mandate;
    govsvc_status status =
        page ? gs_find_page(call, record, GS_ROLE_ANY, in->limit, find_ids, &found) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *page = (govsvc_mandate_page){.struct_size = sizeof *page,
                                  .next = found.next,
                                  .mandates = (const govsvc_mandate *const *)found.items,
                                  .mandate_count = found.count};
    call->out = page;
    return GOVSVC_OK;
}

/* ---- the service -------------------------------------------------------------------------------------- */

/* clang-format off */
static const gs_transition transitions[] = {
    {0, "grant", GOVSVC_MANDATE_GRANTED, GS_ROLE_APPLICANT | GS_ROLE_WINDOW_CLERK, .stamp = offsetof(govsvc_mandate, granted_at)},
    {GOVSVC_MANDATE_GRANTED, "revoke", GOVSVC_MANDATE_REVOKED,
     GS_ROLE_APPLICANT | GS_ROLE_WINDOW_CLERK | GS_ROLE_ADMINISTRATOR, .stamp = offsetof(govsvc_mandate, revoked_at)},
    {.action = NULL},
};
static const gs_flow flow = {.record = &gs_record_mandate, .transitions = transitions};

static const gs_operation operations[] = {
    {.name = "mandate.grant", .title = "授权委托", .in = &gs_record_mandate_draft, .out = &gs_record_mandate,
     .kind = GS_CREATE, .flow = &flow, .substance = grant},
    {.name = "mandate.revoke", .title = "撤回授权", .in = &gs_record_step, .out = &gs_record_mandate, .kind = GS_STEP,
     .flow = &flow},
    {.name = "mandate.get", .title = "查询授权", .in = &gs_record_get_request, .out = &gs_record_mandate, .kind = GS_GET,
     .roles = GS_ROLE_ANY},
    {.name = "mandate.find", .title = "查找授权", .in = &gs_record_mandate_query, .out = &gs_record_mandate_page,
     .kind = GS_RUN, .run = find, .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_mandate, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_mandate = {.records = records, .flows = flows, .operations = operations};
