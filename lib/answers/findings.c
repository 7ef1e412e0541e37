#include "lib/answers/findings.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/accept.h"
#include "lib/answers/exchange.h"
#include "lib/answers/finding.h"
#include "lib/answers/people.h"
#include "lib/answers/saying.h"
#include "lib/answers/settle.h"
#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/batch/batch.h"
#include "lib/decision/voices.h"

/* ---- claims ---- */

/* Accept at once what is claimed; closes a remark. */
static const char *
accept(struct saying *saying, const struct finding *finding, const char *before,
    const char *after)
{
	struct journal_answer *answer;

	if (finding->kind != FINDING_OTHER && after == NULL)
		return "there is no value to accept: write it in '应改为'";
	if (!saying_is_sound(finding_field(finding->kind), after))
		return "the ID number is not valid and is not accepted";
	answer = saying_add(saying, JOURNAL_IDENTITY, finding->student, finding);
	answer->role = machine_role_name(ROLE_OPERATOR);
	answer->before = *before != '\0' ? before : NULL;
	answer->after = finding->kind == FINDING_OTHER ? NULL : after;
	return NULL;
}

static const char *
claim(struct saying *saying, const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	const char *field = finding_field(finding->kind);
	const char *before = people_text(findings->people, finding->student, field);
	const char *after = saying_tidy(saying, field, finding->after);
	struct journal_answer *answer;
	const char *wrong = NULL;

	if (finding->kind != FINDING_OTHER && after != NULL &&
	    voices_agree(after, before))
		return "the roster has that value already";
	answer = saying_add(saying, JOURNAL_CORRECTION, finding->student, finding);
	answer->before = *before != '\0' ? before : NULL;
	answer->after = after;
	if (finding->kind == FINDING_OTHER)
		answer->picture = finding->picture;
	if (findings->accept_identity)
		wrong = accept(saying, finding, before, after);
	saying_note_claim(saying, finding, field, before, after,
	    findings->accept_identity && wrong == NULL ? saying_accepted :
	    "held until a roster agrees");
	if (wrong != NULL)
		msg_warn("'%s' %s: %s", findings->shown, finding->place, wrong);
	return NULL;
}

/* ---- pictures ---- */

static void
review(struct saying *saying, const struct finding *finding, int pass)
{
	struct journal_answer *answer = saying_add(saying, JOURNAL_REVIEW,
	    finding->student, finding);

	answer->picture = finding->picture;
	answer->before = finding->before;
	answer->after = pass ? "pass" : "reject";
	saying_note(saying, finding, pass ? "passed by a reviewer" :
	    "to be taken again");
}

static void
confirm(struct saying *saying, const struct finding *finding)
{
	saying_add(saying, JOURNAL_LOCK, finding->student, finding)->picture =
	    finding->picture;
}

/* The answers that a finding is; a clause why it is none. */
static const char *
say_finding(struct saying *saying, const struct finding *finding)
{
	switch (finding->kind) {
	case FINDING_RIGHT:
		confirm(saying, finding);
		return NULL;
	case FINDING_NOT_SELF:
		exchange_say(saying, finding);
		return NULL;
	case FINDING_PASS:
	case FINDING_RETAKE:
		review(saying, finding, finding->kind == FINDING_PASS);
		return NULL;
	case FINDING_ACCEPT:
	case FINDING_DISMISS:
		return settle_say(saying, finding);
	default:
		return claim(saying, finding);
	}
}

/* How many of the answers from first on are about the student of the first. */
static size_t
own_answers(const struct answerlist *said, size_t first)
{
	size_t count = 0;

	while (first + count < said->count && strcmp(said->items[first].record,
	    said->items[first + count].record) == 0)
		count++;
	return count;
}

/* Say it, unless that cannot be as things stand. */
static const char *
take(struct saying *saying, const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	size_t first = saying->said.count;
	const char *wrong, *reason = NULL;

	buf_clear(&saying->note);
	wrong = say_finding(saying, finding);
	if (wrong == NULL && saying->said.count > first &&
	    accept_judge(findings->accept, finding->student,
	    &saying->said.items[first], own_answers(&saying->said, first), &reason) ==
	    ACCEPT_REFUSED)
		wrong = reason;
	if (wrong != NULL)
		saying->said.count = first;
	else if (saying->note.len > 0)
		msg_note("%s", saying->note.data);
	return wrong;
}

int
findings_append(const struct findings *findings, size_t *added,
    size_t *refused, struct buf *err)
{
	struct saying saying = { .findings = findings, .note = BUF_INIT };
	const char *wrong;
	int result;

	answerlist_init(&saying.said);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		wrong = take(&saying, finding);
		if (wrong == NULL)
			continue;
		msg_warn("'%s' %s: %s: '%s'", findings->shown, finding->place, wrong,
		    finding->word);
		++*refused;
	}
	result = journal_append(findings->batch, saying.said.items, saying.said.count,
	    added, err);
	answerlist_release(&saying.said);
	buf_release(&saying.note);
	return result;
}
