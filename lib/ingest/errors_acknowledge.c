#include "lib/ingest/errors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/archive/entrymask.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/text.h"
#include "lib/batch/acknowledged.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/judged.h"
#include "lib/ingest/errors_parts.h"
#include "lib/ingest/omissions.h"
#include "lib/ingest/report.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

enum { NAMED_MAX = 5 };

/* FILE or FILE:N; names as messages show them count as well. */
struct place {
	struct buf whole, file;
	long number;		/* 0: there is none */
};

struct saying {
	const struct report *report;
	int known;
	const char *who;
	struct judged *judged;
	struct acknowledged *acknowledged;
	struct journal_answer *answers;
	char (*marks)[HASH_TEXT];
	size_t count, same;	/* same: they are so already */
};

static void
parse(const char *what, struct place *place)
{
	static const char wide[] = "：";
	size_t len = strlen(what), digits = len, colon = 0;

	while (digits > 0 && what[digits - 1] >= '0' && what[digits - 1] <= '9')
		digits--;
	if (digits > 0 && what[digits - 1] == ':')
		colon = digits - 1;
	else if (digits >= sizeof wide - 1 && memcmp(what + digits -
	    (sizeof wide - 1), wide, sizeof wide - 1) == 0)
		colon = digits - (sizeof wide - 1);
	entrymask_file(what, &place->whole);
	if (colon == 0 || digits == len)
		return;
	place->number = strtol(what + digits, NULL, 10);
	what = xstrndup(what, colon);
	entrymask_file(what, &place->file);
	free((char *)(uintptr_t)what);
}

static int
is_at(const struct error *error, const struct place *place)
{
	struct buf file = BUF_INIT;
	int same, found;

	entrymask_file(error->file, &file);
	found = strcmp(file.data, place->whole.data) == 0;
	same = place->number > 0 && strcmp(file.data, place->file.data) == 0;
	buf_release(&file);
	if (!same)
		return found;
	if (error->gap != NULL)
		return error->gap->row <= place->number &&
		    place->number <= error->gap->last;
	return error->entry != NULL && error->entry->number == place->number;
}

/* What is said of an error: its mark is to come. */
static char *
add_answer(struct saying *saying, struct journal_answer answer)
{
	if ((saying->count & (saying->count + 1)) == 0) {
		saying->answers = xrealloc_array(saying->answers,
		    2 * saying->count + 2, sizeof *saying->answers);
		saying->marks = xrealloc_array(saying->marks,
		    2 * saying->count + 2, sizeof *saying->marks);
	}
	answer.kind = JOURNAL_ACKNOWLEDGE;
	answer.after = saying->known ? "known" : "open";
	answer.who = saying->who;
	saying->answers[saying->count] = answer;
	return saying->marks[saying->count++];
}

static void
say(struct saying *saying, const struct error *error)
{
	const struct ledger_entry *entry = error->entry;
	struct journal_answer answer = { .reason = error->reason,
	    .file_name = error->file };

	if (error->known != (saying->known ? ERROR_NEW : ERROR_ACKNOWLEDGED)) {
		saying->same++;
		return;
	}
	if (entry != NULL && entry->sha256[0] != '\0')
		answer.picture = entry->sha256;
	errors_mark(error, add_answer(saying, answer));
	if (saying->count > NAMED_MAX)
		return;
	if (error->gap != NULL)
		omissions_tell_one(error->gap, 0);
	else {
		struct buf place = BUF_INIT;

		errors_place(error, &place);
		msg_note("%s: %s", place.data, error->reason);
		buf_release(&place);
	}
}

/* For what a person acknowledged the picture last, by the journal: judged.ndjson may be
 * gone. */
static const char *
acknowledged_reason(const struct saying *saying, const char *picture)
{
	const struct journal *journal = saying->report->journal;
	const struct journal_answer *answer;

	for (size_t i = journal_count(journal); i-- > 0; ) {
		answer = journal_at(journal, i);
		if (answer->kind == JOURNAL_ACKNOWLEDGE && answer->reason != NULL &&
		    text_same(answer->picture, picture) &&
		    acknowledged_failure(saying->acknowledged, picture, answer->reason))
			return answer->reason;
	}
	return NULL;
}

/* A picture that a later tool could not process. */
static void
say_failure(struct saying *saying, const char *id,
    const struct ledger_upload *upload, const struct ledger_entry *entry)
{
	struct journal_answer answer = { .file_name = upload->name,
	    .picture = entry->sha256,
	    .reason = judged_failure(saying->judged, id, entry->sha256) };

	if (answer.reason == NULL && !saying->known)
		answer.reason = acknowledged_reason(saying, entry->sha256);
	if (answer.reason == NULL)
		return;
	if (acknowledged_failure(saying->acknowledged, entry->sha256,
	    answer.reason) == saying->known) {
		saying->same++;
		return;
	}
	acknowledged_mark_failure(entry->sha256, answer.reason,
	    add_answer(saying, answer));
	msg_note("photo '%s': %s", id, answer.reason);
}

/* What tc-ingest or a later tool has against the picture. */
static void
say_picture(struct saying *saying, const struct errors *errors, const char *id,
    const struct ledger_upload *upload, const struct ledger_entry *entry)
{
	const struct error *error = errors_about(errors, upload, entry);

	if (error != NULL)
		say(saying, error);
	say_failure(saying, id, upload, entry);
}

/* The photo of the record with that id, or an entry's own. */
static void
say_record(struct saying *saying, const struct errors *errors, const char *id)
{
	const struct report *report = saying->report;
	const struct ledger *ledger = report->ledger;
	size_t len = strlen(report->batch->id);
	long n;

	if (strncmp(id, report->batch->id, len) != 0 || id[len] != '-')
		return;
	n = strtol(id + len + 1, NULL, 10);
	for (size_t i = 0; i < ledger->student_count; i++)
		if (n > 0 && ledger->students[i].n == n &&
		    report->photos[i].entry != NULL)
			say_picture(saying, errors, id,
			    report->photos[i].upload, report->photos[i].entry);
	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++)
			if (n > 0 && ledger->uploads[i].entries[k].n == n)
				say_picture(saying, errors, id,
				    &ledger->uploads[i],
				    &ledger->uploads[i].entries[k]);
}

static void
find(struct saying *saying, const char *what)
{
	struct place place = { BUF_INIT, BUF_INIT, 0 };
	struct errors errors;

	parse(what, &place);
	errors_find(saying->report, &errors);
	for (size_t i = 0; i < errors.count; i++) {
		const struct error *error = &errors.items[i];

		if (is_at(error, &place))
			say(saying, error);
	}
	if (saying->count == 0 && saying->same == 0)
		say_record(saying, &errors, what);
	errors_release(&errors);
	buf_release(&place.whole);
	buf_release(&place.file);
}

int
errors_acknowledge(const struct report *report, const char *what, int known,
    const char *who, struct buf *err)
{
	struct saying saying = { .report = report, .known = known, .who = who };
	int result = 1;

	saying.judged = judged_load(report->batch);
	saying.acknowledged = acknowledged_new(report->journal);
	find(&saying, what);
	for (size_t i = 0; i < saying.count; i++)
		saying.answers[i].field = saying.marks[i];
	if (saying.count > 0) {
		result = journal_append(report->batch, saying.answers,
		    saying.count, NULL, err) == 0 ? 1 : -1;
		msg_note(known ? "errors that are acknowledged now: %zu" :
		    "errors that count again: %zu", saying.count);
	} else if (saying.same > 0) {
		msg_note("'%s': its errors are so already", what);
	} else {
		result = 0;
	}
	judged_free(saying.judged);
	acknowledged_free(saying.acknowledged);
	free(saying.answers);
	free(saying.marks);
	return result;
}
