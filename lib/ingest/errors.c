#include "lib/ingest/errors.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/batch/acknowledged.h"
#include "lib/ingest/errors_parts.h"
#include "lib/ingest/omissions.h"
#include "lib/ingest/report.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

/* A thousand entries with one trouble are one trouble: of an upload's entries with
 * the same reason so many are named, the others are counted. */
enum { NAMED_MAX = 3, REASONS_MAX = 32 };

struct finding {
	const struct report *report;
	struct errors *errors;
	struct acknowledged *acknowledged;
};

/* ---- which are known ---- */

static void
add_number(struct hash *hash, unsigned long long number)
{
	hash_add(hash, &number, sizeof number);
}

/* A refused row is known by what it says, wherever it stands.  Messages name a roster's
 * folder only while others have its name, which must not change the mark. */
static void
mark_gap(const struct ledger_gap *gap, struct hash *hash)
{
	add_number(hash, gap->kind);
	hash_add_text(hash, entryname_base(gap->roster));
	if (*gap->folder != '\0')
		hash_add_text(hash, gap->folder);
	add_number(hash, gap->says);
	if (gap->says != 0)
		return;
	hash_add_text(hash, gap->sheet);
	add_number(hash, (unsigned long long)gap->row);
	hash_add_text(hash, gap->text);
	hash_add_text(hash, gap->reason);
}

void
errors_mark(const struct error *error, char mark[static HASH_TEXT])
{
	struct hash *hash = hash_new();
	unsigned long long bytes = (unsigned long long)error->bytes;

	hash_add_text(hash, error->gap != NULL ? entryname_base(error->file) : error->file);
	if (error->gap != NULL) {
		mark_gap(error->gap, hash);
	} else if (error->entry != NULL) {
		hash_add_text(hash, error->entry->name);
		hash_add_text(hash, error->entry->sha256);
		add_number(hash, error->entry->bytes);
		hash_add_text(hash, error->reason);
	} else {
		for (size_t i = 0; error->upload != NULL &&
		    i < error->upload->count; i++)
			bytes += error->upload->entries[i].bytes;
		hash_add_text(hash, error->reason);
		add_number(hash, bytes);
	}
	hash_end(hash, mark);
}

static void
add(struct finding *finding, struct error error)
{
	struct errors *errors = finding->errors;
	char mark[HASH_TEXT];

	errors_mark(&error, mark);
	if (error.known == ERROR_NEW &&
	    acknowledged_mark(finding->acknowledged, mark))
		error.known = ERROR_ACKNOWLEDGED;
	if ((errors->count & (errors->count + 1)) == 0)
		errors->items = xrealloc_array(errors->items,
		    2 * errors->count + 2, sizeof *errors->items);
	errors->items[errors->count++] = error;
}

static int
compare_names(const void *a, const void *b)
{
	const char *const *left = a, *const *right = b;

	return strcmp(*left, *right);
}

/* Whether a later upload holds at least half of the pictures that are whole; where
 * none is, as behind a password, at least half of what is listed, and something. */
static int
holds_most(const struct ledger_upload *later, const struct ledger_upload *upload)
{
	const char **names = xcalloc(later->count + 1, sizeof *names);
	size_t pictures = 0, held = 0, all_held = 0;

	for (size_t i = 0; i < later->count; i++)
		names[i] = later->entries[i].name;
	mem_sort(names, later->count, sizeof *names, compare_names);
	for (size_t i = 0; i < upload->count; i++) {
		const char *name = upload->entries[i].name;
		int found = bsearch(&name, names, later->count, sizeof *names,
		    compare_names) != NULL;

		all_held += found;
		if (upload->entries[i].kind != LEDGER_PICTURE)
			continue;
		pictures++;
		held += found;
	}
	free(names);
	return pictures > 0 ? 2 * held >= pictures :
	    all_held > 0 && 2 * all_held >= upload->count;
}

static int
was_sent_again(const struct ledger *ledger, const struct ledger_upload *upload)
{
	const struct ledger_upload *end = ledger->uploads + ledger->upload_count;

	for (const struct ledger_upload *later = upload + 1; later < end; later++)
		if (later->damage == NULL &&
		    strcmp(later->name, upload->name) == 0 &&
		    holds_most(later, upload))
			return 1;
	return 0;
}

/* ---- finding ---- */

/* Whether a student's photo was sent before this upload or with it: no later one has
 * made good what cannot be read in it. */
static int
is_unanswered(const struct report *report, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	return entry->match.state != LEDGER_SUPERSEDED ||
	    report->photos[entry->match.student].upload <= upload;
}

int
errors_has_nothing(const struct ledger_entry *entry)
{
	return entry->kind == LEDGER_EMPTY && entry->match.state == LEDGER_UNMATCHED &&
	    entryname_is_content(entry->name);
}

/* Why the entry is an error, or NULL. */
static const char *
entry_error(const struct report *report, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	if (entry->match.state == LEDGER_AGAIN)
		return NULL;
	switch (entry->kind) {
	case LEDGER_PICTURE:
	case LEDGER_UNREADABLE:
		if (entry->match.state == LEDGER_CODE)
			return entry->match.reason;
		return entry->kind == LEDGER_UNREADABLE &&
		    is_unanswered(report, upload, entry) ? entry->reason : NULL;
	case LEDGER_EMPTY:
		return entry->match.state == LEDGER_CHOSEN || errors_has_nothing(entry) ?
		    entry->reason : NULL;
	case LEDGER_REFUSED:
		return entry->reason;
	case LEDGER_ROSTER:
	case LEDGER_ARCHIVE:
	case LEDGER_SIDECAR:
		break;
	}
	return NULL;
}

static void
find_in_upload(struct finding *finding, const struct ledger_upload *upload)
{
	enum error_known known = ERROR_NEW;
	struct error error = { .file = upload->name, .upload = upload };
	int asked = 0;

	for (size_t i = 0; i <= upload->count; i++) {
		error.entry = i > 0 ? &upload->entries[i - 1] : NULL;
		error.reason = error.entry == NULL ? upload->damage :
		    entry_error(finding->report, upload, error.entry);
		if (error.reason == NULL)
			continue;
		if (!asked && was_sent_again(finding->report->ledger, upload))
			known = ERROR_SENT_AGAIN;
		asked = 1;
		error.known = known;
		add(finding, error);
	}
}

void
errors_find(const struct report *report, struct errors *errors)
{
	const struct ledger *ledger = report->ledger;
	struct finding finding = { report, errors,
	    acknowledged_new(report->journal) };

	*errors = (struct errors){ 0 };
	for (size_t i = 0; i < ledger->gap_count; i++)
		if (ledger->gaps[i].error)
			add(&finding, (struct error){
			    .file = ledger->gaps[i].roster,
			    .gap = &ledger->gaps[i],
			    .reason = ledger->gaps[i].reason });
	for (size_t i = 0; i < ledger->upload_count; i++)
		find_in_upload(&finding, &ledger->uploads[i]);
	for (size_t i = 0; i < report->failure_count; i++)
		add(&finding, (struct error){
		    .file = report->failures[i].upload,
		    .reason = report->failures[i].reason,
		    .bytes = report->failures[i].bytes });
	acknowledged_free(finding.acknowledged);
}

void
errors_release(struct errors *errors)
{
	free(errors->items);
	*errors = (struct errors){ 0 };
}

long
errors_count(const struct errors *errors, enum error_known known)
{
	long count = 0;

	for (size_t i = 0; i < errors->count; i++) {
		const struct error *error = &errors->items[i];

		if (error->known == known)
			count += error->gap != NULL &&
			    error->gap->kind == LEDGER_ROW ?
			    error->gap->last - error->gap->row + 1 : 1;
	}
	return count;
}

/* They are in the order of the uploads, and of each upload's entries. */
const struct error *
errors_about(const struct errors *errors, const struct ledger_upload *upload,
    const struct ledger_entry *entry)
{
	size_t low = 0, high = errors->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct error *error = &errors->items[middle];
		int before;

		if (error->upload != NULL && error->upload == upload)
			before = entry != NULL && (error->entry == NULL ||
			    error->entry < entry);
		else
			before = error->gap != NULL || (error->upload != NULL &&
			    error->upload < upload);
		if (before)
			low = middle + 1;
		else
			high = middle;
	}
	return low < errors->count && errors->items[low].upload == upload &&
	    errors->items[low].entry == entry ? &errors->items[low] : NULL;
}

/* ---- telling ---- */

struct told {
	const char *reason;
	long count;
};

void
errors_place(const struct error *error, struct buf *out)
{
	buf_addc(out, '\'');
	entrymask_file(error->file, out);
	buf_addc(out, '\'');
	if (error->entry == NULL)
		return;
	buf_addf(out, " entry %ld '", error->entry->number);
	entrymask(error->entry->name, out);
	buf_addc(out, '\'');
}

static void
tell_one(const struct error *error)
{
	struct buf place = BUF_INIT;

	errors_place(error, &place);
	msg_warn("%s: %s", place.data, error->reason);
	buf_release(&place);
}

static void
tell_entry(const struct error *error, struct told told[static REASONS_MAX])
{
	size_t i;

	for (i = 0; i < REASONS_MAX && told[i].count > 0; i++)
		if (strcmp(told[i].reason, error->reason) == 0)
			break;
	if (i < REASONS_MAX) {
		told[i].reason = error->reason;
		if (++told[i].count > NAMED_MAX)
			return;
	}
	tell_one(error);
}

/* What tell_entry only counted. */
static void
tell_rest(const char *upload, struct told told[static REASONS_MAX])
{
	struct buf text = BUF_INIT;

	entrymask_file(upload, &text);
	for (size_t i = 0; i < REASONS_MAX; i++)
		if (told[i].count > NAMED_MAX)
			msg_warn("'%s': the same of %ld entries more: %s",
			    text.data, told[i].count - NAMED_MAX,
			    told[i].reason);
	memset(told, 0, REASONS_MAX * sizeof *told);
	buf_release(&text);
}

void
errors_tell(const struct errors *errors, const struct ledger *ledger)
{
	struct told told[REASONS_MAX] = { 0 };
	int plain = omissions_are_plain(ledger);

	for (size_t i = 0; i < errors->count; i++) {
		const struct error *error = &errors->items[i];

		if (error->known != ERROR_NEW)
			;
		else if (error->gap != NULL)
			omissions_tell_one(error->gap, plain);
		else if (error->entry != NULL)
			tell_entry(error, told);
		else if (error->upload != NULL)
			tell_one(error);
		else
			msg_warn("%s", error->reason);
		if (error->upload != NULL && (i + 1 == errors->count ||
		    errors->items[i + 1].upload != error->upload))
			tell_rest(error->file, told);
	}
}
