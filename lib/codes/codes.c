/* lib/codes/codes.c - the kinds of number, and the public functions over them.
 *
 * May use: base. A kind is a row here and a check in its own file.
 */
#include "codes/check.h"

#include <string.h>

typedef struct code_kind {
    int64_t kind;
    const char *name;
    const char *zh;
    const char *en;
    const char *basis;
    void (*check)(gs_check *check, const char *value);
    char (*check_character)(const char *body, size_t size); /* NULL: the kind has none */
    bool hyphen;                                            /* may stand in it */
} code_kind;

static const code_kind kinds[] = {
    {GOVSVC_CODE_CITIZEN_ID, "citizen-id", "公民身份号码", "citizen id", "GB 11643-1999", gs_check_citizen_id,
     gs_citizen_id_check_character, false},
    {GOVSVC_CODE_USCC, "uscc", "统一社会信用代码", "unified social credit code", "GB 32100-2015",
     gs_check_uscc, gs_uscc_check_character, false},
    {GOVSVC_CODE_ORG_CODE, "org-code", "组织机构代码", "organisation code", "GB 11714-1997",
     gs_check_org_code, gs_org_code_check_character, true},
    {GOVSVC_CODE_DIVISION, "division", "行政区划代码", "division code", "GB/T 2260-2007", gs_check_division,
     NULL, false},
    {GOVSVC_CODE_MATTER, "matter-code", "事项编码", "matter code", "GB/T 39554.1-2020", gs_check_matter, NULL,
     false},
    {GOVSVC_CODE_CERTIFICATE_ID, "certificate-id", "电子证照标识", "certificate identifier",
     "GB/T 36904-2018", gs_check_certificate_id, gs_certificate_id_check_character, false},
};

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static const code_kind *kind_of(int64_t kind)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (kinds[i].kind == kind)
            return &kinds[i];
    return NULL;
}

int64_t govsvc_code_kind(const char *name)
{
    for (size_t i = 0; name && i < KIND_COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    return 0;
}

const char *govsvc_code_kind_name(int64_t kind)
{
    const code_kind *row = kind_of(kind);
    return row ? row->name : NULL;
}

const char *gs_code_title_zh(int64_t kind)
{
    const code_kind *row = kind_of(kind);
    return row ? row->zh : NULL;
}

const char *gs_code_title_en(int64_t kind)
{
    const code_kind *row = kind_of(kind);
    return row ? row->en : NULL;
}

govsvc_status gs_code_check(int64_t kind, const char *value, gs_problems *problems, const char *field)
{
    const code_kind *row = kind_of(kind);
    if (!row)
        return GOVSVC_UNSUPPORTED;
    if (!value)
        return GOVSVC_MISUSE;
    gs_check check = {
        .problems = problems, .field = field, .zh = row->zh, .en = row->en, .basis = row->basis};
    if (!memchr(value, '\0', GOVSVC_CODE_MAX + 1))
        gs_check_say(&check, "length", "1-256", "> 256", "超过%d字节", ": longer than %d bytes",
                     GOVSVC_CODE_MAX);
    else
        row->check(&check, value);
    return check.count ? GOVSVC_INVALID : GOVSVC_OK;
}

govsvc_status govsvc_code_check(int64_t kind, const char *value, const govsvc_problem_list **problems)
{
    govsvc_status status = gs_code_check(kind, value, NULL, "");
    if (status != GOVSVC_INVALID || !problems)
        return status;
    gs_problems *list = gs_problems_new(&gs_allocator_default);
    if (!list)
        return GOVSVC_NO_MEMORY;
    gs_code_check(kind, value, list, "");
    return gs_problems_give(list, problems);
}

govsvc_status govsvc_code_check_character(int64_t kind, const char *body, char *check)
{
    const code_kind *row = kind_of(kind);
    if (!row || !row->check_character)
        return GOVSVC_UNSUPPORTED;
    if (!body || !check)
        return GOVSVC_MISUSE;
    const char *end = memchr(body, '\0', GOVSVC_CODE_MAX + 1);
    char made = end ? row->check_character(body, (size_t)(end - body)) : '\0';
    if (!made)
        return GOVSVC_INVALID;
    *check = made;
    return GOVSVC_OK;
}

/* ---- The strict form --------------------------------------------------------------------------------- */

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f ||
           c == 0x3000 || c == 0xfeff;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xff0d;
}

/* The ASCII character that stands for c in the strict form; 0: c stays as it is. */
static char strict(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
    if (c >= 'a' && c <= 'z')
        c -= 'a' - 'A';
    return c > 0 && c < 0x80 ? (char)c : '\0';
}

/* Writes the strict form of value to the arena's root, which is as long as value and three more. */
static size_t make_strict(char *to, const char *value, bool hyphen)
{
    size_t made = 0, size;
    uint32_t c;
    for (const char *at = value; *at; at += size) {
        size = gs_code_point(at, &c);
        if (is_space(c) || (is_hyphen(c) && !hyphen))
            continue;
        char ascii = is_hyphen(c) ? '-' : strict(c);
        memcpy(to + made, ascii ? &ascii : at, ascii ? 1 : size);
        made += ascii ? 1 : size;
    }
    to[made] = '\0';
    return made;
}

/* The older citizen id becomes the newer: the century put in, the check character put behind. */
static void lengthen(char *citizen_id)
{
    memmove(citizen_id + 8, citizen_id + 6, 9);
    memcpy(citizen_id + 6, "19", 2);
    citizen_id[17] = gs_citizen_id_check_character(citizen_id, 17);
    citizen_id[18] = '\0';
}

govsvc_status govsvc_code_normalise(int64_t kind, const char *value, const char **out)
{
    const code_kind *row = kind_of(kind);
    if (!row)
        return GOVSVC_UNSUPPORTED;
    if (!value || !out)
        return GOVSVC_MISUSE;
    gs_arena *arena = gs_arena_new(&gs_allocator_default, strlen(value) + sizeof "19X");
    if (!arena)
        return GOVSVC_NO_MEMORY;
    char *text = gs_arena_root(arena);
    size_t size = make_strict(text, value, row->hyphen);
    if (kind == GOVSVC_CODE_CITIZEN_ID && size == 15 && gs_all('d', text, size))
        lengthen(text);
    *out = text;
    return GOVSVC_OK;
}
