#ifndef TC_ZIPLOCK_H
#define TC_ZIPLOCK_H
/*
 * ziplock: zips whose entries are encrypted with AES-256 (WinZip's AE-2, which
 * 7-Zip opens), through libarchive; why other zips are minizip's: doc/decisions.md.
 *
 * The contents are encrypted; names and sizes are not.  Salts are random, so the
 * same entries give other bytes each time; ziplock_verify compares an archive's contents.
 */
#include <stddef.h>	/* size_t */

#include "lib/archive/contents.h"

struct buf;
struct ziplock;

/* Begin a zip at path, which is created or emptied.  NULL with the reason. */
struct ziplock *ziplock_new(const char *path, const char *password,
    struct buf *err);
/* Begin an entry of len bytes, mode 0600; date is seconds since 1970. */
int ziplock_begin(struct ziplock *zip, const char *name, int deflate,
    unsigned long long len, long long date, struct buf *err);
int ziplock_write(struct ziplock *zip, const void *bytes, size_t len,
    struct buf *err);
/* Complete the zip and free it; NULL is fine. */
int ziplock_close(struct ziplock *zip, struct buf *err);

/* As contents_verify, with the password. */
int ziplock_verify(const struct contents *contents, int volume,
    const char *path, const char *password, const struct contents_image *image,
    struct buf *err);

#endif
