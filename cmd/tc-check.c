#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/batch.h"
#include "lib/buf.h"
#include "lib/face.h"
#include "lib/hash.h"
#include "lib/img.h"
#include "lib/io.h"
#include "lib/msg.h"
#include "lib/node.h"
#include "lib/profile.h"
#include "lib/rules.h"
#include "lib/share.h"
#include "lib/status.h"
#include "lib/stream.h"
#include "lib/subject.h"
#include "lib/tool.h"
#include "lib/workers.h"

#define TOOL "tc-check"

/* Raised whenever a measurement changes: old results are then not used. */
#define ALGORITHM "1"

/* A face is sought in one half of what is decoded; the rest serves light, detail
 * and the mask. */
enum { DECODED_PER_SOUGHT = 2 };

struct check {
	struct subject_search search;
	const struct batch *batch;
	const struct profile *profile;
	char sections[HASH_TEXT];	/* of the profile, that decide what is measured */
	char *model;
};

static int
check_begin(void *state, struct segment *segment, struct buf *err)
{
	static const char *const measured[] = { "face", NULL };
	struct check *check = state;
	const char *model = profile_text(segment->profile, "face", "model");
	struct buf path = BUF_INIT;

	check->batch = segment->batch;
	check->profile = segment->profile;
	profile_hash_sections(segment->profile, measured, check->sections);
	check->search.threshold = profile_number(segment->profile, "face",
	    "confidence_min");
	check->search.height = (int)profile_integer(segment->profile, "face",
	    "search_height");
	if (strchr(model, '/') != NULL)
		buf_adds(&path, model);
	else
		share_path(model, &path);
	if (check->search.finder == NULL || strcmp(check->model, path.data) != 0) {
		face_finder_free(check->search.finder);
		free(check->model);
		check->model = buf_detach(&path);
		check->search.finder = face_finder_new(check->model, err);
	}
	buf_release(&path);
	return check->search.finder != NULL ? 0 : -1;
}

static int
check_wants(void *state, const struct node *photo)
{
	(void)state;
	return node_text(node_get(photo, "source"), "path") != NULL;
}

static int
check_start(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

static void
result_key(const struct check *check, const char *sha256, char *key)
{
	struct hash *hash = hash_new();

	hash_add_text(hash, TOOL ALGORITHM);
	hash_add_text(hash, sha256);
	hash_add_text(hash, check->sections);
	hash_add_text(hash, face_model_id(check->search.finder));
	hash_end(hash, key);
}

static void
describe_image(struct node *image, const struct img_info *info)
{
	node_set_text(image, "format", info->format);
	node_set_integer(image, "width", info->width);
	node_set_integer(image, "height", info->height);
	node_set_integer(image, "orientation", info->orientation);
	node_set_integer(image, "channels", info->channels);
	node_set_integer(image, "bits", info->bits);
	node_set_integer(image, "pages", info->pages);
	node_set_flag(image, "grey", info->grey);
	node_set_flag(image, "cmyk", info->cmyk);
}

/* Decode and measure: "image", "face" and "measures" of result. */
static int
measure_picture(const struct check *check, const char *path, struct node *result,
    struct buf *err)
{
	struct subject subject;
	struct img_info info;
	struct img img = { 0 };
	int status = -1;

	if (img_probe(path, &info, err) != 0 ||
	    img_load(path, check->search.height * DECODED_PER_SOUGHT, 0, &img, err) != 0 ||
	    subject_find(&check->search, img.pixels, img.width, img.height, &subject,
	    err) != 0)
		goto out;
	describe_image(node_set(result, "image", node_object()), &info);
	if (subject.faces > 0)
		node_set(result, "face", subject_to_node(&subject, 1 / img.scale));
	node_set(result, "measures", rules_measures(&subject));
	status = 0;
out:
	img_release(&img);
	return status;
}

/* The same, computed once: what was measured before is taken from the batch. */
static int
measured(const struct check *check, const struct node *source, struct node **result,
    struct buf *err)
{
	const char *sha256 = node_text(source, "sha256");
	char key[HASH_TEXT], actual[HASH_TEXT];
	struct buf path = BUF_INIT;
	int status = -1;

	if (sha256 == NULL) {
		buf_adds(err, "the record has no sha256");
		return -1;
	}
	result_key(check, sha256, key);
	if (batch_result_load(check->batch, TOOL, key, result))
		return 0;
	*result = node_object();
	batch_path(check->batch, node_text(source, "path"), &path);
	if (hash_file(path.data, actual, err) != 0)
		goto out;
	if (strcmp(actual, sha256) != 0) {
		buf_adds(err, "the stored original is not what was uploaded");
		goto out;
	}
	if (measure_picture(check, path.data, *result, err) != 0)
		goto out;
	status = batch_result_save(check->batch, TOOL, key, *result, err);
out:
	buf_release(&path);
	if (status != 0) {
		node_free(*result);
		*result = NULL;
	}
	return status;
}

static void
take_member(struct node *photo, const struct node *result, const char *name)
{
	struct node *member = node_get(result, name);

	if (member != NULL)
		node_set(photo, name, node_copy(member));
	else
		node_remove(photo, name);
}

static int
check_work(void *state, struct node *photo, struct buf *err)
{
	struct check *check = state;
	struct node *result = NULL;

	if (measured(check, node_get(photo, "source"), &result, err) != 0)
		return -1;
	take_member(photo, result, "image");
	take_member(photo, result, "face");
	status_clear_checks(photo, TOOL);
	rules_judge(photo, TOOL, node_get(result, "measures"), check->profile);
	status_derive(photo, check->profile);
	node_free(result);
	return 0;
}

static const struct stream_filter filter = {
	.tool = TOOL,
	.begin = check_begin,
	.wants = check_wants,
	.start = check_start,
	.work = check_work,
};

static const char usage[] =
"usage: tc-check [-hqV] [-d DIR] [-j N] [-p PROFILE] [--force] [--lang LANG]\n"
"                [--reprofile] [--subset] [MANIFEST]\n";

int
main(int argc, char *argv[])
{
	static const struct option long_options[] = { TOOL_LONG, { 0 } };
	struct stream_options options = { 0 };
	struct check check = { 0 };
	int option, status;

	tool_init(TOOL);
	while ((option = getopt_long(argc, argv, TOOL_SHORT "j:", long_options,
	    NULL)) != -1) {
		if (tool_option(option, optarg, usage, &options))
			continue;
		options.jobs = (int)tool_number(usage, "-j", optarg, 1, WORKERS_MAX);
	}
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest");
	options.manifest = argv[optind];
	status = stream_run(&filter, &check, &options);
	face_finder_free(check.search.finder);
	free(check.model);
	return io_finish(status);
}
