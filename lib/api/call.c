/* lib/api/call.c - the JSON call: every operation by its name. */
#include "api/handle.h"

#include <string.h>

static govsvc_status unknown(govsvc_session *session, const char *name)
{
    return gs_problem_add(session->problems, &(govsvc_problem){.status = GOVSVC_UNSUPPORTED,
                                                               .field = "",
                                                               .rule = "operation",
                                                               .got = name,
                                                               .text_zh = "没有这个操作",
                                                               .text_en = "there is no such operation"});
}

govsvc_status govsvc_call(govsvc_session *session, const char *name, const char *in, const char **out)
{
    govsvc_status status = gs_session_begin(session);
    if (status)
        return status;
    const gs_operation *operation = name ? gs_operation_find(&session->gs->host, name) : NULL;
    if (!operation)
        return unknown(session, name);
    void *input = gs_arena_alloc(session->scratch, operation->in->size);
    if (!input)
        return GOVSVC_NO_MEMORY;
    gs_record_init(operation->in, input);
    const char *text = in ? in : "{}";
    status =
        gs_json_read(operation->in, text, strlen(text), input, session->scratch, session->problems, NULL);
    gs_answer answer = {.json = true};
    if (!status)
        status = gs_operate(session, operation, input, GOVSVC_ABSENT, &answer);
    if (!status && out)
        *out = answer.result;
    else
        govsvc_free(answer.result);
    return status;
}
