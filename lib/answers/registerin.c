#include "lib/answers/registerin.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/answerlist.h"
#include "lib/answers/people.h"
#include "lib/answers/replies.h"
#include "lib/archive/entrymask.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mask.h"
#include "lib/base/msg.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/profile/profile.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterin.h"

/* In the order in which a remark is searched: 身份核验未通过 is no 通过. */
static const char *const answers[] = { "rejected", "uncertain", "abnormal",
    "accepted" };
enum { ANSWERS = sizeof answers / sizeof answers[0], ACCEPTED = 3 };

/* One list while it is read. */
struct reading {
	const struct replies *replies;
	const char *name, *shown;	/* of the file; the latter for messages */
	char file[HASH_TEXT];
	struct people *people;
	struct answerlist said;
	size_t refused, silent;	/* silent: rows without an answer */
	size_t of[ANSWERS];
};

/* Which answer a remark is, or ANSWERS. */
static size_t
find_answer(const struct profile *profile, const char *remark)
{
	struct buf word = BUF_INIT;
	size_t answer, i;
	int found = 0;

	for (answer = 0; answer < ANSWERS; answer++) {
		for (i = 0; !found; i++) {
			buf_clear(&word);
			if (!profile_item(profile, "register", answers[answer], i,
			    &word))
				break;
			found = strstr(remark, word.data) != NULL;
		}
		if (found)
			break;
	}
	buf_release(&word);
	return answer;
}

/* The student whom a row's numbers name; a clause why there is none. */
static const char *
find_student(const struct people *people, const struct roster *roster,
    size_t row, long *student)
{
	static const enum student_field fields[] = { STUDENT_ID_NUMBER,
	    STUDENT_STUDENT_NO, STUDENT_EXAM_NO };
	const char *value;
	long other;

	*student = PEOPLE_NOBODY;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		value = roster_field(roster, row, fields[i]);
		other = value != NULL ? people_of_value(people, value) : PEOPLE_NOBODY;
		if (other == PEOPLE_NOBODY)
			continue;
		if (*student != PEOPLE_NOBODY && other != *student)
			return "its numbers belong to two students";
		*student = other;
	}
	return *student == PEOPLE_NOBODY ? "it is no student of this batch" : NULL;
}

static const char *
delivered_picture(const struct replies *replies, const char *record, long student)
{
	const struct journal_answer *answer = NULL;
	const struct ledger_entry *entry = replies->photos[student].entry;
	const char *picture = entry != NULL ? entry->sha256 : NULL;

	while ((answer = journal_next(replies->journal, record, answer)) != NULL)
		if (answer->kind == JOURNAL_DELIVERY)
			picture = answer->picture;
	return picture;
}

static void
say(struct reading *reading, long student, size_t which, const char *remark)
{
	const struct replies *replies = reading->replies;
	struct journal_answer *answer;

	answer = answerlist_add(&reading->said, JOURNAL_REGISTER);
	answer->role = "register";
	answer->record = answerlist_record(&reading->said, replies->batch,
	    replies->ledger->students[student].n);
	answer->field = "photo";
	answer->after = answers[which];
	answer->reason = answerlist_keep(&reading->said, remark);
	answer->picture = delivered_picture(replies, answer->record, student);
	answer->who = replies->who;
	answer->file = reading->file;
	answer->file_name = reading->name;
}

/* The words of BZ are quoted: the profile lists those that it knows. */
static void
refuse(struct reading *reading, const struct roster *roster, size_t row,
    const char *wrong)
{
	struct buf shown = BUF_INIT;

	mask_entry_name(roster_field(roster, row, STUDENT_REMARK),
	    people_names(reading->people), &shown);
	msg_warn("'%s' row %u: %s: '%s'", reading->shown,
	    roster->students[row].row, wrong, shown.data);
	reading->refused++;
	buf_release(&shown);
}

static void
read_row(struct reading *reading, const struct roster *roster, size_t row)
{
	const char *remark = roster_field(roster, row, STUDENT_REMARK), *wrong;
	size_t which;
	long student;

	if (remark == NULL || *remark == '\0') {
		reading->silent++;
		return;
	}
	which = find_answer(reading->replies->profile, remark);
	wrong = find_student(reading->people, roster, row, &student);
	if (which == ANSWERS) {
		refuse(reading, roster, row,
		    "the profile's [register] does not know what is said in BZ");
	} else if (wrong != NULL) {
		refuse(reading, roster, row, wrong);
	} else {
		say(reading, student, which, remark);
		if (reading->said.items[reading->said.count - 1].picture != NULL) {
			reading->of[which]++;
		} else {
			reading->said.count--;
			refuse(reading, roster, row, "there is no photo");
		}
	}
}

/* Lines, sheets and files that students may be lost by. */
static void
tell_gap(struct reading *reading, const struct roster *roster,
    const struct roster_gap *gap)
{
	struct buf place = BUF_INIT;

	if (gap->error) {
		roster_gap_place(roster, gap, &place);
		msg_warn("'%s' %s: %s", reading->shown, place.data, gap->reason);
		reading->refused++;
	}
	buf_release(&place);
}

static int
read_list(struct reading *reading, const struct roster *roster,
    struct buf *err)
{
	size_t added = 0;

	for (size_t i = 0; i < roster->count; i++)
		read_row(reading, roster, i);
	for (size_t i = 0; i < roster->gap_count; i++)
		tell_gap(reading, roster, &roster->gaps[i]);
	if (reading->said.count == 0 && reading->refused == 0) {
		buf_addf(err, "'%s' holds no answer of the register: BZ is empty in "
		    "all of its rows", reading->shown);
		return -1;
	}
	if (journal_append(reading->replies->batch, reading->said.items,
	    reading->said.count, &added, err) != 0)
		return -1;
	msg_note("'%s': %zu accepted, %zu not, %zu uncertain, %zu abnormal; %zu "
	    "answers are new; %zu rows without an answer, %zu refused", reading->shown,
	    reading->of[ACCEPTED], reading->of[0], reading->of[1],
	    reading->of[2], added, reading->silent, reading->refused);
	return 0;
}

int
registerin_take(const struct replies *replies, const char *path, size_t *refused,
    struct buf *err)
{
	const char *slash = strrchr(path, '/');
	struct reading reading = { .replies = replies,
	    .name = slash != NULL ? slash + 1 : path };
	struct roster_options options = { 0 };
	struct roster_batch batch = { replies->batch->school_code,
	    replies->batch->class };
	struct roster roster;
	struct buf shown = BUF_INIT, quoted = BUF_INIT;
	int result = -1;

	entrymask_file(reading.name, &shown);
	reading.shown = shown.data;
	answerlist_init(&reading.said);
	roster_init(&roster);
	roster_add_file(&roster, reading.name, "", 0, 0);
	buf_addf(&quoted, "'%s'", shown.data);
	if (hash_file(path, reading.file, err) == 0 &&
	    rosterin_read(path, quoted.data, &options, replies->profile, &roster,
	    err) == 0) {
		roster_settle(&roster, &batch);
		reading.people = people_new(replies->ledger, replies->batch->id);
		result = read_list(&reading, &roster, err);
		people_free(reading.people);
	}
	*refused += reading.refused;
	buf_release(&quoted);
	buf_release(&shown);
	roster_release(&roster);
	answerlist_release(&reading.said);
	return result;
}
