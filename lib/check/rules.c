#include "lib/check/rules.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/base/node.h"
#include "lib/check/framing.h"
#include "lib/check/subject.h"
#include "lib/matte/lab.h"
#include "lib/profile/profile.h"
#include "lib/decision/status.h"

/* Where in a subject a number stands; those from elsewhere are put into "measures" by who
 * has them. */
#define OF(member) offsetof(struct subject, member)
#define ELSEWHERE SIZE_MAX

/* A check of one number, which stands in "measures" under the check's id. */
static const struct {
	const char *id, *unit;
	int decimals;
	size_t at;
	int times;		/* the number that is told */
	int turned;		/* needs no face that is upright */
} numbers[] = {
	{ "face.count", "", 0, ELSEWHERE, 1, 0 },
	{ "face.confidence", "", 2, OF(face.confidence), 1, 1 },
	{ "face.small", "%", 0, OF(share), 1, 0 },
	{ "face.smooth", "", 2, OF(light.grain.noise), 1, 0 },
	{ "face.whole", "E", 2, OF(room), 1, 0 },
	{ "face.photograph", "%", 1, OF(flat), 1, 0 },
	{ "pose.roll", "deg", 1, OF(face.roll), 1, 1 },
	{ "pose.level", "deg", 1, OF(face.roll), 1, 1 },
	{ "pose.yaw", "deg", 1, OF(face.yaw), 1, 1 },
	{ "pose.pitch", "deg", 1, OF(face.pitch), 1, 1 },
	{ "pose.shoulders", "deg", 1, OF(shoulders), 1, 0 },
	{ "eyes.shut", "", 2, OF(eyes_open), 1, 1 },
	{ "eyes.open", "", 2, OF(eyes_open), 1, 1 },
	{ "eyes.covered", "", 2, OF(traits[TRAIT_EYES_COVERED]), 1, 1 },
	{ "eyes.red", "%", 0, OF(eyes.red), 100, 0 },
	{ "eyes.glare", "%", 1, OF(eyes.glare), 100, 0 },
	{ "mouth.closed", "", 3, OF(lips_gap), 1, 1 },
	{ "mouth.covered", "", 2, OF(traits[TRAIT_MOUTH_COVERED]), 1, 1 },
	{ "hair.hat", "%", 0, OF(hair.hat), 1, 0 },
	{ "hair.brows", "%", 0, OF(hair.brows), 1, 0 },
	{ "hair.ears", "%", 0, OF(hair.ears), 1, 0 },
	{ "light.dark", "", 0, OF(light.dark), 1, 0 },
	{ "light.bright", "%", 1, OF(light.bright), 100, 0 },
	{ "light.contrast", "", 0, OF(light.contrast), 1, 0 },
	{ "light.sides", "%", 0, OF(light.sides), 100, 0 },
	{ "light.spots", "%", 1, OF(light.spots), 100, 0 },
	{ "light.cast", "ΔE", 1, OF(light.cast), 1, 0 },
	{ "light.hues", "ΔE", 1, OF(tone.hues), 1, 0 },
	{ "light.whites", "ΔE", 1, OF(tone.whites), 1, 0 },
	{ "light.black", "L", 0, OF(tone.black), 1, 0 },
	{ "sharpness", "", 1, OF(light.detail.sharpness), 1, 0 },
	{ "sharpness.motion", "%", 0, OF(light.detail.motion), 1, 0 },
	{ "noise", "", 1, OF(light.grain.noise), 1, 0 },
	{ "file.artefacts", "", 1, OF(light.grain.blocks), 1, 0 },
	{ "file.quality", "", 0, ELSEWHERE, 1, 0 },
	{ "recapture.moire", "dB", 1, OF(moire), 1, 0 },
	{ "recapture.edges", "%", 0, OF(edges), 100, 0 },
	{ "recapture.glare", "%", 1, OF(glare), 100, 0 },
	{ "background.plain", "ΔE", 1, OF(texture), 1, 0 },
	{ "background.gradient", "L", 1, OF(gradient), 1, 0 },
	{ "background.shadow", "L", 1, OF(shadow), 1, 0 },
	{ "background.objects", "%", 1, OF(objects), 100, 0 },
	{ "background.margins", "%", 1, OF(margins), 1, 0 },
	{ "overlay.text", "", 0, OF(letters), 1, 0 },
	{ "face.stretched", "%", 1, OF(stretch), 1, 0 },
	{ "clothing.colour", "%", 0, OF(clothing.unwanted), 1, 0 },
	{ "clothing.pattern", "%", 0, OF(clothing.pattern), 1, 0 },
	{ "clothing.bare", "%", 0, OF(clothing.bare), 1, 0 },
};

enum { STORED_DECIMALS = 4 };

static double
number_of(const struct subject *subject, size_t at)
{
	double value;

	memcpy(&value, (const char *)subject + at, sizeof value);
	return value;
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
	size_t i;

	node_set_real(measures, "face.count", subject->faces, 0);
	if (subject->faces == 0)
		return measures;
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (numbers[i].at != ELSEWHERE &&
		    (numbers[i].turned || !subject->turned))
			node_set_real(measures, numbers[i].id, numbers[i].times *
			    number_of(subject, numbers[i].at), STORED_DECIMALS);
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
	judge_clothing(photo, tool, measures, profile);
	framing_judge(photo, tool, profile);
}
