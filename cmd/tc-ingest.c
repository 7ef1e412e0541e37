#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/workers.h"
#include "lib/ingest/ingest.h"
#include "lib/ingest/recognize.h"
#include "lib/ingest/verify.h"
#include "lib/record/stream.h"
#include "lib/record/tool.h"
#include "lib/table/table.h"

static const char usage[] =
    "usage: tc-ingest [-hqV] [-d DIR] [-j N] [-P FILE] [-p PROFILE] [-r ROSTER]\n"
    "                 [-s CODE[:NAME]] [-y CLASS] [--accept-identity]\n"
    "                 [--accept-journal] [--codes UPLOAD] [--columns FILE]\n"
    "                 [--corrections FILE] [--exemptions FILE]\n"
    "                 [--feedback-received CODE:DATE[:FILE]] [--force]\n"
    "                 [--header-row N] [--lang LANG] [--link FILE]\n"
    "                 [--prune MANIFEST] [--register-result FILE] [--replace-roster]\n"
    "                 [--schools FILE] [--sheet SHEET] [--unlock FILE]\n"
    "                 [--unmatched FILE] [--who NAME] [UPLOAD...]\n"
    "       tc-ingest [-p PROFILE] --recognize FILE...\n"
    "       tc-ingest [-q] [-d DIR] --verify | --repair\n";

enum own_option {
	OPTION_EXEMPTIONS = TOOL_OWN, OPTION_PRUNE, OPTION_LINK, OPTION_UNLOCK,
	OPTION_UNMATCHED, OPTION_WHO, OPTION_COLUMNS, OPTION_HEADER_ROW,
	OPTION_SHEET, OPTION_CORRECTIONS, OPTION_ACCEPT, OPTION_FEEDBACK,
	OPTION_RESULT, OPTION_ACCEPT_JOURNAL, OPTION_SCHOOLS, OPTION_CODES, OPTION_RECOGNIZE,
	OPTION_VERIFY, OPTION_REPAIR, OPTION_REPLACE
};

/* Split CODE:NAME, which is the caller's to free and own; the colon may be the one
 * that Chinese keyboards type. */
static void
set_school(struct ingest_options *own, char *school)
{
	static const char wide[] = "\xef\xbc\x9a";
	size_t len = strspn(school, "0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-");
	char *rest = school + len;
	size_t colon = *rest == ':' ? 1 :
	    strncmp(rest, wide, sizeof wide - 1) == 0 ? sizeof wide - 1 : 0;

	if (len == 0 || (*rest != '\0' && (colon == 0 || rest[colon] == '\0')))
		tool_usage_error(usage, "-s takes CODE:NAME, such as "
		    "10285:苏州大学, not '%s'", school);
	if (colon > 0)
		own->school_name = rest + colon;
	*rest = '\0';
	own->school_code = school;
}

static const char *
take_class(const char *text)
{
	if (strlen(text) != 4 || strspn(text, "0123456789") != 4 ||
	    (strncmp(text, "19", 2) != 0 && strncmp(text, "20", 2) != 0))
		tool_usage_error(usage, "-y takes the year of graduation, such as "
		    "2027, not '%s'", text);
	return text;
}

/* Options about what came back, each as often as there are files; 0 when it is none
 * of them. */
static int
take_answer(struct ingest_options *own, int option, const char *argument)
{
	static const struct {
		int option;
		enum inbox_kind kind;
	} files[] = {
		{ OPTION_LINK, INBOX_LINK }, { OPTION_EXEMPTIONS, INBOX_EXEMPTIONS },
		{ OPTION_UNLOCK, INBOX_UNLOCK },
		{ OPTION_CORRECTIONS, INBOX_CORRECTIONS },
		{ OPTION_FEEDBACK, INBOX_FEEDBACK }, { OPTION_RESULT, INBOX_RESULT }
	};

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		if (files[i].option != option)
			continue;
		if (own->answer_count == INBOX_MAX)
			tool_usage_error(usage, "more than %d files of answers",
			    INBOX_MAX);
		own->answers[own->answer_count++] = (struct inbox_file){
		    .kind = files[i].kind, .path = argument };
		return 1;
	}
	own->accept_identity |= option == OPTION_ACCEPT;
	own->accept_journal |= option == OPTION_ACCEPT_JOURNAL;
	return option == OPTION_ACCEPT || option == OPTION_ACCEPT_JOURNAL;
}

static int
has_corrections(const struct ingest_options *own)
{
	for (size_t i = 0; i < own->answer_count; i++)
		if (own->answers[i].kind == INBOX_CORRECTIONS)
			return 1;
	return 0;
}

/* Options that name a file or a person; 0 when it is none of them. */
static int
take_file(struct ingest_options *own, int option, const char *argument)
{
	if (option == OPTION_UNMATCHED)
		own->unmatched = argument;
	else if (option == OPTION_PRUNE)
		own->prune = argument;
	else if (option == OPTION_WHO)
		own->who = argument;
	else if (option == OPTION_COLUMNS)
		own->columns = argument;
	else if (option == OPTION_SCHOOLS)
		own->schools = argument;
	else if (option == OPTION_CODES)
		own->codes = argument;
	else if (option == OPTION_RECOGNIZE)
		own->recognize = 1;
	else if (option == OPTION_VERIFY || option == OPTION_REPAIR) {
		own->verify = 1;
		own->repair |= option == OPTION_REPAIR;
	}
	else if (option == OPTION_SHEET)
		own->sheet = argument;
	else if (option == OPTION_HEADER_ROW)
		own->header_row = tool_number(usage, "--header-row", argument,
		    1, TABLE_ROWS_MAX);
	else if (option == 'P')
		own->password = argument;
	else
		return take_answer(own, option, argument);
	return 1;
}

static int
has_work(const struct ingest_options *own)
{
	return own->upload_count > 0 || own->roster_count > 0 ||
	    own->schools != NULL ||
	    own->codes != NULL || own->verify ||
	    own->prune != NULL || own->unmatched != NULL ||
	    own->answer_count > 0 || own->accept_journal;
}

static void
parse(int argc, char **argv, struct ingest_options *own,
    struct stream_options *shared, char **school)
{
	static const struct option options[] = {
		{ "accept-identity", no_argument, NULL, OPTION_ACCEPT },
		{ "accept-journal", no_argument, NULL, OPTION_ACCEPT_JOURNAL },
		{ "codes", required_argument, NULL, OPTION_CODES },
		{ "columns", required_argument, NULL, OPTION_COLUMNS },
		{ "corrections", required_argument, NULL, OPTION_CORRECTIONS },
		{ "exemptions", required_argument, NULL, OPTION_EXEMPTIONS },
		{ "feedback-received", required_argument, NULL, OPTION_FEEDBACK },
		{ "header-row", required_argument, NULL, OPTION_HEADER_ROW },
		{ "link", required_argument, NULL, OPTION_LINK },
		{ "prune", required_argument, NULL, OPTION_PRUNE },
		{ "recognize", no_argument, NULL, OPTION_RECOGNIZE },
		{ "register-result", required_argument, NULL, OPTION_RESULT },
		{ "repair", no_argument, NULL, OPTION_REPAIR },
		{ "replace-roster", no_argument, NULL, OPTION_REPLACE },
		{ "schools", required_argument, NULL, OPTION_SCHOOLS },
		{ "sheet", required_argument, NULL, OPTION_SHEET },
		{ "unlock", required_argument, NULL, OPTION_UNLOCK },
		{ "unmatched", required_argument, NULL, OPTION_UNMATCHED },
		{ "verify", no_argument, NULL, OPTION_VERIFY },
		{ "who", required_argument, NULL, OPTION_WHO },
		TOOL_LONG, { 0 }
	};
	int option;

	while ((option = getopt_long(argc, argv, TOOL_SHORT "j:P:r:s:y:",
	    options, NULL)) != -1) {
		if (tool_option(option, optarg, usage, shared) ||
		    take_file(own, option, optarg))
			continue;
		if (option == 'j')
			shared->jobs = (int)tool_number(usage, "-j", optarg, 1,
			    WORKERS_MAX);
		else if (option == 'r')
			own->rosters[own->roster_count++] = optarg;
		else if (option == OPTION_REPLACE)
			own->replace_roster = 1;
		else if (option == 's') {
			free(*school);
			set_school(own, *school = xstrdup(optarg));
		} else
			own->class = take_class(optarg);
	}
	if (shared->subset || shared->reprofile)
		tool_usage_error(usage, "%s is for tools that read a manifest",
		    shared->subset ? "--subset" : "--reprofile");
	if (own->accept_identity && !has_corrections(own))
		tool_usage_error(usage, "--accept-identity is for --corrections");
	own->uploads = argv + optind;
	own->upload_count = (size_t)(argc - optind);
	if (!has_work(own))
		tool_usage_error(usage, "no UPLOAD is given");
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

int
main(int argc, char **argv)
{
	struct stream_options shared = { .directory = "batch",
	    .profile = "jiangsu" };
	struct ingest_options own = { 0 };
	char *school = NULL;
	int status;

	own.rosters = xcalloc((size_t)argc + 1, sizeof *own.rosters);
	tool_init("tc-ingest");
	parse(argc, argv, &own, &shared, &school);
	if (own.recognize)
		return io_finish(recognize_print(own.uploads,
		    own.upload_count, shared.profile));
	if (own.verify)
		return verify(shared.directory, own.repair);
	own.directory = shared.directory;
	own.profile = shared.profile;
	own.force = shared.force;
	if (own.who == NULL)
		own.who = io_user();
	own.jobs = shared.jobs > 0 ? shared.jobs : workers_processors();
	status = ingest_run(&own);
	free(school);
	free(own.rosters);
	return io_finish(status);
}
