/* examples/demo.c - one licence application in Nanning, from submission to delivery, over Spring Festival
 * and the Zhuang 三月三 of 2026. Public headers alone: structs to submit and to read, JSON for the steps.
 *
 *     demo [DATA-DIR [OUT-DIR]]      examples/data, demo-out
 *
 * The person and the regional notice are invented; the law and the national holidays are not.
 */
#include <govsvc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ORGAN "11450103XN0000012R"
#define MATTER ORGAN "4450131901000" /* 食品经营许可 in data/matters.xml */
#define TEXT(value) ((value) ? (value) : "-")

enum { ADMIN, APPLICANT, CLERK, REVIEWER, HEAD, TIMER, PEOPLE };

static const struct {
    const char *id, *role, *organ, *division, *title;
} people[PEOPLE] = {{"admin-01", "administrator", NULL, NULL, "管理员"},
                    {"u-1001", "applicant", NULL, NULL, "申请人"},
                    {"clerk-07", "window_clerk", NULL, "450103", "窗口人员"},
                    {"reviewer-03", "reviewer", ORGAN, "450103", "审查人员"},
                    {"head-01", "organ_head", ORGAN, "450103", "机关负责人"},
                    {"timer", "system", NULL, NULL, "系统"}};

typedef struct story {
    int64_t now; /* the time it is in the story */
    govsvc *gs;
    govsvc_session *by[PEOPLE];
    int64_t application; /* the one that is followed */
} story;

static int64_t story_clock(void *context)
{
    return ((const story *)context)->now;
}

/* Every status is looked at; one that is not OK ends the demo with what the library says of it. */
static void must(const govsvc_session *session, govsvc_status status, const char *what)
{
    if (status == GOVSVC_OK)
        return;
    fprintf(stderr, "%s: %s (%s)\n", what, govsvc_status_text(status, "zh"), govsvc_status_name(status));
    for (uint64_t i = 0; i < govsvc_problem_count(session); i++)
        fprintf(stderr, "  %s\n", TEXT(govsvc_problem_at(session, i)->text_zh));
    exit(1);
}

static void set_time(story *of, const char *date, int hour)
{
    must(NULL, govsvc_date_start(date, &of->now) ? GOVSVC_OK : GOVSVC_INVALID, date);
    of->now += (int64_t)hour * 3600000;
}

static void open_store(story *of, const char *out)
{
    static const char *const left[] = {"", "-wal", "-shm"};
    char store[512];
    mkdir(out, 0777); /* where it cannot be made, opening says so */
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        snprintf(store, sizeof store, "%s/demo.db%s", out, left[i]);
        remove(store);
    }
    snprintf(store, sizeof store, "sqlite:%s/demo.db", out);
    govsvc_config config = GOVSVC_CONFIG_INIT;
    config.store = store;
    config.division = "450100";
    config.clock = story_clock;
    config.clock_context = of;
    must(NULL, govsvc_open(&config, &of->gs), store);
    for (int i = 0; i < PEOPLE; i++) {
        govsvc_actor actor = GOVSVC_ACTOR_INIT;
        actor.id = people[i].id;
        actor.organ = people[i].organ;
        actor.division = people[i].division;
        actor.roles = &people[i].role;
        actor.role_count = 1;
        must(NULL, govsvc_session_open(of->gs, &actor, &of->by[i], NULL), actor.id);
    }
}

static int64_t read_file(void *context, void *bytes, size_t size)
{
    size_t got = fread(bytes, 1, size, context);
    return ferror((FILE *)context) ? -1 : (int64_t)got;
}

static void import(story *of, const char *data, const char *name)
{
    char path[600];
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    const govsvc_import_report *report = NULL;
    snprintf(path, sizeof path, "%s/%s", data, name);
    FILE *file = fopen(path, "rb");
    must(NULL, file ? GOVSVC_OK : GOVSVC_NOT_FOUND, path);
    request.read = read_file;
    request.read_context = file;
    must(of->by[ADMIN], govsvc_import(of->by[ADMIN], &request, &report), path);
    printf("  %s：录入 %" PRId64 "，拒绝 %" PRId64 "\n", name, report->added, report->rejected);
    must(NULL, report->rejected ? GOVSVC_INVALID : GOVSVC_OK, name);
    govsvc_free(report);
    fclose(file);
}

static void publish(story *of)
{
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    govsvc_step step = GOVSVC_STEP_INIT;
    const govsvc_matter *matter = NULL;
    get.number = MATTER;
    must(of->by[ADMIN], govsvc_matter_get(of->by[ADMIN], &get, &matter), "matter.get");
    step.id = matter->id;
    must(of->by[ADMIN], govsvc_matter_review(of->by[ADMIN], &step, NULL), "matter.review");
    must(of->by[ADMIN], govsvc_matter_publish(of->by[ADMIN], &step, NULL), "matter.publish");
    printf("  发布《%s》（%s）：法定 %" PRId64 " 个工作日，承诺 %" PRId64 " 个工作日\n", matter->name,
           matter->organ_name, matter->statutory_amount, matter->promised_amount);
    govsvc_free(matter);
}

/* What follows from the journal is done when the host says so, in slices: a host has a timer for it. */
static void tick(const story *of)
{
    govsvc_tick_request request = GOVSVC_TICK_REQUEST_INIT;
    for (int64_t more = GOVSVC_YES; more == GOVSVC_YES;) {
        const govsvc_tick_report *report = NULL;
        must(of->by[TIMER], govsvc_tick(of->by[TIMER], &request, &report), "tick");
        more = report->more;
        govsvc_free(report);
    }
}

/* As a vendor's own program would do it. */
static void submit(story *of)
{
    govsvc_supplied form = GOVSVC_SUPPLIED_INIT, licence = form, drawing = form, rules = form;
    const govsvc_supplied *const materials[] = {&form, &licence, &drawing, &rules};
    govsvc_application_draft draft = GOVSVC_APPLICATION_DRAFT_INIT;
    const govsvc_application *receipt = NULL;
    govsvc_session *who = of->by[APPLICANT];
    form.code = "M1", licence.code = "M2", drawing.code = "M3", rules.code = "M4";
    draft.request_key = "demo-submit-1"; /* sent again with the same key, it would change nothing */
    draft.matter = MATTER;
    draft.applicant_kind = GOVSVC_APPLICANT_NATURAL_PERSON;
    draft.channel = GOVSVC_CHANNEL_WEB;
    draft.applicant_name = "韦小满";
    draft.applicant_id = "450103199003071234";
    draft.phone = "13800000000";
    draft.materials = materials;
    draft.material_count = 4;
    must(who, govsvc_application_submit(who, &draft, &receipt), "application.submit");
    of->application = receipt->id;
    printf("  %s，编号 %s\n", receipt->matter_name, receipt->number);
    govsvc_free(receipt);
}

/* Personal data are masked for whoever states no purpose. */
static void read_as_clerk(const story *of)
{
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    const govsvc_application *seen = NULL;
    get.id = of->application;
    must(of->by[CLERK], govsvc_application_get(of->by[CLERK], &get, &seen), "application.get");
    printf("  窗口所见：申请人 %s，证件 %s，电话 %s\n", seen->applicant_name, seen->applicant_id,
           seen->phone);
    govsvc_free(seen);
}

static void explain(const govsvc_clock_reckoning *clock)
{
    static const char *const states[] = {"-", "计时中", "中止", "按期完成", "逾期完成", "期满"};
    printf("  %s：至 %s（%s%s；%s）\n", clock->title, clock->due_date, states[clock->state],
           clock->provisional == GOVSVC_YES ? "，暂定" : "", TEXT(clock->basis));
    for (uint64_t i = 0; i < clock->step_count; i++)
        printf("      %s\n", clock->steps[i]->text_zh);
}

/* Clocks of the case with how each was reckoned (kind), or all that the applicant was told (NULL). */
static void show_clocks(const story *of, const char *kind)
{
    govsvc_deadline_request request = GOVSVC_DEADLINE_REQUEST_INIT;
    const govsvc_deadline *deadline = NULL;
    govsvc_session *who = of->by[APPLICANT];
    char date[11];
    request.id = of->application;
    must(who, govsvc_application_deadline(who, &request, &deadline), "application.deadline");
    for (uint64_t i = 0; i < deadline->clock_count; i++) {
        const govsvc_clock_reckoning *clock = deadline->clocks[i];
        for (uint64_t j = 0; !kind && j < clock->told_count; j++)
            if (govsvc_date_of(clock->told[j]->told_at, date))
                printf("  %s 告知 %s至 %s（%s）\n", date, clock->title, clock->told[j]->due_date,
                       clock->told[j]->occasion);
        if (kind && strstr(kind, clock->kind))
            explain(clock);
    }
    govsvc_free(deadline);
}

typedef struct scene {
    const char *date;
    int hour, who;
    const char *does, *operation; /* NULL: submission */
    const char *in, *clocks; /* JSON members beside the case's id; clocks that are explained afterwards */
} scene;

static const scene scenes[] = {
    {"2026-02-10", 10, APPLICANT, "网上提交申请 (submits)", NULL, NULL, ""},
    {"2026-02-11", 9, CLERK, "收件 (receives)", "application.receive", "", "examination"},
    {"2026-02-24", 15, CLERK, "一次性告知补正 (the one correction)", "application.request_correction",
     ",\"items\":[{\"code\":\"M3\",\"requirement\":\"标注面积\"},{\"code\":\"M4\",\"requirement\":"
     "\"补健康检查\"}]",
     "examination"},
    {"2026-02-27", 11, APPLICANT, "交齐补正材料 (supplies all)", "application.supply",
     ",\"materials\":[{\"code\":\"M3\"},{\"code\":\"M4\"}]", "promised"},
    {"2026-03-02", 9, CLERK, "受理 (accepts)", "application.accept", "", ""},
    {"2026-03-03", 14, REVIEWER, "审查 (reviews)", "application.review", "", ""},
    {"2026-03-04", 10, REVIEWER, "启动专家评审，期限中止 (pause)", "application.begin_special_procedure",
     ",\"kind\":\"expert_review\",\"opinion\":\"工艺布局需专家评审，所需时间20个工作日\"", ""},
    {"2026-04-01", 16, REVIEWER, "评审结束，期限继续 (resumed)", "application.end_special_procedure",
     ",\"kind\":\"expert_review\",\"opinion\":\"评审通过\"", "promised decision"},
    {"2026-04-08", 10, HEAD, "准予许可 (grants)", "application.decide", ",\"outcome\":\"granted\"",
     "delivery"},
    {"2026-04-13", 9, ADMIN, "录入自治区放假通知，虚构 (a regional notice, invented)", "notice.put",
     "\"number\":\"演示通知\",\"year\":2026,\"division\":\"450000\",\"days\":[{\"date\":\"2026-04-20\","
     "\"effect\":\"off\"},{\"date\":\"2026-04-21\",\"effect\":\"off\"},"
     "{\"date\":\"2026-04-18\",\"effect\":\"work\"}]",
     ""},
    {"2026-04-13", 10, TIMER, "未到期的期限重新推算 (running clocks)", "tick", "", "delivery"},
    {"2026-04-14", 9, REVIEWER, "办结 (closes)", "application.close", "", ""},
    {"2026-04-22", 10, CLERK, "送达许可证 (delivers)", "application.deliver", "", ""},
};

static void play(story *of, const scene *at)
{
    char in[1000], id[40];
    const char *out = NULL;
    govsvc_session *who = of->by[at->who];
    bool of_case = strncmp(at->operation, "application.", 12) == 0;
    snprintf(id, sizeof id, "\"id\":\"%" PRId64 "\"", of->application);
    snprintf(in, sizeof in, "{%s%s}", of_case ? id : "", at->in);
    must(who, govsvc_call(who, at->operation, in, &out), at->operation);
    govsvc_free(out);
    if (at->who == CLERK)
        read_as_clerk(of);
    show_clocks(of, at->clocks);
}

static void sum_up(const story *of)
{
    govsvc_session *admin = of->by[ADMIN];
    govsvc_journal_request request = GOVSVC_JOURNAL_REQUEST_INIT;
    govsvc_store_request check = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_journal_page *page = NULL;
    const govsvc_store_report *report = NULL;
    request.subject = of->application;
    must(admin, govsvc_journal_history(admin, &request, &page), "journal.history");
    must(admin, govsvc_store_check(admin, &check, &report), "store.check");
    printf("\n小结 (summary)\n\n本件日志 %" PRIu64 " 条 (journal entries)\n", page->entry_count);
    for (uint64_t i = 0; i < page->entry_count; i++)
        printf("  %-11s  %s\n", page->entries[i]->actor, page->entries[i]->action);
    printf("\n告知申请人的期限 (what the applicant was told, and when)\n");
    show_clocks(of, NULL);
    printf("\n核对 %" PRId64 " 行、%" PRId64 " 条日志 (rows, entries)\n", report->rows, report->entries);
    must(admin, report->complaint_count ? GOVSVC_CORRUPT : GOVSVC_OK, "store.check");
    printf("存储完整 (the store is whole)\n");
    govsvc_free(page);
    govsvc_free(report);
}

int main(int argc, char **argv)
{
    const char *data = argc > 1 ? argv[1] : "examples/data", *out = argc > 2 ? argv[2] : "demo-out";
    story of = {.now = 0};
    set_time(&of, "2026-01-05", 9);
    printf("南宁市一件食品经营许可 (a food business licence in Nanning)\n\n准备 (preparation)\n");
    open_store(&of, out);
    import(&of, data, "guangxi-divisions.jsonl");
    import(&of, data, "matters.xml");
    publish(&of);
    tick(&of);
    for (const scene *at = scenes; at < scenes + sizeof scenes / sizeof *scenes; at++) {
        set_time(&of, at->date, at->hour);
        printf("\n%s %02d:00  %s：%s\n", at->date, at->hour, people[at->who].title, at->does);
        if (at->operation)
            play(&of, at);
        else
            submit(&of);
    }
    sum_up(&of);
    for (int i = 0; i < PEOPLE; i++)
        govsvc_session_close(of.by[i]);
    govsvc_close(of.gs);
    return 0;
}
