#ifndef TC_ZIPDIR_H
#define TC_ZIPDIR_H
/*
 * zipdir: what a zip says it holds (APPNOTE.TXT 4.3); only for zipin.c.
 *
 * Normally the central directory at the archive's end, Zip64 included, with or
 * without bytes before the archive.  Where there is none, because an upload broke
 * off, the local headers are followed from the start as far as they go.
 *
 * Debian's minizip is not used for this: on 64-bit systems it does not read the
 * sizes and offsets of Zip64 entries, and so nothing beyond 4 GB.  libarchive also
 * continues behind damage, but does not report that it skipped an entry, and gives no
 * sizes before the bytes are read, where limits have to come first.
 */
#include <stddef.h>	/* size_t */

#include "lib/archive/zipin.h"
#include "lib/base/buf.h"

enum { ZIPDIR_LOCAL_SIZE = 30 };	/* of a local header without its name */

struct zipdir_item {
	struct zipin_entry entry;
	unsigned long long local;	/* declared offset of the local header */
	unsigned long crc;
	unsigned method;
	size_t name;			/* offset in names */
};

struct zipdir {
	struct zipdir_item *items;
	size_t count, cap;
	struct buf names;
	unsigned long long size;	/* of the file */
	unsigned long long shift;	/* to be added to local, modulo 2^64: the
					 * archive need not begin where the file
					 * does */
	unsigned long long lost;	/* announced but not listed */
	int salvaged;			/* from local headers */
};

void zipdir_init(struct zipdir *dir);
void zipdir_release(struct zipdir *dir);

/* List the archive of size bytes that is open as fd.  0, or -1 with the reason, a
 * clause about the archive. */
int zipdir_read(struct zipdir *dir, int fd, unsigned long long size,
    const struct zipin_limits *limits, struct buf *err);

/* See zipin_find_overlaps. */
void zipdir_find_overlaps(struct zipdir *dir);

#endif
