#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/table_file.h"

/* Three fields of ten bytes; records are given with their deletion marks. */
static void
write_dbf(const char *records, int count)
{
	static const char *const names[] = { "XH", "XM", "CSRQ" };
	static const char types[] = "CCD";
	unsigned char header[32 + 3 * 32 + 1] = { 3, 125, 4, 1 };
	struct buf bytes = BUF_INIT;

	header[4] = (unsigned char)count;
	header[8] = sizeof header;
	header[10] = 1 + 10 + 10 + 8;
	for (int i = 0; i < 3; i++) {
		unsigned char *field = header + 32 + 32 * i;

		memcpy(field, names[i], strlen(names[i]));
		field[11] = (unsigned char)types[i];
		field[16] = types[i] == 'D' ? 8 : 10;
	}
	header[sizeof header - 1] = '\r';
	buf_add(&bytes, header, sizeof header);
	buf_adds(&bytes, records);
	buf_addc(&bytes, 0x1A);
	write_bytes(bytes.data, bytes.len);
	buf_release(&bytes);
}

static void
dbf_is_read(void **state)
{
	struct table *table;

	(void)state;
	write_dbf(" 001       \xD5\xC5\xC8\xFD      20030101"
	    "*002       gone      20030102"
	    " 003       \xC0\xEE??      20030103", 3);
	table = read_scratch();
	assert_string_equal(table_kind(table), "DBF in GB18030");
	assert_int_equal(table_rows(table, 0), 3);
	has_text(table, 0, 1, "XM");
	has_text(table, 1, 0, "001");
	has_text(table, 1, 1, "张三");
	has_text(table, 1, 2, "20030101");
	has_text(table, 2, 1, "李??");
	assert_int_equal(table_row_number(table, 0, 2), 4);
	table_free(table);
}

/* Characters of two bytes that are UTF-8 as well, of which nothing else tells. */
static void
dbf_in_doubt_is_gbk(void **state)
{
	struct table *table;

	(void)state;
	write_dbf(" 001       \xD1\xA7\xD1\xA7      20030101", 1);
	table = read_scratch();
	has_text(table, 1, 1, "学学");
	table_free(table);
	write_dbf(" 001       \xD1\xA7        20030101"
	    " 002       \xE5\xAD\xA6       20030101", 2);
	table = read_scratch();
	has_text(table, 1, 1, "\xD1\xA7");
	has_text(table, 2, 1, "学");
	table_free(table);
}

static void
cut_dbf_is_refused(void **state)
{
	(void)state;
	write_dbf(" 001       abc       20030101", 3);
	is_refused("announces 3 records and holds 1, have it sent again");
	assert_int_equal(truncate(scratch(), 50), 0);
	is_refused("broke off before its first record");
}

/* '1' is a version of FoxPro's. */
static void
text_is_no_dbf(void **state)
{
	struct table *table;

	(void)state;
	table = read_text("1,\n\n22222222222222222222222222222222222222");
	assert_string_equal(table_kind(table), "CSV in UTF-8");
	table_free(table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dbf_is_read),
		cmocka_unit_test(dbf_in_doubt_is_gbk),
		cmocka_unit_test(cut_dbf_is_refused),
		cmocka_unit_test(text_is_no_dbf),
	};

	return cmocka_run_group_tests(tests, NULL, remove_scratch);
}
