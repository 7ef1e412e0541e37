#include "painted.h"

#include <math.h>

#include <algorithm>

double
uniform(dice &d, double low, double high)
{
	return low + (high - low) * (d() / 4294967296.0);
}

double
normal(dice &d)
{
	double sum = 0;
	for (int i = 0; i < 12; i++)
		sum += uniform(d, 0, 1);
	return sum - 6;
}

static bool
inside(const std::vector<struct point> &polygon, double x, double y)
{
	bool in = false;
	for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
		const struct point &a = polygon[i], &b = polygon[j];
		if ((a.y > y) != (b.y > y) &&
			x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
			in = !in;
	}
	return in;
}

/* Paint polygon with a level that runs from top to bottom and side to side, folds
 * across it, and grain. */
static void
paint(face *f, const std::vector<struct point> &polygon, double level, double cover,
	double folds, dice &d)
{
	double across = uniform(d, -0.3, 0.3), down = uniform(d, -0.3, 0.3);
	double period = uniform(d, 6, 20), phase = uniform(d, 0, 6);
	double grain = uniform(d, 0, 4);
	double print = folds > 0 && uniform(d, 0, 1) < 0.3 ? uniform(d, 15, 70) : 0;
	double beat = uniform(d, 5, 16), slant = uniform(d, -1, 1);
	for (int y = 0; y < f->height; y++)
		for (int x = 0; x < f->width; x++) {
			if (!inside(polygon, x, y))
				continue;
			unsigned char &p = f->grey[(size_t)y * f->width + x];
			double v = level + across * (x - f->width / 2) +
				down * (y - f->height / 2) +
				folds * sin(y * 6.28 / period + phase) + grain * normal(d) +
				print * sin((x + slant * y) * 6.28 / beat) *
				sin((y - slant * x) * 6.28 / beat + phase);
			v = cover * v + (1 - cover) * p;
			p = (unsigned char)std::min(std::max(v, 0.0), 255.0);
		}
}

static struct point
mix(const struct point &a, const struct point &b, double t)
{
	return { a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t };
}

/* Cloth from somewhere on the nose to below the chin. */
face
with_mask(const face &f, dice &d)
{
	static const int jaw[] = { FACE_CHEEK_LEFT, FACE_JAW_LEFT, FACE_CHIN_LEFT,
		FACE_CHIN, FACE_CHIN_RIGHT, FACE_JAW_RIGHT, FACE_CHEEK_RIGHT };
	const struct point *p = f.points;
	struct point centre = mix(p[FACE_NOSE_BASE], p[FACE_CHIN], 0.3);
	double grow = uniform(d, 0.95, 1.12), size = eye_distance(p);
	std::vector<struct point> polygon;
	face made = f;
	polygon.push_back(mix(p[FACE_NOSE_BRIDGE], p[FACE_NOSE_TIP], uniform(d, 0.2, 0.9)));
	for (int i = 6; i >= 0; i--) {
		struct point at = mix(centre, p[jaw[i]], grow);
		at.x += normal(d) * size * 0.04;
		at.y += normal(d) * size * 0.04;
		if (i == 6 || i == 0)
			at.y -= uniform(d, 0, 0.2) * size;
		polygon.push_back(at);
	}
	paint(&made, polygon, uniform(d, 0, 1) < 0.7 ? uniform(d, 130, 245) :
		uniform(d, 10, 130), 1, uniform(d, 0, 1) < 0.5 ? uniform(d, 2, 12) : 0, d);
	return made;
}

/* A rounded square about c. */
static std::vector<struct point>
lens(const struct point &c, double w, double h, double power)
{
	std::vector<struct point> polygon;
	for (int i = 0; i < 24; i++) {
		double a = i * 6.2832 / 24, r = pow(pow(fabs(cos(a)), power) +
			pow(fabs(sin(a)), power), -1 / power);
		polygon.push_back({ c.x + w * r * cos(a), c.y + h * r * sin(a) });
	}
	return polygon;
}

/* Outline of a lens, thick pixels wide. */
static void
rim(face *f, const std::vector<struct point> &polygon, double thick, double level,
	dice &d)
{
	for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
		const struct point &a = polygon[j], &b = polygon[i];
		double dx = b.x - a.x, dy = b.y - a.y, n = hypot(dx, dy) / thick * 2;
		paint(f, { { a.x - dy / n, a.y + dx / n }, { b.x - dy / n, b.y + dx / n },
			{ b.x + dy / n, b.y - dx / n }, { a.x + dy / n, a.y - dx / n } },
			level, 1, 0, d);
	}
}

face
with_glasses(const face &f, bool dark, dice &d)
{
	static const int eyes[2][2] = { { FACE_EYE_LEFT_OUTER, FACE_EYE_LEFT_INNER },
		{ FACE_EYE_RIGHT_INNER, FACE_EYE_RIGHT_OUTER } };
	double size = eye_distance(f.points);
	double w = size * uniform(d, 0.3, 0.46), h = size * uniform(d, 0.2, 0.36);
	double level = uniform(d, 0, dark ? 60 : 120), cover = uniform(d, 0.85, 1);
	double drop = size * uniform(d, -0.03, 0.1), power = uniform(d, 2, 5);
	double thick = std::max(size * uniform(d, 0.02, 0.07), 1.2);
	struct point c[2];
	face made = f;
	for (int e = 0; e < 2; e++) {
		c[e] = mix(f.points[eyes[e][0]], f.points[eyes[e][1]], 0.5);
		c[e].y += drop;
		if (dark)
			paint(&made, lens(c[e], w, h, power), level, cover, 0, d);
		else if (uniform(d, 0, 1) < 0.2)
			paint(&made, lens(c[e], w, h, power), 230, uniform(d, 0.05, 0.3), 0, d);
		if (!dark || uniform(d, 0, 1) < 0.3)
			rim(&made, lens(c[e], w, h, power), thick, level, d);
	}
	double top = h * 0.4;
	paint(&made, { { c[0].x, c[0].y - top - thick }, { c[1].x, c[1].y - top - thick },
		{ c[1].x, c[1].y - top }, { c[0].x, c[0].y - top } }, level,
		dark ? cover : 0, 0, d);
	paint(&made, { { c[0].x + w, c[0].y - top - thick }, { c[1].x - w, c[1].y - top - thick },
		{ c[1].x - w, c[1].y - top }, { c[0].x + w, c[0].y - top } }, level, 1, 0, d);
	return made;
}

/* A line from temple to temple above the brows at t = 0 ... 1, lift distances of the
 * eyes above their line and bent upward by bend. */
static struct point
above_brows(const struct point *p, double reach, double lift, double bend, double t)
{
	struct point left = mix(p[FACE_TEMPLE_RIGHT], p[FACE_TEMPLE_LEFT], reach);
	struct point right = mix(p[FACE_TEMPLE_LEFT], p[FACE_TEMPLE_RIGHT], reach);
	double size = eye_distance(p), sag = 4 * t * (1 - t);
	struct point at = mix(left, right, t);
	double dx = (right.x - left.x), dy = right.y - left.y, n = hypot(dx, dy);
	double up = size * (lift + bend * sag);
	return { at.x + dy / n * up, at.y - dx / n * up };
}

static const int RIM = 12;

/* What covers the top of the head, from a rim over the forehead. */
static std::vector<struct point>
dome(const struct point *p, double reach, double lift, double bend, double height)
{
	std::vector<struct point> polygon;
	for (int i = 0; i <= RIM; i++)
		polygon.push_back(above_brows(p, reach, lift, bend, (double)i / RIM));
	for (int i = RIM; i >= 0; i--) {
		double t = (double)i / RIM, round = sqrt(std::max(1 - pow(2 * t - 1, 4), 0.0));
		polygon.push_back(above_brows(p, reach, lift + height * round, bend, t));
	}
	return polygon;
}

/* A band along the rim: a peak, or the turned-up edge of a knitted cap. */
static std::vector<struct point>
band(const struct point *p, double reach, double low, double high, double bend)
{
	std::vector<struct point> polygon;
	for (int i = 0; i <= RIM; i++)
		polygon.push_back(above_brows(p, reach, low, bend, (double)i / RIM));
	for (int i = RIM; i >= 0; i--)
		polygon.push_back(above_brows(p, reach, high, bend, (double)i / RIM));
	return polygon;
}

/* From the shoulders round the top of the head, with a hole for the face. */
static void
add_hood(face *f, double level, double folds, dice &d)
{
	const struct point *p = f->points;
	double lift = uniform(d, 0.55, 0.95), size = eye_distance(p);
	std::vector<struct point> polygon = dome(p, uniform(d, 1.02, 1.1), lift,
		uniform(d, 0.05, 0.3), uniform(d, 0.5, 0.8));
	for (int side = 0; side < 2; side++) {
		struct point ear = p[side ? FACE_TEMPLE_RIGHT : FACE_TEMPLE_LEFT];
		struct point jaw = p[side ? FACE_JAW_RIGHT : FACE_JAW_LEFT];
		double out = (side ? 1 : -1) * size * uniform(d, 0.4, 0.7);
		paint(f, { { ear.x, ear.y - lift * size }, { ear.x + out, ear.y - lift * size },
			{ jaw.x + out, jaw.y + size }, { jaw.x, jaw.y + size * 0.5 }, jaw, ear },
			level, 1, folds, d);
	}
	paint(f, polygon, level, 1, folds, d);
}

face
with_hat(const face &f, dice &d)
{
	const struct point *p = f.points;
	double level = uniform(d, 0, 1) < 0.5 ? uniform(d, 5, 110) : uniform(d, 110, 245);
	double folds = uniform(d, 0, 1) < 0.6 ? uniform(d, 3, 18) : 0;
	double reach = uniform(d, 1, 1.14), lift = uniform(d, 0.4, 0.85);
	double bend = uniform(d, -0.02, 0.25), height = uniform(d, 0.6, 1.3);
	double kind = uniform(d, 0, 1);
	face made = f;
	if (kind < 0.2) {
		add_hood(&made, level, folds, d);
		return made;
	}
	paint(&made, dome(p, reach, lift, bend, height), level, 1, folds, d);
	if (kind < 0.55) {
		/* a peak, and its shadow on the forehead */
		double deep = uniform(d, 0.12, 0.4), near = level * uniform(d, 0.4, 1.2);
		paint(&made, band(p, 1, lift - 0.25, lift, bend), 20, uniform(d, 0.1, 0.5), 0, d);
		paint(&made, band(p, uniform(d, 0.9, 1.1), lift - deep * 0.4, lift + deep, bend),
			near, 1, 0, d);
	} else if (kind < 0.8) {
		paint(&made, band(p, reach, lift, lift + uniform(d, 0.2, 0.45), bend),
			level + uniform(d, -40, 40), 1, uniform(d, 0, 15), d);
	}
	return made;
}
