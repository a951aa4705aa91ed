/* examples/demo.c - three applications in Nanning, told by the library over half a year: a plain one, one with
 * everything that stops and moves a deadline, and a bundle of several departments (see demo_stories.h). Public
 * headers alone: structs to submit and to read, JSON for the steps.
 *
 *     demo [DATA-DIR [OUT-DIR]]      examples/data, demo-out
 */
#include "demo_stories.h"

#include <govsvc.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TEXT(value) ((value) ? (value) : "-")

typedef struct demo {
    int64_t now; /* the time it is in the story */
    govsvc *gs;
    int64_t application;             /* the one that is followed: an application or a bundle's */
    const govsvc_children *children; /* of a bundle: one for each member, as they were submitted */
} demo;

static int64_t demo_clock(void *context)
{
    return ((const demo *)context)->now;
}

/* ---- what every host needs --------------------------------------------------------------------------------- */

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

static void set_time(demo *of, const char *date, int hour)
{
    must(NULL, govsvc_date_start(date, &of->now) ? GOVSVC_OK : GOVSVC_INVALID, date);
    of->now += (int64_t)hour * 3600000;
}

static void open_store(demo *of, const char *out)
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
    config.clock = demo_clock;
    config.clock_context = of;
    must(NULL, govsvc_open(&config, &of->gs), store);
}

/* A session is somebody at work: who they are the host has made sure of, what they may do the library knows. */
static govsvc_session *session_of(const demo *of, int who, const char *organ)
{
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = people[who].id;
    actor.organ = who == REVIEWER || who == HEAD ? organ : NULL;
    actor.division = people[who].division;
    actor.principal = people[who].principal;
    actor.roles = &people[who].role;
    actor.role_count = 1;
    actor.posts = &people[who].post;
    actor.post_count = people[who].post != NULL;
    must(NULL, govsvc_session_open(of->gs, &actor, &session, NULL), actor.id);
    return session;
}

/* What follows from the journal is done when the host says so, in slices: a host has a timer for it. */
static void tick(govsvc_session *timer)
{
    govsvc_tick_request request = GOVSVC_TICK_REQUEST_INIT;
    for (int64_t more = GOVSVC_YES; more == GOVSVC_YES;) {
        const govsvc_tick_report *report = NULL;
        must(timer, govsvc_tick(timer, &request, &report), "tick");
        more = report->more;
        govsvc_free(report);
    }
}

/* ---- preparation ------------------------------------------------------------------------------------------- */

static int64_t read_file(void *context, void *bytes, size_t size)
{
    size_t got = fread(bytes, 1, size, context);
    return ferror((FILE *)context) ? -1 : (int64_t)got;
}

static void import(govsvc_session *admin, const char *data, const char *name)
{
    char path[600];
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    const govsvc_import_report *report = NULL;
    snprintf(path, sizeof path, "%s/%s", data, name);
    FILE *file = fopen(path, "rb");
    must(NULL, file ? GOVSVC_OK : GOVSVC_NOT_FOUND, path);
    request.read = read_file;
    request.read_context = file;
    must(admin, govsvc_import(admin, &request, &report), path);
    printf("  %s：录入 %" PRId64 "，拒绝 %" PRId64 "\n", name, report->added, report->rejected);
    must(NULL, report->rejected ? GOVSVC_INVALID : GOVSVC_OK, name);
    govsvc_free(report);
    fclose(file);
}

static void publish_one(govsvc_session *admin, const govsvc_matter *matter)
{
    govsvc_step step = GOVSVC_STEP_INIT;
    step.id = matter->id;
    must(admin, govsvc_matter_review(admin, &step, NULL), "matter.review");
    must(admin, govsvc_matter_publish(admin, &step, NULL), "matter.publish");
    printf("  发布《%s》（%s）\n", matter->name, matter->organ_name);
}

/* A bundle is published when its members are; what is published already stays as it is. */
static void publish(govsvc_session *admin, const char *code)
{
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    const govsvc_matter *matter = NULL;
    get.number = code;
    must(admin, govsvc_matter_get(admin, &get, &matter), code);
    for (uint64_t i = 0; i < matter->member_count; i++)
        publish(admin, matter->members[i]->matter);
    if (matter->state == GOVSVC_MATTER_DRAFTED)
        publish_one(admin, matter);
    govsvc_free(matter);
}

static void prepare(demo *of, const char *data)
{
    govsvc_session *admin = session_of(of, ADMIN, NULL);
    printf("\n准备 (preparation)\n");
    import(admin, data, "guangxi-divisions.jsonl");
    import(admin, data, "matters.xml");
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
        publish(admin, stories[i].matter);
    govsvc_session_close(admin);
    govsvc_session *timer = session_of(of, TIMER, NULL);
    tick(timer);
    govsvc_session_close(timer);
}

/* ---- steps ------------------------------------------------------------------------------------------------- */

static uint64_t count(const char *const *list)
{
    uint64_t of = 0;
    while (list && list[of])
        of++;
    return of;
}

static govsvc_application_draft draft_of(const story *told)
{
    govsvc_application_draft draft = GOVSVC_APPLICATION_DRAFT_INIT;
    draft.request_key = told->key; /* sent again with the same key, it would change nothing */
    draft.matter = told->matter;
    draft.form = told->form;
    draft.applicant_kind = GOVSVC_APPLICANT_NATURAL_PERSON;
    draft.applicant_name = "韦小满";
    draft.applicant_id = "450103199003071234";
    draft.phone = "13800000000";
    draft.answers = told->answers;
    draft.answer_count = count(told->answers);
    draft.without = told->without;
    draft.without_count = count(told->without);
    return draft;
}

static void remember(demo *of, govsvc_session *who, const govsvc_application *receipt)
{
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    get.id = of->application = receipt->id;
    must(who, govsvc_application_children(who, &get, &of->children), "application.children");
}

enum { MATERIALS_MOST = 20 };

/* As a vendor's own program would do it. */
static void submit(demo *of, govsvc_session *who, int64_t channel, const story *told)
{
    govsvc_supplied materials[MATERIALS_MOST];
    const govsvc_supplied *list[MATERIALS_MOST];
    govsvc_application_draft draft = draft_of(told);
    const govsvc_application *receipt = NULL;
    draft.channel = channel;
    draft.materials = list;
    draft.material_count = count(told->materials);
    for (uint64_t i = 0; i < draft.material_count; i++) {
        materials[i] = (govsvc_supplied)GOVSVC_SUPPLIED_INIT;
        materials[i].code = told->materials[i];
        list[i] = &materials[i];
    }
    must(who, govsvc_application_submit(who, &draft, &receipt), SUBMIT);
    printf("  %s，编号 %s\n", receipt->matter_name, receipt->number);
    remember(of, who, receipt);
    govsvc_free(receipt);
}

/* Every operation can be called by its name with JSON. */
static void call(govsvc_session *who, const scene *at, int64_t id)
{
    char in[1000], subject[60] = "";
    const char *out = NULL;
    bool appraised = strcmp(at->operation, "application.appraise") == 0;
    if (strncmp(at->operation, "application.", 12) == 0)
        snprintf(subject, sizeof subject, "\"%s\":\"%" PRId64 "\"", appraised ? "application" : "id", id);
    snprintf(in, sizeof in, "{%s%s}", subject, at->in ? at->in : "");
    must(who, govsvc_call(who, at->operation, in, &out), at->operation);
    govsvc_free(out);
}

/* ---- reading ----------------------------------------------------------------------------------------------- */

/* Personal data are masked for whoever states no purpose. */
static void show_masked(govsvc_session *who, int64_t id)
{
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    const govsvc_application *seen = NULL;
    get.id = id;
    must(who, govsvc_application_get(who, &get, &seen), "application.get");
    printf("  窗口所见：申请人 %s，证件 %s，电话 %s\n", seen->applicant_name, seen->applicant_id,
           seen->phone);
    govsvc_free(seen);
}

static void show_queue(govsvc_session *who)
{
    govsvc_queue_request request = GOVSVC_QUEUE_REQUEST_INIT;
    const govsvc_queue *queue = NULL;
    char date[11];
    must(who, govsvc_application_queue(who, &request, &queue), "application.queue");
    for (uint64_t i = 0; i < queue->item_count; i++) {
        const govsvc_queue_item *item = queue->items[i];
        bool due = item->due_at != GOVSVC_ABSENT && govsvc_date_of(item->due_at - 1, date);
        printf("  待办：%s，%s，等待 %s，至 %s\n", item->number, item->matter_name, item->action,
               due ? date : "-");
    }
    govsvc_free(queue);
}

static void show_next(govsvc_session *who, int64_t id)
{
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    const govsvc_next *next = NULL;
    get.id = id;
    must(who, govsvc_application_next(who, &get, &next), "application.next");
    printf("  可以：");
    for (uint64_t i = 0; i < next->action_count; i++)
        printf("%s%s%s", i ? "、" : "", next->actions[i]->title,
               next->actions[i]->awaited == GOVSVC_YES ? "（正等着这一步）" : "");
    printf("\n");
    govsvc_free(next);
}

static void explain(const govsvc_clock_reckoning *clock)
{
    static const char *const states[] = {"-", "计时中", "中止", "按期完成", "逾期完成", "期满"};
    printf("  %s：至 %s（%s%s；%s）\n", clock->title, clock->due_date, states[clock->state],
           clock->provisional == GOVSVC_YES ? "，暂定" : "", TEXT(clock->basis));
    for (uint64_t i = 0; i < clock->step_count; i++)
        printf("      %s\n", clock->steps[i]->text_zh);
}

static bool is_named(const char *kinds, const char *kind)
{
    return strstr(kinds, kind) || (strstr(kinds, "special") && strncmp(kind, "special_", 8) == 0);
}

/* The clocks of these kinds, with how each was reckoned. */
static void show_clocks(govsvc_session *who, int64_t id, const char *kinds)
{
    govsvc_deadline_request request = GOVSVC_DEADLINE_REQUEST_INIT;
    const govsvc_deadline *deadline = NULL;
    request.id = id;
    must(who, govsvc_application_deadline(who, &request, &deadline), "application.deadline");
    for (uint64_t i = 0; i < deadline->clock_count; i++)
        if (is_named(kinds, deadline->clocks[i]->kind))
            explain(deadline->clocks[i]);
    govsvc_free(deadline);
}

static void show_critical(govsvc_session *who, int64_t id)
{
    govsvc_deadline_request request = GOVSVC_DEADLINE_REQUEST_INIT;
    const govsvc_deadline *deadline = NULL;
    request.id = id;
    must(who, govsvc_application_deadline(who, &request, &deadline), "application.deadline");
    printf("  %s\n", TEXT(deadline->critical_zh));
    govsvc_free(deadline);
}

static const char *state_text(const govsvc_application *of)
{
    static const char *const states[] = {"-",        "已提交", "已收件", "待补正", "已受理", "审查中",
                                         "特别程序", "已决定", "已办结", "已送达", "已补正", "待前置事项",
                                         "不予受理", "已撤回", "已终止", "已撤销"};
    return of->outcome == GOVSVC_OUTCOME_REFUSED ? "不予许可" : states[of->state];
}

static void show_children(govsvc_session *who, const govsvc_children *children)
{
    for (uint64_t i = 0; i < children->child_count; i++) {
        govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
        const govsvc_application *child = NULL;
        get.id = children->children[i]->id;
        must(who, govsvc_application_get(who, &get, &child), "application.get");
        printf("  %s：%s%s\n", child->matter_name, state_text(child),
               child->detached == GOVSVC_YES ? "，单独办理" : "");
        govsvc_free(child);
    }
}

/* ---- telling ----------------------------------------------------------------------------------------------- */

/* A member's case belongs to its own organ; any other to the one whose code its matter's begins with. */
static int64_t case_of(const demo *of, const scene *at, const story *told, char organ[19])
{
    snprintf(organ, 19, "%.18s", told->matter);
    for (uint64_t i = 0; at->member && i < of->children->child_count; i++) {
        const govsvc_application *child = of->children->children[i];
        if (strcmp(child->member, at->member) != 0)
            continue;
        snprintf(organ, 19, "%s", child->organ);
        return child->id;
    }
    return of->application;
}

static void show(const demo *of, const scene *at, govsvc_session *who, int64_t id)
{
    govsvc_session *applicant = session_of(of, APPLICANT, NULL);
    switch (at->shows) {
    case CLOCKS:
        show_clocks(applicant, id, at->clocks);
        break;
    case MASKED:
        show_masked(who, id);
        break;
    case QUEUE:
        show_queue(who);
        break;
    case NEXT:
        show_next(who, id);
        break;
    case CHILDREN:
        show_children(applicant, of->children);
        break;
    case CRITICAL:
        show_critical(applicant, of->application);
        break;
    default:
        break;
    }
    govsvc_session_close(applicant);
}

static void play(demo *of, const story *told, const scene *at)
{
    set_time(of, at->date, at->hour);
    char organ[19];
    int64_t id = case_of(of, at, told, organ);
    govsvc_session *who = session_of(of, at->who, organ);
    printf("\n%s %02d:00  %s：%s\n", at->date, at->hour, people[at->who].title, at->does);
    if (at->operation && strcmp(at->operation, SUBMIT) == 0)
        submit(of, who, at->who == AGENT ? GOVSVC_CHANNEL_ASSISTED : GOVSVC_CHANNEL_WEB, told);
    else if (at->operation && strcmp(at->operation, "tick") == 0)
        tick(who);
    else if (at->operation)
        call(who, at, id);
    show(of, at, who, at->member ? id : of->application);
    govsvc_session_close(who);
}

/* Who did what, and for whom. */
static void show_history(govsvc_session *admin, int64_t id)
{
    govsvc_journal_request request = GOVSVC_JOURNAL_REQUEST_INIT;
    const govsvc_journal_page *page = NULL;
    request.subject = id;
    must(admin, govsvc_journal_history(admin, &request, &page), "journal.history");
    printf("\n本件日志 %" PRIu64 " 条 (journal entries)\n", page->entry_count);
    for (uint64_t i = 0; i < page->entry_count; i++)
        printf("  %-11s  %s%s%s\n", page->entries[i]->actor, page->entries[i]->action,
               page->entries[i]->principal ? "，代 " : "",
               page->entries[i]->principal ? page->entries[i]->principal : "");
    govsvc_free(page);
}

/* What was told stays, whatever becomes of the deadline afterwards. */
static void show_told(govsvc_session *admin, int64_t id)
{
    govsvc_deadline_request request = GOVSVC_DEADLINE_REQUEST_INIT;
    const govsvc_deadline *deadline = NULL;
    char date[11];
    request.id = id;
    must(admin, govsvc_application_deadline(admin, &request, &deadline), "application.deadline");
    printf("\n告知申请人的期限 (what the applicant was told, and when)\n");
    for (uint64_t i = 0; i < deadline->clock_count; i++)
        for (uint64_t j = 0; j < deadline->clocks[i]->told_count; j++) {
            const govsvc_told *told = deadline->clocks[i]->told[j];
            if (govsvc_date_of(told->told_at, date))
                printf("  %s 告知 %s至 %s（%s）\n", date, deadline->clocks[i]->title, told->due_date,
                       told->occasion);
        }
    govsvc_free(deadline);
}

static void tell(demo *of, const story *told)
{
    printf("\n\n%s\n\n%s\n", told->title, told->about);
    for (const scene *at = told->scenes; at->date; at++)
        play(of, told, at);
    govsvc_session *admin = session_of(of, ADMIN, NULL);
    show_history(admin, of->application);
    show_told(admin, of->application);
    govsvc_session_close(admin);
    govsvc_free(of->children);
    of->children = NULL;
}

static void check(const demo *of)
{
    govsvc_session *admin = session_of(of, ADMIN, NULL);
    govsvc_store_request request = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_store_report *report = NULL;
    must(admin, govsvc_store_check(admin, &request, &report), "store.check");
    printf("\n\n核对 %" PRId64 " 行、%" PRId64 " 条日志 (rows, entries)\n", report->rows, report->entries);
    must(admin, report->complaint_count ? GOVSVC_CORRUPT : GOVSVC_OK, "store.check");
    printf("存储完整 (the store is whole)\n");
    govsvc_free(report);
    govsvc_session_close(admin);
}

int main(int argc, char **argv)
{
    const char *data = argc > 1 ? argv[1] : "examples/data", *out = argc > 2 ? argv[2] : "demo-out";
    demo of = {.now = 0};
    set_time(&of, "2025-12-22", 9);
    printf("南宁市的三件申请 (three applications in Nanning)\n");
    open_store(&of, out);
    prepare(&of, data);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
        tell(&of, &stories[i]);
    check(&of);
    govsvc_close(of.gs);
    return 0;
}
