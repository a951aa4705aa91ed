/* tests/codes/codes_fuzz_test.c - 200,000 damaged numbers at every check, the same ones each time. */
#include "codes/check.h"
#include "test.h"

static const char *const seeds[] = {
    "11010519491231002X",
    "110105491231002",
    "91350100M000100Y43",
    "D2143569-X",
    "450102001003",
    "450122",
    "000117051000",
    "11440232MB2D06811W400011705100001",
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "",
};

/* What is put in: neighbours of the alphabets, bytes that are no UTF-8, characters of several bytes. */
static const char *const pieces[] = {"0",
                                     "9",
                                     "A",
                                     "X",
                                     "Z",
                                     "I",
                                     "x",
                                     " ",
                                     "-",
                                     ".",
                                     "_",
                                     "%",
                                     "%s",
                                     "\x01",
                                     "\x7f",
                                     "\xff",
                                     "\xc3",
                                     "\xed\xa0\x80",
                                     "\xf4\x90\x80\x80",
                                     "９",
                                     "　",
                                     "南",
                                     "😀",
                                     "00000000",
                                     "..",
                                     "1.2.156.3005.2."};

static uint64_t state = 20240229;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

enum { ROOM = 400 };

static void damage(char *text)
{
    size_t size = strlen(text), at = below(size + 1);
    const char *piece = pieces[below(TEST_COUNT(pieces))];
    size_t added = strlen(piece), cut = below(3);
    if (size + added >= ROOM)
        return;
    if (cut > size - at)
        cut = size - at;
    memmove(text + at + added, text + at + cut, size - at - cut + 1);
    memcpy(text + at, piece, added);
    if (below(16) == 0)
        text[below(strlen(text) + 1)] = '\0';
}

/* OK, or at least one problem with words; never both, never a third thing. */
static void one_check(int64_t kind, const char *text, gs_problems *problems)
{
    gs_problems_clear(problems);
    govsvc_status status = gs_code_check(kind, text, problems, "/code");
    uint64_t count = gs_problems_count(problems);
    CHECK(status == GOVSVC_OK ? count == 0 : status == GOVSVC_INVALID && count > 0);
    CHECK_INT(gs_code_check(kind, text, NULL, NULL), status);
    for (uint64_t i = 0; i < count; i++) {
        const govsvc_problem *problem = gs_problems_at(problems, i);
        CHECK(problem->rule && problem->text_zh[0] && problem->text_en[0] && problem->basis);
    }
}

static bool is_utf8(const char *text)
{
    uint32_t code_point = 1;
    while (*text && code_point != 0)
        text += gs_code_point(text, &code_point);
    return code_point != 0;
}

/* What is in its strict form already stays as it is; of broken UTF-8 only that it does no harm. */
static void one_strict_form(int64_t kind, const char *text)
{
    const char *once = NULL, *twice = NULL;
    CHECK_INT(govsvc_code_normalise(kind, text, &once), GOVSVC_OK);
    CHECK_INT(govsvc_code_normalise(kind, once, &twice), GOVSVC_OK);
    if (is_utf8(text))
        CHECK_TEXT(twice, once);
    if (gs_code_check(kind, text, NULL, NULL) == GOVSVC_OK && strlen(text) != 15)
        CHECK_TEXT(once, text);
    govsvc_free(once);
    govsvc_free(twice);
}

/* A check character that is given out is taken back. */
static void one_check_character(int64_t kind, const char *text)
{
    char check = '\0', again = '\0', copy[ROOM + 2];
    if (govsvc_code_check_character(kind, text, &check) != GOVSVC_OK)
        return;
    snprintf(copy, sizeof copy, "%s", text);
    CHECK_INT(govsvc_code_check_character(kind, copy, &again), GOVSVC_OK);
    CHECK_INT(again, check);
    CHECK((check >= '0' && check <= '9') || (check >= 'A' && check <= 'Z'));
}

/* A copy without a byte to spare, so that a sanitizer sees who reads on. */
static char *exact_copy(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    if (!copy)
        abort();
    return strcpy(copy, text);
}

static void damaged_numbers(void)
{
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    char text[ROOM + 1] = "";
    for (int round = 0; round < 200000; round++) {
        if (round % 4 == 0)
            strcpy(text, seeds[below(TEST_COUNT(seeds))]);
        damage(text);
        char *exact = exact_copy(text);
        for (int64_t kind = GOVSVC_CODE_CITIZEN_ID; kind <= GOVSVC_CODE_CERTIFICATE_ID; kind++) {
            one_check(kind, exact, problems);
            one_check_character(kind, exact);
        }
        if (round % 10 == 0)
            one_strict_form(1 + round / 10 % 6, exact);
        free(exact);
    }
    gs_problems_free(problems);
}

int main(void)
{
    static const test_case cases[] = {TEST(damaged_numbers)};
    return test_main(cases, TEST_COUNT(cases));
}
