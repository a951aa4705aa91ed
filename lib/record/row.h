/* lib/record/row.h - one row in one transaction: loaded, changed, and written with what changed.
 *
 * May use: table, crypto. A row keeps the values as they are stored beside the struct. Lists and personal
 * members are opened only when somebody asks for them; what was not opened was not changed, and is
 * neither parsed nor decrypted nor written again.
 */
#ifndef GS_RECORD_ROW_H
#define GS_RECORD_ROW_H

#include "record/table.h"

/* What a transaction works with. */
typedef struct gs_work {
    gs_connection *connection;
    gs_arena *arena; /* lives as long as the transaction */
    gs_problems *problems;
    int64_t now;
    int64_t tenant; /* the store's own; a reference record is under its region's */
    int64_t (*next_id)(void *context);
    void *id_context;
    bool (*random)(void *context, void *out, size_t size);
    void *random_context;
} gs_work;

typedef struct gs_row {
    const gs_table *table;
    gs_work *work;
    void *at;             /* the struct; begins with gs_head */
    govsvc_value *stored; /* a value a column, as it stands in the store; for a fresh row null */
    bool *opened;         /* a field each: the struct's member is true */
    bool fresh;
    bool touched; /* it is to get a new revision even if no member changed */
} gs_row;

static inline gs_head *gs_row_head(const gs_row *row)
{
    return row->at;
}

/* The tenant under which a record is kept. */
int64_t gs_tenant_of(const gs_work *work, const gs_record *record);
/* Every tenant under which the store keeps something: its own, and its region's where that is another. */
size_t gs_tenants(const gs_work *work, int64_t out[2]);

/* A row that is not in the store yet, with an identifier. NULL: no memory. */
gs_row *gs_row_new(gs_work *work, const gs_table *table);
/* NOT_FOUND, or what the store says. */
govsvc_status gs_row_load(gs_work *work, const gs_table *table, int64_t id, gs_row **out);
/* The same where the record does not say under which tenant: a part is kept under that of the whole. */
govsvc_status gs_row_load_under(gs_work *work, const gs_table *table, int64_t tenant, int64_t id,
                                gs_row **out);
/* The first row for which a condition holds, "tenant = $1 AND subject = $2"; its text lives as long as the
 * program. */
govsvc_status gs_row_find(gs_work *work, const gs_table *table, const char *where, const govsvc_value *values,
                          size_t count, gs_row **out);
/* A page of a table: the identifiers of the tenant's rows after one, in order. */
enum { GS_PAGE = 200 };
govsvc_status gs_table_page(gs_work *work, const gs_table *table, int64_t after, int64_t ids[GS_PAGE],
                            size_t *count);
/* By the natural key whose members stand in at, a struct of the same record. */
govsvc_status gs_row_load_by_key(gs_work *work, const gs_table *table, const void *at, gs_row **out);
/* Makes the members true that were not opened: lists, and personal ones if personal. */
govsvc_status gs_row_open(gs_row *row, bool personal);

/* Writes the row: inserts it, or updates the columns that changed (none: nothing is written). Sets
 * revision and updated_at. CONFLICT: somebody else wrote it meanwhile. EXISTS: a unique value is taken.
 * *changes, a JSON object for the journal, has the changed columns, personal ones by their marks; it is
 * NULL if nothing changed. hash is SM3 over the row as it stands now. */
govsvc_status gs_row_save(gs_row *row, const char **changes, char hash[2 * GS_SM3_SIZE + 1]);
/* Sets a text member that may not have been opened. INTERNAL: there is no such member. */
govsvc_status gs_row_set_text(gs_row *row, const char *field, const char *text);
/* Would gs_row_save() write anything? */
bool gs_row_differs(gs_row *row);
/* Does every sealed value still open to what its mark stands for? What was erased, mark alone left, does.
 * *wrong is the first member that does not; NULL if all do. */
govsvc_status gs_row_check_sealed(gs_row *row, const char **wrong);
/* The hash of the row as it is stored. */
govsvc_status gs_row_hash(gs_row *row, char hash[2 * GS_SM3_SIZE + 1]);

#endif
