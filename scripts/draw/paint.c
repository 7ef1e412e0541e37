#include "scripts/draw/paint.h"

#include <math.h>

#include "lib/base/buf.h"

struct hex
hex(struct colour colour)
{
	static const char digits[] = "0123456789abcdef";
	double channel[3] = { colour.r, colour.g, colour.b };
	struct hex out = { "#" };
	int i;

	for (i = 0; i < 3; i++) {
		int v = (int)(channel[i] + 0.5);

		v = v < 0 ? 0 : v > 255 ? 255 : v;
		out.text[1 + 2 * i] = digits[v >> 4];
		out.text[2 + 2 * i] = digits[v & 15];
	}
	return out;
}

struct colour
blend(struct colour a, struct colour b, double t)
{
	return (struct colour){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t,
		a.b + (b.b - a.b) * t };
}

struct colour
shade(struct colour a, double r, double g, double b)
{
	return (struct colour){ fmin(a.r * r, 255), fmin(a.g * g, 255),
		fmin(a.b * b, 255) };
}

void
soft_ellipse(struct buf *svg, struct point at, struct point radius,
	double sigma, struct colour colour, double opacity)
{
	struct hex tone = hex(colour);
	const char *name = tone.text;

	buf_addf(svg, "<radialGradient id=\"s%s\">"
		"<stop offset=\"0\" stop-color=\"%s\"/>"
		"<stop offset=\".25\" stop-color=\"%s\" stop-opacity=\".86\"/>"
		"<stop offset=\".5\" stop-color=\"%s\" stop-opacity=\".5\"/>"
		"<stop offset=\".75\" stop-color=\"%s\" stop-opacity=\".16\"/>"
		"<stop offset=\"1\" stop-color=\"%s\" stop-opacity=\"0\"/>"
		"</radialGradient>\n", name + 1, name, name, name, name, name);
	buf_addf(svg, "<ellipse cx=\"%.2f\" cy=\"%.2f\" rx=\"%.2f\" "
		"ry=\"%.2f\" fill=\"url(#s%s)\" fill-opacity=\"%.3f\"/>\n",
		at.x, at.y, radius.x * 0.9 + 1.8 * sigma,
		radius.y * 0.9 + 1.8 * sigma, name + 1, opacity);
}

/* Ever narrower layers whose sum rises from 0 to the opacity as a cosine. */
void
soft_stroke(struct buf *svg, struct brush brush, const char *format, ...)
{
	double clear = 1;
	struct buf path = BUF_INIT;
	va_list args;
	int i, layers = 8;

	va_start(args, format);
	buf_vaddf(&path, format, args);
	va_end(args);
	for (i = 1; i <= layers; i++) {
		double rise = (1 - cos(3.141592653589793 * i / layers)) / 2;
		double target = 1 - brush.opacity * rise;
		double width = brush.width + 4 * brush.sigma *
			(0.5 - (i - 0.5) / layers);

		buf_addf(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" "
			"stroke-width=\"%.2f\" stroke-opacity=\"%.4f\"/>\n",
			path.data, hex(brush.colour).text, fmax(width, 0.3),
			1 - target / clear);
		clear = target;
	}
	buf_release(&path);
}
