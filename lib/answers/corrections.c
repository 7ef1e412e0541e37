#include "lib/answers/corrections.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/answers/accept.h"
#include "lib/answers/finding.h"
#include "lib/answers/findings.h"
#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/pool.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/roster/answertable.h"

/* One file while it is read. */
struct reading {
	const struct corrections *corrections;
	struct answertable *table;
	struct people *people;
	struct pool *pool;
	struct finding *findings;
	size_t count;
	long rows;		/* so far */
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
text_of(const struct reading *reading, enum answertable_column column)
{
	return answertable_text(reading->table, column, NULL);
}

static void
refuse(struct reading *reading, const char *wrong)
{
	msg_warn("'%s' %s: %s", answertable_shown(reading->table),
	    answertable_place(reading->table), wrong);
	reading->refused++;
}

/* The word is quoted: whoever gets the message looks for it in the file. */
static void
refuse_word(struct reading *reading, const char *place, const char *word,
    const char *wrong)
{
	struct buf shown = BUF_INIT;

	mask_entry_name(word, people_names(reading->people), &shown);
	msg_warn("'%s' %s: %s: '%s'", answertable_shown(reading->table), place,
	    wrong, shown.data);
	reading->refused++;
	buf_release(&shown);
}

/* ---- whose row ---- */

/* Whether it looks like a token: people also write a number or a name there, which no
 * message shows. */
static int
is_reference(const char *text)
{
	return strchr(text, '-') != NULL && text[strspn(text,
	    "0123456789abcdefghijklmnopqrstuvwxyz-.")] == '\0';
}

static void
refuse_reference(const struct reading *reading, struct buf *err)
{
	const char *token = text_of(reading, ANSWERTABLE_TOKEN);
	const char *batch = reading->corrections->batch->id;
	const char *name = answertable_shown(reading->table);
	const char *place = answertable_place(reading->table);
	size_t len = strlen(batch);
	struct buf shown = BUF_INIT;

	mask_entry_name(token, NULL, &shown);
	if (!is_reference(token))
		buf_addf(err, "'%s' %s: what stands in 标识 is no reference", name, place);
	else if (strncmp(token, batch, len) == 0 && token[len] == '-')
		buf_addf(err, "'%s' %s: the reference '%s' was changed", name, place,
		    shown.data);
	else
		buf_addf(err, "'%s' is of another batch: %s refers to '%s'", name, place,
		    shown.data);
	buf_release(&shown);
}

/* The file as a whole is not to be trusted: -1 with the reason. */
static int
check_reference(const struct reading *reading, long student, struct buf *err)
{
	const char *name = answertable_shown(reading->table);
	const char *place = answertable_place(reading->table);
	int damaged;
	long other;

	if (student == PEOPLE_NOBODY) {
		refuse_reference(reading, err);
		return -1;
	}
	other = people_of_value(reading->people, answertable_text(reading->table,
	    ANSWERTABLE_STUDENT, &damaged));
	if (damaged || other == PEOPLE_NOBODY || other == student)
		return 0;
	buf_addf(err, "'%s' %s: reference and number belong to two students: one "
	    "of the columns was changed or sorted alone", name, place);
	return -1;
}

/* -1 when the file is refused; *wrong when the row is. */
static int
find_student(const struct reading *reading, long *student, const char **wrong,
    struct buf *err)
{
	const char *token = text_of(reading, ANSWERTABLE_TOKEN);
	int damaged;
	const char *number = answertable_text(reading->table, ANSWERTABLE_STUDENT, &damaged);

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
		*wrong = "the number belongs to no student, or to several";
	return 0;
}

/* ---- what it says ---- */

/* The columns in which people answer, and whose they are. */
static const struct {
	enum answertable_column column;
	enum role role;
	const char *heading;
} columns[] = {
	{ ANSWERTABLE_RESULT, ROLE_SCHOOL, "校对结果" },
	{ ANSWERTABLE_VERDICT, ROLE_REVIEWER, "审核结果" },
	{ ANSWERTABLE_SETTLE, ROLE_OPERATOR, "处理结果" }
};

enum { ANSWER_COLUMNS = sizeof columns / sizeof columns[0] };

/* The word of the row and whose it is; a clause when there are several. */
static const char *
find_word(const struct reading *reading, const char **word, enum role *role)
{
	int found = 0;

	*word = "";
	for (size_t i = 0; i < ANSWER_COLUMNS; i++) {
		const char *text = text_of(reading, columns[i].column);

		if (*text == '\0')
			continue;
		*word = text;
		*role = columns[i].role;
		found++;
	}
	return found > 1 ? "it is answered in two columns" : NULL;
}

static const char *
judge_word(const char *word, enum role role, enum finding_kind *kind)
{
	unsigned int roles;

	if (!finding_parse(word, kind, &roles))
		return "the answer is none of those that the form offers";
	if ((roles & 1u << role) != 0)
		return NULL;
	if (role == ROLE_SCHOOL)
		return "a school cannot give that answer";
	return role == ROLE_REVIEWER ? "a reviewer cannot give that answer" :
	    "the operator cannot give that answer";
}

/* Whether the answer is about the picture that is the student's now. */
static int
is_present(const struct reading *reading, const char *picture)
{
	const char *token = text_of(reading, ANSWERTABLE_TOKEN);
	const char *dot = strchr(token, '.');
	const char *seen = text_of(reading, ANSWERTABLE_PICTURE);

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
	const char *text = answertable_text(reading->table, ANSWERTABLE_SHOULD_BE, &damaged);

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
		return "'应改为' is the number of no student, or of several";
	return finding->target == finding->student ?
	    "'应改为' is the student's own number" : NULL;
}

static const char *
read_reason(struct reading *reading, const struct finding *finding)
{
	int school = finding->role == ROLE_SCHOOL;
	const char *text = text_of(reading, school ? ANSWERTABLE_REMARK : ANSWERTABLE_REASON);

	if (*text == '\0' && !school)
		text = text_of(reading, ANSWERTABLE_REMARK);
	if (*text == '\0' && school && finding->kind == FINDING_RETAKE)
		text = text_of(reading, ANSWERTABLE_SHOULD_BE);
	return keep(reading, text);
}

static const char *
read_finding(struct reading *reading, const char *word,
    struct finding *finding)
{
	const struct join_photo *photo =
	    &reading->corrections->photos[finding->student];
	const char *who = text_of(reading, ANSWERTABLE_WHO), *wrong;

	wrong = judge_word(word, finding->role, &finding->kind);
	if (wrong != NULL)
		return wrong;
	if (finding->kind == FINDING_RIGHT &&
	    *text_of(reading, ANSWERTABLE_SHOULD_BE) != '\0')
		return "'应改为' is filled in although the answer is that all is right";
	finding->word = keep(reading, word);
	finding->picture = photo->entry != NULL ? photo->entry->sha256 : NULL;
	finding->target = PEOPLE_NOBODY;
	wrong = read_should_be(reading, finding);
	if (wrong == NULL)
		wrong = judge_picture(reading, finding);
	finding->row = reading->rows;
	finding->place = keep(reading, answertable_place(reading->table));
	finding->reason = read_reason(reading, finding);
	finding->matter = keep(reading, text_of(reading, ANSWERTABLE_MATTER));
	finding->before = keep(reading, text_of(reading, ANSWERTABLE_BEFORE));
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

/* What is filled in beside an answer that is not there. */
static const char *
judge_blank(const struct reading *reading)
{
	if (*text_of(reading, ANSWERTABLE_SHOULD_BE) != '\0')
		return "'应改为' is filled in without an answer";
	return *text_of(reading, ANSWERTABLE_REMARK) != '\0' ?
	    "'说明' is filled in without an answer" : NULL;
}

/* -1 with the reason when the file is refused. */
static int
read_row(struct reading *reading, struct buf *err)
{
	struct finding finding = { .student = PEOPLE_NOBODY };
	const char *wrong = answertable_fault(reading->table), *word, *two;

	reading->rows++;
	if (wrong != NULL) {
		refuse(reading, wrong);
		return 0;
	}
	two = find_word(reading, &word, &finding.role);
	if ((*word != '\0' || *text_of(reading, ANSWERTABLE_TOKEN) != '\0') &&
	    find_student(reading, &finding.student, &wrong, err) != 0)
		return -1;
	if (*word == '\0') {
		wrong = judge_blank(reading);
		if (wrong != NULL)
			refuse(reading, wrong);
		return 0;
	}
	if (wrong == NULL)
		wrong = two;
	if (wrong == NULL)
		wrong = read_finding(reading, word, &finding);
	if (wrong == NULL)
		add(reading, &finding);
	else if (wrong != replaced || !reading->known)
		refuse_word(reading, answertable_place(reading->table), word, wrong);
	return 0;
}

static int
by_student(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	if (a->student != b->student)
		return a->student < b->student ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static int
by_row(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	return (a->row > b->row) - (a->row < b->row);
}

/* Rows of one student that cannot both be true: neither counts. */
static void
refuse_contradictions(struct reading *reading)
{
	struct finding *findings = reading->findings;
	size_t kept = 0, count = reading->count;

	if (count == 0)
		return;
	mem_sort(findings, count, sizeof *findings, by_student);
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count &&
		    findings[k].student == findings[i].student; k++)
			if (finding_contradicts(&findings[i], &findings[k]))
				findings[i].refused = findings[k].refused = 1;
	mem_sort(findings, count, sizeof *findings, by_row);
	for (size_t i = 0; i < count; i++)
		if (findings[i].refused)
			refuse_word(reading, findings[i].place, findings[i].word,
			    "another row has a different answer about the "
			    "same student");
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

/* All sheets in which people answer. */
static int
open_file(struct reading *reading, const char *path, struct buf *err)
{
	unsigned int needed[] = { ANSWERTABLE_BIT(ANSWERTABLE_TOKEN) |
	    ANSWERTABLE_BIT(ANSWERTABLE_STUDENT), 0, 0 };

	for (size_t i = 0; i < ANSWER_COLUMNS; i++)
		needed[1] |= ANSWERTABLE_BIT(columns[i].column);
	reading->table = answertable_read(path, needed, reading->corrections->profile,
	    err);
	return reading->table != NULL ? 0 : -1;
}

static int
append(struct reading *reading, size_t *added, struct buf *err)
{
	const struct corrections *corrections = reading->corrections;
	struct accept_setup setup = { corrections->batch, corrections->profile,
	    corrections->ledger, reading->people, corrections->photos };
	struct accept *accept = accept_new(&setup, err);
	struct findings findings = { corrections->batch, corrections->profile,
	    corrections->ledger, reading->people, corrections->photos, accept,
	    reading->findings, reading->count, corrections->accept_identity,
	    answertable_file(reading->table), answertable_file_name(reading->table),
	    answertable_shown(reading->table) };
	int result = -1;

	if (accept != NULL)
		result = findings_append(&findings, added, &reading->refused, err);
	accept_free(accept);
	return result;
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
	reading.known = is_known(corrections, answertable_file(reading.table));
	result = 0;
	while (result == 0 && answertable_next(reading.table))
		result = read_row(&reading, err);
	if (result == 0) {
		refuse_contradictions(&reading);
		result = append(&reading, &added, err);
	}
	if (result == 0 && answertable_lists(reading.table) != NULL)
		msg_note("'%s': sheets that are lists of students without answers: %s",
		    answertable_shown(reading.table), answertable_lists(reading.table));
	if (result == 0)
		msg_note("'%s': %zu answers, %zu new lines in the journal; %zu rows "
		    "refused", answertable_shown(reading.table), reading.count, added,
		    reading.refused);
	*refused += reading.refused;
	people_free(reading.people);
	pool_free(reading.pool);
	answertable_free(reading.table);
	free(reading.findings);
	return result;
}
