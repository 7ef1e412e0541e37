#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/archive/zipout.h"
#include "lib/base/buf.h"
#include "lib/table/table.h"
#include "tests/unit/table_file.h"

static void
refuses(const char *text, const char *reason)
{
	write_bytes(text, strlen(text));
	is_refused(reason);
}

/* ---- CSV ---- */

static void
separators_and_line_ends(void **state)
{
	static const char *const texts[] = {
		"a,b\n1,\"x, y\"\n", "a;b\r\n1;\"x, y\"\r\n",
		"a\tb\r1\tx, y\r", "sep=;\na;b\n1;x, y", "a,b\n1,\"x, y\""
	};
	struct table *table;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		table = read_text(texts[i]);
		assert_int_equal(table_sheets(table), 1);
		assert_int_equal(table_rows(table, 0), 2);
		has_text(table, 0, 1, "b");
		has_text(table, 1, 0, "1");
		has_text(table, 1, 1, "x, y");
		table_free(table);
	}
}

static void
rows_keep_their_numbers(void **state)
{
	struct table *table = read_text("t\n\n\na,b\n\"x\ny\",c\n,\nz\n");

	(void)state;
	assert_int_equal(table_rows(table, 0), 4);
	assert_int_equal(table_row_number(table, 0, 1), 4);
	has_text(table, 2, 0, "x\ny");
	assert_int_equal(table_row_number(table, 0, 3), 7);
	table_free(table);
}

static void
numbers_in_text_are_kept(void **state)
{
	struct table *table = read_text("=\"00123\",00123,1.50,3.20106E+17,1E+5\n");
	int flags;

	(void)state;
	has_text(table, 0, 0, "00123");
	has_text(table, 0, 1, "00123");
	has_text(table, 0, 2, "1.50");
	table_text(table, 0, 0, 3, &flags);
	assert_int_equal(flags, TABLE_DAMAGED);
	table_text(table, 0, 0, 4, &flags);
	assert_int_equal(flags, 0);
	table_free(table);
}

/* A quotation mark that nobody closed would swallow the students below it. */
static void
open_quotation_is_refused(void **state)
{
	(void)state;
	refuses("a,b\n1,\"2\n3,4\n", "never closed");
	refuses("a,b,c,d\n1,\"2,3,4\n5,6,7,8\n9,0\",1,2\n",
	    "row 2, column 2: a quotation mark");
}

static void
gb18030_is_read(void **state)
{
	static const char text[] = "\xD1\xA7\xBA\xC5,\xD0\xD5\xC3\xFB\n"
	    "001,\xD5\xC5\xC8\xFD\n";
	struct table *table = read_text(text);

	(void)state;
	assert_string_equal(table_kind(table), "CSV in GB18030");
	has_text(table, 0, 0, "学号");
	has_text(table, 1, 1, "张三");
	table_free(table);
}

static void
what_is_no_table_is_refused(void **state)
{
	(void)state;
	refuses("", "is empty");
	write_bytes("\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1", 13);
	is_refused("is ");
	refuses("<html><p>1", "no table stands in it");
	refuses("<?xml version=\"1.0\"?><a><b/></a>", "no workbook's");
	refuses("%PDF-1.7\n", "is a PDF");
	refuses("PK\3\4 and no more", "broke off on its way");
	write_bytes("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	    "\0\0\10\0\0\0mimetypeapplication/vnd.oasis.opendocument."
	    "spreadsheet", 84);
	is_refused("OpenDocument file (ODS), whatever its name says: open it");
}

/* ---- XLSX ---- */

static const char workbook[] =
    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships'><sheets>"
    "<sheet name='old' sheetId='1' state='hidden' r:id='r2'/>"
    "<sheet name='名单' sheetId='2' r:id='r1'/></sheets></workbook>";
static const char relations[] =
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/"
    "relationships'>"
    "<Relationship Id='r1' Type='x/worksheet' Target='worksheets/s1.xml'/>"
    "<Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/s2.xml'/>"
    "<Relationship Id='r3' Type='x/styles' Target='styles.xml'/>"
    "<Relationship Id='r4' Type='x/sharedStrings' Target='strings.xml'/>"
    "</Relationships>";
static const char styles[] =
    "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/"
    "main'><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m'/>"
    "<numFmt numFmtId='171' formatCode='00000000'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/>"
    "<xf numFmtId='171'/></cellXfs></styleSheet>";
static const char strings[] =
    "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    "<si><t>学号</t></si><si><r><t>张</t></r><r><rPr/><t>三</t></r>"
    "<rPh sb='0' eb='1'><t>ZHANG</t></rPh></si></sst>";

static void
add_part(struct zipout *zip, const char *name, const char *text)
{
	struct buf err = BUF_INIT;

	assert_int_equal(zipout_add(zip, name, ZIPOUT_DEFLATE, text,
	    strlen(text), &err), 0);
	buf_release(&err);
}

/* rows go into a sheet of the transitional or the strict namespace. */
static void
write_workbook(const char *rows, int strict)
{
	struct buf err = BUF_INIT, sheet = BUF_INIT;
	struct zipout *zip = zipout_new(scratch(), "2025-04-01", &err);

	buf_addf(&sheet, "<worksheet xmlns='%s'>%s</worksheet>", strict ?
	    "http://purl.oclc.org/ooxml/spreadsheetml/main" :
	    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", rows);
	assert_non_null(zip);
	add_part(zip, "xl/workbook.xml", workbook);
	add_part(zip, "xl/_rels/workbook.xml.rels", relations);
	add_part(zip, "xl/styles.xml", styles);
	add_part(zip, "xl/strings.xml", strings);
	add_part(zip, "XL\\worksheets\\S1.xml", sheet.data);
	add_part(zip, "xl/worksheets/s2.xml", "<worksheet/>");
	assert_int_equal(zipout_close(zip, &err), 0);
	buf_release(&sheet);
	buf_release(&err);
}

static void
cells_of_all_kinds(void **state)
{
	static const char rows[] = "<sheetData><row r='2'>"
	    "<c r='A2' t='s'><v>0</v></c><c r='B2' t='s'><v>1</v></c>"
	    "<c r='D2' t='inlineStr'><is><t> a_x000A_b </t></is></c></row>"
	    "<row><c><v>12345</v></c><c t='str'><f>A1</f><v>x</v></c>"
	    "<c><v>2.50</v></c><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c>"
	    "</row></sheetData>";
	struct table *table;

	(void)state;
	for (int strict = 0; strict < 2; strict++) {
		write_workbook(rows, strict);
		table = read_scratch();
		assert_int_equal(table_sheets(table), 1);
		assert_string_equal(table_sheet_name(table, 0), "名单");
		assert_int_equal(table_row_number(table, 0, 0), 2);
		has_text(table, 0, 0, "学号");
		has_text(table, 0, 1, "张三");
		has_text(table, 0, 2, "");
		has_text(table, 0, 3, " a\nb ");
		assert_int_equal(table_row_number(table, 0, 1), 3);
		has_text(table, 1, 0, "12345");
		has_text(table, 1, 1, "x");
		has_text(table, 1, 2, "2.5");
		has_text(table, 1, 3, "TRUE");
		has_text(table, 1, 4, "#N/A");
		table_free(table);
	}
}

static void
numbers_become_what_was_meant(void **state)
{
	static const char rows[] = "<sheetData><row>"
	    "<c s='1'><v>37622</v></c><c s='2'><v>37622.5</v></c>"
	    "<c s='3'><v>12345</v></c><c><v>3.20106199001010E+17</v></c>"
	    "<c><v>999999999999999</v></c><c s='9'><v>-7</v></c>"
	    "</row></sheetData>";
	struct table *table;
	int flags;

	(void)state;
	write_workbook(rows, 0);
	table = read_scratch();
	has_text(table, 0, 0, "2003-01-01");
	has_text(table, 0, 1, "2003-01-01 12:00:00");
	has_text(table, 0, 2, "00012345");
	table_text(table, 0, 0, 3, &flags);
	assert_int_equal(flags, TABLE_DAMAGED);
	assert_string_equal(table_text(table, 0, 0, 4, &flags),
	    "999999999999999");
	assert_int_equal(flags, 0);
	has_text(table, 0, 5, "-7");
	table_free(table);
}

static void
merged_cells_share_their_text(void **state)
{
	static const char rows[] = "<sheetData>"
	    "<row r='1'><c r='A1'><v>1</v></c><c r='C1'><v>9</v></c></row>"
	    "<row r='2'><c r='C2'><v>8</v></c></row>"
	    "<row r='3'><c r='A3'><v>3</v></c><c r='C3'><v>7</v></c></row>"
	    "</sheetData><mergeCells><mergeCell ref='A1:B2'/>"
	    "<mergeCell ref='A3:XFD3'/></mergeCells>";
	struct table *table;
	int flags;

	(void)state;
	write_workbook(rows, 0);
	table = read_scratch();
	has_text(table, 0, 1, "1");
	assert_string_equal(table_text(table, 0, 1, 0, &flags), "1");
	assert_int_equal(flags, TABLE_MERGED);
	has_text(table, 1, 1, "1");
	has_text(table, 1, 2, "8");
	has_text(table, 2, 1, "3");
	has_text(table, 2, 2, "7");
	assert_int_equal(table_width(table, 0, 2), 3);
	table_free(table);
}

static void
bombs_are_refused(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	buf_adds(&text, "<sheetData><row><c t='inlineStr'><is><t>");
	while (text.len < 1 << 20)
		buf_adds(&text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	buf_adds(&text, "</t></is></c></row></sheetData>");
	write_workbook(text.data, 0);
	is_refused("a cell with more than");
	write_workbook("<!DOCTYPE a>", 0);
	is_refused("s1.xml");
	write_workbook("<sheetData><row r='99999999'/></sheetData>", 0);
	is_refused("row");
	write_workbook("<sheetData><row><c r='ZZZZZ1'><v>1</v></c></row>"
	    "</sheetData>", 0);
	is_refused("columns");
	buf_clear(&text);
	buf_adds(&text, "<sheetData ");
	while (text.len < 3 << 20)
		buf_adds(&text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	write_workbook(text.data, 0);
	is_refused("a tag without an end");
	buf_release(&text);
}

static void
entities_are_refused(void **state)
{
	struct buf err = BUF_INIT;
	struct zipout *zip = zipout_new(scratch(), "2025-04-01", &err);

	(void)state;
	assert_non_null(zip);
	add_part(zip, "xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'lol'>"
	    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><workbook>&c;"
	    "</workbook>");
	assert_int_equal(zipout_close(zip, &err), 0);
	is_refused("document type");
	buf_release(&err);
}

static void
columns_have_names(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	table_column_name(0, &out);
	table_column_name(25, &out);
	table_column_name(26, &out);
	table_column_name(16383, &out);
	assert_string_equal(out.data, "AZAAXFD");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(separators_and_line_ends),
		cmocka_unit_test(rows_keep_their_numbers),
		cmocka_unit_test(numbers_in_text_are_kept),
		cmocka_unit_test(open_quotation_is_refused),
		cmocka_unit_test(gb18030_is_read),
		cmocka_unit_test(what_is_no_table_is_refused),
		cmocka_unit_test(cells_of_all_kinds),
		cmocka_unit_test(numbers_become_what_was_meant),
		cmocka_unit_test(merged_cells_share_their_text),
		cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(entities_are_refused),
		cmocka_unit_test(columns_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, remove_scratch);
}
