/* lib/store/connection_parts.h - what connection.c and group.c share; for them alone. */
#ifndef GS_STORE_CONNECTION_PARTS_H
#define GS_STORE_CONNECTION_PARTS_H

#include <pthread.h>
#include <time.h>

#include "store/connection.h"

enum { GS_BUCKETS = 128 };

struct gs_connection {
    gs_store *store;
    gs_connection *next; /* in the pool */
    govsvc_store_connection *raw;
    gs_crypto *crypto;
    struct gs_statement *buckets[GS_BUCKETS];
    size_t statements;
    int64_t writes;
    bool transaction;
    bool writing; /* holds the store's write turn alone */
    bool broken;  /* not to be used again */
};

/* Of whoever has the turn, and under no mutex: the turn is handed on through one. */
typedef struct gs_group {
    gs_connection *connection; /* NULL: no transaction is open */
    int64_t writes;            /* the connection's, when it was opened */
    gs_member *first, **last;  /* who sleeps until the commit */
    size_t count;
} gs_group;

struct gs_store {
    const govsvc_driver *driver;
    govsvc_allocator allocator;
    govsvc_store_options options;
    gs_keys keys;
    char *address;
    size_t limit; /* connections at most; a group's is one more */
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* the pool */
    gs_connection *idle;
    size_t lent;
    bool writer; /* somebody has the write turn */
    gs_member *waiting, **last_waiting;
    gs_group group;
    size_t group_before; /* how many shared the commit before */
};

/* When the patience of whoever begins to wait now is at its end. */
struct timespec gs_store_patience(const gs_store *store);
/* Begins a transaction; to write, by whoever has the turn. */
govsvc_status gs_begin_now(gs_connection *connection, bool write);
/* A connection besides those that are lent. message gets the engine's words where it does not open. */
govsvc_status gs_spare_take(gs_store *store, gs_connection **out, char message[GS_MESSAGE_SIZE]);
void gs_spare_give(gs_connection *connection);

/* The turn to write in an embedded store; BUSY where it does not come in time. */
govsvc_status gs_turn_take(gs_store *store, gs_member *member);
void gs_turn_give(gs_store *store);

#endif
