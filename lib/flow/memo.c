#include "flow/memo.h"

const void *gs_memo_find(const gs_memo *memo, int64_t id)
{
    for (size_t i = 0; i < memo->count; i++)
        if (memo->items[i].id == id)
            return memo->items[i].at;
    return NULL;
}

void gs_memo_keep(gs_memo *memo, const govsvc_allocator *allocator, const gs_record *record, const void *at)
{
    if (!memo->arena)
        memo->arena = gs_arena_new(allocator, 0);
    if (!memo->arena || memo->count == GS_MEMO_MAX)
        return;
    void *copy = gs_arena_alloc(memo->arena, record->size);
    if (!copy || !gs_record_copy(record, copy, at, memo->arena))
        return; /* it will be read from the store again */
    memo->items[memo->count].id = ((const gs_head *)at)->id;
    memo->items[memo->count++].at = copy;
}

void gs_memo_refresh(gs_memo *memo)
{
    if (!memo->arena || (memo->count < GS_MEMO_MAX && !gs_arena_failed(memo->arena)))
        return;
    gs_arena_reset(memo->arena);
    memo->count = 0;
}

void gs_memo_free(gs_memo *memo)
{
    gs_arena_free(memo->arena);
    *memo = (gs_memo){.arena = NULL};
}
