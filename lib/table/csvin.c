#include "lib/table/csvin.h"

#include <csv.h>
#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/text.h"
#include "lib/table/table.h"

enum {
	SNIFF_BYTES = 1 << 16,
	CONTROLS_SHARE = 100,	/* one control character in so many is too many */
	DELIMITERS_IN_ROW = 3	/* so many in a line make it look like a row */
};

struct reading {
	struct table *table;
	struct buf *err;
	char delimiter;
	long row;		/* from 1 */
	size_t column;
	int open;		/* the row was added */
	int failed;
};

/* Excel and web systems write ="00123" to keep digits from becoming a number. */
static void
unwrap_formula(const char **text, size_t *len)
{
	if (*len >= 3 && strncmp(*text, "=\"", 2) == 0 &&
	    (*text)[*len - 1] == '"') {
		*text += 2;
		*len -= 3;
	}
}

/* "3.20106E+17": a number that a spreadsheet program has already shortened. */
static int
is_shortened(const char *text, size_t len)
{
	size_t i = text[0] == '-', digits = i;

	while (i < len && ((text[i] >= '0' && text[i] <= '9') ||
	    text[i] == '.'))
		i++;
	if (i == digits || i + 3 > len || (text[i] | 0x20) != 'e' ||
	    text[i + 1] != '+')
		return 0;
	for (digits = i += 2; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return 0;
	return len - digits >= 2 &&
	    (text[digits] > '1' || text[digits + 1] >= '5');
}

/* Whether a cell holds a whole row of others. */
static int
has_swallowed(const struct reading *reading, const char *text, size_t len)
{
	const char *line = memchr(text, '\n', len), *end = text + len;
	size_t count;

	for (; line != NULL; line = memchr(line, '\n', (size_t)(end - line))) {
		count = 0;
		for (line++; line < end && *line != '\n'; line++)
			count += *line == reading->delimiter;
		if (count >= DELIMITERS_IN_ROW)
			return 1;
		if (line == end)
			break;
	}
	return 0;
}

static int
add_field(struct reading *reading, const char *text, size_t len)
{
	int flags;

	if (!reading->open) {
		reading->open = 1;
		if (table_add_row(reading->table, reading->row,
		    reading->err) == -1)
			return -1;
	}
	if (has_swallowed(reading, text, len)) {
		buf_addf(reading->err, "row %ld, column %zu: a quotation mark "
		    "is not closed", reading->row, reading->column + 1);
		return -1;
	}
	unwrap_formula(&text, &len);
	flags = len > 0 && is_shortened(text, len) ? TABLE_DAMAGED : 0;
	return table_add_cell(reading->table, reading->column++, text, len,
	    flags, reading->err);
}

static void
on_field(void *text, size_t len, void *state)
{
	struct reading *reading = state;

	if (!reading->failed)
		reading->failed = add_field(reading, text, len) == -1;
}

static void
on_row(int end, void *state)
{
	struct reading *reading = state;

	(void)end;
	reading->row++;
	reading->column = 0;
	reading->open = 0;
}

/* CR LF and CR become LF, so that rows can be counted; other control characters
 * become spaces.  -1 when there are so many that this is no text. */
static int
unify_lines(struct buf *text)
{
	size_t from, to = 0, controls = 0;

	for (from = 0; from < text->len; from++) {
		char byte = text->data[from];

		if (byte == '\r') {
			byte = '\n';
			if (text->data[from + 1] == '\n')
				from++;
		}
		if ((unsigned char)byte < ' ' && strchr("\n\t", byte) == NULL)
			byte = ' ';
		if (byte == '\0')
			byte = ' ';
		controls += byte == ' ' && text->data[from] != ' ';
		text->data[to++] = byte;
	}
	text->len = to;
	if (text->cap > 0)
		text->data[to] = '\0';
	return controls > to / CONTROLS_SHARE ? -1 : 0;
}

static char
find_delimiter(const char *text, size_t len)
{
	static const char candidates[] = ",;\t";
	size_t counts[sizeof candidates] = { 0 }, best = 0, i;
	int quoted = 0;
	const char *found;

	for (i = 0; i < len && i < SNIFF_BYTES; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		found = quoted ? NULL : strchr(candidates, text[i]);
		if (found != NULL && *found != '\0')
			counts[found - candidates]++;
	}
	for (i = 1; candidates[i] != '\0'; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static int
parse(struct reading *reading, const char *text, size_t len)
{
	struct csv_parser parser;
	int result = 0;

	if (csv_init(&parser, CSV_REPALL_NL) != 0)
		msg_die("out of memory");
	csv_set_delim(&parser, (unsigned char)reading->delimiter);
	if (csv_parse(&parser, text, len, on_field, on_row, reading) != len)
		msg_die("out of memory");
	/* only the end is strict: a field that is still open is an error */
	csv_set_opts(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
	if (!reading->failed &&
	    csv_fini(&parser, on_field, on_row, reading) != 0) {
		buf_addf(reading->err, "row %ld: a quotation mark is never "
		    "closed", reading->row);
		result = -1;
	}
	csv_free(&parser);
	return reading->failed ? -1 : result;
}

int
csvin_read(const char *path, struct table *table, struct buf *err)
{
	struct buf bytes = BUF_INIT, text = BUF_INIT, kind = BUF_INIT;
	struct buf reason = BUF_INIT;
	struct reading reading = { .table = table, .err = &reason, .row = 1 };
	struct text_decoded decoded;
	size_t skip = 0;
	int result = -1;

	if (io_read_file(path, TABLE_FILE_MAX, &bytes, err) == -1)
		goto out;
	if (text_decode(bytes.data, bytes.len, &text, &decoded, &reason) ==
	    -1) {
		buf_addf(err, "'%s' %s", path, reason.data);
		goto out;
	}
	buf_release(&bytes);
	if (unify_lines(&text) == -1) {
		buf_addf(err, "'%s' is no table: neither a workbook nor DBF "
		    "nor text, or it is damaged", path);
		goto out;
	}
	reading.delimiter = find_delimiter(text.data, text.len);
	if (text.len > 5 && strncasecmp(text.data, "sep=", 4) == 0 &&
	    text.data[5] == '\n') {
		reading.delimiter = text.data[4];
		reading.row = 2;
		skip = 6;
	}
	buf_addf(&kind, "CSV in %s", text_encoding_name(decoded.encoding));
	table_set_kind(table, kind.data);
	table_set_damaged_bytes(table, decoded.damaged);
	if (table_add_sheet(table, "", &reason) == 0)
		result = parse(&reading, text.data + skip, text.len - skip);
	if (result == -1)
		buf_addf(err, "'%s': %s", path, reason.data);
out:
	buf_release(&bytes);
	buf_release(&text);
	buf_release(&kind);
	buf_release(&reason);
	return result;
}
