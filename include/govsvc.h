/* govsvc.h - libgovsvc, the whole of it: include this one.
 *
 *     govsvc_config config = GOVSVC_CONFIG_INIT;
 *     config.store = "sqlite:nanning.db";
 *     config.division = "450100";
 *     govsvc *gs = NULL;
 *     if (govsvc_open(&config, &gs) != GOVSVC_OK) ... govsvc_open_problem(gs) ...
 *
 *     const char *const roles[] = {"applicant"};
 *     govsvc_actor actor = GOVSVC_ACTOR_INIT;
 *     actor.id = "u-1001"; actor.roles = roles; actor.role_count = 1;
 *     govsvc_session *s = NULL;
 *     govsvc_session_open(gs, &actor, &s, NULL);
 *
 *     const govsvc_application *receipt = NULL;
 *     if (govsvc_application_submit(s, &draft, &receipt) == GOVSVC_INVALID)
 *         for (uint64_t i = 0; i < govsvc_problem_count(s); i++) ... govsvc_problem_at(s, i) ...
 *     govsvc_free(receipt);
 *     govsvc_session_close(s);
 *     govsvc_close(gs);
 *
 * Since 0.1.
 */
#ifndef GOVSVC_H
#define GOVSVC_H

#include "govsvc/alert.h"
#include "govsvc/application.h"
#include "govsvc/appraisal.h"
#include "govsvc/base.h"
#include "govsvc/calendar.h"
#include "govsvc/catalogue.h"
#include "govsvc/codes.h"
#include "govsvc/flow.h"
#include "govsvc/handover.h"
#include "govsvc/mandate.h"
#include "govsvc/hardcase.h"
#include "govsvc/matter.h"
#include "govsvc/reference.h"
#include "govsvc/review.h"
#include "govsvc/session.h"
#include "govsvc/store.h"

#endif
