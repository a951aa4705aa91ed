/* lib/flow/number.c - the number by which people know a case. */
#include "codes/codes.h"
#include "flow/flow.h"

const char *gs_case_number(gs_call *call, const char *division, int64_t id)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char date[GS_DATE_SIZE], tail[14];
    govsvc_date_of(call->work.now, date);
    for (int i = 12; i >= 0; i--, id /= 36)
        tail[i] = digits[id % 36];
    tail[13] = '\0';
    char *number =
        gs_arena_print(call->work.arena, "%.6s%.4s%.2s%.2s%s?", division, date, date + 5, date + 8, tail);
    if (number)
        number[27] = gs_iso7064_mod37_36(number, 27);
    return number;
}
