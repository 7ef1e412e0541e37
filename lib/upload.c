#include "lib/upload.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/entrymask.h"
#include "lib/entryname.h"
#include "lib/img.h"
#include "lib/io.h"
#include "lib/mem.h"
#include "lib/zipin.h"

enum { SNIFF_BYTES = 32, DEPTH_MAX = 32 };

/* A file of a directory, or the one picture. */
struct file {
	char *path;		/* below the directory, as the system has it */
	char *name;		/* UTF-8 */
	unsigned long long bytes;
	int strange;		/* a link, a device */
};

struct upload {
	char *path;
	char *name;		/* UTF-8 */
	char *shown;		/* masked, for messages */
	struct upload_limits limits;
	struct zipin *zip;	/* or files */
	struct file *files;
	size_t count, cap;
	unsigned char *refused;	/* of each entry: the limits are against it */
	char *damage;
};

static char *
decode(const char *raw)
{
	struct buf text = BUF_INIT;

	entryname_decode(raw, strlen(raw), 1, &text);
	return buf_detach(&text);
}

static void
set_name(struct upload *upload)
{
	char absolute[PATH_MAX];
	char *path = realpath(upload->path, absolute), *slash;
	struct buf shown = BUF_INIT;

	slash = strrchr(path != NULL ? path : upload->path, '/');
	upload->name = decode(slash != NULL ? slash + 1 :
	    path != NULL ? path : upload->path);
	entrymask(upload->name, &shown);
	upload->shown = buf_detach(&shown);
}

static void
add_file(struct upload *upload, const char *path, const struct stat *status)
{
	struct file *file;

	if (upload->count == upload->cap) {
		upload->cap = upload->cap > 0 ? 2 * upload->cap : 64;
		upload->files = xrealloc_array(upload->files, upload->cap,
		    sizeof *upload->files);
	}
	file = &upload->files[upload->count++];
	file->path = xstrdup(path);
	file->name = decode(path);
	file->bytes = (unsigned long long)status->st_size;
	file->strange = !S_ISREG(status->st_mode);
}

/* ---- directories ---- */

/* The batch itself may lie in the directory that is taken in. */
static int
is_batch(int fd)
{
	return faccessat(fd, "originals", F_OK, 0) == 0 &&
	    faccessat(fd, "lock", F_OK, 0) == 0;
}

static int list_directory(struct upload *upload, int fd, struct buf *path,
    int depth, struct buf *err);

static int
list_one(struct upload *upload, int directory, const char *name,
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
		result = list_directory(upload, fd, path, depth + 1, err);
	} else
		add_file(upload, path->data, &status);
	path->len = len;
	path->data[len] = '\0';
	return result;
}

/* List what is open as fd, and close it. */
static int
list_directory(struct upload *upload, int fd, struct buf *path, int depth,
    struct buf *err)
{
	DIR *directory = fd != -1 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int result = 0;

	if (directory == NULL || depth > DEPTH_MAX) {
		buf_addf(err, "cannot list '%s': %s", upload->shown,
		    depth > DEPTH_MAX ? "its folders lie too deep" :
		    strerror(errno));
		result = -1;
	}
	while (result == 0 && !is_batch(fd) &&
	    (entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (upload->count > upload->limits.entries)
			break;
		result = list_one(upload, fd, entry->d_name, path, depth, err);
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
	const struct file *left = a, *right = b;

	return strcmp(left->path, right->path);
}

static int
open_directory(struct upload *upload, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result;

	result = list_directory(upload, open(upload->path, O_RDONLY |
	    O_DIRECTORY | O_CLOEXEC), &path, 0, err);
	buf_release(&path);
	if (result == 0 && upload->count > upload->limits.entries) {
		buf_addf(err, "'%s' holds more than %zu files", upload->shown,
		    upload->limits.entries);
		return -1;
	}
	if (upload->count > 0)
		qsort(upload->files, upload->count, sizeof *upload->files,
		    by_path);
	return result;
}

/* ---- archives and pictures ---- */

static const char *
other_archive(const char *start)
{
	static const struct {
		const char *magic;
		size_t len;
		const char *name;
	} kinds[] = {
		{ "7z\xbc\xaf\x27\x1c", 6, "a 7-Zip archive" },
		{ "Rar!", 4, "a RAR archive" },
		{ "\x1f\x8b", 2, "a gzip archive" },
		{ "\xfd" "7zXZ", 5, "an xz archive" },
		{ "BZh", 3, "a bzip2 archive" }
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (memcmp(start, kinds[i].magic, kinds[i].len) == 0)
			return kinds[i].name;
	return NULL;
}

/* A sentence about the path becomes one about the name shown. */
static void
add_masked(const struct upload *upload, const char *sentence, struct buf *err)
{
	const char *path = strstr(sentence, upload->path);

	if (path == NULL) {
		buf_adds(err, sentence);
		return;
	}
	buf_add(err, sentence, (size_t)(path - sentence));
	buf_adds(err, upload->shown);
	buf_adds(err, path + strlen(upload->path));
}

static int
open_zip(struct upload *upload, struct buf *err)
{
	struct zipin_limits limits = {
		upload->limits.entries, upload->limits.name_bytes
	};
	struct buf damage = BUF_INIT, reason = BUF_INIT;

	upload->zip = zipin_open(upload->path, &limits, &reason);
	if (upload->zip == NULL) {
		add_masked(upload, reason.data, err);
		buf_release(&reason);
		return -1;
	}
	zipin_find_overlaps(upload->zip);
	upload->count = zipin_count(upload->zip);
	if (zipin_salvaged(upload->zip))
		buf_adds(&damage, "the archive broke off: its directory is "
		    "missing, and entries may be");
	else if (zipin_lost(upload->zip) > 0)
		buf_addf(&damage, "the archive's directory is damaged: %llu "
		    "entries are missing", zipin_lost(upload->zip));
	if (damage.len > 0)
		upload->damage = buf_detach(&damage);
	buf_release(&damage);
	return 0;
}

static int
open_file(struct upload *upload, const struct stat *status, struct buf *err)
{
	char start[SNIFF_BYTES] = "";
	const char *other, *slash = strrchr(upload->path, '/');
	int fd = open(upload->path, O_RDONLY | O_CLOEXEC);
	ssize_t len = -1;

	if (fd != -1)
		len = pread(fd, start, sizeof start, 0);
	if (len == -1)
		buf_addf(err, "cannot read '%s': %s", upload->shown,
		    strerror(errno));
	if (fd != -1)
		close(fd);
	if (len == -1)
		return -1;
	if (img_sniff(start, (size_t)len) != NULL) {
		add_file(upload, slash != NULL ? slash + 1 : upload->path,
		    status);
		return 0;
	}
	other = other_archive(start);
	if (other == NULL)
		return open_zip(upload, err);
	buf_addf(err, "'%s' is %s, which is not read yet: send a zip",
	    upload->shown, other);
	return -1;
}

/* ---- all ---- */

/* Mark the entries from which on all together are more than is accepted. */
static void
apply_total(struct upload *upload)
{
	unsigned long long total = 0;

	upload->refused = xcalloc(upload->count, 1);
	for (size_t i = 0; i < upload->count; i++) {
		unsigned long long bytes = upload_at(upload, i).bytes;

		if (upload_at(upload, i).obstacle != NULL)
			continue;
		if (bytes > upload->limits.total_bytes - total)
			upload->refused[i] = 1;
		else
			total += bytes;
	}
}

struct upload *
upload_open(const char *path, const struct upload_limits *limits,
    struct buf *err)
{
	struct upload *upload = xcalloc(1, sizeof *upload);
	struct stat status;
	int result;

	upload->path = xstrdup(path);
	upload->limits = *limits;
	set_name(upload);
	if (stat(path, &status) == -1) {
		buf_addf(err, "cannot open '%s': %s", upload->shown,
		    strerror(errno));
		goto fail;
	}
	if (S_ISDIR(status.st_mode))
		result = open_directory(upload, err);
	else if (S_ISREG(status.st_mode))
		result = open_file(upload, &status, err);
	else {
		buf_addf(err, "'%s' is neither a file nor a directory",
		    upload->shown);
		result = -1;
	}
	if (result == -1)
		goto fail;
	apply_total(upload);
	return upload;
fail:
	upload_close(upload);
	return NULL;
}

void
upload_close(struct upload *upload)
{
	if (upload == NULL)
		return;
	for (size_t i = 0; upload->files != NULL && i < upload->count; i++) {
		free(upload->files[i].path);
		free(upload->files[i].name);
	}
	free(upload->files);
	zipin_close(upload->zip);
	free(upload->refused);
	free(upload->damage);
	free(upload->path);
	free(upload->name);
	free(upload->shown);
	free(upload);
}

const char *
upload_name(const struct upload *upload)
{
	return upload->name;
}

size_t
upload_count(const struct upload *upload)
{
	return upload->count;
}

const char *
upload_damage(const struct upload *upload)
{
	return upload->damage;
}

static const char *
zip_obstacle(const struct upload *upload, const struct zipin_entry *entry)
{
	if (entry->overlaps)
		return "it shares its bytes with another entry";
	if (entry->name_cut)
		return "its name is longer than is accepted";
	if (entry->encrypted)
		return "it is encrypted";
	if ((double)entry->bytes > upload->limits.ratio * (double)entry->packed)
		return "it unpacks into many times its size";
	return NULL;
}

struct upload_entry
upload_at(const struct upload *upload, size_t index)
{
	struct upload_entry entry = { 0 };

	if (upload->zip != NULL) {
		const struct zipin_entry *item = zipin_at(upload->zip, index);

		entry.name = item->name;
		entry.bytes = item->bytes;
		entry.obstacle = zip_obstacle(upload, item);
	} else {
		entry.name = upload->files[index].name;
		entry.bytes = upload->files[index].bytes;
		if (upload->files[index].strange)
			entry.obstacle = "it is a link or no file";
		else if (strlen(entry.name) > upload->limits.name_bytes)
			entry.obstacle = "its name is longer than is accepted";
	}
	if (entry.obstacle == NULL && entry.bytes > upload->limits.entry_bytes)
		entry.obstacle = "it is larger than is accepted";
	if (entry.obstacle == NULL && upload->refused != NULL &&
	    upload->refused[index])
		entry.obstacle = "all entries together are larger than is "
		    "accepted";
	return entry;
}

static int
read_file(struct upload *upload, const struct file *file, struct buf *out,
    struct buf *err)
{
	struct buf path = BUF_INIT, ignored = BUF_INIT;
	size_t start = out->len;
	struct stat status;
	int result;

	buf_adds(&path, upload->path);
	if (stat(upload->path, &status) == 0 && S_ISDIR(status.st_mode))
		buf_addf(&path, "/%s", file->path);
	result = io_read_file(path.data, upload->limits.entry_bytes, out,
	    &ignored);
	if (result == -1) {
		buf_adds(err, "it cannot be read from the disk");
		(void)buf_reserve(out, 0);
		out->len = start;
		out->data[start] = '\0';
	}
	buf_release(&ignored);
	buf_release(&path);
	return result;
}

int
upload_read(struct upload *upload, size_t index, struct buf *out,
    struct buf *err)
{
	if (upload->zip != NULL)
		return zipin_read(upload->zip, index,
		    upload->limits.entry_bytes, out, err);
	return read_file(upload, &upload->files[index], out, err);
}
