#include "lib/table/jsonin.h"

#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/table/table.h"

enum { FILE_MAX = 16 << 20 };

int
jsonin_is(const char *path)
{
	FILE *file = fopen(path, "re");
	int first = file != NULL ? getc(file) : EOF;

	if (file != NULL)
		fclose(file);
	return first == '{';
}

/* One row while its cells are added. */
struct row {
	struct table *table;
	struct buf *err;
	size_t column;
	int headings;		/* the names of members, not their values */
	int failed;
};

static void
add_cell(void *state, const char *name, struct node *value)
{
	struct row *row = state;
	struct node *holder = node_array();
	const char *text;

	node_append(holder, node_copy(value));
	text = row->headings ? name : node_text_at(holder, 0);
	if (text != NULL && *text != '\0')
		row->failed |= table_add_cell(row->table, row->column, text,
		    strlen(text), 0, row->err) != 0;
	row->column++;
	node_free(holder);
}

static int
add_row(struct table *table, long number, const struct node *answer,
    int headings, struct buf *err)
{
	struct row row = { table, err, 0, headings, 0 };

	if (table_add_row(table, number, err) != 0)
		return -1;
	node_each(answer, add_cell, &row);
	return row.failed ? -1 : 0;
}

static int
fill(struct table *table, const struct node *root, struct buf *err)
{
	const struct node *answers = node_get(root, "answers");

	if (table_add_sheet(table, "", err) != 0 ||
	    add_row(table, 1, node_at(answers, 0), 1, err) != 0)
		return -1;
	for (size_t i = 0; i < node_count(answers); i++)
		if (add_row(table, (long)i + 2, node_at(answers, i), 0, err) != 0)
			return -1;
	table_set_kind(table, "JSON");
	return 0;
}

struct table *
jsonin_read(const char *path, struct buf *err)
{
	struct table *table = NULL;
	struct buf bytes = BUF_INIT, reason = BUF_INIT;
	struct node *root = NULL;
	const char *type;

	if (io_read_file(path, FILE_MAX, &bytes, err) != 0)
		goto out;
	root = node_parse(bytes.data, bytes.len, &reason);
	if (root == NULL) {
		buf_addf(err, "'%s': %s", path, reason.data);
		goto out;
	}
	type = node_text(root, "type");
	if (type == NULL || strcmp(type, "tc-answers") != 0) {
		buf_addf(err, "'%s' is not what a review page downloads", path);
		goto out;
	}
	table = table_new();
	if (fill(table, root, err) != 0) {
		table_free(table);
		table = NULL;
	}
out:
	buf_release(&reason);
	node_free(root);
	buf_release(&bytes);
	return table;
}
