#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/base/workers.h"
#include "lib/check/background.h"
#include "lib/check/face.h"
#include "lib/check/subject.h"
#include "lib/normalize/registration.h"
#include "lib/picture/img.h"
#include "lib/record/batch.h"
#include "lib/record/profile.h"
#include "lib/record/status.h"
#include "lib/record/stream.h"
#include "lib/record/tool.h"

#define TOOL "tc-normalize"

/* Raised whenever the images change: old ones are then not used. */
#define ALGORITHM "8"

struct normalize {
	struct subject_search search;
	const struct batch *batch;
	const struct profile *profile;
	const char *background;		/* --background, or NULL */
	struct registration_limits limits;
};

/* One photo while it is worked on. */
struct job {
	const struct normalize *tool;
	struct measure_face face;	/* pixels of the upright original */
	int crown_estimated;
	char key[HASH_TEXT];
	struct node *result;		/* member "normalized" */
};

/* ---- before the first photo ---- */

static int
normalize_begin(void *state, struct segment *segment, struct buf *err)
{
	struct normalize *tool = state;

	tool->batch = segment->batch;
	tool->profile = segment->profile;
	if (registration_limits(segment->profile, tool->background,
	    &tool->limits, err) != 0)
		return -1;
	if (tool->background != NULL)
		stream_note_option(segment, "background", tool->background);
	return subject_search_open(&tool->search, segment->profile, err);
}

static int
normalize_wants(void *state, const struct node *photo)
{
	struct measure_face face;

	(void)state;
	return status_of(photo) != STATUS_UNREADABLE &&
	    status_of(photo) != STATUS_SUPERSEDED &&
	    node_text(node_get(photo, "source"), "path") != NULL &&
	    subject_from_node(node_get(photo, "face"), &face) == 0;
}

static int
normalize_start(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

/* ---- the image ---- */

static int
store(struct job *job, const struct buf *image, struct buf *err)
{
	char hash[HASH_TEXT];
	struct buf name = BUF_INIT;
	int result;

	hash_bytes(image->data, image->len, hash);
	buf_addf(&name, "normalized/%s.jpg", job->key);
	result = batch_store(job->tool->batch, name.data, image->data, image->len,
	    err);
	node_set_text(job->result, "path", name.data);
	node_set_integer(job->result, "bytes", (long long)image->len);
	node_set_text(job->result, "sha256", hash);
	buf_release(&name);
	return result;
}

/* From the original in path to job->result. */
static int
normalize(struct job *job, const char *path, struct buf *err)
{
	struct registration registration = {
		.limits = &job->tool->limits,
		.search = &job->tool->search,
		.face = job->face,
		.crown_estimated = job->crown_estimated,
		.result = job->result,
		.image = BUF_INIT,
	};
	int result = registration_make(&registration, path, err);

	if (result == 0 && registration.image.len > 0)
		result = store(job, &registration.image, err);
	buf_release(&registration.image);
	return result;
}

/* ---- one photo ---- */

static void
make_key(struct job *job, const char *sha256)
{
	const struct measure_face *face = &job->face;
	struct hash *hash = hash_new();
	struct buf numbers = BUF_INIT;

	buf_addf(&numbers, "%.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %d",
	    face->box.x, face->box.y, face->box.w, face->box.h,
	    face->left_eye.x, face->left_eye.y, face->right_eye.x,
	    face->right_eye.y, face->left, face->right, face->crown,
	    job->crown_estimated);
	hash_add_text(hash, TOOL ALGORITHM);
	hash_add_text(hash, sha256);
	hash_add_text(hash, job->tool->limits.hash);
	hash_add_text(hash, face_model_id(job->tool->search.finder));
	hash_add_text(hash, numbers.data);
	hash_end(hash, job->key);
	buf_release(&numbers);
}

/* Whether the image that a result names is there as it was made. */
static int
is_whole(const struct batch *batch, const struct node *result)
{
	const char *path = node_text(result, "path");
	const char *sha256 = node_text(result, "sha256");
	struct buf name = BUF_INIT, ignored = BUF_INIT;
	char actual[HASH_TEXT];
	int whole;

	if (path == NULL || sha256 == NULL)
		return path == NULL;
	batch_path(batch, path, &name);
	whole = hash_file(name.data, actual, &ignored) == 0 &&
	    strcmp(actual, sha256) == 0;
	buf_release(&name);
	buf_release(&ignored);
	return whole;
}

/* Fill job->result from what was done before, or do it. */
static int
run_job(struct job *job, const struct node *source, struct buf *err)
{
	const struct batch *batch = job->tool->batch;
	const char *sha256 = node_text(source, "sha256");
	struct buf path = BUF_INIT;
	char actual[HASH_TEXT];
	int result = -1;

	if (sha256 == NULL) {
		buf_adds(err, "the record has no sha256");
		return -1;
	}
	make_key(job, sha256);
	if (batch_result_load(batch, TOOL, job->key, &job->result)) {
		if (is_whole(batch, job->result))
			return 0;
		node_free(job->result);
	}
	job->result = node_object();
	batch_path(batch, node_text(source, "path"), &path);
	if (hash_file(path.data, actual, err) != 0)
		goto out;
	if (strcmp(actual, sha256) != 0) {
		buf_adds(err, "the stored original is not what was uploaded");
		goto out;
	}
	if (normalize(job, path.data, err) != 0)
		goto out;
	result = batch_result_save(batch, TOOL, job->key, job->result, err);
out:
	buf_release(&path);
	return result;
}

/* How surely the person was told from the background, and what colour is behind
 * him now. */
static void
judge_background(struct node *photo, const struct normalize *tool)
{
	const struct background_limits *background = &tool->limits.background;
	struct node *normalized = node_get(photo, "normalized"), *check;
	double sure = node_real(normalized, "mask_confidence", NAN);
	double off = node_real(normalized, "wall_off", NAN);
	struct limit mask = profile_limit(tool->profile, "background.mask");
	struct limit colour = profile_limit(tool->profile, "background.colour");
	int fails = sure < background->confidence_min;

	if (background->mode == BACKGROUND_KEEP || !isfinite(sure))
		return;
	mask.has_min = 1;
	mask.min = background->confidence_min;
	check = status_add_check(photo, TOOL, "background.mask", &mask, sure, "", 2);
	if (fails)
		node_set_text(check, "detail", node_text(normalized, "doubt"));
	else if (isfinite(off))
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
		if (strcmp(what, "crown_estimated") != 0)
			verdict = VERDICT_FAIL;
		else if (verdict == VERDICT_PASS)
			verdict = VERDICT_WARN;
	}
	status_add_verdict(photo, TOOL, "image.conforms", &limit, verdict,
	    detail.len > 0 ? detail.data : NULL);
	buf_release(&detail);
}

static int
normalize_work(void *state, struct node *photo, struct buf *err)
{
	struct job job = { .tool = state };
	struct node *face = node_get(photo, "face");

	subject_from_node(face, &job.face);
	job.crown_estimated = node_true(face, "crown_estimated");
	if (run_job(&job, node_get(photo, "source"), err) != 0) {
		node_free(job.result);
		return -1;
	}
	node_set(photo, "normalized", job.result);
	status_clear_checks(photo, TOOL);
	judge_background(photo, job.tool);
	judge_image(photo, job.tool->profile);
	status_derive(photo, job.tool->profile);
	return 0;
}

/* What an earlier run made of a photo that has no face now is not its image. */
static int
normalize_collect(void *state, struct node *photo, size_t index, struct buf *err)
{
	struct normalize *tool = state;

	(void)index;
	(void)err;
	if (node_get(photo, "normalized") != NULL &&
	    !normalize_wants(state, photo)) {
		node_remove(photo, "normalized");
		status_clear_checks(photo, TOOL);
		status_derive(photo, tool->profile);
	}
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
	.collect = normalize_collect,
};

static const char usage[] =
"usage: tc-normalize [-hqV] [-d DIR] [-j N] [-p PROFILE]\n"
"                    [--background auto|keep|replace] [--force] [--lang LANG]\n"
"                    [--reprofile] [--subset] [MANIFEST]\n";

enum { OPTION_BACKGROUND = TOOL_OWN };

static void
take_option(struct normalize *tool, struct stream_options *options, int option)
{
	if (option != OPTION_BACKGROUND) {
		options->jobs = (int)tool_number(usage, "-j", optarg, 1,
		    WORKERS_MAX);
		return;
	}
	if (background_mode(optarg) == BACKGROUND_MODES)
		tool_usage_error(usage, "'%s' is not auto, keep or replace",
		    optarg);
	tool->background = optarg;
}

int
main(int argc, char *argv[])
{
	static const struct option long_options[] = { TOOL_LONG,
	    { "background", required_argument, NULL, OPTION_BACKGROUND },
	    { 0 } };
	struct stream_options options = { 0 };
	struct normalize tool = { 0 };
	int option, status;

	tool_init(TOOL);
	while ((option = getopt_long(argc, argv, TOOL_SHORT "j:", long_options,
	    NULL)) != -1) {
		if (tool_option(option, optarg, usage, &options))
			continue;
		take_option(&tool, &options, option);
	}
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest");
	options.manifest = argv[optind];
	status = stream_run(&filter, &tool, &options);
	subject_search_close(&tool.search);
	return io_finish(status);
}
