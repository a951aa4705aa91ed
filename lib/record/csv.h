/* lib/record/csv.h - records as CSV (RFC 4180): a row a record, below a row that names the columns.
 *
 * May use: base, record, value. A column is a member, by its name or its Chinese title. A cell is the text of
 * the member as in XML; a list is its JSON array, which holds any value:
 *
 *     name,parts,tags
 *     甲,"[{""name"":""a|b,c""}]","[""乙"",""丙""]"
 *
 * An empty cell is an absent member, and an empty text is not told from it. Rows end with CR, LF or both;
 * inside of quotes these are a line feed.
 */
#ifndef GS_RECORD_CSV_H
#define GS_RECORD_CSV_H

#include "govsvc/session.h"
#include "record/path.h"
#include "record/record.h"

/* Most bytes in one row, and asked for at a time. */
enum { GS_CSV_ROW_MAX = GS_JSON_SIZE_MAX, GS_CSV_CHUNK = 16384 };

/* ---- rows (csv.c) ------------------------------------------------------------------------------------ */

typedef struct gs_csv {
    govsvc_read_fn read; /* UTF-8 */
    void *context;
    int64_t line; /* of the next byte */
    bool after_return;
    size_t at, size;
    char bytes[GS_CSV_CHUNK];
} gs_csv;

typedef struct gs_csv_row {
    int64_t line;     /* where it begins */
    char *text;       /* the cells, each with its NUL */
    size_t size;      /* with every NUL; as many bytes as cells: all are empty */
    size_t cells;     /* 0: there is no row any more */
    const char *rule; /* what is wrong with it: quote, unclosed, character, too_large; NULL: nothing */
    size_t wrong;     /* the cell where it is */
    int64_t wrong_line;
} gs_csv_row;

void gs_csv_init(gs_csv *of, govsvc_read_fn read, void *context);
/* The next row, in the arena. A row whose quote is still open when it is too large ends with that line, and
 * what follows is read on as rows. CANCELLED: read failed. NO_MEMORY. */
govsvc_status gs_csv_next(gs_csv *of, gs_arena *arena, gs_csv_row *row);

/* ---- records (csv_read.c, csv_write.c) --------------------------------------------------------------- */

typedef struct gs_csv_columns {
    const gs_record *record;
    const char *encoding; /* of the source, as a problem names it */
    size_t count;
    const gs_field *fields[GS_FIELDS_MAX];
} gs_csv_columns;

/* The row that names the columns; record and encoding are set. Every cell that is wrong is told. */
govsvc_status gs_csv_read_columns(gs_csv_columns *of, const gs_csv_row *row, gs_problems *problems);
/* A row into a struct that gs_record_init() prepared; the row's cells are changed by it. Every problem is
 * told, with the member's JSON Pointer. */
govsvc_status gs_csv_read(const gs_csv_columns *of, const gs_csv_row *row, void *out, gs_arena *arena,
                          gs_problems *problems);

/* The members of both records, with a byte order mark: spreadsheets take other text for their system's
 * own. */
void gs_csv_write_columns(gs_buffer *out, const gs_record *record, const gs_record *stored);
/* Appends a row of the same columns. */
void gs_csv_write(gs_buffer *out, const gs_record *record, const gs_record *stored, const void *at);

#endif
