/* lib/handover/handover.c - papers sent, counted on both sides, amended and given back. */
#include "handover/handover.h"

#include <string.h>

static gs_papers papers_of(const govsvc_handover *handover)
{
    return (gs_papers){handover->items, handover->item_count};
}

static void keep(govsvc_handover *handover, gs_papers papers)
{
    handover->items = papers.items;
    handover->item_count = papers.count;
}

static govsvc_status sign(gs_call *call, govsvc_handover *handover)
{
    const char *division = handover->division ? handover->division : call->host->division;
    handover->sent_by = call->actor->id;
    handover->number = gs_case_number(call, division, handover->id);
    return handover->number ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* ---- to the organ -------------------------------------------------------------------------------------- */

static govsvc_status list_papers(gs_call *call, govsvc_handover *handover, gs_papers papers)
{
    gs_papers named;
    govsvc_status status = gs_papers_check(call, handover->organ, papers, &named);
    if (!status)
        keep(handover, named);
    return status;
}

static govsvc_status send_papers(gs_call *call, gs_row *row)
{
    govsvc_handover *handover = row->at;
    handover->direction = GOVSVC_HANDOVER_TO_ORGAN;
    handover->division = call->actor->division;
    govsvc_status status = list_papers(call, handover, papers_of(handover));
    return status ? status : sign(call, handover);
}

/* ---- and back ------------------------------------------------------------------------------------------ */

static govsvc_status load(gs_call *call, int64_t id, gs_row **out)
{
    govsvc_status status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_handover), id, out);
    return status ? status : gs_row_open(*out, false);
}

/* Takes off what went back by other handovers than this one, on its way or there. */
static govsvc_status take_off(gs_call *call, const govsvc_handover *own, gs_papers papers, int64_t *left)
{
    enum { SLICE = 50 };
    int64_t ids[SLICE], after = 0;
    size_t count = SLICE;
    govsvc_status status = GOVSVC_OK;
    while (!status && count == SLICE) {
        govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_handover)),
                                 gs_integer(own->original), gs_integer(after)};
        status = gs_query_integers(
            call->work.connection,
            "SELECT id FROM {handover} WHERE tenant = $1 AND original = $2 AND id > $3 ORDER BY id LIMIT 50",
            values, 3, ids, SLICE, &count);
        for (size_t i = 0; i < count && !status; i++) {
            gs_row *other;
            status = load(call, ids[i], &other);
            for (uint64_t j = 0; !status && ids[i] != own->id && j < papers.count; j++)
                left[j] -= gs_papers_copies(papers_of(other->at), papers.items[j]);
        }
        after = count ? ids[count - 1] : 0;
    }
    return status;
}

/* Of two who give the same papers back at once, one finds the original changed. */
static govsvc_status mark_original(gs_call *call, gs_row *original)
{
    govsvc_status status = gs_problems_status(call->work.problems);
    if (!status)
        status = gs_guard(call);
    original->touched = true;
    return status ? status : gs_save(call, original, "give_back");
}

/* No more goes back than came; with the names it came under. */
static govsvc_status give_back(gs_call *call, gs_row *came, govsvc_handover *own, gs_papers papers)
{
    gs_arena *arena = call->work.arena;
    const govsvc_handover *original = came->at;
    int64_t *left = gs_arena_array(arena, papers.count + 1, sizeof *left);
    gs_papers named = {NULL, papers.count};
    if (!left || !gs_papers_name(arena, papers_of(original), papers, &named))
        return GOVSVC_NO_MEMORY;
    for (uint64_t i = 0; i < papers.count; i++)
        left[i] = gs_papers_copies(papers_of(original), papers.items[i]);
    govsvc_status status = take_off(call, own, papers, left);
    for (uint64_t i = 0; i < papers.count && !status; i++)
        if (papers.items[i]->copies > left[i])
            gs_refuse(call, gs_arena_print(arena, "/items/%d/copies", (int)i), "count",
                      gs_arena_print(arena, "%lld", (long long)left[i]),
                      gs_arena_print(arena, "%lld", (long long)papers.items[i]->copies));
    gs_papers_check_twice(call, papers);
    if (!status)
        keep(own, named);
    return status ? status : mark_original(call, came);
}

/* The papers are the organ's to give back once their handover to it is closed. */
static govsvc_status return_papers(gs_call *call, gs_row *row)
{
    govsvc_handover *handover = row->at;
    const govsvc_handover *original;
    gs_row *came;
    govsvc_status status = load(call, handover->original, &came);
    original = status ? NULL : came->at;
    bool there =
        !status && original->direction == GOVSVC_HANDOVER_TO_ORGAN &&
        original->state == GOVSVC_HANDOVER_CLOSED &&
        gs_roles_within(call->actor, GS_ROLE_ACCEPTOR | GS_ROLE_HANDLER, &gs_record_handover, original);
    if ((!status && !there) || status == GOVSVC_NOT_FOUND)
        return gs_refuse(call, "/original", "exists", NULL, NULL);
    if (status)
        return status;
    handover->direction = GOVSVC_HANDOVER_TO_WINDOW;
    handover->division = original->division;
    handover->window_name = original->window_name;
    handover->organ = original->organ;
    status = sign(call, handover);
    return status ? status : give_back(call, came, handover, papers_of(handover));
}

/* ---- on both sides ------------------------------------------------------------------------------------- */

static govsvc_status amend(gs_call *call, gs_row *row)
{
    const govsvc_handover_count *in = call->in;
    const gs_papers papers = {in->items, in->item_count};
    govsvc_handover *handover = row->at;
    gs_row *came;
    govsvc_status status = gs_row_open(row, false);
    if (!status && handover->direction == GOVSVC_HANDOVER_TO_ORGAN)
        return list_papers(call, handover, papers);
    if (!status)
        status = load(call, handover->original, &came);
    return status ? status : give_back(call, came, handover, papers);
}

/* Two people sign, each for what they counted themselves. */
static govsvc_status receive(gs_call *call, gs_row *row)
{
    const govsvc_handover_count *in = call->in;
    govsvc_handover *handover = row->at;
    if (strcmp(handover->sent_by, call->actor->id) == 0)
        return gs_refuse_in_words(call, "", "other", "接收人不能是送出人",
                                  "who sent the papers cannot receive them", NULL);
    govsvc_status status = gs_row_open(row, false);
    if (!status)
        gs_papers_compare(call, papers_of(handover), (gs_papers){in->items, in->item_count});
    handover->received_by = call->actor->id;
    return status;
}

/* ---- the service --------------------------------------------------------------------------------------- */

static bool is_to_organ(const gs_call *call, const gs_row *row)
{
    (void)call;
    return ((const govsvc_handover *)row->at)->direction == GOVSVC_HANDOVER_TO_ORGAN;
}

enum { WINDOW = GS_ROLE_WINDOW_CLERK, ORGAN = GS_ROLE_ACCEPTOR | GS_ROLE_HANDLER };
#define AT(member) offsetof(govsvc_handover, member)
#define TO(name) GOVSVC_HANDOVER_##name

/* clang-format off */
static const gs_transition transitions[] = {
    {0, "send", TO(SENT), WINDOW, .stamp = AT(sent_at)},
    {0, "return", TO(SENT), ORGAN, .stamp = AT(sent_at)},
    {TO(SENT), "amend", 0, WINDOW, .when = is_to_organ},
    {TO(SENT), "amend", 0, ORGAN, .when = NULL},
    {TO(SENT), "receive", TO(CLOSED), ORGAN, .stamp = AT(received_at), .when = is_to_organ},
    {TO(SENT), "receive", TO(CLOSED), WINDOW, .stamp = AT(received_at)},
    {.action = NULL},
};
static const gs_flow flow = {.record = &gs_record_handover, .transitions = transitions};

static const gs_operation operations[] = {
    {.name = "handover.send", .title = "送出材料", .in = &gs_record_handover_draft, .out = &gs_record_handover,
     .kind = GS_CREATE, .flow = &flow, .substance = send_papers},
    {.name = "handover.return", .title = "退回材料", .in = &gs_record_handover_return_draft, .out = &gs_record_handover,
     .kind = GS_CREATE, .flow = &flow, .substance = return_papers},
    {.name = "handover.receive", .title = "接收材料", .in = &gs_record_handover_count, .out = &gs_record_handover,
     .kind = GS_STEP, .flow = &flow, .substance = receive},
    {.name = "handover.amend", .title = "更正清单", .in = &gs_record_handover_count, .out = &gs_record_handover,
     .kind = GS_STEP, .flow = &flow, .substance = amend},
    {.name = "handover.get", .title = "查询交接", .in = &gs_record_get_request, .out = &gs_record_handover,
     .kind = GS_GET, .roles = GS_ROLE_STAFF},
    {.name = "handover.find", .title = "查找交接", .in = &gs_record_handover_query, .out = &gs_record_handover_page,
     .kind = GS_RUN, .run = gs_handover_find, .roles = GS_ROLE_STAFF},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_handover, NULL};
static const gs_flow *const flows[] = {&flow, NULL};

const gs_service gs_service_handover = {.records = records, .flows = flows, .operations = operations};
