/* lib/matter/check.h - what the files that check a draft share.
 *
 * May use: matter. What a rule says stands beside the check that it belongs to; where it was broken is printed
 * only when it was.
 */
#ifndef GS_MATTER_CHECK_H
#define GS_MATTER_CHECK_H

#include "matter/matter.h"

/* What a broken rule says; a NULL zh: in the words of the rule's own name. */
typedef struct gs_words_of_rule {
    const char *rule, *zh, *en;
    const char *basis; /* law or standard; NULL: none was read */
} gs_words_of_rule;

/* Tells a broken rule at a JSON Pointer. got may be NULL. */
void gs_draft_refuse(gs_call *call, const gs_words_of_rule *words, const char *got, const char *field, ...)
    __attribute__((format(printf, 4, 5)));

/* "required" words are used wherever something stands that asks for more. */
extern const gs_words_of_rule gs_words_required;

/* Is a text among those of a list? */
bool gs_text_listed(const char *text, const char *const *items, uint64_t count);

/* Is an element's source said not to be known? */
bool gs_is_unverified(const govsvc_matter *matter, const char *element);

/* check_elements.c: elements that must agree. */
void gs_check_elements(gs_call *call, const govsvc_matter *matter);
/* check_lists.c: codes, situations, orders, amounts with their units, types of certificate. */
void gs_check_lists(gs_call *call, const govsvc_matter *matter);
/* check_form.c: fields, and conditions upon them. */
void gs_check_form(gs_call *call, const govsvc_matter *matter);

#endif
