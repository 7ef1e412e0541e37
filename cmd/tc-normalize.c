#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/batch.h"
#include "lib/buf.h"
#include "lib/crop.h"
#include "lib/face.h"
#include "lib/hash.h"
#include "lib/img.h"
#include "lib/io.h"
#include "lib/jpg.h"
#include "lib/msg.h"
#include "lib/node.h"
#include "lib/profile.h"
#include "lib/proof.h"
#include "lib/share.h"
#include "lib/status.h"
#include "lib/stream.h"
#include "lib/subject.h"
#include "lib/tool.h"
#include "lib/workers.h"

#define TOOL "tc-normalize"

/* Raised whenever the images change: old ones are then not used. */
#define ALGORITHM "1"

/* The profile's sections that decide what an image looks like. */
static const char *const sections[] = { "background", "face", "geometry",
    "image", NULL };

struct normalize {
	struct subject_search search;
	const struct batch *batch;
	const struct profile *profile;
	char sections[HASH_TEXT];
	char *model;
	struct crop_limits limits;
	struct jpg_limits file;
	double pixels_max;
};

/* One photo while it is worked on. */
struct job {
	const struct normalize *tool;
	struct measure_face face;	/* pixels of the upright original */
	int crown_estimated;
	char key[HASH_TEXT];
	struct crop crop;
	struct node *result;		/* member "normalized" */
};

/* ---- before the first photo ---- */

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

static void
read_limits(struct normalize *tool, const struct profile *profile)
{
	tool->limits = (struct crop_limits){
		.width = (int)profile_integer(profile, "image", "width"),
		.height = (int)profile_integer(profile, "image", "height"),
		.crown = band(profile, "crown_min", "crown_max", "crown_target"),
		.eye_line = band(profile, "eye_line_min", "eye_line_max",
		    "eye_line_target"),
		.face_width = band(profile, "face_width_min", "face_width_max",
		    "face_width_target"),
		.centre_max = profile_number(profile, "geometry", "centre_max"),
		.scale_max = profile_number(profile, "geometry", "scale_max"),
		.margin = profile_number(profile, "geometry", "margin"),
	};
	tool->file = (struct jpg_limits){
		.quality_min = (int)profile_integer(profile, "image", "quality_min"),
		.quality_max = (int)profile_integer(profile, "image", "quality_max"),
		.bytes_min = (size_t)profile_integer(profile, "image", "bytes_min"),
		.bytes_max = (size_t)profile_integer(profile, "image", "bytes_max"),
		.dpi = (int)profile_integer(profile, "image", "dpi"),
	};
	tool->pixels_max = profile_number(profile, "ingest", "pixels_max");
	tool->search.threshold = profile_number(profile, "face", "confidence_min");
	tool->search.height = (int)profile_integer(profile, "face",
	    "search_height");
	profile_hash_sections(profile, sections, tool->sections);
}

static int
normalize_begin(void *state, struct segment *segment, struct buf *err)
{
	struct normalize *tool = state;
	const char *model = profile_text(segment->profile, "face", "model");
	struct buf path = BUF_INIT;

	tool->batch = segment->batch;
	tool->profile = segment->profile;
	read_limits(tool, segment->profile);
	if (strchr(model, '/') != NULL)
		buf_adds(&path, model);
	else
		share_path(model, &path);
	if (tool->search.finder == NULL || strcmp(tool->model, path.data) != 0) {
		face_finder_free(tool->search.finder);
		free(tool->model);
		tool->model = buf_detach(&path);
		tool->search.finder = face_finder_new(tool->model, err);
	}
	buf_release(&path);
	return tool->search.finder != NULL ? 0 : -1;
}

static int
normalize_wants(void *state, const struct node *photo)
{
	struct measure_face face;

	(void)state;
	return status_of(photo) != STATUS_UNREADABLE &&
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

static struct crop_face
geometry_of(const struct measure_face *face)
{
	struct crop_face geometry = {
		.crown = face->crown,
		.eye_line = (face->left_eye.y + face->right_eye.y) / 2,
		.width = face->right - face->left,
		.centre = (face->left_eye.x + face->right_eye.x) / 2,
	};

	return geometry;
}

/* Measure the face on the coded image, from where the crop has brought it, and
 * judge it as an upload of that size would be. */
static int
measure_image(struct job *job, const unsigned char *pixels, struct buf *err)
{
	const struct normalize *tool = job->tool;
	int width = tool->limits.width, height = tool->limits.height, failures;
	double scale = job->crop.scale;
	struct box start = { (job->face.box.x - job->crop.box.x) * scale,
	    (job->face.box.y - job->crop.box.y) * scale,
	    job->face.box.w * scale, job->face.box.h * scale };
	struct box all = { 0, 0, width, height };
	struct subject subject;
	struct crop_face face;
	struct crop place;

	if (subject_measure(&tool->search, pixels, width, height, &start, &subject,
	    err) != 0)
		return -1;
	face = geometry_of(&subject.face);
	if (subject.crown_estimated)
		face.crown = job->crop.crown;
	failures = crop_judge(&tool->limits, &face, width, height, &all, &place);
	proof_set_place(job->result, &place);
	proof_add_crop(job->result, &tool->limits, &place, failures);
	return 0;
}

/* Read the coded file back and hold it against the profile. */
static int
prove(struct job *job, const struct jpg_coded *coded, struct buf *err)
{
	const struct normalize *tool = job->tool;
	struct jpg_header header;
	unsigned char *pixels;
	int result;

	if (jpg_read_header(coded->bytes, coded->len, &header, err) != 0)
		return -1;
	if (header.width != tool->limits.width ||
	    header.height != tool->limits.height || header.components != 3 ||
	    !header.baseline || header.dpi_x != tool->file.dpi ||
	    header.dpi_y != tool->file.dpi || header.has_exif ||
	    header.quality != coded->quality) {
		buf_adds(err, "the coded image is not what was asked for");
		return -1;
	}
	pixels = jpg_decode(coded->bytes, coded->len, err);
	if (pixels == NULL)
		return -1;
	result = measure_image(job, pixels, err);
	free(pixels);
	if (coded->len > tool->file.bytes_max)
		proof_add(job->result, "bytes", (double)coded->len, NAN,
		    (double)tool->file.bytes_max);
	return result;
}

static int
store(struct job *job, const struct jpg_coded *coded, struct buf *err)
{
	char hash[HASH_TEXT];
	struct buf name = BUF_INIT;
	int result;

	hash_bytes(coded->bytes, coded->len, hash);
	buf_addf(&name, "normalized/%s.jpg", job->key);
	result = batch_store(job->tool->batch, name.data, coded->bytes, coded->len,
	    err);
	node_set_text(job->result, "path", name.data);
	node_set_integer(job->result, "bytes", (long long)coded->len);
	node_set_text(job->result, "sha256", hash);
	node_set_integer(job->result, "quality", coded->quality);
	buf_release(&name);
	return result;
}

static int
make_image(struct job *job, const char *path, struct buf *err)
{
	const struct normalize *tool = job->tool;
	struct jpg_coded coded = { 0 };
	struct img img = { 0 };
	int result = -1;

	if (img_load_crop(path, &job->crop.box, tool->limits.width,
	    tool->limits.height, &img, err) != 0 ||
	    jpg_code(img.pixels, img.width, img.height, &tool->file, &coded,
	    err) != 0 ||
	    store(job, &coded, err) != 0)
		goto out;
	proof_set_crop(job->result, &job->crop);
	if (prove(job, &coded, err) != 0)
		goto out;
	node_set_text(job->result, "background", "kept");
	result = 0;
out:
	jpg_release(&coded);
	img_release(&img);
	return result;
}

/* From the original in path to job->result. */
static int
normalize(struct job *job, const char *path, struct buf *err)
{
	struct crop_face face = geometry_of(&job->face);
	struct img_info info;
	int failures;

	if (img_probe(path, &info, err) != 0)
		return -1;
	if ((double)info.width * info.height > job->tool->pixels_max) {
		buf_addf(err, "the picture of %d x %d pixels is larger than allowed",
		    info.width, info.height);
		return -1;
	}
	failures = crop_fit(&job->tool->limits, &face, info.width, info.height,
	    &job->crop);
	if (failures != 0) {
		proof_set_crop(job->result, &job->crop);
		proof_set_place(job->result, &job->crop);
		proof_add_crop(job->result, &job->tool->limits, &job->crop,
		    failures);
	} else if (make_image(job, path, err) != 0) {
		return -1;
	}
	if (job->crown_estimated)
		proof_add(job->result, "crown_estimated", NAN, NAN, NAN);
	node_set_flag(job->result, "conforms",
	    node_get(job->result, "fails") == NULL);
	return 0;
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
	hash_add_text(hash, job->tool->sections);
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

/* What is not sure is for a person to judge; what is wrong is wrong. */
static void
judge(struct node *photo, const struct profile *profile)
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
	status_clear_checks(photo, TOOL);
	status_add_verdict(photo, TOOL, "image.conforms", &limit, verdict,
	    detail.len > 0 ? detail.data : NULL);
	status_derive(photo, profile);
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
	judge(photo, job.tool->profile);
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
	.begin = normalize_begin,
	.wants = normalize_wants,
	.start = normalize_start,
	.work = normalize_work,
	.collect = normalize_collect,
};

static const char usage[] =
"usage: tc-normalize [-hqV] [-d DIR] [-j N] [-p PROFILE] [--force] [--lang LANG]\n"
"                    [--reprofile] [--subset] [MANIFEST]\n";

int
main(int argc, char *argv[])
{
	static const struct option long_options[] = { TOOL_LONG, { 0 } };
	struct stream_options options = { 0 };
	struct normalize tool = { 0 };
	int option, status;

	io_init(TOOL);
	while ((option = getopt_long(argc, argv, TOOL_SHORT "j:", long_options,
	    NULL)) != -1) {
		if (tool_option(option, optarg, usage, &options))
			continue;
		options.jobs = (int)tool_number(usage, "-j", optarg, 1, WORKERS_MAX);
	}
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest");
	options.manifest = argv[optind];
	status = stream_run(&filter, &tool, &options);
	face_finder_free(tool.search.finder);
	free(tool.model);
	return io_finish(status);
}
