/* lib/calendar/reckon.c - counting: from a request to its last day or instant.
 *
 * May use: dates, years. Allocates nothing but a year that is asked for the first time.
 *
 * A limit that is reckoned backwards is reckoned forwards in a mirror: day d stands at -d, time t at
 * -t. So there is one way of walking past pauses, whatever the unit and the direction.
 */
#include "calendar/calendar.h"

bool gs_unit_is_time(int64_t unit)
{
    return unit == GOVSVC_UNIT_HOURS || unit == GOVSVC_UNIT_OFFICE_HOURS;
}

/* ---- counting days ----------------------------------------------------------------------------------- */

govsvc_status gs_tally(gs_view *view, int64_t from, int64_t to, int64_t *working, int64_t *provisional)
{
    *working = *provisional = 0;
    if (from >= to)
        return GOVSVC_OK;
    for (int64_t next = from + 1; next <= to;) {
        const gs_year *of;
        govsvc_status status = gs_view_year_of(view, next, &of);
        if (status)
            return status;
        int64_t low = next - of->first,
                high = to + 1 - of->first < of->length ? to + 1 - of->first : of->length;
        *working += of->working_before[high] - of->working_before[low];
        *provisional += of->provisional_before[high] - of->provisional_before[low];
        next = of->first + of->length;
    }
    return GOVSVC_OK;
}

/* The n-th working day after day, or before it for n below 0; GOVSVC_INVALID where it lies outside the
 * years that reckonings know. */
static govsvc_status nth_working(gs_view *view, int64_t day, int64_t n, int64_t *out)
{
    const gs_year *of;
    govsvc_status status = gs_view_year_of(view, day, &of);
    if (status)
        return status;
    int64_t rank =
        n > 0 ? of->working_before[day - of->first + 1] + n - 1 : of->working_before[day - of->first] + n;
    while (rank < 0 || rank >= of->working) {
        int64_t step = rank < 0 ? -1 : 1;
        if (step > 0)
            rank -= of->working;
        int64_t next = step < 0 ? of->first - 1 : of->first + of->length;
        if (!gs_day_in_range(next))
            return GOVSVC_INVALID;
        if ((status = gs_view_year_of(view, next, &of)))
            return status;
        if (step < 0)
            rank += of->working;
    }
    *out = of->first + of->nth[rank];
    return GOVSVC_OK;
}

/* ---- pauses ------------------------------------------------------------------------------------------ */

/* Puts a span among those that are there, by its start. Requests name few, mostly in order. */
static void insert_span(gs_reckoner *r, gs_span span)
{
    uint32_t at = r->span_count++;
    for (; at > 0 && r->spans[at - 1].from > span.from; at--)
        r->spans[at] = r->spans[at - 1];
    r->spans[at] = span;
}

static void unite_spans(gs_reckoner *r)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->span_count; i++) {
        gs_span *last = kept ? &r->spans[kept - 1] : NULL;
        if (!last || r->spans[i].from > last->to)
            r->spans[kept++] = r->spans[i];
        else if (r->spans[i].to > last->to)
            last->to = r->spans[i].to;
    }
    r->span_count = kept;
}

static gs_span mirrored(const gs_reckoner *r, gs_span span)
{
    if (!r->backwards)
        return span;
    int64_t shift = gs_unit_is_time(r->in->unit) ? 0 : 1;
    return (gs_span){-span.to - shift, -span.from - shift};
}

static void gather_pauses(gs_reckoner *r)
{
    bool times = gs_unit_is_time(r->in->unit);
    r->span_count = 0;
    for (uint64_t i = 0; i < r->in->pause_count; i++) {
        const govsvc_pause *pause = r->in->pauses[i];
        gs_span span = {pause->began_at, gs_pause_end(r->in, pause)};
        if (!times)
            span = (gs_span){gs_day_of(span.from), gs_day_of(span.to)};
        if (span.from < span.to)
            insert_span(r, mirrored(r, span));
    }
    unite_spans(r);
}

bool gs_reckoner_paused(const gs_reckoner *r, int64_t day)
{
    int64_t at = r->backwards ? -day : day;
    uint32_t low = 0, high = r->span_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->spans[middle].to < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->span_count && r->spans[low].from < at;
}

/* ---- walking ----------------------------------------------------------------------------------------- */

/* What lies between two places of the mirror: working days, days, or milliseconds. */
static govsvc_status measure(gs_reckoner *r, int64_t from, int64_t to, int64_t *sum)
{
    int64_t provisional;
    *sum = to - from;
    if (r->in->unit != GOVSVC_UNIT_WORKING_DAYS)
        return GOVSVC_OK;
    if (r->backwards)
        return gs_tally(&r->view, -to - 1, -from - 1, sum, &provisional);
    return gs_tally(&r->view, from, to, sum, &provisional);
}

static govsvc_status advance(gs_reckoner *r, int64_t from, int64_t amount, int64_t *out)
{
    *out = from + amount;
    if (r->in->unit != GOVSVC_UNIT_WORKING_DAYS)
        return GOVSVC_OK;
    int64_t sign = r->backwards ? -1 : 1;
    govsvc_status status = nth_working(&r->view, sign * from, sign * amount, out);
    *out *= sign;
    return status;
}

/* So far from a place that amount is counted, leaving out the pauses. */
static govsvc_status walk(gs_reckoner *r, int64_t from, int64_t amount, int64_t *out)
{
    int64_t at = from;
    for (uint32_t i = 0; i < r->span_count; i++) {
        const gs_span *span = &r->spans[i];
        int64_t available;
        if (span->to <= at)
            continue;
        if (span->from > at) {
            govsvc_status status = measure(r, at, span->from, &available);
            if (status)
                return status;
            if (available >= amount)
                break;
            amount -= available;
        }
        at = span->to;
    }
    return advance(r, at, amount, out);
}

/* Runs through one stretch of office hours; true once amount is used up, at *due. */
static bool consume(const gs_reckoner *r, gs_span piece, uint32_t *next, int64_t *amount, int64_t *due)
{
    while (piece.from < piece.to) {
        while (*next < r->span_count && r->spans[*next].to <= piece.from)
            ++*next;
        const gs_span *pause = *next < r->span_count ? &r->spans[*next] : NULL;
        if (pause && pause->from <= piece.from) {
            piece.from = pause->to;
            continue;
        }
        int64_t end = pause && pause->from < piece.to ? pause->from : piece.to;
        if (end - piece.from >= *amount) {
            *due = piece.from + *amount;
            return true;
        }
        *amount -= end - piece.from;
        piece.from = end;
    }
    return false;
}

/* The office hours of a day, in the order in which they are walked. */
static govsvc_status pieces_of(gs_reckoner *r, int64_t day, gs_span pieces[2])
{
    gs_day of;
    govsvc_status status = gs_view_day(&r->view, day, &of);
    if (status)
        return status;
    int64_t start = gs_day_start(day);
    gs_span morning = {start + r->hours.morning_from * GS_MINUTE_MS,
                       start + r->hours.morning_to * GS_MINUTE_MS};
    gs_span afternoon = {start + r->hours.afternoon_from * GS_MINUTE_MS,
                         start + r->hours.afternoon_to * GS_MINUTE_MS};
    if (!of.working || of.effect == GOVSVC_DAY_MORNING_OFF)
        morning.to = morning.from;
    if (!of.working || of.effect == GOVSVC_DAY_AFTERNOON_OFF)
        afternoon.to = afternoon.from;
    pieces[r->backwards] = mirrored(r, morning);
    pieces[!r->backwards] = mirrored(r, afternoon);
    return GOVSVC_OK;
}

static govsvc_status walk_office_hours(gs_reckoner *r, int64_t from, int64_t amount, int64_t *out)
{
    uint32_t next = 0;
    for (int64_t day = r->start; gs_day_in_range(day); day += r->backwards ? -1 : 1) {
        gs_span pieces[2];
        govsvc_status status = pieces_of(r, day, pieces);
        if (status)
            return status;
        for (int i = 0; i < 2; i++) {
            if (pieces[i].from < from)
                pieces[i].from = from;
            if (consume(r, pieces[i], &next, &amount, out))
                return GOVSVC_OK;
        }
    }
    return GOVSVC_INVALID;
}

govsvc_status gs_reckoner_office_time(gs_reckoner *r, gs_span span, int64_t *sum)
{
    *sum = 0;
    for (int64_t day = gs_day_of(span.from); gs_day_start(day) < span.to; day++) {
        gs_span pieces[2];
        govsvc_status status = pieces_of(r, day, pieces);
        if (status)
            return status;
        for (int i = 0; i < 2; i++) {
            gs_span piece = mirrored(r, pieces[i]);
            int64_t from = piece.from > span.from ? piece.from : span.from;
            int64_t to = piece.to < span.to ? piece.to : span.to;
            *sum += to > from ? to - from : 0;
        }
    }
    return GOVSVC_OK;
}

/* ---- reckoning by unit ------------------------------------------------------------------------------- */

static govsvc_status reckon_time(gs_reckoner *r)
{
    int64_t sign = r->backwards ? -1 : 1, place = 0, working, provisional = 0;
    int64_t from = sign * r->in->start_at, amount = r->total * GS_HOUR_MS;
    bool office = r->in->unit == GOVSVC_UNIT_OFFICE_HOURS;
    govsvc_status status =
        office ? walk_office_hours(r, from, amount, &place) : walk(r, from, amount, &place);
    if (status)
        return status;
    r->due_at = sign * place;
    r->due = r->nominal = gs_day_of(r->backwards ? r->due_at : r->due_at - 1);
    r->counted = r->total;
    if (!gs_day_in_range(r->due))
        return GOVSVC_INVALID;
    if (office)
        status = gs_tally(&r->view, (r->backwards ? r->due : r->start) - 1, r->backwards ? r->start : r->due,
                          &working, &provisional);
    r->provisional = provisional > 0;
    return status;
}

static govsvc_status reckon_working_days(gs_reckoner *r)
{
    int64_t sign = r->backwards ? -1 : 1, place, working, provisional;
    govsvc_status status = walk(r, sign * r->start, r->total, &place);
    if (status)
        return status;
    r->due = r->nominal = sign * place;
    r->counted = r->total;
    status = gs_tally(&r->view, r->backwards ? r->due - 1 : r->start, r->backwards ? r->start - 1 : r->due,
                      &working, &provisional);
    r->provisional = provisional > 0;
    return status;
}

/* A last day on which nobody works is carried to the next working day that is not paused. */
static govsvc_status roll(gs_reckoner *r)
{
    for (; gs_day_in_range(r->due); r->due++) {
        gs_day day;
        govsvc_status status = gs_view_day(&r->view, r->due, &day);
        if (status)
            return status;
        r->provisional |= day.provisional;
        if (day.working && !gs_reckoner_paused(r, r->due))
            return GOVSVC_OK;
    }
    return GOVSVC_INVALID;
}

static govsvc_status reckon_natural(gs_reckoner *r)
{
    int64_t sign = r->backwards ? -1 : 1, months = r->total * sign, place;
    if (r->in->unit == GOVSVC_UNIT_YEARS)
        months *= 12;
    r->counted = r->in->unit == GOVSVC_UNIT_NATURAL_DAYS
                     ? r->total
                     : sign * (gs_add_months(r->start, months) - r->start);
    govsvc_status status = walk(r, sign * r->start, r->counted, &place);
    if (status)
        return status;
    r->due = r->nominal = sign * place;
    if (r->backwards)
        return gs_day_in_range(r->due) ? GOVSVC_OK : GOVSVC_INVALID;
    return roll(r);
}

/* Of the office hours that apply to a division the narrowest win; of two equal ones the later. */
static void choose_hours(gs_reckoner *r)
{
    const govsvc_calendar *calendar = r->view.calendar;
    const govsvc_office_hours usual = GOVSVC_OFFICE_HOURS_INIT;
    r->hours = (gs_hours){.morning_from = usual.morning_from,
                          .morning_to = usual.morning_to,
                          .afternoon_from = usual.afternoon_from,
                          .afternoon_to = usual.afternoon_to};
    for (uint32_t i = 0; i < calendar->hours_count; i++) {
        const gs_hours *hours = &calendar->hours[i];
        if (hours->prefix.length >= r->hours.prefix.length && gs_prefix_within(&r->division, &hours->prefix))
            r->hours = *hours;
    }
}

static void prepare(gs_reckoner *r, const govsvc_calendar *calendar, const govsvc_reckoning_request *in)
{
    r->in = in;
    r->backwards = in->backwards == GOVSVC_YES;
    r->start = gs_day_of(in->start_at);
    r->provisional = false;
    r->total = in->amount;
    for (uint64_t i = 0; i < in->extension_count; i++)
        r->total += in->extensions[i]->amount;
    gs_view_open(&r->view, calendar, &r->division, in->as_of);
    gather_pauses(r);
    if (in->unit == GOVSVC_UNIT_OFFICE_HOURS)
        choose_hours(r);
}

govsvc_status gs_reckoner_run(gs_reckoner *r, const govsvc_calendar *calendar,
                              const govsvc_reckoning_request *in, gs_problems *problems)
{
    if (!calendar)
        return GOVSVC_MISUSE;
    govsvc_status status = gs_request_check(in, problems, &r->division);
    if (status)
        return status;
    prepare(r, calendar, in);
    if (gs_unit_is_time(in->unit))
        status = reckon_time(r);
    else if (in->unit == GOVSVC_UNIT_WORKING_DAYS)
        status = reckon_working_days(r);
    else
        status = reckon_natural(r);
    if (status == GOVSVC_INVALID)
        return gs_calendar_refuse(problems, "range", gs_calendar_range, gs_calendar_got(problems, r->total),
                                  "/amount");
    if (!status && !gs_unit_is_time(in->unit))
        r->due_at = gs_day_start(r->backwards ? r->due : r->due + 1);
    return status;
}

govsvc_status gs_reckon_due(const govsvc_calendar *calendar, const govsvc_reckoning_request *in,
                            int64_t *due_at, bool *provisional)
{
    gs_reckoner r;
    govsvc_status status = gs_reckoner_run(&r, calendar, in, NULL);
    if (status)
        return status;
    *due_at = r.due_at;
    if (provisional)
        *provisional = r.provisional;
    return GOVSVC_OK;
}

govsvc_status gs_reckon_back(const govsvc_calendar *calendar, const char *division, int64_t due_at,
                             int64_t amount, int64_t unit, int64_t *at)
{
    govsvc_reckoning_request in = GOVSVC_RECKONING_REQUEST_INIT;
    if (due_at == GOVSVC_ABSENT)
        return GOVSVC_INVALID;
    in.start_at = gs_unit_is_time(unit) ? due_at : due_at - 1;
    in.amount = amount;
    in.unit = unit;
    in.backwards = GOVSVC_YES;
    in.division = division;
    return gs_reckon_due(calendar, &in, at, NULL);
}

/* ---- between two dates ------------------------------------------------------------------------------- */

static govsvc_status check_between(gs_problems *problems, const char *division, const char *const dates[2],
                                   int64_t days[2], gs_prefix *prefix)
{
    static const char *const fields[] = {"/from", "/to"};
    govsvc_status status = GOVSVC_OK;
    for (int i = 0; i < 2; i++) {
        govsvc_status date_status = gs_calendar_check_date(problems, dates[i], fields[i], &days[i]);
        status = status ? status : date_status;
    }
    if (!gs_prefix_parse(division, prefix))
        status = gs_calendar_refuse(problems, "division", NULL, division, "/division");
    if (!status && days[0] > days[1])
        status = gs_calendar_refuse(problems, "order", dates[0], dates[1], "/to");
    return status;
}

govsvc_status govsvc_working_days_between(const govsvc_calendar *calendar, const char *division,
                                          const char *from, const char *to, int64_t *days,
                                          const govsvc_problem_list **problems)
{
    const char *const dates[] = {from, to};
    int64_t numbers[2], working, provisional;
    gs_prefix prefix;
    gs_view view;
    if (!calendar || !days)
        return GOVSVC_MISUSE;
    govsvc_status status = check_between(NULL, division, dates, numbers, &prefix);
    if (status) {
        gs_problems *list = gs_problems_new(&calendar->allocator);
        if (!list)
            return GOVSVC_NO_MEMORY;
        check_between(list, division, dates, numbers, &prefix);
        return gs_problems_give(list, problems);
    }
    gs_view_open(&view, calendar, &prefix, GOVSVC_ABSENT);
    status = gs_tally(&view, numbers[0], numbers[1], &working, &provisional);
    if (!status)
        *days = working;
    return status;
}
