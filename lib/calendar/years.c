/* lib/calendar/years.c - which layer decides a day: a region's year, worked out whole.
 *
 * May use: dates, rules. A calendar never changes for those who ask: a year's answer is made when it
 * is first asked for, published with one atomic exchange, and only read from then on. Of two threads
 * that make the same year at once, the later drops its own.
 */
#include "calendar/calendar.h"

#include <stdatomic.h>
#include <string.h>

bool gs_prefix_parse(const char *division, gs_prefix *out)
{
    /* province, prefecture, county, town, village */
    static const size_t levels[] = {9, 6, 4, 2};
    gs_prefix prefix = {0};
    size_t length = division ? strspn(division, "0123456789") : 0;
    if (division && (division[length] || (length && (length < 6 || length > 12 || division[0] == '0'))))
        return false;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (length > levels[i] && strspn(division + levels[i], "0") >= length - levels[i])
            length = levels[i];
    prefix.length = (uint8_t)length;
    if (length)
        memcpy(prefix.digits, division, length);
    *out = prefix;
    return true;
}

bool gs_prefix_within(const gs_prefix *inner, const gs_prefix *outer)
{
    return inner->length >= outer->length && memcmp(inner->digits, outer->digits, outer->length) == 0;
}

void gs_view_open(gs_view *view, const govsvc_calendar *calendar, const gs_prefix *division, int64_t as_of)
{
    uint32_t i = calendar->region_count - 1;
    while (!gs_prefix_within(division, &calendar->regions[i].prefix))
        i--; /* ends at the country, within which everything lies */
    view->calendar = calendar;
    view->region = &calendar->regions[i];
    view->as_of = as_of;
    view->kept = as_of == GOVSVC_ABSENT || as_of >= calendar->last_recorded;
    view->scratch_year = 0;
    view->latest = NULL;
}

static bool known(const gs_view *view, int64_t recorded_at)
{
    return view->as_of == GOVSVC_ABSENT || recorded_at <= view->as_of;
}

/* Is there a notice that speaks of the year in full? For the country, a national one; for a region,
 * one of its own or of a narrower region around the asker: a notice of a region ends the region's
 * rule, never the nation's. */
static bool spoken_of(const gs_view *view, uint32_t region, int64_t year)
{
    const govsvc_calendar *calendar = view->calendar;
    for (uint32_t i = 0; i < calendar->notice_count; i++) {
        const gs_notice *notice = &calendar->notices[i];
        const gs_prefix *prefix = &calendar->regions[notice->region].prefix;
        if (notice->year == year && (region == 0) == (notice->region == 0) &&
            gs_prefix_within(prefix, &calendar->regions[region].prefix) &&
            gs_prefix_within(&view->region->prefix, prefix) && known(view, notice->recorded_at))
            return true;
    }
    return false;
}

static void fill_weekdays(gs_year *out, bool provisional)
{
    int weekday = gs_weekday(out->first);
    for (uint32_t i = 0; i < out->length; i++) {
        out->days[i] = (gs_day){.working = weekday < 6, .provisional = provisional};
        weekday = weekday == 7 ? 1 : weekday + 1;
    }
}

/* The first of a region's entries that is not before day. */
static uint32_t first_entry(const govsvc_calendar *calendar, const gs_region *region, int64_t day)
{
    uint32_t low = region->first_entry, high = low + region->entry_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (calendar->entries[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Entries of one day stand in the order of their recording, so that the last wins. */
static void apply_notices(const gs_view *view, const gs_region *region, gs_year *out)
{
    const govsvc_calendar *calendar = view->calendar;
    uint32_t end = region->first_entry + region->entry_count;
    for (uint32_t i = first_entry(calendar, region, out->first); i < end; i++) {
        const gs_entry *entry = &calendar->entries[i];
        if (entry->day >= out->first + out->length)
            return;
        if (known(view, entry->recorded_at))
            out->days[entry->day - out->first] = (gs_day){.which = i,
                                                          .layer = GS_LAYER_NOTICE,
                                                          .effect = (uint8_t)entry->effect,
                                                          .working = entry->effect != GOVSVC_DAY_OFF};
    }
}

static void count(gs_year *out)
{
    uint16_t working = 0, provisional = 0;
    for (uint32_t i = 0; i < out->length; i++) {
        out->working_before[i] = working;
        out->provisional_before[i] = provisional;
        if (out->days[i].working)
            out->nth[working++] = (uint16_t)i;
        provisional = (uint16_t)(provisional + out->days[i].provisional);
    }
    out->working_before[out->length] = working;
    out->provisional_before[out->length] = provisional;
    out->working = working;
}

static void resolve(const gs_view *view, int64_t year, gs_year *out)
{
    out->first = gs_days_of(year, 1, 1);
    out->length = (uint32_t)(gs_days_of(year + 1, 1, 1) - out->first);
    fill_weekdays(out, !spoken_of(view, 0, year));
    for (uint32_t i = 0; i < view->calendar->region_count; i++) {
        const gs_region *region = &view->calendar->regions[i];
        if (!gs_prefix_within(&view->region->prefix, &region->prefix))
            continue;
        if (!spoken_of(view, i, year))
            gs_rules_apply(region->prefix.digits, year, out);
        apply_notices(view, region, out);
    }
    count(out);
}

static govsvc_status make_kept(const gs_view *view, int64_t year, _Atomic(gs_year *) *slot,
                               const gs_year **out)
{
    const govsvc_allocator *allocator = &view->calendar->allocator;
    gs_year *made = allocator->allocate(allocator->context, sizeof *made), *other = NULL;
    if (!made)
        return GOVSVC_NO_MEMORY;
    resolve(view, year, made);
    if (atomic_compare_exchange_strong_explicit(slot, &other, made, memory_order_acq_rel,
                                                memory_order_acquire)) {
        *out = made;
        return GOVSVC_OK;
    }
    allocator->release(allocator->context, made);
    *out = other;
    return GOVSVC_OK;
}

static govsvc_status kept_year(const gs_view *view, int64_t year, const gs_year **out)
{
    _Atomic(gs_year *) *slot = &view->region->years[year - GOVSVC_YEAR_MIN];
    *out = atomic_load_explicit(slot, memory_order_acquire);
    return *out ? GOVSVC_OK : make_kept(view, year, slot, out);
}

govsvc_status gs_view_year(gs_view *view, int64_t year, const gs_year **out)
{
    if (view->kept) {
        govsvc_status status = kept_year(view, year, &view->latest);
        *out = view->latest;
        return status;
    }
    if (view->scratch_year != year)
        resolve(view, year, &view->scratch);
    view->scratch_year = year;
    *out = view->latest = &view->scratch;
    return GOVSVC_OK;
}

govsvc_status gs_view_year_of(gs_view *view, int64_t day, const gs_year **out)
{
    const gs_year *latest = view->latest;
    if (latest && day >= latest->first && day < latest->first + latest->length) {
        *out = latest;
        return GOVSVC_OK;
    }
    return gs_view_year(view, gs_civil_from_days(day).year, out);
}

govsvc_status gs_view_day(gs_view *view, int64_t day, gs_day *out)
{
    const gs_year *year;
    govsvc_status status = gs_view_year_of(view, day, &year);
    if (!status)
        *out = year->days[day - year->first];
    return status;
}
