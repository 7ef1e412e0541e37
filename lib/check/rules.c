#include "lib/check/rules.h"

#include <math.h>
#include <string.h>

#include "lib/base/node.h"
#include "lib/check/framing.h"
#include "lib/check/subject.h"
#include "lib/matte/lab.h"
#include "lib/record/profile.h"
#include "lib/record/status.h"

/* A check of one number, which stands in "measures" under the check's id. */
static const struct {
	const char *id, *unit;
	int decimals;
} numbers[] = {
	{ "face.count", "", 0 },
	{ "face.confidence", "", 2 },
	{ "face.small", "%", 0 },
	{ "face.smooth", "", 2 },
	{ "face.whole", "E", 2 },
	{ "face.photograph", "%", 1 },
	{ "pose.roll", "deg", 1 },
	{ "pose.level", "deg", 1 },
	{ "pose.yaw", "deg", 1 },
	{ "pose.pitch", "deg", 1 },
	{ "pose.shoulders", "deg", 1 },
	{ "eyes.shut", "", 2 },
	{ "eyes.open", "", 2 },
	{ "eyes.covered", "", 2 },
	{ "eyes.red", "%", 0 },
	{ "eyes.glare", "%", 1 },
	{ "mouth.closed", "", 3 },
	{ "mouth.covered", "", 2 },
	{ "hair.hat", "%", 0 },
	{ "hair.brows", "%", 0 },
	{ "hair.ears", "%", 0 },
	{ "light.dark", "", 0 },
	{ "light.bright", "%", 1 },
	{ "light.contrast", "", 0 },
	{ "light.sides", "%", 0 },
	{ "light.spots", "%", 1 },
	{ "light.cast", "ΔE", 1 },
	{ "light.hues", "ΔE", 1 },
	{ "light.whites", "ΔE", 1 },
	{ "light.black", "L", 0 },
	{ "sharpness", "", 1 },
	{ "sharpness.motion", "%", 0 },
	{ "noise", "", 1 },
	{ "file.artefacts", "", 1 },
	{ "file.quality", "", 0 },
	{ "recapture.moire", "dB", 1 },
	{ "recapture.edges", "%", 0 },
	{ "recapture.glare", "%", 1 },
	{ "background.plain", "ΔE", 1 },
	{ "background.gradient", "L", 1 },
	{ "background.shadow", "L", 1 },
	{ "background.objects", "%", 1 },
	{ "background.margins", "%", 1 },
	{ "overlay.text", "", 0 },
};

enum {
	STORED_DECIMALS = 4,
	OF_TURNED = 10		/* the first of a face's, which need it not upright */
};

struct node *
rules_measures(const struct subject *subject)
{
	const struct measure_face *face = &subject->face;
	const struct light *light = &subject->light;
	struct node *measures = node_object();
	const struct {
		const char *id;
		double value;
	} of_face[] = {
		{ "face.confidence", face->confidence },
		{ "pose.roll", face->roll },
		{ "pose.level", face->roll },
		{ "pose.yaw", face->yaw },
		{ "pose.pitch", face->pitch },
		{ "eyes.shut", subject->eyes_open },
		{ "eyes.open", subject->eyes_open },
		{ "eyes.covered", subject->traits[TRAIT_EYES_COVERED] },
		{ "mouth.closed", subject->lips_gap },
		{ "mouth.covered", subject->traits[TRAIT_MOUTH_COVERED] },
		{ "face.small", subject->share },
		{ "face.whole", subject->room },
		{ "face.photograph", subject->flat },
		{ "pose.shoulders", subject->shoulders },
		{ "eyes.red", 100 * subject->eyes.red },
		{ "eyes.glare", 100 * subject->eyes.glare },
		{ "hair.hat", subject->hair.hat },
		{ "hair.brows", subject->hair.brows },
		{ "hair.ears", subject->hair.ears },
		{ "light.dark", light->dark },
		{ "light.bright", 100 * light->bright },
		{ "light.contrast", light->contrast },
		{ "light.sides", 100 * light->sides },
		{ "light.spots", 100 * light->spots },
		{ "light.cast", light->cast },
		{ "sharpness", light->detail.sharpness },
		{ "sharpness.motion", light->detail.motion },
		{ "face.smooth", light->grain.noise },
		{ "noise", light->grain.noise },
		{ "file.artefacts", light->grain.blocks },
		{ "recapture.moire", subject->moire },
		{ "recapture.edges", 100 * subject->edges },
		{ "recapture.glare", 100 * subject->glare },
		{ "background.plain", subject->texture },
		{ "background.gradient", subject->gradient },
		{ "background.shadow", subject->shadow },
		{ "background.objects", 100 * subject->objects },
		{ "light.hues", subject->tone.hues },
		{ "light.black", subject->tone.black },
		{ "light.whites", subject->tone.whites },
		{ "background.margins", subject->margins },
		{ "overlay.text", subject->letters },
		{ "chroma", light->chroma },
	};
	size_t count = subject->faces == 0 ? 0 : subject->turned ? OF_TURNED :
	    sizeof of_face / sizeof *of_face;
	struct node *clothing;
	size_t i;

	node_set_real(measures, "face.count", subject->faces, 0);
	if (subject->faces > 0 && subject->has_clothing) {
		clothing = node_set(measures, "clothing", node_array());
		for (i = 0; i < 3; i++)
			node_append_real(clothing, subject->clothing[i], 0);
	}
	for (i = 0; i < count; i++)
		node_set_real(measures, of_face[i].id, of_face[i].value,
		    STORED_DECIMALS);
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
