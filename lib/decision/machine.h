#ifndef TC_MACHINE_H
#define TC_MACHINE_H
/*
 * machine: what follows from people's answers, as a table of states and events.
 *
 * A record has several matters, each in one state: what was answered about its picture,
 * whether the picture may be replaced, what the register answered, whether another
 * student's picture was said to be this student's, a name or number (three of them), a
 * remark, an exemption (one for each check).  An answer is an event.  It is refused when
 * one of the matters that it concerns refuses it; else each of them changes its state.
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
	STATE_ABSENT,		/* no picture, and no answer */
	STATE_OPEN,		/* no answer: the checks decide */
	STATE_FAILED,		/* the same, and the checks reject it */
	STATE_PASSED,		/* by a reviewer */
	STATE_RETURNED,		/* the school wants another */
	STATE_REJECTED,		/* a reviewer rejected it */
	STATE_DISPUTED,		/* people disagree */
	STATE_DISOWNED,		/* the picture was not this student's */
	STATE_FREE, STATE_CONFIRMED, STATE_DELIVERED, STATE_PROOFED,
	STATE_UNHEARD, STATE_ACCEPTED, STATE_REFUSED, STATE_DOUBTED,
	STATE_CLEARED,		/* passed by a reviewer although the register doubts */
	STATE_UNOFFERED, STATE_OFFERED,
	STATE_UNCLAIMED, STATE_CLAIMED, STATE_CONTESTED,
	STATE_SETTLED,		/* the operator accepted a value */
	STATE_OUTDATED,		/* the same, and the roster now has a third value */
	STATE_SILENT, STATE_NOTED,
	STATE_KEPT,		/* a remark about an earlier picture, still to be read */
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
	EVENT_AGREES, EVENT_DIFFERS,	/* the roster has the claimed value; a third
					 * one */
	EVENT_EXEMPT, EVENT_WITHDRAW,
	EVENTS
};

/* Who answers, by the option and the column in which the answer came. */
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
	STEP_SAME,		/* no change; one more person gave this answer */
	STEP_TO,		/* goes to another state */
	STEP_UNLESS,		/* the same, unless others answered otherwise */
	STEP_VOICES,		/* to the state that the remaining answers give */
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
/* "rejected" */
const char *machine_state_name(enum state state);
/* STATES for a word that is none. */
enum state machine_state_parse(const char *name);
enum effect machine_effect(enum state state);
unsigned int machine_waits(enum state state);
/* The word of one bit of enum waits: "picture". */
const char *machine_waits_name(enum waits bit);

const char *machine_event_name(enum event event);
/* Whether somebody in that role may give that answer. */
int machine_may(enum role role, enum event event);
const char *machine_role_name(enum role role);
/* ROLES for a word that is none. */
enum role machine_role_parse(const char *name);

/* The tables as the manual prints them, numbers 0 and 1, in lines; NULL above. */
const char *machine_table(int number);

#endif
