/* tests/matter/test_evaluate.c - conditions as data: patterns, values, verdicts; and what an application keeps. */
#include "api/story.h"
#include "test.h"

#include "fault.h"
#include "matter/form_value.h"
#include "matter/pattern.h"

static story s;

/* In texts of JSON here ' stands for ". */
static const char *quoted(gs_arena *arena, const char *text)
{
    char *copy = gs_arena_text(arena, text);
    for (char *at = copy; *at; at++)
        *at = *at == '\'' ? '"' : *at;
    return copy;
}

/* ---- patterns -------------------------------------------------------------------------------------------- */

static void a_pattern_describes_the_whole_text(void)
{
    static const struct {
        const char *pattern, *text;
        bool matches;
    } rows[] = {
        {"[0-9]{6}", "530000", true},
        {"[0-9]{6}", "53000", false},
        {"[0-9]{6}", "5300000", false},
        {"[0-9]{2,3}", "12", true},
        {"[0-9]{2,3}", "1234", false},
        {"[0-9]{2,}", "123456", true},
        {"[0-9]{2,}", "1", false},
        {"a?b", "b", true},
        {"a?b", "aab", false},
        {"[a-z]+[0-9]*", "abc", true},
        {"[a-z]+[0-9]*", "abc12", true},
        {"[a-z]+[0-9]*", "12", false},
        {"[ab]*a[ab]{2}", "bbabb", true},
        {"[ab]*a[ab]{2}", "bbbbb", false},
        {"桂[A-Z][A-Z0-9]{5}", "桂A12345", true},
        {"桂[A-Z][A-Z0-9]{5}", "粤A12345", false},
        {"[一-龥]{2,4}", "张三丰", true},
        {"[一-龥]{2,4}", "张3", false},
        {"[^0-9]+", "甲乙", true},
        {"[^0-9]+", "甲1", false},
        {"\\(\\[\\\\\\]\\)", "([\\])", true},
        {"[\\]\\-a]+", "a-]", true},
        {"[a-]+", "-a", true},
        {"[0-9]+-[0-9]+", "1-2", true},
        {"a{0}b", "b", true},
        {"a*", "", true},
        {"[+]?[0-9 ()-]{5,30}", "+86 (771) 580-0000", true},
    };
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        CHECK(gs_pattern_right(rows[i].pattern));
        bool found = gs_pattern_matches(rows[i].pattern, rows[i].text, arena);
        if (found != rows[i].matches)
            fprintf(stderr, "%s on %s\n", rows[i].pattern, rows[i].text);
        CHECK_INT(found, rows[i].matches);
    }
    gs_arena_free(arena);
}

static void other_expressions_are_no_patterns(void)
{
    static const char *const rows[] = {
        "",   "(a)", "a|b", ".",   "^a",  "a$",       "[a", "[]", "[z-a]", "a{2,1}", "a{",    "a{}", "a{-1}",
        "*a", "a**", "\\d", "a\\", "[^]", "a{10001}", "]",  "}",  "[[a]",  "[a\\",   "a{1,2", "a/b", "[\\w]"};
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        if (gs_pattern_right(rows[i]))
            fprintf(stderr, "%s\n", rows[i]);
        CHECK(!gs_pattern_right(rows[i]));
    }
}

/* What takes an expression that goes back a time beyond all measure. */
static void a_hard_pattern_is_matched_in_its_stride(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    char pattern[200] = "", text[10001];
    for (int i = 0; i < 60; i++)
        strcat(pattern, "a*");
    strcat(pattern, "b");
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    CHECK(!gs_pattern_matches(pattern, text, arena));
    text[sizeof text - 2] = 'b';
    CHECK(gs_pattern_matches(pattern, text, arena));
    gs_arena_free(arena);
}

/* ---- numbers and days ------------------------------------------------------------------------------------ */

static void numbers_compare_digit_by_digit(void)
{
    static const char *const ascending[] = {"-1e30",
                                            "-100.01",
                                            "-100",
                                            "-0.5",
                                            "0",
                                            "0.05",
                                            "0.1",
                                            "0.25",
                                            "1",
                                            "9.99",
                                            "10",
                                            "12345678901234567.01",
                                            "12345678901234567.02",
                                            "1e30"};
    static const char *const equal[][2] = {{"0.10", "0.1"},    {"-0", "0"},  {"1e2", "100"},
                                           {"1200", "1.2E+3"}, {"007", "7"}, {"0.001", "1e-3"}};
    static const char *const none[] = {"",
                                       "-",
                                       "1.",
                                       ".5",
                                       "1,5",
                                       "0x1",
                                       "1e",
                                       "--1",
                                       "1e99999",
                                       "+1",
                                       "12345678901234567890123456789012345678901"};
    gs_decimal a, b;
    for (size_t i = 0; i < TEST_COUNT(ascending); i++)
        for (size_t j = 0; j < TEST_COUNT(ascending); j++) {
            CHECK(gs_decimal_read(ascending[i], &a) && gs_decimal_read(ascending[j], &b));
            int order = gs_decimal_compare(&a, &b);
            CHECK_INT((order > 0) - (order < 0), (i > j) - (i < j));
        }
    for (size_t i = 0; i < TEST_COUNT(equal); i++) {
        CHECK(gs_decimal_read(equal[i][0], &a) && gs_decimal_read(equal[i][1], &b));
        CHECK_INT(gs_decimal_compare(&a, &b), 0);
    }
    for (size_t i = 0; i < TEST_COUNT(none); i++)
        CHECK(!gs_decimal_read(none[i], &a));
}

static void days_are_reckoned_from_today(void)
{
    static const struct {
        const char *today, *text, *day; /* day NULL: it is none */
    } rows[] = {
        {"2026-03-02", "today", "2026-03-02"},
        {"2026-03-02", "today-18y", "2008-03-02"},
        {"2024-02-29", "today-18y", "2006-02-28"},
        {"2024-02-29", "today-4y", "2020-02-29"},
        {"2026-11-30", "today+3m", "2027-02-28"},
        {"2026-03-02", "today-30d", "2026-01-31"},
        {"2026-03-02", "2020-02-29", "2020-02-29"},
        {"2026-03-02", "2021-02-29", NULL},
        {"2026-03-02", "today-", NULL},
        {"2026-03-02", "today18y", NULL},
        {"2026-03-02", "today-18", NULL},
        {"2026-03-02", "today-+18y", NULL},
        {"2026-03-02", "today+-18y", NULL},
        {"2026-03-02", "today-18w", NULL},
        {"2026-03-02", "tomorrow", NULL},
        {"2026-03-02", "today-9999y", NULL},
        {"2026-03-02", "today-y", NULL},
        {"2026-03-02", "Today", NULL},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        int64_t today, day = 0, want = 0;
        CHECK(gs_date_parse(rows[i].today, &today));
        bool is = gs_form_day_read(rows[i].text, today, &day);
        if (is != (rows[i].day != NULL))
            fprintf(stderr, "%s\n", rows[i].text);
        CHECK_INT(is, rows[i].day != NULL);
        if (is && rows[i].day && gs_date_parse(rows[i].day, &want))
            CHECK_INT(day, want);
    }
}

/* ---- a form and its matter, without a store ------------------------------------------------------------------ */

typedef struct asked {
    gs_arena *arena;
    gs_call call;
    govsvc_matter matter;
    govsvc_evaluation out;
} asked;

/* A matter of these members. */
static void begin(asked *of, const char *members)
{
    govsvc_matter_draft draft;
    memset(of, 0, sizeof *of);
    of->arena = gs_arena_new(&gs_allocator_default, 0);
    of->call.work.arena = of->arena;
    of->call.work.problems = gs_problems_new(&gs_allocator_default);
    CHECK(govsvc_date_start("2026-03-02", &of->call.occurred_at));
    gs_record_init(&gs_record_matter_draft, &draft);
    const char *json = quoted(of->arena, members);
    CHECK_INT(gs_json_read(&gs_record_matter_draft, json, strlen(json), &draft, of->arena,
                           of->call.work.problems, NULL),
              GOVSVC_OK);
    gs_record_init(&gs_record_matter, &of->matter);
    gs_record_share(&gs_record_matter, &of->matter, &gs_record_matter_draft, &draft);
}

static void end(asked *of)
{
    gs_problems_free(of->call.work.problems);
    gs_arena_free(of->arena);
}

static govsvc_status ask(asked *of, const char *form, const char *const *answers, uint64_t count)
{
    gs_problems_clear(of->call.work.problems);
    return gs_matter_evaluate(&of->call, &of->matter, 0, form ? quoted(of->arena, form) : NULL,
                              (gs_answers){answers, count}, "/form", &of->out);
}

static const govsvc_problem *problem_at(const asked *of, uint64_t at)
{
    static const govsvc_problem none = {.field = ""};
    const govsvc_problem *found = gs_problems_at(of->call.work.problems, at);
    return found ? found : &none;
}

static const char every_type[] = "{'fields':["
                                 "{'name':'text','label':'a','type':'text','length':3},"
                                 "{'name':'post','label':'a','type':'text','pattern':'[0-9]{6}'},"
                                 "{'name':'integer','label':'a','type':'integer','least':-1,'most':100},"
                                 "{'name':'decimal','label':'a','type':'decimal','most':10,'level':3},"
                                 "{'name':'date','label':'a','type':'date'},"
                                 "{'name':'flag','label':'a','type':'flag'},"
                                 "{'name':'choice','label':'a','type':'choice','choices':[{'value':'x','"
                                 "label':'X'},{'value':'y','label':'Y'}]},"
                                 "{'name':'choices','label':'a','type':'choices','choices':[{'value':'x','"
                                 "label':'X'},{'value':'y','label':'Y'}]},"
                                 "{'name':'id','label':'a','type':'citizen_id','level':3},"
                                 "{'name':'uscc','label':'a','type':'uscc'},"
                                 "{'name':'phone','label':'a','type':'phone'},"
                                 "{'name':'a/b','label':'a','type':'flag'}]}";

static void a_value_is_what_its_field_can_take(void)
{
    static const struct {
        const char *form, *field, *rule; /* field NULL: it can */
    } rows[] = {
        {"{'text':'甲乙丙'}", NULL, NULL},
        {"{'text':'甲乙丙丁'}", "/form/text", "too_long"},
        {"{'text':1}", "/form/text", "type"},
        {"{'post':'530000'}", NULL, NULL},
        {"{'post':'53000x'}", "/form/post", "pattern"},
        {"{'integer':-1}", NULL, NULL},
        {"{'integer':1.0}", NULL, NULL},
        {"{'integer':1.5}", "/form/integer", "type"},
        {"{'integer':-2}", "/form/integer", "range"},
        {"{'integer':'1'}", "/form/integer", "type"},
        {"{'decimal':10.0}", NULL, NULL},
        {"{'decimal':10.01}", "/form/decimal", "range"},
        {"{'decimal':0.1234567890123456}", "/form/decimal", "precision"},
        {"{'date':'2024-02-29'}", NULL, NULL},
        {"{'date':'2026-02-29'}", "/form/date", "date"},
        {"{'date':'today'}", "/form/date", "date"},
        {"{'flag':false}", NULL, NULL},
        {"{'flag':'false'}", "/form/flag", "type"},
        {"{'choice':'y'}", NULL, NULL},
        {"{'choice':'z'}", "/form/choice", "choice"},
        {"{'choices':['y','x']}", NULL, NULL},
        {"{'choices':['y','z']}", "/form/choices/1", "choice"},
        {"{'choices':['y','y']}", "/form/choices/1", "duplicate"},
        {"{'choices':['y',1]}", "/form/choices/1", "type"},
        {"{'choices':'y'}", "/form/choices", "type"},
        {"{'id':'" STORY_CITIZEN "'}", NULL, NULL},
        {"{'id':'110105194912310021'}", "/form/id", "check_character"},
        {"{'uscc':'" STORY_ORGAN "'}", NULL, NULL},
        {"{'uscc':'11440232MB2D06811X'}", "/form/uscc", "check_character"},
        {"{'phone':'0771-5800000'}", NULL, NULL},
        {"{'phone':'无'}", "/form/phone", "pattern"},
        {"{'nothing':1}", "/form/nothing", "unknown_field"},
        {"{'a/b':1}", "/form/a~1b", "type"},
        {"[1]", "/form", "type"},
        {"{'text':'','date':null,'choices':[],'id':' \\u3000'}", NULL, NULL},
    };
    asked of;
    begin(&of, every_type);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        govsvc_status status = ask(&of, rows[i].form, NULL, 0);
        if ((status == GOVSVC_OK) != !rows[i].field)
            fprintf(stderr, "%s\n", rows[i].form);
        CHECK_INT(status, rows[i].field ? GOVSVC_INVALID : GOVSVC_OK);
        if (!rows[i].field)
            continue;
        CHECK_INT(gs_problems_count(of.call.work.problems), 1);
        CHECK_TEXT(problem_at(&of, 0)->field, rows[i].field);
        CHECK_TEXT(problem_at(&of, 0)->rule, rows[i].rule);
    }
    CHECK_INT(ask(&of, "{'text':1,'post':'x','integer':1.5,'no':1,'date':'x'}", NULL, 0), GOVSVC_INVALID);
    CHECK_INT(gs_problems_count(of.call.work.problems), 5); /* all at once */
    end(&of);
}

/* ---- verdicts -------------------------------------------------------------------------------------------- */

static void conditions_are_met_not_met_or_need_a_person(void)
{
    enum { MET = GOVSVC_VERDICT_MET, NOT_MET = GOVSVC_VERDICT_NOT_MET, PERSON = GOVSVC_VERDICT_PERSON };
    static const struct {
        const char *criterion, *form;
        int64_t verdict;
    } rows[] = {
        {"'operation':'person'", "{}", PERSON},
        {"'operation':'person','field':'text'", "{'text':'甲'}", PERSON},
        {"'operation':'present','field':'text'", "{'text':'甲'}", MET},
        {"'operation':'present','field':'text'", "{'text':' '}", NOT_MET},
        {"'operation':'absent','field':'choices'", "{'choices':[]}", MET},
        {"'operation':'absent','field':'flag'", "{'flag':false}", NOT_MET},
        {"'operation':'in','field':'choice','values':['x']", "{'choice':'x'}", MET},
        {"'operation':'in','field':'choice','values':['x']", "{'choice':'y'}", NOT_MET},
        {"'operation':'in','field':'choice','values':['x']", "{}", PERSON},
        {"'operation':'not_in','field':'choice','values':['x']", "{'choice':'y'}", MET},
        {"'operation':'not_in','field':'choice','values':['x']", "{'choice':null}", PERSON},
        {"'operation':'in','field':'choices','values':['x']", "{'choices':['y','x']}", MET},
        {"'operation':'not_in','field':'choices','values':['x']", "{'choices':['y','x']}", NOT_MET},
        {"'operation':'in','field':'flag','values':['true']", "{'flag':true}", MET},
        {"'operation':'in','field':'flag','values':['true']", "{'flag':false}", NOT_MET},
        {"'operation':'in','field':'decimal','values':['1.50']", "{'decimal':1.5}", MET},
        {"'operation':'less','field':'decimal','values':['0.3']", "{'decimal':0.3}", NOT_MET},
        {"'operation':'at_most','field':'decimal','values':['0.3']", "{'decimal':0.3}", MET},
        {"'operation':'at_most','field':'decimal','values':['0.3']", "{'decimal':0.30000000000001}", NOT_MET},
        {"'operation':'greater','field':'integer','values':['9']", "{'integer':10}", MET},
        {"'operation':'at_least','field':'integer','values':['10']", "{'integer':9}", NOT_MET},
        {"'operation':'at_most','field':'date','values':['today-18y']", "{'date':'2008-03-02'}", MET},
        {"'operation':'at_most','field':'date','values':['today-18y']", "{'date':'2008-03-03'}", NOT_MET},
        {"'operation':'in','field':'date','values':['today','2020-01-01']", "{'date':'2026-03-02'}", MET},
        {"'operation':'begins','field':'uscc','values':['91','114402']", "{'uscc':'" STORY_ORGAN "'}", MET},
        {"'operation':'begins','field':'uscc','values':['91']", "{'uscc':'" STORY_ORGAN "'}", NOT_MET},
        {"'operation':'begins','field':'choices','values':['y']", "{'choices':['x','y']}", MET},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        asked of;
        char matter[2000];
        snprintf(matter, sizeof matter,
                 "%.*s,'criteria':[{'code':'C1','purpose':'review','message':'m',%s}]}",
                 (int)strlen(every_type) - 1, every_type, rows[i].criterion);
        begin(&of, matter);
        CHECK_INT(ask(&of, rows[i].form, NULL, 0), GOVSVC_OK);
        CHECK_INT(of.out.verdict_count, 1);
        if (of.out.verdict != rows[i].verdict)
            fprintf(stderr, "%s of %s\n", rows[i].criterion, rows[i].form);
        CHECK_INT(of.out.verdict, rows[i].verdict);
        end(&of);
    }
}

static const char in_situations[] =
    "{'situations':[{'code':'kind','question':'q','choices':[{'value':'new','label':'n'},"
    "{'value':'change','label':'c'}]}],'fields':["
    "{'name':'area','label':'a','type':'decimal','required':true},"
    "{'name':'reason','label':'a','type':'text','required':true,'when':['kind=change']}],'criteria':["
    "{'code':'C1','purpose':'acceptance','operation':'at_least','field':'area','values':['10'],'message':'m'}"
    ","
    "{'code':'C2','purpose':'review','operation':'present','field':'reason','message':'m'},"
    "{'code':'C3','purpose':'review','operation':'person','message':'m','when':['kind=new']}]}";

static void an_open_situation_is_not_missing(void)
{
    asked of;
    begin(&of, in_situations);
    CHECK_INT(ask(&of, NULL, NULL, 0), GOVSVC_OK);
    CHECK_INT(of.out.missing_count, 1);
    CHECK_TEXT(of.out.missing[0], "area");
    CHECK_INT(of.out.verdict_count, 3); /* whether they count is open: somebody must look */
    for (uint64_t i = 0; i < of.out.verdict_count; i++)
        CHECK_INT(of.out.verdicts[i]->verdict, GOVSVC_VERDICT_PERSON);
    end(&of);
}

static void what_does_not_count_is_not_asked(void)
{
    static const char *const new_[] = {"kind=new"}, *const change[] = {"kind=change"};
    asked of;
    begin(&of, in_situations);
    CHECK_INT(ask(&of, "{'area':12}", new_, 1), GOVSVC_OK);
    CHECK_INT(of.out.missing_count, 0);
    CHECK_INT(of.out.verdict_count, 2);
    CHECK_TEXT(of.out.verdicts[1]->code, "C3");
    CHECK_INT(of.out.verdict, GOVSVC_VERDICT_PERSON);
    CHECK_INT(ask(&of, "{'area':12,'reason':'甲'}", new_, 1), GOVSVC_INVALID);
    CHECK_TEXT(problem_at(&of, 0)->rule, "not_asked");
    CHECK_INT(ask(&of, "{'area':12,'reason':''}", new_, 1), GOVSVC_OK);
    CHECK_INT(ask(&of, "{'area':12}", change, 1), GOVSVC_OK);
    CHECK_INT(of.out.missing_count, 1);
    CHECK_INT(of.out.verdict_count, 2);
    CHECK_INT(of.out.verdicts[1]->verdict, GOVSVC_VERDICT_NOT_MET);
    CHECK_INT(of.out.verdict, GOVSVC_VERDICT_NOT_MET);
    end(&of);
}

static void today_is_the_day_in_beijing(void)
{
    asked of;
    begin(&of, "{'fields':[{'name':'born','label':'a','type':'date'}],'criteria':[{'code':'C1',"
               "'purpose':'acceptance','operation':'at_most','field':'born','values':['today-18y'],"
               "'message':'m'}]}");
    of.call.occurred_at--; /* the last instant of 1 March */
    CHECK_INT(ask(&of, "{'born':'2008-03-02'}", NULL, 0), GOVSVC_OK);
    CHECK_INT(of.out.verdict, GOVSVC_VERDICT_NOT_MET);
    of.call.occurred_at++;
    CHECK_INT(ask(&of, "{'born':'2008-03-02'}", NULL, 0), GOVSVC_OK);
    CHECK_INT(of.out.verdict, GOVSVC_VERDICT_MET);
    end(&of);
}

/* Arenas that are full to a different byte each time, and nothing more to be had: the answer is then that there
 * is no memory, and never another verdict. */
static int64_t without_memory(asked *of, const char *form, size_t full, govsvc_status otherwise)
{
    static fault_plan plan;
    const govsvc_allocator allocator = fault_allocator(&plan);
    gs_call call = of->call;
    fault_plan_clear(&plan);
    call.work.arena = gs_arena_new(&allocator, 0);
    call.work.problems = gs_problems_new(&allocator);
    gs_arena_alloc(call.work.arena, full);
    gs_arena_alloc(gs_problems_arena(call.work.problems), full);
    fault_plan_clear(&plan);
    plan.allocation_at = 1;
    plan.allocation_onwards = true;
    govsvc_status status =
        gs_matter_evaluate(&call, &of->matter, 0, form, (gs_answers){NULL, 0}, "/form", &of->out);
    int64_t spent = fault_plan_spent(&plan);
    CHECK_INT(status, spent ? GOVSVC_NO_MEMORY : otherwise);
    gs_problems_free(call.work.problems);
    gs_arena_free(call.work.arena);
    CHECK_INT(plan.live, 0);
    return spent;
}

static void an_evaluation_without_memory_says_so(void)
{
    asked of;
    int64_t failed = 0, passed = 0;
    begin(&of, in_situations);
    const char *right = quoted(of.arena, "{'area':12,'reason':'甲'}");
    const char *wrong = quoted(of.arena, "{'area':'x','more':1,'reason':''}");
    for (size_t full = 0; full < 4000; full += 16) {
        failed += without_memory(&of, right, full, GOVSVC_OK) > 0;
        int64_t spent = without_memory(&of, wrong, full, GOVSVC_INVALID);
        failed += spent > 0;
        passed += spent == 0;
    }
    CHECK(failed > 20 && passed > 20);
    end(&of);
}

/* ---- an application -------------------------------------------------------------------------------------- */

/* The next version of the story's matter, with a form and conditions; it is in force. */
static void publish(void)
{
    static govsvc_form_field area = GOVSVC_FORM_FIELD_INIT, owner = GOVSVC_FORM_FIELD_INIT;
    static govsvc_criterion large = GOVSVC_CRITERION_INIT, old = GOVSVC_CRITERION_INIT;
    static const govsvc_choice choice = {sizeof choice, "new", "新办"};
    static const govsvc_choice *const choices[] = {&choice};
    static govsvc_situation kind = GOVSVC_SITUATION_INIT;
    static const govsvc_form_field *const fields[] = {&area, &owner};
    static const govsvc_criterion *const criteria[] = {&large, &old};
    static const govsvc_situation *const situations[] = {&kind};
    static const char *const ten[] = {"10"}, *const years[] = {"today-18y"}, *const when[] = {"kind=new"};
    area.type = GOVSVC_FIELD_DECIMAL, area.name = "area", area.label = "面积";
    owner.type = GOVSVC_FIELD_DATE, owner.name = "born", owner.label = "出生日期";
    owner.required = GOVSVC_YES, owner.level = 3, owner.when = when, owner.when_count = 1;
    large.code = "C1", large.field = "area", large.message = "面积不少于十平方米";
    large.purpose = GOVSVC_CRITERION_ACCEPTANCE, large.operation = GOVSVC_OPERATOR_AT_LEAST;
    large.values = ten, large.value_count = 1;
    old.code = "C2", old.field = "born", old.message = "已满十八周岁";
    old.purpose = GOVSVC_CRITERION_REVIEW, old.operation = GOVSVC_OPERATOR_AT_MOST;
    old.values = years, old.value_count = 1;
    kind.code = "kind", kind.question = "情形", kind.choices = choices, kind.choice_count = 1;
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.version = 2;
    drafts.matter.fields = fields, drafts.matter.field_count = 2;
    drafts.matter.criteria = criteria, drafts.matter.criterion_count = 2;
    drafts.matter.situations = situations, drafts.matter.situation_count = 1;
    const govsvc_matter *out = NULL;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, &out), GOVSVC_OK);
    const govsvc_step step = {sizeof step, out ? out->id : 0, GOVSVC_ABSENT, NULL, NULL};
    CHECK_INT(govsvc_matter_review(s.as[REVIEWER], &step, NULL), GOVSVC_OK);
    CHECK_INT(govsvc_matter_publish(s.as[ORGAN_HEAD], &step, NULL), GOVSVC_OK);
    govsvc_free(out);
}

static govsvc_status submit(const char *form, const char *answer, int64_t *id)
{
    story_drafts drafts;
    const govsvc_application *out = NULL;
    story_drafts_init(&drafts);
    drafts.application.form = form;
    drafts.application.answers = &answer;
    drafts.application.answer_count = answer != NULL;
    govsvc_status status = govsvc_application_submit(s.as[APPLICANT], &drafts.application, &out);
    if (!status)
        *id = out->id;
    govsvc_free(out);
    return status;
}

static const govsvc_application *get(int64_t id, story_role role)
{
    const govsvc_application *out = NULL;
    govsvc_get_request in = GOVSVC_GET_REQUEST_INIT;
    in.id = id;
    CHECK_INT(govsvc_application_get(s.as[role], &in, &out), GOVSVC_OK);
    return out;
}

static void check_verdicts(int64_t id, story_role role, uint64_t count, const char *code, int64_t verdict)
{
    const govsvc_application *application = get(id, role);
    CHECK_INT(application->verdict_count, count);
    if (count) {
        const govsvc_verdict *last = application->verdicts[application->verdict_count - 1];
        CHECK_TEXT(last->code, code);
        CHECK_INT(last->verdict, verdict);
        CHECK(last->message != NULL);
    }
    govsvc_free(application);
}

static void an_application_keeps_what_its_conditions_came_to(void)
{
    int64_t id = 0;
    story_open(&s, story_store());
    publish();
    CHECK_INT(submit("{\"area\":9.5,\"born\":\"2008-03-03\"}", "kind=new", &id), GOVSVC_OK);
    check_verdicts(id, ACCEPTOR, 1, "C1", GOVSVC_VERDICT_NOT_MET); /* the organ decides */
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, NULL), GOVSVC_OK);
    s.now += STORY_DAY;
    CHECK_INT(story_act(s.as[REVIEWER], "review", id, NULL), GOVSVC_OK);
    check_verdicts(id, REVIEWER, 2, "C2", GOVSVC_VERDICT_MET); /* eighteen by then */
    s.now += STORY_DAY;
    CHECK_INT(story_act(s.as[REVIEWER], "review", id, NULL), GOVSVC_OK);
    check_verdicts(id, REVIEWER, 2, "C2", GOVSVC_VERDICT_MET);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void a_special_procedure_does_not_take_the_review_away(void)
{
    int64_t id = 0;
    story_open(&s, story_store());
    publish();
    CHECK_INT(submit("{\"area\":20}", "kind=new", &id), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "accept", id, NULL), GOVSVC_OK);
    CHECK_INT(story_act(s.as[REVIEWER], "begin_special_procedure", id, NULL), GOVSVC_OK);
    CHECK_INT(story_act(s.as[REVIEWER], "end_special_procedure", id, NULL), GOVSVC_OK);
    CHECK_INT(story_act(s.as[REVIEWER], "review", id, NULL), GOVSVC_OK);
    check_verdicts(id, REVIEWER, 2, "C2", GOVSVC_VERDICT_PERSON);
    story_close(&s);
}

static void a_wrong_form_is_refused_and_an_empty_one_is_not(void)
{
    int64_t id = 0;
    story_open(&s, story_store());
    publish();
    CHECK_INT(submit("{\"area\":\"x\",\"born\":\"2008-02-30\",\"more\":1}", "kind=old", &id), GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[APPLICANT]), 4); /* with the answer */
    CHECK_INT(story_rows(&s, "application"), 0);
    CHECK_INT(submit(NULL, "kind=new", &id), GOVSVC_OK);
    const govsvc_application *application = get(id, ACCEPTOR);
    CHECK_INT(application->missing_count, 1);
    CHECK_TEXT(application->missing[0], "born");
    CHECK_INT(application->answer_count, 1);
    CHECK_INT(application->verdicts[0]->verdict, GOVSVC_VERDICT_PERSON);
    govsvc_free(application);
    story_close(&s);
}

static void a_corrected_form_is_evaluated_again(void)
{
    int64_t id = 0;
    story_drafts drafts;
    govsvc_correction_item item = {sizeof item, "/born", "请填写出生日期"};
    const govsvc_correction_item *items[] = {&item};
    govsvc_correction_request request = GOVSVC_CORRECTION_REQUEST_INIT;
    govsvc_supply supply = GOVSVC_SUPPLY_INIT;
    story_open(&s, story_store());
    publish();
    story_drafts_init(&drafts);
    CHECK_INT(submit("{\"area\":9}", "kind=new", &id), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_OK);
    request.id = supply.id = id;
    request.items = items;
    request.item_count = 1;
    CHECK_INT(govsvc_application_request_correction(s.as[ACCEPTOR], &request, NULL), GOVSVC_OK);
    supply.materials = drafts.supplies;
    supply.material_count = 1;
    supply.form = "{\"area\":9,\"born\":20080302}";
    CHECK_INT(govsvc_application_supply(s.as[APPLICANT], &supply, NULL), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->field, "/form/born");
    supply.form = "{\"area\":12,\"born\":\"2008-03-02\"}";
    CHECK_INT(govsvc_application_supply(s.as[APPLICANT], &supply, NULL), GOVSVC_OK);
    const govsvc_application *application = get(id, ACCEPTOR);
    CHECK_INT(application->missing_count, 0);
    CHECK_INT(application->verdict_count, 1);
    CHECK_INT(application->verdicts[0]->verdict, GOVSVC_VERDICT_MET);
    govsvc_free(application);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void test_organ_cannot_demand_an_unlisted_material(void)
{
    int64_t id = 0;
    story_trace before, after;
    govsvc_correction_item listed = {sizeof listed, "M1", "请签字"}, field = {sizeof field, "/area", "请填写"};
    govsvc_correction_item other = {sizeof other, "M9", "技术资料"}, none = {sizeof none, "/secret", "配方"};
    govsvc_correction_item bare = {sizeof bare, "area", "请填写"};
    const govsvc_correction_item *items[] = {&listed, &other, &field, &none, &bare};
    govsvc_correction_request request = GOVSVC_CORRECTION_REQUEST_INIT;
    story_open(&s, story_store());
    publish();
    CHECK_INT(submit("{\"area\":9}", "kind=new", &id), GOVSVC_OK);
    CHECK_INT(story_act(s.as[ACCEPTOR], "receive", id, NULL), GOVSVC_OK);
    request.id = id;
    request.items = items;
    request.item_count = 5;
    story_look(&s, &before);
    CHECK_INT(govsvc_application_request_correction(s.as[ACCEPTOR], &request, NULL), GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[ACCEPTOR]), 3);
    static const char *const fields[] = {"/items/1/code", "/items/3/code", "/items/4/code"};
    for (uint64_t i = 0; i < 3; i++) {
        const govsvc_problem *problem = govsvc_problem_at(s.as[ACCEPTOR], i);
        CHECK_TEXT(problem->field, fields[i]);
        CHECK_TEXT(problem->rule, "listed");
        CHECK(strstr(problem->basis, "行政许可法 第三十一条") != NULL);
    }
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    items[1] = &field;
    request.item_count = 2; /* its one correction is not lost by what was refused */
    CHECK_INT(govsvc_application_request_correction(s.as[ACCEPTOR], &request, NULL), GOVSVC_OK);
    story_close(&s);
}

static void a_matter_without_form_takes_any(void)
{
    story_open(&s, story_store());
    int64_t id = story_application(&s, "in_review");
    const govsvc_application *application = get(id, REVIEWER);
    CHECK_INT(application->verdict_count, 0);
    CHECK_INT(application->missing_count, 0);
    govsvc_free(application);
    story_close(&s);
}

static void anybody_may_ask_before_they_apply(void)
{
    const char *const answers[] = {"kind=new"}, *const none[] = {"kind=old"};
    govsvc_evaluation_request in = GOVSVC_EVALUATION_REQUEST_INIT;
    const govsvc_evaluation *out = NULL;
    story_open(&s, story_store());
    publish();
    in.code = STORY_MATTER;
    in.form = "{\"area\":9,\"born\":\"2008-03-02\"}";
    in.answers = answers;
    in.answer_count = 1;
    story_trace before, after;
    story_look(&s, &before);
    CHECK_INT(govsvc_matter_evaluate(s.as[APPLICANT], &in, &out), GOVSVC_OK);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    CHECK_INT(out->version, 2);
    CHECK_INT(out->verdict_count, 2);
    CHECK_INT(out->verdict, GOVSVC_VERDICT_NOT_MET);
    CHECK_INT(out->verdicts[1]->verdict, GOVSVC_VERDICT_MET);
    govsvc_free(out);
    in.purpose = GOVSVC_CRITERION_REVIEW;
    CHECK_INT(govsvc_matter_evaluate(s.as[APPLICANT], &in, &out), GOVSVC_OK);
    CHECK_INT(out->verdict_count, 1);
    CHECK_INT(out->verdict, GOVSVC_VERDICT_MET);
    govsvc_free(out);
    in.answers = none;
    in.form = "{\"x\":1}";
    CHECK_INT(govsvc_matter_evaluate(s.as[APPLICANT], &in, NULL), GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[APPLICANT]), 2);
    in.code = STORY_ORGAN "4000117059000";
    CHECK_INT(govsvc_matter_evaluate(s.as[APPLICANT], &in, NULL), GOVSVC_NOT_FOUND);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(a_pattern_describes_the_whole_text),
        TEST(other_expressions_are_no_patterns),
        TEST(a_hard_pattern_is_matched_in_its_stride),
        TEST(numbers_compare_digit_by_digit),
        TEST(days_are_reckoned_from_today),
        TEST(a_value_is_what_its_field_can_take),
        TEST(conditions_are_met_not_met_or_need_a_person),
        TEST(an_open_situation_is_not_missing),
        TEST(what_does_not_count_is_not_asked),
        TEST(today_is_the_day_in_beijing),
        TEST(an_evaluation_without_memory_says_so),
        TEST(an_application_keeps_what_its_conditions_came_to),
        TEST(a_special_procedure_does_not_take_the_review_away),
        TEST(a_wrong_form_is_refused_and_an_empty_one_is_not),
        TEST(a_corrected_form_is_evaluated_again),
        TEST(a_matter_without_form_takes_any),
        TEST(test_organ_cannot_demand_an_unlisted_material),
        TEST(anybody_may_ask_before_they_apply),
    };
    int result = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return result;
}
