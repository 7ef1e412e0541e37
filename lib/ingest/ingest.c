#include "lib/ingest/ingest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/answers/inbox.h"
#include "lib/answers/matchlist.h"
#include "lib/answers/replies.h"
#include "lib/archive/upload.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/ingest/arrivals.h"
#include "lib/ingest/changes.h"
#include "lib/ingest/coded.h"
#include "lib/ingest/errors.h"
#include "lib/ingest/omissions.h"
#include "lib/ingest/prune.h"
#include "lib/ingest/purge.h"
#include "lib/ingest/readsettings.h"
#include "lib/ingest/recognize.h"
#include "lib/ingest/report.h"
#include "lib/ingest/rosterset.h"
#include "lib/ingest/schoolinfo.h"
#include "lib/intake/checkchoice.h"
#include "lib/intake/enroll.h"
#include "lib/intake/intake.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/intake/merge.h"
#include "lib/profile/profile.h"
#include "lib/roster/roster.h"
#include "lib/stream/stream.h"

struct ingest {
	const struct ingest_options *options;
	struct profile *profile;
	struct upload_options limits;
	struct roster_options table;
	struct buf password;
	char *temporary;		/* directory for files without a name */
	struct batch *batch;
	struct ledger ledger;
	struct journal *journal;
	struct node *school;		/* its particulars, or NULL */
	struct join_photo *before;	/* photos as the run found them */
	struct changes *changes;
	size_t refused_answers;
	struct uploadstate seen;
	char settings[HASH_TEXT];
	struct arrivals_setup setup;
	struct arrivals arrivals;
	struct roster given;		/* with -r */
	struct enrolment *enrolment;	/* of the roster that is taken */
};

/* ---- what is there ---- */

/* Files without a name are made where the batch is or will be: there is the room
 * that the uploads need. */
static void
set_up(struct ingest *ingest)
{
	const char *directory = ingest->options->directory, *slash;

	slash = strrchr(directory, '/');
	if (access(directory, F_OK) == 0)
		ingest->temporary = xstrdup(directory);
	else
		ingest->temporary = slash == NULL ? xstrdup(".") :
		    xstrndup(directory, (size_t)(slash - directory) + 1);
	intake_limits(ingest->profile, &ingest->limits);
	ingest->limits.directory = ingest->temporary;
	ingest->table = (struct roster_options){ ingest->options->sheet,
	    ingest->options->header_row, ingest->options->columns,
	    profile_by_code(ingest->profile) };
	readsettings_password(ingest->options->password, &ingest->password);
	if (ingest->options->password != NULL)
		ingest->limits.password = ingest->password.data;
}

static void
read_uploads(struct ingest *ingest)
{
	const struct ingest_options *options = ingest->options;
	coded_option(options->codes, ingest->profile);
	readsettings_hash(ingest->profile, &ingest->table, &ingest->password,
	    ingest->settings);
	ingest->setup = (struct arrivals_setup){ ingest->profile,
	    &ingest->limits, &ingest->table, ingest->batch, &ingest->ledger,
	    &ingest->seen, ingest->settings };
	arrivals_open(&ingest->arrivals, options->uploads,
	    options->upload_count, options->codes, &ingest->setup);
	arrivals_read_rosters(&ingest->arrivals, &ingest->setup);
}

/* The rosters of the command line, or else those of the uploads. */
static void
read_rosters(struct ingest *ingest)
{
	const struct ingest_options *options = ingest->options;
	const struct batch *batch = ingest->batch;
	struct roster_batch known = { "", "" };

	if (options->school_code != NULL)
		known.school_code = options->school_code;
	else if (batch != NULL)
		known.school_code = batch->school_code;
	if (options->class != NULL)
		known.class = options->class;
	else if (batch != NULL)
		known.class = batch->class;
	roster_init(&ingest->given);
	for (size_t i = 0; i < options->roster_count; i++)
		rosterset_read(options->rosters[i], (int)i + 1, &ingest->table,
		    ingest->profile, &ingest->given);
	rosterset_settle(&ingest->given, &ingest->arrivals.roster, &known,
	    ingest->profile);
}

/* ---- the batch ---- */

/* What the run found: before rosters are read, which need the room. */
static void
note_before(struct ingest *ingest)
{
	struct ledger *ledger = &ingest->ledger;
	struct buf err = BUF_INIT;

	ledger->by_code = profile_by_code(ingest->profile);
	/* A batch that holds nothing yet has lost nothing. */
	if ((ingest->options->accept_journal || (ledger->upload_count == 0 &&
	    ledger->student_count == 0)) &&
	    journal_accept(ingest->batch, &err) != 0)
		msg_die("%s", err.data);
	ingest->journal = journal_load(ingest->batch, &err);
	if (ingest->journal == NULL)
		msg_die("%s", err.data);
	ingest->before = join_run(ledger, ingest->journal, ingest->batch->id);
	ingest->changes = changes_note(ledger, ingest->before);
	buf_release(&err);
}

/* A batch that is there is locked before anything is read. */
static void
open_known(struct ingest *ingest)
{
	const char *directory = ingest->options->works_in;
	struct buf err = BUF_INIT;

	if (!batch_is_there(directory))
		return;
	ingest->batch = batch_open(directory, BATCH_EXCLUSIVE, NULL, &err);
	if (ingest->batch == NULL ||
	    ledger_load(&ingest->ledger, ingest->batch, &err) == -1)
		msg_die("%s", err.data);
	purge_refuse(ingest->batch);
	uploadstate_load(&ingest->seen, ingest->batch, &ingest->ledger);
	note_before(ingest);
	buf_release(&err);
}

/* The roster that was given, else that of the uploads; NULL when there is none. */
static const struct roster *
find_roster(const struct ingest *ingest, const unsigned char *is_new)
{
	if (ingest->options->roster_count > 0)
		return &ingest->given;
	return arrivals_has_roster(&ingest->arrivals, is_new) ?
	    &ingest->arrivals.roster : NULL;
}

/* A roster that lacks many who are known is an accident more often than not: nothing
 * is changed before somebody says that it is none. */
static void
compare_roster(struct ingest *ingest, const struct roster *roster)
{
	struct buf reason = BUF_INIT;

	if (ingest->enrolment == NULL)
		ingest->enrolment = enroll_compare(&ingest->ledger, roster);
	if (!ingest->options->replace_roster && enroll_shrinks(
	    ingest->enrolment, ingest->profile, &reason))
		msg_die("%s; nothing was changed, --replace-roster takes it all "
		    "the same", reason.data);
	buf_release(&reason);
}

/* What nobody said is missing in every product, and cheap to say now. */
static void
tell_unknown(const struct batch *batch)
{
	if (*batch->school_code == '\0')
		msg_warn("the school is not known: no column of the roster says "
		    "it; give -s CODE:NAME");
	if (*batch->class == '\0')
		msg_warn("the year of graduation is not known: give -y CLASS");
}

static void
open_batch(struct ingest *ingest)
{
	const struct ingest_options *options = ingest->options;
	const struct roster *found = find_roster(ingest, NULL);
	struct batch_identity identity = { options->school_code,
	    options->school_name, options->class };
	const char *code = "", *name = "";
	struct buf err = BUF_INIT;

	if (found != NULL &&
	    enroll_school(found, &code, &name, &err) == -1)
		msg_die("%s", err.data);
	if (identity.school_code == NULL)
		identity.school_code = code;
	else if (*code != '\0' && strcmp(code, identity.school_code) != 0)
		msg_die("the roster is of school '%s', not '%s'", code,
		    identity.school_code);
	if (identity.school_name == NULL)
		identity.school_name = name;
	if (ingest->batch != NULL && found == &ingest->given)
		compare_roster(ingest, found);
	if (ingest->batch == NULL)
		ingest->batch = batch_open(options->works_in, BATCH_EXCLUSIVE, &identity, &err);
	else if (batch_identify(ingest->batch, &identity, &err) == -1)
		msg_die("%s", err.data);
	if (ingest->batch == NULL ||
	    schoolinfo_take(ingest->batch, options->schools, ingest->profile,
	    &ingest->school, &err) == -1)
		msg_die("%s", err.data);
	tell_unknown(ingest->batch);
	if (ingest->journal == NULL)
		note_before(ingest);
	buf_release(&err);
}

/* Make the roster the ledger's, unless it came inside an upload that was there
 * before: then a later roster may have taken its place. */
static void
take_roster(struct ingest *ingest, const unsigned char *is_new)
{
	struct ledger *ledger = &ingest->ledger;
	const struct roster *roster = find_roster(ingest,
	    ledger->roster != NULL ? is_new : NULL);
	size_t dropped;

	if (roster == NULL) {
		if (ledger->roster == NULL)
			msg_warn("there is no roster: no photo can be matched");
		return;
	}
	compare_roster(ingest, roster);
	for (size_t i = 0; i < roster->note_count; i++)
		msg_warn("roster: %s", roster->notes[i]);
	dropped = enroll(ledger, roster, ingest->enrolment, ingest->batch,
	    ingest->before);
	omissions_tell_new(ledger);
	omissions_tell_ignored(roster);
	if (dropped > 0)
		msg_warn("dropped, because they are no longer in the roster "
		    "and have no photo: %zu", dropped);
}

/* Photos are looked for before the new uploads are added: whether a student who
 * is in no roster any more had one must not depend on them. */
static void
update_ledger(struct ingest *ingest)
{
	struct arrivals *arrivals = &ingest->arrivals;
	unsigned char *is_new = xcalloc(arrivals->count, 1);
	size_t known = ingest->ledger.upload_count;

	for (size_t i = 0; i < arrivals->count; i++)
		is_new[i] = merge_is_new(&ingest->ledger, known,
		    &arrivals->items[i].found);
	take_roster(ingest, is_new);
	for (size_t i = 0; i < arrivals->count; i++)
		arrivals_note(arrivals, i, &ingest->setup,
		    merge(&ingest->ledger, &arrivals->items[i].found),
		    &ingest->seen);
	free(is_new);
	roster_release(&ingest->given);
	arrivals_drop_rosters(arrivals);
	enroll_free(ingest->enrolment);
	ingest->enrolment = NULL;
	free(ingest->before);
	ingest->before = NULL;
}

/* ---- what people say ---- */

/* The photos that people saw when they answered. */
static struct join_photo *
photos_seen(const struct ingest *ingest)
{
	struct join_photo *photos = join_run(&ingest->ledger, ingest->journal,
	    ingest->batch->id);
	struct buf err = BUF_INIT;

	if (checkchoice_take(photos, &ingest->ledger, ingest->batch, &err) == -1)
		msg_die("%s", err.data);
	return photos;
}

static void
read_journal(struct ingest *ingest)
{
	struct buf err = BUF_INIT;

	journal_free(ingest->journal);
	ingest->journal = journal_load(ingest->batch, &err);
	if (ingest->journal == NULL)
		msg_die("%s", err.data);
	buf_release(&err);
}

/* As it stands now; photos are the caller's to free. */
static struct report
describe(const struct ingest *ingest)
{
	return (struct report){ .batch = ingest->batch,
	    .profile = ingest->profile, .ledger = &ingest->ledger,
	    .journal = ingest->journal, .school = ingest->school,
	    .photos = join_run(&ingest->ledger, ingest->journal,
	    ingest->batch->id),
	    .failures = ingest->arrivals.failures,
	    .failure_count = ingest->arrivals.failure_count,
	    .refused_answers = ingest->refused_answers };
}

static void
take_file(struct ingest *ingest, const struct inbox_file *file)
{
	struct join_photo *photos = photos_seen(ingest);
	struct replies replies = { ingest->batch, &ingest->ledger,
	    ingest->profile, ingest->journal, photos, ingest->options->who,
	    ingest->options->accept_identity };
	struct buf err = BUF_INIT;

	if (replies_take(&replies, file, &ingest->refused_answers, &err) == -1) {
		recognize_answers(file, ingest->profile);
		msg_die("%s", err.data);
	}
	free(photos);
	read_journal(ingest);
	buf_release(&err);
}

/* In the order of their dates: a later file knows what an earlier one did. */
static void
take_answers(struct ingest *ingest)
{
	size_t count = ingest->options->answer_count;
	struct inbox_file *files = xcalloc(count, sizeof *files);

	if (count > 0)
		memcpy(files, ingest->options->answers, count * sizeof *files);
	inbox_sort(files, count, ingest->profile);
	for (size_t i = 0; i < count; i++)
		take_file(ingest, &files[i]);
	free(files);
}

/* What is seen is what stands at the end of this run, its own errors as well. */
static void
take_acknowledgements(struct ingest *ingest)
{
	struct buf err = BUF_INIT;

	for (size_t i = 0; i < ingest->options->error_count; i++) {
		const struct ingest_error *error = &ingest->options->errors[i];
		struct report report = describe(ingest);
		int result;

		result = errors_acknowledge(&report, error->what, error->known,
		    ingest->options->who, &err);
		if (result == -1)
			msg_die("%s", err.data);
		if (result == 0)
			msg_warn("%s '%s': there is no such error",
			    error->known ? "--acknowledge" : "--unacknowledge",
			    error->what);
		ingest->refused_answers += result == 0;
		free(report.photos);
		read_journal(ingest);
	}
	buf_release(&err);
}

static void
write_unmatched(struct ingest *ingest, const struct join_photo *photos)
{
	struct matchlist wanted = { ingest->batch, ingest->profile,
	    &ingest->ledger, photos, ingest->options->jobs,
	    ingest->options->force };
	struct buf err = BUF_INIT;

	if (ingest->options->unmatched != NULL &&
	    matchlist_write(&wanted, ingest->options->unmatched, &err) == -1)
		msg_die("%s", err.data);
	buf_release(&err);
}

static void
release(struct ingest *ingest)
{
	arrivals_release(&ingest->arrivals);
	roster_release(&ingest->given);
	enroll_free(ingest->enrolment);
	uploadstate_release(&ingest->seen);
	free(ingest->temporary);
	buf_release(&ingest->password);
	ledger_release(&ingest->ledger);
	journal_free(ingest->journal);
	changes_free(ingest->changes);
	free(ingest->before);
	node_free(ingest->school);
	batch_close(ingest->batch);
	profile_free(ingest->profile);
}

static void
prune(const struct ingest *ingest)
{
	const struct ingest_options *options = ingest->options;
	struct prune prune = { ingest->batch, &ingest->ledger, ingest->journal,
	    options->force };
	struct buf err = BUF_INIT;

	if (options->prune != NULL &&
	    prune_batch(&prune, options->prune, &err) == -1)
		msg_die("%s", err.data);
	buf_release(&err);
}

/* What is there now, durable before it is reported. */
static int
publish(struct ingest *ingest)
{
	struct report report;
	struct buf err = BUF_INIT;
	int status;

	fault_end();
	report = describe(ingest);
	report_number(&ingest->ledger);
	if (ledger_save(&ingest->ledger, ingest->batch, &err) == -1 ||
	    batch_sync(ingest->batch, &err) == -1 ||
	    uploadstate_save(&ingest->seen, ingest->batch, &err) == -1)
		msg_die("%s", err.data);
	if (ingest->arrivals.unchanged > 0)
		msg_note("uploads that are as they were, and were not read "
		    "again: %zu", ingest->arrivals.unchanged);
	write_unmatched(ingest, report.photos);
	prune(ingest);
	changes_tell(ingest->changes, &ingest->ledger, report.photos,
	    ingest->batch->id);
	batch_share(ingest->batch);
	status = report_print(&report);
	free(report.photos);
	buf_release(&err);
	return status;
}

int
ingest_run(const struct ingest_options *options)
{
	struct ingest ingest = { .options = options };
	struct buf err = BUF_INIT;
	int status;

	mem_return_large();
	stream_refuse_terminal(options->force);
	ledger_init(&ingest.ledger);
	ingest.profile = profile_load(options->profile, &err);
	if (ingest.profile == NULL)
		msg_die("%s", err.data);
	set_up(&ingest);
	open_known(&ingest);
	if (ingest.batch == NULL && options->roster_count == 0)
		arrivals_refuse_missing(options->uploads, options->upload_count,
		    options->directory);
	read_uploads(&ingest);
	read_rosters(&ingest);
	open_batch(&ingest);
	intake_read(ingest.arrivals.items, ingest.arrivals.count, ingest.batch,
	    ingest.profile, options->jobs);
	update_ledger(&ingest);
	ledger_number_students(&ingest.ledger);
	take_answers(&ingest);
	take_acknowledgements(&ingest);
	status = publish(&ingest);
	release(&ingest);
	return status;
}
