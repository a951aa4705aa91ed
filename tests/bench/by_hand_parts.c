/* tests/bench/by_hand_parts.c - what steps do to the clocks and the reviews of a case. */
#include <string.h>

#include "by_hand_rows.h"

/* The matter's stages of review. */
static const struct {
    const char *code, *name, *post, *desk;
    int64_t days;
} stages[] = {{"S1", "审查", "examiner", "11440232MB2D06811W/examiner", 3},
              {"S2", "复核", "checker", "11440232MB2D06811W/checker", 2}};

/* ---- clocks ------------------------------------------------------------------------------------------ */

/* The last of so many working days after today; false: beyond the table. */
static bool last_day(hand *h, int64_t days, int64_t *day)
{
    *day = (h->side->now + BEIJING_MS) / DAY_MS - FIRST_DAY;
    for (int64_t left = days; left;)
        if (++*day >= DAYS)
            return false;
        else
            left -= h->working[*day];
    return true;
}

/* The moment at which a day begins. */
static int64_t morning(int64_t day)
{
    return (day + FIRST_DAY) * DAY_MS - BEIJING_MS;
}

/* What is promised warns a working day ahead, from the morning on. */
static int64_t timer_of(const hand *h, const clock_row *c, int64_t day)
{
    if (strcmp(c->kind, "promised") != 0)
        return c->due_at;
    do
        day--;
    while (!h->working[day]);
    return morning(day) > h->side->now ? morning(day) : c->due_at;
}

static bool reckon(hand *h, clock_row *c, char date[32])
{
    int64_t day;
    if (!last_day(h, c->amount, &day))
        return false;
    c->due_at = morning(day + 1);
    c->timer_at = timer_of(h, c, day);
    format_time(c->due_at - 1, date);
    date[10] = '\0';
    c->due_date = date;
    return true;
}

static void note_clock(text *to, const clock_row *c, const char *hash)
{
    add(to, to->size ? ",\"clock:" : "\"clock:");
    add_integer(to, c->id);
    add(to, "\":{\"kind\":\"");
    add(to, c->kind);
    add(to, "\",\"state\":\"");
    add(to, c->state);
    add(to, "\",\"due_date\":\"");
    add(to, c->due_date);
    add(to, "\",\"revision\":");
    add_integer(to, c->revision);
    add(to, ",\"hash\":\"");
    add_bytes(to, hash, 64);
    add(to, "\"}");
}

static const char *told_of(hand *h, const clock_row *c, const char *occasion)
{
    text *to = &h->kept;
    const char *told = to->at + to->size;
    add(to, "[{\"told_at\":");
    add_time(to, c->started_at);
    add(to, ",\"due_at\":");
    add_time(to, c->due_at);
    add(to, ",\"due_date\":\"");
    add(to, c->due_date);
    add(to, "\",\"occasion\":\"");
    add(to, occasion);
    add_bytes(to, "\"}]", 4);
    return told;
}

/* The case waits for the end of the clock that leads it. */
static bool start_clock(hand *h, application *a, const char *kind, int64_t amount, const char *basis,
                        const char *occasion)
{
    char date[32], hash[65];
    clock_row c = {.id = next_id(h),
                   .revision = 1,
                   .created_at = h->side->now,
                   .updated_at = h->side->now,
                   .subject = a->id,
                   .amount = amount,
                   .started_at = h->side->now,
                   .state = "running",
                   .kind = kind,
                   .division = a->division,
                   .basis = basis};
    if (!reckon(h, &c, date))
        return false;
    c.told = told_of(h, &c, occasion);
    if (!hash_clock(h, &c, hash) || !insert_clock(h, &c))
        return false;
    note_clock(&h->also, &c, hash);
    if (strcmp(kind, "decision") != 0)
        a->due_at = c.due_at;
    return true;
}

static bool stop_clock(hand *h, int64_t subject, const char *kind)
{
    clock_row c = {.id = 0};
    char hash[65];
    if (!load_clock(h, subject, kind, &c))
        return false;
    c.stopped_at = c.updated_at = h->side->now;
    c.state = h->side->now < c.due_at ? "met" : "late";
    c.revision++;
    if (!hash_clock(h, &c, hash) || !update_stopped_clock(h, &c))
        return false;
    note_clock(&h->also, &c, hash);
    return true;
}

bool move_clocks(hand *h, hand_action action, application *a)
{
    switch (action) {
    case HAND_RECEIVE:
        return start_clock(h, a, "examination", 5, "行政许可法 第三十二条", "receive");
    case HAND_ACCEPT:
        return stop_clock(h, a->id, "examination") &&
               start_clock(h, a, "decision", h->matter.statutory, "行政许可法 第四十二条", "accept") &&
               start_clock(h, a, "promised", h->matter.promised, "优化营商环境条例 第三十五条", "accept");
    case HAND_DECIDE:
        return stop_clock(h, a->id, "decision") && stop_clock(h, a->id, "promised") &&
               start_clock(h, a, "delivery", 10, "行政许可法 第四十四条", "decide");
    case HAND_DELIVER:
        a->due_at = 0;
        return stop_clock(h, a->id, "delivery");
    default:
        return true;
    }
}

/* ---- reviews ----------------------------------------------------------------------------------------- */

static void note_review(hand *h, const review_row *r, const char *hash)
{
    text *to = &h->reviewed;
    add(to, to->size ? ",\"review:" : "\"review:");
    add_integer(to, r->id);
    add(to, "\":{\"state\":\"");
    add(to, r->state);
    add(to, "\",\"revision\":");
    add_integer(to, r->revision);
    add(to, ",\"hash\":\"");
    add_bytes(to, hash, 64);
    add(to, "\"}");
}

static bool open_review(hand *h, const application *a, size_t stage)
{
    char hash[65];
    int64_t day;
    review_row r = {.id = next_id(h),
                    .revision = 1,
                    .created_at = h->side->now,
                    .updated_at = h->side->now,
                    .application = a->id,
                    .state = "open",
                    .stage = stages[stage].code,
                    .stage_name = stages[stage].name,
                    .post = stages[stage].post,
                    .organ = a->organ,
                    .desk = stages[stage].desk};
    if (!last_day(h, stages[stage].days, &day))
        return false;
    r.due_at = morning(day + 1);
    if (!hash_review(h, &r, hash) || !insert_review(h, &r))
        return false;
    note_review(h, &r, hash);
    return true;
}

static bool finish_review(hand *h, const application *a, size_t stage)
{
    review_row r = {.id = 0};
    char hash[65];
    if (!load_review(h, a->id, &r) || strcmp(r.stage, stages[stage].code) != 0 ||
        strcmp(r.organ, HAND_ORGAN) != 0)
        return false;
    r.done_at = r.updated_at = h->side->now;
    r.state = "agreed";
    r.reviewer = "c1";
    r.revision++;
    if (!hash_review(h, &r, hash) || !update_finished_review(h, &r))
        return false;
    note_review(h, &r, hash);
    return true;
}

bool move_reviews(hand *h, hand_action action, application *a)
{
    switch (action) {
    case HAND_ACCEPT:
        a->open_parts = 1;
        return open_review(h, a, 0);
    case HAND_REVIEW:
        return finish_review(h, a, 0) && open_review(h, a, 1);
    case HAND_CONCLUDE:
        a->open_parts = 0;
        return finish_review(h, a, 1);
    default:
        return true;
    }
}
