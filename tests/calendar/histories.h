/* tests/calendar/histories.h - random histories of limits and clocks, with what the library makes of them. */
#ifndef TESTS_CALENDAR_HISTORIES_H
#define TESTS_CALENDAR_HISTORIES_H

#include "calendar/ask.h"

enum { HISTORY_DIVISIONS = 4 };

extern const char *const history_divisions[HISTORY_DIVISIONS]; /* "": the country */

/* 0 to count - 1, evenly. */
int64_t pick(int64_t count);
/* Of units, working days most often; and an amount of it that does not lead too far. */
int64_t pick_unit(void);
int64_t pick_amount(int64_t unit);
/* The measure in which a unit's times are told: hours are counted by the minute, a few by the second. */
int64_t pick_tick(int64_t unit, int64_t *amount);
/* A time of the years that are asked for, often near a holiday, a month's end, a year's end or a midnight. */
int64_t pick_time(int64_t unit, int64_t tick);
/* Some time on, mostly within what the unit's limits are long; at times none. */
int64_t pick_step(int64_t unit, int64_t tick);

/* histories_clock.c: a clock moved by the flow's own mechanism, in a store in memory. */
void history_clocks_open(const govsvc_calendar *calendar);
bool history_clock(void); /* false: a check of its own failed, and was told */
void history_clocks_close(void);

#endif
