/* lib/codes/certificate.c - identifiers of electronic certificates, GB/T 36904, and ISO 7064 MOD 37,36.
 *
 * May use: base. Root, type (USCC of who defined it, three digits), issuer (USCC, or a division), serial,
 * version and check character stand between dots.
 */
#include "codes/check.h"

#include <string.h>

#define ROOT "1.2.156.3005.2"

enum { ROOT_PARTS = 5, PARTS = 5, TYPE_SIZE = 21, USCC_SIZE = 18, SERIAL_MAX = 64 };

static const char uscc_pattern[] = "uudddddduuuuuuuuuu";

char gs_iso7064_mod37_36(const char *text, size_t size)
{
    unsigned product = 36;
    for (size_t i = 0; i < size; i++) {
        if (!gs_class_has('a', text[i]))
            continue;
        unsigned sum = (product + (unsigned)gs_alnum_value(text[i])) % 36;
        product = (sum ? sum : 36) * 2 % 37;
    }
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - product) % 36];
}

static size_t root_size(const char *text, size_t size)
{
    size_t root = strlen(ROOT ".");
    return size >= root && memcmp(text, ROOT ".", root) == 0 ? root : 0;
}

char gs_certificate_id_check_character(const char *body, size_t size)
{
    size_t root = root_size(body, size), counted = 0;
    for (size_t i = root; i < size; i++) {
        if (gs_class_has('a', body[i]))
            counted++;
        else if (body[i] != '.' && body[i] != '_')
            return '\0';
    }
    return counted ? gs_iso7064_mod37_36(body + root, size - root) : '\0';
}

static bool matches(const char *text, const char *pattern)
{
    size_t size = strlen(pattern);
    for (size_t i = 0; i < size; i++)
        if (!gs_class_has(pattern[i], text[i]))
            return false;
    return text[size] == '\0';
}

static void check_type(gs_check *check, const char *type)
{
    char uscc[USCC_SIZE + 1] = "";
    if (strlen(type) == TYPE_SIZE)
        gs_part(uscc, type, USCC_SIZE);
    if (matches(uscc, uscc_pattern) && gs_all('d', type + USCC_SIZE, 3))
        gs_check_uscc_inside(check, uscc, "电子证照标识中证照类型代码的定义机构统一社会信用代码",
                             "the USCC in the certificate type");
    else
        gs_check_say(check, "part", "USCC + 000-999", type,
                     "第1段证照类型代码应为18位统一社会信用代码加3位数字，实为%s",
                     ": its part 1, the certificate type, must be a USCC and 3 digits, is %s", type);
}

static void check_issuer(gs_check *check, const char *issuer)
{
    if (matches(issuer, uscc_pattern))
        gs_check_uscc_inside(check, issuer, "电子证照标识中证照颁发机构的统一社会信用代码",
                             "the USCC of the certificate's issuer");
    else if (!matches(issuer, "dddddd"))
        gs_check_say(check, "part", "USCC / GB/T 2260", issuer,
                     "第2段证照颁发机构代码应为18位统一社会信用代码或6位行政区划代码，实为%s",
                     ": its part 2, the issuer, must be a USCC or a 6-digit division, is %s", issuer);
    else if (!gs_division_known6(issuer))
        gs_check_say(check, "division", "GB/T 2260", issuer,
                     "第2段证照颁发机构代码 %s 不是已知的行政区划代码",
                     ": its part 2, the issuer %s, is no known division", issuer);
}

static void check_serial(gs_check *check, const char *serial)
{
    size_t size = strlen(serial);
    if (size < 1 || size > SERIAL_MAX)
        gs_check_say(check, "part", "1-64", serial, "第3段流水号应为1-64位，实为%zu位",
                     ": its part 3, the serial, must have 1-64 characters, has %zu", size);
}

static void check_version(gs_check *check, const char *version)
{
    if (!matches(version, "ddd") || strcmp(version, "000") == 0)
        gs_check_say(check, "part", "001-999", version, "第4段版本号应为001-999，实为%s",
                     ": its part 4, the version, must be 001-999, is %s", version);
}

static void check_last(gs_check *check, const char *last, char want)
{
    if (strlen(last) != 1)
        gs_check_say(check, "part", "0-9 A-Z", last, "第5段校验码应为1位，实为%zu位",
                     ": its part 5, the check character, must be 1 character, has %zu", strlen(last));
    else if (*last != want)
        gs_check_say(check, "check_character", (char[]){want, '\0'}, last, "校验码应为%c，实为%c",
                     ": its check character must be %c, is %c", want, *last);
}

/* Cuts text at its dots; how many parts there are, of which at most PARTS are kept. */
static size_t cut(char *text, char *parts[PARTS])
{
    size_t count = 0;
    for (char *at = text; at; count++) {
        char *dot = strchr(at, '.');
        if (dot)
            *dot++ = '\0';
        if (count < PARTS)
            parts[count] = at;
        at = dot;
    }
    return count;
}

/* What follows the root; told where it is not there. A number of that many arcs before it, right or
 * wrong, is taken for a root, so that the rest can be checked still. */
static const char *behind_root(gs_check *check, const char *value)
{
    size_t root = root_size(value, strlen(value)), dots = 0;
    if (root)
        return value + root;
    gs_check_say(check, "part", ROOT, value, "应以根标识 %s 开头", ": must begin with the root %s", ROOT);
    for (const char *at = value; *at; at++)
        dots += *at == '.';
    if (dots == ROOT_PARTS + PARTS - 1)
        for (size_t skipped = 0; skipped < ROOT_PARTS; value++)
            skipped += *value == '.';
    return value;
}

void gs_check_certificate_id(gs_check *check, const char *value)
{
    char text[GOVSVC_CODE_MAX + 1], *parts[PARTS];
    if (!gs_check_class(check, value, 'c'))
        return;
    const char *rest = behind_root(check, value), *last = strrchr(rest, '.');
    char want = gs_iso7064_mod37_36(rest, last ? (size_t)(last - rest) : 0);
    size_t count = cut(strcpy(text, rest), parts);
    if (count != PARTS) {
        gs_check_say(
            check, "part", "5", rest,
            "根标识之后应有5段（类型、颁发机构、流水号、版本号、校验码），实有%zu段",
            ": 5 parts must follow the root (type, issuer, serial, version, check character), %zu do", count);
        return;
    }
    check_type(check, parts[0]);
    check_issuer(check, parts[1]);
    check_serial(check, parts[2]);
    check_version(check, parts[3]);
    check_last(check, parts[4], want);
}
