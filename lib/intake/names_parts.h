#ifndef TC_NAMES_PARTS_H
#define TC_NAMES_PARTS_H
/*
 * names_parts: what names_store.c, which keeps the roster's names, names.c, which looks
 * for them, and names_beside.c, which judges words beside a number, share; nobody else
 * includes this.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

#include "lib/base/buf.h"

struct pool;

enum names_kind {
	NAMES_NAME,
	NAMES_GROUP,
	NAMES_FORM		/* a group with each digit as '0' */
};

/* Texts are folded, and numbers in the pool; 0: none. */
struct names_word {
	uint32_t text;
	uint32_t row;		/* of a NAMES_NAME */
	unsigned char kind;	/* enum names_kind */
};

struct names_row {
	uint32_t name, college, class;
};

struct names {
	struct pool *pool;
	struct names_word *words;	/* once sorted, each NAMES_GROUP and NAMES_FORM once */
	size_t count, cap;
	struct names_row *rows;
	size_t row_count, row_cap;
	struct buf text;	/* working space */
};

/* Append a folded group with its digits as zeros: 计科2203 and 计科2209 have one form. */
void names_add_form(const char *text, struct buf *out);

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
