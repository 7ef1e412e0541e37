#include "lib/statistics/figures.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/decision/status.h"
#include "lib/sheet/order.h"

struct figures_person {
	uint64_t key;
	size_t college, class, point;
};

/* ---- lines ---- */

static size_t
find_line(struct figures_line **lines, size_t *count, const char *college,
    const char *class)
{
	struct figures_line *line;
	size_t i;

	for (i = *count; i-- > 0; )
		if (strcmp((*lines)[i].college, college) == 0 &&
		    strcmp((*lines)[i].class, class) == 0)
			return i;
	if ((*count & (*count + 1)) == 0)
		*lines = xrealloc_array(*lines, 2 * *count + 2, sizeof **lines);
	line = &(*lines)[*count];
	memset(line, 0, sizeof *line);
	line->college = xstrdup(college);
	line->class = xstrdup(class);
	return (*count)++;
}

static void
count_status(struct figures_line *line, enum status status)
{
	line->expected++;
	if (status == STATUS_MISSING)
		line->missing++;
	else if (status == STATUS_PASS)
		line->passed++;
	else if (status == STATUS_REJECT || status == STATUS_UNREADABLE)
		line->rejected++;
	else
		line->review++;
	if (status != STATUS_MISSING && status != STATUS_UNREADABLE)
		line->taken++;
}

void
figures_sum(struct figures_line *sum, const struct figures_line *line)
{
	sum->expected += line->expected;
	sum->taken += line->taken;
	sum->passed += line->passed;
	sum->first += line->first;
	sum->retakes += line->retakes;
	sum->review += line->review;
	sum->rejected += line->rejected;
	sum->missing += line->missing;
}

double
figures_share(long part, long whole)
{
	return whole > 0 ? (double)part / (double)whole : -1;
}

/* ---- reasons ---- */

static struct figures_reason *
find_reason(struct figures *figures, const char *check)
{
	struct figures_reason *reason;
	size_t i;

	for (i = 0; i < figures->reason_count; i++)
		if (strcmp(figures->reasons[i].check, check) == 0)
			return &figures->reasons[i];
	figures->reasons = xrealloc_array(figures->reasons, i + 1,
	    sizeof *figures->reasons);
	reason = &figures->reasons[figures->reason_count++];
	*reason = (struct figures_reason){ .check = xstrdup(check) };
	return reason;
}

static void
count_reason(struct figures *figures, const char *check, int review)
{
	struct figures_reason *reason = find_reason(figures, check);

	reason->review += review;
	reason->rejected += !review;
}

/* Of a rejected photo the checks that reject it; of one for review all that failed or
 * warn. */
static void
add_reasons(struct figures *figures, const struct node *photo, int review)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	const char *id;
	int found = 0;

	for (size_t i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		id = node_text(check, "id");
		if (id == NULL || node_text_is(check, "level", "info") ||
		    (!node_text_is(check, "verdict", "fail") &&
		    !(review && node_text_is(check, "verdict", "warn"))) ||
		    (!review && !node_text_is(check, "level", "reject")))
			continue;
		count_reason(figures, id, review);
		found = 1;
	}
	if (!found)
		count_reason(figures, "", review);
}

/* ---- photos ---- */

static uint64_t
add_key(uint64_t key, const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		key = (key ^ (unsigned char)*text) * 1099511628211u;	/* FNV-1a */
	return (key ^ 0xff) * 1099511628211u;
}

static uint64_t
person_key(const struct node *student)
{
	static const char *const members[] = { "id_number", "student_no",
	    "exam_no", "capture_code", "name" };
	uint64_t key = 14695981039346656037u;
	size_t i;

	for (i = 0; i < sizeof members / sizeof *members; i++)
		key = add_key(key, node_text(student, members[i]));
	return key;
}

static void
add_person(struct figures *figures, const struct node *student,
    const size_t places[static 3])
{
	struct figures_person *person;

	if (figures->person_count == figures->person_room) {
		figures->person_room = 2 * figures->person_room + 256;
		figures->persons = xrealloc_array(figures->persons,
		    figures->person_room, sizeof *figures->persons);
	}
	person = &figures->persons[figures->person_count++];
	person->key = person_key(student);
	person->college = places[0];
	person->class = places[1];
	person->point = places[2];
}

static void
add_replaced(struct figures *figures, const struct node *student)
{
	if (figures->replaced_count == figures->replaced_room) {
		figures->replaced_room = 2 * figures->replaced_room + 64;
		figures->replaced = xrealloc_array(figures->replaced,
		    figures->replaced_room, sizeof *figures->replaced);
	}
	figures->replaced[figures->replaced_count++] = person_key(student);
}

/* The student's lines: college, class, teaching point. */
static void
find_lines(struct figures *figures, const struct node *student,
    size_t places[static 3])
{
	static const char *const members[] = { "college", "class",
	    "teaching_point", "season" };
	const char *texts[4];

	for (int i = 0; i < 4; i++) {
		texts[i] = node_text(student, members[i]);
		if (texts[i] == NULL)
			texts[i] = "";
	}
	workbook_note(&figures->extra, student);
	places[0] = find_line(&figures->colleges, &figures->college_count,
	    texts[0], "");
	places[1] = find_line(&figures->classes, &figures->class_count, texts[0],
	    texts[1]);
	places[2] = find_line(&figures->points, &figures->point_count, texts[2],
	    texts[3]);
}

void
figures_add(struct figures *figures, const struct node *photo)
{
	const struct node *student = node_get(photo, "student");
	enum status status = status_of(photo);
	struct figures_line *lines[4] = { &figures->total };
	size_t places[3];

	/* What is held has replaced nothing yet. */
	if (student == NULL || status == STATUS_UNMATCHED ||
	    status == STATUS_EXCLUDED || (status == STATUS_SUPERSEDED &&
	    node_true(node_get(photo, "match"), "held")))
		return;
	find_lines(figures, student, places);
	lines[1] = &figures->colleges[places[0]];
	lines[2] = &figures->classes[places[1]];
	lines[3] = &figures->points[places[2]];
	for (int i = 0; i < 4; i++) {
		if (status == STATUS_SUPERSEDED)
			lines[i]->retakes++;
		else
			count_status(lines[i], status);
	}
	if (status == STATUS_SUPERSEDED)
		add_replaced(figures, student);
	else if (status == STATUS_PASS)
		add_person(figures, student, places);
	else if (status != STATUS_MISSING)
		add_reasons(figures, photo, status == STATUS_REVIEW);
}

/* ---- end ---- */

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
by_name(const void *a, const void *b)
{
	const struct figures_line *x = a, *y = b;
	int order = order_compare(x->college, y->college);

	return order != 0 ? order : order_compare(x->class, y->class);
}

static int
by_frequency(const void *a, const void *b)
{
	const struct figures_reason *x = a, *y = b;
	long one = x->rejected + x->review, other = y->rejected + y->review;

	return one != other ? (one < other) - (one > other) :
	    strcmp(x->check, y->check);
}

void
figures_sort_reasons(struct figures *figures)
{
	mem_sort(figures->reasons, figures->reason_count,
	    sizeof *figures->reasons, by_frequency);
}

void
figures_merge_reasons(struct figures *into, const struct figures *from)
{
	struct figures_reason *reason;

	for (size_t i = 0; i < from->reason_count; i++) {
		reason = find_reason(into, from->reasons[i].check);
		reason->rejected += from->reasons[i].rejected;
		reason->review += from->reasons[i].review;
	}
}

static void
sort_lines(struct figures_line *lines, size_t count)
{
	mem_sort(lines, count, sizeof *lines, by_name);
}

void
figures_end(struct figures *figures)
{
	const struct figures_person *person;
	size_t i;

	mem_sort(figures->replaced, figures->replaced_count,
	    sizeof *figures->replaced, by_value);
	for (i = 0; i < figures->person_count; i++) {
		person = &figures->persons[i];
		if (figures->replaced_count > 0 && bsearch(&person->key,
		    figures->replaced, figures->replaced_count,
		    sizeof *figures->replaced, by_value) != NULL)
			continue;
		figures->total.first++;
		figures->colleges[person->college].first++;
		figures->classes[person->class].first++;
		figures->points[person->point].first++;
	}
	sort_lines(figures->colleges, figures->college_count);
	sort_lines(figures->classes, figures->class_count);
	sort_lines(figures->points, figures->point_count);
}

static void
release_lines(struct figures_line *lines, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		free(lines[i].college);
		free(lines[i].class);
	}
	free(lines);
}

void
figures_release(struct figures *figures)
{
	release_lines(figures->colleges, figures->college_count);
	release_lines(figures->classes, figures->class_count);
	release_lines(figures->points, figures->point_count);
	for (size_t i = 0; i < figures->reason_count; i++)
		free(figures->reasons[i].check);
	free(figures->reasons);
	free(figures->persons);
	free(figures->replaced);
	memset(figures, 0, sizeof *figures);
}
