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
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/net/net.h"

#define PERSON "share/selfie_segmentation.tflite"
#define FACE "share/face_landmark_with_attention.tflite"

static struct net *
open_bytes(const char *bytes, size_t len, struct buf *err)
{
	char path[] = "/tmp/t_net.XXXXXX";
	int fd = mkstemp(path);
	struct net *net;

	assert_true(fd >= 0);
	assert_int_equal(io_write_all(fd, bytes, len), 0);
	close(fd);
	net = net_open(path, err);
	unlink(path);
	return net;
}

/* A bright disc on a dark ground. */
static unsigned char *
disc(const struct net *net)
{
	int width = net_width(net), height = net_height(net), x, y, c;
	unsigned char *rgb = xmalloc((size_t)width * (size_t)height * 3);

	for (y = 0; y < height; y++)
		for (x = 0; x < width; x++)
			for (c = 0; c < 3; c++) {
				int dx = x - width / 2, dy = y - height / 2;

				rgb[((size_t)y * (size_t)width + (size_t)x) * 3 + (size_t)c] =
				    (unsigned char)(dx * dx + dy * dy <
				    width * width / 10 ? 210 - 40 * c : 50 + x / 8);
			}
	return rgb;
}

/* The hash of all outputs for the disc, in steps. */
static void
hash_outputs(struct net *net, char *hash)
{
	unsigned char *rgb = disc(net);
	struct buf bytes = BUF_INIT;
	int output;
	size_t i;

	net_run(net, rgb);
	for (output = 0; net_output_size(net, output) > 0; output++)
		for (i = 0; i < net_output_size(net, output); i++) {
			float steps = net_output(net, output)[i] * NET_STEPS;

			assert_true(steps == (float)(int)steps);
			buf_addf(&bytes, "%d ", (int)steps);
		}
	hash_bytes(bytes.data, bytes.len, hash);
	buf_release(&bytes);
	free(rgb);
}

/* The same numbers on every processor: this is what they are. */
static void
same_numbers_everywhere(void **state)
{
	static const struct {
		const char *path, *hash;
		int side;
		size_t sizes[8];
	} nets[] = {
		{ PERSON, "84888b3f0a63395abb231a35eadc23e056391ff276e47eafd6fa2121fdcc12cf",
		    256, { 256 * 256 } },
		{ FACE, "6072011fc631a969d2933e3d433f85c3e68b35b1e53ade2978b539e57cc96c21",
		    192, { 1404, 160, 142, 142, 10, 10, 1 } },
	};
	struct buf err = BUF_INIT;
	struct net *net;
	char hash[HASH_TEXT];
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof nets / sizeof *nets; i++) {
		if (access(nets[i].path, R_OK) != 0)
			skip();		/* make models */
		net = net_open(nets[i].path, &err);
		assert_non_null(net);
		assert_int_equal(net_width(net), nets[i].side);
		assert_int_equal(net_height(net), nets[i].side);
		for (k = 0; k < 8; k++)
			assert_int_equal(net_output_size(net, (int)k), nets[i].sizes[k]);
		assert_int_equal(net_output_size(net, -1), 0);
		hash_outputs(net, hash);
		assert_string_equal(hash, nets[i].hash);
		net_free(net);
	}
	buf_release(&err);
}

/* Whatever is done to a file, it is refused or runs. */
static void
damage(const char *path)
{
	struct buf file = BUF_INIT, err = BUF_INIT;
	unsigned int seed = 1, refused = 0, i;

	if (access(path, R_OK) != 0)
		skip();
	assert_int_equal(io_read_file(path, NET_FILE_MAX, &file, &err), 0);
	for (i = 0; i < 400; i++) {
		size_t len = i % 4 == 0 ? file.len * i / 400 : file.len, at;
		char *damaged = xmalloc(len + 1);
		struct net *net;
		unsigned int k;

		memcpy(damaged, file.data, len);
		for (k = 0; k < 12 && i % 4 != 0; k++) {
			seed = seed * 1664525 + 1013904223;
			at = (i % 4 == 1 ? 0 : len * 3 / 4) + (seed >> 8) % (len / 4);
			damaged[at] = (char)(seed >> 16);
		}
		net = open_bytes(damaged, len, &err);
		if (net != NULL && i % 16 == 3) {
			unsigned char *rgb = disc(net);

			net_run(net, rgb);
			free(rgb);
		}
		refused += net == NULL;
		assert_true(net != NULL || err.len > 0);
		net_free(net);
		free(damaged);
	}
	assert_true(refused > 100);
	buf_release(&file);
	buf_release(&err);
}

static void
damage_is_refused_or_runs(void **state)
{
	(void)state;
	damage(PERSON);
	damage(FACE);
}

static void
other_files_are_refused(void **state)
{
	struct buf err = BUF_INIT;

	(void)state;
	assert_null(net_open("/nonexistent.tflite", &err));
	assert_non_null(strstr(err.data, "nonexistent"));
	buf_clear(&err);
	assert_null(open_bytes("", 0, &err));
	assert_non_null(strstr(err.data, "no TensorFlow Lite file"));
	buf_clear(&err);
	assert_null(open_bytes("\x10\0\0\0TFL3\0\0\0\0\0\0\0\0", 16, &err));
	assert_non_null(strstr(err.data, "cannot be used"));
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_numbers_everywhere),
		cmocka_unit_test(damage_is_refused_or_runs),
		cmocka_unit_test(other_files_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
