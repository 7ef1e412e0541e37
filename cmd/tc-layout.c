/* tc-layout: print sheets of the students whose images conform, tc-layout(1). */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/sheet/layout.h"
#include "lib/sheet/raster.h"
#include "lib/sheet/template.h"
#include "lib/stream/stream.h"
#include "lib/stream/tool.h"

enum { SHEETS_MAX = 100000 };

/* The command line as it stands, before it is known to make sense. */
struct arguments {
	struct layout_options layout;
	struct stream_options stream;
	const char *output, *raster, *manifest;
	int list;
	int split;
	long split_sheets;	/* of a file; 0: one class each */
	struct press_setup pictures;
};

/* ---- command line ---- */

static void
take_cut(void *state, const struct option_spec *spec, const char *file)
{
	const char **cut = ((struct arguments *)state)->layout.cut;

	(void)spec;
	if (cut[1] != NULL)
		options_fail("more than two files to cut by");
	cut[cut[0] != NULL] = file;
}

static void
take_dpi(void *state, const struct option_spec *spec, const char *word)
{
	(void)spec;
	((struct arguments *)state)->pictures.dpi = (int)strtol(word, NULL, 10);
}

static void
take_format(void *state, const struct option_spec *spec, const char *word)
{
	(void)spec;
	((struct arguments *)state)->pictures.format =
	    (enum raster_format)raster_format_parse(word);
}

static void
take_include(void *state, const struct option_spec *spec, const char *word)
{
	(void)spec;
	(void)word;
	((struct arguments *)state)->layout.review = 1;
}

static void
take_split(void *state, const struct option_spec *spec, const char *word)
{
	struct arguments *arguments = state;
	char *end;

	(void)spec;
	arguments->layout.class_sheets = strcmp(word, "class") == 0;
	arguments->split_sheets = strtol(word, &end, 10);
	if (!arguments->layout.class_sheets && (*end != '\0' ||
	    arguments->split_sheets < 1 || arguments->split_sheets > SHEETS_MAX))
		options_fail("--split takes class or a number from 1 to %d, not '%s'",
		    SHEETS_MAX, word);
	arguments->split = 1;
}

static const struct option_spec own[] = {
	{ .letter = 'o', .name = "output", .argument = "FILE", .type = OPTION_OUTPUT,
	    .offset = offsetof(struct arguments, output),
	    .help = "the PDF; with --split a directory; - is standard output" },
	{ .name = "copies", .argument = "N", .type = OPTION_NUMBER, .min = 1,
	    .max = LAYOUT_COPIES_MAX, .offset = offsetof(struct arguments, layout.copies),
	    .help = "prints of each student, instead of the profile's number" },
	{ .name = "cut", .argument = "FILE", .type = OPTION_OUTPUT, .words = "pdf svg",
	    .take = take_cut, .help = "contours for a plotter, FILE.pdf or FILE.svg; may be "
	    "given twice" },
	{ .name = "dpi", .argument = "DPI", .type = OPTION_WORD, .words = "254 300 600",
	    .take = take_dpi, .initial = "300", .help = "resolution of pictures: 254, 300 or "
	    "600" },
	{ .name = "format", .argument = "FORMAT", .type = OPTION_WORD, .words = "jpeg tiff",
	    .take = take_format, .initial = "jpeg", .help = "of pictures: jpeg or tiff" },
	{ .name = "include", .argument = "review", .type = OPTION_WORD, .words = "review",
	    .take = take_include,
	    .help = "also students whose photo waits for a review" },
	{ .name = "index", .argument = "FILE", .type = OPTION_OUTPUT, .words = "xlsx csv",
	    .offset = offsetof(struct arguments, layout.index),
	    .help = "write on which sheet each student's prints are, and who has none" },
	{ .name = "list", .type = OPTION_FLAG, .offset = offsetof(struct arguments, list),
	    .apart = 1, .help = "only list the sheets that --template takes, with their paper" },
	{ .name = "manifest", .argument = "FILE", .type = OPTION_OUTPUT,
	    .offset = offsetof(struct arguments, manifest),
	    .help = "with -o -: where the manifest goes" },
	{ .name = "new", .type = OPTION_FLAG,
	    .offset = offsetof(struct arguments, layout.only_new),
	    .help = "print only students without prints in another file; with another "
	    "image or strip they count as without" },
	{ .name = "only", .argument = "FILE", .type = OPTION_INPUT,
	    .offset = offsetof(struct arguments, layout.only),
	    .help = "print only students whose number or record is on a line of the file" },
	{ .name = "raster", .argument = "DIR", .type = OPTION_FOLDER,
	    .offset = offsetof(struct arguments, raster),
	    .help = "write each sheet as a picture into the directory" },
	{ .name = "split", .argument = "class|N", .type = OPTION_TEXT, .words = "class",
	    .take = take_split,
	    .help = "a PDF for each class, or for every N sheets, in the directory of -o" },
	{ .name = "template", .argument = "NAME", .type = OPTION_SHARED, .words = "templates",
	    .offset = offsetof(struct arguments, layout.template),
	    .help = "the sheet by name, or by path, instead of the profile's" },
	{ .name = "table", .argument = "FILE", .type = OPTION_INPUT, .words = "xlsx xls csv",
	    .offset = offsetof(struct arguments, layout.table),
	    .help = "order and copies by a filled-in table" },
	{ 0 }
};

/* Ends the tool. */
static void
list_templates(void)
{
	struct buf text = BUF_INIT, err = BUF_INIT;
	char *at, *end;

	if (template_list(&text, &err) != 0)
		msg_die("%s", err.data);
	for (at = text.data; (end = strchr(at, '\n')) != NULL; at = end + 1) {
		struct buf line = BUF_INIT;

		*end = '\0';
		msg_say(at, &line);
		buf_addc(&line, '\n');
		io_print(line.data, line.len);
		buf_release(&line);
	}
	exit(io_finish(EXIT_DONE));
}

static const struct command command = {
	.purpose = "places the paper photos of all students on sheets to print and cut",
	.after = "[MANIFEST]",
	.others = "--list",
	.endings = "ndjson",
	.example = "tc-layout -o sheets.pdf --index index.xlsx normalized.ndjson "
	    "> printed.ndjson",
	.manuals = "tc-layout(1), tc(7), tc-template(5), tc-profile(5)"
};

static void
plan_file(struct arguments *arguments)
{
	struct press_setup *press = &arguments->layout.presses[arguments->layout.press_count++];

	press->kind = arguments->split ? PRESS_SPLIT : PRESS_PDF;
	press->path = arguments->output;
	press->sheets = arguments->split_sheets;
	if (!arguments->split)
		options_check_ending("-o", arguments->output, "pdf");
}

/* From what was said to the outputs. */
static void
plan_presses(struct arguments *arguments)
{
	struct layout_options *layout = &arguments->layout;
	int standard = arguments->output != NULL && strcmp(arguments->output, "-") == 0;

	if (arguments->split && (arguments->output == NULL || standard))
		options_fail("--split needs -o with a directory");
	if (arguments->output != NULL)
		plan_file(arguments);
	if (arguments->raster != NULL) {
		arguments->pictures.path = arguments->raster;
		layout->presses[layout->press_count++] = arguments->pictures;
	}
	if (layout->press_count == 0 && !arguments->stream.dry_run)
		options_fail("-o or --raster is needed: where the sheets go");
	if (standard && arguments->manifest == NULL)
		options_fail("-o - needs --manifest FILE: standard output is for the sheets");
	if (!standard && arguments->manifest != NULL)
		options_fail("--manifest is for -o - only: the manifest goes to standard "
		    "output");
}

/* In a dry run nothing is drawn: sheets are counted. */
static void
forget_files(struct arguments *arguments)
{
	arguments->layout.press_count = 0;
	arguments->layout.cut[0] = arguments->layout.index = arguments->manifest = NULL;
	dryrun_start();
}

static void
parse_options(int argc, char **argv, struct arguments *arguments)
{
	const struct option_table tables[] = { { tool_every, &arguments->stream },
	    { tool_filter, &arguments->stream }, { tool_dry, &arguments->stream },
	    { own, arguments }, { 0 } };
	char **operands = argv + options_parse(&command, tables, argc, argv);

	if (arguments->list)
		list_templates();
	plan_presses(arguments);
	arguments->stream.manifest = tool_manifest(operands);
	arguments->layout.force = arguments->stream.force;
	if (arguments->stream.dry_run)
		forget_files(arguments);
}

/* Standard output for the sheets, a file for the manifest. */
static void
redirect(struct arguments *arguments, struct io_product *manifest)
{
	struct buf err = BUF_INIT;
	int before;

	if (arguments->manifest == NULL)
		return;
	before = io_redirect(arguments->manifest, manifest, &err);
	if (before < 0)
		msg_die("%s", err.data);
	arguments->layout.presses[0].output = before;
}

static int
finish(int status, struct io_product *manifest, int force)
{
	struct buf err = BUF_INIT;

	status = io_finish(status);
	if (manifest->part != NULL && io_product_publish(manifest,
	    force ? IO_REPLACE : 0, &err) != 0)
		msg_die("%s", err.data);
	return status;
}

int
main(int argc, char **argv)
{
	struct arguments arguments = { .pictures = { .kind = PRESS_RASTER,
	    .dpi = 300 } };
	struct io_product manifest = { .fd = -1 };
	struct layout *layout;
	int status;

	tool_init("tc-layout");
	parse_options(argc, argv, &arguments);
	redirect(&arguments, &manifest);
	layout = layout_new(&arguments.layout);
	status = stream_run(&layout_filter, layout, &arguments.stream);
	if (status == EXIT_DONE && !layout_table_was_good(layout))
		status = EXIT_SOME_FAILED;
	layout_free(layout);
	if (arguments.stream.dry_run)
		msg_note("dry run: nothing was written");
	return finish(status, &manifest, arguments.layout.force);
}
