#include "work.h"

#include <openssl/rand.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---- measuring ------------------------------------------------------------------------------ */

/* Every flush of the process comes through here: that commits are durable is counted, not believed. */
static atomic_int_least64_t flushes;
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

int64_t work_flushes(void)
{
    return flushes;
}

double work_seconds(void)
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

double work_median(const double *values, int count)
{
    double sorted[WORK_VALUES_MAX];
    memcpy(sorted, values, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, compare_doubles);
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

/* ---- the work ---------------------------------------------------------------------------------------- */

const char work_matter[] = "11440232MB2D06811W4000117051000";
static const char matter_draft[] =
    "{\"version\":1,\"type\":\"licence\",\"level\":\"county\",\"project_type\":\"promised\",\"statutory_amount\":20,"
    "\"statutory_unit\":\"working_days\",\"statutory_basis\":\"行政许可法 第四十二条\","
    "\"promised_amount\":10,\"promised_unit\":\"working_days\","
    "\"code\":\"11440232MB2D06811W4000117051000\",\"name\":\"食品经营许可（新办）\",\"organ\":\"11440232MB2D06811W\","
    "\"organ_name\":\"兴宁区行政审批局\",\"division\":\"450103\",\"conditions\":\"具有与经营的食品品种、数量相适应的场所\","
    "\"bases\":[{\"law\":\"食品安全法\",\"article\":\"第三十五条\"}],\"materials\":[{\"need\":\"required\",\"code\":\"M1\","
    "\"name\":\"食品经营许可申请书\"},{\"need\":\"optional\",\"code\":\"M2\",\"name\":\"授权委托书\"}],"
    "\"stages\":[{\"kind\":\"accept\",\"code\":\"A\",\"name\":\"受理\"},"
    "{\"kind\":\"review\",\"code\":\"S1\",\"name\":\"审查\",\"post\":\"examiner\",\"amount\":3,\"unit\":\"working_days\"},"
    "{\"kind\":\"review\",\"code\":\"S2\",\"name\":\"复核\",\"post\":\"checker\",\"amount\":2,\"unit\":\"working_days\"},"
    "{\"kind\":\"decide\",\"code\":\"D\",\"name\":\"决定\"},{\"kind\":\"close\",\"code\":\"C\",\"name\":\"办结\"},"
    "{\"kind\":\"deliver\",\"code\":\"E\",\"name\":\"送达\"}]}";

static const hand_draft draft = {
    .matter = work_matter,
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

void work_prepare(void)
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

void work_by_hand(hand *h, int step, int64_t *id)
{
    if (step == 0)
        MUST(hand_submit(h, &draft, id));
    else
        MUST(hand_step(h, (hand_action)(step - 1), *id, step == WORK_DECIDE ? opinion : NULL));
}

void work_typed(govsvc_session *session, int step, int64_t *id)
{
    static govsvc_status (*const plain[WORK_STEPS])(govsvc_session *, const govsvc_step *, const govsvc_application **) = {
        NULL, govsvc_application_receive, govsvc_application_accept, NULL, NULL, NULL, govsvc_application_close,
        govsvc_application_deliver};
    const govsvc_application *answer = NULL;
    govsvc_step in = GOVSVC_STEP_INIT;
    govsvc_review_step review = GOVSVC_REVIEW_STEP_INIT;
    govsvc_decision decision = GOVSVC_DECISION_INIT;
    in.id = review.id = decision.id = *id;
    decision.outcome = GOVSVC_OUTCOME_GRANTED;
    decision.opinion = opinion;
    if (step == 0)
        MUST(govsvc_application_submit(session, &typed_draft, &answer) == GOVSVC_OK);
    else if (step == WORK_REVIEW || step == WORK_CONCLUDE)
        MUST(govsvc_application_review(session, &review, &answer) == GOVSVC_OK);
    else if (step == WORK_DECIDE)
        MUST(govsvc_application_decide(session, &decision, &answer) == GOVSVC_OK);
    else
        MUST(plain[step](session, &in, &answer) == GOVSVC_OK);
    *id = answer->id;
    govsvc_free(answer);
}

void work_json(govsvc_session *session, int step, int64_t *id)
{
    static const char *const names[WORK_STEPS] = {"application.submit", "application.receive", "application.accept",
                                             "application.review", "application.review", "application.decide",
                                             "application.close", "application.deliver"};
    char in[300];
    const char *answer = NULL;
    snprintf(in, sizeof in, step == WORK_DECIDE ? "{\"id\":\"%lld\",\"outcome\":\"granted\",\"opinion\":\"%s\"}" : "{\"id\":\"%lld\"}",
             (long long)*id, opinion);
    MUST(govsvc_call(session, names[step], step ? in : json_draft, &answer) == GOVSVC_OK);
    MUST(strncmp(answer, "{\"id\":\"", 7) == 0);
    *id = strtoll(answer + 7, NULL, 10);
    govsvc_free(answer);
}

/* ---- opening ----------------------------------------------------------------------------------------- */

int64_t work_time(void *side)
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

bool work_random(void *context, void *out, size_t size)
{
    (void)context;
    return RAND_bytes(out, (int)size) == 1;
}

govsvc *work_open(const char *path, bench_side *side, int64_t (*clock)(void *context), void *clock_context)
{
    char address[320];
    govsvc *gs = NULL;
    snprintf(address, sizeof address, "sqlite:%s", path);
    govsvc_config config = GOVSVC_CONFIG_INIT;
    config.store = address;
    config.division = "450100";
    config.node = 1;
    config.clock = clock;
    config.clock_context = clock_context;
    config.key = key_of;
    config.key_context = side;
    config.random = side->random;
    config.random_context = side->random_context;
    MUST(govsvc_open(&config, &gs) == GOVSVC_OK);
    return gs;
}

govsvc_session *work_session(govsvc *gs)
{
    static const char *const roles[] = {"window_clerk", "acceptor", "reviewer", "organ_head", "administrator"};
    govsvc_session *session = NULL;
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    actor.id = "c1";
    actor.organ = "11440232MB2D06811W";
    actor.division = "450100";
    actor.roles = roles;
    actor.role_count = 5;
    MUST(govsvc_session_open(gs, &actor, &session, NULL) == GOVSVC_OK);
    return session;
}

void work_publish(govsvc_session *session, int64_t *now)
{
    const char *answer;
    char step[100];
    ++*now;
    if (govsvc_call(session, "matter.put", matter_draft, &answer) != GOVSVC_OK)
        fprintf(stderr, "%s\n", govsvc_problem_at(session, 0)->text_en), exit(1);
    snprintf(step, sizeof step, "{\"id\":\"%lld\"}", strtoll(answer + 7, NULL, 10));
    govsvc_free(answer);
    ++*now;
    MUST(govsvc_call(session, "matter.review", step, NULL) == GOVSVC_OK);
    ++*now;
    MUST(govsvc_call(session, "matter.publish", step, NULL) == GOVSVC_OK);
}

void work_remove(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char file[320];
        snprintf(file, sizeof file, "%s%s", path, ends[i]);
        remove(file);
    }
}
