#ifndef TC_SOURCE_H
#define TC_SOURCE_H
/*
 * source: one container of files: a directory, a zip, another archive, or a single
 * picture; only for upload.c, which puts several together.
 *
 * A directory is searched to its depths, in the order of the bytes of its names;
 * links are not followed and other batches in it are left out.  Archives that can
 * only be read from the start are unpacked when they are opened, into a file
 * without a name.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct source;
struct upload_entry;
struct upload_options;

/* Open path and list it; shown is its name as it may stand in messages.  The
 * options must outlive the source.  NULL with the reason, a sentence. */
struct source *source_open(const char *path, const char *shown,
    const struct upload_options *options, struct buf *err);
void source_close(struct source *source);	/* NULL is fine */

size_t source_count(const struct source *source);
struct upload_entry source_at(const struct source *source, size_t index);
/* What was wrong with the list itself, a sentence, or NULL. */
const char *source_damage(const struct source *source);
/* Whether it is an archive, and neither a directory nor a picture. */
int source_is_archive(const struct source *source);

/* Append an entry's bytes to out.  0, or -1 with the reason, a clause about the
 * entry. */
int source_read(struct source *source, size_t index, struct buf *out,
    struct buf *err);
/* Copy an entry's bytes, in a process of its own, to the file fd, which after -1
 * may be half written. */
int source_copy(struct source *source, size_t index, int fd, struct buf *err);

/* A file without a name in the options' directory, open for writing and reading;
 * -1 with the reason. */
int source_temporary(const struct upload_options *options, struct buf *err);

#endif
