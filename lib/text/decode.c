#include "text/decode.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* Bytes looked at or converted at a time, and the most that one of them becomes in UTF-8. */
enum { CHUNK = 8192, WIDEST = 3 };

enum { UNDECIDED, UTF8, GB18030 };

struct gs_decoder {
    gs_arena *arena;
    govsvc_read_fn read;
    void *context;
    int encoding;
    bool ended;   /* the source */
    bool flushed; /* and the converter */
    UConverter *converter;
    size_t at, size; /* in bytes */
    char bytes[CHUNK];
    size_t out_at, out_size;
    char out[CHUNK * WIDEST + 64];
};

/* ---- which it is ------------------------------------------------------------------------------------- */

static int encoding_named(const char *name)
{
    return !name                              ? UNDECIDED
           : strcasecmp(name, "UTF-8") == 0   ? UTF8
           : strcasecmp(name, "GB18030") == 0 ? GB18030
                                              : -1;
}

bool gs_encoding_known(const char *name)
{
    return encoding_named(name) > UNDECIDED;
}

const char *gs_decoder_encoding(const gs_decoder *decoder)
{
    return decoder->encoding == GB18030 ? "GB18030" : "UTF-8";
}

static size_t ascii_size(const char *bytes, size_t size)
{
    size_t count = 0;
    while (count < size && (unsigned char)bytes[count] < 0x80)
        count++;
    return count;
}

/* UTF-8 where more of it is well-formed than is not: hardly a Chinese character of GB18030 is, and one broken
 * character must not turn a whole UTF-8 document into other characters. Where it is not the whole source, a
 * sequence may be cut at its end. */
static bool is_utf8(const char *bytes, size_t size, bool whole)
{
    int32_t end = (int32_t)size, right = 0, wrong = 0;
    for (int32_t at = 0; at < end;) {
        int32_t from = at;
        UChar32 c;
        U8_NEXT(bytes, at, end, c);
        bool cut = !whole && c < 0 && end - from <= U8_COUNT_TRAIL_BYTES((uint8_t)bytes[from]);
        right += c >= 0x80 || cut;
        wrong += c < 0 && !cut;
    }
    return right > wrong;
}

/* ---- bytes ------------------------------------------------------------------------------------------- */

/* Until the room is full, however small the source's own pieces are: what is found must not hang on them. */
static bool fill(gs_decoder *of)
{
    memmove(of->bytes, of->bytes + of->at, of->size - of->at);
    of->size -= of->at;
    of->at = 0;
    while (!of->ended && of->size < CHUNK) {
        int64_t size = of->read(of->context, of->bytes + of->size, CHUNK - of->size);
        if (size < 0 || size > (int64_t)(CHUNK - of->size))
            return false;
        of->ended = size == 0;
        of->size += (size_t)size;
    }
    return true;
}

static bool decide(gs_decoder *of)
{
    if (!fill(of))
        return false;
    of->encoding = is_utf8(of->bytes, of->size, of->ended) ? UTF8 : GB18030;
    return true;
}

static void pass_on(gs_decoder *of, size_t size)
{
    memcpy(of->out, of->bytes + of->at, size);
    of->out_size = size;
    of->at += size;
}

/* ---- GB18030 ----------------------------------------------------------------------------------------- */

static UConverter *converter_new(void)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open("GB18030", &error);
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    if (U_SUCCESS(error))
        return converter;
    ucnv_close(converter);
    return NULL;
}

static void add_utf16(gs_decoder *of, const UChar *units, int32_t count)
{
    for (int32_t at = 0; at < count;) {
        UChar32 c;
        int32_t size = (int32_t)of->out_size;
        U16_NEXT(units, at, count, c);
        U8_APPEND_UNSAFE(of->out, size, c);
        of->out_size = (size_t)size;
    }
}

/* All that is in bytes. A unit of UTF-16 takes at least one byte of the source, so that there is room. */
static void convert(gs_decoder *of)
{
    UChar units[CHUNK + 16];
    const char *from = of->bytes + of->at, *end = of->bytes + of->size;
    UErrorCode error;
    do {
        UChar *to = units;
        error = U_ZERO_ERROR;
        ucnv_toUnicode(of->converter, &to, units + CHUNK + 16, &from, end, NULL, of->ended, &error);
        add_utf16(of, units, (int32_t)(to - units));
        if (U_FAILURE(error))
            of->out[of->out_size++] = '\xff';
    } while (U_FAILURE(error));
    of->at = of->size;
    of->flushed = of->ended;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

gs_decoder *gs_decoder_new(const char *encoding, govsvc_read_fn read, void *context,
                           const govsvc_allocator *allocator)
{
    gs_arena *arena = gs_arena_new(allocator, sizeof(gs_decoder));
    gs_decoder *of = arena ? gs_arena_root(arena) : NULL;
    if (!of)
        return NULL;
    of->arena = arena;
    of->encoding = encoding_named(encoding);
    of->read = read;
    of->context = context;
    of->converter = of->encoding == UTF8 ? NULL : converter_new();
    if (of->converter || of->encoding == UTF8)
        return of;
    gs_arena_free(arena);
    return NULL;
}

void gs_decoder_free(gs_decoder *decoder)
{
    if (!decoder)
        return;
    ucnv_close(decoder->converter);
    gs_arena_free(decoder->arena);
}

static bool refill(gs_decoder *of)
{
    of->out_at = of->out_size = 0;
    if (of->at == of->size && !of->ended && !fill(of))
        return false;
    size_t plain = ascii_size(of->bytes + of->at, of->size - of->at);
    if (of->encoding == UNDECIDED && plain == 0 && of->at < of->size && !decide(of))
        return false;
    if (of->encoding == UNDECIDED)
        pass_on(of, plain);
    else if (of->encoding == UTF8)
        pass_on(of, of->size - of->at);
    else if (!of->flushed)
        convert(of);
    return true;
}

int64_t gs_decoder_read(void *decoder, void *bytes, size_t size)
{
    gs_decoder *of = decoder;
    while (of->out_at == of->out_size) {
        if (!refill(of))
            return -1;
        if (of->out_size == 0 && of->ended && of->at == of->size)
            return 0;
    }
    size_t give = of->out_size - of->out_at < size ? of->out_size - of->out_at : size;
    memcpy(bytes, of->out + of->out_at, give);
    of->out_at += give;
    return (int64_t)give;
}
