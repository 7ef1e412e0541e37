#include "lib/decision/machine.h"

#include <string.h>

/* Of the tables: bytes before the first cell, and of each. */
enum { CODE = 2, FIRST_CELL = 14, CELL = 4, FIRST_EVENTS = 13 };

static const struct {
	const char *name, *code;
	enum matter matter;
	enum effect effect;
} states[STATES] = {
	[STATE_ABSENT] = { "absent", "no", MATTER_PICTURE, EFFECT_NONE },
	[STATE_OPEN] = { "open", "op", MATTER_PICTURE, EFFECT_NONE },
	[STATE_FAILED] = { "failed", "fa", MATTER_PICTURE, EFFECT_NONE },
	[STATE_PASSED] = { "passed", "pa", MATTER_PICTURE, EFFECT_NONE },
	[STATE_RETURNED] = { "returned", "rt", MATTER_PICTURE, EFFECT_REJECT },
	[STATE_REJECTED] = { "rejected", "rj", MATTER_PICTURE, EFFECT_REJECT },
	[STATE_DISPUTED] = { "disputed", "di", MATTER_PICTURE, EFFECT_REVIEW },
	[STATE_DISOWNED] = { "disowned", "dn", MATTER_PICTURE, EFFECT_NONE },
	[STATE_FREE] = { "free", "fr", MATTER_LOCK, EFFECT_NONE },
	[STATE_CONFIRMED] = { "confirmed", "cf", MATTER_LOCK, EFFECT_NONE },
	[STATE_DELIVERED] = { "delivered", "dl", MATTER_LOCK, EFFECT_NONE },
	[STATE_PROOFED] = { "proofed", "cd", MATTER_LOCK, EFFECT_NONE },
	[STATE_UNHEARD] = { "unheard", "un", MATTER_REGISTER, EFFECT_NONE },
	[STATE_ACCEPTED] = { "accepted", "ac", MATTER_REGISTER, EFFECT_NONE },
	[STATE_REFUSED] = { "refused", "rf", MATTER_REGISTER, EFFECT_REJECT },
	[STATE_DOUBTED] = { "doubted", "db", MATTER_REGISTER, EFFECT_REVIEW },
	[STATE_CLEARED] = { "cleared", "cl", MATTER_REGISTER, EFFECT_NONE },
	[STATE_UNOFFERED] = { "unoffered", "uo", MATTER_OFFER, EFFECT_NONE },
	[STATE_OFFERED] = { "offered", "of", MATTER_OFFER, EFFECT_HOLD },
	[STATE_UNCLAIMED] = { "unclaimed", "uc", MATTER_CLAIM, EFFECT_NONE },
	[STATE_CLAIMED] = { "claimed", "cm", MATTER_CLAIM, EFFECT_HOLD },
	[STATE_CONTESTED] = { "contested", "ct", MATTER_CLAIM, EFFECT_HOLD },
	[STATE_SETTLED] = { "settled", "st", MATTER_CLAIM, EFFECT_NONE },
	[STATE_OUTDATED] = { "outdated", "od", MATTER_CLAIM, EFFECT_HOLD },
	[STATE_SILENT] = { "silent", "si", MATTER_NOTE, EFFECT_NONE },
	[STATE_NOTED] = { "noted", "nt", MATTER_NOTE, EFFECT_HOLD },
	[STATE_KEPT] = { "kept", "kp", MATTER_NOTE, EFFECT_NONE },
	[STATE_BOUND] = { "bound", "bd", MATTER_EXEMPTION, EFFECT_NONE },
	[STATE_EXEMPT] = { "exempt", "ex", MATTER_EXEMPTION, EFFECT_NONE },
};

#define MAY(role) (1u << (role))

static const struct {
	const char *name;
	unsigned int roles;
} events[EVENTS] = {
	[EVENT_CONFIRM] = { "confirm", MAY(ROLE_SCHOOL) },
	[EVENT_PASS] = { "pass", MAY(ROLE_REVIEWER) | MAY(ROLE_OPERATOR) },
	[EVENT_RETURN] = { "return", MAY(ROLE_SCHOOL) },
	[EVENT_REJECT] = { "reject", MAY(ROLE_REVIEWER) | MAY(ROLE_OPERATOR) },
	[EVENT_DISOWN] = { "disown", MAY(ROLE_SCHOOL) | MAY(ROLE_REVIEWER) |
	    MAY(ROLE_OPERATOR) },
	[EVENT_OFFER] = { "offer", MAY(ROLE_SCHOOL) | MAY(ROLE_REVIEWER) |
	    MAY(ROLE_OPERATOR) },
	[EVENT_LINK] = { "link", MAY(ROLE_SCHOOL) | MAY(ROLE_REVIEWER) |
	    MAY(ROLE_OPERATOR) },
	[EVENT_PICTURE] = { "picture", MAY(ROLE_TOOL) },
	[EVENT_UNLOCK] = { "unlock", MAY(ROLE_OPERATOR) },
	[EVENT_DELIVER] = { "deliver", MAY(ROLE_TOOL) },
	[EVENT_ACCEPTED] = { "accepted", MAY(ROLE_REGISTER) },
	[EVENT_REFUSED] = { "refused", MAY(ROLE_REGISTER) },
	[EVENT_DOUBTED] = { "doubted", MAY(ROLE_REGISTER) },
	[EVENT_CLAIM] = { "claim", MAY(ROLE_SCHOOL) | MAY(ROLE_REVIEWER) |
	    MAY(ROLE_OPERATOR) },
	[EVENT_REMARK] = { "remark", MAY(ROLE_SCHOOL) | MAY(ROLE_REVIEWER) |
	    MAY(ROLE_OPERATOR) },
	[EVENT_ACCEPT] = { "accept", MAY(ROLE_OPERATOR) },
	[EVENT_DISMISS] = { "dismiss", MAY(ROLE_OPERATOR) },
	[EVENT_AGREES] = { "agrees", MAY(ROLE_TOOL) },
	[EVENT_DIFFERS] = { "differs", MAY(ROLE_TOOL) },
	[EVENT_EXEMPT] = { "exempt", MAY(ROLE_OPERATOR) },
	[EVENT_WITHDRAW] = { "withdraw", MAY(ROLE_OPERATOR) },
};

static const char *const roles[ROLES] = { "tool", "school", "reviewer", "operator",
    "register" };

static const char *const waits[] = { "picture", "roster", "operator", "reviewer",
    "register", "other" };

/* x1, x2 ... of the table. */
static const char *const refusals[] = {
	"there is no photo",
	"a reviewer rejected the photo: a school cannot pass it",
	"the checks reject the photo: a school cannot pass it",
	"the register refused the photo: a school cannot pass it",
	"the photo is not locked",
	"there is no open claim to settle",
	"there is no open remark to close",
	"there is no such exemption",
};

enum { REFUSALS = sizeof refusals / sizeof refusals[0] };

static enum state
state_of_code(const char *code)
{
	int state;

	for (state = 0; state < STATES; state++)
		if (strncmp(states[state].code, code, CODE) == 0)
			break;
	return (enum state)state;
}

/* The state's row in one of the tables: where it begins. */
static const char *
row_of(int table, enum state state)
{
	const char *row = machine_table(table);

	for (int i = 0; i <= (int)state; i++)
		row = strchr(row, '\n') + 1;
	return row;
}

void
machine_text(enum state state, enum event event, char text[static MACHINE_TEXT])
{
	int second = (int)event >= FIRST_EVENTS;
	int column = second ? (int)event - FIRST_EVENTS : (int)event;

	memcpy(text, row_of(second, state) + FIRST_CELL + CELL * column,
	    MACHINE_TEXT - 1);
	text[MACHINE_TEXT - 1] = '\0';
	text[strcspn(text, " \n")] = '\0';
}

struct cell
machine_cell(enum state state, enum event event)
{
	struct cell cell = { .step = STEP_NONE, .to = state };
	char text[MACHINE_TEXT];

	machine_text(state, event, text);
	if (strcmp(text, "==") == 0) {
		cell.step = STEP_SAME;
	} else if (strcmp(text, "vv") == 0) {
		cell.step = STEP_VOICES;
	} else if (text[0] == 'x' && text[1] >= '1' && text[1] < '1' + REFUSALS) {
		cell.step = STEP_REFUSE;
		cell.refusal = refusals[text[1] - '1'];
	} else if (strcmp(text, "..") != 0) {
		cell.step = text[CODE] == '?' ? STEP_UNLESS : STEP_TO;
		cell.to = state_of_code(text);
	}
	return cell;
}

unsigned int
machine_waits(enum state state)
{
	const char *text = row_of(1, state) + FIRST_CELL + CELL *
	    (EVENTS - FIRST_EVENTS);
	size_t len = strcspn(text, "\n");
	unsigned int bits = 0;

	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		const char *found = strstr(text, waits[i]);

		if (found != NULL && found < text + len)
			bits |= 1u << i;
	}
	return bits;
}

enum matter
machine_matter(enum state state)
{
	return states[state].matter;
}

const char *
machine_state_name(enum state state)
{
	return states[state].name;
}

enum state
machine_state_parse(const char *name)
{
	int state;

	for (state = 0; state < STATES; state++)
		if (name != NULL && strcmp(states[state].name, name) == 0)
			break;
	return (enum state)state;
}

enum effect
machine_effect(enum state state)
{
	return state < STATES ? states[state].effect : EFFECT_NONE;
}

const char *
machine_waits_name(enum waits bit)
{
	size_t i = 0;

	while ((1u << i) < (unsigned int)bit)
		i++;
	return waits[i];
}

const char *
machine_event_name(enum event event)
{
	return events[event].name;
}

int
machine_may(enum role role, enum event event)
{
	return role < ROLES && (events[event].roles & MAY(role)) != 0;
}

const char *
machine_role_name(enum role role)
{
	return roles[role];
}

enum role
machine_role_parse(const char *name)
{
	int role;

	for (role = 0; role < ROLES; role++)
		if (name != NULL && strcmp(roles[role], name) == 0)
			break;
	return (enum role)role;
}
