/* lib/matter/title.h - the words by which matters are found.
 *
 * May use: matter.h, text. A title is a name and its other names; all matters with the same ones share it, as a
 * region's matter and the claims of a thousand bodies do. Its grams stand in a table of their own, each with a
 * weight by which the better matches come first.
 */
#ifndef GS_MATTER_TITLE_H
#define GS_MATTER_TITLE_H

#include "matter/matter.h"
#include "text/text.h"

extern const gs_record gs_record_title, gs_record_title_gram;

/* One for all threads of a handle; NULL: no memory. */
const gs_pinyin *gs_pinyin_of(gs_host *host);

/* ---- candidates.c ------------------------------------------------------------------------------------ */

/* A title that matches. */
typedef struct gs_ranked {
    int64_t rank;
    int64_t title;
} gs_ranked;

/* Of which matters it is asked: organ "" is any. */
typedef struct gs_title_scope {
    gs_division_span within;
    const char *organ;
} gs_title_scope;

/* The titles that match, best first; scope may be NULL. *cut: there were too many to look at each. They live in the
 * call's arena. */
govsvc_status gs_titles_rank(gs_call *call, const char *query, const gs_title_scope *scope, gs_ranked **out,
                             size_t *count, bool *cut);

#endif
