/* lib/codes/identity.c - numbers of persons and organisations: GB 11643, GB 32100, GB 11714.
 *
 * May use: base. A citizen's number is personal: what a problem repeats of it is masked.
 */
#include "codes/check.h"

#include <string.h>

/* ---- Citizen identity number, GB 11643 --------------------------------------------------------------- */

static const gs_shape citizen_shape = {"18 / 15", {"dddddddddddddddddx", "ddddddddddddddd"}, 'x'};

/* The residence permit of Taiwan residents uses a prefix that is no division. */
static const char taiwan_resident[] = "830000";

char gs_citizen_id_check_character(const char *body, size_t size)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (size != 17 || !gs_all('d', body, size))
        return '\0';
    int sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += weights[i] * (body[i] - '0');
    return "10X98765432"[sum % 11];
}

static bool real_date(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

/* All but the first six and the last. */
static void mask(char *to, const char *value, size_t size)
{
    gs_part(to, value, size);
    memset(to + 6, '*', size - 7);
}

static void check_birth_date(gs_check *check, const char *value, size_t size)
{
    size_t year_size = size == 18 ? 4 : 2;
    const char *month = value + 6 + year_size;
    int year = gs_digits_value(value + 6, year_size) + (size == 18 ? 0 : 1900);
    if (year >= 1850 && year <= 2199 &&
        real_date(year, gs_digits_value(month, 2), gs_digits_value(month + 2, 2)))
        return;
    char masked[19];
    mask(masked, value, size);
    gs_check_say(check, "birth_date", size == 18 ? "YYYYMMDD, 1850-2199" : "YYMMDD", masked,
                 "第7-%d位出生日期不是真实日期", ": digits 7-%d, the birth date, are no real date",
                 size == 18 ? 14 : 12);
}

void gs_check_citizen_id(gs_check *check, const char *value)
{
    size_t size = gs_check_shape(check, value, &citizen_shape);
    if (size == 0)
        return;
    if (gs_all('d', value, 6) && !gs_division_known6(value) && strncmp(value, taiwan_resident, 6) != 0) {
        char six[7];
        gs_part(six, value, 6);
        gs_check_say(check, "division", "GB/T 2260", six, "前6位 %s 自1980年以来都不是行政区划代码",
                     ": its first 6 digits %s were no division at any time since 1980", six);
    }
    if (gs_all('d', value + 6, size == 18 ? 8 : 6))
        check_birth_date(check, value, size);
    char want = size == 18 ? gs_citizen_id_check_character(value, 17) : '\0';
    if (want && gs_class_has('x', value[17]) && value[17] != want)
        gs_check_say(check, "check_character", (char[]){want, '\0'}, value + 17, "第18位校验码应为%c，实为%c",
                     ": its check character (18) must be %c, is %c", want, value[17]);
}

/* ---- Organisation code, GB 11714 --------------------------------------------------------------------- */

static const gs_shape org_shape = {"9 / 10 (XXXXXXXX-X)", {"aaaaaaaaa", "aaaaaaaa-a"}, 'a'};

char gs_org_code_check_character(const char *body, size_t size)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    if (size == 9 && body[8] == '-')
        size = 8;
    if (size != 8 || !gs_all('a', body, size))
        return '\0';
    int sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += weights[i] * gs_alnum_value(body[i]);
    return "0X987654321"[sum % 11];
}

void gs_check_org_code(gs_check *check, const char *value)
{
    size_t size = gs_check_shape(check, value, &org_shape);
    if (size == 0)
        return;
    char got = value[size - 1], want = gs_org_code_check_character(value, 8);
    if (want && gs_class_has('a', got) && got != want)
        gs_check_say(check, "check_character", (char[]){want, '\0'}, value + size - 1,
                     "末位校验码应为%c，实为%c", ": its last, the check character, must be %c, is %c", want,
                     got);
}

/* ---- Unified social credit code, GB 32100 ------------------------------------------------------------ */

static const gs_shape uscc_shape = {"18", {"uudddddduuuuuuuuuu"}, 'u'};

/* Registration departments and the kinds of body each registers; 4 and 5 of civil affairs (villagers'
 * and residents' committees) come from practice. */
typedef struct department {
    char code;
    const char *kinds;
    const char *name;
} department;

static const department departments[] = {
    {'1', "1239", "机构编制"}, {'2', "19", "外交"},     {'3', "123459", "司法行政"}, {'4', "19", "文化"},
    {'5', "123459", "民政"},   {'6', "129", "旅游"},    {'7', "129", "宗教"},        {'8', "19", "工会"},
    {'9', "123", "市场监管"},  {'A', "19", "军队编制"}, {'N', "1239", "农业农村"},   {'Y', "1", "其他"},
};

char gs_uscc_check_character(const char *body, size_t size)
{
    static const char members[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if (size != 17 || !gs_all('u', body, size))
        return '\0';
    int sum = 0, weight = 1;
    for (size_t i = 0; i < size; i++, weight = weight * 3 % 31)
        sum += weight * (int)(strchr(members, body[i]) - members);
    return members[(31 - sum % 31) % 31];
}

static void check_department(gs_check *check, const char *value)
{
    const department *row = NULL;
    for (size_t i = 0; i < sizeof departments / sizeof *departments; i++)
        if (departments[i].code == value[0])
            row = &departments[i];
    char got[] = {value[0], '\0'}, kind[] = {value[1], '\0'};
    if (!row)
        gs_check_say(check, "part", "1-9 A N Y", got, "第1位登记管理部门代码不应为%s",
                     ": its first character, the registration department, must not be %s", got);
    else if (gs_class_has('u', value[1]) && !strchr(row->kinds, value[1]))
        gs_check_say(check, "part", row->kinds, kind, "第2位机构类别代码%s不属于登记管理部门%s（%s）",
                     ": its second character, the kind of body %s, does not belong to department %s (%s)",
                     kind, got, row->name);
}

/* Bodies of the state as a whole carry 100000, and development zones have codes outside GB/T 2260: the
 * province must be one. */
static void check_registered_at(gs_check *check, const char *six)
{
    if (gs_division_known6(six) || gs_division_province(six) || strncmp(six, "10", 2) == 0)
        return;
    gs_check_say(check, "division", "GB/T 2260", six, "第3-8位登记管理机关行政区划 %s 不存在",
                 ": characters 3-8, the registering division %s, do not exist", six);
}

static void check_uscc_parts(gs_check *check, const char *value)
{
    char part[10];
    if (gs_class_has('u', value[0]))
        check_department(check, value);
    if (gs_all('d', value + 2, 6))
        check_registered_at(check, gs_part(part, value + 2, 6));
    char want = gs_all('u', value + 8, 9) ? gs_org_code_check_character(value + 8, 8) : '\0';
    if (want && value[16] != want)
        gs_check_say(check, "part", (char[]){want, '\0'}, gs_part(part, value + 16, 1),
                     "第9-17位主体标识码的校验码（第17位）应为%c，实为%c",
                     ": the organisation code in it (characters 9-17) must end in %c, ends in %c", want,
                     value[16]);
    want = gs_uscc_check_character(value, 17);
    if (want && gs_class_has('u', value[17]) && value[17] != want)
        gs_check_say(check, "check_character", (char[]){want, '\0'}, gs_part(part, value + 17, 1),
                     "第18位校验码应为%c，实为%c", ": its check character (18) must be %c, is %c", want,
                     value[17]);
}

void gs_check_uscc(gs_check *check, const char *value)
{
    if (gs_check_shape(check, value, &uscc_shape))
        check_uscc_parts(check, value);
}

void gs_check_uscc_inside(gs_check *outer, const char *value, const char *zh, const char *en)
{
    gs_check inner = *outer;
    inner.zh = zh;
    inner.en = en;
    inner.basis = "GB 32100-2015";
    check_uscc_parts(&inner, value);
    outer->count = inner.count;
}
