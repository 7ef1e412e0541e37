#include "lib/answers/trackings.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/answerlist.h"
#include "lib/answers/people.h"
#include "lib/answers/replies.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/msg.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/intake/ledger.h"
#include "lib/roster/answertable.h"

struct reading {
	const struct replies *replies;
	struct answertable *table;
	struct people *people;
	struct answerlist said;
	size_t refused, others;
};

/* What follows the school's code in the number of a parcel: "" of the school's own, NULL
 * when it is another school's. */
static const char *
of_school(const struct batch *batch, const char *number)
{
	const char *code = *batch->school_code != '\0' ? batch->school_code :
	    batch->id;
	size_t len = strlen(code);

	if (strncmp(number, code, len) != 0)
		return NULL;
	return number[len] == '\0' ? number + len : number[len] == '-' ?
	    number + len + 1 : NULL;
}

/* Whether the batch has a student of that number, or of that teaching point. */
static int
is_known(const struct reading *reading, const char *name)
{
	const struct ledger *ledger = reading->replies->ledger;

	if (*name == '\0' || people_of_value(reading->people, name) != PEOPLE_NOBODY)
		return 1;
	for (size_t i = 0; i < ledger->student_count; i++)
		if (strcmp(people_text(reading->people, (long)i, "teaching_point"),
		    name) == 0)
			return 1;
	return 0;
}

static void
refuse(struct reading *reading, const char *wrong)
{
	struct buf shown = BUF_INIT;

	mask_entry_name(answertable_text(reading->table, ANSWERTABLE_PARCEL, NULL),
	    people_names(reading->people), &shown);
	msg_warn("'%s' %s: %s: '%s'", answertable_shown(reading->table),
	    answertable_place(reading->table), wrong, shown.data);
	reading->refused++;
	buf_release(&shown);
}

static const char *
keep(struct reading *reading, enum answertable_column column)
{
	return answerlist_keep(&reading->said, answertable_text(reading->table, column,
	    NULL));
}

static void
say(struct reading *reading)
{
	struct journal_answer *answer = answerlist_add(&reading->said, JOURNAL_PARCEL);

	answer->role = "operator";
	answer->field = keep(reading, ANSWERTABLE_PARCEL);
	answer->after = keep(reading, ANSWERTABLE_TRACKING);
	answer->reason = keep(reading, ANSWERTABLE_CARRIER);
	answer->who = reading->replies->who;
	answer->file = answertable_file(reading->table);
	answer->file_name = answertable_file_name(reading->table);
}

static void
read_row(struct reading *reading)
{
	const char *number = answertable_text(reading->table, ANSWERTABLE_PARCEL, NULL);
	const char *fault = answertable_fault(reading->table), *name;
	int damaged;

	if (*answertable_text(reading->table, ANSWERTABLE_TRACKING, &damaged) == '\0' &&
	    fault == NULL)
		return;
	name = of_school(reading->replies->batch, number);
	if (fault != NULL)
		refuse(reading, fault);
	else if (name == NULL)
		reading->others++;
	else if (damaged)
		refuse(reading, "the spreadsheet has lost digits of the carrier's "
		    "number");
	else if (!is_known(reading, name))
		refuse(reading, "there is no such parcel");
	else
		say(reading);
}

int
trackings_take(const struct replies *replies, const char *path, size_t *refused,
    struct buf *err)
{
	static const unsigned int needed[] = { ANSWERTABLE_BIT(ANSWERTABLE_PARCEL),
	    ANSWERTABLE_BIT(ANSWERTABLE_TRACKING), 0 };
	struct reading reading = { .replies = replies };
	size_t added = 0;
	int result;

	reading.table = answertable_read(path, needed, replies->profile, err);
	if (reading.table == NULL)
		return -1;
	reading.people = people_new(replies->ledger, replies->batch->id);
	answerlist_init(&reading.said);
	while (answertable_next(reading.table))
		read_row(&reading);
	result = journal_append(replies->batch, reading.said.items, reading.said.count,
	    &added, err);
	if (result == 0)
		msg_note("'%s': %zu parcels were sent; %zu are new; %zu rows refused, "
		    "%zu of other schools", answertable_shown(reading.table),
		    reading.said.count, added, reading.refused, reading.others);
	if (result == 0 && reading.others > 0)
		msg_warn("'%s': %zu rows are of other schools: give the list to their "
		    "batches, too", answertable_shown(reading.table), reading.others);
	*refused += reading.refused;
	people_free(reading.people);
	answerlist_release(&reading.said);
	answertable_free(reading.table);
	return result;
}
