/* lib/flow/records.c - the field tables of govsvc/flow.h and of the calendar's records. */
#include "flow/flow.h"

GS_RECORD(gs_record_step, govsvc_step, "step", "步骤", GS_STEP_FIELDS)

#define PAUSE_FIELDS(T, F)                                                                                   \
    F(T, TIME, began_at, "开始时间", .need = true)                                                           \
    F(T, TIME, ended_at, "结束时间")                                                                         \
    F(T, TEXT, reason, "事由", .max = 500)                                                                   \
    F(T, TEXT, basis, "依据", .max = 500)
GS_RECORD(gs_record_pause, govsvc_pause, "pause", "中止", PAUSE_FIELDS)

#define EXTENSION_FIELDS(T, F)                                                                               \
    F(T, INT, amount, "延长数", .need = true, .least = 1, .most = GOVSVC_LIMIT_MAX)                          \
    F(T, TIME, granted_at, "批准时间")                                                                       \
    F(T, TEXT, reason, "理由", .max = 500)                                                                   \
    F(T, TEXT, basis, "依据", .max = 500)
GS_RECORD(gs_record_extension, govsvc_extension, "extension", "延长", EXTENSION_FIELDS)

#define TOLD_FIELDS(T, F)                                                                                    \
    F(T, TIME, told_at, "告知时间")                                                                          \
    F(T, TIME, due_at, "告知的到期时间")                                                                     \
    F(T, DATE, due_date, "告知的到期日")                                                                     \
    F(T, TEXT, occasion, "告知环节")
GS_RECORD(gs_record_told, govsvc_told, "told", "告知", TOLD_FIELDS)

const gs_name gs_clock_state_names[] = {
    {GOVSVC_CLOCK_RUNNING, "running", "计时中"},
    {GOVSVC_CLOCK_PAUSED, "paused", "中止"},
    {GOVSVC_CLOCK_MET, "met", "按期完成"},
    {GOVSVC_CLOCK_LATE, "late", "逾期完成"},
    {GOVSVC_CLOCK_LAPSED, "lapsed", "期满"},
    {GOVSVC_CLOCK_VOID, "void", "作废"},
    {0, NULL, NULL},
};

#define CLOCK_FIELDS(T, F)                                                                                   \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, ID, subject, "办理对象")                                                                            \
    F(T, NAME, state, "状态", .names = gs_clock_state_names)                                                 \
    F(T, NAME, unit, "单位", .names = gs_unit_names)                                                         \
    F(T, INT, amount, "期限")                                                                                \
    F(T, TIME, started_at, "起算时间")                                                                       \
    F(T, TIME, due_at, "到期时间")                                                                           \
    F(T, TIME, stopped_at, "停止时间")                                                                       \
    F(T, TIME, timer_at, "自动处理时间")                                                                     \
    F(T, TEXT, kind, "期限种类")                                                                             \
    F(T, TEXT, subject_kind, "对象类型")                                                                     \
    F(T, TEXT, division, "行政区划")                                                                         \
    F(T, TEXT, basis, "依据", .max = 500)                                                                    \
    F(T, DATE, due_date, "到期日")                                                                           \
    F(T, NONE, reserved, "")                                                                                 \
    F(T, LIST, pauses, "中止", .of = &gs_record_pause, .count = offsetof(T, pause_count), .max = 1000)       \
    F(T, LIST, extensions, "延长", .of = &gs_record_extension, .count = offsetof(T, extension_count))        \
    F(T, LIST, told, "告知", .of = &gs_record_told, .count = offsetof(T, told_count), .max = 1000)           \
    F(T, NONE, reserved_list, "")
static const gs_index clock_indexes[] = {
    {"subject", false}, {"timer_at", false}, {"stopped_at, id", false}, {NULL, false}};
GS_RECORD(gs_record_clock, govsvc_clock, "clock", "时限", CLOCK_FIELDS, .table = true,
          .subject = offsetof(govsvc_clock, subject), .division = offsetof(govsvc_clock, division),
          .indexes = clock_indexes)

#define DEADLINE_REQUEST_FIELDS(T, F)                                                                        \
    F(T, ID, id, "标识", .need = true)                                                                       \
    F(T, TIME, as_of, "按该时点所知")
GS_RECORD(gs_record_deadline_request, govsvc_deadline_request, "deadline_request", "时限查询",
          DEADLINE_REQUEST_FIELDS)

#define RECKONING_STEP_FIELDS(T, F)                                                                          \
    F(T, NAME, kind, "种类", .names = gs_step_kind_names)                                                    \
    F(T, INT, days, "天数")                                                                                  \
    F(T, FLAG, provisional, "暂定")                                                                          \
    F(T, DATE, from, "从")                                                                                   \
    F(T, DATE, to, "至")                                                                                     \
    F(T, TEXT, text_zh, "说明", .max = 1000)                                                                 \
    F(T, TEXT, text_en, "说明（英文）", .max = 1000)                                                         \
    F(T, TEXT, source, "来源", .max = 500)                                                                   \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_reckoning_step, govsvc_reckoning_step, "reckoning_step", "推算步骤",
          RECKONING_STEP_FIELDS)

#define RECKONING_FIELDS(T, F)                                                                               \
    F(T, TIME, due_at, "到期时间")                                                                           \
    F(T, FLAG, provisional, "暂定")                                                                          \
    F(T, INT, counted, "计入数")                                                                             \
    F(T, DATE, start_date, "起算日")                                                                         \
    F(T, DATE, due_date, "到期日")                                                                           \
    F(T, LIST, steps, "推算", .of = &gs_record_reckoning_step, .count = offsetof(T, step_count),             \
      .max = 100000)                                                                                         \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_reckoning, govsvc_reckoning, "reckoning", "推算", RECKONING_FIELDS)

#define CLOCK_RECKONING_FIELDS(T, F)                                                                         \
    F(T, TIME, due_at, "到期时间")                                                                           \
    F(T, FLAG, provisional, "暂定")                                                                          \
    F(T, NAME, state, "状态", .names = gs_clock_state_names)                                                 \
    F(T, INT, remaining, "剩余工作日")                                                                       \
    F(T, TIME, stopped_at, "停止时间")                                                                       \
    F(T, TEXT, kind, "种类")                                                                                 \
    F(T, TEXT, title, "名称")                                                                                \
    F(T, DATE, due_date, "到期日")                                                                           \
    F(T, TEXT, basis, "依据", .max = 500)                                                                    \
    F(T, LIST, steps, "推算", .of = &gs_record_reckoning_step, .count = offsetof(T, step_count),             \
      .max = 100000)                                                                                         \
    F(T, LIST, told, "告知", .of = &gs_record_told, .count = offsetof(T, told_count), .max = 1000)
GS_RECORD(gs_record_clock_reckoning, govsvc_clock_reckoning, "clock_reckoning", "时限推算",
          CLOCK_RECKONING_FIELDS)

#define DEADLINE_FIELDS(T, F)                                                                                \
    F(T, ID, id, "标识")                                                                                     \
    F(T, TIME, as_of, "按该时点所知")                                                                        \
    F(T, ID, critical, "最晚决定的成员")                                                                     \
    F(T, TIME, critical_at, "其决定期限")                                                                    \
    F(T, TEXT, critical_number, "其办件编号")                                                                \
    F(T, TEXT, critical_name, "其事项名称", .max = 1000)                                                     \
    F(T, TEXT, critical_zh, "说明", .max = 5000)                                                             \
    F(T, TEXT, critical_en, "说明（英文）", .max = 5000)                                                     \
    F(T, LIST, clocks, "时限", .of = &gs_record_clock_reckoning, .count = offsetof(T, clock_count))          \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_deadline, govsvc_deadline, "deadline", "时限", DEADLINE_FIELDS)

#define GET_REQUEST_FIELDS(T, F)                                                                             \
    F(T, ID, id, "标识")                                                                                     \
    F(T, TEXT, number, "编号")                                                                               \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_get_request, govsvc_get_request, "get_request", "查询", GET_REQUEST_FIELDS)

#define NOTICE_DAY_FIELDS(T, F)                                                                              \
    F(T, NAME, effect, "安排", .need = true, .names = gs_day_effect_names)                                   \
    F(T, DATE, date, "日期", .need = true)                                                                   \
    F(T, TEXT, name, "节日", .max = 50)
GS_RECORD(gs_record_notice_day, govsvc_notice_day, "notice_day", "放假安排", NOTICE_DAY_FIELDS)
