#include "lib/archive/zipout.h"

#include <errno.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/archive/ziplock.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mem.h"

enum {
	MADE_BY_UNIX = 3 << 8 | 20,	/* so that the mode below is believed */
	FLAG_UTF8 = 1 << 11,		/* APPNOTE 4.4.4: the name is UTF-8 */
	PIECE = 1 << 16
};
static const unsigned long mode_0600 = 0100600UL << 16;
static const unsigned long long zip64_above = 0xfffffffeULL;

struct zipout {
	zipFile file;		/* or: */
	struct ziplock *locked;
	char *path;
	zip_fileinfo info;
};

static int
set_date(zip_fileinfo *info, const char *date)
{
	unsigned int year, month, day;
	char rest;

	if (sscanf(date, "%4u-%2u-%2u%c", &year, &month, &day, &rest) != 3 ||
	    year < 1980 || year > 2107 || month < 1 || month > 12 ||
	    day < 1 || day > 31)
		return -1;
	memset(info, 0, sizeof *info);
	info->tmz_date.tm_year = year;
	info->tmz_date.tm_mon = month - 1;
	info->tmz_date.tm_mday = day;
	info->external_fa = mode_0600;
	return 0;
}

struct zipout *
zipout_new_locked(const char *path, const char *date, const char *password,
    struct buf *err)
{
	struct zipout *zip = xcalloc(1, sizeof *zip);

	if (set_date(&zip->info, date) != 0) {
		buf_addf(err, "'%s' is not a date that a zip can hold", date);
		free(zip);
		return NULL;
	}
	zip->locked = ziplock_new(path, password, err);
	if (zip->locked == NULL) {
		free(zip);
		return NULL;
	}
	zip->path = xstrdup(path);
	return zip;
}

struct zipout *
zipout_new(const char *path, const char *date, struct buf *err)
{
	struct zipout *zip = xcalloc(1, sizeof *zip);

	if (set_date(&zip->info, date) != 0) {
		buf_addf(err, "'%s' is not a date that a zip can hold", date);
		free(zip);
		return NULL;
	}
	errno = 0;
	zip->file = zipOpen64(path, APPEND_STATUS_CREATE);
	if (zip->file == NULL) {
		fault_own_system(err, "cannot write zip '%s'", path);
		free(zip);
		return NULL;
	}
	zip->path = xstrdup(path);
	return zip;
}

/* minizip reports that a write failed and leaves the why in errno.  Which entry it was is
 * not named: entries are named after people. */
static int
failed(const struct zipout *zip, struct buf *err)
{
	fault_own_system(err, "cannot write zip '%s'", zip->path);
	return -1;
}

/* Noon UTC is the same day everywhere but at the date line. */
static long long
noon(const zip_fileinfo *info)
{
	struct tm tm = {
		.tm_year = (int)info->tmz_date.tm_year - 1900,
		.tm_mon = (int)info->tmz_date.tm_mon,
		.tm_mday = (int)info->tmz_date.tm_mday, .tm_hour = 12
	};

	return (long long)timegm(&tm);
}

static int
begin_entry(struct zipout *zip, const char *name, enum zipout_method method,
    unsigned long long size, struct buf *err)
{
	if (zip->locked != NULL)
		return ziplock_begin(zip->locked, name, method == ZIPOUT_DEFLATE,
		    size, noon(&zip->info), err);
	errno = 0;
	if (zipOpenNewFileInZip4_64(zip->file, name, &zip->info, NULL, 0, NULL,
	    0, NULL, method == ZIPOUT_DEFLATE ? Z_DEFLATED : 0,
	    Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS, DEF_MEM_LEVEL,
	    Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY_UNIX, FLAG_UTF8,
	    size > zip64_above) != ZIP_OK)
		return failed(zip, err);
	return 0;
}

static int
write_entry(struct zipout *zip, const char *bytes, size_t len, struct buf *err)
{
	const size_t most = 1 << 30;	/* the length is an unsigned int */
	size_t piece;

	if (zip->locked != NULL)
		return ziplock_write(zip->locked, bytes, len, err);
	for (; len > 0; bytes += piece, len -= piece) {
		piece = len < most ? len : most;
		if (zipWriteInFileInZip(zip->file, bytes,
		    (unsigned int)piece) != ZIP_OK)
			return failed(zip, err);
	}
	return 0;
}

static int
end_entry(struct zipout *zip, struct buf *err)
{
	if (zip->locked != NULL)
		return 0;
	if (zipCloseFileInZip(zip->file) != ZIP_OK)
		return failed(zip, err);
	return 0;
}

int
zipout_add(struct zipout *zip, const char *name, enum zipout_method method,
    const void *bytes, size_t len, struct buf *err)
{
	if (begin_entry(zip, name, method, len, err) != 0 ||
	    write_entry(zip, bytes, len, err) != 0)
		return -1;
	return end_entry(zip, err);
}

int
zipout_add_file(struct zipout *zip, const char *name,
    enum zipout_method method, int fd, struct buf *err)
{
	struct stat status;
	ssize_t got = -1;
	char *piece;
	int result = 0;

	if (fstat(fd, &status) != 0 || lseek(fd, 0, SEEK_SET) < 0) {
		fault_system(err, "cannot read what becomes '%s'", name);
		return -1;
	}
	if (begin_entry(zip, name, method, (unsigned long long)status.st_size,
	    err) != 0)
		return -1;
	piece = xmalloc(PIECE);
	while (result == 0 && (got = read(fd, piece, PIECE)) > 0)
		result = write_entry(zip, piece, (size_t)got, err);
	free(piece);
	if (result == 0 && got < 0) {
		fault_system(err, "cannot read what becomes '%s'", name);
		result = -1;
	}
	return result == 0 ? end_entry(zip, err) : -1;
}

int
zipout_close(struct zipout *zip, struct buf *err)
{
	int result = 0;

	if (zip == NULL)
		return 0;
	errno = 0;
	if (zip->locked != NULL)
		result = ziplock_close(zip->locked, err);
	else if (zipClose(zip->file, NULL) != ZIP_OK)
		result = failed(zip, err);
	free(zip->path);
	free(zip);
	return result;
}
