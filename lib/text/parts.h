/* lib/text/parts.h - what the files of this room share. */
#ifndef GS_TEXT_PARTS_H
#define GS_TEXT_PARTS_H

#include "text/text.h"

/* ---- readings.c -------------------------------------------------------------------------------------- */

typedef struct gs_syllable {
    const char *letters;
    const char *characters;
} gs_syllable;
extern const gs_syllable gs_syllables[];
extern const size_t gs_syllable_count;

/* ---- grams.c ----------------------------------------------------------------------------------------- */

/* Two numbers that follow each other, of characters, of syllables or of letters as the way is; the second is
 * 0 where nothing follows. All that begin alike are one range. */
enum { GS_GRAM_BITS = 21, GS_GRAM_LAST = (1 << GS_GRAM_BITS) - 1 };
static inline int64_t gs_gram(gs_way way, uint32_t first, uint32_t second)
{
    return ((int64_t)way + 1) << 2 * GS_GRAM_BITS | (int64_t)first << GS_GRAM_BITS | second;
}

static inline bool gs_is_letter(uint32_t code)
{
    return code >= 'a' && code <= 'z';
}

/* A folded title without its spaces; 0 behind each line. */
typedef struct gs_title {
    size_t count;
    uint32_t codes[GS_TITLE_MAX + 1];
} gs_title;
void gs_title_read(const char *folded, gs_title *title);

/* ---- search.c ---------------------------------------------------------------------------------------- */

/* So many letters, if read as any of these syllables; low above high: as none. */
typedef struct gs_fit {
    uint16_t size;
    uint16_t low;
    uint16_t high;
} gs_fit;

/* What the letters from one on may be read as; a fit for each size. */
typedef struct gs_fits {
    size_t count;
    gs_fit list[GS_SYLLABLE_SIZE];
} gs_fits;

#endif
