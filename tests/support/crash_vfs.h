/* tests/support/crash_vfs.h - a SQLite VFS in memory whose power can be cut.
 *
 * What was written since a file's last xSync may or may not be on the disk when the power goes: of every
 * unsynced write each 512-byte sector is kept or lost by itself, of every truncation the whole. (That
 * covers writes in any order too: a sector holds one of its versions.) Deletes and new files are on the
 * disk at once. From the cut on every operation fails, until crash_vfs_reopen(); connections from before
 * are dead for good and have only to be closed. Locks and the shared memory of the write-ahead log work
 * between the connections of this process.
 */
#ifndef TESTS_SUPPORT_CRASH_VFS_H
#define TESTS_SUPPORT_CRASH_VFS_H

#include <stdbool.h>
#include <stdint.h>

/* Registers the VFS; its name, for govsvc_store_options.context. NULL where SQLite has no memory. */
const char *crash_vfs_install(void);
/* Cuts the power now. */
void crash_vfs_cut(uint64_t seed);
/* Cuts it instead of the operation that is the n-th from now; writes, truncations, syncs and deletes
 * count. 0: not at all. */
void crash_vfs_cut_at(int64_t operation, uint64_t seed);
bool crash_vfs_is_cut(void);
/* How many sectors and truncations cuts have taken so far: where it stays 0 nothing was tested. */
int64_t crash_vfs_lost(void);
/* How many flushes there were so far. */
int64_t crash_vfs_flushes(void);
void crash_vfs_reopen(void);
/* Forgets all files, and a cut. No connection may be open. */
void crash_vfs_forget(void);

#endif
