#include "lib/table/dbfin.h"

#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/table/table.h"

enum {
	HEADER_SIZE = 32,	/* without its fields */
	VERSION_BITS = 7, DBASE_7 = 4,
	NAME_BYTES = 12,
	NAME_FULL = 10		/* bytes of a field's name, no more */
};

static size_t
header_bytes(const unsigned char *bytes)
{
	return little(bytes + 8, 2);
}

static size_t
record_bytes(const unsigned char *bytes)
{
	return little(bytes + 10, 2);
}

/* A version may be a letter or a digit; the reserved bytes, always 0, tell such
 * a table from text. */
int
dbfin_is_dbf(const char *head, size_t len)
{
	/* dBASE III to 7 and FoxPro, with and without memo */
	static const char versions[] = "\x03\x04\x05\x30\x31\x32\x43\x63\x83"
	    "\x8B\x8C\xCB\xF5\xFB";
	const unsigned char *bytes = (const unsigned char *)head;

	return len >= HEADER_SIZE && bytes[0] != '\0' &&
	    strchr(versions, head[0]) != NULL && bytes[2] <= 12 &&
	    bytes[3] <= 31 && bytes[12] == 0 && bytes[13] == 0 &&
	    header_bytes(bytes) > HEADER_SIZE && record_bytes(bytes) > 0;
}

/* The library insists on the extension: it is given PATH.dbf and opens PATH. */
static SAFile
open_without_extension(const char *name, const char *access)
{
	size_t len = strlen(name);
	char *path = len > 4 ? xstrndup(name, len - 4) : xstrdup(name);
	FILE *file = fopen(path, access);

	free(path);
	return (SAFile)file;
}

static DBFHandle
open_dbf(const char *path)
{
	struct buf name = BUF_INIT;
	DBFHandle dbf;
	SAHooks hooks;

	SASetupDefaultHooks(&hooks);
	hooks.FOpen = open_without_extension;
	hooks.Error = NULL;
	buf_addf(&name, "%s.dbf", path);
	dbf = DBFOpenLL(name.data, "rb", &hooks);
	buf_release(&name);
	return dbf;
}

/* Whether the file holds what its header announces; a transfer may have broken
 * off. */
static int
check_header(const char *path, struct buf *err)
{
	unsigned char head[HEADER_SIZE];
	FILE *file = fopen(path, "re");
	unsigned long long size, header, records, held;
	int result = -1;

	if (file == NULL || fread(head, sizeof head, 1, file) != 1 ||
	    fseeko(file, 0, SEEK_END) == -1) {
		buf_adds(err, "it cannot be read");
		goto out;
	}
	size = (unsigned long long)ftello(file);
	if ((head[0] & VERSION_BITS) == DBASE_7) {
		buf_adds(err, "it is of dBASE 7, which is not read: open it "
		    "in a spreadsheet program and save it as XLSX");
		goto out;
	}
	header = header_bytes(head);
	records = little(head + 4, 4);
	held = size < header ? 0 : (size - header) / record_bytes(head);
	if (size < header)
		buf_adds(err, "it broke off before its first record: "
		    "have it sent again");
	else if (records > held)
		buf_addf(err, "it broke off: it announces %llu records and "
		    "holds %llu, have it sent again", records, held);
	else
		result = 0;
out:
	if (file != NULL)
		fclose(file);
	return result;
}

/* Whether a field holds characters; memo and binary fields do not. */
static int
is_readable(DBFHandle dbf, int field)
{
	char type = DBFGetNativeFieldType(dbf, field);

	return type != '\0' && strchr("CNFDL", type) != NULL;
}

/* Names of fields may be cut within a character. */
static int
are_names_utf8(DBFHandle dbf, int fields)
{
	char name[NAME_BYTES];
	int others = 0;

	for (int field = 0; field < fields; field++) {
		size_t len, cut;

		DBFGetFieldInfo(dbf, field, name, NULL, NULL);
		len = strlen(name);
		for (cut = 0; cut < 3 && cut < len; cut++)
			if (text_utf8_widest(name, len - cut) > 2)
				return 1;
		others |= text_utf8_widest(name, len) != 1;
	}
	return !others;
}

/* One text that is surely UTF-8 tells that those which only may be are, too. */
static int
is_all_utf8(DBFHandle dbf, int fields, int records)
{
	int doubtful = 0, sure = 0;
	const char *text;
	size_t widest;

	for (int record = 0; record < records; record++) {
		for (int field = 0; field < fields; field++) {
			if (DBFGetNativeFieldType(dbf, field) != 'C')
				continue;
			text = DBFReadStringAttribute(dbf, record, field);
			widest = text_utf8_widest(text,
			    text != NULL ? strlen(text) : 0);
			if (widest == 0)
				return 0;
			doubtful |= widest == 2;
			sure |= widest > 2;
		}
	}
	return sure || (!doubtful && are_names_utf8(dbf, fields));
}

struct reading {
	DBFHandle dbf;
	struct table *table;
	enum text_encoding encoding;
	size_t damaged;
	struct buf text;
	struct buf *err;
};

static int
add_text(struct reading *reading, int field, const char *text, int flags)
{
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == ' ')
		len--;
	buf_clear(&reading->text);
	reading->damaged += text_convert(text, len, reading->encoding,
	    &reading->text);
	return table_add_cell(reading->table, (size_t)field,
	    reading->text.data, reading->text.len, flags, reading->err);
}

static int
add_names(struct reading *reading, int fields)
{
	char name[NAME_BYTES];

	if (table_add_row(reading->table, 1, reading->err) == -1)
		return -1;
	for (int field = 0; field < fields; field++) {
		DBFGetFieldInfo(reading->dbf, field, name, NULL, NULL);
		if (is_readable(reading->dbf, field) &&
		    add_text(reading, field, name, strlen(name) >= NAME_FULL ?
		    TABLE_CUT : 0) == -1)
			return -1;
	}
	return 0;
}

static int
add_record(struct reading *reading, int record, int fields)
{
	const char *text;

	if (DBFIsRecordDeleted(reading->dbf, record))
		return 0;
	if (table_add_row(reading->table, (long)record + 2,
	    reading->err) == -1)
		return -1;
	for (int field = 0; field < fields; field++) {
		if (!is_readable(reading->dbf, field))
			continue;
		text = DBFReadStringAttribute(reading->dbf, record, field);
		if (text != NULL && add_text(reading, field, text, 0) == -1)
			return -1;
	}
	return 0;
}

static int
read_records(struct reading *reading)
{
	int fields = DBFGetFieldCount(reading->dbf);
	int records = DBFGetRecordCount(reading->dbf);
	struct buf kind = BUF_INIT;

	reading->encoding = is_all_utf8(reading->dbf, fields, records) ?
	    TEXT_UTF8 : TEXT_GB18030;
	buf_addf(&kind, "DBF in %s", text_encoding_name(reading->encoding));
	table_set_kind(reading->table, kind.data);
	buf_release(&kind);
	if (table_add_sheet(reading->table, "", reading->err) == -1 ||
	    add_names(reading, fields) == -1)
		return -1;
	for (int record = 0; record < records; record++)
		if (add_record(reading, record, fields) == -1)
			return -1;
	table_set_damaged_bytes(reading->table, reading->damaged);
	return 0;
}

int
dbfin_read(const char *path, struct table *table, struct buf *err)
{
	struct buf reason = BUF_INIT;
	struct reading reading = {
		.table = table, .text = BUF_INIT, .err = &reason
	};
	int result = -1;

	if (check_header(path, &reason) == 0) {
		reading.dbf = open_dbf(path);
		if (reading.dbf == NULL || DBFGetFieldCount(reading.dbf) == 0)
			buf_adds(&reason, "its header is damaged");
		else
			result = read_records(&reading);
	}
	if (result == -1)
		buf_addf(err, "cannot read the table '%s': %s", path,
		    reason.data);
	if (reading.dbf != NULL)
		DBFClose(reading.dbf);
	buf_release(&reading.text);
	buf_release(&reason);
	return result;
}
