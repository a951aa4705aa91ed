/* lib/record/table.h - how a record is kept: its columns, and what stands in them.
 *
 * May use: store, crypto. A plain field has one column. A personal one has two or three: the sealed
 * value, its salted mark (which stands for it in journal and row hash), and where it can be found by
 * value its keyed digest; the row then has a salt. Enumerations are stored by name, lists as JSON.
 */
#ifndef GS_RECORD_TABLE_H
#define GS_RECORD_TABLE_H

#include "record/record.h"
#include "store/connection.h"

typedef enum gs_column_role { GS_PLAIN, GS_SEALED, GS_MARK, GS_FIND, GS_SALT } gs_column_role;

typedef struct gs_column {
    const char *name;
    uint16_t role;
    uint16_t field; /* index in the record's fields */
} gs_column;

/* Columns at most: a change names its columns in two words. */
enum { GS_COLUMNS_MAX = 128 };

typedef struct gs_table {
    const gs_record *record;
    const gs_column *columns;
    uint32_t column_count;
    bool personal;                    /* has a salt */
    const char *insert_sql;           /* all columns, in order */
    const char *columns_sql;          /* "SELECT all columns FROM the table" */
    const char *number_sql;           /* id of the newest, by tenant and number; NULL where it has none */
    const char *page_sql;             /* identifiers of a tenant after one, 200 of them, in order */
    const char *tenant_sql;           /* the next tenant after one that has rows */
    const char *key_sql;              /* id, by tenant and the natural key; NULL where it has none */
    uint16_t of_field[GS_FIELDS_MAX]; /* first column of a field */
} gs_table;

/* Derives the table of a record; it lives in the arena. NULL: no memory. */
const gs_table *gs_table_make(const gs_record *record, gs_arena *arena);
/* Adds the table, its missing columns and indexes to the store; *added counts tables and columns. */
govsvc_status gs_table_migrate(const gs_table *table, gs_connection *connection, gs_arena *arena,
                               int64_t *added);

/* A field as it is stored (personal fields: in the clear; the caller seals). Lists become JSON text in
 * the arena. */
govsvc_value gs_field_encode(const gs_field *field, const void *at, gs_arena *arena);
/* The inverse; texts are the value's own, which must end with a NUL and live as long as the struct: a value
 * from gs_value_copy(). CORRUPT: the column does not hold what such a field can. */
govsvc_status gs_field_decode(const gs_field *field, const govsvc_value *value, void *at, gs_arena *arena);
/* The columns of a query, one for each field of a record in order (reserved ones apart), into a struct whose texts live
 * in the arena. */
govsvc_status gs_record_decode(const gs_record *record, const govsvc_value *row, void *out, gs_arena *arena);
/* A copy of a value whose bytes live in the arena. */
govsvc_value gs_value_copy(const govsvc_value *value, gs_arena *arena);
bool gs_value_equal(const govsvc_value *a, const govsvc_value *b);

#endif
