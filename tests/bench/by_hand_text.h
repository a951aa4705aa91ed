/* tests/bench/by_hand_text.h - text that is put together piece by piece, as the hand-written program does it. */
#ifndef BENCH_BY_HAND_TEXT_H
#define BENCH_BY_HAND_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { DAY_MS = 86400000, BEIJING_MS = 28800000 };

/* It does not grow: a benchmark's drafts are never so long. */
typedef struct text {
    size_t size;
    char at[16384];
} text;

void add_bytes(text *to, const void *bytes, size_t size);
static inline void add(text *to, const char *words)
{
    add_bytes(to, words, strlen(words));
}
void add_integer(text *to, int64_t number);
void add_quoted(text *to, const char *words); /* as JSON */
void add_time(text *to, int64_t at);          /* quoted */

/* "2026-03-02T09:00:00.250+08:00"; a date alone is its first 10 characters. */
size_t format_time(int64_t at, char out[32]);

#endif
