#include "store/group.h"

#include <errno.h>
#include <time.h>

struct gs_waiter {
    gs_waiter *next;
    pthread_cond_t wake;
    govsvc_status status; /* of the commit */
    bool solo;
    bool granted; /* the turn is theirs */
    bool ended;   /* the transaction is over */
};

void gs_turn_init(gs_turn *turn)
{
    *turn = (gs_turn){.held = false};
    pthread_mutex_init(&turn->mutex, NULL);
}

void gs_turn_destroy(gs_turn *turn)
{
    pthread_mutex_destroy(&turn->mutex);
}

static void enqueue(gs_turn *turn, gs_waiter *self)
{
    if (turn->last)
        turn->last->next = self;
    else
        turn->first = self;
    turn->last = self;
}

static void withdraw(gs_turn *turn, gs_waiter *self)
{
    gs_waiter *before = NULL;
    for (gs_waiter *at = turn->first; at != self; at = at->next)
        before = at;
    if (before)
        before->next = self->next;
    else
        turn->first = self->next;
    if (turn->last == self)
        turn->last = before;
}

/* To who waits longest; nobody: it is free. */
static void grant_next(gs_turn *turn)
{
    gs_waiter *next = turn->first;
    turn->held = next != NULL;
    if (!next)
        return;
    turn->first = next->next;
    if (!turn->first)
        turn->last = NULL;
    next->next = NULL;
    next->granted = true;
    pthread_cond_signal(&next->wake);
}

static govsvc_status wait_for_turn(gs_turn *turn, gs_waiter *self, const struct timespec *until)
{
    int error = 0;
    enqueue(turn, self);
    while (!self->granted && error != ETIMEDOUT)
        error = pthread_cond_timedwait(&self->wake, &turn->mutex, until);
    if (self->granted)
        return GOVSVC_OK;
    withdraw(turn, self);
    return GOVSVC_BUSY;
}

govsvc_status gs_turn_take(gs_turn *turn, const struct timespec *until, bool solo)
{
    gs_waiter self = {.solo = solo};
    govsvc_status status = GOVSVC_OK;
    pthread_mutex_lock(&turn->mutex);
    if (turn->held) {
        pthread_cond_init(&self.wake, NULL);
        status = wait_for_turn(turn, &self, until);
        pthread_cond_destroy(&self.wake);
    } else {
        turn->held = true;
    }
    pthread_mutex_unlock(&turn->mutex);
    return status;
}

void gs_turn_give(gs_turn *turn)
{
    gs_turn_end(turn, GOVSVC_OK);
}

static govsvc_status wait_for_end(gs_turn *turn)
{
    gs_waiter self = {.next = turn->members};
    pthread_cond_init(&self.wake, NULL);
    turn->members = &self;
    turn->count++;
    while (!self.ended)
        pthread_cond_wait(&self.wake, &turn->mutex);
    pthread_cond_destroy(&self.wake);
    return self.status;
}

bool gs_turn_pass(gs_turn *turn, bool kept, govsvc_status *status)
{
    pthread_mutex_lock(&turn->mutex);
    bool passed = turn->first && !turn->first->solo && turn->count + kept < GS_GROUP_MAX;
    if (passed) {
        grant_next(turn);
        if (kept)
            *status = wait_for_end(turn);
    }
    pthread_mutex_unlock(&turn->mutex);
    return passed;
}

bool gs_turn_shared(gs_turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    bool shared = turn->count > 0;
    pthread_mutex_unlock(&turn->mutex);
    return shared;
}

void gs_turn_end(gs_turn *turn, govsvc_status status)
{
    pthread_mutex_lock(&turn->mutex);
    for (gs_waiter *at = turn->members, *next; at; at = next) {
        next = at->next; /* once it is told it may be gone */
        at->status = status;
        at->ended = true;
        pthread_cond_signal(&at->wake);
    }
    turn->members = NULL;
    turn->count = 0;
    grant_next(turn);
    pthread_mutex_unlock(&turn->mutex);
}
