/* lib/appraisal/records.c - the field tables and code lists of govsvc/appraisal.h. */
#include "appraisal/appraisal.h"

#include "govsvc/codes.h"

const gs_name gs_grade_names[] = {
    {GOVSVC_GRADE_VERY_SATISFIED, "very_satisfied", "非常满意"},
    {GOVSVC_GRADE_SATISFIED, "satisfied", "满意"},
    {GOVSVC_GRADE_BASICALLY_SATISFIED, "basically_satisfied", "基本满意"},
    {GOVSVC_GRADE_DISSATISFIED, "dissatisfied", "不满意"},
    {GOVSVC_GRADE_VERY_DISSATISFIED, "very_dissatisfied", "非常不满意"},
    {0, NULL, NULL},
};

static const gs_name states[] = {
    {GOVSVC_APPRAISAL_INVITED, "invited", "已邀请"},
    {GOVSVC_APPRAISAL_GIVEN, "given", "已评价"},
    {GOVSVC_APPRAISAL_DEFAULTED, "defaulted", "默认好评"},
    {GOVSVC_APPRAISAL_RECTIFYING, "rectifying", "整改中"},
    {GOVSVC_APPRAISAL_RECTIFIED, "rectified", "已整改"},
    {GOVSVC_APPRAISAL_CLOSED, "closed", "已回访办结"},
    {GOVSVC_APPRAISAL_CONTESTED, "contested", "申诉中"},
    {GOVSVC_APPRAISAL_VOID, "void", "评价无效"},
    {0, NULL, NULL},
};

static const gs_name objects[] = {{GOVSVC_OBJECT_CASE, "case", "办件"},
                                  {GOVSVC_OBJECT_WINDOW, "window", "窗口"},
                                  {GOVSVC_OBJECT_PERSON, "person", "工作人员"},
                                  {GOVSVC_OBJECT_PLATFORM, "platform", "平台"},
                                  {0, NULL, NULL}};

static const gs_name channels[] = {
    {GOVSVC_APPRAISED_WEB, "web", "PC端"},
    {GOVSVC_APPRAISED_MOBILE, "mobile", "移动端"},
    {GOVSVC_APPRAISED_QR_CODE, "qr_code", "二维码"},
    {GOVSVC_APPRAISED_HALL_TABLET, "hall_tablet", "政务大厅平板电脑"},
    {GOVSVC_APPRAISED_HALL_TERMINAL, "hall_terminal", "政务大厅其他终端"},
    {GOVSVC_APPRAISED_PHONE, "phone", "电话"},
    {GOVSVC_APPRAISED_SMS, "sms", "短信"},
    {0, NULL, NULL},
};

static const gs_name verdicts[] = {{GOVSVC_VERDICT_UPHELD, "upheld", "评价属实"},
                                   {GOVSVC_VERDICT_UNFOUNDED, "unfounded", "评价不实"},
                                   {0, NULL, NULL}};

#define FREE_TEXT .max = 2000, .lines = true, .level = 3

#define APPRAISAL_FIELDS(T, F)                                                                               \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, NAME, grade, "评价等级", .names = gs_grade_names)                                                   \
    F(T, NAME, object, "评价对象", .names = objects)                                                         \
    F(T, NAME, channel, "评价渠道", .names = channels)                                                       \
    F(T, FLAG, anonymous, "匿名")                                                                            \
    F(T, FLAG, defaulted, "默认好评")                                                                        \
    F(T, FLAG, overdue, "整改逾期")                                                                          \
    F(T, FLAG, reopened, "再次整改")                                                                         \
    F(T, FLAG, satisfied, "回访满意")                                                                        \
    F(T, NAME, verdict, "申诉结论", .names = verdicts)                                                       \
    F(T, TIME, invited_at, "邀请时间")                                                                       \
    F(T, TIME, given_at, "评价时间")                                                                         \
    F(T, TIME, counted_at, "计入时间")                                                                       \
    F(T, TIME, rectified_at, "整改时间")                                                                     \
    F(T, TIME, contested_at, "申诉时间")                                                                     \
    F(T, TIME, judged_at, "审定时间")                                                                        \
    F(T, TIME, confirmed_at, "回访时间")                                                                     \
    F(T, TEXT, token, "唯一标记", .max = 64)                                                                 \
    F(T, TEXT, request, "请求标记", .max = 64)                                                               \
    F(T, TEXT, matter, "事项编码", .max = 33)                                                                \
    F(T, TEXT, organ, "被评价机关", .code = GOVSVC_CODE_USCC)                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)                                           \
    F(T, TEXT, which, "被评价者", .max = 100)                                                                \
    F(T, TEXT, step, "评价环节", .max = 50)                                                                  \
    F(T, TEXT, owner, "评价人", .max = 100, .level = 3, .find = true)                                        \
    F(T, TEXT, number, "办件编号", .level = 3, .mask = GS_MASK_NUMBER)                                       \
    F(T, TEXT, text, "评价内容", FREE_TEXT)                                                                  \
    F(T, TEXT, rectification, "整改及答复", FREE_TEXT)                                                       \
    F(T, TEXT, call_back, "回访记录", FREE_TEXT)                                                             \
    F(T, TEXT, contest_reason, "申诉理由", FREE_TEXT)                                                        \
    F(T, TEXT, contested_by, "申诉人", .max = 100)                                                           \
    F(T, TEXT, verdict_reason, "审定理由", FREE_TEXT)                                                        \
    F(T, TEXT, judge, "审定人", .max = 100)                                                                  \
    F(T, TEXTS, tags, "评价标签", .max = 20, .count = offsetof(T, tag_count))                                \
    F(T, NONE, reserved, "")
/* Lists of all, of an organ, of a state, and of both; and what is counted in a period. */
static const gs_index indexes[] = {{"token", true},
                                   {"id", false},
                                   {"organ, id", false},
                                   {"state, id", false},
                                   {"organ, state, id", false},
                                   {"counted_at", false},
                                   {"organ, counted_at", false},
                                   {NULL, false}};
/* The owner is sealed: only where the row was opened does the mechanism take anybody for whose it is. */
GS_RECORD(gs_record_appraisal, govsvc_appraisal, "appraisal", "好差评", APPRAISAL_FIELDS, .table = true,
          .state = offsetof(govsvc_appraisal, state), .owner = offsetof(govsvc_appraisal, owner),
          .organ = offsetof(govsvc_appraisal, organ), .division = offsetof(govsvc_appraisal, division),
          .indexes = indexes)

#define APPRAISAL_DRAFT_FIELDS(T, F)                                                                         \
    F(T, ID, application, "办件", .need = true)                                                              \
    F(T, NAME, grade, "评价等级", .need = true, .names = gs_grade_names)                                     \
    F(T, NAME, object, "评价对象", .names = objects)                                                         \
    F(T, NAME, channel, "评价渠道", .need = true, .names = channels)                                         \
    F(T, FLAG, anonymous, "匿名")                                                                            \
    F(T, TEXT, request_key, "请求键", .max = 100)                                                            \
    F(T, TEXT, which, "被评价者", .max = 100)                                                                \
    F(T, TEXT, step, "评价环节", .max = 50)                                                                  \
    F(T, TEXT, text, "评价内容", FREE_TEXT)                                                                  \
    F(T, TEXTS, tags, "评价标签", .max = 20, .count = offsetof(T, tag_count))                                \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_appraisal_draft, govsvc_appraisal_draft, "appraisal_draft", "评价",
          APPRAISAL_DRAFT_FIELDS)

#define CONFIRMATION_FIELDS(T, F)                                                                            \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, FLAG, satisfied, "回访满意", .need = true)
GS_RECORD(gs_record_appraisal_confirmation, govsvc_appraisal_confirmation, "appraisal_confirmation", "回访",
          CONFIRMATION_FIELDS)

#define JUDGEMENT_FIELDS(T, F)                                                                               \
    GS_STEP_FIELDS(T, F)                                                                                     \
    F(T, NAME, verdict, "申诉结论", .need = true, .names = verdicts)
GS_RECORD(gs_record_appraisal_judgement, govsvc_appraisal_judgement, "appraisal_judgement", "申诉审定",
          JUDGEMENT_FIELDS)

#define QUERY_FIELDS(T, F)                                                                                   \
    F(T, NAME, state, "状态", .names = states)                                                               \
    F(T, NAME, grade, "评价等级", .names = gs_grade_names)                                                   \
    F(T, FLAG, own, "本人的")                                                                                \
    F(T, ID, after, "从该标识之后")                                                                          \
    F(T, INT, limit, "条数", .least = 1, .most = 200)                                                        \
    F(T, TEXT, organ, "被评价机关", .code = GOVSVC_CODE_USCC)                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)
GS_RECORD(gs_record_appraisal_query, govsvc_appraisal_query, "appraisal_query", "好差评查询", QUERY_FIELDS)

#define PAGE_FIELDS(T, F)                                                                                    \
    F(T, ID, next, "下一页")                                                                                 \
    F(T, LIST, appraisals, "好差评", .of = &gs_record_appraisal, .max = 200,                                 \
      .count = offsetof(T, appraisal_count))                                                                 \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_appraisal_page, govsvc_appraisal_page, "appraisal_page", "好差评", PAGE_FIELDS)

#define COUNTS_REQUEST_FIELDS(T, F)                                                                          \
    F(T, TIME, from, "起", .need = true)                                                                     \
    F(T, TIME, to, "止", .need = true)                                                                       \
    F(T, TEXT, organ, "被评价机关", .code = GOVSVC_CODE_USCC)                                                \
    F(T, TEXT, division, "行政区划", .code = GOVSVC_CODE_DIVISION)
GS_RECORD(gs_record_appraisal_counts_request, govsvc_appraisal_counts_request, "appraisal_counts_request",
          "好差评统计", COUNTS_REQUEST_FIELDS)

#define TOTALS_FIELDS(T, F)                                                                                  \
    F(T, INT, very_satisfied, "非常满意")                                                                    \
    F(T, INT, satisfied, "满意")                                                                             \
    F(T, INT, basically_satisfied, "基本满意")                                                               \
    F(T, INT, dissatisfied, "不满意")                                                                        \
    F(T, INT, very_dissatisfied, "非常不满意")                                                               \
    F(T, INT, given, "主动评价")                                                                             \
    F(T, INT, defaulted, "默认好评")                                                                         \
    F(T, INT, invited, "邀请评价")                                                                           \
    F(T, INT, anonymous, "匿名评价")                                                                         \
    F(T, INT, voided, "无效评价")                                                                            \
    F(T, INT, bad, "差评")                                                                                   \
    F(T, INT, rectified, "已整改差评")                                                                       \
    F(T, INT, rectified_in_time, "按期整改差评")                                                             \
    F(T, INT, called_back, "已回访差评")                                                                     \
    F(T, INT, satisfied_after, "回访满意差评")
GS_RECORD(gs_record_appraisal_totals, govsvc_appraisal_totals, "appraisal_totals", "好差评统计结果",
          TOTALS_FIELDS)

/* ---- digits ------------------------------------------------------------------------------------------ */

/* The grades' numbers follow each other from the best to the worst, as the digits of GB/T 39046 do. */
static int64_t turned(int64_t grading, int64_t digit)
{
    bool known = grading == GOVSVC_GRADING_GBT39046 || grading == GOVSVC_GRADING_STARS;
    if (!known || digit < 1 || digit > 5)
        return 0;
    return grading == GOVSVC_GRADING_STARS ? 6 - digit : digit;
}

int64_t govsvc_grade_of_digit(int64_t grading, int64_t digit)
{
    int64_t rank = turned(grading, digit);
    return rank ? GOVSVC_GRADE_VERY_SATISFIED - 1 + rank : 0;
}

int64_t govsvc_grade_digit(int64_t grading, int64_t grade)
{
    return gs_name_of(gs_grade_names, grade) ? turned(grading, grade - GOVSVC_GRADE_VERY_SATISFIED + 1) : 0;
}
