/* tests/api/exchange.h - an import from memory and what came of it, and an export into memory.
 *
 * May use: test.h, govsvc.h, support/paper.h.
 */
#ifndef TESTS_API_EXCHANGE_H
#define TESTS_API_EXCHANGE_H

#include "govsvc.h"
#include "support/paper.h"
#include "test.h"

/* What came of an import. */
typedef struct taken {
    govsvc_status status;
    int64_t added, changed, unchanged, rejected;
    char told[4000]; /* "line field rule expected got\n" for everything that was refused, "-" where absent */
    size_t told_size;
} taken;

static inline void taken_note(taken *to, int64_t line, const govsvc_problem *problem)
{
    if (to->told_size + 300 < sizeof to->told)
        to->told_size += (size_t)snprintf(
            to->told + to->told_size, 300, "%" PRId64 " %.60s %s %.60s %.60s\n", line, problem->field,
            problem->rule, problem->expected ? problem->expected : "-", problem->got ? problem->got : "-");
}

static inline void taken_reject(void *context, int64_t line, const govsvc_problem_list *problems)
{
    CHECK(problems->problem_count > 0);
    for (uint64_t i = 0; i < problems->problem_count; i++)
        taken_note(context, line, problems->problems[i]);
}

/* The request's streams are set; problems of the document are told with line 0. */
static inline taken take_in(govsvc_session *session, govsvc_import_request request, paper *from)
{
    taken result = {.status = GOVSVC_OK};
    const govsvc_import_report *report = NULL;
    from->at = 0;
    request.read = paper_read;
    request.read_context = from;
    request.reject = taken_reject;
    request.reject_context = &result;
    result.status = govsvc_import(session, &request, &report);
    for (uint64_t i = 0; i < govsvc_problem_count(session); i++)
        taken_note(&result, 0, govsvc_problem_at(session, i));
    if (report) {
        result.added = report->added;
        result.changed = report->changed;
        result.unchanged = report->unchanged;
        result.rejected = report->rejected;
    }
    govsvc_free(report);
    return result;
}

static inline taken take_bytes(govsvc_session *session, const char *record, const char *bytes, size_t size)
{
    paper from = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    request.record = record;
    paper_add(&from, bytes, size);
    taken result = take_in(session, request, &from);
    paper_free(&from);
    return result;
}

static inline taken take_text(govsvc_session *session, const char *record, const char *text)
{
    return take_bytes(session, record, text, strlen(text));
}

/* Into to, which is emptied first. */
static inline govsvc_status give_out(govsvc_session *session, int64_t format, const char *record, paper *to)
{
    govsvc_export_request request = GOVSVC_EXPORT_REQUEST_INIT;
    request.format = format;
    request.record = record;
    request.write = paper_write;
    request.write_context = to;
    to->size = 0;
    paper_add(to, "", 0);
    return govsvc_export(session, &request);
}

#endif
