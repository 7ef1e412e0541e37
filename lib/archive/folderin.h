#ifndef TC_FOLDERIN_H
#define TC_FOLDERIN_H
/*
 * folderin: the files below a directory, or one file as if it lay alone in one.
 *
 * Files are sorted by the bytes of their names.  Links are listed and not followed; a
 * batch directory inside is left out.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct folderin_file {
	char *path;		/* below the directory, as the system has it */
	char *name;		/* UTF-8 */
	unsigned long long bytes;
	int strange;		/* a link, a device */
};

struct folderin {
	char *path;		/* of the directory */
	struct folderin_file *files;
	size_t count, cap;
};

/* List the directory at path; shown is its name in messages.  0, or -1 with the
 * reason; release either way. */
int folderin_list(struct folderin *folder, const char *path, const char *shown,
    size_t files_max, struct buf *err);
/* List the one file at path. */
void folderin_single(struct folderin *folder, const char *path,
    unsigned long long bytes);
void folderin_release(struct folderin *folder);

/* Append a file's path to out. */
void folderin_path(const struct folderin *folder, size_t index,
    struct buf *out);

#endif
