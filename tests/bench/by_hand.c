#include "by_hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "by_hand_rows.h"
#include "govsvc.h"

static const char DIVISION[] = "450100"; /* the actor's */

static const struct {
    const char *action, *from, *to;
} steps[HAND_ACTIONS] = {
    [HAND_RECEIVE] = {"receive", "submitted", "received"}, [HAND_ACCEPT] = {"accept", "received", "accepted"},
    [HAND_REVIEW] = {"review", "accepted", "in_review"},   [HAND_CONCLUDE] = {"review", "in_review", "in_review"},
    [HAND_DECIDE] = {"decide", "in_review", "decided"},    [HAND_CLOSE] = {"close", "decided", "closed"},
    [HAND_DELIVER] = {"deliver", "closed", "delivered"},
};

/* What waits after a step; after acceptance, reviews do. */
static const char *const waiting[HAND_ACTIONS] = {
    [HAND_RECEIVE] = "accept", [HAND_CONCLUDE] = "decide", [HAND_DECIDE] = "close", [HAND_CLOSE] = "deliver"};

static const char *const stamps[HAND_ACTIONS] = {
    [HAND_RECEIVE] = "received_at", [HAND_ACCEPT] = "accepted_at",   [HAND_DECIDE] = "decided_at",
    [HAND_CLOSE] = "closed_at",     [HAND_DELIVER] = "delivered_at",
};

/* ---- submission -------------------------------------------------------------------------------------- */

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

static bool seal_all(hand *h, const hand_draft *draft, application *a)
{
    const char *const values[PERSONAL] = {draft->title, NULL, draft->applicant_name, draft->applicant_id, draft->phone,
                                          draft->address, draft->form};
    hand_place place = {TENANT, a->id, "application", personal_names[NUMBER]};
    unsigned char salt[SALT_SIZE], find[SM3_SIZE] = {0};
    bool done = h->side->random(h->side->random_context, salt, sizeof salt) &&
                hand_find(&h->keys, &place, draft->applicant_id, strlen(draft->applicant_id), find);
    a->salt = (const unsigned char *)keep(h, salt, SALT_SIZE);
    a->find = (const unsigned char *)keep(h, find, SM3_SIZE);
    for (int i = 0; done && i < PERSONAL; i++)
        done = !values[i] || seal(h, a, i, values[i]);
    return done;
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

static void add_mark(text *to, const application *a, int which)
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * SM3_SIZE + 1] = {0};
    for (int i = 0; i < SM3_SIZE; i++) {
        hex[2 * i] = digits[a->marks[which][i] >> 4];
        hex[2 * i + 1] = digits[a->marks[which][i] & 15];
    }
    add_member(to, mark_names[which], hex);
}

static void submission_payload(text *to, const application *a)
{
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
    add_mark(to, a, TITLE);
    add_member(to, "organ", a->organ);
    add_member(to, "division", a->division);
    add_member(to, "reception", a->reception);
    add_member(to, "owner", a->owner);
    add_member(to, "waits", "receive");
    for (int i = NAME; i < PERSONAL; i++)
        add_mark(to, a, i);
    add(to, ",\"materials\":");
    add(to, a->materials);
    add(to, "}}");
}

bool hand_submit(hand *h, const hand_draft *draft, int64_t *id)
{
    const matter *m = &h->matter;
    char hash[65];
    h->kept.size = 0;
    if (!citizen_id_holds(draft->applicant_id) || !is_published(h, draft->matter))
        return false;
    application a = {.id = next_id(h), .revision = 1, .created_at = h->side->now, .updated_at = h->side->now,
                     .submitted_at = h->side->now, .open_parts = -1, .state = "submitted", .matter_id = m->id,
                     .matter_version = m->version, .matter = m->code, .matter_name = m->name,
                     .organ = m->organ, .division = m->division, .reception = DIVISION, .owner = draft->owner, .waits = "receive"};
    a.number = number_of(h, a.id);
    a.materials = materials_of(h, &draft->material);
    if (!seal_all(h, draft, &a) || !hash_application(h, &a, hash) || !insert_application(h, &a))
        return false;
    submission_payload(&h->payload, &a);
    *id = a.id;
    return insert_entry(h, &(entry){a.id, 1, "submit", NULL, "submitted", hash, NULL});
}

/* ---- steps ------------------------------------------------------------------------------------------- */

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
    case HAND_DELIVER:
        return &a->delivered_at;
    default:
        return NULL;
    }
}

static void add_time_member(text *to, const char *name, int64_t at)
{
    add(to, ",\"");
    add(to, name);
    add(to, "\":");
    if (at)
        add_time(to, at);
    else
        add(to, "null");
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* What the step changed, in the order of the columns. */
static void add_changes(hand *h, hand_action action, const application *a, const application *before)
{
    text *to = &h->payload;
    if (strcmp(a->state, before->state) != 0)
        add_member(to, "state", a->state);
    if (action == HAND_DECIDE)
        add_member(to, "outcome", a->outcome);
    if (a->open_parts != before->open_parts) {
        add(to, ",\"open_parts\":");
        add_integer(to, a->open_parts);
    }
    if (a->due_at != before->due_at)
        add_time_member(to, "due_at", a->due_at);
    if (stamps[action])
        add_time_member(to, stamps[action], h->side->now);
    if (!same(a->waits, before->waits)) {
        if (a->waits)
            add_member(to, "waits", a->waits);
        else
            add(to, ",\"waits\":null");
    }
    if (action == HAND_DECIDE)
        add_mark(to, a, REASON);
}

static void step_payload(hand *h, hand_action action, const application *a, const application *before)
{
    text *to = &h->payload;
    to->size = 0;
    add(to, "{\"changes\":");
    size_t opens = to->size;
    add_changes(h, action, a, before);
    to->at[opens] = '{'; /* the first comma */
    add(to, "}");
    if (h->also.size || h->reviewed.size) {
        add(to, ",\"also\":{");
        add_bytes(to, h->also.at, h->also.size);
        if (h->also.size && h->reviewed.size)
            add(to, ",");
        add_bytes(to, h->reviewed.at, h->reviewed.size);
        add(to, "}");
    }
    add(to, "}");
}

static bool may_step(const hand *h, hand_action action, const application *a)
{
    return strcmp(a->organ, HAND_ORGAN) == 0 && strcmp(a->state, steps[action].from) == 0 &&
           h->side->now >= a->updated_at && !(action == HAND_DECIDE && a->open_parts > 0);
}

bool hand_step(hand *h, hand_action action, int64_t id, const char *opinion)
{
    application a = {.id = 0};
    char hash[65];
    h->kept.size = h->also.size = h->reviewed.size = 0;
    if (!load_application(h, id, &a) || !may_step(h, action, &a))
        return false;
    application before = a;
    a.state = steps[action].to;
    a.revision++;
    a.updated_at = h->side->now;
    a.waits = waiting[action];
    if (stamp_of(&a, action))
        *stamp_of(&a, action) = h->side->now;
    if (action == HAND_DECIDE) {
        a.outcome = "granted";
        if (!seal(h, &a, REASON, opinion))
            return false;
    }
    if (!move_reviews(h, action, &a) || !move_clocks(h, action, &a) || !hash_application(h, &a, hash) ||
        !update_application(h, action, &a, a.revision - 1))
        return false;
    step_payload(h, action, &a, &before);
    return insert_entry(h, &(entry){a.id, a.revision, steps[action].action, steps[action].from, steps[action].to, hash,
                                     opinion});
}

/* ---- opening ----------------------------------------------------------------------------------------- */

static bool load_matter(hand *h, const char *code)
{
    sqlite3_stmt *s = NULL;
    matter *m = &h->matter;
    sqlite3_prepare_v2(h->db, "SELECT id, version, statutory_amount, promised_amount, code, name, organ, division FROM "
                              "gs_matter WHERE code = ?1", -1, &s, NULL);
    sqlite3_bind_text(s, 1, code, -1, SQLITE_STATIC);
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

hand *hand_open(const char *path, const char *matter_code, bench_side *side)
{
    hand *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->side = side;
    if (sqlite3_open_v2(path, &h->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
        sqlite3_exec(h->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
                            "PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=4000", NULL, NULL, NULL) == SQLITE_OK &&
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

bool hand_savepoint(hand *h)
{
    return run(h, SAVEPOINT);
}

bool hand_release(hand *h)
{
    return run(h, RELEASE);
}

int hand_synchronous(hand *h)
{
    sqlite3_stmt *s = NULL;
    sqlite3_prepare_v2(h->db, "PRAGMA synchronous", -1, &s, NULL);
    int level = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
    sqlite3_finalize(s);
    return level;
}
