#include "flow/role.h"

#include "govsvc/codes.h"
#include "journal/journal.h"

#include <string.h>

typedef struct role_row {
    const char *name;
    const char *title;
    gs_scope scope;
    bool clear;
} role_row;

#define ROW(symbol, name, title, scope, clear) {name, title, GS_SCOPE_##scope, clear},
static const role_row rows[] = {GS_ROLES(ROW)};

#define ACTOR_FIELDS(T, F)                                                                                   \
    F(T, NAME, channel, "渠道", .names = gs_channel_names)                                                   \
    F(T, INT, identity_level, "身份核验等级", .least = 1, .most = 4)                                         \
    F(T, TEXT, id, "标识", .need = true, .max = 100)                                                         \
    F(T, TEXT, name, "姓名", .max = 100)                                                                     \
    F(T, TEXT, organ, "所属机关", .code = GOVSVC_CODE_USCC)                                                  \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, principal, "被代理人", .max = 100)                                                            \
    F(T, TEXT, purpose, "使用目的", .max = 200)                                                              \
    F(T, TEXTS, roles, "角色", .need = true, .max = 16, .count = offsetof(T, role_count))                    \
    F(T, TEXTS, posts, "岗位", .max = 64, .count = offsetof(T, post_count))

GS_RECORD(gs_record_actor, govsvc_actor, "actor", "操作人", ACTOR_FIELDS)

uint32_t gs_role_bit(const char *name)
{
    for (unsigned i = 0; i < GS_ROLE_COUNT; i++)
        if (strcmp(rows[i].name, name) == 0)
            return 1u << i;
    return 0;
}

const char *gs_role_names(uint32_t roles, gs_arena *arena)
{
    gs_buffer text = {.arena = arena};
    for (unsigned i = 0; i < GS_ROLE_COUNT; i++)
        if (roles >> i & 1)
            gs_buffer_print(&text, "%s%s", text.size ? ", " : "", rows[i].name);
    return text.text ? text.text : "-";
}

/* Significant digits of a division: 45 for a province, 4501, 450102, then 9 and 12. */
static size_t significant(const char *code)
{
    size_t size = strlen(code);
    if (size > 6 && strspn(code + 6, "0") == size - 6)
        size = 6;
    if (size == 12 && strcmp(code + 9, "000") == 0)
        size = 9;
    while (size > 2 && size <= 6 && code[size - 1] == '0' && code[size - 2] == '0')
        size -= 2;
    return size;
}

bool gs_division_within(const char *inner, const char *outer)
{
    return inner && outer && strncmp(inner, outer, significant(outer)) == 0;
}

void gs_division_span_of(const char *division, gs_division_span *out)
{
    size_t size = division ? significant(division) : 0;
    size = size < sizeof out->from - 1 ? size : sizeof out->from - 1;
    memset(out, 0, sizeof *out);
    memset(out->to, '9', sizeof out->to - 1); /* no code is longer */
    memcpy(out->from, division ? division : "", size);
    memcpy(out->to, division ? division : "", size);
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool in_scope(const gs_actor *actor, gs_scope scope, const gs_record *record, const void *at)
{
    if (!at)
        return true;
    switch (scope) {
    case GS_SCOPE_OWN:
        return !record->owner || same(gs_text_at(at, record->owner), gs_own_account(actor));
    case GS_SCOPE_ORGAN:
        return !record->organ || same(gs_text_at(at, record->organ), actor->organ);
    case GS_SCOPE_DIVISION:
        return !record->division || gs_division_within(gs_text_at(at, record->division), actor->division) ||
               (record->reception && gs_division_within(gs_text_at(at, record->reception), actor->division));
    case GS_SCOPE_ALL:
        break;
    }
    return true;
}

uint32_t gs_roles_within(const gs_actor *actor, uint32_t roles, const gs_record *record, const void *at)
{
    uint32_t within = 0;
    for (unsigned i = 0; i < GS_ROLE_COUNT; i++)
        if ((actor->roles & roles) >> i & 1 && in_scope(actor, rows[i].scope, record, at))
            within |= 1u << i;
    return within;
}

bool gs_roles_of_organ(uint32_t roles)
{
    bool only = roles != 0;
    for (unsigned i = 0; i < GS_ROLE_COUNT; i++)
        only = only && (!(roles >> i & 1) || rows[i].scope == GS_SCOPE_ORGAN);
    return only;
}

bool gs_is_guest(const gs_actor *actor, const gs_record *record, const void *at)
{
    const char *guests = record->guests && at ? gs_text_at(at, record->guests) : NULL;
    if (!guests || !actor->organ || !(actor->roles & GS_ROLE_STAFF))
        return false;
    const char *found = strstr(guests, actor->organ);
    return found && found[-1] == ',' && found[strlen(actor->organ)] == ',';
}

static bool has_scope(const gs_actor *actor, uint32_t roles, gs_scope scope)
{
    for (unsigned i = 0; i < GS_ROLE_COUNT; i++)
        if ((actor->roles & roles) >> i & 1 && rows[i].scope == scope)
            return true;
    return false;
}

void gs_reach_of(const gs_actor *actor, uint32_t roles, gs_reach *out)
{
    bool organ = actor->organ && has_scope(actor, roles, GS_SCOPE_ORGAN);
    bool division = actor->division && has_scope(actor, roles, GS_SCOPE_DIVISION);
    *out = (gs_reach){.all = has_scope(actor, roles, GS_SCOPE_ALL), .organ = organ ? actor->organ : ""};
    gs_division_span_of(actor->division, &out->division);
    if (!division)
        out->division.to[0] = '\0'; /* below every code */
}

govsvc_status gs_denied(gs_problems *problems, uint32_t roles, bool scope_only)
{
    gs_arena *arena = gs_problems_arena(problems);
    return gs_problem_add(problems, &(govsvc_problem){.status = GOVSVC_DENIED,
                                                      .field = "",
                                                      .rule = scope_only ? "scope" : "role",
                                                      .expected = gs_role_names(roles, arena)});
}

bool gs_may_read_clear(const gs_actor *actor, const gs_record *record, const void *at)
{
    uint32_t within = gs_roles_within(actor, GS_ROLE_ANY, record, at);
    for (unsigned i = 0; i < GS_ROLE_COUNT; i++)
        if (within >> i & 1 && rows[i].clear && (rows[i].scope == GS_SCOPE_OWN || actor->purpose))
            return true;
    return false;
}
