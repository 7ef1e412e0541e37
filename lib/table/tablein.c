#include "lib/table/tablein.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/table/csvin.h"
#include "lib/table/dbfin.h"
#include "lib/table/table.h"
#include "lib/table/xlsin.h"
#include "lib/table/xlsxin.h"

enum { HEAD_BYTES = 4096 };

/* How a file begins, and how long it is. */
struct start {
	char head[HEAD_BYTES + 1];
	size_t len;
	unsigned long long size;
};

static int
read_start(const char *path, struct start *start, struct buf *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	ssize_t len = -1;

	if (fd != -1 && fstat(fd, &status) == 0)
		len = pread(fd, start->head, HEAD_BYTES, 0);
	if (len == -1)
		fault_system(err, "cannot read '%s'", path);
	if (fd != -1)
		close(fd);
	if (len == -1)
		return -1;
	start->len = (size_t)len;
	start->head[len] = '\0';
	start->size = (unsigned long long)status.st_size;
	if (len == 0)
		buf_addf(err, "'%s' is empty", path);
	else if (start->size > TABLE_FILE_MAX)
		buf_addf(err, "'%s' is larger than %d bytes", path,
		    TABLE_FILE_MAX);
	return len > 0 && start->size <= TABLE_FILE_MAX ? 0 : -1;
}

static int
starts_with(const struct start *start, const char *bytes, size_t len)
{
	return start->len >= len && memcmp(start->head, bytes, len) == 0;
}

/* Web systems write their tables as HTML or XML and call the file .xls. */
static int
looks_like_web_page(const struct start *start)
{
	static const char *const signs[] = {
		"<html", "<table", "<!doctype html", "<?xml", "mime-version:"
	};
	const char *at = start->head;

	if (starts_with(start, "\xEF\xBB\xBF", 3))
		at += 3;
	at += strspn(at, " \t\r\n");
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncasecmp(at, signs[i], strlen(signs[i])) == 0)
			return 1;
	return 0;
}

/* What a file is that holds no table which could be read; NULL when it may. */
static const char *
find_stranger(const struct start *start)
{
	/* the first entry of such a zip, stored, says what it is */
	static const char ods[] = "mimetypeapplication/vnd.oasis.opendocument";

	if (starts_with(start, "PK\3\4", 4) && memmem(start->head, start->len,
	    ods, sizeof ods - 1) != NULL)
		return "an OpenDocument file (ODS)";
	if (starts_with(start, "%PDF-", 5))
		return "a PDF";
	if (starts_with(start, "{\\rtf", 5))
		return "a text document (RTF)";
	return looks_like_web_page(start) ? "a web page or XML" : NULL;
}

static int
read_by_content(const char *path, const struct start *start,
    struct table *table, struct buf *err)
{
	const char *stranger = find_stranger(start);

	if (stranger != NULL) {
		buf_addf(err, "'%s' is %s, whatever its name says: open it in "
		    "a spreadsheet program and save it as XLSX", path,
		    stranger);
		return -1;
	}
	if (starts_with(start, "PK\3\4", 4))
		return xlsxin_read(path, table, err);
	if (starts_with(start, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return xlsin_read(path, table, err);
	if (dbfin_is_dbf(start->head, start->len))
		return dbfin_read(path, table, err);
	return csvin_read(path, table, err);
}

struct table *
tablein_read(const char *path, struct buf *err)
{
	struct start start;
	struct table *table;

	if (read_start(path, &start, err) == -1)
		return NULL;
	table = table_new();
	if (read_by_content(path, &start, table, err) == 0)
		return table;
	table_free(table);
	return NULL;
}
