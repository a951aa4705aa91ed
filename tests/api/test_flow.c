/* tests/api/test_flow.c - every state, every action, every role: what the law and the headers allow is done,
 * everything else is refused in the right words and leaves no trace. What is expected stands here, written
 * from the headers, and is not read from the library's own tables. */
#include "story.h"
#include "test.h"

static story s;

/* ---- what is lawful ---------------------------------------------------------------------------------- */

typedef struct lawful {
    const char *action, *from, *to, *roles;
} lawful;

#define FRONT "window_clerk acceptor"
#define BACK "reviewer organ_head"

#define OF_ORGAN "acceptor reviewer organ_head"
#define PERSON_OR_WINDOW "applicant agent window_clerk"

/* What may be done from acceptance to the decision. */
#define UNDER_WAY(state)                                                                                     \
    {"inspect", state, state, BACK}, {"extend", state, state, "organ_head"},                                 \
        {"offer_hearing", state, state, BACK},                                                               \
    {                                                                                                        \
        "schedule_hearing", state, state, BACK                                                               \
    }

/* What ends an application until it is decided. */
#define CAN_END(state)                                                                                       \
    {"withdraw", state, "withdrawn", PERSON_OR_WINDOW},                                                      \
    {                                                                                                        \
        "terminate", state, "terminated", OF_ORGAN                                                           \
    }

static const lawful application_flow[] = {
    {"extend", "of a bundle", "of a bundle", "government_head"},
    {"close", "of a bundle", "closed", "system"},
    CAN_END("submitted"),
    CAN_END("received"),
    CAN_END("correcting"),
    CAN_END("supplied"),
    CAN_END("accepted"),
    CAN_END("in_review"),
    CAN_END("special_procedure"),
    {"receive", "submitted", "received", FRONT},
    {"request_correction", "received", "correcting", FRONT},
    {"supply", "correcting", "supplied", PERSON_OR_WINDOW},
    {"accept", "received", "accepted", FRONT},
    {"accept", "supplied", "accepted", FRONT},
    {"deem_accepted", "received", "accepted", "system"},
    {"refuse", "received", "not_accepted", FRONT},
    {"refuse", "supplied", "not_accepted", FRONT},
    {"review", "accepted", "in_review", "reviewer"},
    {"review", "in_review", "in_review", "reviewer"},
    UNDER_WAY("accepted"),
    UNDER_WAY("in_review"),
    UNDER_WAY("special_procedure"),
    {"begin_special_procedure", "accepted", "special_procedure", BACK},
    {"begin_special_procedure", "special_procedure", NULL, BACK}, /* one of the kind goes on */
    {"end_special_procedure", "accepted", NULL, BACK},            /* none goes on */
    {"end_special_procedure", "in_review", NULL, BACK},
    {"begin_special_procedure", "in_review", "special_procedure", BACK},
    {"end_special_procedure", "special_procedure", "in_review", BACK},
    {"decide", "in_review", "decided", "organ_head"},
    {"close", "decided", "closed", "reviewer organ_head acceptor window_clerk"},
    {"deliver", "closed", "delivered", FRONT},
    {"annul", "decided", "annulled", "organ_head"},
    {"annul", "closed", "annulled", "organ_head"},
    {"annul", "delivered", "annulled", "organ_head"},
    {"correct", "submitted", "submitted", OF_ORGAN},
    {"correct", "received", "received", OF_ORGAN},
    {"correct", "correcting", "correcting", OF_ORGAN},
    {"correct", "supplied", "supplied", OF_ORGAN},
    {"correct", "accepted", "accepted", OF_ORGAN},
    {"correct", "in_review", "in_review", OF_ORGAN},
    {"correct", "special_procedure", "special_procedure", OF_ORGAN},
    {"correct", "decided", "decided", OF_ORGAN},
    {"correct", "closed", "closed", OF_ORGAN},
    {"correct", "delivered", "delivered", OF_ORGAN},
};

static const char *const states[] = {
    "submitted", "received", "correcting", "supplied",     "accepted", "in_review", "special_procedure",
    "decided",   "closed",   "delivered",  "not_accepted", "annulled", "withdrawn", "terminated"};
static const char *const actions[] = {"receive",
                                      "request_correction",
                                      "supply",
                                      "accept",
                                      "deem_accepted",
                                      "refuse",
                                      "review",
                                      "decide",
                                      "begin_special_procedure",
                                      "end_special_procedure",
                                      "inspect",
                                      "extend",
                                      "offer_hearing",
                                      "schedule_hearing",
                                      "close",
                                      "deliver",
                                      "annul",
                                      "correct",
                                      "withdraw",
                                      "terminate"};

static bool names(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += size)
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

static const lawful *find_lawful(const char *action, const char *state)
{
    for (size_t i = 0; i < TEST_COUNT(application_flow); i++)
        if (strcmp(application_flow[i].action, action) == 0 && strcmp(application_flow[i].from, state) == 0)
            return &application_flow[i];
    return NULL;
}

static bool ever_lawful(const char *action, const char *role)
{
    for (size_t i = 0; i < TEST_COUNT(application_flow); i++)
        if (strcmp(application_flow[i].action, action) == 0 && names(application_flow[i].roles, role))
            return true;
    return false;
}

/* The roles that see every case, wherever it is. */
static bool sees_everything(const char *role)
{
    return names("administrator system", role);
}

typedef struct answer {
    govsvc_status status;
    const char *field, *rule;
} answer;

static answer expected(const char *action, const char *state, const char *role, bool outside)
{
    const lawful *way = find_lawful(action, state);
    if (outside && !sees_everything(role))
        return (answer){GOVSVC_NOT_FOUND, "/id", "exists"};
    if (way && names(way->roles, role))
        return way->to ? (answer){GOVSVC_OK, NULL, NULL} : (answer){GOVSVC_INVALID, "/kind", "open"};
    if (way || !ever_lawful(action, role))
        return (answer){GOVSVC_DENIED, "", "role"};
    const story_way *way_here = story_way_to(state); /* somebody else was first */
    bool leads_there = !names("withdraw terminate", action); /* not for certain: of a bundle something may stay */
    if (leads_there && strcmp(way_here->action, action) == 0 && strcmp(story_role_names[way_here->role], role) != 0)
        return (answer){GOVSVC_TAKEN, "", "taken"};
    return (answer){GOVSVC_STATE, "", "state"};
}

/* ---- trying it --------------------------------------------------------------------------------------- */

static bool answered(govsvc_session *session, govsvc_status got, const answer *want)
{
    const govsvc_problem *problem = story_problem(session);
    if (got != want->status)
        return false;
    if (!want->status)
        return govsvc_problem_count(session) == 0;
    return govsvc_problem_count(session) == 1 && problem->status == got &&
           strcmp(problem->field, want->field) == 0 && strcmp(problem->rule, want->rule) == 0 &&
           *problem->text_zh && *problem->text_en;
}

/* The state of a case, by its name. */
static bool stands_in(int64_t id, const char *state)
{
    char in[64], want[64];
    const char *out = NULL;
    snprintf(in, sizeof in, "{\"id\":\"%lld\"}", (long long)id);
    snprintf(want, sizeof want, "\"state\":\"%s\"", state);
    bool so = govsvc_call(s.as[ADMINISTRATOR], "application.get", in, &out) == GOVSVC_OK && strstr(out, want);
    govsvc_free(out);
    return so;
}

static void tell(const char *what, const char *state, const char *action, const char *role, bool outside,
                 govsvc_session *session, govsvc_status status)
{
    fprintf(stderr, "%s: %s, %s, %s%s: %s %s\n", what, state, action, role, outside ? " outside" : "",
            govsvc_status_name(status), story_problem(session)->text_en);
}

/* One cell of the table; *id is the case it is tried on, a new one after it was moved. */
static void try_cell(const char *state, const char *action, int role, bool outside, int64_t *id)
{
    govsvc_session *session = outside ? s.outside[role] : s.as[role];
    answer want = expected(action, state, story_role_names[role], outside);
    story_trace before, after;
    story_look(&s, &before);
    govsvc_status got = story_act(session, action, *id, NULL);
    bool right = answered(session, got, &want);
    story_look(&s, &after);
    CHECK(right);
    if (!right)
        tell("not as expected", state, action, story_role_names[role], outside, session, got);
    if (got == GOVSVC_OK) {
        CHECK(right && stands_in(*id, find_lawful(action, state)->to));
        CHECK(!story_same(&before, &after));
        *id = story_application(&s, state);
    } else if (!story_same(&before, &after)) {
        CHECK(!"a refusal left a trace");
        tell("left a trace", state, action, story_role_names[role], outside, session, got);
    }
}

static void every_cell_of_the_application_flow(void)
{
    story_open(&s, story_store());
    for (size_t i = 0; i < TEST_COUNT(states); i++) {
        int64_t id = story_application(&s, states[i]);
        CHECK(stands_in(id, states[i]));
        for (size_t j = 0; j < TEST_COUNT(actions); j++)
            for (int role = 0; role < STORY_ROLES; role++) {
                try_cell(states[i], actions[j], role, false, &id);
                try_cell(states[i], actions[j], role, true, &id);
            }
    }
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void who_may_submit(void)
{
    story_open(&s, story_store());
    for (int role = 0; role < STORY_ROLES; role++) {
        int64_t id = 0;
        bool may = names("applicant agent window_clerk", story_role_names[role]);
        story_trace before, after;
        story_look(&s, &before);
        govsvc_status status = story_submit(s.as[role], NULL, &id);
        answer want = may ? (answer){GOVSVC_OK, NULL, NULL} : (answer){GOVSVC_DENIED, "", "role"};
        CHECK(answered(s.as[role], status, &want));
        story_look(&s, &after);
        CHECK(may != story_same(&before, &after));
    }
    story_close(&s);
}

/* A role that is missing is named, and so is the state in which it would be possible. */
static void refusals_say_what_is_missing(void)
{
    story_open(&s, story_store());
    int64_t id = story_application(&s, "in_review");
    CHECK_INT(story_act(s.as[REVIEWER], "decide", id, NULL), GOVSVC_DENIED);
    CHECK_TEXT(story_problem(s.as[REVIEWER])->expected, "organ_head");
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, NULL), GOVSVC_STATE);
    CHECK_TEXT(story_problem(s.as[ACCEPTOR])->expected, "received, supplied");
    CHECK_TEXT(story_problem(s.as[ACCEPTOR])->got, "in_review");
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id + 1, NULL), GOVSVC_NOT_FOUND);
    story_close(&s);
}

/* Two roles do not lend each other their scope: an auditor of the division who is also an acceptor of
 * another organ sees the case, but may not receive it. */
static void one_role_sees_and_another_may_not_act(void)
{
    static const char *const roles[] = {"auditor", "acceptor"};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    story_trace before, after;
    story_open(&s, story_store());
    int64_t id = story_application(&s, "submitted");
    actor.id = "double";
    actor.roles = roles;
    actor.role_count = 2;
    actor.organ = STORY_OTHER_ORGAN;
    actor.division = "450100";
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    story_look(&s, &before);
    CHECK_INT(story_act(session, "receive", id, NULL), GOVSVC_DENIED);
    CHECK_TEXT(story_problem(session)->rule, "scope");
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    govsvc_session_close(session);
    story_close(&s);
}

/* Reading follows the same scope: what is outside is not there, in the deadline and the history either. */
static void reading_keeps_to_the_scope(void)
{
    story_open(&s, story_store());
    int64_t id = story_application(&s, "accepted");
    const govsvc_get_request get = {sizeof get, id, NULL, NULL};
    const govsvc_deadline_request deadline = {sizeof deadline, id, GOVSVC_ABSENT};
    govsvc_journal_request history = GOVSVC_JOURNAL_REQUEST_INIT;
    history.subject = id;
    for (int role = 0; role < STORY_ROLES; role++) {
        bool all = sees_everything(story_role_names[role]);
        govsvc_status outside = all ? GOVSVC_OK : GOVSVC_NOT_FOUND;
        CHECK_INT(govsvc_application_get(s.as[role], &get, NULL), GOVSVC_OK);
        CHECK_INT(govsvc_application_deadline(s.as[role], &deadline, NULL), GOVSVC_OK);
        CHECK_INT(govsvc_journal_history(s.as[role], &history, NULL), GOVSVC_OK);
        CHECK_INT(govsvc_application_get(s.outside[role], &get, NULL), outside);
        CHECK_INT(govsvc_application_deadline(s.outside[role], &deadline, NULL), outside);
        CHECK_INT(govsvc_journal_history(s.outside[role], &history, NULL), outside);
    }
    story_close(&s);
}

/* ---- matters ----------------------------------------------------------------------------------------- */

/* A version of the matter in this state; version is one that is not used yet, and the next after it. */
static int64_t matter_in(const char *state, int64_t *version)
{
    int64_t id = 0, next = 0;
    if (strcmp(state, "drafted") == 0) {
        CHECK_INT(story_put_matter(s.as[ADMINISTRATOR], ++*version, NULL, &id), GOVSVC_OK);
        return id;
    }
    CHECK_INT(story_put_reviewed(s.as[ADMINISTRATOR], ++*version, &id), GOVSVC_OK);
    govsvc_step step = {sizeof step, id, GOVSVC_ABSENT, NULL, NULL};
    if (strcmp(state, "reviewed") != 0)
        CHECK_INT(govsvc_matter_publish(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
    if (strcmp(state, "replaced") == 0) {
        CHECK_INT(story_put_reviewed(s.as[ADMINISTRATOR], ++*version, &next), GOVSVC_OK);
        step.id = next;
        CHECK_INT(govsvc_matter_publish(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
    }
    return id;
}

static answer expected_of_publish(const char *state, const char *role, bool outside)
{
    if (!names("administrator organ_head", role))
        return (answer){GOVSVC_DENIED, "", "role"};
    if (strcmp(state, "effective") == 0 && (outside || strcmp(role, "administrator") != 0))
        return (answer){GOVSVC_TAKEN, "", "taken"};
    if (strcmp(state, "reviewed") != 0)
        return (answer){GOVSVC_STATE, "", "state"};
    if (outside && strcmp(role, "organ_head") == 0) /* another organ's matter */
        return (answer){GOVSVC_DENIED, "", "scope"};
    return (answer){GOVSVC_OK, NULL, NULL};
}

static void every_cell_of_the_matter_flow(void)
{
    static const char *const matter_states[] = {"drafted", "reviewed", "effective", "replaced"};
    story_open(&s, story_store());
    int64_t version = 1;
    for (size_t i = 0; i < TEST_COUNT(matter_states); i++) {
        int64_t id = matter_in(matter_states[i], &version);
        for (int cell = 0; cell < 2 * STORY_ROLES; cell++) {
            int role = cell / 2;
            govsvc_session *session = cell % 2 ? s.outside[role] : s.as[role];
            answer want = expected_of_publish(matter_states[i], story_role_names[role], cell % 2);
            govsvc_step step = {sizeof step, id, GOVSVC_ABSENT, NULL, NULL};
            story_trace before, after;
            story_look(&s, &before);
            govsvc_status got = govsvc_matter_publish(session, &step, NULL);
            story_look(&s, &after);
            bool right = answered(session, got, &want) && (got == GOVSVC_OK) != story_same(&before, &after);
            CHECK(right);
            if (!right)
                tell("not as expected", matter_states[i], "publish", story_role_names[role], cell % 2,
                     session, got);
            if (got == GOVSVC_OK)
                id = matter_in(matter_states[i], &version);
        }
    }
    story_close(&s);
}

static void who_may_put(void)
{
    story_open(&s, story_store());
    for (int role = 0; role < STORY_ROLES; role++) {
        int64_t id = 0;
        bool may = role == ADMINISTRATOR;
        answer want = may ? (answer){GOVSVC_OK, NULL, NULL} : (answer){GOVSVC_DENIED, "", "role"};
        story_trace before, after;
        story_look(&s, &before);
        govsvc_status got = story_put_matter(s.as[role], 2, NULL, &id);
        story_look(&s, &after);
        CHECK(answered(s.as[role], got, &want));
        CHECK(may != story_same(&before, &after));
    }
    story_close(&s);
}

/* A published version is not changed any more; the same once more is no change. */
static void a_published_matter_stays(void)
{
    story_drafts drafts;
    story_trace before, after;
    story_open(&s, story_store());
    story_drafts_init(&drafts);
    story_look(&s, &before);
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, NULL), GOVSVC_OK);
    drafts.matter.name = "改了名的事项";
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, NULL), GOVSVC_STATE);
    CHECK_TEXT(story_problem(s.as[ADMINISTRATOR])->field, "/version");
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(every_cell_of_the_application_flow),
        TEST(who_may_submit),
        TEST(refusals_say_what_is_missing),
        TEST(one_role_sees_and_another_may_not_act),
        TEST(reading_keeps_to_the_scope),
        TEST(every_cell_of_the_matter_flow),
        TEST(who_may_put),
        TEST(a_published_matter_stays),
    };
    return test_main(cases, TEST_COUNT(cases));
}
