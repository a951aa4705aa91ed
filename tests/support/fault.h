/* tests/support/fault.h - failures on demand: a driver whose call N fails, an allocator whose allocation N
 * fails, and a count of what is still allocated.
 *
 *     for (int64_t n = 1;; n++) {
 *         fault_plan_clear(&plan);
 *         plan.call_at = n;
 *         plan.class = GOVSVC_STORE_FULL | GOVSVC_STORE_GONE;
 *         ... the operation under test ...
 *         if (fault_plan_spent(&plan) == 0) break;     (it passed without meeting the failure)
 *     }
 */
#ifndef TESTS_SUPPORT_FAULT_H
#define TESTS_SUPPORT_FAULT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "govsvc/store.h"

typedef struct fault_plan {
    /* The driver. Every call that can fail is counted: open, run, columns, prepare, execute, query, next,
     * begin, commit, savepoint, release, rollback_to, backup, check. */
    int64_t call_at;   /* this call fails, counted from 1; 0: none */
    bool call_onwards; /* and all after it */
    bool commits_only; /* only commits are counted, and fail */
    int class; /* with this class; GOVSVC_STORE_GONE and _LOST do to the transaction what they say */
    bool commit_passes; /* where the call is a commit it takes place, and only its answer is a failure */

    /* The allocator. */
    int64_t allocation_at; /* this allocation or reallocation answers NULL, counted from 1; 0: none */
    bool allocation_onwards;

    /* What came of it. */
    atomic_int_least64_t calls;
    atomic_int_least64_t allocations;
    atomic_int_least64_t failures; /* calls and allocations that were made to fail */
    atomic_int_least64_t live;     /* blocks allocated and not yet released: 0 at the end, or it leaks */
} fault_plan;

/* Plans nothing and counts from the start again; live blocks stay counted. */
void fault_plan_clear(fault_plan *plan);
/* How many failures there were since the plan was cleared. */
int64_t fault_plan_spent(fault_plan *plan);

/* A driver over inner that follows plan. One at a time in a process: the contract has no place to keep
 * more. */
const govsvc_driver *fault_driver(const govsvc_driver *inner, fault_plan *plan);

govsvc_allocator fault_allocator(fault_plan *plan);

#endif
