/* lib/text/text.h - finding a title by its characters, its pinyin or its initials.
 *
 * May use: base; ICU for the form in which texts are compared. Nothing here touches a store.
 *
 * A title is looked for in two steps. Its grams, numbers for every two characters that follow each other, are
 * kept in an index; a search gives ranges of grams, and whoever lacks one is no match (gs_search_parse). The
 * few that are left are read one by one and put in order (gs_search_rank). What has a rank is never
 * lost by the first step.
 *
 * A character is read in every way that dictionaries give: 银行 is found by "yinhang" and by "yinxing".
 */
#ifndef GS_TEXT_TEXT_H
#define GS_TEXT_TEXT_H

#include "base/arena.h"

/* GS_TITLE_MAX: characters of a title that count, spaces aside; what is behind them is not found. */
enum { GS_TITLE_MAX = 2000, GS_QUERY_MAX = 100, GS_WORDS_MAX = 8, GS_READINGS_MAX = 8 };

/* ---- fold.c ------------------------------------------------------------------------------------------ */

/* The form in which texts are compared: full width and compatibility forms as the plain character, no
 * capitals; each run of spaces, punctuation, symbols, controls and bytes that are no UTF-8 is one space, or
 * one line feed where it holds one; none at either end. At most 64 KB of text are read. In the arena.
 * NULL: no memory. It depends on ICU's edition of Unicode: grams that are kept are made anew for another. */
const char *gs_fold(gs_arena *arena, const char *text);

/* ---- pinyin.c ---------------------------------------------------------------------------------------- */

/* Which syllables a character is read as: about 100 KB, never changed, and so for any number of threads. */
typedef struct gs_pinyin gs_pinyin;

/* NULL: no memory. */
gs_pinyin *gs_pinyin_new(const govsvc_allocator *allocator);
void gs_pinyin_free(gs_pinyin *pinyin, const govsvc_allocator *allocator);
/* How many, at most GS_READINGS_MAX; their ids ascend and belong to pinyin. 0: none is known. */
size_t gs_pinyin_readings(const gs_pinyin *pinyin, uint32_t character, const uint16_t **ids);

/* Ids count from 1 in alphabetical order. A syllable is 1 to 6 letters a to z, v for u with two dots. */
enum { GS_SYLLABLE_SIZE = 6 };
const char *gs_pinyin_syllable(uint16_t id);
/* The ids of all syllables that begin with these letters; if they are one themselves, it is *low. */
bool gs_pinyin_range(const char *letters, size_t size, uint16_t *low, uint16_t *high);

/* ---- grams.c ----------------------------------------------------------------------------------------- */

/* A gram, and the first place of the title at which it stands: 0 at a line's beginning. */
typedef struct gs_gram_at {
    int64_t gram;
    int64_t place;
} gs_gram_at;

/* A folded title's grams, positive, distinct and ascending. Lines are apart from each other: the name, then
 * other names. GOVSVC_NO_MEMORY or GOVSVC_OK. */
govsvc_status gs_grams_of(const gs_pinyin *pinyin, const char *folded_title, gs_arena *arena,
                          gs_gram_at **grams, size_t *count);

/* ---- search.c ---------------------------------------------------------------------------------------- */

/* Of a word, and of an alternative. */
enum { GS_ALTERNATIVES_MAX = 33, GS_RANGES_MAX = 16 };

/* How a word is found, from the surest on. */
typedef enum gs_way { GS_BY_TEXT, GS_BY_PINYIN, GS_BY_INITIALS, GS_WAYS } gs_way;

/* Both ends belong to it. */
typedef struct gs_range {
    int64_t low;
    int64_t high;
} gs_range;

/* A title must have a gram in every one of the ranges. */
typedef struct gs_alternative {
    const gs_range *ranges;
    size_t range_count;
} gs_alternative;

/* A title must satisfy one of the alternatives. */
typedef struct gs_word {
    const gs_alternative *alternatives;
    size_t alternative_count;
    size_t from; /* in the codes of its search */
    size_t to;
} gs_word;

/* A title must satisfy every word. Where there is none, nothing was asked for, and nothing has a rank. */
typedef struct gs_search {
    gs_word words[GS_WORDS_MAX];
    size_t word_count;
    size_t code_count;
    const uint32_t *codes;               /* the characters of all words */
    const struct gs_fits *fits[GS_WAYS]; /* which syllables each letter may begin; [GS_BY_TEXT] has none */
    const gs_pinyin *pinyin;
    gs_way last_way; /* GS_BY_TEXT where nothing in it is a letter */
} gs_search;

/* A query as it was typed: words of characters, of pinyin without tones (the last syllable may be cut
 * short), or of initials, and mixtures of these with characters. What is beyond GS_QUERY_MAX characters or
 * GS_WORDS_MAX words is left out. What *out points to is in the arena, or pinyin's. GOVSVC_NO_MEMORY or
 * GOVSVC_OK. */
govsvc_status gs_search_parse(const gs_pinyin *pinyin, const char *query, gs_arena *arena, gs_search *out);

/* ---- rank.c ------------------------------------------------------------------------------------------ */

/* 0: it does not match. Otherwise the smaller is the better match: first by text, then by pinyin, then by
 * initials; in each the whole query as a line of its own, at a line's beginning, inside of one, its words
 * somewhere; then by where it begins, then the shorter name. Takes no memory. */
int64_t gs_search_rank(const gs_search *search, const char *folded_title);

#endif
