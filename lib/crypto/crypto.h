/* lib/crypto/crypto.h - SM3, SM4 and the sealing of personal fields, through libcrypto.
 *
 * May use: base, libcrypto. Algorithms are fetched once for a gs_crypto and keyed contexts are reused;
 * a gs_crypto is used by one thread at a time (each connection has its own).
 */
#ifndef GS_CRYPTO_CRYPTO_H
#define GS_CRYPTO_CRYPTO_H

#include "base/arena.h"

enum { GS_SM3_SIZE = 32, GS_KEY_SIZE = 32, GS_SALT_SIZE = 16 };

typedef struct gs_crypto gs_crypto;

/* The host's master keys: answers false where there is none with this id (the first is 1). */
typedef struct gs_keys {
    bool (*key)(void *context, int64_t key_id, unsigned char out[GS_KEY_SIZE]);
    void *context;
} gs_keys;

/* NULL: no memory, or libcrypto lacks SM3 or SM4. The newest key is the highest id that is there. */
gs_crypto *gs_crypto_new(const govsvc_allocator *allocator, const gs_keys *keys);
void gs_crypto_free(gs_crypto *crypto);

/* One-shot digest. false: libcrypto failed. */
bool gs_sm3(gs_crypto *crypto, const void *bytes, size_t size, unsigned char out[GS_SM3_SIZE]);
/* A digest in pieces. NULL: no memory. */
typedef struct gs_digest gs_digest;
gs_digest *gs_digest_begin(const gs_crypto *crypto);
bool gs_digest_add(gs_digest *digest, const void *bytes, size_t size);
bool gs_digest_end(gs_digest *digest, unsigned char out[GS_SM3_SIZE]); /* begins anew */
void gs_digest_free(gs_digest *digest);
void gs_hex(const unsigned char *bytes, size_t size, char *out); /* 2 * size + 1 characters */

/* Where a sealed value belongs; it opens nowhere else. */
typedef struct gs_place {
    int64_t tenant;
    int64_t id;
    const char *table;
    const char *field;
} gs_place;

/* SM4-CTR, then HMAC-SM3 over everything before the tag and over the place. The stored value is
 * algorithm (1 byte), key id (4 bytes, big endian), nonce (16), ciphertext, tag (32). nonce is given by
 * the caller (from the host's random source). *sealed lives in the arena. GOVSVC_NO_MEMORY, INTERNAL. */
govsvc_status gs_seal(gs_crypto *crypto, const gs_place *place, const unsigned char nonce[16],
                      const void *plain, size_t plain_size, gs_arena *arena, const unsigned char **sealed,
                      size_t *sealed_size);
/* *plain is NUL-terminated and lives in the arena. CORRUPT: not what gs_seal made for this place.
 * UNSUPPORTED: the algorithm or key is not known. */
govsvc_status gs_unseal(gs_crypto *crypto, const gs_place *place, const unsigned char *sealed,
                        size_t sealed_size, gs_arena *arena, const char **plain, size_t *plain_size);

/* The salted digest of a personal value, which stands for it in journal and row hash:
 * SM3(salt, place, value). */
bool gs_mark(gs_crypto *crypto, const gs_place *place, const unsigned char salt[GS_SALT_SIZE],
             const void *plain, size_t plain_size, unsigned char out[GS_SM3_SIZE]);
/* The keyed digest by which a personal value is found: HMAC-SM3 under a key derived from master key 1
 * (so that rotation leaves it), over table, field and value; not over the id. */
bool gs_find_digest(gs_crypto *crypto, const char *table, const char *field, const void *plain,
                    size_t plain_size, unsigned char out[GS_SM3_SIZE]);

/* libcrypto's random bytes, in the shape of config.random. */
bool gs_random_default(void *context, void *out, size_t size);

#endif
