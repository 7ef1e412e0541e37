#include "lib/record/decide.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/record/journal.h"

#define PHOTO_FIELD "photo"
#define CONFLICT "conflict"

/* Whose answers about one question are kept apart; more people than this have
 * never answered one. */
enum { VOICES_MAX = 8 };

/* The last answer of each person to one question. */
struct voices {
	const struct journal_answer *last[VOICES_MAX];
	size_t count;
};

/* One record while its answers are read. */
struct file {
	const struct journal *journal;
	struct node *photo;
	const char *record;
	const char *picture;	/* the record's, or NULL */
};

static int
is(const char *text, const char *other)
{
	return text != NULL && other != NULL && strcmp(text, other) == 0;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* Whether two spellings are one value. */
static int
agree(const char *a, const char *b)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	int same;

	text_fold(or_empty(a), &one);
	text_fold(or_empty(b), &other);
	same = strcmp(one.data, other.data) == 0;
	buf_release(&one);
	buf_release(&other);
	return same;
}

static const struct journal_answer *
next(const struct file *file, const struct journal_answer *previous)
{
	return journal_next(file->journal, file->record, previous);
}

static struct node *
list_of(struct node *photo, const char *name)
{
	struct node *list = node_get(photo, name);

	return list != NULL ? list : node_set(photo, name, node_array());
}

/* ---- several people, one question ---- */

static void
hear(struct voices *voices, const struct journal_answer *answer)
{
	size_t i;

	for (i = 0; i < voices->count; i++)
		if (is(voices->last[i]->who, answer->who))
			break;
	if (i == VOICES_MAX)
		i--;
	voices->last[i] = answer;
	if (i == voices->count)
		voices->count++;
}

static int
disagree(const struct voices *voices)
{
	for (size_t i = 1; i < voices->count; i++)
		if (!agree(voices->last[i]->after, voices->last[0]->after))
			return 1;
	return 0;
}

/* The one who spoke last. */
static const struct journal_answer *
latest(const struct voices *voices)
{
	const struct journal_answer *last = voices->last[0];

	for (size_t i = 1; i < voices->count; i++)
		if (voices->last[i] > last)
			last = voices->last[i];
	return last;
}

static void
name_all(const struct voices *voices, struct node *into)
{
	struct node *said = node_set(into, "said", node_array());

	for (size_t i = 0; i < voices->count; i++) {
		struct node *one = node_append(said, node_object());

		node_set_text(one, "who", voices->last[i]->who);
		node_set_text(one, "when", voices->last[i]->when);
		node_set_text(one, "after", voices->last[i]->after);
		node_set_text(one, "reason", voices->last[i]->reason);
	}
}

/* ---- review ---- */

/* What reviewers said about the picture.  Whoever saw that others disagree settles
 * it. */
static void
apply_review(const struct file *file)
{
	const struct journal_answer *answer = NULL;
	struct voices voices = { .count = 0 };
	struct node *decision;

	while ((answer = next(file, answer)) != NULL) {
		if (answer->kind != JOURNAL_REVIEW ||
		    !is(answer->picture, file->picture))
			continue;
		if (is(answer->before, CONFLICT))
			voices.count = 0;
		hear(&voices, answer);
	}
	if (voices.count == 0)
		return;
	decision = node_set(file->photo, "decision", node_object());
	if (disagree(&voices)) {
		node_set_text(decision, "verdict", CONFLICT);
		name_all(&voices, decision);
		return;
	}
	answer = latest(&voices);
	node_set_text(decision, "verdict", answer->after);
	node_set_text(decision, "reason", answer->reason);
	node_set_text(decision, "who", answer->who);
	node_set_text(decision, "when", answer->when);
	if (!is(answer->before, CONFLICT))
		node_set_text(decision, "before", answer->before);
}

/* ---- claims ---- */

/* Claims about one field that nothing has ended, and the value that the operator
 * accepted for it. */
struct claim {
	const char *field;
	struct voices voices;
	const struct journal_answer *accepted;
};

static void
follow_claim(struct claim *claim, const struct journal_answer *answer)
{
	int photo = is(claim->field, PHOTO_FIELD);

	if (photo && answer->kind == JOURNAL_LINK)
		claim->voices.count = 0;
	if (!is(answer->field, claim->field))
		return;
	if (answer->kind == JOURNAL_CORRECTION)
		hear(&claim->voices, answer);
	if (answer->kind == JOURNAL_IDENTITY) {
		claim->voices.count = 0;
		claim->accepted = photo || or_empty(answer->after)[0] == '\0' ?
		    NULL : answer;
	}
}

static struct node *
hold(struct node *photo, const char *field)
{
	struct node *held = node_get(photo, "held");
	struct node *claim;

	if (held == NULL)
		held = node_set(photo, "held", node_array());
	claim = node_append(held, node_object());
	node_set_text(claim, "field", field);
	return claim;
}

static void
hold_claim(const struct file *file, const struct claim *claim,
    const char *current)
{
	const struct journal_answer *answer = latest(&claim->voices);
	struct node *held;
	int conflict = disagree(&claim->voices);

	if (!conflict && or_empty(answer->after)[0] != '\0' &&
	    agree(answer->after, current))
		return;
	held = hold(file->photo, claim->field);
	node_set_text(held, "before", answer->before);
	if (conflict) {
		name_all(&claim->voices, held);
		return;
	}
	node_set_text(held, "after", answer->after);
	node_set_text(held, "reason", answer->reason);
	node_set_text(held, "who", answer->who);
	node_set_text(held, "when", answer->when);
	if (answer->before != NULL && !agree(answer->before, current) &&
	    !is(claim->field, PHOTO_FIELD))
		node_set_flag(held, "stale", 1);
}

/* What the operator accepted takes the place of what the roster says; a roster
 * that says a third thing makes it a question again. */
static void
correct(const struct file *file, const struct claim *claim,
    const char *current)
{
	const struct journal_answer *accepted = claim->accepted;
	struct node *student = node_get(file->photo, "student"), *note;

	if (student == NULL)
		return;
	if (accepted->before != NULL && !agree(accepted->before, current) &&
	    !agree(accepted->after, current)) {
		note = hold(file->photo, claim->field);
		node_set_flag(note, "stale", 1);
	} else {
		note = node_append(list_of(file->photo, "corrected"),
		    node_object());
		node_set_text(note, "field", claim->field);
	}
	node_set_text(note, "before", accepted->before);
	node_set_text(note, "after", accepted->after);
	node_set_text(note, "who", accepted->who);
	node_set_text(note, "when", accepted->when);
	if (!node_true(note, "stale"))
		node_set_text(student, claim->field, accepted->after);
}

static void
apply_claim(const struct file *file, const char *field)
{
	struct claim claim = { .field = field };
	const struct journal_answer *answer = NULL;
	const char *current = is(field, PHOTO_FIELD) ? file->picture :
	    node_text(node_get(file->photo, "student"), field);

	while ((answer = next(file, answer)) != NULL)
		follow_claim(&claim, answer);
	if (claim.accepted != NULL)
		correct(file, &claim, current);
	if (claim.voices.count > 0)
		hold_claim(file, &claim, current);
}

/* Each field that somebody spoke of, once, in the order of the first time. */
static void
apply_claims(const struct file *file)
{
	const struct journal_answer *answer = NULL, *earlier;

	while ((answer = next(file, answer)) != NULL) {
		if (answer->kind != JOURNAL_CORRECTION &&
		    answer->kind != JOURNAL_IDENTITY)
			continue;
		earlier = next(file, NULL);
		while (earlier != answer &&
		    ((earlier->kind != JOURNAL_CORRECTION &&
		    earlier->kind != JOURNAL_IDENTITY) ||
		    !is(earlier->field, answer->field)))
			earlier = next(file, earlier);
		if (earlier == answer)
			apply_claim(file, answer->field);
	}
}

/* ---- locks ---- */

const struct journal_answer *
decide_lock(const struct journal *journal, const char *record)
{
	const struct journal_answer *answer = NULL, *lock = NULL;

	while ((answer = journal_next(journal, record, answer)) != NULL) {
		int about = lock != NULL && is(answer->picture, lock->picture);

		if (answer->kind == JOURNAL_LOCK ||
		    answer->kind == JOURNAL_DELIVERY)
			lock = answer;
		else if (answer->kind == JOURNAL_UNLOCK ||
		    (about && answer->kind == JOURNAL_UNLINK) ||
		    (about && is(answer->after, "reject") &&
		    answer->kind == JOURNAL_REVIEW) ||
		    (about && is(answer->after, "rejected") &&
		    answer->kind == JOURNAL_REGISTER))
			lock = NULL;
	}
	return lock;
}

static void
apply_lock(const struct file *file)
{
	const struct journal_answer *lock = decide_lock(file->journal,
	    file->record);
	struct node *locked;

	if (lock == NULL)
		return;
	locked = node_set(file->photo, "locked", node_object());
	node_set_text(locked, "picture", lock->picture);
	node_set_text(locked, "by", journal_kind_name(lock->kind));
	node_set_text(locked, "file_name", lock->file_name);
	node_set_text(locked, "when", lock->when);
}

/* ---- lists ---- */

/* What is only reported: one item for each answer of the kind. */
static void
apply_list(const struct file *file, enum journal_kind kind, const char *name)
{
	const struct journal_answer *answer = NULL;
	struct node *item;

	while ((answer = next(file, answer)) != NULL) {
		if (answer->kind != kind)
			continue;
		item = node_append(list_of(file->photo, name), node_object());
		node_set_text(item, "after", answer->after);
		node_set_text(item, "reason", answer->reason);
		node_set_text(item, "picture", answer->picture);
		node_set_text(item, "image", answer->image);
		node_set_text(item, "file", answer->file);
		node_set_text(item, "file_name", answer->file_name);
		node_set_text(item, "when", answer->when);
	}
}

/* The newest exemption of each check. */
static void
apply_exemptions(const struct file *file)
{
	const struct journal_answer *answer = NULL;
	struct node *list, *item;
	size_t i;

	while ((answer = next(file, answer)) != NULL) {
		if (answer->kind != JOURNAL_EXEMPTION)
			continue;
		list = list_of(file->photo, "exemptions");
		for (i = 0; i < node_count(list); i++)
			if (is(node_text(node_at(list, i), "check"),
			    answer->field))
				break;
		item = i < node_count(list) ? node_at(list, i) :
		    node_append(list, node_object());
		node_set_text(item, "check", answer->field);
		node_set_text(item, "category", answer->reason);
		node_set_text(item, "who", answer->who);
		node_set_text(item, "when", answer->when);
	}
}

int
decide_apply(const struct journal *journal, struct node *photo)
{
	static const char *const ours[] = { "decision", "held", "corrected",
	    "locked", "delivered", "exemptions", "told", "register" };
	const struct node *match = node_get(photo, "match");
	struct file file = { journal, photo, node_text(match, "record"),
	    node_text(node_get(photo, "source"), "sha256") };
	int changed = 0;

	if (file.record == NULL)
		file.record = node_text(photo, "id");
	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
		if (node_get(photo, ours[i]) != NULL) {
			node_remove(photo, ours[i]);
			changed = 1;
		}
	}
	if (next(&file, NULL) == NULL)
		return changed;
	apply_review(&file);
	apply_claims(&file);
	apply_lock(&file);
	apply_list(&file, JOURNAL_DELIVERY, "delivered");
	apply_exemptions(&file);
	apply_list(&file, JOURNAL_NOTICE, "told");
	apply_list(&file, JOURNAL_REGISTER, "register");
	return 1;
}
