/* lib/api/import.c - records from a file, of whatever kind can be put: the commits, and what was refused.
 *
 * May use: operate, import_xml, import_lines, import_csv. Every record goes through its own put operation,
 * under the same checks as a single call; what is particular here is only the reading, the commits, and
 * telling what was refused.
 */
#include "api/import.h"

#include <string.h>

#include "text/decode.h"

/* Records under one commit, and bytes in which what a file is shows itself. */
enum { BATCH = 1000, BEGINNING = 4 };

/* ---- bytes ------------------------------------------------------------------------------------------- */

/* False: the host failed. At the end of the source size does not grow. */
static bool fill(gs_import_source *from)
{
    int64_t size = from->read(from->context, from->bytes + from->size, sizeof from->bytes - from->size);
    if (size < 0 || size > (int64_t)(sizeof from->bytes - from->size))
        return false;
    from->size += (size_t)size;
    return true;
}

bool gs_import_refill(gs_import_source *from)
{
    if (from->at < from->size)
        return true;
    from->at = from->size = 0;
    return fill(from);
}

int64_t gs_import_read(void *context, void *out, size_t size)
{
    gs_import_source *from = context;
    if (!gs_import_refill(from))
        return -1;
    size_t give = from->size - from->at < size ? from->size - from->at : size;
    memcpy(out, from->bytes + from->at, give);
    from->at += give;
    from->taken += (int64_t)give;
    return (int64_t)give;
}

/* The first character that says what this is; 0 where there is none. A byte order mark is passed over. */
static bool look_ahead(gs_import_source *from, char *first)
{
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    for (bool more = true; more;) {
        size_t before = from->size, skip;
        from->marked = from->size >= sizeof mark && memcmp(from->bytes, mark, sizeof mark) == 0;
        skip = from->marked ? sizeof mark : 0;
        while (skip < from->size && strchr(" \t\r\n", from->bytes[skip]))
            skip++;
        *first = skip < from->size ? (char)from->bytes[skip] : '\0';
        more = (!*first || from->size < BEGINNING) && from->size < sizeof from->bytes;
        if (more && !fill(from))
            return false;
        more = more && from->size > before;
    }
    from->at = from->marked ? sizeof mark : 0;
    return true;
}

/* ---- commits ----------------------------------------------------------------------------------------- */

static govsvc_status begin_batch(gs_importing *of)
{
    return of->session->batch ? GOVSVC_OK : govsvc_batch_begin(of->session);
}

static govsvc_status end_batch(gs_importing *of)
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
static govsvc_status step_on(gs_importing *of)
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

static void reject(gs_importing *of, int64_t line, const gs_problems *problems)
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

/* Was it told already, or is what is missing something that could not be read? */
static bool told(const gs_problems *problems, uint64_t count, const govsvc_problem *problem)
{
    size_t size = strlen(problem->field);
    for (uint64_t i = 0; i < count; i++) {
        const char *field = gs_problems_at(problems, i)->field;
        if (strncmp(field, problem->field, size) != 0)
            continue;
        if (!field[size] || (field[size] == '/' && strcmp(problem->rule, "required") == 0))
            return true;
    }
    return false;
}

/* All that is wrong, once: a field that could not be read is not said to be missing as well. */
static govsvc_status check(gs_importing *of, const void *draft)
{
    gs_problems *problems = of->session->problems;
    uint64_t before = gs_problems_count(of->problems);
    gs_record_check(of->operation->in, draft, "", problems);
    for (uint64_t i = 0; i < gs_problems_count(problems); i++) {
        const govsvc_problem *problem = gs_problems_at(problems, i);
        if (!told(of->problems, before, problem))
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

static govsvc_status put(gs_importing *of, const void *draft, int64_t line)
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

govsvc_status gs_import_take(gs_importing *of, const void *draft, int64_t line)
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

void *gs_import_draft(gs_importing *of)
{
    void *draft = gs_arena_alloc(of->arena, of->operation->in->size);
    if (draft)
        gs_record_init(of->operation->in, draft);
    return draft;
}

govsvc_status gs_import_take_read(gs_importing *of, const void *draft, int64_t line)
{
    if (gs_arena_failed(of->arena) || gs_problems_status(of->problems) == GOVSVC_NO_MEMORY)
        return GOVSVC_NO_MEMORY;
    if (draft)
        return gs_import_take(of, draft, line);
    reject(of, line, of->problems);
    return step_on(of);
}

/* ---- the whole --------------------------------------------------------------------------------------- */

/* What other programs' files begin with: they are neither of the formats, though a table might be in them. */
static bool is_foreign(const gs_import_source *from)
{
    static const char *const beginnings[] = {"PK\3\4", "\xd0\xcf\x11\xe0", "\xff\xfe", "\xfe\xff", "%PDF"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (from->size >= strlen(beginnings[i]) &&
            memcmp(from->bytes, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static govsvc_status refuse_format(gs_importing *of)
{
    return gs_problem_add(
        of->of_document,
        &(govsvc_problem){
            .field = "",
            .rule = "format",
            .expected = "XML, JSON Lines, CSV",
            .text_zh = "无法识别的文件格式：应为 XML、JSON Lines，或在指明记录种类时为 CSV 文本",
            .text_en = "the format is not known: XML or JSON Lines is expected, or CSV text where "
                       "the kind of record is named"});
}

static govsvc_status read_all(gs_importing *of)
{
    char first;
    if (!look_ahead(&of->from, &first))
        return GOVSVC_CANCELLED;
    if (first == '<')
        return gs_import_xml(of);
    if (first == '{' || first == '\0')
        return gs_import_lines(of);
    return of->in->record && !is_foreign(&of->from) ? gs_import_csv(of) : refuse_format(of);
}

/* Keeps what was done before whatever ended it, and says what that was. */
static govsvc_status finish(gs_importing *of, govsvc_status status)
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

static govsvc_status give_report(gs_importing *of, const govsvc_import_report **out)
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
    gs_arena *whole = gs_arena_new(allocator, sizeof(gs_importing));
    if (!whole)
        return GOVSVC_NO_MEMORY;
    gs_importing *of = gs_arena_root(whole);
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

static govsvc_status check_request(govsvc_session *session, const govsvc_import_request *in)
{
    if (in->encoding && !gs_encoding_known(in->encoding))
        gs_problem_add(session->problems, &(govsvc_problem){.field = "/encoding",
                                                            .rule = "choice",
                                                            .expected = "UTF-8, GB18030",
                                                            .got = in->encoding});
    gs_check_kind(session, in->record);
    return gs_problems_status(session->problems);
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
    status = check_request(session, in);
    if (status)
        return status;
    status = run(session, in, out);
    gs_tell_store(session, status, NULL);
    return status;
}
