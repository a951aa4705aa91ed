/* tests/codes/codes_test.c - checked numbers: vectors of the standards, every rule, the strict form. */
#include "codes/codes.h"
#include "test.h"

/* The rules of the problems found, joined by spaces: "division check_character". */
static const char *rules_of(int64_t kind, const char *value)
{
    static char rules[1024];
    const govsvc_problem_list *problems = NULL;
    rules[0] = '\0';
    if (govsvc_code_check(kind, value, &problems) == GOVSVC_OK)
        return rules;
    for (uint64_t i = 0; problems && i < problems->problem_count; i++) {
        const govsvc_problem *problem = problems->problems[i];
        CHECK(problem->text_zh && problem->text_en && problem->basis && problem->status == GOVSVC_INVALID);
        strncat(strcat(rules, i ? " " : ""), problem->rule, 32);
    }
    govsvc_free(problems);
    return rules;
}

/* One member of the first problem. */
enum member { EXPECTED, GOT, TEXT_ZH, TEXT_EN, BASIS };

static const char *first(int64_t kind, const char *value, enum member member)
{
    static char copy[512];
    const govsvc_problem_list *problems = NULL;
    copy[0] = '\0';
    if (govsvc_code_check(kind, value, &problems) != GOVSVC_INVALID)
        return "(valid)";
    const govsvc_problem *problem = problems->problems[0];
    const char *members[] = {problem->expected, problem->got, problem->text_zh, problem->text_en,
                             problem->basis};
    snprintf(copy, sizeof copy, "%s", members[member] ? members[member] : "(null)");
    govsvc_free(problems);
    return copy;
}

static const char *strict(int64_t kind, const char *value)
{
    static char copy[512];
    const char *made = NULL;
    if (govsvc_code_normalise(kind, value, &made) != GOVSVC_OK)
        return NULL;
    snprintf(copy, sizeof copy, "%s", made);
    govsvc_free(made);
    return copy;
}

/* Every number is valid, and its last character is what its body asks for. With any one character
 * changed it is refused; an organisation code cannot tell characters that are 11 apart. */
static void check_vectors(int64_t kind, const char *const *values, size_t count)
{
    static const char members[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (size_t v = 0; v < count; v++) {
        size_t size = strlen(values[v]);
        char copy[GOVSVC_CODE_MAX + 1], check = '?';
        CHECK_TEXT(rules_of(kind, values[v]), "");
        strcpy(copy, values[v]);
        copy[size - 1] = '\0';
        CHECK_INT(govsvc_code_check_character(kind, copy, &check), GOVSVC_OK);
        CHECK_INT(check, values[v][size - 1]);
        for (size_t i = 0; i < size; i++)
            for (const char *c = members; *c; c++) {
                strcpy(copy, values[v]);
                copy[i] = *c;
                if (*c != values[v][i] && kind != GOVSVC_CODE_ORG_CODE)
                    CHECK_INT(govsvc_code_check(kind, copy, NULL), GOVSVC_INVALID);
            }
    }
}

static const char *const citizens[] = {"11010519491231002X", "110105195001010039", "11010519500101999X",
                                       "11010519500102000X"};
static const char *const usccs[] = {"91350100M000100Y43",
                                    "91310230MA1K314J7C",
                                    "91310230MA1K314K57",
                                    "11100000000013338W",
                                    "11100000MB0341032Y",
                                    "11440232MB2D06811W",
                                    "12441500196720244T",
                                    "11370800MB28559184",
                                    "11370883MB2857374H",
                                    "11511301008778183N",
                                    "11110000000021135M",
                                    /* both remainders 0 */ "914501000001049500"};
static const char *const orgs[] = {"D2143569X", "D2143569-X", "MA1FL0LY9", "MA1FL0LY-9", "000104950"};
static const char *const certificates[] = {
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9"};

static void vectors(void)
{
    check_vectors(GOVSVC_CODE_CITIZEN_ID, citizens, TEST_COUNT(citizens));
    check_vectors(GOVSVC_CODE_USCC, usccs, TEST_COUNT(usccs));
    check_vectors(GOVSVC_CODE_ORG_CODE, orgs, TEST_COUNT(orgs));
    check_vectors(GOVSVC_CODE_CERTIFICATE_ID, certificates, TEST_COUNT(certificates));
}

static void citizen_id(void)
{
    const int64_t kind = GOVSVC_CODE_CITIZEN_ID;
    CHECK_TEXT(rules_of(kind, "110105491231002"), "");
    CHECK_TEXT(rules_of(kind, "110105490231002"), "birth_date");
    CHECK_TEXT(rules_of(kind, "110105194912310021"), "check_character");
    CHECK_TEXT(first(kind, "110105194912310021", EXPECTED), "X");
    CHECK_TEXT(first(kind, "110105194912310021", GOT), "1");
    CHECK_TEXT(first(kind, "110105194912310021", TEXT_ZH), "公民身份号码第18位校验码应为X，实为1");
    CHECK_TEXT(first(kind, "110105194912310021", TEXT_EN),
               "citizen id: its check character (18) must be X, is 1");
    CHECK_TEXT(first(kind, "110105194912310021", BASIS), "GB 11643-1999");
    CHECK_TEXT(rules_of(kind, "999999194913310020"), "division birth_date check_character");
    CHECK_TEXT(rules_of(kind, "11010519491231002x"), "alphabet");
    CHECK_TEXT(rules_of(kind, "999999194902310020"), "division birth_date check_character");
    CHECK_TEXT(rules_of(kind, "９10105194902310026"), "alphabet");
    CHECK_TEXT(rules_of(kind, "1101051949"), "length");
    CHECK_TEXT(rules_of(kind, ""), "length");
    CHECK_TEXT(rules_of(kind, "11010519491231002 "), "alphabet");
    CHECK_TEXT(rules_of(kind, "110105 19491231002X"), "length alphabet");
}

static void citizen_birth_and_division(void)
{
    static const struct {
        const char *body;
        const char *rules;
    } rows[] = {
        {"11010520000229001", ""},           {"11010519000229001", "birth_date"},
        {"11010518500101001", ""},           {"11010518491231001", "birth_date"},
        {"11010522000101001", "birth_date"}, {"11010521991231001", ""},
        {"11010520230431001", "birth_date"}, {"11010520230400001", "birth_date"},
        {"11010520230001001", "birth_date"}, {"81000020000101001", ""},
        {"82000020000101001", ""},           {"83000020000101001", ""},
        {"45212219700101001", ""},           {"44190019900101001", ""},
        {"45990019900101001", "division"},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        char whole[19], check = '?';
        CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_CITIZEN_ID, rows[i].body, &check), GOVSVC_OK);
        snprintf(whole, sizeof whole, "%s%c", rows[i].body, check);
        CHECK_TEXT(rules_of(GOVSVC_CODE_CITIZEN_ID, whole), rows[i].rules);
    }
}

/* No problem repeats a citizen's number: not its birth date, not its sequence. */
static void citizen_id_is_masked(void)
{
    const govsvc_problem_list *problems = NULL;
    CHECK_INT(govsvc_code_check(GOVSVC_CODE_CITIZEN_ID, "110105194913310027", &problems), GOVSVC_INVALID);
    CHECK(problems && problems->problem_count == 2);
    CHECK_TEXT(problems->problems[0]->got, "110105***********7");
    for (uint64_t i = 0; i < problems->problem_count; i++)
        CHECK(!strstr(problems->problems[i]->got, "1949") &&
              !strstr(problems->problems[i]->text_zh, "1949"));
    govsvc_free(problems);
}

static void uscc(void)
{
    const int64_t kind = GOVSVC_CODE_USCC;
    CHECK_TEXT(rules_of(kind, "91350100M000100Y44"), "check_character");
    CHECK_TEXT(first(kind, "91350100M000100Y44", EXPECTED), "3");
    CHECK_TEXT(rules_of(kind, "95350100M000100Y43"), "part check_character");
    CHECK_TEXT(rules_of(kind, "B1350100M000100Y43"), "part check_character");
    CHECK_TEXT(rules_of(kind, "91990100M000100Y43"), "division check_character");
    CHECK_TEXT(rules_of(kind, "91350100M000100Z43"), "alphabet");
    CHECK_TEXT(rules_of(kind, "91350100M000100243"), "part check_character");
    CHECK(strstr(first(kind, "91350100M000100243", TEXT_ZH), "主体标识码"));
    CHECK_TEXT(rules_of(kind, "9135010OM000100Y43"), "alphabet");
    CHECK_TEXT(first(kind, "9135010OM000100Y43", TEXT_EN),
               "unified social credit code: character 8 is \"O\", must be one of 0-9");
    CHECK_TEXT(rules_of(kind, "91350100m000100y43"), "alphabet alphabet");
    CHECK_TEXT(rules_of(kind, "91350100M000100Y4"), "length");
    CHECK_TEXT(rules_of(kind, "９1350100M000100Y43"), "alphabet");
    CHECK_TEXT(first(kind, "９1350100M000100Y43", GOT), "９");
    CHECK_TEXT(first(kind,
                     "\xff"
                     "1350100M000100Y43",
                     GOT),
               "\\xFF");
    CHECK_TEXT(first(kind, "\t1350100M000100Y43", GOT), "U+0009");
}

static void org_code(void)
{
    CHECK_TEXT(rules_of(GOVSVC_CODE_ORG_CODE, "D21435690"), "check_character");
    CHECK_TEXT(rules_of(GOVSVC_CODE_ORG_CODE, "D2143569/X"), "alphabet");
    CHECK_TEXT(rules_of(GOVSVC_CODE_ORG_CODE, "D-2143569X"), "alphabet alphabet");
    CHECK_TEXT(rules_of(GOVSVC_CODE_ORG_CODE, "D2143569"), "length");
}

static void division(void)
{
    static const struct {
        const char *value;
        const char *rules;
    } rows[] = {
        {"450000", ""},
        {"450100", ""},
        {"450101", ""},
        {"450102", ""},
        {"450181", ""},
        {"659000", ""},
        {"441900", ""},
        {"450122", "abolished"},
        {"452122", "abolished"},
        {"459999", "division"},
        {"830000", "division"},
        {"450102001", ""},
        {"450102000", "part"},
        {"450100000000", ""},
        {"450102000000", ""},
        {"450102001000", ""},
        {"450102001003", ""},
        {"450102000003", "part"},
        {"450100001", "part"},
        {"450000001001", "part"},
        {"441900003", ""},
        {"620200001000", ""},
        {"45010a", "alphabet"},
        {"4501", "length"},
        {"450122000", "abolished part"},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        CHECK_TEXT(rules_of(GOVSVC_CODE_DIVISION, rows[i].value), rows[i].rules);
    CHECK(strstr(first(GOVSVC_CODE_DIVISION, "450122", TEXT_ZH), "武鸣县，1983年已在使用"));
    CHECK_TEXT(first(GOVSVC_CODE_DIVISION, "450102000", BASIS), "GB/T 10114-2003");
}

static void division_lookup(void)
{
    const govsvc_division_fact *fact = NULL;
    CHECK_INT(govsvc_division_lookup("450181", &fact), GOVSVC_OK);
    CHECK_INT(fact->struct_size, sizeof *fact);
    CHECK_TEXT(fact->code, "450181");
    CHECK_TEXT(fact->name, "横州市");
    CHECK_INT(fact->since, 2021);
    CHECK_INT(fact->current, GOVSVC_YES);
    govsvc_free(fact);
    CHECK_INT(govsvc_division_lookup("452122", &fact), GOVSVC_OK);
    CHECK_INT(fact->since, 1980);
    CHECK_INT(fact->current, GOVSVC_NO);
    govsvc_free(fact);
    fact = NULL;
    CHECK_INT(govsvc_division_lookup("459999", &fact), GOVSVC_NOT_FOUND);
    CHECK_INT(govsvc_division_lookup("4501", &fact), GOVSVC_NOT_FOUND);
    CHECK_INT(govsvc_division_lookup("4501001", &fact), GOVSVC_NOT_FOUND);
    CHECK_INT(govsvc_division_lookup(NULL, &fact), GOVSVC_MISUSE);
    CHECK(fact == NULL);
}

/* Every row is found by the search (so the table is sorted, without doubles), and Guangxi has the
 * state of 2023: 14 prefectures and 111 counties. */
static void division_table(void)
{
    size_t found = 0, prefectures = 0, counties = 0, provinces = 0;
    for (int code = 0; code <= 999999; code++) {
        char six[12];
        gs_division division;
        snprintf(six, sizeof six, "%06d", code);
        if (!gs_division_find(six, &division))
            continue;
        found++;
        CHECK(division.name[0] && division.since >= 1980 && division.since <= 2023);
        provinces += division.current && code % 10000 == 0;
        prefectures += division.current && code / 10000 == 45 && code % 10000 != 0 && code % 100 == 0;
        counties += division.current && code / 10000 == 45 && code % 100 > 1;
    }
    CHECK_INT(found, gs_division_count());
    CHECK_INT(provinces, 34);
    CHECK_INT(prefectures, 14);
    CHECK_INT(counties, 111);
}

static void matter_code(void)
{
    static const struct {
        const char *value;
        const char *rules;
    } rows[] = {
        {"000117051000", ""},
        {"370117002011", ""},
        {"442199806003", ""},
        {"002917051000", ""},
        {"003117051000", "part"},
        {"003017051000", ""},
        {"11370883MB2857374H437309800900101", ""},
        {"11370800MB28559184337011800900413", ""},
        {"11370881004339634T437201705400101", ""},
        {"11440232MB2D06811W4000117051000", ""},
        {"12441500196720244T3442199806003", ""},
        {"11370800MB285591843370117002011", ""},
        {"11370883MB2857374H4370114011007", ""},
        {"11440232MB2D06811W400011705100001", ""},
        {"11440232MB2D06811W400011705100099", ""},
        {"11440232MB2D06811W400011705100000", "part"},
        {"11440232MB2D06811W0000117051000", "part"},
        {"11440232MB2D06811W8000117051000", "part"},
        {"11440232MB2D06812W4000117051000", "part check_character"},
        {"990117051000", "division"},
        {"009917051000", "part"},
        {"994017051000", "division part"},
        {"0001170510", "length"},
        {"000117051000000117051000", "length"},
        {"00011705100X", "alphabet"},
        {"11440232mB2D06811W4000117051000", "alphabet"},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        CHECK_TEXT(rules_of(GOVSVC_CODE_MATTER, rows[i].value), rows[i].rules);
    CHECK(strstr(first(GOVSVC_CODE_MATTER, "0001170510", TEXT_ZH), "12 / 31 / 33"));
    CHECK_TEXT(first(GOVSVC_CODE_MATTER, "11440232MB2D06812W4000117051000", BASIS), "GB 32100-2015");
}

#define TYPE "11100000000013338W011"
#define ISSUER "11430000006122244L"

static void certificate_id(void)
{
    static const struct {
        const char *value;
        const char *rules;
    } rows[] = {
        {"1.2.156.3005.2." TYPE "." ISSUER ".20230000403.001.V", "check_character"},
        {"1.2.156.3005.1." TYPE "." ISSUER ".20230000403.001.U", "part"},
        {TYPE "." ISSUER ".20230000403.001.U", "part"},
        {TYPE "." ISSUER ".20230000403.001.V", "part check_character"},
        {"1.2.156.3005.2." TYPE "." ISSUER ".20230000403.001", "part"},
        {"1.2.156.3005.2." TYPE "." ISSUER ".20230000403.001.", "part"},
        {"1.2.156.3005.2." TYPE "." ISSUER "..001.U", "part check_character"},
        {"1.2.156.3005.2." TYPE "." ISSUER ".20230000403.000.U", "part check_character"},
        {"1.2.156.3005.2." TYPE ".990000.20230000403.001.U", "division check_character"},
        {"1.2.156.3005.2." TYPE ".99000.20230000403.001.U", "part check_character"},
        {"1.2.156.3005.2.11100000000013338W01A." ISSUER ".20230000403.001.U", "part check_character"},
        {"1.2.156.3005.2." TYPE "." ISSUER ".2023000040_.001.U", "alphabet"},
        {"1.2.156.3005.2." TYPE "." ISSUER ".2023000040a.001.U", "alphabet"},
        {"062301.1101101102.0624_001.001.U", "alphabet"},
        {"", "part part"},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        CHECK_TEXT(rules_of(GOVSVC_CODE_CERTIFICATE_ID, rows[i].value), rows[i].rules);
}

static void certificate_check_characters(void)
{
    static const struct {
        const char *body;
        char check;
    } rows[] = {
        {TYPE "." ISSUER ".20230000403.001", 'U'},
        {"11100000000013338W009.11330105002500287C.2025052201.002", '0'},
        {"11100000MB03271699022.340100.000000016.001.", '9'},
        {"062301.1101101102.0624_001.001", 'U'},
        {"A12425GABC1234002", 'M'},
        {"1.2.156.3005.2." TYPE "." ISSUER ".20230000403.001.", 'U'},
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        char check = '?';
        CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_CERTIFICATE_ID, rows[i].body, &check), GOVSVC_OK);
        CHECK_INT(check, rows[i].check);
    }
    CHECK_INT(gs_iso7064_mod37_36("A12425GABC1234002", 17), 'M');
}

static void check_character_refuses(void)
{
    char check = '?';
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_USCC, "91350100M000100Y", &check), GOVSVC_INVALID);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_USCC, "91350100M000100Z4", &check), GOVSVC_INVALID);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_CITIZEN_ID, "", &check), GOVSVC_INVALID);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_CERTIFICATE_ID, "..", &check), GOVSVC_INVALID);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_CERTIFICATE_ID, "1-2", &check), GOVSVC_INVALID);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_DIVISION, "45010", &check), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_MATTER, "00011705100", &check), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_code_check_character(99, "1", &check), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_code_check_character(GOVSVC_CODE_USCC, NULL, &check), GOVSVC_MISUSE);
    CHECK_INT(check, '?');
}

static void normalise(void)
{
    CHECK_TEXT(strict(GOVSVC_CODE_USCC, " 9135 0100-m000100y43\n"), "91350100M000100Y43");
    CHECK_TEXT(strict(GOVSVC_CODE_USCC, "９１３５０１００Ｍ０００１００ｙ４３"), "91350100M000100Y43");
    CHECK_TEXT(strict(GOVSVC_CODE_ORG_CODE, "d2143569－x"), "D2143569-X");
    CHECK_TEXT(strict(GOVSVC_CODE_CITIZEN_ID, "11010519491231002x"), "11010519491231002X");
    CHECK_TEXT(strict(GOVSVC_CODE_CITIZEN_ID, "110105 491231 002"), "11010519491231002X");
    CHECK_TEXT(strict(GOVSVC_CODE_CITIZEN_ID, "110105　491231—002"), "11010519491231002X");
    CHECK_TEXT(strict(GOVSVC_CODE_CITIZEN_ID, "11010549123100X"), "11010549123100X");
    CHECK_TEXT(strict(GOVSVC_CODE_DIVISION, "南宁\xff"), "南宁\xff");
    CHECK_TEXT(strict(GOVSVC_CODE_CERTIFICATE_ID, "1．2．156．3005"), "1.2.156.3005");
    CHECK_TEXT(strict(GOVSVC_CODE_MATTER, ""), "");
    const char *out = NULL;
    CHECK_INT(govsvc_code_normalise(0, "1", &out), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_code_normalise(GOVSVC_CODE_USCC, NULL, &out), GOVSVC_MISUSE);
    CHECK(out == NULL);
}

static void kinds(void)
{
    static const char *const names[] = {"citizen-id", "uscc",        "org-code",
                                        "division",   "matter-code", "certificate-id"};
    for (int64_t kind = 1; kind <= 6; kind++) {
        CHECK_TEXT(govsvc_code_kind_name(kind), names[kind - 1]);
        CHECK_INT(govsvc_code_kind(names[kind - 1]), kind);
        CHECK(gs_code_title_zh(kind) && gs_code_title_en(kind));
    }
    CHECK_INT(govsvc_code_kind("passport"), 0);
    CHECK_INT(govsvc_code_kind(NULL), 0);
    CHECK_TEXT(govsvc_code_kind_name(0), NULL);
    CHECK_TEXT(gs_code_title_zh(7), NULL);
    CHECK_TEXT(gs_code_title_en(-1), NULL);
}

static void statuses_and_limits(void)
{
    const govsvc_problem_list *problems = NULL;
    char longest[GOVSVC_CODE_MAX + 2];
    CHECK_INT(govsvc_code_check(99, "1", &problems), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_code_check(GOVSVC_CODE_USCC, NULL, &problems), GOVSVC_MISUSE);
    CHECK_INT(govsvc_code_check(GOVSVC_CODE_USCC, usccs[0], &problems), GOVSVC_OK);
    CHECK(problems == NULL);
    memset(longest, '1', sizeof longest);
    longest[GOVSVC_CODE_MAX + 1] = '\0';
    for (int64_t kind = 1; kind <= 6; kind++) {
        CHECK_TEXT(rules_of(kind, longest), "length");
        CHECK_TEXT(first(kind, longest, GOT), "> 256");
    }
}

/* For a record's field: problems carry the pointer that was given. */
static void field_of_a_record(void)
{
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    CHECK_INT(gs_code_check(GOVSVC_CODE_USCC, "1", problems, "/applicant/code"), GOVSVC_INVALID);
    CHECK_INT(gs_code_check(GOVSVC_CODE_DIVISION, "450100", problems, "/division"), GOVSVC_OK);
    CHECK_INT(gs_problems_count(problems), 1);
    CHECK_TEXT(gs_problems_at(problems, 0)->field, "/applicant/code");
    gs_problems_free(problems);
    CHECK_INT(gs_code_check(GOVSVC_CODE_USCC, "1", NULL, NULL), GOVSVC_INVALID);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(vectors),
        TEST(citizen_id),
        TEST(citizen_birth_and_division),
        TEST(uscc),
        TEST(org_code),
        TEST(citizen_id_is_masked),
        TEST(division),
        TEST(division_lookup),
        TEST(division_table),
        TEST(matter_code),
        TEST(certificate_id),
        TEST(certificate_check_characters),
        TEST(normalise),
        TEST(kinds),
        TEST(check_character_refuses),
        TEST(statuses_and_limits),
        TEST(field_of_a_record),
    };
    return test_main(cases, TEST_COUNT(cases));
}
