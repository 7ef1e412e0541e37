#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/base/workers.h"
#include "lib/check/across.h"
#include "lib/check/face.h"
#include "lib/check/likeness.h"
#include "lib/check/provenance.h"
#include "lib/check/rules.h"
#include "lib/check/subject.h"
#include "lib/picture/exif.h"
#include "lib/picture/img.h"
#include "lib/record/batch.h"
#include "lib/record/profile.h"
#include "lib/record/reasons.h"
#include "lib/record/status.h"
#include "lib/record/stream.h"
#include "lib/record/tally.h"
#include "lib/record/tool.h"

#define TOOL "tc-check"

/* Raised whenever a measurement changes: old results are then not used. */
#define ALGORITHM "5"

/* A face is sought in one half of what is decoded; the rest serves light, detail
 * and the mask. */
enum { DECODED_PER_SOUGHT = 2 };

struct check {
	struct subject_search search;
	const struct batch *batch;
	const struct profile *profile;
	char sections[HASH_TEXT];	/* of the profile, that decide what is measured */
	char *traits_path;
	struct traits *traits;
	struct provenance *provenance;
	double pixels_max;
	struct segment *segment;	/* while its end is worked on */
	struct across *across;
	struct tally *tally;
};

static char *
file_of(const struct profile *profile, const char *key)
{
	struct buf path = BUF_INIT;

	share_file(profile_text(profile, "face", key), &path);
	return buf_detach(&path);
}

static int
load_traits(struct check *check, struct buf *err)
{
	char *path = file_of(check->profile, "traits");

	if (check->traits == NULL || strcmp(check->traits_path, path) != 0) {
		traits_free(check->traits);
		free(check->traits_path);
		check->traits_path = xstrdup(path);
		check->traits = traits_load(path, err);
		check->search.traits = check->traits;
	}
	free(path);
	return check->traits != NULL ? 0 : -1;
}

static int
load_provenance(struct check *check, struct buf *err)
{
	struct buf path = BUF_INIT;

	if (check->provenance == NULL) {
		share_path("edited.conf", &path);
		check->provenance = provenance_load(path.data, err);
		buf_release(&path);
	}
	return check->provenance != NULL ? 0 : -1;
}

static void
result_key(const struct check *check, const char *sha256, char *key)
{
	struct hash *hash = hash_new();

	hash_add_text(hash, TOOL ALGORITHM);
	hash_add_text(hash, sha256);
	hash_add_text(hash, check->sections);
	hash_add_text(hash, face_model_id(check->search.finder));
	hash_add_text(hash, traits_id(check->traits));
	hash_end(hash, key);
}

static int
digit(int c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* What keep_upright kept, from the batch's results. */
static int
fetch_upright(void *state, size_t index, unsigned char *pixels)
{
	const size_t count = LIKENESS_SIDE * LIKENESS_SIDE;
	struct check *check = state;
	struct node *photo = stream_held(check->segment, index), *result = NULL;
	const char *sha256 = node_text(node_get(photo, "source"), "sha256");
	const char *text = NULL;
	char key[HASH_TEXT];
	size_t i;

	if (sha256 != NULL) {
		result_key(check, sha256, key);
		if (batch_result_load(check->batch, TOOL, key, &result))
			text = node_text(result, "upright");
	}
	if (text != NULL && strlen(text) != 2 * count)
		text = NULL;
	for (i = 0; text != NULL && i < count; i++)
		pixels[i] = (unsigned char)(digit(text[2 * i]) << 4 |
		    digit(text[2 * i + 1]));
	node_free(result);
	node_free(photo);
	return text != NULL;
}

static int
check_begin(void *state, struct segment *segment, struct buf *err)
{
	static const char *const measured[] = { "face", "ingest", NULL };
	struct check *check = state;

	check->batch = segment->batch;
	check->profile = segment->profile;
	profile_hash_sections(segment->profile, measured, check->sections);
	across_free(check->across);
	check->across = across_new(TOOL, fetch_upright, check);
	check->pixels_max = profile_number(segment->profile, "ingest", "pixels_max");
	return subject_search_open(&check->search, check->profile, 1, err) != 0 ||
	    load_traits(check, err) != 0 || load_provenance(check, err) != 0 ? -1 : 0;
}

static int
check_wants(void *state, const struct node *photo)
{
	const struct check *check = state;

	return across_measures(check->across, photo);
}

static int
check_start(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
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

/* What the file says of itself; "image" of result. */
static int
read_header(const char *path, struct img_info *info, struct node *result,
    struct buf *err)
{
	struct buf exif = BUF_INIT, xmp = BUF_INIT;
	struct node *image;
	struct exif said;
	int status = -1;

	if (img_probe(path, info, err) == 0 &&
	    img_metadata(path, &exif, &xmp, err) == 0) {
		image = node_set(result, "image", node_object());
		describe_image(image, info);
		exif_read(exif.data, exif.len, &said);
		exif_read_xmp(xmp.data, xmp.len, &said);
		provenance_describe(image, &said);
		status = 0;
	}
	buf_release(&exif);
	buf_release(&xmp);
	return status;
}

/* The face brought upright, for finding the same picture twice: its hash in
 * "image", its pixels as hexadecimal text in "upright". */
static void
keep_upright(struct node *result, const unsigned char *pixels)
{
	struct buf text = BUF_INIT;
	size_t i;

	buf_addf(&text, "%016llx", (unsigned long long)likeness_hash(pixels));
	node_set_text(node_get(result, "image"), "phash", text.data);
	buf_clear(&text);
	for (i = 0; i < LIKENESS_SIDE * LIKENESS_SIDE; i++)
		buf_addf(&text, "%02x", pixels[i]);
	node_set_text(result, "upright", text.data);
	buf_release(&text);
}

/* Decode and measure: "image", "face" and "measures" of result.  A picture that
 * says it is too large is not decoded. */
static int
measure_picture(const struct check *check, const char *path, struct node *result,
    struct buf *err)
{
	struct subject subject;
	struct img_info info;
	struct img img = { 0 };
	int status = -1;

	if (read_header(path, &info, result, err) != 0)
		return -1;
	if ((double)info.width * info.height > check->pixels_max)
		return 0;
	if (img_load(path, check->search.height * DECODED_PER_SOUGHT, 0, &img, err) != 0 ||
	    subject_find(&check->search, img.pixels, img.width, img.height, &subject,
	    err) != 0)
		goto out;
	if (subject.faces > 0) {
		node_set(result, "face", subject_to_node(&subject, 1 / img.scale));
		keep_upright(result, subject.upright);
	}
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
	provenance_judge(check->provenance, photo, TOOL, check->profile);
	rules_judge(photo, TOOL, node_get(result, "measures"), check->profile);
	status_derive(photo, check->profile);
	node_free(result);
	return 0;
}

/* ---- across the batch ---- */

static int
check_collect(void *state, struct node *photo, size_t index, struct buf *err)
{
	struct check *check = state;

	(void)index;
	(void)err;
	across_add(check->across, photo);
	return 0;
}

static int
check_end(void *state, struct segment *segment, struct buf *err)
{
	struct check *check = state;

	check->segment = segment;
	return across_judge(check->across, segment, err);
}

static void
check_finish(void *state, struct node **photo, size_t index)
{
	struct check *check = state;

	across_finish(check->across, photo, index);
	tally_add(check->tally, *photo);
}

static const struct stream_filter filter = {
	.tool = TOOL,
	.holds = 1,
	.begin = check_begin,
	.wants = check_wants,
	.start = check_start,
	.work = check_work,
	.collect = check_collect,
	.end = check_end,
	.finish = check_finish,
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
	check.tally = tally_new();
	status = stream_run(&filter, &check, &options);
	tally_report(check.tally, reasons_language());
	tally_free(check.tally);
	across_free(check.across);
	subject_search_close(&check.search);
	traits_free(check.traits);
	free(check.traits_path);
	provenance_free(check.provenance);
	return io_finish(status);
}
