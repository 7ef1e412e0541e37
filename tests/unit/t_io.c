#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"

static char directory[] = "/tmp/t_io.XXXXXX";

static const char *
path_of(const char *name)
{
	static char path[2][200];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof path[turn], "%s/%s", directory, name);
	return path[turn];
}

static void
put(const char *name, const char *text)
{
	FILE *file = fopen(path_of(name), "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
holds(const char *name, const char *text)
{
	struct buf have = BUF_INIT, err = BUF_INIT;

	assert_int_equal(io_read_file(path_of(name), 1000, &have, &err), 0);
	assert_string_equal(have.data, text);
	buf_release(&have);
}

static int
publish(const char *name, const char *text, enum io_publish_flags flags,
    struct buf *err)
{
	struct io_product product;

	assert_int_equal(io_product_open(&product, path_of(name), err), 0);
	assert_int_equal(io_write_all(product.fd, text, strlen(text)), 0);
	return io_product_publish(&product, flags, err);
}

static void
test_a_product_is_there_whole_or_not(void **state)
{
	struct io_product product;
	struct buf err = BUF_INIT;
	struct stat status;

	(void)state;
	assert_int_equal(io_product_open(&product, path_of("a"), &err), 0);
	assert_int_equal(io_write_all(product.fd, "half", 4), 0);
	assert_int_not_equal(access(path_of("a"), F_OK), 0);
	io_product_release(&product);
	assert_int_not_equal(access(path_of("a"), F_OK), 0);
	assert_int_not_equal(access(path_of(".a.part"), F_OK), 0);
	assert_int_equal(publish("a", "whole", 0, &err), 0);
	holds("a", "whole");
	assert_int_equal(stat(path_of("a"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
test_other_bytes_are_replaced_by_force_only(void **state)
{
	struct buf err = BUF_INIT;

	(void)state;
	assert_int_equal(publish("b", "one", 0, &err), 0);
	assert_int_equal(publish("b", "one", 0, &err), 0);
	assert_int_equal(publish("b", "two", 0, &err), -1);
	assert_non_null(strstr(err.data, "--force"));
	holds("b", "one");
	assert_int_equal(publish("b", "two", IO_REPLACE, &err), 0);
	holds("b", "two");
	buf_release(&err);
}

static void
test_what_a_killed_run_left_is_overwritten(void **state)
{
	struct buf err = BUF_INIT;

	(void)state;
	put(".c.part", "much longer than what comes now");
	assert_int_equal(publish("c", "new", 0, &err), 0);
	holds("c", "new");
}

static void
test_two_runs_do_not_write_one_file(void **state)
{
	struct io_product one, two;
	struct buf err = BUF_INIT;

	(void)state;
	assert_int_equal(io_product_open(&one, path_of("d"), &err), 0);
	assert_int_equal(io_product_open(&two, path_of("d"), &err), -1);
	assert_non_null(strstr(err.data, "another run"));
	assert_int_equal(io_write_all(one.fd, "one", 3), 0);
	assert_int_equal(io_product_publish(&one, 0, &err), 0);
	holds("d", "one");
	buf_release(&err);
}

static void
test_lines(void **state)
{
	struct io_lines lines;
	struct buf line = BUF_INIT, err = BUF_INIT;
	int whole;

	(void)state;
	put("lines", "one\r\n\nthree");
	assert_int_equal(io_lines_open(&lines, path_of("lines"), &err), 0);
	assert_int_equal(io_lines_next(&lines, &line, &whole, &err), 1);
	assert_string_equal(line.data, "one");
	assert_true(whole);
	assert_int_equal(io_lines_next(&lines, &line, &whole, &err), 1);
	assert_string_equal(line.data, "");
	assert_int_equal(io_lines_next(&lines, &line, &whole, &err), 1);
	assert_string_equal(line.data, "three");
	assert_false(whole);
	assert_int_equal(lines.number, 3);
	assert_int_equal(io_lines_next(&lines, &line, &whole, &err), 0);
	io_lines_close(&lines);
	buf_release(&line);
}

static void
test_a_file_has_a_limit(void **state)
{
	struct buf have = BUF_INIT, err = BUF_INIT;

	(void)state;
	put("limit", "12345");
	assert_int_equal(io_read_file(path_of("limit"), 5, &have, &err), 0);
	assert_int_equal(io_read_file(path_of("limit"), 4, &have, &err), -1);
	assert_non_null(strstr(err.data, "more than 4 bytes"));
	buf_release(&have);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_product_is_there_whole_or_not),
		cmocka_unit_test(test_other_bytes_are_replaced_by_force_only),
		cmocka_unit_test(test_what_a_killed_run_left_is_overwritten),
		cmocka_unit_test(test_two_runs_do_not_write_one_file),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_a_file_has_a_limit),
	};
	char command[100];
	int failed;

	if (mkdtemp(directory) == NULL)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof command, "rm -r %s", directory);
	return system(command) != 0 || failed;
}
