#ifndef TC_LIKENESS_H
#define TC_LIKENESS_H
/*
 * likeness: whether two pictures of a face are the same picture.
 *
 * An upright face (traits_upright) has a perceptual hash of 64 bits, the signs of its
 * lowest frequencies; the same picture, coded or scaled again, differs in few bits.  Pairs
 * that the hash finds (hashpairs.h) are confirmed by the correlation of the pixels.  This
 * is not face recognition: two pictures of one person are different pictures.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

enum {
	LIKENESS_SIDE = 64,
	LIKENESS_SMALL = 16,
	LIKENESS_SMALL_BYTES = LIKENESS_SMALL * LIKENESS_SMALL / 2
};

struct buf;

/* Append a face as hexadecimal text, and read one: 1, or 0 when it is none. */
void likeness_add_text(const unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE],
    struct buf *out);
int likeness_read_text(const char *text,
    unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE]);

uint64_t likeness_hash(const unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE]);

/* The hash of the mirrored picture; 0, no hash, stays 0. */
uint64_t likeness_hash_mirrored(uint64_t hash);
void likeness_mirror(unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE]);

/* -1 ... 1 */
double likeness_correlation(const unsigned char one[LIKENESS_SIDE * LIKENESS_SIDE],
    const unsigned char other[LIKENESS_SIDE * LIKENESS_SIDE]);

/* The face in 16 x 16 pixels of 16 greys, two a byte: small enough for a manifest, so that
 * a pair can be confirmed when the pictures have been deleted. */
void likeness_small(const unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE],
    unsigned char small[LIKENESS_SMALL_BYTES]);
double likeness_small_correlation(const unsigned char one[LIKENESS_SMALL_BYTES],
    const unsigned char other[LIKENESS_SMALL_BYTES]);
void likeness_small_mirror(unsigned char small[LIKENESS_SMALL_BYTES]);
/* From hexadecimal digits; 0 when text (may be NULL) is none such. */
int likeness_small_parse(const char *text, unsigned char small[LIKENESS_SMALL_BYTES]);

#endif
