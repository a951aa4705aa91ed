/* tests/api/test_calls.c FOLDER - conformance: scripts of JSON calls and what they come to, run in order, each
 * on a store of its own. A script is an array of steps:
 *
 *     {"as": "acceptor", "at": "2026-03-02T09:00:00+08:00", "call": "application.get", "in": {"id": "$case"},
 *      "status": "OK", "out": {"state": "accepted", "deemed": null}, "problems": [{"field": "", "rule": "role"}]}
 *
 * as: the role; "id", "purpose" and "outside" (another organ and division) may stand beside it.
 * at: the time from then on. status: "OK" where it is left out.
 * out: what the answer must hold at least. null: nothing stands there. "*": anything does. "$name": the first
 * time it is kept under that name, later it must be the same; in an input it is put in. An array must have
 * as many items; where it begins with "...", each of the others must match one of them, in any order.
 */
#include "story.h"
#include "test.h"

#include "base/moment.h"

#include <dirent.h>
#include <jansson.h>

static story s;
static json_t *names;
static const char *folder;

/* ---- matching ------------------------------------------------------------------------------------------------ */

static bool matches(const json_t *want, const json_t *got);

static bool matches_text(const char *want, const json_t *got)
{
    if (!got || json_is_null(got))
        return false;
    if (strcmp(want, "*") == 0)
        return true;
    if (*want != '$')
        return json_is_string(got) && strcmp(want, json_string_value(got)) == 0;
    const json_t *kept = json_object_get(names, want);
    if (!kept)
        json_object_set(names, want, (json_t *)got);
    return !kept || json_equal(kept, got);
}

static bool matches_any(const json_t *want, const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (matches(want, json_array_get(array, i)))
            return true;
    return false;
}

static bool matches_array(const json_t *want, const json_t *got)
{
    const char *first = json_string_value(json_array_get(want, 0));
    bool some = first && strcmp(first, "...") == 0, all = json_is_array(got);
    if (!some)
        all = all && json_array_size(got) == json_array_size(want);
    for (size_t i = some; all && i < json_array_size(want); i++)
        all = some ? matches_any(json_array_get(want, i), got)
                   : matches(json_array_get(want, i), json_array_get(got, i));
    return all;
}

static bool matches(const json_t *want, const json_t *got)
{
    const char *name;
    json_t *value;
    if (json_is_null(want))
        return !got || json_is_null(got);
    if (json_is_string(want))
        return matches_text(json_string_value(want), got);
    if (json_is_array(want))
        return matches_array(want, got);
    if (!json_is_object(want))
        return got && json_equal(want, got);
    json_object_foreach((json_t *)want, name, value)
    {
        if (!matches(value, json_object_get(got, name)))
            return false;
    }
    return json_is_object(got);
}

/* A copy with the names put in. */
static json_t *with_names(const json_t *in)
{
    const char *name, *text = json_string_value(in);
    json_t *value, *copy;
    if (text && *text == '$' && json_object_get(names, text))
        return json_deep_copy(json_object_get(names, text));
    if (!json_is_object(in) && !json_is_array(in))
        return json_deep_copy(in);
    copy = json_is_object(in) ? json_object() : json_array();
    json_object_foreach((json_t *)in, name, value)
    {
        json_object_set_new(copy, name, with_names(value));
    }
    for (size_t i = 0; i < json_array_size(in); i++)
        json_array_append_new(copy, with_names(json_array_get(in, i)));
    return copy;
}

/* ---- one step -------------------------------------------------------------------------------------------------- */

static const char *text_in(const json_t *step, const char *member)
{
    return json_string_value(json_object_get(step, member));
}

static govsvc_session *session_of(const json_t *step)
{
    const char *role = text_in(step, "as"), *id = text_in(step, "id");
    bool outside = json_is_true(json_object_get(step, "outside"));
    return story_session(s.gs, id ? id : role, role, outside, text_in(step, "purpose"));
}

/* The problems of the last call, as the steps name them. */
static json_t *problems_of(const govsvc_session *session)
{
    json_t *list = json_array();
    for (uint64_t i = 0; i < govsvc_problem_count(session); i++) {
        const govsvc_problem *problem = govsvc_problem_at(session, i);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:s?, s:s}", "field", problem->field, "rule",
                                              problem->rule, "expected", problem->expected, "got",
                                              problem->got, "text_zh", problem->text_zh));
    }
    return list;
}

static bool take_time(const json_t *step)
{
    const char *at = text_in(step, "at");
    return !at || gs_moment_read(at, strlen(at), &s.now);
}

/* NULL: as it should be; else what was not. */
static const char *run_step(const json_t *step, char **got)
{
    const char *status = text_in(step, "status"), *out = NULL, *wrong = NULL;
    govsvc_session *session = session_of(step);
    if (!session || !text_in(step, "call") || !take_time(step))
        return "it is no step";
    json_t *input = with_names(json_object_get(step, "in"));
    char *in = input ? json_dumps(input, 0) : NULL;
    govsvc_status came_to = govsvc_call(session, text_in(step, "call"), in, &out);
    json_t *answer = out ? json_loads(out, JSON_REJECT_DUPLICATES, NULL) : NULL,
           *problems = problems_of(session);
    if (strcmp(govsvc_status_name(came_to), status ? status : "OK") != 0)
        wrong = govsvc_status_name(came_to);
    else if (json_object_get(step, "out") && !matches(json_object_get(step, "out"), answer))
        wrong = "another answer";
    else if (json_object_get(step, "problems") && !matches(json_object_get(step, "problems"), problems))
        wrong = "other problems";
    *got = wrong ? json_dumps(answer ? answer : problems, JSON_INDENT(1)) : NULL;
    json_decref(problems);
    json_decref(answer);
    json_decref(input);
    free(in);
    govsvc_free(out);
    govsvc_session_close(session);
    return wrong;
}

/* ---- the scripts ------------------------------------------------------------------------------------------------- */

static bool run_steps(const json_t *script, const char *name)
{
    for (size_t i = 0; i < json_array_size(script); i++) {
        const json_t *step = json_array_get(script, i);
        char *got = NULL;
        const char *wrong = run_step(step, &got);
        if (wrong)
            fprintf(stderr, "%s, step %zu, %s as %s: %s\n%s\n", name, i + 1, text_in(step, "call"),
                    text_in(step, "as"), wrong, got ? got : "");
        free(got);
        if (wrong)
            return false;
    }
    return true;
}

/* Its own store; whatever the steps did, it is whole. */
static bool run_script(const json_t *script, const char *name)
{
    govsvc_config config = story_config(&s, story_store());
    if (story_begin(&s, &config))
        return false;
    names = json_object();
    bool right = run_steps(script, name) && story_complaints(&s) == 0;
    json_decref(names);
    story_close(&s);
    return right;
}

static void every_script(void)
{
    char path[1024];
    int count = 0;
    DIR *all = opendir(folder);
    for (struct dirent *entry; all && (entry = readdir(all));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".json") != 0)
            continue;
        json_error_t error = {.line = 0};
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        json_t *script = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        CHECK(script != NULL);
        if (!script)
            fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        CHECK(script && json_array_size(script) && run_script(script, entry->d_name));
        json_decref(script);
        count++;
    }
    if (all)
        closedir(all);
    CHECK(count >= 7);
}

/* The runner can fail: what is not so does not match. */
static void what_does_not_match(void)
{
    static const char *const pairs[][2] = {
        {"{\"a\":1}", "{\"a\":2}"},
        {"{\"a\":null}", "{\"a\":1}"},
        {"{\"a\":\"*\"}", "{}"},
        {"[1]", "[1,2]"},
        {"[\"...\",3]", "[1,2]"},
        {"{\"a\":\"$x\",\"b\":\"$x\"}", "{\"a\":1,\"b\":2}"},
        {"{\"a\":{\"b\":1}}", "{\"a\":1}"},
        {"{}", "[]"},
        {"[]", "{}"},
    };
    for (size_t i = 0; i < TEST_COUNT(pairs); i++) {
        names = json_object();
        json_t *want = json_loads(pairs[i][0], 0, NULL), *got = json_loads(pairs[i][1], 0, NULL);
        CHECK(want && got && matches(want, want) && !matches(want, got));
        json_decref(want);
        json_decref(got);
        json_decref(names);
    }
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {TEST(every_script), TEST(what_does_not_match)};
    folder = argc > 1 ? argv[1] : "tests/api/calls";
    return test_main(cases, TEST_COUNT(cases));
}
