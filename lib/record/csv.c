/* CSV into rows, as the bytes come. */
#include "record/csv.h"

#include <string.h>

/* Where in a row: before a cell, in a plain one, in a quoted one, behind a quote in a quoted one, and in what
 * is left of a row that was given up. */
typedef enum place { BEFORE, PLAIN, QUOTED, BEHIND_QUOTE, LOST } place;

typedef struct reading {
    gs_csv_row *row;
    gs_buffer text;
    place place;
    bool any;   /* a byte of the row was seen */
    bool ended; /* its line break was */
} reading;

void gs_csv_init(gs_csv *of, govsvc_read_fn read, void *context)
{
    *of = (gs_csv){.read = read, .context = context, .line = 1};
}

/* False: the source failed. At its end size is 0. */
static bool refill(gs_csv *of)
{
    if (of->at < of->size)
        return true;
    of->at = of->size = 0;
    int64_t size = of->read(of->context, of->bytes, sizeof of->bytes);
    if (size < 0 || size > (int64_t)sizeof of->bytes)
        return false;
    of->size = (size_t)size;
    return true;
}

/* The first that is wrong. */
static void wrong(reading *to, const gs_csv *of, const char *rule)
{
    if (to->row->rule)
        return;
    to->row->rule = rule;
    to->row->wrong = to->row->cells;
    to->row->wrong_line = of->line;
}

static void end_cell(reading *to)
{
    gs_buffer_add(&to->text, "", 1);
    to->row->cells++;
    to->place = BEFORE;
}

static void take_break(reading *to, gs_csv *of)
{
    if (to->place == QUOTED)
        gs_buffer_char(&to->text, '\n');
    else
        to->ended = true;
    of->line++;
}

static void take_quote(reading *to, const gs_csv *of)
{
    switch (to->place) {
    case BEFORE:
        to->place = QUOTED;
        break;
    case QUOTED:
        to->place = BEHIND_QUOTE;
        break;
    case BEHIND_QUOTE:
        gs_buffer_char(&to->text, '"');
        to->place = QUOTED;
        break;
    case PLAIN:
        wrong(to, of, "quote");
        break;
    case LOST:
        break;
    }
}

static void take_text(reading *to, const gs_csv *of, const char *bytes, size_t size)
{
    if (to->place == BEHIND_QUOTE)
        wrong(to, of, "quote");
    if (to->place != QUOTED)
        to->place = PLAIN;
    gs_buffer_add(&to->text, bytes, size);
}

/* What means something, one byte; else a run of bytes that mean nothing. */
static void take(reading *to, gs_csv *of)
{
    static const char marks[] = {',', '"', '\r', '\n', '\0'};
    const char *from = of->bytes + of->at, *end = of->bytes + of->size, *at = from;
    bool after_return = of->after_return;
    of->after_return = *from == '\r';
    while (at < end && !memchr(marks, *at, sizeof marks))
        at++;
    of->at += at == from ? 1 : (size_t)(at - from);
    if (*from == '\n' && after_return)
        return;
    to->any = true;
    if (*from == '\r' || *from == '\n')
        take_break(to, of);
    else if (to->place == LOST)
        return;
    else if (at > from)
        take_text(to, of, from, (size_t)(at - from));
    else if (*from == '"')
        take_quote(to, of);
    else if (*from == '\0')
        wrong(to, of, "character");
    else if (to->place == QUOTED)
        gs_buffer_char(&to->text, ',');
    else
        end_cell(to);
}

/* A quote that is never closed makes one row of all that follows: it is not read without end. */
static void give_up(reading *to, const gs_csv *of)
{
    wrong(to, of, to->place == QUOTED ? "unclosed" : "too_large");
    to->place = LOST;
    to->text.size = 0;
}

govsvc_status gs_csv_next(gs_csv *of, gs_arena *arena, gs_csv_row *row)
{
    reading to = {.row = row, .text = {.arena = arena}};
    *row = (gs_csv_row){.line = of->line};
    while (!to.ended) {
        if (!refill(of))
            return GOVSVC_CANCELLED;
        if (of->size == 0)
            break;
        take(&to, of);
        if (to.text.size > GS_CSV_ROW_MAX)
            give_up(&to, of);
        if (gs_arena_failed(arena))
            return GOVSVC_NO_MEMORY;
    }
    if (!to.any)
        return GOVSVC_OK;
    if (to.place == QUOTED)
        wrong(&to, of, "unclosed");
    end_cell(&to);
    row->text = to.text.text;
    row->size = to.text.size;
    return gs_arena_failed(arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}
