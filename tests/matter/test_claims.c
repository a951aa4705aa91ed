/* Five levels: a region's matter, claimed by the bodies below it, that may only narrow it and follow it. */
#include "bodies.h"

#include <stdlib.h>

#include "matter/elements.h"

static story s;

/* ---- the region's matter ------------------------------------------------------------------------------- */

static char region_organ[19], region_code[40];

typedef struct region {
    govsvc_material items[3];
    const govsvc_material *materials[3];
    govsvc_form_field field;
    const govsvc_form_field *fields[1];
    govsvc_stage items_of_stage[5];
    const govsvc_stage *stages[5];
    govsvc_fee_item fee;
    const govsvc_fee_item *fees[1];
    story_drafts base;
    govsvc_matter_draft draft;
} region;

static const char *const levels[] = {"prefecture", "county"}, *const forms[] = {"window", "online"},
                         *const more_forms[] = {"window", "online", "express"},
                         *const fewer_forms[] = {"window"};

static void region_init(region *r)
{
    static const char *const codes[] = {"M1", "M2", "M3"}, *const names[] = {"申请书", "营业执照", "平面图"};
    static const int64_t kinds[] = {GOVSVC_STAGE_ACCEPT, GOVSVC_STAGE_REVIEW, GOVSVC_STAGE_DECIDE,
                                    GOVSVC_STAGE_CLOSE, GOVSVC_STAGE_DELIVER};
    static const char *const stage_codes[] = {"S1", "S2", "S3", "S4", "S5"};
    memset(r, 0, sizeof *r);
    story_drafts_init(&r->base);
    for (int i = 0; i < 3; i++) {
        r->items[i] = (govsvc_material)GOVSVC_MATERIAL_INIT;
        r->items[i].need = GOVSVC_NEED_REQUIRED, r->items[i].code = codes[i], r->items[i].name = names[i];
        r->materials[i] = &r->items[i];
    }
    for (int i = 0; i < 5; i++) {
        r->items_of_stage[i] = (govsvc_stage)GOVSVC_STAGE_INIT;
        r->items_of_stage[i].kind = kinds[i];
        r->items_of_stage[i].code = r->items_of_stage[i].name = stage_codes[i];
        r->stages[i] = &r->items_of_stage[i];
    }
    r->field = (govsvc_form_field)GOVSVC_FORM_FIELD_INIT;
    r->field.type = GOVSVC_FIELD_INTEGER, r->field.name = "area", r->field.label = "面积";
    r->fields[0] = &r->field;
    r->fee = (govsvc_fee_item)GOVSVC_FEE_ITEM_INIT;
    r->fee.name = "工本费", r->fee.standard = "10 元", r->fee.basis = "收费标准";
    r->fees[0] = &r->fee;
    organ_of("450000", 1, region_organ);
    snprintf(region_code, sizeof region_code, "%s2" BODIES_BASIC, region_organ);
    govsvc_matter_draft *d = &r->draft;
    *d = r->base.matter;
    d->level = GOVSVC_LEVEL_REGION, d->code = region_code, d->basic_code = BODIES_BASIC;
    d->organ = region_organ, d->organ_name = "自治区某局", d->division = "450000", d->effective_date = NULL;
    d->materials = r->materials, d->material_count = 3;
    d->fields = r->fields, d->field_count = 1;
    d->stages = r->stages, d->stage_count = 5;
    d->visits = 2, d->visits_reason = "核验原件";
    d->fee = GOVSVC_YES, d->fee_basis = "收费标准", d->fees = r->fees, d->fee_item_count = 1;
    d->pay_online = GOVSVC_YES;
    d->handle_forms = forms, d->handle_form_count = 2;
    d->place = "南宁市政务大厅";
}

static int64_t put(const govsvc_matter_draft *draft)
{
    const govsvc_matter *out = NULL;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], draft, &out), GOVSVC_OK);
    for (uint64_t i = 0; !out && i < govsvc_problem_count(s.as[ADMINISTRATOR]); i++)
        fprintf(stderr, "%s\n", govsvc_problem_at(s.as[ADMINISTRATOR], i)->text_en);
    int64_t id = out ? out->id : 0;
    govsvc_free(out);
    return id;
}

static int64_t put_region(int64_t version)
{
    region r;
    region_init(&r);
    r.draft.version = version;
    return put(&r.draft);
}

static void open_with_region(void)
{
    story_open(&s, story_store());
    CHECK_INT(publish_version(&s, put_region(1)), GOVSVC_OK);
}

/* ---- claims -------------------------------------------------------------------------------------------- */

static char organs[8][19];

static govsvc_claim claim_of(int body, const char *source, const char *division)
{
    govsvc_claim in = GOVSVC_CLAIM_INIT;
    organ_of(division, 10 + body, organs[body]);
    in.source = source, in.organ = organs[body], in.organ_name = "某局", in.division = division;
    return in;
}

static govsvc_status claim(const govsvc_claim *in, const govsvc_matter **out)
{
    return govsvc_matter_claim(s.as[ADMINISTRATOR], in, out);
}

/* Its code, and the claim in force. */
static const char *claim_and_publish(const govsvc_claim *in)
{
    static char codes[8][40];
    static int next;
    char *code = codes[next++ % 8];
    const govsvc_matter *out = NULL;
    CHECK_INT(claim(in, &out), GOVSVC_OK);
    for (uint64_t i = 0; !out && i < govsvc_problem_count(s.as[ADMINISTRATOR]); i++)
        fprintf(stderr, "%s\n", govsvc_problem_at(s.as[ADMINISTRATOR], i)->text_en);
    snprintf(code, 40, "%s", out ? out->code : "");
    if (out)
        CHECK_INT(publish_version(&s, out->id), GOVSVC_OK);
    govsvc_free(out);
    return code;
}

static void a_claim_is_the_source_narrowed(void)
{
    static const char *const without[] = {"M3"};
    open_with_region();
    govsvc_claim in = claim_of(0, region_code, "450100");
    in.promised_amount = 7, in.promised_unit = GOVSVC_UNIT_WORKING_DAYS;
    in.visits = 0, in.fee = GOVSVC_NO, in.place = "青秀区政务大厅", in.without = without,
    in.without_count = 1;
    const char *code = claim_and_publish(&in);
    const govsvc_matter *out = newest(&s, code);
    CHECK_INT(out->state, GOVSVC_MATTER_EFFECTIVE);
    CHECK_INT(out->level, GOVSVC_LEVEL_PREFECTURE);
    CHECK_INT(out->version, 1);
    CHECK_INT(out->source_version, 1);
    CHECK_TEXT(out->source, region_code);
    CHECK_TEXT(out->place, "青秀区政务大厅");
    CHECK_TEXT(out->name, "食品经营许可");
    CHECK_INT(out->promised_amount, 7);
    CHECK_INT(out->visits, 0);
    CHECK(!out->visits_reason && !out->fee_basis && !out->fee_item_count);
    CHECK_INT(out->material_count, 2);
    CHECK_INT(out->stage_count, 5);
    CHECK(strncmp(out->code, organs[0], 18) == 0 && strcmp(out->code + 18, "3" BODIES_BASIC) == 0);
    govsvc_free(out);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* One problem, at this field. */
static void refused(govsvc_status status, const char *field, const char *rule)
{
    CHECK_INT(status, GOVSVC_INVALID);
    CHECK_INT(govsvc_problem_count(s.as[ADMINISTRATOR]), 1);
    CHECK_TEXT(story_problem(s.as[ADMINISTRATOR])->field, field);
    CHECK_TEXT(story_problem(s.as[ADMINISTRATOR])->rule, rule);
}

static void measure_13_widening_is_refused_with_the_exact_element(void)
{
    static const char *const none[] = {"M9"};
    open_with_region();
    govsvc_claim in = claim_of(0, region_code, "450100");
    in.promised_amount = 15, in.promised_unit = GOVSVC_UNIT_WORKING_DAYS;
    refused(claim(&in, NULL), "/promised_amount", "widens");
    in = claim_of(0, region_code, "450100");
    in.promised_amount = 15, in.promised_unit = GOVSVC_UNIT_NATURAL_DAYS; /* 14 are 10 working days */
    refused(claim(&in, NULL), "/promised_amount", "widens");
    in.promised_amount = 14;
    CHECK_INT(claim(&in, NULL), GOVSVC_OK);
    in = claim_of(0, region_code, "450100");
    in.visits = 3;
    refused(claim(&in, NULL), "/visits", "widens");
    in = claim_of(0, region_code, "450100");
    in.without = none, in.without_count = 1;
    refused(claim(&in, NULL), "/without/0", "listed");
    in = claim_of(0, region_code, "450100");
    in.level = GOVSVC_LEVEL_REGION;
    in.code = NULL;
    refused(claim(&in, NULL), "/level", "level");
    in = claim_of(0, region_code, "440100");
    refused(claim(&in, NULL), "/division", "within");
    in = claim_of(0, "11450103XN0000012R4450131901000", "450100");
    refused(claim(&in, NULL), "/source", "exists");
    story_close(&s);
}

/* As an import brings them: drafts that name a source. */
typedef struct widening {
    const char *field;
    void (*change)(region *r);
} widening;

static void longer_name(region *r)
{
    r->draft.name = "食品经营许可（某市）";
}
static void more_materials(region *r)
{
    static govsvc_material extra;
    static const govsvc_material *all[4];
    extra = r->items[0], extra.code = "M4", extra.name = "证明";
    for (int i = 0; i < 3; i++)
        all[i] = r->materials[i];
    all[3] = &extra;
    r->draft.materials = all, r->draft.material_count = 4;
}
static void changed_material(region *r)
{
    r->items[1].need = GOVSVC_NEED_LATER;
}
static void another_form(region *r)
{
    r->field.required = GOVSVC_YES;
}
static void another_stage(region *r)
{
    r->items_of_stage[1].name = "初审";
}
static void longer_limit(region *r)
{
    r->draft.statutory_amount = 30;
}
static void longer_promise(region *r)
{
    r->draft.promised_amount = 11;
}
static void no_promise(region *r)
{
    r->draft.promised_amount = GOVSVC_ABSENT, r->draft.promised_unit = 0;
}
static void more_visits(region *r)
{
    r->draft.visits = 3;
}
static void another_basis(region *r)
{
    r->base.basis.law = "《某市办法》";
}
static void another_procedure(region *r)
{
    r->draft.procedure = "先到某处盖章";
}
static void fewer_ways(region *r)
{
    r->draft.handle_forms = fewer_forms, r->draft.handle_form_count = 1;
}
static void higher_fee(region *r)
{
    r->fee.standard = "20 元";
}
static void more_conditions(region *r)
{
    r->draft.conditions = "须为本市户籍";
}

static void measure_13_every_element_of_a_put_claim_is_held_to_its_source(void)
{
    static const widening cases[] = {{"/name", longer_name},
                                     {"/materials/3", more_materials},
                                     {"/materials/1", changed_material},
                                     {"/fields", another_form},
                                     {"/stages", another_stage},
                                     {"/statutory_amount", longer_limit},
                                     {"/promised_amount", longer_promise},
                                     {"/promised_amount", no_promise},
                                     {"/visits", more_visits},
                                     {"/bases", another_basis},
                                     {"/procedure", another_procedure},
                                     {"/handle_forms", fewer_ways},
                                     {"/fees/0", higher_fee},
                                     {"/conditions", more_conditions}};
    char code[40];
    open_with_region();
    organ_of("450100", 10, organs[0]);
    snprintf(code, sizeof code, "%s3" BODIES_BASIC, organs[0]);
    for (size_t i = 0; i <= TEST_COUNT(cases); i++) {
        region r;
        region_init(&r);
        r.draft.level = GOVSVC_LEVEL_PREFECTURE, r.draft.code = code, r.draft.organ = organs[0];
        r.draft.division = "450100", r.draft.source = region_code, r.draft.hours = "周六 9:00-12:00";
        r.draft.handle_forms = more_forms, r.draft.handle_form_count = 3;
        if (i < TEST_COUNT(cases)) {
            cases[i].change(&r);
            refused(govsvc_matter_put(s.as[ADMINISTRATOR], &r.draft, NULL), cases[i].field, "widens");
        } else {
            CHECK(put(&r.draft) != 0);
        }
    }
    story_close(&s);
}

/* ---- following ----------------------------------------------------------------------------------------- */

static void check_matter(const char *code, int64_t version, int64_t state, int64_t promised,
                         uint64_t materials)
{
    const govsvc_matter *out = newest(&s, code);
    CHECK_INT(out->version, version);
    CHECK_INT(out->state, state);
    CHECK_INT(out->promised_amount, promised);
    CHECK_INT(out->material_count, materials);
    govsvc_free(out);
}

/* A chain of four below the region's. */
static void claim_chain(const char *codes[4])
{
    static const char *const divisions[] = {"450100", "450103", "450103001", "450103001001"},
                             *const without[] = {"M3"};
    for (int i = 0; i < 4; i++) {
        govsvc_claim in = claim_of(i, i ? codes[i - 1] : region_code, divisions[i]);
        in.promised_amount = 9 - i, in.promised_unit = GOVSVC_UNIT_WORKING_DAYS;
        in.place = divisions[i];
        in.without = without, in.without_count = i == 1;
        codes[i] = claim_and_publish(&in);
    }
}

static void claims_of_claims_follow_through_five_levels(void)
{
    const char *codes[4];
    open_with_region();
    claim_chain(codes);
    for (int i = 0; i < 4; i++)
        check_matter(codes[i], 1, GOVSVC_MATTER_EFFECTIVE, 9 - i, i ? 2 : 3);
    /* wider than the county's, though within the region's */
    govsvc_claim in = claim_of(5, codes[1], "450103002");
    in.promised_amount = 9, in.promised_unit = GOVSVC_UNIT_WORKING_DAYS;
    refused(claim(&in, NULL), "/promised_amount", "widens");
    /* a circle has no level to stand on */
    in = claim_of(5, codes[3], "450100");
    CHECK_INT(claim(&in, NULL), GOVSVC_INVALID);

    region r;
    region_init(&r);
    r.draft.version = 2, r.draft.promised_amount = 8, r.draft.name = "食品经营许可（含网络经营）";
    CHECK_INT(publish_version(&s, put(&r.draft)), GOVSVC_OK);
    tick_all(&s);
    static const int64_t promised[] = {8, 8, 7, 6}; /* the source's where the own was longer */
    for (int i = 0; i < 4; i++) {
        check_matter(codes[i], 2, GOVSVC_MATTER_EFFECTIVE, promised[i], i ? 2 : 3);
        const govsvc_matter *out = newest(&s, codes[i]);
        CHECK_TEXT(out->name, "食品经营许可（含网络经营）");
        CHECK_INT(out->source_version, 2);
        CHECK(strncmp(out->place, "4501", 4) == 0);
        govsvc_free(out);
    }
    tick_all(&s); /* and no further */
    check_matter(codes[3], 2, GOVSVC_MATTER_EFFECTIVE, 6, 2);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void claims_take_effect_on_their_sources_day(void)
{
    const char *codes[4];
    open_with_region();
    claim_chain(codes);
    region r;
    region_init(&r);
    r.draft.version = 2, r.draft.effective_date = "2026-04-01", r.draft.promised_amount = 5;
    CHECK_INT(publish_version(&s, put(&r.draft)), GOVSVC_OK);
    tick_all(&s);
    for (int i = 0; i < 4; i++)
        check_matter(codes[i], 2, GOVSVC_MATTER_PUBLISHED, 5, i ? 2 : 3);
    s.now += 30 * (int64_t)STORY_DAY;
    tick_all(&s);
    for (int i = 0; i < 4; i++)
        check_matter(codes[i], 2, GOVSVC_MATTER_EFFECTIVE, 5, i ? 2 : 3);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

static void what_happens_to_the_source_happens_to_its_claims(void)
{
    const char *codes[4];
    open_with_region();
    claim_chain(codes);
    const govsvc_matter *source = newest(&s, region_code), *last = newest(&s, codes[3]);
    CHECK_INT(take(&s, govsvc_matter_suspend, last->id), GOVSVC_OK); /* by its own body */
    CHECK_INT(take(&s, govsvc_matter_suspend, source->id), GOVSVC_OK);
    tick_all(&s);
    for (int i = 0; i < 4; i++)
        check_matter(codes[i], 1, GOVSVC_MATTER_SUSPENDED, 9 - i, i ? 2 : 3);
    CHECK_INT(take(&s, govsvc_matter_restore, source->id), GOVSVC_OK);
    tick_all(&s);
    for (int i = 0; i < 4; i++)
        check_matter(codes[i], 1, i == 3 ? GOVSVC_MATTER_SUSPENDED : GOVSVC_MATTER_EFFECTIVE, 9 - i,
                     i ? 2 : 3);
    CHECK_INT(take(&s, govsvc_matter_repeal, source->id), GOVSVC_OK);
    tick_all(&s);
    for (int i = 0; i < 4; i++)
        check_matter(codes[i], 1, GOVSVC_MATTER_REPEALED, 9 - i, i ? 2 : 3);
    govsvc_free(source);
    govsvc_free(last);
    story_close(&s);
}

/* What a body suspended itself stays as it is, and catches up; so does what was claimed while a version waited. */
static void claims_catch_up_with_their_source(void)
{
    const char *codes[4];
    open_with_region();
    claim_chain(codes);
    const govsvc_matter *last = newest(&s, codes[3]);
    CHECK_INT(take(&s, govsvc_matter_suspend, last->id), GOVSVC_OK);
    region r;
    region_init(&r);
    r.draft.version = 2, r.draft.effective_date = "2026-04-01", r.draft.promised_amount = 5;
    CHECK_INT(publish_version(&s, put(&r.draft)), GOVSVC_OK);
    tick_all(&s);
    govsvc_claim late = claim_of(6, region_code, "450300");
    const char *late_code = claim_and_publish(&late);
    check_matter(late_code, 1, GOVSVC_MATTER_EFFECTIVE, 10, 3);
    tick_all(&s);
    check_matter(late_code, 2, GOVSVC_MATTER_PUBLISHED, 5, 3);
    s.now += 30 * (int64_t)STORY_DAY;
    tick_all(&s);
    check_matter(late_code, 2, GOVSVC_MATTER_EFFECTIVE, 5, 3);
    check_matter(codes[2], 2, GOVSVC_MATTER_EFFECTIVE, 5, 2);
    check_matter(codes[3], 1, GOVSVC_MATTER_SUSPENDED, 6, 2);
    CHECK_INT(take(&s, govsvc_matter_restore, last->id), GOVSVC_OK);
    tick_all(&s);
    check_matter(codes[3], 2, GOVSVC_MATTER_EFFECTIVE, 5, 2);
    govsvc_free(last);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* More claims than one slice. */
static void many_claims_follow_in_slices(void)
{
    enum { CLAIMS = 45 };
    static char codes[CLAIMS][40];
    open_with_region();
    for (int i = 0; i < CLAIMS; i++) {
        char organ[19];
        govsvc_claim in = claim_of(0, region_code, "450103");
        organ_of("450103", 100 + i, organ);
        in.organ = organ;
        snprintf(codes[i], 40, "%s", claim_and_publish(&in));
    }
    CHECK_INT(publish_version(&s, put_region(2)), GOVSVC_OK);
    tick_all(&s);
    for (int i = 0; i < CLAIMS; i++)
        check_matter(codes[i], 2, GOVSVC_MATTER_EFFECTIVE, 10, 3);
    story_close(&s);
}

/* ---- who has not claimed ------------------------------------------------------------------------------- */

static void put_division(const char *code, const char *parent, const char *name)
{
    govsvc_division_draft in = GOVSVC_DIVISION_DRAFT_INIT;
    in.code = code, in.parent = parent, in.name = name;
    CHECK_INT(govsvc_division_put(s.as[ADMINISTRATOR], &in, NULL), GOVSVC_OK);
}

/* Open alerts about a division; all: NULL. */
static uint64_t alerts(const char *division)
{
    const govsvc_alert_page *page = NULL;
    govsvc_alert_query in = GOVSVC_ALERT_QUERY_INIT;
    in.rule = "matter.unclaimed", in.state = GOVSVC_ALERT_RAISED, in.division = division;
    CHECK_INT(govsvc_alert_find(s.as[ADMINISTRATOR], &in, &page), GOVSVC_OK);
    uint64_t count = page->alert_count;
    govsvc_free(page);
    return count;
}

static void unclaimed_divisions_raise_an_alert(void)
{
    region r;
    story_open(&s, story_store());
    put_division("450000", NULL, "广西壮族自治区");
    put_division("450100", "450000", "南宁市");
    put_division("450103", "450100", "青秀区");
    put_division("450105", "450100", "江南区");
    put_division("450103001", "450103", "新竹街道");
    region_init(&r);
    r.draft.claim_levels = levels, r.draft.claim_level_count = 2;
    r.draft.claim_amount = 20, r.draft.claim_unit = GOVSVC_UNIT_WORKING_DAYS;
    int64_t id = put(&r.draft);
    CHECK_INT(publish_version(&s, id), GOVSVC_OK);
    govsvc_claim in = claim_of(0, region_code, "450100");
    const char *city = claim_and_publish(&in);
    tick_all(&s);
    CHECK_INT(alerts(NULL), 0);
    const govsvc_deadline *deadline = NULL;
    govsvc_deadline_request ask = GOVSVC_DEADLINE_REQUEST_INIT;
    ask.id = id;
    CHECK_INT(govsvc_matter_deadline(s.as[APPLICANT], &ask, &deadline), GOVSVC_OK);
    CHECK_INT(deadline->clock_count, 1);
    govsvc_free(deadline);
    s.now += 40 * (int64_t)STORY_DAY;
    tick_all(&s);
    CHECK_INT(alerts(NULL), 2); /* the two counties; towns need not */
    CHECK_INT(alerts("450103"), 1);
    in = claim_of(1, city, "450103"); /* by way of the city's */
    claim_and_publish(&in);
    CHECK_INT(alerts("450103"), 0);
    CHECK_INT(alerts(NULL), 1);
    r.draft.version = 2; /* the next version has a time of its own, and does not warn twice */
    CHECK_INT(publish_version(&s, put(&r.draft)), GOVSVC_OK);
    s.now += 40 * (int64_t)STORY_DAY;
    tick_all(&s);
    CHECK_INT(alerts(NULL), 1);
    const govsvc_matter *second = newest(&s, region_code);
    CHECK_INT(take(&s, govsvc_matter_repeal, second->id), GOVSVC_OK);
    CHECK_INT(alerts(NULL), 0);
    govsvc_free(second);
    CHECK_INT(story_complaints(&s), 0);
    story_close(&s);
}

/* ---- the table ------------------------------------------------------------------------------------------ */

/* Every member of a draft but those that say whose it is and from when. */
static void every_element_has_one_rule(void)
{
    static const char *const of_the_body[] = {"version",        "level",      "request_key", "code",
                                              "organ",          "organ_name", "division",    "source",
                                              "effective_date", "expiry_date"};
    for (uint32_t i = 0; i < gs_record_matter_draft.field_count; i++) {
        const gs_field *field = &gs_record_matter_draft.fields[i];
        int rows = 0, own = 0;
        for (size_t j = 0; j < gs_element_row_count; j++)
            rows += strcmp(gs_element_rows[j].field, field->name) == 0;
        for (size_t j = 0; j < TEST_COUNT(of_the_body); j++)
            own += strcmp(of_the_body[j], field->name) == 0;
        if (field->kind != GS_NONE && rows + own != 1)
            fprintf(stderr, "%s\n", field->name);
        CHECK(field->kind == GS_NONE || rows + own == 1);
    }
}

/* ---- impact -------------------------------------------------------------------------------------------- */

static const char *change_of(const govsvc_impact *impact, const char *field)
{
    for (uint64_t i = 0; i < impact->change_count; i++)
        if (strcmp(impact->changes[i]->field, field) == 0)
            return impact->changes[i]->after ? impact->changes[i]->after : "nothing";
    return NULL;
}

static void measure_13_a_new_version_shows_its_impact_before_publication(void)
{
    const char *codes[4];
    const govsvc_impact *out = NULL;
    open_with_region();
    claim_chain(codes);
    int64_t case_id;
    story_drafts drafts;
    for (int i = 0; i < 3; i++) {
        const govsvc_application *receipt = NULL;
        story_drafts_init(&drafts);
        drafts.application.matter = region_code;
        drafts.application.form = "{\"area\":20}";
        CHECK_INT(govsvc_application_submit(s.as[APPLICANT], &drafts.application, &receipt), GOVSVC_OK);
        govsvc_free(receipt);
    }
    CHECK_INT(story_submit(s.as[APPLICANT], NULL, &case_id), GOVSVC_OK); /* for another matter */
    region r;
    region_init(&r);
    r.draft.version = 2, r.draft.promised_amount = 5, r.draft.name = "食品经营许可（新）",
    r.draft.material_count = 2;
    r.draft.visits = 1;
    govsvc_matter_request in = GOVSVC_MATTER_REQUEST_INIT;
    in.id = put(&r.draft);
    CHECK_INT(govsvc_matter_impact(s.as[AUDITOR], &in, &out), GOVSVC_OK);
    CHECK_INT(out->before, 1);
    CHECK_INT(out->applications, 3);
    CHECK_INT(out->claims, 1);
    CHECK_TEXT(out->claimed[0]->code, codes[0]);
    CHECK_INT(out->bundles, 0);
    CHECK_INT(out->change_count, 4);
    CHECK_TEXT(change_of(out, "name"), "\"食品经营许可（新）\"");
    CHECK_TEXT(change_of(out, "promised_amount"), "5");
    CHECK_TEXT(change_of(out, "visits"), "1");
    CHECK(change_of(out, "materials") != NULL);
    govsvc_free(out);
    CHECK_INT(govsvc_matter_impact(s.as[APPLICANT], &in, NULL), GOVSVC_DENIED);
    story_close(&s);
}

int main(void)
{
    static const test_case cases[] = {
        TEST(every_element_has_one_rule),
        TEST(a_claim_is_the_source_narrowed),
        TEST(measure_13_widening_is_refused_with_the_exact_element),
        TEST(measure_13_every_element_of_a_put_claim_is_held_to_its_source),
        TEST(claims_of_claims_follow_through_five_levels),
        TEST(claims_take_effect_on_their_sources_day),
        TEST(what_happens_to_the_source_happens_to_its_claims),
        TEST(claims_catch_up_with_their_source),
        TEST(many_claims_follow_in_slices),
        TEST(unclaimed_divisions_raise_an_alert),
        TEST(measure_13_a_new_version_shows_its_impact_before_publication),
    };
    return test_main(cases, TEST_COUNT(cases));
}
