/* lib/record/xsd.h - a record's field table as XML Schema 1.0: what gs_xml_read() takes as its elements.
 *
 * May use: record, xml, codes.
 */
#ifndef GS_RECORD_XSD_H
#define GS_RECORD_XSD_H

#include "record/record.h"

/* Appends the schema of documents with any number of elements of this name, each the record. It knows shapes,
 * lengths and choices, in the form in which they are written: no element is empty but a text's. Which
 * characters a text may hold, check characters and whatever a service knows are left to the reading. */
void gs_record_schema(gs_buffer *out, const char *name, const gs_record *record);

#endif
