/* progress.c - one line on a terminal that says how far it is; nothing where nobody looks. */
#define _POSIX_C_SOURCE 200809L
#include "run.h"

#include <inttypes.h>
#include <unistd.h>

enum { WIDTH = 30 };

void cli_progress(const cli_run *run, int64_t records, int64_t bytes, int64_t all)
{
    char bar[WIDTH + 1];
    const char *unit = run->english ? " records" : " 条";
    if (!isatty(STDERR_FILENO))
        return;
    if (all <= 0) {
        fprintf(stderr, "\r%" PRId64 "%s, %" PRId64 " KB", records, unit, bytes / 1024);
        return;
    }
    int64_t part = bytes < all ? bytes : all;
    int64_t full = part * WIDTH / all;
    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < full ? '#' : '.';
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %3d%%  %" PRId64 "%s", bar, (int)(part * 100 / all), records, unit);
}

void cli_progress_end(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
