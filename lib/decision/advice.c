#include "lib/decision/advice.h"

#include <math.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"

/* By enum language.  above is for what was measured above max, where that is another
 * thing to do. */
struct advice {
	const char *check;
	const char *below[2], *above[2];
};

static const struct advice advices[] = {
	{ "file.pixels", { "Send a photo of usual size.", "请上传正常尺寸的照片。" },
	  { NULL, NULL } },
	{ "file.resolution", { "Come closer, or send the original file: the face is too "
	    "small.", "人像过小，请靠近拍摄，或上传未压缩的原图。" }, { NULL, NULL } },
	{ "face.small", { "Come closer: show head and shoulders.",
	    "人像在画面中过小，请靠近拍摄，拍到头部和双肩。" }, { NULL, NULL } },
	{ "framing.crown", { "Leave more room above the head.",
	    "请在头顶上方多留一些空间。" },
	  { "Leave less room above the head.", "头顶上方空间过多，请把头部放高一些。" } },
	{ "framing.eye_line", { "Hold the camera at the height of the eyes, with head and "
	    "shoulders in the picture.", "请将相机放在与眼睛同高处，拍到头部和双肩。" },
	  { NULL, NULL } },
	{ "framing.face_width", { "Come closer.", "人像偏小，请靠近拍摄。" },
	  { "Step back.", "人像偏大，请后退一些拍摄。" } },
	{ "framing.centre", { "Sit in the middle of the picture.", "请坐在画面正中。" },
	  { NULL, NULL } },
	{ "framing.above", { "Leave room above the head.", "请在头顶上方留出空间。" },
	  { NULL, NULL } },
	{ "framing.sides", { "Leave room on both sides.", "请在身体两侧留出空间。" },
	  { NULL, NULL } },
	{ "framing.below", { "Step back and show both shoulders.",
	    "请后退一些，拍到双肩。" }, { NULL, NULL } },
	{ "light.bright", { "The face is overexposed: avoid direct light.",
	    "面部曝光过度，请避免强光直射。" }, { NULL, NULL } },
	{ "light.sides", { "One side of the face is much lighter: light it from both "
	    "sides.", "面部一侧过亮（阴阳脸），请使用左右均匀的光线。" }, { NULL, NULL } },
	{ "light.spots", { "The face shines: soften the light, or dry the skin.",
	    "面部反光，请使用柔和光线并擦干面部油光。" }, { NULL, NULL } },
	{ "noise", { "The face is grainy: use more light.",
	    "照片噪点过多，请在充足光线下拍摄。" }, { NULL, NULL } },
	{ "background.objects", { "Stand before an empty wall.",
	    "背景中有其他物体或人员，请在空白墙面前拍摄。" }, { NULL, NULL } },
};

/* For an office, not for the student. */
static const char *const silent[] = { "background.mask", "background.colour",
    "match", "choice" };
/* Says in general what other checks say in particular; comes after them. */
static const char general[] = "image.conforms";

static int
is_silent(const char *id)
{
	for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
		size_t len = strlen(silent[i]);

		if (strncmp(id, silent[i], len) == 0 &&
		    (id[len] == '\0' || id[len] == '.'))
			return 1;
	}
	return 0;
}

static void
add(const struct node *check, enum language language, struct buf *out)
{
	double value = node_real(check, "value", NAN);
	double max = node_real(check, "max", NAN);
	const struct advice *advice = NULL;
	int above;

	for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
		if (node_text_is(check, "id", advices[i].check))
			advice = &advices[i];
	if (advice == NULL) {
		reasons_sentence(check, language, out);
		return;
	}
	above = isfinite(value) && value > max && advice->above[language] != NULL;
	buf_adds(out, above ? advice->above[language] : advice->below[language]);
}

static int
add_level(const struct node *checks, const char *level, enum language language,
    const char *separator, int said, struct buf *out)
{
	for (size_t i = 0; i < node_count(checks); i++) {
		const struct node *check = node_at(checks, i);
		const char *id = node_text(check, "id");

		if (id == NULL || is_silent(id) || !node_text_is(check, "verdict", "fail") ||
		    !node_text_is(check, "level", level) ||
		    (said > 0 && strcmp(id, general) == 0))
			continue;
		if (said++ > 0)
			buf_adds(out, separator);
		add(check, language, out);
	}
	return said;
}

int
advice_all(const struct node *photo, enum language language,
    const char *separator, struct buf *out)
{
	const struct node *checks = node_get(photo, "checks");
	int said = add_level(checks, "reject", language, separator, 0, out);

	return add_level(checks, "review", language, separator, said, out);
}
