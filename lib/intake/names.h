#ifndef TC_NAMES_H
#define TC_NAMES_H
/*
 * names: students' names in the names of files, and classes in those of folders.
 *
 * A name counts when it stands alone between digits, signs and blanks, or with
 * nothing but usual words on photos (photowords.h) and names of classes and colleges
 * before and behind it; folded as pathwords_fold does; never a part of a longer run,
 * never something similar.  A file name with a character that was lost ('?',
 * U+FFFD) holds no name.  Pure.
 */
#include <stddef.h>	/* size_t */

struct names;

enum { NAMES_FOUND_MAX = 64 };

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
	NAMES_NONE,		/* no word, or only words that identify nobody */
	NAMES_WORDS,		/* other words, and none that looks like a name */
	NAMES_ALIKE,		/* one looks like a name and has a character of the
				 * row's: one of the two may be an error */
	NAMES_OTHER		/* one looks like somebody else's name */
};

/* The words in the last component of a path beside the row's number.  A word looks like a
 * person's name when it is two to five Chinese characters that stand alone and begins like
 * a name of the roster, or has the dot of minority names. */
enum names_beside names_beside(const struct names *names, const char *path,
    size_t row);

/* The rows whose names are in the last component of a path. */
void names_find(const struct names *names, const char *path,
    struct names_found *found);

enum names_group {
	NAMES_GROUP_NONE,
	NAMES_GROUP_OWN,	/* a part of the path is the row's college or class */
	NAMES_GROUP_OTHER	/* one is another's, or is written as one of a class
				 * but for its digits */
};
enum names_group names_group(const struct names *names, const char *path,
    size_t row);

#endif
