#include "base/names.h"

#include <stddef.h>
#include <string.h>

const char *gs_name_of(const gs_name *names, int64_t value)
{
    for (; names->name; names++)
        if (names->value == value)
            return names->name;
    return NULL;
}

const char *gs_title_of(const gs_name *names, int64_t value)
{
    for (; names->name; names++)
        if (names->value == value)
            return names->title;
    return NULL;
}

int64_t gs_name_value(const gs_name *names, const char *name)
{
    for (; names->name; names++)
        if (strcmp(names->name, name) == 0)
            return names->value;
    return 0;
}
