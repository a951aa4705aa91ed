/* tests/fuzz/import_csv.c - the import of CSV in both encodings, of records with and without lists. */
#include "import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static govsvc_session *session;
    if (!session)
        session = fuzz_open();
    if (size && (*data == '<' || *data == '{'))
        return 0;
    fuzz_import_twice(session, "division", data, size);
    fuzz_import_twice(session, "notice", data, size);
    return 0;
}
