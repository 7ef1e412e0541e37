#include "lib/roster/columns.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/share.h"
#include "lib/base/text.h"
#include "lib/roster/columns_parts.h"
#include "lib/roster/student.h"

enum { HEADINGS_MAX = 10000, FILE_BYTES_MAX = 1 << 20 };

_Static_assert(HEADINGS_MAX <= UINT16_MAX, "a heading's number has 16 bits");

/* ---- loading ---- */

static int
parse_group(const struct columns *columns, const char *name)
{
	if (strcmp(name, "ignored") == 0)
		return GROUP_IGNORED;
	if (strcmp(name, "filler") == 0)
		return GROUP_FILLER;
	if (strcmp(name, "total") == 0)
		return GROUP_TOTAL;
	if (strcmp(name, "example") == 0)
		return GROUP_EXAMPLE;
	if (columns->names == NULL)
		return student_field_parse(name);
	for (int i = 0; columns->names[i] != NULL; i++)
		if (strcmp(columns->names[i], name) == 0)
			return i;
	return COLUMN_NONE;
}

/* How many bytes of a folded heading a mark at its place takes: "must be filled in", a
 * sign that only adorns. */
static size_t
mark_at(const char *text)
{
	static const char *const marks[] = { "*", ":", "_", "#", "★", "☆", "※", "◆", "●",
	    "▲", "△", "◎" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* How many bytes a number takes that a heading begins with: "1.", "1、", "①". */
static size_t
number_at(const char *text)
{
	static const char point[] = "、";
	size_t digits = strspn(text, "0123456789");
	uint32_t code;
	size_t size = text_char(text, strlen(text), &code);

	if (code >= 0x2460 && code <= 0x2473)
		return size;
	if (digits > 0 && digits <= 2 && (text[digits] == '.' || text[digits] == ')'))
		return digits + 1;
	return digits > 0 && digits <= 2 && strncmp(text + digits, point,
	    sizeof point - 1) == 0 ? digits + sizeof point - 1 : 0;
}

void
columns_fold(const char *text, struct buf *out)
{
	size_t start = out->len, from, to, size;

	text_fold(text, out);
	if (out->len == start)
		return;
	for (from = to = start; from < out->len; ) {
		if (out->data[from] == '_' && (unsigned char)out->data[from + 1] >= 0x80)
			out->data[from] = '-';
		size = mark_at(out->data + from);
		if (size == 0 && to == start)
			size = number_at(out->data + from);
		if (size == 0)
			out->data[to++] = out->data[from++];
		else
			from += size;
	}
	out->data[to] = '\0';
	out->len = to;
}

size_t
columns_place(const struct columns *columns, const char *folded)
{
	size_t low = 0, high = columns->order_count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(columns->headings[columns->order[middle]].text,
		    folded) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct column_heading *
columns_known(const struct columns *columns, const char *folded)
{
	size_t place = columns_place(columns, folded);
	const struct column_heading *heading;

	if (place == columns->order_count)
		return NULL;
	heading = &columns->headings[columns->order[place]];
	return strcmp(heading->text, folded) == 0 ? heading : NULL;
}

/* Put the last heading in its place. */
static void
put_in_order(struct columns *columns)
{
	size_t last = columns->count - 1;
	size_t place = columns_place(columns, columns->headings[last].text);

	columns->order = xrealloc_array(columns->order,
	    columns->order_count + 1, sizeof *columns->order);
	memmove(columns->order + place + 1, columns->order + place,
	    (columns->order_count++ - place) * sizeof *columns->order);
	columns->order[place] = (uint16_t)last;
}

static int
add_heading(struct columns *columns, const char *text, int group, int file,
    struct buf *err)
{
	struct buf folded = BUF_INIT;
	const struct column_heading *same = NULL;

	if (group <= GROUP_TOTAL) {
		text_fold(text, &folded);
	} else {
		columns_fold(text, &folded);
		same = columns_known(columns, folded.data);
	}
	if (same != NULL && same->file == file && same->group != group) {
		buf_addf(err, "'%s' is there twice", text);
		buf_release(&folded);
		return -1;
	}
	if (columns->count == HEADINGS_MAX) {
		buf_addf(err, "more than %d headings", HEADINGS_MAX);
		buf_release(&folded);
		return -1;
	}
	if (folded.len == 0 || same != NULL) {
		/* the file that was read before counts more */
		buf_release(&folded);
		return 0;
	}
	columns->headings = xrealloc_array(columns->headings,
	    columns->count + 1, sizeof *columns->headings);
	columns->headings[columns->count++] = (struct column_heading){
		buf_detach(&folded), group, file
	};
	if (group > GROUP_TOTAL)
		put_in_order(columns);
	return 0;
}

/* line is changed: cut at '=' and ','. */
static int
parse_line(struct columns *columns, char *line, int file, struct buf *err)
{
	char *end = strchr(line, '='), *item = end, *next;
	struct buf name = BUF_INIT;
	int group, result = 0;

	line += strspn(line, " \t\r");
	if (*line == '#' || *line == '\0')
		return 0;
	if (end == NULL) {
		buf_adds(err, "is not 'field = heading, heading'");
		return -1;
	}
	*item++ = '\0';
	text_tidy(line, &name);
	group = parse_group(columns, name.data);
	if (group == COLUMN_NONE) {
		buf_addf(err, "there is no field '%s'", name.data);
		result = -1;
	}
	for (; item != NULL && result == 0; item = next) {
		next = strchr(item, ',');
		if (next != NULL)
			*next++ = '\0';
		result = add_heading(columns, item, group, file, err);
	}
	buf_release(&name);
	return result;
}

static int
load_file(struct columns *columns, const char *path, int file, struct buf *err)
{
	struct buf bytes = BUF_INIT, reason = BUF_INIT;
	char *line, *next;
	long number = 0;
	int result = -1;

	if (io_read_file(path, FILE_BYTES_MAX, &bytes, err) == -1)
		goto out;
	if (!text_is_utf8(bytes.data, bytes.len)) {
		buf_addf(err, "'%s' is not UTF-8", path);
		goto out;
	}
	result = 0;
	for (line = bytes.data; line != NULL && result == 0; line = next) {
		number++;
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		result = parse_line(columns, line, file, &reason);
	}
	if (result == -1)
		buf_addf(err, "'%s', line %ld: %s", path, number, reason.data);
out:
	buf_release(&bytes);
	buf_release(&reason);
	return result;
}

struct columns *
columns_load(const char *extra, struct buf *err)
{
	struct columns *columns = xcalloc(1, sizeof *columns);
	struct buf path = BUF_INIT;
	int result = 0;

	share_path("columns.conf", &path);
	if (extra != NULL)
		result = load_file(columns, extra, 0, err);
	if (result == 0)
		result = load_file(columns, path.data, 1, err);
	for (int i = 0; i < STUDENT_FIELD_COUNT && result == 0; i++)
		result = add_heading(columns, student_field_name(i), i, 2, err);
	buf_release(&path);
	if (result == 0)
		return columns;
	columns_free(columns);
	return NULL;
}

struct columns *
columns_load_other(const char *file, const char *const *names, struct buf *err)
{
	struct columns *columns = xcalloc(1, sizeof *columns);
	struct buf path = BUF_INIT;
	int result;

	columns->names = names;
	share_path(file, &path);
	result = load_file(columns, path.data, 1, err);
	for (int i = 0; names[i] != NULL && result == 0; i++)
		result = add_heading(columns, names[i], i, 2, err);
	buf_release(&path);
	if (result == 0)
		return columns;
	columns_free(columns);
	return NULL;
}

void
columns_free(struct columns *columns)
{
	if (columns == NULL)
		return;
	for (size_t i = 0; i < columns->count; i++)
		free(columns->headings[i].text);
	free(columns->headings);
	free(columns->order);
	free(columns);
}

/* ---- words ---- */

enum place { PLACE_WHOLE, PLACE_START, PLACE_ANYWHERE };

/* Whether a word of that group stands in a folded text at that place. */
static int
has_word(const struct columns *columns, int group, const char *folded,
    enum place place)
{
	const struct column_heading *heading;
	size_t len;

	for (size_t i = 0; i < columns->count && *folded != '\0'; i++) {
		heading = &columns->headings[i];
		len = strlen(heading->text);
		if (heading->group != group)
			continue;
		if (place == PLACE_ANYWHERE &&
		    strstr(folded, heading->text) != NULL)
			return 1;
		if (strncmp(folded, heading->text, len) == 0 &&
		    (place == PLACE_START || folded[len] == '\0'))
			return 1;
	}
	return 0;
}

static int
is_of_group(const struct columns *columns, int group, const char *text,
    enum place place)
{
	struct buf folded = BUF_INIT;
	int result;

	text_fold(text, &folded);
	result = has_word(columns, group, folded.data, place);
	buf_release(&folded);
	return result;
}

int
columns_is_total(const struct columns *columns, const char *text)
{
	return is_of_group(columns, GROUP_TOTAL, text, PLACE_START);
}

int
columns_is_word(const struct columns *columns, const char *text)
{
	return is_of_group(columns, GROUP_TOTAL, text, PLACE_WHOLE);
}

int
columns_is_example(const struct columns *columns, const char *text)
{
	return is_of_group(columns, GROUP_EXAMPLE, text, PLACE_ANYWHERE);
}

int
columns_is_filler(const struct columns *columns, const char *text)
{
	struct buf folded = BUF_INIT;
	const struct column_heading *found;

	columns_fold(text, &folded);
	found = columns_known(columns, folded.data);
	buf_release(&folded);
	return found != NULL && found->group == GROUP_FILLER;
}
