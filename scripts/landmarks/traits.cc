/*
 * traits: train share/traits.dat (lib/check/traits.h) from the labelled landmarks.
 *
 *	traits DATA SEEN LANDMARKS OUTPUT
 *
 * Masks and dark glasses are painted over the training pictures.  Landmarks are those
 * that the model finds, jittered, because it knows the training pictures better than
 * strangers.  Prints errors and trade-offs on the test part.  The same input gives the
 * same bytes.
 */
#include "painted.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include <dlib/matrix.h>

extern "C" {
#include "lib/base/buf.h"
#include "lib/check/traits.h"
}

static double
gap(const struct point &a, const struct point &b)
{
	return hypot(a.x - b.x, a.y - b.y);
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
add(samples *s, const face &f, struct face_finder *finder, double label, int copies, dice &d)
{
	struct face_grey grey = grey_of(f);
	struct point points[FACE_POINTS];
	if (!find_points(finder, f, points))
		return;
	double size = gap(points[FACE_EYE_LEFT], points[FACE_EYE_RIGHT]);
	for (int copy = 0; copy < copies; copy++) {
		struct point moved[FACE_POINTS];
		for (int i = 0; i < FACE_POINTS; i++) {
			moved[i] = points[i];
			moved[i].x += copy ? normal(d) * size * 0.03 : 0;
			moved[i].y += copy ? normal(d) * size * 0.03 : 0;
		}
		std::vector<float> x(TRAITS_FEATURES);
		traits_features(&grey, moved, x.data());
		s->x.push_back(x);
		s->y.push_back(label);
	}
}

/* What a person saw on a picture, scripts/landmarks/seen.tsv: whether it shows what
 * the trait tells of. */
typedef std::map<std::string, std::string> sightings;

static bool
is_seen(const sightings &seen, const face &f, enum trait trait)
{
	auto at = seen.find(f.name);
	return at != seen.end() && trait == TRAIT_EYES_COVERED &&
		at->second == "dark_glasses";
}

static sightings
load_sightings(const char *path)
{
	sightings seen;
	char name[200], what[40], line[300];
	FILE *file = fopen(path, "r");
	if (file == NULL) {
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof line, file) != NULL)
		if (line[0] != '#' && sscanf(line, "%199s %39s", name, what) == 2)
			seen[name] = what;
	fclose(file);
	return seen;
}

/* The face bare and with each thing that can cover it. */
static void
add_covers(samples *s, enum trait trait, const face &f, bool seen,
	struct face_finder *finder, int copies, dice &d)
{
	face mask = with_mask(f, d), dark = with_glasses(f, true, d);
	face hat = with_hat(f, d), both = with_hat(mask, d);
	const struct {
		const face *made;
		bool mouth, eyes;
	} all[] = {
		{ &mask, true, false }, { &dark, false, true },
		{ &hat, false, false }, { &both, true, false },
	};
	/* real ones are few and worth more than painted ones */
	add(s, f, finder, seen, seen ? 4 * copies : copies, d);
	if (trait == TRAIT_EYES_COVERED)
		add(s, with_glasses(f, false, d), finder, seen, 1, d);
	for (const auto &one : all)
		add(s, *one.made, finder, seen ||
			(trait == TRAIT_MOUTH_COVERED ? one.mouth : one.eyes), 1, d);
}

static samples
sample(enum trait trait, const std::vector<face> &faces, const sightings &seen,
	struct face_finder *finder, int copies, bool mirror, uint32_t seed)
{
	samples s;
	dice d(seed);
	for (const face &original : faces)
		for (int m = 0; m <= mirror; m++) {
			face f = m ? mirrored(original) : original;
			if (f.detected)
				add_covers(&s, trait, f, is_seen(seen, original, trait), finder,
					copies, d);
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
	for (size_t i = 0; i < v.size(); i++) {
		if (s.y[i] < 0.5)
			low.push_back(v[i]);
		else
			high.push_back(v[i]);
	}
	std::sort(low.begin(), low.end());
	std::sort(high.begin(), high.end());
	printf("  free: %zu, covered: %zu\n", low.size(), high.size());
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
	if (argc != 5) {
		fputs("usage: traits DATA SEEN LANDMARKS OUTPUT\n", stderr);
		return 2;
	}
	struct face_finder *finder = face_finder_new(argv[3], &err);
	FILE *out = fopen(argv[4], "wb");
	if (finder == NULL || out == NULL) {
		fprintf(stderr, "traits: %s\n", finder == NULL ? err.data : "cannot write");
		return 2;
	}
	std::vector<face> train = load_faces(argv[1], "train", finder);
	std::vector<face> test = load_faces(argv[1], "test", finder);
	sightings seen = load_sightings(argv[2]);
	fwrite("TCTRAIT3", 1, 8, out);
	for (int t = 0; t < TRAIT_COUNT; t++) {
		enum trait trait = (enum trait)t;
		std::vector<float> w = solve(sample(trait, train, seen, finder, 2, true, 3 + t),
			3e-3);
		report(trait, sample(trait, test, seen, finder, 1, false, 99), w);
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
