/* lib/calendar/calendar.h - the lawful clock from the inside: days, layers, years, reckoning.
 *
 * May use: base. Nothing here touches a store or asks for the time.
 *
 * A day is a number: days since 1970-01-01, of Beijing's calendar (UTC+8, without the summer time of
 * 1986 to 1991, as the law's dates know none).
 *
 * What decides a day, from the widest to the narrowest; the narrower overrides the wider:
 *   weekday, national rule, national notice, rule of a region, notice of a region.
 * A year's answer for one region is worked out once, whole, and is then only read.
 */
#ifndef GS_CALENDAR_CALENDAR_H
#define GS_CALENDAR_CALENDAR_H

#include "base/arena.h"
#include "base/moment.h"
#include "base/names.h"
#include "base/problem.h"
#include "govsvc/calendar.h"

extern const gs_name gs_unit_names[];
extern const gs_name gs_day_effect_names[];
extern const gs_name gs_step_kind_names[];

/* ---- dates.c; gs_days_of() is base/moment's ---------------------------------------------------------- */

enum { GS_YEARS = GOVSVC_YEAR_MAX - GOVSVC_YEAR_MIN + 1, GS_DATE_SIZE = 11 };
#define GS_DAY_MS INT64_C(86400000)
#define GS_HOUR_MS INT64_C(3600000)
#define GS_MINUTE_MS INT64_C(60000)

typedef struct gs_civil {
    int64_t year;
    int64_t month; /* 1 to 12 */
    int64_t day;   /* 1 to 31 */
} gs_civil;

gs_civil gs_civil_from_days(int64_t day);
/* 1 Monday to 7 Sunday */
int gs_weekday(int64_t day);
/* The same day of the month so many months on (or back), or the month's last. */
int64_t gs_add_months(int64_t day, int64_t months);
/* Strictly "YYYY-MM-DD", a day that exists, years 1 to 9999. */
bool gs_date_parse(const char *date, int64_t *day);
/* day must lie in years 1 to 9999. Answers out. */
const char *gs_date_format(int64_t day, char out[GS_DATE_SIZE]);
/* The Beijing day of a time, and a day's first instant. */
int64_t gs_day_of(int64_t at);
int64_t gs_day_start(int64_t day);
/* Is it a day (a time) that reckonings know, GOVSVC_YEAR_MIN to GOVSVC_YEAR_MAX? */
bool gs_day_in_range(int64_t day);
bool gs_time_in_range(int64_t at);

/* ---- notices.c --------------------------------------------------------------------------------------- */

/* One run of days of a shipped notice; dates as the number YYYYMMDD. */
typedef struct gs_shipped_run {
    int32_t from;
    int32_t to;
    int32_t effect;
    const char *name;
} gs_shipped_run;

typedef struct gs_shipped_notice {
    int32_t year;     /* spoken of in full; 0: it only names days */
    int32_t recorded; /* YYYYMMDD, 0: always known */
    const char *division;
    const char *number;
    const gs_shipped_run *runs;
    size_t run_count;
} gs_shipped_notice;

extern const gs_shipped_notice gs_shipped_notices[];
extern const size_t gs_shipped_notice_count;

/* ---- years.c ----------------------------------------------------------------------------------------- */

/* What decided a day. */
enum {
    GS_LAYER_WEEKDAY = 0,
    GS_LAYER_RULE = 1,       /* which: index into gs_rules */
    GS_LAYER_SUBSTITUTE = 2, /* a rule's day made up on this one; which: as above */
    GS_LAYER_NOTICE = 3      /* which: index into the calendar's entries */
};

typedef struct gs_day {
    uint32_t which;
    uint8_t layer;
    uint8_t effect; /* GOVSVC_DAY_..., 0 for a day no notice and no rule names */
    uint8_t working;
    uint8_t provisional;
} gs_day;

/* A year of one region. Indexes are days of the year from 0. */
typedef struct gs_year {
    int64_t first; /* the day number of January 1 */
    uint32_t length;
    uint32_t working;                 /* working days in it */
    uint16_t working_before[367];     /* [i]: among days 0 to i-1 */
    uint16_t provisional_before[367]; /* likewise */
    uint16_t nth[366];                /* the day of the n-th working day, from 0 */
    gs_day days[366];
} gs_year;

/* A day that a notice names. */
typedef struct gs_entry {
    int64_t day;
    int64_t effect;
    int64_t recorded_at; /* the notice's */
    uint32_t order;      /* of making; of two recorded alike, the later wins */
    uint32_t notice;
    uint32_t region;
    const char *name;
} gs_entry;

typedef struct gs_notice {
    int64_t year; /* 0: it only names days */
    int64_t recorded_at;
    const char *number;
    uint32_t region;
} gs_notice;

/* Significant digits of a division: "45", "4501"; "" is the whole country. */
typedef struct gs_prefix {
    uint8_t length;
    char digits[15];
} gs_prefix;

typedef struct gs_hours {
    gs_prefix prefix;
    int64_t morning_from, morning_to, afternoon_from, afternoon_to; /* minutes */
} gs_hours;

/* A division with notices or rules of its own. years are filled when first asked for. */
typedef struct gs_region {
    gs_prefix prefix;
    uint32_t first_entry;
    uint32_t entry_count;
    _Atomic(gs_year *) *years;
} gs_region;

struct govsvc_calendar {
    gs_arena *arena;
    govsvc_allocator allocator;
    gs_region *regions; /* shortest prefix first; [0] is the country */
    gs_notice *notices;
    gs_entry *entries; /* by region, then day, then time of recording */
    gs_hours *hours;   /* in the order given */
    uint32_t region_count;
    uint32_t notice_count;
    uint32_t entry_count;
    uint32_t hours_count;
    int64_t last_recorded; /* of all notices */
};

/* Who asks: a region as it was known at a time. scratch serves where the kept years do not apply. */
typedef struct gs_view {
    const govsvc_calendar *calendar;
    const gs_region *region;
    int64_t as_of;
    bool kept;            /* all notices count, so that the kept years may be used */
    const gs_year *latest; /* the year that was asked for last; most questions are about the same one */
    int64_t scratch_year;  /* 0: none */
    gs_year scratch;
} gs_view;

/* false: division is none. */
bool gs_prefix_parse(const char *division, gs_prefix *out);
/* Does inner lie in the subtree of outer? */
bool gs_prefix_within(const gs_prefix *inner, const gs_prefix *outer);

/* Takes the narrowest region around a division. */
void gs_view_open(gs_view *view, const govsvc_calendar *calendar, const gs_prefix *division, int64_t as_of);
/* year within GOVSVC_YEAR_MIN to GOVSVC_YEAR_MAX. The answer holds until the next call.
 * GOVSVC_NO_MEMORY. */
govsvc_status gs_view_year(gs_view *view, int64_t year, const gs_year **out);
/* The year that a day lies in. */
govsvc_status gs_view_year_of(gs_view *view, int64_t day, const gs_year **out);
govsvc_status gs_view_day(gs_view *view, int64_t day, gs_day *out);

/* ---- rules.c ----------------------------------------------------------------------------------------- */

/* Holidays by rule. */
typedef struct gs_rule {
    const char *division; /* significant digits; "" for the country */
    int16_t from_year;
    int16_t to_year;
    int8_t feast;  /* rules.c's; 0: a fixed date */
    int8_t month;  /* of a fixed date */
    int8_t day;    /* of a fixed date; else days after the feast, 0 for its own day */
    int8_t length; /* days */
    const char *name;
    const char *source;
} gs_rule;

extern const gs_rule gs_rules[];
extern const size_t gs_rule_count;

/* Puts the rules of one division (its significant digits) upon a year in which working is filled in:
 * the days themselves, then a substitute on a working day for each that fell on a day off. */
void gs_rules_apply(const char *division, int64_t year, gs_year *out);

/* ---- feasts.c ---------------------------------------------------------------------------------------- */

enum { GS_FEASTS = 5 };
extern const int16_t gs_feasts[GS_YEARS][GS_FEASTS];

/* ---- calendar.c -------------------------------------------------------------------------------------- */

/* Adds a problem about a field (a JSON Pointer, printed); answers GOVSVC_INVALID. */
govsvc_status gs_calendar_refuse(gs_problems *problems, const char *rule, const char *expected,
                                 const char *got, const char *field, ...)
    __attribute__((format(printf, 5, 6)));
/* A number in words, for expected and got. NULL where problems is. */
const char *gs_calendar_got(gs_problems *problems, int64_t value);
extern const char gs_calendar_range[];
/* Parses a date that reckonings know; what is wrong is said of field. */
govsvc_status gs_calendar_check_date(gs_problems *problems, const char *date, const char *field,
                                     int64_t *day);

/* As govsvc_calendar_new(), with the memory named. */
govsvc_status gs_calendar_new(const govsvc_allocator *allocator, bool include_shipped,
                              const govsvc_holiday_notice *const *notices, uint64_t notice_count,
                              const govsvc_office_hours *const *hours, uint64_t hours_count,
                              govsvc_calendar **out, const govsvc_problem_list **problems);

/* ---- request.c --------------------------------------------------------------------------------------- */

enum { GS_PAUSES_MAX = 1000, GS_EXTENSIONS_MAX = 100 };

/* Checks all but the outcome; problems may be NULL. The division is parsed on the way. */
govsvc_status gs_request_check(const govsvc_reckoning_request *in, gs_problems *problems,
                               gs_prefix *division);
/* The end of a pause: its own, or now. */
int64_t gs_pause_end(const govsvc_reckoning_request *in, const govsvc_pause *pause);

/* ---- reckon.c ---------------------------------------------------------------------------------------- */

/* A span of times, from included; or of days, from not included but to. */
typedef struct gs_span {
    int64_t from;
    int64_t to;
} gs_span;

/* A request that was checked, and what it came to. */
typedef struct gs_reckoner {
    const govsvc_reckoning_request *in;
    gs_view view;
    gs_prefix division;
    gs_hours hours;
    bool backwards;
    int64_t total;   /* amount and extensions */
    int64_t start;   /* the day of start_at */
    int64_t due_at;  /* the answer */
    int64_t due;     /* the last day */
    int64_t nominal; /* the last day before it rolled; due where it did not */
    int64_t counted; /* days or hours */
    bool provisional;
    uint32_t span_count;
    gs_span spans[GS_PAUSES_MAX]; /* the pauses, in order and apart; mirrored at 0 where backwards */
} gs_reckoner;

/* Checks and reckons. problems may be NULL. */
govsvc_status gs_reckoner_run(gs_reckoner *reckoner, const govsvc_calendar *calendar,
                              const govsvc_reckoning_request *in, gs_problems *problems);
/* Is the day inside a pause? */
bool gs_reckoner_paused(const gs_reckoner *reckoner, int64_t day);
/* Is the unit measured in milliseconds? */
bool gs_unit_is_time(int64_t unit);
/* Milliseconds of office hours within a span of time. */
govsvc_status gs_reckoner_office_time(gs_reckoner *reckoner, gs_span span, int64_t *sum);
/* Working and provisional days after from, up to and including to; from not after to. */
govsvc_status gs_tally(gs_view *view, int64_t from, int64_t to, int64_t *working, int64_t *provisional);

/* The fast way: no explanation, no texts of refusal, no memory but a year's when first asked for. */
govsvc_status gs_reckon_due(const govsvc_calendar *calendar, const govsvc_reckoning_request *in,
                            int64_t *due_at, bool *provisional);
/* So long before a limit ends, counted back from its last day: the first instant of that day, whose end is the
 * last moment at which the whole amount still lies ahead (行政许可法 50: 届满三十日前). It does not roll. Hours
 * are counted back from the end itself. due_at is the first instant after the limit, as everywhere. INVALID:
 * amount, unit, division or years. */
govsvc_status gs_reckon_back(const govsvc_calendar *calendar, const char *division, int64_t due_at,
                             int64_t amount, int64_t unit, int64_t *at);

/* ---- words.c ----------------------------------------------------------------------------------------- */

/* Where texts go, and whose notices they cite. */
typedef struct gs_words {
    gs_arena *arena;
    const govsvc_calendar *calendar;
    struct {
        int64_t day;
        const char *text; /* NULL: none yet */
    } recent[2]; /* dates, by odd and even days: a step names its own several times */
} gs_words;

/* By gs_weekday(). */
extern const char *const gs_weekdays_zh[];
extern const char *const gs_weekdays_en[];

const char *gs_date_text(gs_words *words, int64_t day);
const char *gs_time_text(gs_arena *arena, int64_t at, bool clock);
const char *gs_span_text(gs_words *words, int64_t from, int64_t to, const char *word);

/* Why the days from and to (one run) are what day says. */
const char *gs_reason(const gs_words *words, const gs_day *day, int64_t from, int64_t to, bool zh);
/* The notice or rule behind it, NULL for a mere weekday; and the same in brackets, or why it cannot be
 * relied on yet. */
const char *gs_source_of(const gs_words *words, const gs_day *day);
const char *gs_remark(const gs_words *words, const gs_day *day, bool zh);
/* Does y, the day after x, not count for the same reason as x? */
bool gs_same_reason(const gs_words *words, const gs_day *x, const gs_day *y);
bool gs_is_half(const gs_day *day);

/* Steps for a run of days off (or half a day), and for a make-up day, but for struct_size and dates. */
govsvc_reckoning_step gs_off_step(gs_words *words, const gs_day *day, int64_t from, int64_t to);
govsvc_reckoning_step gs_make_up_step(gs_words *words, const gs_day *day, int64_t at);

#endif
