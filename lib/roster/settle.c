#include "lib/roster/roster.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/roster/classname.h"
#include "lib/roster/listchoice.h"
#include "lib/roster/oddkeys.h"
#include "lib/roster/rosterkeys.h"

struct settling {
	struct roster *roster;
	size_t *first;			/* of each list: its first student */
	unsigned char *dropped;		/* of each student */
	struct rosterkeys *keys;
	struct buf text;
};

/* ---- students ---- */

static void
add_note(struct settling *settling, size_t student, const char *note)
{
	struct roster *roster = settling->roster;
	struct roster_student *own = &roster->students[student];
	struct buf notes = BUF_INIT;

	if (own->notes != 0)
		buf_addf(&notes, "%s; ", pool_text(roster->pool, own->notes));
	buf_adds(&notes, note);
	own->notes = pool_add(roster->pool, notes.data, notes.len);
	buf_release(&notes);
}

/* Where other is, for a sentence about student: the row alone in the same list. */
static void
add_place(struct settling *settling, size_t student, size_t other,
    struct buf *out)
{
	const struct roster *roster = settling->roster;
	const struct roster_student *own = &roster->students[other];

	if (roster->students[student].list == own->list)
		buf_addf(out, "row %u", own->row);
	else
		roster_place(roster, own->list, own->row, out);
}

static uint64_t
hash_fields(const struct roster *roster, size_t student)
{
	struct hash *hash = hash_new();
	char text[HASH_TEXT];
	const char *field;

	for (int i = 0; i < STUDENT_FIELD_COUNT; i++) {
		field = roster_field(roster, student, (enum student_field)i);
		hash_add_text(hash, field != NULL ? field : "");
	}
	hash_end(hash, text);
	return hash_word(text, 15);
}

static void
add_gap(struct settling *settling, enum roster_gap_kind kind, size_t student)
{
	const struct roster_student *own =
	    &settling->roster->students[student];
	struct roster_gap *gap;

	settling->dropped[student] = 1;
	gap = roster_add_gap(settling->roster, kind, (long)own->list,
	    (long)own->row, NULL, settling->text.data);
	gap->error = kind == ROSTER_REFUSED;
	gap->says = kind == ROSTER_REFUSED ? hash_fields(settling->roster,
	    student) : 0;
}

/* "it repeats row 3, with another class, which is not used". */
static void
note_repeated(struct settling *settling, size_t student, size_t other)
{
	const struct roster *roster = settling->roster;
	struct buf place = BUF_INIT, fields = BUF_INIT;
	uint32_t value;

	add_place(settling, student, other, &place);
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++) {
		value = roster_value(roster, student, (enum student_field)i);
		if (value != 0 && value != roster_value(roster, other,
		    (enum student_field)i))
			buf_addf(&fields, "%s%s", fields.len > 0 ? " and " : "",
			    student_field_name((enum student_field)i));
	}
	buf_clear(&settling->text);
	if (fields.len > 0)
		buf_addf(&settling->text, "it repeats %s, with another %s, "
		    "which is not used", place.data, fields.data);
	else
		buf_addf(&settling->text, "it repeats %s", place.data);
	add_gap(settling, ROSTER_REPEATED, student);
	buf_release(&place);
	buf_release(&fields);
}

static void
note_conflict(struct settling *settling, size_t student,
    const struct rosterkeys_found *found)
{
	static const char sign[] = "has its number as well";
	const struct roster *roster = settling->roster;
	const char *notes = pool_text(roster->pool,
	    roster->students[found->other].notes);
	struct buf place = BUF_INIT;

	add_place(settling, student, found->other, &place);
	buf_clear(&settling->text);
	if (found->differs != NULL)
		buf_addf(&settling->text, "its %s is that of %s, which has "
		    "another %s", found->shared, place.data, found->differs);
	else
		buf_adds(&settling->text, "too many rows have its number");
	add_gap(settling, ROSTER_REFUSED, student);
	buf_clear(&place);
	add_place(settling, found->other, student, &place);
	buf_clear(&settling->text);
	buf_addf(&settling->text, "%s has its number as well and was refused",
	    place.data);
	/* one note says enough, however many rows follow */
	if (strstr(notes, sign) == NULL)
		add_note(settling, found->other, settling->text.data);
	buf_release(&place);
}

static void
note_namesake(struct settling *settling, size_t one, size_t two)
{
	struct buf place = BUF_INIT;

	add_place(settling, one, two, &place);
	buf_clear(&settling->text);
	buf_addf(&settling->text, "the same ID number is in %s with another "
	    "name", place.data);
	add_note(settling, one, settling->text.data);
	buf_release(&place);
}

static void
add_student(struct settling *settling, size_t student)
{
	struct rosterkeys_found found;

	switch (rosterkeys_add(settling->keys, student, &found)) {
	case ROSTERKEYS_REPEATED:
		note_repeated(settling, student, found.other);
		return;
	case ROSTERKEYS_CONFLICT:
		note_conflict(settling, student, &found);
		return;
	case ROSTERKEYS_NEW:
		break;
	}
	if (found.namesake != student) {
		note_namesake(settling, student, found.namesake);
		note_namesake(settling, found.namesake, student);
	}
}

/* The newer file first, of equal ones the later; in one file as it stands. */
static int
is_before(const struct roster *roster, size_t one, size_t two)
{
	uint32_t a = roster->lists[one].file, b = roster->lists[two].file;

	if (a == b)
		return one < two;
	if (roster->files[a].time != roster->files[b].time)
		return roster->files[a].time > roster->files[b].time;
	return a > b;
}

static void
compare_students(struct settling *settling)
{
	const struct roster *roster = settling->roster;
	size_t count = roster->list_count, i, k, end;
	unsigned char *done = xcalloc(count + 1, 1);

	for (size_t turn = 0; turn < count; turn++) {
		size_t next = count;

		for (i = 0; i < count; i++)
			if (!done[i] && (next == count ||
			    is_before(roster, i, next)))
				next = i;
		done[next] = 1;
		end = settling->first[next] + roster->lists[next].count;
		for (k = settling->first[next]; k < end; k++)
			if (roster->lists[next].counts)
				add_student(settling, k);
			else
				settling->dropped[k] = 1;
	}
	free(done);
}

static void
drop_students(struct settling *settling)
{
	struct roster *roster = settling->roster;
	size_t kept = 0;

	for (size_t i = 0; i < roster->count; i++)
		if (!settling->dropped[i])
			roster_move_student(roster, i, kept++);
	roster->count = kept;
}

/* ---- classes ---- */

/* A class that only the name of the sheet, of the folder or of the file states. */
static void
fill_classes(struct settling *settling)
{
	struct roster *roster = settling->roster;
	size_t filled = 0;
	struct buf class = BUF_INIT;

	for (size_t i = 0; i < roster->count; i++) {
		const struct roster_list *list =
		    &roster->lists[roster->students[i].list];
		const struct roster_file *file = &roster->files[list->file];

		if (roster_value(roster, i, STUDENT_CLASS) != 0)
			continue;
		buf_clear(&class);
		if (!classname_take(list->sheet, &class) &&
		    !classname_take(file->folder, &class) &&
		    !classname_take(file->name, &class))
			continue;
		roster_set_field(roster, i, STUDENT_CLASS, class.data);
		filled++;
	}
	if (filled > 0) {
		buf_clear(&settling->text);
		buf_addf(&settling->text, "the class of %zu students is taken "
		    "from the name of their sheet, folder or file", filled);
		roster_add_note(roster, settling->text.data,
		    settling->text.len);
	}
	buf_release(&class);
}

/* ---- notes ---- */

/* What is noted of students, reported once for all that have the same note. */
enum { MARKS_MAX = 64 };

struct mark {
	const char *text;
	size_t len, rows, first;
};

static void
count_mark(struct mark marks[static MARKS_MAX], const char *text, size_t len,
    size_t student)
{
	size_t i;

	for (i = 0; i < MARKS_MAX - 1 && marks[i].rows > 0; i++)
		if (marks[i].len == len && memcmp(marks[i].text, text, len) == 0)
			break;
	if (marks[i].rows++ == 0)
		marks[i] = (struct mark){ text, len, 1, student };
}

static void
tell_mark(struct settling *settling, const struct mark *mark, int others)
{
	const struct roster_student *student =
	    &settling->roster->students[mark->first];
	struct buf *text = &settling->text;
	struct buf place = BUF_INIT;

	roster_place(settling->roster, student->list, student->row, &place);
	buf_clear(text);
	if (others)
		buf_addf(text, "in %zu rows, first in %s: other notes, which "
		    "the records have", mark->rows, place.data);
	else if (mark->rows > 1)
		buf_addf(text, "in %zu rows, first in %s: %.*s", mark->rows,
		    place.data, (int)mark->len, mark->text);
	else
		buf_addf(text, "%s: %.*s", place.data, (int)mark->len,
		    mark->text);
	roster_add_note(settling->roster, text->data, text->len);
	buf_release(&place);
}

static void
summarise_notes(struct settling *settling)
{
	struct mark marks[MARKS_MAX] = { { NULL, 0, 0, 0 } };
	const struct roster *roster = settling->roster;
	const char *text, *end;

	for (size_t i = 0; i < roster->count; i++)
		for (text = roster->students[i].notes == 0 ? NULL :
		    pool_text(roster->pool, roster->students[i].notes);
		    text != NULL; text = end != NULL ? end + 2 : NULL) {
			end = strstr(text, "; ");
			count_mark(marks, text, end != NULL ?
			    (size_t)(end - text) : strlen(text), i);
		}
	for (size_t i = 0; i < MARKS_MAX && marks[i].rows > 0; i++)
		tell_mark(settling, &marks[i], i == MARKS_MAX - 1 &&
		    marks[i].rows > 1);
}

static void
find_first_students(struct settling *settling)
{
	const struct roster *roster = settling->roster;
	size_t at = 0;

	settling->first = xcalloc(roster->list_count + 1,
	    sizeof *settling->first);
	for (size_t i = 0; i < roster->list_count; i++) {
		settling->first[i] = at;
		at += roster->lists[i].count;
	}
}

void
roster_settle(struct roster *roster, const struct roster_batch *batch)
{
	struct settling settling = { .roster = roster,
	    .text = BUF_INIT };

	settling.dropped = xcalloc(roster->count + 1, 1);
	settling.keys = rosterkeys_new(roster);
	find_first_students(&settling);
	listchoice_make(roster, batch);
	compare_students(&settling);
	rosterkeys_free(settling.keys);
	drop_students(&settling);
	fill_classes(&settling);
	oddkeys_doubt(roster);
	summarise_notes(&settling);
	free(settling.first);
	free(settling.dropped);
	buf_release(&settling.text);
}
