#ifndef TC_STREAM_PARTS_H
#define TC_STREAM_PARTS_H
/*
 * stream_parts: what stream.c and spool.c use of stream_record.c, which knows one
 * record and no stream; nobody else includes this.
 */
#include <stdio.h>	/* FILE */

struct node;
struct stream_counts;

/* What the record calls itself, "" when it does not; borrowed. */
const char *stream_type(const struct node *record);
int stream_is_photo(const struct node *record);

void stream_add_counts(struct stream_counts *total,
    const struct stream_counts *counts);

/* Print a record as a line to a temporary file, or on standard output when file
 * is NULL; a failure ends the tool. */
void stream_print_to(FILE *file, const struct node *record);

#endif
