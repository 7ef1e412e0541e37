#ifndef TC_ZIPDIR_PARTS_H
#define TC_ZIPDIR_PARTS_H
/*
 * zipdir_parts: headers of entries (zipdir_header.c), which zipdir.c finds in the central
 * directory and zipdir_salvage.c without one; nobody else includes this.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct zipdir;
struct zipin_limits;

enum { ZIPDIR_WINDOW = 1 << 18 };	/* bytes: more than the longest record */

/* A part of the file in memory. */
struct zipdir_window {
	int fd;
	unsigned long long size;	/* of the file */
	unsigned long long base;	/* offset of data[0] */
	size_t len;
	unsigned char data[ZIPDIR_WINDOW];
};

/* One header of an entry, central or local. */
struct zipdir_header {
	unsigned flags, method, name_len, extra_len;
	unsigned long crc, attributes;
	unsigned long long packed, bytes, local;
	const unsigned char *name, *extra;
};

/* need bytes at offset, or NULL when the file does not have them. */
const unsigned char *zipdir_window_at(struct zipdir_window *window,
    unsigned long long offset, size_t need);
/* Whether the four bytes of text stand at offset. */
int zipdir_is_signature(struct zipdir_window *window, unsigned long long offset,
    const char *text);

/* Read the fields that a central header (from byte 8) and a local one (from byte 6) share. */
void zipdir_read_common(const unsigned char *bytes,
    struct zipdir_header *header);
/* Add an entry to the list, unless it is a folder; its name is cut to name_max bytes. */
void zipdir_add(struct zipdir *dir, struct zipdir_header *header,
    size_t name_max);
/* Append that there are more entries than are accepted; returns -1. */
int zipdir_too_many(const struct zipin_limits *limits, struct buf *err);

/* List an archive without a directory from its local headers.  0, or -1 with the
 * reason. */
int zipdir_salvage(struct zipdir *dir, struct zipdir_window *window,
    const struct zipin_limits *limits, struct buf *err);

#endif
