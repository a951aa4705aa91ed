/* lib/matter/elements.h - the elements of a matter, and what a claim may do to them.
 *
 * May use: matter.h. One table serves the check of a claim, the following of its source, the impact of a version and
 * the audit of the eight unified elements (八统一).
 */
#ifndef GS_MATTER_ELEMENTS_H
#define GS_MATTER_ELEMENTS_H

#include "matter/matter.h"

typedef enum gs_element {
    GS_ELEMENT_NAME,
    GS_ELEMENT_CODE,
    GS_ELEMENT_BASIS,
    GS_ELEMENT_MATERIALS,
    GS_ELEMENT_PROCEDURE,
    GS_ELEMENT_WORKFLOW,
    GS_ELEMENT_LIMITS,
    GS_ELEMENT_FORM,
    GS_UNIFIED, /* so many are unified */
    GS_ELEMENT_OTHER = GS_UNIFIED
} gs_element;
extern const gs_name gs_element_names[]; /* values are the element's plus one */
/* "name" ... "form", "other" */
const char *gs_element_name(gs_element element);

/* What a claim may do to an element of its source. */
typedef enum gs_narrowing {
    GS_SAME,     /* nothing */
    GS_OWN,      /* anything: it is the body's own */
    GS_SHORTER,  /* a limit: not longer; the unit stands in the next row */
    GS_LESS,     /* a number or grade: not greater */
    GS_NO_MORE,  /* a flag: yes may become no; a text: it may be left out */
    GS_AT_LEAST, /* a flag or grade: not no where it was yes, not less */
    GS_SUBSET,   /* a list: items may be dropped, none added or changed */
    GS_SUPERSET  /* a list of texts: items may be added, none dropped */
} gs_narrowing;

typedef struct gs_element_row {
    const char *field; /* of the matter, and of its draft */
    uint8_t element;
    uint8_t narrowing;
    const char *key; /* SUBSET: the member by which an item is known */
} gs_element_row;
extern const gs_element_row gs_element_rows[];
extern const size_t gs_element_row_count;

typedef enum gs_compared { GS_EQUAL, GS_NARROWER, GS_WIDER } gs_compared;

/* How own differs from source in one row; *item is the first one of a list that widens. */
gs_compared gs_element_compare(gs_arena *arena, const gs_element_row *row, const govsvc_matter *source,
                               const govsvc_matter *own, uint64_t *item);
/* The member's JSON; NULL where it is absent, or there is no memory. */
const char *gs_element_json(gs_arena *arena, const gs_element_row *row, const govsvc_matter *matter);
const gs_field *gs_element_field(const gs_element_row *row);

#endif
