/* Import and export over a store in memory: what comes in, what is refused, what comes out again. */
#include "test.h"

#include "govsvc.h"
#include "support/fault.h"
#include "support/paper.h"

/* ---- a store, an actor, and files in memory ---------------------------------------------------------- */

typedef struct desk {
    govsvc *gs;
    govsvc_session *session;
} desk;

static int64_t noon(void *context)
{
    (void)context;
    return INT64_C(1772424000000); /* 2026-03-02T12:00:00+08:00 */
}

static govsvc_session *sit_down(govsvc *gs, const char *role)
{
    const char *const roles[] = {role};
    govsvc_actor actor = GOVSVC_ACTOR_INIT;
    govsvc_session *session = NULL;
    actor.id = "u-1";
    actor.division = "450100";
    actor.roles = roles;
    actor.role_count = 1;
    CHECK_INT(govsvc_session_open(gs, &actor, &session, NULL), GOVSVC_OK);
    return session;
}

static desk open_desk_with(const govsvc_allocator *allocator, const govsvc_driver *driver)
{
    desk at = {NULL, NULL};
    govsvc_config config = GOVSVC_CONFIG_INIT;
    config.allocator = allocator;
    config.driver = driver;
    config.store = "sqlite::memory:";
    config.division = "450100";
    config.clock = noon;
    CHECK_INT(govsvc_open(&config, &at.gs), GOVSVC_OK);
    at.session = sit_down(at.gs, "administrator");
    return at;
}

static desk open_desk(void)
{
    return open_desk_with(NULL, NULL);
}

static void close_desk(desk *at)
{
    govsvc_session_close(at->session);
    govsvc_close(at->gs);
}

static void add(paper *to, const char *text)
{
    paper_add(to, text, strlen(text));
}

/* ---- importing --------------------------------------------------------------------------------------- */

typedef struct import {
    govsvc_status status;
    int64_t added, changed, unchanged, rejected;
    char record[20];
    char told[4000]; /* "line field rule\n" for everything that was refused */
    size_t told_size;
    int64_t progress_calls, progress_done, stop_at;
} import;

static void note_refusal(void *context, int64_t line, const govsvc_problem_list *problems)
{
    import *to = context;
    CHECK(problems->problem_count > 0);
    for (uint64_t i = 0; i < problems->problem_count && to->told_size + 200 < sizeof to->told; i++)
        to->told_size += (size_t)snprintf(to->told + to->told_size, 200, "%" PRId64 " %s %s\n", line,
                                          problems->problems[i]->field, problems->problems[i]->rule);
}

static bool note_progress(void *context, int64_t done, int64_t bytes)
{
    import *to = context;
    CHECK(bytes >= 0);
    CHECK(done >= to->progress_done);
    to->progress_calls++;
    to->progress_done = done;
    return to->progress_calls != to->stop_at;
}

static import take_in(govsvc_session *session, paper *from, import how, int64_t dry_run)
{
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    const govsvc_import_report *report = NULL;
    from->at = 0;
    request.dry_run = dry_run;
    request.read = paper_read;
    request.read_context = from;
    request.progress = note_progress;
    request.reject = note_refusal;
    request.progress_context = request.reject_context = &how;
    how.status = govsvc_import(session, &request, &report);
    CHECK((how.status == GOVSVC_OK) == (report != NULL));
    if (report) {
        how.added = report->added;
        how.changed = report->changed;
        how.unchanged = report->unchanged;
        how.rejected = report->rejected;
        snprintf(how.record, sizeof how.record, "%s", report->record ? report->record : "-");
    }
    govsvc_free(report);
    return how;
}

static import take_text(govsvc_session *session, const char *text)
{
    paper from = {.bytes = (char *)(uintptr_t)text, .size = strlen(text), .step = 7};
    return take_in(session, &from, (import){.status = GOVSVC_OK}, GOVSVC_UNSET);
}

static govsvc_status give_out(govsvc_session *session, const char *record, paper *to)
{
    govsvc_export_request request = GOVSVC_EXPORT_REQUEST_INIT;
    request.record = record;
    request.write = paper_write;
    request.write_context = to;
    return govsvc_export(session, &request);
}

static int64_t count_lines(govsvc_session *session, const char *record)
{
    paper out = {.size = 0};
    int64_t lines = 0;
    CHECK_INT(give_out(session, record, &out), GOVSVC_OK);
    for (size_t i = 0; i < out.size; i++)
        lines += out.bytes[i] == '\n';
    free(out.bytes);
    return lines;
}

/* Towns of one county, so many of them. */
static void add_towns(paper *to, int count)
{
    char line[120];
    for (int i = 0; i < count; i++) {
        snprintf(line, sizeof line,
                 "{\"division\":{\"code\":\"450103%03d\",\"name\":\"第%d镇\",\"parent\":\"450103\"}}\n",
                 i + 1, i + 1);
        add(to, line);
    }
}

/* ---- documents --------------------------------------------------------------------------------------- */

#define MATTER_XML(version, name)                                                                                           \
    "<matter><code>11450103XN0000012R4450131901000</code><basic_code>450131901000</basic_code>"                             \
    "<version>" version "</version><name>" name "</name><type>licence</type><level>county</level>"                          \
    "<division>450103</division><organ>11450103XN0000012R</organ><organ_name>市场监督管理局</organ_name>"            \
    "<project_type>promised</project_type><statutory_amount>20</statutory_amount>"                                          \
    "<statutory_unit>working_days</statutory_unit><fee>false</fee>"                                                         \
    "<statutory_basis>行政许可法 第四十二条</statutory_basis>"                                                         \
    "<conditions>一、有场所；\n二、有 &lt;设备&gt;。</conditions>"                                              \
    "<subjects><item>natural_person</item><item>enterprise</item></subjects>"                                               \
    "<bases><legal_basis><law>中华人民共和国食品安全法</law><article>第三十五条</article></legal_basis></" \
    "bases>"                                                                                                                \
    "<materials><material><code>M1</code><name>申请书</name><need>required</need><copies>0</copies></"                   \
    "material>"                                                                                                             \
    "</materials></matter>\n"

static const char notice_line[] =
    "{\"notice\":{\"year\":2027,\"number\":\"桂政办〔2027〕1号\",\"division\":\"450000\",\"days\":["
    "{\"effect\":\"off\",\"date\":\"2027-04-08\",\"name\":\"壮族三月三\"}]}}\n";
static const char notice_again[] =
    "{\"notice\":{\"year\":2027,\"number\":\"桂政办〔2027〕1号\",\"division\":\"450000\",\"days\":["
    "{\"effect\":\"off\",\"date\":\"2027-04-09\",\"name\":\"壮族三月三\"}]}}\n";

/* ---- cases
 * -----------------------------------------------------------------------------------------------------------
 */

static void a_second_import_changes_nothing(void)
{
    desk at = open_desk();
    const char *text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<matters>\n" MATTER_XML("1", "食品经营许可")
            MATTER_XML("2", "食品经营许可（新）") "</matters>";
import first = take_text(at.session, text);
    CHECK_INT(first.status, GOVSVC_OK);
    CHECK_INT(first.added, 2);
    CHECK_TEXT(first.record, "matter");
    CHECK_TEXT(first.told, "");
import second = take_text(at.session, text);
    CHECK_INT(second.unchanged, 2);
    CHECK_INT(second.added + second.changed + second.rejected, 0);
import third = take_text(at.session, "<matters>" MATTER_XML("2", "食品经营许可（三）") "</matters>");
    CHECK_INT(third.changed, 1);
    close_desk(&at);
}

static void a_mark_and_blanks_may_stand_before(void)
{
    desk at = open_desk();
    CHECK_INT(take_text(at.session, "\xef\xbb\xbf"
                                    "<matters>" MATTER_XML("1", "甲") "</matters>")
                  .added,
              1);
import lines = take_text(at.session, "\xef\xbb\xbf\r\n\n {\"division\":{\"code\":\"450000\",\"name\":\"广西\"}}\r\n\n");
    CHECK_INT(lines.added, 1);
    CHECK_TEXT(lines.told, "");
    CHECK_INT(take_text(at.session, "").status, GOVSVC_OK);
    CHECK_TEXT(take_text(at.session, " \n\t\n").record, "-");
    close_desk(&at);
}

static void what_is_wrong_does_not_stop_the_others(void)
{
    desk at = open_desk();
import lines = take_text(at.session, "{\"division\":{\"code\":\"450000\",\"name\":\"广西\"}}\n"
                                         "{\"division\":{\"code\":\"450109\",\"nama\":\"x\",\"name\":7}}\n"
                                         "{\"division\":{\"code\":\"450100\",\"name\":\"南宁\",\"parent\":\"450103\"}}\n"
                                         "{\"castle\":{}}\n"
                                         "[1]\n"
                                         "{\"division\":{\"code\":\"450300\",\"name\":\"桂林\"\n"
                                         "{\"division\":{\"code\":\"450200\",\"name\":\"柳州\",\"parent\":\"450000\"}}");
    CHECK_INT(lines.status, GOVSVC_OK);
    CHECK_INT(lines.added, 2);
    CHECK_INT(lines.rejected, 5);
    CHECK_TEXT(lines.told, "2 /nama unknown_field\n2 /name type\n"
                           "3 /parent level\n4 /castle unknown_field\n5  format\n6  format\n");
import xml = take_text(at.session, "<matters>\n" MATTER_XML("1", "甲") "<matter><code>x</code></matter>\n" MATTER_XML("2", "乙") "</matters>");
    CHECK_INT(xml.added, 2);
    CHECK_INT(xml.rejected, 1);
    CHECK(strncmp(xml.told, "4 /", 3) == 0);
    CHECK(strstr(xml.told, "/name required") != NULL);
    close_desk(&at);
}

static void a_document_that_is_cut_off_keeps_what_came_before(void)
{
    desk at = open_desk();
import cut = take_text(at.session, "<matters>" MATTER_XML("1", "甲") "<matter><code>114");
    CHECK_INT(cut.status, GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(at.session), 1);
    CHECK_TEXT(govsvc_problem_at(at.session, 0)->rule, "xml");
    CHECK_INT(count_lines(at.session, "matter"), 1);
import lines = take_text(at.session, "{\"division\":{\"code\":\"450000\",\"name\":\"广西\"}}\n{\"division\":{\"co");
    CHECK_INT(lines.added, 1);
    CHECK_TEXT(lines.told, "2  format\n");
    close_desk(&at);
}

static void other_files_are_refused(void)
{
    static const char *const texts[] = {"code,name\n450000,x\n",
                                        "PK\3\4",
                                        "\xfe\xff<",
                                        "[]",
                                        "\xef\xbb\xbf"
                                        "a",
                                        "\xef\xbb"};
    desk at = open_desk();
    for (size_t i = 0; i < TEST_COUNT(texts); i++) {
        CHECK_INT(take_text(at.session, texts[i]).status, GOVSVC_INVALID);
        CHECK_INT(govsvc_problem_count(at.session), 1);
        CHECK_TEXT(govsvc_problem_at(at.session, 0)->rule, "format");
    }
    CHECK_INT(take_text(at.session, "<castles><castle/></castles>").status, GOVSVC_INVALID);
    CHECK_TEXT(govsvc_problem_at(at.session, 0)->rule, "unknown_field");
    close_desk(&at);
}

static void a_line_that_is_too_long_is_refused_alone(void)
{
    desk at = open_desk();
    paper from = {.size = 0};
    add(&from, "{\"division\":{\"code\":\"450000\",\"name\":\"广西\"}}\n{\"division\":\"");
    size_t long_one = 17u << 20;
    char *much = malloc(long_one + 1);
    memset(much, 'x', long_one);
    much[long_one] = '\0';
    add(&from, much);
    free(much);
    add(&from, "\"}\n{\"division\":{\"code\":\"450100\",\"name\":\"南宁\",\"parent\":\"450000\"}}\n");
import result = take_in(at.session, & from, (import){.status = GOVSVC_OK }, GOVSVC_UNSET);
    CHECK_INT(result.added, 2);
    CHECK_TEXT(result.told, "2  too_large\n");
    free(from.bytes);
    close_desk(&at);
}

static void a_dry_run_keeps_nothing(void)
{
    desk at = open_desk();
    paper from = {.size = 0};
    add_towns(&from, 250);
    add(&from, notice_line);
import dry = take_in(at.session, & from, (import){.status = GOVSVC_OK }, GOVSVC_YES);
    CHECK_INT(dry.status, GOVSVC_OK);
    CHECK_INT(dry.added, 251);
    CHECK_INT(count_lines(at.session, NULL), 0);
    CHECK_INT(govsvc_batch_begin(at.session), GOVSVC_OK);
    CHECK_INT(take_in(at.session, &from, (import){.status = GOVSVC_OK}, GOVSVC_YES).status, GOVSVC_MISUSE);
    govsvc_batch_rollback(at.session);
    CHECK_INT(take_in(at.session, &from, (import){.status = GOVSVC_OK}, GOVSVC_UNSET).added, 251);
    free(from.bytes);
    close_desk(&at);
}

static void what_goes_out_comes_in_and_goes_out_the_same(void)
{
    desk at = open_desk(), other = open_desk();
    paper from = {.size = 0}, first = {.size = 0}, second = {.size = 0};
    add_towns(&from, 450);
    add(&from, "{\"division\":{\"code\":\"450000\",\"name\":\"广西\"}}\n");
    add(&from, notice_line);
    add(&from, notice_again);
    CHECK_INT(take_in(at.session, &from, (import){.status = GOVSVC_OK}, GOVSVC_UNSET).changed, 1);
    CHECK_INT(take_text(at.session, "<m>" MATTER_XML("10", "十") MATTER_XML("9", "九") "</m>").added, 2);
    CHECK_INT(give_out(at.session, NULL, &first), GOVSVC_OK);
import taken = take_in(other.session, & first, (import){.status = GOVSVC_OK }, GOVSVC_UNSET);
    CHECK_INT(taken.added, 454);
    CHECK_TEXT(taken.told, "");
    CHECK_INT(give_out(other.session, NULL, &second), GOVSVC_OK);
    CHECK_TEXT(second.bytes, first.bytes);
    CHECK(strstr(first.bytes, "\"version\":9,") < strstr(first.bytes, "\"version\":10,"));
    CHECK(strstr(first.bytes, "\"450000\"") < strstr(first.bytes, "450103001"));
    CHECK(strstr(first.bytes, "2027-04-08") == NULL); /* of the notice only its latest version */
    CHECK_INT(take_in(at.session, &second, (import){.status = GOVSVC_OK}, GOVSVC_UNSET).unchanged, 454);
    CHECK_INT(count_lines(at.session, "notice"), 1);
    CHECK_INT(count_lines(at.session, "matter"), 2);
    CHECK_INT(give_out(at.session, "application", &second), GOVSVC_INVALID);
    free(from.bytes);
    free(first.bytes);
    free(second.bytes);
    close_desk(&other);
    close_desk(&at);
}

static void what_was_told_as_done_is_kept(void)
{
    desk at = open_desk();
    paper from = {.size = 0};
    add_towns(&from, 999);
    add_towns(&from, 400);
import whole = take_in(at.session, & from, (import){.status = GOVSVC_OK }, GOVSVC_YES);
    CHECK_INT(whole.progress_calls, 14); /* 13 hundreds, and the end */
    CHECK_INT(whole.progress_done, 1399);
import stopped = take_in(at.session, & from, (import){.stop_at = 5 }, GOVSVC_UNSET);
    CHECK_INT(stopped.status, GOVSVC_CANCELLED);
    CHECK_INT(stopped.progress_done, 0);
    CHECK_INT(count_lines(at.session, "division"), 500); /* more than was told, never less */
import later = take_in(at.session, & from, (import){.stop_at = 11 }, GOVSVC_UNSET);
    CHECK_INT(later.progress_done, 1000);
    from.broken = true;
    CHECK_INT(take_in(at.session, &from, (import){.status = GOVSVC_OK}, GOVSVC_UNSET).status,
              GOVSVC_CANCELLED);
    CHECK_INT(count_lines(at.session, "division"), 999);
    free(from.bytes);
    close_desk(&at);
}

static void in_the_hosts_batch_nothing_is_committed(void)
{
    desk at = open_desk();
    paper from = {.size = 0};
    add_towns(&from, 20);
    CHECK_INT(govsvc_batch_begin(at.session), GOVSVC_OK);
    CHECK_INT(take_in(at.session, &from, (import){.status = GOVSVC_OK}, GOVSVC_UNSET).added, 20);
    CHECK_INT(count_lines(at.session, "division"), 20);
    govsvc_batch_rollback(at.session);
    CHECK_INT(count_lines(at.session, "division"), 0);
    free(from.bytes);
    close_desk(&at);
}

static void only_who_may(void)
{
    desk at = open_desk();
    paper out = {.size = 0};
    govsvc_session *clerk = sit_down(at.gs, "window_clerk"), *auditor = sit_down(at.gs, "auditor");
    CHECK_INT(take_text(clerk, notice_line).status, GOVSVC_DENIED);
    CHECK_INT(take_text(auditor, notice_line).status, GOVSVC_DENIED);
    CHECK_INT(give_out(clerk, NULL, &out), GOVSVC_DENIED);
    CHECK_TEXT(govsvc_problem_at(clerk, 0)->expected, "auditor, administrator");
    CHECK_INT(give_out(auditor, NULL, &out), GOVSVC_OK);
    CHECK_INT(govsvc_import(at.session, NULL, NULL), GOVSVC_MISUSE);
    CHECK_INT(govsvc_export(NULL, NULL), GOVSVC_MISUSE);
    govsvc_session_close(clerk);
    govsvc_session_close(auditor);
    close_desk(&at);
}

static void without_memory_it_says_so(void)
{
    static const char *const texts[] = {notice_line,
                                        "<m>" MATTER_XML("1", "甲") "<matter><code/></matter></m>",
                                        "{\"division\":{\"code\":\"45\"}}\n{\"x\":1}\n"};
    for (size_t i = 0; i < TEST_COUNT(texts); i++) {
        fault_plan plan = {.call_at = 0};
        const govsvc_allocator allocator = fault_allocator(&plan);
        bool met = true;
        for (int64_t n = 1; met; n++) {
            paper out = {.size = 0};
            desk at = open_desk_with(&allocator, NULL);
            fault_plan_clear(&plan);
            plan.allocation_at = n;
            govsvc_status status = take_text(at.session, texts[i]).status;
            met = fault_plan_spent(&plan) > 0;
            CHECK_INT(status, met ? GOVSVC_NO_MEMORY : GOVSVC_OK);
            fault_plan_clear(&plan);
            plan.allocation_at = n;
            status = give_out(at.session, NULL, &out);
            CHECK_INT(status, fault_plan_spent(&plan) ? GOVSVC_NO_MEMORY : GOVSVC_OK);
            fault_plan_clear(&plan);
            free(out.bytes);
            close_desk(&at);
        }
        CHECK_INT(plan.live, 0);
    }
}

/* Whatever the store does, what was told as done is in it, and the import can be repeated. */
static void a_store_that_fails_keeps_what_was_told(void)
{
    static const int classes[] = {GOVSVC_STORE_FULL, GOVSVC_STORE_FULL | GOVSVC_STORE_GONE,
                                  GOVSVC_STORE_ERROR};
    paper from = {.size = 0};
    add_towns(&from, 999);
    add_towns(&from, 21);
    for (size_t i = 0; i < TEST_COUNT(classes); i++) {
        bool met = true;
        for (int64_t n = 1; met; n += 397) {
            fault_plan plan = {.call_at = 0};
            desk at = open_desk_with(NULL, fault_driver(govsvc_driver_sqlite(), &plan));
            fault_plan_clear(&plan);
            plan.call_at = n;
            plan.class = classes[i];
import result = take_in(at.session, & from, (import){.status = GOVSVC_OK }, GOVSVC_UNSET);
            met = fault_plan_spent(&plan) > 0;
            CHECK((result.status != GOVSVC_OK) == met);
            fault_plan_clear(&plan);
            int64_t kept = count_lines(at.session, "division");
            CHECK(kept >= (result.progress_done < 999 ? result.progress_done : 999));
import again = take_in(at.session, & from, (import){.status = GOVSVC_OK }, GOVSVC_UNSET);
            CHECK_INT(again.added, 999 - kept);
            close_desk(&at);
        }
    }
    free(from.bytes);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(a_second_import_changes_nothing),
        TEST(a_mark_and_blanks_may_stand_before),
        TEST(what_is_wrong_does_not_stop_the_others),
        TEST(a_document_that_is_cut_off_keeps_what_came_before),
        TEST(other_files_are_refused),
        TEST(a_line_that_is_too_long_is_refused_alone),
        TEST(a_dry_run_keeps_nothing),
        TEST(what_goes_out_comes_in_and_goes_out_the_same),
        TEST(what_was_told_as_done_is_kept),
        TEST(in_the_hosts_batch_nothing_is_committed),
        TEST(only_who_may),
        TEST(without_memory_it_says_so),
        TEST(a_store_that_fails_keeps_what_was_told),
    };
    return test_main(cases, TEST_COUNT(cases));
}
