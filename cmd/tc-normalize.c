#include <math.h>
#include <stddef.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/check/background.h"
#include "lib/check/subject.h"
#include "lib/decision/status.h"
#include "lib/normalize/image.h"
#include "lib/picture/img.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"
#include "lib/stream/tool.h"

#define TOOL "tc-normalize"

struct normalize {
	struct subject_search search;
	struct image_maker maker;
	const struct profile *profile;
	const char *background;		/* --background, or NULL */
};

/* ---- before the first photo ---- */

static int
normalize_begin(void *state, struct segment *segment, struct buf *err)
{
	struct normalize *tool = state;

	tool->maker.batch = segment->batch;
	tool->maker.search = &tool->search;
	tool->profile = segment->profile;
	if (registration_limits(segment->profile, tool->background,
	    &tool->maker.limits, err) != 0)
		return -1;
	if (tool->background != NULL)
		stream_note_option(segment, "background", tool->background);
	return subject_search_open(&tool->search, segment->profile, err);
}

/* An image has to be made, or is to go. */
static int
normalize_wants(void *state, const struct node *photo)
{
	(void)state;
	return image_is_wanted(photo) || node_get(photo, "normalized") != NULL;
}

static int
normalize_start(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

/* ---- one photo ---- */

/* How surely the person was separated from the background; what was cut out before another
 * than a plain wall is to be looked at. */
static void
judge_mask(struct node *photo, const struct normalize *tool)
{
	const struct background_limits *background = &tool->maker.limits.background;
	struct node *normalized = node_get(photo, "normalized"), *check;
	const char *doubt = node_text(normalized, "doubt");
	double sure = node_real(normalized, "mask_confidence", NAN);
	struct limit limit = profile_limit(tool->profile, "background.mask");

	limit.has_min = 1;
	limit.min = background->confidence_min;
	if (sure >= limit.min && !background->other_walls &&
	    !node_true(normalized, "wall_plain"))
		status_add_verdict(photo, TOOL, "background.mask", &limit, VERDICT_WARN,
		    doubt);
	else if (isfinite(sure) || doubt != NULL) {
		check = status_add_check(photo, TOOL, "background.mask", &limit, sure, "",
		    2);
		if (!(sure >= limit.min))
			node_set_text(check, "detail", doubt);
	}
}

/* And what colour is behind him now. */
static void
judge_background(struct node *photo, const struct normalize *tool)
{
	struct node *normalized = node_get(photo, "normalized");
	double off = node_real(normalized, "wall_off", NAN);
	struct limit colour = profile_limit(tool->profile, "background.colour");

	if (tool->maker.limits.background.mode == BACKGROUND_KEEP)
		return;
	judge_mask(photo, tool);
	if (isfinite(off))
		status_add_check(photo, TOOL, "background.colour", &colour, off,
		    "\316\224E", 1);
}

/* What is not sure is for a person to judge; what is wrong is wrong. */
static void
judge_image(struct node *photo, const struct profile *profile)
{
	struct node *fails = node_get(node_get(photo, "normalized"), "fails");
	struct limit limit = profile_limit(profile, "image.conforms");
	enum verdict verdict = VERDICT_PASS;
	struct buf detail = BUF_INIT;
	const char *what;
	size_t i;

	for (i = 0; i < node_count(fails); i++) {
		what = node_text(node_at(fails, i), "what");
		if (what == NULL)
			continue;
		buf_addf(&detail, "%s%s", i > 0 ? ", " : "", what);
		if (!node_true(node_at(fails, i), "doubted"))
			verdict = VERDICT_FAIL;
		else if (verdict == VERDICT_PASS)
			verdict = VERDICT_WARN;
	}
	status_add_verdict(photo, TOOL, "image.conforms", &limit, verdict,
	    detail.len > 0 ? detail.data : NULL);
	buf_release(&detail);
}

/* What an earlier run made of a photo that has no face now is not its image. */
static void
forget_image(struct node *photo, const struct profile *profile)
{
	node_remove(photo, "normalized");
	status_clear_checks(photo, TOOL);
	status_derive(photo, profile);
}

static int
normalize_work(void *state, struct node *photo, struct buf *err)
{
	struct normalize *tool = state;
	struct node *normalized;

	if (!image_is_wanted(photo)) {
		forget_image(photo, tool->profile);
		return 0;
	}
	if (image_make(&tool->maker, node_get(photo, "face"), node_get(photo, "source"),
	    NULL, &normalized, err) != 0)
		return -1;
	node_set(photo, "normalized", normalized);
	status_clear_checks(photo, TOOL);
	judge_background(photo, tool);
	judge_image(photo, tool->profile);
	status_derive(photo, tool->profile);
	return 0;
}

static const struct stream_filter filter = {
	.tool = TOOL,
	.judges = 1,
	.needs = stream_checked,
	.begin = normalize_begin,
	.wants = normalize_wants,
	.start = normalize_start,
	.work = normalize_work,
};

static const struct option_spec own[] = {
	{ .name = "background", .argument = "auto|keep|replace", .type = OPTION_WORD,
	    .words = "auto keep replace", .offset = offsetof(struct normalize, background),
	    .help = "what to do with the background, instead of what the profile says" },
	{ 0 }
};

static const struct command command = {
	.purpose = "makes the registration image of every photo that has one face",
	.after = "[MANIFEST]",
	.endings = "ndjson",
	.example = "tc-normalize checked.ndjson > normalized.ndjson",
	.manuals = "tc-normalize(1), tc(7), tc-manifest(5), tc-profile(5)"
};

int
main(int argc, char *argv[])
{
	struct stream_options options = { 0 };
	struct normalize tool = { 0 };
	const struct option_table tables[] = { { tool_every, &options },
	    { tool_filter, &options }, { tool_jobs, &options }, { own, &tool }, { 0 } };
	int status;

	tool_init(TOOL);
	options.manifest = tool_manifest(argv + options_parse(&command, tables, argc, argv));
	status = stream_run(&filter, &tool, &options);
	subject_search_close(&tool.search);
	return io_finish(status);
}
