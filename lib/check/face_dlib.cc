#include "lib/check/face.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <dlib/array2d.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_transforms.h>

extern "C" {
#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/check/frontal_faces.h"
}

/*
 * The model file, little-endian:
 *   "tclm", u16 version, points, levels, trees (a level), depth, pool
 *   mean shape: x, y for each point, f32, box widths from the box's centre
 *   for each level: pool pixels of u16 nearest point, i16 dx, dy (/ 16384)
 *     for each tree: f32 scale; 2^depth-1 splits of u16 a, u16 b, i16 limit;
 *     2^depth leaves of 2 * points i8 (* scale)
 *   u64 FNV-1a of all that
 * A split goes to its first child when pixel a - pixel b > limit.
 */
namespace {

enum {
	MODEL_MAGIC = 't' | 'c' << 8 | 'l' << 16 | 'm' << 24,
	MODEL_VERSION = 1,
	MODEL_MAX = 16 << 20,
	POOL_MAX = 4096,
	HEADER_SIZE = 16,
	HASH_SIZE = 8,
	COORDS = 2 * FACE_TRAINED
};

struct pixel { int anchor; float dx, dy; };
struct split { uint16_t a, b; int16_t limit; };

struct model {
	int levels, trees, depth, pool;
	float mean[COORDS];
	std::vector<pixel> pixels;	/* levels * pool */
	std::vector<float> scales;	/* levels * trees */
	std::vector<split> splits;	/* levels * trees * (2^depth - 1) */
	std::vector<int8_t> leaves;	/* levels * trees * 2^depth * COORDS */
	uint64_t hash;
};

/* Reads on in bytes whose number was checked before. */
typedef const unsigned char *cursor;

uint64_t
read_le(cursor *at, int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value |= (uint64_t)*(*at)++ << (8 * i);
	return value;
}

float
read_float(cursor *at)
{
	uint32_t bits = (uint32_t)read_le(at, 4);
	float value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

uint64_t
fnv1a(const unsigned char *bytes, size_t len)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3u;
	return hash;
}

bool
read_header(model *m, cursor *at, size_t size)
{
	size_t leaves, tree;

	if (size < HEADER_SIZE + HASH_SIZE || read_le(at, 4) != MODEL_MAGIC ||
		read_le(at, 2) != MODEL_VERSION || read_le(at, 2) != FACE_TRAINED)
		return false;
	m->levels = (int)read_le(at, 2);
	m->trees = (int)read_le(at, 2);
	m->depth = (int)read_le(at, 2);
	m->pool = (int)read_le(at, 2);
	if (m->levels > 64 || m->trees > 2000 || m->depth > 8 ||
		m->pool > POOL_MAX)
		return false;
	leaves = (size_t)1 << m->depth;
	tree = 4 + (leaves - 1) * 6 + leaves * COORDS;
	return size == HEADER_SIZE + COORDS * 4 + HASH_SIZE +
		m->levels * (m->pool * 6 + m->trees * tree);
}

bool
read_tree(model *m, cursor *at)
{
	int leaves = 1 << m->depth;

	m->scales.push_back(read_float(at));
	if (!(fabsf(m->scales.back()) < 1))
		return false;
	for (int i = 0; i < leaves - 1; i++) {
		split s;
		s.a = (uint16_t)read_le(at, 2);
		s.b = (uint16_t)read_le(at, 2);
		s.limit = (int16_t)read_le(at, 2);
		if (s.a >= m->pool || s.b >= m->pool)
			return false;
		m->splits.push_back(s);
	}
	for (int i = 0; i < leaves * COORDS; i++)
		m->leaves.push_back((int8_t)*(*at)++);
	return true;
}

bool
read_level(model *m, cursor *at)
{
	for (int i = 0; i < m->pool; i++) {
		pixel p;
		p.anchor = (int)read_le(at, 2);
		p.dx = (int16_t)read_le(at, 2) / 16384.0f;
		p.dy = (int16_t)read_le(at, 2) / 16384.0f;
		if (p.anchor >= FACE_TRAINED)
			return false;
		m->pixels.push_back(p);
	}
	for (int i = 0; i < m->trees; i++)
		if (!read_tree(m, at))
			return false;
	return true;
}

bool
read_model(model *m, const std::vector<unsigned char> &bytes)
{
	cursor at = bytes.data(), tail;

	if (!read_header(m, &at, bytes.size()))
		return false;
	tail = at - HEADER_SIZE + bytes.size() - HASH_SIZE;
	m->hash = fnv1a(bytes.data(), bytes.size() - HASH_SIZE);
	if (read_le(&tail, HASH_SIZE) != m->hash)
		return false;
	for (float &v : m->mean) {
		v = read_float(&at);
		if (!(fabsf(v) < 4))
			return false;
	}
	for (int level = 0; level < m->levels; level++)
		if (!read_level(m, &at))
			return false;
	return true;
}

/* A rotation with scale: x' = a x - b y, y' = b x + a y. */
struct turn { float a, b; };

/* The turn that brings from nearest to to, both about their own centres. */
turn
turn_between(const float *from, const float *to)
{
	float cx = 0, cy = 0, dot = 0, cross = 0, norm = 1e-9f;

	for (int i = 0; i < COORDS; i += 2) {
		cx += from[i] / FACE_TRAINED;
		cy += from[i + 1] / FACE_TRAINED;
	}
	for (int i = 0; i < COORDS; i += 2) {
		float x = from[i] - cx, y = from[i + 1] - cy;
		dot += x * to[i] + y * to[i + 1];
		cross += x * to[i + 1] - y * to[i];
		norm += x * x + y * y;
	}
	return turn{ dot / norm, cross / norm };
}

int
patch_index(float v)
{
	v = (float)(v * (FACE_PATCH / FACE_PATCH_REACH)) + FACE_PATCH / 2;
	if (!(v > 0))
		return 0;
	return v >= FACE_PATCH - 1 ? FACE_PATCH - 1 : (int)v;
}

void
run_level(const model *m, int level, const unsigned char *patch, float *shape)
{
	int value[POOL_MAX];
	int leaves = 1 << m->depth;
	turn t = turn_between(m->mean, shape);
	float sum[COORDS] = { 0 };

	for (int i = 0; i < m->pool; i++) {
		const pixel *p = &m->pixels[(size_t)level * m->pool + i];
		float x = shape[2 * p->anchor] + t.a * p->dx - t.b * p->dy;
		float y = shape[2 * p->anchor + 1] + t.b * p->dx + t.a * p->dy;
		value[i] = patch[patch_index(y) * FACE_PATCH + patch_index(x)];
	}
	for (int k = 0; k < m->trees; k++) {
		size_t tree = (size_t)level * m->trees + k;
		const split *splits = &m->splits[tree * (leaves - 1)];
		int at = 0;
		while (at < leaves - 1) {
			const split *s = &splits[at];
			at = 2 * at + (value[s->a] - value[s->b] > s->limit ? 1 : 2);
		}
		const int8_t *leaf = &m->leaves[(tree * leaves + at - leaves + 1) *
			COORDS];
		float scale = m->scales[tree];
		for (int i = 0; i < COORDS; i++)
			sum[i] += scale * leaf[i];
	}
	for (int i = 0; i < COORDS; i += 2) {
		shape[i] += t.a * sum[i] - t.b * sum[i + 1];
		shape[i + 1] += t.b * sum[i] + t.a * sum[i + 1];
	}
}

/* Add the shape found in the patch from a start that lies dx off the mean. */
void
add_shape(const model *m, const unsigned char *patch, float dx, float *sum)
{
	float shape[COORDS];

	for (int i = 0; i < COORDS; i++)
		shape[i] = m->mean[i] + (i % 2 == 0 ? dx : 0);
	for (int level = 0; level < m->levels; level++)
		run_level(m, level, patch, shape);
	for (int i = 0; i < COORDS; i++)
		sum[i] += shape[i];
}

/* The mean of several starts and of the mirrored patch errs less than one. */
void
run_model(const model *m, const unsigned char *patch, float *shape)
{
	const float starts[] = { 0, -0.02f, 0.02f };
	unsigned char mirror[FACE_PATCH * FACE_PATCH];
	float direct[COORDS] = { 0 }, twin[COORDS] = { 0 };

	for (int y = 0; y < FACE_PATCH; y++)
		std::reverse_copy(patch + y * FACE_PATCH,
			patch + (y + 1) * FACE_PATCH, mirror + y * FACE_PATCH);
	for (float start : starts) {
		add_shape(m, patch, start, direct);
		add_shape(m, mirror, start, twin);
	}
	for (int i = 0; i < FACE_TRAINED; i++) {
		int k = face_twin[i];
		shape[2 * i] = (direct[2 * i] - twin[2 * k]) / 6;
		shape[2 * i + 1] = (direct[2 * i + 1] + twin[2 * k + 1]) / 6;
	}
}

dlib::array2d<unsigned char>
copy_image(const struct face_grey *grey)
{
	dlib::array2d<unsigned char> image(grey->height, grey->width);

	for (int y = 0; y < grey->height; y++)
		memcpy(&image[y][0], grey->pixels + y * grey->stride,
			grey->width);
	return image;
}

/* Bring the box's part of the patch to mean 128 and deviation 48. */
void
level_patch(const dlib::array2d<unsigned char> &raw, unsigned char *patch)
{
	const int low = (int)(FACE_PATCH * (0.5 - 0.5 / FACE_PATCH_REACH));
	const int high = FACE_PATCH - low;
	double sum = 0, squares = 0, count = (double)(high - low) * (high - low);

	for (int y = low; y < high; y++)
		for (int x = low; x < high; x++) {
			sum += raw[y][x];
			squares += raw[y][x] * raw[y][x];
		}
	double mean = sum / count;
	double spread = sqrt(std::max(squares / count - mean * mean, 16.0));
	for (int i = 0; i < FACE_PATCH * FACE_PATCH; i++) {
		double v = raw[i / FACE_PATCH][i % FACE_PATCH];
		v = 128.5 + (v - mean) * 48 / spread;
		patch[i] = (unsigned char)std::min(std::max(v, 0.0), 255.0);
	}
}

void
make_patch(const struct face_grey *grey, const struct box *box,
	unsigned char *patch)
{
	dlib::array2d<unsigned char> raw;
	double reach = box->w * FACE_PATCH_REACH / 2;
	double x = box->x + box->w / 2, y = box->y + box->h / 2;
	dlib::drectangle rect(x - reach, y - reach, x + reach, y + reach);

	dlib::extract_image_chip(copy_image(grey), dlib::chip_details(rect,
		dlib::chip_dims(FACE_PATCH, FACE_PATCH)), raw);
	level_patch(raw, patch);
}

bool
grey_fits(const struct face_grey *grey, struct buf *err)
{
	if (grey->pixels != NULL && grey->width >= 1 && grey->height >= 1 &&
		grey->width <= FACE_SIDE_MAX && grey->height <= FACE_SIDE_MAX &&
		grey->stride >= (size_t)grey->width)
		return true;
	buf_addf(err, "a picture of %d x %d pixels cannot be searched for faces",
		grey->width, grey->height);
	return false;
}

bool
box_fits(const struct box *box, struct buf *err)
{
	const double far = 4.0 * FACE_SIDE_MAX;

	if (box->w >= 1 && box->h >= 1 && box->w < far && box->h < far &&
		fabs(box->x) < far && fabs(box->y) < far)
		return true;
	buf_adds(err, "the face's box is empty or out of reach");
	return false;
}

/* Filled at the first search: a run that finds everything measured needs none. */
dlib::frontal_face_detector &
ready(dlib::frontal_face_detector *detector)
{
	if (detector->num_detectors() == 0) {
		std::istringstream bytes(std::string((const char *)frontal_faces,
			frontal_faces_size));
		dlib::deserialize(*detector, bytes);
	}
	return *detector;
}

bool
surer(const struct face_found &a, const struct face_found &b)
{
	if (a.confidence != b.confidence)
		return a.confidence > b.confidence;
	return a.box.x != b.box.x ? a.box.x < b.box.x : a.box.y < b.box.y;
}

} /* namespace */

const unsigned char face_twin[FACE_TRAINED] = {
	8, 7, 6, 5, 4, 3, 2, 1, 0, 14, 13, 12, 11, 10, 9, 15, 16, 19, 18,
	17, 29, 28, 27, 26, 31, 30, 23, 22, 21, 20, 25, 24, 34, 33, 32, 35, 38,
	37, 36, 41, 40, 39
};

struct face_finder {
	dlib::frontal_face_detector detector;
	model landmarks;
	char id[17];		/* "" without a model */
};

static bool
load_model(struct face_finder *finder, const char *path, struct buf *err)
{
	struct buf text = BUF_INIT;

	if (io_read_file(path, MODEL_MAX, &text, err) == -1)
		return false;
	std::vector<unsigned char> bytes(text.data, text.data + text.len);
	buf_release(&text);
	if (!read_model(&finder->landmarks, bytes))
		buf_addf(err, "landmark model '%s' is damaged or of another version",
			path);
	else
		snprintf(finder->id, sizeof(finder->id), "%016llx",
			(unsigned long long)finder->landmarks.hash);
	return finder->id[0] != '\0';
}

struct face_finder *
face_finder_new(const char *model_path, struct buf *err)
{
	struct face_finder *finder = NULL;

	try {
		finder = new face_finder();
		if (model_path == NULL || load_model(finder, model_path, err))
			return finder;
	} catch (...) {
		buf_adds(err, "no memory to build the face finder");
	}
	delete finder;
	return NULL;
}

void
face_finder_free(struct face_finder *finder)
{
	delete finder;
}

const char *
face_model_id(const struct face_finder *finder)
{
	return finder->id;
}

int
face_find(struct face_finder *finder, const struct face_grey *grey,
	double threshold, struct face_found *found, int max, struct buf *err)
{
	std::vector<dlib::rect_detection> hits;
	std::vector<face_found> all;
	int count;

	if (!grey_fits(grey, err))
		return -1;
	try {
		ready(&finder->detector)(copy_image(grey), hits, threshold);
		for (const dlib::rect_detection &hit : hits) {
			const dlib::rectangle &r = hit.rect;
			all.push_back(face_found{ { (double)r.left(), (double)r.top(),
				(double)r.width(), (double)r.height() },
				hit.detection_confidence, (int)hit.weight_index });
		}
	} catch (...) {
		buf_adds(err, "no memory to search for faces");
		return -1;
	}
	std::sort(all.begin(), all.end(), surer);
	count = std::min((int)all.size(), std::max(max, 0));
	std::copy(all.begin(), all.begin() + count, found);
	return count;
}

int
face_patch(const struct face_grey *grey, const struct box *box,
	unsigned char patch[FACE_PATCH * FACE_PATCH], struct buf *err)
{
	if (!grey_fits(grey, err) || !box_fits(box, err))
		return -1;
	try {
		make_patch(grey, box, patch);
	} catch (...) {
		buf_adds(err, "no memory to look at a face");
		return -1;
	}
	return 0;
}

int
face_landmarks(struct face_finder *finder, const struct face_grey *grey,
	const struct box *box, struct point points[FACE_POINTS],
	struct buf *err)
{
	unsigned char patch[FACE_PATCH * FACE_PATCH];
	float shape[COORDS];

	if (finder->id[0] == '\0') {
		buf_adds(err, "no landmark model was loaded");
		return -1;
	}
	if (face_patch(grey, box, patch, err) != 0)
		return -1;
	run_model(&finder->landmarks, patch, shape);
	for (int i = 0; i < FACE_TRAINED; i++) {
		points[i].x = box->x + box->w * (0.5 + shape[2 * i]);
		points[i].y = box->y + box->h / 2 + box->w * shape[2 * i + 1];
	}
	points[FACE_EYE_LEFT] = points[FACE_EYE_RIGHT] = { 0, 0 };
	for (int i = FACE_EYE_LEFT_OUTER; i < FACE_MOUTH_LEFT; i++) {
		struct point *eye = &points[i < FACE_EYE_RIGHT_INNER ?
			FACE_EYE_LEFT : FACE_EYE_RIGHT];
		eye->x += points[i].x / 6;
		eye->y += points[i].y / 6;
	}
	return 0;
}
