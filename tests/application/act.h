/* tests/application/act.h - a case in few words: who does what, when, with which JSON, and what came of it.
 *
 * May use: test.h, api/story.h. One story a program.
 */
#ifndef TESTS_APPLICATION_ACT_H
#define TESTS_APPLICATION_ACT_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "api/story.h"
#include "test.h"

static story s;
static char said[1 << 20]; /* the last answer, as JSON; "" where it was refused */

/* "2026-03-02 09:00", Beijing time. */
static inline void at(const char *when)
{
    int64_t day = 0;
    char date[11];
    snprintf(date, sizeof date, "%.10s", when);
    CHECK(govsvc_date_start(date, &day));
    s.now = day + atoi(when + 11) * (int64_t)STORY_HOUR + atoi(when + 14) * INT64_C(60000);
}

/* A call in a session; body is a format. */
static inline govsvc_status ask_as(govsvc_session *session, const char *operation, const char *body, ...)
{
    char in[20000];
    const char *out = NULL;
    va_list arguments;
    va_start(arguments, body);
    vsnprintf(in, sizeof in, body, arguments);
    va_end(arguments);
    govsvc_status status = govsvc_call(session, operation, in, &out);
    snprintf(said, sizeof said, "%s", status ? "" : out);
    govsvc_free(out);
    return status;
}

#define ASK(role, operation, ...) ask_as(s.as[role], operation, __VA_ARGS__)

/* It works, or the problem is shown. */
#define DONE(role, operation, ...)                                                                           \
    do {                                                                                                     \
        govsvc_status done_ = ASK(role, operation, __VA_ARGS__);                                             \
        CHECK_INT(done_, GOVSVC_OK);                                                                         \
        if (done_)                                                                                           \
            fprintf(stderr, "   %s: %s %s\n", operation, story_problem(s.as[role])->field,                   \
                    story_problem(s.as[role])->text_en);                                                     \
    } while (0)

/* It is refused with this status, and this rule at this field. */
#define REFUSED(status, at_field, by_rule, role, operation, ...)                                             \
    do {                                                                                                     \
        CHECK_INT(ASK(role, operation, __VA_ARGS__), status);                                                \
        CHECK_TEXT(story_problem(s.as[role])->field, at_field);                                              \
        CHECK_TEXT(story_problem(s.as[role])->rule, by_rule);                                                \
        CHECK(*story_problem(s.as[role])->text_zh &&*story_problem(s.as[role])->text_en);                    \
    } while (0)

#define SAYS(text) CHECK(strstr(said, text) != NULL)
#define SAYS_NOT(text) CHECK(strstr(said, text) == NULL)

static inline void tick(void)
{
    DONE(SYSTEM, "tick", "{}");
}

/* The identifier of the last answer. */
static inline int64_t said_id(void)
{
    const char *found = strstr(said, "\"id\":\"");
    return found ? atoll(found + 6) : 0;
}

/* A member of the clock of this kind, as application.deadline tells it; "" where there is none. */
static inline const char *clock_member(int64_t id, const char *kind, const char *member)
{
    static char value[200];
    char name[80];
    value[0] = '\0';
    CHECK_INT(ASK(ADMINISTRATOR, "application.deadline", "{\"id\":\"%lld\"}", (long long)id), GOVSVC_OK);
    snprintf(name, sizeof name, "\"kind\":\"%s\",\"title\"", kind);
    const char *found = strstr(said, name), *begin = found;
    while (begin && begin > said && strncmp(begin, "{\"due_at\"", 9) != 0)
        begin--;
    snprintf(name, sizeof name, "\"%s\":\"", member);
    const char *start = begin ? strstr(begin, name) : NULL;
    if (start)
        sscanf(start + strlen(name), "%199[^\"]", value);
    return value;
}

#define CLOCK(id, kind, state_, due)                                                                         \
    do {                                                                                                     \
        CHECK_TEXT(clock_member(id, kind, "state"), state_);                                                 \
        CHECK_TEXT(clock_member(id, kind, "due_date"), due);                                                 \
    } while (0)

/* How often the explanation of the case's clocks says this. */
static inline int explained(int64_t id, const char *words)
{
    int count = 0;
    CHECK_INT(ASK(ADMINISTRATOR, "application.deadline", "{\"id\":\"%lld\"}", (long long)id), GOVSVC_OK);
    for (const char *found = said; (found = strstr(found, words)); found += strlen(words))
        count++;
    return count;
}

/* Publishes the next version of the story's matter. */
static inline void publish_next(story_drafts *drafts, int64_t version)
{
    const govsvc_matter *out = NULL;
    drafts->matter.version = version;
    drafts->matter.effective_date = NULL;
    CHECK_INT(govsvc_matter_put(s.as[ADMINISTRATOR], &drafts->matter, &out), GOVSVC_OK);
    if (!out) {
        fprintf(stderr, "   matter.put: %s %s\n", story_problem(s.as[ADMINISTRATOR])->field,
                story_problem(s.as[ADMINISTRATOR])->text_en);
        return;
    }
    long long id = (long long)out->id;
    govsvc_free(out);
    DONE(ADMINISTRATOR, "matter.review", "{\"id\":\"%lld\"}", id);
    DONE(ADMINISTRATOR, "matter.publish", "{\"id\":\"%lld\"}", id);
}

/* A step of a case without more words. */
#define STEP(role, action, id) DONE(role, "application." action, "{\"id\":\"%lld\"}", (long long)(id))

#endif
