/* lib/calendar/dates.c - days of the month and the week, and times as Beijing's days.
 *
 * May use: base/moment. All pure; nothing here looks at TZ.
 */
#include "calendar/calendar.h"

#include <string.h>

/* Beijing is eight hours ahead of UTC, all the year. */
#define BEIJING_MS (8 * GS_HOUR_MS)

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

gs_civil gs_civil_from_days(int64_t day)
{
    gs_civil civil;
    gs_days_split(day, &civil.year, &civil.month, &civil.day);
    return civil;
}

/* The days from this month's first to the next one's. */
static int64_t month_length(int64_t year, int64_t month)
{
    return gs_days_of(year + month / 12, month % 12 + 1, 1) - gs_days_of(year, month, 1);
}

int gs_weekday(int64_t day)
{
    /* 1970-01-01 was a Thursday. */
    int64_t from_monday = (day + 3) % 7;
    return (int)(from_monday < 0 ? from_monday + 8 : from_monday + 1);
}

int64_t gs_add_months(int64_t day, int64_t months)
{
    gs_civil civil = gs_civil_from_days(day);
    int64_t all = civil.year * 12 + civil.month - 1 + months;
    int64_t year = floor_divide(all, 12), month = all - year * 12 + 1;
    int64_t length = month_length(year, month);
    return gs_days_of(year, month, civil.day < length ? civil.day : length);
}

bool gs_date_parse(const char *date, int64_t *day)
{
    return date && gs_date_read(date, strlen(date), day) && *day >= gs_days_of(1, 1, 1);
}

static void put_number(char *at, int64_t value, int digits)
{
    while (digits-- > 0) {
        at[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

const char *gs_date_format(int64_t day, char out[GS_DATE_SIZE])
{
    gs_civil civil = gs_civil_from_days(day);
    put_number(out, civil.year, 4);
    put_number(out + 5, civil.month, 2);
    put_number(out + 8, civil.day, 2);
    out[4] = out[7] = '-';
    out[10] = '\0';
    return out;
}

int64_t gs_day_of(int64_t at)
{
    /* The eight hours are added after dividing, where they cannot overflow. */
    int64_t rest = at % GS_DAY_MS;
    return floor_divide(at, GS_DAY_MS) + ((rest < 0 ? rest + GS_DAY_MS : rest) >= GS_DAY_MS - BEIJING_MS);
}

int64_t gs_day_start(int64_t day)
{
    return day * GS_DAY_MS - BEIJING_MS;
}

/* The same years as those of the times that a record may hold. */
bool gs_day_in_range(int64_t day)
{
    return day >= (GS_MOMENT_LEAST + BEIJING_MS) / GS_DAY_MS &&
           day <= (GS_MOMENT_MOST + BEIJING_MS) / GS_DAY_MS;
}

bool gs_time_in_range(int64_t at)
{
    return at >= GS_MOMENT_LEAST && at <= GS_MOMENT_MOST;
}

bool govsvc_date_of(int64_t at, char out[11])
{
    int64_t day = gs_day_of(at);
    if (!out || day < gs_days_of(1, 1, 1) || day > gs_days_of(9999, 12, 31))
        return false;
    gs_date_format(day, out);
    return true;
}

bool govsvc_date_start(const char *date, int64_t *at)
{
    int64_t day;
    if (!at || !gs_date_parse(date, &day))
        return false;
    *at = gs_day_start(day);
    return true;
}
