#include "lib/table/dbfout.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"

/* dBASE III, as FoxPro and shapelib read it. */
enum {
	VERSION = 0x03, LANGUAGE_GBK = 0x4d, HEADER_BYTES = 32, FIELD_BYTES = 32,
	HEADER_END = 0x0d, FILE_END = 0x1a, SPILL = 1 << 16
};

struct field {
	char name[DBFOUT_NAME_MAX + 1];
	int width;
};

struct dbfout {
	int spool;
	struct field fields[DBFOUT_FIELDS_MAX];
	int count, column;
	uint32_t rows;
	struct buf text;	/* not yet in spool: a length byte before each value */
};

struct dbfout *
dbfout_new(int spool)
{
	struct dbfout *dbf = xcalloc(1, sizeof *dbf);

	dbf->spool = spool;
	buf_init(&dbf->text);
	return dbf;
}

void
dbfout_free(struct dbfout *dbf)
{
	if (dbf != NULL)
		buf_release(&dbf->text);
	free(dbf);
}

void
dbfout_field(struct dbfout *dbf, const char *name, int width)
{
	struct field *field;

	if (dbf->count == DBFOUT_FIELDS_MAX)
		abort();
	field = &dbf->fields[dbf->count++];
	snprintf(field->name, sizeof field->name, "%s", name);
	field->width = width < 1 ? 1 :
	    width > DBFOUT_WIDTH_MAX ? DBFOUT_WIDTH_MAX : width;
}

static int
spill(int fd, struct buf *text, size_t least, struct buf *err)
{
	if (text->len < least)
		return 0;
	if (io_write_all(fd, text->data, text->len) != 0) {
		fault_own_system(err, "cannot write the table");
		return -1;
	}
	buf_clear(text);
	return 0;
}

int
dbfout_text(struct dbfout *dbf, const char *text, struct buf *err)
{
	struct field *field = &dbf->fields[dbf->column];
	struct buf coded = BUF_INIT;
	int result = -1;

	text_to_gb18030(text != NULL ? text : "", &coded);
	if (coded.len > DBFOUT_WIDTH_MAX) {
		buf_addf(err, "a value of '%s' is longer than %d bytes, and a DBF "
		    "table holds no longer one", field->name, DBFOUT_WIDTH_MAX);
		goto out;
	}
	if ((int)coded.len > field->width)
		field->width = (int)coded.len;
	buf_addc(&dbf->text, (int)coded.len);
	buf_add(&dbf->text, coded.data, coded.len);
	if (++dbf->column == dbf->count) {
		dbf->column = 0;
		dbf->rows++;
	}
	result = spill(dbf->spool, &dbf->text, SPILL, err);
out:
	buf_release(&coded);
	return result;
}

/* ---- the file ---- */

static void
add_little(struct buf *out, uint32_t value, int bytes)
{
	for (; bytes > 0; bytes--, value >>= 8)
		buf_addc(out, (int)(value & 0xff));
}

static void
add_zeros(struct buf *out, int count)
{
	for (; count > 0; count--)
		buf_addc(out, 0);
}

static void
add_header(const struct dbfout *dbf, const char *date, struct buf *out)
{
	unsigned int year = 1980, month = 1, day = 1;
	uint32_t record = 1;
	int i;

	sscanf(date, "%4u-%2u-%2u", &year, &month, &day);
	for (i = 0; i < dbf->count; i++)
		record += (uint32_t)dbf->fields[i].width;
	buf_addc(out, VERSION);
	buf_addc(out, (int)(year - 1900) & 0xff);
	buf_addc(out, (int)month);
	buf_addc(out, (int)day);
	add_little(out, dbf->rows, 4);
	add_little(out, (uint32_t)(HEADER_BYTES + FIELD_BYTES * dbf->count + 1), 2);
	add_little(out, record, 2);
	add_zeros(out, 17);
	buf_addc(out, LANGUAGE_GBK);
	add_zeros(out, 2);
	for (i = 0; i < dbf->count; i++) {
		buf_add(out, dbf->fields[i].name, DBFOUT_NAME_MAX + 1);
		buf_addc(out, 'C');
		add_zeros(out, 4);
		buf_addc(out, dbf->fields[i].width);
		add_zeros(out, 15);
	}
	buf_addc(out, HEADER_END);
}

/* Add one value of the spool, filled up with blanks. */
static int
add_value(FILE *rows, int width, struct buf *out)
{
	char value[DBFOUT_WIDTH_MAX + 1];
	int len = getc(rows), i;

	if (len == EOF || fread(value, 1, (size_t)len, rows) != (size_t)len)
		return -1;
	buf_add(out, value, (size_t)len);
	for (i = len; i < width; i++)
		buf_addc(out, ' ');
	return 0;
}

static int
write_rows(struct dbfout *dbf, FILE *rows, int fd, struct buf *out,
    struct buf *err)
{
	uint32_t row;
	int i;

	for (row = 0; row < dbf->rows; row++) {
		buf_addc(out, ' ');	/* not deleted */
		for (i = 0; i < dbf->count; i++)
			if (add_value(rows, dbf->fields[i].width, out) != 0) {
				fault_system(err, "cannot read the table");
				return -1;
			}
		if (spill(fd, out, SPILL, err) != 0)
			return -1;
	}
	buf_addc(out, FILE_END);
	return spill(fd, out, 1, err);
}

int
dbfout_write(struct dbfout *dbf, int fd, const char *date, struct buf *err)
{
	struct buf out = BUF_INIT;
	FILE *rows = NULL;
	int copy, result = -1;

	if (spill(dbf->spool, &dbf->text, 1, err) != 0)
		return -1;
	copy = dup(dbf->spool);
	if (copy >= 0)
		rows = fdopen(copy, "r");
	if (rows == NULL || fseek(rows, 0, SEEK_SET) != 0) {
		fault_system(err, "cannot read the table");
		goto out;
	}
	add_header(dbf, date, &out);
	result = write_rows(dbf, rows, fd, &out, err);
out:
	if (rows != NULL)
		fclose(rows);
	else if (copy >= 0)
		close(copy);
	buf_release(&out);
	return result;
}
