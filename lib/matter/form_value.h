/* lib/matter/form_value.h - a value of a form, as its field's type has it; and how conditions compare it.
 *
 * May use: matter, pattern, record/json_parse, calendar, codes. Numbers are compared as decimals, digit by digit.
 */
#ifndef GS_MATTER_FORM_VALUE_H
#define GS_MATTER_FORM_VALUE_H

#include "matter/matter.h"
#include "record/json_parse.h"

/* 0.DIGITS times ten to the power of point; no digits: 0. */
enum { GS_DECIMAL_DIGITS = 40 };
typedef struct gs_decimal {
    bool negative;
    int count;
    int64_t point;
    char digits[GS_DECIMAL_DIGITS];
} gs_decimal;

/* "-12.50"; false: no number, or more digits than there is room for. */
bool gs_decimal_read(const char *text, gs_decimal *out);
bool gs_decimal_whole(const gs_decimal *of);
/* Less than 0, 0, more than 0. */
int gs_decimal_compare(const gs_decimal *a, const gs_decimal *b);

/* "2026-03-02", or reckoned from today: "today", "today-18y", "today+3m", "today-30d"; to the month's last day
 * where it has no such one. */
bool gs_form_day_read(const char *text, int64_t today, int64_t *day);

/* Absent, null, a text of nothing but space, no choice at all. */
bool gs_form_empty(const json_t *value);
/* Tells everything that is wrong with a value that is not empty. */
void gs_form_value_check(const govsvc_form_field *field, const json_t *value, const gs_path *path,
                         gs_problems *problems);

/* Types by what can be asked of their values. */
bool gs_form_is_number(int64_t type);
bool gs_form_has_choices(int64_t type);
/* Can a value of this type be compared so (GOVSVC_OPERATOR_...)? */
bool gs_form_can(int64_t type, int64_t operation);
/* What a condition comes to for a value that is not empty: GOVSVC_VERDICT_.... A value that is none of its
 * field's type needs a person. */
int64_t gs_form_verdict(const govsvc_criterion *criterion, const govsvc_form_field *field,
                        const json_t *value, int64_t today);

#endif
