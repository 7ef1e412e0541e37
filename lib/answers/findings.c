#include "lib/answers/findings.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/pool.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/record/batch.h"
#include "lib/record/journal.h"
#include "lib/record/profile.h"
#include "lib/roster/student.h"

static const char photo_field[] = "photo";

/* The member of student that a finding is about, or what stands for it. */
static const char *const fields[] = {
	[FINDING_RIGHT] = photo_field, [FINDING_PASS] = photo_field,
	[FINDING_RETAKE] = photo_field, [FINDING_NOT_SELF] = photo_field,
	[FINDING_NAME] = "name", [FINDING_ID_NUMBER] = "id_number",
	[FINDING_STUDENT_NO] = "student_no", [FINDING_OTHER] = "other"
};

/* The answers while they are made. */
struct saying {
	const struct findings *findings;
	struct pool *pool;
	struct journal_answer *said;
	size_t count;
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

int
finding_contradicts(const struct finding *a, const struct finding *b)
{
	if (a == b || a->student != b->student ||
	    !same(fields[a->kind], fields[b->kind]))
		return 0;
	return a->kind != b->kind || a->target != b->target ||
	    !same(a->after, b->after);
}

/* ---- one answer ---- */

static const char *
keep(struct saying *saying, const char *text)
{
	return pool_text(saying->pool, pool_add(saying->pool, text,
	    strlen(text)));
}

static struct journal_answer *
say(struct saying *saying, enum journal_kind kind, long student,
    const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	struct journal_answer *answer;
	struct buf record = BUF_INIT;

	if ((saying->count & (saying->count + 1)) == 0)
		saying->said = xrealloc_array(saying->said,
		    2 * saying->count + 2, sizeof *saying->said);
	answer = &saying->said[saying->count++];
	memset(answer, 0, sizeof *answer);
	buf_addf(&record, "%s-%ld", findings->batch->id,
	    findings->ledger->students[student].n);
	answer->kind = kind;
	answer->record = keep(saying, record.data);
	answer->field = fields[finding->kind];
	answer->reason = finding->reason;
	answer->who = finding->who;
	answer->file = findings->file;
	answer->file_name = findings->file_name;
	buf_release(&record);
	return answer;
}

static const char *
picture_of(const struct findings *findings, long student)
{
	const struct ledger_entry *entry = findings->photos[student].entry;

	return entry != NULL ? entry->sha256 : NULL;
}

/* ---- telling ---- */

static void
add_masked(const struct findings *findings, enum finding_kind kind,
    const char *value, struct buf *out)
{
	int rule = mask_rule_parse(profile_text(findings->profile, "mask",
	    "name"));

	if (value == NULL || *value == '\0')
		buf_adds(out, "?");
	else if (kind == FINDING_NAME)
		mask_name(value, rule < 0 ? MASK_FIRST_LAST :
		    (enum mask_rule)rule, out);
	else if (kind == FINDING_ID_NUMBER)
		mask_id_last_four(value, out);
	else
		mask_entry_name(value, NULL, out);
}

static void
tell_claim(const struct findings *findings, const struct finding *finding,
    const char *before, const char *after, int accepted)
{
	struct buf old = BUF_INIT, new = BUF_INIT;

	add_masked(findings, finding->kind, before, &old);
	add_masked(findings, finding->kind, after, &new);
	msg_note("'%s' row %ld: record '%s-%ld', %s: '%s' -> '%s', %s",
	    findings->file_name, finding->row, findings->batch->id,
	    findings->ledger->students[finding->student].n,
	    fields[finding->kind], old.data, new.data, accepted ? "accepted" :
	    "held until a roster agrees");
	buf_release(&new);
	buf_release(&old);
}

static void
tell_photo(const struct findings *findings, const struct finding *finding,
    const char *what)
{
	msg_note("'%s' row %ld: record '%s-%ld', photo: %s",
	    findings->file_name, finding->row, findings->batch->id,
	    findings->ledger->students[finding->student].n, what);
}

/* ---- claims ---- */

static const char *
tidy(struct saying *saying, const struct finding *finding)
{
	struct buf text = BUF_INIT;
	int field = student_field_parse(fields[finding->kind]);
	const char *kept;

	if (finding->after == NULL)
		return NULL;
	if (field < 0)
		buf_adds(&text, finding->after);
	else
		student_tidy((enum student_field)field, finding->after, &text);
	kept = text.len > 0 ? keep(saying, text.data) : NULL;
	buf_release(&text);
	return kept;
}

/* An ID number that does not hold together is a claim, but not one to accept. */
static int
is_sound(const struct finding *finding, const char *after)
{
	const char *values[STUDENT_FIELD_COUNT] = { NULL };
	struct buf notes = BUF_INIT;
	int sound;

	if (finding->kind != FINDING_ID_NUMBER)
		return 1;
	values[STUDENT_ID_NUMBER] = after;
	student_check_id(values, &notes);
	sound = notes.len == 0;
	buf_release(&notes);
	return sound;
}

static void
claim(struct saying *saying, const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	const char *before = people_text(findings->people, finding->student,
	    fields[finding->kind]);
	const char *after = tidy(saying, finding);
	int accept = findings->accept_identity && after != NULL &&
	    finding->kind != FINDING_OTHER;
	struct journal_answer *answer;

	if (accept && !is_sound(finding, after)) {
		msg_warn("'%s' row %ld: the ID number does not hold together and "
		    "is not accepted", findings->file_name, finding->row);
		accept = 0;
	}
	answer = say(saying, JOURNAL_CORRECTION, finding->student, finding);
	answer->before = *before != '\0' ? before : NULL;
	answer->after = after;
	if (accept) {
		answer = say(saying, JOURNAL_IDENTITY, finding->student, finding);
		answer->before = *before != '\0' ? before : NULL;
		answer->after = after;
	}
	tell_claim(findings, finding, before, after, accept);
}

/* ---- pictures ---- */

static void
review(struct saying *saying, const struct finding *finding, int pass)
{
	struct journal_answer *answer = say(saying, JOURNAL_REVIEW,
	    finding->student, finding);

	answer->picture = finding->picture;
	answer->before = finding->before;
	answer->after = pass ? "pass" : "reject";
	tell_photo(saying->findings, finding, pass ? "passed by a reviewer" :
	    "to be taken again");
}

static const struct finding *
not_self(const struct findings *findings, long student)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].kind == FINDING_NOT_SELF &&
		    findings->items[i].student == student)
			return &findings->items[i];
	return NULL;
}

/* Whether the photos named one after the other lead back to this one. */
static int
is_circle(const struct findings *findings, const struct finding *first)
{
	const struct finding *finding = first;

	for (size_t steps = 0; steps <= findings->count; steps++) {
		if (finding == NULL || finding->target < 0)
			return 0;
		finding = not_self(findings, finding->target);
		if (finding == first)
			return 1;
	}
	return 0;
}

static void
hold(struct saying *saying, const struct finding *finding, long student)
{
	struct journal_answer *answer = say(saying, JOURNAL_CORRECTION, student,
	    finding);

	answer->before = picture_of(saying->findings, student);
}

static void
exchange(struct saying *saying, const struct finding *finding)
{
	struct journal_answer *answer;

	if (is_circle(saying->findings, finding)) {
		answer = say(saying, JOURNAL_LINK, finding->target, finding);
		answer->picture = finding->picture;
		answer->before = picture_of(saying->findings, finding->target);
		answer->after = finding->picture;
		tell_photo(saying->findings, finding, "exchanged");
		return;
	}
	answer = say(saying, JOURNAL_UNLINK, finding->student, finding);
	answer->picture = finding->picture;
	answer->before = finding->picture;
	hold(saying, finding, finding->student);
	if (finding->target >= 0)
		hold(saying, finding, finding->target);
	tell_photo(saying->findings, finding, "not the student's, held");
}

static void
confirm(struct saying *saying, const struct finding *finding)
{
	struct journal_answer *answer = say(saying, JOURNAL_LOCK,
	    finding->student, finding);

	answer->picture = finding->picture;
}

int
findings_append(const struct findings *findings, size_t *added,
    struct buf *err)
{
	struct saying saying = { .findings = findings, .pool = pool_new() };
	int result;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		if (finding->kind == FINDING_RIGHT)
			confirm(&saying, finding);
		else if (finding->kind == FINDING_NOT_SELF)
			exchange(&saying, finding);
		else if (finding->kind == FINDING_PASS ||
		    finding->kind == FINDING_RETAKE)
			review(&saying, finding,
			    finding->kind == FINDING_PASS);
		else
			claim(&saying, finding);
	}
	result = journal_append(findings->batch, saying.said, saying.count, added,
	    err);
	pool_free(saying.pool);
	free(saying.said);
	return result;
}
