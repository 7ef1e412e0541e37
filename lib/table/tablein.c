#include "lib/table/tablein.h"

#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/table/csvin.h"
#include "lib/table/dbfin.h"
#include "lib/table/table.h"
#include "lib/table/xlsin.h"
#include "lib/table/xlsxin.h"

static int
starts_with(const struct buf *head, const char *bytes, size_t len)
{
	return head->len >= len && memcmp(head->data, bytes, len) == 0;
}

/* Web systems write their tables as HTML or XML and call the file .xls. */
static int
looks_like_web_page(const struct buf *head)
{
	static const char *const signs[] = {
		"<html", "<table", "<!doctype html", "<?xml", "mime-version:"
	};
	const char *at = head->data;

	if (starts_with(head, "\xEF\xBB\xBF", 3))
		at += 3;
	at += strspn(at, " \t\r\n");
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncasecmp(at, signs[i], strlen(signs[i])) == 0)
			return 1;
	return 0;
}

static int
read_by_content(const char *path, const struct buf *bytes, struct table *table,
    struct buf *err)
{
	if (starts_with(bytes, "PK\3\4", 4))
		return xlsxin_read(path, table, err);
	if (starts_with(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return xlsin_read(path, bytes->data, bytes->len, table, err);
	if (dbfin_is_dbf(bytes->data, bytes->len))
		return dbfin_read(path, bytes->data, bytes->len, table, err);
	if (looks_like_web_page(bytes)) {
		buf_addf(err, "'%s' is a web page or XML, whatever its name "
		    "says: open it in a spreadsheet program and save it as "
		    "XLSX", path);
		return -1;
	}
	return csvin_read(path, bytes->data, bytes->len, table, err);
}

struct table *
tablein_read(const char *path, struct buf *err)
{
	struct buf bytes = BUF_INIT;
	struct table *table = NULL;

	if (io_read_file(path, TABLE_FILE_MAX, &bytes, err) == -1)
		goto out;
	if (bytes.len == 0) {
		buf_addf(err, "'%s' is empty", path);
		goto out;
	}
	table = table_new();
	if (read_by_content(path, &bytes, table, err) == -1) {
		table_free(table);
		table = NULL;
	}
out:
	buf_release(&bytes);
	return table;
}
