#ifndef TC_BATCH_H
#define TC_BATCH_H
/*
 * batch: the batch directory, one school and one graduation class.
 *
 *	id                      random batch id, school, class, date
 *	uploads.ndjson          tc-ingest's memory: uploads and their entries
 *	seen                    from which files they were read; may be deleted
 *	                        (lib/intake/uploadstate.h)
 *	roster.ndjson           tc-ingest's memory: students and record numbers
 *	originals/ab/abcd....jpg  upload entries by SHA-256, never modified
 *	normalized/ab/<k>.jpg   registration images, k begins with ab
 *	results/<tool>/ab/<k>.json  what was computed, so that it is computed once
 *	decisions.ndjson        what people answered, journal.h
 *	school.json             the school's row of the table of schools
 *	chosen.json             photos that tc-check chose, choose.h
 *	tmp/  lock              temporary files; flock(2)
 *
 * Files of which there is one a photo lie in 256 folders: with a million photos no
 * folder holds more than 5,000 files.
 *
 * Files 0600, directories 0700.  Names come from hashes only.  Files are put in
 * place by rename; one batch_sync before a tool prints its `end` makes them
 * durable.  Every file carries its hash, in its name, in its last line (seal.h) or in
 * the record that names it, and is hashed again when it is read: a damaged file is made
 * again where that is possible, and ends the tool where it is not.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;

enum { BATCH_SUM = 65 };	/* hexadecimal digits of a SHA-256 and the NUL */

enum batch_mode { BATCH_SHARED, BATCH_EXCLUSIVE };

struct batch {
	char *directory;	/* absolute */
	char *id;		/* 8 lower-case letters and digits */
	char *school_code, *school_name;	/* "" when not given */
	char *class;		/* year of graduation, "2025", or "" */
	char *date;		/* YYYY-MM-DD, when the batch was made; while
				 * tc-export works, the day of its products */
	int lock;		/* file descriptor that holds the lock */
	struct buf *deferred;	/* see batch_defer; NULL: files are written */
	enum batch_mode mode;
};

/* What a batch is called; NULL and "" members are not known. */
struct batch_identity {
	const char *school_code, *school_name, *class;
};

/* Whether a batch was made in directory. */
int batch_is_there(const char *directory);

/* Open directory, making it when it does not exist (BATCH_EXCLUSIVE only).  The
 * identity (BATCH_EXCLUSIVE only) fills in what the batch does not know yet; code
 * and class that it knows must agree.  The date of a new batch is today's, or
 * SOURCE_DATE_EPOCH's when set.  NULL with the reason: not a batch, in use by
 * another run, other school. */
struct batch *batch_open(const char *directory, enum batch_mode mode,
    const struct batch_identity *identity, struct buf *err);
void batch_close(struct batch *batch);

/* Fill in and compare as batch_open does, later.  0, or -1 with the reason. */
int batch_identify(struct batch *batch, const struct batch_identity *identity,
    struct buf *err);

/* From BATCH_EXCLUSIVE to BATCH_SHARED: this tool changes nothing more that others read,
 * and the next tool of the pipeline may open the batch. */
void batch_share(struct batch *batch);

/* Append DIRECTORY/name to out. */
void batch_path(const struct batch *batch, const char *name, struct buf *out);

/* Compare the original at path, a file of the batch, with its hash: 0, or -1 with the
 * reason, which is noted as a fault of our own (fault.h) and not the photo's. */
int batch_check_original(const char *path, const char *sha256, struct buf *err);

/* Store bytes under a relative name such as "originals/ab/abcd.jpg" unless a file with
 * the same bytes is there.  A dry run stores nothing that batch_is_work.  0, or -1 with
 * the reason. */
int batch_store(const struct batch *batch, const char *name, const void *bytes,
    size_t len, struct buf *err);

/* Append the name of the file, with that ending, that keeps what tool computed for key. */
void batch_result_name(const char *tool, const char *key, const char *ending,
    struct buf *out);

/* Whether name is that of an original, an image or a result.  A worker that was taken
 * over, or a manifest that was tampered with, can so name neither the journal nor a file
 * outside of the batch. */
int batch_is_work(const char *name);

/* From now on this process writes nothing to the batch: a worker may not.  What is
 * stored is appended to deferred instead, which the parent gives to
 * batch_store_deferred. */
void batch_defer(struct batch *batch, struct buf *deferred);
int batch_store_deferred(const struct batch *batch, const char *bytes, size_t len,
    struct buf *err);

/* Files whose last line holds a hash of all before it, seal.h.  Loading gives the bytes
 * without that line: 1 when the file is whole, 0 when there is none, and -1 with the
 * reason when it is damaged; a caller that can make the file again does so, any other
 * ends the tool. */
int batch_store_sealed(const struct batch *batch, const char *name, const void *bytes,
    size_t len, struct buf *err);
int batch_load_sealed(const struct batch *batch, const char *name, size_t limit,
    struct buf *out, struct buf *err);

/* Append the registration image that a record's `normalized` names, at most limit
 * bytes.  0, or -1 with the reason: the record names none; or the file is missing or
 * damaged, which is noted as our own fault, fault.h. */
int batch_load_image(const struct batch *batch, const struct node *normalized,
    size_t limit, struct buf *out, struct buf *err);

/* Load what tool computed under key; 1 and the JSON object in *result (the caller
 * frees it), 0 when there is none or it is damaged: it is then computed again. */
int batch_result_load(const struct batch *batch, const char *tool,
    const char *key, struct node **result);
int batch_result_save(const struct batch *batch, const char *tool,
    const char *key, const struct node *result, struct buf *err);

/* Make everything stored durable. */
int batch_sync(const struct batch *batch, struct buf *err);

/* An unlinked temporary file in tmp/, or -1 with the reason. */
int batch_spool(const struct batch *batch, struct buf *err);

/* Append school code, school and class as the head of a page has them. */
void batch_add_title(const struct batch *batch, struct buf *out);
void batch_add_names(const char *school_code, const char *school_name,
    const char *class, struct buf *out);

/* The journal's length and the SHA-256 of that many bytes, as the batch's identity keeps
 * them; "" where it keeps none.  batch_remember replaces them (0 and "" remove them), and
 * does nothing where there is no identity yet.  0, or -1 with the reason. */
struct batch_memory {
	long long bytes;
	char sum[BATCH_SUM];
};
void batch_recall(const struct batch *batch, struct batch_memory *memory);
int batch_remember(const struct batch *batch, const struct batch_memory *memory,
    struct buf *err);

/* Today, or SOURCE_DATE_EPOCH's day when set: YYYY-MM-DD. */
void batch_today(char date[static 11]);

/* The date as seconds since 1970, noon UTC, for metadata of products. */
long long batch_time(const struct batch *batch);

#endif
