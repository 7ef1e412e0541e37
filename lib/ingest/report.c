#include "lib/ingest/report.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/ingest/errors.h"
#include "lib/ingest/omissions.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/photo.h"
#include "lib/stream/census.h"
#include "lib/stream/stream.h"

struct rows {
	long matched, missing, excluded, refused, repeated, skipped;
};

struct entries {
	long photos, superseded, repeated, unmatched, unreadable, refused, junk,
	    rosters, archives, codes;
};

enum { SKIPPED_MAX = 5000 };

struct printer {
	const struct report *report;
	struct errors errors;
	struct photo_maker maker;
	struct stream_counts counts;
	struct census census;
	struct rows rows;
	struct entries entries;
	long sidecars;			/* of the junk */
};

void
report_number(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++) {
			struct ledger_entry *entry =
			    &ledger->uploads[i].entries[k];

			if (entry->n == 0 && report_is_record(entry))
				entry->n = ++ledger->last;
		}
}

static void
print(struct printer *printer, struct node *record)
{
	struct buf err = BUF_INIT;

	if (census_add(&printer->census, record, &err) != 0)
		msg_die("%s", err.data);
	stream_count(&printer->counts, record);
	stream_print(record);
	node_free(record);
}

static void
count_row(struct rows *rows, const struct node *record)
{
	const char *state = node_text(node_get(record, "match"), "state");

	if (strcmp(state, "removed") == 0)
		return;
	if (strcmp(state, "excluded") == 0)
		rows->excluded++;
	else if (strcmp(state, "missing") == 0)
		rows->missing++;
	else
		rows->matched++;
}

static void
print_row(struct printer *printer, const struct error *error)
{
	struct node *record;

	if (error->gap == NULL || error->gap->kind != LEDGER_ROW)
		return;
	record = photo_refused_row(error->gap);
	if (error->known != ERROR_NEW)
		node_set_flag(record, "acknowledged", 1);
	print(printer, record);
}

static void
print_students(struct printer *printer)
{
	const struct ledger *ledger = printer->report->ledger;

	for (size_t i = 0; i < ledger->student_count; i++) {
		const struct ledger_student *student = &ledger->students[i];
		const struct join_photo *photo = &printer->report->photos[i];
		struct node *record;

		if (student->removed && !student->kept)
			continue;
		if (student->removed)
			msg_warn("record %s-%ld is no longer in the roster: "
			    "its photo is kept and not used",
			    printer->report->batch->id, student->n);
		if (student->trouble != NULL)
			msg_warn("record %s-%ld has no capture code: %s",
			    printer->report->batch->id, student->n,
			    student->trouble);
		record = photo_of_student(&printer->maker, student, photo);
		count_row(&printer->rows, record);
		print(printer, record);
	}
	for (size_t i = 0; i < printer->errors.count; i++)
		print_row(printer, &printer->errors.items[i]);
	printer->rows.refused = ledger_lines(ledger, LEDGER_ROW);
	printer->rows.repeated = ledger_lines(ledger, LEDGER_REPEATED);
	printer->rows.skipped = ledger_lines(ledger, LEDGER_LINE);
}

/* Whose photo the entry would be, or NULL. */
static const struct ledger_student *
owner_of(const struct printer *printer, const struct ledger_entry *entry)
{
	return entry->match.state == LEDGER_SUPERSEDED ?
	    &printer->report->ledger->students[entry->match.student] : NULL;
}

static void
refuse(struct printer *printer, const struct error *error,
    const struct ledger_student *student)
{
	struct node *record = photo_refused_entry(&printer->maker, error->file,
	    error->entry, student, error->reason);

	if (error->known != ERROR_NEW)
		node_set_flag(record, "acknowledged", 1);
	print(printer, record);
}

static void
refuse_entry(struct printer *printer, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	printer->entries.refused++;
	refuse(printer, errors_about(&printer->errors, upload, entry),
	    owner_of(printer, entry));
}

static void
print_picture(struct printer *printer, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	struct entries *entries = &printer->entries;
	const struct ledger_student *student = owner_of(printer, entry);

	if (student != NULL)
		entries->superseded++;
	else if (entry->kind == LEDGER_UNREADABLE)
		entries->unreadable++;
	else if (entry->match.state == LEDGER_CHOSEN)
		entries->photos++;
	else
		entries->unmatched++;
	if (report_is_record(entry))
		print(printer, photo_of_entry(&printer->maker, upload, entry,
		    student));
}

/* A file that is no picture: the student's, who has no other, or nobody's. */
static void
print_other(struct printer *printer, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	if (entry->match.state == LEDGER_CHOSEN)
		printer->entries.unreadable++;
	else if (entry->kind == LEDGER_EMPTY && !errors_has_nothing(entry))
		printer->entries.junk++;
	else
		refuse_entry(printer, upload, entry);
}

static void
print_code(struct printer *printer, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	if (entry->match.reason != NULL)
		refuse_entry(printer, upload, entry);
	else
		printer->entries.codes++;
}

static void
print_entry(struct printer *printer, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	if (entry->match.state == LEDGER_AGAIN) {
		printer->entries.repeated++;
		return;
	}
	switch (entry->kind) {
	case LEDGER_PICTURE:
	case LEDGER_UNREADABLE:
		if (entry->match.state == LEDGER_CODE)
			print_code(printer, upload, entry);
		else
			print_picture(printer, upload, entry);
		break;
	case LEDGER_REFUSED:
	case LEDGER_EMPTY:
		print_other(printer, upload, entry);
		break;
	case LEDGER_ROSTER:
		printer->entries.rosters++;
		break;
	case LEDGER_ARCHIVE:
		printer->entries.archives++;
		break;
	case LEDGER_SIDECAR:
		printer->entries.junk++;
		printer->sidecars++;
		break;
	}
}

/* Returns how many entries the uploads have. */
static long
print_uploads(struct printer *printer)
{
	const struct ledger *ledger = printer->report->ledger;
	const struct error *error;
	long total = 0;

	for (size_t i = 0; i < ledger->upload_count; i++) {
		const struct ledger_upload *upload = &ledger->uploads[i];

		error = errors_about(&printer->errors, upload, NULL);
		if (error != NULL && error->known != ERROR_SENT_AGAIN)
			refuse(printer, error, NULL);
		for (size_t k = 0; k < upload->count; k++)
			print_entry(printer, upload, &upload->entries[k]);
		printer->entries.junk += upload->junk;
		total += (long)upload->count + upload->junk;
	}
	for (size_t i = 0; i < printer->errors.count; i++) {
		error = &printer->errors.items[i];
		if (error->gap == NULL && error->upload == NULL)
			refuse(printer, error, NULL);
	}
	return total;
}

static long
sum_rows(const struct rows *rows)
{
	return rows->matched + rows->missing + rows->excluded + rows->refused +
	    rows->repeated;
}

static long
sum_entries(const struct entries *entries)
{
	return entries->photos + entries->superseded + entries->repeated +
	    entries->unmatched +
	    entries->unreadable + entries->refused + entries->junk +
	    entries->rosters + entries->archives + entries->codes;
}

static void
set_rows(struct node *end, const struct rows *rows)
{
	struct node *node = node_set(end, "rows", node_object());
	long students = rows->matched + rows->missing + rows->excluded;

	node_set_integer(node, "total", sum_rows(rows));
	node_set_integer(node, "matched", rows->matched);
	node_set_integer(node, "missing", rows->missing);
	node_set_integer(node, "excluded", rows->excluded);
	node_set_integer(node, "refused", rows->refused);
	node_set_integer(node, "repeated", rows->repeated);
	node = node_set(end, "lines", node_object());
	node_set_integer(node, "total", sum_rows(rows) + rows->skipped);
	node_set_integer(node, "students", students);
	node_set_integer(node, "refused", rows->refused);
	node_set_integer(node, "repeated", rows->repeated);
	node_set_integer(node, "skipped", rows->skipped);
}

/* What of the roster is no student's record, by name. */
static void
set_skipped(struct node *end, const struct ledger *ledger)
{
	struct node *list = node_set(end, "skipped", node_array());
	size_t left = 0;

	for (size_t i = 0; i < ledger->gap_count; i++) {
		if (ledger->gaps[i].kind == LEDGER_ROW)
			continue;
		if (node_count(list) == SKIPPED_MAX)
			left++;
		else
			node_append(list, omissions_node(&ledger->gaps[i]));
	}
	if (left > 0)
		node_set_integer(end, "skipped_more", (long long)left);
}

static void
print_end(struct printer *printer)
{
	const struct entries *entries = &printer->entries;
	struct node *end = node_object(), *node;

	node_set_text(end, "type", "end");
	stream_set_counts(end, &printer->counts);
	census_set(&printer->census, end);
	set_rows(end, &printer->rows);
	set_skipped(end, printer->report->ledger);
	node = node_set(end, "entries", node_object());
	node_set_integer(node, "total", sum_entries(entries));
	node_set_integer(node, "photos", entries->photos);
	node_set_integer(node, "superseded", entries->superseded);
	if (entries->repeated > 0)
		node_set_integer(node, "repeated", entries->repeated);
	node_set_integer(node, "unmatched", entries->unmatched);
	node_set_integer(node, "unreadable", entries->unreadable);
	node_set_integer(node, "refused", entries->refused);
	node_set_integer(node, "junk", entries->junk);
	node_set_integer(node, "rosters", entries->rosters);
	node_set_integer(node, "archives", entries->archives);
	node_set_integer(node, "codes", entries->codes);
	stream_print(end);
	node_free(end);
}

/* Rows that the ledger knows, counted without looking at photos. */
static long
count_rows(const struct ledger *ledger)
{
	long total = ledger_lines(ledger, LEDGER_ROW) +
	    ledger_lines(ledger, LEDGER_REPEATED);

	for (size_t i = 0; i < ledger->student_count; i++)
		total += !ledger->students[i].removed;
	return total;
}

/* What is neither an error nor a record. */
static void
tell_passed_over(const struct printer *printer)
{
	if (printer->entries.repeated > 0)
		msg_note("the same files again, of students who had them "
		    "before: %ld", printer->entries.repeated);
	if (printer->sidecars > 0)
		msg_note("files that phones, cameras and editors put beside "
		    "pictures: %ld", printer->sidecars);
}

int
report_print(const struct report *report)
{
	struct printer printer = { .report = report,
	    .maker = { report->batch, report->profile, report->journal,
	    report->ledger, report->school,
	    photo_class(report->ledger, report->batch->class) } };
	struct node *header = photo_header(&printer.maker);
	struct buf name = BUF_INIT;
	long total, acknowledged, again;

	errors_find(report, &printer.errors);
	report_complete_header(header, report->ledger);
	census_begin(&printer.census, report->batch->id);
	stream_print(header);
	stream_name(header, &name);
	node_free(header);
	print_students(&printer);
	total = print_uploads(&printer);
	if (sum_rows(&printer.rows) + printer.rows.skipped !=
	    report->ledger->lines)
		msg_die("the roster's lines do not add up: %ld of %ld",
		    sum_rows(&printer.rows) + printer.rows.skipped,
		    report->ledger->lines);
	if (sum_rows(&printer.rows) != count_rows(report->ledger) ||
	    sum_entries(&printer.entries) != total)
		msg_die("rows or entries do not add up: %ld of %ld, %ld of %ld",
		    sum_rows(&printer.rows), count_rows(report->ledger),
		    sum_entries(&printer.entries), total);
	errors_tell(&printer.errors, report->ledger);
	printer.counts.errors = (long)report->refused_answers +
	    (long)node_count(node_get(report->school, "outside")) +
	    errors_count(&printer.errors, ERROR_NEW);
	acknowledged = errors_count(&printer.errors, ERROR_ACKNOWLEDGED);
	again = errors_count(&printer.errors, ERROR_SENT_AGAIN);
	printer.counts.known = acknowledged + again;
	print_end(&printer);
	census_release(&printer.census);
	tell_passed_over(&printer);
	msg_note("%ld rows: %ld with a photo, %ld without, %ld excluded, "
	    "%ld refused, %ld lines skipped; "
	    "%ld entries: %ld photos, %ld superseded, %ld unmatched; "
	    "%ld errors", sum_rows(&printer.rows), printer.rows.matched,
	    printer.rows.missing, printer.rows.excluded,
	    printer.rows.refused, printer.rows.skipped, total,
	    printer.entries.photos, printer.entries.superseded,
	    printer.entries.unmatched, printer.counts.errors);
	if (printer.counts.known > 0)
		msg_note("errors that are known and do not count: %ld "
		    "acknowledged, %ld of uploads that were sent again",
		    acknowledged, again);
	if (printer.counts.errors > 0)
		msg_note("errors that you have seen: tc-ingest --acknowledge "
		    "FILE[:N], and they do not count any more");
	stream_summary(&printer.counts, name.data, 1);
	errors_release(&printer.errors);
	buf_release(&name);
	return printer.counts.errors > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}
