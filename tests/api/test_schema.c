/* tests/api/test_schema.c ROOT - the XML Schema of what can be imported: that it takes what is exported and
 * refuses what the import refuses, and that share/ holds it as it is. ROOT is the project's. */
#include "story.h"

#include <libxml/xmlschemas.h>

#include "exchange.h"

static const char *root;

static xmlSchema *schema_of(const char *text)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewMemParserCtxt(text, (int)strlen(text));
    xmlSchema *schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    CHECK(schema != NULL);
    return schema;
}

static void say_nothing(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

/* Does a document pass the schema of a record? quiet: what is wrong is not told. */
static bool passes(const char *record, const char *bytes, size_t size, bool quiet)
{
    const char *text = NULL;
    CHECK_INT(govsvc_schema(record, &text), GOVSVC_OK);
    xmlSchema *schema = schema_of(text);
    xmlDoc *document = xmlReadMemory(bytes, (int)size, "document.xml", NULL, XML_PARSE_NONET);
    xmlSchemaValidCtxt *check = xmlSchemaNewValidCtxt(schema);
    if (quiet)
        xmlSchemaSetValidErrors(check, say_nothing, say_nothing, NULL);
    bool valid = document && xmlSchemaValidateDoc(check, document) == 0;
    xmlSchemaFreeValidCtxt(check);
    xmlFreeDoc(document);
    xmlSchemaFree(schema);
    govsvc_free(text);
    return valid;
}

static void read_file(const char *name, paper *to)
{
    char path[1024], piece[4096];
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    paper_add(to, "", 0);
    for (size_t size; file && (size = fread(piece, 1, sizeof piece, file)) > 0;)
        paper_add(to, piece, size);
    if (file)
        fclose(file);
}

static void the_file_is_what_the_library_says(void)
{
    paper file = {.size = 0};
    const char *text = NULL;
    read_file("share/govsvc/matter.xsd", &file);
    CHECK_INT(govsvc_schema("matter", &text), GOVSVC_OK);
    CHECK(text && strcmp(text, file.bytes) == 0); /* see share/govsvc/README.md */
    govsvc_free(text);
    paper_free(&file);
}

static void what_is_exported_passes(void)
{
    story s;
    paper matters = {.size = 0}, divisions = {.size = 0}, out = {.size = 0};
    govsvc_config config = story_config(&s, story_store());
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    read_file("examples/data/matters.xml", &matters);
    CHECK(passes("matter", matters.bytes, matters.size, false));
    CHECK(take_in(s.anyone, request, &matters).added > 0);
    read_file("examples/data/guangxi-divisions.jsonl", &divisions);
    CHECK(take_in(s.anyone, request, &divisions).added > 0);
    CHECK_INT(take_text(s.anyone, NULL,
                        "{\"notice\":{\"year\":2027,\"number\":\"甲\",\"days\":[{\"effect\":\"off\","
                        "\"date\":\"2027-04-08\",\"name\":\"乙\"}]}}")
                  .added,
              1);
    static const char *const records[] = {"matter", "division", "notice"};
    for (size_t i = 0; i < TEST_COUNT(records); i++) {
        CHECK_INT(give_out(s.anyone, GOVSVC_FORMAT_XML, records[i], &out), GOVSVC_OK);
        CHECK(passes(records[i], out.bytes, out.size, false));
    }
    paper_free(&matters);
    paper_free(&divisions);
    paper_free(&out);
    story_close(&s);
}

#define NOTICE(inside, date)                                                                                 \
    "<records><notice>" inside "<number>甲</number><days><notice_day><effect>off</effect><date>" date        \
    "</date><name>乙</name></notice_day></days></notice></records>"

static void what_is_wrong_does_not_pass(void)
{
    static const struct {
        const char *text;
        bool passes;
    } cases[] = {
        {"<records/>", true},
        {"<notices/>", true},
        {"<matters/>", false},
        {NOTICE("<year>2027</year>", "2027-04-08"), true},
        {NOTICE("<division>450000</division><year>2027</year>", "2027-04-08"), true},
        {NOTICE("<year>+2027</year>", "2027-04-08"), false},
        {NOTICE("<year>02027</year>", "2027-04-08"), false},
        {NOTICE("<year>20270</year>", "2027-04-08"), false},
        {NOTICE("<year>2027</year><year>2027</year>", "2027-04-08"), false},
        {NOTICE("<years>2027</years>", "2027-04-08"), false},
        {NOTICE("<division>4500</division>", "2027-04-08"), false},
        {NOTICE("", "2027-04-31"), false},
        {NOTICE("", "2027-04-08Z"), false},
        {"<records><notice><number>甲</number></notice></records>", false},
        {"<records><notice><number>甲</number><days></days></notice></records>", false},
        {"<records><notice><number></number><days/></notice></records>", false},
        {"<records><castle/></records>", false},
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        CHECK(passes("notice", cases[i].text, strlen(cases[i].text), true) == cases[i].passes);
        if (test_failed_checks)
            fprintf(stderr, "%s\n", cases[i].text);
    }
}

static void only_what_can_be_put_has_one(void)
{
    const char *text = NULL;
    CHECK_INT(govsvc_schema("application", &text), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_schema("matter_draft", &text), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_schema("no_such_record", &text), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_schema(NULL, &text), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_schema("matter", NULL), GOVSVC_MISUSE);
    CHECK(text == NULL);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        TEST(the_file_is_what_the_library_says),
        TEST(what_is_exported_passes),
        TEST(what_is_wrong_does_not_pass),
        TEST(only_what_can_be_put_has_one),
    };
    root = argc > 1 ? argv[1] : ".";
    return test_main(cases, TEST_COUNT(cases));
}
