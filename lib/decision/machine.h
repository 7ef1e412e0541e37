#ifndef TC_MACHINE_H
#define TC_MACHINE_H
/*
 * machine: what follows from people's answers, as a table of states and events.
 *
 * A record has several matters, each in one state: what was said of its picture,
 * whether that may be replaced, what the register said, whether another student's
 * picture was said to be this student's, a name or number (three of them), a
 * remark, an exemption (one a check).  An answer is an event.  It is refused when
 * one of the matters that it concerns refuses it; else each takes its step.
 *
 * The table is text, tc-journal(5) prints the same, and a test compares them:
 * machine_table.c.  Pure: no input, no output, no clock.
 */
enum matter {
	MATTER_PICTURE, MATTER_LOCK, MATTER_REGISTER, MATTER_OFFER, MATTER_CLAIM,
	MATTER_NOTE, MATTER_EXEMPTION, MATTERS
};

/* In the order of the table. */
enum state {
	STATE_ABSENT,		/* no picture, and nobody spoke */
	STATE_OPEN,		/* nobody spoke: the checks decide */
	STATE_FAILED,		/* the same, and the checks reject it */
	STATE_PASSED,		/* by a reviewer */
	STATE_RETURNED,		/* the school wants another */
	STATE_REJECTED,		/* a reviewer does */
	STATE_DISPUTED,		/* people say different things */
	STATE_DISOWNED,		/* the picture was not this student's */
	STATE_FREE, STATE_CONFIRMED, STATE_DELIVERED, STATE_PROOFED,
	STATE_UNHEARD, STATE_ACCEPTED, STATE_REFUSED, STATE_DOUBTED,
	STATE_CLEARED,		/* passed by a reviewer although the register doubts */
	STATE_UNOFFERED, STATE_OFFERED,
	STATE_UNCLAIMED, STATE_CLAIMED, STATE_CONTESTED,
	STATE_SETTLED,		/* the operator accepted a value */
	STATE_OUTDATED,		/* the same, and the roster says a third thing */
	STATE_SILENT, STATE_NOTED,
	STATE_KEPT,		/* a remark that holds no longer, to be read */
	STATE_BOUND, STATE_EXEMPT,
	STATES
};

enum event {
	EVENT_CONFIRM,		/* 正确 */
	EVENT_PASS,		/* 合格 */
	EVENT_RETURN,		/* 需重拍, said by a school */
	EVENT_REJECT,		/* 需重拍, said by a reviewer */
	EVENT_DISOWN,		/* 照片不是本人 */
	EVENT_OFFER,		/* the same, and this is the student named */
	EVENT_LINK,		/* the picture is this student's */
	EVENT_PICTURE,		/* another picture counts now */
	EVENT_UNLOCK, EVENT_DELIVER,
	EVENT_ACCEPTED, EVENT_REFUSED, EVENT_DOUBTED,	/* the register */
	EVENT_CLAIM,		/* 姓名有误 and the like */
	EVENT_REMARK,		/* 其他 */
	EVENT_ACCEPT, EVENT_DISMISS,	/* the operator, about one matter */
	EVENT_AGREES, EVENT_DIFFERS,	/* the roster says what is claimed; a third
					 * thing */
	EVENT_EXEMPT, EVENT_WITHDRAW,
	EVENTS
};

/* Who speaks, by the option and the column in which it was said. */
enum role {
	ROLE_TOOL, ROLE_SCHOOL, ROLE_REVIEWER, ROLE_OPERATOR, ROLE_REGISTER,
	ROLES
};

/* What a state does to the record's status. */
enum effect {
	EFFECT_NONE,
	EFFECT_HOLD,		/* it does not pass */
	EFFECT_REVIEW, EFFECT_REJECT
};

/* What a state waits for: bits. */
enum waits {
	WAITS_PICTURE = 1 << 0, WAITS_ROSTER = 1 << 1, WAITS_OPERATOR = 1 << 2,
	WAITS_REVIEWER = 1 << 3, WAITS_REGISTER = 1 << 4, WAITS_OTHER = 1 << 5
};

enum step {
	STEP_NONE,		/* not concerned */
	STEP_SAME,		/* it is so already; a further voice is heard */
	STEP_TO,		/* goes to another state */
	STEP_UNLESS,		/* the same, unless others say otherwise */
	STEP_VOICES,		/* what the opinions that are left say */
	STEP_REFUSE
};

struct cell {
	enum step step;
	enum state to;		/* of STEP_TO and STEP_UNLESS */
	const char *refusal;	/* of STEP_REFUSE: a clause, static */
};

enum { MACHINE_TEXT = 4 };

struct cell machine_cell(enum state state, enum event event);
/* A cell as the table writes it. */
void machine_text(enum state state, enum event event,
    char text[static MACHINE_TEXT]);

enum matter machine_matter(enum state state);
/* "rejected", and its letters in the table, "rj". */
const char *machine_state_name(enum state state);
const char *machine_state_code(enum state state);
/* STATES for a word that is none. */
enum state machine_state_parse(const char *name);
enum effect machine_effect(enum state state);
unsigned int machine_waits(enum state state);
/* The word of one bit of enum waits: "picture". */
const char *machine_waits_name(enum waits bit);

const char *machine_event_name(enum event event);
/* Whether somebody in that role may say it. */
int machine_may(enum role role, enum event event);
const char *machine_role_name(enum role role);
/* ROLES for a word that is none. */
enum role machine_role_parse(const char *name);

/* The table as the manual prints it: number 0 and 1, lines parted by line feeds;
 * NULL above. */
const char *machine_table(int number);

#endif
