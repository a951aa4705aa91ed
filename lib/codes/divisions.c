/* lib/codes/divisions.c - administrative divisions: the table, the lookup, the check of 6, 9, 12 digits.
 *
 * May use: base. The rows stand in divisions.def. Names lie in one pool and rows hold offsets into
 * it, so that a shared library has nothing to relocate.
 */
#include "codes/check.h"

#include <string.h>

#define EDITION "GB/T 2260 (2023)"

#define NOW 1
#define OLD 0

#define D(code, since, current, name) char n##code[sizeof(name)];
typedef struct name_pool {
#include "codes/divisions.def"
} name_pool;
#undef D

#define D(code, since, current, name) name,
static const name_pool names = {
#include "codes/divisions.def"
};
#undef D

/* key: the code, 20 bits; years since 1980, 7 bits; current, 1 bit */
typedef struct division_row {
    uint32_t key;
    uint32_t name;
} division_row;

#define D(code, since, current, name)                                                                        \
    {(uint32_t)code << 8 | (uint32_t)(since - 1980) << 1 | current, offsetof(name_pool, n##code)},
static const division_row rows[] = {
#include "codes/divisions.def"
};
#undef D

/* Prefecture-level cities without counties: their own code stands before a town's. */
static const char *const without_counties[] = {"441900", "442000", "460400", "620200"};

static const gs_shape shape = {"6 / 9 / 12", {"dddddd", "ddddddddd", "dddddddddddd"}, 'd'};

size_t gs_division_count(void)
{
    return sizeof rows / sizeof *rows;
}

bool gs_division_find(const char *six, gs_division *division)
{
    if (!gs_all('d', six, 6))
        return false;
    uint32_t code = (uint32_t)gs_digits_value(six, 6);
    size_t low = 0, high = gs_division_count();
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].key >> 8 < code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == gs_division_count() || rows[low].key >> 8 != code)
        return false;
    if (division)
        *division = (gs_division){.name = (const char *)&names + rows[low].name,
                                  .since = (int16_t)(1980 + (rows[low].key >> 1 & 0x7f)),
                                  .current = rows[low].key & 1};
    return true;
}

bool gs_division_known6(const char *six)
{
    return gs_division_find(six, NULL);
}

bool gs_division_province(const char *two)
{
    if (!gs_all('d', two, 2))
        return false;
    char six[7] = {two[0], two[1], '0', '0', '0', '0', '\0'};
    gs_division division;
    return gs_division_find(six, &division) && division.current;
}

static bool may_have_towns(const char *six)
{
    for (size_t i = 0; i < sizeof without_counties / sizeof *without_counties; i++)
        if (strncmp(six, without_counties[i], 6) == 0)
            return true;
    return six[4] != '0' || six[5] != '0';
}

static void check_prefix(gs_check *check, const char *value)
{
    gs_division division;
    char six[7];
    gs_part(six, value, 6);
    if (!gs_division_find(six, &division))
        gs_check_say(check, "division", EDITION, six, "前6位 %s 不是已知的行政区划代码",
                     ": its first 6 digits %s are no known division", six);
    else if (!division.current)
        gs_check_say(check, "abolished", EDITION, six, "前6位 %s（%s，%d年已在使用）已撤销，不在2023年版中",
                     ": its first 6 digits %s (%s, in use in %d) are abolished: not in the edition of 2023",
                     six, division.name, division.since);
}

static void check_town(gs_check *check, const char *value, size_t size)
{
    char town[4], village[4] = "";
    gs_part(town, value + 6, 3);
    if (size == 12)
        gs_part(village, value + 9, 3);
    bool no_town = strcmp(town, "000") == 0;
    if (no_town && size == 9)
        gs_check_say(check, "part", "001-999", town, "第7-9位乡镇（街道）段不能为000",
                     ": its town part, digits 7-9, must not be 000");
    if (no_town && size == 12 && strcmp(village, "000") != 0)
        gs_check_say(check, "part", "000", village, "第7-9位为000时，第10-12位村（社区）段应为000，实为%s",
                     ": without a town (digits 7-9 are 000) its village part must be 000, is %s", village);
    if (!no_town && !may_have_towns(value))
        gs_check_say(check, "part", "000", town, "省、地级代码之下不能直接有乡镇（街道）段%s",
                     ": a province or prefecture has no town part, %s stands there", town);
}

void gs_check_division(gs_check *check, const char *value)
{
    size_t size = gs_check_shape(check, value, &shape);
    if (size == 0)
        return;
    if (gs_all('d', value, 6))
        check_prefix(check, value);
    if (size > 6 && gs_all('d', value, size)) {
        gs_check town = *check;
        town.basis = "GB/T 10114-2003";
        check_town(&town, value, size);
        check->count = town.count;
    }
}

govsvc_status govsvc_division_lookup(const char *code, const govsvc_division_fact **out)
{
    if (!code || !out)
        return GOVSVC_MISUSE;
    gs_division division;
    if (!gs_division_find(code, &division) || code[6] != '\0')
        return GOVSVC_NOT_FOUND;
    gs_arena *arena = gs_arena_new(&gs_allocator_default, sizeof(govsvc_division_fact));
    if (!arena)
        return GOVSVC_NO_MEMORY;
    govsvc_division_fact *fact = gs_arena_root(arena);
    *fact = (govsvc_division_fact){.struct_size = sizeof *fact,
                                   .code = gs_arena_text(arena, code),
                                   .name = division.name,
                                   .since = division.since,
                                   .current = division.current ? GOVSVC_YES : GOVSVC_NO};
    if (gs_arena_failed(arena)) {
        gs_arena_free(arena);
        return GOVSVC_NO_MEMORY;
    }
    *out = fact;
    return GOVSVC_OK;
}
