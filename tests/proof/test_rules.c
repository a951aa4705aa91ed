/* tests/proof/test_rules.c - a made-up service whose cases follow dates: rules that all halls of the region
 * share, put as drafts, published, in force from a date and until another. It has what the lost things have
 * not: conditions, clocks that run to a date, and a record that is kept under the region's tenant. */
#include "hall.h"

/* ---- the service ------------------------------------------------------------------------------------- */

enum { DRAFTED = 1, PUBLISHED, IN_FORCE, EXPIRED, REPEALED };

typedef struct rule {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    int64_t state;
    int64_t begins, ends;
    const char *code;
} rule;

typedef struct rule_draft {
    uint64_t struct_size;
    int64_t begins, ends;
    const char *code;
} rule_draft;

/* clang-format off */
static const gs_name states[] = {{DRAFTED, "drafted", "草案"}, {PUBLISHED, "published", "已发布"}, {IN_FORCE, "in_force", "施行"},
                                 {EXPIRED, "expired", "失效"}, {REPEALED, "repealed", "废止"}, {0, NULL, NULL}};
/* clang-format on */

#define DRAFT_FIELDS(T, F)                                                                                   \
    F(T, TIME, begins, "施行时间")                                                                           \
    F(T, TIME, ends, "失效时间")                                                                             \
    F(T, TEXT, code, "编号", .need = true)
GS_RECORD(record_rule_draft, rule_draft, "rule_draft", "规则", DRAFT_FIELDS)

#define RULE_FIELDS(T, F)                                                                                    \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, NAME, state, "状态", .names = states)                                                               \
    DRAFT_FIELDS(T, F)
GS_RECORD(record_rule, rule, "rule", "规则", RULE_FIELDS, .table = true, .reference = true, .key = "code",
          .state = offsetof(rule, state))

static bool has_come(const gs_call *call, const gs_row *row)
{
    const rule *of = row->at;
    return of->begins != GOVSVC_ABSENT && of->begins <= call->occurred_at;
}

static bool lies_ahead(const gs_call *call, const gs_row *row)
{
    const rule *of = row->at;
    return of->begins != GOVSVC_ABSENT && of->begins > call->occurred_at;
}

static govsvc_status waiting_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    (void)call;
    limit->until = ((const rule *)row->at)->begins;
    return GOVSVC_OK;
}

/* One without an end is looked at after a year. */
static govsvc_status validity_limit(gs_call *call, gs_row *row, gs_limit *limit)
{
    const rule *of = row->at;
    (void)call;
    limit->timer = of->ends != GOVSVC_ABSENT;
    limit->until = limit->timer ? of->ends : 0;
    return GOVSVC_OK;
}

/* clang-format off */
enum { WAITING, VALIDITY, OBJECTION };
static const gs_clock_spec clocks[] = {
    [WAITING] = {"waiting", "待施行", {0, 0, "立法法"}, waiting_limit, "rule.take_effect"},
    [VALIDITY] = {"validity", "有效期", {1, GOVSVC_UNIT_YEARS, NULL}, validity_limit, "rule.expire"},
    [OBJECTION] = {"objection", "异议答复期限", {2, GOVSVC_UNIT_WORKING_DAYS, NULL}, NULL, "rule.repeal"},
    {.kind = NULL}};

static const gs_transition transitions[] = {
    {DRAFTED, "publish", IN_FORCE, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_START, VALIDITY, 0}}, .when = has_come},
    {DRAFTED, "publish", PUBLISHED, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_START, WAITING, 0}}, .when = lies_ahead},
    {PUBLISHED, "adjourn", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_PAUSE, WAITING, 0}}},
    {PUBLISHED, "go_on", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_RESUME, WAITING, 0}}},
    {PUBLISHED, "prolong", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_EXTEND, WAITING, 0}}},
    {PUBLISHED, "take_effect", IN_FORCE, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, WAITING, 0}, {GS_START, VALIDITY, 0}}, .when = has_come},
    {IN_FORCE, "renew", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_STOP, VALIDITY, 0}, {GS_START, VALIDITY, 0}}},
    {IN_FORCE, "object", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_START, OBJECTION, 0}}},
    {IN_FORCE, "adjourn", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_PAUSE, OBJECTION, 0}}},
    {IN_FORCE, "go_on", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_RESUME, OBJECTION, 0}}},
    {IN_FORCE, "prolong", 0, GS_ROLE_ADMINISTRATOR, .clocks = {{GS_EXTEND, OBJECTION, 0}}},
    {IN_FORCE, "repeal", REPEALED, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, OBJECTION, 0}, {GS_STOP, VALIDITY, 0}}},
    {IN_FORCE, "expire", EXPIRED, GS_ROLE_SYSTEM, .clocks = {{GS_STOP, VALIDITY, 0}}},
    {EXPIRED, "file", 0, GS_ROLE_ADMINISTRATOR, .stamp = 0},
    {REPEALED, "file", 0, GS_ROLE_ADMINISTRATOR, .stamp = 0},
    {.action = NULL}};
/* clang-format on */
static const gs_flow flow = {.record = &record_rule, .transitions = transitions, .clocks = clocks};

static govsvc_status put(gs_call *call, gs_row *row)
{
    rule *of = row->at;
    (void)call;
    if (!of->state)
        of->state = DRAFTED;
    return GOVSVC_OK;
}

static govsvc_status renew(gs_call *call, gs_row *row)
{
    rule *of = row->at;
    of->ends = call->work.now + 2 * INT64_C(86400000);
    if (((const govsvc_step *)call->in)->opinion) /* for good */
        CHECK(govsvc_date_start("2200-01-01", &of->ends));
    return GOVSVC_OK;
}

static govsvc_status prolong(gs_call *call, gs_row *row)
{
    (void)row;
    call->extend_by = 1;
    return GOVSVC_OK;
}

/* clang-format off */
#define STEP(action, function)                                                                               \
    {.name = "rule." action, .title = action, .in = &gs_record_step, .out = &record_rule, .kind = GS_STEP,   \
     .flow = &flow, .substance = function}
static const gs_operation operations[] = {
    {.name = "rule.put", .title = "录入", .in = &record_rule_draft, .out = &record_rule, .kind = GS_PUT,
     .substance = put, .roles = GS_ROLE_ADMINISTRATOR},
    STEP("publish", NULL), STEP("adjourn", NULL), STEP("go_on", NULL), STEP("prolong", prolong), STEP("renew", renew),
    STEP("object", NULL), STEP("take_effect", NULL), STEP("expire", NULL), STEP("repeal", NULL),
    STEP("file", NULL),
    {.name = "rule.get", .title = "查询", .in = &gs_record_get_request, .out = &record_rule, .kind = GS_GET},
    {.name = "rule.deadline", .title = "期限", .in = &gs_record_deadline_request, .out = &gs_record_deadline,
     .kind = GS_DEADLINE, .flow = &flow},
    {.name = NULL}};
/* clang-format on */
static const gs_record *const records[] = {&record_rule, NULL};
static const gs_flow *const flows[] = {&flow, NULL};
static const gs_service service_rule = {.records = records, .flows = flows, .operations = operations};
static const gs_service *const ours[] = {&service_rule, NULL};

/* ---- its people -------------------------------------------------------------------------------------- */

static govsvc *gs;
static govsvc_session *admin, *nature;
static char id[32]; /* the rule that is at hand */

static void act(const char *operation, govsvc_status want)
{
    govsvc_free(call(admin, operation, with_id(id, ""), want));
}

static void tick(const char *report)
{
    const char *out = call(nature, "tick", "{}", GOVSVC_OK);
    if (!holds(out, report))
        fprintf(stderr, "%s\n", out ? out : "-");
    CHECK(holds(out, report));
    govsvc_free(out);
}

static void shows(const char *operation, const char *part)
{
    const char *out = call(admin, operation, with_id(id, ""), GOVSVC_OK);
    if (!holds(out, part))
        fprintf(stderr, "%s\n", out ? out : "-");
    CHECK(holds(out, part));
    govsvc_free(out);
}

/* Monday 2026-03-02, 9 o'clock; dates are "YYYY-MM-DD", NULL: none. */
static void draft(const char *code, const char *begins, const char *ends)
{
    char text[300];
    set_time("2026-03-02", 9);
    int size = snprintf(text, sizeof text, "{\"code\":\"%s\"", code);
    if (begins)
        size +=
            snprintf(text + size, sizeof text - (size_t)size, ",\"begins\":\"%sT00:00:00+08:00\"", begins);
    if (ends)
        size += snprintf(text + size, sizeof text - (size_t)size, ",\"ends\":\"%sT00:00:00+08:00\"", ends);
    snprintf(text + size, sizeof text - (size_t)size, "}");
    const char *out = call(admin, "rule.put", text, GOVSVC_OK);
    id_in(out, id);
    CHECK(holds(out, "\"tenant\":4500"));
    govsvc_free(out);
}

static void opens(void)
{
    set_time("2026-03-02", 9);
    gs = open_store(ours);
    admin = session_as(gs, "administrator", "450000");
    nature = session_as(gs, "system", NULL);
    govsvc_free(call(admin, "store.migrate", "{}", GOVSVC_OK));
}

static void closes(void)
{
    const char *report = call(admin, "store.check", "{}", GOVSVC_OK);
    CHECK(report && !holds(report, "complaints"));
    govsvc_free(report);
    govsvc_session_close(nature);
    govsvc_session_close(admin);
    govsvc_close(gs);
}

/* ---- conditions -------------------------------------------------------------------------------------- */

static void takes_the_row_that_holds(void)
{
    draft("past", "2026-03-02", NULL);
    act("rule.publish", GOVSVC_OK);
    shows("rule.get", "\"state\":\"in_force\"");
    draft("ahead", "2026-03-03", NULL);
    act("rule.publish", GOVSVC_OK);
    shows("rule.get", "\"state\":\"published\"");
}

static void refuses_where_none_holds(void)
{
    draft("dateless", NULL, NULL);
    act("rule.publish", GOVSVC_STATE);
    CHECK_TEXT(govsvc_problem_at(admin, 0)->rule, "state");
    CHECK_TEXT(govsvc_problem_at(admin, 0)->expected, "drafted");
    govsvc_session *clerk = session_as(gs, "window_clerk", "450100");
    govsvc_free(call(clerk, "rule.publish", with_id(id, ""), GOVSVC_DENIED));
    govsvc_session_close(clerk);
}

/* ---- clocks that run to a date ----------------------------------------------------------------------- */

static void fires_at_its_instant(void)
{
    draft("tick", "2026-03-10", "2026-03-20");
    act("rule.publish", GOVSVC_OK);
    shows("rule.deadline", "\"due_at\":\"2026-03-10T00:00:00+08:00\"");
    shows("rule.deadline", "\"due_date\":\"2026-03-09\"");
    shows("rule.deadline", "\"remaining\":5");
    shows("rule.deadline", "至 2026-03-10 00:00 止");
    shows("rule.deadline", "until 2026-03-10 00:00");
    set_time("2026-03-10", 0);
    now--;
    tick("\"timers\":1"); /* the rule from 2026-03-03 */
    shows("rule.get", "\"state\":\"published\"");
    now++;
    tick("\"timers\":1");
    shows("rule.get", "\"state\":\"in_force\"");
    shows("rule.deadline", "\"state\":\"lapsed\"");
    set_time("2026-03-20", 5);
    tick("\"timers\":1");
    shows("rule.get", "\"state\":\"expired\"");
}

static void fires_at_the_next_step(void)
{
    draft("step", "2026-03-10", "2026-03-20");
    act("rule.publish", GOVSVC_OK);
    set_time("2026-03-11", 9); /* nobody ticked */
    act("rule.object", GOVSVC_OK);
    shows("rule.get", "\"state\":\"in_force\"");
    shows("rule.deadline", "\"stopped_at\":\"2026-03-10T00:00:00+08:00\"");
}

/* It took effect, was objected to and repealed on the 14th, before it could expire on the 20th. */
static void fires_in_the_order_of_time(void)
{
    for (int ticked = 0; ticked < 2; ticked++) {
        draft(ticked ? "order-1" : "order-2", "2026-03-10", "2026-03-20");
        act("rule.publish", GOVSVC_OK);
        set_time("2026-03-11", 9);
        act("rule.object", GOVSVC_OK);
        set_time("2026-03-21", 9);
        if (ticked)
            tick("\"more\":false");
        act("rule.file", GOVSVC_OK);
        shows("rule.get", "\"state\":\"repealed\"");
        shows("rule.deadline", "\"stopped_at\":\"2026-03-14T00:00:00+08:00\"");
    }
}

static void fires_one_after_the_other(void)
{
    draft("chain", "2026-03-10", "2026-03-12");
    act("rule.publish", GOVSVC_OK);
    set_time("2026-03-21", 9);
    act("rule.file", GOVSVC_OK);
    shows("rule.get", "\"state\":\"expired\"");
    shows("rule.deadline", "\"stopped_at\":\"2026-03-12T00:00:00+08:00\"");
}

static void is_over_at_once_when_past(void)
{
    draft("over", "2026-01-01", "2026-02-01");
    act("rule.publish", GOVSVC_OK);
    shows("rule.deadline", "\"remaining\":-");
    tick("\"timers\":1");
    shows("rule.get", "\"state\":\"expired\"");
    shows("rule.deadline", "\"stopped_at\":\"2026-03-02T09:00:00+08:00\"");
}

static void nothing_moves_the_date(void)
{
    draft("steady", "2026-03-10", "2026-03-20");
    act("rule.publish", GOVSVC_OK);
    act("rule.adjourn", GOVSVC_OK);
    shows("rule.deadline", "\"state\":\"paused\"");
    set_time("2026-03-05", 9);
    act("rule.go_on", GOVSVC_OK);
    act("rule.prolong", GOVSVC_OK);
    govsvc_free(call(admin, "notice.put",
                     "{\"number\":\"rules-1\",\"days\":[{\"date\":\"2026-03-09\",\"effect\":\"off\"},"
                     "{\"date\":\"2026-03-11\",\"effect\":\"off\"}]}",
                     GOVSVC_OK));
    tick("\"more\":false");
    shows("rule.deadline", "\"due_at\":\"2026-03-10T00:00:00+08:00\"");
    act("rule.adjourn", GOVSVC_OK); /* the date comes all the same */
    set_time("2026-03-10", 0);
    tick("\"timers\":1");
    shows("rule.get", "\"state\":\"in_force\"");
}

static void may_be_one_or_the_other(void)
{
    draft("endless", "2026-03-02", NULL);
    act("rule.publish", GOVSVC_OK);
    shows("rule.deadline", "\"due_at\":\"2027-03-03T00:00:00+08:00\"");
    act("rule.renew", GOVSVC_OK); /* stops the one, starts the other */
    shows("rule.deadline", "\"due_at\":\"2026-03-04T09:00:00+08:00\"");
    set_time("2026-03-04", 9);
    tick("\"timers\":1");
    shows("rule.get", "\"state\":\"expired\"");
}

static void keeps_within_the_calendar(void)
{
    draft("distant", "2026-03-02", "2199-12-31");
    act("rule.publish", GOVSVC_OK);
    call(admin, "rule.renew", with_id(id, ",\"opinion\":\"长期有效\""), GOVSVC_INVALID);
    CHECK_TEXT(govsvc_problem_at(admin, 0)->rule, "range");
    shows("rule.deadline", "\"due_date\":\"2199-12-30\"");
}

/* ---- timers ------------------------------------------------------------------------------------------ */

/* A length that stands still has no end yet; one that grows moves its timer. Its clock stands under the
 * region's tenant, and a corrected notice finds it there. */
static void follows_what_happens_to_a_length(void)
{
    draft("length", "2026-03-02", NULL);
    act("rule.publish", GOVSVC_OK);
    set_time("2026-03-16", 9);
    act("rule.object", GOVSVC_OK);
    shows("rule.deadline", "\"due_date\":\"2026-03-18\"");
    act("rule.adjourn", GOVSVC_OK);
    set_time("2026-03-19", 9);
    tick("\"more\":false");
    shows("rule.get", "\"state\":\"in_force\"");
    act("rule.go_on", GOVSVC_OK); /* three days are taken out */
    shows("rule.deadline", "\"due_date\":\"2026-03-23\"");
    act("rule.prolong", GOVSVC_OK);
    shows("rule.deadline", "\"due_date\":\"2026-03-24\"");
    govsvc_free(call(admin, "notice.put",
                     "{\"number\":\"rules-2\",\"days\":[{\"date\":\"2026-03-24\",\"effect\":\"off\"}]}",
                     GOVSVC_OK));
    now += 2000;
    tick("\"more\":false");
    shows("rule.get", "\"state\":\"in_force\"");
    shows("rule.deadline", "\"due_date\":\"2026-03-25\"");
    set_time("2026-03-25", 23);
    tick("\"more\":false");
    shows("rule.get", "\"state\":\"in_force\"");
    set_time("2026-03-26", 0);
    tick("\"timers\":1");
    shows("rule.get", "\"state\":\"repealed\"");
}

typedef struct looked {
    int64_t timer_at, entries;
} looked;

static void look(gs_connection *connection, const char *kind, int64_t *clock, looked *out)
{
    govsvc_value values[] = {gs_integer(strtoll(id, NULL, 10)), gs_text(kind)};
    out->timer_at = GOVSVC_ABSENT;
    gs_query_integer(connection,
                     "SELECT timer_at FROM {clock} WHERE tenant = 4500 AND subject = $1 AND kind = $2",
                     values, 2, &out->timer_at);
    CHECK_INT(gs_query_integer(connection,
                               "SELECT id FROM {clock} WHERE tenant = 4500 AND subject = $1 AND kind = $2",
                               values, 2, clock),
              GOVSVC_OK);
    CHECK_INT(gs_query_integer(connection,
                               "SELECT count(*) FROM {journal_entry} WHERE tenant = 4500 AND subject = $1",
                               values, 1, &out->entries),
              GOVSVC_OK);
}

/* A transaction that puts off a timer of the rule at hand, if it is the one of an instant. */
static int put_off(const char *kind, int64_t timer_at, looked *out)
{
    gs_call own;
    gs_connection *connection;
    int64_t clock = 0;
    CHECK_INT(gs_store_acquire(gs->store, &connection), GOVSVC_OK);
    CHECK_INT(gs_ids_lease(gs, connection), GOVSVC_OK);
    CHECK_INT(gs_begin(connection, true), GOVSVC_OK);
    CHECK_INT(gs_session_begin(nature), GOVSVC_OK);
    gs_call_init(&own, nature, connection, nature->scratch);
    look(connection, kind, &clock, out);
    CHECK_INT(gs_clock_disarm(&own, 4500, clock, timer_at), GOVSVC_OK);
    look(connection, kind, &clock, out);
    CHECK_INT(gs_commit(connection), GOVSVC_OK);
    gs_store_release(connection);
    return own.outcome;
}

static void puts_off_no_other_timer(void)
{
    looked before, after;
    int64_t due;
    draft("race", "2026-03-10", NULL);
    act("rule.publish", GOVSVC_OK);
    CHECK(govsvc_date_start("2026-03-10", &due));
    CHECK_INT(put_off("waiting", due - 1, &before), GS_UNCHANGED);
    CHECK_INT(before.timer_at, due);
    CHECK_INT(put_off("waiting", due, &after), GS_CHANGED);
    CHECK_INT(after.timer_at, GOVSVC_ABSENT);
    CHECK_INT(after.entries, before.entries + 1);
    CHECK_INT(put_off("waiting", due, &after), GS_UNCHANGED);
    CHECK_INT(after.entries, before.entries + 1);
}

static void puts_off_nothing_that_waits(void)
{
    looked after;
    int64_t due;
    draft("pause", "2026-03-02", NULL);
    act("rule.publish", GOVSVC_OK);
    act("rule.object", GOVSVC_OK);
    act("rule.adjourn", GOVSVC_OK);
    CHECK(govsvc_date_start("2026-03-05", &due));
    CHECK_INT(put_off("objection", due, &after), GS_UNCHANGED);
    CHECK_INT(after.timer_at, due);
}

/* What tick does for a timer that it saw due before somebody moved its end. */
static void takes_no_step_for_another_timer(void)
{
    draft("late", "2026-03-02", "2026-03-03");
    act("rule.publish", GOVSVC_OK);
    act("rule.renew", GOVSVC_OK);
    int64_t before, after;
    CHECK(govsvc_date_start("2026-03-03", &before));
    after = now + 2 * INT64_C(86400000);
    set_time("2026-03-03", 9);
    govsvc_step step = {sizeof step, strtoll(id, NULL, 10), GOVSVC_ABSENT, NULL, NULL};
    const gs_operation *expire = gs_operation_find(&gs->host, "rule.expire");
    gs_answer answer = {.result = NULL};
    gs_session_begin(nature);
    CHECK_INT(gs_operate(nature, expire, &step, before, &answer), GOVSVC_STATE);
    shows("rule.get", "\"state\":\"in_force\"");
    set_time("2026-03-04", 9);
    CHECK_INT(after, now);
    gs_session_begin(nature);
    CHECK_INT(gs_operate(nature, expire, &step, after, &answer), GOVSVC_OK);
    govsvc_free(answer.result);
    shows("rule.get", "\"state\":\"expired\"");
}

int main(void)
{
    static const test_case cases[] = {TEST(opens),
                                      TEST(takes_the_row_that_holds),
                                      TEST(refuses_where_none_holds),
                                      TEST(fires_at_its_instant),
                                      TEST(fires_at_the_next_step),
                                      TEST(fires_in_the_order_of_time),
                                      TEST(fires_one_after_the_other),
                                      TEST(is_over_at_once_when_past),
                                      TEST(nothing_moves_the_date),
                                      TEST(may_be_one_or_the_other),
                                      TEST(keeps_within_the_calendar),
                                      TEST(follows_what_happens_to_a_length),
                                      TEST(puts_off_no_other_timer),
                                      TEST(puts_off_nothing_that_waits),
                                      TEST(takes_no_step_for_another_timer),
                                      TEST(closes)};
    return hall_main(cases, TEST_COUNT(cases));
}
