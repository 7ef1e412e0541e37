/* tc-export: what leaves the house, tc-export(1). */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/suggest.h"
#include "lib/bundle/bundle.h"
#include "lib/forms/feedback.h"
#include "lib/forms/package.h"
#include "lib/forms/prefill.h"
#include "lib/lists/indexkind.h"
#include "lib/lists/recall.h"
#include "lib/lists/retake.h"
#include "lib/lists/todo.h"
#include "lib/notify/notify.h"
#include "lib/office/dashboard.h"
#include "lib/office/due.h"
#include "lib/office/ranking.h"
#include "lib/office/settlement.h"
#include "lib/product/csvkind.h"
#include "lib/product/kind.h"
#include "lib/review/identity.h"
#include "lib/review/review.h"
#include "lib/shipping/labels.h"
#include "lib/shipping/parcels.h"
#include "lib/statistics/stats.h"
#include "lib/stream/leftout.h"
#include "lib/stream/stream.h"
#include "lib/stream/tool.h"

/* Every kind there is; see lib/product/kind.h for what a new one takes. */
static const struct kind *const kinds[] = {
	&bundle_kind,
	&dashboard_kind,
	&due_kind,
	&due_table_kind,
	&feedback_kind,
	&identity_kind,
	&csv_kind,
	&indexkind_kind,
	&labels_kind,
	&notify_kind,
	&package_kind,
	&parcels_kind,
	&prefill_kind,
	&ranking_kind,
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
	struct io_product manifest;	/* --manifest, when it is a regular file */
};

/* ---- command line ---- */

/* An option whose `which` is not 0 is for kinds that take it. */
static const struct option_spec own[] = {
	{ .letter = 'o', .name = "output", .argument = "FILE", .type = OPTION_OUTPUT,
	    .offset = offsetof(struct kind_options, output), .required = 1,
	    .help = "where it goes: a file, a directory in which files get names, or -" },
	{ .name = "all", .type = OPTION_FLAG, .which = KIND_ALL,
	    .offset = offsetof(struct kind_options, all),
	    .help = "review: every photo, not only those with status review" },
	{ .name = "columns", .argument = "NAMES", .type = OPTION_LIST, .which = KIND_COLUMNS,
	    .words = "csv/all.conf", .offset = offsetof(struct kind_options, columns),
	    .help = "csv: members of the records, separated by commas" },
	{ .name = "date", .argument = "DATE", .type = OPTION_DATE,
	    .offset = offsetof(struct kind_options, date),
	    .help = "the product's day, YYYY-MM-DD, instead of that of the last upload or "
	    "answer" },
	{ .name = "days", .argument = "NAMES", .type = OPTION_TEXT, .which = KIND_DAYS,
	    .offset = offsetof(struct kind_options, days),
	    .help = "stats: names of the columns of days, separated by commas" },
	{ .name = "deadline", .argument = "DATE", .type = OPTION_DATE, .which = KIND_DEADLINE,
	    .offset = offsetof(struct kind_options, deadline),
	    .help = "notify, retake: the day until which photos are taken again" },
	{ .name = "full-id", .type = OPTION_FLAG, .which = KIND_FULL_ID,
	    .offset = offsetof(struct kind_options, full_id),
	    .help = "feedback, proof: ID numbers in full" },
	{ .name = "include", .argument = "CODES", .type = OPTION_TEXT, .which = KIND_INCLUDE,
	    .offset = offsetof(struct kind_options, include),
	    .help = "labels, parcels: schools whose prints are sent before their form "
	    "arrives, or all" },
	{ .name = "manifest", .argument = "FILE", .type = OPTION_OUTPUT,
	    .offset = offsetof(struct kind_options, manifest),
	    .help = "with -o -: where the manifest goes" },
	{ .name = "new", .type = OPTION_FLAG, .which = KIND_NEW,
	    .offset = offsetof(struct kind_options, only_new),
	    .help = "chsi, notify: only what was in no earlier bundle or list" },
	{ .name = "password-file", .argument = "FILE", .type = OPTION_INPUT,
	    .which = KIND_PASSWORD, .offset = offsetof(struct kind_options, password_file),
	    .help = "proof: encrypt the zip with the first line of the file" },
	{ .name = "preset", .argument = "NAME", .type = OPTION_SHARED, .words = "csv",
	    .which = KIND_COLUMNS, .offset = offsetof(struct kind_options, preset),
	    .help = "csv: a set of columns by name, or by path" },
	{ .name = "split", .argument = "college|class", .type = OPTION_WORD,
	    .words = "college class", .which = KIND_SPLIT,
	    .offset = offsetof(struct kind_options, split),
	    .help = "retake: a file for each of them, in the directory of -o" },
	{ 0 }
};

static void
add_kinds(struct buf *out)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		buf_addf(out, "%s\t%s\n", kinds[i]->name, kinds[i]->what);
}

static const struct command command = {
	.purpose = "makes bundles, workbooks, lists and pages, and passes the manifest on",
	.before = "KIND",
	.after = "[MANIFEST]",
	.operands = add_kinds,
	.endings = "ndjson",
	.example = "tc-export feedback -o feedback.xlsx normalized.ndjson > exported.ndjson",
	.manuals = "tc-export(1), tc(7), tc-manifest(5), tc-profile(5)"
};

static const struct kind *
find_kind(const char *name)
{
	struct suggest suggest;
	struct buf advice = BUF_INIT;

	suggest_begin(&suggest, name);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
		suggest_consider_all(&suggest, kinds[i]->name);
	}
	suggest_say(&suggest, &advice);
	options_fail("there is no kind '%s'%s", name, advice.data);
}

/* Names of files end in what they are. */
static void
check_output(const struct kind_options *options, const struct kind *kind)
{
	int standard;

	if (options->output == NULL || *options->output == '\0')
		options_fail("no -o FILE is given");
	standard = strcmp(options->output, "-") == 0;
	if (standard && options->manifest == NULL)
		options_fail("-o - needs --manifest FILE: standard output is taken");
	if (!standard && options->manifest != NULL)
		options_fail("--manifest is for -o - only: the manifest goes to standard "
		    "output");
	if (kind_publishes_each(options))
		return;
	if (options->split != NULL)
		options_fail("--split makes several files: -o takes a directory then");
	options_check_ending("-o", options->output, kind->extension + 1);
}

static void
check_options(const struct kind_options *options, const struct kind *kind)
{
	const struct option_spec *spec;

	for (spec = own; spec->name != NULL; spec++)
		if (spec->which != 0 && ((unsigned)spec->which & kind->takes) == 0 &&
		    options_given(spec, options))
			options_fail("'%s' does not take --%s", kind->name, spec->name);
	if ((kind->takes & KIND_COLUMNS) != 0 && options->columns == NULL &&
	    options->preset == NULL)
		options_fail("'%s' needs --columns or --preset", kind->name);
	check_output(options, kind);
}

/* Options may stand before and after KIND. */
static const struct kind *
parse(int argc, char **argv, struct exporter *exporter)
{
	const struct option_table tables[] = { { tool_every, &exporter->shared },
	    { tool_filter, &exporter->shared }, { tool_dry, &exporter->shared },
	    { own, &exporter->own }, { 0 } };
	char **operands = argv + options_parse(&command, tables, argc, argv);
	const struct kind *kind;

	if (operands[0] == NULL)
		options_fail("no KIND is given");
	kind = find_kind(operands[0]);
	if (exporter->shared.dry_run && exporter->own.output == NULL)
		exporter->own.output = "./";
	check_options(&exporter->own, kind);
	exporter->shared.manifest = tool_manifest(operands + 1);
	exporter->own.force = exporter->shared.force;
	if (exporter->shared.dry_run)
		dryrun_start();
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
	exporter.own.leftout = leftout_new();
	state = kind->start(&exporter.own);
	status = stream_run(kind->filter, state, &exporter.shared);
	if (kind->describe != NULL)
		kind->describe(state, &said);
	kind->stop(state);
	if (said.len > 0)
		msg_note("%s", said.data);
	buf_release(&said);
	leftout_end(exporter.own.leftout);
	leftout_free(exporter.own.leftout);
	if (exporter.shared.dry_run)
		msg_note("dry run: nothing was written");
	return finish(&exporter, status);
}
