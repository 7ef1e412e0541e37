#ifndef TC_UPLOAD_H
#define TC_UPLOAD_H
/*
 * upload: what a school sent in one piece: an archive, a directory, one picture.
 *
 * An upload is a list of entries whose order is the archive's, or that of the
 * bytes of their names in a directory (which is searched to its depths).  Folders
 * are no entries.  The entries of an archive inside an upload follow it, as
 * "inner.zip/name"; an archive inside that one is not opened.  Links are not followed.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct upload;

/* Limits, from the profile, and options of the operator.  Limits are enforced before bytes
 * are read where an archive has a directory, else while reading. */
struct upload_options {
	size_t entries;
	size_t entry_bytes;		/* of one entry that is no archive */
	unsigned long long total_bytes;	/* of all entries of an upload */
	double ratio;			/* unpacked to packed */
	size_t name_bytes;
	size_t archives;		/* inside an upload */
	double seconds;			/* to unpack one entry */
	unsigned long long memory;	/* of the process that unpacks */
	const char *directory;		/* for files without a name */
	const char *password;		/* or NULL */
};

struct upload_entry {
	const char *name;		/* UTF-8, inside the upload; borrowed */
	unsigned long long bytes;	/* declared */
	const char *obstacle;		/* why it is not to be read, or NULL */
	int archive;			/* its entries follow it */
};

/* Open path ("-": an archive on standard input) and list it.  The options must
 * outlive the upload.  NULL with the reason.  Close with upload_close. */
struct upload *upload_open(const char *path,
    const struct upload_options *options, struct buf *err);
void upload_close(struct upload *upload);	/* NULL is fine */

/* The last component of path, UTF-8; the directory's own name for ".". */
const char *upload_name(const struct upload *upload);
/* The same, masked for messages. */
const char *upload_shown(const struct upload *upload);
/* Where it was opened, for processes that read it. */
const char *upload_path(const struct upload *upload);
size_t upload_count(const struct upload *upload);
struct upload_entry upload_at(const struct upload *upload, size_t index);

/* What was wrong with the list itself, a sentence, or NULL: entries that could
 * not be listed, an archive that broke off. */
const char *upload_damage(const struct upload *upload);

/* Append the entry's bytes to out.  0, or -1 with the reason, a clause about the
 * entry; out then holds what it held before. */
int upload_read(struct upload *upload, size_t index, struct buf *out,
    struct buf *err);

#endif
