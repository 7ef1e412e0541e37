#ifndef TC_SPOOL_H
#define TC_SPOOL_H
/*
 * spool: the records of a segment, held until all are there; only for stream.c.
 *
 * They lie as lines in a file of the batch that has no name, and only where each
 * ends is in memory.  All zeros is an empty spool.  A file that cannot be made,
 * written or read ends the tool.
 */
#include <stddef.h>	/* size_t */
#include <stdio.h>	/* FILE */

struct batch;
struct buf;
struct node;

struct spool {
	FILE *file;		/* NULL before the first record */
	long long *end;		/* offset behind record i, with its line feed */
	size_t *photo;		/* which record is photo i */
	size_t count, photos;
};

/* A new file without a name, for writing and reading; the caller closes it. */
FILE *spool_file(const struct batch *batch);
/* Print what was written to such a file, and close it. */
void spool_print(FILE *file);

/* Add the text of the next record; the first makes the file.  All are added before one
 * is asked for again. */
void spool_add(struct spool *spool, const struct batch *batch, const char *text,
    size_t len, int is_photo);
/* The record at index, which must be there, and its text, which replaces what is in the
 * buffer; the caller frees the record. */
struct node *spool_get(struct spool *spool, size_t index, struct buf *text);
/* The photo at index, counted among photos; the caller frees it.  NULL past the
 * last. */
struct node *spool_photo(struct spool *spool, size_t index);
/* Forget all records; the spool is empty and may be used again. */
void spool_release(struct spool *spool);

#endif
