#include "record/table.h"

#include <string.h>

/* ---- columns ----------------------------------------------------------------------------------------- */

static void add_column(gs_table *table, gs_column *columns, const char *name, gs_column_role role,
                       size_t field)
{
    columns[table->column_count++] =
        (gs_column){.name = name, .role = (uint16_t)role, .field = (uint16_t)field};
}

static void add_field(gs_table *table, gs_column *columns, size_t index, gs_arena *arena)
{
    const gs_field *field = &table->record->fields[index];
    table->of_field[index] = (uint16_t)table->column_count;
    if (field->kind == GS_NONE)
        return;
    if (!gs_field_personal(field)) {
        add_column(table, columns, field->name, GS_PLAIN, index);
        return;
    }
    table->personal = true;
    add_column(table, columns, field->name, GS_SEALED, index);
    add_column(table, columns, gs_arena_print(arena, "%s_mark", field->name), GS_MARK, index);
    if (field->find)
        add_column(table, columns, gs_arena_print(arena, "%s_find", field->name), GS_FIND, index);
}

static const char *insert_sql(const gs_table *table, gs_arena *arena)
{
    gs_buffer sql = {.arena = arena};
    gs_buffer_print(&sql, "INSERT INTO {%s} (", table->record->name);
    for (uint32_t i = 0; i < table->column_count; i++)
        gs_buffer_print(&sql, "%s%s", i ? ", " : "", table->columns[i].name);
    gs_buffer_text(&sql, ") VALUES (");
    for (uint32_t i = 0; i < table->column_count; i++)
        gs_buffer_print(&sql, "%s$%u", i ? ", " : "", i + 1);
    gs_buffer_text(&sql, ")");
    return sql.text;
}

static const char *columns_sql(const gs_table *table, gs_arena *arena)
{
    gs_buffer sql = {.arena = arena};
    gs_buffer_text(&sql, "SELECT ");
    for (uint32_t i = 0; i < table->column_count; i++)
        gs_buffer_print(&sql, "%s%s", i ? ", " : "", table->columns[i].name);
    gs_buffer_print(&sql, " FROM {%s}", table->record->name);
    return sql.text;
}

/* Walks names that are separated by commas and spaces. */
static bool next_name(const char **at, char name[64])
{
    *at += strspn(*at, ", ");
    size_t size = strcspn(*at, ", ");
    if (!size || size >= 64)
        return false;
    memcpy(name, *at, size);
    name[size] = '\0';
    *at += size;
    return true;
}

static const char *key_sql(const gs_table *table, gs_arena *arena)
{
    const char *at = table->record->key;
    if (!at)
        return NULL;
    gs_buffer sql = {.arena = arena};
    gs_buffer_print(&sql, "SELECT id FROM {%s} WHERE tenant = $1", table->record->name);
    char name[64];
    for (unsigned i = 2; next_name(&at, name); i++)
        gs_buffer_print(&sql, " AND %s = $%u", name, i);
    return sql.text;
}

const gs_table *gs_table_make(const gs_record *record, gs_arena *arena)
{
    gs_table *table = gs_arena_alloc(arena, sizeof *table);
    gs_column *columns = gs_arena_array(arena, record->field_count * 3 + 1, sizeof *columns);
    if (!table || !columns)
        return NULL;
    table->record = record;
    table->columns = columns;
    for (size_t i = 0; i < record->field_count; i++)
        add_field(table, columns, i, arena);
    if (table->personal)
        add_column(table, columns, "salt", GS_SALT, 0);
    table->insert_sql = insert_sql(table, arena);
    table->columns_sql = columns_sql(table, arena);
    table->key_sql = key_sql(table, arena);
    table->page_sql = gs_arena_print(
        arena, "SELECT id FROM {%s} WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT 200", record->name);
    table->tenant_sql = gs_arena_print(
        arena, "SELECT tenant FROM {%s} WHERE tenant > $1 ORDER BY tenant LIMIT 1", record->name);
    if (record->number)
        table->number_sql = gs_arena_print(
            arena, "SELECT id FROM {%s} WHERE tenant = $1 AND %s = $2 ORDER BY id DESC LIMIT 1", record->name,
            record->number);
    return gs_arena_failed(arena) || table->column_count > GS_COLUMNS_MAX ? NULL : table;
}

/* ---- migration: what is missing is added ------------------------------------------------------------- */

static bool is_integer(const gs_field *field)
{
    return field->kind == GS_ID || field->kind == GS_INT || field->kind == GS_TIME || field->kind == GS_FLAG;
}

static const char *column_type(const gs_table *table, const gs_column *column, const govsvc_driver *driver)
{
    if (column->role != GS_PLAIN)
        return driver->type_bytes;
    return is_integer(&table->record->fields[column->field]) ? driver->type_integer : driver->type_text;
}

/* On an embedded store the row number is the identifier (of the journal: the position). */
static const char *key_column(const gs_record *record)
{
    return record->sequence ? record->fields[0].name : "id";
}

static void create_table(gs_buffer *sql, const gs_table *table, const govsvc_driver *driver)
{
    bool embedded = gs_driver_embedded(driver);
    gs_buffer_print(sql, "CREATE TABLE IF NOT EXISTS {%s} (", table->record->name);
    for (uint32_t i = 0; i < table->column_count; i++) {
        const gs_column *column = &table->columns[i];
        bool key = embedded && strcmp(column->name, key_column(table->record)) == 0;
        gs_buffer_print(sql, "%s%s %s%s", i ? ", " : "", column->name, column_type(table, column, driver),
                        key                                   ? " PRIMARY KEY"
                        : strcmp(column->name, "tenant") == 0 ? " NOT NULL"
                                                              : "");
    }
    gs_buffer_text(sql, embedded ? ")" : ", PRIMARY KEY (tenant, id))");
}

typedef struct seen {
    const gs_table *table;
    bool *column;
    bool any;
} seen;

static void saw(void *context, const char *name)
{
    seen *what = context;
    what->any = true;
    for (uint32_t i = 0; i < what->table->column_count; i++)
        if (strcmp(what->table->columns[i].name, name) == 0)
            what->column[i] = true;
}

static govsvc_status add_columns(const gs_table *table, gs_connection *connection, const seen *there,
                                 gs_arena *arena, int64_t *added)
{
    const govsvc_driver *driver = gs_connection_driver(connection);
    govsvc_status status = GOVSVC_OK;
    for (uint32_t i = 0; i < table->column_count && !status; i++) {
        if (there->column[i])
            continue;
        const gs_column *column = &table->columns[i];
        const char *sql = gs_arena_print(arena, "ALTER TABLE {%s} ADD COLUMN %s %s", table->record->name,
                                         column->name, column_type(table, column, driver));
        status = sql ? gs_run(connection, sql) : GOVSVC_NO_MEMORY;
        *added += !status;
    }
    return status;
}

/* The journal's places in the sequence are unique; on an embedded store they are the row numbers. */
static const gs_index *indexes_of(const gs_record *record)
{
    static const gs_index none[] = {{NULL, false}};
    return record->indexes ? record->indexes : none;
}

static govsvc_status add_index(const gs_table *table, gs_connection *connection, const char *columns,
                               bool unique, gs_arena *arena)
{
    gs_buffer sql = {.arena = arena};
    const char *at = columns;
    char name[64];
    gs_buffer_print(&sql, "CREATE %sINDEX IF NOT EXISTS gs_%s", unique ? "UNIQUE " : "", table->record->name);
    while (next_name(&at, name))
        gs_buffer_print(&sql, "_%s", name);
    gs_buffer_print(&sql, " ON {%s} (tenant, %s)", table->record->name, columns);
    return gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : gs_run(connection, sql.text);
}

static govsvc_status add_indexes(const gs_table *table, gs_connection *connection, gs_arena *arena)
{
    const gs_record *record = table->record;
    govsvc_status status = GOVSVC_OK;
    if (record->key)
        status = add_index(table, connection, record->key, true, arena);
    if (record->sequence && !gs_driver_embedded(gs_connection_driver(connection)) && !status)
        status = add_index(table, connection, record->fields[0].name, true, arena);
    for (const gs_index *index = indexes_of(record); index->columns && !status; index++)
        status = add_index(table, connection, index->columns, index->unique, arena);
    for (uint32_t i = 0; i < table->column_count && !status; i++)
        if (table->columns[i].role == GS_FIND)
            status = add_index(table, connection, table->columns[i].name, false, arena);
    return status;
}

govsvc_status gs_table_migrate(const gs_table *table, gs_connection *connection, gs_arena *arena,
                               int64_t *added)
{
    const govsvc_driver *driver = gs_connection_driver(connection);
    const char *name = gs_arena_print(arena, "%s%s", driver->table_prefix, table->record->name);
    seen there = {.table = table, .column = gs_arena_array(arena, table->column_count, sizeof(bool))};
    if (!name || !there.column)
        return GOVSVC_NO_MEMORY;
    govsvc_status status =
        gs_settle(connection, driver->columns(gs_connection_raw(connection), name, saw, &there));
    if (status)
        return status;
    if (there.any) {
        status = add_columns(table, connection, &there, arena, added);
    } else {
        gs_buffer sql = {.arena = arena};
        create_table(&sql, table, driver);
        status = gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : gs_run(connection, sql.text);
        *added += !status;
    }
    return status ? status : add_indexes(table, connection, arena);
}

/* ---- values ------------------------------------------------------------------------------------------ */

govsvc_value gs_field_encode(const gs_field *field, const void *at, gs_arena *arena)
{
    if (gs_field_absent(field, at))
        return gs_null();
    switch ((gs_kind)field->kind) {
    case GS_ID:
    case GS_INT:
    case GS_TIME:
    case GS_FLAG:
        return gs_integer(*gs_field_integer(field, at));
    case GS_NAME:
        return gs_text(gs_name_of(field->names, *gs_field_integer(field, at)));
    case GS_TEXT:
    case GS_DATE:
    case GS_JSON:
        return gs_text(*gs_field_text(field, at));
    case GS_TEXTS:
    case GS_LIST: {
        gs_buffer json = {.arena = arena};
        gs_json_write_list(&json, field, at);
        return (govsvc_value){.kind = GOVSVC_VALUE_TEXT, .size = (uint32_t)json.size, .as.bytes = json.text};
    }
    case GS_NONE:
        break;
    }
    return gs_null();
}

static govsvc_status decode_name(const gs_field *field, const char *name, int64_t *out)
{
    *out = gs_name_value(field->names, name);
    return *out ? GOVSVC_OK : GOVSVC_CORRUPT;
}

govsvc_status gs_field_decode(const gs_field *field, const govsvc_value *value, void *at, gs_arena *arena)
{
    if (value->kind == GOVSVC_VALUE_NULL || field->kind == GS_NONE)
        return GOVSVC_OK;
    if (is_integer(field)) {
        *gs_field_integer(field, at) = value->as.integer;
        return value->kind == GOVSVC_VALUE_INTEGER ? GOVSVC_OK : GOVSVC_CORRUPT;
    }
    if (value->kind == GOVSVC_VALUE_INTEGER)
        return GOVSVC_CORRUPT;
    if (field->kind == GS_TEXTS || field->kind == GS_LIST)
        return gs_json_read_list(field, value->as.bytes, value->size, at, arena);
    if (field->kind == GS_NAME)
        return decode_name(field, value->as.bytes, gs_field_integer(field, at));
    *gs_field_text(field, at) = value->as.bytes;
    return GOVSVC_OK;
}

govsvc_value gs_value_copy(const govsvc_value *value, gs_arena *arena)
{
    govsvc_value copy = *value;
    if (value->kind == GOVSVC_VALUE_TEXT || value->kind == GOVSVC_VALUE_BYTES)
        copy.as.bytes = gs_arena_copy(arena, value->as.bytes, value->size);
    return copy;
}

govsvc_status gs_record_decode(const gs_record *record, const govsvc_value *row, void *out, gs_arena *arena)
{
    govsvc_status status = GOVSVC_OK;
    gs_record_init(record, out);
    for (uint32_t i = 0; i < record->field_count && !status; i++) {
        if (record->fields[i].kind == GS_NONE)
            continue;
        govsvc_value value = gs_value_copy(row++, arena);
        status = gs_arena_failed(arena) ? GOVSVC_NO_MEMORY
                                        : gs_field_decode(&record->fields[i], &value, out, arena);
    }
    return status;
}

bool gs_value_equal(const govsvc_value *a, const govsvc_value *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == GOVSVC_VALUE_NULL)
        return true;
    if (a->kind == GOVSVC_VALUE_INTEGER)
        return a->as.integer == b->as.integer;
    return a->size == b->size && (a->size == 0 || memcmp(a->as.bytes, b->as.bytes, a->size) == 0);
}
