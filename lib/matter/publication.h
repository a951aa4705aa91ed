/* lib/matter/publication.h - the records of same-source publication, for publication.c alone. */
#ifndef GS_MATTER_PUBLICATION_H
#define GS_MATTER_PUBLICATION_H

#include "matter/matter.h"

enum { GS_CONTENT_MAX = 4 << 20, GS_COPIES_MAX = 10000, GS_PARTS_MAX = 256 };

extern const gs_record gs_record_publication_request, gs_record_publication_page, gs_record_digest_request,
    gs_record_digest, gs_record_compare_request, gs_record_comparison;

#endif
