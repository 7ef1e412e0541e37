#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/picture/srgb.h"

static uint32_t
read_32(const struct buf *buf, size_t at)
{
	const unsigned char *b = (const unsigned char *)buf->data + at;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	    (uint32_t)b[2] << 8 | b[3];
}

/* Where a tag begins, and its size. */
static size_t
find_tag(const struct buf *profile, const char *signature, uint32_t *size)
{
	uint32_t count = read_32(profile, 128), i;
	size_t entry;

	for (i = 0; i < count; i++) {
		entry = 132 + 12 * (size_t)i;
		if (memcmp(profile->data + entry, signature, 4) == 0) {
			*size = read_32(profile, entry + 8);
			return read_32(profile, entry + 4);
		}
	}
	fail_msg("no tag '%s'", signature);
	return 0;
}

static void
test_the_file_holds_together(void **state)
{
	static const char *const tags[] = { "desc", "cprt", "wtpt", "rXYZ",
	    "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC" };
	struct buf profile = BUF_INIT;
	uint32_t size;
	size_t at, i;

	(void)state;
	srgb_profile(&profile);
	assert_int_equal(read_32(&profile, 0), profile.len);
	assert_memory_equal(profile.data + 36, "acsp", 4);
	for (i = 0; i < sizeof tags / sizeof *tags; i++) {
		at = find_tag(&profile, tags[i], &size);
		assert_int_equal(at % 4, 0);
		assert_true(at >= 132 + 12 * 9 && at + size <= profile.len);
	}
	buf_release(&profile);
}

static void
test_white_is_the_sum_of_the_primaries(void **state)
{
	static const char *const primaries[] = { "rXYZ", "gXYZ", "bXYZ" };
	struct buf profile = BUF_INIT;
	uint32_t size, white, sum;
	int axis, i;

	(void)state;
	srgb_profile(&profile);
	for (axis = 0; axis < 3; axis++) {
		white = read_32(&profile, find_tag(&profile, "wtpt", &size) + 8 +
		    4 * (size_t)axis);
		for (sum = 0, i = 0; i < 3; i++)
			sum += read_32(&profile, find_tag(&profile, primaries[i],
			    &size) + 8 + 4 * (size_t)axis);
		/* D50 of the ICC is rounded */
		assert_in_range(sum, white - 16, white + 16);
	}
	buf_release(&profile);
}

static void
test_the_curve_is_srgb_s(void **state)
{
	struct buf profile = BUF_INIT;
	uint32_t size, middle;
	size_t at;

	(void)state;
	srgb_profile(&profile);
	at = find_tag(&profile, "gTRC", &size);
	assert_int_equal(read_32(&profile, at + 8), 1024);
	assert_int_equal(read_32(&profile, at + 12) >> 16, 0);
	assert_int_equal(read_32(&profile, at + size - 4) & 0xffff, 65535);
	/* 0.5 is 0.2140 of the light (IEC 61966-2-1) */
	middle = read_32(&profile, at + 12 + 2 * 512) >> 16;
	assert_in_range(middle, 65535 * 0.2140, 65535 * 0.2155);
	buf_release(&profile);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_file_holds_together),
		cmocka_unit_test(test_white_is_the_sum_of_the_primaries),
		cmocka_unit_test(test_the_curve_is_srgb_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
