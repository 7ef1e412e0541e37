#include "lib/archive/folderin.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { DEPTH_MAX = 32 };

struct listing {
	struct folderin *folder;
	const char *shown;
	size_t files_max;
};

static void
add_file(struct folderin *folder, const char *path, const struct stat *status)
{
	struct buf name = BUF_INIT;
	struct folderin_file *file;

	if (folder->count == folder->cap) {
		folder->cap = folder->cap > 0 ? 2 * folder->cap : 64;
		folder->files = xrealloc_array(folder->files, folder->cap,
		    sizeof *folder->files);
	}
	entryname_decode(path, strlen(path), 1, &name);
	file = &folder->files[folder->count++];
	file->path = xstrdup(path);
	file->name = buf_detach(&name);
	file->bytes = (unsigned long long)status->st_size;
	file->strange = !S_ISREG(status->st_mode);
}

/* The batch itself may lie in the directory that is taken in. */
static int
is_batch(int fd)
{
	return faccessat(fd, "originals", F_OK, 0) == 0 &&
	    faccessat(fd, "lock", F_OK, 0) == 0;
}

static int list_directory(struct listing *listing, int fd, struct buf *path,
    int depth, struct buf *err);

static int
list_one(struct listing *listing, int directory, const char *name,
    struct buf *path, int depth, struct buf *err)
{
	size_t len = path->len;
	struct stat status;
	int fd, result = 0;

	if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == -1)
		return 0;	/* gone since it was listed */
	buf_addf(path, "%s%s", len > 0 ? "/" : "", name);
	if (S_ISDIR(status.st_mode)) {
		fd = openat(directory, name, O_RDONLY | O_DIRECTORY |
		    O_NOFOLLOW | O_CLOEXEC);
		result = list_directory(listing, fd, path, depth + 1, err);
	} else
		add_file(listing->folder, path->data, &status);
	path->len = len;
	path->data[len] = '\0';
	return result;
}

/* List what is open as fd, and close it. */
static int
list_directory(struct listing *listing, int fd, struct buf *path, int depth,
    struct buf *err)
{
	DIR *directory = fd != -1 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int result = 0;

	if (directory == NULL || depth > DEPTH_MAX) {
		buf_addf(err, "cannot list '%s': %s", listing->shown,
		    depth > DEPTH_MAX ? "its folders lie too deep" :
		    strerror(errno));
		result = -1;
	}
	while (result == 0 && !is_batch(fd) &&
	    (entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (listing->folder->count > listing->files_max)
			break;
		result = list_one(listing, fd, entry->d_name, path, depth, err);
	}
	if (directory != NULL)
		closedir(directory);
	else if (fd != -1)
		close(fd);
	return result;
}

static int
by_path(const void *a, const void *b)
{
	const struct folderin_file *left = a, *right = b;

	return strcmp(left->path, right->path);
}

int
folderin_list(struct folderin *folder, const char *path, const char *shown,
    size_t files_max, struct buf *err)
{
	struct listing listing = { folder, shown, files_max };
	struct buf below = BUF_INIT;
	int result;

	memset(folder, 0, sizeof *folder);
	folder->path = xstrdup(path);
	result = list_directory(&listing, open(path, O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC), &below, 0, err);
	buf_release(&below);
	if (result == 0 && folder->count > files_max) {
		buf_addf(err, "'%s' holds more than %zu files", shown,
		    files_max);
		return -1;
	}
	mem_sort(folder->files, folder->count, sizeof *folder->files,
	    by_path);
	return result;
}

void
folderin_single(struct folderin *folder, const char *path,
    unsigned long long bytes)
{
	const char *slash = strrchr(path, '/');
	struct stat status = { .st_size = (off_t)bytes, .st_mode = S_IFREG };

	memset(folder, 0, sizeof *folder);
	folder->path = slash != NULL ? xstrndup(path, (size_t)(slash - path)) :
	    xstrdup(".");
	add_file(folder, slash != NULL ? slash + 1 : path, &status);
}

void
folderin_release(struct folderin *folder)
{
	for (size_t i = 0; i < folder->count; i++) {
		free(folder->files[i].path);
		free(folder->files[i].name);
	}
	free(folder->files);
	free(folder->path);
	memset(folder, 0, sizeof *folder);
}

void
folderin_path(const struct folderin *folder, size_t index, struct buf *out)
{
	buf_addf(out, "%s/%s", folder->path, folder->files[index].path);
}
