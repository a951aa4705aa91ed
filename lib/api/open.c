/* lib/api/open.c - opening and closing a store. */
#include "api/handle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "codes/codes.h"
#include "mandate/mandate.h"
#include "reference/reference.h"
#include "text/text.h"

/* The store's formats. An older library works with tables and columns it does not know; only a raised
 * number here keeps it from reading or writing. */
enum { READ_FORMAT = 1, WRITE_FORMAT = 1 };

/* ---- callbacks and their defaults -------------------------------------------------------------------- */

int64_t gs_now(const govsvc *gs)
{
    if (gs->config.clock)
        return gs->config.clock(gs->config.clock_context);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool gs_random(void *context, void *out, size_t size)
{
    govsvc *gs = context;
    return gs->config.random ? gs->config.random(gs->config.random_context, out, size)
                             : gs_random_default(NULL, out, size);
}

void gs_log(const govsvc *gs, int severity, const char *message)
{
    if (gs->config.log)
        gs->config.log(gs->config.log_context, severity, message);
}

static bool own_key(void *context, int64_t key_id, unsigned char out[GS_KEY_SIZE])
{
    govsvc *gs = context;
    if (!gs->has_own_key || key_id != 1)
        return false;
    memcpy(out, gs->own_key, GS_KEY_SIZE);
    return true;
}

/* ---- the configuration ------------------------------------------------------------------------------- */

static govsvc_status refuse(govsvc *gs, govsvc_status status, const char *field, const char *rule,
                            const char *got)
{
    return gs_problem_add(gs->problems,
                          &(govsvc_problem){.status = status, .field = field, .rule = rule, .got = got});
}

static const govsvc_driver *driver_of(const govsvc_config *config)
{
    const govsvc_driver *const drivers[] = {govsvc_driver_sqlite(), govsvc_driver_postgres()};
    if (config->driver)
        return config->driver;
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        size_t size = drivers[i] ? strlen(drivers[i]->scheme) : 0;
        if (size && strncmp(config->store, drivers[i]->scheme, size) == 0 && config->store[size] == ':')
            return drivers[i];
    }
    return NULL;
}

/* What follows "scheme:"; a URL ("postgresql://...") is handed on whole. */
static const char *address_of(const govsvc_config *config, const govsvc_driver *driver)
{
    size_t size = strlen(driver->scheme);
    bool has_scheme = strncmp(config->store, driver->scheme, size) == 0 && config->store[size] == ':';
    return has_scheme && strncmp(config->store + size, "://", 3) != 0 ? config->store + size + 1
                                                                      : config->store;
}

static govsvc_status take_division(govsvc *gs, const char *division)
{
    govsvc_status status = gs_code_check(GOVSVC_CODE_DIVISION, division, gs->problems, "/division");
    if (status)
        return status;
    gs->host.division = gs->config.division = gs_arena_text(gs->arena, division);
    for (int i = 0; i < 4; i++)
        gs->tenant = gs->tenant * 10 + (division[i] - '0');
    return gs->host.division ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status take_config(govsvc *gs, const govsvc_config *config)
{
    govsvc_config *own = &gs->config;
    memcpy(own, config, config->struct_size < sizeof *own ? config->struct_size : sizeof *own);
    if (!own->store)
        return refuse(gs, GOVSVC_INVALID, "/store", "required", NULL);
    govsvc_status status = own->division ? take_division(gs, own->division) : GOVSVC_OK;
    if (status)
        return status;
    if (own->node != GOVSVC_ABSENT && (own->node < 0 || own->node > 1023))
        return gs_problem_add(gs->problems,
                              &(govsvc_problem){.field = "/node", .rule = "range", .expected = "0 .. 1023"});
    own->driver = driver_of(own);
    if (!own->driver)
        return refuse(gs, GOVSVC_UNSUPPORTED, "/store", "driver", own->store);
    own->store = gs_arena_text(gs->arena, own->store);
    own->allocator = &gs->allocator;
    gs->host.allocator = &gs->allocator;
    gs->ids.node = own->node == GOVSVC_ABSENT ? -1 : own->node;
    return gs_arena_failed(gs->arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* ---- services and tables ----------------------------------------------------------------------------- */

static size_t count_services(const gs_service *const *list)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    return count;
}

static size_t count_records(const gs_service *service)
{
    size_t count = 0;
    while (service->records && service->records[count])
        count++;
    return count;
}

static govsvc_status lay_tables(govsvc *gs, const gs_service *const *more)
{
    size_t own = count_services(gs_services), others = count_services(more), records = 0;
    const gs_service **all = gs_arena_array(gs->arena, own + others + 1, sizeof *all);
    if (!all)
        return GOVSVC_NO_MEMORY;
    memcpy(all, gs_services, own * sizeof *all);
    if (others)
        memcpy(all + own, more, others * sizeof *all);
    for (size_t i = 0; i < own + others; i++)
        records += count_records(all[i]);
    const gs_table **tables = gs_arena_array(gs->arena, records + 1, sizeof *tables);
    if (!tables)
        return GOVSVC_NO_MEMORY;
    size_t at = 0;
    for (size_t i = 0; i < own + others; i++)
        for (size_t j = 0; j < count_records(all[i]); j++)
            if (!(tables[at++] = gs_table_make(all[i]->records[j], gs->arena)))
                return GOVSVC_NO_MEMORY;
    gs->host.services = all;
    gs->host.tables = tables;
    gs->host.calendar_as_of = gs_calendar_load;
    gs->host.mandate_in_force = gs_mandate_in_force;
    return GOVSVC_OK;
}

/* ---- what stands in the store ------------------------------------------------------------------------ */

/* A short name of all the columns this library knows: where the store has the same, nothing is missing. */
static govsvc_status schema_name(govsvc *gs, gs_connection *connection, gs_arena *arena, const char **out)
{
    gs_buffer text = {.arena = arena};
    for (const gs_table *const *table = gs->host.tables; *table; table++) {
        gs_buffer_text(&text, (*table)->columns_sql);
        for (const gs_index *index = (*table)->record->indexes; index && index->columns; index++)
            gs_buffer_text(&text, index->columns);
    }
    unsigned char digest[GS_SM3_SIZE];
    char *hex = gs_arena_alloc(arena, 2 * GS_SM3_SIZE + 1);
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    if (!gs_sm3(gs_connection_crypto(connection), text.text, text.size, digest))
        return GOVSVC_INTERNAL;
    gs_hex(digest, sizeof digest, hex);
    *out = hex;
    return GOVSVC_OK;
}

static void work_of(govsvc *gs, gs_connection *connection, gs_arena *arena, gs_work *work)
{
    *work = (gs_work){.connection = connection,
                      .arena = arena,
                      .problems = gs->problems,
                      .now = gs_now(gs),
                      .tenant = gs->tenant,
                      .next_id = gs_next_id,
                      .id_context = gs,
                      .random = gs_random,
                      .random_context = gs};
}

static govsvc_status check_format(govsvc *gs, gs_work *work)
{
    static const struct {
        const char *name;
        int64_t known;
    } formats[] = {{"read_format", READ_FORMAT}, {"write_format", WRITE_FORMAT}};
    for (size_t i = 0; i < 2; i++) {
        const char *value;
        govsvc_status status = gs_setting_get(work, formats[i].name, &value);
        if (status)
            return status == GOVSVC_NOT_FOUND ? refuse(gs, GOVSVC_FOREIGN, "/store", "format", NULL) : status;
        int64_t found = strtoll(value, NULL, 10);
        if (found > formats[i].known && (i == 0 || gs->config.read_only != GOVSVC_YES))
            return gs_problem_add(
                gs->problems,
                &(govsvc_problem){.status = GOVSVC_FORMAT,
                                  .field = "/store",
                                  .rule = formats[i].name,
                                  .expected = "1",
                                  .got = value,
                                  .text_zh = "存储的格式比本库新：请升级本库",
                                  .text_en = "the store's format is newer: this library is the older "
                                             "side and must be upgraded"});
    }
    return GOVSVC_OK;
}

/* Puts a setting that is not there yet. */
static govsvc_status put_once(gs_work *work, const char *name, const char *value)
{
    const char *there;
    govsvc_status status = gs_setting_get(work, name, &there);
    return status == GOVSVC_NOT_FOUND ? gs_setting_put(work, name, value) : status;
}

/* A key of the store's own, where there is none yet. The handle takes it from the store: while it is at work it
 * may have another one's already. */
static govsvc_status make_key(govsvc *gs, gs_work *work)
{
    unsigned char key[GS_KEY_SIZE];
    char hex[2 * GS_KEY_SIZE + 1];
    if (!gs_random(gs, key, sizeof key))
        return GOVSVC_INTERNAL;
    gs_hex(key, sizeof key, hex);
    return put_once(work, "own_key", hex);
}

static unsigned char nibble(char c)
{
    return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static govsvc_status read_key(govsvc *gs, gs_work *work)
{
    const char *hex;
    govsvc_status status = gs_setting_get(work, "own_key", &hex);
    if (status)
        return status;
    if (strlen(hex) != 2 * GS_KEY_SIZE || strspn(hex, "0123456789abcdef") != 2 * GS_KEY_SIZE)
        return GOVSVC_CORRUPT;
    for (size_t i = 0; i < GS_KEY_SIZE; i++)
        gs->own_key[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
    gs->has_own_key = true;
    return GOVSVC_OK;
}

static govsvc_status write_settings(govsvc *gs, gs_work *work, const char *schema)
{
    govsvc_status status = gs_ids_lease(gs, work->connection);
    if (!status)
        status = gs_begin(work->connection, true);
    if (!status)
        status = put_once(work, "read_format", "1");
    if (!status)
        status = put_once(work, "write_format", "1");
    if (!status)
        status = put_once(work, "division", gs->config.division);
    if (!status && !gs->config.key)
        status = make_key(gs, work);
    if (!status)
        status = gs_setting_put(work, "schema", schema);
    if (!status)
        status = gs_commit(work->connection);
    gs_rollback(work->connection);
    return status;
}

static void saw_any(void *context, const char *column)
{
    (void)column;
    *(bool *)context = true;
}

/* Is there a store of ours already? One whose making broke off has tables, but no settings yet: it is made
 * again. */
static govsvc_status is_there(govsvc *gs, gs_connection *connection, bool *there)
{
    gs_arena *arena = gs->arena;
    const govsvc_driver *driver = gs->config.driver;
    *there = false;
    const char *name = gs_arena_print(arena, "%s%s", driver->table_prefix, gs_record_setting.name);
    if (!name)
        return GOVSVC_NO_MEMORY;
    govsvc_status status =
        gs_settle(connection, driver->columns(gs_connection_raw(connection), name, saw_any, there));
    if (status || !*there)
        return status;
    int64_t settings = 0;
    govsvc_value region[] = {gs_integer(gs->tenant / 100 * 100)};
    if (gs->host.division)
        status = gs_query_integer(connection, "SELECT count(*) FROM {setting} WHERE tenant = $1", region, 1,
                                  &settings);
    else
        status = gs_query_integer(connection, "SELECT count(*) FROM {setting}", NULL, 0, &settings);
    *there = settings > 0;
    return status;
}

govsvc_status gs_complete(govsvc *gs, gs_connection *connection, gs_arena *arena, int64_t *added)
{
    gs_work work;
    const char *schema;
    work_of(gs, connection, arena, &work);
    govsvc_status status = schema_name(gs, connection, arena, &schema);
    if (!status)
        status = gs_migrate(gs, connection, added);
    return status ? status : write_settings(gs, &work, schema);
}

/* Where the host names no division, an embedded store has its own: the one it was made with. */
static govsvc_status need_division(govsvc *gs, gs_connection *connection, bool there)
{
    govsvc_value name = gs_text("division"), row;
    const char *division = NULL;
    gs_rows rows;
    if (gs->host.division)
        return GOVSVC_OK;
    if (!there || !gs_driver_embedded(gs->config.driver))
        return refuse(gs, GOVSVC_INVALID, "/division", "required", NULL);
    govsvc_status status = gs_query(
        connection, "SELECT value FROM {setting} WHERE name = $1 ORDER BY tenant LIMIT 1", &name, 1, &rows);
    if (!status)
        status = gs_rows_next(&rows, &row, 1);
    if (!status && row.kind == GOVSVC_VALUE_TEXT)
        division = gs_arena_copy(gs->arena, row.as.bytes, row.size);
    gs_rows_done(&rows);
    if (status == GOVSVC_NOT_FOUND)
        return refuse(gs, GOVSVC_INVALID, "/division", "required", NULL);
    if (!status && !division)
        status = gs_arena_failed(gs->arena) ? GOVSVC_NO_MEMORY : GOVSVC_CORRUPT;
    return status ? status : take_division(gs, division);
}

static govsvc_status look_at_store(govsvc *gs, gs_connection *connection, gs_arena *arena)
{
    gs_work work;
    bool there;
    const char *schema, *found = "";
    int64_t added;
    govsvc_status status = is_there(gs, connection, &there);
    if (!status && !there && (gs->config.create == GOVSVC_NO || gs->config.read_only == GOVSVC_YES))
        return refuse(gs, GOVSVC_NOT_FOUND, "/store", "exists", gs->config.store);
    if (!status)
        status = need_division(gs, connection, there);
    work_of(gs, connection, arena, &work);
    if (!status)
        status = schema_name(gs, connection, arena, &schema);
    if (status)
        return status;
    if (there)
        status = check_format(gs, &work);
    if (!status && there)
        status = gs_setting_get(&work, "schema", &found);
    bool incomplete = strcmp(found, schema) != 0 && gs->config.read_only != GOVSVC_YES;
    if (!status && incomplete && (!there || gs_driver_embedded(gs->config.driver)))
        status = gs_complete(gs, connection, arena, &added);
    if (!status && !gs->config.key)
        status = read_key(gs, &work);
    return status ? status : gs_ids_seed(gs, connection);
}

static govsvc_status open_store(govsvc *gs)
{
    char message[512] = "";
    gs_store_config config = {
        .driver = gs->config.driver,
        .address = address_of(&gs->config, gs->config.driver),
        .options = {.struct_size = sizeof(govsvc_store_options),
                    .create = gs->config.create,
                    .read_only = gs->config.read_only,
                    .synchronous = gs->config.synchronous,
                    .busy_timeout_ms =
                        gs->config.busy_timeout_ms == GOVSVC_ABSENT ? 5000 : gs->config.busy_timeout_ms,
                    .context = gs->config.driver_context},
        .allocator = &gs->allocator,
        .keys = {gs->config.key ? gs->config.key : own_key, gs->config.key ? gs->config.key_context : gs},
    };
    govsvc_status status = gs_store_open(&config, &gs->store, message, sizeof message);
    gs_connection *connection = NULL;
    gs_arena *arena = NULL;
    if (!status)
        status = gs_store_acquire(gs->store, &connection);
    if (!status && !(arena = gs_arena_new(&gs->allocator, 0)))
        status = GOVSVC_NO_MEMORY;
    if (!status)
        status = look_at_store(gs, connection, arena);
    if (status && !gs_problems_count(gs->problems))
        gs_problem_add(
            gs->problems,
            &(govsvc_problem){.status = status,
                              .field = "/store",
                              .rule = "store",
                              .got = *message || !connection ? message : gs_connection_message(connection),
                              .text_zh = govsvc_status_text(status, "zh"),
                              .text_en = govsvc_status_text(status, "en")});
    gs_arena_free(arena);
    gs_store_release(connection);
    return status;
}

/* ---- the handle -------------------------------------------------------------------------------------- */

static bool allocator_whole(const govsvc_allocator *allocator)
{
    return !allocator || (allocator->allocate && allocator->reallocate && allocator->release);
}

void gs_handle_destroy(govsvc *gs)
{
    govsvc_allocator allocator = gs->allocator;
    gs_calendar_give(gs, gs->calendar);
    gs_store_close(gs->store);
    gs_pinyin_free(gs->host.pinyin, &gs->allocator);
    gs_problems_free(gs->problems);
    memset(gs->own_key, 0, sizeof gs->own_key);
    pthread_mutex_destroy(&gs->mutex);
    gs_arena *arena = gs->arena;
    allocator.release(allocator.context, gs);
    gs_arena_free(arena);
}

govsvc_status gs_open_with(const govsvc_config *config, const gs_service *const *more, govsvc **out)
{
    if (!config || !out || config->struct_size < offsetof(govsvc_config, reserved) ||
        config->struct_size % 8 || !allocator_whole(config->allocator))
        return GOVSVC_MISUSE;
    const govsvc_allocator *allocator = config->allocator ? config->allocator : &gs_allocator_default;
    govsvc *gs = allocator->allocate(allocator->context, sizeof *gs);
    if (!gs)
        return GOVSVC_NO_MEMORY;
    *gs = (govsvc){.allocator = *allocator, .process = getpid()};
    pthread_mutex_init(&gs->mutex, NULL);
    gs->arena = gs_arena_new(&gs->allocator, 0);
    gs->problems = gs_problems_new(&gs->allocator);
    if (!gs->arena || !gs->problems) {
        gs_handle_destroy(gs);
        return GOVSVC_NO_MEMORY;
    }
    govsvc_status status = take_config(gs, config);
    if (!status)
        status = lay_tables(gs, more);
    if (!status)
        status = open_store(gs);
    gs->usable = !status;
    *out = gs;
    return status;
}

govsvc_status govsvc_open(const govsvc_config *config, govsvc **out)
{
    return gs_open_with(config, NULL, out);
}

const govsvc_problem *govsvc_open_problem(const govsvc *gs)
{
    return gs ? gs_problems_at(gs->problems, 0) : NULL;
}

void govsvc_close(govsvc *gs)
{
    if (!gs)
        return;
    pthread_mutex_lock(&gs->mutex);
    gs->closing = true;
    bool last = gs->sessions == 0;
    pthread_mutex_unlock(&gs->mutex);
    if (last)
        gs_handle_destroy(gs);
}
