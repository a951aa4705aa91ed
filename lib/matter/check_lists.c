/* lib/matter/check_lists.c - the lists of a draft: what names an item of a list names one that is there. */
#include "matter/check.h"

#include <string.h>

#include "codes/codes.h"

static uint64_t count_of(const govsvc_matter *matter, const gs_field *list)
{
    return *gs_field_count(list, matter);
}

static const void *item_of(const govsvc_matter *matter, const gs_field *list, uint64_t at)
{
    return (*gs_field_items(list, matter))[at];
}

/* ---- codes are unique -------------------------------------------------------------------------------- */

static const gs_words_of_rule duplicate = {"duplicate", NULL, NULL, NULL};

/* Lists by the member that tells their items apart; all are of texts that are required. */
static const struct {
    const char *list, *key;
} keyed[] = {{"materials", "code"}, {"fields", "name"},     {"criteria", "code"},
             {"stages", "code"},    {"situations", "code"}, {"members", "code"}};

static bool stands_before(const void *const *items, const gs_field *key, uint64_t at)
{
    bool found = false;
    for (uint64_t i = 0; i < at && !found; i++)
        found = strcmp(*gs_field_text(key, items[i]), *gs_field_text(key, items[at])) == 0;
    return found;
}

static void check_codes(gs_call *call, const govsvc_matter *matter, const char *name, const char *key_name)
{
    const gs_field *list = gs_record_field(&gs_record_matter, name);
    const gs_field *key = gs_record_field(list->of, key_name);
    const void *const *items = *gs_field_items(list, matter);
    for (uint64_t i = 0; i < count_of(matter, list); i++)
        if (stands_before(items, key, i))
            gs_draft_refuse(call, &duplicate, *gs_field_text(key, items[i]), "/%s/%d/%s", name, (int)i,
                            key_name);
}

static void check_values(gs_call *call, const govsvc_choice *const *choices, uint64_t count, const char *list,
                         uint64_t at)
{
    for (uint64_t i = 0; i < count; i++) {
        bool found = false;
        for (uint64_t j = 0; j < i && !found; j++)
            found = strcmp(choices[i]->value, choices[j]->value) == 0;
        if (found)
            gs_draft_refuse(call, &duplicate, choices[i]->value, "/%s/%d/choices/%d/value", list, (int)at,
                            (int)i);
    }
}

static void check_choices(gs_call *call, const govsvc_matter *matter)
{
    for (uint64_t i = 0; i < matter->field_count; i++)
        check_values(call, matter->fields[i]->choices, matter->fields[i]->choice_count, "fields", i);
    for (uint64_t i = 0; i < matter->situation_count; i++)
        check_values(call, matter->situations[i]->choices, matter->situations[i]->choice_count, "situations",
                     i);
}

/* ---- situations -------------------------------------------------------------------------------------- */

static void check_when(gs_call *call, const govsvc_matter *matter, const gs_field *list, uint64_t at)
{
    static const gs_words_of_rule no_situation = {"listed", "没有此情形", "there is no such situation", NULL},
                                  no_choice = {"choice", "该情形没有此选项",
                                               "the situation has no such choice", NULL};
    const void *item = item_of(matter, list, at);
    const gs_field *when = gs_record_field(list->of, "when");
    for (uint64_t i = 0; i < *gs_field_count(when, item); i++) {
        const char *name = (*gs_field_items(when, item))[i];
        const govsvc_situation *situation = gs_situation_of(matter, name);
        if (!situation || !gs_is_choice(situation, name))
            gs_draft_refuse(call, situation ? &no_choice : &no_situation, name, "/%s/%d/when/%d", list->name,
                            (int)at, (int)i);
    }
}

/* ---- orders ------------------------------------------------------------------------------------------ */

static uint64_t stage_at(const govsvc_matter *matter, const char *code)
{
    uint64_t at = 0;
    while (at < matter->stage_count && strcmp(matter->stages[at]->code, code) != 0)
        at++;
    return at;
}

static uint64_t member_at(const govsvc_matter *matter, const char *code)
{
    uint64_t at = 0;
    while (at < matter->member_count && strcmp(matter->members[at]->code, code) != 0)
        at++;
    return at;
}

static void check_after(gs_call *call, const govsvc_matter *matter)
{
    static const gs_words_of_rule no_stage = {"listed", "没有此环节", "there is no such stage", NULL},
                                  no_member = {"listed", "没有此成员事项", "there is no such member", NULL};
    for (uint64_t i = 0; i < matter->stage_count; i++)
        for (uint64_t j = 0; j < matter->stages[i]->after_count; j++)
            if (stage_at(matter, matter->stages[i]->after[j]) == matter->stage_count)
                gs_draft_refuse(call, &no_stage, matter->stages[i]->after[j], "/stages/%d/after/%d", (int)i,
                                (int)j);
    for (uint64_t i = 0; i < matter->member_count; i++)
        for (uint64_t j = 0; j < matter->members[i]->after_count; j++)
            if (member_at(matter, matter->members[i]->after[j]) == matter->member_count)
                gs_draft_refuse(call, &no_member, matter->members[i]->after[j], "/members/%d/after/%d",
                                (int)i, (int)j);
}

/* Can a stage be over, when these are? One that names none follows the one before it in the list. */
static bool may_end(const govsvc_matter *matter, const bool *over, uint64_t at)
{
    const govsvc_stage *stage = matter->stages[at];
    bool may = stage->after_count || at == 0 || over[at - 1];
    for (uint64_t i = 0; i < stage->after_count && may; i++) {
        uint64_t before = stage_at(matter, stage->after[i]);
        may = before == matter->stage_count || over[before];
    }
    return may;
}

/* Every round ends one stage at least, or those that are left wait for each other. */
static void check_circle(gs_call *call, const govsvc_matter *matter)
{
    static const gs_words_of_rule circle = {"circle", "环节的先后构成循环",
                                            "the stages wait for each other in a circle", NULL};
    bool *over = gs_arena_array(call->work.arena, matter->stage_count + 1, sizeof *over), more = true;
    for (uint64_t round = 0; over && more && round <= matter->stage_count; round++) {
        more = false;
        for (uint64_t i = 0; i < matter->stage_count; i++)
            if (!over[i])
                more |= over[i] = may_end(matter, over, i);
    }
    for (uint64_t i = 0; over && i < matter->stage_count; i++)
        if (!over[i]) {
            gs_draft_refuse(call, &circle, matter->stages[i]->code, "/stages/%d/after", (int)i);
            return;
        }
}

/* ---- amounts with their units ------------------------------------------------------------------------ */

static void check_pair(gs_call *call, const gs_record *record, const void *at, const char *amount,
                       const char *unit, const char *list, uint64_t item)
{
    bool no_amount = gs_field_absent(gs_record_field(record, amount), at);
    bool no_unit = gs_field_absent(gs_record_field(record, unit), at);
    if (no_amount == no_unit)
        return;
    const char *what = no_unit ? unit : amount;
    if (list)
        gs_draft_refuse(call, &gs_words_required, NULL, "/%s/%d/%s", list, (int)item, what);
    else
        gs_draft_refuse(call, &gs_words_required, NULL, "/%s", what);
}

static void check_pairs(gs_call *call, const govsvc_matter *matter)
{
    static const char *const lists[] = {"stages", "special_procedures"};
    check_pair(call, &gs_record_matter, matter, "promised_amount", "promised_unit", NULL, 0);
    check_pair(call, &gs_record_matter, matter, "claim_amount", "claim_unit", NULL, 0);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const gs_field *list = gs_record_field(&gs_record_matter, lists[i]);
        for (uint64_t j = 0; j < count_of(matter, list); j++)
            check_pair(call, list->of, item_of(matter, list, j), "amount", "unit", lists[i], j);
    }
}

/* ---- reviews ----------------------------------------------------------------------------------------- */

/* Whose word decides is a matter of reviews; a share is one of several. */
static void check_passes(gs_call *call, const govsvc_matter *matter)
{
    static const gs_words_of_rule only = {"review_stage", "只有审查环节可以规定审查方式",
                                          "only a stage of review says whose word decides", NULL};
    for (uint64_t i = 0; i < matter->stage_count; i++) {
        const govsvc_stage *stage = matter->stages[i];
        bool said = stage->passes || stage->share != GOVSVC_ABSENT || stage->reviewers != GOVSVC_ABSENT ||
                    stage->organ;
        if (said && stage->kind != GOVSVC_STAGE_REVIEW)
            gs_draft_refuse(call, &only, NULL, "/stages/%d/passes", (int)i);
        if (stage->passes == GOVSVC_PASSES_SHARE && stage->share == GOVSVC_ABSENT)
            gs_draft_refuse(call, &gs_words_required, NULL, "/stages/%d/share", (int)i);
    }
}

/* ---- types of certificate ---------------------------------------------------------------------------- */

/* The USCC of who defined it, and three digits. */
static bool is_certificate_type(const char *text)
{
    enum { USCC = 18, SIZE = 21 };
    char uscc[USCC + 1] = "";
    if (strlen(text) != SIZE || strspn(text + USCC, "0123456789") != SIZE - USCC)
        return false;
    memcpy(uscc, text, USCC);
    return gs_code_check(GOVSVC_CODE_USCC, uscc, NULL, NULL) == GOVSVC_OK;
}

static void check_certificate_types(gs_call *call, const govsvc_matter *matter)
{
    static const gs_words_of_rule wrong = {
        "certificate_type", "应为 21 位电子证照类型代码：18 位统一社会信用代码和 3 位数字",
        "must be a certificate type: 18 characters of a USCC, 3 digits", "GB/T 36904"};
    const char *of = matter->result_certificate_type;
    if (of && !is_certificate_type(of))
        gs_draft_refuse(call, &wrong, of, "/result_certificate_type");
    for (uint64_t i = 0; i < matter->material_count; i++)
        if ((of = matter->materials[i]->certificate_type) && !is_certificate_type(of))
            gs_draft_refuse(call, &wrong, of, "/materials/%d/certificate_type", (int)i);
    for (uint64_t i = 0; i < matter->field_count; i++)
        if ((of = matter->fields[i]->certificate_type) && !is_certificate_type(of))
            gs_draft_refuse(call, &wrong, of, "/fields/%d/certificate_type", (int)i);
}

/* ---- all of it --------------------------------------------------------------------------------------- */

void gs_check_lists(gs_call *call, const govsvc_matter *matter)
{
    for (size_t i = 0; i < sizeof keyed / sizeof *keyed; i++)
        check_codes(call, matter, keyed[i].list, keyed[i].key);
    check_choices(call, matter);
    for (uint32_t i = 0; i < gs_record_matter.field_count; i++) {
        const gs_field *list = &gs_record_matter.fields[i];
        bool depends = list->kind == GS_LIST && gs_record_field(list->of, "when");
        for (uint64_t j = 0; depends && j < count_of(matter, list); j++)
            check_when(call, matter, list, j);
    }
    check_after(call, matter);
    check_circle(call, matter);
    check_pairs(call, matter);
    check_passes(call, matter);
    check_certificate_types(call, matter);
}
