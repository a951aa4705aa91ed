/* lib/flow/engine.c - one way for every case: found, allowed, moved along its flow, and on record. */
#include "flow/flow.h"

#include "journal/journal.h"

#include <string.h>

/* ---- finding things in the tables -------------------------------------------------------------------- */

const gs_table *gs_table_of(const gs_host *host, const gs_record *record)
{
    for (const gs_table *const *at = host->tables; *at; at++)
        if ((*at)->record == record)
            return *at;
    return NULL;
}

const gs_operation *gs_operation_find(const gs_host *host, const char *name)
{
    for (const gs_service *const *service = host->services; *service; service++)
        for (const gs_operation *at = (*service)->operations; at && at->name; at++)
            if (strcmp(at->name, name) == 0)
                return at;
    return NULL;
}

static const char *action_of(const gs_operation *operation)
{
    return strchr(operation->name, '.') + 1;
}

static int64_t *state_of(const gs_row *row)
{
    return (int64_t *)((char *)row->at + row->table->record->state);
}

/* What is being made has no state yet, whatever its draft says. */
static int64_t state_of_case(const gs_row *row)
{
    return row->fresh ? 0 : *state_of(row);
}

static const gs_name *state_names(const gs_record *record)
{
    for (uint32_t i = 0; i < record->field_count; i++)
        if (record->fields[i].offset == record->state)
            return record->fields[i].names;
    return NULL;
}

static const char *state_name(const gs_record *record, int64_t state)
{
    return state ? gs_name_of(state_names(record), state) : NULL;
}

/* ---- refusals ---------------------------------------------------------------------------------------- */

govsvc_status gs_refuse(gs_call *call, const char *field, const char *rule, const char *expected,
                        const char *got)
{
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.field = field, .rule = rule, .expected = expected, .got = got});
}

govsvc_status gs_refuse_in_words(gs_call *call, const char *field, const char *rule, const char *text_zh,
                                 const char *text_en, const char *basis)
{
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){
            .field = field, .rule = rule, .text_zh = text_zh, .text_en = text_en, .basis = basis});
}

/* The first row, from at on, that takes the action in this state; NULL: there is none. */
static const gs_transition *row_from(const gs_transition *at, const char *action, int64_t state)
{
    for (; at->action; at++)
        if (at->from == state && strcmp(at->action, action) == 0)
            return at;
    return NULL;
}

static govsvc_status refuse_state(gs_call *call, const gs_flow *flow, const char *action, int64_t state)
{
    gs_buffer possible = {.arena = call->work.arena};
    for (const gs_transition *at = flow->transitions; at->action; at++)
        if (at->from && row_from(flow->transitions, action, at->from) == at)
            gs_buffer_print(&possible, "%s%s", possible.size ? ", " : "", state_name(flow->record, at->from));
    return gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_STATE,
                                                                 .field = "",
                                                                 .rule = "state",
                                                                 .expected = possible.text,
                                                                 .got = state_name(flow->record, state)});
}

static govsvc_status refuse_revision(gs_call *call, int64_t now, int64_t sent)
{
    gs_arena *arena = call->work.arena;
    return gs_problem_add(call->work.problems,
                          &(govsvc_problem){.status = GOVSVC_CONFLICT,
                                            .field = "/revision",
                                            .rule = "revision",
                                            .expected = gs_arena_print(arena, "%lld", (long long)now),
                                            .got = gs_arena_print(arena, "%lld", (long long)sent)});
}

govsvc_status gs_add_part(gs_call *call, gs_row *part)
{
    const void *const *all = gs_arena_append(call->work.arena, call->parts, call->part_count, part);
    if (!all)
        return GOVSVC_NO_MEMORY;
    call->parts = all;
    call->part_count++;
    return GOVSVC_OK;
}

const gs_flow *gs_flow_of(const gs_host *host, const char *record)
{
    for (const gs_service *const *service = host->services; *service; service++)
        for (const gs_flow *const *flow = (*service)->flows; flow && *flow; flow++)
            if (strcmp((*flow)->record->name, record) == 0)
                return *flow;
    return NULL;
}

void gs_add_effect(gs_call *call, gs_effect effect, uint8_t clock)
{
    if (call->effect_count < GS_EFFECTS_MAX)
        call->effects[call->effect_count++] = (gs_clock_effect){.effect = (uint8_t)effect, .clock = clock};
}

/* ---- journal ----------------------------------------------------------------------------------------- */

static const char *payload_of(gs_call *call, const char *changes, const gs_also *also)
{
    gs_buffer json = {.arena = call->work.arena};
    gs_buffer_text(&json, "{\"changes\":");
    gs_buffer_text(&json, changes ? changes : "{}");
    if (also && also->json.size) {
        gs_buffer_text(&json, ",\"also\":{");
        gs_buffer_add(&json, also->json.text, also->json.size);
        gs_buffer_char(&json, '}');
    }
    gs_buffer_char(&json, '}');
    return json.text;
}

static govsvc_status record_entry(gs_call *call, const gs_row *row, govsvc_journal_entry *entry)
{
    const gs_head *head = gs_row_head(row);
    entry->tenant = head->tenant;
    entry->occurred_at = call->occurred_at;
    entry->subject = head->id;
    entry->revision = head->revision;
    entry->kind = row->table->record->name;
    entry->actor = call->actor->id;
    entry->principal = call->actor->principal;
    entry->channel = call->actor->channel;
    entry->request_key = call->request_key;
    call->subject = head->id;
    return gs_journal_append(&call->work, gs_table_of(call->host, &gs_record_journal_entry), entry);
}

govsvc_status gs_journal_reading(gs_call *call, gs_row *row)
{
    gs_buffer json = {.arena = call->work.arena};
    if (!call->actor->purpose)
        return GOVSVC_OK; /* it is their own */
    gs_buffer_text(&json, "{\"purpose\":");
    gs_json_text(&json, call->actor->purpose);
    gs_buffer_char(&json, '}');
    govsvc_journal_entry entry = {.action = "read", .payload = json.text};
    return record_entry(call, row, &entry);
}

govsvc_status gs_journal_also(gs_call *call, int64_t tenant, const char *kind, int64_t subject,
                              const char *action, const gs_also *also)
{
    govsvc_journal_entry entry = {.tenant = tenant,
                                  .occurred_at = call->occurred_at,
                                  .subject = subject,
                                  .revision = GOVSVC_ABSENT,
                                  .kind = kind,
                                  .action = action,
                                  .actor = call->actor->id,
                                  .principal = call->actor->principal,
                                  .channel = call->actor->channel,
                                  .payload = payload_of(call, NULL, also)};
    return gs_journal_append(&call->work, gs_table_of(call->host, &gs_record_journal_entry), &entry);
}

/* A unique value that is taken is told as a problem of the input. */
static govsvc_status save_row(gs_call *call, gs_row *row, const char **changes, char *hash)
{
    govsvc_status status = gs_row_save(row, changes, hash);
    if (status == GOVSVC_EXISTS)
        gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_EXISTS,
                                                              .field = "",
                                                              .rule = "unique",
                                                              .expected = row->table->record->key});
    if (status == GOVSVC_CONFLICT)
        gs_problem_add(
            call->work.problems,
            &(govsvc_problem){.status = GOVSVC_CONFLICT, .field = "/revision", .rule = "revision"});
    return status;
}

govsvc_status gs_guard(gs_call *call)
{
    if (!call->batched || call->guarded)
        return GOVSVC_OK;
    govsvc_status status = gs_savepoint(call->work.connection);
    call->guarded = !status;
    return status;
}

govsvc_status gs_save(gs_call *call, gs_row *row, const char *action)
{
    char hash[2 * GS_SM3_SIZE + 1];
    const char *changes;
    bool fresh = row->fresh;
    govsvc_status status = save_row(call, row, &changes, hash);
    call->subject = gs_row_head(row)->id;
    call->outcome = !changes ? GS_UNCHANGED : fresh ? GS_ADDED : GS_CHANGED;
    if (status || !changes)
        return status;
    govsvc_journal_entry entry = {
        .action = action, .payload = payload_of(call, changes, NULL), .row_hash = hash};
    return record_entry(call, row, &entry);
}

/* ---- transitions ------------------------------------------------------------------------------------- */

static const gs_transition *find_transition(const gs_call *call, const gs_row *row, const gs_flow *flow)
{
    const char *action = action_of(call->operation);
    int64_t state = state_of_case(row);
    const gs_transition *at = row_from(flow->transitions, action, state);
    while (at && at->when && !at->when(call, row))
        at = row_from(at + 1, action, state);
    return at;
}

/* Who may take this action in any state. */
static uint32_t roles_of_action(const gs_flow *flow, const char *action)
{
    uint32_t roles = 0;
    for (const gs_transition *at = flow->transitions; at->action; at++)
        if (strcmp(at->action, action) == 0)
            roles |= at->roles;
    return roles;
}

/* Staff of another organ, or of none, and a step that is the organ's own: it is not theirs to take. */
static const char *competent_organ(const gs_call *call, uint32_t roles, const gs_record *record,
                                   const void *at)
{
    const char *organ = at ? gs_text_at(at, record->organ) : NULL;
    bool staff = call->actor->roles & GS_ROLE_STAFF & ~(GS_ROLE_ADMINISTRATOR | GS_ROLE_SYSTEM);
    bool own = call->actor->organ && organ && strcmp(call->actor->organ, organ) == 0;
    return staff && !own && gs_roles_of_organ(roles) ? organ : NULL;
}

static govsvc_status refuse_competence(gs_call *call, const char *organ)
{
    return gs_problem_add(call->work.problems, &(govsvc_problem){.status = GOVSVC_NOT_COMPETENT,
                                                                 .field = "",
                                                                 .rule = "competent",
                                                                 .expected = organ});
}

static govsvc_status authorise(gs_call *call, uint32_t roles, const gs_record *record, const void *at)
{
    const char *competent = competent_organ(call, roles, record, at);
    if (competent && !gs_roles_within(call->actor, roles, record, at))
        return refuse_competence(call, competent);
    if (!gs_roles_within(call->actor, roles, record, NULL))
        return gs_denied(call->work.problems, roles, false);
    if (!gs_roles_within(call->actor, roles, record, at))
        return gs_denied(call->work.problems, roles, true);
    return GOVSVC_OK;
}

/* By which of the roles it has within scope an actor acts, and for whom. */
static govsvc_status check_mandate(gs_call *call, const gs_transition *transition, const gs_row *row)
{
    const gs_mandate *mandate;
    return gs_act_for(call, transition->roles, row, transition->action, &mandate);
}

/* Where the action leads the case stands already. */
static bool stands_there(const gs_flow *flow, const char *action, int64_t state)
{
    bool there = false;
    for (const gs_transition *at = flow->transitions; at->action && !there; at++)
        there = at->to == state && at->from != state && strcmp(at->action, action) == 0;
    return there;
}

/* Of two who act on one thing the second hears that somebody else was first, who it was, and when. */
static govsvc_status check_taken(gs_call *call, const gs_row *row, const gs_flow *flow)
{
    const char *action = action_of(call->operation);
    govsvc_value values[] = {gs_integer(gs_row_head(row)->tenant), gs_integer(gs_row_head(row)->id),
                             gs_text(action)},
                 last[2];
    gs_rows rows;
    if (row->fresh || !stands_there(flow, action, *state_of(row)))
        return GOVSVC_OK;
    govsvc_status status = gs_query(call->work.connection,
                                    "SELECT actor, occurred_at FROM {journal_entry} WHERE tenant = $1 AND "
                                    "subject = $2 AND action = $3 ORDER BY id DESC LIMIT 1",
                                    values, 3, &rows);
    if (!status)
        status = gs_rows_next(&rows, last, 2);
    const char *actor = status ? NULL : gs_value_copy(&last[0], call->work.arena).as.bytes;
    int64_t at = status ? 0 : last[1].as.integer;
    gs_rows_done(&rows);
    if (status || !actor || strcmp(actor, call->actor->id) == 0)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    return gs_refuse_taken(call, actor, at);
}

govsvc_status gs_refuse_taken(gs_call *call, const char *actor, int64_t at)
{
    gs_buffer when = {.arena = call->work.arena};
    gs_json_time(&when, at);
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){
            .status = GOVSVC_TAKEN, .field = "", .rule = "taken", .expected = when.text, .got = actor});
}

/* The transition that the call takes. at is what the actor must be in scope of; NULL: that is not known yet. */
static govsvc_status choose_transition(gs_call *call, const gs_row *row, const void *at,
                                       const gs_transition **out)
{
    const gs_flow *flow = call->operation->flow;
    const char *action = action_of(call->operation);
    const gs_transition *found = find_transition(call, row, flow);
    uint32_t roles = found ? found->roles : roles_of_action(flow, action);
    bool guest =
        found && found->guests && (call->actor->roles & roles) && gs_is_guest(call->actor, flow->record, at);
    govsvc_status status = guest ? GOVSVC_OK : authorise(call, roles, flow->record, at);
    *out = found;
    if (status || found)
        return status;
    status = check_taken(call, row, flow);
    return status ? status : refuse_state(call, flow, action, state_of_case(row));
}

/* The clock of the host may lag a little behind another machine's; a case's own time never goes back. */
static govsvc_status check_clock(gs_call *call, const gs_row *row)
{
    enum { TOLERANCE_MS = 10000 };
    int64_t last = gs_row_head(row)->updated_at;
    if (row->fresh || call->work.now >= last)
        return GOVSVC_OK;
    if (call->work.now >= last - TOLERANCE_MS) {
        if (call->occurred_at == call->work.now)
            call->occurred_at = last;
        call->work.now = last;
        return GOVSVC_OK;
    }
    gs_buffer now = {.arena = call->work.arena}, then = {.arena = call->work.arena};
    gs_json_time(&now, call->work.now);
    gs_json_time(&then, last);
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){
            .status = GOVSVC_CLOCK, .field = "", .rule = "clock", .expected = then.text, .got = now.text});
}

/* ---- what a case waits for ---- */

static const gs_wait *wait_in(const gs_flow *flow, int64_t state)
{
    for (const gs_wait *at = flow->waits; at && at->action; at++)
        if (at->state == state)
            return at;
    return NULL;
}

/* The end of the lead clock, where the step did something to it; else what it was, if it is the same clock. */
static int64_t due_by(const gs_flow *flow, const gs_wait *now, const gs_wait *before, int64_t due,
                      const gs_row *const *clocks, size_t count)
{
    if (!now || now->lead < 0)
        return GOVSVC_ABSENT;
    for (size_t i = 0; i < count; i++) {
        const govsvc_clock *clock = clocks[i]->at;
        if (strcmp(clock->kind, flow->clocks[now->lead].kind) == 0)
            return clock->stopped_at == GOVSVC_ABSENT ? clock->due_at : GOVSVC_ABSENT;
    }
    return before && before->lead == now->lead ? due : GOVSVC_ABSENT;
}

void gs_set_wait(const gs_flow *flow, gs_row *row, int64_t from, const gs_row *const *clocks, size_t count)
{
    const gs_record *record = row->table->record;
    char *at = row->at;
    if (!flow->waits)
        return;
    const gs_wait *now = wait_in(flow, *state_of(row)), *before = wait_in(flow, from);
    int64_t *due = (int64_t *)(at + record->due);
    bool busy = record->busy && *(int64_t *)(at + record->busy) > 0;
    *(const char **)(at + record->waits) = now && !busy ? now->action : NULL;
    *due = due_by(flow, now, before, *due, clocks, count);
}

/* A part's place in the case's entry. */
static void note_part(gs_buffer *json, const gs_row *row, const char *hash)
{
    const gs_head *head = gs_row_head(row);
    gs_buffer_print(json, "%s\"%s:%lld\":{\"state\":", json->size ? "," : "", row->table->record->name,
                    (long long)head->id);
    gs_json_text(json, state_name(row->table->record, *state_of(row)));
    gs_buffer_print(json, ",\"revision\":%lld,\"hash\":", (long long)head->revision);
    gs_json_text(json, hash);
    gs_buffer_char(json, '}');
}

static govsvc_status save_parts(gs_call *call, gs_also *also)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < call->part_count && !status; i++) {
        char hash[2 * GS_SM3_SIZE + 1];
        const char *changes;
        gs_row *part = (gs_row *)call->parts[i];
        status = save_row(call, part, &changes, hash);
        if (!status && changes)
            note_part(&also->json, part, hash);
    }
    return status;
}

static govsvc_status take_transition(gs_call *call, gs_row *row, const gs_flow *flow,
                                     const gs_transition *transition, const char *opinion)
{
    char hash[2 * GS_SM3_SIZE + 1];
    const char *changes;
    gs_also also = {.json.arena = call->work.arena};
    govsvc_journal_entry entry = {.action = transition->action,
                                  .row_hash = hash,
                                  .opinion = opinion,
                                  .from_state = state_name(flow->record, transition->from)};
    if (transition->to)
        *state_of(row) = transition->to;
    entry.to_state = state_name(flow->record, *state_of(row));
    if (transition->stamp)
        *(int64_t *)((char *)row->at + transition->stamp) = call->occurred_at;
    call->outcome = row->fresh ? GS_ADDED : GS_CHANGED;
    row->touched = true; /* a step always leaves a new revision */
    gs_clock_changes clocks;
    govsvc_status status = gs_clocks_prepare(call, row, flow, transition, &clocks);
    if (!status) {
        gs_set_wait(flow, row, transition->from, (const gs_row *const *)clocks.rows, clocks.count);
        status = save_row(call, row, &changes, hash);
    }
    if (!status)
        status = gs_clocks_save(&clocks, &also);
    if (!status)
        status = save_parts(call, &also);
    if (status)
        return status;
    entry.payload = payload_of(call, changes, &also);
    status = record_entry(call, row, &entry);
    return status || !call->operation->after ? status : call->operation->after(call, row);
}

/* ---- the kinds of operation -------------------------------------------------------------------------- */

static govsvc_status substance(gs_call *call, gs_row *row)
{
    govsvc_status status = call->operation->substance ? call->operation->substance(call, row) : GOVSVC_OK;
    if (!status)
        status = gs_problems_status(call->work.problems);
    return status;
}

govsvc_status gs_create(gs_call *call)
{
    const gs_operation *operation = call->operation;
    const gs_record *record = operation->flow->record;
    const gs_transition *first;
    gs_row *row = gs_row_new(&call->work, gs_table_of(call->host, record));
    if (!row)
        return GOVSVC_NO_MEMORY;
    gs_record_share(record, row->at, operation->in, call->in);
    govsvc_status status = choose_transition(call, row, NULL, &first);
    if (!status)
        status = substance(call, row);
    if (!status)
        status = authorise(call, first->roles, record, row->at);
    if (!status)
        status = check_mandate(call, first, row);
    if (!status)
        status = take_transition(call, row, operation->flow, first, NULL);
    return status ? status : gs_answer_brief(call, row);
}

static const gs_actor system_actor = {.id = "system", .roles = GS_ROLE_SYSTEM};

/* When something happens to the case of itself; NOT_FOUND: nothing does. While a length stands still its
 * end is not known, but a date comes all the same. */
static govsvc_status timer_of(const gs_call *call, const gs_row *row, const gs_clock_spec *spec, int64_t *at)
{
    const gs_head *head = gs_row_head(row);
    govsvc_value values[] = {gs_integer(head->tenant), gs_integer(head->id), gs_text(spec->kind)};
    return gs_query_integer(call->work.connection,
                            "SELECT timer_at FROM {clock} WHERE tenant = $1 AND subject = $2 AND kind = $3 "
                            "AND stopped_at IS NULL AND (state = 'running' OR unit IS NULL)",
                            values, 3, at);
}

/* Does this clock's timer come before what is known to come next? Then *next is the call of its step. */
static govsvc_status consider_timer(const gs_call *call, const gs_row *row, const gs_flow *flow,
                                    const gs_clock_spec *spec, gs_call *next)
{
    gs_call timer = *call;
    timer.operation = gs_operation_find(call->host, spec->timer);
    timer.actor = &system_actor;
    timer.request_key = NULL;
    if (timer.operation == call->operation ||
        !row_from(flow->transitions, action_of(timer.operation), *state_of(row)))
        return GOVSVC_OK;
    govsvc_status status = timer_of(call, row, spec, &timer.occurred_at);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    bool due = timer.occurred_at <= call->occurred_at;
    bool first = !next->operation || timer.occurred_at < next->occurred_at;
    if (due && first && find_transition(&timer, row, flow))
        *next = timer;
    return GOVSVC_OK;
}

/* Within a call, a step that is not the one it asked for. */
static govsvc_status take_own_step(gs_call *call, gs_call *own, gs_row *row, const char *opinion)
{
    const gs_flow *flow = own->operation->flow;
    const gs_transition *transition = find_transition(own, row, flow);
    if (!transition)
        return refuse_state(call, flow, action_of(own->operation), state_of_case(row));
    govsvc_status status = gs_guard(call);
    own->guarded = call->guarded;
    own->effect_count = own->part_count = 0;
    if (!status)
        status = substance(own, row);
    return status ? status : take_transition(own, row, flow, transition, opinion);
}

govsvc_status gs_take_step(gs_call *call, gs_row *row, const char *operation, const char *opinion)
{
    gs_call own = *call;
    own.operation = gs_operation_find(call->host, operation);
    own.actor = &system_actor;
    own.request_key = NULL;
    own.by_timer = false;
    return take_own_step(call, &own, row, opinion);
}

/* Asked once, before each timer is: mostly there is none. The sum keeps the query on the case's own clocks, away
 * from the index of every timer there is. */
static govsvc_status any_timer_due(const gs_call *call, const gs_row *row, bool *due)
{
    const gs_head *head = gs_row_head(row);
    govsvc_value values[] = {gs_integer(head->tenant), gs_integer(head->id), gs_integer(call->occurred_at)};
    int64_t at;
    govsvc_status status =
        gs_query_integer(call->work.connection,
                         "SELECT timer_at FROM {clock} WHERE tenant = $1 AND subject = $2 AND "
                         "stopped_at IS NULL AND timer_at + 0 <= $3 LIMIT 1",
                         values, 3, &at);
    *due = !status;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

/* What the law did of itself has happened, even if nobody has ticked since: the timers' steps come first, one
 * after the other, each at its own moment and by the system. A refusal of what was asked for undoes them;
 * tick does them again. */
static govsvc_status take_due_timers(gs_call *call, gs_row *row, const gs_flow *flow)
{
    enum { AT_ONCE = 20 }; /* the others are left to tick */
    bool due = false;
    govsvc_status status = flow->clocks ? any_timer_due(call, row, &due) : GOVSVC_OK;
    for (int i = 0; i < AT_ONCE && due && !status; i++) {
        gs_call next = {.operation = NULL};
        for (const gs_clock_spec *spec = flow->clocks; spec && spec->kind && !status; spec++)
            if (spec->timer)
                status = consider_timer(call, row, flow, spec, &next);
        if (status || !next.operation)
            break;
        status = take_own_step(call, &next, row, NULL);
    }
    return status;
}

/* Since tick saw this timer due somebody may have moved the case, or its end. */
static govsvc_status check_timer(gs_call *call, const gs_row *row, const gs_flow *flow)
{
    const char *name = call->operation->name;
    govsvc_status status = GOVSVC_OK;
    for (const gs_clock_spec *spec = flow->clocks; spec->kind && !status; spec++) {
        int64_t at = GOVSVC_ABSENT;
        if (!spec->timer || strcmp(spec->timer, name) != 0)
            continue;
        status = timer_of(call, row, spec, &at);
        if (at == call->occurred_at)
            return GOVSVC_OK;
        status = status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    }
    return status ? status : refuse_state(call, flow, action_of(call->operation), *state_of(row));
}

govsvc_status gs_step(gs_call *call)
{
    const govsvc_step *in = call->in;
    const gs_flow *flow = call->operation->flow;
    const gs_transition *transition;
    gs_row *row;
    govsvc_status status = gs_load_readable(call, flow->record, in->id, &row);
    if (status)
        return status;
    if (in->revision != GOVSVC_ABSENT && in->revision != gs_row_head(row)->revision) {
        status = check_taken(call, row, flow);
        return status ? status : refuse_revision(call, gs_row_head(row)->revision, in->revision);
    }
    status = take_due_timers(call, row, flow);
    if (!status && call->by_timer)
        status = check_timer(call, row, flow);
    if (!status)
        status = choose_transition(call, row, row->at, &transition);
    if (!status)
        status = check_mandate(call, transition, row);
    if (!status)
        status = check_clock(call, row);
    if (!status)
        status = substance(call, row);
    if (!status)
        status = take_transition(call, row, flow, transition, in->opinion);
    return status ? status : gs_answer_brief(call, row);
}

govsvc_status gs_put(gs_call *call)
{
    const gs_operation *operation = call->operation;
    const gs_table *table = gs_table_of(call->host, operation->out);
    govsvc_status status = authorise(call, operation->roles, operation->out, NULL);
    if (status)
        return status;
    void *draft = gs_arena_alloc(call->work.arena, operation->out->size);
    if (!draft)
        return GOVSVC_NO_MEMORY;
    gs_record_init(operation->out, draft);
    gs_record_share(operation->out, draft, operation->in, call->in);
    gs_row *row;
    status = gs_row_load_by_key(&call->work, table, draft, &row);
    if (status == GOVSVC_NOT_FOUND) {
        row = gs_row_new(&call->work, table);
        status = row ? GOVSVC_OK : GOVSVC_NO_MEMORY;
    }
    if (!status)
        status = gs_row_open(row, true);
    if (status)
        return status;
    gs_record_share(operation->out, row->at, operation->in, call->in);
    status = substance(call, row);
    if (!status)
        status = gs_save(call, row, action_of(operation));
    return status ? status : gs_answer_brief(call, row);
}

govsvc_status gs_answer_again(gs_call *call, int64_t subject)
{
    const gs_operation *operation = call->operation;
    const gs_record *record = operation->flow ? operation->flow->record : operation->out;
    uint32_t roles =
        operation->flow ? roles_of_action(operation->flow, action_of(operation)) : operation->roles;
    gs_row *row;
    govsvc_status status = gs_load_readable(call, record, subject, &row);
    if (!status)
        status = authorise(call, roles, record, row->at);
    return status ? status : gs_answer_brief(call, row);
}
