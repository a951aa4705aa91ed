/* Versions of a matter on their way: reviewed, published for a day ahead, in force, replaced, suspended,
 * repealed, expired; and the application that keeps the one it began with. */
#include "api/story.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static story s;

/* The next version of the story's matter, in force between two days. */
static int64_t put(int64_t version, const char *from, const char *to)
{
    story_drafts drafts;
    const govsvc_matter *out = NULL;
    story_drafts_init(&drafts);
    drafts.matter.version = version;
    drafts.matter.effective_date = from;
    drafts.matter.expiry_date = to;
    drafts.matter.promised_amount = 5;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, &out), GOVSVC_OK);
    int64_t id = out ? out->id : 0;
    govsvc_free(out);
    return id;
}

typedef govsvc_status (*step_fn)(govsvc_session *, const govsvc_step *, const govsvc_matter **);

static govsvc_status step(step_fn function, story_role role, int64_t id, const char *opinion)
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    in.opinion = opinion;
    return function(s.as[role], &in, NULL);
}

static govsvc_status publish(int64_t id)
{
    govsvc_status status = step(govsvc_matter_review, REVIEWER, id, NULL);
    return status ? status : step(govsvc_matter_publish, ORGAN_HEAD, id, NULL);
}

static void tick(void)
{
    const govsvc_tick_request in = GOVSVC_TICK_REQUEST_INIT;
    CHECK_INT(govsvc_tick(s.as[SYSTEM], &in, NULL), GOVSVC_OK);
}

static void check_state(int64_t id, int64_t state)
{
    const govsvc_matter *out = NULL;
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    get.id = id;
    CHECK_INT(govsvc_matter_get(s.as[APPLICANT], &get, &out), GOVSVC_OK);
    CHECK_INT(out->state, state);
    govsvc_free(out);
}

/* The version an application would begin with now; 0: it cannot be applied for. */
static int64_t version_applied_for(void)
{
    const govsvc_application *out = NULL;
    story_drafts drafts;
    story_drafts_init(&drafts);
    govsvc_status status = govsvc_application_submit(s.as[APPLICANT], &drafts.application, &out);
    int64_t version = status ? 0 : out->matter_version;
    govsvc_free(out);
    return version;
}

/* Beijing time on a day of March 2026. */
static int64_t march(int day, int hour, int minute)
{
    const int64_t first = INT64_C(1772294400000); /* 2026-03-01, 0 o'clock */
    return first + ((day - 1) * INT64_C(24) + hour) * STORY_HOUR + minute * INT64_C(60000);
}

static void a_version_takes_effect_at_midnight(void)
{
    for (int ticked = 0; ticked < 2; ticked++) {
        story_open(&s, story_store());
        int64_t next = put(2, "2026-03-10", NULL);
        CHECK_INT(publish(next), GOVSVC_OK);
        check_state(next, GOVSVC_MATTER_PUBLISHED);
        check_state(s.matter, GOVSVC_MATTER_EFFECTIVE);
        s.now = march(9, 23, 59);
        if (ticked)
            tick();
        CHECK_INT(version_applied_for(), 1);
        s.now = march(10, 0, 0);
        if (ticked)
            tick();
        CHECK_INT(version_applied_for(), 2); /* whether anybody ticked or not */
        check_state(next, ticked ? GOVSVC_MATTER_EFFECTIVE : GOVSVC_MATTER_PUBLISHED);
        check_state(s.matter, ticked ? GOVSVC_MATTER_REPLACED : GOVSVC_MATTER_EFFECTIVE);
        CHECK_INT(story_complaints(&s), 0);
        story_close(&s);
    }
}

static void a_version_expires_with_its_last_day(void)
{
    story_open(&s, story_store());
    int64_t next = put(2, NULL, "2026-03-20");
    CHECK_INT(publish(next), GOVSVC_OK);
    check_state(s.matter, GOVSVC_MATTER_REPLACED);
    s.now = march(20, 23, 59);
    tick();
    CHECK_INT(version_applied_for(), 2);
    s.now = march(21, 0, 0);
    CHECK_INT(version_applied_for(), 0);
    tick();
    check_state(next, GOVSVC_MATTER_REPEALED);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* The clock of a version that was replaced ends nothing any more. */
static void a_replaced_version_does_not_expire(void)
{
    story_open(&s, story_store());
    int64_t old = put(2, NULL, "2026-03-20"), next;
    CHECK_INT(publish(old), GOVSVC_OK);
    next = put(3, NULL, NULL);
    CHECK_INT(publish(next), GOVSVC_OK);
    s.now = march(25, 9, 0);
    tick();
    check_state(old, GOVSVC_MATTER_REPLACED);
    check_state(next, GOVSVC_MATTER_EFFECTIVE);
    CHECK_INT(
        story_count(&s, "SELECT count(*) FROM {clock} WHERE stopped_at IS NULL AND kind = $1", "expiry"), 0);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void an_expired_version_is_not_published(void)
{
    story_open(&s, story_store());
    int64_t next = put(2, "2026-01-01", "2026-03-01");
    CHECK_INT(publish(next), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[ORGAN_HEAD])->rule, "expired");
    check_state(next, GOVSVC_MATTER_REVIEWED);
    check_state(s.matter, GOVSVC_MATTER_EFFECTIVE);
    story_close(&s);
}

static void what_is_suspended_can_be_restored_and_repealed(void)
{
    story_open(&s, story_store());
    CHECK_INT(step(govsvc_matter_suspend, ORGAN_HEAD, s.matter, NULL), GOVSVC_OK);
    CHECK_INT(version_applied_for(), 0);
    CHECK_INT(step(govsvc_matter_restore, ORGAN_HEAD, s.matter, NULL), GOVSVC_OK);
    CHECK_INT(version_applied_for(), 1);
    CHECK_INT(step(govsvc_matter_repeal, ORGAN_HEAD, s.matter, NULL), GOVSVC_OK);
    CHECK_INT(version_applied_for(), 0);
    CHECK_INT(step(govsvc_matter_restore, ORGAN_HEAD, s.matter, NULL), GOVSVC_STATE);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void what_is_returned_can_be_changed(void)
{
    story_open(&s, story_store());
    int64_t next = put(2, NULL, NULL);
    CHECK_INT(step(govsvc_matter_review, REVIEWER, next, NULL), GOVSVC_OK);
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.version = 2;
    drafts.matter.name = "别的名称";
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, NULL), GOVSVC_STATE);
    CHECK_INT(step(govsvc_matter_return, REVIEWER, next, NULL), GOVSVC_INVALID); /* not without saying why */
    CHECK_INT(step(govsvc_matter_return, REVIEWER, next, "名称与上级不一致"), GOVSVC_OK);
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts.matter, NULL), GOVSVC_OK);
    CHECK_INT(step(govsvc_matter_publish, ORGAN_HEAD, next, NULL), GOVSVC_STATE);
    story_close(&s);
}

/* The promise of an application is its own version's, whatever came after it. */
static void measure_13_running_applications_keep_their_version_and_deadline(void)
{
    story_open(&s, story_store());
    int64_t id = story_application(&s, "accepted");
    const govsvc_deadline *before = NULL, *after = NULL;
    const govsvc_application *application = NULL;
    govsvc_deadline_request ask = GOVSVC_DEADLINE_REQUEST_INIT;
    ask.id = id;
    CHECK_INT(govsvc_application_deadline(s.as[APPLICANT], &ask, &before), GOVSVC_OK);
    CHECK_INT(publish(put(2, NULL, NULL)), GOVSVC_OK);
    CHECK_INT(govsvc_application_deadline(s.as[APPLICANT], &ask, &after), GOVSVC_OK);
    CHECK_INT(after->clock_count, before->clock_count);
    for (uint64_t i = 0; i < after->clock_count; i++)
        CHECK_TEXT(after->clocks[i]->due_date, before->clocks[i]->due_date);
    govsvc_get_request get = GOVSVC_GET_REQUEST_INIT;
    get.id = id;
    CHECK_INT(govsvc_application_get(s.as[APPLICANT], &get, &application), GOVSVC_OK);
    CHECK_INT(application->matter_id, s.matter);
    CHECK_INT(application->matter_version, 1);
    CHECK_INT(version_applied_for(), 2);
    govsvc_free(before);
    govsvc_free(after);
    govsvc_free(application);
    story_close(&s);
}

static void the_day_of_effect_explains_itself(void)
{
    const govsvc_deadline *out = NULL;
    govsvc_deadline_request ask = GOVSVC_DEADLINE_REQUEST_INIT;
    story_open(&s, story_store());
    ask.id = put(2, "2026-03-10", NULL);
    CHECK_INT(publish(ask.id), GOVSVC_OK);
    CHECK_INT(govsvc_matter_deadline(s.as[APPLICANT], &ask, &out), GOVSVC_OK);
    CHECK_INT(out->clock_count, 1);
    CHECK_TEXT(out->clocks[0]->kind, "effect");
    CHECK_INT(out->clocks[0]->due_at, march(10, 0, 0));
    CHECK(out->clocks[0]->step_count == 1);
    govsvc_free(out);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(a_version_takes_effect_at_midnight),
        TEST(a_version_expires_with_its_last_day),
        TEST(a_replaced_version_does_not_expire),
        TEST(an_expired_version_is_not_published),
        TEST(what_is_suspended_can_be_restored_and_repealed),
        TEST(what_is_returned_can_be_changed),
        TEST(measure_13_running_applications_keep_their_version_and_deadline),
        TEST(the_day_of_effect_explains_itself),
    };
    int result = test_main(cases, TEST_COUNT(cases));
    story_clean();
    return result;
}
