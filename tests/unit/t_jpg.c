#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/picture/jpg.h"

enum { WIDTH = 480, HEIGHT = 640 };

static const struct jpg_limits limits = {
	.quality_min = 60, .quality_max = 95,
	.bytes_min = 20480, .bytes_max = 40960, .dpi = 300,
};

/* A smooth picture with that much noise, 0 to 255. */
static unsigned char *
picture(unsigned noise)
{
	unsigned char *pixels = malloc(WIDTH * HEIGHT * 3), *p = pixels;
	uint32_t seed = 7;
	int x, y, channel;

	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++)
			for (channel = 0; channel < 3; channel++) {
				seed = seed * 1664525 + 1013904223;
				*p++ = (unsigned char)((x + y * (channel + 1)) /
				    12 + (seed >> 24) * noise / 255);
			}
	return pixels;
}

static struct jpg_coded
code(unsigned noise, const struct jpg_limits *wanted)
{
	unsigned char *pixels = picture(noise);
	struct jpg_coded coded = { 0 };
	struct buf err = BUF_INIT;

	assert_int_equal(jpg_code(pixels, WIDTH, HEIGHT, wanted, &coded, &err), 0);
	assert_string_equal(err.data, "");
	free(pixels);
	buf_release(&err);
	return coded;
}

static struct jpg_header
header_of(const struct jpg_coded *coded)
{
	struct jpg_header header;
	struct buf err = BUF_INIT;

	assert_int_equal(jpg_read_header(coded->bytes, coded->len, &header, &err),
	    0);
	buf_release(&err);
	return header;
}

static void
the_best_quality_that_fits_is_taken(void **state)
{
	struct jpg_limits next = limits;
	unsigned noise;

	(void)state;
	for (noise = 20; noise <= 50; noise += 5) {
		struct jpg_coded coded = code(noise, &limits), better;

		assert_true(coded.len <= limits.bytes_max);
		assert_in_range(coded.quality, 60, 94);
		next.quality_min = next.quality_max = coded.quality + 1;
		better = code(noise, &next);
		assert_true(better.len > limits.bytes_max);
		jpg_release(&better);
		jpg_release(&coded);
	}
}

static void
the_file_is_what_the_standard_asks_for(void **state)
{
	struct jpg_coded coded = code(40, &limits);
	struct jpg_header header = header_of(&coded);

	(void)state;
	assert_int_equal(header.width, WIDTH);
	assert_int_equal(header.height, HEIGHT);
	assert_int_equal(header.components, 3);
	assert_int_equal(header.bits, 8);
	assert_true(header.baseline);
	assert_int_equal(header.dpi_x, 300);
	assert_int_equal(header.dpi_y, 300);
	assert_int_equal(header.quality, coded.quality);
	assert_false(header.has_exif);
	assert_false(header.has_profile);
	jpg_release(&coded);
}

static void
a_plain_picture_keeps_its_whole_chroma(void **state)
{
	struct jpg_coded coded = code(0, &limits);

	(void)state;
	assert_int_equal(coded.quality, 95);
	assert_true(coded.full_chroma);
	jpg_release(&coded);
}

static void
what_cannot_fit_is_coded_with_the_least_quality(void **state)
{
	struct jpg_coded coded = code(255, &limits);

	(void)state;
	assert_int_equal(coded.quality, 60);
	assert_true(coded.len > limits.bytes_max);
	jpg_release(&coded);
}

static void
the_same_pixels_give_the_same_bytes(void **state)
{
	struct jpg_coded one = code(30, &limits), other = code(30, &limits);

	(void)state;
	assert_int_equal(one.len, other.len);
	assert_memory_equal(one.bytes, other.bytes, one.len);
	jpg_release(&one);
	jpg_release(&other);
}

static void
decoding_gives_the_picture_back(void **state)
{
	struct jpg_coded coded = code(0, &limits);
	unsigned char *wanted = picture(0), *pixels;
	struct buf err = BUF_INIT;
	size_t i;

	(void)state;
	pixels = jpg_decode(coded.bytes, coded.len, &err);
	assert_non_null(pixels);
	for (i = 0; i < WIDTH * HEIGHT * 3; i++)
		assert_in_range(pixels[i] + 8, wanted[i], wanted[i] + 16);
	free(pixels);
	free(wanted);
	jpg_release(&coded);
	buf_release(&err);
}

static void
foreign_tables_have_no_quality(void **state)
{
	struct jpg_coded coded = code(30, &limits);
	size_t i;

	(void)state;
	for (i = 0; i + 1 < coded.len; i++)
		if (coded.bytes[i] == 0xff && coded.bytes[i + 1] == 0xdb)
			break;
	coded.bytes[i + 5 + 10]++;
	assert_int_equal(header_of(&coded).quality, 0);
	jpg_release(&coded);
}

/* A component that no scan holds may name any table. */
static void
tables_that_there_are_none_of_have_no_quality(void **state)
{
	static const unsigned char frame[] = { 0xff, 0xc0, 0, 17, 8, 0, 8, 0, 8, 3,
	    1, 0x11, 0, 2, 0x11, 4, 3, 0x11, 255 };
	static const unsigned char scan[] = { 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0,
	    0xff, 0xd9 };
	struct buf bytes = BUF_INIT, err = BUF_INIT;
	struct jpg_header header;

	(void)state;
	buf_add(&bytes, "\xff\xd8\xff\xdb\0\x43", 6);
	for (int i = 0; i < 65; i++)
		buf_addc(&bytes, i > 0);
	buf_add(&bytes, frame, sizeof frame);
	buf_add(&bytes, scan, sizeof scan);
	assert_int_equal(jpg_read_header(bytes.data, bytes.len, &header, &err), 0);
	assert_int_equal(header.quality, 0);
	buf_release(&bytes);
	buf_release(&err);
}

static void
exif_is_seen(void **state)
{
	static const unsigned char exif[] = { 0xff, 0xe1, 0, 16, 'E', 'x', 'i',
	    'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8 };
	struct jpg_coded coded = code(30, &limits), with;

	(void)state;
	with.len = coded.len + sizeof exif;
	with.bytes = malloc(with.len);
	memcpy(with.bytes, coded.bytes, 2);
	memcpy(with.bytes + 2, exif, sizeof exif);
	memcpy(with.bytes + 2 + sizeof exif, coded.bytes + 2, coded.len - 2);
	assert_true(header_of(&with).has_exif);
	jpg_release(&with);
	jpg_release(&coded);
}

static void
what_is_no_jpeg_is_said_in_a_sentence(void **state)
{
	static const char *const inputs[] = { "", "\xff\xd8", "GIF89a",
	    "\xff\xd8\xff\xe0\0\x10JFIF" };
	struct jpg_header header;
	struct buf err = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof inputs / sizeof *inputs; i++) {
		buf_clear(&err);
		assert_int_equal(jpg_read_header(inputs[i], strlen(inputs[i]),
		    &header, &err), -1);
		assert_memory_equal(err.data, "cannot read the JPEG's header: ",
		    31);
	}
	assert_null(jpg_decode("GIF89a", 6, &err));
	buf_release(&err);
}

static void
a_small_file_is_padded_with_comments_only(void **state)
{
	struct jpg_limits padded = limits, plain = limits;
	struct jpg_coded one, other;
	unsigned char *first, *second;
	struct buf err = BUF_INIT;
	size_t wanted;

	(void)state;
	for (wanted = 0; wanted < 200000; wanted = wanted * 3 + 40001) {
		plain.bytes_min = 0;
		plain.bytes_max = 400000;
		padded = plain;
		padded.bytes_min = wanted;
		padded.pad = 1;
		one = code(3, &padded);
		padded.pad = 0;
		other = code(3, &padded);
		assert_int_equal(one.len, other.len >= wanted ? other.len :
		    wanted);
		assert_int_equal(one.bytes[one.len - 2], 0xFF);
		assert_int_equal(one.bytes[one.len - 1], 0xD9);
		first = jpg_decode(one.bytes, one.len, &err);
		second = jpg_decode(other.bytes, other.len, &err);
		assert_memory_equal(first, second, WIDTH * HEIGHT * 3);
		assert_int_equal(header_of(&one).dpi_x, 300);
		free(first);
		free(second);
		jpg_release(&one);
		jpg_release(&other);
	}
	buf_release(&err);
}

/* Insert a segment after the start-of-image marker. */
static void
add_segment(struct buf *file, int marker, const char *text, size_t len)
{
	struct buf made = BUF_INIT;
	const unsigned char head[4] = { 0xFF, (unsigned char)marker,
	    (unsigned char)((len + 2) >> 8), (unsigned char)(len + 2) };

	buf_add(&made, file->data, 2);
	buf_add(&made, head, sizeof(head));
	buf_add(&made, text, len);
	buf_add(&made, file->data + 2, file->len - 2);
	buf_release(file);
	*file = made;
}

static void
a_bare_file_has_the_same_codes_and_nothing_else(void **state)
{
	struct jpg_coded coded = code(20, &limits);
	struct buf file = BUF_INIT, bare = BUF_INIT, err = BUF_INIT;

	(void)state;
	buf_add(&file, coded.bytes, coded.len);
	add_segment(&file, 0xFE, "a comment", 9);
	add_segment(&file, 0xE1, "Exif\0\0 31.2N 118.7E", 20);
	add_segment(&file, 0xED, "Photoshop 3.0", 13);
	buf_adds(&file, "after the end: a second picture");
	assert_int_equal(jpg_bare((unsigned char *)file.data, file.len, 300,
	    &bare, &err), 0);
	assert_int_equal(bare.len, coded.len);
	assert_memory_equal(bare.data, coded.bytes, coded.len);
	buf_release(&bare);
	buf_release(&file);
	buf_release(&err);
	jpg_release(&coded);
}

static void
a_cut_off_file_is_never_made_bare(void **state)
{
	struct jpg_coded coded = code(20, &limits);
	struct buf bare = BUF_INIT, err = BUF_INIT;
	size_t len;

	(void)state;
	for (len = 0; len + 1 < coded.len; len += 1 + len / 8) {
		/* its own memory, so that reading too far is seen */
		unsigned char *cut = malloc(len + !len);

		memcpy(cut, coded.bytes, len);
		assert_int_equal(jpg_bare(cut, len, 300, &bare, &err), -1);
		free(cut);
		buf_clear(&bare);
	}
	buf_release(&bare);
	buf_release(&err);
	jpg_release(&coded);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_quality_that_fits_is_taken),
		cmocka_unit_test(the_file_is_what_the_standard_asks_for),
		cmocka_unit_test(a_plain_picture_keeps_its_whole_chroma),
		cmocka_unit_test(what_cannot_fit_is_coded_with_the_least_quality),
		cmocka_unit_test(the_same_pixels_give_the_same_bytes),
		cmocka_unit_test(decoding_gives_the_picture_back),
		cmocka_unit_test(foreign_tables_have_no_quality),
		cmocka_unit_test(tables_that_there_are_none_of_have_no_quality),
		cmocka_unit_test(exif_is_seen),
		cmocka_unit_test(what_is_no_jpeg_is_said_in_a_sentence),
		cmocka_unit_test(a_small_file_is_padded_with_comments_only),
		cmocka_unit_test(a_bare_file_has_the_same_codes_and_nothing_else),
		cmocka_unit_test(a_cut_off_file_is_never_made_bare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
