/* tests/api/story.h - a store at work, for the tests of the whole library: a clock that stands where it is
 * put, a session for every role, a published matter, and applications in any state.
 *
 *     story s;
 *     story_open(&s, story_store());
 *     int64_t id = story_application(&s, "accepted");
 *     ...
 *     story_close(&s);
 *
 * May use: the library's insides. What does not work here ends the test: nothing else could be tested.
 */
#ifndef TESTS_API_STORY_H
#define TESTS_API_STORY_H

#include "api/handle.h"

#define STORY_ORGAN "11440232MB2D06811W"
#define STORY_OTHER_ORGAN "11310000MB2F3008XM"
#define STORY_MATTER STORY_ORGAN "4000117051000"
#define STORY_CITIZEN "11010519491231002X"

enum {
    STORY_ROLES = 14,
    STORY_TABLES_MAX = 40,
    STORY_SECOND = 1000,
    STORY_HOUR = 3600000,
    STORY_DAY = 86400000
};

/* In the order of the roles below. */
typedef enum story_role {
    APPLICANT,
    AGENT,
    WINDOW_CLERK,
    ACCEPTOR,
    REVIEWER,
    ORGAN_HEAD,
    GOVERNMENT_HEAD,
    HOTLINE_SEAT,
    CENTRE_SUPERVISOR,
    HANDLER,
    GRID_WORKER,
    AUDITOR,
    ADMINISTRATOR,
    SYSTEM
} story_role;
extern const char *const story_role_names[STORY_ROLES];

typedef struct story {
    int64_t now;
    govsvc *gs;
    govsvc_session *as[STORY_ROLES];      /* within whose scope the story's cases are */
    govsvc_session *outside[STORY_ROLES]; /* another person, organ and division */
    govsvc_session *anyone;               /* has every role */
    int64_t matter;
    char sql[STORY_TABLES_MAX][160];
} story;

/* ---- opening ----------------------------------------------------------------------------------------- */

/* Where tests keep their store: GOVSVC_TEST_POSTGRES, emptied; else SQLite in memory. */
const char *story_store(void);
/* "sqlite:" and a path in a directory of this process's own. */
const char *story_file(const char *name);
/* Removes that directory. */
void story_clean(void);

/* A configuration with the story's clock, which is put to Monday 2026-03-02, 9 o'clock. */
govsvc_config story_config(story *s, const char *store);
/* Opens with it, and the sessions. On failure there is nothing to close. */
govsvc_status story_begin(story *s, const govsvc_config *config);
/* Both, and the matter; it works. */
void story_open(story *s, const char *store);
void story_close(story *s);
/* NULL: it did not open. */
govsvc_session *story_session(govsvc *gs, const char *id, const char *role, bool outside,
                              const char *purpose);

/* ---- acting ------------------------------------------------------------------------------------------ */

/* The typed function of an operation; UNSUPPORTED where it has none. */
govsvc_status story_call(govsvc_session *session, const char *operation, const void *in, const void **out);
bool story_is_typed(const char *operation);

typedef struct story_drafts {
    govsvc_material material;
    const govsvc_material *materials[1];
    govsvc_legal_basis basis;
    const govsvc_legal_basis *bases[1];
    govsvc_special_procedure procedure;
    const govsvc_special_procedure *procedures[1];
    govsvc_matter_draft matter;
    govsvc_supplied supplied;
    const govsvc_supplied *supplies[1];
    govsvc_application_draft application;
} story_drafts;
/* A matter and an application for it that are in order; they point into themselves. */
void story_drafts_init(story_drafts *drafts);

/* Any step of an application, with what it needs besides. */
govsvc_status story_step(govsvc_session *session, const char *action, const govsvc_step *step,
                         const govsvc_application **out);
/* The same without an answer. revision may be absent, key NULL. */
govsvc_status story_act(govsvc_session *session, const char *action, int64_t id, const char *key);
govsvc_status story_submit(govsvc_session *session, const char *key, int64_t *id);
govsvc_status story_put_matter(govsvc_session *session, int64_t version, const char *key, int64_t *id);
/* The same, and reviewed. */
govsvc_status story_put_reviewed(govsvc_session *session, int64_t version, int64_t *id);
/* A mandate for everything, for ever. */
void story_grant(govsvc_session *principal, const char *agent);
/* Puts and publishes the matter. */
void story_publish(story *s);
/* A new application that has come to this state on its shortest lawful way. */
int64_t story_application(story *s, const char *state);

/* The step that leads to a state from the one before it; NULL: there is none. */
typedef struct story_way {
    const char *state, *before, *action;
    story_role role;
} story_way;
const story_way *story_way_to(const char *state);

/* What was wrong with the session's last call; a problem without words where nothing was. */
const govsvc_problem *story_problem(const govsvc_session *session);

/* ---- looking ----------------------------------------------------------------------------------------- */

/* Rows and revisions of every table: what leaves no trace leaves this as it was. */
typedef struct story_trace {
    size_t tables;
    int64_t rows[STORY_TABLES_MAX];
    int64_t revisions[STORY_TABLES_MAX];
} story_trace;
void story_look(story *s, story_trace *out);
bool story_same(const story_trace *a, const story_trace *b);
/* Rows of one table. */
int64_t story_rows(story *s, const char *table);
/* Rows of a table where a text column has a value; sql_text and value live as long as the story. */
int64_t story_count(story *s, const char *sql, const char *value);
/* Complaints of store.check, told on stderr; -1: it could not be checked. */
int64_t story_complaints(story *s);

#endif
