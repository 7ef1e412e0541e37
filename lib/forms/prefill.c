#include "lib/forms/prefill.h"

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/decision/status.h"
#include "lib/product/kind.h"
#include "lib/product/listkind.h"
#include "lib/product/students.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/sheet/order.h"
#include "lib/sheet/printtable.h"
#include "lib/stream/leftout.h"
#include "lib/stream/stream.h"
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
	struct listkind list;
	long rows;			/* of all segments */
};

static int
prefill_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct prefill *prefill = state;

	(void)err;
	if (!status_is_students(photo))
		return 0;
	if (students_has_image(photo))
		order_add(&prefill->list.order, node_get(photo, "student"), index, 0);
	else
		leftout_tell(prefill->list.options->leftout, photo, prefill->list.segment->profile,
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
	const struct segment *segment = prefill->list.segment;
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
write_book(void *state, const char *path, struct buf *err)
{
	struct prefill *prefill = state;
	const struct order *order = &prefill->list.order;
	struct node *photo;
	struct xlsx *xlsx;
	size_t i;

	prefill->rows += (long)order->count;
	xlsx = workbook_new(prefill->list.segment->batch, path, printtable_title, NULL, err);
	if (xlsx == NULL)
		return -1;
	add_heading(xlsx);
	for (i = 0; i < order->count; i++) {
		photo = stream_held(prefill->list.segment, order->entries[i].index);
		add_row(prefill, xlsx, (int)i + 1, photo);
		node_free(photo);
	}
	xlsx_heading(xlsx, (int)order->count, PRINTTABLE_COPIES, 0);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
	return xlsx_close(xlsx, err);
}

static void *
prefill_start(const struct kind_options *options)
{
	return listkind_new(sizeof(struct prefill), &prefill_kind, options, write_book);
}

static void
prefill_describe(const void *state, struct buf *out)
{
	const struct prefill *prefill = state;

	buf_addf(out, "%ld students to print", prefill->rows);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.holds = 1,
	.begin = listkind_begin,
	.collect = prefill_collect,
	.end = listkind_end,
	.publish = listkind_publish
};

const struct kind prefill_kind = {
	.name = "layout-table",
	.what = "the prefilled table from which tc-layout takes the order of prints, workbook",
	.title = "排版冲印数据",
	.extension = ".xlsx",
	.filter = &filter,
	.start = prefill_start,
	.describe = prefill_describe,
	.stop = listkind_free
};
