/* Sealing personal values: encrypted, then authenticated together with where they belong. */
#include <openssl/crypto.h>
#include <string.h>

#include "crypto/keys.h"

/* algorithm, key id, nonce, ciphertext, tag */
enum {
    SM4_CTR_HMAC_SM3 = 1,
    KEY_AT = 1,
    NONCE_AT = 5,
    NONCE_SIZE = 16,
    TEXT_AT = 21,
    TAG_SIZE = GS_SM3_SIZE
};
enum { PLAIN_MAX = 1 << 24 };

/* CTR is its own inverse. */
static bool cipher(EVP_CIPHER_CTX *context, const unsigned char *nonce, const void *from, size_t size,
                   void *to)
{
    int done = 0;
    return EVP_EncryptInit_ex2(context, NULL, NULL, nonce, NULL) &&
           (size == 0 || EVP_EncryptUpdate(context, to, &done, from, (int)size)) && (size_t)done == size;
}

static bool tag_of(EVP_MAC_CTX *mac, const gs_place *place, const unsigned char *sealed, size_t size,
                   unsigned char out[TAG_SIZE])
{
    unsigned char head[GS_PLACE_MAX];
    size_t head_size = gs_place_put(place, size, head);
    return head_size && gs_mac_begin(mac) && EVP_MAC_update(mac, head, head_size) &&
           EVP_MAC_update(mac, sealed, size) && gs_mac_end(mac, out);
}

govsvc_status gs_seal(gs_crypto *crypto, const gs_place *place, const unsigned char nonce[16],
                      const void *plain, size_t plain_size, gs_arena *arena, const unsigned char **sealed,
                      size_t *sealed_size)
{
    gs_key_set *set;
    if (plain_size > PLAIN_MAX)
        return GOVSVC_TOO_LARGE;
    govsvc_status status = gs_keys_newest(crypto, &set);
    if (status != GOVSVC_OK)
        return status;
    unsigned char *out = gs_arena_alloc(arena, TEXT_AT + plain_size + TAG_SIZE);
    if (!out)
        return GOVSVC_NO_MEMORY;
    out[0] = SM4_CTR_HMAC_SM3;
    gs_put_number(out + KEY_AT, (uint64_t)set->id, NONCE_AT - KEY_AT);
    memcpy(out + NONCE_AT, nonce, NONCE_SIZE);
    if (!cipher(set->cipher, nonce, plain, plain_size, out + TEXT_AT) ||
        !tag_of(set->mac[GS_KEY_TAG], place, out, TEXT_AT + plain_size, out + TEXT_AT + plain_size))
        return GOVSVC_INTERNAL;
    *sealed = out;
    *sealed_size = TEXT_AT + plain_size + TAG_SIZE;
    return GOVSVC_OK;
}

govsvc_status gs_unseal(gs_crypto *crypto, const gs_place *place, const unsigned char *sealed,
                        size_t sealed_size, gs_arena *arena, const char **plain, size_t *plain_size)
{
    gs_key_set *set;
    unsigned char tag[TAG_SIZE];
    if (sealed_size < TEXT_AT + TAG_SIZE || sealed_size > TEXT_AT + PLAIN_MAX + TAG_SIZE)
        return GOVSVC_CORRUPT;
    if (sealed[0] != SM4_CTR_HMAC_SM3)
        return GOVSVC_UNSUPPORTED;
    int64_t key = 0;
    for (int i = KEY_AT; i < NONCE_AT; i++)
        key = key << 8 | sealed[i];
    govsvc_status status = gs_keys_of(crypto, key, &set);
    if (status != GOVSVC_OK)
        return status;
    size_t size = sealed_size - TEXT_AT - TAG_SIZE;
    if (!tag_of(set->mac[GS_KEY_TAG], place, sealed, TEXT_AT + size, tag))
        return GOVSVC_INTERNAL;
    if (CRYPTO_memcmp(tag, sealed + TEXT_AT + size, TAG_SIZE) != 0)
        return GOVSVC_CORRUPT;
    char *out = gs_arena_alloc(arena, size + 1);
    if (!out)
        return GOVSVC_NO_MEMORY;
    if (!cipher(set->cipher, sealed + NONCE_AT, sealed + TEXT_AT, size, out))
        return GOVSVC_INTERNAL;
    *plain = out;
    *plain_size = size;
    return GOVSVC_OK;
}
