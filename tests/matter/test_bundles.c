/* Bundles (一件事): what the members ask for is asked once, circles and contradictions are refused at
 * publication, and what is saved is reckoned to the integer.
 */
#include "api/story.h"
#include "test.h"

#include <jansson.h>

static story s;

/* ---- through the library ----------------------------------------------------------------------------- */

static govsvc_status call(govsvc_session *session, const char *operation, const char *in, json_t **out)
{
    const char *text = NULL;
    govsvc_status status = govsvc_call(session, operation, in, &text);
    if (out)
        *out = text ? json_loads(text, 0, NULL) : NULL;
    govsvc_free(text);
    return status;
}

/* Matters of seven organs, and bundles of the first. */
#define SETUP "11450103MB2F30012J4000117061000"
#define FOOD "11450103MB2F30020D4000117062000"
#define FIRE "11450103MB2F30039A4000117063000"
#define SIGN "11450103MB2F3004754000117064000"
#define DRAIN "11450103MB2F3005504000117065000"
#define SEAL "11450103MB2F30063T4000117066000"
#define INSURE "11450103MB2F30071M4000117067000"
#define OUTER "11450103MB2F30012J4000117068000"
#define BUNDLE "11450103MB2F30012J4000117069000"

/* 0: it was refused. */
static int64_t put_version(const char *code, int version, const char *type, const char *name,
                           const char *rest)
{
    static char in[65536];
    json_t *out;
    snprintf(in, sizeof in,
             "{\"version\":%d,\"type\":\"%s\",\"level\":\"county\",\"project_type\":\"promised\","
             "\"statutory_unit\":\"working_days\",\"statutory_basis\":\"《某法》\",\"code\":\"%s\","
             "\"name\":\"%s\",\"organ\":\"%.18s\",\"organ_name\":\"某局\",\"division\":\"450103\","
             "\"bases\":[{\"law\":\"《某法》\",\"article\":\"第一条\"}],%s}",
             version, type, code, name, code, rest);
    govsvc_status status = call(s.as[ADMINISTRATOR], "matter.put", in, &out);
    if (status)
        fprintf(stderr, "%s: %s\n", name, story_problem(s.as[ADMINISTRATOR])->text_en);
    CHECK_INT(status, GOVSVC_OK);
    int64_t id = out ? strtoll(json_string_value(json_object_get(out, "id")), NULL, 10) : 0;
    json_decref(out);
    return id;
}

static govsvc_status publish(int64_t id)
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    CHECK_INT(govsvc_matter_review(s.as[ADMINISTRATOR], &in, NULL), GOVSVC_OK);
    return govsvc_matter_publish(s.as[ADMINISTRATOR], &in, NULL);
}

static void put_published(const char *code, const char *name, const char *rest)
{
    CHECK_INT(publish(put_version(code, 1, "other", name, rest)), GOVSVC_OK);
}

static govsvc_status compose(const char *code, const char *const *answers, uint64_t count,
                             const govsvc_composition **out)
{
    govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
    in.code = code;
    in.answers = answers;
    in.answer_count = count;
    *out = NULL;
    return govsvc_matter_compose(s.as[APPLICANT], &in, out);
}

/* "a,b" of a list of texts. */
static const char *joined(const char *const *items, uint64_t count)
{
    static char text[4096];
    size_t size = 0;
    *text = '\0';
    for (uint64_t i = 0; i < count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, i ? ",%s" : "%s", items[i]);
    return text;
}

/* ---- seven departments: a restaurant is opened ------------------------------------------------------- */

/* Types of certificate: the business licence, the identity card. */
#define LICENCE "11100000MB0143028R001"
#define ID_CARD "11100000000013127D001"

#define F(name, type, rest) "{\"name\":\"" name "\",\"label\":\"" name "\",\"type\":\"" type "\"" rest "}"
#define ELEMENT(code) ",\"element\":\"" code "\""
#define NEEDED ",\"required\":true"
#define NAME(rest) F("name", "text", ELEMENT("DE01") rest)
#define REP(rest) F("rep", "text", ELEMENT("DE02") rest)
#define REP_ID(rest) F("rep_id", "citizen_id", ELEMENT("DE03") ",\"level\":3" rest)
#define ADDRESS(rest) F("address", "text", ELEMENT("DE04") rest)
#define AREA(rest) F("area", "decimal", ELEMENT("DE05") rest)
#define USCC(rest) F("uscc", "uscc", ELEMENT("DE06") rest)
#define M(code, name, need, rest)                                                                            \
    "{\"code\":\"" code "\",\"name\":\"" name "\",\"need\":\"" need "\"" rest "}"
#define CANONICAL(code) ",\"canonical\":\"" code "\""
#define CERTIFICATE(type) ",\"certificate_type\":\"" type "\""
#define STAGE(code, kind) "{\"code\":\"" code "\",\"name\":\"" kind "\",\"kind\":\"" kind "\"}"
#define DECIDES STAGE("1", "accept") "," STAGE("2", "review") "," STAGE("3", "decide")

/* clang-format off */
static const struct {
    const char *code, *name, *rest;
} departments[] = {
    {SETUP, "企业设立登记",
     "\"statutory_amount\":10,\"promised_amount\":3,\"promised_unit\":\"working_days\",\"visits\":1,"
     "\"visits_reason\":\"核验\",\"result_certificate_type\":\"" LICENCE "\",\"fields\":["
     NAME(",\"length\":100" NEEDED) "," REP(NEEDED) "," REP_ID(NEEDED) "," ADDRESS(NEEDED) ","
     F("capital", "integer", ELEMENT("DE07") ",\"least\":1" NEEDED)
     "],\"materials\":[" M("M1", "登记申请书", "required", "") ","
     M("M2", "住所使用证明", "required", CANONICAL("C-PREMISES") ",\"copies\":1") ","
     M("M3", "身份证明", "optional", CERTIFICATE(ID_CARD))
     "],\"stages\":[" DECIDES "," STAGE("4", "deliver") "]"},
    {FOOD, "食品经营许可",
     "\"statutory_amount\":20,\"promised_amount\":10,\"promised_unit\":\"natural_days\",\"visits\":1,"
     "\"visits_reason\":\"核验\",\"situations\":[{\"code\":\"cold\",\"question\":\"冷食\",\"choices\":["
     "{\"value\":\"yes\",\"label\":\"是\"},{\"value\":\"no\",\"label\":\"否\"}]}],\"fields\":["
     NAME(",\"length\":60") "," USCC(NEEDED) ","
     AREA(",\"least\":0,\"most\":10000,\"dataset\":\"places\"") ","
     F("kind", "choice", ELEMENT("DE08") ",\"choices\":[{\"value\":\"a\",\"label\":\"餐饮\"},"
       "{\"value\":\"b\",\"label\":\"零售\"},{\"value\":\"c\",\"label\":\"饮品\"}]" NEEDED) ","
     F("kitchen", "text", "")
     "],\"materials\":[" M("M1", "经营许可申请书", "required", "") ","
     M("M2", "营业执照", "required", CERTIFICATE(LICENCE)) ","
     M("M3", "平面图", "optional", CANONICAL("C-PLAN") ",\"copies\":1") ","
     M("M4", "健康证明", "later", CANONICAL("C-HEALTH")) ","
     M("M5", "冷食间说明", "required", ",\"when\":[\"cold=yes\"]")
     "],\"stages\":[" DECIDES "," STAGE("4", "other") "," STAGE("5", "deliver") "]"},
    {FIRE, "公众聚集场所投入使用、营业前消防安全检查",
     "\"statutory_amount\":10,\"visits\":2,\"visits_reason\":\"核查\",\"fields\":["
     NAME("") "," ADDRESS("") "," AREA(",\"least\":20,\"most\":5000" NEEDED) "," F("kitchen", "flag", NEEDED)
     "],\"materials\":[" M("M1", "消防检查申报表", "required", "") ","
     M("M2", "营业执照", "required", CERTIFICATE(LICENCE)) ","
     M("M3", "平面布置图", "required", CANONICAL("C-PLAN") ",\"copies\":2")
     "],\"stages\":[" DECIDES "," STAGE("4", "close") "]"},
    {SIGN, "设置大型户外广告及店招标牌审批",
     "\"statutory_amount\":15,\"promised_amount\":5,\"promised_unit\":\"working_days\",\"visits\":0,"
     "\"fields\":[" NAME("") "," F("size", "decimal", NEEDED)
     "],\"materials\":[" M("M1", "效果图", "required", "") ","
     M("M2", "场地证明", "optional", CANONICAL("C-PREMISES") ",\"copies\":2")
     "],\"stages\":[" DECIDES "]"},
    {DRAIN, "城镇污水排入排水管网许可",
     "\"statutory_amount\":20,\"promised_amount\":20,\"promised_unit\":\"natural_days\",\"visits\":1,"
     "\"visits_reason\":\"核查\",\"fields\":[" ADDRESS("") "," AREA("") ","
     F("water", "integer", ELEMENT("DE09") NEEDED)
     "],\"materials\":[" M("M1", "排水许可申请表", "required", "") ","
     M("M2", "排水平面图", "later", CANONICAL("C-PLAN"))
     "],\"stages\":[" DECIDES "," STAGE("4", "deliver") "]"},
    {SEAL, "公章刻制备案",
     "\"statutory_amount\":1,\"visits\":1,\"visits_reason\":\"领取\",\"fields\":["
     REP("") "," REP_ID(",\"certificate_type\":\"" ID_CARD "\",\"certificate_field\":\"hm\"")
     "],\"materials\":[" M("M1", "身份证明", "required", CERTIFICATE(ID_CARD) ",\"copies\":2") ","
     M("M2", "营业执照", "required", CERTIFICATE(LICENCE))
     "],\"stages\":[" STAGE("1", "accept") "," STAGE("2", "close") "]"},
    {INSURE, "社会保险登记",
     "\"statutory_amount\":5,\"promised_amount\":8,\"promised_unit\":\"hours\",\"fields\":["
     NAME("") "," USCC("") "," F("staff", "integer", ELEMENT("DE10") ",\"least\":1" NEEDED)
     "],\"materials\":[" M("M1", "营业执照", "required", CERTIFICATE(LICENCE))
     "],\"stages\":[" STAGE("1", "accept") "," STAGE("2", "review") "]"},
};

#define MEMBER(code, matter, rest) "{\"code\":\"" code "\",\"matter\":\"" matter "\"" rest "}"
#define AFTER(list) ",\"after\":[" list "]"
#define WHEN(item) ",\"when\":[\"" item "\"]"
#define RESTAURANT                                                                                           \
    "\"situations\":[{\"code\":\"sign\",\"question\":\"是否设置户外招牌\",\"choices\":["                     \
    "{\"value\":\"yes\",\"label\":\"是\"},{\"value\":\"no\",\"label\":\"否\"}]}],\"members\":["              \
    MEMBER("setup", SETUP, "") "," MEMBER("food", FOOD, AFTER("\"setup\",\"fire\"")) ","                     \
    MEMBER("fire", FIRE, AFTER("\"setup\"")) ","                                                             \
    MEMBER("sign", SIGN, AFTER("\"setup\"") WHEN("sign=yes")) ","                                            \
    MEMBER("drain", DRAIN, AFTER("\"setup\"")) "," MEMBER("seal", SEAL, AFTER("\"setup\"")) ","              \
    MEMBER("insure", INSURE, AFTER("\"seal\"")) "]"
/* clang-format on */

static void open_departments(void)
{
    story_open(&s, story_store());
    for (size_t i = 0; i < sizeof departments / sizeof *departments; i++)
        put_published(departments[i].code, departments[i].name, departments[i].rest);
}

static void open_restaurant(void)
{
    open_departments();
    CHECK_INT(publish(put_version(BUNDLE, 1, "bundle", "开办餐饮店", "\"statutory_amount\":45," RESTAURANT)),
              GOVSVC_OK);
}

/* The union of the seven, written by hand. */
static const struct {
    const char *name, *element, *asked_by;
    bool required;
} union_fields[] = {
    {"name", "DE01", "setup,food,fire,sign,insure", true},
    {"rep", "DE02", "setup,seal", true},
    {"rep_id", "DE03", "setup,seal", true},
    {"address", "DE04", "setup,fire,drain", true},
    {"capital", "DE07", "setup", true},
    {"uscc", "DE06", "food,insure", true},
    {"area", "DE05", "food,fire,drain", true},
    {"kind", "DE08", "food", true},
    {"kitchen", NULL, "food", false},
    {"fire.kitchen", NULL, "fire", true},
    {"size", NULL, "sign", true},
    {"water", "DE09", "drain", true},
    {"staff", "DE10", "insure", true},
};
/* The business licence is what setting up yields: nobody is asked for it. */
static const struct {
    const char *code, *name, *asked_by;
    int64_t need, copies;
} union_materials[] = {
    {"M1", "登记申请书", "setup", GOVSVC_NEED_REQUIRED, GOVSVC_ABSENT},
    {"M2", "住所使用证明", "setup,sign", GOVSVC_NEED_REQUIRED, 2},
    {"M3", "身份证明", "setup,seal", GOVSVC_NEED_REQUIRED, 2},
    {"food.M1", "经营许可申请书", "food", GOVSVC_NEED_REQUIRED, GOVSVC_ABSENT},
    {"food.M3", "平面图", "food,fire,drain", GOVSVC_NEED_REQUIRED, 2},
    {"M4", "健康证明", "food", GOVSVC_NEED_LATER, GOVSVC_ABSENT},
    {"M5", "冷食间说明", "food", GOVSVC_NEED_REQUIRED, GOVSVC_ABSENT},
    {"fire.M1", "消防检查申报表", "fire", GOVSVC_NEED_REQUIRED, GOVSVC_ABSENT},
    {"sign.M1", "效果图", "sign", GOVSVC_NEED_REQUIRED, GOVSVC_ABSENT},
    {"drain.M1", "排水许可申请表", "drain", GOVSVC_NEED_REQUIRED, GOVSVC_ABSENT},
};
static const char *const all_yes[] = {"sign=yes", "cold=yes"};
enum {
    UNION_FIELDS = sizeof union_fields / sizeof *union_fields,
    UNION_MATERIALS = sizeof union_materials / sizeof *union_materials
};

static const govsvc_form_field *field_of(const govsvc_composition *of, const char *name)
{
    for (uint64_t i = 0; i < of->field_count; i++)
        if (strcmp(of->fields[i]->name, name) == 0)
            return of->fields[i];
    return NULL;
}

static void check_union(const govsvc_composition *out)
{
    CHECK_INT(out->field_count, UNION_FIELDS);
    for (uint64_t i = 0; i < out->field_count && i < UNION_FIELDS; i++) {
        const govsvc_form_field *field = out->fields[i];
        CHECK_TEXT(field->name, union_fields[i].name);
        CHECK_TEXT(field->element, union_fields[i].element);
        CHECK_INT(field->required == GOVSVC_YES, union_fields[i].required);
        CHECK_TEXT(joined(field->asked_by, field->asked_by_count), union_fields[i].asked_by);
    }
    CHECK_INT(out->material_count, UNION_MATERIALS);
    for (uint64_t i = 0; i < out->material_count && i < UNION_MATERIALS; i++) {
        const govsvc_material *material = out->materials[i];
        CHECK_TEXT(material->code, union_materials[i].code);
        CHECK_TEXT(material->name, union_materials[i].name);
        CHECK_INT(material->need, union_materials[i].need);
        CHECK_INT(material->copies, union_materials[i].copies);
        CHECK_TEXT(joined(material->asked_by, material->asked_by_count), union_materials[i].asked_by);
    }
}

static void measure_1_a_each_field_and_each_material_is_asked_once(void)
{
    const govsvc_composition *out = NULL;
    open_restaurant();
    CHECK_INT(compose(BUNDLE, all_yes, 2, &out), GOVSVC_OK);
    check_union(out);
    CHECK_INT(out->conflict_count, 0);
    CHECK_INT(out->circle_count, 0);
    CHECK_INT(field_of(out, "name")->length, 60);
    CHECK_INT(field_of(out, "area")->least, 20);
    CHECK_INT(field_of(out, "area")->most, 5000);
    CHECK_TEXT(field_of(out, "area")->dataset, "places");
    CHECK_INT(field_of(out, "rep_id")->level, 3);
    CHECK_TEXT(field_of(out, "rep_id")->certificate_field, "hm");
    CHECK_INT(field_of(out, "kind")->choice_count, 3);
    govsvc_free(out);
    story_close(&s);
}

static void conditional_members_count_when_they_are_chosen(void)
{
    static const char *const neither[] = {"sign=no", "cold=no"};
    static const char *const wrong[] = {"colour=red", "cold=maybe"};
    const govsvc_composition *open = NULL, *no = NULL, *yes = NULL;
    open_restaurant();
    CHECK_INT(compose(BUNDLE, NULL, 0, &open), GOVSVC_OK);
    CHECK_INT(compose(BUNDLE, neither, 2, &no), GOVSVC_OK);
    CHECK_INT(compose(BUNDLE, all_yes, 2, &yes), GOVSVC_OK);
    CHECK_INT(open->member_count, 6);
    CHECK_INT(no->member_count, 6);
    CHECK_INT(yes->member_count, 7);
    CHECK(!field_of(open, "size") && !field_of(no, "size") && field_of(yes, "size"));
    CHECK_INT(no->material_count, UNION_MATERIALS - 2);
    CHECK_INT(no->materials[1]->copies, 1); /* the second copy is the sign's */
    CHECK_TEXT(joined(no->materials[1]->asked_by, no->materials[1]->asked_by_count), "setup");
    govsvc_free(open);
    govsvc_free(no);
    govsvc_free(yes);
    CHECK_INT(compose(BUNDLE, wrong, 2, &open), GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[APPLICANT]), 2);
    CHECK_TEXT(govsvc_problem_at(s.as[APPLICANT], 1)->field, "/answers/1");
    story_close(&s);
}

/* before and after: steps, materials, days, visits, fields */
static void check_figures(const govsvc_composition *out, const int64_t (*figures)[2])
{
    CHECK_INT(out->steps_before, figures[0][0]);
    CHECK_INT(out->steps_after, figures[0][1]);
    CHECK_INT(out->materials_before, figures[1][0]);
    CHECK_INT(out->materials_after, figures[1][1]);
    CHECK_INT(out->days_before, figures[2][0]);
    CHECK_INT(out->days_after, figures[2][1]);
    CHECK_INT(out->visits_before, figures[3][0]);
    CHECK_INT(out->visits_after, figures[3][1]);
    CHECK_INT(out->fields_before, figures[4][0]);
    CHECK_INT(out->fields_after, figures[4][1]);
    CHECK_TEXT(joined(out->critical, out->critical_count), "setup,fire,food");
}

static void measure_1_c_the_four_reductions_are_right_to_the_integer(void)
{
    /* stages 4+5+4+3+4+2+2: one acceptance, closing and delivery, 12 reviews, decisions and others;
     * materials 3+5+3+2+2+2+1; days 3, 10 natural: 8, 10, 5, 20 natural: 15, 1, 8 hours: 1; the longest path
     * 3+10+8; visits 1+1+2+0+1+1, and one not said; fields 5+5+4+2+3+2+3 */
    static const int64_t all[][2] = {{24, 15}, {18, 10}, {43, 21}, {6, 2}, {24, 13}};
    /* without the sign (3 stages, 2 materials, 5 days, no visit, 2 fields) and what is eaten cold */
    static const int64_t less[][2] = {{21, 13}, {15, 8}, {38, 21}, {6, 2}, {22, 12}};
    /* as the bundle says itself */
    static const int64_t own[][2] = {{24, 2}, {18, 10}, {43, 12}, {6, 1}, {24, 13}};
    const govsvc_composition *out = NULL;
    open_restaurant();
    CHECK_INT(compose(BUNDLE, all_yes, 2, &out), GOVSVC_OK);
    check_figures(out, all);
    govsvc_free(out);
    CHECK_INT(compose(BUNDLE, NULL, 0, &out), GOVSVC_OK);
    check_figures(out, less);
    govsvc_free(out);
    CHECK_INT(
        publish(put_version(BUNDLE, 2, "bundle", "开办餐饮店",
                            "\"statutory_amount\":45,\"promised_amount\":12,\"promised_unit\":"
                            "\"working_days\",\"visits\":1,\"visits_reason\":\"领取\",\"stages\":[" STAGE(
                                "1", "accept") "," STAGE("2", "close") "]," RESTAURANT)),
        GOVSVC_OK);
    CHECK_INT(compose(BUNDLE, all_yes, 2, &out), GOVSVC_OK);
    check_figures(out, own);
    govsvc_free(out);
    story_close(&s);
}

/* ---- guide and form ---------------------------------------------------------------------------------- */

static void guide_and_form_are_those_of_the_union(void)
{
    json_t *guide = NULL, *form = NULL;
    open_restaurant();
    CHECK_INT(call(s.as[APPLICANT], "matter.guide", "{\"code\":\"" BUNDLE "\"}", &guide), GOVSVC_OK);
    const json_t *situations = json_object_get(guide, "situations");
    CHECK_INT(json_array_size(json_object_get(guide, "fields")), UNION_FIELDS - 1);
    CHECK_INT(json_array_size(json_object_get(guide, "materials")), UNION_MATERIALS - 2);
    CHECK_INT(json_array_size(situations), 2);
    CHECK_TEXT(json_string_value(json_object_get(json_array_get(situations, 1), "code")), "cold");
    const char *text = json_string_value(json_object_get(guide, "text"));
    CHECK(strstr(text, "| 平面图 | 必要 | 2 |  | food、fire、drain |\n") != NULL);
    CHECK(strstr(text, "| 提出要求的成员事项 |") != NULL);
    json_decref(guide);
    CHECK_INT(call(s.as[APPLICANT], "matter.form",
                   "{\"code\":\"" BUNDLE "\",\"answers\":[\"sign=yes\",\"cold=yes\"]}", &form),
              GOVSVC_OK);
    const json_t *schema = json_object_get(form, "schema"), *fields = json_object_get(schema, "properties");
    const json_t *askers = json_object_get(json_object_get(fields, "rep"), "x-asked-by");
    CHECK_INT(json_object_size(fields), UNION_FIELDS);
    CHECK_INT(json_array_size(json_object_get(schema, "required")), UNION_FIELDS - 1);
    CHECK_INT(json_array_size(askers), 2);
    CHECK_TEXT(json_string_value(json_array_get(askers, 1)), "seal");
    json_decref(form);
    story_close(&s);
}

/* What it has of its own is asked for, and nothing else. */
static void a_bundle_may_have_a_form_of_its_own(void)
{
    const govsvc_composition *out = NULL;
    json_t *form = NULL;
    open_departments();
    CHECK_INT(publish(put_version(BUNDLE, 1, "bundle", "一件事",
                                  "\"statutory_amount\":45,\"fields\":[" F(
                                      "own", "text", "") "],"
                                                         "\"members\":[" MEMBER("food", FOOD, "") "," MEMBER(
                                                             "seal", SEAL, "") "]")),
              GOVSVC_OK);
    CHECK_INT(call(s.as[APPLICANT], "matter.form", "{\"code\":\"" BUNDLE "\"}", &form), GOVSVC_OK);
    const json_t *fields = json_object_get(json_object_get(form, "schema"), "properties");
    CHECK_INT(json_object_size(fields), 1);
    CHECK(json_object_get(fields, "own") != NULL);
    json_decref(form);
    CHECK_INT(compose(BUNDLE, NULL, 0, &out), GOVSVC_OK);
    CHECK_INT(out->fields_before, 7);
    CHECK_INT(out->fields_after, 1);
    CHECK_INT(out->materials_after, 5); /* the licence too: nobody in the bundle yields it */
    govsvc_free(out);
    story_close(&s);
}

/* ---- publication ------------------------------------------------------------------------------------- */

typedef struct expected {
    const char *field, *rule, *part; /* of its English words */
} expected;

static void check_problems(const expected *rows, uint64_t count)
{
    const govsvc_session *session = s.as[ADMINISTRATOR];
    CHECK_INT(govsvc_problem_count(session), count);
    for (uint64_t i = 0; i < govsvc_problem_count(session) && i < count; i++) {
        const govsvc_problem *problem = govsvc_problem_at(session, i);
        CHECK_TEXT(problem->field, rows[i].field);
        CHECK_TEXT(problem->rule, rows[i].rule);
        CHECK(strstr(problem->text_en, rows[i].part) != NULL);
        if (!strstr(problem->text_en, rows[i].part))
            fprintf(stderr, "%s\n", problem->text_en);
    }
}

static govsvc_status compose_draft(int64_t id, const govsvc_composition **out)
{
    govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
    in.id = id;
    return govsvc_matter_compose(s.as[APPLICANT], &in, out);
}

static void measure_1_d_a_circle_is_refused_at_publication(void)
{
    static const expected rows[] = {{"/members/1/after", "circle", ": food -> sign -> seal -> food"},
                                    {"/members/3/after", "circle", ": drain -> drain"}};
    static const char members[] =
        "\"statutory_amount\":45,\"members\":[" MEMBER("setup", SETUP, AFTER("\"food\"")) "," MEMBER(
            "food", FOOD,
            AFTER(
                "\"sign\"")) "," MEMBER("seal", SEAL,
                                        AFTER(
                                            "\"food\"")) "," MEMBER("drain", DRAIN,
                                                                    AFTER(
                                                                        "\"drain\"")) "," MEMBER("sign", SIGN,
                                                                                                 AFTER(
                                                                                                     "\"seal"
                                                                                                     "\"")) "]";
    const govsvc_composition *out = NULL;
    open_departments();
    int64_t id = put_version(BUNDLE, 1, "bundle", "开办餐饮店", members);
    CHECK_INT(publish(id), GOVSVC_INVALID);
    check_problems(rows, 2);
    /* before that it is told */
    CHECK_INT(compose_draft(id, &out), GOVSVC_OK);
    CHECK_TEXT(joined(out->circle, out->circle_count), "food,sign,seal");
    CHECK_INT(out->critical_count, 0);
    CHECK(out->days_after == GOVSVC_ABSENT);
    govsvc_free(out);
    story_close(&s);
}

#define CHOICES(a, b)                                                                                        \
    ",\"choices\":[{\"value\":\"" a "\",\"label\":\"1\"},{\"value\":\"" b "\",\"label\":\"2\"}]"

/* clang-format off */
static const char in_one[] = "\"statutory_amount\":5,\"fields\":["
    F("x", "text", ELEMENT("DE99")) "," F("r", "integer", ELEMENT("DE98") ",\"least\":1,\"most\":5") ","
    F("c", "choice", ELEMENT("DE97") CHOICES("a", "b")) ","
    F("p", "text", ELEMENT("DE96") ",\"pattern\":\"[0-9]+\"") ","
    F("t", "choice", ELEMENT("DE95") CHOICES("a", "b")) "]";
static const char in_two[] = "\"statutory_amount\":5,\"fields\":["
    F("x", "integer", ELEMENT("DE99") ",\"least\":3,\"required\":true") ","
    F("r", "integer", ELEMENT("DE98") ",\"least\":6") ","
    F("c", "choice", ELEMENT("DE97") CHOICES("c", "d")) ","
    F("p", "text", ELEMENT("DE96") ",\"pattern\":\"[a-z]+\"") ","
    F("t", "choice", ELEMENT("DE95") CHOICES("b", "c")) "]";
static const char in_three[] = "\"statutory_amount\":5,\"fields\":["
    F("t", "choice", ELEMENT("DE95") CHOICES("a", "c")) "]";
/* clang-format on */

static void check_conflicts(const govsvc_composition *out)
{
    CHECK_INT(out->conflict_count, 5);
    CHECK_TEXT(out->conflicts[1]->element, "DE98");
    CHECK_TEXT(out->conflicts[1]->what, "range");
    CHECK_TEXT(out->conflicts[1]->one, "one: 1..5");
    CHECK_TEXT(out->conflicts[1]->other, "two: 6..");
    CHECK_INT(out->field_count, 5);
    /* the first one's value stays */
    CHECK_INT(field_of(out, "x")->type, GOVSVC_FIELD_TEXT);
    CHECK(field_of(out, "x")->least == GOVSVC_ABSENT);
    CHECK_INT(field_of(out, "x")->required, GOVSVC_YES);
    CHECK_INT(field_of(out, "r")->least, 1);
    CHECK_INT(field_of(out, "r")->most, 5);
    CHECK_TEXT(field_of(out, "p")->pattern, "[0-9]+");
    CHECK_INT(field_of(out, "t")->choice_count, 1);
    CHECK_TEXT(field_of(out, "t")->choices[0]->value, "b");
}

static void conflicts_are_told_and_refused(void)
{
    static const expected rows[] = {
        {"/members/1/matter", "conflict", "DE99 cannot be met (type): one: text; two: integer"},
        {"/members/1/matter", "conflict", "DE98 cannot be met (range): one: 1..5; two: 6.."},
        {"/members/1/matter", "conflict", "DE97 cannot be met (choices): one: a, b; two: c, d"},
        {"/members/1/matter", "conflict", "DE96 cannot be met (pattern): one: [0-9]+; two: [a-z]+"},
        {"/members/2/matter", "conflict", "DE95 cannot be met (choices): one, two: b; three: a, c"}};
    const govsvc_composition *out = NULL;
    story_open(&s, story_store());
    put_published(SETUP, "甲", in_one);
    put_published(FOOD, "乙", in_two);
    put_published(FIRE, "丙", in_three);
    int64_t id = put_version(BUNDLE, 1, "bundle", "一件事",
                             "\"statutory_amount\":45,\"members\":[" MEMBER("one", SETUP, "") "," MEMBER(
                                 "two", FOOD, "") "," MEMBER("three", FIRE, "") "]");
    CHECK_INT(publish(id), GOVSVC_INVALID);
    check_problems(rows, 5);
    CHECK_INT(compose_draft(id, &out), GOVSVC_OK);
    check_conflicts(out);
    govsvc_free(out);
    story_close(&s);
}

#define KINDS                                                                                                \
    "\"statutory_amount\":45,\"situations\":[{\"code\":\"kind\",\"question\":\"情形\",\"choices\":["       \
    "{\"value\":\"new\",\"label\":\"新办\"},{\"value\":\"change\",\"label\":\"变更\"}]}],\"members\":["

/* Who opens anew and who changes are never one and the same. */
static void what_never_counts_together_is_no_conflict(void)
{
    static const expected third[] = {
        {"/members/2/matter", "conflict", "DE99 cannot be met (type): two: integer; three: text"}};
    story_open(&s, story_store());
    put_published(SETUP, "甲", "\"statutory_amount\":5,\"fields\":[" F("x", "text", ELEMENT("DE99")) "]");
    put_published(FOOD, "乙", "\"statutory_amount\":5,\"fields\":[" F("x", "integer", ELEMENT("DE99")) "]");
    CHECK_INT(publish(put_version(BUNDLE, 1, "bundle", "一件事",
                                  KINDS MEMBER("one", SETUP, WHEN("kind=new")) "," MEMBER(
                                      "two", FOOD, WHEN("kind=change")) "]")),
              GOVSVC_OK);
    CHECK_INT(
        publish(put_version(BUNDLE, 2, "bundle", "一件事",
                            KINDS MEMBER("one", SETUP, WHEN("kind=new")) "," MEMBER("two", FOOD, "") "]")),
        GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[ADMINISTRATOR])->rule, "conflict");
    /* a third who goes with the one, and in every situation meets the other */
    put_published(FIRE, "丙", "\"statutory_amount\":5,\"fields\":[" F("x", "text", ELEMENT("DE99")) "]");
    CHECK_INT(publish(put_version(BUNDLE, 3, "bundle", "一件事",
                                  KINDS MEMBER("one", SETUP, WHEN("kind=new")) "," MEMBER(
                                      "two", FOOD, WHEN("kind=change")) "," MEMBER("three", FIRE, "") "]")),
              GOVSVC_INVALID);
    check_problems(third, 1);
    story_close(&s);
}

/* ---- members out of force ---------------------------------------------------------------------------- */

#define THREE                                                                                                \
    KINDS MEMBER("one", SETUP, "") "," MEMBER("two", FOOD, "") "," MEMBER("three", FIRE, WHEN("kind=new")) "]"

static int64_t put_ahead(const char *code, const char *date)
{
    char rest[100];
    snprintf(rest, sizeof rest, "\"statutory_amount\":5,\"effective_date\":\"%s\"", date);
    int64_t id = put_version(code, 1, "licence", "甲", rest);
    CHECK_INT(publish(id), GOVSVC_OK);
    return id;
}

static void members_must_be_in_force_when_the_bundle_is(void)
{
    static const expected absent[] = {{"/members/0/matter", "in_force", SETUP},
                                      {"/members/2/matter", "in_force", FIRE}};
    story_open(&s, story_store());
    put_published(FOOD, "乙", "\"statutory_amount\":5");
    put_ahead(SETUP, "2026-04-01");
    CHECK_INT(publish(put_version(BUNDLE, 1, "bundle", "一件事", THREE)), GOVSVC_INVALID);
    check_problems(absent, 2);
    put_ahead(FIRE, "2026-03-20");
    CHECK_INT(publish(put_version(BUNDLE, 2, "bundle", "一件事", "\"effective_date\":\"2026-03-31\"," THREE)),
              GOVSVC_INVALID);
    check_problems(absent, 1);
    CHECK_INT(publish(put_version(BUNDLE, 3, "bundle", "一件事", "\"effective_date\":\"2026-04-01\"," THREE)),
              GOVSVC_OK);
    /* a date long past: as it is today */
    put_published(SIGN, "丁", "\"statutory_amount\":5");
    CHECK_INT(publish(put_version(OUTER, 1, "bundle", "一件事",
                                  "\"effective_date\":\"2025-01-01\"," KINDS MEMBER(
                                      "one", SIGN, "") "," MEMBER("two", SIGN, "") "]")),
              GOVSVC_OK);
    story_close(&s);
}

/* It is in nobody's way whom it does not concern. */
static void a_member_out_of_force_is_told_where_it_counts(void)
{
    static const char *const fresh[] = {"kind=new"}, *const change[] = {"kind=change"};
    const govsvc_composition *out = NULL;
    govsvc_step step = GOVSVC_STEP_INIT;
    story_open(&s, story_store());
    put_published(SETUP, "甲", "\"statutory_amount\":5");
    put_published(FOOD, "乙", "\"statutory_amount\":5");
    step.id = put_version(FIRE, 1, "licence", "丙", "\"statutory_amount\":5");
    CHECK_INT(publish(step.id), GOVSVC_OK);
    CHECK_INT(publish(put_version(BUNDLE, 1, "bundle", "一件事", THREE)), GOVSVC_OK);
    CHECK_INT(govsvc_matter_suspend(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
    CHECK_INT(compose(BUNDLE, NULL, 0, &out), GOVSVC_OK);
    govsvc_free(out);
    CHECK_INT(compose(BUNDLE, change, 1, &out), GOVSVC_OK);
    govsvc_free(out);
    CHECK_INT(compose(BUNDLE, fresh, 1, &out), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->field, "/members/2/matter");
    CHECK_TEXT(story_problem(s.as[APPLICANT])->rule, "in_force");
    CHECK_INT(
        call(s.as[APPLICANT], "matter.guide", "{\"code\":\"" BUNDLE "\",\"answers\":[\"kind=new\"]}", NULL),
        GOVSVC_INVALID);
    story_close(&s);
}

static void a_bundle_within_a_bundle_is_refused(void)
{
    static const expected rows[] = {{"/members/1/matter", "nested", "bundle"}};
    const govsvc_composition *out = NULL;
    story_open(&s, story_store());
    put_published(SETUP, "甲", "\"statutory_amount\":5");
    CHECK_INT(publish(put_version(BUNDLE, 1, "bundle", "内",
                                  "\"statutory_amount\":45,\"members\":[" MEMBER("one", SETUP, "") "," MEMBER(
                                      "two", SETUP, "") "]")),
              GOVSVC_OK);
    int64_t id = put_version(
        OUTER, 1, "bundle", "外",
        "\"statutory_amount\":45,\"members\":[" MEMBER("one", SETUP, "") "," MEMBER("two", BUNDLE, "") "]");
    CHECK_INT(publish(id), GOVSVC_INVALID);
    check_problems(rows, 1);
    CHECK_INT(compose(SETUP, NULL, 0, &out), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->rule, "bundle");
    CHECK_INT(compose(OUTER, NULL, 0, &out), GOVSVC_NOT_FOUND);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(measure_1_a_each_field_and_each_material_is_asked_once),
        TEST(measure_1_c_the_four_reductions_are_right_to_the_integer),
        TEST(measure_1_d_a_circle_is_refused_at_publication),
        TEST(conditional_members_count_when_they_are_chosen),
        TEST(guide_and_form_are_those_of_the_union),
        TEST(a_bundle_may_have_a_form_of_its_own),
        TEST(conflicts_are_told_and_refused),
        TEST(what_never_counts_together_is_no_conflict),
        TEST(members_must_be_in_force_when_the_bundle_is),
        TEST(a_member_out_of_force_is_told_where_it_counts),
        TEST(a_bundle_within_a_bundle_is_refused),
    };
    return test_main(cases, TEST_COUNT(cases));
}
