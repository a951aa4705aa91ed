#include "by_hand_keys.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <string.h>

/* ---- keys -------------------------------------------------------------------------------------------- */

static EVP_MAC_CTX *mac_new(EVP_MAC *hmac, const unsigned char key[32])
{
    char digest[] = "SM3";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                               OSSL_PARAM_construct_end()};
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(hmac);
    if (context && EVP_MAC_init(context, key, 32, parameters))
        return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

static bool derive(EVP_MAC *hmac, const unsigned char master[32], const char *label, unsigned char key[SM3_SIZE])
{
    size_t size;
    EVP_MAC_CTX *mac = mac_new(hmac, master);
    bool done = mac && EVP_MAC_update(mac, (const unsigned char *)label, strlen(label)) &&
                EVP_MAC_final(mac, key, &size, SM3_SIZE);
    EVP_MAC_CTX_free(mac);
    return done;
}

bool hand_keys_open(hand_keys *keys, const unsigned char master[32])
{
    unsigned char cipher[SM3_SIZE], tag[SM3_SIZE], find[SM3_SIZE];
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_CIPHER *sm4 = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
    *keys = (hand_keys){.sm3 = EVP_MD_fetch(NULL, "SM3", NULL), .digest = EVP_MD_CTX_new(),
                        .cipher = EVP_CIPHER_CTX_new()};
    bool done = hmac && sm4 && keys->sm3 && keys->digest && keys->cipher &&
                derive(hmac, master, "govsvc/1/seal/sm4-ctr", cipher) &&
                derive(hmac, master, "govsvc/1/seal/hmac-sm3", tag) &&
                derive(hmac, master, "govsvc/1/find/hmac-sm3", find) &&
                EVP_EncryptInit_ex2(keys->cipher, sm4, cipher, NULL, NULL) && (keys->tag = mac_new(hmac, tag)) &&
                (keys->find = mac_new(hmac, find));
    EVP_MAC_free(hmac);
    EVP_CIPHER_free(sm4);
    return done;
}

void hand_keys_close(hand_keys *keys)
{
    EVP_MAC_CTX_free(keys->tag);
    EVP_MAC_CTX_free(keys->find);
    EVP_CIPHER_CTX_free(keys->cipher);
    EVP_MD_CTX_free(keys->digest);
    EVP_MD_free(keys->sm3);
}

/* ---- digests ----------------------------------------------------------------------------------------- */

static unsigned char *put_number(unsigned char *to, uint64_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, number >>= 8)
        to[i] = (unsigned char)number;
    return to + bytes;
}

static unsigned char *put_part(unsigned char *to, const char *text)
{
    size_t size = strlen(text);
    to = put_number(to, size, 8);
    memcpy(to, text, size);
    return to + size;
}

/* Table and field by their lengths, then the length of what follows. */
static unsigned char *put_names(unsigned char *to, const hand_place *place, size_t size)
{
    return put_number(put_part(put_part(to, place->table), place->field), size, 8);
}

static unsigned char *put_place(unsigned char *to, const hand_place *place, size_t size)
{
    to = put_number(put_number(to, (uint64_t)place->tenant, 8), (uint64_t)place->id, 8);
    return put_names(to, place, size);
}

bool hand_sm3(hand_keys *keys, const void *bytes, size_t size, unsigned char out[SM3_SIZE])
{
    return EVP_DigestInit_ex2(keys->digest, keys->sm3, NULL) && EVP_DigestUpdate(keys->digest, bytes, size) &&
           EVP_DigestFinal_ex(keys->digest, out, NULL);
}

bool hand_mark(hand_keys *keys, const hand_place *place, const unsigned char salt[SALT_SIZE], const char *value,
               size_t size, unsigned char out[SM3_SIZE])
{
    unsigned char head[256];
    memcpy(head, salt, SALT_SIZE);
    size_t head_size = (size_t)(put_place(head + SALT_SIZE, place, size) - head);
    return EVP_DigestInit_ex2(keys->digest, keys->sm3, NULL) && EVP_DigestUpdate(keys->digest, head, head_size) &&
           EVP_DigestUpdate(keys->digest, value, size) && EVP_DigestFinal_ex(keys->digest, out, NULL);
}

static bool mac(EVP_MAC_CTX *context, const unsigned char *head, size_t head_size, const void *bytes, size_t size,
                unsigned char out[SM3_SIZE])
{
    size_t done;
    return EVP_MAC_init(context, NULL, 0, NULL) && EVP_MAC_update(context, head, head_size) &&
           EVP_MAC_update(context, bytes, size) && EVP_MAC_final(context, out, &done, SM3_SIZE);
}

bool hand_find(hand_keys *keys, const hand_place *place, const char *value, size_t size, unsigned char out[SM3_SIZE])
{
    unsigned char head[256];
    size_t head_size = (size_t)(put_names(head, place, size) - head);
    return mac(keys->find, head, head_size, value, size, out);
}

bool hand_seal(hand_keys *keys, const hand_place *place, const unsigned char nonce[16], const char *value,
               size_t size, unsigned char *out)
{
    unsigned char head[256];
    int done;
    out[0] = 1;
    memcpy(put_number(out + 1, 1, 4), nonce, 16);
    if (!EVP_EncryptInit_ex2(keys->cipher, NULL, NULL, nonce, NULL) ||
        !EVP_EncryptUpdate(keys->cipher, out + 21, &done, (const unsigned char *)value, (int)size))
        return false;
    size_t head_size = (size_t)(put_place(head, place, 21 + size) - head);
    return mac(keys->tag, head, head_size, out, 21 + size, out + 21 + size);
}
