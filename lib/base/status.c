#include "base/status.h"

#include <string.h>

typedef struct status_row {
    const char *name;
    const char *zh;
    const char *en;
} status_row;

#define ROW(name, zh, en) [GOVSVC_##name] = {#name, zh, en},
static const status_row rows[] = {GS_STATUSES(ROW)};

#define COUNT 0 GS_STATUSES(PLUS_ONE)
#define PLUS_ONE(name, zh, en) +1
_Static_assert(sizeof rows / sizeof *rows == COUNT, "the table has a row for every status and no gap");

static const status_row *row_of(int64_t status)
{
    return status >= 0 && status < COUNT ? &rows[status] : NULL;
}

const char *govsvc_status_name(int64_t status)
{
    const status_row *row = row_of(status);
    return row ? row->name : NULL;
}

const char *govsvc_status_text(int64_t status, const char *language)
{
    const status_row *row = row_of(status);
    if (!row)
        row = &rows[GOVSVC_INTERNAL];
    return language && strcmp(language, "en") == 0 ? row->en : row->zh;
}

#define TEXT_OF_(x) #x
#define TEXT_OF(x) TEXT_OF_(x)

const char *govsvc_version(void)
{
    return TEXT_OF(GOVSVC_VERSION_MAJOR) "." TEXT_OF(GOVSVC_VERSION_MINOR) "." TEXT_OF(GOVSVC_VERSION_PATCH);
}
