/* lib/text/rank.c - how well a title matches a query.
 *
 * May use: base. A query is followed along a title from each of its characters, all readings at once: what is
 * kept is which places of the query may have been reached, so that the work is bounded whatever the
 * two are.
 */
#include "text/parts.h"

/* The places of the query, at which the rest of it would go on. */
typedef struct front {
    size_t count;
    uint8_t at[GS_QUERY_MAX + 1];
} front;

typedef enum place { WHOLE, BEGINNING, INSIDE, SCATTERED, PLACES } place;

/* Part of the query: the codes from .. to - 1. */
typedef struct span {
    size_t from;
    size_t to;
} span;

static bool reached(const front *places, size_t at)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->at[i] == at)
            return true;
    return false;
}

static void reach(front *places, size_t at)
{
    if (!reached(places, at))
        places->at[places->count++] = (uint8_t)at;
}

static bool reads(const gs_fit *fit, const uint16_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] >= fit->low && ids[i] <= fit->high)
            return true;
    return false;
}

/* One character of a title. By pinyin a letter is part of a reading, and never itself. */
static void follow(const gs_search *search, gs_way way, size_t end, uint32_t code, const front *now,
                   front *next)
{
    const uint16_t *ids = NULL;
    size_t id_count = way == GS_BY_TEXT ? 0 : gs_pinyin_readings(search->pinyin, code, &ids);
    next->count = 0;
    for (size_t i = 0; i < now->count; i++) {
        size_t at = now->at[i];
        if (at == end)
            continue;
        if (search->codes[at] == code && (way != GS_BY_PINYIN || !gs_is_letter(code)))
            reach(next, at + 1);
        for (size_t fit = 0; id_count && fit < search->fits[way][at].count; fit++)
            if (reads(&search->fits[way][at].list[fit], ids, id_count))
                reach(next, at + search->fits[way][at].list[fit].size);
    }
}

/* Where the longest match that begins at a character of the title ends; 0: none does. */
static size_t match(const gs_search *search, gs_way way, span part, const gs_title *title, size_t begin)
{
    front sides[2], *now = &sides[0], *next = &sides[1];
    size_t end = 0;
    now->count = 0;
    reach(now, part.from);
    for (size_t i = begin; now->count && title->codes[i]; i++) {
        follow(search, way, part.to, title->codes[i], now, next);
        if (reached(next, part.to))
            end = i + 1;
        front *reversed = now;
        now = next;
        next = reversed;
    }
    return end;
}

static int64_t rank_of(gs_way way, place where, size_t begin, const gs_title *title)
{
    size_t length = 0;
    while (title->codes[length])
        length++;
    int64_t class = (int64_t)way * PLACES + where + 1;
    return class << 32 | (int64_t)begin << 16 | (int64_t)length;
}

/* The query in one piece. */
static int64_t rank_piece(const gs_search *search, gs_way way, const gs_title *title)
{
    int64_t best = 0;
    size_t line = 0;
    for (size_t i = 0; i < title->count; i++) {
        if (title->codes[i] == 0)
            line = i + 1;
        size_t end = match(search, way, (span){0, search->code_count}, title, i);
        if (end == 0)
            continue;
        place where = i > line ? INSIDE : title->codes[end] ? BEGINNING : WHOLE;
        int64_t rank = rank_of(way, where, i, title);
        if (best == 0 || rank < best)
            best = rank;
    }
    return best;
}

/* Where a word begins, found this way or a surer one; the title's end: nowhere. */
static size_t find_word(const gs_search *search, gs_way last, const gs_word *word, const gs_title *title)
{
    span part = {word->from, word->to};
    for (size_t i = 0; i < title->count; i++)
        for (int way = GS_BY_TEXT; way <= (int)last; way++)
            if (match(search, (gs_way)way, part, title, i))
                return i;
    return title->count;
}

static int64_t rank_words(const gs_search *search, gs_way way, const gs_title *title)
{
    size_t first = title->count;
    for (size_t i = 0; i < search->word_count; i++) {
        size_t found = find_word(search, way, &search->words[i], title);
        if (found == title->count)
            return 0;
        first = found < first ? found : first;
    }
    return rank_of(way, SCATTERED, first, title);
}

int64_t gs_search_rank(const gs_search *search, const char *folded_title)
{
    gs_title title;
    int64_t rank = 0;
    gs_title_read(folded_title, &title);
    for (int way = GS_BY_TEXT; rank == 0 && search->word_count && way <= (int)search->last_way; way++) {
        rank = rank_piece(search, (gs_way)way, &title);
        if (rank == 0 && search->word_count > 1)
            rank = rank_words(search, (gs_way)way, &title);
    }
    return rank;
}
