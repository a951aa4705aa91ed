/* tests/bench/by_hand_hash.c - the hash of a row: every column that is not null and not sealed. */
#include <string.h>

#include "by_hand_rows.h"

/* One that may be 0. */
static void hash_count(text *to, const char *name, int64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> 8 * i);
    add_bytes(to, name, strlen(name) + 1);
    add_bytes(to, "i", 1);
    add_bytes(to, bytes, 8);
}

static void hash_integer(text *to, const char *name, int64_t value)
{
    if (value)
        hash_count(to, name, value);
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

static void hash_mark(text *to, const application *a, int which)
{
    if (a->marks[which])
        hash_bytes(to, mark_names[which], 'b', a->marks[which], SM3_SIZE);
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

bool hash_application(hand *h, const application *a, char hex[65])
{
    text *row = &h->row;
    hash_head(row, a->id, a->revision, a->created_at, a->updated_at);
    hash_text(row, "state", a->state);
    hash_integer(row, "matter_id", a->matter_id);
    hash_integer(row, "matter_version", a->matter_version);
    hash_text(row, "applicant_kind", "natural_person");
    hash_text(row, "channel", "window");
    hash_text(row, "outcome", a->outcome);
    if (a->open_parts >= 0)
        hash_count(row, "open_parts", a->open_parts);
    hash_integer(row, "due_at", a->due_at);
    hash_integer(row, "submitted_at", a->submitted_at);
    hash_integer(row, "received_at", a->received_at);
    hash_integer(row, "accepted_at", a->accepted_at);
    hash_integer(row, "decided_at", a->decided_at);
    hash_integer(row, "closed_at", a->closed_at);
    hash_integer(row, "delivered_at", a->delivered_at);
    hash_text(row, "number", a->number);
    hash_text(row, "matter", a->matter);
    hash_text(row, "matter_name", a->matter_name);
    hash_mark(row, a, TITLE);
    hash_text(row, "organ", a->organ);
    hash_text(row, "division", a->division);
    hash_text(row, "reception", a->reception);
    hash_text(row, "owner", a->owner);
    hash_text(row, "waits", a->waits);
    for (int i = REASON; i < PERSONAL; i++)
        hash_mark(row, a, i);
    hash_text(row, "materials", a->materials);
    return finish_hash(h, hex);
}

bool hash_clock(hand *h, const clock_row *c, char hex[65])
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

bool hash_review(hand *h, const review_row *r, char hex[65])
{
    text *row = &h->row;
    hash_head(row, r->id, r->revision, r->created_at, r->updated_at);
    hash_text(row, "state", r->state);
    hash_integer(row, "application", r->application);
    hash_integer(row, "round", 1);
    hash_integer(row, "due_at", r->due_at);
    hash_integer(row, "done_at", r->done_at);
    hash_text(row, "stage", r->stage);
    hash_text(row, "stage_name", r->stage_name);
    hash_text(row, "post", r->post);
    hash_text(row, "organ", r->organ);
    hash_text(row, "reviewer", r->reviewer);
    hash_text(row, "desk", r->desk);
    return finish_hash(h, hex);
}
