#include "api/transfer.h"

#include <stdio.h>
#include <string.h>

const gs_operation *gs_put_of(const gs_host *host, const char *record)
{
    char name[80];
    if (snprintf(name, sizeof name, "%s.put", record) >= (int)sizeof name)
        return NULL;
    const gs_operation *operation = gs_operation_find(host, name);
    return operation && strcmp(operation->out->name, record) == 0 ? operation : NULL;
}

void gs_check_kind(govsvc_session *session, const char *record)
{
    if (!record || gs_put_of(&session->gs->host, record))
        return;
    gs_problem_add(session->problems,
                   &(govsvc_problem){.field = "/record",
                                     .rule = "choice",
                                     .got = record,
                                     .text_zh = "/record：没有这种可导入导出的记录",
                                     .text_en = "/record: no such record can be imported or exported"});
}
