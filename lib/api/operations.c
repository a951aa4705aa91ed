/* lib/api/operations.c - the typed functions: each is its row of the operation table. */
#include "api/handle.h"

#define OPERATION(function, name, input, output)                                                             \
    govsvc_status function(govsvc_session *session, const input *in, const output **out)                     \
    {                                                                                                        \
        return gs_operate_named(session, name, in, (const void **)out);                                      \
    }

OPERATION(govsvc_tick, "tick", govsvc_tick_request, govsvc_tick_report)
OPERATION(govsvc_journal_feed, "journal.feed", govsvc_journal_request, govsvc_journal_page)
OPERATION(govsvc_journal_history, "journal.history", govsvc_journal_request, govsvc_journal_page)
OPERATION(govsvc_store_check, "store.check", govsvc_store_request, govsvc_store_report)
OPERATION(govsvc_store_backup, "store.backup", govsvc_store_request, govsvc_store_report)
OPERATION(govsvc_store_migrate, "store.migrate", govsvc_store_request, govsvc_store_report)

OPERATION(govsvc_notice_put, "notice.put", govsvc_notice_draft, govsvc_notice)
OPERATION(govsvc_notice_get, "notice.get", govsvc_get_request, govsvc_notice)
OPERATION(govsvc_division_put, "division.put", govsvc_division_draft, govsvc_division)
OPERATION(govsvc_division_get, "division.get", govsvc_get_request, govsvc_division)

OPERATION(govsvc_alert_acknowledge, "alert.acknowledge", govsvc_step, govsvc_alert)
OPERATION(govsvc_alert_explain, "alert.explain", govsvc_step, govsvc_alert)
OPERATION(govsvc_alert_uphold, "alert.uphold", govsvc_step, govsvc_alert)
OPERATION(govsvc_alert_dismiss, "alert.dismiss", govsvc_step, govsvc_alert)
OPERATION(govsvc_alert_get, "alert.get", govsvc_get_request, govsvc_alert)
OPERATION(govsvc_alert_find, "alert.find", govsvc_alert_query, govsvc_alert_page)

OPERATION(govsvc_matter_put, "matter.put", govsvc_matter_draft, govsvc_matter)
OPERATION(govsvc_matter_claim, "matter.claim", govsvc_claim, govsvc_matter)
OPERATION(govsvc_matter_review, "matter.review", govsvc_step, govsvc_matter)
OPERATION(govsvc_matter_return, "matter.return", govsvc_step, govsvc_matter)
OPERATION(govsvc_matter_publish, "matter.publish", govsvc_step, govsvc_matter)
OPERATION(govsvc_matter_suspend, "matter.suspend", govsvc_step, govsvc_matter)
OPERATION(govsvc_matter_restore, "matter.restore", govsvc_step, govsvc_matter)
OPERATION(govsvc_matter_repeal, "matter.repeal", govsvc_step, govsvc_matter)
OPERATION(govsvc_matter_deadline, "matter.deadline", govsvc_deadline_request, govsvc_deadline)
OPERATION(govsvc_matter_get, "matter.get", govsvc_get_request, govsvc_matter)
OPERATION(govsvc_matter_impact, "matter.impact", govsvc_matter_request, govsvc_impact)
OPERATION(govsvc_matter_audit, "matter.audit", govsvc_audit_request, govsvc_audit)
OPERATION(govsvc_matter_materials, "matter.materials", govsvc_held_request, govsvc_held_page)
OPERATION(govsvc_matter_find, "matter.find", govsvc_matter_query, govsvc_matter_page)
OPERATION(govsvc_matter_feed, "matter.feed", govsvc_publication_request, govsvc_publication_page)
OPERATION(govsvc_matter_snapshot, "matter.snapshot", govsvc_publication_request, govsvc_publication_page)
OPERATION(govsvc_matter_digest, "matter.digest", govsvc_digest_request, govsvc_digest)
OPERATION(govsvc_matter_compare, "matter.compare", govsvc_compare_request, govsvc_comparison)
OPERATION(govsvc_matter_evaluate, "matter.evaluate", govsvc_evaluation_request, govsvc_evaluation)
OPERATION(govsvc_matter_guide, "matter.guide", govsvc_matter_request, govsvc_guide)
OPERATION(govsvc_matter_form, "matter.form", govsvc_matter_request, govsvc_form)
OPERATION(govsvc_matter_compose, "matter.compose", govsvc_matter_request, govsvc_composition)

OPERATION(govsvc_application_submit, "application.submit", govsvc_application_draft, govsvc_application)
OPERATION(govsvc_application_receive, "application.receive", govsvc_step, govsvc_application)
OPERATION(govsvc_application_request_correction, "application.request_correction", govsvc_correction_request,
          govsvc_application)
OPERATION(govsvc_application_supply, "application.supply", govsvc_supply, govsvc_application)
OPERATION(govsvc_application_accept, "application.accept", govsvc_step, govsvc_application)
OPERATION(govsvc_application_review, "application.review", govsvc_step, govsvc_application)
OPERATION(govsvc_application_begin_special_procedure, "application.begin_special_procedure",
          govsvc_special_procedure_step, govsvc_application)
OPERATION(govsvc_application_end_special_procedure, "application.end_special_procedure",
          govsvc_special_procedure_step, govsvc_application)
OPERATION(govsvc_application_decide, "application.decide", govsvc_decision, govsvc_application)
OPERATION(govsvc_application_close, "application.close", govsvc_step, govsvc_application)
OPERATION(govsvc_application_deliver, "application.deliver", govsvc_step, govsvc_application)
OPERATION(govsvc_application_get, "application.get", govsvc_get_request, govsvc_application)
OPERATION(govsvc_application_deadline, "application.deadline", govsvc_deadline_request, govsvc_deadline)

OPERATION(govsvc_hard_case_open, "hard_case.open", govsvc_hard_case_draft, govsvc_hard_case)
OPERATION(govsvc_hard_case_assign, "hard_case.assign", govsvc_hard_case_assignment, govsvc_hard_case)
OPERATION(govsvc_hard_case_escalate, "hard_case.escalate", govsvc_step, govsvc_hard_case)
OPERATION(govsvc_hard_case_meet, "hard_case.meet", govsvc_hard_case_met, govsvc_hard_case)
OPERATION(govsvc_hard_case_resolve, "hard_case.resolve", govsvc_hard_case_reply, govsvc_hard_case)
OPERATION(govsvc_hard_case_explain, "hard_case.explain", govsvc_hard_case_reply, govsvc_hard_case)
OPERATION(govsvc_hard_case_confirm, "hard_case.confirm", govsvc_hard_case_confirmation, govsvc_hard_case)
OPERATION(govsvc_hard_case_get, "hard_case.get", govsvc_get_request, govsvc_hard_case)
OPERATION(govsvc_hard_case_deadline, "hard_case.deadline", govsvc_deadline_request, govsvc_deadline)
OPERATION(govsvc_hard_case_find, "hard_case.find", govsvc_hard_case_query, govsvc_hard_case_page)
OPERATION(govsvc_hard_case_causes, "hard_case.causes", govsvc_hard_case_causes_request,
          govsvc_hard_case_tally)
