/* lib/flow/memo.h - what cannot change any more and is read again and again, kept by a session.
 *
 * May use: record. It is found by its identifier and lives as long as the session's call at least: a memo
 * that is full takes nothing in until it is emptied between two calls.
 */
#ifndef GS_FLOW_MEMO_H
#define GS_FLOW_MEMO_H

#include "record/record.h"

enum { GS_MEMO_MAX = 32 };

typedef struct gs_memo {
    gs_arena *arena; /* of the items; NULL until there is one */
    size_t count;
    struct {
        int64_t id;
        const void *at;
    } items[GS_MEMO_MAX];
} gs_memo;

/* NULL: it is not known. */
const void *gs_memo_find(const gs_memo *memo, int64_t id);
/* Keeps a deep copy, if it can. */
void gs_memo_keep(gs_memo *memo, const govsvc_allocator *allocator, const gs_record *record, const void *at);
/* Between two calls: makes room, if the memo is full. */
void gs_memo_refresh(gs_memo *memo);
void gs_memo_free(gs_memo *memo);

#endif
