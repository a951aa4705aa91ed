#include "base/moment.h"

#include "base/text.h"

enum { DAY_MS = 86400000, HOUR_MS = 3600000, MINUTE_MS = 60000, BEIJING_MS = 8 * HOUR_MS };

/* Both ways count in eras of 400 years (146,097 days) that begin on a 1 March. */
int64_t gs_days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void gs_days_split(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100), index = (5 * of_year + 2) / 153;
    *day = of_year - (153 * index + 2) / 5 + 1;
    *month = index < 10 ? index + 3 : index - 9;
    *year = years + era * 400 + (*month <= 2);
}

static bool digits(const char *text, size_t count, int64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

static int64_t month_days(int64_t year, int64_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool gs_date_read(const char *text, size_t size, int64_t *days)
{
    int64_t year, month, day;
    if (size != 10 || text[4] != '-' || text[7] != '-')
        return false;
    if (!digits(text, 4, &year) || !digits(text + 5, 2, &month) || !digits(text + 8, 2, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    *days = gs_days_of(year, month, day);
    return true;
}

/* "HH:MM" at text, as milliseconds. */
static bool hour_minute(const char *text, int64_t *ms)
{
    int64_t hour, minute;
    if (text[2] != ':' || !digits(text, 2, &hour) || !digits(text + 3, 2, &minute) || hour > 23 ||
        minute > 59)
        return false;
    *ms = hour * HOUR_MS + minute * MINUTE_MS;
    return true;
}

/* ".250" at *at: milliseconds, and *at moved behind it. */
static bool fraction(const char **at, const char *end, int64_t *ms)
{
    const char *from = ++*at;
    int64_t unit = 100;
    *ms = 0;
    for (; *at < end && **at >= '0' && **at <= '9'; ++*at, unit /= 10) {
        if (unit == 0 && **at != '0')
            return false;
        *ms += (**at - '0') * unit;
    }
    return *at > from;
}

static bool zone(const char *at, const char *end, int64_t *ms)
{
    *ms = 0;
    if (end - at == 1)
        return *at == 'Z' || *at == 'z';
    if (end - at != 6 || (*at != '+' && *at != '-') || !hour_minute(at + 1, ms))
        return false;
    if (*at == '-')
        *ms = -*ms;
    return true;
}

bool gs_moment_read(const char *text, size_t size, int64_t *at)
{
    enum { DATE = 10, SECONDS = 19 };
    int64_t days, time, second, part = 0, offset;
    if (size <= SECONDS || (text[DATE] != 'T' && text[DATE] != 't') || !gs_date_read(text, DATE, &days))
        return false;
    if (!hour_minute(text + DATE + 1, &time) || text[16] != ':' || !digits(text + 17, 2, &second) ||
        second > 59)
        return false;
    const char *rest = text + SECONDS, *end = text + size;
    if (*rest == '.' && !fraction(&rest, end, &part))
        return false;
    if (!zone(rest, end, &offset))
        return false;
    *at = days * DAY_MS + time + second * 1000 + part - offset;
    return true;
}

static char *put(char *to, int64_t value, int width)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + width;
}

size_t gs_moment_write(int64_t at, char out[GS_MOMENT_SIZE])
{
    int64_t days = at / DAY_MS, ms = at % DAY_MS + BEIJING_MS;
    if (ms < 0 || ms >= DAY_MS) {
        days += ms < 0 ? -1 : 1;
        ms += ms < 0 ? DAY_MS : -DAY_MS;
    }
    int64_t year, month, day;
    gs_days_split(days, &year, &month, &day);
    char *to = out;
    if (year >= 0 && year <= 9999)
        to = put(to, year, 4);
    else
        to += gs_integer_write(year, to);
    *to++ = '-', to = put(to, month, 2);
    *to++ = '-', to = put(to, day, 2);
    *to++ = 'T', to = put(to, ms / HOUR_MS, 2);
    *to++ = ':', to = put(to, ms / MINUTE_MS % 60, 2);
    *to++ = ':', to = put(to, ms / 1000 % 60, 2);
    if (ms % 1000)
        *to++ = '.', to = put(to, ms % 1000, 3);
    static const char beijing[] = "+08:00";
    for (const char *from = beijing; *from;)
        *to++ = *from++;
    return (size_t)(to - out);
}
