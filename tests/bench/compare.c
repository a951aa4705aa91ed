#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void must_at(bool holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    exit(1);
}

static sqlite3_stmt *query(sqlite3 *db, const char *format, const char *name)
{
    char text[300];
    sqlite3_stmt *s = NULL;
    snprintf(text, sizeof text, format, name);
    MUST(sqlite3_prepare_v2(db, text, -1, &s, NULL) == SQLITE_OK);
    return s;
}

static bool same_value(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    int size = sqlite3_column_bytes(a, column);
    return sqlite3_column_type(a, column) == sqlite3_column_type(b, column) && size == sqlite3_column_bytes(b, column) &&
           (size == 0 || memcmp(sqlite3_column_blob(a, column), sqlite3_column_blob(b, column), (size_t)size) == 0);
}

/* Every row and column of a table; where whole is false, how many rows there are. */
static int64_t compare_table(sqlite3 *a, sqlite3 *b, const char *table, bool whole)
{
    const char *format = whole ? "SELECT * FROM %s ORDER BY rowid" : "SELECT count(*) FROM %s";
    sqlite3_stmt *one = query(a, format, table), *other = query(b, format, table);
    int64_t rows = 0;
    for (int code; (code = sqlite3_step(one)) == sqlite3_step(other) && code == SQLITE_ROW; rows++)
        for (int i = 0; i < sqlite3_column_count(one); i++)
            if (!same_value(one, other, i)) {
                fprintf(stderr, "%s.%s: %s\n---\n%s\n", table, sqlite3_column_name(one, i), sqlite3_column_text(one, i),
                        sqlite3_column_text(other, i));
                exit(1);
            }
    MUST(sqlite3_errcode(a) == SQLITE_DONE && sqlite3_errcode(b) == SQLITE_DONE);
    sqlite3_finalize(one);
    sqlite3_finalize(other);
    return rows;
}

int64_t compare_stores(const char *path, const char *other, bool whole)
{
    sqlite3 *a, *b;
    int64_t rows = 0;
    MUST(sqlite3_open(path, &a) == SQLITE_OK && sqlite3_open(other, &b) == SQLITE_OK);
    rows += compare_table(a, b, "sqlite_master", true);
    sqlite3_stmt *tables = query(a, "SELECT name FROM sqlite_master WHERE type = '%s'", "table");
    while (sqlite3_step(tables) == SQLITE_ROW)
        rows += compare_table(a, b, (const char *)sqlite3_column_text(tables, 0), whole);
    sqlite3_finalize(tables);
    sqlite3_close(a);
    sqlite3_close(b);
    return rows;
}
