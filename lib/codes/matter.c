/* lib/codes/matter.c - codes of service matters: basic (12), implementation (31), handling item (33).
 *
 * May use: base. An implementation code is the body's USCC, the level at which the power is exercised
 * and the basic code; a handling item adds a two-digit sequence.
 */
#include "codes/check.h"

#include <string.h>

#define BASIC "dddddddddddd"
#define IMPLEMENTATION                                                                                       \
    "uudddddduuuuuuuuuu"                                                                                     \
    "d" BASIC

enum { USCC_SIZE = 18, BASIC_SIZE = 12, IMPLEMENTATION_SIZE = 31, ITEM_SIZE = 33 };

static const gs_shape shape = {"12 / 31 / 33", {BASIC, IMPLEMENTATION, IMPLEMENTATION "dd"}, 'u'};

/* The last type: 00-10 powers, 11-19 their extensions, 20 public services, 21-29 their extensions; 30
 * stands in no national table, but in codes that are in force (Shandong). */
static const char last_type[] = "30";

static void check_basic(gs_check *check, const char *value)
{
    char part[3];
    gs_part(part, value, 2);
    if (gs_all('d', part, 2) && strcmp(part, "00") != 0 && !gs_division_province(part))
        gs_check_say(check, "division", "00 / GB/T 2260", part,
                     "基本编码第1-2位编制地区 %s 既不是00（全国）也不是省级代码",
                     ": the basic code begins with %s, neither 00 (national) nor a province", part);
    gs_part(part, value + 2, 2);
    if (gs_all('d', part, 2) && strcmp(part, last_type) > 0)
        gs_check_say(check, "part", "00-30", part, "基本编码第3-4位事项类型 %s 不在00-30之内",
                     ": characters 3-4 of the basic code, the type of matter %s, are not within 00-30", part);
}

static void check_level(gs_check *check, char level)
{
    char got[] = {level, '\0'};
    if (gs_class_has('d', level) && (level < '1' || level > '7'))
        gs_check_say(check, "part", "1-7", got, "第19位行使层级应为1-7，实为%s",
                     ": character 19, the level of exercise, must be 1-7, is %s", got);
}

static void check_item(gs_check *check, const char *value)
{
    if (strcmp(value, "00") == 0)
        gs_check_say(check, "part", "01-99", value, "第32-33位业务办理项序号应为01-99，实为%s",
                     ": characters 32-33, the handling item, must be 01-99, are %s", value);
}

void gs_check_matter(gs_check *check, const char *value)
{
    size_t size = gs_check_shape(check, value, &shape);
    if (size == BASIC_SIZE)
        check_basic(check, value);
    if (size < IMPLEMENTATION_SIZE)
        return;
    gs_check_uscc_inside(check, value, "事项编码中的实施主体统一社会信用代码",
                         "the implementing body's USCC");
    check_level(check, value[USCC_SIZE]);
    check_basic(check, value + USCC_SIZE + 1);
    if (size == ITEM_SIZE)
        check_item(check, value + IMPLEMENTATION_SIZE);
}
