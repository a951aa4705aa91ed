/* lib/matter/claim.c - matter.claim: a body of a lower level takes a matter over, and may only narrow it.
 *
 * May use: elements.h, reference. A claim is a matter like any other, with all its content: whoever looks it up
 * reads one row, however long the chain of claims is that it stands in.
 */
#include "matter/claim.h"

#include <string.h>

#include "govsvc/codes.h"
#include "reference/reference.h"

/* ---- versions ---------------------------------------------------------------------------------------- */

govsvc_status gs_matter_newest(gs_call *call, const char *code, gs_row **out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)), gs_text(code)};
    return gs_row_find(&call->work, gs_table_of(call->host, &gs_record_matter),
                       "tenant = $1 AND code = $2 ORDER BY version DESC LIMIT 1", values, 2, out);
}

static bool is_over(const govsvc_matter *matter)
{
    return matter->state == GOVSVC_MATTER_REPEALED || matter->state == GOVSVC_MATTER_REPLACED;
}

/* What can be claimed: the version in force; else the one that will be, or that is being prepared. */
static govsvc_status find_source(gs_call *call, const char *code, const govsvc_matter **out)
{
    gs_row *row;
    govsvc_status status = gs_matter_effective(call, code, out);
    if (status != GOVSVC_NOT_FOUND)
        return status;
    status = gs_matter_newest(call, code, &row);
    if (!status && is_over(row->at))
        return GOVSVC_NOT_FOUND;
    return status ? status : gs_matter_load(call, gs_row_head(row)->id, out);
}

/* What a draft was claimed from, as long as that is not over. */
static govsvc_status source_of(gs_call *call, const govsvc_matter *matter, const govsvc_matter **out)
{
    gs_row *row;
    govsvc_status status = GOVSVC_NOT_FOUND;
    if (matter->source_id)
        status =
            gs_row_load(&call->work, gs_table_of(call->host, &gs_record_matter), matter->source_id, &row);
    if (status && status != GOVSVC_NOT_FOUND)
        return status;
    *out = status ? NULL : row->at;
    if (!*out || is_over(*out) || strcmp((*out)->code, matter->source) != 0)
        return find_source(call, matter->source, out);
    return gs_row_open(row, false);
}

/* ---- what a claim must keep -------------------------------------------------------------------------- */

static void refuse_widening(gs_call *call, const gs_element_row *row, const govsvc_matter *source,
                            const govsvc_matter *own, uint64_t item)
{
    gs_arena *arena = call->work.arena;
    const gs_field *field = gs_element_field(row);
    const char *before = gs_element_json(arena, row, source), *after = gs_element_json(arena, row, own);
    bool in_list = row->narrowing == GS_SUBSET && item < *gs_field_count(field, own);
    const char *at = in_list ? gs_arena_print(arena, "/%s/%d", row->field, (int)item)
                             : gs_arena_print(arena, "/%s", row->field);
    govsvc_problem problem = {
        .field = at,
        .rule = "widens",
        .expected = before && strlen(before) < 200 ? before : NULL,
        .got = after && strlen(after) < 200 ? after : NULL,
        .text_zh = gs_arena_print(arena, "%s：认领事项的“%s”不得宽于或不同于被认领事项", at, field->title),
        .text_en = gs_arena_print(arena, "%s: a claim may only narrow its source", at)};
    gs_problem_add(call->work.problems, &problem);
}

/* Whether a claim only narrows its source; tell: every element that does not. */
static bool keeps_to(gs_call *call, const govsvc_matter *source, const govsvc_matter *own, bool tell)
{
    bool keeps = true;
    for (size_t i = 0; i < gs_element_row_count && (keeps || tell); i++) {
        const gs_element_row *row = &gs_element_rows[i];
        uint64_t item;
        bool unit = strcmp(row->field, "promised_unit") == 0; /* its amount stands before it */
        if (unit || gs_element_compare(call->work.arena, row, source, own, &item) != GS_WIDER)
            continue;
        keeps = false;
        if (tell)
            refuse_widening(call, row, source, own, item);
    }
    return keeps;
}

static void check_place(gs_call *call, const govsvc_matter *source, const govsvc_matter *own)
{
    if (own->level <= source->level)
        gs_refuse_in_words(call, "/level", "level", "/level：认领事项的行使层级应低于被认领事项",
                           "/level: a claim's level must be lower than its source's", NULL);
    if (!gs_division_within(own->division, source->division))
        gs_refuse_in_words(call, "/division", "within",
                           "/division：认领事项的行使区划应在被认领事项的区划之内",
                           "/division: must lie within the source's division", NULL);
}

/* kept: that it narrows the source is known. */
static govsvc_status check_against(gs_call *call, const govsvc_matter *source, govsvc_matter *matter,
                                   bool kept)
{
    check_place(call, source, matter);
    if (!kept)
        keeps_to(call, source, matter, true);
    matter->source_id = source->id;
    matter->source_version = source->version;
    return gs_arena_failed(call->work.arena) ? GOVSVC_NO_MEMORY : GOVSVC_OK;
}

/* Another version of the source that the draft is within, newest first: a file may hold several, and the claims of
 * each. The source is left as it is where there is none. */
static govsvc_status find_fitting(gs_call *call, const govsvc_matter *matter, const govsvc_matter **source,
                                  bool *fits)
{
    enum { VERSIONS_MAX = 50 };
    int64_t ids[VERSIONS_MAX];
    size_t count = 0;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_matter)),
                             gs_text(matter->source)};
    govsvc_status status = gs_query_integers(
        call->work.connection,
        "SELECT id FROM {matter} WHERE tenant = $1 AND code = $2 AND state <> 'repealed' AND "
        "state <> 'replaced' ORDER BY version DESC LIMIT 50",
        values, 2, ids, VERSIONS_MAX, &count);
    for (size_t i = 0; i < count && !status && !*fits; i++) {
        const govsvc_matter *other;
        status = gs_matter_load(call, ids[i], &other);
        *fits = !status && keeps_to(call, other, matter, false);
        if (*fits)
            *source = other;
    }
    return status;
}

/* A draft may be there before its source. */
govsvc_status gs_claim_check(gs_call *call, govsvc_matter *matter)
{
    const govsvc_matter *source;
    if (!matter->source)
        return GOVSVC_OK;
    govsvc_status status = source_of(call, matter, &source);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
    bool kept = keeps_to(call, source, matter, false);
    if (!kept)
        status = find_fitting(call, matter, &source, &kept);
    return status ? status : check_against(call, source, matter, kept);
}

/* The source must be more than a draft by then; and it may have changed since this one was put. */
govsvc_status gs_claim_check_published(gs_call *call, govsvc_matter *matter)
{
    const govsvc_matter *source;
    if (!matter->source)
        return GOVSVC_OK;
    govsvc_status status = source_of(call, matter, &source);
    if (status == GOVSVC_NOT_FOUND || (!status && source->published_at == GOVSVC_ABSENT))
        return gs_refuse(call, "/source", "exists", NULL, matter->source);
    return status ? status : check_against(call, source, matter, false);
}

/* ---- matter.claim ------------------------------------------------------------------------------------ */

void gs_claim_take_over(govsvc_matter *claim, const govsvc_matter *source)
{
    for (size_t i = 0; i < gs_element_row_count; i++) {
        const gs_field *field = gs_element_field(&gs_element_rows[i]);
        gs_field_share(field, claim, field, source);
    }
    claim->effective_date = source->effective_date;
    claim->expiry_date = source->expiry_date;
    claim->claim_amount = GOVSVC_ABSENT; /* those who are to claim it claim it from its source */
    claim->claim_unit = 0;
    claim->claim_level_count = 0;
}

static void drop_material(gs_call *call, govsvc_matter *claim, const govsvc_claim *in, uint64_t at)
{
    const govsvc_material **left = gs_arena_array(call->work.arena, claim->material_count + 1, sizeof *left);
    uint64_t kept = 0;
    for (uint64_t i = 0; left && i < claim->material_count; i++)
        if (strcmp(claim->materials[i]->code, in->without[at]) != 0)
            left[kept++] = claim->materials[i];
    if (left && kept == claim->material_count)
        gs_refuse(call, gs_arena_print(call->work.arena, "/without/%d", (int)at), "listed", NULL,
                  in->without[at]);
    if (left && kept < claim->material_count) {
        claim->materials = left;
        claim->material_count = kept;
    }
}

static void waive_fee(govsvc_matter *claim)
{
    claim->fee = GOVSVC_NO;
    claim->fee_basis = NULL;
    claim->fee_item_count = 0;
    claim->pay_online = 0;
}

/* Texts that the claim says; what it does not say is the source's. */
static void say(govsvc_matter *claim, const govsvc_claim *in)
{
    static const char *const texts[] = {"promised_explain", "place",      "hours",  "consult", "complain",
                                        "online_url",       "mobile_url", "remark", "organ",   "organ_name",
                                        "division",         "source"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const gs_field *from = gs_record_field(&gs_record_claim, texts[i]);
        if (!gs_field_absent(from, in))
            gs_field_share(gs_record_field(&gs_record_matter, texts[i]), claim, from, in);
    }
}

static void narrow(gs_call *call, govsvc_matter *claim, const govsvc_claim *in)
{
    say(claim, in);
    claim->level = in->level ? in->level : gs_division_level(in->division) + 1;
    if (in->promised_amount != GOVSVC_ABSENT) {
        claim->promised_amount = in->promised_amount;
        claim->promised_unit = in->promised_unit;
    }
    if (in->visits != GOVSVC_ABSENT)
        claim->visits = in->visits;
    if (claim->visits == 0)
        claim->visits_reason = NULL;
    if (in->fee == GOVSVC_NO)
        waive_fee(claim);
    else if (in->fee == GOVSVC_YES)
        claim->fee = GOVSVC_YES;
    for (uint64_t i = 0; i < in->without_count; i++)
        drop_material(call, claim, in, i);
}

/* NULL: it cannot be made. */
static const char *code_of(gs_call *call, const govsvc_claim *in, const govsvc_matter *source)
{
    if (in->code)
        return in->code;
    if (!source->basic_code) {
        gs_refuse(call, "/code", "required", NULL, NULL);
        return NULL;
    }
    int64_t level = in->level ? in->level : gs_division_level(in->division) + 1;
    return gs_arena_print(call->work.arena, "%s%d%s", in->organ, (int)level, source->basic_code);
}

/* The draft that stands, or a fresh one with the next version. */
static govsvc_status row_for(gs_call *call, const char *code, gs_row **out)
{
    int64_t version = 1;
    govsvc_status status = gs_matter_newest(call, code, out);
    if (!status && ((govsvc_matter *)(*out)->at)->state == GOVSVC_MATTER_DRAFTED)
        return gs_row_open(*out, false);
    if (!status)
        version = ((govsvc_matter *)(*out)->at)->version + 1;
    else if (status != GOVSVC_NOT_FOUND)
        return status;
    *out = gs_row_new(&call->work, gs_table_of(call->host, &gs_record_matter));
    if (!*out)
        return GOVSVC_NO_MEMORY;
    govsvc_matter *fresh = (*out)->at;
    fresh->code = code;
    fresh->version = version;
    fresh->state = GOVSVC_MATTER_DRAFTED;
    return GOVSVC_OK;
}

static govsvc_status claim(gs_call *call, const govsvc_matter *source)
{
    const govsvc_claim *in = call->in;
    const char *code = code_of(call, in, source);
    gs_row *row;
    govsvc_status status = code ? row_for(call, code, &row) : gs_problems_status(call->work.problems);
    if (status)
        return status;
    gs_claim_take_over(row->at, source);
    narrow(call, row->at, in);
    status = gs_matter_check(call, row);
    if (!status)
        status = gs_problems_status(call->work.problems);
    if (!status)
        status = gs_save(call, row, "claim");
    return status ? status : gs_answer_brief(call, row);
}

static govsvc_status run_claim(gs_call *call)
{
    const govsvc_claim *in = call->in;
    const govsvc_matter *source;
    govsvc_status status = gs_matter_may(call, in->organ);
    if (!status)
        status = find_source(call, in->source, &source);
    bool published = !status && source->published_at != GOVSVC_ABSENT;
    if (status == GOVSVC_NOT_FOUND || (!status && !published))
        return gs_refuse(call, "/source", "exists", NULL, in->source);
    return status ? status : claim(call, source);
}

/* clang-format off */
static const gs_operation operations[] = {
    {.name = "matter.claim", .title = "认领事项", .in = &gs_record_claim, .out = &gs_record_matter, .kind = GS_RUN,
     .run = run_claim, .roles = GS_ROLE_ADMINISTRATOR | GS_ROLE_ORGAN_HEAD, .write = true},
    {.name = NULL},
};
/* clang-format on */

const gs_service gs_service_claim = {.operations = operations};
