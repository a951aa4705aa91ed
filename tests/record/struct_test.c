#include "test.h"

#include "base/moment.h"
#include "base/text.h"
#include "sample.h"

static gs_arena *arena;
static gs_problems *problems;

static void open_both(void)
{
    arena = gs_arena_new(&gs_allocator_default, 0);
    problems = gs_problems_new(&gs_allocator_default);
}

static void close_both(void)
{
    gs_arena_free(arena);
    gs_problems_free(problems);
}

/* The problem at field, as "rule expected got". */
static const char *told(const char *field)
{
    static char text[600];
    for (uint64_t i = 0; i < gs_problems_count(problems); i++) {
        const govsvc_problem *problem = gs_problems_at(problems, i);
        if (strcmp(problem->field, field) != 0)
            continue;
        snprintf(text, sizeof text, "%s %s %s", problem->rule, problem->expected ? problem->expected : "-",
                 problem->got ? problem->got : "-");
        return text;
    }
    return NULL;
}

static sample right(void)
{
    sample thing;
    gs_record_init(&sample_record, &thing);
    thing.title = "设立";
    return thing;
}

static const char *check(const sample *thing, const char *field)
{
    gs_problems_clear(problems);
    gs_record_check(&sample_record, thing, "", problems);
    return told(field);
}

static void begins_absent(void)
{
    sample thing;
    gs_record_init(&sample_record, &thing);
    CHECK_INT(thing.struct_size, sizeof thing);
    CHECK(thing.fee == GOVSVC_ABSENT && thing.due_at == GOVSVC_ABSENT && thing.added == GOVSVC_ABSENT);
    CHECK(thing.id == 0 && thing.urgent == 0 && thing.level == 0 && !thing.title && thing.tag_count == 0);
    for (uint32_t i = 0; i < sample_record.field_count; i++)
        CHECK(gs_field_absent(&sample_record.fields[i], &thing));
    CHECK(gs_record_field(&sample_record, "fee") == &sample_record.fields[1]);
    CHECK(gs_record_field(&sample_record, "reserved") == NULL);
    CHECK(gs_record_field(&sample_record, "fe") == NULL);
}

static void widens_older_callers(void)
{
    open_both();
    struct {
        uint64_t struct_size;
        int64_t copies;
        const char *name;
        int64_t canary;
    } old_part = {offsetof(sample_part, note), 3, "旧", 99};
    const sample_part *parts[] = {(const sample_part *)&old_part, NULL};
    sample older = right(), *taken = NULL;
    older.struct_size = offsetof(sample, added);
    older.added = 12345;
    older.parts = parts;
    older.part_count = 2;
    CHECK_INT(gs_record_take(&sample_record, &older, arena, (void **)&taken, problems), GOVSVC_OK);
    CHECK_INT(taken->struct_size, sizeof(sample));
    CHECK(taken->added == GOVSVC_ABSENT);
    CHECK(taken->parts[1] == NULL && taken->parts[0]->struct_size == sizeof(sample_part));
    CHECK(taken->parts[0]->note == NULL && taken->parts[0]->copies == 3);
    CHECK_TEXT(taken->parts[0]->name, "旧");
    CHECK(parts[0] == (const sample_part *)&old_part && older.added == 12345);
    close_both();
}

static void refuses_wrong_sizes(void)
{
    open_both();
    static const uint64_t wrong[] = {
        0, 8, 7, offsetof(sample, added) - 8, sizeof(sample) + 4, (1 << 20) + 8, UINT64_MAX};
    void *taken = &taken;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sample thing = right();
        thing.struct_size = wrong[i];
        gs_problems_clear(problems);
        CHECK_INT(gs_record_take(&sample_record, &thing, arena, &taken, problems), GOVSVC_MISUSE);
        CHECK(taken == &taken && told("") && strncmp(told(""), "struct_size", 11) == 0);
        CHECK_INT(gs_record_take(&sample_record, &thing, arena, &taken, NULL), GOVSVC_MISUSE);
    }
    sample_part part = {.struct_size = 8};
    const sample_part *parts[] = {&part};
    sample thing = right();
    thing.parts = parts;
    thing.part_count = 1;
    CHECK_INT(gs_record_take(&sample_record, &thing, arena, &taken, problems), GOVSVC_MISUSE);
    CHECK(told("/parts/0") != NULL);
    close_both();
}

static void takes_newer_callers_that_ask_nothing_new(void)
{
    open_both();
    struct {
        sample known;
        int64_t later[3];
    } newer = {right(), {0, GOVSVC_ABSENT, 0}};
    sample *taken = NULL;
    newer.known.struct_size = sizeof newer;
    CHECK_INT(gs_record_take(&sample_record, &newer, arena, (void **)&taken, problems), GOVSVC_OK);
    CHECK(taken && taken->struct_size == sizeof(sample));
    newer.later[2] = 1;
    CHECK_INT(gs_record_take(&sample_record, &newer, arena, (void **)&taken, problems), GOVSVC_MISUSE);
    CHECK(strstr(gs_problems_at(problems, 0)->text_en, "newer") != NULL);
    close_both();
}

static void copies_deeply(void)
{
    open_both();
    char title[] = "标题", tag[] = "甲", name[] = "表";
    sample_part part;
    gs_record_init(&sample_part_record, &part);
    part.name = name;
    const sample_part *parts[] = {&part};
    const char *tags[] = {tag};
    sample thing = right();
    thing.title = title, thing.parts = parts, thing.part_count = 1, thing.tags = tags, thing.tag_count = 1;
    const sample *copy = gs_record_result(&sample_record, &thing, &gs_allocator_default);
    memset(title, 'x', 3), memset(tag, 'x', 3), memset(name, 'x', 3);
    CHECK_TEXT(copy->title, "标题");
    CHECK_TEXT(copy->tags[0], "甲");
    CHECK_TEXT(copy->parts[0]->name, "表");
    CHECK(copy->parts[0] != &part && copy->fee == GOVSVC_ABSENT);
    govsvc_free(copy);
    close_both();
}

static int64_t allocations_left;

static void *scarce_allocate(void *context, size_t size)
{
    (void)context;
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

static void *scarce_reallocate(void *context, void *memory, size_t size)
{
    (void)context;
    return allocations_left-- > 0 ? realloc(memory, size) : NULL;
}

static void scarce_release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

static void survives_without_memory(void)
{
    static const govsvc_allocator scarce = {scarce_allocate, scarce_reallocate, scarce_release, NULL};
    char *large = calloc(1, 100001);
    memset(large, 'x', 100000);
    sample thing = right();
    thing.form = large;
    const void *copy = NULL;
    int64_t given = 0;
    for (; !copy && given < 10; given++) {
        allocations_left = given;
        copy = gs_record_result(&sample_record, &thing, &scarce);
    }
    CHECK(copy != NULL);
    CHECK(given == 3); /* none, the arena alone, both */
    govsvc_free(copy);
    free(large);
}

static void shares_by_name_and_kind(void)
{
    sample_part part;
    sample thing = right();
    gs_record_init(&sample_part_record, &part);
    gs_record_share(&sample_part_record, &part, &sample_record, &thing);
    CHECK(part.name == NULL && part.copies == GOVSVC_ABSENT);
    sample other;
    gs_record_init(&sample_record, &other);
    thing.fee = 5, thing.added = 6;
    gs_record_share(&sample_record, &other, &sample_record, &thing);
    CHECK(other.title == thing.title && other.fee == 5 && other.added == 6);
}

static void checks_texts(void)
{
    open_both();
    sample thing = right();
    CHECK(check(&thing, "/title") == NULL && gs_problems_count(problems) == 0);
    static const struct {
        const char *text, *told;
    } cases[] = {
        {NULL, "required - -"},
        {"", "required - -"},
        {"一二三四五六七八九十", NULL},
        {"一二三四五六七八九十十", "too_long 10 11"},
        {"欧阳·吉𠮷", NULL},
        {"a\nb", "character - U+000A"},
        {"a\xe2\x80\xae"
         "b",
         "character - U+202E"},
        {"\xef\xbb\xbf"
         "b",
         "character - U+FEFF"},
        {"\xe2\x80\x8d", "character - U+200D"},
        {"\xe2\x80\x8c", "character - U+200C"},
        {"\xc2\x85", "character - U+0085"},
        {"\x7f", "character - U+007F"},
        {"\xd8\x9c", "character - U+061C"},
        {"\xe2\x81\xa9", "character - U+2069"},
        {"\xed\xa0\x80", "character - U+D800"},
        {"\xef\xb7\x90", "character - U+FDD0"},
        {"\xf0\x9f\xbf\xbf", "character - U+1FFFF"},
        {"\xc0\x80", "utf8 - -"},
        {"\xe4\xb8", "utf8 - -"},
        {"\xf4\x90\x80\x80", "utf8 - -"},
        {"\xf8\x88\x80\x80\x80", "utf8 - -"},
        {"\x80", "utf8 - -"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        thing.title = cases[i].text;
        CHECK_TEXT(check(&thing, "/title"), cases[i].told);
    }
    gs_problems_clear(problems);
    gs_text_check("a\n\tb", 10, true, "/x~1y", problems);
    CHECK_INT(gs_problems_count(problems), 0);
    gs_text_check("a\rb", 2, true, "/x~1y", problems);
    CHECK_INT(gs_problems_count(problems), 2);
    CHECK_TEXT(told("/x~1y"), "character - U+000D");
    close_both();
}

static void checks_values(void)
{
    open_both();
    sample thing = right();
    thing.id = -1, thing.fee = -1, thing.shift = 6, thing.urgent = 3, thing.level = 9;
    thing.due_at = GS_MOMENT_LEAST - 1;
    thing.born_on = "1900-02-29";
    thing.citizen = "110105194912310021";
    CHECK_TEXT(check(&thing, "/id"), "range 1..9223372036854775807 -1");
    CHECK_TEXT(told("/fee"), "range 0..9007199254740992 -1");
    CHECK_TEXT(told("/shift"), "range -5..5 6");
    CHECK_TEXT(told("/urgent"), "range 1..2 3");
    CHECK_TEXT(told("/level"), "choice province, city 9");
    CHECK_TEXT(told("/due_at"), "range 1980..2199 1979-12-31T23:59:59.999+08:00");
    CHECK_TEXT(told("/born_on"), "date 1800-01-01..2199-12-31 -"); /* personal: not repeated */
    CHECK(told("/citizen") && strncmp(told("/citizen"), "check_character", 15) == 0);
    CHECK_INT(gs_problems_count(problems), 8);
    thing = right();
    thing.id = INT64_MAX, thing.fee = INT64_C(1) << 53, thing.shift = -5, thing.urgent = GOVSVC_NO,
    thing.level = 1;
    thing.due_at = GS_MOMENT_MOST;
    thing.born_on = "2000-02-29";
    thing.citizen = "11010519491231002X";
    check(&thing, "");
    CHECK_INT(gs_problems_count(problems), 0);
    close_both();
}

static void checks_free_forms(void)
{
    open_both();
    sample thing = right();
    static const struct {
        const char *text, *field, *told;
    } cases[] = {
        {"{}", "/form", NULL},
        {"[1]", "/form", NULL},
        {"1", "/form", "json - invalid token"},
        {"{\"a\":{\"b\":1,\"b\":2}}", "/form/a/b", "duplicate - -"},
        {"{\"a\":[\"x\xe2\x80\xae\"]}", "/form", "character - U+202E"},
        {"{\"\\u200b\":1}", "/form", "character - U+200B"},
        {"{\"a\":[0,1e999]}", "/form/a/1", "range -2^53..2^53 > 2^63"},
        {"{\"a\":", "/form/a", "json - "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        thing.form = cases[i].text;
        const char *got = check(&thing, cases[i].field);
        CHECK((got == NULL) == (cases[i].told == NULL));
        if (got && cases[i].told && strncmp(got, "json", 4) != 0)
            CHECK_TEXT(got, cases[i].told);
        CHECK_INT(gs_problems_count(problems), cases[i].told != NULL);
    }
    char large[1100];
    memset(large, ' ', sizeof large);
    memcpy(large, "{}", 2), large[1001] = '\0';
    thing.form = large;
    CHECK_TEXT(check(&thing, "/form"), "json at most 1000 bytes 1001 bytes");
    close_both();
}

static void checks_lists(void)
{
    open_both();
    sample_part good, bad;
    gs_record_init(&sample_part_record, &good);
    gs_record_init(&sample_part_record, &bad);
    good.name = "表", bad.copies = 100;
    const sample_part *parts[] = {&good, &bad, NULL};
    const char *tags[] = {"甲", NULL, "\t", "x"};
    sample thing = right();
    thing.parts = parts, thing.part_count = 3, thing.tags = tags, thing.tag_count = 3;
    CHECK_TEXT(check(&thing, "/parts/1/name"), "required - -");
    CHECK_TEXT(told("/parts/1/copies"), "range 0..99 100");
    CHECK_TEXT(told("/parts/2"), "type object null");
    CHECK_TEXT(told("/tags/1"), "type string null");
    CHECK_TEXT(told("/tags/2"), "character - U+0009");
    CHECK_INT(gs_problems_count(problems), 5);
    thing.tag_count = 4, thing.parts = NULL;
    CHECK_TEXT(check(&thing, "/tags"), "too_many 3 4");
    CHECK_TEXT(told("/parts"), "type array null");
    thing.tag_count = UINT64_MAX;
    CHECK_TEXT(check(&thing, "/tags"), "too_many 3 9223372036854775807");
    close_both();
}

static void masks(void)
{
    open_both();
    gs_field name = {.mask = GS_MASK_NAME}, number = {.mask = GS_MASK_NUMBER}, all = {.mask = GS_MASK_ALL};
    CHECK_TEXT(gs_mask_text(&name, "张三丰", arena), "张**");
    CHECK_TEXT(gs_mask_text(&name, "𠮷", arena), "***");
    CHECK_TEXT(gs_mask_text(&number, "11010519491231002X", arena), "110***********002X");
    CHECK_TEXT(gs_mask_text(&number, "1234567890", arena), "1********0");
    CHECK_TEXT(gs_mask_text(&number, "12", arena), "***");
    CHECK_TEXT(gs_mask_text(&all, "住址", arena), "***");
    CHECK_TEXT(gs_mask_text(&name, "\xff\xff", arena), "***");
    CHECK_TEXT(gs_mask_text(&name, "", arena), "");
    CHECK_TEXT(gs_mask_text(&name, NULL, arena), NULL);
    close_both();
}

static void reads_and_writes_times(void)
{
    static const struct {
        const char *text;
        int64_t at; /* ABSENT: refused */
        const char *written;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0, "1970-01-01T08:00:00+08:00"},
        {"1969-12-31T23:59:59.999z", -1, "1970-01-01T07:59:59.999+08:00"},
        {"1969-12-31t15:59:59Z", -28801000, "1969-12-31T23:59:59+08:00"},
        {"2026-03-02T09:00:00+08:00", 1772413200000, "2026-03-02T09:00:00+08:00"},
        {"2026-03-02T09:00:00.05+08:00", 1772413200050, "2026-03-02T09:00:00.050+08:00"},
        {"2024-02-29T00:00:00.123000-05:30", 1709184600123, "2024-02-29T13:30:00.123+08:00"},
        {"2023-02-29T00:00:00Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02 09:00:00Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T24:00:00Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:60:00Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:60Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00.Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00.1234Z", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00+24:00", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00+0800", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00Zx", GOVSVC_ABSENT, NULL},
        {"2026-03-02T09:00:00.5", GOVSVC_ABSENT, NULL},
        {"2026-13-02T09:00:00Z", GOVSVC_ABSENT, NULL},
        {"", GOVSVC_ABSENT, NULL},
    };
    char text[GS_MOMENT_SIZE + 1];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t at = GOVSVC_ABSENT;
        bool done = gs_moment_read(cases[i].text, strlen(cases[i].text), &at);
        CHECK(done == (cases[i].written != NULL));
        CHECK_INT(at, cases[i].at);
        if (!done)
            continue;
        text[gs_moment_write(at, text)] = '\0';
        CHECK_TEXT(text, cases[i].written);
    }
    /* The ends of what 64 bits hold are written, not read back. */
    CHECK(gs_moment_write(INT64_MAX, text) <= GS_MOMENT_SIZE &&
          gs_moment_write(INT64_MIN, text) <= GS_MOMENT_SIZE);
}

static void counts_days(void)
{
    CHECK_INT(gs_days_of(1970, 1, 1), 0);
    CHECK_INT(gs_days_of(2000, 2, 29), 11016);
    for (int64_t days = gs_days_of(1799, 12, 31), next, year, month, day; days <= gs_days_of(2200, 1, 1);
         days++) {
        gs_days_split(days, &year, &month, &day);
        next = gs_days_of(year, month, day);
        if (next != days || month < 1 || month > 12 || day < 1 || day > 31) {
            CHECK_INT(next, days);
            break;
        }
    }
}

static void reads_and_writes_integers(void)
{
    static const struct {
        const char *text;
        bool right;
    } cases[] = {
        {"0", true},   {"-1", true},  {"9223372036854775807", true},   {"-9223372036854775808", true},
        {"", false},   {"-", false},  {"9223372036854775808", false},  {"-9223372036854775809", false},
        {"01", false}, {"1 ", false}, {"99999999999999999999", false}, {"+1", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 0;
        char text[GS_INTEGER_SIZE + 1];
        CHECK(gs_integer_read(cases[i].text, strlen(cases[i].text), &value) == cases[i].right);
        if (!cases[i].right)
            continue;
        text[gs_integer_write(value, text)] = '\0';
        CHECK_TEXT(text, cases[i].text);
    }
}

int main(void)
{
    static const test_case cases[] = {
        TEST(begins_absent),
        TEST(widens_older_callers),
        TEST(refuses_wrong_sizes),
        TEST(takes_newer_callers_that_ask_nothing_new),
        TEST(copies_deeply),
        TEST(survives_without_memory),
        TEST(shares_by_name_and_kind),
        TEST(checks_texts),
        TEST(checks_values),
        TEST(checks_free_forms),
        TEST(checks_lists),
        TEST(masks),
        TEST(reads_and_writes_times),
        TEST(counts_days),
        TEST(reads_and_writes_integers),
    };
    return test_main(cases, TEST_COUNT(cases));
}
