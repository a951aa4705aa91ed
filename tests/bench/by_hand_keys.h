/* tests/bench/by_hand_keys.h - SM3, SM4 and HMAC-SM3 as the hand-written program uses them: contexts are
 * keyed once, and what comes before a value is put together in one piece. */
#ifndef BENCH_BY_HAND_KEYS_H
#define BENCH_BY_HAND_KEYS_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SM3_SIZE = 32, SALT_SIZE = 16, SEAL_EXTRA = 21 + 32 };

typedef struct hand_keys {
    EVP_MD *sm3;
    EVP_MD_CTX *digest;
    EVP_CIPHER_CTX *cipher;
    EVP_MAC_CTX *tag, *find;
} hand_keys;

/* Where a personal value belongs: its table, row and column. */
typedef struct hand_place {
    int64_t tenant, id;
    const char *table, *field;
} hand_place;

bool hand_keys_open(hand_keys *keys, const unsigned char master[32]);
void hand_keys_close(hand_keys *keys);
bool hand_sm3(hand_keys *keys, const void *bytes, size_t size, unsigned char out[SM3_SIZE]);
bool hand_mark(hand_keys *keys, const hand_place *place, const unsigned char salt[SALT_SIZE], const char *value,
               size_t size, unsigned char out[SM3_SIZE]);
bool hand_find(hand_keys *keys, const hand_place *place, const char *value, size_t size, unsigned char out[SM3_SIZE]);
/* out has room for size + SEAL_EXTRA. */
bool hand_seal(hand_keys *keys, const hand_place *place, const unsigned char nonce[16], const char *value,
               size_t size, unsigned char *out);

#endif
