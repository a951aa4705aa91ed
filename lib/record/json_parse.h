/* lib/record/json_parse.h - a text through jansson, and every way in which that fails put in words.
 *
 * May use: base, jansson. jansson's own allocation hooks belong to the host and are not touched.
 */
#ifndef GS_RECORD_JSON_PARSE_H
#define GS_RECORD_JSON_PARSE_H

#include <jansson.h>

#include "record/path.h"

/* Integers beyond this cannot be held by every reader of JSON, and are refused outside free forms. */
#define GS_JSON_INTEGER_MOST (INT64_C(1) << 53)

/* The text as jansson's tree, to be given back by json_decref(). Size and depth are looked at first.
 * Problems are told below path (problems may be NULL). GOVSVC_INVALID may still come with a tree: numbers
 * beyond 64 bits were told and stand in it as null, so that the rest can be looked at too. */
govsvc_status gs_json_parse(const char *text, size_t size, const gs_path *path, gs_arena *arena,
                            gs_problems *problems, json_t **out);

/* json_locate.c: the deepest nesting of a text, and where in it the token is that ends at an offset, as a
 * JSON Pointer. A text may be broken in any way. */
size_t gs_json_depth(const char *text, size_t size);
const char *gs_json_locate(const char *text, size_t offset, const gs_path *path, gs_arena *arena);

/* Appends a tree as compact text: members in their order, integers exact, other numbers as short as
 * they keep their value. Recursion is bounded by the depth that was read. */
void gs_json_tree(gs_buffer *out, const json_t *tree);
/* The first character in any text or name that gs_character_refused() refuses; 0: there is none. */
int32_t gs_json_tree_refused(const json_t *tree);

#endif
