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
#include "lib/sheet/numberlist.h"

static struct numberlist
read_text(const char *text)
{
	char path[] = "/tmp/t_numberlist.XXXXXX";
	struct numberlist list;
	struct buf err = BUF_INIT;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	assert_int_equal(numberlist_read(path, &list, &err), 0);
	unlink(path);
	return list;
}

static void
test_lines(void **state)
{
	struct numberlist list = read_text("\xEF\xBB\xBF" "0012\r\n# 0013\n\n"
	    "  k3m9x2ab-7 \n0012\n99");

	(void)state;
	assert_int_equal(list.count, 4);
	assert_true(numberlist_has(&list, "0012"));
	assert_true(numberlist_has(&list, "k3m9x2ab-7"));
	assert_false(numberlist_has(&list, "12"));
	assert_false(numberlist_has(&list, "0013"));
	assert_false(numberlist_has(&list, ""));
	assert_false(numberlist_has(&list, NULL));
	/* a number twice is used twice; what is left is the last line */
	assert_int_equal(numberlist_unused(&list, 0), 6);
	assert_int_equal(numberlist_unused(&list, 6), 0);
	numberlist_release(&list);
}

static void
test_no_file(void **state)
{
	struct numberlist list;
	struct buf err = BUF_INIT;

	(void)state;
	assert_int_equal(numberlist_read("/nowhere/list", &list, &err), -1);
	assert_non_null(strstr(err.data, "'/nowhere/list'"));
	numberlist_release(&list);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_no_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
