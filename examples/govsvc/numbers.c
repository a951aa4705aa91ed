/* numbers.c - numbers that carry their own check: check. */
#include "run.h"

#include <string.h>

static int unknown_kind(const cli_run *run)
{
    char kinds[200] = "";
    const char *name;
    for (int64_t kind = 1; (name = govsvc_code_kind_name(kind)); kind++) {
        size_t size = strlen(kinds);
        snprintf(kinds + size, sizeof kinds - size, "%s%s", size ? ", " : "", name);
    }
    char zh[260], en[260];
    snprintf(zh, sizeof zh, "号码种类应为 %s 之一", kinds);
    snprintf(en, sizeof en, "the kind of number must be one of %s", kinds);
    return cli_fail(run, CLI_USAGE, run->words[0], zh, en);
}

int cli_check(cli_run *run)
{
    const govsvc_problem_list *problems = NULL;
    int64_t kind = govsvc_code_kind(run->words[0]);
    if (!kind)
        return unknown_kind(run);
    govsvc_status status = govsvc_code_check(kind, run->words[1], &problems);
    if (status == GOVSVC_OK)
        puts("valid");
    else if (problems)
        cli_say_problems(run, stdout, problems);
    else
        cli_fail(run, 0, NULL, govsvc_status_text(status, "zh"), govsvc_status_text(status, "en"));
    govsvc_free(problems);
    return cli_code(status);
}
