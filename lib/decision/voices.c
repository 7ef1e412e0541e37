#include "lib/decision/voices.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/batch/journal.h"

static int
is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

/* Whether two spellings are one value. */
int
voices_agree(const char *a, const char *b)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	int same;

	text_fold(a != NULL ? a : "", &one);
	text_fold(b != NULL ? b : "", &other);
	same = strcmp(one.data, other.data) == 0;
	buf_release(&one);
	buf_release(&other);
	return same;
}

enum role
voices_role(const struct journal_answer *answer)
{
	static const enum role usual[JOURNAL_KINDS] = {
		[JOURNAL_LINK] = ROLE_OPERATOR, [JOURNAL_UNLINK] = ROLE_SCHOOL,
		[JOURNAL_CORRECTION] = ROLE_SCHOOL,
		[JOURNAL_REVIEW] = ROLE_REVIEWER,
		[JOURNAL_EXEMPTION] = ROLE_OPERATOR,
		[JOURNAL_LOCK] = ROLE_SCHOOL, [JOURNAL_UNLOCK] = ROLE_OPERATOR,
		[JOURNAL_FEEDBACK] = ROLE_SCHOOL,
		[JOURNAL_REGISTER] = ROLE_REGISTER,
		[JOURNAL_IDENTITY] = ROLE_OPERATOR,
		[JOURNAL_ACKNOWLEDGE] = ROLE_OPERATOR
	};
	enum role role = machine_role_parse(answer->role);

	return role != ROLES ? role : usual[answer->kind];
}

/* ---- which event an answer is ---- */

static enum event
review_event(const struct journal_answer *answer)
{
	if (text_same(answer->after, "pass"))
		return EVENT_PASS;
	return voices_role(answer) == ROLE_SCHOOL ? EVENT_RETURN : EVENT_REJECT;
}

static enum event
correction_event(const struct journal_answer *answer)
{
	if (text_same(answer->field, "photo"))
		return EVENT_OFFER;
	return text_same(answer->field, "other") ? EVENT_REMARK : EVENT_CLAIM;
}

static enum event
register_event(const struct journal_answer *answer)
{
	if (text_same(answer->after, "rejected"))
		return EVENT_REFUSED;
	return text_same(answer->after, "accepted") ? EVENT_ACCEPTED : EVENT_DOUBTED;
}

/* EVENTS when the answer is only reported. */
enum event
voices_event(const struct journal_answer *answer)
{
	switch (answer->kind) {
	case JOURNAL_LINK:
		return EVENT_LINK;
	case JOURNAL_UNLINK:
		return EVENT_DISOWN;
	case JOURNAL_CORRECTION:
		return correction_event(answer);
	case JOURNAL_REVIEW:
		return review_event(answer);
	case JOURNAL_EXEMPTION:
		return text_same(answer->after, "withdrawn") ? EVENT_WITHDRAW : EVENT_EXEMPT;
	case JOURNAL_LOCK:
		return EVENT_CONFIRM;
	case JOURNAL_UNLOCK:
		return EVENT_UNLOCK;
	case JOURNAL_DELIVERY:
		return EVENT_DELIVER;
	case JOURNAL_REGISTER:
		return register_event(answer);
	case JOURNAL_IDENTITY:
		return is_empty(answer->after) ? EVENT_DISMISS : EVENT_ACCEPT;
	default:
		return EVENTS;
	}
}

/* ---- several people, one question ---- */

static int
same_voice(const struct journal_answer *a, const struct journal_answer *b)
{
	return text_same(a->who, b->who) && voices_role(a) == voices_role(b);
}

int
voices_full(const struct voices *voices, const struct journal_answer *answer)
{
	for (size_t i = 0; i < voices->count; i++)
		if (same_voice(voices->said[i], answer))
			return 0;
	return voices->count == VOICES_MAX;
}

/* The one who speaks comes last.  Returns whether that voice said something else
 * before, or nothing. */
int
voices_hear(struct voices *voices, const struct journal_answer *answer)
{
	const struct journal_answer *before = NULL;
	size_t i, kept = 0;

	if (voices_full(voices, answer))
		return 0;
	for (i = 0; i < voices->count; i++)
		if (same_voice(voices->said[i], answer))
			before = voices->said[i];
		else
			voices->said[kept++] = voices->said[i];
	voices->said[kept] = answer;
	voices->count = kept + 1;
	return before == NULL || before->kind != answer->kind ||
	    !voices_agree(before->after, answer->after) ||
	    !voices_agree(before->reason, answer->reason);
}

static int
is_good(const struct journal_answer *answer)
{
	return answer->kind == JOURNAL_LOCK || text_same(answer->after, "pass");
}

/* A reviewer's word takes the place of what a school confirmed. */
void
voices_drop_confirmed(struct voices *voices)
{
	size_t kept = 0;

	for (size_t i = 0; i < voices->count; i++)
		if (voices->said[i]->kind != JOURNAL_LOCK)
			voices->said[kept++] = voices->said[i];
	voices->count = kept;
}

int
voices_oppose(const struct voices *voices,
    const struct journal_answer *answer)
{
	for (size_t i = 0; i < voices->count; i++)
		if (!same_voice(voices->said[i], answer) &&
		    is_good(voices->said[i]) != is_good(answer))
			return 1;
	return 0;
}

enum state
voices_state(const struct voices *voices)
{
	enum state state = STATE_OPEN;
	int good = 0, bad = 0;

	for (size_t i = 0; i < voices->count; i++) {
		enum event event = voices_event(voices->said[i]);

		good |= is_good(voices->said[i]);
		bad |= !is_good(voices->said[i]);
		if (event == EVENT_PASS)
			state = STATE_PASSED;
		else if (event == EVENT_REJECT)
			state = STATE_REJECTED;
		else if (event == EVENT_RETURN && state != STATE_REJECTED)
			state = STATE_RETURNED;
	}
	return good && bad ? STATE_DISPUTED : state;
}

const struct journal_answer *
voices_latest(const struct voices *voices)
{
	return voices->count > 0 ? voices->said[voices->count - 1] : NULL;
}

/* What a voice says that a value should be; one that confirms says nothing. */
const char *
voices_value(const struct journal_answer *answer)
{
	return answer->kind == JOURNAL_CORRECTION ? answer->after : NULL;
}

int
voices_contest(const struct voices *voices,
    const struct journal_answer *answer)
{
	for (size_t i = 0; i < voices->count; i++) {
		const struct journal_answer *said = voices->said[i];

		if (!same_voice(said, answer) && (said->kind != answer->kind ||
		    !voices_agree(voices_value(said), voices_value(answer))))
			return 1;
	}
	return 0;
}
