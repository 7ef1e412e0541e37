#include "lib/check/across.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/record/choose.h"
#include "lib/record/decide.h"
#include "lib/record/profile.h"
#include "lib/record/status.h"
#include "lib/record/stream.h"

struct across {
	const char *tool;
	duplicates_fetch *fetch;
	void *state;
	struct duplicates *duplicates;
	struct choices *choices;
	struct segment *segment;
};

struct across *
across_new(const char *tool, duplicates_fetch *fetch, void *state)
{
	struct across *across = xcalloc(1, sizeof *across);

	across->tool = tool;
	across->fetch = fetch;
	across->state = state;
	across->duplicates = duplicates_new();
	across->choices = choices_new();
	return across;
}

void
across_free(struct across *across)
{
	if (across == NULL)
		return;
	duplicates_free(across->duplicates);
	choices_free(across->choices);
	free(across);
}

int
across_measures(const struct across *across, const struct node *photo)
{
	return node_text(node_get(photo, "source"), "path") != NULL &&
	    !status_unreadable_by_other(photo, across->tool);
}

void
across_add(struct across *across, const struct node *photo)
{
	duplicates_add(across->duplicates, photo);
	choices_add(across->choices, photo);
}

/* ---- duplicates ---- */

static void
judge_duplicate(const struct across *across, struct node *photo, const char *id,
    int is, const struct duplicate *found)
{
	struct limit limit = profile_limit(across->segment->profile, id);
	struct node *like = is ? stream_held(across->segment,
	    choices_place(across->choices, found->other)) : NULL, *entry;

	entry = status_add_verdict(photo, across->tool, id, &limit,
	    is ? VERDICT_FAIL : VERDICT_PASS, node_text(like, "id"));
	if (is)
		node_set_real(entry, "value", found->correlation, 3);
	node_free(like);
}

/* The photo whose picture was read at index. */
static void
judge_duplicates(const struct across *across, struct node *photo, size_t index)
{
	struct duplicate found = duplicates_of(across->duplicates, index);

	if (!across_measures(across, photo) || node_get(photo, "student") == NULL)
		return;
	judge_duplicate(across, photo, "duplicate.bytes",
	    found.kind == DUPLICATE_BYTES, &found);
	judge_duplicate(across, photo, "duplicate.near",
	    found.kind == DUPLICATE_NEAR, &found);
}

static struct node *
fetch_judged(void *state, size_t index)
{
	struct across *across = state;
	struct node *photo = stream_held(across->segment, index);

	judge_duplicates(across, photo, index);
	return photo;
}

int
across_judge(struct across *across, struct segment *segment, struct buf *err)
{
	const struct profile *profile = segment->profile;

	across->segment = segment;
	duplicates_find(across->duplicates,
	    (int)profile_integer(profile, "face", "hash_distance"),
	    profile_limit(profile, "duplicate.near").max, across->fetch,
	    across->state);
	choices_make(across->choices, profile, fetch_judged, across);
	return segment->subset ? 0 :
	    choices_save(across->choices, segment->batch, err);
}

/* ---- one photo ---- */

/* Say that it is not the photo which came last that counts. */
static void
tell_choice(const struct across *across, struct node *photo,
    const struct choice *choice)
{
	static const struct { const char *id; enum choose_kind kind; } notes[] = {
		{ "choice.older", CHOOSE_OLDER }, { "choice.locked", CHOOSE_LOCKED }
	};
	struct node *latest;
	struct limit limit;

	if (choice->kind == CHOOSE_NONE || !across_measures(across, photo))
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
across_finish(const struct across *across, struct node **photo, size_t index)
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
