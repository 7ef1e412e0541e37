#include "lib/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/fault.h"
#include "lib/base/guard.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"

char *
io_part_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t directory = slash != NULL ? (size_t)(slash + 1 - path) : 0;
	struct buf name = BUF_INIT;

	buf_add(&name, path, directory);
	buf_addf(&name, ".%s.part", path + directory);
	return buf_detach(&name);
}

/* Whether a file is this account's alone: nobody else reads it, writes to it or knows
 * it by another name. */
static int
is_own_alone(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
	    status->st_nlink == 1 && (status->st_mode & 077) == 0;
}

/* Remove what lies under the temporary name, whoever made it; -1 when a run that is not
 * over holds it. */
static int
clear_part(const char *part)
{
	int fd = open(part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK), held = 0;
	struct stat status;

	if (fd >= 0) {
		held = fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
		    flock(fd, LOCK_EX | LOCK_NB) != 0;
		close(fd);
	}
	if (!held && unlink(part) != 0 && errno == EISDIR)
		rmdir(part);
	return held ? -1 : 0;
}

/* A new file under the temporary name, locked; -1 with the reason. */
static int
make_part(const char *path, const char *part, struct buf *err)
{
	int fd = -1, held = clear_part(part) != 0;

	if (!held)
		fd = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (!held && fd < 0) {
		fault_own_system(err, "cannot write '%s'", path);
		return -1;
	}
	if (held || flock(fd, LOCK_EX | LOCK_NB) != 0)
		buf_addf(err, "another run is writing '%s'", path);
	else if (guard_add(part) != 0)
		buf_addf(err, "cannot write '%s'", path);
	else
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static int
open_nameless(struct io_product *product, const char *path, struct buf *err)
{
	const char *directory = getenv("TMPDIR");
	struct buf name = BUF_INIT;
	int fd = open(directory != NULL && *directory != '\0' ? directory : "/tmp",
	    O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		fd = memfd_create("tc", MFD_CLOEXEC);
	if (fd < 0) {
		fault_own_system(err, "cannot write '%s'", path);
		return -1;
	}
	buf_addf(&name, "/proc/self/fd/%d", fd);
	*product = (struct io_product){ xstrdup(path), buf_detach(&name), fd };
	return 0;
}

int
io_product_open(struct io_product *product, const char *path, struct buf *err)
{
	struct stat status;
	char *part;
	int fd;

	memset(product, 0, sizeof *product);
	product->fd = -1;
	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
		buf_addf(err, "cannot write '%s': not a regular file", path);
		return -1;
	}
	if (dryrun_is())
		return open_nameless(product, path, err);
	part = io_part_name(path);
	fd = make_part(path, part, err);
	if (fd < 0) {
		free(part);
		return -1;
	}
	product->path = xstrdup(path);
	product->part = part;
	product->fd = fd;
	return 0;
}

/* 1 the same bytes, 0 others, -1 no such file. */
static int
same_bytes(const char *path, const char *other)
{
	FILE *a = fopen(path, "re"), *b = fopen(other, "re");
	int result = a == NULL ? -1 : b != NULL, c;

	while (result == 1 && (c = getc_unlocked(a)) == getc_unlocked(b))
		if (c == EOF)
			goto out;
	if (result == 1)
		result = 0;
out:
	if (a != NULL)
		fclose(a);
	if (b != NULL)
		fclose(b);
	return result;
}

static int
sync_directory_of(const char *path)
{
	char *copy = xstrdup(path), *slash = strrchr(copy, '/');
	int fd, result;

	if (slash != NULL)
		slash[1] = '\0';
	fd = open(slash != NULL ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	result = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	free(copy);
	return result;
}

/* What lies under the temporary name is still what was opened, and durable. */
static int
settle(const struct io_product *product, struct buf *err)
{
	struct stat opened, named;

	if (fsync(product->fd) != 0 || fstat(product->fd, &opened) != 0) {
		fault_own_system(err, "cannot write '%s'", product->path);
		return -1;
	}
	if (lstat(product->part, &named) == 0 && named.st_dev == opened.st_dev &&
	    named.st_ino == opened.st_ino && is_own_alone(&named))
		return 0;
	fault_own(err, "'%s' is not written: somebody else changed its temporary file",
	    product->path);
	return -1;
}

static void
tell(const char *path, int same)
{
	if (same == 1)
		msg_note("'%s' was there already, the same", path);
	else
		msg_note(dryrun_is() ? "would write '%s'" : "wrote '%s'", path);
}

int
io_product_publish(struct io_product *product, enum io_publish_flags flags,
    struct buf *err)
{
	int same, result = -1;

	if (!dryrun_is() && settle(product, err) != 0)
		goto out;
	same = same_bytes(product->path, product->part);
	if (same == 0 && !(flags & IO_REPLACE)) {
		buf_addf(err, "'%s' exists with other content; --force replaces it",
		    product->path);
		goto out;
	}
	if (!dryrun_is() && same != 1 && (rename(product->part, product->path) != 0 ||
	    sync_directory_of(product->path) != 0)) {
		fault_own_system(err, "cannot write '%s'", product->path);
		goto out;
	}
	if (!(flags & IO_INTERNAL))
		tell(product->path, same);
	result = 0;
out:
	io_product_release(product);
	return result;
}

void
io_product_release(struct io_product *product)
{
	if (product->part != NULL) {
		unlink(product->part);
		guard_drop(product->part);
	}
	if (product->fd > 0)
		close(product->fd);
	free(product->part);
	free(product->path);
	memset(product, 0, sizeof *product);
	product->fd = -1;
}
