#ifndef TC_LITTLE_H
#define TC_LITTLE_H
/*
 * little: numbers in files, the lowest byte first.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>

/* The number in that many bytes, 8 at most. */
uint64_t little(const unsigned char *bytes, size_t count);

#endif
