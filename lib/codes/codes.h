/* lib/codes/codes.h - checked numbers for the rooms above: no allocation unless something is wrong.
 *
 * May use: base.
 */
#ifndef GS_CODES_CODES_H
#define GS_CODES_CODES_H

#include "base/problem.h"
#include "govsvc/codes.h"

/* govsvc_code_check() for one field of a record: problems (may be NULL) are added with this JSON
 * Pointer. GOVSVC_OK, GOVSVC_INVALID, GOVSVC_UNSUPPORTED (no such kind), GOVSVC_MISUSE (value NULL);
 * a list without memory says so itself. */
govsvc_status gs_code_check(int64_t kind, const char *value, gs_problems *problems, const char *field);

/* What a kind is called, NULL if there is none. */
const char *gs_code_title_zh(int64_t kind);
const char *gs_code_title_en(int64_t kind);

typedef struct gs_division {
    const char *name; /* static */
    int16_t since;
    bool current;
} gs_division;

/* Reads the first six bytes only; division may be NULL. */
bool gs_division_find(const char *six, gs_division *division);
/* Known at any time since 1980. */
bool gs_division_known6(const char *six);
/* Are these two digits a province, region or municipality of today? */
bool gs_division_province(const char *two);
/* How many divisions the table holds. */
size_t gs_division_count(void);

/* ISO 7064 MOD 37,36 over the characters 0-9 A-Z of text; others are passed over. */
char gs_iso7064_mod37_36(const char *text, size_t size);

#endif
