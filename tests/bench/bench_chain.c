/* tests/bench/bench_chain.c - how long it takes to resolve a claim through five levels.
 *
 *     bench-chain [rounds]
 *
 * A region's matter, claimed by a prefecture, that by a county, that by a town, that by a village, each narrowing it
 * a little more. Resolved is the village's code: which version is in force, and its content as the five levels have
 * made it. Told are the library's own look-up, as application.submit does it, with what a session keeps and without,
 * and matter.get from outside, whose answer is a copy. Uses the library's insides; the store is in memory.
 */
#include <time.h>

#include "matter/bodies.h"
#include "matter/matter.h"

enum { LEVELS = 5 };

static story s;
static const char *const divisions[LEVELS] = {"450000", "450100", "450103", "450103001", "450103001001"};
static char codes[LEVELS][40];

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void put_source(void)
{
    static govsvc_material materials[8];
    static const govsvc_material *list[8];
    static const char *const names[8] = {"M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"};
    story_drafts drafts;
    char organ[19];
    const govsvc_matter *out = NULL;
    story_drafts_init(&drafts);
    organ_of(divisions[0], 1, organ);
    snprintf(codes[0], 40, "%s2" BODIES_BASIC, organ);
    for (int i = 0; i < 8; i++) {
        materials[i] = drafts.material;
        materials[i].code = materials[i].name = names[i];
        list[i] = &materials[i];
    }
    drafts.matter.code = codes[0], drafts.matter.basic_code = BODIES_BASIC, drafts.matter.organ = organ;
    drafts.matter.level = GOVSVC_LEVEL_REGION, drafts.matter.division = divisions[0];
    drafts.matter.materials = list, drafts.matter.material_count = 8;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, &out), GOVSVC_OK);
    CHECK_INT(publish_version(&s, out->id), GOVSVC_OK);
    govsvc_free(out);
}

static void claim(int level)
{
    static const char *const without[] = {"M8", "M7", "M6", "M5", "M4"};
    char organ[19];
    const govsvc_matter *out = NULL;
    govsvc_claim in = GOVSVC_CLAIM_INIT;
    organ_of(level < 2 ? divisions[level] : "450103", 10 + level, organ);
    in.source = codes[level - 1], in.organ = organ, in.organ_name = "某局", in.division = divisions[level];
    in.promised_amount = 10 - level, in.promised_unit = GOVSVC_UNIT_WORKING_DAYS;
    in.without = without + level, in.without_count = 1;
    CHECK_INT(govsvc_matter_claim(s.as[ADMINISTRATOR], &in, &out), GOVSVC_OK);
    snprintf(codes[level], 40, "%s", out->code);
    CHECK_INT(publish_version(&s, out->id), GOVSVC_OK);
    govsvc_free(out);
}

/* Within one transaction, as an operation has it. */
static double look_up(int rounds, bool kept)
{
    gs_call call;
    gs_connection *connection;
    const govsvc_matter *matter = NULL;
    gs_memo none = {.arena = NULL, .count = GS_MEMO_MAX}; /* full: it takes nothing in */
    for (int i = 0; i < GS_MEMO_MAX; i++)
        none.items[i].id = -1;
    CHECK_INT(gs_store_acquire(s.gs->store, &connection), GOVSVC_OK);
    CHECK_INT(gs_begin(connection, false), GOVSVC_OK);
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    gs_call_init(&call, s.as[APPLICANT], connection, arena);
    if (!kept)
        call.memo = &none;
    double begun = seconds();
    for (int i = 0; i < rounds; i++) {
        CHECK_INT(gs_matter_effective(&call, codes[LEVELS - 1], &matter), GOVSVC_OK);
        CHECK(matter->promised_amount == 6 && matter->material_count == 4);
        gs_arena_reset(arena);
    }
    double took = seconds() - begun;
    gs_rollback(connection);
    gs_store_release(connection);
    gs_arena_free(arena);
    return took / rounds * 1e6;
}

static double get(int rounds)
{
    govsvc_get_request in = GOVSVC_GET_REQUEST_INIT;
    in.number = codes[LEVELS - 1];
    double begun = seconds();
    for (int i = 0; i < rounds; i++) {
        const govsvc_matter *out = NULL;
        CHECK_INT(govsvc_matter_get(s.as[APPLICANT], &in, &out), GOVSVC_OK);
        govsvc_free(out);
    }
    return (seconds() - begun) / rounds * 1e6;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 50000;
    (void)test_main;
    story_open(&s, "sqlite::memory:");
    put_source();
    for (int level = 1; level < LEVELS; level++)
        claim(level);
    for (int i = 0; i < 3; i++)
        printf("five levels resolved: %.1f us with what the session keeps, %.1f us without; matter.get %.1f "
               "us\n",
               look_up(rounds, true), look_up(rounds, false), get(rounds));
    story_close(&s);
    return test_failed_checks ? 1 : 0;
}
