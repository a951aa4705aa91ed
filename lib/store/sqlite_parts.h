/* store/sqlite_parts.h - what the files of the SQLite driver share; for them alone. */
#ifndef GS_STORE_SQLITE_PARTS_H
#define GS_STORE_SQLITE_PARTS_H

#include <sqlite3.h>

#include "govsvc/store.h"
#include "store/message.h"

/* The GOVSVC_STORE_... class of the failure that db had last. */
int gs_sqlite_class(sqlite3 *db, int code);

/* Copies source, whose caller reads it in a transaction, into path, where no file may be yet (an empty one
 * counts as none); on failure none is left. The copy is written through the VFS of the source, so that
 * what is encrypted stays so. A class; message gets the words. */
int gs_sqlite_copy(sqlite3 *source, const char *path,
                   int (*progress)(void *context, int64_t done, int64_t all), void *context,
                   char message[GS_MESSAGE_SIZE]);

#endif
