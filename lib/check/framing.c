#include "lib/check/framing.h"

#include <math.h>
#include <string.h>

#include "lib/base/node.h"
#include "lib/check/background.h"
#include "lib/check/crop.h"
#include "lib/check/subject.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"

static struct crop_band
band(const struct profile *profile, const char *min, const char *max,
    const char *target)
{
	struct crop_band made = {
		profile_number(profile, "geometry", min),
		profile_number(profile, "geometry", max),
		profile_number(profile, "geometry", target),
	};

	return made;
}

void
framing_limits(const struct profile *profile, struct crop_limits *limits)
{
	*limits = (struct crop_limits){
		.width = (int)profile_integer(profile, "image", "width"),
		.height = (int)profile_integer(profile, "image", "height"),
		.crown = band(profile, "crown_min", "crown_max", "crown_target"),
		.eye_line = band(profile, "eye_line_min", "eye_line_max",
		    "eye_line_target"),
		.face_width = band(profile, "face_width_min", "face_width_max",
		    "face_width_target"),
		.centre_max = profile_number(profile, "geometry", "centre_max"),
		.scale_max = profile_number(profile, "geometry", "scale_max"),
		.missing_max = profile_number(profile, "geometry", "missing_max"),
		.margin = profile_number(profile, "geometry", "margin"),
		.wall_extends = strcmp(profile_text(profile, "background", "mode"),
		    "keep") != 0,
	};
}

/* Pixels of the registration image that the picture does not have. */
static void
judge_room(struct node *photo, const char *tool, const struct profile *profile,
    const char *id, double lacking)
{
	struct limit limit = profile_limit(profile, id);

	limit.has_max = 1;
	limit.max = profile_number(profile, "geometry", "missing_max");
	status_add_check(photo, tool, id, &limit, lacking, "px", 0);
}

/* A crown that was only estimated rejects nobody. */
static void
judge_band(struct node *photo, const char *tool, const struct profile *profile,
    const char *id, double value, double min, double max)
{
	struct limit limit = profile_limit(profile, id);
	int guessed = node_true(node_get(photo, "face"), "crown_estimated");

	limit.has_min = limit.has_max = 1;
	limit.min = min;
	limit.max = max;
	if (guessed && limit.level == LEVEL_REJECT)
		limit.level = LEVEL_REVIEW;
	status_add_check(photo, tool, id, &limit, value, "px", 0);
}

/* Above and beside, wall can be added where the background is replaced, if the head
 * itself is whole, and beside where the person does not reach the picture's edge. */
enum { CUT_OFF = 2 };	/* pixels of the picture */

static int
may_add_wall(const struct node *photo, const struct crop_limits *limits)
{
	return limits->wall_extends &&
	    node_real(node_get(photo, "face"), "crown", 0) > CUT_OFF;
}

/* What the crop lacks on a side where the person reaches the edge from a y on down. */
static double
lacks_person(const struct crop *crop, double beside, double reaches)
{
	double rows = (crop->box.y + crop->box.h - reaches) * crop->scale;

	return rows > BACKGROUND_TOUCH_MAX ? beside : 0;
}

static double
lacks_beside(const struct node *photo, const struct crop *crop, int extends)
{
	const struct node *face = node_get(photo, "face");

	if (!extends)
		return fmax(crop->left, crop->right);
	return fmax(lacks_person(crop, crop->left, node_real(face, "reaches_left", NAN)),
	    lacks_person(crop, crop->right, node_real(face, "reaches_right", NAN)));
}

static void
judge_crop(struct node *photo, const char *tool, const struct profile *profile,
    const struct crop_limits *limits, const struct crop *crop)
{
	double middle = limits->width / 2.0;
	int extends = may_add_wall(photo, limits);

	judge_band(photo, tool, profile, "framing.crown", crop->crown,
	    limits->crown.min, limits->crown.max);
	judge_band(photo, tool, profile, "framing.eye_line", crop->eye_line,
	    limits->eye_line.min, limits->eye_line.max);
	judge_band(photo, tool, profile, "framing.face_width", crop->face_width,
	    limits->face_width.min, limits->face_width.max);
	judge_band(photo, tool, profile, "framing.centre", crop->centre - middle,
	    -limits->centre_max, limits->centre_max);
	judge_room(photo, tool, profile, "framing.above", extends ? 0 : crop->above);
	judge_room(photo, tool, profile, "framing.sides",
	    lacks_beside(photo, crop, extends));
	judge_room(photo, tool, profile, "framing.below", crop->below);
}

/* Where the face comes to lie in the best crop, or in a picture that has the image's size
 * already.  Returns whether all limits hold. */
static int
find_place(const struct crop_limits *limits, const struct measure_face *face, double width,
    double height, struct crop *place)
{
	struct crop_face geometry = {
		.crown = face->crown,
		.eye_line = (face->left_eye.y + face->right_eye.y) / 2,
		.width = face->right - face->left,
		.centre = (face->left_eye.x + face->right_eye.x) / 2,
	};
	struct box all = { 0, 0, width, height };

	if ((int)width == limits->width && (int)height == limits->height)
		return crop_judge(limits, &geometry, width, height, &all, place) == 0;
	return crop_fit(limits, &geometry, width, height, place) == 0;
}

/* No authority says whether hair that is piled up belongs to the head.  Where no crop holds
 * it, but one holds the head, that one is made, and a person looks. */
static void
lower_crown(struct node *photo, const struct crop_limits *limits,
    const struct measure_face *face, double width, double height, struct crop *place)
{
	struct node *node = node_get(photo, "face");
	struct measure_face head = *face;
	struct crop instead;

	head.crown = subject_crown_of_face(face);
	if (((int)width == limits->width && (int)height == limits->height) ||
	    !subject_crown_is_piled(face) ||
	    !find_place(limits, &head, width, height, &instead))
		return;
	node_set_real(node, "crown", head.crown, 2);
	node_set_flag(node, "crown_estimated", 1);
	*place = instead;
}

void
framing_judge(struct node *photo, const char *tool, const struct profile *profile)
{
	struct node *image = node_get(photo, "image");
	struct crop place = { .crown = NAN, .eye_line = NAN, .face_width = NAN,
	    .centre = NAN, .above = NAN, .below = NAN, .left = NAN, .right = NAN };
	double width = node_real(image, "width", NAN);
	double height = node_real(image, "height", NAN);
	struct crop_limits limits;
	struct measure_face face;

	framing_limits(profile, &limits);
	if (subject_from_node(node_get(photo, "face"), &face) == 0 &&
	    !find_place(&limits, &face, width, height, &place))
		lower_crown(photo, &limits, &face, width, height, &place);
	judge_crop(photo, tool, profile, &limits, &place);
}
