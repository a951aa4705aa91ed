/* tests/fuzz/fuzz.h - what the fuzz programs share: each is one source with LLVMFuzzerTestOneInput(), made
 * for libFuzzer (tests/fuzz/run); with FUZZ_STANDALONE it gets a main of its own, which runs it over the
 * examples of the folders it is given and over small changes of them, with any compiler.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "govsvc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must be so for any input. */
#define MUST(condition)                                                                                      \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                          \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

/* The input as text; the caller frees it. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    MUST(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

/* Whatever is refused is refused in words. */
static inline void fuzz_in_words(const govsvc_problem *problem)
{
    MUST(problem && problem->struct_size == sizeof *problem && govsvc_status_name(problem->status));
    MUST(problem->status != GOVSVC_OK && problem->status != GOVSVC_INTERNAL && problem->field);
    MUST(problem->text_zh && *problem->text_zh && problem->text_en && *problem->text_en);
}

static inline void fuzz_answered(const govsvc_session *session, govsvc_status status)
{
    MUST(govsvc_status_name(status) && status != GOVSVC_INTERNAL && status != GOVSVC_CORRUPT);
    MUST((status == GOVSVC_OK) == (govsvc_problem_count(session) == 0));
    for (uint64_t i = 0; i < govsvc_problem_count(session); i++)
        fuzz_in_words(govsvc_problem_at(session, i));
}

#define FUZZ_ORGAN "11440232MB2D06811W"
#define FUZZ_MATTER FUZZ_ORGAN "4000117051000"

static inline int64_t fuzz_clock(void *context)
{
    (void)context;
    return INT64_C(1772413200000); /* 2026-03-02T09:00:00+08:00 */
}

/* A session that may do everything, on a store in memory that stays open. */
static inline govsvc_session *fuzz_open(void)
{
    /* no applicant: nobody reviews their own application */
    static const char *const roles[] = {"window_clerk", "acceptor",      "reviewer", "organ_head",
                                        "auditor",      "administrator", "system"};
    govsvc_config config = GOVSVC_CONFIG_INIT;
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc *gs = NULL;
    govsvc_session *session = NULL;
    config.store = "sqlite::memory:";
    config.division = "450100";
    config.clock = fuzz_clock;
    actor.id = "u-1001";
    actor.roles = roles;
    actor.role_count = sizeof roles / sizeof *roles;
    actor.organ = FUZZ_ORGAN;
    actor.division = "450000";
    MUST(govsvc_open(&config, &gs) == GOVSVC_OK);
    MUST(govsvc_session_open(gs, &actor, &session, NULL) == GOVSVC_OK);
    return session;
}

#ifdef FUZZ_STANDALONE
#include <dirent.h>

enum { FUZZ_CHANGES = 300, FUZZ_SIZE_MAX = 1 << 16 };

static size_t fuzz_change(uint8_t *data, size_t size, uint64_t *random)
{
    static const char pieces[] = "{}[]\",:\\<>/&;0-9eu\x80\xff\xe2\x80\xae\n ";
    for (int i = 0; i < 4; i++) {
        *random = *random * 6364136223846793005u + 1442695040888963407u;
        size_t at = size ? (*random >> 33) % size : 0;
        size_t rest = size - at;
        switch (*random >> 60 & 3) {
        case 0:
            if (size)
                data[at] ^= (uint8_t)(1u << (*random >> 20 & 7));
            break;
        case 1:
            if (size)
                data[at] = (uint8_t)pieces[(*random >> 20) % (sizeof pieces - 1)];
            break;
        case 2: /* a piece twice */
            rest = rest < 16 ? rest : 16;
            if (size + rest < FUZZ_SIZE_MAX) {
                memmove(data + at + rest, data + at, size - at);
                size += rest;
            }
            break;
        default: /* cut short */
            size -= rest < 8 ? rest : 8;
        }
    }
    return size;
}

static void fuzz_file(const char *path)
{
    static uint8_t example[FUZZ_SIZE_MAX], changed[FUZZ_SIZE_MAX];
    uint64_t random = 1;
    FILE *file = fopen(path, "rb");
    MUST(file != NULL);
    size_t size = fread(example, 1, sizeof example, file);
    fclose(file);
    LLVMFuzzerTestOneInput(example, size);
    for (int i = 0; i < FUZZ_CHANGES; i++) {
        memcpy(changed, example, size);
        LLVMFuzzerTestOneInput(changed, fuzz_change(changed, size, &random));
    }
}

int main(int argc, char **argv)
{
    char path[1024];
    int count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        MUST(folder != NULL);
        for (struct dirent *entry; (entry = readdir(folder));) {
            if (entry->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            fuzz_file(path);
            count++;
        }
        closedir(folder);
    }
    printf("%d passed, %d failed\n", count, count ? 0 : 1);
    return count ? 0 : 1;
}
#endif

#endif
