/* lib/matter/follow.c - claims follow their source: a follower of the journal's matters.
 *
 * May use: claim.h, alert, journal. A source's new version brings the next version of each claim, narrowed as the
 * one before was, and in force from the same day; what suspends, restores or repeals the source does so to its
 * claims. The claims' own entries bring those of their claims in turn.
 */
#include "matter/claim.h"

#include <string.h>

#include "alert/alert.h"
#include "journal/journal.h"

enum { SLICE = 20 };

/* ---- the claims of a source --------------------------------------------------------------------------- */

/* The newest of each code that are in force or will be, after one. */
static govsvc_status next_claims(gs_call *call, const char *source, int64_t after, int64_t ids[SLICE],
                                 size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(source),
                             gs_integer(after), gs_integer(SLICE)};
    return gs_query_integers(call->work.connection,
                             "SELECT id FROM {matter} c WHERE tenant = $1 AND source = $2 AND "
                             "state IN ('published', 'effective', 'suspended') AND id > $3 AND NOT EXISTS "
                             "(SELECT 1 FROM {matter} n WHERE "
                             "n.tenant = c.tenant AND n.code = c.code AND n.version > c.version AND "
                             "n.state IN ('published', 'effective', 'suspended')) ORDER BY id LIMIT $4",
                             values, 4, ids, SLICE, count);
}

/* ---- narrowing again ---------------------------------------------------------------------------------- */

/* What a claim is made from: the source it had, the claim, and the source as it is now. */
typedef struct three {
    gs_arena *arena;
    const govsvc_matter *before, *claim, *now;
    govsvc_matter *next;
} three;

static bool has_text(const gs_field *list, const govsvc_matter *in, const char *text)
{
    const void *const *items = *gs_field_items(list, in);
    for (uint64_t i = 0; i < *gs_field_count(list, in); i++)
        if (strcmp(items[i], text) == 0)
            return true;
    return false;
}

/* Whether a list has an item whose key is the same. */
static bool has_key(const gs_field *list, const gs_field *key, const govsvc_matter *in,
                    const govsvc_value *value, gs_arena *arena)
{
    const void *const *items = *gs_field_items(list, in);
    for (uint64_t i = 0; i < *gs_field_count(list, in); i++) {
        govsvc_value other = gs_field_encode(key, items[i], arena);
        if (gs_value_equal(&other, value))
            return true;
    }
    return false;
}

/* The source's items without those that the claim had dropped. */
static void drop_again(const three *of, const gs_element_row *row, const gs_field *list)
{
    const gs_field *key = gs_record_field(list->of, row->key);
    const void *const *items = *gs_field_items(list, of->now);
    uint64_t count = *gs_field_count(list, of->now), kept = 0;
    const void **left = gs_arena_array(of->arena, count + 1, sizeof *left);
    for (uint64_t i = 0; left && i < count; i++) {
        govsvc_value value = gs_field_encode(key, items[i], of->arena);
        bool dropped = has_key(list, key, of->before, &value, of->arena) &&
                       !has_key(list, key, of->claim, &value, of->arena);
        if (!dropped)
            left[kept++] = items[i];
    }
    *gs_field_items(list, of->next) = left;
    *gs_field_count(list, of->next) = kept;
}

/* The source's texts and those that the claim had added. */
static void add_again(const three *of, const gs_field *list)
{
    const void *const *items = *gs_field_items(list, of->now), *const *own = *gs_field_items(list, of->claim);
    uint64_t count = *gs_field_count(list, of->now), own_count = *gs_field_count(list, of->claim), kept = 0;
    const void **all = gs_arena_array(of->arena, count + own_count + 1, sizeof *all);
    for (uint64_t i = 0; all && i < count; i++)
        all[kept++] = items[i];
    for (uint64_t i = 0; all && i < own_count; i++)
        if (!has_text(list, of->before, own[i]) && !has_text(list, of->now, own[i]))
            all[kept++] = own[i];
    *gs_field_items(list, of->next) = all;
    *gs_field_count(list, of->next) = kept;
}

/* The claim's own value where it had one that is still within the source's. */
static void keep_value(const three *of, const gs_element_row *row, const gs_field *field)
{
    uint64_t item;
    bool own = gs_element_compare(of->arena, row, of->before, of->claim, &item) != GS_EQUAL;
    bool fits = gs_element_compare(of->arena, row, of->now, of->claim, &item) != GS_WIDER;
    if (row->narrowing == GS_OWN || (own && fits))
        gs_field_share(field, of->next, field, of->claim);
}

/* next has the source's content already. */
static void narrow_again(const three *of)
{
    for (size_t i = 0; i < gs_element_row_count; i++) {
        const gs_element_row *row = &gs_element_rows[i];
        const gs_field *field = gs_element_field(row);
        if (row->narrowing == GS_SUBSET)
            drop_again(of, row, field);
        else if (row->narrowing == GS_SUPERSET)
            add_again(of, field);
        else
            keep_value(of, row, field);
    }
    if (of->next->visits == 0)
        of->next->visits_reason = NULL;
    else if (!of->next->visits_reason)
        of->next->visits_reason = of->now->visits_reason;
}

/* Those that say whose it is, besides the elements. */
static void keep_body(govsvc_matter *next, const govsvc_matter *claim)
{
    next->level = claim->level;
    next->code = claim->code;
    next->organ = claim->organ;
    next->organ_name = claim->organ_name;
    next->division = claim->division;
    next->source = claim->source;
}

/* ---- the next version --------------------------------------------------------------------------------- */

static govsvc_status publish_next(gs_call *call, const govsvc_matter *now, const govsvc_matter *claim)
{
    gs_row *before, *newest, *row = gs_row_new(&call->work, gs_table_of(call->host, &gs_record_matter));
    if (!row)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = gs_matter_read(call, claim->source_id, &before);
    if (!status)
        status = gs_matter_newest(call, claim->code, &newest);
    if (status)
        return status;
    govsvc_matter *next = row->at;
    gs_claim_take_over(next, now);
    keep_body(next, claim);
    narrow_again(&(three){call->work.arena, before->at, claim, now, next});
    next->version = ((const govsvc_matter *)newest->at)->version + 1;
    next->source_id = now->id;
    next->source_version = now->version;
    next->state = GOVSVC_MATTER_DRAFTED;
    status = gs_matter_check(call, row);
    if (!status)
        status = gs_problems_status(call->work.problems);
    if (!status)
        status = gs_save(call, row, "follow");
    if (!status)
        status = gs_take_step(call, row, "matter.review", NULL);
    return status ? status : gs_take_step(call, row, "matter.publish", NULL);
}

/* A claim that cannot follow stays as it is, and its body is told why. */
static govsvc_status tell_failure(gs_call *call, const govsvc_matter *claim)
{
    const govsvc_problem *problem = gs_problems_at(call->work.problems, 0);
    const char *text = gs_arena_print(call->work.arena, "被认领事项已有新版本，本事项未能随之更新：%.300s",
                                      problem && problem->text_zh ? problem->text_zh : "");
    gs_problems_clear(call->work.problems);
    const govsvc_alert what = {.struct_size = sizeof what,
                               .severity = GOVSVC_SEVERITY_WARNING,
                               .subject = claim->id,
                               .rule = "matter.not_followed",
                               .subject_kind = "matter",
                               .organ = claim->organ,
                               .division = claim->division,
                               .text = text};
    return text ? gs_alert_raise(call, &what) : GOVSVC_NO_MEMORY;
}

static bool is_refusal(govsvc_status status)
{
    return status == GOVSVC_INVALID || status == GOVSVC_STATE;
}

/* What its body suspended itself stays so. */
static govsvc_status suspended_with_source(gs_call *call, const govsvc_matter *claim, bool *out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_integer(claim->id)},
                 row;
    gs_rows rows;
    govsvc_status status =
        gs_query(call->work.connection,
                 "SELECT actor FROM {journal_entry} WHERE tenant = $1 AND subject = $2 AND "
                 "action = 'suspend' ORDER BY recorded_at DESC LIMIT 1",
                 values, 2, &rows);
    if (!status)
        status = gs_rows_next(&rows, &row, 1);
    govsvc_value system = gs_text("system");
    *out = !status && gs_value_equal(&row, &system);
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status follow_version(gs_call *call, const govsvc_matter *now, gs_row *row)
{
    const govsvc_matter *claim = row->at;
    bool with_source = true;
    govsvc_status status = GOVSVC_OK;
    if (claim->state == GOVSVC_MATTER_SUSPENDED)
        status = suspended_with_source(call, claim, &with_source);
    if (status || !with_source || claim->source_version >= now->version)
        return status;
    status = gs_savepoint(call->work.connection);
    if (!status)
        status = publish_next(call, now, claim);
    if (!is_refusal(status))
        return status ? status : gs_savepoint_keep(call->work.connection);
    status = gs_savepoint_undo(call->work.connection);
    return status ? status : tell_failure(call, claim);
}

/* ---- suspended, restored, repealed --------------------------------------------------------------------- */

static govsvc_status follow_step(gs_call *call, const char *action, gs_row *row)
{
    const govsvc_matter *claim = row->at;
    bool with_source = true;
    govsvc_status status = GOVSVC_OK;
    if (strcmp(action, "repeal") == 0)
        return gs_take_step(call, row, "matter.repeal", NULL);
    if (strcmp(action, "suspend") == 0)
        return claim->state == GOVSVC_MATTER_EFFECTIVE ? gs_take_step(call, row, "matter.suspend", NULL)
                                                       : GOVSVC_OK;
    if (claim->state != GOVSVC_MATTER_SUSPENDED)
        return GOVSVC_OK;
    status = suspended_with_source(call, claim, &with_source);
    return status || !with_source ? status : gs_take_step(call, row, "matter.restore", NULL);
}

/* ---- the follower ------------------------------------------------------------------------------------- */

static bool concerns_claims(const char *action)
{
    static const char *const actions[] = {"publish", "suspend", "restore", "repeal"};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(action, actions[i]) == 0)
            return true;
    return false;
}

static govsvc_status follow_one(gs_call *call, const govsvc_journal_entry *entry, const govsvc_matter *source,
                                int64_t id)
{
    gs_row *row;
    govsvc_status status = gs_matter_read(call, id, &row);
    if (status)
        return status;
    bool published = strcmp(entry->action, "publish") == 0;
    bool of_this = ((const govsvc_matter *)row->at)->source_id == source->id;
    if (published)
        return follow_version(call, source, row);
    return of_this ? follow_step(call, entry->action, row) : GOVSVC_OK;
}

/* A claim that came into force, or back, while its source had gone on. */
static govsvc_status catch_up(gs_call *call, gs_row *row)
{
    const govsvc_matter *claim = row->at;
    gs_row *source;
    int64_t id;
    if (!claim->source ||
        (claim->state != GOVSVC_MATTER_EFFECTIVE && claim->state != GOVSVC_MATTER_PUBLISHED))
        return GOVSVC_OK;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                             gs_text(claim->source)};
    govsvc_status status =
        gs_query_integer(call->work.connection,
                         "SELECT id FROM {matter} WHERE tenant = $1 AND code = $2 AND "
                         "(state = 'published' OR state = 'effective') ORDER BY version DESC LIMIT 1",
                         values, 2, &id);
    if (!status)
        status = gs_matter_read(call, id, &source);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    return follow_version(call, source->at, row);
}

static govsvc_status follow(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark, bool *again)
{
    int64_t ids[SLICE];
    size_t count = 0;
    gs_row *source;
    if (!concerns_claims(entry->action))
        return GOVSVC_OK;
    govsvc_status status = gs_matter_read(call, entry->subject, &source);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status; /* of another tenant */
    const govsvc_matter *matter = source->at;
    bool over = matter->state == GOVSVC_MATTER_REPLACED; /* what replaced it has an entry of its own */
    if (!over && *mark == 0)
        status = catch_up(call, source);
    if (!over && !status)
        status = next_claims(call, matter->code, *mark, ids, &count);
    for (size_t i = 0; i < count && !status; i++) {
        status = follow_one(call, entry, matter, ids[i]);
        *mark = ids[i];
    }
    *again = !status && count == SLICE;
    return status;
}

static const gs_follower followers[] = {{.name = "claims", .kind = "matter", .chain = true, .follow = follow},
                                        {.name = NULL}};

const gs_service gs_service_claim_followers = {.followers = followers};
