#include "text/decode.h"

#include "test.h"

typedef struct bytes {
    const char *at;
    size_t left, step;
    bool broken;
} bytes;

static int64_t read_bytes(void *context, void *out, size_t size)
{
    bytes *from = context;
    size_t give = from->left < from->step ? from->left : from->step;
    give = give < size ? give : size;
    if (!give && from->broken)
        return -1;
    memcpy(out, from->at, give);
    from->at += give;
    from->left -= give;
    return (int64_t)give;
}

static char out[1 << 17];
static const char *found;

/* How many bytes came out; -1 on failure. */
static int64_t decode(const char *encoding, bytes from, size_t room)
{
    gs_decoder *decoder = gs_decoder_new(encoding, read_bytes, &from, &gs_allocator_default);
    int64_t size = 0, more = 1;
    while (more > 0) {
        more = gs_decoder_read(decoder, out + size, room);
        size += more > 0 ? more : 0;
    }
    found = gs_decoder_encoding(decoder);
    gs_decoder_free(decoder);
    out[size] = '\0';
    return more < 0 ? -1 : size;
}

/* In pieces of any size it is the same. */
static void check(const char *encoding, const char *in, size_t size, const char *want, const char *is)
{
    for (size_t step = 1; step < 8; step++) {
        CHECK_INT(decode(encoding, (bytes){in, size, step, false}, 9 - step), strlen(want));
        CHECK_TEXT(out, want);
        CHECK_TEXT(found, is);
    }
    CHECK_INT(decode(encoding, (bytes){in, size, SIZE_MAX, false}, 1000), strlen(want));
    CHECK_TEXT(out, want);
}
#define DECODES(encoding, in, want, is) check(encoding, in, sizeof(in) - 1, want, is)

static void finds_out_which_it_is(void)
{
    DECODES(NULL, "", "", "UTF-8");
    DECODES(NULL, "a,b\r\n", "a,b\r\n", "UTF-8");
    DECODES(NULL, "ab甲", "ab甲", "UTF-8");
    DECODES(NULL, "𠮷", "𠮷", "UTF-8");
    DECODES(NULL, "ab\xbc\xd7", "ab甲", "GB18030");
    DECODES(NULL, "\x95\x34\xb2\x35", "𠮷", "GB18030");
    DECODES(NULL, "\xc4\xa3\xd0\xcd", "模型", "GB18030");
    /* One broken character makes no other encoding of a document. */
    DECODES(NULL, "甲\xff乙丙", "甲\xff乙丙", "UTF-8");
    DECODES(NULL, "\xb9\xe3\xff\xce\xf7", "广\xff西", "GB18030");
}

static void tells_what_is_malformed(void)
{
    DECODES("UTF-8", "\xbc\xd7", "\xbc\xd7", "UTF-8");
    DECODES("gb18030", "\xbc\xd7,\x80,\xbc", "甲,\xff,\xff", "GB18030");
    DECODES("GB18030", "\xbc\"\n\x81", "\xff\"\n\xff", "GB18030"); /* a mark behind half a character stays */
    DECODES("GB18030", "\xff\xff", "\xff\xff", "GB18030");
    DECODES("GB18030", "甲", "\u9422\xff", "GB18030");
}

/* Characters across every place where a buffer may end, and the first of them late. */
static void cuts_nothing(void)
{
    static char in[40000], want[60000];
    for (size_t lead = 8180; lead < 8200; lead++) {
        size_t size = lead, wide = lead;
        memset(in, 'a', lead);
        memset(want, 'a', lead);
        for (; size < sizeof in - 4; size += 4, wide += 4) {
            memcpy(in + size, "\x95\x34\xb2\x35", 4);
            memcpy(want + wide, "𠮷", 4);
        }
        CHECK_INT(decode(NULL, (bytes){in, size, SIZE_MAX, false}, 5000), wide);
        CHECK(memcmp(out, want, wide) == 0);
        CHECK_INT(decode(NULL, (bytes){want, wide, 4093, false}, 5000), wide);
        CHECK(memcmp(out, want, wide) == 0);
        CHECK_TEXT(found, "UTF-8");
    }
}

static void hands_failures_on(void)
{
    CHECK_INT(decode(NULL, (bytes){"ab", 2, 1, true}, 10), -1);
    CHECK_INT(decode("GB18030", (bytes){"\xbc", 1, 1, true}, 10), -1);
    CHECK(gs_encoding_known("utf-8") && gs_encoding_known("GB18030"));
    CHECK(!gs_encoding_known("UTF-16") && !gs_encoding_known("") && !gs_encoding_known(NULL));
}

int main(void)
{
    static const test_case cases[] = {TEST(finds_out_which_it_is), TEST(tells_what_is_malformed),
                                      TEST(cuts_nothing), TEST(hands_failures_on)};
    return test_main(cases, TEST_COUNT(cases));
}
