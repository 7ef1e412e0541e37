#ifndef TC_PATHWORDS_H
#define TC_PATHWORDS_H
/*
 * pathwords: the words of a file's path, parted in several ways.
 *
 * Before, a full stop of any width between two ideographs is made the dot of
 * minority names (U+00B7), as which people type it.  Pure.
 */
struct buf;

enum pathwords_split {
	PATHWORDS_HAN,		/* runs of ideographs and their dots; blanks part */
	PATHWORDS_PADDED,	/* the same, and blanks are passed over: 刘　杰 */
	PATHWORDS_LATIN,	/* runs of letters, with the blanks, dots, hyphens
				 * and underscores between them */
	PATHWORDS_SIGNS,	/* what stands between signs */
	PATHWORDS_FOLDERS	/* what stands between slashes */
};

/* Call each with every word, which may be empty. */
void pathwords_each(const char *path, enum pathwords_split split,
    void (*each)(void *state, const char *word), void *state);

/* Whether a word of the path was lost on its way: '?', U+FFFD. */
int pathwords_lost(const char *text);

/* Append text as names of persons are compared: text_fold, without the dots,
 * hyphens and underscores inside. */
void pathwords_fold(const char *text, struct buf *out);

#endif
