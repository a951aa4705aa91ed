/* lib/base/text.h - UTF-8 and classes of characters; numbers into text.
 *
 * May use: the C library. Texts are NUL-terminated. No locale is looked at anywhere.
 */
#ifndef GS_BASE_TEXT_H
#define GS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GS_UTF8_BAD = -1 };

/* The code point at *at, and *at moved behind it; 0 at the end, where *at stays. A surrogate in three
 * bytes is given as what it is, so that it can be named. GS_UTF8_BAD: not UTF-8; *at stays. */
int32_t gs_utf8_next(const char **at);

/* Not allowed in any text: controls (but for line feed and tab where lines are allowed), characters that
 * steer direction or take no room, noncharacters, surrogates. They make two texts that look alike differ.
 */
bool gs_character_refused(int32_t character, bool lines);

/* What stands in a text. */
typedef struct gs_text_facts {
    const char *rule;  /* "utf8", "character", or NULL: nothing is wrong */
    int32_t character; /* the first that is refused */
    size_t length;     /* in code points, up to the first bytes that are not UTF-8 */
} gs_text_facts;
gs_text_facts gs_text_look(const char *text, bool lines);

/* Decimal digits of a number; answers how many characters. Not NUL-terminated. */
enum { GS_INTEGER_SIZE = 20 };
size_t gs_integer_write(int64_t number, char out[GS_INTEGER_SIZE]);
/* size characters, all of them "-" and digits without leading zeros; false: not an integer, or beyond
 * 64 bits. */
bool gs_integer_read(const char *text, size_t size, int64_t *number);

#endif
