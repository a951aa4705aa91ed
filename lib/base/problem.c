#include "base/problem.h"

#include <string.h>

struct gs_problems {
    gs_arena *arena;
    const govsvc_problem **items;
    uint64_t count;
    uint64_t room;
};

/* The words of a rule. */
typedef struct rule_row {
    const char *rule;
    const char *zh;
    const char *en;
} rule_row;

/* clang-format off */
static const rule_row rules[] = {
    {"required", "{field}：必填", "{field}: required"},
    {"type", "{field}：类型应为 {expected}，实为 {got}", "{field}: must be {expected}, is {got}"},
    {"length", "{field}：长度应为 {expected}，实为 {got}", "{field}: length must be {expected}, is {got}"},
    {"too_long", "{field}：最多 {expected} 个字符，实为 {got}", "{field}: at most {expected} characters, has {got}"},
    {"too_many", "{field}：最多 {expected} 项，实为 {got}", "{field}: at most {expected} items, has {got}"},
    {"range", "{field}：应在 {expected} 之间，实为 {got}", "{field}: must be within {expected}, is {got}"},
    {"utf8", "{field}：不是有效的 UTF-8 文本", "{field}: not valid UTF-8"},
    {"character", "{field}：含不允许的字符 {got}", "{field}: holds a character that is not allowed, {got}"},
    {"date", "{field}：应为真实日期 YYYY-MM-DD，实为 {got}", "{field}: must be a real date YYYY-MM-DD, is {got}"},
    {"time", "{field}：应为带时区的时间，如 2026-03-02T09:00:00+08:00，实为 {got}",
     "{field}: must be a time with its zone, such as 2026-03-02T09:00:00+08:00, is {got}"},
    {"choice", "{field}：应为 {expected} 之一，实为 {got}", "{field}: must be one of {expected}, is {got}"},
    {"unknown_field", "{field}：没有这个字段", "{field}: there is no such field"},
    {"not_asked", "{field}：按所选情形不填此项", "{field}: not asked in this situation"},
    {"pattern", "{field}：应由 {expected} 组成，实为 {got}", "{field}: must be made of {expected}, is {got}"},
    {"precision", "{field}：最多 {expected} 位有效数字", "{field}: at most {expected} significant digits"},
    {"read_only", "{field}：由系统填写，不能提交", "{field}: filled in by the system, cannot be sent"},
    {"duplicate", "{field}：重复", "{field}: stands twice"},
    {"json", "{field}：JSON 有误：{got}", "{field}: the JSON is wrong: {got}"},
    {"xml", "{field}：XML 有误：{got}", "{field}: the XML is wrong: {got}"},
    {"columns", "应有 {expected} 列，实为 {got} 列", "must have {expected} cells, has {got}"},
    {"quote", "{field}：引号位置有误，见第 {got} 行：含引号的单元格应整体加引号，其中的引号写两遍",
     "{field}: a quote stands where none may, line {got}: a cell with quotes is quoted, and each quote in it doubled"},
    {"unclosed", "{field}：第 {got} 行之间的引号没有闭合", "{field}: a quote is not closed, lines {got}"},
    {"encoding", "{field}：含有不属于编码 {expected} 的字节", "{field}: holds bytes that are not {expected}"},
    {"too_large", "{field}：最多 {expected} 字节，实为 {got}", "{field}: at most {expected} bytes, has {got}"},
    {"too_deep", "{field}：嵌套最多 {expected} 层", "{field}: nested more than {expected} levels deep"},
    {"order", "{field}：应不早于 {expected}，实为 {got}", "{field}: must not be before {expected}, is {got}"},
    {"role", "需要角色 {expected}", "one of the roles {expected} is needed"},
    {"scope", "不在办理范围内：需要角色 {expected}", "out of scope for the actor: one of {expected} is needed"},
    {"count", "{field}：交接数量不一致：应为 {expected}，实为 {got}", "{field}: counts differ: {expected} expected, {got} found"},
    {"next", "{field}：不是上一页给出的 next：{got}", "{field}: {got} is no next of another page"},
    {"taken", "已由 {got} 于 {expected} 办理", "{got} did this already, at {expected}"},
    {"mandate", "没有 {expected} 对此事项和环节的有效授权委托", "no mandate of {expected} in force for this matter and action"},
    {"identity_level", "{field}：身份核验等级应不低于 {expected}，实为 {got}", "{field}: the identity level must be at least {expected}, is {got}"},
    {"competent", "应由机关 {expected} 办理", "this is for the organ {expected} to do"},
    {"future", "{field}：发生时间 {got} 晚于现在 {expected}", "{field}: {got} is later than now, {expected}"},
    {"state", "当前状态 {got} 下不能执行该操作，应为 {expected}", "not possible in state {got}; possible in {expected}"},
    {"revision", "{field}：版本已变为 {expected}，提交的是 {got}", "{field}: the revision is {expected} by now, {got} was sent"},
    {"request_key", "{field}：该请求键已用于另一内容", "{field}: this request key was used with another body"},
    {"unique", "{field}：该值已被使用", "{field}: this value is taken"},
    {"exists", "{field}：所指对象不存在", "{field}: what it names does not exist"},
    {"clock", "系统时钟 {got} 早于已有记录 {expected}", "the clock says {got}, which is before {expected} on record"},
    {"driver", "{field}：没有能打开 {got} 的存储驱动", "{field}: no driver of this library opens {got}"},
    {"store", "{field}：存储报告：{got}", "{field}: the store says: {got}"},
    {"backup", "该存储驱动不能备份，请用数据库自带的工具", "this driver makes no backups; use the server's own tools"},
    {"batch", "批处理进行中，不能执行该操作", "not possible while a batch is open"},
    {"batch_lost", "批处理已因存储或内存故障整体作废，请重做", "the batch was lost when the store or the memory failed; do it again"},
    {"list_full", "问题过多，其余未列出", "too many problems; the rest is not listed"},
    {NULL, "{field}：不符合规则", "{field}: breaks a rule"},
};
/* clang-format on */

gs_problems *gs_problems_new(const govsvc_allocator *allocator)
{
    gs_arena *arena = gs_arena_new(allocator, sizeof(govsvc_problem_list));
    gs_problems *problems = arena ? gs_arena_alloc(arena, sizeof *problems) : NULL;
    if (!problems) {
        gs_arena_free(arena);
        return NULL;
    }
    problems->arena = arena;
    return problems;
}

void gs_problems_free(gs_problems *problems)
{
    if (problems)
        gs_arena_free(problems->arena);
}

void gs_problems_clear(gs_problems *problems)
{
    if (problems->count == 0 && !gs_arena_failed(problems->arena))
        return;
    gs_arena *arena = problems->arena;
    gs_arena_reset(arena);
    /* The list's own head lay in the arena's first chunk and still does: it is laid again there. */
    gs_problems *again = gs_arena_alloc(arena, sizeof *problems);
    *again = (gs_problems){.arena = arena};
}

gs_arena *gs_problems_arena(gs_problems *problems)
{
    return problems->arena;
}

static const rule_row *row_of(const char *rule)
{
    const rule_row *row = rules;
    while (row->rule && (!rule || strcmp(row->rule, rule) != 0))
        row++;
    return row;
}

static const char *placeholder(const char **at, const govsvc_problem *problem)
{
    static const char *const names[] = {"{field}", "{expected}", "{got}"};
    const char *values[] = {problem->field && *problem->field ? problem->field : "/", problem->expected,
                            problem->got};
    for (size_t i = 0; i < 3; i++) {
        size_t size = strlen(names[i]);
        if (strncmp(*at, names[i], size) == 0) {
            *at += size;
            return values[i] ? values[i] : "-";
        }
    }
    return NULL;
}

static char *fill(gs_arena *arena, const char *pattern, const govsvc_problem *problem)
{
    gs_buffer text = {.arena = arena};
    for (const char *at = pattern; *at;) {
        const char *value = *at == '{' ? placeholder(&at, problem) : NULL;
        if (value)
            gs_buffer_text(&text, value);
        else
            gs_buffer_char(&text, *at++);
    }
    return text.text;
}

static bool grow(gs_problems *problems)
{
    if (problems->count < problems->room)
        return true;
    uint64_t room = problems->room ? problems->room * 2 : 8;
    const govsvc_problem **wider = gs_arena_array(problems->arena, room, sizeof *wider);
    if (!wider)
        return false;
    if (problems->count)
        memcpy(wider, problems->items, problems->count * sizeof *wider);
    problems->items = wider;
    problems->room = room;
    return true;
}

static const govsvc_problem *copy_of(gs_arena *arena, const govsvc_problem *problem)
{
    govsvc_problem *copy = gs_arena_alloc(arena, sizeof *copy);
    if (!copy)
        return NULL;
    const rule_row *row = row_of(problem->rule);
    *copy = (govsvc_problem){
        .struct_size = sizeof *copy,
        .status = problem->status ? problem->status : GOVSVC_INVALID,
        .field = gs_arena_text(arena, problem->field ? problem->field : ""),
        .rule = gs_arena_text(arena, problem->rule),
        .expected = gs_arena_text(arena, problem->expected),
        .got = gs_arena_text(arena, problem->got),
        .basis = gs_arena_text(arena, problem->basis),
        .text_zh = problem->text_zh ? gs_arena_text(arena, problem->text_zh) : fill(arena, row->zh, problem),
        .text_en = problem->text_en ? gs_arena_text(arena, problem->text_en) : fill(arena, row->en, problem),
    };
    return copy;
}

govsvc_status gs_problem_add(gs_problems *problems, const govsvc_problem *problem)
{
    static const govsvc_problem full = {.rule = "list_full"};
    govsvc_status status = problem->status ? (govsvc_status)problem->status : GOVSVC_INVALID;
    if (!problems || problems->count >= GS_PROBLEMS_MAX)
        return status;
    if (problems->count == GS_PROBLEMS_MAX - 1)
        problem = &full;
    const govsvc_problem *copy = grow(problems) ? copy_of(problems->arena, problem) : NULL;
    if (copy)
        problems->items[problems->count++] = copy;
    return status;
}

uint64_t gs_problems_count(const gs_problems *problems)
{
    return problems->count;
}

const govsvc_problem *gs_problems_at(const gs_problems *problems, uint64_t index)
{
    return index < problems->count ? problems->items[index] : NULL;
}

govsvc_status gs_problems_status(const gs_problems *problems)
{
    if (gs_arena_failed(problems->arena))
        return GOVSVC_NO_MEMORY;
    return problems->count ? (govsvc_status)problems->items[0]->status : GOVSVC_OK;
}

govsvc_status gs_problems_give(gs_problems *problems, const govsvc_problem_list **out)
{
    govsvc_status status = gs_problems_status(problems);
    if (!out || problems->count == 0 || status == GOVSVC_NO_MEMORY) {
        gs_problems_free(problems);
        return status;
    }
    govsvc_problem_list *list = gs_arena_root(problems->arena);
    *list = (govsvc_problem_list){
        .struct_size = sizeof *list, .problems = problems->items, .problem_count = problems->count};
    *out = list;
    return status;
}
