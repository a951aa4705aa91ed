/* tests/fuzz/calendar.c - notices, office hours and limits of any kind: what is reckoned is explained, ends
 * after it began, and a pause never brings it forward. */
#include "fuzz.h"

enum { DAYS = 6, PAUSES = 3 };

typedef struct bytes {
    const uint8_t *at, *end;
} bytes;

static int64_t take(bytes *from, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (from->at < from->end ? *from->at++ : 0);
    return (int64_t)value;
}

/* Mostly a date of some year near; sometimes anything. */
static void take_date(bytes *from, char out[24])
{
    int64_t day = take(from, 2), kind = take(from, 1);
    if (kind == 0)
        snprintf(out, 24, "%04d-%02d-%02d", (int)(day % 3000), (int)(day % 14), (int)(day % 33));
    else if (!govsvc_date_of(INT64_C(1735660800000) + (day % 1500) * 86400000, out))
        out[0] = '\0';
}

typedef struct input {
    govsvc_notice_day days[DAYS];
    const govsvc_notice_day *day_list[DAYS];
    char dates[DAYS][24];
    govsvc_holiday_notice notice;
    govsvc_office_hours hours;
    govsvc_pause pauses[PAUSES];
    const govsvc_pause *pause_list[PAUSES];
    govsvc_extension extension;
    const govsvc_extension *extension_list[1];
    govsvc_reckoning_request request;
} input;

static void take_notice(bytes *from, input *in)
{
    static const char *const divisions[] = {NULL, "", "450000", "450103", "999999"};
    in->notice = (govsvc_holiday_notice)GOVSVC_HOLIDAY_NOTICE_INIT;
    in->notice.number = "国办发明电〔2026〕1号";
    in->notice.division = divisions[(uint64_t)take(from, 1) % 5];
    in->notice.year = take(from, 1) % 2 ? GOVSVC_ABSENT : 2024 + take(from, 1) % 8;
    in->notice.day_count = (uint64_t)take(from, 1) % (DAYS + 1);
    in->notice.days = in->day_list;
    for (int i = 0; i < DAYS; i++) {
        take_date(from, in->dates[i]);
        in->days[i] = (govsvc_notice_day){sizeof in->days[i], take(from, 1) % 6, in->dates[i], "春节"};
        in->day_list[i] = &in->days[i];
    }
    in->hours = (govsvc_office_hours)GOVSVC_OFFICE_HOURS_INIT;
    if (take(from, 1) % 4 == 0)
        in->hours.morning_from = take(from, 2);
}

static void take_request(bytes *from, input *in)
{
    static const char *const divisions[] = {NULL, "450103", "450000", "440100", "x"};
    govsvc_reckoning_request *request = &in->request;
    *request = (govsvc_reckoning_request)GOVSVC_RECKONING_REQUEST_INIT;
    request->start_at = take(from, 1) % 16 ? INT64_C(1735660800000) + take(from, 3) * 7919 : take(from, 8);
    request->amount = take(from, 1) % 16 ? take(from, 1) : take(from, 8);
    request->unit = take(from, 1) % 8;
    request->backwards = take(from, 1) % 4 == 0 ? GOVSVC_YES : GOVSVC_UNSET;
    request->now = take(from, 1) % 2 ? request->start_at / 2 + (INT64_C(1) << 40) : GOVSVC_ABSENT;
    request->division = divisions[(uint64_t)take(from, 1) % 5];
    request->pause_count = (uint64_t)take(from, 1) % (PAUSES + 1);
    request->pauses = in->pause_list;
    for (int i = 0; i < PAUSES; i++) {
        int64_t began = request->start_at / 2 + (INT64_C(1) << 39) + take(from, 2) * 40000,
                lasts = take(from, 2) * 20000;
        in->pauses[i] = (govsvc_pause){
            sizeof in->pauses[i], began,
            take(from, 1) % 8 ? began / 2 + (began - began / 2) + lasts : GOVSVC_ABSENT, "检验", NULL};
        in->pause_list[i] = &in->pauses[i];
    }
    in->extension = (govsvc_extension){sizeof in->extension, take(from, 1), GOVSVC_ABSENT, "批准延长", NULL};
    in->extension_list[0] = &in->extension;
    request->extensions = in->extension_list;
    request->extension_count = take(from, 1) % 4 == 0;
}

static void check_problems(const govsvc_problem_list *problems)
{
    for (uint64_t i = 0; problems && i < problems->problem_count; i++)
        fuzz_in_words(problems->problems[i]);
    govsvc_free(problems);
}

static void check_reckoning(const govsvc_calendar *calendar, const govsvc_reckoning_request *request)
{
    const govsvc_reckoning *out = NULL, *without = NULL;
    const govsvc_problem_list *problems = NULL;
    govsvc_status status = govsvc_reckon(calendar, request, &out, &problems);
    MUST(status == GOVSVC_OK || status == GOVSVC_INVALID);
    MUST((status == GOVSVC_OK) == (out != NULL) && (status == GOVSVC_INVALID) == (problems != NULL));
    check_problems(problems);
    if (!out)
        return;
    MUST(request->backwards == GOVSVC_YES ? out->due_at <= request->start_at
                                          : out->due_at > request->start_at);
    MUST(out->step_count > 0 && strlen(out->due_date) == 10 && strlen(out->start_date) == 10);
    for (uint64_t i = 0; i < out->step_count; i++)
        MUST(*out->steps[i]->text_zh && *out->steps[i]->text_en);
    govsvc_reckoning_request shorter = *request;
    shorter.pause_count = shorter.extension_count = 0;
    if (request->backwards != GOVSVC_YES && govsvc_reckon(calendar, &shorter, &without, NULL) == GOVSVC_OK)
        MUST(without->due_at <= out->due_at);
    govsvc_free(without);
    govsvc_free(out);
}

static void check_day(const govsvc_calendar *calendar, const char *division, const char *date)
{
    const govsvc_reckoning_step *step = NULL;
    const govsvc_problem_list *problems = NULL;
    govsvc_status status = govsvc_day(calendar, division, date, GOVSVC_ABSENT, &step, &problems);
    MUST((status == GOVSVC_OK) == (step != NULL));
    MUST(!step || (*step->text_zh && *step->text_en));
    check_problems(problems);
    govsvc_free(step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bytes from = {data, data + size};
    input in;
    const govsvc_holiday_notice *const notices[] = {&in.notice};
    const govsvc_office_hours *const hours[] = {&in.hours};
    const govsvc_problem_list *problems = NULL;
    govsvc_calendar *calendar = NULL;
    take_notice(&from, &in);
    take_request(&from, &in);
    govsvc_status status = govsvc_calendar_new(true, notices, 1, hours, 1, &calendar, &problems);
    MUST(status == GOVSVC_OK || status == GOVSVC_INVALID);
    MUST((status == GOVSVC_OK) == (calendar != NULL) && (status == GOVSVC_INVALID) == (problems != NULL));
    check_problems(problems);
    if (!calendar)
        MUST(govsvc_calendar_new(true, NULL, 0, NULL, 0, &calendar, NULL) == GOVSVC_OK);
    check_reckoning(calendar, &in.request);
    check_day(calendar, in.request.division, in.dates[0]);
    govsvc_calendar_free(calendar);
    return 0;
}
