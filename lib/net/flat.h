#ifndef TC_FLAT_H
#define TC_FLAT_H
/*
 * flat: read a FlatBuffer, the form of a TensorFlow Lite file.
 *
 * Tables, whose fields are found through a directory of offsets, and vectors, a count
 * followed by elements.  A place is an offset into the bytes; 0 stands for missing, and
 * anything read from a missing place is missing, empty or 0.  An offset outside of the
 * file reads as missing too and sets bad, so that a reader needs to check only once, at
 * the end.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

struct flat {
	const unsigned char *bytes;	/* borrowed */
	size_t len;
	int bad;
};

/* The little-endian number of so many bytes, 1 to 4, at a place. */
uint32_t flat_number(struct flat *flat, size_t at, int bytes);

/* The table where reading begins. */
size_t flat_root(struct flat *flat);

/* A table's fields, by their number in the schema. */
int flat_integer(struct flat *flat, size_t table, int which, int missing);
int flat_byte(struct flat *flat, size_t table, int which);
size_t flat_table(struct flat *flat, size_t table, int which);
/* A vector of elements of so many bytes: the place of the first; all are inside. */
size_t flat_vector(struct flat *flat, size_t table, int which, size_t element,
    size_t *count);

/* The table that is an element of a vector of tables. */
size_t flat_element(struct flat *flat, size_t first, size_t index);

#endif
