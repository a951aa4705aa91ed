#include "test.h"

#include "crypto/crypto.h"
#include "crypto/keys.h"

/* The host: master key n is 32 times the byte n + fill, for n up to newest. */
typedef struct host {
    int64_t newest;
    unsigned char fill;
    int asked;
} host;

static bool key_of(void *context, int64_t id, unsigned char out[GS_KEY_SIZE])
{
    host *of = context;
    of->asked++;
    if (id < 1 || id > of->newest)
        return false;
    memset(out, (int)(id + of->fill), GS_KEY_SIZE);
    return true;
}

static gs_arena *arena;
static gs_crypto *crypto;
static host keys;

static void open_both(int64_t newest)
{
    keys = (host){.newest = newest};
    arena = gs_arena_new(&gs_allocator_default, 0);
    crypto = gs_crypto_new(&gs_allocator_default, &(gs_keys){key_of, &keys});
}

static void close_both(void)
{
    gs_crypto_free(crypto);
    gs_arena_free(arena);
}

static const char *hex(const unsigned char *bytes, size_t size)
{
    static char text[200];
    gs_hex(bytes, size, text);
    return text;
}

/* Reckoned apart from this library, from the description of the stored form. */
static const char stored_hex[] =
    "01000000010102030405060708090a0b0c0d0e0f103dad648dfedd4af70bf4333adec223315b4125132be49adfb509f8"
    "6897da5b912329e4f8aad93f3601";
static const char mark_hex[] = "d6c9cf8bd5c1ed7063fc17c9a661dd8fc444f3fec810275e3362d85dda657e92";
static const char found_hex[] = "bc37a1779ff52100bb44acd6527307ea5e197f7c21320c0ec3d885fd7cf856b5";

static const gs_place place = {4501, 77, "application", "holder"};
static const unsigned char nonce[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

static void digests(void)
{
    static const struct {
        const char *text, *digest;
    } cases[] = {
        {"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
        {"abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
         "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
        {"", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
    };
    unsigned char out[GS_SM3_SIZE];
    open_both(1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK(gs_sm3(crypto, cases[i].text, strlen(cases[i].text), out));
        CHECK_TEXT(hex(out, sizeof out), cases[i].digest);
    }
    close_both();
}

static unsigned char digit(char c)
{
    return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static size_t bytes_of(const char *text, unsigned char *out)
{
    size_t size = strlen(text) / 2;
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
    return size;
}

static void authenticates(void)
{
    static const struct {
        const char *key, *text, *tag;
    } cases[] = {
        {"1e225cafb90339bba1b24076d4206c3e79c355805d851682bc818baa4f5a7779", "",
         "f9938b1b2515117f25dcd636c9a6a0e7f00bccaf5347e0e0df435cfca736cfc1"},
        {"32fdeda39f98b4f4426c2d2ac00ab5dd4bfabb68f311447256ed6d3d3a51b154", "4163a9f77e41f5",
         "653a342fdf734e69223f6dfcb45f9e07a31274be026ca96f4b9a5d0ce289abfc"},
        {"186e248ad824e1eb93329a7fdcd565b6cb4eaf3f85b90b910777128d8c538d27",
         "92ef9ff52f46eccc7e38b9ee19fd2de3b37726c8e6ce9e1b96db5dda4c317902",
         "ee692185356cbdb3b5afe83cdcc1e13b9576b333a2b99fd99aad2ea61c251b4c"},
    };
    open_both(1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char key[GS_KEY_SIZE], text[64], tag[GS_SM3_SIZE];
        bytes_of(cases[i].key, key);
        size_t size = bytes_of(cases[i].text, text);
        EVP_MAC_CTX *mac = gs_mac_new(crypto, key);
        for (int again = 0; again < 2; again++) { /* the keyed context is used again */
            CHECK(gs_mac_begin(mac) && EVP_MAC_update(mac, text, size) && gs_mac_end(mac, tag));
            CHECK_TEXT(hex(tag, sizeof tag), cases[i].tag);
        }
        EVP_MAC_CTX_free(mac);
    }
    close_both();
}

static void opens_what_it_sealed(void)
{
    open_both(1);
    char text[600];
    for (size_t size = 0; size < sizeof text; size += size < 70 ? 1 : 97) {
        const unsigned char *sealed = NULL;
        const char *plain = NULL;
        size_t sealed_size = 0, plain_size = 0;
        memset(text, 'a' + (int)(size % 20), size);
        CHECK_INT(gs_seal(crypto, &place, nonce, text, size, arena, &sealed, &sealed_size), GOVSVC_OK);
        CHECK_INT(sealed_size, 1 + 4 + 16 + size + 32);
        CHECK_INT(gs_unseal(crypto, &place, sealed, sealed_size, arena, &plain, &plain_size), GOVSVC_OK);
        CHECK(plain && plain_size == size && memcmp(plain, text, size) == 0 && plain[size] == '\0');
        CHECK(size < 4 || memcmp(sealed + 21, text, size) != 0);
    }
    close_both();
}

/* The stored form never changes: this value was sealed by the first version. */
static void opens_what_was_stored(void)
{
    open_both(1);
    unsigned char stored[200];
    const char *plain = NULL;
    size_t size = bytes_of(stored_hex, stored), plain_size;
    const unsigned char *sealed;
    size_t sealed_size;
    CHECK_INT(gs_unseal(crypto, &place, stored, size, arena, &plain, &plain_size), GOVSVC_OK);
    CHECK_TEXT(plain, "张三丰");
    gs_seal(crypto, &place, nonce, "张三丰", 9, arena, &sealed, &sealed_size);
    CHECK_TEXT(hex(sealed, sealed_size), stored_hex);
    close_both();
}

static void notices_every_changed_bit(void)
{
    open_both(1);
    const unsigned char *sealed;
    const char *plain = NULL;
    size_t sealed_size, plain_size;
    gs_seal(crypto, &place, nonce, "450103199003071234", 18, arena, &sealed, &sealed_size);
    unsigned char *changed = malloc(sealed_size);
    for (size_t bit = 0; bit < sealed_size * 8; bit++) {
        memcpy(changed, sealed, sealed_size);
        changed[bit / 8] ^= (unsigned char)(1 << bit % 8);
        govsvc_status status = gs_unseal(crypto, &place, changed, sealed_size, arena, &plain, &plain_size);
        /* Another algorithm or key id is one that is not known here. */
        CHECK_INT(status, bit < 5 * 8 ? GOVSVC_UNSUPPORTED : GOVSVC_CORRUPT);
    }
    free(changed);
    for (size_t size = 0; size < sealed_size; size++) {
        unsigned char *cut = malloc(size + 1);
        memcpy(cut, sealed, size);
        CHECK_INT(gs_unseal(crypto, &place, cut, size, arena, &plain, &plain_size), GOVSVC_CORRUPT);
        free(cut);
    }
    CHECK(plain == NULL);
    close_both();
}

static void opens_nowhere_else(void)
{
    open_both(1);
    const unsigned char *sealed;
    const char *plain;
    size_t sealed_size, plain_size;
    gs_seal(crypto, &place, nonce, "x", 1, arena, &sealed, &sealed_size);
    const gs_place others[] = {{4502, 77, "application", "holder"},
                               {4501, 78, "application", "holder"},
                               {4501, 77, "certificate", "holder"},
                               {4501, 77, "application", "agent"},
                               {4501, 77, "applicationh", "older"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK_INT(gs_unseal(crypto, &others[i], sealed, sealed_size, arena, &plain, &plain_size),
                  GOVSVC_CORRUPT);
    keys.fill = 1;
    gs_crypto *stranger = gs_crypto_new(&gs_allocator_default, &(gs_keys){key_of, &keys});
    CHECK_INT(gs_unseal(stranger, &place, sealed, sealed_size, arena, &plain, &plain_size), GOVSVC_CORRUPT);
    gs_crypto_free(stranger);
    close_both();
}

static void follows_rotation(void)
{
    open_both(1);
    const unsigned char *sealed[40];
    size_t size[40], plain_size;
    const char *plain;
    unsigned char before[GS_SM3_SIZE], after[GS_SM3_SIZE];
    CHECK(gs_find_digest(crypto, "application", "holder", "x", 1, before));
    for (int i = 0; i < 40; i++) { /* more keys than are kept */
        keys.newest = i + 1;
        CHECK_INT(gs_seal(crypto, &place, nonce, "x", 1, arena, &sealed[i], &size[i]), GOVSVC_OK);
        CHECK_INT(sealed[i][4], i + 1);
    }
    for (int i = 0; i < 40; i++)
        CHECK_INT(gs_unseal(crypto, &place, sealed[i], size[i], arena, &plain, &plain_size), GOVSVC_OK);
    CHECK(gs_find_digest(crypto, "application", "holder", "x", 1, after));
    CHECK(memcmp(before, after, sizeof before) == 0);
    keys.asked = 0;
    for (int i = 0; i < 10; i++)
        gs_unseal(crypto, &place, sealed[39], size[39], arena, &plain, &plain_size);
    CHECK_INT(keys.asked, 0); /* derived keys are kept */
    close_both();
    open_both(0);
    CHECK_INT(gs_seal(crypto, &place, nonce, "x", 1, arena, &sealed[0], &size[0]), GOVSVC_UNSUPPORTED);
    CHECK(!gs_find_digest(crypto, "application", "holder", "x", 1, before));
    close_both();
}

static void marks_and_finds(void)
{
    open_both(1);
    unsigned char one[GS_SM3_SIZE], other[GS_SM3_SIZE];
    unsigned char salt[GS_SALT_SIZE] = {9, 8, 7};
    CHECK(gs_mark(crypto, &place, salt, "张三丰", 9, one));
    CHECK_TEXT(hex(one, sizeof one), mark_hex);
    salt[15] = 1;
    CHECK(gs_mark(crypto, &place, salt, "张三丰", 9, other) && memcmp(one, other, sizeof one) != 0);
    CHECK(gs_find_digest(crypto, "application", "holder", "张三丰", 9, one));
    CHECK_TEXT(hex(one, sizeof one), found_hex);
    CHECK(gs_find_digest(crypto, "application", "holde", "r张三丰", 10, other) &&
          memcmp(one, other, sizeof one) != 0);
    close_both();
}

static void gives_random_bytes(void)
{
    unsigned char one[32] = {0}, other[32] = {0};
    CHECK(gs_random_default(NULL, one, sizeof one) && gs_random_default(NULL, other, sizeof other));
    CHECK(memcmp(one, other, sizeof one) != 0);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(digests),
        TEST(authenticates),
        TEST(opens_what_it_sealed),
        TEST(opens_what_was_stored),
        TEST(notices_every_changed_bit),
        TEST(opens_nowhere_else),
        TEST(follows_rotation),
        TEST(marks_and_finds),
        TEST(gives_random_bytes),
    };
    return test_main(cases, TEST_COUNT(cases));
}
