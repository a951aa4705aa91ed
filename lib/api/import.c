/* lib/api/import.c - records from a file: XML or JSON Lines, of whatever kind can be put.
 *
 * May use: operate, record/xml. Every record goes through its own put operation, under the same checks as
 * a single call; what is particular here is only the reading, the commits, and telling what was refused.
 */
#include "api/transfer.h"

#include <stdio.h>
#include <string.h>

#include "record/xml.h"

/* Records under one commit, and bytes asked for at a time. */
enum { BATCH = 1000, CHUNK = 16384 };

/* The host's bytes, seen once before they are read. */
typedef struct source {
    govsvc_read_fn read;
    void *context;
    int64_t taken; /* bytes that were handed on */
    size_t at, size;
    unsigned char bytes[CHUNK];
} source;

typedef struct importing {
    govsvc_session *session;
    const govsvc_import_request *in;
    govsvc_import_report report;
    const gs_operation *operation; /* of the record that is read */
    gs_arena *arena;               /* of a line, or of what is told of a record */
    gs_problems *problems;         /* of the record that is read */
    gs_problems *of_document;
    int64_t records; /* seen so far */
    int64_t kept;    /* of them, those whose fate is settled */
    int64_t in_batch;
    bool own_batch; /* not the host's */
    source from;
} importing;

const gs_operation *gs_put_of(const gs_host *host, const char *record)
{
    char name[80];
    if (snprintf(name, sizeof name, "%s.put", record) >= (int)sizeof name)
        return NULL;
    const gs_operation *operation = gs_operation_find(host, name);
    return operation && strcmp(operation->out->name, record) == 0 ? operation : NULL;
}

/* ---- bytes ------------------------------------------------------------------------------------------- */

/* False: the host failed. At the end of the source size does not grow. */
static bool fill(source *from)
{
    int64_t size = from->read(from->context, from->bytes + from->size, sizeof from->bytes - from->size);
    if (size < 0 || size > (int64_t)(sizeof from->bytes - from->size))
        return false;
    from->size += (size_t)size;
    return true;
}

/* The next bytes, at least one unless the source is at its end. */
static bool refill(source *from)
{
    if (from->at < from->size)
        return true;
    from->at = from->size = 0;
    return fill(from);
}

static int64_t read_on(void *context, void *out, size_t size)
{
    source *from = context;
    if (!refill(from))
        return -1;
    size_t give = from->size - from->at < size ? from->size - from->at : size;
    memcpy(out, from->bytes + from->at, give);
    from->at += give;
    from->taken += (int64_t)give;
    return (int64_t)give;
}

/* The first character that says what this is; 0 where there is none. A byte order mark is passed over. */
static bool look_ahead(source *from, char *first)
{
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    for (;;) {
        size_t before = from->size, skip = 0;
        if (from->size >= sizeof mark && memcmp(from->bytes, mark, sizeof mark) == 0)
            skip = sizeof mark;
        while (skip < from->size && strchr(" \t\r\n", from->bytes[skip]))
            skip++;
        bool part_of_mark = from->size < sizeof mark && memcmp(from->bytes, mark, from->size) == 0;
        *first = skip < from->size ? (char)from->bytes[skip] : '\0';
        if ((*first && !part_of_mark) || from->size == sizeof from->bytes)
            break;
        if (!fill(from))
            return false;
        if (from->size == before)
            break;
    }
    if (from->size >= sizeof mark && memcmp(from->bytes, mark, sizeof mark) == 0)
        from->at = sizeof mark;
    return true;
}

/* ---- commits ----------------------------------------------------------------------------------------- */

static govsvc_status begin_batch(importing *of)
{
    return of->session->batch ? GOVSVC_OK : govsvc_batch_begin(of->session);
}

static govsvc_status end_batch(importing *of)
{
    if (!of->own_batch || !of->session->batch)
        return GOVSVC_OK;
    if (of->in->dry_run == GOVSVC_YES) {
        govsvc_batch_rollback(of->session);
        return GOVSVC_OK;
    }
    return govsvc_batch_commit(of->session);
}

/* After a record: commits what is full, and tells how far it is. What was told as done is kept. */
static govsvc_status step_on(importing *of)
{
    of->records++;
    if (++of->in_batch >= BATCH || !of->own_batch) {
        govsvc_status status = end_batch(of);
        if (status)
            return status;
        of->in_batch = 0;
        of->kept = of->records;
    }
    bool go_on = of->records % GS_PROGRESS_EVERY != 0 || !of->in->progress ||
                 of->in->progress(of->in->progress_context, of->kept, of->from.taken);
    return go_on ? GOVSVC_OK : GOVSVC_CANCELLED;
}

/* ---- one record -------------------------------------------------------------------------------------- */

static void reject(importing *of, int64_t line, const gs_problems *problems)
{
    govsvc_problem_list list = {.struct_size = sizeof list};
    const govsvc_problem *items[GS_PROBLEMS_MAX];
    for (uint64_t i = 0; i < gs_problems_count(problems); i++)
        items[list.problem_count++] = gs_problems_at(problems, i);
    list.problems = items;
    of->report.rejected++;
    if (of->in->reject)
        of->in->reject(of->in->reject_context, line, &list);
}

static bool told(const gs_problems *problems, uint64_t count, const char *field)
{
    for (uint64_t i = 0; i < count; i++)
        if (strcmp(gs_problems_at(problems, i)->field, field) == 0)
            return true;
    return false;
}

/* All that is wrong, once: a field that could not be read is not said to be missing as well. */
static govsvc_status check(importing *of, const void *draft)
{
    gs_problems *problems = of->session->problems;
    uint64_t before = gs_problems_count(of->problems);
    gs_record_check(of->operation->in, draft, "", problems);
    for (uint64_t i = 0; i < gs_problems_count(problems); i++) {
        const govsvc_problem *problem = gs_problems_at(problems, i);
        if (!told(of->problems, before, problem->field))
            gs_problem_add(of->problems, problem);
    }
    govsvc_status status = gs_problems_status(problems);
    return status == GOVSVC_NO_MEMORY ? status : gs_problems_status(of->problems);
}

/* What is the record's fault does not stop the others; anything else would befall them all. */
static bool is_refusal(govsvc_status status)
{
    switch (status) {
    case GOVSVC_INVALID:
    case GOVSVC_NOT_FOUND:
    case GOVSVC_DENIED:
    case GOVSVC_STATE:
    case GOVSVC_CONFLICT:
    case GOVSVC_KEY_REUSED:
    case GOVSVC_EXISTS:
    case GOVSVC_TOO_LARGE:
    case GOVSVC_CLOCK:
        return true;
    default:
        return false;
    }
}

static govsvc_status put(importing *of, const void *draft, int64_t line)
{
    gs_answer answer = {.result = NULL};
    govsvc_status status = begin_batch(of);
    if (!status)
        status = gs_operate_made(of->session, of->operation, draft, GOVSVC_ABSENT, &answer);
    govsvc_free(answer.result);
    if (is_refusal(status)) {
        reject(of, line, of->session->problems);
        return GOVSVC_OK;
    }
    of->report.added += !status && answer.outcome == GS_ADDED;
    of->report.changed += !status && answer.outcome == GS_CHANGED;
    of->report.unchanged += !status && answer.outcome == GS_UNCHANGED;
    return status;
}

/* A record as it was read, with what was wrong in the reading of it. */
static govsvc_status take(importing *of, const void *draft, int64_t line)
{
    govsvc_status status = gs_session_begin(of->session);
    if (status)
        return status;
    of->report.record = of->operation->out->name;
    status = check(of, draft);
    if (status == GOVSVC_NO_MEMORY)
        return status;
    if (status)
        reject(of, line, of->problems);
    else
        status = put(of, draft, line);
    return is_refusal(status) || !status ? step_on(of) : status;
}

/* ---- XML --------------------------------------------------------------------------------------------- */

static const gs_record *element_record(void *context, const char *element)
{
    importing *of = context;
    of->operation = gs_put_of(&of->session->gs->host, element);
    return of->operation ? of->operation->in : NULL;
}

static govsvc_status element_taken(void *context, const gs_record *record, void *at, int64_t line,
                                   gs_problems *problems)
{
    importing *of = context;
    (void)record;
    of->problems = problems;
    return take(of, at, line);
}

static govsvc_status import_xml(importing *of)
{
    const gs_xml_source from = {read_on, &of->from};
    gs_problems *own = of->problems;
    govsvc_status status =
        gs_xml_read(&from, element_record, element_taken, of, of->of_document, &of->session->gs->allocator);
    of->problems = own;
    return status;
}

/* ---- JSON Lines -------------------------------------------------------------------------------------- */

/* The next line into the arena. A line that is too long is read to its end and not kept. *end: there was
 * none any more. */
static govsvc_status read_line(importing *of, gs_buffer *line, bool *end)
{
    source *from = &of->from;
    size_t size = 0;
    *end = false;
    for (;;) {
        if (!refill(from))
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

static void *refuse_line(importing *of, const char *field, const char *rule, const char *zh, const char *en)
{
    gs_problem_add(of->problems,
                   &(govsvc_problem){.field = field, .rule = rule, .text_zh = zh, .text_en = en});
    return NULL;
}

/* The draft that stands in a line; NULL: the problems say why, or there is no memory. */
static void *read_draft(importing *of, const gs_buffer *line)
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
    void *draft = gs_arena_alloc(of->arena, of->operation->in->size);
    if (!draft)
        return NULL;
    gs_record_init(of->operation->in, draft);
    gs_json_read(of->operation->in, text, size, draft, of->arena, of->problems, NULL);
    return draft;
}

static bool blank(const gs_buffer *line)
{
    return strspn(line->text, " \t\r") == line->size;
}

static govsvc_status take_line(importing *of, const gs_buffer *line, int64_t number)
{
    void *draft = read_draft(of, line);
    if (gs_arena_failed(of->arena) || gs_problems_status(of->problems) == GOVSVC_NO_MEMORY)
        return GOVSVC_NO_MEMORY;
    if (draft)
        return take(of, draft, number);
    reject(of, number, of->problems);
    return step_on(of);
}

static govsvc_status import_lines(importing *of)
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
            status = take_line(of, &line, number);
    }
    return status;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static govsvc_status read_all(importing *of)
{
    char first;
    if (!look_ahead(&of->from, &first))
        return GOVSVC_CANCELLED;
    if (first == '<')
        return import_xml(of);
    if (first == '{' || first == '\0')
        return import_lines(of);
    return gs_problem_add(
        of->of_document,
        &(govsvc_problem){.field = "",
                          .rule = "format",
                          .expected = "XML, JSON Lines",
                          .text_zh = "无法识别的文件格式：应为 XML 或 JSON Lines",
                          .text_en = "the format is not known: XML or JSON Lines is expected"});
}

/* Keeps what was done before whatever ended it, and says what that was. */
static govsvc_status finish(importing *of, govsvc_status status)
{
    bool went = status == GOVSVC_OK || status == GOVSVC_INVALID || status == GOVSVC_CANCELLED;
    govsvc_status ended = end_batch(of);
    if (went && ended)
        return ended;
    if (went)
        gs_problems_clear(of->session->problems);
    for (uint64_t i = 0; i < gs_problems_count(of->of_document); i++)
        gs_problem_add(of->session->problems, gs_problems_at(of->of_document, i));
    if (!status && of->in->progress &&
        !of->in->progress(of->in->progress_context, of->records, of->from.taken))
        return GOVSVC_CANCELLED;
    return status;
}

static govsvc_status give_report(importing *of, const govsvc_import_report **out)
{
    gs_arena *result = gs_arena_new(&of->session->gs->allocator, sizeof of->report);
    if (!result)
        return GOVSVC_NO_MEMORY;
    of->report.record = gs_arena_text(result, of->report.record);
    *(govsvc_import_report *)gs_arena_root(result) = of->report;
    if (gs_arena_failed(result)) {
        gs_arena_free(result);
        return GOVSVC_NO_MEMORY;
    }
    if (out)
        *out = gs_arena_root(result);
    else
        gs_arena_free(result);
    return GOVSVC_OK;
}

static govsvc_status run(govsvc_session *session, const govsvc_import_request *in,
                         const govsvc_import_report **out)
{
    const govsvc_allocator *allocator = &session->gs->allocator;
    gs_arena *whole = gs_arena_new(allocator, sizeof(importing));
    if (!whole)
        return GOVSVC_NO_MEMORY;
    importing *of = gs_arena_root(whole);
    of->session = session;
    of->in = in;
    of->report.struct_size = sizeof of->report;
    of->own_batch = !session->batch;
    of->from.read = in->read;
    of->from.context = in->read_context;
    of->arena = gs_arena_new(allocator, 0);
    of->problems = gs_problems_new(allocator);
    of->of_document = gs_problems_new(allocator);
    govsvc_status status = GOVSVC_NO_MEMORY;
    if (of->arena && of->problems && of->of_document)
        status = finish(of, read_all(of));
    if (!status)
        status = give_report(of, out);
    gs_problems_free(of->of_document);
    gs_problems_free(of->problems);
    gs_arena_free(of->arena);
    gs_arena_free(whole);
    return status;
}

govsvc_status govsvc_import(govsvc_session *session, const govsvc_import_request *in,
                            const govsvc_import_report **out)
{
    govsvc_status status = gs_session_begin(session);
    if (status)
        return status;
    if (!in || in->struct_size < sizeof *in || !in->read)
        return GOVSVC_MISUSE;
    if (!gs_roles_within(&session->actor, GS_ROLE_ADMINISTRATOR, NULL, NULL))
        return gs_denied(session->problems, GS_ROLE_ADMINISTRATOR, false);
    if (session->batch &&
        in->dry_run == GOVSVC_YES) /* what is undone is a whole batch, and this one is the host's */
        return GOVSVC_MISUSE;
    status = run(session, in, out);
    gs_tell_store(session, status, NULL);
    return status;
}
