#include "lib/product/figures.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/record/status.h"
#include "lib/sheet/order.h"

struct figures_person {
	uint64_t key;
	size_t college, class;
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
add_person(struct figures *figures, const struct node *student, size_t college,
    size_t class)
{
	struct figures_person *person;

	if (figures->person_count == figures->person_room) {
		figures->person_room = 2 * figures->person_room + 256;
		figures->persons = xrealloc_array(figures->persons,
		    figures->person_room, sizeof *figures->persons);
	}
	person = &figures->persons[figures->person_count++];
	person->key = person_key(student);
	person->college = college;
	person->class = class;
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

void
figures_add(struct figures *figures, const struct node *photo)
{
	const struct node *student = node_get(photo, "student");
	const char *college = node_text(student, "college");
	const char *class = node_text(student, "class");
	enum status status = status_of(photo);
	size_t c, k;

	if (student == NULL || status == STATUS_UNMATCHED ||
	    status == STATUS_EXCLUDED)
		return;
	college = college != NULL ? college : "";
	c = find_line(&figures->colleges, &figures->college_count, college, "");
	k = find_line(&figures->classes, &figures->class_count, college,
	    class != NULL ? class : "");
	if (status == STATUS_SUPERSEDED) {
		figures->total.retakes++;
		figures->colleges[c].retakes++;
		figures->classes[k].retakes++;
		add_replaced(figures, student);
		return;
	}
	count_status(&figures->total, status);
	count_status(&figures->colleges[c], status);
	count_status(&figures->classes[k], status);
	if (status == STATUS_PASS)
		add_person(figures, student, c, k);
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

void
figures_end(struct figures *figures)
{
	const struct figures_person *person;
	size_t i;

	if (figures->replaced_count > 0)
		qsort(figures->replaced, figures->replaced_count,
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
	}
	if (figures->college_count > 0) {
		qsort(figures->colleges, figures->college_count,
		    sizeof *figures->colleges, by_name);
		qsort(figures->classes, figures->class_count,
		    sizeof *figures->classes, by_name);
	}
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
	free(figures->persons);
	free(figures->replaced);
	memset(figures, 0, sizeof *figures);
}
