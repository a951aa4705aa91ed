/* lib/application/special.c - special procedures: only those the matter lists, told in writing or their time
 * counts, and not beyond their own limit (行政许可法 45); inspections by two or more (34, 55). */
#include "application/application.h"

#include <string.h>

static const char *const BASIS = "行政许可法 第四十五条";

static govsvc_application *application_of(const gs_row *row)
{
    return row->at;
}

/* ---- the list ----------------------------------------------------------------------------------------- */

static bool is_open(const govsvc_procedure_held *held, int64_t kind)
{
    return held->kind == kind && held->ended_at == GOVSVC_ABSENT;
}

static bool holds(const govsvc_procedure_held *held)
{
    return held->told_at != GOVSVC_ABSENT && held->ended_at == GOVSVC_ABSENT && held->overrun != GOVSVC_YES;
}

/* Places it in the list, counts anew those that hold the clock, and says so by the state. */
static govsvc_status keep(gs_call *call, gs_row *row, uint64_t at, const govsvc_procedure_held *held)
{
    govsvc_application *application = application_of(row);
    bool added = at == application->procedure_count;
    const govsvc_procedure_held **all = (const govsvc_procedure_held **)gs_arena_append(
        call->work.arena, application->procedures, application->procedure_count, held);
    if (!all)
        return GOVSVC_NO_MEMORY;
    all[at] = held;
    application->procedures = all;
    application->procedure_count += added;
    application->holding = 0;
    for (uint64_t i = 0; i < application->procedure_count; i++)
        application->holding += holds(all[i]);
    application->state =
        application->holding ? GOVSVC_APPLICATION_SPECIAL_PROCEDURE : GOVSVC_APPLICATION_IN_REVIEW;
    return GOVSVC_OK;
}

/* A copy of the open one of a kind, to be changed; *at its place. */
static govsvc_status take_open(gs_call *call, gs_row *row, int64_t kind, uint64_t *at,
                               govsvc_procedure_held **out)
{
    const govsvc_application *application = application_of(row);
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    for (*at = 0; *at < application->procedure_count; ++*at)
        if (is_open(application->procedures[*at], kind))
            break;
    if (*at == application->procedure_count)
        return gs_refuse_in_words(call, "/kind", "open", "/kind：没有进行中的此特别程序",
                                  "/kind: no such procedure is going on", NULL);
    *out = gs_arena_alloc(call->work.arena, sizeof **out);
    if (!*out)
        return GOVSVC_NO_MEMORY;
    **out = *application->procedures[*at];
    return GOVSVC_OK;
}

/* ---- the steps ---------------------------------------------------------------------------------------- */

static void check_staff(gs_call *call, const char *const *staff, uint64_t count, const char *basis)
{
    bool two = false;
    for (uint64_t i = 1; i < count && !two; i++)
        two = strcmp(staff[0], staff[i]) != 0;
    if (!two)
        gs_refuse_in_words(call, "/staff", "two", "/staff：应当指派两名以上工作人员",
                           "/staff: two or more of the staff are to be sent", basis);
}

static bool needs_staff(int64_t kind)
{
    return kind == GOVSVC_SPECIAL_INSPECTION || kind == GOVSVC_SPECIAL_TEST ||
           kind == GOVSVC_SPECIAL_QUARANTINE;
}

static void check_beginning(gs_call *call, const govsvc_application *application, const govsvc_matter *matter)
{
    const govsvc_special_procedure_step *in = call->in;
    bool listed = false, open = false;
    for (uint64_t i = 0; i < matter->special_procedure_count; i++)
        listed = listed || matter->special_procedures[i]->kind == in->kind;
    for (uint64_t i = 0; i < application->procedure_count; i++)
        open = open || is_open(application->procedures[i], in->kind);
    if (!listed)
        gs_refuse_in_words(call, "/kind", "listed", "/kind：该事项未列此特别程序，不能中止期限",
                           "/kind: the matter does not list this procedure, so it cannot stop the clock",
                           BASIS);
    if (open)
        gs_refuse_in_words(call, "/kind", "open", "/kind：此特别程序正在进行",
                           "/kind: such a procedure is going on already", NULL);
    gs_application_need(call, in->opinion, "/opinion", "/opinion：应说明所需时间和事由",
                        "/opinion: say why, and how long it will take", BASIS);
    if (needs_staff(in->kind))
        check_staff(call, in->staff, in->staff_count, "行政许可法 第五十五条");
}

/* Its own clock runs, whether or not it holds the others; those that were to lead to it have done so. */
static void begin_clocks(gs_call *call, int64_t kind, bool told)
{
    gs_add_effect(call, GS_START, (uint8_t)(GS_CLOCK_SPECIAL + kind));
    if (told) {
        gs_add_effect(call, GS_PAUSE, GS_CLOCK_DECISION);
        gs_add_effect(call, GS_PAUSE, GS_CLOCK_PROMISED);
    }
    if (kind == GOVSVC_SPECIAL_HEARING)
        gs_add_effect(call, GS_STOP, GS_CLOCK_HEARING);
    if (needs_staff(kind))
        gs_add_effect(call, GS_STOP, GS_CLOCK_INSPECTION);
    call->ground = gs_title_of(gs_special_procedure_names, kind);
    call->ground_basis = BASIS;
}

govsvc_status gs_application_begin_special(gs_call *call, gs_row *row)
{
    const govsvc_special_procedure_step *in = call->in;
    const govsvc_matter *matter;
    govsvc_status status = gs_application_matter(call, row, &matter);
    if (!status)
        status = gs_row_open(row, true);
    if (status)
        return status;
    check_beginning(call, application_of(row), matter);
    govsvc_procedure_held *held = gs_arena_alloc(call->work.arena, sizeof *held);
    if (!held)
        return GOVSVC_NO_MEMORY;
    *held = (govsvc_procedure_held){.struct_size = sizeof *held,
                                    .kind = in->kind,
                                    .began_at = call->occurred_at,
                                    .told_at = in->notice ? call->occurred_at : GOVSVC_ABSENT,
                                    .ended_at = GOVSVC_ABSENT,
                                    .overrun = GOVSVC_NO,
                                    .reason = in->opinion,
                                    .notice = in->notice,
                                    .staff = in->staff,
                                    .staff_count = in->staff_count};
    begin_clocks(call, in->kind, in->notice != NULL);
    return keep(call, row, application_of(row)->procedure_count, held);
}

/* What was told late holds the clock from then on. */
govsvc_status gs_application_tell_special(gs_call *call, gs_row *row)
{
    const govsvc_special_procedure_step *in = call->in;
    govsvc_procedure_held *held = NULL;
    uint64_t at;
    gs_application_need(call, in->notice, "/notice", "/notice：应有书面告知文书",
                        "/notice: the written notice is needed", BASIS);
    govsvc_status status = take_open(call, row, in->kind, &at, &held);
    if (status)
        return status;
    if (held->told_at != GOVSVC_ABSENT || held->overrun == GOVSVC_YES)
        return gs_refuse_in_words(call, "/kind", "told", "/kind：该特别程序已告知，或者已超出自身时限",
                                  "/kind: the applicant was told of it already, or it is over its own limit",
                                  BASIS);
    held->told_at = call->occurred_at;
    held->notice = in->notice;
    call->ground = gs_title_of(gs_special_procedure_names, in->kind);
    call->ground_basis = BASIS;
    return keep(call, row, at, held);
}

govsvc_status gs_application_end_special(gs_call *call, gs_row *row)
{
    const govsvc_special_procedure_step *in = call->in;
    govsvc_procedure_held *held = NULL;
    uint64_t at;
    govsvc_status status = take_open(call, row, in->kind, &at, &held);
    if (status)
        return status;
    held->ended_at = call->occurred_at;
    held->result = in->opinion;
    call->ground = gs_title_of(gs_special_procedure_names, in->kind);
    gs_add_effect(call, GS_STOP, (uint8_t)(GS_CLOCK_SPECIAL + in->kind));
    return keep(call, row, at, held);
}

/* The kind whose own limit is over at this moment; 0: none. */
static govsvc_status kind_over(gs_call *call, const gs_row *row, int64_t *kind)
{
    govsvc_status status = GOVSVC_OK;
    int64_t found = 0;
    for (int64_t at = GOVSVC_SPECIAL_HEARING; at <= GOVSVC_SPECIAL_EXPERT_REVIEW && !status && !found; at++) {
        gs_row *clock;
        status = gs_application_clock(call, row, (int)(GS_CLOCK_SPECIAL + at), &clock);
        if (!status && clock && ((const govsvc_clock *)clock->at)->timer_at == call->occurred_at)
            found = at;
    }
    *kind = found;
    return status;
}

/* Beyond its own limit it goes on, but holds nothing any more. */
govsvc_status gs_application_overrun_special(gs_call *call, gs_row *row)
{
    govsvc_procedure_held *held = NULL;
    uint64_t at;
    int64_t kind;
    govsvc_status status = kind_over(call, row, &kind);
    if (!status)
        status = take_open(call, row, kind, &at, &held);
    if (status)
        return status;
    held->overrun = GOVSVC_YES;
    call->ground = gs_title_of(gs_special_procedure_names, kind);
    gs_add_effect(call, GS_STOP, (uint8_t)(GS_CLOCK_SPECIAL + kind));
    status = keep(call, row, at, held);
    return status ? status : gs_guard(call);
}

govsvc_status gs_application_tell_overrun(gs_call *call, gs_row *row)
{
    const govsvc_application *application = application_of(row);
    const govsvc_alert what = {
        .struct_size = sizeof what,
        .severity = GOVSVC_SEVERITY_YELLOW,
        .subject = application->id,
        .rule = "application.special_overrun",
        .subject_kind = "application",
        .organ = application->organ,
        .division = application->division,
        .text = gs_arena_print(call->work.arena, "%s超出自身时限，办理期限恢复计算", call->ground),
        .basis = BASIS};
    return what.text ? gs_alert_raise(call, &what) : GOVSVC_NO_MEMORY;
}

/* ---- inspections -------------------------------------------------------------------------------------- */

govsvc_status gs_application_inspect(gs_call *call, gs_row *row)
{
    const govsvc_inspection *in = call->in;
    govsvc_application *application = application_of(row);
    gs_application_need(call, in->opinion, "/opinion", "/opinion：应记录核查情况",
                        "/opinion: say what was found", "行政许可法 第三十四条");
    check_staff(call, in->staff, in->staff_count, "行政许可法 第三十四条");
    govsvc_status status = gs_row_open(row, true);
    govsvc_inspection_held *held = gs_arena_alloc(call->work.arena, sizeof *held);
    if (status || !held)
        return status ? status : GOVSVC_NO_MEMORY;
    *held = (govsvc_inspection_held){.struct_size = sizeof *held,
                                     .held_at = call->occurred_at,
                                     .place = in->place,
                                     .findings = in->opinion,
                                     .staff = in->staff,
                                     .staff_count = in->staff_count};
    const void *const *all =
        gs_arena_append(call->work.arena, application->inspections, application->inspection_count, held);
    if (!all)
        return GOVSVC_NO_MEMORY;
    application->inspections = (const govsvc_inspection_held *const *)all;
    application->inspection_count++;
    return GOVSVC_OK;
}
