#include "lib/roster/listchoice.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/pool.h"
#include "lib/roster/classname.h"
#include "lib/roster/roster.h"

struct choosing {
	struct roster *roster;
	const struct roster_batch *batch;
	struct buf text;
};

static int
group_of(const struct roster *roster, size_t list)
{
	return roster->files[roster->lists[list].file].group;
}

/* Whether the name of the sheet, file or folder, the first that says so, means another
 * class of graduation than the one that is to come. */
static int
is_earlier(const struct roster *roster, const struct roster_list *list)
{
	const struct roster_file *file = &roster->files[list->file];
	enum classname_when when = classname_when(list->sheet);

	if (when == CLASSNAME_UNSAID)
		when = classname_when(file->name);
	if (when == CLASSNAME_UNSAID)
		when = classname_when(file->folder);
	return when == CLASSNAME_EARLIER;
}

/* Why a list is not of this batch, NULL when it may be.  Without a class the latest
 * year of the group counts. */
static const char *
misfit(const struct choosing *choosing, size_t list, int year)
{
	const struct roster *roster = choosing->roster;
	const struct roster_list *own = &roster->lists[list];

	if (own->example)
		return "it is an example";
	if (own->school != 0 && *choosing->batch->school_code != '\0' &&
	    strcmp(pool_text(roster->pool, own->school),
	    choosing->batch->school_code) != 0)
		return "it is of another school";
	if (own->year != 0 ? year != 0 && own->year != year :
	    is_earlier(roster, own))
		return "it is of another class of graduation";
	return NULL;
}

/* Where nothing in the file states its year, its name may. */
static void
take_years_of_names(struct roster *roster)
{
	for (size_t i = 0; i < roster->list_count; i++)
		if (roster->lists[i].year == 0)
			roster->lists[i].year = classname_year(
			    roster->files[roster->lists[i].file].name);
}

static int
year_of_group(const struct choosing *choosing, int group)
{
	const struct roster *roster = choosing->roster;
	int year = (int)strtol(choosing->batch->class, NULL, 10);

	for (size_t i = 0; i < roster->list_count && *choosing->batch->class ==
	    '\0'; i++)
		if (group_of(roster, i) == group &&
		    roster->lists[i].year > year)
			year = roster->lists[i].year;
	return year;
}

static size_t
size_of(const struct roster_list *list)
{
	return list->count + list->refused;
}

/* Students in the lists of a group with the same headings that fit. */
static size_t
weigh(const struct choosing *choosing, size_t list, int year, int any)
{
	const struct roster *roster = choosing->roster;
	size_t total = 0;

	for (size_t i = 0; i < roster->list_count; i++)
		if (group_of(roster, i) == group_of(roster, list) &&
		    roster->lists[i].fields == roster->lists[list].fields &&
		    (any || misfit(choosing, i, year) == NULL))
			total += size_of(&roster->lists[i]);
	return total;
}

static size_t
lists_of_file(const struct roster *roster, uint32_t file)
{
	size_t count = 0;

	for (size_t i = 0; i < roster->list_count; i++)
		count += roster->lists[i].file == file;
	return count;
}

/* The sheet's name, or the file's where it has no other. */
static const char *
list_name(const struct roster *roster, size_t list)
{
	const struct roster_list *own = &roster->lists[list];

	return lists_of_file(roster, own->file) > 1 ? own->sheet :
	    roster->files[own->file].shown;
}

static void
leave_out(struct choosing *choosing, size_t list, const char *why)
{
	struct roster *roster = choosing->roster;
	const struct roster_list *own = &roster->lists[list];
	int alone = lists_of_file(roster, own->file) == 1;
	struct roster_gap *gap;

	buf_clear(&choosing->text);
	buf_addf(&choosing->text, "%s; %zu students below its headings were not "
	    "read", why, size_of(own));
	gap = roster_add_gap(roster, alone ? ROSTER_FILE : ROSTER_SHEET,
	    (long)list, 0, list_name(roster, list), choosing->text.data);
	gap->error = 1;
	roster->lists[list].counts = 0;
}

/* Headings without a student, be it a refused one: of a whole file an error, of one of
 * its sheets a word. */
static void
tell_empty(struct choosing *choosing, size_t list)
{
	static const char why[] = "no student stands below its headings";
	struct roster *roster = choosing->roster;
	const struct roster_list *own = &roster->lists[list];
	size_t in_file = 0, in_sheet = 0, first_in_file = list,
	    first_in_sheet = list;

	for (size_t i = roster->list_count; i-- > 0; ) {
		if (roster->lists[i].file != own->file)
			continue;
		in_file += size_of(&roster->lists[i]);
		first_in_file = i;
		if (strcmp(roster->lists[i].sheet, own->sheet) != 0)
			continue;
		in_sheet += size_of(&roster->lists[i]);
		first_in_sheet = i;
	}
	if (in_file == 0 && list == first_in_file)
		roster_add_gap(roster, ROSTER_FILE, (long)list, 0,
		    roster->files[own->file].shown, why)->error = 1;
	else if (in_file > 0 && in_sheet == 0 && list == first_in_sheet)
		roster_add_gap(roster, ROSTER_SHEET, (long)list, 0,
		    own->sheet, why);
}

/* Of the lists of a group those count that have the headings of most students, are
 * of this batch and are no examples; where none is, all are looked at. */
static void
choose_group(struct choosing *choosing, int group)
{
	struct roster *roster = choosing->roster;
	int year = year_of_group(choosing, group), any = 1;
	const char *why;
	size_t best = roster->list_count, i;

	for (i = 0; i < roster->list_count; i++)
		if (group_of(roster, i) == group && size_of(&roster->lists[i]) >
		    0 && misfit(choosing, i, year) == NULL)
			any = 0;
	for (i = 0; i < roster->list_count; i++)
		if (group_of(roster, i) == group &&
		    size_of(&roster->lists[i]) > 0 &&
		    (any || misfit(choosing, i, year) == NULL) &&
		    (best == roster->list_count ||
		    weigh(choosing, i, year, any) >
		    weigh(choosing, best, year, any)))
			best = i;
	for (i = 0; i < roster->list_count; i++) {
		if (group_of(roster, i) != group)
			continue;
		roster->lists[i].counts = 1;
		if (size_of(&roster->lists[i]) == 0) {
			tell_empty(choosing, i);
			continue;
		}
		why = misfit(choosing, i, year);
		if (why != NULL && any) {
			buf_clear(&choosing->text);
			buf_addf(&choosing->text, "'%s': %s, and was read all "
			    "the same", list_name(roster, i), why);
			roster_add_note(roster, choosing->text.data,
			    choosing->text.len);
			why = NULL;
		}
		if (why == NULL && roster->lists[i].fields !=
		    roster->lists[best].fields)
			why = "its headings are others";
		if (why != NULL)
			leave_out(choosing, i, why);
	}
}

static void
choose(struct choosing *choosing)
{
	const struct roster *roster = choosing->roster;

	take_years_of_names(choosing->roster);
	for (size_t i = 0; i < roster->list_count; i++) {
		size_t k;

		for (k = 0; k < i; k++)
			if (group_of(roster, k) == group_of(roster, i))
				break;
		if (k == i)
			choose_group(choosing, group_of(roster, i));
	}
}

/* What is said of lines and columns of lists that do not count. */
static void
drop_gaps(struct roster *roster)
{
	size_t kept = 0;

	for (size_t i = 0; i < roster->gap_count; i++) {
		struct roster_gap *gap = &roster->gaps[i];

		if (gap->list >= 0 && !roster->lists[gap->list].counts &&
		    gap->kind < ROSTER_SHEET) {
			free(gap->text);
			free(gap->reason);
		} else
			roster->gaps[kept++] = *gap;
	}
	roster->gap_count = kept;
}

void
listchoice_make(struct roster *roster, const struct roster_batch *batch)
{
	struct choosing choosing = { roster, batch, BUF_INIT };

	choose(&choosing);
	drop_gaps(roster);
	buf_release(&choosing.text);
}
