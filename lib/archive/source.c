#include "lib/archive/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/archivein.h"
#include "lib/archive/entryname.h"
#include "lib/archive/folderin.h"
#include "lib/archive/sink.h"
#include "lib/archive/upload.h"
#include "lib/archive/zipin.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/workers.h"
#include "lib/picture/img.h"

/* However slow the disk is, an archive inside is copied at this pace. */
enum { COPY_PACE = 10000000 };	/* bytes a second */

/* One of the three. */
struct source {
	const struct upload_options *options;
	struct zipin *zip;
	struct folderin folder;
	struct archivein_list list;
	char *path;
	int spool;			/* of list, or -1 */
	char *damage;
};

int
source_temporary(const struct upload_options *options, struct buf *err)
{
	int fd = open(options->directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd == -1) {
		fault_own_system(err, "cannot make a temporary file in '%s'", options->directory);
	}
	return fd;
}

/* A clause about the archive becomes a sentence. */
static int
fail(const char *shown, const char *clause, struct buf *err)
{
	buf_addf(err, "cannot read '%s': %s", shown, clause);
	return -1;
}

static int
open_zip(struct source *source, const char *path, const char *shown,
    struct buf *err)
{
	const struct zipin_limits limits = {
		source->options->entries, source->options->name_bytes
	};
	struct buf damage = BUF_INIT, reason = BUF_INIT;
	const char *clause;

	source->zip = zipin_open(path, &limits, &reason);
	if (source->zip == NULL) {
		clause = strstr(reason.data, "': ");
		fail(shown, clause != NULL ? clause + 3 : reason.data, err);
		buf_release(&reason);
		return -1;
	}
	zipin_set_password(source->zip, source->options->password);
	zipin_find_overlaps(source->zip);
	if (zipin_salvaged(source->zip))
		buf_adds(&damage, "the archive broke off: its directory is "
		    "missing, and entries may be");
	else if (zipin_lost(source->zip) > 0)
		buf_addf(&damage, "the archive's directory is damaged: %llu "
		    "entries are missing", zipin_lost(source->zip));
	if (damage.len > 0)
		source->damage = buf_detach(&damage);
	buf_release(&damage);
	return 0;
}

static int
open_other(struct source *source, const char *path, const char *shown,
    struct buf *err)
{
	const struct upload_options *options = source->options;
	const struct archivein_limits limits = {
		.entries = options->entries,
		.name_bytes = options->name_bytes,
		.entry_bytes = options->entry_bytes,
		.archive_bytes = options->total_bytes,
		.total_bytes = options->total_bytes,
		.ratio = options->ratio,
		.seconds = options->seconds,
		.memory = options->memory
	};
	struct buf reason = BUF_INIT;
	int result;

	source->spool = source_temporary(options, err);
	if (source->spool == -1)
		return -1;
	result = archivein_unpack(path, &limits, source->spool, &source->list,
	    &reason);
	if (result == 0)
		result = io_read_only(source->spool, &reason);
	if (result == -1) {
		fail(shown, reason.data, err);
		buf_release(&reason);
		return -1;
	}
	if (source->list.damage != NULL) {
		buf_addf(&reason, "the archive was not read to its end: %s",
		    source->list.damage);
		source->damage = buf_detach(&reason);
	}
	return 0;
}

static int
open_file(struct source *source, const char *path, const char *shown,
    unsigned long long bytes, struct buf *err)
{
	char start[ARCHIVEIN_SNIFF];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = -1;

	if (fd != -1)
		len = pread(fd, start, sizeof start, 0);
	if (len == -1)
		fault_system(err, "cannot read '%s'", shown);
	if (fd != -1)
		close(fd);
	if (len == -1)
		return -1;
	if (img_sniff(start, (size_t)len) != NULL) {
		folderin_single(&source->folder, path, bytes);
		return 0;
	}
	if (archivein_kind(start, (size_t)len) != NULL)
		return open_other(source, path, shown, err);
	return open_zip(source, path, shown, err);
}

struct source *
source_open(const char *path, const char *shown,
    const struct upload_options *options, struct buf *err)
{
	struct source *source = xcalloc(1, sizeof *source);
	struct stat status;
	int result = -1;

	source->options = options;
	source->path = xstrdup(path);
	source->spool = -1;
	if (stat(path, &status) == -1)
		fault_system(err, "cannot open '%s'", shown);
	else if (S_ISDIR(status.st_mode))
		result = folderin_list(&source->folder, path, shown,
		    options->entries, err);
	else if (S_ISREG(status.st_mode))
		result = open_file(source, path, shown,
		    (unsigned long long)status.st_size, err);
	else
		buf_addf(err, "'%s' is neither a file nor a directory", shown);
	if (result == 0)
		return source;
	source_close(source);
	return NULL;
}

void
source_close(struct source *source)
{
	if (source == NULL)
		return;
	zipin_close(source->zip);
	folderin_release(&source->folder);
	archivein_release(&source->list);
	if (source->spool != -1)
		close(source->spool);
	free(source->damage);
	free(source->path);
	free(source);
}

size_t
source_count(const struct source *source)
{
	return source->zip != NULL ? zipin_count(source->zip) :
	    source->spool != -1 ? source->list.count : source->folder.count;
}

const char *
source_damage(const struct source *source)
{
	return source->damage;
}

int
source_is_archive(const struct source *source)
{
	return source->zip != NULL || source->spool != -1;
}

/* ---- entries ---- */

static struct upload_entry
zip_entry(const struct source *source, size_t index)
{
	const struct zipin_entry *item = zipin_at(source->zip, index);
	struct upload_entry entry = { .name = item->name,
	    .bytes = item->bytes };

	if (item->overlaps)
		entry.obstacle = "it shares its bytes with another entry";
	else if (item->name_cut)
		entry.obstacle = "its name is longer than is accepted";
	else if (item->encrypted && !item->strong &&
	    source->options->password == NULL)
		entry.obstacle = "it is encrypted: give its password with -P";
	else if (item->bytes > ARCHIVEIN_RATIO_FROM && (double)item->bytes >
	    source->options->ratio * (double)item->packed)
		entry.obstacle = "it unpacks into many times its size";
	return entry;
}

static struct upload_entry
list_entry(const struct source *source, size_t index)
{
	static const char *const obstacles[] = {
		[ARCHIVEIN_DAMAGED] = "its packed data is damaged",
		[ARCHIVEIN_ENCRYPTED] = "it is encrypted, which is only read "
		    "in a zip: have it packed as one",
		[ARCHIVEIN_LARGE] = "it is larger than is accepted",
		[ARCHIVEIN_LINK] = "it is a link or no file",
		[ARCHIVEIN_NAME] = "its name is longer than is accepted"
	};
	const struct archivein_entry *item = &source->list.entries[index];

	return (struct upload_entry){ .name = item->name,
	    .bytes = item->bytes, .obstacle = item->fate == ARCHIVEIN_WHOLE ?
	    NULL : obstacles[item->fate] };
}

static struct upload_entry
file_entry(const struct source *source, size_t index)
{
	const struct folderin_file *file = &source->folder.files[index];
	struct upload_entry entry = { .name = file->name,
	    .bytes = file->bytes };

	if (file->strange)
		entry.obstacle = "it is a link or no file";
	else if (strlen(file->name) > source->options->name_bytes)
		entry.obstacle = "its name is longer than is accepted";
	return entry;
}

struct upload_entry
source_at(const struct source *source, size_t index)
{
	struct upload_entry entry = source->zip != NULL ?
	    zip_entry(source, index) : source->spool != -1 ?
	    list_entry(source, index) : file_entry(source, index);

	if (entry.obstacle == NULL &&
	    entry.bytes > source->options->entry_bytes &&
	    !entryname_is_archive(entry.name))
		entry.obstacle = "it is larger than is accepted";
	return entry;
}

static int
read_spool(const struct source *source, size_t index, struct buf *out,
    struct buf *err)
{
	const struct archivein_entry *entry = &source->list.entries[index];
	char *room = buf_reserve(out, (size_t)entry->bytes);
	size_t got = 0;
	ssize_t len;

	while (got < entry->bytes && (len = pread(source->spool, room + got,
	    (size_t)entry->bytes - got, (off_t)(entry->offset + got))) > 0)
		got += (size_t)len;
	if (got < entry->bytes) {
		fault_own(err, "it cannot be read from the disk");
		return -1;
	}
	out->len += got;
	out->data[out->len] = '\0';
	return 0;
}

static int
read_file(const struct source *source, size_t index, struct buf *out,
    struct buf *err)
{
	struct buf path = BUF_INIT, ignored = BUF_INIT;
	size_t start = out->len;
	int result;

	folderin_path(&source->folder, index, &path);
	result = io_read_file(path.data, source->options->entry_bytes, out,
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
source_read(struct source *source, size_t index, struct buf *out,
    struct buf *err)
{
	if (source_at(source, index).bytes > source->options->entry_bytes) {
		buf_adds(err, "it is larger than is accepted");
		return -1;
	}
	return source->zip != NULL ? zipin_read(source->zip, index,
	    source->options->entry_bytes, out, err) : source->spool != -1 ?
	    read_spool(source, index, out, err) :
	    read_file(source, index, out, err);
}

/* ---- copying, in a process of its own ---- */

/* What the process is asked; it answers with the reason, if it failed. */
struct copying {
	struct source *source;
	size_t index;
	int fd;
	int result;
	struct buf *err;
};

static int
put(void *state, const void *bytes, size_t len)
{
	const struct copying *copying = state;
	struct buf noted = BUF_INIT;

	if (io_write_all(copying->fd, bytes, len) == 0)
		return 0;
	fault_own_system(&noted, "cannot unpack uploads in '%s'",
	    copying->source->options->directory);
	buf_release(&noted);
	return -1;
}

/* Copy bytes [at, at + bytes) of a file. */
static int
copy_range(struct copying *copying, int from, unsigned long long at,
    unsigned long long bytes, struct buf *err)
{
	static char block[1 << 16];
	ssize_t len = 1;

	while (bytes > 0 && (len = pread(from, block, bytes < sizeof block ?
	    (size_t)bytes : sizeof block, (off_t)at)) > 0) {
		if (put(copying, block, (size_t)len) == -1)
			return -1;
		at += (unsigned long long)len;
		bytes -= (unsigned long long)len;
	}
	if (bytes == 0)
		return 0;
	buf_adds(err, "it cannot be read from the disk");
	return -1;
}

static int
copy_entry(struct copying *copying, struct buf *err)
{
	struct source *source = copying->source;
	struct upload_entry entry = source_at(source, copying->index);
	const struct sink sink = { copying, put };
	struct buf path = BUF_INIT;
	int from, result;

	if (source->zip != NULL)
		return zipin_stream(source->zip, copying->index,
		    source->options->total_bytes, &sink, err);
	if (source->spool != -1)
		return copy_range(copying, source->spool,
		    source->list.entries[copying->index].offset, entry.bytes,
		    err);
	folderin_path(&source->folder, copying->index, &path);
	from = open(path.data, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	buf_release(&path);
	result = copy_range(copying, from, 0, entry.bytes, err);
	if (from != -1)
		close(from);
	return result;
}

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct copying *copying = state;
	struct buf reason = BUF_INIT;

	(void)job;
	(void)len;
	if (copy_entry(copying, &reason) == -1 && reason.len == 0)
		buf_adds(&reason, "it cannot be unpacked");
	buf_add(result, reason.data, reason.len);
	buf_release(&reason);
}

static void
done(void *state, const char *job, size_t job_len, const char *result,
    size_t len, const char *reason)
{
	struct copying *copying = state;
	(void)job;
	(void)job_len;
	if (result == NULL) {
		buf_adds(copying->err, reason);
		return;
	}
	copying->result = len == 0 ? 0 : -1;
	buf_add(copying->err, result, len);
}

int
source_copy(struct source *source, size_t index, int fd, struct buf *err)
{
	struct copying copying = { .source = source, .index = index, .fd = fd,
	    .result = -1, .err = err };
	const char *reads[] = { source->path };
	struct workers_setup setup = { .count = 1, .state = &copying,
	    .reads = reads, .read_count = 1, .writes = &fd, .write_count = 1,
	    .memory = source->options->memory, .work = work, .done = done };

	setup.seconds = source->options->seconds +
	    (double)source_at(source, index).bytes / COPY_PACE;
	workers_run(&setup);
	return copying.result;
}
