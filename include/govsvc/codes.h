/* govsvc/codes.h - numbers that carry their own check: pure functions, no store, any thread.
 *
 * What is wrong is said exactly: length, alphabet, which part, the expected check character. A check
 * is strict: lower case and spaces are wrong; govsvc_code_normalise() repairs them when asked.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_CODES_H
#define GOVSVC_CODES_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kinds of number. Names for the command line and JSON stand beside them. */
enum {
    GOVSVC_CODE_CITIZEN_ID = 1,     /* "citizen-id": GB 11643, 18 characters, or the older 15 digits */
    GOVSVC_CODE_USCC = 2,           /* "uscc": unified social credit code, GB 32100, 18 characters */
    GOVSVC_CODE_ORG_CODE = 3,       /* "org-code": organisation code, GB 11714, 9 characters; in print a
                                       hyphen may stand before the last ("D2143569-X") */
    GOVSVC_CODE_DIVISION = 4,       /* "division": GB/T 2260, 6 digits; statistical 9 or 12 digits */
    GOVSVC_CODE_MATTER = 5,         /* "matter-code": basic 12, implementation 31, handling item 33 */
    GOVSVC_CODE_CERTIFICATE_ID = 6  /* "certificate-id": GB/T 36904, 1.2.156.3005.2. ... */
};

/* Longest value that is looked at, in bytes; more is "length". */
#define GOVSVC_CODE_MAX 256

/* Is value a well-formed number of this kind? GOVSVC_OK, or GOVSVC_INVALID with every problem found
 * in *problems (may be NULL if they are not wanted; free with govsvc_free). Rules: "length",
 * "alphabet", "division", "birth_date", "part", "check_character", "abolished" (an abolished division
 * is INVALID as a present one, but accepted inside a citizen id).
 * GOVSVC_UNSUPPORTED: no such kind. GOVSVC_MISUSE: value is NULL. GOVSVC_NO_MEMORY. */
GOVSVC_API govsvc_status govsvc_code_check(int64_t kind, const char *value,
                                           const govsvc_problem_list **problems);

/* The strict form of value: spaces and (where the code has none) hyphens removed, letters in upper
 * case, full-width digits and letters made ASCII, a 15-digit citizen id made 18. Nothing is
 * invented: what is wrong stays wrong for govsvc_code_check(). *out is freed by govsvc_free(). */
GOVSVC_API govsvc_status govsvc_code_normalise(int64_t kind, const char *value, const char **out);

/* The check character of a number whose last character is missing or to be replaced: body is the
 * number without it. *check is set to it. GOVSVC_INVALID: body has the wrong length or alphabet.
 * GOVSVC_UNSUPPORTED: the kind has none (divisions, matter codes). */
GOVSVC_API govsvc_status govsvc_code_check_character(int64_t kind, const char *body, char *check);

/* The kind by its name ("uscc"), 0 if there is none; and its name, NULL if there is none. */
GOVSVC_API int64_t govsvc_code_kind(const char *name);
GOVSVC_API const char *govsvc_code_kind_name(int64_t kind);

/* What is known of a 6-digit division: its name, the first year since 1980 in which it was known, and
 * whether it stands in the shipped edition (state of 2023). GOVSVC_NOT_FOUND: never known since 1980.
 * The record is freed by govsvc_free(). */
typedef struct govsvc_division_fact {
    uint64_t struct_size;
    const char *code; /* 6 digits */
    const char *name; /* the latest known */
    int64_t since;    /* year; 1980 means "1980 or before" */
    int64_t current;  /* GOVSVC_YES or GOVSVC_NO (abolished) */
} govsvc_division_fact;

GOVSVC_API govsvc_status govsvc_division_lookup(const char *code, const govsvc_division_fact **out);

#ifdef __cplusplus
}
#endif
#endif
