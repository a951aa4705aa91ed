/* lib/matter/decimal.c - numbers compared digit by digit, and dates reckoned from today. */
#include "matter/form_value.h"

#include <string.h>

#include "base/text.h"

/* No number in binary is as large or as small. */
enum { EXPONENT_MAX = 1000 };

static bool add_digit(gs_decimal *to, char digit, bool fraction)
{
    if (to->count == 0 && digit == '0') {
        to->point -= fraction;
        return true;
    }
    if (to->count == GS_DECIMAL_DIGITS)
        return false;
    to->digits[to->count++] = digit;
    to->point += !fraction;
    return true;
}

/* Digits up to something else; how many. -1: too many. */
static int read_digits(const char **at, gs_decimal *to, bool fraction)
{
    const char *from = *at;
    for (; **at >= '0' && **at <= '9'; ++*at)
        if (!add_digit(to, **at, fraction))
            return -1;
    return (int)(*at - from);
}

/* What a program writes of large and small numbers. */
static bool read_exponent(const char *at, gs_decimal *to)
{
    int64_t exponent;
    if (*at != 'e' && *at != 'E')
        return *at == '\0';
    at += at[1] == '+' ? 2 : 1;
    bool negative = *at == '-';
    at += negative;
    if (*at < '0' || *at > '9')
        return false;
    at += strspn(at, "0");
    if (!gs_integer_read(*at ? at : "0", *at ? strlen(at) : 1, &exponent) || exponent > EXPONENT_MAX)
        return false;
    to->point += negative ? -exponent : exponent;
    return true;
}

bool gs_decimal_read(const char *text, gs_decimal *out)
{
    *out = (gs_decimal){.negative = *text == '-'};
    text += out->negative;
    if (read_digits(&text, out, false) < 1)
        return false;
    if (*text == '.') {
        text++;
        if (read_digits(&text, out, true) < 1)
            return false;
    }
    if (!read_exponent(text, out))
        return false;
    while (out->count && out->digits[out->count - 1] == '0')
        out->count--;
    if (out->count == 0)
        *out = (gs_decimal){.count = 0};
    return true;
}

bool gs_decimal_whole(const gs_decimal *of)
{
    return of->count <= of->point || of->count == 0;
}

static int compare_sizes(const gs_decimal *a, const gs_decimal *b)
{
    int common = a->count < b->count ? a->count : b->count;
    if (!a->count || !b->count)
        return a->count - b->count;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    int order = memcmp(a->digits, b->digits, (size_t)common);
    return order ? order : a->count - b->count;
}

int gs_decimal_compare(const gs_decimal *a, const gs_decimal *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    return a->negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

/* ---- dates ----------------------------------------------------------------------------------------------- */

/* Farther than that no date lies. */
enum { YEARS_MAX = 300, MONTHS_MAX = YEARS_MAX * 12, DAYS_MAX = YEARS_MAX * 366 };

static bool move(int64_t today, int64_t by, int64_t most, char unit, int64_t *day)
{
    if (by < -most || by > most)
        return false;
    *day = unit == 'd' ? today + by : gs_add_months(today, unit == 'y' ? by * 12 : by);
    return true;
}

bool gs_form_day_read(const char *text, int64_t today, int64_t *day)
{
    static const char word[] = "today";
    size_t size = strlen(text);
    int64_t by = 0;
    if (strncmp(text, word, strlen(word)) != 0)
        return gs_date_read(text, size, day);
    const char *rest = text + strlen(word);
    if (!*rest)
        return move(today, 0, 0, 'd', day);
    bool plus = *rest == '+';
    char unit = text[size - 1];
    if ((!plus && *rest != '-') || rest[1] == '-' ||
        !gs_integer_read(rest + plus, size - 1 - (size_t)(rest + plus - text), &by))
        return false;
    return unit == 'd'   ? move(today, by, DAYS_MAX, unit, day)
           : unit == 'm' ? move(today, by, MONTHS_MAX, unit, day)
           : unit == 'y' ? move(today, by, YEARS_MAX, unit, day)
                         : false;
}
