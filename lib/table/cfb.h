#ifndef TC_CFB_H
#define TC_CFB_H
/*
 * cfb: one stream of a compound file (MS-CFB), in which XLS workbooks lie.
 *
 * Streams below 4,096 bytes, such as small workbooks, lie in sectors of their own, 64
 * bytes each.  The file's tables are not trusted: every chain ends after as many sectors
 * as the file has.
 */
#include <stddef.h>	/* size_t */

struct buf;

/* The file's first bytes. */
#define CFB_SIGN "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
enum { CFB_SIGN_BYTES = 8 };

/* Append the stream or storage of the root with that name (ASCII, ignoring case) to out,
 * which may be NULL.  1, 0 when there is none, or -1 with the reason, a clause. */
int cfb_read(const struct buf *file, const char *name, struct buf *out,
    struct buf *err);

#endif
