/*
 * traits: train share/traits.dat (lib/check/traits.h) from the labelled landmarks.
 *
 *	traits DATA LANDMARKS OUTPUT
 *
 * Gaps of lids and lips come from the labels; masks and dark glasses are painted
 * over the training pictures.  Landmarks are those that the model finds, jittered,
 * because it knows the training pictures better than strangers.  Prints errors and
 * trade-offs on the test part.  The same input gives the same bytes.
 */
#include "faces.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <random>

#include <dlib/matrix.h>

extern "C" {
#include "lib/base/buf.h"
#include "lib/check/traits.h"
}

typedef std::mt19937 dice;

static double
uniform(dice &d, double low, double high)
{
	return low + (high - low) * (d() / 4294967296.0);
}

static double
normal(dice &d)
{
	double sum = 0;
	for (int i = 0; i < 12; i++)
		sum += uniform(d, 0, 1);
	return sum - 6;
}

static double
gap(const struct point &a, const struct point &b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static double
eye_label(const struct point *p, int which)
{
	if (which == 0)
		return (gap(p[FACE_EYE_LEFT_UPPER_OUTER], p[FACE_EYE_LEFT_LOWER_OUTER]) +
			gap(p[FACE_EYE_LEFT_UPPER_INNER], p[FACE_EYE_LEFT_LOWER_INNER])) /
			2 / gap(p[FACE_EYE_LEFT_OUTER], p[FACE_EYE_LEFT_INNER]);
	return (gap(p[FACE_EYE_RIGHT_UPPER_OUTER], p[FACE_EYE_RIGHT_LOWER_OUTER]) +
		gap(p[FACE_EYE_RIGHT_UPPER_INNER], p[FACE_EYE_RIGHT_LOWER_INNER])) /
		2 / gap(p[FACE_EYE_RIGHT_OUTER], p[FACE_EYE_RIGHT_INNER]);
}

static double
lips_label(const face &f)
{
	const struct point *p = f.points;
	return (gap(p[FACE_INNER_UPPER_LEFT], p[FACE_INNER_LOWER_LEFT]) +
		gap(p[FACE_INNER_UPPER], p[FACE_INNER_LOWER]) +
		gap(p[FACE_INNER_UPPER_RIGHT], p[FACE_INNER_LOWER_RIGHT])) / 3 /
		eye_distance(p);
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
	for (int y = 0; y < f->height; y++)
		for (int x = 0; x < f->width; x++) {
			if (!inside(polygon, x, y))
				continue;
			unsigned char &p = f->grey[(size_t)y * f->width + x];
			double v = level + across * (x - f->width / 2) +
				down * (y - f->height / 2) +
				folds * sin(y * 6.28 / period + phase) + grain * normal(d);
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
static face
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

static face
with_glasses(const face &f, dice &d)
{
	double size = eye_distance(f.points);
	double w = size * uniform(d, 0.3, 0.46), h = size * uniform(d, 0.2, 0.36);
	double level = uniform(d, 0, 60), cover = uniform(d, 0.85, 1);
	double drop = size * uniform(d, -0.03, 0.1), power = uniform(d, 2, 5);
	face made = f;
	static const int eyes[2][2] = { { FACE_EYE_LEFT_OUTER, FACE_EYE_LEFT_INNER },
		{ FACE_EYE_RIGHT_INNER, FACE_EYE_RIGHT_OUTER } };
	std::vector<struct point> bridge;
	for (int e = 0; e < 2; e++) {
		struct point c = mix(f.points[eyes[e][0]], f.points[eyes[e][1]], 0.5);
		std::vector<struct point> lens;
		for (int i = 0; i < 24; i++) {
			double a = i * 6.2832 / 24, r = pow(pow(fabs(cos(a)), power) +
				pow(fabs(sin(a)), power), -1 / power);
			lens.push_back({ c.x + w * r * cos(a), c.y + drop + h * r * sin(a) });
		}
		paint(&made, lens, level, cover, 0, d);
		bridge.insert(e ? bridge.begin() : bridge.end(), c);
	}
	struct point a = bridge[0], b = bridge[1];
	double t = size * 0.03, top = drop - h * 0.4;
	paint(&made, { { a.x, a.y + top - t }, { b.x, b.y + top - t },
		{ b.x, b.y + top + t }, { a.x, a.y + top + t } }, level, cover, 0, d);
	return made;
}

/* Height of the arch over corners a and b at x, whose middle is at apex. */
static double
arch(const struct point &a, const struct point &b, double apex, double x)
{
	double t = std::min(std::max((x - a.x) / (b.x - a.x), 0.0), 1.0);
	double line = a.y + (b.y - a.y) * t;
	return line + (apex - (a.y + b.y) / 2) * 4 * t * (1 - t);
}

/* Draw the skin above an eye down over it, with lashes along the lower lid. */
static void
shut_eye(face *f, const struct point &left, const struct point &right,
	const struct point &upper, const struct point &lower, double brow, dice &d)
{
	double w = right.x - left.x;
	struct point a = { left.x - w * uniform(d, 0.05, 0.15), left.y };
	struct point b = { right.x + w * uniform(d, 0.05, 0.15), right.y };
	double top = upper.y - w * uniform(d, 0.08, 0.18);
	double bottom = lower.y + w * uniform(d, -0.04, 0.08);
	double room = std::max(top - brow, 0.1 * w) * 0.8;
	double thick = w * uniform(d, 0.03, 0.07), dark = uniform(d, 20, 110);
	double lash = bottom - w * uniform(d, 0, 0.08);
	std::vector<unsigned char> source = f->grey;
	for (int x = std::max((int)a.x, 0); x <= b.x && x < f->width; x++) {
		double up = arch(a, b, top, x), down = arch(a, b, bottom, x);
		double line = arch(a, b, lash, x), height = std::max(down - up, 1.0);
		for (int y = std::max((int)up, 0); y <= down + 3 * thick && y < f->height; y++) {
			unsigned char &p = f->grey[(size_t)y * f->width + x];
			double v = p, from = up - std::min((y - up) / height, 1.0) * room;
			int row = std::min(std::max((int)from, 0), f->height - 1);
			double in = std::min(std::max((down - y) / 1.5 + 0.5, 0.0), 1.0);
			v = in * source[(size_t)row * f->width + x] + (1 - in) * v;
			v -= dark * exp(-(y - line) * (y - line) / (2 * thick * thick / 4)) +
				2 * normal(d);
			p = (unsigned char)std::min(std::max(v, 0.0), 255.0);
		}
	}
}

static face
with_shut_eyes(const face &f, dice &d)
{
	const struct point *p = f.points;
	face made = f;
	shut_eye(&made, p[FACE_EYE_LEFT_OUTER], p[FACE_EYE_LEFT_INNER],
		mix(p[FACE_EYE_LEFT_UPPER_OUTER], p[FACE_EYE_LEFT_UPPER_INNER], 0.5),
		mix(p[FACE_EYE_LEFT_LOWER_OUTER], p[FACE_EYE_LEFT_LOWER_INNER], 0.5),
		p[FACE_BROW_LEFT_MIDDLE].y, d);
	shut_eye(&made, p[FACE_EYE_RIGHT_INNER], p[FACE_EYE_RIGHT_OUTER],
		mix(p[FACE_EYE_RIGHT_UPPER_OUTER], p[FACE_EYE_RIGHT_UPPER_INNER], 0.5),
		mix(p[FACE_EYE_RIGHT_LOWER_OUTER], p[FACE_EYE_RIGHT_LOWER_INNER], 0.5),
		p[FACE_BROW_RIGHT_MIDDLE].y, d);
	return made;
}

struct samples {
	std::vector<std::vector<float>> x;
	std::vector<double> y;
};

static bool
find_points(struct face_finder *finder, const face &f, struct point *points)
{
	struct buf err = BUF_INIT;
	struct face_grey grey = grey_of(f);
	bool ok = face_landmarks(finder, &grey, &f.box, points, &err) == 0;
	buf_release(&err);
	return ok;
}

/* One picture, as it is found and with the points a little off. */
static void
add(samples *s, enum trait trait, const face &f, struct face_finder *finder,
	const double *label, int copies, dice &d)
{
	struct face_grey grey = grey_of(f);
	struct point points[FACE_POINTS];
	if (!find_points(finder, f, points))
		return;
	double size = gap(points[FACE_EYE_LEFT], points[FACE_EYE_RIGHT]);
	for (int copy = 0; copy < copies; copy++)
		for (int which = 0; which <= (trait == TRAIT_EYE_OPEN); which++) {
			struct point moved[FACE_POINTS];
			for (int i = 0; i < FACE_POINTS; i++) {
				moved[i] = points[i];
				moved[i].x += copy ? normal(d) * size * 0.03 : 0;
				moved[i].y += copy ? normal(d) * size * 0.03 : 0;
			}
			std::vector<float> x(traits_count(trait));
			traits_features(trait, which, &grey, moved, x.data());
			s->x.push_back(x);
			s->y.push_back(label[which]);
		}
}

static samples
sample(enum trait trait, const std::vector<face> &faces, struct face_finder *finder,
	int copies, bool mirror, uint32_t seed)
{
	samples s;
	dice d(seed);
	for (const face &original : faces)
		for (int m = 0; m <= mirror; m++) {
			face f = m ? mirrored(original) : original;
			double label[2] = { 0, 0 }, one = 1, none = 0;
			if (!f.detected)
				continue;
			if (trait == TRAIT_EYE_OPEN) {
				/* what may be shut already teaches nothing */
				if (std::min(eye_label(f.points, 0),
					eye_label(f.points, 1)) < 0.17)
					continue;
				label[0] = label[1] = 1;
				face shut = with_shut_eyes(f, d);
				double zero[2] = { 0, 0 };
				add(&s, trait, shut, finder, zero, copies, d);
			} else if (trait == TRAIT_LIPS_APART) {
				label[0] = lips_label(f);
			}
			add(&s, trait, f, finder, label, copies, d);
			if (trait == TRAIT_MOUTH_COVERED || trait == TRAIT_EYES_COVERED) {
				face mask = with_mask(f, d), glasses = with_glasses(f, d);
				add(&s, trait, mask, finder, trait == TRAIT_MOUTH_COVERED ?
					&one : &none, 1, d);
				add(&s, trait, glasses, finder, trait == TRAIT_MOUTH_COVERED ?
					&none : &one, 1, d);
			}
		}
	return s;
}

static std::vector<float>
solve(const samples &s, double ridge)
{
	long n = (long)s.x[0].size(), rows = (long)s.x.size();
	dlib::matrix<double> a = dlib::zeros_matrix<double>(n, n);
	dlib::matrix<double> b = dlib::zeros_matrix<double>(n, 1);
	for (long at = 0; at < rows; at += 1024) {
		long count = std::min(1024L, rows - at);
		dlib::matrix<double> x(count, n), y(count, 1);
		for (long i = 0; i < count; i++) {
			for (long j = 0; j < n; j++)
				x(i, j) = (double)s.x[at + i][j];
			y(i) = s.y[at + i];
		}
		a += trans(x) * x;
		b += trans(x) * y;
	}
	for (long j = 0; j < n - 1; j++)
		a(j, j) += ridge * (double)rows;
	dlib::cholesky_decomposition<dlib::matrix<double>> c(a);
	dlib::matrix<double> w = c.solve(b);
	return std::vector<float>(w.begin(), w.end());
}

static void
report(enum trait trait, const samples &s, const std::vector<float> &w)
{
	std::vector<double> v, low, high;
	double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, n = (double)s.y.size();
	for (size_t i = 0; i < s.x.size(); i++) {
		double sum = 0;
		for (size_t j = 0; j < w.size(); j++)
			sum += (double)w[j] * (double)s.x[i][j];
		v.push_back(sum);
		sx += sum, sy += s.y[i], sxx += sum * sum, syy += s.y[i] * s.y[i];
		sxy += sum * s.y[i];
	}
	printf("trait %d: %zu of the test part, correlation %.2f\n", trait, s.y.size(),
		(sxy - sx * sy / n) / sqrt((sxx - sx * sx / n) * (syy - sy * sy / n)));
	/* Between the two a label says neither. */
	static const double shut[] = { 0.5, 0.04, 0.5, 0.5 }, open[] = { 0.5, 0.14, 0.5, 0.5 };
	for (size_t i = 0; i < v.size(); i++) {
		if (s.y[i] < shut[trait])
			low.push_back(v[i]);
		else if (s.y[i] > open[trait])
			high.push_back(v[i]);
	}
	std::sort(low.begin(), low.end());
	std::sort(high.begin(), high.end());
	printf("  below %.2f: %zu, above %.2f: %zu\n", shut[trait], low.size(),
		open[trait], high.size());
	static const double q[] = { 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9,
		0.95, 0.98, 0.99, 0.995, 0.999 };
	for (double share : q)
		if (!low.empty() && !high.empty())
			printf("  %5.1f %%  %7.3f  %7.3f\n", 100 * share,
				low[(size_t)(share * (double)(low.size() - 1))],
				high[(size_t)(share * (double)(high.size() - 1))]);
}

int
main(int argc, char *argv[])
{
	struct buf err = BUF_INIT;
	if (argc != 4) {
		fputs("usage: traits DATA LANDMARKS OUTPUT\n", stderr);
		return 2;
	}
	struct face_finder *finder = face_finder_new(argv[2], &err);
	FILE *out = fopen(argv[3], "wb");
	if (finder == NULL || out == NULL) {
		fprintf(stderr, "traits: %s\n", finder == NULL ? err.data : "cannot write");
		return 2;
	}
	std::vector<face> train = load_faces(argv[1], "train", finder);
	std::vector<face> test = load_faces(argv[1], "test", finder);
	fwrite("TCTRAIT1", 1, 8, out);
	for (int t = 0; t < TRAIT_COUNT; t++) {
		enum trait trait = (enum trait)t;
		bool painted = t >= TRAIT_MOUTH_COVERED;
		std::vector<float> w = solve(sample(trait, train, finder, painted ? 2 : 3,
			true, 1 + t), painted ? 3e-3 : 1e-3);
		report(trait, sample(trait, test, finder, 1, false, 99), w);
		for (float value : w) {
			uint32_t bits;
			memcpy(&bits, &value, 4);
			unsigned char bytes[4] = { (unsigned char)bits,
				(unsigned char)(bits >> 8), (unsigned char)(bits >> 16),
				(unsigned char)(bits >> 24) };
			fwrite(bytes, 1, 4, out);
		}
		fflush(stdout);
	}
	face_finder_free(finder);
	return fclose(out) == 0 ? 0 : 2;
}
