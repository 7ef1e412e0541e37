#include "lib/base/ini.h"

#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"

struct reader {
	struct io_lines lines;
	struct buf line;
	struct buf reason;
	long line_number;	/* of the key that the library reports next */
	int (*each)(void *state, const char *section, const char *key,
	    const char *value, struct buf *err);
	void *state;
	int failed;
};

/*
 * The library ends values at " ;", joins indented lines to the one above and
 * splits long ones.  It gets the key's number in place of the value, and lines
 * without indentation, so that none of this can happen.
 */
static char *
next_line(char *text, int size, void *stream)
{
	struct reader *reader = stream;
	const char *start, *equals;
	int whole;

	if (reader->failed)
		return NULL;
	buf_clear(&reader->line);
	if (io_lines_next(&reader->lines, &reader->line, &whole, &reader->reason) <= 0)
		return NULL;
	reader->line_number = reader->lines.number;
	if (reader->line.len > INI_LINE_MAX) {
		buf_addf(&reader->reason, "a line of more than %d bytes", INI_LINE_MAX);
		reader->failed = 1;
		return NULL;
	}
	start = reader->line.data + strspn(reader->line.data, " \t");
	equals = strchr(start, '=');
	if (*start == '#' || *start == '[' || equals == NULL)
		snprintf(text, (size_t)size, "%s\n", start);
	else
		snprintf(text, (size_t)size, "%.*s= .\n", (int)(equals - start), start);
	return text;
}

static int
take_key(void *state, const char *section, const char *key, const char *value)
{
	struct reader *reader = state;
	char *text = strchr(reader->line.data, '='), *end;

	(void)value;
	if (text == NULL) {
		buf_adds(&reader->reason, "neither a section nor a key = value");
		reader->failed = 1;
		return 0;
	}
	text += 1 + strspn(text + 1, " \t");
	end = text + strlen(text);
	while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	*end = '\0';
	if (reader->each(reader->state, section, key, text, &reader->reason) != 0)
		reader->failed = 1;
	return !reader->failed;
}

int
ini_read(const char *path,
    int (*each)(void *state, const char *section, const char *key,
    const char *value, struct buf *err),
    void *state, struct buf *err)
{
	struct reader reader = { .line = BUF_INIT, .reason = BUF_INIT, .each = each,
	    .state = state };
	int bad_line;

	if (io_lines_open(&reader.lines, path, err) != 0)
		return -1;
	bad_line = ini_parse_stream(next_line, &reader, take_key, &reader);
	if (bad_line != 0 && !reader.failed) {
		reader.line_number = bad_line;
		buf_adds(&reader.reason, "neither a section nor a key = value");
	}
	if (bad_line != 0 || reader.failed || reader.reason.len > 0) {
		buf_addf(err, "%s:%ld: %s", path, reader.line_number,
		    reader.reason.data);
		bad_line = -1;
	}
	io_lines_close(&reader.lines);
	buf_release(&reader.line);
	buf_release(&reader.reason);
	return bad_line != 0 ? -1 : 0;
}
