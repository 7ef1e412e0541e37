#ifndef TC_ARCHIVEIN_H
#define TC_ARCHIVEIN_H
/*
 * archivein: archives through libarchive: 7z, rar and tar (plain, gzip, bzip2, xz, zstd),
 * and the entries of a zip that are encrypted or packed by a rare method.
 *
 * Such archives have no directory that could be trusted before their bytes are read, and
 * most can be read only from the start.  So they are unpacked once, in a process of their
 * own, into an open file, the spool, where entries then lie one behind the other; limits
 * are enforced while they are read.  What was unpacked before an archive turned out to be
 * damaged is kept.
 */
#include <stddef.h>	/* size_t */
#include <sys/types.h>	/* ssize_t */

struct buf;
struct sink;

/* ---- a whole archive ---- */

enum archivein_fate {
	ARCHIVEIN_WHOLE, ARCHIVEIN_DAMAGED, ARCHIVEIN_ENCRYPTED,
	ARCHIVEIN_LARGE, ARCHIVEIN_LINK, ARCHIVEIN_NAME
};

struct archivein_entry {
	char *name;			/* UTF-8 */
	unsigned long long offset;	/* in the spool */
	unsigned long long bytes;
	enum archivein_fate fate;	/* whether it can be read, and else why not */
};

struct archivein_limits {
	size_t entries, name_bytes;
	unsigned long long entry_bytes;
	unsigned long long archive_bytes;	/* of an entry that is an archive
						 * by its name */
	unsigned long long total_bytes;
	double ratio;			/* all entries to the archive's bytes,
					 * from ARCHIVEIN_RATIO_FROM on */
	double seconds;			/* for one entry */
	unsigned long long memory;	/* of the process that unpacks */
};

struct archivein_list {
	struct archivein_entry *entries;
	size_t count;
	char *damage;	/* why the archive was not read to its end, or NULL */
};

enum { ARCHIVEIN_RATIO_FROM = 1 << 20 };	/* bytes; fewer are no bomb at any ratio */

/* The kind of archive that starts so, "a 7-Zip archive", or NULL.  tar needs
 * ARCHIVEIN_SNIFF bytes. */
enum { ARCHIVEIN_SNIFF = 512 };
const char *archivein_kind(const char *bytes, size_t len);

/* Unpack the archive at path, appending to the open file spool.  0, or -1 with the
 * reason, a clause about the archive, when nothing of it can be used. */
int archivein_unpack(const char *path, const struct archivein_limits *limits,
    int spool, struct archivein_list *list, struct buf *err);
void archivein_release(struct archivein_list *list);

/* ---- one entry of a zip ---- */

/* Bytes in, a part at a time: their number, 0 at the end. */
struct archivein_bytes {
	void *state;
	size_t (*next)(void *state, const void **bytes);
};
/* Decode a zip's local header with its data and nothing behind it.  password may
 * be NULL.  0, also when the sink stopped it, or -1 with the reason, a clause about
 * the entry. */
int archivein_decode(const struct archivein_bytes *bytes,
    const char *password, const struct sink *sink, struct buf *err);

#endif
