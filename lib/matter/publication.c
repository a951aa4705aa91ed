/* lib/matter/publication.c - same-source publication: one library, and copies of it that can be proved equal.
 *
 * May use: versions (matter.c), journal. A consumer takes a snapshot and then the feed from the position the
 * snapshot began at; the digest over a range of codes says whether the copy is the same, and comparing says
 * which matter is not.
 */
#include "matter/publication.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal.h"

/* ---- one publication --------------------------------------------------------------------------------- */

static int64_t tenant_of(const gs_call *call)
{
    return gs_tenant_of(&call->work, &gs_record_matter);
}

static govsvc_status describe(gs_call *call, const govsvc_matter *matter, int64_t position,
                              govsvc_publication *out)
{
    gs_buffer content = {.arena = call->work.arena};
    char digest[2 * GS_SM3_SIZE + 1];
    govsvc_status status = gs_matter_content(call, matter, &content, digest);
    if (status)
        return status;
    *out = (govsvc_publication){.struct_size = sizeof *out,
                                .position = position,
                                .id = matter->id,
                                .version = matter->version,
                                .state = matter->state,
                                .published_at = matter->published_at,
                                .ended_at = matter->ended_at,
                                .code = matter->code,
                                .name = matter->name,
                                .digest = gs_arena_text(call->work.arena, digest),
                                .content = content.text};
    return out->digest ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* Publishes what was ever published; a draft is nobody's business. */
static govsvc_status add(gs_call *call, govsvc_publication_page *page, const govsvc_publication **items,
                         int64_t id, int64_t position)
{
    gs_row *row;
    govsvc_status status = gs_matter_read(call, id, &row);
    const govsvc_matter *matter = status ? NULL : row->at;
    if (status || matter->published_at == GOVSVC_ABSENT)
        return status;
    govsvc_publication *one = gs_arena_alloc(call->work.arena, sizeof *one);
    status = one ? describe(call, matter, position, one) : GOVSVC_NO_MEMORY;
    if (!status)
        items[page->publication_count++] = one;
    return status;
}

static int64_t limit_of(const govsvc_publication_request *in)
{
    return in->limit == GOVSVC_ABSENT ? 100 : in->limit;
}

static govsvc_publication_page *new_page(gs_call *call, const govsvc_publication ***items)
{
    const govsvc_publication_request *in = call->in;
    govsvc_publication_page *page = gs_arena_alloc(call->work.arena, sizeof *page);
    *items = gs_arena_array(call->work.arena, (size_t)limit_of(in), sizeof **items);
    if (!page || !*items)
        return NULL;
    *page = (govsvc_publication_page){.struct_size = sizeof *page, .more = GOVSVC_NO, .publications = *items};
    call->out = page;
    return page;
}

/* ---- the feed ---------------------------------------------------------------------------------------- */

/* Positions looked through by one call: on an embedded store the cases' entries stand between. */
enum { WINDOW = 20000, LIMIT_MAX = 1000 };

typedef struct changed {
    int64_t position;
    int64_t id;
} changed;

static govsvc_status changed_matters(gs_call *call, int64_t after, int64_t to, int64_t limit, changed *out,
                                     size_t *count)
{
    govsvc_value values[] = {gs_integer(tenant_of(call)), gs_integer(after), gs_integer(to),
                             gs_integer(limit)},
                 row[2];
    gs_rows rows;
    govsvc_status status =
        gs_query(call->work.connection,
                 "SELECT position, subject FROM {journal_entry} WHERE tenant = $1 AND position > $2 AND "
                 "position <= $3 AND kind = 'matter' ORDER BY position LIMIT $4",
                 values, 4, &rows);
    *count = 0;
    while (!status && *count < (size_t)limit && !(status = gs_rows_next(&rows, row, 2)))
        out[(*count)++] = (changed){row[0].as.integer, row[1].as.integer};
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* Of several changes to one matter the last is told: it stands in the store as that left it. */
static bool comes_again(const changed *list, size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++)
        if (list[i].id == list[at].id)
            return true;
    return false;
}

static govsvc_status run_feed(gs_call *call)
{
    const govsvc_publication_request *in = call->in;
    int64_t after = in->after_position == GOVSVC_ABSENT ? 0 : in->after_position, end = 0;
    const govsvc_publication **items;
    changed list[LIMIT_MAX];
    size_t count = 0;
    govsvc_publication_page *page = new_page(call, &items);
    govsvc_status status = page ? gs_journal_end(&call->work, tenant_of(call), &end) : GOVSVC_NO_MEMORY;
    int64_t to = end - after > WINDOW ? after + WINDOW : end;
    if (!status)
        status = changed_matters(call, after, to, limit_of(in), list, &count);
    for (size_t i = 0; i < count && !status; i++)
        if (!comes_again(list, count, i))
            status = add(call, page, items, list[i].id, list[i].position);
    if (status)
        return status;
    page->position = count == (size_t)limit_of(in) ? list[count - 1].position : to > after ? to : after;
    page->more = page->position < end ? GOVSVC_YES : GOVSVC_NO;
    return GOVSVC_OK;
}

/* ---- what is published now, in order ------------------------------------------------------------------ */

/* A row of the range that is walked through. */
typedef struct place {
    int64_t id;
    int64_t version;
    const char *code;
    const char *state;
    const char *digest;
} place;

/* The next ones after (code, version) up to a code. The places live in the work's arena. */
static govsvc_status next_places(gs_call *call, const char *code, int64_t version, const char *to,
                                 size_t limit, place *out, size_t *count)
{
    gs_arena *arena = call->work.arena;
    govsvc_value values[] = {gs_integer(tenant_of(call)), gs_text(code), gs_integer(version),
                             gs_text(to ? to : "~"), gs_integer((int64_t)limit)},
                 row[5];
    gs_rows rows;
    govsvc_status status =
        gs_query(call->work.connection,
                 "SELECT id, version, code, state, digest FROM {matter} WHERE tenant = $1 AND "
                 "(code, version) > ($2, $3) AND code <= $4 AND "
                 "(state = 'published' OR state = 'effective' OR state = 'suspended') "
                 "ORDER BY code, version LIMIT $5",
                 values, 5, &rows);
    *count = 0;
    while (!status && *count < limit && !(status = gs_rows_next(&rows, row, 5)))
        out[(*count)++] =
            (place){row[0].as.integer, row[1].as.integer, gs_arena_copy(arena, row[2].as.bytes, row[2].size),
                    gs_arena_copy(arena, row[3].as.bytes, row[3].size),
                    gs_arena_copy(arena, row[4].as.bytes, row[4].size)};
    gs_rows_done(&rows);
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* "CODE/VERSION" */
static bool read_place(gs_call *call, const char *after, const char **code, int64_t *version)
{
    const char *slash = after ? strrchr(after, '/') : NULL;
    *code = "";
    *version = 0;
    if (!after)
        return true;
    char *end = NULL;
    *version = slash ? strtoll(slash + 1, &end, 10) : 0;
    *code = slash ? gs_arena_copy(call->work.arena, after, (size_t)(slash - after)) : NULL;
    return *code && end != slash + 1 && !*end && *version > 0;
}

static govsvc_status run_snapshot(gs_call *call)
{
    const govsvc_publication_request *in = call->in;
    const govsvc_publication **items;
    const char *code;
    int64_t version;
    size_t count = 0, limit = (size_t)limit_of(in);
    place list[LIMIT_MAX];
    if (!read_place(call, in->after, &code, &version))
        return gs_refuse(call, "/after", "format", "CODE/VERSION", in->after);
    govsvc_publication_page *page = new_page(call, &items);
    govsvc_status status =
        page ? gs_journal_end(&call->work, tenant_of(call), &page->position) : GOVSVC_NO_MEMORY;
    if (!status)
        status = next_places(call, code, version, NULL, limit, list, &count);
    for (size_t i = 0; i < count && !status; i++)
        status = add(call, page, items, list[i].id, GOVSVC_ABSENT);
    if (status || count < limit)
        return status;
    page->more = GOVSVC_YES;
    page->next =
        gs_arena_print(call->work.arena, "%s/%lld", list[count - 1].code, (long long)list[count - 1].version);
    return page->next ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

/* ---- walking a range ---------------------------------------------------------------------------------- */

enum { SLICE = 200 };

/* Goes through a range in slices whose memory is given back; each is called for every place in order and
 * may end the walk with *stop. */
typedef govsvc_status (*walk_fn)(gs_call *call, const place *at, void *context, bool *stop);

static govsvc_status walk(gs_call *call, const char *above, const char *to, walk_fn each, void *context)
{
    place list[SLICE];
    size_t count = SLICE;
    bool stop = false;
    gs_call own = *call; /* the same transaction, with memory of its own */
    char *code = gs_arena_text(call->work.arena, above ? above : "");
    char last[64];
    int64_t version = above ? INT64_MAX : 0; /* every version of above is below the range */
    own.work.arena = gs_arena_new(call->host->allocator, 0);
    govsvc_status status = code && own.work.arena ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    while (!status && count == SLICE && !stop) {
        status = next_places(&own, code, version, to, SLICE, list, &count);
        for (size_t i = 0; i < count && !status && !stop; i++)
            status = each(&own, &list[i], context, &stop);
        if (status || !count)
            break;
        version = list[count - 1].version;
        snprintf(last, sizeof last, "%s", list[count - 1].code);
        code = last;
        gs_arena_reset(own.work.arena);
    }
    gs_arena_free(own.work.arena);
    return status;
}

/* What the content of a place has for a digest, as it stands in its row. */
static govsvc_status own_digest(gs_call *call, const place *at, char digest[2 * GS_SM3_SIZE + 1])
{
    gs_buffer content = {.arena = call->work.arena};
    gs_row *row;
    govsvc_status status = gs_matter_read(call, at->id, &row);
    return status ? status : gs_matter_content(call, row->at, &content, digest);
}

/* ---- the digest of a range ---------------------------------------------------------------------------- */

typedef struct digesting {
    gs_call *call; /* whose arena the answer lives in */
    gs_digest *whole, *part;
    govsvc_digest *out;
    govsvc_digest_part **parts;
    int64_t of_part; /* matters in each part */
    bool stored;
} digesting;

static const char *end_digest(digesting *of, gs_digest *digest)
{
    unsigned char sm3[GS_SM3_SIZE];
    char hex[2 * GS_SM3_SIZE + 1];
    if (!gs_digest_end(digest, sm3))
        return NULL;
    gs_hex(sm3, sizeof sm3, hex);
    return gs_arena_text(of->call->work.arena, hex);
}

/* A version of one code is never parted from another. */
static bool begins_part(const digesting *of, const place *at)
{
    const govsvc_digest_part *last = of->out->part_count ? of->parts[of->out->part_count - 1] : NULL;
    return !last || (last->count >= of->of_part && strcmp(last->to, at->code) != 0);
}

static govsvc_status begin_part(digesting *of)
{
    govsvc_digest *out = of->out;
    govsvc_digest_part *last = out->part_count ? of->parts[out->part_count - 1] : NULL;
    if (last)
        last->digest = end_digest(of, of->part);
    govsvc_digest_part *fresh = gs_arena_alloc(of->call->work.arena, sizeof *fresh);
    if (!fresh || (last && !last->digest))
        return GOVSVC_NO_MEMORY;
    const govsvc_digest_request *in = of->call->in;
    *fresh = (govsvc_digest_part){.struct_size = sizeof *fresh, .above = last ? last->to : in->above};
    of->parts[out->part_count++] = fresh;
    return GOVSVC_OK;
}

static govsvc_status take_line(gs_call *call, const place *at, void *context, bool *stop)
{
    digesting *of = context;
    char fresh[2 * GS_SM3_SIZE + 1];
    (void)stop;
    govsvc_status status = of->stored ? GOVSVC_OK : own_digest(call, at, fresh);
    if (!status && begins_part(of, at))
        status = begin_part(of);
    if (status)
        return status;
    const char *line = gs_arena_print(call->work.arena, "%s\t%lld\t%s\t%s\n", at->code,
                                      (long long)at->version, at->state, of->stored ? at->digest : fresh);
    if (!line)
        return GOVSVC_NO_MEMORY;
    size_t size = strlen(line);
    if (!gs_digest_add(of->whole, line, size) || !gs_digest_add(of->part, line, size))
        return GOVSVC_INTERNAL;
    govsvc_digest_part *part = of->parts[of->out->part_count - 1];
    if (!part->to || strcmp(part->to, at->code) != 0)
        part->to = gs_arena_text(of->call->work.arena, at->code);
    part->count++;
    of->out->count++;
    return part->to ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status count_range(gs_call *call, int64_t *count)
{
    const govsvc_digest_request *in = call->in;
    govsvc_value values[] = {gs_integer(tenant_of(call)), gs_text(in->above ? in->above : ""),
                             gs_text(in->to ? in->to : "~")};
    return gs_query_integer(
        call->work.connection,
        "SELECT count(*) FROM {matter} WHERE tenant = $1 AND code > $2 AND code <= $3 AND "
        "(state = 'published' OR state = 'effective' OR state = 'suspended')",
        values, 3, count);
}

static govsvc_status digest_range(gs_call *call, digesting *of)
{
    const govsvc_digest_request *in = call->in;
    govsvc_status status = walk(call, in->above, in->to, take_line, of);
    if (status)
        return status;
    of->out->digest = end_digest(of, of->whole);
    if (of->out->part_count)
        of->parts[of->out->part_count - 1]->digest = end_digest(of, of->part);
    return gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

static govsvc_status run_digest(gs_call *call)
{
    const govsvc_digest_request *in = call->in;
    int64_t parts = in->parts == GOVSVC_ABSENT ? 16 : in->parts, total = 0;
    const gs_crypto *crypto = gs_connection_crypto(call->work.connection);
    digesting of = {.call = call,
                    .out = gs_arena_alloc(call->work.arena, sizeof *of.out),
                    .parts = gs_arena_array(call->work.arena, (size_t)parts + 1, sizeof *of.parts),
                    .stored = in->stored == GOVSVC_YES};
    if (!of.out || !of.parts)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = count_range(call, &total);
    of.of_part = (total + parts - 1) / parts;
    *of.out =
        (govsvc_digest){.struct_size = sizeof *of.out, .parts = (const govsvc_digest_part *const *)of.parts};
    of.whole = gs_digest_begin(crypto);
    of.part = gs_digest_begin(crypto);
    if (!status)
        status = of.whole && of.part ? digest_range(call, &of) : GOVSVC_NO_MEMORY;
    gs_digest_free(of.whole);
    gs_digest_free(of.part);
    call->out = of.out;
    return status;
}

/* ---- comparing a copy --------------------------------------------------------------------------------- */

typedef struct comparing {
    gs_call *call;
    const govsvc_copy **copies; /* in order */
    uint64_t count, at;
    govsvc_comparison *out;
    const govsvc_drift **drifts;
} comparing;

static int by_code(const void *a, const void *b)
{
    const govsvc_copy *one = *(const govsvc_copy *const *)a, *other = *(const govsvc_copy *const *)b;
    int order = strcmp(one->code, other->code);
    return order ? order : (one->version > other->version) - (one->version < other->version);
}

static govsvc_status drifted(comparing *of, int64_t kind, const char *code, int64_t version,
                             const char *digest, bool *stop)
{
    gs_arena *arena = of->call->work.arena;
    if (of->out->drift_count == GS_COPIES_MAX) {
        of->out->cut = GOVSVC_YES;
        *stop = true;
        return GOVSVC_OK;
    }
    govsvc_drift *drift = gs_arena_alloc(arena, sizeof *drift);
    if (!drift)
        return GOVSVC_NO_MEMORY;
    *drift = (govsvc_drift){.struct_size = sizeof *drift,
                            .kind = kind,
                            .version = version,
                            .code = gs_arena_text(arena, code),
                            .digest = digest ? gs_arena_text(arena, digest) : NULL};
    of->drifts[of->out->drift_count++] = drift;
    return gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* Copies that stand before a place are of nothing that is published. */
static govsvc_status pass_extra(comparing *of, const place *before, bool *stop)
{
    govsvc_status status = GOVSVC_OK;
    while (of->at < of->count && !status && !*stop) {
        const govsvc_copy *copy = of->copies[of->at], *next;
        govsvc_copy here = {.version = before ? before->version : 0, .code = before ? before->code : NULL};
        next = &here;
        if (before && by_code(&copy, &next) >= 0)
            break;
        status = drifted(of, GOVSVC_DRIFT_EXTRA, copy->code, copy->version, NULL, stop);
        of->at++;
    }
    return status;
}

static govsvc_status compare_place(gs_call *call, const place *at, void *context, bool *stop)
{
    comparing *of = context;
    (void)call;
    govsvc_status status = pass_extra(of, at, stop);
    if (status || *stop)
        return status;
    const govsvc_copy *copy = of->at < of->count ? of->copies[of->at] : NULL;
    if (!copy || strcmp(copy->code, at->code) != 0 || copy->version != at->version)
        return drifted(of, GOVSVC_DRIFT_MISSING, at->code, at->version, at->digest, stop);
    of->at++;
    if (strcmp(copy->digest, at->digest) != 0)
        return drifted(of, GOVSVC_DRIFT_CONTENT, at->code, at->version, at->digest, stop);
    if (copy->state != gs_name_value(gs_matter_state_names, at->state))
        return drifted(of, GOVSVC_DRIFT_STATE, at->code, at->version, at->digest, stop);
    of->out->equal++;
    return GOVSVC_OK;
}

static govsvc_status run_compare(gs_call *call)
{
    const govsvc_compare_request *in = call->in;
    gs_arena *arena = call->work.arena;
    bool stop = false;
    comparing of = {.call = call,
                    .copies = gs_arena_array(arena, in->copy_count + 1, sizeof *of.copies),
                    .count = in->copy_count,
                    .out = gs_arena_alloc(arena, sizeof *of.out),
                    .drifts = gs_arena_array(arena, GS_COPIES_MAX, sizeof *of.drifts)};
    if (!of.copies || !of.out || !of.drifts)
        return GOVSVC_NO_MEMORY;
    if (in->copy_count)
        memcpy(of.copies, in->copies, in->copy_count * sizeof *of.copies);
    qsort(of.copies, of.count, sizeof *of.copies, by_code);
    *of.out = (govsvc_comparison){.struct_size = sizeof *of.out, .cut = GOVSVC_NO, .drifts = of.drifts};
    govsvc_status status = walk(call, in->above, in->to, compare_place, &of);
    if (!status && of.out->cut != GOVSVC_YES)
        status = pass_extra(&of, NULL, &stop);
    call->out = of.out;
    return status;
}

/* ---- the service -------------------------------------------------------------------------------------- */

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.feed", .title = "事项变化", .in = &gs_record_publication_request, .out = &gs_record_publication_page,
     .kind = GS_RUN, .run = run_feed, .roles = GS_ROLE_ANY},
    {.name = "matter.snapshot", .title = "事项全量", .in = &gs_record_publication_request, .out = &gs_record_publication_page,
     .kind = GS_RUN, .run = run_snapshot, .roles = GS_ROLE_ANY},
    {.name = "matter.digest", .title = "事项库摘要", .in = &gs_record_digest_request, .out = &gs_record_digest,
     .kind = GS_RUN, .run = run_digest, .roles = GS_ROLE_ANY},
    {.name = "matter.compare", .title = "副本核对", .in = &gs_record_compare_request, .out = &gs_record_comparison,
     .kind = GS_RUN, .run = run_compare, .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_publication = {.operations = operations};
