/* store/sqlite_class.c - what SQLite's result codes mean in the driver contract. */
#include <errno.h>

#include "store/sqlite_parts.h"

static int class_of_file_error(sqlite3 *db)
{
    switch (sqlite3_system_errno(db)) {
    case ENOSPC:
    case EDQUOT:
        return GOVSVC_STORE_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return GOVSVC_STORE_READ_ONLY;
    default:
        return GOVSVC_STORE_ERROR;
    }
}

int gs_sqlite_class(sqlite3 *db, int code)
{
    switch (code) { /* the extended codes that say more than their primary one */
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return GOVSVC_STORE_CONSTRAINT;
    case SQLITE_BUSY_SNAPSHOT: /* somebody wrote since this transaction began to read */
        return GOVSVC_STORE_RETRY;
    case SQLITE_IOERR_NOMEM:
        return GOVSVC_STORE_NO_MEMORY;
    case SQLITE_IOERR_CORRUPTFS:
        return GOVSVC_STORE_CORRUPT;
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return GOVSVC_STORE_BUSY;
    case SQLITE_FULL:
        return GOVSVC_STORE_FULL;
    case SQLITE_READONLY:
        return GOVSVC_STORE_READ_ONLY;
    case SQLITE_CORRUPT:
        return GOVSVC_STORE_CORRUPT;
    case SQLITE_NOTADB:
        return GOVSVC_STORE_FOREIGN;
    case SQLITE_NOMEM:
        return GOVSVC_STORE_NO_MEMORY;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        return class_of_file_error(db);
    default:
        return GOVSVC_STORE_ERROR;
    }
}
