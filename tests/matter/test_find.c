/* Finding matters: by characters, pinyin and initials, in order, a page at a time. */
#include "api/story.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/text.h"

static story s;

/* ---- a library ----------------------------------------------------------------------------------------- */

static const char *const divisions[] = {"450000", "450100", "450103", "450105", "450300", "450302"};

typedef struct made {
    char code[40];
    char name[200];
    int64_t id;
} made;

static void step(govsvc_status (*function)(govsvc_session *, const govsvc_step *, const govsvc_matter **),
                 int64_t id)
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    CHECK_INT(function(s.as[ADMINISTRATOR], &in, NULL), GOVSVC_OK);
}

static int64_t publish_draft(const govsvc_matter_draft *draft)
{
    const govsvc_matter *out = NULL;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], draft, &out), GOVSVC_OK);
    int64_t id = out ? out->id : 0;
    govsvc_free(out);
    step(govsvc_matter_review, id);
    step(govsvc_matter_publish, id);
    return id;
}

/* The numbers of the tests' matters do not meet the story's own. */
static made publish(int number, const char *name, const char *keyword)
{
    made out;
    story_drafts drafts;
    story_drafts_init(&drafts);
    snprintf(out.code, sizeof out.code, STORY_ORGAN "4000117%06d", 100000 + number);
    snprintf(out.name, sizeof out.name, "%s", name);
    drafts.matter.code = out.code;
    drafts.matter.basic_code = NULL;
    drafts.matter.name = name;
    drafts.matter.keywords = &keyword;
    drafts.matter.keyword_count = keyword ? 1 : 0;
    drafts.matter.division = divisions[number % 6];
    out.id = publish_draft(&drafts.matter);
    return out;
}

/* ---- asking -------------------------------------------------------------------------------------------- */

static govsvc_matter_query query_of(const char *text)
{
    govsvc_matter_query in = GOVSVC_MATTER_QUERY_INIT;
    in.text = text;
    return in;
}

static const govsvc_matter_page *ask(const govsvc_matter_query *in)
{
    const govsvc_matter_page *out = NULL;
    CHECK_INT(govsvc_matter_find(s.as[APPLICANT], in, &out), GOVSVC_OK);
    return out;
}

/* Names of the first page, "a|b|c". */
static const char *names(const govsvc_matter_query *in)
{
    static char text[8000];
    size_t size = 0;
    const govsvc_matter_page *page = ask(in);
    text[0] = '\0';
    for (uint64_t i = 0; page && i < page->matter_count; i++)
        size +=
            (size_t)snprintf(text + size, sizeof text - size, "%s%s", i ? "|" : "", page->matters[i]->name);
    govsvc_free(page);
    return text;
}

static const char *found_by(const char *text)
{
    govsvc_matter_query in = query_of(text);
    return names(&in);
}

/* ---- words --------------------------------------------------------------------------------------------- */

static void a_polyphone_is_found_by_every_reading(void)
{
    static const struct {
        const char *name, *queries[4];
    } cases[] = {
        {"银行账户撤销", {"yinhang", "yhzh", "银行", "yinxing"}},
        {"音乐会备案", {"yinyue", "yinyuehui", "yinle", "yyh"}},
        {"长期护理保险待遇", {"changqi", "zhangqi", "cqhl", "changqihuli"}},
        {"会计代理记账许可", {"kuaiji", "huiji", "kjdl", "kuaijidaili"}},
    };
    story_open(&s, story_store());
    for (int i = 0; i < 4; i++)
        publish(i, cases[i].name, NULL);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            CHECK_TEXT(found_by(cases[i].queries[j]), cases[i].name);
    CHECK_TEXT(found_by("changhang"), "");
    CHECK_TEXT(found_by("kuaiji daili"), cases[3].name);
    CHECK_TEXT(found_by("会计dlj"), cases[3].name);
    story_close(&s);
}

static void the_better_names_come_first(void)
{
    story_open(&s, story_store());
    step(govsvc_matter_repeal, s.matter);
    publish(1, "餐饮服务食品经营许可注销", NULL);
    publish(2, "食品经营许可", NULL);
    publish(3, "食品经营许可补发", NULL);
    publish(4, "小作坊登记", "食品经营许可");
    publish(5, "实频敬英旭科", NULL); /* the same sounds */
    publish(6, "十排经营学可", NULL); /* the same initials */
    CHECK_TEXT(found_by("食品经营许可"), "食品经营许可|小作坊登记|食品经营许可补发|餐饮服务食品经营许可注销");
    CHECK_TEXT(found_by("shipinjingyingxuke"),
               "食品经营许可|实频敬英旭科|小作坊登记|食品经营许可补发|餐饮服务食品经营许可注销");
    CHECK_TEXT(found_by("spjyxk"), "食品经营许可|实频敬英旭科|十排经营学可|小作坊登记|食品经营许可补发|"
                                   "餐饮服务食品经营许可注销");
    CHECK_TEXT(found_by("许可 餐饮"), "餐饮服务食品经营许可注销");
    CHECK_TEXT(found_by("不存在的事项"), "");
    CHECK_TEXT(found_by("%"), "");
    CHECK_TEXT(found_by("_品' OR 1=1 --"), "");
    story_close(&s);
}

static void what_ends_is_not_found(void)
{
    story_open(&s, story_store());
    made one = publish(1, "烟花爆竹零售许可", NULL), two = publish(2, "烟花爆竹批发许可", NULL);
    CHECK_TEXT(found_by("烟花"), "烟花爆竹零售许可|烟花爆竹批发许可");
    step(govsvc_matter_suspend, one.id);
    CHECK_TEXT(found_by("烟花"), "烟花爆竹批发许可");
    step(govsvc_matter_restore, one.id);
    step(govsvc_matter_repeal, two.id);
    CHECK_TEXT(found_by("烟花"), "烟花爆竹零售许可");
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* ---- filters ------------------------------------------------------------------------------------------- */

static void filters_leave_what_fits(void)
{
    static const char *const subjects[] = {"enterprise"};
    story_open(&s, story_store());
    for (int i = 0; i < 6; i++)
        publish(i, "公共场所卫生许可", NULL);
    story_drafts drafts;
    story_drafts_init(&drafts);
    drafts.matter.code = STORY_ORGAN "4000117200000";
    drafts.matter.basic_code = NULL;
    drafts.matter.name = "公共场所卫生许可变更";
    drafts.matter.subjects = subjects, drafts.matter.subject_count = 1;
    publish_draft(&drafts.matter);
    for (int text = 0; text < 2; text++) {
        govsvc_matter_query in = query_of(text ? "公共场所" : NULL);
        in.subject = "enterprise";
        CHECK_TEXT(names(&in), "公共场所卫生许可变更");
        in = query_of(text ? "公共场所" : NULL);
        in.division = "450300";
        CHECK_TEXT(names(&in), "公共场所卫生许可|公共场所卫生许可");
        in.division = "450302";
        CHECK_TEXT(names(&in), "公共场所卫生许可");
        in.level = GOVSVC_LEVEL_NATION;
        CHECK_TEXT(names(&in), "");
        in.level = GOVSVC_LEVEL_COUNTY;
        in.type = GOVSVC_MATTER_LICENCE;
        in.organ = STORY_ORGAN;
        CHECK_TEXT(names(&in), "公共场所卫生许可");
        in.organ = STORY_OTHER_ORGAN;
        CHECK_TEXT(names(&in), "");
    }
    story_close(&s);
}

/* ---- pages --------------------------------------------------------------------------------------------- */

/* Goes through all pages; a matter is published between them. Answers how many of the first there were, each
 * once. */
static int count_pages(const char *text, const made *matters, int count)
{
    char next[200] = "";
    int seen[300] = {0}, sum = 0;
    bool more = true;
    for (int page_number = 0; more; page_number++) {
        govsvc_matter_query in = query_of(text);
        in.limit = 7;
        in.after = *next ? next : NULL;
        const govsvc_matter_page *page = ask(&in);
        CHECK(page->matter_count > 0);
        for (uint64_t i = 0; i < page->matter_count; i++)
            for (int j = 0; j < count; j++)
                seen[j] += strcmp(page->matters[i]->code, matters[j].code) == 0;
        more = page->next != NULL;
        snprintf(next, sizeof next, "%s", more ? page->next : "");
        govsvc_free(page);
        if (page_number < 20)
            publish(500 + (text != NULL) * 100 + page_number, "特种设备使用登记", NULL);
    }
    for (int j = 0; j < count; j++) {
        CHECK(seen[j] == 1);
        sum += seen[j];
    }
    return sum;
}

static void pages_give_each_match_once(void)
{
    static made matters[100];
    char name[100];
    story_open(&s, story_store());
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "%s特种设备%s", i % 3 ? "" : "移动式",
                 i % 2 ? "使用登记" : "作业人员资格认定");
        matters[i] = publish(i, name, NULL);
    }
    CHECK_INT(count_pages("特种设备", matters, 100), 100);
    CHECK_INT(count_pages(NULL, matters, 100), 100);
    story_close(&s);
}

static void a_forged_place_is_refused(void)
{
    static const char *const places[] = {"",
                                         "x",
                                         "1.2.450103",
                                         "1.2.450103.",
                                         "-1.2.450103.1",
                                         "1.2.'.1",
                                         "1..450103.1",
                                         "1.2.450103.1.2",
                                         "99999999999999999999.1.1.1",
                                         "0.0.450103.1145"};
    story_open(&s, story_store());
    for (size_t i = 0; i < TEST_COUNT(places); i++) {
        govsvc_matter_query in = query_of("许可");
        in.after = places[i];
        CHECK_INT(govsvc_matter_find(s.as[APPLICANT], &in, NULL), GOVSVC_INVALID);
        CHECK_TEXT(story_problem(s.as[APPLICANT])->field, "/after");
    }
    govsvc_matter_query in = query_of("许可");
    in.subject = "nobody";
    CHECK_INT(govsvc_matter_find(s.as[APPLICANT], &in, NULL), GOVSVC_INVALID);
    in = query_of("许可");
    in.limit = 101;
    CHECK_INT(govsvc_matter_find(s.as[APPLICANT], &in, NULL), GOVSVC_INVALID);
    story_close(&s);
}

/* ---- against reading everything ------------------------------------------------------------------------ */

static const char *const parts[] = {"食品", "药品", "经营",    "生产", "许可", "登记", "备案",
                                    "变更", "注销", "银行",    "长期", "会计", "音乐", "重庆",
                                    "公司", "个体", "工商户",  "护理", "保险", "证",   "审批",
                                    "校车", "行",   "医疗A级", "2类"};
static const char *const asked[] = {"shipin",   "sp",    "许可",        "yinhang", "changqi hl", "jy 许可",
                                    "食品生产", "huiji", "zhu xiao",    "chongq",  "y",          "a",
                                    "校车",     "banz",  "zhongqing",   "xk",      "行",         "gongsi",
                                    "二",       "2类",   "shengchan xk"};

static uint32_t next_random(uint32_t *state)
{
    return *state = *state * 1664525 + 1013904223;
}

static const char *random_name(uint32_t *state)
{
    static char name[200];
    name[0] = '\0';
    for (uint32_t count = 2 + next_random(state) / 65536 % 4; count--;)
        strcat(name, parts[next_random(state) / 65536 % TEST_COUNT(parts)]);
    return name;
}

typedef struct ranked {
    int64_t rank;
    const made *of;
} ranked;

/* What reading every title would find, as many. */
static size_t read_everything(const gs_pinyin *pinyin, const char *text, const made *matters, size_t count)
{
    gs_search search;
    size_t found = 0;
    gs_arena *arena = gs_arena_new(&gs_allocator_default, 0);
    CHECK_INT(gs_search_parse(pinyin, text, arena, &search), GOVSVC_OK);
    for (size_t i = 0; i < count; i++)
        found += gs_search_rank(&search, gs_fold(arena, matters[i].name)) != 0;
    gs_arena_free(arena);
    return found;
}

/* All pages: as many as there should be, in the order of their ranks. */
static size_t follow_pages(const char *text, bool *cut)
{
    char next[200] = "";
    size_t found = 0;
    int64_t last = 0;
    do {
        govsvc_matter_query in = query_of(text);
        in.limit = 100;
        in.after = *next ? next : NULL;
        const govsvc_matter_page *page = ask(&in);
        *cut = page->cut == GOVSVC_YES;
        for (uint64_t i = 0; i < page->matter_count; i++) {
            CHECK(page->matters[i]->rank >= last && page->matters[i]->rank > 0);
            last = page->matters[i]->rank;
        }
        found += page->matter_count;
        snprintf(next, sizeof next, "%s", page->next ? page->next : "");
        govsvc_free(page);
    } while (*next);
    return found;
}

static void as_much_is_found_as_by_reading_everything(void)
{
    enum { MATTERS = 600 };
    static made matters[MATTERS];
    uint32_t state = 20260302;
    int cuts = 0;
    story_open(&s, story_store());
    step(govsvc_matter_repeal, s.matter);
    CHECK_INT(govsvc_batch_begin(s.as[ADMINISTRATOR]), GOVSVC_OK);
    for (int i = 0; i < MATTERS; i++)
        matters[i] = publish(i, random_name(&state), NULL);
    CHECK_INT(govsvc_batch_commit(s.as[ADMINISTRATOR]), GOVSVC_OK);
    gs_pinyin *pinyin = gs_pinyin_new(&gs_allocator_default);
    for (int i = 0; i < 200; i++) {
        const char *text = i < (int)TEST_COUNT(asked) ? asked[i] : random_name(&state);
        bool cut = false;
        size_t expected = read_everything(pinyin, text, matters, MATTERS), found = follow_pages(text, &cut);
        if (found != expected && !cut)
            fprintf(stderr, "\"%s\": %zu, by reading everything %zu\n", text, found, expected);
        CHECK(cut ? found <= expected : found == expected);
        cuts += cut;
    }
    CHECK(cuts < 10); /* only where a letter or two could be anything */
    gs_pinyin_free(pinyin, &gs_allocator_default);
    story_close(&s);
}

/* A word that is everywhere, asked of a place where few matters are. */
static void a_small_place_is_never_cut(void)
{
    char name[100];
    story_open(&s, story_store());
    CHECK_INT(govsvc_batch_begin(s.as[ADMINISTRATOR]), GOVSVC_OK);
    for (int i = 0; i < 2100; i++) {
        snprintf(name, sizeof name, "%d号经营备案", 100000 + i * 7);
        publish(i == 2099 ? 6001 : 6 * i + 2, name, NULL); /* the last in 450100, all others in 450103 */
    }
    CHECK_INT(govsvc_batch_commit(s.as[ADMINISTRATOR]), GOVSVC_OK);
    govsvc_matter_query in = query_of("备案");
    const govsvc_matter_page *page = ask(&in);
    CHECK_INT(page->cut, GOVSVC_YES);
    CHECK_INT(page->matter_count, 20);
    govsvc_free(page);
    in.division = "450105";
    CHECK_TEXT(names(&in), "");
    in.division = "450100";
    page = ask(&in);
    CHECK_INT(page->cut, GOVSVC_YES); /* the city has them all */
    govsvc_free(page);
    in.division = "450103", in.organ = STORY_OTHER_ORGAN;
    CHECK_TEXT(names(&in), "");
    publish(3, "另一备案", NULL); /* in 450105 */
    in = query_of("备案");
    in.division = "450105";
    page = ask(&in);
    CHECK_INT(page->cut, GOVSVC_NO);
    CHECK_INT(page->matter_count, 1);
    govsvc_free(page);
    story_close(&s);
}

static void long_and_odd_queries_are_taken(void)
{
    char text[1000];
    story_open(&s, story_store());
    publish(1, "许可", NULL);
    for (int i = 0; i < 100; i++)
        strcpy(text + i * 3, "许");
    CHECK_TEXT(found_by(text), "");
    memset(text, 'y', 100);
    text[100] = '\0';
    CHECK_TEXT(found_by(text), "");
    CHECK_TEXT(found_by("x u k e x u"), "");
    CHECK_TEXT(found_by("，。！"), "");
    memset(text, 'a', 101), text[101] = '\0';
    govsvc_matter_query in = query_of(text);
    CHECK_INT(govsvc_matter_find(s.as[APPLICANT], &in, NULL), GOVSVC_INVALID);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(a_polyphone_is_found_by_every_reading),
        TEST(the_better_names_come_first),
        TEST(what_ends_is_not_found),
        TEST(filters_leave_what_fits),
        TEST(pages_give_each_match_once),
        TEST(a_forged_place_is_refused),
        TEST(as_much_is_found_as_by_reading_everything),
        TEST(a_small_place_is_never_cut),
        TEST(long_and_odd_queries_are_taken),
    };
    return test_main(cases, TEST_COUNT(cases));
}
