/* govsvc/mandate.h - mandates (授权委托): who may act for whom, in what, and how long.
 *
 * A session whose actor names a principal acts for them. Every write on a case then needs a mandate of the
 * principal's to this agent that is in force now and covers the case's matter and the action; without one the
 * answer is NO_MANDATE. To read it must cover the matter, else the case is not there; personal members and form
 * fields that it does not name are left out. A role of agent without a principal acts for nobody and writes
 * nothing. The time of a call decides: a mandate that is revoked, or ends at midnight Beijing time, ends with
 * the next call (民法典 161-173; 行政许可法 29).
 *
 * Since 0.2.
 */
#ifndef GOVSVC_MANDATE_H
#define GOVSVC_MANDATE_H

#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { GOVSVC_MANDATE_GRANTED = 1 /* "granted" 有效 */, GOVSVC_MANDATE_REVOKED = 2 /* "revoked" 已撤回 */ };

typedef struct govsvc_mandate_draft {
    uint64_t struct_size;
    int64_t identity_level;    /* how surely the principal was identified, 1 to 4; absent: not looked at */
    const char *request_key;
    const char *principal;     /* account of who is acted for; an applicant grants for themselves alone */
    const char *principal_name; /* personal */
    const char *agent;         /* account of who acts; required */
    const char *agent_name;    /* personal */
    const char *from_date;     /* first day; NULL: today */
    const char *until_date;    /* last day; required */
    const char *evidence;      /* the power of attorney: where it is kept; a window clerk needs it */
    const char *evidence_digest; /* SM3 of the file, 64 hexadecimal digits */
    const char *division;      /* where it was granted; NULL: the actor's */
    const void *reserved;
    const char *const *matters; /* codes; none: every matter */
    const char *const *actions; /* steps of an application, "submit"; none: every one */
    /* What the agent sees of personal members and of the form, by name: "phone", "/form/area"; none: everything. */
    const char *const *fields;
    uint64_t matter_count;
    uint64_t action_count;
    uint64_t field_count;
} govsvc_mandate_draft;
#define GOVSVC_MANDATE_DRAFT_INIT                                                                            \
    {sizeof(govsvc_mandate_draft), GOVSVC_ABSENT, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
     NULL, NULL, NULL, NULL, 0, 0, 0}

typedef struct govsvc_mandate {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state; /* GOVSVC_MANDATE_...; whether it is in force its days say too */
    int64_t identity_level;
    int64_t granted_at;
    int64_t revoked_at;
    const char *principal;
    const char *principal_name;
    const char *agent;
    const char *agent_name;
    const char *from_date;
    const char *until_date;
    const char *evidence;
    const char *evidence_digest;
    const char *division;
    const void *reserved;
    const char *const *matters;
    const char *const *actions;
    const char *const *fields;
    const void *reserved_list;
    uint64_t matter_count;
    uint64_t action_count;
    uint64_t field_count;
} govsvc_mandate;

/* "mandate.grant". INVALID: also days in the wrong order, an action that is no step, somebody as their own agent,
 * a clerk without evidence. Roles: applicant (for themselves), window_clerk. */
GOVSVC_API govsvc_status govsvc_mandate_grant(govsvc_session *session, const govsvc_mandate_draft *in,
                                              const govsvc_mandate **out);
/* "mandate.revoke": from the next call on it is not there. Roles: applicant (their own), window_clerk,
 * administrator. */
GOVSVC_API govsvc_status govsvc_mandate_revoke(govsvc_session *session, const govsvc_step *in,
                                               const govsvc_mandate **out);
/* "mandate.get": for the principal and for staff within their scope; the agent finds theirs by mandate.find. */
GOVSVC_API govsvc_status govsvc_mandate_get(govsvc_session *session, const govsvc_get_request *in,
                                            const govsvc_mandate **out);

typedef struct govsvc_mandate_query {
    uint64_t struct_size;
    int64_t given; /* GOVSVC_YES: those the actor gave; else those the actor has as an agent */
    int64_t after; /* what the page before gave as next; 0: from the first */
    int64_t limit; /* 1 to 200; absent: 50 */
} govsvc_mandate_query;
#define GOVSVC_MANDATE_QUERY_INIT {sizeof(govsvc_mandate_query), 0, 0, GOVSVC_ABSENT}

typedef struct govsvc_mandate_page {
    uint64_t struct_size;
    int64_t next; /* to be sent as after; 0: there are no more */
    const govsvc_mandate *const *mandates;
    const void *reserved;
    uint64_t mandate_count;
} govsvc_mandate_page;

/* "mandate.find": the actor's own, oldest first, without what is personal. Roles: every one. */
GOVSVC_API govsvc_status govsvc_mandate_find(govsvc_session *session, const govsvc_mandate_query *in,
                                             const govsvc_mandate_page **out);

#ifdef __cplusplus
}
#endif
#endif
