#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/table/csvout.h"

static void
a_row_of_plain_cells_is_plain(void **state)
{
	struct buf out = BUF_INIT;
	struct csvout csv = { &out, 0 };

	(void)state;
	csvout_text(&csv, "110101200001010018");
	csvout_text(&csv, "张三");
	csvout_number(&csv, -2.5, 1);
	csvout_row(&csv);
	assert_string_equal(out.data, "110101200001010018,张三,-2.5\r\n");
	buf_release(&out);
}

static void
the_file_begins_with_a_byte_order_mark(void **state)
{
	struct buf out = BUF_INIT;
	struct csvout csv = { &out, 0 };

	(void)state;
	csvout_begin(&csv);
	csvout_text(&csv, "XH");
	csvout_row(&csv);
	assert_string_equal(out.data, "\xef\xbb\xbfXH\r\n");
	buf_release(&out);
}

static void
separators_quotes_and_lines_are_quoted(void **state)
{
	struct buf out = BUF_INIT;
	struct csvout csv = { &out, 0 };

	(void)state;
	csvout_text(&csv, "a,b");
	csvout_text(&csv, "say \"x\"");
	csvout_text(&csv, "two\nlines");
	csvout_text(&csv, " blank first");
	csvout_row(&csv);
	assert_string_equal(out.data,
	    "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" blank first\"\r\n");
	buf_release(&out);
}

static void
no_cell_is_a_formula(void **state)
{
	static const char *const dangerous[] = { "=1+1", "+1", "-1", "@SUM(A1)",
	    "\t=1", "\r=1" };
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof dangerous / sizeof *dangerous; i++) {
		struct csvout csv = { &out, 0 };

		buf_clear(&out);
		csvout_text(&csv, dangerous[i]);
		assert_int_equal(out.data[out.data[0] == '"'], '\'');
	}
	buf_release(&out);
}

static void
empty_cells_keep_their_places(void **state)
{
	struct buf out = BUF_INIT;
	struct csvout csv = { &out, 0 };

	(void)state;
	csvout_text(&csv, NULL);
	csvout_text(&csv, "");
	csvout_text(&csv, "c");
	csvout_row(&csv);
	csvout_text(&csv, "next");
	csvout_row(&csv);
	assert_string_equal(out.data, ",,c\r\nnext\r\n");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_of_plain_cells_is_plain),
		cmocka_unit_test(the_file_begins_with_a_byte_order_mark),
		cmocka_unit_test(separators_quotes_and_lines_are_quoted),
		cmocka_unit_test(no_cell_is_a_formula),
		cmocka_unit_test(empty_cells_keep_their_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
