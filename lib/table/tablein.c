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
#include "lib/table/htmlin.h"
#include "lib/table/table.h"
#include "lib/table/xlsin.h"
#include "lib/table/xlsxin.h"
#include "lib/table/xmlin.h"

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

/* Whether the text begins with one of the words, whatever its case and encoding. */
static int
begins(const struct start *start, const char *const *words)
{
	char text[HEAD_BYTES + 1];
	const char *at = text;
	size_t len = 0;

	/* UTF-16 has a NUL beside each of these letters */
	for (size_t i = 0; i < start->len; i++)
		if (start->head[i] != '\0')
			text[len++] = start->head[i];
	text[len] = '\0';
	if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	else if (strncmp(at, "\xFF\xFE", 2) == 0 ||
	    strncmp(at, "\xFE\xFF", 2) == 0)
		at += 2;
	at += strspn(at, " \t\r\n");
	for (; *words != NULL; words++)
		if (strncasecmp(at, *words, strlen(*words)) == 0)
			return 1;
	return 0;
}

/* Web systems write their tables as HTML or XML and call the file .xls. */
static int
is_page(const struct start *start)
{
	static const char *const signs[] = {
		"<html", "<table", "<!doctype", "<head", "<body", "<meta",
		"<style", "<div", "<center", "<!--", "mime-version:", NULL
	};

	return begins(start, signs);
}

static int
is_xml(const struct start *start)
{
	static const char *const signs[] = { "<?xml", "<workbook",
	    "<ss:workbook", NULL };

	return begins(start, signs);
}

/* A page may begin as XML does. */
static int
is_xml_page(const struct start *start)
{
	return is_xml(start) && (strcasestr(start->head, "<html") != NULL ||
	    strcasestr(start->head, "<!doctype html") != NULL);
}

/* What a file is that holds no table which could be read, and what to do; NULL when it
 * may. */
static const char *
unread_format(const struct start *start, const char **advice)
{
	/* the first entry of such a zip, stored, says what it is */
	static const char ods[] = "mimetypeapplication/vnd.oasis.opendocument";

	*advice = "open it in a spreadsheet program and save it as XLSX";
	if (starts_with(start, "PK\3\4", 4) && memmem(start->head, start->len,
	    ods, sizeof ods - 1) != NULL)
		return "an OpenDocument file (ODS)";
	/* MS-XLS 2.4.21: the first record of earlier versions */
	if (starts_with(start, "\x09\0\x04\0", 4) ||
	    starts_with(start, "\x09\2\x06\0", 4) ||
	    starts_with(start, "\x09\4\x06\0", 4))
		return "a workbook of Excel 2 to 4";
	*advice = "send the workbook from which it was made";
	if (starts_with(start, "%PDF-", 5))
		return "a PDF";
	if (starts_with(start, "{\\rtf", 5))
		return "a text document (RTF)";
	return NULL;
}

static int
read_by_content(const char *path, const struct start *start,
    struct table *table, struct buf *err)
{
	const char *advice, *format = unread_format(start, &advice);

	if (format != NULL) {
		buf_addf(err, "'%s' is %s, whatever its name says: %s", path,
		    format, advice);
		return -1;
	}
	if (starts_with(start, "PK\3\4", 4))
		return xlsxin_read(path, table, err);
	if (xlsin_is_xls(start->head, start->len))
		return xlsin_read(path, table, err);
	if (dbfin_is_dbf(start->head, start->len))
		return dbfin_read(path, table, err);
	if (is_page(start) || is_xml_page(start))
		return htmlin_read(path, table, err);
	if (is_xml(start))
		return xmlin_read(path, table, err);
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
