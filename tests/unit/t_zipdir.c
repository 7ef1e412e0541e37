/* The list of files in a zip, where the file is not what it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "lib/archive/zipdir.h"
#include "lib/base/buf.h"

/* A file that shrinks, or cannot be read, after its size was taken. */
static void
a_file_that_is_shorter_than_it_was_is_refused(void **state)
{
	static const char end[] = "PK\5\6\0\0\0\0\1\0\1\0\x2e\0\0\0\0\0\0\0\0";
	const struct zipin_limits limits = { 10, 100 };
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	assert_int_equal(fwrite(end, 1, sizeof end, file), sizeof end);
	fflush(file);
	for (unsigned long long more = 1; more < 1 << 20; more *= 3) {
		struct buf err = BUF_INIT;
		struct zipdir dir;

		zipdir_init(&dir);
		assert_int_equal(zipdir_read(&dir, fileno(file), sizeof end + more, &limits,
		    &err), -1);
		assert_true(err.len > 0);
		zipdir_release(&dir);
		buf_release(&err);
	}
	fclose(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_is_shorter_than_it_was_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
