/* lib/application/stages.c - the reviews of a case: read, opened stage by stage, and what they come to. */
#include "application/review.h"

#include <string.h>

enum { REVIEWS_MOST = 200 };

/* ---- reading ------------------------------------------------------------------------------------------ */

static govsvc_status ids_of(gs_call *call, const gs_row *row, int64_t ids[REVIEWS_MOST], size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_row_head(row)->tenant), gs_integer(gs_row_head(row)->id)};
    return gs_query_integers(call->work.connection,
                             "SELECT id FROM {review} WHERE tenant = $1 AND application = $2 AND "
                             "state <> 'void' ORDER BY id LIMIT 200",
                             values, 2, ids, REVIEWS_MOST, count);
}

static size_t open_elsewhere(const gs_reviews *of)
{
    const govsvc_application *application = of->row->at;
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const govsvc_review *review = gs_review_at(of, i);
        count += review->state == GOVSVC_REVIEW_OPEN && strcmp(review->organ, application->organ) != 0;
    }
    return count;
}

govsvc_status gs_reviews_load(gs_call *call, gs_row *row, gs_reviews *out)
{
    int64_t ids[REVIEWS_MOST];
    *out = (gs_reviews){.call = call, .row = row};
    govsvc_status status = gs_application_matter(call, row, &out->matter);
    size_t count = 0;
    if (!status)
        status = ids_of(call, row, ids, &count);
    out->items = gs_arena_array(call->work.arena, REVIEWS_MOST + 1, sizeof(gs_row *));
    if (!status && !out->items)
        status = GOVSVC_NO_MEMORY;
    for (; out->count < count && !status; out->count += !status)
        status = gs_row_load_under(&call->work, gs_table_of(call->host, &gs_record_review),
                                   gs_row_head(row)->tenant, ids[out->count], &out->items[out->count]);
    out->elsewhere = status ? 0 : open_elsewhere(out);
    return status;
}

/* ---- stages ------------------------------------------------------------------------------------------- */

static bool is_review(const govsvc_stage *stage)
{
    return stage->kind == GOVSVC_STAGE_REVIEW;
}

const govsvc_stage *gs_review_stage(const govsvc_matter *matter, const char *code)
{
    for (uint64_t i = 0; i < matter->stage_count && code; i++)
        if (is_review(matter->stages[i]) && strcmp(matter->stages[i]->code, code) == 0)
            return matter->stages[i];
    return NULL;
}

static bool is_after(const govsvc_stage *stage, const char *code)
{
    bool found = false;
    for (uint64_t i = 0; i < stage->after_count && !found; i++)
        found = strcmp(stage->after[i], code) == 0;
    return found;
}

/* One that names none follows the one before it in the list. */
static bool directly_follows(const govsvc_matter *matter, const govsvc_stage *later,
                             const govsvc_stage *earlier)
{
    if (later->after_count)
        return is_after(later, earlier->code);
    for (uint64_t i = 1; i < matter->stage_count; i++)
        if (matter->stages[i] == later)
            return matter->stages[i - 1] == earlier;
    return false;
}

bool gs_stage_follows(const govsvc_matter *matter, const govsvc_stage *later, const govsvc_stage *earlier)
{
    bool follows = directly_follows(matter, later, earlier); /* publication refused circles */
    for (uint64_t i = 0; i < matter->stage_count && !follows; i++)
        follows = matter->stages[i] != later && directly_follows(matter, later, matter->stages[i]) &&
                  gs_stage_follows(matter, matter->stages[i], earlier);
    return follows;
}

typedef struct tally {
    size_t open, agreed, opposed;
} tally;

static tally tally_of(const gs_reviews *of, const govsvc_stage *stage)
{
    tally found = {0, 0, 0};
    for (size_t i = 0; i < of->count; i++) {
        const govsvc_review *review = gs_review_at(of, i);
        if (strcmp(review->stage, stage->code) != 0)
            continue;
        found.open += review->state == GOVSVC_REVIEW_OPEN;
        found.agreed += review->state == GOVSVC_REVIEW_AGREED;
        found.opposed += review->state == GOVSVC_REVIEW_OPPOSED;
    }
    return found;
}

/* A share that cannot be reached any more is opposed. */
static gs_stage_end end_by_share(const tally *t, size_t share)
{
    size_t all = t->open + t->agreed + t->opposed;
    if (t->agreed * 100 >= share * all)
        return GS_STAGE_AGREED;
    return (all - t->opposed) * 100 < share * all ? GS_STAGE_OPPOSED : GS_STAGE_OPEN;
}

gs_stage_end gs_stage_end_of(const gs_reviews *of, const govsvc_stage *stage)
{
    const tally t = tally_of(of, stage);
    if (!t.open && !t.agreed && !t.opposed)
        return GS_STAGE_CLOSED;
    if (stage->passes == GOVSVC_PASSES_SHARE)
        return end_by_share(&t, (size_t)stage->share);
    if (t.opposed && (stage->passes == GOVSVC_PASSES_ALL || !t.agreed))
        return GS_STAGE_OPPOSED;
    bool every_one = stage->passes == GOVSVC_PASSES_ALL ? !t.open : t.agreed > 0;
    return every_one ? GS_STAGE_AGREED : GS_STAGE_OPEN;
}

/* ---- opening ------------------------------------------------------------------------------------------ */

static govsvc_status due_of(gs_call *call, const govsvc_stage *stage, const char *division, int64_t *due)
{
    govsvc_reckoning_request request = GOVSVC_RECKONING_REQUEST_INIT;
    bool provisional;
    *due = GOVSVC_ABSENT;
    if (stage->amount == GOVSVC_ABSENT)
        return GOVSVC_OK;
    request.start_at = call->occurred_at;
    request.amount = stage->amount;
    request.unit = stage->unit;
    request.division = division;
    return gs_reckon_due(call->calendar, &request, due, &provisional);
}

/* On whose work list it stands while it is open. */
static const char *desk_of(gs_call *call, const govsvc_review *review)
{
    if (review->assignee)
        return gs_arena_print(call->work.arena, "@%s", review->assignee);
    return gs_arena_print(call->work.arena, "%s/%s", review->organ, review->post ? review->post : "reviewer");
}

static int64_t round_of(const gs_reviews *of, const govsvc_stage *stage)
{
    int64_t round = 1;
    for (size_t i = 0; i < of->count; i++) {
        const govsvc_review *review = gs_review_at(of, i);
        if (strcmp(review->stage, stage->code) == 0 && review->round > round)
            round = review->round;
    }
    return round;
}

govsvc_status gs_review_change(gs_reviews *of, size_t at)
{
    govsvc_review *review = gs_review_at(of, at);
    bool open = review->state == GOVSVC_REVIEW_OPEN;
    review->desk = open ? desk_of(of->call, review) : NULL;
    if (open && !review->desk)
        return GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < of->call->part_count; i++)
        if (of->call->parts[i] == of->items[at])
            return GOVSVC_OK;
    return gs_add_part(of->call, of->items[at]);
}

govsvc_status gs_review_open(gs_reviews *of, const govsvc_stage *stage, const char *assignee,
                             const char *reason)
{
    gs_call *call = of->call;
    const govsvc_application *application = of->row->at;
    gs_row *row =
        of->count < REVIEWS_MOST ? gs_row_new(&call->work, gs_table_of(call->host, &gs_record_review)) : NULL;
    if (!row)
        return of->count < REVIEWS_MOST ? GOVSVC_NO_MEMORY : GOVSVC_TOO_LARGE;
    govsvc_review *review = row->at;
    review->tenant = application->tenant;
    review->state = GOVSVC_REVIEW_OPEN;
    review->application = application->id;
    review->round = round_of(of, stage);
    review->stage = stage->code;
    review->stage_name = stage->name;
    review->post = stage->post;
    review->organ = stage->organ ? stage->organ : application->organ;
    review->assignee = assignee;
    review->reason = reason;
    of->items[of->count] = row;
    govsvc_status status = due_of(call, stage, application->division, &review->due_at);
    return status ? status : gs_review_change(of, of->count++);
}

static govsvc_status open_stage(gs_reviews *of, const govsvc_stage *stage)
{
    int64_t asked = stage->reviewers == GOVSVC_ABSENT ? 1 : stage->reviewers;
    govsvc_status status = GOVSVC_OK;
    for (int64_t i = 0; i < asked && !status; i++)
        status = gs_review_open(of, stage, NULL, NULL);
    return status;
}

/* ---- settling ----------------------------------------------------------------------------------------- */

static bool can_open(const gs_reviews *of, const govsvc_stage *stage)
{
    bool may = is_review(stage) && gs_stage_end_of(of, stage) == GS_STAGE_CLOSED;
    for (uint64_t i = 0; i < of->matter->stage_count && may; i++) {
        const govsvc_stage *before = of->matter->stages[i];
        if (before != stage && is_review(before) && gs_stage_follows(of->matter, stage, before))
            may = gs_stage_end_of(of, before) >= GS_STAGE_AGREED;
    }
    return may;
}

/* Nobody has to review what is over. */
static govsvc_status let_go(gs_reviews *of)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < of->count && !status; i++) {
        govsvc_review *review = gs_review_at(of, i);
        const govsvc_stage *stage = gs_review_stage(of->matter, review->stage);
        if (review->state != GOVSVC_REVIEW_OPEN || !stage || gs_stage_end_of(of, stage) == GS_STAGE_OPEN)
            continue;
        review->state = GOVSVC_REVIEW_VOID;
        status = gs_review_change(of, i);
    }
    return status;
}

/* ",CODE,CODE,", of other organs whose review is open or done; NULL: there are none. */
static const char *guests_of(const gs_reviews *of)
{
    const govsvc_application *application = of->row->at;
    gs_buffer guests = {.arena = of->call->work.arena};
    for (size_t i = 0; i < of->count; i++) {
        const govsvc_review *review = gs_review_at(of, i);
        if (strcmp(review->organ, application->organ) != 0 &&
            !(guests.text && strstr(guests.text, review->organ)))
            gs_buffer_print(&guests, "%s%s,", guests.size ? "" : ",", review->organ);
    }
    return guests.text;
}

/* A licence that another organ examines first: it has twenty days for that (行政许可法 43). */
static void time_elsewhere(gs_reviews *of)
{
    size_t now = open_elsewhere(of);
    if (of->matter->type != GOVSVC_MATTER_LICENCE || (now > 0) == (of->elsewhere > 0))
        return;
    gs_add_effect(of->call, now ? GS_START : GS_STOP, GS_CLOCK_PRELIMINARY);
    of->elsewhere = now;
}

govsvc_status gs_reviews_settle(gs_reviews *of)
{
    govsvc_application *application = of->row->at;
    govsvc_status status = let_go(of);
    for (uint64_t i = 0; i < of->matter->stage_count && !status; i++)
        if (can_open(of, of->matter->stages[i]))
            status = open_stage(of, of->matter->stages[i]);
    application->open_parts = 0;
    for (size_t i = 0; i < of->count; i++)
        application->open_parts += gs_review_at(of, i)->state == GOVSVC_REVIEW_OPEN;
    application->guests = guests_of(of);
    time_elsewhere(of);
    return status;
}

/* ---- whose own case it is ----------------------------------------------------------------------------- */

govsvc_status gs_check_recusal(gs_call *call, const gs_row *row)
{
    const govsvc_application *application = row->at;
    if (!application->owner || strcmp(application->owner, call->actor->id) != 0)
        return GOVSVC_OK;
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.status = GOVSVC_DENIED,
                                            .field = "",
                                            .rule = "recusal",
                                            .text_zh = "本人申请的事项应当回避",
                                            .text_en = "nobody reviews or decides on their own application"});
}
