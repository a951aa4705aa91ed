/* lib/record/value.h - one value of a field as text: what JSON strings and XML elements have in common.
 *
 * May use: base, json_parse.
 */
#ifndef GS_RECORD_VALUE_H
#define GS_RECORD_VALUE_H

#include "record/json_parse.h"
#include "record/record.h"

/* The names of an enumeration, "a, b, c"; NULL: no memory. */
const char *gs_names_text(const gs_name *names, gs_arena *arena);

/* A text into a field of kind ID, TIME, NAME, TEXT or DATE. The struct is left as it is and the problem is
 * told where the text is none of that kind; GOVSVC_NO_MEMORY. */
govsvc_status gs_value_read(const gs_field *field, const char *text, size_t size, void *at, gs_arena *arena,
                            const gs_path *path, gs_problems *problems);
/* A number into a field of kind INT, within what JSON's readers hold. */
govsvc_status gs_value_integer(const gs_field *field, int64_t number, void *at, const gs_path *path,
                               gs_problems *problems);
/* A tree into a field of kind JSON: an object or array, as compact text. */
govsvc_status gs_value_form(const gs_field *field, const json_t *tree, void *at, gs_arena *arena,
                            const gs_path *path, gs_problems *problems);
/* What a tree is called in a problem: "object", "fraction". */
const char *gs_value_type(const json_t *tree);
/* Absent, as null in JSON means. */
void gs_value_clear(const gs_field *field, void *at);

/* What a problem may show of a text: NULL where it is personal, long, or could not be printed. */
const char *gs_value_shown(const gs_field *field, const char *text);

#endif
