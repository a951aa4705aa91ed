/* tests/appraisal/test_rectification.c - what follows from a bad appraisal, who sees whose it is, and the numbers. On
 * SQLite, and on PostgreSQL where GOVSVC_TEST_POSTGRES names one. */
#include "hall.h"

#define BAD GOVSVC_GRADE_DISSATISFIED

/* ---- rectification ------------------------------------------------------------------------------------- */

static void test_last_two_grades_open_a_rectification(void)
{
    static const int64_t grades[] = {GOVSVC_GRADE_VERY_SATISFIED, GOVSVC_GRADE_SATISFIED,
                                     GOVSVC_GRADE_BASICALLY_SATISFIED, GOVSVC_GRADE_DISSATISFIED,
                                     GOVSVC_GRADE_VERY_DISSATISFIED};
    char due[11];
    begin();
    for (size_t i = 0; i < TEST_COUNT(grades); i++) {
        int64_t id = appraised(grades[i]);
        bool bad = i >= 3;
        CHECK_INT(state_of(id), bad ? GOVSVC_APPRAISAL_RECTIFYING : GOVSVC_APPRAISAL_GIVEN);
        CHECK_INT(clock_of(s.as[REVIEWER], id, "rectification", due), bad ? GOVSVC_CLOCK_RUNNING : 0);
        CHECK_TEXT(due, bad ? "2026-03-23" : ""); /* 15 working days from Monday the 2nd */
    }
    govsvc_appraisal_draft in = draft_of(story_application(&s, "accepted"), BAD);
    in.step = "accept"; /* of a step, too */
    CHECK_INT(state_of(appraise(&in)), GOVSVC_APPRAISAL_RECTIFYING);
    end();
}

static void test_a_rectification_says_what_was_done_and_is_called_back(void)
{
    char due[11];
    begin();
    int64_t id = appraised(BAD);
    CHECK_INT(confirm(centre, id, GOVSVC_YES), GOVSVC_STATE); /* nothing was put right yet */
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, NULL), GOVSVC_INVALID);
    CHECK_TEXT(story_problem(s.as[HANDLER])->field, "/opinion");
    CHECK_INT(take(s.as[WINDOW_CLERK], govsvc_appraisal_rectify, id, "已整改"), GOVSVC_DENIED);
    CHECK_INT(take(s.outside[HANDLER], govsvc_appraisal_rectify, id, "已整改"), GOVSVC_NOT_FOUND);
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "已增开窗口"), GOVSVC_OK);
    CHECK_INT(clock_of(s.as[REVIEWER], id, "rectification", due), GOVSVC_CLOCK_MET);
    CHECK_INT(confirm(s.as[ORGAN_HEAD], id, GOVSVC_YES), GOVSVC_DENIED);
    CHECK_INT(confirm(centre, id, 0), GOVSVC_INVALID);
    CHECK_INT(confirm(centre, id, GOVSVC_YES), GOVSVC_OK);
    const govsvc_appraisal *out = got(s.as[APPLICANT], id, GOVSVC_OK);
    CHECK_INT(out ? out->state : 0, GOVSVC_APPRAISAL_CLOSED);
    CHECK_INT(out ? out->satisfied : 0, GOVSVC_YES);
    CHECK_TEXT(out ? out->rectification : NULL, "已增开窗口"); /* the reply */
    CHECK_INT(out ? out->overdue : -1, 0);
    govsvc_free(out);
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "再次"), GOVSVC_STATE);
    end();
}

static void test_who_is_not_satisfied_opens_it_again_once(void)
{
    char due[11];
    begin();
    int64_t id = appraised(BAD);
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "已整改"), GOVSVC_OK);
    wait_days(7);
    CHECK_INT(confirm(centre, id, GOVSVC_NO), GOVSVC_OK);
    CHECK_INT(state_of(id), GOVSVC_APPRAISAL_RECTIFYING);
    CHECK_INT(clock_of(s.as[REVIEWER], id, "rectification", due), GOVSVC_CLOCK_RUNNING);
    CHECK_TEXT(due, "2026-03-30"); /* 15 anew, from the 9th */
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "再次整改"), GOVSVC_OK);
    CHECK_INT(confirm(centre, id, GOVSVC_NO), GOVSVC_OK);
    const govsvc_appraisal *out = got(s.as[APPLICANT], id, GOVSVC_OK);
    CHECK_INT(out ? out->state : 0, GOVSVC_APPRAISAL_CLOSED);
    CHECK_INT(out ? out->satisfied : 0, GOVSVC_NO);
    CHECK_INT(out ? out->reopened : 0, GOVSVC_YES);
    govsvc_free(out);
    end();
}

static void test_an_overdue_rectification_raises_an_alert(void)
{
    char due[11];
    int64_t over;
    begin();
    int64_t id = appraised(BAD);
    CHECK_INT(govsvc_date_start("2026-03-24", &over), true);
    s.now = over - 2 * STORY_SECOND;
    tick();
    CHECK_INT(alerts("appraisal.overdue", GOVSVC_ALERT_RAISED), 0);
    s.now = over;
    tick();
    tick();
    CHECK_INT(alerts("appraisal.overdue", GOVSVC_ALERT_RAISED), 1);
    CHECK_INT(state_of(id), GOVSVC_APPRAISAL_RECTIFYING);
    CHECK_INT(clock_of(s.as[REVIEWER], id, "rectification", due), GOVSVC_CLOCK_LAPSED);
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, id, "不属实"), GOVSVC_STATE);
    CHECK_TEXT(rule_of(s.as[ORGAN_HEAD]), "contest_late");
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "已整改"), GOVSVC_OK);
    CHECK_INT(alerts("appraisal.overdue", GOVSVC_ALERT_RAISED), 0);
    CHECK_INT(alerts("appraisal.overdue", GOVSVC_ALERT_RESOLVED), 1);
    const govsvc_appraisal *out = got(s.as[HANDLER], id, GOVSVC_OK);
    CHECK_INT(out ? out->overdue : 0, GOVSVC_YES);
    govsvc_free(out);
    end();
}

/* ---- contest ------------------------------------------------------------------------------------------- */

/* Of the reviewer, for reviewing. */
static int64_t bad_of_the_reviewer(void)
{
    govsvc_appraisal_draft in = draft_of(story_application(&s, "in_review"), BAD);
    in.object = GOVSVC_OBJECT_PERSON;
    in.which = "reviewer";
    in.step = "review";
    return appraise(&in);
}

static void test_only_the_rated_or_their_head_contests(void)
{
    begin();
    int64_t id = bad_of_the_reviewer();
    CHECK_INT(take(s.as[ACCEPTOR], govsvc_appraisal_contest, id, "不属实"), GOVSVC_DENIED);
    CHECK_TEXT(rule_of(s.as[ACCEPTOR]), "rated");
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_contest, id, "不属实"), GOVSVC_DENIED);
    CHECK_INT(take(s.as[CENTRE_SUPERVISOR], govsvc_appraisal_contest, id, "不属实"), GOVSVC_DENIED);
    CHECK_INT(take(s.as[APPLICANT], govsvc_appraisal_contest, id, "不属实"), GOVSVC_NOT_FOUND);
    CHECK_INT(take(s.outside[ORGAN_HEAD], govsvc_appraisal_contest, id, "不属实"), GOVSVC_NOT_FOUND);
    CHECK_INT(take(s.as[REVIEWER], govsvc_appraisal_contest, id, NULL), GOVSVC_INVALID);
    CHECK_INT(take(s.as[REVIEWER], govsvc_appraisal_contest, id, "不属实"), GOVSVC_OK);
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, id, "不属实"), GOVSVC_TAKEN);
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "已整改"), GOVSVC_STATE);
    int64_t of_case = appraised(BAD), good = appraised(GOVSVC_GRADE_SATISFIED);
    CHECK_INT(take(s.as[REVIEWER], govsvc_appraisal_contest, of_case, "不属实"), GOVSVC_DENIED);
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, of_case, "不属实"), GOVSVC_OK);
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, good, "不属实"), GOVSVC_STATE);
    end();
}

static void test_judge_must_not_have_been_rated(void)
{
    begin();
    int64_t id = bad_of_the_reviewer();
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, id, "不属实"), GOVSVC_OK);
    govsvc_session *partial[] = {
        person("reviewer", "auditor", HALL_ORGAN, NULL),             /* is rated */
        person("organ_head", "centre_supervisor", HALL_ORGAN, NULL), /* contested it */
        person("acceptor", "auditor", NULL, NULL),                   /* had a hand in the case */
        person("judge-2", "auditor", STORY_ORGAN, NULL),             /* is of the rated organ */
    };
    for (size_t i = 0; i < TEST_COUNT(partial); i++) {
        CHECK_INT(decide(partial[i], id, GOVSVC_VERDICT_UNFOUNDED), GOVSVC_DENIED);
        CHECK_TEXT(rule_of(partial[i]), "impartial");
        govsvc_session_close(partial[i]);
    }
    CHECK_INT(decide(s.as[ORGAN_HEAD], id, GOVSVC_VERDICT_UNFOUNDED), GOVSVC_DENIED);
    CHECK_INT(decide(s.outside[AUDITOR], id, GOVSVC_VERDICT_UNFOUNDED), GOVSVC_NOT_FOUND);
    CHECK_INT(decide(judge, id, 0), GOVSVC_INVALID);
    govsvc_appraisal_judgement silent = GOVSVC_APPRAISAL_JUDGEMENT_INIT;
    silent.id = id;
    silent.verdict = GOVSVC_VERDICT_UNFOUNDED;
    CHECK_INT(govsvc_appraisal_judge(judge, &silent, NULL), GOVSVC_INVALID);
    CHECK_INT(state_of(id), GOVSVC_APPRAISAL_CONTESTED);
    CHECK_INT(decide(judge, id, GOVSVC_VERDICT_UNFOUNDED), GOVSVC_OK);
    const govsvc_appraisal *out = got(s.as[APPLICANT], id, GOVSVC_OK);
    CHECK_INT(out ? out->state : 0, GOVSVC_APPRAISAL_VOID);
    CHECK_TEXT(out ? out->judge : NULL, "judge-1");
    CHECK_TEXT(out ? out->verdict_reason : NULL, "经核查监控录像");
    govsvc_free(out);
    CHECK_INT(decide(judge, id, GOVSVC_VERDICT_UPHELD), GOVSVC_STATE);
    end();
}

static void test_the_rated_person_does_not_call_back(void)
{
    begin();
    int64_t id = bad_of_the_reviewer();
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, id, "已整改"), GOVSVC_OK);
    govsvc_session *rated = person("reviewer", "centre_supervisor", HALL_ORGAN, NULL);
    CHECK_INT(confirm(rated, id, GOVSVC_YES), GOVSVC_DENIED);
    CHECK_TEXT(rule_of(rated), "impartial");
    govsvc_session_close(rated);
    CHECK_INT(confirm(centre, id, GOVSVC_YES), GOVSVC_OK);
    end();
}

static void test_the_clock_stands_still_while_a_contest_is_judged(void)
{
    char due[11];
    begin();
    int64_t id = appraised(BAD);
    wait_days(7);
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, id, "不属实"), GOVSVC_OK);
    wait_days(28); /* well past the first end */
    CHECK_INT(alerts("appraisal.overdue", 0), 0);
    CHECK_INT(decide(judge, id, GOVSVC_VERDICT_UPHELD), GOVSVC_OK);
    CHECK_INT(state_of(id), GOVSVC_APPRAISAL_RECTIFYING);
    CHECK_INT(clock_of(s.as[REVIEWER], id, "rectification", due), GOVSVC_CLOCK_RUNNING);
    CHECK_TEXT(due, "2026-04-22"); /* five days were gone; 清明 and 三月三 do not count */
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, id, "不属实"), GOVSVC_STATE); /* once */
    wait_days(40);
    CHECK_INT(alerts("appraisal.overdue", GOVSVC_ALERT_RAISED), 1);
    end();
}

/* ---- whose it is --------------------------------------------------------------------------------------- */

static void shows(govsvc_session *session, int64_t id, const char *owner, bool number)
{
    const govsvc_appraisal *out = got(session, id, GOVSVC_OK);
    CHECK_TEXT(out ? out->owner : "nothing", owner);
    CHECK((out && out->number) == number);
    govsvc_free(out);
}

static void test_an_anonymous_one_does_not_tell_whose_it_is(void)
{
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), BAD);
    in.text = "排队两小时";
    int64_t id = appraise(&in);
    govsvc_session *reader = person("reviewer", "reviewer", STORY_ORGAN, "整改差评"),
                   *clerk = person("clerk", "window_clerk", HALL_ORGAN, "整改差评"),
                   *seat = person("seat", "hotline_seat", HALL_ORGAN, "差评回访"),
                   *idle = person("seat", "hotline_seat", HALL_ORGAN, NULL),
                   *own_seat = person("seat-2", "hotline_seat", STORY_ORGAN, "差评回访");
    shows(reader, id, NULL, false);
    shows(clerk, id, NULL, false);
    shows(own_seat, id, NULL, false); /* of the rated organ */
    shows(s.as[ADMINISTRATOR], id, NULL, false);
    shows(seat, id, "u-1001", true);
    shows(idle, id, "***", true); /* without a purpose */
    shows(s.as[APPLICANT], id, "u-1001", true);
    const govsvc_appraisal *out = got(reader, id, GOVSVC_OK);
    CHECK_TEXT(out ? out->text : NULL, "排队两小时"); /* what is to be put right they may read */
    govsvc_free(out);
    govsvc_session *all[] = {reader, clerk, seat, idle, own_seat};
    for (size_t i = 0; i < TEST_COUNT(all); i++)
        govsvc_session_close(all[i]);
    end();
}

static void test_an_invitation_does_not_tell_either(void)
{
    int64_t id;
    begin();
    closed_case();
    CHECK_INT(found_in(s.as[REVIEWER], GOVSVC_APPRAISAL_INVITED, &id), 1);
    govsvc_session *reader = person("reviewer", "reviewer", STORY_ORGAN, "查看");
    shows(reader, id, NULL, false);
    wait_days(5);
    shows(reader, id, NULL, false); /* nor what nobody answered */
    govsvc_session_close(reader);
    end();
}

static void test_a_named_one_is_shown_for_a_purpose(void)
{
    begin();
    govsvc_appraisal_draft in = draft_of(closed_case(), BAD);
    in.anonymous = GOVSVC_NO;
    int64_t id = appraise(&in);
    govsvc_session *reader = person("reviewer", "reviewer", STORY_ORGAN, "整改差评");
    int64_t entries = story_rows(&s, "journal_entry");
    shows(reader, id, "u-1001", true);
    CHECK_INT(story_rows(&s, "journal_entry"), entries + 1); /* on record */
    shows(s.as[APPLICANT], id, "u-1001", true);
    CHECK_INT(story_rows(&s, "journal_entry"), entries + 1); /* their own is not */
    govsvc_session_close(reader);
    end();
}

static bool holds(const char *json, const char *part)
{
    return json && strstr(json, part) != NULL;
}

static void test_neither_journal_nor_keys_lead_to_whose_it_is(void)
{
    char in[100];
    const char *history = NULL;
    begin();
    govsvc_appraisal_draft draft = draft_of(closed_case(), BAD);
    draft.request_key = "k1";
    draft.text = "排队两小时";
    int64_t id = appraise(&draft);
    snprintf(in, sizeof in, "{\"subject\":\"%" PRId64 "\"}", id);
    CHECK_INT(govsvc_call(s.as[REVIEWER], "journal.history", in, &history), GOVSVC_OK);
    CHECK(holds(history, "\"give\"") && !holds(history, "u-1001") && !holds(history, "排队"));
    govsvc_free(history);
    CHECK_INT(govsvc_call(s.as[APPLICANT], "journal.history", in, NULL), GOVSVC_NOT_FOUND);
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {request} WHERE actor = $1", "u-1001"), 0);
    CHECK_INT(story_count(&s, "SELECT count(*) FROM {journal_entry} WHERE kind = 'appraisal' AND actor <> $1",
                          "system"),
              0);
    end();
}

static void test_others_do_not_see_it(void)
{
    char due[11];
    begin();
    int64_t id = appraised(BAD);
    got(s.outside[APPLICANT], id, GOVSVC_NOT_FOUND);
    got(s.outside[REVIEWER], id, GOVSVC_NOT_FOUND);
    got(s.outside[AUDITOR], id, GOVSVC_NOT_FOUND);
    CHECK_INT(clock_of(s.as[APPLICANT], id, "rectification", due), GOVSVC_CLOCK_RUNNING);
    govsvc_deadline_request in = GOVSVC_DEADLINE_REQUEST_INIT;
    in.id = id;
    CHECK_INT(govsvc_appraisal_deadline(s.outside[APPLICANT], &in, NULL), GOVSVC_NOT_FOUND);
    CHECK_INT(found_in(s.outside[APPLICANT], 0, NULL), 0);
    CHECK_INT(found_in(s.outside[HANDLER], 0, NULL), 0);
    CHECK_INT(found_in(s.outside[AUDITOR], 0, NULL), 0);
    CHECK_INT(found_in(s.as[AUDITOR], 0, NULL), 1);
    CHECK_INT(found_in(s.as[HANDLER], 0, NULL), 1);
    end();
}

/* ---- lists and numbers --------------------------------------------------------------------------------- */

static void test_lists_are_by_state_and_grade_and_cut_by_key(void)
{
    uint64_t seen = 0;
    begin();
    for (int i = 0; i < 7; i++)
        appraised(i % 2 ? BAD : GOVSVC_GRADE_SATISFIED);
    CHECK_INT(found_in(s.as[HANDLER], GOVSVC_APPRAISAL_RECTIFYING, NULL), 3);
    CHECK_INT(found_in(s.as[AUDITOR], GOVSVC_APPRAISAL_GIVEN, NULL), 4);
    govsvc_appraisal_query in = GOVSVC_APPRAISAL_QUERY_INIT;
    in.grade = BAD;
    const govsvc_appraisal_page *page = found(s.as[APPLICANT], &in);
    CHECK_INT(page ? (int64_t)page->appraisal_count : 0, 3);
    CHECK_TEXT(page && page->appraisal_count ? page->appraisals[0]->owner : NULL, "u-1001");
    govsvc_free(page);
    in.grade = 0;
    in.organ = STORY_ORGAN;
    in.division = "450100";
    in.limit = 3;
    for (int i = 0; i < 5; i++) {
        page = found(s.as[AUDITOR], &in);
        for (uint64_t j = 0; page && j < page->appraisal_count; j++) {
            CHECK(page->appraisals[j]->id > in.after);
            CHECK(page->appraisals[j]->owner == NULL);
        }
        seen += page ? page->appraisal_count : 0;
        in.after = page ? page->next : 0;
        govsvc_free(page);
        if (!in.after)
            break;
    }
    CHECK_INT(seen, 7);
    in.organ = STORY_OTHER_ORGAN;
    page = found(s.as[AUDITOR], &in);
    CHECK_INT(page ? (int64_t)page->appraisal_count : -1, 0);
    govsvc_free(page);
    in.limit = 201;
    CHECK_INT(govsvc_appraisal_find(s.as[AUDITOR], &in, NULL), GOVSVC_INVALID);
    end();
}

static govsvc_appraisal_totals totals(govsvc_session *session, int64_t from, int64_t to, const char *organ)
{
    govsvc_appraisal_counts_request in = GOVSVC_APPRAISAL_COUNTS_REQUEST_INIT;
    const govsvc_appraisal_totals *out = NULL;
    govsvc_appraisal_totals copy = {.struct_size = sizeof copy};
    in.from = from;
    in.to = to;
    in.organ = organ;
    CHECK_INT(govsvc_appraisal_counts(session, &in, &out), GOVSVC_OK);
    if (out)
        copy = *out;
    govsvc_free(out);
    return copy;
}

static void test_counts_keep_given_defaulted_and_void_apart(void)
{
    begin();
    int64_t from = s.now, in_time, late;
    closed_case(); /* nobody answers */
    closed_case();
    int64_t left = story_rows(&s, "appraisal");
    CHECK_INT(left, 2);
    appraised(GOVSVC_GRADE_VERY_SATISFIED);
    appraised(GOVSVC_GRADE_SATISFIED);
    govsvc_appraisal_draft named = draft_of(closed_case(), GOVSVC_GRADE_BASICALLY_SATISFIED);
    named.anonymous = GOVSVC_NO;
    appraise(&named);
    in_time = appraised(GOVSVC_GRADE_DISSATISFIED);
    late = appraised(GOVSVC_GRADE_VERY_DISSATISFIED);
    int64_t open = appraised(GOVSVC_GRADE_DISSATISFIED), void_one = appraised(GOVSVC_GRADE_DISSATISFIED);
    CHECK(open != 0);
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, in_time, "已整改"), GOVSVC_OK);
    CHECK_INT(take(s.as[ORGAN_HEAD], govsvc_appraisal_contest, void_one, "不属实"), GOVSVC_OK);
    CHECK_INT(decide(judge, void_one, GOVSVC_VERDICT_UNFOUNDED), GOVSVC_OK);
    CHECK_INT(confirm(centre, in_time, GOVSVC_YES), GOVSVC_OK);
    wait_days(30);
    CHECK_INT(take(s.as[HANDLER], govsvc_appraisal_rectify, late, "已整改"), GOVSVC_OK);
    govsvc_appraisal_totals t = totals(s.as[AUDITOR], from, s.now, NULL);
    const govsvc_appraisal_totals want = {.struct_size = sizeof want,
                                          .very_satisfied = 1,
                                          .satisfied = 1,
                                          .basically_satisfied = 1,
                                          .dissatisfied = 2,
                                          .very_dissatisfied = 1,
                                          .given = 6,
                                          .defaulted = 2,
                                          .invited = 8,
                                          .anonymous = 5,
                                          .voided = 1,
                                          .bad = 3,
                                          .rectified = 2,
                                          .rectified_in_time = 1,
                                          .called_back = 1,
                                          .satisfied_after = 1};
    CHECK(memcmp(&t, &want, sizeof t) == 0);
    t = totals(s.as[HANDLER], from, s.now, STORY_ORGAN);
    CHECK(memcmp(&t, &want, sizeof t) == 0);
    t = totals(s.as[AUDITOR], from, s.now, STORY_OTHER_ORGAN);
    CHECK_INT(t.given + t.defaulted, 0);
    t = totals(s.outside[AUDITOR], from, s.now, NULL);
    CHECK_INT(t.given + t.defaulted, 0);
    t = totals(s.as[AUDITOR], from + STORY_DAY, s.now, NULL); /* of the later days: the silence alone */
    CHECK_INT(t.given, 0);
    CHECK_INT(t.defaulted, 2);
    govsvc_appraisal_counts_request in = GOVSVC_APPRAISAL_COUNTS_REQUEST_INIT;
    CHECK_INT(govsvc_appraisal_counts(s.as[AUDITOR], &in, NULL), GOVSVC_INVALID);
    in.from = from;
    in.to = s.now;
    CHECK_INT(govsvc_appraisal_counts(s.as[APPLICANT], &in, NULL), GOVSVC_DENIED);
    end();
}

int main(void)
{
    static const test_case cases[] = {TEST(test_last_two_grades_open_a_rectification),
                                      TEST(test_a_rectification_says_what_was_done_and_is_called_back),
                                      TEST(test_who_is_not_satisfied_opens_it_again_once),
                                      TEST(test_an_overdue_rectification_raises_an_alert),
                                      TEST(test_only_the_rated_or_their_head_contests),
                                      TEST(test_judge_must_not_have_been_rated),
                                      TEST(test_the_rated_person_does_not_call_back),
                                      TEST(test_the_clock_stands_still_while_a_contest_is_judged),
                                      TEST(test_an_anonymous_one_does_not_tell_whose_it_is),
                                      TEST(test_an_invitation_does_not_tell_either),
                                      TEST(test_a_named_one_is_shown_for_a_purpose),
                                      TEST(test_neither_journal_nor_keys_lead_to_whose_it_is),
                                      TEST(test_others_do_not_see_it),
                                      TEST(test_lists_are_by_state_and_grade_and_cut_by_key),
                                      TEST(test_counts_keep_given_defaulted_and_void_apart)};
    return test_main(cases, TEST_COUNT(cases));
}
