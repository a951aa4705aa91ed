#include "base/text.h"

/* Continuation bytes into a code point; GS_UTF8_BAD where one is none (the closing NUL is none either). */
static int32_t continued(const unsigned char *bytes, int32_t value, int count, int32_t least)
{
    for (int i = 1; i <= count; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return GS_UTF8_BAD;
        value = value << 6 | (bytes[i] & 0x3F);
    }
    return value < least || value > 0x10FFFF ? GS_UTF8_BAD : value;
}

int32_t gs_utf8_next(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    int32_t value = bytes[0];
    int more = 0;
    if (value == 0)
        return 0;
    if (value >= 0xF8 || (value >= 0x80 && value < 0xC0))
        return GS_UTF8_BAD;
    if (value >= 0xF0)
        value = continued(bytes, value & 0x07, more = 3, 0x10000);
    else if (value >= 0xE0)
        value = continued(bytes, value & 0x0F, more = 2, 0x800);
    else if (value >= 0xC0)
        value = continued(bytes, value & 0x1F, more = 1, 0x80);
    if (value != GS_UTF8_BAD)
        *at += more + 1;
    return value;
}

bool gs_character_refused(int32_t character, bool lines)
{
    static const struct {
        int32_t from, to;
    } refused[] = {
        {0x01, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200B, 0x200F}, {0x2028, 0x202E},
        {0x2060, 0x2060}, {0x2066, 0x2069}, {0xD800, 0xDFFF}, {0xFDD0, 0xFDEF}, {0xFEFF, 0xFEFF},
    };
    if (character >= 0x20 && character < 0x7F)
        return false;
    if (lines && (character == '\n' || character == '\t'))
        return false;
    if ((character & 0xFFFE) == 0xFFFE)
        return true;
    for (size_t i = 0; i < sizeof refused / sizeof *refused && refused[i].from <= character; i++)
        if (character <= refused[i].to)
            return true;
    return false;
}

gs_text_facts gs_text_look(const char *text, bool lines)
{
    gs_text_facts facts = {NULL, 0, 0};
    for (int32_t c; (c = gs_utf8_next(&text)) != 0; facts.length++) {
        if (c == GS_UTF8_BAD) {
            facts.rule = "utf8";
            return facts;
        }
        if (!facts.rule && gs_character_refused(c, lines)) {
            facts.rule = "character";
            facts.character = c;
        }
    }
    return facts;
}

size_t gs_integer_write(int64_t number, char out[GS_INTEGER_SIZE])
{
    char digits[GS_INTEGER_SIZE];
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    size_t count = 0, size = 0;
    do {
        digits[count++] = (char)('0' + rest % 10);
    } while ((rest /= 10) != 0);
    if (number < 0)
        out[size++] = '-';
    while (count)
        out[size++] = digits[--count];
    return size;
}

bool gs_integer_read(const char *text, size_t size, int64_t *number)
{
    bool negative = size && *text == '-';
    size_t at = negative;
    uint64_t value = 0, most = negative ? (uint64_t)1 << 63 : INT64_MAX;
    if (at == size || (text[at] == '0' && size > 1))
        return false;
    for (; at < size; at++) {
        if (text[at] < '0' || text[at] > '9')
            return false;
        uint64_t digit = (uint64_t)(text[at] - '0');
        if (value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}
