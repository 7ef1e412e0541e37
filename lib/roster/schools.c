#include "lib/roster/schools.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/base/workers.h"
#include "lib/profile/profile.h"
#include "lib/roster/calendar.h"
#include "lib/roster/cities.h"
#include "lib/roster/columns.h"
#include "lib/roster/heading.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

enum { HEADINGS_WITHIN = 20, NONE = -1, DAY_LENGTH = 10 };	/* rows from the top */

/* The answer of the process begins with one of these. */
enum { ANSWER_FOUND = '+', ANSWER_FAILED = '!' };

enum column {
	CODE, NAME, CITY, POINT,
	CONTACT, PHONE, ADDRESS, POSTCODE,	/* kept as they are, and a point's own */
	PAID, PAID_DATE, FEEDBACK,		/* a number, and days */
	DAYS, HOURS, FEE, PRICE, COPIES,	/* values of the profile */
	COLUMNS, MEMBERS = DAYS, OF_POINT = PAID
};

static const char *const names[COLUMNS + 1] = {
	"code", "name", "city", "point", "contact", "phone", "address", "postcode",
	"paid", "paid_date", "feedback", "days", "hours", "fee", "price", "copies",
	NULL
};

static const char *const keys[COLUMNS] = {
	[DAYS] = "provenance.taken_days", [HOURS] = "provenance.taken_hours",
	[FEE] = "fee.mode", [PRICE] = "fee.price", [COPIES] = "print.copies"
};

struct search {
	const char *path, *code;
	int year;
	const struct profile *profile;
	struct table *table;
	struct columns *headings;
	size_t sheet, row;		/* of the headings */
	long column[COLUMNS];
	struct buf *err;
};

/* ---- the table ---- */

static int
is_heading(struct search *search, size_t sheet, size_t row)
{
	size_t width = table_width(search->table, sheet, row);
	int found = 0, column;

	for (size_t i = 0; i < COLUMNS; i++)
		search->column[i] = NONE;
	for (size_t i = 0; i < width; i++) {
		column = columns_find(search->headings,
		    table_text(search->table, sheet, row, i, NULL), NULL);
		if (column < 0 || search->column[column] != NONE)
			continue;
		search->column[column] = (long)i;
		found++;
	}
	return found > 1 && search->column[CODE] != NONE;
}

/* A roster has the school's code in every row, too. */
static int
refuse_students(const struct search *search)
{
	size_t width = table_width(search->table, search->sheet, search->row);
	struct columns *columns = columns_load(NULL, search->err);
	int students = 0;

	for (size_t i = 0; columns != NULL && i < width; i++)
		students |= heading_is_key(columns_find(columns, table_text(
		    search->table, search->sheet, search->row, i, NULL), NULL));
	if (students)
		buf_addf(search->err, "'%s' is a list of students and no table of "
		    "schools", search->path);
	columns_free(columns);
	return columns != NULL && !students ? 0 : -1;
}

static int
find_heading(struct search *search)
{
	size_t sheets = table_sheets(search->table);

	for (size_t sheet = 0; sheet < sheets; sheet++)
		for (size_t row = 0; row < table_rows(search->table, sheet) &&
		    row < HEADINGS_WITHIN; row++)
			if (is_heading(search, sheet, row)) {
				search->sheet = sheet;
				search->row = row;
				return refuse_students(search);
			}
	buf_addf(search->err, "'%s' has no row of headings with the schools' codes",
	    search->path);
	return -1;
}

static void
get_cell(const struct search *search, size_t row, enum column column,
    struct buf *out)
{
	buf_clear(out);
	if (search->column[column] != NONE)
		text_tidy(table_text(search->table, search->sheet, row,
		    (size_t)search->column[column], NULL), out);
}

/* ---- a row ---- */

/* The mode of payment from its words; NULL when they say neither or both. */
static const char *
fee_mode(const char *text)
{
	static const struct { const char *word; int student; } words[] = {
		{ "school", 0 }, { "学校", 0 }, { "统", 0 }, { "单位", 0 },
		{ "student", 1 }, { "学生", 1 }, { "个人", 1 }, { "自", 1 }
	};
	int said[2] = { 0, 0 };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strstr(text, words[i].word) != NULL)
			said[words[i].student] = 1;
	return said[0] == said[1] ? NULL : said[1] ? "student" : "school";
}

static int
is_number(const char *text)
{
	return text[strspn(text, "0123456789.")] == '\0';
}

static int
set_value(const struct search *search, enum column column, const char *text,
    struct node *set, struct buf *reason)
{
	struct buf value = BUF_INIT;
	const char *mode;
	int result = 0;

	if (column == DAYS)
		result = calendar_days(text, search->year, &value, reason);
	else if (column == HOURS)
		result = calendar_hours(text, &value, reason);
	else if (column == FEE && (mode = fee_mode(text)) == NULL) {
		buf_adds(reason, "who pays cannot be read");
		result = -1;
	} else {
		buf_adds(&value, column == FEE ? mode : text);
	}
	if (result == 0 && column != FEE && column != DAYS && column != HOURS &&
	    !is_number(value.data)) {
		buf_adds(reason, "not a number");
		result = -1;
	}
	if (result == 0)
		node_set_text(set, keys[column], value.data);
	buf_release(&value);
	return result;
}

/* A text, the first of a cell's days, or a number without what groups its digits. */
static int
set_member(const struct search *search, enum column column, const char *text,
    struct node *school, struct buf *reason)
{
	struct buf value = BUF_INIT;
	int result = 0;

	if (column == PAID_DATE || column == FEEDBACK)
		result = calendar_days(text, search->year, &value, reason);
	else
		for (; *text != '\0'; text++)
			if (column != PAID || *text != ',')
				buf_addc(&value, *text);
	if (result == 0 && column == PAID && !is_number(value.data)) {
		buf_adds(reason, "not a number");
		result = -1;
	}
	if (column != PAID && result == 0 && (column == PAID_DATE ||
	    column == FEEDBACK))
		value.data[DAY_LENGTH] = '\0';
	if (result == 0)
		node_set_text(school, names[column], value.data);
	buf_release(&value);
	return result;
}

/* A row about a teaching point says where that is, and nothing of the school but its
 * name and city. */
static void
move_to_point(struct node *school)
{
	struct node *points = node_array(), *point = node_append(points, node_object());

	node_set_text(point, "name", node_text(school, names[POINT]));
	for (int i = CONTACT; i < OF_POINT; i++)
		node_set_text(point, names[i], node_text(school, names[i]));
	for (int i = POINT; i < MEMBERS; i++)
		node_remove(school, names[i]);
	node_remove(school, "set");
	node_set(school, "points", points);
}

static struct node *
read_row(const struct search *search, size_t row, struct buf *reason)
{
	struct node *school = node_object(), *set = node_object();
	struct buf cell = BUF_INIT;
	int result = 0;

	for (int i = NAME; i < COLUMNS && result == 0; i++) {
		get_cell(search, row, (enum column)i, &cell);
		if (cell.len == 0)
			continue;
		if (i < MEMBERS)
			result = set_member(search, (enum column)i, cell.data,
			    school, reason);
		else
			result = set_value(search, (enum column)i, cell.data, set,
			    reason);
	}
	buf_release(&cell);
	node_set(school, "set", set);
	if (result == 0 && node_text(school, names[POINT]) != NULL)
		move_to_point(school);
	if (result == 0)
		return school;
	node_free(school);
	return NULL;
}

/* Put a row's teaching point to those there are.  Returns whether it was one. */
static int
take_point(struct node *row, struct node *points)
{
	struct node *own = node_get(row, "points");

	if (own == NULL)
		return 0;
	node_append(points, node_copy(node_at(own, 0)));
	return 1;
}

/* Read one row of the school into what is known of it: all must say the same, but for
 * teaching points.  0, or -1 with the reason. */
static int
take_row(const struct search *search, size_t row, struct node **school,
    struct node *points, struct buf *reason)
{
	struct node *again = read_row(search, row, reason);

	if (again != NULL && take_point(again, points)) {
		node_remove(again, "points");
		if (*school == NULL)
			*school = again;
		else
			node_free(again);
		return 0;
	}
	if (again != NULL && *school != NULL && node_get(*school, "set") != NULL &&
	    !node_same(*school, again))
		buf_adds(reason, "another row has different data of the school");
	node_free(*school);
	*school = again;
	return reason->len > 0 ? -1 : 0;
}

static int
compare_window(const struct search *search, struct node *school)
{
	const struct node *set = node_get(school, "set");
	struct node *outside = node_array();
	int result = cities_compare(search->profile, node_text(school, "city"),
	    search->year, node_text(set, keys[DAYS]), node_text(set, keys[HOURS]),
	    outside, search->err);

	if (node_count(outside) > 0)
		node_set(school, "outside", outside);
	else
		node_free(outside);
	return result;
}

static struct node *
find_school(const struct search *search)
{
	struct node *school = NULL, *points = node_array();
	struct buf cell = BUF_INIT, reason = BUF_INIT;
	int result = 0;

	for (size_t row = search->row + 1; result == 0 &&
	    row < table_rows(search->table, search->sheet); row++) {
		get_cell(search, row, CODE, &cell);
		if (strcmp(cell.data, search->code) != 0)
			continue;
		result = take_row(search, row, &school, points, &reason);
		if (result != 0)
			buf_addf(search->err, "'%s' row %ld: %s", search->path,
			    table_row_number(search->table, search->sheet, row),
			    reason.data);
	}
	if (school == NULL && result == 0)
		buf_addf(search->err, "school '%s' is not in '%s'", search->code,
		    search->path);
	if (node_count(points) > 0 && school != NULL)
		node_set(school, "points", points);
	else
		node_free(points);
	buf_release(&cell);
	buf_release(&reason);
	if (result == 0 && (school == NULL || compare_window(search, school) == 0))
		return school;
	node_free(school);
	return NULL;
}

/* ---- the process ---- */

struct task {
	struct search search;
	struct node *school;
	struct buf *err;
};

static int
open_table(struct search *search)
{
	search->headings = columns_load_other("schools.conf", names, search->err);
	search->table = search->headings == NULL ? NULL :
	    tablein_read(search->path, search->err);
	return search->table != NULL ? find_heading(search) : -1;
}

static void
close_table(struct search *search)
{
	table_free(search->table);
	columns_free(search->headings);
}

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct search *search = &((struct task *)state)->search;
	struct node *school = NULL;
	struct buf err = BUF_INIT;

	(void)job;
	(void)len;
	search->err = &err;
	if (open_table(search) == 0)
		school = find_school(search);
	buf_addc(result, school != NULL ? ANSWER_FOUND : ANSWER_FAILED);
	if (school != NULL)
		node_print(school, result);
	else
		buf_add(result, err.data, err.len);
	node_free(school);
	close_table(search);
	buf_release(&err);
}

static void
done(void *state, const char *job, size_t job_len, const char *result, size_t len,
    const char *reason)
{
	struct task *task = state;

	(void)job;
	(void)job_len;
	if (result == NULL || len == 0)
		buf_addf(task->err, "'%s' is damaged: the program that reads it did "
		    "not survive it (%s)", task->search.path,
		    reason != NULL ? reason : "");
	else if (*result == ANSWER_FOUND)
		task->school = node_parse(result + 1, len - 1, task->err);
	else
		buf_add(task->err, result + 1, len - 1);
}

struct node *
schools_find(const char *path, const char *code, int year,
    const struct profile *profile, struct buf *err)
{
	struct task task = { .search = { .path = path, .code = code, .year = year,
	    .profile = profile }, .err = err };
	struct workers_setup setup = { .count = 1, .state = &task,
	    .reads = &path, .read_count = 1, .work = work, .done = done };

	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	workers_run(&setup);
	return task.school;
}

int
schools_is_table(const char *path)
{
	struct buf ignored = BUF_INIT;
	struct search search = { .path = path, .err = &ignored };
	int found = open_table(&search) == 0;

	close_table(&search);
	buf_release(&ignored);
	return found;
}
