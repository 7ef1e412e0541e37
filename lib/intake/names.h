#ifndef TC_NAMES_H
#define TC_NAMES_H
/*
 * names: students' names in the names of files, and classes in those of folders.
 *
 * A name counts when it stands alone between digits, signs and blanks, folded as
 * text_fold does; never a part of a longer run, never something similar.  A file
 * name with a character that was lost ('?', U+FFFD) holds no name.  Pure.
 */
#include <stddef.h>	/* size_t */

struct names;

enum { NAMES_FOUND_MAX = 16 };

struct names_found {
	size_t rows[NAMES_FOUND_MAX];	/* ascending, each once */
	size_t count;
	int overflow;			/* there were more */
};

struct names *names_new(void);
void names_free(struct names *names);	/* NULL is fine */
/* Add the next row, counted from 0; NULL and "" stand for absent. */
void names_add(struct names *names, const char *name, const char *college,
    const char *class);
/* After the last row, before the first search. */
void names_sort(struct names *names);

enum names_beside {
	NAMES_NONE,		/* nothing looks like a name */
	NAMES_ALIKE,		/* it has a character of the row's: one may be an error */
	NAMES_OTHER		/* it is somebody else's */
};

/* What in the last component of a path looks like a person's name, beside that of row:
 * two to five Chinese characters that stand alone, of which the first is one that
 * names of the roster begin with, or a word with the dot of minority names; and which
 * is no name of a class or college, nor a word that is usual on photos. */
enum names_beside names_beside(const struct names *names, const char *path,
    size_t row);

/* The rows whose names are in the last component of a path. */
void names_find(const struct names *names, const char *path,
    struct names_found *found);
/* Whether a part of the path is another college's or class's name than row's, or is
 * written as one of a class but for its digits. */
int names_contradict(const struct names *names, const char *path, size_t row);

#endif
