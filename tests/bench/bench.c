/* tests/bench/bench.c - how fast the library is beside a program written by hand for the same work.
 *
 *     bench [directory [rounds [lifecycles]]]
 *
 * A lifecycle is six steps of an application: submit, receive, accept, review, decide, close. It is done
 * by hand (by_hand.h), by typed calls and by JSON calls, turn by turn in one run, each on a store of its
 * own in the directory (the current one, on a disk: commits are flushed). A fourth turn is by hand with a
 * savepoint around each operation, as the library has in a batch. First some lifecycles are done with the
 * same clock and the same random bytes by all of them, and their stores are compared byte by byte.
 * Uses the public headers alone, SQLite, and libcrypto for random bytes.
 */
#include <openssl/rand.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "by_hand.h"
#include "govsvc.h"

enum { BATCH = 1000, ROUNDS_MAX = 99, FLUSHED = 1200, OPENINGS = 50, STEPS = 6 };
enum { HAND, TYPED, JSON, CAREFUL, SIDES }; /* CAREFUL: by hand, and a savepoint around each operation */
static const char *const side_names[SIDES] = {"by hand", "typed calls", "JSON calls", "by hand, s."};

/* One of the three programs with its store. */
typedef struct program {
    int kind;
    char path[300];
    bench_side side;
    uint64_t sequence; /* random bytes of the comparison */
    hand *hand;
    govsvc *gs;
    govsvc_session *session;
    int64_t operations;
    double speeds[ROUNDS_MAX];
    int64_t flushes;
} program;

/* ---- measuring ------------------------------------------------------------------------------ */

/* Every flush of the process comes through here: that commits are durable is counted, not believed. */
static int64_t flushes;
#define INSTEAD_OF_THE_SYSTEM __attribute__((visibility("default")))

INSTEAD_OF_THE_SYSTEM int fdatasync(int file)
{
    flushes++;
    return (int)syscall(SYS_fdatasync, file);
}

INSTEAD_OF_THE_SYSTEM int fsync(int file)
{
    flushes++;
    return (int)syscall(SYS_fsync, file);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double median(const double *values, int count)
{
    double sorted[ROUNDS_MAX];
    memcpy(sorted, values, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, compare_doubles);
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

/* ---- the work ---------------------------------------------------------------------------------------- */

static const char matter_code[] = "11440232MB2D06811W4000117051000";
static const char matter_draft[] =
    "{\"version\":1,\"type\":\"licence\",\"level\":\"county\",\"project_type\":\"promised\",\"statutory_amount\":20,"
    "\"statutory_unit\":\"working_days\",\"statutory_basis\":\"行政许可法 第四十二条\","
    "\"promised_amount\":10,\"promised_unit\":\"working_days\","
    "\"code\":\"11440232MB2D06811W4000117051000\",\"name\":\"食品经营许可（新办）\",\"organ\":\"11440232MB2D06811W\","
    "\"organ_name\":\"兴宁区行政审批局\",\"division\":\"450103\",\"conditions\":\"具有与经营的食品品种、数量相适应的场所\","
    "\"bases\":[{\"law\":\"食品安全法\",\"article\":\"第三十五条\"}],\"materials\":[{\"need\":\"required\",\"code\":\"M1\","
    "\"name\":\"食品经营许可申请书\"},{\"need\":\"optional\",\"code\":\"M2\",\"name\":\"授权委托书\"}]}";

static const hand_draft draft = {
    .matter = matter_code,
    .owner = "user-20260302-000001",
    .title = "食品经营许可新办申请",
    .applicant_name = "张三丰",
    .applicant_id = "11010519491231002X",
    .phone = "13800138000",
    .address = "广西壮族自治区南宁市兴宁区朝阳街道某路 1 号",
    .form = "{\"shop\":\"某某小吃店\",\"area\":56,\"items\":[\"热食类\",\"冷食类\"]}",
    .material = {"M1", "食品经营许可申请书.pdf", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                 "files/2026/03/02/000001"},
};
static const char opinion[] = "经审查，符合法定条件，准予许可";

static govsvc_supplied supplied = GOVSVC_SUPPLIED_INIT;
static const govsvc_supplied *const supplied_list[] = {&supplied};
static govsvc_application_draft typed_draft = GOVSVC_APPLICATION_DRAFT_INIT;
static char json_draft[2000];

static void make_drafts(void)
{
    supplied.copies = 1;
    supplied.code = draft.material.code;
    supplied.name = draft.material.name;
    supplied.digest = draft.material.digest;
    supplied.place = draft.material.place;
    typed_draft.applicant_kind = GOVSVC_APPLICANT_NATURAL_PERSON;
    typed_draft.channel = GOVSVC_CHANNEL_WINDOW;
    typed_draft.matter = draft.matter;
    typed_draft.owner = draft.owner;
    typed_draft.title = draft.title;
    typed_draft.applicant_name = draft.applicant_name;
    typed_draft.applicant_id = draft.applicant_id;
    typed_draft.phone = draft.phone;
    typed_draft.address = draft.address;
    typed_draft.form = draft.form;
    typed_draft.materials = supplied_list;
    typed_draft.material_count = 1;
    snprintf(json_draft, sizeof json_draft,
             "{\"applicant_kind\":\"natural_person\",\"channel\":\"window\",\"matter\":\"%s\",\"owner\":\"%s\","
             "\"title\":\"%s\",\"applicant_name\":\"%s\",\"applicant_id\":\"%s\",\"phone\":\"%s\",\"address\":\"%s\","
             "\"form\":%s,\"materials\":[{\"copies\":1,\"code\":\"%s\",\"name\":\"%s\",\"digest\":\"%s\",\"place\":\"%s\"}]}",
             draft.matter, draft.owner, draft.title, draft.applicant_name, draft.applicant_id, draft.phone,
             draft.address, draft.form, draft.material.code, draft.material.name, draft.material.digest,
             draft.material.place);
}

static void step_by_hand(program *p, int step, int64_t *id)
{
    if (step == 0)
        MUST(hand_submit(p->hand, &draft, id));
    else
        MUST(hand_step(p->hand, (hand_action)(step - 1), *id, step == 4 ? opinion : NULL));
}

static void step_typed(program *p, int step, int64_t *id)
{
    static govsvc_status (*const plain[STEPS])(govsvc_session *, const govsvc_step *, const govsvc_application **) = {
        NULL, govsvc_application_receive, govsvc_application_accept, govsvc_application_review, NULL,
        govsvc_application_close};
    const govsvc_application *answer = NULL;
    govsvc_step in = GOVSVC_STEP_INIT;
    govsvc_decision decision = GOVSVC_DECISION_INIT;
    in.id = decision.id = *id;
    decision.outcome = GOVSVC_OUTCOME_GRANTED;
    decision.opinion = opinion;
    if (step == 0)
        MUST(govsvc_application_submit(p->session, &typed_draft, &answer) == GOVSVC_OK);
    else if (step == 4)
        MUST(govsvc_application_decide(p->session, &decision, &answer) == GOVSVC_OK);
    else
        MUST(plain[step](p->session, &in, &answer) == GOVSVC_OK);
    *id = answer->id;
    govsvc_free(answer);
}

static void step_json(program *p, int step, int64_t *id)
{
    static const char *const names[STEPS] = {"application.submit", "application.receive", "application.accept",
                                             "application.review", "application.decide", "application.close"};
    char in[300];
    const char *answer = NULL;
    snprintf(in, sizeof in, step == 4 ? "{\"id\":\"%lld\",\"outcome\":\"granted\",\"opinion\":\"%s\"}" : "{\"id\":\"%lld\"}",
             (long long)*id, opinion);
    MUST(govsvc_call(p->session, names[step], step ? in : json_draft, &answer) == GOVSVC_OK);
    MUST(strncmp(answer, "{\"id\":\"", 7) == 0);
    *id = strtoll(answer + 7, NULL, 10);
    govsvc_free(answer);
}

static bool by_hand(const program *p)
{
    return p->kind == HAND || p->kind == CAREFUL;
}

static void begin(program *p)
{
    MUST(by_hand(p) ? hand_begin(p->hand) : govsvc_batch_begin(p->session) == GOVSVC_OK);
}

static void commit(program *p)
{
    MUST(by_hand(p) ? hand_commit(p->hand) : govsvc_batch_commit(p->session) == GOVSVC_OK);
}

/* One operation; every one has a millisecond of its own. */
static void operate(program *p, int step, int64_t *id)
{
    static void (*const how[SIDES])(program *, int, int64_t *) = {step_by_hand, step_typed, step_json, step_by_hand};
    p->side.now++;
    MUST(p->kind != CAREFUL || hand_savepoint(p->hand));
    how[p->kind](p, step, id);
    MUST(p->kind != CAREFUL || hand_release(p->hand));
    p->operations++;
}

/* Lifecycles in batches of so many operations a commit; 0: each operation by itself, as a host would. */
static double lifecycles(program *p, int count, int batch)
{
    double start = seconds();
    int64_t flushed = flushes, in_batch = 0, id = 0;
    for (int i = 0; i < count * STEPS; i++) {
        bool alone = batch == 0 && by_hand(p);
        if (alone || (batch && in_batch == 0))
            begin(p);
        operate(p, i % STEPS, &id);
        in_batch++;
        if (alone || (batch && (in_batch == batch || i == count * STEPS - 1))) {
            commit(p);
            in_batch = 0;
        }
    }
    p->flushes += flushes - flushed;
    return count / (seconds() - start);
}

/* ---- opening ----------------------------------------------------------------------------------------- */

static int64_t time_of(void *side)
{
    return ((bench_side *)side)->now;
}

static bool key_of(void *side, int64_t key_id, unsigned char out[32])
{
    if (key_id != 1)
        return false;
    memcpy(out, ((bench_side *)side)->key, 32);
    return true;
}

static bool random_bytes(void *context, void *out, size_t size)
{
    (void)context;
    return RAND_bytes(out, (int)size) == 1;
}

static bool same_bytes(void *context, void *out, size_t size)
{
    uint64_t *sequence = context;
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)out)[i] = (unsigned char)((*sequence = *sequence * 6364136223846793005u + 1442695040888963407u) >> 56);
    return true;
}

static void open_library(program *p)
{
    static const char *const roles[] = {"window_clerk", "acceptor", "reviewer", "organ_head", "administrator"};
    char address[320];
    snprintf(address, sizeof address, "sqlite:%s", p->path);
    govsvc_config config = GOVSVC_CONFIG_INIT;
    config.store = address;
    config.division = "450100";
    config.node = 1;
    config.clock = time_of;
    config.clock_context = &p->side;
    config.key = key_of;
    config.key_context = &p->side;
    config.random = p->side.random;
    config.random_context = p->side.random_context;
    MUST(govsvc_open(&config, &p->gs) == GOVSVC_OK);
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    actor.id = "c1";
    actor.organ = "11440232MB2D06811W";
    actor.division = "450100";
    actor.roles = roles;
    actor.role_count = 5;
    MUST(govsvc_session_open(p->gs, &actor, &p->session, NULL) == GOVSVC_OK);
}

static void close_library(program *p)
{
    govsvc_session_close(p->session);
    govsvc_close(p->gs);
    p->session = NULL;
    p->gs = NULL;
}

static void publish_matter(program *p)
{
    const char *answer;
    char step[100];
    p->side.now++;
    MUST(govsvc_call(p->session, "matter.put", matter_draft, &answer) == GOVSVC_OK);
    snprintf(step, sizeof step, "{\"id\":\"%lld\"}", strtoll(answer + 7, NULL, 10));
    govsvc_free(answer);
    p->side.now++;
    MUST(govsvc_call(p->session, "matter.review", step, NULL) == GOVSVC_OK);
    p->side.now++;
    MUST(govsvc_call(p->session, "matter.publish", step, NULL) == GOVSVC_OK);
}

/* A store with its tables and one matter; the library makes it for the program by hand too. */
static void open_program(program *p, int kind, const char *directory, const char *name, bool same)
{
    *p = (program){.kind = kind, .side = {.random = same ? same_bytes : random_bytes}};
    snprintf(p->path, sizeof p->path, "%s/%s-%d.db", directory, name, kind);
    p->side.random_context = &p->sequence;
    memset(p->side.key, 7, sizeof p->side.key);
    MUST(govsvc_date_start("2026-03-02", &p->side.now));
    p->side.now += 9 * 3600000;
    open_library(p);
    publish_matter(p);
    if (!by_hand(p))
        return;
    close_library(p);
    MUST((p->hand = hand_open(p->path, matter_code, &p->side)) != NULL);
    MUST(hand_synchronous(p->hand) == 2);
}

static void close_program(program *p)
{
    close_library(p);
    hand_close(p->hand);
    p->hand = NULL;
}

static void remove_store(const program *p)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char path[320];
        snprintf(path, sizeof path, "%s%s", p->path, ends[i]);
        remove(path);
    }
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

/* The same clock, identifiers, keys and random bytes: then every byte must be the same. */
static void prove_same(const char *directory)
{
    program programs[SIDES];
    for (int i = 0; i < SIDES; i++) {
        open_program(&programs[i], i, directory, "same", true);
        programs[i].sequence = 1;
        lifecycles(&programs[i], 20, 100);
    }
    int64_t rows = 0;
    for (int i = 1; i < SIDES; i++)
        rows = compare_stores(programs[HAND].path, programs[i].path, true);
    for (int i = 0; i < SIDES; i++) {
        close_program(&programs[i]);
        remove_store(&programs[i]);
    }
    printf("same work: 20 lifecycles leave the same %lld rows, byte by byte, in all four stores\n", (long long)rows);
}

/* ---- what is told ------------------------------------------------------------------------------------ */

/* Of the rounds' ratios: what disturbs the machine for a while disturbs both of a round. */
static double median_ratio(const program *p, const program *to, int rounds)
{
    double ratios[ROUNDS_MAX];
    for (int i = 0; i < rounds; i++)
        ratios[i] = p->speeds[i] / to->speeds[i];
    return median(ratios, rounds);
}

static void bulk(program programs[SIDES], int rounds, int count)
{
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < SIDES; i++)
            programs[i].speeds[round] = lifecycles(&programs[i], count, BATCH);
    printf("\nbulk: %d rounds of %d lifecycles of %d steps, %d operations a commit\n", rounds, count, STEPS, BATCH);
    printf("%-12s %14s %14s %8s %8s\n", "", "lifecycles/s", "operations/s", "ratio", "flushes");
    for (int i = 0; i < SIDES; i++) {
        double speed = median(programs[i].speeds, rounds);
        printf("%-12s %14.0f %14.0f %8.2f %8lld\n", side_names[i], speed, speed * STEPS,
               median_ratio(&programs[i], &programs[HAND], rounds), (long long)programs[i].flushes);
        MUST(programs[i].flushes >= (int64_t)rounds * count * STEPS / BATCH);
    }
}

static void one_by_one(program programs[SIDES])
{
    enum { ROUNDS = 5 };
    printf("\none operation a commit, each flushed: %d lifecycles\n", FLUSHED / STEPS);
    printf("%-12s %14s %8s %8s\n", "", "operations/s", "ratio", "flushes");
    for (int i = 0; i < SIDES; i++)
        programs[i].flushes = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < SIDES; i++)
            programs[i].speeds[round] = lifecycles(&programs[i], FLUSHED / STEPS / ROUNDS, 0);
    for (int i = 0; i < SIDES; i++) {
        printf("%-12s %14.0f %8.2f %8lld\n", side_names[i], median(programs[i].speeds, ROUNDS) * STEPS,
               median_ratio(&programs[i], &programs[HAND], ROUNDS), (long long)programs[i].flushes);
        MUST(programs[i].flushes >= FLUSHED);
    }
}

static void opening(program *p)
{
    double times[OPENINGS];
    close_library(p);
    for (int i = 0; i < OPENINGS; i++) {
        double start = seconds();
        open_library(p);
        times[i] = (seconds() - start) * 1000;
        close_library(p);
    }
    open_library(p);
    printf("\nopening a store that is there, with a session: %.2f ms (median of %d)\n", median(times, OPENINGS), OPENINGS);
}

int main(int count, char **arguments)
{
    const char *directory = count > 1 ? arguments[1] : ".";
    int rounds = count > 2 ? atoi(arguments[2]) : 9, each = count > 3 ? atoi(arguments[3]) : 2000;
    program programs[SIDES];
    MUST(rounds > 0 && rounds <= ROUNDS_MAX && each > 0);
    make_drafts();
    printf("SQLite %s, write-ahead log, synchronous FULL\n", sqlite3_libversion());
    prove_same(directory);
    for (int i = 0; i < SIDES; i++)
        open_program(&programs[i], i, directory, "bench", false);
    bulk(programs, rounds, each);
    one_by_one(programs);
    opening(&programs[TYPED]);
    for (int i = 1; i < SIDES; i++)
        compare_stores(programs[HAND].path, programs[i].path, false);
    printf("at the end every table of the four stores has the same number of rows\n");
    for (int i = 0; i < SIDES; i++) {
        close_program(&programs[i]);
        remove_store(&programs[i]);
    }
    return 0;
}
