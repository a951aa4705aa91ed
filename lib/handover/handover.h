/* lib/handover/handover.h - handovers of paper from the inside.
 *
 * May use: application and below.
 */
#ifndef GS_HANDOVER_HANDOVER_H
#define GS_HANDOVER_HANDOVER_H

#include "flow/flow.h"
#include "govsvc/handover.h"

extern const gs_service gs_service_handover;
extern const gs_record gs_record_handover, gs_record_handover_draft, gs_record_handover_return_draft,
    gs_record_handover_count, gs_record_handover_item, gs_record_handover_query, gs_record_handover_page;

/* items.c: a list of papers. */
typedef struct gs_papers {
    const govsvc_handover_item *const *items;
    uint64_t count;
} gs_papers;

/* Every item once, of an application that the actor may read and this organ handles, and asked for by its matter.
 * *named are the same items with the matter's names. */
govsvc_status gs_papers_check(gs_call *call, const char *organ, gs_papers papers, gs_papers *named);
/* No item twice: told where one is. */
void gs_papers_check_twice(gs_call *call, gs_papers papers);
/* Tells every difference between what was sent and what was counted. */
void gs_papers_compare(gs_call *call, gs_papers sent, gs_papers counted);
/* The same items with the names they have in another list; false: no memory. */
bool gs_papers_name(gs_arena *arena, gs_papers from, gs_papers papers, gs_papers *named);
/* How many copies of an item there are. */
int64_t gs_papers_copies(gs_papers papers, const govsvc_handover_item *item);

/* find.c: "handover.find" */
govsvc_status gs_handover_find(gs_call *call);

#endif
