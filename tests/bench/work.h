/* tests/bench/work.h - the work that is measured: a lifecycle of eight steps, done by hand, by typed calls and by
 * JSON calls, each step on a case of its own; and what measuring it needs.
 */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include "bench.h"
#include "by_hand.h"
#include "govsvc.h"

enum { WORK_REVIEW = 3, WORK_CONCLUDE, WORK_DECIDE };
enum { WORK_STEPS = 8, WORK_VALUES_MAX = 99 };
extern const char work_matter[];

/* Before the first step. */
void work_prepare(void);
/* Step 0 makes *id, the others, 1 to 7 in order, move it; what fails ends the program. */
void work_by_hand(hand *h, int step, int64_t *id);
void work_typed(govsvc_session *session, int step, int64_t *id);
void work_json(govsvc_session *session, int step, int64_t *id);

/* The flushes of this process so far, counted on their way to the system. */
int64_t work_flushes(void);
double work_seconds(void);
double work_median(const double *values, int count);

int64_t work_time(void *side); /* the time of a bench_side */
bool work_random(void *context, void *out, size_t size);
/* A store with the side's key and random bytes, made where there is none. */
govsvc *work_open(const char *path, bench_side *side, int64_t (*clock)(void *context), void *clock_context);
/* Somebody who may do every step. */
govsvc_session *work_session(govsvc *gs);
/* Puts the matter on record, in three milliseconds. */
void work_publish(govsvc_session *session, int64_t *now);
void work_remove(const char *path);

#endif
