/* lib/store/group.h - the turn to write in an embedded store, and who shares a transaction.
 *
 * May use: base. One at a time writes; whoever waits does so here, in the order in which they came. A solo has the
 * turn until they give it back. Members of a group pass it on with the transaction still open: each has done their
 * part of it and waits; the one behind whom nobody waits commits for all, and everybody is told how that went. So
 * threads that commit at the same moment share one flush of the disk, and nobody is answered before it.
 */
#ifndef GS_STORE_GROUP_H
#define GS_STORE_GROUP_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "govsvc/base.h"

enum { GS_GROUP_MAX = 64 }; /* members that share a transaction */

typedef struct gs_waiter gs_waiter;
typedef struct gs_turn {
    pthread_mutex_t mutex;
    bool held;
    gs_waiter *first, *last; /* who waits for the turn */
    gs_waiter *members;      /* who has done their part and waits for the commit */
    size_t count;
} gs_turn;

void gs_turn_init(gs_turn *turn);
void gs_turn_destroy(gs_turn *turn);
/* BUSY where it does not come until then. */
govsvc_status gs_turn_take(gs_turn *turn, const struct timespec *until, bool solo);
/* A solo's, or of a group that came to nothing. */
void gs_turn_give(gs_turn *turn);
/* A member passes it on within the transaction; kept: what they did is part of it, and *status is what became of
 * the commit. false: nobody is to follow, so that the member must end it. */
bool gs_turn_pass(gs_turn *turn, bool kept, govsvc_status *status);
/* Did somebody before do a part of this transaction? */
bool gs_turn_shared(gs_turn *turn);
/* The transaction is over: its members are told, and the turn goes to who waits. */
void gs_turn_end(gs_turn *turn, govsvc_status status);

#endif
