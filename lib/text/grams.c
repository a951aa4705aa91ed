/* lib/text/grams.c - what an index keeps of a title.
 *
 * May use: base. A character with several readings gives a gram for each, together with each of its
 * neighbour's. Spaces are passed over: "食品 餐饮" has the gram of 品 and 餐.
 */
#include "text/parts.h"

#include <stdlib.h>

#include "base/text.h"

void gs_title_read(const char *folded, gs_title *title)
{
    title->count = 0;
    for (int32_t c; title->count < GS_TITLE_MAX && (c = gs_utf8_next(&folded)) > 0;)
        if (c != ' ')
            title->codes[title->count++] = c == '\n' ? 0 : (uint32_t)c;
    title->codes[title->count] = 0;
}

/* What a character is in this way, ascending; 0 of them where it breaks the run. */
static size_t symbols(const gs_pinyin *pinyin, gs_way way, uint32_t code, uint32_t out[GS_READINGS_MAX])
{
    const uint16_t *ids;
    size_t count = 0;
    if (way == GS_BY_TEXT || (way == GS_BY_INITIALS && gs_is_letter(code))) {
        out[0] = code;
        return 1;
    }
    size_t readings = gs_pinyin_readings(pinyin, code, &ids);
    for (size_t i = 0; i < readings && i < GS_READINGS_MAX; i++) {
        uint32_t symbol = way == GS_BY_PINYIN ? ids[i] : (unsigned char)*gs_pinyin_syllable(ids[i]);
        if (count == 0 || out[count - 1] != symbol)
            out[count++] = symbol;
    }
    return count;
}

static void add_pairs(const gs_pinyin *pinyin, gs_way way, const uint32_t codes[2], int64_t place,
                      gs_buffer *grams)
{
    uint32_t firsts[GS_READINGS_MAX], seconds[GS_READINGS_MAX];
    size_t first_count = symbols(pinyin, way, codes[0], firsts);
    size_t second_count = symbols(pinyin, way, codes[1], seconds);
    if (second_count == 0)
        seconds[second_count++] = 0;
    for (size_t i = 0; i < first_count; i++)
        for (size_t j = 0; j < second_count; j++) {
            gs_gram_at one = {gs_gram(way, firsts[i], seconds[j]), place};
            gs_buffer_add(grams, &one, sizeof one);
        }
}

static int by_number(const void *left, const void *right)
{
    const gs_gram_at *a = left, *b = right;
    return a->gram != b->gram ? (a->gram > b->gram) - (a->gram < b->gram)
                              : (a->place > b->place) - (a->place < b->place);
}

static size_t sort_distinct(gs_gram_at *grams, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(grams, count, sizeof *grams, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || grams[kept - 1].gram != grams[i].gram)
            grams[kept++] = grams[i];
    return kept;
}

govsvc_status gs_grams_of(const gs_pinyin *pinyin, const char *folded_title, gs_arena *arena,
                          gs_gram_at **grams, size_t *count)
{
    gs_title title;
    gs_buffer all = {.arena = arena};
    gs_title_read(folded_title, &title);
    for (size_t i = 0; i < title.count; i++) {
        bool begins = i == 0 || title.codes[i - 1] == 0;
        for (int way = GS_BY_TEXT; title.codes[i] && way < GS_WAYS; way++)
            add_pairs(pinyin, (gs_way)way, title.codes + i, begins ? 0 : (int64_t)i, &all);
    }
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    *grams = (gs_gram_at *)all.text; /* an arena's memory is aligned for any type */
    *count = sort_distinct(*grams, all.size / sizeof **grams);
    return GOVSVC_OK;
}
