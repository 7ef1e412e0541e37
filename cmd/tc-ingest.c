#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/workers.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/batch/scratch.h"
#include "lib/ingest/ingest.h"
#include "lib/ingest/purge.h"
#include "lib/ingest/recognize.h"
#include "lib/ingest/verify.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"
#include "lib/stream/tool.h"
#include "lib/table/table.h"

struct arguments {
	struct ingest_options own;
	struct stream_options shared;
	char *school_code;
};

/* ---- command line ---- */

/* Split CODE:NAME; the colon may be the one that Chinese keyboards type. */
static void
take_school(void *state, const struct option_spec *spec, const char *argument)
{
	static const char wide[] = "\xef\xbc\x9a";
	size_t len = strspn(argument, "0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-");
	const char *rest = argument + len;
	size_t colon = *rest == ':' ? 1 :
	    strncmp(rest, wide, sizeof wide - 1) == 0 ? sizeof wide - 1 : 0;
	struct arguments *arguments = state;

	(void)spec;
	if (len == 0 || (*rest != '\0' && (colon == 0 || rest[colon] == '\0')))
		options_fail("%s takes CODE:NAME, such as 10285:苏州大学, not '%s'",
		    options_spelled(), argument);
	free(arguments->school_code);
	arguments->school_code = xstrndup(argument, len);
	arguments->own.school_code = arguments->school_code;
	arguments->own.school_name = colon > 0 ? rest + colon : NULL;
}

static void
take_class(void *state, const struct option_spec *spec, const char *text)
{
	struct arguments *arguments = state;

	(void)spec;
	if (strlen(text) != 4 || strspn(text, "0123456789") != 4 ||
	    (strncmp(text, "19", 2) != 0 && strncmp(text, "20", 2) != 0))
		options_fail("%s takes the year of graduation, such as 2027, not '%s'",
		    options_spelled(), text);
	arguments->own.class = text;
}

static void
take_roster(void *state, const struct option_spec *spec, const char *file)
{
	struct ingest_options *own = &((struct arguments *)state)->own;

	(void)spec;
	own->rosters = xrealloc_array(own->rosters, own->roster_count + 1,
	    sizeof *own->rosters);
	own->rosters[own->roster_count++] = file;
}

static void
take_error(void *state, const struct option_spec *spec, const char *what)
{
	struct ingest_options *own = &((struct arguments *)state)->own;

	own->errors = xrealloc_array(own->errors, own->error_count + 1,
	    sizeof *own->errors);
	own->errors[own->error_count++] = (struct ingest_error){ what,
	    spec->which };
}

/* What came back: each as often as there are files. */
static void
take_answer(void *state, const struct option_spec *spec, const char *argument)
{
	struct ingest_options *own = &((struct arguments *)state)->own;

	if (own->answer_count == INBOX_MAX)
		options_fail("more than %d files of answers", INBOX_MAX);
	own->answers[own->answer_count++] = (struct inbox_file){
	    .kind = (enum inbox_kind)spec->which, .path = argument };
}

static void
take_repair(void *state, const struct option_spec *spec, const char *argument)
{
	struct arguments *arguments = state;

	(void)spec;
	(void)argument;
	arguments->own.verify = arguments->own.repair = 1;
}

#define TABLES "xlsx xls csv dbf txt"
#define OWN(member) offsetof(struct arguments, own.member)

static const struct option_spec own_options[] = {
	{ .letter = 'd', .name = "directory", .argument = "DIR", .type = OPTION_FOLDER,
	    .offset = OWN(directory), .initial = "batch", .help = "the batch's directory" },
	{ .letter = 'P', .name = "password-file", .argument = "FILE", .type = OPTION_INPUT,
	    .offset = OWN(password),
	    .help = "its first line is the password of encrypted zip entries" },
	{ .letter = 'p', .name = "profile", .argument = "PROFILE", .type = OPTION_SHARED,
	    .words = "profiles", .offset = OWN(profile), .initial = "jiangsu",
	    .setting = "profile", .help = "the authority's rules, by name or by path" },
	{ .letter = 'r', .name = "roster", .argument = "ROSTER", .type = OPTION_INPUT,
	    .words = TABLES, .take = take_roster, .help = "the table of students; may be given "
	    "several times; where it is not given: those inside the uploads" },
	{ .letter = 's', .name = "school", .argument = "CODE[:NAME]", .type = OPTION_TEXT,
	    .take = take_school, .setting = "school",
	    .help = "the school, instead of the roster's" },
	{ .letter = 'y', .name = "year", .argument = "CLASS", .type = OPTION_TEXT,
	    .take = take_class, .help = "the class of graduation, such as 2027" },
	{ .name = "accept-identity", .type = OPTION_FLAG, .offset = OWN(accept_identity),
	    .help = "with --corrections: names and numbers hold at once" },
	{ .name = "accept-journal", .type = OPTION_FLAG, .offset = OWN(accept_journal),
	    .help = "go on with what is left of a damaged journal" },
	{ .name = "acknowledge", .argument = "FILE[:N]", .type = OPTION_TEXT,
	    .take = take_error, .which = 1,
	    .help = "the errors of an upload or a roster were seen and no longer count" },
	{ .name = "codes", .argument = "UPLOAD", .type = OPTION_INPUT, .words = "zip",
	    .offset = OWN(codes), .help = "pictures of capture codes, a folder or an archive" },
	{ .name = "columns", .argument = "FILE", .type = OPTION_INPUT, .words = "conf",
	    .offset = OWN(columns), .help = "more headings of the roster's columns" },
	{ .name = "corrections", .argument = "FILE", .type = OPTION_INPUT,
	    .words = TABLES " json", .take = take_answer, .which = INBOX_CORRECTIONS,
	    .help = "what schools and reviewers found" },
	{ .name = "exemptions", .argument = "FILE", .type = OPTION_INPUT, .words = TABLES,
	    .take = take_answer, .which = INBOX_EXEMPTIONS,
	    .help = "students for whom a check does not reject" },
	{ .name = "feedback-received", .argument = "CODE:DATE[:FILE]", .type = OPTION_TEXT,
	    .take = take_answer, .which = INBOX_FEEDBACK,
	    .help = "the school's stamped form arrived, and its scan" },
	{ .name = "header-row", .argument = "N", .type = OPTION_NUMBER,
	    .offset = OWN(header_row), .min = 1, .max = TABLE_ROWS_MAX,
	    .help = "the row of the roster's headings" },
	{ .name = "link", .argument = "FILE", .type = OPTION_INPUT, .words = TABLES,
	    .take = take_answer, .which = INBOX_LINK,
	    .help = "to which students unmatched photos belong" },
	{ .name = "prune", .argument = "MANIFEST", .type = OPTION_INPUT, .words = "ndjson",
	    .offset = OWN(prune),
	    .help = "count files that are no longer needed; with --force remove them" },
	{ .name = "purge", .argument = "MANIFEST", .type = OPTION_INPUT, .words = "ndjson",
	    .offset = OWN(purge), .apart = 1,
	    .help = "count what was handed over and is past its date, or with --force delete it" },
	{ .name = "recognize", .type = OPTION_FLAG, .offset = OWN(recognize), .apart = 1,
	    .help = "only say what the files are" },
	{ .name = "register-result", .argument = "FILE", .type = OPTION_INPUT, .words = TABLES,
	    .take = take_answer, .which = INBOX_RESULT, .help = "what the register answered" },
	{ .name = "repair", .type = OPTION_FLAG, .take = take_repair, .apart = 1,
	    .help = "as --verify, and remove what can be made again" },
	{ .name = "replace-roster", .type = OPTION_FLAG, .offset = OWN(replace_roster),
	    .help = "take a roster that lacks many students who are known" },
	{ .name = "schools", .argument = "FILE", .type = OPTION_INPUT, .words = TABLES,
	    .offset = OWN(schools), .help = "the centre's table of schools" },
	{ .name = "sheet", .argument = "SHEET", .type = OPTION_TEXT, .offset = OWN(sheet),
	    .help = "the roster's sheet, by name or number" },
	{ .name = "tracking", .argument = "FILE", .type = OPTION_INPUT, .words = TABLES,
	    .take = take_answer, .which = INBOX_TRACKING,
	    .help = "the list of parcels with the carriers' numbers" },
	{ .name = "unacknowledge", .argument = "FILE[:N]", .type = OPTION_TEXT,
	    .take = take_error, .which = 0, .help = "the acknowledged errors count again" },
	{ .name = "unlock", .argument = "FILE", .type = OPTION_INPUT, .words = TABLES,
	    .take = take_answer, .which = INBOX_UNLOCK,
	    .help = "students whose delivered photo may be replaced" },
	{ .name = "unmatched", .argument = "FILE", .type = OPTION_OUTPUT, .words = "xlsx csv",
	    .offset = OWN(unmatched), .help = "write the list of unmatched photos" },
	{ .name = "verify", .type = OPTION_FLAG, .offset = OWN(verify), .apart = 1,
	    .help = "only look whether every file of the batch is whole" },
	{ .name = "who", .argument = "NAME", .type = OPTION_TEXT, .offset = OWN(who),
	    .help = "who gave the answers, where the table does not say; default: the "
	    "account's name" },
	{ 0 }
};

static const struct command command = {
	.purpose = "takes uploads and a roster into a batch, and begins the manifest",
	.after = "[UPLOAD...]",
	.others = "[-p PROFILE] --recognize FILE...\n[-q] [-d DIR] --verify | --repair\n"
	    "[-q] [-d DIR] [-p PROFILE] --purge MANIFEST",
	.endings = "zip 7z rar tar gz jpg",
	.example = "tc-ingest -r roster.xlsx -s 10285:苏州大学 -y 2027 upload.zip > all.ndjson",
	.manuals = "tc-ingest(1), tc(7), tc-manifest(5), tc-journal(5), tc-profile(5)"
};

static int
has_corrections(const struct ingest_options *own)
{
	for (size_t i = 0; i < own->answer_count; i++)
		if (own->answers[i].kind == INBOX_CORRECTIONS)
			return 1;
	return 0;
}

/* Whether there is something that changes the batch or makes the manifest. */
static int
has_work(const struct ingest_options *own)
{
	return own->upload_count > 0 || own->roster_count > 0 ||
	    own->schools != NULL || own->codes != NULL ||
	    own->prune != NULL || own->unmatched != NULL ||
	    own->answer_count > 0 || own->error_count > 0 ||
	    own->accept_journal;
}

/* What only looks at a batch, or deletes it, must not pass over an upload or an answer. */
static void
check_work(const struct ingest_options *own)
{
	int looks = own->verify || own->purge != NULL;

	if (own->verify && own->purge != NULL)
		options_fail("--verify and --purge are runs of their own");
	if (looks && has_work(own))
		options_fail("%s reads no upload, no roster and no answer",
		    own->purge != NULL ? "--purge" : "--verify");
	if (!looks && !has_work(own))
		options_fail("no UPLOAD is given");
}

/* What writes something else than a batch and its manifest has its own way of trying. */
static void
check_dry_run(const struct ingest_options *own)
{
	if (own->verify || own->recognize)
		options_fail("--dry-run: --verify and --recognize change nothing; --repair does");
	if (own->purge != NULL || own->prune != NULL)
		options_fail("--dry-run: --purge and --prune without --force change nothing");
	if (own->unmatched != NULL)
		options_fail("--dry-run writes no list: leave --unmatched out");
}

static void
parse(int argc, char **argv, struct arguments *arguments)
{
	const struct option_table tables[] = { { tool_every, &arguments->shared },
	    { tool_dry, &arguments->shared }, { tool_jobs, &arguments->shared },
	    { own_options, arguments }, { 0 } };
	struct ingest_options *own = &arguments->own;
	int first = options_parse(&command, tables, argc, argv);

	if (own->accept_identity && !has_corrections(own))
		options_fail("--accept-identity is for --corrections");
	own->uploads = argv + first;
	own->upload_count = (size_t)(argc - first);
	own->force = arguments->shared.force;
	own->jobs = arguments->shared.jobs > 0 ? (int)arguments->shared.jobs :
	    workers_processors();
	if (own->who == NULL)
		own->who = io_user();
	check_work(own);
	if (arguments->shared.dry_run)
		check_dry_run(own);
}

static int
verify(const char *directory, int repair)
{
	struct buf err = BUF_INIT;
	long left = verify_batch(directory, repair, &err);

	if (left < 0)
		msg_die("%s", err.data);
	buf_release(&err);
	return left > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}

/* Only what is printed about kinds of files goes out. */
static int
purge(const struct ingest_options *own)
{
	struct buf err = BUF_INIT;
	struct purge purge = { .who = own->who, .removes = own->force };
	struct profile *profile = profile_load(own->profile, &err);
	struct journal *journal = NULL;
	struct batch *batch = profile == NULL ? NULL : !batch_is_there(own->directory) ? NULL :
	    batch_open(own->directory, BATCH_EXCLUSIVE, NULL, &err);

	if (profile != NULL && !batch_is_there(own->directory))
		buf_addf(&err, "'%s' is not a batch directory", own->directory);
	if (batch != NULL)
		journal = journal_load(batch, &err);
	purge.batch = batch;
	purge.profile = profile;
	purge.journal = journal;
	if (journal == NULL || purge_batch(&purge, own->purge, &err) != 0)
		msg_die("%s", err.data);
	journal_free(journal);
	batch_close(batch);
	profile_free(profile);
	return EXIT_DONE;
}

/* The whole run, on a copy of what the batch remembers. */
static int
try_run(struct ingest_options *own)
{
	struct buf err = BUF_INIT;
	struct scratch *scratch;
	int status;

	dryrun_start();
	scratch = scratch_open(own->directory, &err);
	if (scratch == NULL)
		msg_die("%s", err.data);
	own->works_in = scratch_directory(scratch);
	status = ingest_run(own);
	scratch_close(scratch);
	msg_note("dry run: nothing was changed");
	return status;
}

int
main(int argc, char **argv)
{
	struct arguments arguments = { .own.directory = "batch", .own.profile = "jiangsu" };
	struct ingest_options *own = &arguments.own;
	int status;

	tool_init("tc-ingest");
	parse(argc, argv, &arguments);
	if (own->recognize)
		return io_finish(recognize_print(own->uploads, own->upload_count,
		    own->profile));
	if (own->verify)
		return verify(own->directory, own->repair);
	if (own->purge != NULL)
		return io_finish(purge(own));
	own->works_in = own->directory;
	status = arguments.shared.dry_run ? try_run(own) : ingest_run(own);
	free(arguments.school_code);
	free(own->rosters);
	free(own->errors);
	return io_finish(status);
}
