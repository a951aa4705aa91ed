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

/* A problem at /record where there is no such kind; NULL: none was named. */
void gs_check_kind(govsvc_session *session, const char *record);

/* How often the host is told how far it is. */
enum { GS_PROGRESS_EVERY = 100 };

/* A format in which records go out: what is appended before them, for one and behind them. kind is the record
 * as it is stored; what is written of it is its draft. begin and end may be NULL; begin is told
 * the kind where one_kind is set. */
typedef struct gs_export_format {
    bool one_kind; /* it holds records of one kind alone */
    void (*begin)(gs_buffer *out, const gs_record *kind, const gs_record *draft);
    void (*record)(gs_buffer *out, const gs_record *kind, const gs_record *draft, const void *at);
    void (*end)(gs_buffer *out);
} gs_export_format;

/* By GOVSVC_FORMAT_...; unset is JSON Lines. NULL: there is none. */
const gs_export_format *gs_export_format_of(int64_t format);

#endif
