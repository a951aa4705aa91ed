/* lib/matter/candidates.c - from a query to the titles that match it.
 *
 * May use: title.h, text. Of the words the one with the fewest candidates is taken, of each way to read it the
 * rarest pair of characters; what has that pair is read and ranked, so far as there is time for it.
 */
#include "matter/title.h"

#include <stdlib.h>
#include <string.h>

/* Titles that are read for one query, and grams that are counted to find out which is rare. */
enum { READ_MAX = 2000, COUNT_MAX = 1000, COUNTED_MAX = 40, RARE = 50, SEEN_SIZE = 4096 };

typedef struct looking {
    gs_call *call;
    gs_search search;
    gs_ranked *found;
    size_t count;
    size_t read;
    size_t counted;
    bool cut;
    int64_t seen[SEEN_SIZE]; /* identifiers by their last bits, open addressing: never more than half full */
} looking;

/* ---- which range ------------------------------------------------------------------------------------- */

/* How many stand in a range, as far as it matters. */
static govsvc_status count_range(looking *of, const gs_range *range, int64_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&of->call->work, &gs_record_title_gram)),
                             gs_integer(range->low), gs_integer(range->high), gs_integer(COUNT_MAX)};
    of->counted++;
    return gs_query_integer(of->call->work.connection,
                            "SELECT count(*) FROM (SELECT gram FROM {title_gram} WHERE tenant = $1 AND "
                            "gram >= $2 AND gram <= $3 LIMIT $4) AS counted",
                            values, 4, count);
}

/* The rarest of an alternative's ranges. */
static govsvc_status choose_range(looking *of, const gs_alternative *from, const gs_range **out,
                                  int64_t *least)
{
    govsvc_status status = GOVSVC_OK;
    *out = &from->ranges[0];
    *least = COUNT_MAX;
    for (size_t i = 0; i < from->range_count && !status && *least > RARE && of->counted < COUNTED_MAX; i++) {
        int64_t count = 0;
        status = count_range(of, &from->ranges[i], &count);
        if (status || count >= *least)
            continue;
        *out = &from->ranges[i];
        *least = count;
    }
    return status;
}

typedef struct choice {
    const gs_range *ranges[GS_ALTERNATIVES_MAX];
    bool empty[GS_ALTERNATIVES_MAX];
    size_t count;
    int64_t cost;
} choice;

static govsvc_status choose_for_word(looking *of, const gs_word *word, choice *out)
{
    govsvc_status status = GOVSVC_OK;
    *out = (choice){.count = word->alternative_count};
    for (size_t i = 0; i < word->alternative_count && !status; i++) {
        int64_t least = 0;
        status = choose_range(of, &word->alternatives[i], &out->ranges[i], &least);
        out->empty[i] = least == 0;
        out->cost += least;
    }
    return status;
}

/* What any word would need is there; the one that needs the least is looked for. */
static govsvc_status choose(looking *of, choice *best)
{
    govsvc_status status = GOVSVC_OK;
    choice one;
    for (size_t i = 0; i < of->search.word_count && !status; i++) {
        status = choose_for_word(of, &of->search.words[i], &one);
        if (!status && (i == 0 || one.cost < best->cost))
            *best = one;
    }
    return status;
}

/* ---- reading ----------------------------------------------------------------------------------------- */

static bool is_new(looking *of, int64_t title)
{
    size_t at = (size_t)((uint64_t)title * UINT64_C(0x9E3779B97F4A7C15) >> 52);
    while (of->seen[at] && of->seen[at] != title)
        at = (at + 1) % SEEN_SIZE;
    bool fresh = of->seen[at] != title;
    of->seen[at] = title;
    return fresh;
}

static govsvc_status take(looking *of, const govsvc_value row[2])
{
    of->read++;
    if (!is_new(of, row[0].as.integer))
        return GOVSVC_OK;
    const char *text = gs_arena_copy(of->call->work.arena, row[1].as.bytes, row[1].size);
    int64_t rank = text ? gs_search_rank(&of->search, text) : 0;
    if (rank)
        of->found[of->count++] = (gs_ranked){rank, row[0].as.integer};
    return text ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

#define TITLES                                                                                               \
    "SELECT t.id, t.text FROM {title_gram} g JOIN {title} t ON t.tenant = g.tenant AND t.id = g.title "
static const char of_one_gram[] =
    TITLES "WHERE g.tenant = $1 AND g.gram = $2 AND $3 = $2 ORDER BY g.weight, g.title LIMIT $4";
static const char of_a_range[] = TITLES "WHERE g.tenant = $1 AND g.gram >= $2 AND g.gram <= $3 "
                                        "ORDER BY g.gram, g.weight, g.title LIMIT $4";

/* Reads what a query gives, as far as there is room: one more than that says that it was cut. */
static govsvc_status read_titles(looking *of, const char *sql, const govsvc_value *values, size_t count)
{
    govsvc_value row[2];
    gs_rows rows;
    govsvc_status status = gs_query(of->call->work.connection, sql, values, count, &rows);
    while (!status && !of->cut && !(status = gs_rows_next(&rows, row, 2))) {
        of->cut = of->read == READ_MAX;
        status = of->cut ? GOVSVC_OK : take(of, row);
    }
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status read_range(looking *of, const gs_range *range)
{
    bool one = range->low == range->high;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&of->call->work, &gs_record_title_gram)),
                             gs_integer(range->low), gs_integer(range->high),
                             gs_integer((int64_t)(READ_MAX + 1 - of->read))};
    return of->cut ? GOVSVC_OK : read_titles(of, one ? of_one_gram : of_a_range, values, 4);
}

/* Where a query is asked of few matters, all their titles are read, and nothing is cut. */
static const char of_scope[] =
    "SELECT DISTINCT t.id, t.text FROM {matter} m JOIN {title} t ON t.tenant = m.tenant AND t.id = m.title "
    "WHERE m.tenant = $1 AND m.state = 'effective' AND m.division >= $2 AND m.division <= $3 AND "
    "(m.organ = $4 OR $4 = '') LIMIT $5";

static govsvc_status read_scope(looking *of, const gs_title_scope *scope)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&of->call->work, &gs_record_title)),
                             gs_text(scope->within.from), gs_text(scope->within.to), gs_text(scope->organ),
                             gs_integer(READ_MAX + 1)};
    of->read = of->count = 0;
    of->cut = false;
    memset(of->seen, 0, sizeof of->seen);
    return read_titles(of, of_scope, values, 5);
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static int by_rank(const void *left, const void *right)
{
    const gs_ranked *a = left, *b = right;
    return a->rank != b->rank ? (a->rank > b->rank) - (a->rank < b->rank)
                              : (a->title > b->title) - (a->title < b->title);
}

static govsvc_status read_everywhere(looking *of)
{
    choice chosen = {.count = 0};
    govsvc_status status = choose(of, &chosen);
    for (size_t i = 0; i < chosen.count && !status; i++)
        if (!chosen.empty[i])
            status = read_range(of, chosen.ranges[i]);
    return status;
}

/* A scope that is too large as well leaves what was read of all. */
static govsvc_status narrow(looking *of, const gs_title_scope *scope)
{
    gs_ranked *all = of->found;
    size_t count = of->count;
    of->found = gs_arena_array(of->call->work.arena, READ_MAX, sizeof *of->found);
    govsvc_status status = of->found ? read_scope(of, scope) : GOVSVC_NO_MEMORY;
    if (!of->cut)
        return status;
    of->found = all;
    of->count = count;
    return status;
}

static govsvc_status look(looking *of, const gs_title_scope *scope)
{
    govsvc_status status = read_everywhere(of);
    if (!status && of->cut && scope)
        status = narrow(of, scope);
    if (of->count)
        qsort(of->found, of->count, sizeof *of->found, by_rank);
    return status;
}

govsvc_status gs_titles_rank(gs_call *call, const char *query, const gs_title_scope *scope, gs_ranked **out,
                             size_t *count, bool *cut)
{
    gs_arena *arena = call->work.arena;
    const gs_pinyin *pinyin = gs_pinyin_of(call->host);
    looking *of = gs_arena_alloc(arena, sizeof *of);
    gs_ranked *found = gs_arena_array(arena, READ_MAX, sizeof *found);
    if (!pinyin || !of || !found)
        return GOVSVC_NO_MEMORY;
    of->call = call;
    of->found = found;
    govsvc_status status = gs_search_parse(pinyin, query, arena, &of->search);
    if (!status && of->search.word_count)
        status = look(of, scope);
    *out = of->found;
    *count = of->count;
    *cut = of->cut;
    return status;
}
