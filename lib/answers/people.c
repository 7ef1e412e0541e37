#include "lib/answers/people.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/token.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"

struct people {
	const struct ledger *ledger;
	const char *batch;
	struct match_index *index;
	struct node **students;
	long *by_number;	/* of records: student + 1 */
	long numbers;
	unsigned char *taken;
	const char **names;	/* of those who have one */
};

static void
list_names(struct people *people)
{
	size_t count = people->ledger->student_count, named = 0;
	const char *name;

	people->names = xcalloc(count + 1, sizeof *people->names);
	for (size_t i = 0; i < count; i++) {
		name = node_text(people->students[i], "name");
		if (name != NULL && *name != '\0')
			people->names[named++] = name;
	}
}

struct people *
people_new(const struct ledger *ledger, const char *batch)
{
	struct people *people = xcalloc(1, sizeof *people);

	people->ledger = ledger;
	people->batch = batch;
	people->index = match_index_new();
	people->students = xcalloc(ledger->student_count + 1,
	    sizeof *people->students);
	people->taken = xcalloc(ledger->student_count + 1, 1);
	for (size_t i = 0; i < ledger->student_count; i++) {
		struct node *node = ledger_get_student(ledger,
		    &ledger->students[i]);
		struct match_keys keys = {
			.id_number = node_text(node, "id_number"),
			.exam_no = node_text(node, "exam_no"),
			.student_no = node_text(node, "student_no")
		};

		match_index_add(people->index, &keys);
		people->students[i] = node;
	}
	list_names(people);
	people->numbers = ledger->last + 1;
	people->by_number = xcalloc((size_t)people->numbers,
	    sizeof *people->by_number);
	for (size_t i = 0; i < ledger->student_count; i++)
		if (ledger->students[i].n > 0 &&
		    ledger->students[i].n < people->numbers)
			people->by_number[ledger->students[i].n] = (long)i + 1;
	return people;
}

void
people_free(struct people *people)
{
	if (people == NULL)
		return;
	for (size_t i = 0; i < people->ledger->student_count; i++)
		node_free(people->students[i]);
	match_index_free(people->index);
	free(people->names);
	free(people->students);
	free(people->by_number);
	free(people->taken);
	free(people);
}

long
people_of_token(const struct people *people, const char *token)
{
	struct buf record = BUF_INIT, plain = BUF_INIT;
	long n = 0;

	buf_add(&plain, token, strcspn(token, "."));
	if (token_parse(plain.data, people->batch, &record) == 0)
		n = strtol(record.data + strlen(people->batch) + 1, NULL, 10);
	buf_release(&plain);
	buf_release(&record);
	return people_of_number(people, n);
}

long
people_of_number(const struct people *people, long n)
{
	return n > 0 && n < people->numbers ? people->by_number[n] - 1 :
	    PEOPLE_NOBODY;
}

/* Whether another row has the value too. */
static int
is_shared(const struct people *people, const char *value, long row)
{
	static const enum match_field fields[] = { MATCH_STUDENT_NO,
	    MATCH_EXAM_NO, MATCH_ID_NUMBER };
	int shared = 0;

	people->taken[row] = 1;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		shared |= match_row_of(people->index, fields[i], value,
		    people->taken) != PEOPLE_NOBODY;
	people->taken[row] = 0;
	return shared;
}

long
people_of_value(const struct people *people, const char *value)
{
	static const enum match_field fields[] = { MATCH_STUDENT_NO,
	    MATCH_EXAM_NO, MATCH_ID_NUMBER };
	long row = PEOPLE_NOBODY;

	for (size_t i = 0; row == PEOPLE_NOBODY &&
	    i < sizeof fields / sizeof fields[0]; i++)
		row = match_row_of(people->index, fields[i], value, NULL);
	return row == PEOPLE_NOBODY || is_shared(people, value, row) ?
	    PEOPLE_NOBODY : row;
}

const struct node *
people_student(const struct people *people, long student)
{
	return people->students[student];
}

const char *const *
people_names(const struct people *people)
{
	return people->names;
}

const char *
people_text(const struct people *people, long student, const char *field)
{
	const char *text = node_text(people->students[student], field);

	return text != NULL ? text : "";
}
