#include "by_hand_rows.h"

#include <stdio.h>
#include <string.h>

const char *const personal_names[PERSONAL] = {"title", "decision_reason", "applicant_name", "applicant_id",
                                              "phone", "address", "form"};
const char *const mark_names[PERSONAL] = {"title_mark", "decision_reason_mark", "applicant_name_mark",
                                          "applicant_id_mark", "phone_mark", "address_mark", "form_mark"};

/* What a step sets besides state, revision and time. */
static const char *const also_set[HAND_ACTIONS] = {
    [HAND_RECEIVE] = ", received_at = ?7, waits = ?8, due_at = ?9",
    [HAND_ACCEPT] = ", accepted_at = ?7, waits = ?8, due_at = ?9, open_parts = ?10",
    [HAND_REVIEW] = "",
    [HAND_CONCLUDE] = ", open_parts = ?7, waits = ?8",
    [HAND_DECIDE] = ", decided_at = ?7, waits = ?8, due_at = ?9, outcome = ?10, decision_reason = ?11, "
                    "decision_reason_mark = ?12",
    [HAND_CLOSE] = ", closed_at = ?7, waits = ?8",
    [HAND_DELIVER] = ", delivered_at = ?7, waits = ?8, due_at = ?9",
};

static const char *const sql[UPDATE_APPLICATION] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [SAVEPOINT] = "SAVEPOINT member",
    [RELEASE] = "RELEASE member",
    [PUBLISHED] = "SELECT id FROM gs_matter WHERE tenant = 4500 AND code = ?1 AND state = 'effective'",
    [INSERT_APPLICATION] =
        "INSERT INTO gs_application (id, tenant, revision, created_at, updated_at, state, matter_id, matter_version, "
        "applicant_kind, channel, submitted_at, number, matter, matter_name, organ, division, owner, materials, salt, "
        "applicant_id_find, title, title_mark, applicant_name, applicant_name_mark, applicant_id, applicant_id_mark, "
        "phone, phone_mark, address, address_mark, form, form_mark, reception, waits) VALUES (?1, 4501, ?2, ?3, ?4, ?5, ?6, ?7, "
        "'natural_person', 'window', ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, "
        "?24, ?25, ?26, ?27, ?28, ?29, '450100', 'receive')",
    [SELECT_APPLICATION] =
        "SELECT id, revision, created_at, updated_at, matter_id, matter_version, submitted_at, received_at, "
        "accepted_at, decided_at, closed_at, delivered_at, due_at, open_parts, state, outcome, number, matter, matter_name, organ, division, owner, "
        "materials, waits, reception, salt, title_mark, decision_reason_mark, applicant_name_mark, applicant_id_mark, phone_mark, "
        "address_mark, form_mark FROM gs_application WHERE id = ?1 AND tenant = 4501",
    [INSERT_CLOCK] =
        "INSERT INTO gs_clock (id, tenant, revision, created_at, updated_at, subject, state, unit, amount, "
        "started_at, due_at, timer_at, kind, subject_kind, division, basis, due_date, told) VALUES (?1, 4501, 1, ?2, "
        "?2, ?3, 'running', 'working_days', ?4, ?2, ?5, ?6, ?7, 'application', ?8, ?9, ?10, ?11)",
    [SELECT_CLOCK] =
        "SELECT id, revision, created_at, updated_at, subject, amount, started_at, due_at, state, kind, division, "
        "basis, due_date, told FROM gs_clock WHERE tenant = 4501 AND subject = ?1 AND kind = ?2 AND stopped_at IS NULL",
    [STOP_CLOCK] = "UPDATE gs_clock SET revision = ?1, updated_at = ?2, state = ?3, stopped_at = ?4, timer_at = NULL "
                   "WHERE id = ?5 AND tenant = 4501 AND revision = ?6",
    [INSERT_REVIEW] =
        "INSERT INTO gs_review (id, tenant, revision, created_at, updated_at, state, application, round, due_at, stage, "
        "stage_name, post, organ, desk) VALUES (?1, 4501, 1, ?2, ?2, 'open', ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9)",
    [SELECT_REVIEW] =
        "SELECT id, revision, created_at, application, due_at, stage, stage_name, post, organ FROM gs_review WHERE "
        "tenant = 4501 AND application = ?1 AND state = 'open'",
    [FINISH_REVIEW] = "UPDATE gs_review SET revision = ?1, updated_at = ?2, done_at = ?2, state = ?3, reviewer = ?4, "
                      "desk = NULL WHERE id = ?5 AND tenant = 4501 AND revision = ?6",
    [INSERT_ENTRY] =
        "INSERT INTO gs_journal_entry (id, tenant, occurred_at, recorded_at, subject, revision, kind, action, "
        "from_state, to_state, actor, payload, row_hash, opinion, opinion_mark, salt) VALUES (?1, 4501, ?2, ?2, ?3, ?4, 'application', ?5, ?6, ?7, "
        "?8, ?9, ?10, ?11, ?12, ?13)",
};

/* ---- statements -------------------------------------------------------------------------------------- */

bool prepare_all(hand *h)
{
    int code = SQLITE_OK;
    for (int i = 0; i < STATEMENTS && code == SQLITE_OK; i++) {
        char update[300];
        if (i >= UPDATE_APPLICATION)
            snprintf(update, sizeof update, "UPDATE gs_application SET revision = ?1, updated_at = ?2, state = ?3%s WHERE "
                                            "id = ?4 AND tenant = ?5 AND revision = ?6",
                     also_set[i - UPDATE_APPLICATION]);
        code = sqlite3_prepare_v3(h->db, i < UPDATE_APPLICATION ? sql[i] : update, -1, SQLITE_PREPARE_PERSISTENT,
                                  &h->statements[i], NULL);
    }
    return code == SQLITE_OK;
}

static void bind_time(sqlite3_stmt *s, int at, int64_t value)
{
    if (value)
        sqlite3_bind_int64(s, at, value);
    else
        sqlite3_bind_null(s, at);
}

static void bind_words(sqlite3_stmt *s, int at, const char *words)
{
    sqlite3_bind_text(s, at, words, -1, SQLITE_STATIC);
}

bool run(hand *h, int which)
{
    int code = sqlite3_step(h->statements[which]);
    sqlite3_reset(h->statements[which]);
    return code == SQLITE_DONE;
}

static void bind_integers(sqlite3_stmt *s, int at, const int64_t *values, int count)
{
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(s, at + i, values[i]);
}

static void bind_all_words(sqlite3_stmt *s, int at, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        bind_words(s, at + i, words[i]);
}

static bool run_on_one(hand *h, int which)
{
    return run(h, which) && sqlite3_changes(h->db) == 1;
}

/* 41 bits of milliseconds since 2020, 10 of node (1), 12 of sequence. */
int64_t next_id(hand *h)
{
    int64_t ms = h->side->now - INT64_C(1577836800000);
    h->sequence = ms > h->last_ms ? 0 : h->sequence + 1;
    h->last_ms = ms > h->last_ms ? ms : h->last_ms;
    return h->last_ms << 22 | 1 << 12 | h->sequence;
}

const char *keep(hand *h, const void *bytes, size_t size)
{
    if (!bytes)
        return NULL;
    const char *copy = h->kept.at + h->kept.size;
    add_bytes(&h->kept, bytes, size);
    add_bytes(&h->kept, "", 1);
    return copy;
}

static const char *kept_column(hand *h, sqlite3_stmt *from, int column)
{
    const void *bytes = sqlite3_column_blob(from, column);
    return keep(h, bytes, (size_t)sqlite3_column_bytes(from, column));
}

/* ---- applications ------------------------------------------------------------------------------------ */

bool is_published(hand *h, const char *code)
{
    sqlite3_stmt *s = h->statements[PUBLISHED];
    bind_words(s, 1, code);
    bool found = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int64(s, 0) == h->matter.id;
    sqlite3_reset(s);
    return found;
}

bool seal(hand *h, application *a, int which, const char *value)
{
    hand_place place = {TENANT, a->id, "application", personal_names[which]};
    unsigned char nonce[16], mark[SM3_SIZE], sealed[4096];
    size_t size = strlen(value);
    if (size + SEAL_EXTRA > sizeof sealed || !hand_mark(&h->keys, &place, a->salt, value, size, mark) ||
        !h->side->random(h->side->random_context, nonce, sizeof nonce) ||
        !hand_seal(&h->keys, &place, nonce, value, size, sealed))
        return false;
    a->marks[which] = (const unsigned char *)keep(h, mark, SM3_SIZE);
    a->sealed[which] = (const unsigned char *)keep(h, sealed, size + SEAL_EXTRA);
    a->sealed_sizes[which] = size + SEAL_EXTRA;
    return true;
}

static void bind_personal(sqlite3_stmt *s, int at, const application *a, int which)
{
    sqlite3_bind_blob(s, at, a->sealed[which], (int)a->sealed_sizes[which], SQLITE_STATIC);
    sqlite3_bind_blob(s, at + 1, a->marks[which], SM3_SIZE, SQLITE_STATIC);
}

bool insert_application(hand *h, const application *a)
{
    sqlite3_stmt *s = h->statements[INSERT_APPLICATION];
    bind_integers(s, 1, (const int64_t[]){a->id, a->revision, a->created_at, a->updated_at}, 4);
    bind_words(s, 5, a->state);
    bind_integers(s, 6, (const int64_t[]){a->matter_id, a->matter_version, a->submitted_at}, 3);
    bind_all_words(s, 9, (const char *const[]){a->number, a->matter, a->matter_name, a->organ, a->division, a->owner,
                                               a->materials}, 7);
    sqlite3_bind_blob(s, 16, a->salt, SALT_SIZE, SQLITE_STATIC);
    sqlite3_bind_blob(s, 17, a->find, SM3_SIZE, SQLITE_STATIC);
    bind_personal(s, 18, a, TITLE);
    for (int i = NAME; i < PERSONAL; i++)
        bind_personal(s, 20 + 2 * (i - NAME), a, i);
    return run(h, INSERT_APPLICATION);
}

bool load_application(hand *h, int64_t id, application *a)
{
    enum { NUMBERS = 14, TEXTS = 11 };
    sqlite3_stmt *s = h->statements[SELECT_APPLICATION];
    int64_t *const numbers[NUMBERS] = {&a->id, &a->revision, &a->created_at, &a->updated_at, &a->matter_id,
                                       &a->matter_version, &a->submitted_at, &a->received_at, &a->accepted_at,
                                       &a->decided_at, &a->closed_at, &a->delivered_at, &a->due_at,
                                       &a->open_parts};
    const char **const texts[TEXTS] = {&a->state, &a->outcome, &a->number, &a->matter, &a->matter_name, &a->organ,
                                       &a->division, &a->owner, &a->materials, &a->waits, &a->reception};
    sqlite3_bind_int64(s, 1, id);
    bool found = sqlite3_step(s) == SQLITE_ROW;
    for (int i = 0; found && i < NUMBERS; i++)
        *numbers[i] = sqlite3_column_int64(s, i);
    for (int i = 0; found && i < TEXTS; i++)
        *texts[i] = kept_column(h, s, NUMBERS + i);
    if (found && sqlite3_column_type(s, NUMBERS - 1) == SQLITE_NULL)
        a->open_parts = -1;
    a->salt = found ? (const unsigned char *)kept_column(h, s, NUMBERS + TEXTS) : NULL;
    for (int i = 0; found && i < PERSONAL; i++)
        a->marks[i] = (const unsigned char *)kept_column(h, s, NUMBERS + TEXTS + 1 + i);
    sqlite3_reset(s);
    return found;
}

bool update_application(hand *h, hand_action action, const application *a, int64_t seen)
{
    sqlite3_stmt *s = h->statements[UPDATE_APPLICATION + action];
    bind_integers(s, 1, (const int64_t[]){a->revision, a->updated_at}, 2);
    bind_words(s, 3, a->state);
    bind_integers(s, 4, (const int64_t[]){a->id, TENANT, seen}, 3);
    if (action == HAND_REVIEW)
        return run_on_one(h, UPDATE_APPLICATION + action);
    sqlite3_bind_int64(s, 7, action == HAND_CONCLUDE ? a->open_parts : h->side->now);
    bind_words(s, 8, a->waits);
    if (action != HAND_CONCLUDE && action != HAND_CLOSE)
        bind_time(s, 9, a->due_at);
    if (action == HAND_ACCEPT)
        sqlite3_bind_int64(s, 10, a->open_parts);
    if (action == HAND_DECIDE) {
        bind_words(s, 10, a->outcome);
        bind_personal(s, 11, a, REASON);
    }
    return run_on_one(h, UPDATE_APPLICATION + action);
}

/* ---- clocks ------------------------------------------------------------------------------------------ */

bool insert_clock(hand *h, const clock_row *c)
{
    sqlite3_stmt *s = h->statements[INSERT_CLOCK];
    bind_integers(s, 1, (const int64_t[]){c->id, c->created_at, c->subject, c->amount, c->due_at}, 5);
    bind_time(s, 6, c->timer_at);
    bind_all_words(s, 7, (const char *const[]){c->kind, c->division, c->basis, c->due_date, c->told}, 5);
    return run(h, INSERT_CLOCK);
}

bool load_clock(hand *h, int64_t subject, const char *kind, clock_row *c)
{
    sqlite3_stmt *s = h->statements[SELECT_CLOCK];
    int64_t *const numbers[] = {&c->id, &c->revision, &c->created_at, &c->updated_at, &c->subject, &c->amount,
                                &c->started_at, &c->due_at};
    const char **const texts[] = {&c->state, &c->kind, &c->division, &c->basis, &c->due_date, &c->told};
    sqlite3_bind_int64(s, 1, subject);
    bind_words(s, 2, kind);
    bool found = sqlite3_step(s) == SQLITE_ROW;
    for (int i = 0; found && i < 8; i++)
        *numbers[i] = sqlite3_column_int64(s, i);
    for (int i = 0; found && i < 6; i++)
        *texts[i] = kept_column(h, s, 8 + i);
    sqlite3_reset(s);
    return found;
}

bool update_stopped_clock(hand *h, const clock_row *c)
{
    sqlite3_stmt *s = h->statements[STOP_CLOCK];
    bind_integers(s, 1, (const int64_t[]){c->revision, c->updated_at}, 2);
    bind_words(s, 3, c->state);
    bind_integers(s, 4, (const int64_t[]){c->stopped_at, c->id, c->revision - 1}, 3);
    return run_on_one(h, STOP_CLOCK);
}

/* ---- reviews ----------------------------------------------------------------------------------------- */

bool insert_review(hand *h, const review_row *r)
{
    sqlite3_stmt *s = h->statements[INSERT_REVIEW];
    bind_integers(s, 1, (const int64_t[]){r->id, r->created_at, r->application, r->due_at}, 4);
    bind_all_words(s, 5, (const char *const[]){r->stage, r->stage_name, r->post, r->organ, r->desk}, 5);
    return run(h, INSERT_REVIEW);
}

bool load_review(hand *h, int64_t subject, review_row *r)
{
    sqlite3_stmt *s = h->statements[SELECT_REVIEW];
    int64_t *const numbers[] = {&r->id, &r->revision, &r->created_at, &r->application, &r->due_at};
    const char **const texts[] = {&r->stage, &r->stage_name, &r->post, &r->organ};
    sqlite3_bind_int64(s, 1, subject);
    bool found = sqlite3_step(s) == SQLITE_ROW;
    for (int i = 0; found && i < 5; i++)
        *numbers[i] = sqlite3_column_int64(s, i);
    for (int i = 0; found && i < 4; i++)
        *texts[i] = kept_column(h, s, 5 + i);
    sqlite3_reset(s);
    return found;
}

bool update_finished_review(hand *h, const review_row *r)
{
    sqlite3_stmt *s = h->statements[FINISH_REVIEW];
    bind_integers(s, 1, (const int64_t[]){r->revision, r->updated_at}, 2);
    bind_all_words(s, 3, (const char *const[]){r->state, r->reviewer}, 2);
    bind_integers(s, 5, (const int64_t[]){r->id, r->revision - 1}, 2);
    return run_on_one(h, FINISH_REVIEW);
}

/* ---- the journal ------------------------------------------------------------------------------------- */

/* What was said is sealed under a salt of its own. */
static bool bind_opinion(hand *h, int64_t id, const char *opinion)
{
    sqlite3_stmt *s = h->statements[INSERT_ENTRY];
    hand_place place = {TENANT, id, "journal_entry", "opinion"};
    unsigned char salt[SALT_SIZE], nonce[16], mark[SM3_SIZE], sealed[4096];
    size_t size = opinion ? strlen(opinion) : 0;
    for (int i = 11; !opinion && i <= 13; i++)
        sqlite3_bind_null(s, i);
    if (!opinion)
        return true;
    if (size + SEAL_EXTRA > sizeof sealed || !h->side->random(h->side->random_context, salt, sizeof salt) ||
        !h->side->random(h->side->random_context, nonce, sizeof nonce) ||
        !hand_mark(&h->keys, &place, salt, opinion, size, mark) ||
        !hand_seal(&h->keys, &place, nonce, opinion, size, sealed))
        return false;
    sqlite3_bind_blob(s, 11, keep(h, sealed, size + SEAL_EXTRA), (int)size + SEAL_EXTRA, SQLITE_STATIC);
    sqlite3_bind_blob(s, 12, keep(h, mark, SM3_SIZE), SM3_SIZE, SQLITE_STATIC);
    sqlite3_bind_blob(s, 13, keep(h, salt, SALT_SIZE), SALT_SIZE, SQLITE_STATIC);
    return true;
}

bool insert_entry(hand *h, const entry *e)
{
    sqlite3_stmt *s = h->statements[INSERT_ENTRY];
    int64_t id = next_id(h);
    bind_integers(s, 1, (const int64_t[]){id, h->side->now, e->subject, e->revision}, 4);
    bind_all_words(s, 5, (const char *const[]){e->action, e->from, e->to, "c1"}, 4);
    sqlite3_bind_text(s, 9, h->payload.at, (int)h->payload.size, SQLITE_STATIC);
    sqlite3_bind_text(s, 10, e->hash, 64, SQLITE_STATIC);
    return bind_opinion(h, id, e->opinion) && run(h, INSERT_ENTRY);
}
