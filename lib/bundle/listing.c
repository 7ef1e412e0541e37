#include "lib/bundle/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/batch/batch.h"
#include "lib/profile/profile.h"
#include "lib/roster/register.h"
#include "lib/table/csvout.h"
#include "lib/table/dbfout.h"
#include "lib/table/xlsx.h"

enum { COLUMNS_MAX = 64, SPILL = 1 << 16 };

static const struct {
	const char *word, *name;
} forms[LISTING_FORMS] = {
	[LISTING_CSV] = { "csv", "table.csv" },
	[LISTING_CSV_GB18030] = { "csv-gb18030", "table-gb18030.csv" },
	[LISTING_XLSX] = { "xlsx", "table.xlsx" },
	[LISTING_DBF] = { "dbf", "table.dbf" }
};

struct listing {
	const struct batch *batch;
	char *columns[COLUMNS_MAX];
	int column_count;
	int rows;			/* the heading included */
	int files[LISTING_FORMS];	/* -1: not asked for */
	struct buf text;		/* CSV not yet written */
	struct csvout csv;
	struct xlsx *xlsx;
	struct dbfout *dbf;
	int dbf_spool;
};

const char *
listing_name(enum listing_form form)
{
	return forms[form].name;
}

int
listing_file(const struct listing *listing, enum listing_form form)
{
	return listing->files[form];
}

static int
write_to(int fd, const char *bytes, size_t len, struct buf *err)
{
	if (fd < 0 || io_write_all(fd, bytes, len) == 0)
		return 0;
	fault_own_system(err, "cannot write the table");
	return -1;
}

/* ---- begin ---- */

static int
read_columns(struct listing *listing, const struct profile *profile,
    struct buf *err)
{
	struct buf column = BUF_INIT;
	int result = 0;

	while (profile_item(profile, "bundle", "table_columns",
	    (size_t)listing->column_count, &column)) {
		if (register_heading(column.data) == NULL ||
		    listing->column_count == COLUMNS_MAX) {
			buf_addf(err, "the register has no column '%s' "
			    "(profile '%s', [bundle] table_columns)",
			    column.data, profile_name(profile));
			result = -1;
			break;
		}
		listing->columns[listing->column_count++] = xstrdup(column.data);
		buf_clear(&column);
	}
	buf_release(&column);
	return result;
}

static int
find_form(const char *word)
{
	int i;

	for (i = 0; i < LISTING_FORMS; i++)
		if (strcmp(forms[i].word, word) == 0)
			return i;
	return -1;
}

static int
open_forms(struct listing *listing, const struct profile *profile,
    struct buf *err)
{
	struct buf word = BUF_INIT;
	size_t i;
	int form, result = 0;

	for (i = 0; result == 0 && profile_item(profile, "bundle",
	    "table_forms", i, &word); i++) {
		form = find_form(word.data);
		if (form < 0) {
			buf_addf(err, "'%s' is no form of a table (profile '%s', "
			    "[bundle] table_forms)", word.data,
			    profile_name(profile));
			result = -1;
		} else if (listing->files[form] < 0) {
			listing->files[form] = batch_spool(listing->batch, err);
			result = listing->files[form] < 0 ? -1 : 0;
		}
		buf_clear(&word);
	}
	buf_release(&word);
	return result;
}

/* A workbook is written by name: this one stands for a file that has none, so
 * that nothing stays behind when the tool is killed. */
static int
open_workbook(struct listing *listing, struct buf *err)
{
	struct buf name = BUF_INIT, directory = BUF_INIT;
	int i;

	buf_addf(&name, "/proc/self/fd/%d", listing->files[LISTING_XLSX]);
	batch_path(listing->batch, "tmp", &directory);
	listing->xlsx = xlsx_new(name.data, directory.data,
	    batch_time(listing->batch), "table", err);
	buf_release(&directory);
	buf_release(&name);
	if (listing->xlsx == NULL)
		return -1;
	xlsx_sheet(listing->xlsx, "table");
	for (i = 0; i < listing->column_count; i++) {
		xlsx_width(listing->xlsx, i, 22);
		xlsx_text(listing->xlsx, 0, i, listing->columns[i],
		    XLSX_BOLD | XLSX_HEAD | XLSX_BOX);
	}
	return 0;
}

static int
open_dbf(struct listing *listing, struct buf *err)
{
	int i;

	listing->dbf_spool = batch_spool(listing->batch, err);
	if (listing->dbf_spool < 0)
		return -1;
	listing->dbf = dbfout_new(listing->dbf_spool);
	for (i = 0; i < listing->column_count; i++)
		dbfout_field(listing->dbf, listing->columns[i],
		    register_width(listing->columns[i]));
	return 0;
}

struct listing *
listing_new(const struct batch *batch, const struct profile *profile,
    struct buf *err)
{
	struct listing *listing = xcalloc(1, sizeof *listing);
	int i;

	listing->batch = batch;
	for (i = 0; i < LISTING_FORMS; i++)
		listing->files[i] = -1;
	listing->dbf_spool = -1;
	buf_init(&listing->text);
	listing->csv.out = &listing->text;
	csvout_begin(&listing->csv);
	if (read_columns(listing, profile, err) != 0 ||
	    open_forms(listing, profile, err) != 0 ||
	    write_to(listing->files[LISTING_CSV], listing->text.data,
	    listing->text.len, err) != 0 ||
	    (listing->files[LISTING_XLSX] >= 0 &&
	    open_workbook(listing, err) != 0) ||
	    (listing->files[LISTING_DBF] >= 0 && open_dbf(listing, err) != 0)) {
		listing_free(listing);
		return NULL;
	}
	buf_clear(&listing->text);	/* the mark of UTF-8 */
	for (i = 0; i < listing->column_count; i++)
		csvout_text(&listing->csv, listing->columns[i]);
	csvout_row(&listing->csv);
	listing->rows = 1;
	return listing;
}

/* ---- rows ---- */

static int
spill(struct listing *listing, size_t least, struct buf *err)
{
	int gb18030 = listing->files[LISTING_CSV_GB18030];
	struct buf coded = BUF_INIT;
	int result;

	if (listing->text.len < least)
		return 0;
	if (gb18030 >= 0)
		text_to_gb18030(listing->text.data, &coded);
	result = write_to(listing->files[LISTING_CSV], listing->text.data,
	    listing->text.len, err);
	if (result == 0)
		result = write_to(gb18030, coded.data, coded.len, err);
	buf_clear(&listing->text);
	buf_release(&coded);
	return result;
}

int
listing_add(struct listing *listing, const struct node *photo,
    const char *image, struct buf *err)
{
	struct buf value = BUF_INIT;
	int i, result = 0;

	for (i = 0; i < listing->column_count && result == 0; i++) {
		buf_clear(&value);
		register_value(listing->columns[i], photo, listing->batch, image,
		    &value);
		csvout_text(&listing->csv, value.data);
		if (listing->xlsx != NULL)
			xlsx_text(listing->xlsx, listing->rows, i, value.data, 0);
		if (listing->dbf != NULL)
			result = dbfout_text(listing->dbf, value.data, err);
	}
	buf_release(&value);
	csvout_row(&listing->csv);
	listing->rows++;
	return result == 0 ? spill(listing, SPILL, err) : -1;
}

/* ---- end ---- */

static int
close_workbook(struct listing *listing, struct buf *err)
{
	struct xlsx *xlsx = listing->xlsx;

	if (xlsx == NULL)
		return 0;
	if (listing->column_count > 0)
		xlsx_heading(xlsx, listing->rows - 1, listing->column_count - 1,
		    0);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
	listing->xlsx = NULL;
	return xlsx_close(xlsx, err);
}

int
listing_end(struct listing *listing, struct buf *err)
{
	if (spill(listing, 1, err) != 0 || close_workbook(listing, err) != 0)
		return -1;
	return listing->dbf == NULL ? 0 : dbfout_write(listing->dbf,
	    listing->files[LISTING_DBF], listing->batch->date, err);
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
	dbfout_free(listing->dbf);
	if (listing->dbf_spool >= 0)
		close(listing->dbf_spool);
	for (i = 0; i < LISTING_FORMS; i++)
		if (listing->files[i] >= 0)
			close(listing->files[i]);
	for (i = 0; i < listing->column_count; i++)
		free(listing->columns[i]);
	buf_release(&listing->text);
	free(listing);
}
