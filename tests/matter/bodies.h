/* tests/matter/bodies.h - bodies of five levels, and the steps by which their matters come into force.
 *
 * May use: api/story.h, the library's insides.
 */
#ifndef TESTS_MATTER_BODIES_H
#define TESTS_MATTER_BODIES_H

#include <stdio.h>
#include <string.h>

#include "api/story.h"
#include "codes/check.h"
#include "test.h"

#define BODIES_BASIC "000117051000"

/* An organ's code that is valid in form, in a division of six digits. */
static inline void organ_of(const char *division, int number, char out[19])
{
    char body[9];
    snprintf(body, sizeof body, "XN%06d", number);
    snprintf(out, 19, "11%.6s%s%c", division, body, gs_org_code_check_character(body, 8));
    out[17] = gs_uscc_check_character(out, 17);
    out[18] = '\0';
}

typedef govsvc_status (*matter_step)(govsvc_session *, const govsvc_step *, const govsvc_matter **);

static inline govsvc_status take(story *s, matter_step function, int64_t id)
{
    govsvc_step in = GOVSVC_STEP_INIT;
    in.id = id;
    in.opinion = "说明";
    return function(s->as[ADMINISTRATOR], &in, NULL);
}

static inline govsvc_status publish_version(story *s, int64_t id)
{
    govsvc_status status = take(s, govsvc_matter_review, id);
    return status ? status : take(s, govsvc_matter_publish, id);
}

/* All there is to do. */
static inline void tick_all(story *s)
{
    const govsvc_tick_report *report = NULL;
    bool more = true;
    for (int i = 0; more && i < 100; i++) {
        govsvc_tick_request in = GOVSVC_TICK_REQUEST_INIT;
        s->now += STORY_SECOND;
        CHECK_INT(govsvc_tick(s->as[SYSTEM], &in, &report), GOVSVC_OK);
        more = report->more == GOVSVC_YES;
        govsvc_free(report);
    }
}

/* The newest version of a code. */
static inline const govsvc_matter *newest(story *s, const char *code)
{
    const govsvc_matter *out = NULL;
    govsvc_get_request in = GOVSVC_GET_REQUEST_INIT;
    in.number = code;
    CHECK_INT(govsvc_matter_get(s->as[ADMINISTRATOR], &in, &out), GOVSVC_OK);
    return out;
}

#endif
