#include "lib/product/csvkind.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/base/suggest.h"
#include "lib/base/text.h"
#include "lib/batch/batch.h"
#include "lib/product/kind.h"
#include "lib/stream/stream.h"
#include "lib/table/csvout.h"

enum { COLUMNS_MAX = 256, SPILL = 1 << 16 };

static const char batch_prefix[] = "batch.";

struct column {
	char *name;
	char *heading;
	int seen;		/* some record has it */
};

struct csvkind {
	const struct kind_options *options;
	const struct segment *segment;
	struct io_product product;
	struct column columns[COLUMNS_MAX];
	int column_count, of_preset;
	struct buf text;	/* not yet written */
	struct csvout csv;
	char *batch, *date;	/* of the first segment */
	int several;
};

/* ---- values ---- */

static const struct node *
step(const struct node *node, const char *name, size_t len)
{
	char *part = xstrndup(name, len), *end = NULL;
	unsigned long index = strtoul(part, &end, 10);
	const struct node *next;

	if (node_count(node) > 0 && len > 0 && *end == '\0')
		next = node_at(node, index);
	else
		next = node_get(node, part);
	free(part);
	return next;
}

/* The item of an array whose id *name begins with, as a check's; then *name is what
 * follows, or the verdict.  Of "sharpness" and "sharpness.motion" it is the longer. */
static const struct node *
step_by_id(const struct node *array, const char **name)
{
	const struct node *found = NULL;
	size_t most = 0;

	for (size_t i = 0; i < node_count(array); i++) {
		const char *id = node_text(node_at(array, i), "id");
		size_t len = id != NULL ? strlen(id) : 0;

		if (len <= most || strncmp(*name, id, len) != 0 ||
		    ((*name)[len] != '\0' && (*name)[len] != '.'))
			continue;
		found = node_at(array, i);
		most = len;
	}
	if (found != NULL)
		*name = (*name)[most] == '.' ? *name + most + 1 : "verdict";
	return found;
}

static int
add_value(const struct node *record, const char *name, struct buf *out)
{
	const char *dot, *text;
	const struct node *item = NULL;

	while ((item = step_by_id(record, &name)) != NULL ||
	    (dot = strchr(name, '.')) != NULL) {
		if (item == NULL) {
			item = step(record, name, (size_t)(dot - name));
			name = dot + 1;
		}
		record = item;
	}
	text = node_text(record, name);
	record = step(record, name, strlen(name));
	if (text != NULL)
		buf_adds(out, text);
	else if (record != NULL)
		node_print(record, out);
	return text != NULL || record != NULL;
}

/* ---- rows ---- */

static int
spill(struct csvkind *state, size_t least, struct buf *err)
{
	if (state->text.len < least)
		return 0;
	if (io_product_write(&state->product, state->text.data, state->text.len, err) != 0)
		return -1;
	buf_clear(&state->text);
	return 0;
}

static int
csv_collect(void *opaque, const struct node *photo, size_t index,
    struct buf *err)
{
	struct csvkind *state = opaque;
	const size_t prefix = sizeof batch_prefix - 1;
	struct buf value = BUF_INIT;
	struct column *column;
	int i;

	(void)index;
	for (i = 0; i < state->column_count; i++) {
		column = &state->columns[i];
		buf_clear(&value);
		if (strncmp(column->name, batch_prefix, prefix) == 0)
			column->seen |= add_value(state->segment->header,
			    column->name + prefix, &value);
		else
			column->seen |= add_value(photo, column->name, &value);
		csvout_text(&state->csv, value.data);
	}
	csvout_row(&state->csv);
	buf_release(&value);
	return spill(state, SPILL, err);
}

/* ---- begin and end ---- */

static int
add_column(struct csvkind *state, const char *name, size_t len, const char *heading)
{
	struct column *column = &state->columns[state->column_count];

	if (len == 0 || state->column_count == COLUMNS_MAX)
		return -1;
	column->name = xstrndup(name, len);
	column->heading = xstrdup(*heading != '\0' ? heading : column->name);
	state->column_count++;
	return 0;
}

static int
read_list(struct csvkind *state, struct buf *err)
{
	const char *at = state->options->columns;
	size_t len;

	for (;; at += len + 1) {
		at += strspn(at, " ");
		len = strcspn(at, ",");
		if (add_column(state, at, len, "") != 0) {
			buf_addf(err, "'%s' of '--columns' is no list of names",
			    state->options->columns);
			return -1;
		}
		if (at[len] == '\0')
			return 0;
	}
}

/* A line that is no comment has a name, and may have a heading behind it, as any editor
 * writes it. */
static int
take_line(struct csvkind *state, const struct buf *line)
{
	struct buf text = BUF_INIT, ignored = BUF_INIT;
	int result = text_decode(line->data, line->len, &text, NULL, &ignored);
	size_t len = strcspn(text.data, " \t");

	if (result == 0 && *text.data != '#' && *text.data != '\0')
		result = add_column(state, text.data, len,
		    text.data + len + strspn(text.data + len, " \t"));
	buf_release(&text);
	buf_release(&ignored);
	return result;
}

/* Append the path of the set's file; a name with a slash is one. */
static int
find_preset(const char *name, struct buf *path, struct buf *err)
{
	struct buf file = BUF_INIT;

	if (strchr(name, '/') == NULL) {
		buf_addf(&file, "csv/%s.conf", name);
		share_path(file.data, path);
	} else {
		buf_adds(path, name);
	}
	buf_release(&file);
	if (access(path->data, F_OK) == 0)
		return 0;
	buf_addf(err, "there is no set of columns '%s'", name);
	share_suggest("csv", name, err);
	return -1;
}

static int
read_preset(struct csvkind *state, struct buf *err)
{
	struct buf path = BUF_INIT, line = BUF_INIT;
	struct io_lines lines;
	int whole, got = 0, result = find_preset(state->options->preset, &path, err);

	if (result == 0 && (result = io_lines_open(&lines, path.data, err)) == 0) {
		while (result == 0 && (got = io_lines_next(&lines, &line, &whole, err)) > 0)
			if ((result = take_line(state, &line)) != 0)
				buf_addf(err, "%s:%ld: no column, or too many", path.data,
				    lines.number);
		io_lines_close(&lines);
	}
	buf_release(&path);
	buf_release(&line);
	return got < 0 ? -1 : result;
}

static int
read_columns(struct csvkind *state, struct buf *err)
{
	if (state->options->preset != NULL && read_preset(state, err) != 0)
		return -1;
	state->of_preset = state->column_count;
	if (state->options->columns != NULL && read_list(state, err) != 0)
		return -1;
	if (state->column_count == 0)
		buf_adds(err, "there is no column");
	return state->column_count > 0 ? 0 : -1;
}

static int
csv_begin(void *opaque, struct segment *segment, struct buf *err)
{
	struct csvkind *state = opaque;
	int i;

	state->segment = segment;
	if (state->batch != NULL) {
		state->several |= strcmp(state->batch, segment->batch->id) != 0;
		return 0;
	}
	if (read_columns(state, err) != 0)
		return -1;
	state->batch = xstrdup(segment->batch->id);
	state->date = xstrdup(segment->batch->date);
	state->csv.out = &state->text;
	csvout_begin(&state->csv);
	for (i = 0; i < state->column_count; i++)
		csvout_text(&state->csv, state->columns[i].heading);
	csvout_row(&state->csv);
	return kind_open_whole(&csv_kind, state->options, segment,
	    &state->product, err);
}

static int
csv_publish(void *opaque, struct buf *err)
{
	struct csvkind *state = opaque;

	if (spill(state, 1, err) != 0)
		return -1;
	if (state->several)
		kind_name_all(&csv_kind, state->options, state->date,
		    &state->product);
	return kind_publish(state->options, &state->product, err);
}

static void *
csv_start(const struct kind_options *options)
{
	struct csvkind *state = xcalloc(1, sizeof *state);

	state->options = options;
	state->product.fd = -1;
	buf_init(&state->text);
	return state;
}

/* Which column of share/csv/all.conf was meant; what is one is not misspelt. */
static void
add_advice(const char *name, const char *known, struct buf *out)
{
	const char *const behind[] = { ".value", ".min", ".max", ".unit", ".detail", ".level" };
	struct suggest suggest;
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		if (len > strlen(behind[i]) && strncmp(name, "checks.", 7) == 0 &&
		    strcmp(name + len - strlen(behind[i]), behind[i]) == 0)
			return;
	suggest_begin(&suggest, name);
	suggest_consider_all(&suggest, known);
	if (strcmp(suggest.best, name) != 0)
		suggest_say(&suggest, out);
}

/* A name that no record has is most likely misspelt. */
static void
csv_describe(const void *opaque, struct buf *out)
{
	const struct csvkind *state = opaque;
	struct buf known = BUF_INIT;
	int i;

	share_words("csv/all.conf", &known);
	for (i = state->of_preset; i < state->column_count; i++)
		if (!state->columns[i].seen) {
			if (out->len > 0)
				buf_adds(out, "; ");
			buf_addf(out, "no record has '%s'", state->columns[i].name);
			add_advice(state->columns[i].name, known.data, out);
		}
	buf_release(&known);
}

static void
free_column(struct column *column)
{
	free(column->name);
	free(column->heading);
}

static void
csv_stop(void *opaque)
{
	struct csvkind *state = opaque;
	int i;

	for (i = 0; i < state->column_count; i++)
		free_column(&state->columns[i]);
	kind_release(&state->product);
	buf_release(&state->text);
	free(state->batch);
	free(state->date);
	free(state);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.begin = csv_begin,
	.collect = csv_collect,
	.publish = csv_publish
};

const struct kind csv_kind = {
	.name = "csv",
	.what = "any members of the records as a table",
	.title = "数据表",
	.extension = ".csv",
	.takes = KIND_COLUMNS,
	.filter = &filter,
	.start = csv_start,
	.describe = csv_describe,
	.stop = csv_stop
};
