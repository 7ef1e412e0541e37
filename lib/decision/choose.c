#include "lib/decision/choose.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"

#define CHOSEN_FILE "chosen.json"

enum { CHOSEN_FILE_MAX = 1 << 28 };

/* A photo of a student. */
struct photo {
	uint64_t group;		/* arrival of the picture that its student has */
	uint64_t arrival;	/* of its own: upload, then entry */
	uint32_t owner;		/* number of the student's record */
	uint32_t index;
	int superseded;
};

struct exchanged {
	size_t index;		/* of the record */
	struct choice choice;
};

struct choices {
	struct photo *photos;
	size_t count;
	struct exchanged *made;		/* by index: records of several photos */
	size_t made_count;
	struct node *chosen;		/* record: SHA-256 */

	const struct profile *profile;	/* while choosing */
	choose_fetch *fetch;
	void *state;
};

/* What decides between two photos of a group. */
struct score {
	int locked, by_name;
	enum status status;
	uint64_t arrival;
};

struct choices *
choices_new(void)
{
	struct choices *choices = xcalloc(1, sizeof *choices);

	choices->chosen = node_object();
	return choices;
}

void
choices_free(struct choices *choices)
{
	if (choices == NULL)
		return;
	free(choices->photos);
	free(choices->made);
	node_free(choices->chosen);
	free(choices);
}

/* ---- adding ---- */

static uint32_t
number_of(const char *record)
{
	const char *dash = record != NULL ? strrchr(record, '-') : NULL;

	return dash != NULL ? (uint32_t)strtoul(dash + 1, NULL, 10) : 0;
}

static uint64_t
arrival_of(const struct node *source)
{
	long long upload = node_integer(source, "arrival", 0);

	return upload <= 0 ? 0 : (uint64_t)upload << 32 |
	    (uint64_t)node_integer(source, "number", 0);
}

void
choices_add(struct choices *choices, const struct node *photo)
{
	const struct node *match = node_get(photo, "match");
	int superseded = node_text_is(match, "state", "superseded");
	size_t count = choices->count;
	struct photo *added;

	if ((count & (count + 1)) == 0)
		choices->photos = xrealloc_array(choices->photos, 2 * count + 2,
		    sizeof *choices->photos);
	added = &choices->photos[choices->count++];
	*added = (struct photo){ .index = (uint32_t)count,
	    .superseded = superseded };
	/* What is held waits, however good it may be. */
	if (superseded ? node_true(match, "held") : !node_text_is(match, "state", "matched"))
		return;
	added->owner = number_of(superseded ? node_text(match, "record") :
	    node_text(photo, "id"));
	added->arrival = arrival_of(node_get(photo, "source"));
}

/* ---- groups ---- */

static int
by_owner(const void *left, const void *right)
{
	const struct photo *a = left, *b = right;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	if (a->superseded != b->superseded)
		return a->superseded - b->superseded;
	return (a->index > b->index) - (a->index < b->index);
}

static int
by_group(const void *left, const void *right)
{
	const struct photo *a = left, *b = right;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->superseded != b->superseded)
		return a->superseded - b->superseded;
	return (a->index > b->index) - (a->index < b->index);
}

/* All photos of a student, and of the other rows that share the picture, get the
 * same group; 0 is none. */
static void
find_groups(struct choices *choices)
{
	struct photo *photo = choices->photos, *end = photo + choices->count;
	const struct photo *head = NULL;

	mem_sort(photo, choices->count, sizeof *photo, by_owner);
	for (; photo < end; photo++) {
		if (!photo->superseded)
			head = photo;
		if (photo->owner != 0 && head != NULL &&
		    head->owner == photo->owner)
			photo->group = head->arrival;
	}
	mem_sort(choices->photos, choices->count, sizeof *choices->photos, by_group);
}

/* ---- choosing ---- */

static void
get_score(const struct choices *choices, const struct photo *photo,
    struct score *score)
{
	struct node *node = choices->fetch(choices->state, photo->index);
	struct node *match = node_get(node, "match");
	const char *picture = node_text(node_get(node, "source"), "sha256");

	node_set_text(match, "state", "matched");
	score->status = status_derive(node, choices->profile);
	score->locked = picture != NULL && score->status <= STATUS_REVIEW &&
	    node_text_is(node_get(node, "locked"), "picture", picture);
	score->by_name = node_text_is(match, "by", "name");
	score->arrival = photo->arrival;
	node_free(node);
}

/* STATUS_PASS is the least, then review, reject, and unreadable the greatest. */
static int
is_better(const struct score *a, const struct score *b)
{
	if (a->locked != b->locked)
		return a->locked;
	if (a->status != b->status)
		return a->status < b->status;
	if (a->by_name != b->by_name)
		return !a->by_name;
	return a->arrival > b->arrival;
}

static void
make(struct choices *choices, size_t index, const struct choice *choice)
{
	size_t count = choices->made_count;

	if ((count & (count + 1)) == 0)
		choices->made = xrealloc_array(choices->made, 2 * count + 2,
		    sizeof *choices->made);
	choices->made[choices->made_count++] = (struct exchanged){ index, *choice };
}

static void
note_chosen(struct choices *choices, size_t head, size_t picture)
{
	struct node *record = choices->fetch(choices->state, head);
	struct node *other = choices->fetch(choices->state, picture);

	node_set_text(choices->chosen, node_text(record, "id"),
	    node_text(node_get(other, "source"), "sha256"));
	node_free(other);
	node_free(record);
}

/* The photos of one group: heads, which are of the students' records and have one
 * picture, then superseded ones. */
static void
choose(struct choices *choices, const struct photo *group, size_t heads,
    size_t count)
{
	struct score score, best = { 0 };
	size_t chosen = 0, latest = 0, i;
	struct choice choice;

	for (i = 0; i < count; i++) {
		get_score(choices, &group[i], &score);
		if (i > 0 && i < heads) {
			best.locked |= score.locked;
			continue;
		}
		if (i == 0 || is_better(&score, &best)) {
			best = score;
			chosen = i;
		}
		if (group[i].arrival > group[latest].arrival)
			latest = i;
	}
	choice = (struct choice){ CHOOSE_LATEST, group[chosen].index,
	    group[latest].index };
	if (chosen != latest)
		choice.kind = best.locked ? CHOOSE_LOCKED : CHOOSE_OLDER;
	for (i = 0; i < heads; i++) {
		make(choices, group[i].index, &choice);
		if (chosen != 0)
			note_chosen(choices, group[i].index, choice.picture);
	}
	if (chosen != 0)
		make(choices, choice.picture, &(struct choice){ CHOOSE_NONE,
		    group[0].index, 0 });
}

static int
by_index(const void *left, const void *right)
{
	const struct exchanged *a = left, *b = right;

	return (a->index > b->index) - (a->index < b->index);
}

void
choices_make(struct choices *choices, const struct profile *profile,
    choose_fetch *fetch, void *state)
{
	size_t i, heads, end;

	choices->profile = profile;
	choices->fetch = fetch;
	choices->state = state;
	find_groups(choices);
	for (i = 0; i < choices->count; i = end) {
		for (heads = end = i; end < choices->count &&
		    choices->photos[end].group == choices->photos[i].group; end++)
			heads += !choices->photos[end].superseded;
		if (choices->photos[i].group != 0 && end > heads)
			choose(choices, choices->photos + i, heads - i, end - i);
	}
	free(choices->photos);
	choices->photos = NULL;
	choices->count = 0;
	mem_sort(choices->made, choices->made_count, sizeof *choices->made,
	    by_index);
}

/* ---- what came of it ---- */

struct choice
choices_of(const struct choices *choices, size_t index)
{
	const struct exchanged key = { .index = index }, *found = NULL;

	if (choices->made_count > 0)
		found = bsearch(&key, choices->made, choices->made_count,
		    sizeof key, by_index);
	return found != NULL ? found->choice :
	    (struct choice){ CHOOSE_NONE, index, index };
}

size_t
choices_place(const struct choices *choices, size_t index)
{
	/* An exchange is one both ways. */
	return choices_of(choices, index).picture;
}

static void
keep_own(struct node *node, const struct node *record, const char *name)
{
	const struct node *own = node_get(record, name);

	if (own != NULL)
		node_set(node, name, node_copy(own));
	else
		node_remove(node, name);
}

struct node *
choices_exchange(const struct node *record, const struct node *other)
{
	static const char *const own[] = { "id", "student", "match", "roster" };
	struct node *node = node_copy(other);

	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		keep_own(node, record, own[i]);
	node_set_text(node_get(node, "match"), "by",
	    node_text(node_get(other, "match"), "by"));
	return node;
}

/* ---- for tc-ingest ---- */

int
choices_save(const struct choices *choices, const struct batch *batch,
    struct buf *err)
{
	struct buf text = BUF_INIT, path = BUF_INIT;
	int result = 0;

	node_print(choices->chosen, &text);
	buf_addc(&text, '\n');
	batch_path(batch, CHOSEN_FILE, &path);
	if (strcmp(text.data, "{}\n") != 0 || access(path.data, F_OK) == 0)
		result = batch_store_sealed(batch, CHOSEN_FILE, text.data, text.len,
		    err);
	buf_release(&path);
	buf_release(&text);
	return result;
}

struct node *
choices_load(const struct batch *batch, struct buf *err)
{
	struct node *chosen = NULL;
	struct buf text = BUF_INIT;
	int found = batch_load_sealed(batch, CHOSEN_FILE, CHOSEN_FILE_MAX, &text, err);

	if (found == 0)
		chosen = node_object();
	else if (found == 1)
		chosen = node_parse(text.data, text.len, err);
	buf_release(&text);
	return chosen;
}
