#include "lib/intake/photo.h"

#include <stdint.h>
#include <string.h>

#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/decide.h"
#include "lib/decision/status.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"
#include "lib/profile/profile.h"
#include "lib/roster/scope.h"
#include "lib/stream/stream.h"

#define TOOL "tc-ingest"
#define UNREADABLE "file.readable"
#define ROSTER_VALUE "roster.value"

/* What the table of schools says, for people and in the place of the profile. */
static void
set_school(struct node *school, struct node *profile, const struct node *row)
{
	static const char *const members[] = { "city", "contact", "phone",
	    "address", "postcode", "paid", "paid_date", "feedback" };
	static const char *const lists[] = { "points", "outside" };
	struct node *set = node_get(row, "set"), *list;

	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		node_set_text(school, members[i], node_text(row, members[i]));
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		list = node_get(row, lists[i]);
		if (list != NULL)
			node_set(school, lists[i], node_copy(list));
	}
	if (set != NULL)
		node_set(profile, "set", node_copy(set));
}

const char *
photo_class(const struct ledger *ledger, const char *class)
{
	int found = 0;

	for (size_t i = 0; i < ledger->student_count && !found; i++) {
		struct node *student = ledger_get_student(ledger, &ledger->students[i]);

		found = !ledger->students[i].removed && scope_is_year(class, student);
		node_free(student);
	}
	return found ? class : "";
}

struct node *
photo_header(const struct photo_maker *maker)
{
	const struct batch *batch = maker->batch;
	struct node *header = node_object(), *school, *profile;

	node_set_text(header, "type", "batch");
	node_set_integer(header, "format", 1);
	node_set_text(header, "id", batch->id);
	school = node_set(header, "school", node_object());
	node_set_text(school, "code", batch->school_code);
	node_set_text(school, "name", batch->school_name);
	node_set_text(header, "class", batch->class);
	profile = node_set(header, "profile", node_object());
	node_set_text(profile, "name", profile_name(maker->profile));
	node_set_text(profile, "hash", profile_hash(maker->profile));
	set_school(school, profile, maker->school);
	node_set_text(header, "directory", batch->directory);
	node_set_text(header, "date", batch->date);
	stream_add_step(header, TOOL);
	return header;
}

static void
add_id(const struct photo_maker *maker, long n, struct buf *out)
{
	buf_addf(out, "%s-%ld", maker->batch->id, n);
}

static struct node *
new_photo(const struct photo_maker *maker, long n)
{
	struct node *photo = node_object();
	struct buf id = BUF_INIT;

	node_set_text(photo, "type", "photo");
	add_id(maker, n, &id);
	node_set_text(photo, "id", id.data);
	buf_release(&id);
	return photo;
}

/* Where students are known by their codes, the code is what photos are joined by,
 * and none where that is in doubt. */
static void
set_student(const struct photo_maker *maker, struct node *photo,
    const struct ledger_student *student)
{
	struct node *node = node_set(photo, "student", ledger_get_student(
	    maker->ledger, student));

	if (!profile_by_code(maker->profile))
		return;
	node_remove(node, "capture_code");
	if (student->trouble == NULL)
		node_set_text(node, "capture_code", student->code);
}

static struct node *
set_match(struct node *photo, const char *state, int by)
{
	struct node *match = node_set(photo, "match", node_object());

	node_set_text(match, "state", state);
	if (by >= 0)
		node_set_text(match, "by",
		    match_field_name((enum match_field)by));
	return match;
}

/* Whether the name stands for another format than the content is. */
static int
is_misnamed(const struct ledger_entry *entry)
{
	const char *format = entryname_format(entry->name);

	return format == NULL || strcmp(format, entry->format) != 0;
}

/* Members source and image, and the failed check of a picture that cannot be
 * read. */
static void
set_picture(const struct photo_maker *maker, struct node *photo,
    const struct ledger_upload *upload, const struct ledger_entry *entry)
{
	struct node *source = node_set(photo, "source", node_object()), *image;
	struct limit limit = profile_limit(maker->profile, UNREADABLE);
	struct buf path = BUF_INIT;

	node_set_integer(source, "arrival",
	    upload - maker->ledger->uploads + 1);
	if (upload->day[0] != '\0')
		node_set_text(source, "received", upload->day);
	node_set_text(source, "upload", upload->name);
	node_set_integer(source, "number", entry->number);
	node_set_text(source, "entry", entry->name);
	node_set_integer(source, "bytes", (long long)entry->bytes);
	if (entry->format != NULL) {
		ledger_original(entry->sha256, entry->format, &path);
		node_set_text(source, "sha256", entry->sha256);
		node_set_text(source, "path", path.data);
		image = node_set(photo, "image", node_object());
		node_set_text(image, "format", entry->format);
		if (is_misnamed(entry))
			node_set_flag(image, "misnamed", 1);
		if (entry->width > 0) {
			node_set_integer(image, "width", entry->width);
			node_set_integer(image, "height", entry->height);
			node_set_integer(image, "orientation",
			    entry->orientation);
		}
	}
	node_set(photo, "checks", node_array());
	if (entry->kind != LEDGER_PICTURE)
		status_add_verdict(photo, TOOL, UNREADABLE, &limit,
		    VERDICT_FAIL, entry->reason);
	buf_release(&path);
}

static void
finish(const struct photo_maker *maker, struct node *photo)
{
	if (node_get(photo, "checks") == NULL)
		node_set(photo, "checks", node_array());
	decide_apply(maker->journal, photo);
	status_derive(photo, maker->profile);
}

static void
set_matched(struct node *record, const struct join_photo *photo)
{
	struct node *match = set_match(record, "matched", photo->by);

	if (photo->later)
		node_set_flag(match, "later", 1);
	if (photo->held)
		node_set_flag(match, "held", 1);
}

/* What leaves open whose it is, and a person has to look. */
static void
add_doubt(const struct photo_maker *maker, struct node *record, int by, int doubt)
{
	static const struct {
		const char *id, *detail;
	} doubts[] = {
		[MATCH_SURE] = { "match.name",
		    "the file name holds the student's name and no number" },
		[MATCH_DOUBT_NAME] = { "match.name",
		    "the name in the file name is not the student's" },
		[MATCH_DOUBT_DATE] = { "match.number",
		    "the number in the file name could be a date" },
		[MATCH_DOUBT_COUNTER] = { "match.number",
		    "the number in the file name could be a camera's counter" },
		[MATCH_DOUBT_FOLDER] = { "match.folder",
		    "the folder's name is the student's, and the file's own says "
		    "nothing" },
		[MATCH_DOUBT_CODE] = { "match.code",
		    "the file name holds neither the student's number nor the "
		    "last four characters of the ID number" }
	};
	const char *id = by == MATCH_NAME ? doubts[MATCH_SURE].id : doubts[doubt].id;
	struct limit limit;

	if (by != MATCH_NAME && doubt == MATCH_SURE)
		return;
	limit = profile_limit(maker->profile, id);
	status_add_verdict(record, TOOL, id, &limit, VERDICT_FAIL,
	    doubts[doubt].detail);
}

/* The roster's values are not what their columns say: a person has to look before
 * they name an image or stand in a list. */
static void
add_roster_doubt(const struct photo_maker *maker, struct node *record)
{
	const char *doubts = node_text(node_get(record, "student"), "doubts");
	struct limit limit;

	if (doubts == NULL)
		return;
	limit = profile_limit(maker->profile, ROSTER_VALUE);
	status_add_verdict(record, TOOL, ROSTER_VALUE, &limit, VERDICT_FAIL,
	    doubts);
}

static void
set_missing(struct node *record, const struct ledger_student *student)
{
	struct node *match = set_match(record, "missing", -1);

	if (student->trouble != NULL)
		node_set_text(match, "reason", student->trouble);
	else if (student->pictured)
		node_set_text(match, "reason",
		    "the code is there, and no photo");
}

/* Who linked the picture to whom. */
static void
set_disagreement(struct node *match, const struct ledger_entry *entry)
{
	struct node *list, *item;

	if (entry->match.said[0] == NULL)
		return;
	list = node_set(match, "said", node_array());
	for (int i = 0; i < 2; i++) {
		item = node_append(list, node_object());
		node_set_text(item, "who", entry->match.said[i]->who);
		node_set_text(item, "record", entry->match.said[i]->record);
		node_set_text(item, "when", entry->match.said[i]->when);
	}
}

struct node *
photo_of_student(const struct photo_maker *maker,
    const struct ledger_student *student, const struct join_photo *photo)
{
	struct node *record = new_photo(maker, student->n);
	struct buf reason = BUF_INIT;

	set_student(maker, record, student);
	if (student->removed) {
		node_set_text(set_match(record, "removed", -1), "reason",
		    "the student is no longer in the roster");
		if (photo->entry != NULL)
			set_picture(maker, record, photo->upload, photo->entry);
	} else if (scope_excludes(maker->profile, maker->class,
	    node_get(record, "student"), &reason)) {
		node_set_text(set_match(record, "excluded", -1), "reason",
		    reason.data);
		if (photo->entry != NULL)
			set_picture(maker, record, photo->upload, photo->entry);
	} else if (photo->entry == NULL)
		set_missing(record, student);
	else {
		set_matched(record, photo);
		set_picture(maker, record, photo->upload, photo->entry);
		add_doubt(maker, record, photo->by, photo->doubt);
		add_roster_doubt(maker, record);
	}
	if (student->removed)
		node_set_text(record, "roster", "removed");
	finish(maker, record);
	buf_release(&reason);
	return record;
}

struct node *
photo_of_entry(const struct photo_maker *maker,
    const struct ledger_upload *upload, const struct ledger_entry *entry,
    const struct ledger_student *student)
{
	struct node *record = new_photo(maker, entry->n), *match;
	struct buf owner = BUF_INIT;

	if (student != NULL) {
		set_student(maker, record, student);
		match = set_match(record, "superseded", entry->match.by);
		add_id(maker, student->n, &owner);
		node_set_text(match, "record", owner.data);
		if (entry->match.held)
			node_set_flag(match, "held", 1);
		buf_release(&owner);
	} else {
		match = set_match(record, "unmatched", -1);
		node_set_text(match, "reason", entry->match.reason);
		set_disagreement(match, entry);
	}
	set_picture(maker, record, upload, entry);
	if (student != NULL)
		add_doubt(maker, record, entry->match.by, entry->match.doubt);
	finish(maker, record);
	return record;
}

struct node *
photo_refused_entry(const struct photo_maker *maker, const char *upload,
    const struct ledger_entry *entry, const struct ledger_student *student,
    const char *reason)
{
	struct node *record = node_object();
	struct buf name = BUF_INIT;

	node_set_text(record, "type", "refused");
	entrymask_file(upload, &name);
	node_set_text(record, "upload", name.data);
	if (entry != NULL) {
		buf_clear(&name);
		entrymask(entry->name, &name);
		node_set_integer(record, "number", entry->number);
		node_set_text(record, "entry", name.data);
	}
	if (student != NULL) {
		buf_clear(&name);
		add_id(maker, student->n, &name);
		node_set_text(record, "record", name.data);
	}
	node_set_text(record, "reason", reason);
	buf_release(&name);
	return record;
}

struct node *
photo_refused_row(const struct ledger_gap *gap)
{
	struct node *record = node_object();

	node_set_text(record, "type", "refused");
	node_set_text(record, "roster", gap->roster);
	if (*gap->sheet != '\0')
		node_set_text(record, "sheet", gap->sheet);
	node_set_integer(record, "row", gap->row);
	node_set_text(record, "reason", gap->reason);
	return record;
}
