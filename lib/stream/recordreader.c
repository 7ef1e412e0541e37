#include "lib/stream/recordreader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/decision/status.h"

struct recordreader {
	struct io_lines lines;
	struct buf line;
	char *school;
	long long place, next;	/* of the line in hand, of the one after it */
	long records;		/* of the segment */
	int inside, segments;
};

struct recordreader *
recordreader_open(const char *path, struct buf *err)
{
	struct recordreader *reader = xcalloc(1, sizeof *reader);

	buf_init(&reader->line);
	reader->school = xstrdup("");
	if (io_lines_open(&reader->lines, path, err) == 0)
		return reader;
	free(reader->school);
	free(reader);
	return NULL;
}

void
recordreader_close(struct recordreader *reader)
{
	if (reader == NULL)
		return;
	io_lines_close(&reader->lines);
	buf_release(&reader->line);
	free(reader->school);
	free(reader);
}

const char *
recordreader_school(const struct recordreader *reader)
{
	return reader->school;
}

long long
recordreader_place(const struct recordreader *reader)
{
	return reader->place;
}

/* ---- lines ---- */

static void
fail(const struct recordreader *reader, const char *why, struct buf *err)
{
	buf_addf(err, "%s:%ld: %s", reader->lines.name, reader->lines.number, why);
}

/* 1 and the record, 0 at the end, -1 with the reason. */
static int
read_line(struct recordreader *reader, struct node **record, struct buf *err)
{
	struct buf reason = BUF_INIT;
	int whole, got = io_lines_next(&reader->lines, &reader->line, &whole, err);

	if (got <= 0)
		return got;
	reader->place = reader->next;
	reader->next = ftell(reader->lines.file);
	*record = node_parse(reader->line.data, reader->line.len, &reason);
	if (*record == NULL || !node_is_object(*record)) {
		node_free(*record);
		fail(reader, reason.len > 0 ? reason.data : "not a JSON object", err);
		got = -1;
	}
	buf_release(&reason);
	return got;
}

static void
begin(struct recordreader *reader, const struct node *header)
{
	const char *code = node_text(node_get(header, "school"), "code");

	free(reader->school);
	reader->school = xstrdup(code != NULL ? code : "");
	reader->inside = 1;
	reader->records = 0;
}

/* What keeps a manifest in one piece; 0, or -1 with the reason. */
static int
follow(struct recordreader *reader, const struct node *record, struct buf *err)
{
	const char *type = node_text(record, "type");

	if (type != NULL && strcmp(type, "batch") == 0 && !reader->inside) {
		begin(reader, record);
	} else if (type != NULL && strcmp(type, "end") == 0 && reader->inside) {
		reader->inside = 0;
		reader->segments++;
		if (node_integer(record, "records", -1) != reader->records) {
			fail(reader, "there are other records than `end` says", err);
			return -1;
		}
	} else if (reader->inside) {
		reader->records++;
	} else {
		fail(reader, "not between `batch` and `end`", err);
		return -1;
	}
	return 0;
}

static int
is_student(const struct node *record)
{
	return node_text_is(record, "type", "photo") && status_is_students(record);
}

struct node *
recordreader_next(struct recordreader *reader, struct buf *err)
{
	struct node *record = NULL;
	int got;

	while ((got = read_line(reader, &record, err)) > 0) {
		int failed = follow(reader, record, err) != 0;

		if (!failed && is_student(record))
			return record;
		node_free(record);
		if (failed)
			return NULL;
	}
	if (got == 0 && (reader->inside || reader->segments == 0))
		fail(reader, "the manifest ends without `end`", err);
	return NULL;
}

struct node *
recordreader_again(struct recordreader *reader, long long place, struct buf *err)
{
	struct node *record = NULL;

	if (fseek(reader->lines.file, (long)place, SEEK_SET) == 0 &&
	    read_line(reader, &record, err) > 0)
		return record;
	if (err->len == 0)
		buf_addf(err, "'%s' cannot be read again", reader->lines.name);
	return NULL;
}
