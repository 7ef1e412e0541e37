#include "lib/answers/answers.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/accept.h"
#include "lib/answers/answerlist.h"
#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/text.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/batch/token.h"
#include "lib/decision/account.h"
#include "lib/decision/exemption.h"
#include "lib/decision/reasons.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"
#include "lib/profile/profile.h"
#include "lib/roster/answertable.h"

enum { CATEGORY_MAX = 8 };	/* characters of a code */

enum {
	NEEDED = 4,
	STUDENT = ANSWERTABLE_BIT(ANSWERTABLE_TOKEN) | ANSWERTABLE_BIT(ANSWERTABLE_STUDENT)
};

static const unsigned int needed[][NEEDED] = {
	[ANSWERS_LINK] = { ANSWERTABLE_BIT(ANSWERTABLE_TOKEN),
	    ANSWERTABLE_BIT(ANSWERTABLE_TARGET) },
	[ANSWERS_EXEMPTIONS] = { STUDENT,
	    ANSWERTABLE_BIT(ANSWERTABLE_CHECKS), ANSWERTABLE_BIT(ANSWERTABLE_CATEGORY) },
	[ANSWERS_UNLOCK] = { STUDENT }
};

/* One table while it is read. */
struct reading {
	const struct answers *answers;
	struct answertable *table;
	struct people *people;
	struct accept *accept;
	struct answerlist said;
	const char **places;		/* in the file, of each; NULL: refused */
	struct buf word;		/* for which a row is refused, or empty */
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
	const char *text = answertable_text(reading->table, column, &damaged);
	long student;

	student = people_of_token(reading->people, text);
	if (student != PEOPLE_NOBODY)
		return student;
	if (damaged)
		*wrong = "the spreadsheet has lost digits of the number: give "
		    "the student's token";
	else if ((student = people_of_value(reading->people, text)) ==
	    PEOPLE_NOBODY)
		*wrong = "the number belongs to no student, or to several";
	return student;
}

/* The student of a row: the token counts, and the number beside it must not be
 * somebody else's; it may be damaged. */
static long
student_of_row(const struct reading *reading, const char **wrong)
{
	const char *token = answertable_text(reading->table, ANSWERTABLE_TOKEN, NULL);
	const char *value;
	int damaged;
	long student, other;

	if (*token == '\0')
		return student_of_cell(reading, ANSWERTABLE_STUDENT, wrong);
	student = people_of_token(reading->people, token);
	if (student == PEOPLE_NOBODY) {
		*wrong = "the token belongs to no student of this batch";
		return PEOPLE_NOBODY;
	}
	value = answertable_text(reading->table, ANSWERTABLE_STUDENT, &damaged);
	other = *value == '\0' || damaged ? PEOPLE_NOBODY :
	    people_of_value(reading->people, value);
	if (other != PEOPLE_NOBODY && other != student) {
		*wrong = "token and number belong to two students";
		return PEOPLE_NOBODY;
	}
	return student;
}

/* ---- answers ---- */

static struct journal_answer *
say(struct reading *reading, enum journal_kind kind, long student)
{
	const char *who = answertable_text(reading->table, ANSWERTABLE_WHO, NULL);
	struct journal_answer *answer;
	size_t count = reading->said.count;

	if ((count & (count + 1)) == 0)
		reading->places = xrealloc_array(reading->places, 2 * count + 2,
		    sizeof *reading->places);
	reading->places[count] = answerlist_keep(&reading->said,
	    answertable_place(reading->table));
	answer = answerlist_add(&reading->said, kind);
	answer->role = "operator";
	answer->record = answerlist_record(&reading->said, reading->answers->batch,
	    reading->answers->ledger->students[student].n);
	answer->who = answerlist_keep(&reading->said, *who != '\0' ? who :
	    reading->answers->who);
	answer->file = answertable_file(reading->table);
	answer->file_name = answertable_file_name(reading->table);
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

	if (*answertable_text(reading->table, ANSWERTABLE_TARGET, NULL) == '\0')
		return NULL;
	entry = entry_of_number(ledger, number_of(reading,
	    answertable_text(reading->table, ANSWERTABLE_TOKEN, NULL)));
	if (entry == NULL || entry->sha256[0] == '\0')
		return "the token belongs to no photo of this batch";
	student = student_of_cell(reading, ANSWERTABLE_TARGET, &wrong);
	if (student == PEOPLE_NOBODY)
		return wrong;
	photo = &reading->answers->photos[student];
	if (photo->entry != NULL && photo->locked &&
	    strcmp(photo->entry->sha256, entry->sha256) != 0)
		msg_warn("'%s' %s: the student's photo was delivered or "
		    "confirmed: the linked one waits for --unlock",
		    answertable_shown(reading->table),
		    answertable_place(reading->table));
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

/* The word for which the row is refused, and the check that it may mean. */
static void
tell_word(struct reading *reading, const char *word)
{
	buf_clear(&reading->word);
	buf_addc(&reading->word, '\'');
	mask_entry_name(word, people_names(reading->people), &reading->word);
	buf_addc(&reading->word, '\'');
	reasons_suggest(word, reading->answers->profile, &reading->word);
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
	    &reading->said.items[reading->said.count - 1], 1, &reason) ==
	    ACCEPT_REFUSED)
		reading->said.count--;
	return reason;
}

static const char *
take_check(struct reading *reading, long student, const char *check)
{
	struct journal_answer *answer;
	const char *category = answertable_text(reading->table, ANSWERTABLE_CATEGORY, NULL);
	int withdrawn = is_withdrawn(category);

	if (exemption_never(reading->answers->profile, check))
		return "a check that is never waived";
	if (*category == '\0')
		return "no category code is given";
	if (!withdrawn && !is_code(category))
		return "the category is no code of letters and digits";
	answer = say(reading, JOURNAL_EXEMPTION, student);
	answer->field = answerlist_keep(&reading->said, check);
	answer->after = withdrawn ? "withdrawn" : NULL;
	answer->reason = answerlist_keep(&reading->said, withdrawn ? "-" : category);
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
	const char *at = answertable_text(reading->table, ANSWERTABLE_CHECKS, NULL);
	const char *wrong = NULL;
	struct buf item = BUF_INIT, tidy = BUF_INIT;
	long student = student_of_row(reading, &wrong);
	size_t first = reading->said.count;
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
	/* A row that is refused grants nothing. */
	if (wrong != NULL)
		reading->said.count = first;
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
	answer->reason = answerlist_keep(&reading->said,
	    answertable_text(reading->table, ANSWERTABLE_REASON, NULL));
	/* An account may be closed although no photo is locked. */
	account_derive(accept_journal(reading->accept), answer->record, &account);
	return account.state > ACCOUNT_OPEN ? NULL : judge(reading, student);
}

/* ---- the table ---- */

static void
refuse(struct reading *reading, const char *place, const char *wrong)
{
	const char *file = answertable_shown(reading->table);

	if (reading->word.len > 0)
		msg_warn("'%s' %s: %s: %s", file, place, wrong, reading->word.data);
	else
		msg_warn("'%s' %s: %s", file, place, wrong);
	buf_clear(&reading->word);
	reading->refused++;
}

/* Why two links cannot both be meant, or NULL. */
static const char *
contradiction(const struct journal_answer *a, const struct journal_answer *b)
{
	int photo = strcmp(a->picture, b->picture), student = strcmp(a->record, b->record);

	if (photo == 0 && student != 0)
		return "another row gives the same photo to another student";
	if (photo != 0 && student == 0)
		return "another row gives another photo to the same student";
	return NULL;
}

/* All that the row said. */
static void
drop_row(struct reading *reading, const char *place)
{
	for (size_t i = 0; i < reading->said.count; i++)
		if (reading->places[i] == place)
			reading->places[i] = NULL;
}

/* Rows of links that contradict one another: none of them counts. */
static void
refuse_contradictions(struct reading *reading)
{
	struct journal_answer *said = reading->said.items;
	size_t count = reading->said.count, kept = 0;
	const char *place, *wrong;

	for (size_t i = 0; i < count; i++) {
		wrong = NULL;
		for (size_t k = 0; wrong == NULL && k < count; k++)
			if (said[i].kind == JOURNAL_LINK && said[k].kind == JOURNAL_LINK)
				wrong = contradiction(&said[i], &said[k]);
		place = reading->places[i];
		if (wrong == NULL)
			continue;
		refuse(reading, place, wrong);
		drop_row(reading, place);
	}
	for (size_t i = 0; i < count; i++)
		if (reading->places[i] != NULL)
			said[kept++] = said[i];
	reading->said.count = kept;
}

/* A clause why it is refused, or NULL. */
static const char *
take_row(struct reading *reading, enum answers_kind kind)
{
	const char *fault = answertable_fault(reading->table);

	if (fault != NULL)
		return fault;
	if (kind == ANSWERS_LINK)
		return take_link(reading);
	return kind == ANSWERS_EXEMPTIONS ? take_exemption(reading) :
	    take_unlock(reading);
}

static void
read_rows(struct reading *reading, enum answers_kind kind)
{
	const char *wrong;

	while (answertable_next(reading->table)) {
		wrong = take_row(reading, kind);
		if (wrong != NULL)
			refuse(reading, answertable_place(reading->table), wrong);
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
	return journal_append(answers->batch, reading->said.items, reading->said.count,
	    added, err);
}

/* Most lists of students have the one column that this table needs. */
static int
check_sheets(const struct reading *reading, enum answers_kind kind, struct buf *err)
{
	if (kind != ANSWERS_UNLOCK || answertable_sheets(reading->table) == 1)
		return 0;
	buf_addf(err, "'%s' has several sheets with 学号: keep the one that says whom to "
	    "unlock", answertable_shown(reading->table));
	return -1;
}

int
answers_take(const struct answers *answers, enum answers_kind kind,
    const char *path, size_t *refused, struct buf *err)
{
	struct reading reading = { .answers = answers, .word = BUF_INIT };
	size_t added = 0;
	int result;

	reading.table = answertable_read(path, needed[kind], answers->profile, err);
	if (reading.table == NULL)
		return -1;
	reading.people = people_new(answers->ledger, answers->batch->id);
	answerlist_init(&reading.said);
	result = check_sheets(&reading, kind, err);
	if (result == 0)
		result = take_table(&reading, kind, &added, err);
	if (result == 0 && answertable_lists(reading.table) != NULL)
		msg_note("'%s': sheets that are lists of students without answers: %s",
		    answertable_shown(reading.table), answertable_lists(reading.table));
	if (result == 0)
		msg_note("'%s': %zu answers, %zu of them new; %zu rows refused",
		    answertable_shown(reading.table), reading.said.count, added,
		    reading.refused);
	*refused += reading.refused;
	people_free(reading.people);
	answerlist_release(&reading.said);
	answertable_free(reading.table);
	buf_release(&reading.word);
	free(reading.places);
	return result;
}
