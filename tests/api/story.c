#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const story_role_names[STORY_ROLES] = {
    "applicant",       "agent",        "window_clerk",      "acceptor", "reviewer",    "organ_head",
    "government_head", "hotline_seat", "centre_supervisor", "handler",  "grid_worker", "auditor",
    "administrator",   "system"};

static void must(bool works, const char *what)
{
    if (works)
        return;
    fprintf(stderr, "the story cannot begin: %s\n", what);
    exit(1);
}

static void must_be_ok(govsvc_status status, const govsvc_session *session, const char *what)
{
    const govsvc_problem *problem = govsvc_problem_at(session, 0);
    if (status)
        fprintf(stderr, "%s: %s %s %s\n", what, govsvc_status_name(status), problem ? problem->text_en : "",
                problem && problem->got ? problem->got : "");
    must(!status, what);
}

/* ---- opening ----------------------------------------------------------------------------------------- */

static void empty_server(const char *uri)
{
    const govsvc_driver *driver = govsvc_driver_postgres();
    govsvc_store_options options = {.struct_size = sizeof options, .busy_timeout_ms = 1000};
    govsvc_store_connection *connection = NULL;
    must(driver && driver->open(uri, &options, &connection) == GOVSVC_STORE_OK, uri);
    must(driver->run(connection, "DROP SCHEMA IF EXISTS govsvc CASCADE") == GOVSVC_STORE_OK, "DROP SCHEMA");
    driver->close(connection);
}

const char *story_store(void)
{
    const char *server = getenv("GOVSVC_TEST_POSTGRES");
    if (server)
        empty_server(server);
    return server ? server : "sqlite::memory:";
}

static const char *scratch(void)
{
    static char directory[] = "/tmp/govsvc-test-XXXXXX";
    static bool made;
    must(made || mkdtemp(directory), directory);
    made = true;
    return directory;
}

const char *story_file(const char *name)
{
    static char store[128];
    snprintf(store, sizeof store, "sqlite:%s/%s", scratch(), name);
    return store;
}

void story_clean(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch());
    must(system(command) == 0, command);
}

static int64_t tell_time(void *context)
{
    return ((const story *)context)->now;
}

govsvc_config story_config(story *s, const char *store)
{
    govsvc_config config = GOVSVC_CONFIG_INIT;
    memset(s, 0, sizeof *s);
    must(govsvc_date_start("2026-03-02", &s->now), "the date");
    s->now += 9 * STORY_HOUR;
    config.store = store;
    config.division = "450100";
    config.synchronous = GOVSVC_NO;
    config.clock = tell_time;
    config.clock_context = s;
    return config;
}

static govsvc_session *session_for(govsvc *gs, const char *principal, const char *id, const char *role,
                                   bool outside, const char *purpose)
{
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = id;
    actor.roles = role ? &role : story_role_names;
    actor.role_count = role ? 1 : STORY_ROLES;
    actor.organ = outside ? STORY_OTHER_ORGAN : STORY_ORGAN;
    actor.division = outside ? "310000" : "450000";
    actor.purpose = purpose;
    actor.principal = principal;
    const govsvc_problem_list *problems = NULL;
    govsvc_status status = govsvc_session_open(gs, &actor, &session, &problems);
    if (status == GOVSVC_INVALID)
        fprintf(stderr, "a session: %s\n", problems->problems[0]->text_en);
    govsvc_free(problems);
    return session;
}

govsvc_session *story_session(govsvc *gs, const char *id, const char *role, bool outside, const char *purpose)
{
    return session_for(gs, NULL, id, role, outside, purpose);
}

/* SQL must live as long as the connections that keep it prepared. */
static void write_sql(story *s)
{
    size_t at = 0;
    for (const gs_table *const *table = s->gs->host.tables; *table; table++, at++) {
        must(at < STORY_TABLES_MAX, "more tables than were foreseen");
        snprintf(s->sql[at], sizeof s->sql[at],
                 "SELECT count(*), CAST(coalesce(sum(revision), 0) AS BIGINT) FROM {%s}",
                 (*table)->record->name);
    }
}

/* The agents act for the applicants. */
static bool open_sessions(story *s)
{
    bool all = true;
    for (int i = 0; i < STORY_ROLES; i++) {
        const char *role = story_role_names[i];
        bool agent = i == AGENT;
        const char *id = agent ? "a-1001" : i == APPLICANT ? "u-1001" : role;
        const char *other = agent ? "a-2002" : i == APPLICANT ? "u-2002" : "stranger";
        s->as[i] = session_for(s->gs, agent ? "u-1001" : NULL, id, role, false, NULL);
        s->outside[i] = session_for(s->gs, agent ? "u-2002" : NULL, other, role, true, NULL);
        all = all && s->as[i] && s->outside[i];
    }
    s->anyone = story_session(s->gs, "u-1001", NULL, false, NULL);
    return all && s->anyone;
}

govsvc_status story_begin(story *s, const govsvc_config *config)
{
    govsvc_status status = govsvc_open(config, &s->gs);
    if (!status && !open_sessions(s))
        status = GOVSVC_NO_MEMORY;
    if (status) {
        story_close(s);
        return status;
    }
    write_sql(s);
    return GOVSVC_OK;
}

void story_open(story *s, const char *store)
{
    govsvc_config config = story_config(s, store);
    govsvc_status status = story_begin(s, &config);
    must(!status, govsvc_status_text(status, "en"));
    story_publish(s);
    story_grant(s->as[APPLICANT], "a-1001");
    story_grant(s->outside[APPLICANT], "a-2002");
}

void story_close(story *s)
{
    for (int i = 0; i < STORY_ROLES; i++) {
        govsvc_session_close(s->as[i]);
        govsvc_session_close(s->outside[i]);
        s->as[i] = s->outside[i] = NULL;
    }
    govsvc_session_close(s->anyone);
    govsvc_close(s->gs);
    s->anyone = NULL;
    s->gs = NULL;
}

/* ---- the typed functions ----------------------------------------------------------------------------- */

#define TYPED(T)                                                                                             \
    T("tick", tick, govsvc_tick_request, govsvc_tick_report)                                                 \
    T("journal.feed", journal_feed, govsvc_journal_request, govsvc_journal_page)                             \
    T("journal.history", journal_history, govsvc_journal_request, govsvc_journal_page)                       \
    T("store.check", store_check, govsvc_store_request, govsvc_store_report)                                 \
    T("store.backup", store_backup, govsvc_store_request, govsvc_store_report)                               \
    T("store.migrate", store_migrate, govsvc_store_request, govsvc_store_report)                             \
    T("notice.put", notice_put, govsvc_notice_draft, govsvc_notice)                                          \
    T("notice.get", notice_get, govsvc_get_request, govsvc_notice)                                           \
    T("division.put", division_put, govsvc_division_draft, govsvc_division)                                  \
    T("division.get", division_get, govsvc_get_request, govsvc_division)                                     \
    T("alert.acknowledge", alert_acknowledge, govsvc_step, govsvc_alert)                                     \
    T("alert.explain", alert_explain, govsvc_step, govsvc_alert)                                             \
    T("alert.uphold", alert_uphold, govsvc_step, govsvc_alert)                                               \
    T("alert.dismiss", alert_dismiss, govsvc_step, govsvc_alert)                                             \
    T("alert.get", alert_get, govsvc_get_request, govsvc_alert)                                              \
    T("alert.find", alert_find, govsvc_alert_query, govsvc_alert_page)                                       \
    T("matter.put", matter_put, govsvc_matter_draft, govsvc_matter)                                          \
    T("matter.review", matter_review, govsvc_step, govsvc_matter)                                            \
    T("matter.return", matter_return, govsvc_step, govsvc_matter)                                            \
    T("matter.publish", matter_publish, govsvc_step, govsvc_matter)                                          \
    T("matter.suspend", matter_suspend, govsvc_step, govsvc_matter)                                          \
    T("matter.restore", matter_restore, govsvc_step, govsvc_matter)                                          \
    T("matter.repeal", matter_repeal, govsvc_step, govsvc_matter)                                            \
    T("matter.deadline", matter_deadline, govsvc_deadline_request, govsvc_deadline)                          \
    T("matter.feed", matter_feed, govsvc_publication_request, govsvc_publication_page)                       \
    T("matter.snapshot", matter_snapshot, govsvc_publication_request, govsvc_publication_page)               \
    T("matter.digest", matter_digest, govsvc_digest_request, govsvc_digest)                                  \
    T("matter.compare", matter_compare, govsvc_compare_request, govsvc_comparison)                           \
    T("matter.get", matter_get, govsvc_get_request, govsvc_matter)                                           \
    T("matter.claim", matter_claim, govsvc_claim, govsvc_matter)                                             \
    T("matter.impact", matter_impact, govsvc_matter_request, govsvc_impact)                                  \
    T("matter.audit", matter_audit, govsvc_audit_request, govsvc_audit)                                      \
    T("matter.materials", matter_materials, govsvc_held_request, govsvc_held_page)                           \
    T("matter.find", matter_find, govsvc_matter_query, govsvc_matter_page)                                   \
    T("matter.guide", matter_guide, govsvc_matter_request, govsvc_guide)                                     \
    T("matter.form", matter_form, govsvc_matter_request, govsvc_form)                                        \
    T("matter.evaluate", matter_evaluate, govsvc_evaluation_request, govsvc_evaluation)                      \
    T("matter.compose", matter_compose, govsvc_matter_request, govsvc_composition)                           \
    T("mandate.grant", mandate_grant, govsvc_mandate_draft, govsvc_mandate)                                  \
    T("mandate.revoke", mandate_revoke, govsvc_step, govsvc_mandate)                                         \
    T("mandate.get", mandate_get, govsvc_get_request, govsvc_mandate)                                        \
    T("mandate.find", mandate_find, govsvc_mandate_query, govsvc_mandate_page)                               \
    T("application.prepare", application_prepare, govsvc_prepare_request, govsvc_prepared)                   \
    T("handover.send", handover_send, govsvc_handover_draft, govsvc_handover)                                \
    T("handover.return", handover_return, govsvc_handover_return_draft, govsvc_handover)                     \
    T("handover.receive", handover_receive, govsvc_handover_count, govsvc_handover)                          \
    T("handover.amend", handover_amend, govsvc_handover_count, govsvc_handover)                              \
    T("handover.get", handover_get, govsvc_get_request, govsvc_handover)                                     \
    T("handover.find", handover_find, govsvc_handover_query, govsvc_handover_page)                           \
    T("application.submit", application_submit, govsvc_application_draft, govsvc_application)                \
    T("application.receive", application_receive, govsvc_step, govsvc_application)                           \
    T("application.request_correction", application_request_correction, govsvc_correction_request,           \
      govsvc_application)                                                                                    \
    T("application.supply", application_supply, govsvc_supply, govsvc_application)                           \
    T("application.accept", application_accept, govsvc_step, govsvc_application)                             \
    T("application.review", application_review, govsvc_review_step, govsvc_application)                      \
    T("application.assign", application_assign, govsvc_review_change, govsvc_application)                    \
    T("application.add_reviewer", application_add_reviewer, govsvc_review_change, govsvc_application)        \
    T("application.remove_reviewer", application_remove_reviewer, govsvc_review_change, govsvc_application)  \
    T("application.send_back", application_send_back, govsvc_review_change, govsvc_application)              \
    T("application.recall", application_recall, govsvc_review_change, govsvc_application)                    \
    T("application.reviews", application_reviews, govsvc_get_request, govsvc_review_list)                    \
    T("application.queue", application_queue, govsvc_queue_request, govsvc_queue)                            \
    T("application.next", application_next, govsvc_get_request, govsvc_next)                                 \
    T("application.begin_special_procedure", application_begin_special_procedure,                            \
      govsvc_special_procedure_step, govsvc_application)                                                     \
    T("application.end_special_procedure", application_end_special_procedure, govsvc_special_procedure_step, \
      govsvc_application)                                                                                    \
    T("application.decide", application_decide, govsvc_decision, govsvc_application)                         \
    T("application.close", application_close, govsvc_step, govsvc_application)                               \
    T("application.deliver", application_deliver, govsvc_step, govsvc_application)                           \
    T("application.refuse", application_refuse, govsvc_refusal, govsvc_application)                          \
    T("application.accept_conditionally", application_accept_conditionally, govsvc_conditional_acceptance,   \
      govsvc_application)                                                                                    \
    T("application.complete", application_complete, govsvc_supply, govsvc_application)                       \
    T("application.tell_special_procedure", application_tell_special_procedure,                              \
      govsvc_special_procedure_step, govsvc_application)                                                     \
    T("application.inspect", application_inspect, govsvc_inspection, govsvc_application)                     \
    T("application.extend", application_extend, govsvc_extension_step, govsvc_application)                   \
    T("application.offer_hearing", application_offer_hearing, govsvc_step, govsvc_application)               \
    T("application.request_hearing", application_request_hearing, govsvc_step, govsvc_application)           \
    T("application.schedule_hearing", application_schedule_hearing, govsvc_hearing_notice,                   \
      govsvc_application)                                                                                    \
    T("application.annul", application_annul, govsvc_annulment, govsvc_application)                          \
    T("application.correct", application_correct, govsvc_record_correction, govsvc_application)              \
    T("application.report", application_report, govsvc_step_report, govsvc_application)                      \
    T("application.withdraw", application_withdraw, govsvc_step, govsvc_application)                         \
    T("application.terminate", application_terminate, govsvc_termination, govsvc_application)                \
    T("application.split", application_split, govsvc_step, govsvc_application)                               \
    T("application.children", application_children, govsvc_get_request, govsvc_children)                     \
    T("application.get", application_get, govsvc_get_request, govsvc_application)                            \
    T("application.deadline", application_deadline, govsvc_deadline_request, govsvc_deadline)                \
    T("hard_case.open", hard_case_open, govsvc_hard_case_draft, govsvc_hard_case)                            \
    T("hard_case.assign", hard_case_assign, govsvc_hard_case_assignment, govsvc_hard_case)                   \
    T("hard_case.escalate", hard_case_escalate, govsvc_step, govsvc_hard_case)                               \
    T("hard_case.meet", hard_case_meet, govsvc_hard_case_met, govsvc_hard_case)                              \
    T("hard_case.resolve", hard_case_resolve, govsvc_hard_case_reply, govsvc_hard_case)                      \
    T("hard_case.explain", hard_case_explain, govsvc_hard_case_reply, govsvc_hard_case)                      \
    T("hard_case.confirm", hard_case_confirm, govsvc_hard_case_confirmation, govsvc_hard_case)               \
    T("hard_case.get", hard_case_get, govsvc_get_request, govsvc_hard_case)                                  \
    T("hard_case.deadline", hard_case_deadline, govsvc_deadline_request, govsvc_deadline)                    \
    T("hard_case.find", hard_case_find, govsvc_hard_case_query, govsvc_hard_case_page)                       \
    T("hard_case.causes", hard_case_causes, govsvc_hard_case_causes_request, govsvc_hard_case_tally)         \
    T("application.appraise", application_appraise, govsvc_appraisal_draft, govsvc_appraisal)                \
    T("appraisal.rectify", appraisal_rectify, govsvc_step, govsvc_appraisal)                                 \
    T("appraisal.confirm", appraisal_confirm, govsvc_appraisal_confirmation, govsvc_appraisal)               \
    T("appraisal.contest", appraisal_contest, govsvc_step, govsvc_appraisal)                                 \
    T("appraisal.judge", appraisal_judge, govsvc_appraisal_judgement, govsvc_appraisal)                      \
    T("appraisal.get", appraisal_get, govsvc_get_request, govsvc_appraisal)                                  \
    T("appraisal.deadline", appraisal_deadline, govsvc_deadline_request, govsvc_deadline)                    \
    T("appraisal.find", appraisal_find, govsvc_appraisal_query, govsvc_appraisal_page)                       \
    T("appraisal.counts", appraisal_counts, govsvc_appraisal_counts_request, govsvc_appraisal_totals)

#define DEFINE(name, function, in_type, out_type)                                                            \
    static govsvc_status call_##function(govsvc_session *session, const void *in, const void **out)          \
    {                                                                                                        \
        const out_type *answer = *out;                                                                       \
        govsvc_status status = govsvc_##function(session, in, &answer);                                      \
        *out = answer;                                                                                       \
        return status;                                                                                       \
    }
TYPED(DEFINE)

typedef struct typed_row {
    const char *name;
    govsvc_status (*call)(govsvc_session *session, const void *in, const void **out);
} typed_row;

#define TYPED_ROW(name, function, in_type, out_type) {name, call_##function},
static const typed_row typed[] = {TYPED(TYPED_ROW)};

static const typed_row *typed_of(const char *operation)
{
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        if (strcmp(typed[i].name, operation) == 0)
            return &typed[i];
    return NULL;
}

bool story_is_typed(const char *operation)
{
    return typed_of(operation) != NULL;
}

govsvc_status story_call(govsvc_session *session, const char *operation, const void *in, const void **out)
{
    const typed_row *row = typed_of(operation);
    return row ? row->call(session, in, out) : GOVSVC_UNSUPPORTED;
}

/* ---- acting ------------------------------------------------------------------------------------------ */

static void draft_matter(story_drafts *d)
{
    d->material = (govsvc_material)GOVSVC_MATERIAL_INIT;
    d->material.need = GOVSVC_NEED_REQUIRED;
    d->material.code = "M1";
    d->material.name = "申请书";
    d->basis =
        (govsvc_legal_basis){sizeof d->basis, "《中华人民共和国食品安全法》", "第三十五条", NULL, NULL};
    d->procedure = (govsvc_special_procedure)GOVSVC_SPECIAL_PROCEDURE_INIT;
    d->procedure.kind = GOVSVC_SPECIAL_INSPECTION;
    d->materials[0] = &d->material;
    d->bases[0] = &d->basis;
    d->procedures[0] = &d->procedure;
    d->matter = (govsvc_matter_draft)GOVSVC_MATTER_DRAFT_INIT;
    d->matter.effective_date = "2020-01-01"; /* some stories turn the clock back */
    govsvc_matter_draft *matter = &d->matter;
    matter->version = 1;
    matter->type = GOVSVC_MATTER_LICENCE;
    matter->level = GOVSVC_LEVEL_COUNTY;
    matter->project_type = GOVSVC_PROJECT_PROMISED;
    matter->statutory_amount = 20;
    matter->promised_amount = 10;
    matter->statutory_unit = matter->promised_unit = GOVSVC_UNIT_WORKING_DAYS;
    matter->statutory_basis = "行政许可法 第四十二条";
    matter->code = STORY_MATTER;
    matter->name = "食品经营许可";
    matter->organ = STORY_ORGAN;
    matter->organ_name = "某县市场监督管理局";
    matter->division = "450103";
    matter->bases = d->bases;
    matter->materials = d->materials;
    matter->special_procedures = d->procedures;
    matter->basis_count = matter->material_count = matter->special_procedure_count = 1;
}

void story_drafts_init(story_drafts *d)
{
    memset(d, 0, sizeof *d);
    draft_matter(d);
    d->supplied = (govsvc_supplied)GOVSVC_SUPPLIED_INIT;
    d->supplied.code = "M1";
    d->supplied.name = "申请书.pdf";
    d->supplies[0] = &d->supplied;
    d->application = (govsvc_application_draft)GOVSVC_APPLICATION_DRAFT_INIT;
    govsvc_application_draft *application = &d->application;
    application->applicant_kind = GOVSVC_APPLICANT_NATURAL_PERSON;
    application->channel = GOVSVC_CHANNEL_WEB;
    application->matter = STORY_MATTER;
    application->owner = "u-1001";
    application->title = "新办食品经营许可";
    application->applicant_name = "阿依夏木·买买提";
    application->applicant_id = STORY_CITIZEN;
    application->phone = "13800138000";
    application->form = "{\"面积\":120}";
    application->materials = d->supplies;
    application->material_count = 1;
}

typedef union any_step {
    govsvc_step plain;
    govsvc_correction_request correction;
    govsvc_supply supply;
    govsvc_special_procedure_step procedure;
    govsvc_decision decision;
    govsvc_refusal refusal;
    govsvc_conditional_acceptance conditional;
    govsvc_inspection inspection;
    govsvc_extension_step extension;
    govsvc_hearing_notice hearing;
    govsvc_annulment annulment;
    govsvc_record_correction record;
    govsvc_review_step review;
    govsvc_termination termination;
} any_step;

static const char *const two[] = {"u-201", "u-202"};

/* The steps that a plain story does not take. */
static void complete_later(any_step *in, const char *action)
{
    static const govsvc_correction_item item = {sizeof item, "M9", "后补"};
    static const govsvc_correction_item *const items[] = {&item};
    if (strcmp(action, "refuse") == 0) {
        in->refusal.struct_size = sizeof in->refusal;
        in->refusal.opinion = "不属于本机关职权";
        in->refusal.remedy = "可向县住房城乡建设局申请";
    } else if (strcmp(action, "accept_conditionally") == 0) {
        in->conditional.struct_size = sizeof in->conditional;
        in->conditional.due_date = "2026-12-31";
        in->conditional.items = items;
        in->conditional.item_count = 1;
    } else if (strcmp(action, "inspect") == 0) {
        in->inspection.struct_size = sizeof in->inspection;
        in->inspection.opinion = "与申请材料一致";
        in->inspection.staff = two;
        in->inspection.staff_count = 2;
    } else if (strcmp(action, "extend") == 0) {
        in->extension.struct_size = sizeof in->extension;
        in->extension.opinion = "案情复杂";
        in->extension.amount = 10;
        in->extension.notice = "延期告知书1号";
    } else if (strcmp(action, "schedule_hearing") == 0) {
        in->hearing.struct_size = sizeof in->hearing;
        in->hearing.held_at = INT64_C(1774407600000); /* 2026-03-25, 11 o'clock */
        in->hearing.place = "第一会议室";
        in->hearing.notice = "听证通知书1号";
    } else if (strcmp(action, "terminate") == 0) {
        in->termination.struct_size = sizeof in->termination;
        in->termination.opinion = "申请人死亡";
        in->termination.kind = GOVSVC_END_DEATH;
    } else if (strcmp(action, "annul") == 0) {
        in->annulment.struct_size = sizeof in->annulment;
        in->annulment.opinion = "违反法定程序";
        in->annulment.remedy = "六十日内可申请行政复议";
    } else if (strcmp(action, "correct") == 0) {
        in->record.struct_size = sizeof in->record;
        in->record.opinion = in->plain.opinion ? in->plain.opinion : "笔误";
        in->record.phone = "13900139000";
    }
}

/* What a step needs besides, so that it is in order wherever it is possible. */
static void complete(any_step *in, const char *action, const story_drafts *drafts)
{
    static const govsvc_correction_item item = {sizeof item, "M1", "缺申请人签字"};
    static const govsvc_correction_item *const items[] = {&item};
    if (strcmp(action, "request_correction") == 0) {
        in->correction.struct_size = sizeof in->correction;
        in->correction.items = items;
        in->correction.item_count = 1;
    } else if (strcmp(action, "supply") == 0 || strcmp(action, "complete") == 0) {
        in->supply.struct_size = sizeof in->supply;
        in->supply.materials = drafts->supplies;
        in->supply.material_count = 1;
    } else if (strstr(action, "special_procedure")) {
        in->procedure.struct_size = sizeof in->procedure;
        in->procedure.kind = GOVSVC_SPECIAL_INSPECTION;
        in->procedure.opinion = in->plain.opinion ? in->plain.opinion : "现场检验，约需五日";
        in->procedure.notice = "告知书1号";
        in->procedure.staff = two;
        in->procedure.staff_count = 2;
    } else if (strcmp(action, "decide") == 0) {
        in->decision.struct_size = sizeof in->decision;
        in->decision.outcome = GOVSVC_OUTCOME_GRANTED;
    } else if (strcmp(action, "review") == 0) {
        in->review.struct_size = sizeof in->review;
    } else {
        complete_later(in, action);
    }
}

govsvc_status story_step(govsvc_session *session, const char *action, const govsvc_step *step,
                         const govsvc_application **out)
{
    char name[80];
    story_drafts drafts;
    any_step in;
    const void *answer = NULL;
    story_drafts_init(&drafts);
    memset(&in, 0, sizeof in);
    in.plain = *step;
    complete(&in, action, &drafts);
    snprintf(name, sizeof name, "application.%s", action);
    govsvc_status status = story_is_typed(name) ? story_call(session, name, &in, &answer)
                                                : gs_operate_named(session, name, &in, &answer);
    if (out && !status)
        *out = answer;
    else
        govsvc_free(answer);
    return status;
}

govsvc_status story_act(govsvc_session *session, const char *action, int64_t id, const char *key)
{
    govsvc_step step = {sizeof step, id, GOVSVC_ABSENT, key, NULL};
    return story_step(session, action, &step, NULL);
}

govsvc_status story_submit(govsvc_session *session, const char *key, int64_t *id)
{
    story_drafts drafts;
    const govsvc_application *out = NULL;
    story_drafts_init(&drafts);
    drafts.application.request_key = key;
    govsvc_status status = govsvc_application_submit(session, &drafts.application, &out);
    if (!status)
        *id = out->id;
    govsvc_free(out);
    return status;
}

govsvc_status story_put_matter(govsvc_session *session, int64_t version, const char *key, int64_t *id)
{
    story_drafts drafts;
    const govsvc_matter *out = NULL;
    story_drafts_init(&drafts);
    drafts.matter.version = version;
    drafts.matter.request_key = key;
    govsvc_status status = govsvc_matter_put(session, &drafts.matter, &out);
    if (!status)
        *id = out->id;
    govsvc_free(out);
    return status;
}

govsvc_status story_put_reviewed(govsvc_session *session, int64_t version, int64_t *id)
{
    govsvc_status status = story_put_matter(session, version, NULL, id);
    const govsvc_step step = {sizeof step, *id, GOVSVC_ABSENT, NULL, NULL};
    return status ? status : govsvc_matter_review(session, &step, NULL);
}

void story_grant(govsvc_session *principal, const char *agent)
{
    govsvc_mandate_draft draft = GOVSVC_MANDATE_DRAFT_INIT;
    draft.agent = agent;
    draft.from_date = "2020-01-01";
    draft.until_date = "2099-12-31";
    must_be_ok(govsvc_mandate_grant(principal, &draft, NULL), principal, "mandate.grant");
}

void story_publish(story *s)
{
    govsvc_session *session = s->as[ADMINISTRATOR];
    must_be_ok(story_put_reviewed(session, 1, &s->matter), session, "matter.put");
    govsvc_step step = {sizeof step, s->matter, GOVSVC_ABSENT, NULL, NULL};
    must_be_ok(govsvc_matter_publish(session, &step, NULL), session, "matter.publish");
}

const story_way *story_way_to(const char *state)
{
    static const story_way ways[] = {
        {"submitted", NULL, "submit", APPLICANT},
        {"received", "submitted", "receive", ACCEPTOR},
        {"correcting", "received", "request_correction", ACCEPTOR},
        {"supplied", "correcting", "supply", APPLICANT},
        {"accepted", "received", "accept", ACCEPTOR},
        {"in_review", "accepted", "review", REVIEWER},
        {"special_procedure", "in_review", "begin_special_procedure", REVIEWER},
        {"decided", "in_review", "decide", ORGAN_HEAD},
        {"closed", "decided", "close", REVIEWER},
        {"delivered", "closed", "deliver", WINDOW_CLERK},
        {"not_accepted", "received", "refuse", ACCEPTOR},
        {"annulled", "decided", "annul", ORGAN_HEAD},
        {"withdrawn", "in_review", "withdraw", APPLICANT},
        {"terminated", "in_review", "terminate", REVIEWER},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].state, state) == 0)
            return &ways[i];
    return NULL;
}

int64_t story_application(story *s, const char *state)
{
    const story_way *way = story_way_to(state);
    int64_t id = 0;
    must(way != NULL, state);
    govsvc_session *session = s->as[way->role];
    if (way->before) {
        id = story_application(s, way->before);
        must_be_ok(story_act(session, way->action, id, NULL), session, way->action);
    } else {
        must_be_ok(story_submit(session, NULL, &id), session, way->action);
    }
    return id;
}

const govsvc_problem *story_problem(const govsvc_session *session)
{
    static const govsvc_problem none = {.struct_size = sizeof none,
                                        .field = "nothing was said",
                                        .rule = "",
                                        .expected = "",
                                        .got = "",
                                        .text_zh = "",
                                        .text_en = ""};
    const govsvc_problem *problem = govsvc_problem_at(session, 0);
    return problem ? problem : &none;
}

/* ---- looking ----------------------------------------------------------------------------------------- */

static gs_connection *take_connection(story *s)
{
    gs_connection *connection = NULL;
    must(gs_store_acquire(s->gs->store, &connection) == GOVSVC_OK, "a connection to look with");
    return connection;
}

void story_look(story *s, story_trace *out)
{
    gs_connection *connection = take_connection(s);
    memset(out, 0, sizeof *out);
    while (s->sql[out->tables][0]) {
        govsvc_value row[2];
        gs_rows rows;
        must(gs_query(connection, s->sql[out->tables], NULL, 0, &rows) == GOVSVC_OK, s->sql[out->tables]);
        must(gs_rows_next(&rows, row, 2) == GOVSVC_OK, s->sql[out->tables]);
        out->rows[out->tables] = row[0].as.integer;
        out->revisions[out->tables++] = row[1].as.integer;
        gs_rows_done(&rows);
    }
    gs_store_release(connection);
}

bool story_same(const story_trace *a, const story_trace *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

int64_t story_rows(story *s, const char *table)
{
    story_trace trace;
    story_look(s, &trace);
    for (size_t i = 0; i < trace.tables; i++)
        if (strcmp(s->gs->host.tables[i]->record->name, table) == 0)
            return trace.rows[i];
    must(false, table);
    return -1;
}

int64_t story_count(story *s, const char *sql, const char *value)
{
    gs_connection *connection = take_connection(s);
    govsvc_value values[] = {gs_text(value)};
    int64_t count = -1;
    must(gs_query_integer(connection, sql, values, 1, &count) == GOVSVC_OK, sql);
    gs_store_release(connection);
    return count;
}

int64_t story_complaints(story *s)
{
    const govsvc_store_request in = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_store_report *out = NULL;
    govsvc_status status = govsvc_store_check(s->as[ADMINISTRATOR], &in, &out);
    if (status) {
        fprintf(stderr, "store.check: %s\n", govsvc_status_name(status));
        return -1;
    }
    int64_t count = (int64_t)out->complaint_count;
    for (int64_t i = 0; i < count; i++)
        fprintf(stderr, "store.check: %s\n", out->complaints[i]);
    govsvc_free(out);
    return count;
}
