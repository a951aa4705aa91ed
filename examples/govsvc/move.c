/* move.c - records from a file into the store and out again: import, export. */
#define _POSIX_C_SOURCE 200809L
#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

typedef struct moving {
    const cli_run *run;
    const char *name;
    FILE *file;
    int64_t size;     /* 0: not known */
    int64_t rejected; /* lines told */
} moving;

/* ---- import ------------------------------------------------------------------------------------------ */

static int64_t read_file(void *context, void *bytes, size_t size)
{
    moving *from = context;
    size_t got = fread(bytes, 1, size, from->file);
    return ferror(from->file) ? -1 : (int64_t)got;
}

static bool show_progress(void *context, int64_t done, int64_t bytes)
{
    const moving *at = context;
    cli_progress(at->run, done, bytes, at->size);
    return true;
}

/* "matters.xml:12: /code：..." */
static void show_rejected(void *context, int64_t line, const govsvc_problem_list *problems)
{
    moving *at = context;
    at->rejected++;
    cli_progress_end();
    for (uint64_t i = 0; i < problems->problem_count; i++) {
        fprintf(stderr, "%s:%" PRId64 ": ", at->name, line);
        cli_say_problem(at->run, stderr, NULL, problems->problems[i]);
    }
}

static void show_report(const cli_run *run, const govsvc_import_report *report)
{
    char zh[200], en[200];
    bool dry = run->options.dry_run;
    snprintf(zh, sizeof zh, "新增 %" PRId64 "，更新 %" PRId64 "，未变 %" PRId64 "，拒绝 %" PRId64 "%s",
             report->added, report->changed, report->unchanged, report->rejected,
             dry ? "（试运行，未保存）" : "");
    snprintf(en, sizeof en,
             "%" PRId64 " added, %" PRId64 " changed, %" PRId64 " unchanged, %" PRId64 " rejected%s",
             report->added, report->changed, report->unchanged, report->rejected,
             dry ? "; dry run, nothing kept" : "");
    cli_say(run, stdout, report->record, zh, en);
}

static int import_from(const cli_run *run, moving *from)
{
    const govsvc_import_report *report = NULL;
    govsvc_import_request request = GOVSVC_IMPORT_REQUEST_INIT;
    struct stat facts;
    if (fstat(fileno(from->file), &facts) == 0 && S_ISREG(facts.st_mode))
        from->size = facts.st_size;
    request.dry_run = run->options.dry_run ? GOVSVC_YES : GOVSVC_NO;
    request.record = run->options.record;
    request.encoding = run->options.encoding;
    request.read = read_file;
    request.progress = show_progress;
    request.reject = show_rejected;
    request.read_context = request.progress_context = request.reject_context = from;
    govsvc_status status = govsvc_import(run->session, &request, &report);
    cli_progress_end();
    if (ferror(from->file))
        return cli_fail(run, CLI_NO, from->name, "读取失败", strerror(errno));
    if (status)
        return cli_end(run, status);
    show_report(run, report);
    govsvc_free(report);
    return from->rejected ? CLI_NO : CLI_DONE;
}

int cli_import(cli_run *run)
{
    const char *name = run->words[0];
    bool standard = strcmp(name, "-") == 0;
    moving from = {.run = run, .name = name, .file = standard ? stdin : fopen(name, "rb")};
    if (!from.file)
        return cli_fail(run, CLI_NO, name, "打不开文件", strerror(errno));
    int code = import_from(run, &from);
    if (!standard)
        fclose(from.file);
    return code;
}

/* ---- export ------------------------------------------------------------------------------------------ */

static bool write_file(void *context, const void *bytes, size_t size)
{
    const moving *to = context;
    return fwrite(bytes, 1, size, to->file) == size;
}

/* 0: it was said that there is none of this name. */
static int64_t format_named(const cli_run *run)
{
    static const char *const names[] = {"json", "xml", "csv"}; /* from GOVSVC_FORMAT_JSON_LINES on */
    const char *name = run->options.format ? run->options.format : names[0];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return GOVSVC_FORMAT_JSON_LINES + (int64_t)i;
    cli_fail(run, CLI_USAGE, name, "--format 应为 json、xml 或 csv", "--format must be json, xml or csv");
    return 0;
}

int cli_export(cli_run *run)
{
    moving to = {.run = run, .name = "-", .file = stdout};
    govsvc_export_request request = GOVSVC_EXPORT_REQUEST_INIT;
    request.format = format_named(run);
    if (!request.format)
        return CLI_USAGE;
    request.record = run->word_count ? run->words[0] : NULL;
    request.write = write_file;
    request.write_context = &to;
    return cli_end(run, govsvc_export(run->session, &request));
}
