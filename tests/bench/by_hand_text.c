#include "by_hand_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void add_bytes(text *to, const void *bytes, size_t size)
{
    if (to->size + size > sizeof to->at)
        abort(); /* the drafts of a benchmark are never so long */
    memcpy(to->at + to->size, bytes, size);
    to->size += size;
}

void add_integer(text *to, int64_t number)
{
    char digits[24];
    int at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    add_bytes(to, digits + at, sizeof digits - (size_t)at);
}

void add_quoted(text *to, const char *words)
{
    add_bytes(to, "\"", 1);
    for (;;) {
        size_t plain = 0;
        while ((unsigned char)words[plain] >= ' ' && words[plain] != '"' && words[plain] != '\\')
            plain++;
        add_bytes(to, words, plain);
        words += plain;
        if (!*words)
            break;
        char escaped[8];
        snprintf(escaped, sizeof escaped, *words == '"' || *words == '\\' ? "\\%c" : "\\u%04x", *words);
        add(to, escaped);
        words++;
    }
    add_bytes(to, "\"", 1);
}

static void two(char *to, int value)
{
    to[0] = (char)('0' + value / 10);
    to[1] = (char)('0' + value % 10);
}

size_t format_time(int64_t at, char out[32])
{
    time_t seconds = (at + BEIJING_MS) / 1000;
    int ms = (int)(at % 1000);
    struct tm day;
    gmtime_r(&seconds, &day);
    memcpy(out, "0000-00-00T00:00:00", 19);
    two(out, (day.tm_year + 1900) / 100), two(out + 2, day.tm_year % 100);
    two(out + 5, day.tm_mon + 1), two(out + 8, day.tm_mday), two(out + 11, day.tm_hour);
    two(out + 14, day.tm_min), two(out + 17, day.tm_sec);
    size_t size = 19;
    if (ms) {
        out[size] = '.', out[size + 1] = (char)('0' + ms / 100);
        two(out + size + 2, ms % 100);
        size += 4;
    }
    memcpy(out + size, "+08:00", 7);
    return size + 6;
}

void add_time(text *to, int64_t at)
{
    char words[32];
    size_t size = format_time(at, words);
    add_bytes(to, "\"", 1);
    add_bytes(to, words, size);
    add_bytes(to, "\"", 1);
}
