#ifndef TC_MOVED_H
#define TC_MOVED_H
/*
 * moved: where a thing is now that a manifest names by an absolute path.
 *
 * A season's folder works from another path and on another machine: what is no more
 * where it was is looked for below the working directory, by ever shorter ends of its
 * path: /old/season/batches/10285/batch is old/season/batches/10285/batch, then
 * season/batches/10285/batch, then batches/10285/batch.  Whoever asks makes sure by an id
 * or a hash that it is the thing.
 */

struct buf;

/* Append the path, or "./" and that end of it which is there and holds the file inside
 * (NULL: which is itself a file); the path where none is. */
void moved_find(const char *path, const char *inside, struct buf *out);

#endif
