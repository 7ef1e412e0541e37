/* Files that tell of their own damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/batch/seal.h"

static const char *const contents[] = { "", "a", "{}\n", "{\"a\":1}\n",
    "{\"a\":1}\n{\"a\":2}\n", "{\"a\":\"\xff\xd8\"}", "\n", "}\n" };

static void
what_was_sealed_comes_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		struct buf bytes = BUF_INIT;

		buf_adds(&bytes, contents[i]);
		seal_add(&bytes);
		assert_int_equal(seal_take(&bytes), 0);
		assert_string_equal(bytes.data, contents[i]);
		assert_int_equal(seal_take(&bytes), -1);
		buf_release(&bytes);
	}
}

static void
every_bit_and_every_cut_is_noticed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		struct buf whole = BUF_INIT, bytes = BUF_INIT;

		buf_adds(&whole, contents[i]);
		seal_add(&whole);
		for (size_t bit = 0; bit < 8 * whole.len; bit++) {
			buf_clear(&bytes);
			buf_add(&bytes, whole.data, whole.len);
			bytes.data[bit / 8] ^= (char)(1 << bit % 8);
			assert_int_equal(seal_take(&bytes), -1);
		}
		for (size_t len = 0; len < whole.len; len++) {
			buf_clear(&bytes);
			buf_add(&bytes, whole.data, len);
			assert_int_equal(seal_take(&bytes), -1);
		}
		buf_release(&whole);
		buf_release(&bytes);
	}
}

static void
lines_are_sealed_as_they_pass(void **state)
{
	struct seal *seal = seal_new(), *again = seal_new();
	struct buf end = BUF_INIT;

	(void)state;
	seal_bytes(seal, "one\ntwo\n", 8);
	seal_end(seal, &end);
	seal_line(again, "one", 3);
	assert_false(seal_is(again, end.data, end.len - 1));
	seal_line(again, "two", 3);
	assert_true(seal_is(again, end.data, end.len - 1));
	seal_free(seal);
	seal_free(again);
	buf_release(&end);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_comes_back),
		cmocka_unit_test(every_bit_and_every_cut_is_noticed),
		cmocka_unit_test(lines_are_sealed_as_they_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
