/* lib/crypto/keys.h - what crypto.c and seal.c share: the contexts of a gs_crypto, and its derived keys.
 *
 * May use: base, libcrypto. Nobody outside this room includes it.
 */
#ifndef GS_CRYPTO_KEYS_H
#define GS_CRYPTO_KEYS_H

#include <openssl/evp.h>

#include "crypto/crypto.h"

enum { GS_KEY_CIPHER, GS_KEY_TAG, GS_KEY_FIND, GS_KEY_USES };
/* Sets of derived keys that are kept at a time, and the highest key id there may be. */
enum { GS_KEY_SETS_MAX = 16, GS_KEY_ID_MAX = 1000000 };

/* One master key's contexts, keyed. */
typedef struct gs_key_set {
    int64_t id; /* 0: free */
    EVP_CIPHER_CTX *cipher;
    EVP_MAC_CTX *mac[GS_KEY_USES]; /* the cipher's place is empty */
} gs_key_set;

struct gs_crypto {
    govsvc_allocator allocator;
    gs_keys keys;
    EVP_MD *sm3;
    EVP_CIPHER *sm4;
    EVP_MAC *hmac;
    EVP_MD_CTX *digest;
    int64_t newest;
    size_t next_set; /* the one that is given up next */
    gs_key_set sets[GS_KEY_SETS_MAX];
};

/* The keys of an id, valid until the next call. UNSUPPORTED: the host has none. INTERNAL: libcrypto. */
govsvc_status gs_keys_of(gs_crypto *crypto, int64_t id, gs_key_set **out);
govsvc_status gs_keys_newest(gs_crypto *crypto, gs_key_set **out);

/* Big endian; answers what is behind it. */
unsigned char *gs_put_number(unsigned char *to, uint64_t number, int bytes);

/* What stands before a value in its mark and its tag: the place, and the size of what follows; every text
 * behind its length, so that no two of them are one stream of bytes. Answers how many bytes; 0: a name is
 * too long. */
enum { GS_PLACE_MAX = 256 };
size_t gs_place_put(const gs_place *place, size_t size, unsigned char out[GS_PLACE_MAX]);

/* HMAC-SM3. A context is keyed once and begun as often as it is needed. */
EVP_MAC_CTX *gs_mac_new(const gs_crypto *crypto, const unsigned char key[GS_KEY_SIZE]);
bool gs_mac_begin(EVP_MAC_CTX *mac);
bool gs_mac_end(EVP_MAC_CTX *mac, unsigned char out[GS_SM3_SIZE]);

#endif
