/* lib/matter/matter.h - matters for other services, and what the files of this room share.
 *
 * May use: flow, alert, reference, text and below.
 */
#ifndef GS_MATTER_MATTER_H
#define GS_MATTER_MATTER_H

#include "flow/flow.h"
#include "govsvc/catalogue.h"
#include "govsvc/matter.h"

extern const gs_service gs_service_matter, gs_service_publication, gs_service_finding,
    gs_service_impact, gs_service_audit;

/* ---- records.c --------------------------------------------------------------------------------------- */

extern const gs_record gs_record_matter, gs_record_matter_draft, gs_record_claim, gs_record_material,
    gs_record_form_field, gs_record_criterion, gs_record_stage, gs_record_situation, gs_record_fee_item,
    gs_record_member;
extern const gs_name gs_special_procedure_names[], gs_matter_type_names[], gs_level_names[],
    gs_matter_state_names[], gs_criterion_purpose_names[], gs_stage_kind_names[], gs_subject_names[];

/* ---- matter.c: versions ------------------------------------------------------------------------------ */

/* The Beijing day of a call; NULL: no memory. */
const char *gs_today(gs_call *call);
/* The version of a code that can be applied for today, whether or not anybody ticked at midnight; NOT_FOUND. */
govsvc_status gs_matter_effective(gs_call *call, const char *code, const govsvc_matter **out);
/* The same on another day, "YYYY-MM-DD". */
govsvc_status gs_matter_effective_on(gs_call *call, const char *code, const char *date,
                                     const govsvc_matter **out);
/* A version by identifier. Once it is published its content cannot change, and the session keeps it: state
 * and revision are those of its first reading. */
govsvc_status gs_matter_load(gs_call *call, int64_t id, const govsvc_matter **out);
/* The row of a version as it stands now, its lists open. */
govsvc_status gs_matter_read(gs_call *call, int64_t id, gs_row **out);
/* By identifier or code, as a request names it: a draft too by identifier, the effective version by code.
 * A problem of the input where there is none. */
govsvc_status gs_matter_asked(gs_call *call, int64_t id, const char *code, const govsvc_matter **out);
/* The content of a version as JSON, the draft's members without its request_key, and the SM3 over it. */
govsvc_status gs_matter_content(gs_call *call, const govsvc_matter *matter, gs_buffer *json,
                                char digest[2 * GS_SM3_SIZE + 1]);

/* ---- title.c ----------------------------------------------------------------------------------------- */

/* Gives a version that is published the title by which it is found. */
govsvc_status gs_title_set(gs_call *call, govsvc_matter *matter);

/* ---- check.c: the rules of a draft -------------------------------------------------------------------- */

/* matter.put's substance: tells everything that is wrong with a draft. */
govsvc_status gs_matter_check(gs_call *call, gs_row *row);
/* The longest a limit can be, in natural days: five working days are seven of them. */
int64_t gs_limit_in_days(int64_t amount, int64_t unit);
/* Whether a limit can be longer than another one; of different units, by the longest that both can be. */
bool gs_limit_longer(int64_t amount, int64_t unit, int64_t than, int64_t than_unit);

/* ---- situation.c: answers ---------------------------------------------------------------------------- */

/* "situation=choice", as a request has them. */
typedef struct gs_answers {
    const char *const *items;
    uint64_t count;
} gs_answers;

/* OPEN: it depends on a situation that is not answered yet. */
typedef enum gs_counting { GS_COUNTS_NOT, GS_COUNTS, GS_COUNTS_OPEN } gs_counting;

/* Does what carries this `when` count for these answers? */
gs_counting gs_counts(const char *const *when, uint64_t count, gs_answers answers);
/* The situation that "situation=choice" speaks of; NULL: the matter has no such one. */
const govsvc_situation *gs_situation_of(const govsvc_matter *matter, const char *item);
/* The choice it names; NULL: the situation has no such one. */
const govsvc_choice *gs_choice_of(const govsvc_situation *situation, const char *item);
bool gs_is_choice(const govsvc_situation *situation, const char *item);
/* Tells every answer at /answers/N that cannot be. */
govsvc_status gs_answers_check(gs_call *call, const govsvc_matter *matter, gs_answers answers);

/* ---- select.c: lists in a situation ------------------------------------------------------------------ */

/* Leaves in a list whose items carry `when` those that count for these answers, with open also those that
 * depend on a situation which is not answered; their order stays. at is a struct of the list's record. false:
 * no memory. */
bool gs_select_list(gs_arena *arena, const gs_field *list, void *at, gs_answers answers, bool open);
/* The same in every such list of a record. */
bool gs_select(gs_arena *arena, const gs_record *record, void *at, gs_answers answers, bool open);
/* Leaves of a matter's situations those that are not answered and something left in its lists depends on. */
bool gs_select_situations(gs_arena *arena, govsvc_matter *matter, gs_answers answers);

/* ---- evaluate.c: conditions as data ------------------------------------------------------------------- */

extern const gs_record gs_record_verdict, gs_record_evaluation_request, gs_record_evaluation;

/* What a phone number is made of. */
#define GS_FORM_PHONE "[+]?[0-9 ()-]{5,30}"

/* What the conditions of a purpose (0: all) come to for a form (NULL: empty) and answers that were checked, on
 * the Beijing day of the call. at, a JSON Pointer: wrong values and unknown fields are told below it, and
 * INVALID is the answer; NULL: the form was checked when it was handed in, and what cannot be read needs a
 * person. */
govsvc_status gs_matter_evaluate(gs_call *call, const govsvc_matter *matter, int64_t purpose,
                                 const char *form, gs_answers answers, const char *at, govsvc_evaluation *out);
govsvc_status gs_run_evaluate(gs_call *call);
/* Where a field does not say: characters of a text at most, and its data level. */
enum { GS_LENGTH_DEFAULT = 200, GS_LEVEL_DEFAULT = 2 };

/* ---- guide.c, guide_text.c, form.c: a matter in somebody's situation ---------------------------------- */

extern const gs_service gs_service_guide;
extern const gs_record gs_record_matter_request, gs_record_guide, gs_record_form;

/* A matter for somebody's answers. left: its lists have what counts and what may yet count, its situations are
 * those that decide on the latter. */
typedef struct gs_chosen {
    const govsvc_matter *whole;
    govsvc_matter left;
    gs_answers answers;
} gs_chosen;
/* As a call's input, a govsvc_matter_request, asks for it. */
govsvc_status gs_matter_choose(gs_call *call, gs_chosen *out);
/* The guide as Markdown. */
void gs_guide_write(gs_buffer *out, const gs_chosen *chosen);
govsvc_status gs_run_form(gs_call *call);

/* ---- bundle.c, compose.c: bundles (bundle.h has the rest) ---------------------------------------------- */

extern const gs_service gs_service_bundle;
/* What publication asks of a bundle: members in force, no bundle among them, no circle, no conflict. */
govsvc_status gs_bundle_check(gs_call *call, govsvc_matter *matter);

#endif
