/* tests/api/test_exchange.c - records from one store into another: in every format the same bytes; and what
 * is wrong with a table, row by row. */
#include "story.h"

#include "exchange.h"
#include "fault.h"

#define MARK "\xef\xbb\xbf"

static void open_empty(story *s)
{
    govsvc_config config = story_config(s, story_store());
    CHECK_INT(story_begin(s, &config), GOVSVC_OK);
}

/* ---- round trips ------------------------------------------------------------------------------------- */

/* Texts that every format has to take care of: separators, quotes, breaks, blanks at the ends, markup. */
#define MATTER(version, name)                                                                                  \
    "{\"matter\":{\"version\":" version ",\"type\":\"licence\",\"level\":\"county\",\"project_type\":"         \
    "\"promised\",\"statutory_amount\":20,\"statutory_unit\":\"working_days\",\"visits\":0,\"fee\":false,"     \
    "\"statutory_basis\":\"行政许可法 第四十二条\",\"unverified\":[\"bases\"],"                    \
    "\"code\":\"11450103XN0000012R4450131901000\",\"basic_code\":\"450131901000\",\"name\":" name              \
    ",\"organ\":\"11450103XN0000012R\",\"organ_name\":\" 局 \",\"division\":\"450103\","                      \
    "\"conditions\":\"一、\\\"甲\\\"，\\n二、<b>&amp;]]>\\t|;,\\n\",\"subjects\":[\"natural_person\","   \
    "\"enterprise\"],\"bases\":[{\"law\":\"法,\\\"a\\\"|b\",\"article\":\" 第三条\"},{\"law\":\"𠮷\"}]," \
    "\"materials\":[{\"need\":\"required\",\"copies\":0,\"code\":\"M1\",\"name\":\"=1+1\"}]}}\n"
static const char records[] =
    "{\"division\":{\"code\":\"450000\",\"name\":\"广西\"}}\n"
    "{\"division\":{\"code\":\"450100\",\"name\":\"南宁\",\"parent\":\"450000\"}}\n"
    "{\"notice\":{\"year\":2027,\"number\":\"桂政办〔2027〕1号\",\"division\":\"450000\",\"days\":["
    "{\"effect\":\"off\",\"date\":\"2027-04-08\",\"name\":\"壮族三月三\"},"
    "{\"effect\":\"off\",\"date\":\"2027-04-09\",\"name\":\"a,\\\"b\\\"\"}]}}\n" MATTER("9", "\"甲\"")
        MATTER("10", "\"#乙 \"");

static void goes_round(int64_t format, const char *record, int64_t count)
{
    story s;
    paper first = {.size = 0}, second = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.record = record;
    open_empty(&s);
    taken all = take_text(s.anyone, NULL, records);
    CHECK_INT(all.added, 5);
    CHECK_TEXT(all.told, "");
    CHECK_INT(give_out(s.anyone, format, record, &first), GOVSVC_OK);
    story_close(&s);
    open_empty(&s);
    for (first.step = 0; first.step < 2; first.step++) {
        taken again = take_in(s.anyone, request, &first);
        CHECK_INT(again.status, GOVSVC_OK);
        CHECK_INT(first.step ? again.unchanged : again.added, count);
        CHECK_INT(again.added + again.changed + again.unchanged + again.rejected, count);
        CHECK_TEXT(again.told, "");
    }
    CHECK_INT(give_out(s.anyone, format, record, &second), GOVSVC_OK);
    CHECK_INT(first.size, second.size);
    CHECK_TEXT(first.bytes, second.bytes);
    paper_free(&first);
    paper_free(&second);
    story_close(&s);
}

static void every_format_goes_round(void)
{
    for (int64_t format = GOVSVC_FORMAT_JSON_LINES; format <= GOVSVC_FORMAT_CSV; format++) {
        goes_round(format, "division", 2);
        goes_round(format, "notice", 1);
        goes_round(format, "matter", 2);
    }
    goes_round(GOVSVC_UNSET, NULL, 5);
    goes_round(GOVSVC_FORMAT_XML, NULL, 5);
}

static void formats_say_the_same(void)
{
    story s;
    paper lines = {.size = 0}, table = {.size = 0}, again = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.record = "matter";
    open_empty(&s);
    CHECK_INT(take_text(s.anyone, NULL, records).added, 5);
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_JSON_LINES, "matter", &lines), GOVSVC_OK);
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_CSV, "matter", &table), GOVSVC_OK);
    CHECK(strstr(table.bytes, "request_key") == NULL);
    story_close(&s);
    open_empty(&s);
    CHECK_INT(take_in(s.anyone, request, &table).added, 2);
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_JSON_LINES, "matter", &again), GOVSVC_OK);
    CHECK_TEXT(again.bytes, lines.bytes);
    paper_free(&lines);
    paper_free(&table);
    paper_free(&again);
    story_close(&s);
}

static void looks_as_it_should(void)
{
    story s;
    paper out = {.size = 0};
    open_empty(&s);
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_XML, NULL, &out), GOVSVC_OK);
    CHECK_TEXT(out.bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n</records>\n");
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_CSV, "division", &out), GOVSVC_OK);
    CHECK_TEXT(out.bytes, MARK "code,name,parent\r\n");
    CHECK_INT(take_text(s.anyone, NULL, records).added, 5);
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_CSV, "division", &out), GOVSVC_OK);
    CHECK_TEXT(out.bytes, MARK "code,name,parent\r\n450000,广西,\r\n450100,南宁,450000\r\n");
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_CSV, "notice", &out), GOVSVC_OK);
    CHECK_TEXT(out.bytes,
               MARK "year,number,division,days\r\n2027,桂政办〔2027〕1号,450000,"
                    "\"[{\"\"effect\"\":\"\"off\"\",\"\"date\"\":\"\"2027-04-08\"\",\"\"name\"\":"
                    "\"\"壮族三月三\"\"},{\"\"effect\"\":\"\"off\"\",\"\"date\"\":\"\"2027-04-09\"\","
                    "\"\"name\"\":\"\"a,\\\"\"b\\\"\"\"\"}]\"\r\n");
    paper_free(&out);
    story_close(&s);
}

/* ---- tables ------------------------------------------------------------------------------------------ */

static void columns_stand_in_any_order(void)
{
    static const char *const tables[] = {
        "code,name\n450000,广西\n",
        MARK "name,code\r\n广西,450000\r\n",
        "上级代码,名称,代码\r,广西,450000",
        "\"name\",parent,\"代码\"\n\"广西\",\"\",\"450000\"\n\n,,\r\n\n",
    };
    for (size_t i = 0; i < TEST_COUNT(tables); i++) {
        story s;
        open_empty(&s);
        taken first = take_text(s.anyone, "division", tables[i]);
        CHECK_INT(first.added, 1);
        CHECK_TEXT(first.told, "");
        CHECK_INT(take_text(s.anyone, NULL, records).unchanged, 1);
        story_close(&s);
    }
}

static void a_wrong_head_is_the_documents(void)
{
    static const char *const cases[][2] = {
        {"code,nama\n450000,x\n", "0 /nama unknown_field - -\n"},
        {"code,名称,name,code\n450000,x,x,450000\n", "0 /name duplicate - -\n0 /code duplicate - -\n"},
        {"code,name,\n450000,x,\n", "0 / unknown_field - -\n"},
        {"code,\"name\n450000,x\n", "0  unclosed - 1..3\n"},
        {"co\"de,name\n450000,x\n", "0  quote - 1\n"},
        {"reserved,name\n450000,x\n", "0 /reserved unknown_field - -\n"},
    };
    story s;
    open_empty(&s);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        taken result = take_text(s.anyone, "division", cases[i][0]);
        CHECK_INT(result.status, GOVSVC_INVALID);
        CHECK_TEXT(result.told, cases[i][1]);
    }
    CHECK_INT(story_rows(&s, "division"), 0);
    story_close(&s);
}

static void a_wrong_row_does_not_stop_the_others(void)
{
    static const char table[] = "code,name,parent\n"
                                "450000,广西,\n"
                                "450100,南宁\n"            /* 3 */
                                "450200,柳州,,450000\n"    /* 4 */
                                "450300,\"桂\n林\",\n"     /* 5, 6 */
                                "450400,\"梧\"州,450000\n" /* 7 */
                                "45\"0500,北海,450000\n"   /* 8 */
                                "450600,\xff,450000\n"     /* 9 */
                                "450700,钦\0州,450000\n"   /* 10 */
                                "450800,\b,450000\n"       /* 11 */
                                "450900,玉林,450000\n"
                                "451000,\"百色,450000\n451100,贺州,450000\n"; /* 13 */
    story s;
    open_empty(&s);
    taken result = take_bytes(s.anyone, "division", table, sizeof table - 1);
    CHECK_INT(result.status, GOVSVC_OK);
    CHECK_INT(result.added, 2);
    CHECK_INT(result.rejected, 9);
    CHECK_TEXT(result.told, "3  columns 3 2\n4  columns 3 4\n5 /name character - U+000A\n"
                            "7 /name quote - 7\n8 /code quote - 8\n9 /name encoding UTF-8 -\n"
                            "10 /name character - U+0000\n11 /name character - U+0008\n"
                            "13 /name unclosed - 13..15\n");
    story_close(&s);
}

static void cells_are_told_by_their_member(void)
{
    story s;
    open_empty(&s);
    taken result = take_text(
        s.anyone, "notice",
        "number,year,days\n"
        "a,2027x,[]\n"
        "b,2027,\"[{\"\"effect\"\":\"\"off\"\",\"\"date\"\":\"\"2027-04-31\"\",\"\"name\"\":\"\"x\"\"}]\"\n"
        "c,2027,\"[{\"\"effect\"\":\"\"gone\"\"}]\"\nd,2027,[\ne,2027,{}\n"
        "f,2027,\"[{\"\"effect\"\":\"\"off\"\",\"\"date\"\":\"\"2027-04-30\"\",\"\"name\"\":\"\"x\"\"}]\"\n");
    CHECK_INT(result.added, 1);
    CHECK_INT(result.rejected, 5);
    CHECK(strstr(result.told, "2 /year type integer 2027x\n2 /days required - -\n") == result.told);
    CHECK(strstr(result.told, "3 /days/0/date date 1800-01-01..2199-12-31 2027-04-31\n") != NULL);
    CHECK(strstr(result.told, "4 /days/0/effect choice ") != NULL);
    CHECK(strstr(result.told, "5 /days/0 json - ") != NULL);
    CHECK(strstr(result.told, "5 /days required") == NULL);
    CHECK(strstr(result.told, "6 /days type array object\n") != NULL);
    story_close(&s);
}

/* ---- encodings --------------------------------------------------------------------------------------- */

#define GB_TABLE                                                                                             \
    "\xb4\xfa\xc2\xeb,\xc3\xfb\xb3\xc6\n450000,\xb9\xe3\xce\xf7\n451200,\x95\x34\xb2\x35\n450300,x\x80y\n"   \
    "450200,\"\xc1\xf8,\n\xd6\xdd\"\n"

static void gb18030_is_found_out(void)
{
    static const char ascii_first[] = "code,name\n450000,\xb9\xe3\xce\xf7\n";
    story s;
    paper from = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.record = "division";
    request.dry_run = GOVSVC_YES;
    open_empty(&s);
    paper_add(&from, GB_TABLE, sizeof GB_TABLE - 1);
    for (from.step = 0; from.step < 4; from.step++) {
        taken result = take_in(s.anyone, request, &from);
        CHECK_INT(result.added, 1);
        CHECK_TEXT(result.told, "3 /parent required - -\n4 /name encoding GB18030 -\n"
                                "5 /name character - U+000A\n");
    }
    request.encoding = "UTF-8";
    CHECK_TEXT(take_in(s.anyone, request, &from).told, "0 /\uFFFD\uFFFD\uFFFD\uFFFD encoding UTF-8 -\n"
                                                       "0 /\uFFFD\uFFFD\uFFFD\uFFFD encoding UTF-8 -\n");
    CHECK_INT(take_bytes(s.anyone, "division", ascii_first, sizeof ascii_first - 1).added, 1);
    CHECK_INT(take_text(s.anyone, NULL, records).unchanged, 1);
    paper_free(&from);
    story_close(&s);
}

static void xml_says_its_own_encoding(void)
{
    story s;
    open_empty(&s);
    CHECK_INT(take_text(s.anyone, NULL,
                        "<?xml version=\"1.0\" encoding=\"GB18030\"?><a><division><code>450000</code>"
                        "<name>\xb9\xe3\xce\xf7</name></division></a>")
                  .added,
              1);
    CHECK_INT(take_text(s.anyone, NULL, records).unchanged, 1);
    taken unknown =
        take_text(s.anyone, NULL, "<?xml version=\"1.0\" encoding=\"EUC-NOWHERE\"?><a><division/></a>");
    CHECK_INT(unknown.status, GOVSVC_INVALID);
    CHECK(strstr(unknown.told, "0  xml - line 1: Unsupported encoding EUC-NOWHERE") == unknown.told);
    story_close(&s);
}

/* ---- refusals ---------------------------------------------------------------------------------------- */

static void requests_are_checked(void)
{
    story s;
    paper out = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    open_empty(&s);
    paper_add(&out, "code,name\n", 10);
    CHECK_TEXT(take_text(s.anyone, "castle", "code\n1\n").told, "0 /record choice - castle\n");
    CHECK_TEXT(take_text(s.anyone, NULL, "code\n1\n").told, "0  format XML, JSON Lines, CSV -\n");
    CHECK_TEXT(take_text(s.anyone, "division", "PK\3\4").told, "0  format XML, JSON Lines, CSV -\n");
    CHECK_TEXT(take_text(s.anyone, "division", "\xff\xfe").told, "0  format XML, JSON Lines, CSV -\n");
    CHECK_INT(take_text(s.anyone, "division", "").status, GOVSVC_OK);
    CHECK_INT(take_text(s.anyone, "division", MARK "\r\n").status, GOVSVC_OK);
    CHECK_INT(take_text(s.anyone, "division", "code,name\r\n").status, GOVSVC_OK);
    request.encoding = "UTF-16";
    CHECK_TEXT(take_in(s.anyone, request, &out).told, "0 /encoding choice UTF-8, GB18030 UTF-16\n");
    CHECK_INT(give_out(s.anyone, 4, NULL, &out), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.anyone)->field, "/format");
    CHECK_INT(give_out(s.anyone, -1, NULL, &out), GOVSVC_INVALID);
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_CSV, NULL, &out), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.anyone)->rule, "required");
    CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_XML, "castle", &out), GOVSVC_INVALID);
    CHECK_INT(out.size, 0);
    paper_free(&out);
    story_close(&s);
}

static void a_dry_run_changes_nothing(void)
{
    story s;
    story_trace before, after;
    paper from = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.record = "division";
    request.dry_run = GOVSVC_YES;
    open_empty(&s);
    paper_add(&from, GB_TABLE, sizeof GB_TABLE - 1);
    story_look(&s, &before);
    CHECK_INT(take_in(s.anyone, request, &from).added, 1);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    paper_free(&from);
    story_close(&s);
}

static void fill(paper *to, char c, size_t size)
{
    char *much = malloc(size);
    if (!much)
        abort();
    memset(much, c, size);
    paper_add(to, much, size);
    free(much);
}

static void what_is_long_is_refused_alone(void)
{
    story s;
    paper from = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.record = "division";
    open_empty(&s);
    paper_add(&from, "code,name\n450000,", 17);
    fill(&from, 'x', 1 << 20);
    paper_add(&from, "\n450000,\"", 9);
    fill(&from, '\n', 17 << 20); /* a quote that is not closed */
    paper_add(&from, "450000,", 7);
    fill(&from, ',', 17 << 20);
    paper_add(&from, "\n450000,x\n", 10);
    taken result = take_in(s.anyone, request, &from);
    CHECK_INT(result.added, 1);
    CHECK_INT(result.rejected, 3);
    CHECK_TEXT(result.told, "2 /name too_long 100 1048576\n3 /name unclosed - 3..16777213\n"
                            "17825795  too_large 16777216 more\n");
    paper_free(&from);
    story_close(&s);
}

static void without_memory_it_says_so(void)
{
    bool met = true;
    for (int64_t n = 1; met; n++) {
        story s;
        fault_plan plan = {.call_at = 0};
        const govsvc_allocator allocator = fault_allocator(&plan);
        govsvc_config config = story_config(&s, "sqlite::memory:");
        config.allocator = &allocator;
        CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
        paper out = {.size = 0};
        fault_plan_clear(&plan);
        plan.allocation_at = n;
        govsvc_status status = take_bytes(s.anyone, "division", GB_TABLE, sizeof GB_TABLE - 1).status;
        met = fault_plan_spent(&plan) > 0;
        CHECK_INT(status, met ? GOVSVC_NO_MEMORY : GOVSVC_OK);
        for (int64_t format = GOVSVC_FORMAT_XML; format <= GOVSVC_FORMAT_CSV; format++) {
            fault_plan_clear(&plan);
            plan.allocation_at = n;
            status = give_out(s.anyone, format, "division", &out);
            CHECK_INT(status, fault_plan_spent(&plan) ? GOVSVC_NO_MEMORY : GOVSVC_OK);
        }
        fault_plan_clear(&plan);
        paper_free(&out);
        story_close(&s);
        CHECK_INT(plan.live, 0);
    }
}

int main(void)
{
    static const test_case cases[] = {
        TEST(every_format_goes_round),
        TEST(formats_say_the_same),
        TEST(looks_as_it_should),
        TEST(columns_stand_in_any_order),
        TEST(a_wrong_head_is_the_documents),
        TEST(a_wrong_row_does_not_stop_the_others),
        TEST(cells_are_told_by_their_member),
        TEST(gb18030_is_found_out),
        TEST(xml_says_its_own_encoding),
        TEST(requests_are_checked),
        TEST(a_dry_run_changes_nothing),
        TEST(what_is_long_is_refused_alone),
        TEST(without_memory_it_says_so),
    };
    int code = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return code;
}
