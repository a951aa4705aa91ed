/* lib/application/queue.c - work lists: what waits for an actor, by deadline, and what they may do with one case.
 *
 * What an application waits for stands in its row (waits, due_at), a review's in its desk. Each place where
 * something may wait for the actor is one range of an index, in order; the ranges are merged. What is due at one
 * moment goes by identifier, and what has no limit comes last, so that a page is three steps in each range.
 */
#include "application/review.h"

#include <stdlib.h>
#include <string.h>

/* ---- ranges ------------------------------------------------------------------------------------------- */

enum { ORGAN, DIVISION, OWNER, DESK, PLACES };
enum { AT, LATER, NEVER, PHASES };

#define CASE                                                                                                 \
    "SELECT id, 0, state, due_at, number, waits, matter, matter_name, organ, division, NULL, NULL FROM "     \
    "{application} "
#define REVIEW                                                                                               \
    "SELECT a.id, r.id, a.state, r.due_at, a.number, 'review', a.matter, a.matter_name, r.organ, "           \
    "a.division, "                                                                                           \
    "r.stage, r.stage_name FROM {review} r JOIN {application} a ON a.tenant = r.tenant AND a.id = "          \
    "r.application "
#define CASES(column)                                                                                        \
    {                                                                                                        \
        CASE "WHERE tenant = $1 AND " column                                                                 \
             " = $2 AND waits = $3 AND due_at = $4 AND id > $5 ORDER BY id LIMIT $6",                        \
            CASE "WHERE tenant = $1 AND " column                                                             \
                 " = $2 AND waits = $3 AND due_at > $4 ORDER BY due_at, id LIMIT $5",                        \
            CASE "WHERE tenant = $1 AND " column                                                             \
                 " = $2 AND waits = $3 AND due_at IS NULL AND id > $4 ORDER BY id LIMIT $5"                  \
    }

/* clang-format off */
static const char *const sql[PLACES][PHASES] = {
    [ORGAN] = CASES("organ"),
    [DIVISION] = CASES("division"),
    [OWNER] = CASES("owner"),
    [DESK] = {
        REVIEW "WHERE r.tenant = $1 AND r.desk = $2 AND r.due_at = $3 AND r.id > $4 ORDER BY r.id LIMIT $5",
        REVIEW "WHERE r.tenant = $1 AND r.desk = $2 AND r.due_at > $3 ORDER BY r.due_at, r.id LIMIT $4",
        REVIEW "WHERE r.tenant = $1 AND r.desk = $2 AND r.due_at IS NULL AND r.id > $3 ORDER BY r.id LIMIT $4"},
};
/* clang-format on */

typedef struct range {
    int place;
    const char *key;    /* organ, division, owner or desk */
    const char *action; /* what it waits for; of a desk NULL */
} range;

enum { RANGES_MOST = 256 };
typedef struct ranges {
    range items[RANGES_MOST];
    size_t count;
} ranges;

static void add_range(ranges *to, int place, const char *key, const char *action)
{
    for (size_t i = 0; i < to->count; i++)
        if (to->items[i].place == place && strcmp(to->items[i].key, key) == 0 &&
            (!action || strcmp(to->items[i].action, action) == 0))
            return;
    if (key && to->count < RANGES_MOST)
        to->items[to->count++] = (range){place, key, action};
}

/* ---- whose work it is --------------------------------------------------------------------------------- */

static uint32_t roles_of(const char *action)
{
    uint32_t roles = 0;
    for (const gs_transition *at = gs_flow_application.transitions; at->action; at++)
        if (strcmp(at->action, action) == 0)
            roles |= at->roles;
    return roles;
}

static bool is_wanted(const govsvc_queue_request *in, const char *action)
{
    return !in->action || strcmp(in->action, action) == 0;
}

static void add_cases(gs_call *call, ranges *to)
{
    const govsvc_queue_request *in = call->in;
    const gs_actor *actor = call->actor;
    const char *division = in->division ? in->division : actor->division;
    for (const gs_wait *at = gs_flow_application.waits; at->action && !in->post; at++) {
        uint32_t roles = roles_of(at->action) & actor->roles;
        if (!is_wanted(in, at->action))
            continue;
        if (roles & (GS_ROLE_APPLICANT | GS_ROLE_AGENT))
            add_range(to, OWNER, gs_own_account(actor), at->action);
        if (roles & (GS_ROLE_ACCEPTOR | GS_ROLE_REVIEWER | GS_ROLE_ORGAN_HEAD) && actor->organ)
            add_range(to, ORGAN, actor->organ, at->action);
        if (roles & GS_ROLE_WINDOW_CLERK && division)
            add_range(to, DIVISION, division, at->action);
    }
}

static bool add_desks(gs_call *call, ranges *to)
{
    const govsvc_queue_request *in = call->in;
    const gs_actor *actor = call->actor;
    gs_arena *arena = call->work.arena;
    if (!(actor->roles & GS_ROLE_REVIEWER) || !actor->organ || !is_wanted(in, "review"))
        return true;
    if (!in->post) {
        add_range(to, DESK, gs_arena_print(arena, "@%s", actor->id), NULL);
        add_range(to, DESK, gs_arena_print(arena, "%s/reviewer", actor->organ), NULL);
    }
    for (uint64_t i = 0; i < actor->post_count && !gs_arena_failed(arena); i++)
        if (!in->post || strcmp(in->post, actor->posts[i]) == 0)
            add_range(to, DESK, gs_arena_print(arena, "%s/%s", actor->organ, actor->posts[i]), NULL);
    return !gs_arena_failed(arena);
}

/* ---- a page ------------------------------------------------------------------------------------------- */

/* Where a page begins: behind what is due then and has this identifier; due ABSENT: among what has no limit. */
typedef struct cursor {
    int64_t due;
    int64_t id;
} cursor;

typedef struct page {
    gs_call *call;
    const govsvc_queue_item **items;
    size_t count;
    size_t limit;
    const char *matter; /* of this one alone; NULL: any */
} page;

static int64_t key_of(const govsvc_queue_item *item)
{
    return item->review ? item->review : item->id;
}

static bool comes_before(const govsvc_queue_item *a, const govsvc_queue_item *b)
{
    if (a->due_at == b->due_at)
        return key_of(a) < key_of(b);
    return b->due_at == GOVSVC_ABSENT || (a->due_at != GOVSVC_ABSENT && a->due_at < b->due_at);
}

/* Keeps the first so many of what all ranges have. false: it is none of them, and nothing after it is. */
static bool place_item(page *to, const govsvc_queue_item *item)
{
    size_t at = to->count;
    while (at > 0 && comes_before(item, to->items[at - 1]))
        at--;
    if (at == to->limit)
        return false;
    if (to->count < to->limit)
        to->count++;
    memmove(&to->items[at + 1], &to->items[at], (to->count - 1 - at) * sizeof *to->items);
    to->items[at] = item;
    return true;
}

static int64_t integer_or(const govsvc_value *value, int64_t none)
{
    return value->kind == GOVSVC_VALUE_INTEGER ? value->as.integer : none;
}

static const char *text_of(gs_call *call, const govsvc_value *value)
{
    return value->kind == GOVSVC_VALUE_NULL ? NULL : gs_value_copy(value, call->work.arena).as.bytes;
}

static const govsvc_queue_item *make_item(gs_call *call, const govsvc_value row[12])
{
    govsvc_queue_item *made = gs_arena_alloc(call->work.arena, sizeof *made);
    const char *state = text_of(call, &row[2]);
    if (!made || !state)
        return NULL;
    int64_t due = integer_or(&row[3], GOVSVC_ABSENT);
    *made = (govsvc_queue_item){
        .struct_size = sizeof *made,
        .id = row[0].as.integer,
        .review = integer_or(&row[1], 0),
        .state = gs_name_value(gs_record_field(&gs_record_application, "state")->names, state),
        .due_at = due,
        .overdue = due != GOVSVC_ABSENT && due <= call->work.now ? GOVSVC_YES : GOVSVC_NO,
        .number = text_of(call, &row[4]),
        .action = text_of(call, &row[5]),
        .matter = text_of(call, &row[6]),
        .matter_name = text_of(call, &row[7]),
        .organ = text_of(call, &row[8]),
        .division = text_of(call, &row[9]),
        .stage = text_of(call, &row[10]),
        .stage_name = text_of(call, &row[11])};
    return made;
}

static size_t values_of(const page *to, const range *from, int phase, const cursor *after,
                        govsvc_value values[6])
{
    size_t count = 0;
    values[count++] = gs_integer(gs_tenant_of(&to->call->work, &gs_record_application));
    values[count++] = gs_text(from->key);
    if (from->action)
        values[count++] = gs_text(from->action);
    if (phase != NEVER)
        values[count++] = gs_integer(after->due);
    if (phase != LATER)
        values[count++] = gs_integer(after->id);
    /* of one matter as many are looked at as it takes */
    values[count++] = gs_integer(to->matter ? INT64_MAX : (int64_t)to->limit);
    return count;
}

static bool is_of_matter(const page *to, const govsvc_value *matter)
{
    govsvc_value wanted = gs_text(to->matter);
    return !to->matter || gs_value_equal(matter, &wanted);
}

static govsvc_status read_range(page *to, const range *from, int phase, const cursor *after)
{
    govsvc_value values[6], row[12];
    size_t count = values_of(to, from, phase, after, values);
    gs_rows rows;
    govsvc_status status = gs_query(to->call->work.connection, sql[from->place][phase], values, count, &rows);
    bool more = true;
    while (!status && more && !(status = gs_rows_next(&rows, row, 12))) {
        const govsvc_queue_item *item = is_of_matter(to, &row[6]) ? make_item(to->call, row) : NULL;
        if (item)
            more = place_item(to, item);
        else if (gs_arena_failed(to->call->work.arena))
            status = GOVSVC_NO_MEMORY;
    }
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status read_all(page *to, const ranges *from, const cursor *after)
{
    govsvc_status status = GOVSVC_OK;
    const cursor none = {GOVSVC_ABSENT, 0};
    for (size_t i = 0; i < from->count && !status; i++) {
        const range *one = &from->items[i];
        bool dated = after->due != GOVSVC_ABSENT;
        if (dated)
            status = read_range(to, one, AT, after);
        if (!status && dated)
            status = read_range(to, one, LATER, after);
        bool full = to->count == to->limit && to->items[to->limit - 1]->due_at != GOVSVC_ABSENT;
        if (!status && !full)
            status = read_range(to, one, NEVER, dated ? &none : after);
    }
    return status;
}

/* ---- the work list ------------------------------------------------------------------------------------ */

/* "DUE.ID"; a list begins before everything. */
static bool read_cursor(const char *text, cursor *out)
{
    char *end = NULL;
    *out = (cursor){INT64_MIN + 1, 0};
    if (!text)
        return true;
    bool none = strncmp(text, "-.", 2) == 0;
    out->due = none ? GOVSVC_ABSENT : strtoll(text, &end, 10);
    const char *id = none ? text + 1 : end;
    if (*id != '.')
        return false;
    out->id = strtoll(id + 1, &end, 10);
    return *end == '\0' && end != id + 1;
}

static const char *write_cursor(gs_call *call, const govsvc_queue_item *last)
{
    if (last->due_at == GOVSVC_ABSENT)
        return gs_arena_print(call->work.arena, "-.%lld", (long long)key_of(last));
    return gs_arena_print(call->work.arena, "%lld.%lld", (long long)last->due_at, (long long)key_of(last));
}

enum { COUNT_MOST = 10000, LIMIT_DEFAULT = 50 };

static const char *const counts[PLACES] = {
    [ORGAN] = "SELECT id FROM {application} WHERE tenant = $1 AND organ = $2 AND waits = $3 LIMIT 10000",
    [DIVISION] =
        "SELECT id FROM {application} WHERE tenant = $1 AND division = $2 AND waits = $3 LIMIT 10000",
    [OWNER] = "SELECT id FROM {application} WHERE tenant = $1 AND owner = $2 AND waits = $3 LIMIT 10000",
    [DESK] = "SELECT id FROM {review} WHERE tenant = $1 AND desk = $2 LIMIT 10000"};

static govsvc_status count_all(gs_call *call, const ranges *from, int64_t *total)
{
    int64_t *ids = gs_arena_array(call->work.arena, COUNT_MOST, sizeof *ids);
    govsvc_status status = ids ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    *total = 0;
    for (size_t i = 0; i < from->count && !status && *total < COUNT_MOST; i++) {
        const range *one = &from->items[i];
        size_t found = 0;
        govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_application)),
                                 gs_text(one->key), gs_text(one->action)};
        status = gs_query_integers(call->work.connection, counts[one->place], values, one->action ? 3 : 2,
                                   ids, COUNT_MOST, &found);
        *total += (int64_t)found;
    }
    *total = *total < COUNT_MOST ? *total : COUNT_MOST;
    return status;
}

static govsvc_status check_division(gs_call *call, const govsvc_queue_request *in)
{
    if (!in->division || gs_division_within(in->division, call->actor->division))
        return GOVSVC_OK;
    return gs_denied(call->work.problems, GS_ROLE_WINDOW_CLERK, true);
}

govsvc_status gs_application_queue(gs_call *call)
{
    const govsvc_queue_request *in = call->in;
    page found = {.call = call,
                  .limit = in->limit == GOVSVC_ABSENT ? LIMIT_DEFAULT : (size_t)in->limit,
                  .matter = in->matter};
    ranges *from = gs_arena_alloc(call->work.arena, sizeof *from);
    govsvc_queue *out = gs_arena_alloc(call->work.arena, sizeof *out);
    cursor after;
    found.items = gs_arena_array(call->work.arena, found.limit + 1, sizeof *found.items);
    if (!from || !out || !found.items)
        return GOVSVC_NO_MEMORY;
    if (!read_cursor(in->after, &after))
        return gs_refuse(call, "/after", "next", NULL, in->after);
    govsvc_status status = check_division(call, in);
    if (status)
        return status;
    from->count = 0;
    add_cases(call, from);
    status = add_desks(call, from) ? read_all(&found, from, &after) : GOVSVC_NO_MEMORY;
    *out = (govsvc_queue){
        .struct_size = sizeof *out, .total = GOVSVC_ABSENT, .items = found.items, .item_count = found.count};
    if (!status && in->count == GOVSVC_YES)
        status = count_all(call, from, &out->total);
    if (!status && found.count == found.limit)
        out->next = write_cursor(call, found.items[found.count - 1]);
    call->out = out;
    return status;
}

/* ---- what may be done now ----------------------------------------------------------------------------- */

static const char *title_of(gs_call *call, const char *action)
{
    const gs_operation *operation =
        gs_operation_find(call->host, gs_arena_print(call->work.arena, "application.%s", action));
    return operation ? operation->title : action;
}

static bool is_listed(const govsvc_next *of, const char *action)
{
    bool found = false;
    for (uint64_t i = 0; i < of->action_count && !found; i++)
        found = strcmp(of->actions[i]->action, action) == 0;
    return found;
}

static govsvc_status list_action(gs_call *call, const govsvc_application *application, const char *action,
                                 govsvc_next *out)
{
    govsvc_next_action *made = gs_arena_alloc(call->work.arena, sizeof *made);
    if (!made)
        return GOVSVC_NO_MEMORY;
    bool awaited = application->waits && strcmp(application->waits, action) == 0;
    *made = (govsvc_next_action){.struct_size = sizeof *made,
                                 .awaited = awaited ? GOVSVC_YES : GOVSVC_NO,
                                 .action = action,
                                 .title = title_of(call, action)};
    const void *const *all = gs_arena_append(call->work.arena, out->actions, out->action_count, made);
    out->actions = (const govsvc_next_action *const *)all;
    out->action_count += all != NULL;
    return all ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status list_actions(gs_call *call, gs_row *row, govsvc_next *out)
{
    const govsvc_application *application = row->at;
    govsvc_status status = GOVSVC_OK;
    for (const gs_transition *at = gs_flow_application.transitions; at->action && !status; at++) {
        bool guest = at->guests && (call->actor->roles & at->roles) &&
                     gs_is_guest(call->actor, &gs_record_application, application);
        bool may = guest || gs_roles_within(call->actor, at->roles, &gs_record_application, application);
        if (at->from != application->state || !may || is_listed(out, at->action) ||
            (at->when && !at->when(call, row)))
            continue;
        status = list_action(call, application, at->action, out);
    }
    return status;
}

static govsvc_status list_reviews(gs_call *call, gs_row *row, govsvc_next *out)
{
    gs_reviews reviews;
    govsvc_status status = gs_reviews_load(call, row, &reviews);
    const govsvc_review **mine =
        status ? NULL : gs_arena_array(call->work.arena, reviews.count + 1, sizeof *mine);
    if (!mine)
        return status ? status : GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < reviews.count; i++) {
        const govsvc_review *review = gs_review_at(&reviews, i);
        if (review->state == GOVSVC_REVIEW_OPEN && gs_review_is_mine(call->actor, review))
            mine[out->review_count++] = review;
    }
    out->reviews = mine;
    return GOVSVC_OK;
}

govsvc_status gs_application_next(gs_call *call)
{
    const govsvc_get_request *in = call->in;
    gs_row *row;
    govsvc_status status = gs_load_readable(call, &gs_record_application, in->id, &row);
    govsvc_next *out = status ? NULL : gs_arena_alloc(call->work.arena, sizeof *out);
    if (!out)
        return status ? status : GOVSVC_NO_MEMORY;
    const govsvc_application *application = row->at;
    *out = (govsvc_next){.struct_size = sizeof *out,
                         .id = application->id,
                         .state = application->state,
                         .due_at = application->due_at};
    status = list_actions(call, row, out);
    if (!status)
        status = list_reviews(call, row, out);
    call->out = out;
    return status;
}
