/* moment.c - times as people write them: RFC 3339, or a date, which is 9:00 in Beijing. */
#include "run.h"

#include <string.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, BEIJING = 8 * HOUR };

/* So many digits, and the character that must follow; false: they are not there. */
static bool digits(const char **at, int count, int most, int64_t *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return *out <= most;
}

static bool skip(const char **at, char mark)
{
    bool there = **at == mark;
    *at += there;
    return there;
}

/* "Z", "+08:00": what is to be taken away. */
static bool zone(const char **at, int64_t *offset)
{
    int64_t hours, minutes, sign = **at == '-' ? -1 : 1;
    *offset = 0;
    if (skip(at, 'Z') || skip(at, 'z'))
        return true;
    if (!skip(at, '+') && !skip(at, '-'))
        return false;
    if (!digits(at, 2, 23, &hours) || !skip(at, ':') || !digits(at, 2, 59, &minutes))
        return false;
    *offset = sign * (hours * HOUR + minutes * MINUTE);
    return true;
}

static bool clock_time(const char *at, int64_t *out)
{
    int64_t hours, minutes, seconds, milliseconds = 0, offset;
    if (!digits(&at, 2, 23, &hours) || !skip(&at, ':') || !digits(&at, 2, 59, &minutes) ||
        !skip(&at, ':') || !digits(&at, 2, 59, &seconds))
        return false;
    if (skip(&at, '.') && !digits(&at, 3, 999, &milliseconds))
        return false;
    if (!zone(&at, &offset) || *at)
        return false;
    *out = hours * HOUR + minutes * MINUTE + seconds * 1000 + milliseconds + BEIJING - offset;
    return true;
}

bool cli_moment(const char *text, int64_t *at)
{
    char date[11] = "";
    int64_t day, time = 9 * HOUR;
    strncat(date, text, sizeof date - 1);
    if (!govsvc_date_start(date, &day))
        return false;
    const char *rest = text + 10;
    bool whole = !*rest || ((*rest == 'T' || *rest == 't' || *rest == ' ') && clock_time(rest + 1, &time));
    if (whole)
        *at = day + time;
    return whole;
}
