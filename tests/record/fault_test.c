/* Memory that runs out at the first, second, third ... allocation: always the same clean answer, until
 * there is enough. */
#include "test.h"

#include "record/xml.h"
#include "sample.h"

static int64_t left;
static int64_t held;

static void *allocate(void *context, size_t size)
{
    (void)context;
    if (left-- <= 0)
        return NULL;
    held++;
    return malloc(size);
}

static void *reallocate(void *context, void *memory, size_t size)
{
    (void)context;
    return left-- > 0 ? realloc(memory, size) : NULL;
}

static void release(void *context, void *memory)
{
    (void)context;
    held -= memory != NULL;
    free(memory);
}

static const govsvc_allocator scarce = {allocate, reallocate, release, NULL};
static char *large; /* a document with a title that does not fit an arena's first piece */
static char *wrong; /* one with more problems than fit a list's */

typedef govsvc_status (*work)(gs_arena *arena, gs_problems *problems);

/* How many times it failed before there was enough memory; -1: it failed otherwise. */
static int64_t failures(work run, govsvc_status want)
{
    for (int64_t given = 0; given < 1000; given++) {
        left = given;
        gs_arena *arena = gs_arena_new(&scarce, 0);
        gs_problems *problems = arena ? gs_problems_new(&scarce) : NULL;
        govsvc_status status = problems ? run(arena, problems) : GOVSVC_NO_MEMORY;
        if (problems && status != want)
            status = gs_problems_status(problems) == GOVSVC_NO_MEMORY ? GOVSVC_NO_MEMORY : status;
        bool enough =
            problems && gs_problems_status(problems) != GOVSVC_NO_MEMORY && !gs_arena_failed(arena);
        gs_problems_free(problems);
        gs_arena_free(arena);
        if (held != 0 || (status != GOVSVC_NO_MEMORY && status != want))
            return -1;
        if (status == want && enough)
            return given;
    }
    return -1;
}

static govsvc_status read_json(gs_arena *arena, gs_problems *problems)
{
    sample thing;
    gs_record_init(&sample_record, &thing);
    return gs_json_read(&sample_record, large, strlen(large), &thing, arena, problems, NULL);
}

static govsvc_status read_wrong_json(gs_arena *arena, gs_problems *problems)
{
    sample thing;
    gs_record_init(&sample_record, &thing);
    return gs_json_read(&sample_record, wrong, strlen(wrong), &thing, arena, problems, NULL);
}

static govsvc_status read_list(gs_arena *arena, gs_problems *problems)
{
    sample thing;
    const char *list = strstr(large, "[\"");
    (void)problems;
    return gs_json_read_list(gs_record_field(&sample_record, "tags"), list, strlen(list) - 1, &thing,
                             arena);
}

static govsvc_status take(gs_arena *arena, gs_problems *problems)
{
    static sample_part part;
    static const sample_part *parts[100];
    void *out;
    sample thing;
    gs_record_init(&sample_part_record, &part);
    for (int i = 0; i < 100; i++)
        parts[i] = &part;
    govsvc_status status = GOVSVC_OK;
    for (int i = 0; i < 20 && status == GOVSVC_OK; i++) {
        gs_record_init(&sample_record, &thing);
        thing.parts = parts;
        thing.part_count = 4;
        status = gs_record_take(&sample_record, &thing, arena, &out, problems);
    }
    return status;
}

static const gs_record *record_of(void *context, const char *element)
{
    (void)context, (void)element;
    return &sample_record;
}

static govsvc_status taken(void *context, const gs_record *record, void *at, int64_t line,
                           gs_problems *problems)
{
    (void)context, (void)record, (void)at, (void)line, (void)problems;
    return GOVSVC_OK;
}

static int64_t read_bytes(void *context, void *out, size_t size)
{
    const char **at = context;
    size_t give = strlen(*at) < size ? strlen(*at) : size;
    memcpy(out, *at, give);
    *at += give;
    return (int64_t)give;
}

static govsvc_status read_xml(gs_arena *arena, gs_problems *problems)
{
    gs_buffer text = {.arena = arena};
    gs_buffer_text(&text, "<a><sample><title>");
    for (int i = 0; i < 1000; i++)
        gs_buffer_text(&text, "0123456789");
    gs_buffer_text(&text, "</title><tags>");
    for (int i = 0; i < 3; i++)
        gs_buffer_text(&text, "<item>x</item>");
    gs_buffer_text(&text, "</tags>");
    for (int i = 0; i < 300; i++)
        gs_buffer_text(&text, "<wrong/>");
    gs_buffer_text(&text, "</sample></a>");
    if (gs_arena_failed(arena))
        return GOVSVC_NO_MEMORY;
    const char *at = text.text;
    gs_xml_source source = {read_bytes, &at};
    return gs_xml_read(&source, record_of, taken, NULL, problems, &scarce);
}

static void runs_out(void)
{
    large = malloc(40000), wrong = malloc(40000);
    size_t size = (size_t)sprintf(large, "{\"tags\":[\"");
    memset(large + size, 'x', 30000);
    strcpy(large + size + 30000, "\"]}");
    size = (size_t)sprintf(wrong, "{\"fee\":1e999");
    for (int i = 0; i < 300; i++)
        size += (size_t)sprintf(wrong + size, ",\"wrong_%d\":1", i);
    strcpy(wrong + size, "}");
    CHECK(failures(read_json, GOVSVC_OK) >= 3);
    CHECK(failures(read_wrong_json, GOVSVC_INVALID) >= 4);
    CHECK(failures(read_list, GOVSVC_OK) >= 3);
    CHECK(failures(take, GOVSVC_OK) >= 3);
    CHECK(failures(read_xml, GOVSVC_OK) >= 6);
    free(large), free(wrong);
}

int main(void)
{
    static const test_case cases[] = {TEST(runs_out)};
    return test_main(cases, TEST_COUNT(cases));
}
