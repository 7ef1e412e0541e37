#ifndef TC_ZIPOUT_H
#define TC_ZIPOUT_H
/*
 * zipout: a zip written to a named file.
 *
 * The same entries give the same bytes: every entry has the one date that is
 * given, mode 0600 and a UTF-8 name.  Entries are written as they come, so
 * memory grows by about 150 bytes an entry (the central directory) and not with
 * their contents.  Archives and entries above 4 GB and more than 65,535 entries
 * become Zip64.
 *
 * Names are used as they are given: relative, '/' between folders.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct zipout;

enum zipout_method {
	ZIPOUT_STORE,		/* for what is already compressed: JPEG, XLSX */
	ZIPOUT_DEFLATE
};

/* Begin a zip at path, which is created or emptied; date is YYYY-MM-DD, 1980 to
 * 2107.  NULL with the reason.  End with zipout_close. */
struct zipout *zipout_new(const char *path, const char *date, struct buf *err);

/* The same with encrypted entries (ziplock.h). */
struct zipout *zipout_new_locked(const char *path, const char *date,
    const char *password, struct buf *err);

/* Add an entry from memory, or all of what the open file fd holds from its
 * beginning (its offset is moved).  0, or -1 with the reason; the archive is
 * then of no use. */
int zipout_add(struct zipout *zip, const char *name, enum zipout_method method,
    const void *bytes, size_t len, struct buf *err);
int zipout_add_file(struct zipout *zip, const char *name,
    enum zipout_method method, int fd, struct buf *err);

/* Write the central directory, close the file and free zip, which may be NULL.
 * 0, or -1 with the reason. */
int zipout_close(struct zipout *zip, struct buf *err);

#endif
