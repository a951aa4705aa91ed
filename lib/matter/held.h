/* lib/matter/held.h - materials that another organ already holds.
 *
 * May use: matter.h.
 */
#ifndef GS_MATTER_HELD_H
#define GS_MATTER_HELD_H

#include "matter/matter.h"

extern const gs_service gs_service_held;

/* ---- asked.c: who asks for a material -------------------------------------------------------------------- */

extern const gs_record gs_record_asked_material;

/* Keeps what a version that is published asks for, so that others find it. */
govsvc_status gs_held_keep(gs_call *call, govsvc_matter *matter);

/* A matter that asks for it; of a matter of many bodies, the first in force. family: the basic code, by which they
 * are one. */
typedef struct gs_asker {
    const char *family;
    const char *code;
    const char *organ;
    const char *organ_name;
} gs_asker;

enum { GS_ASKED_MAX = 100 }; /* looked at by each code */
typedef struct gs_askers {
    gs_asker items[2 * GS_ASKED_MAX];
    size_t count;
} gs_askers;

/* Other matters in force that ask for a material of one; out is empty. */
govsvc_status gs_askers_find(gs_call *call, const govsvc_matter *matter, const govsvc_material *material,
                             gs_askers *out);
/* A text column's value in the call's arena; NULL for none. */
const char *gs_asked_text(gs_call *call, const govsvc_value *value);

#endif
