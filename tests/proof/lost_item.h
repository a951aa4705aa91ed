/* tests/proof/lost_item.h - a made-up service: things found at a service hall, kept until they are claimed. */
#ifndef TESTS_PROOF_LOST_ITEM_H
#define TESTS_PROOF_LOST_ITEM_H

#include "flow/flow.h"

enum { LOST_ITEM_KEPT = 1, LOST_ITEM_CLAIMED = 2, LOST_ITEM_HANDED_OVER = 3 };

typedef struct lost_item_draft {
    uint64_t struct_size;
    const char *request_key;
    const char *what;     /* required */
    const char *division; /* of the hall; required */
    const char *finder;   /* personal */
} lost_item_draft;

typedef struct lost_item {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    int64_t state;
    int64_t claimed_at;
    const char *what;
    const char *division;
    const char *finder;
    const char *claimant;
} lost_item;

extern const gs_service service_lost_item;

#endif
