#include "lib/table/csvin.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/text.h"
#include "lib/table/table.h"

enum {
	SNIFF_BYTES = 1 << 16, PIECE_BYTES = 1 << 20,
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
	enum { FIELD_START, FIELD_PLAIN, FIELD_QUOTED, FIELD_AFTER } state;
	struct buf field;
	int carriage;		/* the last byte was CR */
	size_t controls, bytes;
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
	return table_add_cell(reading->table, reading->column++, text, len, 0,
	    reading->err);
}

static char
find_delimiter(const char *text, size_t len)
{
	static const char candidates[] = ",;\t|";
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

/* ---- parsing ---- */

static int
end_field(struct reading *reading)
{
	int result = add_field(reading, reading->field.data,
	    reading->field.len);

	buf_clear(&reading->field);
	reading->state = FIELD_START;
	return result;
}

static int
end_row(struct reading *reading)
{
	int result = end_field(reading);

	reading->row++;
	reading->column = 0;
	reading->open = 0;
	return result;
}

/* As spreadsheet programs read it: what follows a closing quotation mark belongs to
 * the field ("专升本" 转入), and one inside a field is a character like others. */
static int
take_byte(struct reading *reading, char byte)
{
	if (reading->state == FIELD_QUOTED) {
		if (byte == '"')
			reading->state = FIELD_AFTER;
		else
			buf_addc(&reading->field, byte);
		return 0;
	}
	if (byte == reading->delimiter)
		return end_field(reading);
	if (byte == '\n')
		return end_row(reading);
	if (byte == '"' && reading->state != FIELD_PLAIN) {
		/* two of them are one; blanks before one are nothing */
		if (reading->state == FIELD_AFTER)
			buf_addc(&reading->field, byte);
		else
			buf_clear(&reading->field);
		reading->state = FIELD_QUOTED;
		return 0;
	}
	buf_addc(&reading->field, byte);
	if (reading->state == FIELD_AFTER || byte != ' ')
		reading->state = FIELD_PLAIN;
	return 0;
}

/* CR LF and CR become LF; other control characters become spaces. */
static int
parse(struct reading *reading, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char byte = text[i];
		int after = reading->carriage;

		reading->carriage = byte == '\r';
		if (after && byte == '\n')
			continue;
		if (byte == '\r')
			byte = '\n';
		if ((unsigned char)byte < ' ' && byte != '\n' && byte != '\t') {
			byte = ' ';
			reading->controls++;
		}
		if (take_byte(reading, byte) == -1)
			return -1;
	}
	reading->bytes += len;
	return 0;
}

static int
finish(struct reading *reading)
{
	if (reading->state == FIELD_QUOTED) {
		buf_addf(reading->err, "row %ld: a quotation mark is never "
		    "closed", reading->row);
		return -1;
	}
	return reading->open || reading->field.len > 0 ? end_row(reading) : 0;
}

/* ---- pieces ---- */

/* The file as it lies on the disk, and how far it was read. */
struct source {
	char *bytes;
	size_t len, at, let_go;
	enum text_encoding encoding;
	size_t good, bad;	/* characters beyond ASCII, and bytes of none */
};

/* A piece that ends with a line: no character of any encoding is cut there. */
static size_t
piece_end(const struct source *source)
{
	size_t end = source->at + PIECE_BYTES;
	const char *line;

	if (end >= source->len || source->encoding == TEXT_UTF16LE ||
	    source->encoding == TEXT_UTF16BE)
		return source->len;
	line = memrchr(source->bytes + source->at, '\n', end - source->at);
	if (line == NULL)
		line = memchr(source->bytes + end, '\n', source->len - end);
	return line == NULL ? source->len :
	    (size_t)(line - source->bytes) + 1;
}

/* Pages that were read need not stay in memory. */
static void
let_go(struct source *source)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t end = source->at / page * page;

	if (end > source->let_go)
		madvise(source->bytes + source->let_go, end - source->let_go,
		    MADV_DONTNEED);
	source->let_go = end;
}

static int
next_piece(struct source *source, struct buf *text)
{
	size_t end = piece_end(source), good, bad;

	if (source->at >= source->len)
		return 0;
	buf_clear(text);
	source->bad += text_convert(source->bytes + source->at,
	    end - source->at, source->encoding, text);
	text_count(text->data, text->len, &good, &bad);
	source->good += good;
	source->at = end;
	let_go(source);
	return 1;
}

/* The first line may say what separates, and is then no row. */
static size_t
begin(struct reading *reading, const struct buf *text)
{
	reading->delimiter = find_delimiter(text->data, text->len);
	if (text->len <= 5 || strncasecmp(text->data, "sep=", 4) != 0 ||
	    strchr("\r\n", text->data[5]) == NULL)
		return 0;
	reading->delimiter = text->data[4];
	reading->row = 2;
	return text->data[5] == '\r' && text->data[6] == '\n' ? 7 : 6;
}

static int
read_pieces(struct reading *reading, struct source *source)
{
	struct buf text = BUF_INIT;
	int result = 0, first = 1;
	size_t skip;

	while (result == 0 && next_piece(source, &text)) {
		skip = first ? begin(reading, &text) : 0;
		first = 0;
		result = parse(reading, text.data + skip, text.len - skip);
	}
	buf_release(&text);
	return result == 0 ? finish(reading) : -1;
}

static int
map(const char *path, struct source *source, struct buf *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;

	source->bytes = MAP_FAILED;
	if (fd != -1 && fstat(fd, &status) == 0) {
		source->len = (size_t)status.st_size;
		source->bytes = mmap(NULL, source->len, PROT_READ, MAP_PRIVATE,
		    fd, 0);
	}
	if (source->bytes == MAP_FAILED)
		fault_system(err, "cannot read '%s'", path);
	if (fd != -1)
		close(fd);
	return source->bytes == MAP_FAILED ? -1 : 0;
}

static int
read_source(struct source *source, struct table *table, struct buf *err)
{
	struct reading reading = { .table = table, .err = err, .row = 1,
	    .field = BUF_INIT };
	struct buf kind = BUF_INIT;
	size_t mark;
	int result;

	source->encoding = text_sniff(source->bytes, source->len, &mark);
	madvise(source->bytes, source->len, MADV_DONTNEED);
	source->at = mark;
	buf_addf(&kind, "CSV in %s", text_encoding_name(source->encoding));
	table_set_kind(table, kind.data);
	result = table_add_sheet(table, "", err);
	if (result == 0)
		result = read_pieces(&reading, source);
	table_set_damaged_bytes(table, source->bad);
	if (reading.controls > reading.bytes / CONTROLS_SHARE) {
		buf_clear(err);
		buf_adds(err, "is no table: neither a workbook nor DBF nor "
		    "text, or it is damaged");
		result = -1;
	} else if (mark == 0 && text_is_ruined(source->good, source->bad)) {
		buf_clear(err);
		buf_adds(err, "is neither UTF-8, UTF-16 nor GB18030 text, or "
		    "is damaged: have it sent again as XLSX");
		result = -1;
	}
	buf_release(&kind);
	buf_release(&reading.field);
	return result;
}

int
csvin_read(const char *path, struct table *table, struct buf *err)
{
	struct source source = { .len = 0 };
	struct buf reason = BUF_INIT;
	int result = -1;

	if (map(path, &source, err) == -1)
		return -1;
	result = read_source(&source, table, &reason);
	if (result == -1)
		buf_addf(err, strncmp(reason.data, "is ", 3) == 0 ?
		    "'%s' %s" : "'%s': %s", path, reason.data);
	munmap(source.bytes, source.len);
	buf_release(&reason);
	return result;
}
