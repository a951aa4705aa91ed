#include "codes/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The classes of characters; the last is what they are called in a problem. */
typedef struct class_row {
    char class_;
    const char *members;
    const char *shown;
} class_row;

#define DIGITS "0123456789"
static const class_row classes[] = {
    {'d', DIGITS, "0-9"},
    {'x', DIGITS "X", "0-9 X"},
    {'u', DIGITS "ABCDEFGHJKLMNPQRTUWXY", "0-9 A-H J-N P-R T U W X Y"},
    {'a', DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0-9 A-Z"},
    {'c', DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ.", "0-9 A-Z ."},
    {'-', "-", "-"},
};

/* Room for one text: the longest has a value of at most 64 characters and the words of its check. */
enum { TEXT_ROOM = 512 };

static const class_row *class_row_of(char class_)
{
    size_t i = 0;
    while (classes[i].class_ != class_)
        i++;
    return &classes[i];
}

bool gs_class_has(char class_, char c)
{
    return c && strchr(class_row_of(class_)->members, c);
}

bool gs_all(char class_, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!gs_class_has(class_, text[i]))
            return false;
    return true;
}

int gs_digits_value(const char *text, size_t size)
{
    int value = 0;
    for (size_t i = 0; i < size; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

int gs_alnum_value(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

char *gs_part(char *to, const char *from, size_t size)
{
    memcpy(to, from, size);
    to[size] = '\0';
    return to;
}

void gs_check_say(gs_check *check, const char *rule, const char *expected, const char *got, const char *zh,
                  const char *en, ...)
{
    check->count++;
    if (!check->problems)
        return;
    char text_zh[TEXT_ROOM], text_en[TEXT_ROOM];
    const char *field = check->field ? check->field : "";
    size_t size_zh = (size_t)snprintf(text_zh, TEXT_ROOM, "%.100s%s%s", field, *field ? "：" : "", check->zh);
    size_t size_en = (size_t)snprintf(text_en, TEXT_ROOM, "%.100s%s%s", field, *field ? ": " : "", check->en);
    va_list arguments, again;
    va_start(arguments, en);
    va_copy(again, arguments);
    vsnprintf(text_zh + size_zh, TEXT_ROOM - size_zh, zh, arguments);
    vsnprintf(text_en + size_en, TEXT_ROOM - size_en, en, again);
    va_end(again);
    va_end(arguments);
    gs_problem_add(check->problems, &(govsvc_problem){.status = GOVSVC_INVALID,
                                                      .field = field,
                                                      .rule = rule,
                                                      .expected = expected,
                                                      .got = got,
                                                      .text_zh = text_zh,
                                                      .text_en = text_en,
                                                      .basis = check->basis});
}

size_t gs_code_point(const char *at, uint32_t *code_point)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *byte = (const unsigned char *)at;
    size_t more = byte[0] < 0x80 ? 0 : byte[0] >= 0xf0 ? 3 : byte[0] >= 0xe0 ? 2 : 1;
    uint32_t value = more == 0 ? byte[0] : byte[0] & (0x3fu >> more);
    *code_point = 0;
    if (byte[0] >= 0xf8 || (byte[0] >= 0x80 && byte[0] < 0xc0))
        return 1;
    for (size_t i = 1; i <= more; i++) {
        if ((byte[i] & 0xc0) != 0x80)
            return 1;
        value = value << 6 | (byte[i] & 0x3f);
    }
    if (value < least[more] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return 1;
    *code_point = value;
    return more + 1;
}

static size_t characters(const char *value)
{
    size_t count = 0;
    uint32_t code_point;
    for (const char *at = value; *at; at += gs_code_point(at, &code_point))
        count++;
    return count;
}

/* A character as a problem can show it: itself where it can be seen, else its number. */
static size_t show(const char *at, char shown[16])
{
    uint32_t code_point;
    size_t size = gs_code_point(at, &code_point);
    if (code_point == 0)
        snprintf(shown, 16, "\\x%02X", (unsigned)(unsigned char)*at);
    else if (code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0))
        snprintf(shown, 16, "U+%04X", (unsigned)code_point);
    else
        gs_part(shown, at, size);
    return size;
}

/* Tells the characters of value that are not of their class (the pattern's, or the same for all where
 * it is NULL), at most limit of them. */
static bool check_characters(gs_check *check, const char *value, const char *pattern, char same, size_t limit)
{
    size_t position = 1, found = 0, size;
    for (const char *at = value; *at && found < limit; at += size, position++) {
        char class_ = pattern ? pattern[position - 1] : same, shown[16];
        size = show(at, shown);
        if (size == 1 && gs_class_has(class_, *at))
            continue;
        const char *allowed = class_row_of(class_)->shown;
        gs_check_say(check, "alphabet", allowed, shown, "第%zu位字符“%s”不允许，应为 %s 之一",
                     ": character %zu is \"%s\", must be one of %s", position, shown, allowed);
        found++;
    }
    return found == 0;
}

bool gs_check_class(gs_check *check, const char *value, char class_)
{
    return check_characters(check, value, NULL, class_, SIZE_MAX);
}

size_t gs_check_shape(gs_check *check, const char *value, const gs_shape *shape)
{
    size_t size = characters(value);
    const char *const *pattern = shape->patterns;
    while (*pattern && strlen(*pattern) != size)
        pattern++;
    if (*pattern) {
        check_characters(check, value, *pattern, shape->widest, SIZE_MAX);
        return strlen(value) == size ? size : 0;
    }
    char got[24];
    snprintf(got, sizeof got, "%zu", size);
    gs_check_say(check, "length", shape->lengths, got, "应为 %s 位，实为 %zu 位",
                 ": must have %s characters, has %zu", shape->lengths, size);
    /* Positions mean little now; one foreign character is told, since it is often why. */
    check_characters(check, value, NULL, shape->widest, 1);
    return 0;
}
