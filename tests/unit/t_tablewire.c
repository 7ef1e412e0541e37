/* A table comes through as it is; bytes that are none make none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/table/table.h"
#include "lib/table/tablewire.h"

static struct table *
some_table(void)
{
	struct buf err = BUF_INIT;
	struct table *table = table_new();

	table_set_kind(table, "XLSX");
	table_set_damaged_bytes(table, 3);
	assert_int_equal(table_add_sheet(table, "名单", &err), 0);
	assert_int_equal(table_add_row(table, 2, &err), 0);
	assert_int_equal(table_add_cell(table, 0, "学号", 6, 0, &err), 0);
	assert_int_equal(table_add_cell(table, 3, "1", 1, TABLE_MERGED, &err), 0);
	assert_int_equal(table_add_row(table, 7, &err), 0);
	assert_int_equal(table_add_cell(table, 1, "3.2E+17", 7, TABLE_DAMAGED, &err), 0);
	table_hide_row(table);
	assert_int_equal(table_add_sheet(table, "", &err), 0);
	assert_int_equal(table_add_sheet(table, "hidden", &err), 0);
	table_hide_sheet(table);
	assert_int_equal(table_add_row(table, 1, &err), 0);
	assert_int_equal(table_add_cell(table, 0, "x", 1, 0, &err), 0);
	return table;
}

static void
a_table_comes_through(void **state)
{
	struct table *table = some_table(), *got;
	struct buf wire = BUF_INIT, again = BUF_INIT, err = BUF_INIT;
	int flags;

	(void)state;
	tablewire_put(table, &wire);
	got = tablewire_get(wire.data, wire.len, &err);
	assert_non_null(got);
	assert_string_equal(table_kind(got), "XLSX");
	assert_int_equal(table_damaged_bytes(got), 3);
	assert_int_equal(table_sheets(got), 2);
	assert_int_equal(table_all_sheets(got), 3);
	assert_int_equal(table_hidden_rows(got, 0), 1);
	assert_int_equal(table_row_number(got, 0, 1), 7);
	assert_string_equal(table_text(got, 0, 0, 3, &flags), "1");
	assert_int_equal(flags, TABLE_MERGED);
	assert_string_equal(table_text(got, 0, 1, 1, &flags), "3.2E+17");
	assert_int_equal(flags & TABLE_DAMAGED, TABLE_DAMAGED);
	tablewire_put(got, &again);
	assert_int_equal(again.len, wire.len);
	assert_memory_equal(again.data, wire.data, wire.len);
	table_free(got);
	table_free(table);
	buf_release(&wire);
	buf_release(&again);
	buf_release(&err);
}

/* Cut anywhere, and with any byte another: a table or none, and no more than it can be. */
static void
damaged_bytes_are_harmless(void **state)
{
	struct table *table = some_table();
	struct buf wire = BUF_INIT, err = BUF_INIT;
	char *bytes;

	(void)state;
	tablewire_put(table, &wire);
	table_free(table);
	for (size_t i = 0; i < wire.len; i++) {
		bytes = malloc(i + 1);
		memcpy(bytes, wire.data, i);
		table_free(tablewire_get(bytes, i, &err));
		free(bytes);
		for (int other = 1; other < 256; other <<= 1) {
			wire.data[i] ^= (char)other;
			table_free(tablewire_get(wire.data, wire.len, &err));
			wire.data[i] ^= (char)other;
		}
	}
	assert_null(tablewire_get(wire.data, wire.len - 1, &err));
	buf_release(&wire);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_comes_through),
		cmocka_unit_test(damaged_bytes_are_harmless)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
