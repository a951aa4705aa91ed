#include "base/arena.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SPARE: the largest chunk that outlives a reset, so that an arena in steady use needs no more memory. */
enum { ALIGNMENT = 16, CHUNK = 4096 - 64, SPARE = 1 << 16 };

typedef struct chunk {
    struct chunk *next;
    size_t size; /* bytes behind this head */
    size_t used;
    size_t padding;
} chunk;

/* Stands at the start of the first chunk; the root follows it at once, so that a result's pointer
 * leads back to its arena. */
struct gs_arena {
    uint64_t magic;
    govsvc_allocator allocator;
    chunk *newest;
    chunk *first;
    chunk *spare; /* or NULL */
    size_t root_size;
    bool failed;
};

static const uint64_t MAGIC = 0x676f767376632e31;

static void *default_allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void *default_reallocate(void *context, void *memory, size_t size)
{
    (void)context;
    return realloc(memory, size);
}

static void default_release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

const govsvc_allocator gs_allocator_default = {default_allocate, default_reallocate, default_release, NULL};

static size_t round_up(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static chunk *chunk_new(const govsvc_allocator *allocator, size_t size)
{
    chunk *made = allocator->allocate(allocator->context, sizeof(chunk) + size);
    if (made)
        *made = (chunk){.size = size};
    return made;
}

gs_arena *gs_arena_new(const govsvc_allocator *allocator, size_t root_size)
{
    size_t head = round_up(sizeof(gs_arena)), need = head + round_up(root_size);
    chunk *first = chunk_new(allocator, need > CHUNK / 4 ? need + CHUNK : CHUNK);
    if (!first)
        return NULL;
    gs_arena *arena = (gs_arena *)(first + 1);
    *arena = (gs_arena){
        .magic = MAGIC, .allocator = *allocator, .newest = first, .first = first, .root_size = root_size};
    first->used = need;
    memset(gs_arena_root(arena), 0, root_size);
    return arena;
}

void *gs_arena_root(gs_arena *arena)
{
    return (char *)arena + round_up(sizeof(gs_arena));
}

static void release_from(const govsvc_allocator *allocator, chunk *at, const chunk *keep)
{
    for (chunk *next; at && at != keep; at = next) {
        next = at->next;
        allocator->release(allocator->context, at);
    }
}

void gs_arena_free(gs_arena *arena)
{
    if (!arena)
        return;
    govsvc_allocator allocator = arena->allocator;
    arena->magic = 0;
    release_from(&allocator, arena->spare, NULL);
    release_from(&allocator, arena->newest, NULL);
}

void gs_arena_reset(gs_arena *arena)
{
    chunk *last = arena->newest;
    if (last != arena->first && last->size <= SPARE) {
        release_from(&arena->allocator, arena->spare, NULL);
        arena->spare = last;
        last = last->next;
        arena->spare->next = NULL;
    }
    release_from(&arena->allocator, last, arena->first);
    arena->newest = arena->first;
    arena->first->used = round_up(sizeof(gs_arena)) + round_up(arena->root_size);
    arena->failed = false;
    memset(gs_arena_root(arena), 0, arena->root_size);
}

bool gs_arena_failed(const gs_arena *arena)
{
    return arena->failed;
}

static chunk *room_for(gs_arena *arena, size_t size)
{
    if (arena->newest->size - arena->newest->used >= size)
        return arena->newest;
    size_t last = arena->newest->size;
    chunk *more = arena->spare;
    if (more && more->size >= size) {
        arena->spare = NULL;
        more->used = 0;
    } else {
        more = chunk_new(&arena->allocator, size > last ? size + CHUNK : (last < 1 << 20 ? last * 2 : last));
    }
    if (!more)
        return NULL;
    more->next = arena->newest;
    arena->newest = more;
    return more;
}

/* Not zeroed. */
static void *take(gs_arena *arena, size_t size)
{
    if (arena->failed)
        return NULL;
    chunk *in = size > SIZE_MAX / 2 ? NULL : room_for(arena, round_up(size));
    if (!in) {
        arena->failed = true;
        return NULL;
    }
    void *memory = (char *)(in + 1) + in->used;
    in->used += round_up(size);
    return memory;
}

void *gs_arena_alloc(gs_arena *arena, size_t size)
{
    void *memory = take(arena, size);
    return memory ? memset(memory, 0, size) : NULL;
}

void *gs_arena_array(gs_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size) {
        arena->failed = true;
        return NULL;
    }
    return gs_arena_alloc(arena, count * size);
}

char *gs_arena_copy(gs_arena *arena, const void *bytes, size_t size)
{
    char *copy = take(arena, size + 1);
    if (!copy)
        return NULL;
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

char *gs_arena_text(gs_arena *arena, const char *text)
{
    return text ? gs_arena_copy(arena, text, strlen(text)) : NULL;
}

static char *put(char *to, const char *end, const char *text, size_t size)
{
    if ((size_t)(end - to) <= size)
        return NULL;
    memcpy(to, text, size);
    return to + size;
}

/* Nearly all formats hold nothing but %s, %d, %ld and %lld; they are put together here in a fraction of the time that
 * the C library takes. Answers where the text ends, before end; NULL: it does not fit, or there is something else. */
static char *print_plain(char *to, const char *end, const char *format, va_list arguments)
{
    for (const char *at; to && (at = strchr(format, '%')) != NULL; format = at + 1) {
        int longs = 0;
        to = put(to, end, format, (size_t)(at - format));
        while (*++at == 'l')
            longs++;
        if (!to) {
            break;
        } else if (*at == 's' && longs == 0) {
            const char *text = va_arg(arguments, const char *);
            to = text ? put(to, end, text, strlen(text)) : NULL;
        } else if (*at == 'd' && longs <= 2) {
            char digits[GS_INTEGER_SIZE];
            int64_t number = longs == 2   ? va_arg(arguments, long long)
                             : longs == 1 ? va_arg(arguments, long)
                                          : va_arg(arguments, int);
            to = put(to, end, digits, gs_integer_write(number, digits));
        } else {
            return NULL;
        }
    }
    return to ? put(to, end, format, strlen(format)) : NULL;
}

/* Into what is left of the newest chunk. */
static char *print_in_place(gs_arena *arena, const char *format, va_list arguments)
{
    chunk *in = arena->newest;
    size_t room = (in->size - in->used) & ~(size_t)(ALIGNMENT - 1);
    char *to = (char *)(in + 1) + in->used;
    char *end = arena->failed ? NULL : print_plain(to, to + room, format, arguments);
    if (!end)
        return NULL;
    *end = '\0';
    in->used += round_up((size_t)(end - to) + 1);
    return to;
}

char *gs_arena_vprint(gs_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    char *quick = print_in_place(arena, format, again);
    va_end(again);
    if (quick)
        return quick;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = size < 0 ? NULL : gs_arena_alloc(arena, (size_t)size + 1);
    if (text)
        vsnprintf(text, (size_t)size + 1, format, arguments);
    return text;
}

char *gs_arena_print(gs_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = gs_arena_vprint(arena, format, arguments);
    va_end(arguments);
    return text;
}

char *gs_buffer_room(gs_buffer *buffer, size_t size)
{
    if (buffer->room - buffer->size <= size || !buffer->text) {
        size_t room = (buffer->size + size + 1) * 2 + 256;
        char *wider = take(buffer->arena, room);
        if (!wider)
            return NULL;
        if (buffer->size)
            memcpy(wider, buffer->text, buffer->size);
        buffer->text = wider;
        buffer->room = room;
    }
    return buffer->text + buffer->size;
}

void gs_buffer_add(gs_buffer *buffer, const void *bytes, size_t size)
{
    char *to = gs_buffer_room(buffer, size);
    if (!to)
        return;
    if (size)
        memcpy(to, bytes, size);
    buffer->size += size;
    buffer->text[buffer->size] = '\0';
}

void gs_buffer_text(gs_buffer *buffer, const char *text)
{
    gs_buffer_add(buffer, text, strlen(text));
}

void gs_buffer_char(gs_buffer *buffer, char c)
{
    char *to = gs_buffer_room(buffer, 1);
    if (!to)
        return;
    to[0] = c;
    to[1] = '\0';
    buffer->size++;
}

void gs_buffer_print(gs_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = gs_arena_vprint(buffer->arena, format, arguments);
    va_end(arguments);
    if (text)
        gs_buffer_text(buffer, text);
}

void govsvc_free(const void *result)
{
    if (!result)
        return;
    gs_arena *arena = (gs_arena *)((const char *)result - round_up(sizeof(gs_arena)));
    if (arena->magic == MAGIC)
        gs_arena_free(arena);
}

const void *const *gs_arena_append(gs_arena *arena, const void *items, uint64_t count, const void *item)
{
    const void **longer = gs_arena_array(arena, count + 1, sizeof *longer);
    if (!longer)
        return NULL;
    if (count)
        memcpy(longer, items, count * sizeof *longer);
    longer[count] = item;
    return (const void *const *)longer;
}
