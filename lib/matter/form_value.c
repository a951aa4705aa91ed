#include "matter/form_value.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "codes/codes.h"
#include "matter/pattern.h"
#include "record/value.h"

typedef struct checking {
    const govsvc_form_field *field;
    const gs_path *path;
    gs_problems *problems;
} checking;

/* From this level on a value is personal, and is not shown in what is told of it. */
enum { LEVEL_PERSONAL = 3, SHOWN_MAX = 64 };

static const char *shown(const checking *of, const char *text)
{
    bool personal = of->field->level != GOVSVC_ABSENT && of->field->level >= LEVEL_PERSONAL;
    return personal || strlen(text) > SHOWN_MAX ? NULL : text;
}

static void tell(const checking *of, const char *rule, const char *expected, const char *got)
{
    gs_path_tell(of->path, of->problems, rule, expected, got);
}

static const char *number_text(const checking *of, int64_t number)
{
    return gs_arena_print(gs_problems_arena(of->problems), "%lld", (long long)number);
}

bool gs_form_empty(const json_t *value)
{
    const char *text = json_string_value(value);
    if (!value || json_is_null(value))
        return true;
    if (!text)
        return json_is_array(value) && json_array_size(value) == 0;
    for (int32_t c; (c = gs_utf8_next(&text)) > 0;)
        if (c != ' ' && c != '\t' && c != '\n' && c != 0x3000)
            return false;
    return true;
}

/* ---- texts ----------------------------------------------------------------------------------------------- */

static void check_text(const checking *of, const json_t *value)
{
    const char *text = json_string_value(value);
    size_t most = of->field->length == GOVSVC_ABSENT ? GS_LENGTH_DEFAULT : (size_t)of->field->length;
    size_t length = gs_text_look(text, true).length;
    if (length > most)
        tell(of, "too_long", number_text(of, (int64_t)most), number_text(of, (int64_t)length));
    else if (of->field->pattern &&
             !gs_pattern_matches(of->field->pattern, text, gs_problems_arena(of->problems)))
        tell(of, "pattern", of->field->pattern, shown(of, text));
}

static void check_phone(const checking *of, const json_t *value)
{
    const char *text = json_string_value(value);
    if (!gs_pattern_matches(GS_FORM_PHONE, text, gs_problems_arena(of->problems)))
        tell(of, "pattern", GS_FORM_PHONE, shown(of, text));
    else
        check_text(of, value);
}

static void check_code(const checking *of, int64_t kind, const char *text)
{
    if (gs_code_check(kind, text, NULL, NULL) != GOVSVC_OK)
        gs_code_check(kind, text, of->problems, gs_path_text(of->path, gs_problems_arena(of->problems)));
}

static void check_citizen_id(const checking *of, const json_t *value)
{
    check_code(of, GOVSVC_CODE_CITIZEN_ID, json_string_value(value));
}

static void check_uscc(const checking *of, const json_t *value)
{
    check_code(of, GOVSVC_CODE_USCC, json_string_value(value));
}

static void check_date(const checking *of, const json_t *value)
{
    const char *text = json_string_value(value);
    int64_t day;
    if (!gs_date_read(text, strlen(text), &day))
        tell(of, "date", NULL, shown(of, text));
}

/* ---- numbers --------------------------------------------------------------------------------------------- */

static gs_decimal decimal_of(int64_t number)
{
    char text[GS_INTEGER_SIZE + 1];
    gs_decimal out;
    text[gs_integer_write(number, text)] = '\0';
    gs_decimal_read(text, &out);
    return out;
}

/* A number as it was written: a fraction of up to 15 digits comes back from binary as it went in. */
static bool number_of(const json_t *value, gs_decimal *out)
{
    char text[40], *point;
    if (json_is_integer(value)) {
        *out = decimal_of(json_integer_value(value));
        return true;
    }
    snprintf(text, sizeof text, "%.15g", json_real_value(value));
    if (strtod(text, NULL) != json_real_value(value))
        return false;
    for (point = text; *point; point++)
        if (!strchr("0123456789+-e", *point))
            *point = '.'; /* whatever the locale has */
    return gs_decimal_read(text, out);
}

static void check_range(const checking *of, const gs_decimal *number)
{
    int64_t least = of->field->least, most = of->field->most;
    gs_decimal low = decimal_of(least), high = decimal_of(most);
    gs_arena *arena = gs_problems_arena(of->problems);
    bool below = least != GOVSVC_ABSENT && gs_decimal_compare(number, &low) < 0;
    bool above = most != GOVSVC_ABSENT && gs_decimal_compare(number, &high) > 0;
    if (below || above)
        tell(of, "range",
             gs_arena_print(arena, "%s..%s", least == GOVSVC_ABSENT ? "" : number_text(of, least),
                            most == GOVSVC_ABSENT ? "" : number_text(of, most)),
             NULL);
}

static void check_number(const checking *of, const json_t *value)
{
    gs_decimal number;
    if (!number_of(value, &number))
        tell(of, "precision", "15", NULL);
    else if (of->field->type == GOVSVC_FIELD_INTEGER && !gs_decimal_whole(&number))
        tell(of, "type", "integer", "fraction");
    else
        check_range(of, &number);
}

/* ---- choices --------------------------------------------------------------------------------------------- */

static bool is_choice(const govsvc_form_field *field, const char *text)
{
    bool found = false;
    for (uint64_t i = 0; i < field->choice_count && !found; i++)
        found = strcmp(field->choices[i]->value, text) == 0;
    return found;
}

/* The values, as far as a message takes them. */
static const char *choices_text(const checking *of)
{
    enum { LISTED_MAX = 20 };
    gs_buffer out = {.arena = gs_problems_arena(of->problems)};
    for (uint64_t i = 0; i < of->field->choice_count && i < LISTED_MAX; i++)
        gs_buffer_print(&out, i ? ", %s" : "%s", of->field->choices[i]->value);
    if (of->field->choice_count > LISTED_MAX)
        gs_buffer_text(&out, ", ...");
    return out.text;
}

static void check_choice(const checking *of, const json_t *value)
{
    const char *text = json_string_value(value);
    if (!text)
        tell(of, "type", "string", gs_value_type(value));
    else if (!is_choice(of->field, text))
        tell(of, "choice", choices_text(of), shown(of, text));
}

static bool stands_before(const json_t *list, size_t at)
{
    bool found = false;
    for (size_t i = 0; i < at && !found; i++)
        found = json_equal(json_array_get(list, i), json_array_get(list, at));
    return found;
}

static void check_choices(const checking *of, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(value) && i <= of->field->choice_count; i++) {
        gs_path path = {of->path, NULL, i};
        const checking item = {of->field, &path, of->problems};
        if (stands_before(value, i))
            tell(&item, "duplicate", NULL, NULL);
        else
            check_choice(&item, json_array_get(value, i));
    }
}

static void check_flag(const checking *of, const json_t *value)
{
    (void)of;
    (void)value;
}

/* ---- types ----------------------------------------------------------------------------------------------- */

#define CAN(name) (1u << GOVSVC_OPERATOR_##name)
enum {
    ASKED = CAN(PERSON) | CAN(PRESENT) | CAN(ABSENT),
    LISTED = ASKED | CAN(IN) | CAN(NOT_IN),
    BEGUN = LISTED | CAN(BEGINS),
    ORDERED = LISTED | CAN(LESS) | CAN(AT_MOST) | CAN(GREATER) | CAN(AT_LEAST)
};
enum { STRING = 1, NUMBER, BOOLEAN, ARRAY };

static const struct {
    int form; /* in JSON */
    const char *name;
    void (*check)(const checking *of, const json_t *value);
    uint32_t operations;
} types[] = {
    [GOVSVC_FIELD_TEXT] = {STRING, "string", check_text, BEGUN},
    [GOVSVC_FIELD_INTEGER] = {NUMBER, "integer", check_number, ORDERED},
    [GOVSVC_FIELD_DECIMAL] = {NUMBER, "number", check_number, ORDERED},
    [GOVSVC_FIELD_DATE] = {STRING, "string", check_date, ORDERED},
    [GOVSVC_FIELD_FLAG] = {BOOLEAN, "true, false", check_flag, LISTED},
    [GOVSVC_FIELD_CHOICE] = {STRING, "string", check_choice, BEGUN},
    [GOVSVC_FIELD_CHOICES] = {ARRAY, "array", check_choices, BEGUN},
    [GOVSVC_FIELD_CITIZEN_ID] = {STRING, "string", check_citizen_id, BEGUN},
    [GOVSVC_FIELD_USCC] = {STRING, "string", check_uscc, BEGUN},
    [GOVSVC_FIELD_PHONE] = {STRING, "string", check_phone, BEGUN},
};

bool gs_form_is_number(int64_t type)
{
    return types[type].form == NUMBER;
}

bool gs_form_has_choices(int64_t type)
{
    return type == GOVSVC_FIELD_CHOICE || type == GOVSVC_FIELD_CHOICES;
}

bool gs_form_can(int64_t type, int64_t operation)
{
    return types[type].operations >> operation & 1;
}

static bool is_of_form(int64_t type, const json_t *value)
{
    switch (types[type].form) {
    case STRING:
        return json_is_string(value);
    case NUMBER:
        return json_is_number(value);
    case BOOLEAN:
        return json_is_boolean(value);
    default:
        return json_is_array(value);
    }
}

void gs_form_value_check(const govsvc_form_field *field, const json_t *value, const gs_path *path,
                         gs_problems *problems)
{
    const checking of = {field, path, problems};
    if (is_of_form(field->type, value))
        types[field->type].check(&of, value);
    else
        tell(&of, "type", types[field->type].name, gs_value_type(value));
}

/* ---- conditions ------------------------------------------------------------------------------------------ */

/* The value against one of a condition's. false: they cannot be compared. */
static bool compare(const govsvc_form_field *field, const json_t *value, const char *with, int64_t today,
                    int *order)
{
    gs_decimal a, b;
    int64_t day, other;
    if (gs_form_is_number(field->type)) {
        bool both = number_of(value, &a) && gs_decimal_read(with, &b);
        *order = both ? gs_decimal_compare(&a, &b) : 0;
        return both;
    }
    if (field->type == GOVSVC_FIELD_DATE) {
        const char *text = json_string_value(value);
        bool both = gs_date_read(text, strlen(text), &day) && gs_form_day_read(with, today, &other);
        *order = !both || day == other ? 0 : day < other ? -1 : 1;
        return both;
    }
    *order = strcmp(json_is_boolean(value) ? gs_value_type(value) : json_string_value(value), with);
    return true;
}

/* Of a list any. */
static bool is_one_of(const govsvc_criterion *criterion, const govsvc_form_field *field, const json_t *value,
                      int64_t today)
{
    bool begins = criterion->operation == GOVSVC_OPERATOR_BEGINS, found = false;
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value) && !found; i++)
        found = json_is_string(json_array_get(value, i)) &&
                is_one_of(criterion, field, json_array_get(value, i), today);
    for (uint64_t i = 0; !json_is_array(value) && i < criterion->value_count && !found; i++) {
        const char *with = criterion->values[i];
        int order;
        found = begins ? strncmp(json_string_value(value), with, strlen(with)) == 0
                       : compare(field, value, with, today, &order) && order == 0;
    }
    return found;
}

static bool holds(int64_t operation, int order)
{
    switch (operation) {
    case GOVSVC_OPERATOR_LESS:
        return order < 0;
    case GOVSVC_OPERATOR_AT_MOST:
        return order <= 0;
    case GOVSVC_OPERATOR_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

static int64_t verdict_if(bool met)
{
    return met ? GOVSVC_VERDICT_MET : GOVSVC_VERDICT_NOT_MET;
}

int64_t gs_form_verdict(const govsvc_criterion *criterion, const govsvc_form_field *field,
                        const json_t *value, int64_t today)
{
    int order;
    if (!gs_form_can(field->type, criterion->operation) || !is_of_form(field->type, value))
        return GOVSVC_VERDICT_PERSON;
    switch (criterion->operation) {
    case GOVSVC_OPERATOR_PERSON:
        return GOVSVC_VERDICT_PERSON;
    case GOVSVC_OPERATOR_PRESENT:
        return GOVSVC_VERDICT_MET;
    case GOVSVC_OPERATOR_ABSENT:
        return GOVSVC_VERDICT_NOT_MET;
    case GOVSVC_OPERATOR_IN:
    case GOVSVC_OPERATOR_BEGINS:
        return verdict_if(is_one_of(criterion, field, value, today));
    case GOVSVC_OPERATOR_NOT_IN:
        return verdict_if(!is_one_of(criterion, field, value, today));
    default:
        if (!criterion->value_count || !compare(field, value, criterion->values[0], today, &order))
            return GOVSVC_VERDICT_PERSON;
        return verdict_if(holds(criterion->operation, order));
    }
}
