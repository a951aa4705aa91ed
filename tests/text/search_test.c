/* tests/text/search_test.c - what a query finds, in which order, and that an index of grams loses nothing. */
#include "fault.h"
#include "test.h"
#include "text/text.h"

static gs_pinyin *pinyin;
static gs_arena *arena;

static bool in_range(const gs_range *range, const gs_gram_at *grams, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (grams[i].gram >= range->low && grams[i].gram <= range->high)
            return true;
    return false;
}

static bool satisfied(const gs_alternative *alternative, const gs_gram_at *grams, size_t count)
{
    for (size_t i = 0; i < alternative->range_count; i++)
        if (!in_range(&alternative->ranges[i], grams, count))
            return false;
    CHECK(alternative->range_count > 0 && alternative->range_count <= GS_RANGES_MAX);
    return true;
}

/* What an index would answer: one alternative of every word. */
static bool indexed(const gs_search *search, const gs_gram_at *grams, size_t count)
{
    for (size_t i = 0; i < search->word_count; i++) {
        const gs_word *word = &search->words[i];
        size_t at = 0;
        CHECK(word->alternative_count > 0 && word->alternative_count <= GS_ALTERNATIVES_MAX);
        while (at < word->alternative_count && !satisfied(&word->alternatives[at], grams, count))
            at++;
        if (at == word->alternative_count)
            return false;
    }
    return search->word_count > 0;
}

/* The rank of a title, after the index had its say, which must not lose it. */
static int64_t rank(const char *query, const char *title)
{
    gs_search search;
    gs_gram_at *grams = NULL;
    size_t count = 0;
    gs_arena_reset(arena);
    const char *folded = gs_fold(arena, title);
    CHECK_INT(gs_search_parse(pinyin, query, arena, &search), GOVSVC_OK);
    CHECK_INT(gs_grams_of(pinyin, folded, arena, &grams, &count), GOVSVC_OK);
    int64_t place = gs_search_rank(&search, folded);
    CHECK(place >= 0);
    if (place && !indexed(&search, grams, count)) {
        fprintf(stderr, "the index loses \"%s\" for \"%s\"\n", title, query);
        CHECK(indexed(&search, grams, count));
    }
    return place;
}

/* queries: "one|another" */
static void check_queries(const char *title, const char *queries, bool want)
{
    char query[1024];
    for (size_t size; (size = strcspn(queries, "|")) < sizeof query; queries += size + 1) {
        snprintf(query, sizeof query, "%.*s", (int)size, queries);
        if ((rank(query, title) != 0) != want) {
            test_failed_checks++;
            fprintf(stderr, "\"%s\" in \"%s\"\n", query, title);
        }
        if (queries[size] == '\0')
            return;
    }
    CHECK(!"a query that is too long");
}

static void found(const char *title, const char *queries)
{
    check_queries(title, queries, true);
}

static void not_found(const char *title, const char *queries)
{
    check_queries(title, queries, false);
}

/* ---- what is found ----------------------------------------------------------------------------------- */

static void characters_are_found(void)
{
    found("食品（餐饮）经营许可",
          "食品餐饮|餐饮经营|食品（餐饮）经营许可|食|可|许可 食品|经营/餐饮|shipincanyin|ｓｈｉｐｉｎ");
    not_found("食品（餐饮）经营许可", "食品经营|营经|食品 药品|。||品食|經營");
    found("12345热线", "12345|2345热|12345rexian|5rx|12345 re");
    not_found("12345热线", "123456|54|2 6");
    found("残疾人证办理\n残疾证\n办残疾证", "残疾证|canjizheng|cjz|残疾证 办理|办残疾");
    not_found("残疾人证办理\n残疾证\n办残疾证", "证办残|理残疾证");
}

static void every_reading_is_found(void)
{
    found("银行开户", "yinhang|yinxing|yinha|yin|y|yinhangkaihu|yinhang kaihu|hangkai|kaihu");
    not_found("银行开户", "yinhong|yinhanggan|kaihuyinhang|inhang|yinangkai|yinhankai");
    found("音乐会", "yinyue|yinle|yinyuehui|yuekuai");
    found("长期护理", "changqi|zhangqi|changqihuli");
    found("会计师", "kuaiji|huiji|kuaijishi|kuaijis");
    found("重庆", "chongqing|zhongqing|cq|zhq");
    found("六安调查", "luan|liuandiaocha|lu'an");
    found("西安", "xian|xi'an|xi an|xia");
    found("先", "xian|xi|x");
    not_found("先", "xi'an|xiang");
    found("侵略女职工", "qinlue|qinlve|nvzhigong|lvenv");
}

static void initials_are_found(void)
{
    found("银行开户", "yhkh|yxkh|hk|y|kh|yh kh");
    not_found("银行开户", "yk|khy|yhkhx");
    found("住房装修施工", "zfzxsg|zhfzxshg|zhf|zxsh|zfzhxsg");
    not_found("组房", "zhf");
    found("ETC办理", "etcbl|etc|ETC 办理|etc banli|tcb");
}

static void mixtures_are_found(void)
{
    found("银行卡B超检查", "银行ka|b超jc|银hangka|卡b超|银行 jiancha|银h|行k b超");
    not_found("银行卡B超检查", "银行hu|b超jian|b超jianx|银行 jianxi|超b");
}

/* ---- the order --------------------------------------------------------------------------------------- */

/* Titles from the best match to the worst, all of them found. */
static void check_order(const char *query, const char *const *titles)
{
    for (int64_t last = 0; *titles; titles++) {
        int64_t next = rank(query, *titles);
        if (next <= last)
            fprintf(stderr, "\"%s\" for \"%s\" comes too early\n", *titles, query);
        CHECK(next > last);
        last = next;
    }
}
#define ORDER(query, ...) check_order(query, (const char *const[]){__VA_ARGS__, NULL})

static void the_best_comes_first(void)
{
    ORDER("银行", "银行", "基金\n银行", "银行卡", "银行开户", "证券\n银行卡", "开银行", "新设银行",
          "新设银行卡");
    ORDER("许可 食品", "许可食品", "许可（食品）经营", "新许可食品", "食品许可", "食品经营许可",
          "新食品许可");
    ORDER("yin", "YIN", "yinyang", "a yin", "银", "银行", "新银行");
    ORDER("an", "AN", "安", "安全", "平安");
    ORDER("an", "阿难", "安全");
    ORDER("yh", "YH", "优惠", "银行卡", "新银行");
    ORDER("kaihu yinhang", "开户银行", "开户银行卡", "新开户银行", "银行开户", "新银行开户");
}

static void a_rank_is_one_number(void)
{
    CHECK_INT(rank("银行", "银行"), INT64_C(1) << 32 | 2);
    CHECK_INT(rank("yinhang", "新设银行卡"), INT64_C(7) << 32 | 2 << 16 | 5);
    CHECK_INT(rank("yinhang", "新设银行卡\n又一个名字"), INT64_C(7) << 32 | 2 << 16 | 5);
    CHECK_INT(rank("yh kh", "开户 银行"), INT64_C(12) << 32 | 0 << 16 | 4);
}

/* ---- hostile input ----------------------------------------------------------------------------------- */

static void hostile_queries_do_no_harm(void)
{
    /* clang-format off */
    static const char *const texts[] = {"\xff\xfe", "\xf4\x8f\xbf\xbf", "😀", "e\xcc\x81\xcc\x81",
        "\xed\xa0\x80", "%s%n", "''", "\n", "\x01", "𠮷", "ﷺ"};
    /* clang-format on */
    for (size_t i = 0; i < TEST_COUNT(texts); i++)
        for (size_t j = 0; j < TEST_COUNT(texts); j++) {
            CHECK(rank(texts[i], texts[j]) == 0 || *gs_fold(arena, texts[i]));
            not_found("银行", texts[i]);
        }
    found("\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf");
    found("买买提·𠮷", "𠮷|买提𠮷|maimaiti");
}

static char *repeated(const char *piece, size_t times)
{
    size_t size = strlen(piece);
    char *text = calloc(size * times + 1, 1);
    for (size_t i = 0; i < times && text; i++)
        memcpy(text + size * i, piece, size);
    return text;
}

/* Queries that can be cut in a great many ways, against titles that go on and on. */
static void work_is_bounded(void)
{
    /* clang-format off */
    static const char *const pieces[] = {"xian", "a", "aaa啊", "zh", "lue", "阿", "a ",
        "a一", "nanang", "洗", "yi一"};
    /* clang-format on */
    for (size_t i = 0; i < TEST_COUNT(pieces); i++)
        for (size_t j = 0; j < TEST_COUNT(pieces); j++) {
            char *query = repeated(pieces[i], 100), *title = repeated(pieces[j], 3000);
            int64_t place = rank(query, title);
            CHECK(i != j || place != 0);
            free(query);
            free(title);
        }
}

static void a_query_is_limited(void)
{
    gs_search search;
    char *query = repeated("银", 300), *title = repeated("银", GS_QUERY_MAX);
    found(title, query);
    CHECK_INT(gs_search_parse(pinyin, query, arena, &search), GOVSVC_OK);
    CHECK_INT(search.code_count, GS_QUERY_MAX);
    CHECK_INT(gs_search_parse(pinyin, "一 二 三 四 五 六 七 八 九 十", arena, &search), GOVSVC_OK);
    CHECK_INT(search.word_count, GS_WORDS_MAX);
    CHECK_INT(search.code_count, GS_WORDS_MAX);
    free(query);
    free(title);
}

static void what_is_behind_a_title_is_not_found(void)
{
    char *title = repeated("行", GS_TITLE_MAX - 1), *longer = repeated(title, 2);
    memcpy(longer + strlen(title), "银医药", strlen("银医药"));
    found(longer, "银|行银");
    not_found(longer, "医|银医|yinyi");
    free(longer);
    free(title);
}

static void memory_may_end_anywhere(void)
{
    static fault_plan plan;
    govsvc_allocator allocator = fault_allocator(&plan);
    bool passed = false;
    char *title = repeated("重行长会", 400);
    for (int64_t n = 1; !passed && n < 100; n++) {
        fault_plan_clear(&plan);
        plan.allocation_at = n;
        gs_arena *scarce = gs_arena_new(&allocator, 0);
        gs_pinyin *made = gs_pinyin_new(&allocator);
        const char *folded = scarce ? gs_fold(scarce, title) : NULL;
        gs_search search;
        gs_gram_at *grams = NULL;
        size_t count = 0;
        bool indexed_it = folded && made && gs_grams_of(made, folded, scarce, &grams, &count) == GOVSVC_OK;
        bool parsed =
            scarce && made && gs_search_parse(made, "zhonghang 银行kaihu", scarce, &search) == GOVSVC_OK;
        passed = fault_plan_spent(&plan) == 0;
        CHECK_INT(indexed_it && parsed, passed);
        gs_pinyin_free(made, &allocator);
        gs_arena_free(scarce);
        CHECK_INT(plan.live, 0);
    }
    CHECK(passed);
    gs_pinyin_free(NULL, &allocator);
    free(title);
}

/* ---- the index loses nothing ------------------------------------------------------------------------- */

static uint64_t state = 20260501;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

/* Many with several readings, some that read as part of others, some that are no Han at all. */
static const uint32_t letters_of_titles[] =
    U"银行开户音乐长期会计重庆调查厦门六安牟参单邕宁壮苎砼食品餐饮经营许可证办理西先洗阿啊饿"
    U"恩嗯诶安昂二儿女略虐一〇𠮷𨭉長樂abxzh129（）·- \n";
enum { TITLE = 24 };

/* A reading, or only how it begins. */
static void add_reading(gs_buffer *to, uint32_t character, bool initial, bool cut)
{
    const uint16_t *ids;
    size_t count = gs_pinyin_readings(pinyin, character, &ids);
    const char *syllable = count ? gs_pinyin_syllable(ids[below(count)]) : "";
    size_t size = strlen(syllable);
    if (initial && size)
        size = syllable[1] == 'h' ? 1 + below(2) : 1;
    gs_buffer_add(to, syllable, cut && size ? below(size) + 1 : size);
}

static void add_character(gs_buffer *to, uint32_t c)
{
    char bytes[] = {(char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)), (char)(0x80 | (c >> 6 & 0x3F)),
                    (char)(0x80 | (c & 0x3F))};
    if (c < 0x80)
        gs_buffer_char(to, (char)c);
    else if (c < 0x800)
        gs_buffer_add(to, (char[]){(char)(0xC0 | c >> 6), bytes[3]}, 2);
    else if (c < 0x10000)
        gs_buffer_add(to, (char[]){(char)(0xE0 | c >> 12), bytes[2], bytes[3]}, 3);
    else
        gs_buffer_add(to, bytes, 4);
}

/* Cut out of a title and written as its characters, its readings or its initials, now and then a bit of each;
 * *sure: it must be found. By pinyin a letter of the title has no reading. */
static const char *cut_out(gs_arena *keep, const uint32_t *title, size_t length, bool *sure)
{
    size_t from = below(length), to = from + 1 + below(length - from), way = below(4);
    gs_buffer out = {.arena = keep};
    gs_buffer_text(&out, "");
    *sure = way < 3;
    for (size_t i = from; i < to; i++) {
        const uint16_t *ids;
        size_t how = way < 3 ? way : below(3);
        if (how == 0 || gs_pinyin_readings(pinyin, title[i], &ids) == 0)
            add_character(&out, title[i]);
        else
            add_reading(&out, title[i], how == 2, i + 1 == to);
        if (way == 1 && title[i] >= 'a' && title[i] <= 'z')
            *sure = false;
        if (below(8) == 0)
            gs_buffer_char(&out, ' ');
    }
    *sure = *sure && *gs_fold(keep, out.text);
    return out.text;
}

static const char *random_title(gs_arena *keep, uint32_t *title, size_t length)
{
    size_t letters = sizeof letters_of_titles / sizeof *letters_of_titles - 1;
    gs_buffer text = {.arena = keep};
    for (size_t i = 0; i < length; i++)
        add_character(&text, title[i] = letters_of_titles[below(letters)]);
    return text.text;
}

/* rank() looks whether the index would lose it: a query of its own for each title, and some of others. */
static void the_index_loses_nothing(void)
{
    gs_arena *keep = gs_arena_new(&gs_allocator_default, 0);
    const char *short_ones[64] = {NULL};
    size_t sure_ones = 0, elsewhere = 0;
    for (size_t round = 0; round < 20000; round++) {
        uint32_t title[TITLE];
        size_t length = 1 + below(TITLE);
        bool sure = false, ignored = false;
        if (round % 500 == 0) {
            gs_arena_reset(keep);
            memset(short_ones, 0, sizeof short_ones);
        }
        const char *text = random_title(keep, title, length), *query = cut_out(keep, title, length, &sure);
        int64_t place = rank(query, text);
        sure_ones += sure;
        if (sure && !place)
            fprintf(stderr, "\"%s\" is not found in \"%s\"\n", query, text);
        CHECK(place || !sure);
        for (size_t i = 0; i < 4; i++) {
            const char *other = short_ones[below(TEST_COUNT(short_ones))];
            elsewhere += other && rank(other, text) != 0;
        }
        short_ones[round % TEST_COUNT(short_ones)] = cut_out(keep, title, 1 + length / 8, &ignored);
    }
    CHECK(sure_ones > 12000);
    CHECK(elsewhere > 10000);
    gs_arena_free(keep);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(characters_are_found),       TEST(every_reading_is_found),
        TEST(initials_are_found),         TEST(mixtures_are_found),
        TEST(the_best_comes_first),       TEST(a_rank_is_one_number),
        TEST(hostile_queries_do_no_harm), TEST(work_is_bounded),
        TEST(a_query_is_limited),         TEST(what_is_behind_a_title_is_not_found),
        TEST(memory_may_end_anywhere),    TEST(the_index_loses_nothing),
    };
    pinyin = gs_pinyin_new(&gs_allocator_default);
    arena = gs_arena_new(&gs_allocator_default, 0);
    int failed = !pinyin || !arena || test_main(cases, TEST_COUNT(cases));
    gs_pinyin_free(pinyin, &gs_allocator_default);
    gs_arena_free(arena);
    return failed;
}
