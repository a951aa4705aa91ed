/* govsvc/flow.h - what every kind of case shares: a step, a clock, a deadline that explains itself.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_FLOW_H
#define GOVSVC_FLOW_H

#include "calendar.h"
#include "session.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A plain step of a case. Inputs of steps that need more begin with the same members. */
typedef struct govsvc_step {
    uint64_t struct_size;
    int64_t id;              /* the case; required */
    int64_t revision;        /* the revision that was seen; absent: whatever it is now */
    const char *request_key; /* at most 100 characters; a retried call with the same key changes nothing */
    const char *opinion;     /* why, as it is to stand in the record; at most 2000 characters */
} govsvc_step;
#define GOVSVC_STEP_INIT {sizeof(govsvc_step), 0, GOVSVC_ABSENT, NULL, NULL}

/* States of a clock. */
enum {
    GOVSVC_CLOCK_RUNNING = 1, /* "running" */
    GOVSVC_CLOCK_PAUSED = 2,  /* "paused" */
    GOVSVC_CLOCK_MET = 3,     /* "met": what it waited for was done in time */
    GOVSVC_CLOCK_LATE = 4,    /* "late": it was done after the limit */
    GOVSVC_CLOCK_LAPSED = 5,  /* "lapsed": the limit passed, and the law's consequence came of itself */
    GOVSVC_CLOCK_VOID = 6     /* "void": it was not over when what it waited for was not to be done any more */
};

/* What somebody was told of a clock's end, and when. It is kept when the end is reckoned anew. */
typedef struct govsvc_told {
    uint64_t struct_size;
    int64_t told_at;
    int64_t due_at;
    const char *due_date;
    const char *occasion; /* the step in which they were told: "accept" */
} govsvc_told;

/* A clock of a case; it has a row of its own. */
typedef struct govsvc_clock {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t subject;    /* the case */
    int64_t state;      /* GOVSVC_CLOCK_... */
    int64_t unit;       /* GOVSVC_UNIT_...; 0: it has no length, but runs until due_at, which stays */
    int64_t amount;     /* the limit, without extensions; absent where there is no unit */
    int64_t started_at; /* what it is reckoned from */
    int64_t due_at;     /* first instant after the limit; while it is paused: as it stood when the
                           pause began, or when it was extended since (application.deadline reckons
                           it anew) */
    int64_t stopped_at; /* absent while it runs */
    int64_t timer_at;   /* when something happens by itself; absent: nothing does, or it is over */
    const char *kind;   /* the flow's name for it: "decision" */
    const char *subject_kind; /* "application" */
    const char *division;     /* whose calendar it follows */
    const char *basis;        /* the law that sets it */
    const char *due_date;     /* last day on which it can be done in time */
    const void *reserved;
    const govsvc_pause *const *pauses;
    const govsvc_extension *const *extensions;
    uint64_t pause_count;
    uint64_t extension_count;
    const govsvc_told *const *told;
    const void *reserved_list;
    uint64_t told_count;
} govsvc_clock;

typedef struct govsvc_deadline_request {
    uint64_t struct_size;
    int64_t id;    /* the case; required */
    int64_t as_of; /* as it was known then: notices recorded later do not count; absent: now */
} govsvc_deadline_request;
#define GOVSVC_DEADLINE_REQUEST_INIT {sizeof(govsvc_deadline_request), 0, GOVSVC_ABSENT}

/* One clock, reckoned day by day. */
typedef struct govsvc_clock_reckoning {
    uint64_t struct_size;
    int64_t due_at;
    int64_t provisional; /* GOVSVC_YES: some day rests on a rule, no notice is known yet */
    int64_t state;       /* GOVSVC_CLOCK_... */
    int64_t remaining;   /* working days from today to the due date, below 0 when it is past; absent
                            once the clock has stopped */
    int64_t stopped_at;
    const char *kind;
    const char *title; /* its name in Chinese, "审查决定期限" */
    const char *due_date;
    const char *basis;
    const govsvc_reckoning_step *const *steps;
    const govsvc_told *const *told;
    uint64_t step_count;
    uint64_t told_count;
} govsvc_clock_reckoning;

/* Every clock of a case. */
typedef struct govsvc_deadline {
    uint64_t struct_size;
    int64_t id;
    int64_t as_of;
    /* Of a bundle: the child that is decided last as things stand, when, and by which way it comes there; as_of does
       not change it. 0, absent and NULL: there is none. */
    int64_t critical;
    int64_t critical_at;
    const char *critical_number;
    const char *critical_name;
    const char *critical_zh;
    const char *critical_en;
    const govsvc_clock_reckoning *const *clocks;
    const void *reserved;
    uint64_t clock_count;
} govsvc_deadline;

/* What a get asks for. */
typedef struct govsvc_get_request {
    uint64_t struct_size;
    int64_t id;         /* the thing; or number */
    const char *number; /* its number or code, as people know it; the newest version of it */
    const void *reserved;
} govsvc_get_request;
#define GOVSVC_GET_REQUEST_INIT {sizeof(govsvc_get_request), 0, NULL, NULL}

#ifdef __cplusplus
}
#endif
#endif
