/* lib/matter/find.c - matter.find: effective matters by their titles, or all of them in order of division.
 *
 * May use: title.h. A page begins behind the place the page before ended at: a title's rank and identifier, then
 * division and code. What is published in between neither repeats nor hides anything.
 */
#include "matter/title.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "govsvc/codes.h"

/* ---- records ----------------------------------------------------------------------------------------- */

enum { LIMIT_MAX = 100, PLACE_SIZE = 128 };

#define QUERY_FIELDS(T, F)                                                                                   \
    F(T, NAME, type, "事项类型", .names = gs_matter_type_names)                                              \
    F(T, NAME, level, "行使层级", .names = gs_level_names)                                                   \
    F(T, INT, limit, "每页条数", .least = 1, .most = LIMIT_MAX)                                              \
    F(T, TEXT, text, "检索词", .max = GS_QUERY_MAX)                                                          \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, organ, "实施主体编码", .code = GOVSVC_CODE_USCC)                                              \
    F(T, TEXT, subject, "服务对象", .max = 30)                                                               \
    F(T, TEXT, after, "上一页所给的位置", .max = PLACE_SIZE - 1)                                             \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_matter_query, govsvc_matter_query, "matter_query", "事项检索", QUERY_FIELDS)

#define FOUND_FIELDS(T, F)                                                                                   \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, NAME, type, "事项类型", .names = gs_matter_type_names)                                              \
    F(T, NAME, level, "行使层级", .names = gs_level_names)                                                   \
    F(T, INT, rank, "匹配次序")                                                                              \
    F(T, TEXT, code, "实施编码")                                                                             \
    F(T, TEXT, name, "事项名称", .max = 1000)                                                                \
    F(T, TEXT, organ, "实施主体编码")                                                                        \
    F(T, TEXT, organ_name, "实施主体")                                                                       \
    F(T, TEXT, division, "行使区划")                                                                         \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_matter_found, govsvc_matter_found, "matter_found", "检索到的事项", FOUND_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, FLAG, cut, "匹配过多")                                                                              \
    F(T, LIST, matters, "事项", .of = &gs_record_matter_found, .max = LIMIT_MAX + 1,                         \
      .count = offsetof(T, matter_count))                                                                    \
    F(T, TEXT, next, "下一页位置")
GS_RECORD(gs_record_matter_page, govsvc_matter_page, "matter_page", "检索结果", PAGE_FIELDS)

/* ---- places ------------------------------------------------------------------------------------------ */

/* Where a page ends; all zero and empty: before the first. */
typedef struct place {
    int64_t rank;
    int64_t title;
    char division[16];
    char code[40];
} place;

static bool read_number(const char **at, int64_t *out)
{
    char *end;
    if (**at < '0' || **at > '9')
        return false;
    *out = strtoll(*at, &end, 10);
    bool good = *end == '.' && *out < INT64_MAX;
    *at = end + good;
    return good;
}

static bool read_code(const char **at, char end, char *out, size_t size)
{
    static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t length = strspn(*at, characters);
    bool good = length > 0 && length < size && (*at)[length] == end;
    if (!good)
        return false;
    memcpy(out, *at, length);
    out[length] = '\0';
    *at += length + (end != '\0');
    return true;
}

/* "RANK.TITLE.DIVISION.CODE" */
static bool read_place(const char *text, place *out)
{
    *out = (place){.rank = 0};
    return !text || (read_number(&text, &out->rank) && read_number(&text, &out->title) &&
                     read_code(&text, '.', out->division, sizeof out->division) &&
                     read_code(&text, '\0', out->code, sizeof out->code));
}

/* ---- one page ---------------------------------------------------------------------------------------- */

typedef struct finding {
    gs_call *call;
    const govsvc_matter_query *in;
    const char *day, *like, *type, *level;
    gs_division_span within;
    place after;
    size_t limit;
    govsvc_matter_page *page;
    const govsvc_matter_found **matters;
    int64_t titles[LIMIT_MAX + 1];
} finding;

static govsvc_status add(finding *of, const gs_ranked *title, const govsvc_value *row)
{
    gs_arena *arena = of->call->work.arena;
    govsvc_matter_found *found = gs_arena_alloc(arena, sizeof *found);
    if (!found)
        return GOVSVC_NO_MEMORY;
    govsvc_status status = gs_record_decode(&gs_record_matter_found, row, found, arena);
    if (status)
        return status;
    found->rank = title->rank;
    of->titles[of->page->matter_count] = title->title;
    of->matters[of->page->matter_count++] = found;
    return GOVSVC_OK;
}

/* The columns are those of govsvc_matter_found, in order; where its rank will stand is the title that has it. Each
 * condition begins as its index does. */
#define FIND                                                                                                 \
    "SELECT id, version, type, level, title, code, name, organ, organ_name, division FROM {matter} "         \
    "WHERE tenant = $1 AND "
#define BEHIND                                                                                               \
    " AND state = 'effective' AND (division, code) > ($3, $4) AND division >= $5 AND division <= $6 AND "    \
    "(type = $7 OR $7 = '') AND (level = $8 OR $8 = '') AND (organ = $9 OR $9 = '') AND "                    \
    "(subjects LIKE $10 OR $10 = '') AND (expiry_date IS NULL OR expiry_date >= $11) "                       \
    "ORDER BY division, code LIMIT $12"
static const char of_title[] = FIND "title = $2" BEHIND;
static const char of_organ[] = FIND "organ = $2" BEHIND;
static const char of_all[] = FIND "$2 = ''" BEHIND;

/* Fills the page with the matters of one title, or, where there is none, with all. */
static govsvc_status fill(finding *of, const gs_ranked *title)
{
    enum { COLUMNS = 10 };
    const govsvc_matter_query *in = of->in;
    bool on = title->rank == of->after.rank && title->title == of->after.title;
    govsvc_value values[] = {
        gs_integer(gs_tenant_of(&of->call->work, &gs_record_matter)),
        title->title ? gs_integer(title->title) : gs_text(in->organ ? in->organ : ""),
        gs_text(on ? of->after.division : ""),
        gs_text(on ? of->after.code : ""),
        gs_text(of->within.from),
        gs_text(of->within.to),
        gs_text(of->type),
        gs_text(of->level),
        gs_text(in->organ ? in->organ : ""),
        gs_text(of->like),
        gs_text(of->day),
        gs_integer((int64_t)(of->limit + 1 - of->page->matter_count)),
    };
    const char *sql = title->title ? of_title : in->organ ? of_organ : of_all;
    govsvc_value row[COLUMNS];
    gs_rows rows;
    govsvc_status status =
        gs_query(of->call->work.connection, sql, values, sizeof values / sizeof *values, &rows);
    while (!status && of->page->matter_count <= of->limit && !(status = gs_rows_next(&rows, row, COLUMNS)))
        status = add(of, title, row);
    gs_rows_done(&rows);
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static bool is_before(const gs_ranked *title, const place *after)
{
    return title->rank < after->rank || (title->rank == after->rank && title->title < after->title);
}

static govsvc_status fill_ranked(finding *of)
{
    gs_ranked *titles = NULL;
    size_t count = 0;
    bool cut = false;
    const gs_title_scope scope = {of->within, of->in->organ ? of->in->organ : ""};
    bool scoped = of->in->division || of->in->organ;
    govsvc_status status =
        gs_titles_rank(of->call, of->in->text, scoped ? &scope : NULL, &titles, &count, &cut);
    of->page->cut = cut ? GOVSVC_YES : GOVSVC_NO;
    for (size_t i = 0; i < count && !status && of->page->matter_count <= of->limit; i++)
        if (!is_before(&titles[i], &of->after))
            status = fill(of, &titles[i]);
    return status;
}

/* One more than was asked for says that there is a next page. */
static govsvc_status end_page(finding *of)
{
    govsvc_matter_page *page = of->page;
    if (page->matter_count <= of->limit)
        return GOVSVC_OK;
    page->matter_count = of->limit;
    const govsvc_matter_found *last = of->matters[of->limit - 1];
    page->next = gs_arena_print(of->call->work.arena, "%lld.%lld.%s.%s", (long long)last->rank,
                                (long long)of->titles[of->limit - 1], last->division, last->code);
    return page->next ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status prepare(finding *of)
{
    const govsvc_matter_query *in = of->in;
    gs_arena *arena = of->call->work.arena;
    of->limit = in->limit == GOVSVC_ABSENT ? 20 : (size_t)in->limit;
    of->day = gs_today(of->call);
    of->like = in->subject ? gs_arena_print(arena, "%%\"%s\"%%", in->subject) : "";
    of->type = in->type ? gs_name_of(gs_matter_type_names, in->type) : "";
    of->level = in->level ? gs_name_of(gs_level_names, in->level) : "";
    of->page = gs_arena_alloc(arena, sizeof *of->page);
    of->matters = gs_arena_array(arena, of->limit + 1, sizeof *of->matters);
    gs_division_span_of(in->division, &of->within);
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    *of->page =
        (govsvc_matter_page){.struct_size = sizeof *of->page, .cut = GOVSVC_NO, .matters = of->matters};
    return GOVSVC_OK;
}

static govsvc_status run_find(gs_call *call)
{
    const govsvc_matter_query *in = call->in;
    finding of = {.call = call, .in = in};
    const gs_ranked none = {0, 0};
    if (!read_place(in->after, &of.after) || (in->after && !in->text != !of.after.title))
        gs_refuse(call, "/after", "format", NULL, in->after);
    if (in->subject && !gs_name_value(gs_subject_names, in->subject))
        gs_refuse(call, "/subject", "choice", NULL, in->subject);
    govsvc_status status = gs_problems_status(call->work.problems);
    if (!status)
        status = prepare(&of);
    if (!status)
        status = in->text ? fill_ranked(&of) : fill(&of, &none);
    call->out = of.page;
    return status ? status : end_page(&of);
}

/* ---- the service ------------------------------------------------------------------------------------- */

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.find", .title = "查找事项", .in = &gs_record_matter_query, .out = &gs_record_matter_page,
     .kind = GS_RUN, .run = run_find, .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */
static const gs_record *const records[] = {&gs_record_title, &gs_record_title_gram, NULL};

const gs_service gs_service_finding = {.records = records, .operations = operations};
