#include "lib/check/rules.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "lib/base/node.h"
#include "lib/check/framing.h"
#include "lib/check/numbers.h"
#include "lib/check/subject.h"
#include "lib/decision/status.h"
#include "lib/matte/lab.h"
#include "lib/profile/profile.h"

enum { STORED_DECIMALS = 4 };

static double
number_of(const struct subject *subject, size_t row)
{
	const struct number *number = numbers_at(row);
	double value = subject->numbers[row];

	if (number->measure == NULL)
		memcpy(&value, (const char *)subject + number->place, sizeof value);
	return number->times * value;
}

static void
add_clothing(struct node *measures, const struct clothing *clothing)
{
	struct node *colour = node_set(measures, "clothing", node_array());
	size_t i;

	for (i = 0; i < 3; i++)
		node_append_real(colour, clothing->median[i], 0);
}

struct node *
rules_measures(const struct subject *subject)
{
	struct node *measures = node_object();
	const struct number *number;
	size_t i;

	node_set_real(measures, "face.count", subject->faces, 0);
	if (subject->faces == 0)
		return measures;
	for (i = 0; (number = numbers_at(i)) != NULL; i++)
		if (number->place != NUMBER_ELSEWHERE &&
		    (number->turned || !subject->turned))
			node_set_real(measures, number->id, number_of(subject, i),
			    STORED_DECIMALS);
	if (!subject->turned)
		node_set_real(measures, "chroma", subject->light.chroma,
		    STORED_DECIMALS);
	if (subject->clothing.seen)
		add_clothing(measures, &subject->clothing);
	return measures;
}

/* Of a file that could be read all the same. */
static void
judge_damage(struct node *photo, const char *tool, const struct profile *profile)
{
	static const struct {
		const char *damage, *id;
	} kinds[] = { { "corrupt", "file.corrupt" }, { "unended", "file.unended" } };
	const char *damage = node_text(node_get(photo, "image"), "damage");
	struct limit limit;
	size_t i;

	for (i = 0; damage != NULL && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(damage, kinds[i].damage) == 0) {
			limit = profile_limit(profile, kinds[i].id);
			status_add_verdict(photo, tool, kinds[i].id, &limit,
			    VERDICT_FAIL, NULL);
		}
}

static void
judge_file(struct node *photo, const char *tool, const struct profile *profile)
{
	struct limit readable = profile_limit(profile, "file.readable");
	struct limit pages = profile_limit(profile, "file.pages");
	struct limit pixels = profile_limit(profile, "file.pixels");
	struct node *image = node_get(photo, "image");

	pixels.has_max = 1;
	pixels.max = profile_number(profile, "ingest", "pixels_max") / 1e6;
	status_add_verdict(photo, tool, "file.readable", &readable, VERDICT_PASS, NULL);
	judge_damage(photo, tool, profile);
	status_add_check(photo, tool, "file.pages", &pages,
	    node_real(image, "pages", NAN), "", 0);
	status_add_check(photo, tool, "file.pixels", &pixels,
	    node_real(image, "width", NAN) * node_real(image, "height", NAN) / 1e6,
	    "MP", 1);
}

/* 黑边检测: clothes of the new background's colour would melt into it. */
static void
judge_clothing(struct node *photo, const char *tool, const struct node *measures,
    const struct profile *profile)
{
	static const char *const ids[] = { "clothing.target", "clothing.similar" };
	struct node *clothing = node_get(measures, "clothing");
	unsigned char target[3];
	double rgb[2][3], lab[2][3], delta = NAN;
	struct limit limit;
	int i;

	profile_colour(profile, "background", "target", target);
	for (i = 0; i < 3; i++) {
		rgb[0][i] = node_real_at(clothing, (size_t)i, NAN);
		rgb[1][i] = target[i];
	}
	if (clothing != NULL) {
		lab_exact(rgb[0], lab[0]);
		lab_exact(rgb[1], lab[1]);
		delta = lab_delta(lab[0], lab[1]);
	}
	for (i = 0; i < 2; i++) {
		limit = profile_limit(profile, ids[i]);
		status_add_check(photo, tool, ids[i], &limit, delta, "ΔE", 1);
	}
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
	const struct number *number;
	struct limit limit;
	size_t i;

	judge_file(photo, tool, profile);
	judge_colour(photo, tool, measures, profile);
	judge_resolution(photo, tool, profile);
	for (i = 0; (number = numbers_at(i)) != NULL; i++) {
		limit = profile_limit(profile, number->id);
		status_add_check(photo, tool, number->id, &limit,
		    node_real(measures, number->id, NAN), number->unit,
		    number->decimals);
	}
	judge_clothing(photo, tool, measures, profile);
	framing_judge(photo, tool, profile);
}
