/* tests/bench/bench_queue.c - how long application.queue takes among many open applications.
 *
 *     bench-queue [directory [applications [keep]]]
 *
 * Half of the applications are of an organ with 2,000 kinds of matter, half of one with a single kind (fill.h says how
 * they are loaded). The first page of each organ's acceptor and reviewer, and one deep inside, are asked for again and
 * again, turn by turn. Tells medians and 99th percentiles, the ratio of the two organs, and the plan of every statement
 * that reads a work list, as it came to SQLite.
 */
#define _GNU_SOURCE
#include <dlfcn.h>

#include "fill.h"

enum { CALLS = 2000, WARMING = 100, DEEP_PAGES = 1000 };

/* ---- the statements of work lists, on their way to SQLite --------------------------------------------- */

enum { SEEN_MOST = 32 };
static char seen[SEEN_MOST][900];
static size_t seen_count;

static void note_statement(const char *sql)
{
    bool lists = strstr(sql, "LIMIT") && (strstr(sql, "waits = ") || strstr(sql, "desk = "));
    for (size_t i = 0; i < seen_count && lists; i++)
        lists = strcmp(seen[i], sql) != 0;
    if (lists && seen_count < SEEN_MOST)
        snprintf(seen[seen_count++], sizeof *seen, "%s", sql);
}

__attribute__((visibility("default"))) int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int size,
                                                              unsigned flags, sqlite3_stmt **out,
                                                              const char **rest)
{
    int (*system)(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **);
    *(void **)&system = dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
    note_statement(sql);
    return system(db, sql, size, flags, out, rest);
}

/* ---- pages ------------------------------------------------------------------------------------------- */

static int compare_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static void take_page(govsvc_session *session, const char *after, int64_t limit, char next[100])
{
    govsvc_queue_request in = GOVSVC_QUEUE_REQUEST_INIT;
    const govsvc_queue *page = NULL;
    in.after = after;
    in.limit = limit;
    must(govsvc_application_queue(session, &in, &page) == GOVSVC_OK, "no page");
    must(page->item_count == (uint64_t)limit, "a page is not full");
    snprintf(next, 100, "%s", page->next ? page->next : "");
    govsvc_free(page);
}

typedef struct asked {
    const char *name;
    govsvc_session *session;
    char after[100]; /* "": from the beginning */
    double times[CALLS], median, high;
} asked;

/* A page half way through the list, or a thousand pages of 200 behind its beginning. */
static void go_deep(asked *of, long listed)
{
    char next[100];
    long pages = listed / 2 / 200 < DEEP_PAGES ? listed / 2 / 200 : DEEP_PAGES;
    for (long i = 0; i < pages; i++, memcpy(of->after, next, sizeof next))
        take_page(of->session, *of->after ? of->after : NULL, 200, next);
}

/* Turn by turn: what disturbs the machine for a while disturbs all of them. */
static void ask_all(asked *all, size_t count)
{
    char next[100];
    for (int i = -WARMING; i < CALLS; i++)
        for (size_t j = 0; j < count; j++) {
            double begun = seconds();
            take_page(all[j].session, *all[j].after ? all[j].after : NULL, 50, next);
            all[j].times[i < 0 ? 0 : i] = seconds() - begun;
        }
    for (size_t j = 0; j < count; j++) {
        double *times = all[j].times;
        qsort(times, CALLS, sizeof *times, compare_doubles);
        all[j].median = times[CALLS / 2];
        all[j].high = times[CALLS * 99 / 100];
        printf("%-34s median %6.3f ms, 99th percentile %6.3f ms, worst %6.3f ms\n", all[j].name,
               all[j].median * 1e3, all[j].high * 1e3, times[CALLS - 1] * 1e3);
    }
}

static void tell_plan(sqlite3 *db, const char sql[sizeof *seen])
{
    char explain[sizeof *seen + 20];
    sqlite3_stmt *plan = NULL;
    snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %.*s", (int)sizeof *seen, sql);
    must(sqlite3_prepare_v2(db, explain, -1, &plan, NULL) == SQLITE_OK, "no plan");
    printf("%s\n", strstr(sql, "WHERE"));
    while (sqlite3_step(plan) == SQLITE_ROW)
        printf("    %s\n", (const char *)sqlite3_column_text(plan, 3));
    sqlite3_finalize(plan);
}

static void tell_plans(const char *path)
{
    sqlite3 *db = NULL;
    must(sqlite3_open(path, &db) == SQLITE_OK, "the file");
    for (size_t i = 0; i < seen_count; i++)
        tell_plan(db, seen[i]);
    sqlite3_close(db);
}

/* Of one kind among many: as many of the list are read as it takes. */
static void tell_one_kind(govsvc_session *session)
{
    govsvc_queue_request in = GOVSVC_QUEUE_REQUEST_INIT;
    const govsvc_queue *page = NULL;
    char code[40];
    double begun = seconds();
    fill_code(code, true, 1);
    in.matter = code;
    must(govsvc_application_queue(session, &in, &page) == GOVSVC_OK, "no page");
    printf("acceptor, one of 2,000 kinds, a page of %llu: %.1f ms\n", (unsigned long long)page->item_count,
           (seconds() - begun) * 1e3);
    govsvc_free(page);
}

int main(int argc, char **argv)
{
    static const char *const acceptor[] = {"acceptor"}, *const reviewer[] = {"reviewer"},
                             *const clerk[] = {"window_clerk"};
    const char *directory = argc > 1 ? argv[1] : ".";
    long count = argc > 2 ? atol(argv[2]) : 1000000;
    filled f;
    setvbuf(stdout, NULL, _IOLBF, 0);
    fill_make(&f, directory, count);
    fill_open(&f, true);
    static const struct {
        const char *name, *organ, *const *role;
        long share; /* one in so many of the applications is in the list */
        bool deep;
    } rows[] = {{"acceptor, 2,000 kinds, first page", MANY_ORGAN, acceptor, 2, false},
                {"acceptor, one kind, first page", ONE_ORGAN, acceptor, 2, false},
                {"acceptor, 2,000 kinds, deep inside", MANY_ORGAN, acceptor, 2, true},
                {"acceptor, one kind, deep inside", ONE_ORGAN, acceptor, 2, true},
                {"reviewer, 2,000 kinds, first page", MANY_ORGAN, reviewer, 20, false},
                {"reviewer, one kind, first page", ONE_ORGAN, reviewer, 20, false},
                {"reviewer, 2,000 kinds, deep inside", MANY_ORGAN, reviewer, 20, true},
                {"reviewer, one kind, deep inside", ONE_ORGAN, reviewer, 20, true},
                {"window clerk, first page", ONE_ORGAN, clerk, 1, false},
                {"window clerk, deep inside", ONE_ORGAN, clerk, 1, true}};
    enum { LISTS = sizeof rows / sizeof *rows, COMPARED = 8 };
    static asked all[LISTS];
    for (int i = 0; i < LISTS; i++) {
        all[i].name = rows[i].name;
        all[i].session = fill_session(&f, rows[i].organ, rows[i].role, 1);
        if (rows[i].deep)
            go_deep(&all[i], count * 8 / 10 / rows[i].share);
    }
    ask_all(all, LISTS);
    for (int i = 0; i < COMPARED; i += 2)
        printf("%s, to one kind: medians %.2f, 99th percentiles %.2f\n", all[i].name,
               all[i].median / all[i + 1].median, all[i].high / all[i + 1].high);
    tell_one_kind(all[0].session);
    for (int i = 0; i < LISTS; i++)
        govsvc_session_close(all[i].session);
    govsvc_close(f.gs);
    tell_plans(f.path);
    if (argc < 4)
        remove_store(f.path);
    return 0;
}
