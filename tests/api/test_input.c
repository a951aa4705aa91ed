/* tests/api/test_input.c - what is wrong with an input is said, for every operation and every field of every
 * record that it takes: which field, by which rule, in words; and nothing is written. What is in order in
 * an unusual way is taken. */
#include "story.h"
#include "test.h"

static story s;
static story_trace before;

/* ---- a body for any operation ------------------------------------------------------------------------ */

/* What may be written into a field so that its shape is right. */
static void put_value(gs_buffer *out, const gs_field *field);

static void put_record(gs_buffer *out, const gs_record *record)
{
    char separator = '{';
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        if (!field->need || field->kind == GS_NONE)
            continue;
        gs_buffer_print(out, "%c\"%s\":", separator, field->name);
        put_value(out, field);
        separator = ',';
    }
    gs_buffer_text(out, separator == '{' ? "{}" : "}");
}

static const char *text_of(const gs_field *field)
{
    switch (field->code) {
    case GOVSVC_CODE_USCC:
        return STORY_ORGAN;
    case GOVSVC_CODE_DIVISION:
        return "450103";
    case GOVSVC_CODE_MATTER:
        return STORY_MATTER;
    default:
        return "1";
    }
}

static void put_value(gs_buffer *out, const gs_field *field)
{
    switch (field->kind) {
    case GS_ID:
        gs_buffer_text(out, "\"1\"");
        break;
    case GS_INT:
        gs_buffer_print(out, "%d", field->least ? (int)field->least : 1);
        break;
    case GS_TIME:
        gs_buffer_text(out, "\"2026-03-02T09:00:00+08:00\"");
        break;
    case GS_FLAG:
        gs_buffer_text(out, "true");
        break;
    case GS_NAME:
        gs_json_text(out, field->names[0].name);
        break;
    case GS_DATE:
        gs_buffer_text(out, "\"2026-03-02\"");
        break;
    case GS_JSON:
        gs_buffer_text(out, "{}");
        break;
    case GS_TEXTS:
        gs_buffer_text(out, "[\"1\"]");
        break;
    case GS_LIST:
        gs_buffer_char(out, '[');
        put_record(out, field->of);
        gs_buffer_char(out, ']');
        break;
    default:
        gs_json_text(out, text_of(field));
    }
}

/* ---- one field made wrong, wherever it stands -------------------------------------------------------- */

/* A place in an input: the field, and the list it stands in (NULL: the input itself). */
typedef struct place {
    const char *operation;
    const gs_record *record;
    const gs_field *list;
    const gs_field *field;
} place;

static gs_arena *arena;
static int64_t tried;

/* An object in order, but for one field, which is value (NULL: left out). */
static void put_with(gs_buffer *out, const gs_record *record, const gs_field *changed, const char *value)
{
    char separator = '{';
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        bool there = field == changed ? value != NULL : field->need;
        if (!there || field->kind == GS_NONE)
            continue;
        gs_buffer_print(out, "%c\"%s\":", separator, field->name);
        if (field == changed)
            gs_buffer_text(out, value);
        else
            put_value(out, field);
        separator = ',';
    }
    gs_buffer_text(out, separator == '{' ? "{}" : "}");
}

static const char *body_of(const place *at, const char *value)
{
    gs_buffer out = {.arena = arena}, item = {.arena = arena};
    if (!at->list) {
        put_with(&out, at->record, at->field, value);
        return out.text;
    }
    gs_buffer_char(&item, '[');
    put_with(&item, at->list->of, at->field, value);
    gs_buffer_char(&item, ']');
    put_with(&out, at->record, at->list, item.text);
    return out.text;
}

static const char *pointer_of(const place *at)
{
    return at->list ? gs_arena_print(arena, "/%s/0/%s", at->list->name, at->field->name)
                    : gs_arena_print(arena, "/%s", at->field->name);
}

static bool in_words(const govsvc_problem *problem)
{
    return problem->struct_size == sizeof *problem && problem->rule && problem->text_zh &&
           *problem->text_zh && problem->text_en && *problem->text_en && problem->status != GOVSVC_OK;
}

/* The problem at this place, or below it. */
static const govsvc_problem *problem_at(const char *pointer)
{
    size_t size = strlen(pointer);
    for (uint64_t i = 0; i < govsvc_problem_count(s.anyone); i++) {
        const govsvc_problem *problem = govsvc_problem_at(s.anyone, i);
        if (strncmp(problem->field, pointer, size) == 0 &&
            (!problem->field[size] || problem->field[size] == '/'))
            return problem;
    }
    return NULL;
}

static void check_untouched(const char *what)
{
    story_trace after;
    story_look(&s, &after);
    if (!story_same(&before, &after)) {
        CHECK(!"something was written");
        fprintf(stderr, "written by %s\n", what);
        before = after;
    }
}

static void refused(const place *at, const char *what, const char *value)
{
    const char *out = NULL, *body = body_of(at, value), *pointer = pointer_of(at);
    govsvc_status status = govsvc_call(s.anyone, at->operation, body, &out);
    const govsvc_problem *problem = problem_at(pointer);
    bool right = status == GOVSVC_INVALID && problem && !out;
    for (uint64_t i = 0; i < govsvc_problem_count(s.anyone); i++)
        right = right && in_words(govsvc_problem_at(s.anyone, i));
    if (!right) {
        problem = story_problem(s.anyone);
        CHECK(!"refused, with the field named");
        fprintf(stderr, "%s %s, %s: %s \"%s\" %s; %.200s\n", at->operation, pointer, what,
                govsvc_status_name(status), problem->field, problem->text_en, body);
    }
    govsvc_free(out);
    check_untouched(body);
    tried++;
}

/* Of the text itself nothing is said; what it means is another matter. */
static void taken(const place *at, const char *what, const char *value)
{
    static const char *const rules[] = {"utf8", "character", "json", "type", "too_long"};
    const char *out = NULL, *body = body_of(at, value), *pointer = pointer_of(at);
    govsvc_call(s.anyone, at->operation, body, &out);
    const govsvc_problem *problem = problem_at(pointer);
    for (size_t i = 0; problem && i < TEST_COUNT(rules); i++) {
        CHECK(strcmp(problem->rule, rules[i]) != 0);
        if (strcmp(problem->rule, rules[i]) == 0)
            fprintf(stderr, "%s %s, %s: %s\n", at->operation, pointer, what, problem->text_en);
    }
    govsvc_free(out);
    story_look(&s, &before); /* it may have been done */
    tried++;
}

/* ---- wrong in which way ------------------------------------------------------------------------------ */

static const char *const json_types[][2] = {
    {"string", "\"x\""},  {"integer", "7"}, {"fraction", "1.5"}, {"boolean", "true"},
    {"boolean", "false"}, {"array", "[]"},  {"array", "[null]"}, {"object", "{}"},
};

static const char *type_of(const gs_field *field)
{
    switch (field->kind) {
    case GS_INT:
        return "integer";
    case GS_FLAG:
        return "boolean";
    case GS_JSON:
        return "object array";
    case GS_TEXTS:
    case GS_LIST:
        return "array";
    default:
        return "string";
    }
}

static void wrong_types(const place *at)
{
    for (size_t i = 0; i < TEST_COUNT(json_types); i++)
        if (!strstr(type_of(at->field), json_types[i][0]))
            refused(at, "another type", json_types[i][1]);
    if (at->field->kind == GS_TEXTS || at->field->kind == GS_LIST) {
        refused(at, "a hole in a list", "[null]");
        refused(at, "another type in a list", at->field->kind == GS_LIST ? "[\"x\"]" : "[{}]");
    }
}

static void missing(const place *at)
{
    if (!at->field->need)
        return;
    refused(at, "left out", NULL);
    refused(at, "null", "null");
    if (at->field->kind == GS_TEXT)
        refused(at, "empty", "\"\"");
    if (at->field->kind == GS_LIST)
        refused(at, "empty", "[]");
}

static const char *repeated(const char *open, const char *piece, const char *separator, size_t times,
                            const char *close)
{
    gs_buffer out = {.arena = arena};
    gs_buffer_text(&out, open);
    for (size_t i = 0; i < times; i++) {
        if (i)
            gs_buffer_text(&out, separator);
        gs_buffer_text(&out, piece);
    }
    gs_buffer_text(&out, close);
    return out.text;
}

static void too_much(const place *at)
{
    const gs_field *field = at->field;
    gs_buffer item = {.arena = arena};
    if (field->kind == GS_TEXT) {
        refused(at, "a character too many",
                repeated("\"", "长", "", (field->max ? field->max : 200) + 1, "\""));
    } else if (field->kind == GS_JSON) {
        refused(at, "a byte too many",
                repeated("{\"a\":\"", "x", "", (field->max ? field->max : 65536) - 7, "\"}"));
    } else if (field->kind == GS_LIST || field->kind == GS_TEXTS) {
        if (field->kind == GS_LIST)
            put_record(&item, field->of);
        refused(
            at, "an item too many",
            repeated("[", item.text ? item.text : "\"x\"", ",", (field->max ? field->max : 100) + 1, "]"));
    }
}

static void numbers(const place *at)
{
    static const char *const wrong[] = {"9007199254740993",
                                        "-9007199254740993",
                                        "-9223372036854775808",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "1e999",
                                        "-1e999",
                                        "1.0",
                                        "01"};
    static const char *const wrong_ids[] = {"\"0\"",    "\"-1\"",  "\"9223372036854775808\"",
                                            "\"01\"",   "\" 1\"",  "\"1 \"",
                                            "\"１２\"", "\"1e3\"", "\"\""};
    if (at->field->kind == GS_INT)
        for (size_t i = 0; i < TEST_COUNT(wrong); i++)
            refused(at, "a number out of bounds", wrong[i]);
    if (at->field->kind == GS_INT && (at->field->least || at->field->most)) {
        refused(at, "below the least", gs_arena_print(arena, "%lld", (long long)at->field->least - 1));
        refused(at, "above the most", gs_arena_print(arena, "%lld", (long long)at->field->most + 1));
    }
    if (at->field->kind == GS_ID)
        for (size_t i = 0; i < TEST_COUNT(wrong_ids); i++)
            refused(at, "no identifier", wrong_ids[i]);
}

/* Texts that no field takes: not UTF-8, NUL, half of a pair, controls, what turns or hides other text. */
static void hostile_texts(const place *at)
{
    static const char *const wrong[] = {
        "\"a\xff"
        "b\"",
        "\"\xc0\xaf\"",
        "\"\xed\xa0\x80\"",
        "\"\xf4\x90\x80\x80\"",
        "\"\xe4\xb8\"",
        "\"a\\u0000b\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "\"a\\u0007b\"",
        "\"a\x01"
        "b\"",
        "\"a\\u202eb\"",
        "\"a\xe2\x80\xae"
        "b\"",
        "\"a\\u2066b\"",
        "\"a\\u200bb\"",
        "\"a\\u200db\"",
        "\"a\\u2060b\"",
        "\"\\ufeffa\"",
        "\"a\\u007fb\"",
        "\"a\\ufffeb\"",
    };
    bool text = at->field->kind == GS_TEXT || at->field->kind == GS_ID || at->field->kind == GS_NAME ||
                at->field->kind == GS_DATE || at->field->kind == GS_TIME;
    for (size_t i = 0; text && i < TEST_COUNT(wrong); i++)
        refused(at, "a text that cannot be", wrong[i]);
    for (size_t i = 0; at->field->kind == GS_TEXTS && i < TEST_COUNT(wrong); i++)
        refused(at, "a text that cannot be", gs_arena_print(arena, "[%s]", wrong[i]));
    for (size_t i = 0; at->field->kind == GS_JSON && i < TEST_COUNT(wrong); i++) {
        refused(at, "a text that cannot be", gs_arena_print(arena, "{\"a\":%s}", wrong[i]));
        refused(at, "a name that cannot be", gs_arena_print(arena, "{%s:1}", wrong[i]));
    }
    if (at->field->kind == GS_TEXT && !at->field->lines)
        refused(at, "a line break", "\"a\\nb\"");
}

static void no_such_value(const place *at)
{
    static const char *const dates[] = {"\"2026-02-30\"", "\"2026-3-2\"",   "\"２０２６-03-02\"",
                                        "\"20260302\"",   "\"2026-13-01\"", "\"\""};
    static const char *const times[] = {"\"2026-03-02\"",
                                        "\"2026-03-02T09:00:00\"",
                                        "\"2026-03-02T25:00:00+08:00\"",
                                        "\"２０２６-03-02T09:00:00+08:00\"",
                                        "\"1772413200000\"",
                                        "\"\""};
    for (size_t i = 0; at->field->kind == GS_DATE && i < TEST_COUNT(dates); i++)
        refused(at, "no date", dates[i]);
    for (size_t i = 0; at->field->kind == GS_TIME && i < TEST_COUNT(times); i++)
        refused(at, "no time", times[i]);
    if (at->field->kind == GS_NAME)
        refused(at, "no such choice", "\"nonesuch\"");
    if (at->field->kind == GS_TEXT && at->field->code) {
        refused(at, "full-width digits", "\"４５０１０３\"");
        refused(at, "no such code", "\"not a code\"");
    }
}

static void twice(const place *at)
{
    gs_buffer value = {.arena = arena};
    put_value(&value, at->field);
    refused(at, "twice", gs_arena_print(arena, "%s,\"%s\":%s", value.text, at->field->name, value.text));
}

/* Names as people have them. */
static void unusual_texts(const place *at)
{
    if (at->field->kind != GS_TEXT || at->field->code || (at->field->max && at->field->max < 10))
        return;
    if (strcmp(at->operation, "store.backup") == 0) /* it would make a file of that name */
        return;
    taken(at, "a name with a dot and a four-byte character", "\"买买提·𠮷\"");
    taken(at, "written as a pair", "\"\\ud842\\udfb7\"");
    taken(at, "full-width", "\"（甲）１２\"");
}

static void every_fault(const place *at)
{
    missing(at);
    wrong_types(at);
    too_much(at);
    numbers(at);
    hostile_texts(at);
    no_such_value(at);
    twice(at);
    unusual_texts(at);
}

/* ---- every operation --------------------------------------------------------------------------------- */

static void every_field(const gs_operation *operation)
{
    for (uint32_t i = 0; i < operation->in->field_count; i++) {
        const gs_field *field = &operation->in->fields[i];
        if (field->kind == GS_NONE)
            continue;
        every_fault(&(place){operation->name, operation->in, NULL, field});
        for (uint32_t j = 0; field->kind == GS_LIST && j < field->of->field_count; j++)
            if (field->of->fields[j].kind != GS_NONE)
                every_fault(&(place){operation->name, operation->in, field, &field->of->fields[j]});
        gs_arena_reset(arena);
    }
}

/* The operations that there are, one after another; their names come from govsvc_operations(). */
static void for_every_operation(void (*run)(const gs_operation *operation))
{
    const char *json = NULL;
    CHECK_INT(govsvc_operations(&json), GOVSVC_OK);
    const char *at = json;
    int count = 0;
    for (char name[80]; (at = strstr(at, "\"name\":\"")); at++, count++) {
        sscanf(at, "\"name\":\"%79[^\"]", name);
        const gs_operation *operation = gs_operation_find(&s.gs->host, name);
        CHECK(operation != NULL);
        if (operation)
            run(operation);
    }
    CHECK(count >= 27);
    govsvc_free(json);
}

static void every_field_of_every_operation(void)
{
    story_open(&s, story_store());
    arena = gs_arena_new(&gs_allocator_default, 0);
    story_look(&s, &before);
    tried = 0;
    for_every_operation(every_field);
    CHECK(tried > 4500);
    CHECK_INT(story_complaints(&s), 0);
    gs_arena_free(arena);
    story_close(&s);
}

/* ---- documents that are none ------------------------------------------------------------------------- */

static void refused_whole(const char *operation, const char *body, govsvc_status want)
{
    const char *out = NULL;
    govsvc_status status = govsvc_call(s.anyone, operation, body, &out);
    CHECK_INT(status, want);
    CHECK(govsvc_problem_count(s.anyone) > 0 && in_words(govsvc_problem_at(s.anyone, 0)));
    CHECK(out == NULL);
    check_untouched(operation);
}

static void not_objects(const gs_operation *operation)
{
    static const char *const bodies[] = {"",
                                         " ",
                                         "null",
                                         "[]",
                                         "\"x\"",
                                         "1",
                                         "true",
                                         "{",
                                         "}",
                                         "{}x",
                                         "{,}",
                                         "{\"a\"}",
                                         "{\"a\":}",
                                         "{'a':1}",
                                         "{\"nonesuch\":1}",
                                         "\xef\xbb\xbf{}",
                                         "{\"\\u0000\":1}",
                                         "nan",
                                         "{\"a\":NaN}",
                                         "// x\n{}",
                                         "\xff"};
    for (size_t i = 0; i < TEST_COUNT(bodies); i++)
        refused_whole(operation->name, bodies[i], GOVSVC_INVALID);
}

static void documents_that_are_none(void)
{
    story_open(&s, story_store());
    story_look(&s, &before);
    for_every_operation(not_objects);
    refused_whole("no.such", "{}", GOVSVC_UNSUPPORTED);
    refused_whole("", "{}", GOVSVC_UNSUPPORTED);
    refused_whole("application", "{}", GOVSVC_UNSUPPORTED);
    refused_whole(NULL, "{}", GOVSVC_UNSUPPORTED);
    story_close(&s);
}

#define SUBMISSION                                                                                           \
    "{\"applicant_kind\":\"natural_person\",\"channel\":\"web\",\"matter\":\"" STORY_MATTER                  \
    "\",\"applicant_name\":\"买买提·𠮷\",\"applicant_id\":\"" STORY_CITIZEN                                  \
    "\",\"form\":{\"a\":[1,{\"b\":null}]},\"materials\":[{\"code\":\"M1\"}],\"request_key\":\"k\"}"

static void cut_off_at_every_byte(void)
{
    char part[sizeof SUBMISSION];
    story_open(&s, story_store());
    story_look(&s, &before);
    for (size_t size = 0; size + 1 < sizeof SUBMISSION; size++) {
        memcpy(part, SUBMISSION, size);
        part[size] = '\0';
        refused_whole("application.submit", part, GOVSVC_INVALID);
    }
    CHECK_INT(govsvc_call(s.anyone, "application.submit", SUBMISSION, NULL), GOVSVC_OK);
    story_close(&s);
}

/* depth arrays within the form. */
static char *nested(size_t depth)
{
    char *body = malloc(2 * depth + 32);
    int head = sprintf(body, "{\"form\":");
    memset(body + head, '[', depth);
    memset(body + head + depth, ']', depth);
    strcpy(body + head + 2 * depth, "}");
    return body;
}

static void too_deep_and_too_large(void)
{
    enum { SIZE = 17 << 20, DEEP = 100000 };
    story_open(&s, story_store());
    story_look(&s, &before);
    char *body = nested(63);
    refused_whole("application.submit", body, GOVSVC_INVALID); /* the rest is missing */
    for (uint64_t i = 0; i < govsvc_problem_count(s.anyone); i++)
        CHECK(strcmp(govsvc_problem_at(s.anyone, i)->rule, "too_deep") != 0);
    free(body);
    body = nested(64);
    refused_whole("application.submit", body, GOVSVC_TOO_LARGE);
    CHECK_TEXT(story_problem(s.anyone)->rule, "too_deep");
    free(body);
    body = nested(DEEP);
    refused_whole("application.submit", body, GOVSVC_TOO_LARGE);
    free(body);
    body = malloc(SIZE + 1);
    memset(body, ' ', SIZE);
    memcpy(body, "{\"title\":\"", 10);
    body[SIZE] = '\0';
    refused_whole("application.submit", body, GOVSVC_TOO_LARGE);
    CHECK_TEXT(story_problem(s.anyone)->rule, "too_large");
    free(body);
    story_close(&s);
}

/* ---- the typed calls --------------------------------------------------------------------------------- */

enum { ROOM = 1024 };

static govsvc_status typed(const gs_operation *operation, const void *in)
{
    const void *out = NULL;
    govsvc_status status = story_call(s.anyone, operation->name, in, &out);
    CHECK((status == GOVSVC_OK) == (out != NULL));
    govsvc_free(out);
    return status;
}

static void misuse(const gs_operation *operation, const void *in, const char *what)
{
    govsvc_status status = typed(operation, in);
    if (status != GOVSVC_MISUSE || !govsvc_problem_count(s.anyone) ||
        !in_words(govsvc_problem_at(s.anyone, 0))) {
        CHECK(!"misuse");
        fprintf(stderr, "%s, %s: %s\n", operation->name, what, govsvc_status_name(status));
    }
    check_untouched(operation->name);
}

/* What only the system does has no typed function: nobody is to call it. */
static bool happens_by_itself(const gs_operation *operation)
{
    bool any = false;
    for (const gs_transition *at = operation->flow ? operation->flow->transitions : NULL; at && at->action;
         at++)
        if (strcmp(at->action, strchr(operation->name, '.') + 1) == 0) {
            if (at->roles != GS_ROLE_SYSTEM)
                return false;
            any = true;
        }
    return any;
}

static void wrong_sizes(const gs_operation *operation)
{
    static const uint64_t sizes[] = {0, 1, 4, 7, 8, UINT64_MAX, UINT64_MAX - 7, 1u << 31};
    union {
        uint64_t size;
        char bytes[ROOM];
    } in;
    if (!story_is_typed(operation->name)) {
        CHECK(happens_by_itself(operation));
        return;
    }
    misuse(operation, NULL, "no input");
    gs_record_init(operation->in, &in);
    for (size_t i = 0; i < TEST_COUNT(sizes); i++) {
        in.size = sizes[i];
        if (sizes[i] != operation->in->size)
            misuse(operation, &in, "a wrong size");
    }
    for (uint64_t size = operation->in->size - 8; size > 8; size -= 8) {
        in.size = size;
        misuse(operation, &in, "smaller than the first version");
        in.size = size + 1;
        misuse(operation, &in, "an odd size");
    }
}

/* A newer caller: what the library does not know must be absent. */
static void newer_callers(const gs_operation *operation)
{
    union {
        uint64_t size;
        int64_t words[ROOM / 8];
    } in, known;
    if (!story_is_typed(operation->name) || strcmp(operation->name, "store.backup") == 0)
        return;
    memset(&in, 0, sizeof in);
    gs_record_init(operation->in, &in);
    known = in;
    in.size += 16;
    in.words[operation->in->size / 8] = GOVSVC_ABSENT;
    CHECK_INT(typed(operation, &in), typed(operation, &known));
    story_look(&s, &before);
    in.words[operation->in->size / 8 + 1] = 1;
    misuse(operation, &in, "a member that is not known");
}

static void counts_without_arrays(const gs_operation *operation)
{
    union {
        uint64_t size;
        char bytes[ROOM];
    } in;
    const void *const hole[1] = {NULL};
    for (uint32_t i = 0; i < operation->in->field_count; i++) {
        const gs_field *field = &operation->in->fields[i];
        if (field->kind != GS_LIST && field->kind != GS_TEXTS)
            continue;
        const char *pointer = gs_arena_print(arena, "/%s", field->name);
        gs_record_init(operation->in, &in);
        const uint64_t counts[] = {1, 99, UINT64_MAX};
        for (size_t j = 0; j < TEST_COUNT(counts); j++) {
            *gs_field_count(field, &in) = counts[j];
            CHECK_INT(typed(operation, &in), GOVSVC_INVALID);
            CHECK(problem_at(pointer) && in_words(problem_at(pointer)));
        }
        *gs_field_items(field, &in) = hole;
        *gs_field_count(field, &in) = 1;
        CHECK_INT(typed(operation, &in), GOVSVC_INVALID);
        CHECK(problem_at(pointer) && in_words(problem_at(pointer)));
        *gs_field_count(field, &in) = UINT64_MAX; /* more than may be: none of them is looked at */
        CHECK_INT(typed(operation, &in), GOVSVC_INVALID);
        check_untouched(operation->name);
    }
}

static void typed_inputs(void)
{
    story_open(&s, story_store());
    arena = gs_arena_new(&gs_allocator_default, 0);
    story_look(&s, &before);
    for_every_operation(wrong_sizes);
    for_every_operation(newer_callers);
    for_every_operation(counts_without_arrays);
    gs_arena_free(arena);
    story_close(&s);
}

/* Enumerations and flags that are none, and texts beyond their end. */
static void typed_values(void)
{
    story_drafts drafts;
    story_open(&s, story_store());
    story_look(&s, &before);
    static const int64_t wrong[] = {-1, 8, 99, INT64_MAX, GOVSVC_ABSENT};
    for (size_t i = 0; i < TEST_COUNT(wrong); i++) {
        story_drafts_init(&drafts);
        drafts.application.applicant_kind = wrong[i];
        CHECK_INT(govsvc_application_submit(s.anyone, &drafts.application, NULL), GOVSVC_INVALID);
        CHECK(problem_at("/applicant_kind") != NULL);
        check_untouched("applicant_kind");
    }
    story_drafts_init(&drafts);
    drafts.application.applicant_name = "\xff";
    drafts.application.form = "{\"a\":";
    drafts.application.matter = "\xe2\x80\xae";
    CHECK_INT(govsvc_application_submit(s.anyone, &drafts.application, NULL), GOVSVC_INVALID);
    CHECK(problem_at("/applicant_name") && problem_at("/form") && problem_at("/matter"));
    check_untouched("texts");
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(every_field_of_every_operation),
        TEST(documents_that_are_none),
        TEST(cut_off_at_every_byte),
        TEST(too_deep_and_too_large),
        TEST(typed_inputs),
        TEST(typed_values),
    };
    return test_main(cases, TEST_COUNT(cases));
}
