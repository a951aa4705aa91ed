/* tests/proof/test_proof.c - what a service of a hundred lines gets from its tables alone: its table and
 * migration, the JSON call, the command line, permission, deadline, timer, feed, privacy. On SQLite, and on PostgreSQL where
 * GOVSVC_TEST_POSTGRES names one. */
#include "../../examples/govsvc/cli.h"
#include "hall.h"
#include "lost_item.h"

#include <unistd.h>

static const gs_service *const ours[] = {&service_lost_item, NULL};
static char clerk_file[100];

static const char umbrella[] =
    "{\"what\":\"雨伞\",\"division\":\"450103\",\"finder\":\"韦小宝\",\"request_key\":\"k1\"}";

/* A store that was made without the service gets its table when it is opened with it. */
static void migrates(void)
{
    set_time("2026-09-21", 9);
    govsvc_close(open_store(NULL));
    govsvc *gs = open_store(ours);
    govsvc_session *admin = session_as(gs, "administrator", "450000");
    govsvc_free(call(admin, "store.migrate", "{}", GOVSVC_OK)); /* on a server this is what adds it */
    govsvc_session *clerk = session_as(gs, "window_clerk", "450100");
    govsvc_free(call(clerk, "lost_item.keep", "{\"what\":\"钥匙\",\"division\":\"450103\"}", GOVSVC_OK));
    govsvc_session_close(clerk);
    govsvc_session_close(admin);
    govsvc_close(gs);
}

static void calls_by_json(void)
{
    govsvc *gs = open_store(ours);
    govsvc_session *clerk = session_as(gs, "window_clerk", "450100");
    char id[32], again[32];
    const char *first = call(clerk, "lost_item.keep", umbrella, GOVSVC_OK);
    const char *second = call(clerk, "lost_item.keep", umbrella, GOVSVC_OK);
    id_in(first, id);
    id_in(second, again);
    CHECK_TEXT(id, again);
    CHECK(holds(first, "\"state\":\"kept\""));
    CHECK(!holds(first, "韦小宝"));
    govsvc_free(first);
    govsvc_free(second);
    const char *masked = call(clerk, "lost_item.get", with_id(id, ""), GOVSVC_OK);
    CHECK(holds(masked, "\"finder\":\"韦**\""));
    govsvc_free(masked);
    call(clerk, "lost_item.keep", "{\"division\":\"450103\"}", GOVSVC_INVALID);
    CHECK_TEXT(govsvc_problem_at(clerk, 0)->field, "/what");
    call(clerk, "lost_item.keep", "{\"what\":\"伞\",\"division\":\"440100\"}", GOVSVC_INVALID);
    CHECK_TEXT(govsvc_problem_at(clerk, 0)->rule, "hall");
    call(clerk, "lost_item.claim", with_id(id, ""), GOVSVC_INVALID);
    govsvc_free(call(clerk, "lost_item.claim", with_id(id, ",\"opinion\":\"失主李某\""), GOVSVC_OK));
    call(clerk, "lost_item.claim", with_id(id, ",\"opinion\":\"失主李某\""), GOVSVC_STATE);
    govsvc_session_close(clerk);
    govsvc_close(gs);
}

static void asks_permission(void)
{
    govsvc *gs = open_store(ours);
    govsvc_session *clerk = session_as(gs, "window_clerk", "450100");
    govsvc_session *reviewer = session_as(gs, "reviewer", "450100");
    govsvc_session *elsewhere = session_as(gs, "window_clerk", "450200");
    char id[32];
    const char *kept = call(clerk, "lost_item.keep", "{\"what\":\"书\",\"division\":\"450103\"}", GOVSVC_OK);
    id_in(kept, id);
    govsvc_free(kept);
    call(reviewer, "lost_item.keep", umbrella, GOVSVC_DENIED);
    CHECK_TEXT(govsvc_problem_at(reviewer, 0)->expected, "window_clerk");
    call(elsewhere, "lost_item.claim", with_id(id, ",\"opinion\":\"我\""), GOVSVC_NOT_FOUND);
    govsvc_session_close(elsewhere);
    govsvc_session_close(reviewer);
    govsvc_session_close(clerk);
    govsvc_close(gs);
}

static void keeps_its_deadline(void)
{
    set_time("2026-09-23", 9); /* three working days over the mid-autumn holiday */
    govsvc *gs = open_store(ours);
    govsvc_session *clerk = session_as(gs, "window_clerk", "450100");
    govsvc_session *system = session_as(gs, "system", NULL);
    char id[32];
    const char *kept =
        call(clerk, "lost_item.keep", "{\"what\":\"帽子\",\"division\":\"450103\"}", GOVSVC_OK);
    id_in(kept, id);
    govsvc_free(kept);
    const char *deadline = call(clerk, "lost_item.deadline", with_id(id, ""), GOVSVC_OK);
    CHECK(holds(deadline, "\"due_date\":\"2026-09-29\""));
    CHECK(holds(deadline, "中秋"));
    govsvc_free(deadline);
    set_time("2026-09-29", 23);
    govsvc_free(call(system, "tick", "{}", GOVSVC_OK));
    const char *before = call(clerk, "lost_item.get", with_id(id, ""), GOVSVC_OK);
    CHECK(holds(before, "\"state\":\"kept\""));
    govsvc_free(before);
    set_time("2026-09-30", 0);
    govsvc_free(call(system, "tick", "{}", GOVSVC_OK));
    const char *after = call(clerk, "lost_item.get", with_id(id, ""), GOVSVC_OK);
    CHECK(holds(after, "\"state\":\"handed_over\""));
    govsvc_free(after);
    govsvc_session_close(system);
    govsvc_session_close(clerk);
    govsvc_close(gs);
}

static govsvc_status open_with_ours(const govsvc_config *config, govsvc **out)
{
    return gs_open_with(config, ours, out);
}

/* The command line program knows the service as soon as the store is opened with it. */
static void answers_the_command_line(void)
{
    static const cli_host host = {open_with_ours};
    char *good[] = {"govsvc",
                    "-s",
                    (char *)store,
                    "--division",
                    "450100",
                    "--at",
                    "2026-09-30T10:00:00+08:00",
                    "--as",
                    clerk_file,
                    "call",
                    "lost_item.keep",
                    "{\"what\":\"水杯\",\"division\":\"450103\"}",
                    NULL};
    char *bad[] = {"govsvc",
                   "-s",
                   (char *)store,
                   "--division",
                   "450100",
                   "--at",
                   "2026-09-30T10:00:00+08:00",
                   "--as",
                   clerk_file,
                   "call",
                   "lost_item.keep",
                   "{\"division\":\"450103\"}",
                   NULL};
    FILE *file = fopen(clerk_file, "w");
    CHECK(file && fputs("{\"id\":\"w1\",\"roles\":[\"window_clerk\"],\"division\":\"450100\"}", file) > 0);
    CHECK(file && fclose(file) == 0);
    CHECK_INT(cli_main((int)TEST_COUNT(good) - 1, good, &host), CLI_DONE);
    CHECK_INT(cli_main((int)TEST_COUNT(bad) - 1, bad, &host), CLI_NO);
    unlink(clerk_file);
}

static void feeds(void)
{
    govsvc *gs = open_store(ours);
    govsvc_session *admin = session_as(gs, "administrator", "450000");
    govsvc_free(call(admin, "tick", "{}", GOVSVC_OK));
    const char *page = call(admin, "journal.feed", "{\"limit\":1000}", GOVSVC_OK);
    CHECK(holds(page, "\"kind\":\"lost_item\",\"action\":\"keep\",\"to_state\":\"kept\""));
    CHECK(holds(page, "\"action\":\"hand_over\",\"from_state\":\"kept\",\"to_state\":\"handed_over\""));
    CHECK(!holds(page, "韦小宝"));
    govsvc_free(page);
    const char *report = call(admin, "store.check", "{}", GOVSVC_OK);
    CHECK(report && !holds(report, "complaints"));
    govsvc_free(report);
    govsvc_session_close(admin);
    govsvc_close(gs);
}

int main(void)
{
    static const test_case cases[] = {TEST(migrates),
                                      TEST(calls_by_json),
                                      TEST(asks_permission),
                                      TEST(keeps_its_deadline),
                                      TEST(answers_the_command_line),
                                      TEST(feeds)};
    snprintf(clerk_file, sizeof clerk_file, "/tmp/govsvc-proof-%d.clerk", (int)getpid());
    return hall_main(cases, TEST_COUNT(cases));
}
