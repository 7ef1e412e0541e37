/* A workbook is held against what was meant before it is published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/archive/zipout.h"
#include "lib/base/buf.h"
#include "lib/table/xlsxcheck.h"

static const char types[] = "<?xml version=\"1.0\"?>\n<Types xmlns=\"t\">"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"s\"/></Types>";
static const char relations[] = "<?xml version=\"1.0\"?>\n<Relationships xmlns=\"r\">"
    "<Relationship Id=\"1\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"2\" Target=\"http://example.org/\" TargetMode=\"External\"/>"
    "</Relationships>";
static const char sheet[] = "<?xml version=\"1.0\"?>\n<worksheet><sheetData><row><c r=\"A1\">"
    "<v>1</v></c></row></sheetData></worksheet>";

struct part {
	const char *name, *content;
};

/* What is wrong with a workbook of these parts, "" when nothing is. */
static void
check(const struct part *parts, struct buf *err)
{
	const struct xlsxcheck_sheet wanted = { .cells = 1 };
	char path[64];
	struct zipout *zip;
	int result;

	snprintf(path, sizeof path, "/tmp/tc-xlsxcheck.%ld", (long)getpid());
	zip = zipout_new(path, "2026-03-02", err);
	assert_non_null(zip);
	for (; parts->name != NULL; parts++)
		assert_int_equal(zipout_add(zip, parts->name, ZIPOUT_DEFLATE, parts->content,
		    strlen(parts->content), err), 0);
	assert_int_equal(zipout_close(zip, err), 0);
	result = xlsxcheck(path, &wanted, 1, err);
	assert_int_equal(result, err->len > 0 ? -1 : 0);
	unlink(path);
}

static void
a_whole_workbook_passes(void **state)
{
	const struct part parts[] = { { "[Content_Types].xml", types },
	    { "xl/_rels/workbook.xml.rels", relations },
	    { "xl/worksheets/sheet1.xml", sheet }, { NULL, NULL } };
	struct buf err = BUF_INIT;

	(void)state;
	check(parts, &err);
	assert_string_equal(err.data, "");
}

static void
a_lost_part_is_missed(void **state)
{
	const struct part by_type[] = { { "[Content_Types].xml", types }, { NULL, NULL } };
	const struct part by_relation[] = { { "xl/_rels/workbook.xml.rels", relations },
	    { NULL, NULL } };
	struct buf err = BUF_INIT;

	(void)state;
	check(by_type, &err);
	assert_non_null(strstr(err.data, "'xl/worksheets/sheet1.xml' of the workbook is missing"));
	buf_clear(&err);
	check(by_relation, &err);
	assert_non_null(strstr(err.data, "'xl/worksheets/sheet1.xml' of the workbook is missing"));
	buf_release(&err);
}

/* One lost write in the middle: the part begins and ends as it should. */
static void
a_hole_in_a_part_is_seen(void **state)
{
	const struct part parts[] = { { "xl/worksheets/sheet1.xml",
	    "<?xml version=\"1.0\"?>\n<worksheet><sheetData><row><c r=\"A1\"><v></row>"
	    "</sheetData></worksheet>" }, { NULL, NULL } };
	struct buf err = BUF_INIT;

	(void)state;
	check(parts, &err);
	assert_non_null(strstr(err.data, "is not whole"));
	buf_release(&err);
}

/* ... or the first: XML without its declaration is well formed all the same. */
static void
a_lost_beginning_is_seen(void **state)
{
	const struct part parts[] = { { "xl/worksheets/sheet1.xml", strchr(sheet, '\n') + 1 },
	    { NULL, NULL } };
	struct buf err = BUF_INIT;

	(void)state;
	check(parts, &err);
	assert_non_null(strstr(err.data, "is not whole"));
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_workbook_passes),
		cmocka_unit_test(a_lost_part_is_missed),
		cmocka_unit_test(a_hole_in_a_part_is_seen),
		cmocka_unit_test(a_lost_beginning_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
