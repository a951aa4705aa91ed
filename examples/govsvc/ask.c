/* ask.c - what there is and what it says: operations by their names, finding a matter, its guide and form,
 * a bundle as one.
 */
#include "run.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- call -------------------------------------------------------------------------------------------- */

/* More than the library takes, so that it says so itself. */
enum { INPUT_MAX = (16 << 20) + 2 };

static char *read_input(void)
{
    char *text = malloc(INPUT_MAX);
    size_t size = text ? fread(text, 1, INPUT_MAX - 1, stdin) : 0;
    if (text)
        text[size] = '\0';
    if (text && strlen(text) == size && !ferror(stdin))
        return text;
    free(text);
    return NULL;
}

static json_t *problem_tree(const govsvc_problem *problem)
{
    const char *const members[][2] = {
        {"status", govsvc_status_name(problem->status)},
        {"field", problem->field},
        {"rule", problem->rule},
        {"expected", problem->expected},
        {"got", problem->got},
        {"text_zh", problem->text_zh},
        {"text_en", problem->text_en},
        {"basis", problem->basis},
    };
    json_t *tree = json_object();
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i][1])
            json_object_set_new(tree, members[i][0], json_string(members[i][1]));
    return tree;
}

/* {"status": "INVALID", "problems": [...]} */
static void write_problems(const cli_run *run, govsvc_status status)
{
    json_t *tree = json_object(), *list = json_array();
    for (uint64_t i = 0; i < govsvc_problem_count(run->session); i++)
        json_array_append_new(list, problem_tree(govsvc_problem_at(run->session, i)));
    json_object_set_new(tree, "status", json_string(govsvc_status_name(status)));
    json_object_set_new(tree, "text_zh", json_string(govsvc_status_text(status, "zh")));
    json_object_set_new(tree, "text_en", json_string(govsvc_status_text(status, "en")));
    json_object_set_new(tree, "problems", list);
    json_dumpf(tree, stderr, JSON_COMPACT);
    fputc('\n', stderr);
    json_decref(tree);
}

int cli_call(cli_run *run)
{
    const char *in = run->word_count > 1 ? run->words[1] : NULL, *out = NULL;
    char *input = NULL;
    if (in && strcmp(in, "-") == 0) {
        in = input = read_input();
        if (!input)
            return cli_fail(run, CLI_NO, NULL, "标准输入不是可读的文本",
                            "standard input is not text that can be read");
    }
    govsvc_status status = govsvc_call(run->session, run->words[0], in, &out);
    free(input);
    if (status)
        write_problems(run, status);
    else
        puts(out);
    govsvc_free(out);
    return cli_code(status);
}

/* ---- operations and records -------------------------------------------------------------------------- */

static const char *member(const json_t *tree, const char *name)
{
    const char *text = json_string_value(json_object_get(tree, name));
    return text ? text : "";
}

int cli_operations(cli_run *run)
{
    const char *text = NULL;
    size_t i;
    json_t *operation;
    govsvc_status status = govsvc_operations(&text);
    if (status)
        return cli_end(run, status);
    json_t *list = json_loads(text, 0, NULL);
    json_array_foreach(list, i, operation)
        printf("%-36s %s -> %s  %s\n", member(operation, "name"), member(operation, "input"),
               member(operation, "output"),
               run->english ? member(operation, "roles") : member(operation, "title"));
    json_decref(list);
    govsvc_free(text);
    return CLI_DONE;
}

int cli_describe(cli_run *run)
{
    bool xsd = run->options.xsd;
    const char *name = run->words[0], *text = NULL;
    govsvc_status status = xsd ? govsvc_schema(name, &text) : govsvc_describe(name, &text);
    if (status == GOVSVC_UNSUPPORTED)
        return cli_fail(run, CLI_NO, name, xsd ? "没有这种可导入的记录" : "没有这种记录",
                        xsd ? "no such record can be imported" : "there is no such record");
    if (status)
        return cli_end(run, status);
    printf(xsd ? "%s" : "%s\n", text);
    govsvc_free(text);
    return CLI_DONE;
}

/* ---- matters ---------------------------------------------------------------------------------------- */

static void write_page(const cli_run *run, const govsvc_matter_page *page)
{
    for (uint64_t i = 0; i < page->matter_count; i++)
        printf("%s  %s  %s\n", page->matters[i]->code, page->matters[i]->name, page->matters[i]->organ_name);
    if (page->next)
        fprintf(stderr, run->english ? "There are more; more words tell more.\n" : "还有更多，可补充检索词\n");
}

/* Words, as they were typed. */
int cli_find(cli_run *run)
{
    char text[400] = "";
    const govsvc_matter_page *page = NULL;
    govsvc_matter_query in = GOVSVC_MATTER_QUERY_INIT;
    for (int i = 0; i < run->word_count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", run->words[i]);
    in.text = text;
    govsvc_status status = govsvc_matter_find(run->session, &in, &page);
    if (!status)
        write_page(run, page);
    govsvc_free(page);
    return cli_end(run, status);
}

/* CODE, and the answers behind it. */
static govsvc_matter_request request_of(const cli_run *run)
{
    govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
    in.code = run->words[0];
    in.answers = run->words + 1;
    in.answer_count = (uint64_t)run->word_count - 1;
    return in;
}

int cli_guide(cli_run *run)
{
    const govsvc_matter_request in = request_of(run);
    const govsvc_guide *guide = NULL;
    govsvc_status status = govsvc_matter_guide(run->session, &in, &guide);
    if (!status)
        fputs(guide->text, stdout);
    govsvc_free(guide);
    return cli_end(run, status);
}

int cli_form(cli_run *run)
{
    const govsvc_matter_request in = request_of(run);
    const govsvc_form *form = NULL;
    govsvc_status status = govsvc_matter_form(run->session, &in, &form);
    if (!status)
        puts(form->schema);
    govsvc_free(form);
    return cli_end(run, status);
}

/* ---- a bundle ---------------------------------------------------------------------------------------- */

static void say_figures(const cli_run *run, const govsvc_composition *of)
{
    const struct {
        const char *zh, *en;
        int64_t before, after;
    } rows[] = {
        {"环节", "steps", of->steps_before, of->steps_after},
        {"材料", "materials", of->materials_before, of->materials_after},
        {"工作日", "working days", of->days_before, of->days_after},
        {"到现场次数", "visits", of->visits_before, of->visits_after},
        {"填写项", "fields", of->fields_before, of->fields_after},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        printf("%s\t%lld\t", run->english ? rows[i].en : rows[i].zh, (long long)rows[i].before);
        if (rows[i].after == GOVSVC_ABSENT)
            puts("-");
        else
            printf("%lld\n", (long long)rows[i].after);
    }
}

/* Nothing where there are none. */
static void say_list(const char *title, const char *const *items, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        printf("%s%s", i ? " -> " : title, items[i]);
    if (count)
        putchar('\n');
}

int cli_compose(cli_run *run)
{
    const govsvc_matter_request in = request_of(run);
    const govsvc_composition *of = NULL;
    govsvc_status status = govsvc_matter_compose(run->session, &in, &of);
    if (status)
        return cli_end(run, status);
    say_figures(run, of);
    say_list(run->english ? "critical\t" : "最长路径\t", of->critical, of->critical_count);
    say_list(run->english ? "circle\t" : "互为前置\t", of->circle, of->circle_count);
    for (uint64_t i = 0; i < of->conflict_count; i++)
        printf("%s\t%s\t%s\t%s\t%s\n", run->english ? "conflict" : "冲突", of->conflicts[i]->element,
               of->conflicts[i]->what, of->conflicts[i]->one, of->conflicts[i]->other);
    govsvc_free(of);
    return CLI_DONE;
}
