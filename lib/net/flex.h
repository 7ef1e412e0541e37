#ifndef TC_FLEX_H
#define TC_FLEX_H
/*
 * flex: read a FlexBuffer, the form of a custom operator's options; for lib/net/ only.
 *
 * A map of names to numbers and lists of whole numbers, whose root stands at the end.
 * What leads outside of the bytes, or is of another kind, reads as missing.
 */
#include <stddef.h>	/* size_t */

/* The number under name, or missing. */
double flex_number(const unsigned char *bytes, size_t len, const char *name,
    double missing);

/* The list of whole numbers under name: at most max of them go to values.  How many
 * there are, 0 where there is none. */
size_t flex_list(const unsigned char *bytes, size_t len, const char *name, int *values,
    size_t max);

#endif
