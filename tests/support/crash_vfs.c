/* tests/support/crash_vfs.c - every file has two images: what is certainly on the disk, and what a reader
 * sees now; between them stands the list of changes that were not synced. */
#include "crash_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, REGIONS_MAX = 64, PATH_SIZE = 256 };

struct image {
    unsigned char *bytes;
    int64_t size;
    int64_t room;
};

struct change {
    struct change *next;
    bool truncation; /* to offset */
    int64_t offset;
    int64_t size;
    unsigned char bytes[];
};

struct shared_memory {
    int users;
    void *regions[REGIONS_MAX];
};

struct file {
    struct file *next;
    struct handle *handles;
    struct shared_memory *memory;
    struct image disk;
    struct image now;
    struct change *first;
    struct change **last;
    bool deleted;
    char name[PATH_SIZE];
};

struct handle {
    sqlite3_file base;
    struct handle *next; /* of the same file */
    struct file *file;
    struct shared_memory *memory;
    int64_t life; /* the power cuts before it was opened */
    int lock;
    unsigned shared_locks;
    unsigned exclusive_locks;
    bool delete_on_close;
};

static struct {
    pthread_mutex_t mutex;
    sqlite3_vfs *real;
    struct file *files;
    bool off;
    int64_t life;
    int64_t cut_in; /* operations; 0: never */
    int64_t lost;
    int64_t flushes;
    uint64_t random;
} world = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static void enter(void)
{
    pthread_mutex_lock(&world.mutex);
}

static int leave(int code)
{
    pthread_mutex_unlock(&world.mutex);
    return code;
}

static void *must(void *memory)
{
    if (!memory)
        abort(); /* a test without memory is no test */
    return memory;
}

static uint64_t random_number(void)
{
    uint64_t mixed = world.random += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

/* Images */

static void resize(struct image *image, int64_t size)
{
    if (size >= image->room) {
        image->room = 2 * size + SECTOR;
        image->bytes = must(realloc(image->bytes, (size_t)image->room));
    }
    if (size > image->size)
        memset(image->bytes + image->size, 0, (size_t)(size - image->size));
    image->size = size;
}

static void put(struct image *image, int64_t offset, const unsigned char *bytes, int64_t size)
{
    if (offset + size > image->size)
        resize(image, offset + size);
    if (size > 0)
        memcpy(image->bytes + offset, bytes, (size_t)size);
}

static void apply(struct image *image, const struct change *change)
{
    if (!change->truncation)
        put(image, change->offset, change->bytes, change->size);
    else if (change->offset < image->size)
        resize(image, change->offset);
}

static void forget_changes(struct file *file)
{
    while (file->first) {
        struct change *gone = file->first;
        file->first = gone->next;
        free(gone);
    }
    file->last = &file->first;
}

static void remember(struct file *file, bool truncation, int64_t offset, const void *bytes, int64_t size)
{
    struct change *change = must(calloc(1, sizeof *change + (size_t)size));
    change->truncation = truncation;
    change->offset = offset;
    change->size = size;
    if (size > 0)
        memcpy(change->bytes, bytes, (size_t)size);
    apply(&file->now, change);
    *file->last = change;
    file->last = &change->next;
}

static void flush(struct file *file)
{
    for (struct change *change = file->first; change; change = change->next)
        apply(&file->disk, change);
    forget_changes(file);
}

/* The cut */

/* keep of 4 sectors come through. */
static void apply_torn(struct image *image, const struct change *change, uint64_t keep)
{
    if (change->truncation) {
        bool kept = random_number() % 4 < keep;
        world.lost += !kept;
        if (kept)
            apply(image, change);
        return;
    }
    for (int64_t at = 0, size; at < change->size; at += size) {
        int64_t offset = change->offset + at;
        size = SECTOR - offset % SECTOR;
        size = size < change->size - at ? size : change->size - at;
        bool kept = random_number() % 4 < keep;
        world.lost += !kept;
        if (kept)
            put(image, offset, change->bytes + at, size);
    }
}

static void cut(void)
{
    world.off = true;
    world.cut_in = 0;
    world.life++;
    for (struct file *file = world.files; file; file = file->next) {
        uint64_t keep = random_number() % 5; /* from nothing to everything */
        for (struct change *change = file->first; change; change = change->next)
            apply_torn(&file->disk, change, keep);
        forget_changes(file);
        resize(&file->now, 0);
        put(&file->now, 0, file->disk.bytes, file->disk.size);
        file->memory = NULL; /* the dead connections free it */
    }
}

static bool alive(const struct handle *handle)
{
    return !world.off && handle->life == world.life;
}

/* Is there power for one more change of the disk? */
static bool change_allowed(void)
{
    if (world.cut_in > 0 && --world.cut_in == 0)
        cut();
    return !world.off;
}

/* Files */

static struct file *find(const char *name)
{
    struct file *file = world.files;
    while (file && strcmp(file->name, name) != 0)
        file = file->next;
    return file;
}

static struct file *add_file(const char *name)
{
    struct file *file = must(calloc(1, sizeof *file));
    file->last = &file->first;
    memcpy(file->name, name, strlen(name));
    file->next = world.files;
    world.files = file;
    return file;
}

static void free_file(struct file *file)
{
    forget_changes(file);
    free(file->disk.bytes);
    free(file->now.bytes);
    free(file);
}

/* Takes a file out of the directory; its last handle frees it. */
static void unlink_file(struct file *file)
{
    struct file **at = &world.files;
    while (*at != file)
        at = &(*at)->next;
    *at = file->next;
    file->deleted = true;
    if (!file->handles)
        free_file(file);
}

static void drop_memory(struct handle *handle)
{
    struct shared_memory *memory = handle->memory;
    handle->memory = NULL;
    handle->shared_locks = handle->exclusive_locks = 0;
    if (!memory || --memory->users > 0)
        return;
    for (int i = 0; i < REGIONS_MAX; i++)
        free(memory->regions[i]);
    if (handle->file->memory == memory)
        handle->file->memory = NULL;
    free(memory);
}

static int file_close(sqlite3_file *base)
{
    struct handle *handle = (struct handle *)base;
    enter();
    struct file *file = handle->file;
    drop_memory(handle);
    struct handle **at = &file->handles;
    while (*at != handle)
        at = &(*at)->next;
    *at = handle->next;
    if (handle->delete_on_close && !file->deleted)
        unlink_file(file);
    else if (file->deleted && !file->handles)
        free_file(file);
    return leave(SQLITE_OK);
}

static int file_read(sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
    struct handle *handle = (struct handle *)base;
    enter();
    if (!alive(handle))
        return leave(SQLITE_IOERR_READ);
    const struct image *now = &handle->file->now;
    int64_t there = now->size - offset;
    there = there < 0 ? 0 : there > size ? size : there;
    if (there > 0)
        memcpy(out, now->bytes + offset, (size_t)there);
    memset((char *)out + there, 0, (size_t)(size - there));
    return leave(there < size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK);
}

static int file_write(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
    struct handle *handle = (struct handle *)base;
    enter();
    if (!alive(handle))
        return leave(SQLITE_IOERR_WRITE);
    remember(handle->file, false, offset, bytes, size); /* even what the cut meets may be half there */
    return leave(change_allowed() ? SQLITE_OK : SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct handle *handle = (struct handle *)base;
    enter();
    if (!alive(handle))
        return leave(SQLITE_IOERR_TRUNCATE);
    remember(handle->file, true, size, NULL, 0);
    return leave(change_allowed() ? SQLITE_OK : SQLITE_IOERR_TRUNCATE);
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct handle *handle = (struct handle *)base;
    (void)flags;
    enter();
    if (!alive(handle) || !change_allowed())
        return leave(SQLITE_IOERR_FSYNC);
    flush(handle->file);
    world.flushes++;
    return leave(SQLITE_OK);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
    struct handle *handle = (struct handle *)base;
    enter();
    *size = handle->file->now.size;
    return leave(alive(handle) ? SQLITE_OK : SQLITE_IOERR_FSTAT);
}

/* The strongest lock that somebody else has. */
static int other_lock(const struct handle *handle)
{
    int strongest = SQLITE_LOCK_NONE;
    for (const struct handle *other = handle->file->handles; other; other = other->next)
        if (other != handle && other->life == world.life && other->lock > strongest)
            strongest = other->lock;
    return strongest;
}

static int file_lock(sqlite3_file *base, int lock)
{
    struct handle *handle = (struct handle *)base;
    enter();
    if (!alive(handle))
        return leave(SQLITE_IOERR_LOCK);
    if (handle->lock >= lock)
        return leave(SQLITE_OK);
    int other = other_lock(handle);
    if (other >= (lock == SQLITE_LOCK_SHARED ? SQLITE_LOCK_PENDING : SQLITE_LOCK_RESERVED))
        return leave(SQLITE_BUSY);
    if (lock == SQLITE_LOCK_EXCLUSIVE && other >= SQLITE_LOCK_SHARED) {
        handle->lock = SQLITE_LOCK_PENDING;
        return leave(SQLITE_BUSY);
    }
    handle->lock = lock;
    return leave(SQLITE_OK);
}

static int file_unlock(sqlite3_file *base, int lock)
{
    struct handle *handle = (struct handle *)base;
    enter();
    handle->lock = handle->lock < lock ? handle->lock : lock;
    return leave(SQLITE_OK);
}

static int file_check_reserved(sqlite3_file *base, int *out)
{
    struct handle *handle = (struct handle *)base;
    enter();
    *out = handle->lock >= SQLITE_LOCK_RESERVED || other_lock(handle) >= SQLITE_LOCK_RESERVED;
    return leave(SQLITE_OK);
}

static int file_control(sqlite3_file *base, int operation, void *argument)
{
    (void)base;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

static int file_device(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* a torn write spoils nothing beside itself */
}

/* The shared memory of the write-ahead log */

static int memory_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    struct handle *handle = (struct handle *)base;
    *out = NULL;
    enter();
    if (!alive(handle) || region >= REGIONS_MAX)
        return leave(SQLITE_IOERR_SHMMAP);
    if (!handle->memory) {
        if (!handle->file->memory)
            handle->file->memory = must(calloc(1, sizeof *handle->file->memory));
        handle->memory = handle->file->memory;
        handle->memory->users++;
    }
    void **place = &handle->memory->regions[region];
    if (!*place && extend)
        *place = must(calloc(1, (size_t)size));
    *out = *place;
    return leave(SQLITE_OK);
}

static int memory_lock(sqlite3_file *base, int first, int count, int flags)
{
    struct handle *handle = (struct handle *)base;
    unsigned wanted = ((1u << count) - 1) << first;
    enter();
    if (!alive(handle))
        return leave(SQLITE_IOERR_SHMLOCK);
    if (flags & SQLITE_SHM_UNLOCK) {
        handle->shared_locks &= ~wanted;
        handle->exclusive_locks &= ~wanted;
        return leave(SQLITE_OK);
    }
    for (const struct handle *other = handle->file->handles; other; other = other->next) {
        unsigned hindering = other->exclusive_locks;
        if (flags & SQLITE_SHM_EXCLUSIVE)
            hindering |= other->shared_locks;
        if (other != handle && other->life == world.life && (hindering & wanted))
            return leave(SQLITE_BUSY);
    }
    *(flags & SQLITE_SHM_EXCLUSIVE ? &handle->exclusive_locks : &handle->shared_locks) |= wanted;
    return leave(SQLITE_OK);
}

static void memory_barrier(sqlite3_file *base)
{
    (void)base;
    enter();
    leave(SQLITE_OK);
}

static int memory_unmap(sqlite3_file *base, int delete_it)
{
    (void)delete_it;
    enter();
    drop_memory((struct handle *)base);
    return leave(SQLITE_OK);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = memory_map,
    .xShmLock = memory_lock,
    .xShmBarrier = memory_barrier,
    .xShmUnmap = memory_unmap,
};

/* The directory */

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
    struct handle *handle = (struct handle *)base;
    (void)vfs;
    memset(handle, 0, sizeof *handle);
    name = name ? name : ""; /* a temporary file: nobody finds it again */
    enter();
    struct file *file = *name ? find(name) : NULL;
    if (world.off || (file && (flags & SQLITE_OPEN_EXCLUSIVE)) || (!file && !(flags & SQLITE_OPEN_CREATE)) ||
        strlen(name) >= PATH_SIZE)
        return leave(SQLITE_CANTOPEN);
    handle->file = file ? file : add_file(name);
    handle->next = handle->file->handles;
    handle->file->handles = handle;
    handle->life = world.life;
    handle->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    handle->base.pMethods = &methods;
    if (out_flags)
        *out_flags = flags;
    return leave(SQLITE_OK);
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_directory)
{
    (void)vfs;
    (void)sync_directory;
    enter();
    struct file *file = find(name);
    if (!change_allowed())
        return leave(SQLITE_IOERR_DELETE);
    if (!file)
        return leave(SQLITE_IOERR_DELETE_NOENT);
    unlink_file(file);
    return leave(SQLITE_OK);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs;
    (void)flags;
    enter();
    *out = find(name) != NULL;
    return leave(world.off ? SQLITE_IOERR_ACCESS : SQLITE_OK);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    return world.real->xRandomness(world.real, size, out);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return world.real->xSleep(world.real, microseconds);
}

static int vfs_time(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    return world.real->xCurrentTime(world.real, out);
}

static int vfs_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    (void)size;
    (void)out;
    return 0;
}

const char *crash_vfs_install(void)
{
    static sqlite3_vfs vfs = {
        .iVersion = 1,
        .szOsFile = sizeof(struct handle),
        .mxPathname = PATH_SIZE - 1,
        .zName = "crash",
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_random,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
    };
    if (!world.real)
        world.real = sqlite3_vfs_find(NULL);
    return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? vfs.zName : NULL;
}

void crash_vfs_cut(uint64_t seed)
{
    enter();
    world.random = seed;
    cut();
    leave(0);
}

void crash_vfs_cut_at(int64_t operation, uint64_t seed)
{
    enter();
    world.random = seed;
    world.cut_in = operation;
    leave(0);
}

bool crash_vfs_is_cut(void)
{
    enter();
    return leave(world.off);
}

int64_t crash_vfs_lost(void)
{
    enter();
    int64_t lost = world.lost;
    leave(0);
    return lost;
}

int64_t crash_vfs_flushes(void)
{
    enter();
    int64_t flushes = world.flushes;
    leave(0);
    return flushes;
}

void crash_vfs_reopen(void)
{
    enter();
    world.off = false;
    leave(0);
}

void crash_vfs_forget(void)
{
    enter();
    while (world.files)
        unlink_file(world.files);
    world.off = false;
    world.cut_in = 0;
    leave(0);
}
