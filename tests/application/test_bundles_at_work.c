/* tests/application/test_bundles_at_work.c - a bundle at work (measure 1): one acceptance, children that begin when
 * their predecessors are met, corrections and refusals that touch only what depends on them, and clocks that say
 * which child is last. */
#include "act.h"

#include "codes/check.h"

/* A matter of the story's organ, by its number. */
static const char *code_of(int number)
{
    static char codes[8][64];
    char *code = codes[number % 8];
    snprintf(code, sizeof codes[0], STORY_ORGAN "4000117%03d000", 100 + number);
    return code;
}

static void publish(govsvc_matter_draft *matter)
{
    const govsvc_matter *out = NULL;
    govsvc_status status = govsvc_matter_put(s.as[ADMINISTRATOR], matter, &out);
    CHECK_INT(status, GOVSVC_OK);
    if (status) {
        fprintf(stderr, "   matter.put: %s %s\n", story_problem(s.as[ADMINISTRATOR])->field,
                story_problem(s.as[ADMINISTRATOR])->text_en);
        return;
    }
    long long id = (long long)out->id;
    govsvc_free(out);
    DONE(ADMINISTRATOR, "matter.review", "{\"id\":\"%lld\"}", id);
    DONE(ADMINISTRATOR, "matter.publish", "{\"id\":\"%lld\"}", id);
}

/* Asks for the shop's name, which is one and the same, and for one field and one material of its own. */
static void publish_member(int number, const char *name, int64_t days)
{
    govsvc_form_field shop = GOVSVC_FORM_FIELD_INIT, own = GOVSVC_FORM_FIELD_INIT;
    const govsvc_form_field *fields[] = {&shop, &own};
    govsvc_material common = GOVSVC_MATERIAL_INIT, special = GOVSVC_MATERIAL_INIT;
    const govsvc_material *materials[] = {&common, &special};
    char own_name[20], own_code[20];
    story_drafts d;
    story_drafts_init(&d);
    snprintf(own_name, sizeof own_name, "own%d", number);
    snprintf(own_code, sizeof own_code, "S%d", number);
    shop.type = own.type = GOVSVC_FIELD_TEXT;
    shop.name = number % 2 ? "shop" : "shop_name";
    shop.label = "店名";
    shop.element = "DE00001";
    own.name = own.label = own_name;
    common.need = special.need = GOVSVC_NEED_REQUIRED;
    common.code = number % 2 ? "M1" : "MA";
    common.name = "身份证";
    common.canonical = "C001";
    special.code = special.name = own_code;
    d.matter.code = code_of(number);
    d.matter.name = name;
    d.matter.statutory_amount = d.matter.promised_amount = days;
    d.matter.fields = fields;
    d.matter.field_count = 2;
    d.matter.materials = materials;
    d.matter.material_count = 2;
    d.matter.effective_date = NULL;
    d.matter.special_procedure_count = 0;
    publish(&d.matter);
}

/* licence and sign begin at once, health after licence, fire after health. */
static void publish_bundle(int64_t rule, const char *unified)
{
    static const char *const after_licence[] = {"licence"}, *const after_health[] = {"health"};
    govsvc_member members[4];
    const govsvc_member *list[4];
    static const char *const codes[] = {"licence", "health", "fire", "sign"};
    story_drafts d;
    publish_member(1, "营业执照", 5);
    publish_member(2, "卫生许可", 10);
    publish_member(3, "消防检查", 20);
    publish_member(4, "招牌设置", 15);
    story_drafts_init(&d);
    for (int i = 0; i < 4; i++) {
        members[i] = (govsvc_member)GOVSVC_MEMBER_INIT;
        members[i].code = codes[i];
        members[i].matter = code_of(i + 1);
        list[i] = &members[i];
    }
    members[1].after = after_licence;
    members[2].after = after_health;
    members[1].after_count = members[2].after_count = 1;
    members[3].optional = GOVSVC_YES;
    d.matter.code = code_of(5);
    d.matter.name = "开办餐饮店";
    d.matter.type = GOVSVC_MATTER_BUNDLE;
    d.matter.members = list;
    d.matter.member_count = 4;
    d.matter.refused_rule = rule;
    d.matter.unified_basis = unified;
    d.matter.material_count = d.matter.special_procedure_count = 0;
    d.matter.statutory_amount = 45;
    d.matter.promised_amount = 30;
    d.matter.effective_date = NULL;
    publish(&d.matter);
}

static void open_story(int64_t rule, const char *unified)
{
    story_open(&s, story_store());
    at("2026-03-02 09:00");
    publish_bundle(rule, unified);
}

static void close_story(void)
{
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

#define ID(id) "{\"id\":\"%lld\"}", (long long)(id)
#define BODY(more)                                                                                           \
    "{\"applicant_kind\":\"natural_person\",\"channel\":\"web\",\"matter\":\"%s\",\"applicant_name\":"       \
    "\"张三丰\","                                                                                         \
    "\"applicant_id\":\"" STORY_CITIZEN "\",\"form\":{\"shop\":\"老友粉\",\"own2\":\"二\"},"             \
    "\"materials\":[{\"code\":\"M1\",\"name\":\"身份证.pdf\"},{\"code\":\"S3\",\"name\":\"消防.pdf\"}]" more \
    "}",                                                                                                     \
        code_of(5)

static int64_t parent_id;

/* The application's member, by its code; 0: it has none. */
static int64_t child(const char *member)
{
    char name[60];
    long long found = 0;
    DONE(ADMINISTRATOR, "application.children", ID(parent_id));
    snprintf(name, sizeof name, "\"member\":\"%s\"", member);
    const char *list = strstr(said, "\"children\":[");
    for (const char *item = list ? strstr(list, "{\"id\":\"") : NULL; item;
         item = strstr(item + 1, "{\"id\":\"")) {
        const char *end = strstr(item, "}"), *of = strstr(item, name);
        if (of && of < end)
            found = atoll(item + 7);
    }
    return found;
}

static void submitted(void)
{
    DONE(APPLICANT, "application.submit", BODY(""));
    parent_id = said_id();
}

static void accepted(void)
{
    submitted();
    STEP(WINDOW_CLERK, "receive", parent_id);
    STEP(WINDOW_CLERK, "accept", parent_id);
}

#define STANDS(id, state_)                                                                                   \
    do {                                                                                                     \
        DONE(ADMINISTRATOR, "application.get", ID(id));                                                      \
        SAYS("\"state\":\"" state_ "\"");                                                                    \
    } while (0)

static void decided(const char *member, const char *outcome)
{
    int64_t id = child(member);
    STEP(REVIEWER, "review", id);
    DONE(ORGAN_HEAD, "application.decide",
         "{\"id\":\"%lld\",\"outcome\":\"%s\",\"opinion\":\"依法\",\"remedy\":\"可申请行政复议\"}",
         (long long)id, outcome);
}

static void closed(const char *member)
{
    STEP(REVIEWER, "close", child(member));
}

/* ---- one becomes several ----------------------------------------------------------------------------------- */

static void test_one_submission_makes_complete_children(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    submitted();
    CHECK_INT(story_rows(&s, "application"), 5);
    DONE(APPLICANT, "application.get", ID(child("health")));
    SAYS("\"state\":\"waiting\"");
    SAYS("\"shop_name\":\"老友粉\""); /* under its own name */
    SAYS("\"own2\":\"二\"");
    SAYS("\"code\":\"MA\""); /* the one identity card */
    SAYS("\"matter_name\":\"卫生许可\"");
    SAYS("张三丰");
    DONE(APPLICANT, "application.get", ID(child("fire")));
    SAYS("\"code\":\"S3\"");
    SAYS_NOT("own2");
    DONE(APPLICANT, "application.get", ID(child("licence")));
    SAYS("\"state\":\"submitted\"");
    close_story();
}

static void test_members_may_be_left_out_where_they_are_optional(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    REFUSED(GOVSVC_INVALID, "/without/0", "optional", APPLICANT, "application.submit",
            BODY(",\"without\":[\"fire\"]"));
    DONE(APPLICANT, "application.submit", BODY(",\"without\":[\"sign\"]"));
    CHECK_INT(story_rows(&s, "application"), 4);
    close_story();
}

static void test_a_retried_submission_makes_no_second_set(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    DONE(APPLICANT, "application.submit", BODY(",\"request_key\":\"k-1\""));
    DONE(APPLICANT, "application.submit", BODY(",\"request_key\":\"k-1\""));
    CHECK_INT(story_rows(&s, "application"), 5);
    close_story();
}

static void test_a_refused_submission_leaves_nothing_in_a_batch(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    story_trace before, after;
    story_look(&s, &before);
    CHECK_INT(govsvc_batch_begin(s.as[APPLICANT]), GOVSVC_OK);
    CHECK_INT(ASK(APPLICANT, "application.submit", BODY(",\"without\":[\"fire\"]")), GOVSVC_INVALID);
    CHECK_INT(govsvc_batch_commit(s.as[APPLICANT]), GOVSVC_OK);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    close_story();
}

/* ---- one acceptance ------------------------------------------------------------------------------------------ */

static void test_one_acceptance_and_children_start_when_predecessors_are_met(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    STANDS(child("licence"), "accepted");
    STANDS(child("sign"), "accepted");
    STANDS(child("health"), "waiting");
    CLOCK(child("licence"), "decision", "running", "2026-03-09");
    CHECK_TEXT(clock_member(child("health"), "decision", "state"), "");
    at("2026-03-04 10:00");
    decided("licence", "granted");
    STANDS(child("health"), "accepted");
    STANDS(child("fire"), "waiting");
    CLOCK(child("health"), "decision", "running", "2026-03-18"); /* from its own start */
    REFUSED(GOVSVC_STATE, "", "state", REVIEWER, "application.review",
            ID(parent_id)); /* the whole is not reviewed */
    at("2026-03-05 10:00");
    decided("health", "granted");
    decided("fire", "granted");
    decided("sign", "granted");
    closed("licence");
    closed("health");
    closed("fire");
    STANDS(parent_id, "accepted");
    closed("sign");
    STANDS(parent_id, "closed");
    CLOCK(parent_id, "promised", "met", "2026-04-14");
    close_story();
}

static void test_silence_accepts_the_whole_and_its_children(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    submitted();
    STEP(WINDOW_CLERK, "receive", parent_id);
    at("2026-03-10 08:00");
    tick();
    STANDS(parent_id, "accepted");
    STANDS(child("licence"), "accepted");
    SAYS("\"deemed\":true");
    close_story();
}

static void test_a_childs_correction_holds_only_what_depends_on_it(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    submitted();
    STEP(WINDOW_CLERK, "receive", parent_id);
    int64_t licence = child("licence");
    DONE(ACCEPTOR, "application.request_correction",
         "{\"id\":\"%lld\",\"items\":[{\"code\":\"S1\",\"requirement\":\"补交\"}]}", (long long)licence);
    STEP(WINDOW_CLERK, "accept", parent_id);
    STANDS(licence, "correcting");
    STANDS(child("sign"), "accepted");
    STANDS(child("health"), "waiting");
    decided("sign", "granted"); /* what does not depend on it goes on */
    at("2026-03-05 10:00");
    DONE(APPLICANT, "application.supply", "{\"id\":\"%lld\",\"materials\":[{\"code\":\"S1\"}]}",
         (long long)licence);
    STEP(ACCEPTOR, "accept", licence);
    decided("licence", "granted");
    STANDS(child("health"), "accepted");
    close_story();
}

/* ---- one appraisal ---------------------------------------------------------------------------------------------- */

static void test_one_appraisal_for_the_whole(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    static const char *const members[] = {"licence", "health", "fire", "sign"};
    for (size_t i = 0; i < TEST_COUNT(members); i++) {
        decided(members[i], "granted");
        closed(members[i]);
    }
    tick();
    CHECK_INT(story_rows(&s, "appraisal"), 1);
    CHECK_INT(
        ASK(APPLICANT, "application.appraise",
            "{\"application\":\"%lld\",\"object\":\"case\",\"channel\":\"web\",\"grade\":\"satisfied\"}",
            (long long)child("fire")),
        GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->rule, "bundle");
    DONE(APPLICANT, "application.appraise",
         "{\"application\":\"%lld\",\"object\":\"case\",\"channel\":\"web\",\"grade\":\"satisfied\"}",
         (long long)parent_id);
    close_story();
}

/* ---- a refusal ------------------------------------------------------------------------------------------------ */

static void test_a_refused_child_and_the_others_continue(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    decided("licence", "refused");
    STANDS(child("health"), "terminated");
    SAYS("\"end_kind\":\"predecessor\"");
    STANDS(child("fire"), "terminated");
    STANDS(child("sign"), "accepted");
    decided("sign", "granted");
    closed("licence");
    closed("sign");
    STANDS(parent_id, "closed");
    close_story();
}

static void test_a_refused_child_stops_what_is_not_decided(void)
{
    open_story(GOVSVC_REFUSED_STOP, NULL);
    accepted();
    decided("licence", "refused");
    STANDS(child("sign"), "terminated");
    CHECK_TEXT(clock_member(child("sign"), "decision", "state"), "void");
    closed("licence");
    STANDS(parent_id, "closed");
    close_story();
}

static void test_a_refused_child_and_the_offer_to_split(void)
{
    open_story(GOVSVC_REFUSED_SPLIT, NULL);
    accepted();
    REFUSED(GOVSVC_INVALID, "", "offered", APPLICANT, "application.split", ID(parent_id));
    decided("licence", "refused");
    int64_t sign = child("sign");
    STANDS(sign, "accepted");
    DONE(APPLICANT, "application.get", ID(parent_id));
    SAYS("\"split_offered_at\"");
    STEP(APPLICANT, "split", parent_id);
    STANDS(parent_id, "closed");
    STANDS(sign, "accepted");
    SAYS("\"detached\":true");
    CLOCK(sign, "decision", "running", "2026-03-23"); /* its clock goes on */
    STEP(REVIEWER, "review", sign);
    DONE(ORGAN_HEAD, "application.decide", "{\"id\":\"%lld\",\"outcome\":\"granted\"}", (long long)sign);
    close_story();
}

static void test_what_is_split_off_unified_handling_has_its_own_limit_again(void)
{
    open_story(GOVSVC_REFUSED_SPLIT, "县政府关于开办餐饮店统一办理的决定");
    accepted();
    at("2026-03-09 10:00");
    decided("licence", "refused");
    int64_t sign = child("sign");
    CHECK_TEXT(clock_member(sign, "decision", "state"), "");
    STEP(APPLICANT, "split", parent_id);
    CLOCK(sign, "decision", "running", "2026-03-23"); /* from its acceptance */
    DONE(APPLICANT, "application.get", ID(sign));
    SAYS("\"unified\":false");
    close_story();
}

/* ---- withdrawal ------------------------------------------------------------------------------------------------ */

static void test_withdrawing_the_parent_spares_what_was_decided(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    decided("licence", "granted");
    STEP(APPLICANT, "withdraw", parent_id);
    STANDS(child("licence"), "decided");
    STANDS(child("health"), "withdrawn");
    STANDS(child("fire"), "withdrawn");
    STANDS(child("sign"), "withdrawn");
    STANDS(parent_id, "accepted"); /* until what was decided is closed */
    closed("licence");
    STANDS(parent_id, "closed");
    close_story();
}

static void test_withdrawing_the_parent_before_any_decision_ends_it(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    STEP(APPLICANT, "withdraw", parent_id);
    STANDS(parent_id, "withdrawn");
    STANDS(child("licence"), "withdrawn");
    STANDS(child("fire"), "withdrawn");
    static const char *const actions[] = {"withdraw", "accept", "receive", "close", "split"};
    for (size_t i = 0; i < TEST_COUNT(actions); i++) {
        char operation[60];
        snprintf(operation, sizeof operation, "application.%s", actions[i]);
        govsvc_status status = ask_as(s.anyone, operation, ID(parent_id));
        CHECK(status == GOVSVC_STATE || status == GOVSVC_TAKEN);
    }
    close_story();
}

static void test_withdrawing_one_child_ends_what_depends_on_it(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    STEP(APPLICANT, "withdraw", child("licence"));
    STANDS(child("health"), "terminated");
    STANDS(child("sign"), "accepted");
    STANDS(parent_id, "accepted");
    STEP(APPLICANT, "withdraw", child("sign"));
    STANDS(parent_id, "closed"); /* nothing is left */
    close_story();
}

/* ---- clocks ------------------------------------------------------------------------------------------------------ */

static void test_parent_deadline_names_the_critical_child(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    DONE(APPLICANT, "application.deadline", ID(parent_id));
    SAYS("\"critical_name\":\"消防检查\""); /* 5, then 10, then 20 days; the other one has 15 */
    SAYS("营业执照 → 卫生许可 → 消防检查");
    SAYS("不迟于 2026-04-23");
    decided("licence", "granted");
    decided("health", "granted");
    decided("fire", "granted");
    DONE(APPLICANT, "application.deadline", ID(parent_id));
    SAYS("\"critical_name\":\"招牌设置\"");
    SAYS("不迟于 2026-03-23");
    close_story();
}

static void test_forty_five_and_fifteen_only_where_unified_handling_is_on_record(void)
{
    open_story(GOVSVC_REFUSED_CONTINUE, NULL);
    accepted();
    CHECK_TEXT(clock_member(parent_id, "decision", "state"), "");
    CLOCK(parent_id, "promised", "running", "2026-04-14");
    CLOCK(child("licence"), "decision", "running", "2026-03-09");
    REFUSED(GOVSVC_STATE, "", "state", GOVERNMENT_HEAD, "application.extend",
            "{\"id\":\"%lld\",\"amount\":15,\"opinion\":\"复杂\",\"notice\":\"1号\"}", (long long)parent_id);
    story_close(&s);
    open_story(GOVSVC_REFUSED_CONTINUE, "县政府关于开办餐饮店统一办理的决定");
    accepted();
    CLOCK(parent_id, "decision", "running", "2026-05-11");
    CHECK_TEXT(clock_member(child("licence"), "decision", "state"), "");
    REFUSED(GOVSVC_DENIED, "", "role", ORGAN_HEAD, "application.extend",
            "{\"id\":\"%lld\",\"amount\":15,\"opinion\":\"复杂\",\"notice\":\"1号\"}", (long long)parent_id);
    REFUSED(GOVSVC_INVALID, "/amount", "range", GOVERNMENT_HEAD, "application.extend",
            "{\"id\":\"%lld\",\"amount\":16,\"opinion\":\"复杂\",\"notice\":\"1号\"}", (long long)parent_id);
    DONE(GOVERNMENT_HEAD, "application.extend",
         "{\"id\":\"%lld\",\"amount\":15,\"opinion\":\"复杂\",\"notice\":\"1号\"}", (long long)parent_id);
    CHECK(explained(parent_id, "第四十二条第二款") > 0);
    decided("licence", "granted");
    decided("health", "granted");
    decided("fire", "granted");
    CHECK_TEXT(clock_member(parent_id, "decision", "state"), "running");
    decided("sign", "granted");
    CHECK_TEXT(clock_member(parent_id, "decision", "state"), "met");
    close_story();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(test_one_submission_makes_complete_children),
        TEST(test_members_may_be_left_out_where_they_are_optional),
        TEST(test_a_retried_submission_makes_no_second_set),
        TEST(test_a_refused_submission_leaves_nothing_in_a_batch),
        TEST(test_one_acceptance_and_children_start_when_predecessors_are_met),
        TEST(test_silence_accepts_the_whole_and_its_children),
        TEST(test_a_childs_correction_holds_only_what_depends_on_it),
        TEST(test_one_appraisal_for_the_whole),
        TEST(test_a_refused_child_and_the_others_continue),
        TEST(test_a_refused_child_stops_what_is_not_decided),
        TEST(test_a_refused_child_and_the_offer_to_split),
        TEST(test_what_is_split_off_unified_handling_has_its_own_limit_again),
        TEST(test_withdrawing_the_parent_spares_what_was_decided),
        TEST(test_withdrawing_the_parent_before_any_decision_ends_it),
        TEST(test_withdrawing_one_child_ends_what_depends_on_it),
        TEST(test_parent_deadline_names_the_critical_child),
        TEST(test_forty_five_and_fifteen_only_where_unified_handling_is_on_record),
    };
    return test_main(cases, TEST_COUNT(cases));
}
