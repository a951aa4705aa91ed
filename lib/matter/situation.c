/* lib/matter/situation.c - situations (情形) and their answers: what counts for whom. */
#include "matter/matter.h"

#include <string.h>

/* The part of "situation=choice" before the sign. */
static size_t key_size(const char *item)
{
    return strcspn(item, "=");
}

static bool same_key(const char *one, const char *other)
{
    size_t size = key_size(one);
    return size == key_size(other) && strncmp(one, other, size) == 0;
}

static bool answered(gs_answers answers, const char *item, bool *chosen)
{
    bool any = false;
    for (uint64_t i = 0; i < answers.count; i++)
        if (same_key(answers.items[i], item)) {
            any = true;
            *chosen |= strcmp(answers.items[i], item) == 0;
        }
    return any;
}

/* Whether one of the situation's choices that are named in when was chosen. */
static gs_counting counts_in(const char *const *when, uint64_t count, const char *situation,
                             gs_answers answers)
{
    bool chosen = false, any = false;
    for (uint64_t i = 0; i < count; i++)
        if (same_key(when[i], situation))
            any |= answered(answers, when[i], &chosen);
    return chosen ? GS_COUNTS : any ? GS_COUNTS_NOT : GS_COUNTS_OPEN;
}

/* Does an item before this one speak of the same situation? */
static bool named_before(const char *const *items, uint64_t at)
{
    bool found = false;
    for (uint64_t i = 0; i < at && !found; i++)
        found = same_key(items[i], items[at]);
    return found;
}

gs_counting gs_counts(const char *const *when, uint64_t count, gs_answers answers)
{
    gs_counting all = GS_COUNTS;
    for (uint64_t i = 0; i < count && all != GS_COUNTS_NOT; i++) {
        gs_counting one = named_before(when, i) ? GS_COUNTS : counts_in(when, count, when[i], answers);
        if (one != GS_COUNTS)
            all = one;
    }
    return all;
}

const govsvc_situation *gs_situation_of(const govsvc_matter *matter, const char *item)
{
    for (uint64_t i = 0; i < matter->situation_count; i++) {
        const char *code = matter->situations[i]->code;
        if (strlen(code) == key_size(item) && strncmp(code, item, strlen(code)) == 0)
            return matter->situations[i];
    }
    return NULL;
}

const govsvc_choice *gs_choice_of(const govsvc_situation *situation, const char *item)
{
    const char *value = item + key_size(item);
    for (uint64_t i = 0; *value && i < situation->choice_count; i++)
        if (strcmp(situation->choices[i]->value, value + 1) == 0)
            return situation->choices[i];
    return NULL;
}

bool gs_is_choice(const govsvc_situation *situation, const char *item)
{
    return gs_choice_of(situation, item) != NULL;
}

/* Two answers to a situation that allows one. */
static bool twice(const govsvc_situation *situation, gs_answers answers, uint64_t at)
{
    return named_before(answers.items, at) && situation->multiple != GOVSVC_YES;
}

typedef struct refusal {
    const char *rule, *zh, *en;
} refusal;

/* NULL: nothing is wrong with this answer. */
static const refusal *wrong_with(const govsvc_matter *matter, gs_answers answers, uint64_t at)
{
    static const refusal no_situation = {"listed", "该事项没有此情形", "the matter has no such situation"},
                         no_choice = {"choice", "该情形没有此选项", "the situation has no such choice"},
                         no_second = {"duplicate", "该情形只能选一项", "the situation allows one choice"};
    const govsvc_situation *situation = gs_situation_of(matter, answers.items[at]);
    if (!situation)
        return &no_situation;
    if (!gs_is_choice(situation, answers.items[at]))
        return &no_choice;
    return twice(situation, answers, at) ? &no_second : NULL;
}

static govsvc_status refuse(gs_call *call, uint64_t at, const char *item, const refusal *why)
{
    gs_arena *arena = call->work.arena;
    govsvc_problem problem = {.rule = why->rule, .got = item};
    problem.field = gs_arena_print(arena, "/answers/%d", (int)at);
    problem.text_zh = gs_arena_print(arena, "/answers/%d：%s，实为 %s", (int)at, why->zh, item);
    problem.text_en = gs_arena_print(arena, "/answers/%d: %s, is %s", (int)at, why->en, item);
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    gs_problem_add(call->work.problems, &problem);
    return GOVSVC_OK;
}

govsvc_status gs_answers_check(gs_call *call, const govsvc_matter *matter, gs_answers answers)
{
    govsvc_status status = GOVSVC_OK;
    for (uint64_t i = 0; !status && i < answers.count; i++) {
        const refusal *why = wrong_with(matter, answers, i);
        status = why ? refuse(call, i, answers.items[i], why) : GOVSVC_OK;
    }
    return status ? status : gs_problems_status(call->work.problems);
}
