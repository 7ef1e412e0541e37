#include "lib/answers/settle.h"

#include <string.h>

#include "lib/answers/accept.h"
#include "lib/answers/finding.h"
#include "lib/answers/findings.h"
#include "lib/answers/people.h"
#include "lib/answers/saying.h"
#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/decision/standing.h"

/* What people call the matters of a record. */
static const struct {
	const char *word, *field;
} matters[] = {
	{ "姓名", "name" }, { "证件号", "id_number" }, { "证件号码", "id_number" },
	{ "学号", "student_no" }, { "照片", "photo" }, { "其他", "other" },
	{ "备注", "other" }, { "name", "name" }, { "id_number", "id_number" },
	{ "student_no", "student_no" }, { "photo", "photo" }, { "other", "other" }
};

static const char several[] = "several things are open: name one in '事项'";

static const char *
field_of(const char *word)
{
	struct buf folded = BUF_INIT, known = BUF_INIT;
	const char *field = NULL;

	text_fold(word, &folded);
	for (size_t i = 0; i < sizeof matters / sizeof matters[0]; i++) {
		buf_clear(&known);
		text_fold(matters[i].word, &known);
		if (strcmp(known.data, folded.data) == 0)
			field = matters[i].field;
	}
	buf_release(&known);
	buf_release(&folded);
	return field;
}

static const struct standing_claim *
claim_of(const struct standing *standing, const char *field)
{
	for (size_t i = 0; i < standing->claim_count; i++)
		if (strcmp(standing->claims[i].field, field) == 0)
			return &standing->claims[i];
	return NULL;
}

static int
is_open(enum state state)
{
	return machine_effect(state) != EFFECT_NONE || state == STATE_KEPT;
}

/* The one thing that is open; NULL with *wrong. */
static const char *
only_open(const struct standing *standing, const char **wrong)
{
	const char *field = NULL;
	int count = 0;

	for (size_t i = 0; i < standing->claim_count; i++)
		if (is_open(standing->claims[i].state)) {
			field = standing->claims[i].field;
			count++;
		}
	if (is_open(standing->of[MATTER_NOTE])) {
		field = "other";
		count++;
	}
	if (standing->of[MATTER_OFFER] == STATE_OFFERED ||
	    standing->of[MATTER_PICTURE] == STATE_DISOWNED) {
		field = "photo";
		count++;
	}
	if (count != 1)
		*wrong = count == 0 ? "nothing is open" : several;
	return count == 1 ? field : NULL;
}

/* The picture that others say is this student's, or that this student lost, becomes
 * this student's. */
static void
link_to(struct saying *saying, const struct finding *finding, const char *picture)
{
	struct journal_answer *answer = saying_add(saying, JOURNAL_LINK,
	    finding->student, finding);

	answer->field = "photo";
	answer->picture = picture;
	answer->before = saying_picture(saying->findings, finding->student);
	answer->after = picture;
	saying_note(saying, finding, "the student's");
}

static const char *
settle_photo(struct saying *saying, const struct finding *finding,
    const struct standing *standing)
{
	int accept = finding->kind == FINDING_ACCEPT;
	struct journal_answer *answer;

	if (standing->of[MATTER_OFFER] == STATE_OFFERED && accept) {
		link_to(saying, finding, answerlist_keep(&saying->said,
		    standing->by[MATTER_OFFER]->after));
	} else if (standing->of[MATTER_PICTURE] == STATE_DISOWNED && !accept) {
		link_to(saying, finding, answerlist_keep(&saying->said,
		    standing->by[MATTER_PICTURE]->picture));
	} else if (standing->of[MATTER_PICTURE] == STATE_DISOWNED) {
		return "only a new photo is expected";
	} else {
		answer = saying_add(saying, JOURNAL_IDENTITY, finding->student,
		    finding);
		answer->field = "photo";
		saying_note(saying, finding, "remains the student's");
	}
	return NULL;
}

/* The value that the operator accepts: given, or the one that is claimed. */
static const char *
value_to_accept(struct saying *saying, const struct finding *finding,
    const struct standing_claim *claim, const char *field)
{
	const struct journal_answer *said = claim != NULL ?
	    voices_latest(&claim->voices) : NULL;

	if (finding->after != NULL)
		return saying_tidy(saying, field, finding->after);
	if (claim == NULL || claim->state == STATE_CONTESTED || said == NULL ||
	    said->after == NULL)
		return NULL;
	return answerlist_keep(&saying->said, said->after);
}

static const char *
settle_claim(struct saying *saying, const struct finding *finding,
    const struct standing *standing, const char *field)
{
	const struct findings *findings = saying->findings;
	const struct standing_claim *claim = claim_of(standing, field);
	const char *before = people_text(findings->people, finding->student, field);
	const char *after = NULL;
	struct journal_answer *answer;

	if (finding->kind == FINDING_ACCEPT) {
		after = value_to_accept(saying, finding, claim, field);
		if (after == NULL)
			return "there is no value to accept: write it in '应改为'";
		if (!saying_is_sound(field, after))
			return "the ID number is not valid and is not accepted";
	}
	answer = saying_add(saying, JOURNAL_IDENTITY, finding->student, finding);
	answer->field = field;
	answer->before = *before != '\0' ? before : NULL;
	answer->after = after;
	if (after != NULL)
		saying_note_claim(saying, finding, field, before, after, saying_accepted);
	else
		saying_note_claim(saying, finding, field, before, before,
		    "the claim is dismissed");
	return NULL;
}

const char *
settle_say(struct saying *saying, const struct finding *finding)
{
	const char *wrong = NULL, *field = NULL;
	struct standing standing;
	struct journal_answer *answer;

	accept_standing(saying->findings->accept, finding->student, &standing);
	if (finding->matter != NULL && (field = field_of(finding->matter)) == NULL)
		return "the word in '事项' is none of the matters that can be open";
	if (field == NULL)
		field = only_open(&standing, &wrong);
	if (field == NULL)
		return wrong;
	if (strcmp(field, "photo") == 0)
		return settle_photo(saying, finding, &standing);
	if (strcmp(field, "other") != 0)
		return settle_claim(saying, finding, &standing, field);
	answer = saying_add(saying, JOURNAL_IDENTITY, finding->student, finding);
	answer->field = "other";
	return NULL;
}
