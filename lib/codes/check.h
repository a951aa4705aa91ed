/* lib/codes/check.h - what the checks of this room share: saying what is wrong, shapes, digits.
 *
 * May use: base.
 */
#ifndef GS_CODES_CHECK_H
#define GS_CODES_CHECK_H

#include "codes/codes.h"

/* One check under way. Its words name the thing checked; a check of a number inside another copies
 * it, renames the copy and takes its count back. */
typedef struct gs_check {
    gs_problems *problems; /* may be NULL: only the count is wanted */
    const char *field;
    const char *zh;
    const char *en;
    const char *basis;
    size_t count;
} gs_check;

/* Tells one problem. Both texts go behind the check's own words and take the same arguments. */
void gs_check_say(gs_check *check, const char *rule, const char *expected, const char *got, const char *zh,
                  const char *en, ...) __attribute__((format(printf, 5, 7), format(printf, 6, 7)));

/* The lengths a number may have. A pattern gives each character's class: d digit, x digit or X,
 * u the 31 of GB 32100, a digit or capital, c the same or a dot, - itself. */
typedef struct gs_shape {
    const char *lengths; /* for the reader: "18 / 15" */
    const char *patterns[4];
    char widest; /* the class that every character belongs to */
} gs_shape;

/* Tells wrong lengths and every character that does not belong. The length, if value has one of the
 * shape's and is all ASCII (so that its parts can be looked at), else 0. */
size_t gs_check_shape(gs_check *check, const char *value, const gs_shape *shape);
/* Every character of value against one class; tells the wrong ones. True if there are none. */
bool gs_check_class(gs_check *check, const char *value, char class_);

bool gs_class_has(char class_, char c);
bool gs_all(char class_, const char *text, size_t size);
int gs_digits_value(const char *text, size_t size);
/* 0-9 and A-Z as 0 to 35. */
int gs_alnum_value(char c);
/* size bytes of from, terminated; to has size + 1. Returns to. */
char *gs_part(char *to, const char *from, size_t size);

/* One character of UTF-8: its length in bytes, and its code point; what is not UTF-8 counts as one
 * byte, with code point 0. */
size_t gs_code_point(const char *at, uint32_t *code_point);

/* The checks; value is at most GOVSVC_CODE_MAX bytes. */
void gs_check_citizen_id(gs_check *check, const char *value);
void gs_check_uscc(gs_check *check, const char *value);
void gs_check_org_code(gs_check *check, const char *value);
void gs_check_division(gs_check *check, const char *value);
void gs_check_matter(gs_check *check, const char *value);
void gs_check_certificate_id(gs_check *check, const char *value);

/* The parts of a USCC that value begins with, under a name of its own; characters that do not belong
 * were told by the outer check, and only parts without them are looked at. */
void gs_check_uscc_inside(gs_check *outer, const char *value, const char *zh, const char *en);

/* Check characters: body has size characters; '\0' if its length or alphabet is wrong. */
char gs_citizen_id_check_character(const char *body, size_t size);
char gs_uscc_check_character(const char *body, size_t size);
char gs_org_code_check_character(const char *body, size_t size);
char gs_certificate_id_check_character(const char *body, size_t size);

#endif
