/* govsvc/calendar.h - the lawful clock: which day is a working day, and when a limit ends.
 *
 * Everything here is a pure function of a calendar, which is immutable once made and may be shared by
 * all threads. The shipped national calendar knows the State Council's notices for 2007 to 2026 and
 * Guangxi's for 2016, 2017 and 2021 to 2023; a host adds its own. Where no notice is known a rule
 * answers (全国年节及纪念日放假办法; Guangxi's 壮族三月三), and says that its answer is provisional.
 *
 * How limits are counted
 *  - The day on which a period begins does not count; its last day does (民法典 201, 203).
 *  - Working days: statutory holidays and weekends do not count, make-up working days do
 *    (行政许可法 82).
 *  - Natural days, months and years: where the last day is a day off, the next working day is the
 *    last one (民法典 203). A limit that is reckoned backwards does not roll.
 *  - A pause takes out the days after the one it began on, up to and including the one it ended on:
 *    it is counted as every period is. Days that two pauses share are taken out once. Hours are taken
 *    out by the clock.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_CALENDAR_H
#define GOVSVC_CALENDAR_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct govsvc_calendar govsvc_calendar;

/* Units of a limit. Names in JSON stand beside them. */
enum {
    GOVSVC_UNIT_WORKING_DAYS = 1, /* "working_days" */
    GOVSVC_UNIT_NATURAL_DAYS = 2, /* "natural_days" */
    GOVSVC_UNIT_HOURS = 3,        /* "hours": round the clock */
    GOVSVC_UNIT_OFFICE_HOURS = 4, /* "office_hours": within the division's office hours */
    GOVSVC_UNIT_MONTHS = 5,       /* "months": to the same day, or the month's last */
    GOVSVC_UNIT_YEARS = 6         /* "years" */
};

/* The largest amount of any unit; more is refused (rule "range"). */
#define GOVSVC_LIMIT_MAX 100000
/* Reckonings stay within these years; beyond them is refused (rule "range"). */
#define GOVSVC_YEAR_MIN 1980
#define GOVSVC_YEAR_MAX 2199

/* What a notice says of a day. */
enum {
    GOVSVC_DAY_OFF = 1,         /* "off" */
    GOVSVC_DAY_WORK = 2,        /* "work": a make-up working day (调休) */
    GOVSVC_DAY_MORNING_OFF = 3, /* "morning_off": a half day; it still is a working day */
    GOVSVC_DAY_AFTERNOON_OFF = 4 /* "afternoon_off" */
};

typedef struct govsvc_notice_day {
    uint64_t struct_size;
    int64_t effect;   /* GOVSVC_DAY_... */
    const char *date; /* "YYYY-MM-DD" */
    const char *name; /* the holiday's name, "春节"; may be NULL */
} govsvc_notice_day;
#define GOVSVC_NOTICE_DAY_INIT {sizeof(govsvc_notice_day), 0, NULL, NULL}

/* A notice of days off and make-up working days: the State Council's (division NULL or "") or a
 * region's, which overrides the national calendar inside its division for the days it names. Of two
 * notices of one division that name one day, the one recorded later wins. */
typedef struct govsvc_holiday_notice {
    uint64_t struct_size;
    int64_t year;        /* a year it speaks of in full: no rule of its level (the national, or the
                            region's) is applied to that year any more; ABSENT or 0: it only names days */
    int64_t recorded_at; /* time from which it was known; ABSENT: always */
    const char *number;  /* its number or address, which explanations cite */
    const char *division; /* 6 digits, NULL or "" for the whole country */
    const govsvc_notice_day *const *days;
    const void *reserved;
    uint64_t day_count; /* at most 400 */
} govsvc_holiday_notice;
#define GOVSVC_HOLIDAY_NOTICE_INIT                                                                 \
    {sizeof(govsvc_holiday_notice), GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0}

/* Office hours of a division and everything below it; minutes after midnight, Beijing time. */
typedef struct govsvc_office_hours {
    uint64_t struct_size;
    int64_t morning_from;
    int64_t morning_to;
    int64_t afternoon_from;
    int64_t afternoon_to;
    const char *division; /* NULL or "": wherever no narrower one is known */
    const void *reserved;
} govsvc_office_hours;
/* 9:00-12:00 and 13:00-17:00 */
#define GOVSVC_OFFICE_HOURS_INIT {sizeof(govsvc_office_hours), 540, 720, 780, 1020, NULL, NULL}

/* The shipped calendar, plus what is given. The arrays may be NULL with a count of 0; their contents
 * are copied. include_shipped = false leaves the shipped notices out (the rules stay).
 * GOVSVC_INVALID with *problems: a date that is none, a division that is none, a day named twice
 * within one notice, hours out of order. GOVSVC_NO_MEMORY. */
GOVSVC_API govsvc_status govsvc_calendar_new(bool include_shipped, const govsvc_holiday_notice *const *notices,
                                             uint64_t notice_count,
                                             const govsvc_office_hours *const *hours,
                                             uint64_t hours_count, govsvc_calendar **out,
                                             const govsvc_problem_list **problems);
/* NULL is allowed. */
GOVSVC_API void govsvc_calendar_free(govsvc_calendar *calendar);

/* A time during which a clock stood still, or the reason why it ends later. */
typedef struct govsvc_pause {
    uint64_t struct_size;
    int64_t began_at;
    int64_t ended_at;   /* ABSENT: still going on; the end is then reckoned as if it ended at
                           the request's now; one that begins only after now takes nothing yet */
    const char *reason; /* shown in the explanation */
    const char *basis;  /* the law, shown in the explanation */
} govsvc_pause;
#define GOVSVC_PAUSE_INIT {sizeof(govsvc_pause), GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL}

typedef struct govsvc_extension {
    uint64_t struct_size;
    int64_t amount; /* in the limit's unit, at least 1 */
    int64_t granted_at;
    const char *reason;
    const char *basis;
} govsvc_extension;
#define GOVSVC_EXTENSION_INIT {sizeof(govsvc_extension), GOVSVC_ABSENT, GOVSVC_ABSENT, NULL, NULL}

typedef struct govsvc_reckoning_request {
    uint64_t struct_size;
    int64_t start_at;  /* the time it is reckoned from */
    int64_t amount;    /* 1 to GOVSVC_LIMIT_MAX; 0 is refused ("range") */
    int64_t unit;      /* GOVSVC_UNIT_... */
    int64_t backwards; /* GOVSVC_YES: the day that lies amount before start */
    int64_t as_of;     /* only notices recorded by then count; ABSENT: all. Shipped notices always
                          count, but amendments (2015, 2019, 2020) only from their publication */
    int64_t now;       /* for a pause that has not ended; ABSENT: such a pause is refused */
    const char *division; /* 6 to 12 digits; NULL or "": the national calendar alone */
    const void *reserved;
    const govsvc_pause *const *pauses;
    const govsvc_extension *const *extensions;
    uint64_t pause_count; /* at most 1000 */
    uint64_t extension_count; /* at most 100 */
} govsvc_reckoning_request;
#define GOVSVC_RECKONING_REQUEST_INIT                                                              \
    {sizeof(govsvc_reckoning_request), GOVSVC_ABSENT, GOVSVC_ABSENT, 0, 0, GOVSVC_ABSENT,          \
     GOVSVC_ABSENT, NULL, NULL, NULL, NULL, 0, 0}

/* Kinds of step in an explanation. */
enum {
    GOVSVC_STEP_START = 1,     /* "start": where it is reckoned from */
    GOVSVC_STEP_NOT_COUNTED = 2, /* "not_counted": a day (or run of days) off, and the notice or rule */
    GOVSVC_STEP_MAKE_UP = 3,   /* "make_up": a weekend day that counts, and the notice */
    GOVSVC_STEP_PAUSE = 4,     /* "pause" */
    GOVSVC_STEP_EXTENSION = 5, /* "extension" */
    GOVSVC_STEP_ROLL = 6,      /* "roll": the last day was a day off */
    GOVSVC_STEP_END = 7        /* "end" */
};

typedef struct govsvc_reckoning_step {
    uint64_t struct_size;
    int64_t kind;        /* GOVSVC_STEP_... */
    int64_t days;        /* how many days (or hours) it speaks of; ABSENT where none */
    int64_t provisional; /* GOVSVC_YES: it rests on a rule, no notice is known yet */
    const char *from;    /* date of the first day */
    const char *to;      /* date of the last day, both included */
    const char *text_zh; /* "2026-02-15 至 2026-02-23 春节放假，不计算（国办发明电…）" */
    const char *text_en;
    const char *source; /* the notice or rule; NULL where none is needed */
    const void *reserved;
} govsvc_reckoning_step;

/* How a limit was reckoned. */
typedef struct govsvc_reckoning {
    uint64_t struct_size;
    int64_t due_at;      /* the first instant after the limit: at the end of the due day, or, for
                            hours, the instant itself. Backwards: the first instant of the day (for
                            hours, the instant). */
    int64_t provisional; /* GOVSVC_YES if any step is */
    int64_t counted;     /* days (hours) counted, extensions included */
    const char *start_date;
    const char *due_date; /* the last day on which it can be done in time */
    const govsvc_reckoning_step *const *steps;
    const void *reserved;
    uint64_t step_count;
} govsvc_reckoning;

/* Reckons a limit with its explanation. Neighbouring days that do not count for the same reason are
 * one step. GOVSVC_INVALID with *problems: amount or years out of range, a pause that ends before it
 * begins, an unknown unit or division. GOVSVC_NO_MEMORY. *out is freed by govsvc_free(). */
GOVSVC_API govsvc_status govsvc_reckon(const govsvc_calendar *calendar,
                                       const govsvc_reckoning_request *in,
                                       const govsvc_reckoning **out,
                                       const govsvc_problem_list **problems);

/* Working days after from, up to and including to ("YYYY-MM-DD"); 0 where they are the same day.
 * GOVSVC_INVALID: a date that is none, or from after to. */
GOVSVC_API govsvc_status govsvc_working_days_between(const govsvc_calendar *calendar,
                                                     const char *division, const char *from,
                                                     const char *to, int64_t *days,
                                                     const govsvc_problem_list **problems);

/* What kind of day a date is, and why: one step record (START never occurs; NOT_COUNTED, MAKE_UP, or
 * END for an ordinary working day). as_of as above. */
GOVSVC_API govsvc_status govsvc_day(const govsvc_calendar *calendar, const char *division,
                                    const char *date, int64_t as_of,
                                    const govsvc_reckoning_step **out,
                                    const govsvc_problem_list **problems);

/* The present instant's Beijing date, or that of any time, into out[11]. false: out of range. */
GOVSVC_API bool govsvc_date_of(int64_t at, char out[11]);
/* The first instant of a Beijing day; false where the date is none ("2024-02-30"). */
GOVSVC_API bool govsvc_date_start(const char *date, int64_t *at);

#ifdef __cplusplus
}
#endif
#endif
