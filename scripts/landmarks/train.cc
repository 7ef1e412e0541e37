/*
 * train: make and test the landmark model, share/landmarks.dat.
 *
 *   train [options] data model	train on data/train, test on data/test
 *   train -T data model		only test
 *   train -H data model		train on four fifths of the persons,
 *				test on the others: the error on strangers
 *
 * data has train/, train.csv, test/ and test.csv.  Without options it makes
 * the model as it is in share/.  The result depends on the data, the options
 * and the seed only, not on the number of threads.  Errors are told in
 * distances between the eyes' centres.
 *
 * Of the detector's boxes: -j jitter.  Of the pictures: -u turns, -a angle,
 * -k components, -x part to leave out.  Of the forest: -l levels, -t trees,
 * -d depth, -p pool, -s starts, -b candidates, -g part, -r rate, -L lambda,
 * -f far, -n near, -m mix, -S seed; see struct forest_options.
 */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>

#include "faces.h"
#include "forest.h"

extern "C" {
#include "lib/base/buf.h"
}

struct options {
	forest_options forest;
	int turns = 3;		/* pictures made of one face, and as many mirrored */
	double angle = 8;	/* how far they are turned, a deviation in degrees */
	double jitter = 1.1;	/* of starts, of the detector's own */
	double drop = 0;	/* part of the faces to leave out as mislabelled */
	int components = 20;	/* that labels are smoothed to; 0: not */
	bool others = false;	/* train without a fifth of the persons, test on them */
	bool test_only = false;
};

static void
fail(const struct buf *err)
{
	fprintf(stderr, "train: %s\n", err->data);
	exit(2);
}

static patch
patch_of(const face &f, const spread &around)
{
	struct buf err = BUF_INIT;
	struct face_grey grey = grey_of(f);
	patch p;

	p.pixels.resize(FACE_PATCH * FACE_PATCH);
	if (face_patch(&grey, &f.box, p.pixels.data(), &err) != 0)
		fail(&err);
	for (int i = 0; i < FACE_TRAINED; i++) {
		p.truth[2 * i] = (float)((f.points[i].x - f.box.x) / f.box.w -
			0.5);
		p.truth[2 * i + 1] = (float)((f.points[i].y - f.box.y -
			f.box.h / 2) / f.box.w);
	}
	p.shift = (float)around.shift;
	p.scale = (float)around.scale;
	return p;
}

static std::vector<patch>
make_patches(const std::vector<face> &faces, const options &o)
{
	std::vector<patch> patches;
	std::mt19937 random(o.forest.seed);
	spread around = box_spread(faces);

	fprintf(stderr, "boxes: shift %.4f, scale %.4f\n", around.shift,
		around.scale);
	around.shift *= o.jitter;
	around.scale *= o.jitter;
	for (const face &f : faces) {
		face m = mirrored(f);
		patches.push_back(patch_of(f, around));
		patches.push_back(patch_of(m, around));
		for (int i = 1; i < o.turns; i++) {
			double u = (random() / 4294967296.0 +
				random() / 4294967296.0 +
				random() / 4294967296.0 - 1.5) * 2;
			patches.push_back(patch_of(rotated(f, u * o.angle),
				around));
			patches.push_back(patch_of(rotated(m, -u * o.angle),
				around));
		}
	}
	return patches;
}

static void
write_file(const char *path, const std::vector<unsigned char> &bytes)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL || fwrite(bytes.data(), 1, bytes.size(), file) !=
		bytes.size() || fclose(file) != 0) {
		perror(path);
		exit(2);
	}
}

/* Mean error of points [first, last], in eye distances. */
static double
mean_error(const struct point *got, const face &f, int first, int last)
{
	double sum = 0;

	for (int i = first; i <= last; i++)
		sum += hypot(got[i].x - f.points[i].x, got[i].y - f.points[i].y);
	return sum / (last - first + 1) / eye_distance(f.points);
}

/* Height to width of an opening between two upper and two lower points. */
static double
opening(const struct point *p, int left, int right, const int rim[4])
{
	double height = hypot(p[rim[0]].x - p[rim[2]].x, p[rim[0]].y - p[rim[2]].y) +
		hypot(p[rim[1]].x - p[rim[3]].x, p[rim[1]].y - p[rim[3]].y);

	return height / 2 / hypot(p[right].x - p[left].x, p[right].y - p[left].y);
}

static double
lids(const struct point *p)
{
	static const int left[4] = { FACE_EYE_LEFT_UPPER_OUTER,
		FACE_EYE_LEFT_UPPER_INNER, FACE_EYE_LEFT_LOWER_OUTER,
		FACE_EYE_LEFT_LOWER_INNER };
	static const int right[4] = { FACE_EYE_RIGHT_UPPER_OUTER,
		FACE_EYE_RIGHT_UPPER_INNER, FACE_EYE_RIGHT_LOWER_OUTER,
		FACE_EYE_RIGHT_LOWER_INNER };

	return (opening(p, FACE_EYE_LEFT_OUTER, FACE_EYE_LEFT_INNER, left) +
		opening(p, FACE_EYE_RIGHT_INNER, FACE_EYE_RIGHT_OUTER, right)) / 2;
}

static double
lips(const struct point *p)
{
	static const int rim[4] = { FACE_INNER_UPPER_LEFT,
		FACE_INNER_UPPER_RIGHT, FACE_INNER_LOWER_LEFT,
		FACE_INNER_LOWER_RIGHT };

	return opening(p, FACE_MOUTH_LEFT, FACE_MOUTH_RIGHT, rim);
}

static double
correlation(const std::vector<double> &x, const std::vector<double> &y)
{
	double n = (double)x.size(), sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;

	for (size_t i = 0; i < x.size(); i++) {
		sx += x[i] / n;
		sy += y[i] / n;
	}
	for (size_t i = 0; i < x.size(); i++) {
		xx += (x[i] - sx) * (x[i] - sx);
		yy += (y[i] - sy) * (y[i] - sy);
		xy += (x[i] - sx) * (y[i] - sy);
	}
	return xy / sqrt(xx * yy);
}

struct tally {
	std::vector<double> all, jaw, eyes, mouth;
	std::vector<double> lids_true, lids_got, lips_true, lips_got;
};

static void
add_to(tally *t, const struct point *p, const face &f)
{
	t->all.push_back(mean_error(p, f, 0, FACE_TRAINED - 1));
	t->jaw.push_back(mean_error(p, f, 0, FACE_TEMPLE_RIGHT));
	t->eyes.push_back(mean_error(p, f, FACE_EYE_LEFT_OUTER,
		FACE_EYE_RIGHT_LOWER_INNER));
	t->mouth.push_back(mean_error(p, f, FACE_MOUTH_LEFT,
		FACE_INNER_LOWER_LEFT));
	t->lids_true.push_back(lids(f.points));
	t->lids_got.push_back(lids(p));
	t->lips_true.push_back(lips(f.points));
	t->lips_got.push_back(lips(p));
}

static double
mean_of(const std::vector<double> &v)
{
	double sum = 0;

	for (double x : v)
		sum += x;
	return sum / v.size();
}

static void
print_tally(const char *what, tally t)
{
	printf("%s: %zu faces, mean %.2f %%", what, t.all.size(),
		100 * mean_of(t.all));
	std::sort(t.all.begin(), t.all.end());
	printf(", median %.2f, 90th %.2f, 99th %.2f; jaw %.2f, eyes %.2f, "
		"mouth %.2f; lids r %.2f, lips r %.2f\n",
		100 * t.all[t.all.size() / 2], 100 * t.all[t.all.size() * 9 / 10],
		100 * t.all[t.all.size() * 99 / 100], 100 * mean_of(t.jaw),
		100 * mean_of(t.eyes), 100 * mean_of(t.mouth),
		correlation(t.lids_true, t.lids_got),
		correlation(t.lips_true, t.lips_got));
}

static void
test_model(const std::vector<face> &faces, struct face_finder *finder)
{
	struct buf err = BUF_INIT;
	tally found, all;
	auto start = std::chrono::steady_clock::now();

	for (const face &f : faces) {
		struct face_grey grey = grey_of(f);
		struct point p[FACE_POINTS];
		if (face_landmarks(finder, &grey, &f.box, p, &err) != 0)
			fail(&err);
		add_to(&all, p, f);
		if (f.detected)
			add_to(&found, p, f);
	}
	std::chrono::duration<double> spent = std::chrono::steady_clock::now() -
		start;
	print_tally("detected", found);
	print_tally("all", all);
	printf("%.3f ms a face\n", 1000 * spent.count() / faces.size());
}

/* The part of the faces with the largest error under a model, left out. */
static std::vector<face>
without_worst(const std::vector<face> &faces, const char *model, double part)
{
	struct buf err = BUF_INIT;
	struct face_finder *finder = face_finder_new(model, &err);
	std::vector<std::pair<double, size_t>> order;
	std::vector<face> kept;

	if (finder == NULL)
		fail(&err);
	for (size_t i = 0; i < faces.size(); i++) {
		struct face_grey grey = grey_of(faces[i]);
		struct point p[FACE_POINTS];
		if (face_landmarks(finder, &grey, &faces[i].box, p, &err) != 0)
			fail(&err);
		order.emplace_back(mean_error(p, faces[i], 0, FACE_TRAINED - 1),
			i);
	}
	std::sort(order.begin(), order.end());
	order.resize((size_t)(order.size() * (1 - part)));
	fprintf(stderr, "left out: errors above %.3f\n", order.back().first);
	for (const auto &o : order)
		kept.push_back(faces[o.second]);
	face_finder_free(finder);
	return kept;
}

static bool
held_out(const face &f)
{
	unsigned hash = 0;

	for (char c : person_of(f))
		hash = hash * 31 + (unsigned char)c;
	return hash % 5 == 0;
}

static void
keep(std::vector<face> *faces, bool held)
{
	faces->erase(std::remove_if(faces->begin(), faces->end(),
		[held](const face &f) { return held_out(f) != held; }),
		faces->end());
}

static void
train_model(std::vector<face> faces, const options &o, const char *path)
{
	if (o.drop > 0) {
		options quick = o;
		quick.turns = 1;
		quick.forest.starts = 3;
		quick.forest.levels = 6;
		quick.forest.trees = 60;
		write_file(path, train_forest(make_patches(faces, quick),
			quick.forest));
		faces = without_worst(faces, path, o.drop);
	}
	if (o.components > 0)
		smooth_labels(&faces, o.components);
	std::vector<patch> patches = make_patches(faces, o);
	fprintf(stderr, "%zu faces, %zu patches\n", faces.size(),
		patches.size());
	write_file(path, train_forest(patches, o.forest));
}

static double
number(const char *text)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || *end != '\0') {
		fprintf(stderr, "train: '%s' is not a number\n", text);
		exit(2);
	}
	return value;
}

static void
set_option(options *o, int letter, const char *value)
{
	double v = value != NULL ? number(value) : 0;
	forest_options *f = &o->forest;

	switch (letter) {
	case 'a': o->angle = v; break;
	case 'b': f->candidates = (int)v; break;
	case 'd': f->depth = (int)v; break;
	case 'f': f->far = v; break;
	case 'g': f->part = v; break;
	case 'H': o->others = true; break;
	case 'j': o->jitter = v; break;
	case 'k': o->components = (int)v; break;
	case 'l': f->levels = (int)v; break;
	case 'L': f->lambda = v; break;
	case 'm': f->mix = v; break;
	case 'n': f->near = v; break;
	case 'p': f->pool = (int)v; break;
	case 'r': f->rate = v; break;
	case 's': f->starts = (int)v; break;
	case 'S': f->seed = (unsigned)v; break;
	case 't': f->trees = (int)v; break;
	case 'T': o->test_only = true; break;
	case 'u': o->turns = (int)v; break;
	case 'x': o->drop = v; break;
	default: exit(2);
	}
}

int
main(int argc, char **argv)
{
	struct buf err = BUF_INIT;
	struct face_finder *finder;
	std::vector<face> tests;
	options o;
	int letter;

	while ((letter = getopt(argc, argv,
		"a:b:d:f:g:Hj:k:l:L:m:n:p:r:s:S:t:Tu:x:")) != -1)
		set_option(&o, letter, optarg);
	if (argc - optind != 2) {
		fprintf(stderr, "usage: train [options] data model\n");
		return 2;
	}
	std::string data = argv[optind];
	const char *path = argv[optind + 1];
	finder = face_finder_new(NULL, &err);
	if (finder == NULL)
		fail(&err);
	tests = load_faces(data, "test", finder);
	if (!o.test_only || o.others) {
		std::vector<face> faces = load_faces(data, "train", finder);
		if (o.others) {
			tests.insert(tests.end(), faces.begin(), faces.end());
			keep(&tests, true);
			keep(&faces, false);
		}
		if (!o.test_only)
			train_model(faces, o, path);
	}
	face_finder_free(finder);
	finder = face_finder_new(path, &err);
	if (finder == NULL)
		fail(&err);
	test_model(tests, finder);
	face_finder_free(finder);
	return 0;
}
