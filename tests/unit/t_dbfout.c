#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/table/dbfin.h"
#include "lib/table/dbfout.h"
#include "lib/table/table.h"

/* Write rows of two fields and read them back with the reader of rosters. */
static void
write_table(const char *const values[][2], size_t rows, struct table *table,
    struct buf *bytes)
{
	char spool[] = "/tmp/t_dbfout.XXXXXX", path[] = "/tmp/t_dbfout.XXXXXX";
	int spool_fd = mkstemp(spool), fd = mkstemp(path);
	struct dbfout *dbf = dbfout_new(spool_fd);
	struct buf err = BUF_INIT;
	size_t i;

	dbfout_field(dbf, "XH", 3);
	dbfout_field(dbf, "XM", 4);
	for (i = 0; i < rows; i++) {
		assert_int_equal(dbfout_text(dbf, values[i][0], &err), 0);
		assert_int_equal(dbfout_text(dbf, values[i][1], &err), 0);
	}
	assert_int_equal(dbfout_write(dbf, fd, "2025-04-01", &err), 0);
	assert_int_equal(io_read_file(path, 1 << 20, bytes, &err), 0);
	assert_true(dbfin_is_dbf(bytes->data, bytes->len));
	assert_int_equal(dbfin_read(path, table, &err), 0);
	dbfout_free(dbf);
	close(spool_fd);
	close(fd);
	unlink(spool);
	unlink(path);
	buf_release(&err);
}

static void
what_is_written_is_read_back(void **state)
{
	static const char *const values[][2] = {
		{ "001", "张三" }, { "2021001999", "欧阳某某某" }, { "3", NULL },
		{ "4", "𠮷野" }		/* four bytes a character in GB18030 */
	};
	struct table *table = table_new();
	struct buf bytes = BUF_INIT;

	(void)state;
	write_table(values, 4, table, &bytes);
	assert_int_equal(table_rows(table, 0), 5);
	assert_string_equal(table_text(table, 0, 0, 1, NULL), "XM");
	assert_string_equal(table_text(table, 0, 1, 0, NULL), "001");
	assert_string_equal(table_text(table, 0, 1, 1, NULL), "张三");
	assert_string_equal(table_text(table, 0, 2, 0, NULL), "2021001999");
	assert_string_equal(table_text(table, 0, 2, 1, NULL), "欧阳某某某");
	assert_string_equal(table_text(table, 0, 4, 1, NULL), "𠮷野");
	/* the date, the code page, the widths that the longest values need */
	assert_memory_equal(bytes.data + 1, "\x7d\x04\x01", 3);
	assert_int_equal(bytes.data[29], 0x4d);
	assert_int_equal(bytes.data[32 + 16], 10);
	assert_int_equal(bytes.data[64 + 16], 10);
	buf_release(&bytes);
	table_free(table);
}

static void
a_table_without_rows_keeps_its_widths(void **state)
{
	struct table *table = table_new();
	struct buf bytes = BUF_INIT;

	(void)state;
	write_table(NULL, 0, table, &bytes);
	assert_int_equal(bytes.len, 32 + 2 * 32 + 1 + 1);
	assert_int_equal(bytes.data[32 + 16], 3);
	buf_release(&bytes);
	table_free(table);
}

static void
nothing_is_cut(void **state)
{
	char text[DBFOUT_WIDTH_MAX + 2], path[] = "/tmp/t_dbfout.XXXXXX";
	int fd = mkstemp(path);
	struct dbfout *dbf = dbfout_new(fd);
	struct buf err = BUF_INIT;

	(void)state;
	memset(text, 'x', sizeof text);
	text[DBFOUT_WIDTH_MAX] = '\0';
	dbfout_field(dbf, "XM", 4);
	assert_int_equal(dbfout_text(dbf, text, &err), 0);
	text[DBFOUT_WIDTH_MAX] = 'x';
	text[DBFOUT_WIDTH_MAX + 1] = '\0';
	assert_int_equal(dbfout_text(dbf, text, &err), -1);
	assert_non_null(strstr(err.data, "'XM'"));
	dbfout_free(dbf);
	close(fd);
	unlink(path);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(a_table_without_rows_keeps_its_widths),
		cmocka_unit_test(nothing_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
