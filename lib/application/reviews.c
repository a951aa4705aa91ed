/* lib/application/reviews.c - the steps of reviews: done, handed over, added, removed, sent back, recalled. */
#include "application/bundle.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static govsvc_status load(gs_call *call, gs_row *row, gs_reviews *out)
{
    govsvc_status status = gs_reviews_load(call, row, out);
    return status ? status : gs_row_open(row, false);
}

govsvc_status gs_reviews_begin(gs_call *call, gs_row *row)
{
    gs_reviews reviews;
    const govsvc_matter *matter;
    bool staged = false;
    if (gs_is_bundle(row->at)) { /* its members are reviewed */
        ((govsvc_application *)row->at)->open_parts = 1;
        return gs_guard(call);
    }
    govsvc_status status = gs_application_matter(call, row, &matter);
    for (uint64_t i = 0; !status && i < matter->stage_count && !staged; i++)
        staged = matter->stages[i]->kind == GOVSVC_STAGE_REVIEW;
    if (status || !staged)
        return status;
    status = gs_reviews_load(call, row, &reviews);
    return status ? status : gs_reviews_settle(&reviews);
}

/* ---- whose it is -------------------------------------------------------------------------------------- */

/* A host that names no posts lets every reviewer of the organ do what waits for any of them. */
static bool has_post(const gs_actor *actor, const char *post)
{
    bool has = !post || !actor->post_count;
    for (uint64_t i = 0; i < actor->post_count && !has; i++)
        has = strcmp(actor->posts[i], post) == 0;
    return has;
}

bool gs_review_is_mine(const gs_actor *actor, const govsvc_review *review)
{
    if (!same(actor->organ, review->organ) || !(actor->roles & GS_ROLE_REVIEWER))
        return false;
    return review->assignee ? strcmp(review->assignee, actor->id) == 0 : has_post(actor, review->post);
}

static bool has_done(const gs_reviews *of, const char *stage, const char *actor)
{
    bool done = false;
    for (size_t i = 0; i < of->count && !done; i++)
        done = same(gs_review_at(of, i)->stage, stage) && same(gs_review_at(of, i)->reviewer, actor);
    return done;
}

/* ---- which one ---------------------------------------------------------------------------------------- */

static govsvc_status refuse(gs_call *call, const char *field, const char *rule, const char *zh,
                            const char *en)
{
    return gs_refuse_in_words(call, field, rule, zh, en, NULL);
}

static size_t place_of(const gs_reviews *of, int64_t id)
{
    size_t at = 0;
    while (at < of->count && gs_review_at(of, at)->id != id)
        at++;
    return at;
}

/* One that is named: it must count, and be open. */
static govsvc_status named(const gs_reviews *of, int64_t id, size_t *at)
{
    *at = place_of(of, id);
    if (*at == of->count)
        return refuse(of->call, "/review", "exists", "/review：没有这一审查，或者已不再有效",
                      "/review: there is no such review, or it does not count any more");
    const govsvc_review *review = gs_review_at(of, *at);
    if (review->state == GOVSVC_REVIEW_OPEN)
        return GOVSVC_OK;
    if (!same(review->reviewer, of->call->actor->id))
        return gs_refuse_taken(of->call, review->reviewer, review->done_at);
    return refuse(of->call, "/review", "done", "/review：本人已经审查", "/review: it was done, by the actor");
}

/* Who did what the actor comes too late for: a review of theirs that was open a moment ago. */
static govsvc_status too_late(const gs_reviews *of, const char *stage)
{
    const govsvc_review *last = NULL;
    for (size_t i = 0; i < of->count; i++) {
        const govsvc_review *review = gs_review_at(of, i);
        bool would = same(of->call->actor->organ, review->organ) && has_post(of->call->actor, review->post) &&
                     (!stage || same(stage, review->stage));
        if (would && review->reviewer && (!last || review->done_at >= last->done_at))
            last = review;
    }
    if (last && !same(last->reviewer, of->call->actor->id))
        return gs_refuse_taken(of->call, last->reviewer, last->done_at);
    return refuse(of->call, "/stage", "open", "/stage：没有待本人办理的审查",
                  "/stage: no review waits for the actor");
}

/* The only open one that is the actor's. */
static govsvc_status mine(const gs_reviews *of, const char *stage, size_t *at)
{
    size_t found = 0;
    for (size_t i = 0; i < of->count; i++) {
        const govsvc_review *review = gs_review_at(of, i);
        if (review->state != GOVSVC_REVIEW_OPEN || !gs_review_is_mine(of->call->actor, review) ||
            (stage && !same(stage, review->stage)))
            continue;
        if (found++ && !same(gs_review_at(of, *at)->stage, review->stage))
            return refuse(of->call, "/stage", "several", "/stage：有多个环节待办，请指明",
                          "/stage: several stages wait, say which");
        *at = i;
    }
    return found ? GOVSVC_OK : too_late(of, stage);
}

/* ---- review ------------------------------------------------------------------------------------------- */

static govsvc_status check_reviewer(const gs_reviews *of, size_t at)
{
    gs_call *call = of->call;
    const govsvc_review *review = gs_review_at(of, at);
    if (!gs_review_is_mine(call->actor, review))
        return gs_problem_add(
            call->work.problems,
            &(govsvc_problem){.status = GOVSVC_DENIED,
                              .field = "/review",
                              .rule = "post",
                              .expected = review->assignee ? review->assignee : review->post,
                              .text_zh = "/review：应由该岗位或者指定人员审查",
                              .text_en = "/review: it is for the post or the person it names"});
    if (has_done(of, review->stage, call->actor->id))
        return refuse(call, "/review", "twice", "/review：同一环节不能由同一人审查两次",
                      "/review: nobody reviews twice in one stage");
    return GOVSVC_OK;
}

static govsvc_status finish(gs_reviews *of, size_t at)
{
    const govsvc_review_step *in = of->call->in;
    govsvc_review *review = gs_review_at(of, at);
    govsvc_status status = gs_row_open(of->items[at], true);
    if (status)
        return status;
    review->state = in->verdict == GOVSVC_VERDICT_OPPOSE ? GOVSVC_REVIEW_OPPOSED : GOVSVC_REVIEW_AGREED;
    review->reviewer = of->call->actor->id;
    review->done_at = of->call->occurred_at;
    review->opinion = in->opinion;
    status = gs_review_change(of, at);
    return status ? status : gs_reviews_settle(of);
}

govsvc_status gs_application_do_review(gs_call *call, gs_row *row)
{
    const govsvc_review_step *in = call->in;
    gs_reviews reviews;
    size_t at = 0;
    govsvc_status status = gs_check_recusal(call, row);
    if (!status)
        status = gs_application_review(call, row);
    if (!status)
        status = load(call, row, &reviews);
    if (status || !reviews.count) /* a matter without stages */
        return status;
    status = in->review ? named(&reviews, in->review, &at) : mine(&reviews, in->stage, &at);
    if (!status)
        status = check_reviewer(&reviews, at);
    return status ? status : finish(&reviews, at);
}

/* ---- who else ----------------------------------------------------------------------------------------- */

static void need_reason(gs_call *call, const govsvc_review_change *in)
{
    gs_application_need(call, in->opinion, "/opinion", "/opinion：应说明理由", "/opinion: say why", NULL);
}

/* A head disposes of every review of their organ, a reviewer of their own. */
static govsvc_status check_disposal(const gs_reviews *of, size_t at)
{
    const gs_actor *actor = of->call->actor;
    const govsvc_review *review = gs_review_at(of, at);
    bool head = (actor->roles & GS_ROLE_ORGAN_HEAD) && same(actor->organ, review->organ);
    if (head || gs_review_is_mine(actor, review))
        return GOVSVC_OK;
    return gs_denied(of->call->work.problems, GS_ROLE_ORGAN_HEAD, true);
}

govsvc_status gs_application_assign(gs_call *call, gs_row *row)
{
    const govsvc_review_change *in = call->in;
    gs_reviews reviews;
    size_t at;
    need_reason(call, in);
    if (!in->assignee && !in->post)
        gs_refuse(call, "/assignee", "required", NULL, NULL);
    govsvc_status status = load(call, row, &reviews);
    if (!status)
        status = named(&reviews, in->review, &at);
    if (!status)
        status = check_disposal(&reviews, at);
    if (!status)
        status = gs_row_open(reviews.items[at], true);
    if (status)
        return status;
    govsvc_review *review = gs_review_at(&reviews, at);
    if (in->assignee && has_done(&reviews, review->stage, in->assignee))
        return refuse(call, "/assignee", "twice", "/assignee：此人已在本环节审查",
                      "/assignee: they reviewed in this stage already");
    review->assignee = in->assignee;
    review->post = in->post ? in->post : review->post;
    review->reason = in->opinion;
    return gs_review_change(&reviews, at);
}

static bool is_asked(const gs_reviews *of, const char *stage, const char *assignee)
{
    bool asked = false;
    for (size_t i = 0; i < of->count && !asked; i++)
        asked = same(gs_review_at(of, i)->stage, stage) && same(gs_review_at(of, i)->assignee, assignee);
    return asked;
}

govsvc_status gs_application_add_reviewer(gs_call *call, gs_row *row)
{
    const govsvc_review_change *in = call->in;
    gs_reviews reviews;
    need_reason(call, in);
    if (!in->assignee)
        gs_refuse(call, "/assignee", "required", NULL, NULL);
    govsvc_status status = load(call, row, &reviews);
    const govsvc_stage *stage = status ? NULL : gs_review_stage(reviews.matter, in->stage);
    if (status || gs_problems_status(call->work.problems))
        return status;
    if (!stage || gs_stage_end_of(&reviews, stage) != GS_STAGE_OPEN)
        return refuse(call, "/stage", "open", "/stage：该环节未在审查中", "/stage: it is not under review");
    if (is_asked(&reviews, stage->code, in->assignee) || has_done(&reviews, stage->code, in->assignee))
        return refuse(call, "/assignee", "twice", "/assignee：此人已在本环节审查人之列",
                      "/assignee: they are asked already");
    status = gs_review_open(&reviews, stage, in->assignee, in->opinion);
    if (status)
        return status;
    gs_review_at(&reviews, reviews.count - 1)->added = GOVSVC_YES;
    return gs_reviews_settle(&reviews);
}

static size_t asked_in(const gs_reviews *of, const char *stage)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++)
        count += same(gs_review_at(of, i)->stage, stage);
    return count;
}

govsvc_status gs_application_remove_reviewer(gs_call *call, gs_row *row)
{
    const govsvc_review_change *in = call->in;
    gs_reviews reviews;
    size_t at;
    need_reason(call, in);
    govsvc_status status = load(call, row, &reviews);
    if (!status)
        status = named(&reviews, in->review, &at);
    if (!status)
        status = check_disposal(&reviews, at);
    if (status)
        return status;
    govsvc_review *review = gs_review_at(&reviews, at);
    if (asked_in(&reviews, review->stage) == 1)
        return refuse(call, "/review", "last", "/review：不能减去最后一名审查人",
                      "/review: the last one of a stage stays");
    review->state = GOVSVC_REVIEW_VOID;
    status = gs_review_change(&reviews, at);
    return status ? status : gs_reviews_settle(&reviews);
}

/* ---- back --------------------------------------------------------------------------------------------- */

/* Nothing of a stage counts any more. */
static govsvc_status void_stage(gs_reviews *of, const govsvc_stage *stage)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < of->count && !status; i++) {
        govsvc_review *review = gs_review_at(of, i);
        if (!same(review->stage, stage->code) || review->state == GOVSVC_REVIEW_VOID)
            continue;
        review->state = GOVSVC_REVIEW_VOID;
        status = gs_review_change(of, i);
    }
    return status;
}

static govsvc_status void_followers(gs_reviews *of, const govsvc_stage *stage)
{
    govsvc_status status = GOVSVC_OK;
    for (uint64_t i = 0; i < of->matter->stage_count && !status; i++)
        if (gs_stage_follows(of->matter, of->matter->stages[i], stage))
            status = void_stage(of, of->matter->stages[i]);
    return status;
}

/* The stage is opened anew, in another round; that it was sent back, and why, stands with it. */
static govsvc_status open_anew(gs_reviews *of, size_t before, const char *reason)
{
    govsvc_status status = gs_reviews_settle(of);
    int64_t last = 0;
    for (size_t i = 0; i < before; i++)
        last = gs_review_at(of, i)->round > last ? gs_review_at(of, i)->round : last;
    for (size_t i = before; i < of->count; i++) {
        gs_review_at(of, i)->round = last + 1;
        gs_review_at(of, i)->reason = reason;
    }
    return status;
}

govsvc_status gs_application_send_back(gs_call *call, gs_row *row)
{
    const govsvc_review_change *in = call->in;
    gs_reviews reviews;
    need_reason(call, in);
    govsvc_status status = load(call, row, &reviews);
    const govsvc_stage *stage = status ? NULL : gs_review_stage(reviews.matter, in->stage);
    if (status || gs_problems_status(call->work.problems))
        return status;
    if (!stage || gs_stage_end_of(&reviews, stage) < GS_STAGE_AGREED)
        return refuse(call, "/stage", "over", "/stage：只能退回到已经完成的审查环节",
                      "/stage: only a stage that is over is opened anew");
    size_t before = reviews.count;
    status = void_followers(&reviews, stage);
    if (!status)
        status = void_stage(&reviews, stage);
    return status ? status : open_anew(&reviews, before, in->opinion);
}

/* Has somebody done what followed from it? */
static bool went_on(const gs_reviews *of, const govsvc_stage *stage)
{
    bool done = false;
    for (size_t i = 0; i < of->count && !done; i++) {
        const govsvc_stage *later = gs_review_stage(of->matter, gs_review_at(of, i)->stage);
        done = later && gs_review_at(of, i)->reviewer && gs_stage_follows(of->matter, later, stage);
    }
    return done;
}

static govsvc_status reopen(gs_reviews *of, size_t at)
{
    govsvc_review *review = gs_review_at(of, at);
    govsvc_status status = gs_row_open(of->items[at], true);
    review->state = GOVSVC_REVIEW_OPEN;
    review->done_at = GOVSVC_ABSENT;
    review->reviewer = review->opinion = NULL;
    return status ? status : gs_review_change(of, at);
}

govsvc_status gs_application_recall(gs_call *call, gs_row *row)
{
    const govsvc_review_change *in = call->in;
    gs_reviews reviews;
    need_reason(call, in);
    govsvc_status status = load(call, row, &reviews);
    size_t at = status ? 0 : place_of(&reviews, in->review);
    if (status)
        return status;
    if (at == reviews.count || !same(gs_review_at(&reviews, at)->reviewer, call->actor->id))
        return refuse(call, "/review", "own", "/review：只能取回本人完成的审查",
                      "/review: only one's own review can be recalled");
    const govsvc_stage *stage = gs_review_stage(reviews.matter, gs_review_at(&reviews, at)->stage);
    if (!stage || went_on(&reviews, stage))
        return refuse(call, "/review", "went_on", "/review：后续环节已经办理，不能取回",
                      "/review: what followed from it is done, it cannot be recalled");
    status = void_followers(&reviews, stage);
    if (!status)
        status = reopen(&reviews, at);
    return status ? status : gs_reviews_settle(&reviews);
}

/* ---- reading ------------------------------------------------------------------------------------------ */

static govsvc_status all_ids(gs_call *call, const gs_row *row, int64_t ids[GS_PAGE], size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_row_head(row)->tenant), gs_integer(gs_row_head(row)->id)};
    return gs_query_integers(
        call->work.connection,
        "SELECT id FROM {review} WHERE tenant = $1 AND application = $2 ORDER BY id LIMIT 200", values, 2,
        ids, GS_PAGE, count);
}

/* What was said is as personal as the case. */
static govsvc_status show(gs_call *call, gs_row *row, bool clear, const govsvc_review **out)
{
    govsvc_review *shown = gs_arena_alloc(call->work.arena, sizeof *shown);
    govsvc_status status = shown ? gs_row_open(row, clear) : GOVSVC_NO_MEMORY;
    if (status)
        return status;
    *shown = *(const govsvc_review *)row->at;
    if (!clear)
        shown->opinion = shown->reason = NULL;
    *out = shown;
    return GOVSVC_OK;
}

govsvc_status gs_application_reviews(gs_call *call)
{
    const govsvc_get_request *in = call->in;
    int64_t ids[GS_PAGE];
    size_t count = 0;
    gs_row *row;
    govsvc_status status = gs_load_readable(call, &gs_record_application, in->id, &row);
    bool clear = !status && gs_may_read_clear(call->actor, &gs_record_application, row->at);
    if (!status)
        status = all_ids(call, row, ids, &count);
    govsvc_review_list *list = gs_arena_alloc(call->work.arena, sizeof *list);
    const govsvc_review **all = gs_arena_array(call->work.arena, count + 1, sizeof *all);
    if (!status && (!list || !all))
        status = GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++) {
        gs_row *review;
        status = gs_row_load_under(&call->work, gs_table_of(call->host, &gs_record_review),
                                   gs_row_head(row)->tenant, ids[i], &review);
        if (!status)
            status = show(call, review, clear, &all[i]);
    }
    if (status)
        return status;
    *list = (govsvc_review_list){
        .struct_size = sizeof *list, .id = in->id, .reviews = all, .review_count = count};
    call->out = list;
    return clear ? gs_journal_reading(call, row) : GOVSVC_OK;
}
