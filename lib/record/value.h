/* lib/record/value.h - one value of a field as text: what JSON strings, XML elements and CSV cells have in
 * common.
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
/* The text of an element or a cell, NUL-terminated and changed by the reading, into a field that is no list.
 * Whitespace around anything but free text is layout; what is empty then is absent, except that a free text
 * may be empty. */
govsvc_status gs_value_parse(const gs_field *field, char *text, size_t size, void *at, gs_arena *arena,
                             const gs_path *path, gs_problems *problems);
/* The inverse, of a value that is not absent: a text that is the struct's, static, or in room. */
enum { GS_VALUE_SIZE = 64 };
const char *gs_value_text(const gs_field *field, const void *at, char room[GS_VALUE_SIZE]);
/* What a tree is called in a problem: "object", "fraction". */
const char *gs_value_type(const json_t *tree);
/* Absent, as null in JSON means. */
void gs_value_clear(const gs_field *field, void *at);

/* What a problem may show of a text: NULL where it is personal, long, or could not be printed. */
const char *gs_value_shown(const gs_field *field, const char *text);

#endif
