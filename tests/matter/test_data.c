/* tests/matter/test_data.c ROOT - the example data: it goes in, comes into force, and says what its page says. */
#include "api/exchange.h"
#include "bodies.h"

#include <stdlib.h>

#include "matter/matter.h"

enum { MATTERS_MAX = 200 };

static const char *root = ".";
static story s;

typedef struct list {
    char codes[MATTERS_MAX][40];
    int64_t ids[MATTERS_MAX];
    int count;
} list;
static list all;

static void read_file(const char *name, paper *to)
{
    char path[500], bytes[65536];
    snprintf(path, sizeof path, "%s/examples/data/%s", root, name);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    for (size_t size; file && (size = fread(bytes, 1, sizeof bytes, file)) > 0;)
        paper_add(to, bytes, size);
    if (file)
        fclose(file);
}

/* In the order of the file: sources before their claims, members before their bundle. */
static void list_codes(const char *text)
{
    static const char begin[] = "  <matter>\n    <code>";
    all.count = 0;
    for (const char *at = text; (at = strstr(at, begin)) != NULL && all.count < MATTERS_MAX; all.count++) {
        at += strlen(begin);
        snprintf(all.codes[all.count], 40, "%.*s", (int)strcspn(at, "<"), at);
        const govsvc_matter *matter = newest(&s, all.codes[all.count]);
        all.ids[all.count] = matter ? matter->id : 0;
        govsvc_free(matter);
    }
}

static void open_with_data(void)
{
    paper file = {.size = 0};
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    story_open(&s, story_store());
    read_file("matters.xml", &file);
    taken first = take_in(s.as[ADMINISTRATOR], request, &file),
          again = take_in(s.as[ADMINISTRATOR], request, &file);
    CHECK_TEXT(first.told, "");
    CHECK(first.added >= 60);
    CHECK_INT(again.unchanged, first.added);
    list_codes(file.bytes);
    CHECK_INT(all.count, first.added);
    paper_free(&file);
    for (int i = 0; i < all.count; i++) {
        govsvc_status status = publish_version(&s, all.ids[i]);
        if (status)
            fprintf(stderr, "%s: %s\n", all.codes[i], story_problem(s.as[ADMINISTRATOR])->text_en);
        CHECK_INT(status, GOVSVC_OK);
    }
}

static void all_of_it_comes_into_force_with_guide_and_form(void)
{
    bool levels[7] = {false}, types[200] = {false};
    open_with_data();
    for (int i = 0; i < all.count; i++) {
        const govsvc_matter *matter = newest(&s, all.codes[i]);
        const govsvc_guide *guide = NULL;
        const govsvc_form *form = NULL;
        govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
        in.code = all.codes[i];
        CHECK_INT(matter->state, GOVSVC_MATTER_EFFECTIVE);
        levels[matter->level] = types[matter->type] = true;
        CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &in, &guide), GOVSVC_OK);
        CHECK_INT(govsvc_matter_form(s.as[APPLICANT], &in, &form), GOVSVC_OK);
        govsvc_free(matter);
        govsvc_free(guide);
        govsvc_free(form);
    }
    for (int level = GOVSVC_LEVEL_REGION; level <= GOVSVC_LEVEL_VILLAGE; level++)
        CHECK(levels[level]);
    CHECK(types[GOVSVC_MATTER_FILING] && types[GOVSVC_MATTER_INTER_DEPARTMENT] &&
          types[GOVSVC_MATTER_INTERMEDIARY]);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* The bundle of a name, with every situation that it leaves open answered by its first choice. */
static const govsvc_composition *compose(const char *name)
{
    static char items[50][300];
    static const char *answers[50];
    const govsvc_matter_page *page = NULL;
    govsvc_matter_query query = GOVSVC_MATTER_QUERY_INIT;
    query.text = name, query.type = GOVSVC_MATTER_BUNDLE;
    CHECK_INT(govsvc_matter_find(s.as[APPLICANT], &query, &page), GOVSVC_OK);
    CHECK_INT(page->matter_count, 1);
    govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
    in.code = page->matters[0]->code, in.answers = answers;
    for (bool open = true; open && in.answer_count < 50;) {
        const govsvc_guide *guide = NULL;
        CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &in, &guide), GOVSVC_OK);
        open = guide && guide->situation_count > 0;
        if (open) {
            snprintf(items[in.answer_count], 300, "%s=%s", guide->situations[0]->code,
                     guide->situations[0]->choices[0]->value);
            answers[in.answer_count] = items[in.answer_count];
            in.answer_count++;
        }
        govsvc_free(guide);
    }
    const govsvc_composition *out = NULL;
    CHECK_INT(govsvc_matter_compose(s.as[APPLICANT], &in, &out), GOVSVC_OK);
    govsvc_free(page);
    return out;
}

static void its_bundles_ask_less_than_their_members(void)
{
    static const struct {
        const char *name;
        uint64_t members; /* at least */
    } bundles[] = {{"开办餐饮店", 7}, {"新生儿出生", 5}, {"企业注销", 5}};
    open_with_data();
    for (size_t i = 0; i < TEST_COUNT(bundles); i++) {
        const govsvc_composition *out = compose(bundles[i].name);
        CHECK(out->member_count >= bundles[i].members);
        CHECK_INT(out->conflict_count, 0);
        CHECK_INT(out->circle_count, 0);
        CHECK(out->fields_after < out->fields_before && out->materials_after < out->materials_before);
        CHECK(out->days_after < out->days_before && out->visits_after <= out->visits_before);
        CHECK(out->steps_after < out->steps_before);
        for (uint64_t f = 0; f < out->field_count; f++)
            for (uint64_t g = 0; g < f && out->fields[f]->element; g++)
                CHECK(!out->fields[g]->element ||
                      strcmp(out->fields[f]->element, out->fields[g]->element) != 0);
        govsvc_free(out);
    }
    story_close(&s);
}

static void its_claims_only_narrow(void)
{
    const govsvc_audit *out = NULL;
    const govsvc_audit_request in = GOVSVC_AUDIT_REQUEST_INIT;
    open_with_data();
    CHECK_INT(govsvc_matter_audit(s.as[AUDITOR], &in, &out), GOVSVC_OK);
    CHECK(out->claimed >= 8);
    CHECK_INT(out->lists, out->claimed);
    for (uint64_t i = 0; i < out->element_count; i++)
        CHECK_INT(out->elements[i]->wider, 0);
    govsvc_free(out);
    story_close(&s);
}

/* With versions that were replaced, and claims of each. */
static void measure_13_export_then_import_is_byte_equal(void)
{
    static const int64_t formats[] = {GOVSVC_FORMAT_JSON_LINES, GOVSVC_FORMAT_XML, GOVSVC_FORMAT_CSV};
    paper first[3] = {{.size = 0}}, second = {.size = 0};
    const govsvc_matter_page *page = NULL;
    govsvc_matter_query query = GOVSVC_MATTER_QUERY_INIT;
    open_with_data();
    query.level = GOVSVC_LEVEL_REGION, query.limit = 100;
    CHECK_INT(govsvc_matter_find(s.as[APPLICANT], &query, &page), GOVSVC_OK);
    for (uint64_t i = 0; i < page->matter_count; i++) {
        const govsvc_matter *matter = newest(&s, page->matters[i]->code), *next = NULL;
        govsvc_matter_draft draft;
        gs_record_init(&gs_record_matter_draft, &draft);
        gs_record_share(&gs_record_matter_draft, &draft, &gs_record_matter, matter);
        draft.version = 2, draft.name = "新版";
        if (draft.promised_amount > 1)
            draft.promised_amount = 1;
        CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &draft, &next), GOVSVC_OK);
        CHECK_INT(publish_version(&s, next->id), GOVSVC_OK);
        govsvc_free(matter);
        govsvc_free(next);
    }
    govsvc_free(page);
    tick_all(&s);
    for (int i = 0; i < 3; i++)
        CHECK_INT(give_out(s.anyone, formats[i], "matter", &first[i]), GOVSVC_OK);
    story_close(&s);
    for (int i = 0; i < 3; i++) {
        govsvc_config config = story_config(&s, story_store());
        govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
        request.record = "matter";
        CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
        taken all_of_it = take_in(s.anyone, request, &first[i]);
        CHECK_TEXT(all_of_it.told, "");
        CHECK(all_of_it.added > 85);
        CHECK_INT(give_out(s.anyone, formats[i], "matter", &second), GOVSVC_OK);
        CHECK(first[i].size == second.size && memcmp(first[i].bytes, second.bytes, second.size) == 0);
        story_close(&s);
        paper_free(&first[i]);
    }
    paper_free(&second);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        TEST(all_of_it_comes_into_force_with_guide_and_form), TEST(its_bundles_ask_less_than_their_members),
        TEST(its_claims_only_narrow), TEST(measure_13_export_then_import_is_byte_equal)};
    root = argc > 1 ? argv[1] : ".";
    return test_main(cases, TEST_COUNT(cases));
}
