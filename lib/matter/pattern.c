#include "matter/pattern.h"

#include <string.h>

#include "base/text.h"

/* A character or a class, and how often it stands. */
typedef struct item {
    const char *from, *to; /* its text; of a class, what is between the brackets */
    bool class_, negated;
    size_t least, most;
    bool unbounded; /* most says nothing */
} item;

/* ---- reading ------------------------------------------------------------------------------------------- */

/* What stands for something else where it is not escaped. */
static const char special[] = "^$\\.*+?()[]{}|/";
static const char special_in_class[] = "\\[]^-";

/* One character, escaped or not, and *at behind it. false: it may not stand there. */
static bool read_character(const char **at, const char *marks, bool bare_dash, int32_t *out)
{
    bool escaped = **at == '\\', ascii = (unsigned char)(*at)[escaped] < 0x80;
    bool mark = ascii && (*at)[escaped] && strchr(marks, (*at)[escaped]);
    bool dash = bare_dash && **at == '-';
    if (escaped != mark && !(dash && !escaped))
        return false;
    *at += escaped;
    *out = gs_utf8_next(at);
    return *out > 0;
}

/* A character of a class, or a range of them. */
static bool read_range(const char **at, int32_t *first, int32_t *last)
{
    if (!read_character(at, special_in_class, true, first))
        return false;
    *last = *first;
    if (**at != '-' || (*at)[1] == ']')
        return true;
    ++*at;
    return read_character(at, special_in_class, true, last) && *first <= *last;
}

static bool read_class(const char **at, item *out)
{
    int32_t first, last;
    out->class_ = true;
    ++*at;
    out->negated = **at == '^';
    *at += out->negated;
    out->from = *at;
    while (**at && **at != ']')
        if (!read_range(at, &first, &last))
            return false;
    out->to = *at;
    if (out->from == out->to || **at != ']')
        return false;
    ++*at;
    return true;
}

static bool read_number(const char **at, size_t *out)
{
    const char *from = *at;
    for (*out = 0; **at >= '0' && **at <= '9' && *out <= GS_PATTERN_COUNT_MAX; ++*at)
        *out = *out * 10 + (size_t)(**at - '0');
    return *at > from && *out <= GS_PATTERN_COUNT_MAX;
}

/* {n}, {n,} or {n,m} */
static bool read_braces(const char **at, item *out)
{
    ++*at;
    if (!read_number(at, &out->least))
        return false;
    out->most = out->least;
    if (**at == ',') {
        ++*at;
        out->unbounded = **at == '}';
        if (!out->unbounded && !read_number(at, &out->most))
            return false;
    }
    return *(*at)++ == '}' && (out->unbounded || out->least <= out->most);
}

static bool read_count(const char **at, item *out)
{
    out->least = out->most = 1;
    switch (**at) {
    case '{':
        return read_braces(at, out);
    case '?':
        out->least = 0;
        break;
    case '*':
        out->least = 0;
        out->unbounded = true;
        break;
    case '+':
        out->unbounded = true;
        break;
    default:
        return true;
    }
    ++*at;
    return true;
}

static bool read_item(const char **at, item *out)
{
    int32_t character;
    *out = (item){.from = *at};
    if (**at == '[') {
        if (!read_class(at, out))
            return false;
    } else {
        if (!read_character(at, special, false, &character))
            return false;
        out->to = *at;
    }
    return read_count(at, out);
}

bool gs_pattern_right(const char *pattern)
{
    item read;
    if (!*pattern)
        return false;
    while (*pattern)
        if (!read_item(&pattern, &read))
            return false;
    return true;
}

/* ---- matching ------------------------------------------------------------------------------------------ */

static bool has(const item *of, int32_t character)
{
    const char *at = of->from;
    int32_t first, last;
    bool found = false;
    if (!of->class_)
        return read_character(&at, special, false, &first) && first == character;
    while (!found && at < of->to && read_range(&at, &first, &last))
        found = first <= character && character <= last;
    return found != of->negated;
}

/* Which ends an item may have: there is a reached beginning, as far before as it may stand often, and every
 * character between is one of its own. reached and next have a mark for each place between two characters. */
static void step(const item *of, const int32_t *characters, size_t count, const bool *reached, bool *next)
{
    size_t run = 0;  /* characters of its own just before this place */
    size_t last = 0; /* the nearest reached place that is far enough before; behind it: + 1 */
    for (size_t at = 0; at <= count; at++) {
        if (at)
            run = has(of, characters[at - 1]) ? run + 1 : 0;
        if (at >= of->least && reached[at - of->least])
            last = at - of->least + 1;
        size_t back = last ? at - (last - 1) : 0;
        next[at] = last && back <= run && (of->unbounded || back <= of->most);
    }
}

/* The text as characters; their count. */
static size_t characters_of(const char *text, int32_t *out)
{
    size_t count = 0;
    for (int32_t character; (character = gs_utf8_next(&text)) > 0;)
        out[count++] = character;
    return count;
}

bool gs_pattern_matches(const char *pattern, const char *text, gs_arena *arena)
{
    size_t room = strlen(text) + 1;
    int32_t *characters = gs_arena_array(arena, room, sizeof *characters);
    bool *reached = gs_arena_array(arena, room, sizeof *reached);
    bool *next = gs_arena_array(arena, room, sizeof *next);
    if (!characters || !reached || !next)
        return false;
    size_t count = characters_of(text, characters);
    reached[0] = true;
    for (item of; *pattern;) {
        if (!read_item(&pattern, &of))
            return false;
        step(&of, characters, count, reached, next);
        bool *other = reached;
        reached = next;
        next = other;
    }
    return reached[count];
}
