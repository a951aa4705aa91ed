/* tests/test.h - the little that a test needs: cases, checks, and a closing line that counts.
 *
 *     static void adds(void) { CHECK(1 + 1 == 2); CHECK_TEXT("a", "a"); }
 *     int main(void) { static const test_case cases[] = {TEST(adds)}; return test_main(cases, TEST_COUNT(cases)); }
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct test_case {
    const char *name;
    void (*run)(void);
} test_case;

static int test_failed_checks; /* in the case that runs */

#define TEST(function) {#function, function}
#define TEST_COUNT(cases) (sizeof(cases) / sizeof *(cases))

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            test_failed_checks++;                                                                            \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                          \
        }                                                                                                    \
    } while (0)

#define CHECK_INT(got, want)                                                                                 \
    do {                                                                                                     \
        int64_t got_ = (int64_t)(got), want_ = (int64_t)(want);                                              \
        if (got_ != want_) {                                                                                 \
            test_failed_checks++;                                                                            \
            fprintf(stderr, "%s:%d: %s is %" PRId64 ", not %" PRId64 "\n", __FILE__, __LINE__, #got, got_,   \
                    want_);                                                                                  \
        }                                                                                                    \
    } while (0)

#define CHECK_TEXT(got, want)                                                                                \
    do {                                                                                                     \
        const char *got_ = (got), *want_ = (want);                                                           \
        if ((got_ == NULL) != (want_ == NULL) || (got_ && strcmp(got_, want_) != 0)) {                       \
            test_failed_checks++;                                                                            \
            fprintf(stderr, "%s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__, #got,                   \
                    got_ ? got_ : "(null)", want_ ? want_ : "(null)");                                       \
        }                                                                                                    \
    } while (0)

static int test_main(const test_case *cases, size_t count)
{
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        test_failed_checks = 0;
        cases[i].run();
        if (test_failed_checks) {
            fprintf(stderr, "FAILED %s\n", cases[i].name);
            failed++;
        }
    }
    printf("%zu passed, %zu failed\n", count - failed, failed);
    return failed ? 1 : 0;
}

#endif
