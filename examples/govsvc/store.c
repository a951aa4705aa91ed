/* store.c - opening the store as somebody, at some time. */
#include "run.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* The region's administrator on this machine. */
static const char *const local_roles[] = {"administrator"};
#define REGION "450000"

enum { ROLES_MAX = 16 };

/* ---- who is at work ---------------------------------------------------------------------------------- */

typedef struct person {
    json_t *json;
    govsvc_actor actor;
    const char *roles[ROLES_MAX];
} person;

static const struct {
    const char *name;
    size_t place;
} members[] = {
    {"id", offsetof(govsvc_actor, id)},           {"name", offsetof(govsvc_actor, name)},
    {"organ", offsetof(govsvc_actor, organ)},     {"division", offsetof(govsvc_actor, division)},
    {"purpose", offsetof(govsvc_actor, purpose)},
};

static bool take_roles(person *who, const json_t *value)
{
    size_t count = json_array_size(value);
    if (!json_is_array(value) || count > ROLES_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!(who->roles[i] = json_string_value(json_array_get(value, i))))
            return false;
    who->actor.roles = who->roles;
    who->actor.role_count = count;
    return true;
}

static bool take_member(person *who, const char *name, const json_t *value)
{
    if (strcmp(name, "roles") == 0)
        return take_roles(who, value);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(members[i].name, name) == 0 && json_is_string(value)) {
            *(const char **)(void *)((char *)&who->actor + members[i].place) = json_string_value(value);
            return true;
        }
    return false;
}

static int read_person(const cli_run *run, person *who)
{
    const char *name;
    json_t *value;
    json_error_t error;
    who->json = json_load_file(run->options.actor, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(who->json))
        return cli_fail(run, CLI_NO, run->options.actor, "不是可读的 JSON 对象",
                        who->json ? "not a JSON object" : error.text);
    json_object_foreach(who->json, name, value) if (!take_member(who, name, value)) return cli_fail(
        run, CLI_NO, name, "操作人文件中没有这个成员，或类型有误",
        "no such member in an actor's file, or of the wrong type");
    return CLI_DONE;
}

static int open_session(cli_run *run)
{
    person who = {.actor = GOVSVC_ACTOR_INIT};
    const govsvc_problem_list *problems = NULL;
    who.actor.id = "local";
    who.actor.division = REGION;
    who.actor.roles = local_roles;
    who.actor.role_count = 1;
    if (run->options.actor)
        who.actor = (govsvc_actor)GOVSVC_ACTOR_INIT;
    int code = run->options.actor ? read_person(run, &who) : CLI_DONE;
    if (code == CLI_DONE) {
        govsvc_status status = govsvc_session_open(run->gs, &who.actor, &run->session, &problems);
        for (uint64_t i = 0; problems && i < problems->problem_count; i++) {
            fputs("govsvc: ", stderr);
            cli_say_problem(run, stderr, run->options.actor, problems->problems[i]);
        }
        if (status && !problems)
            cli_end(run, status);
        code = cli_code(status);
    }
    govsvc_free(problems);
    json_decref(who.json);
    return code;
}

/* ---- the store --------------------------------------------------------------------------------------- */

static int64_t fixed_time(void *context)
{
    return *(int64_t *)context;
}

/* A plain path is a file of SQLite's. */
static char *address_of(const char *store)
{
    size_t scheme = strspn(store, "abcdefghijklmnopqrstuvwxyz");
    const char *prefix = scheme && store[scheme] == ':' ? "" : "sqlite:";
    char *address = malloc(strlen(prefix) + strlen(store) + 1);
    if (address) {
        strcpy(address, prefix);
        strcat(address, store);
    }
    return address;
}

static bool is_about_division(const govsvc *gs)
{
    const govsvc_problem *problem = govsvc_open_problem(gs);
    return problem && problem->field && strcmp(problem->field, "/division") == 0;
}

static int open_store(cli_run *run, const char *address)
{
    govsvc_config config = GOVSVC_CONFIG_INIT;
    config.store = address;
    config.division = run->options.division;
    config.create = run->command->creates ? GOVSVC_UNSET : GOVSVC_NO;
    if (run->options.at) {
        config.clock = fixed_time;
        config.clock_context = &run->now;
    }
    govsvc_status status = run->host->open(&config, &run->gs);
    if (status && !config.division && is_about_division(run->gs)) { /* there is no store that knows its own */
        govsvc_close(run->gs);
        run->gs = NULL;
        config.division = REGION;
        status = run->host->open(&config, &run->gs);
    }
    if (status == GOVSVC_OK)
        return CLI_DONE;
    const govsvc_problem *problem = govsvc_open_problem(run->gs);
    bool division = is_about_division(run->gs);
    fputs("govsvc: ", stderr);
    if (problem)
        cli_say_problem(run, stderr, division ? "--division" : run->options.store, problem);
    else
        cli_say(run, stderr, run->options.store, govsvc_status_text(status, "zh"),
                govsvc_status_text(status, "en"));
    return status == GOVSVC_INVALID ? CLI_NO : CLI_STORE;
}

int cli_open(cli_run *run)
{
    if (!run->options.store)
        run->options.store = getenv("GOVSVC_STORE");
    if (!run->options.store || !*run->options.store)
        return cli_fail(run, CLI_USAGE, NULL, "需要用 -s 或环境变量 GOVSVC_STORE 指明存储",
                        "a store is needed: -s, or GOVSVC_STORE in the environment");
    if (run->options.at && !cli_moment(run->options.at, &run->now))
        return cli_fail(run, CLI_NO, run->options.at,
                        "--at 应为时间，如 2026-03-02T09:00:00+08:00 或 2026-03-02",
                        "--at must be a time such as 2026-03-02T09:00:00+08:00 or 2026-03-02");
    char *address = address_of(run->options.store);
    int code = address ? open_store(run, address) : CLI_STORE;
    free(address);
    return code == CLI_DONE ? open_session(run) : code;
}

void cli_close(cli_run *run)
{
    govsvc_session_close(run->session);
    govsvc_close(run->gs);
    run->session = NULL;
    run->gs = NULL;
}
