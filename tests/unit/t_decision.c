/* machine and standing: the table in tc-journal(5) is what the code does, and no
 * state is without a way out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/decision/machine.h"
#include "lib/decision/standing.h"
#include "lib/batch/journal.h"

enum { MANUAL_MAX = 1 << 20, STEPS = 20000, SAID_MAX = 4 };

#define PICTURE "aa00000000000000000000000000000000000000000000000000000000000000"
#define OTHER "bb00000000000000000000000000000000000000000000000000000000000000"

/* ---- how each event is said ---- */

static const struct {
	enum journal_kind kind;
	const char *role, *field, *before, *after, *reason;
	int pictured;
} sayings[EVENTS] = {
	[EVENT_CONFIRM] = { JOURNAL_LOCK, "school", "photo", NULL, NULL, NULL, 1 },
	[EVENT_PASS] = { JOURNAL_REVIEW, "reviewer", "photo", NULL, "pass", NULL, 1 },
	[EVENT_RETURN] = { JOURNAL_REVIEW, "school", "photo", NULL, "reject", "闭眼", 1 },
	[EVENT_REJECT] = { JOURNAL_REVIEW, "reviewer", "photo", NULL, "reject", "闭眼", 1 },
	[EVENT_DISOWN] = { JOURNAL_UNLINK, "school", "photo", NULL, NULL, NULL, 1 },
	[EVENT_OFFER] = { JOURNAL_CORRECTION, "school", "photo", PICTURE, OTHER, NULL, 0 },
	[EVENT_LINK] = { JOURNAL_LINK, "operator", "photo", NULL, PICTURE, NULL, 1 },
	[EVENT_UNLOCK] = { JOURNAL_UNLOCK, "operator", NULL, NULL, NULL, NULL, 0 },
	[EVENT_DELIVER] = { JOURNAL_DELIVERY, "tool", NULL, NULL, NULL, NULL, 1 },
	[EVENT_ACCEPTED] = { JOURNAL_REGISTER, "register", "photo", NULL, "accepted", NULL, 1 },
	[EVENT_REFUSED] = { JOURNAL_REGISTER, "register", "photo", NULL, "rejected", NULL, 1 },
	[EVENT_DOUBTED] = { JOURNAL_REGISTER, "register", "photo", NULL, "uncertain", NULL, 1 },
	[EVENT_CLAIM] = { JOURNAL_CORRECTION, "school", "name", "张三", "张参", NULL, 0 },
	[EVENT_REMARK] = { JOURNAL_CORRECTION, "school", "other", NULL, NULL, "退学", 1 },
	[EVENT_ACCEPT] = { JOURNAL_IDENTITY, "operator", "name", "张三", "张参", NULL, 0 },
	[EVENT_DISMISS] = { JOURNAL_IDENTITY, "operator", "name", NULL, NULL, NULL, 0 },
	[EVENT_EXEMPT] = { JOURNAL_EXEMPTION, "operator", "pose.roll", NULL, NULL, "A", 0 },
	[EVENT_WITHDRAW] = { JOURNAL_EXEMPTION, "operator", "pose.roll", NULL, "withdrawn",
	    "A", 0 },
};

/* The events that are not said by anybody. */
static int
is_said(enum event event)
{
	return event != EVENT_PICTURE && event != EVENT_AGREES &&
	    event != EVENT_DIFFERS;
}

/* What settles the matter of a state is said about its field. */
static const char *
field_for(enum event event, enum matter matter)
{
	if (event == EVENT_ACCEPT || event == EVENT_DISMISS)
		return matter == MATTER_OFFER ? "photo" : matter == MATTER_NOTE ?
		    "other" : "name";
	return sayings[event].field;
}

static struct journal_answer
saying(enum event event, enum matter matter, const char *who)
{
	return (struct journal_answer){ .kind = sayings[event].kind,
	    .record = "k3vqzn7w-1", .role = sayings[event].role, .who = who,
	    .field = field_for(event, matter), .before = sayings[event].before,
	    .after = sayings[event].after, .reason = sayings[event].reason,
	    .picture = sayings[event].pictured ? PICTURE : NULL };
}

/* How each state is come to: events, and whether another person says each. */
static const struct {
	enum event event[SAID_MAX];
	int other[SAID_MAX];
	int count, absent, failed;
	const char *roster;	/* the name that it says; NULL: 张三 */
} ways[STATES] = {
	[STATE_ABSENT] = { .absent = 1 },
	[STATE_FAILED] = { .failed = 1 },
	[STATE_PASSED] = { { EVENT_PASS }, { 0 }, 1, 0, 0, NULL },
	[STATE_RETURNED] = { { EVENT_RETURN }, { 0 }, 1, 0, 0, NULL },
	[STATE_REJECTED] = { { EVENT_REJECT }, { 0 }, 1, 0, 0, NULL },
	[STATE_DISPUTED] = { { EVENT_PASS, EVENT_REJECT }, { 1, 0 }, 2, 0, 0, NULL },
	[STATE_DISOWNED] = { { EVENT_DISOWN }, { 0 }, 1, 0, 0, NULL },
	[STATE_CONFIRMED] = { { EVENT_CONFIRM }, { 0 }, 1, 0, 0, NULL },
	[STATE_DELIVERED] = { { EVENT_DELIVER }, { 0 }, 1, 0, 0, NULL },
	[STATE_PROOFED] = { { EVENT_DELIVER, EVENT_CONFIRM }, { 0 }, 2, 0, 0, NULL },
	[STATE_ACCEPTED] = { { EVENT_ACCEPTED }, { 0 }, 1, 0, 0, NULL },
	[STATE_REFUSED] = { { EVENT_REFUSED }, { 0 }, 1, 0, 0, NULL },
	[STATE_DOUBTED] = { { EVENT_DOUBTED }, { 0 }, 1, 0, 0, NULL },
	[STATE_CLEARED] = { { EVENT_REFUSED, EVENT_PASS }, { 0 }, 2, 0, 0, NULL },
	[STATE_OFFERED] = { { EVENT_OFFER }, { 0 }, 1, 0, 0, NULL },
	[STATE_CLAIMED] = { { EVENT_CLAIM }, { 0 }, 1, 0, 0, NULL },
	[STATE_CONTESTED] = { { EVENT_CLAIM, EVENT_CONFIRM }, { 0, 1 }, 2, 0, 0, NULL },
	[STATE_SETTLED] = { { EVENT_CLAIM, EVENT_ACCEPT }, { 0 }, 2, 0, 0, NULL },
	[STATE_OUTDATED] = { { EVENT_CLAIM, EVENT_ACCEPT }, { 0 }, 2, 0, 0, "章三" },
	[STATE_NOTED] = { { EVENT_REMARK }, { 0 }, 1, 0, 0, NULL },
	[STATE_KEPT] = { { EVENT_REMARK, EVENT_PASS }, { 0 }, 2, 0, 0, NULL },
	[STATE_EXEMPT] = { { EVENT_EXEMPT }, { 0 }, 1, 0, 0, NULL },
};

/* Answers live as long as a standing that speaks of them. */
struct life {
	struct standing standing;
	struct node *student;
	struct journal_answer said[SAID_MAX + 1];
	int count;
};

static const char *
say(struct life *life, enum event event, enum matter matter, const char *who,
    int *changed)
{
	life->said[life->count] = saying(event, matter, who);
	if (life->standing.picture == NULL)
		life->said[life->count].picture = NULL;
	return standing_say(&life->standing, &life->said[life->count++], changed);
}

static void
come_to(enum state state, struct life *life)
{
	struct standing_of of = { .record = "k3vqzn7w-1",
	    .picture = ways[state].absent ? NULL : PICTURE,
	    .failed = ways[state].failed };
	int changed;

	memset(life, 0, sizeof *life);
	of.student = life->student = node_object();
	node_set_text(life->student, "name", ways[state].roster != NULL ?
	    ways[state].roster : "张三");
	standing_begin(&of, &life->standing);
	for (int i = 0; i < ways[state].count; i++)
		assert_null(say(life, ways[state].event[i], machine_matter(state),
		    ways[state].other[i] ? "乙" : "甲", &changed));
	standing_roster(&life->standing);
}

static enum state
state_of(const struct standing *standing, enum matter matter)
{
	if (matter == MATTER_CLAIM)
		return standing->claim_count > 0 ? standing->claims[0].state :
		    STATE_UNCLAIMED;
	if (matter == MATTER_EXEMPTION)
		return standing->exemption_count > 0 ? STATE_EXEMPT : STATE_BOUND;
	return standing->of[matter];
}

/* ---- the table ---- */

static void
the_manual_prints_the_table(void **state)
{
	struct buf manual = BUF_INIT, err = BUF_INIT;

	(void)state;
	assert_int_equal(io_read_file("man/tc-journal.5", MANUAL_MAX, &manual,
	    &err), 0);
	for (int i = 0; machine_table(i) != NULL; i++)
		assert_non_null(strstr(manual.data, machine_table(i)));
	buf_release(&manual);
	buf_release(&err);
}

static void
every_cell_is_filled_and_every_word_known(void **state)
{
	char text[MACHINE_TEXT];

	(void)state;
	for (int s = 0; s < STATES; s++) {
		assert_int_equal(machine_state_parse(machine_state_name(
		    (enum state)s)), s);
		for (int e = 0; e < EVENTS; e++) {
			struct cell cell = machine_cell((enum state)s, (enum event)e);

			machine_text((enum state)s, (enum event)e, text);
			assert_true(strlen(text) >= 2);
			if (cell.step == STEP_TO || cell.step == STEP_UNLESS) {
				assert_true(cell.to < STATES);
				assert_int_equal(machine_matter(cell.to),
				    machine_matter((enum state)s));
			}
		}
	}
}

static int
is_good(const struct journal_answer *answer)
{
	return answer->kind == JOURNAL_LOCK || (answer->kind == JOURNAL_REVIEW &&
	    strcmp(answer->after, "pass") == 0);
}

static int
is_opinion(const struct journal_answer *answer, enum matter matter)
{
	return answer->kind == JOURNAL_LOCK || answer->kind == (matter ==
	    MATTER_CLAIM ? JOURNAL_CORRECTION : JOURNAL_REVIEW);
}

/* Whether anybody but the one who spoke last said otherwise before. */
static int
others_say_otherwise(const struct life *life, enum matter matter)
{
	const struct journal_answer *last = &life->said[life->count - 1];

	for (int i = 0; i + 1 < life->count; i++) {
		const struct journal_answer *said = &life->said[i];

		if (is_opinion(said, matter) && (strcmp(said->who, last->who) != 0 ||
		    strcmp(said->role, last->role) != 0) &&
		    (is_good(said) != is_good(last)))
			return 1;
	}
	return 0;
}

static int
is_right(enum state before, enum state after, const struct cell *cell,
    const struct life *life)
{
	enum matter matter = machine_matter(before);

	switch (cell->step) {
	case STEP_TO:
		return after == cell->to;
	case STEP_UNLESS:
		return after == (!others_say_otherwise(life, matter) ? cell->to :
		    matter == MATTER_CLAIM ? STATE_CONTESTED : STATE_DISPUTED);
	case STEP_VOICES:
		return after == STATE_DISPUTED || after == STATE_OPEN ||
		    after == STATE_PASSED;
	default:
		return after == before;
	}
}

static void
walk_cell(enum state from, enum event event, int other)
{
	enum matter matter = machine_matter(from);
	struct cell cell = machine_cell(from, event);
	const char *refusal;
	struct life life;
	enum state to;
	int changed;

	come_to(from, &life);
	assert_int_equal(state_of(&life.standing, matter), from);
	refusal = say(&life, event, matter, other ? "乙" : "甲", &changed);
	to = state_of(&life.standing, matter);
	if (cell.step == STEP_REFUSE)
		assert_string_equal(refusal, cell.refusal);
	if (refusal != NULL) {
		assert_int_equal(to, from);
		assert_int_equal(changed, 0);
	} else if (!is_right(from, to, &cell, &life)) {
		fail_msg("%s, %s by %s: %s", machine_state_name(from),
		    machine_event_name(event), other ? "another" : "the same",
		    machine_state_name(to));
	}
	node_free(life.student);
}

static void
every_cell_is_walked(void **state)
{
	(void)state;
	for (int s = 0; s < STATES; s++)
		for (int e = 0; e < EVENTS; e++)
			for (int other = 0; other < 2 && is_said((enum event)e);
			    other++)
				walk_cell((enum state)s, (enum event)e, other);
}

/* The roster's two columns: the name that it says is the event. */
static void
the_roster_ends_claims_as_the_table_says(void **state)
{
	static const char *const names[] = { "张参", "章三" };

	(void)state;
	for (int s = STATE_CLAIMED; s <= STATE_OUTDATED; s++)
		for (int i = 0; i < 2; i++) {
			struct cell cell = machine_cell((enum state)s, i == 0 ?
			    EVENT_AGREES : EVENT_DIFFERS);
			struct life life;

			come_to((enum state)s, &life);
			node_set_text(life.student, "name", names[i]);
			standing_roster(&life.standing);
			assert_int_equal(life.standing.claims[0].state,
			    cell.step == STEP_TO ? cell.to : (enum state)s);
			node_free(life.student);
		}
}

static void
another_picture_ends_what_was_said_of_the_old_one(void **state)
{
	(void)state;
	for (int s = 0; s < STATES; s++) {
		enum matter matter = machine_matter((enum state)s);
		struct cell cell = machine_cell((enum state)s, EVENT_PICTURE);
		struct standing_of of = { .record = "k3vqzn7w-1", .picture = OTHER };
		struct standing fresh;
		struct life life;
		int changed;

		come_to((enum state)s, &life);
		standing_begin(&of, &fresh);
		for (int i = 0; i < life.count; i++)
			standing_say(&fresh, &life.said[i], &changed);
		assert_int_equal(state_of(&fresh, matter),
		    cell.step == STEP_TO ? cell.to : (enum state)s ==
		    STATE_OUTDATED ? STATE_SETTLED : (enum state)s);
		node_free(life.student);
	}
}

/* ---- ways out ---- */

static int
ends(enum state state, enum event event)
{
	struct cell cell = machine_cell(state, event);

	return (cell.step == STEP_TO || cell.step == STEP_UNLESS) &&
	    cell.to != state && machine_effect(cell.to) == EFFECT_NONE;
}

static void
what_a_state_waits_for_ends_it(void **state)
{
	static const struct {
		enum waits bit;
		enum event events[6];
	} ended[] = {
		{ WAITS_PICTURE, { EVENT_PICTURE, EVENTS } },
		{ WAITS_ROSTER, { EVENT_AGREES, EVENTS } },
		{ WAITS_OPERATOR, { EVENT_ACCEPT, EVENT_DISMISS, EVENT_LINK, EVENTS } },
		{ WAITS_REVIEWER, { EVENT_PASS, EVENTS } },
		{ WAITS_REGISTER, { EVENT_ACCEPTED, EVENTS } },
		{ WAITS_OTHER, { EVENT_LINK, EVENTS } },
	};

	(void)state;
	for (int s = 0; s < STATES; s++) {
		unsigned int waits = machine_waits((enum state)s);

		assert_true(waits != 0 || machine_effect((enum state)s) == EFFECT_NONE);
		for (size_t i = 0; i < sizeof ended / sizeof ended[0]; i++) {
			int found = (waits & ended[i].bit) == 0;

			for (int k = 0; ended[i].events[k] != EVENTS; k++)
				found |= ends((enum state)s, ended[i].events[k]);
			if (!found)
				fail_msg("%s waits for %s in vain", machine_state_name(
				    (enum state)s), machine_waits_name(ended[i].bit));
		}
	}
}

/* Nothing but these lets a rejected picture pass, and no school may say them. */
static void
a_school_never_passes_what_was_rejected(void **state)
{
	(void)state;
	assert_false(machine_may(ROLE_SCHOOL, EVENT_PASS));
	assert_false(machine_may(ROLE_SCHOOL, EVENT_ACCEPT));
	assert_false(machine_may(ROLE_SCHOOL, EVENT_EXEMPT));
	assert_false(machine_may(ROLE_REVIEWER, EVENT_CONFIRM));
	assert_false(machine_may(ROLE_TOOL, EVENT_CONFIRM));
	for (int e = 0; e < EVENTS; e++) {
		static const enum state rejecting[] = { STATE_FAILED, STATE_REJECTED,
		    STATE_REFUSED };

		for (size_t i = 0; i < 3 && machine_may(ROLE_SCHOOL, (enum event)e);
		    i++)
			assert_true(!ends(rejecting[i], (enum event)e) ||
			    e == EVENT_DISOWN || e == EVENT_LINK);
	}
}

/* ---- a walk ---- */

static unsigned int
draw(unsigned int *seed, unsigned int below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

static int
is_rejected(const struct standing *standing)
{
	enum state picture = standing->of[MATTER_PICTURE];

	return picture == STATE_REJECTED || picture == STATE_FAILED ||
	    standing->of[MATTER_REGISTER] == STATE_REFUSED;
}

/* Whether some answer that people can give ends what a matter waits for. */
static int
has_way_out(const struct standing *standing, enum matter matter)
{
	enum state from = state_of(standing, matter);

	if (machine_effect(from) == EFFECT_NONE)
		return 1;
	for (int e = 0; e < EVENTS; e++) {
		struct standing copy = *standing;
		struct journal_answer answer;
		int changed;

		if (!is_said((enum event)e))
			continue;
		answer = saying((enum event)e, matter, "丁");
		answer.before = e == EVENT_PASS ? "conflict" : answer.before;
		if (standing_say(&copy, &answer, &changed) == NULL &&
		    machine_effect(state_of(&copy, matter)) == EFFECT_NONE)
			return 1;
	}
	return 0;
}

static void
a_long_walk_keeps_its_promises(void **state)
{
	static const char *const people[] = { "甲", "乙", "丙" };
	static struct journal_answer said[STEPS];
	unsigned int seed = 20261128;
	struct standing standing;
	int refused = 0, moved = 0;

	(void)state;
	for (int i = 0; i < STEPS; i++) {
		enum event event = (enum event)draw(&seed, EVENTS);
		struct standing before;
		const char *refusal;
		int changed;

		if (i % 50 == 0) {
			struct standing_of of = { .record = "k3vqzn7w-1",
			    .picture = draw(&seed, 10) > 0 ? PICTURE : NULL,
			    .failed = draw(&seed, 4) == 0 };
			standing_begin(&of, &standing);
		}
		if (!is_said(event))
			continue;
		said[i] = saying(event, (enum matter)draw(&seed, MATTERS),
		    people[draw(&seed, 3)]);
		before = standing;
		refusal = standing_say(&standing, &said[i], &changed);
		if (refusal != NULL) {
			assert_memory_equal(before.of, standing.of,
			    sizeof standing.of);
			refused++;
			continue;
		}
		moved += changed;
		if (memcmp(before.of, standing.of, sizeof standing.of) != 0)
			assert_true(changed);
		if (voices_role(&said[i]) == ROLE_SCHOOL && is_rejected(&before))
			assert_true(is_rejected(&standing) ||
			    standing.of[MATTER_PICTURE] == STATE_DISOWNED ||
			    standing.of[MATTER_PICTURE] == STATE_RETURNED);
		for (int m = 0; m < MATTERS; m++)
			assert_true(has_way_out(&standing, (enum matter)m));
	}
	assert_true(refused > STEPS / 20 && moved > STEPS / 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manual_prints_the_table),
		cmocka_unit_test(every_cell_is_filled_and_every_word_known),
		cmocka_unit_test(every_cell_is_walked),
		cmocka_unit_test(the_roster_ends_claims_as_the_table_says),
		cmocka_unit_test(another_picture_ends_what_was_said_of_the_old_one),
		cmocka_unit_test(what_a_state_waits_for_ends_it),
		cmocka_unit_test(a_school_never_passes_what_was_rejected),
		cmocka_unit_test(a_long_walk_keeps_its_promises),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
