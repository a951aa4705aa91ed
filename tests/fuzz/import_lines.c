/* tests/fuzz/import_lines.c - the import of JSON Lines, and of what is neither them nor XML. */
#include "import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static govsvc_session *session;
    if (!session)
        session = fuzz_open();
    if (!size || *data != '<')
        fuzz_import_twice(session, NULL, data, size);
    return 0;
}
