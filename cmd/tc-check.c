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
#include "lib/base/share.h"
#include "lib/check/across.h"
#include "lib/check/examine.h"
#include "lib/check/earlier.h"
#include "lib/check/face.h"
#include "lib/check/likeness.h"
#include "lib/check/provenance.h"
#include "lib/check/rules.h"
#include "lib/check/subject.h"
#include "lib/net/net.h"
#include "lib/normalize/image.h"
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
#define ALGORITHM "19"

struct check {
	struct subject_search search;
	const struct batch *batch;
	const struct profile *profile;
	char sections[HASH_TEXT];	/* of the profile, that decide what is measured */
	char *traits_path;
	struct traits *traits;
	char *mesh_path;
	struct provenance *provenance;
	double pixels_max;
	struct image_maker maker;
	int makes_images;
	struct across *across;
	const char **earlier_paths;
	size_t earlier_count;
	struct earlier *earlier;	/* what is at these paths, or NULL */
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

/* A network that is not there is said once; one that cannot be used ends the run. */
static int
load_mesh(struct check *check, struct buf *err)
{
	char *path = file_of(check->profile, "mesh");
	int result = 0;

	if (check->mesh_path == NULL || strcmp(check->mesh_path, path) != 0) {
		net_free(check->search.mesh);
		free(check->mesh_path);
		check->mesh_path = xstrdup(path);
		check->search.mesh = NULL;
		if (access(path, F_OK) != 0)
			msg_warn("the network '%s' is missing: eyes, mouth and pose are not "
			    "assessed; 'make models all' fetches it", path);
		else if ((check->search.mesh = net_open(path, err)) == NULL)
			result = -1;
	}
	free(path);
	return result;
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
	subject_search_identify(&check->search, hash);
	hash_add_text(hash, traits_id(check->traits));
	hash_add_text(hash, check->search.mesh != NULL ? net_id(check->search.mesh) : "");
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
	size_t i;

	if (check->earlier_count == 0)
		return 0;
	check->earlier = earlier_new();
	for (i = 0; i < check->earlier_count; i++)
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
	check->maker.search = &check->search;
	check->makes_images = registration_limits(check->profile, NULL,
	    &check->maker.limits, &ignored) == 0;
	buf_release(&ignored);
}

static int
check_begin(void *state, struct segment *segment, struct buf *err)
{
	static const char *const measured[] = { "face", "geometry", "ingest", NULL };
	struct check *check = state;

	check->batch = segment->batch;
	check->profile = segment->profile;
	profile_hash_sections(segment->profile, measured, check->sections);
	if (segment->number == 0 && open_earlier(check, err) != 0)
		return -1;
	if (check->earlier != NULL)
		stream_note_option(segment, "earlier", "yes");
	across_free(check->across);
	check->across = across_new(TOOL, fetch_upright, check);
	across_compare(check->across, check->earlier);
	prepare_images(check);
	check->pixels_max = profile_number(segment->profile, "ingest", "pixels_max");
	return subject_search_open(&check->search, check->profile, err) != 0 ||
	    load_traits(check, err) != 0 || load_mesh(check, err) != 0 ||
	    load_provenance(check, err) != 0 ? -1 : 0;
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

/* Measure, or take from the batch what was measured before; stored is filled when the
 * picture was decoded. */
static int
measured(const struct check *check, const struct node *source, struct node **result,
    struct img_stored *stored, struct buf *err)
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
		fault_own(err, "'%s' is damaged: it is not what was uploaded; send the "
		    "upload again", path.data);
		goto out;
	}
	if (examine(&check->search, check->pixels_max, path.data, *result, stored,
	    err) != 0)
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
	provenance_judge(check->provenance, photo, TOOL, check->profile);
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
	across_add(check->across, photo);
	return 0;
}

static int
check_end(void *state, struct segment *segment, struct buf *err)
{
	struct check *check = state;

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
	{ .name = "earlier", .argument = "FILE", .type = OPTION_INPUT, .take = take_earlier,
	    .words = "ndjson index", .help = "compare with the photos of another collection, "
	    "a manifest or an index; may be given several times" },
	{ 0 }
};

static const struct command command = {
	.purpose = "measures every photo of a manifest and judges it by the profile's rules",
	.after = "[MANIFEST]",
	.endings = "ndjson",
	.example = "tc-ingest -r roster.xlsx upload.zip | tc-check > checked.ndjson",
	.manuals = "tc-check(1), tc(7), tc-manifest(5), tc-profile(5)"
};

static void
release(struct check *check)
{
	tally_free(check->tally);
	across_free(check->across);
	earlier_free(check->earlier);
	free(check->earlier_paths);
	subject_search_close(&check->search);
	traits_free(check->traits);
	free(check->traits_path);
	net_free(check->search.mesh);
	free(check->mesh_path);
	provenance_free(check->provenance);
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
	check.tally = tally_new();
	status = stream_run(&filter, &check, &options);
	tally_report(check.tally, reasons_language());
	release(&check);
	return io_finish(status);
}
