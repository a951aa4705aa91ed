/* Digests and keys. libcrypto's algorithms are fetched once and its contexts keyed once: fetching and
 * keying cost more than the short texts that are worked on. */
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <string.h>

#include "crypto/keys.h"

/* What a key derived from a master key is for; its label is what is digested. */
static const char *const labels[GS_KEY_USES] = {
    [GS_KEY_CIPHER] = "govsvc/1/seal/sm4-ctr",
    [GS_KEY_TAG] = "govsvc/1/seal/hmac-sm3",
    [GS_KEY_FIND] = "govsvc/1/find/hmac-sm3",
};

/* ---- HMAC -------------------------------------------------------------------------------------------- */

EVP_MAC_CTX *gs_mac_new(const gs_crypto *crypto, const unsigned char key[GS_KEY_SIZE])
{
    char digest[] = "SM3";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                               OSSL_PARAM_construct_end()};
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(crypto->hmac);
    if (context && EVP_MAC_init(context, key, GS_KEY_SIZE, parameters))
        return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

bool gs_mac_begin(EVP_MAC_CTX *mac)
{
    return EVP_MAC_init(mac, NULL, 0, NULL) == 1;
}

static bool mac_part(EVP_MAC_CTX *mac, const void *bytes, size_t size)
{
    unsigned char length[8];
    gs_put_number(length, size, sizeof length);
    return EVP_MAC_update(mac, length, sizeof length) && EVP_MAC_update(mac, bytes, size);
}

bool gs_mac_end(EVP_MAC_CTX *mac, unsigned char out[GS_SM3_SIZE])
{
    size_t size;
    return EVP_MAC_final(mac, out, &size, GS_SM3_SIZE) == 1;
}

/* ---- opening and closing ----------------------------------------------------------------------------- */

static bool fetch(gs_crypto *crypto)
{
    crypto->sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    crypto->sm4 = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
    crypto->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    crypto->digest = EVP_MD_CTX_new();
    return crypto->sm3 && crypto->sm4 && crypto->hmac && crypto->digest;
}

gs_crypto *gs_crypto_new(const govsvc_allocator *allocator, const gs_keys *keys)
{
    gs_crypto *crypto = allocator->allocate(allocator->context, sizeof *crypto);
    if (!crypto)
        return NULL;
    *crypto = (gs_crypto){.allocator = *allocator, .keys = *keys};
    if (fetch(crypto))
        return crypto;
    gs_crypto_free(crypto);
    return NULL;
}

static void forget(gs_key_set *set)
{
    for (int i = 0; i < GS_KEY_USES; i++)
        EVP_MAC_CTX_free(set->mac[i]);
    EVP_CIPHER_CTX_free(set->cipher);
    *set = (gs_key_set){.id = 0};
}

void gs_crypto_free(gs_crypto *crypto)
{
    if (!crypto)
        return;
    for (size_t i = 0; i < GS_KEY_SETS_MAX; i++)
        forget(&crypto->sets[i]);
    EVP_MD_CTX_free(crypto->digest);
    EVP_MD_free(crypto->sm3);
    EVP_CIPHER_free(crypto->sm4);
    EVP_MAC_free(crypto->hmac);
    crypto->allocator.release(crypto->allocator.context, crypto);
}

/* ---- keys -------------------------------------------------------------------------------------------- */

/* The cipher's context keeps its key schedule; a nonce is all it gets later. SM4 takes 16 bytes of key. */
static EVP_CIPHER_CTX *cipher_new(const gs_crypto *crypto, const unsigned char *key)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context && EVP_EncryptInit_ex2(context, crypto->sm4, key, NULL, NULL))
        return context;
    EVP_CIPHER_CTX_free(context);
    return NULL;
}

static bool fill(gs_crypto *crypto, gs_key_set *set, const unsigned char master[GS_KEY_SIZE])
{
    unsigned char key[GS_KEY_SIZE];
    EVP_MAC_CTX *by_master = gs_mac_new(crypto, master);
    bool done = by_master != NULL;
    for (int use = 0; done && use < GS_KEY_USES; use++) {
        done = gs_mac_begin(by_master) &&
               EVP_MAC_update(by_master, (const unsigned char *)labels[use], strlen(labels[use])) &&
               gs_mac_end(by_master, key);
        if (done && use == GS_KEY_CIPHER)
            done = (set->cipher = cipher_new(crypto, key)) != NULL;
        else if (done)
            done = (set->mac[use] = gs_mac_new(crypto, key)) != NULL;
    }
    EVP_MAC_CTX_free(by_master);
    OPENSSL_cleanse(key, sizeof key);
    return done;
}

govsvc_status gs_keys_of(gs_crypto *crypto, int64_t id, gs_key_set **out)
{
    if (id < 1 || id > GS_KEY_ID_MAX)
        return GOVSVC_UNSUPPORTED;
    for (size_t i = 0; i < GS_KEY_SETS_MAX; i++) {
        if (crypto->sets[i].id == id) {
            *out = &crypto->sets[i];
            return GOVSVC_OK;
        }
    }
    unsigned char master[GS_KEY_SIZE] = {0};
    if (!crypto->keys.key(crypto->keys.context, id, master))
        return GOVSVC_UNSUPPORTED;
    gs_key_set *set = &crypto->sets[crypto->next_set];
    forget(set);
    bool done = fill(crypto, set, master);
    OPENSSL_cleanse(master, sizeof master);
    if (!done) {
        forget(set);
        return GOVSVC_INTERNAL;
    }
    set->id = id;
    crypto->next_set = (crypto->next_set + 1) % GS_KEY_SETS_MAX;
    *out = set;
    return GOVSVC_OK;
}

/* Key ids are given from 1 on without a gap. A host that adds one while the library works is noticed,
 * because the id behind the newest known is asked for each time. */
govsvc_status gs_keys_newest(gs_crypto *crypto, gs_key_set **out)
{
    gs_key_set *set;
    govsvc_status status = GOVSVC_OK;
    while (status == GOVSVC_OK && crypto->newest < GS_KEY_ID_MAX) {
        status = gs_keys_of(crypto, crypto->newest + 1, &set);
        crypto->newest += status == GOVSVC_OK;
    }
    if (status != GOVSVC_OK && status != GOVSVC_UNSUPPORTED)
        return status;
    return gs_keys_of(crypto, crypto->newest, out);
}

/* ---- digests ----------------------------------------------------------------------------------------- */

bool gs_sm3(gs_crypto *crypto, const void *bytes, size_t size, unsigned char out[GS_SM3_SIZE])
{
    return EVP_DigestInit_ex2(crypto->digest, crypto->sm3, NULL) &&
           EVP_DigestUpdate(crypto->digest, bytes, size) && EVP_DigestFinal_ex(crypto->digest, out, NULL);
}

/* libcrypto's context under a name of our own, so that its header need not be included for it. */
static EVP_MD_CTX *context_of(gs_digest *digest)
{
    return (EVP_MD_CTX *)digest;
}

static bool begin_anew(EVP_MD_CTX *context, const EVP_MD *sm3)
{
    return EVP_DigestInit_ex2(context, sm3, NULL) == 1;
}

gs_digest *gs_digest_begin(const gs_crypto *crypto)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context && begin_anew(context, crypto->sm3))
        return (gs_digest *)context;
    EVP_MD_CTX_free(context);
    return NULL;
}

bool gs_digest_add(gs_digest *digest, const void *bytes, size_t size)
{
    return EVP_DigestUpdate(context_of(digest), bytes, size) == 1;
}

bool gs_digest_end(gs_digest *digest, unsigned char out[GS_SM3_SIZE])
{
    EVP_MD_CTX *context = context_of(digest);
    return EVP_DigestFinal_ex(context, out, NULL) && begin_anew(context, NULL);
}

void gs_digest_free(gs_digest *digest)
{
    EVP_MD_CTX_free(context_of(digest));
}

void gs_hex(const unsigned char *bytes, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

unsigned char *gs_put_number(unsigned char *to, uint64_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, number >>= 8)
        to[i] = (unsigned char)number;
    return to + bytes;
}

static unsigned char *put_text(unsigned char *to, const char *text, size_t size)
{
    to = gs_put_number(to, size, 8);
    memcpy(to, text, size);
    return to + size;
}

size_t gs_place_put(const gs_place *place, size_t size, unsigned char out[GS_PLACE_MAX])
{
    enum { NUMBERS = 5 * 8 };
    size_t table = strlen(place->table), field = strlen(place->field);
    if (table > GS_PLACE_MAX || field > GS_PLACE_MAX || NUMBERS + table + field > GS_PLACE_MAX)
        return 0;
    unsigned char *to = gs_put_number(out, (uint64_t)place->tenant, 8);
    to = put_text(gs_put_number(to, (uint64_t)place->id, 8), place->table, table);
    to = gs_put_number(put_text(to, place->field, field), size, 8);
    return (size_t)(to - out);
}

bool gs_mark(gs_crypto *crypto, const gs_place *place, const unsigned char salt[GS_SALT_SIZE],
             const void *plain, size_t plain_size, unsigned char out[GS_SM3_SIZE])
{
    unsigned char head[GS_PLACE_MAX];
    EVP_MD_CTX *digest = crypto->digest;
    size_t size = gs_place_put(place, plain_size, head);
    return size && EVP_DigestInit_ex2(digest, crypto->sm3, NULL) &&
           EVP_DigestUpdate(digest, salt, GS_SALT_SIZE) && EVP_DigestUpdate(digest, head, size) &&
           EVP_DigestUpdate(digest, plain, plain_size) && EVP_DigestFinal_ex(digest, out, NULL);
}

bool gs_find_digest(gs_crypto *crypto, const char *table, const char *field, const void *plain,
                    size_t plain_size, unsigned char out[GS_SM3_SIZE])
{
    gs_key_set *set;
    if (gs_keys_of(crypto, 1, &set) != GOVSVC_OK)
        return false;
    EVP_MAC_CTX *mac = set->mac[GS_KEY_FIND];
    return gs_mac_begin(mac) && mac_part(mac, table, strlen(table)) && mac_part(mac, field, strlen(field)) &&
           mac_part(mac, plain, plain_size) && gs_mac_end(mac, out);
}

bool gs_random_default(void *context, void *out, size_t size)
{
    (void)context;
    return size <= INT32_MAX && RAND_bytes(out, (int)size) == 1;
}
