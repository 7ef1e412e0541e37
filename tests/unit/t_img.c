#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/box.h"
#include "lib/base/buf.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"

enum { WIDTH = 240, HEIGHT = 320 };

static char path[] = "/tmp/t_img-XXXXXX";

static void
write_file(const void *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* A picture whose red tells x and whose green tells y. */
static struct jpg_coded
make_jpeg(void)
{
	static const struct jpg_limits limits = { 95, 95, 1 << 20, 1 << 20, 300, 0 };
	unsigned char *pixels = malloc(WIDTH * HEIGHT * 3), *p = pixels;
	struct jpg_coded coded = { 0 };
	struct buf err = BUF_INIT;
	int x, y;

	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++) {
			*p++ = (unsigned char)(x / 2 + 40);
			*p++ = (unsigned char)(y / 2 + 40);
			*p++ = 100;
		}
	assert_int_equal(jpg_code(pixels, WIDTH, HEIGHT, &limits, &coded, &err), 0);
	free(pixels);
	return coded;
}

/* The same with an EXIF segment that says how it is to be turned. */
static void
write_jpeg(int orientation)
{
	unsigned char exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
	    'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0,
	    (unsigned char)orientation, 0, 0, 0, 0, 0, 0 };
	struct jpg_coded coded = make_jpeg();
	struct buf file = BUF_INIT;

	buf_add(&file, coded.bytes, 2);
	buf_add(&file, exif, sizeof exif);
	buf_add(&file, coded.bytes + 2, coded.len - 2);
	write_file(file.data, file.len);
	buf_release(&file);
	jpg_release(&coded);
}

static const unsigned char *
pixel(const struct img *img, int x, int y)
{
	return img->pixels + ((size_t)y * (size_t)img->width + (size_t)x) * 3;
}

static void
assert_about(int value, double wanted)
{
	assert_true(value >= wanted - 3 && value <= wanted + 3);
}

/* Where the upright picture's first row and column come from in the stored one:
 * the meaning of EXIF's eight orientations. */
static void
every_orientation_is_turned_upright(void **state)
{
	static const struct {
		int swaps, right, bottom;	/* of the upright top left corner */
	} corner[] = {
		{ 0, 0, 0 }, { 0, 1, 0 }, { 0, 1, 1 }, { 0, 0, 1 },
		{ 1, 0, 0 }, { 1, 0, 1 }, { 1, 1, 1 }, { 1, 1, 0 },
	};
	struct buf err = BUF_INIT;
	struct img_info info;
	struct img img;
	int i;

	(void)state;
	for (i = 0; i < 8; i++) {
		write_jpeg(i + 1);
		assert_int_equal(img_probe(path, &info, &err), 0);
		assert_int_equal(info.orientation, i + 1);
		assert_int_equal(info.width, corner[i].swaps ? HEIGHT : WIDTH);
		assert_int_equal(img_load(path, info.height, 1, &img, &err), 0);
		assert_int_equal(img.width, info.width);
		assert_int_equal(img.height, info.height);
		assert_about(pixel(&img, 0, 0)[0],
		    40 + (corner[i].right ? WIDTH / 2 : 0));
		assert_about(pixel(&img, 0, 0)[1],
		    40 + (corner[i].bottom ? HEIGHT / 2 : 0));
		img_release(&img);
	}
	buf_release(&err);
}

static void
a_crop_is_exact_and_may_reach_outside(void **state)
{
	static const struct box crop = { -60, 100.5, 240, 320 };
	struct buf err = BUF_INIT;
	struct img img;
	int orientation, x, y;

	(void)state;
	for (orientation = 1; orientation <= 3; orientation += 2) {
		write_jpeg(orientation);
		assert_int_equal(img_load_crop(path, &crop, 120, 160, 0, &img, &err),
		    0);
		assert_true(img.scale > 0.4999 && img.scale < 0.5001);
		for (y = 0; y < 160; y += 10)
			for (x = 0; x < 120; x += 10) {
				double across = -60 + (x + 0.5) * 2;
				double down = 100.5 + (y + 0.5) * 2;

				across = across < 0 ? 0 : across;
				down = down > HEIGHT ? HEIGHT : down;
				if (orientation == 3) {
					across = WIDTH - across;
					down = HEIGHT - down;
				}
				assert_about(pixel(&img, x, y)[0],
				    across / 2 + 40);
				assert_about(pixel(&img, x, y)[1], down / 2 + 40);
			}
		img_release(&img);
	}
	buf_release(&err);
}

static void
a_picture_is_loaded_at_the_wanted_height(void **state)
{
	struct buf err = BUF_INIT;
	struct img img;

	(void)state;
	write_jpeg(1);
	assert_int_equal(img_load(path, 100, 1, &img, &err), 0);
	assert_int_equal(img.height, 100);
	assert_int_equal(img.width, 75);
	assert_about(pixel(&img, 37, 50)[0], 37.5 * 3.2 / 2 + 40);
	img_release(&img);
	assert_int_equal(img_load(path, 100, 0, &img, &err), 0);
	assert_int_equal(img.height, 160);
	img_release(&img);
	assert_int_equal(img_load(path, 1000, 0, &img, &err), 0);
	assert_int_equal(img.height, HEIGHT);
	img_release(&img);
	buf_release(&err);
}

static void
transparent_becomes_white(void **state)
{
	static const unsigned char png[] = {	/* 2x1 RGBA: red, clear green */
		0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00,
		0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00,
		0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0xf4, 0x22, 0x7f, 0x8a,
		0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
		0xf8, 0xcf, 0xc0, 0x00, 0x46, 0x00, 0x0e, 0xfa, 0x02, 0xfe, 0xf5,
		0x1e, 0x4c, 0xa9, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44,
		0xae, 0x42, 0x60, 0x82,
	};
	struct buf err = BUF_INIT;
	struct img_info info;
	struct img img;

	(void)state;
	write_file(png, sizeof png);
	assert_int_equal(img_probe(path, &info, &err), 0);
	assert_string_equal(info.format, "png");
	assert_int_equal(info.channels, 4);
	assert_int_equal(img_load(path, 1, 0, &img, &err), 0);
	assert_memory_equal(img.pixels, "\xff\0\0\xff\xff\xff", 6);
	img_release(&img);
	buf_release(&err);
}

static void
a_bitmap_is_read(void **state)
{
	static const unsigned char bmp[] = {	/* 1x2, 24 bits, upwards */
		'B', 'M', 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0,
		40, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0,
		0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0,
		1, 2, 3, 0, 4, 5, 6, 0,
	};
	struct buf err = BUF_INIT;
	struct img img;

	(void)state;
	write_file(bmp, sizeof bmp);
	assert_int_equal(img_load(path, 2, 0, &img, &err), 0);
	assert_memory_equal(img.pixels, "\6\5\4\3\2\1", 6);
	img_release(&img);
	write_file(bmp, sizeof bmp - 1);
	assert_int_equal(img_load(path, 2, 0, &img, &err), -1);
	assert_string_equal(err.data, "the bmp picture is cut off");
	buf_release(&err);
}

static void
what_is_no_picture_is_said_in_a_sentence(void **state)
{
	struct jpg_coded coded = make_jpeg();
	struct buf err = BUF_INIT;
	struct img_info info;
	struct img img;

	(void)state;
	write_file("", 0);
	assert_int_equal(img_probe(path, &info, &err), -1);
	assert_string_equal(err.data, "the file is empty");
	buf_clear(&err);
	write_file("hello", 5);
	assert_int_equal(img_load(path, 100, 0, &img, &err), -1);
	assert_string_equal(err.data,
	    "the file is not a picture of a known format");
	buf_clear(&err);
	write_file(coded.bytes, coded.len / 2);
	assert_int_equal(img_probe(path, &info, &err), -1);
	assert_string_equal(err.data,
	    "cannot open the picture: the file ends before the picture does");
	buf_clear(&err);
	assert_int_equal(img_load(path, 100, 1, &img, &err), -1);
	assert_string_equal(err.data,
	    "cannot open the picture: the file ends before the picture does");
	buf_clear(&err);
	assert_int_equal(img_load("/nonexistent", 100, 1, &img, &err), -1);
	assert_string_equal(err.data,
	    "cannot open the picture: No such file or directory");
	jpg_release(&coded);
	buf_release(&err);
}

static void
grey_is_luma(void **state)
{
	unsigned char pixels[] = { 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255 };
	struct img img = { pixels, 4, 1, 1 };
	unsigned char *grey = img_grey(&img);

	(void)state;
	assert_memory_equal(grey, "\xff\x4c\x96\x1d", 4);
	free(grey);
}

static int
start(void **state)
{
	struct buf err = BUF_INIT;

	(void)state;
	close(mkstemp(path));
	return img_start(&err);
}

/* A sparse file that begins as a picture and is larger than any that is read. */
static void
what_is_too_large_is_said_without_the_name(void **state)
{
	struct buf err = BUF_INIT;
	struct img_info info;

	(void)state;
	write_jpeg(1);
	assert_int_equal(truncate(path, (1 << 28) + 1), 0);
	assert_int_equal(img_probe(path, &info, &err), -1);
	assert_string_equal(err.data, "the file has more than 268435456 bytes");
	buf_release(&err);
}

static int
clean(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_orientation_is_turned_upright),
		cmocka_unit_test(a_crop_is_exact_and_may_reach_outside),
		cmocka_unit_test(a_picture_is_loaded_at_the_wanted_height),
		cmocka_unit_test(transparent_becomes_white),
		cmocka_unit_test(a_bitmap_is_read),
		cmocka_unit_test(what_is_no_picture_is_said_in_a_sentence),
		cmocka_unit_test(what_is_too_large_is_said_without_the_name),
		cmocka_unit_test(grey_is_luma),
	};

	return cmocka_run_group_tests(tests, start, clean);
}
