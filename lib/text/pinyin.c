/* lib/text/pinyin.c - from a character to its syllables: the rows of readings.c turned round.
 *
 * May use: base.
 */
#include "text/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Nearly all characters lie in one block and have their slot by position; the others are sorted behind. */
enum { BLOCK = 0x4E00, BLOCK_SIZE = 0xA000 - BLOCK };

/* The readings of the character of slot n are ids[starts[n]] to ids[starts[n + 1] - 1]. */
struct gs_pinyin {
    uint32_t *others; /* the characters outside of the block, ascending; one may stand twice */
    uint16_t *starts;
    uint16_t *ids;
    size_t other_count;
    size_t id_count;
};

typedef void visit(gs_pinyin *pinyin, uint32_t character, uint16_t id);

static void each_reading(gs_pinyin *pinyin, visit *look)
{
    for (size_t row = 0; row < gs_syllable_count; row++) {
        const char *at = gs_syllables[row].characters;
        for (int32_t c; (c = gs_utf8_next(&at)) > 0;)
            look(pinyin, (uint32_t)c, (uint16_t)(row + 1));
    }
}

static bool in_block(uint32_t character)
{
    return character - BLOCK < BLOCK_SIZE;
}

/* The slot behind all, which stays empty, if it is unknown. */
static size_t slot_of(const gs_pinyin *pinyin, uint32_t character)
{
    size_t low = 0, high = pinyin->other_count;
    if (in_block(character))
        return character - BLOCK;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pinyin->others[middle] < character)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < pinyin->other_count && pinyin->others[low] == character;
    return BLOCK_SIZE + (found ? low : pinyin->other_count);
}

static void count(gs_pinyin *pinyin, uint32_t character, uint16_t id)
{
    (void)id;
    pinyin->other_count += !in_block(character);
    pinyin->id_count++;
}

static void collect(gs_pinyin *pinyin, uint32_t character, uint16_t id)
{
    (void)id;
    if (!in_block(character))
        pinyin->others[pinyin->other_count++] = character;
}

/* Two places on, so that the sums of these are where slot n begins at n + 1, and, once keep() has moved it to
 * where the slot ends, at n. */
static void measure(gs_pinyin *pinyin, uint32_t character, uint16_t id)
{
    (void)id;
    pinyin->starts[slot_of(pinyin, character) + 2]++;
}

static void keep(gs_pinyin *pinyin, uint32_t character, uint16_t id)
{
    pinyin->ids[pinyin->starts[slot_of(pinyin, character) + 1]++] = id;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void fill(gs_pinyin *pinyin, size_t start_count)
{
    pinyin->other_count = 0;
    each_reading(pinyin, collect);
    qsort(pinyin->others, pinyin->other_count, sizeof *pinyin->others, by_number);
    each_reading(pinyin, measure);
    for (size_t i = 1; i < start_count; i++)
        pinyin->starts[i] = (uint16_t)(pinyin->starts[i] + pinyin->starts[i - 1]);
    each_reading(pinyin, keep);
}

gs_pinyin *gs_pinyin_new(const govsvc_allocator *allocator)
{
    gs_pinyin needed = {.id_count = 0};
    each_reading(&needed, count);
    /* one slot for what is unknown, and the two places of measure() */
    size_t start_count = BLOCK_SIZE + needed.other_count + 3;
    size_t size = sizeof needed + needed.other_count * sizeof *needed.others +
                  (start_count + needed.id_count) * sizeof(uint16_t);
    gs_pinyin *made = allocator->allocate(allocator->context, size);
    if (!made)
        return NULL;
    memset(made, 0, size);
    *made = needed;
    made->others = (uint32_t *)(made + 1);
    made->starts = (uint16_t *)(made->others + needed.other_count);
    made->ids = made->starts + start_count;
    fill(made, start_count);
    return made;
}

void gs_pinyin_free(gs_pinyin *pinyin, const govsvc_allocator *allocator)
{
    if (pinyin)
        allocator->release(allocator->context, pinyin);
}

size_t gs_pinyin_readings(const gs_pinyin *pinyin, uint32_t character, const uint16_t **ids)
{
    size_t slot = slot_of(pinyin, character);
    *ids = pinyin->ids + pinyin->starts[slot];
    return (size_t)(pinyin->starts[slot + 1] - pinyin->starts[slot]);
}

const char *gs_pinyin_syllable(uint16_t id)
{
    return gs_syllables[id - 1].letters;
}

/* How many rows stand before those that begin with these letters, or, if behind, before those after them. */
static size_t rows_before(const char *letters, size_t size, bool behind)
{
    size_t low = 0, high = gs_syllable_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(gs_syllables[middle].letters, letters, size);
        if (order < 0 || (behind && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool gs_pinyin_range(const char *letters, size_t size, uint16_t *low, uint16_t *high)
{
    size_t first = rows_before(letters, size, false), end = rows_before(letters, size, true);
    if (first == end)
        return false;
    *low = (uint16_t)(first + 1);
    *high = (uint16_t)end;
    return true;
}
