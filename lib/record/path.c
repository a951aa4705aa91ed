#include "record/path.h"

#include <string.h>

#include "base/text.h"

/* A name that a stranger chose: cut where it is long, and what would break a line or hide is replaced. */
static void add_name(gs_buffer *out, const char *name)
{
    enum { LONGEST = 100 };
    for (int count = 0; *name; count++) {
        const char *from = name;
        int32_t c = gs_utf8_next(&name);
        if (count == LONGEST) {
            gs_buffer_text(out, "…");
            return;
        }
        if (c == '~')
            gs_buffer_text(out, "~0");
        else if (c == '/')
            gs_buffer_text(out, "~1");
        else if (c == GS_UTF8_BAD || gs_character_refused(c, false))
            gs_buffer_text(out, "\uFFFD");
        else
            gs_buffer_add(out, from, (size_t)(name - from));
        name += c == GS_UTF8_BAD;
    }
}

static void add(gs_buffer *out, const gs_path *path)
{
    char digits[GS_INTEGER_SIZE];
    if (!path->above) {
        gs_buffer_text(out, path->name ? path->name : "");
        return;
    }
    add(out, path->above);
    gs_buffer_char(out, '/');
    if (path->name)
        add_name(out, path->name);
    else
        gs_buffer_add(out, digits, gs_integer_write((int64_t)path->index, digits));
}

const char *gs_path_text(const gs_path *path, gs_arena *arena)
{
    gs_buffer out = {.arena = arena};
    add(&out, path);
    return out.text ? out.text : "";
}

govsvc_status gs_path_tell(const gs_path *path, gs_problems *problems, const char *rule, const char *expected,
                           const char *got)
{
    /* Beyond what a list keeps, nothing is printed for it either. */
    if (!problems || gs_problems_count(problems) >= GS_PROBLEMS_MAX)
        return GOVSVC_INVALID;
    govsvc_problem problem = {.rule = rule, .expected = expected, .got = got};
    problem.field = gs_path_text(path, gs_problems_arena(problems));
    return gs_problem_add(problems, &problem);
}
