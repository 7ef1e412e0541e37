#ifndef TC_RECORDREADER_H
#define TC_RECORDREADER_H
/*
 * recordreader: the students' records of a manifest, one after the other, without its batch
 * directory.
 *
 * A student's record is a photo record with `student`, and neither a photo that a later
 * one replaced nor nobody's.
 */
struct buf;
struct node;
struct recordreader;

/* NULL for path, or "-": standard input.  NULL with the reason. */
struct recordreader *recordreader_open(const char *path, struct buf *err);
void recordreader_close(struct recordreader *reader);	/* NULL is fine */

/* The next record, the caller's to free; NULL at the end, and with the reason when the
 * file cannot be read, holds what is no record, or is not whole: no line is passed over. */
struct node *recordreader_next(struct recordreader *reader, struct buf *err);

/* Of the record read last: its school's code, or "", and where its line begins in the
 * file, in bytes. */
const char *recordreader_school(const struct recordreader *reader);
long long recordreader_place(const struct recordreader *reader);

/* The record whose line begins at place, in a file that is no pipe; the caller frees it.
 * recordreader_next then continues behind it.  NULL with the reason. */
struct node *recordreader_again(struct recordreader *reader, long long place,
    struct buf *err);

#endif
