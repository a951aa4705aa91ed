/* lib/record/record.h - what a thing is: a public struct and its field table.
 *
 * May use: base, codes, calendar, crypto, store. A record is declared once, as rows of an X-macro; the
 * table definition, insert and select, JSON, XML, validation, masking, the data dictionary and the
 * JSON Schema all come from those rows.
 *
 *     #define THING_FIELDS(T, F)                                        \
 *         GS_HEAD_FIELDS(T, F)                                          \
 *         F(T, TEXT, name, "名称", .need = true, .max = 100)            \
 *         F(T, LIST, parts, "部件", .of = &gs_record_part, .count = offsetof(T, part_count))
 *     GS_RECORD(gs_record_thing, govsvc_thing, "thing", THING_FIELDS, .table = true)
 *
 * The rows must cover the struct exactly: the sizes are added up and compared when it is compiled.
 */
#ifndef GS_RECORD_RECORD_H
#define GS_RECORD_RECORD_H

#include "base/arena.h"
#include "base/names.h"
#include "base/problem.h"

typedef struct gs_record gs_record;

/* Kinds of field: C type, column type and JSON form. */
typedef enum gs_kind {
    GS_ID = 1, /* int64_t       integer   string of digits; 0 is absent */
    GS_INT,    /* int64_t       integer   number */
    GS_TIME,   /* int64_t       integer   RFC 3339 */
    GS_FLAG,   /* int64_t       integer   true, false */
    GS_NAME,   /* int64_t       text      name of the value */
    GS_TEXT,   /* const char *  text      string */
    GS_DATE,   /* const char *  text      "YYYY-MM-DD" */
    GS_JSON,   /* const char *  text      any JSON object or array, as it is */
    GS_TEXTS,  /* array + count text      array of strings */
    GS_LIST,   /* array + count text      array of objects */
    GS_NONE    /* reserved      -         - */
} gs_kind;

/* How a personal value is shown to those who may not read it. */
enum { GS_MASK_ALL = 0, GS_MASK_NAME, GS_MASK_NUMBER };

typedef struct gs_field {
    const char *name;     /* member, column and JSON member */
    const char *title;    /* Chinese label */
    const gs_name *names; /* GS_NAME, GS_TEXTS: the values */
    const gs_record *of;  /* GS_LIST: what the items are */
    int64_t least, most;  /* GS_INT: range; both 0: any that is not negative */
    uint32_t max;         /* GS_TEXT: characters (0: 200), GS_JSON: bytes (0: 65536), lists: items (0: 100) */
    uint16_t offset;
    uint16_t count; /* lists: offset of the count */
    uint8_t kind;   /* gs_kind */
    uint8_t level;  /* data level 1 to 4 (0: 1); from 3 on it is personal: sealed, masked, digested */
    uint8_t code;   /* GS_TEXT: GOVSVC_CODE_... it must be */
    uint8_t mask;   /* GS_MASK_... */
    bool need;      /* required in an input */
    bool lines;     /* line breaks and tabs are allowed */
    bool find;      /* personal: can be found by value, through a keyed digest */
    bool system;    /* filled in by the library */
} gs_field;

typedef struct gs_index {
    const char *columns; /* "organ, state"; tenant is put before them */
    bool unique;
} gs_index;

/* Fields at most of one record, its own columns apart. */
enum { GS_FIELDS_MAX = 120 };

struct gs_record {
    const char *name;  /* "application": table, JSON, XML element */
    const char *title; /* "办件" */
    const gs_field *fields;
    const gs_index *indexes; /* ends with {NULL} */
    const char *key;         /* columns of its natural key, for put: "code, version" */
    const char *number;      /* column by which people name it: "number" */
    uint32_t field_count;
    uint32_t size;  /* sizeof the struct */
    bool table;     /* it is stored; its struct begins with gs_head */
    bool reference; /* kept once for a region, under its own tenant (matters, divisions, notices) */
    bool internal;  /* the mechanism's own: its changes are not journalled */
    bool sequence;  /* the journal: on an embedded store the row number is the position */
    uint32_t readers; /* roles that may read it at all, within their scope; 0: every one */
    uint16_t state; /* offsets of members that the mechanism looks at; 0: there is none */
    uint16_t owner; /* actor id of the person whose case it is */
    uint16_t organ; /* organ that handles it */
    uint16_t division;
    uint16_t reception;  /* division of the window that took it in, which has it within its scope too */
    uint16_t waits;      /* action that the case waits for; for its work list */
    uint16_t due;        /* and until when */
    uint16_t busy;       /* so many parts of it wait for somebody: it waits for nothing itself */
    uint16_t guests;     /* other organs that take part, ",CODE,CODE," */
    uint16_t subject;    /* of what it is a part: the subject's id (a clock) */
    uint64_t first_size; /* size of the first version; 0: size */
};

/* What every stored record begins with. */
typedef struct gs_head {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
} gs_head;

#define GS_HEAD_FIELDS(T, F)                                                                                 \
    F(T, ID, id, "标识", .system = true)                                                                     \
    F(T, INT, tenant, "租户", .system = true)                                                                \
    F(T, INT, revision, "版本号", .system = true)                                                            \
    F(T, TIME, created_at, "建立时间", .system = true)                                                       \
    F(T, TIME, updated_at, "更新时间", .system = true)

#define GS_MEMBER(T, member) (((T *)0)->member)
#define GS_FIELD_ROW(T, KIND, member, ...)                                                                   \
    {.name = #member, .kind = GS_##KIND, .offset = offsetof(T, member), .title = __VA_ARGS__},
#define GS_FIELD_SIZE(T, KIND, member, ...) +sizeof(GS_MEMBER(T, member)) + GS_EXTRA_##KIND
#define GS_EXTRA_ID 0
#define GS_EXTRA_INT 0
#define GS_EXTRA_TIME 0
#define GS_EXTRA_FLAG 0
#define GS_EXTRA_NAME 0
#define GS_EXTRA_TEXT 0
#define GS_EXTRA_DATE 0
#define GS_EXTRA_JSON 0
#define GS_EXTRA_TEXTS sizeof(uint64_t)
#define GS_EXTRA_LIST sizeof(uint64_t)
#define GS_EXTRA_NONE 0
/* The member's C type must be its kind's. */
#define GS_FIELD_TYPE(T, KIND, member, ...)                                                                  \
    _Static_assert(GS_TYPE_##KIND(GS_MEMBER(T, member)), #T "." #member " is not of kind " #KIND);
#define GS_IS_INTEGER(x) _Generic((x), int64_t : 1, default : 0)
#define GS_IS_TEXT(x) _Generic((x), const char * : 1, default : 0)
#define GS_TYPE_ID GS_IS_INTEGER
#define GS_TYPE_INT GS_IS_INTEGER
#define GS_TYPE_TIME GS_IS_INTEGER
#define GS_TYPE_FLAG GS_IS_INTEGER
#define GS_TYPE_NAME GS_IS_INTEGER
#define GS_TYPE_TEXT GS_IS_TEXT
#define GS_TYPE_DATE GS_IS_TEXT
#define GS_TYPE_JSON GS_IS_TEXT
#define GS_TYPE_TEXTS(x) _Generic((x), const char *const * : 1, default : 0)
#define GS_TYPE_LIST(x) (sizeof(x) == sizeof(void *))
#define GS_TYPE_NONE(x) 1

#define GS_RECORD(symbol, T, record_name, record_title, ROWS, ...)                                           \
    ROWS(T, GS_FIELD_TYPE)                                                                                   \
    _Static_assert(sizeof(uint64_t) ROWS(T, GS_FIELD_SIZE) == sizeof(T),                                     \
                   "the rows of " record_name " cover its struct");                                          \
    _Static_assert(sizeof(T) % 8 == 0, record_name " ends on a multiple of 8");                              \
    static const gs_field symbol##_fields[] = {ROWS(T, GS_FIELD_ROW)};                                       \
    _Static_assert(sizeof symbol##_fields / sizeof(gs_field) <= GS_FIELDS_MAX, record_name " is too wide");  \
    const gs_record symbol = {.name = record_name,                                                           \
                              .title = record_title,                                                         \
                              .fields = symbol##_fields,                                                     \
                              .field_count = sizeof symbol##_fields / sizeof(gs_field),                      \
                              .size = sizeof(T),                                                             \
                              __VA_ARGS__};

/* ---- structs (struct.c) ------------------------------------------------------------------------------ */

/* Absent everything, struct_size set. */
void gs_record_init(const gs_record *record, void *out);
const gs_field *gs_record_field(const gs_record *record, const char *name);
/* The same for one name after the other: two views of a thing have its fields in much the same order, so that the
 * one behind the last found (*near, 0 at first) is looked at first. */
const gs_field *gs_record_field_near(const gs_record *record, const char *name, uint32_t *near);
/* The text at an offset of a gs_record (organ, division ...); NULL where the record has none. */
static inline const char *gs_text_at(const void *at, uint16_t offset)
{
    return offset ? *(const char *const *)((const char *)at + offset) : NULL;
}
static inline int64_t *gs_field_integer(const gs_field *field, const void *at)
{
    return (int64_t *)((char *)at + field->offset);
}
static inline const char **gs_field_text(const gs_field *field, const void *at)
{
    return (const char **)((char *)at + field->offset);
}
/* A list's items (pointers to structs or to text) and their count. */
static inline const void *const **gs_field_items(const gs_field *field, const void *at)
{
    return (const void *const **)((char *)at + field->offset);
}
static inline uint64_t *gs_field_count(const gs_field *field, const void *at)
{
    return (uint64_t *)((char *)at + field->count);
}
bool gs_field_absent(const gs_field *field, const void *at);
static inline bool gs_field_personal(const gs_field *field)
{
    return field->level >= 3;
}

/* The most characters, bytes or items of a field that has a limit of them. */
static inline uint32_t gs_field_most(const gs_field *field)
{
    bool list = field->kind == GS_TEXTS || field->kind == GS_LIST;
    return field->max ? field->max : list ? 100 : field->kind == GS_JSON ? 65536 : 200;
}

/* A caller's struct as this library knows it: what lies beyond its size is absent. The copy is shallow
 * but for lists of records, whose items are widened too; it lives in the arena. MISUSE: the size is none. */
govsvc_status gs_record_take(const gs_record *record, const void *in, gs_arena *arena, void **out,
                             gs_problems *problems);
/* One field's value into a field of the same kind; texts and lists are shared, not copied. */
void gs_field_share(const gs_field *to_field, void *to, const gs_field *field, const void *from);
/* The same for every field that both have by name and kind. */
void gs_record_share(const gs_record *to_record, void *to, const gs_record *from_record, const void *from);
/* A deep copy as a result; NULL: no memory. */
const void *gs_record_result(const gs_record *record, const void *from, const govsvc_allocator *allocator);
/* The same into an arena; false: no memory. */
bool gs_record_copy(const gs_record *record, void *to, const void *from, gs_arena *arena);

/* ---- checking (check.c) ------------------------------------------------------------------------------ */

/* Everything that is wrong with an input, each with its JSON Pointer below at ("" for the root). */
void gs_record_check(const gs_record *record, const void *in, const char *at, gs_problems *problems);
/* One text against the rules of text: UTF-8, no control, bidi or zero-width characters, length. */
void gs_text_check(const char *text, size_t max, bool lines, const char *at, gs_problems *problems);
/* Masks a personal text for showing; lives in the arena. */
const char *gs_mask_text(const gs_field *field, const char *text, gs_arena *arena);

/* ---- JSON (json.c writes, json_read.c reads) --------------------------------------------------------- */

/* Appends the record as a JSON object; absent members are left out. */
void gs_json_write(gs_buffer *out, const gs_record *record, const void *at);
void gs_json_write_value(gs_buffer *out, const gs_field *field, const void *at); /* of one that is there */
void gs_json_write_list(gs_buffer *out, const gs_field *field, const void *at); /* a list's array alone */
void gs_json_text(gs_buffer *out, const char *text);                            /* a quoted string */
void gs_json_integer(gs_buffer *out, int64_t number);
void gs_json_id(gs_buffer *out, int64_t id);   /* quoted digits */
void gs_json_time(gs_buffer *out, int64_t at); /* quoted RFC 3339, +08:00 */
/* Members behind the first of an object: its name alone, or with its value; a NULL text is left out. */
void gs_json_member(gs_buffer *out, const char *name);
void gs_json_text_member(gs_buffer *out, const char *name, const char *value);
void gs_json_integer_member(gs_buffer *out, const char *name, int64_t value);

/* A JSON object into a struct that gs_record_init() prepared or that holds what is to be kept: an absent
 * member is left as it is, null clears it. Every problem is told with its JSON Pointer. sent, unless
 * NULL, gets a mark for each field that stood in the text (field_count bools). */
govsvc_status gs_json_read(const gs_record *record, const char *text, size_t size, void *out, gs_arena *arena,
                           gs_problems *problems, bool *sent);
/* One member alone: the JSON text of its value into the field; problems stand at path and below. */
struct gs_path;
govsvc_status gs_json_read_field(const gs_field *field, const char *text, size_t size, void *out,
                                 gs_arena *arena, const struct gs_path *path, gs_problems *problems);
/* A list column's array back into a struct; what was stored by gs_json_write_list(). */
govsvc_status gs_json_read_list(const gs_field *field, const char *text, size_t size, void *out,
                                gs_arena *arena);
/* Largest document and deepest nesting that are read. */
enum { GS_JSON_SIZE_MAX = 16 << 20, GS_JSON_DEPTH_MAX = 64 };

/* ---- dictionary (describe.c) ------------------------------------------------------------------------- */

/* JSON Schema 2020-12 of a record, with x-title, x-level, x-kind. */
void gs_record_describe(gs_buffer *out, const gs_record *record);

#endif
