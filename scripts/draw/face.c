#include <math.h>

#include "lib/base/buf.h"
#include "scripts/draw/paint.h"
#include "scripts/draw/rng.h"

static const struct colour white = { 255, 255, 255 };
static const struct colour black = { 0, 0, 0 };

static struct colour
shadow_of(struct colour skin)
{
	return shade(skin, 0.74, 0.62, 0.56);
}

/* What the lamp leaves on the skin: weaker on darker skin. */
static struct colour
gloss_of(struct colour skin, double strength)
{
	double tone = (skin.r + skin.g + skin.b) / (3 * 205);

	return blend(skin, white, strength * fmin(tone, 1));
}

static void
face_path(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double j = p->jaw, b = p->cheek_bone, k = f->k, chin = f->chin;
	double top = f->crown + p->hair_volume;

	buf_addf(svg, "M-70 %.3f C-70 %.2f %.2f %.2f %.2f %.2f ", b,
		b + 24 * k, -j - 3.6, 57 * k, -j, 72 * k);
	buf_addf(svg, "C%.2f %.2f -28 %.3f 0 %.3f C28 %.3f %.2f %.2f %.2f %.2f ",
		-j + 5, 92 * k, chin, chin, chin, j - 5, 92 * k, j, 72 * k);
	buf_addf(svg, "C%.2f %.2f 70 %.2f 70 %.3f ", j + 3.6, 57 * k,
		b + 24 * k, b);
	buf_addf(svg, "C70 -46 54 %.2f 0 %.2f C-54 %.2f -70 -46 -70 %.3f Z",
		top, top, top, b);
}

void
paint_gradients(const struct portrait *p, const struct frame *f,
	struct buf *svg)
{
	struct colour dark = shadow_of(p->skin);

	buf_adds(svg, "<defs>\n");
	buf_addf(svg, "<radialGradient id=\"%cskin\" "
		"gradientUnits=\"userSpaceOnUse\" cx=\"-4\" cy=\"2\" r=\"128\">"
		"<stop offset=\"0\" stop-color=\"%s\"/>"
		"<stop offset=\".42\" stop-color=\"%s\"/>"
		"<stop offset=\".72\" stop-color=\"%s\"/>"
		"<stop offset=\"1\" stop-color=\"%s\"/></radialGradient>\n", f->id,
		hex(gloss_of(p->skin, 0.16)).text, hex(p->skin).text,
		hex(blend(p->skin, dark, 0.35)).text,
		hex(blend(p->skin, dark, 0.8)).text);
	buf_addf(svg, "<radialGradient id=\"%ciris\">"
		"<stop offset=\"0\" stop-color=\"%s\"/>"
		"<stop offset=\".75\" stop-color=\"%s\"/>"
		"<stop offset=\"1\" stop-color=\"%s\"/></radialGradient>\n", f->id,
		hex(blend(p->iris, white, 0.18)).text, hex(p->iris).text,
		hex(blend(p->iris, black, 0.6)).text);
	buf_addf(svg, "<clipPath id=\"%cface\"><path d=\"", f->id);
	face_path(p, f, svg);
	buf_adds(svg, "\"/></clipPath>\n</defs>\n");
}

static void
ear(const struct portrait *p, struct buf *svg, int side)
{
	struct colour dark = shadow_of(p->skin);
	double x = turned(p, 0, -12);

	buf_addf(svg, "<g transform=\"translate(%.2f 0) scale(%d 1)\">\n",
		side < 0 ? fmin(x, 0) : fmax(x, 0), side);
	buf_addf(svg, "<path d=\"M66 -10 C70 -22 84 -22 84 -6 C84 10 80 22 76 "
		"34 C74 43 66 46 62 38 Z\" fill=\"%s\"/>\n",
		hex(blend(p->skin, dark, 0.22)).text);
	buf_addf(svg, "<path d=\"M72 -12 C78 -16 80 -8 79 2 C78 12 76 20 73 28\" "
		"fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" stroke-opacity=\".65\"/>"
		"\n<path d=\"M72 4 C76 8 75 18 71 22 C69 18 69 8 72 4 Z\" "
		"fill=\"%s\" fill-opacity=\".6\"/>\n", hex(dark).text,
		hex(shade(dark, 0.8, 0.75, 0.72)).text);
	buf_adds(svg, "</g>\n");
}

static void
modelling(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour dark = shadow_of(p->skin);
	struct colour light = gloss_of(p->skin, 0.5);
	struct colour blush = shade(p->skin, 1, 0.74, 0.7);
	double k = f->k, x = turned(p, 0, 60);
	int side;

	buf_addf(svg, "<g clip-path=\"url(#%cface)\">\n", f->id);
	soft_ellipse(svg, (struct point){ x, -48 },
		(struct point){ 34, 14 }, 8, light, 0.4);
	soft_ellipse(svg, (struct point){ 0, f->chin + 3 },
		(struct point){ 46, 7 }, 4, dark, 0.5);
	soft_ellipse(svg, (struct point){ x, 101 * k },
		(struct point){ 12, 6 }, 4, light, 0.32);
	for (side = -1; side <= 1; side += 2) {
		double out = side * 70.0;

		soft_ellipse(svg, (struct point){ out, 64 * k },
			(struct point){ 9, 42 }, 8, dark, 0.5);
		soft_ellipse(svg, (struct point){ out, -38 },
			(struct point){ 7, 26 }, 8, dark, 0.45);
		soft_ellipse(svg, (struct point){ x + side * 40, 40 * k },
			(struct point){ 16, 11 }, 10, blush,
			p->female ? 0.25 : 0.14);
		soft_ellipse(svg, (struct point){ x + side * 37, 24 * k },
			(struct point){ 14, 6 }, 4, light, 0.4);
	}
	buf_adds(svg, "</g>\n");
}

void
paint_head(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	ear(p, svg, -1);
	ear(p, svg, 1);
	buf_adds(svg, "<path d=\"");
	face_path(p, f, svg);
	buf_addf(svg, "\" fill=\"url(#%cskin)\"/>\n", f->id);
	modelling(p, f, svg);
}

/* One side of the nose; x grows outwards from its middle line. */
static void
nose_side(const struct portrait *p, struct buf *svg, double y, int side)
{
	struct colour dark = shadow_of(p->skin);
	struct colour line = shade(dark, 0.72, 0.62, 0.6);
	double n = p->nose_width;

	buf_addf(svg, "<g transform=\"scale(%d 1)\">\n", side);
	soft_stroke(svg, (struct brush){ 3.5, 3, side > 0 ? 0.3 : 0.2, dark },
		"M11 %.2f C7 %.2f 7 %.2f 9 -22 C10 -16 %.2f -14 %.2f -9",
		-y - 15, -y - 2, -y + 12, n - 5, n - 1);
	soft_stroke(svg, (struct brush){ 2.6, 1, 0.46, dark },
		"M%.2f -13 C%.2f -13 %.2f -1 %.2f -.6", n - 4, n + 2.4, n + 1.4,
		n - 5);
	buf_addf(svg, "<path d=\"M%.2f -10 C%.2f -9 %.2f -1 %.2f -.8\" "
		"fill=\"none\" stroke=\"%s\" stroke-width=\".8\" "
		"stroke-opacity=\".5\"/>\n", n - 1.4, n + 1, n + .6, n - 4,
		hex(line).text);
	buf_addf(svg, "<path d=\"M%.2f -.6 C%.2f -4.4 %.2f -4.2 %.2f .4 C%.2f "
		"1.6 %.2f 1 %.2f -.6 Z\" fill=\"%s\" fill-opacity=\".7\"/>\n"
		"</g>\n", n - 5.4, n - 6.5, n - 11.5, n - 13, n - 10.5, n - 7,
		n - 5.4, hex(shade(line, 0.6, 0.45, 0.45)).text);
}

void
paint_nose(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour dark = shadow_of(p->skin);
	struct colour light = gloss_of(p->skin, 0.6);
	double n = p->nose_width, y = p->nose_length * f->k;

	buf_addf(svg, "<g transform=\"translate(%.2f %.2f)\">\n",
		turned(p, 0, 82), y);
	soft_ellipse(svg, (struct point){ 0, 3 }, (struct point){ n, 3.5 }, 2,
		dark, 0.45);
	nose_side(p, svg, y, -1);
	nose_side(p, svg, y, 1);
	buf_addf(svg, "<path d=\"M-4.6 1 C-2 3.4 2 3.4 4.6 1\" fill=\"none\" "
		"stroke=\"%s\" stroke-width=\".9\" stroke-opacity=\".5\"/>\n",
		hex(shade(dark, 0.72, 0.62, 0.6)).text);
	soft_ellipse(svg, (struct point){ -0.5, -y / 2 - 8 },
		(struct point){ 2.6, y / 2 - 6 }, 2, light, 0.5);
	soft_ellipse(svg, (struct point){ -1, -10 },
		(struct point){ 4.6, 3.6 }, 2, light, 0.6);
	buf_adds(svg, "</g>\n");
}

static void
lens(const struct portrait *p, struct buf *svg, int side)
{
	double x = turned(p, side * (p->eye_gap + 0.8), 74);
	int sun = p->glasses == GLASSES_SUN;

	buf_addf(svg, "<g transform=\"translate(%.2f 2.5) scale(%d 1)\">\n", x,
		side);
	buf_adds(svg, "<path d=\"M-22 -15 C-12 -18 14 -18 22 -15 C26 -13 26 2 21 "
		"12 C16 19 -12 19 -19 12 C-24 4 -26 -12 -22 -15 Z\" ");
	buf_addf(svg, "fill=\"%s\" fill-opacity=\"%s\" stroke=\"#2a2522\" "
		"stroke-width=\"%s\"/>\n", sun ? "#17140f" : "#ffffff",
		sun ? ".94" : ".05", sun ? "2.4" : "1.7");
	buf_addf(svg, "<path d=\"M24 -10 C30 -13 36 -13 %.2f -11\" fill=\"none\" "
		"stroke=\"#2a2522\" stroke-width=\"1.9\"/>\n",
		70 - fabs(x) + 1);
	soft_stroke(svg, (struct brush){ 1, 1, sun ? 0.3 : 0.35, white },
		"M-14 -12 C-4 -15 8 -15 15 -13");
	buf_adds(svg, "</g>\n");
}

void
paint_glasses(const struct portrait *p, struct buf *svg)
{
	double left = turned(p, -(p->eye_gap + 0.8), 74);
	double right = turned(p, p->eye_gap + 0.8, 74);

	lens(p, svg, -1);
	lens(p, svg, 1);
	buf_addf(svg, "<path d=\"M%.2f -4 C%.2f -10 %.2f -10 %.2f -4\" "
		"fill=\"none\" stroke=\"#2a2522\" stroke-width=\"2\"/>\n",
		left + 23, left + 27, right - 27, right - 23);
}
