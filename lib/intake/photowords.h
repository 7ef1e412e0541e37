#ifndef TC_PHOTOWORDS_H
#define TC_PHOTOWORDS_H
/*
 * photowords: Chinese words in names of photos that do not identify anybody: 副本, 证件照,
 * 蓝底.  Pure.
 */
#include <stddef.h>	/* size_t */

/* Call each with the length in bytes of every such word that text begins with. */
void photowords_at(const char *text,
    void (*each)(void *state, size_t len), void *state);

#endif
