/* govsvc/base.h - what every part of libgovsvc shares: statuses, problems, handles, results.
 *
 * Conventions of every header of this library
 *
 *  Text      UTF-8, NUL-terminated. Absent is NULL.
 *  Integers  fixed width. An absent integer or time is GOVSVC_ABSENT, because 0 is a value; an absent
 *            identifier or enumeration is 0.
 *  Times     int64_t milliseconds since 1970-01-01T00:00Z. Dates are "YYYY-MM-DD". A legal day is
 *            Beijing's (UTC+8), whatever TZ says.
 *  Records   public structs that begin with struct_size. Members are only ever appended; set them
 *            through the GOVSVC_..._INIT macro (or govsvc_init()), so that what you do not know of
 *            stays absent. Pointers stand in even runs, so that a record has no hidden padding on
 *            64-bit and 32-bit machines alike.
 *  Lists     an array of pointers and a count.
 *  Results   read-only, in one allocation each, freed by govsvc_free(). On failure an out parameter
 *            is left as it was.
 *  Threads   a govsvc handle may be shared by all threads; a session is used by one thread at a
 *            time. Neither may be used after fork().
 *
 * Everything here: since 0.1.
 */
#ifndef GOVSVC_BASE_H
#define GOVSVC_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define GOVSVC_API __attribute__((visibility("default")))
#else
#define GOVSVC_API
#endif

#define GOVSVC_VERSION_MAJOR 0
#define GOVSVC_VERSION_MINOR 1
#define GOVSVC_VERSION_PATCH 0

/* An integer, amount or time that is not there. */
#define GOVSVC_ABSENT INT64_MIN

/* What a call came to. Values are never reused. govsvc_status_text() puts them in words. */
typedef enum govsvc_status {
    GOVSVC_OK = 0,
    GOVSVC_INVALID = 1,      /* the input is wrong; the problems say where and why, all at once */
    GOVSVC_NOT_FOUND = 2,    /* no such thing, or not within the actor's reading scope */
    GOVSVC_DENIED = 3,       /* the actor lacks the role; the problem names it */
    GOVSVC_STATE = 4,        /* the action is not possible in the present state */
    GOVSVC_CONFLICT = 5,     /* somebody changed it since the revision that was sent */
    GOVSVC_KEY_REUSED = 6,   /* the request key was used before, with another body */
    GOVSVC_EXISTS = 7,       /* a value that must be unique is taken */
    GOVSVC_TOO_LARGE = 8,    /* more than the limit that stands next to the type */
    GOVSVC_BUSY = 9,         /* another process holds the store; try again */
    GOVSVC_FULL = 10,        /* no room left where the store is kept */
    GOVSVC_READ_ONLY = 11,   /* the store cannot be written */
    GOVSVC_UNAVAILABLE = 12, /* the store cannot be reached */
    GOVSVC_UNKNOWN = 13,     /* the commit's fate is not known: repeat with the same request key */
    GOVSVC_CORRUPT = 14,     /* the store is damaged, or a stored value is not what was written */
    GOVSVC_FOREIGN = 15,     /* the file or database is not a store of this library */
    GOVSVC_FORMAT = 16,      /* the store's format is newer than this library can work with */
    GOVSVC_UNSUPPORTED = 17, /* not known to this library, or not possible with this driver */
    GOVSVC_NO_MEMORY = 18,
    GOVSVC_MISUSE = 19,      /* a null handle, a wrong struct_size, a handle used after fork() */
    GOVSVC_CANCELLED = 20,   /* a callback of the host asked to stop */
    GOVSVC_CLOCK = 21,       /* the host's clock is behind what is already on record */
    GOVSVC_INTERNAL = 22,    /* a defect of this library */
    GOVSVC_NOT_COMPETENT = 23, /* another organ's to do; the problem names it */
    GOVSVC_NO_MANDATE = 24,    /* no mandate in force to act for somebody else in this */
    GOVSVC_TAKEN = 25          /* somebody else did it first; the problem says who and when */
} govsvc_status;

/* The name of a status ("INVALID"), or NULL for a number that is none. Static storage. */
GOVSVC_API const char *govsvc_status_name(int64_t status);
/* One line in language "zh" (also for NULL) or "en". Static storage; never NULL. */
GOVSVC_API const char *govsvc_status_text(int64_t status, const char *language);

/* A flag of three values, since "not said" is not "no". JSON: true, false, null. */
enum { GOVSVC_UNSET = 0, GOVSVC_YES = 1, GOVSVC_NO = 2 };

/* One thing that is wrong. Members that do not apply are NULL. */
typedef struct govsvc_problem {
    uint64_t struct_size;
    int64_t status;       /* a govsvc_status */
    const char *field;    /* JSON Pointer into the input, "" for the whole */
    const char *rule;     /* stable name of the rule that was broken, e.g. "check_character" */
    const char *expected; /* what the rule wants */
    const char *got;      /* what was there; masked where the field is personal */
    const char *text_zh;  /* one line that names field and rule */
    const char *text_en;
    const char *basis; /* the law or standard behind the rule */
    const void *reserved;
} govsvc_problem;

typedef struct govsvc_problem_list {
    uint64_t struct_size;
    const govsvc_problem *const *problems;
    const void *reserved;
    uint64_t problem_count;
} govsvc_problem_list;

/* Where the library gets its memory. The functions are called from whichever thread works; allocate
 * and reallocate answer NULL when there is none. All three or none are set. */
typedef struct govsvc_allocator {
    void *(*allocate)(void *context, size_t size);
    void *(*reallocate)(void *context, void *memory, size_t size);
    void (*release)(void *context, void *memory);
    void *context;
} govsvc_allocator;

/* Frees any result of this library; NULL is allowed. */
GOVSVC_API void govsvc_free(const void *result);

/* The version of the library that is linked, "0.1.0". Static storage. */
GOVSVC_API const char *govsvc_version(void);

/* Does the linked library know this? Names: "store.sqlite", "store.postgres", the name of an operation
 * ("application.submit") or of a record ("application"). */
GOVSVC_API bool govsvc_feature(const char *name);

/* Fills a record with absent values, byte for byte as its INIT macro does: for languages without
 * macros. record is the record's name ("application_draft"), size what the caller has room for.
 * GOVSVC_UNSUPPORTED: no such record. GOVSVC_MISUSE: size is smaller than the record's first version. */
GOVSVC_API govsvc_status govsvc_init(const char *record, void *out, size_t size);

/* The data dictionary: a JSON object with the record's fields, kinds, limits and data levels
 * (JSON Schema 2020-12 with x- members). *json is freed by govsvc_free(). */
GOVSVC_API govsvc_status govsvc_describe(const char *record, const char **json);
/* The XML Schema 1.0 of the documents that govsvc_import() takes for a record that can be put ("matter"):
 * below <records>, or below <matters>, any number of <matter>, the members in any order. *xsd is freed by
 * govsvc_free(). GOVSVC_UNSUPPORTED: no such record, or it cannot be put. */
GOVSVC_API govsvc_status govsvc_schema(const char *record, const char **xsd);
/* A JSON array of all operations: name, title, input and output record, roles. */
GOVSVC_API govsvc_status govsvc_operations(const char **json);

#ifdef __cplusplus
}
#endif
#endif
