/* lib/application/critical.c - which child of a bundle is decided last, as things stand, and why: its own clock, or
 * what its predecessors need first and its own limit after them. */
#include "application/bundle.h"

typedef struct prospect {
    int64_t at;  /* when it will be decided; of what is over: when it was */
    size_t came; /* the child it waits for; count: none */
} prospect;

static govsvc_status clock_end(gs_call *call, const gs_row *child, int64_t *due)
{
    gs_row *clock;
    govsvc_status status = gs_application_clock(call, child, GS_CLOCK_DECISION, &clock);
    if (!status && !clock)
        status = gs_application_clock(call, child, GS_CLOCK_PROMISED, &clock);
    if (!status)
        *due = clock ? ((const govsvc_clock *)clock->at)->due_at : GOVSVC_ABSENT;
    return status;
}

/* From when on its own limit will run. */
static int64_t after_predecessors(const gs_family *of, size_t at, const prospect *prospects, int64_t now,
                                  size_t *came)
{
    int64_t from = now;
    *came = of->count;
    for (size_t member = 0; member < of->graph.count; member++) {
        size_t before = gs_child_of_member(of, member);
        if (!(of->graph.after[of->member[at]] >> member & 1) || before == of->count ||
            gs_is_decided(gs_child(of, before)) || prospects[before].at <= from)
            continue;
        from = prospects[before].at;
        *came = before;
    }
    return from;
}

static govsvc_status by_limit(gs_call *call, const gs_row *child, int64_t from, int64_t *due)
{
    const govsvc_matter *matter;
    bool provisional;
    govsvc_reckoning_request request = GOVSVC_RECKONING_REQUEST_INIT;
    govsvc_status status = gs_application_matter(call, child, &matter);
    if (status)
        return status;
    request.start_at = from;
    request.amount = matter->statutory_amount;
    request.unit = matter->statutory_unit;
    request.division = matter->division;
    return gs_reckon_due(call->calendar, &request, due, &provisional);
}

static govsvc_status foresee(gs_call *call, const gs_family *of, size_t at, prospect *prospects)
{
    const govsvc_application *child = gs_child(of, at);
    prospect *out = &prospects[at];
    out->came = of->count;
    if (gs_is_decided(child) || gs_has_ended(child)) {
        out->at = gs_is_decided(child) ? child->decided_at : child->ended_at;
        return GOVSVC_OK;
    }
    govsvc_status status = clock_end(call, of->children[at], &out->at);
    if (status || out->at != GOVSVC_ABSENT)
        return status;
    /* what they are given until the end of a day for is done on that day */
    int64_t from = after_predecessors(of, at, prospects, call->work.now, &out->came) - 1;
    return by_limit(call, of->children[at], from, &out->at);
}

/* Whoever waits for somebody has more members before them: those come first. */
static govsvc_status foresee_all(gs_call *call, const gs_family *of, prospect prospects[GS_CHILDREN_MAX])
{
    govsvc_status status = GOVSVC_OK;
    for (size_t before = 0; before < of->graph.count && !status; before++)
        for (size_t i = 0; i < of->count && !status; i++) {
            size_t earlier = 0;
            for (gs_members set = of->graph.earlier[of->member[i]]; set; set &= set - 1)
                earlier++;
            if (earlier == before)
                status = foresee(call, of, i, prospects);
        }
    return status;
}

static size_t last_of(const gs_family *of, const prospect *prospects)
{
    size_t last = of->count;
    for (size_t i = 0; i < of->count; i++) {
        bool open = !gs_is_decided(gs_child(of, i)) && !gs_has_ended(gs_child(of, i));
        if (open && (last == of->count || prospects[i].at > prospects[last].at))
            last = i;
    }
    return last;
}

/* "A -> B": those it waits for, and itself. */
static void write_path(gs_buffer *out, const gs_family *of, const prospect *prospects, size_t at)
{
    if (prospects[at].came < of->count) {
        write_path(out, of, prospects, prospects[at].came);
        gs_buffer_text(out, " → ");
    }
    gs_buffer_text(out, gs_child(of, at)->matter_name);
}

govsvc_status gs_bundle_explain(gs_call *call, gs_row *row, govsvc_deadline *out)
{
    gs_family family;
    prospect prospects[GS_CHILDREN_MAX];
    gs_buffer path = {.arena = call->work.arena};
    char date[GS_DATE_SIZE];
    if (!gs_is_bundle(row->at))
        return GOVSVC_OK;
    govsvc_status status = gs_family_load(call, row, &family);
    if (!status)
        status = foresee_all(call, &family, prospects);
    size_t last = status ? 0 : last_of(&family, prospects);
    if (status || last == family.count)
        return status;
    const govsvc_application *child = gs_child(&family, last);
    write_path(&path, &family, prospects, last);
    if (!govsvc_date_of(prospects[last].at - 1, date))
        return GOVSVC_INTERNAL;
    out->critical = child->id;
    out->critical_at = prospects[last].at;
    out->critical_number = child->number;
    out->critical_name = child->matter_name;
    out->critical_zh = gs_arena_print(call->work.arena, "决定最晚的成员是 %s（%s），不迟于 %s；依次经过：%s",
                                      child->matter_name, child->number, date, path.text);
    out->critical_en = gs_arena_print(call->work.arena, "decided last is %s (%s), by %s; the way to it: %s",
                                      child->matter_name, child->number, date, path.text);
    return gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}
