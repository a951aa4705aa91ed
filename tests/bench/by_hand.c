#include "by_hand.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "by_hand_keys.h"
#include "by_hand_text.h"
#include "govsvc.h"

enum { TENANT = 4501, FIRST_DAY = 20454 /* 2026-01-01 */, DAYS = 730 };
static const char ORGAN[] = "11440232MB2D06811W", ACTOR[] = "c1";

typedef struct matter {
    int64_t id, version, statutory, promised;
    char code[40], name[400], organ[20], division[16];
} matter;

enum { NAME, NUMBER, PHONE, ADDRESS, FORM, PERSONAL };
static const char *const personal_names[PERSONAL] = {"applicant_name", "applicant_id", "phone", "address", "form"};
static const char *const mark_names[PERSONAL] = {"applicant_name_mark", "applicant_id_mark", "phone_mark",
                                                 "address_mark", "form_mark"};

/* Times are 0 and texts NULL where there are none. */
typedef struct application {
    int64_t id, revision, created_at, updated_at, matter_id, matter_version;
    int64_t submitted_at, received_at, accepted_at, decided_at, closed_at;
    const char *state, *outcome, *number, *matter, *matter_name, *title, *organ, *division, *owner;
    const char *decision_reason, *materials;
    const unsigned char *marks[PERSONAL];
} application;

typedef struct clock_row {
    int64_t id, revision, created_at, updated_at, subject, amount, started_at, due_at, stopped_at, timer_at;
    const char *state, *kind, *division, *basis, *due_date, *told;
} clock_row;

typedef struct entry {
    int64_t subject, revision;
    const char *action, *from, *to, *hash;
} entry;

static const struct {
    const char *action, *from, *to, *set;
} steps[HAND_ACTIONS] = {
    [HAND_RECEIVE] = {"receive", "submitted", "received", ", received_at = ?7"},
    [HAND_ACCEPT] = {"accept", "received", "accepted", ", accepted_at = ?7"},
    [HAND_REVIEW] = {"review", "accepted", "in_review", ""},
    [HAND_DECIDE] = {"decide", "in_review", "decided", ", decided_at = ?7, outcome = ?8, decision_reason = ?9"},
    [HAND_CLOSE] = {"close", "decided", "closed", ", closed_at = ?7"},
};

enum { BEGIN, COMMIT, PUBLISHED, INSERT_APPLICATION, SELECT_APPLICATION, INSERT_CLOCK, SELECT_CLOCK, STOP_CLOCK,
       INSERT_ENTRY, UPDATE_APPLICATION, STATEMENTS = UPDATE_APPLICATION + HAND_ACTIONS };

static const char *const sql[UPDATE_APPLICATION] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [PUBLISHED] = "SELECT id FROM gs_matter WHERE tenant = 4500 AND code = ?1 AND state = 'published'",
    [INSERT_APPLICATION] =
        "INSERT INTO gs_application (id, tenant, revision, created_at, updated_at, state, matter_id, matter_version, "
        "applicant_kind, channel, submitted_at, number, matter, matter_name, title, organ, division, owner, "
        "applicant_name, applicant_name_mark, applicant_id, applicant_id_mark, phone, phone_mark, address, "
        "address_mark, form, form_mark, applicant_id_find, materials, salt) VALUES (?1, 4501, ?2, ?3, ?4, ?5, ?6, ?7, "
        "'natural_person', 'window', ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?28, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, "
        "?23, ?24, ?25, ?26, ?27)",
    [SELECT_APPLICATION] =
        "SELECT id, revision, created_at, updated_at, matter_id, matter_version, submitted_at, received_at, "
        "accepted_at, decided_at, closed_at, state, outcome, number, matter, matter_name, title, organ, division, "
        "owner, decision_reason, materials, applicant_name_mark, applicant_id_mark, phone_mark, address_mark, "
        "form_mark FROM gs_application WHERE id = ?1 AND tenant = 4501",
    [INSERT_CLOCK] =
        "INSERT INTO gs_clock (id, tenant, revision, created_at, updated_at, subject, state, unit, amount, "
        "started_at, due_at, timer_at, kind, subject_kind, division, basis, due_date, told) VALUES (?1, 4501, 1, ?2, "
        "?2, ?3, 'running', 'working_days', ?4, ?2, ?5, ?6, ?7, 'application', ?8, ?9, ?10, ?11)",
    [SELECT_CLOCK] =
        "SELECT id, revision, created_at, updated_at, subject, amount, started_at, due_at, state, kind, division, "
        "basis, due_date, told FROM gs_clock WHERE tenant = 4501 AND subject = ?1 AND kind = ?2 AND stopped_at IS NULL",
    [STOP_CLOCK] = "UPDATE gs_clock SET revision = ?1, updated_at = ?2, state = ?3, stopped_at = ?4, timer_at = NULL "
                   "WHERE id = ?5 AND tenant = 4501 AND revision = ?6",
    [INSERT_ENTRY] =
        "INSERT INTO gs_journal_entry (id, tenant, occurred_at, recorded_at, subject, revision, kind, action, "
        "from_state, to_state, actor, payload, row_hash) VALUES (?1, 4501, ?2, ?2, ?3, ?4, 'application', ?5, ?6, ?7, "
        "?8, ?9, ?10)",
};

struct hand {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    hand_keys keys;
    bench_side *side;
    matter matter;
    bool working[DAYS];
    int64_t last_ms, sequence;
    text row;     /* what is hashed */
    text payload; /* what the journal gets */
    text kept;    /* texts of the rows that are in hand */
};

/* ---- keeping -------------------------------------------------------------------------------------------- */

/* A copy that lives as long as the step. */
static const char *keep(hand *h, const void *bytes, size_t size)
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

/* ---- the hash of a row --------------------------------------------------------------------------------- */

static void hash_integer(text *to, const char *name, int64_t value)
{
    unsigned char bytes[8];
    if (!value)
        return;
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> 8 * i);
    add_bytes(to, name, strlen(name) + 1);
    add_bytes(to, "i", 1);
    add_bytes(to, bytes, 8);
}

static void hash_bytes(text *to, const char *name, char kind, const void *value, size_t size)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)size >> 8 * i);
    add_bytes(to, name, strlen(name) + 1);
    add_bytes(to, &kind, 1);
    add_bytes(to, length, 8);
    add_bytes(to, value, size);
}

static void hash_text(text *to, const char *name, const char *value)
{
    if (value)
        hash_bytes(to, name, 't', value, strlen(value));
}

static bool finish_hash(hand *h, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[SM3_SIZE];
    if (!hand_sm3(&h->keys, h->row.at, h->row.size, digest))
        return false;
    for (int i = 0; i < SM3_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
    return true;
}

static void hash_head(text *row, int64_t id, int64_t revision, int64_t created_at, int64_t updated_at)
{
    row->size = 0;
    hash_integer(row, "id", id);
    hash_integer(row, "tenant", TENANT);
    hash_integer(row, "revision", revision);
    hash_integer(row, "created_at", created_at);
    hash_integer(row, "updated_at", updated_at);
}

static bool hash_application(hand *h, const application *a, char hex[65])
{
    text *row = &h->row;
    hash_head(row, a->id, a->revision, a->created_at, a->updated_at);
    hash_text(row, "state", a->state);
    hash_integer(row, "matter_id", a->matter_id);
    hash_integer(row, "matter_version", a->matter_version);
    hash_text(row, "applicant_kind", "natural_person");
    hash_text(row, "channel", "window");
    hash_text(row, "outcome", a->outcome);
    hash_integer(row, "submitted_at", a->submitted_at);
    hash_integer(row, "received_at", a->received_at);
    hash_integer(row, "accepted_at", a->accepted_at);
    hash_integer(row, "decided_at", a->decided_at);
    hash_integer(row, "closed_at", a->closed_at);
    hash_text(row, "number", a->number);
    hash_text(row, "matter", a->matter);
    hash_text(row, "matter_name", a->matter_name);
    hash_text(row, "title", a->title);
    hash_text(row, "organ", a->organ);
    hash_text(row, "division", a->division);
    hash_text(row, "owner", a->owner);
    hash_text(row, "decision_reason", a->decision_reason);
    for (int i = 0; i < PERSONAL; i++)
        if (a->marks[i])
            hash_bytes(row, mark_names[i], 'b', a->marks[i], SM3_SIZE);
    hash_text(row, "materials", a->materials);
    return finish_hash(h, hex);
}

static bool hash_clock(hand *h, const clock_row *c, char hex[65])
{
    text *row = &h->row;
    hash_head(row, c->id, c->revision, c->created_at, c->updated_at);
    hash_integer(row, "subject", c->subject);
    hash_text(row, "state", c->state);
    hash_text(row, "unit", "working_days");
    hash_integer(row, "amount", c->amount);
    hash_integer(row, "started_at", c->started_at);
    hash_integer(row, "due_at", c->due_at);
    hash_integer(row, "stopped_at", c->stopped_at);
    hash_integer(row, "timer_at", c->timer_at);
    hash_text(row, "kind", c->kind);
    hash_text(row, "subject_kind", "application");
    hash_text(row, "division", c->division);
    hash_text(row, "basis", c->basis);
    hash_text(row, "due_date", c->due_date);
    hash_text(row, "told", c->told);
    return finish_hash(h, hex);
}

/* ---- statements ------------------------------------------------------------------------------------------ */

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

static bool run(hand *h, int which)
{
    int code = sqlite3_step(h->statements[which]);
    sqlite3_reset(h->statements[which]);
    return code == SQLITE_DONE;
}

static bool run_on_one(hand *h, int which)
{
    return run(h, which) && sqlite3_changes(h->db) == 1;
}

/* 41 bits of milliseconds since 2020, 10 of node (1), 12 of sequence. */
static int64_t next_id(hand *h)
{
    int64_t ms = h->side->now - INT64_C(1577836800000);
    h->sequence = ms > h->last_ms ? 0 : h->sequence + 1;
    h->last_ms = ms > h->last_ms ? ms : h->last_ms;
    return h->last_ms << 22 | 1 << 12 | h->sequence;
}

static bool write_entry(hand *h, const entry *e)
{
    sqlite3_stmt *s = h->statements[INSERT_ENTRY];
    sqlite3_bind_int64(s, 1, next_id(h));
    sqlite3_bind_int64(s, 2, h->side->now);
    sqlite3_bind_int64(s, 3, e->subject);
    sqlite3_bind_int64(s, 4, e->revision);
    bind_words(s, 5, e->action);
    bind_words(s, 6, e->from);
    bind_words(s, 7, e->to);
    bind_words(s, 8, ACTOR);
    sqlite3_bind_text(s, 9, h->payload.at, (int)h->payload.size, SQLITE_STATIC);
    sqlite3_bind_text(s, 10, e->hash, 64, SQLITE_STATIC);
    return run(h, INSERT_ENTRY);
}

/* ---- clocks ------------------------------------------------------------------------------------------------ */

/* The last of so many working days after today; false: beyond the table. */
static bool reckon(hand *h, clock_row *c, char date[32])
{
    int64_t day = (c->started_at + BEIJING_MS) / DAY_MS - FIRST_DAY;
    for (int64_t left = c->amount; left;)
        if (++day >= DAYS)
            return false;
        else
            left -= h->working[day];
    c->due_at = (day + 1 + FIRST_DAY) * DAY_MS - BEIJING_MS;
    format_time(c->due_at - 1, date);
    date[10] = '\0';
    c->due_date = date;
    return true;
}

static void note_clock(text *to, const clock_row *c, const char *hash, bool first)
{
    add(to, first ? ",\"also\":{\"clock:" : ",\"clock:");
    add_integer(to, c->id);
    add(to, "\":{\"kind\":\"");
    add(to, c->kind);
    add(to, "\",\"state\":\"");
    add(to, c->state);
    add(to, "\",\"due_date\":\"");
    add(to, c->due_date);
    add(to, "\",\"revision\":");
    add_integer(to, c->revision);
    add(to, ",\"hash\":\"");
    add_bytes(to, hash, 64);
    add(to, "\"}");
}

static const char *told_of(hand *h, const clock_row *c, const char *occasion)
{
    text *to = &h->kept;
    const char *told = to->at + to->size;
    add(to, "[{\"told_at\":");
    add_time(to, c->started_at);
    add(to, ",\"due_at\":");
    add_time(to, c->due_at);
    add(to, ",\"due_date\":\"");
    add(to, c->due_date);
    add(to, "\",\"occasion\":\"");
    add(to, occasion);
    add_bytes(to, "\"}]", 4);
    return told;
}

static bool start_clock(hand *h, const application *a, const char *kind, int64_t amount, const char *basis,
                        const char *occasion, bool first)
{
    sqlite3_stmt *s = h->statements[INSERT_CLOCK];
    char date[32], hash[65];
    clock_row c = {.id = next_id(h), .revision = 1, .created_at = h->side->now, .updated_at = h->side->now,
                   .subject = a->id, .amount = amount, .started_at = h->side->now, .state = "running", .kind = kind,
                   .division = a->division, .basis = basis};
    if (!reckon(h, &c, date))
        return false;
    if (strcmp(kind, "examination") == 0)
        c.timer_at = c.due_at;
    c.told = told_of(h, &c, occasion);
    sqlite3_bind_int64(s, 1, c.id);
    sqlite3_bind_int64(s, 2, h->side->now);
    sqlite3_bind_int64(s, 3, c.subject);
    sqlite3_bind_int64(s, 4, c.amount);
    sqlite3_bind_int64(s, 5, c.due_at);
    bind_time(s, 6, c.timer_at);
    bind_words(s, 7, c.kind);
    bind_words(s, 8, c.division);
    bind_words(s, 9, c.basis);
    bind_words(s, 10, c.due_date);
    bind_words(s, 11, c.told);
    if (!hash_clock(h, &c, hash) || !run(h, INSERT_CLOCK))
        return false;
    note_clock(&h->payload, &c, hash, first);
    return true;
}

static bool load_clock(hand *h, int64_t subject, const char *kind, clock_row *c)
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

static bool stop_clock(hand *h, int64_t subject, const char *kind, bool first)
{
    sqlite3_stmt *s = h->statements[STOP_CLOCK];
    clock_row c = {.id = 0};
    char hash[65];
    if (!load_clock(h, subject, kind, &c))
        return false;
    c.stopped_at = c.updated_at = h->side->now;
    c.state = h->side->now < c.due_at ? "met" : "late";
    c.revision++;
    sqlite3_bind_int64(s, 1, c.revision);
    sqlite3_bind_int64(s, 2, c.updated_at);
    bind_words(s, 3, c.state);
    sqlite3_bind_int64(s, 4, c.stopped_at);
    sqlite3_bind_int64(s, 5, c.id);
    sqlite3_bind_int64(s, 6, c.revision - 1);
    if (!hash_clock(h, &c, hash) || !run_on_one(h, STOP_CLOCK))
        return false;
    note_clock(&h->payload, &c, hash, first);
    return true;
}

static bool move_clocks(hand *h, hand_action action, const application *a)
{
    switch (action) {
    case HAND_RECEIVE:
        return start_clock(h, a, "examination", 5, "行政许可法 第三十二条", "receive", true);
    case HAND_ACCEPT:
        return stop_clock(h, a->id, "examination", true) &&
               start_clock(h, a, "decision", h->matter.statutory, "行政许可法 第四十二条", "accept", false) &&
               start_clock(h, a, "promised", h->matter.promised, "优化营商环境条例 第三十五条", "accept", false);
    case HAND_DECIDE:
        return stop_clock(h, a->id, "decision", true) && stop_clock(h, a->id, "promised", false) &&
               start_clock(h, a, "delivery", 10, "行政许可法 第四十四条", "decide", false);
    default:
        return true;
    }
}

/* ---- submission ---------------------------------------------------------------------------------------------- */

/* GB 11643: 17 digits and a check character. */
static bool citizen_id_holds(const char *id)
{
    int sum = 0;
    if (strlen(id) != 18 || strspn(id, "0123456789") < 17)
        return false;
    for (int i = 0; i < 17; i++)
        sum += (id[i] - '0') * ((1 << (17 - i)) % 11);
    return id[17] == "10X98765432"[sum % 11];
}

/* Division, day, identifier in base 36, and the check character of ISO/IEC 7064, MOD 37,36. */
static const char *number_of(hand *h, int64_t id)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char date[32], number[29];
    int product = 36;
    format_time(h->side->now, date);
    memcpy(number, h->matter.division, 6);
    memcpy(number + 6, date, 4), memcpy(number + 10, date + 5, 2), memcpy(number + 12, date + 8, 2);
    for (int i = 26; i >= 14; i--, id /= 36)
        number[i] = digits[id % 36];
    for (int i = 0; i < 27; i++) {
        int sum = (product + (int)(strchr(digits, number[i]) - digits)) % 36;
        product = (sum ? sum : 36) * 2 % 37;
    }
    number[27] = digits[(37 - product) % 36];
    return keep(h, number, 28);
}

static const char *materials_of(hand *h, const hand_material *m)
{
    text *to = &h->kept;
    const char *list = to->at + to->size;
    add(to, "[{\"copies\":1,\"code\":");
    add_quoted(to, m->code);
    add(to, ",\"name\":");
    add_quoted(to, m->name);
    add(to, ",\"digest\":");
    add_quoted(to, m->digest);
    add(to, ",\"place\":");
    add_quoted(to, m->place);
    add_bytes(to, "}]", 3);
    return list;
}

/* Seals the personal values, and binds them with their marks from parameter 15 on. */
static bool seal_all(hand *h, const hand_draft *draft, application *a)
{
    const char *values[PERSONAL] = {draft->applicant_name, draft->applicant_id, draft->phone, draft->address, draft->form};
    sqlite3_stmt *s = h->statements[INSERT_APPLICATION];
    unsigned char salt[SALT_SIZE], find[SM3_SIZE] = {0}, nonce[16], mark[SM3_SIZE], sealed[4096];
    bool done = h->side->random(h->side->random_context, salt, sizeof salt);
    for (int i = 0; done && i < PERSONAL; i++) {
        hand_place place = {TENANT, a->id, "application", personal_names[i]};
        size_t size = strlen(values[i]);
        done = size + SEAL_EXTRA <= sizeof sealed && hand_mark(&h->keys, &place, salt, values[i], size, mark) &&
               h->side->random(h->side->random_context, nonce, sizeof nonce) &&
               hand_seal(&h->keys, &place, nonce, values[i], size, sealed);
        if (done && i == NUMBER)
            done = hand_find(&h->keys, &place, values[i], size, find);
        const char *kept = keep(h, sealed, size + SEAL_EXTRA);
        a->marks[i] = (const unsigned char *)keep(h, mark, SM3_SIZE);
        sqlite3_bind_blob(s, 15 + 2 * i, kept, (int)size + SEAL_EXTRA, SQLITE_STATIC);
        sqlite3_bind_blob(s, 16 + 2 * i, a->marks[i], SM3_SIZE, SQLITE_STATIC);
    }
    sqlite3_bind_blob(s, 25, keep(h, find, SM3_SIZE), SM3_SIZE, SQLITE_STATIC);
    bind_words(s, 26, a->materials);
    sqlite3_bind_blob(s, 27, keep(h, salt, SALT_SIZE), SALT_SIZE, SQLITE_STATIC);
    return done;
}

static bool insert_application(hand *h, const application *a)
{
    sqlite3_stmt *s = h->statements[INSERT_APPLICATION];
    const int64_t numbers[] = {a->id, a->revision, a->created_at, a->updated_at};
    for (int i = 0; i < 4; i++)
        sqlite3_bind_int64(s, 1 + i, numbers[i]);
    bind_words(s, 5, a->state);
    sqlite3_bind_int64(s, 6, a->matter_id);
    sqlite3_bind_int64(s, 7, a->matter_version);
    sqlite3_bind_int64(s, 8, a->submitted_at);
    const char *const texts[] = {a->number, a->matter, a->matter_name, a->title, a->organ, a->division};
    for (int i = 0; i < 6; i++)
        bind_words(s, 9 + i, texts[i]);
    bind_words(s, 28, a->owner);
    return run(h, INSERT_APPLICATION);
}

static void add_member(text *to, const char *name, const char *value)
{
    if (!value)
        return;
    add(to, ",\"");
    add(to, name);
    add(to, "\":");
    add_quoted(to, value);
}

static void submission_payload(text *to, const application *a)
{
    static const char digits[] = "0123456789abcdef";
    to->size = 0;
    add(to, "{\"changes\":{\"state\":\"submitted\",\"matter_id\":\"");
    add_integer(to, a->matter_id);
    add(to, "\",\"matter_version\":");
    add_integer(to, a->matter_version);
    add(to, ",\"applicant_kind\":\"natural_person\",\"channel\":\"window\",\"submitted_at\":");
    add_time(to, a->submitted_at);
    add_member(to, "number", a->number);
    add_member(to, "matter", a->matter);
    add_member(to, "matter_name", a->matter_name);
    add_member(to, "title", a->title);
    add_member(to, "organ", a->organ);
    add_member(to, "division", a->division);
    add_member(to, "owner", a->owner);
    for (int i = 0; i < PERSONAL; i++) {
        char hex[2 * SM3_SIZE + 1] = {0};
        for (int j = 0; j < SM3_SIZE; j++) {
            hex[2 * j] = digits[a->marks[i][j] >> 4];
            hex[2 * j + 1] = digits[a->marks[i][j] & 15];
        }
        add_member(to, mark_names[i], hex);
    }
    add(to, ",\"materials\":");
    add(to, a->materials);
    add(to, "}}");
}

static bool is_published(hand *h, const char *code)
{
    sqlite3_stmt *s = h->statements[PUBLISHED];
    bind_words(s, 1, code);
    bool found = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int64(s, 0) == h->matter.id;
    sqlite3_reset(s);
    return found;
}

bool hand_submit(hand *h, const hand_draft *draft, int64_t *id)
{
    const matter *m = &h->matter;
    char hash[65];
    h->kept.size = 0;
    if (!citizen_id_holds(draft->applicant_id) || !is_published(h, draft->matter))
        return false;
    application a = {.id = next_id(h), .revision = 1, .created_at = h->side->now, .updated_at = h->side->now,
                     .submitted_at = h->side->now, .state = "submitted", .matter_id = m->id,
                     .matter_version = m->version, .matter = m->code, .matter_name = m->name, .title = draft->title,
                     .organ = m->organ, .division = m->division, .owner = draft->owner};
    a.number = number_of(h, a.id);
    a.materials = materials_of(h, &draft->material);
    if (!seal_all(h, draft, &a) || !hash_application(h, &a, hash) || !insert_application(h, &a))
        return false;
    submission_payload(&h->payload, &a);
    *id = a.id;
    return write_entry(h, &(entry){a.id, 1, "submit", NULL, "submitted", hash});
}

/* ---- steps ------------------------------------------------------------------------------------------------------ */

static bool load_application(hand *h, int64_t id, application *a)
{
    sqlite3_stmt *s = h->statements[SELECT_APPLICATION];
    int64_t *const numbers[] = {&a->id, &a->revision, &a->created_at, &a->updated_at, &a->matter_id,
                                &a->matter_version, &a->submitted_at, &a->received_at, &a->accepted_at,
                                &a->decided_at, &a->closed_at};
    const char **const texts[] = {&a->state, &a->outcome, &a->number, &a->matter, &a->matter_name, &a->title,
                                  &a->organ, &a->division, &a->owner, &a->decision_reason, &a->materials};
    sqlite3_bind_int64(s, 1, id);
    bool found = sqlite3_step(s) == SQLITE_ROW;
    for (int i = 0; found && i < 11; i++)
        *numbers[i] = sqlite3_column_int64(s, i);
    for (int i = 0; found && i < 11; i++)
        *texts[i] = kept_column(h, s, 11 + i);
    for (int i = 0; found && i < PERSONAL; i++)
        a->marks[i] = (const unsigned char *)kept_column(h, s, 22 + i);
    sqlite3_reset(s);
    return found;
}

static int64_t *stamp_of(application *a, hand_action action)
{
    switch (action) {
    case HAND_RECEIVE:
        return &a->received_at;
    case HAND_ACCEPT:
        return &a->accepted_at;
    case HAND_DECIDE:
        return &a->decided_at;
    case HAND_CLOSE:
        return &a->closed_at;
    default:
        return NULL;
    }
}

static bool update_application(hand *h, hand_action action, const application *a, int64_t seen)
{
    sqlite3_stmt *s = h->statements[UPDATE_APPLICATION + action];
    sqlite3_bind_int64(s, 1, a->revision);
    sqlite3_bind_int64(s, 2, a->updated_at);
    bind_words(s, 3, a->state);
    sqlite3_bind_int64(s, 4, a->id);
    sqlite3_bind_int64(s, 5, TENANT);
    sqlite3_bind_int64(s, 6, seen);
    if (action != HAND_REVIEW)
        sqlite3_bind_int64(s, 7, h->side->now);
    if (action == HAND_DECIDE) {
        bind_words(s, 8, a->outcome);
        bind_words(s, 9, a->decision_reason);
    }
    return run_on_one(h, UPDATE_APPLICATION + action);
}

static void step_payload(hand *h, hand_action action, const application *a, const char *opinion)
{
    text *to = &h->payload;
    to->size = 0;
    add(to, "{\"changes\":{\"state\":\"");
    add(to, a->state);
    add(to, "\"");
    if (action == HAND_DECIDE)
        add_member(to, "outcome", a->outcome);
    if (action != HAND_REVIEW) {
        add(to, ",\"");
        add(to, steps[action].to);
        add(to, "_at\":");
        add_time(to, h->side->now);
    }
    if (action == HAND_DECIDE)
        add_member(to, "decision_reason", a->decision_reason);
    add(to, "}");
    add_member(to, "opinion", opinion);
}

bool hand_step(hand *h, hand_action action, int64_t id, const char *opinion)
{
    application a = {.id = 0};
    char hash[65];
    h->kept.size = 0;
    if (!load_application(h, id, &a) || strcmp(a.organ, ORGAN) != 0 || strcmp(a.state, steps[action].from) != 0 ||
        h->side->now < a.updated_at)
        return false;
    a.state = steps[action].to;
    a.revision++;
    a.updated_at = h->side->now;
    if (stamp_of(&a, action))
        *stamp_of(&a, action) = h->side->now;
    if (action == HAND_DECIDE) {
        a.outcome = "granted";
        a.decision_reason = opinion;
    }
    if (!hash_application(h, &a, hash) || !update_application(h, action, &a, a.revision - 1))
        return false;
    step_payload(h, action, &a, opinion);
    size_t without = h->payload.size;
    if (!move_clocks(h, action, &a))
        return false;
    add(&h->payload, h->payload.size > without ? "}}" : "}");
    return write_entry(h, &(entry){a.id, a.revision, steps[action].action, steps[action].from, steps[action].to, hash});
}

/* ---- opening ------------------------------------------------------------------------------------------------------ */

static bool load_matter(hand *h, const char *code)
{
    sqlite3_stmt *s = NULL;
    matter *m = &h->matter;
    sqlite3_prepare_v2(h->db, "SELECT id, version, statutory_amount, promised_amount, code, name, organ, division FROM "
                              "gs_matter WHERE code = ?1", -1, &s, NULL);
    bind_words(s, 1, code);
    bool found = sqlite3_step(s) == SQLITE_ROW;
    if (found) {
        *m = (matter){.id = sqlite3_column_int64(s, 0), .version = sqlite3_column_int64(s, 1),
                      .statutory = sqlite3_column_int64(s, 2), .promised = sqlite3_column_int64(s, 3)};
        snprintf(m->code, sizeof m->code, "%s", (const char *)sqlite3_column_text(s, 4));
        snprintf(m->name, sizeof m->name, "%s", (const char *)sqlite3_column_text(s, 5));
        snprintf(m->organ, sizeof m->organ, "%s", (const char *)sqlite3_column_text(s, 6));
        snprintf(m->division, sizeof m->division, "%s", (const char *)sqlite3_column_text(s, 7));
    }
    sqlite3_finalize(s);
    return found;
}

static bool learn_working_days(hand *h)
{
    govsvc_calendar *calendar;
    if (govsvc_calendar_new(true, NULL, 0, NULL, 0, &calendar, NULL))
        return false;
    for (int64_t i = 0; i < DAYS; i++) {
        char before[32], date[32];
        int64_t days = 0;
        format_time((FIRST_DAY + i - 1) * (int64_t)DAY_MS, before);
        format_time((FIRST_DAY + i) * (int64_t)DAY_MS, date);
        before[10] = date[10] = '\0';
        govsvc_working_days_between(calendar, h->matter.division, before, date, &days, NULL);
        h->working[i] = days == 1;
    }
    govsvc_calendar_free(calendar);
    return true;
}

static bool prepare_all(hand *h)
{
    int code = SQLITE_OK;
    for (int i = 0; i < STATEMENTS && code == SQLITE_OK; i++) {
        char update[300];
        if (i >= UPDATE_APPLICATION)
            snprintf(update, sizeof update, "UPDATE gs_application SET revision = ?1, updated_at = ?2, state = ?3%s WHERE "
                                            "id = ?4 AND tenant = ?5 AND revision = ?6",
                     steps[i - UPDATE_APPLICATION].set);
        code = sqlite3_prepare_v3(h->db, i < UPDATE_APPLICATION ? sql[i] : update, -1, SQLITE_PREPARE_PERSISTENT,
                                  &h->statements[i], NULL);
    }
    return code == SQLITE_OK;
}

hand *hand_open(const char *path, const char *matter_code, bench_side *side)
{
    hand *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->side = side;
    if (sqlite3_open_v2(path, &h->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
        sqlite3_exec(h->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL) == SQLITE_OK &&
        prepare_all(h) && hand_keys_open(&h->keys, side->key) && load_matter(h, matter_code) && learn_working_days(h))
        return h;
    hand_close(h);
    return NULL;
}

void hand_close(hand *h)
{
    if (!h)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(h->statements[i]);
    sqlite3_close(h->db);
    hand_keys_close(&h->keys);
    free(h);
}

bool hand_begin(hand *h)
{
    return run(h, BEGIN);
}

bool hand_commit(hand *h)
{
    return run(h, COMMIT);
}

int hand_synchronous(hand *h)
{
    sqlite3_stmt *s = NULL;
    sqlite3_prepare_v2(h->db, "PRAGMA synchronous", -1, &s, NULL);
    int level = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
    sqlite3_finalize(s);
    return level;
}
