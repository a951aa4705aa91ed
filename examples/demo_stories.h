/* examples/demo_stories.h - the three stories the demo tells: who, what they hand in, and scene by scene what is
 * done. The people and the regional notice are invented; the law and the national holidays are not.
 */
#ifndef DEMO_STORIES_H
#define DEMO_STORIES_H

#include <stddef.h>

enum { ADMIN, APPLICANT, AGENT, CLERK, REVIEWER, HEAD, TIMER, PEOPLE };

/* Reviewers and heads belong to the organ whose case it is. */
static const struct {
    const char *id, *role, *division, *post, *principal, *title;
} people[PEOPLE] = {{"admin-01", "administrator", NULL, NULL, NULL, "管理员"},
                    {"u-1001", "applicant", NULL, NULL, NULL, "申请人"},
                    {"agent-12", "agent", NULL, NULL, "u-1001", "代办员"},
                    {"clerk-07", "window_clerk", "450103", "综合窗口", NULL, "窗口人员"},
                    {"reviewer-03", "reviewer", "450103", "审查岗", NULL, "审查人员"},
                    {"head-01", "organ_head", "450103", "机关负责人", NULL, "机关负责人"},
                    {"timer", "system", NULL, NULL, NULL, "系统"}};

/* What is read aloud after a scene. */
enum { NOTHING, CLOCKS, MASKED, QUEUE, NEXT, CHILDREN, CRITICAL };

typedef struct scene {
    const char *date;
    int hour, who;
    const char *does, *operation;
    const char *in;     /* JSON members beside the case's id */
    const char *member; /* of a bundle: whose case it is; NULL: the whole */
    int shows;
    const char *clocks; /* which ones are explained, by kind */
} scene;

typedef struct story {
    const char *title, *about, *matter, *key, *form;
    const char *const *materials, *const *answers, *const *without;
    const scene *scenes;
} story;

#define SCENE(at, hour_, who_, does_, ...)                                                                   \
    {                                                                                                        \
        .date = at, .hour = hour_, .who = who_, .does = does_, __VA_ARGS__                                   \
    }
#define SUBMIT "application.submit" /* made from what the story hands in */
#define END                                                                                                  \
    {                                                                                                        \
        .date = NULL                                                                                         \
    }

/* clang-format off */

/* ---- 一 ---------------------------------------------------------------------------------------------------- */

static const char *const plain_materials[] = {"M1", "M3", "M4", NULL};

static const scene plain_scenes[] = {
    SCENE("2025-12-29", 10, APPLICANT, "网上提交申请 (submits)", .operation = SUBMIT),
    SCENE("2025-12-29", 15, CLERK, "收件 (receives)", .operation = "application.receive", .shows = MASKED),
    SCENE("2025-12-30", 9, CLERK, "打开待办 (opens the work list)", .shows = QUEUE),
    SCENE("2025-12-30", 9, CLERK, "受理，五个工作日的承诺跨过元旦 (accepts)", .operation = "application.accept",
          .shows = CLOCKS, .clocks = "promised"),
    SCENE("2025-12-31", 9, REVIEWER, "看这一件可以做什么 (what may be done with it)", .shows = NEXT),
    SCENE("2026-01-04", 10, REVIEWER, "审查，周日调休上班 (reviews, on a make-up working day)",
          .operation = "application.review"),
    SCENE("2026-01-05", 10, HEAD, "准予许可 (grants)",
          .operation = "application.decide", .in = ",\"outcome\":\"granted\""),
    SCENE("2026-01-05", 15, REVIEWER, "办结 (closes)", .operation = "application.close"),
    SCENE("2026-01-06", 10, CLERK, "送达 (delivers)",
          .operation = "application.deliver", .shows = CLOCKS, .clocks = "promised delivery"),
    SCENE("2026-01-06", 11, TIMER, "邀请申请人评价 (invites to an appraisal)", .operation = "tick"),
    SCENE("2026-01-07", 20, APPLICANT, "好差评：非常满意 (appraises)",
          .operation = "application.appraise", .in = ",\"grade\":\"very_satisfied\",\"channel\":\"mobile\",\"text\":\"一次办成\""),
    END};

/* ---- 二 ---------------------------------------------------------------------------------------------------- */

static const char *const hard_materials[] = {"M1", "M2", "M3", "M4", NULL};

static const scene hard_scenes[] = {
    SCENE("2026-02-10", 10, APPLICANT, "网上提交申请 (submits)", .operation = SUBMIT),
    SCENE("2026-02-11", 9, CLERK, "收件，五日跨过春节 (receives)",
          .operation = "application.receive", .shows = CLOCKS, .clocks = "examination"),
    SCENE("2026-02-24", 15, CLERK, "一次性告知补正，只有一次 (the one correction)",
          .operation = "application.request_correction",
          .in = ",\"items\":[{\"code\":\"M3\",\"requirement\":\"标注面积\"},{\"code\":\"M4\",\"requirement\":\"补健康检查\"}]"),
    SCENE("2026-02-27", 11, APPLICANT, "交齐补正材料，期限自此起算 (supplies all)",
          .operation = "application.supply", .in = ",\"materials\":[{\"code\":\"M3\"},{\"code\":\"M4\"}]"),
    SCENE("2026-03-02", 9, CLERK, "受理 (accepts)",
          .operation = "application.accept", .shows = CLOCKS, .clocks = "decision inspection"),
    SCENE("2026-03-04", 10, REVIEWER, "派两人检验，期限中止 (an inspection: the clock stops)",
          .operation = "application.begin_special_procedure",
          .in = ",\"kind\":\"inspection\",\"opinion\":\"现场检验，需8个工作日\",\"notice\":\"青市监告字1号\",\"staff\":[\"莫青\",\"黄岚\"]"),
    SCENE("2026-03-09", 10, REVIEWER, "又请专家评审，两个程序重叠 (an expert review beside it)",
          .operation = "application.begin_special_procedure",
          .in = ",\"kind\":\"expert_review\",\"opinion\":\"工艺布局需评审，需13个工作日\",\"notice\":\"青市监告字2号\",\"staff\":[\"覃专家\",\"卢专家\"]"),
    SCENE("2026-03-16", 16, REVIEWER, "检验结束，评审还在，仍然中止 (still stopped)",
          .operation = "application.end_special_procedure",
          .in = ",\"kind\":\"inspection\",\"opinion\":\"检验合格\""),
    SCENE("2026-03-26", 16, REVIEWER, "评审结束，期限继续；重叠的日子只扣一次 (the clock goes on)",
          .operation = "application.end_special_procedure",
          .in = ",\"kind\":\"expert_review\",\"opinion\":\"评审通过\"", .shows = CLOCKS, .clocks = "special"),
    SCENE("2026-03-27", 10, REVIEWER, "审查 (reviews)", .operation = "application.review"),
    SCENE("2026-03-30", 10, HEAD, "机关负责人批准延长五日 (extends by five days)",
          .operation = "application.extend",
          .in = ",\"amount\":5,\"opinion\":\"需核对外省出具的检验报告\",\"notice\":\"青市监延字1号\"", .shows = CLOCKS, .clocks = "decision promised"),
    SCENE("2026-04-08", 10, HEAD, "准予许可 (grants)",
          .operation = "application.decide", .in = ",\"outcome\":\"granted\"", .shows = CLOCKS, .clocks = "delivery"),
    SCENE("2026-04-13", 9, ADMIN, "录入自治区放假通知，虚构 (a regional notice, invented)",
          .operation = "notice.put",
          .in = "\"number\":\"演示通知\",\"year\":2026,\"division\":\"450000\",\"days\":[{\"date\":\"2026-04-20\",\"effect\":\"off\"},"
          "{\"date\":\"2026-04-21\",\"effect\":\"off\"},{\"date\":\"2026-04-18\",\"effect\":\"work\"}]"),
    SCENE("2026-04-13", 10, TIMER, "未到期的期限重新推算 (running clocks)",
          .operation = "tick", .shows = CLOCKS, .clocks = "delivery"),
    SCENE("2026-04-14", 9, REVIEWER, "办结 (closes)", .operation = "application.close"),
    SCENE("2026-04-22", 10, CLERK, "送达许可证 (delivers)", .operation = "application.deliver"),
    END};

/* ---- 三 ---------------------------------------------------------------------------------------------------- */

static const char *const bundle_answers[] = {"licence=together", "entity=individual", "public_place=yes", "employs=no",
                                             "signboard=yes", "fire_way=ordinary", NULL};
static const char *const bundle_without[] = {"health", NULL};
static const char *const bundle_materials[] = {"M1", "M2", "food.M1", "M3", "M4", "fire.M3", "fire.M4", "fire.M5",
                                               "sign.M2", "drain.M1", "drain.M2", NULL}; /* as matter.compose names them */

#define REFUSED ",\"outcome\":\"refused\",\"opinion\":\"餐饮排水未设置隔油设施\",\"remedy\":\"可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼\""

static const scene bundle_scenes[] = {
    SCENE("2026-05-06", 9, APPLICANT, "授权代办员代为提交 (grants a mandate)", .operation = "mandate.grant",
          .in = "\"agent\":\"agent-12\",\"agent_name\":\"农助理\",\"until_date\":\"2026-06-30\",\"actions\":[\"submit\"]"),
    SCENE("2026-05-06", 10, AGENT, "代申请人一次提交 (submits for them)",
          .operation = SUBMIT, .shows = CHILDREN),
    SCENE("2026-05-07", 9, CLERK, "一次收件 (receives)", .operation = "application.receive"),
    SCENE("2026-05-07", 15, CLERK, "一次受理，有前置的等待 (accepts)",
          .operation = "application.accept", .shows = CHILDREN),
    SCENE("2026-05-07", 16, APPLICANT, "哪个成员决定最晚 (the critical child)", .shows = CRITICAL),
    SCENE("2026-05-07", 16, REVIEWER, "审查设立登记 (reviews the registration)",
          .operation = "application.review", .member = "individual"),
    SCENE("2026-05-07", 17, HEAD, "准予登记，后面的开始办 (registers; what waited begins)",
          .operation = "application.decide",
          .in = ",\"outcome\":\"granted\"", .member = "individual", .shows = CHILDREN),
    SCENE("2026-05-12", 10, REVIEWER, "审查排水 (reviews the drains)",
          .operation = "application.review", .member = "drain"),
    SCENE("2026-05-13", 10, HEAD, "不予排水许可，写明理由和救济 (refuses, with reasons and remedy)",
          .operation = "application.decide",
          .in = REFUSED, .member = "drain", .shows = CHILDREN),
    SCENE("2026-05-14", 9, APPLICANT, "这件事的规则是问申请人：选择拆分，其余单独继续 (splits the bundle)",
          .operation = "application.split", .shows = CHILDREN),
    SCENE("2026-05-18", 10, REVIEWER, "审查消防 (reviews fire safety)",
          .operation = "application.review", .member = "fire"),
    SCENE("2026-05-19", 10, HEAD, "消防检查合格 (grants)",
          .operation = "application.decide", .in = ",\"outcome\":\"granted\"", .member = "fire"),
    SCENE("2026-05-20", 9, REVIEWER, "审查食品，期限不受拆分影响 (reviews the food licence)",
          .operation = "application.review", .member = "food",
          .shows = CLOCKS, .clocks = "decision"),
    SCENE("2026-05-20", 15, HEAD, "准予食品经营许可；税务、招牌还在各自期限内 (grants)",
          .operation = "application.decide", .in = ",\"outcome\":\"granted\"", .member = "food", .shows = CHILDREN),
    END};

static const story stories[] = {
    {"一、公众聚集场所消防检查：从提交到送达 (plain, from submission to delivery)",
     "健身房开业前的消防安全检查。材料齐全，一路顺利。",
     "11450103XN0000303W4450132919000", "demo-1",
          "{\"entity_name\":\"小满健身房\",\"exit_count\":2}", plain_materials,
     (const char *const[]){"licence=held", NULL}, NULL, plain_scenes},
    {"二、食品经营许可：补正、两个特别程序、延期 (corrected, paused, extended)",
     "每一天算不算，都能说清：节假日、补正、中止、延期。",
     "11450103XN0000012R4450131901000", "demo-2",
          "{\"entity_name\":\"小满粉店\",\"premises_area\":80}", hard_materials,
     (const char *const[]){"licence=held", NULL}, NULL, hard_scenes},
    {"三、开办餐饮店“一件事”：五个部门，一项不予许可 (a bundle, a member refused)",
     "一次申请，市场监管、税务、消防、城管、行政审批五个部门各按自己的期限办。",
     "11450103XN0000266N4452301922000", "demo-3",
          "{\"entity_name\":\"小满餐馆\",\"entity_kind\":\"individual\",\"premises_area\":80,\"grease_trap\":false}", bundle_materials, bundle_answers, bundle_without,
     bundle_scenes},
};
/* clang-format on */
#endif
