/* The eight unified elements of 100 matters at five levels, against a count by hand. */
#include "bodies.h"

enum { MATTERS = 100, LEVELS = 5, VALUES = 6 };
enum { NAME, BASIS, MATERIALS, PROCEDURE, WORKFLOW, LIMITS, FORM, PLANTED };
static const char *const planted_names[PLANTED] = {"name",     "basis",  "materials", "procedure",
                                                   "workflow", "limits", "form"};
static const char *const divisions[LEVELS] = {"450000", "450100", "450103", "450103001", "450103001001"};

static story s;
static char organs[LEVELS][19];
/* What each list has in each element: materials are a set of three, limits a number of days, the rest a word. */
static int planted[MATTERS][LEVELS][PLANTED];

static uint32_t next_random(uint32_t below)
{
    static uint32_t state = 20260302;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

static void plant(int i)
{
    static const int first[PLANTED] = {0, 0, 7, 0, 0, 10, 0};
    memcpy(planted[i][0], first, sizeof first);
    for (int level = 1; level < LEVELS; level++) {
        memcpy(planted[i][level], planted[i][level - 1], sizeof first);
        for (int e = 0; e < PLANTED; e++)
            if (next_random(6) == 0)
                planted[i][level][e] = e == MATERIALS ? (int)next_random(8)
                                       : e == LIMITS  ? 5 + (int)next_random(10)
                                                      : (int)next_random(VALUES);
    }
}

/* ---- the count by hand --------------------------------------------------------------------------------- */

static int narrower_than(int e, int above, int own)
{
    if (e == MATERIALS)
        return (own & ~above) == 0;
    return e == LIMITS && own < above;
}

static bool only_narrows(int i, int level)
{
    for (int e = 0; e < PLANTED; e++) {
        int above = planted[i][level - 1][e], own = planted[i][level][e];
        if (above != own && !narrower_than(e, above, own))
            return false;
    }
    return true;
}

typedef struct count {
    int equal[PLANTED], narrower[PLANTED], wider[PLANTED], standard, claimed;
} count;

static count count_by_hand(void)
{
    count out = {.standard = 0};
    for (int i = 0; i < MATTERS; i++)
        for (int level = 1; level < LEVELS; level++) {
            bool standard = true;
            for (int e = 0; e < PLANTED; e++) {
                int above = planted[i][level - 1][e], own = planted[i][level][e];
                out.equal[e] += above == own;
                out.narrower[e] += above != own && narrower_than(e, above, own);
                out.wider[e] += above != own && !narrower_than(e, above, own);
                standard = standard && above == own;
            }
            out.standard += standard;
            out.claimed += only_narrows(i, level);
        }
    return out;
}

/* ---- the lists ----------------------------------------------------------------------------------------- */

static void code_of(int i, int level, char out[40])
{
    snprintf(out, 40, "%s%d000117%03d000", organs[level], level + 2, i + 1);
}

static void put_list(int i, int level)
{
    static govsvc_material materials[3];
    const govsvc_material *list[3];
    const int *own = planted[i][level];
    char code[40], source[40], basic[13], name[60], procedure[60], law[60], stage_name[30], label[30];
    story_drafts drafts;
    govsvc_stage stages[5], stage = GOVSVC_STAGE_INIT;
    const govsvc_stage *stage_list[5];
    govsvc_form_field field = GOVSVC_FORM_FIELD_INIT;
    const govsvc_form_field *fields[] = {&field};
    static const char *const codes[] = {"A", "B", "C", "D", "E"};
    static const int64_t kinds[] = {GOVSVC_STAGE_ACCEPT, GOVSVC_STAGE_REVIEW, GOVSVC_STAGE_DECIDE,
                                    GOVSVC_STAGE_CLOSE, GOVSVC_STAGE_DELIVER};
    story_drafts_init(&drafts);
    code_of(i, level, code);
    snprintf(basic, sizeof basic, "000117%03d000", i + 1);
    snprintf(name, sizeof name, "事项%d之%d", i, own[NAME]);
    snprintf(law, sizeof law, "《条例》之%d", own[BASIS]);
    snprintf(procedure, sizeof procedure, "流程之%d", own[PROCEDURE]);
    snprintf(stage_name, sizeof stage_name, "环节之%d", own[WORKFLOW]);
    snprintf(label, sizeof label, "字段之%d", own[FORM]);
    govsvc_matter_draft *d = &drafts.matter;
    drafts.basis.law = law;
    d->material_count = 0;
    for (int m = 0; m < 3; m++) {
        materials[m] = drafts.material;
        materials[m].code = codes[m];
        if (own[MATERIALS] >> m & 1)
            list[d->material_count++] = &materials[m];
    }
    for (int k = 0; k < 5; k++) {
        stages[k] = stage;
        stages[k].kind = kinds[k], stages[k].code = codes[k], stages[k].name = k == 1 ? stage_name : codes[k];
        stage_list[k] = &stages[k];
    }
    field.type = GOVSVC_FIELD_TEXT, field.name = "a", field.label = label;
    d->code = code, d->basic_code = basic, d->name = name, d->organ = organs[level];
    d->level = level + 2, d->division = divisions[level], d->procedure = procedure;
    d->materials = list, d->stages = stage_list, d->stage_count = 5, d->fields = fields, d->field_count = 1;
    d->promised_amount = own[LIMITS];
    if (level && only_narrows(i, level)) {
        code_of(i, level - 1, source);
        d->source = source;
    }
    const govsvc_matter *out = NULL;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], d, &out), GOVSVC_OK);
    CHECK_INT(publish_version(&s, out ? out->id : 0), GOVSVC_OK);
    govsvc_free(out);
}

static void open_with_lists(void)
{
    story_open(&s, story_store());
    for (int level = 0; level < LEVELS; level++)
        organ_of(level < 2 ? divisions[level] : "450103", 20 + level, organs[level]);
    CHECK_INT(govsvc_batch_begin(s.as[ADMINISTRATOR]), GOVSVC_OK);
    for (int i = 0; i < MATTERS; i++) {
        plant(i);
        for (int level = 0; level < LEVELS; level++)
            put_list(i, level);
    }
    CHECK_INT(govsvc_batch_commit(s.as[ADMINISTRATOR]), GOVSVC_OK);
}

static const govsvc_audit *audit(const char *division, const char *basic_code, int64_t limit)
{
    const govsvc_audit *out = NULL;
    govsvc_audit_request in = GOVSVC_AUDIT_REQUEST_INIT;
    in.division = division, in.basic_code = basic_code, in.limit = limit;
    CHECK_INT(govsvc_matter_audit(s.as[AUDITOR], &in, &out), GOVSVC_OK);
    return out;
}

static const govsvc_audit_element *element_of(const govsvc_audit *audit, const char *name)
{
    for (uint64_t i = 0; i < audit->element_count; i++)
        if (strcmp(audit->elements[i]->element, name) == 0)
            return audit->elements[i];
    return NULL;
}

/* ---- the tests ------------------------------------------------------------------------------------------ */

static void measure_13_the_eight_elements_equal_a_hand_count_on_100_lists_at_5_levels(void)
{
    open_with_lists();
    const govsvc_audit *out = audit("450000", NULL, 1000);
    count hand = count_by_hand();
    CHECK_INT(out->element_count, 8);
    CHECK_INT(out->lists, MATTERS * (LEVELS - 1));
    CHECK_INT(out->alone, MATTERS + 1); /* and the story's own */
    CHECK_INT(out->standard, hand.standard);
    CHECK_INT(out->claimed, hand.claimed);
    CHECK(hand.standard > 50 && hand.standard < 350 && hand.claimed > hand.standard);
    for (int e = 0; e < PLANTED; e++) {
        const govsvc_audit_element *element = element_of(out, planted_names[e]);
        CHECK_INT(element->equal, hand.equal[e]);
        CHECK_INT(element->narrower, hand.narrower[e]);
        CHECK_INT(element->wider, hand.wider[e]);
    }
    CHECK_INT(element_of(out, "code")->equal, MATTERS * (LEVELS - 1)); /* lists are matched by it */
    int64_t told[2] = {0};
    for (int e = 0; e < PLANTED; e++)
        told[1] += hand.narrower[e], told[0] += hand.wider[e];
    CHECK_INT(out->difference_count, told[0] + told[1]);
    for (uint64_t i = 0; i < out->difference_count; i++)
        told[out->differences[i]->narrower == GOVSVC_YES]--;
    CHECK(told[0] == 0 && told[1] == 0);
    govsvc_free(out);
    story_close(&s);
}

static void a_part_can_be_asked_for(void)
{
    open_with_lists();
    const govsvc_audit *out = audit("450103001", NULL, 0);
    CHECK_INT(out->lists, MATTERS * 2); /* towns and villages */
    CHECK_INT(out->difference_count, 0);
    govsvc_free(out);
    out = audit(NULL, "000117001000", GOVSVC_ABSENT);
    CHECK_INT(out->lists, LEVELS - 1);
    govsvc_free(out);
    govsvc_audit_request in = GOVSVC_AUDIT_REQUEST_INIT;
    CHECK_INT(govsvc_matter_audit(s.as[APPLICANT], &in, NULL), GOVSVC_DENIED);
    in.limit = 1001;
    CHECK_INT(govsvc_matter_audit(s.as[AUDITOR], &in, NULL), GOVSVC_INVALID);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(measure_13_the_eight_elements_equal_a_hand_count_on_100_lists_at_5_levels),
        TEST(a_part_can_be_asked_for),
    };
    return test_main(cases, TEST_COUNT(cases));
}
