#include "scripts/draw/code.h"

#include <math.h>
#include <qrencode.h>
#include <stdlib.h>
#include <vips/vips.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "scripts/draw/rng.h"

enum { QUIET = 4, SAMPLES = 2 };

/* How a look is made; tilt is how much a module at the edge shrinks. */
static const struct look {
	int width, height;	/* 0: from the module's size */
	double module, turn, tilt_x, tilt_y;
	double light, noise;	/* of 255 */
	int inverted, quality;	/* quality 0: PNG */
} looks[] = {
	[CODE_PLAIN] = { 0, 0, 8, 0, 0, 0, 1, 0, 0, 0 },
	[CODE_SMALL] = { 0, 0, 3, 0, 0, 0, 1, 0, 0, 0 },
	[CODE_ANGLE] = { 900, 900, 9, 0.1, 0.0003, 0.0002, 0.9, 4, 0, 70 },
	[CODE_DARK] = { 800, 800, 8, 0.25, 0, 0, 0.25, 5, 0, 75 },
	[CODE_INVERTED] = { 0, 0, 6, 0, 0, 0, 1, 0, 1, 0 },
	[CODE_FAR] = { 1200, 1600, 9, 0.05, 0.0001, 0, 0.8, 5, 0, 80 },
	[CODE_RUINED] = { 0, 0, 8, 0, 0, 0, 1, 0, 0, 0 },
};

const char *
code_extension(enum code_look look)
{
	return looks[look].quality > 0 ? ".jpeg" : ".png";
}

/* Light 0..1 of the code at a point in modules; beyond the quiet zone is a desk. */
static double
paper(const QRcode *code, double u, double v)
{
	int x = (int)floor(u), y = (int)floor(v);

	if (x < -QUIET || y < -QUIET || x >= code->width + QUIET ||
	    y >= code->width + QUIET)
		return 0.6;
	if (x < 0 || y < 0 || x >= code->width || y >= code->width)
		return 0.97;
	return code->data[y * code->width + x] & 1 ? 0.05 : 0.97;
}

/* The light at a pixel: where it lies on the code is a turn and a projection. */
static double
sample(const QRcode *code, const struct look *look, double x, double y)
{
	double c = cos(look->turn), s = sin(look->turn);
	double depth = 1 + look->tilt_x * x + look->tilt_y * y;
	double u = (c * x + s * y) / depth / look->module;
	double v = (c * y - s * x) / depth / look->module;

	return paper(code, u + code->width / 2.0, v + code->width / 2.0);
}

static unsigned char *
paint(const QRcode *code, const struct look *look, int width, int height,
	struct rng *rng)
{
	unsigned char *grey = xcalloc((size_t)width * (size_t)height, 1);

	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			double light = 0, value;

			for (int i = 0; i < SAMPLES * SAMPLES; i++)
				light += sample(code, look, x - width / 2.0 +
					(i % SAMPLES + 0.5) / SAMPLES,
					y - height / 2.0 +
					(i / SAMPLES + 0.5) / SAMPLES);
			light /= SAMPLES * SAMPLES;
			if (look->inverted)
				light = 1 - light;
			if (look->quality > 0)	/* a lamp at the left */
				light *= 1.15 - 0.3 * x / width;
			value = 255 * light * look->light +
				look->noise * rng_normal(rng);
			grey[(size_t)y * (size_t)width + (size_t)x] =
				(unsigned char)fmax(0, fmin(255, value));
		}
	return grey;
}

static void
encode(const unsigned char *grey, int width, int height, int quality,
	struct buf *out)
{
	VipsImage *image = vips_image_new_from_memory(grey,
		(size_t)width * (size_t)height, width, height, 1,
		VIPS_FORMAT_UCHAR);
	void *bytes = NULL;
	size_t len = 0;

	if (!image || (quality > 0 ? vips_jpegsave_buffer(image, &bytes, &len,
	    "Q", quality, "strip", TRUE, NULL) : vips_pngsave_buffer(image,
	    &bytes, &len, "compression", 6, "strip", TRUE, NULL)) != 0)
		msg_die("cannot save the code: %s", vips_error_buffer());
	buf_add(out, bytes, len);
	g_free(bytes);
	g_object_unref(image);
}

void
code_draw(const void *bytes, size_t len, enum code_look which, uint64_t seed,
	struct buf *out)
{
	const struct look *look = &looks[which];
	QRcode *code = QRcode_encodeData((int)len, bytes, 0, QR_ECLEVEL_M);
	unsigned char *grey;
	struct rng rng;
	int width = look->width, height = look->height;

	if (!code)
		msg_die("cannot make a code of %zu bytes", len);
	rng_init(&rng, seed, 3000000);
	if (which == CODE_RUINED)
		for (int i = 0; i < code->width * code->width; i++)
			code->data[i] ^= rng_below(&rng, 3) == 0;
	if (width == 0)
		width = height = (int)((code->width + 2 * QUIET) * look->module);
	grey = paint(code, look, width, height, &rng);
	encode(grey, width, height, look->quality, out);
	free(grey);
	QRcode_free(code);
}
