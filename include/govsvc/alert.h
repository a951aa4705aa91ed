/* govsvc/alert.h - alerts (电子监察预警): what the library found wrong of itself, and what was answered to it.
 *
 * A timer, a follower or an operation raises an alert; the organ concerned acknowledges and explains it, a
 * supervisor upholds or dismisses it. What was put right in the meantime resolves it.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_ALERT_H
#define GOVSVC_ALERT_H

#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GOVSVC_SEVERITY_NOTICE = 1,  /* "notice" 提示 */
    GOVSVC_SEVERITY_WARNING = 2, /* "warning" 预警 */
    GOVSVC_SEVERITY_YELLOW = 3,  /* "yellow" 黄牌 */
    GOVSVC_SEVERITY_RED = 4      /* "red" 红牌 */
};

enum {
    GOVSVC_ALERT_RAISED = 1,       /* "raised" */
    GOVSVC_ALERT_ACKNOWLEDGED = 2, /* "acknowledged" */
    GOVSVC_ALERT_EXPLAINED = 3,    /* "explained" */
    GOVSVC_ALERT_UPHELD = 4,       /* "upheld" 认定 */
    GOVSVC_ALERT_DISMISSED = 5,    /* "dismissed" 排除 */
    GOVSVC_ALERT_RESOLVED = 6      /* "resolved" 已消除: what it warned of was put right */
};

typedef struct govsvc_alert {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;    /* GOVSVC_ALERT_... */
    int64_t severity; /* GOVSVC_SEVERITY_... */
    int64_t subject;  /* what it is about */
    int64_t raised_at;
    int64_t acknowledged_at;
    int64_t explained_at;
    int64_t closed_at;
    const char *rule;         /* "matter.unclaimed" */
    const char *subject_kind; /* "matter" */
    const char *organ;        /* whom it concerns; NULL: the division's bodies */
    const char *division;
    const char *text;         /* what was found; no personal data */
    const char *basis;        /* the law or rule */
    const char *explanation;  /* personal, as all free text */
    const char *finding;      /* why it was upheld or dismissed; personal */
} govsvc_alert;

/* Steps: "alert.acknowledge", "alert.explain" (opinion required) by the organ's handler, acceptor, reviewer or
 * head, or by the division's supervisor where no organ is named; "alert.uphold" and "alert.dismiss" (opinion
 * required) by centre_supervisor or government_head of the division. */
GOVSVC_API govsvc_status govsvc_alert_acknowledge(govsvc_session *session, const govsvc_step *in,
                                                  const govsvc_alert **out);
GOVSVC_API govsvc_status govsvc_alert_explain(govsvc_session *session, const govsvc_step *in,
                                              const govsvc_alert **out);
GOVSVC_API govsvc_status govsvc_alert_uphold(govsvc_session *session, const govsvc_step *in,
                                             const govsvc_alert **out);
GOVSVC_API govsvc_status govsvc_alert_dismiss(govsvc_session *session, const govsvc_step *in,
                                              const govsvc_alert **out);
/* "alert.get": for who has it within their scope. */
GOVSVC_API govsvc_status govsvc_alert_get(govsvc_session *session, const govsvc_get_request *in,
                                          const govsvc_alert **out);

typedef struct govsvc_alert_query {
    uint64_t struct_size;
    int64_t state;    /* GOVSVC_ALERT_...; 0: any */
    int64_t severity; /* GOVSVC_SEVERITY_... or worse; 0: any */
    int64_t subject;  /* 0: any */
    int64_t after;    /* what the page before gave as next; 0: from the first */
    int64_t limit;    /* 1 to 200; absent: 50 */
    const char *rule;
    const char *division; /* this one and those within it */
} govsvc_alert_query;
#define GOVSVC_ALERT_QUERY_INIT                                                                    \
    {sizeof(govsvc_alert_query), 0, 0, 0, 0, GOVSVC_ABSENT, NULL, NULL}

typedef struct govsvc_alert_page {
    uint64_t struct_size;
    int64_t next; /* to be sent as after; 0: there are no more */
    const govsvc_alert *const *alerts;
    const void *reserved;
    uint64_t alert_count;
} govsvc_alert_page;

/* "alert.find": those within the actor's scope, oldest first, without what is personal. */
GOVSVC_API govsvc_status govsvc_alert_find(govsvc_session *session, const govsvc_alert_query *in,
                                           const govsvc_alert_page **out);

#ifdef __cplusplus
}
#endif
#endif
