/* lib/alert/records.c - the field tables and code lists of govsvc/alert.h. */
#include "alert/alert.h"

#include "govsvc/codes.h"

static const gs_name severities[] = {{GOVSVC_SEVERITY_NOTICE, "notice", "提示"},
                                     {GOVSVC_SEVERITY_WARNING, "warning", "预警"},
                                     {GOVSVC_SEVERITY_YELLOW, "yellow", "黄牌"},
                                     {GOVSVC_SEVERITY_RED, "red", "红牌"},
                                     {0, NULL, NULL}};

static const gs_name states[] = {
    {GOVSVC_ALERT_RAISED, "raised", "已发出"},
    {GOVSVC_ALERT_ACKNOWLEDGED, "acknowledged", "已签收"},
    {GOVSVC_ALERT_EXPLAINED, "explained", "已说明"},
    {GOVSVC_ALERT_UPHELD, "upheld", "已认定"},
    {GOVSVC_ALERT_DISMISSED, "dismissed", "已排除"},
    {GOVSVC_ALERT_RESOLVED, "resolved", "已消除"},
    {0, NULL, NULL},
};

#define ALERT_FIELDS(T, F)                                                                                   \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, NAME, severity, "级别", .names = severities)                                                        \
    F(T, ID, subject, "对象")                                                                                \
    F(T, TIME, raised_at, "发出时间")                                                                        \
    F(T, TIME, acknowledged_at, "签收时间")                                                                  \
    F(T, TIME, explained_at, "说明时间")                                                                     \
    F(T, TIME, closed_at, "了结时间")                                                                        \
    F(T, TEXT, rule, "规则", .max = 100)                                                                     \
    F(T, TEXT, subject_kind, "对象种类", .max = 50)                                                          \
    F(T, TEXT, organ, "机关", .code = GOVSVC_CODE_USCC)                                                      \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, text, "内容", .max = 2000)                                                                    \
    F(T, TEXT, basis, "依据", .max = 500)                                                                    \
    F(T, TEXT, explanation, "说明", .max = 2000, .level = 3)                                                 \
    F(T, TEXT, finding, "结论", .max = 2000, .level = 3)
static const gs_index indexes[] = {{"subject, rule", false}, {"state, division", false}, {NULL, false}};
GS_RECORD(gs_record_alert, govsvc_alert, "alert", "预警", ALERT_FIELDS, .table = true,
          .readers = GS_ROLE_STAFF, .state = offsetof(govsvc_alert, state),
          .organ = offsetof(govsvc_alert, organ), .division = offsetof(govsvc_alert, division),
          .indexes = indexes)

#define ALERT_QUERY_FIELDS(T, F)                                                                             \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, NAME, severity, "级别", .names = severities)                                                        \
    F(T, ID, subject, "对象")                                                                                \
    F(T, ID, after, "从该标识之后")                                                                         \
    F(T, INT, limit, "条数", .least = 1, .most = 200)                                                        \
    F(T, TEXT, rule, "规则", .max = 100)                                                                     \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)
GS_RECORD(gs_record_alert_query, govsvc_alert_query, "alert_query", "预警查询", ALERT_QUERY_FIELDS)

#define ALERT_PAGE_FIELDS(T, F)                                                                              \
    F(T, ID, next, "下一页")                                                                                \
    F(T, LIST, alerts, "预警", .of = &gs_record_alert, .max = 200, .count = offsetof(T, alert_count))        \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_alert_page, govsvc_alert_page, "alert_page", "预警", ALERT_PAGE_FIELDS)
