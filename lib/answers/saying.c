#include "lib/answers/saying.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/finding.h"
#include "lib/answers/findings.h"
#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/batch/batch.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/profile/profile.h"
#include "lib/roster/student.h"

/* ---- one answer ---- */

const char *
saying_record(struct saying *saying, long student)
{
	const struct findings *findings = saying->findings;

	return answerlist_record(&saying->said, findings->batch,
	    findings->ledger->students[student].n);
}

struct journal_answer *
saying_add(struct saying *saying, enum journal_kind kind, long student,
    const struct finding *finding)
{
	const struct findings *findings = saying->findings;
	struct journal_answer *answer = answerlist_add(&saying->said, kind);

	answer->record = saying_record(saying, student);
	answer->field = finding_field(finding->kind);
	answer->reason = finding->reason;
	answer->role = machine_role_name(finding->role);
	answer->who = finding->who;
	answer->file = findings->file;
	answer->file_name = findings->file_name;
	return answer;
}

const char *
saying_picture(const struct findings *findings, long student)
{
	const struct ledger_entry *entry = findings->photos[student].entry;

	return entry != NULL ? entry->sha256 : NULL;
}

long
saying_student(const struct findings *findings, const char *record)
{
	const char *dash = record != NULL ? strrchr(record, '-') : NULL;

	return dash != NULL ? people_of_number(findings->people,
	    strtol(dash + 1, NULL, 10)) : PEOPLE_NOBODY;
}

/* ---- notes ---- */

const char saying_accepted[] = "accepted";

static void
add_masked(const struct findings *findings, const char *field,
    const char *value, struct buf *out)
{
	if (value == NULL || *value == '\0')
		buf_adds(out, "?");
	else if (strcmp(field, "name") == 0)
		profile_add_name(findings->profile, value, 0, out);
	else if (strcmp(field, "id_number") == 0)
		mask_id_last_four(value, out);
	else
		mask_entry_name(value, NULL, out);
}

void
saying_note_claim(struct saying *saying, const struct finding *finding,
    const char *field, const char *before, const char *after, const char *what)
{
	const struct findings *findings = saying->findings;
	struct buf old = BUF_INIT, new = BUF_INIT;

	add_masked(findings, field, before, &old);
	add_masked(findings, field, after, &new);
	buf_clear(&saying->note);
	buf_addf(&saying->note, "'%s' %s: record '%s-%ld', %s: '%s' -> '%s', %s",
	    findings->shown, finding->place, findings->batch->id,
	    findings->ledger->students[finding->student].n,
	    field, old.data, new.data, what);
	buf_release(&new);
	buf_release(&old);
}

void
saying_note(struct saying *saying, const struct finding *finding, const char *what)
{
	const struct findings *findings = saying->findings;

	buf_clear(&saying->note);
	buf_addf(&saying->note, "'%s' %s: record '%s-%ld', photo: %s",
	    findings->shown, finding->place, findings->batch->id,
	    findings->ledger->students[finding->student].n, what);
}

/* ---- claims ---- */

const char *
saying_tidy(struct saying *saying, const char *name, const char *value)
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
	kept = answerlist_keep(&saying->said, text.data);
	buf_release(&text);
	return kept;
}

int
saying_is_sound(const char *field, const char *after)
{
	const char *values[STUDENT_FIELD_COUNT] = { NULL };
	struct buf notes = BUF_INIT;
	int sound;

	if (strcmp(field, "id_number") != 0)
		return 1;
	values[STUDENT_ID_NUMBER] = after;
	student_check_id(values, &notes, &notes);
	sound = notes.len == 0;
	buf_release(&notes);
	return sound;
}
