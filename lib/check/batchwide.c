#include "lib/check/batchwide.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/workers.h"
#include "lib/batch/batch.h"
#include "lib/check/duplicates.h"
#include "lib/check/earlier.h"
#include "lib/check/likenessindex.h"
#include "lib/decision/choose.h"
#include "lib/decision/decide.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"

struct batchwide {
	const char *tool;
	batchwide_fetch *fetch;
	void *state;
	struct remembered *photos;
	size_t count;
	struct duplicates *duplicates;	/* when all were read */
	struct choices *choices;
	struct earlier *earlier;	/* or NULL */
	struct segment *segment;
};

struct batchwide *
batchwide_new(const char *tool, batchwide_fetch *fetch, void *state)
{
	struct batchwide *batchwide = xcalloc(1, sizeof *batchwide);

	batchwide->tool = tool;
	batchwide->fetch = fetch;
	batchwide->state = state;
	batchwide->choices = choices_new();
	return batchwide;
}

void
batchwide_free(struct batchwide *batchwide)
{
	if (batchwide == NULL)
		return;
	free(batchwide->photos);
	duplicates_free(batchwide->duplicates);
	choices_free(batchwide->choices);
	free(batchwide);
}

int
batchwide_measures(const struct batchwide *batchwide, const struct node *photo)
{
	const struct node *match = node_get(photo, "match");
	const char *state = node_text(match, "state");

	/* What came while the student's account was closed waits. */
	if (node_true(match, "held") && state != NULL &&
	    strcmp(state, "superseded") == 0)
		return 0;
	return node_text(node_get(photo, "source"), "path") != NULL &&
	    status_failure_by_other(photo, batchwide->tool) == NULL;
}

void
batchwide_compare(struct batchwide *batchwide, struct earlier *earlier)
{
	batchwide->earlier = earlier;
}

void
batchwide_add(struct batchwide *batchwide, const struct node *photo)
{
	size_t count = batchwide->count;

	if ((count & (count + 1)) == 0)
		batchwide->photos = xrealloc_array(batchwide->photos, 2 * count + 2,
		    sizeof *batchwide->photos);
	likenessindex(photo, &batchwide->photos[batchwide->count++]);
	choices_add(batchwide->choices, photo);
}

/* ---- duplicates ---- */

static void
tell_pair(struct node *entry, double correlation, int mirrored)
{
	node_set_real(entry, "value", correlation, 3);
	if (mirrored)
		node_set_flag(entry, "mirrored", 1);
}

static void
judge_duplicate(const struct batchwide *batchwide, struct node *photo, const char *id,
    int is, const struct duplicate *found)
{
	struct limit limit = profile_limit(batchwide->segment->profile, id);
	struct node *like = is ? stream_held(batchwide->segment,
	    choices_place(batchwide->choices, found->other)) : NULL, *entry;

	entry = status_add_verdict(photo, batchwide->tool, id, &limit,
	    is ? VERDICT_FAIL : VERDICT_PASS, node_text(like, "id"));
	if (is)
		tell_pair(entry, found->correlation, found->mirrored);
	node_free(like);
}

static void
judge_earlier(const struct batchwide *batchwide, struct node *photo, size_t index)
{
	struct limit limit = profile_limit(batchwide->segment->profile,
	    "duplicate.earlier");
	struct earlier_found found = earlier_of(batchwide->earlier, index);
	struct buf where = BUF_INIT;
	struct node *entry;
	int is = found.kind != DUPLICATE_NONE;

	if (is)
		buf_addf(&where, "%s in '%s'", found.record, found.file);
	entry = status_add_verdict(photo, batchwide->tool, "duplicate.earlier", &limit,
	    is ? VERDICT_FAIL : VERDICT_PASS, is ? where.data : NULL);
	if (is)
		tell_pair(entry, found.correlation, found.mirrored);
	buf_release(&where);
}

/* The photo whose picture was read at index. */
static void
judge_duplicates(const struct batchwide *batchwide, struct node *photo, size_t index)
{
	struct duplicate found = duplicates_of(batchwide->duplicates, index);

	if (!batchwide_measures(batchwide, photo) || node_get(photo, "student") == NULL)
		return;
	judge_duplicate(batchwide, photo, "duplicate.bytes",
	    found.kind == DUPLICATE_BYTES, &found);
	judge_duplicate(batchwide, photo, "duplicate.near",
	    found.kind == DUPLICATE_NEAR, &found);
	if (batchwide->earlier != NULL)
		judge_earlier(batchwide, photo, index);
}

static struct node *
fetch_judged(void *state, size_t index)
{
	struct batchwide *batchwide = state;
	struct node *photo = stream_held(batchwide->segment, index);

	judge_duplicates(batchwide, photo, index);
	return photo;
}

static int
compare(struct batchwide *batchwide, const struct segment *segment, struct buf *err)
{
	const struct profile *profile = segment->profile;
	int jobs = (int)segment->options->jobs;
	const struct duplicates_setup setup = {
		.distance = (int)profile_integer(profile, "face", "hash_distance"),
		.correlation = profile_limit(profile, "duplicate.near").max,
		.jobs = jobs > 0 ? jobs : workers_processors(),
		.reads = segment->batch->directory,
		.fetch = batchwide->fetch,
		.state = batchwide->state
	};

	batchwide->duplicates = duplicates_find(batchwide->photos, batchwide->count, &setup);
	return batchwide->earlier == NULL ? 0 : earlier_find(batchwide->earlier,
	    segment->batch->id, batchwide->photos, batchwide->count, setup.distance,
	    profile_limit(profile, "duplicate.earlier").max, err);
}

int
batchwide_judge(struct batchwide *batchwide, struct segment *segment, struct buf *err)
{
	batchwide->segment = segment;
	if (compare(batchwide, segment, err) != 0)
		return -1;
	choices_make(batchwide->choices, segment->profile, fetch_judged, batchwide);
	return segment->subset ? 0 :
	    choices_save(batchwide->choices, segment->batch, err);
}

/* ---- one photo ---- */

/* Say that it is not the photo which came last that counts. */
static void
tell_choice(const struct batchwide *batchwide, struct node *photo,
    const struct choice *choice)
{
	static const struct { const char *id; enum choose_kind kind; } notes[] = {
		{ "choice.older", CHOOSE_OLDER }, { "choice.locked", CHOOSE_LOCKED }
	};
	struct node *latest;
	struct limit limit;

	if (choice->kind == CHOOSE_NONE || !batchwide_measures(batchwide, photo))
		return;
	latest = stream_held(batchwide->segment,
	    choices_place(batchwide->choices, choice->latest));
	for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
		int is = choice->kind == notes[i].kind;

		limit = profile_limit(batchwide->segment->profile, notes[i].id);
		status_add_verdict(photo, batchwide->tool, notes[i].id, &limit,
		    is ? VERDICT_WARN : VERDICT_PASS,
		    is ? node_text(latest, "id") : NULL);
	}
	node_free(latest);
}

void
batchwide_finish(const struct batchwide *batchwide, struct node **photo, size_t index)
{
	struct choice choice = choices_of(batchwide->choices, index);
	struct node *record = *photo, *other;

	if (choice.picture != index) {
		other = stream_held(batchwide->segment, choice.picture);
		*photo = choices_exchange(record, other);
		node_free(other);
		node_free(record);
		decide_apply(batchwide->segment->journal, *photo);
	}
	judge_duplicates(batchwide, *photo, choice.picture);
	tell_choice(batchwide, *photo, &choice);
	status_derive(*photo, batchwide->segment->profile);
}
