/* lib/record/xml.h - records as XML: a stream of them in, and one of them out.
 *
 * May use: base, record, libxml2's push parser. An element a field; a list is a wrapper named like the
 * field around elements named like the item's record, a list of texts one around <item>:
 *
 *     <things><thing><name>甲</name><parts><part>...</part></parts><tags><item>乙</item></tags></thing></things>
 *
 * Names of enumerations, true and false, RFC 3339 and digits are written as in JSON. Nothing outside of the
 * text is ever fetched; a DOCTYPE is refused, and with it every entity but the five.
 */
#ifndef GS_RECORD_XML_H
#define GS_RECORD_XML_H

#include "govsvc/session.h"
#include "record/record.h"

/* Deepest nesting, and the most bytes in one field and in one record. */
enum { GS_XML_DEPTH_MAX = 16, GS_XML_TEXT_MAX = 1 << 20, GS_XML_RECORD_MAX = 16 << 20 };

typedef struct gs_xml_source {
    govsvc_read_fn read;
    void *context;
} gs_xml_source;

/* Which record an element below the root is; NULL: none. */
typedef const gs_record *(*gs_xml_record_fn)(void *context, const char *element);
/* One record as it was read: at lives until the answer, line is where its element begins, problems (never
 * NULL) is what was wrong with its elements, with pointers below it. Another status than OK ends the
 * reading. */
typedef govsvc_status (*gs_xml_taken_fn)(void *context, const gs_record *record, void *at, int64_t line,
                                         gs_problems *problems);

/* Reads to the end. Memory does not grow with the document. INVALID: problems of the document, which was
 * read up to where it is broken; elements that are no record were passed over. CANCELLED: read failed.
 * NO_MEMORY; or what taken answered. */
govsvc_status gs_xml_read(const gs_xml_source *source, gs_xml_record_fn record_of, gs_xml_taken_fn taken,
                          void *context, gs_problems *problems, const govsvc_allocator *allocator);

/* Appends a record's element of this name, indented by so many steps; absent members are left out. */
void gs_xml_write(gs_buffer *out, const char *name, const gs_record *record, const void *at, int indent);
/* Appends a text, escaped as an element's. */
void gs_xml_text(gs_buffer *out, const char *text);

#endif
