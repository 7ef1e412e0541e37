#include "lib/intake/enroll.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/pool.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"
#include "lib/profile/profile.h"
#include "lib/roster/roster.h"

#define PROFILE "roster"

enum { CLASSES_NAMED = 10, PERCENT = 100 };

static const char *
field(const struct roster *roster, size_t student, enum student_field which)
{
	const char *text = roster_field(roster, student, which);

	return text != NULL ? text : "";
}

static void
tell_schools(const struct roster *roster, size_t one, size_t two,
    struct buf *err)
{
	struct buf first = BUF_INIT, second = BUF_INIT;

	roster_place(roster, roster->students[one].list,
	    roster->students[one].row, &first);
	roster_place(roster, roster->students[two].list,
	    roster->students[two].row, &second);
	buf_addf(err, "the roster holds two schools, '%s' in %s and '%s' in %s",
	    field(roster, one, STUDENT_SCHOOL_CODE), first.data,
	    field(roster, two, STUDENT_SCHOOL_CODE), second.data);
	buf_release(&first);
	buf_release(&second);
}

int
enroll_school(const struct roster *roster, const char **code,
    const char **name, struct buf *err)
{
	const char *first = "", *title = "";
	size_t where = 0;

	for (size_t i = 0; i < roster->count; i++) {
		const char *own = field(roster, i, STUDENT_SCHOOL_CODE);

		if (*title == '\0')
			title = field(roster, i, STUDENT_SCHOOL);
		if (*own == '\0')
			continue;
		if (*first == '\0') {
			first = own;
			where = i;
		} else if (strcmp(first, own) != 0) {
			tell_schools(roster, where, i, err);
			return -1;
		}
	}
	*code = first;
	*name = title;
	return 0;
}

/* ---- who is who ---- */

struct known {
	uint32_t class;		/* in the pool, 0: none */
	unsigned char taken;	/* in the new roster */
	unsigned char removed;	/* gone before */
};

struct enrolment {
	struct known *known;	/* the ledger's students */
	size_t known_count;
	unsigned char *taken;	/* of each of them, for the index */
	long *n;		/* of the roster's students, 0: new */
	struct pool *pool;
};

/* Known students, also those that joins do not look for any more. */
static struct match_index *
index_known(struct enrolment *enrolment, const struct ledger *ledger)
{
	struct match_index *index = match_index_new();

	for (size_t i = 0; i < ledger->student_count; i++) {
		struct node *node = ledger_get_student(ledger,
		    &ledger->students[i]);
		struct match_keys keys = {
			.id_number = node_text(node, "id_number"),
			.exam_no = node_text(node, "exam_no"),
			.student_no = node_text(node, "student_no"),
			.capture_code = node_text(node, "capture_code")
		};
		const char *class = node_text(node, "class");

		match_index_add(index, &keys);
		if (class != NULL)
			enrolment->known[i].class = pool_add(enrolment->pool,
			    class, strlen(class));
		enrolment->known[i].removed = ledger->students[i].removed != 0;
		node_free(node);
	}
	return index;
}

/* Give the new students who share that field with a known one its number. */
static void
recognise(struct enrolment *enrolment, const struct match_index *index,
    const struct ledger *ledger, const struct roster *roster,
    enum match_field by, enum student_field which)
{
	for (size_t i = 0; i < roster->count; i++) {
		const char *value = field(roster, i, which);
		long row;

		if (enrolment->n[i] != 0 || *value == '\0')
			continue;
		row = match_row_of(index, by, value, enrolment->taken);
		if (row < 0)
			continue;
		enrolment->taken[row] = 1;
		enrolment->n[i] = ledger->students[row].n;
	}
}

struct enrolment *
enroll_compare(const struct ledger *ledger, const struct roster *roster)
{
	struct enrolment *enrolment = xcalloc(1, sizeof *enrolment);
	struct match_index *index;

	enrolment->known_count = ledger->student_count;
	enrolment->known = xcalloc(ledger->student_count + 1,
	    sizeof *enrolment->known);
	enrolment->taken = xcalloc(ledger->student_count + 1, 1);
	enrolment->n = xcalloc(roster->count + 1, sizeof *enrolment->n);
	enrolment->pool = pool_new();
	if (ledger->student_count == 0)
		return enrolment;
	index = index_known(enrolment, ledger);
	recognise(enrolment, index, ledger, roster, MATCH_STUDENT_NO,
	    STUDENT_STUDENT_NO);
	recognise(enrolment, index, ledger, roster, MATCH_EXAM_NO,
	    STUDENT_EXAM_NO);
	recognise(enrolment, index, ledger, roster, MATCH_ID_NUMBER,
	    STUDENT_ID_NUMBER);
	recognise(enrolment, index, ledger, roster, MATCH_CAPTURE_CODE,
	    STUDENT_CAPTURE_CODE);
	match_index_free(index);
	return enrolment;
}

void
enroll_free(struct enrolment *enrolment)
{
	if (enrolment == NULL)
		return;
	free(enrolment->known);
	free(enrolment->taken);
	free(enrolment->n);
	pool_free(enrolment->pool);
	free(enrolment);
}

/* ---- who is gone ---- */

static int
is_gone(const struct enrolment *enrolment, size_t i)
{
	return !enrolment->known[i].removed && !enrolment->taken[i];
}

static int
by_class(const void *a, const void *b)
{
	const struct known *one = a, *two = b;

	return one->class != two->class ?
	    (one->class < two->class ? -1 : 1) : 0;
}

/* Append the classes of at least so many students of which nobody is left; returns
 * how many there are. */
static size_t
add_classes(const struct enrolment *enrolment, size_t least, struct buf *out)
{
	struct known *sorted = xcalloc(enrolment->known_count + 1,
	    sizeof *sorted);
	size_t count = 0, classes = 0, i, end, left;

	for (i = 0; i < enrolment->known_count; i++)
		if (!enrolment->known[i].removed &&
		    enrolment->known[i].class != 0) {
			sorted[count] = enrolment->known[i];
			sorted[count++].taken = enrolment->taken[i];
		}
	mem_sort(sorted, count, sizeof *sorted, by_class);
	for (i = 0; i < count; i = end) {
		left = 0;
		for (end = i; end < count &&
		    sorted[end].class == sorted[i].class; end++)
			left += sorted[end].taken;
		if (left > 0 || end - i < least)
			continue;
		if (classes++ < CLASSES_NAMED)
			buf_addf(out, "%s'%s' (%zu)", out->len > 0 ? ", " : "",
			    pool_text(enrolment->pool, sorted[i].class),
			    end - i);
	}
	free(sorted);
	return classes;
}

int
enroll_shrinks(const struct enrolment *enrolment,
    const struct profile *profile, struct buf *reason)
{
	size_t known = 0, gone = 0, classes;
	struct buf named = BUF_INIT;
	int shrinks;

	for (size_t i = 0; i < enrolment->known_count; i++) {
		known += !enrolment->known[i].removed;
		gone += (size_t)is_gone(enrolment, i);
	}
	classes = add_classes(enrolment, (size_t)profile_integer(profile,
	    PROFILE, "gone_class"), &named);
	shrinks = classes > 0 ||
	    (gone > (size_t)profile_integer(profile, PROFILE, "gone_few") &&
	    (double)gone * PERCENT > (double)known *
	    profile_number(profile, PROFILE, "gone_percent"));
	if (classes > CLASSES_NAMED)
		buf_adds(&named, " ...");
	if (classes > 0)
		buf_addf(reason, "the roster lacks %zu of the %zu students that "
		    "are known, and of these classes nobody is left: %s", gone,
		    known, named.data);
	else if (shrinks)
		buf_addf(reason, "the roster lacks %zu of the %zu students that "
		    "are known", gone, known);
	buf_release(&named);
	return shrinks;
}

/* ---- the ledger's ---- */

static void
print_student(const struct roster *roster, size_t student, struct buf *out)
{
	const struct roster_student *own = &roster->students[student];
	struct node *node = node_object();

	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		node_set_text(node, student_field_name((enum student_field)i),
		    roster_field(roster, student, (enum student_field)i));
	if (own->notes != 0)
		node_set_text(node, "notes", pool_text(roster->pool,
		    own->notes));
	if (own->doubts != 0)
		node_set_text(node, "doubts", pool_text(roster->pool,
		    own->doubts));
	node_print(node, out);
	node_free(node);
}

/* Keep who is in the new roster no more; returns how many are dropped by it. */
static size_t
keep_removed(struct ledger *ledger, const struct ledger_student *known,
    const struct enrolment *enrolment, const struct join_photo *photos)
{
	size_t dropped = 0;

	for (size_t i = 0; i < enrolment->known_count; i++) {
		struct ledger_student *student;

		if (enrolment->taken[i]) {
			free(known[i].code);
			continue;
		}
		student = ledger_add_student(ledger);
		*student = known[i];
		if (!student->removed) {
			student->removed = 1;
			student->kept = photos[i].entry != NULL;
			dropped += !student->kept;
		}
	}
	return dropped;
}

static void
add_gap(struct ledger *ledger, const struct roster *roster,
    const struct roster_gap *gap)
{
	static const enum ledger_gap_kind kinds[] = {
		[ROSTER_SKIPPED] = LEDGER_LINE, [ROSTER_REFUSED] = LEDGER_ROW,
		[ROSTER_REPEATED] = LEDGER_REPEATED,
		[ROSTER_COLUMN] = LEDGER_COLUMN, [ROSTER_SHEET] = LEDGER_SHEET,
		[ROSTER_FILE] = LEDGER_FILE
	};
	const struct ledger_gap own = { kinds[gap->kind], gap->error,
	    roster->files[gap->file].shown,
	    gap->list < 0 ? (char[]){ "" } : roster->lists[gap->list].sheet,
	    roster->files[gap->file].folder,
	    gap->row, gap->last, gap->says, gap->text, gap->reason };

	ledger_add_gap(ledger, &own);
}

static char *
name_files(const struct roster *roster)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < roster->file_count; i++)
		buf_addf(&names, "%s%s", i > 0 ? ", " : "",
		    roster->files[i].shown);
	return buf_detach(&names);
}

size_t
enroll(struct ledger *ledger, const struct roster *roster,
    const struct enrolment *enrolment, const struct batch *batch,
    const struct join_photo *photos)
{
	struct ledger_student *known = ledger->students, *student;
	struct buf json = BUF_INIT;
	size_t dropped, i;

	ledger->students = NULL;
	ledger->student_count = 0;
	ledger_drop_roster(ledger);
	for (i = 0; i < roster->count; i++) {
		student = ledger_add_student(ledger);
		student->n = enrolment->n[i];
		buf_clear(&json);
		print_student(roster, i, &json);
		ledger_set_student(ledger, student, batch, json.data, json.len);
	}
	dropped = keep_removed(ledger, known, enrolment, photos);
	for (i = 0; i < roster->gap_count; i++)
		if (roster->gaps[i].kind != ROSTER_IGNORED)
			add_gap(ledger, roster, &roster->gaps[i]);
	ledger->roster = name_files(roster);
	ledger->lines = (long)roster_lines(roster);
	buf_release(&json);
	free(known);
	return dropped;
}
