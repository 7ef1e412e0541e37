#ifndef TC_ZIPIN_H
#define TC_ZIPIN_H
/*
 * zipin: a zip read from a named file, entry by entry.
 *
 * The central directory is listed when the archive is opened, so that limits
 * come before bytes; what an entry then yields is compared with what the
 * directory declared.  Names are UTF-8: as flagged, from the Unicode path field,
 * or decoded from the raw bytes before anything looks for a '/' in them
 * (entryname.h).  They are never used as paths.
 *
 * Zip64 too.  Stored and deflated entries are read here, encrypted ones and other
 * methods through archivein.h; a damaged entry is refused when it is read, and
 * costs no other entry.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct sink;
struct zipin;

struct zipin_entry {
	const char *name;		/* UTF-8, as in the archive */
	unsigned long long bytes;	/* declared, unpacked */
	unsigned long long packed;	/* declared, in the archive */
	int encrypted;
	int strong;	/* encrypted in a way that is not read (APPNOTE 7) */
	int name_cut;	/* the name was longer than the limit */
	int overlaps;	/* shares bytes with another: zipin_find_overlaps */
};

/* What is accepted; a longer name is cut. */
struct zipin_limits {
	size_t entries;
	size_t name_bytes;	/* as stored, at most 65,535 anyway */
};

/* Open and list.  NULL with the reason: not a zip, no directory, too many
 * entries.  Close with zipin_close. */
struct zipin *zipin_open(const char *path, const struct zipin_limits *limits,
    struct buf *err);
void zipin_close(struct zipin *zip);	/* NULL is fine */
/* The password of encrypted entries, borrowed; NULL: none. */
void zipin_set_password(struct zipin *zip, const char *password);

/* Entries that are listed, folders left out, in the directory's order.  The
 * entry is borrowed. */
size_t zipin_count(const struct zipin *zip);
const struct zipin_entry *zipin_at(const struct zipin *zip, size_t index);
/* Entries that the directory announces but that could not be listed. */
unsigned long long zipin_lost(const struct zipin *zip);
/* Whether the directory is missing, because an upload broke off, and the entries
 * are those that could be found without it. */
int zipin_salvaged(const struct zipin *zip);

/* The index of the entry of exactly that name, the last one when the name is
 * there more than once; -1 when there is none. */
long zipin_find(const struct zipin *zip, const char *name);

/* Set overlaps in each entry whose packed bytes are also another's: such an archive is a
 * zip bomb. */
void zipin_find_overlaps(struct zipin *zip);

/* Append an entry's bytes to out.  More than limit bytes, other bytes than the
 * directory declared, a wrong checksum: -1 with the reason, a clause about the
 * entry ("its checksum is wrong"), and out holds what it held before. */
int zipin_read(struct zipin *zip, size_t index, size_t limit, struct buf *out,
    struct buf *err);
/* The same, a part at a time (sink.h): parts are delivered before an error further on is
 * known.  -1 without a reason when the sink stopped it. */
int zipin_stream(struct zipin *zip, size_t index, unsigned long long limit,
    const struct sink *sink, struct buf *err);

#endif
