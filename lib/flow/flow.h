/* lib/flow/flow.h - what can be done (operations) and what may happen next (flows), as tables.
 *
 * May use: journal, record, calendar. A service declares its records, its flows and its operations here
 * and writes one small function for what is really particular to an operation; everything else - shape,
 * request key, loading, revision, state, role and scope, clocks, rows and journal - is the mechanism's.
 */
#ifndef GS_FLOW_FLOW_H
#define GS_FLOW_FLOW_H

#include "calendar/calendar.h"
#include "flow/memo.h"
#include "flow/role.h"
#include "govsvc/flow.h"
#include "record/row.h"

typedef struct gs_call gs_call;
typedef struct gs_operation gs_operation;

/* ---- flows ------------------------------------------------------------------------------------------- */

/* What is done to a clock that does not run is nothing. A case has at most one running clock of a kind: a
 * transition that may start one anew stops the other before, {{GS_STOP, K, 0}, {GS_START, K, 0}}. */
typedef enum gs_effect {
    GS_START = 1,
    GS_STOP,
    GS_PAUSE,
    GS_RESUME,
    GS_EXTEND,
    GS_STOP_ALL, /* every clock of the case that runs or stands still; clock says nothing */
    GS_VOID_ALL  /* the same, where what they waited for is not to be done any more */
} gs_effect;

/* What a transition does to a clock. */
typedef struct gs_clock_effect {
    uint8_t effect;
    uint8_t clock; /* index in the flow's clocks */
    uint16_t from; /* START: offset of the time it is reckoned from; 0: now */
} gs_clock_effect;

enum { GS_EFFECTS_MAX = 6 };

typedef struct gs_transition {
    int64_t from; /* state; 0: the case does not exist yet */
    const char *action;
    int64_t to; /* 0: stays where it is */
    uint32_t roles;
    uint16_t stamp; /* offset of the time that is set to now; 0: none */
    gs_clock_effect clocks[GS_EFFECTS_MAX];
    /* Of the rows with this from and action the first one whose condition holds is taken; where none does
     * the answer is STATE. It is asked before the substance: lists and personal members of the row are not
     * opened yet. NULL: always. */
    bool (*when)(const gs_call *call, const gs_row *row);
    bool guests; /* another organ that takes part may take it too */
} gs_transition;

/* What a case in a state waits for, and until when; a state that is not named waits for nothing. */
typedef struct gs_wait {
    int64_t state;
    const char *action;
    int lead; /* index of the clock by whose end it is due; below 0: none */
} gs_wait;

/* A limit as it applies to one case. */
typedef struct gs_limit {
    int64_t amount;
    int64_t unit;
    const char *basis;
    bool timer; /* what the clock's timer does may happen to this case */
    /* Until this instant, the first at which it is over, instead of amount and unit: nothing moves it, no
     * notice, pause or extension. What is past already is over at once. 0: the length counts; absent is
     * refused. */
    int64_t until;
} gs_limit;

typedef struct gs_clock_spec {
    const char *kind;  /* "decision" */
    const char *title; /* "审查决定期限" */
    gs_limit limit;    /* where limit_of does not say otherwise */
    /* The limit for this case; may be NULL. limit comes filled with the row's own; with its amount absent
     * and no until there is no limit, and no clock is started. */
    govsvc_status (*limit_of)(gs_call *call, gs_row *row, gs_limit *limit);
    const char *timer; /* operation that happens by itself at the end: "application.deem_accepted" */
    /* Where there is no timer: the rule under which an alert is raised at the end, and, so many working days
     * before it, a first one; 0: none. */
    const char *alert;
    int64_t ahead;
} gs_clock_spec;

typedef struct gs_flow {
    const gs_record *record;
    const gs_transition *transitions; /* ends with action NULL */
    const gs_clock_spec *clocks;      /* ends with kind NULL; may be NULL */
    /* Ends with action NULL; may be NULL. The record's members waits and due are kept by it. */
    const gs_wait *waits;
    /* What else there is to say of a case's deadline. May be NULL. */
    govsvc_status (*explain)(gs_call *call, gs_row *row, govsvc_deadline *out);
} gs_flow;

/* ---- operations -------------------------------------------------------------------------------------- */

typedef enum gs_operation_kind {
    GS_CREATE = 1, /* a case comes to be: from = 0 of the flow; the input is its draft */
    GS_STEP,       /* a transition; the input begins as govsvc_step does */
    GS_PUT,        /* a record is added or changed under its natural key */
    GS_GET,        /* a record is read; the input is govsvc_get_request */
    GS_DEADLINE,   /* the clocks of a case; the input is govsvc_deadline_request */
    GS_RUN         /* anything else, by its own function */
} gs_operation_kind;

struct gs_operation {
    const char *name;  /* "application.submit" */
    const char *title; /* "提交申请" */
    const gs_record *in;
    const gs_record *out;
    gs_operation_kind kind;
    const gs_flow *flow;
    /* What is particular: checks and sets members of the row (opened as far as it needs). May be NULL. */
    govsvc_status (*substance)(gs_call *call, gs_row *row);
    /* What the step brings about in other cases, once it is written; where it does, the substance guards the
     * call. May be NULL. */
    govsvc_status (*after)(gs_call *call, gs_row *row);
    govsvc_status (*run)(gs_call *call); /* GS_RUN */
    uint32_t roles;                      /* where no flow says */
    bool write;                          /* GS_RUN: it writes */
    bool discloses;                      /* GS_RUN: it may show personal data, which goes on record */
    bool alone;                          /* GS_RUN: it takes connections and transactions by itself */
};

/* What follows from the journal: called for every entry in order, in slices. *done counts what it did;
 * mark is its own place within an entry, kept between slices; *again asks to see the entry again. */
typedef struct gs_follower {
    const char *name;
    const char *kind; /* entries of this kind alone */
    bool chain;       /* what it brings about is followed again, so that a tick is not over with it */
    govsvc_status (*follow)(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark, bool *again);
} gs_follower;

/* A room of the catalogue. Lists end with NULL (a NULL name); any may be NULL. */
typedef struct gs_service {
    const gs_record *const *records;
    const gs_flow *const *flows;
    const gs_operation *operations;
    const gs_follower *followers;
} gs_service;

/* ---- a call in progress ------------------------------------------------------------------------------ */

/* By what an actor acts for somebody else. */
typedef struct gs_mandate {
    const char *const *fields; /* what they see of personal members and the form; none: everything */
    uint64_t field_count;
    int64_t identity_level;
} gs_mandate;

/* The open store as the mechanism sees it. */
typedef struct gs_host {
    const gs_service *const *services; /* ends with NULL */
    const gs_table *const *tables;     /* ends with NULL */
    /* A calendar with the notices that were known at a time (ABSENT: now); the caller frees it. */
    govsvc_status (*calendar_as_of)(gs_call *call, int64_t as_of, govsvc_calendar **out);
    /* The mandate in force now by which the actor acts for their principal, for a matter and an action (NULL: to
     * read); *out NULL: there is none. */
    govsvc_status (*mandate_in_force)(gs_call *call, const char *matter, const char *action,
                                      const gs_mandate **out);
    const char *division;
    const govsvc_allocator *allocator;
    _Atomic(struct gs_pinyin *) pinyin; /* made by whoever needs it first; goes with the handle */
} gs_host;

enum { GS_ADDED = 1, GS_CHANGED, GS_UNCHANGED };

struct gs_call {
    gs_work work;
    gs_host *host;
    const govsvc_calendar *calendar; /* one and the same throughout the call */
    const gs_operation *operation;
    const gs_actor *actor;
    gs_memo *memo;           /* the session's */
    const void *in;          /* operation->in, checked */
    const char *request_key; /* NULL: none */
    int64_t occurred_at;     /* when it happened in law; now, or when a timer was due */
    bool by_timer;           /* tick found the operation due at occurred_at */
    const void *out;         /* operation->out, in the work's arena */
    int64_t subject;         /* what was changed; 0: nothing */
    int outcome;             /* GS_ADDED, ... */
    const char *ground;      /* set by a substance: the reason of the pause or extension it brings */
    const char *ground_basis;
    int64_t extend_by;
    gs_clock_effect effects[GS_EFFECTS_MAX]; /* set by a substance, beside its transition's own */
    size_t effect_count;
    const void *const *parts; /* rows of parts of the case (gs_row), saved with the step */
    size_t part_count;
    bool calendar_changed; /* a notice was put */
    bool batched;          /* one of many under one commit */
    bool guarded;          /* a savepoint stands before what this call wrote */
    void *session;         /* the api's own */
};

const gs_table *gs_table_of(const gs_host *host, const gs_record *record);
const gs_operation *gs_operation_find(const gs_host *host, const char *name);

/* ---- the engine (engine.c) --------------------------------------------------------------------------- */

govsvc_status gs_create(gs_call *call);
govsvc_status gs_step(gs_call *call);
govsvc_status gs_put(gs_call *call);
/* A retried call: authorised like the first, answers the subject as it stands. */
govsvc_status gs_answer_again(gs_call *call, int64_t subject);
/* Somebody else's personal data are read in the clear: that goes on record, with the purpose. */
govsvc_status gs_journal_reading(gs_call *call, gs_row *row);
/* What one call brings about in another case: a step of its flow by the system, in the same transaction, with
 * substance, clocks and journal entry of its own; of a fresh row, the first. Writes early: guards itself. */
govsvc_status gs_take_step(gs_call *call, gs_row *row, const char *operation, const char *opinion);
/* Before a write that a refusal may still follow: within a batch it can then be undone alone. The mechanism
 * itself writes only when every check has passed, and needs none. */
govsvc_status gs_guard(gs_call *call);
/* For a substance: what this step does to a clock of the flow, beside its transition's own effects. */
void gs_add_effect(gs_call *call, gs_effect effect, uint8_t clock);
/* For a substance: a row that is a part of the case is saved with the step, under its entry. */
govsvc_status gs_add_part(gs_call *call, gs_row *part);
/* What the case waits for is another one now: its lead clock's end was moved. */
void gs_set_wait(const gs_flow *flow, gs_row *row, int64_t from, const gs_row *const *clocks, size_t count);
/* The flow by which the cases of a record move; NULL: none. */
const gs_flow *gs_flow_of(const gs_host *host, const char *record);
/* Saves a row that no flow moves, with its journal entry. */
govsvc_status gs_save(gs_call *call, gs_row *row, const char *action);
/* A problem of the input at field, with the words of rule. */
govsvc_status gs_refuse(gs_call *call, const char *field, const char *rule, const char *expected,
                        const char *got);
/* Somebody else, who is named, did this already. */
govsvc_status gs_refuse_taken(gs_call *call, const char *actor, int64_t at);
/* The same with words and a legal basis of its own. */
govsvc_status gs_refuse_in_words(gs_call *call, const char *field, const char *rule, const char *text_zh,
                                 const char *text_en, const char *basis);

/* 办件编号 and its like (number.c): division, day, the identifier in base 36, and a check character over all of it
 * (ISO/IEC 7064, MOD 37,36): unique without a counter. NULL: no memory. */
const char *gs_case_number(gs_call *call, const char *division, int64_t id);

/* ---- reading (reading.c) ----------------------------------------------------------------------------- */

govsvc_status gs_get(gs_call *call);
/* For substance and run: loads a row that the actor may read; NOT_FOUND outside their scope. */
govsvc_status gs_load_readable(gs_call *call, const gs_record *record, int64_t id, gs_row **out);
/* The mandate by which the actor acts on a case of somebody else's; NULL: they act for themselves.
 * NO_MANDATE: they would need one. */
govsvc_status gs_act_for(gs_call *call, uint32_t roles, const gs_row *row, const char *action,
                         const gs_mandate **out);
/* The brief answers of several cases of a record, for a page of a list. */
govsvc_status gs_answer_list(gs_call *call, const gs_record *record, const int64_t *ids, size_t count,
                             const void *const **out);
/* A page of a list: what find names, 50 or as many as were asked for (GS_PAGE at the most), briefly. DENIED without one
 * of the roles. next: where the next page begins; 0: this one is the last. */
typedef struct gs_found {
    int64_t next;
    const void *const *items;
    size_t count;
} gs_found;
typedef govsvc_status (*gs_finder)(gs_call *call, size_t limit, int64_t *ids, size_t *count);
govsvc_status gs_find_page(gs_call *call, const gs_record *record, uint32_t roles, int64_t limit,
                           gs_finder find, gs_found *out);
/* The answer of a step: the case's scalars; lists and personal members are left to get. */
govsvc_status gs_answer_brief(gs_call *call, gs_row *row);

/* ---- clocks (clock.c) -------------------------------------------------------------------------------- */

/* What changed besides the case's own row, for its journal entry. */
typedef struct gs_also {
    gs_buffer json; /* members of an object: "clock:ID": {"kind", "state", "due_date", "hash"} */
} gs_also;

/* An entry of a subject whose own row did not change, under the subject's tenant. */
govsvc_status gs_journal_also(gs_call *call, int64_t tenant, const char *kind, int64_t subject,
                              const char *action, const gs_also *also);
/* A transition's effects, worked out and then, when nothing more can be refused, written. */
enum { GS_CLOCKS_MAX = 32 }; /* of one case that run at a time */
typedef struct gs_clock_changes {
    gs_row *rows[GS_CLOCKS_MAX + 2 * GS_EFFECTS_MAX];
    size_t count;
} gs_clock_changes;
govsvc_status gs_clocks_prepare(gs_call *call, gs_row *row, const gs_flow *flow,
                                const gs_transition *transition, gs_clock_changes *out);
govsvc_status gs_clocks_save(const gs_clock_changes *changes, gs_also *also);
/* The running clock of this kind, which is kept under the case's tenant; NOT_FOUND where there is none. */
govsvc_status gs_clock_load(gs_call *call, const gs_row *subject, const char *kind, gs_row **out);
/* How the clock's end is reckoned, as far as things stand. */
govsvc_reckoning_request gs_clock_request(const gs_call *call, const govsvc_clock *clock);
/* Nothing happens by itself at this clock's end any more; call->outcome says whether it would have. A timer
 * that is no longer the one of this instant, or waits, is left alone. */
govsvc_status gs_clock_disarm(gs_call *call, int64_t tenant, int64_t clock, int64_t timer_at);
/* The clock's end, or the moment before it, has come, and an alert is all that comes of it. *out is the clock;
 * NULL: somebody was faster. */
govsvc_status gs_clock_ring(gs_call *call, int64_t tenant, int64_t clock, int64_t timer_at,
                            const govsvc_clock **out);
/* Follows corrected notices: clocks that run are reckoned anew, what was told is kept. */
govsvc_status gs_clocks_follow_notice(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark,
                                      bool *again);
extern const gs_record gs_record_clock;
extern const gs_name gs_clock_state_names[];
govsvc_status gs_deadline(gs_call *call); /* deadline.c */

/* What every step's input begins with. */
#define GS_STEP_FIELDS(T, F)                                                                                 \
    F(T, ID, id, "标识", .need = true)                                                                       \
    F(T, INT, revision, "版本号")                                                                            \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, opinion, "意见", .max = 2000, .lines = true)

/* Names of enumerations and the records of calendar.h as list items (records.c). */
extern const gs_record gs_record_step, gs_record_pause, gs_record_extension, gs_record_told,
    gs_record_reckoning_step, gs_record_reckoning, gs_record_clock_reckoning, gs_record_deadline,
    gs_record_deadline_request, gs_record_get_request, gs_record_notice_day;

#endif
