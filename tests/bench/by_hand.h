/* tests/bench/by_hand.h - the same eight steps, written by hand for SQLite alone.
 *
 * What a good engineer writes who needs exactly this and nothing else: prepared statements, one struct for
 * the row, the matter and the working days in memory. It reads the row that a step changes, checks its
 * state and its organ, and leaves the very bytes in the very tables that the library leaves there.
 */
#ifndef BENCH_BY_HAND_H
#define BENCH_BY_HAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hand hand;

/* What both programs are given: the time, random bytes, the master key. */
typedef struct bench_side {
    int64_t now;
    bool (*random)(void *context, void *out, size_t size);
    void *random_context;
    unsigned char key[32];
} bench_side;

typedef struct hand_material {
    const char *code, *name, *digest, *place;
} hand_material;

typedef struct hand_draft {
    const char *matter, *owner, *title;
    const char *applicant_name, *applicant_id, *phone, *address, *form;
    hand_material material;
} hand_draft;

/* The first review and the one that concludes them. */
typedef enum hand_action {
    HAND_RECEIVE,
    HAND_ACCEPT,
    HAND_REVIEW,
    HAND_CONCLUDE,
    HAND_DECIDE,
    HAND_CLOSE,
    HAND_DELIVER,
    HAND_ACTIONS
} hand_action;

/* Opens a store whose tables and matter are there. NULL: it failed. */
hand *hand_open(const char *path, const char *matter, bench_side *side);
void hand_close(hand *h);
bool hand_begin(hand *h);
bool hand_commit(hand *h);
/* Around one operation, where it alone must be undone if it fails: what the library promises in a batch. */
bool hand_savepoint(hand *h);
bool hand_release(hand *h);
/* false: refused or failed; whoever called rolls the transaction back. */
bool hand_submit(hand *h, const hand_draft *draft, int64_t *id);
bool hand_step(hand *h, hand_action action, int64_t id, const char *opinion);
/* What PRAGMA synchronous answers: 2 is FULL. */
int hand_synchronous(hand *h);

#endif
