/* Materials that another organ holds, and what two organs see of one case. */
#include <jansson.h>
#include <stdlib.h>

#include "bodies.h"

#define LICENCE_TYPE "11100000000013127D001"
#define PERMIT_TYPE "11100000000013127D002"
#define OWN_TYPE "11100000000013127D003"

static story s;
static char organs[3][19];
enum { ASKING, OTHER, THIRD };

/* ---- matters ------------------------------------------------------------------------------------------- */

typedef struct planted {
    int organ, number; /* of its code */
    const char *more;  /* members */
    const char *materials;
} planted;

static void code_of(const planted *of, char out[40])
{
    snprintf(out, 40, "%.18s4000118%03d000", organs[of->organ], of->number % 1000);
}

static int64_t put(const planted *of, int version)
{
    char in[4000], code[40];
    const char *out = NULL;
    code_of(of, code);
    snprintf(
        in, sizeof in,
        "{\"version\":%d,\"type\":\"inter_department\",\"level\":\"county\",\"project_type\":\"promised\","
        "\"statutory_amount\":10,\"statutory_unit\":\"working_days\",\"statutory_basis\":\"内部规定\","
        "\"code\":\"%s\",\"basic_code\":\"000118%03d000\",\"name\":\"事项%d\",\"organ\":\"%s\","
        "\"organ_name\":\"第%d局\",\"division\":\"450103\",\"bases\":[{\"law\":\"《条例》\","
        "\"article\":\"第一条\"}]%s,\"materials\":[%s]}",
        version, code, of->number, of->number, organs[of->organ], of->organ, of->more, of->materials);
    CHECK_INT(govsvc_call(s.as[ADMINISTRATOR], "matter.put", in, &out), GOVSVC_OK);
    if (!out)
        fprintf(stderr, "%s\n", story_problem(s.as[ADMINISTRATOR])->text_en);
    int64_t id = out ? strtoll(out + strlen("{\"id\":\""), NULL, 10) : 0;
    govsvc_free(out);
    return id;
}

static int64_t publish(const planted *of, int version)
{
    int64_t id = put(of, version);
    CHECK_INT(publish_version(&s, id), GOVSVC_OK);
    return id;
}

#define M(code, more) "{\"code\":\"" code "\",\"name\":\"材料" code "\",\"need\":\"required\"" more "}"

/* What the asking organ asks for: for each material, why another organ holds it, or why none does. */
static const planted asking = {
    ASKING, 1, ",\"result_certificate_type\":\"" OWN_TYPE "\"",
    M("A1", ",\"source\":\"government\",\"source_explain\":\"公安机关\"") "," /* held: the list says so */
    M("A2", ",\"certificate_type\":\"" LICENCE_TYPE "\"") ","                 /* held: another issues it */
    M("A3", ",\"canonical\":\"租赁合同\"") ","                                /* held: another collects it */
    M("A4", ",\"source\":\"applicant\"") ","                                  /* the applicant's own */
    M("A5", ",\"canonical\":\"平面图\"") ","                 /* the same organ asks for it elsewhere */
    M("A6", ",\"certificate_type\":\"" PERMIT_TYPE "\"") "," /* the organ issues it itself */
    M("A7", ",\"certificate_type\":\"" OWN_TYPE "\"") ","    /* this matter ends in it */
    M("A8", ",\"canonical\":\"草稿材料\"") ","               /* only a draft asks for it */
    M("A9", ",\"canonical\":\"旧版材料\"") ","               /* only a version that was replaced did */
    M("B1", ",\"canonical\":\"停办材料\"") ","               /* only a suspended matter does */
    M("B2", ",\"canonical\":\"唯一材料\"")};                 /* nobody else */

static void open_with_matters(void)
{
    static const planted issuer = {OTHER, 2, ",\"result_certificate_type\":\"" LICENCE_TYPE "\"",
                                   M("M1", ",\"canonical\":\"申请书\"")};
    static const planted collector = {THIRD, 3, "", M("M1", ",\"canonical\":\"租赁合同\"")};
    static const planted again = {ASKING, 4, ",\"result_certificate_type\":\"" PERMIT_TYPE "\"",
                                  M("M1", ",\"canonical\":\"平面图\"")};
    static const planted draft = {OTHER, 5, "", M("M1", ",\"canonical\":\"草稿材料\"")};
    static const planted replaced = {OTHER, 6, "", M("M1", ",\"canonical\":\"旧版材料\"")};
    static const planted replacing = {OTHER, 6, "", M("M1", "")};
    static const planted suspended = {OTHER, 7, "", M("M1", ",\"canonical\":\"停办材料\"")};
    story_open(&s, story_store());
    for (int i = 0; i < 3; i++)
        organ_of("450103", 40 + i, organs[i]);
    publish(&asking, 1);
    publish(&issuer, 1);
    publish(&collector, 1);
    publish(&again, 1);
    put(&draft, 1);
    publish(&replaced, 1);
    publish(&replacing, 2);
    CHECK_INT(take(&s, govsvc_matter_suspend, publish(&suspended, 1)), GOVSVC_OK);
}

static const govsvc_held_page *ask(const govsvc_held_request *in)
{
    const govsvc_held_page *out = NULL;
    CHECK_INT(govsvc_matter_materials(s.as[AUDITOR], in, &out), GOVSVC_OK);
    return out;
}

/* ---- who holds what ------------------------------------------------------------------------------------- */

static void test_library_lists_every_material_another_organ_holds(void)
{
    static const struct {
        const char *code;
        int organ; /* -1: the list names none */
        int64_t reason, proposal;
    } held[] = {{"A1", -1, GOVSVC_HOLDER_SOURCE, GOVSVC_PROPOSAL_SHARE},
                {"A2", OTHER, GOVSVC_HOLDER_ISSUER, GOVSVC_PROPOSAL_SHARE},
                {"A3", THIRD, GOVSVC_HOLDER_COLLECTOR, GOVSVC_PROPOSAL_MERGE}};
    govsvc_held_request in = GOVSVC_HELD_REQUEST_INIT;
    open_with_matters();
    in.organ = organs[ASKING];
    in.held = GOVSVC_YES;
    const govsvc_held_page *page = ask(&in);
    CHECK_INT(page->material_count, TEST_COUNT(held));
    for (size_t i = 0; i < TEST_COUNT(held) && i < page->material_count; i++) {
        const govsvc_held_material *material = page->materials[i];
        CHECK_TEXT(material->code, held[i].code);
        CHECK_INT(material->holder_count, 1);
        CHECK_INT(material->holders[0]->reason, held[i].reason);
        CHECK_INT(material->proposal, held[i].proposal);
        if (held[i].organ < 0)
            CHECK_TEXT(material->holders[0]->organ_name, "公安机关");
        else
            CHECK_TEXT(material->holders[0]->organ, organs[held[i].organ]);
    }
    govsvc_free(page);
    in.organ = NULL; /* every organ's: the collector's contract is held by the organ that asks for it too */
    page = ask(&in);
    CHECK_INT(page->material_count, TEST_COUNT(held) + 1);
    CHECK_TEXT(page->materials[3]->organ, organs[THIRD]);
    CHECK_TEXT(page->materials[3]->holders[0]->organ, organs[ASKING]);
    govsvc_free(page);
    story_close(&s);
}

static void every_material_has_a_proposal(void)
{
    static const struct {
        const char *code;
        int64_t asked, own, proposal;
    } rows[] = {
        {"A1", 0, GOVSVC_NO, GOVSVC_PROPOSAL_SHARE}, {"A2", 0, GOVSVC_NO, GOVSVC_PROPOSAL_SHARE},
        {"A3", 1, GOVSVC_NO, GOVSVC_PROPOSAL_MERGE}, {"A4", 0, GOVSVC_NO, GOVSVC_PROPOSAL_KEEP},
        {"A5", 1, GOVSVC_NO, GOVSVC_PROPOSAL_MERGE}, {"A6", 0, GOVSVC_YES, GOVSVC_PROPOSAL_CUT},
        {"A7", 0, GOVSVC_YES, GOVSVC_PROPOSAL_CUT},  {"A8", 0, GOVSVC_NO, GOVSVC_PROPOSAL_KEEP},
        {"A9", 0, GOVSVC_NO, GOVSVC_PROPOSAL_KEEP},  {"B1", 0, GOVSVC_NO, GOVSVC_PROPOSAL_KEEP},
        {"B2", 0, GOVSVC_NO, GOVSVC_PROPOSAL_KEEP},
    };
    char code[40], collector[40];
    const planted of = {THIRD, 3, "", ""};
    govsvc_held_request in = GOVSVC_HELD_REQUEST_INIT;
    open_with_matters();
    code_of(&asking, code);
    code_of(&of, collector);
    in.code = code;
    const govsvc_held_page *page = ask(&in);
    CHECK_INT(page->material_count, TEST_COUNT(rows));
    for (size_t i = 0; i < TEST_COUNT(rows) && i < page->material_count; i++) {
        const govsvc_held_material *material = page->materials[i];
        CHECK_TEXT(material->code, rows[i].code);
        CHECK_INT(material->asked, rows[i].asked);
        CHECK_INT(material->own, rows[i].own);
        CHECK_INT(material->proposal, rows[i].proposal);
    }
    CHECK_INT(page->materials[2]->asked_by_count, 1);
    CHECK_TEXT(page->materials[2]->asked_by[0], collector);
    CHECK(page->next == NULL);
    govsvc_free(page);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* The same matter at another body is no other matter. */
static void a_matter_of_many_bodies_is_one(void)
{
    static const planted first = {ASKING, 9, "", M("M1", ",\"canonical\":\"章程\"")};
    static const planted same = {OTHER, 9, "", M("M1", ",\"canonical\":\"章程\"")};
    static const planted other = {THIRD, 8, "", M("M1", ",\"canonical\":\"章程\"")};
    char code[40];
    govsvc_held_request in = GOVSVC_HELD_REQUEST_INIT;
    open_with_matters();
    publish(&first, 1);
    publish(&same, 1);
    code_of(&first, code);
    in.code = code;
    const govsvc_held_page *page = ask(&in);
    CHECK_INT(page->materials[0]->asked, 0);
    CHECK_INT(page->materials[0]->proposal, GOVSVC_PROPOSAL_KEEP);
    govsvc_free(page);
    publish(&other, 1);
    code_of(&other, code);
    page = ask(&in);
    CHECK_INT(page->materials[0]->asked, 1); /* two bodies ask for it, by one matter */
    govsvc_free(page);
    story_close(&s);
}

static void pages_go_by_division_and_code(void)
{
    char after[64] = "";
    size_t seen = 0, pages = 0;
    govsvc_held_request in = GOVSVC_HELD_REQUEST_INIT;
    open_with_matters();
    in.limit = 2;
    in.division = "450100";
    for (bool more = true; more && pages < 10; pages++) {
        const govsvc_held_page *page = ask(&in);
        seen += page->material_count;
        more = page->next != NULL;
        snprintf(after, sizeof after, "%s", more ? page->next : "");
        in.after = after;
        govsvc_free(page);
    }
    CHECK_INT(pages, 3);
    CHECK_INT(seen, 16); /* eleven, one each of four, and the story's */
    in.after = "nowhere";
    CHECK_INT(govsvc_matter_materials(s.as[AUDITOR], &in, NULL), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[AUDITOR])->field, "/after");
    CHECK_INT(govsvc_matter_materials(s.as[APPLICANT], &in, NULL), GOVSVC_DENIED);
    in.code = STORY_ORGAN "4000117059000";
    CHECK_INT(govsvc_matter_materials(s.as[AUDITOR], &in, NULL), GOVSVC_NOT_FOUND);
    story_close(&s);
}

/* ---- two organs, one case ------------------------------------------------------------------------------- */

static govsvc_session *officer(const char *id, const char *role, const char *organ)
{
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = id;
    actor.organ = organ;
    actor.division = "450103";
    actor.roles = &role;
    actor.role_count = 1;
    CHECK_INT(govsvc_session_open(s.gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

static json_t *call(govsvc_session *session, const char *operation, const char *in)
{
    const char *out = NULL;
    govsvc_status status = govsvc_call(session, operation, in, &out);
    CHECK_INT(status, GOVSVC_OK);
    if (status)
        fprintf(stderr, "%s: %s\n", operation, story_problem(session)->text_en);
    json_t *tree = out ? json_loads(out, 0, NULL) : NULL;
    govsvc_free(out);
    return tree;
}

static json_t *with_id(govsvc_session *session, const char *operation, const char *member, const char *id,
                       const char *more)
{
    char in[200];
    snprintf(in, sizeof in, "{\"%s\":\"%s\"%s}", member, id, more);
    return call(session, operation, in);
}

static bool equal(const json_t *a, const json_t *b, const char *member)
{
    const json_t *of_a = json_object_get(a, member), *of_b = json_object_get(b, member);
    return (!of_a && !of_b) || (of_a && of_b && json_equal(of_a, of_b));
}

static void same_history(json_t *a, json_t *b, size_t want)
{
    static const char *const members[] = {"position", "revision", "action",   "from_state",
                                          "to_state", "actor",    "row_hash", "occurred_at"};
    const json_t *of_a = json_object_get(a, "entries"), *of_b = json_object_get(b, "entries");
    CHECK_INT(json_array_size(of_a), want);
    CHECK_INT(json_array_size(of_b), want);
    for (size_t i = 0; i < want; i++) {
        CHECK(json_object_get(json_array_get(of_a, i), "row_hash") != NULL);
        for (size_t m = 0; m < TEST_COUNT(members); m++)
            CHECK(equal(json_array_get(of_a, i), json_array_get(of_b, i), members[m]));
    }
    json_decref(a);
    json_decref(b);
}

static void test_both_organs_see_the_same_state_and_history(void)
{
    static const char *const steps[] = {"receive", "accept", "review"};
    char in[1000], code[40], id[32];
    open_with_matters();
    const char *roles[] = {"acceptor", "acceptor", "reviewer"};
    govsvc_session *asker = officer("officer-1", "applicant", organs[OTHER]);
    code_of(&asking, code);
    snprintf(
        in, sizeof in,
        "{\"applicant_kind\":\"organ\",\"channel\":\"web\",\"matter\":\"%s\",\"applicant_name\":\"第1局\","
        "\"applicant_id\":\"%s\",\"materials\":[{\"code\":\"A3\"}]}",
        code, organs[OTHER]);
    json_t *out = call(asker, "application.submit", in);
    snprintf(id, sizeof id, "%s", json_string_value(json_object_get(out, "id")));
    json_decref(out);
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        char operation[40];
        s.now += STORY_HOUR;
        govsvc_session *handling = officer("officer-2", roles[i], organs[ASKING]);
        snprintf(operation, sizeof operation, "application.%s", steps[i]);
        json_decref(with_id(handling, operation, "id", id, ",\"opinion\":\"同意\""));
        json_t *theirs = with_id(handling, "application.get", "id", id, "");
        json_t *ours = with_id(asker, "application.get", "id", id, "");
        CHECK(json_object_get(ours, "state") && equal(ours, theirs, "state"));
        CHECK(json_object_get(ours, "revision") && equal(ours, theirs, "revision"));
        json_decref(theirs);
        json_decref(ours);
        tick_all(&s); /* on a server positions are given by it */
        same_history(with_id(handling, "journal.history", "subject", id, ""),
                     with_id(asker, "journal.history", "subject", id, ""), i + 2);
        govsvc_session_close(handling);
    }
    govsvc_session *stranger = officer("officer-3", "reviewer", organs[THIRD]);
    snprintf(in, sizeof in, "{\"id\":\"%s\"}", id);
    const char *answer = NULL;
    CHECK_INT(govsvc_call(stranger, "application.get", in, &answer), GOVSVC_NOT_FOUND);
    govsvc_session_close(stranger);
    govsvc_session_close(asker);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(test_library_lists_every_material_another_organ_holds), TEST(every_material_has_a_proposal),
        TEST(a_matter_of_many_bodies_is_one), TEST(pages_go_by_division_and_code),
        TEST(test_both_organs_see_the_same_state_and_history)};
    return test_main(cases, TEST_COUNT(cases));
}
