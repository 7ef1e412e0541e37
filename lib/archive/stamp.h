#ifndef TC_STAMP_H
#define TC_STAMP_H
/*
 * stamp: what the file system says of an upload, to see whether it is still the one
 * that was read before.
 *
 * Device, file number, size, and the times of the last change to the content and to
 * the file, of the archive or of each file below a directory: what git and make go
 * by.  The second time is set by the system at every change and by nobody else, so a
 * file that was exchanged shows even when its size and date were made the same.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/hash.h"	/* HASH_TEXT */

/* The stamp of the upload at path: hexadecimal text that is another one whenever
 * the upload, its name or settings (what else decides how it is read) is.  "" when
 * there is none: it is no file or directory, holds more than files_max files, or
 * changed within the last two seconds, where a change that follows need not show. */
void stamp_take(const char *path, size_t files_max, const char *settings,
    char stamp[static HASH_TEXT]);

#endif
