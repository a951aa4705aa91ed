#include "reference/reference.h"

#include "codes/codes.h"

#include <string.h>

/* ---- divisions --------------------------------------------------------------------------------------- */

#define DIVISION_DRAFT_FIELDS(T, F)                                                                          \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, code, "代码", .need = true, .max = 12)                                                        \
    F(T, TEXT, name, "名称", .need = true, .max = 100)                                                       \
    F(T, TEXT, parent, "上级代码", .max = 12)
GS_RECORD(gs_record_division_draft, govsvc_division_draft, "division_draft", "行政区划",
          DIVISION_DRAFT_FIELDS)

#define DIVISION_FIELDS(T, F)                                                                                \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, INT, level, "层级", .least = 1, .most = 5)                                                          \
    F(T, TEXT, code, "代码")                                                                                 \
    F(T, TEXT, name, "名称")                                                                                 \
    F(T, TEXT, parent, "上级代码")                                                                           \
    F(T, NONE, reserved, "")
static const gs_index division_indexes[] = {{"parent, code", false}, {NULL, false}};
GS_RECORD(gs_record_division, govsvc_division, "division", "行政区划", DIVISION_FIELDS, .table = true,
          .reference = true, .key = "code", .number = "code", .indexes = division_indexes)

int64_t gs_division_level(const char *code)
{
    size_t size = strlen(code);
    if (size > 6)
        return size == 9 ? 4 : 5;
    return strcmp(code + 2, "0000") == 0 ? 1 : strcmp(code + 4, "00") == 0 ? 2 : 3;
}

static govsvc_status check_division(gs_call *call, gs_row *row)
{
    govsvc_division *division = row->at;
    govsvc_status status = gs_code_check(GOVSVC_CODE_DIVISION, division->code, call->work.problems, "/code");
    if (status)
        return status;
    division->level = gs_division_level(division->code);
    if (division->level > 1 && !division->parent)
        return gs_refuse(call, "/parent", "required", NULL, NULL);
    if (!division->parent || gs_division_level(division->parent) == division->level - 1)
        return GOVSVC_OK;
    return gs_refuse_in_words(call, "/parent", "level", "/parent：应为上一级行政区划的代码",
                              "/parent: must be a division one level up", NULL);
}

/* ---- notices ----------------------------------------------------------------------------------------- */

#define NOTICE_DAYS(T, F)                                                                                    \
    F(T, LIST, days, "放假安排", .need = true, .of = &gs_record_notice_day, .count = offsetof(T, day_count), \
      .max = 400)
#define NOTICE_DRAFT_FIELDS(T, F)                                                                            \
    F(T, INT, year, "年份", .least = GOVSVC_YEAR_MIN, .most = GOVSVC_YEAR_MAX)                               \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, number, "文号", .need = true, .max = 200)                                                     \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, NONE, reserved, "")                                                                                 \
    NOTICE_DAYS(T, F)                                                                                        \
    F(T, NONE, reserved_list, "")
GS_RECORD(gs_record_notice_draft, govsvc_notice_draft, "notice_draft", "放假通知", NOTICE_DRAFT_FIELDS)

/* No division for a scope: who may read notices may read all of them. */
#define NOTICE_FIELDS(T, F)                                                                                  \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, INT, year, "年份")                                                                                  \
    F(T, TIME, known_from, "知悉时间")                                                                       \
    F(T, TIME, replaced_at, "替换时间")                                                                      \
    F(T, INT, version, "版次")                                                                               \
    F(T, TEXT, number, "文号")                                                                               \
    F(T, TEXT, division, "行政区划")                                                                         \
    NOTICE_DAYS(T, F)                                                                                        \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_notice, govsvc_notice, "notice", "放假通知", NOTICE_FIELDS, .table = true,
          .reference = true, .key = "number, version", .number = "number")

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_notice(const govsvc_notice *notice, const govsvc_notice_draft *draft)
{
    bool same = notice->year == draft->year && same_text(notice->division, draft->division) &&
                notice->day_count == draft->day_count;
    for (uint64_t i = 0; same && i < draft->day_count; i++)
        same = notice->days[i]->effect == draft->days[i]->effect &&
               same_text(notice->days[i]->date, draft->days[i]->date) &&
               same_text(notice->days[i]->name, draft->days[i]->name);
    return same;
}

/* What the calendar itself would refuse is refused here, with its problems. */
static govsvc_status check_notice(gs_call *call, const govsvc_notice_draft *draft)
{
    const govsvc_holiday_notice notice = {sizeof notice,   draft->year, call->work.now, draft->number,
                                          draft->division, draft->days, NULL,           draft->day_count};
    const govsvc_holiday_notice *const notices[] = {&notice};
    const govsvc_problem_list *problems = NULL;
    govsvc_calendar *calendar = NULL;
    govsvc_status status =
        gs_calendar_new(call->host->allocator, false, notices, 1, NULL, 0, &calendar, &problems);
    govsvc_calendar_free(calendar);
    for (uint64_t i = 0; problems && i < problems->problem_count; i++)
        gs_problem_add(call->work.problems, problems->problems[i]);
    govsvc_free(problems);
    return status;
}

static govsvc_status latest_notice(gs_call *call, const char *number, gs_row **out)
{
    const gs_table *table = gs_table_of(call->host, &gs_record_notice);
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_notice)), gs_text(number)};
    int64_t id;
    govsvc_status status = gs_query_integer(call->work.connection, table->number_sql, values, 2, &id);
    if (!status)
        status = gs_row_load(&call->work, table, id, out);
    return status ? status : gs_row_open(*out, false);
}

/* A notice is never changed: a corrected one is a new version, and the old one says until when it held. */
static govsvc_status put_notice(gs_call *call)
{
    const govsvc_notice_draft *draft = call->in;
    if (!gs_roles_within(call->actor, call->operation->roles, &gs_record_notice, NULL))
        return gs_denied(call->work.problems, call->operation->roles, false);
    gs_row *before = NULL;
    govsvc_status status = check_notice(call, draft);
    if (!status)
        status = latest_notice(call, draft->number, &before);
    if (status && status != GOVSVC_NOT_FOUND)
        return status;
    govsvc_notice *old = status ? NULL : before->at;
    if (old && same_notice(old, draft)) {
        call->outcome = GS_UNCHANGED;
        return gs_answer_brief(call, before);
    }
    gs_row *row = gs_row_new(&call->work, gs_table_of(call->host, &gs_record_notice));
    if (!row)
        return GOVSVC_NO_MEMORY;
    govsvc_notice *notice = row->at;
    gs_record_share(&gs_record_notice, notice, call->operation->in, draft);
    notice->known_from = call->work.now;
    notice->version = old ? old->version + 1 : 1;
    if (old)
        old->replaced_at = call->work.now;
    status = old ? gs_save(call, before, "replace") : GOVSVC_OK;
    if (!status)
        status = gs_save(call, row, "put");
    if (old)
        call->outcome = GS_CHANGED;
    call->calendar_changed = true;
    return status ? status : gs_answer_brief(call, row);
}

/* ---- the calendar ------------------------------------------------------------------------------------ */

enum { NOTICES_MAX = 2000 };

static govsvc_status notice_ids(gs_call *call, int64_t as_of, int64_t *ids, size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_notice)), gs_integer(as_of),
                             gs_integer(as_of)};
    return gs_query_integers(call->work.connection,
                             "SELECT id FROM {notice} WHERE tenant = $1 AND known_from <= $2 AND "
                             "(replaced_at IS NULL OR replaced_at > $3) ORDER BY id",
                             values, 3, ids, NOTICES_MAX, count);
}

static govsvc_status notice_of(gs_call *call, int64_t id, const govsvc_holiday_notice **out)
{
    govsvc_holiday_notice *made = gs_arena_alloc(call->work.arena, sizeof *made);
    gs_row *row;
    govsvc_status status =
        made ? gs_row_load(&call->work, gs_table_of(call->host, &gs_record_notice), id, &row)
             : GOVSVC_NO_MEMORY;
    if (!status)
        status = gs_row_open(row, false);
    if (status)
        return status;
    const govsvc_notice *notice = row->at;
    *made = (govsvc_holiday_notice){sizeof *made,   notice->year,     notice->known_from,
                                    notice->number, notice->division, notice->days,
                                    NULL,           notice->day_count};
    *out = made;
    return GOVSVC_OK;
}

govsvc_status gs_calendar_load(gs_call *call, int64_t as_of, govsvc_calendar **out)
{
    int64_t ids[NOTICES_MAX];
    size_t count;
    govsvc_status status = notice_ids(call, as_of == GOVSVC_ABSENT ? INT64_MAX : as_of, ids, &count);
    const govsvc_holiday_notice **notices = gs_arena_array(call->work.arena, count + 1, sizeof *notices);
    if (!status && !notices)
        status = GOVSVC_NO_MEMORY;
    for (size_t i = 0; i < count && !status; i++)
        status = notice_of(call, ids[i], &notices[i]);
    return status ? status : gs_calendar_new(call->host->allocator, true, notices, count, NULL, 0, out, NULL);
}

govsvc_status gs_calendar_edition(gs_work *work, int64_t *out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(work, &gs_record_notice))};
    return gs_query_integer(work->connection, "SELECT coalesce(max(id), 0) FROM {notice} WHERE tenant = $1",
                            values, 1, out);
}

/* ---- the service ------------------------------------------------------------------------------------- */

static const gs_record *const records[] = {&gs_record_notice, &gs_record_division, NULL};

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "notice.put", .title = "录入放假通知", .in = &gs_record_notice_draft, .out = &gs_record_notice,
     .kind = GS_RUN, .run = put_notice, .roles = GS_ROLE_ADMINISTRATOR, .write = true},
    {.name = "notice.get", .title = "查询放假通知", .in = &gs_record_get_request, .out = &gs_record_notice,
     .kind = GS_GET, .roles = GS_ROLE_ANY},
    {.name = "division.put", .title = "录入行政区划", .in = &gs_record_division_draft, .out = &gs_record_division,
     .kind = GS_PUT, .substance = check_division, .roles = GS_ROLE_ADMINISTRATOR},
    {.name = "division.get", .title = "查询行政区划", .in = &gs_record_get_request, .out = &gs_record_division,
     .kind = GS_GET, .roles = GS_ROLE_ANY},
    {.name = NULL},
};
/* clang-format on */

static const gs_follower followers[] = {
    {.name = "calendar", .kind = "notice", .follow = gs_clocks_follow_notice},
    {.name = NULL},
};

const gs_service gs_service_reference = {
    .records = records, .operations = operations, .followers = followers};
