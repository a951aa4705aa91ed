/* XML into records, as the bytes come: libxml2 pushes elements, a stack of frames says what they mean. No
 * tree is built. */
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "base/text.h"
#include "record/value.h"
#include "record/xml.h"

/* What an open element is. */
enum { AT_ROOT, AT_RECORD, AT_FIELD, AT_LIST, AT_ITEM, AT_SKIPPED };

enum { CHUNK = 16384 };

typedef struct frame {
    int what;
    uint32_t near;           /* AT_RECORD: behind the field that stood there last */
    const gs_record *record; /* AT_RECORD: what the struct is */
    void *at;                /* AT_RECORD: the struct; AT_FIELD, AT_LIST: the one with the field */
    const gs_field *field;   /* AT_FIELD, AT_LIST, AT_ITEM */
    gs_path path;
    bool seen[GS_FIELDS_MAX]; /* AT_RECORD: fields that stood there */
    const void **items;       /* AT_LIST */
    uint64_t count;
    uint64_t room;
} frame;

typedef struct reader {
    gs_xml_record_fn record_of;
    gs_xml_taken_fn taken;
    void *context;
    gs_arena *arena;       /* of the record that is read */
    gs_problems *problems; /* of that record */
    gs_problems *of_document;
    xmlParserCtxt *parser;
    govsvc_status status; /* other than OK: it is over */
    int64_t line;         /* of the record's element */
    gs_buffer text;       /* of the field that is read */
    bool text_full;
    size_t record_size;
    bool broken;
    bool garbled; /* the bytes are none of its encoding */
    size_t depth;
    frame frames[GS_XML_DEPTH_MAX];
} reader;

static frame *top_of(reader *of)
{
    return &of->frames[of->depth - 1];
}

static int64_t line_of(const reader *of)
{
    return of->parser->input ? of->parser->input->line : 0;
}

static void stop(reader *of, govsvc_status status)
{
    if (of->status == GOVSVC_OK)
        of->status = status;
    xmlStopParser(of->parser);
}

/* The document itself is wrong: told once, and read no further. */
static void broken(reader *of, const char *rule, int64_t line, const char *expected, const char *words)
{
    gs_arena *arena = gs_problems_arena(of->of_document);
    static const gs_path document = {NULL, "", 0};
    if (of->broken || of->status != GOVSVC_OK)
        return;
    of->broken = true;
    int size = (int)strcspn(words, "\r\n");
    const char *got = gs_arena_print(arena, "line %lld: %.*s", (long long)line, size, words);
    stop(of, gs_path_tell(&document, of->of_document, rule, expected, got));
}

static gs_problems *problems_of(reader *of)
{
    return of->depth > 1 ? of->problems : of->of_document;
}

/* An element or attribute that means nothing here. */
static void unknown(reader *of, const gs_path *above, const char *rule, const char *name)
{
    gs_problems *problems = problems_of(of);
    gs_path path = {above, name, 0};
    char got[GS_INTEGER_SIZE + 8] = "line ";
    got[5 + gs_integer_write(line_of(of), got + 5)] = '\0';
    gs_path_tell(&path, problems, rule, NULL, got);
}

/* ---- elements that begin ----------------------------------------------------------------------------- */

static void begin_record(reader *of, frame *to, const gs_record *record)
{
    *to = (frame){
        .what = AT_RECORD, .record = record, .path = to->path, .at = gs_arena_alloc(of->arena, record->size)};
    if (to->at)
        gs_record_init(record, to->at);
    else
        stop(of, GOVSVC_NO_MEMORY);
}

static void begin_below_root(reader *of, frame *to, const char *name)
{
    const gs_record *record = of->record_of(of->context, name);
    if (!record) {
        unknown(of, &of->frames[0].path, "unknown_field", name);
        return;
    }
    gs_arena_reset(of->arena);
    gs_problems_clear(of->problems);
    of->text = (gs_buffer){.arena = of->arena};
    of->record_size = 0;
    of->line = line_of(of);
    to->path = (gs_path){NULL, "", 0};
    begin_record(of, to, record);
}

static void begin_text(reader *of, frame *to, int what, const gs_field *field)
{
    to->what = what;
    to->field = field;
    of->text.size = 0;
    of->text_full = false;
    gs_buffer_add(&of->text, "", 0);
}

static void begin_field(reader *of, frame *above, frame *to, const char *name)
{
    const gs_field *field = gs_record_field_near(above->record, name, &above->near);
    bool *seen = field ? &above->seen[field - above->record->fields] : NULL;
    if (!field || *seen) {
        unknown(of, &above->path, field ? "duplicate" : "unknown_field", name);
        return;
    }
    *seen = true;
    to->at = above->at;
    to->path = (gs_path){&above->path, field->name, 0};
    if (field->kind != GS_LIST && field->kind != GS_TEXTS) {
        begin_text(of, to, AT_FIELD, field);
        return;
    }
    to->what = AT_LIST;
    to->field = field;
    to->items = NULL;
    to->count = to->room = 0;
}

/* One more place in a list, within what it may hold; more is told once, by one that is too many. */
static bool widen(reader *of, frame *list)
{
    uint64_t most = gs_field_most(list->field);
    if (list->count >= most) {
        if (list->count++ == most)
            gs_path_tell(&list->path, of->problems, "too_many",
                         gs_arena_print(of->arena, "%llu", (unsigned long long)most), "more");
        return false;
    }
    if (list->count < list->room)
        return true;
    uint64_t room = list->room ? list->room * 2 : 8;
    const void **items = gs_arena_array(of->arena, room, sizeof *items);
    if (!items) {
        stop(of, GOVSVC_NO_MEMORY);
        return false;
    }
    if (list->count)
        memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
    list->room = room;
    return true;
}

static void begin_item(reader *of, frame *list, frame *to, const char *name)
{
    const gs_field *field = list->field;
    if (strcmp(name, field->kind == GS_LIST ? field->of->name : "item") != 0) {
        unknown(of, &list->path, "unknown_field", name);
        return;
    }
    if (!widen(of, list))
        return;
    to->path = (gs_path){&list->path, NULL, list->count};
    if (field->kind == GS_TEXTS) {
        begin_text(of, to, AT_ITEM, field);
        return;
    }
    begin_record(of, to, field->of);
    list->items[list->count++] = to->at;
}

/* Attributes without a prefix would be lost, and are told; those with one speak of the document. */
static void look_at_attributes(reader *of, int count, const xmlChar **attributes)
{
    const frame *at = top_of(of);
    for (int i = 0; i < count && at->what != AT_SKIPPED && at->what != AT_ROOT; i++) {
        char name[40] = "@";
        strncat(name, (const char *)attributes[i * 5], sizeof name - 2);
        if (!attributes[i * 5 + 1])
            unknown(of, &at->path, "unknown_field", name);
    }
}

static void element_begins(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                           int spaces, const xmlChar **namespaces, int count, int defaulted,
                           const xmlChar **attributes)
{
    reader *of = context;
    const char *name = (const char *)local;
    (void)prefix, (void)uri, (void)spaces, (void)namespaces, (void)defaulted;
    if (of->status != GOVSVC_OK)
        return;
    if (of->depth == GS_XML_DEPTH_MAX) {
        broken(of, "too_deep", line_of(of), "16", "nested too deep");
        return;
    }
    frame *to = &of->frames[of->depth], *above = of->depth ? to - 1 : NULL;
    to->what = above ? AT_SKIPPED : AT_ROOT;
    to->path = (gs_path){NULL, "", 0};
    if (above && above->what == AT_ROOT)
        begin_below_root(of, to, name);
    else if (above && above->what == AT_RECORD)
        begin_field(of, above, to, name);
    else if (above && above->what == AT_LIST)
        begin_item(of, above, to, name);
    else if (above && above->what != AT_SKIPPED)
        unknown(of, &above->path, "unknown_field", name);
    of->depth++;
    look_at_attributes(of, count, attributes);
}

/* ---- text -------------------------------------------------------------------------------------------- */

static bool blank(const char *text, size_t size)
{
    while (size && strchr(" \t\r\n", text[size - 1]))
        size--;
    return size == 0;
}

static void stray_text(reader *of, const frame *at)
{
    gs_path_tell(&at->path, problems_of(of), "type", at->what == AT_LIST ? "array" : "object", "string");
}

static void text_comes(void *context, const xmlChar *bytes, int length)
{
    reader *of = context;
    size_t size = (size_t)length;
    const frame *at = of->depth ? top_of(of) : NULL;
    if (of->status != GOVSVC_OK || !at || at->what == AT_SKIPPED || of->text_full)
        return;
    if (at->what != AT_FIELD && at->what != AT_ITEM) {
        if (!blank((const char *)bytes, size))
            stray_text(of, at);
        return;
    }
    of->record_size += size;
    if (of->text.size + size > GS_XML_TEXT_MAX || of->record_size > GS_XML_RECORD_MAX) {
        of->text_full = true;
        gs_path_tell(&at->path, of->problems, "too_large", gs_arena_print(of->arena, "%d", GS_XML_TEXT_MAX),
                     "more");
        return;
    }
    gs_buffer_add(&of->text, bytes, size);
}

/* ---- elements that end ------------------------------------------------------------------------------- */

static void end_field(reader *of, const frame *at)
{
    govsvc_status status =
        gs_value_parse(at->field, of->text.text, of->text.size, at->at, of->arena, &at->path, of->problems);
    if (status == GOVSVC_NO_MEMORY)
        stop(of, status);
}

static void end_item(reader *of, frame *list)
{
    list->items[list->count++] = gs_arena_copy(of->arena, of->text.text, of->text.size);
}

static void end_text(reader *of, frame *at)
{
    if (!of->text_full && at->what == AT_FIELD)
        end_field(of, at);
    else if (!of->text_full)
        end_item(of, at - 1);
    of->text_full = false;
}

static void end_list(const frame *at)
{
    uint64_t most = gs_field_most(at->field);
    *gs_field_items(at->field, at->at) = at->items;
    *gs_field_count(at->field, at->at) = at->count < most ? at->count : most;
}

static void element_ends(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    reader *of = context;
    (void)local, (void)prefix, (void)uri;
    if (of->status != GOVSVC_OK || of->depth == 0)
        return;
    frame *at = top_of(of);
    if (gs_arena_failed(of->arena) || gs_problems_status(of->problems) == GOVSVC_NO_MEMORY) {
        stop(of, GOVSVC_NO_MEMORY);
        return;
    }
    if (at->what == AT_FIELD || at->what == AT_ITEM)
        end_text(of, at);
    else if (at->what == AT_LIST)
        end_list(at);
    of->depth--;
    if (at->what != AT_RECORD || of->depth != 1 || of->status != GOVSVC_OK)
        return;
    govsvc_status status = of->taken(of->context, at->record, at->at, of->line, of->problems);
    if (status != GOVSVC_OK)
        stop(of, status);
}

/* ---- the document ------------------------------------------------------------------------------------ */

static void doctype_comes(void *context, const xmlChar *name, const xmlChar *public_id,
                          const xmlChar *system_id)
{
    reader *of = context;
    (void)name, (void)public_id, (void)system_id;
    broken(of, "xml", line_of(of), NULL, "a DOCTYPE is not allowed");
}

/* libxml2 holds what it has not seen the end of, up to a limit of its own. */
static const char *words_of(const xmlError *error)
{
    const char *words = error->message ? error->message : "";
    return strstr(words, "Huge input") ? "a tag, comment or CDATA section of more than 10 MB" : words;
}

static void error_comes(void *context, xmlErrorPtr error)
{
    reader *of = context;
    if (error->code == XML_ERR_NO_MEMORY)
        stop(of, GOVSVC_NO_MEMORY);
    else if (error->level >= XML_ERR_ERROR)
        broken(of, "xml", error->line, NULL, words_of(error));
}

/* A character that is none in the document's own encoding libxml2 tells nobody but the thread's hook, or
 * prints it: the hook is borrowed for a chunk and given back. It comes where the parser cannot be stopped. */
static void garbled_comes(void *context, xmlErrorPtr error)
{
    reader *of = context;
    of->garbled = of->garbled || error->level >= XML_ERR_ERROR;
}

static int parse_chunk(reader *of, const char *bytes, int size)
{
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(of, garbled_comes);
    int code = xmlParseChunk(of->parser, bytes, size, size == 0);
    xmlSetStructuredErrorFunc(context, before);
    return code;
}

/* As much as a chunk holds, however small the source's own pieces are: what the parser makes of a document
 * that is nearly wrong may depend on where it is cut. */
static int64_t read_chunk(const gs_xml_source *source, char bytes[CHUNK])
{
    int64_t size = 0, more = 1;
    while (more > 0 && size < CHUNK) {
        more = source->read(source->context, bytes + size, (size_t)(CHUNK - size));
        if (more < 0 || more > CHUNK - size)
            return -1;
        size += more;
    }
    return size;
}

static void pump(reader *of, const gs_xml_source *source)
{
    char bytes[CHUNK];
    while (of->status == GOVSVC_OK) {
        int64_t size = read_chunk(source, bytes);
        if (size < 0) {
            of->status = GOVSVC_CANCELLED;
            return;
        }
        int code = parse_chunk(of, bytes, (int)size);
        if (code == XML_ERR_NO_MEMORY)
            stop(of, GOVSVC_NO_MEMORY);
        else if (of->garbled)
            broken(of, "xml", line_of(of), NULL, "a character that is none in its encoding");
        else if (code != XML_ERR_OK && !of->parser->wellFormed)
            broken(of, "xml", line_of(of), NULL, "not well-formed");
        if (size == 0)
            return;
    }
}

static xmlParserCtxt *parser_new(reader *of)
{
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = element_begins,
        .endElementNs = element_ends,
        .characters = text_comes,
        .ignorableWhitespace = text_comes,
        .internalSubset = doctype_comes,
        .serror = error_comes,
    };
    xmlParserCtxt *parser = xmlCreatePushParserCtxt(&handler, of, NULL, 0, NULL);
    if (parser)
        xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    return parser;
}

govsvc_status gs_xml_read(const gs_xml_source *source, gs_xml_record_fn record_of, gs_xml_taken_fn taken,
                          void *context, gs_problems *problems, const govsvc_allocator *allocator)
{
    gs_arena *arena = gs_arena_new(allocator, sizeof(reader)), *records = gs_arena_new(allocator, 0);
    reader *of = arena ? gs_arena_root(arena) : NULL;
    govsvc_status status = GOVSVC_NO_MEMORY;
    if (of) {
        *of = (reader){.record_of = record_of, .taken = taken, .context = context, .of_document = problems};
        of->arena = records;
        of->problems = gs_problems_new(allocator);
        of->parser = parser_new(of);
    }
    if (of && records && of->problems && of->parser) {
        pump(of, source);
        status = of->status != GOVSVC_OK ? of->status : gs_problems_status(problems);
    }
    if (of) {
        xmlFreeParserCtxt(of->parser);
        gs_problems_free(of->problems);
    }
    gs_arena_free(records);
    gs_arena_free(arena);
    return status;
}
