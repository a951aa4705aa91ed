/* lib/handover/records.c - the field tables of govsvc/handover.h. */
#include "govsvc/codes.h"
#include "handover/handover.h"

static const gs_name states[] = {
    {GOVSVC_HANDOVER_SENT, "sent", "已送出"}, {GOVSVC_HANDOVER_CLOSED, "closed", "已交接"}, {0, NULL, NULL}};

static const gs_name directions[] = {{GOVSVC_HANDOVER_TO_ORGAN, "to_organ", "窗口送机关"},
                                     {GOVSVC_HANDOVER_TO_WINDOW, "to_window", "机关退窗口"},
                                     {0, NULL, NULL}};

#define ITEM_FIELDS(T, F)                                                                                    \
    F(T, INT, copies, "份数", .need = true, .least = 1, .most = 1000)                                        \
    F(T, TEXT, number, "办件编号", .need = true, .max = 50)                                                  \
    F(T, TEXT, material, "材料代码", .need = true, .max = 50)                                                \
    F(T, TEXT, name, "材料名称", .max = 1000)                                                                \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_handover_item, govsvc_handover_item, "handover_item", "交接材料", ITEM_FIELDS)

#define ITEMS_FIELD(T, F)                                                                                    \
    F(T, LIST, items, "材料", .need = true, .of = &gs_record_handover_item, .max = 200,                      \
      .count = offsetof(T, item_count))

#define DRAFT_FIELDS(T, F)                                                                                   \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, organ, "收件机关", .need = true, .code = GOVSVC_CODE_USCC)                                    \
    F(T, TEXT, window_name, "窗口", .max = 100)                                                              \
    ITEMS_FIELD(T, F)
GS_RECORD(gs_record_handover_draft, govsvc_handover_draft, "handover_draft", "送出材料", DRAFT_FIELDS)

#define RETURN_FIELDS(T, F)                                                                                  \
    F(T, ID, original, "原交接", .need = true)                                                               \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    ITEMS_FIELD(T, F)
GS_RECORD(gs_record_handover_return_draft, govsvc_handover_return_draft, "handover_return_draft", "退回材料",
          RETURN_FIELDS)

#define COUNT_FIELDS(T, F)                                                                                   \
    GS_STEP_FIELDS(T, F)                                                                                     \
    ITEMS_FIELD(T, F)                                                                                        \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_handover_count, govsvc_handover_count, "handover_count", "材料清点", COUNT_FIELDS)

#define HANDOVER_FIELDS(T, F)                                                                                \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, NAME, direction, "方向", .names = directions)                                                       \
    F(T, ID, original, "原交接")                                                                             \
    F(T, TIME, sent_at, "送出时间")                                                                          \
    F(T, TIME, received_at, "接收时间")                                                                      \
    F(T, TEXT, number, "交接单编号")                                                                         \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, window_name, "窗口")                                                                          \
    F(T, TEXT, organ, "机关", .code = GOVSVC_CODE_USCC)                                                      \
    F(T, TEXT, sent_by, "送出人")                                                                            \
    F(T, TEXT, received_by, "接收人")                                                                        \
    ITEMS_FIELD(T, F)                                                                                        \
    F(T, NONE, reserved, "")
static const gs_index indexes[] = {{"received_at, id", false}, {"original, id", false}, {NULL, false}};
GS_RECORD(gs_record_handover, govsvc_handover, "handover", "材料交接", HANDOVER_FIELDS, .table = true,
          .readers = GS_ROLE_STAFF, .state = offsetof(govsvc_handover, state),
          .organ = offsetof(govsvc_handover, organ), .division = offsetof(govsvc_handover, division),
          .key = "number", .number = "number", .indexes = indexes)

#define QUERY_FIELDS(T, F)                                                                                   \
    F(T, NAME, direction, "方向", .names = directions)                                                       \
    F(T, ID, after, "从该标识之后")                                                                          \
    F(T, INT, limit, "条数", .least = 1, .most = 200)
GS_RECORD(gs_record_handover_query, govsvc_handover_query, "handover_query", "交接查询", QUERY_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, ID, next, "下一页")                                                                                 \
    F(T, LIST, handovers, "材料交接", .of = &gs_record_handover, .max = 200,                                 \
      .count = offsetof(T, handover_count))                                                                  \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_handover_page, govsvc_handover_page, "handover_page", "材料交接", PAGE_FIELDS)
