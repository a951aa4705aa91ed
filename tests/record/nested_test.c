/* tests/record/nested_test.c - lists in lists, and texts within their items, in every format. */
#include "test.h"

#include "record/csv.h"
#include "record/xml.h"
#include "record/xsd.h"

/* ---- a record of three levels ------------------------------------------------------------------------ */

typedef struct choice {
    uint64_t struct_size;
    int64_t fee;
    const char *name;
    const void *reserved;
    const char *const *materials;
    const void *reserved_list;
    uint64_t material_count;
} choice;

typedef struct situation {
    uint64_t struct_size;
    const char *question;
    const char *form;
    const choice *const *choices;
    const char *const *notes;
    uint64_t choice_count;
    uint64_t note_count;
} situation;

typedef struct guide {
    uint64_t struct_size;
    const char *name;
    const void *reserved;
    const situation *const *situations;
    const void *reserved_list;
    uint64_t situation_count;
} guide;

#define CHOICE_FIELDS(T, F)                                                                                  \
    F(T, FLAG, fee, "收费")                                                                                  \
    F(T, TEXT, name, "选项", .need = true)                                                                   \
    F(T, NONE, reserved, "")                                                                                 \
    F(T, TEXTS, materials, "材料", .count = offsetof(T, material_count), .max = 3)                           \
    F(T, NONE, reserved_list, "")
GS_RECORD(choice_record, choice, "choice", "选项", CHOICE_FIELDS)
#define SITUATION_FIELDS(T, F)                                                                               \
    F(T, TEXT, question, "问题", .need = true, .lines = true)                                                \
    F(T, JSON, form, "表单")                                                                                 \
    F(T, LIST, choices, "选项", .need = true, .of = &choice_record, .count = offsetof(T, choice_count))      \
    F(T, TEXTS, notes, "说明", .count = offsetof(T, note_count))
GS_RECORD(situation_record, situation, "situation", "情形", SITUATION_FIELDS)
#define GUIDE_FIELDS(T, F)                                                                                   \
    F(T, TEXT, name, "名称", .need = true)                                                                   \
    F(T, NONE, reserved, "")                                                                                 \
    F(T, LIST, situations, "情形", .of = &situation_record, .count = offsetof(T, situation_count))           \
    F(T, NONE, reserved_list, "")
GS_RECORD(guide_record, guide, "guide", "指南", GUIDE_FIELDS)

static const char nested[] =
    "{\"name\":\"甲\",\"situations\":[{\"question\":\"是否,\\\"新办\\\"？\\n请选\",\"form\":{\"a\":[1,{\"b\":"
    "\"c|d\"}]},\"choices\":[{\"fee\":false,\"name\":\"是\",\"materials\":[\"a|b\",\"c,\\\"d\\\"\",\"\"]},"
    "{\"name\":\"<否>\"}],\"notes\":[\" 一 \",\"二\"]},{\"question\":\"?\",\"choices\":[{\"name\":\"x\","
    "\"materials\":[\"[]\"]}]}]}";

/* ---- reading ----------------------------------------------------------------------------------------- */

static gs_arena *arena;
static gs_problems *problems;
static char told[1000];

static const char *json_of(const void *at)
{
    gs_buffer out = {.arena = arena};
    gs_json_write(&out, &guide_record, at);
    return out.text;
}

static guide *read_nested(void)
{
    guide *at = gs_arena_alloc(arena, sizeof *at);
    gs_record_init(&guide_record, at);
    CHECK_INT(gs_json_read(&guide_record, nested, strlen(nested), at, arena, problems, NULL), GOVSVC_OK);
    gs_record_check(&guide_record, at, "", problems);
    CHECK_INT(gs_problems_count(problems), 0);
    return at;
}

typedef struct bytes {
    const char *at;
    size_t left;
} bytes;

static int64_t read_bytes(void *context, void *out, size_t size)
{
    bytes *from = context;
    size_t give = from->left < size ? from->left : size;
    memcpy(out, from->at, give);
    from->at += give;
    from->left -= give;
    return (int64_t)give;
}

static void tell(const gs_problems *list)
{
    size_t size = 0;
    *told = '\0';
    for (uint64_t i = 0; i < gs_problems_count(list); i++)
        size += (size_t)snprintf(told + size, sizeof told - size, "%s %s\n", gs_problems_at(list, i)->field,
                                 gs_problems_at(list, i)->rule);
}

static const gs_record *record_of(void *context, const char *element)
{
    (void)context;
    return strcmp(element, "guide") == 0 ? &guide_record : NULL;
}

static govsvc_status taken(void *context, const gs_record *record, void *at, int64_t line, gs_problems *list)
{
    (void)record, (void)line;
    gs_record_check(&guide_record, at, "", list);
    tell(list);
    *(const char **)context = json_of(at);
    return GOVSVC_OK;
}

static const char *through_xml(const char *text)
{
    const char *json = NULL;
    bytes from = {text, strlen(text)};
    const gs_xml_source source = {read_bytes, &from};
    CHECK_INT(gs_xml_read(&source, record_of, taken, &json, problems, &gs_allocator_default), GOVSVC_OK);
    return json;
}

static const char *through_csv(const char *text)
{
    static gs_csv csv;
    bytes from = {text, strlen(text)};
    gs_csv_row row;
    gs_csv_columns columns = {.record = &guide_record, .encoding = "UTF-8"};
    guide *at = gs_arena_alloc(arena, sizeof *at);
    gs_record_init(&guide_record, at);
    gs_csv_init(&csv, read_bytes, &from);
    CHECK_INT(gs_csv_next(&csv, arena, &row), GOVSVC_OK);
    CHECK_INT(gs_csv_read_columns(&columns, &row, problems), GOVSVC_OK);
    CHECK_INT(gs_csv_next(&csv, arena, &row), GOVSVC_OK);
    CHECK_INT(row.line, 2);
    gs_csv_read(&columns, &row, at, arena, problems);
    gs_record_check(&guide_record, at, "", problems);
    tell(problems);
    gs_problems_clear(problems);
    CHECK_INT(gs_csv_next(&csv, arena, &row), GOVSVC_OK);
    CHECK_INT(row.cells, 0);
    return json_of(at);
}

/* ---- cases ------------------------------------------------------------------------------------------- */

static void begin(void)
{
    arena = gs_arena_new(&gs_allocator_default, 0);
    problems = gs_problems_new(&gs_allocator_default);
}

static void end(void)
{
    gs_problems_free(problems);
    gs_arena_free(arena);
}

static void every_format_holds_it(void)
{
    begin();
    const guide *at = read_nested();
    CHECK_TEXT(json_of(at), nested);
    gs_buffer xml = {.arena = arena}, csv = {.arena = arena};
    gs_buffer_text(&xml, "<all>\n");
    gs_xml_write(&xml, "guide", &guide_record, at, 1);
    gs_buffer_text(&xml, "</all>\n");
    CHECK_TEXT(through_xml(xml.text), nested);
    CHECK_TEXT(told, "");
    gs_csv_write_columns(&csv, &guide_record, &guide_record);
    gs_csv_write(&csv, &guide_record, &guide_record, at);
    CHECK_TEXT(through_csv(csv.text + 3), nested); /* behind the mark */
    CHECK_TEXT(told, "");
    end();
}

static void copies_hold_it(void)
{
    begin();
    const guide *at = read_nested();
    void *wide;
    CHECK_INT(gs_record_take(&guide_record, at, arena, &wide, problems), GOVSVC_OK);
    CHECK_TEXT(json_of(wide), nested);
    const void *result = gs_record_result(&guide_record, at, &gs_allocator_default);
    CHECK_TEXT(json_of(result), nested);
    govsvc_free(result);
    end();
}

static void what_is_wrong_is_told_where_it_is(void)
{
    begin();
    through_xml(
        "<a><guide><name>x</name><situations><situation><question>q</question><choices><choice>"
        "<name>n</name></choice><choice><fee>maybe</fee><materials><item>a</item><item>&#x200B;</item>"
        "<item>c</item><item>d</item></materials></choice></choices></situation></situations></guide></a>");
    CHECK_TEXT(told, "/situations/0/choices/1/fee type\n/situations/0/choices/1/materials too_many\n"
                     "/situations/0/choices/1/name required\n"
                     "/situations/0/choices/1/materials/1 character\n");
    through_csv("name,情形\nx,\"[{\"\"question\"\":\"\"q\"\",\"\"choices\"\":[{\"\"name\"\":\"\"n\"\"},{"
                "\"\"fee\"\":1,"
                "\"\"materials\"\":[\"\"\u200B\"\"],\"\"no\"\":0}]}]\"\n");
    CHECK_TEXT(told, "/situations/0/choices/1/fee type\n/situations/0/choices/1/no unknown_field\n"
                     "/situations/0/choices/1/name required\n"
                     "/situations/0/choices/1/materials/0 character\n");
    end();
}

static void the_schema_nests(void)
{
    begin();
    gs_buffer out = {.arena = arena};
    gs_record_schema(&out, "guide", &guide_record);
    CHECK(strstr(out.text, "<xs:element name=\"situation\" minOccurs=\"0\" maxOccurs=\"100\">") != NULL);
    CHECK(strstr(out.text, "<xs:element name=\"choice\" minOccurs=\"1\" maxOccurs=\"100\">") != NULL);
    CHECK(strstr(out.text, "<xs:element name=\"item\" minOccurs=\"0\" maxOccurs=\"3\">") != NULL);
    CHECK(strstr(out.text, "reserved") == NULL);
    end();
}

int main(void)
{
    static const test_case cases[] = {TEST(every_format_holds_it), TEST(copies_hold_it),
                                      TEST(what_is_wrong_is_told_where_it_is), TEST(the_schema_nests)};
    return test_main(cases, TEST_COUNT(cases));
}
