/* JSON Lines into an import: {"kind": draft} a line. */
#include "api/import.h"

#include <string.h>

/* The next line into the arena. A line that is too long is read to its end and not kept. *end: there was
 * none any more. */
static govsvc_status read_line(gs_importing *of, gs_buffer *line, bool *end)
{
    gs_import_source *from = &of->from;
    size_t size = 0;
    *end = false;
    for (;;) {
        if (!gs_import_refill(from))
            return GOVSVC_CANCELLED;
        if (from->at == from->size) {
            *end = size == 0;
            break;
        }
        const unsigned char *start = from->bytes + from->at,
                            *stop = memchr(start, '\n', from->size - from->at);
        size_t piece = stop ? (size_t)(stop - start) : from->size - from->at;
        size += piece;
        if (size <= GS_JSON_SIZE_MAX)
            gs_buffer_add(line, start, piece);
        from->at += piece + (stop != NULL);
        from->taken += (int64_t)(piece + (stop != NULL));
        if (stop)
            break;
    }
    if (size > GS_JSON_SIZE_MAX)
        gs_problem_add(of->problems,
                       &(govsvc_problem){.field = "",
                                         .rule = "too_large",
                                         .expected = gs_arena_print(of->arena, "%d", GS_JSON_SIZE_MAX),
                                         .got = gs_arena_print(of->arena, "%zu", size)});
    return gs_arena_failed(of->arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* Splits {"kind": draft} into both. What is wrong inside the draft, its reader tells. */
static bool split_line(const gs_buffer *line, char kind[64], const char **draft, size_t *size)
{
    static const char blanks[] = " \t\r";
    const char *at = line->text + strspn(line->text, blanks), *end = line->text + line->size;
    while (end > at && strchr(blanks, end[-1]))
        end--;
    if (*at != '{' || end[-1] != '}')
        return false;
    end--;
    at++;
    at += strspn(at, blanks);
    size_t name = *at == '"' ? strcspn(at + 1, "\"\\") : 64;
    if (name >= 64 || at[1 + name] != '"')
        return false;
    memcpy(kind, at + 1, name);
    kind[name] = '\0';
    at += name + 2;
    at += strspn(at, blanks);
    *draft = at + 1;
    *size = *at == ':' && at < end ? (size_t)(end - *draft) : 0;
    return *at == ':' && at < end;
}

static void *refuse_line(gs_importing *of, const char *field, const char *rule, const char *zh,
                         const char *en)
{
    gs_problem_add(of->problems,
                   &(govsvc_problem){.field = field, .rule = rule, .text_zh = zh, .text_en = en});
    return NULL;
}

/* The draft that stands in a line; NULL: the problems say why, or there is no memory. */
static void *read_draft(gs_importing *of, const gs_buffer *line)
{
    char kind[64];
    const char *text;
    size_t size;
    if (gs_problems_count(of->problems)) /* it was too long */
        return NULL;
    if (strlen(line->text) != line->size || !split_line(line, kind, &text, &size))
        return refuse_line(
            of, "", "format", "每行应为一个完整的对象，以记录种类为成员名，如 {\"matter\": {…}}",
            "a line must be one whole object whose member is named for the kind of record, such as "
            "{\"matter\": {...}}");
    of->operation = gs_put_of(&of->session->gs->host, kind);
    if (!of->operation)
        return refuse_line(of, gs_arena_print(of->arena, "/%s", kind), "unknown_field",
                           gs_arena_print(of->arena, "没有可导入的记录种类 %s", kind),
                           gs_arena_print(of->arena, "no kind of record %s can be imported", kind));
    void *draft = gs_import_draft(of);
    if (draft)
        gs_json_read(of->operation->in, text, size, draft, of->arena, of->problems, NULL);
    return draft;
}

static bool blank(const gs_buffer *line)
{
    return strspn(line->text, " \t\r") == line->size;
}

govsvc_status gs_import_lines(gs_importing *of)
{
    govsvc_status status = GOVSVC_OK;
    bool end = false;
    for (int64_t number = 1; !status && !end; number++) {
        gs_arena_reset(of->arena);
        gs_problems_clear(of->problems);
        gs_buffer line = {.arena = of->arena};
        gs_buffer_add(&line, "", 0);
        status = read_line(of, &line, &end);
        if (!status && !end && (gs_problems_count(of->problems) || !blank(&line)))
            status = gs_import_take_read(of, read_draft(of, &line), number);
    }
    return status;
}
