#include <math.h>

#include "lib/base/buf.h"
#include "scripts/draw/paint.h"
#include "scripts/draw/rng.h"

static const struct colour white = { 255, 255, 255 };
static const struct colour black = { 0, 0, 0 };

static void
neck(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour dark = shade(p->skin, 0.7, 0.58, 0.52);
	struct colour tone = blend(p->skin, dark, 0.28);
	double n = p->neck, y = f->chin;
	int side;

	buf_addf(svg, "<path id=\"%cneck\" d=\"M%.2f 40 C%.2f %.2f %.2f %.2f %.2f "
		"%.2f L-70 %.2f L0 %.2f L70 %.2f L%.2f %.2f C%.2f %.2f %.2f %.2f "
		"%.2f 40 Z\" fill=\"%s\"/>\n", f->id, -n + 1, -n + 2, y - 10,
		-n + 1, y + 14, -n - 5, y + 36, y + 66, y + 128, y + 66, n + 5,
		y + 36, n - 1, y + 14, n - 2, y - 10, n - 1, hex(tone).text);
	buf_addf(svg, "<clipPath id=\"%cthroat\"><use href=\"#%cneck\"/>"
		"</clipPath>\n<g clip-path=\"url(#%cthroat)\">\n", f->id, f->id,
		f->id);
	soft_ellipse(svg, (struct point){ 0, y - 26 }, (struct point){ 66, 42 },
		6, dark, 0.85);
	for (side = -1; side <= 1; side += 2)
		soft_stroke(svg, (struct brush){ 3, 4, 0.16, dark },
			"M%.2f %.2f C%d %.2f %d %.2f %d %.2f", side * (n - 8),
			y + 12, side * 34, y + 34, side * 16, y + 56, side * 8,
			y + 66);
	buf_adds(svg, "</g>\n");
}

/* How far below the chin the opening at the throat ends. */
static double
opening(const struct portrait *p)
{
	switch (p->dress) {
	case DRESS_JACKET:
		return 200;
	case DRESS_SWEATER:
		return 116;
	default:
		return 72;
	}
}

/* The clothing's outline, with the opening at the throat. */
static void
torso_path(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double s = p->shoulders, y = f->chin, b = f->bottom, n = p->neck;
	double v = y + opening(p);

	buf_addf(svg, "M%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f C%.2f %.2f %.2f "
		"%.2f %.2f %.2f L%.2f %.2f ", -n - 4, y + 26, -n - 14, y + 46,
		-s * 0.55, y + 58, -s * 0.74, y + 72, -s * 0.95, y + 82, -s,
		y + 118, -s - 4, y + 190, -s - 10, b);
	buf_addf(svg, "L%.2f %.2f L%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f "
		"C%.2f %.2f %.2f %.2f %.2f %.2f ", s + 10, b, s + 4, y + 190, s,
		y + 118, s * 0.95, y + 82, s * 0.74, y + 72, s * 0.55, y + 58,
		n + 14, y + 46, n + 4, y + 26);
	buf_addf(svg, "C34 %.2f 12 %.2f 0 %.2f C-12 %.2f -34 %.2f %.2f %.2f Z",
		y + 84, v - 24, v, v - 24, y + 84, -n - 4, y + 26);
}

static void
folds(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double s = p->shoulders, y = f->chin, b = f->bottom;
	int side;

	for (side = -1; side <= 1; side += 2) {
		buf_addf(svg, "<g transform=\"scale(%d 1)\">\n", side);
		soft_stroke(svg, (struct brush){ 4, 4, 0.34,
			blend(p->clothing, black, 0.6) },
			"M%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f", s * 0.78, b,
			s * 0.74, y + 190, s * 0.74, y + 150, s * 0.8, y + 110);
		soft_stroke(svg, (struct brush){ 10, 8, 0.2,
			blend(p->clothing, white, 0.5) },
			"M%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f", s * 0.3,
			y + 64, s * 0.6, y + 75, s * 0.84, y + 92, s * 0.86,
			y + 150);
		buf_adds(svg, "</g>\n");
	}
}

static void
torso(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double y = f->chin;

	buf_addf(svg, "<linearGradient id=\"%ccloth\" "
		"gradientUnits=\"userSpaceOnUse\" x1=\"0\" y1=\"%.2f\" x2=\"0\" "
		"y2=\"%.2f\"><stop offset=\"0\" stop-color=\"%s\"/><stop "
		"offset=\"1\" stop-color=\"%s\"/></linearGradient>\n", f->id,
		y + 30, f->bottom, hex(blend(p->clothing, white, 0.06)).text,
		hex(blend(p->clothing, black, 0.16)).text);
	buf_adds(svg, "<path d=\"");
	torso_path(p, f, svg);
	buf_addf(svg, "\" fill=\"url(#%ccloth)\"/>\n", f->id);
	folds(p, f, svg);
}

/* Petals all over the clothing, in rows that are not quite even. */
static void
print(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double s = p->shoulders + 20;
	struct rng rng;

	rng_init(&rng, p->look, 7);
	buf_addf(svg, "<clipPath id=\"%cshape\"><path d=\"", f->id);
	torso_path(p, f, svg);
	buf_addf(svg, "\"/></clipPath>\n<g clip-path=\"url(#%cshape)\" "
		"fill=\"%s\" fill-opacity=\"%.3f\">\n", f->id,
		hex(p->print_colour).text, p->print);
	for (double y = f->chin + 20; y < f->bottom; y += 22)
		for (double x = -s; x < s; x += 26)
			buf_addf(svg, "<ellipse transform=\"translate(%.2f %.2f) "
				"rotate(%.1f)\" rx=\"%.2f\" ry=\"%.2f\"/>\n",
				x + rng_real(&rng, -8, 8),
				y + rng_real(&rng, -8, 8),
				rng_real(&rng, 0, 180), rng_real(&rng, 8, 15),
				rng_real(&rng, 4, 9));
	buf_adds(svg, "</g>\n");
}

/* What shows inside the opening: a shirt under jacket and sweater. */
static void
shirt_front(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour grey = shade(p->collar, 0.8, 0.8, 0.8);
	double y = f->chin, n = p->neck;

	buf_addf(svg, "<path d=\"M%.2f %.2f C%.2f %.2f -18 %.2f 0 %.2f C18 %.2f "
		"%.2f %.2f %.2f %.2f L%.2f %.2f L0 %.2f L%.2f %.2f Z\" "
		"fill=\"%s\"/>\n", -n - 3, y + 26, -n + 8, y + 44, y + 58,
		y + 66, y + 58, n - 8, y + 44, n + 3, y + 26, n + 8, y + 56,
		f->bottom, -n - 8, y + 56, hex(p->collar).text);
	buf_addf(svg, "<path d=\"M0 %.2f L0 %.2f\" stroke=\"%s\" "
		"stroke-width=\"1\" stroke-opacity=\".7\"/>\n", y + 64, f->bottom,
		hex(grey).text);
	buf_addf(svg, "<circle cx=\"3\" cy=\"%.2f\" r=\"2.4\" fill=\"%s\"/>"
		"<circle cx=\"3\" cy=\"%.2f\" r=\"2.4\" fill=\"%s\"/>\n", y + 92,
		hex(grey).text, y + 142, hex(grey).text);
}

static void
collar_wings(const struct portrait *p, const struct frame *f,
	struct colour colour, struct buf *svg)
{
	struct colour line = shade(colour, 0.72, 0.72, 0.73);
	double y = f->chin, n = p->neck;
	int side;

	for (side = -1; side <= 1; side += 2) {
		buf_addf(svg, "<g transform=\"scale(%d 1)\">\n", side);
		soft_stroke(svg, (struct brush){ 3, 3, 0.3, black },
			"M1 %.2f L30 %.2f C46 %.2f %.2f %.2f %.2f %.2f", y + 69,
			y + 100, y + 82, n + 15, y + 58, n + 13, y + 40);
		buf_addf(svg, "<path d=\"M%.2f %.2f C%.2f %.2f 22 %.2f 1 %.2f L30 "
			"%.2f C46 %.2f %.2f %.2f %.2f %.2f Z\" fill=\"%s\" "
			"stroke=\"%s\" stroke-width=\".6\"/>\n", n + 3, y + 18, n - 2,
			y + 40, y + 56, y + 66, y + 98, y + 80, n + 16, y + 56,
			n + 13, y + 34, hex(colour).text, hex(line).text);
		buf_adds(svg, "</g>\n");
	}
}

static void
lapels(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour edge = blend(p->clothing, black, 0.45);
	double y = f->chin, n = p->neck;
	int side;

	for (side = -1; side <= 1; side += 2)
		buf_addf(svg, "<path transform=\"scale(%d 1)\" d=\"M%.2f %.2f C60 "
			"%.2f 26 %.2f 0 %.2f L0 %.2f L70 %.2f L58 %.2f L84 %.2f "
			"C82 %.2f %.2f %.2f %.2f %.2f Z\" fill=\"%s\" stroke=\"%s\" "
			"stroke-width=\"1\"/>\n", side, n + 8, y + 30, y + 100,
			y + 160, y + 200, y + 214, y + 128, y + 112, y + 104,
			y + 84, n + 24, y + 50, n + 8, y + 30,
			hex(blend(p->clothing, white, 0.07)).text, hex(edge).text);
	buf_addf(svg, "<path d=\"M0 %.2f L0 %.2f\" stroke=\"%s\" "
		"stroke-width=\"1.2\"/>\n", y + 212, f->bottom, hex(edge).text);
}

static void
collar_back(const struct portrait *p, const struct frame *f,
	struct colour colour, struct buf *svg)
{
	double y = f->chin, n = p->neck;

	buf_addf(svg, "<path d=\"M%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f L%.2f "
		"%.2f L%.2f %.2f Z\" fill=\"%s\"/>\n", -n - 3, y + 18, -n + 10,
		y + 2, n - 10, y + 2, n + 3, y + 18, n + 8, y + 40, -n - 8,
		y + 40, hex(shade(colour, 0.74, 0.73, 0.72)).text);
}

static void
clothed_body(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	int inner = p->dress == DRESS_JACKET || p->dress == DRESS_SWEATER;
	struct colour collar = inner || p->dress == DRESS_SHIRT ? p->collar
		: blend(p->clothing, white, 0.12);

	if (p->dress == DRESS_SHIRT)
		collar = blend(p->clothing, white, 0.3);
	collar_back(p, f, collar, svg);
	neck(p, f, svg);
	if (inner)
		shirt_front(p, f, svg);
	torso(p, f, svg);
	if (p->print > 0)
		print(p, f, svg);
	if (p->dress == DRESS_JACKET)
		lapels(p, f, svg);
	collar_wings(p, f, collar, svg);
	if (p->dress == DRESS_POLO || p->dress == DRESS_SHIRT)
		buf_addf(svg, "<path d=\"M0 %.2f L0 %.2f\" stroke=\"%s\" "
			"stroke-width=\"1.2\" stroke-opacity=\".6\"/>\n", f->chin + 70,
			p->dress == DRESS_POLO ? f->chin + 150 : f->bottom,
			hex(blend(p->clothing, black, 0.4)).text);
}

/* Leaning shoulders: the body sheared about the neck, and long enough for that. */
void
paint_body(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double slope = tan(p->lean * M_PI / 180);
	struct frame longer = *f;

	if (p->lean == 0) {
		clothed_body(p, f, svg);
		return;
	}
	longer.bottom += fabs(slope) * (p->shoulders + 10);
	buf_addf(svg, "<g transform=\"skewY(%.3f)\">\n", p->lean);
	clothed_body(p, &longer, svg);
	buf_adds(svg, "</g>\n");
}
