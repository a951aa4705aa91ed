/* lib/record/path.h - where in an input something is: a chain on the stack, printed only when it is told.
 *
 * May use: base.
 */
#ifndef GS_RECORD_PATH_H
#define GS_RECORD_PATH_H

#include "base/problem.h"

typedef struct gs_path {
    const struct gs_path *above; /* NULL: the root */
    const char *name;            /* a member; at the root: the JSON Pointer to begin with, may be NULL */
    uint64_t index;              /* where name is NULL below the root: the item of a list */
} gs_path;

/* The JSON Pointer (RFC 6901) in an arena; "" where there is no memory. */
const char *gs_path_text(const gs_path *path, gs_arena *arena);

/* Tells a problem there. got is left out where it is NULL. Nothing is done where problems is NULL. */
govsvc_status gs_path_tell(const gs_path *path, gs_problems *problems, const char *rule, const char *expected,
                           const char *got);

#endif
