/* tests/calendar/histories_clock.c - random cases whose clock is started, paused, resumed, extended and stopped.
 *
 * What moves it is the flow's mechanism as it stands (gs_clocks_prepare, gs_clocks_save) on rows of a store in
 * memory: only the steps are made up, one at a time. Told is the clock after each step.
 */
#include "api/story.h"
#include "application/application.h"
#include "histories.h"

enum { STEPS_MAX = 12, SLICE = 200, GROUNDS = 4 };

static const char *const effect_words[] = {[GS_START] = "start",
                                           [GS_STOP] = "stop",
                                           [GS_PAUSE] = "pause",
                                           [GS_RESUME] = "resume",
                                           [GS_EXTEND] = "extend"};
/* What holds a clock; 0: it is not said. */
static const char *const grounds[GROUNDS] = {NULL, "听证", "检验", "专家评审"};

static story s;
static const govsvc_calendar *calendar;
static gs_connection *connection;
static gs_arena *arena;
static int64_t ids, slice;

void history_clocks_open(const govsvc_calendar *of)
{
    (void)test_main;
    calendar = of;
    story_open(&s, "sqlite::memory:");
    CHECK_INT(gs_store_acquire(s.gs->store, &connection), GOVSVC_OK);
    CHECK_INT(gs_begin(connection, true), GOVSVC_OK);
    arena = gs_arena_new(&gs_allocator_default, 0);
}

void history_clocks_close(void)
{
    gs_rollback(connection);
    gs_store_release(connection);
    gs_arena_free(arena);
    story_close(&s);
}

static int64_t next_id(void *context)
{
    return ++*(int64_t *)context;
}

/* A case, and its clock as it stands after a step. */
typedef struct subject {
    gs_call call;
    gs_row *row;
    gs_clock_spec specs[2];
    gs_flow flow;
    int64_t state, due_at, timer_at, told;
    char due_date[GS_DATE_SIZE];
} subject;

static void begin(subject *of, int64_t unit, int64_t amount, int64_t ahead, const char *division)
{
    memset(of, 0, sizeof *of);
    gs_call_init(&of->call, s.as[REVIEWER], connection, arena);
    of->call.calendar = calendar;
    of->call.work.next_id = next_id;
    of->call.work.id_context = &ids;
    of->specs[0] = (gs_clock_spec){
        .kind = "decision", .limit = {.amount = amount, .unit = unit}, .alert = "due", .ahead = ahead};
    of->flow = (gs_flow){.record = &gs_record_application, .clocks = of->specs};
    of->row = gs_row_new(&of->call.work, gs_table_of(&s.gs->host, of->flow.record));
    *(const char **)((char *)of->row->at + of->flow.record->division) = division;
}

static void take_step(subject *of, gs_effect effect, int64_t at, int64_t argument)
{
    gs_transition transition = {.action = effect_words[effect], .clocks = {{(uint8_t)effect, 0, 0}}};
    gs_clock_changes changes;
    gs_also also = {.json.arena = arena};
    of->call.work.now = of->call.occurred_at = at;
    of->call.ground = effect == GS_PAUSE || effect == GS_RESUME ? grounds[argument] : NULL;
    of->call.extend_by = effect == GS_EXTEND ? argument : 0;
    CHECK_INT(gs_clocks_prepare(&of->call, of->row, &of->flow, &transition, &changes), GOVSVC_OK);
    CHECK_INT(gs_clocks_save(&changes, &also), GOVSVC_OK);
    if (test_failed_checks || changes.count == 0)
        return;
    const govsvc_clock *clock = changes.rows[0]->at;
    CHECK_INT(gs_row_open(changes.rows[0], false), GOVSVC_OK); /* a step opens only the lists it needs */
    of->state = clock->state;
    of->due_at = clock->due_at;
    of->timer_at = clock->timer_at;
    of->told = (int64_t)clock->told_count;
    snprintf(of->due_date, sizeof of->due_date, "%s", clock->due_date);
}

/* Nothing is resumed that is not held, as in every flow; what is stopped may be started anew. */
static gs_effect pick_effect(const subject *of, bool last)
{
    int64_t chance = pick(10);
    if (of->state != GOVSVC_CLOCK_RUNNING && of->state != GOVSVC_CLOCK_PAUSED)
        return of->state && chance < 5 ? GS_PAUSE : GS_START;
    if (last && chance < 6)
        return GS_STOP;
    if (of->state == GOVSVC_CLOCK_PAUSED)
        return chance < 5 ? GS_RESUME : chance < 8 ? GS_PAUSE : chance < 9 ? GS_EXTEND : GS_STOP;
    return chance < 7 ? GS_PAUSE : chance < 9 ? GS_EXTEND : GS_STOP;
}

static void tell(const subject *of, char *to, size_t size)
{
    char timer[24] = "-";
    if (of->timer_at != GOVSVC_ABSENT)
        snprintf(timer, sizeof timer, "%" PRId64, of->timer_at);
    size_t used = strlen(to);
    snprintf(to + used, size - used, " %" PRId64 " %" PRId64 " %s %s %" PRId64, of->state, of->due_at,
             of->due_date, timer, of->told);
}

bool history_clock(void)
{
    char answer[STEPS_MAX * 80] = "";
    subject of;
    int division = (int)pick(HISTORY_DIVISIONS);
    int64_t unit = pick_unit(), amount = pick_amount(unit), tick = pick_tick(unit, &amount);
    int64_t at = pick_time(unit, tick), ahead = pick(4), steps = 2 + pick(pick(3) ? 6 : STEPS_MAX - 1);
    begin(&of, unit, amount, ahead, history_divisions[division]);
    printf("clock %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, division, unit, amount, tick,
           ahead, steps);
    for (int64_t i = 0; i < steps; i++) {
        gs_effect effect = i ? pick_effect(&of, i == steps - 1) : GS_START;
        int64_t argument = effect == GS_EXTEND
                               ? 1 + pick(tick < GS_MINUTE_MS || unit == GOVSVC_UNIT_YEARS ? 1 : 5)
                               : pick(GROUNDS);
        at += i ? pick_step(unit, tick) : 0;
        take_step(&of, effect, at, argument);
        printf(" %s %" PRId64 " %" PRId64, effect_words[effect], at, argument);
        tell(&of, answer, sizeof answer);
    }
    printf(" =%s\n", answer);
    gs_arena_reset(arena);
    if (++slice % SLICE == 0) {
        gs_rollback(connection);
        CHECK_INT(gs_begin(connection, true), GOVSVC_OK);
    }
    return test_failed_checks == 0;
}
