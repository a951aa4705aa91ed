/* lib/api/export_format.c - the formats that govsvc_import() takes back.
 *
 * May use: record.
 */
#include "api/transfer.h"

#include "record/csv.h"
#include "record/xml.h"

static void record_line(gs_buffer *out, const gs_record *kind, const gs_record *draft, const void *at)
{
    gs_buffer_print(out, "{\"%s\":", kind->name);
    gs_json_write(out, draft, at);
    gs_buffer_text(out, "}\n");
}

static void begin_xml(gs_buffer *out, const gs_record *kind, const gs_record *draft)
{
    (void)kind, (void)draft;
    gs_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n");
}

static void record_xml(gs_buffer *out, const gs_record *kind, const gs_record *draft, const void *at)
{
    gs_xml_write(out, kind->name, draft, at, 1);
}

static void end_xml(gs_buffer *out)
{
    gs_buffer_text(out, "</records>\n");
}

static void begin_csv(gs_buffer *out, const gs_record *kind, const gs_record *draft)
{
    gs_csv_write_columns(out, draft, kind);
}

static void record_csv(gs_buffer *out, const gs_record *kind, const gs_record *draft, const void *at)
{
    gs_csv_write(out, draft, kind, at);
}

static const gs_export_format formats[] = {
    [GOVSVC_FORMAT_JSON_LINES] = {false, NULL, record_line, NULL},
    [GOVSVC_FORMAT_XML] = {false, begin_xml, record_xml, end_xml},
    [GOVSVC_FORMAT_CSV] = {true, begin_csv, record_csv, NULL},
};

const gs_export_format *gs_export_format_of(int64_t format)
{
    if (format == GOVSVC_UNSET)
        format = GOVSVC_FORMAT_JSON_LINES;
    return format > 0 && format < (int64_t)(sizeof formats / sizeof *formats) ? &formats[format] : NULL;
}
