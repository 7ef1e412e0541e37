#ifndef TC_RECORDINDEX_H
#define TC_RECORDINDEX_H
/*
 * recordindex: look up the students' records of a manifest.
 *
 * First by the record's id, which is the same in every manifest of a batch; then by the
 * student's numbers among the students of the same school, so that manifests of two
 * batches can be compared.  Some 70 bytes a record: the file stays open, and a record is
 * read when it is needed.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;
struct recordindex;

/* NULL with the reason, recordreader.h; also when it is no file that can be read again. */
struct recordindex *recordindex_open(const char *path, struct buf *err);
void recordindex_close(struct recordindex *index);	/* NULL is fine */

size_t recordindex_count(const struct recordindex *index);
/* The record at, in the file's order; the caller frees it.  NULL with the reason. */
struct node *recordindex_get(struct recordindex *index, size_t at, struct buf *err);
/* Where the student of that record is, who is of the school with that code; -1: nowhere. */
long recordindex_find(const struct recordindex *index, const struct node *photo,
    const char *school);

#endif
