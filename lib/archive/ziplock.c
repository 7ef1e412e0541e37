#include "lib/archive/ziplock.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { PIECE = 1 << 16 };

struct ziplock {
	struct archive *archive;
	char *path;
};

static int
failed(const struct ziplock *zip, struct buf *err)
{
	const char *why = archive_error_string(zip->archive);

	buf_addf(err, "cannot write zip '%s': %s", zip->path,
	    why != NULL ? why : "unknown error");
	return -1;
}

struct ziplock *
ziplock_new(const char *path, const char *password, struct buf *err)
{
	struct ziplock *zip = xcalloc(1, sizeof *zip);
	struct archive *archive = archive_write_new();

	zip->archive = archive;
	zip->path = xstrdup(path);
	if (archive_write_set_format_zip(archive) != ARCHIVE_OK ||
	    archive_write_set_options(archive,
	    "zip:encryption=aes256,zip:hdrcharset=UTF-8") != ARCHIVE_OK ||
	    archive_write_set_passphrase(archive, password) != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(archive, 1) != ARCHIVE_OK ||
	    archive_write_open_filename(archive, path) != ARCHIVE_OK) {
		failed(zip, err);
		archive_write_free(archive);
		free(zip->path);
		free(zip);
		return NULL;
	}
	return zip;
}

int
ziplock_begin(struct ziplock *zip, const char *name, int deflate,
    unsigned long long len, long long date, struct buf *err)
{
	struct archive_entry *entry = archive_entry_new();
	int result;

	if (deflate)
		archive_write_zip_set_compression_deflate(zip->archive);
	else
		archive_write_zip_set_compression_store(zip->archive);
	archive_entry_set_pathname_utf8(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0600);
	archive_entry_set_size(entry, (la_int64_t)len);
	archive_entry_set_mtime(entry, (time_t)date, 0);
	result = archive_write_header(zip->archive, entry);
	archive_entry_free(entry);
	return result == ARCHIVE_OK ? 0 : failed(zip, err);
}

int
ziplock_write(struct ziplock *zip, const void *bytes, size_t len,
    struct buf *err)
{
	const char *at = bytes;
	la_ssize_t written;

	for (; len > 0; at += written, len -= (size_t)written) {
		written = archive_write_data(zip->archive, at, len);
		if (written <= 0)
			return failed(zip, err);
	}
	return 0;
}

int
ziplock_close(struct ziplock *zip, struct buf *err)
{
	int result = 0;

	if (zip == NULL)
		return 0;
	if (archive_write_close(zip->archive) != ARCHIVE_OK)
		result = failed(zip, err);
	archive_write_free(zip->archive);
	free(zip->path);
	free(zip);
	return result;
}

/* ---- verification ---- */

static int
read_entry(struct archive *archive, struct buf *bytes, struct buf *err)
{
	const char *why;
	la_ssize_t got;

	buf_clear(bytes);
	while ((got = archive_read_data(archive, buf_reserve(bytes, PIECE),
	    PIECE)) > 0)
		bytes->len += (size_t)got;
	if (got == 0)
		return 0;
	why = archive_error_string(archive);
	buf_adds(err, why != NULL ? why : "cannot be read");
	return -1;
}

static int
verify_next(struct archive *archive, const struct contents_entry *expected,
    const struct contents_image *image, struct buf *bytes, struct buf *err)
{
	struct archive_entry *entry;
	const char *name;

	if (archive_read_next_header(archive, &entry) != ARCHIVE_OK ||
	    (name = archive_entry_pathname_utf8(entry)) == NULL ||
	    strcmp(name, expected->name) != 0) {
		buf_adds(err, "is missing");
		return -1;
	}
	if (!archive_entry_is_data_encrypted(entry)) {
		buf_adds(err, "is not encrypted");
		return -1;
	}
	if (read_entry(archive, bytes, err) != 0)
		return -1;
	return contents_verify_entry(expected, bytes->data, bytes->len, image,
	    err);
}

int
ziplock_verify(const struct contents *contents, int volume, const char *path,
    const char *password, const struct contents_image *image, struct buf *err)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	struct buf bytes = BUF_INIT, why = BUF_INIT;
	size_t i, index = 0;
	int result = 0;

	if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
	    archive_read_add_passphrase(archive, password) != ARCHIVE_OK ||
	    archive_read_open_filename(archive, path, PIECE) != ARCHIVE_OK) {
		buf_addf(err, "cannot read zip '%s' again", path);
		result = -1;
	}
	for (i = 0; i < contents->count && result == 0; i++) {
		if (contents->entries[i].volume != volume)
			continue;
		index++;
		result = verify_next(archive, &contents->entries[i], image,
		    &bytes, &why);
		if (result != 0)
			buf_addf(err, "entry %zu of the archive %s", index,
			    why.data);
	}
	if (result == 0 &&
	    archive_read_next_header(archive, &entry) != ARCHIVE_EOF) {
		buf_adds(err, "the archive holds more than was written");
		result = -1;
	}
	archive_read_free(archive);
	buf_release(&bytes);
	buf_release(&why);
	return result;
}
