/* lib/application/at_work.c - a bundle at work: what a step of one application brings about in the others. One
 * acceptance for all; who waits begins when their predecessors are decided; a refusal follows the bundle's rule. */
#include "application/bundle.h"

#include <string.h>

/* ---- the family ----------------------------------------------------------------------------------------- */

static size_t member_at(const govsvc_matter *matter, const char *code)
{
    size_t at = 0;
    while (at < matter->member_count && strcmp(matter->members[at]->code, code) != 0)
        at++;
    return at;
}

static govsvc_status child_ids(gs_call *call, const gs_row *parent, int64_t ids[GS_CHILDREN_MAX],
                               size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_row_head(parent)->tenant), gs_integer(gs_row_head(parent)->id)};
    return gs_query_integers(call->work.connection,
                             "SELECT id FROM {application} WHERE tenant = $1 AND parent = $2 "
                             "ORDER BY id LIMIT 50",
                             values, 2, ids, GS_CHILDREN_MAX, count);
}

static govsvc_status load_children(gs_call *call, gs_family *of, const gs_row *known)
{
    int64_t ids[GS_CHILDREN_MAX];
    size_t count = 0;
    govsvc_status status = child_ids(call, of->parent, ids, &count);
    for (size_t i = 0; i < count && !status; i++) {
        gs_row **at = &of->children[of->count];
        *at = (gs_row *)known;
        if (ids[i] != gs_row_head(known)->id)
            status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_application), ids[i], at);
        const govsvc_application *child = status ? NULL : (*at)->at;
        if (!child || child->detached == GOVSVC_YES)
            continue;
        of->member[of->count++] = member_at(of->matter, child->member);
    }
    return status;
}

/* On a server two members may be at work at one moment, and neither would see what the other did: whoever is to
 * look at all of them waits for the whole first. */
static govsvc_status lock_family(gs_call *call, const gs_row *row)
{
    const govsvc_application *application = row->at;
    int64_t whole = application->parent ? application->parent : application->id;
    govsvc_value values[] = {gs_integer(application->tenant), gs_integer(whole)};
    if (gs_driver_embedded(gs_connection_driver(call->work.connection)) || !gs_in_bundle(application))
        return GOVSVC_OK;
    return gs_execute(call->work.connection,
                      "UPDATE {application} SET revision = revision WHERE tenant = $1 AND id = $2", values, 2,
                      NULL);
}

govsvc_status gs_family_lock(gs_call *call, gs_row *row, gs_family *out)
{
    govsvc_status status = lock_family(call, row);
    return status ? status : gs_family_load(call, row, out);
}

govsvc_status gs_family_load(gs_call *call, gs_row *row, gs_family *out)
{
    const govsvc_application *application = row->at;
    memset(out, 0, sizeof *out);
    if (!gs_in_bundle(application) || application->detached == GOVSVC_YES)
        return GOVSVC_NOT_FOUND;
    out->parent = row;
    govsvc_status status = GOVSVC_OK;
    if (application->parent)
        status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_application),
                             application->parent, &out->parent);
    if (!status)
        status = gs_application_matter(call, out->parent, &out->matter);
    if (status)
        return status;
    gs_graph_of(out->matter->members, out->matter->member_count, &out->graph);
    return load_children(call, out, row);
}

size_t gs_child_of_member(const gs_family *of, size_t member)
{
    size_t at = 0;
    while (at < of->count && of->member[at] != member)
        at++;
    return at;
}

bool gs_is_decided(const govsvc_application *application)
{
    return application->decided_at != GOVSVC_ABSENT;
}

bool gs_has_ended(const govsvc_application *application)
{
    switch (application->state) {
    case GOVSVC_APPLICATION_CLOSED:
    case GOVSVC_APPLICATION_DELIVERED:
    case GOVSVC_APPLICATION_ANNULLED:
    case GOVSVC_APPLICATION_NOT_ACCEPTED:
    case GOVSVC_APPLICATION_WITHDRAWN:
    case GOVSVC_APPLICATION_TERMINATED:
        return true;
    default:
        return false;
    }
}

static bool is_open(const govsvc_application *child)
{
    return !gs_is_decided(child) && !gs_has_ended(child);
}

govsvc_status gs_bundle_guard(gs_call *call, gs_row *row)
{
    return gs_in_bundle(row->at) ? gs_guard(call) : GOVSVC_OK;
}

/* ---- one acceptance ------------------------------------------------------------------------------------- */

/* The same step for every child that stands in a state. */
static govsvc_status take_all(gs_call *call, const gs_family *of, int64_t state, const char *operation)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < of->count && !status; i++)
        if (gs_child(of, i)->state == state)
            status = gs_take_step(call, of->children[i], operation, NULL);
    return status;
}

static govsvc_status of_bundle(gs_call *call, gs_row *row, gs_family *out)
{
    return gs_is_bundle(row->at) ? gs_family_lock(call, row, out) : GOVSVC_NOT_FOUND;
}

govsvc_status gs_bundle_received(gs_call *call, gs_row *row)
{
    gs_family family;
    govsvc_status status = of_bundle(call, row, &family);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    return take_all(call, &family, GOVSVC_APPLICATION_SUBMITTED, "application.receive");
}

/* ---- who waits begins ------------------------------------------------------------------------------------ */

static bool is_met(const govsvc_application *child)
{
    return gs_is_decided(child) && child->outcome != GOVSVC_OUTCOME_REFUSED;
}

static bool may_start(const gs_family *of, size_t at)
{
    bool may = gs_child(of, at)->state == GOVSVC_APPLICATION_WAITING;
    for (size_t member = 0; member < of->graph.count && may; member++) {
        size_t before = gs_child_of_member(of, member);
        if (of->graph.after[of->member[at]] >> member & 1 && before < of->count)
            may = is_met(gs_child(of, before));
    }
    return may;
}

static govsvc_status start_ready(gs_call *call, const gs_family *of)
{
    govsvc_status status = GOVSVC_OK;
    const govsvc_application *parent = of->parent->at;
    for (size_t i = 0; i < of->count && !status; i++)
        if (parent->state == GOVSVC_APPLICATION_ACCEPTED && may_start(of, i))
            status = gs_take_step(call, of->children[i], "application.start", NULL);
    return status;
}

govsvc_status gs_bundle_accepted(gs_call *call, gs_row *row)
{
    gs_family family;
    govsvc_status status = of_bundle(call, row, &family);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    status = take_all(call, &family, GOVSVC_APPLICATION_RECEIVED, "application.accept");
    return status ? status : start_ready(call, &family);
}

/* By silence each child is accepted by its own clock. */
govsvc_status gs_bundle_deemed(gs_call *call, gs_row *row)
{
    gs_family family;
    govsvc_status status = of_bundle(call, row, &family);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    return start_ready(call, &family);
}

/* ---- a decision ------------------------------------------------------------------------------------------ */

static bool depends_on(const gs_family *of, size_t later, size_t member)
{
    return of->graph.earlier[of->member[later]] >> member & 1;
}

/* Those that can come to nothing any more. all: whatever is not decided. */
static govsvc_status end_children(gs_call *call, const gs_family *of, size_t member, bool all,
                                  const char *words)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < of->count && !status; i++)
        if (is_open(gs_child(of, i)) && of->member[i] != member && (all || depends_on(of, i, member)))
            status = gs_application_end(call, of->children[i], GOVSVC_END_PREDECESSOR, words);
    return status;
}

static const char *because_of(gs_call *call, const govsvc_application *child, const char *what)
{
    return gs_arena_print(call->work.arena, "%s（%s）%s", child->matter_name, child->number, what);
}

static govsvc_status offer_split(gs_call *call, const gs_family *of)
{
    govsvc_application *parent = of->parent->at;
    if (parent->split_offered_at != GOVSVC_ABSENT)
        return GOVSVC_OK;
    parent->split_offered_at = call->occurred_at;
    int64_t subject = call->subject;
    int outcome = call->outcome;
    govsvc_status status = gs_save(call, of->parent, "offer_split");
    call->subject = subject;
    call->outcome = outcome;
    return status;
}

static govsvc_status follow_rule(gs_call *call, const gs_family *of, const govsvc_application *refused)
{
    int64_t rule = of->matter->refused_rule;
    const char *words = because_of(call, refused, "不予许可");
    size_t member = member_at(of->matter, refused->member);
    govsvc_status status =
        words ? end_children(call, of, member, rule == GOVSVC_REFUSED_STOP, words) : GOVSVC_NO_MEMORY;
    bool left = false;
    for (size_t i = 0; i < of->count; i++)
        left = left || is_open(gs_child(of, i));
    return status || rule != GOVSVC_REFUSED_SPLIT || !left ? status : offer_split(call, of);
}

/* The bundle is over when all of its children are; its own decision clock, when all are decided or over. */
static govsvc_status settle(gs_call *call, const gs_family *of)
{
    const govsvc_application *parent = of->parent->at;
    bool all_over = true, all_decided = true;
    for (size_t i = 0; i < of->count; i++) {
        all_over = all_over && gs_has_ended(gs_child(of, i));
        all_decided = all_decided && !is_open(gs_child(of, i));
    }
    if (parent->state != GOVSVC_APPLICATION_ACCEPTED)
        return GOVSVC_OK;
    if (all_over)
        return gs_take_step(call, of->parent, "application.close", NULL);
    if (!all_decided || parent->unified != GOVSVC_YES || gs_is_decided(parent))
        return GOVSVC_OK;
    return gs_take_step(call, of->parent, "application.complete_members", NULL);
}

static govsvc_status of_child(gs_call *call, gs_row *row, gs_family *out)
{
    return ((const govsvc_application *)row->at)->parent ? gs_family_lock(call, row, out) : GOVSVC_NOT_FOUND;
}

govsvc_status gs_bundle_decided(gs_call *call, gs_row *row)
{
    gs_family family;
    const govsvc_application *child = row->at;
    govsvc_status status = of_child(call, row, &family);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    status = is_met(child) ? start_ready(call, &family) : follow_rule(call, &family, child);
    return status ? status : settle(call, &family);
}

govsvc_status gs_bundle_closed(gs_call *call, gs_row *row)
{
    gs_family family;
    govsvc_status status = of_child(call, row, &family);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    return settle(call, &family);
}

/* ---- an end ----------------------------------------------------------------------------------------------- */

/* Of the whole: what is not decided goes with it. Of a child: what depends on it. */
govsvc_status gs_bundle_ended(gs_call *call, gs_row *row)
{
    gs_family family;
    const govsvc_application *ended = row->at;
    govsvc_status status = gs_family_lock(call, row, &family);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    if (gs_is_bundle(ended)) {
        int64_t kind = ended->end_kind ? ended->end_kind : GOVSVC_END_PREDECESSOR;
        for (size_t i = 0; i < family.count && !status; i++)
            if (is_open(gs_child(&family, i)))
                status =
                    gs_application_end(call, family.children[i], kind, because_of(call, ended, "已结束"));
        return status ? status : settle(call, &family);
    }
    status = end_children(call, &family, member_at(family.matter, ended->member), false,
                          because_of(call, ended, "已结束"));
    return status ? status : settle(call, &family);
}

/* ---- split ------------------------------------------------------------------------------------------------ */

govsvc_status gs_application_split(gs_call *call, gs_row *row)
{
    const govsvc_application *parent = row->at;
    if (parent->split_offered_at == GOVSVC_ABSENT)
        return gs_refuse_in_words(call, "", "offered", "没有可以拆分办理的情形",
                                  "nothing was offered to be split", NULL);
    return gs_guard(call);
}

govsvc_status gs_application_detach(gs_call *call, gs_row *row)
{
    govsvc_application *child = row->at;
    (void)call;
    child->detached = GOVSVC_YES;
    child->unified = GOVSVC_NO;
    return GOVSVC_OK;
}

/* Those that are left go on by themselves, with their numbers and clocks. */
govsvc_status gs_bundle_split(gs_call *call, gs_row *row)
{
    gs_family family;
    govsvc_status status = gs_family_lock(call, row, &family);
    for (size_t i = 0; i < family.count && !status; i++)
        if (is_open(gs_child(&family, i)))
            status = gs_take_step(call, family.children[i], "application.detach", NULL);
    return status;
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

/* All of them, those that go on by themselves too. */
govsvc_status gs_application_children(gs_call *call)
{
    const govsvc_get_request *in = call->in;
    int64_t ids[GS_CHILDREN_MAX];
    size_t count = 0;
    const void *const *children;
    gs_row *row;
    govsvc_status status = gs_load_readable(call, &gs_record_application, in->id, &row);
    govsvc_children *out = status ? NULL : gs_arena_alloc(call->work.arena, sizeof *out);
    if (!out)
        return status ? status : GOVSVC_NO_MEMORY;
    status = child_ids(call, row, ids, &count);
    if (!status)
        status = gs_answer_list(call, &gs_record_application, ids, count, &children);
    if (status)
        return status;
    *out = (govsvc_children){.struct_size = sizeof *out,
                             .id = in->id,
                             .children = (const govsvc_application *const *)children,
                             .child_count = count};
    call->out = out;
    return GOVSVC_OK;
}

/* ---- the flow's conditions -------------------------------------------------------------------------------- */

bool gs_application_is_single(const gs_call *call, const gs_row *row)
{
    (void)call;
    return !gs_is_bundle(row->at);
}

bool gs_application_is_whole(const gs_call *call, const gs_row *row)
{
    (void)call;
    return gs_is_bundle(row->at);
}

bool gs_application_was_unified(const gs_call *call, const gs_row *row)
{
    (void)call;
    return ((const govsvc_application *)row->at)->unified == GOVSVC_YES;
}

bool gs_application_is_unified(const gs_call *call, const gs_row *row)
{
    const govsvc_application *application = row->at;
    (void)call;
    return gs_is_bundle(application) && application->unified == GOVSVC_YES;
}
