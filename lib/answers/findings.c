#include "lib/answers/findings.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/accept.h"
#include "lib/answers/findings_parts.h"
#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/pool.h"
#include "lib/decision/voices.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/batch/batch.h"
#include "lib/profile/profile.h"
#include "lib/roster/student.h"

static const char photo_field[] = "photo";

/* The member of student that a finding is about, or what stands for it. */
static const char *const fields[] = {
	[FINDING_RIGHT] = photo_field, [FINDING_PASS] = photo_field,
	[FINDING_RETAKE] = photo_field, [FINDING_NOT_SELF] = photo_field,
	[FINDING_NAME] = "name", [FINDING_ID_NUMBER] = "id_number",
	[FINDING_STUDENT_NO] = "student_no", [FINDING_OTHER] = "other",
	[FINDING_ACCEPT] = NULL, [FINDING_DISMISS] = NULL
};

int
finding_is_of_picture(enum finding_kind kind)
{
	return fields[kind] == photo_field;
}

static int
same(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Two people may say different things of a picture: that is a dispute, and told as
 * one. */
int
finding_contradicts(const struct finding *a, const struct finding *b)
{
	if (a == b || a->student != b->student || !same(a->who, b->who) ||
	    a->role != b->role)
		return 0;
	if (fields[a->kind] == NULL)
		return same(a->matter, b->matter) && a->kind != b->kind;
	if ((a->kind == FINDING_RIGHT) != (b->kind == FINDING_RIGHT))
		return 1;
	return same(fields[a->kind], fields[b->kind]) && (a->kind != b->kind ||
	    a->target != b->target || !same(a->after, b->after));
}

/* ---- one answer ---- */

const char *
findings_keep(struct saying *saying, const char *text)
{
	return pool_text(saying->pool, pool_add(saying->pool, text,
	    strlen(text)));
}

const char *
findings_record(struct saying *saying, long student)
{
	const struct findings *findings = saying->findings;
	struct buf record = BUF_INIT;
	const char *kept;

	buf_addf(&record, "%s-%ld", findings->batch->id,
	    findings->ledger->students[student].n);
	kept = findings_keep(saying, record.data);
	buf_release(&record);
	return kept;
}

struct journal_answer *
findings_say(struct saying *saying, enum journal_kind kind, long student,
    const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	const char *record = findings_record(saying, student);
	struct journal_answer *answer;

	if ((saying->count & (saying->count + 1)) == 0)
		saying->said = xrealloc_array(saying->said,
		    2 * saying->count + 2, sizeof *saying->said);
	answer = &saying->said[saying->count++];
	memset(answer, 0, sizeof *answer);
	answer->kind = kind;
	answer->record = record;
	answer->field = fields[finding->kind];
	answer->reason = finding->reason;
	answer->role = machine_role_name(finding->role);
	answer->who = finding->who;
	answer->file = findings->file;
	answer->file_name = findings->file_name;
	return answer;
}

const char *
findings_picture(const struct findings *findings, long student)
{
	const struct ledger_entry *entry = findings->photos[student].entry;

	return entry != NULL ? entry->sha256 : NULL;
}

long
findings_student(const struct findings *findings, const char *record)
{
	const char *dash = record != NULL ? strrchr(record, '-') : NULL;

	return dash != NULL ? people_of_number(findings->people,
	    strtol(dash + 1, NULL, 10)) : PEOPLE_NOBODY;
}

/* ---- telling ---- */

static void
add_masked(const struct findings *findings, const char *field,
    const char *value, struct buf *out)
{
	int rule = mask_rule_parse(profile_text(findings->profile, "mask",
	    "name"));

	if (value == NULL || *value == '\0')
		buf_adds(out, "?");
	else if (same(field, "name"))
		mask_name(value, rule < 0 ? MASK_FIRST_LAST :
		    (enum mask_rule)rule, out);
	else if (same(field, "id_number"))
		mask_id_last_four(value, out);
	else
		mask_entry_name(value, NULL, out);
}

void
findings_tell_claim(const struct findings *findings,
    const struct finding *finding, const char *field, const char *before,
    const char *after, int accepted)
{
	struct buf old = BUF_INIT, new = BUF_INIT;

	add_masked(findings, field, before, &old);
	add_masked(findings, field, after, &new);
	msg_note("'%s' row %ld: record '%s-%ld', %s: '%s' -> '%s', %s",
	    findings->file_name, finding->row, findings->batch->id,
	    findings->ledger->students[finding->student].n,
	    field, old.data, new.data, accepted ? "accepted" :
	    "held until a roster agrees");
	buf_release(&new);
	buf_release(&old);
}

void
findings_tell(const struct findings *findings, const struct finding *finding,
    const char *what)
{
	msg_note("'%s' row %ld: record '%s-%ld', photo: %s",
	    findings->file_name, finding->row, findings->batch->id,
	    findings->ledger->students[finding->student].n, what);
}

/* ---- claims ---- */

const char *
findings_tidy(struct saying *saying, const char *name, const char *value)
{
	struct buf text = BUF_INIT;
	int field = student_field_parse(name);
	const char *kept;

	if (value == NULL)
		return NULL;
	if (field < 0)
		buf_adds(&text, value);
	else
		student_tidy((enum student_field)field, value, &text);
	kept = text.len > 0 ? findings_keep(saying, text.data) : NULL;
	buf_release(&text);
	return kept;
}

int
findings_is_sound(const char *field, const char *after)
{
	const char *values[STUDENT_FIELD_COUNT] = { NULL };
	struct buf notes = BUF_INIT;
	int sound;

	if (!same(field, "id_number"))
		return 1;
	values[STUDENT_ID_NUMBER] = after;
	student_check_id(values, &notes, &notes);
	sound = notes.len == 0;
	buf_release(&notes);
	return sound;
}

/* Accept at once what is claimed; closes a remark. */
static const char *
accept(struct saying *saying, const struct finding *finding, const char *before,
    const char *after)
{
	struct journal_answer *answer;

	if (finding->kind != FINDING_OTHER && after == NULL)
		return "there is no value to accept: write it in '应改为'";
	if (!findings_is_sound(fields[finding->kind], after))
		return "the ID number does not hold together and is not accepted";
	answer = findings_say(saying, JOURNAL_IDENTITY, finding->student, finding);
	answer->role = machine_role_name(ROLE_OPERATOR);
	answer->before = *before != '\0' ? before : NULL;
	answer->after = finding->kind == FINDING_OTHER ? NULL : after;
	return NULL;
}

static const char *
claim(struct saying *saying, const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	const char *field = fields[finding->kind];
	const char *before = people_text(findings->people, finding->student, field);
	const char *after = findings_tidy(saying, field, finding->after);
	struct journal_answer *answer;
	const char *wrong = NULL;

	if (finding->kind != FINDING_OTHER && after != NULL &&
	    voices_agree(after, before))
		return "the roster says that already";
	answer = findings_say(saying, JOURNAL_CORRECTION, finding->student, finding);
	answer->before = *before != '\0' ? before : NULL;
	answer->after = after;
	if (finding->kind == FINDING_OTHER)
		answer->picture = finding->picture;
	if (findings->accept_identity)
		wrong = accept(saying, finding, before, after);
	findings_tell_claim(findings, finding, field, before, after,
	    findings->accept_identity && wrong == NULL);
	if (wrong != NULL)
		msg_warn("'%s' row %ld: %s", findings->file_name, finding->row, wrong);
	return NULL;
}

/* ---- pictures ---- */

static void
review(struct saying *saying, const struct finding *finding, int pass)
{
	struct journal_answer *answer = findings_say(saying, JOURNAL_REVIEW,
	    finding->student, finding);

	answer->picture = finding->picture;
	answer->before = finding->before;
	answer->after = pass ? "pass" : "reject";
	findings_tell(saying->findings, finding, pass ? "passed by a reviewer" :
	    "to be taken again");
}

static void
confirm(struct saying *saying, const struct finding *finding)
{
	findings_say(saying, JOURNAL_LOCK, finding->student, finding)->picture =
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
own_answers(const struct saying *saying, size_t first)
{
	size_t count = 0;

	while (first + count < saying->count && strcmp(saying->said[first].record,
	    saying->said[first + count].record) == 0)
		count++;
	return count;
}

/* Say it, unless that cannot be as things stand. */
static const char *
take(struct saying *saying, const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	size_t first = saying->count;
	const char *wrong = say_finding(saying, finding), *reason = NULL;

	if (wrong == NULL && saying->count > first &&
	    accept_judge(findings->accept, finding->student, &saying->said[first],
	    own_answers(saying, first), &reason) == ACCEPT_REFUSED)
		wrong = reason;
	if (wrong != NULL)
		saying->count = first;
	return wrong;
}

int
findings_append(const struct findings *findings, size_t *added,
    size_t *refused, struct buf *err)
{
	struct saying saying = { .findings = findings, .pool = pool_new() };
	const char *wrong;
	int result;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		wrong = take(&saying, finding);
		if (wrong == NULL)
			continue;
		msg_warn("'%s' row %ld: %s: '%s'", findings->file_name,
		    finding->row, wrong, finding->word);
		++*refused;
	}
	result = journal_append(findings->batch, saying.said, saying.count, added,
	    err);
	pool_free(saying.pool);
	free(saying.said);
	return result;
}
