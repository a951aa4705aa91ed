/* tests/alert/test_alert.c - alerts, raised and resolved by a made-up service as the library's own rooms do. On
 * SQLite, and on PostgreSQL where GOVSVC_TEST_POSTGRES names one. */
#include "../proof/hall.h"
#include "alert/alert.h"

#define ORGAN "11440232MB2D06811W"

/* id says what it is about, opinion in which division. */
static govsvc_status raise(gs_call *call)
{
    const govsvc_step *in = call->in;
    const govsvc_alert what = {.severity = in->id % 2 ? GOVSVC_SEVERITY_YELLOW : GOVSVC_SEVERITY_NOTICE,
                               .subject = in->id,
                               .rule = "probe.lit",
                               .subject_kind = "probe",
                               .organ = in->id == 7 ? ORGAN : NULL,
                               .division = in->opinion,
                               .text = "探头亮了"};
    call->out = in;
    return gs_alert_raise(call, &what);
}

static govsvc_status put_right(gs_call *call)
{
    const govsvc_step *in = call->in;
    call->out = in;
    return gs_alert_resolve(call, "probe.lit", in->id, in->opinion);
}

static const gs_operation operations[] = {{.name = "probe.raise",
                                           .title = "亮",
                                           .in = &gs_record_step,
                                           .out = &gs_record_step,
                                           .kind = GS_RUN,
                                           .run = raise,
                                           .write = true},
                                          {.name = "probe.put_right",
                                           .title = "灭",
                                           .in = &gs_record_step,
                                           .out = &gs_record_step,
                                           .kind = GS_RUN,
                                           .run = put_right,
                                           .write = true},
                                          {.name = NULL}};
static const gs_service service_probe = {.operations = operations};
static const gs_service *const ours[] = {&service_probe, NULL};

static govsvc *gs;
static govsvc_session *admin;

static void begin(void)
{
    set_time("2026-09-21", 9);
    gs = open_store(ours);
    admin = session_as(gs, "administrator", "450000");
    govsvc_free(call(admin, "store.migrate", "{}", GOVSVC_OK));
}

static void end(void)
{
    const char *report = call(admin, "store.check", "{}", GOVSVC_OK);
    CHECK(!holds(report, "complaints"));
    govsvc_free(report);
    govsvc_session_close(admin);
    govsvc_close(gs);
}

static void probe(const char *operation, int id, const char *division)
{
    char in[100];
    snprintf(in, sizeof in, "{\"id\":\"%d\",\"opinion\":\"%s\"}", id, division);
    govsvc_free(call(admin, operation, in, GOVSVC_OK));
}

static int count(const char *text, const char *part)
{
    int found = 0;
    for (const char *at = text; at && (at = strstr(at, part)); at++)
        found++;
    return found;
}

/* How many a session finds; the answer's first identifier. */
static int found(govsvc_session *session, const char *query, char id[32])
{
    const char *page = call(session, "alert.find", query, GOVSVC_OK),
               *first = page ? strstr(page, "\"id\":\"") : NULL;
    int alerts = count(page, "\"rule\":\"probe.lit\"");
    if (id)
        *id = '\0';
    if (id && first)
        sscanf(first, "\"id\":\"%31[0-9]", id);
    govsvc_free(page);
    return alerts;
}

static void one_thing_has_one_alert(void)
{
    begin();
    for (int i = 0; i < 3; i++)
        probe("probe.raise", 1001, "450103");
    probe("probe.raise", 1001, "450102");
    CHECK_INT(found(admin, "{\"subject\":\"1001\",\"state\":\"raised\"}", NULL), 2);
    probe("probe.put_right", 1001, "450103");
    probe("probe.put_right", 1001, "450103"); /* nothing is left to resolve */
    CHECK_INT(found(admin, "{\"subject\":\"1001\",\"state\":\"raised\"}", NULL), 1);
    CHECK_INT(found(admin, "{\"subject\":\"1001\",\"state\":\"resolved\"}", NULL), 1);
    probe("probe.raise", 1001, "450103"); /* again */
    CHECK_INT(found(admin, "{\"subject\":\"1001\",\"state\":\"raised\"}", NULL), 2);
    end();
}

static void it_is_explained_and_concluded(void)
{
    char id[32];
    begin();
    probe("probe.raise", 1003, "450103");
    found(admin, "{\"subject\":\"1003\"}", id);
    govsvc_session *supervisor = session_as(gs, "centre_supervisor", "450100");
    govsvc_session *head = session_as(gs, "government_head", "450103");
    govsvc_session *clerk = session_as(gs, "window_clerk", "450103");
    call(clerk, "alert.acknowledge", with_id(id, ""), GOVSVC_DENIED);
    govsvc_free(call(supervisor, "alert.acknowledge", with_id(id, ""), GOVSVC_OK));
    call(supervisor, "alert.acknowledge", with_id(id, ""), GOVSVC_STATE);
    call(supervisor, "alert.explain", with_id(id, ""), GOVSVC_INVALID);
    CHECK_TEXT(govsvc_problem_at(supervisor, 0)->field, "/opinion");
    govsvc_free(call(supervisor, "alert.explain", with_id(id, ",\"opinion\":\"王某误触\""), GOVSVC_OK));
    govsvc_free(call(head, "alert.dismiss", with_id(id, ",\"opinion\":\"属实，系误报\""), GOVSVC_OK));
    call(head, "alert.uphold", with_id(id, ",\"opinion\":\"x\""), GOVSVC_STATE);
    call(admin, "alert.resolve", with_id(id, ""), GOVSVC_DENIED);
    const char *feed = call(admin, "journal.feed", "{\"limit\":1000}", GOVSVC_OK);
    CHECK(!holds(feed, "王某误触") && !holds(feed, "误报")); /* free text is personal */
    govsvc_free(feed);
    govsvc_session_close(supervisor);
    govsvc_session_close(head);
    govsvc_session_close(clerk);
    end();
}

static govsvc_session *officer(const char *role, const char *organ, const char *division)
{
    const char *const roles[] = {role};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = role;
    actor.organ = organ;
    actor.division = division;
    actor.roles = roles;
    actor.role_count = 1;
    CHECK_INT(govsvc_session_open(gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

static void a_list_holds_what_its_reader_may_see(void)
{
    char id[32];
    begin();
    probe("probe.raise", 7, "450302"); /* an organ's */
    probe("probe.raise", 11, "450302");
    govsvc_session *own = officer("handler", ORGAN, "450302");
    govsvc_session *other = officer("handler", "11310000MB2F3008XM", "450302");
    govsvc_session *guilin = officer("auditor", NULL, "450300"),
                   *nanning = officer("auditor", NULL, "450100");
    govsvc_session *person = officer("applicant", NULL, NULL);
    CHECK_INT(found(own, "{\"division\":\"450300\"}", id), 1);
    CHECK_INT(found(other, "{\"division\":\"450300\"}", NULL), 0);
    CHECK_INT(found(guilin, "{\"division\":\"450300\"}", NULL), 2);
    CHECK_INT(found(nanning, "{\"division\":\"450300\"}", NULL), 0);
    CHECK_INT(found(guilin, "{\"severity\":\"red\"}", NULL), 0);
    CHECK_INT(found(guilin, "{\"severity\":\"warning\"}", NULL), 2);
    call(person, "alert.find", "{}", GOVSVC_DENIED);
    call(person, "alert.get", with_id(id, ""), GOVSVC_NOT_FOUND);
    call(nanning, "alert.get", with_id(id, ""), GOVSVC_NOT_FOUND);
    call(other, "alert.acknowledge", with_id(id, ""), GOVSVC_NOT_FOUND);
    govsvc_free(call(own, "alert.get", with_id(id, ""), GOVSVC_OK));
    govsvc_session *all[] = {own, other, guilin, nanning, person};
    for (size_t i = 0; i < TEST_COUNT(all); i++)
        govsvc_session_close(all[i]);
    end();
}

static void pages_are_cut_by_key(void)
{
    char query[100] = "{\"rule\":\"probe.lit\",\"division\":\"450200\",\"limit\":17}", next[32];
    int seen = 0;
    begin();
    for (int i = 0; i < 100; i++)
        probe("probe.raise", 2000 + i, i % 2 ? "450203" : "450204001");
    for (int page = 0; page < 10; page++) {
        const char *out = call(admin, "alert.find", query, GOVSVC_OK);
        const char *at = out ? strstr(out, "\"next\":") : NULL;
        seen += count(out, "\"rule\":\"probe.lit\"");
        bool more = at && sscanf(at, "\"next\":\"%31[0-9]", next) == 1;
        govsvc_free(out);
        if (!more)
            break;
        snprintf(query, sizeof query, "{\"division\":\"450200\",\"limit\":17,\"after\":\"%s\"}", next);
    }
    CHECK_INT(seen, 100);
    call(admin, "alert.find", "{\"limit\":201}", GOVSVC_INVALID);
    end();
}

int main(void)
{
    static const test_case cases[] = {TEST(one_thing_has_one_alert), TEST(it_is_explained_and_concluded),
                                      TEST(a_list_holds_what_its_reader_may_see), TEST(pages_are_cut_by_key)};
    return hall_main(cases, TEST_COUNT(cases));
}
