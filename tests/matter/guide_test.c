/* tests/matter/guide_test.c - a matter in somebody's situation: what is left of it, its guide and its form. */
#include "api/story.h"
#include "test.h"

#include "fault.h"
#include "matter/matter.h"

#include <jansson.h>

#define CODE STORY_ORGAN "4000117052000"
#define HEAD                                                                                                  \
    "\"version\":1,\"type\":\"licence\",\"level\":\"county\",\"project_type\":\"promised\","                  \
    "\"statutory_amount\":20,\"statutory_unit\":\"working_days\",\"statutory_basis\":\"行政许可法 42\"," \
    "\"code\":\"" CODE "\",\"name\":\"公共场所卫生许可\",\"organ\":\"" STORY_ORGAN                            \
    "\",\"organ_name\":\"某县卫生健康局\",\"division\":\"450103\","                                    \
    "\"bases\":[{\"law\":\"《公共场所卫生管理条例》\",\"article\":\"第八条\"}]"

/* New or changed; and of what is new, what is sold: only then a second question matters. */
#define SITUATIONS                                                                                           \
    ",\"situations\":[{\"code\":\"kind\",\"question\":\"办理情形\",\"choices\":["                        \
    "{\"value\":\"new\",\"label\":\"新办\"},{\"value\":\"change\",\"label\":\"变更\"}]},"                \
    "{\"code\":\"goods\",\"question\":\"经营内容\",\"multiple\":true,\"choices\":["                      \
    "{\"value\":\"food\",\"label\":\"食品\"},{\"value\":\"bath\",\"label\":\"沐浴\"}]},"                 \
    "{\"code\":\"idle\",\"question\":\"无关\",\"choices\":[{\"value\":\"a\",\"label\":\"甲\"}]}]"

#define MATERIALS                                                                                            \
    ",\"materials\":["                                                                                       \
    "{\"code\":\"M1\",\"name\":\"申请书\",\"need\":\"required\"},"                                        \
    "{\"code\":\"M2\",\"name\":\"检测报告\",\"need\":\"required\",\"when\":[\"kind=new\"]},"             \
    "{\"code\":\"M3\",\"name\":\"原许可证\",\"need\":\"optional\",\"when\":[\"kind=change\"]},"          \
    "{\"code\":\"M4\",\"name\":\"水质报告\",\"need\":\"required\",\"when\":[\"kind=new\",\"goods=bath\"]}]"

#define FIELDS                                                                                               \
    ",\"fields\":["                                                                                          \
    "{\"name\":\"name\",\"label\":\"名称 \\\"字号\\\"\",\"type\":\"text\",\"required\":true,"            \
    "\"length\":80,\"level\":1,\"element\":\"DE001\",\"hint\":\"与营业执照一致\","                    \
    "\"certificate_type\":\"11100000000013127D001\",\"certificate_field\":\"mc\"},"                          \
    "{\"name\":\"id\",\"label\":\"证件号码\",\"type\":\"citizen_id\",\"level\":3,\"required\":true},"    \
    "{\"name\":\"post\",\"label\":\"邮编\",\"type\":\"text\",\"pattern\":\"[0-9]{6}\"},"                   \
    "{\"name\":\"area\",\"label\":\"面积\",\"type\":\"decimal\",\"least\":-1,\"most\":100000,"             \
    "\"dataset\":\"places\"},"                                                                               \
    "{\"name\":\"since\",\"label\":\"开业日期\",\"type\":\"date\"},"                                     \
    "{\"name\":\"chain\",\"label\":\"连锁\",\"type\":\"flag\"},"                                           \
    "{\"name\":\"trade\",\"label\":\"业态\",\"type\":\"choice\",\"choices\":["                             \
    "{\"value\":\"a\",\"label\":\"甲\"},{\"value\":\"b\",\"label\":\"乙\"}]},"                             \
    "{\"name\":\"extras\",\"label\":\"附加\",\"type\":\"choices\",\"choices\":["                           \
    "{\"value\":\"c\",\"label\":\"丙\"}]},"                                                                 \
    "{\"name\":\"pools\",\"label\":\"池数\",\"type\":\"integer\",\"required\":true,"                       \
    "\"when\":[\"goods=bath\"]},"                                                                            \
    "{\"name\":\"reason\",\"label\":\"变更原因\",\"type\":\"text\",\"required\":true,"                   \
    "\"when\":[\"kind=change\"]}]"

static story s;

/* ---- what is left ------------------------------------------------------------------------------------------ */

/* A draft as a matter, without a store. */
static void matter_of(const char *json, govsvc_matter *out, gs_arena *arena)
{
    govsvc_matter_draft draft;
    gs_problems *problems = gs_problems_new(&gs_allocator_default);
    gs_record_init(&gs_record_matter_draft, &draft);
    CHECK_INT(gs_json_read(&gs_record_matter_draft, json, strlen(json), &draft, arena, problems, NULL),
              GOVSVC_OK);
    for (uint64_t i = 0; i < gs_problems_count(problems); i++)
        fprintf(stderr, "%s\n", gs_problems_at(problems, i)->text_en);
    gs_problems_free(problems);
    gs_record_init(&gs_record_matter, out);
    gs_record_share(&gs_record_matter, out, &gs_record_matter_draft, &draft);
}

static void lists_are_filtered(void)
{
    static const struct {
        const char *answers[3];
        uint64_t count;
        bool open;
        uint64_t materials, fields;
    } rows[] = {
        {{NULL}, 0, false, 1, 8},
        {{NULL}, 0, true, 4, 10},
        {{"kind=new"}, 1, false, 2, 8},
        {{"kind=new"}, 1, true, 3, 9},
        {{"kind=change"}, 1, false, 2, 9},
        {{"kind=new", "goods=bath"}, 2, false, 3, 9},
        {{"kind=new", "goods=food"}, 2, true, 2, 8},
        {{"kind=new", "goods=food", "goods=bath"}, 3, true, 3, 9},
    };
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    govsvc_matter whole;
    matter_of("{" HEAD SITUATIONS MATERIALS FIELDS "}", &whole, arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const gs_answers answers = {rows[i].answers, rows[i].count};
        govsvc_matter matter = whole;
        CHECK(gs_select(arena, &gs_record_matter, &matter, answers, rows[i].open));
        CHECK_INT(matter.material_count, rows[i].materials);
        CHECK_INT(matter.field_count, rows[i].fields);
        CHECK_TEXT(matter.materials[0]->code, "M1");
        CHECK_INT(whole.material_count, 4);
    }
    gs_arena_free(arena);
}

/* ---- the text ---------------------------------------------------------------------------------------------- */

static const char *text_of(const char *json, gs_arena *arena)
{
    gs_chosen chosen = {.answers = {NULL, 0}};
    gs_buffer out = {.arena = arena};
    matter_of(json, &chosen.left, arena);
    chosen.whole = &chosen.left;
    gs_guide_write(&out, &chosen);
    return out.text;
}

static void absent_elements_are_not_shown(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    CHECK_TEXT(text_of("{" HEAD "}", arena), "# 公共场所卫生许可\n"
                                             "\n## 基本信息\n\n"
                                             "- **实施编码**：" CODE "\n"
                                             "- **事项类型**：行政许可\n"
                                             "- **行使层级**：县级\n"
                                             "- **实施主体**：某县卫生健康局\n"
                                             "- **实施主体编码**：" STORY_ORGAN "\n"
                                             "- **行使区划**：450103\n"
                                             "- **办件类型**：承诺件\n"
                                             "- **版本**：1\n"
                                             "\n## 办理时限\n\n"
                                             "- **法定办结时限**：20 工作日\n"
                                             "- **法定办结时限依据**：行政许可法 42\n"
                                             "\n## 设定依据\n\n"
                                             "| 法律法规 | 条款 |\n"
                                             "| --- | --- |\n"
                                             "| 《公共场所卫生管理条例》 | 第八条 |\n");
    gs_arena_free(arena);
}

/* Gives every member of a record some value; lists get one item. */
static void *filled(const gs_record *record, gs_arena *arena)
{
    char *made = gs_arena_alloc(arena, record->size);
    gs_record_init(record, made);
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        const void **item = gs_arena_alloc(arena, sizeof *item);
        if (field->kind == GS_NONE)
            continue;
        if (field->kind == GS_TEXTS || field->kind == GS_LIST) {
            *item = field->kind == GS_LIST ? filled(field->of, arena)
                    : field->names         ? field->names[0].name
                                           : field->name;
            *gs_field_items(field, made) = item;
            *gs_field_count(field, made) = 1;
        } else if (field->kind == GS_TEXT || field->kind == GS_DATE)
            *gs_field_text(field, made) = field->name;
        else
            *gs_field_integer(field, made) = field->names ? field->names[0].value : 1;
    }
    return made;
}

/* What no citizen asks for. */
static bool is_kept_back(const char *member)
{
    static const char *const members[] = {"keywords",     "source",     "effective_date", "claim_amount",
                                          "claim_levels", "claim_unit", "request_key"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(members[i], member) == 0)
            return true;
    return false;
}

static void every_element_is_shown(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    gs_chosen chosen = {.left = *(govsvc_matter *)filled(&gs_record_matter, arena)};
    gs_buffer out = {.arena = arena};
    chosen.whole = &chosen.left;
    gs_guide_write(&out, &chosen);
    for (uint32_t i = 0; i < gs_record_matter_draft.field_count; i++) {
        const gs_field *field = &gs_record_matter_draft.fields[i];
        bool apart = strstr(field->name, "_unit") || field->kind == GS_NONE || field->kind == GS_LIST;
        if (apart || is_kept_back(field->name) || strcmp(field->name, "name") == 0)
            continue;
        char line[200];
        snprintf(line, sizeof line, "\n- **%s**：", field->title);
        CHECK(strstr(out.text, line) != NULL);
        if (!strstr(out.text, line))
            fprintf(stderr, "%s\n", field->name);
    }
    /* tables by a column of theirs */
    static const char *const tables[] = {"| 法律法规 |", "| 材料名称 |",     "| 用途 |", "| 环节名称 |",
                                         "| 情形 |",     "| 收费项目名称 |", "| 问题 |", "| 种类 |",
                                         "| 成员代码 |", "| 名称 | 类型 |"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        CHECK(strstr(out.text, tables[i]) != NULL);
    CHECK(strstr(out.text, "- **承诺办结时限**：1 工作日\n") != NULL);
    CHECK(strstr(out.text, "- **来源未核实的要素**：来源未核实的要素\n") != NULL);
    CHECK(strstr(out.text, "- **是否收费**：是\n") != NULL);
    gs_arena_free(arena);
}

/* Every member with a value of its own, found in the text as it is or by its title; lists get one item. */
static void *valued(const gs_record *record, gs_arena *arena)
{
    char *made = filled(record, arena);
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        const void **item = gs_arena_alloc(arena, sizeof *item);
        const char *text = gs_arena_print(arena, "%s的%s值", record->title, field->title);
        if (field->kind == GS_TEXT || field->kind == GS_DATE)
            *gs_field_text(field, made) = text;
        else if (field->kind == GS_INT)
            *gs_field_integer(field, made) = 1000 + i;
        else if (field->kind == GS_LIST || (field->kind == GS_TEXTS && !field->names)) {
            *item = field->kind == GS_LIST ? valued(field->of, arena) : text;
            *gs_field_items(field, made) = item;
        }
    }
    return made;
}

/* Of an item of a list: codes by which software names it, and what a form alone asks. */
static bool is_for_machines(const char *record, const char *member)
{
    static const char *const members[] = {
        "material.code",      "material.canonical", "form_field.least",
        "form_field.most",    "form_field.name",    "form_field.element",
        "form_field.pattern", "choice.value",       "form_field.certificate_field",
        "criterion.code",     "criterion.field",    "criterion.operation",
        "criterion.values",   "stage.code",         "situation.code",
    };
    char name[80];
    snprintf(name, sizeof name, "%s.%s", record, member);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(members[i], name) == 0)
            return true;
    return false;
}

/* The values of a record's members that a text does not hold. */
static int count_missing(const char *text, const gs_record *record, const void *at, gs_arena *arena)
{
    int missing = 0;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const gs_field *field = &record->fields[i];
        const char *value = NULL;
        bool own = record == &gs_record_matter_draft;
        if (field->kind == GS_NONE || (own && is_kept_back(field->name)) ||
            is_for_machines(record->name, field->name))
            continue;
        if (field->kind == GS_LIST)
            missing += count_missing(text, field->of, (*gs_field_items(field, at))[0], arena);
        else if (field->kind == GS_TEXTS)
            value = field->names ? field->names[0].title : (*gs_field_items(field, at))[0];
        else if (field->kind == GS_TEXT || field->kind == GS_DATE)
            value = *gs_field_text(field, at);
        else if (field->kind == GS_NAME)
            value = gs_title_of(field->names, *gs_field_integer(field, at));
        else if (field->kind == GS_FLAG)
            value = "是";
        else
            value = gs_arena_print(arena, "%lld", (long long)*gs_field_integer(field, at));
        if (value && !strstr(text, value)) {
            fprintf(stderr, "the guide does not show %s.%s, %s\n", record->name, field->name, value);
            missing++;
        }
    }
    return missing;
}

static void test_guide_renders_all_elements(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    govsvc_matter_draft *draft = valued(&gs_record_matter_draft, arena);
    gs_chosen chosen = {.answers = {NULL, 0}};
    gs_buffer out = {.arena = arena};
    draft->type = GOVSVC_MATTER_INTER_DEPARTMENT;
    gs_record_init(&gs_record_matter, &chosen.left);
    gs_record_share(&gs_record_matter, &chosen.left, &gs_record_matter_draft, draft);
    chosen.whole = &chosen.left;
    gs_guide_write(&out, &chosen);
    CHECK(strstr(out.text, "- **事项类型**：部门间办事\n") != NULL);
    CHECK_INT(count_missing(out.text, &gs_record_matter_draft, draft, arena), 0);
    gs_arena_free(arena);
}

static void texts_do_not_act_as_markdown(void)
{
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    const char *text =
        text_of("{" HEAD ",\"conditions\":\"\\n  1. 甲\\n\\n# 乙\\n- 丙\\n===\\n2026-03-02 *a* _b_"
                "\\n\\t<b>&lt;[x](javascript:y)\\\\`|~\",\"materials\":[{\"code\":\"M1\","
                "\"name\":\"a|b\",\"need\":\"required\",\"remark\":\"一\\n\\n| 二 |\\n---\"}]}",
                arena);
    CHECK(strstr(
              text,
              "- **受理条件**：1\\. 甲  \n  \\# 乙  \n  \\- 丙  \n  \\===  \n  2026-03-02 \\*a\\* \\_b\\_  \n"
              "  \\<b\\>\\&lt;\\[x\\](javascript:y)\\\\\\`\\|\\~\n") != NULL);
    CHECK(strstr(text, "| a\\|b | 必要 | 一 \\| 二 \\| \\--- |\n") != NULL);
    gs_arena_free(arena);
}

/* ---- through the library ------------------------------------------------------------------------------------ */

static json_t *call(govsvc_session *session, const char *operation, const char *in)
{
    const char *out = NULL;
    govsvc_status status = govsvc_call(session, operation, in, &out);
    if (status)
        fprintf(stderr, "%s: %s %s\n", operation, govsvc_status_name(status),
                story_problem(session)->text_en);
    CHECK_INT(status, GOVSVC_OK);
    json_t *tree = out ? json_loads(out, 0, NULL) : NULL;
    govsvc_free(out);
    return tree;
}

static const char *member(const json_t *tree, const char *name)
{
    return json_string_value(json_object_get(tree, name));
}

/* A step of the matter; NULL: it is put. */
static void put(const char *step, char id[32])
{
    char in[64];
    snprintf(in, sizeof in, "{\"id\":\"%s\"}", id);
    json_t *out =
        step ? call(s.as[ADMINISTRATOR], step, in)
             : call(s.as[ADMINISTRATOR], "matter.put",
                    "{" HEAD SITUATIONS MATERIALS FIELDS
                    ",\"promised_amount\":5,\"promised_unit\":\"working_days\",\"visits\":0,\"fee\":false}");
    snprintf(id, 32, "%s", member(out, "id"));
    json_decref(out);
}

static void open_with_matter(char id[32])
{
    story_open(&s, story_store());
    put(NULL, id);
    put("matter.review", id);
    put("matter.publish", id);
}

static govsvc_matter_request asked(const char *code, const char *const *answers, uint64_t count)
{
    govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
    in.code = code;
    in.answers = answers;
    in.answer_count = count;
    return in;
}

static void the_guide_is_for_the_answers(void)
{
    char id[32];
    const char *const answers[] = {"kind=new"};
    const govsvc_matter_request all = asked(CODE, NULL, 0), some = asked(CODE, answers, 1);
    const govsvc_guide *guide = NULL;
    open_with_matter(id);
    CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &all, &guide), GOVSVC_OK);
    CHECK_INT(guide->amount, 5);
    CHECK_INT(guide->unit, GOVSVC_UNIT_WORKING_DAYS);
    CHECK_INT(guide->visits, 0);
    CHECK_INT(guide->fee, GOVSVC_NO);
    CHECK_INT(guide->materials_needed, 1);
    CHECK_INT(guide->material_count, 1);
    CHECK_INT(guide->situation_count, 2); /* nothing depends on the third */
    CHECK_TEXT(guide->situations[1]->code, "goods");
    CHECK(strstr(guide->text, "| 水质报告 | 必要 | 办理情形：新办、经营内容：沐浴 |") != NULL);
    govsvc_free(guide);
    CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &some, &guide), GOVSVC_OK);
    CHECK_INT(guide->materials_needed, 2);
    CHECK_INT(guide->situation_count, 1);
    CHECK_TEXT(guide->situations[0]->code, "goods");
    CHECK(strstr(guide->text, "- **适用情形**：办理情形：新办\n") != NULL);
    CHECK(strstr(guide->text, "| 经营内容 | 是 | 食品、沐浴 |") != NULL);
    CHECK(strstr(guide->text, "原许可证") == NULL);
    govsvc_free(guide);
    story_close(&s);
}

/* Portal, terminal and hall: somebody who applies, somebody at the window, somebody of another division. */
static void every_view_gets_the_same(void)
{
    char id[32];
    const char *const answers[] = {"kind=change"};
    const govsvc_matter_request in = asked(CODE, answers, 1);
    open_with_matter(id);
    govsvc_session *const views[] = {s.as[APPLICANT], s.as[WINDOW_CLERK], s.outside[AUDITOR]};
    const govsvc_guide *guides[3] = {NULL};
    const govsvc_form *forms[3] = {NULL};
    for (int i = 0; i < 3; i++) {
        CHECK_INT(govsvc_matter_guide(views[i], &in, &guides[i]), GOVSVC_OK);
        CHECK_INT(govsvc_matter_form(views[i], &in, &forms[i]), GOVSVC_OK);
        CHECK_TEXT(guides[i]->text, guides[0]->text);
        CHECK_INT(guides[i]->material_count, 2);
        CHECK_TEXT(forms[i]->schema, forms[0]->schema);
    }
    for (int i = 0; i < 3; i++) {
        govsvc_free(guides[i]);
        govsvc_free(forms[i]);
    }
    story_close(&s);
}

static void the_form_is_json_schema(void)
{
    char id[32];
    const char *const answers[] = {"kind=new"};
    const govsvc_matter_request in = asked(CODE, answers, 1);
    const govsvc_form *form = NULL;
    open_with_matter(id);
    CHECK_INT(govsvc_matter_form(s.as[APPLICANT], &in, &form), GOVSVC_OK);
    CHECK_TEXT(
        form->schema,
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"urn:govsvc:form:" CODE
        ":1\","
        "\"title\":\"公共场所卫生许可\",\"type\":\"object\",\"properties\":{"
        "\"name\":{\"type\":\"string\",\"title\":\"名称 \\\"字号\\\"\",\"description\":\"与营业执照一致\","
        "\"maxLength\":80,\"x-kind\":\"text\",\"x-element\":\"DE001\",\"x-level\":1,"
        "\"x-source\":{\"certificate_type\":\"11100000000013127D001\",\"certificate_field\":\"mc\"}},"
        "\"id\":{\"type\":\"string\",\"title\":\"证件号码\",\"pattern\":\"^(?:[0-9]{17}[0-9X]|[0-9]{15})$\","
        "\"x-kind\":\"citizen_id\",\"x-level\":3},"
        "\"post\":{\"type\":\"string\",\"title\":\"邮编\",\"maxLength\":200,\"pattern\":\"^(?:[0-9]{6})$\","
        "\"x-kind\":\"text\",\"x-level\":2},"
        "\"area\":{\"type\":\"number\",\"title\":\"面积\",\"minimum\":-1,\"maximum\":100000,"
        "\"x-kind\":\"decimal\",\"x-level\":2,\"x-source\":{\"dataset\":\"places\"}},"
        "\"since\":{\"type\":\"string\",\"title\":\"开业日期\",\"format\":\"date\",\"x-kind\":\"date\","
        "\"x-level\":2},"
        "\"chain\":{\"type\":\"boolean\",\"title\":\"连锁\",\"x-kind\":\"flag\",\"x-level\":2},"
        "\"trade\":{\"type\":\"string\",\"title\":\"业态\",\"oneOf\":[{\"const\":\"a\",\"title\":\"甲\"},"
        "{\"const\":\"b\",\"title\":\"乙\"}],\"x-kind\":\"choice\",\"x-level\":2},"
        "\"extras\":{\"type\":\"array\",\"title\":\"附加\",\"uniqueItems\":true,\"items\":{\"oneOf\":["
        "{\"const\":\"c\",\"title\":\"丙\"}]},\"x-kind\":\"choices\",\"x-level\":2},"
        "\"pools\":{\"type\":\"integer\",\"title\":\"池数\",\"x-kind\":\"integer\",\"x-level\":2,"
        "\"x-when\":[\"goods=bath\"]}},"
        "\"required\":[\"name\",\"id\"],\"additionalProperties\":false}");
    json_t *tree = json_loads(form->schema, JSON_REJECT_DUPLICATES, NULL);
    CHECK_INT(json_object_size(json_object_get(tree, "properties")), 9);
    json_decref(tree);
    govsvc_free(form);
    story_close(&s);
}

static void what_was_answered_is_required(void)
{
    char id[32];
    open_with_matter(id);
    json_t *out = call(s.as[APPLICANT], "matter.form",
                       "{\"code\":\"" CODE "\",\"answers\":[\"kind=change\",\"goods=bath\"]}");
    const json_t *schema = json_object_get(out, "schema"), *required = json_object_get(schema, "required");
    const json_t *pools = json_object_get(json_object_get(schema, "properties"), "pools");
    CHECK_INT(json_array_size(required), 4);
    CHECK_TEXT(json_string_value(json_array_get(required, 2)), "pools");
    CHECK(pools && !json_object_get(pools, "x-when"));
    json_decref(out);
    story_close(&s);
}

/* ---- refusals ----------------------------------------------------------------------------------------------- */

static void bad_requests_are_refused(void)
{
    static const struct {
        const char *in;
        govsvc_status status;
        const char *field, *rule;
    } rows[] = {
        {"{\"code\":\"" CODE "\",\"answers\":[\"colour=red\"]}", GOVSVC_INVALID, "/answers/0", "listed"},
        {"{\"code\":\"" CODE "\",\"answers\":[\"goods=food\",\"kind=old\"]}", GOVSVC_INVALID, "/answers/1",
         "choice"},
        {"{\"code\":\"" CODE "\",\"answers\":[\"kind\"]}", GOVSVC_INVALID, "/answers/0", "choice"},
        {"{\"code\":\"" CODE "\",\"answers\":[\"\"]}", GOVSVC_INVALID, "/answers/0", "listed"},
        {"{\"code\":\"" CODE "\",\"answers\":[\"kind=new\",\"kind=change\"]}", GOVSVC_INVALID, "/answers/1",
         "duplicate"},
        {"{\"code\":\"" CODE "\",\"answers\":\"kind=new\"}", GOVSVC_INVALID, "/answers", "type"},
        {"{\"code\":\"" STORY_ORGAN "4000117059000\"}", GOVSVC_NOT_FOUND, "/code", "exists"},
        {"{\"id\":\"7\"}", GOVSVC_NOT_FOUND, "/id", "exists"},
        {"{}", GOVSVC_INVALID, "/code", "required"},
    };
    static const char *const operations[] = {"matter.guide", "matter.form"};
    char id[32];
    open_with_matter(id);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < 2; j++) {
            const char *out = NULL;
            CHECK_INT(govsvc_call(s.as[APPLICANT], operations[j], rows[i].in, &out), rows[i].status);
            CHECK_TEXT(story_problem(s.as[APPLICANT])->field, rows[i].field);
            CHECK_TEXT(story_problem(s.as[APPLICANT])->rule, rows[i].rule);
            CHECK(out == NULL);
        }
    story_close(&s);
}

/* By code what is in force; by identifier a draft, for a preview, and what is in force no longer. */
static void drafts_are_seen_by_identifier(void)
{
    char id[32];
    const govsvc_matter_request by_code = asked(CODE, NULL, 0);
    govsvc_matter_request by_id = GOVSVC_MATTER_REQUEST_INIT;
    story_open(&s, story_store());
    put(NULL, id);
    by_id.id = strtoll(id, NULL, 10);
    CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &by_code, NULL), GOVSVC_NOT_FOUND);
    CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &by_id, NULL), GOVSVC_OK);
    put("matter.review", id);
    put("matter.publish", id);
    CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &by_code, NULL), GOVSVC_OK);
    put("matter.suspend", id);
    CHECK_INT(govsvc_matter_guide(s.as[APPLICANT], &by_code, NULL), GOVSVC_NOT_FOUND);
    CHECK_INT(govsvc_matter_form(s.as[APPLICANT], &by_id, NULL), GOVSVC_OK);
    story_close(&s);
}

/* ---- memory ------------------------------------------------------------------------------------------------- */

static int64_t failures_until_it_passes(fault_plan *plan, const char *operation, bool onwards)
{
    enum { TRIES_MAX = 5000 };
    for (int64_t n = 1; n < TRIES_MAX; n++) {
        const char *out = NULL;
        fault_plan_clear(plan);
        plan->allocation_at = n;
        plan->allocation_onwards = onwards;
        govsvc_status status = govsvc_call(s.as[APPLICANT], operation,
                                           "{\"code\":\"" CODE "\",\"answers\":[\"kind=new\"]}", &out);
        int64_t spent = fault_plan_spent(plan);
        fault_plan_clear(plan);
        CHECK((status == GOVSVC_OK) == (out != NULL));
        govsvc_free(out);
        CHECK(status == GOVSVC_OK || status == GOVSVC_NO_MEMORY);
        if (!spent)
            return n;
    }
    return -1;
}

static void allocations_may_fail(void)
{
    static fault_plan plan;
    char id[32];
    govsvc_allocator allocator = fault_allocator(&plan);
    govsvc_config config = story_config(&s, story_store());
    config.allocator = &allocator;
    fault_plan_clear(&plan);
    CHECK_INT(story_begin(&s, &config), GOVSVC_OK);
    put(NULL, id);
    put("matter.review", id);
    put("matter.publish", id);
    for (int onwards = 0; onwards < 2; onwards++) {
        CHECK(failures_until_it_passes(&plan, "matter.guide", onwards) > 1);
        CHECK(failures_until_it_passes(&plan, "matter.form", onwards) > 1);
    }
    story_close(&s);
    CHECK_INT(plan.live, 0);
}

/* A page grows by bigger and bigger blocks: an arena whose block fails in the middle must be told. */
static void a_text_that_does_not_fit_fails(void)
{
    static fault_plan plan;
    const govsvc_allocator allocator = fault_allocator(&plan);
    gs_arena *own = gs_arena_new(&gs_allocator_default, 0);
    for (int64_t n = 2;; n++) {
        fault_plan_clear(&plan);
        plan.allocation_at = n;
        gs_arena *arena = gs_arena_new(&allocator, 0);
        gs_chosen chosen = {.left = *(govsvc_matter *)filled(&gs_record_matter, own)};
        gs_buffer out = {.arena = arena};
        chosen.whole = &chosen.left;
        gs_guide_write(&out, &chosen);
        bool passed = fault_plan_spent(&plan) == 0;
        CHECK(gs_arena_failed(arena) == !passed);
        gs_arena_free(arena);
        if (passed)
            break;
    }
    gs_arena_free(own);
    CHECK_INT(plan.live, 0);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(lists_are_filtered),           TEST(absent_elements_are_not_shown),
        TEST(every_element_is_shown),       TEST(test_guide_renders_all_elements),
        TEST(texts_do_not_act_as_markdown),
        TEST(the_guide_is_for_the_answers), TEST(every_view_gets_the_same),
        TEST(the_form_is_json_schema),      TEST(what_was_answered_is_required),
        TEST(bad_requests_are_refused),     TEST(drafts_are_seen_by_identifier),
        TEST(allocations_may_fail),         TEST(a_text_that_does_not_fit_fails),
    };
    return test_main(cases, TEST_COUNT(cases));
}
