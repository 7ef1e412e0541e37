#include "scripts/draw/camera.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "scripts/draw/exif.h"
#include "scripts/draw/portrait.h"
#include "scripts/draw/rng.h"
#include "scripts/draw/wall.h"

/* One picture on its way: person is RGBA, rgb and alpha are its outcome. */
struct shot {
	const struct portrait *p;
	unsigned char *person, *rgb, *alpha;
};

void
camera_start(const char *program)
{
	if (VIPS_INIT(program))
		msg_die("cannot start libvips");
	vips_concurrency_set(1);
	vips_cache_set_max(0);
}

void
camera_stop(void)
{
	vips_shutdown();
}

static int
vips_failed(struct buf *err, const char *what)
{
	buf_addf(err, "cannot %s: %s", what, vips_error_buffer());
	vips_error_clear();
	return -1;
}

static int
render(struct shot *shot, struct buf *err)
{
	struct buf svg = BUF_INIT;
	VipsImage *image = NULL;
	size_t size;
	int status = -1;

	portrait_svg(shot->p, &svg);
	if (vips_svgload_buffer(svg.data, svg.len, &image, "unlimited", TRUE,
	    NULL) || image->Bands != 4 || image->Xsize != shot->p->width ||
	    image->Ysize != shot->p->height ||
	    !(shot->person = vips_image_write_to_memory(image, &size)))
		vips_failed(err, "render the drawing");
	else
		status = 0;
	if (image)
		g_object_unref(image);
	buf_release(&svg);
	return status;
}

/* Light on the person at column x: the left half of the face brighter by
 * side_light than the right, smooth over the nose. */
static void
light_row(const struct portrait *p, double *row)
{
	double centre = p->centre * p->width;
	double half = p->face_width * p->width / 2;
	int x;

	for (x = 0; x < p->width; x++) {
		double t = (centre - x) / half;

		t = t < -1 ? -1 : t > 1 ? 1 : t;
		row[x] = p->light * (1 + p->side_light / 2 *
			(1.5 * t - 0.5 * t * t * t));
	}
}

static unsigned char
level(double value)
{
	return value <= 0 ? 0 : value >= 255 ? 255 : (unsigned char)(value + 0.5);
}

/* Yellow light has less blue, blue light less red. */
static void
cast_of(const struct portrait *p, double factor[3])
{
	factor[0] = 1 + fmin(p->cast, 0);
	factor[1] = 1 - fabs(p->cast) / 3;
	factor[2] = 1 - fmax(p->cast, 0);
}

enum { HAZE = 190 };

static double
through_haze(const struct portrait *p, double value)
{
	return value + p->haze * (HAZE - value);
}

static void
compose(struct shot *shot)
{
	size_t w = (size_t)shot->p->width, h = (size_t)shot->p->height, x, y;
	double *light = xmalloc(w * sizeof *light);
	double *wall = xmalloc(3 * w * sizeof *wall);
	const unsigned char *in = shot->person;
	unsigned char *out, *alpha;
	double cast[3];
	struct wall *behind;
	int c;

	cast_of(shot->p, cast);
	out = shot->rgb = xmalloc(w * h * 3);
	alpha = shot->alpha = xmalloc(w * h);
	behind = wall_new(shot->p, shot->person);
	light_row(shot->p, light);
	for (y = 0; y < h; y++) {
		wall_row(behind, (int)y, wall);
		for (x = 0; x < w; x++, in += 4, out += 3) {
			double a = in[3] / 255.0;

			for (c = 0; c < 3; c++)
				out[c] = level(through_haze(shot->p, cast[c] *
					(a * in[c] * light[x] + (1 - a) *
					wall[3 * x + (size_t)c] *
					shot->p->light)));
			*alpha++ = in[3];
		}
	}
	wall_free(behind);
	free(wall);
	free(light);
}

static void
fill_disc(unsigned char *rgb, const struct portrait *p, double cx, double cy,
    double radius)
{
	int x, y;

	for (y = (int)(cy - radius); y <= cy + radius; y++)
		for (x = (int)(cx - radius); x <= cx + radius; x++)
			if (x >= 0 && x < p->width && y >= 0 && y < p->height &&
			    hypot(x - cx, y - cy) < radius)
				memset(rgb + 3 * ((size_t)y * (size_t)p->width +
					(size_t)x), 252, 3);
}

/* Light thrown back by damp skin: on the forehead and below both eyes. */
static void
add_shine(unsigned char *rgb, const struct portrait *p)
{
	double face = p->face_width * p->width, radius = p->shine * face;
	double x = p->centre * p->width, y = p->eye_line * p->height;

	if (radius <= 0)
		return;
	fill_disc(rgb, p, x, y - 0.24 * face, radius);
	fill_disc(rgb, p, x - 0.25 * face, y + 0.27 * face, radius);
	fill_disc(rgb, p, x + 0.25 * face, y + 0.27 * face, radius);
}

/* A lamp on the glass of the screen that was photographed. */
static void
add_glare(unsigned char *rgb, const struct portrait *p)
{
	double face = p->face_width * p->width;

	if (p->glare > 0)
		fill_disc(rgb, p, p->centre * p->width + 0.1 * face,
			p->eye_line * p->height - 0.6 * face, p->glare * face);
}

/* The edge of the screen that was photographed. */
static void
add_screen(unsigned char *rgb, const struct portrait *p)
{
	int edge = (int)(p->screen * p->width), x, y;

	if (edge <= 0)
		return;
	for (y = 0; y < p->height; y++)
		for (x = 0; x < p->width; x++)
			if (x < edge || x >= p->width - edge || y < edge ||
			    y >= p->height - edge)
				memset(rgb + 3 * ((size_t)y * (size_t)p->width +
					(size_t)x), 24, 3);
}

static int
blur(unsigned char **pixels, const struct portrait *p, int bands,
	struct buf *err)
{
	size_t size = (size_t)p->width * (size_t)p->height * (size_t)bands;
	VipsImage *in, *out = NULL;
	void *blurred = NULL;
	size_t got = 0;

	in = vips_image_new_from_memory(*pixels, size, p->width, p->height, bands,
		VIPS_FORMAT_UCHAR);
	if (!in)
		return vips_failed(err, "blur");
	if (!vips_gaussblur(in, &out, p->blur, "precision",
	    VIPS_PRECISION_INTEGER, "min_ampl", 0.02, NULL))
		blurred = vips_image_write_to_memory(out, &got);
	if (blurred && got == size)
		memcpy(*pixels, blurred, size);
	g_free(blurred);
	if (out)
		g_object_unref(out);
	g_object_unref(in);
	return blurred && got == size ? 0 : vips_failed(err, "blur");
}

/* Each pixel becomes the mean of those that it saw while the camera moved. */
static void
move(unsigned char *pixels, const struct portrait *p, int bands)
{
	int width = p->width, reach = (int)(p->motion / 2 + 0.5), x, u, c, sum;
	unsigned char *line = xmalloc((size_t)(width * bands));
	int y, end = width - 1;

	for (y = 0; y < p->height && reach > 0; y++) {
		unsigned char *row = pixels + (size_t)y * (size_t)(width * bands);

		memcpy(line, row, (size_t)(width * bands));
		for (x = 0; x < width; x++)
			for (c = 0; c < bands; c++) {
				sum = 0;
				for (u = x - reach; u <= x + reach; u++)
					sum += line[bands * (u < 0 ? 0 : u > end ?
						end : u) + c];
				row[bands * x + c] = (unsigned char)((sum + reach) /
					(2 * reach + 1));
			}
	}
	free(line);
}

/* Sum of four bytes, centred: deviation 147.8 levels, scaled to sigma.  Three
 * parts in four of the noise are common to the channels, as in a photo. */
static void
add_noise(unsigned char *rgb, const struct portrait *p)
{
	double sigma = p->noise >= 0 ? p->noise : p->width >= 2400 ? 2.1 : 1;
	size_t i, n = (size_t)p->width * (size_t)p->height;
	int grain = (int)(sigma * 4096 / 147.8 + 0.5);
	struct rng rng;
	int c;

	if (grain == 0)
		return;
	rng_init(&rng, p->look, 31);
	for (i = 0; i < n; i++) {
		uint64_t bits = rng_next(&rng);
		int common = 0, own[3];

		for (c = 0; c < 4; c++)
			common += (int)(bits >> (8 * c) & 255);
		for (c = 0; c < 3; c++)
			own[c] = (int)(bits >> (32 + 10 * c) & 1023) / 2;
		for (c = 0; c < 3; c++) {
			int v = rgb[3 * i + (size_t)c] * 4096 + 2048 + grain *
				(3 * (common - 510) / 4 + (own[c] - 256));

			v >>= 12;
			rgb[3 * i + (size_t)c] =
				(unsigned char)(v < 0 ? 0 : v > 255 ? 255 : v);
		}
	}
}

/* Stored so that a viewer's EXIF turn makes it upright again: the inverse of
 * each orientation's turn. */
static int
store_turned(VipsImage *in, VipsImage **out, int orientation)
{
	VipsImage *flipped = NULL;
	int status;

	switch (orientation) {
	case 2:
		return vips_flip(in, out, VIPS_DIRECTION_HORIZONTAL, NULL);
	case 3:
		return vips_rot(in, out, VIPS_ANGLE_D180, NULL);
	case 4:
		return vips_flip(in, out, VIPS_DIRECTION_VERTICAL, NULL);
	case 6:
		return vips_rot(in, out, VIPS_ANGLE_D270, NULL);
	case 8:
		return vips_rot(in, out, VIPS_ANGLE_D90, NULL);
	case 5:
	case 7:
		if (vips_flip(in, &flipped, VIPS_DIRECTION_HORIZONTAL, NULL))
			return -1;
		status = vips_rot(flipped, out, orientation == 5 ?
			VIPS_ANGLE_D270 : VIPS_ANGLE_D90, NULL);
		g_object_unref(flipped);
		return status;
	default:
		return vips_copy(in, out, NULL);
	}
}

static int
encode(const struct portrait *p, VipsImage *image, struct buf *out)
{
	void *bytes = NULL;
	size_t len = 0;
	int status;

	if (p->quality == 0)
		status = vips_pngsave_buffer(image, &bytes, &len, "compression",
			6, "strip", TRUE, NULL);
	else
		status = vips_jpegsave_buffer(image, &bytes, &len, "Q",
			p->quality, "strip", TRUE, NULL);
	if (status == 0 && p->quality > 0)
		exif_insert(p, bytes, len, out);
	else if (status == 0)
		buf_add(out, bytes, len);
	g_free(bytes);
	return status;
}

static int
save(const struct portrait *p, unsigned char *pixels, int bands,
	struct buf *out, struct buf *err)
{
	size_t size = (size_t)p->width * (size_t)p->height * (size_t)bands;
	VipsImage *memory, *image = NULL, *turned = NULL;
	struct portrait mask = *p;
	int status = -1;

	mask.quality = mask.orientation = 0;
	memory = vips_image_new_from_memory(pixels, size, p->width, p->height,
		bands, VIPS_FORMAT_UCHAR);
	if (memory && vips_copy(memory, &image, "interpretation", bands == 3 ?
	    VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_B_W, "xres", 2.83465,
	    "yres", 2.83465, NULL) == 0 &&
	    store_turned(image, &turned, bands == 3 ? p->orientation : 0) == 0)
		status = encode(bands == 3 ? p : &mask, turned, out);
	if (turned)
		g_object_unref(turned);
	if (image)
		g_object_unref(image);
	if (memory)
		g_object_unref(memory);
	return status == 0 ? 0 : vips_failed(err, "save the picture");
}

int
camera_take(const struct portrait *p, struct buf *photo, struct buf *alpha,
	struct buf *err)
{
	struct shot shot = { .p = p };
	int status = render(&shot, err);

	if (status == 0) {
		compose(&shot);
		add_shine(shot.rgb, p);
		add_glare(shot.rgb, p);
		add_screen(shot.rgb, p);
		move(shot.rgb, p, 3);
		move(shot.alpha, p, 1);
		if (p->blur > 0.01)
			status = blur(&shot.rgb, p, 3, err);
		if (status == 0 && p->blur > 0.01 && alpha)
			status = blur(&shot.alpha, p, 1, err);
	}
	if (status == 0) {
		add_noise(shot.rgb, p);
		status = save(p, shot.rgb, 3, photo, err);
	}
	if (status == 0 && alpha)
		status = save(p, shot.alpha, 1, alpha, err);
	g_free(shot.person);
	free(shot.rgb);
	free(shot.alpha);
	return status;
}
