#include "lib/product/csvkind.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/product/kind.h"
#include "lib/stream/stream.h"
#include "lib/table/csvout.h"

enum { COLUMNS_MAX = 256, SPILL = 1 << 16 };

static const char batch_prefix[] = "batch.";

struct column {
	char *name;
	int seen;		/* some record has it */
};

struct csvkind {
	const struct kind_options *options;
	const struct segment *segment;
	struct io_product product;
	struct column columns[COLUMNS_MAX];
	int column_count;
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

int
csvkind_value(const struct node *record, const char *name, struct buf *out)
{
	const char *dot, *text;

	while ((dot = strchr(name, '.')) != NULL) {
		record = step(record, name, (size_t)(dot - name));
		name = dot + 1;
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
	if (io_write_all(state->product.fd, state->text.data,
	    state->text.len) != 0) {
		fault_own_system(err, "cannot write '%s'", state->product.path);
		return -1;
	}
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
			column->seen |= csvkind_value(state->segment->header,
			    column->name + prefix, &value);
		else
			column->seen |= csvkind_value(photo, column->name, &value);
		csvout_text(&state->csv, value.data);
	}
	csvout_row(&state->csv);
	buf_release(&value);
	return spill(state, SPILL, err);
}

/* ---- begin and end ---- */

static int
read_columns(struct csvkind *state, struct buf *err)
{
	const char *at = state->options->columns;
	size_t len;

	for (;; at += len + 1) {
		at += strspn(at, " ");
		len = strcspn(at, ",");
		if (len == 0 || state->column_count == COLUMNS_MAX) {
			buf_addf(err, "'%s' of '--columns' is no list of names",
			    state->options->columns);
			return -1;
		}
		state->columns[state->column_count++].name = xstrndup(at, len);
		if (at[len] == '\0')
			return 0;
	}
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
		csvout_text(&state->csv, state->columns[i].name);
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

/* A name that no record has is most likely misspelt. */
static void
csv_describe(const void *opaque, struct buf *out)
{
	const struct csvkind *state = opaque;
	int i;

	for (i = 0; i < state->column_count; i++)
		if (!state->columns[i].seen)
			buf_addf(out, "%s'%s'", out->len > 0 ? ", " :
			    "no record has ", state->columns[i].name);
}

static void
csv_stop(void *opaque)
{
	struct csvkind *state = opaque;
	int i;

	for (i = 0; i < state->column_count; i++)
		free(state->columns[i].name);
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
