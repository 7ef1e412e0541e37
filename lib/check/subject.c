#include "lib/check/subject.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/check/face.h"
#include "lib/check/facesearch.h"
#include "lib/check/mesh.h"
#include "lib/check/personprior.h"
#include "lib/check/screen.h"

enum {
	DECIMALS = 2,
	FLAT_FAR = 48		/* levels of sRGB: farther from a flat wall's colour
				 * than coding brings it */
};

/* Least width of hair at the crown before a flat wall, of eyes to chin: what
 * matte_cut takes for one. */
#define CROWN_WIDE 0.16

/* The crown stands so much of the way from chin to eyes above the eyes: in the middle of
 * 102 studio portraits, and at most in those whose hair is not piled up. */
#define CROWN_ABOVE_EYES 1.05
#define CROWN_HIGHEST 1.3

static double
eyes_to_chin(const struct measure_face *face)
{
	return face->chin.y - (face->left_eye.y + face->right_eye.y) / 2;
}

double
subject_crown_of_face(const struct measure_face *face)
{
	return face->chin.y - (1 + CROWN_ABOVE_EYES) * eyes_to_chin(face);
}

int
subject_crown_is_piled(const struct measure_face *face)
{
	return face->chin.y - face->crown > (1 + CROWN_HIGHEST) * eyes_to_chin(face);
}

static int
is_flat(const unsigned char *pixel, const unsigned char *flat)
{
	int r = pixel[0] - flat[0], g = pixel[1] - flat[1];
	int b = pixel[2] - flat[2];

	return r * r + g * g + b * b < FLAT_FAR * FLAT_FAR;
}

/* The top row, about the face's middle, with enough that is not the wall's
 * colour; -1 when there is none. */
static double
crown_before(const unsigned char *flat, const unsigned char *pixels, int width,
    int height, const struct measure_face *face)
{
	double middle = (face->left_eye.x + face->right_eye.x) / 2;
	double unit = eyes_to_chin(face);
	int left = (int)fmax(middle - unit, 0), count, x, y;
	int right = (int)fmin(middle + unit, width);

	for (y = 0; y < height; y++) {
		for (x = left, count = 0; x < right; x++)
			count += !is_flat(pixels + 3 * ((size_t)y *
			    (size_t)width + (size_t)x), flat);
		if (count >= CROWN_WIDE * unit)
			return y;
	}
	return -1;
}

static void
measure_flat(const unsigned char *flat, const unsigned char *pixels, int width,
    int height, struct subject *subject)
{
	double crown = crown_before(flat, pixels, width, height, &subject->face);

	subject->has_mask = crown >= 0;
	subject->crown_estimated = crown < 0;
	subject->texture = subject->gradient = 0;
	subject->shadow = subject->objects = 0;
	subject->hair = (struct hair){ NAN, NAN, NAN };
	subject->clothing = (struct clothing){ 0, { 0 }, NAN, NAN, NAN };
	if (crown >= 0)
		subject->face.crown = crown;
}

/* The mask of the person; -1 when there is none. */
static int
find_mask(const struct subject_search *search, const unsigned char *pixels, int width,
    int height, const struct measure_face *face, struct matte *matte)
{
	struct matte_face head = { face->left_eye, face->right_eye, face->chin,
	    face->left, face->right };
	struct box box = personprior_box(&head, width, height);
	struct buf ignored = BUF_INIT;
	struct matte_prior prior;
	int result;

	if (search->persons == NULL)
		return -1;
	personprior_find(search->persons, pixels, width, height, &box, &prior);
	result = matte_find(pixels, width, height, &head, &prior, matte, &ignored);
	personprior_release(&prior);
	buf_release(&ignored);
	return result;
}

/* The y from which down the person is in a column of the mask's cells. */
static double
reaches(const struct matte *matte, int column)
{
	int row = 0;

	while (row < matte->rows && matte->side[row * matte->cols + column].inside <= 0)
		row++;
	return row < matte->rows ? row * matte->step : NAN;
}

static void
measure_mask(const struct subject_search *search, const unsigned char *pixels, int width,
    int height, struct subject *subject, struct matte *matte)
{
	const struct measure_face *face = &subject->face;
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;

	subject->clothing = (struct clothing){ 0, { 0 }, NAN, NAN, NAN };
	subject->texture = subject->gradient = NAN;
	subject->shadow = subject->objects = NAN;
	subject->crown_estimated = 1;
	subject->face.crown = subject_crown_of_face(face);
	if (find_mask(search, pixels, width, height, face, matte) == 0) {
		subject->has_mask = 1;
		subject->texture = matte->texture;
		subject->gradient = matte->gradient;
		subject->shadow = matte->shadow;
		subject->objects = matte->objects;
		subject->face.reaches_left = reaches(matte, 0);
		subject->face.reaches_right = reaches(matte, matte->cols - 1);
		if (matte->crown >= 0 && matte->crown < eyes) {
			subject->face.crown = matte->crown;
			subject->crown_estimated = 0;
		}
	}
	if (subject->has_mask)
		clothing_measure(pixels, matte, face, search->unwanted,
		    search->unwanted_count, &subject->clothing);
	hair_measure(pixels, width, height, face, subject->light.detail.sharpness,
	    subject->has_mask ? matte : NULL, &subject->hair);
}

static void
read_traits(const struct subject_search *search, const struct face_grey *view,
    const struct point *points, struct subject *subject)
{
	int i;

	for (i = 0; i < TRAIT_COUNT; i++)
		subject->traits[i] = NAN;
	if (search->traits != NULL)
		traits_read(search->traits, view, points, subject->traits);
}

/* What the network sees; without it, or where it sees no face, nothing. */
static void
read_mesh(const struct subject_search *search, const unsigned char *pixels, int width,
    int height, struct subject *subject)
{
	struct mesh mesh;

	subject->eyes_open = subject->lips_gap = subject->stretch = NAN;
	subject->tone = (struct tone){ NAN, NAN, NAN };
	if (search->mesh == NULL || mesh_find(search->mesh, pixels, width, height,
	    &subject->face, &mesh) != 0 || mesh.presence < MESH_PRESENT)
		return;
	subject->face.yaw = mesh.yaw;
	subject->face.pitch = mesh.pitch;
	subject->eyes_open = fmin(mesh.opening[0], mesh.opening[1]);
	subject->lips_gap = mesh.gap;
	subject->stretch = measure_stretch(&subject->face, mesh.roundness);
	tone_measure(pixels, width, height, &subject->face, &mesh, &subject->tone);
}

void
subject_lap(const struct subject_search *search, const char *group)
{
	if (search->lap != NULL)
		search->lap(search->lap_state, group);
}

/* Where the face is, in points of what was searched and in subject->face. */
static int
place(const struct subject_search *search, const struct facesearch *seek,
    const struct box *box, struct point *points, struct subject *subject,
    struct buf *err)
{
	double confidence = subject->face.confidence;
	struct point upright[FACE_POINTS];
	int i;

	if (face_landmarks(search->finder, &seek->grey, box, points, err) != 0)
		return -1;
	for (i = 0; i < FACE_POINTS; i++)
		upright[i] = facesearch_back(seek, points[i]);
	subject->face.box = *box;
	subject->face.confidence = confidence;
	measure_landmarks(upright, &subject->face);
	measure_scale(&subject->face, seek->factor);
	return 0;
}

/* The crown, and what is measured of the wall. */
static void
measure_wall(const struct subject_search *search, const unsigned char *pixels,
    int width, int height, struct subject *subject, struct matte *matte)
{
	if (search->flat != NULL)
		measure_flat(search->flat, pixels, width, height, subject);
	else
		measure_mask(search, pixels, width, height, subject, matte);
}

static void
measure_numbers(const struct subject_search *search, const struct view *view,
    double numbers[static NUMBERS_MAX])
{
	const struct number *number;
	size_t i;

	for (i = 0; (number = numbers_at(i)) != NULL; i++)
		if (number->measure != NULL) {
			numbers[i] = number->measure(view);
			subject_lap(search, number->id);
		}
}

/* Cells around the person in which its outline may still be seen. */
#define OUTLINE 2.5f

/* Edges of a screen or a print around the face, none of the person's own. */
static double
measure_edges(const struct facesearch *seek, const struct box *box,
    const struct matte *matte)
{
	const struct face_grey *grey = &seek->grey;
	double scale = matte != NULL ? seek->factor / matte->step : 0, edges;
	unsigned char *own = matte != NULL ?
	    xcalloc((size_t)grey->width, (size_t)grey->height) : NULL;
	int x, y, column, row;

	for (y = 0; own != NULL && y < grey->height; y++)
		for (x = 0; x < grey->width; x++) {
			column = (int)((x + 0.5) * scale);
			row = (int)((y + 0.5) * scale);
			own[y * grey->width + x] = column < matte->cols &&
			    row < matte->rows &&
			    matte->side[row * matte->cols + column].inside > -OUTLINE;
		}
	edges = screen_edges(grey->pixels, grey->width, grey->height, box, own);
	free(own);
	return edges;
}

/* What needs a face that is upright in the picture, or nearly. */
static void
measure_upright(const struct subject_search *search, const unsigned char *pixels,
    int width, int height, const struct facesearch *seek, const struct box *box,
    struct subject *subject)
{
	struct view view = { pixels, width, height, &subject->face, NULL };
	struct matte matte = { 0 };

	light_eyes(pixels, width, height, view.face, &subject->eyes);
	subject_lap(search, "pose, eyes, mouth");
	light_measure(pixels, width, height, view.face, search->face_width,
	    &subject->light);
	subject_lap(search, "light, sharpness");
	measure_wall(search, pixels, width, height, subject, &matte);
	subject_lap(search, "background, mask");
	if (subject->has_mask && search->flat == NULL)
		view.matte = &matte;
	subject->edges = measure_edges(seek, box, view.matte);
	subject_lap(search, "recapture.edges");
	measure_numbers(search, &view, subject->numbers);
	matte_release(&matte);
}

static int
measure(const struct subject_search *search, const unsigned char *pixels, int width,
    int height, const struct facesearch *seek, struct subject *subject, struct buf *err)
{
	const struct box *box = &seek->found[0].box;
	struct point points[FACE_POINTS];

	if (place(search, seek, box, points, subject, err) != 0)
		return -1;
	subject_lap(search, "landmarks");
	read_traits(search, &seek->grey, points, subject);
	read_mesh(search, pixels, width, height, subject);
	traits_upright(&seek->grey, points[FACE_EYE_LEFT], points[FACE_EYE_RIGHT],
	    SUBJECT_UPRIGHT, subject->upright);
	subject->turned = seek->turn != 0;
	if (!subject->turned)
		measure_upright(search, pixels, width, height, seek, box, subject);
	return 0;
}

int
subject_find(const struct subject_search *search, const unsigned char *pixels,
    int width, int height, struct subject *subject, struct buf *err)
{
	struct facesearch seek;
	int result;

	memset(subject, 0, sizeof *subject);
	result = facesearch_faces(&seek, search, pixels, width, height, err);
	subject_lap(search, "face");
	subject->faces = result == 0 ? seek.count : 0;
	if (subject->faces > 0) {
		subject->face.confidence = seek.found[0].confidence;
		result = measure(search, pixels, width, height, &seek, subject, err);
	}
	facesearch_release(&seek);
	return result;
}

int
subject_place(const struct subject_search *search, const unsigned char *pixels,
    int width, int height, const struct box *box, struct subject *subject,
    struct buf *err)
{
	struct point points[FACE_POINTS];
	struct matte matte = { 0 };
	struct facesearch seek;
	int result;

	memset(subject, 0, sizeof *subject);
	facesearch_init(&seek, pixels, width, height, height);
	subject->faces = 1;
	result = place(search, &seek, box, points, subject, err);
	if (result == 0)
		measure_wall(search, pixels, width, height, subject, &matte);
	matte_release(&matte);
	facesearch_release(&seek);
	return result;
}

/* ---- manifest ---- */

static void
set_point(struct node *node, const char *name, struct point point, double factor)
{
	struct node *array = node_set(node, name, node_array());

	node_append_real(array, point.x * factor, DECIMALS);
	node_append_real(array, point.y * factor, DECIMALS);
}

struct node *
subject_to_node(const struct subject *subject, double factor)
{
	const struct measure_face *face = &subject->face;
	struct node *node = node_object(), *box;

	box = node_set(node, "box", node_array());
	node_append_real(box, face->box.x * factor, DECIMALS);
	node_append_real(box, face->box.y * factor, DECIMALS);
	node_append_real(box, face->box.w * factor, DECIMALS);
	node_append_real(box, face->box.h * factor, DECIMALS);
	node_set_real(node, "confidence", face->confidence, 3);
	set_point(node, "left_eye", face->left_eye, factor);
	set_point(node, "right_eye", face->right_eye, factor);
	set_point(node, "chin", face->chin, factor);
	node_set_real(node, "crown", face->crown * factor, DECIMALS);
	if (subject->crown_estimated)
		node_set_flag(node, "crown_estimated", 1);
	node_set_real(node, "left", face->left * factor, DECIMALS);
	node_set_real(node, "right", face->right * factor, DECIMALS);
	node_set_real(node, "width", (face->right - face->left) * factor, DECIMALS);
	if (isfinite(face->reaches_left))
		node_set_real(node, "reaches_left", face->reaches_left * factor, DECIMALS);
	if (isfinite(face->reaches_right))
		node_set_real(node, "reaches_right", face->reaches_right * factor, DECIMALS);
	node_set_real(node, "roll", face->roll, DECIMALS);
	if (isfinite(face->yaw + face->pitch)) {
		node_set_real(node, "yaw", face->yaw, DECIMALS);
		node_set_real(node, "pitch", face->pitch, DECIMALS);
	}
	return node;
}

static struct point
get_point(const struct node *node, const char *name)
{
	struct node *array = node_get(node, name);
	struct point point = { node_real_at(array, 0, NAN), node_real_at(array, 1, NAN) };

	return point;
}

int
subject_from_node(const struct node *node, struct measure_face *face)
{
	struct node *box = node_get(node, "box");

	memset(face, 0, sizeof *face);
	face->box.x = node_real_at(box, 0, NAN);
	face->box.y = node_real_at(box, 1, NAN);
	face->box.w = node_real_at(box, 2, NAN);
	face->box.h = node_real_at(box, 3, NAN);
	face->confidence = node_real(node, "confidence", NAN);
	face->left_eye = get_point(node, "left_eye");
	face->right_eye = get_point(node, "right_eye");
	face->chin = get_point(node, "chin");
	face->crown = node_real(node, "crown", NAN);
	face->left = node_real(node, "left", NAN);
	face->right = node_real(node, "right", NAN);
	face->reaches_left = node_real(node, "reaches_left", NAN);
	face->reaches_right = node_real(node, "reaches_right", NAN);
	face->roll = node_real(node, "roll", NAN);
	face->yaw = node_real(node, "yaw", NAN);
	face->pitch = node_real(node, "pitch", NAN);
	return isfinite(face->box.w + face->left_eye.y + face->right_eye.y +
	    face->chin.y + face->crown + face->left + face->right) ? 0 : -1;
}
