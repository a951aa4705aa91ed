/* lib/matter/title.c - titles and their grams, kept when a version is published. */
#include "matter/title.h"

#include <stdatomic.h>
#include <unicode/uchar.h>

#include "text/text.h"

/* ---- records ----------------------------------------------------------------------------------------- */

/* digest: of the names as they are written, and of how they were folded. */
typedef struct title_row {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    const char *digest;
    const char *text; /* folded, a name a line */
} title_row;

#define TITLE_FIELDS(T, F)                                                                                   \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, TEXT, digest, "摘要", .max = 64)                                                                    \
    F(T, TEXT, text, "检索名", .max = 65536)
GS_RECORD(gs_record_title, title_row, "title", "检索名", TITLE_FIELDS, .table = true, .internal = true,
          .reference = true, .key = "digest")

/* weight: its place in the title, then the length of the name, as a rank has them. */
typedef struct title_gram_row {
    uint64_t struct_size;
    int64_t id, tenant, revision, created_at, updated_at;
    int64_t gram;
    int64_t weight;
    int64_t title;
} title_gram_row;

#define TITLE_GRAM_FIELDS(T, F)                                                                              \
    GS_HEAD_FIELDS(T, F)                                                                                     \
    F(T, INT, gram, "字对")                                                                                  \
    F(T, INT, weight, "次序")                                                                                \
    F(T, ID, title, "检索名标识")
static const gs_index gram_indexes[] = {{"gram, weight, title", false}, {NULL, false}};
GS_RECORD(gs_record_title_gram, title_gram_row, "title_gram", "检索名字对", TITLE_GRAM_FIELDS, .table = true,
          .internal = true, .reference = true, .indexes = gram_indexes)

/* ---- readings ---------------------------------------------------------------------------------------- */

const gs_pinyin *gs_pinyin_of(gs_host *host)
{
    gs_pinyin *known = atomic_load(&host->pinyin);
    if (known)
        return known;
    gs_pinyin *made = gs_pinyin_new(host->allocator);
    if (!made || atomic_compare_exchange_strong(&host->pinyin, &known, made))
        return made;
    gs_pinyin_free(made, host->allocator);
    return known;
}

/* ---- making a title ---------------------------------------------------------------------------------- */

static bool fold_names(gs_arena *arena, const govsvc_matter *matter, gs_buffer *raw, gs_buffer *folded)
{
    for (uint64_t i = 0; i <= matter->keyword_count; i++) {
        const char *name = i ? matter->keywords[i - 1] : matter->name;
        const char *plain = gs_fold(arena, name);
        if (!plain)
            return false;
        gs_buffer_print(raw, "%s\n", name);
        gs_buffer_print(folded, "%s%s", i ? "\n" : "", plain);
    }
    return !gs_arena_failed(arena);
}

/* Another edition of Unicode may fold otherwise: what is published from then on gets titles of its own. */
static govsvc_status digest_of(gs_call *call, gs_buffer *raw, char hex[2 * GS_SM3_SIZE + 1])
{
    UVersionInfo edition;
    unsigned char sm3[GS_SM3_SIZE];
    u_getUnicodeVersion(edition);
    gs_buffer_print(raw, "%d.%d", edition[0], edition[1]);
    if (gs_arena_failed(raw->arena))
        return GOVSVC_NO_MEMORY;
    if (!gs_sm3(gs_connection_crypto(call->work.connection), raw->text, raw->size, sm3))
        return GOVSVC_INTERNAL;
    gs_hex(sm3, sizeof sm3, hex);
    return GOVSVC_OK;
}

static int64_t length_of_name(const char *folded)
{
    int64_t length = 0;
    for (; *folded && *folded != '\n'; folded++)
        length += ((unsigned char)*folded & 0xC0) != 0x80 && *folded != ' ';
    return length;
}

static govsvc_status insert_grams(gs_call *call, const char *folded, int64_t title)
{
    gs_gram_at *grams = NULL;
    size_t count = 0;
    const gs_pinyin *pinyin = gs_pinyin_of(call->host);
    govsvc_status status =
        pinyin ? gs_grams_of(pinyin, folded, call->work.arena, &grams, &count) : GOVSVC_NO_MEMORY;
    int64_t length = length_of_name(folded), tenant = gs_tenant_of(&call->work, &gs_record_title_gram);
    for (size_t i = 0; i < count && !status; i++) {
        govsvc_value values[] = {gs_integer(call->work.next_id(call->work.id_context)), gs_integer(tenant),
                                 gs_integer(grams[i].gram), gs_integer(grams[i].place << 16 | length),
                                 gs_integer(title)};
        status = gs_execute(call->work.connection,
                            "INSERT INTO {title_gram} (id, tenant, gram, weight, title) VALUES "
                            "($1, $2, $3, $4, $5)",
                            values, 5, NULL);
    }
    return status;
}

static govsvc_status insert_title(gs_call *call, const char *digest, const char *folded, int64_t *id)
{
    *id = call->work.next_id(call->work.id_context);
    govsvc_value values[] = {gs_integer(*id), gs_integer(gs_tenant_of(&call->work, &gs_record_title)),
                             gs_text(digest), gs_text(folded), gs_integer(call->work.now)};
    govsvc_status status = gs_guard(call);
    if (!status)
        status = gs_execute(
            call->work.connection,
            "INSERT INTO {title} (id, tenant, digest, text, created_at) VALUES ($1, $2, $3, $4, $5)", values,
            5, NULL);
    return status ? status : insert_grams(call, folded, *id);
}

govsvc_status gs_title_set(gs_call *call, govsvc_matter *matter)
{
    gs_buffer raw = {.arena = call->work.arena}, folded = {.arena = call->work.arena};
    char digest[2 * GS_SM3_SIZE + 1];
    if (!fold_names(call->work.arena, matter, &raw, &folded))
        return GOVSVC_NO_MEMORY;
    govsvc_status status = digest_of(call, &raw, digest);
    if (status)
        return status;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_title)), gs_text(digest)};
    status =
        gs_query_integer(call->work.connection, "SELECT id FROM {title} WHERE tenant = $1 AND digest = $2",
                         values, 2, &matter->title);
    return status == GOVSVC_NOT_FOUND ? insert_title(call, digest, folded.text, &matter->title) : status;
}
