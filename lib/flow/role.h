/* lib/flow/role.h - the one table of roles, and what an actor may see and do.
 *
 * May use: base, record. A role has a scope: of the cases that a role reaches, an actor sees and handles
 * only those within it.
 */
#ifndef GS_FLOW_ROLE_H
#define GS_FLOW_ROLE_H

#include "govsvc/session.h"
#include "record/record.h"

typedef enum gs_scope {
    GS_SCOPE_OWN = 1,  /* the person's own cases */
    GS_SCOPE_ORGAN,    /* those of the actor's organ */
    GS_SCOPE_DIVISION, /* those of the actor's division and everything below it */
    GS_SCOPE_ALL
} gs_scope;

/* R(symbol, name, title, scope, may read personal data in the clear for a stated purpose) */
#define GS_ROLES(R)                                                                                          \
    R(APPLICANT, "applicant", "申请人", OWN, true)                                                           \
    R(AGENT, "agent", "代理人", OWN, true)                                                                   \
    R(WINDOW_CLERK, "window_clerk", "窗口人员", DIVISION, true)                                              \
    R(ACCEPTOR, "acceptor", "受理人员", ORGAN, true)                                                         \
    R(REVIEWER, "reviewer", "审查人员", ORGAN, true)                                                         \
    R(ORGAN_HEAD, "organ_head", "行政机关负责人", ORGAN, true)                                               \
    R(GOVERNMENT_HEAD, "government_head", "本级人民政府负责人", DIVISION, true)                              \
    R(HOTLINE_SEAT, "hotline_seat", "热线话务员", DIVISION, true)                                            \
    R(CENTRE_SUPERVISOR, "centre_supervisor", "中心督办人员", DIVISION, false)                               \
    R(HANDLER, "handler", "承办人员", ORGAN, true)                                                           \
    R(GRID_WORKER, "grid_worker", "网格员", DIVISION, false)                                                 \
    R(AUDITOR, "auditor", "审计监督人员", DIVISION, true)                                                    \
    R(ADMINISTRATOR, "administrator", "管理员", ALL, false)                                                  \
    R(SYSTEM, "system", "系统", ALL, false)

enum {
#define GS_ROLE_NUMBER(symbol, name, title, scope, clear) GS_ROLE_NUMBER_##symbol,
    GS_ROLES(GS_ROLE_NUMBER) GS_ROLE_COUNT
#undef GS_ROLE_NUMBER
};
enum {
#define GS_ROLE_BIT(symbol, name, title, scope, clear) GS_ROLE_##symbol = 1 << GS_ROLE_NUMBER_##symbol,
    GS_ROLES(GS_ROLE_BIT)
#undef GS_ROLE_BIT
        GS_ROLE_ANY = (1 << GS_ROLE_COUNT) - 1,
    GS_ROLE_STAFF = GS_ROLE_ANY & ~(GS_ROLE_APPLICANT | GS_ROLE_AGENT)
};

/* Who is at work, as the mechanism sees them. */
typedef struct gs_actor {
    int64_t channel;
    int64_t identity_level;
    const char *principal;
    const char *const *posts;
    uint64_t post_count;
    const char *id;
    const char *name;
    const char *organ;
    const char *division;
    const char *purpose;
    uint32_t roles;
} gs_actor;

/* Whose own cases are the actor's to see: the principal's, where they act for one. */
static inline const char *gs_own_account(const gs_actor *actor)
{
    return actor->principal ? actor->principal : actor->id;
}

extern const gs_record gs_record_actor; /* govsvc_actor */
/* 0: no such role. */
uint32_t gs_role_bit(const char *name);
/* The names of a set of roles, separated by commas; lives in the arena. */
const char *gs_role_names(uint32_t roles, gs_arena *arena);

/* Which of roles the actor has and within whose scope the case stands; at is NULL before there is one. */
uint32_t gs_roles_within(const gs_actor *actor, uint32_t roles, const gs_record *record, const void *at);
/* Are all of them an organ's own? */
bool gs_roles_of_organ(uint32_t roles);
/* Does the actor's organ take part in a case that is another's? */
bool gs_is_guest(const gs_actor *actor, const gs_record *record, const void *at);
/* DENIED with the roles that were missing. */
govsvc_status gs_denied(gs_problems *problems, uint32_t roles, bool scope_only);
/* May the actor read this case's personal data in the clear? */
bool gs_may_read_clear(const gs_actor *actor, const gs_record *record, const void *at);
/* Is a division the other one or below it? Codes of 6, 9 or 12 digits. */
bool gs_division_within(const char *inner, const char *outer);

/* A division and what lies below it, as bounds of a column, both inclusive; NULL: every division. */
typedef struct gs_division_span {
    char from[16];
    char to[16];
} gs_division_span;
void gs_division_span_of(const char *division, gs_division_span *out);

/* What an actor reaches with some of their roles, for the WHERE of a list: all, or what is of their organ, or
 * what lies in their division. What they have no role for is a bound that nothing meets. */
typedef struct gs_reach {
    bool all;
    const char *organ;
    gs_division_span division;
} gs_reach;
void gs_reach_of(const gs_actor *actor, uint32_t roles, gs_reach *out);

#endif
