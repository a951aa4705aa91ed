/* lib/matter/evaluate.c - conditions as data: a form against its matter, before it is submitted and after. */
#include "matter/form_value.h"

#include <string.h>

static const gs_name verdict_names[] = {{GOVSVC_VERDICT_MET, "met", "符合"},
                                        {GOVSVC_VERDICT_NOT_MET, "not_met", "不符合"},
                                        {GOVSVC_VERDICT_PERSON, "person", "由人判断"},
                                        {0, NULL, NULL}};

#define VERDICT_FIELDS(T, F)                                                                                 \
    F(T, NAME, purpose, "用途", .names = gs_criterion_purpose_names)                                         \
    F(T, NAME, verdict, "结论", .names = verdict_names)                                                      \
    F(T, TEXT, code, "条件代码", .max = 50)                                                                  \
    F(T, TEXT, field, "字段", .max = 60)                                                                     \
    F(T, TEXT, message, "条件内容", .max = 1000, .lines = true)                                              \
    F(T, TEXT, basis, "依据", .max = 500)
GS_RECORD(gs_record_verdict, govsvc_verdict, "verdict", "条件结论", VERDICT_FIELDS)

#define EVALUATION_REQUEST_FIELDS(T, F)                                                                      \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, NAME, purpose, "用途", .names = gs_criterion_purpose_names)                                         \
    F(T, TEXT, code, "实施编码", .max = 50)                                                                  \
    F(T, JSON, form, "表单", .level = 3)                                                                     \
    F(T, TEXTS, answers, "情形选择", .max = 100, .count = offsetof(T, answer_count))                         \
    F(T, NONE, reserved, "")
GS_RECORD(gs_record_evaluation_request, govsvc_evaluation_request, "evaluation_request", "条件核对请求",
          EVALUATION_REQUEST_FIELDS)

#define EVALUATION_FIELDS(T, F)                                                                              \
    F(T, ID, id, "版本标识")                                                                                 \
    F(T, INT, version, "版本")                                                                               \
    F(T, NAME, verdict, "结论", .names = verdict_names)                                                      \
    F(T, LIST, verdicts, "各项结论", .of = &gs_record_verdict, .max = 200,                                   \
      .count = offsetof(T, verdict_count))                                                                   \
    F(T, TEXTS, missing, "未填的必填字段", .max = 500, .count = offsetof(T, missing_count))
GS_RECORD(gs_record_evaluation, govsvc_evaluation, "evaluation", "条件核对结果", EVALUATION_FIELDS)

/* A form that is looked at. */
typedef struct asking {
    gs_call *call;
    const govsvc_matter *matter;
    gs_answers answers;
    json_t *form; /* NULL: none, so that every field is empty */
    int64_t today;
} asking;

static const govsvc_form_field *field_of(const govsvc_matter *matter, const char *name)
{
    const govsvc_form_field *found = NULL;
    for (uint64_t i = 0; name && i < matter->field_count && !found; i++)
        if (strcmp(matter->fields[i]->name, name) == 0)
            found = matter->fields[i];
    return found;
}

static gs_counting field_counts(const asking *of, const govsvc_form_field *field)
{
    return gs_counts(field->when, field->when_count, of->answers);
}

static const json_t *value_of(const asking *of, const govsvc_form_field *field)
{
    return json_object_get(of->form, field->name);
}

/* ---- the form's shape -------------------------------------------------------------------------------- */

static void check_member(const asking *of, const char *name, const json_t *value, const gs_path *at)
{
    const gs_path path = {at, name, 0};
    const govsvc_form_field *field = field_of(of->matter, name);
    gs_problems *problems = of->call->work.problems;
    if (!field)
        gs_path_tell(&path, problems, "unknown_field", NULL, NULL);
    else if (gs_form_empty(value))
        return;
    else if (field_counts(of, field) == GS_COUNTS_NOT)
        gs_path_tell(&path, problems, "not_asked", NULL, NULL);
    else
        gs_form_value_check(field, value, &path, problems);
}

/* A matter that says nothing of its form takes any. */
static void check_form(const asking *of, const char *at)
{
    const gs_path path = {NULL, at, 0};
    const char *name;
    json_t *value;
    if (!of->form || !of->matter->field_count)
        return;
    if (!json_is_object(of->form))
        gs_path_tell(&path, of->call->work.problems, "type", "object", "array");
    json_object_foreach(of->form, name, value)
    {
        check_member(of, name, value, &path);
    }
}

static bool is_missing(const asking *of, const govsvc_form_field *field)
{
    return field->required == GOVSVC_YES && field_counts(of, field) == GS_COUNTS &&
           gs_form_empty(value_of(of, field));
}

static void find_missing(const asking *of, govsvc_evaluation *out)
{
    const char **missing = gs_arena_array(of->call->work.arena, of->matter->field_count + 1, sizeof *missing);
    uint64_t count = 0;
    for (uint64_t i = 0; missing && i < of->matter->field_count; i++)
        if (is_missing(of, of->matter->fields[i]))
            missing[count++] = of->matter->fields[i]->name;
    out->missing = missing;
    out->missing_count = count;
}

/* ---- conditions -------------------------------------------------------------------------------------- */

/* It counts where its field does too: nobody is measured by what they are not asked. */
static gs_counting criterion_counts(const asking *of, const govsvc_criterion *criterion,
                                    const govsvc_form_field *field)
{
    gs_counting own = gs_counts(criterion->when, criterion->when_count, of->answers);
    gs_counting its = field ? field_counts(of, field) : GS_COUNTS;
    return own == GS_COUNTS ? its : its == GS_COUNTS_NOT ? its : own;
}

static int64_t verdict_on_nothing(int64_t operation)
{
    return operation == GOVSVC_OPERATOR_ABSENT    ? GOVSVC_VERDICT_MET
           : operation == GOVSVC_OPERATOR_PRESENT ? GOVSVC_VERDICT_NOT_MET
                                                  : GOVSVC_VERDICT_PERSON;
}

/* 0: it does not count. */
static int64_t verdict_of(const asking *of, const govsvc_criterion *criterion)
{
    const govsvc_form_field *field = field_of(of->matter, criterion->field);
    gs_counting counting = criterion_counts(of, criterion, field);
    if (counting == GS_COUNTS_NOT)
        return 0;
    if (counting == GS_COUNTS_OPEN || !field)
        return GOVSVC_VERDICT_PERSON;
    const json_t *value = value_of(of, field);
    return gs_form_empty(value) ? verdict_on_nothing(criterion->operation)
                                : gs_form_verdict(criterion, field, value, of->today);
}

static const govsvc_verdict *say(gs_arena *arena, const govsvc_criterion *criterion, int64_t verdict)
{
    govsvc_verdict *out = gs_arena_alloc(arena, sizeof *out);
    if (out)
        *out = (govsvc_verdict){sizeof *out,      criterion->purpose, verdict,         criterion->code,
                                criterion->field, criterion->message, criterion->basis};
    return out;
}

/* Not met weighs more than what needs a person, and that more than met. */
static int64_t worse(int64_t a, int64_t b)
{
    if (a == GOVSVC_VERDICT_NOT_MET || b == GOVSVC_VERDICT_NOT_MET)
        return GOVSVC_VERDICT_NOT_MET;
    return a > b ? a : b;
}

static void judge(const asking *of, int64_t purpose, govsvc_evaluation *out)
{
    gs_arena *arena = of->call->work.arena;
    const govsvc_verdict **verdicts =
        gs_arena_array(arena, of->matter->criterion_count + 1, sizeof *verdicts);
    uint64_t count = 0;
    out->verdict = GOVSVC_VERDICT_MET;
    for (uint64_t i = 0; verdicts && i < of->matter->criterion_count; i++) {
        const govsvc_criterion *criterion = of->matter->criteria[i];
        int64_t verdict = purpose && criterion->purpose != purpose ? 0 : verdict_of(of, criterion);
        if (!verdict)
            continue;
        verdicts[count++] = say(arena, criterion, verdict);
        out->verdict = worse(out->verdict, verdict);
    }
    out->verdicts = verdicts;
    out->verdict_count = count;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

govsvc_status gs_matter_evaluate(gs_call *call, const govsvc_matter *matter, int64_t purpose,
                                 const char *form, gs_answers answers, const char *at, govsvc_evaluation *out)
{
    asking of = {call, matter, answers, NULL, gs_day_of(call->occurred_at)};
    const gs_path path = {NULL, at ? at : "/form", 0};
    govsvc_status status = GOVSVC_OK;
    if (form)
        status = gs_json_parse(form, strlen(form), &path, call->work.arena, at ? call->work.problems : NULL,
                               &of.form);
    if (!status && at)
        check_form(&of, at);
    gs_record_init(&gs_record_evaluation, out);
    out->id = matter->id;
    out->version = matter->version;
    find_missing(&of, out);
    judge(&of, purpose, out);
    json_decref(of.form);
    if (gs_arena_failed(call->work.arena))
        return GOVSVC_NO_MEMORY;
    return status ? status : gs_problems_status(call->work.problems);
}

govsvc_status gs_run_evaluate(gs_call *call)
{
    const govsvc_evaluation_request *in = call->in;
    const gs_answers answers = {in->answers, in->answer_count};
    const govsvc_matter *matter;
    govsvc_evaluation *out = gs_arena_alloc(call->work.arena, sizeof *out);
    govsvc_status status = gs_matter_asked(call, in->id, in->code, &matter);
    if (status)
        return status;
    if (!out || gs_answers_check(call, matter, answers) == GOVSVC_NO_MEMORY)
        return GOVSVC_NO_MEMORY;
    status = gs_matter_evaluate(call, matter, in->purpose, in->form, answers, "/form", out);
    if (!status)
        call->out = out;
    return status;
}
