/* keep.c - what keeps a store going: tick, feed, check-store, backup, migrate. */
#include "run.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

/* ---- tick -------------------------------------------------------------------------------------------- */

int cli_tick(cli_run *run)
{
    govsvc_tick_request request = GOVSVC_TICK_REQUEST_INIT;
    int64_t timers = 0, entries = 0;
    bool more = true;
    govsvc_status status = GOVSVC_OK;
    if (run->options.limit && !cli_number(run, "--limit", run->options.limit, 1, 10000, &request.limit))
        return CLI_NO;
    while (more && status == GOVSVC_OK) {
        const govsvc_tick_report *report = NULL;
        status = govsvc_tick(run->session, &request, &report);
        if (status)
            break;
        timers += report->timers;
        entries += report->entries;
        more = report->more == GOVSVC_YES;
        govsvc_free(report);
    }
    char zh[120], en[120];
    snprintf(zh, sizeof zh, "到期处理 %" PRId64 " 项，跟随日志 %" PRId64 " 条", timers, entries);
    snprintf(en, sizeof en, "%" PRId64 " timers fired, %" PRId64 " journal entries followed", timers,
             entries);
    if (!status)
        cli_say(run, stdout, NULL, zh, en);
    return cli_end(run, status);
}

/* ---- feed
 * --------------------------------------------------------------------------------------------------------
 */

static const char *text_of(const json_t *tree, const char *name)
{
    const char *text = json_string_value(json_object_get(tree, name));
    return text ? text : "";
}

/* A journal entry as a CloudEvent 1.0. */
static bool write_event(json_t *entry)
{
    char id[64], source[64], type[160];
    json_int_t tenant = json_integer_value(json_object_get(entry, "tenant"));
    json_int_t position = json_integer_value(json_object_get(entry, "position"));
    snprintf(id, sizeof id, "%" JSON_INTEGER_FORMAT "-%" JSON_INTEGER_FORMAT, tenant, position);
    snprintf(source, sizeof source, "/govsvc/%" JSON_INTEGER_FORMAT, tenant);
    snprintf(type, sizeof type, "cn.gov.govsvc.%s.%s.v1", text_of(entry, "kind"), text_of(entry, "action"));
    json_t *event =
        json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:O}", "specversion", "1.0", "id", id, "source", source,
                  "type", type, "subject", text_of(entry, "subject"), "time", text_of(entry, "occurred_at"),
                  "datacontenttype", "application/json", "data", entry);
    bool written = event && json_dumpf(event, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
    json_decref(event);
    return written;
}

/* One page; *after moves to its end, *more: there may be another. */
static govsvc_status feed_page(const cli_run *run, int64_t *after, bool *more)
{
    enum { PAGE = 500 };
    char request[80];
    const char *text = NULL;
    size_t i;
    json_t *entry;
    snprintf(request, sizeof request, "{\"after\":%" PRId64 ",\"limit\":%d}", *after, PAGE);
    govsvc_status status = govsvc_call(run->session, "journal.feed", request, &text);
    if (status)
        return status;
    json_t *page = json_loads(text, 0, NULL), *entries = json_object_get(page, "entries");
    *after = json_integer_value(json_object_get(page, "next"));
    *more = json_array_size(entries) == PAGE;
    json_array_foreach(entries, i, entry) if (!write_event(entry)) status = GOVSVC_CANCELLED;
    json_decref(page);
    govsvc_free(text);
    return status;
}

int cli_feed(cli_run *run)
{
    int64_t after = 0;
    bool more = true;
    govsvc_status status = GOVSVC_OK;
    if (run->options.after && !cli_number(run, "--after", run->options.after, 0, INT64_C(1) << 53, &after))
        return CLI_NO;
    while (more && status == GOVSVC_OK)
        status = feed_page(run, &after, &more);
    return cli_end(run, status);
}

/* ---- keeping
 * -------------------------------------------------------------------------------------------------------
 */

int cli_check_store(cli_run *run)
{
    const govsvc_store_request request = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_store_report *report = NULL;
    govsvc_status status = govsvc_store_check(run->session, &request, &report);
    if (status)
        return cli_end(run, status);
    uint64_t found = report->complaint_count;
    for (uint64_t i = 0; i < found; i++)
        puts(report->complaints[i]);
    char zh[160], en[160];
    snprintf(zh, sizeof zh, "核对 %" PRId64 " 行、%" PRId64 " 条日志：异常 %" PRIu64 " 处", report->rows,
             report->entries, found);
    snprintf(en, sizeof en,
             "%" PRId64 " rows and %" PRId64 " journal entries checked: %" PRIu64 " complaints",
             report->rows, report->entries, found);
    cli_say(run, stdout, NULL, zh, en);
    govsvc_free(report);
    return found ? CLI_STORE : CLI_DONE;
}

int cli_backup(cli_run *run)
{
    govsvc_store_request request = GOVSVC_STORE_REQUEST_INIT;
    request.path = run->words[0];
    govsvc_status status = govsvc_store_backup(run->session, &request, NULL);
    if (!status)
        cli_say(run, stdout, run->words[0], "已备份", "backed up");
    return cli_end(run, status);
}

int cli_migrate(cli_run *run)
{
    const govsvc_store_request request = GOVSVC_STORE_REQUEST_INIT;
    const govsvc_store_report *report = NULL;
    govsvc_status status = govsvc_store_migrate(run->session, &request, &report);
    if (status)
        return cli_end(run, status);
    char zh[80], en[80];
    snprintf(zh, sizeof zh, "补建表和列 %" PRId64 " 个", report->added);
    snprintf(en, sizeof en, "%" PRId64 " tables and columns added", report->added);
    cli_say(run, stdout, NULL, zh, en);
    govsvc_free(report);
    return CLI_DONE;
}
