/* tests/fuzz/import_xml.c - the import of XML: any bytes behind the opening of a document. */
#include "import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static govsvc_session *session;
    if (!session)
        session = fuzz_open();
    if (size && *data == '<')
        fuzz_import_twice(session, NULL, data, size);
    return 0;
}
