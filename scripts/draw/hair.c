#include <math.h>

#include "lib/base/buf.h"
#include "scripts/draw/paint.h"
#include "scripts/draw/rng.h"

static const struct colour white = { 255, 255, 255 };
static const struct colour black = { 0, 0, 0 };

/* Control points of the left half of the edge, from the ear to the crown. */
static void
edge_points(const struct portrait *p, const struct frame *f, struct point c[4])
{
	c[0] = (struct point){ -73, 2 };
	c[1] = (struct point){ -77 - p->hair_volume, f->crown * 0.6 };
	c[2] = (struct point){ -58 - p->hair_volume * 0.5, f->crown };
	c[3] = (struct point){ 0, f->crown };
}

static struct point
bezier(const struct point c[4], double u)
{
	double v = 1 - u, a = v * v * v, b = 3 * v * v * u, d = 3 * v * u * u;
	double e = u * u * u;

	return (struct point){ a * c[0].x + b * c[1].x + d * c[2].x + e * c[3].x,
		a * c[0].y + b * c[1].y + d * c[2].y + e * c[3].y };
}

struct point
hair_edge(const struct portrait *p, const struct frame *f, double t)
{
	struct point c[4], at;

	edge_points(p, f, c);
	at = bezier(c, t < 0.5 ? 2 * t : 2 * (1 - t));
	if (t > 0.5)
		at.x = -at.x;
	return at;
}

static void
edge_path(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct point c[4];

	edge_points(p, f, c);
	buf_addf(svg, "M%.3f %.3f C%.3f %.3f %.3f %.3f %.3f %.3f C%.3f %.3f "
		"%.3f %.3f %.3f %.3f", c[0].x, c[0].y, c[1].x, c[1].y, c[2].x,
		c[2].y, c[3].x, c[3].y, -c[2].x, c[2].y, -c[1].x, c[1].y,
		-c[0].x, c[0].y);
}

/* The hairline's height at its middle, mm. */
static double
hairline(const struct portrait *p, const struct frame *f)
{
	return f->crown * p->hairline;
}

/* From the right ear along the forehead to the left ear. */
static void
hairline_path(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double y = hairline(p, f), x = p->parting;
	double top = y * (0.98 + 0.13 * p->peak);
	int burn = p->hair == HAIR_SHORT;

	buf_addf(svg, " %s C66 -26 65 -34 60 %.2f ",
		burn ? "C73 8 71 14 69 15 C67 12 67 4 67 -8" : "L72 0 L68 -8",
		y * 0.62);
	buf_addf(svg, "C54 %.2f %.2f %.2f %.2f %.2f C%.2f %.2f -54 %.2f "
		"-60 %.2f ", y * 0.96, x + 26, y * 0.98, x, top,
		x - 26, y * 0.98, y * 0.96, y * 0.62);
	buf_addf(svg, "C-65 -34 -66 -26 %s Z", burn ?
		"-67 -8 C-67 4 -67 12 -69 15 C-71 14 -73 8 -73 2" :
		"-68 -8 L-72 0");
}

static struct colour
strand_colour(const struct portrait *p, struct rng *rng)
{
	double t = rng_real(rng, 0, 1);

	return t < 0.5 ? blend(p->hair_colour, black, 0.5 * t + 0.1)
	               : blend(p->hair_colour, white, 0.26 * (t - 0.45));
}

static void
strand(struct buf *svg, const struct point c[4], double width, double opacity,
	struct colour colour)
{
	buf_addf(svg, "<path d=\"M%.2f %.2fC%.2f %.2f %.2f %.2f %.2f %.2f\" "
		"stroke=\"%s\" stroke-width=\"%.2f\" stroke-opacity=\"%.2f\"/>\n",
		c[0].x, c[0].y, c[1].x, c[1].y, c[2].x, c[2].y, c[3].x, c[3].y,
		hex(colour).text, width, opacity);
}

/* The way of a hair from the parting to the ear: depth 0 along the hairline,
 * 1 along the edge; side -1 or 1. */
static void
flow(const struct portrait *p, const struct frame *f, double depth, int side,
	struct point c[4])
{
	double y = hairline(p, f), x = p->parting;
	struct point in[4] = {
		{ x, y * 1.12 }, { x + side * 26, y * 0.98 },
		{ side * 56, y * 0.97 }, { side * 66, -14 },
	};
	struct point out[4] = {
		{ x, f->crown }, { x * 0.4 + side * 40, f->crown },
		{ side * (79 + p->hair_volume), f->crown * 0.72 },
		{ side * 74, 4 },
	};
	int i;

	for (i = 0; i < 4; i++) {
		c[i].x = in[i].x + (out[i].x - in[i].x) * depth;
		c[i].y = in[i].y + (out[i].y - in[i].y) * depth;
	}
}

static void
combed(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct rng rng;
	int i, j;

	rng_init(&rng, p->look, 21);
	for (i = 0; i < 240; i++) {
		int side = rng_below(&rng, 2) ? 1 : -1;
		struct point c[4];

		flow(p, f, rng_real(&rng, -0.05, 1.1), side, c);
		for (j = 0; j < 4; j++) {
			c[j].x += rng_normal(&rng) * 1.5;
			c[j].y += rng_normal(&rng) * 1.5;
		}
		strand(svg, c, rng_real(&rng, 0.4, 1.4),
			rng_real(&rng, 0.2, 0.5), strand_colour(p, &rng));
	}
}

/* Light on the hair: short pieces of strands where they face the lamp. */
static void
sheen(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour light = blend(p->hair_colour, white, 0.5);
	struct rng rng;
	int i, j;

	rng_init(&rng, p->look, 24);
	for (i = 0; i < 220; i++) {
		int side = rng_below(&rng, 2) ? 1 : -1;
		double depth = rng_real(&rng, 0.12, 0.92);
		double from = 0.3 + 0.1 * rng_normal(&rng) + 0.06 * depth;
		double span = rng_real(&rng, 0.1, 0.22);
		struct point way[4], c[4];

		flow(p, f, depth, side, way);
		for (j = 0; j < 4; j++)
			c[j] = bezier(way, fmax(from + span * j / 3, 0));
		strand(svg, c, rng_real(&rng, 0.5, 1.6),
			rng_real(&rng, 0.03, 0.1), light);
	}
}

/* Single hairs over the edge; none rises above the crown. */
static void
flyaways(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double top = 0;
	struct rng rng;
	int i, j;

	rng_init(&rng, p->look, 22);
	for (i = 0; i <= 200; i++)
		top = fmin(top, tilted_y(f, hair_edge(p, f, i / 200.0)));
	for (i = 0; i < 110; i++) {
		double t = rng_real(&rng, 0.02, 0.98);
		double along = rng_real(&rng, 0.03, 0.09) * (t < 0.5 ? -1 : 1);
		double lift = rng_real(&rng, 0.004, 0.022), high = 0;
		struct point c[4];

		for (j = 0; j < 4; j++) {
			double out = 0.99 + (lift + 0.01) * (3 - j) * j / 2;

			c[j] = hair_edge(p, f,
				fmin(fmax(t + along * j / 3, 0), 1));
			c[j].x *= out;
			c[j].y *= out;
			high = fmin(high, tilted_y(f, c[j]));
		}
		if (high > top + 0.6)
			strand(svg, c, rng_real(&rng, 0.18, 0.42),
				rng_real(&rng, 0.5, 0.95), p->hair_colour);
	}
}

/* Ends of short hair, which break the edge. */
static void
ends(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double top = 0;
	struct rng rng;
	int i, j;

	rng_init(&rng, p->look, 27);
	for (i = 0; i <= 200; i++)
		top = fmin(top, tilted_y(f, hair_edge(p, f, i / 200.0)));
	for (i = 0; i < 420; i++) {
		double t = rng_real(&rng, 0.01, 0.99), turn = t < 0.5 ? -1 : 1;
		double out = rng_real(&rng, 0.99, 1.013), high = 0;
		double span = rng_real(&rng, 0.015, 0.03) * turn;
		struct point c[4];

		for (j = 0; j < 4; j++) {
			double r = 0.955 + (out - 0.955) * j / 3;

			c[j] = hair_edge(p, f,
				fmin(fmax(t + span * j, 0), 1));
			c[j].x *= r;
			c[j].y *= r;
			high = fmin(high, tilted_y(f, c[j]));
		}
		if (high > top + 0.5)
			strand(svg, c, rng_real(&rng, 0.5, 1),
				rng_real(&rng, 0.6, 1), blend(p->hair_colour,
				black, rng_real(&rng, 0, 0.3)));
	}
}

/* Short sides let the skin through before the ears. */
static void
fade(const struct portrait *p, struct buf *svg)
{
	struct colour skin = shade(p->skin, 0.62, 0.54, 0.5);
	int side;

	for (side = -1; side <= 1; side += 2)
		soft_ellipse(svg, (struct point){ side * 70, 6 },
			(struct point){ 5, 15 }, 6, skin, 0.55);
}

/* Lower end of the fringe over x = at * 58, before its hairs' own lengths. */
static double
fringe_end(const struct portrait *p, double at)
{
	double away = p->parting < 0 ? at : -at;

	return -p->brow_height - 12 - 5 * at * at - 4 * away;
}

/* Hair combed down over the forehead, ending above the brows. */
static void
fringe(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double y = hairline(p, f), away = p->parting < 0 ? 1 : -1;
	struct rng rng;
	int i;

	rng_init(&rng, p->look, 25);
	buf_addf(svg, "<path d=\"M-66 %.2f L-52 %.2f L52 %.2f L66 %.2f", y * 0.72,
		y * 1.2, y * 1.2, y * 0.72);
	for (i = 10; i >= -10; i--)
		buf_addf(svg, " L%.2f %.2f", i * 6.3 + away,
			fringe_end(p, i / 10.0) - 3.5);
	buf_addf(svg, "Z\" fill=\"%s\"/>\n<g fill=\"none\">\n",
		hex(p->hair_colour).text);
	for (i = 0; i < 320; i++) {
		double at = rng_real(&rng, -1, 1), end = fringe_end(p, at);
		double tip = at * 58 + away * rng_real(&rng, 1, 6);
		double root = p->parting * 0.4 + at * 34;
		struct point c[4] = {
			{ root, y * rng_real(&rng, 1.25, 1.6) },
			{ root + at * 12, y * 1.1 },
			{ tip - away * 3, end * 1.5 },
			{ tip, end + fmin(2.2 * rng_normal(&rng), 3.5) },
		};

		strand(svg, c, rng_real(&rng, 0.5, 1.3),
			rng_real(&rng, 0.25, 0.6), strand_colour(p, &rng));
	}
	buf_adds(svg, "</g>\n");
}

/* Locks before the ears, where they do not show. */
static void
side_locks(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double end = (p->hair == HAIR_LONG ? 150 : 84) * f->k;
	double v = p->hair_volume;
	int side;

	for (side = -1; side <= 1; side += 2)
		buf_addf(svg, "<path transform=\"scale(%d 1)\" d=\"M58 -44 C66 -20 "
			"66 20 62 %.2f C64 %.2f 78 %.2f %.2f %.2f C%.2f 40 %.2f "
			"-10 74 -20 Z\" fill=\"%s\"/>\n", side, end * 0.9, end + 3,
			end + 2, 84 + v, end * 0.8, 90 + v, 84 + v,
			hex(p->hair_colour).text);
}

void
paint_hair(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct buf cap = BUF_INIT;

	if (!p->ears && (p->hair == HAIR_BOB || p->hair == HAIR_LONG))
		side_locks(p, f, svg);
	edge_path(p, f, &cap);
	hairline_path(p, f, &cap);
	buf_addf(svg, "<clipPath id=\"%ccap\"><path d=\"%s\"/></clipPath>\n"
		"<path d=\"%s\" fill=\"%s\"/>\n", f->id, cap.data, cap.data,
		hex(p->hair_colour).text);
	buf_addf(svg, "<g clip-path=\"url(#%ccap)\" fill=\"none\">\n", f->id);
	combed(p, f, svg);
	buf_adds(svg, "</g>\n");
	if (p->fringe)
		fringe(p, f, svg);
	buf_addf(svg, "<g clip-path=\"url(#%ccap)\" fill=\"none\">\n", f->id);
	sheen(p, f, svg);
	if (p->hair == HAIR_SHORT)
		fade(p, svg);
	buf_adds(svg, "</g>\n<g fill=\"none\">\n");
	if (p->hair == HAIR_SHORT)
		ends(p, f, svg);
	flyaways(p, f, svg);
	buf_adds(svg, "</g>\n");
	buf_release(&cap);
}

static void
hanging(const struct portrait *p, struct buf *svg, double end, double width)
{
	struct rng rng;
	int i;

	rng_init(&rng, p->look, 23);
	buf_adds(svg, "<g fill=\"none\">\n");
	for (i = 0; i < 150; i++) {
		int side = rng_below(&rng, 2) ? 1 : -1;
		double x = side * rng_real(&rng, 0.66, 1.02) * width;
		double y = end * rng_real(&rng, 0.8, 1.0);
		struct point c[4] = {
			{ side * 70, rng_real(&rng, -50, -10) },
			{ x * 1.05, rng_real(&rng, 0.1, 0.3) * end },
			{ x * 1.03, rng_real(&rng, 0.4, 0.7) * end },
			{ x * rng_real(&rng, 0.93, 0.99), y },
		};

		strand(svg, c, rng_real(&rng, 0.3, 1.3),
			rng_real(&rng, 0.3, 0.8), strand_colour(p, &rng));
	}
	buf_adds(svg, "</g>\n");
}

/* A low knot at the nape, seen a little to one side. */
static void
knot(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	double x = p->parting > 0 ? -27 : 27, y = 78 * f->k;
	struct rng rng;
	int i;

	rng_init(&rng, p->look, 26);
	buf_addf(svg, "<ellipse cx=\"%.2f\" cy=\"%.2f\" rx=\"34\" ry=\"25\" "
		"fill=\"%s\"/>\n<g fill=\"none\">\n", x, y,
		hex(blend(p->hair_colour, black, 0.12)).text);
	for (i = 0; i < 60; i++) {
		double r = rng_real(&rng, 0.3, 0.98);
		double side = rng_below(&rng, 2) ? r : -r;
		struct point c[4] = {
			{ x - 33 * side, y + rng_real(&rng, -6, 6) },
			{ x - 26 * side, y + 25 * r },
			{ x + 10 * side, y + 30 * r },
			{ x + 30 * side, y - 6 },
		};

		strand(svg, c, rng_real(&rng, 0.4, 1.2),
			rng_real(&rng, 0.2, 0.5), strand_colour(p, &rng));
	}
	buf_adds(svg, "</g>\n");
}

void
paint_back_hair(const struct portrait *p, const struct frame *f,
	struct buf *svg)
{
	struct hex tone = hex(blend(p->hair_colour, black, 0.18));
	double v = p->hair_volume, end, w;

	if (p->hair == HAIR_BUN)
		knot(p, f, svg);
	if (p->hair != HAIR_BOB && p->hair != HAIR_LONG)
		return;
	end = (p->hair == HAIR_BOB ? 92 : 215) * f->k;
	w = (p->hair == HAIR_BOB ? 80 : 84) + v;
	buf_addf(svg, "<path d=\"M-70 -60 C%.2f -30 %.2f %.2f %.2f %.2f C%.2f "
		"%.2f -40 %.2f 0 %.2f C40 %.2f %.2f %.2f %.2f %.2f C%.2f %.2f "
		"%.2f -30 70 -60 Z\" fill=\"%s\"/>\n", -74 - v, -w - 3, end * 0.4,
		-w + 1, end * 0.8, -w + 3, end, end * 1.04, end * 1.02,
		end * 1.04, w - 3, end, w - 1, end * 0.8, w + 3, end * 0.4,
		74 + v, tone.text);
	hanging(p, svg, end, w);
}
