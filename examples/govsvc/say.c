/* say.c - words for people: one line each, Chinese first with the English behind it, or English alone. */
#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void cli_say(const cli_run *run, FILE *to, const char *what, const char *zh, const char *en)
{
    if (run->english)
        fprintf(to, "%s%s%s\n", what ? what : "", what ? ": " : "", en);
    else
        fprintf(to, "%s%s%s (%s)\n", what ? what : "", what ? "：" : "", zh, en);
}

int cli_fail(const cli_run *run, int code, const char *what, const char *zh, const char *en)
{
    fflush(stdout);
    fputs("govsvc: ", stderr);
    cli_say(run, stderr, what, zh, en);
    return code;
}

/* A problem of the whole has no field to name. */
static const char *without_root(const char *text, const char *field, const char *mark)
{
    size_t size = strlen(mark);
    bool rootless = !field || !*field;
    if (rootless && text[0] == '/' && strncmp(text + 1, mark, size) == 0)
        text += 1 + size;
    return text + (rootless ? strspn(text, " ") : 0);
}

void cli_say_problem(const cli_run *run, FILE *to, const char *what, const govsvc_problem *problem)
{
    char zh[1000], en[1000];
    const char *basis = problem->basis ? problem->basis : "";
    bool engine = problem->rule && strcmp(problem->rule, "store") == 0 && problem->got;
    snprintf(zh, sizeof zh, "%s%s%s", without_root(problem->text_zh, problem->field, "："),
             *basis ? "，依据 " : "", basis);
    snprintf(en, sizeof en, "%s%s%s%s", without_root(problem->text_en, problem->field, ":"),
             engine ? " [" : "", engine ? problem->got : "", engine ? "]" : "");
    cli_say(run, to, what, zh, en);
}

void cli_say_problems(const cli_run *run, FILE *to, const govsvc_problem_list *problems)
{
    for (uint64_t i = 0; problems && i < problems->problem_count; i++)
        cli_say_problem(run, to, NULL, problems->problems[i]);
}

int cli_code(govsvc_status status)
{
    switch (status) {
    case GOVSVC_OK:
        return CLI_DONE;
    case GOVSVC_BUSY:
    case GOVSVC_FULL:
    case GOVSVC_READ_ONLY:
    case GOVSVC_UNAVAILABLE:
    case GOVSVC_UNKNOWN:
    case GOVSVC_CORRUPT:
    case GOVSVC_FOREIGN:
    case GOVSVC_FORMAT:
    case GOVSVC_NO_MEMORY:
    case GOVSVC_INTERNAL:
        return CLI_STORE;
    default:
        return CLI_NO;
    }
}

int cli_end(const cli_run *run, govsvc_status status)
{
    uint64_t count = status ? govsvc_problem_count(run->session) : 0;
    for (uint64_t i = 0; i < count; i++) {
        fputs("govsvc: ", stderr);
        cli_say_problem(run, stderr, NULL, govsvc_problem_at(run->session, i));
    }
    if (status && !count)
        cli_fail(run, 0, NULL, govsvc_status_text(status, "zh"), govsvc_status_text(status, "en"));
    return cli_code(status);
}

bool cli_number(const cli_run *run, const char *name, const char *text, int64_t least, int64_t most,
                int64_t *out)
{
    char *end, zh[200], en[200];
    errno = 0;
    long long number = strtoll(text, &end, 10);
    bool whole = *text && strspn(text, "+-0123456789") == strlen(text) && !*end;
    if (whole && !errno && number >= least && number <= most) {
        *out = number;
        return true;
    }
    snprintf(zh, sizeof zh, "应为 %" PRId64 " 至 %" PRId64 " 的整数，实为 %.60s", least, most, text);
    snprintf(en, sizeof en, "must be a whole number from %" PRId64 " to %" PRId64 ", is %.60s", least, most,
             text);
    cli_fail(run, CLI_NO, name, zh, en);
    return false;
}
