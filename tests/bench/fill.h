/* tests/bench/fill.h - a store with many open applications: half of them of an organ with many kinds of matter, half of
 * one with a single kind.
 *
 * The first 10,000 are made by public calls, in batches and without flushing. The rest are copies of their rows, with
 * the clocks, reviews and journal entries that belong to them: each copy of all of them has identifiers of its own and
 * is due a day later. So the tables and indexes have the size and the shape that calls would give them, in minutes; the
 * copies' hashes are not true, and nothing here looks at them.
 *
 * May use: the public headers, SQLite.
 */
#ifndef TESTS_BENCH_FILL_H
#define TESTS_BENCH_FILL_H

#include <sqlite3.h>
#include <string.h>

#include "store.h"

#define MANY_ORGAN "11450103XN0000012R"
#define ONE_ORGAN "11440232MB2D06811W"
enum { KINDS = 2000, FILL_BATCH = 1000, FILL_CALLED = 10000 };

/* The clock of a store: it goes on by a millisecond a call. */
typedef struct filled {
    char path[300];
    int64_t now;
    govsvc *gs;
} filled;

static int64_t fill_time(void *context)
{
    return ((filled *)context)->now;
}

static inline void fill_open(filled *f, bool flushed)
{
    char address[400];
    govsvc_config config = GOVSVC_CONFIG_INIT;
    snprintf(address, sizeof address, "sqlite:%s", f->path);
    config.store = address;
    config.division = "450100";
    config.clock = fill_time;
    config.clock_context = f;
    config.synchronous = flushed ? GOVSVC_UNSET : GOVSVC_NO;
    must(govsvc_open(&config, &f->gs) == GOVSVC_OK, "the store does not open");
}

static inline govsvc_session *fill_session(filled *f, const char *organ, const char *const *roles,
                                           uint64_t count)
{
    govsvc_session *session = NULL;
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    actor.id = "clerk-01";
    actor.organ = organ;
    actor.division = "450103";
    actor.roles = roles;
    actor.role_count = count;
    must(govsvc_session_open(f->gs, &actor, &session, NULL) == GOVSVC_OK, "no session");
    return session;
}

/* Everything, in one organ. */
static inline govsvc_session *fill_worker(filled *f, const char *organ)
{
    static const char *const roles[] = {"window_clerk", "acceptor", "reviewer", "organ_head",
                                        "administrator"};
    return fill_session(f, organ, roles, 5);
}

static inline void fill_code(char out[40], bool many, long kind)
{
    if (many)
        snprintf(out, 40, MANY_ORGAN "44501%08ld", kind % KINDS);
    else
        snprintf(out, 40, ONE_ORGAN "4000117051000");
}

static inline void fill_publish(filled *f, govsvc_session *session, bool many, long kind)
{
    char code[40], in[2000];
    const char *out = NULL;
    fill_code(code, many, kind);
    snprintf(in, sizeof in,
             "{\"version\":1,\"type\":\"licence\",\"level\":\"county\",\"project_type\":\"promised\","
             "\"statutory_amount\":20,"
             "\"statutory_unit\":\"working_days\",\"promised_amount\":10,\"promised_unit\":\"working_days\","
             "\"code\":\"%s\","
             "\"name\":\"许可事项%ld\",\"organ\":\"%s\",\"organ_name\":\"某局\",\"division\":\"450103\","
             "\"bases\":[{\"law\":\"行政许可法\"}],\"unverified\":[\"bases\",\"statutory_basis\"],"
             "\"stages\":[{\"code\":\"S1\",\"name\":\"受理\",\"kind\":\"accept\"},{\"code\":\"S2\",\"name\":"
             "\"审查\",\"kind\":"
             "\"review\",\"amount\":3,\"unit\":\"working_days\"},{\"code\":\"S3\",\"name\":\"决定\",\"kind\":"
             "\"decide\"},"
             "{\"code\":\"S4\",\"name\":\"办结\",\"kind\":\"close\"},{\"code\":\"S5\",\"name\":\"送达\","
             "\"kind\":\"deliver\"}]}",
             code, kind, many ? MANY_ORGAN : ONE_ORGAN);
    f->now++;
    if (govsvc_call(session, "matter.put", in, &out) != GOVSVC_OK)
        must(false, govsvc_problem_at(session, 0)->text_en);
    snprintf(in, sizeof in, "{\"id\":\"%lld\"}", strtoll(out + 7, NULL, 10));
    govsvc_free(out);
    must(govsvc_call(session, "matter.review", in, NULL) == GOVSVC_OK, "not reviewed");
    must(govsvc_call(session, "matter.publish", in, NULL) == GOVSVC_OK, "not published");
}

static inline int64_t fill_submit(filled *f, govsvc_session *session, bool many, long kind)
{
    char code[40];
    const govsvc_application *out = NULL;
    govsvc_application_draft draft = GOVSVC_APPLICATION_DRAFT_INIT;
    fill_code(code, many, kind);
    draft.matter = code;
    draft.applicant_kind = GOVSVC_APPLICANT_NATURAL_PERSON;
    draft.channel = GOVSVC_CHANNEL_WINDOW;
    draft.owner = "user-20260302-000001";
    draft.applicant_name = "张三丰";
    draft.applicant_id = "11010519491231002X";
    f->now++;
    if (govsvc_application_submit(session, &draft, &out) != GOVSVC_OK)
        must(false, govsvc_problem_at(session, 0)->text_en);
    int64_t id = out->id;
    govsvc_free(out);
    return id;
}

static inline void fill_step(filled *f, govsvc_session *session, int64_t id,
                             govsvc_status (*step)(govsvc_session *, const govsvc_step *,
                                                   const govsvc_application **))
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    f->now++;
    if (step(session, &in, NULL) != GOVSVC_OK)
        must(false, govsvc_problem_at(session, 0)->text_en);
}

static inline void fill_batch(govsvc_session *session, bool begin)
{
    must((begin ? govsvc_batch_begin(session) : govsvc_batch_commit(session)) == GOVSVC_OK, "no batch");
}

/* Every tenth is accepted, and waits for its review. */
static inline void fill_applications(filled *f, govsvc_session *many, govsvc_session *one)
{
    for (long i = 0; i < FILL_CALLED; i += FILL_BATCH) {
        govsvc_session *session = i / FILL_BATCH % 2 ? one : many;
        fill_batch(session, true);
        for (long j = 0; j < FILL_BATCH; j++) {
            int64_t id = fill_submit(f, session, session == many, i / 2 + j);
            fill_step(f, session, id, govsvc_application_receive);
            if (j % 10 == 9)
                fill_step(f, session, id, govsvc_application_accept);
        }
        fill_batch(session, false);
    }
}

/* ---- copies ------------------------------------------------------------------------------------------ */

/* What a copy has instead of the column; ?1 is its number, ?2 what lies between two copies' identifiers. */
static inline const char *fill_column(const char *name)
{
    static const char *const others[][2] = {
        {"id", "id + ?1 * ?2"},
        {"subject", "subject + ?1 * ?2"},
        {"application", "application + ?1 * ?2"},
        {"due_at", "due_at + ?1 * 86400000"},
        {"timer_at", "timer_at + ?1 * 86400000"},
        {"number", "number || '-' || ?1"},
        {"position", "NULL"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i][0]) == 0)
            return others[i][1];
    return name;
}

static inline sqlite3_stmt *fill_copying(sqlite3 *db, const char *table, int64_t last)
{
    char sql[8000], select[6000] = "";
    int size, selected = 0;
    sqlite3_stmt *columns = NULL, *made = NULL;
    size = snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s')", table);
    sqlite3_prepare_v2(db, sql, -1, &columns, NULL);
    size = snprintf(sql, sizeof sql, "INSERT INTO %s (", table);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0), *comma = selected ? ", " : "";
        size += snprintf(sql + size, sizeof sql - (size_t)size, "%s%s", comma, name);
        selected +=
            snprintf(select + selected, sizeof select - (size_t)selected, "%s%s", comma, fill_column(name));
    }
    sqlite3_finalize(columns);
    snprintf(sql + size, sizeof sql - (size_t)size, ") SELECT %s FROM %s WHERE %s <= %lld", select, table,
             strcmp(table, "gs_journal_entry") == 0 ? "kind = 'application' AND id" : "id", (long long)last);
    if (sqlite3_prepare_v2(db, sql, -1, &made, NULL) != SQLITE_OK)
        must(false, sqlite3_errmsg(db));
    return made;
}

static inline int64_t fill_last_id(sqlite3 *db)
{
    sqlite3_stmt *last = NULL;
    sqlite3_prepare_v2(db, "SELECT max(id) FROM gs_journal_entry", -1, &last, NULL);
    must(sqlite3_step(last) == SQLITE_ROW, "nothing was made");
    int64_t id = sqlite3_column_int64(last, 0);
    sqlite3_finalize(last);
    return id;
}

/* A minute of identifiers each, in which all of the first were made. */
static inline void fill_copies(filled *f, long copies)
{
    static const char *const tables[] = {"gs_application", "gs_clock", "gs_review", "gs_journal_entry"};
    sqlite3 *db = NULL;
    must(sqlite3_open(f->path, &db) == SQLITE_OK, "the file");
    sqlite3_exec(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000", NULL, NULL, NULL);
    int64_t last = fill_last_id(db);
    for (int i = 0; i < 4; i++) {
        sqlite3_stmt *copy = fill_copying(db, tables[i], last);
        for (long number = 1; number <= copies; number++) {
            sqlite3_bind_int64(copy, 1, number);
            sqlite3_bind_int64(copy, 2, INT64_C(60000) << 22);
            if (sqlite3_step(copy) != SQLITE_DONE)
                must(false, sqlite3_errmsg(db));
            sqlite3_reset(copy);
        }
        sqlite3_finalize(copy);
    }
    sqlite3_close(db);
}

/* A new store; where one of this size stands there already it is taken. */
static inline void fill_make(filled *f, const char *directory, long count)
{
    double begun = seconds();
    int64_t start;
    memset(f, 0, sizeof *f);
    snprintf(f->path, sizeof f->path, "%s/applications-%ld.db", directory, count);
    must(govsvc_date_start("2026-03-02", &start), "the date");
    start += 9 * 3600000;
    f->now = start;
    if (access(f->path, F_OK) == 0) {
        f->now += 6 * 3600000;
        return;
    }
    fill_open(f, false);
    govsvc_session *many = fill_worker(f, MANY_ORGAN), *one = fill_worker(f, ONE_ORGAN);
    fill_batch(many, true);
    for (long kind = 0; kind < KINDS; kind++)
        fill_publish(f, many, true, kind);
    fill_batch(many, false);
    fill_publish(f, one, false, 0);
    fill_applications(f, many, one);
    govsvc_session_close(many);
    govsvc_session_close(one);
    govsvc_close(f->gs);
    must(f->now - start < 60000, "more than a minute of identifiers");
    fill_copies(f, count / FILL_CALLED - 1);
    f->now = start + 3 * 3600000;
    printf("%ld applications, loaded without flushing: %d by calls in batches of %d, the others copies of "
           "their rows: "
           "%.0f s\n",
           count, FILL_CALLED, FILL_BATCH, seconds() - begun);
}

#endif
