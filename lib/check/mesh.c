#include "lib/check/mesh.h"

#include <math.h>
#include <string.h>

#include "lib/check/measure.h"
#include "lib/net/net.h"

/* The network's outputs, by their place in the file, and how many numbers each has. */
enum { OUT_FACE, OUT_LIPS, OUT_LEFT, OUT_RIGHT, OUT_LEFT_IRIS, OUT_RIGHT_IRIS, OUT_FLAG,
    OUTPUTS };
static const size_t sizes[OUTPUTS] = { 3 * 468, 2 * 80, 2 * 71, 2 * 71, 2 * 5, 2 * 5, 1 };

/* Points of the face by their number in the network's scheme. */
enum { TOP = 10, CHIN = 152, CHEEK_LEFT = 234, CHEEK_RIGHT = 454 };

/* Where the inner edge of the lips begins among the 80. */
enum { INNER_LIPS = 20 };

enum { SIDE = 192, FINE_MAX = 4 };

/* The square: its side, by the distance of the eyes and by the height from eyes to chin,
 * of which the mean is taken; and how far below the eyes its middle is, in its sides. */
#define SIDE_OF_EYES 4.04
#define SIDE_OF_HEIGHT 2.23
#define BELOW_EYES 0.115

/* How far the face of a head that is held level slopes from its top to its chin, degrees:
 * between those of two sets of people who were told to look straight ahead. */
#define OWN_PITCH 3.5

/* How the network's square lies in the picture. */
struct frame {
	struct point middle;
	struct point along;	/* one step to the right in the square */
};

static double
apart(struct point a, struct point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static void
frame_of(const struct measure_face *face, struct frame *frame)
{
	struct point left = face->left_eye, right = face->right_eye;
	double eyes = apart(left, right), x = (right.x - left.x) / eyes;
	double y = (right.y - left.y) / eyes;
	struct point middle = { (left.x + right.x) / 2, (left.y + right.y) / 2 };
	double side = (SIDE_OF_EYES * eyes + SIDE_OF_HEIGHT * apart(middle, face->chin)) / 2;

	frame->along = (struct point){ x * side / SIDE, y * side / SIDE };
	frame->middle = (struct point){ middle.x - BELOW_EYES * side * y,
	    middle.y + BELOW_EYES * side * x };
}

static struct point
back(const struct frame *frame, double u, double v)
{
	u -= SIDE / 2.0;
	v -= SIDE / 2.0;
	return (struct point){ frame->middle.x + u * frame->along.x - v * frame->along.y,
	    frame->middle.y + u * frame->along.y + v * frame->along.x };
}

/* ---- the square ---- */

struct picture {
	const unsigned char *pixels;
	int width, height;
};

static int
inside(double value, int size)
{
	return value < 0 ? 0 : value > size - 1 ? size - 1 : (int)value;
}

/* Where the steps along a row of the square lead, from where the row begins. */
struct steps {
	struct point to[FINE_MAX * SIDE];
	int fine;		/* to each pixel of the square, along and down */
};

static void
steps_init(struct steps *steps, const struct frame *frame, int fine)
{
	double u;
	int x;

	steps->fine = fine;
	for (x = 0; x < fine * SIDE; x++) {
		u = x / fine + (x % fine + 0.5) / fine - SIDE / 2.0;
		steps->to[x] = (struct point){ frame->middle.x + u * frame->along.x,
			frame->middle.y + u * frame->along.y };
	}
}

/* The nearest pixels of a row of the square, fine to each of its own, added to sums;
 * edges are repeated. */
static void
add_row(const struct picture *picture, const struct frame *frame, double v,
    const struct steps *steps, unsigned *sum)
{
	const struct point *to = steps->to;
	double x = (v - SIDE / 2.0) * frame->along.y, y = (v - SIDE / 2.0) * frame->along.x;
	const unsigned char *p;
	int i, k;

	for (i = 0; i < SIDE; i++, sum += 3)
		for (k = 0; k < steps->fine; k++, to++) {
			p = picture->pixels + 3 * ((size_t)inside(to->y + y,
			    picture->height) * (size_t)picture->width +
			    (size_t)inside(to->x - x, picture->width));
			sum[0] += p[0];
			sum[1] += p[1];
			sum[2] += p[2];
		}
}

static void
cut_square(const struct picture *picture, const struct frame *frame, unsigned char *out)
{
	double step = hypot(frame->along.x, frame->along.y);
	int fine = step < 1 ? 2 : step < 2 ? 3 : FINE_MAX, y, i;
	unsigned count = (unsigned)(fine * fine), sum[3 * SIDE];
	struct steps steps;

	steps_init(&steps, frame, fine);
	for (y = 0; y < SIDE; y++) {
		memset(sum, 0, sizeof sum);
		for (i = 0; i < fine; i++)
			add_row(picture, frame, y + (i + 0.5) / fine, &steps, sum);
		for (i = 0; i < 3 * SIDE; i++)
			*out++ = (unsigned char)((sum[i] + count / 2) / count);
	}
}

/* ---- what it says ---- */

static void
read_points(const struct frame *frame, const float *values, struct point *points, int count)
{
	int i;

	for (i = 0; i < count; i++)
		points[i] = back(frame, (double)values[2 * i], (double)values[2 * i + 1]);
}

/* How far the lids are apart in the middle of an eye, in its width. */
static double
opening(const struct mesh_eye *eye)
{
	enum { HALF = MESH_CONTOUR / 2 };
	double sum = 0;
	int i;

	/* lids[0] and lids[HALF] are the corners; the middle three of seven pairs */
	for (i = 3; i <= 5; i++)
		sum += apart(eye->lids[i], eye->lids[HALF + i]);
	return sum / 3 / apart(eye->lids[0], eye->lids[HALF]);
}

static double
gap_of(const struct point lips[static MESH_LIPS], double eyes)
{
	enum { HALF = MESH_LIPS / 2 };
	double sum = 0;
	int i;

	for (i = 4; i <= 6; i++)
		sum += apart(lips[i], lips[HALF + i]);
	return sum / 3 / eyes;
}

/* Of the four points on its edge: the farthest along the line of the eyes and across. */
static double
roundness(const struct mesh_eye *eye, struct point along)
{
	double wide = 0, tall = 0, x, y;
	int i, j;

	for (i = 1; i < MESH_IRIS; i++)
		for (j = i + 1; j < MESH_IRIS; j++) {
			x = eye->iris[j].x - eye->iris[i].x;
			y = eye->iris[j].y - eye->iris[i].y;
			wide = fmax(wide, fabs(x * along.x + y * along.y));
			tall = fmax(tall, fabs(y * along.x - x * along.y));
		}
	return wide / tall;
}

static double
degrees(double radians)
{
	return radians * 180 / M_PI;
}

/* From the depths that the network gives, of cheeks, and of the face's top and chin. */
static void
read_pose(const float *face, struct mesh *mesh)
{
	const float *left = face + 3 * CHEEK_LEFT, *right = face + 3 * CHEEK_RIGHT;
	const float *top = face + 3 * TOP, *chin = face + 3 * CHIN;

	mesh->yaw = degrees(atan2((double)(right[2] - left[2]),
	    (double)(right[0] - left[0])));
	mesh->pitch = OWN_PITCH - degrees(atan2((double)(chin[2] - top[2]),
	    (double)(chin[1] - top[1])));
}

int
mesh_find(struct net *net, const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct mesh *mesh)
{
	struct picture picture = { pixels, width, height };
	unsigned char square[3 * SIDE * SIDE];
	const float *flag;
	struct frame frame;
	int i;

	for (i = 0; i < OUTPUTS; i++)
		if (net_output_size(net, i) != sizes[i])
			return -1;
	if (net_width(net) != SIDE || net_height(net) != SIDE)
		return -1;
	frame_of(face, &frame);
	cut_square(&picture, &frame, square);
	net_run(net, square);
	flag = net_output(net, OUT_FLAG);
	mesh->presence = 1 / (1 + exp(-(double)*flag));
	read_points(&frame, net_output(net, OUT_LEFT), mesh->left.lids, MESH_CONTOUR);
	read_points(&frame, net_output(net, OUT_RIGHT), mesh->right.lids, MESH_CONTOUR);
	read_points(&frame, net_output(net, OUT_LEFT_IRIS), mesh->left.iris, MESH_IRIS);
	read_points(&frame, net_output(net, OUT_RIGHT_IRIS), mesh->right.iris, MESH_IRIS);
	read_points(&frame, net_output(net, OUT_LIPS) + 2 * INNER_LIPS, mesh->lips, MESH_LIPS);
	mesh->opening[0] = opening(&mesh->left);
	mesh->opening[1] = opening(&mesh->right);
	mesh->gap = gap_of(mesh->lips, apart(face->left_eye, face->right_eye));
	mesh->roundness = (roundness(&mesh->left, frame.along) +
	    roundness(&mesh->right, frame.along)) / 2;
	read_pose(net_output(net, OUT_FACE), mesh);
	return 0;
}
