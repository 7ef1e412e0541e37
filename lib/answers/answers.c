#include "lib/answers/answers.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/accept.h"
#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/decision/account.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/profile/profile.h"
#include "lib/batch/token.h"
#include "lib/decision/reasons.h"
#include "lib/decision/exemption.h"
#include "lib/roster/answertable.h"

#define COLUMN(column) (1u << (column))

enum { CATEGORY_MAX = 8 };	/* characters of a code */

static const unsigned int needed[] = {
	[ANSWERS_LINK] = COLUMN(ANSWERTABLE_TOKEN) | COLUMN(ANSWERTABLE_TARGET),
	[ANSWERS_EXEMPTIONS] = COLUMN(ANSWERTABLE_STUDENT) | COLUMN(ANSWERTABLE_CHECKS) |
	    COLUMN(ANSWERTABLE_CATEGORY),
	[ANSWERS_UNLOCK] = COLUMN(ANSWERTABLE_STUDENT)
};

/* One table while it is read. */
struct reading {
	const struct answers *answers;
	struct answertable *slip;
	struct people *people;
	struct accept *accept;
	struct pool *pool;		/* texts of the answers */
	struct buf word;		/* for which a row is refused, or empty */
	struct journal_answer *said;
	long *rows;			/* in the file, of each; 0: refused */
	size_t count;
	size_t refused;
};

/* ---- students and entries ---- */

/* The number in a token of this batch, or 0. */
static long
number_of(const struct reading *reading, const char *token)
{
	const char *batch = reading->answers->batch->id;
	struct buf record = BUF_INIT;
	long n = 0;

	if (token_parse(token, batch, &record) == 0)
		n = strtol(record.data + strlen(batch) + 1, NULL, 10);
	buf_release(&record);
	return n;
}

static const struct ledger_entry *
entry_of_number(const struct ledger *ledger, long n)
{
	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++)
			if (n > 0 && ledger->uploads[i].entries[k].n == n)
				return &ledger->uploads[i].entries[k];
	return NULL;
}

/* The student whom a cell names, by token or number. */
static long
student_of_cell(const struct reading *reading, enum answertable_column column,
    const char **wrong)
{
	int damaged;
	const char *text = answertable_text(reading->slip, column, &damaged);
	long student;

	student = people_of_token(reading->people, text);
	if (student != PEOPLE_NOBODY)
		return student;
	if (damaged)
		*wrong = "the spreadsheet has lost digits of the number: give "
		    "the student's token";
	else if ((student = people_of_value(reading->people, text)) ==
	    PEOPLE_NOBODY)
		*wrong = "the number is no student's, or several students'";
	return student;
}

/* The student of a row: the token counts, and the number beside it must not be
 * somebody else's; it may be damaged. */
static long
student_of_row(const struct reading *reading, const char **wrong)
{
	const char *token = answertable_text(reading->slip, ANSWERTABLE_TOKEN, NULL);
	const char *value;
	int damaged;
	long student, other;

	if (*token == '\0')
		return student_of_cell(reading, ANSWERTABLE_STUDENT, wrong);
	student = people_of_token(reading->people, token);
	if (student == PEOPLE_NOBODY) {
		*wrong = "the token is no student's of this batch";
		return PEOPLE_NOBODY;
	}
	value = answertable_text(reading->slip, ANSWERTABLE_STUDENT, &damaged);
	other = *value == '\0' || damaged ? PEOPLE_NOBODY :
	    people_of_value(reading->people, value);
	if (other != PEOPLE_NOBODY && other != student) {
		*wrong = "token and number are two students'";
		return PEOPLE_NOBODY;
	}
	return student;
}

/* ---- answers ---- */

static const char *
keep(struct reading *reading, const char *text)
{
	return *text == '\0' ? NULL : pool_text(reading->pool,
	    pool_add(reading->pool, text, strlen(text)));
}

static struct journal_answer *
say(struct reading *reading, enum journal_kind kind, long student)
{
	const char *who = answertable_text(reading->slip, ANSWERTABLE_WHO, NULL);
	struct journal_answer *answer;
	struct buf record = BUF_INIT;

	if ((reading->count & (reading->count + 1)) == 0) {
		reading->said = xrealloc_array(reading->said,
		    2 * reading->count + 2, sizeof *reading->said);
		reading->rows = xrealloc_array(reading->rows,
		    2 * reading->count + 2, sizeof *reading->rows);
	}
	reading->rows[reading->count] = answertable_row(reading->slip);
	answer = &reading->said[reading->count++];
	memset(answer, 0, sizeof *answer);
	buf_addf(&record, "%s-%ld", reading->answers->batch->id,
	    reading->answers->ledger->students[student].n);
	answer->kind = kind;
	answer->role = "operator";
	answer->record = keep(reading, record.data);
	answer->who = keep(reading, *who != '\0' ? who :
	    reading->answers->who);
	answer->file = answertable_file(reading->slip);
	answer->file_name = answertable_file_name(reading->slip);
	buf_release(&record);
	return answer;
}

/* Whose photo it is now, when it is another person's: it is not theirs. */
static void
take_from(struct reading *reading, const char *picture, long student)
{
	const struct answers *answers = reading->answers;
	const char *id = people_text(reading->people, student, "id_number");
	size_t count = answers->ledger->student_count;

	for (size_t i = 0; i < count; i++) {
		const struct ledger_entry *entry = answers->photos[i].entry;
		struct journal_answer *answer;

		/* What a person linked, only that person's own word takes back. */
		if (entry == NULL || (long)i == student ||
		    answers->photos[i].by == MATCH_PERSON ||
		    strcmp(entry->sha256, picture) != 0 || (*id != '\0' &&
		    strcmp(people_text(reading->people, (long)i, "id_number"),
		    id) == 0))
			continue;
		answer = say(reading, JOURNAL_UNLINK, (long)i);
		answer->field = "photo";
		answer->picture = picture;
		answer->before = picture;
	}
}

static const char *
take_link(struct reading *reading)
{
	const struct ledger *ledger = reading->answers->ledger;
	const struct join_photo *photo;
	const struct ledger_entry *entry;
	struct journal_answer *answer;
	const char *wrong = NULL;
	long student;

	if (*answertable_text(reading->slip, ANSWERTABLE_TARGET, NULL) == '\0')
		return NULL;
	entry = entry_of_number(ledger, number_of(reading,
	    answertable_text(reading->slip, ANSWERTABLE_TOKEN, NULL)));
	if (entry == NULL || entry->sha256[0] == '\0')
		return "the token is no photo's of this batch";
	student = student_of_cell(reading, ANSWERTABLE_TARGET, &wrong);
	if (student == PEOPLE_NOBODY)
		return wrong;
	photo = &reading->answers->photos[student];
	if (photo->entry != NULL && photo->locked &&
	    strcmp(photo->entry->sha256, entry->sha256) != 0)
		msg_warn("'%s' row %ld: the student's photo was delivered or "
		    "confirmed: the linked one waits for --unlock",
		    answertable_file_name(reading->slip), answertable_row(reading->slip));
	take_from(reading, entry->sha256, student);
	answer = say(reading, JOURNAL_LINK, student);
	answer->field = "photo";
	answer->picture = entry->sha256;
	answer->before = entry->match.said[0] != NULL ? JOIN_CONFLICT :
	    photo->entry != NULL ? photo->entry->sha256 : NULL;
	answer->after = entry->sha256;
	return NULL;
}

/* Nothing about a student's health is kept, so no words. */
static int
is_code(const char *category)
{
	return strlen(category) <= CATEGORY_MAX && category[strspn(category,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")] ==
	    '\0';
}

/* The word for which the row is refused. */
static void
tell_word(struct reading *reading, const char *word)
{
	buf_clear(&reading->word);
	mask_entry_name(word, NULL, &reading->word);
}

/* A category that ends an exemption. */
static int
is_withdrawn(const char *category)
{
	return strcmp(category, "撤销") == 0 || strcmp(category, "WITHDRAW") == 0 ||
	    strcmp(category, "withdraw") == 0;
}

/* Say it, unless that cannot be as things stand. */
static const char *
judge(struct reading *reading, long student)
{
	const char *reason = NULL;

	if (accept_judge(reading->accept, student,
	    &reading->said[reading->count - 1], 1, &reason) == ACCEPT_REFUSED)
		reading->count--;
	return reason;
}

static const char *
take_check(struct reading *reading, long student, const char *check)
{
	struct journal_answer *answer;
	const char *category = answertable_text(reading->slip, ANSWERTABLE_CATEGORY, NULL);
	int withdrawn = is_withdrawn(category);

	if (exemption_never(reading->answers->profile, check))
		return "a check that is never waived";
	if (*category == '\0')
		return "no category code is given";
	if (!withdrawn && !is_code(category))
		return "the category is no code of letters and digits";
	answer = say(reading, JOURNAL_EXEMPTION, student);
	answer->field = keep(reading, check);
	answer->after = withdrawn ? "withdrawn" : NULL;
	answer->reason = keep(reading, withdrawn ? "-" : category);
	return judge(reading, student);
}

/* Bytes of what parts the checks of a list. */
static size_t
list_mark(const char *text)
{
	static const char *const marks[] = { "、", "，", "；", ",", ";", "\n", "/" };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* One item: an id, or a name in Chinese or English. */
static const char *
take_item(struct reading *reading, long student, const char *item)
{
	const struct profile *profile = reading->answers->profile;
	const char *id = profile_has_check(profile, item) ? item :
	    reasons_id(item);

	if (id == NULL || !profile_has_check(profile, id))
		return "a check that the profile does not have";
	return take_check(reading, student, id);
}

static const char *
take_exemption(struct reading *reading)
{
	const char *at = answertable_text(reading->slip, ANSWERTABLE_CHECKS, NULL);
	const char *wrong = NULL;
	struct buf item = BUF_INIT, tidy = BUF_INIT;
	long student = student_of_row(reading, &wrong);
	int any = 0;

	while (wrong == NULL && student != PEOPLE_NOBODY && *at != '\0') {
		buf_clear(&item);
		buf_clear(&tidy);
		for (; *at != '\0' && list_mark(at) == 0; at++)
			buf_addc(&item, *at);
		at += list_mark(at);
		text_tidy(item.data, &tidy);
		if (tidy.len == 0)
			continue;
		any = 1;
		wrong = take_item(reading, student, tidy.data);
		if (wrong != NULL)
			tell_word(reading, tidy.data);
	}
	if (student != PEOPLE_NOBODY && wrong == NULL && !any)
		wrong = "no check is named";
	buf_release(&item);
	buf_release(&tidy);
	return wrong;
}

static const char *
take_unlock(struct reading *reading)
{
	const char *wrong = NULL;
	struct journal_answer *answer;
	struct account account;
	long student = student_of_row(reading, &wrong);

	if (student == PEOPLE_NOBODY)
		return wrong;
	answer = say(reading, JOURNAL_UNLOCK, student);
	answer->reason = keep(reading,
	    answertable_text(reading->slip, ANSWERTABLE_REASON, NULL));
	/* An account may be closed although no photo is locked. */
	account_derive(accept_journal(reading->accept), answer->record, &account);
	return account.state > ACCOUNT_OPEN ? NULL : judge(reading, student);
}

/* ---- the table ---- */

static void
refuse(struct reading *reading, long row, const char *wrong)
{
	if (reading->word.len > 0)
		msg_warn("'%s' row %ld: %s: '%s'", answertable_file_name(reading->slip),
		    row, wrong, reading->word.data);
	else
		msg_warn("'%s' row %ld: %s", answertable_file_name(reading->slip), row,
		    wrong);
	buf_clear(&reading->word);
	reading->refused++;
}

/* Rows that give one picture to two students: neither counts. */
static void
refuse_contradictions(struct reading *reading)
{
	static const char wrong[] = "another row gives the same photo to "
	    "another student";
	struct journal_answer *said = reading->said;
	size_t kept = 0;

	for (size_t i = 0; i < reading->count; i++)
		for (size_t k = 0; k < reading->count; k++)
			if (said[i].kind == JOURNAL_LINK &&
			    said[k].kind == JOURNAL_LINK &&
			    strcmp(said[i].picture, said[k].picture) == 0 &&
			    strcmp(said[i].record, said[k].record) != 0) {
				refuse(reading, reading->rows[i], wrong);
				reading->rows[i] = 0;
				break;
			}
	for (size_t i = 0; i < reading->count; i++)
		if (reading->rows[i] != 0)
			said[kept++] = said[i];
	reading->count = kept;
}

static void
read_rows(struct reading *reading, enum answers_kind kind)
{
	const char *wrong;

	while (answertable_next(reading->slip)) {
		if (answertable_lacks_value(reading->slip))
			wrong = answertable_no_value;
		else if (kind == ANSWERS_LINK)
			wrong = take_link(reading);
		else if (kind == ANSWERS_EXEMPTIONS)
			wrong = take_exemption(reading);
		else
			wrong = take_unlock(reading);
		if (wrong != NULL)
			refuse(reading, answertable_row(reading->slip), wrong);
	}
	refuse_contradictions(reading);
}

static int
take_table(struct reading *reading, enum answers_kind kind, size_t *added,
    struct buf *err)
{
	const struct answers *answers = reading->answers;
	struct accept_setup setup = { answers->batch, answers->profile,
	    answers->ledger, reading->people, answers->photos };

	reading->accept = accept_new(&setup, err);
	if (reading->accept == NULL)
		return -1;
	read_rows(reading, kind);
	accept_free(reading->accept);
	return journal_append(answers->batch, reading->said, reading->count, added,
	    err);
}

int
answers_take(const struct answers *answers, enum answers_kind kind,
    const char *path, size_t *refused, struct buf *err)
{
	struct reading reading = { .answers = answers, .word = BUF_INIT };
	size_t added = 0;
	int result;

	reading.slip = answertable_read(path, needed[kind], answers->profile, err);
	if (reading.slip == NULL)
		return -1;
	reading.people = people_new(answers->ledger, answers->batch->id);
	reading.pool = pool_new();
	result = take_table(&reading, kind, &added, err);
	if (result == 0)
		msg_note("'%s': %zu answers, %zu of them new; %zu rows refused",
		    answertable_file_name(reading.slip), reading.count, added,
		    reading.refused);
	*refused += reading.refused;
	people_free(reading.people);
	pool_free(reading.pool);
	answertable_free(reading.slip);
	buf_release(&reading.word);
	free(reading.said);
	free(reading.rows);
	return result;
}
