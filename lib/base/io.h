#ifndef TC_IO_H
#define TC_IO_H
/*
 * io: lines in, whole files in, products out.
 *
 * A product is written to a hidden temporary file beside its final place
 * (".NAME.part") and published by fsync and rename, so that a name never
 * stands for half a file.  The temporary file is locked while it is written:
 * a second run that wants the same name is refused.  What a killed run left behind is
 * removed by the next, never written to, because somebody else may have made it.  Files
 * are made 0600 and directories 0700.
 */
#include <stddef.h>	/* size_t */
#include <stdio.h>	/* FILE */
#include <sys/types.h>	/* ssize_t */

struct buf;

/* Call first in main: umask 077, locale (LC_CTYPE C.UTF-8; LC_MESSAGES C, because
 * the system's reasons go into manifests: translate puts them into Chinese), default
 * handling of broken pipes (an error, not a signal), removal of temporary files
 * on TERM, INT and HUP.  tool is the name in messages. */
void io_init(const char *tool);

/* Flush and close standard output; ends the tool with EXIT_NO_WORK and the
 * reason when that fails, quietly when the reader went away.  Otherwise returns
 * status. */
int io_finish(int status);

/* Write to standard output; ends the tool as io_finish does on failure. */
void io_print(const char *bytes, size_t len);

/* Whether standard output goes to another program. */
int io_is_piped(void);

/* The name of the account that runs the tool, "?" when it has none; borrowed
 * until the next call. */
const char *io_user(void);

/* ---- lines ---- */

enum { IO_LINE_MAX = 16 << 20 };	/* bytes; a longer line is an error */

struct io_lines {
	FILE *file;
	const char *name;	/* for messages, "<stdin>" for standard input */
	long number;		/* of the line read last, from 1 */
	int own;
};

/* Open path, or standard input for NULL and "-".  0, or -1 with the reason. */
int io_lines_open(struct io_lines *lines, const char *path, struct buf *err);
/* Read the next line into line, without its LF or CR LF.  1 when there is one,
 * 0 at the end, -1 with the reason.  *whole is 0 when the input ended before the
 * line feed, or the line was longer than IO_LINE_MAX and was cut (the rest of it
 * is skipped). */
int io_lines_next(struct io_lines *lines, struct buf *line, int *whole,
    struct buf *err);
void io_lines_close(struct io_lines *lines);

/* ---- whole files ---- */

/* Append a file's bytes to out; more than limit bytes is an error. */
int io_read_file(const char *path, size_t limit, struct buf *out,
    struct buf *err);
/* pread(2) that continues after a signal, and notes failures of the machine, fault.h. */
ssize_t io_read_at(int fd, void *bytes, size_t len, unsigned long long offset);
/* A file in memory with these bytes, for libraries that need a file name: returns its
 * descriptor and appends the name, which lasts until it is closed.  -1 with the reason. */
int io_memory_file(const void *bytes, size_t len, struct buf *name, struct buf *err);
/* Make a descriptor that was written through read-only: the file is complete. */
int io_read_only(int fd, struct buf *err);
/* Make the directory and its missing parents, 0700. */
int io_make_directory(const char *path, struct buf *err);

/* ---- products ---- */

enum io_publish_flags {
	IO_REPLACE = 1 << 0,	/* replace a file that has other bytes */
	IO_INTERNAL = 1 << 1	/* nobody asked for it: no message to the operator */
};

struct io_product {
	char *path;		/* final name */
	char *part;		/* temporary name beside it; NULL when closed */
	int fd;			/* open for reading and writing, -1 when closed */
};

/* The temporary name beside path, ".NAME.part"; the caller frees it. */
char *io_part_name(const char *path);

/* Start a product.  The file at product->part is empty and open in
 * product->fd; libraries that want a name write to product->part by name.  0, or
 * -1 with the reason (in use by another run, no such directory). */
int io_product_open(struct io_product *product, const char *path,
    struct buf *err);
/* Write all of bytes to it.  0, or -1 with the reason. */
int io_product_write(const struct io_product *product, const void *bytes, size_t len,
    struct buf *err);
/* Publish: fsync and rename.  Where a file of that name exists with the same
 * bytes nothing changes; with other bytes it is replaced only with IO_REPLACE
 * and is an error otherwise.  A message names what was written.  0, or -1 with
 * the reason; the temporary file is gone either way. */
int io_product_publish(struct io_product *product, enum io_publish_flags flags,
    struct buf *err);
/* Remove the temporary file if there is one.  After publish: nothing to do. */
void io_product_release(struct io_product *product);

/* Standard output becomes a product at path, to be published after io_finish; a
 * device is written to directly and is no product.  Returns a descriptor of the former
 * standard output, or -1 with the reason. */
int io_redirect(const char *path, struct io_product *product, struct buf *err);

/* Write all of bytes to fd.  0, or -1 with errno set. */
int io_write_all(int fd, const void *bytes, size_t len);

/* Write a file of the given bytes through a temporary file in directory tmp of
 * the same file system, and rename it to path; no fsync (see batch_sync). */
int io_store(const char *tmp, const char *path, const void *bytes, size_t len,
    struct buf *err);

#endif
