/* run.h - one run of the program: what was asked for, and the store it works with. */
#ifndef GOVSVC_CLI_RUN_H
#define GOVSVC_CLI_RUN_H

#include <stdio.h>

#include "cli.h"

/* Which options a command takes besides --lang and --help. */
enum {
    CLI_TAKES_STORE = 1,
    CLI_TAKES_DIVISION = 2,
    CLI_TAKES_AFTER = 4,
    CLI_TAKES_LIMIT = 8,
    CLI_TAKES_DRY_RUN = 16,
    CLI_TAKES_RECORD = 32, /* and an encoding */
    CLI_TAKES_FORMAT = 64,
    CLI_TAKES_XSD = 128
};

enum { CLI_WORDS_MAX = 64 };

typedef struct cli_options {
    const char *store;    /* -s */
    const char *division; /* --division */
    const char *actor;    /* --as: a file */
    const char *at;       /* --at: the time */
    const char *after;    /* --after */
    const char *limit;    /* --limit */
    const char *language; /* --lang */
    const char *record;   /* --record */
    const char *encoding; /* --encoding */
    const char *format;   /* --format */
    bool dry_run;
    bool xsd;
    bool help;
    bool version;
    const char *words[CLI_WORDS_MAX]; /* the command, and what follows it */
    int word_count;
    unsigned given; /* CLI_TAKES_... of the options that stood there */
} cli_options;

typedef struct cli_command cli_command;

typedef struct cli_run {
    const cli_host *host;
    const cli_command *command;
    cli_options options;
    const char **words; /* behind the command */
    int word_count;
    bool english; /* English alone */
    int64_t now;  /* --at */
    govsvc *gs;
    govsvc_session *session;
} cli_run;

struct cli_command {
    const char *name;
    const char *words; /* as help shows them */
    int least, most;   /* how many words there may be */
    unsigned takes;
    bool creates; /* a store that is not there yet is made */
    const char *zh;
    const char *en;
    int (*run)(cli_run *run);
};

extern const cli_command cli_commands[]; /* ends with a NULL name */

/* options.c: false: the command line is wrong, and it was said how. */
bool cli_read_options(cli_run *run, int argc, char **argv);
/* help.c */
void cli_help(const cli_run *run);
void cli_help_command(const cli_run *run);

/* say.c: one line on a stream, Chinese first; then "what: " before it where what is not NULL. */
void cli_say(const cli_run *run, FILE *to, const char *what, const char *zh, const char *en);
/* The same on stderr, and the exit code back. */
int cli_fail(const cli_run *run, int code, const char *what, const char *zh, const char *en);
void cli_say_problem(const cli_run *run, FILE *to, const char *what, const govsvc_problem *problem);
void cli_say_problems(const cli_run *run, FILE *to, const govsvc_problem_list *problems);
/* What a status is as an exit code; what was wrong goes to stderr. */
int cli_code(govsvc_status status);
int cli_end(const cli_run *run, govsvc_status status);
/* A whole number from least to most; else it is said what is wrong. */
bool cli_number(const cli_run *run, const char *name, const char *text, int64_t least, int64_t most,
                int64_t *out);

/* store.c: opens the store and a session; CLI_DONE, or the exit code. */
int cli_open(cli_run *run);
void cli_close(cli_run *run);
/* moment.c: RFC 3339, or a date (9:00 in Beijing). */
bool cli_moment(const char *text, int64_t *at);
/* progress.c: how much of all (0: it is not known) is done; the line is taken away at the end. */
void cli_progress(const cli_run *run, int64_t records, int64_t bytes, int64_t all);
void cli_progress_end(void);

/* The commands. */
int cli_call(cli_run *run);
int cli_operations(cli_run *run);
int cli_describe(cli_run *run);
int cli_find(cli_run *run);
int cli_guide(cli_run *run);
int cli_form(cli_run *run);
int cli_compose(cli_run *run);
int cli_check(cli_run *run);
int cli_workdays(cli_run *run);
int cli_import(cli_run *run);
int cli_export(cli_run *run);
int cli_tick(cli_run *run);
int cli_feed(cli_run *run);
int cli_backup(cli_run *run);
int cli_check_store(cli_run *run);
int cli_migrate(cli_run *run);
int cli_version(cli_run *run);

#endif
