/* lib/matter/guide_text.c - the service guide as Markdown for people.
 *
 * What stands where is one table, below; every label and every name of a value comes from the field tables. What
 * is absent is not shown. Texts of the matter are shown as they are: nothing in them acts as Markdown or HTML.
 */
#include "matter/matter.h"

#include <string.h>

/* ---- what stands in the guide -------------------------------------------------------------------------- */

typedef struct writer {
    gs_buffer *out;
    const govsvc_matter *whole;
    bool cell;    /* in a table */
    bool in_list; /* behind a line of a list */
} writer;

typedef struct part part;
struct part {
    const char *member;
    const char *unit;                               /* of an amount: the member with its unit */
    const part *columns;                            /* of a list of records: what is shown of an item */
    void (*item)(writer *w, const char *item_text); /* of a list of texts: how an item is shown */
};
typedef struct section {
    const char *title;
    const part parts[24]; /* ends with a NULL member */
} section;

static void write_choice(writer *w, const char *item);
static void write_member_title(writer *w, const char *item);

/* clang-format off */
#define M(name) {.member = #name}
#define AMOUNT(name, its_unit) {.member = #name, .unit = #its_unit}
#define LIST(name, its_columns) {.member = #name, .columns = its_columns}
#define TEXTS(name, write) {.member = #name, .item = write}
#define WHEN TEXTS(when, write_choice)
#define END {.member = NULL}

static const part choice_columns[] = {M(label), END};
static const part situation_columns[] = {M(question), M(multiple), LIST(choices, choice_columns), END};
static const part member_columns[] = {M(code), M(matter), M(optional), M(after), WHEN, END};
static const part criterion_columns[] = {M(purpose), M(message), M(basis), WHEN, END};
static const part material_columns[] = {
    M(name), M(need), M(form), M(kind), M(copies), M(page_format), M(source), M(source_explain),
    M(certificate_type), M(pledge), M(fill_explain), M(accept_standard), M(blank), M(example), M(basis),
    M(remark), M(asked_by), WHEN, END};
static const part field_columns[] = {
    M(label), M(type), M(required), M(hint), LIST(choices, choice_columns), M(certificate_type),
    M(dataset), M(asked_by), WHEN, END};
static const part stage_columns[] = {
    M(name), M(kind), AMOUNT(amount, unit), M(post), M(organ), M(passes), M(share), M(reviewers), M(task), M(result), M(after), END};
static const part fee_columns[] = {
    M(name), M(standard), M(stage), M(basis), M(reducible), M(reduction_basis), WHEN, END};
static const part basis_columns[] = {M(law), M(article), M(number), M(text), END};
static const part procedure_columns[] = {M(kind), M(name), AMOUNT(amount, unit), M(basis), END};
static const part question_columns[] = {M(question), M(answer), END};

static const section sections[] = {
    {"基本信息", {M(code), M(basic_code), M(local_code), M(type), M(level), M(organ_name), M(organ),
                  M(organ_kind), M(power_source), M(entrusting_organ), M(joint_organs), M(division),
                  M(subjects), M(project_type), M(review_kind), M(scope), M(person_topics),
                  M(corporate_topics), M(version), M(in_force_date), M(expiry_date)}},
    {"情形", {LIST(situations, situation_columns)}},
    {"成员事项", {M(refused_rule), M(unified_basis), LIST(members, member_columns)}},
    {"受理条件", {M(conditions), M(quantity_limit), M(safety), LIST(criteria, criterion_columns)}},
    {"申请材料", {LIST(materials, material_columns)}},
    {"申请表单", {LIST(fields, field_columns)}},
    {"办理流程", {M(procedure), M(intermediary), M(deemed_basis), LIST(stages, stage_columns)}},
    {"办理时限", {AMOUNT(statutory_amount, statutory_unit), M(statutory_basis), M(statutory_explain),
                  AMOUNT(promised_amount, promised_unit), M(promised_explain)}},
    {"收费", {M(fee), M(fee_basis), M(collection_kind), M(reducible), M(pay_online),
              LIST(fees, fee_columns)}},
    {"办理方式", {M(visits), M(visits_reason), M(handle_forms), M(in_hall), M(one_window), M(booking),
                  M(online), M(online_depth), M(online_steps), M(online_url), M(mobile_url),
                  M(identity_level), M(single_sign_on), M(mobile_sign_on), M(terminals), M(express)}},
    {"办理地点和时间", {M(place), M(hours)}},
    {"咨询与监督投诉", {M(consult), M(complain)}},
    {"设定依据", {M(measures), LIST(bases, basis_columns)}},
    {"办理结果", {M(result_kind), M(result_name), M(result_certificate_type), M(result_sample),
                  M(delivery_ways)}},
    {"特别程序", {LIST(special_procedures, procedure_columns)}},
    {"常见问题", {LIST(questions, question_columns)}},
    {"说明", {M(remark), TEXTS(unverified, write_member_title)}},
};
/* clang-format on */

static const gs_name flags[] = {{GOVSVC_YES, "yes", "是"}, {GOVSVC_NO, "no", "否"}, {0, NULL, NULL}};

/* ---- texts ---------------------------------------------------------------------------------------------- */

/* Where a line holds what would make it a heading, an item of a list, a rule or a table; else its size. */
static size_t block_mark(const char *line, size_t size)
{
    size_t digits = strspn(line, "0123456789");
    return digits < size && strchr(digits ? ".)" : "#+-=:", line[digits]) ? digits : size;
}

static void write_line(writer *w, const char *line, size_t size)
{
    size_t mark = block_mark(line, size);
    for (size_t i = 0; i < size; i++) {
        if (i == mark || strchr("\\`*_[]<>|~&", line[i]))
            gs_buffer_char(w->out, '\\');
        gs_buffer_char(w->out, line[i] == '\t' ? ' ' : line[i]);
    }
}

/* Its lines, one below the other in an item of a list, one behind the other in a table; empty ones and
 * indentation, which mean something to Markdown, are left out. */
static void write_text(writer *w, const char *text)
{
    for (bool first = true; *(text += strspn(text, " \t\n")); first = false) {
        size_t size = strcspn(text, "\n");
        if (!first)
            gs_buffer_text(w->out, w->cell ? " " : "  \n  ");
        write_line(w, text, size);
        text += size;
    }
}

/* The title of a value where it has one. */
static void write_name(writer *w, const gs_name *names, int64_t value)
{
    const char *title = gs_title_of(names, value);
    if (title)
        gs_buffer_text(w->out, title);
    else
        gs_json_integer(w->out, value);
}

/* "situation=choice" in the words of both. */
static void write_choice(writer *w, const char *item)
{
    const govsvc_situation *situation = gs_situation_of(w->whole, item);
    const govsvc_choice *choice = situation ? gs_choice_of(situation, item) : NULL;
    write_text(w, choice ? situation->question : item);
    if (!choice)
        return;
    gs_buffer_text(w->out, "：");
    write_text(w, choice->label);
}

static void write_member_title(writer *w, const char *item)
{
    const gs_field *field = gs_record_field(&gs_record_matter, item);
    write_text(w, field ? field->title : item);
}

/* ---- values --------------------------------------------------------------------------------------------- */

static bool is_shown(const gs_field *field, const void *at)
{
    bool text = field->kind == GS_TEXT || field->kind == GS_DATE;
    return !gs_field_absent(field, at) && !(text && !**gs_field_text(field, at));
}

static void write_value(writer *w, const gs_record *record, const part *shown, const void *at);

static void write_item(writer *w, const gs_field *field, const part *shown, const void *item)
{
    if (field->kind == GS_LIST)
        write_value(w, field->of, shown->columns, item);
    else if (shown->item)
        shown->item(w, item);
    else if (field->names && gs_name_value(field->names, item))
        write_name(w, field->names, gs_name_value(field->names, item));
    else
        write_text(w, item);
}

static void write_items(writer *w, const gs_field *field, const part *shown, const void *at)
{
    const void *const *items = *gs_field_items(field, at);
    for (uint64_t i = 0; i < *gs_field_count(field, at); i++) {
        if (i)
            gs_buffer_text(w->out, "、");
        write_item(w, field, shown, items[i]);
    }
}

static void write_amount(writer *w, const gs_record *record, const char *unit, int64_t amount, const void *at)
{
    const gs_field *field = unit ? gs_record_field(record, unit) : NULL;
    gs_json_integer(w->out, amount);
    if (!field || gs_field_absent(field, at))
        return;
    gs_buffer_char(w->out, ' ');
    write_name(w, field->names, *gs_field_integer(field, at));
}

static void write_value(writer *w, const gs_record *record, const part *shown, const void *at)
{
    const gs_field *field = gs_record_field(record, shown->member);
    if (!is_shown(field, at))
        return;
    switch (field->kind) {
    case GS_INT:
        write_amount(w, record, shown->unit, *gs_field_integer(field, at), at);
        break;
    case GS_FLAG:
        write_name(w, flags, *gs_field_integer(field, at));
        break;
    case GS_NAME:
        write_name(w, field->names, *gs_field_integer(field, at));
        break;
    case GS_TEXTS:
    case GS_LIST:
        write_items(w, field, shown, at);
        break;
    default:
        write_text(w, *gs_field_text(field, at));
    }
}

/* ---- tables --------------------------------------------------------------------------------------------- */

/* A bit for each column in which some item has something. */
static uint32_t used_columns(const gs_field *list, const part *columns, const void *at)
{
    const void *const *items = *gs_field_items(list, at);
    uint32_t used = 0;
    for (unsigned c = 0; columns[c].member; c++) {
        const gs_field *field = gs_record_field(list->of, columns[c].member);
        for (uint64_t i = 0; i < *gs_field_count(list, at); i++)
            used |= (uint32_t)is_shown(field, items[i]) << c;
    }
    return used;
}

static void write_cell(writer *w, const gs_record *of, const part *column, const void *item)
{
    gs_buffer_text(w->out, " ");
    if (item)
        write_value(w, of, column, item);
    else
        gs_buffer_text(w->out, gs_record_field(of, column->member)->title);
    gs_buffer_text(w->out, " |");
}

/* item NULL: the titles. */
static void write_row(writer *w, const gs_record *of, const part *columns, uint32_t used, const void *item)
{
    gs_buffer_char(w->out, '|');
    for (unsigned c = 0; columns[c].member; c++)
        if (used >> c & 1)
            write_cell(w, of, &columns[c], item);
    gs_buffer_char(w->out, '\n');
}

static void write_table(writer *w, const gs_field *list, const part *columns, const void *at)
{
    const void *const *items = *gs_field_items(list, at);
    uint32_t used = used_columns(list, columns, at);
    w->cell = true;
    gs_buffer_char(w->out, '\n');
    write_row(w, list->of, columns, used, NULL);
    gs_buffer_char(w->out, '|');
    for (uint32_t rest = used; rest; rest &= rest - 1)
        gs_buffer_text(w->out, " --- |");
    gs_buffer_char(w->out, '\n');
    for (uint64_t i = 0; i < *gs_field_count(list, at); i++)
        write_row(w, list->of, columns, used, items[i]);
    w->cell = w->in_list = false;
}

/* ---- the whole ------------------------------------------------------------------------------------------- */

static void begin_line(writer *w, const char *title)
{
    gs_buffer_text(w->out, w->in_list ? "- **" : "\n- **");
    gs_buffer_text(w->out, title);
    gs_buffer_text(w->out, "**：");
    w->in_list = true;
}

static void write_part(writer *w, const part *shown, const void *at)
{
    const gs_field *field = gs_record_field(&gs_record_matter, shown->member);
    if (field->kind == GS_LIST) {
        write_table(w, field, shown->columns, at);
        return;
    }
    begin_line(w, field->title);
    write_value(w, &gs_record_matter, shown, at);
    gs_buffer_char(w->out, '\n');
}

static void write_section(writer *w, const section *of, const void *at)
{
    bool some = false;
    for (const part *shown = of->parts; shown->member; shown++) {
        if (!is_shown(gs_record_field(&gs_record_matter, shown->member), at))
            continue;
        if (!some)
            gs_buffer_print(w->out, "\n## %s\n", of->title);
        some = true;
        write_part(w, shown, at);
    }
    w->in_list = false;
}

/* For whom it is: what was answered. */
static void write_answers(writer *w, gs_answers answers)
{
    for (uint64_t i = 0; i < answers.count; i++) {
        begin_line(w, gs_record_field(&gs_record_material, "when")->title);
        write_choice(w, answers.items[i]);
        gs_buffer_char(w->out, '\n');
    }
    w->in_list = false;
}

void gs_guide_write(gs_buffer *out, const gs_chosen *chosen)
{
    writer w = {.out = out, .whole = chosen->whole};
    gs_buffer_text(out, "# ");
    write_text(&w, chosen->whole->name);
    gs_buffer_char(out, '\n');
    write_answers(&w, chosen->answers);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        write_section(&w, &sections[i], &chosen->left);
}
