/* tests/base/base_test.c - arenas, results and lists of problems. */
#include "base/arena.h"
#include "base/problem.h"
#include "fault.h"
#include "test.h"

static void a_full_list_says_so(void)
{
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    for (int i = 0; i < 2 * GS_PROBLEMS_MAX; i++)
        gs_problem_add(problems, &(govsvc_problem){.field = "/many", .rule = "required"});
    CHECK_INT(gs_problems_count(problems), GS_PROBLEMS_MAX);
    const govsvc_problem *last = gs_problems_at(problems, GS_PROBLEMS_MAX - 1);
    CHECK_TEXT(last->rule, "list_full");
    CHECK_TEXT(last->field, "");
    CHECK(*last->text_zh && *last->text_en);
    CHECK(gs_problems_at(problems, GS_PROBLEMS_MAX) == NULL);
    gs_problems_clear(problems);
    CHECK_INT(gs_problems_count(problems), 0);
    CHECK_INT(gs_problems_status(problems), GOVSVC_OK);
    gs_problems_free(problems);
    gs_problems_free(NULL);
}

static void words_are_filled_in(void)
{
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    const govsvc_problem_list *list = NULL;
    CHECK_INT(
        gs_problem_add(problems,
                       &(govsvc_problem){.field = "/n", .rule = "range", .expected = "1 .. 9", .got = "10"}),
        GOVSVC_INVALID);
    CHECK_INT(gs_problem_add(problems, &(govsvc_problem){.status = GOVSVC_DENIED, .rule = "no_such_rule"}),
              GOVSVC_DENIED);
    CHECK_INT(gs_problem_add(NULL, &(govsvc_problem){.status = GOVSVC_BUSY}), GOVSVC_BUSY);
    CHECK_INT(gs_problems_give(problems, &list), GOVSVC_INVALID);
    CHECK_INT(list->problem_count, 2);
    CHECK_TEXT(list->problems[0]->text_en, "/n: must be within 1 .. 9, is 10");
    CHECK_TEXT(list->problems[0]->text_zh, "/n：应在 1 .. 9 之间，实为 10");
    CHECK(*list->problems[1]->text_zh);
    govsvc_free(list);
    govsvc_free(NULL);
}

static void arenas_keep_and_forget(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 24);
    char *root = gs_arena_root(arena);
    memset(root, 'x', 24);
    for (size_t size = 1; size < 100000; size = size * 3 + 1) {
        char *bytes = gs_arena_alloc(arena, size);
        CHECK(bytes && bytes[0] == 0 && bytes[size - 1] == 0 && (uintptr_t)bytes % 16 == 0);
        memset(bytes, 'y', size);
    }
    CHECK(root[23] == 'x');
    CHECK_TEXT(gs_arena_print(arena, "%s %d", "年", 2026), "年 2026");
    CHECK(gs_arena_text(arena, NULL) == NULL);
    gs_arena_reset(arena);
    CHECK(gs_arena_root(arena) == root && root[0] == 0);
    CHECK(gs_arena_array(arena, SIZE_MAX / 2, 8) == NULL);
    CHECK(gs_arena_failed(arena));
    CHECK(gs_arena_alloc(arena, 1) == NULL); /* failure is sticky */
    gs_arena_free(arena);
    gs_arena_free(NULL);
}

/* What is printed is what the C library prints, whatever room is left in the arena's chunk. */
static void printing_is_the_c_librarys(void)
{
    static const int numbers[] = {0, -1, 42, INT32_MAX, INT32_MIN};
    static char filling[6000];
    char want[7000];
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    memset(filling, 'x', sizeof filling - 1);
    for (int i = 0; i < 2000; i++) {
        const char *text = filling + sizeof filling - 1 - (size_t)(i * 7) % (i % 50 ? 90 : 6000);
        int number = numbers[i % 5];
        long long wide = i % 2 ? INT64_MIN + i : INT64_MAX - i;
        snprintf(want, sizeof want, "%d年%s %ld; %lld", number, text, (long)number, wide);
        CHECK_TEXT(gs_arena_print(arena, "%d年%s %ld; %lld", number, text, (long)number, wide), want);
        snprintf(want, sizeof want, "%s %04d%% %zu %.3s", text, i, (size_t)i, text);
        CHECK_TEXT(gs_arena_print(arena, "%s %04d%% %zu %.3s", text, i, (size_t)i, text), want);
        CHECK_TEXT(gs_arena_print(arena, "%s", ""), "");
    }
    gs_arena_free(arena);
}

static void nothing_leaks_when_memory_ends(void)
{
    static fault_plan plan;
    govsvc_allocator allocator = fault_allocator(&plan);
    for (int64_t n = 1;; n++) {
        fault_plan_clear(&plan);
        plan.allocation_at = n;
        gs_problems *problems = gs_problems_new(&allocator);
        for (int i = 0; problems && i < 300; i++)
            gs_problem_add(problems,
                           &(govsvc_problem){.field = "/f", .rule = "type", .expected = "a", .got = "b"});
        bool failed = fault_plan_spent(&plan) > 0;
        if (problems)
            CHECK_INT(gs_problems_status(problems), failed ? GOVSVC_NO_MEMORY : GOVSVC_INVALID);
        gs_problems_free(problems);
        CHECK_INT(plan.live, 0);
        if (!failed)
            break;
    }
}

int main(void)
{
    static const test_case cases[] = {TEST(a_full_list_says_so), TEST(words_are_filled_in),
                                      TEST(arenas_keep_and_forget), TEST(printing_is_the_c_librarys),
                                      TEST(nothing_leaks_when_memory_ends)};
    return test_main(cases, TEST_COUNT(cases));
}
