/* lib/base/moment.h - dates and times as text: "YYYY-MM-DD" and RFC 3339, Gregorian, Beijing's day.
 *
 * May use: text. What a working day is, and every other question of law, belongs to calendar.
 */
#ifndef GS_BASE_MOMENT_H
#define GS_BASE_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01, and back. */
int64_t gs_days_of(int64_t year, int64_t month, int64_t day);
void gs_days_split(int64_t days, int64_t *year, int64_t *month, int64_t *day);

/* "YYYY-MM-DD" of exactly size characters, a day that exists; years 0000 to 9999. */
bool gs_date_read(const char *text, size_t size, int64_t *days);

/* RFC 3339 with Z or an offset; a fraction goes to milliseconds (further digits must be 0). */
bool gs_moment_read(const char *text, size_t size, int64_t *at);
/* "2026-03-02T09:00:00+08:00", milliseconds only where they are not 0; answers how many characters.
 * Not NUL-terminated. */
enum { GS_MOMENT_SIZE = 48 };
size_t gs_moment_write(int64_t at, char out[GS_MOMENT_SIZE]);

/* The times a record may hold: years 1980 to 2199 in Beijing. */
#define GS_MOMENT_LEAST INT64_C(315504000000)
#define GS_MOMENT_MOST INT64_C(7258089599999)

#endif
