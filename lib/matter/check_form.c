/* lib/matter/check_form.c - the form of a draft: what its fields may say, and conditions that can be asked of
 * them. */
#include "matter/check.h"

#include <string.h>

#include "matter/form_value.h"
#include "matter/pattern.h"

/* ---- fields ------------------------------------------------------------------------------------------ */

static bool lacks_choices(const govsvc_form_field *field)
{
    return gs_form_has_choices(field->type) && !field->choice_count;
}

static bool needs_no_choices(const govsvc_form_field *field)
{
    return !gs_form_has_choices(field->type) && field->choice_count;
}

static bool has_range_for_nothing(const govsvc_form_field *field)
{
    return !gs_form_is_number(field->type) && (field->least != GOVSVC_ABSENT || field->most != GOVSVC_ABSENT);
}

static bool has_empty_range(const govsvc_form_field *field)
{
    return field->least != GOVSVC_ABSENT && field->most != GOVSVC_ABSENT && field->least > field->most;
}

static bool has_length_for_nothing(const govsvc_form_field *field)
{
    return field->type != GOVSVC_FIELD_TEXT && field->length != GOVSVC_ABSENT;
}

static bool has_pattern_for_nothing(const govsvc_form_field *field)
{
    return field->type != GOVSVC_FIELD_TEXT && field->pattern;
}

static bool has_bad_pattern(const govsvc_form_field *field)
{
    return field->type == GOVSVC_FIELD_TEXT && field->pattern && !gs_pattern_right(field->pattern);
}

/* clang-format off */
static const struct {
    const char *member;
    bool (*broken)(const govsvc_form_field *field);
    gs_words_of_rule words;
} field_rules[] = {
    {"choices", lacks_choices, {"required", NULL, NULL, NULL}},
    {"choices", needs_no_choices, {"field_type", "只有单选和多选字段有可选值", "only choice and choices have choices", NULL}},
    {"least", has_range_for_nothing, {"field_type", "只有数字字段有最小值和最大值", "only numbers have a range", NULL}},
    {"least", has_empty_range, {"order", "最小值不得大于最大值", "least must not be greater than most", NULL}},
    {"length", has_length_for_nothing, {"field_type", "只有文本字段有最大长度", "only text has a length", NULL}},
    {"pattern", has_pattern_for_nothing, {"field_type", "只有文本字段有格式", "only text has a pattern", NULL}},
    {"pattern", has_bad_pattern, {"pattern_syntax", "格式只能由字符、[字符集] 及其次数组成",
                                  "a pattern is made of characters and [classes] and how often they stand, nothing else", NULL}},
};
/* clang-format on */

static void check_field(gs_call *call, const govsvc_form_field *field, int at)
{
    for (size_t i = 0; i < sizeof field_rules / sizeof *field_rules; i++)
        if (field_rules[i].broken(field))
            gs_draft_refuse(call, &field_rules[i].words, NULL, "/fields/%d/%s", at, field_rules[i].member);
}

/* ---- conditions -------------------------------------------------------------------------------------- */

static const govsvc_form_field *field_named(const govsvc_matter *matter, const char *name)
{
    const govsvc_form_field *found = NULL;
    for (uint64_t i = 0; i < matter->field_count && !found; i++)
        if (strcmp(matter->fields[i]->name, name) == 0)
            found = matter->fields[i];
    return found;
}

/* How many values an operator takes; most 0: none. */
static const struct {
    uint64_t least, most;
} values_of[] = {
    [GOVSVC_OPERATOR_PERSON] = {0, 0},          [GOVSVC_OPERATOR_PRESENT] = {0, 0},
    [GOVSVC_OPERATOR_ABSENT] = {0, 0},          [GOVSVC_OPERATOR_IN] = {1, UINT64_MAX},
    [GOVSVC_OPERATOR_NOT_IN] = {1, UINT64_MAX}, [GOVSVC_OPERATOR_LESS] = {1, 1},
    [GOVSVC_OPERATOR_AT_MOST] = {1, 1},         [GOVSVC_OPERATOR_GREATER] = {1, 1},
    [GOVSVC_OPERATOR_AT_LEAST] = {1, 1},        [GOVSVC_OPERATOR_BEGINS] = {1, UINT64_MAX},
};

static void check_count(gs_call *call, const govsvc_criterion *criterion, int at)
{
    static const gs_words_of_rule none = {"values", "此比较不带取值", "this operator takes no values", NULL},
                                  one = {"values", "此比较应有且只有一个取值",
                                         "this operator takes exactly one value", NULL},
                                  some = {"values", "此比较至少应有一个取值",
                                          "this operator takes one value at least", NULL};
    uint64_t least = values_of[criterion->operation].least, most = values_of[criterion->operation].most;
    if (criterion->value_count < least || criterion->value_count > most)
        gs_draft_refuse(call, !most ? &none : most == 1 ? &one : &some, NULL, "/criteria/%d/values", at);
}

static bool is_number(const char *text, int64_t type)
{
    gs_decimal number;
    bool plain = strspn(text, "0123456789.-") == strlen(text) && gs_decimal_read(text, &number);
    return plain && (type != GOVSVC_FIELD_INTEGER || gs_decimal_whole(&number));
}

static bool is_flag(const char *text)
{
    return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
}

/* One of the choices, or where conditions speak of beginnings the beginning of one. */
static bool is_choice(const govsvc_form_field *field, const char *text, bool begins)
{
    bool found = false;
    for (uint64_t i = 0; i < field->choice_count && !found; i++)
        found = begins ? strncmp(field->choices[i]->value, text, strlen(text)) == 0
                       : strcmp(field->choices[i]->value, text) == 0;
    return found;
}

static bool fits(const govsvc_form_field *field, int64_t operation, const char *text)
{
    int64_t day;
    if (gs_form_is_number(field->type))
        return is_number(text, field->type);
    if (field->type == GOVSVC_FIELD_DATE)
        return gs_form_day_read(text, 0, &day);
    if (field->type == GOVSVC_FIELD_FLAG)
        return is_flag(text);
    if (gs_form_has_choices(field->type))
        return is_choice(field, text, operation == GOVSVC_OPERATOR_BEGINS);
    return *text != '\0';
}

static void check_criterion_values(gs_call *call, const govsvc_criterion *criterion,
                                   const govsvc_form_field *field, int at)
{
    static const gs_words_of_rule cannot = {"field_type", "此类型的字段不能作此比较",
                                            "a field of this type cannot be compared so", NULL},
                                  unlike = {"value_type", "取值与字段类型不符",
                                            "no value of the field's type", NULL};
    if (!gs_form_can(field->type, criterion->operation)) {
        gs_draft_refuse(call, &cannot, NULL, "/criteria/%d/operation", at);
        return;
    }
    for (uint64_t i = 0; i < criterion->value_count; i++)
        if (!fits(field, criterion->operation, criterion->values[i]))
            gs_draft_refuse(call, &unlike, criterion->values[i], "/criteria/%d/values/%d", at, (int)i);
}

static void check_criterion(gs_call *call, const govsvc_matter *matter, const govsvc_criterion *criterion,
                            int at)
{
    static const gs_words_of_rule no_field = {"listed", "表单没有此字段", "the form has no such field", NULL};
    const govsvc_form_field *field = criterion->field ? field_named(matter, criterion->field) : NULL;
    check_count(call, criterion, at);
    if (field)
        check_criterion_values(call, criterion, field, at);
    else if (criterion->field)
        gs_draft_refuse(call, &no_field, criterion->field, "/criteria/%d/field", at);
    else if (criterion->operation != GOVSVC_OPERATOR_PERSON)
        gs_draft_refuse(call, &gs_words_required, NULL, "/criteria/%d/field", at);
}

void gs_check_form(gs_call *call, const govsvc_matter *matter)
{
    for (uint64_t i = 0; i < matter->field_count; i++)
        check_field(call, matter->fields[i], (int)i);
    for (uint64_t i = 0; i < matter->criterion_count; i++)
        check_criterion(call, matter, matter->criteria[i], (int)i);
}
