#include "test.h"

#include "sample.h"

#include <jansson.h>

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

static govsvc_status read_sized(const char *text, size_t size, sample *out)
{
    gs_problems_clear(problems);
    gs_record_init(&sample_record, out);
    return gs_json_read(&sample_record, text, size, out, arena, problems, NULL);
}

/* The problems of a text, "field rule got; ..." */
static const char *wrong(const char *text)
{
    static char all[2000];
    sample thing;
    govsvc_status status = read_sized(text, strlen(text), &thing);
    size_t size = 0;
    all[0] = '\0';
    for (uint64_t i = 0; i < gs_problems_count(problems) && size < sizeof all; i++) {
        const govsvc_problem *problem = gs_problems_at(problems, i);
        size += (size_t)snprintf(all + size, sizeof all - size, "%s%s %s %s", i ? "; " : "", problem->field,
                                 problem->rule, problem->got ? problem->got : "-");
    }
    CHECK((status == GOVSVC_OK) == (size == 0));
    return all;
}

static const char *written(const sample *thing)
{
    gs_buffer out = {.arena = arena};
    gs_json_write(&out, &sample_record, thing);
    return out.text;
}

static void goes_round(void)
{
    open_both();
    sample thing;
    CHECK_INT(read_sized(sample_json, strlen(sample_json), &thing), GOVSVC_OK);
    CHECK(thing.id == INT64_C(9007199254740993) && thing.fee == 0 && thing.shift == -5 &&
          thing.urgent == GOVSVC_NO);
    CHECK(thing.level == 2 && thing.part_count == 2 && thing.parts[1]->copies == GOVSVC_ABSENT &&
          thing.added == 7);
    CHECK_TEXT(thing.parts[0]->note, "a\n\"b\"\\");
    CHECK_TEXT(thing.form, "{\"b\":[1,0.1,true,null,9223372036854775807],\"a\":\"x\\ny\"}");
    CHECK_TEXT(written(&thing), sample_json);
    gs_record_check(&sample_record, &thing, "", problems);
    CHECK_INT(gs_problems_count(problems), 0);
    gs_record_init(&sample_record, &thing);
    CHECK_TEXT(written(&thing), "{}");
    close_both();
}

static void keeps_and_clears(void)
{
    open_both();
    sample thing;
    bool sent[20] = {false};
    read_sized(sample_json, strlen(sample_json), &thing);
    static const char patch[] =
        "{\"fee\":null,\"urgent\":null,\"title\":null,\"tags\":null,\"parts\":[],\"level\":\"province\"}";
    CHECK_INT(gs_json_read(&sample_record, patch, strlen(patch), &thing, arena, problems, sent), GOVSVC_OK);
    CHECK(thing.fee == GOVSVC_ABSENT && thing.urgent == 0 && !thing.title && thing.tag_count == 0 &&
          !thing.tags);
    CHECK(thing.part_count == 0 && thing.level == 1 && thing.shift == -5);
    CHECK_TEXT(thing.holder, "张三丰");
    for (uint32_t i = 0; i < sample_record.field_count; i++) {
        char quoted[40];
        snprintf(quoted, sizeof quoted, "\"%s\"", sample_record.fields[i].name);
        CHECK(sent[i] == (strstr(patch, quoted) != NULL));
    }
    close_both();
}

static void refuses_wrong_types(void)
{
    open_both();
    CHECK_TEXT(
        wrong("{\"id\":1,\"fee\":1.0,\"shift\":\"1\",\"due_at\":5,\"urgent\":1,\"level\":2,\"title\":[],"
              "\"born_on\":{},\"form\":\"{}\",\"tags\":{},\"parts\":[1,{\"copies\":0.5,\"x\":1},[]],"
              "\"more\":1}"),
        "/id type integer; /fee type fraction; /shift type string; /due_at type integer; /urgent type "
        "integer; "
        "/level type integer; /title type array; /born_on type object; /form type string; /tags type "
        "object; "
        "/parts/0 type integer; /parts/1/copies type fraction; /parts/1/x unknown_field -; /parts/2 type "
        "array; "
        "/more unknown_field -");
    CHECK_TEXT(wrong("{\"level\":\"county\"}"), "/level choice county");
    CHECK_TEXT(wrong("{\"tags\":[\"a\",null,1]}"), "/tags/1 type null; /tags/2 type integer");
    CHECK_TEXT(wrong("{\"id\":\"0\"}"), "/id type 0");
    CHECK_TEXT(wrong("{\"id\":\"-1\"}"), "/id type -1");
    CHECK_TEXT(wrong("{\"id\":\"9223372036854775808\"}"), "/id type 9223372036854775808");
    CHECK_TEXT(wrong("{\"due_at\":\"2026-03-02\"}"), "/due_at time 2026-03-02");
    CHECK_TEXT(wrong("{\"due_at\":\"2026-03-02T09:00:00\"}"), "/due_at time 2026-03-02T09:00:00");
    CHECK_TEXT(wrong("{\"a/b~c\":1}"), "/a~1b~0c unknown_field -");
    CHECK_TEXT(wrong("{\"a\\nb\":1}"), "/a�b unknown_field -");
    CHECK_TEXT(wrong("{\"reserved\":1}"), "/reserved unknown_field -");
    CHECK_TEXT(wrong("[]"), " type array");
    close_both();
}

static void refuses_numbers_that_do_not_fit(void)
{
    open_both();
    CHECK_TEXT(wrong("{\"fee\":9007199254740992}"), "");
    CHECK_TEXT(wrong("{\"fee\":9007199254740993}"), "/fee range 9007199254740993");
    CHECK_TEXT(wrong("{\"fee\":-9223372036854775808}"), "/fee range -9223372036854775808");
    CHECK_TEXT(wrong("{\"fee\":1e3}"), "/fee type fraction");
    CHECK_TEXT(wrong("{\"title\":3,\"fee\":1e999,\"parts\":[{},{\"copies\":123456789012345678901234567890}]"
                     ",\"x\":1}"),
               "/fee range > 2^63; /parts/1/copies range > 2^63; /title type integer; /x unknown_field -");
    CHECK_TEXT(wrong("{\"form\":{\"n\":[-1e400]}}"), "/form/n/0 range > 2^63");
    CHECK_TEXT(wrong("{\"fee\":1e999,\"shift\":}"),
               "/fee range > 2^63; /shift json unexpected token (line 1, column 22)");
    close_both();
}

static void refuses_broken_documents(void)
{
    open_both();
    static const struct {
        const char *text, *field, *rule;
    } cases[] = {
        {"", "", "json"},
        {"{\"title\":\"a\\u0000b\"}", "/title", "json"},
        {"{\"title\":\"\\ud800\"}", "/title", "json"},
        {"{\"title\":\"\\udc00x\"}", "/title", "json"},
        {"{\"a\\u0000\":1}", "", "json"},
        {"{\"parts\":[{\"name\":\"\xff\"}]}", "/parts/0/name", "utf8"},
        {"{\"title\":\"\xed\xa0\x80\"}", "/title", "utf8"},
        {"{\"fee\":1,\"x\":[1,2],\"fee\":1}", "/fee", "duplicate"},
        {"{\"parts\":[{},{\"name\":\"\",\"name\":\"\"}]}", "/parts/1/name", "duplicate"},
        {"{\"parts\":[{\"name\":\"450103199003071234\" \"x\"}]}", "/parts/0/name", "json"},
        {"{\"title\":\"a\nb\"}", "/title", "json"},
        {"{} {}", "", "json"},
        {"{\"fee\":01}", "/fee", "json"},
        {"{\"fee\":NaN}", "/fee", "json"},
        {"{\"tags\":[1,]}", "/tags/1", "json"},
        {"\xef\xbb\xbf{}", "", "json"},
        {"{'a':1}", "", "json"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wrong(cases[i].text);
        const govsvc_problem *problem = gs_problems_at(problems, 0);
        CHECK_INT(gs_problems_count(problems), 1);
        CHECK_TEXT(problem ? problem->field : NULL, cases[i].field);
        CHECK_TEXT(problem ? problem->rule : NULL, cases[i].rule);
        /* What stood in the document may be personal and is not repeated. */
        CHECK(problem && (!problem->got || !strstr(problem->got, "450103")));
    }
    close_both();
}

static void refuses_what_is_cut_off(void)
{
    open_both();
    sample thing;
    size_t size = strlen(sample_json);
    for (size_t cut = 0; cut < size; cut++) {
        char *exact = malloc(cut + 1); /* so that a read beyond the end is seen */
        memcpy(exact, sample_json, cut);
        govsvc_status status = read_sized(exact, cut, &thing);
        if (status != GOVSVC_INVALID || gs_problems_count(problems) != 1) {
            CHECK_INT(cut, -1);
            CHECK_INT(status, GOVSVC_INVALID);
        }
        free(exact);
    }
    close_both();
}

/* Every byte of a right document replaced in turn: never a crash, and what is taken can be written. */
static void survives_changed_bytes(void)
{
    open_both();
    static const char bytes[] = {'\0', '"', '{', ']', '\\', '\xff', '9', ',', 'e', '\xe2'};
    size_t size = strlen(sample_json), taken = 0;
    char *text = malloc(size);
    sample thing;
    for (size_t at = 0; at < size; at++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            memcpy(text, sample_json, size);
            text[at] = bytes[i];
            if (read_sized(text, size, &thing) != GOVSVC_OK)
                continue;
            taken++;
            CHECK(written(&thing) != NULL);
        }
        gs_arena_reset(arena);
    }
    CHECK(taken > 100 && taken < size * sizeof bytes / 2);
    free(text);
    close_both();
}

static void limits_size_and_depth(void)
{
    open_both();
    sample thing;
    char deep[200] = "{\"form\":";
    for (int depth = 63; depth <= 64; depth++) {
        size_t size = strlen("{\"form\":");
        memset(deep + size, '[', (size_t)depth), size += (size_t)depth;
        memset(deep + size, ']', (size_t)depth), size += (size_t)depth;
        deep[size++] = '}';
        CHECK_INT(read_sized(deep, size, &thing), depth == 63 ? GOVSVC_OK : GOVSVC_TOO_LARGE);
    }
    CHECK_TEXT(gs_problems_at(problems, 0)->rule, "too_deep");
    char *large = malloc(GS_JSON_SIZE_MAX + 1);
    memset(large, '[', GS_JSON_SIZE_MAX + 1);
    CHECK_INT(read_sized(large, GS_JSON_SIZE_MAX, &thing), GOVSVC_TOO_LARGE);
    CHECK_TEXT(gs_problems_at(problems, 0)->rule, "too_deep");
    CHECK_INT(read_sized(large, GS_JSON_SIZE_MAX + 1, &thing), GOVSVC_TOO_LARGE);
    CHECK_TEXT(gs_problems_at(problems, 0)->rule, "too_large");
    free(large);
    close_both();
}

static void keeps_stored_lists(void)
{
    open_both();
    sample thing, again;
    const gs_field *parts = gs_record_field(&sample_record, "parts"),
                   *tags = gs_record_field(&sample_record, "tags");
    read_sized(sample_json, strlen(sample_json), &thing);
    gs_record_init(&sample_record, &again);
    gs_buffer out = {.arena = arena};
    gs_json_write_list(&out, parts, &thing);
    CHECK_INT(gs_json_read_list(parts, out.text, out.size, &again, arena), GOVSVC_OK);
    CHECK(again.part_count == 2);
    CHECK_TEXT(again.parts[0]->name, "申请表");
    static const char newer[] = "[{\"name\":\"a\",\"colour\":\"red\"}]";
    CHECK_INT(gs_json_read_list(parts, newer, strlen(newer), &again, arena), GOVSVC_OK);
    static const char *const bad[] = {
        "", "{}", "[1]", "[", "[{\"copies\":\"x\"}]", "[{\"name\":\"\xff\"}]", "[null]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(gs_json_read_list(parts, bad[i], strlen(bad[i]), &again, arena), GOVSVC_CORRUPT);
    CHECK_INT(gs_json_read_list(tags, "[\"x\"]", 5, &again, arena), GOVSVC_OK);
    CHECK(again.tag_count == 1);
    gs_buffer none = {.arena = arena};
    gs_record_init(&sample_record, &again);
    gs_json_write_list(&none, tags, &again);
    CHECK_TEXT(none.text, "[]");
    close_both();
}

static void writes_text_and_times(void)
{
    open_both();
    gs_buffer out = {.arena = arena};
    gs_json_text(&out, "a\"b\\c\n\t\x01\x1f/甲\x7f");
    gs_json_integer(&out, INT64_MIN);
    gs_json_time(&out, 1772413200001);
    CHECK_TEXT(out.text, "\"a\\\"b\\\\c\\n\\t\\u0001\\u001f/甲\x7f\"-9223372036854775808"
                         "\"2026-03-02T09:00:00.001+08:00\"");
    close_both();
}

static int64_t number_at(const json_t *property, const char *name)
{
    return json_integer_value(json_object_get(property, name));
}

static void describes(void)
{
    open_both();
    gs_buffer out = {.arena = arena};
    gs_record_describe(&out, &sample_record);
    json_t *schema = json_loads(out.text, JSON_REJECT_DUPLICATES, NULL);
    const json_t *properties = json_object_get(schema, "properties");
    CHECK_INT(json_object_size(properties), sample_record.field_count - 1); /* reserved is not shown */
    CHECK_TEXT(json_string_value(json_object_get(schema, "x-record")), "sample");
    CHECK(json_is_false(json_object_get(schema, "additionalProperties")));
    CHECK_TEXT(json_string_value(json_array_get(json_object_get(schema, "required"), 0)), "title");
    CHECK_INT(number_at(json_object_get(properties, "title"), "maxLength"), 10);
    CHECK_INT(number_at(json_object_get(properties, "fee"), "maximum"), INT64_C(1) << 53);
    CHECK_INT(number_at(json_object_get(properties, "shift"), "minimum"), -5);
    CHECK_INT(number_at(json_object_get(properties, "holder"), "x-level"), 3);
    CHECK_TEXT(json_string_value(json_object_get(json_object_get(properties, "due_at"), "format")),
               "date-time");
    CHECK_INT(json_array_size(json_object_get(json_object_get(properties, "level"), "enum")), 2);
    const json_t *item = json_object_get(json_object_get(properties, "parts"), "items");
    CHECK_TEXT(json_string_value(json_object_get(item, "title")), "部件");
    CHECK_INT(json_object_size(json_object_get(item, "properties")), 3);
    json_decref(schema);
    close_both();
}

int main(void)
{
    static const test_case cases[] = {
        TEST(goes_round),
        TEST(keeps_and_clears),
        TEST(refuses_wrong_types),
        TEST(refuses_numbers_that_do_not_fit),
        TEST(refuses_broken_documents),
        TEST(refuses_what_is_cut_off),
        TEST(survives_changed_bytes),
        TEST(limits_size_and_depth),
        TEST(keeps_stored_lists),
        TEST(writes_text_and_times),
        TEST(describes),
    };
    return test_main(cases, TEST_COUNT(cases));
}
