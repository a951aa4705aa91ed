/* tests/abi/test_init.c - every INIT macro is byte for byte what govsvc_init() makes, and what the library
 * says it knows it does know. */
#include "govsvc.h"
#include "test.h"

#define RECORDS(R)                                                                                           \
    R(actor, ACTOR)                                                                                          \
    R(application_draft, APPLICATION_DRAFT)                                                                  \
    R(alert_query, ALERT_QUERY)                                                                              \
    R(appraisal_draft, APPRAISAL_DRAFT)                                                                      \
    R(appraisal_confirmation, APPRAISAL_CONFIRMATION)                                                        \
    R(appraisal_judgement, APPRAISAL_JUDGEMENT)                                                              \
    R(appraisal_query, APPRAISAL_QUERY)                                                                      \
    R(appraisal_counts_request, APPRAISAL_COUNTS_REQUEST)                                                    \
    R(compare_request, COMPARE_REQUEST)                                                                      \
    R(copy, COPY)                                                                                            \
    R(digest_request, DIGEST_REQUEST)                                                                        \
    R(publication_request, PUBLICATION_REQUEST)                                                              \
    R(correction_item, CORRECTION_ITEM)                                                                      \
    R(correction_request, CORRECTION_REQUEST)                                                                \
    R(deadline_request, DEADLINE_REQUEST)                                                                    \
    R(decision, DECISION)                                                                                    \
    R(division_draft, DIVISION_DRAFT)                                                                        \
    R(extension, EXTENSION)                                                                                  \
    R(get_request, GET_REQUEST)                                                                              \
    R(hard_case_draft, HARD_CASE_DRAFT)                                                                      \
    R(hard_case_assignment, HARD_CASE_ASSIGNMENT)                                                            \
    R(hard_case_met, HARD_CASE_MET)                                                                          \
    R(hard_case_reply, HARD_CASE_REPLY)                                                                      \
    R(hard_case_confirmation, HARD_CASE_CONFIRMATION)                                                        \
    R(hard_case_query, HARD_CASE_QUERY)                                                                      \
    R(hard_case_causes_request, HARD_CASE_CAUSES_REQUEST)                                                    \
    R(held_request, HELD_REQUEST)                                                                            \
    R(handover_count, HANDOVER_COUNT)                                                                        \
    R(handover_draft, HANDOVER_DRAFT)                                                                        \
    R(handover_item, HANDOVER_ITEM)                                                                          \
    R(handover_query, HANDOVER_QUERY)                                                                        \
    R(handover_return_draft, HANDOVER_RETURN_DRAFT)                                                          \
    R(journal_request, JOURNAL_REQUEST)                                                                      \
    R(legal_basis, LEGAL_BASIS)                                                                              \
    R(material, MATERIAL)                                                                                    \
    R(evaluation_request, EVALUATION_REQUEST)                                                                \
    R(matter_draft, MATTER_DRAFT)                                                                            \
    R(claim, CLAIM)                                                                                          \
    R(audit_request, AUDIT_REQUEST)                                                                          \
    R(matter_query, MATTER_QUERY)                                                                            \
    R(matter_request, MATTER_REQUEST)                                                                        \
    R(notice_day, NOTICE_DAY)                                                                                \
    R(notice_draft, NOTICE_DRAFT)                                                                            \
    R(pause, PAUSE)                                                                                          \
    R(special_procedure, SPECIAL_PROCEDURE)                                                                  \
    R(special_procedure_step, SPECIAL_PROCEDURE_STEP)                                                        \
    R(refusal, REFUSAL)                                                                                      \
    R(conditional_acceptance, CONDITIONAL_ACCEPTANCE)                                                        \
    R(inspection, INSPECTION)                                                                                \
    R(extension_step, EXTENSION_STEP)                                                                        \
    R(hearing_notice, HEARING_NOTICE)                                                                        \
    R(annulment, ANNULMENT)                                                                                  \
    R(record_correction, RECORD_CORRECTION)                                                                  \
    R(step_report, STEP_REPORT)                                                                              \
    R(prepare_request, PREPARE_REQUEST)                                                                      \
    R(mandate_draft, MANDATE_DRAFT)                                                                          \
    R(mandate_query, MANDATE_QUERY)                                                                          \
    R(review_step, REVIEW_STEP)                                                                              \
    R(review_change, REVIEW_CHANGE)                                                                          \
    R(queue_request, QUEUE_REQUEST)                                                                          \
    R(termination, TERMINATION)                                                                              \
    R(step, STEP)                                                                                            \
    R(store_request, STORE_REQUEST)                                                                          \
    R(supplied, SUPPLIED)                                                                                    \
    R(supply, SUPPLY)                                                                                        \
    R(tick_request, TICK_REQUEST)

static void macros_and_function_agree(void)
{
#define COMPARE(name, MACRO)                                                                                 \
    {                                                                                                        \
        const govsvc_##name by_macro = GOVSVC_##MACRO##_INIT;                                                \
        govsvc_##name by_function;                                                                           \
        memset(&by_function, 0x5a, sizeof by_function);                                                      \
        CHECK_INT(govsvc_init(#name, &by_function, sizeof by_function), GOVSVC_OK);                          \
        CHECK(memcmp(&by_macro, &by_function, sizeof by_macro) == 0);                                        \
        CHECK(govsvc_feature(#name));                                                                        \
    }
    RECORDS(COMPARE)
}

static void init_refuses(void)
{
    govsvc_step step;
    CHECK_INT(govsvc_init("step", &step, sizeof step - 8), GOVSVC_MISUSE);
    CHECK_INT(govsvc_init("step", NULL, sizeof step), GOVSVC_MISUSE);
    CHECK_INT(govsvc_init("no_such_record", &step, sizeof step), GOVSVC_UNSUPPORTED);
    CHECK_INT(govsvc_init(NULL, &step, sizeof step), GOVSVC_UNSUPPORTED);
    CHECK(!govsvc_feature("no_such_thing"));
    CHECK(!govsvc_feature(NULL));
}

static void statuses_have_words(void)
{
    for (int64_t status = 0; status <= GOVSVC_TAKEN; status++) {
        CHECK(govsvc_status_name(status) != NULL);
        CHECK(*govsvc_status_text(status, "zh") && *govsvc_status_text(status, "en"));
    }
    CHECK(govsvc_status_name(GOVSVC_TAKEN + 1) == NULL);
    CHECK(govsvc_status_name(-1) == NULL);
    CHECK_TEXT(govsvc_status_name(GOVSVC_KEY_REUSED), "KEY_REUSED");
}

static void every_operation_describes_itself(void)
{
    const char *json = NULL, *schema = NULL;
    CHECK_INT(govsvc_operations(&json), GOVSVC_OK);
    int count = 0;
    for (const char *at = json; (at = strstr(at, "\"input\":\"")); count++) {
        char record[64] = "";
        at += strlen("\"input\":\"");
        CHECK(sscanf(at, "%63[a-z_]", record) == 1);
        CHECK_INT(govsvc_describe(record, &schema), GOVSVC_OK);
        CHECK(schema && strstr(schema, "\"$schema\""));
        govsvc_free(schema);
    }
    CHECK(count > 20);
    govsvc_free(json);
    CHECK_INT(govsvc_describe("no_such_record", &schema), GOVSVC_UNSUPPORTED);
}

int main(void)
{
    static const test_case cases[] = {TEST(macros_and_function_agree), TEST(init_refuses),
                                      TEST(statuses_have_words), TEST(every_operation_describes_itself)};
    return test_main(cases, TEST_COUNT(cases));
}
