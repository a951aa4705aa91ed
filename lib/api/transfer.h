/* lib/api/transfer.h - what import and export share: which records can be taken in and given out.
 *
 * May use: api/handle.h.
 */
#ifndef GS_API_TRANSFER_H
#define GS_API_TRANSFER_H

#include "api/handle.h"

/* The operation that takes this record in ("matter.put" for "matter"); NULL: it cannot be taken in. Its
 * input is the record's draft: what is imported, and what is exported. */
const gs_operation *gs_put_of(const gs_host *host, const char *record);

/* How often the host is told how far it is. */
enum { GS_PROGRESS_EVERY = 100 };

#endif
