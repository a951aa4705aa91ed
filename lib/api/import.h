/* lib/api/import.h - an import under way, as its readers see it.
 *
 * May use: api/transfer.h. A reader takes the bytes of one format to their end and hands each record on, with
 * what was wrong in the reading of it.
 */
#ifndef GS_API_IMPORT_H
#define GS_API_IMPORT_H

#include "api/transfer.h"

/* Bytes asked for at a time. */
enum { GS_IMPORT_CHUNK = 16384 };

/* The host's bytes, seen once before they are read. */
typedef struct gs_import_source {
    govsvc_read_fn read;
    void *context;
    int64_t taken; /* bytes that were handed on */
    bool marked;   /* UTF-8's byte order mark stood before them */
    size_t at, size;
    unsigned char bytes[GS_IMPORT_CHUNK];
} gs_import_source;

typedef struct gs_importing {
    govsvc_session *session;
    const govsvc_import_request *in;
    govsvc_import_report report;
    const gs_operation *operation; /* of the record that is read */
    gs_arena *arena;               /* of a line or row, or of what is told of a record */
    gs_problems *problems;         /* of the record that is read */
    gs_problems *of_document;
    int64_t records; /* seen so far */
    int64_t kept;    /* of them, those whose fate is settled */
    int64_t in_batch;
    bool own_batch; /* not the host's */
    gs_import_source from;
} gs_importing;

/* The next bytes, at least one unless the source is at its end; false: the host failed. */
bool gs_import_refill(gs_import_source *from);
/* A govsvc_read_fn over a gs_import_source. */
int64_t gs_import_read(void *source, void *bytes, size_t size);

/* Puts a record of the operation's kind, or rejects it with what its problems say already. Other than OK: the
 * import ends. */
govsvc_status gs_import_take(gs_importing *of, const void *draft, int64_t line);
/* The same, or NO_MEMORY where reading it came to that; draft is NULL where the problems say why there is
 * none. */
govsvc_status gs_import_take_read(gs_importing *of, const void *draft, int64_t line);
/* A draft of the operation's kind, all of it absent, in the arena; NULL: no memory. */
void *gs_import_draft(gs_importing *of);

/* The readers. */
govsvc_status gs_import_xml(gs_importing *of);
govsvc_status gs_import_lines(gs_importing *of);
govsvc_status gs_import_csv(gs_importing *of);

#endif
