#ifndef TC_STAMP_H
#define TC_STAMP_H
/*
 * stamp: what the file system says of an upload, to see whether it is still the one
 * that was read before.
 *
 * Device, inode, size, mtime and ctime of the archive or of each file below a directory,
 * as git uses them.  Only the system sets ctime, at every change, so a file that was
 * replaced is noticed even when its size and date were made the same.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/hash.h"	/* HASH_TEXT */

/* The stamp of the upload at path: hexadecimal text that changes whenever the upload, its
 * name or settings (what else decides how it is read) change.  "" when there is none: it
 * is no file or directory, holds more than files_max files, or changed within the last
 * two seconds, so that a further change might not be noticed. */
void stamp_take(const char *path, size_t files_max, const char *settings,
    char stamp[static HASH_TEXT]);

#endif
