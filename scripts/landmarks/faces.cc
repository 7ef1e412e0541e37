#include "faces.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <dlib/array2d.h>
#include <dlib/image_io.h>
#include <dlib/matrix.h>

extern "C" {
#include "lib/base/buf.h"
}

/* The place of each of our points in the scheme of 68. */
static const int places[FACE_TRAINED] = {
	0, 2, 4, 6, 8, 10, 12, 14, 16, 17, 19, 21, 22, 24, 26, 27, 30, 31, 33,
	35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 51, 54, 57, 61,
	62, 63, 65, 66, 67
};

/* Centre and size of a set of points: what a box is compared with. */
struct frame {
	double x, y, size;
};

static frame
frame_of(const struct point *points)
{
	frame f = { 0, 0, 0 };

	for (int i = 0; i < FACE_TRAINED; i++) {
		f.x += points[i].x / FACE_TRAINED;
		f.y += points[i].y / FACE_TRAINED;
	}
	for (int i = 0; i < FACE_TRAINED; i++)
		f.size += (points[i].x - f.x) * (points[i].x - f.x) +
			(points[i].y - f.y) * (points[i].y - f.y);
	f.size = sqrt(f.size / FACE_TRAINED);
	return f;
}

static void
find_box(face *f, struct face_finder *finder)
{
	struct buf err = BUF_INIT;
	struct face_found found[8];
	struct face_grey grey = grey_of(*f);
	frame want = frame_of(f->points);
	int count = face_find(finder, &grey, -0.2, found, 8, &err);

	f->detected = false;
	for (int i = 0; i < count && !f->detected; i++) {
		const struct box &b = found[i].box;
		double x = (b.x + b.w / 2 - want.x) / b.w;
		double y = (b.y + b.h / 2 - want.y) / b.w;
		double size = b.w / want.size;
		if (fabs(x) < 0.3 && fabs(y) < 0.3 && size > 2 && size < 5) {
			f->box = b;
			f->detected = true;
		}
	}
	buf_release(&err);
}

/* Where there is no box, put one as the others lie on average. */
static void
guess_boxes(std::vector<face> *faces)
{
	double x = 0, y = 0, size = 0;
	int count = 0;

	for (const face &f : *faces) {
		if (!f.detected)
			continue;
		frame at = frame_of(f.points);
		x += (f.box.x + f.box.w / 2 - at.x) / f.box.w;
		y += (f.box.y + f.box.h / 2 - at.y) / f.box.w;
		size += f.box.w / at.size;
		count++;
	}
	for (face &f : *faces) {
		if (f.detected)
			continue;
		frame at = frame_of(f.points);
		f.box.w = f.box.h = at.size * size / count;
		f.box.x = at.x + f.box.w * (x / count - 0.5);
		f.box.y = at.y + f.box.w * (y / count - 0.5);
	}
}

spread
box_spread(const std::vector<face> &faces)
{
	double n = 0, sums[3] = { 0 }, squares[3] = { 0 };

	for (const face &f : faces) {
		if (!f.detected)
			continue;
		frame at = frame_of(f.points);
		double v[3] = { (f.box.x + f.box.w / 2 - at.x) / f.box.w,
			(f.box.y + f.box.h / 2 - at.y) / f.box.w,
			log(f.box.w / at.size) };
		for (int i = 0; i < 3; i++) {
			sums[i] += v[i];
			squares[i] += v[i] * v[i];
		}
		n++;
	}
	double deviation[3];
	for (int i = 0; i < 3; i++)
		deviation[i] = sqrt(squares[i] / n - sums[i] / n * sums[i] / n);
	return spread{ (deviation[0] + deviation[1]) / 2, deviation[2] };
}

enum { COORDS = 2 * FACE_TRAINED };
typedef dlib::matrix<double, COORDS, 1> shape_vector;

/* A face's points moved onto mean by a turn, a scale and a shift. */
struct aligned {
	shape_vector shape;
	double x, y, a, b;	/* back: X = x + a u - b v, Y = y + b u + a v */
};

static aligned
align(const face &f, const shape_vector &mean)
{
	aligned r = { shape_vector(), 0, 0, 0, 0 };
	double norm = 0;

	for (int i = 0; i < FACE_TRAINED; i++) {
		r.x += f.points[i].x / FACE_TRAINED;
		r.y += f.points[i].y / FACE_TRAINED;
	}
	for (int i = 0; i < FACE_TRAINED; i++) {
		double u = mean(2 * i), v = mean(2 * i + 1);
		double x = f.points[i].x - r.x, y = f.points[i].y - r.y;
		r.a += u * x + v * y;
		r.b += u * y - v * x;
		norm += u * u + v * v;
	}
	r.a /= norm;
	r.b /= norm;
	double square = r.a * r.a + r.b * r.b;
	for (int i = 0; i < FACE_TRAINED; i++) {
		double x = f.points[i].x - r.x, y = f.points[i].y - r.y;
		r.shape(2 * i) = (r.a * x + r.b * y) / square;
		r.shape(2 * i + 1) = (r.a * y - r.b * x) / square;
	}
	return r;
}

/* The mean shape about its centre, size 1, from shapes that are turned. */
static shape_vector
mean_shape(const std::vector<face> &faces)
{
	shape_vector mean;

	for (int i = 0; i < FACE_TRAINED; i++) {
		frame at = frame_of(faces[0].points);
		mean(2 * i) = (faces[0].points[i].x - at.x) / at.size;
		mean(2 * i + 1) = (faces[0].points[i].y - at.y) / at.size;
	}
	for (int round = 0; round < 3; round++) {
		shape_vector sum = dlib::zeros_matrix<double>(COORDS, 1);
		for (const face &f : faces)
			sum += align(f, mean).shape;
		mean = sum / faces.size();
	}
	return mean;
}

void
smooth_labels(std::vector<face> *faces, int count)
{
	shape_vector mean = mean_shape(*faces);
	dlib::matrix<double> cover = dlib::zeros_matrix<double>(COORDS, COORDS);
	dlib::matrix<double> vectors, values, other, keep;

	for (const face &f : *faces) {
		shape_vector d = align(f, mean).shape - mean;
		cover += d * dlib::trans(d);
	}
	dlib::svd(cover, vectors, values, other);
	values = dlib::diag(values);
	dlib::rsort_columns(vectors, values);
	keep = dlib::colm(vectors, dlib::range(0, count - 1));
	for (face &f : *faces) {
		aligned r = align(f, mean);
		r.shape = mean + keep * (dlib::trans(keep) * (r.shape - mean));
		for (int i = 0; i < FACE_TRAINED; i++) {
			double u = r.shape(2 * i), v = r.shape(2 * i + 1);
			f.points[i].x = r.x + r.a * u - r.b * v;
			f.points[i].y = r.y + r.b * u + r.a * v;
		}
	}
}

std::vector<face>
load_faces(const std::string &path, const std::string &part,
	struct face_finder *finder)
{
	std::ifstream table(path + "/" + part + ".csv");
	std::vector<face> faces;
	std::string line;

	std::getline(table, line);
	while (std::getline(table, line)) {
		dlib::array2d<unsigned char> image;
		double all[136];
		face f;
		std::replace(line.begin(), line.end(), ',', ' ');
		std::istringstream fields(line);
		fields >> f.name;
		for (double &v : all)
			fields >> v;
		if (!fields) {
			fprintf(stderr, "%s.csv: bad line for '%s'\n",
				part.c_str(), f.name.c_str());
			exit(2);
		}
		for (int i = 0; i < FACE_TRAINED; i++)
			f.points[i] = { all[2 * places[i]],
				all[2 * places[i] + 1] };
		dlib::load_image(image, path + "/" + part + "/" + f.name);
		f.width = (int)image.nc();
		f.height = (int)image.nr();
		for (int y = 0; y < f.height; y++)
			f.grey.insert(f.grey.end(), &image[y][0],
				&image[y][0] + f.width);
		find_box(&f, finder);
		faces.push_back(f);
	}
	if (faces.empty()) {
		fprintf(stderr, "no faces in '%s/%s.csv'\n", path.c_str(),
			part.c_str());
		exit(2);
	}
	guess_boxes(&faces);
	return faces;
}

std::string
person_of(const face &f)
{
	return f.name.substr(0, f.name.rfind('_'));
}

struct face_grey
grey_of(const face &f)
{
	return { f.grey.data(), f.width, f.height, (size_t)f.width };
}

face
mirrored(const face &f)
{
	face m = f;

	for (int y = 0; y < f.height; y++)
		std::reverse(m.grey.begin() + y * f.width,
			m.grey.begin() + (y + 1) * f.width);
	for (int i = 0; i < FACE_TRAINED; i++) {
		m.points[i].x = f.width - 1 - f.points[face_twin[i]].x;
		m.points[i].y = f.points[face_twin[i]].y;
	}
	m.box.x = f.width - f.box.x - f.box.w;
	return m;
}

static double
bilinear(const face &f, double x, double y)
{
	x = std::min(std::max(x, 0.0), f.width - 1.001);
	y = std::min(std::max(y, 0.0), f.height - 1.001);
	int left = (int)x, top = (int)y;
	const unsigned char *p = &f.grey[top * f.width + left];
	x -= left;
	y -= top;
	return (1 - y) * ((1 - x) * p[0] + x * p[1]) +
		y * ((1 - x) * p[f.width] + x * p[f.width + 1]);
}

face
rotated(const face &f, double degrees)
{
	face r = f;
	double c = cos(degrees * M_PI / 180), s = sin(degrees * M_PI / 180);
	double cx = f.box.x + f.box.w / 2, cy = f.box.y + f.box.h / 2;

	for (int y = 0; y < f.height; y++)
		for (int x = 0; x < f.width; x++) {
			double u = x - cx, v = y - cy;
			r.grey[y * f.width + x] = (unsigned char)(0.5 +
				bilinear(f, cx + c * u + s * v,
				cy - s * u + c * v));
		}
	for (int i = 0; i < FACE_TRAINED; i++) {
		double u = f.points[i].x - cx, v = f.points[i].y - cy;
		r.points[i].x = cx + c * u - s * v;
		r.points[i].y = cy + s * u + c * v;
	}
	return r;
}

double
eye_distance(const struct point *points)
{
	double x = 0, y = 0;

	for (int i = 0; i < 6; i++) {
		const struct point &l = points[FACE_EYE_LEFT_OUTER + i];
		const struct point &r = points[FACE_EYE_RIGHT_INNER + i];
		x += (r.x - l.x) / 6;
		y += (r.y - l.y) / 6;
	}
	return hypot(x, y);
}
