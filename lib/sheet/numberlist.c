#include "lib/sheet/numberlist.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/io.h"
#include "lib/base/mem.h"

static int
add_line(struct numberlist *list, const struct buf *line, long number,
    struct buf *err)
{
	static const char blanks[] = " \t\r\n";
	const char *text = line->data;
	size_t len;

	/* an editor's byte order mark */
	if (number == 1 && strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	text += strspn(text, blanks);
	len = strlen(text);
	while (len > 0 && strchr(blanks, text[len - 1]) != NULL)
		len--;
	if (len == 0 || *text == '#')
		return 0;
	if (list->count == NUMBERLIST_MAX) {
		buf_addf(err, "more than %d numbers", NUMBERLIST_MAX);
		return -1;
	}
	if (list->count == list->room) {
		list->room = list->room > 0 ? 2 * list->room : 64;
		list->lines = xrealloc_array(list->lines, list->room,
		    sizeof *list->lines);
	}
	list->lines[list->count++] = (struct numberlist_line){ list->text.len,
	    number, 0 };
	buf_add(&list->text, text, len);
	buf_addc(&list->text, '\0');
	return 0;
}

static int
by_text(const void *a, const void *b, void *state)
{
	const struct numberlist_line *one = a, *other = b;
	const char *text = state;
	int order = strcmp(text + one->at, text + other->at);

	return order != 0 ? order :
	    (one->number > other->number) - (one->number < other->number);
}

int
numberlist_read(const char *path, struct numberlist *list, struct buf *err)
{
	struct io_lines lines;
	struct buf line = BUF_INIT;
	int got, whole, result = 0;

	memset(list, 0, sizeof *list);
	buf_init(&list->text);
	if (io_lines_open(&lines, path, err) != 0)
		return -1;
	while (result == 0 &&
	    (got = io_lines_next(&lines, &line, &whole, err)) != 0)
		result = got < 0 ? -1 : add_line(list, &line, lines.number, err);
	io_lines_close(&lines);
	buf_release(&line);
	if (list->count > 0)
		qsort_r(list->lines, list->count, sizeof *list->lines, by_text,
		    list->text.data);
	return result;
}

void
numberlist_release(struct numberlist *list)
{
	if (list->text.data != NULL)
		buf_release(&list->text);
	free(list->lines);
	memset(list, 0, sizeof *list);
}

int
numberlist_has(struct numberlist *list, const char *number)
{
	size_t low = 0, high = list->count, middle;
	int found = 0;

	if (number == NULL)
		return 0;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(list->text.data + list->lines[middle].at, number) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < list->count && strcmp(list->text.data +
	    list->lines[low].at, number) == 0; low++)
		found = list->lines[low].used = 1;
	return found;
}

long
numberlist_unused(const struct numberlist *list, long line)
{
	long next = 0;
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!list->lines[i].used && list->lines[i].number > line &&
		    (next == 0 || list->lines[i].number < next))
			next = list->lines[i].number;
	return next;
}
