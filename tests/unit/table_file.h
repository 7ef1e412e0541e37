#ifndef TC_TABLE_FILE_H
#define TC_TABLE_FILE_H
/*
 * table_file: one table file, made anew by each test and read by tablein.
 * For the tests that include it, after cmocka's headers.
 */
#include "lib/base/buf.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

static inline const char *
scratch(void)
{
	static char path[64];

	snprintf(path, sizeof path, "/tmp/t_table.%ld", (long)getpid());
	return path;
}

static inline void
write_bytes(const void *bytes, size_t len)
{
	FILE *file = fopen(scratch(), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static inline int
remove_scratch(void **state)
{
	(void)state;
	unlink(scratch());
	return 0;
}

static inline struct table *
read_scratch(void)
{
	struct buf err = BUF_INIT;
	struct table *table = tablein_read(scratch(), &err);

	if (table == NULL)
		print_error("%s\n", err.data);
	assert_non_null(table);
	buf_release(&err);
	return table;
}

static inline struct table *
read_bytes(const char *text, size_t len)
{
	write_bytes(text, len);
	return read_scratch();
}

static inline struct table *
read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

static inline void
is_refused(const char *reason)
{
	struct buf err = BUF_INIT;

	assert_null(tablein_read(scratch(), &err));
	if (strstr(err.data, reason) == NULL)
		print_error("%s\n", err.data);
	assert_non_null(strstr(err.data, reason));
	buf_release(&err);
}

static inline void
has_text(const struct table *table, size_t row, size_t column,
    const char *expected)
{
	assert_true(row < table_rows(table, 0));
	assert_string_equal(table_text(table, 0, row, column, NULL), expected);
}

#endif
