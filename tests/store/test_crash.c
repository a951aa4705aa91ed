/* tests/store/test_crash.c - the power is cut a thousand times under a SQLite store: what was committed is
 * there, what was not is not, and the file is sound. */
#define _GNU_SOURCE
#include "drive.h"
#include "support/crash_vfs.h"

enum { CUTS = 1000, CUTS_A_FILE = 20, OPERATIONS_MAX = 120, BODY_MAX = 3000, GROUP = 3 };

static uint64_t state = 20240601;

static uint64_t random_below(uint64_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % limit;
}

static connection *open_on(const char *vfs, int64_t synchronous)
{
    govsvc_store_options options = plain_options();
    options.context = vfs;
    options.synchronous = synchronous;
    driver = govsvc_driver_sqlite();
    snprintf(address, sizeof address, "crash.db");
    connection *c = open_with(&options);
    must_run(c, "PRAGMA wal_autocheckpoint=12"); /* cuts are to meet checkpoints, too */
    return c;
}

/* The body of thing id is of a size and a byte that follow from its id. */
static size_t body_of(int64_t id, unsigned char body[BODY_MAX])
{
    size_t size = (size_t)(id * 7919 % BODY_MAX);
    memset(body, (int)(id * 31 % 251), size);
    return size;
}

/* Commits groups of things until the power goes. The last id that was acknowledged. */
static int64_t write_until_cut(connection *c, int64_t last)
{
    unsigned char body[BODY_MAX];
    statement *put = prepared(c, "INSERT INTO {p}thing (id, body) VALUES ($1, $2)");
    int class = GOVSVC_STORE_OK;
    while (!class) {
        class = driver->begin(c, GOVSVC_YES);
        for (int64_t id = last + 1; !class && id <= last + GROUP; id++) {
            govsvc_value values[2] = {integer(id), bytes_value(body, body_of(id, body))};
            class = driver->execute(put, values, 2, NULL);
        }
        class = class ? class : driver->commit(c);
        last += class ? 0 : GROUP;
    }
    driver->finalize(put);
    return last;
}

static bool is_whole(connection *c, int64_t id)
{
    unsigned char want[BODY_MAX];
    size_t size = body_of(id, want);
    govsvc_value value = integer(id), row = {0};
    statement *get = prepared(c, "SELECT body FROM {p}thing WHERE id = $1");
    bool whole = driver->query(get, &value, 1) == GOVSVC_STORE_OK &&
                 driver->next(get, &row, 1) == GOVSVC_STORE_ROW && row.size == size &&
                 memcmp(row.as.bytes, want, size) == 0;
    driver->done(get);
    driver->finalize(get);
    return whole;
}

static void count_complaint(void *context, const char *complaint)
{
    fprintf(stderr, "complaint: %s\n", complaint);
    ++*(int *)context;
}

/* The last id in the store after a cut: all of the acknowledged, and of the group whose commit the cut
 * met all or nothing. -1 where it is not so. */
static int64_t last_after_cut(connection *c, int64_t acknowledged)
{
    int complaints = 0;
    int64_t last = ask(c, "SELECT coalesce(max(id), 0) FROM {p}thing");
    bool good = driver->check(c, count_complaint, &complaints) == GOVSVC_STORE_OK && complaints == 0 &&
                (last == acknowledged || last == acknowledged + GROUP) && count_things(c) == last;
    for (int64_t id = last; good && id > 0 && id > last - 2 * GROUP; id--)
        good = is_whole(c, id);
    return good ? last : -1;
}

/* Cuts the power again and again under one new file; how often it went well. */
static int cut_one_file(const char *vfs, int64_t synchronous, int rounds)
{
    crash_vfs_forget();
    connection *c = open_on(vfs, synchronous);
    make_things(c);
    must_run(c, "PRAGMA wal_checkpoint"); /* the table itself is on the disk, flushed commits or not */
    int64_t last = 0;
    int good = 0;
    while (good < rounds && last >= 0) {
        crash_vfs_cut_at(1 + (int64_t)random_below(OPERATIONS_MAX), random_below(UINT32_MAX));
        last = write_until_cut(c, last);
        CHECK(crash_vfs_is_cut());
        driver->close(c);
        crash_vfs_reopen();
        c = open_on(vfs, synchronous);
        last = last_after_cut(c, last);
        good += last >= 0;
    }
    driver->close(c);
    return good;
}

/* How many of CUTS cuts went well; a file that did not is given up. */
static int cut_files(int64_t synchronous)
{
    const char *vfs = crash_vfs_install();
    int good = 0;
    for (int cuts = 0; cuts < CUTS; cuts += CUTS_A_FILE)
        good += cut_one_file(vfs, synchronous, CUTS_A_FILE);
    return good;
}

static void committed_things_outlive_cuts(void)
{
    CHECK_INT(cut_files(GOVSVC_YES), CUTS);
    CHECK(crash_vfs_lost() > CUTS); /* and the cuts took something */
    crash_vfs_forget();
}

/* The test can fail: commits that are not flushed are lost. */
static void unflushed_things_do_not(void)
{
    CHECK(cut_files(GOVSVC_NO) < CUTS);
    crash_vfs_forget();
}

/* Between cuts the VFS is a file system like others: two connections, one writer. */
static void connections_share_its_files(void)
{
    const char *vfs = crash_vfs_install();
    crash_vfs_forget();
    connection *first = open_on(vfs, GOVSVC_YES);
    make_things(first);
    connection *second = open_on(vfs, GOVSVC_YES);
    CHECK_INT(driver->begin(first, GOVSVC_YES), GOVSVC_STORE_OK);
    CHECK_INT(driver->begin(second, GOVSVC_YES), GOVSVC_STORE_BUSY);
    CHECK_INT(insert(first, 1, 1), GOVSVC_STORE_OK);
    CHECK_INT(count_things(second), 0);
    CHECK_INT(driver->commit(first), GOVSVC_STORE_OK);
    CHECK_INT(count_things(second), 1);
    crash_vfs_cut(1);
    CHECK((insert(first, 2, 2) & GOVSVC_STORE_CLASS) != GOVSVC_STORE_OK);
    crash_vfs_reopen();
    connection *third = open_on(vfs, GOVSVC_YES);
    CHECK_INT(count_things(third), 1);
    CHECK((insert(first, 2, 2) & GOVSVC_STORE_CLASS) != GOVSVC_STORE_OK); /* dead for good */
    driver->close(first);
    driver->close(second);
    CHECK_INT(insert(third, 2, 2), GOVSVC_STORE_OK);
    driver->close(third);
    crash_vfs_forget();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(committed_things_outlive_cuts),
        TEST(unflushed_things_do_not),
        TEST(connections_share_its_files),
    };
    return test_main(cases, TEST_COUNT(cases));
}
