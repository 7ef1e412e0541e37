#ifndef TC_FOLDER_H
#define TC_FOLDER_H
/*
 * folder: a product that is a directory of files.
 *
 * The files are written into a hidden directory beside its final place
 * (".NAME.part") and published together by one rename, so that a name never
 * stands for a part of them.  Like a single product it is locked while it is
 * written, and what a killed run left behind is overwritten by the next.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct folder {
	char *path;		/* final name */
	char *part;		/* temporary name beside it; NULL when closed */
	int fd;			/* of the directory, -1 when closed */
	size_t files;
};

/* Start.  0, or -1 with the reason (in use by another run). */
int folder_open(struct folder *folder, const char *path, struct buf *err);

/* Make a file in it: open for writing, or -1 with the reason. */
int folder_create(struct folder *folder, const char *name, struct buf *err);
int folder_write(struct folder *folder, const char *name, const void *bytes,
    size_t len, struct buf *err);
int folder_rename(struct folder *folder, const char *from, const char *to,
    struct buf *err);

/* Publish: sync and rename.  Where path exists with the same files nothing
 * changes; with others it is replaced only with replace, and only when own is true for
 * the name of each file in it: files that a run like this one made.  0, or -1 with the
 * reason; the temporary directory is gone either way. */
int folder_publish(struct folder *folder, int replace,
    int (*own)(const char *name), struct buf *err);
/* Remove the temporary directory if there is one. */
void folder_release(struct folder *folder);

#endif
