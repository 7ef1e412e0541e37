#include <math.h>

#include "lib/base/buf.h"
#include "scripts/draw/paint.h"
#include "scripts/draw/rng.h"

static const struct colour black = { 0, 0, 0 };
static const struct colour lash = { 34, 24, 22 };

/* The lids of one eye, outward x positive; y of the control points. */
struct lids {
	double in, out;		/* x of the corners */
	double yin, yout;
	double up1, up2;	/* upper lid, inner and outer control */
	double low1, low2;
};

static void
lids_shape(const struct portrait *p, struct lids *l)
{
	double z = p->eye_size, o = p->eyes;

	l->in = -14.6 * z;
	l->out = 15 * z;
	l->yin = 1.6;
	l->yout = -p->eye_slant;
	l->low1 = 3.4 * z + 2.4 * z * fmin(o, 1);
	l->low2 = 3.0 * z + 2.6 * z * fmin(o, 1);
	l->up1 = l->low1 + (-8.6 * z - l->low1) * o;
	l->up2 = l->low2 + (-8.2 * z - l->low2) * o;
}

static void
upper_lid(const struct lids *l, double lift, struct buf *svg)
{
	buf_addf(svg, "M%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f", l->in,
		l->yin - lift * 0.3, l->in * 0.55, l->up1 - lift * 1.25,
		l->out * 0.5, l->up2 - lift * 1.25, l->out, l->yout - lift * 0.5);
}

static void
lower_lid(const struct lids *l, struct buf *svg)
{
	buf_addf(svg, " C%.2f %.2f %.2f %.2f %.2f %.2f", l->out * 0.6, l->low2,
		l->in * 0.45, l->low1, l->in, l->yin);
}

static void
eyeball(const struct portrait *p, const struct frame *f, const struct lids *l,
	struct buf *svg, int side)
{
	struct buf lid = BUF_INIT;
	double z = p->eye_size;

	buf_addf(svg, "<clipPath id=\"%ceye%d\"><path d=\"", f->id, side > 0);
	upper_lid(l, 0, svg);
	lower_lid(l, svg);
	buf_addf(svg, " Z\"/></clipPath>\n<g clip-path=\"url(#%ceye%d)\">\n",
		f->id, side > 0);
	buf_adds(svg, "<rect x=\"-22\" y=\"-16\" width=\"44\" height=\"32\" "
		"fill=\"#efe8e2\"/>\n");
	buf_addf(svg, "<circle cx=\"%.2f\" cy=\"-1\" r=\"%.2f\" "
		"fill=\"url(#%ciris)\"/>\n", 0.2 * side, 6 * z, f->id);
	buf_addf(svg, "<circle cx=\"%.2f\" cy=\"-1\" r=\"%.2f\" "
		"fill=\"#0d0a09\"/>\n", 0.2 * side, 2.5 * z);
	upper_lid(l, 0, &lid);
	soft_stroke(svg, (struct brush){ 4, 1.2, 0.4,
		(struct colour){ 48, 33, 28 } }, "%s", lid.data);
	buf_release(&lid);
	buf_addf(svg, "<circle cx=\"%.2f\" cy=\"-3\" r=\"%.2f\" fill=\"#fff\" "
		"fill-opacity=\".95\"/>\n", -1.9 * side, 1.25 * z);
	buf_addf(svg, "<ellipse cx=\"%.2f\" cy=\"1.8\" rx=\"2\" ry=\"1\" "
		"fill=\"#fff\" fill-opacity=\".16\"/>\n", 1.6 * side);
	buf_addf(svg, "<ellipse cx=\"%.2f\" cy=\"1.4\" rx=\"2.4\" ry=\"1.8\" "
		"fill=\"#d79a8c\" fill-opacity=\".75\"/>\n</g>\n", l->in + 0.8);
}

static void
lid_lines(const struct portrait *p, const struct lids *l, struct buf *svg)
{
	struct colour crease = shade(p->skin, 0.6, 0.47, 0.42);
	double shut = 1 - fmin(p->eyes, 1);

	buf_addf(svg, "<path d=\"");
	upper_lid(l, 3.1 + 5 * shut, svg);
	buf_addf(svg, "\" fill=\"none\" stroke=\"%s\" stroke-width=\".9\" "
		"stroke-opacity=\"%.2f\"/>\n<path d=\"M%.2f %.2f",
		hex(crease).text, 0.6 - 0.5 * shut, l->out, l->yout);
	lower_lid(l, svg);
	buf_addf(svg, "\" fill=\"none\" stroke=\"%s\" stroke-width=\".7\" "
		"stroke-opacity=\".55\"/>\n<path d=\"", hex(crease).text);
	upper_lid(l, 0, svg);
	/* thicker outwards: the lid line and its copy lifted at the outer end */
	buf_addf(svg, " L%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f Z\" "
		"fill=\"%s\" stroke=\"%s\" stroke-width=\"%.2f\"/>\n",
		l->out + 1.6, l->yout - 1.2, l->out * 0.5, l->up2 - 1.5,
		l->in * 0.55, l->up1 - 0.6, l->in, l->yin, hex(lash).text,
		hex(lash).text, (p->female ? 0.95 : 0.7) + 1.6 * shut);
}

/* Middle line of the brow at t in 0..1, inner to outer end, and its half
 * thickness. */
static struct point
brow_line(const struct portrait *p, double t, double *half)
{
	double rise = p->brow_arch * (1 - (t - 0.62) * (t - 0.62) / 0.3844);

	*half = 2.6 * p->brow_weight * (t < 0.25 ? 0.6 + 1.6 * t :
		1 - 1.35 * (t - 0.25) * (t - 0.25) - 0.18 * (t - 0.25));
	return (struct point){ -18 + 41 * t, -p->brow_height - rise + 0.8 * t +
		1.2 * (1 - t) * (1 - t) };
}

static void
brow_shape(const struct portrait *p, struct buf *svg, double part,
	double opacity)
{
	double half;
	int i;

	buf_adds(svg, "<path d=\"M");
	for (i = 0; i <= 48; i++) {
		struct point at = brow_line(p, i <= 24 ? i / 24.0 :
			(48 - i) / 24.0, &half);

		buf_addf(svg, "%.2f %.2f ", at.x,
			at.y + (i <= 24 ? -half : half) * part);
	}
	buf_addf(svg, "Z\" fill=\"%s\" fill-opacity=\"%.2f\"/>\n",
		hex(blend(p->hair_colour, p->skin, 0.22)).text, opacity);
}

static void
brow(const struct portrait *p, struct buf *svg, struct rng *rng)
{
	struct colour tone = blend(p->hair_colour, p->skin, 0.12);
	double half;
	int i;

	brow_shape(p, svg, 1.12, 0.16);
	brow_shape(p, svg, 0.96, 0.24);
	brow_shape(p, svg, 0.76, 0.34);
	for (i = 0; i < 90; i++) {
		double t = rng_real(rng, 0, 0.94), from = rng_real(rng, -0.5, 1);
		struct point at = brow_line(p, t, &half);
		double rise = fmax(1.3 - 1.7 * t, -0.1);
		double to = fmax(from - rise, -1.08);

		buf_addf(svg, "<path d=\"M%.2f %.2fq%.2f %.2f %.2f %.2f\" "
			"fill=\"none\" stroke=\"%s\" stroke-width=\".38\" "
			"stroke-opacity=\".55\"/>\n", at.x, at.y + half * from,
			0.4 + t, half * (to - from) * 0.7, 1.3 + 2.6 * t,
			half * (to - from), hex(tone).text);
	}
}

static void
one_eye(const struct portrait *p, const struct frame *f, struct buf *svg,
	int side)
{
	struct colour dark = shade(p->skin, 0.66, 0.52, 0.46);
	double open = fmin(p->eyes, 1);
	struct lids l;
	struct rng rng;

	rng_init(&rng, p->look, side > 0 ? 11 : 12);
	lids_shape(p, &l);
	buf_addf(svg, "<g transform=\"translate(%.3f 0) scale(%d 1)\">\n",
		turned(p, side * p->eye_gap, EYE_DEPTH), side);
	soft_ellipse(svg, (struct point){ -8, -9 }, (struct point){ 13, 6 }, 4,
		dark, 0.2 + 0.14 * open);
	soft_ellipse(svg, (struct point){ 0, 1 }, (struct point){ 16, 8 }, 4,
		dark, 0.08 + 0.22 * open);
	soft_stroke(svg, (struct brush){ 1.6, 1.4, 0.02 + 0.11 * open, dark },
		"M-12 9.5 C-5 12.5 6 12.5 13 8");
	if (p->eyes > 0.02)
		eyeball(p, f, &l, svg, side);
	lid_lines(p, &l, svg);
	brow(p, svg, &rng);
	buf_adds(svg, "</g>\n");
}

void
paint_eyes(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	one_eye(p, f, svg, -1);
	one_eye(p, f, svg, 1);
}

/* Heights of the mouth around its centre, mm. */
struct mouth {
	double w, l, corner, up, low, gap;
};

static void
mouth_inside(const struct portrait *p, const struct frame *f,
	const struct mouth *m, struct buf *svg)
{
	buf_addf(svg, "<clipPath id=\"%cgap\"><path d=\"M%.2f %.2f C%.2f %.2f "
		"%.2f %.2f %.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f Z\"/>"
		"</clipPath>\n<g clip-path=\"url(#%cgap)\">\n", f->id,
		-m->w, m->corner, -m->w * 0.5, m->up - 0.6, m->w * 0.5,
		m->up - 0.6, m->w, m->corner, m->w * 0.6, m->low * 1.3 + 0.2,
		-m->w * 0.6, m->low * 1.3 + 0.2, -m->w, m->corner, f->id);
	buf_adds(svg, "<rect x=\"-40\" y=\"-20\" width=\"80\" height=\"60\" "
		"fill=\"#3a1416\"/>\n");
	if (m->gap > 9)
		buf_addf(svg, "<ellipse cx=\"0\" cy=\"%.2f\" rx=\"14\" ry=\"5\" "
			"fill=\"#a4545a\"/>\n", m->low + 1);
	if (p->teeth)
		buf_addf(svg, "<rect x=\"%.2f\" y=\"-20\" width=\"%.2f\" "
			"height=\"%.2f\" rx=\"3\" fill=\"#efe9df\"/>\n",
			-m->w * 0.86, m->w * 1.72,
			20 + m->up + fmin(m->gap * 0.8, 8));
	buf_adds(svg, "</g>\n");
}

static void
lips(const struct portrait *p, const struct mouth *m, struct buf *svg)
{
	struct colour red = blend(p->skin, (struct colour){ 176, 72, 76 },
		p->female ? 0.56 : 0.42);
	double w = m->w, l = m->l;

	buf_addf(svg, "<path d=\"M%.2f %.2f C%.2f %.2f -7 %.2f -3.4 %.2f C-1.6 "
		"%.2f 1.6 %.2f 3.4 %.2f C7 %.2f %.2f %.2f %.2f %.2f C%.2f %.2f 3 "
		"%.2f 0 %.2f C-3 %.2f %.2f %.2f %.2f %.2f Z\" fill=\"%s\"/>\n",
		-w, m->corner, -w * 0.62, m->corner - 3.4 * l, m->up - 7.8 * l,
		m->up - 7 * l, m->up - 6 * l, m->up - 6 * l, m->up - 7 * l,
		m->up - 7.8 * l, w * 0.62, m->corner - 3.4 * l, w, m->corner,
		w * 0.55, m->up - 0.6, m->up - 0.6, m->up + 0.5, m->up - 0.6,
		-w * 0.55, m->up - 0.6, -w, m->corner,
		hex(shade(red, 0.93, 0.88, 0.88)).text);
	buf_addf(svg, "<path d=\"M%.2f %.2f C%.2f %.2f %.2f %.2f %.2f %.2f "
		"C%.2f %.2f %.2f %.2f %.2f %.2f Z\" fill=\"%s\"/>\n", -w, m->corner,
		-w * 0.6, m->low * 1.3 + 0.2, w * 0.6, m->low * 1.3 + 0.2, w,
		m->corner, w * 0.58, m->low + 12.4 * l, -w * 0.58,
		m->low + 12.4 * l, -w, m->corner, hex(red).text);
	soft_ellipse(svg, (struct point){ -2, m->low + 4.6 * l },
		(struct point){ 9, 1.8 }, 1, (struct colour){ 255, 255, 255 },
		0.3);
}

void
paint_mouth(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct colour dark = shade(p->skin, 0.66, 0.54, 0.5);
	struct mouth m = { .w = p->mouth_width, .l = p->lips };
	int side;

	m.gap = p->mouth * 22;
	m.up = -0.12 * m.gap;
	m.low = 0.88 * m.gap;
	m.corner = 0.3 * m.gap - 2.4 * p->smile;
	buf_addf(svg, "<g transform=\"translate(%.2f %.2f)\">\n",
		turned(p, 0, 74), 72.5 * f->k - 0.25 * m.gap);
	soft_ellipse(svg, (struct point){ 0, m.low + 13 * m.l },
		(struct point){ 14, 2.6 }, 2, dark, 0.42);
	soft_stroke(svg, (struct brush){ 1.6, 1, 0.2, dark },
		"M-2.6 -17 L-3.4 -9 M2.6 -17 L3.4 -9");
	if (m.gap > 0.05)
		mouth_inside(p, f, &m, svg);
	lips(p, &m, svg);
	if (m.gap <= 1.5)
		buf_addf(svg, "<path d=\"M%.2f %.2f C%.2f .4 -5 -.6 0 .5 C5 -.6 "
			"%.2f .4 %.2f %.2f\" fill=\"none\" stroke=\"%s\" "
			"stroke-width=\"1\" stroke-opacity=\".8\"/>\n", -m.w,
			m.corner, -m.w * 0.6, m.w * 0.6, m.w, m.corner,
			hex(blend(shade(dark, 0.6, 0.36, 0.36), black, 0.1)).text);
	for (side = -1; side <= 1; side += 2)
		soft_ellipse(svg, (struct point){ side * (m.w + 1), m.corner },
			(struct point){ 1.6, 1.6 }, 1, dark, 0.5);
	buf_adds(svg, "</g>\n");
}
