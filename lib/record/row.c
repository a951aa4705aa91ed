#include "record/row.h"

#include <endian.h>
#include <string.h>

int64_t gs_tenant_of(const gs_work *work, const gs_record *record)
{
    return record->reference ? work->tenant / 100 * 100 : work->tenant;
}

size_t gs_tenants(const gs_work *work, int64_t out[2])
{
    out[0] = work->tenant;
    out[1] = work->tenant / 100 * 100;
    return out[0] == out[1] ? 1 : 2;
}

static gs_row *row_alloc(gs_work *work, const gs_table *table)
{
    gs_row *row = gs_arena_alloc(work->arena, sizeof *row);
    if (!row)
        return NULL;
    row->table = table;
    row->work = work;
    row->at = gs_arena_alloc(work->arena, table->record->size);
    row->stored = gs_arena_array(work->arena, table->column_count, sizeof *row->stored);
    row->opened = gs_arena_array(work->arena, table->record->field_count, sizeof *row->opened);
    if (gs_arena_failed(work->arena))
        return NULL;
    gs_record_init(table->record, row->at);
    return row;
}

gs_row *gs_row_new(gs_work *work, const gs_table *table)
{
    gs_row *row = row_alloc(work, table);
    if (!row)
        return NULL;
    memset(row->opened, true, table->record->field_count * sizeof *row->opened);
    row->fresh = true;
    gs_head *head = row->at;
    head->id = work->next_id(work->id_context);
    head->tenant = gs_tenant_of(work, table->record);
    head->revision = 0;
    head->created_at = work->now;
    return row;
}

/* ---- loading ----------------------------------------------------------------------------------------- */

static bool lazy(const gs_field *field)
{
    return gs_field_personal(field) || field->kind == GS_LIST || field->kind == GS_TEXTS;
}

/* What the engine lent in row->stored becomes the row's own. */
static govsvc_status take_row(gs_row *row)
{
    const gs_table *table = row->table;
    for (uint32_t i = 0; i < table->column_count; i++)
        row->stored[i] = gs_value_copy(&row->stored[i], row->work->arena);
    if (gs_arena_failed(row->work->arena))
        return GOVSVC_NO_MEMORY;
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < table->record->field_count && !status; i++) {
        const gs_field *field = &table->record->fields[i];
        if (lazy(field))
            continue;
        row->opened[i] = true;
        if (field->kind != GS_NONE)
            status = gs_field_decode(field, &row->stored[table->of_field[i]], row->at, row->work->arena);
    }
    return status;
}

static const char *select_where(const void *where, const uint64_t table[2], gs_arena *arena)
{
    const gs_table *from = (const gs_table *)(uintptr_t)table[0];
    return gs_arena_print(arena, "%s WHERE %s", from->columns_sql, (const char *)where);
}

govsvc_status gs_row_find(gs_work *work, const gs_table *table, const char *where, const govsvc_value *values,
                          size_t count, gs_row **out)
{
    gs_row *row = row_alloc(work, table);
    if (!row)
        return GOVSVC_NO_MEMORY;
    gs_statement_key key = {.owner = where, .mask = {(uintptr_t)table}};
    gs_rows rows;
    govsvc_status status = gs_query_made(work->connection, &key, select_where, values, count, &rows);
    if (!status)
        status = gs_rows_next(&rows, row->stored, table->column_count);
    if (!status)
        status = take_row(row);
    gs_rows_done(&rows);
    if (!status)
        *out = row;
    return status;
}

govsvc_status gs_row_load_under(gs_work *work, const gs_table *table, int64_t tenant, int64_t id,
                                gs_row **out)
{
    govsvc_value key[] = {gs_integer(id), gs_integer(tenant)};
    return gs_row_find(work, table, "id = $1 AND tenant = $2", key, 2, out);
}

govsvc_status gs_row_load(gs_work *work, const gs_table *table, int64_t id, gs_row **out)
{
    return gs_row_load_under(work, table, gs_tenant_of(work, table->record), id, out);
}

govsvc_status gs_table_page(gs_work *work, const gs_table *table, int64_t after, int64_t ids[GS_PAGE],
                            size_t *count)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(work, table->record)), gs_integer(after)};
    return gs_query_integers(work->connection, table->page_sql, values, 2, ids, GS_PAGE, count);
}

govsvc_status gs_row_load_by_key(gs_work *work, const gs_table *table, const void *at, gs_row **out)
{
    enum { KEY_MAX = 6 };
    govsvc_value key[KEY_MAX] = {gs_integer(gs_tenant_of(work, table->record))};
    size_t count = 1;
    for (const char *name = table->record->key; *name && count < KEY_MAX;) {
        size_t size = strcspn(name, ", ");
        for (size_t i = 0; i < table->record->field_count; i++) {
            const gs_field *field = &table->record->fields[i];
            if (strlen(field->name) == size && memcmp(field->name, name, size) == 0)
                key[count++] = gs_field_encode(field, at, work->arena);
        }
        name += size;
        name += strspn(name, ", ");
    }
    int64_t id;
    govsvc_status status = gs_query_integer(work->connection, table->key_sql, key, count, &id);
    return status ? status : gs_row_load(work, table, id, out);
}

/* ---- personal values --------------------------------------------------------------------------------- */

static gs_place place_of(const gs_row *row, const gs_field *field)
{
    return (gs_place){.tenant = gs_row_head(row)->tenant,
                      .id = gs_row_head(row)->id,
                      .table = row->table->record->name,
                      .field = field->name};
}

static govsvc_status open_personal(gs_row *row, const gs_field *field, const govsvc_value *sealed)
{
    if (sealed->kind == GOVSVC_VALUE_NULL)
        return GOVSVC_OK;
    gs_place place = place_of(row, field);
    const char *plain;
    size_t size;
    govsvc_status status = gs_unseal(gs_connection_crypto(row->work->connection), &place, sealed->as.bytes,
                                     sealed->size, row->work->arena, &plain, &size);
    if (status)
        return status;
    govsvc_value value = {.kind = GOVSVC_VALUE_TEXT, .size = (uint32_t)size, .as.bytes = plain};
    return gs_field_decode(field, &value, row->at, row->work->arena);
}

govsvc_status gs_row_open(gs_row *row, bool personal)
{
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < row->table->record->field_count && !status; i++) {
        const gs_field *field = &row->table->record->fields[i];
        if (row->opened[i] || (gs_field_personal(field) && !personal))
            continue;
        const govsvc_value *stored = &row->stored[row->table->of_field[i]];
        status = gs_field_personal(field) ? open_personal(row, field, stored)
                                          : gs_field_decode(field, stored, row->at, row->work->arena);
        row->opened[i] = !status;
    }
    return status;
}

govsvc_status gs_row_set_text(gs_row *row, const char *name, const char *text)
{
    const gs_field *field = gs_record_field(row->table->record, name);
    if (!field)
        return GOVSVC_INTERNAL;
    *gs_field_text(field, row->at) = text;
    row->opened[field - row->table->record->fields] = true;
    return GOVSVC_OK;
}

/* ---- saving ------------------------------------------------------------------------------------------ */

typedef struct saving {
    gs_row *row;
    govsvc_value *values; /* as they will stand, a column each */
    uint64_t mask[2];     /* columns that differ */
    const unsigned char *salt;
} saving;

static void mark_changed(saving *to, uint32_t column)
{
    to->mask[column / 64] |= 1ull << column % 64;
}

static bool is_changed(const saving *to, uint32_t column)
{
    return to->mask[column / 64] >> column % 64 & 1;
}

static void put(saving *to, uint32_t column, govsvc_value value)
{
    if (gs_value_equal(&value, &to->values[column]))
        return;
    to->values[column] = value;
    mark_changed(to, column);
}

static govsvc_status need_salt(saving *to)
{
    const gs_table *table = to->row->table;
    uint32_t column = table->column_count - 1; /* the salt is the last */
    if (to->values[column].kind == GOVSVC_VALUE_NULL) {
        unsigned char *salt = gs_arena_alloc(to->row->work->arena, GS_SALT_SIZE);
        if (!salt)
            return GOVSVC_NO_MEMORY;
        if (!to->row->work->random(to->row->work->random_context, salt, GS_SALT_SIZE))
            return GOVSVC_INTERNAL;
        put(to, column, gs_bytes(salt, GS_SALT_SIZE));
    }
    to->salt = to->values[column].as.bytes;
    return GOVSVC_OK;
}

static govsvc_status seal(saving *to, const gs_field *field, uint32_t column, const govsvc_value *plain)
{
    gs_work *work = to->row->work;
    gs_crypto *crypto = gs_connection_crypto(work->connection);
    gs_place place = place_of(to->row, field);
    unsigned char nonce[16];
    const unsigned char *sealed;
    size_t size;
    if (!work->random(work->random_context, nonce, sizeof nonce))
        return GOVSVC_INTERNAL;
    govsvc_status status =
        gs_seal(crypto, &place, nonce, plain->as.bytes, plain->size, work->arena, &sealed, &size);
    if (status)
        return status;
    put(to, column, gs_bytes(sealed, size));
    if (!field->find)
        return GOVSVC_OK;
    unsigned char *digest = gs_arena_alloc(work->arena, GS_SM3_SIZE);
    if (!digest || !gs_find_digest(crypto, place.table, place.field, plain->as.bytes, plain->size, digest))
        return GOVSVC_NO_MEMORY;
    put(to, column + 2, gs_bytes(digest, GS_SM3_SIZE));
    return GOVSVC_OK;
}

/* A personal value whose mark is the stored one did not change, and stays as it is sealed. */
static govsvc_status put_personal(saving *to, const gs_field *field, uint32_t column)
{
    gs_work *work = to->row->work;
    govsvc_value plain = gs_field_encode(field, to->row->at, work->arena);
    if (plain.kind == GOVSVC_VALUE_NULL) {
        put(to, column, plain);
        put(to, column + 1, plain);
        if (field->find)
            put(to, column + 2, plain);
        return GOVSVC_OK;
    }
    govsvc_status status = need_salt(to);
    unsigned char *mark = gs_arena_alloc(work->arena, GS_SM3_SIZE);
    if (status || !mark)
        return status ? status : GOVSVC_NO_MEMORY;
    gs_place place = place_of(to->row, field);
    if (!gs_mark(gs_connection_crypto(work->connection), &place, to->salt, plain.as.bytes, plain.size, mark))
        return GOVSVC_INTERNAL;
    govsvc_value value = gs_bytes(mark, GS_SM3_SIZE);
    if (gs_value_equal(&value, &to->values[column + 1]))
        return GOVSVC_OK;
    put(to, column + 1, value);
    return seal(to, field, column, &plain);
}

/* A text that was loaded is the stored value's own until another one is put in its place. */
static bool is_untouched(const gs_field *field, const void *at, const govsvc_value *stored)
{
    bool text = field->kind == GS_TEXT || field->kind == GS_DATE || field->kind == GS_JSON;
    return text && stored->kind == GOVSVC_VALUE_TEXT && *gs_field_text(field, at) == stored->as.bytes;
}

static govsvc_status put_field(saving *to, size_t index)
{
    const gs_field *field = &to->row->table->record->fields[index];
    if (!to->row->opened[index] || field->kind == GS_NONE)
        return GOVSVC_OK;
    uint32_t column = to->row->table->of_field[index];
    if (gs_field_personal(field))
        return put_personal(to, field, column);
    if (is_untouched(field, to->row->at, &to->values[column]))
        return GOVSVC_OK;
    put(to, column, gs_field_encode(field, to->row->at, to->row->work->arena));
    return GOVSVC_OK;
}

static govsvc_status compare(saving *to)
{
    const gs_table *table = to->row->table;
    gs_arena *arena = to->row->work->arena;
    to->values = gs_arena_array(arena, table->column_count, sizeof *to->values);
    if (!to->values)
        return GOVSVC_NO_MEMORY;
    memcpy(to->values, to->row->stored, table->column_count * sizeof *to->values);
    govsvc_status status = GOVSVC_OK;
    for (size_t i = 0; i < table->record->field_count && !status; i++)
        status = put_field(to, i);
    return !status && gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : status;
}

/* ---- hash and changes -------------------------------------------------------------------------------- */

/* Its name and a NUL, its kind, 8 bytes of number or size (little endian), its bytes. */
static void hash_value(gs_buffer *bytes, const char *name, const govsvc_value *value)
{
    bool integer = value->kind == GOVSVC_VALUE_INTEGER;
    size_t name_size = strlen(name) + 1, size = integer ? 0 : value->size;
    uint64_t number = integer ? (uint64_t)value->as.integer : size;
    char *to = gs_buffer_room(bytes, name_size + 9 + size);
    if (!to)
        return;
    memcpy(to, name, name_size);
    to += name_size;
    *to++ = integer ? 'i' : value->kind == GOVSVC_VALUE_TEXT ? 't' : 'b';
    number = htole64(number);
    memcpy(to, &number, 8);
    if (size)
        memcpy(to + 8, value->as.bytes, size);
    bytes->size += name_size + 9 + size;
}

/* Every column that is not null and not sealed, by name, kind, size and bytes: a column that is added
 * later leaves the hash of older rows as it was, and so do a new key and an erased value. */
static govsvc_status hash_values(const gs_row *row, const govsvc_value *values,
                                 char hash[2 * GS_SM3_SIZE + 1])
{
    const gs_table *table = row->table;
    gs_buffer bytes = {.arena = row->work->arena};
    for (uint32_t i = 0; i < table->column_count; i++) {
        const gs_column *column = &table->columns[i];
        if (values[i].kind == GOVSVC_VALUE_NULL || (column->role != GS_PLAIN && column->role != GS_MARK))
            continue;
        hash_value(&bytes, column->name, &values[i]);
    }
    if (gs_arena_failed(row->work->arena))
        return GOVSVC_NO_MEMORY;
    unsigned char digest[GS_SM3_SIZE];
    if (!gs_sm3(gs_connection_crypto(row->work->connection), bytes.text, bytes.size, digest))
        return GOVSVC_INTERNAL;
    gs_hex(digest, sizeof digest, hash);
    return GOVSVC_OK;
}

/* As it stands in JSON everywhere: identifiers as strings, times with their zone, lists as they are. */
static void write_plain(gs_buffer *json, const gs_field *field, const govsvc_value *value)
{
    if (value->kind == GOVSVC_VALUE_INTEGER && field->kind == GS_TIME)
        gs_json_time(json, value->as.integer);
    else if (value->kind == GOVSVC_VALUE_INTEGER && field->kind == GS_ID)
        gs_json_id(json, value->as.integer);
    else if (value->kind == GOVSVC_VALUE_INTEGER && field->kind == GS_FLAG)
        gs_buffer_text(json, value->as.integer == GOVSVC_YES ? "true" : "false");
    else if (value->kind == GOVSVC_VALUE_INTEGER)
        gs_json_integer(json, value->as.integer);
    else if (field->kind == GS_LIST || field->kind == GS_TEXTS || field->kind == GS_JSON)
        gs_buffer_add(json, value->as.bytes, value->size);
    else
        gs_json_text(json, value->as.bytes);
}

static void write_change(gs_buffer *json, const gs_table *table, uint32_t index, const govsvc_value *value)
{
    const gs_column *column = &table->columns[index];
    gs_buffer_add(json, json->size > 1 ? ",\"" : "{\"", 2);
    gs_buffer_text(json, column->name);
    gs_buffer_add(json, "\":", 2);
    if (value->kind == GOVSVC_VALUE_NULL) {
        gs_buffer_text(json, "null");
    } else if (column->role == GS_MARK) {
        char mark[2 * GS_SM3_SIZE + 1];
        gs_hex(value->as.bytes, GS_SM3_SIZE, mark);
        gs_json_text(json, mark);
    } else {
        write_plain(json, &table->record->fields[column->field], value);
    }
}

/* What the journal keeps; id, tenant, revision and times stand in the entry itself. */
static const char *changes_of(const saving *to)
{
    const gs_table *table = to->row->table;
    gs_buffer json = {.arena = to->row->work->arena};
    for (uint32_t i = 0; i < table->column_count; i++) {
        const gs_column *column = &table->columns[i];
        bool head = column->role == GS_PLAIN && column->field < 5;
        if (is_changed(to, i) && !head && (column->role == GS_PLAIN || column->role == GS_MARK))
            write_change(&json, table, i, &to->values[i]);
    }
    gs_buffer_text(&json, json.size ? "}" : "{}");
    return json.text;
}

/* ---- writing ----------------------------------------------------------------------------------------- */

static const char *update_sql(const void *owner, const uint64_t mask[2], gs_arena *arena)
{
    const gs_table *table = owner;
    gs_buffer sql = {.arena = arena};
    unsigned parameter = 1;
    gs_buffer_print(&sql, "UPDATE {%s} SET ", table->record->name);
    for (uint32_t i = 0; i < table->column_count; i++)
        if (mask[i / 64] >> i % 64 & 1) {
            gs_buffer_print(&sql, "%s%s = $%u", parameter > 1 ? ", " : "", table->columns[i].name, parameter);
            parameter++;
        }
    gs_buffer_print(&sql, " WHERE id = $%u AND tenant = $%u AND revision = $%u", parameter, parameter + 1,
                    parameter + 2);
    return gs_arena_failed(arena) ? NULL : sql.text;
}

static govsvc_status update(const saving *to, int64_t seen)
{
    gs_row *row = to->row;
    gs_work *work = row->work;
    const gs_table *table = row->table;
    govsvc_value *values = gs_arena_array(work->arena, table->column_count + 3, sizeof *values);
    if (!values)
        return GOVSVC_NO_MEMORY;
    size_t count = 0;
    for (uint32_t i = 0; i < table->column_count; i++)
        if (is_changed(to, i))
            values[count++] = to->values[i];
    values[count++] = gs_integer(gs_row_head(row)->id);
    values[count++] = gs_integer(gs_row_head(row)->tenant);
    values[count++] = gs_integer(seen);
    gs_statement_key key = {.owner = table, .mask = {to->mask[0], to->mask[1]}};
    int64_t changed = 0;
    govsvc_status status = gs_execute_made(work->connection, &key, update_sql, values, count, &changed);
    return status ? status : changed == 1 ? GOVSVC_OK : GOVSVC_CONFLICT;
}

static govsvc_status write_row(saving *to, int64_t seen)
{
    gs_row *row = to->row;
    if (!row->fresh)
        return update(to, seen);
    return gs_execute(row->work->connection, row->table->insert_sql, to->values, row->table->column_count,
                      NULL);
}

static bool anything(const saving *to)
{
    return to->mask[0] || to->mask[1];
}

govsvc_status gs_row_save(gs_row *row, const char **changes, char hash[2 * GS_SM3_SIZE + 1])
{
    saving to = {.row = row};
    gs_head *head = row->at;
    int64_t seen = head->revision;
    *changes = NULL;
    govsvc_status status = compare(&to);
    if (status || !(row->touched || anything(&to)))
        return status;
    head->revision = seen + 1;
    if (head->updated_at == GOVSVC_ABSENT || head->updated_at < row->work->now)
        head->updated_at = row->work->now; /* another machine's clock may be ahead: it does not go back */
    for (size_t i = 0; i < 5; i++)         /* the head's columns */
        put_field(&to, i);
    status = hash_values(row, to.values, hash);
    if (!status)
        status = write_row(&to, seen);
    if (status)
        return status;
    *changes = changes_of(&to);
    memcpy(row->stored, to.values, row->table->column_count * sizeof *to.values);
    row->fresh = row->touched = false;
    return gs_arena_failed(row->work->arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

static govsvc_status check_sealed(gs_row *row, const gs_field *field, const govsvc_value *stored, bool *right)
{
    gs_work *work = row->work;
    gs_crypto *crypto = gs_connection_crypto(work->connection);
    const govsvc_value *salt = &row->stored[row->table->column_count - 1];
    gs_place place = place_of(row, field);
    unsigned char mark[GS_SM3_SIZE];
    const char *plain;
    size_t size;
    *right = stored[0].kind == GOVSVC_VALUE_NULL &&
             (stored[1].kind == GOVSVC_VALUE_NULL || salt->kind == GOVSVC_VALUE_NULL);
    if (stored[0].kind != GOVSVC_VALUE_BYTES || stored[1].kind != GOVSVC_VALUE_BYTES ||
        salt->size != GS_SALT_SIZE)
        return GOVSVC_OK;
    govsvc_status status =
        gs_unseal(crypto, &place, stored[0].as.bytes, stored[0].size, work->arena, &plain, &size);
    if (status)
        return status == GOVSVC_CORRUPT || status == GOVSVC_UNSUPPORTED ? GOVSVC_OK : status;
    if (!gs_mark(crypto, &place, salt->as.bytes, plain, size, mark))
        return GOVSVC_INTERNAL;
    *right = stored[1].size == sizeof mark && memcmp(stored[1].as.bytes, mark, sizeof mark) == 0;
    return GOVSVC_OK;
}

govsvc_status gs_row_check_sealed(gs_row *row, const char **wrong)
{
    govsvc_status status = GOVSVC_OK;
    *wrong = NULL;
    for (size_t i = 0; i < row->table->record->field_count && !status && !*wrong; i++) {
        const gs_field *field = &row->table->record->fields[i];
        bool right = true;
        if (gs_field_personal(field))
            status = check_sealed(row, field, &row->stored[row->table->of_field[i]], &right);
        if (!right)
            *wrong = field->name;
    }
    return status;
}

bool gs_row_differs(gs_row *row)
{
    saving to = {.row = row};
    return compare(&to) || anything(&to);
}

govsvc_status gs_row_hash(gs_row *row, char hash[2 * GS_SM3_SIZE + 1])
{
    return hash_values(row, row->stored, hash);
}
