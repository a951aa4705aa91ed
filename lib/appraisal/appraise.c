/* lib/appraisal/appraise.c - how appraisals come to be: the invitation at close, and application.appraise.
 *
 * May use: appraisal.h. Neither the journal nor the keys of repeated calls lead from an appraisal to whose it is:
 * the system takes the step, and what must be found again is found by keyed digests.
 */
#include "appraisal/appraisal.h"

#include <string.h>

const char gs_appraised_at_close[] = "close";

/* ---- finding it again ---------------------------------------------------------------------------------- */

/* NULL: no memory, or no digest. */
static const char *keyed(gs_call *call, const char *field, const gs_buffer *text)
{
    unsigned char digest[GS_SM3_SIZE];
    char *hex = gs_arena_alloc(call->work.arena, 2 * GS_SM3_SIZE + 1);
    gs_crypto *crypto = gs_connection_crypto(call->work.connection);
    if (!hex || gs_arena_failed(call->work.arena) ||
        !gs_find_digest(crypto, "appraisal", field, text->text, text->size, digest))
        return NULL;
    gs_hex(digest, sizeof digest, hex);
    return hex;
}

static const char *token_of(gs_call *call, int64_t application, int64_t object, const char *which,
                            const char *step)
{
    gs_buffer text = {.arena = call->work.arena};
    gs_buffer_print(&text, "%lld %lld ", (long long)application, (long long)object);
    gs_json_text(&text, step);
    gs_json_text(&text, which ? which : "");
    return keyed(call, "token", &text);
}

/* The same key with the same content is the same call. */
static govsvc_status request_of(gs_call *call, const char **out)
{
    gs_buffer text = {.arena = call->work.arena};
    *out = NULL;
    if (!call->request_key)
        return GOVSVC_OK;
    gs_json_write(&text, call->operation->in, call->in);
    gs_json_text(&text, call->actor->id);
    *out = keyed(call, "request", &text);
    return *out ? GOVSVC_OK : GOVSVC_NO_MEMORY;
}

static govsvc_status find(gs_call *call, const char *token, gs_row **out)
{
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_appraisal)), gs_text(token)};
    if (!token)
        return GOVSVC_NO_MEMORY;
    return gs_row_find(&call->work, gs_table_of(call->host, &gs_record_appraisal),
                       "tenant = $1 AND token = $2", values, 2, out);
}

/* A row for one object and step of an application, anonymous until somebody says otherwise. */
static govsvc_status make(gs_call *call, const govsvc_application *application, const char *token,
                          gs_row **out)
{
    gs_row *row = gs_row_new(&call->work, gs_table_of(call->host, &gs_record_appraisal));
    if (!row)
        return GOVSVC_NO_MEMORY;
    govsvc_appraisal *appraisal = row->at;
    appraisal->object = GOVSVC_OBJECT_CASE;
    appraisal->step = gs_appraised_at_close;
    appraisal->anonymous = GOVSVC_YES;
    appraisal->token = token;
    appraisal->matter = application->matter;
    appraisal->organ = application->organ;
    appraisal->division = application->division;
    appraisal->owner = application->owner;
    appraisal->number = application->number;
    *out = row;
    return GOVSVC_OK;
}

/* ---- the invitation ------------------------------------------------------------------------------------ */

/* Which entries of an application's journal bring an invitation about. A case that is part of another is appraised
 * with the whole, and is none: this is the one place to say so. */
static bool invites(const govsvc_journal_entry *entry)
{
    bool closed = entry->to_state && strcmp(entry->to_state, "closed") == 0;
    return closed && (!entry->from_state || strcmp(entry->from_state, "closed") != 0);
}

/* Of a bundle the whole is appraised, once. */
static bool is_part(const govsvc_application *application)
{
    return application->parent && application->detached != GOVSVC_YES;
}

govsvc_status gs_follow_closing(gs_call *call, const govsvc_journal_entry *entry, int64_t *mark, bool *again)
{
    gs_row *application, *row;
    (void)mark;
    (void)again;
    if (!invites(entry))
        return GOVSVC_OK;
    govsvc_status status = gs_row_load(&call->work, gs_table_of(call->host, &gs_record_application),
                                       entry->subject, &application);
    if (status)
        return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status; /* of another tenant */
    if (is_part(application->at))
        return GOVSVC_OK;
    const char *token = token_of(call, entry->subject, GOVSVC_OBJECT_CASE, NULL, gs_appraised_at_close);
    status = find(call, token, &row);
    if (status != GOVSVC_NOT_FOUND)
        return status; /* it was given before the invitation came */
    status = make(call, application->at, token, &row);
    return status ? status : gs_take_step(call, row, "appraisal.invite", NULL);
}

/* ---- what may be appraised ----------------------------------------------------------------------------- */

govsvc_status gs_case_step_taken(gs_call *call, int64_t application, const char *step, const char *actor,
                                 const char *except, bool *out)
{
    int64_t found;
    govsvc_value values[] = {gs_integer(gs_tenant_of(&call->work, &gs_record_application)),
                             gs_integer(application), gs_text(step ? step : ""), gs_text(actor ? actor : ""),
                             gs_text(except ? except : "")};
    govsvc_status status =
        gs_query_integer(call->work.connection,
                         "SELECT subject FROM {journal_entry} WHERE tenant = $1 AND subject = $2 AND "
                         "to_state IS NOT NULL AND (action = $3 OR $3 = '') AND (actor = $4 OR $4 = '') AND "
                         "actor <> $5 LIMIT 1",
                         values, 5, &found);
    *out = !status;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

typedef struct target {
    const govsvc_application *application;
    int64_t object;
    const char *which, *step;
    bool at_close;
} target;

static void check_which(gs_call *call, const target *of)
{
    bool one_of_many = of->object == GOVSVC_OBJECT_PERSON || of->object == GOVSVC_OBJECT_WINDOW;
    if (one_of_many && !of->which)
        gs_refuse(call, "/which", "required", NULL, NULL);
    if (!one_of_many && of->which)
        gs_refuse_in_words(call, "/which", "not_asked", "/which：评价对象为窗口或工作人员时才填",
                           "/which: only where a window or a person is rated", NULL);
}

/* Something was done: at that step, or at close in the whole case; by the person who is rated, and not by the one who
 * rates, whose own steps say something of the platform alone. */
static govsvc_status check_done(gs_call *call, const target *of)
{
    bool person = of->object == GOVSVC_OBJECT_PERSON, taken;
    bool platform = of->object == GOVSVC_OBJECT_PLATFORM;
    if (of->at_close && of->object == GOVSVC_OBJECT_CASE && is_part(of->application))
        return gs_refuse_in_words(call, "/application", "bundle",
                                  "/application：一件事整体评价一次，不逐项评价",
                                  "/application: a bundle is appraised once, as a whole", NULL);
    govsvc_status status = gs_case_step_taken(call, of->application->id, of->at_close ? NULL : of->step, NULL,
                                              platform ? NULL : call->actor->id, &taken);
    if (!status && (!taken || (of->at_close && of->application->closed_at == GOVSVC_ABSENT)))
        return gs_refuse_in_words(call, "/step", "done", "/step：该环节尚未办理，不能评价",
                                  "/step: nothing was done at that step yet", NULL);
    if (!status && person)
        status = gs_case_step_taken(call, of->application->id, of->at_close ? NULL : of->step, of->which,
                                    call->actor->id, &taken);
    if (!status && !taken)
        return gs_refuse_in_words(call, "/which", "done", "/which：此人未办理该环节",
                                  "/which: this person did nothing at that step", NULL);
    return status;
}

/* Codes of the host's own list, so that nothing personal stands in them. */
static void check_tags(gs_call *call, const govsvc_appraisal_draft *in)
{
    static const char allowed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
    enum { LONGEST = 20 };
    for (uint64_t i = 0; i < in->tag_count; i++) {
        size_t size = strlen(in->tags[i]);
        if (!size || size > LONGEST || strspn(in->tags[i], allowed) != size)
            gs_refuse(call, gs_arena_print(call->work.arena, "/tags/%d", (int)i), "pattern",
                      "A-Z, a-z, 0-9, _, -; 1..20", NULL);
    }
}

/* ---- application.appraise ------------------------------------------------------------------------------ */

static govsvc_status refuse_again(gs_call *call, const govsvc_appraisal *appraisal)
{
    bool late =
        appraisal->state == GOVSVC_APPRAISAL_DEFAULTED || appraisal->state == GOVSVC_APPRAISAL_INVITED;
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.status = GOVSVC_STATE,
                          .field = "",
                          .rule = late ? "invitation_over" : "appraised",
                          .text_zh =
                              late ? "评价期限已过，已按默认处理" : "该对象的该环节已评价，不能重复评价",
                          .text_en = late ? "the time to answer the invitation is over"
                                          : "it was appraised before: once for each object and step"});
}

/* Its clock has run out, whether or not anybody ticked since. */
static govsvc_status is_over(gs_call *call, const gs_row *row, bool *out)
{
    gs_row *clock;
    govsvc_status status = gs_clock_load(call, row, "invitation", &clock);
    *out = !status && ((const govsvc_clock *)clock->at)->due_at <= call->occurred_at;
    return status == GOVSVC_NOT_FOUND ? GOVSVC_OK : status;
}

static govsvc_status give(gs_call *call, const target *of, const char *request, gs_row *row)
{
    const govsvc_appraisal_draft *in = call->in;
    govsvc_appraisal *appraisal = row->at;
    govsvc_status status = gs_row_open(row, true);
    if (status)
        return status;
    appraisal->object = of->object;
    appraisal->which = of->which;
    appraisal->step = of->step;
    appraisal->grade = in->grade;
    appraisal->channel = in->channel;
    appraisal->anonymous = in->anonymous == GOVSVC_NO ? GOVSVC_NO : GOVSVC_YES;
    appraisal->text = in->text;
    appraisal->tags = in->tags;
    appraisal->tag_count = in->tag_count;
    appraisal->request = request;
    appraisal->counted_at = call->occurred_at;
    if (row->fresh && of->at_close && of->object == GOVSVC_OBJECT_CASE)
        appraisal->invited_at = call->occurred_at; /* it came before its invitation, and stands for it */
    status = gs_take_step(call, row, "appraisal.give", NULL);
    return status ? status : gs_answer_brief(call, row);
}

static govsvc_status give_once(gs_call *call, const target *of)
{
    const char *token = token_of(call, of->application->id, of->object, of->which, of->step), *request;
    gs_row *row;
    bool over = false;
    govsvc_status status = request_of(call, &request);
    if (status)
        return status;
    status = find(call, token, &row);
    if (status == GOVSVC_NOT_FOUND) {
        status = make(call, of->application, token, &row);
        return status ? status : give(call, of, request, row);
    }
    if (status)
        return status;
    const govsvc_appraisal *before = row->at;
    if (request && before->request && strcmp(request, before->request) == 0)
        return gs_answer_brief(call, row);
    status = is_over(call, row, &over);
    if (status)
        return status;
    if (before->state != GOVSVC_APPRAISAL_INVITED || over)
        return refuse_again(call, before);
    return give(call, of, request, row);
}

/* The case is the actor's own: a clerk who may see it may not speak for the person. */
static govsvc_status load_own(gs_call *call, gs_row **out)
{
    enum { PERSON = GS_ROLE_APPLICANT | GS_ROLE_AGENT };
    const govsvc_appraisal_draft *in = call->in;
    if (!(call->actor->roles & PERSON))
        return gs_denied(call->work.problems, PERSON, false);
    govsvc_status status =
        gs_row_load(&call->work, gs_table_of(call->host, &gs_record_application), in->application, out);
    bool own = !status && gs_roles_within(call->actor, PERSON, &gs_record_application, (*out)->at);
    if (own || (status && status != GOVSVC_NOT_FOUND))
        return status;
    return gs_problem_add(
        call->work.problems,
        &(govsvc_problem){.status = GOVSVC_NOT_FOUND, .field = "/application", .rule = "exists"});
}

govsvc_status gs_run_appraise(gs_call *call)
{
    const govsvc_appraisal_draft *in = call->in;
    gs_row *row;
    govsvc_status status = load_own(call, &row);
    if (status)
        return status;
    target of = {.application = row->at,
                 .object = in->object ? in->object : GOVSVC_OBJECT_CASE,
                 .which = in->which,
                 .step = in->step ? in->step : gs_appraised_at_close};
    of.at_close = strcmp(of.step, gs_appraised_at_close) == 0;
    check_which(call, &of);
    check_tags(call, in);
    status = gs_problems_status(call->work.problems);
    if (!status)
        status = check_done(call, &of);
    return status ? status : give_once(call, &of);
}
