/* tests/proof/lost_item.c - the whole service: two field tables, a flow with a clock, two functions. */
#include "lost_item.h"

#include "govsvc/codes.h"

/* What it is. */

static const gs_name states[] = {{LOST_ITEM_KEPT, "kept", "保管中"},
                                 {LOST_ITEM_CLAIMED, "claimed", "已认领"},
                                 {LOST_ITEM_HANDED_OVER, "handed_over", "已移交"},
                                 {0, NULL, NULL}};

#define ITEM_FIELDS(T, F)                                                                                    \
    F(T, TEXT, what, "物品", .need = true, .max = 100)                                                       \
    F(T, TEXT, division, "行政区划", .need = true, .code = GOVSVC_CODE_DIVISION)                             \
    F(T, TEXT, finder, "拾得人", .level = 3, .mask = GS_MASK_NAME)

#define DRAFT_FIELDS(T, F)                                                                                   \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    ITEM_FIELDS(T, F)
GS_RECORD(record_draft, lost_item_draft, "lost_item_draft", "拾得物", DRAFT_FIELDS)

#define LOST_ITEM_FIELDS(T, F)                                                                               \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, TIME, claimed_at, "认领时间")                                                                       \
    ITEM_FIELDS(T, F)                                                                                        \
    F(T, TEXT, claimant, "认领人")
GS_RECORD(record_lost_item, lost_item, "lost_item", "拾得物", LOST_ITEM_FIELDS, .table = true,
          .state = offsetof(lost_item, state), .division = offsetof(lost_item, division))

/* What may happen next, and by when: three working days, then the thing goes to the police of itself. */

enum { KEEPING };
/* clang-format off */
static const gs_clock_spec clocks[] = {
    [KEEPING] = {"keeping", "保管期限", {3, GOVSVC_UNIT_WORKING_DAYS, "服务大厅管理规定"}, NULL, "lost_item.hand_over"},
    {.kind = NULL}};
/* clang-format on */

static const gs_transition transitions[] = {
    {0, "keep", LOST_ITEM_KEPT, GS_ROLE_WINDOW_CLERK, .clocks = {{GS_START, KEEPING, 0}}},
    {LOST_ITEM_KEPT, "claim", LOST_ITEM_CLAIMED, GS_ROLE_WINDOW_CLERK, offsetof(lost_item, claimed_at),
     .clocks = {{GS_STOP, KEEPING, 0}}},
    {LOST_ITEM_KEPT, "hand_over", LOST_ITEM_HANDED_OVER, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, KEEPING, 0}}},
    {.action = NULL}};
static const gs_flow flow = {.record = &record_lost_item, .transitions = transitions, .clocks = clocks};

/* What is particular to it. */

static govsvc_status keep(gs_call *call, gs_row *row)
{
    const lost_item *item = row->at;
    if (gs_division_within(item->division, call->host->division))
        return GOVSVC_OK;
    return gs_refuse_in_words(call, "/division", "hall", "/division：不在本地服务大厅",
                              "/division: no hall of ours", NULL);
}

static govsvc_status claim(gs_call *call, gs_row *row)
{
    const govsvc_step *in = call->in;
    lost_item *item = row->at;
    item->claimant = in->opinion;
    return in->opinion ? GOVSVC_OK : gs_refuse(call, "/opinion", "required", NULL, NULL);
}

/* What can be done. */

static const gs_operation operations[] = {{.name = "lost_item.keep",
                                           .title = "登记",
                                           .in = &record_draft,
                                           .out = &record_lost_item,
                                           .kind = GS_CREATE,
                                           .flow = &flow,
                                           .substance = keep},
                                          {.name = "lost_item.claim",
                                           .title = "认领",
                                           .in = &gs_record_step,
                                           .out = &record_lost_item,
                                           .kind = GS_STEP,
                                           .flow = &flow,
                                           .substance = claim},
                                          {.name = "lost_item.hand_over",
                                           .title = "移交",
                                           .in = &gs_record_step,
                                           .out = &record_lost_item,
                                           .kind = GS_STEP,
                                           .flow = &flow},
                                          {.name = "lost_item.get",
                                           .title = "查询",
                                           .in = &gs_record_get_request,
                                           .out = &record_lost_item,
                                           .kind = GS_GET},
                                          {.name = "lost_item.deadline",
                                           .title = "期限",
                                           .in = &gs_record_deadline_request,
                                           .out = &gs_record_deadline,
                                           .kind = GS_DEADLINE,
                                           .flow = &flow},
                                          {.name = NULL}};

static const gs_record *const records[] = {&record_lost_item, NULL};
static const gs_flow *const flows[] = {&flow, NULL};
const gs_service service_lost_item = {.records = records, .flows = flows, .operations = operations};
