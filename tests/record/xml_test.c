#include "test.h"

#include "record/xml.h"
#include "sample.h"

/* What a reading came to: every record's problems and, where it has none, what was read, as JSON. */
typedef struct log {
    char text[6000];
    size_t size;
    int64_t stop_after;
    int64_t taken;
} log_;

static void say(log_ *to, const char *text)
{
    to->size += (size_t)snprintf(to->text + to->size, sizeof to->text - to->size, "%s", text);
    if (to->size >= sizeof to->text)
        to->size = sizeof to->text - 1;
}

static void say_problems(log_ *to, const gs_problems *problems)
{
    for (uint64_t i = 0; i < gs_problems_count(problems); i++) {
        const govsvc_problem *problem = gs_problems_at(problems, i);
        char line[400];
        snprintf(line, sizeof line, "%s %s %s\n", problem->field, problem->rule,
                 problem->got ? problem->got : "-");
        say(to, line);
    }
}

static const gs_record *record_of(void *context, const char *element)
{
    (void)context;
    return strcmp(element, "sample") == 0 ? &sample_record
           : strcmp(element, "part") == 0 ? &sample_part_record
                                          : NULL;
}

static govsvc_status taken(void *context, const gs_record *record, void *at, int64_t line,
                           gs_problems *problems)
{
    log_ *to = context;
    char head[100];
    snprintf(head, sizeof head, "%s@%" PRId64 " ", record->name, line);
    say(to, head);
    say_problems(to, problems);
    if (gs_problems_count(problems) == 0) {
        gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
        gs_buffer out = {.arena = arena};
        gs_json_write(&out, record, at);
        gs_buffer_char(&out, '\n');
        say(to, out.text);
        gs_arena_free(arena);
    }
    return ++to->taken == to->stop_after ? GOVSVC_CANCELLED : GOVSVC_OK;
}

typedef struct bytes {
    const char *at;
    size_t left;
    size_t step;
} bytes;

static int64_t read_bytes(void *context, void *out, size_t size)
{
    bytes *from = context;
    size_t give = from->left < from->step ? from->left : from->step;
    if (give > size)
        give = size;
    memcpy(out, from->at, give);
    from->at += give;
    from->left -= give;
    return (int64_t)give;
}

static log_ result;

static govsvc_status read_sized(const char *text, size_t size, size_t step)
{
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    bytes from = {text, size, step};
    gs_xml_source source = {read_bytes, &from};
    result = (log_){.stop_after = result.stop_after};
    govsvc_status status = gs_xml_read(&source, record_of, taken, &result, problems, &gs_allocator_default);
    if (gs_problems_count(problems))
        say(&result, "document ");
    say_problems(&result, problems);
    gs_problems_free(problems);
    return status;
}

/* All at once and byte by byte come to the same. */
static govsvc_status read_text(const char *text)
{
    static log_ whole;
    govsvc_status status = read_sized(text, strlen(text), SIZE_MAX);
    whole = result;
    CHECK_INT(read_sized(text, strlen(text), 1), status);
    CHECK_TEXT(result.text, whole.text);
    return status;
}

#define SAMPLE(inside) "<samples>\n<sample>" inside "</sample>\n</samples>"

static void goes_round(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    sample thing;
    gs_record_init(&sample_record, &thing);
    CHECK_INT(gs_json_read(&sample_record, sample_json, strlen(sample_json), &thing, arena, problems, NULL),
              GOVSVC_OK);
    gs_buffer out = {.arena = arena};
    gs_buffer_text(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<all>\n");
    thing.title = " a<b&c>\t ";
    gs_xml_write(&out, "sample", &sample_record, &thing, 1);
    gs_xml_write(&out, "part", &sample_part_record, thing.parts[0], 1);
    gs_buffer_text(&out, "</all>\n");
    CHECK_INT(read_text(out.text), GOVSVC_OK);
    char want[2000];
    gs_buffer json = {.arena = arena};
    gs_json_write(&json, &sample_record, &thing);
    snprintf(want, sizeof want,
             "sample@3 %s\npart@32 {\"copies\":2,\"name\":\"申请表\",\"note\":\"a\\n\\\"b\\\"\\\\\"}\n",
             json.text);
    CHECK_TEXT(result.text, want);
    gs_problems_free(problems);
    gs_arena_free(arena);
}

static void reads_layouts(void)
{
    CHECK_INT(read_text(SAMPLE("<fee> 12\n</fee><urgent>true</urgent><tags/><level></level><title></title>"
                               "<form>\n {\"a\" : 1}\n</form><!-- x --><born_on> 2000-01-01 </born_on>")),
              GOVSVC_OK);
    CHECK_TEXT(result.text,
               "sample@2 {\"fee\":12,\"urgent\":true,\"title\":\"\",\"born_on\":\"2000-01-01\","
               "\"form\":{\"a\":1}}\n");
    CHECK_INT(
        read_text(
            "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='x' v='1'>"
            "<sample xmlns='urn:x' xsi:type='y'><title><![CDATA[<&>]]>&lt;&#x7532;</title></sample></a>"),
        GOVSVC_OK);
    CHECK_TEXT(result.text, "sample@1 {\"title\":\"<&><甲\"}\n");
    CHECK_INT(read_text("<a/>"), GOVSVC_OK);
    CHECK_TEXT(result.text, "");
}

static void reads_gb18030(void)
{
    static const char text[] =
        "<?xml version=\"1.0\" encoding=\"GB18030\"?><a><sample><title>\xc9\xe8\xc1\xa2</title>"
        "</sample></a>";
    CHECK_INT(read_text(text), GOVSVC_OK);
    CHECK_TEXT(result.text, "sample@1 {\"title\":\"设立\"}\n");
}

static void tells_what_is_wrong(void)
{
    CHECK_INT(read_text(SAMPLE("\n<fee>1.5</fee>\n<more>x<y/></more><urgent>yes</urgent><fee>2</fee>stray"
                               "<due_at>2026-03-02</due_at><level>county</level><id>0</id>"
                               "<form>[1</form><shift>9007199254740993</shift><holder a='1'>x</holder>"
                               "<born_on>x<b>y</b></born_on>")),
              GOVSVC_OK);
    CHECK_TEXT(
        result.text,
        "sample@2 /fee type 1.5\n/more unknown_field line 4\n/urgent type yes\n/fee duplicate line 4\n"
        " type string\n/due_at time 2026-03-02\n/level choice county\n/id type 0\n"
        "/form/0 json ']' expected (line 1, column 2)\n/shift range 9007199254740993\n"
        "/holder/@a unknown_field line 4\n/born_on/b unknown_field line 4\n");
    CHECK_INT(read_text(SAMPLE("<tags><item>a</item><tag>b</tag></tags><parts><part><name>x</name></part>"
                               "<part><copies>x</copies><z/></part>!</parts>")),
              GOVSVC_OK);
    CHECK_TEXT(result.text, "sample@2 /tags/tag unknown_field line 2\n/parts/1/copies type x\n"
                            "/parts/1/z unknown_field line 2\n/parts type string\n");
    CHECK_INT(read_text(SAMPLE(
                  "<tags><item>1</item><item>2</item><item>3</item><item>4</item><item>5</item></tags>")),
              GOVSVC_OK);
    CHECK_TEXT(result.text, "sample@2 /tags too_many more\n");
    CHECK_INT(read_text("<a>\n<other><sample/></other>\n<sample><title>x</title></sample></a>"),
              GOVSVC_INVALID);
    CHECK_TEXT(result.text, "sample@3 {\"title\":\"x\"}\ndocument /other unknown_field line 2\n");
}

static void refuses_broken_documents(void)
{
    static const char *const cases[] = {
        "",
        "x",
        "<a><sample>",
        "<a><sample></a>",
        "<a>&nbsp;</a>",
        "<a>\x01</a>",
        "<a>\xff</a>",
        "<a><sample><title>\xed\xa0\x80</title></sample></a>",
        "<a/><b/>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<p:a/>",
        "<a b='1' b='2'/>",
        "<?xml version='1.0' encoding='no-such'?><a/>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><sample><title>&x;</title></sample></a>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://localhost:1/'> %p;]><a/>",
        "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t step = 1; step < 100;
             step += 98) { /* the parser's words may depend on where it waited */
            CHECK_INT(read_sized(cases[i], strlen(cases[i]), step), GOVSVC_INVALID);
            CHECK(strncmp(result.text, "document  xml line ", 19) == 0);
            CHECK(strncmp(cases[i], "<!D", 3) != 0 || strstr(result.text, "DOCTYPE") != NULL);
        }
    }
    read_text("<a>\n<sample><title>x</title></sample>\n<sample></a>");
    CHECK(strncmp(result.text, "sample@2 {\"title\":\"x\"}\ndocument  xml line 3: ", 44) == 0);
}

static void survives_every_cut_and_change(void)
{
    static const char text[] =
        "<?xml version=\"1.0\"?><a><sample><title>甲&amp;</title><parts><part><name>x</name></part>"
        "</parts><tags><item>y</item></tags></sample></a>";
    char changed[sizeof text];
    for (size_t cut = 0; cut < sizeof text - 1; cut++)
        CHECK_INT(read_sized(text, cut, SIZE_MAX), GOVSVC_INVALID);
    static const char others[] = {'<', '>', '&', '/', '\0', '\xff', ' ', 'x'};
    int refused = 0;
    for (size_t at = 0; at < sizeof text - 1; at++) {
        for (size_t i = 0; i < sizeof others; i++) {
            memcpy(changed, text, sizeof text);
            changed[at] = others[i];
            refused += read_sized(changed, sizeof text - 1, SIZE_MAX) == GOVSVC_INVALID;
        }
    }
    CHECK(refused > 500);
}

static void limits_depth_and_text(void)
{
    char deep[400] = "";
    for (int i = 0; i < 16; i++)
        strcat(deep, "<a>");
    for (int i = 0; i < 16; i++)
        strcat(deep, "</a>");
    CHECK_INT(read_text(deep), GOVSVC_INVALID);
    CHECK(strstr(result.text, "/a unknown_field") && !strstr(result.text, "too_deep"));
    deep[0] = '\0';
    for (int i = 0; i < 17; i++)
        strcat(deep, "<a>");
    CHECK_INT(read_text(deep), GOVSVC_INVALID);
    CHECK(strstr(result.text, "too_deep") != NULL);

    static const char head[] = "<a><sample><title>", tail[] = "</title><fee>1</fee></sample></a>";
    size_t most = GS_XML_TEXT_MAX, size = 0;
    char *large = malloc(most + 200);
    memcpy(large, head, sizeof head - 1), size += sizeof head - 1;
    memset(large + size, 'x', most + 1), size += most + 1;
    memcpy(large + size, tail, sizeof tail - 1), size += sizeof tail - 1;
    CHECK_INT(read_sized(large, size, SIZE_MAX), GOVSVC_OK);
    CHECK_TEXT(result.text, "sample@1 /title too_large more\n");
    free(large);
}

/* A document of many records, made as it is read; memory is counted. */
typedef struct stream {
    int64_t records;
    int64_t at;
    const char *rest; /* of the piece that is being read */
} stream;

static int64_t read_stream(void *context, void *out, size_t size)
{
    stream *from = context;
    if (!from->rest || !*from->rest) {
        if (from->at > from->records)
            return 0;
        from->rest = from->at == 0 ? "<a>"
                     : from->at == from->records
                         ? "</a>"
                         : "<sample><title>x</title><tags><item>y</item></tags></sample><z/>\n";
        from->at++;
    }
    size_t give = strlen(from->rest) < size ? strlen(from->rest) : size;
    memcpy(out, from->rest, give);
    from->rest += give;
    return (int64_t)give;
}

static size_t held, held_most;

static void *counting_allocate(void *context, size_t size)
{
    (void)context;
    size_t *memory = malloc(size + 16);
    *memory = size;
    held += size;
    held_most = held > held_most ? held : held_most;
    return (char *)memory + 16;
}

static void counting_release(void *context, void *memory)
{
    (void)context;
    if (!memory)
        return;
    size_t *from = (size_t *)((char *)memory - 16);
    held -= *from;
    free(from);
}

static govsvc_status taken_and_counted(void *context, const gs_record *record, void *at, int64_t line,
                                       gs_problems *problems)
{
    const sample *thing = at;
    *(int64_t *)context +=
        record == &sample_record && thing->tag_count == 1 && line >= 1 && gs_problems_count(problems) == 0;
    return GOVSVC_OK;
}

static void holds_one_record_at_a_time(void)
{
    static const govsvc_allocator counting = {counting_allocate, NULL, counting_release, NULL};
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    stream from = {.records = 100000};
    int64_t count = 0;
    gs_xml_source source = {read_stream, &from};
    CHECK_INT(gs_xml_read(&source, record_of, taken_and_counted, &count, problems, &counting),
              GOVSVC_INVALID);
    CHECK_INT(count, 99999);
    CHECK_INT(gs_problems_count(problems), GS_PROBLEMS_MAX);
    CHECK(held == 0 && held_most < 200000);
    gs_problems_free(problems);
}

static int64_t read_failure(void *context, void *out, size_t size)
{
    (void)context, (void)out, (void)size;
    return -1;
}

static void stops_when_told(void)
{
    result.stop_after = 2;
    CHECK_INT(read_sized("<a><part/><part/><part/></a>", 28, 7), GOVSVC_CANCELLED);
    CHECK_INT(result.taken, 2);
    CHECK_TEXT(result.text, "part@1 {}\npart@1 {}\n");
    result.stop_after = 0;
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    gs_xml_source source = {read_failure, NULL};
    CHECK_INT(gs_xml_read(&source, record_of, taken, &result, problems, &gs_allocator_default),
              GOVSVC_CANCELLED);
    gs_problems_free(problems);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(goes_round),
        TEST(reads_layouts),
        TEST(reads_gb18030),
        TEST(tells_what_is_wrong),
        TEST(refuses_broken_documents),
        TEST(survives_every_cut_and_change),
        TEST(limits_depth_and_text),
        TEST(holds_one_record_at_a_time),
        TEST(stops_when_told),
    };
    return test_main(cases, TEST_COUNT(cases));
}
