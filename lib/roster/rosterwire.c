#include "lib/roster/rosterwire.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/roster/roster.h"
#include "lib/table/table.h"

enum { ABSENT = UINT32_MAX, PIECE_BYTES = 1 << 16 };

struct writer {
	int file;
	struct buf bytes;
	int failed;		/* errno */
};

static void
flush(struct writer *writer, size_t limit)
{
	if (writer->bytes.len < limit || writer->bytes.len == 0)
		return;
	if (writer->failed == 0 && io_write_all(writer->file,
	    writer->bytes.data, writer->bytes.len) == -1)
		writer->failed = errno;
	buf_clear(&writer->bytes);
}

static void
put_number(struct writer *writer, long long number)
{
	buf_add(&writer->bytes, &number, sizeof number);
	flush(writer, PIECE_BYTES);
}

static void
put_text(struct writer *writer, const char *text)
{
	uint32_t len = text != NULL ? (uint32_t)strlen(text) : ABSENT;

	buf_add(&writer->bytes, &len, sizeof len);
	if (text != NULL)
		buf_add(&writer->bytes, text, len);
	flush(writer, PIECE_BYTES);
}

static void
put_pooled(struct writer *writer, const struct roster *roster, uint32_t number)
{
	put_text(writer, number != 0 ? pool_text(roster->pool, number) : NULL);
}

static void
put_list(struct writer *writer, const struct roster *roster,
    const struct roster_list *list)
{
	put_text(writer, list->sheet);
	put_number(writer, list->header_row);
	put_number(writer, list->last_row);
	put_number(writer, (long long)list->fields);
	put_number(writer, list->example);
	put_number(writer, list->year);
	put_pooled(writer, roster, list->school);
	put_number(writer, (long long)list->count);
	put_number(writer, (long long)list->refused);
}

/* Only the fields that are known. */
static void
put_student(struct writer *writer, const struct roster *roster, size_t student)
{
	const struct roster_student *own = &roster->students[student];
	long long known = 0;

	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		if (roster_value(roster, student, (enum student_field)i) != 0)
			known |= 1LL << i;
	put_number(writer, own->list);
	put_number(writer, own->row);
	put_pooled(writer, roster, own->notes);
	put_pooled(writer, roster, own->doubts);
	put_number(writer, known);
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		if (known >> i & 1)
			put_pooled(writer, roster, roster_value(roster, student,
			    (enum student_field)i));
}

static void
put_gap(struct writer *writer, const struct roster_gap *gap)
{
	put_number(writer, gap->kind);
	put_number(writer, gap->list);
	put_number(writer, gap->row);
	put_number(writer, gap->last);
	put_number(writer, gap->error);
	put_number(writer, (long long)gap->says);
	put_text(writer, gap->text);
	put_text(writer, gap->reason);
}

int
rosterwire_put(int file, const struct roster *roster)
{
	struct writer writer = { file, BUF_INIT, 0 };
	size_t i;

	put_text(&writer, roster->files[0].kind);
	put_number(&writer, (long long)roster->list_count);
	for (i = 0; i < roster->list_count; i++)
		put_list(&writer, roster, &roster->lists[i]);
	put_number(&writer, (long long)roster->count);
	for (i = 0; i < roster->count; i++)
		put_student(&writer, roster, i);
	put_number(&writer, (long long)roster->gap_count);
	for (i = 0; i < roster->gap_count; i++)
		put_gap(&writer, &roster->gaps[i]);
	put_number(&writer, (long long)roster->note_count);
	for (i = 0; i < roster->note_count; i++)
		put_text(&writer, roster->notes[i]);
	flush(&writer, 0);
	buf_release(&writer.bytes);
	errno = writer.failed;
	return writer.failed == 0 ? 0 : -1;
}

/* Bytes that are read; once they end too early everything is 0.  The process may
 * have written anything. */
struct reader {
	FILE *file;
	size_t left;
	int cut;		/* it ended too early */
	struct buf text;
};

static int
get(struct reader *reader, void *value, size_t len)
{
	memset(value, 0, len);
	if (len > reader->left || fread(value, 1, len, reader->file) != len) {
		reader->left = 0;
		reader->cut = 1;
		return -1;
	}
	reader->left -= len;
	return 0;
}

static long long
get_number(struct reader *reader)
{
	long long number;

	get(reader, &number, sizeof number);
	return number;
}

/* A number from 0 to below end. */
static size_t
get_index(struct reader *reader, size_t end)
{
	long long number = get_number(reader);

	return number >= 0 && (unsigned long long)number < end ?
	    (size_t)number : 0;
}

/* A count of things of which each takes at least a byte. */
static size_t
get_count(struct reader *reader)
{
	return get_index(reader, reader->left + 1);
}

/* NULL when it is absent; else in reader->text until the next. */
static const char *
get_text(struct reader *reader)
{
	uint32_t len;

	buf_clear(&reader->text);
	if (get(reader, &len, sizeof len) == -1 || len == ABSENT ||
	    len > reader->left)
		return NULL;
	if (get(reader, buf_reserve(&reader->text, len), len) == -1)
		return NULL;
	reader->text.len = len;
	if (len > 0)
		reader->text.data[len] = '\0';
	return reader->text.data;
}

static uint32_t
get_pooled(struct reader *reader, struct roster *roster)
{
	const char *text = get_text(reader);

	return text == NULL ? 0 : pool_add(roster->pool, text, strlen(text));
}

static void
get_list(struct reader *reader, struct roster *roster)
{
	const char *sheet = get_text(reader);
	struct roster_list *list = roster_add_list(roster,
	    sheet != NULL ? sheet : "");

	list->header_row = (long)get_index(reader, TABLE_ROWS_MAX + 1);
	list->last_row = (long)get_index(reader, TABLE_ROWS_MAX + 1);
	list->fields = (uint64_t)get_number(reader);
	list->example = get_number(reader) != 0;
	list->year = (int)get_index(reader, 10000);
	list->school = get_pooled(reader, roster);
	list->count = get_count(reader);
	list->refused = get_count(reader);
}

static void
get_student(struct reader *reader, struct roster *roster, size_t lists)
{
	struct roster_student own = { 0 };
	uint32_t values[STUDENT_FIELD_COUNT] = { 0 };
	long long known;

	own.list = (uint32_t)(lists + get_index(reader,
	    roster->list_count - lists));
	own.row = (uint32_t)get_index(reader, TABLE_ROWS_MAX + 1);
	own.notes = get_pooled(reader, roster);
	own.doubts = get_pooled(reader, roster);
	known = get_number(reader);
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		if (known >> i & 1)
			values[i] = get_pooled(reader, roster);
	*roster_add_student(roster, values) = own;
}

static void
get_gap(struct reader *reader, struct roster *roster, size_t lists)
{
	enum roster_gap_kind kind = (enum roster_gap_kind)get_index(reader,
	    ROSTER_FILE + 1);
	long long list = get_number(reader);
	long row = (long)get_index(reader, TABLE_ROWS_MAX + 1);
	long last = (long)get_index(reader, TABLE_ROWS_MAX + 1);
	int error = get_number(reader) != 0;
	uint64_t says = (uint64_t)get_number(reader);
	char *text = xstrdup(get_text(reader) != NULL ? reader->text.data : "");
	const char *reason = get_text(reader);
	struct roster_gap *gap;

	if (list < 0 || (unsigned long long)list >= roster->list_count - lists)
		list = -1;
	gap = roster_add_gap(roster, kind, list < 0 ? -1 : (long)lists +
	    (long)list, row, text, reason != NULL ? reason : "");
	gap->file = (uint32_t)roster->file_count - 1;
	gap->last = last;
	gap->error = error;
	gap->says = says;
	free(text);
}

/* Add to the roster what the process read of its last file. */
static void
get_roster(struct reader *reader, struct roster *roster)
{
	struct roster_file *file = &roster->files[roster->file_count - 1];
	size_t lists = roster->list_count, count, i, sum = 0;
	const char *text = get_text(reader);

	free(file->kind);
	file->kind = xstrdup(text != NULL ? text : "");
	count = get_count(reader);
	for (i = 0; i < count; i++)
		get_list(reader, roster);
	count = get_count(reader);
	for (i = 0; i < count && reader->left > 0; i++)
		get_student(reader, roster, lists);
	for (i = lists; i < roster->list_count; i++)
		sum += roster->lists[i].count;
	if (sum != count) {
		reader->left = 0;
		reader->cut = 1;
	}
	count = get_count(reader);
	for (i = 0; i < count; i++)
		get_gap(reader, roster, lists);
	count = get_count(reader);
	for (i = 0; i < count && (text = get_text(reader)) != NULL; i++)
		roster_add_note(roster, text, strlen(text));
}

int
rosterwire_get(int fd, struct roster *roster, struct buf *err)
{
	off_t size = lseek(fd, 0, SEEK_END);
	int copy = dup(fd);
	struct reader reader = { .file = copy != -1 ? fdopen(copy, "r") : NULL,
	    .left = size > 0 ? (size_t)size : 0, .text = BUF_INIT };

	if (size <= 0 || reader.file == NULL ||
	    fseeko(reader.file, 0, SEEK_SET) == -1) {
		fault_system(err, "cannot read the roster");
		if (reader.file != NULL)
			fclose(reader.file);
		else if (copy != -1)
			close(copy);
		return -1;
	}
	get_roster(&reader, roster);
	if (reader.cut || reader.left > 0)
		fault_own(err, "a roster did not come whole from the process that "
		    "read it");
	fclose(reader.file);
	buf_release(&reader.text);
	return reader.cut || reader.left > 0 ? -1 : 0;
}
