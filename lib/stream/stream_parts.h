#ifndef TC_STREAM_PARTS_H
#define TC_STREAM_PARTS_H
/*
 * stream_parts: what stream.c and spool.c use of stream_record.c, which knows one
 * record and no stream; nobody else includes this.
 */
#include <stdio.h>	/* FILE */

struct acknowledged;
struct buf;
struct io_lines;
struct node;
struct profile;
struct segment;
struct stream_counts;
struct stream_options;

/* What the record calls itself, "" when it does not; borrowed. */
const char *stream_type(const struct node *record);
int stream_is_photo(const struct node *record);
/* Why it could not be worked on, from its last check; borrowed. */
const char *stream_unreadable_reason(const struct node *photo);

/* A product of records that were not judged would be empty or wrong: end the tool
 * when one of the tools, a NULL-ended list or NULL, is missing in the header's steps
 * behind the one before it.  A header without steps is no tool's of the suite.
 * lines is where the header was read. */
void stream_check_steps(const struct node *header, const char *const *tools,
    const struct io_lines *lines);

/* Report and count an error of a photo; an acknowledged one is only counted. */
void stream_report(struct stream_counts *counts,
    const struct acknowledged *acknowledged, const struct node *photo,
    const char *reason);
void stream_add_counts(struct stream_counts *total,
    const struct stream_counts *counts);

/* Print a record, or its text, as a line to a temporary file, or on standard output
 * when file is NULL; a failure ends the tool. */
void stream_print_to(FILE *file, const struct node *record);
void stream_print_text(FILE *file, const char *text, size_t len);

/* Print a hint when the manifest will be read from a terminal. */
void stream_tell_waiting(const char *manifest);

/* Whether a tool that is not of the suite judged the photo. */
int stream_has_foreign_check(const struct node *photo);

/* Give the segment's batch the day of what is made of it; date may be NULL. */
void stream_set_day(struct segment *segment, const char *date);

/* Append the batch directory: of the options, else where the one that the header names is
 * now (moved.h); nothing when it names none. */
void stream_find_directory(const struct stream_options *options, const struct node *header,
    struct buf *directory);

/* The profile of the options, else of the batch record, which is the one that the batch
 * was made with unless --reprofile is given; anything else ends the tool. */
struct profile *stream_open_profile(const struct stream_options *options,
    struct node *header, const struct io_lines *lines);

#endif
