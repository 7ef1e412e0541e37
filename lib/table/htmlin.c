#include "lib/table/htmlin.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/text.h"
#include "lib/table/grid.h"
#include "lib/table/mhtml.h"
#include "lib/table/table.h"

enum { PIECE_BYTES = 1 << 16, SPAN_MAX = 1 << 16 };

struct reading {
	struct table *table;
	struct grid *grid;
	struct buf *err;
	int failed;
	int in_row, in_cell, hidden;	/* hidden: depth of style and script */
	long rows, columns;		/* that the cell takes */
	struct buf text;
	struct buf number;		/* x:num, the cell's value as it is kept */
	size_t tables;
};

static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (size_t i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
		if (strcasecmp((const char *)attributes[i], name) == 0)
			return attributes[i + 1] == NULL ? "" :
			    (const char *)attributes[i + 1];
	return NULL;
}

static long
span(const xmlChar **attributes, const char *name)
{
	const char *text = attribute(attributes, name);
	long value = text != NULL ? strtol(text, NULL, 10) : 1;

	return value < 1 ? 1 : value > SPAN_MAX ? SPAN_MAX : value;
}

/* What a cell shows may be a shortened number, and its value stand beside it. */
static void
end_cell(struct reading *reading)
{
	struct buf tidied = BUF_INIT;
	struct buf *text = &reading->text;

	if (!reading->in_cell || reading->failed)
		return;
	reading->in_cell = 0;
	text_tidy(text->data, &tidied);
	if (reading->number.len > 0 && strpbrk(tidied.data, "eE") != NULL)
		text = &reading->number;
	else
		text = &tidied;
	reading->failed = grid_cell(reading->grid, -1, reading->rows,
	    reading->columns, text->data, text->len, 0, reading->err) == -1;
	buf_release(&tidied);
}

static void
start_row(struct reading *reading)
{
	end_cell(reading);
	if (reading->failed)
		return;
	reading->in_row = 1;
	reading->failed = grid_row(reading->grid, 0, reading->err) == -1;
}

static void
start_cell(struct reading *reading, const xmlChar **attributes)
{
	const char *number = attribute(attributes, "x:num");

	end_cell(reading);
	if (!reading->in_row)
		start_row(reading);
	reading->in_cell = 1;
	reading->rows = span(attributes, "rowspan");
	reading->columns = span(attributes, "colspan");
	buf_clear(&reading->text);
	buf_clear(&reading->number);
	if (number != NULL)
		buf_adds(&reading->number, number);
}

static int
is_hidden(const char *name)
{
	return strcasecmp(name, "style") == 0 ||
	    strcasecmp(name, "script") == 0 || strcasecmp(name, "title") == 0 ||
	    strcasecmp(name, "xml") == 0;
}

static void
on_start(void *state, const xmlChar *element, const xmlChar **attributes)
{
	const char *name = (const char *)element;
	struct reading *reading = state;

	if (strcasecmp(name, "table") == 0)
		reading->tables++;
	else if (strcasecmp(name, "tr") == 0)
		start_row(reading);
	else if (strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0)
		start_cell(reading, attributes);
	else if (strcasecmp(name, "br") == 0 || strcasecmp(name, "p") == 0 ||
	    strcasecmp(name, "div") == 0)
		buf_addc(&reading->text, ' ');
	reading->hidden += is_hidden(name);
}

static void
on_end(void *state, const xmlChar *element)
{
	const char *name = (const char *)element;
	struct reading *reading = state;

	if (strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0) {
		end_cell(reading);
	} else if (strcasecmp(name, "tr") == 0 ||
	    strcasecmp(name, "table") == 0) {
		end_cell(reading);
		reading->in_row = 0;
	}
	if (is_hidden(name) && reading->hidden > 0)
		reading->hidden--;
}

static void
on_text(void *state, const xmlChar *text, int len)
{
	struct reading *reading = state;

	if (!reading->in_cell || reading->hidden > 0 || reading->failed)
		return;
	if (reading->text.len + (size_t)len > TABLE_CELL_BYTES_MAX) {
		buf_addf(reading->err, "a cell with more than %d bytes of text",
		    TABLE_CELL_BYTES_MAX);
		reading->failed = 1;
		return;
	}
	buf_add(&reading->text, text, (size_t)len);
}

static void
parse(struct reading *reading, const struct buf *page)
{
	htmlSAXHandler handler;
	htmlParserCtxtPtr context;
	size_t at, len;

	memset(&handler, 0, sizeof handler);
	handler.startElement = on_start;
	handler.endElement = on_end;
	handler.characters = on_text;
	handler.cdataBlock = on_text;
	context = htmlCreatePushParserCtxt(&handler, reading, NULL, 0, NULL,
	    XML_CHAR_ENCODING_UTF8);
	if (context == NULL) {
		buf_adds(reading->err, "out of memory");
		reading->failed = 1;
		return;
	}
	htmlCtxtUseOptions(context, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER);
	for (at = 0; at < page->len && !reading->failed; at += len) {
		len = page->len - at < PIECE_BYTES ? page->len - at :
		    PIECE_BYTES;
		htmlParseChunk(context, page->data + at, (int)len, 0);
	}
	htmlParseChunk(context, NULL, 0, 1);
	htmlFreeParserCtxt(context);
	end_cell(reading);
}

/* A page whose sheets lie in other files. */
static int
has_frames(const struct buf *page)
{
	return strcasestr(page->data, "<frameset") != NULL ||
	    strcasestr(page->data, "<x:WorksheetSource") != NULL;
}

static int
read_page(const struct buf *page, struct table *table, struct buf *err)
{
	struct reading reading = { .table = table, .err = err,
	    .text = BUF_INIT, .number = BUF_INIT };

	if (table_add_sheet(table, "", err) == -1)
		return -1;
	reading.grid = grid_new(table);
	parse(&reading, page);
	if (!reading.failed && reading.tables == 0) {
		buf_adds(err, has_frames(page) ? "its sheets lie in other "
		    "files, which must be sent as well: save it as XLSX" :
		    "no table stands in it");
		reading.failed = 1;
	}
	if (!reading.failed)
		reading.failed = grid_end(reading.grid, err) == -1;
	grid_free(reading.grid);
	buf_release(&reading.text);
	buf_release(&reading.number);
	return reading.failed ? -1 : 0;
}

int
htmlin_read(const char *path, struct table *table, struct buf *err)
{
	struct buf bytes = BUF_INIT, page = BUF_INIT, reason = BUF_INIT;
	struct text_decoded decoded;
	int result = -1;

	table_set_kind(table, "HTML");
	if (io_read_file(path, TABLE_FILE_MAX, &bytes, err) == -1)
		goto out;
	mhtml_unpack(&bytes);
	if (text_decode(bytes.data, bytes.len, &page, &decoded, &reason) ==
	    -1) {
		buf_addf(err, "'%s' %s", path, reason.data);
		goto out;
	}
	buf_release(&bytes);
	table_set_damaged_bytes(table, decoded.damaged);
	result = read_page(&page, table, &reason);
	if (result == -1)
		buf_addf(err, "cannot read the web page '%s': %s", path,
		    reason.data);
out:
	buf_release(&bytes);
	buf_release(&page);
	buf_release(&reason);
	return result;
}
