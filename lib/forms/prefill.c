#include "lib/forms/prefill.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/product/kind.h"
#include "lib/product/students.h"
#include "lib/product/workbook.h"
#include "lib/batch/batch.h"
#include "lib/profile/profile.h"
#include "lib/decision/status.h"
#include "lib/stream/leftout.h"
#include "lib/stream/stream.h"
#include "lib/sheet/order.h"
#include "lib/sheet/printtable.h"
#include "lib/table/xlsx.h"

enum { ROW_POINTS = 20, HEADING_POINTS = 28 };

/* In characters. */
static const double widths[PRINTTABLE_COLUMNS] = {
	[PRINTTABLE_INDEX] = 7, [PRINTTABLE_STUDENT_NO] = 17,
	[PRINTTABLE_NAME] = 12, [PRINTTABLE_LAST_FOUR] = 12,
	[PRINTTABLE_SCHOOL] = 22, [PRINTTABLE_COLLEGE] = 22,
	[PRINTTABLE_CLASS] = 18, [PRINTTABLE_COPIES] = 8,
	[PRINTTABLE_TOKEN] = 0
};

struct prefill {
	const struct kind_options *options;
	struct segment *segment;
	struct order order;
	struct io_product product;
	long rows;			/* of all segments */
};

static int
prefill_begin(void *state, struct segment *segment, struct buf *err)
{
	struct prefill *prefill = state;

	prefill->segment = segment;
	return students_order(&prefill->order, segment->profile, err);
}

static int
prefill_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct prefill *prefill = state;

	(void)err;
	if (!students_is_row(photo))
		return 0;
	if (students_has_image(photo))
		order_add(&prefill->order, node_get(photo, "student"), index, 0);
	else
		leftout_tell(prefill->options->leftout, photo, prefill->segment->profile,
		    status_of(photo) == STATUS_PASS ? "image does not conform" : NULL);
	return 0;
}

static void
add_heading(struct xlsx *xlsx)
{
	int i;

	xlsx_sheet(xlsx, printtable_title);
	xlsx_height(xlsx, 0, HEADING_POINTS);
	for (i = 0; i < PRINTTABLE_COLUMNS; i++) {
		xlsx_width(xlsx, i, widths[i]);
		xlsx_text(xlsx, 0, i,
		    printtable_heading((enum printtable_column)i),
		    XLSX_BOLD | XLSX_HEAD | XLSX_BOX | XLSX_CENTRE);
	}
}

static void
add_row(const struct prefill *prefill, struct xlsx *xlsx, int row,
    const struct node *photo)
{
	const struct segment *segment = prefill->segment;
	long copies = profile_integer(segment->profile, "print", "copies");
	struct buf value = BUF_INIT;
	int i;

	xlsx_height(xlsx, row, ROW_POINTS);
	for (i = 0; i < PRINTTABLE_COLUMNS; i++) {
		buf_clear(&value);
		printtable_value((enum printtable_column)i, photo,
		    segment->batch->school_name, row, copies, &value);
		xlsx_text(xlsx, row, i, value.data, XLSX_BOX | XLSX_CENTRE);
	}
	buf_release(&value);
}

static int
write_book(struct prefill *prefill, struct buf *err)
{
	const struct order *order = &prefill->order;
	struct node *photo;
	struct xlsx *xlsx;
	size_t i;

	xlsx = workbook_new(prefill->segment->batch, prefill->product.part,
	    printtable_title, NULL, err);
	if (xlsx == NULL)
		return -1;
	add_heading(xlsx);
	for (i = 0; i < order->count; i++) {
		photo = stream_held(prefill->segment, order->entries[i].index);
		add_row(prefill, xlsx, (int)i + 1, photo);
		node_free(photo);
	}
	xlsx_heading(xlsx, (int)order->count, PRINTTABLE_COPIES, 0);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
	return xlsx_close(xlsx, err);
}

static int
prefill_publish(void *state, struct buf *err)
{
	struct prefill *prefill = state;

	order_release(&prefill->order);
	if (prefill->product.part == NULL)
		return 0;
	return kind_publish(prefill->options, &prefill->product, err);
}

static int
prefill_end(void *state, struct segment *segment, struct buf *err)
{
	const struct kind_part part = { .volume = 1 };
	struct prefill *prefill = state;

	order_sort(&prefill->order);
	prefill->rows += (long)prefill->order.count;
	if (kind_open(&prefill_kind, prefill->options, segment, &part,
	    &prefill->product, err) != 0 || write_book(prefill, err) != 0)
		return -1;
	return kind_publishes_each(prefill->options) ?
	    prefill_publish(prefill, err) : 0;
}

static void *
prefill_start(const struct kind_options *options)
{
	struct prefill *prefill = xcalloc(1, sizeof *prefill);

	prefill->options = options;
	prefill->product.fd = -1;
	return prefill;
}

static void
prefill_describe(const void *state, struct buf *out)
{
	const struct prefill *prefill = state;

	buf_addf(out, "%ld students to print", prefill->rows);
}

static void
prefill_stop(void *state)
{
	struct prefill *prefill = state;

	order_release(&prefill->order);
	kind_release(&prefill->product);
	free(prefill);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.holds = 1,
	.begin = prefill_begin,
	.collect = prefill_collect,
	.end = prefill_end,
	.publish = prefill_publish
};

const struct kind prefill_kind = {
	.name = "layout-table",
	.what = "the prefilled table from which tc-layout takes the order of prints, workbook",
	.title = "排版冲印数据",
	.extension = ".xlsx",
	.filter = &filter,
	.start = prefill_start,
	.describe = prefill_describe,
	.stop = prefill_stop
};
