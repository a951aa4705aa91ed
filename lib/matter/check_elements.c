/* lib/matter/check_elements.c - elements of a draft that must agree with each other. */
#include "matter/check.h"

#include <string.h>

static bool at_once_is_reviewed_later(const govsvc_matter *matter)
{
    return matter->review_kind &&
           (matter->project_type == GOVSVC_PROJECT_AT_ONCE) != (matter->review_kind == GOVSVC_REVIEW_AT_ONCE);
}

static bool visits_have_no_reason(const govsvc_matter *matter)
{
    return matter->visits != GOVSVC_ABSENT && matter->visits && !matter->visits_reason;
}

static bool no_visits_have_a_reason(const govsvc_matter *matter)
{
    return matter->visits == 0 && matter->visits_reason;
}

static bool no_way_without_a_visit(const govsvc_matter *matter)
{
    return matter->visits == 0 && matter->online == GOVSVC_NO && matter->handle_form_count &&
           !gs_text_listed("express", matter->handle_forms, matter->handle_form_count);
}

static bool all_online_has_visits(const govsvc_matter *matter)
{
    return matter->online_depth == GOVSVC_DEPTH_4 && matter->visits != GOVSVC_ABSENT && matter->visits;
}

static bool fee_has_no_basis(const govsvc_matter *matter)
{
    return matter->fee == GOVSVC_YES && !matter->fee_basis && !gs_is_unverified(matter, "fee_basis");
}

static bool fee_has_no_items(const govsvc_matter *matter)
{
    return matter->fee == GOVSVC_YES && !matter->fee_item_count;
}

static bool fee_does_not_say_how_to_pay(const govsvc_matter *matter)
{
    return matter->fee == GOVSVC_YES && !matter->pay_online;
}

static bool pays_for_nothing(const govsvc_matter *matter)
{
    return matter->fee == GOVSVC_NO && matter->pay_online == GOVSVC_YES;
}

static bool no_fee_has_items(const govsvc_matter *matter)
{
    return matter->fee == GOVSVC_NO && matter->fee_item_count;
}

static bool complains_to_whom_it_consults(const govsvc_matter *matter)
{
    return matter->consult && matter->complain && strcmp(matter->consult, matter->complain) == 0;
}

/* Is it for natural persons; and for anybody else? */
static bool is_for_persons(const govsvc_matter *matter)
{
    return gs_text_listed("natural_person", matter->subjects, matter->subject_count);
}

static bool is_for_bodies(const govsvc_matter *matter)
{
    return matter->subject_count > (uint64_t)is_for_persons(matter);
}

/* Where nothing is said of subjects or of topics, nothing disagrees. */
static bool says_topics(const govsvc_matter *matter)
{
    return matter->subject_count && (matter->person_topic_count || matter->corporate_topic_count);
}

static bool person_topics_disagree(const govsvc_matter *matter)
{
    return says_topics(matter) && is_for_persons(matter) != (matter->person_topic_count > 0);
}

static bool corporate_topics_disagree(const govsvc_matter *matter)
{
    return says_topics(matter) && is_for_bodies(matter) != (matter->corporate_topic_count > 0);
}

static bool has_stage(const govsvc_matter *matter, int64_t kind)
{
    bool found = false;
    for (uint64_t i = 0; i < matter->stage_count && !found; i++)
        found = matter->stages[i]->kind == kind;
    return found;
}

static bool licence_lacks_a_stage(const govsvc_matter *matter)
{
    bool all = matter->type != GOVSVC_MATTER_LICENCE || !matter->stage_count;
    return !all && !(has_stage(matter, GOVSVC_STAGE_ACCEPT) && has_stage(matter, GOVSVC_STAGE_REVIEW) &&
                     has_stage(matter, GOVSVC_STAGE_DECIDE) && has_stage(matter, GOVSVC_STAGE_CLOSE) &&
                     has_stage(matter, GOVSVC_STAGE_DELIVER));
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

static bool result_is_called_otherwise(const govsvc_matter *matter)
{
    static const struct {
        const char *end;
        int64_t kind;
    } ends[] = {
        {"证", GOVSVC_RESULT_CERTIFICATE}, {"批复", GOVSVC_RESULT_APPROVAL}, {"文", GOVSVC_RESULT_DOCUMENT}};
    bool wrong = false;
    for (size_t i = 0; matter->result_name && matter->result_kind && i < sizeof ends / sizeof *ends; i++)
        wrong |= ends_with(matter->result_name, ends[i].end) && matter->result_kind != ends[i].kind;
    return wrong;
}

static bool ends_before_it_begins(const govsvc_matter *matter)
{
    return matter->effective_date && matter->expiry_date &&
           strcmp(matter->expiry_date, matter->effective_date) < 0;
}

static bool has_members_but_is_no_bundle(const govsvc_matter *matter)
{
    return matter->type != GOVSVC_MATTER_BUNDLE && matter->member_count;
}

static bool has_a_members_rule_but_is_no_bundle(const govsvc_matter *matter)
{
    return matter->type != GOVSVC_MATTER_BUNDLE && matter->refused_rule;
}

static bool is_a_bundle_of_less_than_two(const govsvc_matter *matter)
{
    return matter->type == GOVSVC_MATTER_BUNDLE && matter->member_count < 2;
}

static bool limit_has_no_basis(const govsvc_matter *matter)
{
    return !matter->statutory_basis && !gs_is_unverified(matter, "statutory_basis");
}

/* clang-format off */
static const struct {
    const char *field;
    bool (*broken)(const govsvc_matter *matter);
    gs_words_of_rule words;
} rules[] = {
    {"/review_kind", at_once_is_reviewed_later, {"review_kind", "即办件应即审即办，承诺件应前审后批",
     "what is done at once is reviewed at once, and nothing else is", NULL}},
    {"/visits_reason", visits_have_no_reason, {"visits", "到办事现场次数不为 0 的，应说明必须现场办理的原因",
     "visits need a reason", NULL}},
    {"/visits_reason", no_visits_have_a_reason, {"visits", "到办事现场次数为 0 的，不应有必须现场办理的原因",
     "no visits, no reason for them", NULL}},
    {"/handle_forms", no_way_without_a_visit, {"handle_forms", "不到现场又不能网办的，办理形式应包括快递申请",
     "without visits and not online it must be possible by express", NULL}},
    {"/visits", all_online_has_visits, {"visits", "网办深度为Ⅳ级的，到办事现场次数应为 0",
     "at online depth 4 there are no visits", NULL}},
    {"/fee_basis", fee_has_no_basis, {"required", "收费的，应有收费依据，或者在 unverified 中列明未核实",
     "a fee names its basis, or is listed in unverified", NULL}},
    {"/fees", fee_has_no_items, {"required", "收费的，应列明收费项目", "a fee has items", NULL}},
    {"/pay_online", fee_does_not_say_how_to_pay, {"required", "收费的，应说明是否支持网上支付",
     "with a fee it is said whether it can be paid online", NULL}},
    {"/pay_online", pays_for_nothing, {"fee", "不收费的，不能支持网上支付", "without a fee nothing is paid online", NULL}},
    {"/fees", no_fee_has_items, {"fee", "不收费的，不应有收费项目", "without a fee there are no items", NULL}},
    {"/complain", complains_to_whom_it_consults, {"complain", "监督投诉方式应与咨询方式不同",
     "to complain is another way than to consult", NULL}},
    {"/person_topics", person_topics_disagree, {"topics", "自然人主题分类应与服务对象是否包括自然人一致",
     "person_topics stand where natural persons are among the subjects, and nowhere else", NULL}},
    {"/corporate_topics", corporate_topics_disagree, {"topics", "法人主题分类应与服务对象是否包括法人和其他组织一致",
     "corporate_topics stand where others than natural persons are among the subjects, and nowhere else", NULL}},
    {"/stages", licence_lacks_a_stage, {"stages", "行政许可的办理环节应包括受理、审查、决定、办结、送达",
     "a licence's stages have accept, review, decide, close and deliver", NULL}},
    {"/result_kind", result_is_called_otherwise, {"result_kind", "审批结果名称以“证”结尾的应为证照，以“批复”结尾的应为批复，以“文”结尾的应为批文",
     "a result that ends in 证 is a certificate, in 批复 an approval, in 文 a document", NULL}},
    {"/expiry_date", ends_before_it_begins, {"order", "失效日期早于生效日期", "a version that ends before it begins", NULL}},
    {"/members", has_members_but_is_no_bundle, {"bundle", "只有一件事才有成员事项", "only a bundle has members", NULL}},
    {"/refused_rule", has_a_members_rule_but_is_no_bundle, {"bundle", "只有一件事才有成员不予许可时的规则",
     "only a bundle has a rule for members that are refused", NULL}},
    {"/members", is_a_bundle_of_less_than_two, {"bundle", "一件事至少应有两个成员事项", "a bundle has two members at least", NULL}},
    {"/statutory_basis", limit_has_no_basis, {"source", "法定办结时限应有依据，或者在 unverified 中列明未核实",
     "the statutory limit names its basis, or is listed in unverified", NULL}},
};
/* clang-format on */

void gs_check_elements(gs_call *call, const govsvc_matter *matter)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].broken(matter))
            gs_draft_refuse(call, &rules[i].words, NULL, "%s", rules[i].field);
}
