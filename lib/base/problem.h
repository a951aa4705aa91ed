/* lib/base/problem.h - collecting what is wrong, all of it, before anything is refused.
 *
 * May use: arena. The words of a rule stand in one table (problem.c), by the rule's name, with
 * {field}, {expected} and {got} where they belong; a caller that has better words gives its own.
 */
#ifndef GS_BASE_PROBLEM_H
#define GS_BASE_PROBLEM_H

#include "base/arena.h"

typedef struct gs_problems gs_problems;

/* Limit of problems kept in one list; the rest is dropped, the last says so. */
#define GS_PROBLEMS_MAX 256

gs_problems *gs_problems_new(const govsvc_allocator *allocator);
void gs_problems_free(gs_problems *problems);
void gs_problems_clear(gs_problems *problems);
/* The arena the texts live in, to print expected and got into. */
gs_arena *gs_problems_arena(gs_problems *problems);

/* Adds a problem; its strings are copied. status 0 means GOVSVC_INVALID; a NULL text is made from the
 * rule's row. problems may be NULL: nothing happens. Always answers the status, so that a check can
 * end in `return gs_problem_add(...)`. */
govsvc_status gs_problem_add(gs_problems *problems, const govsvc_problem *problem);

uint64_t gs_problems_count(const gs_problems *problems);
const govsvc_problem *gs_problems_at(const gs_problems *problems, uint64_t index);
/* GOVSVC_OK if the list is empty, NO_MEMORY if it could not hold everything, else the first
 * problem's status. */
govsvc_status gs_problems_status(const gs_problems *problems);

/* For pure functions: hands the list over as a result (and frees it where out is NULL or there is
 * nothing to say), and answers its status. */
govsvc_status gs_problems_give(gs_problems *problems, const govsvc_problem_list **out);

#endif
