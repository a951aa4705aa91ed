/* tests/api/test_batch.c - many operations under one commit: a refusal leaves the batch as it was, a failure of
 * the store in the middle of a write takes all of it, and says so. */
#include "story.h"

#include "fault.h"
#include "test.h"

static fault_plan plan;

static void begin(story *s, bool faults)
{
    static int stores;
    char name[40];
    snprintf(name, sizeof name, "faults-%d.db", stores++);
    govsvc_config config = story_config(s, story_store());
    fault_plan_clear(&plan);
    if (faults) {
        config = story_config(s, story_file(name));
        config.driver = fault_driver(govsvc_driver_sqlite(), &plan);
    }
    CHECK_INT(story_begin(s, &config), GOVSVC_OK);
    story_publish(s);
}

static void a_refusal_leaves_the_batch(void)
{
    story s;
    int64_t first = 0, second = 0;
    begin(&s, false);
    int64_t before = story_rows(&s, "journal_entry");
    govsvc_session *clerk = s.anyone;
    CHECK_INT(govsvc_batch_begin(clerk), GOVSVC_OK);
    CHECK_INT(story_submit(clerk, NULL, &first), GOVSVC_OK);
    CHECK_INT(story_act(clerk, "decide", first, NULL), GOVSVC_STATE);
    CHECK_INT(story_act(clerk, "receive", first, NULL), GOVSVC_OK);
    CHECK_INT(story_act(clerk, "receive", first + 1, NULL), GOVSVC_NOT_FOUND);
    CHECK_INT(story_submit(clerk, NULL, &second), GOVSVC_OK);
    CHECK_INT(govsvc_batch_commit(clerk), GOVSVC_OK);
    CHECK_INT(story_rows(&s, "journal_entry"), before + 3);
    CHECK_INT(story_act(clerk, "receive", second, NULL), GOVSVC_OK);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* The law accepted it in the meantime; what is refused after that is undone alone, and the batch goes on. */
static void an_early_write_is_guarded(void)
{
    story s;
    begin(&s, false);
    int64_t late = story_application(&s, "received"), other = story_application(&s, "received");
    int64_t before = story_rows(&s, "journal_entry");
    s.now += 30 * (int64_t)STORY_DAY;
    CHECK_INT(govsvc_batch_begin(s.anyone), GOVSVC_OK);
    CHECK_INT(story_act(s.anyone, "accept", late, NULL), GOVSVC_STATE); /* it is accepted already */
    CHECK_INT(story_act(s.anyone, "inspect", other, NULL), GOVSVC_OK);  /* and so is this one: two entries */
    CHECK_INT(govsvc_batch_commit(s.anyone), GOVSVC_OK);
    CHECK_INT(story_rows(&s, "journal_entry"), before + 2);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void a_matter_is_published_whole_or_not(void)
{
    story s;
    int64_t second = 0;
    begin(&s, false);
    CHECK_INT(story_put_reviewed(s.as[ADMINISTRATOR], 2, &second), GOVSVC_OK);
    const govsvc_step step = {sizeof step, second, GOVSVC_ABSENT, NULL, NULL};
    CHECK_INT(govsvc_batch_begin(s.as[ADMINISTRATOR]), GOVSVC_OK);
    CHECK_INT(govsvc_matter_publish(s.as[ADMINISTRATOR], &step, NULL), GOVSVC_OK);
    govsvc_batch_rollback(s.as[ADMINISTRATOR]);
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {matter} WHERE state = $1", "effective"), 1);
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {matter} WHERE state = $1", "replaced"), 0);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* Whichever call of the driver fails: either the operation is not in the batch and the batch goes on, or the
 * batch is lost, and then nothing of it is kept. */
static void a_failure_takes_all_or_nothing(void)
{
    size_t lost = 0, went_on = 0;
    for (int64_t n = 1;; n++) {
        story s;
        int64_t first = 0, second = 0, third = 0;
        begin(&s, true);
        int64_t before = story_rows(&s, "application");
        CHECK_INT(govsvc_batch_begin(s.anyone), GOVSVC_OK);
        CHECK_INT(story_submit(s.anyone, NULL, &first), GOVSVC_OK);
        fault_plan_clear(&plan);
        plan.call_at = n;
        plan.class = GOVSVC_STORE_ERROR;
        govsvc_status status = story_submit(s.anyone, NULL, &second);
        bool met = fault_plan_spent(&plan) > 0;
        fault_plan_clear(&plan);
        govsvc_status after = story_submit(s.anyone, NULL, &third);
        if (after) {
            CHECK_INT(after, GOVSVC_UNAVAILABLE);
            CHECK(govsvc_problem_count(s.anyone) == 1 &&
                  strcmp(govsvc_problem_at(s.anyone, 0)->rule, "batch_lost") == 0);
            CHECK_INT(govsvc_batch_commit(s.anyone), GOVSVC_UNAVAILABLE);
            CHECK_INT(story_rows(&s, "application"), before);
            lost++;
        } else {
            CHECK_INT(govsvc_batch_commit(s.anyone), GOVSVC_OK);
            CHECK_INT(story_rows(&s, "application"), before + (status ? 2 : 3));
            went_on++;
        }
        CHECK_INT(story_complaints(&s), 0);
        story_close(&s);
        if (!met)
            break;
    }
    CHECK(lost >= 1 && went_on > 1);
}

/* The same of a step that writes early, behind a savepoint: what the law did of itself comes before it. */
static void a_guarded_failure_takes_all_or_nothing(void)
{
    size_t lost = 0, went_on = 0;
    bool met = true;
    for (int64_t n = 1; met; n++) {
        story s;
        begin(&s, true);
        int64_t late = story_application(&s, "received"), first = 0;
        s.now += 30 * (int64_t)STORY_DAY;
        int64_t before = story_rows(&s, "journal_entry");
        CHECK_INT(govsvc_batch_begin(s.anyone), GOVSVC_OK);
        CHECK_INT(story_submit(s.anyone, NULL, &first), GOVSVC_OK);
        fault_plan_clear(&plan);
        plan.call_at = n;
        govsvc_status status = story_act(s.anyone, "inspect", late, NULL);
        met = fault_plan_spent(&plan) > 0;
        fault_plan_clear(&plan);
        CHECK_INT(status != GOVSVC_OK, met);
        govsvc_status committed = govsvc_batch_commit(s.anyone);
        int64_t entries = story_rows(&s, "journal_entry") - before;
        CHECK_INT(entries, committed ? 0 : status ? 1 : 3);
        lost += committed != GOVSVC_OK;
        went_on += !committed && status;
        CHECK_INT(story_complaints(&s), 0);
        story_close(&s);
    }
    CHECK_INT(lost, 0); /* each is undone alone */
    CHECK(went_on > 5);
}

int main(void)
{
    static const test_case cases[] = {TEST(a_refusal_leaves_the_batch), TEST(an_early_write_is_guarded),
                                      TEST(a_matter_is_published_whole_or_not),
                                      TEST(a_failure_takes_all_or_nothing),
                                      TEST(a_guarded_failure_takes_all_or_nothing)};
    int result = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return result;
}
