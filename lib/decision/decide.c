#include "lib/decision/decide.h"

#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/batch/journal.h"
#include "lib/decision/account.h"
#include "lib/decision/standing.h"

/* One record while its answers are written to it. */
struct file {
	const struct journal *journal;
	struct node *photo;
	const char *record;
	const char *picture;	/* the record's, or NULL */
	struct standing standing;
};

static struct node *
list_of(struct node *photo, const char *name)
{
	struct node *list = node_get(photo, name);

	return list != NULL ? list : node_set(photo, name, node_array());
}

/* ---- parts of every item ---- */

static void
set_waits(struct node *item, enum state state)
{
	unsigned int bits = machine_waits(state);
	struct node *list;

	if (bits == 0)
		return;
	list = node_set(item, "waits", node_array());
	for (unsigned int bit = 1; bit <= WAITS_OTHER; bit <<= 1)
		if ((bits & bit) != 0)
			node_append_text(list, machine_waits_name((enum waits)bit));
}

static void
set_said(struct node *item, const struct journal_answer *answer)
{
	node_set_text(item, "reason", answer->reason);
	node_set_text(item, "role", machine_role_name(voices_role(answer)));
	node_set_text(item, "who", answer->who);
	node_set_text(item, "when", answer->when);
	node_set_text(item, "file_name", answer->file_name);
}

static void
name_all(const struct voices *voices, struct node *into)
{
	struct node *said = node_set(into, "said", node_array());

	for (size_t i = 0; i < voices->count; i++) {
		const struct journal_answer *answer = voices->said[i];
		struct node *one = node_append(said, node_object());

		node_set_text(one, "after", answer->kind == JOURNAL_LOCK ?
		    "confirmed" : answer->after);
		set_said(one, answer);
	}
}

/* ---- the picture ---- */

static const char *
verdict_of(enum state state)
{
	switch (state) {
	case STATE_PASSED:
		return "pass";
	case STATE_RETURNED:
	case STATE_REJECTED:
		return "reject";
	case STATE_DISPUTED:
		return "conflict";
	default:
		return NULL;
	}
}

static void
tell_decision(const struct file *file)
{
	const struct standing *standing = &file->standing;
	enum state state = standing->of[MATTER_PICTURE];
	const struct journal_answer *answer = voices_latest(&standing->voices);
	const char *verdict = verdict_of(state);
	struct node *decision;

	if (verdict == NULL || answer == NULL)
		return;
	decision = node_set(file->photo, "decision", node_object());
	node_set_text(decision, "verdict", verdict);
	node_set_text(decision, "state", machine_state_name(state));
	if (state == STATE_DISPUTED)
		name_all(&standing->voices, decision);
	else
		set_said(decision, answer);
	if (state != STATE_DISPUTED && !text_same(answer->before, "conflict"))
		node_set_text(decision, "before", answer->before);
	set_waits(decision, state);
}

/* ---- what is open ---- */

static struct node *
hold(const struct file *file, const char *field, enum state state)
{
	struct node *held = node_append(list_of(file->photo, "held"), node_object());

	node_set_text(held, "field", field);
	node_set_text(held, "state", machine_state_name(state));
	set_waits(held, state);
	return held;
}

static void
hold_answer(const struct file *file, enum matter matter)
{
	const struct journal_answer *answer = file->standing.by[matter];
	struct node *held;

	if (answer == NULL)
		return;
	held = hold(file, answer->field != NULL ? answer->field : "photo",
	    file->standing.of[matter]);
	node_set_text(held, "before", answer->before);
	node_set_text(held, "after", answer->after);
	set_said(held, answer);
}

static void
hold_claim(const struct file *file, const struct standing_claim *claim)
{
	const struct journal_answer *answer = voices_latest(&claim->voices);
	struct node *held;

	if (answer == NULL)
		return;
	held = hold(file, claim->field, claim->state);
	node_set_text(held, "before", answer->before);
	if (claim->state == STATE_CONTESTED) {
		name_all(&claim->voices, held);
		return;
	}
	node_set_text(held, "after", answer->after);
	set_said(held, answer);
	if (claim->differs)
		node_set_flag(held, "stale", 1);
}

/* What the operator accepted takes the place of what the roster says; a roster
 * that says a third thing makes it a question again. */
static void
correct(const struct file *file, const struct standing_claim *claim)
{
	const struct journal_answer *accepted = claim->accepted;
	struct node *student = node_get(file->photo, "student"), *note;

	if (student == NULL || accepted == NULL)
		return;
	note = claim->state == STATE_OUTDATED ?
	    hold(file, claim->field, claim->state) :
	    node_append(list_of(file->photo, "corrected"), node_object());
	if (claim->state == STATE_OUTDATED)
		node_set_flag(note, "stale", 1);
	else
		node_set_text(note, "field", claim->field);
	node_set_text(note, "before", accepted->before);
	node_set_text(note, "after", accepted->after);
	set_said(note, accepted);
	if (claim->state != STATE_OUTDATED)
		node_set_text(student, claim->field, accepted->after);
}

static void
tell_open(const struct file *file)
{
	const struct standing *standing = &file->standing;
	enum state note = standing->of[MATTER_NOTE];

	if (standing->of[MATTER_PICTURE] == STATE_DISOWNED)
		hold_answer(file, MATTER_PICTURE);
	if (standing->of[MATTER_OFFER] == STATE_OFFERED)
		hold_answer(file, MATTER_OFFER);
	for (size_t i = 0; i < standing->claim_count; i++) {
		const struct standing_claim *claim = &standing->claims[i];

		if (claim->accepted != NULL)
			correct(file, claim);
		if (claim->state == STATE_CLAIMED || claim->state == STATE_CONTESTED)
			hold_claim(file, claim);
	}
	if (note == STATE_NOTED || note == STATE_KEPT)
		hold_answer(file, MATTER_NOTE);
}

/* ---- locks, exemptions ---- */

const struct journal_answer *
decide_lock(const struct journal *journal, const char *record)
{
	const struct journal_answer *answer = NULL;
	struct standing_of of = { .record = record };
	struct standing standing;

	while ((answer = journal_next(journal, record, answer)) != NULL)
		if (answer->kind == JOURNAL_LOCK || answer->kind == JOURNAL_DELIVERY)
			of.picture = answer->picture;
	if (of.picture == NULL)
		return NULL;
	standing_derive(journal, &of, &standing);
	return standing_locks(&standing) ? standing.by[MATTER_LOCK] : NULL;
}

static void
tell_lock(const struct file *file)
{
	const struct journal_answer *lock = decide_lock(file->journal, file->record);
	struct node *locked;

	if (lock == NULL)
		return;
	locked = node_set(file->photo, "locked", node_object());
	node_set_text(locked, "picture", lock->picture);
	node_set_text(locked, "by", journal_kind_name(lock->kind));
	node_set_text(locked, "file_name", lock->file_name);
	node_set_text(locked, "when", lock->when);
}

static void
tell_exemptions(const struct file *file)
{
	for (size_t i = 0; i < file->standing.exemption_count; i++) {
		const struct journal_answer *answer = file->standing.exemptions[i];
		struct node *item = node_append(list_of(file->photo, "exemptions"),
		    node_object());

		node_set_text(item, "check", answer->field);
		node_set_text(item, "category", answer->reason);
		node_set_text(item, "who", answer->who);
		node_set_text(item, "when", answer->when);
	}
}

/* ---- lists ---- */

/* What is only reported: one item for each answer of the kind. */
static void
tell_list(const struct file *file, enum journal_kind kind, const char *name)
{
	const struct journal_answer *answer = NULL;
	struct node *item;

	while ((answer = journal_next(file->journal, file->record, answer)) != NULL) {
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

/* The register's last word about the present picture says how that stands. */
static void
tell_register(const struct file *file)
{
	enum state state = file->standing.of[MATTER_REGISTER];
	struct node *list, *item;

	tell_list(file, JOURNAL_REGISTER, "register");
	list = node_get(file->photo, "register");
	for (size_t i = node_count(list); i > 0 && state != STATE_UNHEARD; i--) {
		item = node_at(list, i - 1);
		if (!text_same(node_text(item, "picture"), file->picture))
			continue;
		node_set_text(item, "state", machine_state_name(state));
		set_waits(item, state);
		break;
	}
}

/* A tool that judged it before this one in a pipe may know an attempt that the journal
 * did not have when it was read: what the record says of that stays. */
static void
tell_account(const struct account *account, struct node *photo)
{
	struct node *kept = node_get(photo, "account");

	if (account->state != ACCOUNT_UNUSED)
		account_set(account, photo);
	else if (kept != NULL) {
		kept = node_copy(kept);
		node_remove(photo, "account");
		node_set(photo, "account", kept);
	}
}

int
decide_apply(const struct journal *journal, struct node *photo)
{
	static const char *const ours[] = { "decision", "held", "corrected",
	    "locked", "delivered", "printed", "exemptions", "told", "register" };
	const struct node *match = node_get(photo, "match");
	struct account account;
	struct file file = { .journal = journal, .photo = photo,
	    .record = node_text(match, "record"),
	    .picture = node_text(node_get(photo, "source"), "sha256") };
	struct standing_of of;
	int changed = 0;

	if (file.record == NULL)
		file.record = node_text(photo, "id");
	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
		if (node_get(photo, ours[i]) != NULL) {
			node_remove(photo, ours[i]);
			changed = 1;
		}
	}
	if (journal_next(journal, file.record, NULL) == NULL)
		return changed;
	account_derive(journal, node_text(photo, "id"), &account);
	of = (struct standing_of){ file.record, file.picture,
	    node_get(photo, "student"), 0 };
	standing_derive(journal, &of, &file.standing);
	tell_decision(&file);
	tell_open(&file);
	tell_lock(&file);
	tell_list(&file, JOURNAL_DELIVERY, "delivered");
	tell_list(&file, JOURNAL_PRINT, "printed");
	tell_exemptions(&file);
	tell_list(&file, JOURNAL_NOTICE, "told");
	tell_register(&file);
	tell_account(&account, photo);
	return 1;
}
