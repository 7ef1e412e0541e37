#include "lib/intake/enroll.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"
#include "lib/roster/roster.h"

static const char *
field(const struct student *student, enum student_field which)
{
	return student->fields[which] != NULL ? student->fields[which] : "";
}

int
enroll_school(const struct roster *roster, const char **code,
    const char **name, struct buf *err)
{
	const char *first = "", *title = "";
	long row = 0;

	for (size_t i = 0; i < roster->count; i++) {
		const struct student *student = &roster->students[i];
		const char *own = field(student, STUDENT_SCHOOL_CODE);

		if (*title == '\0')
			title = field(student, STUDENT_SCHOOL);
		if (*own == '\0')
			continue;
		if (*first == '\0') {
			first = own;
			row = student->row;
		} else if (strcmp(first, own) != 0) {
			buf_addf(err, "the roster holds two schools, '%s' in "
			    "row %ld and '%s' in row %ld", first, row, own,
			    student->row);
			return -1;
		}
	}
	*code = first;
	*name = title;
	return 0;
}

static char *
print_student(const struct student *student)
{
	struct node *node = node_object();
	struct buf text = BUF_INIT;

	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		if (student->fields[i] != NULL)
			node_set_text(node,
			    student_field_name((enum student_field)i),
			    student->fields[i]);
	node_set_text(node, "notes", student->notes);
	node_print(node, &text);
	node_free(node);
	return buf_detach(&text);
}

/* The students known so far. */
struct known {
	struct ledger_student *students;
	size_t count;
	struct match_index *index;
	unsigned char *taken;	/* of each: in the new roster */
};

/* Known students, also those that joins do not look for any more. */
static struct match_index *
index_all(const struct known *known)
{
	struct match_index *index = match_index_new();
	struct buf err = BUF_INIT;

	for (size_t i = 0; i < known->count; i++) {
		const char *json = known->students[i].json;
		struct node *node = node_parse(json, strlen(json), &err);
		struct match_keys keys = {
			.id_number = node_text(node, "id_number"),
			.exam_no = node_text(node, "exam_no"),
			.student_no = node_text(node, "student_no"),
			.capture_code = node_text(node, "capture_code")
		};

		match_index_add(index, &keys);
		node_free(node);
	}
	buf_release(&err);
	return index;
}

/* Give the new students who share that field with a known one its number. */
static void
recognise(struct known *known, struct ledger_student *fresh,
    const struct roster *roster, enum match_field by,
    enum student_field which)
{
	for (size_t i = 0; i < roster->count; i++) {
		const char *value = field(&roster->students[i], which);
		long row;

		if (fresh[i].n != 0 || *value == '\0')
			continue;
		row = match_row_of(known->index, by, value, known->taken);
		if (row < 0)
			continue;
		known->taken[row] = 1;
		fresh[i].n = known->students[row].n;
	}
}

/* Keep who is in the new roster no more; returns how many are dropped by it. */
static size_t
keep_removed(struct ledger *ledger, struct known *known,
    const struct join_photo *photos)
{
	size_t dropped = 0;

	for (size_t i = 0; i < known->count; i++) {
		struct ledger_student *old = &known->students[i], *student;

		if (known->taken[i]) {
			free(old->json);
			free(old->code);
			continue;
		}
		student = ledger_add_student(ledger);
		*student = *old;
		if (!student->removed) {
			student->removed = 1;
			student->kept = photos[i].entry != NULL;
			dropped += !student->kept;
		}
	}
	return dropped;
}

size_t
enroll(struct ledger *ledger, const struct roster *roster, const char *name,
    const struct join_photo *photos)
{
	struct known known = { ledger->students, ledger->student_count, NULL,
	    NULL };
	size_t dropped;

	known.taken = xcalloc(known.count, 1);
	known.index = index_all(&known);
	ledger->students = NULL;
	ledger->student_count = 0;
	ledger_drop_roster(ledger);
	for (size_t i = 0; i < roster->count; i++)
		ledger_add_student(ledger)->json =
		    print_student(&roster->students[i]);
	recognise(&known, ledger->students, roster, MATCH_STUDENT_NO,
	    STUDENT_STUDENT_NO);
	recognise(&known, ledger->students, roster, MATCH_EXAM_NO,
	    STUDENT_EXAM_NO);
	recognise(&known, ledger->students, roster, MATCH_ID_NUMBER,
	    STUDENT_ID_NUMBER);
	recognise(&known, ledger->students, roster, MATCH_CAPTURE_CODE,
	    STUDENT_CAPTURE_CODE);
	dropped = keep_removed(ledger, &known, photos);
	for (size_t i = 0; i < roster->refused_count; i++)
		ledger_add_row(ledger, roster->refused[i].row,
		    roster->refused[i].reason);
	ledger->roster = xstrdup(name);
	ledger->repeated = (long)roster->repeated_count;
	match_index_free(known.index);
	free(known.taken);
	free(known.students);
	return dropped;
}
