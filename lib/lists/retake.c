#include "lib/lists/retake.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/decision/status.h"
#include "lib/lists/retakesheet.h"
#include "lib/product/kind.h"
#include "lib/product/students.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/sheet/order.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

/* Who is called back, in the order of lists. */
struct row {
	size_t index;			/* of the photo */
	size_t group;
	enum retake_sheet sheet;
	struct notice notice;
};

struct retake {
	const struct kind_options *options;
	struct segment *segment;
	struct order order;
	struct notices *notices;
	struct row *rows;
	size_t row_count;
	char **groups;			/* of --split; one without */
	size_t group_count;
	struct io_product *products;	/* of each group */
	size_t product_count;
	struct workbook_extra extra;
	long listed, fresh;		/* of all segments */
};

/* ---- collecting ---- */

static int
retake_begin(void *state, struct segment *segment, struct buf *err)
{
	struct retake *retake = state;

	retake->segment = segment;
	memset(&retake->extra, 0, sizeof retake->extra);
	retake->notices = notices_new(segment->batch, retake->segment->batch->date, err);
	if (retake->notices == NULL)
		return -1;
	return students_order(&retake->order, segment->profile, err);
}

static int
retake_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct retake *retake = state;

	(void)err;
	if (!status_is_students(photo))
		return 0;
	workbook_note(&retake->extra, node_get(photo, "student"));
	if (retakesheet_place(photo, retake->segment->profile, 0) != RETAKE_NONE)
		order_add(&retake->order, node_get(photo, "student"), index, 0);
	return 0;
}

/* The name of a student's file with --split. */
static void
group_name(const struct retake *retake, const struct node *student,
    struct buf *out)
{
	const char *split = retake->options->split;
	const char *college = node_text(student, "college");
	const char *class = node_text(student, "class");

	if (split == NULL)
		return;
	buf_adds(out, college != NULL ? college : "未分学院");
	if (strcmp(split, "class") == 0)
		buf_addf(out, "_%s", class != NULL ? class : "未分班级");
}

static size_t
find_group(struct retake *retake, const struct node *student)
{
	struct buf name = BUF_INIT, safe = BUF_INIT;
	size_t i;

	group_name(retake, student, &name);
	entryname_add_safe(name.data, &safe);
	for (i = retake->group_count; i-- > 0; )
		if (strcmp(retake->groups[i], safe.data) == 0)
			goto out;
	i = retake->group_count++;
	retake->groups = xrealloc_array(retake->groups, i + 1,
	    sizeof *retake->groups);
	retake->groups[i] = xstrdup(safe.data);
out:
	buf_release(&safe);
	buf_release(&name);
	return i;
}

static void
add_rows(struct retake *retake)
{
	struct node *photo;
	struct row *row;
	size_t i;

	order_sort(&retake->order);
	retake->rows = xcalloc(retake->order.count, sizeof *retake->rows);
	for (i = 0; i < retake->order.count; i++) {
		row = &retake->rows[retake->row_count++];
		row->index = retake->order.entries[i].index;
		photo = stream_held(retake->segment, row->index);
		notices_take(retake->notices, photo, &row->notice);
		row->sheet = retakesheet_place(photo, retake->segment->profile,
		    row->notice.known);
		row->group = find_group(retake, node_get(photo, "student"));
		node_free(photo);
	}
	if (retake->group_count == 0 && retake->options->split == NULL)
		find_group(retake, NULL);
}

/* ---- workbooks ---- */

static int
write_book(struct retake *retake, size_t group, const char *path,
    struct buf *err)
{
	char deadline[WINDOW_DATE];
	struct retakesheet *book;
	struct node *photo;
	struct xlsx *xlsx;
	size_t i;

	xlsx = workbook_new(retake->segment->batch, path, retake_kind.title,
	    retake->segment->batch->date, err);
	if (xlsx == NULL)
		return -1;
	kind_deadline(retake->options, retake->segment, deadline);
	book = retakesheet_new(xlsx, retake->segment->profile, &retake->extra, deadline);
	for (i = 0; i < retake->row_count; i++) {
		if (retake->rows[i].group != group)
			continue;
		photo = stream_held(retake->segment, retake->rows[i].index);
		retakesheet_add(book, retake->rows[i].sheet, photo,
		    &retake->rows[i].notice);
		node_free(photo);
	}
	retakesheet_end(book);
	return xlsx_close(xlsx, err);
}

static int
write_books(struct retake *retake, struct buf *err)
{
	struct kind_part part = { .volume = 1, .date = retake->segment->batch->date };
	struct io_product *product;
	size_t i;

	retake->products = xcalloc(retake->group_count, sizeof *retake->products);
	for (i = 0; i < retake->group_count; i++) {
		product = &retake->products[i];
		part.name = retake->options->split != NULL ? retake->groups[i] :
		    NULL;
		if (kind_open(&retake_kind, retake->options, retake->segment,
		    &part, product, err) != 0)
			return -1;
		retake->product_count++;
		if (write_book(retake, i, product->part, err) != 0)
			return -1;
	}
	return 0;
}

/* ---- end ---- */

static void
reset(struct retake *retake)
{
	size_t i;

	for (i = 0; i < retake->product_count; i++)
		kind_release(&retake->products[i]);
	for (i = 0; i < retake->group_count; i++)
		free(retake->groups[i]);
	free(retake->products);
	free(retake->groups);
	free(retake->rows);
	retake->products = NULL;
	retake->groups = NULL;
	retake->rows = NULL;
	retake->product_count = retake->group_count = retake->row_count = 0;
	notices_free(retake->notices);
	retake->notices = NULL;
	order_release(&retake->order);
}

/* With --split the journal names the first of the files. */
static int
retake_publish(void *state, struct buf *err)
{
	struct retake *retake = state;
	struct buf name = BUF_INIT;
	char sum[HASH_TEXT];
	size_t i;
	int result = 0;

	if (retake->product_count > 0) {
		kind_add_base_name(&retake->products[0], &name);
		result = hash_file(retake->products[0].part, sum, err);
	}
	for (i = 0; i < retake->product_count && result == 0; i++)
		result = kind_publish(retake->options, &retake->products[i], err);
	if (result == 0 && retake->product_count > 0)
		result = notices_record(retake->notices, name.data, sum, err);
	buf_release(&name);
	reset(retake);
	return result;
}

static int
retake_end(void *state, struct segment *segment, struct buf *err)
{
	struct retake *retake = state;

	(void)segment;
	add_rows(retake);
	retake->listed += (long)retake->row_count;
	retake->fresh += (long)notices_new_count(retake->notices);
	if (write_books(retake, err) != 0)
		return -1;
	return kind_publishes_each(retake->options) ?
	    retake_publish(retake, err) : 0;
}

static void *
retake_start(const struct kind_options *options)
{
	struct retake *retake = xcalloc(1, sizeof *retake);

	retake->options = options;
	return retake;
}

static void
retake_describe(const void *state, struct buf *out)
{
	const struct retake *retake = state;

	buf_addf(out, "%ld students listed, %ld of them for the first time",
	    retake->listed, retake->fresh);
}

static void
retake_stop(void *state)
{
	reset(state);
	free(state);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_checked,
	.holds = 1,
	.begin = retake_begin,
	.collect = retake_collect,
	.end = retake_end,
	.publish = retake_publish
};

const struct kind retake_kind = {
	.name = "retake",
	.what = "students who need a new photo, workbook",
	.title = "重拍名单",
	.extension = ".xlsx",
	.takes = KIND_DEADLINE | KIND_SPLIT,
	.filter = &filter,
	.start = retake_start,
	.describe = retake_describe,
	.stop = retake_stop
};
