#ifndef TC_DUPLICATES_H
#define TC_DUPLICATES_H
/*
 * duplicates: one picture for two persons, within a batch.
 *
 * For each photo: whether another person has the same bytes, or a picture so similar,
 * also when mirrored, that it needs a review.  Rows of one person are no duplicates;
 * photos without a student have none.
 *
 * Hashes find the pairs, then the small pictures leave those that may be, and worker
 * processes compare the faces themselves.
 */
#include <stddef.h>	/* size_t */

struct duplicates;
struct remembered;

enum duplicate_kind { DUPLICATE_NONE, DUPLICATE_BYTES, DUPLICATE_NEAR };

struct duplicate {
	enum duplicate_kind kind;
	size_t other;		/* the most similar photo */
	double correlation;	/* 1 for the same bytes */
	int mirrored;
};

struct duplicates_setup {
	int distance;		/* bits in which hashes may differ, hashpairs.h */
	double correlation;	/* that pixels must have at least */
	int jobs;		/* worker processes */
	const char *reads;	/* the directory that fetch reads */
	/* In a worker: the upright face (likeness.h) of the file with that sum; 1 when
	 * there is one. */
	int (*fetch)(void *state, const unsigned char *sum, unsigned char *pixels);
	void *state;
};

/* Compare the photos, count of them, with one another.  16 bytes a photo. */
struct duplicates *duplicates_find(const struct remembered *photos, size_t count,
    const struct duplicates_setup *setup);
void duplicates_free(struct duplicates *duplicates);	/* NULL is fine */

struct duplicate duplicates_of(const struct duplicates *duplicates, size_t index);

#endif
