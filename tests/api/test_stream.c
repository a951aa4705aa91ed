/* tests/api/test_stream.c [MEGABYTES] - memory does not grow with a document: long ones of many records, and
 * ones of a single part that does not end. From 16 MB on they are long. */
#include "story.h"

#include <stdatomic.h>

#include "exchange.h"

/* How much the process may grow over a document, once a small one was read. libxml2 holds 10 MB of what it
 * has not seen the end of; a row of a table is held whole, and so are a growing buffer's former places. */
enum { GROWTH_KB = 16 << 10, PART_GROWTH_KB = 40 << 10, ROW_GROWTH_KB = 96 << 10 };

static int64_t megabytes = 64;

/* A beginning, a middle that is repeated until there are so many bytes, and an end. */
typedef struct river {
    const char *head, *middle, *tail;
    int64_t want, given;
    const char *at;
    int part;
} river;

static int64_t flow(void *context, void *bytes, size_t size)
{
    river *from = context;
    size_t given = 0;
    while (given < size && from->part < 3) {
        const char *const parts[] = {from->head, from->middle, from->tail};
        if (!from->at)
            from->at = parts[from->part];
        size_t left = strlen(from->at), give = left < size - given ? left : size - given;
        memcpy((char *)bytes + given, from->at, give);
        given += give;
        from->given += (int64_t)give;
        from->at += give;
        if (*from->at)
            continue;
        from->at = NULL;
        if (from->part != 1 || from->given >= from->want)
            from->part++;
    }
    return (int64_t)given;
}

static taken swallow(govsvc_session *session, const char *record, river from, int64_t bytes)
{
    taken result = {.status = GOVSVC_OK};
    const govsvc_import_report *report = NULL;
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    from.want = bytes;
    request.record = record;
    request.read = flow;
    request.read_context = &from;
    request.reject = taken_reject;
    request.reject_context = &result;
    result.status = govsvc_import(session, &request, &report);
    for (uint64_t i = 0; i < govsvc_problem_count(session); i++)
        taken_note(&result, 0, govsvc_problem_at(session, i));
    if (report) {
        result.added = report->added;
        result.unchanged = report->unchanged;
        result.rejected = report->rejected;
    }
    govsvc_free(report);
    return result;
}

/* ---- memory ------------------------------------------------------------------------------------------ */

/* The most that the process ever had, in KB. */
static int64_t most_resident(void)
{
    char line[200];
    long long kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        sscanf(line, "VmHWM: %lld", &kb);
    if (file)
        fclose(file);
    return kb;
}

static void check_growth(int64_t before, int64_t most)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    (void)before, (void)most; /* what was freed is kept for a while */
#else
    int64_t growth = most_resident() - before;
    if (growth > most)
        fprintf(stderr, "grew by %" PRId64 " KB\n", growth);
    CHECK(growth <= most);
#endif
}

/* The library's own: blocks with their sizes in front. */
static atomic_int_least64_t held, held_most;

static void count(int64_t size)
{
    int64_t now = atomic_fetch_add(&held, size) + size;
    if (now > atomic_load(&held_most))
        atomic_store(&held_most, now);
}

static void *take(void *context, size_t size)
{
    (void)context;
    size_t *block = malloc(size + 16);
    if (!block)
        return NULL;
    *block = size;
    count((int64_t)size);
    return (char *)block + 16;
}

static void release(void *context, void *memory)
{
    (void)context;
    if (!memory)
        return;
    size_t *block = (size_t *)(void *)((char *)memory - 16);
    count(-(int64_t)*block);
    free(block);
}

static void *retake(void *context, void *memory, size_t size)
{
    void *wider = take(context, size);
    if (!wider || !memory)
        return wider;
    size_t before = *(size_t *)(void *)((char *)memory - 16);
    memcpy(wider, memory, before < size ? before : size);
    release(context, memory);
    return wider;
}

static void open_counted(story *s)
{
    static const govsvc_allocator counting = {take, retake, release, NULL};
    govsvc_config config = story_config(s, "sqlite::memory:");
    config.allocator = &counting;
    CHECK_INT(story_begin(s, &config), GOVSVC_OK);
}

/* ---- documents --------------------------------------------------------------------------------------- */

#define MATTER_XML(conditions)                                                                               \
    "<matter><code>11450103XN0000012R4450131901000</code><version>1</version><name>甲</name>"               \
    "<type>licence</type><level>county</level><division>450103</division><organ>11450103XN0000012R</organ>"  \
    "<organ_name>局</organ_name><project_type>promised</project_type>"                                      \
    "<statutory_basis>行政许可法 第四十二条</statutory_basis><unverified><item>bases</item></unverified>"       \
    "<statutory_amount>20</statutory_amount><statutory_unit>working_days</"                                  \
    "statutory_unit><conditions>" conditions                                                                 \
    "</conditions><bases><legal_basis><law>法</law></legal_basis></bases></matter>\n"
#define MATTER_CSV(conditions)                                                                               \
    "11450103XN0000012R4450131901000,1,甲,licence,county,450103,11450103XN0000012R,局,promised,20,"        \
    "working_days,行政许可法 第四十二条," conditions ",\"[\"\"bases\"\"]\",\"[{\"\"law\"\":\"\"法\"\"}]\"\r\n"
#define TEN "甲乙丙丁戊己庚辛壬癸"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

static void many_records(const char *record, river of)
{
    story s;
    open_counted(&s);
    CHECK_INT(swallow(s.anyone, record, of, 1 << 20).added, 1);
    int64_t before = most_resident(), held_before = held_most;
    taken result = swallow(s.anyone, record, of, megabytes << 20);
    CHECK_INT(result.status, GOVSVC_OK);
    CHECK_TEXT(result.told, "");
    CHECK(result.unchanged > megabytes * 30);
    CHECK(held_most - held_before < 1 << 20);
    check_growth(before, GROWTH_KB);
    story_close(&s);
    CHECK_INT(held, 0);
}

static void a_long_document_takes_no_more_memory(void)
{
    many_records(NULL, (river){.head = "<matters>", .middle = MATTER_XML(THOUSAND), .tail = "</matters>"});
    many_records("matter",
                 (river){.head = "code,version,name,type,level,division,organ,organ_name,project_type,"
                                 "statutory_amount,statutory_unit,statutory_basis,conditions,unverified,bases\r\n",
                         .middle = MATTER_CSV(THOUSAND),
                         .tail = "\r\n"});
}

/* One part that goes on is a problem in the end, and is not held. */
static void a_part_without_end_is_refused(void)
{
    static const struct {
        const char *head, *middle, *tail;
        const char *told; /* how it begins */
    } cases[] = {
        {"<a><matter><conditions>", HUNDRED, "</conditions></matter></a>",
         "1 /conditions too_large 1048576 more\n"},
        {"<a><matter><conditions><![CDATA[", HUNDRED, "]]></conditions></matter></a>",
         "0  xml - line 1: a tag, comment or CDATA"},
        {"<a><matter><conditions>", "&lt;&#x7532;", "</conditions></matter></a>",
         "1 /conditions too_large 1048576 more\n"},
        {"<a><matter>", "\n", "</matter></a>", "1 /version required"},
        {"<a><matter>", "<x/>", "</matter></a>", "1 /x unknown_field"},
        {"<a>", "<x></x>", "</a>", "0 /x unknown_field"},
        {"<a><!--", HUNDRED, "--></a>", "0  xml - line 1: a tag, comment or CDATA"},
        {"<a><?x ", HUNDRED, "?></a>", "0  xml - line 1: a tag, comment or CDATA"},
        {"<a><matter b=\"", HUNDRED, "\"/></a>", "0  xml - line 1: a tag, comment or CDATA"},
        {"<a><", "abcdefghijklmnopqrstuvwxyz", "/></a>", "0  xml - line 1: a tag, comment or CDATA"},
        {"<a xmlns:", "abcdefghijklmnopqrstuvwxyz", "=\"x\"/>", "0  xml - line 1: a tag, comment or CDATA"},
        {"<a>&", "abcdefghijklmnopqrstuvwxyz", ";</a>", "0  xml - line 1: a tag, comment or CDATA"},
    };
    story s;
    open_counted(&s);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        river of = {.head = cases[i].head, .middle = cases[i].middle, .tail = cases[i].tail};
        swallow(s.anyone, NULL, of, 1 << 16);
        int64_t before = most_resident();
        taken result = swallow(s.anyone, NULL, of, megabytes << 20);
        CHECK(strncmp(result.told, cases[i].told, strlen(cases[i].told)) == 0);

        check_growth(before, PART_GROWTH_KB);
    }
    story_close(&s);
}

static void a_row_without_end_is_bounded(void)
{
    story s;
    open_counted(&s);
    const river quoted = {.head = "code,name\n450000,\"", .middle = HUNDRED, .tail = "\n450000,x\n"},
                plain = {.head = "code,name\n450000,", .middle = HUNDRED, .tail = "\n450000,x\n"};
    int64_t before = most_resident(), bytes = (megabytes << 20) + GS_JSON_SIZE_MAX;
    taken result = swallow(s.anyone, "division", quoted, bytes);
    CHECK_TEXT(result.told, "2 /name unclosed - 2..2\n");
    CHECK_INT(result.added, 1);
    CHECK_TEXT(swallow(s.anyone, "division", plain, bytes).told, "2 /name too_large 16777216 more\n");
    check_growth(before, ROW_GROWTH_KB);
    story_close(&s);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {TEST(a_long_document_takes_no_more_memory),
                                      TEST(a_part_without_end_is_refused),
                                      TEST(a_row_without_end_is_bounded)};
    if (argc > 1)
        megabytes = atoll(argv[1]);
    return test_main(cases, TEST_COUNT(cases));
}
