/* govsvc/handover.h - handovers (纸质材料交接): papers between the window that took them and the organ that decides.
 *
 *   sent -> closed
 *
 * One side makes a list and sends the papers, the other counts what has come. Only where both counts agree, item
 * by item, is the handover closed, signed by two people; otherwise every difference is told and nothing changes,
 * until the sender has amended the list or the missing papers have come. Papers go back the same way.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_HANDOVER_H
#define GOVSVC_HANDOVER_H

#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GOVSVC_HANDOVER_SENT = 1,  /* "sent": the papers are on their way */
    GOVSVC_HANDOVER_CLOSED = 2 /* "closed": both sides counted the same */
};

enum {
    GOVSVC_HANDOVER_TO_ORGAN = 1, /* "to_organ": from the window */
    GOVSVC_HANDOVER_TO_WINDOW = 2 /* "to_window": back again */
};

/* One material of one application. */
typedef struct govsvc_handover_item {
    uint64_t struct_size;
    int64_t copies;       /* 1 to 1000; required */
    const char *number;   /* of the application; required */
    const char *material; /* the matter's code for it; required */
    const char *name;     /* the matter's name for it, whatever is sent */
    const void *reserved;
} govsvc_handover_item;
#define GOVSVC_HANDOVER_ITEM_INIT {sizeof(govsvc_handover_item), GOVSVC_ABSENT, NULL, NULL, NULL, NULL}

typedef struct govsvc_handover_draft {
    uint64_t struct_size;
    const char *request_key;
    const char *organ;  /* that receives; required */
    const char *window_name; /* the sending window's name; at most 100 characters */
    const govsvc_handover_item *const *items; /* required */
    uint64_t item_count;                      /* at most 200 */
} govsvc_handover_draft;
#define GOVSVC_HANDOVER_DRAFT_INIT {sizeof(govsvc_handover_draft), NULL, NULL, NULL, NULL, 0}

/* Papers of a closed handover that go back. */
typedef struct govsvc_handover_return_draft {
    uint64_t struct_size;
    int64_t original; /* the handover they came by; required */
    const char *request_key;
    const govsvc_handover_item *const *items; /* required; no more than came, less what went back already */
    uint64_t item_count;
} govsvc_handover_return_draft;
#define GOVSVC_HANDOVER_RETURN_DRAFT_INIT {sizeof(govsvc_handover_return_draft), 0, NULL, NULL, 0}

/* What was counted, or the corrected list; begins as govsvc_step does. */
typedef struct govsvc_handover_count {
    uint64_t struct_size;
    int64_t id;
    int64_t revision;
    const char *request_key;
    const char *opinion;
    const govsvc_handover_item *const *items; /* required: the whole list */
    const void *reserved;
    uint64_t item_count;
} govsvc_handover_count;
#define GOVSVC_HANDOVER_COUNT_INIT {sizeof(govsvc_handover_count), 0, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_handover {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t state;     /* GOVSVC_HANDOVER_SENT ... */
    int64_t direction; /* GOVSVC_HANDOVER_TO_ORGAN ... */
    int64_t original;  /* to the window: the handover by which the papers had come; else 0 */
    int64_t sent_at;
    int64_t received_at; /* when it was closed */
    const char *number;  /* 交接单编号, made as an application's is */
    const char *division; /* of the window */
    const char *window_name;
    const char *organ;
    const char *sent_by; /* actors' ids */
    const char *received_by;
    const govsvc_handover_item *const *items;
    const void *reserved;
    uint64_t item_count;
} govsvc_handover;

/* Steps answer the handover without its items: those are govsvc_handover_get()'s. */

/* "handover.send". Role: window_clerk. INVALID: also an application that the clerk may not read (rule exists) or
 * that another organ handles (organ), a material that its matter does not ask for (listed), an item that stands
 * twice (duplicate). */
GOVSVC_API govsvc_status govsvc_handover_send(govsvc_session *session, const govsvc_handover_draft *in,
                                              const govsvc_handover **out);
/* "handover.return": the organ gives papers back to the window they came from. Roles: acceptor, handler of the
 * organ. INVALID: also a handover that is not the organ's or not closed (exists), or more than is there (count). */
GOVSVC_API govsvc_status govsvc_handover_return(govsvc_session *session, const govsvc_handover_return_draft *in,
                                                const govsvc_handover **out);
/* "handover.receive": what the receiving side has counted itself. Roles: acceptor, handler of the organ; of papers
 * that go back, window_clerk; another person than who sent them. INVALID: every difference (rule count), and then
 * nothing has changed. */
GOVSVC_API govsvc_status govsvc_handover_receive(govsvc_session *session, const govsvc_handover_count *in,
                                                 const govsvc_handover **out);
/* "handover.amend": the sending side corrects its list before it is received; the journal keeps both. */
GOVSVC_API govsvc_status govsvc_handover_amend(govsvc_session *session, const govsvc_handover_count *in,
                                               const govsvc_handover **out);
/* "handover.get": by identifier or number, for staff of the organ or the division. */
GOVSVC_API govsvc_status govsvc_handover_get(govsvc_session *session, const govsvc_get_request *in,
                                             const govsvc_handover **out);

typedef struct govsvc_handover_query {
    uint64_t struct_size;
    int64_t direction; /* GOVSVC_HANDOVER_TO_...; 0: both */
    int64_t after;     /* what the page before gave as next; 0: from the first */
    int64_t limit;     /* 1 to 200; absent: 50 */
} govsvc_handover_query;
#define GOVSVC_HANDOVER_QUERY_INIT {sizeof(govsvc_handover_query), 0, 0, GOVSVC_ABSENT}

typedef struct govsvc_handover_page {
    uint64_t struct_size;
    int64_t next; /* to be sent as after; 0: there are no more */
    const govsvc_handover *const *handovers;
    const void *reserved;
    uint64_t handover_count;
} govsvc_handover_page;

/* "handover.find": the open ones within the actor's organ or division, oldest first, without their items. */
GOVSVC_API govsvc_status govsvc_handover_find(govsvc_session *session, const govsvc_handover_query *in,
                                              const govsvc_handover_page **out);

#ifdef __cplusplus
}
#endif
#endif
