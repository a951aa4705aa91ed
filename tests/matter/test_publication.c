/* Same-source publication: copies that are followed by feed and snapshot, proved equal, and found out when they
 * differ. */
#include "api/story.h"
#include "test.h"

#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static story s;

/* ---- a consumer with a copy of its own, which knows nothing of the library's insides ------------------ */

enum { COPIES = 600 };

typedef struct copy {
    char code[40];
    int64_t version;
    int64_t state;
    char *content;
} copy;

typedef struct consumer {
    copy items[COPIES];
    size_t count;
    int64_t position;
} consumer;

static void sm3(const void *bytes, size_t size, char out[65])
{
    unsigned char digest[32];
    unsigned int length = 0;
    EVP_Digest(bytes, size, digest, &length, EVP_sm3(), NULL);
    for (int i = 0; i < 32; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static int in_order(const void *a, const void *b)
{
    const copy *one = a, *other = b;
    int order = strcmp(one->code, other->code);
    return order ? order : (one->version > other->version) - (one->version < other->version);
}

static size_t find(const consumer *c, const char *code, int64_t version)
{
    size_t at = 0;
    while (at < c->count && (strcmp(c->items[at].code, code) != 0 || c->items[at].version != version))
        at++;
    return at;
}

static void take(consumer *c, const govsvc_publication *p)
{
    char digest[65];
    sm3(p->content, strlen(p->content), digest);
    CHECK_TEXT(digest, p->digest);
    size_t at = find(c, p->code, p->version);
    bool gone = p->state == GOVSVC_MATTER_REPEALED || p->state == GOVSVC_MATTER_REPLACED;
    if (at < c->count) {
        free(c->items[at].content);
        c->items[at] = c->items[--c->count];
    }
    if (gone)
        return;
    copy *to = &c->items[c->count++];
    snprintf(to->code, sizeof to->code, "%s", p->code);
    to->version = p->version;
    to->state = p->state;
    to->content = strdup(p->content);
    qsort(c->items, c->count, sizeof *c->items, in_order);
}

static void forget(consumer *c)
{
    while (c->count)
        free(c->items[--c->count].content);
    c->position = 0;
}

static void digest_of(const copy *item, char out[65])
{
    sm3(item->content, strlen(item->content), out);
}

static const char *state_text(int64_t state)
{
    return state == GOVSVC_MATTER_EFFECTIVE   ? "effective"
           : state == GOVSVC_MATTER_SUSPENDED ? "suspended"
                                              : "published";
}

/* The digest over codes above one and up to another; NULL: no end. */
static void own_digest(const consumer *c, const char *above, const char *to, char out[65])
{
    char *lines = malloc(COPIES * 160), digest[65];
    size_t size = 0;
    for (size_t i = 0; i < c->count; i++) {
        const copy *at = &c->items[i];
        if ((above && strcmp(at->code, above) <= 0) || (to && strcmp(at->code, to) > 0))
            continue;
        digest_of(at, digest);
        size += (size_t)sprintf(lines + size, "%s\t%lld\t%s\t%s\n", at->code, (long long)at->version,
                                state_text(at->state), digest);
    }
    sm3(lines, size, out);
    free(lines);
}

static void follow(consumer *c, int64_t limit)
{
    const govsvc_publication_page *page = NULL;
    bool more = true;
    while (more) {
        govsvc_publication_request in = GOVSVC_PUBLICATION_REQUEST_INIT;
        in.after_position = c->position;
        in.limit = limit;
        CHECK_INT(govsvc_matter_feed(s.as[APPLICANT], &in, &page), GOVSVC_OK);
        for (uint64_t i = 0; i < page->publication_count; i++)
            take(c, page->publications[i]);
        more = page->more == GOVSVC_YES && page->position > c->position;
        c->position = page->position;
        govsvc_free(page);
    }
}

static void snapshot(consumer *c, int64_t limit)
{
    char next[80] = "";
    for (;;) {
        const govsvc_publication_page *page = NULL;
        govsvc_publication_request in = GOVSVC_PUBLICATION_REQUEST_INIT;
        in.after = *next ? next : NULL;
        in.limit = limit;
        CHECK_INT(govsvc_matter_snapshot(s.as[APPLICANT], &in, &page), GOVSVC_OK);
        for (uint64_t i = 0; i < page->publication_count; i++)
            take(c, page->publications[i]);
        if (!*next)
            c->position = page->position;
        bool last = !page->next;
        snprintf(next, sizeof next, "%s", last ? "" : page->next);
        govsvc_free(page);
        if (last)
            return;
    }
}

/* ---- a library that changes --------------------------------------------------------------------------- */

static void code_of(int number, char out[40])
{
    snprintf(out, 40, STORY_ORGAN "4000117%06d", number);
}

static int64_t put(int number, int64_t version)
{
    story_drafts drafts;
    const govsvc_matter *out = NULL;
    char code[40], name[60];
    story_drafts_init(&drafts);
    code_of(number, code);
    snprintf(name, sizeof name, "事项第%d号第%d版", number, (int)version);
    drafts.matter.code = code;
    drafts.matter.basic_code = NULL;
    drafts.matter.name = name;
    drafts.matter.version = version;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, &out), GOVSVC_OK);
    int64_t id = out ? out->id : 0;
    govsvc_free(out);
    return id;
}

static void step(govsvc_status (*function)(govsvc_session *, const govsvc_step *, const govsvc_matter **),
                 int64_t id)
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    s.now += STORY_SECOND;
    CHECK_INT(function(s.as[ADMINISTRATOR], &in, NULL), GOVSVC_OK);
}

static int64_t publish(int number, int64_t version)
{
    int64_t id = put(number, version);
    step(govsvc_matter_review, id);
    step(govsvc_matter_publish, id);
    return id;
}

static void tick(void)
{
    const govsvc_tick_report *report = NULL;
    bool more = true;
    while (more) {
        govsvc_tick_request in = GOVSVC_TICK_REQUEST_INIT;
        CHECK_INT(govsvc_tick(s.as[SYSTEM], &in, &report), GOVSVC_OK);
        more = report->more == GOVSVC_YES;
        govsvc_free(report);
    }
}

/* Matters from one number on, some of them in every state, with cases between them. */
static void live(int from)
{
    for (int i = from; i < from + 40; i++) {
        int64_t id = i % 5 == 4 ? put(i, 1) : publish(i, 1);
        if (i % 5 == 1)
            publish(i, 2);
        if (i % 5 == 2)
            step(govsvc_matter_suspend, id);
        if (i % 5 == 3)
            step(govsvc_matter_repeal, id);
        if (i % 8 == 0)
            CHECK_INT(story_submit(s.as[APPLICANT], NULL, &id), GOVSVC_OK);
    }
    tick(); /* a server gives positions then */
}

static const govsvc_digest *ask_digest(const char *above, const char *to, bool stored)
{
    const govsvc_digest *out = NULL;
    govsvc_digest_request in = GOVSVC_DIGEST_REQUEST_INIT;
    in.above = above;
    in.to = to;
    in.stored = stored ? GOVSVC_YES : GOVSVC_NO;
    CHECK_INT(govsvc_matter_digest(s.as[AUDITOR], &in, &out), GOVSVC_OK);
    return out;
}

static void check_equal(const consumer *c)
{
    char own[65];
    own_digest(c, NULL, NULL, own);
    for (int stored = 0; stored < 2; stored++) {
        const govsvc_digest *theirs = ask_digest(NULL, NULL, stored);
        CHECK_INT(theirs->count, (int64_t)c->count);
        CHECK_TEXT(theirs->digest, own);
        govsvc_free(theirs);
    }
}

/* ---- the tests ---------------------------------------------------------------------------------------- */

static void measure_15_replay_from_zero_and_from_a_snapshot_give_the_same_digest(void)
{
    static consumer zero, snapped;
    story_open(&s, story_store());
    live(100);
    snapshot(&snapped, 7);
    check_equal(&snapped);
    live(140);
    follow(&snapped, 3);
    follow(&zero, 5);
    CHECK(zero.count > 40);
    check_equal(&zero);
    check_equal(&snapped);
    follow(&zero, 1000); /* nothing is new */
    check_equal(&zero);
    forget(&zero);
    follow(&zero, 1000);
    check_equal(&zero);
    forget(&zero);
    forget(&snapped);
    story_close(&s);
}

/* The narrowest range whose digest is not the consumer's own, as a consumer would look for it. */
static void narrow(const consumer *c, char above[40], char to[40])
{
    for (int round = 0; round < 4; round++) {
        const govsvc_digest *theirs = ask_digest(*above ? above : NULL, *to ? to : NULL, false);
        bool found = false;
        for (uint64_t i = 0; i < theirs->part_count && !found; i++) {
            const govsvc_digest_part *part = theirs->parts[i];
            char own[65];
            own_digest(c, part->above, part->to, own);
            found = strcmp(own, part->digest) != 0;
            if (found) {
                snprintf(above, 40, "%s", part->above ? part->above : "");
                snprintf(to, 40, "%s", part->to);
            }
        }
        CHECK(found);
        govsvc_free(theirs);
    }
}

static const govsvc_comparison *compare(const consumer *c)
{
    static govsvc_copy copies[COPIES];
    static const govsvc_copy *list[COPIES];
    static char digests[COPIES][65];
    for (size_t i = 0; i < c->count; i++) {
        digest_of(&c->items[i], digests[i]);
        copies[i] = (govsvc_copy)GOVSVC_COPY_INIT;
        copies[i].version = c->items[i].version;
        copies[i].state = c->items[i].state;
        copies[i].code = c->items[i].code;
        copies[i].digest = digests[i];
        list[c->count - 1 - i] = &copies[i]; /* in whatever order */
    }
    govsvc_compare_request in = GOVSVC_COMPARE_REQUEST_INIT;
    in.copies = list;
    in.copy_count = c->count;
    const govsvc_comparison *out = NULL;
    CHECK_INT(govsvc_matter_compare(s.as[APPLICANT], &in, &out), GOVSVC_OK);
    return out;
}

static void measure_15_a_copy_altered_by_one_byte_is_found_and_named(void)
{
    static consumer c;
    story_open(&s, story_store());
    live(100);
    follow(&c, 100);
    check_equal(&c);
    for (size_t at = 0; at < c.count; at += 7) {
        char above[40] = "", to[40] = "", *byte = c.items[at].content + 13 * (at + 1) % 200;
        char was = *byte;
        *byte = (char)(was ^ 1);
        narrow(&c, above, to);
        CHECK_TEXT(to, c.items[at].code); /* four rounds of sixteen parts leave one code */
        const govsvc_comparison *found = compare(&c);
        CHECK_INT(found->drift_count, 1);
        CHECK_INT(found->equal, (int64_t)c.count - 1);
        CHECK_TEXT(found->drifts[0]->code, c.items[at].code);
        CHECK_INT(found->drifts[0]->kind, GOVSVC_DRIFT_CONTENT);
        govsvc_free(found);
        *byte = was;
    }
    check_equal(&c);
    forget(&c);
    story_close(&s);
}

static void a_copy_that_lacks_has_too_much_or_is_behind_is_told_apart(void)
{
    static consumer c;
    story_open(&s, story_store());
    live(100);
    follow(&c, 100);
    free(c.items[3].content);
    char missing[40];
    snprintf(missing, sizeof missing, "%s", c.items[3].code);
    memmove(&c.items[3], &c.items[4], (c.count - 4) * sizeof *c.items);
    c.count--;
    c.items[5].state = GOVSVC_MATTER_PUBLISHED;
    copy *extra = &c.items[c.count++];
    *extra = (copy){.version = 9, .state = GOVSVC_MATTER_EFFECTIVE, .content = strdup("{}")};
    code_of(999999, extra->code);
    const govsvc_comparison *found = compare(&c);
    CHECK_INT(found->drift_count, 3);
    CHECK_INT(found->drifts[0]->kind, GOVSVC_DRIFT_MISSING);
    CHECK_TEXT(found->drifts[0]->code, missing);
    CHECK_INT(found->drifts[1]->kind, GOVSVC_DRIFT_STATE);
    CHECK_TEXT(found->drifts[1]->code, c.items[5].code);
    CHECK_INT(found->drifts[2]->kind, GOVSVC_DRIFT_EXTRA);
    CHECK_TEXT(found->drifts[2]->code, extra->code);
    CHECK_INT(found->drifts[2]->version, 9);
    govsvc_free(found);
    forget(&c);
    story_close(&s);
}

static void measure_15_three_views_get_the_same(void)
{
    static const int views[] = {APPLICANT, WINDOW_CLERK, GRID_WORKER};
    const char *texts[3];
    story_open(&s, story_store());
    live(100);
    for (int i = 0; i < 3; i++)
        CHECK_INT(govsvc_call(s.as[views[i]], "matter.snapshot", "{\"limit\":1000}", &texts[i]), GOVSVC_OK);
    CHECK(strlen(texts[0]) > 10000);
    CHECK_TEXT(texts[1], texts[0]);
    CHECK_TEXT(texts[2], texts[0]);
    for (int i = 0; i < 3; i++)
        govsvc_free(texts[i]);
    story_close(&s);
}

/* A consumer half way through the feed goes on with it after the file was rewritten without its gaps. */
static void measure_15_the_feed_survives_compaction(void)
{
    static consumer early;
    sqlite3 *file = NULL;
    const char *address = story_file("compact.db");
    story_open(&s, address);
    live(100);
    follow(&early, 9);
    live(140);
    CHECK_INT(sqlite3_open(address + strlen("sqlite:"), &file), SQLITE_OK);
    CHECK_INT(sqlite3_exec(file, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(file);
    follow(&early, 9);
    CHECK(early.count > 40);
    check_equal(&early);
    CHECK_INT(story_complaints(&s), 0);
    forget(&early);
    story_close(&s);
}

static void the_publishers_own_row_that_was_altered_is_found(void)
{
    const char *file = story_file("publisher.db");
    sqlite3 *other = NULL;
    story_open(&s, file);
    live(100);
    const govsvc_digest *kept = ask_digest(NULL, NULL, true), *content = ask_digest(NULL, NULL, false);
    CHECK_TEXT(kept->digest, content->digest);
    govsvc_free(content);
    CHECK_INT(sqlite3_open(file + strlen("sqlite:"), &other), SQLITE_OK);
    CHECK_INT(
        sqlite3_exec(other, "UPDATE gs_matter SET name = 'x' WHERE state = 'suspended'", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(other);
    content = ask_digest(NULL, NULL, false);
    CHECK(strcmp(kept->digest, content->digest) != 0);
    govsvc_free(content);
    govsvc_free(kept);
    story_close(&s);
}

static void bad_requests_are_told(void)
{
    static const struct {
        const char *operation, *in, *field;
    } cases[] = {
        {"matter.snapshot", "{\"after\":\"nonsense\"}", "/after"},
        {"matter.snapshot", "{\"after\":\"CODE/\"}", "/after"},
        {"matter.snapshot", "{\"after\":\"CODE/0\"}", "/after"},
        {"matter.snapshot", "{\"after\":\"CODE/1x\"}", "/after"},
        {"matter.feed", "{\"limit\":1001}", "/limit"},
        {"matter.feed", "{\"after_position\":-1}", "/after_position"},
        {"matter.digest", "{\"parts\":0}", "/parts"},
        {"matter.digest", "{\"parts\":257}", "/parts"},
        {"matter.compare", "{\"copies\":[{\"code\":\"x\"}]}", "/copies/0/version"},
    };
    story_open(&s, story_store());
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const char *out = NULL;
        CHECK_INT(govsvc_call(s.as[APPLICANT], cases[i].operation, cases[i].in, &out), GOVSVC_INVALID);
        CHECK_TEXT(story_problem(s.as[APPLICANT])->field, cases[i].field);
    }
    const govsvc_digest *none = ask_digest("Z", NULL, false);
    CHECK_INT(none->count, 0);
    CHECK_INT(none->part_count, 0);
    govsvc_free(none);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(measure_15_replay_from_zero_and_from_a_snapshot_give_the_same_digest),
        TEST(measure_15_a_copy_altered_by_one_byte_is_found_and_named),
        TEST(a_copy_that_lacks_has_too_much_or_is_behind_is_told_apart),
        TEST(measure_15_three_views_get_the_same),
        TEST(measure_15_the_feed_survives_compaction),
        TEST(the_publishers_own_row_that_was_altered_is_found),
        TEST(bad_requests_are_told),
    };
    int result = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return result;
}
