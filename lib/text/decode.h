/* lib/text/decode.h - bytes of UTF-8 or GB18030 as UTF-8, as they come.
 *
 * May use: base, ICU's converters (whose own memory is not the host's allocator's).
 */
#ifndef GS_TEXT_DECODE_H
#define GS_TEXT_DECODE_H

#include "base/arena.h"
#include "govsvc/session.h"

typedef struct gs_decoder gs_decoder;

/* Can a source be of this encoding? "UTF-8" or "GB18030", in any case. */
bool gs_encoding_known(const char *name);

/* Decodes what read gives. encoding NULL: it is found out from the first bytes that are not ASCII; until
 * then both are the same. A byte order mark is not looked for. NULL: no memory. */
gs_decoder *gs_decoder_new(const char *encoding, govsvc_read_fn read, void *context,
                           const govsvc_allocator *allocator);
void gs_decoder_free(gs_decoder *decoder);

/* What the source is, as far as it is known: "UTF-8" where there were only ASCII bytes. */
const char *gs_decoder_encoding(const gs_decoder *decoder);
/* A govsvc_read_fn over a gs_decoder. Malformed UTF-8 is given as it stands, and malformed GB18030 as the byte
 * FF, which is none of UTF-8's: whoever reads the text tells where it is. */
int64_t gs_decoder_read(void *decoder, void *bytes, size_t size);

#endif
