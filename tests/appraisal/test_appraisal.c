/* tests/appraisal/test_appraisal.c - appraisals from invitation to call-back: who may say what, when, and what it
 * leaves. On SQLite, and on PostgreSQL where GOVSVC_TEST_POSTGRES names one. */
#include "hall.h"

/* ---- grades -------------------------------------------------------------------------------------------- */

static void test_grades_are_stored_by_meaning(void)
{
    static const struct {
        int64_t grade;
        const char *name;
        int digit, stars;
    } rows[] = {{GOVSVC_GRADE_VERY_SATISFIED, "very_satisfied", 1, 5},
                {GOVSVC_GRADE_SATISFIED, "satisfied", 2, 4},
                {GOVSVC_GRADE_BASICALLY_SATISFIED, "basically_satisfied", 3, 3},
                {GOVSVC_GRADE_DISSATISFIED, "dissatisfied", 4, 2},
                {GOVSVC_GRADE_VERY_DISSATISFIED, "very_dissatisfied", 5, 1}};
    begin();
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        appraised(rows[i].grade);
        CHECK_INT(story_count(&s, "SELECT count(*) FROM {appraisal} WHERE grade = $1", rows[i].name), 1);
        CHECK_INT(govsvc_grade_of_digit(GOVSVC_GRADING_GBT39046, rows[i].digit), rows[i].grade);
        CHECK_INT(govsvc_grade_of_digit(GOVSVC_GRADING_STARS, rows[i].stars), rows[i].grade);
        CHECK_INT(govsvc_grade_digit(GOVSVC_GRADING_GBT39046, rows[i].grade), rows[i].digit);
        CHECK_INT(govsvc_grade_digit(GOVSVC_GRADING_STARS, rows[i].grade), rows[i].stars);
    }
    CHECK_INT(govsvc_grade_of_digit(GOVSVC_GRADING_STARS, 0), 0);
    CHECK_INT(govsvc_grade_of_digit(GOVSVC_GRADING_STARS, 6), 0);
    CHECK_INT(govsvc_grade_of_digit(0, 1), 0);
    CHECK_INT(govsvc_grade_digit(GOVSVC_GRADING_STARS, 5), 0);
    CHECK_INT(govsvc_grade_digit(3, GOVSVC_GRADE_SATISFIED), 0);
    end();
}

static void test_a_digit_is_no_grade(void)
{
    static const char *const digits[] = {"5", "\"5\"", "1", "11"};
    char in[200];
    begin();
    int64_t id = closed_case();
    for (size_t i = 0; i < TEST_COUNT(digits); i++) {
        snprintf(in, sizeof in, "{\"application\":\"%" PRId64 "\",\"channel\":\"mobile\",\"grade\":%s}", id,
                 digits[i]);
        CHECK_INT(govsvc_call(s.as[APPLICANT], "application.appraise", in, NULL), GOVSVC_INVALID);
        const govsvc_problem *problem = story_problem(s.as[APPLICANT]);
        CHECK_TEXT(problem->field, "/grade");
        CHECK_TEXT(problem->rule, digits[i][0] == '"' ? "choice" : "type");
    }
    for (int64_t digit = 1; digit <= 5; digit++) {
        govsvc_appraisal_draft draft = draft_of(id, digit);
        CHECK_INT(govsvc_application_appraise(s.as[APPLICANT], &draft, NULL), GOVSVC_INVALID);
        CHECK_TEXT(rule_of(s.as[APPLICANT]), "choice");
    }
    CHECK_INT(found_in(s.as[ADMINISTRATOR], GOVSVC_APPRAISAL_INVITED, NULL), 1);
    end();
}

/* ---- invitation ---------------------------------------------------------------------------------------- */

static void test_a_closed_case_is_invited_once(void)
{
    begin();
    int64_t open = story_application(&s, "decided"), id;
    tick();
    CHECK_INT(story_rows(&s, "appraisal"), 0);
    CHECK_INT(story_act(s.as[REVIEWER], "close", open, NULL), GOVSVC_OK);
    tick();
    CHECK_INT(story_act(s.as[WINDOW_CLERK], "deliver", open, NULL), GOVSVC_OK);
    tick();
    CHECK_INT(found_in(s.as[APPLICANT], GOVSVC_APPRAISAL_INVITED, &id), 1);
    CHECK_INT(story_rows(&s, "appraisal"), 1);
    const govsvc_appraisal *out = got(s.as[APPLICANT], id, GOVSVC_OK);
    CHECK_TEXT(out ? out->owner : NULL, "u-1001");
    CHECK(out && out->number && strlen(out->number) == 28);
    CHECK_TEXT(out ? out->step : NULL, "close");
    CHECK_TEXT(out ? out->organ : NULL, STORY_ORGAN);
    CHECK_INT(out ? out->grade : -1, 0);
    govsvc_free(out);
    char due[11];
    CHECK_INT(clock_of(s.as[APPLICANT], id, "invitation", due), GOVSVC_CLOCK_RUNNING);
    CHECK_TEXT(due, "2026-03-05"); /* closed on Monday the 2nd */
    end();
}

static void test_what_is_given_before_the_invitation_stands_for_it(void)
{
    begin();
    govsvc_appraisal_draft in = draft_of(story_application(&s, "closed"), GOVSVC_GRADE_SATISFIED);
    int64_t id = appraise(&in);
    tick();
    CHECK_INT(story_rows(&s, "appraisal"), 1);
    CHECK_INT(state_of(id), GOVSVC_APPRAISAL_GIVEN);
    end();
}

static void test_an_answer_closes_the_invitation(void)
{
    static const char *const tags[] = {"510", "517"};
    char due[11];
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), GOVSVC_GRADE_VERY_SATISFIED);
    in.text = "很快";
    in.tags = tags;
    in.tag_count = 2;
    int64_t id = appraise(&in);
    CHECK_INT(state_of(id), GOVSVC_APPRAISAL_GIVEN);
    CHECK_INT(clock_of(s.as[APPLICANT], id, "invitation", due), GOVSVC_CLOCK_MET);
    CHECK_INT(clock_of(s.as[APPLICANT], id, "rectification", due), 0);
    wait_days(10);
    const govsvc_appraisal *out = got(s.as[APPLICANT], id, GOVSVC_OK);
    CHECK_INT(out ? out->state : 0, GOVSVC_APPRAISAL_GIVEN);
    CHECK_INT(out ? out->defaulted : -1, 0);
    CHECK_TEXT(out ? out->text : NULL, "很快");
    CHECK_INT(out ? (int64_t)out->tag_count : 0, 2);
    CHECK_TEXT(out && out->tag_count == 2 ? out->tags[1] : NULL, "517");
    CHECK(out && out->given_at != GOVSVC_ABSENT && out->counted_at == out->given_at);
    govsvc_free(out);
    CHECK_INT(story_rows(&s, "appraisal"), 1);
    end();
}

static void test_unrated_after_three_days_is_defaulted(void)
{
    int64_t id, first;
    begin();
    int64_t application = closed_case();
    CHECK_INT(govsvc_date_start("2026-03-06", &first), true);
    s.now = first - 2 * STORY_SECOND;
    tick();
    CHECK_INT(found_in(s.as[APPLICANT], GOVSVC_APPRAISAL_INVITED, &id), 1);
    s.now = first;
    tick();
    const govsvc_appraisal *out = got(s.as[APPLICANT], id, GOVSVC_OK);
    CHECK_INT(out ? out->state : 0, GOVSVC_APPRAISAL_DEFAULTED);
    CHECK_INT(out ? out->defaulted : 0, GOVSVC_YES);
    CHECK_INT(out ? out->grade : -1, 0); /* satisfied by default is no grade that was given */
    CHECK_INT(out ? out->given_at : 0, GOVSVC_ABSENT);
    CHECK_INT(out ? out->counted_at : 0, first);
    govsvc_free(out);
    govsvc_appraisal_draft late = draft_of(application, GOVSVC_GRADE_DISSATISFIED);
    CHECK_INT(govsvc_application_appraise(s.as[APPLICANT], &late, NULL), GOVSVC_STATE);
    CHECK_TEXT(rule_of(s.as[APPLICANT]), "invitation_over");
    end();
}

/* Nobody has ticked, and it is over all the same. */
static void test_an_invitation_is_over_without_a_tick(void)
{
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), GOVSVC_GRADE_SATISFIED);
    s.now += 4 * (int64_t)STORY_DAY;
    CHECK_INT(govsvc_application_appraise(s.as[APPLICANT], &in, NULL), GOVSVC_STATE);
    CHECK_TEXT(rule_of(s.as[APPLICANT]), "invitation_over");
    end();
}

static void test_there_is_no_default_after_a_given_one(void)
{
    char in[100];
    begin();
    int64_t id = appraised(GOVSVC_GRADE_SATISFIED);
    snprintf(in, sizeof in, "{\"id\":\"%" PRId64 "\"}", id);
    CHECK_INT(govsvc_call(s.as[SYSTEM], "appraisal.default", in, NULL), GOVSVC_STATE);
    CHECK_INT(govsvc_call(s.as[ADMINISTRATOR], "appraisal.default", in, NULL), GOVSVC_DENIED);
    int64_t invited;
    closed_case();
    CHECK_INT(found_in(s.as[ADMINISTRATOR], GOVSVC_APPRAISAL_INVITED, &invited), 1);
    snprintf(in, sizeof in, "{\"id\":\"%" PRId64 "\"}", invited);
    CHECK_INT(govsvc_call(s.as[SYSTEM], "appraisal.give", in, NULL), GOVSVC_INVALID); /* without a grade */
    CHECK_INT(govsvc_call(s.as[REVIEWER], "appraisal.give", in, NULL), GOVSVC_DENIED);
    end();
}

/* ---- what may be appraised ------------------------------------------------------------------------------ */

static govsvc_status refused(const govsvc_appraisal_draft *in, const char *field, const char *rule)
{
    story_trace before, after;
    story_look(&s, &before);
    govsvc_status status = govsvc_application_appraise(s.as[APPLICANT], in, NULL);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->field, field);
    CHECK_TEXT(rule_of(s.as[APPLICANT]), rule);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    return status;
}

static void test_nothing_is_appraised_before_it_was_done(void)
{
    begin();
    int64_t id = story_application(&s, "accepted");
    govsvc_appraisal_draft in = draft_of(id, GOVSVC_GRADE_SATISFIED);
    CHECK_INT(refused(&in, "/step", "done"), GOVSVC_INVALID); /* the whole of it is not over */
    in.step = "decide";
    CHECK_INT(refused(&in, "/step", "done"), GOVSVC_INVALID);
    in.step = "no_such_step";
    CHECK_INT(refused(&in, "/step", "done"), GOVSVC_INVALID);
    in.step = "submit"; /* their own */
    CHECK_INT(refused(&in, "/step", "done"), GOVSVC_INVALID);
    in.object = GOVSVC_OBJECT_PLATFORM;
    CHECK_INT(state_of(appraise(&in)), GOVSVC_APPRAISAL_GIVEN);
    in = draft_of(id, GOVSVC_GRADE_SATISFIED);
    in.step = "accept";
    CHECK_INT(state_of(appraise(&in)), GOVSVC_APPRAISAL_GIVEN);
    end();
}

static void test_a_person_is_rated_for_what_they_did(void)
{
    begin();
    int64_t id = story_application(&s, "in_review");
    govsvc_appraisal_draft in = draft_of(id, GOVSVC_GRADE_SATISFIED);
    in.object = GOVSVC_OBJECT_PERSON;
    in.step = "review";
    CHECK_INT(refused(&in, "/which", "required"), GOVSVC_INVALID);
    in.which = "acceptor";
    CHECK_INT(refused(&in, "/which", "done"), GOVSVC_INVALID);
    in.which = "u-1001";
    CHECK_INT(refused(&in, "/which", "done"), GOVSVC_INVALID);
    in.which = "reviewer";
    CHECK(appraise(&in) != 0);
    in.object = GOVSVC_OBJECT_CASE;
    CHECK_INT(refused(&in, "/which", "not_asked"), GOVSVC_INVALID);
    in.object = GOVSVC_OBJECT_WINDOW;
    in.which = "综合窗口3号";
    CHECK(appraise(&in) != 0);
    end();
}

static void test_one_object_and_step_is_appraised_once(void)
{
    begin();
    int64_t id = closed_case();
    govsvc_appraisal_draft in = draft_of(id, GOVSVC_GRADE_SATISFIED);
    appraise(&in);
    in.grade = GOVSVC_GRADE_DISSATISFIED;
    CHECK_INT(refused(&in, "", "appraised"), GOVSVC_STATE);
    in.step = "close"; /* the same */
    CHECK_INT(refused(&in, "", "appraised"), GOVSVC_STATE);
    in.step = "accept";
    appraise(&in);
    CHECK_INT(refused(&in, "", "appraised"), GOVSVC_STATE);
    in.object = GOVSVC_OBJECT_PLATFORM;
    appraise(&in);
    CHECK_INT(story_rows(&s, "appraisal"), 3);
    CHECK_INT(found_in(s.as[APPLICANT], 0, NULL), 3);
    end();
}

static void test_a_repeated_call_is_answered_again(void)
{
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), GOVSVC_GRADE_DISSATISFIED);
    in.request_key = "k1";
    int64_t id = appraise(&in);
    story_trace before, after;
    story_look(&s, &before);
    CHECK_INT(appraise(&in), id);
    story_look(&s, &after);
    CHECK(story_same(&before, &after));
    in.grade = GOVSVC_GRADE_SATISFIED;
    CHECK_INT(refused(&in, "", "appraised"), GOVSVC_STATE);
    in.grade = GOVSVC_GRADE_DISSATISFIED;
    in.request_key = "k2";
    CHECK_INT(refused(&in, "", "appraised"), GOVSVC_STATE);
    end();
}

static void test_only_whose_case_it_is_appraises_it(void)
{
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), GOVSVC_GRADE_SATISFIED);
    CHECK_INT(govsvc_application_appraise(s.outside[APPLICANT], &in, NULL), GOVSVC_NOT_FOUND);
    CHECK_TEXT(story_problem(s.outside[APPLICANT])->field, "/application");
    CHECK_INT(govsvc_application_appraise(s.outside[AGENT], &in, NULL), GOVSVC_NOT_FOUND);
    CHECK_INT(govsvc_application_appraise(s.as[WINDOW_CLERK], &in, NULL), GOVSVC_DENIED);
    CHECK_INT(govsvc_application_appraise(s.as[ADMINISTRATOR], &in, NULL), GOVSVC_DENIED);
    CHECK_INT(govsvc_application_appraise(s.as[AGENT], &in, NULL), GOVSVC_OK); /* who submitted it */
    in.application = 1;
    CHECK_INT(govsvc_application_appraise(s.as[APPLICANT], &in, NULL), GOVSVC_NOT_FOUND);
    end();
}

static void test_tags_are_codes(void)
{
    static const char *const tags[] = {"510", "张三态度差", "", "123456789012345678901"};
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), GOVSVC_GRADE_DISSATISFIED);
    in.tags = tags;
    in.tag_count = 4;
    CHECK_INT(govsvc_application_appraise(s.as[APPLICANT], &in, NULL), GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[APPLICANT]), 3);
    CHECK_TEXT(story_problem(s.as[APPLICANT])->field, "/tags/1");
    end();
}

int main(void)
{
    static const test_case cases[] = {TEST(test_grades_are_stored_by_meaning),
                                      TEST(test_a_digit_is_no_grade),
                                      TEST(test_a_closed_case_is_invited_once),
                                      TEST(test_what_is_given_before_the_invitation_stands_for_it),
                                      TEST(test_an_answer_closes_the_invitation),
                                      TEST(test_unrated_after_three_days_is_defaulted),
                                      TEST(test_an_invitation_is_over_without_a_tick),
                                      TEST(test_there_is_no_default_after_a_given_one),
                                      TEST(test_nothing_is_appraised_before_it_was_done),
                                      TEST(test_a_person_is_rated_for_what_they_did),
                                      TEST(test_one_object_and_step_is_appraised_once),
                                      TEST(test_a_repeated_call_is_answered_again),
                                      TEST(test_only_whose_case_it_is_appraises_it),
                                      TEST(test_tags_are_codes)};
    return test_main(cases, TEST_COUNT(cases));
}
