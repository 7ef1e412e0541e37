#include "lib/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/batch.h"
#include "lib/buf.h"
#include "lib/csvout.h"
#include "lib/io.h"
#include "lib/mem.h"
#include "lib/profile.h"
#include "lib/register.h"
#include "lib/xlsx.h"

enum { COLUMNS_MAX = 64, SPILL = 1 << 16 };

struct listing {
	const struct batch *batch;
	char *columns[COLUMNS_MAX];
	int column_count;
	int rows;			/* the heading included */
	struct buf text;		/* CSV not yet written to csv_fd */
	struct csvout csv;
	int csv_fd;
	struct xlsx *xlsx;
	int xlsx_fd;
};

static int
read_columns(struct listing *listing, const struct profile *profile,
    const char *section, const char *key, struct buf *err)
{
	struct buf column = BUF_INIT;
	int result = 0;

	while (profile_item(profile, section, key, (size_t)listing->column_count,
	    &column)) {
		if (register_heading(column.data) == NULL ||
		    listing->column_count == COLUMNS_MAX) {
			buf_addf(err, "the register has no column '%s' "
			    "(profile '%s', [%s] %s)", column.data,
			    profile_name(profile), section, key);
			result = -1;
			break;
		}
		listing->columns[listing->column_count++] = xstrdup(column.data);
		buf_clear(&column);
	}
	buf_release(&column);
	return result;
}

/* A workbook is written by name: this one stands for a file that has none, so
 * that nothing stays behind when the tool is killed. */
static int
open_workbook(struct listing *listing, struct buf *err)
{
	struct buf name = BUF_INIT, directory = BUF_INIT;

	listing->xlsx_fd = batch_spool(listing->batch, err);
	if (listing->xlsx_fd < 0)
		return -1;
	buf_addf(&name, "/proc/self/fd/%d", listing->xlsx_fd);
	batch_path(listing->batch, "tmp", &directory);
	listing->xlsx = xlsx_new(name.data, directory.data,
	    batch_time(listing->batch), "table", err);
	if (listing->xlsx != NULL)
		xlsx_sheet(listing->xlsx, "table");
	buf_release(&directory);
	buf_release(&name);
	return listing->xlsx != NULL ? 0 : -1;
}

static int
spill(struct listing *listing, size_t least, struct buf *err)
{
	if (listing->text.len < least)
		return 0;
	if (io_write_all(listing->csv_fd, listing->text.data,
	    listing->text.len) != 0) {
		buf_addf(err, "cannot write the table: %s", strerror(errno));
		return -1;
	}
	buf_clear(&listing->text);
	return 0;
}

static void
add_heading(struct listing *listing)
{
	int i;

	csvout_begin(&listing->csv);
	for (i = 0; i < listing->column_count; i++) {
		xlsx_width(listing->xlsx, i, 22);
		csvout_text(&listing->csv, listing->columns[i]);
		xlsx_text(listing->xlsx, 0, i, listing->columns[i],
		    XLSX_BOLD | XLSX_HEAD | XLSX_BOX);
	}
	csvout_row(&listing->csv);
	listing->rows = 1;
}

struct listing *
listing_new(const struct batch *batch, const struct profile *profile,
    const char *section, const char *key, struct buf *err)
{
	struct listing *listing = xcalloc(1, sizeof *listing);

	listing->batch = batch;
	listing->xlsx_fd = -1;
	buf_init(&listing->text);
	listing->csv.out = &listing->text;
	listing->csv_fd = batch_spool(batch, err);
	if (listing->csv_fd < 0 || open_workbook(listing, err) != 0 ||
	    read_columns(listing, profile, section, key, err) != 0) {
		listing_free(listing);
		return NULL;
	}
	add_heading(listing);
	return listing;
}

int
listing_add(struct listing *listing, const struct node *photo,
    const char *image, struct buf *err)
{
	struct buf value = BUF_INIT;
	int i;

	for (i = 0; i < listing->column_count; i++) {
		buf_clear(&value);
		register_value(listing->columns[i], photo, listing->batch, image,
		    &value);
		csvout_text(&listing->csv, value.data);
		xlsx_text(listing->xlsx, listing->rows, i, value.data, 0);
	}
	buf_release(&value);
	csvout_row(&listing->csv);
	listing->rows++;
	return spill(listing, SPILL, err);
}

int
listing_end(struct listing *listing, int *csv, int *xlsx, struct buf *err)
{
	struct xlsx *workbook = listing->xlsx;

	if (spill(listing, 1, err) != 0)
		return -1;
	if (listing->column_count > 0)
		xlsx_heading(workbook, listing->rows - 1,
		    listing->column_count - 1, 0);
	xlsx_page(workbook, XLSX_LANDSCAPE);
	listing->xlsx = NULL;
	if (xlsx_close(workbook, err) != 0)
		return -1;
	*csv = listing->csv_fd;
	*xlsx = listing->xlsx_fd;
	return 0;
}

void
listing_free(struct listing *listing)
{
	struct buf ignored = BUF_INIT;
	int i;

	if (listing == NULL)
		return;
	xlsx_close(listing->xlsx, &ignored);
	buf_release(&ignored);
	if (listing->csv_fd >= 0)
		close(listing->csv_fd);
	if (listing->xlsx_fd >= 0)
		close(listing->xlsx_fd);
	for (i = 0; i < listing->column_count; i++)
		free(listing->columns[i]);
	buf_release(&listing->text);
	free(listing);
}
