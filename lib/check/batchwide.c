#include "lib/check/batchwide.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/workers.h"
#include "lib/check/duplicates.h"
#include "lib/check/earlier.h"
#include "lib/check/likenessindex.h"
#include "lib/batch/batch.h"
#include "lib/decision/choose.h"
#include "lib/decision/decide.h"
#include "lib/profile/profile.h"
#include "lib/decision/status.h"
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
	struct batchwide *across = xcalloc(1, sizeof *across);

	across->tool = tool;
	across->fetch = fetch;
	across->state = state;
	across->choices = choices_new();
	return across;
}

void
batchwide_free(struct batchwide *across)
{
	if (across == NULL)
		return;
	free(across->photos);
	duplicates_free(across->duplicates);
	choices_free(across->choices);
	free(across);
}

int
batchwide_measures(const struct batchwide *across, const struct node *photo)
{
	const struct node *match = node_get(photo, "match");
	const char *state = node_text(match, "state");

	/* What came while the student's account was closed waits. */
	if (node_true(match, "held") && state != NULL &&
	    strcmp(state, "superseded") == 0)
		return 0;
	return node_text(node_get(photo, "source"), "path") != NULL &&
	    status_failure_by_other(photo, across->tool) == NULL;
}

void
batchwide_compare(struct batchwide *across, struct earlier *earlier)
{
	across->earlier = earlier;
}

void
batchwide_add(struct batchwide *across, const struct node *photo)
{
	size_t count = across->count;

	if ((count & (count + 1)) == 0)
		across->photos = xrealloc_array(across->photos, 2 * count + 2,
		    sizeof *across->photos);
	likenessindex(photo, &across->photos[across->count++]);
	choices_add(across->choices, photo);
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
judge_duplicate(const struct batchwide *across, struct node *photo, const char *id,
    int is, const struct duplicate *found)
{
	struct limit limit = profile_limit(across->segment->profile, id);
	struct node *like = is ? stream_held(across->segment,
	    choices_place(across->choices, found->other)) : NULL, *entry;

	entry = status_add_verdict(photo, across->tool, id, &limit,
	    is ? VERDICT_FAIL : VERDICT_PASS, node_text(like, "id"));
	if (is)
		tell_pair(entry, found->correlation, found->mirrored);
	node_free(like);
}

static void
judge_earlier(const struct batchwide *across, struct node *photo, size_t index)
{
	struct limit limit = profile_limit(across->segment->profile,
	    "duplicate.earlier");
	struct earlier_found found = earlier_of(across->earlier, index);
	struct buf where = BUF_INIT;
	struct node *entry;
	int is = found.kind != DUPLICATE_NONE;

	if (is)
		buf_addf(&where, "%s in '%s'", found.record, found.file);
	entry = status_add_verdict(photo, across->tool, "duplicate.earlier", &limit,
	    is ? VERDICT_FAIL : VERDICT_PASS, is ? where.data : NULL);
	if (is)
		tell_pair(entry, found.correlation, found.mirrored);
	buf_release(&where);
}

/* The photo whose picture was read at index. */
static void
judge_duplicates(const struct batchwide *across, struct node *photo, size_t index)
{
	struct duplicate found = duplicates_of(across->duplicates, index);

	if (!batchwide_measures(across, photo) || node_get(photo, "student") == NULL)
		return;
	judge_duplicate(across, photo, "duplicate.bytes",
	    found.kind == DUPLICATE_BYTES, &found);
	judge_duplicate(across, photo, "duplicate.near",
	    found.kind == DUPLICATE_NEAR, &found);
	if (across->earlier != NULL)
		judge_earlier(across, photo, index);
}

static struct node *
fetch_judged(void *state, size_t index)
{
	struct batchwide *across = state;
	struct node *photo = stream_held(across->segment, index);

	judge_duplicates(across, photo, index);
	return photo;
}

static int
compare(struct batchwide *across, const struct segment *segment, struct buf *err)
{
	const struct profile *profile = segment->profile;
	int jobs = (int)segment->options->jobs;
	const struct duplicates_setup setup = {
		.distance = (int)profile_integer(profile, "face", "hash_distance"),
		.correlation = profile_limit(profile, "duplicate.near").max,
		.jobs = jobs > 0 ? jobs : workers_processors(),
		.reads = segment->batch->directory,
		.fetch = across->fetch,
		.state = across->state
	};

	across->duplicates = duplicates_find(across->photos, across->count, &setup);
	return across->earlier == NULL ? 0 : earlier_find(across->earlier,
	    segment->batch->id, across->photos, across->count, setup.distance,
	    profile_limit(profile, "duplicate.earlier").max, err);
}

int
batchwide_judge(struct batchwide *across, struct segment *segment, struct buf *err)
{
	across->segment = segment;
	if (compare(across, segment, err) != 0)
		return -1;
	choices_make(across->choices, segment->profile, fetch_judged, across);
	return segment->subset ? 0 :
	    choices_save(across->choices, segment->batch, err);
}

/* ---- one photo ---- */

/* Say that it is not the photo which came last that counts. */
static void
tell_choice(const struct batchwide *across, struct node *photo,
    const struct choice *choice)
{
	static const struct { const char *id; enum choose_kind kind; } notes[] = {
		{ "choice.older", CHOOSE_OLDER }, { "choice.locked", CHOOSE_LOCKED }
	};
	struct node *latest;
	struct limit limit;

	if (choice->kind == CHOOSE_NONE || !batchwide_measures(across, photo))
		return;
	latest = stream_held(across->segment,
	    choices_place(across->choices, choice->latest));
	for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
		int is = choice->kind == notes[i].kind;

		limit = profile_limit(across->segment->profile, notes[i].id);
		status_add_verdict(photo, across->tool, notes[i].id, &limit,
		    is ? VERDICT_WARN : VERDICT_PASS,
		    is ? node_text(latest, "id") : NULL);
	}
	node_free(latest);
}

void
batchwide_finish(const struct batchwide *across, struct node **photo, size_t index)
{
	struct choice choice = choices_of(across->choices, index);
	struct node *record = *photo, *other;

	if (choice.picture != index) {
		other = stream_held(across->segment, choice.picture);
		*photo = choices_exchange(record, other);
		node_free(other);
		node_free(record);
		decide_apply(across->segment->journal, *photo);
	}
	judge_duplicates(across, *photo, choice.picture);
	tell_choice(across, *photo, &choice);
	status_derive(*photo, across->segment->profile);
}
