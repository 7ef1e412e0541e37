#ifndef TC_DUPLICATES_H
#define TC_DUPLICATES_H
/*
 * duplicates: one picture for two persons, within a batch.
 *
 * Photos are added in the order of the stream; then duplicates_find says of each
 * whether another person has the same bytes, or a picture so alike that a person
 * should look.  Rows of one person are no duplicates; photos without a student have none.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

struct node;
struct duplicates;

/* Fetches the upright face (likeness.h) of the photo that was added as the
 * index-th; 1 when there is one. */
typedef int duplicates_fetch(void *state, size_t index, unsigned char *pixels);

enum duplicate_kind { DUPLICATE_NONE, DUPLICATE_BYTES, DUPLICATE_NEAR };

struct duplicate {
	enum duplicate_kind kind;
	size_t other;		/* the one that it is most like */
	double correlation;	/* 1 for the same bytes */
};

/* Who a photo's student is, 0 when it has none: the same number for rows with the same
 * identity number; without one with the same name and date of birth; without these
 * with the same student number of the same school. */
uint64_t duplicates_person(const struct node *photo);

struct duplicates *duplicates_new(void);
void duplicates_free(struct duplicates *duplicates);

/* Add the next photo. */
void duplicates_add(struct duplicates *duplicates, const struct node *photo);

/* After the last: compare.  Hashes may differ in distance bits, and pixels have to
 * correlate by at least correlation. */
void duplicates_find(struct duplicates *duplicates, int distance,
    double correlation, duplicates_fetch *fetch, void *state);

struct duplicate duplicates_of(const struct duplicates *duplicates, size_t index);

#endif
