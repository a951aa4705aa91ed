/* tests/bench/by_hand_rows.h - the rows of the hand-written program: read, hashed and written. */
#ifndef BENCH_BY_HAND_ROWS_H
#define BENCH_BY_HAND_ROWS_H

#include <sqlite3.h>

#include "by_hand.h"
#include "by_hand_keys.h"
#include "by_hand_text.h"

#define HAND_ORGAN "11440232MB2D06811W" /* the actor's */
enum { TENANT = 4501, FIRST_DAY = 20454 /* 2026-01-01 */, DAYS = 730 };

typedef struct matter {
    int64_t id, version, statutory, promised;
    char code[40], name[400], organ[20], division[16];
} matter;

/* Personal columns in the order of the table; REASON is written when it is decided. */
enum { TITLE, REASON, NAME, NUMBER, PHONE, ADDRESS, FORM, PERSONAL };
extern const char *const personal_names[PERSONAL], *const mark_names[PERSONAL];

/* Times are 0 and texts NULL where there are none. */
typedef struct application {
    int64_t id, revision, created_at, updated_at, matter_id, matter_version;
    int64_t submitted_at, received_at, accepted_at, decided_at, closed_at, delivered_at;
    int64_t due_at, open_parts; /* open_parts is -1 where nothing was opened */
    const char *state, *outcome, *number, *matter, *matter_name, *organ, *division, *reception, *owner, *materials, *waits;
    const unsigned char *salt;
    const unsigned char *marks[PERSONAL], *sealed[PERSONAL];
    size_t sealed_sizes[PERSONAL];
    const unsigned char *find; /* digest of the applicant's number */
} application;

typedef struct clock_row {
    int64_t id, revision, created_at, updated_at, subject, amount, started_at, due_at, stopped_at, timer_at;
    const char *state, *kind, *division, *basis, *due_date, *told;
} clock_row;

typedef struct review_row {
    int64_t id, revision, created_at, updated_at, application, due_at, done_at;
    const char *state, *stage, *stage_name, *post, *organ, *reviewer, *desk;
} review_row;

typedef struct entry {
    int64_t subject, revision;
    const char *action, *from, *to, *hash;
    const char *opinion;
} entry;

enum { BEGIN, COMMIT, SAVEPOINT, RELEASE, PUBLISHED, INSERT_APPLICATION, SELECT_APPLICATION, INSERT_CLOCK, SELECT_CLOCK, STOP_CLOCK,
       INSERT_REVIEW, SELECT_REVIEW, FINISH_REVIEW,
       INSERT_ENTRY, UPDATE_APPLICATION, STATEMENTS = UPDATE_APPLICATION + HAND_ACTIONS };

struct hand {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    hand_keys keys;
    bench_side *side;
    matter matter;
    bool working[DAYS];
    int64_t last_ms, sequence;
    text row;     /* what is hashed */
    text payload; /* what the journal gets */
    text also, reviewed; /* of it, what happened to clocks and to reviews */
    text kept;    /* texts of the rows that are in hand */
};

bool prepare_all(hand *h);
/* Runs a statement that answers no rows. */
bool run(hand *h, int which);
int64_t next_id(hand *h);
/* A copy that lives as long as the step. */
const char *keep(hand *h, const void *bytes, size_t size);
/* Marks and seals a personal value for the row; its salt must be there. */
bool seal(hand *h, application *a, int which, const char *value);

bool is_published(hand *h, const char *code);
bool hash_application(hand *h, const application *a, char hex[65]);
bool insert_application(hand *h, const application *a);
bool load_application(hand *h, int64_t id, application *a);
bool update_application(hand *h, hand_action action, const application *a, int64_t seen);
bool hash_clock(hand *h, const clock_row *c, char hex[65]);
bool insert_clock(hand *h, const clock_row *c);
bool load_clock(hand *h, int64_t subject, const char *kind, clock_row *c);
bool update_stopped_clock(hand *h, const clock_row *c);
bool hash_review(hand *h, const review_row *r, char hex[65]);
bool insert_review(hand *h, const review_row *r);
/* The one that is open. */
bool load_review(hand *h, int64_t subject, review_row *r);
bool update_finished_review(hand *h, const review_row *r);
/* With the payload that was put together. */
bool insert_entry(hand *h, const entry *e);

/* What a step does to clocks and reviews, with its part of the payload; sets what the case is due at and how many
 * reviews are open. */
bool move_clocks(hand *h, hand_action action, application *a);
bool move_reviews(hand *h, hand_action action, application *a);

#endif
