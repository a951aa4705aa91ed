/* lib/journal/journal.h - what happened: one entry in the transaction that changed the rows.
 *
 * May use: record, store. On an embedded store the row number an entry gets is its position, since the
 * writer holds the write lock until it commits. On a server the order of commits is not known to a
 * writer: an entry is inserted without a position, and gs_journal_sequence() gives committed entries the
 * next ones, one sequencer at a time.
 */
#ifndef GS_JOURNAL_JOURNAL_H
#define GS_JOURNAL_JOURNAL_H

#include "govsvc/session.h"
#include "record/row.h"

extern const gs_record gs_record_journal_entry;
extern const gs_name gs_channel_names[]; /* GOVSVC_CHANNEL_... */
extern const gs_record gs_record_journal_request, gs_record_journal_page;

/* What an entry says; the rest (identifier, tenant, times) is filled in. */
govsvc_status gs_journal_append(gs_work *work, const gs_table *journal, const govsvc_journal_entry *entry);

/* Gives up to limit committed entries their positions. Within a write transaction; on an embedded store
 * there is nothing to do. *given counts them. */
govsvc_status gs_journal_sequence(gs_work *work, int64_t tenant, int64_t limit, int64_t *given);

/* The last position that was given; 0: none. On an embedded store the positions are the whole store's. */
govsvc_status gs_journal_end(gs_work *work, int64_t tenant, int64_t *end);

/* Entries after a position, in order, at most limit; tenant ABSENT: every tenant's. They live in the
 * work's arena. */
typedef struct gs_entries {
    const govsvc_journal_entry **items;
    size_t count;
} gs_entries;
govsvc_status gs_journal_read(gs_work *work, int64_t tenant, int64_t after, int64_t limit, gs_entries *out);
/* One subject's entries, oldest first; with what was said, if the reader may see it. */
govsvc_status gs_journal_read_subject(gs_work *work, int64_t tenant, int64_t subject, int64_t after,
                                      int64_t limit, bool opinions, gs_entries *out);

#endif
