#include "lib/archive/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/guard.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"

/* Call visit for each file of a directory until it returns other than 0, which is
 * then the result; -1 when it cannot be read. */
static int
each_file(const char *path, int (*visit)(void *state, int fd,
    const char *name), void *state)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	int result = directory != NULL ? 0 : -1;

	while (result == 0 && (entry = readdir(directory)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			result = visit(state, dirfd(directory), entry->d_name);
	if (directory != NULL)
		closedir(directory);
	return result;
}

static int
remove_file(void *state, int fd, const char *name)
{
	(void)state;
	return unlinkat(fd, name, 0);
}

/* path without slashes at its end. */
static char *
trimmed(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return xstrndup(path, len);
}

static int
check_place(const char *path, struct buf *err)
{
	const char *slash = strrchr(path, '/');
	const char *last = slash != NULL ? slash + 1 : path;
	struct stat status;

	if (*last == '\0' || strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
		buf_addf(err, "'%s' cannot be a directory of products: name a "
		    "new one", path);
		return -1;
	}
	if (lstat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
		buf_addf(err, "cannot write '%s': not a directory", path);
		return -1;
	}
	return 0;
}

/* A directory that a killed run left is this account's, and nobody else writes to it. */
static int
is_own(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
	    fchmod(fd, 0700) == 0;
}

int
folder_open(struct folder *folder, const char *path, struct buf *err)
{
	*folder = (struct folder){ trimmed(path), NULL, -1, 0 };
	if (check_place(folder->path, err) != 0)
		goto fail;
	folder->part = io_part_name(folder->path);
	if (mkdir(folder->part, 0700) != 0 && errno != EEXIST) {
		fault_own_system(err, "cannot write '%s'", path);
		goto fail;
	}
	folder->fd = open(folder->part,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (folder->fd < 0) {
		fault_own_system(err, "cannot write '%s'", path);
		goto fail;
	}
	if (!is_own(folder->fd)) {
		buf_addf(err, "cannot write '%s': somebody else made its temporary "
		    "directory", path);
		goto fail;
	}
	if (flock(folder->fd, LOCK_EX | LOCK_NB) != 0) {
		buf_addf(err, "another run is writing '%s'", path);
		goto fail;
	}
	if (each_file(folder->part, remove_file, NULL) != 0 ||
	    guard_add(folder->part) != 0) {
		buf_addf(err, "cannot write '%s'", path);
		goto fail;
	}
	return 0;
fail:
	if (folder->fd >= 0)
		close(folder->fd);
	free(folder->path);
	free(folder->part);
	*folder = (struct folder){ NULL, NULL, -1, 0 };
	return -1;
}

int
folder_create(struct folder *folder, const char *name, struct buf *err)
{
	int fd = openat(folder->fd, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		fault_own_system(err, "cannot write '%s/%s'", folder->path, name);
	else
		folder->files++;
	return fd;
}

int
folder_write(struct folder *folder, const char *name, const void *bytes,
    size_t len, struct buf *err)
{
	int fd = folder_create(folder, name, err), result;

	if (fd < 0)
		return -1;
	result = io_write_all(fd, bytes, len);
	if (close(fd) != 0)
		result = -1;
	if (result != 0)
		fault_own_system(err, "cannot write '%s/%s'", folder->path, name);
	return result;
}

int
folder_rename(struct folder *folder, const char *from, const char *to,
    struct buf *err)
{
	if (renameat(folder->fd, from, folder->fd, to) == 0)
		return 0;
	fault_own_system(err, "cannot write '%s/%s'", folder->path, to);
	return -1;
}

/* ---- publishing ---- */

struct comparing {
	int other;	/* the other directory */
	size_t files;
	int (*own)(const char *name);
	int foreign;	/* a file that no run like this one made */
};

/* Whether two open files hold the same; closes them. */
static int
same_bytes(int one, int other)
{
	FILE *a = one < 0 ? NULL : fdopen(one, "r");
	FILE *b = other < 0 ? NULL : fdopen(other, "r");
	int same = a != NULL && b != NULL, c = 0;

	while (same && c != EOF) {
		c = getc_unlocked(a);
		same = c == getc_unlocked(b);
	}
	if (a != NULL)
		fclose(a);
	if (b != NULL)
		fclose(b);
	return same;
}

/* 1 when the file differs from the one of that name in the other directory. */
static int
compare_file(void *state, int fd, const char *name)
{
	struct comparing *comparing = state;

	comparing->files++;
	return !same_bytes(openat(fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW),
	    openat(comparing->other, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

static int
check_own(void *state, int fd, const char *name)
{
	struct comparing *comparing = state;

	(void)fd;
	comparing->foreign = !comparing->own(name);
	return comparing->foreign;
}

static int
put_in_place(struct folder *folder, int replace, int (*own)(const char *name),
    struct buf *err)
{
	struct comparing comparing = { folder->fd, 0, own, 0 };

	/* also over an empty directory */
	if (rename(folder->part, folder->path) == 0)
		return 0;
	if (errno != ENOTEMPTY && errno != EEXIST) {
		fault_own_system(err, "cannot write '%s'", folder->path);
		return -1;
	}
	if (each_file(folder->path, compare_file, &comparing) == 0 &&
	    comparing.files == folder->files)
		return 0;
	if (!replace) {
		buf_addf(err, "'%s' exists with other content; --force replaces "
		    "it", folder->path);
		return -1;
	}
	if (each_file(folder->path, check_own, &comparing) != 0) {
		buf_addf(err, "'%s' holds files that are no sheets, and is not "
		    "replaced", folder->path);
		return -1;
	}
	if (renameat2(AT_FDCWD, folder->part, AT_FDCWD, folder->path,
	    RENAME_EXCHANGE) == 0)
		return 0;
	fault_own_system(err, "cannot write '%s'", folder->path);
	return -1;
}

static void
sync_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *parent = slash == NULL ? xstrdup(".") :
	    xstrndup(path, (size_t)(slash + 1 - path));
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(parent);
}

int
folder_publish(struct folder *folder, int replace,
    int (*own)(const char *name), struct buf *err)
{
	int result = -1;

	if (syncfs(folder->fd) != 0)
		fault_own_system(err, "cannot write '%s'", folder->path);
	else
		result = put_in_place(folder, replace, own, err);
	if (result == 0) {
		sync_parent(folder->path);
		msg_note("wrote %zu files into '%s'", folder->files, folder->path);
	}
	folder_release(folder);
	return result;
}

void
folder_release(struct folder *folder)
{
	if (folder->part != NULL) {
		/* gone already when it was renamed; the old one when exchanged */
		each_file(folder->part, remove_file, NULL);
		rmdir(folder->part);
		guard_drop(folder->part);
	}
	if (folder->path != NULL && folder->fd >= 0)
		close(folder->fd);
	free(folder->path);
	free(folder->part);
	*folder = (struct folder){ NULL, NULL, -1, 0 };
}
