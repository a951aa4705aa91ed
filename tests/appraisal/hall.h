/* tests/appraisal/hall.h - a case at its close, the people around it, and what they say of it.
 *
 * May use: api/story.h, the library's insides.
 */
#ifndef TESTS_APPRAISAL_HALL_H
#define TESTS_APPRAISAL_HALL_H

#include <stdio.h>
#include <string.h>

#include "api/story.h"
#include "test.h"

#define HALL_ORGAN "11310000MB2F3008XM" /* the centre's: not the one that handles the cases */

static story s;

/* ---- people -------------------------------------------------------------------------------------------- */

static inline govsvc_session *person(const char *id, const char *role, const char *organ, const char *purpose)
{
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = id;
    actor.organ = organ;
    actor.division = "450100";
    actor.roles = &role;
    actor.role_count = 1;
    actor.purpose = purpose;
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

static govsvc_session *judge, *centre; /* an auditor and a supervisor, of the centre */

static inline void begin(void)
{
    story_open(&s, story_store());
    judge = person("judge-1", "auditor", HALL_ORGAN, NULL);
    centre = person("centre-1", "centre_supervisor", HALL_ORGAN, NULL);
}

static inline void end(void)
{
    CHECK_INT(story_complaints(&s), 0);
    govsvc_session_close(judge);
    govsvc_session_close(centre);
    story_close(&s);
}

/* All there is to do. */
static inline void tick(void)
{
    const govsvc_tick_report *report = NULL;
    bool more = true;
    for (int i = 0; more && i < 20; i++) {
        govsvc_tick_request in = GOVSVC_TICK_REQUEST_INIT;
        s.now += STORY_SECOND;
        CHECK_INT(govsvc_tick(s.as[SYSTEM], &in, &report), GOVSVC_OK);
        more = report && report->more == GOVSVC_YES;
        govsvc_free(report);
        report = NULL;
    }
}

static inline void wait_days(int days)
{
    s.now += days * (int64_t)STORY_DAY;
    tick();
}

static inline int64_t closed_case(void)
{
    int64_t id = story_application(&s, "closed");
    tick();
    return id;
}

/* ---- what they do -------------------------------------------------------------------------------------- */

static inline govsvc_appraisal_draft draft_of(int64_t application, int64_t grade)
{
    govsvc_appraisal_draft in = GOVSVC_APPRAISAL_DRAFT_INIT;
    in.application = application;
    in.grade = grade;
    in.channel = GOVSVC_APPRAISED_MOBILE;
    return in;
}

/* 0: it was refused. */
static inline int64_t appraise(const govsvc_appraisal_draft *in)
{
    const govsvc_appraisal *out = NULL;
    govsvc_status status = govsvc_application_appraise(s.as[APPLICANT], in, &out);
    if (status)
        fprintf(stderr, "appraise: %s\n", story_problem(s.as[APPLICANT])->text_en);
    CHECK_INT(status, GOVSVC_OK);
    int64_t id = out ? out->id : 0;
    govsvc_free(out);
    return id;
}

static inline int64_t appraised(int64_t grade)
{
    govsvc_appraisal_draft in = draft_of(closed_case(), grade);
    return appraise(&in);
}

typedef govsvc_status (*plain_step)(govsvc_session *, const govsvc_step *, const govsvc_appraisal **);

static inline govsvc_status take(govsvc_session *session, plain_step function, int64_t id,
                                 const char *opinion)
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    in.opinion = opinion;
    return function(session, &in, NULL);
}

static inline govsvc_status confirm(govsvc_session *session, int64_t id, int64_t satisfied)
{
    govsvc_appraisal_confirmation in = GOVSVC_APPRAISAL_CONFIRMATION_INIT;
    in.id = id;
    in.opinion = "已电话回访";
    in.satisfied = satisfied;
    return govsvc_appraisal_confirm(session, &in, NULL);
}

static inline govsvc_status decide(govsvc_session *session, int64_t id, int64_t verdict)
{
    govsvc_appraisal_judgement in = GOVSVC_APPRAISAL_JUDGEMENT_INIT;
    in.id = id;
    in.opinion = "经核查监控录像";
    in.verdict = verdict;
    return govsvc_appraisal_judge(session, &in, NULL);
}

/* ---- what is seen -------------------------------------------------------------------------------------- */

/* NULL, with the status: it was refused. */
static inline const govsvc_appraisal *got(govsvc_session *session, int64_t id, govsvc_status want)
{
    const govsvc_appraisal *out = NULL;
    govsvc_get_request in = GOVSVC_GET_REQUEST_INIT;
    in.id = id;
    CHECK_INT(govsvc_appraisal_get(session, &in, &out), want);
    return out;
}

static inline int64_t state_of(int64_t id)
{
    const govsvc_appraisal *out = got(s.as[ADMINISTRATOR], id, GOVSVC_OK);
    int64_t state = out ? out->state : -1;
    govsvc_free(out);
    return state;
}

static inline const govsvc_appraisal_page *found(govsvc_session *session, const govsvc_appraisal_query *in)
{
    const govsvc_appraisal_page *out = NULL;
    CHECK_INT(govsvc_appraisal_find(session, in, &out), GOVSVC_OK);
    return out;
}

/* How many in a state (0: any), and the first of them. */
static inline uint64_t found_in(govsvc_session *session, int64_t state, int64_t *first)
{
    govsvc_appraisal_query in = GOVSVC_APPRAISAL_QUERY_INIT;
    in.state = state;
    const govsvc_appraisal_page *out = found(session, &in);
    uint64_t count = out ? out->appraisal_count : 0;
    if (first)
        *first = count ? out->appraisals[0]->id : 0;
    govsvc_free(out);
    return count;
}

/* The clock of a kind: its state, and the last day it may be done in time; "" where there is none. */
static inline int64_t clock_of(govsvc_session *session, int64_t id, const char *kind, char due[11])
{
    govsvc_deadline_request in = GOVSVC_DEADLINE_REQUEST_INIT;
    const govsvc_deadline *out = NULL;
    int64_t state = 0;
    in.id = id;
    *due = '\0';
    CHECK_INT(govsvc_appraisal_deadline(session, &in, &out), GOVSVC_OK);
    for (uint64_t i = 0; out && i < out->clock_count; i++)
        if (strcmp(out->clocks[i]->kind, kind) == 0) {
            state = out->clocks[i]->state;
            snprintf(due, 11, "%s", out->clocks[i]->due_date);
        }
    govsvc_free(out);
    return state;
}

static inline uint64_t alerts(const char *rule, int64_t state)
{
    govsvc_alert_query in = GOVSVC_ALERT_QUERY_INIT;
    const govsvc_alert_page *out = NULL;
    in.rule = rule;
    in.state = state;
    CHECK_INT(govsvc_alert_find(s.as[ADMINISTRATOR], &in, &out), GOVSVC_OK);
    uint64_t count = out ? out->alert_count : 0;
    govsvc_free(out);
    return count;
}

static inline const char *rule_of(const govsvc_session *session)
{
    const govsvc_problem *problem = story_problem(session);
    return *problem->text_zh && *problem->text_en ? problem->rule : "";
}

#endif
