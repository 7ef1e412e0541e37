#ifndef TC_ROSTERWIRE_H
#define TC_ROSTERWIRE_H
/*
 * rosterwire: a roster of one file as bytes, from the process that read it.
 *
 * A hostile file may have taken that process over, so nothing in the bytes is trusted.
 */
struct buf;
struct roster;

/* Write the roster to a file.  0, or -1 with errno. */
int rosterwire_put(int file, const struct roster *roster);
/* Add what stands in the file to the roster, whose last file it is.  0, or -1 with the
 * reason, which is noted (fault.h): students may be lacking. */
int rosterwire_get(int fd, struct roster *roster, struct buf *err);

#endif
