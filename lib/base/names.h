/* lib/base/names.h - the names of an enumeration's values: what JSON, tables and the dictionary show. */
#ifndef GS_BASE_NAMES_H
#define GS_BASE_NAMES_H

#include <stdint.h>

/* A row; a table ends with {0, NULL, NULL}. */
typedef struct gs_name {
    int64_t value;
    const char *name;  /* "working_days" */
    const char *title; /* "工作日" */
} gs_name;

/* NULL where the value has no name. */
const char *gs_name_of(const gs_name *names, int64_t value);
const char *gs_title_of(const gs_name *names, int64_t value);
/* 0 where the name has no value. */
int64_t gs_name_value(const gs_name *names, const char *name);

#endif
