/* tests/support/paper.h - a file in memory, as the callbacks of import and export take it. */
#ifndef TESTS_SUPPORT_PAPER_H
#define TESTS_SUPPORT_PAPER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that are read in pieces, or that grow as they are written. */
typedef struct paper {
    char *bytes;
    size_t size, room, at, step; /* step 0: as much as is asked for */
    bool broken;                 /* reading fails at the end */
} paper;

static inline void paper_add(paper *to, const void *bytes, size_t size)
{
    if (to->size + size + 1 > to->room) {
        to->room = (to->size + size + 1) * 2;
        to->bytes = realloc(to->bytes, to->room);
        if (!to->bytes)
            abort();
    }
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
    to->bytes[to->size] = '\0';
}

static inline int64_t paper_read(void *context, void *bytes, size_t size)
{
    paper *from = context;
    size_t give = from->size - from->at < size ? from->size - from->at : size;
    if (from->step && give > from->step)
        give = from->step;
    if (!give && from->broken)
        return -1;
    memcpy(bytes, from->bytes + from->at, give);
    from->at += give;
    return (int64_t)give;
}

static inline bool paper_write(void *context, const void *bytes, size_t size)
{
    paper_add(context, bytes, size);
    return true;
}

static inline void paper_free(paper *at)
{
    free(at->bytes);
    *at = (paper){.size = 0};
}

#endif
