#ifndef TC_MOVED_H
#define TC_MOVED_H
/*
 * moved: where a file or directory is now that a manifest names by an absolute path.
 *
 * A season's folder may be moved to another path or machine: what is no longer where it
 * was is looked for below the working directory, by ever shorter ends of its path:
 * /old/season/batches/10285/batch is old/season/batches/10285/batch, then
 * season/batches/10285/batch, then batches/10285/batch.  The caller makes sure by an id
 * or a hash that it is the right one.
 */

struct buf;

/* Append the path, or "./" and the longest end of it that exists and is a directory that
 * holds the file inside (NULL: that is itself a file); the path where none is found. */
void moved_find(const char *path, const char *inside, struct buf *out);

#endif
