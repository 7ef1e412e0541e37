#include "lib/normalize/proof.h"

#include <math.h>

#include "lib/base/node.h"
#include "lib/check/crop.h"

enum { PLACE_DECIMALS = 2, SCALE_DECIMALS = 4 };

static void
set_number(struct node *object, const char *name, double value)
{
	if (isfinite(value))
		node_set_real(object, name, value, PLACE_DECIMALS);
}

struct node *
proof_add(struct node *result, const char *what, double value, double min,
    double max)
{
	struct node *fails = node_get(result, "fails"), *fail;

	if (fails == NULL)
		fails = node_set(result, "fails", node_array());
	fail = node_append(fails, node_object());
	node_set_text(fail, "what", what);
	set_number(fail, "value", value);
	set_number(fail, "min", min);
	set_number(fail, "max", max);
	return fail;
}

/* How far a value is outside of its band. */
static double
outside(double value, double min, double max)
{
	return value < min ? min - value : value - max;
}

void
proof_add_crop(struct node *result, const struct crop_limits *limits,
    const struct crop *crop, int failures, const struct proof_doubt *doubt)
{
	const int bands = CROP_CROWN | CROP_EYE_LINE | CROP_FACE_WIDTH | CROP_CENTRE;
	const double half = limits->width / 2.0;
	const struct {
		int failure;
		const char *what;
		double value, min, max;
	} all[] = {
		{ CROP_CROWN, "crown", crop->crown, limits->crown.min,
		    limits->crown.max },
		{ CROP_EYE_LINE, "eye_line", crop->eye_line,
		    limits->eye_line.min, limits->eye_line.max },
		{ CROP_FACE_WIDTH, "face_width", crop->face_width,
		    limits->face_width.min, limits->face_width.max },
		{ CROP_CENTRE, "centre", crop->centre,
		    half - limits->centre_max, half + limits->centre_max },
		{ CROP_SCALE, "scale", crop->scale, NAN, limits->scale_max },
		{ CROP_ABOVE, "outside_above", crop->above, NAN,
		    limits->missing_max },
		{ CROP_BELOW, "outside_below", crop->below, NAN,
		    limits->missing_max },
		{ CROP_LEFT, "outside_left", crop->left, NAN,
		    limits->missing_max },
		{ CROP_RIGHT, "outside_right", crop->right, NAN,
		    limits->missing_max },
		{ CROP_NO_FACE, "face", NAN, NAN, NAN },
	};
	struct node *fail;
	size_t i;

	for (i = 0; i < sizeof all / sizeof *all; i++) {
		if (!(failures & all[i].failure))
			continue;
		fail = proof_add(result, all[i].what, all[i].value, all[i].min,
		    all[i].max);
		if ((doubt->crown && all[i].failure == CROP_CROWN) ||
		    ((bands & all[i].failure) && outside(all[i].value, all[i].min,
		    all[i].max) <= doubt->margin))
			node_set_flag(fail, "doubted", 1);
	}
}

void
proof_add_estimated(struct node *result)
{
	struct node *fail = proof_add(result, "crown_estimated", NAN, NAN, NAN);

	node_set_flag(fail, "doubted", 1);
}

int
proof_holds(const struct node *result)
{
	const struct node *fails = node_get(result, "fails");
	size_t i;

	for (i = 0; i < node_count(fails); i++)
		if (!node_true(node_at(fails, i), "doubted"))
			return 0;
	return 1;
}

void
proof_set_place(struct node *result, const struct crop *crop)
{
	set_number(result, "crown", crop->crown);
	set_number(result, "eye_line", crop->eye_line);
	set_number(result, "face_width", crop->face_width);
	set_number(result, "centre", crop->centre);
}

void
proof_set_crop(struct node *result, const struct crop *crop)
{
	struct node *box = node_set(result, "crop", node_array());

	node_append_real(box, crop->box.x, PLACE_DECIMALS);
	node_append_real(box, crop->box.y, PLACE_DECIMALS);
	node_append_real(box, crop->box.w, PLACE_DECIMALS);
	node_append_real(box, crop->box.h, PLACE_DECIMALS);
	node_set_real(result, "scale", crop->scale, SCALE_DECIMALS);
}
