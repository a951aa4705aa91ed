/* store/sqlite_copy.c - a copy of an open SQLite database in a new file. */
#include <stdbool.h>

#include "store/sqlite_parts.h"

enum { STEP_PAGES = 256 };

struct watcher {
    int (*progress)(void *context, int64_t done, int64_t all);
    void *context;
};

static int refused(char *message, int class, const char *words)
{
    gs_message_keep(message, words);
    return class;
}

/* Copies page groups until all are there. A class; SQLite's words are then those of the target. */
static int copy_pages(sqlite3 *source, sqlite3 *target, const struct watcher *watcher, char *message)
{
    sqlite3_backup *copy = sqlite3_backup_init(target, "main", source, "main");
    if (!copy)
        return refused(message, GOVSVC_STORE_ERROR, sqlite3_errmsg(target));
    int code = SQLITE_OK;
    bool stopped = false;
    while (code == SQLITE_OK && !stopped) {
        code = sqlite3_backup_step(copy, STEP_PAGES);
        if (watcher->progress && (code == SQLITE_OK || code == SQLITE_DONE)) {
            int64_t all = sqlite3_backup_pagecount(copy);
            stopped = watcher->progress(watcher->context, all - sqlite3_backup_remaining(copy), all) != 0;
        }
    }
    int finish = sqlite3_backup_finish(copy);
    if (stopped)
        return refused(message, GOVSVC_STORE_ERROR, "the backup was stopped");
    if (code == SQLITE_DONE && finish == SQLITE_OK)
        return GOVSVC_STORE_OK;
    return refused(message, gs_sqlite_class(target, code == SQLITE_DONE ? finish : code),
                   sqlite3_errmsg(target));
}

static int copy_into(sqlite3 *source, const char *path, const char *vfs, const struct watcher *watcher,
                     char *message)
{
    sqlite3 *target = NULL;
    int code =
        sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, vfs);
    int class = GOVSVC_STORE_OK;
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(target, 1);
        class = copy_pages(source, target, watcher, message);
    } else {
        class = refused(message, gs_sqlite_class(target, code), sqlite3_errmsg(target));
    }
    sqlite3_close_v2(target);
    return class;
}

int gs_sqlite_copy(sqlite3 *source, const char *path,
                   int (*progress)(void *context, int64_t done, int64_t all), void *context,
                   char message[GS_MESSAGE_SIZE])
{
    const struct watcher watcher = {progress, context};
    sqlite3_vfs *vfs = NULL;
    int exists = 0;
    sqlite3_file_control(source, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
    if (!vfs || vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK)
        return refused(message, GOVSVC_STORE_ERROR, "the place of the backup cannot be looked at");
    if (exists)
        return refused(message, GOVSVC_STORE_CONSTRAINT, "the file of the backup exists already");
    int class = copy_into(source, path, vfs->zName, &watcher, message);
    if (class != GOVSVC_STORE_OK)
        vfs->xDelete(vfs, path, 0);
    return class;
}
