/* tests/matter/test_check.c - the rules of a draft: each broken by one, which is in order once it is repaired. */
#include "api/story.h"
#include "test.h"

#include <jansson.h>

static story s;

/* In the table ' stands for ". */
static json_t *members_of(const char *text)
{
    json_error_t error;
    char *copy = strdup(text);
    for (char *at = copy; *at; at++)
        *at = *at == '\'' ? '"' : *at;
    json_t *tree = json_loads(copy, 0, &error);
    if (!tree)
        fprintf(stderr, "%s: %s\n", error.text, text);
    free(copy);
    return tree;
}

static const char base[] =
    "{'version':1,'type':'licence','level':'county','project_type':'promised','statutory_amount':20,"
    "'statutory_unit':'working_days','statutory_basis':'行政许可法 第四十二条',"
    "'code':'" STORY_ORGAN "4000117053000','name':'甲','organ':'" STORY_ORGAN "','organ_name':'某局',"
    "'division':'450103','bases':[{'law':'《食品安全法》','article':'第三十五条'}]}";

/* The base with other members; null leaves one out. */
static govsvc_status put(const char *members)
{
    json_t *draft = members_of(base), *more = members_of(members);
    CHECK(draft && more);
    json_object_update(draft, more);
    char *in = json_dumps(draft, 0);
    const char *out = NULL;
    govsvc_status status = govsvc_call(s.as[ADMINISTRATOR], "matter.put", in, &out);
    govsvc_free(out);
    free(in);
    json_decref(draft);
    json_decref(more);
    return status;
}

static void told(const char *members)
{
    fprintf(stderr, "%s\n", members);
    for (uint64_t i = 0; i < govsvc_problem_count(s.as[ADMINISTRATOR]); i++)
        fprintf(stderr, "    %s %s\n", govsvc_problem_at(s.as[ADMINISTRATOR], i)->rule,
                govsvc_problem_at(s.as[ADMINISTRATOR], i)->text_en);
}

typedef struct rule_row {
    const char *field, *rule;
    const char *broken, *repaired; /* members that differ from the base */
} rule_row;

static void check_rows(const rule_row *rows, size_t count)
{
    story_open(&s, story_store());
    for (size_t i = 0; i < count; i++) {
        CHECK_INT(put(rows[i].broken), GOVSVC_INVALID);
        const govsvc_problem *problem = story_problem(s.as[ADMINISTRATOR]);
        if (govsvc_problem_count(s.as[ADMINISTRATOR]) != 1)
            told(rows[i].broken);
        CHECK_INT(govsvc_problem_count(s.as[ADMINISTRATOR]), 1);
        CHECK_TEXT(problem->field, rows[i].field);
        CHECK_TEXT(problem->rule, rows[i].rule);
        CHECK(problem->text_zh && problem->text_en);
        govsvc_status status = put(rows[i].repaired);
        if (status)
            told(rows[i].repaired);
        CHECK_INT(status, GOVSVC_OK);
    }
    story_close(&s);
}

/* clang-format off */
#define M(code) "{'code':'" code "','name':'乙','need':'required'}"
#define F(name, rest) "{'name':'" name "','label':'丙'," rest "}"
#define C(code, rest) "{'code':'" code "','purpose':'review','message':'丁'," rest "}"
#define S(code, kind) "{'code':'" code "','name':'戊','kind':'" kind "'}"
#define AFTER(code, after) "{'code':'" code "','name':'戊','kind':'other','after':[" after "]}"
#define Q(code, choices) "{'code':'" code "','question':'己','choices':[" choices "]}"
#define V(value) "{'value':'" value "','label':'庚'}"
#define OTHER "'type':'other'"
#define BUNDLE "'type':'bundle','members':["
#define MEMBER(code, rest) "{'code':'" code "','matter':'" STORY_MATTER "'" rest "}"

static void what_a_list_names_is_there(void)
{
    static const rule_row rows[] = {
        {"/materials/1/code", "duplicate", "{'materials':[" M("M1") "," M("M1") "]}",
         "{'materials':[" M("M1") "," M("M2") "]}"},
        {"/fields/1/name", "duplicate", "{'fields':[" F("a", "'type':'text'") "," F("a", "'type':'date'") "]}",
         "{'fields':[" F("a", "'type':'text'") "," F("b", "'type':'date'") "]}"},
        {"/criteria/1/code", "duplicate",
         "{'criteria':[" C("C1", "'operation':'person'") "," C("C1", "'operation':'person'") "]}",
         "{'criteria':[" C("C1", "'operation':'person'") "," C("C2", "'operation':'person'") "]}"},
        {"/stages/1/code", "duplicate", "{" OTHER ",'stages':[" S("S1", "accept") "," S("S1", "review") "]}",
         "{" OTHER ",'stages':[" S("S1", "accept") "," S("S2", "review") "]}"},
        {"/situations/1/code", "duplicate", "{'situations':[" Q("a", V("1")) "," Q("a", V("1")) "]}",
         "{'situations':[" Q("a", V("1")) "," Q("b", V("1")) "]}"},
        {"/members/1/code", "duplicate", "{" BUNDLE MEMBER("a", "") "," MEMBER("a", "") "]}",
         "{" BUNDLE MEMBER("a", "") "," MEMBER("b", "") "]}"},
        {"/situations/0/choices/1/value", "duplicate", "{'situations':[" Q("a", V("1") "," V("1")) "]}",
         "{'situations':[" Q("a", V("1") "," V("2")) "]}"},
        {"/fields/0/choices/1/value", "duplicate",
         "{'fields':[" F("a", "'type':'choice','choices':[" V("1") "," V("1") "]") "]}",
         "{'fields':[" F("a", "'type':'choice','choices':[" V("1") "," V("2") "]") "]}"},
        {"/fields/0/when/0", "listed", "{'fields':[" F("a", "'type':'text','when':['a=1']") "]}",
         "{'fields':[" F("a", "'type':'text','when':['a=1']") "],'situations':[" Q("a", V("1")) "]}"},
        {"/criteria/0/when/0", "choice",
         "{'criteria':[" C("C1", "'operation':'person','when':['a=2']") "],'situations':[" Q("a", V("1")) "]}",
         "{'criteria':[" C("C1", "'operation':'person','when':['a=1']") "],'situations':[" Q("a", V("1")) "]}"},
        {"/stages/1/after/0", "listed", "{" OTHER ",'stages':[" AFTER("a", "") "," AFTER("b", "'c'") "]}",
         "{" OTHER ",'stages':[" AFTER("a", "") "," AFTER("b", "'a'") "]}"},
        {"/members/1/after/0", "listed", "{" BUNDLE MEMBER("a", "") "," MEMBER("b", ",'after':['c']") "]}",
         "{" BUNDLE MEMBER("a", "") "," MEMBER("b", ",'after':['a']") "]}"},
    };
    check_rows(rows, TEST_COUNT(rows));
}

static void stages_wait_for_each_other_in_no_circle(void)
{
    static const rule_row rows[] = {
        /* the second follows the first, as it names none */
        {"/stages/0/after", "circle", "{" OTHER ",'stages':[" AFTER("a", "'b'") "," AFTER("b", "") "]}",
         "{" OTHER ",'stages':[" AFTER("a", "") "," AFTER("b", "") "," AFTER("c", "'a'") "]}"},
        {"/stages/1/after", "circle",
         "{" OTHER ",'stages':[" AFTER("a", "") "," AFTER("b", "'c'") "," AFTER("c", "'b'") "]}",
         "{" OTHER ",'stages':[" AFTER("a", "") "," AFTER("b", "'c'") "," AFTER("c", "'a'") "]}"},
    };
    check_rows(rows, TEST_COUNT(rows));
}

#define ONE(field, criterion) "{'fields':[" F("a", field) "],'criteria':[" C("C1", criterion) "]}"
#define CHOICE "'type':'choice','choices':[" V("F51") "," V("H62") "]"

static void conditions_can_be_asked_of_the_form(void)
{
    static const rule_row rows[] = {
        {"/criteria/0/field", "listed", ONE("'type':'text'", "'operation':'present','field':'b'"),
         ONE("'type':'text'", "'operation':'present','field':'a'")},
        {"/criteria/0/field", "required", ONE("'type':'text'", "'operation':'present'"),
         ONE("'type':'text'", "'operation':'person'")},
        {"/criteria/0/values", "values", ONE("'type':'text'", "'operation':'present','field':'a','values':['1']"),
         ONE("'type':'text'", "'operation':'absent','field':'a'")},
        {"/criteria/0/values", "values", ONE("'type':'decimal'", "'operation':'less','field':'a'"),
         ONE("'type':'decimal'", "'operation':'less','field':'a','values':['1.5']")},
        {"/criteria/0/values", "values", ONE("'type':'decimal'", "'operation':'less','field':'a','values':['1','2']"),
         ONE("'type':'decimal'", "'operation':'in','field':'a','values':['1','2']")},
        {"/criteria/0/values", "values", ONE("'type':'text'", "'operation':'begins','field':'a'"),
         ONE("'type':'text'", "'operation':'begins','field':'a','values':['45']")},
        {"/criteria/0/values/0", "value_type", ONE("'type':'integer'", "'operation':'less','field':'a','values':['1.5']"),
         ONE("'type':'integer'", "'operation':'less','field':'a','values':['-15']")},
        {"/criteria/0/values/0", "value_type", ONE("'type':'decimal'", "'operation':'less','field':'a','values':['1e3']"),
         ONE("'type':'decimal'", "'operation':'less','field':'a','values':['1000']")},
        {"/criteria/0/values/1", "value_type",
         ONE("'type':'date'", "'operation':'in','field':'a','values':['2026-02-28','2026-02-30']"),
         ONE("'type':'date'", "'operation':'in','field':'a','values':['today','today-18y','today+3m','today-30d']")},
        {"/criteria/0/values/0", "value_type", ONE("'type':'date'", "'operation':'less','field':'a','values':['today-18']"),
         ONE("'type':'date'", "'operation':'less','field':'a','values':['today-18y']")},
        {"/criteria/0/values/0", "value_type", ONE("'type':'date'", "'operation':'less','field':'a','values':['today--1y']"),
         ONE("'type':'date'", "'operation':'less','field':'a','values':['2026-03-02']")},
        {"/criteria/0/values/0", "value_type", ONE(CHOICE, "'operation':'in','field':'a','values':['F']"),
         ONE(CHOICE, "'operation':'begins','field':'a','values':['F']")},
        {"/criteria/0/values/0", "value_type", ONE("'type':'flag'", "'operation':'in','field':'a','values':['yes']"),
         ONE("'type':'flag'", "'operation':'in','field':'a','values':['true']")},
        {"/criteria/0/operation", "field_type", ONE("'type':'text'", "'operation':'less','field':'a','values':['1']"),
         ONE("'type':'integer'", "'operation':'less','field':'a','values':['1']")},
        {"/criteria/0/operation", "field_type", ONE("'type':'date'", "'operation':'begins','field':'a','values':['2026']"),
         ONE("'type':'text'", "'operation':'begins','field':'a','values':['2026']")},
    };
    check_rows(rows, TEST_COUNT(rows));
}

#define FIELD(rest) "{'fields':[" F("a", rest) "]}"

static void a_field_says_what_its_type_can(void)
{
    static const rule_row rows[] = {
        {"/fields/0/choices", "required", FIELD("'type':'choices'"), FIELD("'type':'choices','choices':[" V("1") "]")},
        {"/fields/0/choices", "field_type", FIELD("'type':'text','choices':[" V("1") "]"), FIELD("'type':'text'")},
        {"/fields/0/least", "field_type", FIELD("'type':'date','least':1"), FIELD("'type':'decimal','least':1")},
        {"/fields/0/least", "order", FIELD("'type':'integer','least':2,'most':1"), FIELD("'type':'integer','least':1,'most':1")},
        {"/fields/0/length", "field_type", FIELD("'type':'phone','length':9"), FIELD("'type':'text','length':9")},
        {"/fields/0/pattern", "field_type", FIELD("'type':'integer','pattern':'[0-9]'"), FIELD("'type':'text','pattern':'[0-9]'")},
        {"/fields/0/pattern", "pattern_syntax", FIELD("'type':'text','pattern':'(a|b)+'"), FIELD("'type':'text','pattern':'[ab]+'")},
        {"/fields/0/certificate_type", "certificate_type", FIELD("'type':'text','certificate_type':'11100000000013127X001'"),
         FIELD("'type':'text','certificate_type':'11100000000013127D001'")},
        {"/result_certificate_type", "certificate_type", "{'result_certificate_type':'11100000000013127D01A'}",
         "{'result_certificate_type':'11100000000013127D011'}"},
    };
    check_rows(rows, TEST_COUNT(rows));
}

#define FEES "'fees':[{'name':'工本费','standard':'10 元','basis':'发改价格〔2026〕1号'}]"
#define STAGES(last) "'stages':[" S("1", "accept") "," S("2", "review") "," S("3", "decide") "," S("4", "close") "," \
    S("5", last) "]"

static void elements_agree(void)
{
    static const rule_row rows[] = {
        {"/review_kind", "review_kind", "{'review_kind':'at_once'}", "{'review_kind':'later'}"},
        {"/review_kind", "review_kind", "{'project_type':'at_once','review_kind':'later'}",
         "{'project_type':'at_once','review_kind':'at_once'}"},
        {"/visits_reason", "visits", "{'visits':1}", "{'visits':1,'visits_reason':'面签'}"},
        {"/visits_reason", "visits", "{'visits':0,'visits_reason':'面签'}", "{'visits':0}"},
        {"/handle_forms", "handle_forms", "{'visits':0,'online':false,'handle_forms':['window']}",
         "{'visits':0,'online':false,'handle_forms':['window','express']}"},
        {"/visits", "visits", "{'visits':1,'visits_reason':'面签','online_depth':'4'}", "{'visits':0,'online_depth':'4'}"},
        {"/fee_basis", "required", "{'fee':true,'pay_online':true," FEES "}", "{'fee':true,'fee_basis':'桂价','pay_online':false," FEES "}"},
        {"/fee_basis", "required", "{'fee':true,'pay_online':true," FEES "}", "{'fee':true,'unverified':['fee_basis'],'pay_online':false," FEES "}"},
        {"/fees", "required", "{'fee':true,'fee_basis':'桂价','pay_online':true}", "{'fee':true,'fee_basis':'桂价','pay_online':true," FEES "}"},
        {"/pay_online", "required", "{'fee':true,'fee_basis':'桂价'," FEES "}", "{'fee':true,'fee_basis':'桂价','pay_online':true," FEES "}"},
        {"/pay_online", "fee", "{'fee':false,'pay_online':true}", "{'fee':false,'pay_online':false}"},
        {"/fees", "fee", "{'fee':false," FEES "}", "{'fee':false}"},
        {"/complain", "complain", "{'consult':'0771-1','complain':'0771-1'}", "{'consult':'0771-1','complain':'0771-2'}"},
        {"/person_topics", "topics", "{'subjects':['enterprise'],'person_topics':['生育'],'corporate_topics':['设立']}",
         "{'subjects':['enterprise','natural_person'],'person_topics':['生育'],'corporate_topics':['设立']}"},
        {"/corporate_topics", "topics", "{'subjects':['enterprise','natural_person'],'person_topics':['生育']}",
         "{'subjects':['natural_person'],'person_topics':['生育']}"},
        {"/stages", "stages", "{" STAGES("other") "}", "{" STAGES("deliver") "}"},
        {"/result_kind", "result_kind", "{'result_name':'卫生许可证','result_kind':'document'}",
         "{'result_name':'卫生许可证','result_kind':'certificate'}"},
        {"/result_kind", "result_kind", "{'result_name':'关于甲的批复','result_kind':'certificate'}",
         "{'result_name':'关于甲的批复','result_kind':'approval'}"},
        {"/result_kind", "result_kind", "{'result_name':'批文','result_kind':'approval'}", "{'result_name':'批文','result_kind':'document'}"},
        {"/expiry_date", "order", "{'effective_date':'2026-03-02','expiry_date':'2026-03-01'}",
         "{'effective_date':'2026-03-02','expiry_date':'2026-03-02'}"},
        {"/members", "bundle", "{'members':[" MEMBER("a", "") "]}", "{}"},
        {"/members", "bundle", "{" BUNDLE MEMBER("a", "") "]}", "{" BUNDLE MEMBER("a", "") "," MEMBER("b", "") "],'refused_rule':'stop'}"},
        {"/refused_rule", "bundle", "{'refused_rule':'stop'}", "{}"},
        {"/promised_amount", "promise", "{'promised_amount':21,'promised_unit':'working_days'}", "{'promised_amount':20,'promised_unit':'working_days'}"},
        {"/promised_unit", "required", "{'promised_amount':21}", "{}"},
        {"/promised_amount", "required", "{'promised_unit':'working_days'}", "{}"},
        {"/claim_unit", "required", "{'claim_amount':21}", "{'claim_amount':21,'claim_unit':'natural_days'}"},
        {"/stages/0/amount", "required", "{" OTHER ",'stages':[{'code':'a','name':'b','kind':'other','unit':'hours'}]}",
         "{" OTHER ",'stages':[{'code':'a','name':'b','kind':'other','unit':'hours','amount':3}]}"},
        {"/special_procedures/0/unit", "required", "{'special_procedures':[{'kind':'hearing','amount':3}]}",
         "{'special_procedures':[{'kind':'hearing','amount':3,'unit':'working_days'}]}"},
    };
    check_rows(rows, TEST_COUNT(rows));
}

static void what_has_no_source_says_so(void)
{
    static const rule_row rows[] = {
        {"/statutory_basis", "source", "{'statutory_basis':null}", "{'statutory_basis':null,'unverified':['statutory_basis']}"},
        {"/bases/1/article", "source", "{'bases':[{'law':'甲','article':'一'},{'law':'乙'}]}",
         "{'bases':[{'law':'甲','article':'一'},{'law':'乙'}],'unverified':['bases']}"},
        {"/fees/0/basis", "source", "{'fees':[{'name':'费','standard':'1 元'}]}",
         "{'fees':[{'name':'费','standard':'1 元'}],'unverified':['fees']}"},
        {"/unverified/1", "listed", "{'unverified':['place','somewhere']}", "{'unverified':['place','hours']}"},
        {"/unverified/0", "listed", "{'unverified':['request_key']}", "{}"},
    };
    check_rows(rows, TEST_COUNT(rows));
}

/* clang-format on */

static void everything_is_told_at_once(void)
{
    story_open(&s, story_store());
    CHECK_INT(
        put("{'statutory_basis':null,'visits':1,'fee':true,'materials':[" M("M1") "," M(
            "M1") "],"
                  "'criteria':[" C("C1", "'operation':'less','field':'x'") "],'expiry_date':'2020-01-01',"
                                                                           "'effective_date':'2026-01-01'}"),
        GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[ADMINISTRATOR]), 9);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(what_a_list_names_is_there),
        TEST(stages_wait_for_each_other_in_no_circle),
        TEST(conditions_can_be_asked_of_the_form),
        TEST(a_field_says_what_its_type_can),
        TEST(elements_agree),
        TEST(what_has_no_source_says_so),
        TEST(everything_is_told_at_once),
    };
    int result = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return result;
}
