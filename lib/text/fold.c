/* lib/text/fold.c - the form in which texts are compared.
 *
 * May use: base, ICU. Traditional characters stay what they are: one of them may stand for several.
 */
#include "text/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* FOLD_MAX: in bytes. NFKC makes up to 18 characters of one; most texts stay as long as they are. */
enum { FOLD_MAX = 1 << 16, NO_UTF8 = 0xFFFD };

typedef struct wide {
    UChar *units;
    int32_t count;
} wide;

static wide widen(gs_arena *arena, const char *text)
{
    size_t size = strnlen(text, FOLD_MAX);
    wide to = {gs_arena_array(arena, size + 1, sizeof(UChar)), 0};
    UErrorCode error = U_ZERO_ERROR;
    if (to.units)
        u_strFromUTF8WithSub(to.units, (int32_t)size, &to.count, text, (int32_t)size, NO_UTF8, NULL, &error);
    return U_SUCCESS(error) ? to : (wide){NULL, 0};
}

static wide casefolded(gs_arena *arena, wide from)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&error);
    wide to = {NULL, 0};
    int32_t room = from.count + 16;
    do {
        error = error == U_BUFFER_OVERFLOW_ERROR ? U_ZERO_ERROR : error;
        to.units = gs_arena_array(arena, (size_t)room, sizeof(UChar));
        if (!to.units)
            break;
        to.count = unorm2_normalize(form, from.units, from.count, to.units, room, &error);
        room = to.count;
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(error) ? to : (wide){NULL, 0};
}

/* Whatever has no place in a word. Characters that ICU does not know yet do: they are rare ideographs. */
static bool separates(UChar32 c)
{
    return (U_GET_GC_MASK(c) & (U_GC_Z_MASK | U_GC_P_MASK | U_GC_S_MASK | U_GC_CC_MASK)) != 0;
}

/* out has room for three bytes a unit and the closing NUL. */
static void write_spaced(wide from, char *out)
{
    int32_t size = 0;
    char gap = '\0';
    for (int32_t at = 0; at < from.count;) {
        UChar32 c;
        U16_NEXT(from.units, at, from.count, c);
        if (separates(c)) {
            gap = gap == '\n' || c == '\n' ? '\n' : ' ';
            continue;
        }
        if (gap && size)
            out[size++] = gap;
        gap = '\0';
        U8_APPEND_UNSAFE(out, size, c);
    }
    out[size] = '\0';
}

const char *gs_fold(gs_arena *arena, const char *text)
{
    wide plain = widen(arena, text);
    wide folded = plain.units ? casefolded(arena, plain) : plain;
    char *out = folded.units ? gs_arena_array(arena, (size_t)folded.count + 1, 3) : NULL;
    if (out)
        write_spaced(folded, out);
    return out;
}
