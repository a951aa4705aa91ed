/* lib/text/search.c - from a query to the ranges of grams in which its matches must stand.
 *
 * May use: base. A word is cut into steps, one for each character of a title that it would match: by text
 * one way, by pinyin and by initials perhaps several. Each way to cut it is a path, and each path an
 * alternative. Paths grow side by side and stop before there are too many: a shorter one asks for less,
 * and so loses nothing.
 */
#include "text/parts.h"

#include <string.h>

#include "base/text.h"

/* By text there is one path, so that the other two ways share the rest. */
enum { STEPS_MAX = GS_RANGES_MAX, PATHS_MAX = (GS_ALTERNATIVES_MAX - 1) / 2 };

/* One character of a title: a code, a letter that it begins with, or a syllable. Only the last of a word may
 * be any of several, as it may be cut short. */
typedef struct step {
    gs_way way;
    uint32_t low;
    uint32_t high;
} step;

typedef struct path {
    size_t at; /* in the codes */
    size_t count;
    step steps[STEPS_MAX];
} path;

typedef struct paths {
    size_t count;
    path list[PATHS_MAX];
} paths;

/* ---- words ------------------------------------------------------------------------------------------- */

static void split(const char *folded, uint32_t *codes, gs_search *search)
{
    bool open = false;
    for (int32_t c; search->code_count < GS_QUERY_MAX && (c = gs_utf8_next(&folded)) > 0;) {
        if (c == ' ' || c == '\n') {
            open = false;
            continue;
        }
        if (!open && search->word_count == GS_WORDS_MAX)
            return;
        if (!open)
            search->words[search->word_count++].from = search->code_count;
        open = true;
        codes[search->code_count++] = (uint32_t)c;
        search->words[search->word_count - 1].to = search->code_count;
    }
}

static bool has_letters(const uint32_t *codes, const gs_word *word)
{
    for (size_t i = word->from; i < word->to; i++)
        if (gs_is_letter(codes[i]))
            return true;
    return false;
}

/* ---- fits -------------------------------------------------------------------------------------------- */

static void fit_syllables(const uint32_t *codes, size_t count, gs_fits *fits)
{
    char letters[GS_SYLLABLE_SIZE];
    uint16_t low, high;
    for (size_t i = 0; i < count && i < GS_SYLLABLE_SIZE && gs_is_letter(codes[i]); i++) {
        uint16_t size = (uint16_t)(i + 1);
        letters[i] = (char)codes[i];
        if (!gs_pinyin_range(letters, size, &low, &high))
            return;
        if (size == count)
            fits->list[fits->count++] = (gs_fit){size, low, high};
        else if (strlen(gs_pinyin_syllable(low)) == size)
            fits->list[fits->count++] = (gs_fit){size, low, low};
    }
}

/* zh, ch and sh are typed as two letters or as one. */
static void fit_initials(const uint32_t *codes, size_t count, gs_fits *fits)
{
    char letters[] = {(char)codes[0], 'h'};
    uint16_t low = 1, high = 0;
    gs_pinyin_range(letters, 1, &low, &high);
    fits->list[fits->count++] = (gs_fit){1, low, high};
    if (count > 1 && codes[1] == 'h' && strchr("zcs", letters[0]) && gs_pinyin_range(letters, 2, &low, &high))
        fits->list[fits->count++] = (gs_fit){2, low, high};
}

static void fit_word(const gs_word *word, const uint32_t *codes, gs_fits *syllables, gs_fits *initials)
{
    for (size_t i = word->from; i < word->to; i++) {
        if (!gs_is_letter(codes[i]))
            continue;
        fit_syllables(codes + i, word->to - i, syllables + i);
        fit_initials(codes + i, word->to - i, initials + i);
    }
}

/* ---- paths ------------------------------------------------------------------------------------------- */

static bool extend(const path *from, step next, size_t size, paths *to)
{
    if (to->count == PATHS_MAX)
        return false;
    path *made = &to->list[to->count++];
    *made = *from;
    made->at += size;
    made->steps[made->count++] = next;
    return true;
}

/* The paths that are one step longer; false: more than there is room for. */
static bool branch(const gs_search *search, gs_way way, const path *from, paths *to)
{
    uint32_t code = search->codes[from->at];
    bool fits = true;
    if (way == GS_BY_TEXT || !gs_is_letter(code))
        return extend(from, (step){GS_BY_TEXT, code, code}, 1, to);
    const gs_fits *at = &search->fits[way][from->at];
    for (size_t i = 0; fits && i < at->count; i++) {
        const gs_fit *fit = &at->list[i];
        step next = way == GS_BY_PINYIN ? (step){way, fit->low, fit->high} : (step){way, code, code};
        fits = extend(from, next, fit->size, to);
    }
    return fits;
}

/* One step on for all that have not reached the word's end; false: they stay where they are. */
static bool lengthen(const gs_search *search, const gs_word *word, gs_way way, const paths *now, paths *next)
{
    bool fits = true;
    next->count = 0;
    for (size_t i = 0; fits && i < now->count; i++) {
        if (now->list[i].at < word->to)
            fits = branch(search, way, &now->list[i], next);
        else if ((fits = next->count < PATHS_MAX))
            next->list[next->count++] = now->list[i];
    }
    return fits;
}

/* The ranges of one path; answers how many. A step without a neighbour of its own kind stands alone. */
static size_t ranges_of(const path *from, gs_range *out)
{
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        const step *one = &from->steps[i];
        bool before = i > 0 && one[-1].way == one->way;
        bool after = i + 1 < from->count && one[1].way == one->way;
        if (after)
            out[count++] =
                (gs_range){gs_gram(one->way, one->low, one[1].low), gs_gram(one->way, one->low, one[1].high)};
        else if (!before)
            out[count++] =
                (gs_range){gs_gram(one->way, one->low, 0), gs_gram(one->way, one->high, GS_GRAM_LAST)};
    }
    return count;
}

static void add_alternative(gs_arena *arena, const path *from, gs_buffer *to)
{
    gs_range *ranges = gs_arena_array(arena, from->count, sizeof *ranges);
    if (!ranges)
        return;
    gs_alternative alternative = {ranges, ranges_of(from, ranges)};
    gs_buffer_add(to, &alternative, sizeof alternative);
}

static void add_way(gs_arena *arena, const gs_search *search, const gs_word *word, gs_way way, gs_buffer *to)
{
    paths sides[2], *now = &sides[0], *next = &sides[1];
    now->count = 1;
    now->list[0].at = word->from;
    now->list[0].count = 0;
    for (size_t steps = 0; steps < STEPS_MAX && lengthen(search, word, way, now, next); steps++) {
        paths *longer = next;
        next = now;
        now = longer;
    }
    for (size_t i = 0; i < now->count; i++)
        add_alternative(arena, &now->list[i], to);
}

static void finish_word(gs_arena *arena, const gs_search *search, gs_word *word)
{
    gs_buffer found = {.arena = arena};
    int last = has_letters(search->codes, word) ? GS_BY_INITIALS : GS_BY_TEXT;
    for (int way = GS_BY_TEXT; way <= last; way++)
        add_way(arena, search, word, (gs_way)way, &found);
    word->alternatives = (const gs_alternative *)found.text; /* an arena's memory is aligned for any type */
    word->alternative_count = found.size / sizeof *word->alternatives;
}

govsvc_status gs_search_parse(const gs_pinyin *pinyin, const char *query, gs_arena *arena, gs_search *out)
{
    gs_search search = {.pinyin = pinyin, .last_way = GS_BY_TEXT};
    const char *folded = gs_fold(arena, query);
    uint32_t *codes = gs_arena_array(arena, GS_QUERY_MAX, sizeof *codes);
    gs_fits *syllables = gs_arena_array(arena, GS_QUERY_MAX, sizeof *syllables);
    gs_fits *initials = gs_arena_array(arena, GS_QUERY_MAX, sizeof *initials);
    if (!folded || !codes || !syllables || !initials)
        return GOVSVC_NO_MEMORY;
    split(folded, codes, &search);
    search.codes = codes;
    search.fits[GS_BY_PINYIN] = syllables;
    search.fits[GS_BY_INITIALS] = initials;
    for (size_t i = 0; i < search.word_count; i++) {
        fit_word(&search.words[i], codes, syllables, initials);
        finish_word(arena, &search, &search.words[i]);
        if (has_letters(codes, &search.words[i]))
            search.last_way = GS_BY_INITIALS;
    }
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    *out = search;
    return GOVSVC_OK;
}
