/* lib/matter/pattern.h - what characters a text is made of: a small part of what regular expressions say.
 *
 * May use: base/text. A pattern is a row of items, and describes the whole text. An item is a character or a
 * class, and may say how often: `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`. A class is `[...]` of characters and
 * ascending ranges, `[^...]` of all others. What means something else in a regular expression stands behind a
 * backslash. There are no groups, no choices between rows and no dot, so that matching needs no going back: its
 * time is that of the pattern times that of the text.
 */
#ifndef GS_MATTER_PATTERN_H
#define GS_MATTER_PATTERN_H

#include "base/arena.h"

/* Largest number in braces. */
enum { GS_PATTERN_COUNT_MAX = 10000 };

/* Is it a pattern at all? */
bool gs_pattern_right(const char *pattern);
/* Does it describe the text, which is UTF-8? false also where the pattern is none or the arena has no room. */
bool gs_pattern_matches(const char *pattern, const char *text, gs_arena *arena);

#endif
