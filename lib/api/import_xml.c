/* XML into an import: an element below the root is a record. */
#include "api/import.h"

#include "record/xml.h"

static const gs_record *element_record(void *context, const char *element)
{
    gs_importing *of = context;
    of->operation = gs_put_of(&of->session->gs->host, element);
    return of->operation ? of->operation->in : NULL;
}

static govsvc_status element_taken(void *context, const gs_record *record, void *at, int64_t line,
                                   gs_problems *problems)
{
    gs_importing *of = context;
    (void)record;
    of->problems = problems;
    return gs_import_take(of, at, line);
}

govsvc_status gs_import_xml(gs_importing *of)
{
    const gs_xml_source from = {gs_import_read, &of->from};
    gs_problems *own = of->problems;
    govsvc_status status =
        gs_xml_read(&from, element_record, element_taken, of, of->of_document, &of->session->gs->allocator);
    of->problems = own;
    return status;
}
