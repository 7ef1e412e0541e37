#ifndef TC_NAMES_PARTS_H
#define TC_NAMES_PARTS_H
/*
 * names_parts: what names.c, which knows the roster's names, and names_beside.c, which
 * judges words beside a number, share; nobody else includes this.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct names;

/* Append the last component of a path without its extension. */
void names_add_stem(const char *path, struct buf *out);
/* Whether the character of size bytes begins the name of anybody in the roster. */
int names_begin(const struct names *names, const char *letter, size_t size);
/* Whether the word is the name of a class or college, or written as one. */
int names_is_group(const struct names *names, const char *word);
/* Whether a folded run is nothing but words on photos and names of groups. */
int names_is_covered(const struct names *names, const struct buf *folded);
/* The row's name, folded, or NULL; borrowed. */
const char *names_own(const struct names *names, size_t row);

#endif
