/* lib/base/arena.h - memory that is freed all at once, and results that live in it.
 *
 * May use: text. Failure is sticky: after a failed allocation every further one fails, so a
 * caller may build something whole and ask gs_arena_failed() once at its end.
 */
#ifndef GS_BASE_ARENA_H
#define GS_BASE_ARENA_H

#include <stdarg.h>

#include "govsvc/base.h"

typedef struct gs_arena gs_arena;

/* malloc, realloc, free */
extern const govsvc_allocator gs_allocator_default;

/* An arena whose first allocation is its root, root_size zeroed bytes. NULL: no memory. */
gs_arena *gs_arena_new(const govsvc_allocator *allocator, size_t root_size);
/* The root. It is what a caller gets as a result, and what govsvc_free() takes. */
void *gs_arena_root(gs_arena *arena);
void gs_arena_free(gs_arena *arena);
/* Back to the root alone (zeroed again); memory is kept for the next use. */
void gs_arena_reset(gs_arena *arena);
bool gs_arena_failed(const gs_arena *arena);

/* Zeroed, aligned for any type. NULL on failure. */
void *gs_arena_alloc(gs_arena *arena, size_t size);
/* count pointers or structs; NULL also where the product overflows. */
void *gs_arena_array(gs_arena *arena, size_t count, size_t size);
/* A NUL-terminated copy; NULL for NULL. */
char *gs_arena_text(gs_arena *arena, const char *text);
char *gs_arena_copy(gs_arena *arena, const void *bytes, size_t size);
char *gs_arena_print(gs_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *gs_arena_vprint(gs_arena *arena, const char *format, va_list arguments);

/* Text that grows at its end, in an arena. */
typedef struct gs_buffer {
    gs_arena *arena;
    char *text; /* NUL-terminated once anything was added */
    size_t size;
    size_t room;
} gs_buffer;

/* Room for size bytes more, where they go; whoever fills it adds size. NULL: no memory. */
char *gs_buffer_room(gs_buffer *buffer, size_t size);
void gs_buffer_add(gs_buffer *buffer, const void *bytes, size_t size);
void gs_buffer_text(gs_buffer *buffer, const char *text);
void gs_buffer_char(gs_buffer *buffer, char c);
void gs_buffer_print(gs_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A list one item longer; NULL: no memory. */
const void *const *gs_arena_append(gs_arena *arena, const void *items, uint64_t count, const void *item);

#endif
