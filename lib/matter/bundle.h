/* lib/matter/bundle.h - bundles (一件事): who waits for whom, and what the members ask for together.
 *
 * May use: what matter.h may. graph.c, facet.c and union.c know of no store: what they need is handed in.
 */
#ifndef GS_MATTER_BUNDLE_H
#define GS_MATTER_BUNDLE_H

#include "matter/matter.h"

/* Members of a bundle at most, as its record has it: a set of them is the bits of a number. */
enum { GS_MEMBERS_MAX = 50 };
typedef uint64_t gs_members;

/* Conflicts told at most. */
enum { GS_CONFLICTS_MAX = 1000 };

/* ---- graph.c: who waits for whom --------------------------------------------------------------------- */

typedef struct gs_graph {
    size_t count;
    gs_members after[GS_MEMBERS_MAX];   /* of each member: those that must be decided first */
    gs_members earlier[GS_MEMBERS_MAX]; /* these, those they wait for, and so on */
} gs_graph;

/* `after` that names none of the members is nothing to wait for. */
void gs_graph_of(const govsvc_member *const *members, size_t count, gs_graph *out);
/* The shortest circle that a member is part of: it waits for the one behind it in the list, that one for the
 * next, the last for the first. 0: there is none. */
size_t gs_graph_circle(const gs_graph *graph, size_t from, size_t out[GS_MEMBERS_MAX]);
/* The longest path where each member takes so many days, in the order in which it is gone; of several that
 * of the members named first. There is no circle. Answers its days. */
int64_t gs_graph_longest(const gs_graph *graph, const int64_t *days, size_t out[GS_MEMBERS_MAX],
                         size_t *out_count);

/* ---- facet.c: two fields of one element -------------------------------------------------------------- */

/* What they may differ in. A type has nothing to join. */
typedef struct gs_facet {
    const char *what;
    bool (*meet)(const govsvc_form_field *a, const govsvc_form_field *b); /* can both be met? */
    void (*join)(gs_arena *arena, govsvc_form_field *into, const govsvc_form_field *from);
    void (*write)(gs_buffer *out, const govsvc_form_field *of);
} gs_facet;
extern const gs_facet gs_facets[]; /* in the order in which it is told; ends with what NULL */
/* Joins what is never a contradiction. */
void gs_facets_rest(govsvc_form_field *into, const govsvc_form_field *from);

/* ---- union.c: each field and each material once ------------------------------------------------------ */

/* A member and the matter it stands for. */
typedef struct gs_part {
    const govsvc_member *member;
    const govsvc_matter *matter;
} gs_part;

typedef struct gs_conflicts {
    const govsvc_conflict **items;
    size_t *members; /* of each: the part that contradicts those before it */
    uint64_t count;
} gs_conflicts;

/* Fields of the parts, each data element once, into fields and field_count of out. whole NULL: everything in
 * the parts counts. Else nobody has answered yet: what can never count together does not contradict each
 * other, and whole has the situations. false: no memory. */
bool gs_union_fields(gs_arena *arena, const gs_part *parts, size_t count, const govsvc_matter *whole,
                     govsvc_composition *out, gs_conflicts *conflicts);
/* Materials of the parts, each canonical one once, but for those that members decided earlier yield. */
bool gs_union_materials(gs_arena *arena, const gs_part *parts, const gs_graph *graph,
                        govsvc_composition *out);

/* ---- compose.c: a bundle as one ---------------------------------------------------------------------- */

/* What a bundle comes to. matters: of each member its matter; of one that does not count it may be NULL. */
bool gs_compose(gs_arena *arena, const govsvc_matter *bundle, const govsvc_matter *const *matters,
                gs_answers answers, govsvc_composition *out);

/* ---- bundle.c: members as they are in force ----------------------------------------------------------- */

typedef struct gs_bundle {
    govsvc_matter whole; /* its situations and, behind them, those that only its members have */
    const govsvc_matter *matters[GS_MEMBERS_MAX]; /* of each member; NULL: none is in force */
} gs_bundle;

/* Loads the members of a matter as they are in force today. A problem of each that counts and is not, or that
 * is a bundle itself; answers are not checked yet. */
govsvc_status gs_bundle_load(gs_call *call, const govsvc_matter *matter, gs_answers answers, gs_bundle **out);
/* Lays what the members ask for into a chosen bundle that has no fields or materials of its own. */
govsvc_status gs_bundle_choose(gs_call *call, const gs_bundle *bundle, gs_chosen *out);

#endif
