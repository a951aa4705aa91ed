/* tests/fuzz/import.h - what the fuzz programs of the import share. Nothing is kept: the same document twice
 * comes to the same. */
#ifndef TESTS_FUZZ_IMPORT_H
#define TESTS_FUZZ_IMPORT_H

#include "fuzz.h"

/* The document, given in pieces of so many bytes. */
typedef struct fuzz_document {
    const uint8_t *bytes;
    size_t size, at, piece;
} fuzz_document;

static int64_t fuzz_read(void *context, void *bytes, size_t size)
{
    fuzz_document *document = context;
    size_t left = document->size - document->at;
    size_t give = left < size ? left : size;
    give = give < document->piece ? give : document->piece;
    memcpy(bytes, document->bytes + document->at, give);
    document->at += give;
    return (int64_t)give;
}

static void fuzz_reject(void *context, int64_t line, const govsvc_problem_list *problems)
{
    MUST(line > 0 && problems->problem_count > 0);
    for (uint64_t i = 0; i < problems->problem_count; i++)
        fuzz_in_words(problems->problems[i]);
    ++*(int64_t *)context;
}

static govsvc_status fuzz_import(govsvc_session *session, const char *record, const uint8_t *data,
                                 size_t size, size_t piece, govsvc_import_report *report)
{
    fuzz_document document = {data, size, 0, piece};
    int64_t rejected = 0;
    const govsvc_import_report *out = NULL;
    govsvc_import_request in = GOVSVC_IMPORT_REQUEST_INIT;
    in.dry_run = GOVSVC_YES;
    in.record = record;
    in.read = fuzz_read;
    in.read_context = &document;
    in.reject = fuzz_reject;
    in.reject_context = &rejected;
    govsvc_status status = govsvc_import(session, &in, &out);
    fuzz_answered(session, status);
    MUST((status == GOVSVC_OK) == (out != NULL));
    MUST(!out || out->rejected == rejected);
    if (out)
        *report = *out;
    govsvc_free(out);
    return status;
}

/* In pieces of any size it is the same document. record may be NULL. */
static void fuzz_import_twice(govsvc_session *session, const char *record, const uint8_t *data, size_t size)
{
    govsvc_import_report first = {0}, second = {0};
    govsvc_status status = fuzz_import(session, record, data, size, size + 1, &first);
    MUST(fuzz_import(session, record, data, size, 7, &second) == status);
    MUST(first.added == second.added && first.changed == second.changed &&
         first.unchanged == second.unchanged && first.rejected == second.rejected);
}

#endif
