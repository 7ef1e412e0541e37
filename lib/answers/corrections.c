#include "lib/answers/corrections.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/answers/findings.h"
#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/record/batch.h"
#include "lib/record/journal.h"
#include "lib/roster/slip.h"

#define COLUMN(column) (1u << (column))

static const struct {
	const char *word;
	enum finding_kind kind;
} words[] = {
	{ "正确", FINDING_RIGHT }, { "无误", FINDING_RIGHT },
	{ "合格", FINDING_PASS }, { "PASS", FINDING_PASS },
	{ "需重拍", FINDING_RETAKE }, { "RETAKE", FINDING_RETAKE },
	{ "REJECT", FINDING_RETAKE },
	{ "照片不是本人", FINDING_NOT_SELF },
	{ "姓名有误", FINDING_NAME }, { "证件号有误", FINDING_ID_NUMBER },
	{ "学号有误", FINDING_STUDENT_NO }, { "其他", FINDING_OTHER }
};

/* One file while it is read. */
struct reading {
	const struct corrections *corrections;
	struct slip *slip;
	struct people *people;
	struct pool *pool;
	struct finding *findings;
	size_t count;
	size_t refused;
	int known;		/* the file was taken before */
};

static const char replaced[] = "the photo was replaced after this answer was "
    "asked for";

static const char *
keep(struct reading *reading, const char *text)
{
	return *text == '\0' ? NULL : pool_text(reading->pool,
	    pool_add(reading->pool, text, strlen(text)));
}

static const char *
text_of(const struct reading *reading, enum slip_column column)
{
	return slip_text(reading->slip, column, NULL);
}

static void
refuse(struct reading *reading, long row, const char *wrong)
{
	msg_warn("'%s' row %ld: %s", slip_file_name(reading->slip), row, wrong);
	reading->refused++;
}

/* ---- whose row ---- */

/* The file as a whole is not to be trusted: -1 with the reason. */
static int
check_reference(const struct reading *reading, long student, struct buf *err)
{
	const char *token = text_of(reading, SLIP_TOKEN);
	const char *batch = reading->corrections->batch->id;
	const char *name = slip_file_name(reading->slip);
	long row = slip_row(reading->slip), other;
	size_t len = strlen(batch);
	int damaged;

	if (student == PEOPLE_NOBODY && (strncmp(token, batch, len) != 0 ||
	    token[len] != '-')) {
		buf_addf(err, "'%s' is of another batch: row %ld refers to '%s'",
		    name, row, token);
		return -1;
	}
	if (student == PEOPLE_NOBODY) {
		buf_addf(err, "'%s' row %ld: the reference '%s' was changed", name,
		    row, token);
		return -1;
	}
	other = people_of_value(reading->people, slip_text(reading->slip,
	    SLIP_STUDENT, &damaged));
	if (damaged || other == PEOPLE_NOBODY || other == student)
		return 0;
	buf_addf(err, "'%s' row %ld: reference and number are two students': one "
	    "of the columns was changed or sorted alone", name, row);
	return -1;
}

/* -1 when the file is refused; *wrong when the row is. */
static int
find_student(const struct reading *reading, long *student, const char **wrong,
    struct buf *err)
{
	const char *token = text_of(reading, SLIP_TOKEN);
	int damaged;
	const char *number = slip_text(reading->slip, SLIP_STUDENT, &damaged);

	if (*token != '\0') {
		*student = people_of_token(reading->people, token);
		return check_reference(reading, *student, err);
	}
	*student = damaged ? PEOPLE_NOBODY : people_of_value(reading->people,
	    number);
	if (damaged)
		*wrong = "the spreadsheet has lost digits of the number, and there "
		    "is no reference";
	else if (*student == PEOPLE_NOBODY)
		*wrong = "the number is no student's, or several students'";
	return 0;
}

/* ---- what it says ---- */

static int
find_kind(const char *word, enum finding_kind *kind)
{
	struct buf folded = BUF_INIT, known = BUF_INIT;
	int found = 0;

	text_fold(word, &folded);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		buf_clear(&known);
		text_fold(words[i].word, &known);
		if (strcmp(known.data, folded.data) == 0) {
			*kind = words[i].kind;
			found = 1;
		}
	}
	buf_release(&known);
	buf_release(&folded);
	return found;
}

/* Whether the answer is about the picture that is the student's now. */
static int
is_present(const struct reading *reading, const char *picture)
{
	const char *token = text_of(reading, SLIP_TOKEN);
	const char *dot = strchr(token, '.');
	const char *seen = text_of(reading, SLIP_PICTURE);

	if (dot != NULL && (picture == NULL ||
	    strncasecmp(dot + 1, picture, strlen(dot + 1)) != 0))
		return 0;
	return *seen == '\0' || (picture != NULL && strcmp(seen, picture) == 0);
}

static const char *
judge_picture(const struct reading *reading, const struct finding *finding)
{
	if (!finding_is_of_picture(finding->kind))
		return NULL;
	if (!is_present(reading, finding->picture))
		return replaced;
	return finding->picture == NULL ? "there is no photo" : NULL;
}

static const char *
read_should_be(struct reading *reading, struct finding *finding)
{
	int damaged;
	const char *text = slip_text(reading->slip, SLIP_SHOULD_BE, &damaged);

	if (damaged)
		return "the spreadsheet has lost digits in '应改为': write it as "
		    "text";
	if (finding->kind != FINDING_NOT_SELF) {
		finding->after = keep(reading, text);
		return NULL;
	}
	if (*text == '\0')
		return NULL;
	finding->target = people_of_token(reading->people, text);
	if (finding->target == PEOPLE_NOBODY)
		finding->target = people_of_value(reading->people, text);
	if (finding->target == PEOPLE_NOBODY)
		return "'应改为' is no student's number, or several students'";
	return finding->target == finding->student ?
	    "'应改为' is the student's own number" : NULL;
}

static const char *
read_finding(struct reading *reading, const char *word,
    struct finding *finding)
{
	const struct join_photo *photo =
	    &reading->corrections->photos[finding->student];
	const char *who = text_of(reading, SLIP_WHO), *wrong;
	int school = *text_of(reading, SLIP_RESULT) != '\0';

	if (!find_kind(word, &finding->kind))
		return "the answer is none of those that the form offers";
	finding->picture = photo->entry != NULL ? photo->entry->sha256 : NULL;
	finding->target = PEOPLE_NOBODY;
	wrong = read_should_be(reading, finding);
	if (wrong == NULL)
		wrong = judge_picture(reading, finding);
	finding->row = slip_row(reading->slip);
	finding->reason = keep(reading, text_of(reading, school ? SLIP_REMARK :
	    SLIP_REASON));
	if (finding->reason == NULL && finding->kind == FINDING_RETAKE)
		finding->reason = keep(reading, school ? text_of(reading,
		    SLIP_SHOULD_BE) : text_of(reading, SLIP_REMARK));
	finding->before = keep(reading, text_of(reading, SLIP_BEFORE));
	finding->who = keep(reading, *who != '\0' ? who :
	    reading->corrections->who);
	return wrong;
}

static void
add(struct reading *reading, const struct finding *finding)
{
	if ((reading->count & (reading->count + 1)) == 0)
		reading->findings = xrealloc_array(reading->findings,
		    2 * reading->count + 2, sizeof *reading->findings);
	reading->findings[reading->count++] = *finding;
}

/* -1 with the reason when the file is refused. */
static int
read_row(struct reading *reading, struct buf *err)
{
	struct finding finding = { .student = PEOPLE_NOBODY };
	const char *wrong = NULL, *word = text_of(reading, SLIP_RESULT);

	if (*word == '\0')
		word = text_of(reading, SLIP_VERDICT);
	if (*text_of(reading, SLIP_TOKEN) == '\0' && *word == '\0')
		return 0;
	if (find_student(reading, &finding.student, &wrong, err) != 0)
		return -1;
	if (*word == '\0' && *text_of(reading, SLIP_SHOULD_BE) == '\0')
		return 0;
	if (wrong == NULL && *word == '\0')
		wrong = "'应改为' is filled in without an answer";
	if (wrong == NULL)
		wrong = read_finding(reading, word, &finding);
	if (wrong == NULL)
		add(reading, &finding);
	else if (wrong != replaced || !reading->known)
		refuse(reading, slip_row(reading->slip), wrong);
	return 0;
}

/* Rows of one student that cannot both be true: neither counts. */
static void
refuse_contradictions(struct reading *reading)
{
	struct finding *findings = reading->findings;
	size_t kept = 0;

	for (size_t i = 0; i < reading->count; i++)
		for (size_t k = 0; k < reading->count; k++)
			if (finding_contradicts(&findings[i], &findings[k])) {
				findings[i].refused = 1;
				break;
			}
	for (size_t i = 0; i < reading->count; i++)
		if (findings[i].refused)
			refuse(reading, findings[i].row, "another row says "
			    "something else about the same student");
		else
			findings[kept++] = findings[i];
	reading->count = kept;
}

/* A file that was taken before has itself replaced what it speaks of. */
static int
is_known(const struct corrections *corrections, const char *file)
{
	struct buf ignored = BUF_INIT;
	struct journal *journal = journal_load(corrections->batch, &ignored);
	size_t count = journal != NULL ? journal_count(journal) : 0;
	int known = 0;

	for (size_t i = 0; i < count && !known; i++) {
		const char *other = journal_at(journal, i)->file;

		known = other != NULL && strcmp(other, file) == 0;
	}
	journal_free(journal);
	buf_release(&ignored);
	return known;
}

static int
open_file(struct reading *reading, const char *path, struct buf *err)
{
	struct buf ignored = BUF_INIT;

	reading->slip = slip_read(path, COLUMN(SLIP_VERDICT), &ignored);
	if (reading->slip == NULL)
		reading->slip = slip_read(path, COLUMN(SLIP_RESULT), err);
	buf_release(&ignored);
	return reading->slip != NULL ? 0 : -1;
}

int
corrections_take(const struct corrections *corrections, const char *path,
    size_t *refused, struct buf *err)
{
	struct reading reading = { .corrections = corrections };
	size_t added = 0;
	int result = -1;

	if (open_file(&reading, path, err) != 0)
		return -1;
	reading.people = people_new(corrections->ledger, corrections->batch->id);
	reading.pool = pool_new();
	reading.known = is_known(corrections, slip_file(reading.slip));
	result = 0;
	while (result == 0 && slip_next(reading.slip))
		result = read_row(&reading, err);
	if (result == 0) {
		refuse_contradictions(&reading);
		result = findings_append(&(struct findings){
		    corrections->batch, corrections->profile, corrections->ledger,
		    reading.people, corrections->photos, reading.findings,
		    reading.count, corrections->accept_identity,
		    slip_file(reading.slip), slip_file_name(reading.slip) },
		    &added, err);
	}
	if (result == 0)
		msg_note("'%s': %zu answers, %zu new lines in the journal; %zu rows "
		    "refused", slip_file_name(reading.slip), reading.count, added,
		    reading.refused);
	*refused += reading.refused;
	people_free(reading.people);
	pool_free(reading.pool);
	slip_free(reading.slip);
	free(reading.findings);
	return result;
}
