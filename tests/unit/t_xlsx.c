#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/archive/zipin.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/table/xlsx.h"

static const long long created = 1743508800;	/* 2025-04-01 12:00 UTC */
static const char *const choices[] = { "正确", "其他", NULL };

struct place {
	char directory[64], path[96];
};

static int
make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	snprintf(place->directory, sizeof place->directory, "/tmp/t_xlsx.XXXXXX");
	if (mkdtemp(place->directory) == NULL)
		return -1;
	snprintf(place->path, sizeof place->path, "%s/a.xlsx", place->directory);
	*state = place;
	return 0;
}

static int
remove_place(void **state)
{
	struct place *place = *state;
	int result;

	unlink(place->path);
	result = rmdir(place->directory);	/* nothing else was left in it */
	free(place);
	return result;
}

static void
write_workbook(const struct place *place)
{
	struct buf err = BUF_INIT;
	struct xlsx *xlsx = xlsx_new(place->path, place->directory, created,
	    "title", &err);
	int first, second;

	assert_non_null(xlsx);
	first = xlsx_sheet(xlsx, "第一");
	second = xlsx_sheet(xlsx, "第二");
	xlsx_width(xlsx, 3, 0);
	xlsx_text(xlsx, 0, 0, "学号", XLSX_HEAD | XLSX_BOLD);
	xlsx_text(xlsx, 1, 0, "=HYPERLINK(\"http://x\")", 0);
	xlsx_text(xlsx, 1, 1, "110101200001010018", 0);
	xlsx_text(xlsx, 1, 2, "", XLSX_ANSWER);
	xlsx_number(xlsx, 1, 3, 12, 0);
	xlsx_choices(xlsx, 2, 1, 1, choices, "no");
	xlsx_heading(xlsx, 1, 2, 1);
	xlsx_protect(xlsx);
	xlsx_sheet_select(xlsx, first);
	xlsx_span(xlsx, 0, 0, 3, "a & b <c>", XLSX_TITLE);
	xlsx_page(xlsx, XLSX_ONE_PAGE);
	assert_int_equal(second, first + 1);
	assert_int_equal(xlsx_close(xlsx, &err), 0);
	buf_release(&err);
}

/* Append a part of the workbook. */
static void
read_part(const struct place *place, const char *name, struct buf *out)
{
	const struct zipin_limits limits = { 1000, 1000 };
	struct buf err = BUF_INIT;
	struct zipin *zip = zipin_open(place->path, &limits, &err);
	long index;

	assert_non_null(zip);
	index = zipin_find(zip, name);
	assert_true(index >= 0);
	assert_int_equal(zipin_read(zip, (size_t)index, 1 << 20, out, &err), 0);
	zipin_close(zip);
	buf_release(&err);
}

static void
text_is_text(void **state)
{
	const struct place *place = *state;
	struct buf part = BUF_INIT;

	write_workbook(place);
	read_part(place, "xl/worksheets/sheet2.xml", &part);
	assert_null(strstr(part.data, "<f>"));
	assert_non_null(strstr(part.data, ">110101200001010018</t>"));
	assert_non_null(strstr(part.data, "<v>12</v>"));
	buf_release(&part);
}

static void
only_answers_can_be_written(void **state)
{
	const struct place *place = *state;
	struct buf part = BUF_INIT;

	write_workbook(place);
	read_part(place, "xl/worksheets/sheet2.xml", &part);
	assert_non_null(strstr(part.data, "<sheetProtection sheet=\"1\""));
	assert_null(strstr(part.data, "password="));
	assert_non_null(strstr(part.data, "autoFilter=\"0\""));
	assert_non_null(strstr(part.data, "\"正确,其他\""));
	assert_non_null(strstr(part.data, "<autoFilter ref=\"A1:C2\"/>"));
	assert_non_null(strstr(part.data, "state=\"frozen\""));
	assert_non_null(strstr(part.data, "hidden=\"1\""));
	buf_clear(&part);
	read_part(place, "xl/styles.xml", &part);
	assert_non_null(strstr(part.data, "<protection locked=\"0\"/>"));
	buf_release(&part);
}

static void
a_form_is_one_a4_page(void **state)
{
	const struct place *place = *state;
	struct buf part = BUF_INIT;

	write_workbook(place);
	read_part(place, "xl/worksheets/sheet1.xml", &part);
	assert_non_null(strstr(part.data, "paperSize=\"9\""));
	assert_non_null(strstr(part.data, "fitToPage=\"1\""));
	assert_null(strstr(part.data, "fitToHeight=\"0\""));
	assert_non_null(strstr(part.data, "<mergeCell ref=\"A1:D1\"/>"));
	assert_non_null(strstr(part.data, "a &amp; b &lt;c&gt;"));
	buf_release(&part);
}

static void
the_same_calls_give_the_same_bytes(void **state)
{
	const struct place *place = *state;
	struct buf err = BUF_INIT, first = BUF_INIT, second = BUF_INIT;

	write_workbook(place);
	assert_int_equal(io_read_file(place->path, 1 << 20, &first, &err), 0);
	sleep(1);
	setenv("TZ", "Asia/Shanghai", 1);
	write_workbook(place);
	unsetenv("TZ");
	assert_int_equal(io_read_file(place->path, 1 << 20, &second, &err), 0);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	buf_release(&first);
	buf_release(&second);
	buf_release(&err);
}

static void
no_text_breaks_the_workbook(void **state)
{
	const struct place *place = *state;
	struct buf err = BUF_INIT, text = BUF_INIT, part = BUF_INIT;
	struct xlsx *xlsx = xlsx_new(place->path, place->directory, created, "t",
	    &err);
	int i;

	for (i = 0; i < 20000; i++)
		buf_adds(&text, "字");
	xlsx_sheet(xlsx, "s");
	xlsx_text(xlsx, 0, 0, text.data, 0);
	xlsx_text(xlsx, 1, 0, "\xef\xbf\xbf\x01|\xef\xbf\xbe", 0);
	xlsx_text(xlsx, 2, 0, NULL, 0);
	assert_int_equal(xlsx_close(xlsx, &err), 0);
	read_part(place, "xl/worksheets/sheet1.xml", &part);
	assert_null(strstr(part.data, "\xef\xbf\xbf"));
	assert_null(strstr(part.data, "\xef\xbf\xbe"));
	assert_null(strchr(part.data, '\x01'));
	assert_non_null(strstr(part.data, "字</t>"));
	buf_release(&part);
	buf_release(&text);
	buf_release(&err);
}

static void
what_went_wrong_is_said_at_the_end(void **state)
{
	const struct place *place = *state;
	struct buf err = BUF_INIT;
	struct xlsx *xlsx = xlsx_new(place->path, place->directory, created, "t",
	    &err);

	xlsx_sheet(xlsx, "s");
	xlsx_image(xlsx, 0, 0, "no picture", 10, 0, 0);
	xlsx_text(xlsx, 1, 0, "good", 0);
	assert_int_equal(xlsx_close(xlsx, &err), -1);
	assert_non_null(strstr(err.data, place->path));
	buf_clear(&err);
	xlsx = xlsx_new("/nonexistent/a.xlsx", place->directory, created, "t",
	    &err);
	xlsx_sheet(xlsx, "s");
	assert_int_equal(xlsx_close(xlsx, &err), -1);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_text),
		cmocka_unit_test(only_answers_can_be_written),
		cmocka_unit_test(a_form_is_one_a4_page),
		cmocka_unit_test(the_same_calls_give_the_same_bytes),
		cmocka_unit_test(no_text_breaks_the_workbook),
		cmocka_unit_test(what_went_wrong_is_said_at_the_end),
	};
	struct CMUnitTest each[sizeof tests / sizeof *tests];
	size_t i;

	memcpy(each, tests, sizeof tests);
	for (i = 0; i < sizeof each / sizeof *each; i++) {
		each[i].setup_func = make_place;
		each[i].teardown_func = remove_place;
	}
	return cmocka_run_group_tests(each, NULL, NULL);
}
