#ifndef TC_INI_H
#define TC_INI_H
/*
 * ini: data files of sections, keys and values (profiles, templates).
 *
 *	# comment on a line of its own
 *	include = other          (before the first section; the caller handles it)
 *	[section]
 *	key = value
 *
 * The value is the rest of the line without the blanks around it; nothing in it
 * is special.  A line longer than INI_LINE_MAX bytes, or of any other form, is an error
 * with its number.  Whether a key may be repeated in a section is for the caller.
 */
struct buf;

enum { INI_LINE_MAX = 199 };	/* the library cuts longer ones in two */

/* Call each for every key; section is "" before the first one.  each returns 0,
 * or -1 after appending the reason; "PATH:LINE: " is put before it.  0, or -1 with the
 * reason. */
int ini_read(const char *path,
    int (*each)(void *state, const char *section, const char *key,
    const char *value, struct buf *err),
    void *state, struct buf *err);

#endif
