#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/base/workers.h"
#include "lib/batch/batch.h"
#include "lib/check/batchwide.h"
#include "lib/check/compare.h"
#include "lib/check/earlier.h"
#include "lib/check/examine.h"
#include "lib/check/explain.h"
#include "lib/check/likeness.h"
#include "lib/check/models.h"
#include "lib/check/numbers.h"
#include "lib/check/provenance.h"
#include "lib/check/rules.h"
#include "lib/check/subject.h"
#include "lib/decision/reasons.h"
#include "lib/decision/status.h"
#include "lib/net/net.h"
#include "lib/normalize/image.h"
#include "lib/picture/img.h"
#include "lib/profile/profile.h"
#include "lib/stream/outcomes.h"
#include "lib/stream/stream.h"
#include "lib/stream/tool.h"

#define TOOL "tc-check"

/* Raised whenever a measurement changes: old results are then not used. */
#define ALGORITHM "28"

struct check {
	struct models models;
	const struct batch *batch;
	const struct profile *profile;
	char sections[HASH_TEXT];	/* of the profile, that decide what is measured */
	double pixels_max;
	struct image_maker maker;
	int makes_images;
	struct batchwide *across;
	const char **earlier_paths;
	size_t earlier_count;
	struct earlier *earlier;	/* what is at these paths, or NULL */
	const char *explain;		/* --explain, or NULL */
	const char *compare;		/* --compare, or NULL */
	int json;			/* --json */
	int list;			/* --list */
	struct outcomes *tally;
};

static void
result_key(const struct check *check, const char *sha256, char *key)
{
	struct hash *hash = hash_new();

	hash_add_text(hash, TOOL ALGORITHM);
	hash_add_text(hash, sha256);
	hash_add_text(hash, check->sections);
	numbers_identify(hash);
	subject_search_identify(&check->models.search, hash);
	hash_add_text(hash, traits_id(check->models.traits));
	hash_add_text(hash, check->models.search.mesh != NULL ?
	    net_id(check->models.search.mesh) : "");
	hash_end(hash, key);
}

/* The upright face, from the batch's results, where this run has put it: that it cannot
 * be had again is no answer to whether two faces are alike. */
static int
fetch_upright(void *state, const unsigned char *sum, unsigned char *pixels)
{
	struct check *check = state;
	struct buf reason = BUF_INIT;
	struct node *result = NULL;
	const char *text = NULL;
	char sha256[HASH_TEXT], key[HASH_TEXT];
	int is;

	hash_text(sum, sha256);
	result_key(check, sha256, key);
	if (batch_result_load(check->batch, TOOL, key, &result))
		text = node_text(result, "upright");
	else
		fault_own(&reason, "what was measured of a photo cannot be read again: "
		    "run the same command once more");
	buf_release(&reason);
	is = text != NULL && likeness_read_text(text, pixels);
	node_free(result);
	return is;
}

static int
open_earlier(struct check *check, struct buf *err)
{
	if (check->earlier_count == 0)
		return 0;
	check->earlier = earlier_new();
	for (size_t i = 0; i < check->earlier_count; i++)
		if (earlier_add(check->earlier, check->earlier_paths[i], check->batch,
		    err) != 0)
			return -1;
	return 0;
}

/* A profile by which no images can be made is tc-normalize's to refuse. */
static void
prepare_images(struct check *check)
{
	struct buf ignored = BUF_INIT;

	check->maker.batch = check->batch;
	check->maker.search = &check->models.search;
	check->makes_images = registration_limits(check->profile, NULL,
	    &check->maker.limits, &ignored) == 0;
	buf_release(&ignored);
}

static int
check_begin(void *state, struct segment *segment, struct buf *err)
{
	static const char *const measured[] = { "clothing", "face", "geometry", "ingest", NULL };
	struct check *check = state;

	check->batch = segment->batch;
	check->profile = segment->profile;
	profile_hash_sections(segment->profile, measured, check->sections);
	if (segment->number == 0 && open_earlier(check, err) != 0)
		return -1;
	if (check->earlier != NULL)
		stream_note_option(segment, "earlier", "yes");
	batchwide_free(check->across);
	check->across = batchwide_new(TOOL, fetch_upright, check);
	batchwide_compare(check->across, check->earlier);
	prepare_images(check);
	check->pixels_max = profile_number(segment->profile, "ingest", "pixels_max");
	return models_load(&check->models, check->profile, err);
}

static int
check_wants(void *state, const struct node *photo)
{
	const struct check *check = state;

	return batchwide_measures(check->across, photo);
}

static int
check_start(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

/* Measure, or take from the batch what was measured before; stored is filled when the
 * picture was decoded. */
static int
measured(const struct check *check, const struct node *source, struct node **result,
    struct img_stored *stored, struct buf *err)
{
	const char *sha256 = node_text(source, "sha256");
	char key[HASH_TEXT];
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
	if (batch_check_original(path.data, sha256, err) != 0 ||
	    examine(&check->models.search, check->pixels_max, path.data, *result,
	    stored, err) != 0)
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

/* Make the registration image while the picture is in memory: tc-normalize finds it, or
 * says why there is none. */
static void
make_image(const struct check *check, const struct node *photo,
    const struct img_stored *stored)
{
	struct buf ignored = BUF_INIT;
	struct node *normalized = NULL;

	if (check->makes_images && stored->pixels != NULL && image_is_wanted(photo) &&
	    image_make(&check->maker, node_get(photo, "face"),
	    node_get(photo, "source"), stored, &normalized, &ignored) == 0)
		node_free(normalized);
	buf_release(&ignored);
}

static int
check_work(void *state, struct node *photo, struct buf *err)
{
	struct img_stored stored = IMG_STORED_INIT;
	struct check *check = state;
	struct node *result = NULL;

	if (measured(check, node_get(photo, "source"), &result, &stored, err) != 0) {
		img_stored_release(&stored);
		return -1;
	}
	take_member(photo, result, "image");
	take_member(photo, result, "face");
	status_clear_checks(photo, TOOL);
	provenance_judge(check->models.provenance, photo, TOOL, check->profile);
	rules_judge(photo, TOOL, node_get(result, "measures"), check->profile);
	status_derive(photo, check->profile);
	make_image(check, photo, &stored);
	img_stored_release(&stored);
	node_free(result);
	return 0;
}

/* ---- across the batch ---- */

static int
check_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct check *check = state;

	(void)index;
	(void)err;
	batchwide_add(check->across, photo);
	return 0;
}

static int
check_end(void *state, struct segment *segment, struct buf *err)
{
	struct check *check = state;

	return batchwide_judge(check->across, segment, err);
}

static void
check_finish(void *state, struct node **photo, size_t index)
{
	struct check *check = state;

	batchwide_finish(check->across, photo, index);
	outcomes_add(check->tally, *photo);
}

static const struct stream_filter filter = {
	.tool = TOOL,
	.judges = 1,
	.holds = 1,
	.begin = check_begin,
	.wants = check_wants,
	.start = check_start,
	.work = check_work,
	.collect = check_collect,
	.end = check_end,
	.finish = check_finish,
};

/* ---- in words ---- */

/* Of -p, else of the manifest that is named, else the usual one. */
static struct profile *
profile_asked(const struct stream_options *options, const char *manifest)
{
	struct buf err = BUF_INIT;
	struct profile *profile = options->profile == NULL && manifest != NULL ?
	    stream_profile_of(options, manifest) :
	    profile_load(options->profile != NULL ? options->profile : "jiangsu", &err);

	if (profile == NULL)
		msg_die("%s", err.data);
	return profile;
}

static int
list_checks(const struct stream_options *options)
{
	struct profile *profile = profile_asked(options, options->manifest);
	struct buf text = BUF_INIT;

	explain_checks(profile, reasons_language(), &text);
	io_print(text.data, text.len);
	buf_release(&text);
	profile_free(profile);
	return io_finish(EXIT_DONE);
}

/* In a worker: measure a picture that is in no batch. */
static void
measure_file(void *state, const char *path, size_t len, struct buf *result)
{
	struct img_stored stored = IMG_STORED_INIT;
	struct check *check = state;
	struct buf err = BUF_INIT;
	struct node *photo = node_object(), *found = node_object();
	char *name = xstrndup(path, len);

	if (examine(&check->models.search, check->pixels_max, name, found, &stored, &err) != 0) {
		node_set_text(photo, "reason", err.data);
	} else {
		take_member(photo, found, "image");
		take_member(photo, found, "face");
		provenance_judge(check->models.provenance, photo, TOOL, check->profile);
		rules_judge(photo, TOOL, node_get(found, "measures"), check->profile);
	}
	node_print(photo, result);
	img_stored_release(&stored);
	node_free(found);
	node_free(photo);
	free(name);
	buf_release(&err);
}

static void
explain_measured(void *state, const char *path, size_t path_len, const char *result,
    size_t len, const char *reason)
{
	struct buf err = BUF_INIT, text = BUF_INIT;
	struct node *photo = result != NULL ? node_parse(result, len, &err) : NULL;
	const struct check *check = state;

	if (photo != NULL)
		reason = node_text(photo, "reason");
	if (reason != NULL)
		msg_die("photo '%.*s': %s", (int)path_len, path, reason);
	node_set_text(node_set(photo, "source", node_object()), "entry", check->explain);
	explain_photo(photo, reasons_language(), &text);
	io_print(text.data, text.len);
	node_free(photo);
	buf_release(&text);
}

static int
explain_file(struct check *check, const struct stream_options *options)
{
	struct profile *profile = profile_asked(options, NULL);
	struct workers_setup setup = { .count = 1, .reads = &check->explain,
	    .read_count = 1, .state = check, .start = check_start, .work = measure_file,
	    .done = explain_measured };
	struct buf err = BUF_INIT;
	struct workers *workers;

	check->profile = profile;
	check->pixels_max = profile_number(profile, "ingest", "pixels_max");
	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	if (models_load(&check->models, profile, &err) != 0)
		msg_die("%s", err.data);
	workers = workers_start(&setup);
	workers_submit(workers, check->explain, strlen(check->explain));
	workers_end(workers);
	profile_free(profile);
	return io_finish(EXIT_DONE);
}

/* Of a photo that a manifest names. */
static int
explain_one(const struct check *check, const struct stream_options *options)
{
	struct buf err = BUF_INIT;
	int found = explain_manifest(options->manifest, check->explain, reasons_language(), &err);

	if (found < 0)
		msg_die("%s", err.data);
	if (found == 0)
		msg_die("there is no record and no file '%s'", check->explain);
	return io_finish(EXIT_DONE);
}

static int
compare(const struct check *check, const struct stream_options *options)
{
	struct buf err = BUF_INIT;

	if (compare_manifests(check->compare, options->manifest, check->json,
	    reasons_language(), &err) != 0)
		msg_die("%s", err.data);
	return io_finish(EXIT_DONE);
}

/* ---- command line ---- */

static void
take_earlier(void *state, const struct option_spec *spec, const char *path)
{
	struct check *check = state;

	(void)spec;
	check->earlier_paths = xrealloc_array(check->earlier_paths,
	    check->earlier_count + 1, sizeof *check->earlier_paths);
	check->earlier_paths[check->earlier_count++] = path;
}

static const struct option_spec own[] = {
	{ .name = "compare", .argument = "EARLIER", .type = OPTION_INPUT, .apart = 1,
	    .words = "ndjson", .offset = offsetof(struct check, compare),
	    .help = "only say what changed since an earlier manifest, student by student" },
	{ .name = "earlier", .argument = "FILE", .type = OPTION_INPUT, .take = take_earlier,
	    .words = "ndjson index", .help = "compare with the photos of another collection, "
	    "a manifest or an index; may be given several times" },
	{ .name = "explain", .argument = "RECORD|FILE", .type = OPTION_INPUT, .apart = 1,
	    .words = "jpg jpeg png heic", .offset = offsetof(struct check, explain),
	    .help = "only say of one photo, by record, student's number or picture, every number, "
	    "limit and verdict" },
	{ .name = "json", .type = OPTION_FLAG, .offset = offsetof(struct check, json),
	    .apart = 1, .help = "with --compare: a line of JSON for each change" },
	{ .name = "list", .type = OPTION_FLAG, .offset = offsetof(struct check, list),
	    .apart = 1, .help = "only list the profile's checks: level, limits, sentence, source" },
	{ 0 }
};

static const struct command command = {
	.purpose = "measures every photo of a manifest and judges it by the profile's rules",
	.after = "[MANIFEST]",
	.others = "[-p PROFILE] --list [MANIFEST]\n"
	    "[-p PROFILE] --explain RECORD|FILE [MANIFEST]\n"
	    "--compare EARLIER [--json] [MANIFEST]",
	.endings = "ndjson",
	.example = "tc-ingest -r roster.xlsx upload.zip | tc-check > checked.ndjson",
	.manuals = "tc-check(1), tc(7), tc-manifest(5), tc-profile(5)"
};

static void
release(struct check *check)
{
	outcomes_free(check->tally);
	batchwide_free(check->across);
	earlier_free(check->earlier);
	free(check->earlier_paths);
	models_release(&check->models);
}

/* What only says something is one thing at a time. */
static void
check_forms(const struct check *check)
{
	int said = (check->compare != NULL) + (check->explain != NULL) + (check->list != 0);

	if (said > 1 || (said > 0 && check->earlier_count > 0))
		options_fail("--compare, --explain and --list are runs of their own");
	if (check->json && check->compare == NULL)
		options_fail("--json is for --compare");
}

int
main(int argc, char *argv[])
{
	struct stream_options options = { 0 };
	struct check check = { 0 };
	const struct option_table tables[] = { { tool_every, &options },
	    { tool_filter, &options }, { tool_jobs, &options }, { own, &check }, { 0 } };
	int status;

	tool_init(TOOL);
	options.manifest = tool_manifest(argv + options_parse(&command, tables, argc, argv));
	check_forms(&check);
	if (check.compare != NULL)
		return compare(&check, &options);
	if (check.list)
		return list_checks(&options);
	if (check.explain != NULL)
		return access(check.explain, F_OK) == 0 ? explain_file(&check, &options) :
		    explain_one(&check, &options);
	check.tally = outcomes_new();
	status = stream_run(&filter, &check, &options);
	outcomes_report(check.tally, reasons_language());
	release(&check);
	return io_finish(status);
}
