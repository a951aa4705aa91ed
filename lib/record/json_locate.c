/* Where in a JSON text something is, without reading it whole: what jansson's errors lack. The text may be
 * broken in any way; what is walked over is taken to be JSON as far as it looks like it. */
#include <string.h>

#include "record/json_parse.h"
#include "record/record.h"

/* An object or array that is open at the offset. */
typedef struct frame {
    bool object;
    bool named;      /* the member's name is known and its value not yet left */
    bool value;      /* behind the colon */
    const char *key; /* with its quotes */
    size_t key_size;
    uint64_t index;
} frame;

typedef struct walk {
    frame frames[GS_JSON_DEPTH_MAX];
    size_t depth;
} walk;

/* From the opening quote to behind the closing one; end where it has none. */
static const char *string_end(const char *at, const char *end)
{
    for (at++; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '"')
            return at + 1;
    }
    return end;
}

static void walk_string(walk *to, const char *from, const char *behind)
{
    frame *top = to->depth && to->depth <= GS_JSON_DEPTH_MAX ? &to->frames[to->depth - 1] : NULL;
    if (!top || !top->object || top->value || behind - from < 2 || behind[-1] != '"')
        return;
    top->key = from;
    top->key_size = (size_t)(behind - from);
    top->named = true;
}

static void walk_mark(walk *to, char mark)
{
    if (mark == '{' || mark == '[') {
        if (to->depth++ < GS_JSON_DEPTH_MAX)
            to->frames[to->depth - 1] = (frame){.object = mark == '{'};
        return;
    }
    if ((mark == '}' || mark == ']') && to->depth) {
        to->depth--;
        return;
    }
    frame *top = to->depth && to->depth <= GS_JSON_DEPTH_MAX ? &to->frames[to->depth - 1] : NULL;
    if (!top)
        return;
    if (mark == ':')
        top->value = true;
    if (mark == ',') {
        top->index++;
        top->named = top->value = false;
    }
}

size_t gs_json_depth(const char *text, size_t size)
{
    size_t depth = 0, deepest = 0;
    for (const char *at = text, *end = text + size; at < end;) {
        if (*at == '"') {
            at = string_end(at, end);
            continue;
        }
        if (*at == '{' || *at == '[')
            deepest = ++depth > deepest ? depth : deepest;
        else if ((*at == '}' || *at == ']') && depth)
            depth--;
        at++;
    }
    return deepest;
}

/* A member's name without quotes and escapes; NULL where it is broken itself. */
static const char *name_of(const frame *open, gs_arena *arena)
{
    json_t *name = json_loadb(open->key, open->key_size, JSON_DECODE_ANY, NULL);
    const char *copy = name ? gs_arena_text(arena, json_string_value(name)) : NULL;
    json_decref(name);
    return copy;
}

const char *gs_json_locate(const char *text, size_t offset, const gs_path *path, gs_arena *arena)
{
    walk to = {.depth = 0};
    /* A closing bracket that stands where it may not is still inside of what it would close. */
    if (offset && (text[offset - 1] == '}' || text[offset - 1] == ']'))
        offset--;
    for (const char *at = text, *end = text + offset; at < end;) {
        const char *from = at;
        at = *at == '"' ? string_end(at, end) : at + 1;
        if (*from == '"')
            walk_string(&to, from, at);
        else
            walk_mark(&to, *from);
    }
    gs_path places[GS_JSON_DEPTH_MAX];
    for (size_t i = 0; i < to.depth && i < GS_JSON_DEPTH_MAX; i++) {
        const frame *open = &to.frames[i];
        if (open->object && !open->named)
            break;
        places[i] = (gs_path){path, open->object ? name_of(open, arena) : NULL, open->index};
        if (open->object && !places[i].name)
            break;
        path = &places[i];
    }
    return gs_path_text(path, arena);
}
