#include "lib/check/numbers.h"

#include <math.h>

#include "lib/base/hash.h"
#include "lib/check/margins.h"
#include "lib/check/measure.h"
#include "lib/check/moire.h"
#include "lib/check/overlay.h"
#include "lib/check/patches.h"
#include "lib/check/screen.h"
#include "lib/check/shading.h"
#include "lib/check/shoulders.h"
#include "lib/check/subject.h"

static double
face_share(const struct view *view)
{
	return 100 * (view->face->right - view->face->left) /
	    (view->width < view->height ? view->width : view->height);
}

static double
room_of_face(const struct view *view)
{
	return measure_room(view->face, view->width, view->height);
}

static double
flat_spots(const struct view *view)
{
	return shading_flat(view->pixels, view->width, view->height, view->face);
}

static double
patches(const struct view *view)
{
	return patches_steps(view->pixels, view->width, view->height, view->face);
}

static double
slope_of_shoulders(const struct view *view)
{
	return view->matte != NULL ? shoulders_slope(view->matte, view->face) : NAN;
}

static double
moire(const struct view *view)
{
	return moire_peak(view->pixels, view->width, view->height, view->face->chin);
}

static double
glare(const struct view *view)
{
	return screen_glare(view->pixels, view->width, view->height, view->face);
}

static double
margins(const struct view *view)
{
	return margins_widest(view->pixels, view->width, view->height);
}

static double
letters(const struct view *view)
{
	return overlay_letters(view->pixels, view->width, view->height, view->face);
}

/* Where a number comes from. */
#define ALONE(function) function, 0
#define TOGETHER(member) NULL, offsetof(struct subject, member)
#define ELSEWHERE NULL, NUMBER_ELSEWHERE

static const struct number numbers[] = {
	{ "face.count", "", 0, 1, 0, ELSEWHERE },
	{ "face.confidence", "", 2, 1, 1, TOGETHER(face.confidence) },
	{ "face.small", "%", 0, 1, 0, ALONE(face_share) },
	{ "face.smooth", "", 2, 1, 0, TOGETHER(light.grain.noise) },
	{ "face.whole", "E", 2, 1, 0, ALONE(room_of_face) },
	{ "face.photograph", "%", 1, 1, 0, ALONE(flat_spots) },
	{ "face.painted", "", 2, 1, 0, ALONE(patches) },
	{ "pose.roll", "deg", 1, 1, 1, TOGETHER(face.roll) },
	{ "pose.level", "deg", 1, 1, 1, TOGETHER(face.roll) },
	{ "pose.yaw", "deg", 1, 1, 1, TOGETHER(face.yaw) },
	{ "pose.pitch", "deg", 1, 1, 1, TOGETHER(face.pitch) },
	{ "pose.shoulders", "deg", 1, 1, 0, ALONE(slope_of_shoulders) },
	{ "eyes.shut", "", 2, 1, 1, TOGETHER(eyes_open) },
	{ "eyes.open", "", 2, 1, 1, TOGETHER(eyes_open) },
	{ "eyes.covered", "", 2, 1, 1, TOGETHER(traits[TRAIT_EYES_COVERED]) },
	{ "eyes.red", "%", 0, 100, 0, TOGETHER(eyes.red) },
	{ "eyes.glare", "%", 1, 100, 0, TOGETHER(eyes.glare) },
	{ "mouth.closed", "", 3, 1, 1, TOGETHER(lips_gap) },
	{ "mouth.covered", "", 2, 1, 1, TOGETHER(traits[TRAIT_MOUTH_COVERED]) },
	{ "hair.hat", "%", 0, 1, 0, TOGETHER(hair.hat) },
	{ "hair.brows", "%", 0, 1, 0, TOGETHER(hair.brows) },
	{ "hair.ears", "%", 0, 1, 0, TOGETHER(hair.ears) },
	{ "light.dark", "", 0, 1, 0, TOGETHER(light.dark) },
	{ "light.bright", "%", 1, 100, 0, TOGETHER(light.bright) },
	{ "light.contrast", "", 0, 1, 0, TOGETHER(light.contrast) },
	{ "light.sides", "%", 0, 100, 0, TOGETHER(light.sides) },
	{ "light.spots", "%", 1, 100, 0, TOGETHER(light.spots) },
	{ "light.cast", "ΔE", 1, 1, 0, TOGETHER(light.cast) },
	{ "light.hues", "ΔE", 1, 1, 0, TOGETHER(tone.hues) },
	{ "light.whites", "ΔE", 1, 1, 0, TOGETHER(tone.whites) },
	{ "light.black", "L", 0, 1, 0, TOGETHER(tone.black) },
	{ "sharpness", "", 1, 1, 0, TOGETHER(light.detail.sharpness) },
	{ "sharpness.motion", "%", 0, 1, 0, TOGETHER(light.detail.motion) },
	{ "noise", "", 1, 1, 0, TOGETHER(light.grain.noise) },
	{ "file.artefacts", "", 1, 1, 0, TOGETHER(light.grain.blocks) },
	{ "file.quality", "", 0, 1, 0, ELSEWHERE },
	{ "recapture.moire", "dB", 1, 1, 0, ALONE(moire) },
	{ "recapture.edges", "%", 0, 100, 0, TOGETHER(edges) },
	{ "recapture.glare", "%", 1, 100, 0, ALONE(glare) },
	{ "background.plain", "ΔE", 1, 1, 0, TOGETHER(texture) },
	{ "background.gradient", "L", 1, 1, 0, TOGETHER(gradient) },
	{ "background.shadow", "L", 1, 1, 0, TOGETHER(shadow) },
	{ "background.objects", "%", 1, 100, 0, TOGETHER(objects) },
	{ "background.margins", "%", 1, 1, 0, ALONE(margins) },
	{ "overlay.text", "", 0, 1, 0, ALONE(letters) },
	{ "face.stretched", "%", 1, 1, 0, TOGETHER(stretch) },
	{ "clothing.colour", "%", 0, 1, 0, TOGETHER(clothing.unwanted) },
	{ "clothing.pattern", "%", 0, 1, 0, TOGETHER(clothing.pattern) },
	{ "clothing.bare", "%", 0, 1, 0, TOGETHER(clothing.bare) },
};

enum { COUNT = sizeof numbers / sizeof *numbers };
_Static_assert(sizeof numbers / sizeof *numbers <= NUMBERS_MAX,
    "a subject has room for every number");

const struct number *
numbers_at(size_t i)
{
	return i < COUNT ? &numbers[i] : NULL;
}

void
numbers_identify(struct hash *hash)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		hash_add_text(hash, numbers[i].id);
}
