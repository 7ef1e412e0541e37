#include "lib/sheet/printindex.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/table/csvout.h"
#include "lib/table/xlsx.h"

enum {
	SPILL = 1 << 16, COLUMNS_MAX = 8, ROW_POINTS = 20,
	/* Centred between lines: sheet, row and student number stay apart. */
	CELL = XLSX_BOX | XLSX_CENTRE | XLSX_WRAP,
	HEADING = CELL | XLSX_BOLD | XLSX_HEAD
};

enum part { PART_PRINTS, PART_TOTALS, PART_LEFT, PARTS };

struct total {
	char *name;
	long students, prints, first, last;
};

struct printindex {
	struct io_product product;
	struct xlsx *xlsx;	/* or NULL: CSV */
	struct buf text;	/* CSV not yet written */
	struct csvout csv;
	int write_error;
	int chinese;
	int rows[PARTS];	/* of each sheet, the heading included */
	struct total *classes, *papers, *addresses;
	size_t class_count, paper_count, address_count;
};

static const char *const titles[PARTS][2] = {
	{ "prints", "排版索引" }, { "totals", "合计" }, { "not printed", "未排版" }
};

static const struct {
	const char *words[2];
	double width;
} columns[PARTS][COLUMNS_MAX] = {
	{ { { "file", "文件" }, 30 }, { { "sheet", "张号" }, 8 },
	    { { "row", "行" }, 6 }, { { "student number", "学号" }, 18 },
	    { { "name", "姓名" }, 14 }, { { "class", "班级" }, 30 },
	    { { "copies", "份数" }, 8 }, { { "remark", "备注" }, 24 } },
	{ { { "of", "类别" }, 10 }, { { "class or paper", "班级或纸张" }, 36 },
	    { { "students", "人数" }, 10 }, { { "prints", "照片数" }, 10 },
	    { { "first sheet", "起始张号" }, 10 },
	    { { "last sheet", "终止张号" }, 10 },
	    { { "sheets", "张数" }, 10 }, { { NULL, NULL }, 0 } },
	{ { { "student number", "学号" }, 18 }, { { "name", "姓名" }, 14 },
	    { { "class", "班级" }, 30 }, { { "reason", "原因" }, 24 },
	    { { NULL, NULL }, 0 } },
};

static int
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), wanted = strlen(end);

	return len >= wanted && strcmp(text + len - wanted, end) == 0;
}

/* ---- cells ---- */

static void
add_text(struct printindex *index, enum part part, int column,
    const char *text)
{
	if (index->xlsx != NULL)
		xlsx_text(index->xlsx, index->rows[part], column, text, CELL);
	else
		csvout_text(&index->csv, text);
}

static void
add_number(struct printindex *index, enum part part, int column, long value)
{
	if (index->xlsx != NULL)
		xlsx_number(index->xlsx, index->rows[part], column,
		    (double)value, CELL);
	else
		csvout_number(&index->csv, (double)value, 0);
}

static void
add_known(struct printindex *index, enum part part, int column, int is_known,
    long value)
{
	if (is_known)
		add_number(index, part, column, value);
	else
		add_text(index, part, column, "");
}

static void
spill(struct printindex *index, size_t least)
{
	if (index->text.len < least)
		return;
	if (index->write_error == 0 && io_write_all(index->product.fd,
	    index->text.data, index->text.len) != 0)
		index->write_error = errno;
	buf_clear(&index->text);
}

static void
begin_row(struct printindex *index, enum part part)
{
	if (index->xlsx == NULL) {
		csvout_text(&index->csv, titles[part][index->chinese]);
		return;
	}
	xlsx_sheet_select(index->xlsx, (int)part);
	xlsx_height(index->xlsx, index->rows[part], ROW_POINTS);
}

static void
end_row(struct printindex *index, enum part part)
{
	index->rows[part]++;
	if (index->xlsx == NULL) {
		csvout_row(&index->csv);
		spill(index, SPILL);
	}
}

/* ---- life ---- */

static int
add_headings(struct printindex *index, enum part part)
{
	const char *word;
	int i;

	for (i = 0; i < COLUMNS_MAX &&
	    (word = columns[part][i].words[index->chinese]) != NULL; i++) {
		if (index->xlsx == NULL) {
			csvout_text(&index->csv, word);
			continue;
		}
		xlsx_width(index->xlsx, i, columns[part][i].width);
		xlsx_text(index->xlsx, 0, i, word,
		    HEADING);
	}
	return i;
}

static int
open_workbook(struct printindex *index, const struct batch *batch,
    struct buf *err)
{
	struct buf directory = BUF_INIT, head = BUF_INIT;
	int part;

	batch_path(batch, "tmp", &directory);
	index->xlsx = xlsx_new(index->product.part, directory.data,
	    batch_time(batch), titles[0][index->chinese], err);
	buf_release(&directory);
	if (index->xlsx == NULL)
		return -1;
	batch_add_title(batch, &head);
	xlsx_running(index->xlsx, head.data, batch->date);
	buf_release(&head);
	for (part = 0; part < PARTS; part++) {
		xlsx_sheet(index->xlsx, titles[part][index->chinese]);
		add_headings(index, (enum part)part);
		index->rows[part] = 1;
	}
	return 0;
}

struct printindex *
printindex_new(const char *path, const struct batch *batch, int chinese,
    struct buf *err)
{
	struct printindex *index = xcalloc(1, sizeof *index);

	index->chinese = chinese != 0;
	index->product.fd = -1;
	buf_init(&index->text);
	index->csv.out = &index->text;
	if (io_product_open(&index->product, path, err) != 0 ||
	    (ends_with(path, ".xlsx") &&
	    open_workbook(index, batch, err) != 0)) {
		printindex_free(index);
		return NULL;
	}
	if (index->xlsx == NULL) {
		csvout_begin(&index->csv);
		csvout_text(&index->csv, index->chinese ? "表" : "table");
		add_headings(index, PART_PRINTS);
		csvout_row(&index->csv);
	}
	return index;
}

static void
free_totals(struct total *totals, size_t count)
{
	while (count-- > 0)
		free(totals[count].name);
	free(totals);
}

void
printindex_free(struct printindex *index)
{
	struct buf ignored = BUF_INIT;

	if (index == NULL)
		return;
	if (index->xlsx != NULL)
		xlsx_close(index->xlsx, &ignored);
	io_product_release(&index->product);
	free_totals(index->classes, index->class_count);
	free_totals(index->papers, index->paper_count);
	free_totals(index->addresses, index->address_count);
	buf_release(&index->text);
	buf_release(&ignored);
	free(index);
}

/* ---- rows ---- */

/* The total of that name; classes come in runs, so the last is looked at first. */
static struct total *
find_total(struct total **totals, size_t *count, const char *name)
{
	struct total *total;
	size_t i;

	for (i = *count; i > 0; i--)
		if (strcmp((*totals)[i - 1].name, name) == 0)
			return &(*totals)[i - 1];
	*totals = xrealloc_array(*totals, *count + 1, sizeof **totals);
	total = &(*totals)[(*count)++];
	*total = (struct total){ .name = xstrdup(name) };
	return total;
}

/* The shop that prints it knows no folders of ours. */
static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

void
printindex_print(struct printindex *index, const struct printindex_row *row)
{
	const enum part part = PART_PRINTS;
	struct total *total = find_total(&index->classes, &index->class_count,
	    row->class);

	total->students++;
	total->prints += row->copies;
	if (total->first == 0)
		total->first = row->sheet;
	total->last = row->sheet;
	begin_row(index, part);
	add_text(index, part, 0, base_name(row->file));
	add_number(index, part, 1, row->sheet);
	add_number(index, part, 2, row->row);
	add_text(index, part, 3, row->student_no);
	add_text(index, part, 4, row->name);
	add_text(index, part, 5, row->class);
	add_number(index, part, 6, row->copies);
	add_text(index, part, 7, row->remark);
	end_row(index, part);
}

void
printindex_left(struct printindex *index, const struct printindex_row *row)
{
	const enum part part = PART_LEFT;
	int xlsx = index->xlsx != NULL;

	begin_row(index, part);
	if (!xlsx) {	/* under the headings of the prints */
		add_text(index, part, 0, "");
		add_text(index, part, 1, "");
		add_text(index, part, 2, "");
	}
	add_text(index, part, 0, row->student_no);
	add_text(index, part, 1, row->name);
	add_text(index, part, 2, row->class);
	if (!xlsx)
		add_number(index, part, 3, 0);
	add_text(index, part, 3, row->remark);
	end_row(index, part);
}

void
printindex_paper(struct printindex *index, const char *paper, long sheets,
    long prints)
{
	struct total *total = find_total(&index->papers, &index->paper_count,
	    paper);

	total->last += sheets;
	total->prints += prints;
}

void
printindex_address(struct printindex *index, const char *address)
{
	find_total(&index->addresses, &index->address_count, address);
}

/* ---- the end ---- */

static void
add_total(struct printindex *index, const char *of, const struct total *total,
    int is_paper)
{
	const enum part part = PART_TOTALS;
	struct buf remark = BUF_INIT;

	begin_row(index, part);
	if (index->xlsx != NULL) {
		add_text(index, part, 0, of);
		add_text(index, part, 1, total->name);
		add_known(index, part, 2, !is_paper, total->students);
		add_number(index, part, 3, total->prints);
		add_known(index, part, 4, !is_paper, total->first);
		add_known(index, part, 5, !is_paper, total->last);
		add_known(index, part, 6, is_paper, total->last);
	} else {
		add_text(index, part, 0, "");
		add_known(index, part, 1, is_paper, total->last);
		add_text(index, part, 2, "");
		add_known(index, part, 3, !is_paper, total->students);
		add_text(index, part, 4, of);
		add_text(index, part, 5, total->name);
		add_number(index, part, 6, total->prints);
		if (!is_paper)
			buf_addf(&remark, "%ld–%ld", total->first, total->last);
		add_text(index, part, 7, remark.data);
	}
	end_row(index, part);
	buf_release(&remark);
}

static void
add_address(struct printindex *index, const char *address)
{
	const enum part part = PART_TOTALS;
	int i, first = index->xlsx != NULL ? 0 : 4;

	begin_row(index, part);
	for (i = 0; i < first; i++)
		add_text(index, part, i, "");
	add_text(index, part, first, index->chinese ? "寄送" : "send to");
	add_text(index, part, first + 1, address);
	end_row(index, part);
}

static void
add_totals(struct printindex *index)
{
	struct total all = { .name = NULL };
	int zh = index->chinese;
	size_t i;

	for (i = 0; i < index->class_count; i++) {
		add_total(index, zh ? "班级" : "class", &index->classes[i], 0);
		all.students += index->classes[i].students;
		all.prints += index->classes[i].prints;
		all.last = index->classes[i].last > all.last ?
		    index->classes[i].last : all.last;
	}
	for (i = 0; i < index->paper_count; i++)
		add_total(index, zh ? "纸张" : "paper", &index->papers[i], 1);
	all.first = all.last > 0;
	add_total(index, zh ? "总计" : "all", &all, 0);
	for (i = 0; i < index->address_count; i++)
		add_address(index, index->addresses[i].name);
}

static int
close_table(struct printindex *index, struct buf *err)
{
	struct xlsx *xlsx = index->xlsx;
	int part, last;

	if (xlsx == NULL) {
		spill(index, 1);
		if (index->write_error != 0)
			buf_addf(err, "cannot write the index: %s",
			    strerror(index->write_error));
		return index->write_error != 0 ? -1 : 0;
	}
	for (part = 0; part < PARTS; part++) {
		for (last = 0; last < COLUMNS_MAX &&
		    columns[part][last].words[0] != NULL; last++)
			;
		xlsx_sheet_select(xlsx, part);
		xlsx_heading(xlsx, index->rows[part] - 1, last - 1, 0);
		xlsx_page(xlsx, XLSX_LANDSCAPE);
	}
	index->xlsx = NULL;
	return xlsx_close(xlsx, err);
}

int
printindex_publish(struct printindex *index, int replace, struct buf *err)
{
	add_totals(index);
	if (close_table(index, err) != 0)
		return -1;
	return io_product_publish(&index->product, replace ? IO_REPLACE : 0,
	    err);
}
