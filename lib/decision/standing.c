#include "lib/decision/standing.h"

#include <string.h>

#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/batch/journal.h"
#include "lib/decision/voices.h"

static const char photo_field[] = "photo", remark_field[] = "other";

static int
is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

/* Whether the answer is about the picture that is the student's now, if it is
 * about a picture. */
static int
is_present(const struct standing *standing, const struct journal_answer *answer,
    enum event event)
{
	if (event == EVENT_OFFER)
		return (answer->before == NULL && standing->picture == NULL) ||
		    text_same(answer->before, standing->picture);
	if (event == EVENT_REMARK)
		return 1;
	return answer->picture == NULL ? answer->kind != JOURNAL_REGISTER :
	    text_same(answer->picture, standing->picture);
}

/* ---- matters with one state ---- */

/* Which of them an event about one field concerns. */
static int
concerns(enum matter matter, enum event event,
    const struct journal_answer *answer)
{
	if (matter == MATTER_CLAIM || matter == MATTER_EXEMPTION)
		return 0;
	if (event != EVENT_ACCEPT && event != EVENT_DISMISS)
		return 1;
	return (matter == MATTER_OFFER && text_same(answer->field, photo_field)) ||
	    (matter == MATTER_NOTE && text_same(answer->field, remark_field));
}

static int
is_opinion(enum event event)
{
	return event == EVENT_CONFIRM || event == EVENT_PASS ||
	    event == EVENT_RETURN || event == EVENT_REJECT;
}

/* Who is not heard any more when that is said. */
static void
drop_voices(struct voices *voices, enum event event, const struct journal_answer *answer)
{
	if (text_same(answer->before, "conflict") && voices_role(answer) != ROLE_SCHOOL)
		voices->count = 0;
	if (event == EVENT_REJECT)
		voices_drop_confirmed(voices);
}

/* Take notice of who spoke about the picture. */
static int
hear_opinion(struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	if (event == EVENT_DISOWN || event == EVENT_PICTURE)
		standing->voices.count = 0;
	if (!is_opinion(event))
		return 0;
	drop_voices(&standing->voices, event, answer);
	return voices_hear(&standing->voices, answer);
}

static enum state
next_state(const struct standing *standing, enum matter matter,
    enum event event, const struct journal_answer *answer)
{
	enum state state = standing->of[matter];
	struct cell cell = machine_cell(state, event);

	switch (cell.step) {
	case STEP_TO:
		return cell.to;
	case STEP_UNLESS:
		return voices_oppose(&standing->voices, answer) ? STATE_DISPUTED :
		    cell.to;
	case STEP_VOICES:
		return voices_state(&standing->voices);
	default:
		return state;
	}
}

/* Whether the words are news although the state is not. */
static int
is_said_anew(const struct standing *standing, enum matter matter,
    enum event event, const struct journal_answer *answer)
{
	const struct journal_answer *by = standing->by[matter];

	return machine_cell(standing->of[matter], event).step == STEP_SAME &&
	    (matter == MATTER_NOTE || matter == MATTER_OFFER ||
	    matter == MATTER_REGISTER) && by != NULL &&
	    (!voices_agree(by->reason, answer->reason) || !voices_agree(by->after, answer->after));
}

static int
step_matter(struct standing *standing, enum matter matter, enum event event,
    const struct journal_answer *answer)
{
	enum state next;
	int anew;

	if (!concerns(matter, event, answer))
		return 0;
	next = next_state(standing, matter, event, answer);
	anew = is_said_anew(standing, matter, event, answer);
	if (next == standing->of[matter] && !anew)
		return 0;
	standing->of[matter] = next;
	if (matter != MATTER_NOTE || next != STATE_KEPT)
		standing->by[matter] = answer;
	return 1;
}

static int
step_matters(struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	int changed = hear_opinion(standing, event, answer);

	for (int i = 0; i < MATTERS; i++)
		changed |= step_matter(standing, (enum matter)i, event, answer);
	/* A remark that was made when another picture counted. */
	if (event == EVENT_REMARK && answer->picture != NULL &&
	    !text_same(answer->picture, standing->picture))
		step_matter(standing, MATTER_NOTE, EVENT_PICTURE, answer);
	return changed;
}

/* ---- claims ---- */

static struct standing_claim *
claim_of(struct standing *standing, const char *field)
{
	size_t i;

	for (i = 0; i < standing->claim_count; i++)
		if (text_same(standing->claims[i].field, field))
			return &standing->claims[i];
	if (i == STANDING_CLAIMS)
		return &standing->claims[i - 1];
	standing->claims[i] = (struct standing_claim){ .field = field,
	    .state = STATE_UNCLAIMED };
	standing->claim_count++;
	return &standing->claims[i];
}

static int
step_claim(struct standing_claim *claim, enum event event,
    const struct journal_answer *answer)
{
	struct cell cell = machine_cell(claim->state, event);
	enum state before = claim->state;
	int changed = 0;

	if (cell.step == STEP_NONE)
		return 0;
	if (event == EVENT_CLAIM || event == EVENT_CONFIRM)
		changed = voices_hear(&claim->voices, answer);
	if (cell.step == STEP_TO)
		claim->state = cell.to;
	else if (cell.step == STEP_UNLESS)
		claim->state = voices_contest(&claim->voices, answer) ?
		    STATE_CONTESTED : cell.to;
	if (claim->state == STATE_UNCLAIMED || claim->state == STATE_SETTLED)
		claim->voices.count = 0;
	if (event == EVENT_ACCEPT) {
		changed |= claim->accepted == NULL ||
		    !voices_agree(claim->accepted->after, answer->after);
		claim->accepted = answer;
	}
	if (event == EVENT_DISMISS)
		claim->accepted = NULL;
	return changed || claim->state != before;
}

static int
step_claims(struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	int changed = 0;

	if (event == EVENT_CONFIRM) {
		for (size_t i = 0; i < standing->claim_count; i++)
			changed |= step_claim(&standing->claims[i], event, answer);
		return changed;
	}
	if ((event != EVENT_CLAIM && event != EVENT_ACCEPT &&
	    event != EVENT_DISMISS) || answer->field == NULL ||
	    text_same(answer->field, photo_field) || text_same(answer->field, remark_field))
		return 0;
	return step_claim(claim_of(standing, answer->field), event, answer);
}

/* What the roster says now. */
static void
ask_roster(struct standing_claim *claim, const char *current)
{
	const struct journal_answer *said = claim->state == STATE_SETTLED ||
	    claim->state == STATE_OUTDATED ? claim->accepted :
	    voices_latest(&claim->voices);
	int agrees = 0, moved;

	if (said == NULL)
		return;
	for (size_t i = 0; i < claim->voices.count; i++) {
		const char *value = voices_value(claim->voices.said[i]);

		agrees |= !is_empty(value) && voices_agree(value, current);
	}
	moved = said->before != NULL && !voices_agree(said->before, current);
	if (claim->accepted == said)
		agrees = voices_agree(said->after, current);
	else
		agrees |= moved && is_empty(said->after);
	if (agrees)
		step_claim(claim, EVENT_AGREES, said);
	else if (moved)
		step_claim(claim, EVENT_DIFFERS, said);
	claim->differs = moved && !agrees;
}

/* ---- exemptions ---- */

static int
step_exemption(struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	const struct journal_answer **list = standing->exemptions;
	size_t i;

	for (i = 0; i < standing->exemption_count; i++)
		if (text_same(list[i]->field, answer->field))
			break;
	if (event == EVENT_WITHDRAW) {
		list[i] = list[--standing->exemption_count];
		return 1;
	}
	if (i < standing->exemption_count && voices_agree(list[i]->reason, answer->reason))
		return 0;
	list[i] = answer;
	standing->exemption_count += i == standing->exemption_count;
	return 1;
}

static enum state
exemption_state(const struct standing *standing, const char *check)
{
	for (size_t i = 0; i < standing->exemption_count; i++)
		if (text_same(standing->exemptions[i]->field, check))
			return STATE_EXEMPT;
	return STATE_BOUND;
}

static const char *
refusal_of_exemption(const struct standing *standing, enum event event,
    const char *check)
{
	enum state state = exemption_state(standing, check);

	if (state == STATE_BOUND && event == EVENT_EXEMPT &&
	    standing->exemption_count == STANDING_EXEMPTIONS)
		return "the student has more exemptions than there are checks";
	return machine_cell(state, event).refusal;
}

/* ---- all matters ---- */

/* Whether so many people have answered that this one could not be heard. */
static int
is_crowded(const struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	struct voices voices = standing->voices;
	int crowded;

	drop_voices(&voices, event, answer);
	crowded = is_opinion(event) && voices_full(&voices, answer);
	for (size_t i = 0; i < standing->claim_count; i++) {
		const struct standing_claim *claim = &standing->claims[i];

		if ((event == EVENT_CONFIRM || (event == EVENT_CLAIM &&
		    text_same(claim->field, answer->field))) &&
		    machine_cell(claim->state, event).step != STEP_NONE)
			crowded |= voices_full(&claim->voices, answer);
	}
	return crowded;
}

static const char *
refusal_of(struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	struct cell cell;

	if (!machine_may(voices_role(answer), event))
		return "somebody else has to answer that";
	if (event == EVENT_EXEMPT || event == EVENT_WITHDRAW)
		return refusal_of_exemption(standing, event, answer->field);
	for (int i = 0; i < MATTERS; i++) {
		if (!concerns((enum matter)i, event, answer))
			continue;
		cell = machine_cell(standing->of[i], event);
		if (cell.step == STEP_REFUSE)
			return cell.refusal;
	}
	if (is_crowded(standing, event, answer))
		return "too many people have answered this: settle what they said "
		    "first";
	if ((event == EVENT_ACCEPT || event == EVENT_DISMISS) &&
	    !text_same(answer->field, photo_field) && !text_same(answer->field, remark_field))
		return machine_cell(claim_of(standing, answer->field)->state,
		    event).refusal;
	return NULL;
}

/* An answer about a picture that counts no more: what it did to a claim or a remark
 * stays done.  A link is of a picture that may count next. */
static int
say_of_another(struct standing *standing, enum event event,
    const struct journal_answer *answer)
{
	if (event == EVENTS)
		return 0;
	step_claims(standing, event, answer);
	step_matter(standing, MATTER_NOTE, event, answer);
	return event == EVENT_LINK;
}

const char *
standing_say(struct standing *standing, const struct journal_answer *answer,
    int *changed)
{
	enum event event = voices_event(answer);
	const char *refusal;

	if (event == EVENTS || !is_present(standing, answer, event)) {
		*changed = say_of_another(standing, event, answer);
		return NULL;
	}
	*changed = 0;
	refusal = refusal_of(standing, event, answer);
	if (refusal != NULL)
		return refusal;
	if (event == EVENT_EXEMPT || event == EVENT_WITHDRAW) {
		*changed = step_exemption(standing, event, answer);
		return NULL;
	}
	*changed = step_claims(standing, event, answer);
	*changed |= step_matters(standing, event, answer);
	return NULL;
}

/* The picture that people said last is not the student's, when there is none: what
 * was said of it is why. */
static const char *
lost_picture(const struct journal *journal, const char *record)
{
	const struct journal_answer *answer = NULL;
	const char *lost = NULL;

	while ((answer = journal_next(journal, record, answer)) != NULL)
		if (answer->kind == JOURNAL_UNLINK)
			lost = answer->picture;
		else if (answer->kind == JOURNAL_LINK)
			lost = NULL;
	return lost;
}

void
standing_begin(const struct standing_of *of, struct standing *standing)
{
	memset(standing, 0, sizeof *standing);
	standing->picture = of->picture;
	standing->student = of->student;
	standing->of[MATTER_PICTURE] = of->picture == NULL ? STATE_ABSENT :
	    of->failed ? STATE_FAILED : STATE_OPEN;
	standing->of[MATTER_LOCK] = STATE_FREE;
	standing->of[MATTER_REGISTER] = STATE_UNHEARD;
	standing->of[MATTER_OFFER] = STATE_UNOFFERED;
	standing->of[MATTER_NOTE] = STATE_SILENT;
}

void
standing_roster(struct standing *standing)
{
	for (size_t i = 0; i < standing->claim_count; i++)
		ask_roster(&standing->claims[i], node_text(standing->student,
		    standing->claims[i].field));
}

void
standing_derive(const struct journal *journal, const struct standing_of *of,
    struct standing *standing)
{
	const struct journal_answer *answer = NULL;
	const char *lost = NULL;
	int changed;

	standing_begin(of, standing);
	if (of->picture == NULL && (lost = lost_picture(journal, of->record)) != NULL) {
		standing->picture = lost;
		standing->of[MATTER_PICTURE] = STATE_OPEN;
	}
	while ((answer = journal_next(journal, of->record, answer)) != NULL) {
		/* An offer is about what is there now. */
		if (lost != NULL && voices_event(answer) == EVENT_OFFER)
			standing->picture = NULL;
		standing_say(standing, answer, &changed);
		if (lost != NULL)
			standing->picture = lost;
	}
	standing->picture = of->picture;
	standing_roster(standing);
}

int
standing_locks(const struct standing *standing)
{
	enum state picture = standing->of[MATTER_PICTURE];

	return standing->of[MATTER_LOCK] != STATE_FREE &&
	    standing->of[MATTER_REGISTER] != STATE_REFUSED &&
	    (picture == STATE_OPEN || picture == STATE_PASSED);
}
