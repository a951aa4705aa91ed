/* tests/text/text_test.c - how texts are folded and characters are read. */
#include "test.h"
#include "text/text.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>

static gs_pinyin *pinyin;
static gs_arena *arena;

static const char *fold(const char *text)
{
    gs_arena_reset(arena);
    return gs_fold(arena, text);
}

/* "hang heng xing" */
static const char *readings_of(uint32_t character)
{
    const uint16_t *ids;
    size_t count = gs_pinyin_readings(pinyin, character, &ids);
    gs_buffer out = {.arena = arena};
    gs_arena_reset(arena);
    gs_buffer_text(&out, "");
    for (size_t i = 0; i < count; i++)
        gs_buffer_print(&out, "%s%s", i ? " " : "", gs_pinyin_syllable(ids[i]));
    return out.text;
}

/* ---- folding ----------------------------------------------------------------------------------------- */

static void texts_are_folded(void)
{
    CHECK_TEXT(fold("ＡＢＣ１２３　食品"), "abc123 食品");
    CHECK_TEXT(fold("食品（餐饮）经营"), "食品 餐饮 经营");
    CHECK_TEXT(fold("  《许可证》—— 变更。 "), "许可证 变更");
    CHECK_TEXT(fold("名称\n（别名）\r\n\n又名\n"), "名称\n别名\n又名");
    CHECK_TEXT(fold("銀行 银行"), "銀行 银行");
    CHECK_TEXT(fold("㈠ ① ㎡ ½ ﬁ"), "一 1 m2 1 2 fi");
    CHECK_TEXT(fold("⼀⾏"), "一行"); /* radicals that look like characters */
    CHECK_TEXT(fold("ÀÉ ẞ"), "àé ss");
    CHECK_TEXT(fold("e\xcc\x81"), "é");
    CHECK_TEXT(fold("买买提·𠮷"), "买买提 𠮷");
    CHECK_TEXT(fold("二〇二六年"), "二〇二六年");
}

static void hostile_texts_are_folded(void)
{
    CHECK_TEXT(fold(""), "");
    CHECK_TEXT(fold(" \t\r\n，。"), "");
    CHECK_TEXT(fold("a\xff\xc0\xaf"
                    "b\xed\xa0\x80"),
               "a b");
    CHECK_TEXT(fold("\xe9\x93"), "");
    CHECK_TEXT(fold("a\xf4\x8f\xbf\xbf"), "a\xf4\x8f\xbf\xbf");
    CHECK_TEXT(fold("a😀👨‍👩‍👧b"), "a b");
    CHECK_TEXT(fold("a\xe2\x80\x8b"
                    "b\xc2\xad"
                    "c"),
               "abc"); /* what takes no room */
    CHECK_TEXT(fold("\x01\x02\x7f"), "");
}

/* One character becomes eighteen; 64 KB are read, whatever they end in. */
static void long_texts_are_folded(void)
{
    static char text[200001];
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "\xef\xb7\xba", 3);
    const char *wide = fold(text);
    CHECK(strlen(wide) > 65536 && strlen(wide) < 18 * 65536);
    memset(text, 'A', sizeof text - 1);
    CHECK_INT(strlen(fold(text)), 65536);
}

/* ---- readings ---------------------------------------------------------------------------------------- */

static void characters_have_all_their_readings(void)
{
    /* clang-format off */
    static const struct {
        uint32_t character;
        const char *readings;
    } rows[] = {
        {U'行', "hang heng xing"}, {U'乐', "le yue"}, {U'长', "chang zhang"}, {U'会', "hui kuai"},
        {U'重', "chong zhong"}, {U'调', "diao tiao"}, {U'厦', "sha xia"}, {U'六', "liu lu"},
        {U'牟', "mou mu"}, {U'参', "can cen shen"}, {U'单', "chan dan shan"}, {U'邕', "yong"},
        {U'壮', "zhuang"}, {U'苎', "zhu"}, {U'砼', "tong"}, {U'圩', "wei xu"},
        {U'莞', "guan wan"}, {U'略', "lue lve"}, {U'女', "nv"}, {U'嗯', "en"},
        {U'長', "chang zhang"}, {U'〇', "ling"}, {U'𨭉', "ban"}, {U'南', "na nan"},
    };
    /* clang-format on */
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        CHECK_TEXT(readings_of(rows[i].character), rows[i].readings);
}

static void others_have_none(void)
{
    static const uint32_t others[] = {0,      'a',    '1',     U'é',    0x3400,   0x4DFF,
                                      0xA000, 0xAC00, 0x1F600, 0x2FFFF, 0x10FFFF, UINT32_MAX};
    for (size_t i = 0; i < TEST_COUNT(others); i++)
        CHECK_TEXT(readings_of(others[i]), "");
}

static void every_character_of_gb_2312_has_a_reading(void)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open("GB2312", &error);
    size_t characters = 0, unread = 0;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    for (int row = 16; row <= 87; row++)
        for (int cell = 1; cell <= 94; cell++) {
            const char bytes[] = {(char)(0xA0 + row), (char)(0xA0 + cell)}, *at = bytes;
            UErrorCode unknown = U_ZERO_ERROR;
            UChar32 character = ucnv_getNextUChar(converter, &at, bytes + 2, &unknown);
            ucnv_resetToUnicode(converter);
            if (U_FAILURE(unknown) || u_charType(character) == U_PRIVATE_USE_CHAR)
                continue;
            characters++;
            unread += *readings_of((uint32_t)character) == '\0';
        }
    ucnv_close(converter);
    CHECK(U_SUCCESS(error));
    CHECK_INT(characters, 6763);
    CHECK_INT(unread, 0);
}

/* In order, each a few letters, and the readings of a character distinct and few. */
static void the_table_is_sound(void)
{
    uint16_t low = 0, high = 0;
    CHECK(gs_pinyin_range("", 0, &low, &high));
    CHECK(low == 1 && high > 400 && high < 450);
    for (uint16_t id = low; id <= high; id++) {
        const char *syllable = gs_pinyin_syllable(id);
        size_t size = strlen(syllable);
        CHECK(size >= 1 && size <= GS_SYLLABLE_SIZE &&
              strspn(syllable, "abcdefghijklmnopqrstuvwxyz") == size);
        CHECK(id == low || strcmp(gs_pinyin_syllable((uint16_t)(id - 1)), syllable) < 0);
    }
    for (uint32_t character = 1; character < 0x33000; character++) {
        const uint16_t *ids;
        size_t count = gs_pinyin_readings(pinyin, character, &ids);
        CHECK(count <= GS_READINGS_MAX);
        for (size_t i = 0; i < count; i++)
            CHECK(ids[i] >= low && ids[i] <= high && (i == 0 || ids[i - 1] < ids[i]));
    }
}

static void syllables_have_ranges(void)
{
    uint16_t low = 0, high = 0;
    CHECK(gs_pinyin_range("xia", 3, &low, &high));
    CHECK_TEXT(gs_pinyin_syllable(low), "xia");
    CHECK_TEXT(gs_pinyin_syllable(high), "xiao");
    CHECK(gs_pinyin_range("zhuang", 6, &low, &high) && low == high);
    CHECK(!gs_pinyin_range("i", 1, &low, &high));
    CHECK(!gs_pinyin_range("hax", 3, &low, &high));
    CHECK(!gs_pinyin_range("zz", 2, &low, &high));
}

int main(void)
{
    static const test_case cases[] = {
        TEST(texts_are_folded),      TEST(hostile_texts_are_folded),
        TEST(long_texts_are_folded), TEST(characters_have_all_their_readings),
        TEST(others_have_none),      TEST(every_character_of_gb_2312_has_a_reading),
        TEST(the_table_is_sound),    TEST(syllables_have_ranges),
    };
    pinyin = gs_pinyin_new(&gs_allocator_default);
    arena = gs_arena_new(&gs_allocator_default, 0);
    int failed = !pinyin || !arena || test_main(cases, TEST_COUNT(cases));
    gs_pinyin_free(pinyin, &gs_allocator_default);
    gs_arena_free(arena);
    return failed;
}
