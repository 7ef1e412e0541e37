#ifndef TC_LIKENESSINDEX_H
#define TC_LIKENESSINDEX_H
/*
 * likenessindex: what is kept of a photo so that the same picture is recognised later.
 *
 * In memory, 184 bytes a photo; and in an index, a file that is kept longer than the
 * batches and their manifests, for tc-check --earlier: 178 bytes a photo.  An index holds
 * no name and no number of a student, only 16 bits of a hash of the identity: enough that
 * a student's own picture is not reported, too few to identify anybody.  The small picture
 * of the face in it is personal data like the photo itself.
 *
 *	"tclike" 1 0            the format, 8 bytes
 *	number of photos        u64, as all numbers little-endian
 *	photos                  see remember_write
 *	SHA-256                 of the photos and then what stands before them, 64 digits
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */
#include <stdio.h>	/* FILE */

#include "lib/base/hash.h"
#include "lib/check/likeness.h"

struct buf;
struct node;

enum { LIKENESSINDEX_ID_MAX = 24 };

struct remembered {
	unsigned char sum[HASH_BYTES];	/* SHA-256 of the file */
	uint64_t hash;		/* of the upright face; 0: none */
	uint64_t person;	/* who the student is; 0: nothing is known of the photo */
	unsigned char small[LIKENESS_SMALL_BYTES];
};

/* A photo of a student with a picture; of another all is 0. */
void likenessindex(const struct node *photo, struct remembered *remembered);

/* ---- an index ---- */

/* One photo in it: what it has of a struct remembered. */
struct likenessindex_entry {
	unsigned char sum[HASH_BYTES / 2];	/* the first half */
	uint64_t hash;
	uint16_t person;	/* likenessindex_short */
	char record[LIKENESSINDEX_ID_MAX + 1];	/* its id in the manifest */
	unsigned char small[LIKENESS_SMALL_BYTES];
};

/* What an index has of a person. */
uint16_t likenessindex_short(uint64_t person);

/* The photo as an entry: 1, or 0 when there is nothing to remember. */
int likenessindex_entry(const struct node *photo, struct likenessindex_entry *entry);

struct likenessindex_index {
	FILE *file;
	uint64_t count;		/* entries in it */
	struct hash *hash;	/* while it is written */
};

/* Begin an index in an empty file (borrowed), add, and end it.  0, or -1 with the
 * reason. */
int likenessindex_begin(struct likenessindex_index *index, FILE *file, struct buf *err);
int likenessindex_add(struct likenessindex_index *index, const struct likenessindex_entry *entry,
    struct buf *err);
int likenessindex_end(struct likenessindex_index *index, struct buf *err);
/* Give one up that was begun; after likenessindex_end there is nothing to do. */
void likenessindex_abandon(struct likenessindex_index *index);

/* Whether the file begins as an index does. */
int likenessindex_is(FILE *file);
/* Open what is one, whole by its sum.  0, or -1 with the reason. */
int likenessindex_open(struct likenessindex_index *index, FILE *file, struct buf *err);
/* Read at most room entries from the number first on; how many, or -1 with the reason. */
long likenessindex_read(const struct likenessindex_index *index, uint64_t first,
    struct likenessindex_entry *entries, size_t room, struct buf *err);

#endif
