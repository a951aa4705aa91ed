/* govsvc/reference.h - reference records a region keeps once for all: holiday notices and divisions.
 *
 * They are written under the region's own tenant (4500) and read by all its tenants.
 *
 * Since 0.1.
 */
#ifndef GOVSVC_REFERENCE_H
#define GOVSVC_REFERENCE_H

#include "flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- operations "notice.put" and "notice.get": a holiday notice of the host's -------------------------------------- */

/* A notice as it is kept. A corrected notice is put again under its number: deadlines that are still
 * running are reckoned anew, what people were told is kept. */
typedef struct govsvc_notice_draft {
    uint64_t struct_size;
    int64_t year; /* a year it speaks of in full; absent: it only names days */
    const char *request_key;
    const char *number;   /* required: "国办发明电〔2025〕7号" */
    const char *division; /* 6 digits; NULL: the whole country */
    const void *reserved;
    const govsvc_notice_day *const *days; /* required; at most 400 */
    const void *reserved_list;
    uint64_t day_count;
} govsvc_notice_draft;
#define GOVSVC_NOTICE_DRAFT_INIT {sizeof(govsvc_notice_draft), GOVSVC_ABSENT, NULL, NULL, NULL, NULL, NULL, NULL, 0}

typedef struct govsvc_notice {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t year;
    int64_t known_from; /* from when it counts as known: when this version of it was put */
    int64_t replaced_at; /* absent while it is the latest under its number */
    int64_t version;     /* 1, 2, ... of one number */
    const char *number;
    const char *division;
    const govsvc_notice_day *const *days;
    const void *reserved;
    uint64_t day_count;
} govsvc_notice;

/* Role: administrator. */
GOVSVC_API govsvc_status govsvc_notice_put(govsvc_session *session, const govsvc_notice_draft *in,
                                           const govsvc_notice **out);
GOVSVC_API govsvc_status govsvc_notice_get(govsvc_session *session, const govsvc_get_request *in,
                                           const govsvc_notice **out);

/* ---- operations "division.put" and "division.get" ------------------------------------------------- */

typedef struct govsvc_division_draft {
    uint64_t struct_size;
    const char *request_key;
    const char *code; /* 6 digits, or statistical 9 (towns) or 12 (villages); required */
    const char *name; /* required */
    const char *parent; /* the code one level up; NULL for a province */
} govsvc_division_draft;
#define GOVSVC_DIVISION_DRAFT_INIT {sizeof(govsvc_division_draft), NULL, NULL, NULL, NULL}

typedef struct govsvc_division {
    uint64_t struct_size;
    int64_t id;
    int64_t tenant;
    int64_t revision;
    int64_t created_at;
    int64_t updated_at;
    int64_t level; /* 1 region, 2 prefecture, 3 county, 4 town, 5 village */
    const char *code;
    const char *name;
    const char *parent;
    const void *reserved;
} govsvc_division;

GOVSVC_API govsvc_status govsvc_division_put(govsvc_session *session, const govsvc_division_draft *in,
                                             const govsvc_division **out);
GOVSVC_API govsvc_status govsvc_division_get(govsvc_session *session, const govsvc_get_request *in,
                                             const govsvc_division **out);

#ifdef __cplusplus
}
#endif
#endif
