/* tc-export: what leaves the house, tc-export(1). */
#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/office/due.h"
#include "lib/office/settlement.h"
#include "lib/product/bundle.h"
#include "lib/product/csvkind.h"
#include "lib/product/feedback.h"
#include "lib/product/identity.h"
#include "lib/product/kind.h"
#include "lib/product/memory.h"
#include "lib/product/package.h"
#include "lib/product/prefill.h"
#include "lib/product/recall.h"
#include "lib/product/retake.h"
#include "lib/product/review.h"
#include "lib/product/stats.h"
#include "lib/product/todo.h"
#include "lib/record/stream.h"
#include "lib/record/tool.h"

static const char usage[] =
    "usage: tc-export KIND [-hqV] [-d DIR] [-p PROFILE] [--all]\n"
    "                 [--columns NAMES] [--date DATE] [--days NAMES]\n"
    "                 [--deadline DATE] [--force] [--full-id] [--lang LANG]\n"
    "                 [--manifest FILE] [--new] [--password-file FILE]\n"
    "                 [--reprofile] [--split college|class] [--subset]\n"
    "                 -o FILE [MANIFEST]\n"
    "\nKIND: chsi csv due feedback identity-review index layout-table proof recall\n"
    "      retake review settlement stats todo\n";

enum own_option {
	OPTION_ALL = TOOL_OWN, OPTION_COLUMNS, OPTION_DATE, OPTION_DAYS,
	OPTION_DEADLINE, OPTION_FULL_ID, OPTION_MANIFEST, OPTION_NEW, OPTION_PASSWORD, OPTION_SPLIT
};

/* Every kind there is; see lib/product/kind.h for what a new one takes. */
static const struct kind *const kinds[] = {
	&bundle_kind,
	&due_kind,
	&feedback_kind,
	&identity_kind,
	&csv_kind,
	&memory_kind,
	&package_kind,
	&prefill_kind,
	&recall_kind,
	&retake_kind,
	&review_kind,
	&settlement_kind,
	&stats_kind,
	&todo_kind,
};

struct exporter {
	struct kind_options own;
	struct stream_options shared;
	unsigned int given;		/* enum kind_takes */
	struct io_product manifest;	/* --manifest, when it is a regular file */
};

/* ---- command line ---- */

static const struct kind *
find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	tool_usage_error(usage, "there is no kind '%s'", name);
}

static const char *
take_date(const char *option, const char *text)
{
	static const char form[] = "dddd-dd-dd";
	size_t i;

	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' :
		    text[i] != '-')
			break;
	if (form[i] != '\0' || text[i] != '\0')
		tool_usage_error(usage, "'%s' of '%s' is not YYYY-MM-DD", text,
		    option);
	return text;
}

static const char *
take_split(const char *text)
{
	if (strcmp(text, "college") != 0 && strcmp(text, "class") != 0)
		tool_usage_error(usage, "'%s' of '--split' is neither 'college' "
		    "nor 'class'", text);
	return text;
}

static void
take_option(struct exporter *exporter, int option, const char *argument)
{
	struct kind_options *own = &exporter->own;

	switch (option) {
	case 'o':
		own->output = argument;
		return;
	case OPTION_MANIFEST:
		own->manifest = argument;
		return;
	case OPTION_ALL:
		own->all = 1;
		exporter->given |= KIND_ALL;
		return;
	case OPTION_COLUMNS:
		own->columns = argument;
		exporter->given |= KIND_COLUMNS;
		return;
	case OPTION_DATE:
		own->date = take_date("--date", argument);
		return;
	case OPTION_DAYS:
		own->days = argument;
		exporter->given |= KIND_DAYS;
		return;
	case OPTION_DEADLINE:
		own->deadline = take_date("--deadline", argument);
		exporter->given |= KIND_DEADLINE;
		return;
	case OPTION_FULL_ID:
		own->full_id = 1;
		exporter->given |= KIND_FULL_ID;
		return;
	case OPTION_NEW:
		own->only_new = 1;
		exporter->given |= KIND_NEW;
		return;
	case OPTION_PASSWORD:
		own->password_file = argument;
		exporter->given |= KIND_PASSWORD;
		return;
	case OPTION_SPLIT:
		own->split = take_split(argument);
		exporter->given |= KIND_SPLIT;
		return;
	}
}

static void
check_options(const struct exporter *exporter, const struct kind *kind)
{
	const struct kind_options *own = &exporter->own;
	int standard;

	if (own->output == NULL || *own->output == '\0')
		tool_usage_error(usage, "no -o FILE is given");
	standard = strcmp(own->output, "-") == 0;
	if (standard && own->manifest == NULL)
		tool_usage_error(usage, "-o - needs --manifest FILE: standard "
		    "output is taken");
	if (!standard && own->manifest != NULL)
		tool_usage_error(usage, "--manifest is for -o - only: the manifest "
		    "goes to standard output");
	if (exporter->given & ~kind->takes)
		tool_usage_error(usage, "'%s' does not take one of the options",
		    kind->name);
	if (kind->takes & ~exporter->given & KIND_COLUMNS)
		tool_usage_error(usage, "'%s' needs --columns", kind->name);
	if (own->split != NULL && !kind_publishes_each(own))
		tool_usage_error(usage, "--split makes several files: -o takes a "
		    "directory then");
}

/* Options may stand before and after KIND, which getopt_long sees to. */
static const struct kind *
parse(int argc, char **argv, struct exporter *exporter)
{
	static const struct option options[] = {
		TOOL_LONG,
		{ "all", no_argument, NULL, OPTION_ALL },
		{ "columns", required_argument, NULL, OPTION_COLUMNS },
		{ "date", required_argument, NULL, OPTION_DATE },
		{ "days", required_argument, NULL, OPTION_DAYS },
		{ "deadline", required_argument, NULL, OPTION_DEADLINE },
		{ "full-id", no_argument, NULL, OPTION_FULL_ID },
		{ "manifest", required_argument, NULL, OPTION_MANIFEST },
		{ "new", no_argument, NULL, OPTION_NEW },
		{ "password-file", required_argument, NULL, OPTION_PASSWORD },
		{ "split", required_argument, NULL, OPTION_SPLIT },
		{ 0 }
	};
	const struct kind *kind;
	int option;

	while ((option = getopt_long(argc, argv, TOOL_SHORT "o:", options,
	    NULL)) != -1)
		if (!tool_option(option, optarg, usage, &exporter->shared))
			take_option(exporter, option, optarg);
	if (optind == argc)
		tool_usage_error(usage, "no KIND is given");
	kind = find_kind(argv[optind++]);
	check_options(exporter, kind);
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest is given");
	exporter->shared.manifest = argv[optind];
	exporter->own.force = exporter->shared.force;
	exporter->shared.dated = 1;
	exporter->shared.date = exporter->own.date;
	return kind;
}

/* ---- -o - ---- */

/* Standard output becomes the manifest's file, and the product goes to what it
 * was. */
static void
turn_output(struct exporter *exporter)
{
	struct buf err = BUF_INIT;

	exporter->own.out = io_redirect(exporter->own.manifest,
	    &exporter->manifest, &err);
	if (exporter->own.out < 0)
		msg_die("%s", err.data);
	buf_release(&err);
}

static int
finish(struct exporter *exporter, int status)
{
	struct buf err = BUF_INIT;

	status = io_finish(status);
	if (exporter->own.manifest == NULL)
		return status;
	if (close(exporter->own.out) != 0)
		msg_die("cannot write standard output: %s", strerror(errno));
	if (exporter->manifest.part != NULL &&
	    io_product_publish(&exporter->manifest,
	    exporter->own.force ? IO_REPLACE : 0, &err) != 0)
		msg_die("%s", err.data);
	buf_release(&err);
	return status;
}

int
main(int argc, char **argv)
{
	struct exporter exporter = { .own.out = -1, .manifest.fd = -1 };
	struct buf said = BUF_INIT;
	const struct kind *kind;
	void *state;
	int status;

	tool_init("tc-export");
	kind = parse(argc, argv, &exporter);
	if (exporter.own.manifest != NULL)
		turn_output(&exporter);
	state = kind->start(&exporter.own);
	status = stream_run(kind->filter, state, &exporter.shared);
	if (kind->describe != NULL)
		kind->describe(state, &said);
	kind->stop(state);
	if (said.len > 0)
		msg_note("%s", said.data);
	buf_release(&said);
	return finish(&exporter, status);
}
