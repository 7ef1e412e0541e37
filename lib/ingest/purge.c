#include "lib/ingest/purge.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/thumbnail.h"
#include "lib/decision/decide.h"
#include "lib/decision/status.h"
#include "lib/ingest/destroyed.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"

enum { DAY = WORKDAYS_DATE };

/* In the order in which they go: what a later one needs goes after it. */
enum kind { ORIGINALS, IMAGES, MEASUREMENTS, REMAINS, LIKENESS, JOURNALS, KINDS };

static const char *const names[KINDS] = { "originals", "images", "measurements",
    "remains", "likeness", "journals" };

struct reading {
	const struct purge *purge;
	struct destroyed *lists[KINDS];	/* files, by their names in the batch */
	struct destroyed *answers;	/* the journal: what is due is known by it */
	char last[DAY];			/* of the last delivery, or "" */
	long open;			/* photos that wait for somebody or for a bundle */
	long kept;			/* photos that nobody handed over */
	struct buf handed;		/* ids of records, each between line feeds */
	int here, whole;
	int foreign;			/* a picture that is no file of a batch is named */
	long records;
};

/* ---- what was handed over ---- */

static const char *
text_of(const struct node *photo, const char *object, const char *member)
{
	return node_text(node_get(photo, object), member);
}

/* The day on which a bundle held the photo's picture last, or NULL. */
static const char *
day_delivered(const struct node *photo)
{
	const struct node *list = node_get(photo, "delivered");
	const char *sum = text_of(photo, "source", "sha256"), *day = NULL;

	for (size_t i = 0; sum != NULL && i < node_count(list); i++) {
		const char *picture = node_text(node_at(list, i), "picture");
		const char *when = node_text(node_at(list, i), "when");

		if (picture != NULL && strcmp(picture, sum) == 0 && when != NULL &&
		    strlen(when) >= DAY - 1 && (day == NULL || strcmp(day, when) < 0))
			day = when;
	}
	return day;
}

static int
is_refused(const struct node *photo)
{
	const struct node *list = node_get(photo, "register");

	for (size_t i = node_count(list); i > 0; i--) {
		const char *state = node_text(node_at(list, i - 1), "state");

		if (state != NULL)
			return strcmp(state, "refused") == 0 ||
			    strcmp(state, "doubted") == 0;
	}
	return 0;
}

static void
add_id(const char *id, struct buf *out)
{
	buf_addf(out, "\n%s\n", id);
}

/* Of a record that is superseded: whether its student's present picture was handed
 * over.  Records of students come first. */
static int
belongs_to_handed(const struct reading *reading, const struct node *photo)
{
	const char *id = text_of(photo, "match", "record");
	struct buf key = BUF_INIT;
	int found = 0;

	if (id != NULL) {
		add_id(id, &key);
		found = strstr(reading->handed.data, key.data) != NULL;
	}
	buf_release(&key);
	return found;
}

static void
list_file(struct reading *reading, enum kind kind, const char *name)
{
	if (name == NULL)
		return;
	if (batch_is_work(name))
		destroyed_add(reading->lists[kind], name);
	else
		reading->foreign = 1;
}

static void
list_picture(struct reading *reading, const struct node *photo, enum kind kind)
{
	const char *sum = text_of(photo, "normalized", "sha256");
	struct buf name = BUF_INIT;

	list_file(reading, kind, text_of(photo, "source", "path"));
	if (kind == ORIGINALS)
		kind = IMAGES;
	list_file(reading, kind, text_of(photo, "normalized", "path"));
	if (sum != NULL) {
		thumbnail_name(sum, &name);
		list_file(reading, kind, name.data);
	}
	buf_release(&name);
}

static void
take_photo(struct reading *reading, const struct node *photo)
{
	enum status status = status_of(photo);
	const char *day = day_delivered(photo);
	int handed = status == STATUS_PASS && day != NULL && !is_refused(photo);

	if (handed) {
		add_id(node_text(photo, "id"), &reading->handed);
		if (strncmp(day, reading->last, DAY - 1) > 0)
			memcpy(reading->last, day, DAY - 1);
	} else if (status == STATUS_SUPERSEDED) {
		handed = belongs_to_handed(reading, photo);
	} else if (status == STATUS_PASS || status == STATUS_REVIEW) {
		reading->open++;
	}
	if (node_get(photo, "source") == NULL)
		return;
	reading->kept += !handed;
	list_picture(reading, photo, handed ? ORIGINALS : REMAINS);
}

/* ---- the manifest ---- */

static void
take_record(struct reading *reading, struct node *record)
{
	const char *type = node_text(record, "type"), *id = node_text(record, "id");

	if (type == NULL)
		return;
	if (strcmp(type, "batch") == 0) {
		reading->here = id != NULL && strcmp(id, reading->purge->batch->id) == 0;
		reading->records = 0;
	} else if (reading->here && strcmp(type, "end") == 0) {
		reading->whole = !node_true(record, "subset") &&
		    node_integer(record, "records", -1) == reading->records;
		reading->here = 0;
	} else if (reading->here) {
		reading->records++;
		if (strcmp(type, "photo") == 0 && id != NULL) {
			decide_apply(reading->purge->journal, record);
			status_derive(record, reading->purge->profile);
			take_photo(reading, record);
		}
	}
}

static int
read_manifest(struct reading *reading, const char *path, struct buf *err)
{
	struct buf line = BUF_INIT, reason = BUF_INIT;
	struct io_lines lines;
	int whole, got;

	if (io_lines_open(&lines, path, err) == -1)
		return -1;
	while ((got = io_lines_next(&lines, &line, &whole, err)) == 1) {
		struct node *record = node_parse(line.data, line.len, &reason);

		if (record == NULL) {
			buf_addf(err, "'%s': %s", path, reason.data);
			got = -1;
			break;
		}
		take_record(reading, record);
		node_free(record);
	}
	io_lines_close(&lines);
	buf_release(&line);
	buf_release(&reason);
	if (got == 0 && !reading->whole)
		buf_addf(err, "nothing is deleted by '%s': it is not the whole manifest of "
		    "this batch", path);
	else if (got == 0 && reading->foreign)
		buf_addf(err, "nothing is deleted by '%s': it names a file that is no picture "
		    "of a batch", path);
	return got == 0 && reading->whole && !reading->foreign ? 0 : -1;
}

/* ---- what is due ---- */

/* The day from which the kind is due: 0, or -1 when it never is. */
static int
due_day(const struct reading *reading, enum kind kind, char day[static DAY])
{
	long days = profile_integer(reading->purge->profile, "retention", names[kind]);

	if (*reading->last == '\0' || reading->open > 0 || days <= 0)
		return -1;
	return workdays_calendar_after(reading->last, days, day);
}

static int
is_due(const struct reading *reading, enum kind kind)
{
	char day[DAY] = "", today[DAY];

	batch_today(today);
	return due_day(reading, kind, day) == 0 && strcmp(day, today) <= 0;
}

static const char *
state_of(const struct reading *reading, int due, const char *day)
{
	if (due)
		return reading->purge->removes ? "deleted" : "due";
	if (reading->open > 0)
		return "waits";
	return *day == '-' ? "never" : "later";
}

/* Journals stay as long as there is a picture of which they speak. */
static int
may_go(const struct reading *reading, enum kind kind)
{
	if (!is_due(reading, kind))
		return 0;
	return kind != JOURNALS || (is_due(reading, ORIGINALS) && is_due(reading, IMAGES) &&
	    (reading->kept == 0 || is_due(reading, REMAINS)));
}

/* The journal goes as the very last: a run that is killed before knows the same. */
static int
remove_kind(const struct reading *reading, enum kind kind, struct buf *err)
{
	const struct batch *batch = reading->purge->batch;
	struct destroyed_reason reason = { names[kind], reading->purge->who };
	struct batch_memory nothing = { 0 };

	if (destroyed_remove(reading->lists[kind], batch, &reason, err) != 0)
		return -1;
	if (kind != JOURNALS)
		return 0;
	return batch_remember(batch, &nothing, err) != 0 ? -1 :
	    destroyed_remove(reading->answers, batch, &reason, err);
}

static int
take_kind(const struct reading *reading, enum kind kind, struct buf *err)
{
	const struct purge *purge = reading->purge;
	struct destroyed *list = reading->lists[kind];
	char day[DAY] = "-";
	int due = may_go(reading, kind);

	if (due_day(reading, kind, day) != 0)
		memcpy(day, "-", sizeof "-");
	destroyed_count(list, purge->batch);
	if (kind == JOURNALS)
		destroyed_count(reading->answers, purge->batch);
	if (due && purge->removes && remove_kind(reading, kind, err) != 0)
		return -1;
	printf("%s\t%s\t%s\t%zu\t%llu\n", names[kind], day, state_of(reading, due, day),
	    destroyed_files(list), destroyed_bytes(list));
	return 0;
}

static void
list_rest(struct reading *reading)
{
	static const char *const journals[] = { "decisions.torn", "roster.ndjson",
	    "uploads.ndjson", "judged.ndjson", "chosen.json", "school.json",
	    "seen" };

	destroyed_add_folder(reading->lists[MEASUREMENTS], reading->purge->batch, "results");
	for (size_t i = 0; i < sizeof journals / sizeof *journals; i++)
		destroyed_add(reading->lists[JOURNALS], journals[i]);
	destroyed_add(reading->answers, "decisions.ndjson");
	/* A picture of two students stays as long as one of them needs it. */
	if (!may_go(reading, REMAINS)) {
		destroyed_spare(reading->lists[ORIGINALS], reading->lists[REMAINS]);
		destroyed_spare(reading->lists[IMAGES], reading->lists[REMAINS]);
	}
}

int
purge_batch(const struct purge *purge, const char *manifest, struct buf *err)
{
	struct reading reading = { .purge = purge };
	int result;

	buf_adds(&reading.handed, "\n");
	for (int i = 0; i < KINDS; i++)
		reading.lists[i] = destroyed_new();
	reading.answers = destroyed_new();
	result = read_manifest(&reading, manifest, err);
	if (result == 0) {
		list_rest(&reading);
		msg_note("handed over last on %s; photos never handed over: %ld, waiting: %ld",
		    *reading.last != '\0' ? reading.last : "-", reading.kept, reading.open);
	}
	for (int i = 0; result == 0 && i < KINDS; i++)
		result = take_kind(&reading, (enum kind)i, err);
	for (int i = 0; i < KINDS; i++)
		destroyed_free(reading.lists[i]);
	destroyed_free(reading.answers);
	buf_release(&reading.handed);
	return result;
}

void
purge_refuse(const struct batch *batch)
{
	struct buf path = BUF_INIT;

	batch_path(batch, PURGE_DESTROYED, &path);
	if (access(path.data, F_OK) == 0)
		msg_die("'%s': its photos were deleted because their time was over: nothing "
		    "more is read into it, take another directory", batch->directory);
	buf_release(&path);
}
