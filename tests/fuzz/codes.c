/* tests/fuzz/codes.c - the numbers that carry their own check: a first byte for the kind, then the number. */
#include "fuzz.h"

#include "base/text.h"

enum { KINDS = 6 };

static void check_problems(govsvc_status status, const govsvc_problem_list *problems)
{
    MUST((status == GOVSVC_INVALID) == (problems != NULL));
    MUST(!problems || problems->problem_count > 0);
    for (uint64_t i = 0; problems && i < problems->problem_count; i++)
        fuzz_in_words(problems->problems[i]);
    govsvc_free(problems);
}

/* The last character of a number in order is the one that is reckoned. */
static void check_last(int64_t kind, const char *value)
{
    char check = 0, body[GOVSVC_CODE_MAX + 1];
    size_t size = strlen(value);
    if (size < 9 || (kind == GOVSVC_CODE_CITIZEN_ID && size != 18) || strchr(value, '-'))
        return;
    memcpy(body, value, size);
    body[size - 1] = '\0';
    govsvc_status status = govsvc_code_check_character(kind, body, &check);
    MUST(status == GOVSVC_UNSUPPORTED || (status == GOVSVC_OK && check == value[size - 1]));
}

/* The strict form is its own strict form, and what is in order is strict already, but for the old forms. */
static void check_normal(int64_t kind, const char *value, bool in_order)
{
    const char *once = NULL, *twice = NULL;
    govsvc_status status = govsvc_code_normalise(kind, value, &once);
    MUST((status == GOVSVC_OK) == (once != NULL));
    if (!once)
        return;
    MUST(govsvc_code_normalise(kind, once, &twice) == GOVSVC_OK);
    MUST(strcmp(once, twice) == 0 || gs_text_look(value, true).rule); /* what is no text has no form */
    MUST(!in_order || govsvc_code_check(kind, once, NULL) == GOVSVC_OK);
    govsvc_free(once);
    govsvc_free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    int64_t kind = 1 + data[0] % KINDS;
    char *value = fuzz_text(data + 1, size - 1);
    const govsvc_problem_list *problems = NULL;
    const govsvc_division_fact *fact = NULL;
    govsvc_status status = govsvc_code_check(kind, value, &problems);
    MUST(status == GOVSVC_OK || status == GOVSVC_INVALID);
    check_problems(status, problems);
    if (status == GOVSVC_OK && kind != GOVSVC_CODE_CERTIFICATE_ID)
        check_last(kind, value);
    check_normal(kind, value, status == GOVSVC_OK);
    status = govsvc_division_lookup(value, &fact);
    MUST((status == GOVSVC_OK) == (fact != NULL));
    MUST(!fact || (strcmp(fact->code, value) == 0 && *fact->name));
    govsvc_free(fact);
    free(value);
    return 0;
}
