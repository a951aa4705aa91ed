/* tests/api/test_fault.c - every operation, with allocation N failing and with store call N failing, for N = 1,
 * 2, 3 ... until it passes. Each failure has its own clean answer and leaves no trace; in the end the operation
 * is done once, its key answers again, nothing has leaked and the store is whole. */
#include "story.h"
#include "test.h"

#include "crash_vfs.h"
#include "fault.h"

static story s;
static fault_plan plan;
static const char *vfs;

/* ---- how it fails ------------------------------------------------------------------------------------------ */

typedef struct fault {
    const char *name;
    bool allocation; /* else a store call */
    bool onwards;
    int class;
    bool commit_passes;
    govsvc_status status;
} fault;

static const fault faults[] = {
    {"an allocation", true, false, 0, false, GOVSVC_NO_MEMORY},
    {"allocations from then on", true, true, 0, false, GOVSVC_NO_MEMORY},
    {"ERROR", false, false, GOVSVC_STORE_ERROR, false, GOVSVC_UNAVAILABLE},
    {"ERROR from then on", false, true, GOVSVC_STORE_ERROR, false, GOVSVC_UNAVAILABLE},
    {"FULL, all gone", false, false, GOVSVC_STORE_FULL | GOVSVC_STORE_GONE, false, GOVSVC_FULL},
    {"LOST", false, false, GOVSVC_STORE_LOST, false, GOVSVC_UNAVAILABLE},
    {"LOST from then on", false, true, GOVSVC_STORE_LOST, false, GOVSVC_UNAVAILABLE},
    {"LOST behind a commit", false, false, GOVSVC_STORE_LOST, true, GOVSVC_UNAVAILABLE},
    {"BUSY", false, false, GOVSVC_STORE_BUSY, false, GOVSVC_BUSY},
    {"RETRY, all gone", false, false, GOVSVC_STORE_RETRY | GOVSVC_STORE_GONE, false, GOVSVC_BUSY},
    {"NO_MEMORY", false, false, GOVSVC_STORE_NO_MEMORY, false, GOVSVC_NO_MEMORY},
};
enum { FAULTS = sizeof faults / sizeof *faults, TRIES_MAX = 5000 };

static void plan_fault(const fault *f, int64_t n)
{
    fault_plan_clear(&plan);
    *(f->allocation ? &plan.allocation_at : &plan.call_at) = n;
    plan.allocation_onwards = f->allocation && f->onwards;
    plan.call_onwards = !f->allocation && f->onwards;
    plan.class = f->class;
    plan.commit_passes = f->commit_passes;
}

static bool is_its_answer(const fault *f, govsvc_status status)
{
    bool lost = (f->class & GOVSVC_STORE_CLASS) == GOVSVC_STORE_LOST;
    return status == f->status || (lost && status == GOVSVC_UNKNOWN);
}

/* ---- a store that can fail ----------------------------------------------------------------------------------- */

static govsvc_config config_of(const govsvc_allocator *allocator)
{
    govsvc_config config = story_config(&s, "sqlite:fault.db");
    config.driver = fault_driver(govsvc_driver_sqlite(), &plan);
    config.driver_context = vfs;
    config.allocator = allocator;
    config.busy_timeout_ms = 50;
    return config;
}

static void open_new(void)
{
    const govsvc_allocator allocator = fault_allocator(&plan);
    govsvc_config config = config_of(&allocator);
    crash_vfs_forget();
    fault_plan_clear(&plan);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    story_publish(&s);
}

/* ---- what is tried --------------------------------------------------------------------------------------------- */

typedef enum nature {
    KEYED,  /* leaves a trace once, and answers again by its key */
    ONCE,   /* the same, by a key that it keeps itself */
    READS,  /* leaves none */
    RESUMES /* may be done in part, and goes on from there */
} nature;

static int64_t subject; /* of what is tried */
static const char *key;

typedef struct attempt {
    const char *name;
    nature nature;
    void (*prepare)(const struct attempt *of);
    govsvc_status (*run)(const struct attempt *of, govsvc_session **session);
    const char *state, *action; /* of a step */
    story_role role;
} attempt;

static void prepare_nothing(const attempt *of)
{
    (void)of;
}

static void prepare_case(const attempt *of)
{
    subject = story_application(&s, of->state);
}

static void prepare_agent(const attempt *of)
{
    (void)of;
    story_grant(s.as[APPLICANT], "a-1001");
}

static govsvc_status run_step(const attempt *of, govsvc_session **session)
{
    *session = s.as[of->role];
    return story_act(*session, of->action, subject, key);
}

static govsvc_status run_submit(const attempt *of, govsvc_session **session)
{
    int64_t id;
    *session = s.as[of->role];
    return story_submit(*session, key, &id);
}

static govsvc_status run_put_matter(const attempt *of, govsvc_session **session)
{
    int64_t id;
    *session = s.as[of->role];
    return story_put_matter(*session, 2, key, &id);
}

/* A draft of another name, that is put over the one there is. */
static govsvc_status run_change_matter(const attempt *of, govsvc_session **session)
{
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.version = 2;
    drafts.matter.name = "改了名的事项";
    drafts.matter.request_key = key;
    *session = s.as[of->role];
    return govsvc_matter_put(*session, &drafts.matter, NULL);
}

static void prepare_draft(const attempt *of)
{
    (void)of;
    CHECK_INT(story_put_matter(s.as[ADMINISTRATOR], 2, NULL, &subject), GOVSVC_OK);
}

static void prepare_reviewed(const attempt *of)
{
    (void)of;
    CHECK_INT(story_put_reviewed(s.as[ADMINISTRATOR], 2, &subject), GOVSVC_OK);
}

/* With the story's matter in force. */
static void prepare_bundle(const attempt *of)
{
    const govsvc_member one = {sizeof one, 0, "one", STORY_MATTER, NULL, NULL, 0, 0},
                        two = {sizeof two, 0, "two", STORY_MATTER, NULL, NULL, 0, 0};
    const govsvc_member *const members[] = {&one, &two};
    const govsvc_matter *out = NULL;
    story_drafts drafts;
    (void)of;
    story_drafts_init(&drafts);
    drafts.matter.code = STORY_ORGAN "4000117059000";
    drafts.matter.type = GOVSVC_MATTER_BUNDLE;
    drafts.matter.material_count = 0;
    drafts.matter.members = members;
    drafts.matter.member_count = 2;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, &out), GOVSVC_OK);
    subject = out ? out->id : 0;
    govsvc_free(out);
    govsvc_step step = GOVSVC_STEP_INIT;
    step.id = subject;
    CHECK_INT(govsvc_matter_review(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
}

static govsvc_status run_publish(const attempt *of, govsvc_session **session)
{
    govsvc_step step = {sizeof step, subject, GOVSVC_ABSENT, key, NULL};
    *session = s.as[of->role];
    return govsvc_matter_publish(*session, &step, NULL);
}

/* ---- bundles and stages at work -------------------------------------------------------------------------------- */

static void publish_subject(void)
{
    govsvc_step step = {sizeof step, subject, GOVSVC_ABSENT, NULL, NULL};
    CHECK_INT(govsvc_matter_publish(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
}

static void prepare_bundle_in_force(const attempt *of)
{
    prepare_bundle(of);
    publish_subject();
}

static govsvc_status submit_bundle(govsvc_session *session, const char *request_key, int64_t *id)
{
    story_drafts drafts;
    const govsvc_application *out = NULL;
    story_drafts_init(&drafts);
    drafts.application.matter = STORY_ORGAN "4000117059000";
    drafts.application.form = NULL;
    drafts.application.request_key = request_key;
    govsvc_status status = govsvc_application_submit(session, &drafts.application, &out);
    *id = status ? 0 : out->id;
    govsvc_free(out);
    return status;
}

static govsvc_status run_submit_bundle(const attempt *of, govsvc_session **session)
{
    int64_t id;
    *session = s.as[of->role];
    return submit_bundle(*session, key, &id);
}

/* An accepted one, or as far as its state says. */
static void prepare_bundle_at_work(const attempt *of)
{
    prepare_bundle_in_force(of);
    CHECK_INT(submit_bundle(s.as[APPLICANT], NULL, &subject), GOVSVC_OK);
    CHECK_INT(story_act(s.as[WINDOW_CLERK], "receive", subject, NULL), GOVSVC_OK);
    if (strcmp(of->state, "accepted") == 0)
        CHECK_INT(story_act(s.as[WINDOW_CLERK], "accept", subject, NULL), GOVSVC_OK);
}

/* Two stages, one after the other. */
static void prepare_staged(const attempt *of)
{
    govsvc_stage first = GOVSVC_STAGE_INIT, second = GOVSVC_STAGE_INIT;
    const govsvc_stage *stages[] = {&first, &second};
    const govsvc_matter *out = NULL;
    story_drafts drafts;
    story_drafts_init(&drafts);
    first.code = first.name = "初审";
    second.code = second.name = "复审";
    first.kind = second.kind = GOVSVC_STAGE_REVIEW;
    drafts.matter.type = GOVSVC_MATTER_CONFIRMATION;
    drafts.matter.version = 2;
    drafts.matter.stages = stages;
    drafts.matter.stage_count = 2;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, &out), GOVSVC_OK);
    subject = out ? out->id : 0;
    govsvc_free(out);
    govsvc_step step = {sizeof step, subject, GOVSVC_ABSENT, NULL, NULL};
    CHECK_INT(govsvc_matter_review(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
    publish_subject();
    prepare_case(of);
}

static govsvc_status put_notice(govsvc_session *session, const char *date, const char *request_key)
{
    const govsvc_notice_day day = {sizeof day, GOVSVC_DAY_OFF, date, "停电检修"};
    const govsvc_notice_day *const days[] = {&day};
    govsvc_notice_draft draft = GOVSVC_NOTICE_DRAFT_INIT;
    draft.number = "南府办〔2026〕9号";
    draft.days = days;
    draft.day_count = 1;
    draft.request_key = request_key;
    return govsvc_notice_put(session, &draft, NULL);
}

static void prepare_notice(const attempt *of)
{
    CHECK_INT(put_notice(s.as[of->role], "2026-03-11", NULL), GOVSVC_OK);
}

static govsvc_status run_notice(const attempt *of, govsvc_session **session)
{
    *session = s.as[of->role];
    return put_notice(*session, "2026-03-12", key);
}

static govsvc_status run_division(const attempt *of, govsvc_session **session)
{
    const govsvc_division_draft draft = {sizeof draft, key, "450103", "青秀区", "450100"};
    *session = s.as[of->role];
    return govsvc_division_put(*session, &draft, NULL);
}

/* A bad appraisal of a step. */
static govsvc_status run_appraise(const attempt *of, govsvc_session **session)
{
    govsvc_appraisal_draft in = GOVSVC_APPRAISAL_DRAFT_INIT;
    in.application = subject;
    in.grade = GOVSVC_GRADE_DISSATISFIED;
    in.channel = GOVSVC_APPRAISED_WEB;
    in.step = "accept";
    in.text = "排队两小时";
    in.request_key = key;
    *session = s.as[of->role];
    return govsvc_application_appraise(*session, &in, NULL);
}

static void prepare_appraisal(const attempt *of)
{
    const attempt appraising = {.role = APPLICANT};
    const govsvc_appraisal_query in = GOVSVC_APPRAISAL_QUERY_INIT;
    const govsvc_appraisal_page *out = NULL;
    govsvc_session *session;
    (void)of;
    subject = story_application(&s, "accepted");
    CHECK_INT(run_appraise(&appraising, &session), GOVSVC_OK);
    CHECK_INT(govsvc_appraisal_find(session, &in, &out), GOVSVC_OK);
    subject = out && out->appraisal_count ? out->appraisals[0]->id : 0;
    govsvc_free(out);
}

static govsvc_status run_rectify(const attempt *of, govsvc_session **session)
{
    govsvc_step step = {sizeof step, subject, GOVSVC_ABSENT, key, "已增开窗口"};
    *session = s.as[of->role];
    return govsvc_appraisal_rectify(*session, &step, NULL);
}

static govsvc_status run_find_appraisals(const attempt *of, govsvc_session **session)
{
    const govsvc_appraisal_query in = GOVSVC_APPRAISAL_QUERY_INIT;
    *session = s.as[of->role];
    return govsvc_appraisal_find(*session, &in, NULL);
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

/* By JSON, so that its own allocations fail as well. */
static govsvc_status run_call(const attempt *of, govsvc_session **session)
{
    char in[160];
    const char *out = NULL;
    const char *member = strncmp(of->action, "journal.", 8) ? "id" : "subject";
    snprintf(in, sizeof in, "{\"%s\":\"%lld\"}", member, (long long)subject);
    *session = s.as[of->role];
    govsvc_status status = govsvc_call(*session, of->action, in, &out);
    CHECK((status == GOVSVC_OK) == (out != NULL));
    govsvc_free(out);
    return status;
}

static govsvc_status run_materials(const attempt *of, govsvc_session **session)
{
    const govsvc_held_request in = GOVSVC_HELD_REQUEST_INIT;
    *session = s.as[of->role];
    return govsvc_matter_materials(*session, &in, NULL);
}

static govsvc_status run_hard_case(const attempt *of, govsvc_session **session)
{
    govsvc_hard_case_draft in = GOVSVC_HARD_CASE_DRAFT_INIT;
    in.request_key = key;
    in.matter = STORY_MATTER;
    in.reporter_name = "王小明";
    in.phone = "13900001111";
    in.text = "没有办成";
    in.refused_what = "不收申请";
    in.refused_where = "五号窗口";
    *session = s.as[of->role];
    return govsvc_hard_case_open(*session, &in, NULL);
}

static govsvc_status run_find(const attempt *of, govsvc_session **session)
{
    const char *out = NULL;
    *session = s.as[of->role];
    govsvc_status status =
        govsvc_call(*session, "matter.find", "{\"text\":\"shipin 许可\",\"subject\":\"enterprise\"}", &out);
    CHECK((status == GOVSVC_OK) == (out != NULL));
    govsvc_free(out);
    return status;
}

/* The story's matter is claimed for a town. */
static govsvc_status run_claim(const attempt *of, govsvc_session **session)
{
    govsvc_claim in = GOVSVC_CLAIM_INIT;
    *session = s.as[of->role];
    in.request_key = key;
    in.source = STORY_MATTER;
    in.code = STORY_OTHER_ORGAN "5000117051000";
    in.organ = STORY_OTHER_ORGAN, in.organ_name = "某街道办事处", in.division = "450103001";
    in.promised_amount = 5, in.promised_unit = GOVSVC_UNIT_WORKING_DAYS;
    return govsvc_matter_claim(*session, &in, NULL);
}

static void prepare_claimed(const attempt *of)
{
    const attempt claiming = {.role = ADMINISTRATOR};
    govsvc_session *session;
    (void)of;
    CHECK_INT(run_claim(&claiming, &session), GOVSVC_OK);
    CHECK_INT(story_rows(&s, "matter"), 2);
}

static govsvc_status run_audit(const attempt *of, govsvc_session **session)
{
    const govsvc_audit_request in = GOVSVC_AUDIT_REQUEST_INIT;
    *session = s.as[of->role];
    return govsvc_matter_audit(*session, &in, NULL);
}

static govsvc_status run_check(const attempt *of, govsvc_session **session)
{
    const govsvc_store_request in = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_store_report *out = NULL;
    *session = s.as[of->role];
    govsvc_status status = govsvc_store_check(*session, &in, &out);
    CHECK(!out || out->complaint_count == 0);
    govsvc_free(out);
    return status;
}

static govsvc_status run_migrate(const attempt *of, govsvc_session **session)
{
    const govsvc_store_request in = GOVSVC_STORE_REQUEST_INIT;
    *session = s.as[of->role];
    return govsvc_store_migrate(*session, &in, NULL);
}

static govsvc_status run_backup(const attempt *of, govsvc_session **session)
{
    static int copies;
    char path[32];
    govsvc_store_request in = GOVSVC_STORE_REQUEST_INIT;
    snprintf(path, sizeof path, "copy-%d.db", copies++); /* a new file each time */
    in.path = path;
    *session = s.as[of->role];
    return govsvc_store_backup(*session, &in, NULL);
}

static bool count_bytes(void *context, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)context += size;
    return true;
}

static govsvc_status run_export(const attempt *of, govsvc_session **session)
{
    size_t size = 0;
    govsvc_export_request in = GOVSVC_EXPORT_REQUEST_INIT;
    in.write = count_bytes;
    in.write_context = &size;
    *session = s.as[of->role];
    govsvc_status status = govsvc_export(*session, &in);
    CHECK(status || size > 100);
    return status;
}

static govsvc_status run_session(const attempt *of, govsvc_session **session)
{
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *made = NULL;
    actor.id = "u-3003";
    actor.roles = &story_role_names[of->role];
    actor.role_count = 1;
    *session = NULL;
    govsvc_status status = govsvc_session_open(s.gs, &actor, &made, NULL);
    CHECK((status == GOVSVC_OK) == (made != NULL));
    govsvc_session_close(made);
    return status;
}

/* ---- what goes on by itself, and in bulk ------------------------------------------------------------------------- */

/* A case that nobody spoke to, one to be appraised, a running clock, and a notice that both have to follow. */
static void prepare_tick(const attempt *of)
{
    (void)of;
    story_application(&s, "accepted");
    story_application(&s, "closed");
    subject = story_application(&s, "received");
    s.now += 10 * (int64_t)STORY_DAY;
    CHECK_INT(put_notice(s.as[ADMINISTRATOR], "2026-03-18", NULL), GOVSVC_OK);
}

static govsvc_status run_tick(const attempt *of, govsvc_session **session)
{
    const govsvc_tick_request in = GOVSVC_TICK_REQUEST_INIT;
    *session = s.as[of->role];
    return govsvc_tick(*session, &in, NULL);
}

static int64_t read_text(void *context, void *bytes, size_t size)
{
    const char **rest = context;
    size_t left = strlen(*rest), give = left < size ? left : size;
    memcpy(bytes, *rest, give);
    *rest += give;
    return (int64_t)give;
}

#define MATTER_JSON                                                                                          \
    "\"type\":\"licence\",\"level\":\"county\",\"project_type\":\"promised\",\"statutory_amount\":20,"       \
    "\"statutory_basis\":\"行政许可法 第四十二条\",\"unverified\":[\"bases\"],"                    \
    "\"statutory_unit\":\"working_days\",\"code\":\"" STORY_MATTER "\",\"organ\":\"" STORY_ORGAN             \
    "\",\"organ_name\":\"某局\",\"division\":\"450103\",\"bases\":[{\"law\":\"《食品安全法》\"}]"
static const char lines[] =
    "{\"matter\":{\"version\":11,\"name\":\"甲\"," MATTER_JSON "}}\n"
    "{\"matter\":{\"version\":12," MATTER_JSON "}}\n" /* has no name */
    "{\"division\":{\"code\":\"450103\",\"name\":\"青秀区\",\"parent\":\"450100\"}}\n";
static const char xml[] =
    "<matters><matter><version>13</version><type>licence</type><level>county</level>"
    "<project_type>at_once</project_type><statutory_amount>20</statutory_amount>"
    "<statutory_basis>行政许可法 第四十二条</statutory_basis><unverified><item>bases</item></unverified>"
    "<statutory_unit>working_days</statutory_unit><name>乙</name><code>" STORY_MATTER "</code>"
    "<organ>" STORY_ORGAN "</organ><organ_name>某局</organ_name><division>450103</division>"
    "<bases><legal_basis><law>《食品安全法》</law></legal_basis></bases></matter></matters>";

static govsvc_status run_import(const attempt *of, govsvc_session **session)
{
    const char *rest = strcmp(of->action, "xml") == 0 ? xml : lines;
    govsvc_import_request in = GOVSVC_IMPORT_REQUEST_INIT;
    const govsvc_import_report *out = NULL;
    in.read = read_text;
    in.read_context = &rest;
    *session = s.as[of->role];
    govsvc_status status = govsvc_import(*session, &in, &out);
    CHECK(!out || (out->rejected == (rest > lines && rest <= lines + sizeof lines ? 1 : 0) &&
                   out->added + out->unchanged >= 1));
    govsvc_free(out);
    return status;
}

/* Two operations under one commit: both or none. */
static govsvc_status run_batch(const attempt *of, govsvc_session **session)
{
    int64_t id;
    *session = s.as[of->role];
    govsvc_status status = govsvc_batch_begin(*session);
    if (status)
        return status;
    status = story_submit(*session, "k0", &id);
    if (!status)
        status = story_submit(*session, key, &id);
    if (!status)
        return govsvc_batch_commit(*session);
    govsvc_batch_rollback(*session);
    return status;
}

/* ---- until it passes ---------------------------------------------------------------------------------------------- */

static const attempt attempts[] = {
    {"submit", KEYED, prepare_nothing, run_submit, NULL, NULL, APPLICANT},
    {"receive", KEYED, prepare_case, run_step, "submitted", "receive", ACCEPTOR},
    {"request_correction", KEYED, prepare_case, run_step, "received", "request_correction", ACCEPTOR},
    {"supply", KEYED, prepare_case, run_step, "correcting", "supply", APPLICANT},
    {"accept", KEYED, prepare_case, run_step, "received", "accept", WINDOW_CLERK},
    {"accept a supply", KEYED, prepare_case, run_step, "supplied", "accept", ACCEPTOR},
    {"deem_accepted", KEYED, prepare_case, run_step, "received", "deem_accepted", SYSTEM},
    {"review", KEYED, prepare_case, run_step, "accepted", "review", REVIEWER},
    {"begin_special_procedure", KEYED, prepare_case, run_step, "in_review", "begin_special_procedure",
     REVIEWER},
    {"end_special_procedure", KEYED, prepare_case, run_step, "special_procedure", "end_special_procedure",
     ORGAN_HEAD},
    {"decide", KEYED, prepare_case, run_step, "in_review", "decide", ORGAN_HEAD},
    {"close", KEYED, prepare_case, run_step, "decided", "close", REVIEWER},
    {"deliver", KEYED, prepare_case, run_step, "closed", "deliver", WINDOW_CLERK},
    {"refuse", KEYED, prepare_case, run_step, "received", "refuse", ACCEPTOR},
    {"inspect", KEYED, prepare_case, run_step, "accepted", "inspect", REVIEWER},
    {"extend", KEYED, prepare_case, run_step, "accepted", "extend", ORGAN_HEAD},
    {"offer_hearing", KEYED, prepare_case, run_step, "in_review", "offer_hearing", REVIEWER},
    {"withdraw", KEYED, prepare_case, run_step, "in_review", "withdraw", APPLICANT},
    {"terminate", KEYED, prepare_case, run_step, "special_procedure", "terminate", ORGAN_HEAD},
    {"annul", KEYED, prepare_case, run_step, "delivered", "annul", ORGAN_HEAD},
    {"correct", KEYED, prepare_case, run_step, "accepted", "correct", REVIEWER},
    {"accept with stages", KEYED, prepare_staged, run_step, "received", "accept", ACCEPTOR},
    {"review of a stage", KEYED, prepare_staged, run_step, "accepted", "review", REVIEWER},
    {"submit by an agent", KEYED, prepare_agent, run_submit, NULL, NULL, AGENT},
    {"submit of a bundle", KEYED, prepare_bundle_in_force, run_submit_bundle, NULL, NULL, APPLICANT},
    {"accept of a bundle", KEYED, prepare_bundle_at_work, run_step, "received", "accept", WINDOW_CLERK},
    {"withdraw of a bundle", KEYED, prepare_bundle_at_work, run_step, "accepted", "withdraw", APPLICANT},
    {"matter.put", KEYED, prepare_nothing, run_put_matter, NULL, NULL, ADMINISTRATOR},
    {"matter.put again", KEYED, prepare_draft, run_change_matter, NULL, NULL, ADMINISTRATOR},
    {"matter.publish", KEYED, prepare_reviewed, run_publish, NULL, NULL, ORGAN_HEAD},
    {"notice.put", KEYED, prepare_nothing, run_notice, NULL, NULL, ADMINISTRATOR},
    {"notice.put again", KEYED, prepare_notice, run_notice, NULL, NULL, ADMINISTRATOR},
    {"division.put", KEYED, prepare_nothing, run_division, NULL, NULL, ADMINISTRATOR},
    {"application.get", READS, prepare_case, run_call, "in_review", "application.get", AUDITOR},
    {"application.deadline", READS, prepare_case, run_call, "special_procedure", "application.deadline",
     APPLICANT},
    {"application.deadline of a bundle", READS, prepare_bundle_at_work, run_call, "accepted",
     "application.deadline", APPLICANT},
    {"application.children", READS, prepare_bundle_at_work, run_call, "accepted", "application.children",
     APPLICANT},
    {"application.next", READS, prepare_staged, run_call, "accepted", "application.next", REVIEWER},
    {"application.reviews", READS, prepare_staged, run_call, "accepted", "application.reviews", AUDITOR},
    {"matter.claim", KEYED, prepare_nothing, run_claim, NULL, NULL, ADMINISTRATOR},
    {"matter.impact", READS, prepare_draft, run_call, NULL, "matter.impact", AUDITOR},
    {"matter.audit", READS, prepare_claimed, run_audit, NULL, NULL, AUDITOR},
    {"matter.materials", READS, prepare_nothing, run_materials, NULL, NULL, AUDITOR},
    {"hard_case.open", KEYED, prepare_nothing, run_hard_case, NULL, NULL, APPLICANT},
    {"matter.find", READS, prepare_nothing, run_find, NULL, NULL, APPLICANT},
    {"matter.guide", READS, prepare_reviewed, run_call, NULL, "matter.guide", APPLICANT},
    {"matter.form", READS, prepare_reviewed, run_call, NULL, "matter.form", APPLICANT},
    {"matter.compose", READS, prepare_bundle, run_call, NULL, "matter.compose", APPLICANT},
    {"matter.guide of a bundle", READS, prepare_bundle, run_call, NULL, "matter.guide", APPLICANT},
    {"matter.publish of a bundle", KEYED, prepare_bundle, run_publish, NULL, NULL, ORGAN_HEAD},
    {"application.appraise", ONCE, prepare_case, run_appraise, "accepted", NULL, APPLICANT},
    {"appraisal.rectify", KEYED, prepare_appraisal, run_rectify, NULL, NULL, HANDLER},
    {"appraisal.get", READS, prepare_appraisal, run_call, NULL, "appraisal.get", APPLICANT},
    {"appraisal.deadline", READS, prepare_appraisal, run_call, NULL, "appraisal.deadline", APPLICANT},
    {"appraisal.find", READS, prepare_appraisal, run_find_appraisals, NULL, NULL, APPLICANT},
    {"journal.history", READS, prepare_case, run_call, "in_review", "journal.history", AUDITOR},
    {"journal.feed", READS, prepare_case, run_call, "accepted", "journal.feed", ADMINISTRATOR},
    {"store.check", READS, prepare_case, run_check, "in_review", NULL, ADMINISTRATOR},
    {"store.migrate", READS, prepare_nothing, run_migrate, NULL, NULL, ADMINISTRATOR},
    {"store.backup", READS, prepare_case, run_backup, "submitted", NULL, ADMINISTRATOR},
    {"export", READS, prepare_nothing, run_export, NULL, NULL, ADMINISTRATOR},
    {"a session", READS, prepare_nothing, run_session, NULL, NULL, APPLICANT},
    {"tick", RESUMES, prepare_tick, run_tick, NULL, NULL, SYSTEM},
    {"import of JSON Lines", RESUMES, prepare_nothing, run_import, NULL, "lines", ADMINISTRATOR},
    {"import of XML", RESUMES, prepare_nothing, run_import, NULL, "xml", ADMINISTRATOR},
    {"a batch", KEYED, prepare_nothing, run_batch, NULL, NULL, APPLICANT},
};

static void tell(const attempt *of, const fault *f, int64_t n, govsvc_status status, const char *what)
{
    fprintf(stderr, "%s, %s at %lld, %s: %s\n", of->name, f->name, (long long)n, govsvc_status_name(status),
            what);
}

/* One failure: is what it answers, and what it leaves, as it should be? */
static bool failed_well(const attempt *of, const fault *f, int64_t n, govsvc_status status,
                        const govsvc_session *session, const story_trace *before)
{
    story_trace after;
    const char *wrong = NULL;
    story_look(&s, &after);
    if (!is_its_answer(f, status))
        wrong = "not its answer";
    else if (session && status != GOVSVC_NO_MEMORY && !govsvc_problem_count(session))
        wrong = "nothing was said";
    else if (of->nature != RESUMES && status != GOVSVC_UNKNOWN && !story_same(&after, before))
        wrong = "it left a trace";
    else if (n % 16 == 0 && story_complaints(&s) != 0)
        wrong = "the store is not whole";
    if (wrong)
        tell(of, f, n, status, wrong);
    CHECK(!wrong);
    return !wrong;
}

/* It is done, and once: again it leaves no trace. */
static void passed_well(const attempt *of, const fault *f, int64_t n, bool unknown)
{
    static const char keys[] = "SELECT count(*) FROM {request} WHERE request_key = $1";
    govsvc_session *session;
    story_trace done, again;
    story_look(&s, &done);
    govsvc_status status = of->run(of, &session);
    story_look(&s, &again);
    if (status || !story_same(&done, &again)) {
        tell(of, f, n, status, "not done once");
        CHECK(!"done once");
    }
    if (of->nature == KEYED)
        CHECK_INT(story_count(&s, keys, key), 1);
    CHECK(f->onwards || n > 1 || unknown);
    CHECK_INT(story_complaints(&s), 0);
}

static void until_it_passes(const attempt *of, const fault *f)
{
    govsvc_session *session = NULL;
    govsvc_status status = GOVSVC_INTERNAL;
    story_trace before;
    bool unknown = false, well = true;
    int64_t n = 0;
    open_new();
    key = "k";
    of->prepare(of);
    story_look(&s, &before);
    while (status && well && n < TRIES_MAX) {
        s.now += of->nature == RESUMES ? 2 * STORY_SECOND
                                       : 31 * 60 * STORY_SECOND; /* leases and calendars grow old */
        plan_fault(f, ++n);
        status = of->run(of, &session);
        fault_plan_clear(&plan);
        unknown = unknown || status == GOVSVC_UNKNOWN;
        well = !status || failed_well(of, f, n, status, session, &before);
        if (unknown)
            story_look(&s, &before);
    }
    CHECK_INT(status, GOVSVC_OK);
    if (!status)
        passed_well(of, f, n, unknown);
    story_close(&s);
    CHECK_INT(plan.live, 0);
}

static void try_all(nature which)
{
    for (size_t i = 0; i < TEST_COUNT(attempts); i++)
        for (size_t j = 0; attempts[i].nature == which && j < FAULTS; j++)
            if (attempts[i].run != run_session || faults[j].allocation) /* it asks the store nothing */
                until_it_passes(&attempts[i], &faults[j]);
}

static void operations_that_write(void)
{
    try_all(KEYED);
}

static void operations_that_read(void)
{
    try_all(READS);
}

static void operations_that_go_on(void)
{
    try_all(RESUMES);
}

/* ---- opening --------------------------------------------------------------------------------------------------------- */

/* However its opening broke off: the next time it opens, and can be worked with. */
static bool opens_after_all(const fault *f, int64_t n)
{
    govsvc_config config = config_of(NULL);
    govsvc_status status = story_begin(&s, &config);
    if (status) {
        fprintf(stderr, "open after %s at %lld: %s\n", f->name, (long long)n, govsvc_status_name(status));
        return false;
    }
    if (story_rows(&s, "matter") == 0)
        story_publish(&s);
    story_application(&s, "received");
    bool whole = story_complaints(&s) == 0;
    story_close(&s);
    return whole;
}

/* A store that is new each time, or that is there already. */
static void open_until_it_passes(const fault *f, bool there)
{
    const govsvc_allocator allocator = fault_allocator(&plan);
    govsvc_status status = GOVSVC_INTERNAL;
    bool well = true;
    for (int64_t n = 1; status && well && n < TRIES_MAX; n++) {
        govsvc *gs = NULL;
        govsvc_config config = config_of(&allocator);
        if (!there)
            crash_vfs_forget();
        plan_fault(f, n);
        status = govsvc_open(&config, &gs);
        fault_plan_clear(&plan);
        well = !status || is_its_answer(f, status);
        if (!well)
            fprintf(stderr, "open, %s at %lld: %s\n", f->name, (long long)n, govsvc_status_name(status));
        CHECK(!status || status == GOVSVC_NO_MEMORY || govsvc_open_problem(gs));
        govsvc_close(gs);
        CHECK_INT(plan.live, 0);
        CHECK(well && opens_after_all(f, n));
    }
    CHECK_INT(status, GOVSVC_OK);
}

static void opening(void)
{
    for (size_t i = 0; i < FAULTS; i++) {
        open_until_it_passes(&faults[i], false);
        open_new();
        int64_t id = story_application(&s, "accepted");
        story_close(&s);
        open_until_it_passes(&faults[i], true);
        govsvc_config config = config_of(NULL);
        CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
        CHECK_INT(story_act(s.as[REVIEWER], "review", id, NULL), GOVSVC_OK);
        CHECK_INT(story_complaints(&s), 0);
        story_close(&s);
    }
}

int main(void)
{
    static const test_case cases[] = {
        TEST(opening),
        TEST(operations_that_write),
        TEST(operations_that_read),
        TEST(operations_that_go_on),
    };
    vfs = crash_vfs_install();
    int failed = test_main(cases, TEST_COUNT(cases));
    crash_vfs_forget();
    return failed;
}
