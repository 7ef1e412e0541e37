#include "lib/check/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/check/face.h"

/*
 * How far the tip of the nose stands before the plane of the cheeks, in half
 * face widths: with it the tip's shift sideways gives the angle.
 */
#define NOSE_DEPTH 0.62
/* The tip's place between eye line and lip line of a head held level. */
#define NOSE_LEVEL 0.63

static double
distance(struct point a, struct point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static struct point
middle(struct point a, struct point b)
{
	struct point point = { (a.x + b.x) / 2, (a.y + b.y) / 2 };

	return point;
}

static double
degrees(double radians)
{
	return radians * 180 / M_PI;
}

static double
smaller(double a, double b)
{
	return a < b ? a : b;
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static double
eye_open(const struct point *p, int outer, int inner, int upper, int lower)
{
	double gap = (distance(p[upper], p[lower + 1]) +
	    distance(p[upper + 1], p[lower])) / 2;

	return gap / distance(p[outer], p[inner]);
}

/* Along and across the line through the eyes, from the middle between them. */
static struct point
upright(const struct point *p, int index, double roll)
{
	struct point origin = middle(p[FACE_EYE_LEFT], p[FACE_EYE_RIGHT]);
	double x = p[index].x - origin.x, y = p[index].y - origin.y;
	struct point turned = { x * cos(roll) + y * sin(roll),
	    y * cos(roll) - x * sin(roll) };

	return turned;
}

static void
measure_pose(const struct point *p, struct measure_face *face)
{
	double roll = atan2(p[FACE_EYE_RIGHT].y - p[FACE_EYE_LEFT].y,
	    p[FACE_EYE_RIGHT].x - p[FACE_EYE_LEFT].x);
	struct point tip = upright(p, FACE_NOSE_TIP, roll);
	struct point left = upright(p, FACE_CHEEK_LEFT, roll);
	struct point right = upright(p, FACE_CHEEK_RIGHT, roll);
	struct point lips = upright(p, FACE_LIP_TOP, roll);
	double half = (right.x - left.x) / 2, shift, rise;

	shift = (tip.x - (left.x + right.x) / 2) / half / NOSE_DEPTH;
	rise = (NOSE_LEVEL - tip.y / lips.y) * lips.y / half / NOSE_DEPTH;
	face->roll = degrees(roll);
	face->yaw = degrees(atan(shift));
	face->pitch = degrees(atan(rise));
}

void
measure_landmarks(const struct point *p, struct measure_face *face)
{
	face->left_eye = p[FACE_EYE_LEFT];
	face->right_eye = p[FACE_EYE_RIGHT];
	face->chin = p[FACE_CHIN];
	face->left = smaller(p[FACE_TEMPLE_LEFT].x, p[FACE_CHEEK_LEFT].x);
	face->right = larger(p[FACE_TEMPLE_RIGHT].x, p[FACE_CHEEK_RIGHT].x);
	face->crown = NAN;
	measure_pose(p, face);
	face->eyes_open = smaller(
	    eye_open(p, FACE_EYE_LEFT_OUTER, FACE_EYE_LEFT_INNER,
	    FACE_EYE_LEFT_UPPER_OUTER, FACE_EYE_LEFT_LOWER_INNER),
	    eye_open(p, FACE_EYE_RIGHT_OUTER, FACE_EYE_RIGHT_INNER,
	    FACE_EYE_RIGHT_UPPER_INNER, FACE_EYE_RIGHT_LOWER_OUTER));
	face->mouth_gap = distance(p[FACE_INNER_UPPER], p[FACE_INNER_LOWER]) /
	    distance(p[FACE_EYE_LEFT], p[FACE_EYE_RIGHT]);
}

static void
scale_point(struct point *point, double factor)
{
	point->x *= factor;
	point->y *= factor;
}

void
measure_scale(struct measure_face *face, double factor)
{
	face->box.x *= factor;
	face->box.y *= factor;
	face->box.w *= factor;
	face->box.h *= factor;
	scale_point(&face->left_eye, factor);
	scale_point(&face->right_eye, factor);
	scale_point(&face->chin, factor);
	face->left *= factor;
	face->right *= factor;
	face->crown *= factor;
}

/* ---- light ---- */

struct patch {
	float *luma;		/* width * height */
	double chroma;
	int width, height;
};

static int
clamp(double value, int low, int high)
{
	return value < low ? low : value > high ? high : (int)value;
}

/* The face from brows to chin and cheek to cheek. */
static void
cut_patch(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct patch *patch)
{
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double inset = (face->right - face->left) * 0.12;
	int x0 = clamp(face->left + inset, 0, width - 1);
	int x1 = clamp(face->right - inset, 0, width - 1);
	int y0 = clamp(eyes - (face->chin.y - eyes) * 0.35, 0, height - 1);
	int y1 = clamp(face->chin.y - (face->chin.y - eyes) * 0.1, 0, height - 1);
	const unsigned char *p;
	double chroma = 0;
	int x, y, high, low;
	float *out;

	patch->width = x1 > x0 ? x1 - x0 : 0;
	patch->height = y1 > y0 ? y1 - y0 : 0;
	patch->luma = xcalloc((size_t)patch->width * (size_t)patch->height,
	    sizeof *patch->luma);
	out = patch->luma;
	for (y = y0; y < y1; y++) {
		p = pixels + ((size_t)y * (size_t)width + (size_t)x0) * 3;
		for (x = x0; x < x1; x++, p += 3) {
			*out++ = (float)(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]);
			high = p[0] > p[1] ? p[0] : p[1];
			high = p[2] > high ? p[2] : high;
			low = p[0] < p[1] ? p[0] : p[1];
			low = p[2] < low ? p[2] : low;
			chroma += high - low;
		}
	}
	patch->chroma = chroma / ((double)patch->width * patch->height);
}

/* Mean of n neighbours each way along rows or columns, edges repeated. */
static void
blur_line(const float *in, float *out, int count, int step, int reach)
{
	float sum = 0;
	int i, before, after;

	for (i = -reach; i <= reach; i++)
		sum += in[step * clamp(i, 0, count - 1)];
	for (i = 0; i < count; i++) {
		out[step * i] = sum / (float)(2 * reach + 1);
		before = clamp(i - reach, 0, count - 1);
		after = clamp(i + reach + 1, 0, count - 1);
		sum += in[step * after] - in[step * before];
	}
}

static void
blur(const float *in, float *out, float *scratch, int width, int height, int reach)
{
	int i;

	for (i = 0; i < height; i++)
		blur_line(in + i * width, scratch + i * width, width, 1, reach);
	for (i = 0; i < width; i++)
		blur_line(scratch + i, out + i, height, width, reach);
}

/* Of the differences |one - other|, in steps of a quarter level: the value below which
 * share of them lie. */
static double
difference_below(const float *one, const float *other, size_t count, double share)
{
	size_t histogram[1024] = { 0 }, seen = 0, i;
	int level;

	for (i = 0; i < count; i++)
		histogram[clamp(4 * fabs((double)one[i] - (double)other[i]), 0, 1023)]++;
	for (level = 0; level < 1023; level++) {
		seen += histogram[level];
		if ((double)seen >= share * (double)count)
			break;
	}
	return (level + 0.5) / 4;
}

/* Noise is everywhere and edges are few: the strongest fiftieth of the fine detail, less
 * a part of what noise with the same median would have. */
#define STRONGEST 0.98
/* Half of the 98th percentile of |normal| over its median. */
#define NOISE_SHARE 1.72

static double
sharpness(const struct patch *patch)
{
	size_t count = (size_t)patch->width * (size_t)patch->height;
	float *fine = xcalloc(count, sizeof *fine);
	float *coarse = xcalloc(count, sizeof *coarse);
	float *scratch = xcalloc(count, sizeof *scratch);
	int wide = patch->width / 24 + 2;
	double a, b;

	blur(patch->luma, fine, scratch, patch->width, patch->height, 1);
	blur(patch->luma, coarse, scratch, patch->width, patch->height, wide);
	a = difference_below(patch->luma, fine, count, STRONGEST) -
	    NOISE_SHARE * difference_below(patch->luma, fine, count, 0.5);
	b = difference_below(fine, coarse, count, STRONGEST);
	free(fine);
	free(coarse);
	free(scratch);
	return b > 0 ? 100 * a / b : 0;
}

static double
below(const struct patch *patch, double share)
{
	size_t count = (size_t)patch->width * (size_t)patch->height, seen = 0, i;
	size_t histogram[256] = { 0 };
	int level;

	for (i = 0; i < count; i++)
		histogram[clamp((double)patch->luma[i], 0, 255)]++;
	for (level = 0; level < 255; level++) {
		seen += histogram[level];
		if ((double)seen >= share * (double)count)
			break;
	}
	return level;
}

static double
share_above(const struct patch *patch, double level)
{
	size_t count = (size_t)patch->width * (size_t)patch->height, above = 0, i;

	for (i = 0; i < count; i++)
		above += (double)patch->luma[i] > level;
	return (double)above / (double)count;
}

static double
sides(const struct patch *patch)
{
	double left = 0, right = 0;
	int x, y;

	for (y = 0; y < patch->height; y++)
		for (x = 0; x < patch->width; x++)
			if (x < patch->width / 2)
				left += (double)patch->luma[y * patch->width + x];
			else if (x >= patch->width - patch->width / 2)
				right += (double)patch->luma[y * patch->width + x];
	return left + right > 0 ? (left - right) / ((left + right) / 2) : 0;
}

void
measure_light(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct measure_light *light)
{
	struct patch patch;

	cut_patch(pixels, width, height, face, &patch);
	if (patch.width < 16 || patch.height < 16) {
		light->dark = light->bright = light->chroma = light->sharpness = NAN;
		light->contrast = light->sides = NAN;
	} else {
		light->contrast = below(&patch, 0.95) - below(&patch, 0.05);
		light->sides = sides(&patch);
		light->dark = below(&patch, 0.95);
		light->bright = share_above(&patch, 247);
		light->chroma = patch.chroma;
		light->sharpness = sharpness(&patch);
	}
	free(patch.luma);
}

/* ---- eyes ---- */

/* The discs of the pupils, and the part of lenses around the eyes, in distances of
 * the eyes. */
#define PUPIL 0.08
#define LENS_ACROSS 0.32
#define LENS_DOWN 0.2

enum { WHITE = 250, RED_LEAST = 80 };

static int
is_red(const unsigned char *p)
{
	int other = p[1] > p[2] ? p[1] : p[2];

	return p[0] >= RED_LEAST && p[0] > 2 * other;
}

static void
look_at_eye(const unsigned char *pixels, int width, int height, struct point eye,
    double distant, double count[static 4])
{
	int x0 = clamp(eye.x - LENS_ACROSS * distant, 0, width);
	int x1 = clamp(eye.x + LENS_ACROSS * distant, 0, width);
	int y0 = clamp(eye.y - LENS_DOWN * distant, 0, height);
	int y1 = clamp(eye.y + LENS_DOWN * distant, 0, height);
	const unsigned char *p;
	int x, y;

	for (y = y0; y < y1; y++)
		for (x = x0; x < x1; x++) {
			p = pixels + ((size_t)y * (size_t)width + (size_t)x) * 3;
			count[0]++;
			count[1] += p[0] >= WHITE && p[1] >= WHITE && p[2] >= WHITE;
			if (hypot(x - eye.x, y - eye.y) > PUPIL * distant)
				continue;
			count[2]++;
			count[3] += is_red(p);
		}
}

void
measure_eyes(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct measure_eyes *eyes)
{
	double distant = distance(face->left_eye, face->right_eye);
	double count[4] = { 0 };

	look_at_eye(pixels, width, height, face->left_eye, distant, count);
	look_at_eye(pixels, width, height, face->right_eye, distant, count);
	eyes->glare = count[0] > 0 ? count[1] / count[0] : NAN;
	eyes->red = count[2] > 0 ? count[3] / count[2] : NAN;
}

double
measure_room(const struct measure_face *face, double width, double height)
{
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double above = eyes - (face->chin.y - eyes) * 0.6;
	double room = smaller(face->left, width - face->right);

	room = smaller(room, smaller(above, height - face->chin.y));
	return room / distance(face->left_eye, face->right_eye);
}
