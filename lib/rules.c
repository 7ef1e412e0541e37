#include "lib/rules.h"

#include <math.h>
#include <string.h>

#include "lib/node.h"
#include "lib/profile.h"
#include "lib/status.h"
#include "lib/subject.h"

/* A check of one number, which stands in "measures" under the check's id. */
static const struct {
	const char *id, *unit;
	int decimals;
} numbers[] = {
	{ "face.count", "", 0 },
	{ "pose.roll", "deg", 1 },
	{ "pose.yaw", "deg", 1 },
	{ "eyes.open", "", 3 },
	{ "mouth.closed", "", 3 },
	{ "light.dark", "", 0 },
	{ "light.bright", "%", 1 },
	{ "sharpness", "", 1 },
	{ "background.plain", "ΔE", 1 },
};

enum { STORED_DECIMALS = 4 };

struct node *
rules_measures(const struct subject *subject)
{
	const struct measure_face *face = &subject->face;
	const struct measure_light *light = &subject->light;
	struct node *measures = node_object();
	const struct {
		const char *id;
		double value;
	} of_face[] = {
		{ "pose.roll", face->roll },
		{ "pose.yaw", face->yaw },
		{ "eyes.open", face->eyes_open },
		{ "mouth.closed", face->mouth_gap },
		{ "light.dark", light->dark },
		{ "light.bright", 100 * light->bright },
		{ "sharpness", light->sharpness },
		{ "background.plain", subject->plainness },
		{ "chroma", light->chroma },
	};
	size_t i;

	node_set_real(measures, "face.count", subject->faces, 0);
	for (i = 0; subject->faces > 0 && i < sizeof of_face / sizeof *of_face; i++)
		node_set_real(measures, of_face[i].id, of_face[i].value,
		    STORED_DECIMALS);
	return measures;
}

static void
judge_file(struct node *photo, const char *tool, const struct profile *profile)
{
	struct limit limit = profile_limit(profile, "file.readable");

	status_add_verdict(photo, tool, "file.readable", &limit, VERDICT_PASS, NULL);
}

/* Grey and CMYK as stored, or a colour file without colour in the face. */
static void
judge_colour(struct node *photo, const char *tool, const struct node *measures,
    const struct profile *profile)
{
	struct limit limit = profile_limit(profile, "file.colour");
	struct node *image = node_get(photo, "image");
	double chroma = node_real(measures, "chroma", NAN);

	if (node_true(image, "grey") || node_true(image, "cmyk"))
		status_add_verdict(photo, tool, "file.colour", &limit, VERDICT_FAIL,
		    node_true(image, "grey") ? "grey" : "cmyk");
	else
		status_add_check(photo, tool, "file.colour", &limit, chroma, "", 1);
}

/* How much the least crop that the standard allows has to be enlarged. */
static void
judge_resolution(struct node *photo, const char *tool, const struct profile *profile)
{
	struct limit limit = profile_limit(profile, "file.resolution");
	double width = node_real(node_get(photo, "face"), "width", NAN);
	double least = profile_number(profile, "geometry", "face_width_min");

	status_add_check(photo, tool, "file.resolution", &limit, least / width, "x", 2);
}

void
rules_judge(struct node *photo, const char *tool, const struct node *measures,
    const struct profile *profile)
{
	struct limit limit;
	size_t i;

	judge_file(photo, tool, profile);
	judge_colour(photo, tool, measures, profile);
	judge_resolution(photo, tool, profile);
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		limit = profile_limit(profile, numbers[i].id);
		status_add_check(photo, tool, numbers[i].id, &limit,
		    node_real(measures, numbers[i].id, NAN), numbers[i].unit,
		    numbers[i].decimals);
	}
}
