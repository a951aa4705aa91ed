/* days.c - the lawful calendar, without a store: workdays add, count and explain. */
#include "run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int refused(const cli_run *run, govsvc_status status, const govsvc_problem_list *problems)
{
    for (uint64_t i = 0; problems && i < problems->problem_count; i++) {
        fputs("govsvc: ", stderr);
        cli_say_problem(run, stderr, NULL, problems->problems[i]);
    }
    if (status && !problems)
        cli_fail(run, 0, NULL, govsvc_status_text(status, "zh"), govsvc_status_text(status, "en"));
    govsvc_free(problems);
    return cli_code(status);
}

/* A day that exists, within the years that are reckoned. */
static bool read_day(const cli_run *run, const char *name, const char *text, int64_t *at)
{
    char zh[160], en[160];
    if (!govsvc_date_start(text, at)) {
        snprintf(zh, sizeof zh, "应为真实日期 YYYY-MM-DD，实为 %.40s", text);
        snprintf(en, sizeof en, "must be a real date YYYY-MM-DD, is %.40s", text);
        cli_fail(run, CLI_NO, name, zh, en);
        return false;
    }
    long year = strtol(text, NULL, 10);
    if (year >= GOVSVC_YEAR_MIN && year <= GOVSVC_YEAR_MAX)
        return true;
    snprintf(zh, sizeof zh, "应在 %d 年至 %d 年之间，实为 %.40s", GOVSVC_YEAR_MIN, GOVSVC_YEAR_MAX, text);
    snprintf(en, sizeof en, "must be within the years %d to %d, is %.40s", GOVSVC_YEAR_MIN, GOVSVC_YEAR_MAX,
             text);
    cli_fail(run, CLI_NO, name, zh, en);
    return false;
}

/* ---- add and explain --------------------------------------------------------------------------------- */

static void say_provisional(const cli_run *run, const govsvc_reckoning *reckoning)
{
    if (reckoning->provisional == GOVSVC_YES)
        cli_say(run, stdout, NULL, "暂定：其中有日期的放假安排尚未公布，依规则推算",
                "provisional: for some of the days no notice is published yet; they follow the rule");
}

static int reckon(const cli_run *run, const govsvc_calendar *calendar, const govsvc_reckoning **out)
{
    govsvc_reckoning_request request = GOVSVC_RECKONING_REQUEST_INIT;
    const govsvc_problem_list *problems = NULL;
    bool right = read_day(run, "DATE", run->words[1], &request.start_at);
    right &= cli_number(run, "N", run->words[2], 1, GOVSVC_LIMIT_MAX, &request.amount);
    if (!right)
        return CLI_NO;
    request.unit = GOVSVC_UNIT_WORKING_DAYS;
    request.division = run->options.division;
    govsvc_status status = govsvc_reckon(calendar, &request, out, &problems);
    return refused(run, status, problems);
}

static int add(const cli_run *run, const govsvc_calendar *calendar)
{
    const govsvc_reckoning *reckoning = NULL;
    int code = reckon(run, calendar, &reckoning);
    if (code == CLI_DONE) {
        puts(reckoning->due_date);
        say_provisional(run, reckoning);
    }
    govsvc_free(reckoning);
    return code;
}

static int explain(const cli_run *run, const govsvc_calendar *calendar)
{
    const govsvc_reckoning *reckoning = NULL;
    int code = reckon(run, calendar, &reckoning);
    if (code == CLI_DONE)
        puts(reckoning->due_date);
    for (uint64_t i = 0; code == CLI_DONE && i < reckoning->step_count; i++)
        puts(run->english ? reckoning->steps[i]->text_en : reckoning->steps[i]->text_zh);
    govsvc_free(reckoning);
    return code;
}

/* ---- count
 * --------------------------------------------------------------------------------------------------------
 */

static int count(const cli_run *run, const govsvc_calendar *calendar)
{
    int64_t from, to, days;
    char zh[120], en[120];
    const govsvc_problem_list *problems = NULL;
    bool right = read_day(run, "FROM", run->words[1], &from);
    right &= read_day(run, "TO", run->words[2], &to);
    if (!right)
        return CLI_NO;
    if (from > to) {
        snprintf(zh, sizeof zh, "%s 晚于 TO %s", run->words[1], run->words[2]);
        snprintf(en, sizeof en, "%s is after TO, %s", run->words[1], run->words[2]);
        return cli_fail(run, CLI_NO, "FROM", zh, en);
    }
    govsvc_status status = govsvc_working_days_between(calendar, run->options.division, run->words[1],
                                                       run->words[2], &days, &problems);
    int code = refused(run, status, problems);
    if (code == CLI_DONE)
        printf("%" PRId64 "\n", days);
    return code;
}

/* ---- the command ------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(const cli_run *run, const govsvc_calendar *calendar);
} kinds[] = {{"add", add}, {"explain", explain}, {"count", count}};

static int check_division(const cli_run *run)
{
    const govsvc_problem_list *problems = NULL;
    const char *division = run->options.division;
    govsvc_status status =
        division ? govsvc_code_check(GOVSVC_CODE_DIVISION, division, &problems) : GOVSVC_OK;
    for (uint64_t i = 0; problems && i < problems->problem_count; i++) {
        fputs("govsvc: ", stderr);
        cli_say_problem(run, stderr, "--division", problems->problems[i]);
    }
    govsvc_free(problems);
    return cli_code(status);
}

int cli_workdays(cli_run *run)
{
    govsvc_calendar *calendar = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, run->words[0]) != 0)
            continue;
        int code = check_division(run);
        if (code == CLI_DONE)
            code = refused(run, govsvc_calendar_new(true, NULL, 0, NULL, 0, &calendar, NULL), NULL);
        if (code == CLI_DONE)
            code = kinds[i].run(run, calendar);
        govsvc_calendar_free(calendar);
        return code;
    }
    return cli_fail(run, CLI_USAGE, run->words[0], "workdays 之后应为 add、explain 或 count",
                    "workdays is followed by add, explain or count");
}
