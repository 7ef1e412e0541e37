#include "lib/archive/archivein.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/entryname.h"
#include "lib/archive/sink.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/workers.h"

enum { BLOCK = 1 << 16 };

/* What the process that unpacks writes down of an entry, before its name. */
struct record {
	uint64_t offset, bytes;
	uint32_t fate, name_len;
};

struct unpacking {
	const char *path;
	const struct archivein_limits *limits;
	int spool, index;
	unsigned long long packed;	/* size of the archive */
	unsigned long long end;		/* of the spool */
	unsigned long long total;	/* put there */
	size_t count;
	char *reason;			/* from the worker */
};

const char *
archivein_kind(const char *bytes, size_t len)
{
	static const struct {
		size_t at;
		const char *magic;
		size_t len;
		const char *name;
	} kinds[] = {
		{ 0, "7z\xbc\xaf\x27\x1c", 6, "a 7-Zip archive" },
		{ 0, "Rar!\x1a\x07", 6, "a RAR archive" },
		{ 0, "\x1f\x8b", 2, "a gzip archive" },
		{ 0, "\xfd" "7zXZ", 6, "an xz archive" },
		{ 0, "BZh", 3, "a bzip2 archive" },
		{ 0, "\x28\xb5\x2f\xfd", 4, "a zstd archive" },
		{ 257, "ustar", 5, "a tar archive" }
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (len >= kinds[i].at + kinds[i].len &&
		    memcmp(bytes + kinds[i].at, kinds[i].magic,
		    kinds[i].len) == 0)
			return kinds[i].name;
	return NULL;
}

/* ---- in the process that unpacks ---- */

static struct archive *
open_archive(const struct unpacking *unpacking)
{
	struct archive *archive = archive_read_new();

	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_format_7zip(archive);
	archive_read_support_format_rar(archive);
	archive_read_support_format_rar5(archive);
	archive_read_support_format_tar(archive);
	archive_read_open_filename(archive, unpacking->path, BLOCK);
	return archive;
}

/* Names are in the locale's encoding, UTF-8, or in a tar as they were written. */
static void
add_name(struct archive_entry *entry, struct buf *name)
{
	const char *raw = archive_entry_pathname(entry);

	if (raw == NULL)
		raw = archive_entry_pathname_utf8(entry);
	if (raw != NULL)
		entryname_decode(raw, strlen(raw), 0, name);
}

static enum archivein_fate
fate_before_bytes(const struct unpacking *unpacking,
    struct archive_entry *entry, const struct buf *name)
{
	if (archive_entry_filetype(entry) != AE_IFREG ||
	    archive_entry_hardlink(entry) != NULL)
		return ARCHIVEIN_LINK;
	if (archive_entry_is_encrypted(entry))
		return ARCHIVEIN_ENCRYPTED;
	if (name->len == 0 || name->len > unpacking->limits->name_bytes)
		return ARCHIVEIN_NAME;
	return ARCHIVEIN_WHOLE;
}

/* Why no further byte is to be unpacked, or NULL. */
static const char *
beyond_limits(const struct unpacking *unpacking)
{
	if (unpacking->total > unpacking->limits->total_bytes)
		return "all entries together are larger than is accepted";
	if (unpacking->total > ARCHIVEIN_RATIO_FROM && (double)unpacking->total >
	    unpacking->limits->ratio * (double)unpacking->packed)
		return "it unpacks into many times its size";
	return NULL;
}

/* Copy an entry's bytes to the spool.  0, or -1 with the reason why the archive
 * must not be read on; the entry is then not whole. */
static int
spool_entry(struct unpacking *unpacking, struct archive *archive,
    unsigned long long max, struct record *record, struct buf *err)
{
	char *block = xmalloc(BLOCK);
	const char *reason = NULL;
	ssize_t len;

	while ((len = archive_read_data(archive, block, BLOCK)) > 0) {
		record->bytes += (unsigned long long)len;
		unpacking->total += (unsigned long long)len;
		reason = beyond_limits(unpacking);
		if (reason != NULL)
			break;
		if (record->bytes > max) {
			record->fate = ARCHIVEIN_LARGE;
			break;
		}
		if (io_write_all(unpacking->spool, block, (size_t)len) == -1) {
			fault_own_system(err, "it cannot be unpacked");
			record->fate = ARCHIVEIN_DAMAGED;
			break;
		}
	}
	if (reason != NULL)
		buf_adds(err, reason);
	if (reason != NULL || len < 0)
		record->fate = ARCHIVEIN_DAMAGED;
	free(block);
	return reason != NULL || fault_noted() != NULL ? -1 : 0;
}

static int
unpack_entry(struct unpacking *unpacking, struct archive *archive,
    struct archive_entry *entry, struct buf *err)
{
	const struct archivein_limits *limits = unpacking->limits;
	struct buf name = BUF_INIT;
	struct record record = { .offset = unpacking->end };
	int result = 0;

	if (archive_entry_filetype(entry) == AE_IFDIR)
		return 0;
	if (unpacking->count++ >= limits->entries) {
		buf_addf(err, "it holds more than %zu entries",
		    limits->entries);
		return -1;
	}
	add_name(entry, &name);
	record.fate = fate_before_bytes(unpacking, entry, &name);
	if (record.fate == ARCHIVEIN_WHOLE)
		result = spool_entry(unpacking, archive,
		    entryname_is_archive(name.data) ? limits->archive_bytes :
		    limits->entry_bytes, &record, err);
	if (record.fate == ARCHIVEIN_WHOLE)
		unpacking->end += record.bytes;
	else if (lseek(unpacking->spool, (off_t)unpacking->end, SEEK_SET) == -1)
		result = -1;
	if (name.len > limits->name_bytes)
		name.len = limits->name_bytes;
	record.name_len = (uint32_t)name.len;
	if (io_write_all(unpacking->index, &record, sizeof record) == -1 ||
	    io_write_all(unpacking->index, name.data, name.len) == -1) {
		fault_own_system(err, "it cannot be unpacked");
		result = -1;
	}
	buf_release(&name);
	return result;
}

/* What libarchive says, in the words of an operator. */
static void
explain(struct archive *archive, struct buf *err)
{
	const char *text = archive_error_string(archive);

	if (text == NULL)
		text = "";
	/* Before a format is known the library crashes over the question. */
	if ((archive_format(archive) != 0 &&
	    archive_read_has_encrypted_entries(archive) > 0) ||
	    strstr(text, "ncrypt") != NULL)
		buf_adds(err, "its list of files is encrypted: 7-Zip and RAR "
		    "archives with a password are not read, have it packed as "
		    "a zip with one");
	else if (strstr(text, "ulti") != NULL && strstr(text, "olume") != NULL)
		buf_adds(err, "it is one part of a split archive: have it packed "
		    "in one piece");
	else
		buf_addf(err, "it is damaged (%s)",
		    *text != '\0' ? text : "unknown format");
}

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct unpacking *unpacking = state;
	struct archive *archive = open_archive(unpacking);
	unsigned seconds = (unsigned)unpacking->limits->seconds + 1;
	struct archive_entry *entry;
	struct buf reason = BUF_INIT;
	int status;

	(void)job;
	(void)len;
	alarm(seconds);
	while ((status = archive_read_next_header(archive, &entry)) !=
	    ARCHIVE_EOF) {
		alarm(seconds);
		if (status < ARCHIVE_WARN) {
			explain(archive, &reason);
			break;
		}
		if (unpack_entry(unpacking, archive, entry, &reason) == -1)
			break;
	}
	alarm(0);
	buf_add(result, reason.data, reason.len);
	buf_release(&reason);
	archive_read_free(archive);
}

static void
done(void *state, const char *job, size_t job_len, const char *result,
    size_t len, const char *reason)
{
	struct unpacking *unpacking = state;
	(void)job;
	(void)job_len;
	if (result == NULL)
		unpacking->reason = xstrdup(strstr(reason, "signal 14") != NULL ?
		    "an entry takes too long to unpack" : reason);
	else if (len > 0)
		unpacking->reason = xstrndup(result, len);
}

/* ---- in the parent ---- */

static void
read_index(const struct buf *bytes, struct archivein_list *list)
{
	size_t at = 0, cap = 0;
	struct record record;

	while (bytes->len - at >= sizeof record) {
		memcpy(&record, bytes->data + at, sizeof record);
		at += sizeof record;
		if (record.name_len > bytes->len - at)
			break;
		if (list->count == cap) {
			cap = cap > 0 ? 2 * cap : 64;
			list->entries = xrealloc_array(list->entries, cap,
			    sizeof *list->entries);
		}
		list->entries[list->count++] = (struct archivein_entry){
			xstrndup(bytes->data + at, record.name_len),
			record.offset, record.bytes,
			(enum archivein_fate)record.fate
		};
		at += record.name_len;
	}
}

int
archivein_unpack(const char *path, const struct archivein_limits *limits,
    int spool, struct archivein_list *list, struct buf *err)
{
	struct unpacking unpacking = { .path = path, .limits = limits,
	    .spool = spool };
	int writes[2] = { spool };
	struct workers_setup setup = { .count = 1, .memory = limits->memory,
	    .reads = &path, .read_count = 1, .writes = writes, .write_count = 2,
	    .state = &unpacking, .work = work, .done = done };
	struct buf index = BUF_INIT;
	struct stat status;
	char name[32] = "/proc/self/fd/";

	memset(list, 0, sizeof *list);
	unpacking.index = memfd_create("index", MFD_CLOEXEC);
	if (unpacking.index == -1 || stat(path, &status) == -1) {
		fault_system(err, "it cannot be read");
		return -1;
	}
	writes[1] = unpacking.index;
	unpacking.packed = (unsigned long long)status.st_size;
	unpacking.end = (unsigned long long)lseek(spool, 0, SEEK_END);
	workers_run(&setup);
	snprintf(name, sizeof name, "/proc/self/fd/%d", unpacking.index);
	if (io_read_file(name, SIZE_MAX / 2, &index, err) == 0)
		read_index(&index, list);
	close(unpacking.index);
	buf_release(&index);
	list->damage = unpacking.reason;
	if (list->count > 0 || list->damage == NULL)
		return 0;
	buf_adds(err, list->damage);
	archivein_release(list);
	return -1;
}

void
archivein_release(struct archivein_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->entries[i].name);
	free(list->entries);
	free(list->damage);
	memset(list, 0, sizeof *list);
}

/* ---- one entry of a zip ---- */

static la_ssize_t
next_block(struct archive *archive, void *state, const void **block)
{
	const struct archivein_bytes *bytes = state;

	(void)archive;
	return (la_ssize_t)bytes->next(bytes->state, block);
}

static void
explain_entry(struct archive *archive, struct buf *err)
{
	const char *text = archive_error_string(archive);

	if (text == NULL)
		text = "";
	if (strstr(text, "assphrase") != NULL)
		buf_adds(err, "it is encrypted with another password");
	else if (strstr(text, "nsupported") != NULL ||
	    strstr(text, "ncrypt") != NULL)
		buf_adds(err, "it is packed by a method that is not read here: have "
		    "it packed again as a usual zip");
	else
		buf_adds(err, "its packed data is damaged");
}

int
archivein_decode(const struct archivein_bytes *bytes, const char *password,
    const struct sink *sink, struct buf *err)
{
	struct archive *archive = archive_read_new();
	struct archivein_bytes source = *bytes;
	char *block = xmalloc(BLOCK);
	struct archive_entry *entry;
	la_ssize_t len = -1;

	archive_read_support_format_zip_streamable(archive);
	archive_read_set_options(archive, "zip:ignorecrc32");
	if (password != NULL && *password != '\0')
		archive_read_add_passphrase(archive, password);
	if (archive_read_open(archive, &source, NULL, next_block, NULL) ==
	    ARCHIVE_OK && archive_read_next_header(archive, &entry) >=
	    ARCHIVE_WARN)
		while ((len = archive_read_data(archive, block, BLOCK)) > 0)
			if (sink->put(sink->state, block, (size_t)len) == -1)
				break;
	if (len < 0)
		explain_entry(archive, err);
	archive_read_free(archive);
	free(block);
	return len < 0 ? -1 : 0;
}
