#include "lib/decision/duty.h"

#include "lib/base/node.h"
#include "lib/decision/machine.h"
#include "lib/decision/status.h"

static const char *const actors[DUTY_ACTORS] = { "reviewer", "school", "operator",
    "register", "student" };

static const enum duty_actor actor_of[DUTY_KINDS] = {
	[DUTY_LOOK] = DUTY_REVIEWER, [DUTY_SETTLE] = DUTY_REVIEWER,
	[DUTY_IDENTITY] = DUTY_REVIEWER, [DUTY_OTHER] = DUTY_SCHOOL,
	[DUTY_UNLOCK] = DUTY_SCHOOL,
	[DUTY_CLAIM] = DUTY_OPERATOR, [DUTY_NOTE] = DUTY_OPERATOR,
	[DUTY_LINK] = DUTY_OPERATOR, [DUTY_ANSWER] = DUTY_REGISTER,
	[DUTY_RETAKE] = DUTY_STUDENT, [DUTY_SHOOT] = DUTY_STUDENT
};

/* A record while its duties are listed. */
struct listing {
	const struct node *photo;
	struct duty *duties;
	size_t count;
};

const char *
duty_actor_name(enum duty_actor actor)
{
	return actors[actor];
}

static void
add(struct listing *listing, enum duty_kind kind, const struct node *item,
    const char *since)
{
	const char *field = node_text(item, "field");

	if (listing->count == DUTY_MAX)
		return;
	listing->duties[listing->count++] = (struct duty){ actor_of[kind], kind,
	    field != NULL ? field : "photo", since, item };
}

static void
add_item(struct listing *listing, enum duty_kind kind, const struct node *item)
{
	add(listing, kind, item, node_text(item, "when"));
}

static const char *
received(const struct node *photo)
{
	return node_text(node_get(photo, "source"), "received");
}

/* The register's item that says how it stands, or NULL. */
static const struct node *
standing_answer(const struct node *photo)
{
	const struct node *list = node_get(photo, "register");

	for (size_t i = node_count(list); i > 0; i--)
		if (node_text(node_at(list, i - 1), "state") != NULL)
			return node_at(list, i - 1);
	return NULL;
}

/* Whether something that is held keeps the record from passing. */
static int
is_held(const struct node *photo)
{
	const struct node *held = node_get(photo, "held");

	for (size_t i = 0; i < node_count(held); i++)
		if (machine_effect(machine_state_parse(node_text(node_at(held, i),
		    "state"))) != EFFECT_NONE)
			return 1;
	return 0;
}

static void
list_held(struct listing *listing)
{
	const struct node *held = node_get(listing->photo, "held");

	for (size_t i = 0; i < node_count(held); i++) {
		const struct node *item = node_at(held, i);
		enum state state = machine_state_parse(node_text(item, "state"));

		if (state == STATE_NOTED || state == STATE_KEPT)
			add_item(listing, DUTY_NOTE, item);
		else if (state == STATE_OFFERED)
			add_item(listing, DUTY_OTHER, item);
		else if (state == STATE_DISOWNED)
			add_item(listing, DUTY_RETAKE, item);
		else
			add_item(listing, DUTY_CLAIM, item);
	}
}

static void
list_review(struct listing *listing)
{
	const struct node *decision = node_get(listing->photo, "decision");
	const struct node *answer = standing_answer(listing->photo), *said;

	if (node_text_is(decision, "verdict", "conflict")) {
		said = node_get(decision, "said");
		add(listing, DUTY_SETTLE, decision, node_text(node_at(said,
		    node_count(said) - 1), "when"));
	} else if (node_text_is(answer, "state", "doubted")) {
		add_item(listing, DUTY_IDENTITY, answer);
	} else if (!is_held(listing->photo) || node_true(decision, "stale")) {
		add(listing, DUTY_LOOK, NULL, received(listing->photo));
	}
}

static void
list_rejected(struct listing *listing)
{
	const struct node *decision = node_get(listing->photo, "decision");
	const struct node *answer = standing_answer(listing->photo);

	if (node_text_is(answer, "state", "refused"))
		add_item(listing, DUTY_RETAKE, answer);
	else if (node_text_is(decision, "verdict", "reject"))
		add_item(listing, DUTY_RETAKE, decision);
	else
		add(listing, DUTY_RETAKE, NULL, received(listing->photo));
}

/* The picture was delivered, and the register has not answered. */
static void
list_delivered(struct listing *listing)
{
	const struct node *list = node_get(listing->photo, "delivered"), *item;
	const char *picture = node_text(node_get(listing->photo, "source"), "sha256");

	if (standing_answer(listing->photo) != NULL || picture == NULL)
		return;
	for (size_t i = node_count(list); i > 0; i--) {
		item = node_at(list, i - 1);
		if (node_text_is(item, "picture", picture)) {
			add(listing, DUTY_ANSWER, NULL, node_text(item, "when"));
			return;
		}
	}
}

static void
list_account(struct listing *listing)
{
	const struct node *account = node_get(listing->photo, "account");

	if (node_text_is(account, "state", "locked"))
		add(listing, DUTY_UNLOCK, NULL, node_text(account, "since"));
}

size_t
duty_list(const struct node *photo, struct duty duties[static DUTY_MAX])
{
	struct listing listing = { photo, duties, 0 };
	enum status status = status_of(photo);

	if (status == STATUS_UNMATCHED)
		add(&listing, DUTY_LINK, NULL, received(photo));
	if (status == STATUS_COUNT || status == STATUS_UNMATCHED ||
	    status == STATUS_SUPERSEDED || status == STATUS_EXCLUDED)
		return listing.count;
	list_account(&listing);
	list_held(&listing);
	if (status == STATUS_REVIEW)
		list_review(&listing);
	else if (status == STATUS_REJECT || status == STATUS_UNREADABLE)
		list_rejected(&listing);
	else if (status == STATUS_MISSING && listing.count == 0)
		add(&listing, DUTY_SHOOT, NULL, NULL);
	else if (status == STATUS_PASS)
		list_delivered(&listing);
	return listing.count;
}
